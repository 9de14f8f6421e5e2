#include "analyze/dist.h"
#include "cli/app.h"
#include "cli/stat.h"

/* The families, as help lists them; and what several of them share. */

const StatMethod *const stat_families[] = {stat_alarm_methods, stat_time_methods, stat_group_methods, stat_sample_methods, NULL};

const StatColumn stat_value_only[] = {{"value", N_("one value a row, in order of time; empty = missing"), false}, NO_MORE_COLUMNS};

double *stat_ones(StatCall *call)
{
    double *one = arena_array(call->arena, call->n, sizeof *one);

    for (size_t at = 0; at < call->n; at++)
        one[at] = 1;
    return one;
}

bool stat_rows(StatCall *call, size_t fallback, size_t *first, size_t *last)
{
    size_t from = (size_t) stat_whole(call, "from"), to = (size_t) stat_whole(call, "to");

    *first = from ? from : to && to < fallback ? to : fallback;
    *last = to ? to : call->n;
    if (from && to && from > to)
        return err_set(call->err, ERR_USAGE, "--from %zu lies after --to %zu", from, to);
    if (*first > call->n || *last > call->n)
        return err_set(call->err, ERR_STAT, "cannot judge row %zu: there are only %zu", *first > call->n ? *first : *last, call->n);
    return true;
}

bool stat_counts_check(StatCall *call, const char *what, const double *observed, const double *exposure)
{
    for (size_t at = 0; at < call->n; at++)
        if (!dist_count_check(what, observed[at], at, call->err) || (exposure && !dist_exposure_check(what, exposure[at], at, call->err)))
            return false;
    return true;
}
