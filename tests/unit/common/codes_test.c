#include "common/codes.h"

#include "common/text.h"
#include "tests/unit/scratch.h"

static bool load_with(Arena *arena, const Scratch *dir, const char *name, const char *text, Codes *codes, Err *err)
{
    scratch_text(arena, dir, name, text);
    Place place = checkout_place(arena, dir->path);

    return codes_load(arena, &place, codes, err);
}

/* A file laid over the shipped configuration is refused with this message behind its path. */
static void check_refused(int line, const char *name, const char *text, const char *message)
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Codes codes;
    Err err = {0};

    if (load_with(arena, &dir, name, text, &codes, &err))
        test_fail(__FILE__, line, "was taken; expected: %s", message);
    else
        test_check_text(__FILE__, line, err.text, arena_format(arena, "%s/%s: %s", dir.path, name, message));
}
#define CHECK_REFUSED(name, text, message) check_refused(__LINE__, name, text, message)

TEST("every shipped list and questionnaire loads, with numbers and keys that differ")
{
    ARENA_AUTO arena = arena_new();
    Place place = checkout_place(arena, NULL);
    Codes codes;
    Err err = {0};

    CHECK(codes_load(arena, &place, &codes, &err));
    CHECK_TEXT(err.text, "");
    CHECK(codes.n_lists > 5 && codes.n_instruments >= 3);
    for (size_t at = 0; at < codes.n_lists; at++) {
        const CodeList *list = &codes.list[at];
        CHECK(list->count > 0);
        CHECK(codes_list(&codes, list->name) == list);
        for (size_t one = 0; one < list->count; one++) {
            const Code *code = &list->code[one];
            CHECK(code->no >= 1 && *code->code && *code->label && *code->label_wide);
            for (const char **key = code->keys; *key; key++) {
                CHECK(**key);
                CHECK(codes_find(list, *key) == code);
            }
        }
    }
    for (size_t at = 0; at < codes.n_instruments; at++) {
        const Instrument *instrument = &codes.instrument[at];
        CHECK(codes_instrument(&codes, instrument->name) == instrument);
        CHECK(instrument->count > 0 && instrument->no > 0);
        for (size_t other = 0; other < at; other++)
            CHECK(codes.instrument[other].no != instrument->no);
        for (size_t one = 0; one < instrument->count; one++) {
            const Item *item = &instrument->item[one];
            CHECK(item->scale_min < item->scale_max && item->n_values > 0);
            CHECK(item->direction == 1 || item->direction == -1);
            for (size_t value = 0; value < item->n_values; value++) {
                CHECK(item->value[value] == CODES_MISSING || (item->value[value] >= item->scale_min && item->value[value] <= item->scale_max));
                for (size_t other = 0; other < value; other++)
                    CHECK(strcmp(item->value_key[value], item->value_key[other]) != 0);
            }
        }
    }
}

TEST("a code is found by its own name and by its aliases, whatever the spelling")
{
    ARENA_AUTO arena = arena_new();
    Place place = checkout_place(arena, NULL);
    Codes codes;
    Err err = {0};

    CHECK(codes_load(arena, &place, &codes, &err));
    const CodeList *list = codes_list(&codes, "vorm");
    if (!list) {
        test_fail(__FILE__, __LINE__, "no list vorm");
        return;
    }
    static const char *const spelling[] = {"Pesten", "PEST", "gepest", " pesterijen "};
    for (size_t at = 0; at < sizeof spelling / sizeof *spelling; at++) {
        const Code *code = codes_find(list, text_key(arena, spelling[at], strlen(spelling[at])));
        CHECK(code && strcmp(code->code, "pesten") == 0);
    }
    CHECK(codes_find(list, "bestaat_niet") == NULL);
    CHECK(codes_find(list, "") == NULL);
    CHECK(codes_list(&codes, "nowhere") == NULL);
    CHECK(codes_instrument(&codes, "nowhere") == NULL);
    const Code *sexual = codes_find(list, "seksuele_intimidatie");
    CHECK(sexual && strcmp(sexual->label_wide, "Grensoverschrijdend gedrag") == 0);
    const Code *bullying = codes_find(list, "pesten");
    CHECK(bullying && strcmp(bullying->label_wide, bullying->label) == 0);
}

