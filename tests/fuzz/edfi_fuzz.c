/* Any bytes as Ed-Fi XML: no row is broken, a file is well-formed up to there or ends. */
#include "ingest/edfi.h"

#include "tests/fuzz/reader_try.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return reader_try(edfi_open, false, data, size);
}
