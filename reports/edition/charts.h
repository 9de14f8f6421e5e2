/**
 * Released figures as charts: which points, the heading that says the finding and no more than the evidence bears, the caption that
 * says what is counted, and the text alternative. Drawing is for reports/chart.h.
 *
 * Shape: one ModelChart, or nothing where fewer than two points were released: a chart never shows what its table hides.
 */
#ifndef VB_REPORTS_EDITION_CHARTS_H
#define VB_REPORTS_EDITION_CHARTS_H

#include "reports/edition/composer.h"

/** The first declared break that lies between the points of a chart over the years is drawn. */
void charts_breaks(const Composer *c, ModelChart *chart, const IndicatorText *text);

/** Block "chart": {"indicator", "breakdown", "chart": years, months, bars, dots or funnel}. ERR_CONFIG for an unknown key or indicator. */
bool charts_block(Composer *c, const ConfigNode *block, Err *err);

#endif
