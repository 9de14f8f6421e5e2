/**
 * What one attacker of history.h knows, as one system: printed numbers less his own, groups that hide, what a whole has beside its part and a total beside its groups.
 */
#ifndef VB_DISCLOSURE_HISTORY_CELLS_H
#define VB_DISCLOSURE_HISTORY_CELLS_H

#include "analyze/disclosure/history_tables.h"
#include "analyze/disclosure/unknowns.h"

/** No cell: nothing was there. */
static const uint32_t HISTORY_NONE = UINT32_MAX;

/** Something that too much was found of. */
typedef struct HistoryTold {
    const char  *name;
    const HistoryTable *table;
} HistoryTold;

/** What a printed number says of those who are not the attacker's: of a count itself, of a share how many said so. */
typedef struct HistoryPrint {
    double low, high;
    double n; /* who answered; NAN = not known, or a count */
    double own, own_yes; /* what is taken off */
} HistoryPrint;

/** A cell, as long as the system is made. */
typedef struct HistoryMark {
    HistoryTold   asked;    /* what it is, where it is asked after */
    double answered; /* of a share: how many there are to say so; NAN = not known, or a count */
    bool   printed;
    const HistoryShown *row; /* that it was printed in, by itself or with others; NULL = none */
} HistoryMark;

/** One attacker, on the tables of one school year that have to do with each other. */
typedef struct History {
    const HistoryQuestion *question;
    Arena    *memory;
    HistoryTable   **table;
    size_t    n_tables;
    int       moments;
    int       threshold;
    int       school;  /* who attacks; 0 = a reader */
    bool      unknown; /* what he had of something is not known: he is not asked */
    bool      no;      /* of shares: those who said no are asked after, not those who said yes */
    HistoryPrint    *print;   /* per row of shown */
    const HistoryStill *still;
    TableDimension *schools;
    uint8_t  *present; /* per moment and school */
    Unknowns  unknowns;
    HistoryMark     *mark;    /* per cell */
    size_t    mark_room;
    HistoryTold     *sum_asked; /* per sum that is asked */
    size_t    sum_room;
    HistoryTold     *told;
    size_t    n_told, told_room;
} History;

/** What was printed of a table says to him. history->unknown where he does not know what was his. */
void history_prints(History *history, const HistoryTable *table);
/** Do two moments of a table say the same, to him? */
bool history_same_groups(const History *history, const HistoryCut *a, const HistoryCut *b);
/** Which schools had something at each moment. */
void history_present(History *history);
/** Begin the system: a cell for every number of every table at every moment, and how they hang together; nothing of growth. */
void history_numbers(History *history);
/** Too much was found of this. */
void history_told(History *history, const HistoryTold *told);
/** Is how many there were, or by how much it grew, what nobody may find? Of what is known already, at once. \param until 0 for what there was, else the moment until which it grew */
void history_ask(History *history, uint32_t cell, const HistoryTable *table, const char *label, const char *what, int moment, int until);
/** The same of a growth that is no cell. \param most it can be, by how many answered; NAN = any number */
void history_ask_sum(History *history, const SystemTerm *term, size_t n, double most, const HistoryTable *table, const char *label, const char *what, int moment, int until);
/** \return HISTORY_NONE: the part is more than the whole */
uint32_t history_difference(History *history, uint32_t whole, uint32_t part);
/** Is this the school that attacks? */
bool history_is_own(const History *history, const HistoryTable *table, const char *label);
/** What is in no group is asked after where its table was shown; where it was not, groups that nobody ever saw may be in it too. */
bool history_is_asked(const History *history, const HistoryTable *table, uint32_t *const *of, uint32_t cell);

#endif
