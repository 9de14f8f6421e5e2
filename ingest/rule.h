/**
 * Every reason why a row or a file is refused: an id that is stored, what it means, and what to do about it.
 * Texts are English sources for gettext (cli/po/nl.po); none of them can hold a value. What schools read is in
 * config/editions/school.json; `config check` and a test refuse a rule that has no text there.
 */
#ifndef VB_INGEST_RULE_H
#define VB_INGEST_RULE_H

#include <stddef.h>

#include "common/err.h"

typedef enum Rule {
    RULE_NONE,
    RULE_CSV_QUOTE, RULE_CSV_LONG, RULE_CSV_NUL, RULE_CSV_CELLS, RULE_TEXT_ENCODING, RULE_VALUE_MISSING, RULE_CODE_UNKNOWN,
    RULE_DATE_INVALID, RULE_DATE_TWO_FORMATS, RULE_DATE_FUTURE, RULE_DATE_PERIOD, RULE_DATE_ORDER, RULE_NUMBER_INVALID,
    RULE_NUMBER_RANGE, RULE_LOCATION_MISSING, RULE_LOCATION_UNKNOWN, RULE_LOCATION_BOARD, RULE_LOCATION_OTHER,
    RULE_LIST_LENGTH, RULE_ANSWERS_EMPTY, RULE_SUSPENSION_LONG, RULE_TIMEOUT_LONG, RULE_JSON_INVALID, RULE_PERSON_SWAPPED,
    RULE_COMPLAINT_LATE, RULE_STEP_ORDER, RULE_ACCIDENT_LATE,
    RULE_LOCATION_CLOSED, RULE_LOCATION_THEN, RULE_PIVOT_ORDER, RULE_PIVOT_TWICE, RULE_PIVOT_NOBODY, RULE_PERSON_COMMA,
    /* of whole files */
    RULE_FILE_UNREADABLE, RULE_FILE_ENCODING, RULE_FILE_EMPTY, RULE_FILE_HEADER, RULE_FILE_FORM, RULE_FILE_COLUMN, RULE_FILE_SCHOOL, RULE_FILE_BOARD,
    RULE_FILE_REJECTS, RULE_FILE_MANIFEST, RULE_SCHOOL_LEFT_OUT,
    RULE_COUNT
} Rule;

/** Refuse a file, for a reason that feedback can repeat. A refusal without one (readers' own words: damaged, protected, not what it says) is RULE_FILE_UNREADABLE. */
#define REFUSE(err, rule, ...) (err_set(err, ERR_INPUT, __VA_ARGS__), (err)->reason = (int) (rule), false)

Rule rule_find(const char *id);     /* RULE_NONE: no such rule */
const char *rule_id(Rule rule);     /* "code.onbekend", as stored in fact.reject */
const char *rule_what(Rule rule);   /* English, for gettext */
const char *rule_action(Rule rule); /* what the school should do; English, for gettext */

#endif
