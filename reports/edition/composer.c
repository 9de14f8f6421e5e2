#include "reports/edition/composer.h"

#include <math.h>
#include <string.h>

const IndicatorText *composer_indicator(const Composer *c, const char *name)
{
    for (size_t at = 0; at < c->config->n_indicators; at++)
        if (strcmp(c->config->indicator[at].name, name) == 0)
            return &c->config->indicator[at];
    return NULL;
}

const ReleaseFigure *composer_total(const Composer *c, const char *indicator, int year)
{
    return release_figure(c->release, indicator, year, "totaal", 0, "");
}

bool composer_counts(const IndicatorText *text, const char *kind)
{
    for (size_t at = 0; at < text->n_records; at++)
        if (strcmp(text->records[at], kind) == 0)
            return true;
    return !text->records && strcmp(kind, "incident") == 0;
}

int composer_break_year(const ReleaseBreak *one)
{
    return date_school_year(one->on + 31);
}

static bool broken_before(const Composer *c, const IndicatorText *text, int year)
{
    for (size_t at = 0; at < c->release->n_breaks; at++)
        if (composer_break_year(&c->release->breaks[at]) == year && composer_counts(text, c->release->breaks[at].kind))
            return true;
    return false;
}

/* How sure a change is was found when both years were released. Where one of them has been released anew since and the other stands as
 * it was, nobody has compared what stands there now. */
static bool stand_together(const Composer *c, const ReleaseFigure *now, const ReleaseFigure *before)
{
    const ReleaseDecision *one = release_decision(c->release, now->indicator, now->year, now->breakdown), *other = release_decision(c->release, before->indicator, before->year, before->breakdown);
    Date since = one ? one->kept : DATE_NONE, until = other ? other->kept : DATE_NONE;

    return since == DATE_NONE ? until == DATE_NONE : until != DATE_NONE && until <= since;
}

const char *composer_change(const Composer *c, const IndicatorText *text, const ReleaseFigure *now, const ReleaseFigure *before)
{
    if (!now || !before || isnan(now->value) || isnan(before->value))
        return "";
    if (broken_before(c, text, now->year))
        return "breuk";
    if (isnan(now->p_change) || !stand_together(c, now, before))
        return "voor";
    if (now->p_change >= 0.05 || now->value == before->value)
        return "toeval";
    return now->value > before->value ? "hoger" : "lager";
}

size_t composer_figures(const Composer *c, const char *indicator, int year, const char *breakdown, const ReleaseFigure **out, size_t room)
{
    size_t count = 0;

    for (size_t at = 0; at < c->release->n_figures && count < room; at++) {
        const ReleaseFigure *figure = &c->release->figure[at];
        if (figure->year == year && strcmp(figure->indicator, indicator) == 0 && strcmp(figure->breakdown, breakdown) == 0)
            out[count++] = figure;
    }
    return count;
}

const ReleaseFigure *composer_cell_before(const Composer *c, const ReleaseFigure *figure)
{
    if (figure->n_members > 1 || strcmp(figure->breakdown, "maand") == 0)
        return NULL;
    return release_figure(c->release, figure->indicator, figure->year - 1, figure->breakdown, figure->location_no, figure->category);
}

bool composer_far_outside(const ReleaseComparison *one)
{
    return strcmp(one->flag, "low998") == 0 || strcmp(one->flag, "high998") == 0 || one->p < 0.05;
}
