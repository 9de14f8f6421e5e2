#include "reports/edition/charts.h"

#include <math.h>
#include <string.h>

#include "common/buf.h"
#include "reports/edition/phrase.h"
#include "reports/edition/protection.h"
#include "reports/number.h"

static const char *chart_title(const Composer *c, const IndicatorText *text, const char *name, const char *suffix)
{
    const ReleaseFigure *now = composer_total(c, name, c->year), *before = composer_total(c, name, c->year - 1);
    const char *word = composer_change(c, text, now, before);
    MessageValue values[] = {{"titel", text->title, 0}};

    if (*suffix || !*word || strcmp(word, "voor") == 0)
        return arena_format(c->out, "%s%s", text->title, suffix);
    return phrase(c, arena_format(c->out, "kop.%s", word), values, 1);
}

/* How the text alternative of a chart begins; its figures come behind it. */
static const char *alternative(const Composer *c, const char *key, const IndicatorText *text, const char *breakdown)
{
    return phrase(c, key, (MessageValue[]){{"titel", phrase_lower(c, text->title), 0}, {"jaar", number_school_year(c->out, c->year), 0}, {"naar", breakdown, 0}}, 3);
}

/* Where it comes from, and that it stands as it was published before when it does: the picture of a table says what the table says. */
static const char *source_note(const Composer *c, const IndicatorText *text, const char *breakdown)
{
    const char *kept = protection_kept_note(c, text->name, breakdown);

    return arena_format(c->out, "%s%s%s", phrase_source(c, text), *kept ? " " : "", kept);
}

void charts_breaks(const Composer *c, ModelChart *chart, const IndicatorText *text)
{
    bool more = false;

    for (size_t at = 0; at < c->release->n_breaks; at++) {
        const ReleaseBreak *one = &c->release->breaks[at];
        if (!composer_counts(text, one->kind))
            continue;
        double x = composer_break_year(one) - 0.5; /* a point stands for a school year: the line goes between the years */
        if (x < chart->point[0].x || x > chart->point[chart->n_points - 1].x)
            continue;
        if (isfinite(chart->break_x)) {
            more = true;
            continue;
        }
        chart->break_x = x;
        chart->break_label = phrase_plain(c, "grafiek.breuk");
    }
    if (more) /* one is drawn */
        chart->caption = arena_format(c->out, "%s %s", chart->caption, phrase_plain(c, "grafiek.breuk.meer"));
}

static void chart_years(Composer *c, const IndicatorText *text, const char *name)
{
    bool valued = false; /* without a denominator the counts themselves */
    for (int year = c->year - c->edition->years + 1; year <= c->year; year++)
        valued = valued || (composer_total(c, name, year) && isfinite(composer_total(c, name, year)->value));
    const char *kept = protection_kept_years(c, &text, 1, "totaal", c->year - c->edition->years + 1, c->year);
    MessageValue values[] = {{"definitie", text->definition, 0}, {"eenheid", text->unit, 0}};
    ModelChart *chart = report_chart(c->report, CHART_YEARS, chart_title(c, text, name, ""),
                                     arena_format(c->out, "%s %s%s%s", phrase(c, valued ? "grafiek.jaren" : "grafiek.jaren.aantal", values, 2), phrase_source(c, text), *kept ? " " : "", kept),
                                     (size_t) c->edition->years);
    BUF_AUTO alt = {0};

    chart->decimals = valued ? text->decimals : 0;
    chart->unit = valued && text->unit[0] == '%' ? "%" : "";
    buf_text(&alt, alternative(c, "grafiek.jaren.alt", text, ""));
    for (int year = c->year - c->edition->years + 1; year <= c->year; year++) {
        const ReleaseFigure *figure = composer_total(c, name, year);
        double value = !figure ? NAN : valued ? figure->value : (double) figure->events;
        if (isnan(value))
            continue;
        ChartPoint *p = &chart->point[chart->n_points++];
        *p = (ChartPoint){.label = number_school_year(c->out, year), .x = year, .value = value, .low = figure->low, .high = figure->high, .before = NAN};
        buf_format(&alt, " %s %s;", p->label, valued ? phrase_value_unit(c, text, value) : number_text(c->out, value, 0));
    }
    chart->alt = arena_text(c->out, alt.data);
    if (chart->n_points)
        charts_breaks(c, chart, text);
}

