#include "analyze/alarm.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "analyze/cusum.h"
#include "analyze/dist.h"
#include "analyze/ears.h"
#include "analyze/gaps.h"
#include "analyze/silence.h"
#include "analyze/xmr.h"

enum { YEARS_MIN = 3, CUSUM_CACHE = 512 };

struct AlarmEngine {
    struct { double mean, size, arl, kappa, h; } limit[CUSUM_CACHE];
    size_t n;
};

AlarmEngine *alarm_engine_new(Arena *out)
{
    return arena_alloc(out, sizeof(AlarmEngine));
}

bool alarm_is_rise(const AlarmMethod *method)
{
    return method->kind != METHOD_SILENCE;
}

bool alarm_usable(const Series *series, size_t row)
{
    return series->exposure[row] > 0 && !isnan(series->observed[row]);
}

/* -- the school's own past ----------------------------------------------------------------------- */

/* Over `history` periods that end `past` before k. */
static GammaPast past_of(const Series *series, const AlarmMethod *method, const GammaPrior *prior, size_t since, size_t k)
{
    return gamma_past(series->observed, series->exposure, gamma_window(since, k, method->history, method->past), prior);
}

static void past_tell(const GammaPast *past, AlarmResult *result)
{
    result->prior_count = past->count;
    result->prior_exposure = past->exposure;
    result->base_first = past->first;
    result->base_last = past->last;
    result->n_base = past->n;
}

static void gamma_poisson(const Series *series, const AlarmMethod *method, int span, const GammaPrior *prior, size_t k, AlarmResult *result)
{
    size_t since = series_since(series, k);
    double exposure;
    GammaPast past = past_of(series, method, prior, since, k);

    result->used = method;
    past_tell(&past, result);
    /* After a break the other schools tell nothing of the new level: its own first two months come first. Of a sum of schools they never do,
     * and it is large enough for its season to matter: a whole year of its own. */
    size_t year = (size_t) series_periods_per_year(series->rule->step);
    bool fresh = strcmp(series->unit, "school") != 0 ? past.n < year * 5 / 6 : since > 0 && past.n < year / 6;
    if (!(prior->mean > 0) || fresh) {
        result->status = "short_history";
        return;
    }
    result->status = "ok";
    result->run = (size_t) span;
    gamma_span(series->observed, series->exposure, since, k, span, &result->observed, &exposure);
    GammaNext next = gamma_next(&past, result->observed, exposure, method->alpha);
    result->expected = next.expected;
    result->phi = next.phi;
    result->upper = next.upper;
    result->pvalue = next.pvalue;
    result->score = next.score;
    result->alarm = result->observed > result->upper && result->observed >= method->min_cases;
}

/* -- Farrington ---------------------------------------------------------------------------------- */

static bool farrington(Arena *out, const Series *series, const AlarmMethod *method, const GammaPrior *prior, size_t k, AlarmResult *result, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    size_t since = series_since(series, k);
    FarringtonParams params = method->farrington;
    FarringtonSeries input = {.n = series->n, .observed = series->observed, .exposure = series->exposure, .date = series->rule->step == STEP_WEEK ? series->day : NULL};

    params.freq = series_periods_per_year(series->rule->step);
    if (since > 0 || method->span > 1) { /* what was counted differently is no baseline */
        double *observed = arena_array(scratch, series->n, sizeof *observed), *exposure = arena_array(scratch, series->n, sizeof *exposure);
        for (size_t row = 0; row < series->n; row++) {
            observed[row] = series->observed[row];
            exposure[row] = row < since ? (double) NAN : series->exposure[row];
            if (row >= since && alarm_usable(series, row))
                gamma_span(series->observed, series->exposure, since, row, method->span, &observed[row], &exposure[row]);
        }
        input.observed = observed;
        input.exposure = exposure;
    }
    /* As many years back as there are, at least three (the method's own minimum for a trend). */
    int years = (int) ((k - since) / (size_t) params.freq);
    params.b = years < params.b ? years : params.b;
    if (params.b >= YEARS_MIN) {
        if (!farrington_evaluate(out, &input, &params, k, &result->farrington, err))
            return false;
        const FarringtonResult *f = &result->farrington;
        result->status = farrington_status_name(f->status);
        if (f->status == FARRINGTON_OK && (f->expected >= method->min_expected || !method->fallback)) {
            result->used = method;
            result->observed = f->observed;
            result->run = (size_t) method->span;
            result->expected = f->expected;
            result->upper = f->upper;
            result->pvalue = f->pvalue;
            result->phi = f->phi;
            result->score = f->score;
            result->trend = f->trend;
            result->alarm = f->alarm;
            result->n_base = f->n_base;
            result->base_first = f->base_row[0];
            result->base_last = f->base_row[f->n_base - 1];
            return true;
        }
    }
    result->farrington = (FarringtonResult){0};
    if (method->fallback)
        gamma_poisson(series, method->fallback, method->span, prior, k, result);
    else if (params.b < YEARS_MIN)
        result->status = "short_history";
    return true;
}

