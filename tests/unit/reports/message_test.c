#include "reports/message.h"

#include "tests/unit/scratch.h"

static void check_fill(int line, const char *template_text, double schools, const char *want)
{
    ARENA_AUTO arena = arena_new();
    MessageValue values[] = {{.name = "n", .text = arena_format(arena, "%g", schools), .number = schools}, {.name = "naam", .text = "De Boom"}};

    test_check_text(__FILE__, line, message_fill(arena, template_text, values, 2), want);
}
#define FILL(text, n, want) check_fill(__LINE__, text, n, want)

TEST("names are replaced by their texts")
{
    FILL("", 1, "");
    FILL("niets te vullen", 1, "niets te vullen");
    FILL("{naam}", 1, "De Boom");
    FILL("School {naam} ({n}) en nog eens {naam}.", 7, "School De Boom (7) en nog eens De Boom.");
    FILL("{n}{n}", 3, "33");
}

TEST("one is one, and everything else is many")
{
    static const char text[] = "{n} {n|school|scholen} leverde{n||n} niets";

    FILL(text, 1, "1 school leverde niets");
    FILL(text, 2, "2 scholen leverden niets");
    FILL(text, 0, "0 scholen leverden niets");
    FILL(text, 1.5, "1.5 scholen leverden niets");
    FILL("{n|één}", 1, "één");
    FILL("{n|één}", 2, "");
    FILL("{n||}", 2, "");
    FILL("{n|een|a|b}", 2, "a|b");
}

TEST("a name that is not known stays visible")
{
    FILL("{onbekend}", 1, "{onbekend}");
    FILL("{onbekend|a|b} {n}", 1, "{onbekend|a|b} 1");
    FILL("{na}{naamx}{ naam}{}", 1, "{na}{naamx}{ naam}{}");
}

TEST("a brace that is not closed ends the filling and is kept")
{
    FILL("{naam} is {n", 1, "De Boom is {n");
    FILL("{", 1, "{");
    FILL("}", 1, "}");
    FILL("a } b {naam}", 1, "a } b De Boom");
}

TEST("what was filled in is not filled again")
{
    ARENA_AUTO arena = arena_new();
    MessageValue values[] = {{.name = "a", .text = "{b}"}, {.name = "b", .text = "wrong"}};

    CHECK_TEXT(message_fill(arena, "{a}", values, 2), "{b}");
    CHECK_TEXT(message_fill(arena, "{a}", NULL, 0), "{a}");
}

static Wording *shipped(Arena *arena)
{
    Place place = checkout_place(arena, NULL);
    Wording *wording = NULL;
    Err err = {0};

    if (!wording_load(arena, &place, &wording, &err)) {
        test_fail(__FILE__, __LINE__, "%s", err.text);
        exit(1);
    }
    return wording;
}

TEST("the shipped wording loads, and a key that is not there has no text")
{
    ARENA_AUTO arena = arena_new();
    Wording *wording = shipped(arena);

    CHECK(wording_get(wording, "regel.gepest") && strstr(wording_get(wording, "regel.gepest"), "{waarde}"));
    CHECK(wording_get(wording, "regel.nergens") == NULL);
    CHECK(wording_get(wording, "") == NULL);
}

TEST("words an edition may not use are replaced in that edition only")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Wording *wording = NULL;
    Err err = {0};
    static const char text[] = "Seksuele intimidatie en seksueel gedrag van de dader; de dader";

    scratch_text(arena, &dir, "config/wording.json",
                 "{\"version\": 1, \"texts\": {\"a\": \"{n} b\"}, \"replace\": {\"gmr\": {\"Seksuele intimidatie\": \"Gedrag\", \"seksueel\": \"ander\", \"dader\": \"\"}}}");
    Place place = {.config = arena_format(arena, "%s/config", dir.path)};
    if (!wording_load(arena, &place, &wording, &err)) {
        test_fail(__FILE__, __LINE__, "%s", err.text);
        return;
    }
    CHECK_TEXT(wording_get(wording, "a"), "{n} b");
    CHECK_TEXT(wording_apply(arena, wording, "gmr", text), "Gedrag en ander gedrag van de ; de ");
    CHECK_TEXT(wording_apply(arena, wording, "bestuur", text), text);
    CHECK_TEXT(wording_apply(arena, wording, "gmr", ""), "");
    CHECK_TEXT(wording_apply(arena, wording, "gmr", "niets"), "niets");
}

TEST("the edition for the participation council never says seksueel")
{
    ARENA_AUTO arena = arena_new();
    const char *got = wording_apply(arena, shipped(arena), "gmr", "Seksuele intimidatie, seksuele intimidatie en seksueel gedrag");

    CHECK(!strstr(got, "eksue"));
    CHECK(strstr(got, "gedrag"));
}

