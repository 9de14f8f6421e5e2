/* Any bytes as an SPSS file: what we write of it is lines of quoted cells, and reading it ends. In this process, so that a crash is seen;
 * the program itself reads these files in a child. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ingest/csv.h"
#include "ingest/sav.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int file = memfd_create("fuzz", MFD_CLOEXEC), rows = memfd_create("rows", MFD_CLOEXEC), labels = memfd_create("labels", MFD_CLOEXEC);

    if (file < 0 || rows < 0 || labels < 0 || write(file, data, size) != (ssize_t) size)
        abort();
    sav_write(file, SAV_LABELS, labels);
    if (sav_write(file, SAV_ROWS, rows) == 0) { /* of a file that is good, every row has as many cells as the header */
        Bytes *bytes = bytes_of_file(rows);
        Reader *reader = csv_reader(bytes, ',');
        const Cell *cell;
        size_t count, columns = 0;
        RowStatus status;
        while ((status = reader_next(reader, &cell, &count)) != ROW_END) {
            if (columns == 0)
                columns = count;
            if (status == ROW_GOOD && count != columns)
                abort();
        }
        reader_free(reader);
        bytes_free(bytes);
    }
    close(file);
    close(rows);
    close(labels);
    return 0;
}
