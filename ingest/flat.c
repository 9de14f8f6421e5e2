#include "ingest/flat.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/arena.h"

typedef struct Piece {
    const char *text;
    size_t      bytes, item;
    size_t      next; /* index + 1; 0: the last of its column */
} Piece;

typedef struct Column {
    const char *path;
    size_t      bytes;
    size_t      list;        /* the outermost list it was ever in */
    bool        empty;       /* never held a value */
    size_t      first, last; /* pieces, index + 1 */
    size_t      items;       /* values of its list in this row */
} Column;

struct Flat {
    bool      repeats, sealed, too_many, changed;
    RowStatus status;
    Arena    *paths;
    Column    column[READER_CELLS_MAX];
    size_t    columns, guess;
    Piece    *piece;
    size_t    pieces, room;
    char     *text, *joined; /* READER_ROW_BYTES each: copies, and cells made of several values */
    size_t    used, text_most, joined_most;
    Cell      cell[READER_CELLS_MAX];
};

static void *made(void *memory)
{
    if (!memory)
        _exit(70);
    return memory;
}

Flat *flat_new(bool repeats)
{
    Flat *flat = made(calloc(1, sizeof *flat));

    flat->repeats = repeats;
    flat->paths = arena_new();
    flat->text = made(calloc(1, READER_ROW_BYTES)); /* pages that no row reaches are never touched */
    flat->joined = made(calloc(1, READER_ROW_BYTES));
    return flat;
}

void flat_free(Flat *flat)
{
    if (!flat)
        return;
    explicit_bzero(flat->text, flat->text_most);
    explicit_bzero(flat->joined, flat->joined_most);
    arena_wipe(flat->paths); /* a file may well have names for names of fields */
    arena_free(flat->paths);
    free(flat->text);
    free(flat->joined);
    free(flat->piece);
    explicit_bzero(flat, sizeof *flat);
    free(flat);
}

void flat_begin(Flat *flat)
{
    for (size_t at = 0; at < flat->columns; at++)
        flat->column[at].first = flat->column[at].last = flat->column[at].items = 0;
    flat->pieces = flat->used = flat->guess = 0;
    flat->status = ROW_GOOD;
}

char *flat_copy(Flat *flat, const char *text, size_t bytes)
{
    if (bytes > READER_ROW_BYTES - flat->used) {
        flat_status(flat, ROW_LONG);
        return NULL;
    }
    char *copy = flat->text + flat->used;
    memcpy(copy, text, bytes);
    flat->used += bytes;
    flat->text_most = flat->used > flat->text_most ? flat->used : flat->text_most;
    return copy;
}

static bool is_path(const Column *column, const char *path, size_t bytes)
{
    return column->bytes == bytes && memcmp(column->path, path, bytes) == 0;
}

/* Records mostly have their fields in one order: look behind the last one found before looking everywhere. */
static Column *find(Flat *flat, const char *path, size_t bytes)
{
    if (flat->guess < flat->columns && is_path(&flat->column[flat->guess], path, bytes))
        return &flat->column[flat->guess++];
    for (size_t at = 0; at < flat->columns; at++)
        if (is_path(&flat->column[at], path, bytes)) {
            flat->guess = at + 1;
            return &flat->column[at];
        }
    return NULL;
}

static void collect(Flat *flat, const char *path, size_t path_bytes, size_t list, bool empty)
{
    Column *column = find(flat, path, path_bytes);

    if (!column) {
        if (flat->columns == READER_CELLS_MAX) {
            flat->too_many = true;
            return;
        }
        column = &flat->column[flat->columns++];
        *column = (Column) {.path = arena_text_n(flat->paths, path, path_bytes), .bytes = path_bytes, .list = FLAT_NO_LIST, .empty = true};
        flat->guess = flat->columns;
    }
    column->list = list < column->list ? list : column->list;
    column->empty = column->empty && empty;
}

void flat_value(Flat *flat, const char *path, size_t path_bytes, size_t list, size_t item, const char *text, size_t bytes)
{
    if (!flat->sealed) {
        collect(flat, path, path_bytes, list, !text);
        return;
    }
    Column *column = find(flat, path, path_bytes);
    if (!column) {
        flat->changed = flat->changed || text;
        return;
    }
    if (column->last && item <= flat->piece[column->last - 1].item) {
        if (!flat->repeats) {
            flat_status(flat, ROW_BROKEN); /* "a.b" and "b" within "a": which of the two is meant? */
            return;
        }
        item = flat->piece[column->last - 1].item;
    }
    if (flat->pieces == flat->room) {
        flat->room = flat->room ? 2 * flat->room : 256;
        flat->piece = made(realloc(flat->piece, flat->room * sizeof *flat->piece));
    }
    flat->piece[flat->pieces++] = (Piece) {.text = text ? text : "", .bytes = text ? bytes : 0, .item = item};
    if (column->last)
        flat->piece[column->last - 1].next = flat->pieces;
    else
        column->first = flat->pieces;
    column->last = flat->pieces;
    if (text && memchr(text, '\0', bytes))
        flat_status(flat, ROW_NUL);
}

