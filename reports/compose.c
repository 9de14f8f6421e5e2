#include "reports/compose.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/buf.h"
#include "reports/number.h"

typedef struct Composer {
    Arena               *out;
    const ComposeConfig *config;
    const Edition       *edition;
    const Release       *release;
    int                  year;
    Report              *report;
} Composer;

/* -- configuration ------------------------------------------------------------------------------- */

bool compose_config_load(Arena *out, const Place *place, ComposeConfig *config, Err *err)
{
    ConfigNode *nodes;

    if (!wording_load(out, place, &config->wording, err) || !config_load_all(out, place, "indicators", &nodes, &config->n_indicators, err))
        return false;
    config->indicator = arena_array(out, config->n_indicators, sizeof *config->indicator);
    for (size_t at = 0; at < config->n_indicators; at++) {
        IndicatorText *text = &config->indicator[at];
        if (!config_text(&nodes[at], "indicator", &text->name, err) || !config_text(&nodes[at], "title", &text->title, err) ||
            !config_text(&nodes[at], "definition", &text->definition, err) || !config_text(&nodes[at], "unit", &text->unit, err) ||
            !config_text(&nodes[at], "method", &text->method, err) || !config_int(&nodes[at], "decimals", 0, 4, &text->decimals, err) ||
            !config_int(&nodes[at], "direction", -1, 1, &text->direction, err) || !config_texts(out, &nodes[at], "records", &text->records, &text->n_records, err))
            return false;
    }
    return true;
}

bool compose_edition_load(Arena *out, const Place *place, const char *name, Edition *edition, Err *err)
{
    ConfigNode root;

    if (!config_load(out, arena_format(out, "%s/editions/%s.json", place->config, name), &root, err) ||
        !config_object(&root, "edition audience title years wide chapters", "", err) || !config_text(&root, "edition", &edition->name, err) ||
        !config_text(&root, "audience", &edition->audience, err) || !config_text(&root, "title", &edition->title, err) ||
        !config_int(&root, "years", 1, 5, &edition->years, err) || !config_bool(&root, "wide", &edition->wide, err))
        return false;
    edition->chapters = config_child(&root, "chapters");
    return true;
}

static const IndicatorText *indicator_text(const Composer *c, const char *name)
{
    for (size_t at = 0; at < c->config->n_indicators; at++)
        if (strcmp(c->config->indicator[at].name, name) == 0)
            return &c->config->indicator[at];
    return NULL;
}

/* -- words --------------------------------------------------------------------------------------- */

static const char *say(const Composer *c, const char *key, const MessageValue *values, size_t count)
{
    const char *text = wording_get(c->config->wording, key);

    return wording_apply(c->out, c->config->wording, c->edition->name, message_fill(c->out, text ? text : key, values, count));
}

static const char *certainty(double p)
{
    return isnan(p) ? "" : p < 0.01 ? "zeker" : p < 0.05 ? "waarschijnlijk" : p < 0.2 ? "mogelijk" : "niet te zeggen";
}

static const ReleaseFigure *total_of(const Composer *c, const char *indicator, int year)
{
    return release_figure(c->release, indicator, year, "totaal", 0, "");
}

/* hoger, lager, toeval, voor or "" (no year before) */
static const char *change_word(const ReleaseFigure *now, const ReleaseFigure *before)
{
    if (!now || !before || isnan(now->value) || isnan(before->value))
        return "";
    if (isnan(now->p_change))
        return "voor";
    if (now->p_change >= 0.05 || now->value == before->value)
        return "toeval";
    return now->value > before->value ? "hoger" : "lager";
}

static const char *value_text(const Composer *c, const IndicatorText *text, double value)
{
    return number_text(c->out, value, text->decimals);
}

static const char *value_with_unit(const Composer *c, const IndicatorText *text, double value)
{
    return text->unit[0] == '%' && isfinite(value) ? arena_format(c->out, "%s%%", value_text(c, text, value)) : value_text(c, text, value);
}

/* -- the summary --------------------------------------------------------------------------------- */

static Line summary_indicator(const Composer *c, const char *name)
{
    const IndicatorText *text = indicator_text(c, name);
    const ReleaseFigure *now = text ? total_of(c, name, c->year) : NULL, *before = text ? total_of(c, name, c->year - 1) : NULL;
    const ReleaseDecision *decision = release_decision(c->release, name, c->year, "totaal");
    MessageValue values[8] = {0};
    size_t n = 0;

    if (!text)
        return (Line){name, ""};
    values[n++] = (MessageValue){"titel", arena_format(c->out, "%c%s", text->title[0] | 0x20, text->title + 1), 0};
    if (!now || (isnan(now->value) && now->events == 0))
        return (Line){say(c, decision && strcmp(decision->decision, "withheld") == 0 ? "regel.beschermd" : "regel.afwezig", values, n), ""};
    values[n++] = (MessageValue){"aantal", number_text(c->out, (double) now->events, 0), (double) now->events};
    values[n++] = (MessageValue){"waarde", value_text(c, text, now->value), now->value};
    values[n++] = (MessageValue){"voor", before ? value_with_unit(c, text, before->value) : "", 0};
    if (isnan(now->value)) /* no denominator: the count alone */
        return (Line){arena_format(c->out, "%s.", say(c, "regel.geen_aantal", values, n)), ""};
    const char *word = change_word(now, before);
    const char *tail = *word ? say(c, arena_format(c->out, "staart.%s", word), values, n) : "";
    return (Line){arena_format(c->out, "%s%s.", say(c, arena_format(c->out, "regel.%s", name), values, n), tail), *word ? certainty(now->p_change) : ""};
}

static Line summary_goals(const Composer *c)
{
    static const char *const status[] = {"behaald", "op koers", "achter"};
    int count[4] = {0};

    for (size_t at = 0; at < c->release->n_goals; at++) {
        int which = 3;
        for (int s = 0; s < 3; s++)
            if (strcmp(c->release->goal[at].status, status[s]) == 0)
                which = s;
        count[which]++;
    }
#define COUNT(name, n) {name, arena_format(c->out, "%d", (int) (n)), (double) (n)}
    MessageValue values[] = {COUNT("aantal", c->release->n_goals), COUNT("behaald", count[0]), COUNT("opkoers", count[1]), COUNT("achter", count[2]), COUNT("onbekend", count[3])};
    return (Line){say(c, c->release->n_goals ? "regel.doelen" : "regel.doelen.geen", values, 5), ""};
}

static int delivered(const Composer *c, const char *kind, int *asked)
{
    int got = 0;

    *asked = 0;
    for (size_t at = 0; at < c->release->n_deliveries; at++) {
        const ReleaseDelivery *delivery = &c->release->delivery[at];
        if (strcmp(delivery->kind, kind) != 0)
            continue;
        ++*asked;
        got += delivery->received != DATE_NONE;
    }
    return got;
}

