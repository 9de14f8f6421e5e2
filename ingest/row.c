#include "ingest/row.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ingest/convert.h"
#include "ingest/names.h"

enum { INT2_NULL = -32768 };

static bool fault(RowReader *reader, const Source *source, const char *field, Rule rule)
{
    if (rule)
        reader->fault = (RowFault) {.rule = rule, .column = source && source->column >= 0 ? source->column + 1 : 0, .field = field};
    return rule == RULE_NONE;
}

static RowFinding *finding_add(RowReader *reader, const Source *source, const char *field, Rule rule)
{
    if (reader->n_findings == ROW_FINDINGS_MAX)
        return NULL;
    RowFinding *finding = &reader->finding[reader->n_findings++];
    *finding = (RowFinding) {.fault = {.rule = rule, .column = source->column >= 0 ? source->column + 1 : 0, .field = field}};
    return finding;
}

static Rule fault_rule(RowReader *reader, const Source *source, const char *field, Rule rule)
{
    fault(reader, source, field, rule);
    return rule;
}

/* -- text of a field ----------------------------------------------------------------------------- */

/* Nearly no cell has white space around it: text_trim is called for those that may. */
static inline void trim(const char **text, size_t *bytes)
{
    if (*bytes && ((unsigned char) (*text)[0] - 0x21u > 0x5Eu || (unsigned char) (*text)[*bytes - 1] - 0x21u > 0x5Eu))
        text_trim(text, bytes);
}

/* The text of one cell, trimmed UTF-8; RULE_TEXT_ENCODING when the cell is not what the file is. */
static Rule cell_text(RowReader *reader, int column, const char **text, size_t *bytes)
{
    const Binding *binding = reader->binding;

    *text = "";
    *bytes = 0;
    if (column < 0 || (size_t) column >= reader->n_cells)
        return RULE_NONE;
    *text = reader->cell[column].text;
    *bytes = reader->cell[column].bytes;
    if (binding->encoding == TEXT_CP1252) {
        for (size_t at = 0; at < *bytes; at++)
            if ((unsigned char) (*text)[at] >= 0x80) {
                *text = text_from_cp1252(reader->scratch, *text, *bytes);
                *bytes = strlen(*text);
                break;
            }
    } else if (!binding->valid && text_utf8_span(*text, *bytes) != *bytes) {
        return RULE_TEXT_ENCODING;
    }
    trim(text, bytes);
    return RULE_NONE;
}

/* "Fysiek, namelijk: ..." is one column per form: those that are filled in, as a list of codes. What was written there is not used. */
static Rule marks_text(RowReader *reader, const Source *source, const char **text, size_t *bytes)
{
    const FormField *field = source->field;
    char *list = arena_alloc(reader->scratch, 1), *grown;
    size_t used = 0;

    for (size_t mark = 0; mark < field->n_marks; mark++) {
        const char *said;
        size_t said_bytes;
        bool yes = true;
        Rule rule = cell_text(reader, source->mark_column[mark], &said, &said_bytes);
        if (rule)
            return rule;
        if (said_bytes == 0 || (said_bytes == 1 && *said == '-') || (convert_bool(said, said_bytes, &yes) == RULE_NONE && !yes))
            continue;
        size_t code = strlen(field->mark[mark]);
        grown = arena_alloc(reader->scratch, used + code + 2);
        memcpy(grown, list, used);
        if (used)
            grown[used++] = '|';
        memcpy(grown + used, field->mark[mark], code);
        used += code;
        list = grown;
    }
    *text = list;
    *bytes = used;
    return RULE_NONE;
}

/* All cells of the row, for a key: two rows are one when they are equal in every cell. */
static void row_text(RowReader *reader, const char **text, size_t *bytes)
{
    size_t total = 0, used = 0;

    for (size_t at = 0; at < reader->n_cells; at++)
        total += reader->cell[at].bytes + 1;
    char *all = arena_alloc(reader->scratch, total + 1);
    for (size_t at = 0; at < reader->n_cells; at++) {
        memcpy(all + used, reader->cell[at].text, reader->cell[at].bytes);
        used += reader->cell[at].bytes;
        all[used++] = '\x1F';
    }
    *text = all;
    *bytes = used;
}

