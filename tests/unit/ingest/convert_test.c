#include "ingest/convert.h"

#include "common/text.h"
#include "tests/unit/scratch.h"

static const Code *find(const CodeList *list, const char *key)
{
    const Code *code = codes_find(list, key);

    if (!code) {
        test_fail(__FILE__, __LINE__, "no code %s", key);
        exit(1);
    }
    return code;
}

static const CodeList *shipped(Arena *arena, const char *name)
{
    static Codes codes;
    Place place = checkout_place(arena, NULL);
    Err err = {0};

    if (!codes_load(arena, &place, &codes, &err) || !codes_list(&codes, name)) {
        test_fail(__FILE__, __LINE__, "no list %s: %s", name, err.text);
        exit(1);
    }
    return codes_list(&codes, name);
}

TEST("a code is read by its name, an alias of the list or an alias of the form")
{
    ARENA_AUTO arena = arena_new();
    const CodeList *list = shipped(arena, "vorm");
    const char *keys[] = {"ruzie_op_het_plein"}, *values[] = {"fysiek"};
    FormField field = {.field = "vorm", .value_key = keys, .value = values, .n_values = 1};
    int no = -1;

    CHECK_INT(convert_code(arena, list, NULL, "Pesten", 6, &no), RULE_NONE);
    CHECK_INT(no, find(list, "pesten")->no);
    CHECK_INT(convert_code(arena, list, &field, "CYBERPESTEN", 11, &no), RULE_NONE);
    CHECK_INT(no, find(list, "digitaal_pesten")->no);
    CHECK_INT(convert_code(arena, list, &field, "Ruzie op het plein!", 19, &no), RULE_NONE);
    CHECK_INT(no, find(list, "fysiek")->no);
    no = -1;
    CHECK_INT(convert_code(arena, list, NULL, "Ruzie op het plein!", 19, &no), RULE_CODE_UNKNOWN);
    CHECK_INT(convert_code(arena, list, &field, "iets", 4, &no), RULE_CODE_UNKNOWN);
    CHECK_INT(convert_code(arena, list, &field, "", 0, &no), RULE_CODE_UNKNOWN);
    CHECK_INT(convert_code(arena, list, &field, "pest\xE9n", 6, &no), RULE_TEXT_ENCODING);
    CHECK_INT(convert_code(arena, list, &field, "pesten, slaan", 4, &no), RULE_NONE); /* only the first four bytes: pest */
    CHECK_INT(no, find(list, "pesten")->no);
}

TEST("a set holds each code once, and its main code is the one of lowest priority number")
{
    ARENA_AUTO arena = arena_new();
    const CodeList *list = shipped(arena, "vorm");
    FormField field = {.field = "vorm", .split = ','};
    int32_t set = -1;
    const int bullying = find(list, "pesten")->no, online = find(list, "digitaal_pesten")->no, hitting = find(list, "fysiek")->no;
    const char *three = "slaan, Pesten ,vechten", *online_first = "cyberpesten,schelden", *other = "anders,diefstal";

    CHECK_INT(convert_codes(arena, list, &field, three, strlen(three), &set), RULE_NONE);
    CHECK_INT(set, 1 << bullying | 1 << hitting);
    CHECK_INT(convert_main_code(list, set), bullying); /* pesten wins */
    CHECK_INT(convert_codes(arena, list, &field, online_first, strlen(online_first), &set), RULE_NONE);
    CHECK_INT(convert_main_code(list, set), online);
    CHECK_INT(convert_codes(arena, list, &field, other, strlen(other), &set), RULE_NONE);
    CHECK_INT(convert_main_code(list, set), find(list, "diefstal")->no);
    CHECK_INT(convert_main_code(list, 0), 0);
    for (size_t at = 0; at < list->count; at++) {
        CHECK_INT(convert_main_code(list, 1 << list->code[at].no), list->code[at].no);
        CHECK_INT(convert_main_code(list, 1 << list->code[at].no | 1 << bullying), bullying);
    }
}

