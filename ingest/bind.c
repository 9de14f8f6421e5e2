#include "ingest/bind.h"

#include <stdlib.h>
#include <string.h>

/* A school year has 200 days, a question a dozen answers. */
enum { COLUMN_MEMO_BITS = 10, ITEM_MEMO_BITS = 6 };

static Source source_find(const Binding *binding, const FormField *field)
{
    Source source = {.field = field, .column = -1, .locked = -1};

    for (size_t mark = 0; field && mark < field->n_marks; mark++) /* the first column there stands for all of them in messages */
        for (size_t column = 0; column < binding->n_header && source.column < 0; column++)
            if (strcmp(binding->header[column], field->mark_key[mark]) == 0)
                source.column = (int) column;
    for (const char **key = field ? field->columns : NULL; key && *key && source.column < 0; key++)
        for (size_t column = 0; column < binding->n_header; column++)
            if (strcmp(binding->header[column], *key) == 0) {
                source.column = (int) column;
                break;
            }
    source.plain = source.column >= 0 && binding->valid && binding->encoding == TEXT_UTF8 &&
                   (!field || (!field->constant && !field->fallback && !field->prefix && !field->cut && !field->of_row && field->n_marks == 0));
    return source;
}

static Source source_named(const Binding *binding, const char *field)
{
    return source_find(binding, field ? form_field(binding->form, field) : NULL);
}

bool source_present(const Source *source)
{
    return source->column >= 0 || (source->field && (source->field->constant || source->field->of_row));
}

bool bind_header(Arena *out, const Cell *cell, size_t count, TextEncoding encoding, const char ***keys, Err *err)
{
    *keys = arena_array(out, count + 1, sizeof **keys);
    for (size_t column = 0; column < count; column++) {
        const char *text = cell[column].text;
        size_t bytes = cell[column].bytes;
        if (encoding == TEXT_CP1252) {
            text = text_from_cp1252(out, text, bytes);
            bytes = strlen(text);
        }
        (*keys)[column] = text_key(out, text, bytes);
        if (!(*keys)[column])
            return REFUSE(err, RULE_FILE_ENCODING, "column %zu of the header is not UTF-8; save the file as UTF-8 or Windows-1252", column + 1);
    }
    return true;
}

static bool parts_present(Arena *out, Binding *binding, const FormField *parts, size_t count)
{
    Source *sources = arena_array(out, count, sizeof *sources);
    bool all = count > 0;

    for (size_t at = 0; at < count; at++) {
        sources[at] = source_find(binding, &parts[at]);
        all = all && source_present(&sources[at]);
    }
    if (all) {
        binding->location = sources;
        binding->n_location = count;
    }
    return all;
}

/* Only what the form leaves out by name: "*" says nothing about a column that is read. */
static bool header_ignored(const Binding *binding, size_t column)
{
    for (size_t at = 0; at < binding->form->n_ignore; at++)
        if (strcmp(binding->form->ignore[at], binding->header[column]) == 0)
            return true;
    return false;
}

static bool header_matched(const Binding *binding, size_t column)
{
    for (size_t at = 0; at < binding->kind->n_columns; at++) {
        if (binding->source[at].main.column == (int) column)
            return true;
        for (size_t also = 0; also < binding->source[at].n_also; also++)
            if (binding->source[at].also[also].column == (int) column)
                return true;
    }
    for (size_t field = 0; field < binding->form->n_fields; field++) {
        const FormField *known = &binding->form->field[field];
        if (source_find(binding, known).column == (int) column)
            return true;
        for (size_t mark = 0; mark < known->n_marks; mark++)
            if (strcmp(known->mark_key[mark], binding->header[column]) == 0)
                return true;
    }
    for (size_t part = 0; part < binding->n_location; part++)
        if (binding->location[part].column == (int) column)
            return true;
    for (size_t item = 0; binding->form->instrument && item < binding->form->instrument->count; item++)
        if (binding->item_column[item] == (int) column)
            return true;
    return header_ignored(binding, column);
}

static bool rest_ignored(const Form *form)
{
    for (size_t at = 0; at < form->n_ignore; at++)
        if (strcmp(form->ignore[at], "*") == 0)
            return true;
    return false;
}

/* Is this header the question? By its code, its words, or an alias of the form. */
static bool item_matches(const Form *form, const Item *item, const char *header)
{
    if (strcmp(header, item->key) == 0 || strcmp(header, item->label_key) == 0)
        return true;
    for (size_t at = 0; at < form->n_items; at++)
        if (strcmp(form->item_key[at], header) == 0 && strcmp(form->item[at], item->key) == 0)
            return true;
    return false;
}

