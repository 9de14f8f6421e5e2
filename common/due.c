#include "common/due.h"

#include <string.h>

static const int days_of[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static bool due_read(const ConfigNode *node, const char *kind, Due *due, Err *err)
{
    static const char *const whom[] = {"school", "board", "nobody"};
    int asked = 0, year = 1;

    *due = (Due) {.kind = kind};
    if (!config_object(node, "asked_of month day", "respondents year", err) || !config_word(node, "asked_of", "school board nobody", &asked, err) ||
        !config_text(node, "respondents", &due->respondents, err) || !config_int(node, "month", 1, 12, &due->month, err) ||
        !config_int(node, "day", 1, 31, &due->day, err) || (config_child(node, "year").json && !config_word(node, "year", "begin end", &year, err)))
        return false;
    if (due->day > days_of[due->month - 1])
        return config_fail(node, err, "month %d has no day %d every year", due->month, due->day);
    due->asked_of = whom[asked];
    due->year = year;
    return true;
}

static bool same_text(const char *left, const char *right)
{
    return left == right || (left && right && strcmp(left, right) == 0);
}

bool due_load(Arena *out, const Place *place, Due **due, size_t *count, Err *err)
{
    ConfigNode *nodes;
    size_t n_kinds, room = 0;

    *count = 0;
    if (!config_load_all(out, place, "kinds", &nodes, &n_kinds, err))
        return false;
    for (size_t at = 0; at < n_kinds; at++) {
        ConfigNode list = config_child(&nodes[at], "due");
        if (list.json && !config_type(&list, JSON_ARRAY, err))
            return false;
        room += list.json ? config_count(&list) : 0;
    }
    *due = arena_array(out, room + 1, sizeof **due);
    for (size_t at = 0; at < n_kinds; at++) {
        ConfigNode list = config_child(&nodes[at], "due");
        const char *kind = "";
        if (!list.json)
            continue;
        if (!config_text(&nodes[at], "kind", &kind, err))
            return false;
        for (size_t one = 0; one < config_count(&list); one++) {
            ConfigNode node = config_item(&list, one);
            if (!due_read(&node, kind, &(*due)[*count], err))
                return false;
            for (size_t other = 0; other < *count; other++)
                if (strcmp((*due)[other].kind, kind) == 0 && same_text((*due)[other].respondents, (*due)[*count].respondents))
                    return config_fail(&node, err, "the same is asked twice");
            ++*count;
        }
    }
    return true;
}
