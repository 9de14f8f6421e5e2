#include "common/date.h"

#include <stdio.h>
#include <string.h>

#include "tests/harness/test.h"

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && leap(year));
}

static Date day(int year, int month, int date)
{
    Date out = DATE_NONE;

    if (!date_from_parts((DateParts){year, month, date}, &out))
        test_fail(__FILE__, __LINE__, "%d-%d-%d was refused", year, month, date);
    return out;
}

TEST("every day from 1900 to 2200 goes there and back, one after the other")
{
    Date want = -25567; /* 1900-01-01: 70 years of 365 days and 17 leap days before 1970 */
    int weekday = 1;    /* a Monday */

    for (int year = 1900; year <= 2200; year++)
        for (int month = 1; month <= 12; month++)
            for (int date = 1; date <= month_days(year, month); date++, want++, weekday = weekday % 7 + 1) {
                Date got = DATE_NONE;
                bool good = date_from_parts((DateParts){year, month, date}, &got);
                DateParts back = date_parts(got);
                char iso[11], expected[40];
                date_format_iso(got, iso);
                snprintf(expected, sizeof expected, "%04d-%02d-%02d", year, month, date);
                Date read = DATE_NONE;
                if (!good || got != want || back.year != year || back.month != month || back.day != date || strcmp(iso, expected) != 0 ||
                    date_weekday(got) != weekday || !date_parse_iso(iso, &read) || read != got || date_month_begin(got) != got - date + 1 ||
                    date_month_next(got) != got - date + 1 + month_days(year, month) ||
                    date_school_year(got) != (month >= 8 ? year : year - 1)) {
                    test_fail(__FILE__, __LINE__, "%s: day %d, iso %s, weekday %d", expected, got, iso, date_weekday(got));
                    return;
                }
            }
}

TEST("well known days")
{
    CHECK_INT(day(1970, 1, 1), 0);
    CHECK_INT(day(2000, 3, 1), 11017);
    CHECK_INT(day(2025, 9, 30), 20361);
    CHECK_INT(day(1969, 12, 31), -1);
    CHECK_INT(date_weekday(day(2025, 8, 1)), 5);
    CHECK_INT(date_weekday(day(1969, 12, 28)), 7);
}

TEST("days that do not exist are refused and leave the result alone")
{
    static const DateParts none[] = {{2025, 2, 29}, {2024, 2, 30}, {1900, 2, 29}, {2100, 2, 29}, {2200, 2, 29}, {2025, 4, 31}, {2025, 6, 31},
                                     {2025, 9, 31}, {2025, 11, 31}, {2025, 1, 32}, {2025, 1, 0},  {2025, 0, 1},  {2025, 13, 1}, {1899, 12, 31},
                                     {2201, 1, 1},  {2025, -1, 1}, {2025, 1, -1}};
    Date out = 42;

    for (size_t at = 0; at < sizeof none / sizeof *none; at++)
        if (date_from_parts(none[at], &out) || out != 42)
            test_fail(__FILE__, __LINE__, "%d-%d-%d was taken", none[at].year, none[at].month, none[at].day);
    CHECK(date_from_parts((DateParts){2000, 2, 29}, &out));
    CHECK(date_from_parts((DateParts){2024, 2, 29}, &out));
}

/* "yyyy-mm-dd hour" or "refused" */
static void check_parse(int line, const char *text, DateFormat format, const char *want)
{
    Date date = DATE_NONE;
    int hour = 99;
    char got[40] = "refused";

    if (date_parse(text, strlen(text), format, &date, &hour)) {
        date_format_iso(date, got);
        snprintf(got + 10, sizeof got - 10, " %d", hour);
    }
    if (strcmp(got, want) != 0)
        test_fail(__FILE__, line, "\"%s\": got %s, expected %s", text, got, want);
}
#define PARSE(text, format, want) check_parse(__LINE__, text, format, want)

TEST("ISO dates are read with and without a time")
{
    PARSE("2025-09-30", DATE_ISO, "2025-09-30 -1");
    PARSE("2025-09-30 12:00:00", DATE_ISO, "2025-09-30 12");
    PARSE("2025-09-30T23:59", DATE_ISO, "2025-09-30 23");
    PARSE("2025-09-30 0:00", DATE_ISO, "2025-09-30 0");
    PARSE("2024-02-29", DATE_ISO, "2024-02-29 -1");
    PARSE("2025-09-30 12:00:00.000", DATE_ISO, "2025-09-30 12");
}

TEST("Dutch dates are read with hyphens, slashes and points")
{
    PARSE("30-9-2025", DATE_DMY, "2025-09-30 -1");
    PARSE("30/09/2025", DATE_DMY, "2025-09-30 -1");
    PARSE("30.09.2025", DATE_DMY, "2025-09-30 -1");
    PARSE("1-1-2025 8:05", DATE_DMY, "2025-01-01 8");
    PARSE("01-02-2025 13:05:59", DATE_DMY, "2025-02-01 13");
}

