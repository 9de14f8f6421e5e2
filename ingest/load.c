#include "ingest/load.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/buf.h"
#include "ingest/crew.h"
#include "ingest/held.h"
#include "ingest/open.h"
#include "ingest/parts.h"
#include "ingest/pivot.h"
#include "ingest/rotate.h"
#include "ingest/row.h"
#include "ingest/seen.h"

/* From this size on a delivery gets tables of its own; below it the fixed cost of one is not earned back. */
enum { BULK_BYTES = 8 * 1024 * 1024, ROW_BYTES_LEAST = 40 };

/* 9 bytes a slot, half of them used: 5 MiB. More than any board has pupils; a file with more such persons is checked as far as that. */
enum { BORN_MAX = 200000 };

typedef struct Loader {
    const LoadContext *context;
    const Task        *task;
    Arena             *batch, *scratch;
    LoadReport        *report;
    const Form        *nearest; /* to a header that no form knows; NULL */
    Input              input;
    FileFacts          facts;
    Binding            binding;
    RowReader          rows;
    bool               dated;    /* a register file that said its date: the same form and date again is a correction */
    bool               again;    /* it is there, and comes in its own place: it was said to be complete since */
    bool               bulk;     /* tables of its own */
    Seen              *seen;     /* natural keys, perhaps */
    KeySet            *collapsed; /* keys of a register, exactly */
    KeySet            *born;     /* persons that have a possible double (RowFinding), at most BORN_MAX */
    Held              *held;
    uint32_t           above;    /* blank rows above the header, which rows are numbered from */
    Pg                *second;   /* connection of another part, opened early; NULL */
    Parts             *parts;    /* where the rows go */
    size_t             key_at;   /* the kind's column that tells rows apart */
    int                threads;  /* that make rows */
} Loader;

/* -- who and when -------------------------------------------------------------------------------- */

/* Whose delivery is it, and for which period? */
static bool identify(Loader *loader, const Task *task, Err *err)
{
    DeliveryRow *delivery = &loader->report->delivery;
    const Form *form = loader->binding.form;

    delivery->kind = loader->binding.kind->name;
    delivery->form = form->name;
    delivery->form_version = form->version;
    delivery->respondents = form->instrument ? form->instrument->respondents : NULL;
    delivery->received = task->received != DATE_NONE ? task->received : loader->context->as_of;
    delivery->period_begin = task->period_begin;
    delivery->period_end = task->period_end;
    if (loader->binding.kind->public_data) {
        Date as_of = task->as_of != DATE_NONE ? task->as_of : form->as_of != DATE_NONE ? form->as_of : delivery->received;
        delivery->period_begin = delivery->period_end = as_of;
        loader->dated = task->as_of != DATE_NONE || form->as_of != DATE_NONE;
        return true;
    }
    if (form->instrument && form->instrument->schooljaar && delivery->period_begin == DATE_NONE) {
        int year;
        if (date_school_year_parse(form->instrument->schooljaar, &year)) {
            delivery->period_begin = date_school_year_begin(year);
            delivery->period_end = date_school_year_end(year);
        }
    }
    loader->rows.board = form->board ? form->board : task->board;
    if (task->location) {
        Date on = delivery->period_end != DATE_NONE ? delivery->period_end : delivery->received;
        const LocationPeriod *period = ingest_register_at(loader->context->reg, task->location, on);
        if (!period)
            return REFUSE(err, RULE_FILE_SCHOOL, "the school that the file name or manifest names is not in the register; check BRIN and vestiging, or load a newer register");
        if (loader->rows.board && period->board_no != loader->rows.board)
            return REFUSE(err, RULE_FILE_BOARD, "the school belongs to another board than the manifest says; deliver it with its own board");
        loader->rows.fixed_location = period->location_no;
        loader->rows.board = period->board_no;
    } else if (loader->binding.n_location == 0 && !form->office) {
        return REFUSE(err, RULE_FILE_SCHOOL, "nothing says which school this is; add the columns brin and vestiging, or a manifest.json, or name the file <kind>_<brin and vestiging>_<school year>.csv");
    }
    if (form->office && loader->binding.n_location == 0 && !loader->rows.fixed_location) {
        char office[16];
        snprintf(office, sizeof office, "B%05d", loader->rows.board);
        const LocationPeriod *period = ingest_register_find(loader->context->reg, office);
        if (!period)
            return REFUSE(err, RULE_FILE_BOARD, "nothing says which board this is; add a manifest.json, or --board");
        loader->rows.fixed_location = period->location_no;
    }
    delivery->location_no = task->location ? loader->rows.fixed_location : 0;
    return true;
}

