#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "analyze/disclosure/coarsen.h"
#include "analyze/disclosure/protect.h"
#include "analyze/disclosure/table.h"
#include "cli/app.h"
#include "cli/table_input.h"
#include "cli/table_order.h"

/* -- writing ------------------------------------------------------------------------------------- */

static void quoted(const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, stdout);
        return;
    }
    putchar('"');
    for (; *text; text++) {
        if (*text == '"')
            putchar('"');
        putchar(*text);
    }
    putchar('"');
}

static const char *flag_of(CellStatus status)
{
    return status == CELL_PUBLISHED ? "p" : status == CELL_PRIMARY ? "u" : "x";
}

/* A cell a line, as they come: a table may have millions. */
static bool cells_json(App *app, const Table *table, const System *system, const CellStatus *status, const uint8_t *below)
{
    uint32_t codes[TABLE_DIMENSIONS_MAX];
    TableOrder order = table_order(app->run, table);
    bool good = true, first = true;

    fputs("\"cells\": [", stdout);
    for (size_t place = 0; place < table->n_cells && good; place++) {
        size_t cell = table_order_cell(&order, place, codes);
        if (below && below[cell])
            continue;
        json_t *codes_json = json_object(), *json;
        for (size_t at = 0; at < table->n_dimensions; at++)
            json_object_set_new(codes_json, table_dimension_name(table->dimension[at]), json_string(table_code_text(table->dimension[at], codes[at])));
        json = json_pack("{s:o, s:o, s:s}", "codes", codes_json, "value", status[cell] == CELL_PUBLISHED ? json_integer((json_int_t) system->cell[cell].value) : json_null(),
                         "flag", flag_of(status[cell]));
        fputs(first ? "\n " : ",\n ", stdout);
        first = false;
        good = json && json_dumpf(json, stdout, 0) == 0;
        json_decref(json);
    }
    puts("\n]}");
    return good || err_set(&app->err, ERR_IO, "cannot write the cells as JSON");
}

/* \param below NULL, or one byte a cell: in the system, and not of this table */
static void cells_print(App *app, const Table *table, const System *system, const CellStatus *status, const uint8_t *below)
{
    uint32_t codes[TABLE_DIMENSIONS_MAX];
    TableOrder order = table_order(app->run, table);

    for (size_t at = 0; at < table->n_dimensions; at++) {
        quoted(table_dimension_name(table->dimension[at]));
        putchar(',');
    }
    puts("value,flag");
    for (size_t place = 0; place < table->n_cells; place++) {
        size_t cell = table_order_cell(&order, place, codes);
        if (below && below[cell])
            continue;
        for (size_t at = 0; at < table->n_dimensions; at++) {
            quoted(table_code_text(table->dimension[at], codes[at]));
            putchar(',');
        }
        if (status[cell] == CELL_PUBLISHED)
            printf("%lld,p\n", (long long) system->cell[cell].value);
        else
            printf(",%s\n", flag_of(status[cell]));
    }
}

/* What was chosen when coarser tables were looked at too. */
typedef struct Chosen {
    const char *name;
    size_t      tried, protected;
    double      loss;
    json_t     *alternatives; /* for --json, else NULL; borrowed */
} Chosen;

/* -1 in a certificate: there is none of it. */
static json_t *there_is(int64_t number)
{
    return number < 0 ? json_null() : json_integer((json_int_t) number);
}

