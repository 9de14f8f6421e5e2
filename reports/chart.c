#include "reports/chart.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/buf.h"
#include "common/place.h"
#include "reports/number.h"

#define INK "#16202a"
#define SOFT "#4a5561"
#define FAINT "#6b7680"
#define RULE "#e1e6ea"
#define BLUE "#14507a"
#define PALE "#dfe8ef"
#define ORANGE "#c4501b"
#define GREY "#8a9aa8"

enum { WIDTH = 680 };

/* gnuplot strings in double quotes: no escapes, no quotes, no enhanced-text marks that could change the page. */
static const char *quoted(Arena *out, const char *text)
{
    char *copy = arena_text(out, text);

    for (char *c = copy; *c; c++)
        if (*c == '"' || *c == '\\' || *c == '`' || (unsigned char) *c < 0x20)
            *c = ' ';
    return arena_format(out, "\"%s\"", copy);
}

/* Labels of tics are formats to gnuplot: a percent sign stands twice. */
static const char *quoted_tic(Arena *out, const char *text)
{
    BUF_AUTO twice = {0};

    buf_text(&twice, "");
    for (; *text; text++) {
        if (*text == '%')
            buf_text(&twice, "%");
        buf_add(&twice, text, 1);
    }
    return quoted(out, twice.data);
}

static const char *value(Arena *out, double number)
{
    return isfinite(number) ? arena_format(out, "%.6f", number) : "NaN";
}

/* A round top for the axis, so that its highest label is not cut off: 1, 2, 2.5 or 5 times a power of ten per step. */
static double axis_step(double top)
{
    static const double nice[] = {1, 2, 2.5, 5, 10};
    double rough = top / 4, power = pow(10, floor(log10(rough > 0 ? rough : 1)));

    for (size_t at = 0; at < sizeof nice / sizeof *nice; at++)
        if (nice[at] * power >= rough)
            return nice[at] * power;
    return 10 * power;
}

static double highest(const ModelChart *chart)
{
    double top = isfinite(chart->whole) ? chart->whole : 0;

    for (size_t at = 0; at < chart->n_points; at++) {
        const ChartPoint *p = &chart->point[at];
        top = fmax(top, fmax(isfinite(p->value) ? p->value : 0, fmax(isfinite(p->high) ? p->high : 0, isfinite(p->before) ? p->before : 0)));
    }
    return top > 0 ? top : 1;
}

static void axis_labels(Buf *script, Arena *out, const char *axis, double top, double step)
{
    int decimals = step < 0.1 ? 2 : step < 1 || fmod(step, 1) != 0 ? 1 : 0;

    buf_format(script, "set %stics (", axis);
    for (int at = 0; at * step <= top + step / 2; at++)
        buf_format(script, "%s\"%s\" %.6f", at ? ", " : "", number_text(out, at * step, decimals), at * step);
    buf_text(script, ")\n");
}

static void begin(Buf *script, const char *path, int height)
{
    buf_format(script,
               "reset\nset encoding utf8\nset terminal svg size %d,%d font \"Inter,11\" background \"#ffffff\" noenhanced\nset output \"%s\"\n"
               "set key off\nset tics nomirror scale 0.4 textcolor rgb \"" SOFT "\"\nset border 2 linecolor rgb \"#8a94a0\"\n",
               WIDTH, height, path);
}

static void data_block(Buf *script, Arena *out, const ModelChart *chart)
{
    buf_text(script, "$d << EOD\n");
    for (size_t at = 0; at < chart->n_points; at++) {
        const ChartPoint *p = &chart->point[at];
        buf_format(script, "%s %s %s %s %s %d\n", value(out, p->x), value(out, p->value), value(out, p->low), value(out, p->high), value(out, p->before), p->mark);
    }
    buf_text(script, "EOD\n");
}

/* Limits apart, a piece for each run of months that were judged: nothing is shaded where nothing was. */
static void limit_block(Buf *script, Arena *out, const ModelChart *chart)
{
    buf_text(script, "$h << EOD\n");
    for (size_t at = 0; at < chart->n_points; at++) {
        const ChartPoint *p = &chart->point[at];
        if (isfinite(p->high))
            buf_format(script, "%s %s\n", value(out, p->x), value(out, p->high));
        else
            buf_text(script, "\n");
    }
    buf_text(script, "EOD\n");
}

