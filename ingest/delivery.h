/**
 * What a file is: which form, for which school or board, for which period, received when. From a manifest.json
 * beside the file, else from the rules of config/deliveries.json on its name, else from its header and rows.
 *
 * File names can hold a pupil's name, so they are never stored: a delivery is known by its SHA-256.
 */
#ifndef VB_INGEST_DELIVERY_H
#define VB_INGEST_DELIVERY_H

#include <regex.h>

#include "ingest/form.h"
#include "ingest/sheet.h"

/**
 * One table to load once. A file is one; a workbook has one per sheet that is not empty, a zip file those of its entries. The
 * same file may be two tasks (its locations as a register, its rows as incidents).
 */
typedef struct Task {
    const char *path;       /* as the operator is told: a file, "file.zip/entry", "file.xlsx#2" for its second sheet */
    const char *file;       /* on disk; NULL: path */
    size_t      entry;      /* of a zip file, from 1 (archive.h); 0 = the file itself */
    const SheetBook *book;  /* of a workbook, owned by the arena of the tasks; NULL */
    size_t      sheet;      /* of book, from 1 */
    const char *form;       /* name, or NULL: by header */
    const char *location;   /* location code, or NULL */
    int         board;      /* 0 = not said */
    Date        period_begin, period_end; /* DATE_NONE = not said */
    Date        received;   /* DATE_NONE = the run's as-of date */
    Date        as_of;      /* of a register, DATE_NONE = the form's */
    bool        complete;   /* the file is the whole of its period (sql/view/fact_delivered): what was received before it goes, and it may be without rows */
    const char *why;        /* refused before it was read, for this reason; NULL */
    int         reason;     /* with why: a Rule, 0 = RULE_FILE_UNREADABLE */
    bool        secret;     /* a Handle with Care signal was seen when it was unpacked: refused, and nothing is said */
} Task;

typedef struct DeliveryRules DeliveryRules;

bool delivery_rules_load(Arena *out, const Place *place, DeliveryRules **rules, Err *err);

/**
 * All tasks below the given paths (files and directories), in a fixed order. A manifest that holds a Handle with Care
 * signal or a file whose name does so are counted in *refused and not named.
 *
 * Workbooks and zip files are looked through here, whole: a signal anywhere in one makes it a single task that is secret, and
 * what cannot be looked through makes it a single task with the reason in why. So no table of a file is loaded when another
 * table of the same file may not be. A zip file may hold a manifest.json and files in folders, as a directory does.
 */
bool delivery_tasks(Arena *out, const DeliveryRules *rules, const char *const *paths, const char *form, int board, Task **tasks,
                    size_t *count, size_t *refused, Err *err);

/** The form whose `detect` headers are all there, the one with most of them; NULL: none. keys: text_key per column */
const Form *delivery_form(const Forms *forms, const char *const *keys, size_t n_keys);

/** For a header that no form knows: the form that misses only a few of its columns, and the first that is missing (a text_key).
 *  NULL: no form comes near (fewer than half of its columns, or fewer than two). */
const Form *delivery_form_nearest(const Forms *forms, const char *const *keys, size_t n_keys, const char **missing);

#endif
