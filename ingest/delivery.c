#include "ingest/delivery.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/text.h"
#include "ingest/archive.h"
#include "ingest/guard.h"
#include "ingest/open.h"

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
static void rules_apply(Arena *out, const DeliveryRules *rules, const char *path, Task *task)
{
    const char *name = base_name(path);

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

static void task_append(TaskList *list, Task task)
{
    if (list->count == list->room) {
        Task *grown = arena_array(list->out, list->room ? list->room * 2 : 256, sizeof *grown);
        if (list->count)
            memcpy(grown, list->task, list->count * sizeof *grown);
        list->task = grown;
        list->room = list->room ? list->room * 2 : 256;
    }
    list->task[list->count++] = task;
}

/* The whole of a file that holds several tables is one task: refused, because of what its tables since mark are or are not. */
static void task_refuse(TaskList *list, size_t mark, Task task, const Err *why)
{
    list->count = mark;
    task.why = why ? arena_text(list->out, why->text) : NULL;
    task.reason = why ? why->reason : 0;
    task.secret = why == NULL;
    task_append(list, task);
}

/* A table as it will be loaded, looked through for a signal. \return false: err, or *secret */
static bool table_look(const Task *task, bool *empty, bool *secret, Err *err)
{
    INPUT_AUTO input = {0};
    FileFacts facts = {0};
    TABLE_AUTO table = {0};
    const Cell *cell;
    size_t count;

    if (!input_open(task, &input, err) || !open_facts(&input, &facts, err))
        return false;
    *secret = facts.handle_with_care;
    if (task->book && !*secret) {
        if (!open_table(&input, &facts, &table, err))
            return false;
        *empty = reader_next(table.reader, &cell, &count) == ROW_END;
    }
    return !*secret;
}

/* Every sheet of a workbook that holds anything is a task; file: the workbook, seekable. false: err, or *secret */
static bool sheets_add(TaskList *list, int file, Task task, bool *secret, Err *err)
{
    SheetBook *book = arena_alloc(list->out, sizeof *book);
    size_t before = list->count;

    if (!sheet_book(list->out, file, book, err))
        return false;
    *secret = book->handle_with_care;
    task.book = book;
    task.file = task.file ? task.file : task.path;
    const char *path = task.path;
    for (size_t at = 0; at < book->count && !*secret; at++) {
        bool empty = false;
        task.sheet = at + 1;
        task.path = arena_format(list->out, "%s#%zu", path, task.sheet);
        if (!table_look(&task, &empty, secret, err))
            return false;
        if (!empty)
            task_append(list, task);
    }
    return !*secret && (list->count > before || REFUSE(err, RULE_FILE_EMPTY, "all sheets of the spreadsheet are empty; deliver it with rows, or leave it out"));
}

static bool zip_add(TaskList *list, int file, Task task, bool *secret, Err *err);

/* Files that hold several tables become several tasks, all other files one. */
static void task_put(TaskList *list, Task task)
{
    Format format = open_format_of(task.path);
    bool secret = false;
    size_t mark = list->count;
    Err err = {0};

    if (format != FORMAT_ZIP) /* what its entries are called says more than its own name */
        rules_apply(list->out, list->rules, task.path, &task);
    if (format != FORMAT_SHEET && format != FORMAT_ZIP) {
        task_append(list, task);
        return;
    }
    int file = open(task.path, O_RDONLY | O_CLOEXEC);
    bool good = file >= 0 ? (format == FORMAT_SHEET ? sheets_add : zip_add)(list, file, task, &secret, &err)
                          : err_set(&err, ERR_INPUT, "cannot open the file: %s", strerror(errno));
    if (!good)
        task_refuse(list, mark, task, secret ? NULL : &err);
    if (file >= 0)
        close(file);
}

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
    if (task.why)
        task_append(list, task);
    else
        task_put(list, task);
}

/* A manifest that cannot be read is refused like any file, and the rest goes on. Its text may hold anything, so the message
 * repeats neither a key nor what the JSON reader says. Files it named so far are left alone: half of a manifest is no basis. */
