/**
 * Who reads what was released: a chain of audiences from narrow to wide (config/audiences.json). Each is a coarsening of the one before it and asks at
 * least as much, so whoever is in a narrow audience may be taken to hold the editions of all wider ones too.
 */
#ifndef VB_DISCLOSURE_AUDIENCE_H
#define VB_DISCLOSURE_AUDIENCE_H

#include "common/config.h"

enum { AUDIENCES_MAX = 8 };

typedef struct Audience {
    const char *name, *finer; /* finer: the audience before it; NULL for the first */
    int         threshold;
} Audience;

typedef struct Audiences {
    Audience item[AUDIENCES_MAX];
    size_t   n;
} Audiences;

bool audiences_load(Arena *out, const Place *place, Audiences *audiences, Err *err);
/** The names of an audience and all wider ones, comma separated; of a name that is not there, that name. */
const char *audiences_held(Arena *out, const Audiences *audiences, const char *name);

#endif
