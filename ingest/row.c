#include "ingest/row.h"

#include <string.h>

#include "ingest/row_part.h"

/* -- the school of a row ------------------------------------------------------------------------- */

static const LocationPeriod *office_of(const RowReader *reader)
{
    return ingest_register_find(reader->reg, arena_format(reader->scratch, "B%05d", reader->board));
}

/* Was it ever this board's school in the period of the delivery? A school that changes board in the middle of a year is delivered by
 * both; each board sees only the time it was theirs (the views over fact say which). */
static bool belongs(const RowReader *reader, const LocationPeriod *period)
{
    const LocationPeriod *end = reader->reg->period + reader->reg->count;
    const DeliveryRow *delivery = reader->delivery;

    if (delivery->period_begin == DATE_NONE || delivery->period_end == DATE_NONE)
        return true; /* not known yet: the second reading asks again */
    bool board_seen = false;
    for (int school = period->location_no; period < end && period->location_no == school; period++) {
        if (period->board_no != reader->board)
            continue;
        board_seen = true;
        if (period->from <= delivery->period_end && period->to >= delivery->period_begin)
            return true;
    }
    /* A register that is younger or older than the delivery says nothing about its period: the nearest board decides. */
    const LocationPeriod *near = ingest_register_at(reader->reg, period[-1].code, delivery->period_end);
    return board_seen && near && near->board_no == reader->board;
}

static Rule location_code(RowReader *reader, const char **code, bool *empty)
{
    Binding *binding = reader->binding;
    char *to = arena_alloc(reader->scratch, 64);
    size_t used = 0;

    *code = to;
    *empty = true;
    for (size_t part = 0; part < binding->n_location; part++) {
        const char *text;
        size_t bytes;
        const Source *source = &binding->location[part];
        Rule rule = row_source_text(reader, source, &text, &bytes);
        if (rule)
            return row_fault_rule(reader, source, "locatie", rule);
        *empty = *empty && bytes == 0;
        int pad = bytes && source->field->pad > (int) bytes ? source->field->pad - (int) bytes : 0;
        if (used + (size_t) pad + bytes > 60) /* no code is that long */
            return row_fault_rule(reader, source, "locatie", RULE_LOCATION_UNKNOWN);
        for (; pad > 0; pad--)
            to[used++] = '0';
        for (size_t at = 0; at < bytes; at++)
            to[used++] = text[at] >= 'a' && text[at] <= 'z' ? (char) (text[at] - 32) : text[at];
    }
    return RULE_NONE;
}

/* The part of location_value that a memo can stand in for: the same code is the same school all through a delivery. */
static Rule location_find(RowReader *reader, const char *code, const LocationPeriod **found)
{
    const Source *first = &reader->binding->location[0];
    const DeliveryRow *delivery = reader->delivery;
    Date on = delivery->period_end != DATE_NONE ? delivery->period_end : delivery->received;
    const LocationPeriod *period = ingest_register_find(reader->reg, code);

    if (!period)
        return row_fault_rule(reader, first, "locatie", RULE_LOCATION_UNKNOWN);
    if (reader->fixed_location && period->location_no != reader->fixed_location)
        return row_fault_rule(reader, first, "locatie", RULE_LOCATION_OTHER);
    if (!reader->board) /* a board-wide file that did not say whose it is: its first school decides */
        reader->board = ingest_register_at(reader->reg, code, on)->board_no;
    if (!belongs(reader, period))
        return row_fault_rule(reader, first, "locatie", RULE_LOCATION_BOARD);
    *found = period;
    return RULE_NONE;
}

