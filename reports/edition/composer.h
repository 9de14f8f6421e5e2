/**
 * The edition that is being composed, and what its blocks ask of the release: which figure, which text, what changed. Every block
 * of an edition (the other headers here) takes a Composer and adds to its report. Nothing is computed that a reader could
 * not see standing in the release.
 *
 * Ownership: all that is returned is borrowed from the release or the configuration, which outlive the report.
 */
#ifndef VB_REPORTS_EDITION_COMPOSER_H
#define VB_REPORTS_EDITION_COMPOSER_H

#include "reports/compose.h"

typedef struct Composer {
    Arena               *out; /* of the report; all texts are made in it */
    const ComposeConfig *config;
    const Edition       *edition;
    const Release       *release;
    int                  year; /* school year 2025 = 2025-2026 */
    Report              *report; /* blocks go into its last chapter */
} Composer;

/* Room for the cells of one table: the largest board has some 250 locations. */
enum { COMPOSER_CELLS = 600 };

/** NULL when config/indicators has no such name. */
const IndicatorText *composer_indicator(const Composer *c, const char *name);
/** The figure of all schools together, NULL when it was not released. */
const ReleaseFigure *composer_total(const Composer *c, const char *indicator, int year);
/** Cells of one table, in the order of the release. \return how many are filled, at most room */
size_t composer_figures(const Composer *c, const char *indicator, int year, const char *breakdown, const ReleaseFigure **out, size_t room);
/** The same cell a year earlier; NULL when there is none, or when the cell is taken together of others (which need not be the same ones). */
const ReleaseFigure *composer_cell_before(const Composer *c, const ReleaseFigure *figure);

/** Are deliveries of this kind what the indicator counts? */
bool composer_counts(const IndicatorText *text, const char *kind);
/** The first school year that is counted in the new way: a break late in a summer is one of the year that begins. */
int composer_break_year(const ReleaseBreak *one);
/** hoger, lager, toeval, breuk, voor (not tested as the two years stand there now), or "" (no year before). */
const char *composer_change(const Composer *c, const IndicatorText *text, const ReleaseFigure *now, const ReleaseFigure *before);
/** Beyond the outer limits, or beyond chance when all schools are looked at together. */
bool composer_far_outside(const ReleaseComparison *one);

#endif
