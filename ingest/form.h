/**
 * Kinds of record (config/kinds: the columns of a fact table) and forms (config/forms: how one layout of a file fills
 * them). Only definitions: matching a header is delivery.h, converting a value convert.h.
 */
#ifndef VB_INGEST_FORM_H
#define VB_INGEST_FORM_H

#include "common/codes.h"
#include "common/config.h"
#include "common/date.h"
#include "ingest/lexicon.h"
#include "ingest/rule.h"

typedef enum ColumnType {
    TYPE_KEY, TYPE_DATE, TYPE_HOUR, TYPE_CODE, TYPE_CODES, TYPE_MAIN, TYPE_INT, TYPE_REAL, TYPE_MONEY, TYPE_BOOL, TYPE_TEXT,
    TYPE_SCHOOLJAAR, TYPE_PERSON, TYPE_PEOPLE, TYPE_CONFIDENCE, TYPE_INSTRUMENT, TYPE_ITEMS, TYPE_SCOPE,
    TYPE_AS_OF, TYPE_FIRST_YEAR, TYPE_COUNTS, TYPE_REGIONS, TYPE_EARLIEST, TYPE_MONTH
} ColumnType;

typedef struct KindColumn {
    const char  *column; /* of the fact table */
    ColumnType   type;
    const char  *field;
    const char **also;   /* further fields: added up (TYPE_MONEY), or the earliest of them (TYPE_EARLIEST); NULL-terminated or NULL */
    const CodeList *list;
    bool         required, past, upper;
    bool         of_delivery; /* TYPE_SCHOOLJAAR: a row without one is of the delivery's year */
    const char  *from_text;   /* field whose text the lexicon reads when this one is empty; NULL */
    int          min, max;
    int          byte;        /* of the kind's packed column, from 0, where it lies; -1: a column of its own */
    const char  *role_field, *group_field; /* TYPE_PEOPLE: parallel lists; list is that of roles */
    const CodeList *group_list;
    int          victim_role; /* TYPE_PEOPLE: code of the affected person */
} KindColumn;

/* Two dates of a row that must lie days_min to days_max days apart (0 to infinity: in this order). */
typedef struct KindCheck {
    int     before, after;      /* indexes of date columns */
    int64_t days_min, days_max;
    int     when, when_no;      /* only for rows whose column `when` holds this code; -1 = all */
    Rule    rule;
    bool    finding;            /* told, but the row is loaded */
} KindCheck;

enum { KIND_PACKED_MAX = 64, KIND_SET_BYTES = 4 /* of a set of codes; all else is one */ };

typedef enum Privacy { PRIVACY_NONE, PRIVACY_NAME, PRIVACY_BIRTHDATE, PRIVACY_ADDRESS, PRIVACY_TEXT } Privacy;

typedef struct Kind {
    const char *name, *title, *table;
    const char *columns; /* "location_no, delivery_no, key, ...": the column list of the COPY */
    KindColumn *column;
    size_t      n_columns;
    const char **private_field; /* names of fields that hold personal data */
    Privacy     *privacy;
    size_t       n_private;
    bool         public_data;   /* register, holidays: no school, no pseudonym */
    bool         natural_key;
    const char  *collapse;      /* rows with the same value in this column are one (register) */
    const char  *schooljaar_column; /* the date or year that places a row in a school year; "" = none */
    KindCheck    check[16];
    size_t       n_checks;
    const char  *packed;          /* column of bytes that holds codes, all 255: not known; NULL */
    int          n_packed;        /* its bytes, at most KIND_PACKED_MAX */
    bool         bulk;            /* large deliveries get tables of their own (sql/function/bulk) */
} Kind;

typedef struct FormField {
    const char  *field;
    const char **columns;     /* text_key() of accepted headers */
    const char  *first_header; /* as written in config, for messages */
    const char  *constant, *prefix, *fallback; /* NULL = none */
    char         split;       /* 0 = one value per cell */
    int          pad;         /* zero-fill to this many digits */
    char         cut;         /* what stands behind this character is left out: "Sem (gr. 6)"; 0 = none */
    double       factor;      /* numbers are multiplied by it: amounts in cents, shares in percent */
    bool         of_row;      /* a natural key for files that number nothing: all cells of the row together */
    const char **mark_key, **mark; /* a column per code: the code holds where its cell is filled (and is no "nee") */
    size_t       n_marks;
    const char **value_key, **value; /* value aliases */
    size_t       n_values;
} FormField;

typedef struct Form {
    const char  *name, *title, *source;
    int          version;
    const Kind  *kind;
    const char **detect;      /* text_key() of headers that must be there */
    size_t       n_detect;
    const char **ignore;      /* text_key(); "*" = every other column */
    size_t       n_ignore;
    DateFormat   format[3];
    size_t       n_formats;
    FormField   *field;
    size_t       n_fields;
    FormField   *location, *location_alternative; /* parts that make a location code */
    size_t       n_location, n_alternative;
    bool         office;      /* rows without a location belong to the office of the board */
    bool         accept_empty;  /* a row without any answer is still a respondent */
    bool         explicit_only; /* only used when a manifest or --form names it */
    int          board;       /* fixed board, 0 = none */
    double       max_reject_share;
    const Instrument *instrument;
    const char **item_key, **item; /* header aliases of questions: text_key() and code of the item */
    size_t       n_items;
    const char **answer_key, **answer; /* value aliases of all answers */
    size_t       n_answers;
    const char  *pivot_row, *pivot_question; /* one record per answer (pivot.h): headers, as text_key(); NULL: no such form */
    const char **pivot_value; /* headers of the answer, the first that is filled counts */
    size_t       n_pivot_values;
    const char  *counts;      /* headers of this prefix + year hold a count per year */
    Date         as_of;
    struct { Date on; const char *reason; } breaks[8];
    size_t       n_breaks;
} Form;

typedef struct Forms {
    Codes   codes;
    Kind   *kind;
    size_t  n_kinds;
    Form   *form;
    size_t  n_forms;
    Lexicon *lexicon;
} Forms;

bool forms_load(Arena *out, const Place *place, Forms *forms, Err *err);
const Form *forms_find(const Forms *forms, const char *name); /* NULL: no such form */
const FormField *form_field(const Form *form, const char *field); /* NULL: the form does not have it */
/** A header as the form writes it, of its text_key; the key itself when the form writes another one. */
const char *form_header(const Form *form, const char *key);
Privacy kind_privacy(const Kind *kind, const char *field);

#endif