static Rule source_text_long(RowReader *reader, const Source *source, const char **text, size_t *bytes);

/* The text of a field: of its cell, or what the form says instead. */
static inline Rule source_text(RowReader *reader, const Source *source, const char **text, size_t *bytes)
{
    if (!source->plain || (size_t) source->column >= reader->n_cells)
        return source_text_long(reader, source, text, bytes);
    *text = reader->cell[source->column].text;
    *bytes = reader->cell[source->column].bytes;
    trim(text, bytes);
    return RULE_NONE;
}

static Rule source_text_long(RowReader *reader, const Source *source, const char **text, size_t *bytes)
{
    Rule rule = source->mark_column ? marks_text(reader, source, text, bytes) : cell_text(reader, source->column, text, bytes);
    if (rule)
        return rule;
    const FormField *field = source->field;
    if (!field)
        return RULE_NONE;
    if (*bytes == 0 && (field->constant || field->fallback)) {
        *text = field->constant ? field->constant : field->fallback;
        *bytes = strlen(*text);
    }
    if (field->of_row)
        row_text(reader, text, bytes);
    const char *behind = field->cut && !field->split && *bytes ? memchr(*text, field->cut, *bytes) : NULL;
    if (behind) {
        *bytes = (size_t) (behind - *text);
        trim(text, bytes);
    }
    if (*bytes && field->prefix) {
        *text = arena_format(reader->scratch, "%s%.*s", field->prefix, (int) *bytes, *text);
        *bytes = strlen(*text);
    }
    return RULE_NONE;
}

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
        if (source_text(reader, source, &text, &bytes) == RULE_NONE && !date_parse(text, bytes, (DateFormat) source->locked, &date, &hour))
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
        Rule rule = source_text(reader, &source->also[at], &text, &bytes);
        if (!rule && bytes)
            rule = convert_cents(text, bytes, &cents);
        if (!rule && bytes && source->also[at].field->factor > 0)
            cents = llround((double) cents * source->also[at].field->factor);
        if (rule)
            return fault_rule(reader, &source->also[at], source->also[at].field->field, rule);
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
        Rule rule = source_text(reader, &source->also[at], &text, &bytes);
        if (!rule && bytes)
            rule = date_value(reader, column, &source->also[at], text, bytes, &date);
        if (rule)
            return fault_rule(reader, &source->also[at], source->also[at].field->field, rule);
        if (bytes && (value->null || date < value->whole)) {
            value->null = false;
            value->whole = date;
        }
    }
    return value->null && column->required ? fault_rule(reader, NULL, column->field, RULE_VALUE_MISSING) : RULE_NONE;
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
        Rule rule = source_text(reader, &source, &text, &bytes);
        reader->count[year] = INT2_NULL; /* '<5': masked at the publisher, 1 to 4 */
        if (!rule && !(bytes == 2 && memcmp(text, "<5", 2) == 0)) {
            rule = bytes ? convert_int(text, bytes, 0, 32000, &number) : RULE_NONE;
            reader->count[year] = (int16_t) number;
        }
        if (rule)
            return fault_rule(reader, &source, "aantallen", rule);
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

    Rule rule = source_text(reader, &source, &text, &bytes);
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
    trim(&text, &bytes);
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
            return fault_rule(reader, &source, instrument->item[item].code, rule);
        }
        any = any || reader->answer[item] != CODES_MISSING;
    }
    return any ? RULE_NONE : fault_rule(reader, NULL, "antwoorden", RULE_ANSWERS_EMPTY);
}

/* -- persons ------------------------------------------------------------------------------------- */

