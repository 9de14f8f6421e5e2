#include "ingest/guard.h"

#include <stdint.h>
#include <string.h>

static const char words[] = "handlewithcare"; /* separators may stand before letters 6 and 10 */
static const char initials[] = "hwc";

static bool is_ascii_word(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Does a letter end here? A continuation byte belongs to a letter when its lead is C3 to DF; C2 and E2 lead punctuation. */
static bool letter_before(const Guard *guard)
{
    unsigned char last = guard->before[0], lead = guard->before[1];

    if (last < 0x80)
        return is_ascii_word(last);
    return last >= 0xC0 || (lead >= 0xC3 && lead <= 0xDF);
}

/* A digit behind the initials does not make another word of them: "HwC1", "HwC-2026". */
static bool letter_begins(unsigned char byte)
{
    return byte < 0x80 ? is_ascii_word(byte) && byte > '9' : byte >= 0xC3 && byte != 0xE2;
}

/* letters: "handle", "with" or "w", "care"; from 6 and from 10 on separators may come first. */
static void words_step(Guard *guard, unsigned char byte)
{
    enum { WITH = 6, ONLY_W = 7, CARE = 10 };
    unsigned char small = byte | 0x20;

    if (byte < 0x80 && is_ascii_word(byte)) {
        if (small == words[guard->words])
            guard->words++;
        else if (guard->words == ONLY_W && small == 'c')
            guard->words = CARE + 1;
        else if (guard->words == CARE && guard->gap == 0 && small == 'a')
            guard->words = 2; /* the h of "with" was the first of another "handle" */
        else
            guard->words = small == 'h';
        guard->gap = 0;
    } else if (guard->words == WITH || guard->words == CARE || guard->words == ONLY_W) {
        if (guard->words == ONLY_W)
            guard->words = CARE;
        if (guard->gap < 255)
            guard->gap++;
        else
            guard->words = 0; /* that far apart they are no longer one name */
    } else {
        guard->words = 0;
    }
    if (guard->words == sizeof words - 1) {
        guard->found = true;
        guard->words = 0;
    }
}

/* What may stand between initials: "h.w.c.", "h w c"; also no-break spaces, dashes and middle dots. Never what parts cells or rows. */
static bool between_initials(unsigned char byte)
{
    return byte == '.' || byte == ' ' || byte == '-' || byte == '_' || byte == '/' || byte == 0xC2 || byte == 0xA0 || byte == 0xB7 || byte == 0xE2 ||
           (byte >= 0x80 && byte <= 0x97);
}

static void initials_end(Guard *guard)
{
    if (guard->initials >= sizeof initials - 1) {
        guard->found = guard->found || guard->gaps == 0;
        guard->spelled = guard->spelled || guard->gaps == 2; /* "h wc" is a room and a toilet */
    }
    guard->initials = 0;
}

static void initials_step(Guard *guard, unsigned char byte)
{
    enum { GAP_MAX = 6, ALL = sizeof initials - 1, POINT_BEHIND };

    if (guard->words_only)
        return;
    if (guard->initials == ALL && guard->gaps == 2 && byte == '.') {
        guard->initials = POINT_BEHIND; /* "H.W.C.A." is somebody with more initials */
        return;
    }
    if (guard->initials >= ALL) {
        if (letter_begins(byte))
            guard->initials = 0;
        initials_end(guard);
    }
    unsigned char small = byte < 0x80 ? byte | 0x20 : 0;
    if (guard->initials > 0 && small == initials[guard->initials]) {
        guard->initials++;
        guard->gap_bytes = 0;
    } else if (guard->initials > 0 && between_initials(byte) && guard->gap_bytes < GAP_MAX) {
        guard->gaps = (unsigned char) (guard->gaps + (guard->gap_bytes == 0));
        guard->gap_bytes++;
    } else {
        guard->initials = small == 'h' && !letter_before(guard);
        guard->gaps = guard->gap_bytes = 0;
    }
}

/* Nothing half seen: the next byte begins anew, but for the letter before it. */
static bool idle(const Guard *guard)
{
    return guard->words == 0 && guard->initials == 0 && guard->n_held == 0;
}

/* Thirty-two bytes at once, in the widest registers that the processor has (gcc's and clang's vectors: comparing gives all bits of a byte or none). */
typedef unsigned char Wide __attribute__((vector_size(32)));
typedef uint64_t Words __attribute__((vector_size(32)));

#define IS(text, byte) ((Wide) ((text) == (unsigned char) (byte)))
/* Bytes that may begin something unseen between two letters. */
#define UNSEEN(text) (IS(text, 0xC2) | IS(text, 0xE2) | IS(text, 0xEF) | IS(text, 0xAD))

/* Where what we look for could begin at the earliest, or so near the end that this cannot be told. A beginning is an h with "wc" or "and" behind it,
 * perhaps with something unseen in between; an h that no letter stands before, with what may part initials behind it; a full-width letter; a NUL, from
 * which on letters may stand two bytes apart. All of it is computed for every byte: an h is too frequent for a branch that the processor could foresee. */
static inline __attribute__((always_inline)) size_t suspect_find(const char *data, size_t at, size_t bytes)
{
    if (at == 0)
        return 0; /* what stands before is in the last piece */
    for (; at + sizeof(Wide) + 3 <= bytes; at += sizeof(Wide)) {
        Wide raw, next, third_raw, fourth_raw, before;
        memcpy(&raw, data + at, sizeof raw);
        memcpy(&next, data + at + 1, sizeof next);
        memcpy(&third_raw, data + at + 2, sizeof third_raw);
        memcpy(&fourth_raw, data + at + 3, sizeof fourth_raw);
        memcpy(&before, data + at - 1, sizeof before);
        Wide first = raw | 0x20, second = next | 0x20, third = third_raw | 0x20, fourth = fourth_raw | 0x20, last = before | 0x20;
        Wide letter = (Wide) (last >= (unsigned char) 'a') & (Wide) (last <= (unsigned char) 'z');
        Wide parted = IS(next, '.') | IS(next, ' ') | IS(next, '-') | IS(next, '_') | IS(next, '/') | (Wide) (next >= (unsigned char) 0x80);
        Wide three = IS(second, 'w') & (IS(third, 'c') | UNSEEN(third_raw));
        Wide handle = IS(second, 'a') & (UNSEEN(third_raw) | (IS(third, 'n') & (IS(fourth, 'd') | UNSEEN(fourth_raw))));
        Wide wide = IS(raw, 0xEF) & (IS(next, 0xBC) | IS(next, 0xBD));
        Wide found = (IS(first, 'h') & (three | handle | (parted & ~letter) | UNSEEN(next))) | wide | IS(raw, 0);
        Words some = (Words) found;
        if (some[0] | some[1] | some[2] | some[3])
            for (size_t byte = 0; byte < sizeof(Wide); byte++)
                if (found[byte])
                    return at + byte;
    }
    return at;
}

#ifdef __x86_64__
__attribute__((target("avx2"))) static size_t suspect_avx2(const char *data, size_t at, size_t bytes)
{
    return suspect_find(data, at, bytes);
}

static size_t next_suspect(const char *data, size_t at, size_t bytes)
{
    return __builtin_cpu_supports("avx2") ? suspect_avx2(data, at, bytes) : suspect_find(data, at, bytes);
}
#else
static size_t next_suspect(const char *data, size_t at, size_t bytes)
{
    return suspect_find(data, at, bytes);
}
#endif

/* One byte that stands for what it is, or a letter that several bytes stood for. */
static void letter_look(Guard *guard, unsigned char byte)
{
    initials_step(guard, byte);
    words_step(guard, byte);
}

static void before_set(Guard *guard, unsigned char byte)
{
    guard->before[1] = guard->before[0];
    guard->before[0] = byte;
}

/* A soft hyphen of Windows-1252 is this byte alone; in UTF-8 it continues many a letter. */
static bool soft_hyphen(const Guard *guard, unsigned char byte)
{
    return byte == 0xAD && guard->before[0] < 0xC2;
}

static void held_flush(Guard *guard)
{
    for (unsigned at = 0; at < guard->n_held; at++) {
        if (!soft_hyphen(guard, guard->held[at]))
            letter_look(guard, guard->held[at]);
        before_set(guard, guard->held[at]);
    }
    guard->n_held = 0;
}

/* May these bytes begin what is not seen, or a full-width letter? */
static bool may_begin(const unsigned char *held, unsigned count, unsigned char byte)
{
    if (count == 0)
        return byte == 0xC2 || byte == 0xE2 || byte == 0xEF;
    return count == 1 && ((held[0] == 0xE2 && (byte == 0x80 || byte == 0x81)) || (held[0] == 0xEF && (byte == 0xBB || byte == 0xBC || byte == 0xBD)));
}

/* What held and this byte are together. \return -1: nothing of that kind; 0: not seen; else the ASCII letter */
static int unit_of(const unsigned char *held, unsigned count, unsigned char byte)
{
    if (count == 1)
        return held[0] == 0xC2 && byte == 0xAD ? 0 : -1; /* soft hyphen */
    if (count != 2)
        return -1;
    if (held[0] == 0xE2)
        return (held[1] == 0x80 && byte >= 0x8B && byte <= 0x8F) || (held[1] == 0x81 && byte >= 0xA0 && byte <= 0xA4) ? 0 : -1; /* zero width, joiners */
    if (held[1] == 0xBB)
        return byte == 0xBF ? 0 : -1;
    if (held[1] == 0xBC)
        return byte >= 0xA1 && byte <= 0xBA ? byte - 0xA1 + 'A' : byte == 0x8E ? '.' : byte == 0x8F ? '/' : -1;
    return byte >= 0x81 && byte <= 0x9A ? byte - 0x81 + 'a' : -1;
}

static void byte_look(Guard *guard, unsigned char byte)
{
    if (byte == 0) /* every other byte of UTF-16 */
        return;
    int unit = unit_of(guard->held, guard->n_held, byte);
    if (unit >= 0) {
        if (unit > 0)
            letter_look(guard, (unsigned char) unit);
        for (unsigned at = 0; at < guard->n_held; at++)
            before_set(guard, guard->held[at]);
        before_set(guard, byte);
        guard->n_held = 0;
        return;
    }
    if (guard->n_held && may_begin(guard->held, guard->n_held, byte)) {
        guard->held[guard->n_held++] = byte;
        return;
    }
    held_flush(guard);
    if (may_begin(guard->held, 0, byte)) {
        guard->held[guard->n_held++] = byte;
        return;
    }
    if (!soft_hyphen(guard, byte))
        letter_look(guard, byte);
    before_set(guard, byte);
}

bool guard_look_slowly(Guard *guard, const char *data, size_t bytes)
{
    for (size_t at = 0; at < bytes && !guard->found; at++)
        byte_look(guard, (unsigned char) data[at]);
    return guard->found;
}

bool guard_look(Guard *guard, const char *data, size_t bytes)
{
    bool nuls = memchr(data, '\0', bytes) != NULL; /* then letters need not be neighbours */

    for (size_t at = 0; at < bytes && !guard->found;) {
        if (!nuls && idle(guard)) {
            size_t suspect = next_suspect(data, at, bytes);
            if (suspect >= at + 2) {
                guard->before[0] = (unsigned char) data[suspect - 1];
                guard->before[1] = (unsigned char) data[suspect - 2];
                at = suspect;
            }
        }
        /* At least so far that an h which leads nowhere is left behind. */
        for (size_t to = at + 24 < bytes ? at + 24 : bytes; at < to && !guard->found; at++)
            byte_look(guard, (unsigned char) data[at]);
    }
    return guard->found;
}

bool guard_end(Guard *guard)
{
    held_flush(guard);
    initials_end(guard); /* never with words_only */
    return guard->found;
}

bool guard_text(const char *text)
{
    Guard guard = {0};

    guard_look(&guard, text, strlen(text));
    return guard_end(&guard) || guard.spelled;
}
