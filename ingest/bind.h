/**
 * How the columns of one file fill the columns of a kind: the header of the file against the aliases of a form. Made once
 * per file; row.h reads rows by it.
 */
#ifndef VB_INGEST_BIND_H
#define VB_INGEST_BIND_H

#include "common/text.h"
#include "ingest/form.h"
#include "ingest/memo.h"
#include "ingest/reader.h"

enum { BIND_ITEMS_MAX = 256, BIND_YEARS_MAX = 80 };

/* Where the text of one field comes from in this file. */
typedef struct Source {
    const FormField *field; /* NULL: the form does not have it */
    int              column; /* index of the cell, -1 = constant or absent */
    int              locked; /* date format seen so far, -1 = none */
    Memo            *memo;   /* of converted values; NULL: personal data, or not worth it */
    int             *mark_column; /* per mark of the field, -1 = not in the file */
    bool             plain;  /* the text is that of the cell, trimmed, and known to be UTF-8: the short way */
} Source;

typedef struct ColumnSource {
    Source main, *also;
    size_t n_also;
} ColumnSource;

typedef struct Binding {
    const Form   *form;
    const Kind   *kind;
    TextEncoding  encoding;
    bool          valid;        /* every cell is known to be well-formed in that encoding */
    const char   *missing;      /* after RULE_FILE_COLUMN: the header that the form has for it, from config/; NULL: no single one */
    const char  **header;       /* text_key per column */
    size_t        n_header;
    ColumnSource *source;       /* per column of the kind */
    size_t       *read;         /* indexes of the columns that this file can fill; the others are NULL in every row */
    size_t        n_read;
    const char   *columns;      /* these, as the COPY names them: location_no first for private kinds */
    int           n_columns;
    Source       *location;     /* parts of the location code; none: the delivery says which school */
    size_t        n_location;
    Memo         *location_memo, *code_memo; /* of its two cells, and of the code they make */
    Source        victim, birth, people_birth, people_role, people_group, text;
    const KindColumn *people;   /* the kind's column of involved persons, or NULL */
    int          *item_column;  /* per item of the instrument, -1 = not in the file */
    bool          plain_items;  /* answers are the text of their cells (Source.plain) */
    Memo        **item_memo;    /* per item */
    CodesMemo    *role_lists, *group_lists; /* of involved persons, whole cells */
    int           first_year, n_years, year_column[BIND_YEARS_MAX];
    int           school_year_at; /* index of the kind's column that places a row in a school year, -1 = none */
    int           ignored;      /* columns of the file that nothing reads */
} Binding;

/** The header's text_keys. ERR_INPUT: a column is not in that encoding. Owned by arena. */
bool bind_header(Arena *out, const Cell *cell, size_t count, TextEncoding encoding, const char ***keys, Err *err);

/** \param binding zeroed, header, n_header and encoding set; the rest is filled. ERR_INPUT names the missing column. */
bool bind_form(Arena *out, const Form *form, Binding *binding, Err *err);

/** What the first rows settle for all that follow: the date format of every source. \param settled room for bind_settled_count of them */
size_t bind_settled_count(const Binding *binding);
void bind_settled(const Binding *binding, int *settled);
void bind_settle(Binding *binding, const int *settled); /* of another binding of the same form and header */

/** Forget what reading rows taught: date formats and remembered values. */
void bind_forget(Binding *binding);

bool source_present(const Source *source); /* a column, or a constant */

#endif
