#include "ingest/delivery.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/text.h"
#include "ingest/guard.h"

typedef struct DeliveryRule {
    regex_t     pattern;
    const char *form;
    int         location, board, schooljaar; /* number of the group in the pattern, 0 = none */
    Task        fixed;
} DeliveryRule;

struct DeliveryRules {
    DeliveryRule *rule;
    size_t        count;
};

static bool date_get(const ConfigNode *node, const char *key, Date *out, Err *err)
{
    const char *text = NULL;

    if (!config_text(node, key, &text, err))
        return false;
    if (text && !date_parse_iso(text, out))
        return config_fail(node, err, "\"%s\" is not a date (yyyy-mm-dd)", key);
    return true;
}

static bool period_get(const ConfigNode *node, const char *year_key, Task *task, Err *err)
{
    const char *text = NULL;
    ConfigNode period = config_child(node, "period");
    int year;

    if (!config_text(node, year_key, &text, err))
        return false;
    if (text) {
        if (!date_school_year_parse(text, &year))
            return config_fail(node, err, "\"%s\" is not a school year (2025-2026)", year_key);
        task->period_begin = date_school_year_begin(year);
        task->period_end = date_school_year_end(year);
    }
    if (period.json) {
        const char *begin = json_string_value(json_array_get(period.json, 0));
        const char *end = json_string_value(json_array_get(period.json, 1));
        if (!begin || !end || !date_parse_iso(begin, &task->period_begin) || !date_parse_iso(end, &task->period_end) ||
            task->period_end < task->period_begin)
            return config_fail(&period, err, "expected two dates (yyyy-mm-dd), first and last");
    }
    return true;
}

static void task_clear(Task *task)
{
    memset(task, 0, sizeof *task);
    task->period_begin = task->period_end = task->received = task->as_of = DATE_NONE;
}

