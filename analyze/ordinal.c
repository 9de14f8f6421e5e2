#include "analyze/ordinal.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

#include "analyze/dist.h"
#include "common/arena.h"

enum { EXACT_BELOW = 50, STEPS_MAX = 200 };

/* \param largest the largest number of answers in one category */
static bool groups_check(const double *count1, const double *count2, size_t k, double *n1, double *n2, double *largest, Err *err)
{
    *n1 = *n2 = *largest = 0;
    for (size_t at = 0; at < k; at++) {
        if (!dist_is_count(count1[at]) || !dist_is_count(count2[at]))
            return err_set(err, ERR_STAT, "cannot compare answers: the count of category %zu is not a whole number from 0 up", at + 1);
        *n1 += count1[at];
        *n2 += count2[at];
        *largest = fmax(*largest, count1[at] + count2[at]);
    }
    return *n1 > 0 && *n2 > 0 ? true : err_set(err, ERR_STAT, "cannot compare answers: a group has no answers");
}

/* P(W <= w) without ties: the first group's higher pairs are the inversions of a row of n1 ones and n2 twos. */
static double exact_lower(size_t n1, size_t n2, double w)
{
    ARENA_AUTO scratch = arena_new();
    DistOrders *orders = arena_array(scratch, n1 * n2 + n1 + n2 + 1, sizeof *orders), all = 0, lower = 0;
    size_t count = dist_inversions((const size_t[]) {n1, n2}, 2, orders);

    for (size_t at = 0; at < count; at++) {
        all += orders[at];
        lower += (double) at <= w ? orders[at] : 0;
    }
    return (double) ((long double) lower / (long double) all);
}

bool ordinal_wilcoxon(const double *count1, const double *count2, size_t k, Wilcoxon *out, Err *err)
{
    double largest, below2 = 0, ties = 0;

    *out = (Wilcoxon) {.w = 0, .z = NAN, .pvalue = NAN, .superiority = NAN};
    if (!groups_check(count1, count2, k, &out->n1, &out->n2, &largest, err))
        return false;
    for (size_t at = 0; at < k; at++) {
        double both = count1[at] + count2[at];
        out->w += count1[at] * (below2 + count2[at] / 2);
        below2 += count2[at];
        ties += both * both * both - both;
    }
    double pairs = out->n1 * out->n2, n = out->n1 + out->n2, away = out->w - pairs / 2;
    out->superiority = out->w / pairs;
    out->exact = largest <= 1 && out->n1 < EXACT_BELOW && out->n2 < EXACT_BELOW;
    if (out->exact) {
        double tail = exact_lower((size_t) out->n1, (size_t) out->n2, fmin(out->w, pairs - out->w));
        out->pvalue = fmin(1, 2 * tail);
        return true;
    }
    double variance = pairs / 12 * (n + 1 - ties / (n * (n - 1)));
    if (!(variance > 0)) {
        out->pvalue = 1; /* all answers equal */
        return true;
    }
    out->z = (away - (away > 0 ? .5 : away < 0 ? -.5 : 0)) / sqrt(variance);
    out->pvalue = fmin(1, 2 * gsl_cdf_ugaussian_Q(fabs(out->z)));
    return true;
}

/* The categories in use, of both groups. */
typedef struct Answers {
    size_t k;
    double count[2][ORDINAL_CATEGORIES_MAX];
} Answers;

/* Parameters: zeta_0 .. zeta_(k-2), then the log odds. Group 0 is the first one. */
static double below(const double *parameter, size_t k, int group, long category, double *density)
{
    if (category < 0 || category >= (long) k - 1) {
        *density = 0;
        return category < 0 ? 0 : 1;
    }
    double eta = parameter[category] - (group == 0 ? parameter[k - 1] : 0), share = 1 / (1 + exp(-eta));
    *density = share * (1 - share);
    return share;
}

