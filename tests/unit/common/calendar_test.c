#include "common/calendar.h"

#include <stdio.h>

#include "tests/unit/scratch.h"

static Date day(const char *iso)
{
    Date date = DATE_NONE;

    if (!date_parse_iso(iso, &date))
        test_fail(__FILE__, __LINE__, "%s is no date", iso);
    return date;
}

static void check_date(int line, Date got, const char *want)
{
    char iso[11];

    date_format_iso(got, iso);
    test_check_text(__FILE__, line, iso, want);
}
#define CHECK_DATE(got, want) check_date(__LINE__, got, want)

/* School year 2025-2026, region north: Christmas 20 December to 4 January, spring 21 February to 1 March. */
static Calendar *year_2025(Arena *arena)
{
    Calendar *calendar = calendar_new(arena, day("2025-08-01"), day("2026-07-31"));

    calendar_close(calendar, day("2025-12-20"), day("2026-01-04"), true);
    calendar_close(calendar, day("2026-02-21"), day("2026-03-01"), true);
    calendar_close(calendar, day("2026-01-14"), day("2026-01-14"), false); /* a study day, a Wednesday */
    return calendar;
}

TEST("weekdays are open, weekends and closed periods are not, and what is unknown is not open")
{
    ARENA_AUTO arena = arena_new();
    Calendar *calendar = year_2025(arena);

    CHECK(calendar_is_open(calendar, day("2025-12-19")));  /* Friday */
    CHECK(!calendar_is_open(calendar, day("2025-12-20"))); /* Saturday */
    CHECK(!calendar_is_open(calendar, day("2025-12-24")));
    CHECK(!calendar_is_open(calendar, day("2026-01-04")));
    CHECK(calendar_is_open(calendar, day("2026-01-05")));
    CHECK(!calendar_is_open(calendar, day("2026-01-14")));
    CHECK(!calendar_is_open(calendar, day("2025-07-31"))); /* a Thursday before the calendar */
    CHECK(!calendar_is_open(calendar, day("2026-08-03"))); /* a Monday after it */
    CHECK(calendar_is_open(calendar, day("2025-08-01")));
    CHECK(calendar_is_open(calendar, day("2026-07-31")));
}

TEST("open days are counted with both ends")
{
    ARENA_AUTO arena = arena_new();
    Calendar *calendar = year_2025(arena);

    CHECK_INT(calendar_open_days(calendar, day("2025-12-15"), day("2025-12-19")), 5);
    CHECK_INT(calendar_open_days(calendar, day("2025-12-19"), day("2026-01-05")), 2);
    CHECK_INT(calendar_open_days(calendar, day("2026-01-12"), day("2026-01-16")), 4);
    CHECK_INT(calendar_open_days(calendar, day("2025-12-22"), day("2025-12-22")), 0);
    CHECK_INT(calendar_open_days(calendar, day("2025-12-19"), day("2025-12-18")), 0);
    CHECK_INT(calendar_open_days(calendar, day("2024-01-01"), day("2025-08-01")), 1);
    CHECK_INT(calendar_open_days(calendar, day("2030-01-01"), day("2031-01-01")), 0);
}

TEST("closing once more after counting is counted")
{
    ARENA_AUTO arena = arena_new();
    Calendar *calendar = year_2025(arena);

    CHECK_INT(calendar_open_days(calendar, day("2025-09-01"), day("2025-09-05")), 5);
    calendar_close(calendar, day("2025-09-03"), day("2025-09-04"), false);
    CHECK_INT(calendar_open_days(calendar, day("2025-09-01"), day("2025-09-05")), 3);
    calendar_close(calendar, day("2025-09-04"), day("2025-09-03"), false); /* backwards: nothing */
    calendar_close(calendar, day("2000-01-01"), day("2001-01-01"), true);  /* outside: nothing */
    CHECK_INT(calendar_open_days(calendar, day("2025-09-01"), day("2025-09-05")), 3);
}

TEST("a copy has its own free days")
{
    ARENA_AUTO arena = arena_new();
    Calendar *calendar = year_2025(arena), *copy = calendar_copy(arena, calendar);

    calendar_close(copy, day("2025-09-01"), day("2025-09-01"), false);
    CHECK(calendar_is_open(calendar, day("2025-09-01")));
    CHECK(!calendar_is_open(copy, day("2025-09-01")));
    CHECK(!calendar_is_open(copy, day("2025-12-24")));
    CHECK_INT(calendar_open_days(calendar, day("2025-08-01"), day("2026-07-31")) - 1,
              calendar_open_days(copy, day("2025-08-01"), day("2026-07-31")));
    CHECK_DATE(calendar_term_end(copy, day("2025-12-18"), 2), "2026-01-05");
}

TEST("the calendar says for which days holidays are known")
{
    ARENA_AUTO arena = arena_new();
    Calendar *calendar = year_2025(arena);

    CHECK(calendar_covers(calendar, day("2025-08-01"), day("2026-07-31")));
    CHECK(!calendar_covers(calendar, day("2025-07-31"), day("2026-07-31")));
    CHECK(!calendar_covers(calendar, day("2025-08-01"), day("2026-08-01")));
}