/* "Incidenten per maand: het meest in maart 2026": what was seen, and no more. Of many that are as high there is nothing to name. */
static const char *months_title(const Composer *c, const IndicatorText *text, const ReleaseFigure *const *figure, size_t count, bool valued, bool coarse)
{
    enum { NAMED = 3 };
    const char *names[NAMED];
    double top = 0;
    size_t n = 0;

    for (size_t at = 0; at < count; at++)
        top = fmax(top, valued ? figure[at]->value : (double) figure[at]->events);
    for (size_t at = 0; at < count; at++)
        if ((valued ? figure[at]->value : (double) figure[at]->events) == top && n++ < NAMED)
            names[n - 1] = phrase_period(c, figure[at]);
    const char *title = coarse ? phrase_periods(c, text) : text->title;
    return top > 0 && n <= NAMED ? phrase(c, "kop.meest", (MessageValue[]){{"titel", title, 0}, {"wanneer", phrase_names(c, names, n, NAMED), 0}}, 2) : title;
}

static void chart_months(Composer *c, const IndicatorText *text, const char *name)
{
    const ReleaseFigure *now[16], *before[16];
    size_t n_now = composer_figures(c, name, c->year, "maand", now, 16), n_before = composer_figures(c, name, c->year - 1, "maand", before, 16);
    const ReleaseDecision *earlier = release_decision(c->release, name, c->year - 1, "maand"), *decision = release_decision(c->release, name, c->year, "maand");

    if (n_now < 2)
        return;
    bool coarse = decision && strcmp(decision->decision, "coarsened") == 0;
    bool comparable = earlier && decision && strcmp(earlier->reason, decision->reason) == 0;
    bool valued = false;
    for (size_t at = 0; at < n_now; at++)
        valued = valued || isfinite(now[at]->value);
    const char *title = coarse ? phrase_periods(c, text) : text->title;
    MessageValue values[] = {{"titel", title, 0}, {"jaar", number_school_year(c->out, c->year), 0},
                             {"wat", valued ? text->definition : phrase_plain(c, !coarse ? "grafiek.maanden.aantal" : strncmp(now[0]->category, "halfjaar", 8) == 0 ? "grafiek.perioden.aantal.halfjaar" : "grafiek.perioden.aantal.kwartaal"), 0},
                             {"vorigjaar", comparable ? phrase_plain(c, "grafiek.perioden.vorigjaar") : "", 0}, {"bron", source_note(c, text, "maand"), 0}};
    ModelChart *chart = report_chart(c->report, coarse ? CHART_BARS : CHART_MONTHS, months_title(c, text, now, n_now, valued, coarse),
                                     phrase(c, coarse ? "grafiek.perioden" : "grafiek.maanden", values, 5), 12);
    BUF_AUTO alt = {0};
    buf_text(&alt, alternative(c, "grafiek.maanden.alt", text, ""));
    chart->decimals = valued ? text->decimals : 0;
    chart->now = number_school_year(c->out, c->year);
    chart->earlier = number_school_year(c->out, c->year - 1);
    for (size_t at = 0; at < n_now; at++) {
        double value = valued ? now[at]->value : (double) now[at]->events;
        ChartPoint *p = &chart->point[chart->n_points++];
        *p = (ChartPoint){.label = phrase_period(c, now[at]), .x = now[at]->ord, .value = value, .low = NAN, .high = NAN, .before = NAN};
        for (size_t other = 0; comparable && other < n_before; other++)
            if (before[other]->ord == now[at]->ord)
                p->before = valued ? before[other]->value : (double) before[other]->events;
        buf_format(&alt, " %s %s;", p->label, number_text(c->out, value, chart->decimals));
    }
    chart->alt = arena_text(c->out, alt.data);
}