/* Two short cells, BRIN and vestiging, as a key: where the same two stood before, they need not be made a code of. NULL: no such row. */
static MemoSlot *location_cells(const RowReader *reader, MemoKey *key, bool *found)
{
    const Binding *binding = reader->binding;
    const Source *source = binding->location;

    *found = false;
    if (binding->n_location != 2 || !source[0].plain || !source[1].plain || (size_t) source[0].column >= reader->n_cells ||
        (size_t) source[1].column >= reader->n_cells)
        return NULL;
    const Cell *left = &reader->cell[source[0].column], *right = &reader->cell[source[1].column];
    if (left->bytes >= 8 || right->bytes >= 8 || left->bytes + right->bytes == 0)
        return NULL;
    *key = (MemoKey) {.part = {memo_short(left->text, left->bytes), memo_short(right->text, right->bytes)}, .bytes = (uint32_t) (left->bytes * 8 + right->bytes + 1)};
    MemoSlot *slot = memo_slot(binding->location_memo, key);
    *found = memo_holds(slot, key);
    return slot;
}

static Rule row_location(RowReader *reader)
{
    Binding *binding = reader->binding;
    const char *code;
    MemoKey key = {0};
    bool empty, found;

    reader->location_no = reader->fixed_location;
    reader->school = NULL;
    if (binding->n_location == 0)
        return RULE_NONE;
    MemoSlot *slot = location_cells(reader, &key, &found);
    if (found) {
        reader->school = &reader->reg->period[slot->value];
        reader->location_no = reader->school->location_no;
        return RULE_NONE;
    }
    Rule rule = location_code(reader, &code, &empty);
    if (rule)
        return rule;
    if (empty) {
        if (reader->fixed_location)
            return RULE_NONE;
        const LocationPeriod *office = binding->form->office && reader->board ? office_of(reader) : NULL;
        reader->location_no = office ? office->location_no : 0;
        return office ? RULE_NONE : row_fault_rule(reader, &binding->location[0], "locatie", RULE_LOCATION_MISSING);
    }
    MemoKey code_key = {0};
    MemoSlot *code_slot = memo_find(binding->code_memo, code, strlen(code), &code_key, &found);
    if (found)
        reader->school = &reader->reg->period[code_slot->value];
    else
        rule = location_find(reader, code, &reader->school);
    if (!rule && reader->delivery->period_begin != DATE_NONE) {
        memo_keep(code_slot, &code_key, reader->school - reader->reg->period);
        memo_keep(slot, &key, reader->school - reader->reg->period);
    }
    reader->location_no = rule ? 0 : reader->school->location_no;
    return rule;
}

/* -- a row --------------------------------------------------------------------------------------- */

static bool is_a_date(ColumnType type)
{
    return type == TYPE_DATE || type == TYPE_EARLIEST || type == TYPE_MONTH;
}

static bool applies(const RowReader *reader, const KindCheck *check)
{
    return check->when < 0 || (!reader->value[check->when].null && reader->value[check->when].whole == check->when_no);
}

/* Was there such a school when it happened, and whose was it? Records stay with the school: what happened under another board is that
 * board's to see, so the row is loaded and told. */
static bool school_then(RowReader *reader)
{
    const Binding *binding = reader->binding;
    const LocationPeriod *period = reader->school, *end = reader->reg->period + reader->reg->count;
    int at = binding->school_year_at;

    if (!period || at < 0 || reader->value[at].null)
        return true;
    bool is_date = is_a_date(binding->kind->column[at].type), open = false, ours = false;
    Date first = is_date ? (Date) reader->value[at].whole : date_school_year_begin((int) reader->value[at].whole);
    Date last = is_date ? first : date_school_year_end((int) reader->value[at].whole);
    for (int school = period->location_no; period < end && period->location_no == school; period++) {
        bool then = period->from <= last && period->to >= first;
        open = open || then;
        ours = ours || (then && period->board_no == reader->board);
    }
    const Source *source = &binding->location[0];
    if (!open)
        return row_fault(reader, source, "locatie", RULE_LOCATION_CLOSED);
    if (!ours)
        row_finding_add(reader, source, "locatie", RULE_LOCATION_THEN);
    return true;
}

