#include "common/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

size_t text_utf8_span(const char *text, size_t bytes)
{
    const unsigned char *at = (const unsigned char *) text, *end = at + bytes;

    while (at < end) {
        uint64_t chunk;
        if (end - at >= 8 && (memcpy(&chunk, at, 8), (chunk & UINT64_C(0x8080808080808080)) == 0)) {
            at += 8;
            continue;
        }
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

char *text_name_fold(Arena *out, const char *text, size_t bytes)
{
    size_t count;
    utf8proc_int32_t *points =
        code_points(text, bytes, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &count);

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
