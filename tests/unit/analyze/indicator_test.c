#include "analyze/indicator.h"

#include "tests/unit/scratch.h"

static const IndicatorCounts nothing = {NAN, NAN, NAN, NAN, NAN};

TEST("every shipped indicator loads, and a subset comes behind what it is a subset of")
{
    ARENA_AUTO arena = arena_new();
    Place place = checkout_place(arena, NULL);
    Indicator *all = NULL;
    size_t count = 0, subsets = 0, files = 0;
    char **names;
    Err err = {0};

    CHECK(indicator_load_all(arena, &place, &all, &count, &err));
    CHECK_TEXT(err.text, "");
    CHECK(place_list(arena, arena_format(arena, "%s/indicators", place.config), ".json", &names, &err));
    while (names[files])
        files++;
    CHECK_INT(count, files);
    for (size_t at = 0; at < count; at++) {
        const Indicator *one = &all[at];
        CHECK(*one->name && *one->title && *one->definition && one->unit && *one->query && one->argument && one->n_breakdowns > 0);
        CHECK(one->per >= 1 && one->decimals >= 0 && one->direction >= -1 && one->direction <= 1);
        bool parent = !one->subset_of;
        for (size_t before = 0; before < at; before++) {
            CHECK(strcmp(all[before].name, one->name) != 0);
            parent = parent || (strcmp(all[before].name, one->subset_of) == 0 );
        }
        if (!parent)
            test_fail(__FILE__, __LINE__, "%s comes before %s", one->name, one->subset_of);
        subsets += one->subset_of != NULL;
    }
    CHECK(subsets > 0);
}

#define INDICATOR(name, query, method, extra)                                                                          \
    "{\"indicator\": \"" name "\", \"title\": \"t\", \"definition\": \"d\", \"unit\": \"u\", \"method\": \"" method "\", \"query\": \"" query                \
    "\", \"breakdowns\": [\"totaal\"], \"class\": \"persons\"" extra "}"

static void check_refused(int line, const char *first, const char *second, const char *message)
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Indicator *all;
    size_t count;
    Err err = {0};

    char *path = scratch_text(arena, &dir, "indicators/zz.json", second);
    if (first)
        scratch_text(arena, &dir, "indicators/yy.json", first);
    Place place = checkout_place(arena, dir.path);
    if (indicator_load_all(arena, &place, &all, &count, &err))
        test_fail(__FILE__, line, "was taken");
    else if (err.kind != ERR_CONFIG)
        test_fail(__FILE__, line, "kind %d: %s", err.kind, err.text);
    else
        test_check_text(__FILE__, line, err.text, arena_format(arena, "%s: %s", path, message));
}

TEST("a subset of nothing, or of itself, is refused")
{
    check_refused(__LINE__, NULL, INDICATOR("z", "incidenten", "rate", ", \"subset_of\": \"nergens\""), "subset_of: no indicator \"nergens\", or a circle");
    check_refused(__LINE__, NULL, INDICATOR("z", "incidenten", "rate", ", \"subset_of\": \"z\""), "subset_of: no indicator \"z\", or a circle");
    check_refused(__LINE__, NULL, INDICATOR("z", "incidenten", "rate", ", \"twin\": [\"vorm\", \"pesten\"]"),
                  "\"twin\" names a breakdown and a category of the indicator in subset_of");
    check_refused(__LINE__, NULL, INDICATOR("z", "incidenten", "rate", ", \"beside\": [\"vorm\", \"pesten\"]"),
                  "\"beside\" names a breakdown and a category of the indicator in subset_of");
    check_refused(__LINE__, NULL, INDICATOR("z", "incidenten", "rate", ", \"subset_of\": \"z\", \"left_in\": [\"vorm\", \"pesten\"]"),
                  "\"left_in\" says where what is left without the cell of \"beside\" is: name that too");
    check_refused(__LINE__, NULL, INDICATOR("z", "meldbereidheid", "ratio", ", \"share_of\": \"nergens\""), "share_of: no indicator \"nergens\"");
    check_refused(__LINE__, NULL, INDICATOR("z", "meldbereidheid", "ratio", ""), "\"share_of\" names the indicator whose share a ratio uses; every ratio has one, and nothing else");
    check_refused(__LINE__, NULL, INDICATOR("z", "incidenten", "rate", ", \"share_of\": \"gepest\""), "\"share_of\" names the indicator whose share a ratio uses; every ratio has one, and nothing else");
    check_refused(__LINE__, NULL, INDICATOR("z", "incidenten", "rate", ", \"adds_up_to\": \"nergens\""), "adds_up_to: no indicator \"nergens\"");
}