TEST("an American web form has the month first, and noon and midnight in twelve hours")
{
    PARSE("9/30/2025", DATE_MDY, "2025-09-30 -1");
    PARSE("9/30/2025 1:02:03 AM", DATE_MDY, "2025-09-30 1");
    PARSE("9/30/2025 11:59:59 PM", DATE_MDY, "2025-09-30 23");
    PARSE("9/30/2025 12:00:00 AM", DATE_MDY, "2025-09-30 0");
    PARSE("9/30/2025 12:00:00 PM", DATE_MDY, "2025-09-30 12");
    PARSE("9/30/2025 1:00 pm", DATE_MDY, "2025-09-30 13");
    PARSE("9/30/2025 13:00 PM", DATE_MDY, "refused");
    PARSE("9/30/2025 0:30 AM", DATE_MDY, "refused");
    PARSE("9/30/2025 1:00 XM", DATE_MDY, "refused");
    PARSE("30/9/2025", DATE_MDY, "refused");
}

TEST("rubbish is refused in every format")
{
    static const char *const rubbish[] = {"", " ", "x", "2025", "2025-09", "2025-9-30", "2025-13-01", "2025-02-30", "2025-09-30x", "2025-09-30 x",
                                          "2025-09-30 25:00", "2025-09-30 12", "2025-09-30 12:60", "2025-09-30 12:00:61", "2025-09-30 12:0",
                                          "20250930", "25-09-30", "30-9-25", "30-9-20255", "30-9/2025", "30 9 2025", "31-4-2025", "0-1-2025",
                                          "32-1-2025", "1-13-2025x", "-1-1-2025", "30--9-2025", "2025/09/30", "12025-09-30", "30-9-2025 12:00 uur",
                                          "=1+1", "43000", "2025-09-30 -1:00", "\xE2\x82\xAC", "2025-09-30\n2025-10-01"};

    for (size_t at = 0; at < sizeof rubbish / sizeof *rubbish; at++)
        for (int format = DATE_ISO; format <= DATE_MDY; format++)
            check_parse(__LINE__, rubbish[at], (DateFormat) format, "refused");
}

TEST("a date is read up to its length and not beyond")
{
    Date date = DATE_NONE;

    CHECK(date_parse("2025-09-30garbage", 10, DATE_ISO, &date, NULL));
    CHECK_INT(date, day(2025, 9, 30));
    for (size_t bytes = 0; bytes < 10; bytes++)
        CHECK(!date_parse("2025-09-30", bytes, DATE_ISO, &date, NULL));
}

TEST("the strict reader takes exactly yyyy-mm-dd")
{
    Date date;

    CHECK(date_parse_iso("2025-09-30", &date));
    CHECK(!date_parse_iso("2025-09-30 ", &date));
    CHECK(!date_parse_iso("2025-09-30 12:00", &date));
    CHECK(!date_parse_iso("2025-9-30", &date));
    CHECK(!date_parse_iso("", &date));
    CHECK(!date_parse_iso("30-09-2025", &date));
}

TEST("a school year runs from 1 August to 31 July")
{
    CHECK_INT(date_school_year(day(2025, 7, 31)), 2024);
    CHECK_INT(date_school_year(day(2025, 8, 1)), 2025);
    CHECK_INT(date_school_year(day(2026, 1, 1)), 2025);
    for (int year = 1990; year < 2200; year++) {
        CHECK_INT(date_school_year(date_school_year_begin(year)), year);
        CHECK_INT(date_school_year(date_school_year_end(year)), year);
        CHECK_INT(date_school_year_begin(year + 1), date_school_year_end(year) + 1);
        CHECK_INT(date_school_year_end(year) - date_school_year_begin(year) + 1, leap(year + 1) ? 366 : 365);
    }
}

TEST("school years are read as two years that follow each other")
{
    int year = 0;

    CHECK(date_school_year_parse("2025-2026", &year) && year == 2025);
    CHECK(date_school_year_parse("1999/2000", &year) && year == 1999);
    static const char *const bad[] = {"", "2025", "2025-2025", "2025-2027", "2026-2025", "2025-26", "2025_2026", "2025-2026 ", " 2025-2026",
                                      "1989-1990", "2200-2201", "25-26", "2025--2026", "2025-2026x", "abcd-efgh"};
    for (size_t at = 0; at < sizeof bad / sizeof *bad; at++)
        if (date_school_year_parse(bad[at], &year))
            test_fail(__FILE__, __LINE__, "\"%s\" was taken", bad[at]);
    CHECK_INT(year, 1999);
}
