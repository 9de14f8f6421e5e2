#include "reports/chart.h"

#include <ctype.h>
#include <math.h>

#include "tests/unit/scratch.h"

static const char *const type_name[] = {"months", "bars", "dots", "years", "funnel", "series"};

/* A chart of any type with n points, all of them known. */
static ModelChart *chart_of(Report *report, ChartType type, size_t n)
{
    ModelChart *chart = report_chart(report, type, "Een bevinding", "bijschrift", n);

    chart->now = "dit schooljaar";
    chart->earlier = "vorig schooljaar";
    chart->decimals = 1;
    chart->n_points = n;
    for (size_t at = 0; at < n; at++)
        chart->point[at] = (ChartPoint){.label = arena_format(report->arena, "punt %zu", at), .x = (double) at, .value = 3.5 + (double) at, .low = 2, .high = 20, .before = 4, .mark = at == 1 || type == CHART_FUNNEL, .outer_low = 1, .outer_high = 25};
    if (type == CHART_DOTS)
        chart->whole = 5;
    return chart;
}

static bool has(const char *script, const char *text)
{
    return strstr(script, text) != NULL;
}

/* No string may end early, and no number may be spelled in a way that is not one: "nan", "inf". */
static void check_script(int line, const char *what, const char *script)
{
    for (const char *at = script; *at;) {
        size_t bytes = strcspn(at, "\n"), quotes = 0;
        for (size_t byte = 0; byte < bytes; byte++)
            quotes += at[byte] == '"';
        if (quotes % 2)
            test_fail(__FILE__, line, "%s: an open quote: %.*s", what, (int) bytes, at);
        bool inside = false;
        for (size_t byte = 0; byte + 3 <= bytes; byte++) {
            inside ^= at[byte] == '"';
            bool alone = (byte == 0 || !isalpha((unsigned char) at[byte - 1])) && (byte + 3 == bytes || !isalpha((unsigned char) at[byte + 3]));
            if (!inside && alone && (memcmp(at + byte, "nan", 3) == 0 || memcmp(at + byte, "inf", 3) == 0)) {
                test_fail(__FILE__, line, "%s: not a number: %.*s", what, (int) bytes, at);
                return;
            }
        }
        at += bytes + (at[bytes] != '\0');
    }
}

TEST("the script of every type names its file, its terminal and its labels")
{
    ARENA_AUTO arena = arena_new();
    Report *report = report_new(arena);

    report_chapter(report, "c", "C");
    for (int type = CHART_MONTHS; type <= CHART_SERIES; type++) {
        const char *script = chart_script(arena, chart_of(report, (ChartType) type, 4), "dir/7.svg");
        check_script(__LINE__, type_name[type], script);
        CHECK(has(script, "set output \"dir/7.svg\"\n") && has(script, "set terminal svg") && has(script, "noenhanced") && has(script, "set encoding utf8\n"));
        CHECK(has(script, "\nplot ") && has(script, "unset output\n"));
        CHECK(strncmp(script, "reset\n", 6) == 0); /* what the chart before it set is gone */
        if (type != CHART_MONTHS)
            for (int at = 0; at < 4; at++)
                if (!has(script, arena_format(arena, "\"punt %d\"", at)))
                    test_fail(__FILE__, __LINE__, "%s: no label of point %d", type_name[type], at);
    }
}

