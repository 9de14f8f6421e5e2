/* Any bytes as CSV: rows lie inside the text, end, and an open quote never loses the rest of a file; the short way gives the same as the long one. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Bytes *bytes = bytes_of(data, size);
    Bytes *again = bytes_of(data, size);
    char delimiter = csv_delimiter_guess((const char *) data, size);
    Reader *reader = csv_reader(bytes, delimiter), *slow = csv_reader_slowly(again, delimiter);
    const Cell *cell, *want;
    size_t count, wanted, total = 0, rows = 0;

    for (RowStatus status; (status = reader_next(reader, &cell, &count)) != ROW_END; rows++) {
        if (reader_next(slow, &want, &wanted) != status || wanted != count)
            abort();
        for (size_t at = 0; at < count; at++) {
            volatile char touched = 0;
            for (size_t byte = 0; byte < cell[at].bytes; byte++)
                touched ^= cell[at].text[byte];
            total += cell[at].bytes;
            if (cell[at].bytes != want[at].bytes || memcmp(cell[at].text, want[at].text, cell[at].bytes) != 0)
                abort();
        }
    }
    if (reader_next(slow, &want, &wanted) != ROW_END)
        abort();
    if (total > size || rows > size)
        abort();
    reader_free(reader);
    reader_free(slow);
    bytes_free(again);
    bytes_free(bytes);
    return 0;
}
