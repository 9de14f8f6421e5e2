#include "common/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void room_make(Buf *buf, size_t bytes)
{
    if (bytes + 1 <= buf->room - buf->length && buf->data)
        return;
    size_t room = buf->room ? buf->room : 256;
    while (room - buf->length < bytes + 1)
        room *= 2;
    char *grown = realloc(buf->data, room);
    if (!grown)
        _exit(70); /* as arena.c: nobody above could do better */
    buf->data = grown;
    buf->room = room;
}

void buf_add(Buf *buf, const void *data, size_t bytes)
{
    room_make(buf, bytes);
    memcpy(buf->data + buf->length, data, bytes);
    buf->length += bytes;
    buf->data[buf->length] = '\0';
}

void buf_text(Buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_format(Buf *buf, const char *format, ...)
{
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (need > 0) {
        room_make(buf, (size_t) need);
        vsnprintf(buf->data + buf->length, (size_t) need + 1, format, again);
        buf->length += (size_t) need;
    }
    va_end(again);
}

void buf_free(Buf *buf)
{
    free(buf->data);
    memset(buf, 0, sizeof *buf);
}
