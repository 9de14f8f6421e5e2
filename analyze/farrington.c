#include "analyze/farrington.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "analyze/dist.h"

enum {
    YEARS_BACK_MAX = 50,
    FREQ_MAX = 366,
    NEWTON_STEPS_MAX = 200,
    TREND_YEARS_MIN = 3 /* a slope over one or two years is the season, not a trend */
};

/* Over the whole baseline mu would change by exp(200): only a slope that runs away to infinity gets there. */
static const double slope_range_max = 200;
/* Limit and tail are found by adding probabilities one count at a time. Beyond this mean or dispersion the fit is broken
   (a level with next to no counts under muan), a limit of millions helps nobody, and the sum would take its time. */
static const double limit_mean_max = 1e6, limit_phi_max = 1e5;

/* The baseline as columns, so that the inner loops run over plain arrays. Everything lives in a scratch arena. */
typedef struct Baseline {
    size_t  n, levels;
    double *y, *time /* periods, relative to a row in the middle */, *exposure;
    double *omega, *growth /* exposure * exp(slope * time) */, *mu;
    size_t *row;
    int    *level;
    size_t *level_rows;
    double *level_y; /* plain sum of counts: zero means that the level leaves the fit */
    int     years;   /* reference points that lie within the series */
    long    middle;  /* the row at which time is 0 */
} Baseline;

/*
 * The fit needs no matrix. With one dummy per level the normal equations are diagonal but for the trend, so the levels
 * are profiled out: for a given slope, exp(alpha) of a level is its weighted count over its weighted exposure, and what
 * remains is one concave function of the slope.
 */
typedef struct Fit {
    bool    trend;
    double  slope, slope_info; /* information on the slope after profiling: sum omega mu (time - centre)^2 */
    double  phi_free, phi;     /* dispersion as computed, and floored at 1 */
    double *level_mean;        /* exp(alpha) */
    double *level_weight;      /* sum omega mu */
    double *level_centre;      /* mean of time, weighted with omega mu */
    double *level_moment;      /* sum omega y time; work space of the fit */
} Fit;

static bool params_check(const FarringtonSeries *series, const FarringtonParams *params, size_t k, Err *err)
{
    const char *why = NULL;

    if (params->b < 1 || params->b > YEARS_BACK_MAX)
        why = N_("years back (b) must be 1 to 50");
    else if (params->freq < 1 || params->freq > FREQ_MAX)
        why = N_("periods per year (freq) must be 1 to 366");
    else if (params->w < 0 || params->w > (params->freq - 1) / 2)
        why = N_("the half window (w) must be 0 or more, and a window shorter than a year");
    else if (params->periods < 1 || params->periods > params->freq)
        why = N_("seasonal levels (periods) must be 1 to the periods per year");
    else if (params->past < 0)
        why = N_("recent periods left out (past) must be 0 or more");
    else if (!(params->alpha > 0 && params->alpha < 1))
        why = N_("alpha must lie between 0 and 1");
    else if (params->limit != FARRINGTON_NB_PLUGIN && params->limit != FARRINGTON_MUAN &&
             params->limit != FARRINGTON_DELTA)
        why = N_("no such limit");
    else if (!(params->trend_p >= 0 && params->trend_p <= 1))
        why = N_("the threshold of the trend must lie between 0 and 1");
    else if (!(params->reweight > 0))
        why = N_("the threshold of reweighting must be above 0");
    else if (params->limit54_cases < 0 || params->limit54_periods < (params->limit54_cases > 0))
        why = N_("the fewest cases and their periods (limit54) must be 0 or more");
    else if (!series->observed || k >= series->n)
        why = N_("the period lies outside the series");
    return why ? err_set(err, ERR_STAT, "cannot look for an alarm: %s", err_word(why)) : true;
}

/* A missing or doubled week would shift every window by a week without a trace. Months differ by less than half. */
static bool dates_check(const FarringtonSeries *series, Err *err)
{
    Date shortest = 0, longest = 0;

    for (size_t row = 1; series->date && row < series->n; row++) {
        Date step = series->date[row] - series->date[row - 1];
        if (row == 1 || step < shortest)
            shortest = step;
        if (row == 1 || step > longest)
            longest = step;
    }
    if (series->date && series->n > 1 && (shortest < 1 || 2 * (long) longest >= 3 * (long) shortest))
        return err_set(err, ERR_STAT, "cannot look for an alarm: the dates are not equally spaced");
    return true;
}

static bool has_exposure(const FarringtonSeries *series, size_t row)
{
    return !series->exposure || series->exposure[row] > 0;
}

