#include "reports/edition/school.h"

#include <math.h>
#include <string.h>

#include "reports/edition/charts.h"
#include "reports/edition/deliveries.h"
#include "reports/edition/phrase.h"
#include "reports/edition/protection.h"
#include "reports/edition/summary.h"
#include "reports/edition/tables.h"
#include "reports/number.h"

/* The indicators that a block names. */
static bool indicators_read(Composer *c, const ConfigNode *block, const char *key, const IndicatorText ***text, size_t *count, Err *err)
{
    const char **names = NULL;

    if (!config_texts(c->out, block, key, &names, count, err))
        return false;
    *text = arena_array(c->out, *count + 1, sizeof **text);
    for (size_t at = 0; at < *count; at++) {
        (*text)[at] = composer_indicator(c, names[at]);
        if (!(*text)[at])
            return config_fail(block, err, "no indicator \"%s\"", names[at]);
    }
    return true;
}

static const ReleaseFigure *own_figure(const Composer *c, const char *indicator, int year)
{
    return c->release->school ? release_figure(c->release, indicator, year, "school", c->release->school->location_no, "") : NULL;
}

/* How the school stands in the table by school of a year; NULL: there is no such table. */
static const ReleaseOwn *own_find(const Composer *c, const char *indicator, int year)
{
    for (size_t at = 0; at < c->release->n_own; at++)
        if (c->release->own[at].year == year && strcmp(c->release->own[at].indicator, indicator) == 0)
            return &c->release->own[at];
    return NULL;
}

static const char *titles_lower(const Composer *c, const IndicatorText *const *text, size_t count)
{
    const char **name = arena_array(c->out, count + 1, sizeof *name);

    for (size_t at = 0; at < count; at++)
        name[at] = phrase_lower(c, text[at]->title);
    return message_list(c->out, name, count);
}

/* -- in short ------------------------------------------------------------------------------------ */

static Line own_line(const Composer *c, const IndicatorText *text, const ReleaseFigure *now)
{
    const ReleaseFigure *before = own_figure(c, text->name, c->year - 1), *whole = composer_total(c, text->name, c->year);
    const char *key = arena_format(c->out, "eigen.%s", text->name), *word = composer_change(c, text, now, before);
    MessageValue values[] = {{"titel", text->title, 0},
                             {"aantal", number_text(c->out, (double) now->events, 0), (double) now->events},
                             {"waarde", phrase_value(c, text, now->value), now->value},
                             {"eenheid", text->unit, 0},
                             {"voor", before ? phrase_value_unit(c, text, before->value) : "", 0},
                             {"alle", whole ? isnan(whole->value) ? number_text(c->out, (double) whole->events, 0) : phrase_value_unit(c, text, whole->value) : "", 0}};
    size_t n = sizeof values / sizeof *values;
    const char *own = phrase(c, isnan(now->value) ? "eigen.aantal" : wording_get(c->config->wording, key) ? key : "eigen.anders", values, n);
    const char *tail = *word ? phrase(c, arena_format(c->out, "staart.%s", word), values, n) : "", *all = whole ? phrase(c, "school.alle", values, n) : "";

    /* the board before the year before: the label behind the line is about the year before */
    return (Line){arena_format(c->out, "%s%s%s.", own, all, tail), *word && strcmp(word, "breuk") != 0 ? phrase_certainty(c, now->p_change) : ""};
}

bool school_summary(Composer *c, const ConfigNode *block, Err *err)
{
    enum { LINES = 16 };
    const IndicatorText **text, *own[LINES], *none[LINES];
    Line line[LINES + 1];
    size_t count = 0, n = 0, n_own = 0, n_none = 0;
    bool labels = false, absent;

    if (!config_object(block, "block lines", "", err) || !indicators_read(c, block, "lines", &text, &count, err))
        return false;
    if (!c->release->school)
        return true;
    count = count < LINES ? count : LINES;
    for (size_t at = 0; at < count; at++) {
        const ReleaseFigure *now = own_figure(c, text[at]->name, c->year);
        if (now) {
            own[n_own++] = text[at];
            line[n++] = own_line(c, text[at], now);
        } else {
            none[n_none++] = text[at];
        }
    }
    if (n_own == 0) { /* the board's, so that the page is not empty; said so, so that nobody takes them for the school's */
        report_text(c->report, BLOCK_NOTE, phrase_plain(c, "school.geen_eigen"));
        for (size_t at = 0; at < count; at++) {
            absent = false;
            if (!wording_get(c->config->wording, arena_format(c->out, "regel.%s", text[at]->name)))
                continue;
            line[n] = summary_indicator(c, text[at]->name, &absent);
            n += !absent;
        }
    } else if (n_none) {
        line[n++] = (Line){phrase(c, "school.zonder", (MessageValue[]){{"wat", titles_lower(c, none, n_none), 0}}, 1), ""};
    }
    for (size_t at = 0; at < n; at++)
        labels = labels || *line[at].certainty;
    if (n)
        report_lines(c->report, line, n);
    if (labels)
        report_text(c->report, BLOCK_SMALL, phrase_plain(c, "zekerheid"));
    report_text(c->report, BLOCK_SMALL, n_own ? protection_kept_years(c, own, n_own, "school", c->year, c->year) : protection_kept_years(c, text, count, "totaal", c->year, c->year));
    return true;
}

