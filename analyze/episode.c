#include "analyze/episode.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double alarm_point_p(const AlarmPoint *point)
{
    const AlarmMethod *used = point->result.used ? point->result.used : point->method;

    if (!isnan(point->result.pvalue))
        return point->result.pvalue;
    return used->kind == METHOD_CUSUM ? 1 / used->arl : used->alpha;
}

static int owner_order(const AlarmPoint *a, const AlarmPoint *b)
{
    const Series *x = a->series, *y = b->series;
    int order;

    if (x->board_no != y->board_no)
        return x->board_no < y->board_no ? -1 : 1;
    if (x->location_no != y->location_no)
        return x->location_no < y->location_no ? -1 : 1;
    if ((order = strcmp(x->unit, y->unit)) != 0 || (order = strcmp(x->name, y->name)) != 0)
        return order;
    return alarm_is_rise(b->method) - alarm_is_rise(a->method);
}

static int point_order(const void *left, const void *right)
{
    const AlarmPoint *a = *(const AlarmPoint *const *) left, *b = *(const AlarmPoint *const *) right;
    int order = owner_order(a, b);

    if (order)
        return order;
    Date x = a->series->day[a->k], y = b->series->day[b->k];
    if (x != y)
        return x < y ? -1 : 1;
    return a < b ? -1 : a > b; /* as they were found */
}

Date alarm_point_from(const AlarmPoint *point)
{
    const Series *series = point->series;
    size_t row = point->k, left = point->result.run;

    for (; left > 1 && row > 0; row--) {
        bool counts = series->rule->step == STEP_EVENT || alarm_usable(series, row - 1);
        left -= counts;
        if (left == 1)
            return series->day[row - 1];
    }
    return series->day[row];
}

Date alarm_point_last(const AlarmPoint *point)
{
    return series_period_end(point->series, point->k);
}

/* Open, reported periods between the end of what was seen and this point. */
static size_t open_between(const AlarmPoint *point, Date end)
{
    size_t open = 0;

    for (size_t row = point->k; row-- > 0 && point->series->day[row] > end;)
        open += alarm_usable(point->series, row);
    return open;
}

static bool goes_on(const AlarmConfig *config, const Episode *episode, const AlarmPoint *point)
{
    size_t gap = (size_t) config->gap * (point->series->rule->step == STEP_WEEK ? 4 : 1);

    return owner_order(episode->point[0], point) == 0 &&
           (alarm_point_from(point) <= episode->last + 1 || (point->series->rule->step != STEP_EVENT && open_between(point, episode->last) <= gap));
}

static void take(Episode *episode, const AlarmPoint *point)
{
    Date from = alarm_point_from(point), last = alarm_point_last(point);

    episode->point[episode->n++] = point;
    episode->from = from < episode->from ? from : episode->from;
    episode->last = last > episode->last ? last : episode->last;
}

/* Whether a point tells of what came after a day: all of it, or, where no point does, the end of it. */
static bool comes_after(const AlarmPoint *point, Date after, bool whole)
{
    return (whole ? alarm_point_from(point) : alarm_point_last(point)) > after;
}

static bool any_whole(const Episode *episode, Date after)
{
    bool any = false;

    for (size_t at = 0; at < episode->n; at++)
        any = any || comes_after(episode->point[at], after, true);
    return any;
}

const AlarmPoint *episode_peak(const Episode *episode, Date after)
{
    const AlarmPoint *peak = NULL;
    bool whole = any_whole(episode, after);

    for (size_t at = 0; at < episode->n; at++) {
        const AlarmPoint *point = episode->point[at];
        if (comes_after(point, after, whole) && (!peak || alarm_point_p(point) < alarm_point_p(peak)))
            peak = point;
    }
    return peak;
}

static bool adds_up(const AlarmPoint *point)
{
    return (point->result.used ? point->result.used : point->method)->kind == METHOD_CUSUM;
}

static bool agrees(const AlarmPoint *peak, const AlarmPoint *other)
{
    return adds_up(peak) == adds_up(other) && (alarm_point_from(other) > alarm_point_last(peak) || alarm_point_last(other) < alarm_point_from(peak));
}

int episode_certainty(const Episode *episode, Date after)
{
    const AlarmPoint *peak = episode_peak(episode, after);
    double p = alarm_point_p(peak);
    bool again = false, whole = any_whole(episode, after);

    for (size_t at = 0; at < episode->n; at++)
        again = again || (comes_after(episode->point[at], after, whole) && agrees(peak, episode->point[at]));
    return p < 0.0005 || (again && p < 0.002) ? 3 : p < 0.005 ? 2 : 1;
}

static bool same_owner(const Episode *a, const Episode *b)
{
    const Series *x = a->peak->series, *y = b->peak->series;

    return x->board_no == y->board_no && x->location_no == y->location_no && strcmp(x->unit, y->unit) == 0 && a->rise == b->rise;
}

static bool overlap(const Episode *a, const Episode *b)
{
    return same_owner(a, b) && a->from <= b->last && b->from <= a->last;
}