TEST("the example questionnaire knows what an answer means")
{
    ARENA_AUTO arena = arena_new();
    Place place = checkout_place(arena, NULL);
    Codes codes;
    Err err = {0};

    CHECK(codes_load(arena, &place, &codes, &err));
    const Instrument *instrument = codes_instrument(&codes, "bijlage15");
    const Item *safe = NULL, *bullied = NULL, *lesson = NULL;
    for (size_t at = 0; instrument && at < instrument->count; at++) {
        if (strcmp(instrument->item[at].code, "veilig") == 0)
            safe = &instrument->item[at];
        if (strcmp(instrument->item[at].code, "gepest_school") == 0)
            bullied = &instrument->item[at];
        if (strcmp(instrument->item[at].code, "lessen_1") == 0)
            lesson = &instrument->item[at];
    }
    if (!safe || !bullied || !lesson) {
        test_fail(__FILE__, __LINE__, "items are missing");
        return;
    }
    CHECK_INT(safe->hit_mask, 1 << 3 | 1 << 4);
    CHECK_INT(bullied->hit_mask, 1 << 2 | 1 << 3 | 1 << 4);
    CHECK_INT(bullied->direction, -1);
    CHECK_INT(safe->direction, 1);
    CHECK(safe->in_mean && bullied->in_mean && !lesson->in_mean);
    CHECK_INT(lesson->hit_mask, 0);
    CHECK_TEXT(lesson->topic, "");
}

TEST("a list in which a word stands for two codes is refused")
{
    CHECK_REFUSED("codes/x.json", "{\"list\": \"x\", \"title\": \"X\", \"codes\": [{\"no\": 1, \"code\": \"a\", \"label\": \"A\", \"aliases\": [\"Same one\"]},"
                  "{\"no\": 2, \"code\": \"b\", \"label\": \"B\", \"aliases\": [\"same-one\", \"same_ONE\"]}]}",
                  "codes[1]: \"same_one\" stands for two codes of this list");
    CHECK_REFUSED("codes/x.json", "{\"list\": \"x\", \"title\": \"X\", \"codes\": [{\"no\": 1, \"code\": \"a\", \"label\": \"A\"},"
                  "{\"no\": 1, \"code\": \"b\", \"label\": \"B\"}]}",
                  "codes[1]: \"b\" stands for two codes of this list");
}

TEST("codes with keys that are unknown, missing, of another type or out of range are refused")
{
    CHECK_REFUSED("codes/x.json", "{\"list\": \"x\", \"title\": \"X\", \"codes\": [{\"no\": 1, \"code\": \"a\"}]}", "codes[0]: missing key \"label\"");
    CHECK_REFUSED("codes/x.json", "{\"list\": \"x\", \"title\": \"X\", \"codes\": [{\"no\": 0, \"code\": \"a\", \"label\": \"A\"}]}",
                  "codes[0].no: expected a whole number from 1 to 30000");
    CHECK_REFUSED("codes/x.json", "{\"list\": \"x\", \"title\": \"X\", \"codes\": [{\"no\": 1, \"code\": 2, \"label\": \"A\"}]}",
                  "codes[0].code: expected a text");
    CHECK_REFUSED("codes/x.json", "{\"list\": \"x\", \"title\": \"X\", \"codes\": [{\"no\": 1, \"code\": \"a\", \"label\": \"A\", \"color\": 1}]}",
                  "codes[0]: unknown key \"color\" (known: no code label label_wide aliases priority)");
    CHECK_REFUSED("codes/x.json", "{\"list\": \"x\", \"title\": \"X\", \"codes\": [{\"no\": 1, \"code\": \"a\", \"label\": \"A\", \"aliases\": \"b\"}]}",
                  "codes[0].aliases: expected a list of texts");
    CHECK_REFUSED("codes/x.json", "{\"list\": \"x\", \"title\": \"X\"}", "missing key \"codes\"");
    CHECK_REFUSED("codes/x.json", "{\"list\": \"x\", \"title\": \"X\", \"codes\": [5]}", "codes[0]: expected an object");
}

#define INSTRUMENT(scales, items)                                                                                      \
    "{\"instrument\": \"x\", \"no\": 9, \"version\": 1, \"title\": \"X\", \"respondents\": \"r\", \"definition\": \"d\", \"scales\": " scales            \
    ", \"items\": " items "}"
