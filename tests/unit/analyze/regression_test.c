#include "analyze/regression.h"

#include "tests/unit/analyze/reference.h"

static double largest; /* relative deviation over all sets, as far as compared */

static void compare(double got, double want, double relative)
{
    double away = want != 0 ? fabs(got - want) / fabs(want) : 0;

    CHECK_NEAR(got / (want != 0 ? fabs(want) : 1), want != 0 ? want / fabs(want) : 0, relative);
    largest = fmax(largest, away);
}

/* certified: rows of this set in certified.csv */
static void check_set(const char *name, int degree, bool intercept)
{
    ARENA_AUTO arena = arena_new();
    Table input = table_load(arena, arena_format(arena, "nist/%s.csv", name)), want = table_load(arena, "nist/certified.csv");
    size_t k = input.columns - 1, terms = 0;
    double *x = arena_array(arena, input.rows * k, sizeof *x), *y = column_load(arena, &input, "y");
    Regression got;
    Err err = {0};

    for (size_t row = 0; row < input.rows; row++)
        for (size_t at = 0; at < k; at++)
            x[row * k + at] = number_at(&input, row, input.name[at + 1]);
    if (!(k > 1 ? regression_fit(x, k, y, input.rows, intercept, &got, &err) : regression_polynomial(x, degree, y, input.rows, intercept, &got, &err))) {
        test_fail(__FILE__, __LINE__, "%s: %s", name, err.text);
        return;
    }
    for (size_t row = 0; row < want.rows; row++) {
        if (strcmp(text_at(&want, row, "dataset"), name) != 0)
            continue;
        size_t term = (size_t) int_at(&want, row, "term") - !intercept;
        bool exact = number_at(&want, row, "sd") == 0; /* wampler1 and 2: y is the polynomial, up to the rounding of y itself */
        compare(got.coef[term], number_at(&want, row, "estimate"), 1e-9);
        if (exact)
            CHECK(got.se[term] < 1e-9);
        else
            compare(got.se[term], number_at(&want, row, "sd"), 1e-9);
        CHECK_NEAR(got.sigma, number_at(&want, row, "residual_sd"), exact ? 1e-8 : 1e-9);
        CHECK_NEAR(got.r2, number_at(&want, row, "r_squared"), 1e-12);
        terms++;
    }
    CHECK_INT(terms, got.p);
    CHECK_INT(got.n, input.rows);
}

TEST("all eleven linear sets of NIST StRD, to nine digits and more")
{
    check_set("norris", 1, true);
    check_set("pontius", 2, true);
    check_set("noint1", 1, false);
    check_set("noint2", 1, false);
    check_set("filip", 10, true);
    check_set("longley", 1, true);
    check_set("wampler1", 5, true);
    check_set("wampler2", 5, true);
    check_set("wampler3", 5, true);
    check_set("wampler4", 5, true);
    check_set("wampler5", 5, true);
    CHECK(largest < 1e-9);
    if (getenv("SHOW"))
        printf("  largest relative deviation %.3g\n", largest);
}

TEST("intervals and tests have Student's t")
{
    /* m <- lm(c(1,3,2,5,4,8) ~ c(1,2,3,4,5,6)); confint(m)[2,]; summary(m)$coefficients[2,4] */
    const double x[] = {1, 2, 3, 4, 5, 6}, y[] = {1, 3, 2, 5, 4, 8};
    Regression got;
    Err err = {0};

    CHECK(regression_fit(x, 1, y, 6, true, &got, &err));
    CHECK_NEAR(got.coef[1], 1.1714285714285715, 1e-14);
    CHECK_NEAR(got.low[1],  0.30486199785648893, 1e-12);
    CHECK_NEAR(got.high[1],  2.0379951450006542, 1e-12);
    CHECK_NEAR(got.pvalue[1],  0.019891594630031414, 1e-11);
}

