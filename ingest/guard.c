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

#ifdef __SSE2__
static inline __m128i equal(__m128i text, int byte)
{
    return _mm_cmpeq_epi8(text, _mm_set1_epi8((char) byte));
}

/* Bytes that may begin something unseen between two letters. */
static inline __m128i unseen(__m128i text)
{
    return _mm_or_si128(_mm_or_si128(equal(text, 0xC2), equal(text, 0xE2)), _mm_or_si128(equal(text, 0xEF), equal(text, 0xAD)));
}

static inline __m128i load(const char *from)
{
    return _mm_loadu_si128((const __m128i *) (const void *) from);
}
#endif

/* Where what we look for could begin at the earliest, or so near the end that this cannot be told. Everything before is passed over sixteen
 * bytes at a time. A beginning is an h with "wc" or "and" behind it, perhaps with something unseen in between; an h that no letter stands
 * before, with what may part initials behind it; a full-width letter; a NUL, from which on letters may stand two bytes apart. */
static size_t next_suspect(const char *data, size_t at, size_t bytes)
{
#ifdef __SSE2__
    const __m128i small = _mm_set1_epi8(0x20), below_a = _mm_set1_epi8('a' - 1), above_z = _mm_set1_epi8('z' + 1);

    if (at == 0)
        return 0; /* what stands before is in the last piece */
    for (; at + 16 + 3 <= bytes; at += 16) {
        const char *from = data + at;
        __m128i raw = load(from), next = load(from + 1);
        __m128i first = equal(_mm_or_si128(raw, small), 'h');
        __m128i wide = _mm_and_si128(equal(raw, 0xEF), _mm_or_si128(equal(next, 0xBC), equal(next, 0xBD)));
        __m128i others = _mm_or_si128(wide, equal(raw, 0));
        if (_mm_movemask_epi8(_mm_or_si128(first, others)) == 0)
            continue;
        __m128i second = _mm_or_si128(next, small), third_raw = load(from + 2), third = _mm_or_si128(third_raw, small);
        __m128i fourth_raw = load(from + 3), fourth = _mm_or_si128(fourth_raw, small);
        __m128i before = _mm_or_si128(load(from - 1), small);
        __m128i letter = _mm_and_si128(_mm_cmpgt_epi8(before, below_a), _mm_cmplt_epi8(before, above_z));
        __m128i parted = _mm_or_si128(_mm_or_si128(_mm_or_si128(equal(next, '.'), equal(next, ' ')), _mm_or_si128(equal(next, '-'), equal(next, '_'))),
                                      _mm_or_si128(_mm_or_si128(equal(next, '/'), _mm_cmplt_epi8(next, _mm_setzero_si128())), unseen(next)));
        __m128i three = _mm_and_si128(equal(second, 'w'), _mm_or_si128(equal(third, 'c'), unseen(third_raw)));
        __m128i handle = _mm_and_si128(equal(second, 'a'), _mm_or_si128(unseen(third_raw), _mm_and_si128(equal(third, 'n'), _mm_or_si128(equal(fourth, 'd'), unseen(fourth_raw)))));
        __m128i spelled = _mm_andnot_si128(letter, parted);
        __m128i begins = _mm_or_si128(_mm_or_si128(three, handle), _mm_or_si128(spelled, unseen(next)));
        int mask = _mm_movemask_epi8(_mm_or_si128(_mm_and_si128(first, begins), others));
        if (mask)
            return at + (size_t) __builtin_ctz((unsigned) mask);
    }
#endif
    (void) data;
    (void) bytes;
    return at;
}

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
