#include "common/calendar.h"

#include <string.h>

enum { DAY_OPEN = 1, DAY_HOLIDAY = 2 };

struct Calendar {
    Date     from, to;
    uint8_t *day; /* flags per day since from */
    int     *open_before; /* number of open days before this one; rebuilt when stale */
    bool     stale;
};

Calendar *calendar_new(Arena *out, Date from, Date to)
{
    if (to < from)
        to = from;
    if (to - from > 36600)
        to = from + 36600;
    Calendar *calendar = arena_alloc(out, sizeof *calendar);
    size_t days = (size_t) (to - from + 1);

    calendar->from = from;
    calendar->to = to;
    calendar->day = arena_alloc(out, days);
    calendar->open_before = arena_array(out, days + 1, sizeof(int));
    for (Date date = from; date <= to; date++)
        calendar->day[date - from] = date_weekday(date) <= 5 ? DAY_OPEN : 0;
    calendar->stale = true;
    return calendar;
}

Calendar *calendar_copy(Arena *out, const Calendar *calendar)
{
    Calendar *copy = calendar_new(out, calendar->from, calendar->to);

    memcpy(copy->day, calendar->day, (size_t) (calendar->to - calendar->from + 1));
    return copy;
}

void calendar_close(Calendar *calendar, Date first, Date last, bool holiday)
{
    if (first < calendar->from)
        first = calendar->from;
    if (last > calendar->to)
        last = calendar->to;
    for (Date date = first; date <= last; date++) {
        uint8_t *day = &calendar->day[date - calendar->from];
        *day &= (uint8_t) ~DAY_OPEN;
        if (holiday)
            *day |= DAY_HOLIDAY;
    }
    calendar->stale = true;
}

static void sums_build(Calendar *calendar)
{
    int sum = 0, days = calendar->to - calendar->from + 1;

    for (int day = 0; day < days; day++) {
        calendar->open_before[day] = sum;
        sum += calendar->day[day] & DAY_OPEN;
    }
    calendar->open_before[days] = sum;
    calendar->stale = false;
}

bool calendar_is_open(const Calendar *calendar, Date date)
{
    return date >= calendar->from && date <= calendar->to && (calendar->day[date - calendar->from] & DAY_OPEN);
}

int calendar_open_days(const Calendar *calendar, Date first, Date last)
{
    if (first < calendar->from)
        first = calendar->from;
    if (last > calendar->to)
        last = calendar->to;
    if (last < first)
        return 0;
    if (calendar->stale)
        sums_build((Calendar *) calendar); /* a cache: no answer changes */
    return calendar->open_before[last - calendar->from + 1] - calendar->open_before[first - calendar->from];
}

bool calendar_covers(const Calendar *calendar, Date first, Date last)
{
    return first >= calendar->from && last <= calendar->to;
}

static bool is_holiday(const Calendar *calendar, Date date)
{
    return date >= calendar->from && date <= calendar->to && (calendar->day[date - calendar->from] & DAY_HOLIDAY);
}

Date calendar_term_end(const Calendar *calendar, Date start, int days)
{
    Date end = start;

    while (days > 0)
        days -= !is_holiday(calendar, ++end);
    return end;
}

Date calendar_term_end_open(const Calendar *calendar, Date start, int days)
{
    Date end = start;

    /* Beyond the known calendar every weekday counts, so that the loop always ends. */
    while (days > 0) {
        end++;
        days -= end > calendar->to || end < calendar->from ? date_weekday(end) <= 5 : calendar_is_open(calendar, end);
    }
    return end;
}
