#include "ingest/guard.h"

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

bool guard_look(Guard *guard, const char *data, size_t bytes)
{
    for (size_t at = 0; at < bytes && !guard->found; at++) {
        unsigned char byte = (unsigned char) data[at];
        if (byte == 0) /* every other byte of UTF-16 */
            continue;
        initials_step(guard, byte);
        words_step(guard, byte);
        guard->before[1] = guard->before[0];
        guard->before[0] = byte;
    }
    return guard->found;
}

bool guard_end(Guard *guard)
{
    guard->found = guard->found || guard->initials == sizeof initials - 1;
    return guard->found;
}

bool guard_text(const char *text)
{
    Guard guard = {0};

    guard_look(&guard, text, strlen(text));
    return guard_end(&guard);
}
