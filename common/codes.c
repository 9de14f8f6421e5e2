#include "common/codes.h"

#include <string.h>

#include "common/text.h"

static const char *key_of(Arena *out, const char *text)
{
    return text_key(out, text, strlen(text));
}

static bool code_load(Arena *out, const ConfigNode *node, Code *code, Err *err)
{
    const char **aliases = NULL;
    size_t n_aliases = 0;

    if (!config_object(node, "no code label", "label_wide aliases priority", err) ||
        !config_int(node, "no", 1, 30000, &code->no, err) || !config_text(node, "code", &code->code, err) ||
        !config_text(node, "label", &code->label, err))
        return false;
    code->label_wide = code->label;
    if (!config_text(node, "label_wide", &code->label_wide, err) ||
        !config_int(node, "priority", 1, 1000, &code->priority, err) ||
        !config_texts(out, node, "aliases", &aliases, &n_aliases, err))
        return false;
    code->keys = arena_array(out, n_aliases + 2, sizeof *code->keys);
    code->keys[0] = key_of(out, code->code);
    for (size_t alias = 0; alias < n_aliases; alias++)
        code->keys[alias + 1] = key_of(out, aliases[alias]);
    return true;
}

static bool list_load(Arena *out, const ConfigNode *node, CodeList *list, Err *err)
{
    if (!config_object(node, "list title codes", "", err) || !config_text(node, "list", &list->name, err) ||
        !config_text(node, "title", &list->title, err))
        return false;
    ConfigNode all = config_child(node, "codes");
    if (!config_type(&all, JSON_ARRAY, err))
        return false;
    list->count = config_count(&all);
    list->code = arena_array(out, list->count, sizeof *list->code);
    for (size_t at = 0; at < list->count; at++) {
        ConfigNode item = config_item(&all, at);
        if (!code_load(out, &item, &list->code[at], err))
            return false;
        for (size_t before = 0; before < at; before++)
            for (const char **key = list->code[at].keys; *key; key++)
                for (const char **other = list->code[before].keys; *other; other++)
                    if (strcmp(*key, *other) == 0 || list->code[at].no == list->code[before].no)
                        return config_fail(&item, err, "\"%s\" stands for two codes of this list", *key);
    }
    return true;
}

static bool item_load(Arena *out, const ConfigNode *node, const ConfigNode *scales, Item *item, Err *err)
{
    const char *scale_name = NULL;

    item->direction = 1;
    item->topic = "";
    if (!config_object(node, "code label scale aspect", "direction topic hits in_mean", err) ||
        !config_text(node, "code", &item->code, err) || !config_text(node, "label", &item->label, err) ||
        !config_text(node, "scale", &scale_name, err) || !config_text(node, "aspect", &item->aspect, err) ||
        !config_text(node, "topic", &item->topic, err) || !config_int(node, "direction", -1, 1, &item->direction, err))
        return false;
    int aspect;
    if (!config_word(node, "aspect", "veiligheidsbeleving aantasting welbevinden geen", &aspect, err))
        return false;
    item->in_mean = aspect != 3;
    if (!config_bool(node, "in_mean", &item->in_mean, err))
        return false;
    item->key = key_of(out, item->code);
    item->label_key = key_of(out, item->label);
    ConfigNode scale = config_child(scales, scale_name);
    if (!scale.json)
        return config_fail(node, err, "no scale \"%s\"", scale_name);
    if (!config_object(&scale, "min max values", "", err) || !config_int(&scale, "min", 0, 100, &item->scale_min, err) ||
        !config_int(&scale, "max", 0, 100, &item->scale_max, err))
        return false;
    ConfigNode values = config_child(&scale, "values"), hits = config_child(node, "hits");
    if (!config_type(&values, JSON_OBJECT, err) || !config_type(&hits, JSON_ARRAY, err))
        return false;
    item->n_values = config_count(&values);
    item->value_key = arena_array(out, item->n_values, sizeof *item->value_key);
    item->value = arena_array(out, item->n_values, sizeof *item->value);
    const char *name;
    json_t *value;
    size_t at = 0;
    json_object_foreach((json_t *) values.json, name, value)
    {
        item->value_key[at] = key_of(out, name);
        if (json_is_null(value))
            item->value[at] = CODES_MISSING;
        else if (json_is_integer(value) && json_integer_value(value) >= item->scale_min &&
                 json_integer_value(value) <= item->scale_max)
            item->value[at] = (int) json_integer_value(value);
        else
            return config_fail(&values, err, "\"%s\" is outside %d to %d", name, item->scale_min, item->scale_max);
        at++;
    }
    for (at = 0; at < config_count(&hits); at++) {
        json_int_t hit = json_is_integer(json_array_get(hits.json, at)) ? json_integer_value(json_array_get(hits.json, at)) : -1;
        if (hit < 0 || hit > 30)
            return config_fail(&hits, err, "an answer from 0 to 30 was expected");
        item->hit_mask |= 1U << hit;
    }
    return true;
}

