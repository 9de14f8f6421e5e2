/**
 * One run of reports: for every board with a certificate the asked editions as HTML, PDF, XLSX and CSV below out/.
 *
 *   out/<board>/<school year>/<edition>.html .pdf .xlsx .csv
 *   out/<board>/<school year>/mr/<location code>.html .pdf .xlsx .csv
 *   out/<board>/<school year>/bulletin/<location code>.html .pdf
 *   out/<board>/<school year>/school/<location code>.html .csv, and bestuur.html .csv for the files of the whole board
 */
#ifndef VB_REPORTS_REPORT_H
#define VB_REPORTS_REPORT_H

#include "common/pg.h"
#include "common/place.h"

typedef struct ReportOptions {
    const char *edition; /* NULL = all */
    const char *school;  /* code; the pages of this school only, so mr, bulletin and school; NULL = all */
    int         school_year, board, jobs;
    Date        made_on;
} ReportOptions;

typedef struct ReportTotals {
    size_t boards, documents, bulletins, feedbacks;
    size_t schools; /* school pages that were looked at */
} ReportTotals;

/** One connection per wall. */
typedef struct ReportDsn {
    const char *report, *bulletin, *feedback; /* roles vb_report, vb_bulletin, vb_feedback */
} ReportDsn;

bool report_run(const ReportDsn *dsn, const Place *place, const ReportOptions *options, ReportTotals *totals, Err *err);

#endif
