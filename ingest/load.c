#include "ingest/load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/log.h"
#include "ingest/convert.h"
#include "ingest/pseudonym.h"

enum { PEOPLE_MAX = 64, ITEMS_MAX = 256, YEARS_MAX = 80 };
enum { INT2_NULL = -32768 };

/* Where the text of one field comes from in this file. */
typedef struct Source {
    const FormField *field; /* NULL: the form does not have it */
    int              column; /* index of the cell, -1 = constant or absent */
    int              locked; /* date format seen so far, -1 = none */
} Source;

typedef struct ColumnSource {
    Source main, *also;
    size_t n_also;
} ColumnSource;

typedef struct Value {
    bool    null;
    int64_t whole;
    double  real;
    const char *text;
    size_t  bytes;
} Value;

typedef struct KeySet {
    int64_t *slot;
    uint8_t *used;
    size_t   room, count;
} KeySet;

typedef struct Loader {
    const LoadContext *context;
    const Form        *form;
    const Kind        *kind;
    Arena             *batch, *row;
    LoadReport        *report;
    Pseudonymizer     *pseudonymizer;
    TextEncoding       encoding;
    char             **header; /* text_key per column */
    size_t             n_header;
    ColumnSource      *source;
    Value             *value;
    Source            *location;
    size_t             n_location;
    Source             victim, victim_role, birth, people_birth;
    int               *item_column;
    int                first_year, n_years, year_column[YEARS_MAX];
    int                fixed_location, board;
    bool               dated;   /* a register file that said its date: the same form and date again is a correction */
    KeySet             keys;
    /* the row at hand */
    const CsvCell     *cell;
    size_t             n_cells;
    int                location_no;
    uint8_t            person[PEOPLE_MAX][16];
    int16_t            role[PEOPLE_MAX], group[PEOPLE_MAX];
    size_t             n_people;
    int16_t            answer[ITEMS_MAX];
    int16_t            count[YEARS_MAX];
    int                bad_column;
    const char        *bad_field;
} Loader;

/* -- a set of 64-bit keys ------------------------------------------------------------------------ */

static bool key_add(KeySet *set, int64_t key) /* false: was there already */
{
    if (set->count * 2 >= set->room) {
        KeySet grown = {.room = set->room ? set->room * 2 : 1024};
        grown.slot = malloc(grown.room * sizeof *grown.slot);
        grown.used = calloc(grown.room, 1);
        if (!grown.slot || !grown.used)
            exit(ERR_BUG);
        for (size_t at = 0; at < set->room; at++)
            if (set->used[at])
                key_add(&grown, set->slot[at]);
        free(set->slot);
        free(set->used);
        *set = grown;
    }
    size_t at = (uint64_t) key * 0x9E3779B97F4A7C15u >> 20 & (set->room - 1);
    for (; set->used[at]; at = (at + 1) & (set->room - 1))
        if (set->slot[at] == key)
            return false;
    set->slot[at] = key;
    set->used[at] = 1;
    set->count++;
    return true;
}

static void keys_free(KeySet *set)
{
    free(set->slot);
    free(set->used);
}

/* -- text of a field ----------------------------------------------------------------------------- */

static Source source_find(const Loader *loader, const FormField *field)
{
    Source source = {.field = field, .column = -1, .locked = -1};

    for (const char **key = field ? field->columns : NULL; key && *key && source.column < 0; key++)
        for (size_t column = 0; column < loader->n_header; column++)
            if (strcmp(loader->header[column], *key) == 0) {
                source.column = (int) column;
                break;
            }
    return source;
}

static bool source_present(const Source *source)
{
    return source->column >= 0 || (source->field && source->field->constant);
}

/* Trimmed UTF-8 text; RULE_TEXT_ENCODING when the cell is not what the file is. */
static Rule source_text(Loader *loader, const Source *source, const char **text, size_t *bytes)
{
    *text = "";
    *bytes = 0;
    if (source->column >= 0 && (size_t) source->column < loader->n_cells) {
        *text = loader->cell[source->column].text;
        *bytes = loader->cell[source->column].bytes;
        if (loader->encoding == TEXT_CP1252) {
            for (size_t at = 0; at < *bytes; at++)
                if ((unsigned char) (*text)[at] >= 0x80) {
                    *text = text_from_cp1252(loader->row, *text, *bytes);
                    *bytes = strlen(*text);
                    break;
                }
        } else if (text_utf8_span(*text, *bytes) != *bytes) {
            return RULE_TEXT_ENCODING;
        }
        text_trim(text, bytes);
    }
    if (*bytes == 0 && source->field) {
        const char *other = source->field->constant ? source->field->constant : source->field->fallback;
        if (other) {
            *text = other;
            *bytes = strlen(other);
        }
    }
    if (*bytes && source->field && source->field->prefix) {
        *text = arena_format(loader->row, "%s%.*s", source->field->prefix, (int) *bytes, *text);
        *bytes = strlen(*text);
    }
    return RULE_NONE;
}

/* -- one value per column ------------------------------------------------------------------------ */

static Rule bad(Loader *loader, const Source *source, const char *field, Rule rule)
{
    if (rule) {
        loader->bad_column = source && source->column >= 0 ? source->column + 1 : 0;
        loader->bad_field = field;
    }
    return rule;
}

static Rule date_value(Loader *loader, const KindColumn *column, Source *source, const char *text, size_t bytes, Value *value)
{
    Date date;
    int hour;
    Rule rule = convert_date(loader->form, &source->locked, text, bytes, &date, &hour);

    if (rule)
        return rule;
    value->whole = date;
    if (column->past && date > loader->report->delivery.received)
        return RULE_DATE_FUTURE;
    return RULE_NONE;
}