static int by_value_down(const ReleaseFigure *a, const ReleaseFigure *b)
{
    bool rest_a = a->n_members > 1, rest_b = b->n_members > 1; /* the remainder stands last */

    if (rest_a != rest_b)
        return rest_a - rest_b;
    if (a->events != b->events)
        return a->events > b->events ? -1 : 1;
    return strcmp(a->label, b->label);
}

static void sort_figures(const ReleaseFigure **figure, size_t count)
{
    for (size_t at = 1; at < count; at++) /* a dozen rows */
        for (size_t back = at; back && by_value_down(figure[back - 1], figure[back]) > 0; back--) {
            const ReleaseFigure *swap = figure[back];
            figure[back] = figure[back - 1];
            figure[back - 1] = swap;
        }
}

static void chart_bars(Composer *c, const IndicatorText *text, const char *name, const char *breakdown)
{
    const ReleaseFigure *figure[COMPOSER_CELLS];
    size_t count = composer_figures(c, name, c->year, breakdown, figure, COMPOSER_CELLS), shown = 0;

    for (size_t at = 0; at < count; at++)
        if (figure[at]->events > 0)
            figure[shown++] = figure[at];
    if (shown < 2)
        return;
    sort_figures(figure, shown);
    MessageValue values[] = {{"wat", strcmp(name, "incidenten") == 0 ? phrase_plain(c, "grafiek.staven.incidenten") : phrase_lower(c, text->title), 0},
                             {"jaar", number_school_year(c->out, c->year), 0}, {"naar", breakdown, 0},
                             {"vorm", strcmp(breakdown, "vorm") == 0 ? phrase_plain(c, "grafiek.staven.vorm") : "", 0},
                             {"overig", figure[shown - 1]->n_members > 1 ? arena_format(c->out, " %s", phrase_plain(c, "overig")) : "", 0}, {"bron", source_note(c, text, breakdown), 0}};
    ModelChart *chart = report_chart(c->report, CHART_BARS, phrase(c, figure[0]->n_members > 1 ? "kop.kaal" : composer_counts(text, "incident") ? "kop.geregistreerd" : "kop.vaakst",
                                                                (MessageValue[]){{"titel", figure[0]->n_members > 1 ? text->title : figure[0]->label, 0}}, 1),
                                     phrase(c, "grafiek.staven", values, 6), shown);
    BUF_AUTO alt = {0};
    buf_text(&alt, alternative(c, "grafiek.staven.alt", text, breakdown));
    for (size_t at = 0; at < shown; at++) {
        chart->point[chart->n_points++] = (ChartPoint){.label = figure[at]->label, .value = (double) figure[at]->events, .before = NAN, .low = NAN, .high = NAN, .mark = figure[at]->n_members > 1};
        buf_format(&alt, " %s %lld;", figure[at]->label, (long long) figure[at]->events);
    }
    chart->alt = arena_text(c->out, alt.data);
}

