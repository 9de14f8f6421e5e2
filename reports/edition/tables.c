#include "reports/edition/tables.h"

#include <math.h>
#include <string.h>

#include "common/buf.h"
#include "reports/edition/phrase.h"
#include "reports/edition/protection.h"
#include "reports/number.h"

/* Of a percentage or a mean the number is how many it is taken of, not how many it is about: 120 pupils who answered are not
 * 120 who are bullied. */
static bool is_part(const IndicatorText *text)
{
    return strcmp(text->method, "share") == 0 || strcmp(text->method, "mean") == 0;
}

bool tables_asks_pupils(const IndicatorText *text)
{
    return is_part(text) && composer_counts(text, "enquete");
}

static const char *count_title(const Composer *c, const IndicatorText *text)
{
    return phrase_plain(c, tables_asks_pupils(text) ? "kolom.antwoorden" : is_part(text) ? "kolom.vanhoeveel" : "kolom.aantal");
}

static const char *answers_note(const Composer *c, const IndicatorText *text)
{
    return tables_asks_pupils(text) ? phrase_plain(c, "antwoorden") : "";
}

void tables_definitions(const Composer *c, Buf *note, const IndicatorText *const *text, size_t count)
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
                titles = arena_format(c->out, "%s, %s", titles, phrase_lower(c, text[later]->title));
        phrase_line_add(note, arena_format(c->out, "%s: %s", titles, phrase_lower(c, text[at]->definition)));
    }
}

/* Tables that were withheld one after another for one reason are one sentence. */
static void withheld_say(Composer *c, const char *title, const char *reason)
{
    const char *end = phrase(c, "niet_getoond", (MessageValue[]){{"reden", reason, 0}}, 1);
    Block *before = c->report->last->last;
    size_t bytes = before && before->type == BLOCK_PARAGRAPH ? strlen(before->text) : 0, tail = strlen(end);

    if (bytes > tail && strcmp(before->text + bytes - tail, end) == 0)
        before->text = arena_format(c->out, "%.*s, %s%s", (int) (bytes - tail), before->text, phrase_lower(c, title), end);
    else
        report_text(c->report, BLOCK_PARAGRAPH, arena_format(c->out, "%s%s", title, end));
}

/* Of how many of the edition's years something was shown, and in any of them a value and not only a count. */
static int years_shown(const Composer *c, const char *name, bool *valued)
{
    int shown = 0;

    *valued = false;
    for (int year = c->year - c->edition->years + 1; year <= c->year; year++) {
        const ReleaseFigure *figure = composer_total(c, name, year);
        shown += figure != NULL;
        *valued = *valued || (figure && isfinite(figure->value));
    }
    return shown;
}

/* Why nothing of an indicator is shown: this year's reason, else that of the year before it. NULL: nothing of it was received. */
static const char *years_reason(const Composer *c, const char *name)
{
    for (int year = c->year; year > c->year - c->edition->years; year--) {
        const ReleaseDecision *decision = release_decision(c->release, name, year, "totaal");
        if (decision)
            return protection_absence(c, decision);
    }
    return NULL;
}

static void years_table(Composer *c, const char *title, const IndicatorText *const *text, size_t shown, bool valued)
{
    const char *columns[6];
    bool pupils = true, part = false, blank = false;

    for (size_t at = 0; at < shown; at++) {
        pupils = pupils && tables_asks_pupils(text[at]);
        part = part || (is_part(text[at]) && !tables_asks_pupils(text[at]));
    }
    phrase_heads(c, "kolommen.jaren", columns, 6);
    columns[2] = phrase_plain(c, pupils ? "kolom.antwoorden" : "kolom.aantal");
    ModelTable *table = report_table(c->report, title, columns, valued ? 6 : 3, true); /* without a denominator there are counts only */
    table->grouped = true;
    table->column[1].numeric = false;
    if (valued)
        table->column[5].numeric = false;
    for (size_t at = 0; at < shown; at++)
        for (int year = c->year - c->edition->years + 1; year <= c->year; year++) {
            bool valued_here;
            years_shown(c, text[at]->name, &valued_here);
            const ReleaseFigure *now = composer_total(c, text[at]->name, year), *before = composer_total(c, text[at]->name, year - 1);
            if (!now && !release_decision(c->release, text[at]->name, year, "totaal"))
                continue;
            const char *change = composer_change(c, text[at], now, before);
            bool unknown = now && isnan(now->value); /* nothing to divide by: not possible, which is not protected */
            TableCell cells[6] = {cell_text(arena_format(c->out, "%s (%s)", text[at]->title, valued_here ? text[at]->unit : phrase_plain(c, "jaren.aantal"))), cell_text(number_school_year(c->out, year)),
                                  now ? phrase_cell_count(c, now->events) : cell_text("."), unknown ? cell_text("") : now ? phrase_cell_value(c, text[at], now->value) : cell_text("."),
                                  now ? phrase_cell_interval(c, text[at], now->low, now->high) : cell_text(""),
                                  cell_text(phrase_change(c, change, now))};
            blank = blank || (unknown && valued);
            report_row(c->report, table, cells);
        }
    BUF_AUTO note = {0};
    buf_text(&note, "");
    tables_definitions(c, &note, text, shown);
    phrase_line_add(&note, pupils && shown ? answers_note(c, text[0]) : "");
    phrase_line_add(&note, part ? phrase_plain(c, "van_hoeveel") : "");
    phrase_line_add(&note, blank ? phrase_plain(c, "leeg") : "");
    phrase_line_add(&note, protection_kept_years(c, text, shown, "totaal", c->year - c->edition->years + 1, c->year));
    phrase_line_add(&note, phrase_signs(c, valued));
    phrase_line_add(&note, phrase_sources(c, text, shown));
    table->note = phrase_words(c, arena_text(c->out, note.data));
}