/* The hour may have a column of its own, or stand behind the date. */
static Rule hour_value(Loader *loader, const char *text, size_t bytes, Value *value)
{
    int hour = -1;

    if (bytes) {
        Rule rule = convert_hour(text, bytes, &hour);
        if (rule)
            return rule;
    } else {
        for (size_t at = 0; at < loader->kind->n_columns; at++) {
            const Source *source = &loader->source[at].main;
            Date date;
            if (loader->kind->column[at].type != TYPE_DATE || source->locked < 0)
                continue;
            if (source_text(loader, source, &text, &bytes) == RULE_NONE &&
                !date_parse(text, bytes, (DateFormat) source->locked, &date, &hour))
                hour = -1;
            break;
        }
    }
    value->null = hour < 0;
    value->whole = hour;
    return RULE_NONE;
}

static Rule money_value(Loader *loader, ColumnSource *source, Value *value)
{
    int64_t total = 0;
    bool any = false;

    for (size_t at = 0; at < source->n_also; at++) {
        const char *text;
        size_t bytes;
        int64_t cents;
        Rule rule = source_text(loader, &source->also[at], &text, &bytes);
        if (!rule && bytes)
            rule = convert_cents(text, bytes, &cents);
        if (rule)
            return bad(loader, &source->also[at], source->also[at].field->field, rule);
        if (bytes) {
            total += cents;
            any = true;
        }
    }
    value->null = !any;
    value->whole = total;
    return RULE_NONE;
}

/* Holiday regions: "NO,MI,ZU", or a word for all of them; empty = the whole country. */
static Rule regions_value(Loader *loader, const FormField *field, const char *text, size_t bytes, Value *value)
{
    const CodeList *list = codes_list(&loader->context->forms->codes, "regio");
    const char *part;
    size_t part_bytes;

    value->whole = 0;
    while (convert_part(&text, &bytes, field ? field->split : 0, &part, &part_bytes)) {
        int no;
        if (part_bytes == 0 || (part_bytes == 4 && memcmp(part, "alle", 4) == 0))
            continue;
        Rule rule = convert_code(loader->row, list, NULL, part, part_bytes, &no);
        if (rule)
            return rule;
        value->whole |= 1 << (no - 1);
    }
    return RULE_NONE;
}

static Rule counts_value(Loader *loader)
{
    for (int year = 0; year < loader->n_years; year++) {
        const char *text;
        size_t bytes;
        int number = 0;
        Source source = {.column = loader->year_column[year], .locked = -1};
        Rule rule = source_text(loader, &source, &text, &bytes);
        loader->count[year] = INT2_NULL; /* '<5': masked at the publisher, 1 to 4 */
        if (!rule && !(bytes == 2 && memcmp(text, "<5", 2) == 0)) {
            rule = bytes ? convert_int(text, bytes, 0, 32000, &number) : RULE_NONE;
            loader->count[year] = (int16_t) number;
        }
        if (rule)
            return bad(loader, &source, "aantallen", rule);
    }
    return RULE_NONE;
}

static Rule answers_value(Loader *loader)
{
    const Instrument *instrument = loader->form->instrument;
    bool any = false;

    for (size_t item = 0; item < instrument->count; item++) {
        const char *text;
        size_t bytes;
        int answer;
        Source source = {.column = loader->item_column[item], .locked = -1};
        Rule rule = source_text(loader, &source, &text, &bytes);
        if (!rule)
            rule = convert_answer(loader->row, &instrument->item[item], text, bytes, &answer);
        if (rule)
            return bad(loader, &source, instrument->item[item].code, rule);
        loader->answer[item] = (int16_t) answer;
        any = any || answer != CODES_MISSING;
    }
    any = any || loader->form->accept_empty;
    return any ? RULE_NONE : bad(loader, NULL, "antwoorden", RULE_ANSWERS_EMPTY);
}

static Rule person_value(Loader *loader, const char *text, size_t bytes, Date birth, Value *value)
{
    uint8_t *pseudonym = arena_alloc(loader->row, 16);

    value->null = !pseudonym_person(loader->pseudonymizer, text, bytes, birth, pseudonym);
    value->text = (const char *) pseudonym;
    return RULE_NONE;
}

/* A birth date only feeds the pseudonym: one that cannot be read is left out, it does not cost the row. */
static Date birth_date(Loader *loader, Source *source, const char *text, size_t bytes)
{
    Date birth;

    for (size_t at = 0; bytes && source->field && at < loader->form->n_formats; at++)
        if (date_parse(text, bytes, loader->form->format[at], &birth, NULL))
            return birth;
    return DATE_NONE;
}

typedef struct ListCursor {
    const char *text;
    size_t      bytes;
    char        mark;
} ListCursor;

static Rule list_open(Loader *loader, const Source *source, ListCursor *cursor)
{
    cursor->mark = source->field ? source->field->split : 0;
    return source_text(loader, source, &cursor->text, &cursor->bytes);
}

static bool list_next(ListCursor *cursor, const char **part, size_t *bytes)
{
    *part = "";
    *bytes = 0;
    return convert_part(&cursor->text, &cursor->bytes, cursor->mark, part, bytes);
}

static const Source *column_source(const Loader *loader, ColumnType type, const KindColumn **column)
{
    for (size_t at = 0; at < loader->kind->n_columns; at++)
        if (loader->kind->column[at].type == type) {
            *column = &loader->kind->column[at];
            return &loader->source[at].main;
        }
    return NULL;
}

