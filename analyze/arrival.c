#include "analyze/arrival.h"

#include <math.h>

#include "sql_embed.h"

bool arrivals_load(Arena *out, Pg *db, int board, Arrivals *arrivals, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_analyze_report_known, PG_ANY_ROWS, &rows, err, "i", (int64_t) board))
        return false;
    *arrivals = (Arrivals){.row = arena_array(out, pg_rows(rows) + 1, sizeof *arrivals->row), .n = pg_rows(rows)};
    for (size_t row = 0; row < arrivals->n; row++)
        arrivals->row[row] = (Arrival){(int) pg_int(rows, row, 0), pg_date(rows, row, 1), pg_date(rows, row, 3), pg_real(rows, row, 4)};
    return true;
}

static bool before(const Arrival *arrival, int location_no, Date month)
{
    return arrival->location_no != location_no ? arrival->location_no < location_no : arrival->month < month;
}

double arrival_share(const Arrivals *arrivals, int location_no, Date month, Date as_of)
{
    size_t low = 0, high = arrivals->n;
    double known = NAN, now = NAN;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (before(&arrivals->row[middle], location_no, month))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == arrivals->n || arrivals->row[low].location_no != location_no || arrivals->row[low].month != month)
        return date_month_next(month) - 1 <= as_of ? 1 : (double) NAN;
    for (; low < arrivals->n && arrivals->row[low].location_no == location_no && arrivals->row[low].month == month; low++) {
        now = arrivals->row[low].incidents;
        if (arrivals->row[low].known_on <= as_of)
            known = now;
    }
    return isnan(known) ? known : now > 0 ? known / now : 1;
}

Series arrival_series(Arena *out, const Arrivals *arrivals, const Series *series, Date as_of)
{
    Series made = *series;
    Date month = DATE_NONE;
    double share = NAN;

    made.observed = arena_array(out, series->n + 1, sizeof *made.observed);
    for (size_t row = 0; row < series->n; row++) {
        Date end = series_period_end(series, row), middle = series->day[row] + (end - series->day[row]) / 2;
        if (date_month_begin(middle) != month) {
            month = date_month_begin(middle);
            share = arrival_share(arrivals, series->location_no, month, as_of);
        }
        made.observed[row] = end > as_of || isnan(share) ? (double) NAN : round(series->observed[row] * share);
    }
    return made;
}

Date arrivals_last(const Arrivals *arrivals)
{
    Date last = DATE_NONE;

    for (size_t row = 0; row < arrivals->n; row++)
        last = row == 0 || arrivals->row[row].known_on > last ? arrivals->row[row].known_on : last;
    return last;
}