/* -- over the years ------------------------------------------------------------------------------ */

/* Why the school has no figure in this year, in a word or two. */
static const char *own_word(const Composer *c, const char *indicator, int year)
{
    const ReleaseOwn *own = own_find(c, indicator, year);

    return phrase_plain(c, own && own->state == OWN_MERGED ? "eigen_niet.samen" : own && own->state == OWN_WITHHELD ? "eigen_niet.weg" : "eigen_niet.geen");
}

static bool has_value(const Composer *c, const IndicatorText *text)
{
    for (int year = c->year - c->edition->years + 1; year <= c->year; year++)
        if (own_figure(c, text->name, year) && isfinite(own_figure(c, text->name, year)->value))
            return true;
    return false;
}

static bool has_own(const Composer *c, const IndicatorText *text)
{
    for (int year = c->year - c->edition->years + 1; year <= c->year; year++)
        if (own_figure(c, text->name, year))
            return true;
    return false;
}

static void year_row(Composer *c, ModelTable *table, const IndicatorText *text, int year, bool valued)
{
    const ReleaseFigure *now = own_figure(c, text->name, year), *before = own_figure(c, text->name, year - 1), *whole = composer_total(c, text->name, year);
    TableCell cells[7] = {cell_text(arena_format(c->out, "%s (%s)", text->title, has_value(c, text) ? text->unit : phrase_plain(c, "jaren.aantal"))), cell_text(number_school_year(c->out, year))};
    TableCell none = cell_text(now ? "" : own_word(c, text->name, year));
    size_t n = 2;

    if (!now && !whole)
        return;
    cells[n++] = !now || (valued && isnan(now->value)) ? none : valued ? phrase_cell_value(c, text, now->value) : phrase_cell_count(c, now->events);
    cells[n++] = !whole ? cell_text(".") : !valued ? phrase_cell_count(c, whole->events) : isnan(whole->value) ? cell_text("") : phrase_cell_value(c, text, whole->value);
    if (valued) {
        cells[n++] = now ? phrase_cell_count(c, now->events) : cell_text("");
        cells[n++] = now ? phrase_cell_interval(c, text, now->low, now->high) : cell_text("");
        cells[n++] = cell_text(now ? phrase_change(c, composer_change(c, text, now, before), now) : "");
    }
    report_row(c->report, table, cells);
}

/* Those of which the school has nothing by itself in any year: the board's figure of this year in a sentence, or a table of nothing but words would say less. \return whether there was any */
static bool only_together(Composer *c, const IndicatorText *const *text, size_t count)
{
    const char **name = arena_array(c->out, count + 1, sizeof *name);
    size_t n = 0;

    for (size_t at = 0; at < count; at++) {
        const ReleaseFigure *whole = composer_total(c, text[at]->name, c->year);
        if (!whole)
            continue;
        MessageValue values[] = {{"titel", phrase_lower(c, text[at]->title), 0},
                                 {"waarde", isnan(whole->value) ? number_text(c->out, (double) whole->events, 0) : phrase_value_unit(c, text[at], whole->value), 0},
                                 {"eenheid", isnan(whole->value) || text[at]->unit[0] == '%' ? "" : arena_format(c->out, "%s %s", strcmp(text[at]->method, "mean") == 0 ? ";" : "", text[at]->unit), 0}};
        name[n++] = phrase(c, "school.waarde", values, 3);
    }
    if (n)
        report_text(c->report, BLOCK_PARAGRAPH, phrase(c, "school.samen", (MessageValue[]){{"wat", message_list(c->out, name, n), 0}}, 1));
    return n > 0;
}

