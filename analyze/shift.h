/**
 * A likely break in how a school counts that nobody declared: at one moment its level changed by a good deal, and it stayed there. Boards are asked to declare such
 * breaks, and forget to; what was counted before is no baseline for what was counted after. A question ("has anything changed in how you register?"), no
 * finding: a lasting rise in what happens looks the same. That rise was told when it began, for nothing of the last `guard` periods is looked at and `after`
 * periods must have passed at the new level.
 *
 * Method: quasi-Poisson score test for two levels at the split where it is largest, which is Pettitt's question asked of counts with exposure:
 * z^2 = (y2 - y p)^2 / (y p (1 - p)) / phi, p the share of the exposure after the split, phi Pearson's chi-square around both levels over n - 2, at least 1.
 * The season moves half years as well, and an outbreak a term, so the new level must also be `ratio` times the old one, up or down, against the same weeks of the years
 * before; and after the first `after` periods, up to k itself, it must lie nearer to the new level than to the old one. Below a quarter of what was counted
 * before is silence and no other way of counting. Of several breaks the last one counts. Pure.
 */
#ifndef VB_ANALYZE_SHIFT_H
#define VB_ANALYZE_SHIFT_H

#include <stddef.h>

typedef struct ShiftParams {
    int    guard;          /* the last so many rows are not looked at */
    int    before, after;  /* open, reported periods on either side of a split, at least */
    int    year;           /* periods in a year */
    double score, ratio;   /* a break has a larger z^2, and at least this ratio of the levels, either way */
} ShiftParams;

typedef struct Shift {
    size_t row;            /* the first one of the new level; 0 = no break */
    double score, phi;     /* z^2, and the variance over mean around both levels */
    double ratio;          /* of the new level to the old one, season for season */
} Shift;

/** Whether a break is known at row k. \param observed NaN = no report; exposure 0 or NaN = closed or unknown \param since first row that is looked at */
Shift shift_find(const double *observed, const double *exposure, size_t since, size_t k, const ShiftParams *params);

#endif
