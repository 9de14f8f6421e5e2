#include "ingest/row_part.h"

#include <string.h>

#include "ingest/convert.h"

bool row_fault(RowReader *reader, const Source *source, const char *field, Rule rule)
{
    if (rule)
        reader->fault = (RowFault) {.rule = rule, .column = source && source->column >= 0 ? source->column + 1 : 0, .field = field};
    return rule == RULE_NONE;
}

RowFinding *row_finding_add(RowReader *reader, const Source *source, const char *field, Rule rule)
{
    if (reader->n_findings == ROW_FINDINGS_MAX)
        return NULL;
    RowFinding *finding = &reader->finding[reader->n_findings++];
    *finding = (RowFinding) {.fault = {.rule = rule, .column = source->column >= 0 ? source->column + 1 : 0, .field = field}};
    return finding;
}

Rule row_fault_rule(RowReader *reader, const Source *source, const char *field, Rule rule)
{
    row_fault(reader, source, field, rule);
    return rule;
}

/* -- text of a field ----------------------------------------------------------------------------- */

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
    row_trim(text, bytes);
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

Rule row_source_text_long(RowReader *reader, const Source *source, const char **text, size_t *bytes)
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
        row_trim(text, bytes);
    }
    if (*bytes && field->prefix) {
        *text = arena_format(reader->scratch, "%s%.*s", field->prefix, (int) *bytes, *text);
        *bytes = strlen(*text);
    }
    return RULE_NONE;
}