static Line summary_deliveries(const Composer *c)
{
    int asked, asked_survey;
    int incident = delivered(c, "incident", &asked), survey = delivered(c, "enquete", &asked_survey);
    MessageValue values[] = {COUNT("geleverd", incident), COUNT("scholen", asked), COUNT("enquete", survey)};
    const char *text = say(c, "regel.leveringen", values, 3);

    if (incident < asked || survey < asked_survey)
        text = arena_format(c->out, "%s %s", text, say(c, "regel.leveringen.ontbreekt", NULL, 0));
    return (Line){text, ""};
#undef COUNT
}

static bool block_summary(Composer *c, const ConfigNode *block, Err *err)
{
    const char **names = NULL;
    size_t count = 0;
    Line line[16];

    if (!config_object(block, "block lines", "", err) || !config_texts(c->out, block, "lines", &names, &count, err))
        return false;
    for (size_t at = 0; at < count && at < 16; at++)
        line[at] = strcmp(names[at], "doelen") == 0       ? summary_goals(c)
                   : strcmp(names[at], "leveringen") == 0 ? summary_deliveries(c)
                                                          : summary_indicator(c, names[at]);
    report_lines(c->report, line, count < 16 ? count : 16);
    return true;
}

/* -- tables -------------------------------------------------------------------------------------- */

static TableCell cell_value(const Composer *c, const IndicatorText *text, double value)
{
    return (TableCell){value_with_unit(c, text, value), value};
}

static TableCell cell_count(const Composer *c, int64_t count)
{
    return (TableCell){number_count(c->out, count), (double) count};
}

static TableCell cell_interval(const Composer *c, const IndicatorText *text, double low, double high)
{
    const char *interval = number_interval(c->out, low, high, text->decimals);

    return cell_text(*interval ? interval : "");
}

static const char *year_count_title(const IndicatorText *text)
{
    return strcmp(text->method, "share") == 0 || strcmp(text->method, "mean") == 0 ? "aantal (n)" : "aantal";
}

/* Indicators over the years: a table per indicator would hide how they move together, so one table with a row each year. */
static bool block_years(Composer *c, const ConfigNode *block, Err *err)
{
    static const char *const columns[] = {"Indicator", "Schooljaar", "Aantal", "Waarde", "Marge", "Verschil"};
    const char **names = NULL, *title = "";
    size_t count = 0;

    if (!config_object(block, "block indicators title", "", err) || !config_texts(c->out, block, "indicators", &names, &count, err) ||
        !config_text(block, "title", &title, err))
        return false;
    bool known = false;
    for (size_t at = 0; at < count; at++)
        for (int year = c->year - c->edition->years + 1; year <= c->year; year++)
            known = known || release_decision(c->release, names[at], year, "totaal");
    if (!known) {
        report_text(c->report, BLOCK_PARAGRAPH, arena_format(c->out, "%s: over deze jaren zijn geen gegevens ontvangen.", title));
        return true;
    }
    ModelTable *table = report_table(c->report, title, columns, 6, true);
    BUF_AUTO note = {0};
    buf_text(&note, say(c, "tekens", NULL, 0));
    for (size_t at = 0; at < count; at++) {
        const IndicatorText *text = indicator_text(c, names[at]);
        bool any = false;
        if (!text)
            return config_fail(block, err, "no indicator \"%s\"", names[at]);
        for (int year = c->year - c->edition->years + 1; year <= c->year; year++) {
            const ReleaseFigure *now = total_of(c, names[at], year), *before = total_of(c, names[at], year - 1);
            const ReleaseDecision *decision = release_decision(c->release, names[at], year, "totaal");
            if (!now && !decision)
                continue;
            const char *change = change_word(now, before);
            TableCell cells[6] = {cell_text(arena_format(c->out, "%s (%s)", text->title, text->unit)), cell_text(number_school_year(c->out, year)),
                                  now ? cell_count(c, now->events) : cell_text("."), now ? cell_value(c, text, now->value) : cell_text("."),
                                  now ? cell_interval(c, text, now->low, now->high) : cell_text(""),
                                  cell_text(strcmp(change, "hoger") == 0   ? arena_format(c->out, "hoger (%s)", certainty(now->p_change))
                                            : strcmp(change, "lager") == 0 ? arena_format(c->out, "lager (%s)", certainty(now->p_change))
                                            : strcmp(change, "toeval") == 0 ? "kan toeval zijn" : "")};
            if (any)
                cells[0] = cell_text("");
            any = true;
            report_row(c->report, table, cells);
        }
        if (any)
            buf_format(&note, " · %s: %s", text->title, text->definition);
    }
    table->note = wording_apply(c->out, c->config->wording, c->edition->name, arena_text(c->out, note.data));
    return true;
}

static const char *breakdown_title(const char *breakdown)
{
    static const char *const words[][2] = {{"school", "School"}, {"maand", "Periode"}, {"vorm", "Vorm"}, {"plaats", "Plaats"}, {"moment", "Moment"}, {"soort", "Soort"},
                                           {"niveau", "Afgehandeld door"}, {"oordeel", "Oordeel"}, {"groep", "Groep"}, {"instrument", "Vragenlijst"}};

    for (size_t at = 0; at < sizeof words / sizeof *words; at++)
        if (strcmp(words[at][0], breakdown) == 0)
            return words[at][1];
    return breakdown;
}

/* "2025-10" and "kwartaal 1" as a reader says them. */
static const char *period_label(const Composer *c, const ReleaseFigure *figure)
{
    static const char *const quarter[] = {"augustus t/m oktober", "november t/m januari", "februari t/m april", "mei t/m juli"};
    static const char *const half[] = {"augustus t/m januari", "februari t/m juli"};

    if (strcmp(figure->breakdown, "maand") != 0)
        return figure->label;
    if (strncmp(figure->category, "kwartaal ", 9) == 0)
        return quarter[(figure->category[9] - '1') & 3];
    if (strncmp(figure->category, "halfjaar ", 9) == 0)
        return half[(figure->category[9] - '1') & 1];
    return arena_format(c->out, "%s %.4s", number_month_long((figure->ord + 7) % 12 + 1), figure->category);
}

static size_t figures_of(const Composer *c, const char *indicator, int year, const char *breakdown, const ReleaseFigure **out, size_t room)
{
    size_t count = 0;

    for (size_t at = 0; at < c->release->n_figures && count < room; at++) {
        const ReleaseFigure *figure = &c->release->figure[at];
        if (figure->year == year && strcmp(figure->indicator, indicator) == 0 && strcmp(figure->breakdown, breakdown) == 0)
            out[count++] = figure;
    }
    return count;
}

/* What the gate did to this table, as a sentence under it. */
static const char *gate_note(const Composer *c, const char *indicator, const char *breakdown)
{
    const ReleaseDecision *decision = release_decision(c->release, indicator, c->year, breakdown);

    if (!decision || !*decision->reason)
        return "";
    return arena_format(c->out, " · %c%s", decision->reason[0] & ~0x20, decision->reason + 1);
}

static const ReleaseFigure *same_cell_before(const Composer *c, const ReleaseFigure *figure)
{
    if (figure->n_members > 1 || strcmp(figure->breakdown, "maand") == 0)
        return NULL;
    return release_figure(c->release, figure->indicator, figure->year - 1, figure->breakdown, figure->location_no, figure->category);
}

enum { CELLS_MAX = 600 };

