/**
 * A task's file as a table of text, whatever its format: the one place that knows which reader reads what. An input is opened
 * once per task, so that what a converter made of it is made once; every pass over it begins anew.
 */
#ifndef VB_INGEST_OPEN_H
#define VB_INGEST_OPEN_H

#include <sys/stat.h>

#include "ingest/delivery.h"
#include "ingest/facts.h"
#include "ingest/reader.h"

typedef enum Format { FORMAT_CSV, FORMAT_JSON, FORMAT_XML, FORMAT_SAV, FORMAT_SHEET, FORMAT_ZIP, FORMATS } Format;

/** By the first bytes where these say it, else by the name. */
Format open_format(const char *name, const char *head, size_t bytes);
/** Of a file on disk; one that cannot be read is CSV, and is refused when it is opened as such. */
Format open_format_of(const char *path);

typedef struct Input {
    BytesMaker  maker;  /* the raw bytes of the file or entry: what readers are opened on */
    const Task *task;
    Format      format;
    int         file;   /* the file on disk */
    struct stat was;    /* that file before a byte of it was read */
    int         held;   /* an entry of a zip file that must be read out of order, in memory; else file itself */
    int         text;   /* what a converter made of a sheet, in memory; -1: no sheet */
    Reader     *kept;   /* of a table that was closed, and can be read again (Reader.again); NULL */
} Input;

typedef struct Table {
    Input  *input;  /* borrowed */
    Bytes  *bytes;
    Reader *reader;
} Table;

/** ERR_INPUT: cannot be read; the text says what to do. task: borrowed until input_close */
bool input_open(const Task *task, Input *input, Err *err);
void input_close(Input *input); /* also of one that could not be opened */
/** ERR_INPUT: somebody wrote to the file since it was opened, so that what was looked at and hashed need not be what was read afterwards. */
bool input_unchanged(const Input *input, Err *err);
/** Is a file still what it was, as far as the system tells? */
bool open_unchanged(const struct stat *was, const struct stat *now);

/**
 * Read everything once: the bytes of the file and, for formats that wrap text in something else, every cell as a reader
 * gives it, so that a Handle with Care signal is seen however it is written down.
 * ERR_INPUT: cannot be read; the text says what to do
 */
bool open_facts(Input *input, FileFacts *facts, Err *err);
/** Hashes of all sheets of a workbook as the server writes an array, "{a,b}"; NULL: not one of several. Owned by arena. */
bool open_siblings(Arena *out, const Input *input, const char **hashes, Err *err);
/** What the first bytes alone tell: delimiter and encoding, enough to read the header. \param head room for them */
bool open_head(const Input *input, char *head, size_t room, FileFacts *facts, Err *err);
/** input: borrowed until table_close */
bool open_table(Input *input, const FileFacts *facts, Table *table, Err *err);
void table_close(Table *table);

static inline void table_drop(Table *table) { table_close(table); }
#define TABLE_AUTO __attribute__((cleanup(table_drop))) Table
#define INPUT_AUTO __attribute__((cleanup(input_close))) Input

#endif
