/**
 * Which deliveries are asked of whom, and by when: "due" of config/kinds. A kind may be asked for more than once, a questionnaire of each it asks.
 * "nobody": it comes or it does not, and has a day by which it was due when it comes.
 */
#ifndef VB_COMMON_DUE_H
#define VB_COMMON_DUE_H

#include "common/arena.h"
#include "common/config.h"
#include "common/err.h"

typedef struct Due {
    const char *kind;
    const char *respondents; /* NULL: no questionnaire */
    const char *asked_of;    /* "school", "board", "nobody" */
    int         month, day;
    int         year;        /* 0: the calendar year in which the school year begins, 1: that in which it ends */
} Due;

/** All of config/kinds, in the order of files. Owned by arena. ERR_CONFIG names file and path. */
bool due_load(Arena *out, const Place *place, Due **due, size_t *count, Err *err);

#endif