static void break_line(Buf *script, Arena *out, const ModelChart *chart, double top)
{
    if (!isfinite(chart->break_x))
        return;
    buf_format(script, "set arrow from %.3f,0 to %.3f,%.6f nohead dashtype 3 linecolor rgb \"" FAINT "\"\n", chart->break_x, chart->break_x, top);
    buf_format(script, "set label %s at %.3f,%.6f offset 0.4,-0.5 textcolor rgb \"" FAINT "\" font \"Inter,10\"\n", quoted(out, chart->break_label), chart->break_x, top);
}

/* The last point of a column that is known: where its label stands. */
static const ChartPoint *last_known(const ModelChart *chart, bool before)
{
    const ChartPoint *last = NULL;

    for (size_t at = 0; at < chart->n_points; at++)
        if (isfinite(before ? chart->point[at].before : chart->point[at].value))
            last = &chart->point[at];
    return last;
}

static void months(Buf *script, Arena *out, const ModelChart *chart, const char *path)
{
    double step = axis_step(highest(chart)), top = step * ceil(highest(chart) / step);
    const ChartPoint *now = last_known(chart, false), *earlier = last_known(chart, true);

    begin(script, path, 260);
    buf_format(script, "set xrange [-0.3:11.3]\nset yrange [0:%.6f]\nset lmargin 6\nset rmargin 14\nset tmargin 1\nset bmargin 2.2\nset grid ytics linecolor rgb \"" RULE "\" linewidth 1\n", top);
    axis_labels(script, out, "y", top, step);
    buf_text(script, "set xtics (");
    for (int month = 0; month < 12; month++)
        buf_format(script, "%s\"%s\" %d", month ? ", " : "", number_month_short((month + 7) % 12 + 1), month);
    buf_text(script, ")\n");
    double now_y = now ? now->value : 0, before_y = earlier ? earlier->before : 0;
    /* Two labels at the same height would lie on each other: push them apart by a line's height. */
    double apart = top * 0.075, gap = now && earlier && now->x == earlier->x ? now_y - before_y : top;
    if (fabs(gap) < apart) {
        now_y += (gap >= 0 ? 1 : -1) * (apart - fabs(gap)) / 2;
        before_y -= (gap >= 0 ? 1 : -1) * (apart - fabs(gap)) / 2;
    }
    if (now)
        buf_format(script, "set label %s at %.3f,%.6f offset 0.8,0 textcolor rgb \"" BLUE "\"\n", quoted(out, chart->now), now->x, now_y);
    if (earlier)
        buf_format(script, "set label %s at %.3f,%.6f offset 0.8,0 textcolor rgb \"" FAINT "\"\n", quoted(out, chart->earlier), earlier->x, before_y);
    data_block(script, out, chart);
    buf_text(script, "plot $d using 1:5 with lines linecolor rgb \"" GREY "\" linewidth 1.6 dashtype 2, "
                     "$d using 1:2 with lines linecolor rgb \"" BLUE "\" linewidth 2.4, "
                     "$d using 1:2:(0.07) with circles fillstyle solid noborder fillcolor rgb \"" BLUE "\"\n");
}

static void rows_axis(Buf *script, Arena *out, const ModelChart *chart)
{
    buf_text(script, "set ytics (");
    for (size_t at = 0; at < chart->n_points; at++)
        buf_format(script, "%s%s %zu", at ? ", " : "", quoted_tic(out, chart->point[at].label), chart->n_points - at);
    buf_format(script, ")\nset yrange [0.4:%.1f]\n", (double) chart->n_points + 0.6);
}

static int left_margin(const ModelChart *chart)
{
    size_t longest = 8;

    for (size_t at = 0; at < chart->n_points; at++) {
        size_t letters = 0;
        for (const char *c = chart->point[at].label; *c; c++)
            letters += (*c & 0xC0) != 0x80;
        longest = letters > longest ? letters : longest;
    }
    return (int) longest + 2;
}