static bool block_table(Composer *c, const ConfigNode *block, Err *err)
{
    const char *name = "", *breakdown = "", *title = NULL;
    const ReleaseFigure *figure[CELLS_MAX];

    if (!config_object(block, "block indicator breakdown", "title", err) || !config_text(block, "indicator", &name, err) ||
        !config_text(block, "breakdown", &breakdown, err) || !config_text(block, "title", &title, err))
        return false;
    const IndicatorText *text = indicator_text(c, name);
    if (!text)
        return config_fail(block, err, "no indicator \"%s\"", name);
    bool months = strcmp(breakdown, "maand") == 0;
    const char *columns[] = {breakdown_title(breakdown), year_count_title(text), text->unit, "Marge", "Vorig jaar"};
    size_t count = figures_of(c, name, c->year, breakdown, figure, CELLS_MAX);
    const ReleaseDecision *decision = release_decision(c->release, name, c->year, breakdown);
    if (!title)
        title = arena_format(c->out, "%s per %s, %s", text->title, months ? "maand" : strcmp(breakdown, "oordeel") == 0 ? "oordeel" : breakdown, number_school_year(c->out, c->year));
    if (months)
        title = arena_format(c->out, "%s, %s", text->title, number_school_year(c->out, c->year));
    if (count == 0) {
        if (decision)
            report_text(c->report, BLOCK_PARAGRAPH,
                        arena_format(c->out, "%s: niet getoond; %s.", title, *decision->reason ? decision->reason : "er zijn geen gegevens"));
        return true;
    }
    bool valued = false; /* without a denominator there are counts only */
    for (size_t at = 0; at < count; at++)
        valued = valued || isfinite(figure[at]->value);
    if (!valued)
        columns[2] = "Vorig jaar";
    ModelTable *table = report_table(c->report, wording_apply(c->out, c->config->wording, c->edition->name, title), columns, !valued ? months ? 2 : 3 : months ? 4 : 5, true);
    size_t zeros = 0, silent = 0;
    for (size_t at = 0; at < count; at++) {
        const ReleaseFigure *before = same_cell_before(c, figure[at]);
        if (figure[at]->events == 0 && !months && strcmp(breakdown, "school") != 0) {
            zeros++;
            continue; /* categories in which nothing was registered are named under the table */
        }
        if (figure[at]->events == 0 && count > 60) {
            silent++;
            continue;
        }
        TableCell cells[5] = {cell_text(period_label(c, figure[at])), cell_count(c, figure[at]->events), cell_value(c, text, figure[at]->value),
                              cell_interval(c, text, figure[at]->low, figure[at]->high), before ? cell_value(c, text, before->value) : cell_text(".")};
        if (!valued)
            cells[2] = before ? cell_count(c, before->events) : cell_text(".");
        report_row(c->report, table, cells);
    }
    const ReleaseFigure *whole = total_of(c, name, c->year), *whole_before = total_of(c, name, c->year - 1);
    if (whole && !months) {
        TableCell cells[5] = {cell_text("Totaal"), cell_count(c, whole->events), cell_value(c, text, whole->value), cell_interval(c, text, whole->low, whole->high),
                              whole_before ? cell_value(c, text, whole_before->value) : cell_text(".")};
        if (!valued)
            cells[2] = whole_before ? cell_count(c, whole_before->events) : cell_text(".");
        report_row(c->report, table, cells);
    }
    BUF_AUTO note = {0};
    buf_format(&note, "%s%s", say(c, "tekens", NULL, 0), gate_note(c, name, breakdown));
    if (silent)
        buf_format(&note, " · %zu locaties zonder registratie van deze soort staan niet in de tabel", silent);
    if (zeros) {
        buf_text(&note, " · Nul keer geregistreerd: ");
        bool any = false;
        for (size_t at = 0; at < count; at++)
            if (figure[at]->events == 0) {
                buf_format(&note, "%s%s", any ? ", " : "", figure[at]->label);
                any = true;
            }
    }
    for (size_t at = 0; at < count; at++)
        if (figure[at]->corrected) {
            buf_text(&note, " · Cijfers in deze tabel zijn gecorrigeerd na eerdere publicatie.");
            break;
        }
    table->note = wording_apply(c->out, c->config->wording, c->edition->name, arena_text(c->out, note.data));
    return true;
}

static bool block_counts(Composer *c, const ConfigNode *block, Err *err)
{
    static const char *const columns[] = {"", "Aantal"};
    const char *name = "", *breakdown = "", *title = "", *words = "";
    const ReleaseFigure *figure[16];

    if (!config_object(block, "block indicator breakdown title", "text", err) || !config_text(block, "indicator", &name, err) ||
        !config_text(block, "breakdown", &breakdown, err) || !config_text(block, "title", &title, err) || !config_text(block, "text", &words, err))
        return false;
    size_t count = figures_of(c, name, c->year, breakdown, figure, 16);
    if (count == 0)
        return true;
    report_text(c->report, BLOCK_PARAGRAPH, words);
    ModelTable *table = report_table(c->report, arena_format(c->out, "%s, %s", title, number_school_year(c->out, c->year)), columns, 2, true);
    for (size_t at = 0; at < count; at++) {
        TableCell cells[2] = {cell_text(figure[at]->label), cell_count(c, figure[at]->events)};
        report_row(c->report, table, cells);
    }
    const char *gate = gate_note(c, name, breakdown);
    table->note = *gate ? gate + 4 : ""; /* without its leading mark */
    return true;
}

/* -- charts -------------------------------------------------------------------------------------- */

static const char *chart_title(const Composer *c, const IndicatorText *text, const char *name, const char *suffix)
{
    const ReleaseFigure *now = total_of(c, name, c->year), *before = total_of(c, name, c->year - 1);
    const char *word = change_word(now, before);
    MessageValue values[] = {{"titel", text->title, 0}};

    if (*suffix || !*word || strcmp(word, "voor") == 0)
        return arena_format(c->out, "%s%s", text->title, suffix);
    return say(c, arena_format(c->out, "kop.%s", word), values, 1);
}

static bool counts_records(const IndicatorText *text, const char *kind)
{
    for (size_t at = 0; at < text->n_records; at++)
        if (strcmp(text->records[at], kind) == 0)
            return true;
    return !text->records && strcmp(kind, "incident") == 0;
}

static void chart_breaks(const Composer *c, ModelChart *chart, const IndicatorText *text)
{
    for (size_t at = 0; at < c->release->n_breaks; at++) {
        const ReleaseBreak *one = &c->release->breaks[at];
        if (!counts_records(text, one->kind))
            continue;
        /* a point stands for a school year: the line goes between the years */
        Date begin = date_school_year_begin(date_school_year(one->on + 31));
        double x = date_school_year(begin) - 0.5;
        if (x < chart->point[0].x || x > chart->point[chart->n_points - 1].x)
            continue;
        if (isfinite(chart->break_x)) {
            chart->break_more++;
            continue;
        }
        chart->break_x = x;
        chart->break_label = "ander formulier of bereik";
    }
}

