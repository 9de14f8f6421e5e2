#include "reports/edition/attention.h"

#include <string.h>

#include "reports/edition/deliveries.h"
#include "reports/edition/phrase.h"
#include "reports/number.h"

/* The goals that are behind, by what they are about. \return lines filled */
static size_t attention_goals(const Composer *c, Line *line)
{
    const char **names = arena_array(c->out, c->release->n_goals + 1, sizeof *names);
    size_t n = 0;

    for (size_t at = 0; at < c->release->n_goals; at++) {
        const ReleaseGoal *goal = &c->release->goal[at];
        const IndicatorText *text = composer_indicator(c, goal->indicator);
        if (text && strcmp(goal->status, "achter") == 0)
            names[n++] = arena_format(c->out, "%s (%s)", goal->office ? phrase_plain(c, "aandacht.bestuur") : goal->location, phrase_lower(c, text->title));
    }
    if (n == 0)
        return 0;
    line[0] = (Line){phrase(c, "aandacht.doelen", (MessageValue[]){{"n", number_text(c->out, (double) n, 0), (double) n}, {"wat", phrase_names(c, names, n, 6), 0}}, 2), ""};
    return 1;
}

static size_t attention_schools(const Composer *c, Line *line, size_t room)
{
    const ReleaseComparison *all = c->release->comparison;
    size_t n = 0;

    for (size_t first = 0, end; first < c->release->n_comparisons && n < room; first = end) {
        const char **names = arena_array(c->out, c->release->n_comparisons + 1, sizeof *names);
        const IndicatorText *text = composer_indicator(c, all[first].indicator);
        size_t outside = 0;
        for (end = first; end < c->release->n_comparisons && strcmp(all[end].indicator, all[first].indicator) == 0; end++)
            if (composer_far_outside(&all[end]))
                names[outside++] = all[end].label;
        if (outside && text)
            line[n++] = (Line){phrase(c, "aandacht.school", (MessageValue[]){{"titel", phrase_lower(c, text->title), 0}, {"n", "", (double) outside}, {"wie", phrase_names(c, names, outside, 6), 0}}, 3), ""};
    }
    return n;
}

bool attention_block(Composer *c, const ConfigNode *block, Err *err)
{
    enum { ROOM = 8 };
    Line line[ROOM + 4];
    size_t n = 0;

    if (!config_object(block, "block", "", err))
        return false;
    n += attention_goals(c, line);
    n += attention_schools(c, line + n, ROOM - n);
    const char *lacking = deliveries_lack(c, "niet ontvangen", false), *bad = deliveries_lack(c, "", true);
    if (*lacking)
        line[n++] = (Line){phrase(c, "aandacht.ontbreekt", (MessageValue[]){{"wat", lacking, 0}}, 1), ""};
    if (*bad)
        line[n++] = (Line){phrase(c, "aandacht.onleesbaar", (MessageValue[]){{"wat", bad, 0}}, 1), ""};
    report_text(c->report, BLOCK_HEADING, phrase_plain(c, "aandacht.kop"));
    if (n)
        report_lines(c->report, line, n);
    else
        report_text(c->report, BLOCK_PARAGRAPH, phrase_plain(c, "aandacht.niets"));
    return true;
}
