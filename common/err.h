/**
 * What went wrong, in one struct that the caller owns.
 *
 * The bottom of a call chain sets kind and text, every level above may add a frame ("row 17"),
 * and only cli/ prints. The kind is the exit status of the program. No function of common/
 * prints or exits (arena.c: out of memory is the one exception).
 */
#ifndef VB_COMMON_ERR_H
#define VB_COMMON_ERR_H

#include <stdbool.h>
#include <stddef.h>

typedef enum ErrKind {
    ERR_NONE = 0,
    ERR_USAGE = 1,      /* the command line */
    ERR_CONFIG = 2,     /* a file below config/ */
    ERR_INPUT = 3,      /* a delivery was refused, whole or in part */
    ERR_DB = 4,         /* the database */
    ERR_STAT = 5,       /* a statistic cannot be computed from this input */
    ERR_DISCLOSURE = 6, /* the disclosure gate refused */
    ERR_BUG = 70,       /* ours */
    ERR_IO = 74         /* a file of ours could not be written or read (sysexits: EX_IOERR) */
} ErrKind;

enum { ERR_FRAMES = 8, ERR_FRAME_BYTES = 160 };

typedef struct Err {
    ErrKind kind;
    int     reason;      /* why, by a number of the room that set it; 0 = none */
    char    sqlstate[6]; /* "" unless kind is ERR_DB and the server answered */
    char    text[512];   /* what could not be done, and why; never a value from a delivery */
    char    frame[ERR_FRAMES][ERR_FRAME_BYTES]; /* innermost first */
    size_t  frames;
} Err;

/** Says a format in the words of the user's language; set once by cli/ at the start, NULL: English. The translation takes the same arguments. */
typedef const char *ErrWords(const char *format);
extern ErrWords *err_words;
/** Formats of err_set, err_frame, config_fail and the log are said in those words by themselves; a text that is an argument of one goes through here. */
const char *err_word(const char *text) __attribute__((format_arg(1)));
/** Marks such a text where it stands in a table or a choice; tests/harness/words wants the Dutch of all of them. */
#define N_(text) text

/** Set kind and text, drop older frames. \return false, so that a caller can `return err_set(...)`. */
bool err_set(Err *err, ErrKind kind, const char *format, ...) __attribute__((format(printf, 3, 4)));

/** Add one frame; frames beyond ERR_FRAMES are dropped. \return false. */
bool err_frame(Err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Text and frames in one line: "text (in frame; in frame)". \param out filled, always terminated. */
void err_line(const Err *err, char *out, size_t out_bytes);

#endif