static bool row_check(const FarringtonSeries *series, size_t row, Err *err)
{
    double y = series->observed[row];

    if (!isnan(y) && !(y >= 0 && y <= 1e15 && floor(y) == y))
        return err_set(err, ERR_STAT, "cannot look for an alarm: the count of row %zu is not a whole number from 0 up",
                       row);
    if (series->exposure && (series->exposure[row] < 0 || isinf(series->exposure[row])))
        return err_set(err, ERR_STAT, "cannot look for an alarm: the exposure of row %zu is negative or infinite", row);
    return true;
}

/* The row of the reference point so many years before k; negative when that lies before the series. */
static long reference_row(const FarringtonSeries *series, const FarringtonParams *params, size_t k, int years)
{
    long by_number = (long) k - (long) years * params->freq;

    if (!series->date || series->n < 2)
        return by_number;

    Date      date = series->date[k], then;
    DateParts parts = date_parts(date);
    parts.year -= years;
    if (parts.month == 2 && parts.day == 29 && !date_from_parts(parts, &then)) {
        parts.month = 3;
        parts.day = 1;
    }
    if (!date_from_parts(parts, &then))
        return by_number;
    then += (date_weekday(date) - date_weekday(then) + 10) % 7 - 3;

    double step_days = (double) (series->date[series->n - 1] - series->date[0]) / (double) (series->n - 1);
    return (long) k - lround((double) (date - then) / step_days);
}

static bool baseline_row_add(Baseline *base, const FarringtonSeries *series, long row, int level, Err *err)
{
    size_t at = (size_t) row;

    if (!row_check(series, at, err))
        return false;
    if (isnan(series->observed[at]) || !has_exposure(series, at))
        return true;
    base->y[base->n] = series->observed[at];
    base->exposure[base->n] = series->exposure ? series->exposure[at] : 1;
    base->row[base->n] = at;
    base->level[base->n] = level;
    base->omega[base->n] = 1;
    base->level_rows[level]++;
    base->level_y[level] += base->y[base->n];
    base->n++;
    return true;
}

/* The seasonal level of a row that stands so many places into a gap between two windows; -1: in no level. */
static int gap_level(long place, long gap, int periods)
{
    if (periods == 1)
        return -1;
    long blocks = periods - 1, size = gap / blocks, longer = gap % blocks;
    if (place < longer * (size + 1))
        return (int) (place / (size + 1));
    return (int) (longer + (place - longer * (size + 1)) / size);
}

static bool baseline_build(Arena *scratch, const FarringtonSeries *series, const FarringtonParams *params, size_t k,
                           Baseline *base, Err *err)
{
    long window = params->w, next = 0, end = (long) k - params->past;
    long reference = reference_row(series, params, k, params->b);
    size_t first = reference > window ? (size_t) (reference - window) : 0, most = first < k ? k - first : 0;

    *base = (Baseline) {.levels = (size_t) params->periods};
    base->y = arena_array(scratch, most, sizeof *base->y);
    base->time = arena_array(scratch, most, sizeof *base->time);
    base->exposure = arena_array(scratch, most, sizeof *base->exposure);
    base->omega = arena_array(scratch, most, sizeof *base->omega);
    base->growth = arena_array(scratch, most, sizeof *base->growth);
    base->mu = arena_array(scratch, most, sizeof *base->mu);
    base->row = arena_array(scratch, most, sizeof *base->row);
    base->level = arena_array(scratch, most, sizeof *base->level);
    base->level_rows = arena_array(scratch, base->levels, sizeof *base->level_rows);
    base->level_y = arena_array(scratch, base->levels, sizeof *base->level_y);

    for (int year = params->b; year >= 0; year--) {
        long gap_begin = reference + window + 1;
        base->years += year > 0 && reference >= 0;
        /* next keeps a row from entering twice should freq and the dates disagree and windows overlap */
        next = reference - window > next ? reference - window : next;
        for (; next < gap_begin && next < end; next++)
            if (!baseline_row_add(base, series, next, params->periods - 1, err))
                return false;
        if (year == 0)
            break;
        reference = year == 1 ? (long) k : reference_row(series, params, k, year - 1);
        long gap_end = reference - window;
        next = gap_begin > next ? gap_begin : next;
        for (; next < gap_end && next < end; next++) {
            int level = gap_level(next - gap_begin, gap_end - gap_begin, params->periods);
            if (level >= 0 && !baseline_row_add(base, series, next, level, err))
                return false;
        }
    }
    if (base->n)
        base->middle = (long) (base->row[0] + base->row[base->n - 1]) / 2;
    for (size_t at = 0; at < base->n; at++)
        base->time[at] = (double) ((long) base->row[at] - base->middle);
    return true;
}

