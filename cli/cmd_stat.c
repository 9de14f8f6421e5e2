#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/app.h"
#include "cli/stat.h"

/* Option and column of a method by name; the place in given[0] or given[1]. */
static const StatOption *option_find(const StatMethod *method, const char *name, size_t length, size_t *place)
{
    for (*place = 0; method->options && method->options[*place].name; ++*place)
        if (strlen(method->options[*place].name) == length && memcmp(method->options[*place].name, name, length) == 0)
            return &method->options[*place];
    return NULL;
}

static const StatColumn *column_find(const StatMethod *method, const char *name, size_t length, size_t *place)
{
    for (*place = 0; method->columns[*place].role; ++*place)
        if (strlen(method->columns[*place].role) == length && memcmp(method->columns[*place].role, name, length) == 0)
            return &method->columns[*place];
    return NULL;
}

static bool number_read(const char *text, double *out)
{
    char *end;

    *out = strtod(text, &end);
    return *text && !*end && !isnan(*out);
}

/* Choices stand before the colon of the meaning, between bars. */
static bool choice_known(const char *meaning, const char *asked)
{
    size_t length = strlen(asked), all = strcspn(meaning, ":");

    for (size_t at = 0; at < all;) {
        size_t here = strcspn(meaning + at, "|:");
        if (here == length && memcmp(meaning + at, asked, length) == 0)
            return true;
        at += here + 1;
    }
    return false;
}

static bool option_check(const StatOption *option, const char *text, Err *err)
{
    double number;

    if (option->kind == STAT_CHOICE && !choice_known(option->meaning, text))
        return err_set(err, ERR_USAGE, "--%s is %.*s, not \"%s\"", option->name, (int) strcspn(option->meaning, ":"), option->meaning, text);
    if (option->kind != STAT_NUMBER && option->kind != STAT_WHOLE)
        return true;
    if (!number_read(text, &number) || (option->kind == STAT_WHOLE && floor(number) != number))
        return err_set(err, ERR_USAGE, option->kind == STAT_WHOLE ? "--%s takes a whole number, not \"%s\"" : "--%s takes a number, not \"%s\"", option->name, text);
    if (number < option->least || number > option->most)
        return err_set(err, ERR_USAGE, "--%s must lie from %g to %g", option->name, option->least, option->most);
    return true;
}

const char *stat_text(const StatCall *call, const char *option)
{
    size_t place;
    const StatOption *found = option_find(call->method, option, strlen(option), &place);

    return call->given[0][place] ? call->given[0][place] : found->fallback;
}

double stat_number(const StatCall *call, const char *option)
{
    double number = NAN;
    const char *text = stat_text(call, option);

    if (text)
        number_read(text, &number);
    return number;
}

int stat_whole(const StatCall *call, const char *option)
{
    double number = stat_number(call, option);

    return isnan(number) ? 0 : (int) number;
}

bool stat_is(const StatCall *call, const char *option, const char *choice)
{
    return strcmp(stat_text(call, option), choice) == 0;
}

bool stat_fraction(StatCall *call, const char *option, int *above, int *below)
{
    const char *text = stat_text(call, option);
    char rest;

    if (sscanf(text, "%d/%d%c", above, below, &rest) == 2 && *above >= 0 && *below >= 1)
        return true;
    return err_set(call->err, ERR_USAGE, "--%s takes two whole numbers such as 5/4 (0/1 = never), not \"%s\"", option, text);
}

static const StatMethod *method_find(const char *name)
{
    for (const StatMethod *const *family = stat_families; *family; family++)
        for (const StatMethod *method = *family; method->name; method++)
            if (strcmp(method->name, name) == 0)
                return method;
    return NULL;
}

static void help_all(void)
{
    printf("%s\n\n", _("usage: veiligbeeld stat METHOD --in FILE [--series COLUMN] [--json] [options]"));
    puts(_("Any method on a plain CSV; the result is CSV with 17 digits. `veiligbeeld stat METHOD --help` lists its columns and options.\n"));
    for (const StatMethod *const *family = stat_families; *family; family++)
        for (const StatMethod *method = *family; method->name; method++)
            printf("  %-18s %s\n", method->name, _(method->summary));
}

static void help_method(const StatMethod *method)
{
    printf(_("usage: veiligbeeld stat %s --in FILE [--series COLUMN] [--json] [options]\n"), method->name);
    printf("%s\n\n%s\n", _(method->summary), _("Columns (another name in the file: --COLUMN NAME):"));
    for (const StatColumn *column = method->columns; column->role; column++)
        printf("  %-14s %s%s\n", column->role, _(column->meaning), column->optional ? _(" (may be left out)") : "");
    if (method->options && method->options->name)
        printf("\n%s\n", _("Options:"));
    for (const StatOption *option = method->options; option && option->name; option++) {
        printf("  --%-12s %s", option->name, _(option->meaning));
        if (option->fallback)
            printf(_(" (else %s)"), option->fallback);
        puts("");
    }
    printf("\n%s\n  %s\n", _("Result:"), method->output);
}

/* --name value or --name=value. \return false and an error; *value NULL for an option without one. */
static bool option_split(const char *const *arg, size_t *at, size_t *length, const char **value, Err *err)
{
    const char *name = arg[*at] + 2, *equals = strchr(name, '=');

    *length = equals ? (size_t) (equals - name) : strlen(name);
    *value = equals ? equals + 1 : arg[*at + 1];
    if (!*value)
        return err_set(err, ERR_USAGE, "--%s needs a value", name);
    *at += equals ? 1 : 2;
    return true;
}

/* An option that stands twice is a mistake: whoever typed it cannot see which of the two counts. */
static bool set_once(const char **place, const char *value, const char *name, size_t length, Err *err)
{
    if (*place)
        return err_set(err, ERR_USAGE, "--%.*s is given twice", (int) length, name);
    *place = value;
    return true;
}