static bool certificate_write(App *app, const Certificate *it, const Chosen *chosen)
{
    json_t *json = json_pack(
        "{s:{s:I,s:I,s:I,s:b,s:b}, s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I, s:I,s:I, s:I,s:I,s:I,s:I, s:I,s:I,s:I, s:o,s:o,s:I, s:I,s:I,s:o, s:I,s:I,s:I}", "rules", "threshold",
        (json_int_t) it->rules.threshold, "width", (json_int_t) it->rules.width_min, "contributors", (json_int_t) it->rules.contributors_min, "zeros_published",
        it->rules.zeros_published, "insiders", it->rules.insiders, "cells", (json_int_t) it->n_cells, "relations", (json_int_t) it->n_lines, "zeros",
        (json_int_t) it->n_zero, "withheld", (json_int_t) it->n_withheld, "primaries", (json_int_t) it->n_primary, "secondaries", (json_int_t) it->n_secondary, "published", (json_int_t) it->n_published,
        "ranges", (json_int_t) it->n_ranges, "total", (json_int_t) it->total, "total_hidden", (json_int_t) it->total_hidden, "attackers",
        (json_int_t) it->n_attacks, "insiders_tried", (json_int_t) it->n_insiders, "hidden_attacked", (json_int_t) it->n_hidden, "connected_parts",
        (json_int_t) it->n_parts, "linear_programs", (json_int_t) it->n_linear, "integer_programs", (json_int_t) it->n_integer, "example_tables",
        (json_int_t) it->n_examples, "narrowest_interval", there_is(it->narrowest), "smallest_residual", there_is(it->smallest_residual),
        "primaries_known_below_threshold", (json_int_t) it->n_below, "secondaries_before_mending", (json_int_t) it->n_greedy,
        "secondaries_of_the_search", (json_int_t) it->n_searched, "secondaries_at_least", there_is(it->n_least), "mended",
        (json_int_t) it->n_repaired, "published_again", (json_int_t) it->n_taken_back, "rounds", (json_int_t) it->n_rounds);
    if (json && chosen)
        json_object_set_new(json, "coarsen", json_pack("{s:s,s:I,s:I,s:f}", "chosen", chosen->name, "alternatives", (json_int_t) chosen->tried, "protected",
                                                       (json_int_t) chosen->protected, "loss", round(chosen->loss * 1e4) / 1e4));
    errno = json ? 0 : ENOMEM;
    bool good = json && json_dump_file(json, app->certificate, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) == 0;
    int why = errno;

    json_decref(json);
    return good || err_set(&app->err, ERR_IO, "cannot write the certificate to \"%s\": %s", app->certificate, strerror(why));
}

/* Why nothing was published, by the names of the cells: the file they come from is the operator's own. */
static void refusal_say(const Table *table, const System *system, const Refusal *refusal)
{
    char name[512];

    for (size_t at = 0; at < refusal->n_demands; at++) {
        bool stands = system->cell[refusal->demand[at]].flags & SYSTEM_FIXED, alone = refusal->n_demands == 1;
        table_cell_name(table, refusal->demand[at], name, sizeof name);
        if (stands)
            log_error(alone ? _("was published earlier: %s") : _("was published earlier, with the others named here: %s"), name);
        else
            log_error(alone ? _("must be published: %s") : _("must be published, with the others named here: %s"), name);
    }
    table_cell_name(table, refusal->cell, name, sizeof name);
    switch (refusal->kind) {
    case REFUSAL_DEMANDS: log_error(_("and then this can be computed, and may not be known: %s"), name); break;
    case REFUSAL_SHUT: log_error(_("below this total too little is hidden, and nothing more of it may be hidden: %s (such totals: %zu)"), name, refusal->n); break;
    case REFUSAL_LINES: log_error(_("below this total too little is hidden, whatever else is hidden: %s (such totals: %zu)"), name, refusal->n); break;
    case REFUSAL_OUTSIDER: log_error(_("any reader can narrow down this hidden cell, whatever else is hidden: %s (such cells: %zu)"), name, refusal->n); break;
    case REFUSAL_INSIDER:
        log_error(_("who knows the records of \"%s\" can narrow down this hidden cell, whatever else is hidden: %s (such cells: %zu)"),
                  table_code_text(table->dimension[table->contributors], (uint32_t) refusal->insider - 1), name, refusal->n);
        break;
    case REFUSAL_NONE:     /* the solver or exact arithmetic broke down: no cell to name */
    case REFUSAL_COMPUTED: /* of an audit, which is not asked for here */
        break;
    }
}

