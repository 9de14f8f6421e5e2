/**
 * How much of a recent period is still to come: chain ladder on what was known when. Pure.
 *
 * Definition: C(i, a) = incidents of period i known at age a. Factor f_a = sum C(i, a+1) / sum C(i, a) over the periods known at both ages;
 * the share that is in at age a is 1 / (f_a f_(a+1) ...). Source: Mack 1993, ASTIN Bulletin 23(2); in surveillance of disease Lawless 1994.
 * Corrections can make counts fall; a share is never above 1.
 */
#ifndef VB_ANALYZE_DELAY_H
#define VB_ANALYZE_DELAY_H

#include <stddef.h>

/**
 * \param known  n rows of `ages` cumulative counts; NaN = not yet, or not recorded           borrowed
 * \param fewest a factor over fewer incidents than this is 1: nothing is known of the delay
 * \param factor filled, ages - 1 long; share filled, ages long (the last is 1)
 */
void delay_shares(const double *known, size_t n, size_t ages, double fewest, double *factor, double *share);

#endif