static bool arguments_read(StatCall *call, const char *const *arg, const char **in)
{
    const StatMethod *method = call->method;

    for (size_t at = 0; arg[at];) {
        size_t length, place;
        const char *name = arg[at] + 2, *value, **target;
        if (strncmp(arg[at], "--", 2) != 0)
            return err_set(call->err, ERR_USAGE, "\"%s\" is no option; the file is named with --in FILE", arg[at]);
        if (strcmp(name, "json") == 0) {
            call->json = true;
            at++;
            continue;
        }
        if (!option_split(arg, &at, &length, &value, call->err))
            return false;
        const StatOption *option = option_find(method, name, length, &place);
        if (option) {
            if (!option_check(option, value, call->err))
                return false;
            target = &call->given[0][place];
        } else if (column_find(method, name, length, &place))
            target = &call->given[1][place];
        else if (length == 2 && memcmp(name, "in", 2) == 0)
            target = in;
        else if (length == 6 && memcmp(name, "series", 6) == 0)
            target = &call->series;
        else
            return err_set(call->err, ERR_USAGE, "%s has no option --%.*s; see veiligbeeld stat %s --help", method->name, (int) length, name, method->name);
        if (!set_once(target, value, name, length, call->err))
            return false;
    }
    return *in ? true : err_set(call->err, ERR_USAGE, "name the file: veiligbeeld stat %s --in FILE", method->name);
}

/* Rows with the same name of series belong together, in the order in which the names first appear. */
typedef struct Groups {
    StatGroup *group;
    size_t     n;
} Groups;

typedef struct Named {
    const char *name;
    size_t row;
} Named;

static int by_name(const void *a, const void *b)
{
    const Named *one = a, *two = b;
    int order = strcmp(one->name, two->name);

    return order ? order : (one->row > two->row) - (one->row < two->row);
}

static int by_first_row(const void *a, const void *b)
{
    const StatGroup *one = a, *two = b;

    return (one->row[0] > two->row[0]) - (one->row[0] < two->row[0]);
}

static bool groups_build(Arena *out, const PlainCsv *table, const char *series, Groups *groups, Err *err)
{
    int column = 0;
    size_t *row = arena_array(out, table->n_rows, sizeof *row);
    Named *named = arena_array(out, table->n_rows, sizeof *named);

    if (series && !plaincsv_need(table, series, &column, err))
        return false;
    for (size_t at = 0; at < table->n_rows; at++)
        named[at] = (Named) {series ? plaincsv_cell(table, at, column) : "", at};
    if (series)
        qsort(named, table->n_rows, sizeof *named, by_name);
    groups->group = arena_array(out, table->n_rows, sizeof *groups->group);
    groups->n = 0;
    for (size_t at = 0; at < table->n_rows; at++) {
        row[at] = named[at].row;
        if (at == 0 || strcmp(named[at].name, named[at - 1].name) != 0)
            groups->group[groups->n++] = (StatGroup) {named[at].name, &row[at], 0};
        groups->group[groups->n - 1].n++;
    }
    qsort(groups->group, groups->n, sizeof *groups->group, by_first_row);
    return true;
}

static bool run_all(StatCall *call, const PlainCsv *table)
{
    ARENA_AUTO names = arena_new();
    ARENA_AUTO batch = arena_new();
    Groups groups;

    if (!groups_build(names, table, call->series, &groups, call->err))
        return false;
    call->arena = batch;
    call->kept = names;
    call->group = groups.group;
    call->n_groups = groups.n;
    if (!call->json)
        buf_format(&call->out, "%s%s\n", call->series ? "series," : "", call->method->output);
    for (size_t at = 0; at < groups.n; at++) {
        call->series_name = groups.group[at].name;
        call->row = groups.group[at].row;
        call->n = groups.group[at].n;
        if (!call->method->run(call)) {
            if (call->err->kind != ERR_STAT)
                return false;
            if (call->series)
                return err_frame(call->err, "\"%s\", rows counted within series number %zu", table->path, at + 1);
            return err_frame(call->err, "\"%s\", rows counted below the header", table->path);
        }
        arena_reset(batch);
    }
    return true;
}

int cmd_stat(App *app)
{
    StatCall call = {.err = &app->err};
    PlainCsv table;
    const char *in = NULL;
    bool all = app->n_args > 0 && (strcmp(app->args[0], "--help") == 0 || strcmp(app->args[0], "help") == 0);

    if (all) {
        help_all();
        return 0;
    }
    if (app->n_args == 0) {
        err_set(&app->err, ERR_USAGE, "name a method; see veiligbeeld stat --help");
        return ERR_USAGE;
    }
    if (!(call.method = method_find(app->args[0]))) {
        err_set(&app->err, ERR_USAGE, "stat has no method \"%s\"; see veiligbeeld stat --help", app->args[0]);
        return ERR_USAGE;
    }
    for (int at = 1; at < app->n_args; at++)
        if (strcmp(app->args[at], "--help") == 0) {
            help_method(call.method);
            return 0;
        }
    bool good = arguments_read(&call, app->args + 1, &in) && plaincsv_read(app->run, in, &table, &app->err);
    if (good && table.n_rows == 0)
        good = err_set(&app->err, ERR_INPUT, "\"%s\" has a header and no row below it", in);
    call.table = &table;
    good = good && run_all(&call, &table);
    if (good && call.json)
        buf_text(&call.out, "\n]\n"); /* every series has a row, and there is one */
    if (good && call.out.length > 0)
        fwrite(call.out.data, 1, call.out.length, stdout);
    buf_free(&call.out);
    return good ? 0 : (int) app->err.kind;
}