TEST("each type shows what is its own")
{
    ARENA_AUTO arena = arena_new();
    Report *report = report_new(arena);

    report_chapter(report, "c", "C");
    const char *script = chart_script(arena, chart_of(report, CHART_MONTHS, 12), "x.svg");
    CHECK(has(script, "\"dit schooljaar\"") && has(script, "\"vorig schooljaar\""));
    CHECK(has(script, "\"aug\" 0, \"sep\" 1,") && has(script, "\"jul\" 11)"));
    CHECK(has(script, "0.000000 3.500000 2.000000 20.000000 4.000000 0\n1.000000 4.500000 2.000000 20.000000 4.000000 1\n"));
    script = chart_script(arena, chart_of(report, CHART_BARS, 3), "x.svg");
    CHECK(has(script, "set label \"3,5\"") && has(script, "set label \"5,5\""));
    CHECK(has(script, "\"punt 0\" 3, \"punt 1\" 2, \"punt 2\" 1)")); /* the first one on top */
    script = chart_script(arena, chart_of(report, CHART_DOTS, 3), "x.svg");
    CHECK(has(script, "\"dit schooljaar\" at 5.000000"));
    CHECK(has(script, "from 2.000000,3.00 to 20.000000,3.00"));
    ModelChart *years = chart_of(report, CHART_YEARS, 3);
    years->break_x = 1.5;
    years->break_label = "nieuwe \"lijst\"";
    script = chart_script(arena, years, "x.svg");
    CHECK(has(script, "\"nieuwe  lijst \"") && has(script, "from 1.500,0 to 1.500"));
    CHECK(has(script, "\"4,5\""));
    script = chart_script(arena, chart_of(report, CHART_SERIES, 3), "x.svg");
    CHECK(has(script, "\"geregistreerd\"") && has(script, "\"verwacht tot\"") && has(script, "\"boven de grens\""));
    ModelChart *quiet = chart_of(report, CHART_SERIES, 3);
    quiet->point[1].mark = false;
    CHECK(!has(chart_script(arena, quiet, "x.svg"), "boven de grens"));
    /* months that were not judged have no limit, and nothing is shaded there */
    quiet->point[0].high = quiet->point[0].low = NAN;
    CHECK(has(chart_script(arena, quiet, "x.svg"), "$h << EOD\n\n1.000000 20.000000\n2.000000 20.000000\nEOD\n"));
    for (size_t at = 0; at < 3; at++)
        quiet->point[at].high = NAN;
    CHECK(!has(chart_script(arena, quiet, "x.svg"), "$h"));
}

TEST("no text of a label can leave its quotes")
{
    ARENA_AUTO arena = arena_new();
    Report *report = report_new(arena);
    static const char nasty[] = "De \"Boom\"; `rm`\\\n$(x) 'q' é";

    report_chapter(report, "c", "C");
    for (int type = CHART_MONTHS; type <= CHART_SERIES; type++) {
        ModelChart *chart = chart_of(report, (ChartType) type, 3);
        chart->now = chart->earlier = chart->break_label = nasty;
        chart->break_x = 1;
        for (size_t at = 0; at < 3; at++)
            chart->point[at].label = nasty;
        const char *script = chart_script(arena, chart, "x.svg");
        check_script(__LINE__, type_name[type], script);
        CHECK(!has(script, "`") && !has(script, "\\") && !has(script, "\"Boom\""));
        if (!has(script, "\"De  Boom ;  rm   $(x) 'q' é\""))
            test_fail(__FILE__, __LINE__, "%s: the label is not there", type_name[type]);
    }
}

/* Some or all points of a chart are absent. */
static void points_drop(ModelChart *chart, size_t every)
{
    for (size_t at = 0; at < chart->n_points; at += every)
        chart->point[at].value = chart->point[at].low = chart->point[at].high = chart->point[at].before = NAN;
}

TEST("points that are absent are written as NaN and make no other mark")
{
    ARENA_AUTO arena = arena_new();
    Report *report = report_new(arena);

    report_chapter(report, "c", "C");
    for (int type = CHART_MONTHS; type <= CHART_SERIES; type++)
        for (size_t every = 1; every <= 2; every++) {
            ModelChart *chart = chart_of(report, (ChartType) type, 4);
            points_drop(chart, every);
            const char *script = chart_script(arena, chart, "x.svg");
            check_script(__LINE__, type_name[type], script);
            if (type == CHART_MONTHS || type == CHART_YEARS || type == CHART_SERIES)
                CHECK(has(script, "0.000000 NaN NaN NaN NaN 0\n"));
            if (type == CHART_MONTHS && every == 1)
                CHECK(!has(script, "dit schooljaar"));
        }
}