/* A birth date only feeds the pseudonym: one that cannot be read is left out, it does not cost the row. */
static Date birth_date(const RowReader *reader, const Source *source, const char *text, size_t bytes)
{
    const Form *form = reader->binding->form;
    Date birth;

    if (bytes == 0)
        return DATE_NONE;
    for (size_t at = 0; source->field && at < form->n_formats; at++)
        if (date_parse(text, bytes, form->format[at], &birth, NULL))
            return birth;
    return DATE_NONE;
}

static Date source_birth(RowReader *reader, const Source *source)
{
    const char *text;
    size_t bytes;

    return source_text(reader, source, &text, &bytes) == RULE_NONE ? birth_date(reader, source, text, bytes) : DATE_NONE;
}

/* The day and month of a birth date exchanged is the commonest slip of the pen: the same name with both is told as a possible
 * double, and never merged. */
static void swapped_check(RowReader *reader, const Source *source, const char *text, size_t bytes, Date birth, const uint8_t pseudonym[static 16])
{
    uint8_t other[16];
    int64_t key;
    Date swapped;

    if (birth == DATE_NONE)
        return;
    memcpy(&key, pseudonym, sizeof key);
    int64_t *met = &reader->met[(uint64_t) key >> (64 - ROW_MET_BITS)];
    if (*met == key)
        return;
    *met = key;
    DateParts parts = date_parts(birth);
    if (parts.day > 12 || parts.day == parts.month || !date_from_parts((DateParts) {.year = parts.year, .month = parts.day, .day = parts.month}, &swapped) ||
        !pseudonym_person(reader->pseudonymizer, reader->scratch, text, bytes, swapped, other))
        return;
    RowFinding *finding = finding_add(reader, source, "geboortedatum", RULE_PERSON_SWAPPED);
    if (!finding)
        return;
    finding->perhaps = true;
    finding->born = key;
    memcpy(&finding->swapped, other, sizeof finding->swapped);
}

typedef struct ListCursor {
    const Source *source;
    const char   *text;
    size_t        bytes;
    char          mark, cut; /* between the parts; within a part, what is left out begins here */
    bool          any;
    bool          tail; /* the text ended with the mark: one more part, which is empty */
    bool          was_cut; /* something was left out of the last part */
    size_t        apart;   /* so many parts from here on are surely persons of their own (name_next) */
} ListCursor;

static Rule list_open(RowReader *reader, const Source *source, ListCursor *cursor)
{
    cursor->source = source;
    cursor->tail = cursor->was_cut = false;
    cursor->apart = 0;
    cursor->mark = source->field ? source->field->split : 0;
    cursor->cut = source->field && cursor->mark ? source->field->cut : 0;
    Rule rule = source_text(reader, source, &cursor->text, &cursor->bytes);
    cursor->any = cursor->bytes > 0;
    return rule;
}

static bool list_next(ListCursor *cursor, const char **part, size_t *bytes)
{
    if (cursor->bytes == 0) {
        bool last = cursor->tail;
        *part = "";
        *bytes = 0;
        cursor->tail = false;
        return last;
    }
    const char *end = cursor->mark ? memchr(cursor->text, cursor->mark, cursor->bytes) : NULL;
    *part = cursor->text;
    *bytes = end ? (size_t) (end - cursor->text) : cursor->bytes;
    size_t used = end ? *bytes + 1 : cursor->bytes;
    cursor->text += used;
    cursor->bytes -= used;
    cursor->tail = end && cursor->bytes == 0;
    trim(part, bytes);
    const char *behind = cursor->cut && *bytes ? memchr(*part, cursor->cut, *bytes) : NULL;
    cursor->was_cut = behind != NULL;
    if (behind) {
        *bytes = (size_t) (behind - *part);
        trim(part, bytes);
    }
    return true;
}