#define SCALE "{\"s\": {\"min\": 1, \"max\": 4, \"values\": {\"a\": 1, \"b\": null}}}"

TEST("an instrument with a scale that is not there, or an answer outside it, is refused")
{
    CHECK_REFUSED("instruments/x.json", INSTRUMENT(SCALE, "[{\"code\": \"c\", \"label\": \"l\", \"scale\": \"t\", \"aspect\": \"geen\"}]"),
                  "items[0]: no scale \"t\"");
    CHECK_REFUSED("instruments/x.json",
                  INSTRUMENT("{\"s\": {\"min\": 1, \"max\": 4, \"values\": {\"a\": 5}}}", "[{\"code\": \"c\", \"label\": \"l\", \"scale\": \"s\", \"aspect\": \"geen\"}]"),
                  "scales.s.values: \"a\" is outside 1 to 4");
    CHECK_REFUSED("instruments/x.json",
                  INSTRUMENT("{\"s\": {\"min\": 1, \"max\": 4, \"values\": {\"a\": \"1\"}}}", "[{\"code\": \"c\", \"label\": \"l\", \"scale\": \"s\", \"aspect\": \"geen\"}]"),
                  "scales.s.values: \"a\" is outside 1 to 4");
    CHECK_REFUSED("instruments/x.json", INSTRUMENT(SCALE, "[{\"code\": \"c\", \"label\": \"l\", \"scale\": \"s\", \"aspect\": \"vrede\"}]"),
                  "items[0].aspect: \"vrede\" is none of: veiligheidsbeleving aantasting welbevinden geen");
    CHECK_REFUSED("instruments/x.json", INSTRUMENT(SCALE, "[{\"code\": \"c\", \"label\": \"l\", \"scale\": \"s\", \"aspect\": \"geen\", \"hits\": [31]}]"),
                  "items[0].hits: an answer from 0 to 30 was expected");
}

/* The message is not promised, that it is refused is (common/config.h: wrong types are refused). */
static void check_any_refusal(int line, const char *name, const char *text)
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Codes codes;
    Err err = {0};

    if (load_with(arena, &dir, name, text, &codes, &err))
        test_fail(__FILE__, line, "a wrong type was taken: %s", text);
    else if (err.kind != ERR_CONFIG || strncmp(err.text, dir.path, strlen(dir.path)) != 0)
        test_fail(__FILE__, line, "not a configuration error with its file: %s", err.text);
}

TEST("lists, scales and hits of another type are refused, not read as empty")
{
    check_any_refusal(__LINE__, "codes/x.json", "{\"list\": \"x\", \"title\": \"X\", \"codes\": \"none\"}");
    check_any_refusal(__LINE__, "instruments/x.json", INSTRUMENT(SCALE, "5"));
    check_any_refusal(__LINE__, "instruments/x.json",
                      INSTRUMENT("{\"s\": {\"min\": 1, \"max\": 4, \"values\": 5}}", "[{\"code\": \"c\", \"label\": \"l\", \"scale\": \"s\", \"aspect\": \"geen\"}]"));
    check_any_refusal(__LINE__, "instruments/x.json", INSTRUMENT(SCALE, "[{\"code\": \"c\", \"label\": \"l\", \"scale\": \"s\", \"aspect\": \"geen\", \"hits\": [\"2\"]}]"));
    check_any_refusal(__LINE__, "instruments/x.json", INSTRUMENT(SCALE, "[{\"code\": \"c\", \"label\": \"l\", \"scale\": \"s\", \"aspect\": \"geen\", \"hits\": 2}]"));
}

TEST("an overlay may replace a list of the same file name")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Codes codes;
    Err err = {0};

    CHECK(load_with(arena, &dir, "codes/kanaal.json", "{\"list\": \"kanaal\", \"title\": \"K\", \"codes\": [{\"no\": 1, \"code\": \"duif\", \"label\": \"Postduif\"}]}",
                    &codes, &err));
    const CodeList *list = codes_list(&codes, "kanaal");
    CHECK(list && list->count == 1);
    CHECK(list && codes_find(list, "duif") != NULL);
    CHECK(codes_list(&codes, "vorm") != NULL);
}
