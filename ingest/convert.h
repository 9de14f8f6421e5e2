/**
 * One cell's text into one typed value, or the rule it breaks. Pure: knows no file, no row and no database.
 * Text is UTF-8, trimmed.
 */
#ifndef VB_INGEST_CONVERT_H
#define VB_INGEST_CONVERT_H

#include "common/arena.h"
#include "common/codes.h"
#include "common/date.h"
#include "ingest/form.h"
#include "ingest/rule.h"

/** A code by its own name, an alias of the list, or an alias of the form. \param row scratch memory */
Rule convert_code(Arena *row, const CodeList *list, const FormField *field, const char *text, size_t bytes, int *no);
/** Several codes in one cell into a set: bit n = code n. Codes above 30 cannot be in a set (config is checked). */
Rule convert_codes(Arena *row, const CodeList *list, const FormField *field, const char *text, size_t bytes, int32_t *set);
/** The code of a set with the lowest priority number; 0 for an empty set. */
int convert_main_code(const CodeList *list, int32_t set);

/** \param locked the format this column has shown so far, -1 = none yet; updated */
Rule convert_date(const Form *form, int *locked, const char *text, size_t bytes, Date *date, int *hour);
Rule convert_hour(const char *text, size_t bytes, int *hour); /* "13:05", "13.05", "13:05:00", "13" */
Rule convert_int(const char *text, size_t bytes, int min, int max, int *number);
Rule convert_real(const char *text, size_t bytes, double *number); /* decimal comma or point, optional % */
Rule convert_cents(const char *text, size_t bytes, int64_t *cents); /* "1.250,50", "1250.5", "EUR 12" */
Rule convert_bool(const char *text, size_t bytes, bool *value); /* ja/nee, j/n, 1/0, true/false, waar/onwaar */
Rule convert_answer(Arena *row, const Item *item, const char *text, size_t bytes, int *answer); /* CODES_MISSING allowed */

/** Next part of a cell split by `mark` (0: the whole cell), trimmed. *at and *left move on. \return false: no more */
bool convert_part(const char **at, size_t *left, char mark, const char **part, size_t *bytes);

#endif