/* The table that the form makes of the file: as it stands, or pivoted. */
static bool table_open(Loader *loader, Table *table, Err *err)
{
    const Form *form = loader->binding.form ? loader->binding.form : loader->report->form;

    if (!open_table(&loader->input, &loader->facts, table, err))
        return false;
    if (!form || !form->pivot_row)
        return true;
    Reader *inner = table->reader;
    table->reader = NULL;
    return pivot_open(inner, form, &table->reader, err);
}

/* What neither manifest nor name says is read from the rows, before anything is written: the board of the first known
 * school, and the school years of all rows. */
static bool find_board_and_period(Loader *loader, Err *err)
{
    DeliveryRow *delivery = &loader->report->delivery;
    TABLE_AUTO table = {0};
    const Cell *cell;
    size_t count;
    int first = INT32_MAX, last = INT32_MIN, year;
    bool want_period = delivery->period_begin == DATE_NONE;

    if (loader->binding.kind->public_data || (loader->rows.board && !want_period))
        return true;
    if (!table_open(loader, &table, err))
        return false;
    reader_next(table.reader, &cell, &count); /* the header */
    for (RowStatus status; (status = reader_next(table.reader, &cell, &count)) != ROW_END;) {
        if (status != ROW_GOOD)
            continue;
        bool dated = row_school_year(&loader->rows, cell, count, &year);
        if (want_period && dated) {
            first = year < first ? year : first;
            last = year > last ? year : last;
        } else if (!want_period && loader->rows.board) {
            break;
        }
    }
    if (!loader->rows.board)
        return REFUSE(err, RULE_FILE_SCHOOL, "none of the schools in the file is in the register; check BRIN and vestiging, or load a newer register");
    if (want_period && last < first) /* no readable date: the rows themselves will say so */
        first = last = date_school_year(delivery->received);
    if (want_period) {
        delivery->period_begin = date_school_year_begin(first);
        delivery->period_end = date_school_year_end(last);
    }
    bind_forget(&loader->binding); /* what was learnt from the rows is learnt anew, in the order of the second reading */
    return true;
}

/* -- rows ---------------------------------------------------------------------------------------- */

static void reject_keep(Loader *loader, int64_t row, const RowFault *fault, bool finding)
{
    LoadReport *report = loader->report;

    if (report->n_rejects == LOAD_REJECTS_KEPT)
        return;
    if (!report->reject)
        report->reject = arena_array(loader->batch, 64, sizeof *report->reject);
    else if (report->n_rejects >= 64 && (report->n_rejects & (report->n_rejects - 1)) == 0) {
        RowReject *grown = arena_array(loader->batch, report->n_rejects * 2, sizeof *grown);
        memcpy(grown, report->reject, report->n_rejects * sizeof *grown);
        report->reject = grown;
    }
    report->reject[report->n_rejects++] =
        (RowReject) {.row = row, .column = fault->column, .field = fault->field, .rule = fault->rule, .finding = finding};
}

/* Is the person whose day and month of birth are exchanged known already? */
static bool is_double(Loader *loader, const RowFinding *finding)
{
    return keyset_count(loader->born) < BORN_MAX && keyset_add(loader->born, finding->born) && keyset_has(loader->born, finding->swapped);
}

static void notes_take(Loader *loader, const Batch *batch)
{
    for (size_t at = 0; at < batch->n_notes; at++) {
        const BatchNote *note = &batch->note[at];
        bool so = !note->what.perhaps || is_double(loader, &note->what);
        if (so && note->told)
            reject_keep(loader, loader->report->delivery.read + note->skipped - loader->above + note->row + 1, &note->what.fault, note->finding);
    }
}

/* What a COPY of rows of this file names; tables of its own have the number once for all rows. */
static const char *copy_columns(const Loader *loader, bool numbered)
{
    return numbered ? arena_format(loader->batch, "%s, delivery_no", loader->binding.columns) : loader->binding.columns;
}

/* The bytes of one row, as the kind's own table takes them: with the number of its delivery. */
static void row_complete(const Loader *loader, const char *data, size_t bytes, PgRow *to)
{
    bool numbered = loader->rows.numbered;

    to->used = 0;
    pgrow_begin(to, loader->binding.n_columns + 1);
    pgrow_room(to, bytes);
    pgrow_put(to, data + 2, bytes - 2); /* without its count of columns */
    if (!numbered)
        pgrow_int4(to, loader->report->delivery.delivery_no);
}

