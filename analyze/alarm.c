#include "analyze/alarm.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

bool alarm_config_load(Arena *out, const Place *place, AlarmConfig *config, Err *err)
{
    ConfigNode root;
    int version, limit = 0;

    if (!config_load(out, arena_format(out, "%s/alarms.json", place->config), &root, err) ||
        !config_object(&root, "version series farrington fallback evaluate_months", "", err) ||
        !config_int(&root, "version", 1, 1000, &version, err) || !config_int(&root, "evaluate_months", 1, 60, &config->evaluate_months, err))
        return false;
    ConfigNode series = config_child(&root, "series"), f = config_child(&root, "farrington"), g = config_child(&root, "fallback");
    config->n_series = config_count(&series);
    config->series = arena_array(out, config->n_series, sizeof *config->series);
    for (size_t at = 0; at < config->n_series; at++) {
        ConfigNode one = config_item(&series, at);
        if (!config_object(&one, "series title forms", "", err) || !config_text(&one, "series", &config->series[at].name, err) ||
            !config_text(&one, "title", &config->series[at].title, err) || !config_text(&one, "forms", &config->series[at].forms, err))
            return false;
    }
    FarringtonParams *p = &config->farrington;
    p->freq = 12;
    if (!config_object(&f, "b w periods past alpha limit trend_p reweight limit54_cases limit54_periods", "", err) ||
        !config_int(&f, "b", 1, 20, &p->b, err) || !config_int(&f, "w", 0, 5, &p->w, err) || !config_int(&f, "periods", 1, 11, &p->periods, err) ||
        !config_int(&f, "past", 0, 36, &p->past, err) || !config_real(&f, "alpha", 1e-6, 0.5, &p->alpha, err) ||
        !config_word(&f, "limit", "nbPlugin muan delta", &limit, err) || !config_real(&f, "trend_p", 0, 1, &p->trend_p, err) ||
        !config_real(&f, "reweight", 0.1, 100, &p->reweight, err) || !config_int(&f, "limit54_cases", 0, 100, &p->limit54_cases, err) ||
        !config_int(&f, "limit54_periods", 1, 50, &p->limit54_periods, err))
        return false;
    p->limit = (FarringtonLimit) limit;
    return config_object(&g, "alpha min_cases history_months", "", err) && config_real(&g, "alpha", 1e-6, 0.5, &config->fallback_alpha, err) &&
           config_int(&g, "min_cases", 1, 100, &config->fallback_min_cases, err) &&
           config_int(&g, "history_months", 1, 240, &config->fallback_history, err);
}

GammaPrior alarm_prior(const double *count, const double *exposure, size_t n)
{
    double total = 0, total_exposure = 0, between = 0, used = 0;

    for (size_t school = 0; school < n; school++)
        if (exposure[school] > 0) {
            total += count[school];
            total_exposure += exposure[school];
            used++;
        }
    if (!(total > 0))
        return (GammaPrior){0, 0};
    double mean = total / total_exposure;
    /* Var(y) = mu + mu^2/shape for school totals: solve for 1/shape by moments. */
    double squares = 0;
    for (size_t school = 0; school < n; school++)
        if (exposure[school] > 0) {
            double mu = mean * exposure[school];
            between += (count[school] - mu) * (count[school] - mu) - mu;
            squares += mu * mu;
        }
    double inverse = used > 1 && squares > 0 ? between / squares : 1;
    /* Never surer than shape 20, so that one quiet board does not make every school alike. */
    return (GammaPrior){mean, inverse > 0.05 ? 1 / inverse : 20};
}

static bool usable(const AlarmInput *input, size_t at)
{
    return input->exposure[at] > 0 && !isnan(input->observed[at]);
}

static void gamma_poisson(const AlarmInput *input, const AlarmConfig *config, const GammaPrior *prior, size_t k, AlarmResult *result)
{
    double count = 0, exposure = 0;
    size_t from = k > (size_t) config->fallback_history ? k - (size_t) config->fallback_history : 0;
    size_t until = k > (size_t) config->farrington.past ? k - (size_t) config->farrington.past : 0;

    result->method = "gamma-poisson";
    for (size_t at = from; at < until; at++)
        if (usable(input, at)) {
            count += input->observed[at];
            exposure += input->exposure[at];
        }
    result->prior_count = count;
    result->prior_exposure = exposure;
    if (!(prior->mean > 0)) {
        result->status = "short_history";
        return;
    }
    /* Posterior gamma(shape + count, shape/mean + exposure); predictive negative binomial. */
    double shape = prior->shape + count, rate = prior->shape / prior->mean + exposure;
    double p = rate / (rate + input->exposure[k]);
    result->expected = shape / rate * input->exposure[k];
    unsigned upper = 0;
    while (upper < 10000 && gsl_cdf_negative_binomial_P(upper, p, shape) < 1 - config->fallback_alpha)
        upper++;
    result->upper = upper;
    result->pvalue = result->observed > 0 ? gsl_cdf_negative_binomial_Q((unsigned) result->observed - 1, p, shape) : 1;
    result->phi = 1 / p;
    result->status = "ok";
    result->alarm = result->observed > upper && result->observed >= config->fallback_min_cases;
}

bool alarm_evaluate(Arena *out, const AlarmInput *input, const AlarmConfig *config, const GammaPrior *prior, size_t k, AlarmResult *result,
                    Err *err)
{
    FarringtonSeries series = {.n = input->n, .observed = input->observed, .exposure = input->exposure};
    FarringtonParams params = config->farrington;

    memset(result, 0, sizeof *result);
    result->method = result->status = "";
    result->observed = input->observed[k];
    result->expected = result->upper = result->pvalue = NAN;
    if (!usable(input, k)) {
        result->status = isnan(input->observed[k]) ? "missing" : "no_exposure";
        return true;
    }
    /* As many years back as there are, at least three (the method's own minimum for a trend). */
    int years = (int) (k / 12);
    params.b = years < params.b ? years : params.b;
    if (params.b >= 3) {
        if (!farrington_evaluate(out, &series, &params, k, &result->farrington, err))
            return false;
        const FarringtonResult *f = &result->farrington;
        if (f->status == FARRINGTON_OK && f->expected >= 1) {
            result->method = "farrington";
            result->status = "ok";
            result->expected = f->expected;
            result->upper = f->upper;
            result->pvalue = f->pvalue;
            result->phi = f->phi;
            result->trend = f->trend;
            result->alarm = f->alarm;
            return true;
        }
    }
    gamma_poisson(input, config, prior, k, result);
    return true;
}