TEST("a query that is not in the program, an unknown method or class is refused")
{
    check_refused(__LINE__, NULL, INDICATOR("z", "nergens", "rate", ""), "there is no sql/query/analyze/nergens.sql in this program");
    check_refused(__LINE__, NULL, INDICATOR("z", "incidenten", "median", ""), "method: \"median\" is none of: rate share mean count ratio");
    check_refused(__LINE__, NULL,
                  "{\"indicator\": \"z\", \"title\": \"t\", \"definition\": \"d\", \"unit\": \"u\", \"method\": \"rate\", \"query\": \"incidenten\", \"breakdowns\": [], \"class\": \"open\"}",
                  "class: \"open\" is none of: " INDICATOR_CLASSES);
    check_refused(__LINE__, NULL, INDICATOR("z", "incidenten", "rate", ", \"decimals\": 5"), "decimals: expected a whole number from 0 to 4");
    check_refused(__LINE__, NULL, INDICATOR("z", "incidenten", "rate", ", \"per\": 0"), "per: expected a number from 1 to 1e+06");
    check_refused(__LINE__, NULL, INDICATOR("z", "incidenten", "rate", ", \"breakdown\": 1"),
                  "unknown key \"breakdown\" (known: indicator title definition unit method query breakdowns class per decimals direction argument subset_of twin share_of adds_up_to records fives beside left_in)");
}

static void check_value(int line, IndicatorMethod method, double per, IndicatorCounts counts, double value, double low, double high)
{
    Indicator indicator = {.name = "x", .method = method, .per = per};
    Estimate got = {NAN, NAN, NAN};
    const char *reason = "untouched";

    if (!indicator_value(&indicator, &counts, &got, &reason))
        test_fail(__FILE__, line, "no value: %s", reason);
    test_check_text(__FILE__, line, reason, "");
    test_check_near(__FILE__, line, got.value, value, 1e-12);
    test_check_near(__FILE__, line, got.low, low, 1e-11);
    test_check_near(__FILE__, line, got.high, high, 1e-11);
}

static void check_none(int line, IndicatorMethod method, IndicatorCounts counts, const char *want)
{
    Indicator indicator = {.name = "x", .method = method, .per = 100};
    Estimate got = {NAN, NAN, NAN};
    const char *reason = "untouched";

    if (indicator_value(&indicator, &counts, &got, &reason))
        test_fail(__FILE__, line, "has a value: %g", got.value);
    test_check_text(__FILE__, line, reason, want);
}

static IndicatorCounts counts_of(double events, double numerator, double denominator, double sd, double extra)
{
    return (IndicatorCounts){.events = events, .numerator = numerator, .denominator = denominator, .sd = sd, .extra = extra};
}

TEST("a rate is events per so many, with the exact interval")
{
    /* poisson.test(17, 4.12)$conf.int */
    check_value(__LINE__, INDICATOR_RATE, 100, counts_of(17, NAN, 412, NAN, NAN), 17 / 4.12, 2.4036714732056526, 6.6064676737637411);
    check_value(__LINE__, INDICATOR_RATE, 100, counts_of(0, NAN, 200, NAN, NAN), 0, 0, 1.8444397270569677);
    check_none(__LINE__, INDICATOR_RATE, counts_of(17, NAN, 0, NAN, NAN), "geen noemer");
    check_none(__LINE__, INDICATOR_RATE, counts_of(17, NAN, -5, NAN, NAN), "geen noemer");
    check_none(__LINE__, INDICATOR_RATE, nothing, "geen noemer");
    check_none(__LINE__, INDICATOR_RATE, counts_of(NAN, NAN, 412, NAN, NAN), "te weinig");
}

