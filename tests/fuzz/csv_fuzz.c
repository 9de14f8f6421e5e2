/* Any bytes as CSV: rows lie inside the text, end, and an open quote never loses the rest of a file. */
#include <stdint.h>
#include <stdlib.h>

#include "ingest/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Bytes *bytes = bytes_of(data, size);
    Reader *reader = csv_reader(bytes, csv_delimiter_guess((const char *) data, size));
    const Cell *cell;
    size_t count, total = 0, rows = 0;

    for (RowStatus status; (status = reader_next(reader, &cell, &count)) != ROW_END; rows++)
        for (size_t at = 0; at < count; at++) {
            volatile char touched = 0;
            for (size_t byte = 0; byte < cell[at].bytes; byte++)
                touched ^= cell[at].text[byte];
            total += cell[at].bytes;
        }
    if (total > size || rows > size)
        abort();
    reader_free(reader);
    bytes_free(bytes);
    return 0;
}