/* The affected person first, then everybody in the parallel lists of involved persons. */
static Rule people_value(Loader *loader)
{
    const KindColumn *people_column = NULL, *role_column = NULL, *group_column = NULL;
    const Source *people = column_source(loader, TYPE_PEOPLE, &people_column);
    const Source *roles = column_source(loader, TYPE_PEOPLE_ROLE, &role_column);
    const Source *groups = column_source(loader, TYPE_PEOPLE_GROUP, &group_column);
    ListCursor name_list, role_list, group_list, birth_list;
    const char *text, *birth_text;
    size_t bytes, birth_bytes;
    Rule rule;

    loader->n_people = 0;
    if (!people || !roles || !groups) /* a kind has all three or none (form.c) */
        return RULE_NONE;
    if ((rule = source_text(loader, &loader->victim, &text, &bytes)) != RULE_NONE)
        return bad(loader, &loader->victim, "getroffene", rule);
    if (source_text(loader, &loader->birth, &birth_text, &birth_bytes) != RULE_NONE)
        birth_bytes = 0;
    if (bytes && pseudonym_person(loader->pseudonymizer, text, bytes, birth_date(loader, &loader->birth, birth_text, birth_bytes),
                                  loader->person[0])) {
        const Code *role = codes_find(role_column->list, "overkwam_het");
        loader->role[0] = (int16_t) (role ? role->no : 0);
        loader->group[0] = INT2_NULL;
        loader->n_people = 1;
    }
    if ((rule = list_open(loader, people, &name_list)) || (rule = list_open(loader, roles, &role_list)) ||
        (rule = list_open(loader, groups, &group_list)) || (rule = list_open(loader, &loader->people_birth, &birth_list)))
        return bad(loader, people, people_column->field, rule);
    bool has_roles = role_list.bytes > 0, has_groups = group_list.bytes > 0;
    while (name_list.bytes && loader->n_people < PEOPLE_MAX) {
        const char *role_text, *group_text;
        size_t role_bytes, group_bytes;
        int role = INT2_NULL, group = INT2_NULL;
        list_next(&name_list, &text, &bytes);
        bool role_there = list_next(&role_list, &role_text, &role_bytes);
        bool group_there = list_next(&group_list, &group_text, &group_bytes);
        list_next(&birth_list, &birth_text, &birth_bytes);
        if ((has_roles && !role_there) || (has_groups && !group_there))
            return bad(loader, has_roles && !role_there ? roles : groups, role_column->field, RULE_LIST_LENGTH);
        if (role_bytes && (rule = convert_code(loader->row, role_column->list, roles->field, role_text, role_bytes, &role)))
            return bad(loader, roles, role_column->field, rule);
        if (group_bytes && (rule = convert_code(loader->row, group_column->list, groups->field, group_text, group_bytes, &group)))
            return bad(loader, groups, group_column->field, rule);
        if (bytes && pseudonym_person(loader->pseudonymizer, text, bytes,
                                      birth_date(loader, &loader->people_birth, birth_text, birth_bytes),
                                      loader->person[loader->n_people])) {
            loader->role[loader->n_people] = (int16_t) role;
            loader->group[loader->n_people] = (int16_t) group;
            loader->n_people++;
        }
    }
    if (role_list.bytes || group_list.bytes)
        return bad(loader, role_list.bytes ? roles : groups, role_column->field, RULE_LIST_LENGTH);
    return RULE_NONE;
}

static Rule column_value(Loader *loader, size_t at)
{
    const KindColumn *column = &loader->kind->column[at];
    ColumnSource *source = &loader->source[at];
    Value *value = &loader->value[at];
    const char *text;
    size_t bytes;
    int number = 0, year;
    int32_t set = 0;
    bool yes = false;
    Rule rule = source_text(loader, &source->main, &text, &bytes);

    *value = (Value) {.text = text, .bytes = bytes};
    if (rule)
        return bad(loader, &source->main, column->field, rule);
    if (column->required && bytes == 0)
        return bad(loader, &source->main, column->field, RULE_VALUE_MISSING);
    switch (column->type) { /* columns that are not simply the text of one cell */
    case TYPE_HOUR: return bad(loader, &source->main, column->field, hour_value(loader, text, bytes, value));
    case TYPE_MONEY: return money_value(loader, source, value);
    case TYPE_PEOPLE: return people_value(loader);
    case TYPE_PEOPLE_ROLE: case TYPE_PEOPLE_GROUP: case TYPE_FIRST_YEAR: return RULE_NONE;
    case TYPE_COUNTS: return counts_value(loader);
    case TYPE_ITEMS: return answers_value(loader);
    case TYPE_INSTRUMENT: value->whole = loader->form->instrument->no; return RULE_NONE;
    case TYPE_AS_OF: value->whole = loader->report->delivery.period_begin; return RULE_NONE;
    case TYPE_REGIONS: return bad(loader, &source->main, column->field, regions_value(loader, source->main.field, text, bytes, value));
    case TYPE_SCHOOLJAAR:
        if (bytes == 0 && column->field[0] == 's') { /* a questionnaire without one: the delivery's */
            value->whole = date_school_year(loader->report->delivery.period_begin);
            return RULE_NONE;
        }
        break;
    default: break;
    }
    value->null = bytes == 0;
    if (value->null)
        return RULE_NONE;
    switch (column->type) {
    case TYPE_KEY: break; /* hashed when the date of the row is known: row_key */
    case TYPE_DATE: rule = date_value(loader, column, &source->main, text, bytes, value); break;
    case TYPE_CODE:
        rule = convert_code(loader->row, column->list, source->main.field, text, bytes, &number);
        value->whole = number;
        break;
    case TYPE_CODES: case TYPE_MAIN:
        rule = convert_codes(loader->row, column->list, source->main.field, text, bytes, &set);
        value->whole = column->type == TYPE_MAIN ? convert_main_code(column->list, set) : set;
        break;
    case TYPE_INT:
        rule = convert_int(text, bytes, column->min, column->max, &number);
        value->whole = number;
        break;
    case TYPE_REAL: rule = convert_real(text, bytes, &value->real); break;
    case TYPE_BOOL:
        rule = convert_bool(text, bytes, &yes);
        value->whole = yes;
        break;
    case TYPE_SCHOOLJAAR:
        rule = date_school_year_parse(arena_text_n(loader->row, text, bytes), &year) ? RULE_NONE : RULE_DATE_INVALID;
        value->whole = rule ? 0 : year;
        break;
    case TYPE_PERSON: {
        const char *birth_text;
        size_t birth_bytes;
        if (source_text(loader, &loader->birth, &birth_text, &birth_bytes) != RULE_NONE)
            birth_bytes = 0;
        rule = person_value(loader, text, bytes, birth_date(loader, &loader->birth, birth_text, birth_bytes), value);
        break;
    }
    case TYPE_TEXT: case TYPE_SCOPE: {
        char *copy = arena_text_n(loader->row, text, bytes);
        for (char *c = copy; column->upper && *c; c++)
            *c = *c >= 'a' && *c <= 'z' ? (char) (*c - 32) : *c;
        value->text = copy;
        break;
    }
    default: break;
    }
    return bad(loader, &source->main, column->field, rule);
}

