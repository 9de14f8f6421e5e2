/**
 * One run of reports: for every board with a certificate the asked editions as HTML, PDF, XLSX and CSV below out/.
 *
 *   out/<board>/<school year>/<edition>.html .pdf .xlsx .csv
 *   out/<board>/<school year>/bulletin/<location code>.html .pdf
 */
#ifndef VB_REPORTS_REPORT_H
#define VB_REPORTS_REPORT_H

#include "common/pg.h"
#include "common/place.h"

typedef struct ReportOptions {
    const char *edition; /* NULL = all */
    int         school_year, board, jobs;
    Date        made_on;
} ReportOptions;

typedef struct ReportTotals {
    size_t boards, documents, bulletins;
} ReportTotals;

/** \param dsn_report role vb_report; \param dsn_bulletin role vb_bulletin */
bool report_run(const char *dsn_report, const char *dsn_bulletin, const Place *place, const ReportOptions *options, ReportTotals *totals, Err *err);

#endif
