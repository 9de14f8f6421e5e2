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

static bool counts_records(const IndicatorText *text, const char *kind)
{
    for (size_t at = 0; at < text->n_records; at++)
        if (strcmp(text->records[at], kind) == 0)
            return true;
    return !text->records && strcmp(kind, "incident") == 0;
}

/* The first school year that is counted in the new way: a break late in a summer is one of the year that begins. */
static int break_year(const ReleaseBreak *one)
{
    return date_school_year(one->on + 31);
}

static bool broken_before(const Composer *c, const IndicatorText *text, int year)
{
    for (size_t at = 0; at < c->release->n_breaks; at++)
        if (break_year(&c->release->breaks[at]) == year && counts_records(text, c->release->breaks[at].kind))
            return true;
    return false;
}

/* hoger, lager, toeval, breuk, voor or "" (no year before) */
static const char *change_word(const Composer *c, const IndicatorText *text, const ReleaseFigure *now, const ReleaseFigure *before)
{
    if (!now || !before || isnan(now->value) || isnan(before->value))
        return "";
    if (broken_before(c, text, now->year))
        return "breuk";
    if (isnan(now->p_change))
        return "voor";
    if (now->p_change >= 0.05 || now->value == before->value)
        return "toeval";
    return now->value > before->value ? "hoger" : "lager";
}

static const char *lower(const Composer *c, const char *title)
{
    char *copy = arena_text(c->out, title);

    if (*copy >= 'A' && *copy <= 'Z')
        *copy |= 0x20;
    return copy;
}

static const char *without_end(const Composer *c, const char *text, const char *end)
{
    size_t bytes = strlen(text), less = strlen(end);

    return bytes > less && strcmp(text + bytes - less, end) == 0 ? arena_text_n(c->out, text, bytes - less) : text;
}

/* Where it comes from and until when: "Bron: incidentregistratie, ontvangen tot en met 14 september 2026." */
static const char *sources_text(const Composer *c, const IndicatorText *const *text, size_t count)
{
    enum { KINDS = 8 };
    const char *kind[KINDS] = {0}, *name[KINDS] = {0};
    Date last = DATE_NONE;
    size_t n = 0;

    for (size_t at = 0; at < count; at++)
        for (size_t record = 0; record < (text[at]->records ? text[at]->n_records : 1) && n < KINDS; record++) {
            bool said = false;
            kind[n] = text[at]->records ? text[at]->records[record] : "incident";
            for (size_t earlier = 0; earlier < n; earlier++)
                said = said || strcmp(kind[earlier], kind[n]) == 0;
            n += !said;
        }
    for (size_t at = 0; at < n; at++) {
        name[at] = wording_get(c->config->wording, arena_format(c->out, "bron.%s", kind[at]));
        name[at] = name[at] ? name[at] : kind[at];
        for (size_t d = 0; d < c->release->n_deliveries; d++) {
            const ReleaseDelivery *delivery = &c->release->delivery[d];
            if (strcmp(delivery->kind, kind[at]) == 0 && delivery->received != DATE_NONE && (last == DATE_NONE || delivery->received > last))
                last = delivery->received;
        }
    }
    return say(c, last == DATE_NONE ? "bron" : "bron.tot", (MessageValue[]){{"wat", message_list(c->out, name, n), 0}, {"datum", number_date(c->out, last), 0}}, 2);
}

static const char *source_text(const Composer *c, const IndicatorText *text)
{
    return sources_text(c, &text, 1);
}

