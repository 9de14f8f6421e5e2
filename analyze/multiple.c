#include "analyze/multiple.h"

#include <gsl/gsl_sort.h>
#include <math.h>

#include "common/arena.h"

const char *multiple_method_name(MultipleMethod method)
{
    static const char *const names[] = {[MULTIPLE_BH] = "bh", [MULTIPLE_BY] = "by", [MULTIPLE_HOLM] = "holm", [MULTIPLE_HOCHBERG] = "hochberg",
                                        [MULTIPLE_BONFERRONI] = "bonferroni"};
    return names[method];
}

/* What the p-value of this rank (1 = smallest) of m is multiplied with. */
static double factor(MultipleMethod method, double rank, double m, double harmonic)
{
    switch (method) {
    case MULTIPLE_BH: return m / rank;
    case MULTIPLE_BY: return harmonic * m / rank;
    case MULTIPLE_HOLM:
    case MULTIPLE_HOCHBERG: return m - rank + 1;
    default: return m;
    }
}

bool multiple_adjust(const double *p, size_t n, MultipleMethod method, double *out, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    double *value = arena_array(scratch, n, sizeof *value), harmonic = 0, bound;
    size_t *row = arena_array(scratch, n, sizeof *row), *order = arena_array(scratch, n, sizeof *order), m = 0;

    for (size_t at = 0; at < n; at++) {
        if (p[at] < 0 || p[at] > 1)
            return err_set(err, ERR_STAT, "cannot adjust p-values: row %zu does not lie between 0 and 1", at + 1);
        if (isnan(p[at]))
            continue;
        value[m] = p[at];
        row[m++] = at;
        harmonic += 1 / (double) m;
    }
    for (size_t at = 0; at < n; at++)
        out[at] = NAN;
    gsl_sort_index(order, value, 1, m);
    bool up = method == MULTIPLE_HOLM; /* step down: the largest so far, from the smallest p up */
    bound = up ? 0 : 1;
    for (size_t step = 0; step < m; step++) {
        size_t rank = up ? step : m - 1 - step;
        double adjusted = value[order[rank]] * factor(method, (double) rank + 1, (double) m, harmonic);
        if (method == MULTIPLE_BONFERRONI)
            bound = adjusted;
        else
            bound = up ? fmax(bound, adjusted) : fmin(bound, adjusted);
        out[row[order[rank]]] = fmin(1, bound);
    }
    return true;
}
