/**
 * Civil dates as whole days since 1970-01-01 (proleptic Gregorian calendar), and school years.
 * A school year runs from 1 August to 31 July and is named by the year it begins in.
 */
#ifndef VB_COMMON_DATE_H
#define VB_COMMON_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t Date; /* days since 1970-01-01 */
#define DATE_NONE INT32_MIN

typedef enum DateFormat {
    DATE_ISO,      /* 2025-09-30, with or without " 12:00:00" behind it */
    DATE_DMY,      /* 30-9-2025, 30/09/2025, 30.09.2025, optionally with a time */
    DATE_MDY       /* 9/30/2025 h:mm:ss AM: what an American web form exports */
} DateFormat;

typedef struct DateParts { int year, month, day; } DateParts; /* month 1..12, day 1..31 */

bool date_from_parts(DateParts parts, Date *out); /* false: no such day; years 1900 to 2200 */
DateParts date_parts(Date date);
int date_weekday(Date date); /* 1 Monday to 7 Sunday */

/**
 * Read one date of a given format; what follows the date must be nothing or a time of day.
 * \param hour filled with 0..23 or -1 when no time was given; may be NULL
 */
bool date_parse(const char *text, size_t bytes, DateFormat format, Date *out, int *hour);
bool date_parse_iso(const char *text, Date *out); /* exactly yyyy-mm-dd */
void date_format_iso(Date date, char out[static 11]);

int date_school_year(Date date); /* 2025 for 2025-08-01 to 2026-07-31 */
Date date_school_year_begin(int year);
Date date_school_year_end(int year);
bool date_school_year_parse(const char *text, int *out); /* "2025-2026" or "2025/2026", consecutive */
Date date_month_begin(Date date);
Date date_month_next(Date date); /* first day of the next month */

#endif