bool school_years(Composer *c, const ConfigNode *block, Err *err)
{
    const char *columns[7], *title = "";
    const IndicatorText **text, **own, **none;
    size_t count = 0, n_own = 0, n_none = 0;
    bool valued = false, pupils = true;

    if (!config_object(block, "block indicators title", "", err) || !indicators_read(c, block, "indicators", &text, &count, err) || !config_text(block, "title", &title, err))
        return false;
    if (!c->release->school)
        return true;
    own = arena_array(c->out, 2 * count + 1, sizeof *own);
    none = own + count;
    for (size_t at = 0; at < count; at++) {
        if (!has_own(c, text[at])) {
            none[n_none++] = text[at];
            continue;
        }
        own[n_own++] = text[at];
        valued = valued || has_value(c, text[at]);
        pupils = pupils && tables_asks_pupils(text[at]);
    }
    if (n_own) {
        phrase_heads(c, "kolommen.eigen", columns, 7);
        columns[4] = phrase_plain(c, pupils ? "kolom.antwoorden" : "kolom.aantal");
        ModelTable *table = report_table(c->report, title, columns, valued ? 7 : 4, true); /* without a denominator there are counts only */
        BUF_AUTO note = {0};
        table->grouped = true;
        table->column[1].numeric = false;
        if (valued)
            table->column[6].numeric = false;
        for (size_t at = 0; at < n_own; at++)
            for (int year = c->year - c->edition->years + 1; year <= c->year; year++)
                year_row(c, table, own[at], year, valued);
        buf_text(&note, "");
        tables_definitions(c, &note, own, n_own);
        phrase_line_add(&note, valued ? phrase_plain(c, "eigen.kolommen") : "");
        phrase_line_add(&note, pupils ? phrase_plain(c, "antwoorden") : "");
        phrase_line_add(&note, protection_kept_years(c, own, n_own, "school", c->year - c->edition->years + 1, c->year));
        phrase_line_add(&note, protection_kept_years(c, own, n_own, "totaal", c->year - c->edition->years + 1, c->year));
        phrase_line_add(&note, phrase_signs(c, valued));
        phrase_line_add(&note, phrase_sources(c, own, n_own));
        table->note = phrase_words(c, arena_text(c->out, note.data));
    }
    if (!only_together(c, none, n_none) && n_own == 0)
        report_text(c->report, BLOCK_PARAGRAPH, phrase(c, "jaren.geen", (MessageValue[]){{"titel", title, 0}}, 1));
    return true;
}

bool school_chart(Composer *c, const ConfigNode *block, Err *err)
{
    const char *name = "";
    size_t n = 0;

    if (!config_object(block, "block indicator", "", err) || !config_text(block, "indicator", &name, err))
        return false;
    const IndicatorText *text = composer_indicator(c, name);
    if (!text)
        return config_fail(block, err, "no indicator \"%s\"", name);
    for (int year = c->year - c->edition->years + 1; year <= c->year; year++)
        n += own_figure(c, name, year) && isfinite(own_figure(c, name, year)->value);
    if (n < 2)
        return true;
    const char *word = composer_change(c, text, own_figure(c, name, c->year), own_figure(c, name, c->year - 1)), *kept = protection_kept_years(c, &text, 1, "school", c->year - c->edition->years + 1, c->year);
    MessageValue values[] = {{"titel", text->title, 0}, {"eenheid", text->unit, 0}};
    const char *head = !*word || strcmp(word, "voor") == 0 ? "kop.kaal" : arena_format(c->out, "kop.%s", word);
    ModelChart *chart = report_chart(c->report, CHART_YEARS, phrase(c, head, values, 2),
                                     arena_format(c->out, "%s %s%s%s", phrase(c, "eigen_grafiek.bijschrift", values, 2), phrase_source(c, text), *kept ? " " : "", kept), (size_t) c->edition->years);
    BUF_AUTO alt = {0};
    chart->decimals = text->decimals;
    chart->unit = text->unit[0] == '%' ? "%" : "";
    chart->now = phrase_plain(c, "eigen_grafiek.eigen");
    chart->earlier = phrase_plain(c, "eigen_grafiek.alle");
    buf_text(&alt, phrase(c, "eigen_grafiek.alt", (MessageValue[]){{"titel", phrase_lower(c, text->title), 0}}, 1));
    for (int year = c->year - c->edition->years + 1; year <= c->year; year++) {
        const ReleaseFigure *own = own_figure(c, name, year), *whole = composer_total(c, name, year);
        if (!own && !whole)
            continue;
        ChartPoint *p = &chart->point[chart->n_points++];
        *p = (ChartPoint){.label = number_school_year(c->out, year), .x = year, .value = own ? own->value : NAN, .low = own ? own->low : NAN, .high = own ? own->high : NAN, .before = whole ? whole->value : NAN};
        buf_format(&alt, " %s %s", p->label, phrase_value_unit(c, text, p->value));
        buf_format(&alt, " (%s);", phrase_value_unit(c, text, p->before));
    }
    chart->alt = arena_text(c->out, alt.data);
    charts_breaks(c, chart, text);
    return true;
}