TEST("a fit moves with scale and shift, and does not depend on the order of rows")
{
    const double x[] = {1, 2, 3, 4, 5, 6}, y[] = {1, 3, 2, 5, 4, 8}, x_back[] = {6, 5, 4, 3, 2, 1}, y_back[] = {8, 4, 5, 2, 3, 1};
    double x_moved[6], y_moved[6];
    Regression got, back, moved;
    Err err = {0};

    for (int at = 0; at < 6; at++) {
        x_moved[at] = 1e6 * x[at] + 5;
        y_moved[at] = 10 * y[at] - 3;
    }
    CHECK(regression_fit(x, 1, y, 6, true, &got, &err) && regression_fit(x_back, 1, y_back, 6, true, &back, &err));
    CHECK(regression_fit(x_moved, 1, y_moved, 6, true, &moved, &err));
    CHECK_NEAR(back.coef[1], got.coef[1], 1e-15);
    CHECK_NEAR(back.se[1], got.se[1], 1e-15);
    CHECK_NEAR(moved.coef[1] * 1e5, got.coef[1], 1e-13);
    CHECK_NEAR(moved.r2, got.r2, 1e-13);
}

TEST("rows with NaN are left out; as many rows as terms leave nothing to judge by")
{
    const double x[] = {1, 2, NAN, 4}, y[] = {2, 4, 5, NAN};
    Regression got;
    Err err = {0};

    CHECK(regression_fit(x, 1, y, 4, true, &got, &err));
    CHECK_INT(got.n, 2);
    CHECK_NEAR(got.coef[1], 2, 1e-15);
    CHECK(isnan(got.sigma) && isnan(got.se[1]) && isnan(got.low[1]) && isnan(got.pvalue[1]));
    CHECK_NEAR(got.r2, 1, 1e-15);
}

TEST("an outlier is followed, equal responses leave no variance to explain")
{
    const double x[] = {1, 2, 3}, y[] = {1, 2, 1e9}, flat[] = {7, 7, 7};
    Regression got;
    Err err = {0};

    CHECK(regression_fit(x, 1, y, 3, true, &got, &err));
    CHECK_NEAR(got.coef[1], (1e9 - 1) / 2, 1e-12);
    CHECK(regression_fit(x, 1, flat, 3, true, &got, &err));
    CHECK(fabs(got.coef[1]) < 1e-15 && isnan(got.r2));
    CHECK(regression_polynomial(x, 0, y, 3, true, &got, &err)); /* the mean */
    CHECK_NEAR(got.coef[0], (1e9 + 3) / 3, 1e-14);
}

TEST("what cannot be fitted is refused")
{
    const double x[] = {1, 2, 2, 4, 3, 6}, y[] = {1, 2, 3}, zero[] = {0, 0, 0}, endless[] = {1, INFINITY, 3};
    Regression got;
    Err err = {0};

    CHECK(!regression_fit(x, 2, y, 3, true, &got, &err));
    CHECK_TEXT(err.text, "cannot fit a regression: term 2 is a combination of the terms before it");
    CHECK_INT(err.kind, ERR_STAT);
    CHECK(!regression_fit(x, 1, y, 0, true, &got, &err));
    CHECK_TEXT(err.text, "cannot fit a regression: 0 usable rows for 2 terms");
    CHECK(!regression_fit(x, 1, y, 1, true, &got, &err));
    CHECK_TEXT(err.text, "cannot fit a regression: 1 usable rows for 2 terms");
    CHECK(!regression_fit(zero, 1, y, 3, true, &got, &err));
    CHECK_TEXT(err.text, "cannot fit a regression: term 1 is 0 everywhere, or too large");
    CHECK(!regression_fit(endless, 1, y, 3, true, &got, &err));
    CHECK_TEXT(err.text, "cannot fit a regression: row 2 holds an infinite value");
    CHECK(!regression_fit(y, 1, endless, 3, true, &got, &err));
    CHECK(!regression_polynomial(x, 0, y, 3, false, &got, &err));
    CHECK_TEXT(err.text, "cannot fit a regression: there must be 1 to 32 terms");
    CHECK(!regression_polynomial(x, 32, y, 3, true, &got, &err));
    CHECK(!regression_polynomial(x, -1, y, 3, true, &got, &err));
    CHECK_TEXT(err.text, "cannot fit a regression: the degree must be 0 or more");
}