/* Has it been there before, as far as memory tells? \return false: its bytes are not to be sent. good: false with err */
static bool row_new(Loader *loader, const Batch *batch, size_t at, size_t begin, bool *good, Err *err)
{
    const BatchRow *row = &batch->row[at];
    DeliveryRow *delivery = &loader->report->delivery;

    if (loader->collapsed && !keyset_add(loader->collapsed, row->key)) {
        delivery->duplicate++;
        return false;
    }
    if (!loader->seen)
        return true;
    if (!seen_add(loader->seen, row->key)) {
        *good = held_passed(loader->held, row->key, err);
        return true;
    }
    *good = held_put(loader->held, row->key, batch->rows.data + begin, row->end - begin, err);
    return false;
}

enum { AHEAD = 16 }; /* rows: by then what seen_add needs has come from memory */

/* Account for a batch, and say which of its rows were there before. */
static bool batch_judge(void *context, Batch *batch, Err *err)
{
    Loader *loader = context;
    DeliveryRow *delivery = &loader->report->delivery;
    size_t begin = 0; /* of the row at hand */
    bool good = true;

    notes_take(loader, batch);
    for (size_t at = 0; good && at < batch->count; at++) {
        BatchRow *row = &batch->row[at];
        if (loader->seen && at + AHEAD < batch->count)
            seen_soon(loader->seen, batch->row[at + AHEAD].key);
        if (!row->good) {
            delivery->rejected++;
        } else if (!row_new(loader, batch, at, begin, &good, err)) {
            row->good = false; /* not sent */
        } else {
            delivery->loaded++;
        }
        begin = row->end;
    }
    delivery->read += (int64_t) batch->count;
    return good;
}

/* Its rows but those that were there before. */
static void batch_send(void *context, const Batch *batch, int worker)
{
    Loader *loader = context;
    PgCopy *copy = loader->threads > 1 ? parts_take(loader->parts, worker) : parts_turn(loader->parts);
    size_t begin = 0, sent = 0; /* of the row at hand; of what is not sent yet */

    for (size_t at = 0; at < batch->count; begin = batch->row[at++].end)
        if (!batch->row[at].good) {
            pg_copy_rows(copy, batch->rows.data + sent, begin - sent);
            sent = batch->row[at].end;
        }
    pg_copy_rows(copy, batch->rows.data + sent, begin - sent);
    if (loader->threads > 1)
        parts_give(loader->parts, worker);
}

static bool rows_load(Loader *loader, Reader *reader, Err *err)
{
    const CrewTake take = {.judge = batch_judge, .send = batch_send, .context = loader};

    loader->threads = loader->bulk ? crew_threads(reader, loader->context->workers) : 1;
    return crew_run(reader, &loader->rows, loader->key_at, loader->threads, &take, err) && (!reader->failed || err_set(err, ERR_INPUT, "the file could not be read to its end"));
}

/* -- duplicates ---------------------------------------------------------------------------------- */

/* What is known of a key of another delivery of the board: that it is there. */
typedef struct Filling {
    Loader *loader;
    Err    *err;
    bool    good;
} Filling;

static void key_known(void *context, int64_t key)
{
    Filling *filling = context;

    seen_add(filling->loader->seen, key);
    filling->good = filling->good && held_passed(filling->loader->held, key, filling->err);
}

/* The keys of the board's other deliveries come by first, so that their rows are recognised too. */
static bool seen_fill(Loader *loader, Err *err)
{
    DeliveryRow *delivery = &loader->report->delivery;
    Pg *db = loader->context->db;
    int64_t there;

    if (!loader->binding.kind->natural_key)
        return true;
    if (!ingest_db_board_rows(db, delivery, &there, err))
        return false;
    loader->seen = seen_new((uint64_t) there + (loader->facts.lines ? loader->facts.lines : loader->facts.bytes / ROW_BYTES_LEAST));
    loader->held = held_new(loader->context->place->var, loader->bulk && !seen_exact(loader->seen));
    Filling filling = {loader, err, true};
    return there == 0 || (ingest_db_keys(db, delivery, key_known, &filling, err) && filling.good);
}

