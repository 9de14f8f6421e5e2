#include "analyze/shift.h"

#include <math.h>
#include <stdbool.h>

enum { NEAR = 4, CASES_MIN = 10 }; /* weeks on either side of the same week of another year */
/* CASES_MIN: fewer on the busier side are a handful of incidents and no way of counting */
static const double silent = 0.25;

typedef struct Data {
    const double *observed, *exposure;
    size_t from; /* first row that counts */
    int    year;
} Data;

typedef struct Sum { double y, e, squares; size_t n; } Sum; /* squares: count^2/exposure */

static bool usable(const double *observed, const double *exposure, size_t row)
{
    return exposure[row] > 0 && !isnan(observed[row]);
}

static void sum_add(Sum *sum, const Data *data, size_t row)
{
    if (!usable(data->observed, data->exposure, row))
        return;
    sum->y += data->observed[row];
    sum->e += data->exposure[row];
    sum->squares += data->observed[row] * data->observed[row] / data->exposure[row];
    sum->n++;
}

/* Pearson's chi-square around one level. */
static double spread(const Sum *sum)
{
    return sum->y > 0 ? sum->squares * sum->e / sum->y - sum->y : 0;
}

/* What was counted in some rows after a split, over what the same weeks of the years before the split would have given there. \param level for weeks that have none */
static double ratio_of(const Data *data, size_t split, size_t first, size_t until, double level)
{
    double counted = 0, expected = 0;

    for (size_t row = first; row < until; row++) {
        double y = 0, e = 0;
        if (!usable(data->observed, data->exposure, row))
            continue;
        for (size_t back = row; back >= (size_t) data->year + data->from;) {
            back -= (size_t) data->year;
            for (size_t at = back > data->from + NEAR ? back - NEAR : data->from; at <= back + NEAR && at < split; at++)
                if (usable(data->observed, data->exposure, at)) {
                    y += data->observed[at];
                    e += data->exposure[at];
                }
        }
        counted += data->observed[row];
        expected += data->exposure[row] * (e > 0 ? y / e : level);
    }
    return expected > 0 ? counted / expected : 1;
}

/* The first row that has so many usable ones between the split and itself. */
static size_t rows_after(const Data *data, size_t split, size_t until, int usable_rows)
{
    size_t row = split;

    for (; row < until && usable_rows > 0; row++)
        usable_rows -= usable(data->observed, data->exposure, row);
    return row;
}

/* What came after the first `after` periods, up to k, lies nearer to the new level than to the old one (as ratios). */
static bool stayed(const Data *data, const Shift *shift, double level, size_t k, const ShiftParams *params)
{
    double ratio = ratio_of(data, shift->row, rows_after(data, shift->row, k, params->after), k, level);

    return shift->ratio > 1 ? ratio * ratio >= shift->ratio : ratio * ratio <= shift->ratio;
}

static bool likely(const Data *data, const Shift *shift, double level, size_t k, const ShiftParams *params)
{
    bool other = shift->ratio >= params->ratio || shift->ratio * params->ratio <= 1;

    return other && shift->score > params->score && shift->ratio >= silent && stayed(data, shift, level, k, params);
}

/* The split with the largest score; row 0: there is none, or it is too young: one that would be later yet if it could is not moved forward in time.  \param level before it, per exposure */
static Shift split_best(const Data *data, size_t until, const ShiftParams *params, double *level)
{
    Sum all = {0}, left = {0}, best = {0};
    double largest = 0;
    size_t split = 0;

    for (size_t row = data->from; row < until; row++)
        sum_add(&all, data, row);
    for (size_t row = data->from; row < until && all.y > 0; row++) {
        if (!usable(data->observed, data->exposure, row))
            continue;
        if (left.n >= (size_t) params->before && all.n - left.n >= (size_t) params->after / 2) {
            double share = left.e / all.e, away = left.y - all.y * share, score = away * away / (all.y * share * (1 - share));
            if (score > largest) {
                largest = score;
                split = row;
                best = left;
            }
        }
        sum_add(&left, data, row);
    }
    Sum right = {all.y - best.y, all.e - best.e, all.squares - best.squares, all.n - best.n};
    bool rise = right.y * best.e > best.y * right.e;
    if (!split || right.n < (size_t) params->after || !(best.y > 0) || (rise ? right.y : best.y) < CASES_MIN) /* a first incident is no break */
        return (Shift){0};
    double phi = fmax(1, (spread(&best) + spread(&right)) / ((double) all.n - 2));
    *level = best.y / best.e;
    return (Shift){split, largest / phi, phi, ratio_of(data, split, split, until, *level)};
}

Shift shift_find(const double *observed, const double *exposure, size_t since, size_t k, const ShiftParams *params)
{
    size_t until = k > (size_t) params->guard ? k - (size_t) params->guard : 0;
    Data data = {observed, exposure, since, params->year};
    Shift found = {0};

    while (data.from < until) {
        double level = 0;
        Shift shift = split_best(&data, until, params, &level);
        if (!shift.row || !likely(&data, &shift, level, k, params))
            break;
        found = shift;
        data.from = shift.row;
    }
    return found;
}