bool tables_years(Composer *c, const ConfigNode *block, Err *err)
{
    const char **names = NULL, *title = "";
    size_t count = 0, shown = 0, n_hidden = 0;

    if (!config_object(block, "block indicators title", "", err) || !config_texts(c->out, block, "indicators", &names, &count, err) ||
        !config_text(block, "title", &title, err))
        return false;
    const IndicatorText **text = arena_array(c->out, count + 1, sizeof *text), **hidden = arena_array(c->out, count + 1, sizeof *hidden);
    bool valued = false, valued_here;
    for (size_t at = 0; at < count; at++) {
        const IndicatorText *one = composer_indicator(c, names[at]);
        if (!one)
            return config_fail(block, err, "no indicator \"%s\"", names[at]);
        if (years_shown(c, names[at], &valued_here))
            text[shown++] = one;
        else if (years_reason(c, names[at]))
            hidden[n_hidden++] = one;
        valued = valued || valued_here;
    }
    if (shown == 0 && n_hidden == 0)
        report_text(c->report, BLOCK_PARAGRAPH, phrase(c, "jaren.geen", (MessageValue[]){{"titel", title, 0}}, 1));
    if (shown)
        years_table(c, title, text, shown, valued);
    /* a table of nothing but points would say less */
    for (size_t at = 0; at < n_hidden; at++)
        withheld_say(c, hidden[at]->title, years_reason(c, hidden[at]->name));
    return true;
}

static const char *breakdown_title(const Composer *c, const char *breakdown)
{
    return phrase_plain(c, arena_format(c->out, "uitsplitsing.%s", breakdown));
}

