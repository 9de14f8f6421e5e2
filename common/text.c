#include "common/text.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

size_t text_utf8_span(const char *text, size_t bytes)
{
    const unsigned char *at = (const unsigned char *) text, *end = at + bytes;

    while (at < end) {
        uint64_t chunk[2];
        while (end - at >= 16 && (memcpy(chunk, at, 16), ((chunk[0] | chunk[1]) & UINT64_C(0x8080808080808080)) == 0))
            at += 16;
        if (at == end)
            break;
        if (*at < 0x80) {
            at++;
            continue;
        }
        size_t more = *at >= 0xC2 && *at <= 0xDF ? 1 : (*at & 0xF0) == 0xE0 ? 2 : *at >= 0xF0 && *at <= 0xF4 ? 3 : 0;
        if (more == 0 || (size_t) (end - at) <= more)
            break;
        if ((*at == 0xE0 && at[1] < 0xA0) || (*at == 0xED && at[1] > 0x9F) || (*at == 0xF0 && at[1] < 0x90) ||
            (*at == 0xF4 && at[1] > 0x8F))
            break;
        size_t good = 1;
        while (good <= more && (at[good] & 0xC0) == 0x80)
            good++;
        if (good <= more)
            break;
        at += more + 1;
    }
    return (size_t) (at - (const unsigned char *) text);
}

char *text_from_cp1252(Arena *out, const char *text, size_t bytes)
{
    static const uint16_t high[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                      0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    char *result = arena_alloc(out, bytes * 3 + 1), *to = result;

    for (size_t at = 0; at < bytes; at++) {
        unsigned char byte = (unsigned char) text[at];
        unsigned code = byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;
        if (code < 0x80) {
            *to++ = (char) code;
        } else if (code < 0x800) {
            *to++ = (char) (0xC0 | (code >> 6));
            *to++ = (char) (0x80 | (code & 0x3F));
        } else {
            *to++ = (char) (0xE0 | (code >> 12));
            *to++ = (char) (0x80 | ((code >> 6) & 0x3F));
            *to++ = (char) (0x80 | (code & 0x3F));
        }
    }
    *to = '\0';
    return result;
}

void text_trim(const char **text, size_t *bytes)
{
    const char *at = *text, *end = at + *bytes;

    for (;;) {
        if (at < end && (*at == ' ' || (*at >= '\t' && *at <= '\r')))
            at++;
        else if (end - at >= 2 && at[0] == '\xC2' && at[1] == '\xA0')
            at += 2;
        else
            break;
    }
    for (;;) {
        if (end > at && (end[-1] == ' ' || (end[-1] >= '\t' && end[-1] <= '\r')))
            end--;
        else if (end - at >= 2 && end[-2] == '\xC2' && end[-1] == '\xA0')
            end -= 2;
        else
            break;
    }
    *text = at;
    *bytes = (size_t) (end - at);
}

/* Fold by utf8proc into code points; the caller filters. NULL: not UTF-8. Owned by caller: free(). */
static utf8proc_int32_t *code_points(const char *text, size_t bytes, utf8proc_option_t options, size_t *count)
{
    if (text_utf8_span(text, bytes) != bytes)
        return NULL;
    size_t room = bytes * 4 + 16;
    utf8proc_int32_t *points = malloc(room * sizeof *points);
    if (!points)
        return NULL;
    utf8proc_ssize_t made = utf8proc_decompose((const utf8proc_uint8_t *) text, (utf8proc_ssize_t) bytes, points,
                                               (utf8proc_ssize_t) room, options);
    if (made >= 0 && (size_t) made <= room)
        made = utf8proc_normalize_utf32(points, made, options);
    if (made < 0 || (size_t) made > room) {
        free(points);
        return NULL;
    }
    *count = (size_t) made;
    return points;
}

static bool is_word(utf8proc_int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);

    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO) || point == 0xFFFD;
}

/* NAME_OPTIONS: how names are folded. LATIN_LONG_WAY: a letter that the table cannot hold. */
static const utf8proc_option_t NAME_OPTIONS = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK;
enum { LATIN_LONG_WAY = 1 };