/* Means and weights of the levels for the slope at hand, and mu of every row. */
static void fit_levels(const Baseline *base, Fit *fit, const double *level_total)
{
    for (size_t level = 0; level < base->levels; level++)
        fit->level_weight[level] = fit->level_centre[level] = 0;
    for (size_t at = 0; at < base->n; at++) {
        double growth = fit->slope == 0 ? base->exposure[at] : base->exposure[at] * exp(fit->slope * base->time[at]);
        double weighted = base->omega[at] * growth;
        base->growth[at] = growth;
        fit->level_weight[base->level[at]] += weighted;
        fit->level_centre[base->level[at]] += weighted * base->time[at];
    }
    for (size_t level = 0; level < base->levels; level++) {
        double exposure = fit->level_weight[level];
        bool   used = base->level_y[level] > 0;
        fit->level_mean[level] = used ? level_total[level] / exposure : 0;
        fit->level_centre[level] = used ? fit->level_centre[level] / exposure : 0;
        fit->level_weight[level] = used ? level_total[level] : 0;
    }
    fit->slope_info = 0;
    for (size_t at = 0; at < base->n; at++) {
        int    level = base->level[at];
        double away = base->time[at] - fit->level_centre[level];
        base->mu[at] = fit->level_mean[level] * base->growth[at];
        fit->slope_info += base->omega[at] * base->mu[at] * away * away;
    }
}

/*
 * Quasi-Poisson with the case weights omega. Newton on the slope, kept inside the bracket that the sign of the score
 * gives, because a full step can overshoot by far when a few rows hold all the counts.
 * Starts at fit->slope. False: the slope is beyond all bounds, or a result is not finite.
 */
static bool fit_solve(const Baseline *base, size_t n_par, Fit *fit, double *level_total)
{
    double range = base->time[base->n - 1] - base->time[0], below = -INFINITY, above = INFINITY;
    bool   settled = !fit->trend;

    for (size_t level = 0; level < base->levels; level++)
        level_total[level] = fit->level_moment[level] = 0;
    for (size_t at = 0; at < base->n; at++) {
        double weighted = base->omega[at] * base->y[at];
        level_total[base->level[at]] += weighted;
        fit->level_moment[base->level[at]] += weighted * base->time[at];
    }
    if (!fit->trend)
        fit->slope = 0;
    for (int round = 0;; round++) {
        fit_levels(base, fit, level_total);
        if (settled)
            break;
        double score = 0;
        for (size_t level = 0; level < base->levels; level++)
            if (base->level_y[level] > 0)
                score += fit->level_moment[level] - level_total[level] * fit->level_centre[level];
        if (round == NEWTON_STEPS_MAX || fabs(fit->slope) * range > slope_range_max || !isfinite(score))
            return false;
        *(score > 0 ? &below : &above) = fit->slope;
        double step = score / fit->slope_info;
        settled = fabs(step) * range < 1e-8; /* Newton: what is left after this step is its square */
        if (!(fabs(step) * range <= 4))
            step = copysign(4 / range, score);
        if (!settled && !(fit->slope + step > below && fit->slope + step < above) && isfinite(below) && isfinite(above))
            step = (below + above) / 2 - fit->slope;
        fit->slope += step;
    }

    double chi2 = 0;
    for (size_t at = 0; at < base->n; at++) {
        double away = base->y[at] - base->mu[at];
        if (base->level_y[base->level[at]] > 0)
            chi2 += base->omega[at] * away * away / base->mu[at];
    }
    fit->phi_free = chi2 / (double) (base->n - n_par);
    fit->phi = fmax(1, fit->phi_free);
    return isfinite(fit->phi_free) && isfinite(fit->slope_info);
}

/* Standardised Anscombe residuals of the unweighted fit become case weights. False: no row was weighted down. */
static bool reweight(const Baseline *base, const Fit *fit, double threshold)
{
    double sum = 0;
    bool   changed = false;

    for (size_t at = 0; at < base->n; at++) {
        int    level = base->level[at];
        double mu = base->mu[at];
        base->omega[at] = 1;
        if (base->y[at] > mu && mu > 0) {
            double away = base->time[at] - fit->level_centre[level];
            double hat = mu * (1 / fit->level_weight[level] + (fit->trend ? away * away / fit->slope_info : 0));
            double root3 = cbrt(base->y[at]);
            double anscombe = 1.5 * (root3 * root3 / sqrt(cbrt(mu)) - sqrt(mu));
            double scale = fit->phi * (1 - hat);
            /* a row that is fitted exactly (alone in its level) has no residual to judge, only rounding */
            if (1 - hat > 1e-9 && anscombe > threshold * sqrt(scale)) {
                base->omega[at] = scale / (anscombe * anscombe);
                changed = true;
            }
        }
        sum += base->omega[at];
    }
    if (changed)
        for (size_t at = 0; at < base->n; at++)
            base->omega[at] *= (double) base->n / sum;
    return changed;
}

