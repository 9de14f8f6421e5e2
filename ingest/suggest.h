/**
 * A proposal of how to read a file that no form knows: its headers against all headers that any form of a kind knows, its values
 * against what a field may hold. For a person to finish; nothing is loaded.
 *
 * Values of the file are compared in memory. None is repeated, but for values of code columns that resemble a known code so much
 * (and come back so often) that they are a spelling of it: those are proposed as aliases.
 */
#ifndef VB_INGEST_SUGGEST_H
#define VB_INGEST_SUGGEST_H

#include "ingest/delivery.h"
#include "ingest/form.h"

typedef struct SuggestMatch {
    const char *field;  /* ours, or the code of a question */
    const char *header; /* of the file */
    double header_score, value_score; /* 0 to 1; value_score < 0: not looked at (personal data, text) */
    double score;
} SuggestMatch;

typedef struct Suggestion {
    const char   *kind, *instrument; /* instrument: NULL unless a questionnaire */
    double        score;             /* of the kind, 0 to 1 */
    SuggestMatch *match;             /* best first */
    size_t        n_matches, n_headers;
    const char  **missing;           /* required fields that no column fills; NULL-terminated */
    const char   *json;              /* a draft for config/forms */
} Suggestion;

/* A Handle with Care signal: no file, school or reason, for stderr may be kept. */
#define SUGGEST_SECRET N_("some input was refused because it may not be processed")

/** ERR_INPUT: the file cannot be read, may not be (SUGGEST_SECRET), or resembles nothing. Owned by arena. */
bool suggest_form(Arena *out, const Forms *forms, const Task *task, Suggestion *suggestion, Err *err);

/** How alike two text_keys are, 0 to 1: letters exchanged, and words in common. */
double suggest_likeness(const char *a, const char *b);

#endif