/* -- CUSUM --------------------------------------------------------------------------------------- */

/* The limit for a mean and a size on a grid (quarter octaves, octaves), since a limit costs milliseconds and schools resemble each other.
 * NaN: where the counts are so large that a ratio of kappa never comes about by chance, any limit runs longer than can be computed. */
static double cusum_h(AlarmEngine *engine, const AlarmMethod *method, double mean, double size)
{
    Err ignored = {0};
    double h;

    mean = exp2(floor(log2(fmin(fmax(mean, 0.05), 500)) * 4) / 4);
    size = exp2(floor(log2(fmin(fmax(size, 0.5), 4096))));
    for (size_t at = 0; at < engine->n; at++)
        if (engine->limit[at].mean == mean && engine->limit[at].size == size && engine->limit[at].arl == method->arl && engine->limit[at].kappa == method->kappa)
            return engine->limit[at].h;
    CusumParams params = {.kappa = method->kappa, .size = size, .h = 1, .reset = true};
    if (!cusum_limit(&mean, 1, &params, method->arl, &h, &ignored))
        h = NAN;
    size_t place = engine->n < CUSUM_CACHE ? engine->n++ : (size_t) (mean * 64) % CUSUM_CACHE;
    engine->limit[place].mean = mean;
    engine->limit[place].size = size;
    engine->limit[place].arl = method->arl;
    engine->limit[place].kappa = method->kappa;
    engine->limit[place].h = h;
    return h;
}

/* The sum runs from a year after the last break on; every expectation from the past of its own period. */
static bool cusum(AlarmEngine *engine, const Series *series, const AlarmMethod *method, const GammaPrior *prior, size_t k, AlarmResult *result, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    size_t since = series_since(series, k), begin = since + (size_t) series_periods_per_year(series->rule->step), n = k + 1 - begin, open = 0;
    double sum = 0;

    if (begin > k || !(prior->mean > 0)) {
        result->status = "short_history";
        return true;
    }
    double *observed = arena_array(scratch, n, sizeof *observed), *expected = arena_array(scratch, n, sizeof *expected), *value = arena_array(scratch, n, sizeof *value);
    bool *alarm = arena_array(scratch, n, sizeof *alarm);
    GammaPast past = {0};
    for (size_t at = 0; at < n; at++) {
        past = past_of(series, method, prior, since, begin + at);
        observed[at] = series->observed[begin + at];
        expected[at] = alarm_usable(series, begin + at) ? past.shape / past.rate * series->exposure[begin + at] : 0;
        sum += expected[at];
        open += expected[at] > 0;
    }
    double size = gamma_size(&past, sum / (double) open);
    CusumParams params = {.kappa = method->kappa, .size = size, .h = cusum_h(engine, method, sum / (double) open, size), .reset = true};
    if (isnan(params.h)) {
        result->status = "no_limit";
        return true;
    }
    if (!cusum_run(observed, expected, n, &params, value, alarm, err))
        return false;
    result->used = method;
    result->status = "ok";
    past_tell(&past, result);
    result->expected = expected[n - 1];
    result->score = value[n - 1];
    result->parameter = params.h;
    double before = n > 1 && !alarm[n - 2] ? value[n - 2] : 0;
    /* the count with which the sum would have reached h: log(f1/f0) = y log(slope) - drift is a line in y */
    double mu = result->expected, slope = log(method->kappa) + log((mu + size) / (method->kappa * mu + size));
    double drift = size * log((method->kappa * mu + size) / (mu + size));
    result->upper = fmax(0, ceil((params.h - before + drift) / slope) - 1);
    result->phi = 1 + mu / size;
    result->alarm = alarm[n - 1] && result->observed >= method->min_cases;
    return true;
}

