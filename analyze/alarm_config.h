/**
 * config/alarms.json: which series there are, which methods look at them with which settings, how alarms live and how many a school gets.
 * Methods are data: an alarm is stored with the whole document it was made with, and is computed again from that.
 */
#ifndef VB_ANALYZE_ALARM_CONFIG_H
#define VB_ANALYZE_ALARM_CONFIG_H

#include "analyze/farrington.h"
#include "analyze/shift.h"
#include "common/config.h"

typedef enum SeriesStep { STEP_WEEK, STEP_MONTH, STEP_YEAR, STEP_EVENT } SeriesStep; /* years are school years; event: the time between two */
typedef enum SeriesBy { BY_NOTHING, BY_FORM, BY_PLACE, BY_GROUP } SeriesBy;
enum { UNIT_SCHOOL = 1, UNIT_GROUP = 2, UNIT_BOARD = 4, UNIT_COUNTRY = 8 };

typedef enum MethodKind { METHOD_FARRINGTON, METHOD_GAMMA_POISSON, METHOD_CUSUM, METHOD_EARS, METHOD_DAYS_BETWEEN, METHOD_XMR, METHOD_SILENCE } MethodKind;

typedef struct AlarmMethod {
    const char *name;
    MethodKind  kind;
    double      alpha;           /* one-sided; CUSUM: expected alarms per period are 1/arl */
    int         min_cases;       /* fewer are never an alarm */
    int         history, past;   /* periods of the school's own past; the most recent ones that do not count */
    FarringtonParams farrington; /* METHOD_FARRINGTON; freq is filled in per series */
    int         span;            /* METHOD_FARRINGTON: so many periods are looked at together, as are those they are compared with; 1 = each by itself */
    double      min_expected;    /* METHOD_FARRINGTON: below this, and where it cannot be computed, the fallback */
    const struct AlarmMethod *fallback; /* a gamma-poisson method or NULL */
    double      kappa, arl;      /* METHOD_CUSUM */
    int         variant;         /* METHOD_EARS: 1, 2 or 3 */
    int         baseline;        /* METHOD_EARS: periods */
} AlarmMethod;

typedef struct SeriesRule {
    const char  *name, *title;    /* title: "pestincidenten"; with by, "{}" stands for the label of the code */
    const char **forms;           /* codes of list vorm that count; NULL = all */
    size_t       n_forms;
    SeriesBy     by;
    const char **without;         /* codes that make no series: "onbekend" is no place */
    size_t       n_without;
    SeriesStep   step;
    unsigned     units;
    bool         main;            /* others that alarm at the same time are part of the same alarm */
    const AlarmMethod **method;   /* the first one gives the expectation that is shown */
    size_t       n_methods;
} SeriesRule;

typedef struct AlarmGroup {
    const char  *name, *title;
    int          board_no;
    const char **locations;       /* codes */
    size_t       n_locations;
} AlarmGroup;

typedef struct AlarmEvent {
    const char *code, *title;
    bool        is_break;         /* an alarm explained by it says that the school counts differently from that day on */
} AlarmEvent;

typedef struct AlarmConfig {
    const char  *text;            /* the document, to store */
    SeriesRule  *rule;
    size_t       n_rules;
    AlarmMethod *method;
    size_t       n_methods;
    AlarmGroup  *group;
    size_t       n_groups;
    AlarmEvent  *event;
    size_t       n_events;
    int          evaluate_months; /* the most recent ones are evaluated */
    bool         breaks;          /* whether likely breaks are looked for */
    ShiftParams  shift;           /* how; in school weeks */
    int          gap;             /* so many open periods without an alarm do not end one */
    int          budget;          /* alarms shown per school and school year */
    int         *sizes, *pupils;  /* backtest: incidents of planted outbreaks; upper bounds of the sizes of schools */
    size_t       n_sizes, n_pupils;
    int          backtest_months; /* replayed */
    double       complete_share;  /* below this estimated share a period is incomplete */
    int          complete_months, complete_cases; /* ages followed; fewest incidents for a factor */
} AlarmConfig;

bool alarm_config_load(Arena *out, const Place *place, AlarmConfig *config, Err *err);
/** From the document itself. */
bool alarm_config_read(Arena *out, const char *text, AlarmConfig *config, Err *err);
const SeriesRule *alarm_config_rule(const AlarmConfig *config, const char *series, SeriesStep step); /* "vorm:fysiek" finds rule "vorm" */
const char *series_step_name(SeriesStep step); /* "week", "month", "year", "event" */

#endif