/*
 * Log likelihood with, when asked, its gradient and the negative of its second derivatives. A category's chance is P = F(high) - F(low): its derivatives
 * are those of the two cutpoints, so each category touches three parameters.
 */
static double likelihood(const Answers *answers, const double *parameter, gsl_vector *gradient, gsl_matrix *curvature)
{
    double sum = 0;
    size_t k = answers->k;

    if (gradient) {
        gsl_vector_set_zero(gradient);
        gsl_matrix_set_zero(curvature);
    }
    for (int group = 0; group < 2; group++)
        for (long at = 0; at < (long) k; at++) {
            double count = answers->count[group][at], high_density, low_density;
            double high = below(parameter, k, group, at, &high_density), low = below(parameter, k, group, at - 1, &low_density);
            double chance = high - low;
            if (count == 0)
                continue;
            if (!(chance > 0))
                return -INFINITY;
            sum += count * log(chance);
            if (!gradient)
                continue;
            /* derivatives of chance: +f_high on zeta_at, -f_low on zeta_(at-1), -(f_high - f_low) on the log odds of group 0 */
            size_t index[3] = {(size_t) at, (size_t) at - 1, k - 1};
            double odds = group == 0, first[3] = {high_density, -low_density, -odds * (high_density - low_density)};
            double bend_high = high_density * (1 - 2 * high), bend_low = low_density * (1 - 2 * low);
            double second[3][3] = {{bend_high, 0, -odds * bend_high}, {0, -bend_low, odds * bend_low},
                                   {-odds * bend_high, odds * bend_low, odds * (bend_high - bend_low)}};
            for (int a = 0; a < 3; a++) {
                if ((a == 0 && at == (long) k - 1) || (a == 1 && at == 0))
                    continue;
                *gsl_vector_ptr(gradient, index[a]) += count * first[a] / chance;
                for (int b = 0; b < 3; b++)
                    if (!((b == 0 && at == (long) k - 1) || (b == 1 && at == 0)))
                        *gsl_matrix_ptr(curvature, index[a], index[b]) -= count * (second[a][b] / chance - first[a] * first[b] / (chance * chance));
            }
        }
    return sum;
}

/* Newton steps, halved while they do not climb. parameter: start and result; variance: of the log odds. */
static bool climb(const Answers *answers, double *parameter, double *reached, double *variance)
{
    size_t k = answers->k;
    gsl_vector *gradient = gsl_vector_alloc(k), *step = gsl_vector_alloc(k);
    gsl_matrix *curvature = gsl_matrix_alloc(k, k);
    bool found = false;

    *reached = likelihood(answers, parameter, gradient, curvature);
    for (int round = 0; round < STEPS_MAX && !found; round++) {
        double part = 1, next, length = 0, trial[ORDINAL_CATEGORIES_MAX];
        if (gsl_linalg_cholesky_decomp1(curvature) != 0 || gsl_linalg_cholesky_solve(curvature, gradient, step) != 0)
            break;
        for (;;) {
            for (size_t at = 0; at < k; at++)
                trial[at] = parameter[at] + part * gsl_vector_get(step, at);
            next = likelihood(answers, trial, NULL, NULL);
            if (next >= *reached - 1e-12 * fabs(*reached) || part < 1e-8)
                break;
            part /= 2;
        }
        for (size_t at = 0; at < k; at++) {
            length = fmax(length, fabs(trial[at] - parameter[at]));
            parameter[at] = trial[at];
        }
        *reached = likelihood(answers, parameter, gradient, curvature);
        found = length < 1e-12;
        if (fabs(parameter[k - 1]) > 30)
            break;
    }
    found = found && gsl_linalg_cholesky_decomp1(curvature) == 0;
    if (found) {
        gsl_vector_set_basis(gradient, k - 1);
        found = gsl_linalg_cholesky_solve(curvature, gradient, step) == 0;
        *variance = gsl_vector_get(step, k - 1);
    }
    gsl_vector_free(gradient);
    gsl_vector_free(step);
    gsl_matrix_free(curvature);
    return found && *variance > 0 && isfinite(*variance);
}

