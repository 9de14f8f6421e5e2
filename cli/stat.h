/**
 * `veiligbeeld stat METHOD`: any statistic of analyze/ on a plain CSV, without a database. A method is one row of a table: its columns, its options
 * and one function; help and the checks of the command line come from that table.
 */
#ifndef VB_CLI_STAT_H
#define VB_CLI_STAT_H

#include "common/arena.h"
#include "common/buf.h"
#include "common/err.h"

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

typedef struct StatCall StatCall;

typedef struct StatMethod {
    const char       *name, *summary, *output; /* output: the header, comma separated */
    const StatColumn *columns;                 /* ends with role NULL */
    const StatOption *options;                 /* ends with name NULL; may be NULL */
    bool (*run)(StatCall *call);               /* once per series */
} StatMethod;

enum { STAT_SETTINGS_MAX = 24 };

/** The file, as text. */
typedef struct StatTable {
    const char  *path;
    size_t       rows, columns;
    const char **name, **cell; /* cell: row after row */
    char         delimiter;
} StatTable;

struct StatCall {
    Arena            *arena; /* of the series: reset behind it */
    const StatMethod *method;
    const StatTable  *table;
    const char       *given[2][STAT_SETTINGS_MAX]; /* of options and of columns, NULL: fallback, own name */
    const char       *series; /* column that names the series, or NULL */
    const char       *series_name;
    size_t            n;     /* rows of this series */
    const size_t     *row;   /* their places in the table */
    bool              json;
    Buf               out;
    size_t            out_rows, out_column;
    Err              *err;
};

extern const StatMethod stat_methods[];
extern const size_t stat_n_methods;

/** Reads a CSV. ERR_INPUT: cannot be opened, no header, no row, a row with more or fewer cells, an open quote, more than 20 million cells. */
bool stat_table_read(Arena *out, const char *path, StatTable *table, Err *err);
/** Place of a column by name; false: ERR_INPUT with the names that there are. */
bool stat_table_column(const StatTable *table, const char *name, size_t *column, Err *err);

/** Settings, already checked against their kind and range. */
const char *stat_text(const StatCall *call, const char *option); /* NULL: not given and no fallback */
double stat_number(const StatCall *call, const char *option);     /* NaN: not given */
int stat_whole(const StatCall *call, const char *option);         /* 0: not given */
bool stat_is(const StatCall *call, const char *option, const char *choice);
/** "c/d" of an option of kind STAT_TEXT. */
bool stat_fraction(StatCall *call, const char *option, int *above, int *below);

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
void stat_put_text(StatCall *call, const char *text);
void stat_end_row(StatCall *call);

#endif
