/**
 * One row of a file into typed values: the text of its cells, converted, checked and pseudonymised. Knows neither the format
 * of the file nor the database; what it makes goes out in the server's binary form (pgrow.h).
 */
#ifndef VB_INGEST_ROW_H
#define VB_INGEST_ROW_H

#include "common/pgrow.h"
#include "ingest/bind.h"
#include "ingest/ingest_db.h"
#include "ingest/pseudonym.h"
#include "ingest/rule.h"

/* ROW_BORN_MAX: 17 bytes each, so 16 MiB; a file with more is checked as far as that. */
enum { ROW_BORN_MAX = 500000, ROW_PEOPLE_MAX = 500, ROW_FINDINGS_MAX = 8, PERSON_BYTES = 18 /* pseudonym 16, role 1, group 1; 0 = not known */ };

typedef struct Value {
    bool    null;
    int64_t whole;
    double  real;
    const char *text;
    size_t  bytes;
} Value;

/* What is wrong with a row, or worth telling about it. Never a value. */
typedef struct RowFault {
    Rule        rule;
    int         column; /* 1-based in the file, 0 = the row as a whole */
    const char *field;  /* our name */
} RowFault;

typedef struct RowReader {
    Binding        *binding;
    const Forms    *forms;
    const Register *reg;
    Pseudonymizer  *pseudonymizer; /* may be NULL while only school and date are asked for */
    DeliveryRow    *delivery;      /* period and date of reception bound the dates */
    int             fixed_location; /* 0: the rows say */
    int             board;         /* 0: the first known school decides */
    Arena          *scratch;       /* reset for every row */
    KeySet         *born;          /* persons with a birth date met so far, at most ROW_BORN_MAX; NULL: not looked at */
    /* the row at hand */
    const Cell     *cell;
    size_t          n_cells;
    int             location_no;
    const LocationPeriod *school;  /* first period of the school the row names; NULL: the delivery says which */
    Value          *value;         /* per column of the kind */
    uint8_t         people[ROW_PEOPLE_MAX * PERSON_BYTES];
    size_t          n_people;
    int16_t         answer[BIND_ITEMS_MAX];
    int16_t         count[BIND_YEARS_MAX];
    Date            year_begin, year_end; /* of the school year last asked for */
    int             year;
    bool            classified;    /* the text of this row was read by the lexicon */
    LexiconVerdict  verdict;
    RowFault        fault;
    RowFault        finding[ROW_FINDINGS_MAX];
    size_t          n_findings;
} RowReader;

/** \return false: reader->fault says why the row is rejected */
bool row_read(RowReader *reader, const Cell *cell, size_t count);
/** Only what finds the period of a file before it is loaded: the school (board is filled) and the school year, when readable. */
bool row_school_year(RowReader *reader, const Cell *cell, size_t count, int *year);
/** The hash of school, school year and number (schools begin to count again every year), into the row's value too. After row_read. */
int64_t row_key(RowReader *reader, size_t key_at);
void row_put(const RowReader *reader, PgRow *to); /* all columns, delivery and, for private kinds, location first */
int row_columns(const Kind *kind); /* how many columns row_put writes */

#endif