static void bars(Buf *script, Arena *out, const ModelChart *chart, const char *path)
{
    double step = axis_step(highest(chart)), top = step * ceil(highest(chart) / step);

    begin(script, path, 50 + 26 * (int) chart->n_points);
    buf_format(script, "set border 0\nset xrange [0:%.6f]\nset lmargin %d\nset rmargin 8\nset tmargin 0.5\nset bmargin 1.8\nset grid xtics linecolor rgb \"" RULE "\"\nset style fill solid noborder\n", top * 1.02, left_margin(chart));
    axis_labels(script, out, "x", top, step);
    rows_axis(script, out, chart);
    for (size_t at = 0; at < chart->n_points; at++) {
        const ChartPoint *p = &chart->point[at];
        double y = (double) (chart->n_points - at);
        if (isfinite(p->before))
            buf_format(script, "set object rectangle from 0,%.2f to %.6f,%.2f fillcolor rgb \"" PALE "\" fillstyle solid noborder\n", y - 0.42, p->before, y + 0.42);
        if (!isfinite(p->value))
            continue;
        buf_format(script, "set object rectangle from 0,%.2f to %.6f,%.2f fillcolor rgb \"%s\" fillstyle solid noborder\n", y - 0.24, p->value, y + 0.24, p->mark ? GREY : BLUE);
        buf_format(script, "set label \"%s\" at %.6f,%.2f offset 0.6,0 textcolor rgb \"" INK "\"\n", number_text(out, p->value, chart->decimals),
                   fmax(p->value, isfinite(p->before) ? p->before : 0), y);
    }
    buf_text(script, "plot NaN notitle\n");
}

static void dots(Buf *script, Arena *out, const ModelChart *chart, const char *path)
{
    double step = axis_step(highest(chart)), top = step * ceil(highest(chart) / step);

    begin(script, path, 58 + 22 * (int) chart->n_points);
    buf_format(script, "set border 0\nset xrange [0:%.6f]\nset lmargin %d\nset rmargin 4\nset tmargin 1.6\nset bmargin 1.8\nset grid xtics linecolor rgb \"" RULE "\"\n", top * 1.02, left_margin(chart));
    axis_labels(script, out, "x", top, step);
    rows_axis(script, out, chart);
    if (isfinite(chart->whole)) {
        buf_format(script, "set arrow from %.6f,0.4 to %.6f,%.1f nohead linecolor rgb \"" SOFT "\" linewidth 1.2 back\n", chart->whole, chart->whole, (double) chart->n_points + 0.6);
        buf_format(script, "set label %s at %.6f,%.1f offset 0,0.7 %s textcolor rgb \"" SOFT "\"\n", quoted(out, chart->now), chart->whole, (double) chart->n_points + 0.6,
                   chart->whole > top * 0.6 ? "right" : "left");
    }
    for (size_t at = 0; at < chart->n_points; at++) {
        const ChartPoint *p = &chart->point[at];
        double y = (double) (chart->n_points - at);
        if (isfinite(p->low) && isfinite(p->high))
            buf_format(script, "set arrow from %.6f,%.2f to %.6f,%.2f nohead linecolor rgb \"#9fb0bd\" linewidth 2 back\n", p->low, y, p->high, y);
    }
    buf_text(script, "$d << EOD\n");
    for (size_t at = 0; at < chart->n_points; at++)
        buf_format(script, "%s %zu %d\n", value(out, chart->point[at].value), chart->n_points - at, chart->point[at].mark);
    buf_format(script, "EOD\nplot $d using 1:2:(%.6f) with circles fillstyle solid noborder fillcolor rgb \"" BLUE "\"\n", top * 0.006);
}