static void chart_years(Composer *c, const IndicatorText *text, const char *name)
{
    bool valued = false; /* without a denominator the counts themselves */
    for (int year = c->year - c->edition->years + 1; year <= c->year; year++)
        valued = valued || (total_of(c, name, year) && isfinite(total_of(c, name, year)->value));
    ModelChart *chart = report_chart(c->report, CHART_YEARS, chart_title(c, text, name, ""),
                                     valued ? arena_format(c->out, "%s Eenheid: %s. De lijntjes geven de 95%%-marge.", text->definition, text->unit)
                                            : "Aantal per schooljaar; er is geen leerlingaantal om het op te betrekken.", (size_t) c->edition->years);
    BUF_AUTO alt = {0};

    chart->decimals = valued ? text->decimals : 0;
    buf_format(&alt, "Grafiek van %s per schooljaar:", text->title);
    for (int year = c->year - c->edition->years + 1; year <= c->year; year++) {
        const ReleaseFigure *figure = total_of(c, name, year);
        double value = !figure ? NAN : valued ? figure->value : (double) figure->events;
        if (isnan(value))
            continue;
        ChartPoint *p = &chart->point[chart->n_points++];
        *p = (ChartPoint){.label = number_school_year(c->out, year), .x = year, .value = value, .low = figure->low, .high = figure->high, .before = NAN};
        buf_format(&alt, " %s %s;", p->label, valued ? value_with_unit(c, text, value) : number_text(c->out, value, 0));
    }
    chart->alt = arena_text(c->out, alt.data);
    if (chart->n_points)
        chart_breaks(c, chart, text);
}

static void chart_months(Composer *c, const IndicatorText *text, const char *name)
{
    const ReleaseFigure *now[16], *before[16];
    size_t n_now = figures_of(c, name, c->year, "maand", now, 16), n_before = figures_of(c, name, c->year - 1, "maand", before, 16);
    const ReleaseDecision *earlier = release_decision(c->release, name, c->year - 1, "maand"), *decision = release_decision(c->release, name, c->year, "maand");

    if (n_now < 2)
        return;
    bool coarse = decision && strcmp(decision->decision, "coarsened") == 0;
    bool comparable = earlier && decision && strcmp(earlier->reason, decision->reason) == 0;
    bool valued = false;
    for (size_t at = 0; at < n_now; at++)
        valued = valued || isfinite(now[at]->value);
    ModelChart *chart = report_chart(c->report, coarse ? CHART_BARS : CHART_MONTHS, chart_title(c, text, name, coarse ? " per periode" : ""),
                                     arena_format(c->out, "%s%s", valued ? text->definition : "Aantal per maand; er is geen leerlingaantal om het op te betrekken.",
                                                  coarse ? comparable ? " Het lichte vlak is vorig jaar." : "" : " Maanden zonder schooldagen zijn weggelaten."), 12);
    BUF_AUTO alt = {0};
    buf_format(&alt, "Grafiek van %s in %s:", text->title, number_school_year(c->out, c->year));
    chart->decimals = valued ? text->decimals : 0;
    chart->now = number_school_year(c->out, c->year);
    chart->earlier = number_school_year(c->out, c->year - 1);
    for (size_t at = 0; at < n_now; at++) {
        double value = valued ? now[at]->value : (double) now[at]->events;
        ChartPoint *p = &chart->point[chart->n_points++];
        *p = (ChartPoint){.label = period_label(c, now[at]), .x = now[at]->ord, .value = value, .low = NAN, .high = NAN, .before = NAN};
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
    const ReleaseFigure *figure[CELLS_MAX];
    size_t count = figures_of(c, name, c->year, breakdown, figure, CELLS_MAX), shown = 0;

    for (size_t at = 0; at < count; at++)
        if (figure[at]->events > 0)
            figure[shown++] = figure[at];
    if (shown < 2)
        return;
    sort_figures(figure, shown);
    ModelChart *chart = report_chart(c->report, CHART_BARS, arena_format(c->out, "%s komt het meest voor", figure[0]->label),
                                     arena_format(c->out, "Aantal %s in %s, naar %s.%s", strcmp(name, "incidenten") == 0 ? "geregistreerde incidenten" : text->title,
                                                  number_school_year(c->out, c->year), breakdown, strcmp(breakdown, "vorm") == 0 ? " Een incident met meer vormen telt één keer, bij zijn hoofdvorm." : ""), shown);
    BUF_AUTO alt = {0};
    buf_format(&alt, "Staafdiagram van %s naar %s:", text->title, breakdown);
    for (size_t at = 0; at < shown; at++) {
        chart->point[chart->n_points++] = (ChartPoint){.label = figure[at]->label, .value = (double) figure[at]->events, .before = NAN, .low = NAN, .high = NAN, .mark = figure[at]->n_members > 1};
        buf_format(&alt, " %s %lld;", figure[at]->label, (long long) figure[at]->events);
    }
    chart->alt = arena_text(c->out, alt.data);
}

static void chart_dots(Composer *c, const IndicatorText *text, const char *name)
{
    const ReleaseFigure *figure[CELLS_MAX];
    size_t count = figures_of(c, name, c->year, "school", figure, CELLS_MAX), shown = 0;
    const ReleaseFigure *whole = total_of(c, name, c->year);
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
    ModelChart *chart = report_chart(
        c->report, CHART_DOTS,
        compared ? arena_format(c->out, "%s per school", text->title)
        : outside == 0 ? arena_format(c->out, "%s: geen school wijkt aantoonbaar af van het geheel", text->title)
                     : arena_format(c->out, "%s: %d van de %zu getoonde scholen %s buiten de marge van het geheel", text->title, outside, shown, outside == 1 ? "ligt" : "liggen"),
        arena_format(c->out, "%s, %s, met 95%%-marge.%s Scholen verschillen in grootte, leerlingen en manier van registreren: een afwijking is een vraag, geen oordeel.", text->unit[0] == '%' ? "Aandeel per school" : arena_format(c->out, "%c%s, per school", text->unit[0] & ~0x20, text->unit + 1),
                     number_school_year(c->out, c->year), merged ? arena_format(c->out, " %d scholen zijn niet apart getoond (beschermd).", merged) : ""), shown);
    BUF_AUTO alt = {0};
    buf_format(&alt, "Puntgrafiek van %s per school:", text->title);
    chart->decimals = text->decimals;
    chart->whole = whole ? whole->value : NAN;
    chart->now = whole ? arena_format(c->out, "alle scholen samen %s", value_with_unit(c, text, whole->value)) : "";
    for (size_t at = 0; at < shown; at++) {
        chart->point[chart->n_points++] = (ChartPoint){.label = figure[at]->label, .value = figure[at]->value, .low = figure[at]->low, .high = figure[at]->high, .before = NAN};
        buf_format(&alt, " %s %s;", figure[at]->label, value_with_unit(c, text, figure[at]->value));
    }
    chart->alt = arena_text(c->out, alt.data);
}

/* From this chance on a school is named as one that really has half as many again. */
static const double above_min = 0.8;

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
    BUF_AUTO more = {0}, less = {0}, alt = {0};
    for (size_t at = first; at < end; at++) {
        bool is_beyond = strcmp(all[at].flag, "low998") == 0 || strcmp(all[at].flag, "high998") == 0 || all[at].p < 0.05;
        outside += strcmp(all[at].flag, "in") != 0;
        beyond += is_beyond;
        if (is_beyond)
            buf_format(all[at].ratio > 1 ? &more : &less, "%s%s", (all[at].ratio > 1 ? more : less).length ? ", " : "", all[at].label);
    }
    MessageValue values[] = {{"titel", text->title, 0}, {"n", number_text(c->out, (double) beyond, 0), (double) beyond}, {"alle", number_text(c->out, (double) shown, 0), (double) shown},
                             {"buiten", number_text(c->out, (double) outside, 0), (double) outside}};
    const char *title = say(c, beyond ? "trechter.vraag" : outside ? "trechter.toeval" : "trechter.geen", values, 4);
    BUF_AUTO who = {0};
    buf_text(&who, "");
    if (more.length)
        buf_format(&who, " %s", say(c, "trechter.meer", (MessageValue[]){{"scholen", more.data, 0}}, 1));
    if (less.length)
        buf_format(&who, " %s", say(c, "trechter.minder", (MessageValue[]){{"scholen", less.data, 0}}, 1));
    BUF_AUTO sure = {0};
    for (size_t at = first; at < end; at++)
        if (all[at].above >= above_min)
            buf_format(&sure, "%s%s %s%%", sure.length ? ", " : "", all[at].label, number_text(c->out, fmin(99, floor(100 * all[at].above)), 0));
    if (sure.length)
        buf_format(&who, " %s", say(c, "trechter.kans", (MessageValue[]){{"scholen", sure.data, 0}}, 1));
    ModelChart *chart = report_chart(c->report, CHART_FUNNEL, title, arena_format(c->out, "%s, %s.%s %s", text->title, number_school_year(c->out, c->year), who.data, say(c, "trechter.uitleg", NULL, 0)), shown);
    chart->now = say(c, "trechter.as", NULL, 0);
    chart->earlier = say(c, "trechter.hoog", NULL, 0);
    buf_format(&alt, "Trechtergrafiek van %s: zoveel keer het verwachte aantal:", text->title);
    for (size_t at = first; at < end; at++) {
        bool is_outside = strcmp(all[at].flag, "in") != 0 || all[at].p < 0.05;
        chart->point[chart->n_points++] = (ChartPoint){.label = all[at].label, .x = all[at].expected, .value = all[at].ratio, .low = all[at].low95, .high = all[at].high95,
                                                       .outer_low = all[at].low998, .outer_high = all[at].high998, .before = NAN, .mark = is_outside};
        buf_format(&alt, " %s %s%s;", all[at].label, number_text(c->out, all[at].ratio, 1), is_outside ? " (buiten de grens)" : "");
    }
    chart->alt = arena_text(c->out, alt.data);
}

