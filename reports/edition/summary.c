#include "reports/edition/summary.h"

#include <math.h>
#include <string.h>

#include "reports/edition/deliveries.h"
#include "reports/edition/phrase.h"
#include "reports/edition/protection.h"
#include "reports/number.h"

Line summary_indicator(const Composer *c, const char *name, bool *absent)
{
    const IndicatorText *text = composer_indicator(c, name);
    const ReleaseFigure *now = text ? composer_total(c, name, c->year) : NULL, *before = text ? composer_total(c, name, c->year - 1) : NULL;
    const ReleaseDecision *decision = release_decision(c->release, name, c->year, "totaal");
    MessageValue values[8] = {0};
    size_t n = 0;

    if (!text)
        return (Line){name, ""};
    values[n++] = (MessageValue){"titel", phrase_lower(c, text->title), 0};
    if (!now || (isnan(now->value) && now->events == 0)) {
        *absent = !decision || strcmp(decision->decision, "withheld") != 0;
        return (Line){phrase(c, *absent ? "regel.afwezig" : "regel.beschermd", values, n), ""};
    }
    values[n++] = (MessageValue){"aantal", number_text(c->out, (double) now->events, 0), (double) now->events};
    values[n++] = (MessageValue){"waarde", phrase_value(c, text, now->value), now->value};
    values[n++] = (MessageValue){"voor", before ? phrase_value_unit(c, text, before->value) : "", 0};
    if (isnan(now->value)) /* no denominator: the count alone */
        return (Line){arena_format(c->out, "%s.", phrase(c, "regel.geen_aantal", values, n)), ""};
    const char *word = composer_change(c, text, now, before);
    const char *tail = *word ? phrase(c, arena_format(c->out, "staart.%s", word), values, n) : "";
    return (Line){arena_format(c->out, "%s%s.", phrase(c, arena_format(c->out, "regel.%s", name), values, n), tail), *word && strcmp(word, "breuk") != 0 ? phrase_certainty(c, now->p_change) : ""};
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
    return (Line){phrase(c, c->release->n_goals ? "regel.doelen" : "regel.doelen.geen", values, 5), ""};
}

static Line summary_deliveries(const Composer *c)
{
    int asked, asked_survey;
    int incident = deliveries_count(c, "incident", &asked), survey = deliveries_count(c, "enquete", &asked_survey);
    MessageValue values[] = {COUNT("geleverd", incident), COUNT("scholen", asked), COUNT("enquete", survey), COUNT("gevraagd", asked_survey)};
    const char *text = phrase(c, "regel.leveringen", values, 4);

    if (incident < asked || survey < asked_survey)
        text = arena_format(c->out, "%s %s", text, phrase_plain(c, "regel.leveringen.ontbreekt"));
    return (Line){text, ""};
#undef COUNT
}

bool summary_block(Composer *c, const ConfigNode *block, Err *err)
{
    enum { LINES = 16, TOGETHER = 3 };
    const char **names = NULL, *unknown[LINES];
    size_t count = 0, shown = 0, n_absent = 0;
    Line line[LINES + 1];
    const IndicatorText *told[LINES];
    bool absent[LINES] = {0}, labels = false;
    size_t n_told = 0;

    if (!config_object(block, "block lines", "", err) || !config_texts(c->out, block, "lines", &names, &count, err))
        return false;
    count = count < LINES ? count : LINES;
    for (size_t at = 0; at < count; at++)
        line[at] = strcmp(names[at], "doelen") == 0       ? summary_goals(c)
                   : strcmp(names[at], "leveringen") == 0 ? summary_deliveries(c)
                                                          : summary_indicator(c, names[at], &absent[at]);
    for (size_t at = 0; at < count; at++)
        if (absent[at])
            unknown[n_absent++] = phrase_lower(c, composer_indicator(c, names[at])->title);
    for (size_t at = 0; at < count; at++)
        if (!absent[at] || n_absent < TOGETHER)
            line[shown++] = line[at];
    if (n_absent >= TOGETHER) {
        line[shown++] = (Line){phrase(c, "regel.afwezig", (MessageValue[]){{"titel", message_list(c->out, unknown, n_absent), 0}}, 1), ""};
        c->report->last->title = phrase_plain(c, "regel.kop.kort"); /* no longer as many lines as the edition's title may say */
    }
    for (size_t at = 0; at < shown; at++)
        labels = labels || *line[at].certainty;
    report_lines(c->report, line, shown);
    if (labels)
        report_text(c->report, BLOCK_SMALL, phrase_plain(c, "zekerheid"));
    for (size_t at = 0; at < count; at++) {
        told[n_told] = absent[at] ? NULL : composer_indicator(c, names[at]);
        n_told += told[n_told] != NULL;
    }
    report_text(c->report, BLOCK_SMALL, protection_kept_years(c, told, n_told, "totaal", c->year, c->year));
    return true;
}