static void years(Buf *script, Arena *out, const ModelChart *chart, const char *path)
{
    double step = axis_step(highest(chart)), top = step * ceil(highest(chart) / step);
    double first = chart->point[0].x, last = chart->point[chart->n_points - 1].x;

    begin(script, path, 220);
    buf_format(script, "set xrange [%.2f:%.2f]\nset yrange [0:%.6f]\nset lmargin 6\nset rmargin 6\nset tmargin 1\nset bmargin 2.2\nset grid ytics linecolor rgb \"" RULE "\"\n", first - 0.5, last + 0.6, top);
    axis_labels(script, out, "y", top, step);
    buf_text(script, "set xtics (");
    for (size_t at = 0; at < chart->n_points; at++)
        buf_format(script, "%s%s %.0f", at ? ", " : "", quoted_tic(out, chart->point[at].label), chart->point[at].x);
    buf_text(script, ")\n");
    break_line(script, out, chart, top);
    for (size_t at = 0; at < chart->n_points; at++) {
        const ChartPoint *p = &chart->point[at];
        if (isfinite(p->low) && isfinite(p->high))
            buf_format(script, "set arrow from %.2f,%.6f to %.2f,%.6f nohead linecolor rgb \"#9fb0bd\" linewidth 2 back\n", p->x, p->low, p->x, p->high);
        if (isfinite(p->value))
            buf_format(script, "set label \"%s\" at %.2f,%.6f center offset 0,0.9 textcolor rgb \"" INK "\"\n", number_text(out, p->value, chart->decimals), p->x, isfinite(p->high) ? p->high : p->value);
    }
    data_block(script, out, chart);
    buf_format(script, "plot $d using 1:2 with lines linecolor rgb \"" BLUE "\" linewidth 1.6, $d using 1:2:(%.4f) with circles fillstyle solid noborder fillcolor rgb \"" BLUE "\"\n", (last - first + 1.1) * 0.007);
}

static void series(Buf *script, Arena *out, const ModelChart *chart, const char *path)
{
    double step = axis_step(highest(chart)), top = step * ceil(highest(chart) / step * 1.05);
    double first = chart->point[0].x, last = chart->point[chart->n_points - 1].x;

    begin(script, path, 260);
    buf_format(script, "set xrange [%.2f:%.2f]\nset yrange [0:%.6f]\nset lmargin 5\nset rmargin 15\nset tmargin 1\nset bmargin 2.2\nset grid ytics linecolor rgb \"" RULE "\"\n", first - 0.5, last + 0.5, top);
    axis_labels(script, out, "y", top, step);
    buf_text(script, "set xtics (");
    bool any = false;
    for (size_t at = 0; at < chart->n_points; at++)
        if (*chart->point[at].label) {
            buf_format(script, "%s%s %.0f", any ? ", " : "", quoted_tic(out, chart->point[at].label), chart->point[at].x);
            any = true;
        }
    buf_text(script, ")\n");
    const ChartPoint *now = last_known(chart, false), *limit = NULL;
    bool marked = false;
    for (size_t at = 0; at < chart->n_points; at++) {
        if (isfinite(chart->point[at].high))
            limit = &chart->point[at];
        marked = marked || chart->point[at].mark;
    }
    if (now)
        buf_format(script, "set label \"geregistreerd\" at %.2f,%.6f offset 1,0 textcolor rgb \"" BLUE "\"\n", last, now->value);
    if (limit)
        buf_format(script, "set label \"verwacht tot\" at %.2f,%.6f offset 1,%s textcolor rgb \"" FAINT "\"\n", last, limit->high,
                   now && fabs(limit->high - now->value) < top * 0.08 ? "1.1" : "0");
    if (marked)
        buf_format(script, "set label \"boven de grens\" at graph 0.01,0.96 textcolor rgb \"" ORANGE "\"\n");
    data_block(script, out, chart);
    if (limit)
        limit_block(script, out, chart);
    buf_format(script,
               "plot %s$d using 1:3 with lines linecolor rgb \"" GREY "\" linewidth 1.5 dashtype 2, "
               "$d using 1:2 with lines linecolor rgb \"" BLUE "\" linewidth 2.2, $d using 1:($6 > 0 ? $2 : NaN):(%.4f) with circles fillstyle solid noborder fillcolor rgb \"" ORANGE "\"\n",
               limit ? "$h using 1:(0):2 with filledcurves fillcolor rgb \"" PALE "\", " : "", (last - first + 1) * 0.009);
}