/* -- what is not there --------------------------------------------------------------------------- */

bool school_hidden(Composer *c, const ConfigNode *block, Err *err)
{
    static const struct { OwnState state; const char *key; } why[] = {{OWN_MERGED, "verborgen.samen"}, {OWN_WITHHELD, "verborgen.weg"}, {OWN_ABSENT, "verborgen.geen"}};
    enum { WHY = sizeof why / sizeof *why };
    Line line[WHY];
    size_t n = 0;
    bool protected_too = false;

    if (!config_object(block, "block", "", err))
        return false;
    if (!c->release->school)
        return true;
    for (size_t at = 0; at < WHY; at++) {
        const char **names = arena_array(c->out, c->release->n_own + 1, sizeof *names);
        size_t n_names = 0;
        for (size_t one = 0; one < c->release->n_own; one++) {
            const ReleaseOwn *own = &c->release->own[one];
            const IndicatorText *text = composer_indicator(c, own->indicator);
            if (own->year != c->year || own->state != why[at].state || !text)
                continue;
            MessageValue values[] = {{"titel", phrase_lower(c, text->title), 0}, {"n", number_text(c->out, own->n_members - 1, 0), own->n_members - 1}};
            names[n_names++] = own->state == OWN_MERGED ? phrase(c, "verborgen.met", values, 2) : values[0].text;
        }
        if (n_names)
            line[n++] = (Line){phrase(c, why[at].key, (MessageValue[]){{"wat", message_list(c->out, names, n_names), 0}}, 1), ""};
        protected_too = protected_too || (n_names && why[at].state != OWN_ABSENT);
    }
    if (n == 0) {
        report_text(c->report, BLOCK_PARAGRAPH, phrase_plain(c, "verborgen.niets"));
        return true;
    }
    report_lines(c->report, line, n);
    if (!protected_too)
        return true;
    report_text(c->report, BLOCK_PARAGRAPH, phrase(c, "verborgen.waarom", (MessageValue[]){{"drempel", arena_format(c->out, "%d", c->release->threshold), c->release->threshold}}, 1));
    report_text(c->report, BLOCK_PARAGRAPH, phrase_plain(c, "verborgen.aftrekken"));
    return true;
}

bool school_deliveries(Composer *c, const ConfigNode *block, Err *err)
{
    const char *columns[3];
    ModelTable *table = NULL;

    if (!config_object(block, "block", "", err))
        return false;
    if (!c->release->school)
        return true;
    phrase_heads(c, "kolommen.geleverd", columns, 3);
    for (size_t kind = 0; kind < deliveries_kinds(); kind++)
        for (size_t at = 0; at < c->release->n_deliveries; at++) {
            const ReleaseDelivery *delivery = &c->release->delivery[at];
            if (delivery->office || delivery->location_no != c->release->school->location_no || strcmp(delivery->kind, deliveries_kind(kind)) != 0)
                continue;
            if (!table) {
                table = report_table(c->report, phrase(c, "geleverd.titel", (MessageValue[]){{"jaar", number_school_year(c->out, c->year), 0}}, 1), columns, 3, true);
                table->column[1].numeric = table->column[2].numeric = false;
                table->note = phrase_plain(c, "geleverd.noot");
            }
            const char *status = delivery->reject_class == 2 ? phrase(c, "geleverd.onleesbaar", (MessageValue[]){{"stand", delivery->status, 0}}, 1) : delivery->status;
            TableCell cells[3] = {cell_text(message_capital(c->out, deliveries_word(c, delivery->kind))), cell_text(status), cell_text(number_date(c->out, delivery->received))};
            report_row(c->report, table, cells);
        }
    return true;
}
