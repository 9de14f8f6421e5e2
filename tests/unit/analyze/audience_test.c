#include "analyze/disclosure/audience.h"

#include <string.h>

#include "tests/unit/scratch.h"

static bool load(Arena *arena, const Scratch *dir, const char *list, Audiences *audiences, Err *err)
{
    Place place = {.config = dir->path};

    memset(audiences, 'x', sizeof *audiences); /* whatever stood there */
    *err = (Err){0};
    scratch_text(arena, dir, "audiences.json", arena_format(arena, "{\"version\": 1, \"audiences\": %s}", list));
    return audiences_load(arena, &place, audiences, err);
}

static void check_refused(int line, const char *list, const char *message)
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Audiences audiences;
    Err err;

    if (load(arena, &dir, list, &audiences, &err))
        test_fail(__FILE__, line, "was taken");
    else if (err.kind != ERR_CONFIG)
        test_fail(__FILE__, line, "kind %d: %s", err.kind, err.text);
    else
        test_check_text(__FILE__, line, err.text, arena_format(arena, "%s/audiences.json: %s", dir.path, message));
}

TEST("the shipped audiences are one chain, and the public is the widest")
{
    ARENA_AUTO arena = arena_new();
    Place place = checkout_place(arena, NULL);
    Audiences audiences;
    Err err = {0};

    CHECK(audiences_load(arena, &place, &audiences, &err));
    CHECK_INT(audiences.n, 4);
    CHECK_TEXT(audiences.item[0].name, "bestuur");
    CHECK(audiences.item[0].threshold == 5 && !audiences.item[0].finer);
    CHECK_TEXT(audiences.item[3].name, "openbaar");
    CHECK_INT(audiences.item[3].threshold, 10);
    CHECK_TEXT(audiences.item[3].finer, "gmr");
}

TEST("who is in an audience holds its editions and those of all wider ones, not of narrower ones")
{
    ARENA_AUTO arena = arena_new();
    const Audiences audiences = {.item = {{"een", NULL, 5}, {"twee", "een", 5}, {"drie", "twee", 10}}, .n = 3};

    CHECK_TEXT(audiences_held(arena, &audiences, "een"), "een,twee,drie");
    CHECK_TEXT(audiences_held(arena, &audiences, "twee"), "twee,drie");
    CHECK_TEXT(audiences_held(arena, &audiences, "drie"), "drie");
    CHECK_TEXT(audiences_held(arena, &audiences, "vier"), "vier");
}

TEST("a threshold is at least three, and the same or more for who is wider")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Audiences audiences;
    Err err;

    CHECK(load(arena, &dir, "[{\"audience\": \"a\", \"threshold\": 3}, {\"audience\": \"b\", \"threshold\": 3, \"finer\": \"a\"}, {\"audience\": \"c\", \"threshold\": 4, \"finer\": \"b\"}]", &audiences, &err));
    CHECK(audiences.n == 3 && audiences.item[1].threshold == 3 && audiences.item[2].threshold == 4);
    check_refused(__LINE__, "[{\"audience\": \"a\", \"threshold\": 5}, {\"audience\": \"b\", \"threshold\": 10, \"finer\": \"a\"}, {\"audience\": \"c\", \"threshold\": 6, \"finer\": \"b\"}]",
                  "audiences[2]: \"finer\" must name the audience before it, and the threshold may not be lower than its");
    check_refused(__LINE__, "[{\"audience\": \"a\", \"threshold\": 2}]", "audiences[0].threshold: expected a whole number from 3 to 1000");
    check_refused(__LINE__, "[{\"audience\": \"a\", \"threshold\": 6}, {\"audience\": \"b\", \"threshold\": 5, \"finer\": \"a\"}]",
                  "audiences[1]: \"finer\" must name the audience before it, and the threshold may not be lower than its");
}

TEST("audiences are one chain: each names the one before it, and no other")
{
    const char *chain = "audiences[1]: \"finer\" must name the audience before it, and the threshold may not be lower than its";

    check_refused(__LINE__, "[{\"audience\": \"a\", \"threshold\": 5}, {\"audience\": \"b\", \"threshold\": 5}]", chain);
    check_refused(__LINE__, "[{\"audience\": \"a\", \"threshold\": 5}, {\"audience\": \"b\", \"threshold\": 5, \"finer\": \"b\"}]", chain);
    check_refused(__LINE__, "[{\"audience\": \"a\", \"threshold\": 5}, {\"audience\": \"b\", \"threshold\": 5, \"finer\": \"a\"}, {\"audience\": \"c\", \"threshold\": 5, \"finer\": \"a\"}]",
                  "audiences[2]: \"finer\" must name the audience before it, and the threshold may not be lower than its");
    check_refused(__LINE__, "[{\"audience\": \"a\", \"threshold\": 5, \"finer\": \"b\"}]", "audiences[0]: the first audience has no \"finer\"");
}

TEST("names are there once, and hold nothing that parts them")
{
    check_refused(__LINE__, "[{\"audience\": \"a\", \"threshold\": 5}, {\"audience\": \"a\", \"threshold\": 5, \"finer\": \"a\"}]", "audiences[1]: there is an audience \"a\" already");
    check_refused(__LINE__, "[{\"audience\": \"a,b\", \"threshold\": 5}]", "audiences[0]: the name of an audience is of lower case letters and _");
    check_refused(__LINE__, "[{\"audience\": \"\", \"threshold\": 5}]", "audiences[0]: the name of an audience is of lower case letters and _");
}

TEST("the version is a number")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Place place = {.config = dir.path};
    Audiences audiences;
    Err err = {0};

    scratch_text(arena, &dir, "audiences.json", "{\"version\": 0, \"audiences\": [{\"audience\": \"a\", \"threshold\": 5}]}");
    CHECK(!audiences_load(arena, &place, &audiences, &err));
    CHECK_INT(err.kind, ERR_CONFIG);
}

TEST("there is one audience, and there are eight at most")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    const char *list = "{\"audience\": \"a\", \"threshold\": 5}";
    Audiences audiences;
    Err err;

    for (char name = 'b'; name <= 'h'; name++)
        list = arena_format(arena, "%s, {\"audience\": \"%c\", \"threshold\": 5, \"finer\": \"%c\"}", list, name, name - 1);
    CHECK(load(arena, &dir, arena_format(arena, "[%s]", list), &audiences, &err));
    CHECK_INT(audiences.n, AUDIENCES_MAX);
    check_refused(__LINE__, arena_format(arena, "[%s, {\"audience\": \"i\", \"threshold\": 5, \"finer\": \"h\"}]", list), "audiences: expected 1 to 8 audiences");
    check_refused(__LINE__, "[]", "audiences: expected 1 to 8 audiences");
    check_refused(__LINE__, "{}", "audiences: expected a list");
}
