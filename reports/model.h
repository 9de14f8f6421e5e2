/**
 * A report in memory: chapters of blocks, independent of any output format. Built by compose.c and bulletin.c, read by the
 * writers. Everything is owned by the arena of the report; texts are UTF-8, Dutch, ready to be read.
 */
#ifndef VB_REPORTS_MODEL_H
#define VB_REPORTS_MODEL_H

#include "common/arena.h"
#include "common/date.h"

typedef enum BlockType { BLOCK_PARAGRAPH, BLOCK_NOTE, BLOCK_LINES, BLOCK_TABLE, BLOCK_CHART, BLOCK_HEADING, BLOCK_SMALL } BlockType; /* small: an explanation that few need */

typedef struct Line {
    const char *text, *certainty; /* certainty: a small label, "" = none */
} Line;

typedef struct TableCell {
    const char *text;
    double      number; /* for spreadsheets; NaN = the text is the value */
} TableCell;

typedef struct TableColumn {
    const char *title;
    bool        numeric; /* right-aligned */
} TableColumn;

typedef struct ModelTable {
    const char  *title;   /* also the caption; says what is counted */
    TableColumn *column;
    size_t       n_columns;
    TableCell   *cell;    /* row by row */
    size_t       n_rows, room;
    const char  *note;    /* signs, definitions, a line each; "" */
    bool         grouped; /* the first column repeats from row to row: on a page it stands once, above its rows */
} ModelTable;

typedef enum ChartType {
    CHART_MONTHS, /* x = month of the school year 0 (August) to 11; lines now and before */
    CHART_BARS,   /* horizontal bars, one per category */
    CHART_DOTS,   /* horizontal, a value with interval per category, and a line for the whole */
    CHART_YEARS,  /* value with interval per school year; before = another series beside it, without intervals */
    CHART_FUNNEL, /* x = expected count; a ratio with limits 95 % (low, high) and 99.8 % (outer_low, outer_high); points in order of x; marks are named */
    CHART_SERIES  /* months over years: registered, expected, limit; marks on alarms */
} ChartType;

typedef struct ChartPoint {
    const char *label;
    double      x, value, low, high, before; /* NaN = absent; series: low = expected, high = limit */
    double      outer_low, outer_high;       /* funnel only */
    bool        mark;
} ChartPoint;

typedef struct ModelChart {
    ChartType   type;
    const char *title;   /* a sentence that says the finding */
    const char *caption; /* what is counted, unit, period, source */
    const char *alt;     /* text alternative */
    const char *now, *earlier; /* labels of the lines */
    ChartPoint *point;
    size_t      n_points;
    double      whole;   /* CHART_DOTS: value of the whole; NaN */
    int         decimals;
    const char *unit;    /* behind every number: "%", "" */
    double      break_x; /* x of a declared break; NaN */
    const char *break_label;
    const char *svg;     /* filled by chart.c */
} ModelChart;

typedef struct Block {
    BlockType   type;
    const char *text;
    Line       *line;
    size_t      n_lines;
    ModelTable *table;
    ModelChart *chart;
    struct Block *next;
} Block;

typedef struct Chapter {
    const char *id, *title;
    Block      *first, *last;
    struct Chapter *next;
} Chapter;

typedef struct Report {
    Arena      *arena;
    const char *edition, *title, *subtitle, *organisation, *footer, *language;
    const char *confidential; /* a banner, "" = none */
    const char *identity;     /* certificate: what verify recomputes */
    Date        made_on;
    Chapter    *first, *last;
    int         n_charts;
} Report;

Report *report_new(Arena *out);
Chapter *report_chapter(Report *report, const char *id, const char *title);
Block *report_text(Report *report, BlockType type, const char *text); /* into the last chapter; empty text: nothing */
Block *report_lines(Report *report, const Line *lines, size_t count);
ModelTable *report_table(Report *report, const char *title, const char *const *columns, size_t n_columns, bool first_is_text);
void report_row(Report *report, ModelTable *table, const TableCell *cells); /* n_columns of them, copied */
ModelChart *report_chart(Report *report, ChartType type, const char *title, const char *caption, size_t room);

static inline TableCell cell_text(const char *text) { return (TableCell){text, __builtin_nan("")}; }

#endif
