#include "reports/html.h"

#include "tests/unit/scratch.h"

/* The page of a report, or "" and a failure. */
static const char *page_of(const Report *report)
{
    SCRATCH_AUTO dir = scratch_new();
    Place place = checkout_place(report->arena, NULL);
    char *page = "", *path = arena_format(report->arena, "%s/page.html", dir.path), **names;
    size_t bytes;
    Err err = {0};

    if (!html_write(report, place.templates, path, &err) || !place_read(report->arena, path, &page, &bytes, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    CHECK(place_list(report->arena, dir.path, "", &names, &err) && names[0] && !names[1]); /* one file, nothing beside it */
    return page;
}

static size_t times(const char *page, const char *text)
{
    size_t count = 0;

    for (const char *at = page; (at = strstr(at, text)); at += strlen(text))
        count++;
    return count;
}

static void check_has(int line, const char *page, const char *text, size_t want)
{
    if (times(page, text) != want)
        test_fail(__FILE__, line, "\"%s\" is there %zu times, expected %zu", text, times(page, text), want);
}
#define HAS(page, text, want) check_has(__LINE__, page, text, want)

static Report *small(Arena *arena)
{
    Report *report = report_new(arena);

    report->title = "Veiligheid 2025-2026";
    report->organisation = "Stichting De Boom";
    report->subtitle = "Jaarrapport";
    report->footer = "voettekst";
    report->edition = "bestuur";
    report->identity = "abc123";
    date_parse_iso("2026-09-01", &report->made_on);
    return report;
}

TEST("a page holds title, board, language, date and certificate")
{
    ARENA_AUTO arena = arena_new();
    const char *page = page_of(small(arena));

    HAS(page, "<!DOCTYPE html", 1);
    HAS(page, "<html lang=\"nl\">", 1);
    HAS(page, "<title>Veiligheid 2025-2026 – Stichting De Boom</title>", 1);
    HAS(page, "<h1>Veiligheid 2025-2026</h1>", 1);
    HAS(page, "content=\"2026-09-01\"", 1);
    HAS(page, "content=\"abc123\"", 1);
    HAS(page, "<body class=\"bestuur\">", 1);
    HAS(page, "class=\"confidential\"", 0);
    HAS(page, "<script", 0);
    HAS(page, "http:", 0); /* self-contained: nothing is fetched */
    HAS(page, "https:", 0);
    HAS(page, "<style>", 1);
    CHECK(strstr(page, "@page") || strstr(page, "font-family")); /* the style sheet is in it */
}

TEST("a confidential report says so on top")
{
    ARENA_AUTO arena = arena_new();
    Report *report = small(arena);

    report->confidential = "Vertrouwelijk & persoonlijk";
    HAS(page_of(report), "<p class=\"confidential\">Vertrouwelijk &amp; persoonlijk</p>", 1);
}

#define NASTY "<b>\"Jan\" & 'Piet'</b> &amp; é €"
#define ESCAPED_TEXT "&lt;b&gt;\"Jan\" &amp; 'Piet'&lt;/b&gt; &amp;amp; é €"
#define ESCAPED_ATTRIBUTE "&lt;b&gt;&quot;Jan&quot; &amp; 'Piet'&lt;/b&gt; &amp;amp; é €"

TEST("characters that mean something in HTML are escaped wherever a text can stand")
{
    ARENA_AUTO arena = arena_new();
    Report *report = small(arena);

    report->title = report->subtitle = report->footer = report->organisation = report->confidential = report->identity = NASTY;
    report_chapter(report, "een", NASTY);
    report_text(report, BLOCK_PARAGRAPH, NASTY);
    report_text(report, BLOCK_NOTE, NASTY);
    report_lines(report, &(Line){NASTY, NASTY}, 1);
    ModelTable *table = report_table(report, NASTY, (const char *const[]){NASTY, NASTY}, 2, true);
    table->note = NASTY;
    report_row(report, table, (TableCell[]){cell_text(NASTY), cell_text(NASTY)});
    ModelChart *chart = report_chart(report, CHART_BARS, NASTY, NASTY, 1);
    chart->alt = NASTY;
    chart->svg = "<svg/>";
    const char *page = page_of(report);
    HAS(page, "<b>", 0);
    HAS(page, "&amp;amp;amp;", 0); /* not escaped twice */
    /* title and board in the head, h1, subtitle, footer, banner, chapter, paragraph, note, line and certainty,
     * caption, two headers, two cells, note of the table, finding, caption of the chart */
    HAS(page, ESCAPED_TEXT, 19);
    HAS(page, "alt=\"&lt;b&gt;", 1);
    HAS(page, "aria-label=\"&lt;b&gt;", 2); /* the regions of table and chart */
    HAS(page, "name=\"author\" content=\"&lt;b&gt;", 1);
    CHECK(times(page, ESCAPED_ATTRIBUTE) >= 4);
}

TEST("every row and cell of a table is there, in order, and the last one too")
{
    enum { ROWS = 137 };
    ARENA_AUTO arena = arena_new();
    Report *report = small(arena);

    report_chapter(report, "een", "Een");
    ModelTable *table = report_table(report, "Scholen", (const char *const[]){"School", "Aantal", "Per 100"}, 3, true);
    for (int row = 0; row < ROWS; row++)
        report_row(report, table, (TableCell[]){cell_text(arena_format(arena, "School %d", row)), {.text = arena_format(arena, "%d", row * 7), .number = row * 7},
                                                cell_text(".")});
    report_row(report, table, (TableCell[]){cell_text("Totaal"), cell_text("65.212"), cell_text("-")});
    const char *page = page_of(report), *before = page;
    HAS(page, "<tr", ROWS + 2);
    HAS(page, "<th scope=\"col\"", 3);
    HAS(page, "<th scope=\"row\" class=\"short\">", ROWS + 1); /* short heads do not wrap */
    HAS(page, "<td", 2 * (ROWS + 1));
    for (int row = 0; row < ROWS; row++) {
        const char *at = strstr(page, arena_format(arena, "<th scope=\"row\" class=\"short\">School %d</th><td class=\"n\">%d</td><td class=\"n\">.</td></tr>", row, row * 7));
        if (!at || at <= before) {
            test_fail(__FILE__, __LINE__, "row %d is missing or out of order", row);
            return;
        }
        before = at;
    }
    HAS(page, "<tr class=\"total line\"><th scope=\"row\" class=\"short\">Totaal</th><td class=\"n\">65.212</td><td class=\"n\">-</td></tr>", 1);
    HAS(page, "<caption><span>Scholen</span></caption>", 1);
}

TEST("a table without rows and a report without chapters are pages")
{
    ARENA_AUTO arena = arena_new();
    Report *report = small(arena);

    HAS(page_of(report), "</html>", 1);
    report_chapter(report, "een", "Een");
    report_table(report, "Leeg", (const char *const[]){"a"}, 1, true);
    const char *page = page_of(report);
    HAS(page, "<caption><span>Leeg</span></caption>", 1);
    HAS(page, "<tr", 1);
    HAS(page, "<p class=\"signs\">", 0);
}

TEST("a first column that repeats stands once, as a heading of its rows, and every column has a head")
{
    ARENA_AUTO arena = arena_new();
    Report *report = small(arena);

    report_chapter(report, "een", "Een");
    ModelTable *table = report_table(report, "Jaren", (const char *const[]){"Indicator", "Jaar", "Aantal"}, 3, true);
    table->grouped = true;
    report_row(report, table, (TableCell[]){cell_text("Incidenten"), cell_text("2024"), cell_text("1")});
    report_row(report, table, (TableCell[]){cell_text("Incidenten"), cell_text("2025"), cell_text("2")});
    report_row(report, table, (TableCell[]){cell_text("Klachten"), cell_text("2025"), cell_text("3")});
    const char *page = page_of(report);
    HAS(page, "<table class=\"long narrow grouped\">", 1); /* may break, between its groups */
    HAS(page, "<tbody class=\"first\">", 1);
    HAS(page, "<tbody class=\"keep\">", 1);
    HAS(page, "<th scope=\"rowgroup\" colspan=\"2\"><span>Incidenten</span></th>", 1);
    HAS(page, "<th scope=\"rowgroup\" colspan=\"2\"><span>Klachten</span></th>", 1);
    HAS(page, "Indicator", 0);
    HAS(page, "<th scope=\"row\" class=\"short\">2025</th>", 2);
    HAS(page, "<th scope=\"col\"", 2);
}

static const char *table_page(Arena *arena, size_t columns, int rows)
{
    static const char *const titles[] = {"a", "b", "c", "d", "e", "f", "g"};
    Report *report = small(arena);

    report_chapter(report, "een", "Een");
    ModelTable *table = report_table(report, "Tabel", titles, columns, true);
    for (int row = 0; row < rows; row++)
        report_row(report, table, (TableCell[]){cell_text("x"), cell_text("1"), cell_text("2"), cell_text("3"), cell_text("4"), cell_text("5"), cell_text("6")});
    return page_of(report);
}

TEST("every table can be scrolled with the keyboard, a wide one says so, a long one may break over pages")
{
    ARENA_AUTO arena = arena_new();

    HAS(table_page(arena, 3, 9), "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Tabel\"><table class=\"whole narrow\">", 1);
    HAS(table_page(arena, 4, 10), "<table class=\"long\">", 1);
    HAS(table_page(arena, 5, 3), "class=\"swipe\"", 0);
    HAS(table_page(arena, 6, 3), "<p class=\"swipe\" aria-hidden=\"true\">", 1);
    HAS(table_page(arena, 7, 3), "<table class=\"long\">", 1);
}

TEST("a break of a long table leaves four rows at least on either side, whatever its length")
{
    static const struct { int rows; size_t kept; } lengths[] = {{1, 0}, {9, 0}, {10, 1}, {16, 1}, {40, 1}};
    ARENA_AUTO arena = arena_new();

    for (size_t at = 0; at < sizeof lengths / sizeof *lengths; at++) {
        const char *page = table_page(arena, 4, lengths[at].rows);
        HAS(page, "<tbody class=\"first\">", 1);
        HAS(page, "<tbody class=\"keep\">", lengths[at].kept);
        HAS(page, "<tbody>", lengths[at].kept);
        HAS(page, "<th scope=\"row\" class=\"short\">", (size_t) lengths[at].rows);
        const char *first = strstr(page, "<tbody class=\"first\">"), *last = strstr(page, "<tbody class=\"keep\">");
        HAS(arena_text_n(arena, first, (size_t) (strstr(first, "</tbody>") - first)), "<tr class=\"line\">", lengths[at].rows < 10 ? (size_t) lengths[at].rows : 4);
        if (last)
            HAS(last, "<tr class=\"line\">", 4);
    }
}

TEST("short cells of words do not wrap, long ones do, and in a table of seven columns all do")
{
    ARENA_AUTO arena = arena_new();
    Report *report = small(arena);
    const char *const titles[] = {"a", "b", "c", "d", "e", "f", "g"};

    report_chapter(report, "een", "Een");
    for (size_t columns = 3; columns < 8; columns += 4) {
        ModelTable *table = report_table(report, "Tabel", titles, columns, true);
        table->column[1].numeric = table->column[2].numeric = false;
        report_row(report, table, (TableCell[]){cell_text("een naam die te lang is"), cell_text("geen trend"), cell_text("woorden die samen te lang zijn"), cell_text("1"), cell_text("2"), cell_text("3"), cell_text("4")});
    }
    const char *page = page_of(report);
    HAS(page, "<th scope=\"row\">een naam", 2);
    HAS(page, "<td class=\"short\">geen trend</td>", 1);
    HAS(page, "<td>geen trend</td>", 1);
    HAS(page, "<td>woorden die samen te lang zijn</td>", 2);
    HAS(page, "<tr class=\"line\">", 0); /* these take more than one line */
}

TEST("notes of a table are a line each, headings come below the chapter's, and a paragraph stays with what it leads to")
{
    ARENA_AUTO arena = arena_new();
    Report *report = small(arena);

    report_chapter(report, "een", "Een");
    report_text(report, BLOCK_HEADING, "Kopje");
    report_text(report, BLOCK_PARAGRAPH, "Los.");
    report_text(report, BLOCK_PARAGRAPH, "Hierbij hoort:");
    report_table(report, "Tabel", (const char *const[]){"a"}, 1, true)->note = "eerste\ntweede & meer";
    report_text(report, BLOCK_SMALL, "klein");
    const char *page = page_of(report);
    HAS(page, "<h3>Kopje</h3>", 1);
    HAS(page, "<p>Los.</p>", 1);
    HAS(page, "<p class=\"lead\">Hierbij hoort:</p>", 1);
    HAS(page, "<p class=\"signs\">eerste<br>tweede &amp; meer</p>", 1);
    HAS(page, "<p class=\"signs\">klein</p>", 1);
}

TEST("chapters come in order, and a long report has a table of contents")
{
    ARENA_AUTO arena = arena_new();
    Report *report = small(arena);

    report_chapter(report, "samenvatting", "Samenvatting");
    report_lines(report, (Line[]){{"eerste", ""}, {"tweede", "zeker"}}, 2);
    for (int at = 0; at < 3; at++)
        report_chapter(report, arena_format(arena, "h%d", at), arena_format(arena, "Hoofdstuk %d", at));
    const char *page = page_of(report);
    HAS(page, "<nav", 0);
    HAS(page, "<ol class=\"lines\"><li>eerste</li>", 1);
    HAS(page, "<li>tweede <span class=\"certainty\">zeker</span></li>", 1);
    report_chapter(report, "h3", "Hoofdstuk 3");
    page = page_of(report);
    HAS(page, "<nav", 1);
    for (int at = 0; at < 4; at++) {
        HAS(page, arena_format(arena, "<a href=\"#h%d\">Hoofdstuk %d</a>", at, at), 1);
        HAS(page, arena_format(arena, "<section id=\"h%d\">", at), 1);
    }
    CHECK(strstr(page, "id=\"samenvatting\"") < strstr(page, "<nav") && strstr(page, "<section id=\"h0\"") < strstr(page, "<section id=\"h1\""));
}

TEST("a chart is a picture inside the page, with its text alternative")
{
    ARENA_AUTO arena = arena_new();
    Report *report = small(arena);

    report_chapter(report, "een", "Een");
    ModelChart *chart = report_chart(report, CHART_BARS, "De bevinding", "Het bijschrift.", 1);
    chart->alt = "een staaf";
    chart->svg = "<svg>x</svg>";
    const char *page = page_of(report);
    HAS(page, "<p class=\"finding\">De bevinding</p>", 1);
    HAS(page, "src=\"data:image/svg+xml;base64,PHN2Zz54PC9zdmc+\"", 1);
    HAS(page, "alt=\"een staaf\"", 1);
    HAS(page, "<figcaption>Het bijschrift.</figcaption>", 1);
}

TEST("a caption of any length is there whole")
{
    ARENA_AUTO arena = arena_new();
    Report *report = small(arena);
    char *caption = arena_alloc(arena, 3001);

    for (size_t at = 0; at < 3000; at += 2)
        memcpy(caption + at, "é", 2);
    report_chapter(report, "een", "Een");
    ModelChart *chart = report_chart(report, CHART_BARS, "t", caption, 1);
    chart->svg = "<svg/>";
    CHECK(strstr(page_of(report), caption) != NULL);
}

TEST("a template or a place that is not there is an error with its path")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Report *report = small(arena);
    Place place = checkout_place(arena, NULL);
    Err err = {0};

    CHECK(!html_write(report, dir.path, arena_format(arena, "%s/page.html", dir.path), &err));
    CHECK_INT(err.kind, ERR_IO);
    CHECK_TEXT(err.text, arena_format(arena, "cannot open \"%s/style.css\": No such file or directory", dir.path));
    CHECK(!html_write(report, place.templates, arena_format(arena, "%s/none/page.html", dir.path), &err));
    CHECK_INT(err.kind, ERR_IO);
    CHECK_TEXT(err.text, arena_format(arena, "cannot write \"%s/none/page.html\": No such file or directory", dir.path));
}
