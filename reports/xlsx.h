/** The tables of a report as a workbook: one sheet per table, numbers as numbers. The only file that writes XLSX. */
#ifndef VB_REPORTS_XLSX_H
#define VB_REPORTS_XLSX_H

#include "common/err.h"
#include "reports/model.h"

bool xlsx_write(const Report *report, const char *path, Err *err);

#endif