static bool block_chart(Composer *c, const ConfigNode *block, Err *err)
{
    const char *name = "", *breakdown = "";
    int type = 0;

    if (!config_object(block, "block indicator breakdown chart", "", err) || !config_text(block, "indicator", &name, err) ||
        !config_text(block, "breakdown", &breakdown, err) || !config_word(block, "chart", "years months bars dots funnel", &type, err))
        return false;
    const IndicatorText *text = indicator_text(c, name);
    if (!text)
        return config_fail(block, err, "no indicator \"%s\"", name);
    if (type == 0) {
        int points = 0;
        for (int year = c->year - c->edition->years + 1; year <= c->year; year++)
            points += total_of(c, name, year) != NULL;
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

/* -- trends -------------------------------------------------------------------------------------- */

/* With four years or fewer not even an order without exception is surer than "mogelijk". */
enum { TREND_YEARS = 5 };

static const char *trend_key(const ReleaseTrend *trend)
{
    if (strcmp(trend->reason, "geen noemer") == 0)
        return "trend.geen_noemer";
    if ((*trend->reason && strcmp(trend->reason, "niet te berekenen") != 0) || (!(trend->p < 0.2) && trend->years < TREND_YEARS))
        return "trend.te_weinig";
    return !(trend->p < 0.2) || isnan(trend->change) || trend->change == 0 ? "trend.geen" : trend->change > 0 ? "trend.stijgt" : "trend.daalt";
}

static const char *trend_word(const Composer *c, const ReleaseTrend *trend)
{
    return say(c, trend_key(trend), (MessageValue[]){{"n", number_text(c->out, trend->years, 0), trend->years}, {"zekerheid", certainty(trend->p), 0}}, 2);
}

static const ReleaseTrend *trend_of(const Composer *c, const char *indicator)
{
    for (size_t at = 0; at < c->release->n_trends; at++)
        if (strcmp(c->release->trend[at].indicator, indicator) == 0 && c->release->trend[at].years > 0)
            return &c->release->trend[at];
    return NULL;
}

/* What stands in the table below, in a sentence or three. */
static void trends_lead(Composer *c, const char **names, size_t count)
{
    static const char *const keys[] = {"trend.stijgt", "trend.daalt", "trend.geen", "trend.te_weinig"};
    static const char *const leads[] = {"trend.kop.stijgt", "trend.kop.daalt", "trend.kop.geen", "trend.kop.te_weinig"};
    BUF_AUTO lead = {0};

    for (size_t key = 0; key < sizeof keys / sizeof *keys; key++) {
        BUF_AUTO titles = {0};
        int found = 0;
        for (size_t at = 0; at < count; at++) {
            const ReleaseTrend *trend = trend_of(c, names[at]);
            const char *title = trend ? indicator_text(c, names[at])->title : "";
            if (trend && strcmp(trend_key(trend), keys[key]) == 0)
                buf_format(&titles, "%s%c%s", found++ ? ", " : "", title[0] | 0x20, title + 1);
        }
        if (found)
            buf_format(&lead, "%s%s", lead.length ? " " : "", say(c, leads[key], (MessageValue[]){{"wat", titles.data, 0}, {"n", number_text(c->out, found, 0), found}}, 2));
    }
    if (lead.length)
        report_text(c->report, BLOCK_PARAGRAPH, arena_text(c->out, lead.data));
}

static const char *signed_text(const Composer *c, double number, int decimals, const char *unit)
{
    return isfinite(number) ? arena_format(c->out, "%s%s%s", number * pow(10, decimals) >= 0.5 ? "+" : "", number_text(c->out, number, decimals), unit) : ".";
}

static bool block_trends(Composer *c, const ConfigNode *block, Err *err)
{
    static const char *const columns[] = {"Indicator", "Trend", "Per jaar", "Marge", "Schooljaren"};
    const char **names = NULL, *title = "";
    size_t count = 0;
    ModelTable *table = NULL;
    Date cut = DATE_NONE;

    if (!config_object(block, "block indicators title", "", err) || !config_texts(c->out, block, "indicators", &names, &count, err) || !config_text(block, "title", &title, err))
        return false;
    for (size_t at = 0; at < count; at++)
        if (!indicator_text(c, names[at]))
            return config_fail(block, err, "no indicator \"%s\"", names[at]);
    trends_lead(c, names, count);
    for (size_t at = 0; at < count; at++) {
        const IndicatorText *text = indicator_text(c, names[at]);
        const ReleaseTrend *trend = trend_of(c, names[at]);
        if (!trend)
            continue;
        if (!table) {
            table = report_table(c->report, title, columns, 5, true);
            table->column[1].numeric = table->column[4].numeric = false;
        }
        bool percent = strcmp(trend->method, "quasi-poisson") == 0, points = text->unit[0] == '%';
        int decimals = percent ? 1 : points ? 1 : text->decimals + (text->decimals < 2);
        bool cut_here = trend->break_on != DATE_NONE && trend->first == date_school_year(trend->break_on + 31);
        cut = cut_here && trend->break_on > cut ? trend->break_on : cut;
        TableCell cells[5] = {cell_text(arena_format(c->out, "%s (%s)", text->title, text->unit)),
                              cell_text(trend_word(c, trend)),
                              {signed_text(c, trend->change, decimals, percent ? "%" : points ? " punt" : ""), trend->change},
                              cell_text(isfinite(trend->low) && isfinite(trend->high) ? number_interval(c->out, trend->low, trend->high, decimals) : "."),
                              cell_text(trend->first == trend->last ? number_school_year(c->out, trend->first)
                                                                    : arena_format(c->out, "%s t/m %s%s", number_school_year(c->out, trend->first), number_school_year(c->out, trend->last), cut_here ? " *" : ""))};
        report_row(c->report, table, cells);
    }
    if (table)
        table->note = arena_format(c->out, "%s%s", say(c, "trend.noot", NULL, 0), cut == DATE_NONE ? "" : arena_format(c->out, " %s", say(c, "trend.breuk", NULL, 0)));
    return true;
}

/* -- months and where it concentrates ------------------------------------------------------------- */

static const double shift_p = 0.01;

/* The level of the months changed and nobody declared a break: a question in a note, when chance hardly makes one. */
static void shift_ask(Composer *c, const char *name)
{
    for (size_t at = 0; at < c->release->n_shifts; at++) {
        const ReleaseShift *shift = &c->release->shift[at];
        DateParts parts = date_parts(shift->on);
        if (strcmp(shift->indicator, name) != 0 || !(shift->p < shift_p))
            continue;
        MessageValue values[] = {{"maand", arena_format(c->out, "%s %d", number_month_long(parts.month), parts.year), 0}, {"keer", number_text(c->out, shift->ratio, 1), 0}};
        report_text(c->report, BLOCK_NOTE, say(c, "maanden.sprong", values, 2));
    }
}

/* How busy each month of the year is: a table, with a sentence on those that surely differ. */
static bool block_season(Composer *c, const ConfigNode *block, Err *err)
{
    static const char *const columns[] = {"Maand", "Keer het gemiddelde", "Marge"};
    const char *name = "", *title = "";
    ModelTable *table = NULL;
    BUF_AUTO busy = {0}, quiet = {0};
    int years = 0;

    if (!config_object(block, "block indicator title", "", err) || !config_text(block, "indicator", &name, err) || !config_text(block, "title", &title, err))
        return false;
    if (!indicator_text(c, name))
        return config_fail(block, err, "no indicator \"%s\"", name);
    shift_ask(c, name);
    for (size_t at = 0; at < c->release->n_seasons; at++) {
        const ReleaseSeason *season = &c->release->season[at];
        if (strcmp(season->indicator, name) == 0 && (season->low > 1 || season->high < 1))
            buf_format(season->low > 1 ? &busy : &quiet, "%s%s", (season->low > 1 ? busy : quiet).length ? ", " : "", number_month_long(season->month));
        years = strcmp(season->indicator, name) == 0 ? season->years : years;
    }
    if (years)
        report_text(c->report, BLOCK_PARAGRAPH, say(c, busy.length && quiet.length ? "maanden.beide" : busy.length ? "maanden.druk" : quiet.length ? "maanden.rustig" : "maanden.gelijk",
                                                    (MessageValue[]){{"druk", busy.length ? busy.data : "", 0}, {"rustig", quiet.length ? quiet.data : "", 0},
                                                                     {"n", number_text(c->out, years, 0), years}}, 3));
    for (size_t at = 0; at < c->release->n_seasons; at++) {
        const ReleaseSeason *season = &c->release->season[at];
        if (strcmp(season->indicator, name) != 0)
            continue;
        if (!table)
            table = report_table(c->report, title, columns, 3, true);
        report_row(c->report, table, (TableCell[]){cell_text(number_month_long(season->month)), {number_text(c->out, season->ratio, 1), season->ratio},
                                                   cell_text(number_interval(c->out, season->low, season->high, 1))});
    }
    if (table)
        table->note = say(c, "maanden.noot", (MessageValue[]){{"n", number_text(c->out, years, 0), years}}, 1);
    return true;
}

/* In how few schools half of it is: by what was registered, and by what their size would let expect. */
static size_t half_of(const double *value, size_t n)
{
    double all = 0, sum = 0;
    size_t taken = 0;

    for (size_t at = 0; at < n; at++)
        all += value[at];
    for (; taken < n && sum < all / 2; taken++) { /* the largest that is left: smaller than the one before, or equal and later */
        double largest = -1;
        for (size_t at = 0; at < n; at++) {
            size_t before = 0;
            for (size_t other = 0; other < n; other++)
                before += value[other] > value[at] || (value[other] == value[at] && other < at);
            if (before == taken)
                largest = value[at];
        }
        sum += largest;
    }
    return taken;
}

static void concentration_places(Composer *c, const char *name)
{
    const ReleaseFigure *figure[CELLS_MAX], *most[2] = {NULL, NULL};
    size_t count = figures_of(c, name, c->year, "plaats", figure, CELLS_MAX);
    double all = 0;

    for (size_t at = 0; at < count; at++) {
        all += (double) figure[at]->events;
        if (figure[at]->n_members > 1 || strcmp(figure[at]->category, "onbekend") == 0)
            continue;
        if (!most[0] || figure[at]->events > most[0]->events) {
            most[1] = most[0];
            most[0] = figure[at];
        } else if (!most[1] || figure[at]->events > most[1]->events) {
            most[1] = figure[at];
        }
    }
    if (!most[1] || !(all > 0))
        return;
    MessageValue values[] = {{"eerste", most[0]->label, 0}, {"tweede", most[1]->label, 0},
                             {"deel", number_text(c->out, 100 * (double) (most[0]->events + most[1]->events) / all, 0), 0}};
    report_text(c->report, BLOCK_PARAGRAPH, say(c, "concentratie.plaats", values, 3));
}

static bool block_concentration(Composer *c, const ConfigNode *block, Err *err)
{
    const char *name = "";
    size_t n = 0;

    if (!config_object(block, "block indicator", "", err) || !config_text(block, "indicator", &name, err))
        return false;
    if (!indicator_text(c, name))
        return config_fail(block, err, "no indicator \"%s\"", name);
    double *observed = arena_array(c->out, c->release->n_comparisons + 1, sizeof *observed), *expected = arena_array(c->out, c->release->n_comparisons + 1, sizeof *expected);
    for (size_t at = 0; at < c->release->n_comparisons; at++)
        if (strcmp(c->release->comparison[at].indicator, name) == 0) {
            expected[n] = c->release->comparison[at].expected;
            observed[n++] = c->release->comparison[at].ratio * c->release->comparison[at].expected;
        }
    concentration_places(c, name);
    if (n == 0)
        return true;
    size_t half = half_of(observed, n), fair = half_of(expected, n);
    MessageValue values[] = {{"helft", number_text(c->out, (double) half, 0), (double) half}, {"alle", number_text(c->out, (double) n, 0), (double) n}, {"gewoon", number_text(c->out, (double) fair, 0), (double) fair}};
    report_text(c->report, BLOCK_PARAGRAPH, say(c, half < fair ? "concentratie.scholen" : "concentratie.gelijk", values, 3));
    return true;
}

/* -- data quality, goals, method ----------------------------------------------------------------- */

static const char *const kind_words[][2] = {{"incident", "incidenten"}, {"enquete", "vragenlijst"}, {"enquete medewerkers", "vragenlijst medewerkers"},
                                            {"enquete ouders", "vragenlijst ouders"}, {"ongeval", "ongevallen"}, {"signaal", "signalen"}, {"meldcode", "meldcode"},
                                            {"naleving", "naleving"}, {"klacht", "klachten"}, {"maatregel", "maatregelen"}, {"vrijedag", "vrije dagen"}, {"pdca", "doelen"}};
enum { N_KIND_WORDS = sizeof kind_words / sizeof *kind_words };

static const char *kind_word(const char *kind)
{
    for (size_t at = 0; at < N_KIND_WORDS; at++)
        if (strcmp(kind_words[at][0], kind) == 0)
            return kind_words[at][1];
    return kind;
}

static void block_deliveries(Composer *c)
{
    static const char *const columns[] = {"School of bestuur", "Wat", "Levering", "Ontvangen", "Bijzonderheden"};
    static const char *const rejected[] = {"", "enkele regels geweigerd", "meer dan 5% van de regels geweigerd"};
    const char *const statuses[] = {"op tijd", "te laat", "niet ontvangen", "nog niet verwacht"};
    static const char *const summary_columns[] = {"Wat", "op tijd", "te laat", "niet ontvangen", "nog niet verwacht"};
    size_t troubles = 0;

    ModelTable *summary = report_table(c->report, arena_format(c->out, "Leveringen over %s", number_school_year(c->out, c->year)), summary_columns, 5, true);
    for (size_t kind = 0; kind < N_KIND_WORDS; kind++) {
        int count[4] = {0}, all = 0;
        for (size_t at = 0; at < c->release->n_deliveries; at++)
            for (int status = 0; status < 4; status++)
                if (strcmp(c->release->delivery[at].kind, kind_words[kind][0]) == 0 && strcmp(c->release->delivery[at].status, statuses[status]) == 0) {
                    count[status]++;
                    all++;
                }
        if (all == 0)
            continue;
        TableCell cells[5] = {cell_text(kind_words[kind][1]), cell_count(c, count[0]), cell_count(c, count[1]), cell_count(c, count[2]), cell_count(c, count[3])};
        report_row(c->report, summary, cells);
    }
    summary->note = "Wat van scholen wordt gevraagd, telt per school; wat van het bestuur wordt gevraagd, één keer. Geen levering is niet nul: de school telt dan niet mee, ook niet in de noemer.";
    for (size_t at = 0; at < c->release->n_deliveries; at++)
        troubles += strcmp(c->release->delivery[at].status, "op tijd") != 0 || c->release->delivery[at].reject_class == 2;
    if (troubles == 0 || troubles > 60)
        return;
    ModelTable *table = report_table(c->report, "Wat ontbreekt, te laat is of slecht leesbaar", columns, 5, true);
    for (size_t at = 0; at < 5; at++)
        table->column[at].numeric = false;
    for (size_t at = 0; at < c->release->n_deliveries; at++) {
        const ReleaseDelivery *delivery = &c->release->delivery[at];
        if (strcmp(delivery->status, "op tijd") == 0 && delivery->reject_class < 2)
            continue;
        TableCell cells[5] = {cell_text(delivery->location), cell_text(kind_word(delivery->kind)), cell_text(delivery->status),
                              cell_text(number_date(c->out, delivery->received)), cell_text(rejected[delivery->reject_class])};
        report_row(c->report, table, cells);
    }
    table->note = "Een school krijgt per geweigerde regel te horen welke kolom en welke regel het is en wat zij kan doen; nooit de inhoud.";
}

static void block_breaks(Composer *c)
{
    Line line[16];
    size_t count = 0;

    for (size_t at = 0; at < c->release->n_breaks && count < 16; at++)
        if (date_school_year(c->release->breaks[at].on) > c->year - c->edition->years - 1 && date_school_year(c->release->breaks[at].on) <= c->year)
            line[count++] = (Line){arena_format(c->out, "Trendbreuk %s op %s: %s. Cijfers van ervoor en erna zijn niet zonder meer te vergelijken.", kind_word(c->release->breaks[at].kind),
                                                number_date(c->out, c->release->breaks[at].on), c->release->breaks[at].reason), ""};
    if (count)
        report_lines(c->report, line, count);
}

static void block_withheld(Composer *c)
{
    static const char *const columns[] = {"Tabel", "Uitsplitsing", "Wat er is gedaan", "Waarom"};
    ModelTable *table = NULL;

    for (size_t at = 0; at < c->release->n_decisions; at++) {
        const ReleaseDecision *decision = &c->release->decision[at];
        const IndicatorText *text = indicator_text(c, decision->indicator);
        if (decision->year != c->year || strcmp(decision->decision, "released") == 0 || strcmp(decision->breakdown, "instrument") == 0 || !text)
            continue;
        if (!table) {
            table = report_table(c->report, "Wat is samengevoegd of weggelaten om kinderen te beschermen", columns, 4, true);
            for (size_t column = 0; column < 4; column++)
                table->column[column].numeric = false;
        }
        TableCell cells[4] = {cell_text(text->title), cell_text(strcmp(decision->breakdown, "totaal") == 0 ? "totaal" : arena_format(c->out, "per %s", decision->breakdown)),
                              cell_text(decision->decision[0] == 'c' ? "samengevoegd" : decision->decision[0] == 'k' ? "gelaten zoals eerder gepubliceerd" : "weggelaten"),
                              cell_text(decision->reason)};
        report_row(c->report, table, cells);
    }
}

static void block_goals(Composer *c)
{
    static const char *const columns[] = {"Doel", "Wie", "Nulmeting", "Streef", "Nu (marge)", "Uiterlijk", "Stand"};
    Line reason[40];
    size_t n_reasons = 0;

    if (c->release->n_goals == 0) {
        report_text(c->report, BLOCK_PARAGRAPH, say(c, "regel.doelen.geen", NULL, 0));
        return;
    }
    ModelTable *table = report_table(c->report, "Doelen met nulmeting, streefwaarde en stand", columns, 7, true);
    table->column[1].numeric = table->column[6].numeric = false;
    for (size_t at = 0; at < c->release->n_goals; at++) {
        const ReleaseGoal *goal = &c->release->goal[at];
        const IndicatorText *text = indicator_text(c, goal->indicator);
        if (!text)
            continue;
        const char *interval = number_interval(c->out, goal->low, goal->high, text->decimals);
        const char *name = arena_format(c->out, "%s: %s", goal->office ? "Bestuur" : goal->location, text->title);
        DateParts due = date_parts(goal->due);
        TableCell cells[7] = {cell_text(name), cell_text(goal->owner), cell_value(c, text, goal->baseline), cell_value(c, text, goal->target),
                              {*interval ? arena_format(c->out, "%s (%s)", value_with_unit(c, text, goal->current), interval) : value_with_unit(c, text, goal->current), goal->current},
                              cell_text(arena_format(c->out, "%s %d", number_month_short(due.month), due.year)), cell_text(goal->status)};
        report_row(c->report, table, cells);
        if (*goal->reason && n_reasons < 40)
            reason[n_reasons++] = (Line){arena_format(c->out, "%s: %s.", name, goal->reason), ""};
    }
    table->note = arena_format(c->out, "Nulmeting: schooljaar %s. %s", number_school_year(c->out, c->release->goal[0].baseline_year), "Op koers: minstens zo ver van nulmeting naar streefwaarde als de tijd die verstreken is. Niet te beoordelen: er is geen nulmeting of meting, of de marge is te breed om iets te zeggen.");
    if (n_reasons)
        report_lines(c->report, reason, n_reasons);
}

static void block_method(Composer *c)
{
    const Release *r = c->release;
    MessageValue values[] = {{"drempel", arena_format(c->out, "%d", r->threshold), r->threshold}};
    MessageValue attack[] = {{"getallen", number_count(c->out, r->attack_numbers), 0}, {"verbanden", number_count(c->out, r->attack_relations), 0},
                             {"verborgen", number_count(c->out, r->attack_hidden), 0}};

    report_text(c->report, BLOCK_PARAGRAPH, say(c, "bescherming", values, 1));
    if (r->attack_numbers)
        report_text(c->report, BLOCK_PARAGRAPH, say(c, r->attack_hidden ? "aanval" : "aanval.niets", attack, 3));
    report_text(c->report, BLOCK_PARAGRAPH,
                "Namen en geboortedata komen niet in de database: bij het inlezen worden ze een onomkeerbare sleutel. Vrije tekst, adressen en bijlagen worden niet bewaard.");
    report_text(c->report, BLOCK_PARAGRAPH,
                "Marges zijn 95%-betrouwbaarheidsintervallen: voor aantallen per leerling exact volgens Garwood, voor percentages volgens Wilson of (bij kleine aantallen) Clopper-Pearson, voor gemiddelden "
                "volgens Student. Een verschil met vorig jaar heet ‘zeker’ bij een kans op toeval onder 1%, ‘waarschijnlijk’ onder 5%, ‘mogelijk’ onder 20% en anders ‘niet te zeggen’.");
    report_text(c->report, BLOCK_PARAGRAPH,
                "Leerlingaantallen zijn die van 1 oktober (DUO). Schooldagen volgen uit de schoolvakanties van de regio van de school en de feestdagen.");
}

static void block_certificate(Composer *c)
{
    const Release *r = c->release;
#define COUNT(n) arena_format(c->out, "%d", (int) (n))
    MessageValue values[] = {{"certificaat", arena_text_n(c->out, r->certificate, 16), 0}, {"drempel", COUNT(r->threshold), 0}, {"tabellen", COUNT(r->n_tables), 0},
                             {"heel", COUNT(r->n_whole), 0}, {"samen", COUNT(r->n_coarsened), 0}, {"weg", COUNT(r->n_withheld), 0},
                             {"bewaard", r->n_kept ? arena_format(c->out, "; %d zijn gelaten zoals eerder gepubliceerd", r->n_kept) : "", 0}};
#undef COUNT
    report_text(c->report, BLOCK_NOTE, say(c, "certificaat", values, 7));
}

static bool block_compose(Composer *c, const ConfigNode *block, Err *err)
{
    static const char words[] = "summary years table counts chart text note definitions deliveries breaks withheld goals method certificate trends season concentration";
    const char *text = "";
    int type = 0;

    if (!config_word(block, "block", words, &type, err))
        return false;
    switch (type) {
    case 0: return block_summary(c, block, err);
    case 1: return block_years(c, block, err);
    case 2: return block_table(c, block, err);
    case 3: return block_counts(c, block, err);
    case 4: return block_chart(c, block, err);
    case 5: case 6:
        if (!config_object(block, "block text", "", err) || !config_text(block, "text", &text, err))
            return false;
        report_text(c->report, type == 5 ? BLOCK_PARAGRAPH : BLOCK_NOTE, text);
        return true;
    case 7: report_text(c->report, BLOCK_PARAGRAPH, *c->release->instruments ? arena_format(c->out, "%s.", c->release->instruments) : ""); return true;
    case 8: block_deliveries(c); return true;
    case 9: block_breaks(c); return true;
    case 10: block_withheld(c); return true;
    case 11: block_goals(c); return true;
    case 12: block_method(c); return true;
    case 13: block_certificate(c); return true;
    case 14: return block_trends(c, block, err);
    case 15: return block_season(c, block, err);
    default: return block_concentration(c, block, err);
    }
}

bool compose_report(Arena *out, const ComposeConfig *config, const Edition *edition, const Release *release, int school_year, Date made_on,
                    Report **report, Err *err)
{
    Composer c = {.out = out, .config = config, .edition = edition, .release = release, .year = school_year, .report = report_new(out)};

    c.report->edition = edition->name;
    c.report->title = arena_format(out, "%s %s", edition->title, number_school_year(out, school_year));
    c.report->organisation = release->board_name;
    c.report->subtitle = release->pupils
                             ? arena_format(out, "%s: %s scholen, %s leerlingen op 1 oktober %d. Opgemaakt op %s.", release->board_name, number_text(out, (double) release->schools, 0),
                                            number_text(out, (double) release->pupils, 0), school_year, number_date(out, made_on))
                             : arena_format(out, "%s: %s locaties. Opgemaakt op %s.", release->board_name, number_text(out, (double) release->schools, 0), number_date(out, made_on));
    c.report->footer = arena_format(out, "%s · %s", release->board_name, c.report->title);
    c.report->identity = release->certificate;
    c.report->made_on = made_on;
    for (size_t at = 0; at < config_count(&edition->chapters); at++) {
        ConfigNode chapter = config_item(&edition->chapters, at);
        const char *id = "", *title = "";
        if (!config_object(&chapter, "id title blocks", "", err) || !config_text(&chapter, "id", &id, err) || !config_text(&chapter, "title", &title, err))
            return false;
        report_chapter(c.report, id, title);
        ConfigNode blocks = config_child(&chapter, "blocks");
        for (size_t one = 0; one < config_count(&blocks); one++) {
            ConfigNode block = config_item(&blocks, one);
            if (!block_compose(&c, &block, err))
                return false;
        }
    }
    *report = c.report;
    return true;
}
