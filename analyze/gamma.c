#include "analyze/gamma.h"

#include <math.h>

#include "analyze/dist.h"

enum { PHI_DF_MIN = 12 };
/* Schools differ in how much their periods spread: what the board's schools show together counts as so many periods of the school's own. Without
 * the own ones, schools that spread more than the others alarmed in 3 % of the weeks of their first years after a break at nominal 1 %. */
static const double phi_prior_df = 26;

static bool counts(const double *observed, const double *exposure, size_t row)
{
    return exposure[row] > 0 && !isnan(observed[row]);
}

double gamma_phi(const double *count, const double *exposure, const double *squares, const double *periods, size_t n)
{
    double chi2 = 0, df = 0;

    for (size_t school = 0; school < n; school++)
        if (count[school] > 0 && exposure[school] > 0) {
            /* sum (y - r e)^2 / (r e), with r the school's own rate */
            double rate = count[school] / exposure[school];
            chi2 += squares[school] / rate - count[school];
            df += periods[school] - 1;
        }
    return df >= PHI_DF_MIN ? fmax(1, chi2 / df) : 1;
}

GammaPrior gamma_prior(const double *count, const double *exposure, size_t n, double phi)
{
    double total = 0, total_exposure = 0, between = 0, used = 0;

    for (size_t school = 0; school < n; school++)
        if (exposure[school] > 0) {
            total += count[school];
            total_exposure += exposure[school];
            used++;
        }
    if (!(total > 0))
        return (GammaPrior){0, 0, 1};
    double mean = total / total_exposure;
    /* Var(y) = phi mu + mu^2/shape for school totals: solve for 1/shape by moments. */
    double squares = 0;
    for (size_t school = 0; school < n; school++)
        if (exposure[school] > 0) {
            double mu = mean * exposure[school];
            between += (count[school] - mu) * (count[school] - mu) - phi * mu;
            squares += mu * mu;
        }
    double inverse = used > 1 && squares > 0 ? between / squares : 1;
    /* Never surer than shape 20, so that one quiet board does not make every school alike. */
    return (GammaPrior){mean, inverse > 0.05 ? 1 / inverse : 20, phi};
}

GammaSums gamma_sums(Arena *out, const double *observed, const double *known, const double *exposure, size_t n)
{
    size_t room = n + 1;
    GammaSums sums = {.count = arena_array(out, room, sizeof(double)), .exposure = arena_array(out, room, sizeof(double)),
                      .squares = arena_array(out, room, sizeof(double)), .periods = arena_array(out, room, sizeof(double))};

    for (size_t row = 0; row < n; row++) {
        bool usable = counts(observed ? observed : known, exposure, row);
        double count = usable && observed ? observed[row] : 0;
        sums.count[row + 1] = sums.count[row] + count;
        sums.exposure[row + 1] = sums.exposure[row] + (usable ? exposure[row] : 0);
        sums.squares[row + 1] = sums.squares[row] + (usable ? count * count / exposure[row] : 0);
        sums.periods[row + 1] = sums.periods[row] + usable;
    }
    return sums;
}

GammaWindow gamma_window(size_t since, size_t k, int history, int past)
{
    size_t until = k > (size_t) past ? k - (size_t) past : 0, from = k > (size_t) history ? k - (size_t) history : 0;

    from = from < since ? since : from;
    return (GammaWindow){from, from < until ? until : from};
}

GammaPrior gamma_pool(const GammaSums *school, const GammaWindow *window, size_t n)
{
    ARENA_AUTO scratch = arena_new();
    double *count = arena_array(scratch, n + 1, sizeof *count), *exposure = arena_array(scratch, n + 1, sizeof *exposure);
    double *squares = arena_array(scratch, n + 1, sizeof *squares), *periods = arena_array(scratch, n + 1, sizeof *periods);

    for (size_t at = 0; at < n; at++) {
        const GammaSums *sums = &school[at];
        GammaWindow rows = window[at];
        count[at] = sums->count[rows.until] - sums->count[rows.from];
        exposure[at] = sums->exposure[rows.until] - sums->exposure[rows.from];
        squares[at] = sums->squares[rows.until] - sums->squares[rows.from];
        periods[at] = sums->periods[rows.until] - sums->periods[rows.from];
    }
    return gamma_prior(count, exposure, n, gamma_phi(count, exposure, squares, periods, n));
}

GammaPast gamma_past(const double *observed, const double *exposure, GammaWindow window, const GammaPrior *prior)
{
    /* counts that spread phi times as much as chance tell phi times as little */
    GammaPast past = {.shape = prior->shape, .rate = prior->mean > 0 ? prior->shape / prior->mean : 0, .phi = fmax(1, prior->phi), .first = window.from, .last = window.from};
    double squares = 0;

    for (size_t row = window.from; row < window.until; row++)
        if (counts(observed, exposure, row)) {
            past.first = past.n ? past.first : row;
            past.count += observed[row];
            past.exposure += exposure[row];
            squares += observed[row] * observed[row] / exposure[row];
            past.last = row;
            past.n++;
        }
    if (past.count > 0 && past.n > 1) {
        double chi2 = squares * past.exposure / past.count - past.count, df = (double) past.n - 1;
        past.phi = fmax(1, (phi_prior_df * past.phi + chi2) / (phi_prior_df + df));
    }
    past.shape += past.count / past.phi;
    past.rate += past.exposure / past.phi;
    return past;
}

double gamma_size(const GammaPast *past, double mean)
{
    return 1 / (1 / past->shape + (past->phi - 1) / mean);
}

double gamma_score(double observed, double expected, double upper)
{
    double room = upper - expected;

    return room > 0 ? (observed - expected) / room : 1 + observed - upper;
}

GammaNext gamma_next(const GammaPast *past, double observed, double exposure, double alpha)
{
    GammaNext next = {.expected = past->shape / past->rate * exposure, .phi = past->phi + exposure / past->rate};

    next.upper = dist_count_quantile(next.expected, next.phi, 1 - alpha);
    next.pvalue = dist_count_tail(next.expected, next.phi, observed);
    next.score = gamma_score(observed, next.expected, next.upper);
    return next;
}

void gamma_span(const double *observed, const double *exposure, size_t since, size_t row, int span, double *count, double *over)
{
    *count = *over = 0;
    for (size_t at = row + 1; at-- > since && span > 0;)
        if (counts(observed, exposure, at)) {
            *count += observed[at];
            *over += exposure[at];
            span--;
        }
}
