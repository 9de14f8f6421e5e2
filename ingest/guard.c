#include "ingest/guard.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

static void words_step(Guard *guard, unsigned char byte)
{
    unsigned char small = byte | 0x20;

    if (byte < 0x80 && is_ascii_word(byte)) {
        if (small == words[guard->words])
            guard->words++;
        else if (guard->words == 10 && guard->gap == 0 && small == 'a')
            guard->words = 2; /* the h of "with" was the first of another "handle" */
        else
            guard->words = small == 'h';
        guard->gap = 0;
    } else if (guard->words == 6 || guard->words == 10) {
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

static void initials_step(Guard *guard, unsigned char byte)
{
    if (guard->words_only)
        return;
    if (guard->initials == sizeof initials - 1) {
        guard->found = guard->found || !letter_begins(byte);
        guard->initials = 0;
    }
    unsigned char small = byte < 0x80 ? byte | 0x20 : 0;
    if (guard->initials > 0 && small == initials[guard->initials])
        guard->initials++;
    else
        guard->initials = small == 'h' && !letter_before(guard);
}

/* Nothing half seen: the next byte begins anew, but for the letter before it. */
static bool idle(const Guard *guard)
{
    return guard->words == 0 && guard->initials == 0;
}

/* Where what we look for could begin at the earliest: an h with "wc" or "andle" behind it, a NUL (letters may stand two bytes
 * apart from there), or so near the end that this cannot be told. Everything before is passed over sixteen bytes at a time. */
static size_t next_suspect(const char *data, size_t at, size_t bytes)
{
#ifdef __SSE2__
    const __m128i h = _mm_set1_epi8('h'), w = _mm_set1_epi8('w'), a = _mm_set1_epi8('a'), c = _mm_set1_epi8('c'),
                  n = _mm_set1_epi8('n'), d = _mm_set1_epi8('d'), small = _mm_set1_epi8(0x20), zero = _mm_setzero_si128();

    for (; at + 16 + 3 <= bytes; at += 16) {
        const char *from = data + at;
        __m128i raw = _mm_loadu_si128((const __m128i *) (const void *) from);
        __m128i first = _mm_cmpeq_epi8(_mm_or_si128(raw, small), h);
        __m128i second = _mm_or_si128(_mm_loadu_si128((const __m128i *) (const void *) (from + 1)), small);
        __m128i third = _mm_or_si128(_mm_loadu_si128((const __m128i *) (const void *) (from + 2)), small);
        __m128i fourth = _mm_or_si128(_mm_loadu_si128((const __m128i *) (const void *) (from + 3)), small);
        __m128i three = _mm_and_si128(_mm_cmpeq_epi8(second, w), _mm_cmpeq_epi8(third, c));
        __m128i handle = _mm_and_si128(_mm_and_si128(_mm_cmpeq_epi8(second, a), _mm_cmpeq_epi8(third, n)), _mm_cmpeq_epi8(fourth, d));
        __m128i hits = _mm_or_si128(_mm_and_si128(first, _mm_or_si128(three, handle)), _mm_cmpeq_epi8(raw, zero));
        int mask = _mm_movemask_epi8(hits);
        if (mask)
            return at + (size_t) __builtin_ctz((unsigned) mask);
    }
#endif
    (void) data;
    (void) bytes;
    return at;
}

static void byte_look(Guard *guard, unsigned char byte)
{
    if (byte == 0) /* every other byte of UTF-16 */
        return;
    initials_step(guard, byte);
    words_step(guard, byte);
    guard->before[1] = guard->before[0];
    guard->before[0] = byte;
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
    guard->found = guard->found || guard->initials == sizeof initials - 1; /* never with words_only */
    return guard->found;
}

bool guard_text(const char *text)
{
    Guard guard = {0};

    guard_look(&guard, text, strlen(text));
    return guard_end(&guard);
}