char *text_key(Arena *out, const char *text, size_t bytes)
{
    size_t count;
    bool plain = true;

    /* Nearly every header and code is ASCII: the short way costs no call into utf8proc. */
    char *key = arena_alloc(out, bytes + 1), *to = key;
    bool gap = false;
    for (size_t at = 0; at < bytes; at++) {
        unsigned char byte = (unsigned char) text[at];
        if (byte >= 0x80) {
            plain = false;
            break;
        }
        bool keep = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                    byte == '+' || byte == '-' || byte == '?' || byte == '<' || byte == '>';
        if (!keep) {
            gap = to > key;
            continue;
        }
        if (gap)
            *to++ = '_';
        gap = false;
        *to++ = (char) (byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
    }
    if (plain) {
        *to = '\0';
        return key;
    }
    utf8proc_int32_t *points = code_points(
        text, bytes, UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STABLE | UTF8PROC_IGNORE, &count);
    if (!points)
        return NULL;
    key = arena_alloc(out, count * 5 + 1);
    to = key;
    gap = false;
    for (size_t at = 0; at < count; at++) {
        utf8proc_int32_t point = points[at];
        if (!is_word(point) && !(point < 0x80 && strchr("+-?<>", (int) point))) {
            gap = to > key;
            continue;
        }
        if (gap)
            *to++ = '_';
        gap = false;
        to += utf8proc_encode_char(point, (utf8proc_uint8_t *) to);
    }
    *to = '\0';
    free(points);
    return key;
}

/* What text_name_fold makes of the letters of two bytes up to U+017F, each by itself: made once, by utf8proc. "" = a space. */
enum { LATIN_FIRST = 0x80, LATIN_LAST = 0x17F, LATIN_BYTES = 4 };
static char latin[LATIN_LAST - LATIN_FIRST + 1][LATIN_BYTES];
static pthread_once_t latin_once = PTHREAD_ONCE_INIT; /* workers fold names too */

static void latin_make(void)
{
    for (int point = LATIN_FIRST; point <= LATIN_LAST; point++) {
        char letter[2] = {(char) (0xC0 | point >> 6), (char) (0x80 | (point & 0x3F))};
        size_t count;
        utf8proc_int32_t *points = code_points(letter, 2, NAME_OPTIONS, &count);
        char *to = latin[point - LATIN_FIRST];
        for (size_t at = 0; points && at < count; at++)
            if (!is_word(points[at]) || points[at] >= 0x80 || at + 1 >= LATIN_BYTES) {
                *(to = latin[point - LATIN_FIRST]) = LATIN_LONG_WAY;
                break;
            } else {
                *to++ = (char) points[at];
            }
        free(points);
    }
}

/* The short way for names of ASCII and Latin letters: no call into utf8proc. NULL: this text needs the long way. */
static char *latin_fold(Arena *out, const char *text, size_t bytes)
{
    char *folded = arena_alloc(out, bytes * 2 + 1), *to = folded;

    pthread_once(&latin_once, latin_make);
    for (size_t at = 0; at < bytes; at++) {
        unsigned char byte = (unsigned char) text[at];
        if (byte < 0x80) {
            unsigned char small = byte | 0x20;
            if ((small >= 'a' && small <= 'z') || (byte >= '0' && byte <= '9'))
                *to++ = (char) (byte >= 'A' && byte <= 'Z' ? small : byte);
            else if (to > folded && to[-1] != ' ')
                *to++ = ' ';
            continue;
        }
        if (byte < 0xC2 || byte > 0xC5 || at + 1 == bytes || ((unsigned char) text[at + 1] & 0xC0) != 0x80)
            return NULL;
        const char *made = latin[((byte & 0x1F) << 6 | ((unsigned char) text[++at] & 0x3F)) - LATIN_FIRST];
        if (*made == LATIN_LONG_WAY || *made == '\0')
            return NULL;
        while (*made)
            *to++ = *made++;
    }
    if (to > folded && to[-1] == ' ')
        to--;
    *to = '\0';
    return folded;
}

char *text_name_fold(Arena *out, const char *text, size_t bytes)
{
    char *short_way = latin_fold(out, text, bytes);

    return short_way ? short_way : text_name_fold_long(out, text, bytes);
}

char *text_name_fold_long(Arena *out, const char *text, size_t bytes)
{
    size_t count;
    utf8proc_int32_t *points =
        code_points(text, bytes, NAME_OPTIONS, &count);

    if (!points)
        return NULL;
    char *folded = arena_alloc(out, count * 5 + 1), *to = folded;
    for (size_t at = 0; at < count; at++) {
        utf8proc_int32_t point = points[at];
        if (is_word(point))
            to += utf8proc_encode_char(point, (utf8proc_uint8_t *) to);
        else if (to > folded && to[-1] != ' ')
            *to++ = ' ';
    }
    if (to > folded && to[-1] == ' ')
        to--;
    *to = '\0';
    free(points);
    return folded;
}

bool text_equal_nocase(const char *a, const char *b)
{
    return strcasecmp(a, b) == 0;
}
