/**
 * Charts: one gnuplot process, fed through a pipe, writes an SVG per chart. The only file that knows gnuplot.
 * We write and check the data ourselves: gnuplot returns 0 for missing files and text that is no number, so any text
 * on its stderr counts as failure. House colours survive colour blindness and grey print; labels stand at the lines.
 */
#ifndef VB_REPORTS_CHART_H
#define VB_REPORTS_CHART_H

#include "common/err.h"
#include "reports/model.h"

/** Draw every chart of the report into chart->svg. \param scratch directory for the files in between */
bool chart_draw_all(Report *report, const char *scratch, Err *err);

/** The script of one chart, for tests. Owned by arena. \param path where the SVG goes */
const char *chart_script(Arena *out, const ModelChart *chart, const char *path);

#endif
