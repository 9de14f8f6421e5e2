/**
 * EARS C1, C2, C3: is a count higher than the last few reports let expect? For series too young for Farrington; knows no season,
 * no trend and no exposure. Pure functions.
 *
 * Definition (Hutwagner et al. 2003; Fricker, Hegler and Dunfee 2008, Stat. Med. 27): C1 = (y - mean)/sd over the `baseline` reports just
 * before; C2 the same over a baseline that ends three reports before; C3 = C2 + sum over the two reports before of max(0, C2 - 1).
 * Alarm when the statistic exceeds z_(1-alpha). Periods without a report are passed over: "the two before" are reports.
 * R surveillance 1.20.3 earsC agrees for C1 and C2; its C3 adds the sum to the observed count instead of to the mean, so that the
 * evaluated count does not matter there: not followed.
 */
#ifndef VB_ANALYZE_EARS_H
#define VB_ANALYZE_EARS_H

#include <stddef.h>

#include "common/err.h"

typedef enum EarsMethod { EARS_C1 = 1, EARS_C2, EARS_C3 } EarsMethod;

typedef struct EarsParams {
    EarsMethod method;
    int    baseline;  /* reports, 3..366; 7 in the papers */
    double alpha;     /* one-sided, 0..1; usual .001 for C1 and C2, .025 for C3 */
    double min_sigma; /* the standard deviation is at least this, >= 0 */
} EarsParams;

typedef struct EarsPoint {
    bool   evaluated; /* false: no report, too few before it, or a baseline without spread (and min_sigma 0); the rest is NaN */
    double mean, sd;  /* of the baseline, sd with divisor baseline - 1 and at least min_sigma */
    double statistic; /* C1, C2 or C3 */
    double upper;     /* the count above which there is an alarm, at least 0 */
    bool   alarm;
} EarsPoint;

/**
 * \param observed counts >= 0; NaN = no report  borrowed, n long
 * \param out      filled, n long
 * \return false and ERR_STAT: parameters outside their ranges, or a count that is not whole or is negative
 */
bool ears_run(const double *observed, size_t n, const EarsParams *params, EarsPoint *out, Err *err);

#endif