/* -- EARS, days between, XmR, silence ------------------------------------------------------------ */

static bool ears(const Series *series, const AlarmMethod *method, size_t k, AlarmResult *result, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    size_t since = series_since(series, k), n = k + 1 - since, back = 0, row = k;
    double *observed = arena_array(scratch, n, sizeof *observed);
    EarsPoint *point = arena_array(scratch, n, sizeof *point);
    EarsParams params = {.method = (EarsMethod) method->variant, .baseline = method->baseline, .alpha = method->alpha, .min_sigma = 0.5};

    for (size_t at = 0; at < n; at++)
        observed[at] = alarm_usable(series, since + at) ? series->observed[since + at] : (double) NAN;
    if (!ears_run(observed, n, &params, point, err))
        return false;
    const EarsPoint *p = &point[n - 1];
    if (!p->evaluated) {
        result->status = "short_history";
        return true;
    }
    result->used = method;
    result->status = "ok";
    result->expected = p->mean;
    result->upper = p->upper;
    result->score = p->statistic;
    result->parameter = p->sd;
    result->n_base = (size_t) method->baseline;
    /* the rows of the baseline: so many reports before k, C2 and C3 after leaving out two */
    size_t skip = method->variant == 1 ? 0 : 2, want = skip + (size_t) method->baseline;
    while (row > since && back < want) {
        row--;
        if (isnan(observed[row - since]))
            continue;
        back++;
        if (back == skip + 1)
            result->base_last = row;
    }
    result->base_first = row;
    result->alarm = p->alarm && result->observed >= method->min_cases;
    return true;
}

/* The last few gaps together against all before them; so many together as events make an alarm. */
static bool days_between(const Series *series, const AlarmMethod *method, size_t k, AlarmResult *result, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    size_t since = series_since(series, k), n = 0, short_ones = (size_t) method->min_cases - 1;
    double *gap = arena_array(scratch, k + 1, sizeof *gap), sum = 0, mean = 0;

    for (size_t row = since + 1; row <= k; row++) /* the first event after a break has no gap before it that counts */
        if (!isnan(series->observed[row]))
            gap[n++] = series->observed[row];
    if (short_ones < 1 || n < (size_t) method->baseline + short_ones) {
        result->status = "short_history";
        return true;
    }
    size_t base = n - short_ones;
    for (size_t at = 0; at < n; at++)
        *(at < base ? &mean : &sum) += gap[at];
    mean /= (double) base;
    if (!(mean > 0)) {
        result->status = "zero_baseline";
        return true;
    }
    if (!gaps_short(gap, base, short_ones, &result->pvalue, err))
        return false;
    result->used = method;
    result->status = "ok";
    result->observed = sum;
    result->expected = mean * (double) short_ones;
    result->upper = result->expected * dist_f_quantile(method->alpha, 2 * (double) short_ones, 2 * (double) base);
    result->parameter = mean;
    result->run = short_ones + 1;
    result->base_first = since;
    result->base_last = k - short_ones;
    result->n_base = base;
    result->alarm = result->pvalue < method->alpha;
    return true;
}