static bool instrument_load(Arena *out, const ConfigNode *node, Instrument *instrument, Err *err)
{
    if (!config_object(node, "instrument no version title respondents definition scales items", "groups schooljaar", err) ||
        !config_text(node, "instrument", &instrument->name, err) || !config_int(node, "no", 1, 30000, &instrument->no, err) ||
        !config_int(node, "version", 1, 1000, &instrument->version, err) || !config_text(node, "title", &instrument->title, err) ||
        !config_text(node, "definition", &instrument->definition, err) ||
        !config_text(node, "respondents", &instrument->respondents, err) ||
        !config_text(node, "schooljaar", &instrument->schooljaar, err))
        return false;
    ConfigNode items = config_child(node, "items"), scales = config_child(node, "scales");
    if (!config_type(&items, JSON_ARRAY, err) || !config_type(&scales, JSON_OBJECT, err))
        return false;
    instrument->count = config_count(&items);
    instrument->item = arena_array(out, instrument->count, sizeof *instrument->item);
    for (size_t at = 0; at < instrument->count; at++) {
        ConfigNode item = config_item(&items, at);
        if (!item_load(out, &item, &scales, &instrument->item[at], err))
            return false;
    }
    return true;
}

bool codes_load(Arena *out, const Place *place, Codes *codes, Err *err)
{
    ConfigNode *nodes;

    memset(codes, 0, sizeof *codes);
    if (!config_load_all(out, place, "codes", &nodes, &codes->n_lists, err))
        return false;
    codes->list = arena_array(out, codes->n_lists, sizeof *codes->list);
    for (size_t at = 0; at < codes->n_lists; at++)
        if (!list_load(out, &nodes[at], &codes->list[at], err))
            return false;
    if (!config_load_all(out, place, "instruments", &nodes, &codes->n_instruments, err))
        return false;
    codes->instrument = arena_array(out, codes->n_instruments, sizeof *codes->instrument);
    for (size_t at = 0; at < codes->n_instruments; at++)
        if (!instrument_load(out, &nodes[at], &codes->instrument[at], err))
            return false;
    return true;
}

const CodeList *codes_list(const Codes *codes, const char *name)
{
    for (size_t at = 0; at < codes->n_lists; at++)
        if (strcmp(codes->list[at].name, name) == 0)
            return &codes->list[at];
    return NULL;
}

const Instrument *codes_instrument(const Codes *codes, const char *name)
{
    for (size_t at = 0; at < codes->n_instruments; at++)
        if (strcmp(codes->instrument[at].name, name) == 0)
            return &codes->instrument[at];
    return NULL;
}

const Code *codes_find(const CodeList *list, const char *key)
{
    for (size_t at = 0; at < list->count; at++)
        for (const char **known = list->code[at].keys; *known; known++)
            if (strcmp(*known, key) == 0)
                return &list->code[at];
    return NULL;
}