static Rule code_of(RowReader *reader, const Source *source, const CodeList *list, const char *text, size_t bytes, int *no)
{
    MemoKey key = {0};
    bool found = false;
    MemoSlot *slot = source->memo ? memo_find(source->memo, text, bytes, &key, &found) : NULL;

    if (found) {
        *no = (int) slot->value;
        return RULE_NONE;
    }
    Rule rule = convert_code(reader->scratch, list, source->field, text, bytes, no);
    if (!rule && slot)
        memo_keep(slot, &key, *no);
    return rule;
}

static bool same_text(const char *a, size_t a_bytes, const char *b, size_t b_bytes)
{
    return a_bytes == b_bytes && memcmp(a, b, a_bytes) == 0;
}

static void person_put(RowReader *reader, size_t at, const uint8_t pseudonym[static 16], int role, int group)
{
    uint8_t *to = reader->people + at * PERSON_BYTES;

    if (pseudonym != to)
        memcpy(to, pseudonym, 16);
    to[16] = (uint8_t) role;
    to[17] = (uint8_t) group;
}

/* All codes of one list cell, from the memo when the very cell came by before. NULL: the cell is empty, or must be read part by part,
 * to find what is wrong with it or because it is too long to remember. */
static const CodesSlot *codes_of(RowReader *reader, const Source *source, CodesMemo *memo, const CodeList *list, ListCursor cursor)
{
    bool found;
    CodesSlot *slot = codes_memo_find(memo, cursor.text, cursor.bytes, &found);
    const char *part;
    size_t cell_bytes = cursor.bytes, bytes;
    uint8_t count = 0;

    if (!slot || found)
        return slot;
    while (list_next(&cursor, &part, &bytes)) {
        int no = 0;
        if (count == MEMO_CODES_MAX || (bytes && code_of(reader, source, list, part, bytes, &no)))
            return NULL;
        slot->code[count++] = (uint8_t) no;
    }
    slot->count = count;
    slot->bytes = (uint32_t) cell_bytes;
    return slot;
}

typedef struct Involved {
    ListCursor       name, role, group, birth;
    const CodesSlot *roles, *groups; /* NULL: part by part */
} Involved;

static Rule involved_open(RowReader *reader, const Source *names, Involved *involved)
{
    Binding *binding = reader->binding;
    Rule rule;

    if ((rule = list_open(reader, names, &involved->name)) || (rule = list_open(reader, &binding->people_role, &involved->role)) ||
        (rule = list_open(reader, &binding->people_group, &involved->group)) || (rule = list_open(reader, &binding->people_birth, &involved->birth)))
        return fault_rule(reader, names, binding->people->field, rule);
    involved->roles = codes_of(reader, &binding->people_role, binding->role_lists, binding->people->list, involved->role);
    involved->groups = codes_of(reader, &binding->people_group, binding->group_lists, binding->people->group_list, involved->group);
    return RULE_NONE;
}

/* The code that belongs to the person at hand, the at-th. */
static Rule involved_code(RowReader *reader, const Source *source, const CodeList *list, const char *field, const CodesSlot *codes, size_t at, ListCursor *cursor, int *no)
{
    const char *text;
    size_t bytes;
    const KindColumn *people = reader->binding->people;

    *no = 0;
    if (!cursor->any)
        return RULE_NONE;
    if (codes) {
        if (at >= codes->count)
            return fault_rule(reader, source, people->role_field, RULE_LIST_LENGTH);
        *no = codes->code[at];
        return RULE_NONE;
    }
    if (!list_next(cursor, &text, &bytes))
        return fault_rule(reader, source, people->role_field, RULE_LIST_LENGTH);
    return bytes ? fault_rule(reader, source, field, code_of(reader, source, list, text, bytes, no)) : RULE_NONE;
}

/* Do codes stand in this cell for more persons than there are? An empty part at its end is none. */
static bool codes_left(const CodesSlot *codes, size_t persons, const ListCursor *cursor)
{
    if (!cursor->any)
        return false;
    if (!codes)
        return cursor->bytes > 0;
    bool tail = cursor->mark && cursor->text[cursor->bytes - 1] == cursor->mark;
    return codes->count - tail > (int) persons;
}

