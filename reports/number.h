/** Dutch numbers, dates and school years for readers: 1.234,5 and 3 juli 2026. All results owned by arena. */
#ifndef VB_REPORTS_NUMBER_H
#define VB_REPORTS_NUMBER_H

#include "common/arena.h"
#include "common/date.h"

const char *number_text(Arena *out, double value, int decimals); /* "." for NaN: protected or unreliable (CBS sign); a true minus sign (U+2212) */
const char *number_count(Arena *out, long long value); /* "-" for 0 (nil) */
const char *number_interval(Arena *out, double low, double high, int decimals); /* "4,3 – 11,9", "−1,0 tot 1,0", "" for NaN */
const char *number_date(Arena *out, Date date); /* "3 juli 2026", "" for DATE_NONE */
const char *number_school_year(Arena *out, int year); /* "2025-2026" */
const char *number_month_short(int month); /* 1..12: "jan" */
const char *number_month_long(int month);

#endif