/* Fit, reweight once, fit again. */
static bool fit_robust(const Baseline *base, size_t n_par, double threshold, Fit *fit, double *level_total)
{
    fit->slope = 0;
    for (size_t at = 0; at < base->n; at++)
        base->omega[at] = 1;
    if (!fit_solve(base, n_par, fit, level_total))
        return false;
    return !reweight(base, fit, threshold) || fit_solve(base, n_par, fit, level_total);
}

static double fit_predict(const Fit *fit, double time, double exposure, int level, double *se)
{
    double away = time - fit->level_centre[level];

    *se = sqrt(fit->phi * (1 / fit->level_weight[level] + (fit->trend ? away * away / fit->slope_info : 0)));
    return exposure * fit->level_mean[level] * exp(fit->slope * time);
}

/* The dispersion of this p-value is not floored. NaN (a perfect fit of slope 0) keeps nothing. */
static double trend_pvalue(const Fit *fit, size_t df)
{
    double t = fabs(fit->slope) / sqrt(fit->phi_free / fit->slope_info);

    return isinf(t) ? 0 : 2 * gsl_cdf_tdist_Q(t, (double) df);
}

/* Sets upper and pvalue. False: the limit is not finite or absurd. */
static bool limit_set(const FarringtonParams *params, FarringtonResult *result)
{
    double mu = result->expected, z = gsl_cdf_ugaussian_Qinv(params->alpha);

    if (params->limit == FARRINGTON_DELTA) {
        double se_mu = mu * result->se_eta;
        double root3 = cbrt(mu), sd = sqrt(4. / 9 * root3 * (result->phi + se_mu * se_mu / mu));
        double observed3 = cbrt(result->observed), upper = fmax(0, root3 * root3 + z * sd);
        result->upper = upper * sqrt(upper);
        result->pvalue = gsl_cdf_ugaussian_Q((observed3 * observed3 - root3 * root3) / sd);
        return isfinite(result->upper) && isfinite(result->pvalue);
    }
    double mean = params->limit == FARRINGTON_MUAN ? mu * exp(z * result->se_eta) : mu;
    if (!(mean <= limit_mean_max && result->phi <= limit_phi_max))
        return false;
    result->upper = dist_count_quantile(mean, result->phi, 1 - params->alpha);
    result->pvalue = dist_count_tail(mean, result->phi, result->observed);
    return true;
}

static bool enough_cases(const FarringtonSeries *series, const FarringtonParams *params, size_t k)
{
    double cases = 0;

    for (size_t back = 0; back < (size_t) params->limit54_periods && back <= k; back++)
        if (series->observed[k - back] > 0)
            cases += series->observed[k - back];
    return cases >= params->limit54_cases;
}

static size_t levels_present(const Baseline *base)
{
    size_t present = 0;

    for (size_t level = 0; level < base->levels; level++)
        present += base->level_rows[level] > 0;
    return present;
}

/*
 * The slope has a finite estimate unless every level has its counts in its last row alone, or every level in its first:
 * then a steeper slope always fits better, and there is no trend to speak of. Rows ascend.
 */
static bool slope_is_finite(Arena *scratch, const Baseline *base)
{
    size_t *seen = arena_array(scratch, base->levels, sizeof *seen);
    bool    before_last = false, after_first = false;

    for (size_t at = 0; at < base->n; at++) {
        size_t row = ++seen[base->level[at]];
        if (base->y[at] > 0) {
            before_last = before_last || row < base->level_rows[base->level[at]];
            after_first = after_first || row > 1;
        }
    }
    return before_last && after_first;
}

