/**
 * The attacker who kept everything: all that was shown to an audience at every moment, in one system. movement.h holds a new table against each earlier one
 * by itself; a reader holds all of them at once, and what stood still in one table says what stood still in another.
 *
 * What he takes to be true, beside what outside.h says: within a school year numbers only grow, those of a part and those a whole has beside its part too (of a
 * number of which the print went down he does not; and where no table agrees with all that, he takes it of as many tables as can be together); a table that was not
 * shown at a moment has the groups it has at others, and adds up to its total of then; a school that is in no table of a moment had nothing then, and those that left
 * do not count as having shrunk.
 *
 * What he asks: how many there are in every group that was never shown by itself, of a part and beside it, at every moment; by how much each grew between every
 * two moments; and where schools came or went, by how much the others did together. Each must be nothing, or surely at least the threshold, or
 * leave four numbers open.
 *
 * Of shares the printed percentage leaves an interval for those who said yes, and one for those who said no, to whom knows from elsewhere how many answered: in each
 * group of a table that was shown, in those that hide and in none too. There groups and who is in none of them come to the total, and nobody said yes (or no) who did not
 * answer; "nobody" is no secret of what grew, but one of what there is. Other answers (means, countings) are not looked at.
 *
 * A school that kept everything takes off what is its own first. After a threshold was raised the lower one goes on to be asked of the tables that were shown under
 * it: that is out. What could be found before anything of now was shown is not held against what is shown now.
 */
#ifndef VB_DISCLOSURE_HISTORY_H
#define VB_DISCLOSURE_HISTORY_H

#include "analyze/indicator.h"

/** One group of a table, as it was shown at a moment or before it and unchanged. */
typedef struct HistoryShown {
    int         moment;     /* from 0, in order of time */
    const char *month;      /* YYYY-MM of the moment */
    int         school_year;
    const char *indicator, *breakdown;
    int         edition;    /* the audience it was shown to: the groups of one edition are all there are */
    const char **member;    /* labels that it adds up; of a school its number, of a total "" */
    size_t      n_members;
    int64_t     events;     /* of a share, who answered: in fives */
    double      value;      /* of a share: the printed percentage who said yes; NAN = none */
    int         decimals;   /* it was printed with; -1 = as the indicator says */
} HistoryShown;

/** What one school had in one cell of a table, from this moment on until the next moment that has entries of that table. */
typedef struct HistoryOwn {
    int         moment;
    int         school_year;
    const char *indicator, *breakdown;
    const char *label;      /* NULL: nobody had anything in the table */
    int         school;
    int64_t     events;
    double      yes;        /* of a share: who said so; NAN = not known */
} HistoryOwn;

typedef struct HistoryQuestion {
    const Indicator    *indicators;
    size_t              n_indicators;
    const HistoryShown *shown; /* tables behind each other */
    size_t              n_shown;
    const HistoryOwn   *own;   /* NULL: nothing is known of what schools had; tables behind each other, moments in order */
    size_t              n_own;
    int                 threshold;
    int                 moments; /* how many there were, be it that nothing of the last was new to these; 0 = until the last of shown */
} HistoryQuestion;

typedef struct HistoryReport {
    size_t n_asked, n_programs, n_attackers;
    size_t n_told;       /* too much was found of so many groups */
    const char **held;   /* tables of the last moment that must stay as they were before it: "year|indicator|breakdown" */
    size_t n_held, held_room;
    const char *first;   /* the first such group: indicator, school year, breakdown, what; never a count */
} HistoryReport;

/**
 * The reader of this audience, and then each of these schools.
 * \param report begin with {0}; added to. Texts owned by out
 * \return false: ERR_STAT when the solver broke down; ERR_DISCLOSURE when no table of counts agrees with what was shown, whatever grew: then nobody can say
 *         what it tells. Of shares, which rest on what is known from elsewhere, nothing is asked then
 */
bool history_attack(Arena *out, const HistoryQuestion *question, const int *schools, size_t n_schools, HistoryReport *report, Err *err);

#endif