static const char manifest_why[] = N_(
    "the manifest cannot be used: it must be JSON with \"files\" (a list of \"file\", and where needed \"form\", \"location\", \"schooljaar\" or "
    "\"period\", \"received\", \"board\", \"as_of\", \"complete\") and where needed \"board\" and \"received\"; it names files of its own directory only, and dates are yyyy-mm-dd");

typedef struct Manifest {
    Task  *task; /* path: the file's name in its directory */
    size_t count;
    bool   unfit;
} Manifest;

/* A manifest says what the files of its directory are. */
static void manifest_parse(Arena *out, const char *path, char *text, size_t bytes, Manifest *manifest)
{
    ConfigNode root;
    int board = 0;
    Date received = DATE_NONE;
    Err err;

    *manifest = (Manifest) {.unfit = true};
    if (!config_parse(out, text, bytes, path, &root, &err) || !config_object(&root, "files", "board received", &err) ||
        !config_int(&root, "board", 1, 99999, &board, &err) || !date_get(&root, "received", &received, &err))
        return;
    ConfigNode files = config_child(&root, "files");
    if (!config_type(&files, JSON_ARRAY, &err)) /* a list it must be, or a slip would leave every file to its name */
        return;
    size_t count = config_count(&files);
    manifest->task = arena_array(out, count, sizeof *manifest->task);
    for (; manifest->count < count; manifest->count++) {
        ConfigNode node = config_item(&files, manifest->count);
        Task *task = &manifest->task[manifest->count];
        const char *name = "";
        task_clear(task);
        task->board = board;
        task->received = received;
        if (!config_object(&node, "file", "received form location schooljaar period board as_of complete", &err) ||
            !config_bool(&node, "complete", &task->complete, &err) ||
            !config_text(&node, "file", &name, &err) || !config_text(&node, "form", &task->form, &err) ||
            !config_text(&node, "location", &task->location, &err) || !config_int(&node, "board", 1, 99999, &task->board, &err) ||
            !date_get(&node, "received", &task->received, &err) || !date_get(&node, "as_of", &task->as_of, &err) ||
            !period_get(&node, "schooljaar", task, &err) || strchr(name, '/'))
            return;
        task->path = name;
    }
    manifest->unfit = false;
}

static bool manifest_names(const Manifest *manifest, const char *name)
{
    for (size_t at = 0; at < manifest->count; at++)
        if (strcmp(manifest->task[at].path, name) == 0)
            return true;
    return false;
}

/* *refused: it holds a signal. */
static bool manifest_add(TaskList *list, const char *directory, Manifest *manifest, bool *refused, Err *err)
{
    const char *path = arena_format(list->out, "%s/manifest.json", directory);
    char *text;
    size_t bytes;
    Guard guard = {0};

    if (!place_read(list->out, path, &text, &bytes, err))
        return false;
    guard_look(&guard, text, bytes);
    *refused = guard_end(&guard) || guard.spelled;
    if (*refused)
        return true;
    manifest_parse(list->out, path, text, bytes, manifest);
    if (manifest->unfit) {
        Task task;
        task_clear(&task);
        task.path = path;
        task.why = err_word(manifest_why);
        task.reason = RULE_FILE_MANIFEST;
        task_add(list, task);
        return true;
    }
    for (size_t at = 0; at < manifest->count; at++) {
        Task task = manifest->task[at];
        task.path = arena_format(list->out, "%s/%s", directory, task.path);
        task_add(list, task);
    }
    return true;
}

static bool is_delivery_name(const char *name)
{
    static const char *const endings[] = {".csv", ".tsv", ".txt", ".xlsx", ".ods", ".sav", ".zip", ".json", ".jsonl", ".ndjson", ".xml"};
    const char *dot = strrchr(name, '.');

    for (size_t at = 0; dot && at < sizeof endings / sizeof *endings; at++)
        if (text_equal_nocase(dot, endings[at]))
            return true;
    return false;
}

/* -- zip files ----------------------------------------------------------------------------------- */

enum { MANIFEST_BYTES_MAX = 1024 * 1024 };

