/** A growing byte buffer for output that is built piece by piece. Owned by the caller: buf_free. */
#ifndef VB_COMMON_BUF_H
#define VB_COMMON_BUF_H

#include <stddef.h>

typedef struct Buf {
    char  *data; /* always terminated by a NUL that length does not count; NULL while empty */
    size_t length, room;
} Buf;

void buf_add(Buf *buf, const void *data, size_t bytes);
void buf_text(Buf *buf, const char *text);
void buf_format(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_free(Buf *buf);
#define BUF_AUTO __attribute__((cleanup(buf_free))) Buf

#endif