/* Rows that were held back and only looked alike go where the others went. */
static bool held_release(Loader *loader, PgRow *row, Err *err)
{
    bool doubtful;
    int64_t key;

    if (!loader->held)
        return true;
    if (!held_sift(loader->held, err))
        return false;
    if (held_doubtful(loader->held) == held_count(loader->held))
        return true;
    while (held_next(loader->held, &key, row, &doubtful))
        if (!doubtful) {
            pg_copy_rows(parts_turn(loader->parts), row->data, row->used);
            loader->report->delivery.loaded++;
        }
    return true;
}

/* The doubtful ones to the server, which has the exact keys and what the other rows say: it decides what becomes of each. */
static bool held_settle(Loader *loader, PgRow *row, Err *err)
{
    Pg *db = loader->context->db;
    const char *table = loader->binding.kind->table;
    PgRow whole = {0};
    PgCopy *copy;
    int64_t key, taken;
    bool doubtful;

    if (!loader->held || held_doubtful(loader->held) == 0)
        return true;
    if (!held_rewind(loader->held, err) || !ingest_db_held_begin(db, table, err) ||
        !pg_copy_begin(db, "pg_temp.held_rows", copy_columns(loader, true), NULL, &copy, err))
        return false;
    while (held_next(loader->held, &key, row, &doubtful))
        if (doubtful) {
            row_complete(loader, row->data, row->used, &whole);
            pg_copy_rows(copy, whole.data, whole.used);
        }
    pgrow_free(&whole);
    if (!pg_copy_end(copy, &taken, err))
        return false;
    if (taken != (int64_t) held_doubtful(loader->held))
        return err_set(err, ERR_BUG, "the server took another number of rows than was sent");
    return ingest_db_held_settle(db, table, &loader->report->delivery, err);
}

/* -- the transaction ----------------------------------------------------------------------------- */

/* What a whole file may not be, known once its rows are. */
static bool file_accept(const Loader *loader, Err *err)
{
    const DeliveryRow *delivery = &loader->report->delivery;
    double share = loader->binding.form->max_reject_share;

    if (delivery->read == 0 && !loader->task->complete)
        return REFUSE(err, RULE_FILE_EMPTY, "the file has a header and no rows; deliver it with rows, or leave it out");
    if (delivery->read > 0 && (double) delivery->rejected > share * (double) delivery->read && (delivery->rejected > 2 || delivery->rejected == delivery->read))
        return REFUSE(err, RULE_FILE_REJECTS, "%lld of %lld rows are wrong, more than this form allows (%.0f %%); mend the rows below and deliver the file again",
                       (long long) delivery->rejected, (long long) delivery->read, share * 100);
    return true;
}

/* All rows of the file into the kind's table, or into tables made for them. */
static bool file_copy(Loader *loader, PgRow *spare, Err *err)
{
    TABLE_AUTO table = {0};
    int64_t taken = 0;
    const Cell *cell;
    size_t count;

    if (!table_open(loader, &table, err))
        return false;
    reader_next(table.reader, &cell, &count); /* the header */
    loader->above = (uint32_t) table.reader->skipped;
    if (!parts_copy(loader->parts, err) || !rows_load(loader, table.reader, err) || !input_unchanged(&loader->input, err) || !file_accept(loader, err) || !held_release(loader, spare, err) ||
        !parts_end(loader->parts, &taken, err))
        return false;
    if (taken != loader->report->delivery.loaded)
        return err_set(err, ERR_BUG, "the server took another number of rows than was sent");
    return held_settle(loader, spare, err);
}

/* Which schools a file for the whole board holds, as an array of the server. Only read when there is another such file: it replaces what that
 * one holds of these schools, and leaves the rest. *schools NULL: it does not matter. */
static bool schools_find(Loader *loader, const char **schools, Err *err)
{
    DeliveryRow *delivery = &loader->report->delivery;
    TABLE_AUTO table = {0};
    BUF_AUTO list = {0};
    const Cell *cell;
    size_t count;
    bool rivals = false;

    *schools = NULL;
    if (loader->binding.kind->public_data || delivery->location_no || loader->binding.n_location == 0 || loader->task->complete)
        return true;
    if (!ingest_db_rivals(loader->context->db, delivery, &rivals, err))
        return false;
    if (!rivals)
        return true;
    if (!table_open(loader, &table, err))
        return false;
    KeySet *seen = keyset_new();
    buf_text(&list, "{");
    reader_next(table.reader, &cell, &count); /* the header */
    for (RowStatus status; (status = reader_next(table.reader, &cell, &count)) != ROW_END;) {
        int school = status == ROW_GOOD ? row_school(&loader->rows, cell, count) : 0;
        if (school && keyset_add(seen, school))
            buf_format(&list, "%s%d", keyset_count(seen) > 1 ? "," : "", school);
    }
    keyset_free(seen);
    buf_text(&list, "}");
    *schools = arena_text(loader->batch, list.data);
    return true;
}

