/**
 * What was shown before: the ledger of one board, table by table and moment by moment, to hold a new table against (movement.h).
 *
 * A reader holds the editions of his audience and of all wider ones, and those are coarser at every moment, so a table is held against what its own audience
 * was shown. One number can stand under several names (`twin` in config/indicators): what was shown under another name counts too.
 */
#ifndef VB_DISCLOSURE_EARLIER_H
#define VB_DISCLOSURE_EARLIER_H

#include "analyze/disclosure/movement.h"
#include "analyze/disclosure/table.h"
#include "analyze/indicator.h"
#include "common/pg.h"

typedef struct Earlier Earlier;

/** One group of a table as it was shown at a moment. Text is borrowed. */
typedef struct EarlierShown {
    const char *audience, *indicator, *breakdown, *month, *members; /* month: YYYY-MM in which it was; members: labels, comma separated */
    int         school_year, decimals;                              /* decimals: that the value was printed with; -1 = as the indicator has */
    int64_t     moment;
    double      events, value;
} EarlierShown;

/** What one school had in a cell of a table, at a moment the table was released; one without a label where nobody had anything. */
typedef struct EarlierOwn {
    const char *indicator, *breakdown, *label;
    int         school_year;
    uint32_t    school;
    int64_t     moment;
    double      events, yes;
} EarlierOwn;

/** What was shown, and what schools had: each table by table, and of a table moment by moment. Owned by arena. \param indicators borrowed for as long as it lives */
Earlier *earlier_new(Arena *out, const Indicator *indicators, size_t n, const EarlierShown *shown, size_t n_shown, const EarlierOwn *own, size_t n_own);
/**
 * The same, of a board's ledger in the database.
 * \param schools numbers of the schools that know their own records, all of result.spread_shown among them
 * \return false, ERR_DB
 */
bool earlier_load(Arena *out, Pg *db, int board_no, const Indicator *indicators, size_t n, const TableDimension *schools, Earlier **earlier, Err *err);

/** Where what is asked from now on is worked out; what was read stays where it is. \return where it was before */
Arena *earlier_memory(Earlier *earlier, Arena *memory);

/** The number of a group's label (a school's number, a category), the same in every table. */
uint32_t earlier_code(Earlier *earlier, const char *label);
/** The labels of a group, comma separated, as numbers; of what schools had in it nothing is known. */
MovementGroup earlier_group(Earlier *earlier, const char *members, double events);

typedef struct EarlierTable {
    const char      *audience, *breakdown;
    const Indicator *indicator;
    int              school_year;
} EarlierTable;

/** Was this table ever shown to this audience? */
bool earlier_known(const Earlier *earlier, const EarlierTable *table);
/**
 * Can these groups stand beside everything this audience was shown of the table, under every name of it?
 * \param rules n_codes is filled here
 * \param conflict as in movement_safe
 */
bool earlier_safe(Earlier *earlier, const EarlierTable *table, const MovementView *now, MovementRules rules, bool *conflict);
/** The same for what the whole leaves beside this part, at every moment both were of. \param of the whole; \param conflict one per group of part_now */
bool earlier_rest_safe(Earlier *earlier, const EarlierTable *part, const Indicator *of, const MovementView *part_now, const MovementView *whole_now, MovementRules rules, bool *conflict);
/** How many groups the table had when it was shown last; 0 = never. */
size_t earlier_groups(const Earlier *earlier, const EarlierTable *table);

#endif
