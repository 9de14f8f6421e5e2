/**
 * The tables of history.h: what was shown of each at every moment, and what schools had in it.
 */
#ifndef VB_DISCLOSURE_HISTORY_TABLES_H
#define VB_DISCLOSURE_HISTORY_TABLES_H

#include "analyze/disclosure/history.h"
#include "analyze/disclosure/table.h"

/** A number that was printed in fives is at most this far from the true one. */
enum { HISTORY_FIVES = 2 };

/** A table at one moment. */
typedef struct HistoryCut {
    size_t first, n; /* its groups */
    bool   fresh;    /* it was of that moment */
    bool   still;    /* and says what it said at the moment before: where numbers only grow, so does what hides in it */
} HistoryCut;

typedef struct HistoryTable HistoryTable;
struct HistoryTable {
    const Indicator *indicator;
    const char      *breakdown;
    int              year, family;
    size_t           first, n;         /* rows in question->shown */
    size_t           own_first, own_n; /* rows in question->own */
    TableDimension  *labels;
    HistoryCut      *cut;              /* per moment */
    HistoryTable    *total, *whole;    /* what it adds up to, and what it is a part of; NULL = not shown */
    bool             share;            /* counted are those who said yes, or no */
    bool             adds_up, schools;
    bool             grows;            /* he takes it that its numbers do */
    uint32_t       **cell, **rest;     /* per moment, per label: how many, and how many the whole has beside them */
    uint32_t       **beside;           /* per moment, one: how many the total has beside all groups */
};

/** What a school, or all schools together, had in a cell or a group. */
typedef struct HistoryHad {
    double events, yes;
    bool   known;
} HistoryHad;

/** Which schools stood still between two moments: what they delivered says so. */
typedef struct HistoryStill {
    TableDimension *schools;
    int             moments;
    uint8_t        *still; /* per school and two moments */
} HistoryStill;

/**
 * Every table that was shown, of the indicators that are looked at.
 * \param moments how many there were
 * \return tables, owned by out, in the order in which they stand in question; their cells, totals and wholes are not there yet
 */
HistoryTable *history_tables(Arena *out, const HistoryQuestion *question, int moments, size_t *count);
/** \return NULL: it was not shown */
HistoryTable *history_table_find(HistoryTable *const *table, size_t n, const char *indicator, const char *breakdown);
/** How many of a cell are one school's, by what it had when the table was released last. \param school 0: of all of them together */
HistoryHad history_had(const HistoryQuestion *question, const HistoryTable *table, int moment, const char *label, int school);
/** The same of all members of a group. */
HistoryHad history_row_had(const HistoryQuestion *question, const HistoryTable *table, const HistoryShown *row, int school);
/** How many answered, in whole numbers; NAN = what schools had is not known, or is not of this print. */
double history_answered(const HistoryQuestion *question, const HistoryTable *table, const HistoryShown *row);
/** Do its groups add up to the total, whenever both were shown? Those of a questionnaire that some left open do not; whether any did is told only by both. */
bool history_adds_up(const HistoryQuestion *question, const HistoryTable *table, int moments);
/**
 * Who delivered nothing between two moments had nothing more, and that is known: the pupils behind a printed rate are those of the months that were delivered. Taken for
 * such is every school of which no number of these tables changed, a whole among them. Only where it is known what schools had.
 */
HistoryStill *history_still(Arena *out, const HistoryQuestion *question, HistoryTable *const *table, size_t n, int moments);
bool history_stood_still(const HistoryStill *still, const char *school, int then, int now);

#endif
