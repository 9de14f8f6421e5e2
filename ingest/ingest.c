#include "ingest/ingest.h"

#include <stdio.h>
#include <string.h>

#include "common/due.h"
#include "common/log.h"
#include "common/place.h"
#include "ingest/crew.h"

typedef struct Work {
    LoadContext    load;
    IngestTell    *tell;
    void          *tell_context;
    IngestTotals  *totals;
} Work;

static bool task_run(Work *work, const Task *task, Err *err)
{
    ARENA_AUTO batch = arena_new();
    LoadReport report;
    IngestTotals *totals = work->totals;
    char why[1024] = "";

    if (!load_file(batch, &work->load, task, &report, err))
        return err_frame(err, "%s", task->path);
    if (report.outcome == LOAD_REFUSED)
        err_line(err, why, sizeof why);
    if (report.outcome != LOAD_SECRET) { /* not even a counter that outlives the run */
        totals->files++;
        totals->loaded += report.outcome == LOAD_DONE;
        totals->known += report.outcome == LOAD_KNOWN;
        totals->refused += report.outcome == LOAD_REFUSED;
    }
    totals->secret += report.outcome == LOAD_SECRET;
    totals->replaced += (size_t) report.replaced.deliveries;
    if (report.outcome == LOAD_DONE) {
        totals->read += report.delivery.read;
        totals->rows += report.delivery.loaded;
        totals->rejected += report.delivery.rejected;
        totals->superseded += report.delivery.superseded;
        totals->duplicate += report.delivery.duplicate;
    }
    memset(err, 0, sizeof *err); /* a bad file is told, it does not end the run */
    work->tell(work->tell_context, task, &report, why);
    return true;
}

static bool tasks_run(Work *work, const Task *tasks, size_t count, const bool *public_data, bool public_pass, size_t *done, Err *err)
{
    for (size_t at = 0; at < count; at++) {
        if (public_data[at] != public_pass)
            continue;
        progress_update((double) ++*done);
        if (!task_run(work, &tasks[at], err))
            return false;
    }
    return true;
}

bool ingest_config_check(const Place *place, Err *err)
{
    ARENA_AUTO run = arena_new();
    DeliveryRules *rules;
    Forms forms;
    Due *due;
    size_t n_due;

    return forms_load(run, place, &forms, err) && delivery_rules_load(run, place, &rules, err) && due_load(run, place, &due, &n_due, err);
}

bool ingest_suggest(Arena *out, const Place *place, const char *path, Suggestion *suggestion, Err *err)
{
    Forms *forms = arena_alloc(out, sizeof *forms);
    const char *const paths[] = {path, NULL};
    DeliveryRules *rules;
    Task *tasks;
    size_t count, secret;

    /* As ingest would see it: a workbook is a task per sheet, a zip file one per entry. The first is the one asked about. */
    if (!forms_load(out, place, forms, err) || !delivery_rules_load(out, place, &rules, err) ||
        !delivery_tasks(out, rules, paths, NULL, 0, &tasks, &count, &secret, err))
        return false;
    if (secret || (count && tasks[0].secret))
        return err_set(err, ERR_INPUT, SUGGEST_SECRET);
    if (count == 0)
        return err_set(err, ERR_INPUT, "there is nothing to read in \"%s\"", path);
    if (tasks[0].why)
        return err_set(err, ERR_INPUT, "%s", tasks[0].why);
    if (suggest_form(out, forms, &tasks[0], suggestion, err))
        return true;
    return strcmp(err->text, err_word(SUGGEST_SECRET)) == 0 ? false : err_frame(err, "%s", tasks[0].path);
}

bool ingest_paths(const char *dsn, const Place *place, const char *const *paths, const IngestOptions *options, IngestTell *tell,
                  void *context, IngestTotals *totals, Err *err)
{
    ARENA_AUTO run = arena_new();
    PG_DB_AUTO db = NULL;
    DeliveryRules *rules;
    Forms forms;
    Register reg;
    Task *tasks;
    size_t count, named_secret, done = 0;
    int first_delivery = 0;
    bool changed = false;

    memset(totals, 0, sizeof *totals);
    if (!forms_load(run, place, &forms, err) || !delivery_rules_load(run, place, &rules, err) ||
        !delivery_tasks(run, rules, paths, options->form, options->board, &tasks, &count, &named_secret, err))
        return false;
    totals->secret = named_secret;
    if (!pg_open(&db, dsn, err) || !ingest_db_lock(db, err) || !ingest_db_register(run, db, &reg, err))
        return false;
    Work work = {.load = {.db = db, .forms = &forms, .reg = &reg, .place = place, .as_of = options->as_of, .dry_run = options->dry_run,
                          .first_delivery = &first_delivery, .dsn = dsn, .ahead = options->ahead, .workers = options->workers < 0 ? crew_workers() : options->workers},
                 .tell = tell, .tell_context = context, .totals = totals};
    bool *public_data = arena_array(run, count + 1, sizeof *public_data);
    for (size_t at = 0; count > 1 && at < count; at++) { /* one alone needs no order */
        const Form *form = load_peek_form(&work.load, &tasks[at]);
        public_data[at] = form && form->kind->public_data;
    }
    progress_begin("ingest", (double) count);
    bool good = tasks_run(&work, tasks, count, public_data, true, &done, err);
    /* The server knows whether there is anything to derive; a run killed in between is caught up with here. */
    if (good && !options->dry_run)
        good = ingest_db_refresh_register(db, &changed, err) && (!changed || ingest_db_register(run, db, &reg, err));
    good = good && tasks_run(&work, tasks, count, public_data, false, &done, err);
    /* Schools' own free days came with the second pass. */
    good = good && (options->dry_run || ingest_db_refresh_register(db, &changed, err));
    progress_end();
    return good;
}