/* Everything between BEGIN and COMMIT. The file's own faults are ERR_INPUT. */
static bool transaction(Loader *loader, Err *err)
{
    Pg *db = loader->context->db;
    DeliveryRow *delivery = &loader->report->delivery;
    int instrument = loader->binding.form->instrument ? loader->binding.form->instrument->no : 0;
    PgRow spare = {0};

    if ((loader->again && !ingest_db_stale(db, delivery, err)) || !ingest_db_insert(db, delivery, err))
        return false;
    if (*loader->context->first_delivery == 0)
        *loader->context->first_delivery = delivery->delivery_no;
    const PartsPlan plan = {.db = db, .dsn = loader->context->dry_run ? NULL : loader->context->dsn, .table = loader->binding.kind->table, .bulk = loader->bulk,
                            .columns = copy_columns(loader, loader->rows.numbered), .delivery = delivery, .second = loader->bulk ? loader->second : NULL};
    if (loader->bulk)
        loader->second = NULL;
    if (!parts_open(&plan, &loader->parts, err))
        return false;
    const char *schools;
    if (!schools_find(loader, &schools, err))
        return false;
    /* Undated register files add up, and the newest wins per school: pupil counts of two sources are no correction. */
    if ((!loader->binding.kind->public_data || loader->dated) && !ingest_db_replace(db, delivery, instrument, *loader->context->first_delivery, schools, loader->task->complete, &loader->report->replaced, err))
        return false;
    bool good = seen_fill(loader, err) && file_copy(loader, &spare, err);
    pgrow_free(&spare);
    return good && ingest_db_rejects(db, "fact.reject", "delivery_no", delivery->delivery_no, loader->report->reject, loader->report->n_rejects, err) && ingest_db_done(db, delivery, err) &&
           ingest_db_refusals_settle(db, delivery, err);
}

static bool file_load(Loader *loader, Err *err)
{
    Pg *db = loader->context->db;
    const Kind *kind = loader->binding.kind;

    for (size_t at = 0; at < kind->n_columns; at++)
        if ((kind->natural_key && kind->column[at].type == TYPE_KEY) || (kind->collapse && strcmp(kind->column[at].column, kind->collapse) == 0))
            loader->key_at = at;
    if (kind->collapse)
        loader->collapsed = keyset_new();
    bool dry = loader->context->dry_run;
    if ((!kind->public_data || kind->collapse) &&
        ((!dry && !rotate_settle(db, loader->context->place->var, loader->rows.board, err)) ||
         !(dry ? pseudonym_open_dry : pseudonym_open)(loader->context->place->var, loader->rows.board, &loader->rows.pseudonymizer, err)))
        return false;
    loader->born = keyset_new();
    bool good = pg_begin(db, err) && transaction(loader, err);
    if (good && !loader->context->dry_run)
        good = pg_commit(db, err);
    if (!good)
        parts_abort(loader->parts);
    pg_rollback(db);
    parts_close(loader->parts, good);
    return good;
}

/* -- the file ------------------------------------------------------------------------------------ */

static bool header_read(Loader *loader, Err *err)
{
    TABLE_AUTO table = {0};
    const Cell *cell;
    size_t count;

    if (!table_open(loader, &table, err))
        return false;
    RowStatus status = reader_next(table.reader, &cell, &count);
    if (status == ROW_END)
        return REFUSE(err, RULE_FILE_EMPTY, "the file is empty; export it again with a header and rows");
    if (status != ROW_GOOD)
        return REFUSE(err, RULE_FILE_HEADER, "the header cannot be read (%s)", err_word(status == ROW_LONG ? "too long" : status == ROW_NUL ? "NUL byte" : "open quotation mark"));
    loader->binding.n_header = count;
    return bind_header(loader->batch, cell, count, loader->binding.encoding, &loader->binding.header, err);
}

