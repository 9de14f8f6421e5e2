#include "tests/harness/test.h"

#include <gsl/gsl_errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static TestCase *first, **last = &first;
static bool      failed, skipped;
static int       passed, failures, skips;

void test_register(TestCase *test)
{
    *last = test;
    last = &test->next;
}

static void closing(void)
{
    printf("%d passed, %d failed, %d skipped\n", passed, failures, skips);
}

void test_fail(const char *file, int line, const char *format, ...)
{
    va_list args;

    failed = true;
    printf("  %s:%d: ", file, line);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
    if (getenv("TEST_STOP")) {
        failures++;
        closing();
        exit(1);
    }
}

void test_skip(const char *why)
{
    skipped = true;
    printf("  SKIP: %s\n", why);
}

void test_check_text(const char *file, int line, const char *got, const char *want)
{
    if (!got || strcmp(got, want) != 0)
        test_fail(file, line, "got \"%s\", expected \"%s\"", got ? got : "(null)", want);
}

void test_check_near(const char *file, int line, double got, double want, double relative)
{
    double scale = fabs(want) > 1e-12 ? fabs(want) : 1;

    if (!(fabs(got - want) <= relative * scale) && !(isnan(got) && isnan(want)) && !(got == want))
        test_fail(file, line, "got %.17g, expected %.17g (within %g)", got, want, relative);
}

int main(void)
{
    gsl_set_error_handler_off();
    for (TestCase *test = first; test; test = test->next) {
        failed = skipped = false;
        test->body();
        if (failed)
            printf("FAIL %s\n", test->title);
        passed += !failed && !skipped;
        failures += failed;
        skips += skipped && !failed;
    }
    closing();
    return failures != 0;
}