TEST("a set with an unknown part is refused, with empty parts it is not")
{
    ARENA_AUTO arena = arena_new();
    const CodeList *list = shipped(arena, "vorm");
    FormField field = {.field = "vorm", .split = ';'};
    int32_t set = -1;

    CHECK_INT(convert_codes(arena, list, &field, "pesten;iets", 11, &set), RULE_CODE_UNKNOWN);
    CHECK_INT(convert_codes(arena, list, &field, ";pesten; ;", 10, &set), RULE_NONE);
    CHECK_INT(set, 1 << find(list, "pesten")->no);
    CHECK_INT(convert_codes(arena, list, &field, ";;", 2, &set), RULE_VALUE_MISSING);
    CHECK_INT(convert_codes(arena, list, &field, "", 0, &set), RULE_VALUE_MISSING);
    CHECK_INT(convert_codes(arena, list, NULL, "pesten;slaan", 12, &set), RULE_CODE_UNKNOWN); /* no mark: one value */
}

TEST("a code without a priority never comes before one that has it")
{
    const char *a_keys[] = {"a", NULL}, *b_keys[] = {"b", NULL};
    Code code[] = {{.no = 1, .code = "a", .keys = a_keys}, {.no = 2, .code = "b", .priority = 5, .keys = b_keys}};
    CodeList list = {.name = "l", .code = code, .count = 2};

    CHECK_INT(convert_main_code(&list, 1 << 1 | 1 << 2), 2); /* codes.h: 0 = none */
    CHECK_INT(convert_main_code(&list, 1 << 1), 1);
}

/* Read a column of dates of a form with these formats: a letter per cell, o good, t two formats, i invalid. */
static void check_dates(int line, const DateFormat *formats, size_t n, const char *const *cells, const char *want)
{
    Form form = {.n_formats = n};
    int locked = -1, hour;
    char got[32] = "";
    Date date;

    memcpy(form.format, formats, n * sizeof *formats);
    for (size_t at = 0; cells[at]; at++) {
        Rule rule = convert_date(&form, &locked, cells[at], strlen(cells[at]), &date, &hour);
        got[at] = rule == RULE_NONE ? 'o' : rule == RULE_DATE_TWO_FORMATS ? 't' : rule == RULE_DATE_INVALID ? 'i' : '?';
    }
    test_check_text(__FILE__, line, got, want);
}
static const DateFormat both[] = {DATE_ISO, DATE_DMY};
#define DATES(want, n, ...) check_dates(__LINE__, both, n, (const char *const[]){__VA_ARGS__, NULL}, want)

TEST("a column of dates keeps the format of its first good cell")
{
    DATES("ooo", 2, "2025-09-30", "2025-10-01 12:00", "2025-10-02");
    DATES("otot", 2, "2025-09-30", "30-9-2025", "2025-10-01", "1/10/2025");
    DATES("oto", 2, "30-9-2025", "2025-09-30", "1-10-2025");
    DATES("iooi", 2, "morgen", "30-9-2025", "1-10-2025", "31-9-2025");
    DATES("iiot", 1, "30-9-2025", "x", "2025-09-30", "30-9-2025"); /* the form does not have it, but it is another format */
}

TEST("a day beyond twelve in the wrong place is not taken for another format")
{
    DATES("oi", 2, "30-9-2025", "9/30/2025"); /* not silently American */
    DATES("oi", 2, "2025-09-30", "2025-13-01");
}

TEST("a date fills day and hour")
{
    Form form = {.format = {DATE_MDY}, .n_formats = 1};
    int locked = -1, hour = 99;
    Date date = DATE_NONE, want;

    CHECK_INT(convert_date(&form, &locked, "9/30/2025 1:02:03 PM", 20, &date, &hour), RULE_NONE);
    CHECK(date_parse_iso("2025-09-30", &want));
    CHECK_INT(date, want);
    CHECK_INT(hour, 13);
    CHECK_INT(locked, DATE_MDY);
    CHECK_INT(convert_date(&form, &locked, "9/30/2025", 9, &date, &hour), RULE_NONE);
    CHECK_INT(hour, -1);
}