TEST("a share is a percentage, exact where numbers are small")
{
    /* prop.test(17, 412, correct = FALSE)$conf.int * 100; binom.test(3, 20)$conf.int * 100 */
    check_value(__LINE__, INDICATOR_SHARE, 1, counts_of(NAN, 17, 412, NAN, NAN), 1700. / 412, 2.5919219206931783, 6.5080506813678678);
    check_value(__LINE__, INDICATOR_SHARE, 1, counts_of(NAN, 3, 20, NAN, NAN), 15, 3.207093718546373, 37.892682654531399);
    check_none(__LINE__, INDICATOR_SHARE, counts_of(NAN, 0, 0, NAN, NAN), "geen waarnemingen");
    check_none(__LINE__, INDICATOR_SHARE, nothing, "geen waarnemingen");
    check_none(__LINE__, INDICATOR_SHARE, counts_of(NAN, 21, 20, NAN, NAN), "te weinig");
}

TEST("a mean has Student's interval and needs two answers")
{
    /* qt(.975, 9) * .5 / sqrt(10) */
    check_value(__LINE__, INDICATOR_MEAN, 1, counts_of(NAN, 3, 10, .5, NAN), 3, 3 - 0.35767845298533235, 3 + 0.35767845298533235);
    check_value(__LINE__, INDICATOR_MEAN, 1, counts_of(NAN, 3, 10, 0, NAN), 3, 3, 3);
    check_none(__LINE__, INDICATOR_MEAN, counts_of(NAN, 3, 1, NAN, NAN), "te weinig");
    check_none(__LINE__, INDICATOR_MEAN, nothing, "te weinig");
}

TEST("a count is itself, without an interval")
{
    check_value(__LINE__, INDICATOR_COUNT, 1, counts_of(NAN, 12, NAN, NAN, NAN), 12, NAN, NAN);
    check_value(__LINE__, INDICATOR_COUNT, 1, counts_of(NAN, 0, NAN, NAN, NAN), 0, NAN, NAN);
    check_none(__LINE__, INDICATOR_COUNT, nothing, "te weinig");
}

TEST("a ratio needs events and a share that is neither nobody nor everybody")
{
    /* f <- exp(qnorm(.975) * sqrt(1/30 + (1 - .2)/(100 * .2))); v <- 100 * 30/(.2 * 500); c(v, v/f, v*f) */
    check_value(__LINE__, INDICATOR_RATIO, 100, counts_of(30, 20, 100, NAN, 500), 30, 17.644720654770833, 51.006758203148728);
    check_none(__LINE__, INDICATOR_RATIO, counts_of(0, 20, 100, NAN, 500), "te weinig");
    check_none(__LINE__, INDICATOR_RATIO, counts_of(30, 0, 100, NAN, 500), "te weinig");
    check_none(__LINE__, INDICATOR_RATIO, counts_of(30, 100, 100, NAN, 500), "te weinig");
    check_none(__LINE__, INDICATOR_RATIO, counts_of(30, 20, 100, NAN, NAN), "te weinig");
}

static bool adds_up(int class, IndicatorCounts cell, int64_t schools, const IndicatorCounts *location, size_t count)
{
    Indicator indicator = {.disclosure = class};
    IndicatorSum sum = {0};

    for (size_t at = 0; at < count; at++)
        indicator_sum_add(&sum, &location[at]);
    return indicator_adds_up(&indicator, &cell, schools, &sum);
}

