/**
 * What the parts of row.h share: the text of a field (row_text.c), the persons of a row (row_people.c), its other values (row_value.c), and the row
 * as a whole (row.c). Nobody else includes this.
 */
#ifndef VB_INGEST_ROW_PART_H
#define VB_INGEST_ROW_PART_H

#include "common/text.h"
#include "ingest/row.h"

enum { INT2_NULL = -32768 };

/** The row is rejected for this, if it is a rule at all. \param source NULL: the row as a whole. \return false: it is */
bool row_fault(RowReader *reader, const Source *source, const char *field, Rule rule);
Rule row_fault_rule(RowReader *reader, const Source *source, const char *field, Rule rule); /* the same; returns rule */
RowFinding *row_finding_add(RowReader *reader, const Source *source, const char *field, Rule rule); /* NULL: the row has enough of them */

/** Nearly no cell has white space around it: text_trim is called for those that may. */
static inline void row_trim(const char **text, size_t *bytes)
{
    if (*bytes && ((unsigned char) (*text)[0] - 0x21u > 0x5Eu || (unsigned char) (*text)[*bytes - 1] - 0x21u > 0x5Eu))
        text_trim(text, bytes);
}

Rule row_source_text_long(RowReader *reader, const Source *source, const char **text, size_t *bytes);

/** The text of a field: of its cell, or what the form says instead. */
static inline Rule row_source_text(RowReader *reader, const Source *source, const char **text, size_t *bytes)
{
    if (!source->plain || (size_t) source->column >= reader->n_cells)
        return row_source_text_long(reader, source, text, bytes);
    *text = reader->cell[source->column].text;
    *bytes = reader->cell[source->column].bytes;
    row_trim(text, bytes);
    return RULE_NONE;
}

/** The value of one column of the kind, into reader->value. */
Rule row_column(RowReader *reader, size_t at);

Rule row_people(RowReader *reader); /* into reader->people */
Rule row_person(RowReader *reader, Value *value); /* a column that is one person */
void row_people_soon(RowReader *reader); /* so that pseudonyms come from memory while other cells are read */

#endif