/* -- the school of a row ------------------------------------------------------------------------- */

static Rule location_value(Loader *loader)
{
    BUF_AUTO code = {0};
    const DeliveryRow *delivery = &loader->report->delivery;

    loader->location_no = loader->fixed_location;
    if (loader->n_location == 0)
        return RULE_NONE;
    bool empty = true;
    for (size_t part = 0; part < loader->n_location; part++) {
        const char *text;
        size_t bytes;
        Rule rule = source_text(loader, &loader->location[part], &text, &bytes);
        if (rule)
            return bad(loader, &loader->location[part], "locatie", rule);
        empty = empty && bytes == 0;
        for (int pad = loader->location[part].field->pad; bytes && pad > (int) bytes; pad--)
            buf_text(&code, "0");
        for (size_t at = 0; at < bytes; at++) {
            char c = text[at] >= 'a' && text[at] <= 'z' ? (char) (text[at] - 32) : text[at];
            buf_add(&code, &c, 1);
        }
    }
    const Source *first = &loader->location[0];
    if (empty) {
        if (loader->fixed_location)
            return RULE_NONE;
        if (loader->form->office && loader->board) {
            loader->location_no = 0; /* the office: filled below */
            const LocationPeriod *office =
                ingest_register_find(loader->context->reg, arena_format(loader->row, "B%05d", loader->board));
            if (office)
                loader->location_no = office->location_no;
        }
        return loader->location_no ? RULE_NONE : bad(loader, first, "locatie", RULE_LOCATION_MISSING);
    }
    Date on = delivery->period_end != DATE_NONE ? delivery->period_end : delivery->received;
    const LocationPeriod *period = ingest_register_at(loader->context->reg, code.data, on);
    if (!period)
        return bad(loader, first, "locatie", RULE_LOCATION_UNKNOWN);
    if (loader->fixed_location && period->location_no != loader->fixed_location)
        return bad(loader, first, "locatie", RULE_LOCATION_OTHER);
    if (!loader->board) /* a board-wide file that did not say whose it is: its first school decides */
        loader->board = period->board_no;
    if (period->board_no != loader->board)
        return bad(loader, first, "locatie", RULE_LOCATION_BOARD);
    loader->location_no = period->location_no;
    return RULE_NONE;
}

/* -- a row --------------------------------------------------------------------------------------- */

static Rule row_checks(Loader *loader)
{
    const Kind *kind = loader->kind;
    const DeliveryRow *delivery = &loader->report->delivery;

    for (size_t at = 0; at < kind->n_checks; at++) {
        const Value *before = &loader->value[kind->check[at].before], *after = &loader->value[kind->check[at].after];
        if (!before->null && !after->null && before->whole > after->whole)
            return bad(loader, &loader->source[kind->check[at].after].main, kind->column[kind->check[at].after].field, RULE_DATE_ORDER);
    }
    for (size_t at = 0; at < kind->n_columns; at++) {
        const KindColumn *column = &kind->column[at];
        if (strcmp(column->column, kind->schooljaar_column) != 0 || loader->value[at].null)
            continue;
        int year = (int) loader->value[at].whole;
        Date first = column->type == TYPE_DATE ? year : date_school_year_begin(year);
        Date last = column->type == TYPE_DATE ? year : date_school_year_end(year);
        if (loader->fixed_location && (last < delivery->period_begin || first > delivery->period_end)) {
            return bad(loader, &loader->source[at].main, column->field, RULE_DATE_PERIOD);
        }
    }
    return RULE_NONE;
}

/* School, school year and number: schools begin to count again every year. */
static int64_t row_key(Loader *loader, size_t key_at)
{
    Value *value = &loader->value[key_at];
    int year = 0;

    for (size_t at = 0; at < loader->kind->n_columns; at++)
        if (strcmp(loader->kind->column[at].column, loader->kind->schooljaar_column) == 0 && !loader->value[at].null)
            year = loader->kind->column[at].type == TYPE_DATE ? date_school_year((Date) loader->value[at].whole) : (int) loader->value[at].whole;
    const char *text = arena_format(loader->row, "%d/%d/%.*s", loader->location_no, year, (int) value->bytes, value->text);
    value->whole = pseudonym_key(loader->pseudonymizer, text, strlen(text));
    return value->whole;
}

