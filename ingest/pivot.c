#include "ingest/pivot.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/text.h"
#include "ingest/held.h"
#include "ingest/rule.h"

enum { VALUES_MAX = 4, RESPONDENTS_MAX = 1000000 };

typedef struct Pivot {
    Reader  base;
    Reader *inner;
    const Form *form;
    Arena  *scratch;               /* of one record */
    int     row_at, question_at, value_at[VALUES_MAX];
    size_t  n_kept, n_cells;
    int     kept[READER_CELLS_MAX]; /* columns of the file that stay */
    char   *text;                  /* of the row at hand: READER_ROW_BYTES */
    size_t  used;
    size_t  begin[READER_CELLS_MAX], bytes[READER_CELLS_MAX];
    Cell    cell[READER_CELLS_MAX];
    char   *header_text;
    const Cell *next;              /* a record that was read ahead, NULL = none */
    size_t  next_count;
    bool    header_given, ended, too_long, twice; /* twice: two different answers to one question */
    RowStatus behind;              /* a record that was no row, read ahead; ROW_GOOD = none */
    KeySet *respondents;           /* that had their row; ids are hashed, and forgotten beyond RESPONDENTS_MAX */
} Pivot;

static uint64_t id_hash(const Cell *cell)
{
    uint64_t hash = 1469598103934665603UL;

    for (size_t at = 0; at < cell->bytes; at++)
        hash = (hash ^ (unsigned char) cell->text[at]) * 1099511628211UL;
    return hash ^ hash >> 31;
}

static const Cell *cell_at(const Cell *cells, size_t count, int at)
{
    static const Cell empty = {.text = ""};

    return at >= 0 && (size_t) at < count ? &cells[at] : &empty;
}

static void keep(Pivot *pivot, size_t at, const Cell *cell)
{
    if (pivot->used + cell->bytes > READER_ROW_BYTES) {
        pivot->too_long = true;
        return;
    }
    memcpy(pivot->text + pivot->used, cell->text, cell->bytes);
    pivot->begin[at] = pivot->used;
    pivot->bytes[at] = cell->bytes;
    pivot->used += cell->bytes;
}

/* Which question of the instrument a record answers; -1: none that we know, so it is as a column that nobody reads. */
static int question_of(Pivot *pivot, const Cell *cell)
{
    const Instrument *instrument = pivot->form->instrument;

    arena_reset(pivot->scratch);
    const char *key = text_key(pivot->scratch, cell->text, cell->bytes);
    for (size_t item = 0; key && item < instrument->count; item++) {
        if (strcmp(instrument->item[item].key, key) == 0 || strcmp(instrument->item[item].label_key, key) == 0)
            return (int) item;
        for (size_t alias = 0; alias < pivot->form->n_items; alias++)
            if (strcmp(pivot->form->item_key[alias], key) == 0 && strcmp(pivot->form->item[alias], instrument->item[item].key) == 0)
                return (int) item;
    }
    return -1;
}

static void record_add(Pivot *pivot, const Cell *cells, size_t count, bool first)
{
    for (size_t at = 0; first && at < pivot->n_kept; at++)
        keep(pivot, at, cell_at(cells, count, pivot->kept[at]));
    int question = question_of(pivot, cell_at(cells, count, pivot->question_at));
    for (size_t value = 0; question >= 0 && value < VALUES_MAX; value++) {
        const Cell *answer = cell_at(cells, count, pivot->value_at[value]);
        size_t at = pivot->n_kept + (size_t) question;
        if (answer->bytes == 0)
            continue;
        if (pivot->bytes[at] == 0)
            keep(pivot, at, answer);
        else if (pivot->bytes[at] != answer->bytes || memcmp(pivot->text + pivot->begin[at], answer->text, answer->bytes) != 0)
            pivot->twice = true;
        return;
    }
}

static bool blank(const Cell *id)
{
    const char *text = id->text;
    size_t bytes = id->bytes;

    text_trim(&text, &bytes);
    return bytes == 0;
}

static bool same_respondent(const Pivot *pivot, const Cell *id)
{
    for (size_t at = 0; at < pivot->n_kept; at++)
        if (pivot->kept[at] == pivot->row_at)
            return pivot->bytes[at] == id->bytes && memcmp(pivot->text + pivot->begin[at], id->text, id->bytes) == 0;
    return false;
}

/* All records of one respondent; the first of the next waits in next. */
static RowStatus group_read(Pivot *pivot)
{
    RowStatus status = ROW_GOOD;
    bool first = true;

    if (pivot->behind != ROW_GOOD) {
        status = pivot->behind;
        pivot->behind = ROW_GOOD;
        pivot->base.broken = pivot->inner->broken;
        return status;
    }
    pivot->used = 0;
    pivot->too_long = pivot->twice = false;
    memset(pivot->bytes, 0, sizeof pivot->bytes);
    for (;;) {
        if (!pivot->next)
            status = reader_next(pivot->inner, &pivot->next, &pivot->next_count);
        if (status != ROW_GOOD) {
            pivot->next = NULL;
            pivot->ended = status == ROW_END;
            pivot->base.failed = pivot->inner->failed;
            pivot->base.broken = pivot->inner->broken;
            if (!first && status != ROW_END)
                pivot->behind = status; /* told as a row of its own, after the respondent it stands behind */
            return first ? status : ROW_GOOD;
        }
        const Cell *id = cell_at(pivot->next, pivot->next_count, pivot->row_at);
        if (!first && !same_respondent(pivot, id))
            break;
        record_add(pivot, pivot->next, pivot->next_count, first);
        pivot->next = NULL;
        first = false;
    }
    return ROW_GOOD;
}

