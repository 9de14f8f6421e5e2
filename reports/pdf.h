/** HTML into tagged PDF (PDF/UA-1) by WeasyPrint. The same HTML and SOURCE_DATE_EPOCH give the same bytes. */
#ifndef VB_REPORTS_PDF_H
#define VB_REPORTS_PDF_H

#include "common/err.h"

#include <stdbool.h>

bool pdf_write(const char *html_path, const char *pdf_path, Err *err);

#endif
