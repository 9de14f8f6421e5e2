#include "ingest/row_part.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ingest/convert.h"

/* -- one value per column ------------------------------------------------------------------------ */

static Rule date_value(RowReader *reader, const KindColumn *column, Source *source, const char *text, size_t bytes, int64_t *out)
{
    Date date;
    int hour;

    if (source->locked < 0 && !reader->in_order) { /* the first date that can be read decides which format all of them have */
        reader->undecided = true;
        return RULE_DATE_INVALID;
    }
    Rule rule = convert_date(reader->binding->form, &source->locked, text, bytes, &date, &hour);

    if (rule)
        return rule;
    *out = date;
    return column->past && date > reader->delivery->received ? RULE_DATE_FUTURE : RULE_NONE;
}

/* The hour may have a column of its own, or stand behind the date. */
static Rule hour_behind_date(RowReader *reader, Value *value)
{
    const Binding *binding = reader->binding;
    const char *text;
    size_t bytes;
    int hour = -1;

    for (size_t at = 0; at < binding->kind->n_columns; at++) {
        const Source *source = &binding->source[at].main;
        Date date;
        if (binding->kind->column[at].type != TYPE_DATE || source->locked < 0)
            continue;
        if (row_source_text(reader, source, &text, &bytes) == RULE_NONE && !date_parse(text, bytes, (DateFormat) source->locked, &date, &hour))
            hour = -1;
        break;
    }
    value->null = hour < 0;
    value->whole = hour;
    return RULE_NONE;
}

static Rule money_value(RowReader *reader, const ColumnSource *source, Value *value)
{
    int64_t total = 0;
    bool any = false;

    for (size_t at = 0; at < source->n_also; at++) {
        const char *text;
        size_t bytes;
        int64_t cents;
        Rule rule = row_source_text(reader, &source->also[at], &text, &bytes);
        if (!rule && bytes)
            rule = convert_cents(text, bytes, &cents);
        if (!rule && bytes && source->also[at].field->factor > 0)
            cents = llround((double) cents * source->also[at].field->factor);
        if (rule)
            return row_fault_rule(reader, &source->also[at], source->also[at].field->field, rule);
        if (bytes) {
            total += cents;
            any = true;
        }
    }
    value->null = !any;
    value->whole = total;
    return RULE_NONE;
}

/* The earliest of several dates: a case begins with the first step that was taken. */
static Rule earliest_value(RowReader *reader, ColumnSource *source, const KindColumn *column, Value *value)
{
    value->null = true;
    for (size_t at = 0; at < source->n_also; at++) {
        const char *text;
        size_t bytes;
        int64_t date;
        Rule rule = row_source_text(reader, &source->also[at], &text, &bytes);
        if (!rule && bytes)
            rule = date_value(reader, column, &source->also[at], text, bytes, &date);
        if (rule)
            return row_fault_rule(reader, &source->also[at], source->also[at].field->field, rule);
        if (bytes && (value->null || date < value->whole)) {
            value->null = false;
            value->whole = date;
        }
    }
    return value->null && column->required ? row_fault_rule(reader, NULL, column->field, RULE_VALUE_MISSING) : RULE_NONE;
}

/* Holiday regions: "NO,MI,ZU", or a word for all of them; empty = the whole country. */
static Rule regions_value(RowReader *reader, const FormField *field, const char *text, size_t bytes, Value *value)
{
    const CodeList *list = codes_list(&reader->forms->codes, "regio");
    const char *part;
    size_t part_bytes;

    value->whole = 0;
    while (convert_part(&text, &bytes, field ? field->split : 0, &part, &part_bytes)) {
        int no;
        if (part_bytes == 0 || (part_bytes == 4 && memcmp(part, "alle", 4) == 0))
            continue;
        Rule rule = convert_code(reader->scratch, list, NULL, part, part_bytes, &no);
        if (rule)
            return rule;
        value->whole |= 1 << (no - 1);
    }
    return RULE_NONE;
}

static Rule counts_value(RowReader *reader)
{
    const Binding *binding = reader->binding;

    for (int year = 0; year < binding->n_years; year++) {
        const char *text;
        size_t bytes;
        int number = 0;
        Source source = {.column = binding->year_column[year], .locked = -1};
        Rule rule = row_source_text(reader, &source, &text, &bytes);
        reader->count[year] = INT2_NULL; /* '<5': masked at the publisher, 1 to 4 */
        if (!rule && !(bytes == 2 && memcmp(text, "<5", 2) == 0)) {
            rule = bytes ? convert_int(text, bytes, 0, 32000, &number) : RULE_NONE;
            reader->count[year] = (int16_t) number;
        }
        if (rule)
            return row_fault_rule(reader, &source, "aantallen", rule);
    }
    return RULE_NONE;
}

