/**
 * An edition of config/editions and a board's release into a report model. Chooses sentences and what stands beside what;
 * computes no figure: every number stands in release.
 */
#ifndef VB_REPORTS_COMPOSE_H
#define VB_REPORTS_COMPOSE_H

#include "common/config.h"
#include "reports/message.h"
#include "reports/model.h"
#include "reports/reports_db.h"

/** Title, unit and so on of an indicator, from config/indicators. */
typedef struct IndicatorText {
    const char *name, *title, *definition, *unit, *method;
    int         decimals, direction;
    const char **records; /* kinds of delivery that are counted; NULL = incident */
    size_t      n_records;
} IndicatorText;

/** How much of what was released to its audience an edition may hold (selection.h). */
typedef enum EditionScope { EDITION_ALL, EDITION_BOARD, EDITION_SCHOOL } EditionScope;

/** The editions there are, and whose release each is made of. A table and not configuration: or a board's own file could show one audience what was released to another. */
typedef struct EditionKind { const char *name, *audience; EditionScope scope; } EditionKind;
enum { EDITION_KINDS = 5 };
extern const EditionKind edition_kinds[EDITION_KINDS];

typedef struct Edition {
    const char  *name, *audience, *title;
    int          years;
    bool         wide; /* the words for GMR, MR and parents */
    EditionScope scope;
    ConfigNode   chapters;
} Edition;

typedef struct ComposeConfig {
    Wording       *wording;
    IndicatorText *indicator;
    size_t         n_indicators;
} ComposeConfig;

bool compose_config_load(Arena *out, const Place *place, ComposeConfig *config, Err *err);
bool compose_edition_load(Arena *out, const Place *place, const char *name, Edition *edition, Err *err);
bool compose_report(Arena *out, const ComposeConfig *config, const Edition *edition, const Release *release, int school_year, Date made_on,
                    Report **report, Err *err);

#endif
