/**
 * Code lists and questionnaires of config/codes and config/instruments: what a value in a file may be,
 * and which number stands for it in the database. Knows no file and no form.
 */
#ifndef VB_COMMON_CODES_H
#define VB_COMMON_CODES_H

#include "common/arena.h"
#include "common/config.h"
#include "common/err.h"

typedef struct Code {
    int         no;         /* 1.. in the database */
    const char *code, *label, *label_wide;
    int         priority;   /* the lowest of a set is its main code; 0 = none */
    const char **keys;      /* text_key() of code and aliases, NULL-terminated */
} Code;

typedef struct CodeList {
    const char *name, *title;
    Code       *code;
    size_t      count;
} CodeList;

typedef struct Item {
    const char *code, *label, *key, *label_key, *aspect, *topic;
    int         direction, scale_min, scale_max;
    unsigned    hit_mask; /* bit a: answer a counts as yes for the topic */
    bool        in_mean;
    size_t      n_values;
    const char **value_key; /* text_key() of an answer as files write it */
    int        *value;      /* CODES_MISSING: cannot answer, never 0 */
} Item;

enum { CODES_MISSING = -32768 };

typedef struct Instrument {
    int         no, version;
    const char *name, *title, *definition, *respondents;
    const char *schooljaar; /* "2018-2019" when the instrument was used in one year only, else NULL */
    Item       *item;
    size_t      count;
} Instrument;

typedef struct Codes {
    CodeList   *list;
    size_t      n_lists;
    Instrument *instrument;
    size_t      n_instruments;
} Codes;

/** Everything of config/codes and config/instruments. Owned by arena. ERR_CONFIG names file and path. */
bool codes_load(Arena *out, const Place *place, Codes *codes, Err *err);
const CodeList *codes_list(const Codes *codes, const char *name); /* NULL: no such list */
const Instrument *codes_instrument(const Codes *codes, const char *name);
const Code *codes_find(const CodeList *list, const char *key); /* by text_key() of code or alias; NULL: none */

#endif