/* A line more under a table. */
static void note_add(Buf *note, const char *line)
{
    if (*line)
        buf_format(note, "%s%s", note->length ? "\n" : "", line);
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

/* \param absent filled when there is nothing to say but that there are no data */
static Line summary_indicator(const Composer *c, const char *name, bool *absent)
{
    const IndicatorText *text = indicator_text(c, name);
    const ReleaseFigure *now = text ? total_of(c, name, c->year) : NULL, *before = text ? total_of(c, name, c->year - 1) : NULL;
    const ReleaseDecision *decision = release_decision(c->release, name, c->year, "totaal");
    MessageValue values[8] = {0};
    size_t n = 0;

    if (!text)
        return (Line){name, ""};
    values[n++] = (MessageValue){"titel", lower(c, text->title), 0};
    if (!now || (isnan(now->value) && now->events == 0)) {
        *absent = !decision || strcmp(decision->decision, "withheld") != 0;
        return (Line){say(c, *absent ? "regel.afwezig" : "regel.beschermd", values, n), ""};
    }
    values[n++] = (MessageValue){"aantal", number_text(c->out, (double) now->events, 0), (double) now->events};
    values[n++] = (MessageValue){"waarde", value_text(c, text, now->value), now->value};
    values[n++] = (MessageValue){"voor", before ? value_with_unit(c, text, before->value) : "", 0};
    if (isnan(now->value)) /* no denominator: the count alone */
        return (Line){arena_format(c->out, "%s.", say(c, "regel.geen_aantal", values, n)), ""};
    const char *word = change_word(c, text, now, before);
    const char *tail = *word ? say(c, arena_format(c->out, "staart.%s", word), values, n) : "";
    return (Line){arena_format(c->out, "%s%s.", say(c, arena_format(c->out, "regel.%s", name), values, n), tail), *word && strcmp(word, "breuk") != 0 ? certainty(now->p_change) : ""};
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

/* Several things of which nothing was received are one line: a page of "no data" hides what there is. */
static bool block_summary(Composer *c, const ConfigNode *block, Err *err)
{
    enum { LINES = 16, TOGETHER = 3 };
    const char **names = NULL, *unknown = "";
    size_t count = 0, shown = 0, n_absent = 0;
    Line line[LINES + 1];
    bool absent[LINES] = {0}, labels = false;

    if (!config_object(block, "block lines", "", err) || !config_texts(c->out, block, "lines", &names, &count, err))
        return false;
    count = count < LINES ? count : LINES;
    for (size_t at = 0; at < count; at++)
        line[at] = strcmp(names[at], "doelen") == 0       ? summary_goals(c)
                   : strcmp(names[at], "leveringen") == 0 ? summary_deliveries(c)
                                                          : summary_indicator(c, names[at], &absent[at]);
    for (size_t at = 0; at < count; at++)
        if (absent[at])
            unknown = arena_format(c->out, "%s%s%s", unknown, n_absent++ ? ", " : "", lower(c, indicator_text(c, names[at])->title));
    for (size_t at = 0; at < count; at++)
        if (!absent[at] || n_absent < TOGETHER)
            line[shown++] = line[at];
    if (n_absent >= TOGETHER) {
        line[shown++] = (Line){say(c, "regel.afwezig", (MessageValue[]){{"titel", unknown, 0}}, 1), ""};
        c->report->last->title = say(c, "regel.kop.kort", NULL, 0); /* no longer as many lines as the edition's title may say */
    }
    for (size_t at = 0; at < shown; at++)
        labels = labels || *line[at].certainty;
    report_lines(c->report, line, shown);
    if (labels)
        report_text(c->report, BLOCK_SMALL, say(c, "zekerheid", NULL, 0));
    return true;
}

/* -- what asks for attention ---------------------------------------------------------------------- */

/* "a, b en c"; of more than `most` the number of the others. */
static const char *names_text(const Composer *c, const char *const *names, size_t count, size_t most)
{
    if (count <= most)
        return message_list(c->out, names, count);
    const char **all = arena_array(c->out, most + 1, sizeof *all);
    memcpy(all, names, most * sizeof *all);
    all[most] = arena_format(c->out, "nog %s", number_text(c->out, (double) (count - most), 0));
    return message_list(c->out, all, most + 1);
}

static bool far_outside(const ReleaseComparison *one)
{
    return strcmp(one->flag, "low998") == 0 || strcmp(one->flag, "high998") == 0 || one->p < 0.05;
}

/* The goals that are behind, by what they are about. \return lines filled */
static size_t attention_goals(const Composer *c, Line *line)
{
    const char **names = arena_array(c->out, c->release->n_goals + 1, sizeof *names);
    size_t n = 0;

    for (size_t at = 0; at < c->release->n_goals; at++) {
        const ReleaseGoal *goal = &c->release->goal[at];
        const IndicatorText *text = indicator_text(c, goal->indicator);
        if (text && strcmp(goal->status, "achter") == 0)
            names[n++] = arena_format(c->out, "%s (%s)", goal->office ? say(c, "aandacht.bestuur", NULL, 0) : goal->location, lower(c, text->title));
    }
    if (n == 0)
        return 0;
    line[0] = (Line){say(c, "aandacht.doelen", (MessageValue[]){{"n", number_text(c->out, (double) n, 0), (double) n}, {"wat", names_text(c, names, n, 6), 0}}, 2), ""};
    return 1;
}

static size_t attention_schools(const Composer *c, Line *line, size_t room)
{
    const ReleaseComparison *all = c->release->comparison;
    size_t n = 0;

    for (size_t first = 0, end; first < c->release->n_comparisons && n < room; first = end) {
        const char **names = arena_array(c->out, c->release->n_comparisons + 1, sizeof *names);
        const IndicatorText *text = indicator_text(c, all[first].indicator);
        size_t outside = 0;
        for (end = first; end < c->release->n_comparisons && strcmp(all[end].indicator, all[first].indicator) == 0; end++)
            if (far_outside(&all[end]))
                names[outside++] = all[end].label;
        if (outside && text)
            line[n++] = (Line){say(c, "aandacht.school", (MessageValue[]){{"titel", lower(c, text->title), 0}, {"n", "", (double) outside}, {"wie", names_text(c, names, outside, 6), 0}}, 3), ""};
    }
    return n;
}

static const char *delivery_lacks(const Composer *c, const char *status, bool unreadable);

/* What a board can act on: goals behind, schools far outside, and data that are not there. */
static bool block_attention(Composer *c, const ConfigNode *block, Err *err)
{
    enum { ROOM = 8 };
    Line line[ROOM + 4];
    size_t n = 0;

    if (!config_object(block, "block", "", err))
        return false;
    n += attention_goals(c, line);
    n += attention_schools(c, line + n, ROOM - n);
    const char *lacking = delivery_lacks(c, "niet ontvangen", false), *bad = delivery_lacks(c, "", true);
    if (*lacking)
        line[n++] = (Line){say(c, "aandacht.ontbreekt", (MessageValue[]){{"wat", lacking, 0}}, 1), ""};
    if (*bad)
        line[n++] = (Line){say(c, "aandacht.onleesbaar", (MessageValue[]){{"wat", bad, 0}}, 1), ""};
    report_text(c->report, BLOCK_HEADING, say(c, "aandacht.kop", NULL, 0));
    if (n)
        report_lines(c->report, line, n);
    else
        report_text(c->report, BLOCK_PARAGRAPH, say(c, "aandacht.niets", NULL, 0));
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

/* Of a percentage or a mean the number is how many it is taken of, not how many it is about: 120 pupils who answered are not
 * 120 who are bullied. */
static bool is_part(const IndicatorText *text)
{
    return strcmp(text->method, "share") == 0 || strcmp(text->method, "mean") == 0;
}

static bool asks_pupils(const IndicatorText *text)
{
    return is_part(text) && counts_records(text, "enquete");
}

static const char *count_title(const IndicatorText *text)
{
    return asks_pupils(text) ? "Antwoorden" : is_part(text) ? "Van hoeveel" : "Aantal";
}

static const char *answers_note(const Composer *c, const IndicatorText *text)
{
    return asks_pupils(text) ? say(c, "antwoorden", NULL, 0) : "";
}

/* Definitions of what stands in a table; one that several share stands once. */
static void definitions_add(const Composer *c, Buf *note, const IndicatorText *const *text, size_t count)
{
    for (size_t at = 0; at < count; at++) {
        /* "Schorsingen: schorsingen per 1.000 leerlingen" says what the heading says already */
        bool said = strcmp(text[at]->definition, arena_format(c->out, "%s %s.", text[at]->title, text[at]->unit)) == 0;
        for (size_t earlier = 0; earlier < at; earlier++)
            said = said || strcmp(text[earlier]->definition, text[at]->definition) == 0;
        if (said)
            continue;
        const char *titles = text[at]->title;
        for (size_t later = at + 1; later < count; later++)
            if (strcmp(text[later]->definition, text[at]->definition) == 0)
                titles = arena_format(c->out, "%s, %s", titles, lower(c, text[later]->title));
        note_add(note, arena_format(c->out, "%s: %s", titles, lower(c, text[at]->definition)));
    }
}

/* Indicators over the years: a table per indicator would hide how they move together, so one table with a row each year. */
static bool block_years(Composer *c, const ConfigNode *block, Err *err)
{
    const char *columns[] = {"Indicator", "Schooljaar", "Aantal", "Waarde", "Marge", "Verschil met het jaar ervoor"};
    const char **names = NULL, *title = "";
    size_t count = 0, shown = 0;

    if (!config_object(block, "block indicators title", "", err) || !config_texts(c->out, block, "indicators", &names, &count, err) ||
        !config_text(block, "title", &title, err))
        return false;
    const IndicatorText **text = arena_array(c->out, count + 1, sizeof *text);
    bool known = false, pupils = true, part = false, blank = false;
    for (size_t at = 0; at < count; at++) {
        bool any = false;
        if (!indicator_text(c, names[at]))
            return config_fail(block, err, "no indicator \"%s\"", names[at]);
        for (int year = c->year - c->edition->years + 1; year <= c->year; year++)
            any = any || release_decision(c->release, names[at], year, "totaal");
        known = known || any;
        if (any)
            text[shown++] = indicator_text(c, names[at]);
    }
    if (!known) {
        report_text(c->report, BLOCK_PARAGRAPH, arena_format(c->out, "%s: over deze jaren zijn geen gegevens ontvangen.", title));
        return true;
    }
    for (size_t at = 0; at < shown; at++) {
        pupils = pupils && asks_pupils(text[at]);
        part = part || (is_part(text[at]) && !asks_pupils(text[at]));
    }
    columns[2] = pupils ? "Antwoorden" : "Aantal";
    ModelTable *table = report_table(c->report, title, columns, 6, true);
    table->grouped = true;
    table->column[1].numeric = table->column[5].numeric = false;
    for (size_t at = 0; at < shown; at++)
        for (int year = c->year - c->edition->years + 1; year <= c->year; year++) {
            const ReleaseFigure *now = total_of(c, text[at]->name, year), *before = total_of(c, text[at]->name, year - 1);
            if (!now && !release_decision(c->release, text[at]->name, year, "totaal"))
                continue;
            const char *change = change_word(c, text[at], now, before);
            bool unknown = now && isnan(now->value); /* nothing to divide by: not possible, which is not protected */
            TableCell cells[6] = {cell_text(arena_format(c->out, "%s (%s)", text[at]->title, text[at]->unit)), cell_text(number_school_year(c->out, year)),
                                  now ? cell_count(c, now->events) : cell_text("."), unknown ? cell_text("") : now ? cell_value(c, text[at], now->value) : cell_text("."),
                                  now ? cell_interval(c, text[at], now->low, now->high) : cell_text(""),
                                  cell_text(strcmp(change, "hoger") == 0   ? arena_format(c->out, "hoger (%s)", certainty(now->p_change))
                                            : strcmp(change, "lager") == 0 ? arena_format(c->out, "lager (%s)", certainty(now->p_change))
                                            : strcmp(change, "toeval") == 0 ? "kan toeval zijn" : strcmp(change, "breuk") == 0 ? "trendbreuk" : "")};
            blank = blank || unknown;
            report_row(c->report, table, cells);
        }
    BUF_AUTO note = {0};
    buf_text(&note, "");
    definitions_add(c, &note, text, shown);
    note_add(&note, pupils && shown ? answers_note(c, text[0]) : "");
    note_add(&note, part ? say(c, "van_hoeveel", NULL, 0) : "");
    note_add(&note, blank ? say(c, "leeg", NULL, 0) : "");
    note_add(&note, say(c, "tekens", NULL, 0));
    note_add(&note, sources_text(c, text, shown));
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

/* A table that stands as it was published before says so. */
static const char *kept_note(const Composer *c, const ReleaseDecision *decision)
{
    MessageValue values[] = {{"datum", number_date(c->out, decision->kept), 0}};

    return decision->kept == DATE_NONE ? "" : say(c, "tabel.eerder", values, 1);
}

/* What the gate did to a table, in sentences. */
static const char *decision_note(const Composer *c, const ReleaseDecision *decision)
{
    const char *kept = kept_note(c, decision);

    return arena_format(c->out, "%s%s%s%s", message_capital(c->out, decision->reason), *decision->reason ? "." : "", *decision->reason && *kept ? " " : "", kept);
}

static const char *gate_note(const Composer *c, const char *indicator, const char *breakdown)
{
    const ReleaseDecision *decision = release_decision(c->release, indicator, c->year, breakdown);

    return decision ? decision_note(c, decision) : "";
}

static const ReleaseFigure *same_cell_before(const Composer *c, const ReleaseFigure *figure)
{
    if (figure->n_members > 1 || strcmp(figure->breakdown, "maand") == 0)
        return NULL;
    return release_figure(c->release, figure->indicator, figure->year - 1, figure->breakdown, figure->location_no, figure->category);
}

enum { CELLS_MAX = 600 };

/* Tables that were withheld one after another for one reason are one sentence. */
static void withheld_say(Composer *c, const char *title, const char *reason)
{
    const char *end = say(c, "niet_getoond", (MessageValue[]){{"reden", reason, 0}}, 1);
    Block *before = c->report->last->last;
    size_t bytes = before && before->type == BLOCK_PARAGRAPH ? strlen(before->text) : 0, tail = strlen(end);

    if (bytes > tail && strcmp(before->text + bytes - tail, end) == 0)
        before->text = arena_format(c->out, "%.*s, %s%s", (int) (bytes - tail), before->text, lower(c, title), end);
    else
        report_text(c->report, BLOCK_PARAGRAPH, arena_format(c->out, "%s%s", title, end));
}

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
    const char *columns[] = {breakdown_title(breakdown), count_title(text), arena_format(c->out, "%c%s", text->unit[0] & (text->unit[0] == '%' ? 0xFF : ~0x20), text->unit + 1), "Marge", "Vorig jaar"};
    size_t count = figures_of(c, name, c->year, breakdown, figure, CELLS_MAX);
    const ReleaseDecision *decision = release_decision(c->release, name, c->year, breakdown);
    if (!title)
        title = arena_format(c->out, "%s per %s, %s", text->title, months ? "maand" : strcmp(breakdown, "oordeel") == 0 ? "oordeel" : breakdown, number_school_year(c->out, c->year));
    if (months)
        title = arena_format(c->out, "%s, %s", text->title, number_school_year(c->out, c->year));
    if (count == 0) {
        if (decision)
            withheld_say(c, wording_apply(c->out, c->config->wording, c->edition->name, without_end(c, title, arena_format(c->out, ", %s", number_school_year(c->out, c->year)))),
                         *decision->reason ? decision->reason : "er zijn geen gegevens");
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
    BUF_AUTO note = {0}, none = {0};
    bool rest = false;
    buf_text(&note, "");
    for (size_t at = 0; at < count; at++) {
        rest = rest || figure[at]->n_members > 1;
        if (zeros && figure[at]->events == 0)
            buf_format(&none, "%s%s", none.length ? ", " : "", lower(c, figure[at]->label));
    }
    const char *gate = gate_note(c, name, breakdown), *rests = rest && !months ? say(c, "overig", NULL, 0) : "";
    note_add(&note, arena_format(c->out, "%s%s%s", gate, *gate && *rests ? " " : "", rests));
    if (silent)
        note_add(&note, arena_format(c->out, "%s locaties zonder registratie van deze soort staan niet in de tabel.", number_text(c->out, (double) silent, 0)));
    if (none.length)
        note_add(&note, arena_format(c->out, "Nul keer geregistreerd: %s.", none.data));
    for (size_t at = 0; at < count; at++)
        if (figure[at]->corrected) {
            note_add(&note, "Cijfers in deze tabel zijn gecorrigeerd na eerdere publicatie.");
            break;
        }
    note_add(&note, answers_note(c, text));
    note_add(&note, say(c, valued ? "tekens" : "tekens.aantal", NULL, 0));
    note_add(&note, source_text(c, text));
    table->note = wording_apply(c->out, c->config->wording, c->edition->name, arena_text(c->out, note.data));
    return true;
}

static bool block_counts(Composer *c, const ConfigNode *block, Err *err)
{
    static const char *const columns[] = {"Wat is geteld", "Aantal"};
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
    BUF_AUTO note = {0};
    buf_text(&note, "");
    note_add(&note, gate_note(c, name, breakdown));
    if (indicator_text(c, name))
        note_add(&note, source_text(c, indicator_text(c, name)));
    table->note = arena_text(c->out, note.data);
    return true;
}

/* -- charts -------------------------------------------------------------------------------------- */

static const char *chart_title(const Composer *c, const IndicatorText *text, const char *name, const char *suffix)
{
    const ReleaseFigure *now = total_of(c, name, c->year), *before = total_of(c, name, c->year - 1);
    const char *word = change_word(c, text, now, before);
    MessageValue values[] = {{"titel", text->title, 0}};

    if (*suffix || !*word || strcmp(word, "voor") == 0)
        return arena_format(c->out, "%s%s", text->title, suffix);
    return say(c, arena_format(c->out, "kop.%s", word), values, 1);
}

static void chart_breaks(const Composer *c, ModelChart *chart, const IndicatorText *text)
{
    for (size_t at = 0; at < c->release->n_breaks; at++) {
        const ReleaseBreak *one = &c->release->breaks[at];
        if (!counts_records(text, one->kind))
            continue;
        double x = break_year(one) - 0.5; /* a point stands for a school year: the line goes between the years */
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
                                     arena_format(c->out, "%s %s", valued ? arena_format(c->out, "%s Eenheid: %s. De lijntjes geven de 95%%-marge.", text->definition, text->unit)
                                                                         : "Aantal per schooljaar; er is geen leerlingaantal om het op te betrekken.", source_text(c, text)), (size_t) c->edition->years);
    BUF_AUTO alt = {0};

    chart->decimals = valued ? text->decimals : 0;
    chart->unit = valued && text->unit[0] == '%' ? "%" : "";
    buf_format(&alt, "Grafiek van %s per schooljaar:", lower(c, text->title));
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
            names[n - 1] = period_label(c, figure[at]);
    const char *title = coarse ? say(c, "kop.periode", (MessageValue[]){{"titel", without_end(c, text->title, " per maand"), 0}}, 1) : text->title;
    return top > 0 && n <= NAMED ? say(c, "kop.meest", (MessageValue[]){{"titel", title, 0}, {"wanneer", names_text(c, names, n, NAMED), 0}}, 2) : title;
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
    ModelChart *chart = report_chart(c->report, coarse ? CHART_BARS : CHART_MONTHS, months_title(c, text, now, n_now, valued, coarse),
                                     arena_format(c->out, "%s, %s. %s%s %s %s%s%s", coarse ? say(c, "kop.periode", (MessageValue[]){{"titel", without_end(c, text->title, " per maand"), 0}}, 1) : text->title, number_school_year(c->out, c->year), valued ? text->definition : coarse ? "Aantal per periode van drie of zes maanden; er is geen leerlingaantal om het op te betrekken." : "Aantal per maand; er is geen leerlingaantal om het op te betrekken.",
                                                  coarse ? comparable ? " Het lichte vlak is vorig jaar." : "" : " Maanden zonder schooldagen zijn weggelaten.", coarse ? "Verschillen tussen perioden kunnen toeval zijn." : "Verschillen tussen maanden kunnen toeval zijn.", source_text(c, text), decision && decision->kept != DATE_NONE ? " " : "", decision ? kept_note(c, decision) : ""), 12);
    BUF_AUTO alt = {0};
    buf_format(&alt, "Grafiek van %s in %s:", lower(c, text->title), number_school_year(c->out, c->year));
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
    ModelChart *chart = report_chart(c->report, CHART_BARS, say(c, figure[0]->n_members > 1 ? "kop.kaal" : counts_records(text, "incident") ? "kop.geregistreerd" : "kop.vaakst",
                                                                (MessageValue[]){{"titel", figure[0]->n_members > 1 ? text->title : figure[0]->label, 0}}, 1),
                                     arena_format(c->out, "Aantal %s in %s, naar %s.%s%s %s", strcmp(name, "incidenten") == 0 ? "geregistreerde incidenten" : lower(c, text->title),
                                                  number_school_year(c->out, c->year), breakdown, strcmp(breakdown, "vorm") == 0 ? " Een incident met meer vormen telt één keer, bij zijn hoofdvorm." : "",
                                                  figure[shown - 1]->n_members > 1 ? arena_format(c->out, " %s", say(c, "overig", NULL, 0)) : "", source_text(c, text)), shown);
    BUF_AUTO alt = {0};
    buf_format(&alt, "Staafdiagram van %s naar %s:", lower(c, text->title), breakdown);
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
        arena_format(c->out, "%s, %s, met 95%%-marge.%s Scholen verschillen in grootte, leerlingen en manier van registreren: een afwijking is een vraag, geen oordeel. %s", text->unit[0] == '%' ? "Aandeel per school" : arena_format(c->out, "%c%s, per school", text->unit[0] & ~0x20, text->unit + 1),
                     number_school_year(c->out, c->year), merged ? arena_format(c->out, " %d scholen zijn niet apart getoond (beschermd).", merged) : "", source_text(c, text)), shown);
    BUF_AUTO alt = {0};
    buf_format(&alt, "Puntgrafiek van %s per school:", lower(c, text->title));
    chart->decimals = text->decimals;
    chart->unit = text->unit[0] == '%' ? "%" : "";
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
        bool is_beyond = far_outside(&all[at]);
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
    ModelChart *chart = report_chart(c->report, CHART_FUNNEL, title, arena_format(c->out, "%s, %s.%s %s %s", text->title, number_school_year(c->out, c->year), who.data, say(c, "trechter.uitleg", NULL, 0), source_text(c, text)), shown);
    chart->now = say(c, "trechter.as", NULL, 0);
    chart->earlier = say(c, "trechter.hoog", NULL, 0);
    buf_format(&alt, "Trechtergrafiek van %s: zoveel keer het verwachte aantal:", lower(c, text->title));
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
            if (trend && strcmp(trend_key(trend), keys[key]) == 0)
                buf_format(&titles, "%s%s", found++ ? ", " : "", lower(c, indicator_text(c, names[at])->title));
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
        bool cut_here = trend->break_on != DATE_NONE && trend->first == break_year(&(ReleaseBreak){.on = trend->break_on});
        cut = cut_here && trend->break_on > cut ? trend->break_on : cut;
        TableCell cells[5] = {cell_text(arena_format(c->out, "%s (%s)", text->title, text->unit)),
                              cell_text(trend_word(c, trend)),
                              {signed_text(c, trend->change, decimals, percent ? "%" : points ? " punt" : ""), trend->change},
                              cell_text(isfinite(trend->low) && isfinite(trend->high) ? number_interval(c->out, trend->low, trend->high, decimals) : "."),
                              cell_text(trend->first == trend->last ? number_school_year(c->out, trend->first)
                              : trend->last == c->year ? arena_format(c->out, "%s%s", say(c, "trend.sinds", (MessageValue[]){{"jaar", number_school_year(c->out, trend->first), 0}}, 1), cut_here ? "\u00a0*" : "")
                                                                    : arena_format(c->out, "%s t/m %s%s", number_school_year(c->out, trend->first), number_school_year(c->out, trend->last), cut_here ? " *" : ""))};
        report_row(c->report, table, cells);
    }
    if (table)
        table->note = arena_format(c->out, "%s%s", say(c, "trend.noot", NULL, 0), cut == DATE_NONE ? "" : arena_format(c->out, "\n%s", say(c, "trend.breuk", NULL, 0)));
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

/* Whose delivery of a kind is not as it should be: "De Boom en De Beuk", "alle 17 scholen"; "" = nobody's.
 * \param unreadable those of which more than 5% of the rows was rejected, else those of this status */
static const char *lacks_text(const Composer *c, const char *kind, const char *status, bool unreadable, bool dates, size_t most)
{
    const char **names = arena_array(c->out, c->release->n_deliveries + 1, sizeof *names);
    size_t n = 0, asked = 0;

    for (size_t at = 0; at < c->release->n_deliveries; at++) {
        const ReleaseDelivery *delivery = &c->release->delivery[at];
        if (strcmp(delivery->kind, kind) != 0)
            continue;
        asked++;
        if (unreadable ? delivery->reject_class != 2 : strcmp(delivery->status, status) != 0)
            continue;
        const char *name = delivery->office ? say(c, "wie.bestuur", NULL, 0) : delivery->location;
        names[n++] = dates && delivery->received != DATE_NONE ? arena_format(c->out, "%s (%s)", name, number_date(c->out, delivery->received)) : name;
    }
    if (n > 3 && n == asked)
        return say(c, "wie.alle", (MessageValue[]){{"n", number_text(c->out, (double) n, 0), (double) n}}, 1);
    return names_text(c, names, n, most);
}

/* "incidenten (De Boom); vragenlijst (De Boom en De Beuk)" */
static const char *delivery_lacks(const Composer *c, const char *status, bool unreadable)
{
    const char *all = "";

    for (size_t kind = 0; kind < N_KIND_WORDS; kind++) {
        const char *who = lacks_text(c, kind_words[kind][0], status, unreadable, false, 4);
        if (*who)
            all = arena_format(c->out, "%s%s%s (%s)", all, *all ? "; " : "", kind_words[kind][1], who);
    }
    return all;
}

static void block_deliveries(Composer *c)
{
    enum { NAMES = 30 };
    static const char *const columns[] = {"Wat", "Levering", "Van wie"};
    const char *const statuses[] = {"op tijd", "te laat", "niet ontvangen", "nog niet verwacht"};
    static const char *const summary_columns[] = {"Wat", "Op tijd", "Te laat", "Niet ontvangen", "Nog niet verwacht"};
    ModelTable *table = NULL;

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
    summary->note = "Wat van scholen wordt gevraagd, telt per school; wat van het bestuur wordt gevraagd, één keer. Geen levering is niet nul: de school telt dan niet mee, ook niet in de noemer.\n- = geen.";
    const struct { const char *status, *said; bool unreadable; } trouble[] = {{"niet ontvangen", "niet ontvangen", false}, {"te laat", "te laat", false}, {"", "meer dan 5% van de regels geweigerd", true}};
    for (size_t kind = 0; kind < N_KIND_WORDS; kind++)
        for (size_t at = 0; at < sizeof trouble / sizeof *trouble; at++) {
            const char *who = lacks_text(c, kind_words[kind][0], trouble[at].status, trouble[at].unreadable, !trouble[at].unreadable, NAMES);
            if (!*who)
                continue;
            if (!table) {
                table = report_table(c->report, "Wat ontbreekt, te laat is of slecht leesbaar", columns, 3, true);
                table->column[1].numeric = table->column[2].numeric = false;
                table->note = "Een datum is de dag van ontvangst. Een school krijgt per geweigerde regel te horen welke kolom en welke regel het is en wat zij kan doen; nooit de inhoud.";
            }
            TableCell cells[3] = {cell_text(kind_words[kind][1]), cell_text(trouble[at].said), cell_text(who)};
            report_row(c->report, table, cells);
        }
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

/* What was done to which tables, by what and why: the reader asks whether anything was hidden, not what was done to each. */
static void block_withheld(Composer *c)
{
    static const char *const columns[] = {"Wat er is gedaan", "Waarom of hoe", "Tabellen"};
    const Release *r = c->release;
    ModelTable *table = NULL;
    bool *told = arena_array(c->out, r->n_decisions + 1, sizeof *told);

    for (size_t at = 0; at < r->n_decisions; at++) {
        const char *tables = "";
        for (size_t other = at; other < r->n_decisions; other++) {
            const ReleaseDecision *decision = &r->decision[other];
            const IndicatorText *text = indicator_text(c, decision->indicator);
            if (told[other] || decision->year != c->year || (strcmp(decision->decision, "released") == 0 && decision->kept == DATE_NONE) || strcmp(decision->breakdown, "instrument") == 0 || !text ||
                strcmp(decision->decision, r->decision[at].decision) != 0 || strcmp(decision->reason, r->decision[at].reason) != 0 || decision->kept != r->decision[at].kept)
                continue;
            told[other] = true;
            const char *name = lower(c, without_end(c, text->title, " per maand"));
            tables = arena_format(c->out, "%s%s%s%s", tables, *tables ? "; " : "", name,
                                  strcmp(decision->breakdown, "totaal") == 0 ? "" : arena_format(c->out, " per %s", decision->breakdown));
        }
        if (!*tables)
            continue;
        if (!table) {
            table = report_table(c->report, "Wat is samengevoegd of weggelaten om kinderen te beschermen", columns, 3, true);
            table->column[1].numeric = table->column[2].numeric = false;
        }
        const ReleaseDecision *decision = &r->decision[at];
        TableCell cells[3] = {cell_text(decision->decision[0] == 'w' ? "weggelaten" : decision->kept != DATE_NONE ? "gelaten zoals eerder gepubliceerd" : "samengevoegd"),
                              cell_text(decision_note(c, decision)), cell_text(wording_apply(c->out, c->config->wording, c->edition->name, tables))};
        report_row(c->report, table, cells);
    }
}

/* Of which school year the baselines are: of one, or of each goal its own. */
static const char *baseline_text(const Composer *c)
{
    int first = c->release->goal[0].baseline_year, last = first;

    for (size_t at = 1; at < c->release->n_goals; at++) {
        int year = c->release->goal[at].baseline_year;
        first = year < first ? year : first;
        last = year > last ? year : last;
    }
    return say(c, first == last ? "doelen.nulmeting" : "doelen.nulmetingen",
               (MessageValue[]){{"eerst", number_school_year(c->out, first), 0}, {"laatst", number_school_year(c->out, last), 0}}, 2);
}

/* Goals that cannot be judged, by reason: why, and which. */
static size_t goal_reasons(const Composer *c, Line *line, size_t room)
{
    const Release *r = c->release;
    bool *told = arena_array(c->out, r->n_goals + 1, sizeof *told);
    size_t n = 0;

    for (size_t at = 0; at < r->n_goals && n < room; at++) {
        const char *which = "";
        if (told[at] || !*r->goal[at].reason)
            continue;
        for (size_t other = at; other < r->n_goals; other++) {
            const IndicatorText *text = indicator_text(c, r->goal[other].indicator);
            if (!text || strcmp(r->goal[other].reason, r->goal[at].reason) != 0)
                continue;
            told[other] = true;
            which = arena_format(c->out, "%s%s%s (%s)", which, *which ? ", " : "", r->goal[other].office ? "bestuur" : r->goal[other].location, lower(c, text->title));
        }
        if (*which)
            line[n++] = (Line){say(c, "doelen.reden", (MessageValue[]){{"reden", message_capital(c->out, r->goal[at].reason), 0}, {"wat", which, 0}}, 2), ""};
    }
    return n;
}

static void block_goals(Composer *c)
{
    static const char *const columns[] = {"Doel", "Wie", "Nulmeting", "Streef", "Nu (marge)", "Uiterlijk", "Stand"};
    Line reason[40];

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
    }
    table->note = arena_format(c->out, "%s\n%s\n%s", baseline_text(c), say(c, "doelen.noot", NULL, 0), say(c, "tekens", NULL, 0));
    size_t n_reasons = goal_reasons(c, reason, sizeof reason / sizeof *reason);
    if (n_reasons) {
        report_text(c->report, BLOCK_PARAGRAPH, say(c, "doelen.redenen", NULL, 0));
        report_lines(c->report, reason, n_reasons);
    }
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
                "Een marge zegt hoe ver een cijfer door toeval kan verschuiven. Marges zijn 95%-betrouwbaarheidsintervallen: voor aantallen per leerling exact volgens Garwood, voor percentages volgens Wilson of (bij kleine aantallen) Clopper-Pearson, voor gemiddelden "
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
    static const char words[] = "summary years table counts chart text note definitions deliveries breaks withheld goals method certificate attention trends season concentration";
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
    case 7: report_text(c->report, BLOCK_PARAGRAPH, *c->release->instruments ? say(c, "definities", (MessageValue[]){{"wat", c->release->instruments, 0}}, 1) : ""); return true;
    case 8: block_deliveries(c); return true;
    case 9: block_breaks(c); return true;
    case 10: block_withheld(c); return true;
    case 11: block_goals(c); return true;
    case 12: block_method(c); return true;
    case 13: block_certificate(c); return true;
    case 14: return block_attention(c, block, err);
    case 15: return block_trends(c, block, err);
    case 16: return block_season(c, block, err);
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
