#include "common/config.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool config_fail(const ConfigNode *node, Err *err, const char *format, ...)
{
    char what[320];
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof what, err_word(format), args);
    va_end(args);
    return err_set(err, ERR_CONFIG, "%s: %s%s%s", node->file, node->path, *node->path ? ": " : "", what);
}

bool config_parse(Arena *out, const char *text, size_t bytes, const char *name, ConfigNode *root, Err *err)
{
    json_error_t error;
    json_t *json = json_loadb(text, bytes, JSON_REJECT_DUPLICATES, &error);

    if (!json)
        return err_set(err, ERR_CONFIG, "%s:%d:%d: %s", name, error.line, error.column, error.text);
    *root = (ConfigNode){.json = json, .file = arena_text(out, name), .path = "", .arena = out};
    return true;
}

bool config_load(Arena *out, const char *path, ConfigNode *root, Err *err)
{
    char *text;
    size_t bytes;

    if (!place_read(out, path, &text, &bytes, err)) {
        err->kind = ERR_CONFIG;
        return false;
    }
    return config_parse(out, text, bytes, path, root, err);
}

const char *config_path(Arena *out, const Place *place, const char *name)
{
    const char *own = place->overlay ? arena_format(out, "%s/%s", place->overlay, name) : NULL;

    return own && access(own, R_OK) == 0 ? own : arena_format(out, "%s/%s", place->config, name);
}

/* Paths of all files of one kind, overlay winning. */
static bool paths_of_kind(Arena *out, const Place *place, const char *kind, char ***paths, size_t *count, Err *err)
{
    char **names, **extra = NULL;
    size_t base = 0, more = 0;
    const char *directory = arena_format(out, "%s/%s", place->config, kind);

    if (!place_list(out, directory, ".json", &names, err)) {
        err->kind = ERR_CONFIG;
        return false;
    }
    while (names[base])
        base++;
    const char *over = place->overlay ? arena_format(out, "%s/%s", place->overlay, kind) : NULL;
    if (over && access(over, R_OK) == 0) {
        if (!place_list(out, over, ".json", &extra, err))
            return false;
        while (extra[more])
            more++;
    }
    *paths = arena_array(out, base + more + 1, sizeof **paths);
    *count = 0;
    size_t b = 0, m = 0;
    while (b < base || m < more) {
        int order = b == base ? 1 : m == more ? -1 : strcmp(names[b], extra[m]);
        (*paths)[(*count)++] = order < 0 ? arena_format(out, "%s/%s", directory, names[b])
                                         : arena_format(out, "%s/%s", over, extra[m]);
        b += order <= 0;
        m += order >= 0;
    }
    return true;
}

bool config_load_all(Arena *out, const Place *place, const char *kind, ConfigNode **nodes, size_t *count, Err *err)
{
    char **paths;

    if (!paths_of_kind(out, place, kind, &paths, count, err))
        return false;
    *nodes = arena_array(out, *count + 1, sizeof **nodes);
    for (size_t file = 0; file < *count; file++)
        if (!config_load(out, paths[file], &(*nodes)[file], err))
            return false;
    return true;
}

bool config_hash(const Place *place, char out[static 65], Err *err)
{
    static const char *const kinds[] = {"",      "codes",  "forms",  "kinds",    "instruments",
                                        "indicators", "clocks", "editions"};
    ARENA_AUTO arena = arena_new();
    crypto_hash_sha256_state state;
    unsigned char digest[crypto_hash_sha256_BYTES];

    crypto_hash_sha256_init(&state);
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
        char **paths, *text;
        size_t count, bytes;
        if (!paths_of_kind(arena, place, kinds[kind], &paths, &count, err))
            return false;
        for (size_t file = 0; file < count; file++) {
            if (!place_read(arena, paths[file], &text, &bytes, err))
                return false;
            const char *name = strrchr(paths[file], '/');
            crypto_hash_sha256_update(&state, (const unsigned char *) name, strlen(name) + 1);
            crypto_hash_sha256_update(&state, (const unsigned char *) text, bytes);
        }
    }
    crypto_hash_sha256_final(&state, digest);
    sodium_bin2hex(out, 65, digest, sizeof digest);
    return true;
}

static bool word_in(const char *words, const char *word, int *index)
{
    size_t length = strlen(word);
    int    at = 0;

    for (const char *from = words; *from; at++) {
        size_t span = strcspn(from, " ");
        if (span == length && memcmp(from, word, span) == 0) {
            if (index)
                *index = at;
            return true;
        }
        from += span;
        from += strspn(from, " ");
    }
    return false;
}