static FarringtonStatus evaluate(Arena *scratch, const FarringtonSeries *series, const FarringtonParams *params,
                                 size_t k, Baseline *base, FarringtonResult *result)
{
    int    level_now = params->periods - 1;
    size_t present = levels_present(base);

    if (base->level_rows[level_now] == 0)
        return FARRINGTON_SHORT_HISTORY;
    if (base->level_y[level_now] == 0)
        return FARRINGTON_ZERO_BASELINE;

    Fit fit = {.trend = base->years >= TREND_YEARS_MIN && slope_is_finite(scratch, base)};
    if (base->n <= present + fit.trend)
        return FARRINGTON_SHORT_HISTORY;
    fit.level_mean = arena_array(scratch, base->levels, sizeof *fit.level_mean);
    fit.level_weight = arena_array(scratch, base->levels, sizeof *fit.level_weight);
    fit.level_centre = arena_array(scratch, base->levels, sizeof *fit.level_centre);
    fit.level_moment = arena_array(scratch, base->levels, sizeof *fit.level_moment);

    double *level_total = arena_array(scratch, base->levels, sizeof *level_total);
    double  time = (double) ((long) k - base->middle), exposure = series->exposure ? series->exposure[k] : 1;
    if (fit.trend) {
        double most = 0;
        for (size_t at = 0; at < base->n; at++)
            most = fmax(most, base->y[at]);
        fit.trend = fit_robust(base, present + 1, params->reweight, &fit, level_total) &&
                    (params->trend_p >= 1 || trend_pvalue(&fit, base->n - present - 1) < params->trend_p) &&
                    fit_predict(&fit, time, exposure, level_now, &result->se_eta) <= most;
    }
    if (!fit.trend && !fit_robust(base, present, params->reweight, &fit, level_total))
        return FARRINGTON_FIT_FAILED;

    result->trend = fit.trend;
    result->slope = fit.slope;
    result->phi = fit.phi;
    result->expected = fit_predict(&fit, time, exposure, level_now, &result->se_eta);
    if (!(result->expected > 0) || !isfinite(result->expected) || !isfinite(result->se_eta) ||
        !limit_set(params, result))
        return FARRINGTON_FIT_FAILED;

    /* A skewed or tiny distribution can put the limit at or below the mean, where the ratio turns its sign: 5 incidents
       over a limit of 0 would pass, fewer than the limit would alarm. There the score counts from the limit itself. */
    double room = result->upper - result->expected;
    result->score = room > 0 ? (result->observed - result->expected) / room : 1 + result->observed - result->upper;
    result->alarm = result->score > 1 && result->observed > 0 && enough_cases(series, params, k);
    return FARRINGTON_OK;
}

const char *farrington_status_name(FarringtonStatus status)
{
    static const char *const names[] = {
        [FARRINGTON_OK] = "ok", [FARRINGTON_NO_EXPOSURE] = "no_exposure", [FARRINGTON_MISSING] = "missing",
        [FARRINGTON_SHORT_HISTORY] = "short_history", [FARRINGTON_ZERO_BASELINE] = "zero_baseline",
        [FARRINGTON_FIT_FAILED] = "fit_failed"};

    return names[status];
}

/* Nothing that was computed on the way to a failure may be read as a result. */
static void result_blank(FarringtonResult *result)
{
    result->phi = result->slope = result->expected = result->se_eta = NAN;
    result->upper = result->pvalue = result->score = NAN;
    result->trend = result->alarm = false;
}

bool farrington_evaluate(Arena *out, const FarringtonSeries *series, const FarringtonParams *params, size_t k,
                         FarringtonResult *result, Err *err)
{
    if (!params_check(series, params, k, err) || !dates_check(series, err) || !row_check(series, k, err))
        return false;
    *result = (FarringtonResult) {.observed = series->observed[k]};
    result_blank(result);
    if (!has_exposure(series, k) || isnan(result->observed)) {
        result->status = has_exposure(series, k) ? FARRINGTON_MISSING : FARRINGTON_NO_EXPOSURE;
        return true;
    }

    ARENA_AUTO scratch = arena_new(); /* the work arrays are larger than the result and of no use after it */
    Baseline base;
    if (!baseline_build(scratch, series, params, k, &base, err))
        return false;
    result->status = evaluate(scratch, series, params, k, &base, result);
    if (result->status != FARRINGTON_OK)
        result_blank(result);

    result->n_base = base.n;
    result->base_row = arena_array(out, base.n, sizeof *result->base_row);
    result->base_level = arena_array(out, base.n, sizeof *result->base_level);
    result->base_weight = arena_array(out, base.n, sizeof *result->base_weight);
    for (size_t at = 0; at < base.n; at++) {
        result->base_row[at] = base.row[at];
        result->base_level[at] = base.level[at];
        result->base_weight[at] = result->status == FARRINGTON_OK ? base.omega[at] : 1;
    }
    return true;
}