/* The table as it is, or the alternative chosen: certificate, cells, and a line for the log. */
static int publish(App *app, const Table *table, const System *system, const CellStatus *status, const uint8_t *below, const Certificate *certificate, const Chosen *chosen)
{
    size_t programs = certificate->n_linear + certificate->n_integer;

    if (app->certificate && !app->dry_run && !certificate_write(app, certificate, chosen))
        return (int) app->err.kind;
    if (!app->json) {
        cells_print(app, table, system, status, below);
    } else {
        putchar('{');
        if (chosen) {
            fputs("\"alternatives\": ", stdout);
            json_dumpf(chosen->alternatives, stdout, JSON_REAL_PRECISION(6));
            fputs(",\n\"chosen\": ", stdout);
            json_t *name = json_string(chosen->name);
            json_dumpf(name, stdout, JSON_ENCODE_ANY);
            json_decref(name);
            fputs(",\n", stdout);
        }
        if (!cells_json(app, table, system, status, below))
            return (int) app->err.kind;
    }
    if (app->certificate && app->dry_run)
        log_info(_("dry run: no certificate was written"));
    const char *cells = arena_format(app->run, ngettext("disclose: %zu cell: %zu published, %zu zero, %zu primary, %zu secondary", "disclose: %zu cells: %zu published, %zu zero, %zu primary, %zu secondary", certificate->n_cells),
                                     certificate->n_cells, certificate->n_published, certificate->n_zero, certificate->n_primary, certificate->n_secondary);
    const char *narrowest = certificate->narrowest < 0 ? "" : arena_format(app->run, _("; narrowest interval %lld"), (long long) certificate->narrowest);
    const char *residual = certificate->smallest_residual < 0 ? "" : arena_format(app->run, _("; smallest residual %lld"), (long long) certificate->smallest_residual);
    const char *attackers = arena_format(app->run, ngettext("%zu attacker", "%zu attackers", certificate->n_attacks), certificate->n_attacks);
    log_info("%s%s%s; %s, %s", cells, narrowest, residual, attackers, arena_format(app->run, ngettext("%zu program", "%zu programs", programs), programs));
    return 0;
}

static int refused(App *app, const Table *table, const System *system, const Refusal *refusal)
{
    bool stands = false;

    refusal_say(table, system, refusal);
    for (size_t at = 0; at < refusal->n_demands; at++)
        stands = stands || system->cell[refusal->demand[at]].flags & SYSTEM_FIXED;
    /* the room that refuses knows no plurals, and calls all of them demands */
    if (refusal->kind == REFUSAL_DEMANDS && refusal->n_demands == 1)
        err_set(&app->err, app->err.kind, stands ? "a cell that was published earlier gives away a cell that may not be known" : "a cell that must be published gives away a cell that may not be known");
    else if (refusal->kind == REFUSAL_DEMANDS && stands)
        err_set(&app->err, app->err.kind, "%zu cells that must be published or were published earlier give away together a cell that may not be known", refusal->n_demands);
    return (int) app->err.kind;
}

/* -- coarser tables ------------------------------------------------------------------------------ */

static void share_text(double share, char *out, size_t bytes)
{
    snprintf(out, bytes, isnan(share) ? "" : "%.4f", share);
}

/* One alternative: as CSV on stdout, or in columns on stderr. */
static void alternative_print(const char *name, const CoarsenResult *it, bool csv)
{
    char cells[32], events[32], loss[32];

    if (it->outcome != COARSEN_PROTECTED) {
        const char *why = it->outcome == COARSEN_LACKS ? "lacks" : "refused";
        if (!csv) {
            fprintf(stderr, "  %-40s %s\n", name, it->outcome == COARSEN_LACKS ? _("lacks a cell that must be or was published") : _("cannot be protected"));
            return;
        }
        quoted(name);
        printf(",%s,,,,,,\n", why);
        return;
    }
    share_text(it->cells, cells, sizeof cells);
    share_text(it->events, events, sizeof events);
    share_text(it->loss, loss, sizeof loss);
    if (!csv) {
        fprintf(stderr, "  %-40s %9zu %9zu %9zu %9s %9s %9s\n", name, it->n_cells, it->n_primary, it->n_secondary, cells, events, loss);
        return;
    }
    quoted(name);
    printf(",protected,%zu,%zu,%zu,%s,%s,%s\n", it->n_cells, it->n_primary, it->n_secondary, cells, events, loss);
}

static json_t *share_json(double share)
{
    return isnan(share) ? json_null() : json_real(round(share * 1e4) / 1e4);
}

static json_t *alternative_json(const char *name, const CoarsenResult *it)
{
    if (it->outcome != COARSEN_PROTECTED)
        return json_pack("{s:s, s:s}", "alternative", name, "outcome", it->outcome == COARSEN_LACKS ? "lacks" : "refused");
    return json_pack("{s:s, s:s, s:I, s:I, s:I, s:o, s:o, s:o}", "alternative", name, "outcome", "protected", "cells", (json_int_t) it->n_cells, "primary",
                     (json_int_t) it->n_primary, "secondary", (json_int_t) it->n_secondary, "cells_shown", share_json(it->cells), "events_shown", share_json(it->events),
                     "loss", share_json(it->loss));
}

static void alternatives_header(bool csv)
{
    if (csv)
        puts("alternative,outcome,cells,primary,secondary,cells_shown,events_shown,loss");
    else
        fprintf(stderr, "  %-40s %9s %9s %9s %9s %9s %9s\n", _("alternative"), _("cells"), _("primary"), _("second."), _("shown"), _("events"), _("loss"));
}

