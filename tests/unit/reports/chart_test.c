#include "reports/chart.h"

#include <ctype.h>

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

static bool have_gnuplot(void);
static void check_drawn(int line, Report *report);

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
    CHECK(has(script, "\"geregistreerd\"") && has(script, "\"verwacht\"") && has(script, "\"grens\"") && has(script, "\"signaal\""));
    ModelChart *quiet = chart_of(report, CHART_SERIES, 3);
    quiet->point[1].mark = false;
    CHECK(!has(chart_script(arena, quiet, "x.svg"), "signaal"));
    quiet->point[1].mark = true;
    quiet->point[1].high = 4; /* below its value of 4.5 */
    script = chart_script(arena, quiet, "x.svg");
    CHECK(has(script, "\"boven de grens\"") && !has(script, "signaal"));
}

TEST("what is not unusual is drawn only where it is known")
{
    ARENA_AUTO arena = arena_new();
    Report *report = report_new(arena);

    report_chapter(report, "c", "C");
    ModelChart *chart = chart_of(report, CHART_SERIES, 8);
    chart->point[0].high = chart->point[1].high = chart->point[4].high = chart->point[6].high = NAN;
    const char *script = chart_script(arena, chart, "x.svg");
    CHECK(has(script, "$band << EOD\n2.000000 20.000000\n3.000000 20.000000\n\n4.700000 20.000000\n5.300000 20.000000\n\n6.700000 20.000000\n7.300000 20.000000\nEOD\n"));
    for (size_t at = 0; at < 8; at++)
        chart->point[at].high = NAN;
    CHECK(!has(chart_script(arena, chart, "x.svg"), "$band"));
}

TEST("a line ends at a break")
{
    ARENA_AUTO arena = arena_new();
    Report *report = report_new(arena);

    report_chapter(report, "c", "C");
    ModelChart *chart = chart_of(report, CHART_YEARS, 3);
    chart->break_x = 0.5;
    chart->break_label = "ander formulier";
    CHECK(has(chart_script(arena, chart, "x.svg"), " 0\n\n1.000000 4.500000"));
    chart->break_x = NAN;
    CHECK(!has(chart_script(arena, chart, "x.svg"), " 0\n\n1.000000"));
}

/* A chart of bars whose highest is this, and the labels of its axis. */
static void check_axis(int line, double highest, int decimals, const char *unit, const char *labels)
{
    ARENA_AUTO arena = arena_new();
    Report *report = report_new(arena);

    report_chapter(report, "c", "C");
    ModelChart *chart = report_chart(report, CHART_BARS, "t", "c", 1);
    chart->point[chart->n_points++] = (ChartPoint){.label = "a", .value = highest, .low = NAN, .high = NAN, .before = NAN};
    chart->decimals = decimals;
    chart->unit = unit;
    if (!has(chart_script(arena, chart, "x.svg"), labels))
        test_fail(__FILE__, line, "no axis %s", labels);
}

TEST("no two marks of an axis have the same label, there are no halves of a count, and the unit is said")
{
    check_axis(__LINE__, 1, 0, "", "(\"0\" 0.000000, \"1\" 1.000000)");
    check_axis(__LINE__, 1, 2, "", "(\"0,00\" 0.000000, \"0,25\" 0.250000, \"0,50\" 0.500000, \"0,75\" 0.750000, \"1,00\" 1.000000)");
    check_axis(__LINE__, 9, 0, "", "(\"0\" 0.000000, \"5\" 5.000000, \"10\" 10.000000)");
    check_axis(__LINE__, 9, 1, "", "\"2,5\" 2.500000");
    check_axis(__LINE__, 12, 0, "%", "(\"0%%\" 0.000000, \"5%%\" 5.000000");
}

TEST("names in a funnel lie on no dot and on no other name")
{
    ARENA_AUTO arena = arena_new();
    Report *report = report_new(arena);

    if (!have_gnuplot()) {
        test_skip("gnuplot is not installed");
        return;
    }
    report_chapter(report, "c", "C");
    /* the schools of the example board, of which two lie outside below */
    static const double x[] = {10, 10.2, 15.5, 24.5, 27.5, 28.5, 33.6, 35.6, 37.5, 37.8, 41.5, 43.6, 45.4, 48.5, 50, 56.3};
    static const double y[] = {0.5, 1.38, 1.04, 0.73, 1.71, 0.17, 1.67, 0.7, 1.35, 0.74, 1.13, 0.87, 0.13, 0.45, 1.22, 1.9};
    ModelChart *chart = report_chart(report, CHART_FUNNEL, "t", "c", 16);
    for (size_t at = 0; at < 16; at++)
        chart->point[chart->n_points++] = (ChartPoint){.label = at == 5 ? "De Wolkenvanger" : at == 12 ? "De Vlinderkade" : "anders", .x = x[at], .value = y[at], .low = 0.23, .high = 2.3,
                                                       .outer_low = 0.03, .outer_high = 3.3, .before = NAN, .mark = y[at] < 0.2};
    const char *script = chart_script(arena, chart, "x.svg");
    double left[2], right[2], top[2], bottom[2];
    static const char *const names[] = {"De Wolkenvanger", "De Vlinderkade"};
    for (size_t name = 0; name < 2; name++) {
        double sx, sy;
        const char *at = strstr(script, arena_format(arena, "set label \"%s\" at screen ", names[name]));
        if (!at || sscanf(strstr(at, "screen"), "screen %lf,%lf center", &sx, &sy) != 2) {
            test_fail(__FILE__, __LINE__, "%s has no place", names[name]);
            return;
        }
        left[name] = sx * 680 - 35; /* narrower than it is: 70 by 10 of about 80 by 14 */
        right[name] = sx * 680 + 35;
        top[name] = (1 - sy) * 296 - 5;
        bottom[name] = (1 - sy) * 296 + 5;
        for (size_t dot = 0; dot < 16; dot++) {
            double px = 44 + x[dot] / 60 * 516, py = 248 - (y[dot] + 0.12) / 4.12 * 220;
            if (px > left[name] && px < right[name] && py > top[name] && py < bottom[name])
                test_fail(__FILE__, __LINE__, "%s lies on dot %zu", names[name], dot);
        }
    }
    CHECK(right[0] < left[1] || right[1] < left[0] || bottom[0] < top[1] || bottom[1] < top[0]);
    check_drawn(__LINE__, report);
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

TEST("a second series over the years is drawn and named, its name apart from the first; without one nothing is")
{
    ARENA_AUTO arena = arena_new();
    Report *report = report_new(arena);

    report_chapter(report, "c", "C");
    ModelChart *chart = chart_of(report, CHART_YEARS, 3);
    chart->point[2].before = chart->point[2].value; /* both at one height */
    const char *two = chart_script(arena, chart, "/x/0.svg");
    CHECK(has(two, "using 1:5 with lines"));
    const char *now = strstr(two, "set label \"dit schooljaar\" at graph 1.01,first "), *other = strstr(two, "set label \"vorig schooljaar\" at graph 1.01,first ");
    CHECK(now && other);
    if (now && other)
        CHECK(fabs(strtod(strstr(now, "first ") + 6, NULL) - strtod(strstr(other, "first ") + 6, NULL)) > 1);
    for (size_t at = 0; at < 3; at++)
        chart->point[at].before = NAN;
    const char *one = chart_script(arena, chart, "/x/0.svg");
    CHECK(!has(one, "using 1:5") && !has(one, "dit schooljaar") && has(one, "plot $d using 1:2"));
}