static void check_refused(int line, const char *text, const char *message)
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Wording *wording;
    Err err = {0};
    char *path = scratch_text(arena, &dir, "config/wording.json", text);
    Place place = {.config = arena_format(arena, "%s/config", dir.path)};

    if (wording_load(arena, &place, &wording, &err))
        test_fail(__FILE__, line, "was taken");
    else
        test_check_text(__FILE__, line, err.text, arena_format(arena, "%s: %s", path, message));
}

TEST("a wording file with other keys is refused")
{
    check_refused(__LINE__, "{\"version\": 1, \"texts\": {}}", "missing key \"replace\"");
    check_refused(__LINE__, "{\"version\": 0, \"texts\": {}, \"replace\": {}}", "version: expected a whole number from 1 to 1000");
    check_refused(__LINE__, "{\"version\": 1, \"texts\": {}, \"replace\": {}, \"extra\": 1}", "unknown key \"extra\" (known: version texts replace)");
}

TEST("towns in capitals are written as people write them")
{
    static const char *const towns[][2] = {{"AMSTERDAM", "Amsterdam"}, {"'S-GRAVENHAGE", "'s-Gravenhage"}, {"'T ZAND", "'t Zand"}, {"BERGEN OP ZOOM", "Bergen op Zoom"}, {"DEN HAAG", "Den Haag"},
                                           {"IJSSELSTEIN", "IJsselstein"}, {"CAPELLE AAN DEN IJSSEL", "Capelle aan den IJssel"}, {"NOORD-SCHARWOUDE", "Noord-Scharwoude"}, {"HENGELO O", "Hengelo O"},
                                           {"Al goed", "Al goed"}, {"", ""}, {"I", "I"}, {"EE", "Ee"}};
    ARENA_AUTO arena = arena_new();

    for (size_t at = 0; at < sizeof towns / sizeof *towns; at++)
        CHECK_TEXT(message_town(arena, towns[at][0]), towns[at][1]);
}

static const char *own_refused(Arena *arena, const char *text)
{
    SCRATCH_AUTO dir = scratch_new();
    Wording *wording;
    Err err = {0};

    scratch_text(arena, &dir, "own/wording.json", text);
    Place place = checkout_place(arena, arena_format(arena, "%s/own", dir.path));
    if (wording_load(arena, &place, &wording, &err))
        return "taken";
    const char *at = strstr(err.text, "wording.json: ");
    return arena_text(arena, at ? at + strlen("wording.json: ") : err.text);
}

TEST("a board's own wording changes the sentences that it holds, and no others")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Wording *wording = NULL;
    Err err = {0};

    scratch_text(arena, &dir, "own/wording.json",
                 "{\"texts\": {\"regel.gepest\": \"Gepest: {waarde}%\", \"kolommen.telling\": \"Wat|Hoeveel\"}, \"replace\": {\"gmr\": {\"gedrag\": \"gedrag (of gedrag)\"}, \"bestuur\": {\"leerling\": \"kind\"}}}");
    Place place = checkout_place(arena, arena_format(arena, "%s/own", dir.path));
    if (!wording_load(arena, &place, &wording, &err)) {
        test_fail(__FILE__, __LINE__, "%s", err.text);
        return;
    }
    CHECK_TEXT(wording_get(wording, "regel.gepest"), "Gepest: {waarde}%");
    CHECK_TEXT(wording_get(wording, "kolommen.telling"), "Wat|Hoeveel");
    CHECK_TEXT(wording_get(wording, "regel.incidenten"), wording_get(shipped(arena), "regel.incidenten"));
    CHECK_TEXT(wording_apply(arena, wording, "bestuur", "een leerling en een leerling"), "een kind en een kind");
    CHECK_TEXT(wording_apply(arena, wording, "gmr", "Seksuele intimidatie"), "Grensoverschrijdend gedrag (of gedrag)"); /* ours first, and what was put in is not replaced again */
}

TEST("a board's own wording with a text, a value or columns that are not there is refused")
{
    ARENA_AUTO arena = arena_new();

    CHECK_TEXT(own_refused(arena, "{\"texts\": {\"regel.geluk\": \"x\"}}"), "texts.regel.geluk: there is no text of this name");
    CHECK_TEXT(own_refused(arena, "{\"texts\": {\"regel.gepest\": \"{aantal} gepest\"}}"), "texts.regel.gepest: there is no {aantal} here");
    CHECK_TEXT(own_refused(arena, "{\"texts\": {\"regel.gepest\": \"{waarde gepest\"}}"), "texts.regel.gepest: a { is not closed");
    CHECK_TEXT(own_refused(arena, "{\"texts\": {\"regel.gepest\": 3}}"), "texts.regel.gepest: expected a text");
    CHECK_TEXT(own_refused(arena, "{\"texts\": {\"kolommen.telling\": \"Wat\"}}"), "texts.kolommen.telling: expected 2 heads of columns, divided by |");
    CHECK_TEXT(own_refused(arena, "{\"texts\": [], \"replace\": {}}"), "texts: expected an object");
    CHECK_TEXT(own_refused(arena, "{\"zinnen\": {}}"), "unknown key \"zinnen\" (known: texts version replace)");
}
