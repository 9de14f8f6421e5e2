#include "analyze/indicator.h"

#include <math.h>
#include <string.h>

#include "common/pg.h"

/* Breakdown and category of the indicator that this one is a subset of; both stay NULL where there are none. */
static bool cell_of_whole(Arena *out, const ConfigNode *node, const char *key, const Indicator *indicator, const char **breakdown, const char **category, Err *err)
{
    const char **cell = NULL;
    size_t n = 0;

    if (!config_texts(out, node, key, &cell, &n, err))
        return false;
    if (!cell)
        return true;
    if (n != 2 || !indicator->subset_of)
        return config_fail(node, err, "\"%s\" names a breakdown and a category of the indicator in subset_of", key);
    *breakdown = cell[0];
    *category = cell[1];
    return true;
}

static bool one_load(Arena *out, const ConfigNode *node, Indicator *indicator, Err *err)
{
    int method = 0;

    indicator->per = 1;
    indicator->argument = "";
    if (!config_object(node, "indicator title definition unit method query breakdowns class", "per decimals direction argument subset_of twin share_of adds_up_to records fives beside left_in", err) ||
        !config_text(node, "indicator", &indicator->name, err) || !config_text(node, "title", &indicator->title, err) ||
        !config_text(node, "definition", &indicator->definition, err) || !config_text(node, "unit", &indicator->unit, err) ||
        !config_text(node, "query", &indicator->query, err) || !config_text(node, "argument", &indicator->argument, err) ||
        !config_text(node, "subset_of", &indicator->subset_of, err) || !config_text(node, "adds_up_to", &indicator->adds_up_to, err) ||
        !config_text(node, "share_of", &indicator->share_of, err) || !config_bool(node, "fives", &indicator->in_fives, err) ||
        !config_word(node, "method", "rate share mean count ratio", &method, err) ||
        !config_word(node, "class", INDICATOR_CLASSES, &indicator->disclosure, err) ||
        !config_real(node, "per", 1, 1e6, &indicator->per, err) || !config_int(node, "decimals", 0, 4, &indicator->decimals, err) ||
        !config_int(node, "direction", -1, 1, &indicator->direction, err) ||
        !config_texts(out, node, "breakdowns", &indicator->breakdowns, &indicator->n_breakdowns, err))
        return false;
    indicator->method = (IndicatorMethod) method;
    indicator->in_fives = indicator->in_fives || indicator->disclosure == INDICATOR_CLASS_SURVEY || indicator->disclosure == INDICATOR_CLASS_MEAN;
    if ((indicator->method == INDICATOR_RATIO) != (indicator->share_of != NULL))
        return config_fail(node, err, "\"share_of\" names the indicator whose share a ratio uses; every ratio has one, and nothing else");
    indicator->adds_up_to = indicator->adds_up_to ? indicator->adds_up_to : indicator->name;
    if (!config_texts(out, node, "records", &indicator->records, &indicator->n_records, err))
        return false;
    if (!indicator->records) {
        static const char *incidents[] = {"incident"};
        indicator->records = incidents;
        indicator->n_records = 1;
    }
    if (!cell_of_whole(out, node, "twin", indicator, &indicator->twin_breakdown, &indicator->twin_category, err) ||
        !cell_of_whole(out, node, "beside", indicator, &indicator->beside_breakdown, &indicator->beside_category, err) ||
        !cell_of_whole(out, node, "left_in", indicator, &indicator->left_breakdown, &indicator->left_category, err))
        return false;
    if (indicator->left_breakdown && !indicator->beside_breakdown)
        return config_fail(node, err, "\"left_in\" says where what is left without the cell of \"beside\" is: name that too");
    if (!pg_query_find(arena_format(out, "analyze/%s", indicator->query)))
        return config_fail(node, err, "there is no sql/query/analyze/%s.sql in this program", indicator->query);
    return true;
}

static bool named(const Indicator *list, size_t n, const char *name)
{
    for (size_t at = 0; at < n; at++)
        if (strcmp(list[at].name, name) == 0)
            return true;
    return false;
}