static bool form_find(Loader *loader, const Task *task, const Form **form, Err *err)
{
    const Forms *forms = loader->context->forms;
    const char *missing = "";

    *form = task->form ? forms_find(forms, task->form) : delivery_form(forms, loader->binding.header, loader->binding.n_header);
    if (*form)
        return true;
    if (task->form)
        return REFUSE(err, RULE_FILE_FORM, "there is no form \"%s\" in config/forms", task->form);
    loader->nearest = delivery_form_nearest(forms, loader->binding.header, loader->binding.n_header, &missing);
    if (loader->nearest) {
        missing = form_header(loader->nearest, missing);
        loader->report->missing = missing;
        return REFUSE(err, RULE_FILE_COLUMN, "no column for \"%s\"; the file looks like the form \"%s\", which needs it: add the column, or name the right form", missing, loader->nearest->title);
    }
    return REFUSE(err, RULE_FILE_FORM, "no form of config/forms has the columns of this file; \"veiligbeeld config suggest\" proposes one");
}

static bool secret(LoadReport *report, Err *err)
{
    report->outcome = LOAD_SECRET;
    return err_set(err, ERR_INPUT, "this file holds data that may not be registered");
}

/* While the first reading goes on anyway, and before anybody knows whether it will be needed. Without one now, it is asked for again. */
static void second_open(Loader *loader)
{
    const LoadContext *context = loader->context;
    Err ignored;

    if (context->ahead && context->dsn && !context->dry_run && !pg_open(&loader->second, context->dsn, &ignored))
        loader->second = NULL;
}

static bool file_open(Loader *loader, const Task *task, Err *err)
{
    LoadReport *report = loader->report;
    const Form *form;

    if (!input_open(task, &loader->input, err))
        return false;
    second_open(loader);
    bool ahead = loader->input.format == FORMAT_CSV && !task->entry && ahead_take(loader->context->ahead, loader->input.file, &loader->facts);
    if (!ahead && !open_facts(&loader->input, &loader->facts, err))
        return false;
    if (loader->facts.handle_with_care)
        return secret(report, err);
    if (loader->facts.utf16)
        return REFUSE(err, RULE_FILE_ENCODING, "the file is UTF-16; save it as UTF-8 or Windows-1252");
    loader->binding.encoding = loader->facts.encoding;
    loader->binding.valid = loader->facts.valid;
    bool known = header_read(loader, err) && form_find(loader, task, &form, err);
    /* Initials are a signal, but not in the streets of a public register. */
    if (loader->facts.spelled && !(known && form->kind->public_data))
        return secret(report, err);
    if (!known)
        return false;
    report->form = form;
    if (form->pivot_row && !header_read(loader, err)) /* the header that rows will have */
        return false;
    report->delivery.sha256 = arena_text(loader->batch, loader->facts.sha256);
    if (!open_siblings(loader->batch, &loader->input, &report->delivery.siblings, err))
        return false;
    if (!bind_form(loader->batch, form, &loader->binding, err)) {
        report->missing = loader->binding.missing;
        return false;
    }
    report->delivery.ignored_columns = loader->binding.ignored;
    loader->bulk = form->kind->bulk && loader->facts.bytes >= BULK_BYTES;
    loader->rows.numbered = !loader->bulk;
    loader->rows.value = arena_array(loader->batch, form->kind->n_columns, sizeof *loader->rows.value);
    for (size_t at = 0; at < form->kind->n_columns; at++)
        loader->rows.value[at].null = true; /* columns that this file cannot fill are never read */
    return identify(loader, task, err) && find_board_and_period(loader, err);
}

/* Said to be the whole of its period, now that it is loaded: again, when that makes a difference. */
static bool again_find(Loader *loader, bool *known, Err *err)
{
    DeliveryRow *delivery = &loader->report->delivery;
    const Form *form = loader->binding.form;
    Date since;

    if (!*known || !loader->task->complete || form->kind->public_data)
        return true;
    if (!ingest_db_complete(loader->context->db, delivery, loader->task->received, form->instrument ? form->instrument->no : 0, *loader->context->first_delivery, &since, err))
        return false;
    if (since == DATE_NONE)
        return true;
    delivery->received = since;
    loader->again = true;
    *known = false;
    return true;
}