static void check_hour(int line, const char *text, Rule rule, int want)
{
    int hour = -9;
    Rule got = convert_hour(text, strlen(text), &hour);

    if (got != rule || (rule == RULE_NONE && hour != want))
        test_fail(__FILE__, line, "\"%s\": rule %s, hour %d", text, rule_id(got), hour);
}

TEST("hours are read from times")
{
    check_hour(__LINE__, "13:05", RULE_NONE, 13);
    check_hour(__LINE__, "13.05", RULE_NONE, 13);
    check_hour(__LINE__, "13:05:00", RULE_NONE, 13);
    check_hour(__LINE__, "13", RULE_NONE, 13);
    check_hour(__LINE__, "0:00", RULE_NONE, 0);
    check_hour(__LINE__, "9:15", RULE_NONE, 9);
    check_hour(__LINE__, "23:59", RULE_NONE, 23);
    check_hour(__LINE__, "2:30 PM", RULE_NONE, 14);
    check_hour(__LINE__, "12:05 am", RULE_NONE, 0);
    check_hour(__LINE__, "9.15 uur", RULE_NONE, 9);
    check_hour(__LINE__, "9u", RULE_NONE, 9);
    check_hour(__LINE__, "13:99", RULE_NUMBER_RANGE, 0);
    check_hour(__LINE__, "13:5", RULE_NUMBER_INVALID, 0);
    check_hour(__LINE__, "13:30 PM", RULE_NUMBER_RANGE, 0);
    check_hour(__LINE__, "9:15 ochtend", RULE_NUMBER_INVALID, 0);
    check_hour(__LINE__, "24:00", RULE_NUMBER_RANGE, 0);
    check_hour(__LINE__, "99", RULE_NUMBER_RANGE, 0);
    check_hour(__LINE__, "", RULE_NUMBER_INVALID, 0);
    check_hour(__LINE__, "uur", RULE_NUMBER_INVALID, 0);
    check_hour(__LINE__, "130", RULE_NUMBER_INVALID, 0);
    check_hour(__LINE__, "-1", RULE_NUMBER_INVALID, 0);
    check_hour(__LINE__, "13h", RULE_NUMBER_INVALID, 0);
}

static void check_int(int line, const char *text, int min, int max, Rule rule, int want)
{
    int number = -999;
    Rule got = convert_int(text, strlen(text), min, max, &number);

    if (got != rule || number != (rule ? -999 : want))
        test_fail(__FILE__, line, "\"%s\": rule %s, number %d", text, rule_id(got), number);
}

TEST("whole numbers are digits within the range of their column")
{
    check_int(__LINE__, "0", 0, 10, RULE_NONE, 0);
    check_int(__LINE__, "007", 0, 10, RULE_NONE, 7);
    check_int(__LINE__, "10", 0, 10, RULE_NONE, 10);
    check_int(__LINE__, "11", 0, 10, RULE_NUMBER_RANGE, 0);
    check_int(__LINE__, "-5", -5, 10, RULE_NONE, -5);
    check_int(__LINE__, "-6", -5, 10, RULE_NUMBER_RANGE, 0);
    check_int(__LINE__, "2147483647", INT32_MIN, INT32_MAX, RULE_NONE, INT32_MAX);
    check_int(__LINE__, "2147483648", INT32_MIN, INT32_MAX, RULE_NUMBER_RANGE, 0);
    check_int(__LINE__, "99999999999999999999999999", INT32_MIN, INT32_MAX, RULE_NUMBER_RANGE, 0);
    static const char *const bad[] = {"", "-", "--5", "+5", "5.0", "5,0", "1.000", "5 ", "0x5", "1e3", "vijf", "5-"};
    for (size_t at = 0; at < sizeof bad / sizeof *bad; at++)
        check_int(__LINE__, bad[at], INT32_MIN, INT32_MAX, RULE_NUMBER_INVALID, 0);
}

