#include "ingest/guard.h"

#include <string.h>
#include <strings.h>

static bool is_word(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

/* Letters of the word at p, ignoring case and separators of at most 8 bytes between them; NULL: does not match. */
static const char *word_match(const char *p, const char *end, const char *word)
{
    for (; *word; word++) {
        if (*word == ' ') {
            for (int gap = 0; p < end && gap < 8 && !is_word((unsigned char) *p); gap++)
                p++;
            /* NBSP and typographic dashes in UTF-8 or Windows-1252 */
            while (p < end && (unsigned char) *p >= 0x80)
                p++;
            while (p < end && !is_word((unsigned char) *p))
                p++;
            continue;
        }
        if (p == end || (*p | 0x20) != *word)
            return NULL;
        p++;
    }
    return p;
}

/* Search [data, data+bytes); before: the byte in front, 0 = none; at the end a word only counts when final. */
static bool search(const char *data, size_t bytes, unsigned char before, bool final)
{
    const char *end = data + bytes, *from = data;

    while (from < end) {
        const char *low = memchr(from, 'h', (size_t) (end - from));
        const char *high = memchr(from, 'H', (size_t) ((low ? low : end) - from));
        const char *p = high ? high : low;
        if (!p)
            return false;
        if (word_match(p, end, "handle with care"))
            return true;
        const char *after = word_match(p, end, "hwc");
        unsigned char left = p == data ? before : (unsigned char) p[-1];
        if (after && !is_word(left) && (after < end ? !is_word((unsigned char) *after) : final))
            return true;
        from = p + 1;
    }
    return false;
}

bool guard_look(Guard *guard, const char *data, size_t bytes)
{
    if (guard->found || bytes == 0)
        return guard->found;
    /* Join the tail of the last piece with the head of this one. */
    char join[160];
    size_t head = bytes < sizeof join - sizeof guard->tail ? bytes : sizeof join - sizeof guard->tail;
    memcpy(join, guard->tail, guard->tail_bytes);
    memcpy(join + guard->tail_bytes, data, head);
    guard->found = search(join, guard->tail_bytes + head, guard->tail_bytes ? 'x' : 0, false) ||
                   search(data, bytes, guard->tail_bytes ? (unsigned char) guard->tail[guard->tail_bytes - 1] : 0, false);
    if (bytes >= sizeof guard->tail) {
        memcpy(guard->tail, data + bytes - sizeof guard->tail, sizeof guard->tail);
        guard->tail_bytes = sizeof guard->tail;
    } else {
        size_t keep = guard->tail_bytes + bytes > sizeof guard->tail ? sizeof guard->tail - bytes : guard->tail_bytes;
        memmove(guard->tail, guard->tail + guard->tail_bytes - keep, keep);
        memcpy(guard->tail + keep, data, bytes);
        guard->tail_bytes = keep + bytes;
    }
    return guard->found;
}

bool guard_end(Guard *guard)
{
    if (!guard->found)
        guard->found = search(guard->tail, guard->tail_bytes, 'x', true) && guard->tail_bytes > 0;
    /* A tail that is the whole file has nothing in front of it. */
    if (!guard->found && guard->tail_bytes < sizeof guard->tail)
        guard->found = search(guard->tail, guard->tail_bytes, 0, true);
    return guard->found;
}

bool guard_text(const char *text)
{
    return search(text, strlen(text), 0, true);
}