static void row_put(Loader *loader, PgCopy *copy)
{
    const Kind *kind = loader->kind;

    pg_copy_row(copy, (int) kind->n_columns + (kind->public_data ? 1 : 2));
    if (!kind->public_data)
        pg_copy_int4(copy, loader->location_no);
    pg_copy_int4(copy, loader->report->delivery.delivery_no);
    for (size_t at = 0; at < kind->n_columns; at++) {
        const Value *value = &loader->value[at];
        ColumnType type = kind->column[at].type;
        if (value->null && type != TYPE_PEOPLE && type != TYPE_PEOPLE_ROLE && type != TYPE_PEOPLE_GROUP && type != TYPE_COUNTS &&
            type != TYPE_ITEMS && type != TYPE_REGIONS) {
            pg_copy_null(copy);
            continue;
        }
        switch (type) {
        case TYPE_KEY: case TYPE_MONEY: pg_copy_int8(copy, value->whole); break;
        case TYPE_DATE: case TYPE_AS_OF: pg_copy_date(copy, (Date) value->whole); break;
        case TYPE_CODES: pg_copy_int4(copy, (int32_t) value->whole); break;
        case TYPE_HOUR: case TYPE_CODE: case TYPE_MAIN: case TYPE_SCHOOLJAAR: case TYPE_INSTRUMENT: case TYPE_REGIONS:
            pg_copy_int2(copy, (int) value->whole);
            break;
        case TYPE_FIRST_YEAR: pg_copy_int2(copy, loader->first_year); break;
        case TYPE_INT: /* board numbers are int4, everything else small */
            if (kind->column[at].max > 32767)
                pg_copy_int4(copy, (int32_t) value->whole);
            else
                pg_copy_int2(copy, (int) value->whole);
            break;
        case TYPE_REAL: pg_copy_real(copy, value->real); break;
        case TYPE_BOOL: pg_copy_bool(copy, value->whole != 0); break;
        case TYPE_TEXT: case TYPE_SCOPE: pg_copy_text(copy, value->text); break;
        case TYPE_PERSON: pg_copy_bytes(copy, value->text, 16); break;
        case TYPE_PEOPLE: pg_copy_uuids(copy, (const uint8_t (*)[16]) loader->person, loader->n_people); break;
        case TYPE_PEOPLE_ROLE: pg_copy_int2s(copy, loader->role, loader->n_people, INT2_NULL); break;
        case TYPE_PEOPLE_GROUP: pg_copy_int2s(copy, loader->group, loader->n_people, INT2_NULL); break;
        case TYPE_ITEMS: pg_copy_int2s(copy, loader->answer, loader->form->instrument->count, CODES_MISSING); break;
        case TYPE_COUNTS: pg_copy_int2s(copy, loader->count, (size_t) loader->n_years, INT2_NULL); break;
        }
    }
}

static void reject_add(Loader *loader, int64_t row, Rule rule)
{
    LoadReport *report = loader->report;

    report->delivery.rejected++;
    if (report->n_rejects == LOAD_REJECTS_KEPT)
        return;
    if (!report->reject)
        report->reject = arena_array(loader->batch, LOAD_REJECTS_KEPT < 64 ? LOAD_REJECTS_KEPT : 64, sizeof *report->reject);
    else if (report->n_rejects >= 64 && (report->n_rejects & (report->n_rejects - 1)) == 0) {
        LoadReject *grown = arena_array(loader->batch, report->n_rejects * 2, sizeof *grown);
        memcpy(grown, report->reject, report->n_rejects * sizeof *grown);
        report->reject = grown;
    }
    report->reject[report->n_rejects++] =
        (LoadReject){.row = row, .column = loader->bad_column, .field = loader->bad_field, .rule = rule};
}

static bool rows_load(Loader *loader, Csv *csv, PgCopy *copy)
{
    DeliveryRow *delivery = &loader->report->delivery;
    const Kind *kind = loader->kind;
    size_t key_at = 0;

    for (size_t at = 0; at < kind->n_columns; at++)
        if ((kind->natural_key && kind->column[at].type == TYPE_KEY) ||
            (kind->collapse && strcmp(kind->column[at].column, kind->collapse) == 0))
            key_at = at;
    for (CsvStatus status; (status = csv_next(csv, &loader->cell, &loader->n_cells)) != CSV_END;) {
        static const Rule broken[] = {[CSV_BROKEN] = RULE_CSV_QUOTE, [CSV_LONG] = RULE_CSV_LONG, [CSV_NUL] = RULE_CSV_NUL};
        Rule rule = status == CSV_ROW ? RULE_NONE : broken[status];
        delivery->read++;
        arena_reset(loader->row);
        loader->bad_column = 0;
        loader->bad_field = "rij";
        if (!rule && loader->n_cells > loader->n_header)
            rule = RULE_CSV_CELLS;
        if (!rule && !kind->public_data)
            rule = location_value(loader);
        for (size_t at = 0; at < kind->n_columns && !rule; at++)
            rule = column_value(loader, at);
        if (!rule)
            rule = row_checks(loader);
        if (rule) {
            reject_add(loader, delivery->read, rule);
            continue;
        }
        int64_t key = kind->collapse ? pseudonym_key(loader->pseudonymizer, loader->value[key_at].text, strlen(loader->value[key_at].text))
                      : kind->natural_key ? row_key(loader, key_at)
                                          : 0;
        if ((kind->natural_key || kind->collapse) && !key_add(&loader->keys, key)) {
            delivery->duplicate++;
            continue;
        }
        delivery->loaded++;
        row_put(loader, copy);
    }
    return !csv_failed(csv);
}

/* -- the file ------------------------------------------------------------------------------------ */

static bool header_keys(Loader *loader, Csv *csv, Err *err)
{
    const CsvCell *cell;
    size_t count;
    CsvStatus status = csv_next(csv, &cell, &count);

    if (status == CSV_END)
        return err_set(err, ERR_INPUT, "the file is empty; export it again with a header and rows");
    if (status != CSV_ROW)
        return err_set(err, ERR_INPUT, "the header cannot be read (%s)", status == CSV_LONG ? "too long" : status == CSV_NUL ? "NUL byte" : "open quotation mark");
    loader->n_header = count;
    loader->header = arena_array(loader->batch, count + 1, sizeof *loader->header);
    for (size_t column = 0; column < count; column++) {
        const char *text = cell[column].text;
        size_t bytes = cell[column].bytes;
        if (loader->encoding == TEXT_CP1252) {
            text = text_from_cp1252(loader->batch, text, bytes);
            bytes = strlen(text);
        }
        loader->header[column] = text_key(loader->batch, text, bytes);
        if (!loader->header[column])
            return err_set(err, ERR_INPUT, "column %zu of the header is not UTF-8; save the file as UTF-8 or Windows-1252", column + 1);
    }
    return true;
}