bool config_object(const ConfigNode *node, const char *required, const char *optional, Err *err)
{
    const char *key;
    json_t *value;

    if (!json_is_object(node->json))
        return config_fail(node, err, "expected an object");
    json_object_foreach((json_t *) node->json, key, value)
    {
        if (!word_in(required, key, NULL) && !word_in(optional, key, NULL))
            return config_fail(node, err, "unknown key \"%s\" (known: %s%s%s)", key, required, *optional ? " " : "", optional);
    }
    for (const char *from = required; *from;) {
        char name[64];
        size_t span = strcspn(from, " ");
        snprintf(name, sizeof name, "%.*s", (int) span, from);
        if (!json_object_get(node->json, name))
            return config_fail(node, err, "missing key \"%s\"", name);
        from += span;
        from += strspn(from, " ");
    }
    return true;
}

bool config_type(const ConfigNode *node, json_type type, Err *err)
{
    if (!node->json || json_typeof(node->json) == type)
        return true;
    return config_fail(node, err, type == JSON_ARRAY ? "expected a list" : "expected an object");
}

ConfigNode config_child(const ConfigNode *node, const char *key)
{
    ConfigNode child = *node;

    child.json = json_object_get(node->json, key);
    child.path = arena_format(node->arena, "%s%s%s", node->path, *node->path ? "." : "", key);
    return child;
}

ConfigNode config_item(const ConfigNode *node, size_t index)
{
    ConfigNode item = *node;

    item.json = json_array_get(node->json, index);
    item.path = arena_format(node->arena, "%s[%zu]", node->path, index);
    return item;
}

size_t config_count(const ConfigNode *node)
{
    return json_is_array(node->json) ? json_array_size(node->json) : json_object_size(node->json);
}

bool config_text(const ConfigNode *node, const char *key, const char **out, Err *err)
{
    const json_t *value = json_object_get(node->json, key);

    if (!value)
        return true;
    if (!json_is_string(value)) {
        ConfigNode child = config_child(node, key);
        return config_fail(&child, err, "expected a text");
    }
    *out = json_string_value(value);
    return true;
}

bool config_int(const ConfigNode *node, const char *key, int64_t min, int64_t max, int *out, Err *err)
{
    const json_t *value = json_object_get(node->json, key);

    if (!value)
        return true;
    if (!json_is_integer(value) || json_integer_value(value) < min || json_integer_value(value) > max) {
        ConfigNode child = config_child(node, key);
        return config_fail(&child, err, "expected a whole number from %lld to %lld", (long long) min, (long long) max);
    }
    *out = (int) json_integer_value(value);
    return true;
}

bool config_real(const ConfigNode *node, const char *key, double min, double max, double *out, Err *err)
{
    const json_t *value = json_object_get(node->json, key);

    if (!value)
        return true;
    if (!json_is_number(value) || json_number_value(value) < min || json_number_value(value) > max) {
        ConfigNode child = config_child(node, key);
        return config_fail(&child, err, "expected a number from %g to %g", min, max);
    }
    *out = json_number_value(value);
    return true;
}

bool config_bool(const ConfigNode *node, const char *key, bool *out, Err *err)
{
    const json_t *value = json_object_get(node->json, key);

    if (!value)
        return true;
    if (!json_is_boolean(value)) {
        ConfigNode child = config_child(node, key);
        return config_fail(&child, err, "expected true or false");
    }
    *out = json_is_true(value);
    return true;
}

bool config_word(const ConfigNode *node, const char *key, const char *words, int *out, Err *err)
{
    const char *text = NULL;

    if (!config_text(node, key, &text, err))
        return false;
    if (text && !word_in(words, text, out)) {
        ConfigNode child = config_child(node, key);
        return config_fail(&child, err, "\"%s\" is none of: %s", text, words);
    }
    return true;
}

bool config_texts(Arena *out, const ConfigNode *node, const char *key, const char ***texts, size_t *count, Err *err)
{
    const json_t *value = json_object_get(node->json, key);

    if (!value)
        return true;
    ConfigNode child = config_child(node, key);
    if (!json_is_array(value))
        return config_fail(&child, err, "expected a list of texts");
    *count = json_array_size(value);
    *texts = arena_array(out, *count + 1, sizeof **texts);
    for (size_t item = 0; item < *count; item++) {
        (*texts)[item] = json_string_value(json_array_get(value, item));
        if (!(*texts)[item])
            return config_fail(&child, err, "item %zu is not a text", item);
    }
    return true;
}
