#include "common/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

ErrWords *err_words;

const char *err_word(const char *text)
{
    return err_words && *text ? err_words(text) : text; /* what a catalogue says of "" is its own head */
}

bool err_set(Err *err, ErrKind kind, const char *format, ...)
{
    va_list args;

    memset(err, 0, sizeof *err);
    err->kind = kind;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, err_word(format), args);
    va_end(args);
    return false;
}

bool err_frame(Err *err, const char *format, ...)
{
    va_list args;

    if (err->frames < ERR_FRAMES) {
        va_start(args, format);
        vsnprintf(err->frame[err->frames++], ERR_FRAME_BYTES, err_word(format), args);
        va_end(args);
    }
    return false;
}

void err_line(const Err *err, char *out, size_t out_bytes)
{
    size_t used = (size_t) snprintf(out, out_bytes, "%s", err->text);

    for (size_t frame = 0; frame < err->frames && used < out_bytes; frame++)
        used += (size_t) snprintf(out + used, out_bytes - used, "%s%s%s", frame ? "; " : " (", err->frame[frame],
                                  frame + 1 == err->frames ? ")" : "");
}