bool indicator_load_all(Arena *out, const Place *place, Indicator **indicators, size_t *count, Err *err)
{
    ConfigNode *nodes;
    Indicator *loaded;

    if (!config_load_all(out, place, "indicators", &nodes, count, err))
        return false;
    loaded = arena_array(out, *count, sizeof *loaded);
    *indicators = arena_array(out, *count, sizeof **indicators);
    for (size_t at = 0; at < *count; at++)
        if (!one_load(out, &nodes[at], &loaded[at], err))
            return false;
    /* Parents first; what is left over when nothing more can be placed hangs in the air or in a circle. */
    size_t placed = 0;
    for (bool progress = true; progress;) {
        progress = false;
        for (size_t at = 0; at < *count; at++) {
            bool done = false, ready = !loaded[at].subset_of;
            for (size_t before = 0; before < placed; before++) {
                done = done || (*indicators)[before].name == loaded[at].name;
                ready = ready || strcmp((*indicators)[before].name, loaded[at].subset_of) == 0;
            }
            if (done || !ready)
                continue;
            (*indicators)[placed++] = loaded[at];
            progress = true;
        }
    }
    for (size_t at = 0; at < *count && placed < *count; at++) {
        bool done = false;
        for (size_t before = 0; before < placed; before++)
            done = done || (*indicators)[before].name == loaded[at].name;
        if (!done)
            return config_fail(&nodes[at], err, "subset_of: no indicator \"%s\", or a circle", loaded[at].subset_of);
    }
    for (size_t at = 0; at < *count; at++)
        if (!named(loaded, *count, loaded[at].adds_up_to))
            return config_fail(&nodes[at], err, "adds_up_to: no indicator \"%s\"", loaded[at].adds_up_to);
        else if (loaded[at].share_of && !named(loaded, *count, loaded[at].share_of))
            return config_fail(&nodes[at], err, "share_of: no indicator \"%s\"", loaded[at].share_of);
    return true;
}

void indicator_sum_add(IndicatorSum *sum, const IndicatorCounts *location)
{
    sum->events += location->events;
    sum->largest = fmax(sum->largest, location->events);
    sum->numerator += location->numerator;
    sum->denominator += location->denominator;
    sum->schools += location->events > 0;
}

bool indicator_adds_up(const Indicator *indicator, const IndicatorCounts *cell, int64_t schools, const IndicatorSum *sum)
{
    bool events = indicator->disclosure == INDICATOR_CLASS_OVERLAP ? sum->largest <= cell->events && cell->events <= sum->events : sum->events == cell->events;

    return events && sum->schools == schools && (isnan(sum->numerator) || sum->schools == 0 || sum->numerator == cell->numerator) &&
           (isnan(sum->denominator) || sum->schools == 0 || sum->denominator == cell->denominator);
}

bool indicator_value(const Indicator *indicator, const IndicatorCounts *counts, Estimate *out, const char **reason)
{
    Err ignored;
    bool good = false;

    *reason = "";
    switch (indicator->method) {
    case INDICATOR_RATE:
        if (!(counts->denominator > 0)) {
            *reason = "geen noemer";
            return false;
        }
        good = rate_poisson(counts->events, counts->denominator / indicator->per, out, &ignored);
        break;
    case INDICATOR_SHARE:
        if (!(counts->denominator > 0)) {
            *reason = "geen waarnemingen";
            return false;
        }
        good = share_estimate(counts->numerator, counts->denominator, out, &ignored);
        if (good) { /* published as a percentage */
            out->value *= 100;
            out->low *= 100;
            out->high *= 100;
        }
        break;
    case INDICATOR_MEAN:
        good = mean_estimate(counts->denominator, counts->numerator, isnan(counts->sd) ? 0 : counts->sd, 0, out, &ignored);
        break;
    case INDICATOR_COUNT:
        *out = (Estimate){counts->numerator, NAN, NAN};
        good = true;
        break;
    case INDICATOR_RATIO:
        good = ratio_estimate(counts->events, counts->numerator, counts->denominator, counts->extra, indicator->per, out, &ignored);
        break;
    }
    if (!good || !isfinite(out->value)) {
        *reason = "te weinig";
        return false;
    }
    return true;
}

double indicator_compare(const Indicator *indicator, const IndicatorCounts *now, const IndicatorCounts *before)
{
    switch (indicator->method) {
    case INDICATOR_RATE: return rate_compare_p(now->events, now->denominator, before->events, before->denominator);
    case INDICATOR_SHARE: return share_compare_p(now->numerator, now->denominator, before->numerator, before->denominator);
    case INDICATOR_MEAN: return mean_compare_p(now->denominator, now->numerator, now->sd, before->denominator, before->numerator, before->sd);
    default: return NAN;
    }
}

const char *indicator_names_in_fives(Arena *out, const Indicator *indicators, size_t n)
{
    const char *names = "";

    for (size_t at = 0; at < n; at++)
        if (indicators[at].in_fives)
            names = arena_format(out, "%s%s%s", names, *names ? "," : "", indicators[at].name);
    return names;
}

double indicator_rounded(const Indicator *indicator, double value)
{
    double scale = pow(10, indicator->decimals);

    return isfinite(value) ? round(value * scale) / scale : value;
}
