/**
 * A task's file as a table of text, whatever its format: the one place that knows which reader reads what. Every pass over a
 * file opens it anew.
 */
#ifndef VB_INGEST_OPEN_H
#define VB_INGEST_OPEN_H

#include "ingest/delivery.h"
#include "ingest/facts.h"
#include "ingest/reader.h"

typedef struct Table {
    Bytes  *bytes;
    Reader *reader;
} Table;

/**
 * Read everything once: the bytes of the file and, for formats that wrap text in something else, every cell as a reader
 * gives it, so that a Handle with Care signal is seen however it is written down.
 * ERR_INPUT: cannot be read; the text says what to do
 */
bool open_facts(const Task *task, FileFacts *facts, Err *err);
/** What the first bytes alone tell: delimiter and encoding, enough to read the header. \param head room for them */
bool open_head(const Task *task, char *head, size_t room, FileFacts *facts, Err *err);
bool open_table(const Task *task, const FileFacts *facts, Table *table, Err *err);
void table_close(Table *table);

static inline void table_drop(Table *table) { table_close(table); }
#define TABLE_AUTO __attribute__((cleanup(table_drop))) Table

#endif