/* Names in a list with commas: "Jansen, Jan" is one person, "Jan Jansen, Piet de Vries" are two. \return the next person, surname and given
 * name still parted by their comma (pseudonym_name turns them). *unsure: only one who knows them can tell, as of "Jan, Piet". Definition
 * in names.h. */
static bool name_next(ListCursor *cursor, const char **name, size_t *bytes, bool *unsure)
{
    if (!list_next(cursor, name, bytes))
        return false;
    if (cursor->apart) {
        cursor->apart--;
        return true;
    }
    if (cursor->mark != ',' || cursor->was_cut || cursor->bytes == 0 || !names_surname(*name, *bytes))
        return true;
    ListCursor ahead = *cursor;
    const char *given;
    size_t given_bytes, singles = names_single(*name, *bytes);
    list_next(&ahead, &given, &given_bytes);
    if (names_pair(*name, *bytes, given, given_bytes, ahead.was_cut)) {
        *bytes = (size_t) (given + given_bytes - *name);
        *cursor = ahead;
        return true;
    }
    if (!singles || !names_single(given, given_bytes))
        return true;
    const ListCursor second = ahead;
    const char *part = given;
    size_t part_bytes = given_bytes;
    do
        singles++;
    while (list_next(&ahead, &part, &part_bytes) && !ahead.was_cut && names_single(part, part_bytes));
    *unsure = true;
    if (singles % 2) { /* one too many for pairs */
        cursor->apart = singles - 1;
        return true;
    }
    *bytes = (size_t) (given + given_bytes - *name);
    *cursor = second;
    return true;
}

/* Whom the row names, before anything else of it is read, so that what is known about them has come from memory by the time it is needed. */
static void people_soon(RowReader *reader)
{
    const Binding *binding = reader->binding;
    const Source *names = &binding->source[binding->people - binding->kind->column].main;
    ListCursor cursor;
    const char *text;
    size_t bytes;

    reader->victim.bytes = reader->n_named = 0;
    if (source_text(reader, &binding->victim, &text, &bytes) == RULE_NONE && bytes)
        pseudonym_soon(reader->pseudonymizer, text, bytes, source_birth(reader, &binding->birth), &reader->victim);
    if (source_present(&binding->people_birth) || list_open(reader, names, &cursor) != RULE_NONE)
        return;
    bool unsure = false;
    while (reader->n_named < ROW_SOON && name_next(&cursor, &text, &bytes, &unsure))
        pseudonym_soon(reader->pseudonymizer, text, bytes, DATE_NONE, &reader->named[reader->n_named++]);
}

/* The pseudonym of the at-th involved person. */
static bool named_pseudonym(RowReader *reader, size_t at, const char *text, size_t bytes, Date birth, uint8_t out[static 16])
{
    if (at < reader->n_named && reader->named[at].name == text && reader->named[at].bytes == bytes && birth == DATE_NONE)
        return pseudonym_of(reader->pseudonymizer, reader->scratch, &reader->named[at], out);
    return pseudonym_person(reader->pseudonymizer, reader->scratch, text, bytes, birth, out);
}

/* The affected person first, then everybody in the parallel lists of involved persons. Whoever has the affected person's very
 * name in those lists, and no other birth date, is that person: counted once, with the role and group of the list. */