static bool have_gnuplot(void)
{
    Err err;

    return place_run((const char *const[]){"gnuplot", "--version", NULL}, &err);
}

static void check_drawn(int line, Report *report)
{
    SCRATCH_AUTO dir = scratch_new();
    Err err = {0};

    if (!chart_draw_all(report, arena_format(report->arena, "%s/charts", dir.path), &err)) {
        test_fail(__FILE__, line, "%s", err.text);
        return;
    }
    for (const Block *block = report->first->first; block; block = block->next) {
        const char *svg = block->type == BLOCK_CHART ? block->chart->svg : "<svg </svg>";
        if (!svg || !strstr(svg, "<svg ") || !strstr(svg, "</svg>"))
            test_fail(__FILE__, line, "a chart of type %s is no SVG", type_name[block->chart->type]);
        else if (strstr(svg, "currentColor"))
            test_fail(__FILE__, line, "currentColor is left in a chart of type %s", type_name[block->chart->type]);
    }
    CHECK(access(arena_format(report->arena, "%s/charts", dir.path), F_OK) != 0); /* nothing is left behind */
}

TEST("every type is drawn, with its labels as text in the picture")
{
    ARENA_AUTO arena = arena_new();
    Report *report = report_new(arena);

    if (!have_gnuplot()) {
        test_skip("gnuplot is not installed");
        return;
    }
    report_chapter(report, "c", "C");
    report_text(report, BLOCK_PARAGRAPH, "tussen de grafieken");
    for (int type = CHART_MONTHS; type <= CHART_SERIES; type++)
        chart_of(report, (ChartType) type, 4);
    check_drawn(__LINE__, report);
    for (const Block *block = report->first->first; block; block = block->next)
        if (block->type == BLOCK_CHART && block->chart->svg)
            CHECK(strstr(block->chart->svg, block->chart->type == CHART_MONTHS ? "dit schooljaar" : "punt 2"));
}

TEST("charts with odd labels are drawn")
{
    ARENA_AUTO arena = arena_new();

    if (!have_gnuplot()) {
        test_skip("gnuplot is not installed");
        return;
    }
    static const char *const labels[] = {"De \"Boom\" & <Struik>", "100% veilig", "50 %s", "a_b^c{d}", "@home", "", "…é–ŷ", "back\\slash"};
    for (int type = CHART_MONTHS; type <= CHART_SERIES; type++) {
        Report *report = report_new(arena);
        report_chapter(report, "c", "C");
        ModelChart *chart = chart_of(report, (ChartType) type, 8);
        chart->now = chart->earlier = labels[1];
        for (size_t at = 0; at < 8; at++)
            chart->point[at].label = labels[at];
        check_drawn(__LINE__, report);
        if (type != CHART_MONTHS && chart->svg && !strstr(chart->svg, "100% veilig"))
            test_fail(__FILE__, __LINE__, "%s: the label \"100%% veilig\" is not in the picture", type_name[type]);
        if (type != CHART_MONTHS && chart->svg && !strstr(chart->svg, "50 %s"))
            test_fail(__FILE__, __LINE__, "%s: the label \"50 %%s\" is not in the picture", type_name[type]);
    }
}

TEST("charts with absent points are drawn")
{
    ARENA_AUTO arena = arena_new();

    if (!have_gnuplot()) {
        test_skip("gnuplot is not installed");
        return;
    }
    for (int type = CHART_MONTHS; type <= CHART_SERIES; type++) {
        Report *report = report_new(arena);
        report_chapter(report, "c", "C");
        points_drop(chart_of(report, (ChartType) type, 5), 2);
        check_drawn(__LINE__, report);
    }
}

TEST("a report without charts needs no gnuplot")
{
    ARENA_AUTO arena = arena_new();
    Report *report = report_new(arena);
    Err err = {0};

    report_chapter(report, "c", "C");
    report_text(report, BLOCK_PARAGRAPH, "tekst");
    CHECK(chart_draw_all(report, "/nonexistent/scratch", &err));
}