TEST("a term without a holiday is plain calendar days, weekends included")
{
    ARENA_AUTO arena = arena_new();
    Calendar *calendar = year_2025(arena);

    CHECK_DATE(calendar_term_end(calendar, day("2025-09-01"), 14), "2025-09-15");
    CHECK_DATE(calendar_term_end(calendar, day("2025-09-05"), 1), "2025-09-06"); /* ends on a Saturday */
    CHECK_DATE(calendar_term_end(calendar, day("2025-09-01"), 0), "2025-09-01");
}

TEST("a term over the Christmas holiday is extended by its sixteen days")
{
    ARENA_AUTO arena = arena_new();
    Calendar *calendar = year_2025(arena);

    /* 10 December + 28 days = 7 January; 20 December to 4 January are 12 + 4 = 16 days: 23 January. The study day of
     * 14 January does not extend. */
    CHECK_DATE(calendar_term_end(calendar, day("2025-12-10"), 28), "2026-01-23");
    /* it would end on the first day of the holiday: all of it is added */
    CHECK_DATE(calendar_term_end(calendar, day("2025-12-19"), 1), "2026-01-05");
    /* it ends on the day before: nothing is */
    CHECK_DATE(calendar_term_end(calendar, day("2025-12-18"), 1), "2025-12-19");
    /* it begins inside the holiday: 31 December, the days from 5 January count */
    CHECK_DATE(calendar_term_end(calendar, day("2025-12-31"), 10), "2026-01-14");
    /* the extension runs into the next holiday: 10 December + 70 = 18 February, + 16 = 6 March, and 21 February to
     * 1 March are 9 days more: 15 March */
    CHECK_DATE(calendar_term_end(calendar, day("2025-12-10"), 70), "2026-03-15");
}

TEST("a term in school days skips weekends, holidays and study days")
{
    ARENA_AUTO arena = arena_new();
    Calendar *calendar = year_2025(arena);

    CHECK_DATE(calendar_term_end_open(calendar, day("2025-12-18"), 1), "2025-12-19");
    CHECK_DATE(calendar_term_end_open(calendar, day("2025-12-18"), 2), "2026-01-05");
    /* 5 to 9 January are five, 12 and 13 two, the 14th is the study day, 15 and 16 two, 19 the tenth */
    CHECK_DATE(calendar_term_end_open(calendar, day("2025-12-19"), 10), "2026-01-19");
    CHECK_DATE(calendar_term_end_open(calendar, day("2025-12-19"), 0), "2025-12-19");
    /* beyond the known calendar every weekday counts: 31 July 2026 is a Friday */
    CHECK_DATE(calendar_term_end_open(calendar, day("2026-07-31"), 6), "2026-08-10");
}

TEST("random calendars agree with counting day by day")
{
    ARENA_AUTO arena = arena_new();
    unsigned long long seed = 20250801;

    for (int round = 0; round < 400; round++) {
        enum { DAYS = 500 };
        Date from = day("2024-08-01") + (Date) scratch_random(&seed, 300), to = from + DAYS - 1;
        bool closed[DAYS] = {0}, holiday[DAYS] = {0};
        arena_reset(arena);
        Calendar *calendar = calendar_new(arena, from, to);
        for (unsigned period = scratch_random(&seed, 12); period > 0; period--) {
            Date first = from - 10 + (Date) scratch_random(&seed, DAYS + 20), last = first + (Date) scratch_random(&seed, 30);
            bool extends = scratch_random(&seed, 3) > 0;
            calendar_close(calendar, first, last, extends);
            for (Date date = first; date <= last; date++)
                if (date >= from && date <= to) {
                    closed[date - from] = true;
                    holiday[date - from] |= extends;
                }
        }
        for (int question = 0; question < 30; question++) {
            Date first = from - 20 + (Date) scratch_random(&seed, DAYS + 40), last = first + (Date) scratch_random(&seed, 90) - 5;
            int open = 0, term = (int) scratch_random(&seed, 60), left = term;
            for (Date date = first; date <= last; date++)
                open += date >= from && date <= to && !closed[date - from] && date_weekday(date) <= 5;
            Date end = first;
            while (left > 0) {
                end++;
                left -= !(end >= from && end <= to && holiday[end - from]);
            }
            Date end_open = first;
            for (left = term; left > 0;) {
                end_open++;
                left -= date_weekday(end_open) <= 5 && !(end_open >= from && end_open <= to && closed[end_open - from]);
            }
            if (calendar_open_days(calendar, first, last) != open || calendar_term_end(calendar, first, term) != end ||
                calendar_term_end_open(calendar, first, term) != end_open) {
                test_fail(__FILE__, __LINE__, "round %d question %d: %d open days, expected %d; ends %d and %d, expected %d and %d", round, question,
                          calendar_open_days(calendar, first, last), open, calendar_term_end(calendar, first, term),
                          calendar_term_end_open(calendar, first, term), end, end_open);
                return;
            }
        }
    }
}

TEST("a calendar is never longer than a hundred years and never backwards")
{
    ARENA_AUTO arena = arena_new();
    Date from = day("2000-01-01");

    Calendar *longest = calendar_new(arena, from, from + 100000);
    CHECK(calendar_covers(longest, from, from + 36500));
    CHECK(!calendar_covers(longest, from, from + 37000));
    Calendar *backwards = calendar_new(arena, from, from - 5);
    CHECK(calendar_covers(backwards, from, from));
    CHECK(!calendar_covers(backwards, from - 1, from));
}