static void check_real(int line, const char *text, double want)
{
    double number = -999;
    Rule rule = convert_real(text, strlen(text), &number);

    if (isnan(want) ? rule != RULE_NUMBER_INVALID : rule != RULE_NONE || number != want)
        test_fail(__FILE__, line, "\"%s\": rule \"%s\", number %.17g, expected %.17g", text, rule_id(rule), number, want);
}

TEST("decimals come with a comma or a point, thousands with the other one")
{
    check_real(__LINE__, "1.250,50", 1250.5);
    check_real(__LINE__, "1250.5", 1250.5);
    check_real(__LINE__, "1.250", 1250); /* Dutch thousands */
    check_real(__LINE__, "1250,5", 1250.5);
    check_real(__LINE__, "1,250", 1.25);
    check_real(__LINE__, "1.250.000", 1250000);
    check_real(__LINE__, "1.250.000,75", 1250000.75);
    check_real(__LINE__, "0,5", 0.5);
    check_real(__LINE__, "0.5", 0.5);
    check_real(__LINE__, ",5", 0.5);
    check_real(__LINE__, "-3,25", -3.25);
    check_real(__LINE__, "7", 7);
    check_real(__LINE__, "1.25", 1.25);
    check_real(__LINE__, "1.2500", 1.25);
    check_real(__LINE__, "1,250.50", 1250.5); /* written the English way */
}

TEST("a point with three digits behind it is a decimal mark when a comma stands before it")
{
    check_real(__LINE__, "1,250.500", 1250.5);
}

TEST("a percent sign behind a number is allowed")
{
    check_real(__LINE__, "45%", 45);
    check_real(__LINE__, "45 %", 45);
    check_real(__LINE__, "4,5%", 4.5);
    check_real(__LINE__, "%", (double) NAN);
    check_real(__LINE__, "4%5", (double) NAN);
    check_real(__LINE__, "45%%", (double) NAN);
}

TEST("what is no number is refused")
{
    static const char *const bad[] = {"", " ", "-", ",", ".", "-,", "abc", "1a", "5-", "1e5", "0x10", "inf", "nan", "1 250", "--5", "+5",
                                      "12345678901234567890123456789012345678901234567890"};

    for (size_t at = 0; at < sizeof bad / sizeof *bad; at++)
        check_real(__LINE__, bad[at], (double) NAN);
}

static void check_cents(int line, const char *text, Rule rule, long long want)
{
    int64_t cents = -999;
    Rule got = convert_cents(text, strlen(text), &cents);

    if (got != rule || (rule == RULE_NONE && cents != want))
        test_fail(__FILE__, line, "\"%s\": rule \"%s\", %lld cents, expected %lld", text, rule_id(got), (long long) cents, want);
}

TEST("amounts become whole cents")
{
    check_cents(__LINE__, "1.250,50", RULE_NONE, 125050);
    check_cents(__LINE__, "1250.5", RULE_NONE, 125050);
    check_cents(__LINE__, "EUR 12", RULE_NONE, 1200);
    check_cents(__LINE__, "EUR12,34", RULE_NONE, 1234);
    check_cents(__LINE__, "\xE2\x82\xAC 12,34", RULE_NONE, 1234);
    check_cents(__LINE__, "\xE2\x82\xAC\xC2\xA0" "12,34", RULE_NONE, 1234);
    check_cents(__LINE__, "0", RULE_NONE, 0);
    check_cents(__LINE__, "0,29", RULE_NONE, 29);
    check_cents(__LINE__, "1,15", RULE_NONE, 115);
    check_cents(__LINE__, "0,005", RULE_NONE, 1);
    check_cents(__LINE__, "1000000000", RULE_NONE, 100000000000LL);
    check_cents(__LINE__, "1000000000,01", RULE_NUMBER_RANGE, 0);
    check_cents(__LINE__, "-5", RULE_NUMBER_RANGE, 0);
    check_cents(__LINE__, "EUR", RULE_NUMBER_INVALID, 0);
    check_cents(__LINE__, "USD 5", RULE_NUMBER_INVALID, 0);
    check_cents(__LINE__, "", RULE_NUMBER_INVALID, 0);
    for (int cents = 0; cents < 100000; cents += 7) {
        char text[24];
        snprintf(text, sizeof text, "%d,%02d", cents / 100, cents % 100);
        check_cents(__LINE__, text, RULE_NONE, cents);
    }
}

