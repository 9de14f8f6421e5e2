/** What was released, cell by cell, as CSV (RFC 4180, UTF-8, decimal points) with CSVW metadata beside it. */
#ifndef VB_REPORTS_OPENDATA_H
#define VB_REPORTS_OPENDATA_H

#include "common/err.h"
#include "reports/reports_db.h"

/** Writes path and path-metadata.json. \param open for everybody; else the metadata say that the figures are for the readers of the report */
bool opendata_write(const Release *release, const char *path, const char *title, bool open, Err *err);

#endif
