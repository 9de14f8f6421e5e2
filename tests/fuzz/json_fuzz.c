/* Any bytes as JSON: nothing leaks whatever is damaged. */
#include "ingest/json.h"

#include "tests/fuzz/reader_try.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return reader_try(json_open, true, data, size);
}
