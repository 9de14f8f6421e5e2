#include "ingest/open.h"

#include <string.h>

#include "ingest/csv.h"

bool open_facts(const Task *task, FileFacts *facts, Err *err)
{
    BYTES_AUTO bytes = NULL;

    return bytes_open_file(task->path, &bytes, err) && facts_read(bytes, facts, err);
}

bool open_head(const Task *task, char *head, size_t room, FileFacts *facts, Err *err)
{
    BYTES_AUTO bytes = NULL;

    memset(facts, 0, sizeof *facts);
    if (!bytes_open_file(task->path, &bytes, err))
        return false;
    size_t got = bytes_fill(bytes, head, room), skip = got >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    char *line_end = memchr(head, '\n', got);
    size_t line = line_end ? (size_t) (line_end - head) : got;
    facts->encoding = text_utf8_span(head + skip, line - skip) == line - skip ? TEXT_UTF8 : TEXT_CP1252;
    facts->delimiter = csv_delimiter_guess(head + skip, got - skip);
    return true;
}

bool open_table(const Task *task, const FileFacts *facts, Table *table, Err *err)
{
    *table = (Table) {0};
    if (!bytes_open_file(task->path, &table->bytes, err))
        return false;
    table->reader = csv_reader(table->bytes, facts->delimiter);
    return true;
}

void table_close(Table *table)
{
    reader_free(table->reader);
    bytes_free(table->bytes);
    *table = (Table) {0};
}
