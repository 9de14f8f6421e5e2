#include "reports/number.h"

#include "tests/harness/test.h"

TEST("numbers have a decimal comma and points between thousands")
{
    ARENA_AUTO arena = arena_new();

    CHECK_TEXT(number_text(arena, 1234.5, 1), "1.234,5");
    CHECK_TEXT(number_text(arena, 0, 0), "0");
    CHECK_TEXT(number_text(arena, 0, 2), "0,00");
    CHECK_TEXT(number_text(arena, 999, 0), "999");
    CHECK_TEXT(number_text(arena, 1000, 0), "1.000");
    CHECK_TEXT(number_text(arena, 12345, 0), "12.345");
    CHECK_TEXT(number_text(arena, 123456, 0), "123.456");
    CHECK_TEXT(number_text(arena, 1234567.891, 2), "1.234.567,89");
    CHECK_TEXT(number_text(arena, 999.95, 1), "1.000,0"); /* rounding makes the thousand: 999.95 is a hair above */
    CHECK_TEXT(number_text(arena, 0.25, 1), "0,2");
    CHECK_TEXT(number_text(arena, 12.3456, 4), "12,3456"); /* no point behind the comma */
    CHECK_TEXT(number_text(arena, 1e15, 0), "1.000.000.000.000.000");
}

TEST("negative numbers have a minus sign, and a rounded nothing has not")
{
    ARENA_AUTO arena = arena_new();

    CHECK_TEXT(number_text(arena, -5, 0), "−5");
    CHECK_TEXT(number_text(arena, -1234.5, 1), "−1.234,5");
    CHECK_TEXT(number_text(arena, -123456, 0), "−123.456");
    CHECK_TEXT(number_text(arena, -0.04, 1), "0,0");
    CHECK_TEXT(number_text(arena, -0.06, 1), "−0,1");
    CHECK_TEXT(number_text(arena, -0.0, 0), "0");
}

TEST("what is no number is protected or unreliable: a point")
{
    ARENA_AUTO arena = arena_new();

    CHECK_TEXT(number_text(arena, (double) NAN, 1), ".");
    CHECK_TEXT(number_text(arena, (double) INFINITY, 0), ".");
    CHECK_TEXT(number_text(arena, -(double) INFINITY, 0), ".");
}

TEST("a count of nothing is a dash")
{
    ARENA_AUTO arena = arena_new();

    CHECK_TEXT(number_count(arena, 0), "-");
    CHECK_TEXT(number_count(arena, 1), "1");
    CHECK_TEXT(number_count(arena, -3), "−3");
    CHECK_TEXT(number_count(arena, 12345), "12.345");
    CHECK_TEXT(number_count(arena, 999999999999LL), "999.999.999.999");
}

TEST("an interval has an en dash, and none when an end is unknown")
{
    ARENA_AUTO arena = arena_new();

    CHECK_TEXT(number_interval(arena, 4.3, 11.9, 1), "4,3 – 11,9");
    CHECK_TEXT(number_interval(arena, -1, 1, 0), "−1 tot 1"); /* three dashes in a row say nothing */
    CHECK_TEXT(number_interval(arena, -0.04, 1, 1), "0,0 – 1,0");
    CHECK_TEXT(number_interval(arena, 0, 1234, 0), "0 – 1.234");
    CHECK_TEXT(number_interval(arena, (double) NAN, 1, 0), "");
    CHECK_TEXT(number_interval(arena, 1, (double) NAN, 0), "");
    CHECK_TEXT(number_interval(arena, 1, (double) INFINITY, 0), "");
}

TEST("dates, school years and months are written out")
{
    ARENA_AUTO arena = arena_new();
    Date date = DATE_NONE;

    CHECK_TEXT(number_date(arena, DATE_NONE), "");
    CHECK(date_parse_iso("2026-07-03", &date));
    CHECK_TEXT(number_date(arena, date), "3 juli 2026");
    CHECK(date_parse_iso("2024-02-29", &date));
    CHECK_TEXT(number_date(arena, date), "29 februari 2024");
    CHECK_TEXT(number_school_year(arena, 2025), "2025-2026");
    CHECK_TEXT(number_school_year(arena, 1999), "1999-2000");
    static const char *const name[][2] = {{"jan", "januari"}, {"feb", "februari"}, {"mrt", "maart"}, {"apr", "april"}, {"mei", "mei"}, {"jun", "juni"},
                                          {"jul", "juli"}, {"aug", "augustus"}, {"sep", "september"}, {"okt", "oktober"}, {"nov", "november"}, {"dec", "december"}};
    for (int month = 1; month <= 12; month++) {
        CHECK_TEXT(number_month_short(month), name[month - 1][0]);
        CHECK_TEXT(number_month_long(month), name[month - 1][1]);
    }
}
