/**
 * Spreadsheets, XLSX and ODS: the tables in them as CSV that gnumeric's ssconvert makes, in a child process (child.h).
 *
 * Why ssconvert: one program for both formats; dates come out as dates whatever their number format, numbers unrounded, empty
 * cells in their place, and every sheet can be asked for. xlsx2csv rounds to what the cell shows, leaves dates in the format
 * of the cell, and knows no ODS. The price is that a whole workbook lies in the converter's memory, so CHILD_MEMORY bounds
 * what can be read; larger tables are a matter for CSV.
 */
#ifndef VB_INGEST_SHEET_H
#define VB_INGEST_SHEET_H

#include "common/arena.h"
#include "ingest/bytes.h"
#include "ingest/reader.h"

enum { SHEETS_MAX = 64, SHEET_BYTES_MAX = 256 * 1024 * 1024 };

typedef struct SheetBook {
    const char **name;  /* of each sheet, in the workbook's order, hidden ones too; not to be shown: a name may be a pupil's */
    size_t       count;
    bool         ods;
    bool         spelled;  /* the initials letter by letter, anywhere in the file (guard.h) */
    bool         handle_with_care; /* a signal anywhere in the file; then nothing else is filled */
} SheetBook;

/**
 * Look through a whole workbook before a converter sees it: every part of the package unpacked, its bytes and, where it is
 * XML, its text (properties, comments, hidden sheets, text boxes). What cannot be looked through is refused: damaged parts,
 * encryption, embedded documents, document type definitions, bombs (archive.h).
 * \param file borrowed, seekable \param book names owned by arena
 */
bool sheet_book(Arena *out, int file, SheetBook *book, Err *err);
/** One sheet as CSV in memory. \param no from 1 \return descriptor, owned by caller: close; -1: ERR_INPUT */
int sheet_text(int file, const SheetBook *book, size_t no, Err *err);
/** The rows of such a text: dates as ISO, rows without a single value left out as blank lines are in CSV. bytes: borrowed */
Reader *sheet_reader(Bytes *bytes);

#endif