static void chart_dots(Composer *c, const IndicatorText *text, const char *name)
{
    const ReleaseFigure *figure[COMPOSER_CELLS];
    size_t count = composer_figures(c, name, c->year, "school", figure, COMPOSER_CELLS), shown = 0;
    const ReleaseFigure *whole = composer_total(c, name, c->year);
    int merged = 0;

    for (size_t at = 0; at < count; at++) {
        merged += figure[at]->n_members > 1 ? figure[at]->n_members : 0;
        if (figure[at]->n_members == 1 && isfinite(figure[at]->value))
            figure[shown++] = figure[at];
    }
    if (shown < 2 || shown > 60)
        return;
    for (size_t at = 1; at < shown; at++)
        for (size_t back = at; back && figure[back - 1]->value < figure[back]->value; back--) {
            const ReleaseFigure *swap = figure[back];
            figure[back] = figure[back - 1];
            figure[back - 1] = swap;
        }
    int outside = 0;
    for (size_t at = 0; at < shown; at++)
        outside += whole && (figure[at]->low > whole->value || figure[at]->high < whole->value);
    bool compared = false; /* where schools are compared fairly, single margins make no claim beside it */
    for (size_t at = 0; at < c->release->n_comparisons; at++)
        compared = compared || strcmp(c->release->comparison[at].indicator, name) == 0;
    MessageValue values[] = {{"titel", text->title, 0}, {"n", number_text(c->out, outside, 0), outside}, {"alle", number_text(c->out, (double) shown, 0), (double) shown},
                             {"jaar", number_school_year(c->out, c->year), 0}, {"bron", source_note(c, text, "school"), 0},
                             {"wat", text->unit[0] == '%' ? phrase_plain(c, "grafiek.stippen.aandeel") : phrase(c, "grafiek.stippen.waarde", (MessageValue[]){{"eenheid", message_capital(c->out, text->unit), 0}}, 1), 0},
                             {"samen", merged ? phrase(c, "grafiek.stippen.samen", (MessageValue[]){{"n", number_text(c->out, merged, 0), merged}}, 1) : "", 0}};
    ModelChart *chart = report_chart(c->report, CHART_DOTS, phrase(c, compared ? "kop.perschool" : outside == 0 ? "kop.perschool.geen" : "kop.perschool.buiten", values, 7),
                                     phrase(c, "grafiek.stippen", values, 7), shown);
    BUF_AUTO alt = {0};
    buf_text(&alt, alternative(c, "grafiek.stippen.alt", text, ""));
    chart->decimals = text->decimals;
    chart->unit = text->unit[0] == '%' ? "%" : "";
    chart->whole = whole ? whole->value : NAN;
    chart->now = whole ? phrase(c, "grafiek.stippen.geheel", (MessageValue[]){{"waarde", phrase_value_unit(c, text, whole->value), 0}}, 1) : "";
    for (size_t at = 0; at < shown; at++) {
        chart->point[chart->n_points++] = (ChartPoint){.label = figure[at]->label, .value = figure[at]->value, .low = figure[at]->low, .high = figure[at]->high, .before = NAN};
        buf_format(&alt, " %s %s;", figure[at]->label, phrase_value_unit(c, text, figure[at]->value));
    }
    chart->alt = arena_text(c->out, alt.data);
}

/* From this chance on a school is named as one that really has half as many again. */
static const double above_min = 0.8;

/* How a funnel is read is told once: at the first one. */
static const ModelChart *funnel_before(const Composer *c)
{
    for (const Chapter *chapter = c->report->first; chapter; chapter = chapter->next)
        for (const Block *block = chapter->first; block; block = block->next)
            if (block->type == BLOCK_CHART && block->chart->type == CHART_FUNNEL)
                return block->chart;
    return NULL;
}

