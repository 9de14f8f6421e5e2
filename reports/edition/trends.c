#include "reports/edition/trends.h"

#include <math.h>
#include <string.h>

#include "common/buf.h"
#include "reports/edition/phrase.h"
#include "reports/edition/protection.h"
#include "reports/number.h"

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
    return phrase(c, trend_key(trend), (MessageValue[]){{"n", number_text(c->out, trend->years, 0), trend->years}, {"zekerheid", phrase_certainty(c, trend->p), 0}}, 2);
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
        const char **titles = arena_array(c->out, count + 1, sizeof *titles);
        size_t found = 0;
        for (size_t at = 0; at < count; at++) {
            const ReleaseTrend *trend = trend_of(c, names[at]);
            if (trend && strcmp(trend_key(trend), keys[key]) == 0)
                titles[found++] = phrase_lower(c, composer_indicator(c, names[at])->title);
        }
        if (found)
            buf_format(&lead, "%s%s", lead.length ? " " : "", phrase(c, leads[key], (MessageValue[]){{"wat", message_list(c->out, titles, found), 0}, {"n", "", (double) found}}, 2));
    }
    if (lead.length)
        report_text(c->report, BLOCK_PARAGRAPH, arena_text(c->out, lead.data));
}

static const char *signed_text(const Composer *c, double number, int decimals, const char *unit)
{
    return isfinite(number) ? arena_format(c->out, "%s%s%s", number * pow(10, decimals) >= 0.5 ? "+" : "", number_text(c->out, number, decimals), unit) : ".";
}

bool trends_block(Composer *c, const ConfigNode *block, Err *err)
{
    const char *columns[5];
    const char **names = NULL, *title = "";
    size_t count = 0;
    ModelTable *table = NULL;
    Date cut = DATE_NONE;
    const char *kept = "";

    if (!config_object(block, "block indicators title", "", err) || !config_texts(c->out, block, "indicators", &names, &count, err) || !config_text(block, "title", &title, err))
        return false;
    for (size_t at = 0; at < count; at++)
        if (!composer_indicator(c, names[at]))
            return config_fail(block, err, "no indicator \"%s\"", names[at]);
    trends_lead(c, names, count);
    for (size_t at = 0; at < count; at++) {
        const IndicatorText *text = composer_indicator(c, names[at]);
        const ReleaseTrend *trend = trend_of(c, names[at]);
        if (!trend)
            continue;
        if (!table) {
            phrase_heads(c, "kolommen.trends", columns, 5);
            table = report_table(c->report, title, columns, 5, true);
            table->column[1].numeric = table->column[4].numeric = false;
        }
        const char *stands = protection_kept_years(c, &text, 1, "totaal", trend->first, trend->last);
        kept = *stands ? arena_format(c->out, "%s\n%s", kept, stands) : kept;
        bool percent = strcmp(trend->method, "quasi-poisson") == 0, points = text->unit[0] == '%';
        int decimals = percent ? 1 : points ? 1 : text->decimals + (text->decimals < 2);
        bool cut_here = trend->break_on != DATE_NONE && trend->first == composer_break_year(&(ReleaseBreak){.on = trend->break_on});
        cut = cut_here && trend->break_on > cut ? trend->break_on : cut;
        bool few = strcmp(trend_key(trend), "trend.te_weinig") == 0; /* a number would be read as a trend all the same */
        TableCell cells[5] = {cell_text(arena_format(c->out, "%s (%s)", text->title, text->unit)),
                              cell_text(trend_word(c, trend)),
                              {signed_text(c, few ? NAN : trend->change, decimals, percent ? "%" : points ? phrase_plain(c, "trend.punt") : ""), few ? NAN : trend->change},
                              cell_text(!few && isfinite(trend->low) && isfinite(trend->high) ? number_interval(c->out, trend->low, trend->high, decimals) : "."),
                              cell_text(trend->first == trend->last ? number_school_year(c->out, trend->first)
                              : trend->last == c->year ? arena_format(c->out, "%s%s", phrase(c, "trend.sinds", (MessageValue[]){{"jaar", number_school_year(c->out, trend->first), 0}}, 1), cut_here ? "\u00a0*" : "")
                                                                    : arena_format(c->out, "%s%s", phrase(c, "trend.jaren", (MessageValue[]){{"eerst", number_school_year(c->out, trend->first), 0}, {"laatst", number_school_year(c->out, trend->last), 0}}, 2), cut_here ? " *" : ""))};
        report_row(c->report, table, cells);
    }
    if (table)
        table->note = arena_format(c->out, "%s%s%s", phrase_plain(c, "trend.noot"), cut == DATE_NONE ? "" : arena_format(c->out, "\n%s", phrase_plain(c, "trend.breuk")), kept);
    return true;
}