static const ArchiveEntry *entry_find(const ArchiveEntry *entries, size_t count, const char *name)
{
    for (size_t at = 0; at < count; at++)
        if (strcmp(entries[at].name, name) == 0)
            return &entries[at];
    return NULL;
}

static bool is_manifest(const ArchiveEntry *entry)
{
    return strcmp(base_name(entry->name), "manifest.json") == 0;
}

static const char *known_ending(const char *name)
{
    static const char *const endings[] = {".csv", ".tsv", ".txt", ".xlsx", ".ods", ".sav", ".zsav", ".json", ".jsonl", ".ndjson", ".xml"};
    const char *dot = strrchr(name, '.');

    for (size_t at = 0; dot && at < sizeof endings / sizeof *endings; at++)
        if (text_equal_nocase(dot, endings[at]))
            return endings[at];
    return "";
}

/* What of an entry nobody will read is looked through all the same: what it unpacks to, and that it can be unpacked. */
static bool entry_look(int file, const ArchiveEntry *entry, Format *format, bool *secret, Err *err)
{
    BYTES_AUTO head = NULL;
    BYTES_AUTO bytes = NULL;
    char first[8];
    FileFacts facts;

    if (!archive_open(file, entry->no, &head, err) || !archive_open(file, entry->no, &bytes, err))
        return false;
    *format = open_format(entry->name, first, bytes_fill(head, first, sizeof first));
    if (*format == FORMAT_ZIP)
        return err_set(err, ERR_INPUT, "the archive holds another archive; deliver the files themselves");
    if (!(*format == FORMAT_CSV || *format == FORMAT_JSON || *format == FORMAT_XML ? facts_read(bytes, &facts, err) : facts_read_packed(bytes, "", &facts, err)))
        return err_set(err, ERR_INPUT, "the archive is damaged; make it again");
    *secret = facts.handle_with_care || guard_text(entry->name) || (facts.spelled && !*known_ending(entry->name)); /* nobody looks again */
    return !*secret;
}

/* One entry as the task it is. false: err, or *secret */
static bool entry_add(TaskList *list, int file, const ArchiveEntry *entry, Format format, Task task, bool *secret, Err *err)
{
    bool empty;

    if (format != FORMAT_SHEET) {
        task_append(list, task);
        /* CSV was looked at whole already, and a reader's own complaint is for the load to make. */
        return format == FORMAT_CSV || table_look(&task, &empty, secret, err) || !*secret;
    }
    BYTES_AUTO bytes = NULL;
    if (!archive_open(file, entry->no, &bytes, err))
        return false;
    int held = bytes_hold(bytes, SHEET_BYTES_MAX, err);
    bool good = held >= 0 && sheets_add(list, held, task, secret, err);
    if (held >= 0)
        close(held);
    return good;
}

/* Entries that a manifest of their folder names are what it says, else their own name says it, else that of the archive. */
static bool entry_tasks(TaskList *list, int file, const Task *zip, const ArchiveEntry *entry, Format format, const Manifest *manifest, bool *secret, Err *err)
{
    const char *name = base_name(entry->name);
    bool named = manifest && manifest_names(manifest, name);

    for (size_t at = 0; at < (named ? manifest->count : 1); at++) {
        Task task = named ? manifest->task[at] : *zip;
        if (named && strcmp(task.path, name) != 0)
            continue;
        if (named && zip->form)
            task.form = zip->form;
        if (named && (zip->board || !task.board))
            task.board = zip->board;
        /* An entry's name is content of a delivered file, and may hold a pupil's: only rules read it, messages say its number. */
        task.path = arena_format(list->out, "%s#%d%s", zip->path, (int) entry->no, known_ending(entry->name));
        task.file = zip->path;
        task.entry = entry->no;
        rules_apply(list->out, list->rules, arena_format(list->out, "%s/%s", zip->path, entry->name), &task);
        rules_apply(list->out, list->rules, zip->path, &task);
        if (!entry_add(list, file, entry, format, task, secret, err))
            return false;
    }
    return true;
}