/* Of two main series that stand out together ("pest" and "alles") the surer one is told, and the other with it. */
static bool leads(const Episode *a, const Episode *b)
{
    double p = alarm_point_p(a->peak), q = alarm_point_p(b->peak);

    return p < q || (p == q && a < b);
}

static void mains_join(Episode *episodes, size_t first, size_t end)
{
    for (;;) {
        Episode *leader = NULL;
        for (size_t at = first; at < end; at++) {
            Episode *one = &episodes[at];
            if (one->peak->series->rule->main && one->part_of == -1 && !one->shown && (!leader || leads(one, leader)))
                leader = one;
        }
        if (!leader)
            break;
        leader->shown = true; /* has had its turn */
        for (size_t at = first; at < end; at++)
            if (&episodes[at] != leader && episodes[at].peak->series->rule->main && episodes[at].part_of == -1 && !episodes[at].shown && overlap(leader, &episodes[at]))
                episodes[at].part_of = leader - episodes;
    }
    for (size_t at = first; at < end; at++)
        episodes[at].shown = false;
}

/* What is no main series is part of a main one, or of what that one is part of. */
static void parts_find(Episode *episodes, size_t n)
{
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && episodes[end].peak->series->location_no == episodes[first].peak->series->location_no &&
                              episodes[end].peak->series->board_no == episodes[first].peak->series->board_no; end++)
            ;
        mains_join(episodes, first, end);
        for (size_t at = first; at < end; at++) {
            Episode *part = &episodes[at];
            for (size_t whole = first; whole < end && !part->peak->series->rule->main && part->part_of < 0; whole++)
                if (episodes[whole].peak->series->rule->main && overlap(part, &episodes[whole]))
                    part->part_of = episodes[whole].part_of >= 0 ? episodes[whole].part_of : (long) whole;
        }
    }
}

void episodes_make(Arena *out, const AlarmConfig *config, const Watch *watch, Episode **episodes, size_t *n)
{
    const AlarmPoint **sorted = arena_array(out, watch->n + 1, sizeof *sorted);

    for (size_t at = 0; at < watch->n; at++)
        sorted[at] = &watch->point[at];
    qsort(sorted, watch->n, sizeof *sorted, point_order);
    *episodes = arena_array(out, watch->n + 1, sizeof **episodes);
    *n = 0;
    for (size_t at = 0; at < watch->n; at++) {
        Episode *episode = *n ? &(*episodes)[*n - 1] : NULL;
        if (!episode || !goes_on(config, episode, sorted[at])) {
            episode = &(*episodes)[(*n)++];
            *episode = (Episode){.point = &sorted[at], .from = INT32_MAX, .last = INT32_MIN, .rise = alarm_is_rise(sorted[at]->method), .part_of = -1, .after = DATE_NONE};
        }
        take(episode, sorted[at]);
    }
    for (size_t at = 0; at < *n; at++) {
        (*episodes)[at].peak = episode_peak(&(*episodes)[at], DATE_NONE);
        (*episodes)[at].certainty = episode_certainty(&(*episodes)[at], DATE_NONE);
    }
    parts_find(*episodes, *n);
}

static int budget_order(const void *left, const void *right)
{
    const Episode *a = *(Episode *const *) left, *b = *(Episode *const *) right;
    const Series *x = a->peak->series, *y = b->peak->series;
    int unit, year_a = date_school_year(a->from), year_b = date_school_year(b->from);
    double p = alarm_point_p(a->peak), q = alarm_point_p(b->peak);

    if (x->board_no != y->board_no)
        return x->board_no < y->board_no ? -1 : 1;
    if (x->location_no != y->location_no)
        return x->location_no < y->location_no ? -1 : 1;
    if ((unit = strcmp(x->unit, y->unit)) != 0)
        return unit;
    if (year_a != year_b)
        return year_a < year_b ? -1 : 1;
    if (a->shown_before != b->shown_before)
        return a->shown_before ? -1 : 1;
    if (p != q)
        return p < q ? -1 : 1;
    return a < b ? -1 : a > b;
}

void episodes_budget(Episode *episodes, size_t n, int budget)
{
    ARENA_AUTO scratch = arena_new();
    Episode **order = arena_array(scratch, n + 1, sizeof *order);
    size_t wholes = 0;
    int used = 0;

    for (size_t at = 0; at < n; at++) {
        episodes[at].shown = false;
        if (episodes[at].part_of < 0)
            order[wholes++] = &episodes[at];
    }
    qsort(order, wholes, sizeof *order, budget_order);
    for (size_t at = 0; at < wholes; at++) {
        const Episode *before = at ? order[at - 1] : NULL;
        bool same = before && same_owner(&(Episode){.peak = before->peak, .rise = true}, &(Episode){.peak = order[at]->peak, .rise = true}) &&
                    date_school_year(before->from) == date_school_year(order[at]->from);
        used = same ? used + 1 : 1;
        /* what is sure is never held back by what was weak and came first */
        order[at]->shown = order[at]->shown_before || order[at]->certainty == 3 || used <= budget;
    }
}
