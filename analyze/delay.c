#include "analyze/delay.h"

#include <math.h>

void delay_shares(const double *known, size_t n, size_t ages, double fewest, double *factor, double *share)
{
    for (size_t age = 0; age + 1 < ages; age++) {
        double now = 0, next = 0;
        for (size_t row = 0; row < n; row++) {
            double a = known[row * ages + age], b = known[row * ages + age + 1];
            if (isnan(a) || isnan(b))
                continue;
            now += a;
            next += b;
        }
        factor[age] = now > 0 && now >= fewest ? next / now : 1;
    }
    share[ages - 1] = 1;
    for (size_t age = ages - 1; age-- > 0;)
        share[age] = share[age + 1] / factor[age];
    for (size_t age = 0; age < ages; age++)
        share[age] = fmin(share[age], 1);
}
