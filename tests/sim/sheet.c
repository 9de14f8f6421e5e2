#include "tests/sim/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "common/place.h"

const Dialect sim_dialect_canonical = {.delimiter = ';', .dates = SHEET_ISO};
const Dialect sim_dialect_comma = {.delimiter = ',', .bom = true, .crlf = true, .dates = SHEET_DMY};
const Dialect sim_dialect_export = {.delimiter = ';', .cp1252 = true, .crlf = true, .dates = SHEET_DMY_SHORT};
const Dialect sim_dialect_web = {.delimiter = ',', .crlf = true, .quote_all = true, .dates = SHEET_DMY_SHORT};

void sim_sheet_begin(Sheet *sheet, const Dialect *dialect, const char *const headers[])
{
    *sheet = (Sheet) {.dialect = dialect};
    if (dialect->bom)
        buf_text(&sheet->out, "\xEF\xBB\xBF");
    for (; *headers; headers++)
        sim_cell_text(sheet, *headers);
    sim_row_end(sheet);
}

void sim_sheet_free(Sheet *sheet)
{
    buf_free(&sheet->out);
    buf_free(&sheet->cell);
}

Buf *sim_cell_begin(Sheet *sheet)
{
    sheet->cell.length = 0;
    return &sheet->cell;
}

static void cell_quote(Buf *out, const char *text, size_t bytes)
{
    buf_text(out, "\"");
    for (size_t at = 0; at < bytes; at++)
        buf_add(out, text[at] == '"' ? "\"\"" : text + at, text[at] == '"' ? 2 : 1);
    buf_text(out, "\"");
}

static bool quote_needed(const Sheet *sheet, const char *text, size_t bytes)
{
    for (size_t at = 0; at < bytes; at++)
        if (text[at] == sheet->dialect->delimiter || text[at] == '"' || text[at] == '\n' || text[at] == '\r')
            return true;
    return sheet->dialect->quote_all && bytes > 0;
}

static void cell_put(Sheet *sheet, const char *text, size_t bytes)
{
    if (sheet->in_row)
        buf_add(&sheet->out, &sheet->dialect->delimiter, 1);
    else
        sheet->row_at = sheet->out.length;
    sheet->in_row = true;
    if (quote_needed(sheet, text, bytes))
        cell_quote(&sheet->out, text, bytes);
    else
        buf_add(&sheet->out, text, bytes);
}

void sim_cell_end(Sheet *sheet)
{
    cell_put(sheet, sheet->cell.length ? sheet->cell.data : "", sheet->cell.length);
}

void sim_cell_text(Sheet *sheet, const char *text)
{
    cell_put(sheet, text, strlen(text));
}

void sim_cell_format(Sheet *sheet, const char *format, ...)
{
    char text[128];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    sim_cell_text(sheet, text);
}

void sim_cell_number(Sheet *sheet, long number)
{
    if (number < 0)
        sim_cell_text(sheet, "");
    else
        sim_cell_format(sheet, "%ld", number);
}

void sim_cell_parts(Sheet *sheet, DateParts parts)
{
    int year = parts.year, month = parts.month, day = parts.day;

    switch (sheet->dialect->dates) {
    case SHEET_ISO: sim_cell_format(sheet, "%04d-%02d-%02d", year, month, day); break;
    case SHEET_DMY: sim_cell_format(sheet, "%02d-%02d-%04d", day, month, year); break;
    case SHEET_DMY_SHORT: sim_cell_format(sheet, "%d-%d-%d", day, month, year); break;
    case SHEET_MDY: sim_cell_format(sheet, "%d/%d/%d", month, day, year); break;
    }
}

void sim_cell_date(Sheet *sheet, Date date)
{
    if (date == DATE_NONE)
        sim_cell_text(sheet, "");
    else
        sim_cell_parts(sheet, date_parts(date));
}

void sim_row_end(Sheet *sheet)
{
    buf_text(&sheet->out, sheet->dialect->crlf ? "\r\n" : "\n");
    sheet->in_row = false;
}

void sim_row_repeat(Sheet *sheet)
{
    size_t bytes = sheet->out.length - sheet->row_at;
    Buf copy = {0}; /* the buffer may move while it grows, so it cannot be appended to itself */

    buf_add(&copy, sheet->out.data + sheet->row_at, bytes);
    sheet->row_at = sheet->out.length;
    buf_add(&sheet->out, copy.data, bytes);
    buf_free(&copy);
}

/* Windows-1252 where it differs from Latin-1 and names or headings use it. */
static unsigned char cp1252_byte(utf8proc_int32_t letter)
{
    static const struct { utf8proc_int32_t letter; unsigned char byte; } special[] = {
        {0x20AC, 0x80}, {0x0160, 0x8A}, {0x017D, 0x8E}, {0x2018, 0x91}, {0x2019, 0x92}, {0x201C, 0x93},
        {0x201D, 0x94}, {0x2013, 0x96}, {0x0161, 0x9A}, {0x017E, 0x9E}, {0x0178, 0x9F}};

    if (letter < 0x80 || (letter >= 0xA0 && letter <= 0xFF))
        return (unsigned char) letter;
    for (size_t at = 0; at < sizeof special / sizeof *special; at++)
        if (special[at].letter == letter)
            return special[at].byte;
    return '?';
}

static void cp1252_encode(Buf *out, const char *text, size_t bytes)
{
    utf8proc_int32_t letter;

    for (size_t at = 0; at < bytes;) {
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *) text + at, (utf8proc_ssize_t) (bytes - at), &letter);
        unsigned char byte = used > 0 ? cp1252_byte(letter) : '?';
        buf_add(out, &byte, 1);
        at += used > 0 ? (size_t) used : 1;
    }
}

bool sim_sheet_store(Sheet *sheet, const char *path, Err *err)
{
    BUF_AUTO encoded = {0};

    if (!sheet->dialect->cp1252)
        return place_write(path, sheet->out.data, sheet->out.length, err);
    cp1252_encode(&encoded, sheet->out.data, sheet->out.length);
    return place_write(path, encoded.data, encoded.length, err);
}
