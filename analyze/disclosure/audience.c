#include "analyze/disclosure/audience.h"

#include <string.h>

bool audiences_load(Arena *out, const Place *place, Audiences *audiences, Err *err)
{
    ConfigNode root;
    int version;

    if (!config_load(out, arena_format(out, "%s/audiences.json", place->config), &root, err) ||
        !config_object(&root, "version audiences", "", err) || !config_int(&root, "version", 1, 1000, &version, err))
        return false;
    ConfigNode list = config_child(&root, "audiences");
    audiences->n = config_count(&list);
    if (!config_type(&list, JSON_ARRAY, err))
        return false;
    if (audiences->n < 1 || audiences->n > AUDIENCES_MAX)
        return config_fail(&list, err, "expected 1 to %d audiences", AUDIENCES_MAX);
    for (size_t at = 0; at < audiences->n; at++) {
        ConfigNode node = config_item(&list, at);
        Audience *audience = &audiences->item[at];
        *audience = (Audience){0};
        if (!config_object(&node, "audience threshold", "finer", err) || !config_text(&node, "audience", &audience->name, err) ||
            !config_int(&node, "threshold", 3, 1000, &audience->threshold, err) || !config_text(&node, "finer", &audience->finer, err))
            return false;
        /* Names are strung together with commas for the attacker (outside.c): in one that has a comma he would look for two others. */
        if (!*audience->name || audience->name[strspn(audience->name, "abcdefghijklmnopqrstuvwxyz_")])
            return config_fail(&node, err, "the name of an audience is of lower case letters and _");
        for (size_t before = 0; before < at; before++)
            if (strcmp(audience->name, audiences->item[before].name) == 0)
                return config_fail(&node, err, "there is an audience \"%s\" already", audience->name);
        /* One chain: each audience coarsens the one before it, and asks at least as much. */
        if (!at && audience->finer)
            return config_fail(&node, err, "the first audience has no \"finer\"");
        if (at && (!audience->finer || strcmp(audience->finer, audiences->item[at - 1].name) != 0 || audience->threshold < audiences->item[at - 1].threshold))
            return config_fail(&node, err, "\"finer\" must name the audience before it, and the threshold may not be lower than its");
    }
    return true;
}

const char *audiences_held(Arena *out, const Audiences *audiences, const char *name)
{
    const char *held = name;
    bool wider = false;

    for (size_t at = 0; at < audiences->n; at++) {
        if (wider)
            held = arena_format(out, "%s,%s", held, audiences->item[at].name);
        wider = wider || strcmp(audiences->item[at].name, name) == 0;
    }
    return held;
}