static Rule people_value(RowReader *reader)
{
    Binding *binding = reader->binding;
    const KindColumn *people = binding->people;
    const Source *names = &binding->source[people - binding->kind->column].main;
    Involved involved;
    const char *victim, *text, *birth_text = "";
    size_t victim_bytes, bytes, birth_bytes = 0, at = 0;
    bool victim_open = false, unsure = false;
    Date victim_birth = DATE_NONE;
    Rule rule;

    reader->n_people = 0;
    if ((rule = source_text(reader, &binding->victim, &victim, &victim_bytes)) != RULE_NONE)
        return fault_rule(reader, &binding->victim, "getroffene", rule);
    if (victim_bytes) {
        victim_birth = reader->victim.birth;
        victim_open = pseudonym_of(reader->pseudonymizer, reader->scratch, &reader->victim, reader->people);
        if (victim_open) {
            swapped_check(reader, &binding->birth, victim, victim_bytes, victim_birth, reader->people);
            person_put(reader, 0, reader->people, people->victim_role, 0);
            reader->n_people = 1;
        }
    }
    if ((rule = involved_open(reader, names, &involved)))
        return rule;
    for (; involved.name.bytes && reader->n_people < ROW_PEOPLE_MAX; at++) {
        uint8_t *pseudonym = reader->people + reader->n_people * PERSON_BYTES;
        int role, group;
        name_next(&involved.name, &text, &bytes, &unsure);
        if ((rule = involved_code(reader, &binding->people_role, people->list, people->role_field, involved.roles, at, &involved.role, &role)) ||
            (rule = involved_code(reader, &binding->people_group, people->group_list, people->group_field, involved.groups, at, &involved.group, &group)))
            return rule;
        if (involved.birth.any)
            list_next(&involved.birth, &birth_text, &birth_bytes);
        Date birth = birth_date(reader, &binding->people_birth, birth_text, birth_bytes);
        if (victim_open && (birth == DATE_NONE || birth == victim_birth) && same_text(text, bytes, victim, victim_bytes)) {
            person_put(reader, 0, reader->people, role ? role : people->victim_role, group);
            victim_open = false; /* a namesake behind it is another one */
        } else if (bytes && named_pseudonym(reader, at, text, bytes, birth, pseudonym)) {
            person_put(reader, reader->n_people++, pseudonym, role, group);
        }
    }
    if (unsure)
        finding_add(reader, names, people->field, RULE_PERSON_COMMA);
    bool roles_left = codes_left(involved.roles, at, &involved.role);
    if (involved.name.bytes || roles_left || codes_left(involved.groups, at, &involved.group)) /* names: more than an incident can have */
        return fault_rule(reader, roles_left ? involved.role.source : involved.group.source, people->role_field, RULE_LIST_LENGTH);
    return RULE_NONE;
}

/* -- what only the text tells -------------------------------------------------------------------- */

