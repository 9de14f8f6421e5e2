#include "reports/model.h"

#include <math.h>
#include <string.h>

Report *report_new(Arena *out)
{
    Report *report = arena_alloc(out, sizeof *report);

    report->arena = out;
    report->language = "nl";
    report->edition = report->title = report->subtitle = report->organisation = report->footer = report->confidential = report->identity = "";
    report->made_on = DATE_NONE;
    return report;
}

Chapter *report_chapter(Report *report, const char *id, const char *title)
{
    Chapter *chapter = arena_alloc(report->arena, sizeof *chapter);

    chapter->id = id;
    chapter->title = title;
    if (report->last)
        report->last->next = chapter;
    else
        report->first = chapter;
    report->last = chapter;
    return chapter;
}

static Block *block_add(Report *report, BlockType type)
{
    Chapter *chapter = report->last;
    Block *block = arena_alloc(report->arena, sizeof *block);

    block->type = type;
    if (chapter->last)
        chapter->last->next = block;
    else
        chapter->first = block;
    chapter->last = block;
    return block;
}

Block *report_text(Report *report, BlockType type, const char *text)
{
    if (!text || !*text)
        return NULL;
    Block *block = block_add(report, type);
    block->text = text;
    return block;
}

Block *report_lines(Report *report, const Line *lines, size_t count)
{
    Block *block = block_add(report, BLOCK_LINES);

    block->line = arena_array(report->arena, count, sizeof *block->line);
    memcpy(block->line, lines, count * sizeof *lines);
    block->n_lines = count;
    return block;
}

ModelTable *report_table(Report *report, const char *title, const char *const *columns, size_t n_columns, bool first_is_text)
{
    Block *block = block_add(report, BLOCK_TABLE);
    ModelTable *table = block->table = arena_alloc(report->arena, sizeof *table);

    table->title = title;
    table->note = "";
    table->n_columns = n_columns;
    table->column = arena_array(report->arena, n_columns, sizeof *table->column);
    for (size_t at = 0; at < n_columns; at++)
        table->column[at] = (TableColumn){columns[at], at > 0 || !first_is_text};
    return table;
}

void report_row(Report *report, ModelTable *table, const TableCell *cells)
{
    if (table->n_rows == table->room) {
        size_t room = table->room ? table->room * 2 : 16;
        TableCell *grown = arena_array(report->arena, room * table->n_columns, sizeof *grown);
        if (table->n_rows)
            memcpy(grown, table->cell, table->n_rows * table->n_columns * sizeof *grown);
        table->cell = grown;
        table->room = room;
    }
    memcpy(table->cell + table->n_rows++ * table->n_columns, cells, table->n_columns * sizeof *cells);
}

ModelChart *report_chart(Report *report, ChartType type, const char *title, const char *caption, size_t room)
{
    Block *block = block_add(report, BLOCK_CHART);
    ModelChart *chart = block->chart = arena_alloc(report->arena, sizeof *chart);

    chart->type = type;
    chart->title = title;
    chart->caption = caption;
    chart->alt = chart->now = chart->earlier = chart->break_label = chart->unit = "";
    chart->point = arena_array(report->arena, room + 1, sizeof *chart->point);
    chart->whole = chart->break_x = NAN;
    report->n_charts++;
    return chart;
}
