/**
 * Which of many schools differ from what is expected, when schools differ anyway? Funnel on sqrt(O/E) with winsorised z and an additive variance
 * between schools (Spiegelhalter 2005, Stat. Med. 24 and Qual. Saf. Health Care 14). Pure functions.
 *
 * Definition: y = sqrt(O/E), s = 1/(2 sqrt(E)), z = (y - 1)/s. z winsorised: beyond the winsor and 1 - winsor quantiles (R type 7) set to them.
 * phi = mean of the winsorised z^2. w = 1/s^2; tau^2 = (n phi - (n - 1))/(sum w - sum w^2/sum w), 0 where negative. Adjusted z = (y - 1)/sqrt(s^2
 * + tau^2); limits of O/E: (1 -+ q sqrt(s^2 + tau^2))^2, the lower one at least 0.
 */
#ifndef VB_ANALYZE_FUNNEL_H
#define VB_ANALYZE_FUNNEL_H

#include <stddef.h>

#include "common/err.h"

typedef enum FunnelFlag { FUNNEL_IN, FUNNEL_LOW_95, FUNNEL_LOW_998, FUNNEL_HIGH_95, FUNNEL_HIGH_998 } FunnelFlag;

typedef struct FunnelPoint {
    bool   used;      /* false: no report, or nothing expected; the rest is NaN */
    double ratio;     /* O/E */
    double z_raw, z;  /* without and with tau^2 */
    double pvalue;    /* two-sided, of z */
    double low95, high95, low998, high998; /* of O/E, at this E */
    FunnelFlag flag;
} FunnelPoint;

typedef struct Funnel {
    size_t n;   /* points used */
    double phi, tau2;
    size_t beyond_raw95, beyond_raw998, beyond95, beyond998; /* points outside limits without and with tau^2 */
} Funnel;

/**
 * \param observed counts >= 0; NaN = no report              borrowed, n long
 * \param expected > 0; 0 or NaN = left out                  borrowed, n long
 * \param winsor   share cut off at either end, 0..0.49; .1
 * \param adjust   false: tau^2 is 0 whatever phi is
 * \param point    filled, n long; \param out filled
 * \return false and ERR_STAT: no usable point, an observed value that is negative or infinite, an expected one that is, winsor out of range
 */
bool funnel_run(const double *observed, const double *expected, size_t n, double winsor, bool adjust, FunnelPoint *point, Funnel *out, Err *err);

/** CSV name: in, low95, low998, high95, high998. */
const char *funnel_flag_name(FunnelFlag flag);

#endif
