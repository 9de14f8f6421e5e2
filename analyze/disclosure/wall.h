/**
 * The wall: each table of a board as each audience may see it. Groups that are too small, or that moved by too little since they were last shown, are
 * merged (partition.h, movement.h, earlier.h); what cannot be shown so is left out, and where it was shown before it stays as it was ("stale").
 *
 * Audiences go from narrow to wide, and the table of the wider one is made from that of the narrower one, so that two editions cannot be subtracted.
 */
#ifndef VB_DISCLOSURE_WALL_H
#define VB_DISCLOSURE_WALL_H

#include "analyze/disclosure/audience.h"
#include "analyze/disclosure/earlier.h"
#include "analyze/disclosure/table.h"
#include "analyze/indicator.h"

/** One cell as analyzed, or a union of such cells. Text is borrowed. */
typedef struct WallCell {
    int             location_no, ord;
    const char     *category;
    double          persons;
    int64_t         schools;
    IndicatorCounts counts;
    const double   *own, *own_rest, *own_yes; /* of each school of the wall: its events in it, of what the larger group has beside it, and of a share who said yes. NULL = not known */
    const double   *own_persons, *own_rest_persons, *own_sd; /* its persons, of what the larger group has beside it surely so many, and of a mean how its answers spread; NaN = not known. Not of unions */
    double          parent_events; /* of the indicator this one is a subset of; NaN = no parent */
    double          rest_persons;  /* in what that one has beside this: surely so many; NaN = not known */
    double          p_change;
    /* after the wall */
    const char     *members; /* comma separated; "" unless a union, or one cell under another name */
    int             n_members;
} WallCell;

typedef struct WallTable {
    const Indicator *indicator;
    int              year;
    const char      *breakdown;
    WallCell        *cell;
    size_t           n_cells;
    double           total_persons;
    size_t           total_schools; /* that have something in it */
    bool             one_base;      /* every group is counted over the same pupils as the total (forms, places; not schools, groups, months) */
    /* per audience, after the wall */
    WallCell        *out[AUDIENCES_MAX];
    size_t           n_out[AUDIENCES_MAX];
    const char      *decision[AUDIENCES_MAX], *reason[AUDIENCES_MAX]; /* a name of config/wording.json, "reden."; "" = as it is */
    size_t           told_from; /* given: a school that knows its own records would find too much about the others in what this audience, and the wider ones, would be shown: left out */
    bool             stale[AUDIENCES_MAX]; /* cannot be shown as it is now beside what was shown before */
} WallTable;

typedef struct Wall {
    Arena           *memory;
    TableDimension  *schools; /* that know their own records, or did at an earlier release: their numbers */
    size_t           n_schools;
    const Audiences *audiences;
    WallTable       *table;
    size_t           n_tables;
    Earlier         *earlier;
} Wall;

/** All tables for one audience; the narrower ones must be done. Fills out, decision, reason and stale of every table. */
void wall_build(Wall *wall, size_t audience);

/**
 * What else cannot be shown as it is now: what was shown and is gone; what a stale table takes with it (its breakdowns and what adds up to it, parts of it, the
 * table in which it is a group, the wider audiences); a ratio of which the share is not shown as it is now; and a part whose whole leaves too little beside it.
 * Call again whenever more became stale.
 */
void wall_stale_spread(Wall *wall);

/** A table stays as it was for an audience, or out of the release where it was never shown. */
void wall_stale(WallTable *table, size_t audience);

/** Was this table ever shown to this audience? */
bool wall_known(const Wall *wall, const WallTable *table, size_t audience);

/** Numbers of respondents differ from question to question by the few who skipped it: they are printed in fives. */
bool wall_in_fives(const WallTable *table);
/** The number of a cell as it is printed. */
int64_t wall_events(const WallTable *table, const WallCell *cell);

#endif