static bool parts_present(Loader *loader, const FormField *parts, size_t count)
{
    Source *sources = arena_array(loader->batch, count, sizeof *sources);
    bool all = count > 0;

    for (size_t at = 0; at < count; at++) {
        sources[at] = source_find(loader, &parts[at]);
        all = all && source_present(&sources[at]);
    }
    if (all) {
        loader->location = sources;
        loader->n_location = count;
    }
    return all;
}

static bool header_matched(const Loader *loader, size_t column)
{
    for (size_t at = 0; at < loader->kind->n_columns; at++) {
        if (loader->source[at].main.column == (int) column)
            return true;
        for (size_t also = 0; also < loader->source[at].n_also; also++)
            if (loader->source[at].also[also].column == (int) column)
                return true;
    }
    for (size_t field = 0; field < loader->form->n_fields; field++)
        if (source_find(loader, &loader->form->field[field]).column == (int) column)
            return true;
    for (size_t part = 0; part < loader->n_location; part++)
        if (loader->location[part].column == (int) column)
            return true;
    for (size_t item = 0; loader->form->instrument && item < loader->form->instrument->count; item++)
        if (loader->item_column[item] == (int) column)
            return true;
    for (size_t at = 0; at < loader->form->n_ignore; at++)
        if (strcmp(loader->form->ignore[at], "*") == 0 || strcmp(loader->form->ignore[at], loader->header[column]) == 0)
            return true;
    return false;
}

static bool bind_items(Loader *loader, Err *err)
{
    const Instrument *instrument = loader->form->instrument;
    size_t found = 0;

    if (!instrument)
        return true;
    if (instrument->count > ITEMS_MAX)
        return err_set(err, ERR_CONFIG, "instrument \"%s\" has more than %d items", instrument->name, ITEMS_MAX);
    loader->item_column = arena_array(loader->batch, instrument->count, sizeof *loader->item_column);
    for (size_t item = 0; item < instrument->count; item++) {
        loader->item_column[item] = -1;
        for (size_t column = 0; column < loader->n_header; column++)
            if (strcmp(loader->header[column], instrument->item[item].key) == 0 ||
                strcmp(loader->header[column], instrument->item[item].label_key) == 0)
                loader->item_column[item] = (int) column;
        found += loader->item_column[item] >= 0;
    }
    return found ? true : err_set(err, ERR_INPUT, "none of the %zu questions of \"%s\" is a column of the file", instrument->count, instrument->title);
}

static void bind_years(Loader *loader)
{
    size_t prefix = loader->form->counts ? strlen(loader->form->counts) : 0;

    for (size_t column = 0; prefix && column < loader->n_header && loader->n_years < YEARS_MAX; column++) {
        const char *key = loader->header[column];
        if (strncmp(key, loader->form->counts, prefix) != 0)
            continue;
        int year = atoi(key + prefix + (key[prefix] == '_'));
        if (year < 1990 || year > 2100)
            continue;
        if (loader->n_years == 0)
            loader->first_year = year;
        if (year == loader->first_year + loader->n_years) /* years follow each other in every file seen */
            loader->year_column[loader->n_years++] = (int) column;
    }
}

static bool bind(Loader *loader, Err *err)
{
    const Form *form = loader->form;
    const Kind *kind = loader->kind;

    loader->source = arena_array(loader->batch, kind->n_columns, sizeof *loader->source);
    loader->value = arena_array(loader->batch, kind->n_columns, sizeof *loader->value);
    for (size_t at = 0; at < kind->n_columns; at++) {
        const KindColumn *column = &kind->column[at];
        const FormField *field = form_field(form, column->field);
        ColumnSource *source = &loader->source[at];
        source->main = source_find(loader, field);
        if (column->required && !source_present(&source->main))
            return err_set(err, ERR_INPUT, "no column for \"%s\"; the form \"%s\" calls it \"%s\": add the column, or name the right form",
                           column->field, form->title, field ? field->first_header : column->field);
        for (const char **also = column->also; also && *also; also++)
            source->n_also++;
        source->also = arena_array(loader->batch, source->n_also, sizeof *source->also);
        source->n_also = 0;
        for (const char **also = column->also; also && *also; also++) {
            const FormField *more = form_field(form, *also);
            if (more)
                source->also[source->n_also++] = source_find(loader, more);
        }
    }
    loader->victim = source_find(loader, form_field(form, "getroffene"));
    loader->birth = source_find(loader, form_field(form, "geboortedatum"));
    loader->people_birth = source_find(loader, form_field(form, "betrokkenen_geboortedatum"));
    bind_years(loader);
    if (!bind_items(loader, err))
        return false;
    if (!kind->public_data && !parts_present(loader, form->location, form->n_location))
        parts_present(loader, form->location_alternative, form->n_alternative);
    for (size_t column = 0; column < loader->n_header; column++)
        loader->report->delivery.ignored_columns += !header_matched(loader, column);
    return true;
}

