#include "reports/edition/goals.h"

#include <string.h>

#include "reports/edition/phrase.h"
#include "reports/number.h"

/* Of which school year the baselines are: of one, or of each goal its own. */
static const char *baseline_text(const Composer *c)
{
    int first = c->release->goal[0].baseline_year, last = first;

    for (size_t at = 1; at < c->release->n_goals; at++) {
        int year = c->release->goal[at].baseline_year;
        first = year < first ? year : first;
        last = year > last ? year : last;
    }
    return phrase(c, first == last ? "doelen.nulmeting" : "doelen.nulmetingen",
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
            const IndicatorText *text = composer_indicator(c, r->goal[other].indicator);
            if (!text || strcmp(r->goal[other].reason, r->goal[at].reason) != 0)
                continue;
            told[other] = true;
            which = arena_format(c->out, "%s%s%s (%s)", which, *which ? ", " : "", r->goal[other].office ? phrase_plain(c, "aandacht.bestuur") : r->goal[other].location, phrase_lower(c, text->title));
        }
        if (*which)
            line[n++] = (Line){phrase(c, "doelen.reden", (MessageValue[]){{"reden", message_capital(c->out, r->goal[at].reason), 0}, {"wat", which, 0}}, 2), ""};
    }
    return n;
}

bool goals_block(Composer *c, const ConfigNode *block, Err *err)
{
    const char *columns[7];
    Line reason[40];

    if (!config_object(block, "block", "", err))
        return false;
    if (c->release->n_goals == 0) {
        report_text(c->report, BLOCK_PARAGRAPH, phrase_plain(c, "regel.doelen.geen"));
        return true;
    }
    phrase_heads(c, "kolommen.doelen", columns, 7);
    ModelTable *table = report_table(c->report, phrase_plain(c, "doelen.titel"), columns, 7, true);
    table->column[1].numeric = table->column[6].numeric = false;
    for (size_t at = 0; at < c->release->n_goals; at++) {
        const ReleaseGoal *goal = &c->release->goal[at];
        const IndicatorText *text = composer_indicator(c, goal->indicator);
        if (!text)
            continue;
        const char *interval = number_interval(c->out, goal->low, goal->high, text->decimals);
        const char *name = arena_format(c->out, "%s: %s", goal->office ? message_capital(c->out, phrase_plain(c, "aandacht.bestuur")) : goal->location, text->title);
        DateParts due = date_parts(goal->due);
        TableCell cells[7] = {cell_text(name), cell_text(goal->owner), phrase_cell_value(c, text, goal->baseline), phrase_cell_value(c, text, goal->target),
                              {*interval ? arena_format(c->out, "%s (%s)", phrase_value_unit(c, text, goal->current), interval) : phrase_value_unit(c, text, goal->current), goal->current},
                              cell_text(arena_format(c->out, "%s %d", number_month_short(due.month), due.year)), cell_text(goal->status)};
        report_row(c->report, table, cells);
    }
    table->note = arena_format(c->out, "%s\n%s\n%s", baseline_text(c), phrase_plain(c, "doelen.noot"), phrase_signs(c, true));
    size_t n_reasons = goal_reasons(c, reason, sizeof reason / sizeof *reason);
    if (n_reasons) {
        report_text(c->report, BLOCK_PARAGRAPH, phrase_plain(c, "doelen.redenen"));
        report_lines(c->report, reason, n_reasons);
    }
    return true;
}