bool delivery_rules_load(Arena *out, const Place *place, DeliveryRules **rules, Err *err)
{
    ConfigNode root;
    int version;

    if (!config_load(out, arena_format(out, "%s/deliveries.json", place->config), &root, err) ||
        !config_object(&root, "version rules", "", err) || !config_int(&root, "version", 1, 1000, &version, err))
        return false;
    ConfigNode list = config_child(&root, "rules");
    *rules = arena_alloc(out, sizeof **rules);
    (*rules)->count = config_count(&list);
    (*rules)->rule = arena_array(out, (*rules)->count, sizeof *(*rules)->rule);
    for (size_t at = 0; at < (*rules)->count; at++) {
        DeliveryRule *rule = &(*rules)->rule[at];
        ConfigNode node = config_item(&list, at);
        const char *pattern = "";
        task_clear(&rule->fixed);
        if (!config_object(&node, "pattern", "form as_of period received schooljaar_fixed location schooljaar board_group board", err) ||
            !config_text(&node, "pattern", &pattern, err) || !config_text(&node, "form", &rule->form, err) ||
            !config_int(&node, "location", 1, 9, &rule->location, err) || !config_int(&node, "board_group", 1, 9, &rule->board, err) ||
            !config_int(&node, "schooljaar", 1, 9, &rule->schooljaar, err) || !config_int(&node, "board", 1, 99999, &rule->fixed.board, err) ||
            !date_get(&node, "as_of", &rule->fixed.as_of, err) || !date_get(&node, "received", &rule->fixed.received, err) ||
            !period_get(&node, "schooljaar_fixed", &rule->fixed, err))
            return false;
        if (regcomp(&rule->pattern, pattern, REG_EXTENDED) != 0)
            return config_fail(&node, err, "\"pattern\" is not a regular expression");
    }
    return true;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* Fill what a rule on the name says and the manifest did not. */
static void rules_apply(Arena *out, const DeliveryRules *rules, Task *task)
{
    const char *name = base_name(task->path);

    for (size_t at = 0; at < rules->count; at++) {
        const DeliveryRule *rule = &rules->rule[at];
        regmatch_t group[10];
        int year;
        if (regexec(&rule->pattern, name, 10, group, 0) != 0)
            continue;
#define GROUP(no) arena_text_n(out, name + group[no].rm_so, (size_t) (group[no].rm_eo - group[no].rm_so))
        if (!task->form)
            task->form = rule->form;
        if (!task->location && rule->location && group[rule->location].rm_so >= 0)
            task->location = GROUP(rule->location);
        if (!task->board)
            task->board = rule->board ? atoi(GROUP(rule->board)) : rule->fixed.board;
        if (task->period_begin == DATE_NONE) {
            task->period_begin = rule->fixed.period_begin;
            task->period_end = rule->fixed.period_end;
            if (rule->schooljaar && date_school_year_parse(GROUP(rule->schooljaar), &year)) {
                task->period_begin = date_school_year_begin(year);
                task->period_end = date_school_year_end(year);
            }
        }
#undef GROUP
        if (task->received == DATE_NONE)
            task->received = rule->fixed.received;
        if (task->as_of == DATE_NONE)
            task->as_of = rule->fixed.as_of;
        return;
    }
}

typedef struct TaskList {
    Task  *task;
    size_t count, room;
    size_t *refused;
    Arena *out;
    const DeliveryRules *rules;
    const char *form;
    int board;
} TaskList;

static void task_add(TaskList *list, Task task)
{
    if (guard_text(task.path)) { /* the folders it lies in too */
        ++*list->refused;
        return;
    }
    if (list->form)
        task.form = list->form;
    if (list->board)
        task.board = list->board;
    rules_apply(list->out, list->rules, &task);
    if (list->count == list->room) {
        Task *grown = arena_array(list->out, list->room ? list->room * 2 : 256, sizeof *grown);
        if (list->count)
            memcpy(grown, list->task, list->count * sizeof *grown);
        list->task = grown;
        list->room = list->room ? list->room * 2 : 256;
    }
    list->task[list->count++] = task;
}

/* A manifest that cannot be read is refused like any file, and the rest goes on. Its text may hold anything, so the message
 * repeats neither a key nor what the JSON reader says. Files it named so far are left alone: half of a manifest is no basis. */
static bool manifest_refuse(TaskList *list, const char *path, const char **named, size_t n_named)
{
    Task task;

    task_clear(&task);
    task.path = path;
    task.why = "the manifest cannot be used: it must be JSON with \"files\" (a list of \"file\", and where needed \"form\", \"location\", \"schooljaar\" or "
               "\"period\", \"received\", \"board\", \"as_of\") and where needed \"board\" and \"received\"; it names files of its own directory only, and dates are yyyy-mm-dd";
    while (n_named > 0 && list->count > 0 && strcmp(base_name(list->task[list->count - 1].path), named[n_named - 1]) == 0) {
        list->count--;
        n_named--;
    }
    task_add(list, task);
    return true;
}

/* A manifest says what the files of its directory are. *named: its file names, so the rest can be found. */
static bool manifest_add(TaskList *list, const char *directory, const char ***named, size_t *n_named, bool *refused, Err *err)
{
    const char *path = arena_format(list->out, "%s/manifest.json", directory);
    char *text;
    size_t bytes;
    ConfigNode root;
    int board = 0;
    Date received = DATE_NONE;

    *n_named = 0;
    if (!place_read(list->out, path, &text, &bytes, err))
        return false;
    Guard guard = {0};
    guard_look(&guard, text, bytes);
    *refused = guard_end(&guard);
    if (*refused)
        return true;
    if (!config_parse(list->out, text, bytes, path, &root, err) || !config_object(&root, "files", "board received", err) ||
        !config_int(&root, "board", 1, 99999, &board, err) || !date_get(&root, "received", &received, err))
        return manifest_refuse(list, path, *named, *n_named);
    ConfigNode files = config_child(&root, "files");
    size_t count = config_count(&files);
    *named = arena_array(list->out, count, sizeof **named);
    for (size_t at = 0; at < count; at++) {
        ConfigNode node = config_item(&files, at);
        const char *file = "";
        Task task;
        task_clear(&task);
        task.board = board;
        task.received = received;
        if (!config_object(&node, "file", "received form location schooljaar period board as_of", err) ||
            !config_text(&node, "file", &file, err) || !config_text(&node, "form", &task.form, err) ||
            !config_text(&node, "location", &task.location, err) || !config_int(&node, "board", 1, 99999, &task.board, err) ||
            !date_get(&node, "received", &task.received, err) || !date_get(&node, "as_of", &task.as_of, err) ||
            !period_get(&node, "schooljaar", &task, err) || strchr(file, '/'))
            return manifest_refuse(list, path, *named, *n_named);
        (*named)[(*n_named)++] = file;
        task.path = arena_format(list->out, "%s/%s", directory, file);
        task_add(list, task);
    }
    return true;
}

static bool is_delivery_name(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot && (text_equal_nocase(dot, ".csv") || text_equal_nocase(dot, ".tsv") || text_equal_nocase(dot, ".txt"));
}

static bool path_add(TaskList *list, const char *path, Err *err)
{
    struct stat info;
    Task task;

    if (stat(path, &info) != 0)
        return err_set(err, ERR_INPUT, "cannot open \"%s\": %s", path, strerror(errno));
    if (!S_ISDIR(info.st_mode)) {
        task_clear(&task);
        task.path = arena_text(list->out, path);
        task_add(list, task);
        return true;
    }
    const char **named = NULL;
    char **names;
    size_t n_named = 0;
    bool refused = false;
    if (!place_list(list->out, path, "", &names, err))
        return false;
    if (stat(arena_format(list->out, "%s/manifest.json", path), &info) == 0 &&
        !manifest_add(list, path, &named, &n_named, &refused, err))
        return false;
    if (refused) {
        ++*list->refused;
        return true;
    }
    for (; *names; names++) {
        const char *child = arena_format(list->out, "%s/%s", path, *names);
        bool known = false;
        for (size_t at = 0; at < n_named && !known; at++)
            known = strcmp(named[at], *names) == 0;
        if (known || stat(child, &info) != 0 || (!S_ISDIR(info.st_mode) && !is_delivery_name(*names)))
            continue;
        if (!path_add(list, child, err))
            return false;
    }
    return true;
}

/* By board, school, period and reception, so that a correction follows what it corrects, whatever the file names. */
static int task_order(const void *left, const void *right)
{
    const Task *a = left, *b = right;

    if (a->received != b->received)
        return a->received < b->received ? -1 : 1;
    int order = strcmp(a->path, b->path);
    return order ? order : strcmp(a->form ? a->form : "", b->form ? b->form : "");
}

bool delivery_tasks(Arena *out, const DeliveryRules *rules, const char *const *paths, const char *form, int board, Task **tasks,
                    size_t *count, size_t *refused, Err *err)
{
    TaskList list = {.out = out, .rules = rules, .refused = refused, .form = form, .board = board};

    *refused = 0;
    for (; *paths; paths++)
        if (!path_add(&list, *paths, err))
            return false;
    if (list.count)
        qsort(list.task, list.count, sizeof *list.task, task_order);
    *tasks = list.task;
    *count = list.count;
    return true;
}

static size_t detect_hits(const Form *form, const char *const *keys, size_t n_keys, const char **missing)
{
    size_t hits = 0;

    for (size_t wanted = form->n_detect; wanted-- > 0;) {
        bool there = false;
        for (size_t column = 0; column < n_keys && !there; column++)
            there = strcmp(form->detect[wanted], keys[column]) == 0;
        hits += there;
        if (!there)
            *missing = form->detect[wanted];
    }
    return hits;
}

const Form *delivery_form(const Forms *forms, const char *const *keys, size_t n_keys)
{
    const Form *best = NULL;
    const char *missing;

    for (size_t at = 0; at < forms->n_forms; at++) {
        const Form *form = &forms->form[at];
        if (form->explicit_only || form->n_detect == 0 || detect_hits(form, keys, n_keys, &missing) < form->n_detect)
            continue;
        if (!best || form->n_detect > best->n_detect)
            best = form;
    }
    return best;
}

const Form *delivery_form_nearest(const Forms *forms, const char *const *keys, size_t n_keys, const char **missing)
{
    const Form *best = NULL;
    size_t best_hits = 1;

    for (size_t at = 0; at < forms->n_forms; at++) {
        const char *lacks = "";
        size_t hits = detect_hits(&forms->form[at], keys, n_keys, &lacks);
        if (forms->form[at].explicit_only || hits * 2 < forms->form[at].n_detect || hits <= best_hits)
            continue;
        best = &forms->form[at];
        best_hits = hits;
        *missing = lacks;
    }
    return best;
}
