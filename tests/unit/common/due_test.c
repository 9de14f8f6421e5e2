#include "common/due.h"

#include <string.h>

#include "tests/unit/scratch.h"

static bool load_with(Arena *arena, const Scratch *dir, const char *due, Due **list, size_t *count, Err *err)
{
    scratch_text(arena, dir, "kinds/nieuw.json", arena_format(arena, "{\"kind\": \"nieuw\", \"due\": %s}", due));
    Place place = checkout_place(arena, dir->path);

    return due_load(arena, &place, list, count, err);
}

static const Due *find(const Due *list, size_t count, const char *kind, const char *respondents)
{
    for (size_t at = 0; at < count; at++)
        if (strcmp(list[at].kind, kind) == 0 && (respondents ? list[at].respondents && strcmp(list[at].respondents, respondents) == 0 : !list[at].respondents))
            return &list[at];
    return NULL;
}

TEST("as shipped: every kind that schools and boards deliver has its day")
{
    ARENA_AUTO arena = arena_new();
    Place place = checkout_place(arena, NULL);
    static const char *const kinds[] = {"incident", "ongeval", "signaal", "meldcode", "klacht", "maatregel", "naleving", "pdca", "vrijedag"};
    static const char *const whom[] = {"leerlingen", "medewerkers", "ouders"};
    Due *list;
    size_t count;
    Err err = {0};

    CHECK(due_load(arena, &place, &list, &count, &err));
    for (size_t at = 0; at < sizeof kinds / sizeof *kinds; at++)
        CHECK(find(list, count, kinds[at], NULL) != NULL);
    for (size_t at = 0; at < sizeof whom / sizeof *whom; at++)
        CHECK(find(list, count, "enquete", whom[at]) != NULL);
    const Due *survey = find(list, count, "enquete", "leerlingen"), *goals = find(list, count, "pdca", NULL);
    CHECK(survey && strcmp(survey->asked_of, "school") == 0 && survey->month == 7 && survey->day == 1 && survey->year == 1); /* the law: before 1 July */
    CHECK(goals && strcmp(goals->asked_of, "board") == 0 && goals->year == 0);
}

TEST("what a board lays over it holds, and what it leaves out is not asked")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Due *list;
    size_t count;
    Err err = {0};

    CHECK(load_with(arena, &dir, "[{\"asked_of\": \"board\", \"month\": 2, \"day\": 28, \"year\": \"begin\"}]", &list, &count, &err));
    const Due *due = find(list, count, "nieuw", NULL);
    CHECK(due && strcmp(due->asked_of, "board") == 0 && due->month == 2 && due->day == 28 && due->year == 0);
    CHECK(load_with(arena, &dir, "[]", &list, &count, &err));
    CHECK(find(list, count, "nieuw", NULL) == NULL);
}

TEST("days and words that cannot be are refused with their path")
{
    static const struct { const char *due, *message; } bad[] = {
        {"{\"asked_of\": \"school\", \"month\": 9, \"day\": 1}", "due: expected"},
        {"[{\"asked_of\": \"school\", \"month\": 13, \"day\": 1}]", "due[0].month: expected a whole number from 1 to 12"},
        {"[{\"asked_of\": \"school\", \"month\": 2, \"day\": 29}]", "due[0]: month 2 has no day 29 every year"},
        {"[{\"asked_of\": \"teacher\", \"month\": 9, \"day\": 1}]", "due[0].asked_of: \"teacher\" is none of: school board nobody"},
        {"[{\"month\": 9, \"day\": 1}]", "due[0]: missing key \"asked_of\""},
        {"[{\"asked_of\": \"school\", \"month\": 9, \"day\": 1, \"year\": \"next\"}]", "due[0].year: \"next\" is none of: begin end"},
        {"[{\"asked_of\": \"school\", \"month\": 9, \"day\": 1}, {\"asked_of\": \"board\", \"month\": 9, \"day\": 1}]", "due[1]: the same is asked twice"}};

    for (size_t at = 0; at < sizeof bad / sizeof *bad; at++) {
        ARENA_AUTO arena = arena_new();
        SCRATCH_AUTO dir = scratch_new();
        Due *list;
        size_t count;
        Err err = {0};
        CHECK(!load_with(arena, &dir, bad[at].due, &list, &count, &err));
        CHECK_INT(err.kind, ERR_CONFIG);
        if (!strstr(err.text, arena_format(arena, "nieuw.json: %s", bad[at].message)))
            test_fail(__FILE__, __LINE__, "got: %s", err.text);
    }
}