static bool zip_manifest(TaskList *list, int file, const ArchiveEntry *entry, Manifest *manifest, Err *err)
{
    BYTES_AUTO bytes = NULL;

    if (entry->bytes > MANIFEST_BYTES_MAX || !archive_open(file, entry->no, &bytes, err))
        return REFUSE(err, RULE_FILE_MANIFEST, "%s", err_word(manifest_why));
    char *text = arena_alloc(list->out, (size_t) entry->bytes + 1);
    manifest_parse(list->out, "manifest.json", text, bytes_fill(bytes, text, (size_t) entry->bytes), manifest);
    return !manifest->unfit || REFUSE(err, RULE_FILE_MANIFEST, "%s", err_word(manifest_why));
}

/* The manifest of the folder that an entry lies in. */
static const Manifest *manifest_beside(Arena *out, const ArchiveEntry *entries, size_t count, const Manifest *manifests, const ArchiveEntry *entry)
{
    const char *folder = arena_text_n(out, entry->name, (size_t) (base_name(entry->name) - entry->name));
    const ArchiveEntry *beside = entry_find(entries, count, arena_format(out, "%smanifest.json", folder));

    return beside ? &manifests[beside - entries] : NULL;
}

/* A manifest that names what is not there was made for another archive. */
static bool zip_complete(Arena *out, const ArchiveEntry *entries, size_t count, const Manifest *manifests, Err *err)
{
    for (size_t at = 0; at < count; at++)
        for (size_t file = 0; file < manifests[at].count; file++) {
            const char *folder = arena_text_n(out, entries[at].name, (size_t) (base_name(entries[at].name) - entries[at].name));
            if (!entry_find(entries, count, arena_format(out, "%s%s", folder, manifests[at].task[file].path)))
                return REFUSE(err, RULE_FILE_MANIFEST, "the manifest in the archive names a file that is not beside it; put it in, or mend the manifest");
        }
    return true;
}

static bool zip_add(TaskList *list, int file, Task task, bool *secret, Err *err)
{
    ArchiveEntry *entries;
    size_t count, before = list->count;

    *secret = archive_guard(file);
    if (*secret || !archive_entries(list->out, file, &entries, &count, err))
        return false;
    Format *formats = arena_array(list->out, count + 1, sizeof *formats);
    Manifest *manifests = arena_array(list->out, count + 1, sizeof *manifests);
    for (size_t at = 0; at < count; at++) {
        if (!entry_look(file, &entries[at], &formats[at], secret, err) ||
            (is_manifest(&entries[at]) && !zip_manifest(list, file, &entries[at], &manifests[at], err)))
            return false;
    }
    if (!zip_complete(list->out, entries, count, manifests, err))
        return false;
    for (size_t at = 0; at < count; at++) {
        const char *name = base_name(entries[at].name);
        const Manifest *manifest = manifest_beside(list->out, entries, count, manifests, &entries[at]);
        /* As in a directory: hidden files, and what macOS adds, are none of ours. */
        if (is_manifest(&entries[at]) || name[0] == '.' || strncmp(entries[at].name, "__MACOSX/", 9) == 0 ||
            (!is_delivery_name(name) && !(manifest && manifest_names(manifest, name))))
            continue;
        if (!entry_tasks(list, file, &task, &entries[at], formats[at], manifest, secret, err))
            return false;
    }
    return list->count > before || REFUSE(err, RULE_FILE_EMPTY, "the archive holds no file that could be a delivery");
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
    Manifest manifest = {0};
    char **names;
    bool refused = false;
    if (!place_list(list->out, path, "", &names, err))
        return false;
    if (stat(arena_format(list->out, "%s/manifest.json", path), &info) == 0 &&
        !manifest_add(list, path, &manifest, &refused, err))
        return false;
    if (refused) {
        ++*list->refused;
        return true;
    }
    for (; *names; names++) {
        const char *child = arena_format(list->out, "%s/%s", path, *names);
        /* A manifest is no delivery, whatever its ending. */
        if (strcmp(*names, "manifest.json") == 0 || manifest_names(&manifest, *names) || stat(child, &info) != 0 ||
            (!S_ISDIR(info.st_mode) && !is_delivery_name(*names)))
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