static bool row_checks(RowReader *reader)
{
    const Binding *binding = reader->binding;
    const Kind *kind = binding->kind;

    for (size_t at = 0; at < kind->n_checks; at++) {
        const KindCheck *check = &kind->check[at];
        const Value *before = &reader->value[check->before], *after = &reader->value[check->after];
        int64_t days = after->whole - before->whole;
        if (before->null || after->null || !applies(reader, check) || (days >= check->days_min && days <= check->days_max))
            continue;
        const Source *source = &binding->source[check->after].main;
        if (!check->finding)
            return row_fault(reader, source, kind->column[check->after].field, check->rule);
        row_finding_add(reader, source, kind->column[check->after].field, check->rule);
    }
    if (!school_then(reader))
        return false;
    int year_at = binding->school_year_at;
    if (year_at < 0 || reader->value[year_at].null || !reader->fixed_location)
        return true;
    int year = (int) reader->value[year_at].whole;
    bool is_date = is_a_date(kind->column[year_at].type);
    Date first = is_date ? year : date_school_year_begin(year), last = is_date ? year : date_school_year_end(year);
    if (last < reader->delivery->period_begin || first > reader->delivery->period_end)
        return row_fault(reader, &binding->source[year_at].main, kind->column[year_at].field, RULE_DATE_PERIOD);
    return true;
}

static void row_begin(RowReader *reader, const Cell *cell, size_t count)
{
    arena_reset(reader->scratch);
    reader->cell = cell;
    reader->n_cells = count;
    reader->fault = (RowFault) {.field = "rij"};
    reader->classified = false;
    reader->n_findings = 0;
}

/* The short way for what most cells are: a value that the column had before. */
static inline bool column_remembered(RowReader *reader, size_t at)
{
    const Source *source = &reader->binding->source[at].main;
    MemoKey key = {0};
    bool found;

    if (!source->plain || !source->memo || (size_t) source->column >= reader->n_cells)
        return false;
    const char *text = reader->cell[source->column].text;
    size_t bytes = reader->cell[source->column].bytes;
    row_trim(&text, &bytes);
    if (bytes == 0)
        return false;
    const MemoSlot *slot = memo_find(source->memo, text, bytes, &key, &found);
    if (!found)
        return false;
    reader->value[at].whole = slot->value;
    reader->value[at].null = false;
    return true;
}

bool row_read(RowReader *reader, const Cell *cell, size_t count)
{
    const Kind *kind = reader->binding->kind;

    row_begin(reader, cell, count);
    if (count > reader->binding->n_header)
        return row_fault(reader, NULL, "rij", RULE_CSV_CELLS);
    if (reader->binding->people)
        row_people_soon(reader);
    if (!kind->public_data && row_location(reader))
        return false;
    for (size_t at = 0; at < reader->binding->n_read; at++) {
        size_t column = reader->binding->read[at];
        if (!column_remembered(reader, column) && row_column(reader, column))
            return false;
    }
    return row_checks(reader);
}

static int value_school_year(RowReader *reader)
{
    const Binding *binding = reader->binding;
    int at = binding->school_year_at;

    if (at < 0 || reader->value[at].null)
        return 0;
    Date date = (Date) reader->value[at].whole;
    if (!is_a_date(binding->kind->column[at].type))
        return date;
    if (date < reader->year_begin || date > reader->year_end || reader->year == 0) { /* rows of one file are mostly of one year */
        reader->year = date_school_year(date);
        reader->year_begin = date_school_year_begin(reader->year);
        reader->year_end = date_school_year_end(reader->year);
    }
    return reader->year;
}

bool row_school_year(RowReader *reader, const Cell *cell, size_t count, int *year)
{
    Binding *binding = reader->binding;
    int at = binding->school_year_at;

    row_begin(reader, cell, count);
    if (!reader->board)
        row_location(reader);
    if (at < 0 || (!source_present(&binding->source[at].main) && binding->kind->column[at].type != TYPE_EARLIEST) || row_column(reader, (size_t) at) || reader->value[at].null)
        return false;
    *year = value_school_year(reader);
    return true;
}

int row_school(RowReader *reader, const Cell *cell, size_t count)
{
    row_begin(reader, cell, count);
    return row_location(reader) == RULE_NONE ? reader->location_no : 0;
}