/* For display: the limits of a fixed baseline, the first reports after the last break. */
static bool xmr(const Series *series, const AlarmMethod *method, size_t k, AlarmResult *result, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    size_t since = series_since(series, k), n = 0, row = since;
    double *x = arena_array(scratch, (size_t) method->baseline, sizeof *x);
    XmrLimits limits;

    for (; row < k && n < (size_t) method->baseline; row++)
        if (alarm_usable(series, row))
            x[n++] = series->observed[row];
    if (n < 2) {
        result->status = "short_history";
        return true;
    }
    if (!xmr_limits(x, n, &limits, err))
        return false;
    result->used = method;
    result->status = "ok";
    result->expected = limits.centre;
    result->upper = limits.high;
    result->base_first = since;
    result->base_last = row - 1;
    result->n_base = n;
    result->score = gamma_score(result->observed, result->expected, result->upper);
    return true;
}

static bool silence(const Series *series, const AlarmMethod *method, const AlarmConfig *config, const GammaPrior *prior, size_t k, AlarmResult *result, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    size_t since = series_since_declared(series, k), begin = k + 1 > (size_t) method->past ? k + 1 - (size_t) method->past : 0;
    GammaPast past = past_of(series, method, prior, since, k + 1);

    /* Not after a likely break: a school that registers less and less would be asked about it once, and then be silent with leave. */

    begin = begin < since ? since : begin;
    if (strcmp(series->counted, "periods") == 0) { /* without a calendar a holiday looks like silence */
        result->status = "no_calendar";
        return true;
    }
    if (!(prior->mean > 0) || series->complete[k] < config->complete_share) {
        result->status = prior->mean > 0 ? "incomplete" : "short_history";
        return true;
    }
    SilenceRate rate = {.shape = past.shape, .rate = past.rate};
    SilenceParams params = {.alpha = method->alpha, .expected = method->min_expected};
    SilencePoint *point = arena_array(scratch, k + 1 - begin, sizeof *point);
    if (!silence_run(series->observed + begin, series->exposure + begin, k + 1 - begin, &rate, &params, point, err))
        return false;
    const SilencePoint *p = &point[k - begin];
    if (p->run > 0 && past.phi > 1) { /* the run once more, with the spread of the board's schools: the same mean, a smaller shape */
        double shape = gamma_size(&past, p->run_expected);
        rate = (SilenceRate){.shape = shape, .rate = shape / (past.shape / past.rate)};
        if (!silence_run(series->observed + begin, series->exposure + begin, k + 1 - begin, &rate, &params, point, err))
            return false;
    }
    result->used = method;
    result->status = "ok";
    past_tell(&past, result);
    result->run = p->run > 0 ? p->run : 1;
    result->expected = p->run > 0 ? p->run_expected : p->expected;
    result->pvalue = p->run > 0 ? p->run_p : p->p;
    result->phi = past.phi + series->exposure[k] / past.rate;
    result->alarm = p->alarm;
    return true;
}

/* -- the door ------------------------------------------------------------------------------------ */

bool alarm_evaluate(Arena *out, AlarmEngine *engine, const Series *series, const AlarmMethod *method, const AlarmConfig *config, const GammaPrior *prior, size_t k,
                    AlarmResult *result, Err *err)
{
    *result = (AlarmResult){.status = "", .observed = series->observed[k], .expected = NAN, .upper = NAN, .pvalue = NAN, .phi = NAN, .score = NAN, .parameter = NAN, .run = 1};
    if (!alarm_usable(series, k)) {
        result->status = isnan(series->observed[k]) ? "missing" : "no_exposure";
        return true;
    }
    switch (method->kind) {
    case METHOD_FARRINGTON: return farrington(out, series, method, prior, k, result, err);
    case METHOD_GAMMA_POISSON: gamma_poisson(series, method, 1, prior, k, result); return true;
    case METHOD_CUSUM: return cusum(engine, series, method, prior, k, result, err);
    case METHOD_EARS: return ears(series, method, k, result, err);
    case METHOD_DAYS_BETWEEN: return days_between(series, method, k, result, err);
    case METHOD_XMR: return xmr(series, method, k, result, err);
    case METHOD_SILENCE: return silence(series, method, config, prior, k, result, err);
    }
    return err_set(err, ERR_BUG, "no such method");
}
