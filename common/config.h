/**
 * JSON configuration with strict checks: unknown and duplicate keys, wrong types and values outside their
 * range are refused with file and JSON path. Knows no form, indicator or edition: those read themselves with it.
 *
 * jansson keeps no positions after parsing, so a rule error names the path ("fields[3].type").
 */
#ifndef VB_COMMON_CONFIG_H
#define VB_COMMON_CONFIG_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/err.h"
#include "common/place.h"

/** One value in one file, with its path. Borrowed from the ConfigFile it came from. */
typedef struct ConfigNode {
    const json_t *json; /* NULL: absent */
    const char   *file; /* for messages */
    const char   *path;
    Arena        *arena; /* paths of children live here */
} ConfigNode;

/** Read one JSON file; the document lives as long as the process (configuration is read once per run). */
bool config_load(Arena *out, const char *path, ConfigNode *root, Err *err);
/** Where a file of that name is read: the overlay's own when it has one. Owned by arena. */
const char *config_path(Arena *out, const Place *place, const char *name);
/** Parse text instead of a file, for tests and manifests. */
bool config_parse(Arena *out, const char *text, size_t bytes, const char *name, ConfigNode *root, Err *err);

/**
 * All *.json of config/<kind>, then those of the overlay: a file of the same name replaces. Sorted by name.
 * \param nodes filled, *count long, owned by arena
 */
bool config_load_all(Arena *out, const Place *place, const char *kind, ConfigNode **nodes, size_t *count, Err *err);

/** SHA-256 over every configuration file in name order, as 64 hex digits: what a run was made with. */
bool config_hash(const Place *place, char out[static 65], Err *err);

/** The node is an object whose keys are all in "required optional" (space separated) and has all required ones. */
bool config_object(const ConfigNode *node, const char *required, const char *optional, Err *err);
/** The node is absent or of this type (JSON_ARRAY, JSON_OBJECT): a list of another type is refused, not read as empty. */
bool config_type(const ConfigNode *node, json_type type, Err *err);
ConfigNode config_child(const ConfigNode *node, const char *key);
ConfigNode config_item(const ConfigNode *node, size_t index);
size_t config_count(const ConfigNode *node); /* items of an array or keys of an object; 0 when absent */

/* Values by key. A key that is absent leaves *out as it was, so callers set the default first;
 * config_object() has refused a missing required key before. */
bool config_text(const ConfigNode *node, const char *key, const char **out, Err *err); /* borrowed from the file */
bool config_int(const ConfigNode *node, const char *key, int64_t min, int64_t max, int *out, Err *err);
bool config_real(const ConfigNode *node, const char *key, double min, double max, double *out, Err *err);
bool config_bool(const ConfigNode *node, const char *key, bool *out, Err *err);
/** One of the space separated words; *out = its index. */
bool config_word(const ConfigNode *node, const char *key, const char *words, int *out, Err *err);
/** An array of texts, NULL-terminated, owned by arena. */
bool config_texts(Arena *out, const ConfigNode *node, const char *key, const char ***texts, size_t *count, Err *err);

/** "path: what" as ERR_CONFIG. \return false */
bool config_fail(const ConfigNode *node, Err *err, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
