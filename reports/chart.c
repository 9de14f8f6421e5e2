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
#include "reports/labels.h"
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

/* A round top for the axis, so that its highest label is not cut off: 1, 2, 2.5 or 5 times a power of ten per step.
 * Of what is counted there are no halves. */
static double axis_step(double top, bool whole)
{
    static const double nice[] = {1, 2, 2.5, 5, 10};
    double rough = top / 4, power = pow(10, floor(log10(rough > 0 ? rough : 1)));

    if (whole && rough <= 1)
        return 1;
    for (size_t at = 0; at < sizeof nice / sizeof *nice; at++)
        if (nice[at] * power >= rough && !(whole && fmod(nice[at] * power, 1) != 0))
            return nice[at] * power;
    return 10 * power;
}

/* As few decimals as tell the steps of an axis apart: 0.25 needs two. */
static int step_decimals(double step)
{
    int decimals = 0;

    while (decimals < 4 && fabs(step * pow(10, decimals) - round(step * pow(10, decimals))) > 1e-6)
        decimals++;
    return decimals;
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

static void axis_labels(Buf *script, Arena *out, const char *axis, double top, double step, const char *unit)
{
    buf_format(script, "set %stics (", axis);
    for (int at = 0; at * step <= top + step / 2; at++)
        buf_format(script, "%s%s %.6f", at ? ", " : "", quoted_tic(out, arena_format(out, "%s%s", number_text(out, at * step, step_decimals(step)), unit)), at * step);
    buf_text(script, ")\n");
}

static void begin(Buf *script, const char *path, int height)
{
    buf_format(script,
               "reset\nset encoding utf8\nset terminal svg size %d,%d font \"Inter,11\" background \"#ffffff\" noenhanced\nset output \"%s\"\n"
               "set key off\nset tics nomirror scale 0.4 textcolor rgb \"" SOFT "\"\nset border 2 linecolor rgb \"#8a94a0\"\n",
               WIDTH, height, path);
}

/* A break ends a line: an empty row in the data. */
static void data_block(Buf *script, Arena *out, const ModelChart *chart)
{
    buf_text(script, "$d << EOD\n");
    for (size_t at = 0; at < chart->n_points; at++) {
        const ChartPoint *p = &chart->point[at];
        if (at && isfinite(chart->break_x) && p[-1].x < chart->break_x && p->x > chart->break_x)
            buf_text(script, "\n");
        buf_format(script, "%s %s %s %s %s %d\n", value(out, p->x), value(out, p->value), value(out, p->low), value(out, p->high), value(out, p->before), p->mark);
    }
    buf_text(script, "EOD\n");
}

static void break_line(Buf *script, Arena *out, const ModelChart *chart, double top)
{
    if (!isfinite(chart->break_x))
        return;
    buf_format(script, "set arrow from %.3f,0 to %.3f,%.6f nohead dashtype 3 linecolor rgb \"" FAINT "\"\n", chart->break_x, chart->break_x, top);
    buf_format(script, "set label %s at %.3f,%.6f offset 0.2,0.6 textcolor rgb \"" FAINT "\" font \"Inter,10\"\n", quoted(out, chart->break_label), chart->break_x, top);
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
    double step = axis_step(highest(chart), chart->decimals == 0), top = step * ceil(highest(chart) / step);
    const ChartPoint *now = last_known(chart, false), *earlier = last_known(chart, true);

    begin(script, path, 240);
    buf_format(script, "set xrange [-0.3:11.3]\nset yrange [0:%.6f]\nset lmargin 6\nset rmargin 14\nset tmargin 1\nset bmargin 2.2\nset grid ytics linecolor rgb \"" RULE "\" linewidth 1\n", top);
    axis_labels(script, out, "y", top, step, chart->unit);
    buf_text(script, "set xtics (");
    for (int month = 0; month < 12; month++)
        buf_format(script, "%s\"%s\" %d", month ? ", " : "", number_month_short((month + 7) % 12 + 1), month);
    buf_text(script, ")\n");
    double now_y = now ? now->value : 0, before_y = earlier ? earlier->before : 0;
    if (now && earlier && now->x == earlier->x) { /* two labels at the same height would lie on each other */
        bool above = now_y >= before_y;
        double pair[] = {fmin(now_y, before_y), fmax(now_y, before_y)};
        labels_apart(pair, 2, top * 0.075, 0, top);
        now_y = pair[above];
        before_y = pair[!above];
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
    buf_text(script, "set ytics scale 0 (");
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
    double step = axis_step(highest(chart), chart->decimals == 0), top = step * ceil(highest(chart) / step);

    begin(script, path, 48 + 23 * (int) chart->n_points);
    buf_format(script, "set border 0\nset xrange [0:%.6f]\nset lmargin %d\nset rmargin 8\nset tmargin 0.5\nset bmargin 1.8\nset grid xtics linecolor rgb \"" RULE "\"\nset style fill solid noborder\n", top * 1.02, left_margin(chart));
    axis_labels(script, out, "x", top, step, chart->unit);
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
    double step = axis_step(highest(chart), chart->decimals == 0), top = step * ceil(highest(chart) / step);

    begin(script, path, 58 + 20 * (int) chart->n_points);
    buf_format(script, "set border 0\nset xrange [0:%.6f]\nset lmargin %d\nset rmargin 4\nset tmargin 1.6\nset bmargin 1.8\nset grid xtics linecolor rgb \"" RULE "\"\n", top * 1.02, left_margin(chart));
    axis_labels(script, out, "x", top, step, chart->unit);
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

/* Two series over the years, each named at its last point; the names pushed apart where they would lie on each other. */
static void year_names(Buf *script, Arena *out, const ModelChart *chart, double top)
{
    const ChartPoint *now = last_known(chart, false), *other = last_known(chart, true);

    if (!now || !other)
        return;
    bool above = now->value >= other->before;
    double pair[] = {fmin(now->value, other->before), fmax(now->value, other->before)};
    labels_apart(pair, 2, top * 0.11, 0, top);
    buf_format(script, "set label %s at graph 1.01,first %.6f left textcolor rgb \"" BLUE "\"\n", quoted(out, chart->now), pair[above]);
    buf_format(script, "set label %s at graph 1.01,first %.6f left textcolor rgb \"" FAINT "\"\n", quoted(out, chart->earlier), pair[!above]);
}

static void years(Buf *script, Arena *out, const ModelChart *chart, const char *path)
{
    double step = axis_step(highest(chart), chart->decimals == 0), top = step * ceil(highest(chart) / step);
    double first = chart->point[0].x, last = chart->point[chart->n_points - 1].x;
    bool two = last_known(chart, true) != NULL;

    begin(script, path, 210);
    buf_format(script, "set xrange [%.2f:%.2f]\nset yrange [0:%.6f]\nset lmargin 6\nset rmargin %d\nset tmargin 1.8\nset bmargin 2.2\nset grid ytics linecolor rgb \"" RULE "\"\n", first - 0.5, last + 0.6, top, two ? 14 : 6);
    axis_labels(script, out, "y", top, step, chart->unit);
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
            buf_format(script, "set label \"%s%s\" at %.2f,%.6f center offset 0,0.9 textcolor rgb \"" INK "\"\n", number_text(out, p->value, chart->decimals), chart->unit, p->x, isfinite(p->high) ? p->high : p->value);
    }
    data_block(script, out, chart);
    if (two)
        year_names(script, out, chart, top);
    if (two) /* with dots: a year between a break and the edge is a line of one point */
        buf_format(script, "plot $d using 1:5 with lines linecolor rgb \"" GREY "\" linewidth 1.6 dashtype 2, $d using 1:5:(%.4f) with circles fillstyle solid noborder fillcolor rgb \"" GREY "\", ", (last - first + 1.1) * 0.005);
    buf_format(script, "%s$d using 1:2 with lines linecolor rgb \"" BLUE "\" linewidth 1.6, $d using 1:2:(%.4f) with circles fillstyle solid noborder fillcolor rgb \"" BLUE "\"\n",
               two ? "" : "plot ", (last - first + 1.1) * 0.007);
}

/* -- charts in which names look for a place: the frame is laid down in pixels ---------------------- */

typedef struct Frame {
    int    height;
    double left, right, top, bottom;     /* pixels of the picture, from its upper left corner */
    double x_min, x_max, y_min, y_max;   /* the axes */
} Frame;

static double to_px(const Frame *f, double x) { return f->left + (x - f->x_min) / (f->x_max - f->x_min) * (f->right - f->left); }
static double to_py(const Frame *f, double y) { return f->bottom - (y - f->y_min) / (f->y_max - f->y_min) * (f->bottom - f->top); }

static void begin_frame(Buf *script, const char *path, const Frame *f)
{
    begin(script, path, f->height);
    buf_format(script, "set lmargin at screen %.5f\nset rmargin at screen %.5f\nset tmargin at screen %.5f\nset bmargin at screen %.5f\nset xrange [%.6f:%.6f]\nset yrange [%.6f:%.6f]\nset grid ytics linecolor rgb \"" RULE "\" linewidth 1\n",
               f->left / WIDTH, f->right / WIDTH, 1 - f->top / f->height, 1 - f->bottom / f->height, f->x_min, f->x_max, f->y_min, f->y_max);
}

enum { NAME_SIZE = 11, NAME_HEIGHT = 14 };

static Label name_at(const Frame *f, double x, double y, double radius, const char *text)
{
    return (Label){.x = to_px(f, x), .y = to_py(f, y), .radius = radius, .width = labels_text_width(text, NAME_SIZE), .height = NAME_HEIGHT};
}

/* A name at its place, and a thin line to its dot where it could not stand beside it. */
static void name_put(Buf *script, Arena *out, const Frame *f, const Label *label, const char *text, const char *color)
{
    double middle = label->box.left + label->box.width / 2, height = label->box.top + label->box.height / 2;

    buf_format(script, "set label %s at screen %.5f,%.5f center front textcolor rgb \"%s\"\n", quoted(out, text), middle / WIDTH, 1 - height / f->height, color);
    if (label->away > 0) {
        double x = fmax(label->box.left, fmin(label->x, label->box.left + label->box.width)), y = fmax(label->box.top, fmin(label->y, label->box.top + label->box.height));
        buf_format(script, "set arrow from screen %.5f,%.5f to screen %.5f,%.5f nohead linecolor rgb \"" FAINT "\" linewidth 0.7 front\n", label->x / WIDTH, 1 - label->y / f->height, x / WIDTH, 1 - y / f->height);
    }
}

/* What is not unusual, only where it is known: a run of months is a piece of its own, a month alone a strip. \return any */
static bool band(Buf *script, const ModelChart *chart)
{
    bool any = false, open = false;

    for (size_t at = 0; at < chart->n_points; at++) {
        const ChartPoint *p = &chart->point[at];
        if (!isfinite(p->high)) {
            open = false;
            continue;
        }
        bool alone = (at == 0 || !isfinite(p[-1].high)) && (at + 1 == chart->n_points || !isfinite(p[1].high));
        if (!any)
            buf_text(script, "$band << EOD\n");
        else if (!open)
            buf_text(script, "\n");
        if (alone)
            buf_format(script, "%.6f %.6f\n%.6f %.6f\n", p->x - 0.3, p->high, p->x + 0.3, p->high);
        else
            buf_format(script, "%.6f %.6f\n", p->x, p->high);
        any = open = true;
    }
    if (any)
        buf_text(script, "EOD\n");
    return any;
}

/* The names at the right end: as far apart as they are high, each as near to its line as that allows. */
static void end_names(Buf *script, Arena *out, const Frame *f, const double *value, const char *const *text, const char *const *color, size_t n)
{
    size_t order[4], count = 0;
    double height[4];

    for (size_t at = 0; at < n; at++) {
        if (!isfinite(value[at]))
            continue;
        size_t back = count++;
        for (; back && value[order[back - 1]] < value[at]; back--)
            order[back] = order[back - 1];
        order[back] = at;
    }
    for (size_t at = 0; at < count; at++)
        height[at] = to_py(f, value[order[at]]);
    labels_apart(height, count, NAME_HEIGHT, f->top, f->bottom);
    for (size_t at = 0; at < count; at++)
        buf_format(script, "set label %s at screen %.5f,%.5f left textcolor rgb \"%s\"\n", quoted(out, text[order[at]]), (f->right + 7) / WIDTH, 1 - height[at] / f->height, color[order[at]]);
}

static void series(Buf *script, Arena *out, const ModelChart *chart, const char *path)
{
    double step = axis_step(highest(chart), chart->decimals == 0), top = step * ceil(highest(chart) / step * 1.05);
    double first = chart->point[0].x, last = chart->point[chart->n_points - 1].x;
    const Frame f = {.height = 235, .left = 44, .right = 560, .top = 14, .bottom = 203, .x_min = first - 0.5, .x_max = last + 0.5, .y_min = 0, .y_max = top};
    double end[3] = {NAN, NAN, NAN};
    size_t marks = 0, mark = 0, n_lines = 0;
    bool above = true;

    begin_frame(script, path, &f);
    axis_labels(script, out, "y", top, step, chart->unit);
    buf_text(script, "set xtics (");
    bool any = false;
    for (size_t at = 0; at < chart->n_points; at++)
        if (*chart->point[at].label) {
            buf_format(script, "%s%s %.0f", any ? ", " : "", quoted_tic(out, chart->point[at].label), chart->point[at].x);
            any = true;
        }
    buf_text(script, ")\n");
    LabelLine *line = arena_array(out, chart->n_points + 1, sizeof *line);
    LabelDot *dot = arena_array(out, chart->n_points + 1, sizeof *dot);
    for (size_t at = 0; at < chart->n_points; at++) {
        const ChartPoint *p = &chart->point[at];
        end[0] = isfinite(p->value) ? p->value : end[0];
        end[1] = isfinite(p->low) ? p->low : end[1];
        end[2] = isfinite(p->high) ? p->high : end[2];
        if (at && isfinite(p->value) && isfinite(p[-1].value))
            line[n_lines++] = (LabelLine){to_px(&f, p[-1].x), to_py(&f, p[-1].value), to_px(&f, p->x), to_py(&f, p->value)};
        if (!p->mark || !isfinite(p->value))
            continue;
        dot[marks++] = (LabelDot){to_px(&f, p->x), to_py(&f, p->value), 5};
        above = above && p->value > p->high;
        mark = !isfinite(chart->point[mark].value) || !chart->point[mark].mark || p->value >= chart->point[mark].value ? at : mark;
    }
    end_names(script, out, &f, end, (const char *const[]){"geregistreerd", "verwacht", "grens"}, (const char *const[]){BLUE, FAINT, FAINT}, 3);
    if (marks) { /* one name, at the highest */
        const char *text = above ? "boven de grens" : "signaal";
        Label label = name_at(&f, chart->point[mark].x, chart->point[mark].value, 5, text);
        labels_place(&label, 1, dot, marks, line, n_lines, (LabelBox){f.left, 0, f.right - f.left, f.bottom});
        name_put(script, out, &f, &label, text, "#a8420f"); /* darker than its dot: it may stand on the pale band */
    }
    data_block(script, out, chart);
    bool limits = band(script, chart);
    buf_format(script,
               "plot %s$d using 1:3 with lines linecolor rgb \"" GREY "\" linewidth 1.5 dashtype 2, "
               "$d using 1:2 with lines linecolor rgb \"" BLUE "\" linewidth 2.2, $d using 1:($6 > 0 ? $2 : NaN):(%.4f) with circles fillstyle solid noborder fillcolor rgb \"" ORANGE "\"\n",
               limits ? "$band using 1:(0):2 with filledcurves fillcolor rgb \"" PALE "\", " : "", (last - first + 1) * 0.009);
}

/* The limits are drawn from school to school: they are known at the sizes there are. */
static void funnel(Buf *script, Arena *out, const ModelChart *chart, const char *path)
{
    double high = 1, wide = chart->point[chart->n_points - 1].x;
    const ChartPoint *last = &chart->point[chart->n_points - 1];

    for (size_t at = 0; at < chart->n_points; at++)
        high = fmax(high, fmax(chart->point[at].value, at ? chart->point[at].high : chart->point[at].outer_high)); /* the smallest one's outer limit may run out of the picture */
    double step = axis_step(high, true), top = step * ceil(high / step * 1.05), x_step = axis_step(wide, true), right = x_step * ceil(wide / x_step * 1.05);
    /* a little below nothing, so that a school without any is a whole dot */
    const Frame f = {.height = 296, .left = 44, .right = 560, .top = 28, .bottom = 248, .x_min = 0, .x_max = right, .y_min = -0.03 * top, .y_max = top};
    begin_frame(script, path, &f);
    axis_labels(script, out, "x", right, x_step, "");
    axis_labels(script, out, "y", top, step, "");
    buf_format(script, "set xlabel %s offset 0,0.3 textcolor rgb \"" SOFT "\"\nset label %s at screen 0.012,%.5f left textcolor rgb \"" SOFT "\"\n", quoted(out, chart->now), quoted(out, chart->earlier), 1 - 11.0 / f.height);
    buf_format(script, "set arrow from 0,1 to %.6f,1 nohead linecolor rgb \"" SOFT "\" linewidth 1.2 back\n", right);
    end_names(script, out, &f, (const double[]){last->outer_high <= top ? last->outer_high : NAN, last->high <= top ? last->high : NAN, 1}, (const char *const[]){"99,8 van de 100", "95 van de 100", "als verwacht"},
              (const char *const[]){FAINT, FAINT, FAINT}, 3);
    LabelDot *dot = arena_array(out, chart->n_points + 1, sizeof *dot);
    LabelLine *line = arena_array(out, chart->n_points * 4 + 1, sizeof *line);
    Label *label = arena_array(out, chart->n_points + 1, sizeof *label);
    const char **text = arena_array(out, chart->n_points + 1, sizeof *text);
    size_t dots = 0, lines = 0, names = 0;
    line[lines++] = (LabelLine){to_px(&f, 0), to_py(&f, 1), to_px(&f, right), to_py(&f, 1)};
    buf_text(script, "$d << EOD\n");
    for (size_t at = 0; at < chart->n_points; at++) {
        const ChartPoint *p = &chart->point[at];
        buf_format(script, "%s %s %s %s %s %s %d\n", value(out, p->x), value(out, p->value), value(out, p->low), value(out, p->high), value(out, p->outer_low), value(out, p->outer_high), p->mark);
        const double here[] = {p->low, p->high, p->outer_low, p->outer_high};
        for (int limit = 0; at && limit < 4; limit++) {
            double before = (const double[]){p[-1].low, p[-1].high, p[-1].outer_low, p[-1].outer_high}[limit];
            if (isfinite(before) && isfinite(here[limit]) && isfinite(p->x) && isfinite(p[-1].x) && lines < chart->n_points * 4)
                line[lines++] = (LabelLine){to_px(&f, p[-1].x), to_py(&f, before), to_px(&f, p->x), to_py(&f, here[limit])};
        }
        if (!isfinite(p->x) || !isfinite(p->value))
            continue;
        dot[dots++] = (LabelDot){to_px(&f, p->x), to_py(&f, p->value), p->mark ? 5 : 4};
        if (p->mark) {
            text[names] = p->label;
            label[names++] = name_at(&f, p->x, p->value, 5, p->label);
        }
    }
    buf_text(script, "EOD\n");
    labels_place(label, names, dot, dots, line, lines, (LabelBox){f.left, f.top, f.right - f.left, f.bottom - f.top});
    for (size_t at = 0; at < names; at++)
        name_put(script, out, &f, &label[at], text[at], INK);
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
    if (!used && WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return err_set(err, ERR_IO, "%s is not there; run make deps", "gnuplot");
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
