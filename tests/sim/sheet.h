/** CSV files in the dialects that schools really send, built in memory cell by cell. */
#ifndef VB_SIM_SHEET_H
#define VB_SIM_SHEET_H

#include "common/buf.h"
#include "common/date.h"
#include "common/err.h"

typedef enum SheetDates { SHEET_ISO, SHEET_DMY, SHEET_DMY_SHORT, SHEET_MDY } SheetDates;

typedef struct Dialect {
    char       delimiter;
    bool       cp1252, bom, crlf, quote_all;
    SheetDates dates;
} Dialect;

extern const Dialect sim_dialect_canonical; /* UTF-8, ';', ISO dates */
extern const Dialect sim_dialect_comma;     /* UTF-8 with BOM, ',', dd-mm-jjjj, CRLF */
extern const Dialect sim_dialect_export;    /* Windows-1252, ';', d-m-jjjj, CRLF: a pupil administration */
extern const Dialect sim_dialect_web;       /* UTF-8, ',', everything quoted, CRLF: a form service */

typedef struct Sheet {
    const Dialect *dialect;
    Buf            out, cell; /* UTF-8 until it is stored */
    size_t         row_at;    /* where the current row begins */
    bool           in_row;
} Sheet;

void sim_sheet_begin(Sheet *sheet, const Dialect *dialect, const char *const headers[]); /* headers end in NULL */
void sim_sheet_free(Sheet *sheet);
#define SHEET_AUTO __attribute__((cleanup(sim_sheet_free))) Sheet

void sim_cell_text(Sheet *sheet, const char *text);
void sim_cell_number(Sheet *sheet, long number); /* below zero: empty */
void sim_cell_date(Sheet *sheet, Date date);     /* DATE_NONE: empty */
void sim_cell_parts(Sheet *sheet, DateParts parts); /* not checked: for dates that do not exist */
void sim_cell_format(Sheet *sheet, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** A cell in pieces: write into the buffer, then sim_cell_end. No other cell may come between. */
Buf *sim_cell_begin(Sheet *sheet);
void sim_cell_end(Sheet *sheet);
void sim_row_end(Sheet *sheet);
void sim_row_repeat(Sheet *sheet); /* after sim_row_end: an exact copy of that row */

bool sim_sheet_store(Sheet *sheet, const char *path, Err *err);

#endif