/* Schools beside each other as the release compares them: a question about those outside, and who they are. */
static void chart_funnel(Composer *c, const IndicatorText *text)
{
    const ReleaseComparison *all = c->release->comparison;
    size_t first = 0, end, outside = 0, beyond = 0, shown;

    while (first < c->release->n_comparisons && strcmp(all[first].indicator, text->name) != 0)
        first++;
    for (end = first; end < c->release->n_comparisons && strcmp(all[end].indicator, text->name) == 0; end++)
        ;
    shown = end - first;
    if (shown == 0)
        return;
    BUF_AUTO who = {0}, alt = {0};
    const char **more = arena_array(c->out, 3 * (shown + 1), sizeof *more), **less = more + shown, **sure = less + shown;
    size_t n_more = 0, n_less = 0, n_sure = 0;
    for (size_t at = first; at < end; at++) {
        bool is_beyond = composer_far_outside(&all[at]);
        outside += strcmp(all[at].flag, "in") != 0;
        beyond += is_beyond;
        if (is_beyond && all[at].ratio > 1)
            more[n_more++] = all[at].label;
        else if (is_beyond)
            less[n_less++] = all[at].label;
        if (all[at].above >= above_min)
            sure[n_sure++] = arena_format(c->out, "%s %s%%", all[at].label, number_text(c->out, fmin(99, floor(100 * all[at].above)), 0));
    }
    MessageValue values[] = {{"titel", text->title, 0}, {"n", number_text(c->out, (double) beyond, 0), (double) beyond}, {"alle", number_text(c->out, (double) shown, 0), (double) shown},
                             {"buiten", number_text(c->out, (double) outside, 0), (double) outside}};
    const char *title = phrase(c, beyond ? "trechter.vraag" : outside ? "trechter.toeval" : "trechter.geen", values, 4);
    const ModelChart *earlier = funnel_before(c);
    const char *how = earlier ? phrase(c, "trechter.verwijzing", (MessageValue[]){{"titel", earlier->title, 0}}, 1) : phrase_plain(c, "trechter.uitleg");
    const struct { const char *key, **names; size_t n; } told[] = {{"trechter.meer", more, n_more}, {"trechter.minder", less, n_less}, {"trechter.kans", sure, n_sure}};
    buf_text(&who, "");
    for (size_t at = 0; at < sizeof told / sizeof *told; at++)
        if (told[at].n)
            buf_format(&who, " %s", phrase(c, told[at].key, (MessageValue[]){{"scholen", message_list(c->out, told[at].names, told[at].n), 0}}, 1));
    ModelChart *chart = report_chart(c->report, CHART_FUNNEL, title, arena_format(c->out, "%s, %s.%s %s %s", text->title, number_school_year(c->out, c->year), who.data, how, source_note(c, text, "school")), shown);
    chart->now = phrase_plain(c, "trechter.as");
    chart->earlier = phrase_plain(c, "trechter.hoog");
    buf_text(&alt, alternative(c, "trechter.alt", text, ""));
    for (size_t at = first; at < end; at++) {
        bool is_outside = strcmp(all[at].flag, "in") != 0 || all[at].p < 0.05;
        chart->point[chart->n_points++] = (ChartPoint){.label = all[at].label, .x = all[at].expected, .value = all[at].ratio, .low = all[at].low95, .high = all[at].high95,
                                                       .outer_low = all[at].low998, .outer_high = all[at].high998, .before = NAN, .mark = is_outside};
        buf_format(&alt, " %s %s%s;", all[at].label, number_text(c->out, all[at].ratio, 1), is_outside ? phrase_plain(c, "trechter.buiten") : "");
    }
    chart->alt = arena_text(c->out, alt.data);
}

bool charts_block(Composer *c, const ConfigNode *block, Err *err)
{
    const char *name = "", *breakdown = "";
    int type = 0;

    if (!config_object(block, "block indicator breakdown chart", "", err) || !config_text(block, "indicator", &name, err) ||
        !config_text(block, "breakdown", &breakdown, err) || !config_word(block, "chart", "years months bars dots funnel", &type, err))
        return false;
    const IndicatorText *text = composer_indicator(c, name);
    if (!text)
        return config_fail(block, err, "no indicator \"%s\"", name);
    if (type == 0) {
        int points = 0;
        for (int year = c->year - c->edition->years + 1; year <= c->year; year++)
            points += composer_total(c, name, year) != NULL;
        if (points >= 2)
            chart_years(c, text, name);
    } else if (type == 1) {
        chart_months(c, text, name);
    } else if (type == 2) {
        chart_bars(c, text, name, breakdown);
    } else if (type == 3) {
        chart_dots(c, text, name);
    } else {
        chart_funnel(c, text);
    }
    return true;
}