void flat_list(Flat *flat, const char *path, size_t path_bytes, size_t items)
{
    for (size_t at = 0; flat->sealed && at < flat->columns; at++) {
        Column *column = &flat->column[at];
        if (column->list == path_bytes && memcmp(column->path, path, path_bytes) == 0 && items > column->items)
            column->items = items;
    }
}

void flat_status(Flat *flat, RowStatus status)
{
    if (flat->status == ROW_GOOD)
        flat->status = status;
}

/* Below: "a.b" is below "a". */
static bool is_below(const Column *column, const char *path, size_t bytes)
{
    return column->bytes > bytes && memcmp(column->path, path, bytes) == 0 && column->path[bytes] == '.';
}

void flat_is_list(Flat *flat, const char *path, size_t path_bytes)
{
    for (size_t at = 0; at < flat->columns; at++) {
        Column *column = &flat->column[at];
        if ((is_path(column, path, path_bytes) || is_below(column, path, path_bytes)) && path_bytes < column->list)
            column->list = path_bytes;
    }
}

void flat_too_many(Flat *flat)
{
    flat->too_many = true;
}

/* A null or an empty list where other records have fields below is no column of its own. */
static bool is_needed(const Flat *flat, const Column *column)
{
    for (size_t at = 0; column->empty && at < flat->columns; at++)
        if (is_below(&flat->column[at], column->path, column->bytes))
            return false;
    return true;
}

bool flat_seal(Flat *flat, Err *err)
{
    size_t kept = 0, total = 0;
    bool needed[READER_CELLS_MAX];

    if (flat->too_many)
        return err_set(err, ERR_INPUT, "the records have more than %d different fields", READER_CELLS_MAX);
    for (size_t at = 0; at < flat->columns; at++)
        needed[at] = is_needed(flat, &flat->column[at]);
    for (size_t at = 0; at < flat->columns; at++)
        if (needed[at]) {
            total += flat->column[at].bytes;
            flat->column[kept++] = flat->column[at];
        }
    flat->columns = kept;
    if (kept == 0)
        return err_set(err, ERR_INPUT, "the file holds no list of records");
    if (total > READER_ROW_BYTES)
        return err_set(err, ERR_INPUT, "the names of the fields are longer than %d bytes", READER_ROW_BYTES);
    flat->sealed = true;
    flat_begin(flat);
    return true;
}

void flat_header(Flat *flat, const Cell **cells, size_t *count)
{
    for (size_t at = 0; at < flat->columns; at++)
        flat->cell[at] = (Cell) {.text = flat->column[at].path, .bytes = flat->column[at].bytes};
    *cells = flat->cell;
    *count = flat->columns;
}

/* The cell of a column: its values, with a mark for every step from one item of its list to the next. \param to NULL: only
 * count \return bytes */
static size_t join(const Flat *flat, const Column *column, char *to)
{
    size_t bytes = 0, item = 0;

    for (size_t at = column->first; at; at = flat->piece[at - 1].next) {
        const Piece *piece = &flat->piece[at - 1];
        size_t marks = piece->item - item + (at != column->first && piece->item == item);
        if (to) {
            memset(to + bytes, piece->item == item ? '/' : '|', marks);
            char *value = memcpy(to + bytes + marks, piece->text, piece->bytes);
            for (size_t byte = 0; byte < piece->bytes; byte++)
                if (value[byte] == '|')
                    value[byte] = '/';
        }
        bytes += marks + piece->bytes;
        item = piece->item;
    }
    size_t marks = column->items > item + 1 ? column->items - 1 - item : 0;
    if (to)
        memset(to + bytes, '|', marks);
    return bytes + marks;
}

RowStatus flat_row(Flat *flat, const Cell **cells, size_t *count)
{
    size_t total = 0, joined = 0;

    *cells = flat->cell;
    *count = 0;
    for (size_t at = 0; flat->status == ROW_GOOD && at < flat->columns; at++) {
        Column *column = &flat->column[at];
        Cell *cell = &flat->cell[at];
        size_t bytes = join(flat, column, NULL);
        if (bytes > READER_ROW_BYTES - total) {
            flat->status = ROW_LONG;
            break;
        }
        total += bytes;
        cell->bytes = bytes;
        if (column->first && column->list == FLAT_NO_LIST && column->first == column->last) {
            cell->text = flat->piece[column->first - 1].text;
            continue;
        }
        join(flat, column, flat->joined + joined);
        cell->text = flat->joined + joined;
        joined += bytes;
    }
    flat->joined_most = joined > flat->joined_most ? joined : flat->joined_most;
    if (flat->status == ROW_GOOD)
        *count = flat->columns;
    return flat->status;
}

bool flat_changed(const Flat *flat)
{
    return flat->changed;
}