/* What a form says that an answer of its files stands for; NULL: nothing. */
static const char *answer_alias(RowReader *reader, const char *text, size_t bytes)
{
    const Form *form = reader->binding->form;
    const char *key = form->n_answers ? text_key(reader->scratch, text, bytes) : NULL;

    for (size_t at = 0; key && at < form->n_answers; at++)
        if (strcmp(form->answer_key[at], key) == 0)
            return form->answer[at];
    return NULL;
}

static Rule answer_value(RowReader *reader, size_t item, int16_t *out)
{
    const Binding *binding = reader->binding;
    Source source = {.column = binding->item_column[item], .locked = -1, .plain = binding->item_column[item] >= 0 && binding->plain_items};
    const char *text;
    size_t bytes;
    MemoKey key = {0};
    bool found;
    int answer;

    Rule rule = row_source_text(reader, &source, &text, &bytes);
    if (rule)
        return rule;
    MemoSlot *slot = memo_find(binding->item_memo[item], text, bytes, &key, &found);
    if (found) {
        *out = (int16_t) slot->value;
        return RULE_NONE;
    }
    const char *said = answer_alias(reader, text, bytes);
    rule = convert_answer(reader->scratch, &binding->form->instrument->item[item], said ? said : text, said ? strlen(said) : bytes, &answer);
    if (rule)
        return rule;
    memo_keep(slot, &key, answer);
    *out = (int16_t) answer;
    return RULE_NONE;
}

/* The short way for what most answers are: no answer, or one that the question had before. */
static inline bool answer_remembered(const RowReader *reader, size_t item, int16_t *out)
{
    const Binding *binding = reader->binding;
    int column = binding->item_column[item];
    MemoKey key = {0};
    bool found;

    if (column < 0 || !binding->plain_items || (size_t) column >= reader->n_cells)
        return false;
    const char *text = reader->cell[column].text;
    size_t bytes = reader->cell[column].bytes;
    row_trim(&text, &bytes);
    const MemoSlot *slot = memo_find(binding->item_memo[item], text, bytes, &key, &found);
    if (found)
        *out = (int16_t) slot->value;
    return found;
}

static Rule answers_value(RowReader *reader)
{
    const Instrument *instrument = reader->binding->form->instrument;
    bool any = reader->binding->form->accept_empty;

    for (size_t item = 0; item < instrument->count; item++) {
        Rule rule = answer_remembered(reader, item, &reader->answer[item]) ? RULE_NONE : answer_value(reader, item, &reader->answer[item]);
        if (rule) {
            const Source source = {.column = reader->binding->item_column[item]};
            return row_fault_rule(reader, &source, instrument->item[item].code, rule);
        }
        any = any || reader->answer[item] != CODES_MISSING;
    }
    return any ? RULE_NONE : row_fault_rule(reader, NULL, "antwoorden", RULE_ANSWERS_EMPTY);
}

/* -- what only the text tells -------------------------------------------------------------------- */

static const LexiconVerdict *verdict(RowReader *reader)
{
    const char *text;
    size_t bytes;

    if (!reader->classified) {
        reader->classified = true;
        reader->verdict = (LexiconVerdict) {0};
        if (row_source_text(reader, &reader->binding->text, &text, &bytes) == RULE_NONE && bytes)
            lexicon_read(reader->forms->lexicon, reader->scratch, text, bytes, &reader->verdict);
    }
    return &reader->verdict;
}

/* A field that was left open and that the lexicon may fill. The text itself goes no further. */
static Rule value_from_text(RowReader *reader, const KindColumn *column, Value *value)
{
    const LexiconVerdict *said = verdict(reader);

    switch (column->type) {
    case TYPE_CODES: value->whole = said->form_set; break;
    case TYPE_MAIN: value->whole = convert_main_code(column->list, said->form_set); break;
    case TYPE_CODE: value->whole = said->place; break;
    default: break;
    }
    value->null = value->whole == 0;
    return value->null && column->required ? RULE_VALUE_MISSING : RULE_NONE;
}

/* -- the columns --------------------------------------------------------------------------------- */

