#include "reports/edition/spread.h"

#include <string.h>

#include "reports/edition/phrase.h"
#include "reports/number.h"

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
        report_text(c->report, BLOCK_NOTE, phrase(c, "maanden.sprong", values, 2));
    }
}

bool spread_season(Composer *c, const ConfigNode *block, Err *err)
{
    const char *columns[3];
    const char *name = "", *title = "";
    ModelTable *table = NULL;
    const char *busy[12], *quiet[12];
    size_t n_busy = 0, n_quiet = 0;
    int years = 0;

    if (!config_object(block, "block indicator title", "", err) || !config_text(block, "indicator", &name, err) || !config_text(block, "title", &title, err))
        return false;
    if (!composer_indicator(c, name))
        return config_fail(block, err, "no indicator \"%s\"", name);
    shift_ask(c, name);
    for (size_t at = 0; at < c->release->n_seasons; at++) {
        const ReleaseSeason *season = &c->release->season[at];
        if (strcmp(season->indicator, name) != 0)
            continue;
        if (season->low > 1 && n_busy < 12)
            busy[n_busy++] = number_month_long(season->month);
        else if (season->high < 1 && n_quiet < 12)
            quiet[n_quiet++] = number_month_long(season->month);
        years = season->years;
    }
    if (years)
        report_text(c->report, BLOCK_PARAGRAPH, phrase(c, n_busy && n_quiet ? "maanden.beide" : n_busy ? "maanden.druk" : n_quiet ? "maanden.rustig" : "maanden.gelijk",
                                                    (MessageValue[]){{"druk", message_list(c->out, busy, n_busy), 0}, {"rustig", message_list(c->out, quiet, n_quiet), 0},
                                                                     {"n", number_text(c->out, years, 0), years}}, 3));
    for (size_t at = 0; at < c->release->n_seasons; at++) {
        const ReleaseSeason *season = &c->release->season[at];
        if (strcmp(season->indicator, name) != 0)
            continue;
        if (!table) {
            phrase_heads(c, "kolommen.maanden", columns, 3);
            table = report_table(c->report, title, columns, 3, true);
        }
        report_row(c->report, table, (TableCell[]){cell_text(number_month_long(season->month)), {number_text(c->out, season->ratio, 1), season->ratio},
                                                   cell_text(number_interval(c->out, season->low, season->high, 1))});
    }
    if (table)
        table->note = phrase(c, "maanden.noot", (MessageValue[]){{"n", number_text(c->out, years, 0), years}}, 1);
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
    const ReleaseFigure *figure[COMPOSER_CELLS], *most[2] = {NULL, NULL};
    size_t count = composer_figures(c, name, c->year, "plaats", figure, COMPOSER_CELLS);
    double all = 0, unknown = 0;

    for (size_t at = 0; at < count; at++) {
        all += (double) figure[at]->events;
        unknown += strcmp(figure[at]->category, "onbekend") == 0 ? (double) figure[at]->events : 0;
        if (figure[at]->n_members > 1 || strcmp(figure[at]->category, "onbekend") == 0)
            continue;
        if (!most[0] || figure[at]->events > most[0]->events) {
            most[1] = most[0];
            most[0] = figure[at];
        } else if (!most[1] || figure[at]->events > most[1]->events) {
            most[1] = figure[at];
        }
    }
    if (unknown > all / 2) { /* what is known says little of where it happens */
        report_text(c->report, BLOCK_PARAGRAPH, phrase(c, "concentratie.onbekend", (MessageValue[]){{"deel", number_text(c->out, 100 * unknown / all, 0), 0}}, 1));
        return;
    }
    if (!most[1] || !(all > 0))
        return;
    MessageValue values[] = {{"eerste", most[0]->label, 0}, {"tweede", most[1]->label, 0},
                             {"deel", number_text(c->out, 100 * (double) (most[0]->events + most[1]->events) / all, 0), 0}};
    report_text(c->report, BLOCK_PARAGRAPH, phrase(c, "concentratie.plaats", values, 3));
}

bool spread_concentration(Composer *c, const ConfigNode *block, Err *err)
{
    const char *name = "";
    size_t n = 0;

    if (!config_object(block, "block indicator", "", err) || !config_text(block, "indicator", &name, err))
        return false;
    if (!composer_indicator(c, name))
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
    report_text(c->report, BLOCK_PARAGRAPH, phrase(c, half < fair ? "concentratie.scholen" : "concentratie.gelijk", values, 3));
    return true;
}
