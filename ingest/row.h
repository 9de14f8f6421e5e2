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

enum { ROW_PEOPLE_MAX = 500, ROW_FINDINGS_MAX = 12, ROW_SOON = 8, ROW_MET_BITS = 12, PERSON_BYTES = 18 /* pseudonym 16, role 1, group 1; 0 = not known */ };

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

/* A fault that the row is loaded with, or what may be one: a person with this birth date (born), who is perhaps the same as one whose
 * day and month are exchanged (swapped). Only who sees all rows in order can tell whether that one came by before. */
typedef struct RowFinding {
    RowFault fault;
    bool     perhaps;
    int64_t  born, swapped;
} RowFinding;

typedef struct RowReader {
    Binding        *binding;
    const Forms    *forms;
    const Register *reg;
    Pseudonymizer  *pseudonymizer; /* may be NULL while only school and date are asked for */
    DeliveryRow    *delivery;      /* period and date of reception bound the dates */
    int             fixed_location; /* 0: the rows say */
    int             board;         /* 0: the first known school decides */
    Arena          *scratch;       /* reset for every row */
    bool            numbered;      /* rows carry the number of their delivery, behind binding->columns */
    bool            in_order;      /* it reads every row of the file in their order, so it settles what the first ones decide */
    bool            undecided;     /* not in_order, and a row hung on something that is not settled yet: nothing of it counts */
    int64_t         met[1 << ROW_MET_BITS]; /* some of the persons that a finding was made for already */
    /* the row at hand */
    const Cell     *cell;
    size_t          n_cells;
    int             location_no;
    const LocationPeriod *school;  /* first period of the school the row names; NULL: the delivery says which */
    Value          *value;         /* per column of the kind */
    PersonKey       victim, named[ROW_SOON]; /* the affected person and the first involved ones, looked up soon */
    size_t          n_named;
    uint8_t         people[ROW_PEOPLE_MAX * PERSON_BYTES];
    size_t          n_people;
    int16_t         answer[BIND_ITEMS_MAX];
    int16_t         count[BIND_YEARS_MAX];
    Date            year_begin, year_end; /* of the school year last asked for */
    int             year;
    bool            classified;    /* the text of this row was read by the lexicon */
    LexiconVerdict  verdict;
    RowFault        fault;
    RowFinding      finding[ROW_FINDINGS_MAX];
    size_t          n_findings;
} RowReader;

/** \return false: reader->fault says why the row is rejected */
bool row_read(RowReader *reader, const Cell *cell, size_t count);
/** Only what finds the period of a file before it is loaded: the school (board is filled) and the school year, when readable. */
bool row_school_year(RowReader *reader, const Cell *cell, size_t count, int *year);
/** Only the school that it names; 0: none that is known. */
int row_school(RowReader *reader, const Cell *cell, size_t count);
/** The hash of school, school year and number (schools begin to count again every year), into the row's value too. After row_read. */
int64_t row_key(RowReader *reader, size_t key_at);
void row_put(const RowReader *reader, PgRow *to); /* a whole row: binding->columns, and delivery_no if numbered */

#endif
