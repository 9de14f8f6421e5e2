/** A report model into one self-contained HTML file: the model becomes an XML tree, templates/html.xsl makes the page. */
#ifndef VB_REPORTS_HTML_H
#define VB_REPORTS_HTML_H

#include "common/place.h"
#include "reports/model.h"

/** Charts must have been drawn. \param templates directory with html.xsl and style.css */
bool html_write(const Report *report, const char *templates, const char *path, Err *err);

#endif