/* What is wrong with the respondent at hand: nobody, somebody who had a row already, or somebody who contradicts himself. */
static int respondent_rule(Pivot *pivot)
{
    for (size_t at = 0; at < pivot->n_kept; at++) {
        if (pivot->kept[at] != pivot->row_at)
            continue;
        if (blank(&pivot->cell[at]))
            return RULE_PIVOT_NOBODY;
        if (keyset_count(pivot->respondents) < RESPONDENTS_MAX && !keyset_add(pivot->respondents, (int64_t) id_hash(&pivot->cell[at])))
            return RULE_PIVOT_ORDER;
    }
    return pivot->twice ? RULE_PIVOT_TWICE : RULE_NONE;
}

static RowStatus pivot_next(Reader *reader, const Cell **cells, size_t *count)
{
    Pivot *pivot = (Pivot *) reader;

    *cells = pivot->cell;
    *count = pivot->n_cells;
    if (!pivot->header_given) {
        pivot->header_given = true;
        return ROW_GOOD;
    }
    if (pivot->ended)
        return ROW_END;
    RowStatus status = group_read(pivot);
    if (status != ROW_GOOD) {
        *count = 0;
        return status;
    }
    for (size_t at = 0; at < pivot->n_cells; at++)
        pivot->cell[at] = (Cell) {.text = pivot->text + pivot->begin[at], .bytes = pivot->bytes[at]};
    pivot->base.broken = respondent_rule(pivot);
    if (pivot->base.broken) {
        *count = 0;
        return ROW_BROKEN;
    }
    return pivot->too_long ? ROW_LONG : ROW_GOOD;
}

static void pivot_free(Reader *reader)
{
    Pivot *pivot = (Pivot *) reader;

    reader_free(pivot->inner);
    arena_wipe(pivot->scratch);
    arena_free(pivot->scratch);
    keyset_free(pivot->respondents);
    explicit_bzero(pivot->text, READER_ROW_BYTES);
    free(pivot->text);
    free(pivot->header_text);
    explicit_bzero(pivot, sizeof *pivot);
    free(pivot);
}

/* The header of the file without question and answer, and then the codes of the questions. */
static bool header_make(Pivot *pivot, const Cell *cells, size_t count)
{
    const Form *form = pivot->form;
    size_t total = 0, used = 0;

    pivot->row_at = pivot->question_at = -1;
    for (size_t at = 0; at < count; at++) {
        const char *key = text_key(pivot->scratch, cells[at].text, cells[at].bytes);
        bool is_value = false;
        for (size_t value = 0; key && value < form->n_pivot_values; value++)
            if (strcmp(key, form->pivot_value[value]) == 0) {
                pivot->value_at[value] = (int) at;
                is_value = true;
            }
        if (key && strcmp(key, form->pivot_row) == 0)
            pivot->row_at = (int) at;
        if (key && strcmp(key, form->pivot_question) == 0)
            pivot->question_at = (int) at;
        else if (!is_value && pivot->n_kept + form->instrument->count < READER_CELLS_MAX)
            pivot->kept[pivot->n_kept++] = (int) at;
        total += cells[at].bytes;
    }
    pivot->n_cells = pivot->n_kept + form->instrument->count;
    pivot->header_text = malloc(total + 1);
    if (!pivot->header_text)
        _exit(70);
    for (size_t at = 0; at < pivot->n_kept; at++) {
        const Cell *cell = &cells[pivot->kept[at]];
        memcpy(pivot->header_text + used, cell->text, cell->bytes);
        pivot->cell[at] = (Cell) {.text = pivot->header_text + used, .bytes = cell->bytes};
        used += cell->bytes;
    }
    for (size_t item = 0; item < form->instrument->count; item++)
        pivot->cell[pivot->n_kept + item] = (Cell) {.text = form->instrument->item[item].code, .bytes = strlen(form->instrument->item[item].code)};
    return pivot->row_at >= 0 && pivot->question_at >= 0;
}

bool pivot_open(Reader *inner, const Form *form, Reader **out, Err *err)
{
    Pivot *pivot = calloc(1, sizeof *pivot);
    const Cell *cells;
    size_t count;

    if (!pivot || !(pivot->text = calloc(1, READER_ROW_BYTES + 1)))
        _exit(70);
    pivot->base = (Reader) {.next = pivot_next, .free = pivot_free};
    pivot->inner = inner;
    pivot->form = form;
    pivot->scratch = arena_new();
    pivot->respondents = keyset_new();
    for (size_t value = 0; value < VALUES_MAX; value++)
        pivot->value_at[value] = -1;
    if (reader_next(inner, &cells, &count) == ROW_GOOD && header_make(pivot, cells, count)) {
        *out = &pivot->base;
        return true;
    }
    pivot_free(&pivot->base);
    return REFUSE(err, RULE_FILE_COLUMN, "no column says whose answer a record is, or to which question; the form \"%s\" needs both", form->title);
}
