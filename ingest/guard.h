/**
 * The Handle with Care refusal: police tell a school that a child witnessed domestic violence, on the promise that the
 * signal is stored nowhere. A file with such a signal is refused whole before anything of it is written anywhere.
 *
 * Reads a stream byte by byte, so it does not matter where a buffer cuts it, and knows: "handle with care" (also "w/ care") with any run of
 * separators between the words (also none), and HwC as a word of its own. Letters beyond ASCII count as letters, no-break
 * spaces, dashes and typographic quotes as separators, in UTF-8 and in Windows-1252; where the two differ it refuses. What is not seen
 * (soft hyphens, zero width) parts no word, and full-width letters are letters.
 * The initials letter by letter (H.W.C., H W C) are found apart, as *spelled*: people have such initials, in street names of the public
 * register for one, so who knows what a file is decides (load.c refuses all but public data).
 */
#ifndef VB_INGEST_GUARD_H
#define VB_INGEST_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Zero it to begin. words_only is for bytes that are no text (compressed, numbers in binary): three letters turn up in those
 * by chance, once in a few MiB, and an innocent file would be refused; fourteen do not.
 */
typedef struct Guard {
    bool          words_only;
    unsigned char before[2]; /* the last two bytes, newest first; 0 = none */
    unsigned char held[2], n_held; /* bytes that may begin a letter of three, which is not looked at yet */
    unsigned char words;     /* letters of "handlewithcare" seen */
    unsigned char gap;       /* separators since the last of them, at most 255 */
    unsigned char initials;  /* letters of "hwc" seen, as a word that may still end */
    unsigned char gaps;      /* between them, of two */
    unsigned char gap_bytes;
    bool          found, spelled;
} Guard;

/** Look at the next bytes of a file, in any encoding that holds ASCII. \return guard->found */
bool guard_look(Guard *guard, const char *data, size_t bytes);
/** The same byte by byte: what the definition is, and what tests hold guard_look against. */
bool guard_look_slowly(Guard *guard, const char *data, size_t bytes);
/** The end of the file: a word may end here. \return guard->found; guard->spelled is final too */
bool guard_end(Guard *guard);
/** One whole text, such as a file name: found or spelled. */
bool guard_text(const char *text);

#endif