static bool file_run(Loader *loader, const Task *task, Err *err)
{
    LoadReport *report = loader->report;
    bool known = false;

    bool good = file_open(loader, task, err);
    report->delivery.board_no = loader->rows.board;
    if (!good || !ingest_db_known(loader->context->db, &report->delivery, task->period_begin, task->period_end, task->received, &known, err) || !again_find(loader, &known, err))
        return false;
    if (known) {
        report->outcome = LOAD_KNOWN;
        return true;
    }
    good = file_load(loader, err);
    report->outcome = good ? LOAD_DONE : LOAD_REFUSED;
    return good;
}

/* What feedback will say of a file that was refused: whose it is as far as anybody knows, and why. Never of one with a signal. */
static bool refusal_store(Loader *loader, Err *err)
{
    const LoadContext *context = loader->context;
    const Task *task = loader->task;
    LoadReport *report = loader->report;
    DeliveryRow *delivery = &report->delivery;
    const Form *form = loader->binding.form ? loader->binding.form : report->form ? report->form : loader->nearest;
    Refusal refusal = {.sha256 = *loader->facts.sha256 ? loader->facts.sha256 : NULL, .kind = form ? form->kind->name : NULL, .form = form ? form->name : NULL,
                       .board_no = loader->rows.board ? loader->rows.board : task->board, .location_no = delivery->location_no,
                       .period_begin = task->period_begin, .period_end = task->period_end, .refused = task->received != DATE_NONE ? task->received : context->as_of,
                       .rule = rule_id(report->why), .missing = report->missing, .read = delivery->read, .rejected = delivery->rejected,
                       .reject = report->reject, .n_rejects = report->n_rejects};
    const LocationPeriod *school = task->location ? ingest_register_at(context->reg, task->location, refusal.period_end != DATE_NONE ? refusal.period_end : refusal.refused) : NULL;

    if (context->dry_run || (form && form->kind->public_data))
        return true;
    if (school) {
        refusal.location_no = school->location_no;
        refusal.board_no = school->board_no;
    }
    if (pg_begin(context->db, err) && ingest_db_refuse(context->db, &refusal, err) && pg_commit(context->db, err))
        return true;
    pg_rollback(context->db);
    return false;
}

bool load_file(Arena *batch, const LoadContext *context, const Task *task, LoadReport *report, Err *err)
{
    Arena *scratch = arena_new();
    Loader *loader = arena_alloc(batch, sizeof *loader);

    memset(report, 0, sizeof *report);
    report->outcome = LOAD_REFUSED;
    *loader = (Loader) {.context = context, .task = task, .batch = batch, .scratch = scratch, .report = report};
    loader->rows = (RowReader) {.in_order = true, .binding = &loader->binding, .forms = context->forms, .reg = context->reg, .delivery = &report->delivery, .scratch = scratch};
    bool good = !task->why && !task->secret && file_run(loader, task, err);
    if (task->secret) {
        secret(report, err);
    } else if (task->why) {
        err_set(err, ERR_INPUT, "%s", task->why);
        err->reason = task->reason;
    }
    if (!good && err->kind == ERR_INPUT && report->outcome == LOAD_REFUSED) {
        Err trouble = {0};
        report->why = err->reason ? (Rule) err->reason : RULE_FILE_UNREADABLE;
        if (!refusal_store(loader, &trouble))
            *err = trouble;
    }
    input_close(&loader->input);
    pg_close(loader->second);
    pseudonym_close(loader->rows.pseudonymizer);
    seen_free(loader->seen);
    keyset_free(loader->collapsed);
    keyset_free(loader->born);
    held_free(loader->held);
    arena_wipe(scratch); /* it held names */
    arena_free(scratch);
    return good || err->kind == ERR_INPUT;
}

const Form *load_peek_form(const LoadContext *context, const Task *task)
{
    ARENA_AUTO batch = arena_new();
    char head[65536];
    FileFacts facts = {.delimiter = ';'};
    const char **keys;
    const Cell *cell;
    size_t count;
    Err ignored;

    if (task->form)
        return forms_find(context->forms, task->form);
    if (task->why || task->secret)
        return NULL;
    INPUT_AUTO input = {0};
    if (!input_open(task, &input, &ignored) || !open_head(&input, head, sizeof head, &facts, &ignored))
        return NULL;
    TABLE_AUTO table = {0};
    const Form *form = NULL;
    if (open_table(&input, &facts, &table, &ignored) && reader_next(table.reader, &cell, &count) == ROW_GOOD &&
        bind_header(batch, cell, count, facts.encoding, &keys, &ignored))
        form = delivery_form(context->forms, keys, count);
    explicit_bzero(head, sizeof head);
    return form;
}