TEST("yes and no are read in Dutch, in English and as numbers")
{
    static const char *const yes[] = {"ja", "JA", "Ja", "j", "J", "1", "true", "TRUE", "waar", "WAAR"};
    static const char *const no[] = {"nee", "Nee", "n", "N", "0", "false", "onwaar", "ONWAAR"};
    static const char *const neither[] = {"", "2", "misschien", "jaa", "j ", "nee nee nee nee", "?", "-"};

    for (size_t at = 0; at < sizeof yes / sizeof *yes; at++) {
        bool value = false;
        CHECK_INT(convert_bool(yes[at], strlen(yes[at]), &value), RULE_NONE);
        CHECK(value);
    }
    for (size_t at = 0; at < sizeof no / sizeof *no; at++) {
        bool value = true;
        CHECK_INT(convert_bool(no[at], strlen(no[at]), &value), RULE_NONE);
        CHECK(!value);
    }
    for (size_t at = 0; at < sizeof neither / sizeof *neither; at++) {
        bool value = true;
        if (convert_bool(neither[at], strlen(neither[at]), &value) != RULE_CODE_UNKNOWN)
            test_fail(__FILE__, __LINE__, "\"%s\" was taken", neither[at]);
    }
}

TEST("answers that differ by their signs differ, and a question mark is missing, never zero")
{
    ARENA_AUTO arena = arena_new();
    const char *keys[] = {"--", "-", "+", "++", "?", "nooit"};
    int values[] = {1, 2, 3, 4, CODES_MISSING, 1}, answer = 0;
    Item item = {.code = "i", .n_values = 6, .value_key = keys, .value = values, .scale_min = 1, .scale_max = 4};
    static const struct { const char *text; int want; } good[] = {{"--", 1}, {"-", 2}, {"+", 3}, {"++", 4}, {"?", CODES_MISSING}, {"", CODES_MISSING}, {"NOOIT", 1}};

    for (size_t at = 0; at < sizeof good / sizeof *good; at++) {
        CHECK_INT(convert_answer(arena, &item, good[at].text, strlen(good[at].text), &answer), RULE_NONE);
        CHECK_INT(answer, good[at].want);
    }
    CHECK_INT(convert_answer(arena, &item, "---", 3, &answer), RULE_CODE_UNKNOWN);
    CHECK_INT(answer, CODES_MISSING);
    CHECK_INT(convert_answer(arena, &item, "5", 1, &answer), RULE_CODE_UNKNOWN);
    CHECK_INT(convert_answer(arena, &item, "??", 2, &answer), RULE_CODE_UNKNOWN);
    CHECK_INT(convert_answer(arena, &item, "\xE9", 1, &answer), RULE_TEXT_ENCODING);
}

static void check_parts(int line, const char *text, char mark, const char *want)
{
    const char *at = text, *part;
    size_t left = strlen(text), bytes, used = 0;
    char got[100] = "";

    while (convert_part(&at, &left, mark, &part, &bytes))
        used += (size_t) snprintf(got + used, sizeof got - used, "[%.*s]", (int) bytes, part);
    test_check_text(__FILE__, line, got, want);
}

TEST("a cell is split at its mark and every part is trimmed")
{
    check_parts(__LINE__, "a, b ,c", ',', "[a][b][c]");
    check_parts(__LINE__, "a,,c", ',', "[a][][c]");
    check_parts(__LINE__, " a b ", 0, "[a b]");
    check_parts(__LINE__, "a,b", 0, "[a,b]");
    check_parts(__LINE__, "a;b", ',', "[a;b]");
    check_parts(__LINE__, "", ',', "");
    check_parts(__LINE__, ",a", ',', "[][a]");
}
