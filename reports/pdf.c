#include "reports/pdf.h"

#include "common/place.h"

bool pdf_write(const char *html_path, const char *pdf_path, Err *err)
{
    const char *argv[] = {"weasyprint", "-q", "--pdf-variant", "pdf/ua-1", html_path, pdf_path, NULL};

    return place_run(argv, err);
}