/* The limits are drawn from school to school: they are known at the sizes there are. */
static void funnel(Buf *script, Arena *out, const ModelChart *chart, const char *path)
{
    double high = 1, wide = chart->point[chart->n_points - 1].x;

    for (size_t at = 0; at < chart->n_points; at++)
        high = fmax(high, fmax(chart->point[at].value, at ? chart->point[at].high : chart->point[at].outer_high)); /* the smallest one's outer limit may run out of the picture */
    double step = axis_step(high), top = step * ceil(high / step * 1.05), x_step = axis_step(wide), right = x_step * ceil(wide / x_step * 1.05);
    begin(script, path, 320);
    buf_format(script, "set xrange [0:%.6f]\nset yrange [0:%.6f]\nset lmargin 6\nset rmargin 15\nset tmargin 1.6\nset bmargin 3.4\nset grid ytics linecolor rgb \"" RULE "\" linewidth 1\n", right, top);
    axis_labels(script, out, "x", right, x_step);
    axis_labels(script, out, "y", top, step);
    buf_format(script, "set xlabel %s offset 0,0.4 textcolor rgb \"" SOFT "\"\nset label %s at graph 0,1 offset -4,0.7 textcolor rgb \"" SOFT "\"\n", quoted(out, chart->now), quoted(out, chart->earlier));
    buf_format(script, "set arrow from 0,1 to %.6f,1 nohead linecolor rgb \"" SOFT "\" linewidth 1.2 back\n", right);
    const ChartPoint *last = &chart->point[chart->n_points - 1];
    const struct { const char *text; double y; } limit[] = {{"99,8 van de 100", last->outer_high}, {"95 van de 100", last->high}, {"als verwacht", 1}};
    for (size_t at = 0; at < sizeof limit / sizeof *limit; at++)
        if (limit[at].y <= top)
            buf_format(script, "set label \"%s\" at %.6f,%.6f offset 0.6,0 textcolor rgb \"" FAINT "\" font \"Inter,10\"\n", limit[at].text, right, limit[at].y);
    buf_text(script, "$d << EOD\n");
    for (size_t at = 0; at < chart->n_points; at++) {
        const ChartPoint *p = &chart->point[at];
        buf_format(script, "%s %s %s %s %s %s %d\n", value(out, p->x), value(out, p->value), value(out, p->low), value(out, p->high), value(out, p->outer_low), value(out, p->outer_high), p->mark);
    }
    buf_text(script, "EOD\n");
    const ChartPoint *named = NULL; /* a neighbour's name stands higher or lower */
    bool apart = false;
    for (size_t at = 0; at < chart->n_points; at++) {
        const ChartPoint *p = &chart->point[at];
        if (!p->mark || !isfinite(p->x) || !isfinite(p->value))
            continue;
        apart = named && p->x - named->x < right * 0.25 && !apart;
        named = p;
        bool beside = p->x > right * 0.85;
        buf_format(script, "set label %s at %.6f,%.6f offset %s,%s %s front textcolor rgb \"" INK "\"\n", quoted(out, p->label), p->x, p->value, beside ? "-0.8" : "0.8",
                   !apart ? "0.7" : p->value < top * 0.15 ? "1.6" : "-0.7", beside ? "right" : "left");
    }
    for (int column = 3; column <= 6; column++)
        buf_format(script, "%s $d using 1:%d with lines linecolor rgb \"%s\" linewidth 1.4%s", column == 3 ? "plot" : ",", column, column <= 4 ? GREY : "#9fb0bd", column <= 4 ? "" : " dashtype 2");
    buf_format(script, ", $d using 1:($7 > 0 ? NaN : $2):(%.6f) with circles fillstyle solid noborder fillcolor rgb \"" BLUE "\", "
                       "$d using 1:($7 > 0 ? $2 : NaN):(%.6f) with circles fillstyle solid noborder fillcolor rgb \"" ORANGE "\"\n", right * 0.007, right * 0.009);
}

const char *chart_script(Arena *out, const ModelChart *chart, const char *path)
{
    static void (*const draw[])(Buf *, Arena *, const ModelChart *, const char *) = {
        [CHART_MONTHS] = months, [CHART_BARS] = bars, [CHART_DOTS] = dots, [CHART_YEARS] = years, [CHART_FUNNEL] = funnel, [CHART_SERIES] = series};
    BUF_AUTO script = {0};

    draw[chart->type](&script, out, chart, path);
    buf_text(&script, "unset output\n");
    return arena_text(out, script.data);
}

/* gnuplot draws text and markers in currentColor, which WeasyPrint 57 cannot resolve: put the nearest colour in its place.
 * The SVG is line based: a group sets color="...", what follows uses currentColor. */