bool tables_table(Composer *c, const ConfigNode *block, Err *err)
{
    const char *name = "", *breakdown = "", *title = NULL;
    const ReleaseFigure *figure[COMPOSER_CELLS];

    if (!config_object(block, "block indicator breakdown", "title", err) || !config_text(block, "indicator", &name, err) ||
        !config_text(block, "breakdown", &breakdown, err) || !config_text(block, "title", &title, err))
        return false;
    const IndicatorText *text = composer_indicator(c, name);
    if (!text)
        return config_fail(block, err, "no indicator \"%s\"", name);
    bool months = strcmp(breakdown, "maand") == 0;
    const char *columns[] = {breakdown_title(c, breakdown), count_title(c, text), message_capital(c->out, text->unit), phrase_plain(c, "kolom.marge"), phrase_plain(c, "kolom.vorigjaar")};
    size_t count = composer_figures(c, name, c->year, breakdown, figure, COMPOSER_CELLS);
    const ReleaseDecision *decision = release_decision(c->release, name, c->year, breakdown);
    MessageValue values[] = {{"titel", text->title, 0}, {"naar", breakdown, 0}, {"jaar", number_school_year(c->out, c->year), 0}};
    if (months && decision && strcmp(decision->decision, "coarsened") == 0)
        values[0].text = phrase_periods(c, text);
    if (months) /* the indicator's title says it */
        title = phrase(c, "tabel.titel", values, 3);
    else if (!title)
        title = phrase(c, "tabel.titel.per", values, 3);
    if (count == 0) {
        if (decision)
            withheld_say(c, phrase_words(c, phrase_without_end(c, title, arena_format(c->out, ", %s", number_school_year(c->out, c->year)))),
                         protection_absence(c, decision));
        return true;
    }
    bool valued = false; /* without a denominator there are counts only */
    for (size_t at = 0; at < count; at++)
        valued = valued || isfinite(figure[at]->value);
    if (!valued)
        columns[2] = columns[4];
    ModelTable *table = report_table(c->report, phrase_words(c, title), columns, !valued ? months ? 2 : 3 : months ? 4 : 5, true);
    size_t zeros = 0, silent = 0;
    for (size_t at = 0; at < count; at++) {
        const ReleaseFigure *before = composer_cell_before(c, figure[at]);
        if (figure[at]->events == 0 && !months && strcmp(breakdown, "school") != 0) {
            zeros++;
            continue; /* categories in which nothing was registered are named under the table */
        }
        if (figure[at]->events == 0 && count > 60) {
            silent++;
            continue;
        }
        TableCell cells[5] = {cell_text(phrase_period(c, figure[at])), phrase_cell_count(c, figure[at]->events), phrase_cell_value(c, text, figure[at]->value),
                              phrase_cell_interval(c, text, figure[at]->low, figure[at]->high), before ? phrase_cell_value(c, text, before->value) : cell_text(".")};
        if (!valued)
            cells[2] = before ? phrase_cell_count(c, before->events) : cell_text(".");
        report_row(c->report, table, cells);
    }
    const ReleaseFigure *whole = composer_total(c, name, c->year), *whole_before = composer_total(c, name, c->year - 1);
    if (whole && !months) {
        TableCell cells[5] = {cell_text(phrase_plain(c, "tabel.totaal")), phrase_cell_count(c, whole->events), phrase_cell_value(c, text, whole->value), phrase_cell_interval(c, text, whole->low, whole->high),
                              whole_before ? phrase_cell_value(c, text, whole_before->value) : cell_text(".")};
        if (!valued)
            cells[2] = whole_before ? phrase_cell_count(c, whole_before->events) : cell_text(".");
        report_row(c->report, table, cells);
    }
    BUF_AUTO note = {0}, none = {0};
    bool rest = false;
    buf_text(&note, "");
    for (size_t at = 0; at < count; at++) {
        rest = rest || figure[at]->n_members > 1;
        if (zeros && figure[at]->events == 0)
            buf_format(&none, "%s%s", none.length ? ", " : "", phrase_lower(c, figure[at]->label));
    }
    const char *gate = protection_note(c, name, breakdown), *rests = rest && !months ? phrase_plain(c, "overig") : "";
    phrase_line_add(&note, arena_format(c->out, "%s%s%s", gate, *gate && *rests ? " " : "", rests));
    if (silent)
        phrase_line_add(&note, phrase(c, "tabel.stil", (MessageValue[]){{"n", number_text(c->out, (double) silent, 0), (double) silent}}, 1));
    if (none.length)
        phrase_line_add(&note, phrase(c, "tabel.nul", (MessageValue[]){{"wat", none.data, 0}}, 1));
    for (size_t at = 0; at < count; at++)
        if (figure[at]->corrected) {
            phrase_line_add(&note, phrase_plain(c, "tabel.gecorrigeerd"));
            break;
        }
    phrase_line_add(&note, answers_note(c, text));
    phrase_line_add(&note, phrase_signs(c, valued));
    phrase_line_add(&note, phrase_source(c, text));
    table->note = phrase_words(c, arena_text(c->out, note.data));
    return true;
}

bool tables_counts(Composer *c, const ConfigNode *block, Err *err)
{
    const char *columns[2];
    const char *name = "", *breakdown = "", *title = "", *words = "";
    const ReleaseFigure *figure[16];

    if (!config_object(block, "block indicator breakdown title", "text", err) || !config_text(block, "indicator", &name, err) ||
        !config_text(block, "breakdown", &breakdown, err) || !config_text(block, "title", &title, err) || !config_text(block, "text", &words, err))
        return false;
    size_t count = composer_figures(c, name, c->year, breakdown, figure, 16);
    if (count == 0)
        return true;
    report_text(c->report, BLOCK_PARAGRAPH, words);
    phrase_heads(c, "kolommen.telling", columns, 2);
    ModelTable *table = report_table(c->report, arena_format(c->out, "%s, %s", title, number_school_year(c->out, c->year)), columns, 2, true);
    for (size_t at = 0; at < count; at++) {
        TableCell cells[2] = {cell_text(figure[at]->label), phrase_cell_count(c, figure[at]->events)};
        report_row(c->report, table, cells);
    }
    BUF_AUTO note = {0};
    buf_text(&note, "");
    phrase_line_add(&note, protection_note(c, name, breakdown));
    if (composer_indicator(c, name))
        phrase_line_add(&note, phrase_source(c, composer_indicator(c, name)));
    table->note = arena_text(c->out, note.data);
    return true;
}