TEST("locations add up to the cell: events, schools, and what else they count")
{
    IndicatorCounts two[] = {counts_of(3, 1, 3, NAN, NAN), counts_of(4, 2, 4, NAN, NAN)};
    int class = INDICATOR_CLASS_SURVEY;

    CHECK(adds_up(class, counts_of(7, 3, 7, NAN, NAN), 2, two, 2));
    CHECK(!adds_up(class, counts_of(8, 3, 7, NAN, NAN), 2, two, 2));
    CHECK(!adds_up(class, counts_of(7, 3, 7, NAN, NAN), 3, two, 2));
    CHECK(!adds_up(class, counts_of(7, 4, 7, NAN, NAN), 2, two, 2));
    CHECK(!adds_up(class, counts_of(7, 3, 8, NAN, NAN), 2, two, 2));
    CHECK(!adds_up(class, counts_of(7, 3, 7, NAN, NAN), 2, two, 1));
}

TEST("a cell of nothing has no locations behind it, and no other cell has none")
{
    CHECK(adds_up(INDICATOR_CLASS_PERSONS, counts_of(0, 0, 412, NAN, NAN), 0, NULL, 0));
    CHECK(!adds_up(INDICATOR_CLASS_PERSONS, counts_of(1, 1, 412, NAN, NAN), 1, NULL, 0));
    CHECK(!adds_up(INDICATOR_CLASS_OVERLAP, counts_of(1, 1, NAN, NAN, NAN), 1, NULL, 0));
    CHECK(!adds_up(INDICATOR_CLASS_PERSONS, counts_of(NAN, 1, 412, NAN, NAN), 0, NULL, 0));
}

TEST("what a location leaves out is not asked; one without events is no school of the cell")
{
    IndicatorCounts some[] = {counts_of(3, 1, NAN, NAN, NAN), counts_of(0, 2, NAN, NAN, NAN), counts_of(4, NAN, NAN, NAN, NAN)};

    CHECK(adds_up(INDICATOR_CLASS_PERSONS, counts_of(7, 99, 412, NAN, NAN), 2, some, 3));
    CHECK(adds_up(INDICATOR_CLASS_PERSONS, counts_of(3, 3, 412, NAN, NAN), 1, some, 2));
    CHECK(!adds_up(INDICATOR_CLASS_PERSONS, counts_of(3, 1, 412, NAN, NAN), 1, some, 2));
}

TEST("a person may be at several schools: then no fewer than at one, no more than at all")
{
    IndicatorCounts two[] = {counts_of(3, NAN, NAN, NAN, NAN), counts_of(4, NAN, NAN, NAN, NAN)};

    for (int persons = 0; persons < 10; persons++)
        CHECK(adds_up(INDICATOR_CLASS_OVERLAP, counts_of(persons, persons, NAN, NAN, NAN), 2, two, 2) == (persons >= 4 && persons <= 7));
}

TEST("two years are compared by the test of their method")
{
    Indicator rate = {.method = INDICATOR_RATE, .per = 100}, share = {.method = INDICATOR_SHARE}, mean = {.method = INDICATOR_MEAN};
    IndicatorCounts now = counts_of(17, 17, 412, .5, NAN), before = counts_of(31, 31, 400, .6, NAN);

    CHECK_NEAR(indicator_compare(&rate, &now, &before), rate_compare_p(17, 412, 31, 400), 1e-15);
    CHECK_NEAR(indicator_compare(&share, &now, &before), share_compare_p(17, 412, 31, 400), 1e-15);
    CHECK_NEAR(indicator_compare(&mean, &now, &before), mean_compare_p(412, 17, .5, 400, 31, .6), 1e-15);
    CHECK(indicator_compare(&rate, &now, &before) < .05 && indicator_compare(&rate, &now, &now) == 1);
    CHECK(isnan(indicator_compare(&rate, &now, &nothing)) && isnan(indicator_compare(&share, &nothing, &now)) && isnan(indicator_compare(&mean, &now, &nothing)));
}

TEST("counts and ratios have no test between years")
{
    Indicator count = {.method = INDICATOR_COUNT}, ratio = {.method = INDICATOR_RATIO, .per = 100};
    IndicatorCounts now = counts_of(30, 20, 100, NAN, 500);

    CHECK(isnan(indicator_compare(&count, &now, &now)));
    CHECK(isnan(indicator_compare(&ratio, &now, &now)));
}