static const char *svg_resolve(Arena *out, const char *svg)
{
    BUF_AUTO text = {0};
    char color[64] = "black";

    for (const char *at = svg; *at;) {
        const char *set = strstr(at, "color=\""), *use = strstr(at, "currentColor");
        /* color="..." also ends stop-color="..." and the like; gnuplot writes only stroke, fill and color */
        if (!use) {
            buf_text(&text, at);
            break;
        }
        if (set && set < use) {
            const char *end = strchr(set + 7, '"');
            size_t bytes = end ? (size_t) (end - set - 7) : 0;
            if (bytes && bytes < sizeof color && memcmp(set + 7, "currentColor", 12 < bytes ? 12 : bytes) != 0)
                snprintf(color, sizeof color, "%.*s", (int) bytes, set + 7);
            buf_add(&text, at, (size_t) (set - at) + 7);
            at = set + 7;
            continue;
        }
        buf_add(&text, at, (size_t) (use - at));
        buf_text(&text, color);
        at = use + 12;
    }
    const char *result = arena_text(out, text.data);
    /* A font list with fallbacks, for readers without Inter. */
    for (const char *at; (at = strstr(result, "font-family=\"Inter\""));)
        result = arena_format(out, "%.*sfont-family=\"Inter, 'Segoe UI', Helvetica, Arial, sans-serif\"%s", (int) (at - result), result, at + 19);
    /* The title that gnuplot puts in ("Gnuplot") and the comment with its version say nothing to a reader. */
    return result;
}

static bool run_gnuplot(const char *script, size_t bytes, Err *err)
{
    int in[2], out[2], status;
    char said[512];
    size_t used = 0;

    if (pipe(in) != 0 || pipe(out) != 0)
        return err_set(err, ERR_IO, "cannot start gnuplot: %s", strerror(errno));
    pid_t child = fork();
    if (child == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        dup2(out[1], STDERR_FILENO);
        close(in[0]), close(in[1]), close(out[0]), close(out[1]);
        setenv("LC_ALL", "C.UTF-8", 1);
        execlp("gnuplot", "gnuplot", "-", (char *) NULL);
        dprintf(STDERR_FILENO, "gnuplot is not installed\n");
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    /* gnuplot says nothing until it has read: the pipe of its answers cannot fill up before ours is written */
    signal(SIGPIPE, SIG_IGN);
    for (size_t done = 0; child > 0 && done < bytes;) {
        ssize_t put = write(in[1], script + done, bytes - done);
        if (put <= 0)
            break;
        done += (size_t) put;
    }
    close(in[1]);
    for (ssize_t got; child > 0 && used < sizeof said - 1 && (got = read(out[0], said + used, sizeof said - 1 - used)) > 0;)
        used += (size_t) got;
    close(out[0]);
    said[used] = '\0';
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return err_set(err, ERR_IO, "cannot start gnuplot: %s", strerror(errno));
    if (used || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return err_set(err, ERR_IO, "gnuplot failed: %.200s", said);
    return true;
}

bool chart_draw_all(Report *report, const char *scratch, Err *err)
{
    BUF_AUTO script = {0};
    int number = 0;

    for (Chapter *chapter = report->first; chapter; chapter = chapter->next)
        for (Block *block = chapter->first; block; block = block->next)
            if (block->type == BLOCK_CHART)
                buf_text(&script, chart_script(report->arena, block->chart, arena_format(report->arena, "%s/%d.svg", scratch, number++)));
    if (number == 0)
        return true;
    if (!place_make_dir(scratch, 0755, err) || !run_gnuplot(script.data, script.length, err))
        return false;
    number = 0;
    for (Chapter *chapter = report->first; chapter; chapter = chapter->next)
        for (Block *block = chapter->first; block; block = block->next) {
            char *svg;
            size_t bytes;
            if (block->type != BLOCK_CHART)
                continue;
            const char *path = arena_format(report->arena, "%s/%d.svg", scratch, number++);
            if (!place_read(report->arena, path, &svg, &bytes, err))
                return err_frame(err, "chart \"%s\" was not drawn", block->chart->title);
            block->chart->svg = svg_resolve(report->arena, svg);
            unlink(path);
        }
    rmdir(scratch);
    return true;
}