static const LexiconVerdict *verdict(RowReader *reader)
{
    const char *text;
    size_t bytes;

    if (!reader->classified) {
        reader->classified = true;
        reader->verdict = (LexiconVerdict) {0};
        if (source_text(reader, &reader->binding->text, &text, &bytes) == RULE_NONE && bytes)
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

static Rule person_value(RowReader *reader, Value *value)
{
    uint8_t *pseudonym = arena_alloc(reader->scratch, 16);

    Date birth = source_birth(reader, &reader->binding->birth);
    value->null = !pseudonym_person(reader->pseudonymizer, reader->scratch, value->text, value->bytes, birth, pseudonym);
    if (!value->null)
        swapped_check(reader, &reader->binding->birth, value->text, value->bytes, birth, pseudonym);
    value->text = (const char *) pseudonym;
    return RULE_NONE;
}

static Rule column_value(RowReader *reader, size_t at)
{
    Binding *binding = reader->binding;
    const KindColumn *column = &binding->kind->column[at];
    ColumnSource *source = &binding->source[at];
    Value *value = &reader->value[at];
    const char *text;
    size_t bytes;

    switch (column->type) { /* columns that are not simply the text of one cell */
    case TYPE_PEOPLE: return people_value(reader);
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
    Rule rule = source_text(reader, &source->main, &text, &bytes);
    value->text = text;
    value->bytes = bytes;
    value->null = bytes == 0;
    value->whole = 0;
    if (rule)
        return fault_rule(reader, &source->main, column->field, rule);
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
        return fault_rule(reader, &source->main, column->field, rule);
    }
    switch (column->type) {
    case TYPE_KEY: break; /* hashed when the date of the row is known: row_key */
    case TYPE_REGIONS: rule = regions_value(reader, source->main.field, text, bytes, value); break;
    case TYPE_REAL:
        rule = convert_real(text, bytes, &value->real);
        if (source->main.field && source->main.field->factor > 0)
            value->real *= source->main.field->factor;
        break;
    case TYPE_PERSON: rule = person_value(reader, value); break;
    case TYPE_TEXT: case TYPE_SCOPE: rule = text_value(reader, column, value); break;
    default: rule = simple_value(reader, column, &source->main, text, bytes, value); break;
    }
    return fault_rule(reader, &source->main, column->field, rule);
}

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
        Rule rule = source_text(reader, source, &text, &bytes);
        if (rule)
            return fault_rule(reader, source, "locatie", rule);
        *empty = *empty && bytes == 0;
        int pad = bytes && source->field->pad > (int) bytes ? source->field->pad - (int) bytes : 0;
        if (used + (size_t) pad + bytes > 60) /* no code is that long */
            return fault_rule(reader, source, "locatie", RULE_LOCATION_UNKNOWN);
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
        return fault_rule(reader, first, "locatie", RULE_LOCATION_UNKNOWN);
    if (reader->fixed_location && period->location_no != reader->fixed_location)
        return fault_rule(reader, first, "locatie", RULE_LOCATION_OTHER);
    if (!reader->board) /* a board-wide file that did not say whose it is: its first school decides */
        reader->board = ingest_register_at(reader->reg, code, on)->board_no;
    if (!belongs(reader, period))
        return fault_rule(reader, first, "locatie", RULE_LOCATION_BOARD);
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

static Rule location_value(RowReader *reader)
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
        return office ? RULE_NONE : fault_rule(reader, &binding->location[0], "locatie", RULE_LOCATION_MISSING);
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
        return fault(reader, source, "locatie", RULE_LOCATION_CLOSED);
    if (!ours)
        finding_add(reader, source, "locatie", RULE_LOCATION_THEN);
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
            return fault(reader, source, kind->column[check->after].field, check->rule);
        finding_add(reader, source, kind->column[check->after].field, check->rule);
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
        return fault(reader, &binding->source[year_at].main, kind->column[year_at].field, RULE_DATE_PERIOD);
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
    trim(&text, &bytes);
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
        return fault(reader, NULL, "rij", RULE_CSV_CELLS);
    if (reader->binding->people)
        people_soon(reader);
    if (!kind->public_data && location_value(reader))
        return false;
    for (size_t at = 0; at < reader->binding->n_read; at++) {
        size_t column = reader->binding->read[at];
        if (!column_remembered(reader, column) && column_value(reader, column))
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
        location_value(reader);
    if (at < 0 || (!source_present(&binding->source[at].main) && binding->kind->column[at].type != TYPE_EARLIEST) || column_value(reader, (size_t) at) || reader->value[at].null)
        return false;
    *year = value_school_year(reader);
    return true;
}

int row_school(RowReader *reader, const Cell *cell, size_t count)
{
    row_begin(reader, cell, count);
    return location_value(reader) == RULE_NONE ? reader->location_no : 0;
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

void row_put(const RowReader *reader, PgRow *to)
{
    const Binding *binding = reader->binding;
    const Kind *kind = binding->kind;

    pgrow_begin(to, binding->n_columns + reader->numbered);
    if (!kind->public_data)
        pgrow_int4(to, reader->location_no);
    for (size_t read = 0; read < binding->n_read; read++) {
        size_t at = binding->read[read];
        const Value *value = &reader->value[at];
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
    if (reader->numbered)
        pgrow_int4(to, reader->delivery->delivery_no);
}