/* Every alternative protected and measured, one at a time: only the best so far is kept. */
static int coarsen_run(App *app, const Table *table, const System *system, const SystemRules *rules)
{
    bool list = strcmp(app->coarsen, "list") == 0;
    json_auto_t *alternatives = app->json ? json_array() : NULL;
    ARENA_AUTO best_memory = arena_new();
    CoarsenResult best, first = {0};
    Chosen chosen = {0};
    Coarsen coarsen;

    coarsen_list(app->run, table, &coarsen);
    if (!list || !app->json)
        alternatives_header(list);
    for (size_t which = 0; which < coarsen.n; which++) {
        Arena *memory = arena_new();
        CoarsenResult it;
        if (!coarsen_try(which ? memory : app->run, &coarsen, which, system, rules, &it, &app->err)) {
            arena_free(memory);
            return (int) app->err.kind;
        }
        if (!list || !app->json)
            alternative_print(coarsen.alternative[which].name, &it, list);
        if (app->json)
            json_array_append_new(alternatives, alternative_json(coarsen.alternative[which].name, &it));
        if (which == 0)
            first = it;
        chosen.protected += it.outcome == COARSEN_PROTECTED;
        if (which == 0 || coarsen_better(&it, &best)) {
            Arena *earlier = best_memory;
            best = it;
            best_memory = memory;
            memory = earlier;
            chosen.name = coarsen.alternative[which].name;
        }
        arena_free(memory);
    }
    chosen.tried = coarsen.n;
    chosen.alternatives = alternatives;
    chosen.loss = best.loss;
    if (coarsen.n_left_out)
        log_warn(ngettext("%zu coarser alternative was not looked at", "%zu coarser alternatives were not looked at", coarsen.n_left_out), coarsen.n_left_out);
    if (list && app->json) {
        fputs("{\"alternatives\": ", stdout);
        json_dumpf(alternatives, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(6));
        puts("}");
    }
    if (list)
        return 0;
    if (best.outcome != COARSEN_PROTECTED) {
        app->err = first.err;
        return refused(app, &first.table, &first.system, &first.refusal);
    }
    log_info(_("disclose: published: %s. Publish none of the others beside it: two tables can be subtracted"), chosen.name);
    return publish(app, &best.table, &best.system, best.status, best.below, &best.certificate, &chosen);
}

static bool same_file(const char *a, const char *b)
{
    struct stat one, other;

    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* The certificate must not take the place of what it is of. */
static bool certificate_elsewhere(App *app)
{
    const char *read[3 + sizeof app->hier / sizeof *app->hier] = {app->table, app->must, app->earlier};
    size_t n = 3;

    for (int at = 0; at < app->n_hier; at++)
        read[n++] = strchr(app->hier[at], '=') ? strchr(app->hier[at], '=') + 1 : NULL;
    for (size_t at = 0; at < n; at++)
        if (read[at] && same_file(read[at], app->certificate))
            return err_set(&app->err, ERR_USAGE, "--certificate would write over \"%s\", which is read; name another file", app->certificate);
    return true;
}

int cmd_disclose_table(App *app)
{
    Table table;
    System system;
    bool schools;
    Certificate certificate;
    Refusal refusal;

    if (app->certificate && app->coarsen && strcmp(app->coarsen, "list") == 0)
        return err_set(&app->err, ERR_USAGE, "--certificate is of the table that is published, and --coarsen list publishes none; take --coarsen best"), (int) ERR_USAGE;
    if ((app->certificate && !certificate_elsewhere(app)) || !table_input_read(app, &table, &schools, &system))
        return (int) app->err.kind;
    SystemRules rules = {.threshold = app->threshold ? app->threshold : 5, .contributors_min = schools ? 3 : 0,
                         .zeros_published = !app->zeros || strcmp(app->zeros, "publish") == 0, .insiders = app->contributors != NULL};
    rules.width_min = system_width(rules.threshold, rules.zeros_published);
    if (app->coarsen)
        return coarsen_run(app, &table, &system, &rules);
    CellStatus *status = arena_array(app->run, system.n_cells, sizeof *status);
    if (!protect_run(&system, &rules, status, &certificate, &refusal, &app->err))
        return refused(app, &table, &system, &refusal);
    return publish(app, &table, &system, status, NULL, &certificate, NULL);
}