bool ordinal_proportional_odds(const double *count1, const double *count2, size_t k, ProportionalOdds *out, Err *err)
{
    Answers answers = {0};
    double n1, n2, largest, parameter[ORDINAL_CATEGORIES_MAX] = {0}, running = 0, variance;

    *out = (ProportionalOdds) {NAN, NAN, NAN, NAN, NAN, NAN};
    if (!groups_check(count1, count2, k, &n1, &n2, &largest, err))
        return false;
    for (size_t at = 0; at < k; at++) {
        if (count1[at] + count2[at] == 0)
            continue;
        if (answers.k == ORDINAL_CATEGORIES_MAX)
            return err_set(err, ERR_STAT, "cannot compare answers: more than %d categories", ORDINAL_CATEGORIES_MAX);
        answers.count[0][answers.k] = count1[at];
        answers.count[1][answers.k++] = count2[at];
    }
    if (answers.k < 2)
        return err_set(err, ERR_STAT, "cannot compare answers: everybody gave the same one");
    for (size_t at = 0; at + 1 < answers.k; at++) {
        running += answers.count[0][at] + answers.count[1][at];
        parameter[at] = log(running / (n1 + n2 - running));
    }
    if (!climb(&answers, parameter, &out->log_likelihood, &variance)) {
        out->log_likelihood = NAN;
        return err_set(err, ERR_STAT, "cannot compare answers: the odds have no end; one group stands wholly above the other");
    }
    double z = gsl_cdf_ugaussian_Qinv(.025);
    out->log_odds = parameter[answers.k - 1];
    out->se = sqrt(variance);
    out->low = out->log_odds - z * out->se;
    out->high = out->log_odds + z * out->se;
    out->pvalue = fmin(1, 2 * gsl_cdf_ugaussian_Q(fabs(out->log_odds) / out->se));
    return true;
}

bool ordinal_cochran_armitage(const double *x, const double *n, const double *score, size_t k, CochranArmitage *out, Err *err)
{
    double total = 0, marked = 0, mean = 0, spread = 0, with = 0;
    size_t groups = 0;

    *out = (CochranArmitage) {NAN, NAN, NAN, NAN};
    for (size_t at = 0; at < k; at++) {
        if (!dist_is_count(x[at]) || !dist_is_count(n[at]) || x[at] > n[at])
            return err_set(err, ERR_STAT, "cannot test a trend of shares: group %zu needs a whole part from 0 to the whole", at + 1);
        if (score && !isfinite(score[at]))
            return err_set(err, ERR_STAT, "cannot test a trend of shares: the score of group %zu is not a number", at + 1);
        total += n[at];
        marked += x[at];
        groups += n[at] > 0;
    }
    if (groups < 2)
        return err_set(err, ERR_STAT, "cannot test a trend of shares: at least 2 groups with somebody in them are needed");
    if (marked == 0 || marked == total)
        return err_set(err, ERR_STAT, "cannot test a trend of shares: all groups have a share of 0 or 1");
    for (size_t at = 0; at < k; at++)
        mean += n[at] / total * (score ? score[at] : (double) at + 1);
    for (size_t at = 0; at < k; at++) {
        double away = (score ? score[at] : (double) at + 1) - mean;
        spread += n[at] * away * away;
        with += x[at] * away;
    }
    if (!(spread > 0))
        return err_set(err, ERR_STAT, "cannot test a trend of shares: all groups have the same score");
    out->n = total;
    out->z = with / sqrt(marked / total * (1 - marked / total) * spread);
    out->chi2 = out->z * out->z;
    out->pvalue = fmin(1, 2 * gsl_cdf_ugaussian_Q(fabs(out->z)));
    return true;
}
