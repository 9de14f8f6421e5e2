/**
 * `veiligbeeld stat METHOD`: any statistic of analyze/ on a plain CSV, without a database. A method is one row of a table: its columns, its options
 * and one function; help and the checks of the command line come from that table.
 */
#ifndef VB_CLI_STAT_H
#define VB_CLI_STAT_H

#include "common/arena.h"
#include "common/buf.h"
#include "common/err.h"
#include "common/plaincsv.h"

/** A column that a method reads. It can have another name in the file: --ROLE NAME. */
typedef struct StatColumn {
    const char *role;
    const char *meaning;
    bool        optional; /* may be missing; --ROLE none leaves it out */
} StatColumn;

typedef enum StatKind { STAT_NUMBER, STAT_WHOLE, STAT_CHOICE, STAT_TEXT } StatKind;

typedef struct StatOption {
    const char *name;
    StatKind    kind;
    const char *fallback; /* as typed; NULL: not given */
    double      least, most;
    const char *meaning;  /* of a choice: a|b|c: text; of others: text */
} StatOption;

#define NO_MORE_COLUMNS {NULL, NULL, false}
#define NO_MORE_OPTIONS {NULL, STAT_TEXT, NULL, 0, 0, NULL}

typedef struct StatCall StatCall;

typedef struct StatMethod {
    const char       *name, *summary, *output; /* output: the header, comma separated */
    const StatColumn *columns;                 /* ends with role NULL */
    const StatOption *options;                 /* ends with name NULL; may be NULL */
    bool (*run)(StatCall *call);               /* once per series */
} StatMethod;

enum { STAT_SETTINGS_MAX = 24 };

/** Rows of the table that are one series. */
typedef struct StatGroup {
    const char   *name;
    const size_t *row;
    size_t        n;
} StatGroup;

struct StatCall {
    Arena            *arena; /* of the series: reset behind it */
    const StatMethod *method;
    const PlainCsv   *table;
    const char       *given[2][STAT_SETTINGS_MAX]; /* of options and of columns, NULL: fallback, own name */
    const char       *series; /* column that names the series, or NULL */
    const char       *series_name;
    size_t            n;     /* rows of this series */
    const size_t     *row;   /* their rows of the table */
    const StatGroup  *group; /* all series of the file, for a method that learns from the others */
    size_t            n_groups;
    Arena            *kept;  /* of the whole call */
    void             *memo;  /* what a method keeps from one series to the next, in kept; NULL at first */
    bool              json;
    Buf               out;
    size_t            out_rows, out_column;
    Err              *err;
};

/** Methods by family, each list ends with name NULL; and the list of lists, which ends with NULL. */
extern const StatMethod stat_alarm_methods[], stat_time_methods[], stat_group_methods[], stat_sample_methods[];
extern const StatMethod *const stat_families[];

/** Settings, already checked against their kind and range. */
const char *stat_text(const StatCall *call, const char *option); /* NULL: not given and no fallback */
double stat_number(const StatCall *call, const char *option);     /* NaN: not given */
int stat_whole(const StatCall *call, const char *option);         /* 0: not given */
bool stat_is(const StatCall *call, const char *option, const char *choice);
/** "c/d" of an option of kind STAT_TEXT: c from 0, d from 1. */
bool stat_fraction(StatCall *call, const char *option, int *above, int *below);

/** Options from and to as rows from 1. \param fallback first row where from is not given (or --to, when that lies before it) \return false: from after to, or a row that is not there */
bool stat_rows(StatCall *call, size_t fallback, size_t *first, size_t *last);
/** Of every row: a whole count or none, an exposure that is not negative. \param what "cannot look for an alarm" \param exposure NULL: none */
bool stat_counts_check(StatCall *call, const char *what, const double *observed, const double *exposure);
/** An exposure where there is no column of it. */
double *stat_ones(StatCall *call);
extern const StatColumn stat_value_only[];

/** The name that was given for a column, NULL: none. */
const char *stat_column_asked(const StatCall *call, const char *role);

/** Cells of the series as numbers, n long, NaN where empty or NA; NULL and no error: an optional column that is not there. False: ERR_INPUT. */
bool stat_column(StatCall *call, const char *role, double **out);
/** The same as text; as dates (yyyy-mm-dd). */
bool stat_column_text(StatCall *call, const char *role, const char ***out);
bool stat_column_dates(StatCall *call, const char *role, int **out);
/** Several columns, row-major n x k: those named by --ROLE a,b,c, else all but the ones in `but` (comma separated) and the series. */
bool stat_columns(StatCall *call, const char *role, const char *but, double **out, size_t *k, const char ***names);

/** Rows out, cell by cell in the order of method->output; the series comes first by itself. */
void stat_put(StatCall *call, const double *x, size_t n); /* 17 digits; NA for NaN */
#define PUT(call, ...) stat_put(call, (const double[]) {__VA_ARGS__}, sizeof (const double[]) {__VA_ARGS__} / sizeof (double)) /* the next numbers of a row */
void stat_put_text(StatCall *call, const char *text);
void stat_end_row(StatCall *call);

#endif