static bool bind_items(Arena *out, Binding *binding, Err *err)
{
    const Instrument *instrument = binding->form->instrument;
    size_t found = 0;

    if (!instrument)
        return true;
    if (instrument->count > BIND_ITEMS_MAX)
        return err_set(err, ERR_CONFIG, "instrument \"%s\" has more than %d items", instrument->name, BIND_ITEMS_MAX);
    binding->plain_items = binding->valid && binding->encoding == TEXT_UTF8;
    binding->item_column = arena_array(out, instrument->count, sizeof *binding->item_column);
    binding->item_memo = arena_array(out, instrument->count, sizeof *binding->item_memo);
    for (size_t item = 0; item < instrument->count; item++) {
        binding->item_memo[item] = memo_new(out, ITEM_MEMO_BITS);
        binding->item_column[item] = -1;
        for (size_t column = 0; column < binding->n_header; column++)
            if (item_matches(binding->form, &instrument->item[item], binding->header[column]))
                binding->item_column[item] = (int) column;
        found += binding->item_column[item] >= 0;
    }
    return found ? true : REFUSE(err, RULE_FILE_COLUMN, "none of the %zu questions of \"%s\" is a column of the file", instrument->count, instrument->title);
}

static void bind_years(Binding *binding)
{
    size_t prefix = binding->form->counts ? strlen(binding->form->counts) : 0;

    for (size_t column = 0; prefix && column < binding->n_header && binding->n_years < BIND_YEARS_MAX; column++) {
        const char *key = binding->header[column];
        if (strncmp(key, binding->form->counts, prefix) != 0)
            continue;
        int year = atoi(key + prefix + (key[prefix] == '_'));
        if (year < 1990 || year > 2100)
            continue;
        if (binding->n_years == 0)
            binding->first_year = year;
        if (year == binding->first_year + binding->n_years) /* years follow each other in every file seen */
            binding->year_column[binding->n_years++] = (int) column;
    }
}

/* Values that come back row after row. Keys, persons and text do not. */
static bool worth_a_memo(ColumnType type)
{
    return type == TYPE_DATE || type == TYPE_MONTH || type == TYPE_HOUR || type == TYPE_CODE || type == TYPE_CODES || type == TYPE_MAIN || type == TYPE_BOOL ||
           type == TYPE_SCHOOLJAAR;
}

static void bind_marks(Arena *out, const Binding *binding, Source *source)
{
    source->mark_column = arena_array(out, source->field->n_marks, sizeof *source->mark_column);
    for (size_t mark = 0; mark < source->field->n_marks; mark++) {
        source->mark_column[mark] = -1;
        for (size_t column = 0; column < binding->n_header; column++)
            if (strcmp(binding->header[column], source->field->mark_key[mark]) == 0)
                source->mark_column[mark] = (int) column;
    }
}

static bool bind_columns(Arena *out, Binding *binding, Err *err)
{
    const Form *form = binding->form;
    const Kind *kind = binding->kind;

    binding->source = arena_array(out, kind->n_columns, sizeof *binding->source);
    binding->school_year_at = -1;
    for (size_t at = 0; at < kind->n_columns; at++) {
        const KindColumn *column = &kind->column[at];
        ColumnSource *source = &binding->source[at];
        source->main = source_named(binding, column->field);
        if (source->main.field && source->main.field->n_marks)
            bind_marks(out, binding, &source->main);
        if (worth_a_memo(column->type) && kind_privacy(kind, column->field) == PRIVACY_NONE)
            source->main.memo = memo_new(out, COLUMN_MEMO_BITS);
        if (column->type == TYPE_PEOPLE)
            binding->people = column;
        if (strcmp(column->column, kind->schooljaar_column) == 0)
            binding->school_year_at = (int) at;
        if (column->required && column->type != TYPE_EARLIEST && !source_present(&source->main) && !(column->from_text && source_named(binding, column->from_text).column >= 0)) {
            binding->missing = source->main.field && *source->main.field->first_header ? source->main.field->first_header : column->field;
            return REFUSE(err, RULE_FILE_COLUMN, "no column for \"%s\"; the form \"%s\" calls it \"%s\": add the column, or name the right form", column->field, form->title, binding->missing);
        }
        for (const char **also = column->also; also && *also; also++)
            source->n_also++;
        source->also = arena_array(out, source->n_also, sizeof *source->also);
        source->n_also = 0;
        for (const char **also = column->also; also && *also; also++) {
            const FormField *more = form_field(form, *also);
            if (more)
                source->also[source->n_also++] = source_find(binding, more);
        }
    }
    return true;
}

/* Can anything in this file give the column a value? */
static bool column_filled(const Binding *binding, size_t at)
{
    const KindColumn *column = &binding->kind->column[at];
    const ColumnSource *source = &binding->source[at];

    switch (column->type) {
    case TYPE_MONEY: case TYPE_EARLIEST:
        for (size_t also = 0; also < source->n_also; also++)
            if (source_present(&source->also[also]))
                return true;
        return column->required;
    case TYPE_CONFIDENCE: return binding->text.column >= 0;
    case TYPE_PEOPLE: case TYPE_ITEMS: case TYPE_COUNTS: case TYPE_FIRST_YEAR: case TYPE_INSTRUMENT: case TYPE_AS_OF: case TYPE_REGIONS: case TYPE_HOUR:
        return true;
    default: break;
    }
    return column->required || column->of_delivery || (column->from_text && binding->text.column >= 0) || source_present(&source->main) ||
           (source->main.field && source->main.field->fallback);
}