int64_t row_key(RowReader *reader, size_t key_at)
{
    Value *value = &reader->value[key_at];
    int32_t head[2] = {reader->location_no, value_school_year(reader)};
    char room[256], *message = room;

    if (value->bytes > sizeof room - sizeof head)
        message = arena_alloc(reader->scratch, sizeof head + value->bytes);
    memcpy(message, head, sizeof head);
    memcpy(message + sizeof head, value->text, value->bytes);
    value->whole = pseudonym_key(reader->pseudonymizer, message, sizeof head + value->bytes);
    return value->whole;
}

/* One byte an item (sql/migrate/0010_answer_bytes); a scale ends at 100 (common/codes.c). */
static void answers_put(const RowReader *reader, PgRow *to)
{
    size_t count = reader->binding->form->instrument->count;
    unsigned char answer[BIND_ITEMS_MAX];

    for (size_t item = 0; item < count; item++)
        answer[item] = reader->answer[item] == CODES_MISSING ? 255 : (unsigned char) reader->answer[item];
    pgrow_bytes(to, answer, count);
}

/* A code in its byte, a set in its four; what is not known stays 255. */
static void packed_put(const KindColumn *column, const Value *value, unsigned char *packed)
{
    uint32_t set = __builtin_bswap32((uint32_t) value->whole);

    if (value->null)
        return;
    if (column->type == TYPE_CODES)
        memcpy(packed + column->byte, &set, sizeof set);
    else
        packed[column->byte] = (unsigned char) value->whole;
}

void row_put(const RowReader *reader, PgRow *to)
{
    const Binding *binding = reader->binding;
    const Kind *kind = binding->kind;

    unsigned char packed[KIND_PACKED_MAX];
    memset(packed, 255, sizeof packed);
    pgrow_begin(to, binding->n_columns + reader->numbered);
    if (!kind->public_data)
        pgrow_int4(to, reader->location_no);
    for (size_t read = 0; read < binding->n_read; read++) {
        size_t at = binding->read[read];
        const Value *value = &reader->value[at];
        if (kind->column[at].byte >= 0) {
            packed_put(&kind->column[at], value, packed);
            continue;
        }
        switch (kind->column[at].type) { /* values that are not in value */
        case TYPE_PEOPLE: pgrow_bytes(to, reader->people, reader->n_people * PERSON_BYTES); continue;
        case TYPE_ITEMS: answers_put(reader, to); continue;
        case TYPE_COUNTS: pgrow_int2s(to, reader->count, (size_t) binding->n_years, INT2_NULL); continue;
        case TYPE_FIRST_YEAR: pgrow_int2(to, binding->first_year); continue;
        default: break;
        }
        if (value->null) {
            pgrow_null(to);
            continue;
        }
        switch (kind->column[at].type) {
        case TYPE_KEY: case TYPE_MONEY: pgrow_int8(to, value->whole); break;
        case TYPE_DATE: case TYPE_AS_OF: case TYPE_EARLIEST: case TYPE_MONTH: pgrow_date(to, (Date) value->whole); break;
        case TYPE_CODES: pgrow_int4(to, (int32_t) value->whole); break;
        case TYPE_INT: /* board numbers are int4, everything else small */
            if (kind->column[at].max > 32767)
                pgrow_int4(to, (int32_t) value->whole);
            else
                pgrow_int2(to, (int) value->whole);
            break;
        case TYPE_REAL: pgrow_real(to, value->real); break;
        case TYPE_BOOL: pgrow_bool(to, value->whole != 0); break;
        case TYPE_TEXT: case TYPE_SCOPE: pgrow_text(to, value->text); break;
        case TYPE_PERSON: pgrow_bytes(to, value->text, 16); break;
        default: pgrow_int2(to, (int) value->whole); break;
        }
    }
    if (kind->packed)
        pgrow_bytes(to, packed, (size_t) kind->n_packed);
    if (reader->numbered)
        pgrow_int4(to, reader->delivery->delivery_no);
}
