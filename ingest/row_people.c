#include "ingest/row_part.h"

#include <string.h>

#include "ingest/convert.h"
#include "ingest/names.h"

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

    return row_source_text(reader, source, &text, &bytes) == RULE_NONE ? birth_date(reader, source, text, bytes) : DATE_NONE;
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
    RowFinding *finding = row_finding_add(reader, source, "geboortedatum", RULE_PERSON_SWAPPED);
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
    Rule rule = row_source_text(reader, source, &cursor->text, &cursor->bytes);
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
    row_trim(part, bytes);
    const char *behind = cursor->cut && *bytes ? memchr(*part, cursor->cut, *bytes) : NULL;
    cursor->was_cut = behind != NULL;
    if (behind) {
        *bytes = (size_t) (behind - *part);
        row_trim(part, bytes);
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
        return row_fault_rule(reader, names, binding->people->field, rule);
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
            return row_fault_rule(reader, source, people->role_field, RULE_LIST_LENGTH);
        *no = codes->code[at];
        return RULE_NONE;
    }
    if (!list_next(cursor, &text, &bytes))
        return row_fault_rule(reader, source, people->role_field, RULE_LIST_LENGTH);
    return bytes ? row_fault_rule(reader, source, field, code_of(reader, source, list, text, bytes, no)) : RULE_NONE;
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
void row_people_soon(RowReader *reader)
{
    const Binding *binding = reader->binding;
    const Source *names = &binding->source[binding->people - binding->kind->column].main;
    ListCursor cursor;
    const char *text;
    size_t bytes;

    reader->victim.bytes = reader->n_named = 0;
    if (row_source_text(reader, &binding->victim, &text, &bytes) == RULE_NONE && bytes)
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
Rule row_people(RowReader *reader)
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
    if ((rule = row_source_text(reader, &binding->victim, &victim, &victim_bytes)) != RULE_NONE)
        return row_fault_rule(reader, &binding->victim, "getroffene", rule);
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
        row_finding_add(reader, names, people->field, RULE_PERSON_COMMA);
    bool roles_left = codes_left(involved.roles, at, &involved.role);
    if (involved.name.bytes || roles_left || codes_left(involved.groups, at, &involved.group)) /* names: more than an incident can have */
        return row_fault_rule(reader, roles_left ? involved.role.source : involved.group.source, people->role_field, RULE_LIST_LENGTH);
    return RULE_NONE;
}

Rule row_person(RowReader *reader, Value *value)
{
    uint8_t *pseudonym = arena_alloc(reader->scratch, 16);

    Date birth = source_birth(reader, &reader->binding->birth);
    value->null = !pseudonym_person(reader->pseudonymizer, reader->scratch, value->text, value->bytes, birth, pseudonym);
    if (!value->null)
        swapped_check(reader, &reader->binding->birth, value->text, value->bytes, birth, pseudonym);
    value->text = (const char *) pseudonym;
    return RULE_NONE;
}