/* What no cell of the file can fill is not sent at all: it is NULL in every row. */
static void bind_copy(Arena *out, Binding *binding)
{
    const Kind *kind = binding->kind;

    binding->columns = kind->public_data ? "" : "location_no";
    binding->n_columns = kind->public_data ? 0 : 1;
    for (size_t at = 0; at < binding->n_read; at++)
        if (kind->column[binding->read[at]].byte < 0)
            binding->columns = arena_format(out, "%s%s%s", binding->columns, binding->n_columns++ ? ", " : "", kind->column[binding->read[at]].column);
    if (kind->packed)
        binding->columns = arena_format(out, "%s%s%s", binding->columns, binding->n_columns++ ? ", " : "", kind->packed);
}

/* Two columns of one name, of which only the first would be read: which one is meant cannot be told. */
static bool header_single(const Binding *binding, Err *err)
{
    for (size_t column = 0; column < binding->n_header; column++)
        for (size_t other = column + 1; other < binding->n_header && *binding->header[column]; other++)
            if (strcmp(binding->header[column], binding->header[other]) == 0 && header_matched(binding, column) && !header_ignored(binding, column))
                return REFUSE(err, RULE_FILE_HEADER, "columns %zu and %zu have the same header; remove one of them, or give it another name", column + 1, other + 1);
    return true;
}

bool bind_form(Arena *out, const Form *form, Binding *binding, Err *err)
{
    binding->form = form;
    binding->kind = form->kind;
    if (!bind_columns(out, binding, err))
        return false;
    binding->victim = source_named(binding, "getroffene");
    binding->birth = source_named(binding, "geboortedatum");
    if (binding->people) {
        binding->people_birth = source_named(binding, "betrokkenen_geboortedatum");
        binding->people_role = source_named(binding, binding->people->role_field);
        binding->people_group = source_named(binding, binding->people->group_field);
        binding->people_role.memo = memo_new(out, ITEM_MEMO_BITS);
        binding->people_group.memo = memo_new(out, ITEM_MEMO_BITS);
        binding->role_lists = arena_alloc(out, sizeof *binding->role_lists);
        binding->group_lists = arena_alloc(out, sizeof *binding->group_lists);
    }
    binding->text = source_named(binding, "toelichting");
    bind_years(binding);
    if (!bind_items(out, binding, err))
        return false;
    if (!binding->kind->public_data && !parts_present(out, binding, form->location, form->n_location))
        parts_present(out, binding, form->location_alternative, form->n_alternative);
    binding->location_memo = memo_new(out, COLUMN_MEMO_BITS);
    binding->code_memo = memo_new(out, COLUMN_MEMO_BITS);
    binding->read = arena_array(out, binding->kind->n_columns + 1, sizeof *binding->read);
    for (size_t at = 0; at < binding->kind->n_columns; at++)
        if (column_filled(binding, at))
            binding->read[binding->n_read++] = at;
    bind_copy(out, binding);
    for (size_t column = 0; column < binding->n_header; column++)
        binding->ignored += !rest_ignored(form) && !header_matched(binding, column);
    return header_single(binding, err);
}

size_t bind_settled_count(const Binding *binding)
{
    size_t count = 0;

    for (size_t at = 0; at < binding->kind->n_columns; at++)
        count += 1 + binding->source[at].n_also;
    return count;
}

void bind_settled(const Binding *binding, int *settled)
{
    for (size_t at = 0; at < binding->kind->n_columns; at++) {
        *settled++ = binding->source[at].main.locked;
        for (size_t also = 0; also < binding->source[at].n_also; also++)
            *settled++ = binding->source[at].also[also].locked;
    }
}

void bind_settle(Binding *binding, const int *settled)
{
    for (size_t at = 0; at < binding->kind->n_columns; at++) {
        binding->source[at].main.locked = *settled++;
        for (size_t also = 0; also < binding->source[at].n_also; also++)
            binding->source[at].also[also].locked = *settled++;
    }
}

void bind_forget(Binding *binding)
{
    for (size_t at = 0; at < binding->kind->n_columns; at++) {
        ColumnSource *source = &binding->source[at];
        source->main.locked = -1;
        if (source->main.memo)
            memo_wipe(source->main.memo);
        for (size_t also = 0; also < source->n_also; also++)
            source->also[also].locked = -1;
    }
    memo_wipe(binding->location_memo);
    memo_wipe(binding->code_memo);
}
