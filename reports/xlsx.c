#include "reports/xlsx.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <xlsxwriter.h>

static void sheet_write(lxw_workbook *book, const ModelTable *table, const char *name, lxw_format *bold, lxw_format *wrap)
{
    lxw_worksheet *sheet = workbook_add_worksheet(book, name);
    double width[16] = {0};

    if (!sheet)
        return;
    worksheet_write_string(sheet, 0, 0, table->title, bold);
    for (size_t column = 0; column < table->n_columns; column++)
        worksheet_write_string(sheet, 2, (lxw_col_t) column, table->column[column].title, bold);
    for (size_t row = 0; row < table->n_rows; row++)
        for (size_t column = 0; column < table->n_columns; column++) {
            const TableCell *cell = &table->cell[row * table->n_columns + column];
            if (isfinite(cell->number))
                worksheet_write_number(sheet, (lxw_row_t) row + 3, (lxw_col_t) column, cell->number, NULL);
            else
                worksheet_write_string(sheet, (lxw_row_t) row + 3, (lxw_col_t) column, cell->text, NULL);
            if (column < 16 && (double) strlen(cell->text) > width[column])
                width[column] = (double) strlen(cell->text);
        }
    for (size_t column = 0; column < table->n_columns && column < 16; column++) {
        double wide = fmax(width[column], (double) strlen(table->column[column].title)) + 2;
        worksheet_set_column(sheet, (lxw_col_t) column, (lxw_col_t) column, fmin(wide, 60), NULL);
    }
    worksheet_freeze_panes(sheet, 3, 1);
    if (*table->note)
        worksheet_merge_range(sheet, (lxw_row_t) table->n_rows + 4, 0, (lxw_row_t) table->n_rows + 8, (lxw_col_t) (table->n_columns > 1 ? table->n_columns - 1 : 1), table->note, wrap);
}

bool xlsx_write(const Report *report, const char *path, Err *err)
{
    lxw_workbook *book = workbook_new(path);
    int number = 0;

    if (!book)
        return err_set(err, ERR_IO, "cannot make \"%s\"", path);
    /* A fixed creation date: the same release gives the same bytes. */
    lxw_doc_properties properties = {.title = (char *) report->title, .author = (char *) report->organisation, .created = (time_t) report->made_on * 86400};
    workbook_set_properties(book, &properties);
    lxw_format *bold = workbook_add_format(book), *wrap = workbook_add_format(book);
    format_set_bold(bold);
    format_set_text_wrap(wrap);
    format_set_align(wrap, LXW_ALIGN_VERTICAL_TOP);
    for (const Chapter *chapter = report->first; chapter; chapter = chapter->next)
        for (const Block *block = chapter->first; block; block = block->next) {
            char name[32];
            if (block->type != BLOCK_TABLE)
                continue;
            snprintf(name, sizeof name, "%d %s", ++number, chapter->id); /* at most 31 characters, none of []:*?/\ */
            sheet_write(book, block->table, name, bold, wrap);
        }
    lxw_error status = workbook_close(book);
    return status == LXW_NO_ERROR || err_set(err, ERR_IO, "cannot write \"%s\": %s", path, lxw_strerror(status));
}