/* Whose delivery is it, and for which period? */
static bool identify(Loader *loader, const Task *task, Err *err)
{
    DeliveryRow *delivery = &loader->report->delivery;
    const Form *form = loader->form;

    delivery->kind = loader->kind->name;
    delivery->form = form->name;
    delivery->form_version = form->version;
    delivery->received = task->received != DATE_NONE ? task->received : loader->context->as_of;
    delivery->period_begin = task->period_begin;
    delivery->period_end = task->period_end;
    if (loader->kind->public_data) {
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
    loader->board = form->board ? form->board : task->board;
    if (task->location) {
        Date on = delivery->period_end != DATE_NONE ? delivery->period_end : delivery->received;
        const LocationPeriod *period = ingest_register_at(loader->context->reg, task->location, on);
        if (!period)
            return err_set(err, ERR_INPUT, "the school that the file name or manifest names is not in the register; check BRIN and vestiging, or load a newer register");
        if (loader->board && period->board_no != loader->board)
            return err_set(err, ERR_INPUT, "the school belongs to another board than the manifest says; deliver it with its own board");
        loader->fixed_location = period->location_no;
        loader->board = period->board_no;
    } else if (loader->n_location == 0 && !form->office) {
        return err_set(err, ERR_INPUT, "nothing says which school this is; add the columns brin and vestiging, or a manifest.json, or name the file <kind>_<brin and vestiging>_<school year>.csv");
    }
    if (form->office && loader->n_location == 0 && !loader->fixed_location) {
        char office[16];
        snprintf(office, sizeof office, "B%05d", loader->board);
        const LocationPeriod *period = ingest_register_find(loader->context->reg, office);
        if (!period)
            return err_set(err, ERR_INPUT, "nothing says which board this is; add a manifest.json, or --board");
        loader->fixed_location = period->location_no;
    }
    delivery->location_no = task->location ? loader->fixed_location : 0;
    return true;
}

/* The school year that a row lies in, when its date can be read. */
static bool row_school_year(Loader *loader, int *year)
{
    for (size_t at = 0; at < loader->kind->n_columns; at++) {
        const KindColumn *column = &loader->kind->column[at];
        if (strcmp(column->column, loader->kind->schooljaar_column) != 0)
            continue;
        if (!source_present(&loader->source[at].main) || column_value(loader, at) || loader->value[at].null)
            return false;
        *year = column->type == TYPE_DATE ? date_school_year((Date) loader->value[at].whole) : (int) loader->value[at].whole;
        return true;
    }
    return false;
}

/* What neither manifest nor name says is read from the rows, before anything is written: the board of the first known
 * school, and the school years of all rows. */
static bool find_board_and_period(Loader *loader, FILE *file, long body, char delimiter, Err *err)
{
    DeliveryRow *delivery = &loader->report->delivery;
    int first = INT32_MAX, last = INT32_MIN, year;
    bool want_period = delivery->period_begin == DATE_NONE;

    if (loader->kind->public_data || (loader->board && !want_period))
        return true;
    Csv *csv = csv_new(file, delimiter);
    fseek(file, body, SEEK_SET);
    csv_next(csv, &loader->cell, &loader->n_cells);
    for (CsvStatus status; (status = csv_next(csv, &loader->cell, &loader->n_cells)) != CSV_END;) {
        if (status != CSV_ROW)
            continue;
        arena_reset(loader->row);
        if (!loader->board)
            location_value(loader);
        if (want_period && row_school_year(loader, &year)) {
            first = year < first ? year : first;
            last = year > last ? year : last;
        } else if (!want_period && loader->board) {
            break;
        }
    }
    csv_free(csv);
    if (!loader->board)
        return err_set(err, ERR_INPUT, "none of the schools in the file is in the register; check BRIN and vestiging, or load a newer register");
    if (want_period && last < first) /* no readable date: the rows themselves will say so */
        first = last = date_school_year(delivery->received);
    if (want_period) {
        delivery->period_begin = date_school_year_begin(first);
        delivery->period_end = date_school_year_end(last);
    }
    for (size_t at = 0; at < loader->kind->n_columns; at++)
        loader->source[at].main.locked = -1;
    return true;
}

static bool rejects_store(Loader *loader, Err *err)
{
    PgCopy *copy;
    const LoadReport *report = loader->report;

    if (report->n_rejects == 0)
        return true;
    if (!pg_copy_begin(loader->context->db, "fact.reject", "delivery_no, row_no, column_no, field, rule", &copy, err))
        return false;
    for (size_t at = 0; at < report->n_rejects; at++) {
        pg_copy_row(copy, 5);
        pg_copy_int4(copy, report->delivery.delivery_no);
        pg_copy_int8(copy, report->reject[at].row);
        pg_copy_int2(copy, report->reject[at].column);
        pg_copy_text(copy, report->reject[at].field);
        pg_copy_text(copy, rule_id(report->reject[at].rule));
    }
    return pg_copy_end(copy, NULL, err);
}

/* Everything between BEGIN and COMMIT. *refused: the file's own fault, err says why. */
static bool transaction(Loader *loader, Csv *csv, bool *refused, Err *err)
{
    Pg *db = loader->context->db;
    DeliveryRow *delivery = &loader->report->delivery;
    int instrument = loader->form->instrument ? loader->form->instrument->no : 0;
    int64_t *keys, rows = 0;
    size_t n_keys;
    PgCopy *copy;

    if (!ingest_db_insert(db, delivery, err))
        return false;
    /* Undated register files add up, and the newest wins per school: pupil counts of two sources are no correction. */
    if ((!loader->kind->public_data || loader->dated) && !ingest_db_replace(db, delivery, instrument, &loader->report->replaced, err))
        return false;
    if (loader->kind->natural_key) {
        if (!ingest_db_keys(loader->batch, db, delivery, &keys, &n_keys, err))
            return false;
        for (size_t at = 0; at < n_keys; at++)
            key_add(&loader->keys, keys[at]);
    }
    if (!pg_copy_begin(db, loader->kind->table, loader->kind->columns, &copy, err))
        return false;
    if (!rows_load(loader, csv, copy)) {
        pg_copy_abort(copy);
        *refused = true;
        return err_set(err, ERR_INPUT, "the file could not be read to its end");
    }
    if (!pg_copy_end(copy, &rows, err))
        return false;
    if (rows != delivery->loaded)
        return err_set(err, ERR_BUG, "the server took another number of rows than was sent");
    if (delivery->read == 0) {
        *refused = true;
        return err_set(err, ERR_INPUT, "the file has a header and no rows; deliver it with rows, or leave it out");
    }
    if ((double) delivery->rejected > loader->form->max_reject_share * (double) delivery->read &&
        (delivery->rejected > 2 || delivery->rejected == delivery->read)) {
        *refused = true;
        return err_set(err, ERR_INPUT, "%lld of %lld rows are wrong, more than this form allows (%.0f %%); mend the rows below and deliver the file again",
                       (long long) delivery->rejected, (long long) delivery->read, loader->form->max_reject_share * 100);
    }
    return rejects_store(loader, err) && ingest_db_done(db, delivery, err);
}

static bool load_rows(Loader *loader, FILE *file, long body, char delimiter, bool *refused, Err *err)
{
    Pg *db = loader->context->db;
    Csv *csv = csv_new(file, delimiter);
    const CsvCell *cell;
    size_t count;

    fseek(file, body, SEEK_SET);
    csv_next(csv, &cell, &count); /* the header */
    bool good = pg_begin(db, err) && transaction(loader, csv, refused, err);
    if (good && !loader->context->dry_run)
        good = pg_commit(db, err);
    pg_rollback(db);
    csv_free(csv);
    return good;
}

static bool load_open(Loader *loader, const Task *task, FILE *file, FileFacts *facts, Err *err)
{
    LoadReport *report = loader->report;

    if (!delivery_read_facts(file, task->path, facts, err)) {
        report->outcome = LOAD_REFUSED;
        return false;
    }
    report->outcome = facts->handle_with_care ? LOAD_SECRET : LOAD_REFUSED;
    if (facts->handle_with_care)
        return err_set(err, ERR_INPUT, "this file holds data that may not be registered");
    if (facts->utf16)
        return err_set(err, ERR_INPUT, "the file is UTF-16; save it as UTF-8 or Windows-1252");
    loader->encoding = facts->encoding;
    fseek(file, facts->bom ? 3 : 0, SEEK_SET);
    Csv *csv = csv_new(file, facts->delimiter);
    bool good = header_keys(loader, csv, err);
    csv_free(csv);
    if (!good)
        return false;
    const Forms *forms = loader->context->forms;
    loader->form = task->form ? forms_find(forms, task->form) : delivery_form(forms, (const char *const *) loader->header, loader->n_header);
    const char *missing = "";
    const Form *nearest = loader->form || task->form ? NULL : delivery_form_nearest(forms, (const char *const *) loader->header, loader->n_header, &missing);
    if (nearest)
        return err_set(err, ERR_INPUT, "no column for \"%s\"; the file looks like the form \"%s\", which needs it: add the column, or name the right form", missing, nearest->title);
    if (!loader->form)
        return task->form ? err_set(err, ERR_INPUT, "there is no form \"%s\" in config/forms", task->form)
                          : err_set(err, ERR_INPUT, "no form of config/forms has the columns of this file; compare its header with the forms, or add one");
    loader->kind = loader->form->kind;
    report->form = loader->form;
    return bind(loader, err) && identify(loader, task, err);
}

bool load_file(Arena *batch, const LoadContext *context, const Task *task, LoadReport *report, Err *err)
{
    ARENA_AUTO row = arena_new();
    Loader loader = {.context = context, .batch = batch, .row = row, .report = report};
    FileFacts facts;
    bool good = false, refused = true, known = false;

    memset(report, 0, sizeof *report);
    report->outcome = LOAD_REFUSED;
    if (task->why) {
        err_set(err, ERR_INPUT, "%s", task->why);
        return true;
    }
    FILE *file = fopen(task->path, "rb");
    if (!file) {
        err_set(err, ERR_INPUT, "cannot open the file: %s", strerror(errno));
        return true;
    }
    setvbuf(file, NULL, _IONBF, 0); /* both readers ask for large pieces; stdio's buffer would keep names */
    long body = 0;
    if (load_open(&loader, task, file, &facts, err)) {
        body = facts.bom ? 3 : 0;
        report->delivery.sha256 = arena_text(batch, facts.sha256);
        good = find_board_and_period(&loader, file, body, facts.delimiter, err);
    }
    report->delivery.board_no = loader.board;
    if (good && !ingest_db_known(context->db, &report->delivery, &known, err))
        good = refused = false;
    if (good && known)
        report->outcome = LOAD_KNOWN;
    if (good && !known) {
        refused = false;
        bool keyed = !loader.kind->public_data || loader.kind->collapse;
        good = (!keyed || pseudonym_open(context->place->var, loader.board, &loader.pseudonymizer, err)) &&
               load_rows(&loader, file, body, facts.delimiter, &refused, err);
        report->outcome = good ? LOAD_DONE : LOAD_REFUSED;
    }
    pseudonym_close(loader.pseudonymizer);
    keys_free(&loader.keys);
    fclose(file);
    return good || refused;
}

const Form *load_peek_form(const LoadContext *context, const Task *task)
{
    ARENA_AUTO batch = arena_new();
    Loader loader = {.context = context, .batch = batch};
    char head[65536];
    Err ignored;

    if (task->form)
        return forms_find(context->forms, task->form);
    FILE *file = fopen(task->path, "rb");
    if (!file)
        return NULL;
    size_t bytes = fread(head, 1, sizeof head, file);
    size_t skip = bytes >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    char *line_end = memchr(head, '\n', bytes);
    size_t line = line_end ? (size_t) (line_end - head) : bytes;
    loader.encoding = text_utf8_span(head + skip, line - skip) == line - skip ? TEXT_UTF8 : TEXT_CP1252;
    fseek(file, (long) skip, SEEK_SET);
    Csv *csv = csv_new(file, csv_delimiter_guess(head + skip, bytes - skip));
    const Form *form = header_keys(&loader, csv, &ignored)
                           ? delivery_form(context->forms, (const char *const *) loader.header, loader.n_header)
                           : NULL;
    csv_free(csv);
    fclose(file);
    explicit_bzero(head, sizeof head);
    return form;
}
