#include "reports/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MINUS "\u2212"

static const char *const month_long[] = {"januari", "februari", "maart", "april", "mei", "juni", "juli",
                                         "augustus", "september", "oktober", "november", "december"};

const char *number_month_long(int month)
{
    return month_long[month - 1];
}

const char *number_month_short(int month)
{
    static const char *const name[] = {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"};

    return name[month - 1];
}

const char *number_text(Arena *out, double value, int decimals)
{
    char plain[64], grouped[96];
    size_t used = 0;

    if (!isfinite(value))
        return ".";
    snprintf(plain, sizeof plain, "%.*f", decimals, fabs(value));
    size_t whole = strcspn(plain, ".");
    if (value < 0 && strspn(plain, "0.") != strlen(plain)) { /* no "-0,0"; the minus sign, which is read aloud where a hyphen is not */
        memcpy(grouped, MINUS, sizeof MINUS - 1);
        used = sizeof MINUS - 1;
    }
    for (size_t at = 0; plain[at] && used < sizeof grouped - 2; at++) {
        if (at && at < whole && (whole - at) % 3 == 0)
            grouped[used++] = '.';
        grouped[used++] = plain[at] == '.' ? ',' : plain[at];
    }
    return arena_text_n(out, grouped, used);
}

const char *number_count(Arena *out, long long value)
{
    return value == 0 ? "-" : number_text(out, (double) value, 0);
}

const char *number_interval(Arena *out, double low, double high, int decimals)
{
    if (!isfinite(low) || !isfinite(high))
        return "";
    const char *from = number_text(out, low, decimals);
    bool minus = strncmp(from, MINUS, sizeof MINUS - 1) == 0; /* three dashes in a row say nothing */
    return arena_format(out, "%s %s %s", from, minus ? "tot" : "–", number_text(out, high, decimals));
}

const char *number_date(Arena *out, Date date)
{
    if (date == DATE_NONE)
        return "";
    DateParts parts = date_parts(date);
    return arena_format(out, "%d %s %d", parts.day, month_long[parts.month - 1], parts.year);
}

const char *number_school_year(Arena *out, int year)
{
    return arena_format(out, "%d-%d", year, year + 1);
}
