#include "common/date.h"

#include <stdio.h>
#include <string.h>

/* Howard Hinnant's days_from_civil, public domain algorithm: eras of 400 years from 1 March. */
static Date days_from_civil(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

DateParts date_parts(Date date)
{
    int days = date + 719468;
    int era = (days >= 0 ? days : days - 146096) / 146097;
    int day_of_era = days - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * day_of_year + 2) / 153;
    DateParts parts = {.year = year_of_era + era * 400, .month = shifted < 10 ? shifted + 3 : shifted - 9,
                       .day = day_of_year - (153 * shifted + 2) / 5 + 1};

    parts.year += parts.month <= 2;
    return parts;
}

bool date_from_parts(DateParts parts, Date *out)
{
    if (parts.year < 1900 || parts.year > 2200 || parts.month < 1 || parts.month > 12 || parts.day < 1 ||
        parts.day > 31)
        return false;
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = parts.year % 4 == 0 && (parts.year % 100 != 0 || parts.year % 400 == 0);
    if (parts.day > days[parts.month - 1] + (parts.month == 2 && leap))
        return false;
    *out = days_from_civil(parts.year, parts.month, parts.day);
    return true;
}

int date_weekday(Date date)
{
    int from_thursday = (date % 7 + 7) % 7; /* 1970-01-01 was a Thursday */

    return (from_thursday + 3) % 7 + 1;
}

static bool number_read(const char **at, const char *end, int digits_min, int digits_max, int *out)
{
    int digits = 0, value = 0;

    while (*at < end && **at >= '0' && **at <= '9' && digits < digits_max) {
        value = value * 10 + (*(*at)++ - '0');
        digits++;
    }
    *out = value;
    return digits >= digits_min;
}

/* A time of day behind a date: h:mm, h:mm:ss, with an optional fraction and AM or PM. */
static bool time_read(const char *at, const char *end, int *hour)
{
    int h, m, s;

    *hour = -1;
    while (at < end && (*at == ' ' || *at == 'T'))
        at++;
    if (at == end)
        return true;
    if (!number_read(&at, end, 1, 2, &h) || at == end || *at++ != ':' || !number_read(&at, end, 2, 2, &m))
        return false;
    if (at < end && *at == ':') {
        at++;
        if (!number_read(&at, end, 2, 2, &s) || s > 60)
            return false;
        if (at < end && *at == '.') {
            at++;
            if (!number_read(&at, end, 1, 9, &s))
                return false;
        }
    }
    while (at < end && *at == ' ')
        at++;
    if (end - at == 2 && (at[1] == 'M' || at[1] == 'm')) {
        bool afternoon = at[0] == 'P' || at[0] == 'p';
        if (h < 1 || h > 12 || (!afternoon && at[0] != 'A' && at[0] != 'a'))
            return false;
        h = h % 12 + (afternoon ? 12 : 0);
        at = end;
    }
    if (at != end || h > 23 || m > 59)
        return false;
    *hour = h;
    return true;
}

bool date_parse(const char *text, size_t bytes, DateFormat format, Date *out, int *hour)
{
    const char *at = text, *end = text + bytes;
    DateParts parts;
    int unused;

    if (format == DATE_ISO && bytes == 10) { /* nearly all of them */
        static const int8_t place[] = {0, 1, 2, 3, 5, 6, 8, 9};
        int digit[8];
        bool good = text[4] == '-' && text[7] == '-';
        for (size_t n = 0; n < 8; n++) {
            digit[n] = text[place[n]] - '0';
            good &= (unsigned) digit[n] <= 9;
        }
        if (!good)
            return false;
        parts.year = digit[0] * 1000 + digit[1] * 100 + digit[2] * 10 + digit[3];
        parts.month = digit[4] * 10 + digit[5];
        parts.day = digit[6] * 10 + digit[7];
        at = end;
    } else if (format == DATE_ISO) {
        if (!number_read(&at, end, 4, 4, &parts.year) || at == end || *at++ != '-' ||
            !number_read(&at, end, 2, 2, &parts.month) || at == end || *at++ != '-' ||
            !number_read(&at, end, 2, 2, &parts.day))
            return false;
    } else {
        int first, second;
        if (!number_read(&at, end, 1, 2, &first) || at == end)
            return false;
        char mark = *at++;
        if ((mark != '-' && mark != '/' && mark != '.') || !number_read(&at, end, 1, 2, &second) || at == end ||
            *at++ != mark || !number_read(&at, end, 4, 4, &parts.year))
            return false;
        parts.day = format == DATE_DMY ? first : second;
        parts.month = format == DATE_DMY ? second : first;
    }
    if (at < end && *at != ' ' && *at != 'T')
        return false;
    return date_from_parts(parts, out) && time_read(at, end, hour ? hour : &unused);
}

bool date_parse_iso(const char *text, Date *out)
{
    return strlen(text) == 10 && date_parse(text, 10, DATE_ISO, out, NULL);
}

void date_format_iso(Date date, char out[static 11])
{
    DateParts parts = date_parts(date);

    snprintf(out, 11, "%04u-%02u-%02u", (unsigned) parts.year % 10000, (unsigned) parts.month % 100,
             (unsigned) parts.day % 100);
}

int date_school_year(Date date)
{
    DateParts parts = date_parts(date);

    return parts.month >= 8 ? parts.year : parts.year - 1;
}

Date date_school_year_begin(int year)
{
    return days_from_civil(year, 8, 1);
}

Date date_school_year_end(int year)
{
    return days_from_civil(year + 1, 7, 31);
}

bool date_school_year_parse(const char *text, int *out)
{
    const char *at = text, *end = text + strlen(text);
    int first, second;

    if (!number_read(&at, end, 4, 4, &first) || at == end || (*at != '-' && *at != '/'))
        return false;
    at++;
    if (!number_read(&at, end, 4, 4, &second) || at != end || second != first + 1 || first < 1990 || first > 2199)
        return false;
    *out = first;
    return true;
}

Date date_month_begin(Date date)
{
    DateParts parts = date_parts(date);

    return days_from_civil(parts.year, parts.month, 1);
}

Date date_month_next(Date date)
{
    DateParts parts = date_parts(date);

    return parts.month == 12 ? days_from_civil(parts.year + 1, 1, 1) : days_from_civil(parts.year, parts.month + 1, 1);
}
