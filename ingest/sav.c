#include "ingest/sav.h"

#include <errno.h>
#include <math.h>
#include <readstat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/arena.h"
#include "common/date.h"
#include "ingest/child.h"
#include "ingest/reader.h"

/* SPSS counts seconds from 1582-10-14. */
enum { OUT_BYTES = 64 * 1024, DAYS_TO_1970 = 141428, DAY_SECONDS = 86400, LABELS_MAX = 100000 };

typedef enum Shape { SHAPE_NUMBER, SHAPE_DATE, SHAPE_MOMENT, SHAPE_TIME } Shape;

typedef struct Label {
    const char *set, *text; /* text of the value's label */
    const char *string;     /* the value; NULL: number */
    double      number;
} Label;

typedef struct Column {
    const char *name, *set;
    Shape       shape;
} Column;

typedef struct Sav {
    Arena  *arena;
    SavPart part;
    Column *column;
    size_t  n_columns;
    Label  *label;
    size_t  n_labels, labels_room;
    bool    headed, failed;
    int     out;
    size_t  used;
    char    buffer[OUT_BYTES];
} Sav;

/* -- output -------------------------------------------------------------------------------------- */

static void flush_out(Sav *sav)
{
    for (size_t at = 0; at < sav->used && !sav->failed;) {
        ssize_t put = write(sav->out, sav->buffer + at, sav->used - at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            sav->failed = true;
        else
            at += (size_t) put;
    }
    sav->used = 0;
}

static void put(Sav *sav, char byte)
{
    if (sav->used == sizeof sav->buffer)
        flush_out(sav);
    sav->buffer[sav->used++] = byte;
}

static void put_cell(Sav *sav, size_t at, const char *text)
{
    if (at > 0)
        put(sav, ',');
    put(sav, '"');
    for (; *text; text++) {
        if (*text == '"')
            put(sav, '"');
        put(sav, *text);
    }
    put(sav, '"');
}

static void put_line(Sav *sav, const char *text)
{
    if (sav->part != SAV_LABELS || !text)
        return;
    for (; *text; text++)
        put(sav, *text);
    put(sav, '\n');
}

/* -- what ReadStat tells ------------------------------------------------------------------------- */

static int on_metadata(readstat_metadata_t *metadata, void *context)
{
    Sav *sav = context;
    int count = readstat_get_var_count(metadata);

    if (count <= 0 || count > READER_CELLS_MAX)
        return READSTAT_HANDLER_ABORT;
    sav->column = arena_array(sav->arena, (size_t) count, sizeof *sav->column);
    sav->n_columns = (size_t) count;
    put_line(sav, readstat_get_file_label(metadata));
    put_line(sav, readstat_get_table_name(metadata));
    return READSTAT_HANDLER_OK;
}

static int on_note(int index, const char *note, void *context)
{
    (void) index;
    put_line(context, note);
    return READSTAT_HANDLER_OK;
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Formats that hold moments: DATE11, ADATE10, EDATE10, SDATE10, JDATE5, QYR8, MOYR8, WKYR10; DATETIME20, YMDHMS19; TIME8. */
static Shape shape_of(const char *format)
{
    static const char *const dates[] = {"DATE", "ADATE", "EDATE", "SDATE", "JDATE", "QYR", "MOYR", "WKYR"};

    if (!format)
        return SHAPE_NUMBER;
    if (begins(format, "DATETIME") || begins(format, "YMDHMS"))
        return SHAPE_MOMENT;
    if (begins(format, "TIME"))
        return SHAPE_TIME;
    for (size_t at = 0; at < sizeof dates / sizeof *dates; at++)
        if (begins(format, dates[at]))
            return SHAPE_DATE;
    return SHAPE_NUMBER;
}

static int on_variable(int index, readstat_variable_t *variable, const char *set, void *context)
{
    Sav *sav = context;

    if (index < 0 || (size_t) index >= sav->n_columns)
        return READSTAT_HANDLER_ABORT;
    sav->column[index] = (Column) {.name = arena_text(sav->arena, readstat_variable_get_name(variable)), .set = arena_text(sav->arena, set),
                                   .shape = shape_of(readstat_variable_get_format(variable))};
    put_line(sav, readstat_variable_get_name(variable));
    put_line(sav, readstat_variable_get_label(variable));
    return READSTAT_HANDLER_OK;
}

static int on_label(const char *set, readstat_value_t value, const char *text, void *context)
{
    Sav *sav = context;

    put_line(sav, text);
    if (!set || !text || readstat_value_is_tagged_missing(value))
        return READSTAT_HANDLER_OK;
    if (sav->n_labels == LABELS_MAX)
        return READSTAT_HANDLER_ABORT;
    if (sav->n_labels == sav->labels_room) {
        size_t room = sav->labels_room ? sav->labels_room * 2 : 256;
        Label *grown = arena_array(sav->arena, room, sizeof *grown);
        if (sav->n_labels > 0)
            memcpy(grown, sav->label, sav->n_labels * sizeof *grown);
        sav->label = grown;
        sav->labels_room = room;
    }
    bool string = readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING;
    const char *from = string ? readstat_string_value(value) : NULL;
    put_line(sav, from);
    sav->label[sav->n_labels++] = (Label) {.set = arena_text(sav->arena, set), .text = arena_text(sav->arena, text),
                                           .string = string ? arena_text(sav->arena, from ? from : "") : NULL,
                                           .number = string ? 0 : readstat_double_value(value)};
    return READSTAT_HANDLER_OK;
}

static const char *label_of(const Sav *sav, const char *set, const char *string, double number)
{
    for (size_t at = 0; set && at < sav->n_labels; at++) {
        const Label *label = &sav->label[at];
        if (strcmp(label->set, set) == 0 && (string ? label->string && strcmp(label->string, string) == 0 : !label->string && label->number == number))
            return label->text;
    }
    return NULL;
}

/* What date.h cannot write as a date stays a number, which the date rules then refuse. */
static void number_format(double number, Shape shape, char *out, size_t room)
{
    double days = floor(number / DAY_SECONDS), seconds = floor(number - days * DAY_SECONDS);
    int second = (int) (seconds >= 0 && seconds < DAY_SECONDS ? seconds : 0);
    char date[11] = "";

    if (shape == SHAPE_TIME && number >= 0 && number < DAY_SECONDS) {
        snprintf(out, room, "%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
        return;
    }
    if ((shape == SHAPE_DATE || shape == SHAPE_MOMENT) && days > 0 && days < 4 * DAYS_TO_1970) {
        date_format_iso((Date) days - DAYS_TO_1970, date);
        if (shape == SHAPE_DATE)
            snprintf(out, room, "%s", date);
        else
            snprintf(out, room, "%s %02d:%02d:%02d", date, second / 3600, second / 60 % 60, second % 60);
        return;
    }
    snprintf(out, room, "%.15g", number);
    if (strtod(out, NULL) != number)
        snprintf(out, room, "%.17g", number);
}

/* Also for a file without rows: whoever reads it must be told that there is nothing below the header. */
static void put_header(Sav *sav)
{
    for (size_t at = 0; at < sav->n_columns; at++)
        put_cell(sav, at, sav->column[at].name ? sav->column[at].name : "");
    put(sav, '\n');
    sav->headed = true;
}

static int on_value(int row, readstat_variable_t *variable, readstat_value_t value, void *context)
{
    Sav *sav = context;
    int index = readstat_variable_get_index(variable);
    char text[64] = "";
    const char *shown = text;

    (void) row;
    if (index < 0 || (size_t) index >= sav->n_columns)
        return READSTAT_HANDLER_ABORT;
    if (!sav->headed)
        put_header(sav);
    const Column *column = &sav->column[index];
    if (!readstat_value_is_missing(value, variable)) {
        bool is_string = readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING;
        const char *string = is_string ? readstat_string_value(value) : NULL;
        double number = is_string ? 0 : readstat_double_value(value);
        if (is_string && !string)
            string = "";
        shown = label_of(sav, column->set, string, number);
        if (!shown && string)
            shown = string;
        if (!shown) {
            number_format(number, column->shape, text, sizeof text);
            shown = text;
        }
    }
    put_cell(sav, (size_t) index, shown);
    if ((size_t) index + 1 == sav->n_columns)
        put(sav, '\n');
    return sav->failed ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

/* ReadStat would print, and its messages may repeat what stands in the file. */
static void on_error(const char *message, void *context)
{
    (void) message, (void) context;
}

int sav_write(int file, SavPart part, int out)
{
    ARENA_AUTO arena = arena_new();
    char path[32];
    Sav *sav = calloc(1, sizeof *sav);
    readstat_parser_t *parser = readstat_parser_init();

    if (!sav || !parser)
        _exit(70);
    sav->arena = arena;
    sav->part = part;
    sav->out = out;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    readstat_set_metadata_handler(parser, on_metadata);
    readstat_set_note_handler(parser, on_note);
    readstat_set_variable_handler(parser, on_variable);
    readstat_set_value_label_handler(parser, on_label);
    readstat_set_error_handler(parser, on_error);
    if (part == SAV_ROWS)
        readstat_set_value_handler(parser, on_value);
    bool good = readstat_parse_sav(parser, path, sav) == READSTAT_OK;
    readstat_parser_free(parser);
    if (good && part == SAV_ROWS && !sav->headed)
        put_header(sav);
    flush_out(sav);
    good = good && !sav->failed;
    explicit_bzero(sav, sizeof *sav);
    free(sav);
    arena_wipe(arena);
    return good ? 0 : 1;
}

static int write_in_child(const void *context)
{
    return sav_write(CHILD_FILE, *(const SavPart *) context, CHILD_OUT);
}

bool sav_open(int file, SavPart part, Bytes **out, Err *err)
{
    return child_start(file, write_in_child, &part, out, err);
}

bool sav_is(const char *head, size_t bytes)
{
    return bytes >= 4 && (memcmp(head, "$FL2", 4) == 0 || memcmp(head, "$FL3", 4) == 0);
}
