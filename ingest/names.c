#include "ingest/names.h"

#include <string.h>
#include <strings.h>

typedef struct Words {
    size_t count;
    size_t prefixes;      /* tussenvoegsels at the beginning */
    bool   prefix_last;
    bool   points;        /* a point in the last word, as in "J.P." */
} Words;

static bool is_prefix(const char *word, size_t bytes)
{
    static const char *const prefixes[] = {"van", "der", "den", "de", "het", "'t", "\xE2\x80\x99t", "te", "ten", "ter", "in", "op", "v.d.", "v/d", "vd", "v.", "d.",
                                           "el", "al", "la", "le", "du", "von", "zu", "di", "da"};

    for (size_t at = 0; at < sizeof prefixes / sizeof *prefixes; at++)
        if (strlen(prefixes[at]) == bytes && strncasecmp(prefixes[at], word, bytes) == 0)
            return true;
    return false;
}

static Words words_of(const char *text, size_t bytes)
{
    Words words = {0};
    const char *end = text + bytes;

    for (;;) {
        while (text < end && (*text == ' ' || *text == '\t'))
            text++;
        const char *word = text;
        while (text < end && *text != ' ' && *text != '\t')
            text++;
        size_t length = (size_t) (text - word);
        if (length == 0)
            return words;
        words.prefix_last = is_prefix(word, length);
        words.prefixes += words.prefix_last && words.prefixes == words.count;
        words.points = memchr(word, '.', length) != NULL;
        words.count++;
    }
}

bool names_single(const char *text, size_t bytes)
{
    Words words = words_of(text, bytes);

    return words.count == 1 && words.prefixes == 0;
}

bool names_surname(const char *text, size_t bytes)
{
    Words words = words_of(text, bytes);

    return words.count && words.count == words.prefixes + 1;
}

bool names_pair(const char *surname, size_t surname_bytes, const char *given, size_t given_bytes, bool more)
{
    Words before = words_of(surname, surname_bytes), behind = words_of(given, given_bytes);

    if (behind.count == 0 || before.count != before.prefixes + 1)
        return false;
    if (behind.prefix_last)
        return behind.prefixes < behind.count ? behind.prefixes == 0 : true;
    if (behind.count != 1)
        return false;
    return behind.points || before.prefixes > 0 || more;
}