/* Types whose value is a whole number made of the text of one cell alone, so that a memo may keep it. */
static Rule whole_of(RowReader *reader, const KindColumn *column, Source *source, const char *text, size_t bytes, int64_t *out)
{
    int number = 0, year;
    int32_t set = 0;
    bool yes = false;
    Rule rule = RULE_NONE;

    switch (column->type) {
    case TYPE_DATE: return date_value(reader, column, source, text, bytes, out);
    case TYPE_MONTH:
        rule = date_value(reader, column, source, text, bytes, out);
        *out = rule ? 0 : date_month_begin((Date) *out);
        return rule;
    case TYPE_HOUR: rule = convert_hour(text, bytes, &number); break;
    case TYPE_CODE: rule = convert_code(reader->scratch, column->list, source->field, text, bytes, &number); break;
    case TYPE_CODES: case TYPE_MAIN:
        rule = convert_codes(reader->scratch, column->list, source->field, text, bytes, &set);
        number = column->type == TYPE_MAIN ? convert_main_code(column->list, set) : set;
        break;
    case TYPE_INT: rule = convert_int(text, bytes, column->min, column->max, &number); break;
    case TYPE_BOOL:
        rule = convert_bool(text, bytes, &yes);
        number = yes;
        break;
    case TYPE_SCHOOLJAAR:
        rule = date_school_year_parse(arena_text_n(reader->scratch, text, bytes), &year) ? RULE_NONE : RULE_DATE_INVALID;
        number = rule ? 0 : year;
        break;
    default: break;
    }
    *out = number;
    return rule;
}

static Rule simple_value(RowReader *reader, const KindColumn *column, Source *source, const char *text, size_t bytes, Value *value)
{
    MemoKey key = {0};
    bool found = false;
    MemoSlot *slot = source->memo ? memo_find(source->memo, text, bytes, &key, &found) : NULL;

    if (found) {
        value->whole = slot->value;
        return RULE_NONE;
    }
    Rule rule = whole_of(reader, column, source, text, bytes, &value->whole);
    if (!rule && slot)
        memo_keep(slot, &key, value->whole);
    return rule;
}

static Rule text_value(RowReader *reader, const KindColumn *column, Value *value)
{
    char *copy = arena_text_n(reader->scratch, value->text, value->bytes);

    for (char *c = copy; column->upper && *c; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char) (*c - 32) : *c;
    value->text = copy;
    return RULE_NONE;
}

Rule row_column(RowReader *reader, size_t at)
{
    Binding *binding = reader->binding;
    const KindColumn *column = &binding->kind->column[at];
    ColumnSource *source = &binding->source[at];
    Value *value = &reader->value[at];
    const char *text;
    size_t bytes;

    switch (column->type) { /* columns that are not simply the text of one cell */
    case TYPE_PEOPLE: return row_people(reader);
    case TYPE_FIRST_YEAR: return RULE_NONE;
    case TYPE_COUNTS: return counts_value(reader);
    case TYPE_ITEMS: return answers_value(reader);
    case TYPE_MONEY: return money_value(reader, source, value);
    case TYPE_EARLIEST: return earliest_value(reader, source, column, value);
    case TYPE_INSTRUMENT: value->whole = binding->form->instrument->no; value->null = false; return RULE_NONE;
    case TYPE_AS_OF: value->whole = reader->delivery->period_begin; value->null = false; return RULE_NONE;
    case TYPE_CONFIDENCE:
        value->null = !reader->classified || reader->verdict.form_set == 0;
        value->whole = reader->verdict.confidence;
        return RULE_NONE;
    default: break;
    }
    Rule rule = row_source_text(reader, &source->main, &text, &bytes);
    value->text = text;
    value->bytes = bytes;
    value->null = bytes == 0;
    value->whole = 0;
    if (rule)
        return row_fault_rule(reader, &source->main, column->field, rule);
    if (bytes == 0) {
        if (column->from_text)
            rule = value_from_text(reader, column, value);
        else if (column->required)
            rule = RULE_VALUE_MISSING;
        else if (column->type == TYPE_HOUR)
            rule = hour_behind_date(reader, value);
        else if (column->type == TYPE_SCHOOLJAAR && column->of_delivery) { /* a questionnaire without one: the delivery's */
            value->whole = date_school_year(reader->delivery->period_begin);
            value->null = false;
        } else if (column->type == TYPE_REGIONS)
            value->null = false;
        return row_fault_rule(reader, &source->main, column->field, rule);
    }
    switch (column->type) {
    case TYPE_KEY: break; /* hashed when the date of the row is known: row_key */
    case TYPE_REGIONS: rule = regions_value(reader, source->main.field, text, bytes, value); break;
    case TYPE_REAL:
        rule = convert_real(text, bytes, &value->real);
        if (source->main.field && source->main.field->factor > 0)
            value->real *= source->main.field->factor;
        break;
    case TYPE_PERSON: rule = row_person(reader, value); break;
    case TYPE_TEXT: case TYPE_SCOPE: rule = text_value(reader, column, value); break;
    default: rule = simple_value(reader, column, &source->main, text, bytes, value); break;
    }
    return row_fault_rule(reader, &source->main, column->field, rule);
}
