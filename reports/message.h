/**
 * Dutch sentences from templates (config/wording.json): "{n} {n|school|scholen} leverde{n||n} niets".
 * {name} is replaced by a text, {name|one|many} by one or many according to the number of that name.
 */
#ifndef VB_REPORTS_MESSAGE_H
#define VB_REPORTS_MESSAGE_H

#include "common/config.h"

typedef struct MessageValue {
    const char *name, *text;
    double      number; /* for plurals */
} MessageValue;

/** Fill a template; a name that is not among the values stays visible as {name}, so that a test finds it. Owned by arena. */
const char *message_fill(Arena *out, const char *template_text, const MessageValue *values, size_t count);

/** The sentences of config/wording.json, and over them those of a board's own wording.json: it holds only what it changes. ERR_CONFIG when that
 *  has a text that is not asked for, a value that is not there or another number of columns. */
typedef struct Wording Wording;
bool wording_load(Arena *out, const Place *place, Wording **wording, Err *err);
/** Template of a key like "regel.gepest"; NULL when there is none. */
const char *wording_get(const Wording *wording, const char *key);
/** Replace words that an edition may not use (DOMAIN 5: seksueel in the editions for gmr and parents). */
const char *wording_apply(Arena *out, const Wording *wording, const char *edition, const char *text);

/** "a, b en c"; "" of none. */
const char *message_list(Arena *out, const char *const *texts, size_t count);

/** With a capital in front. */
const char *message_capital(Arena *out, const char *text);

/** A town as people write it, of the capitals of a register: "'S-GRAVENHAGE" is 's-Gravenhage, "BERGEN OP ZOOM" Bergen op Zoom.
 *  What has a small letter in it is left as it is. */
const char *message_town(Arena *out, const char *name);

#endif
