#include "common/config.h"

#include <stdio.h>

#include "tests/unit/scratch.h"

static Err err; /* of the last call */

static ConfigNode parse(Arena *arena, const char *text)
{
    ConfigNode root = {0};

    if (!config_parse(arena, text, strlen(text), "form.json", &root, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return root;
}

/* call is false, with this message and ERR_CONFIG */
#define CHECK_REFUSED(call, message)                                                                                   \
    do {                                                                                                               \
        err = (Err){0};                                                                                               \
        CHECK(!(call));                                                                                                \
        CHECK_INT(err.kind, ERR_CONFIG);                                                                               \
        CHECK_TEXT(err.text, message);                                                                                 \
    } while (0)

TEST("an object may hold the keys it is said to hold and no other")
{
    ARENA_AUTO arena = arena_new();
    ConfigNode root = parse(arena, "{\"name\": \"x\", \"no\": 1, \"inner\": {\"deep\": [{\"a\": 1}, {\"b\": 2}]}}");
    ConfigNode inner = config_child(&root, "inner"), deep = config_child(&inner, "deep"), second = config_item(&deep, 1);

    CHECK(config_object(&root, "name no", "inner title", &err));
    CHECK_REFUSED(config_object(&root, "name no", "title", &err), "form.json: unknown key \"inner\" (known: name no title)");
    CHECK_REFUSED(config_object(&inner, "a", "", &err), "form.json: inner: unknown key \"deep\" (known: a)");
    CHECK_REFUSED(config_object(&second, "a", "c", &err), "form.json: inner.deep[1]: unknown key \"b\" (known: a c)");
    CHECK_REFUSED(config_object(&second, "b missing", "", &err), "form.json: inner.deep[1]: missing key \"missing\"");
    CHECK_REFUSED(config_object(&root, "title name", "no inner", &err), "form.json: missing key \"title\"");
    CHECK_REFUSED(config_object(&deep, "", "", &err), "form.json: inner.deep: expected an object");
    ConfigNode absent = config_child(&root, "absent");
    CHECK(absent.json == NULL);
    CHECK_REFUSED(config_object(&absent, "", "", &err), "form.json: absent: expected an object");
}

TEST("a key is not known because another begins with it")
{
    ARENA_AUTO arena = arena_new();
    ConfigNode root = parse(arena, "{\"na\": 1}"), whole = parse(arena, "{\"name\": 1}"), empty = parse(arena, "{\"\": 1}");

    CHECK_REFUSED(config_object(&root, "", "name", &err), "form.json: unknown key \"na\" (known:  name)");
    CHECK_REFUSED(config_object(&whole, "", "na", &err), "form.json: unknown key \"name\" (known:  na)");
    CHECK_REFUSED(config_object(&empty, "", "a b", &err), "form.json: unknown key \"\" (known:  a b)");
}

TEST("a duplicate key is refused with its place")
{
    ARENA_AUTO arena = arena_new();
    ConfigNode root;

    CHECK_REFUSED(config_parse(arena, "{\"a\": 1,\n \"a\": 2}", 17, "form.json", &root, &err), "form.json:2:4: duplicate object key near '\"a\"'");
}

TEST("text that is no JSON is refused with line and column")
{
    ARENA_AUTO arena = arena_new();
    ConfigNode root;

    CHECK_REFUSED(config_parse(arena, "{\n\"a\": }", 8, "form.json", &root, &err), "form.json:2:6: unexpected token near '}'");
    CHECK_REFUSED(config_parse(arena, "", 0, "form.json", &root, &err), "form.json:1:0: '[' or '{' expected near end of file");
    CHECK_REFUSED(config_parse(arena, "{} x", 4, "form.json", &root, &err), "form.json:1:4: end of file expected near 'x'");
    CHECK_REFUSED(config_parse(arena, "{\"a\": \"\xE9\"}", 10, "form.json", &root, &err), "form.json:1:7: unable to decode byte 0xe9 near '\"'");
}

TEST("values of another type are refused with their path")
{
    ARENA_AUTO arena = arena_new();
    ConfigNode root = parse(arena, "{\"x\": {\"text\": \"t\", \"int\": 5, \"real\": 2.5, \"bool\": true, \"null\": null, \"list\": [\"a\", 7]}}");
    ConfigNode node = config_child(&root, "x");
    const char *text = "default", **texts = NULL;
    int number = -1;
    double real = -1;
    bool flag = false;
    size_t count = 99;

    CHECK_REFUSED(config_text(&node, "int", &text, &err), "form.json: x.int: expected a text");
    CHECK_REFUSED(config_text(&node, "null", &text, &err), "form.json: x.null: expected a text");
    CHECK_REFUSED(config_int(&node, "text", 0, 9, &number, &err), "form.json: x.text: expected a whole number from 0 to 9");
    CHECK_REFUSED(config_int(&node, "real", 0, 9, &number, &err), "form.json: x.real: expected a whole number from 0 to 9");
    CHECK_REFUSED(config_int(&node, "bool", 0, 9, &number, &err), "form.json: x.bool: expected a whole number from 0 to 9");
    CHECK_REFUSED(config_real(&node, "text", 0, 9, &real, &err), "form.json: x.text: expected a number from 0 to 9");
    CHECK_REFUSED(config_bool(&node, "int", &flag, &err), "form.json: x.int: expected true or false");
    CHECK_REFUSED(config_texts(arena, &node, "text", &texts, &count, &err), "form.json: x.text: expected a list of texts");
    CHECK_REFUSED(config_texts(arena, &node, "list", &texts, &count, &err), "form.json: x.list: item 1 is not a text");
    CHECK_TEXT(text, "default");
    CHECK_INT(number, -1);
    CHECK(real == -1 && !flag);
}

TEST("numbers outside their range are refused, the ends are taken")
{
    ARENA_AUTO arena = arena_new();
    ConfigNode node = parse(arena, "{\"i\": 5, \"r\": 0.25, \"big\": 9000000000, \"whole\": 3}");
    int number = 0;
    double real = 0;

    CHECK(config_int(&node, "i", 5, 5, &number, &err) && number == 5);
    CHECK_REFUSED(config_int(&node, "i", 6, 9, &number, &err), "form.json: i: expected a whole number from 6 to 9");
    CHECK_REFUSED(config_int(&node, "i", -9, 4, &number, &err), "form.json: i: expected a whole number from -9 to 4");
    CHECK_REFUSED(config_int(&node, "big", 0, 2147483647, &number, &err), "form.json: big: expected a whole number from 0 to 2147483647");
    CHECK(config_real(&node, "r", 0.25, 0.25, &real, &err) && real == 0.25);
    CHECK(config_real(&node, "whole", 0, 3, &real, &err) && real == 3);
    CHECK_REFUSED(config_real(&node, "r", 0.5, 1, &real, &err), "form.json: r: expected a number from 0.5 to 1");
    CHECK_REFUSED(config_real(&node, "r", 0, 0.1, &real, &err), "form.json: r: expected a number from 0 to 0.1");
}

TEST("a key that is absent leaves the default")
{
    ARENA_AUTO arena = arena_new();
    ConfigNode node = parse(arena, "{}");
    const char *text = "default", **texts = NULL;
    int number = 7, word = 2;
    double real = 1.5;
    bool flag = true;
    size_t count = 3;

    CHECK(config_text(&node, "k", &text, &err) && config_int(&node, "k", 0, 1, &number, &err) && config_real(&node, "k", 0, 1, &real, &err) &&
          config_bool(&node, "k", &flag, &err) && config_word(&node, "k", "a b", &word, &err) &&
          config_texts(arena, &node, "k", &texts, &count, &err));
    CHECK_TEXT(text, "default");
    CHECK(number == 7 && real == 1.5 && flag && word == 2 && count == 3 && !texts);
}

TEST("a word is one of a list, by its index")
{
    ARENA_AUTO arena = arena_new();
    ConfigNode node = parse(arena, "{\"w\": \"mean\", \"x\": \"me\", \"y\": \"rate share\", \"z\": \"\"}");
    int word = -1;

    CHECK(config_word(&node, "w", "rate share mean", &word, &err) && word == 2);
    CHECK_REFUSED(config_word(&node, "x", "rate share mean", &word, &err), "form.json: x: \"me\" is none of: rate share mean");
    CHECK_REFUSED(config_word(&node, "y", "rate share mean", &word, &err), "form.json: y: \"rate share\" is none of: rate share mean");
    CHECK_REFUSED(config_word(&node, "z", "rate share mean", &word, &err), "form.json: z: \"\" is none of: rate share mean");
    CHECK_INT(word, 2);
}

TEST("lists of texts end with NULL and are counted")
{
    ARENA_AUTO arena = arena_new();
    ConfigNode node = parse(arena, "{\"l\": [\"a\", \"b\"], \"none\": []}");
    const char **texts = NULL;
    size_t count = 0;

    CHECK(config_texts(arena, &node, "l", &texts, &count, &err));
    CHECK(count == 2 && texts[2] == NULL);
    CHECK_TEXT(texts[1], "b");
    CHECK(config_texts(arena, &node, "none", &texts, &count, &err));
    CHECK(count == 0 && texts && texts[0] == NULL);
    ConfigNode list = config_child(&node, "l"), past = config_item(&list, 2), none = config_child(&node, "nowhere");
    CHECK_INT(config_count(&list), 2);
    CHECK_INT(config_count(&node), 2);
    CHECK_INT(config_count(&none), 0);
    CHECK(past.json == NULL);
    CHECK_TEXT(past.path, "l[2]");
}

TEST("a file that cannot be opened is a configuration error that names it")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    ConfigNode root;
    char *path = scratch_path(arena, &dir, "none.json");

    CHECK_REFUSED(config_load(arena, path, &root, &err), arena_format(arena, "cannot open \"%s\": No such file or directory", path));
}

TEST("an error in a file names the file and the path")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    ConfigNode root;
    char *path = scratch_text(arena, &dir, "a.json", "{\"x\": [{\"y\": 1}]}");
    const char *text;

    CHECK(config_load(arena, path, &root, &err));
    ConfigNode list = config_child(&root, "x"), item = config_item(&list, 0);
    CHECK_REFUSED(config_text(&item, "y", &text, &err), arena_format(arena, "%s: x[0].y: expected a text", path));
    CHECK_REFUSED(config_fail(&item, &err, "no %s", "good"), arena_format(arena, "%s: x[0]: no good", path));
    CHECK_REFUSED(config_fail(&root, &err, "no %s", "good"), arena_format(arena, "%s: no good", path));
}

static const char *label_of(const ConfigNode *node)
{
    const char *text = "";

    config_text(node, "l", &text, &err);
    return text;
}

TEST("a file of the overlay replaces the one of the same name and adds others, sorted by name")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    ConfigNode *nodes;
    size_t count = 0;

    scratch_text(arena, &dir, "base/codes/b.json", "{\"l\": \"base b\"}");
    scratch_text(arena, &dir, "base/codes/d.json", "{\"l\": \"base d\"}");
    scratch_text(arena, &dir, "base/codes/notes.txt", "not JSON");
    scratch_text(arena, &dir, "base/codes/.hidden.json", "not JSON");
    scratch_text(arena, &dir, "over/codes/a.json", "{\"l\": \"over a\"}");
    scratch_text(arena, &dir, "over/codes/d.json", "{\"l\": \"over d\"}");
    scratch_text(arena, &dir, "over/codes/e.json", "{\"l\": \"over e\"}");
    Place place = {.config = arena_format(arena, "%s/base", dir.path)};
    CHECK(config_load_all(arena, &place, "codes", &nodes, &count, &err));
    CHECK_INT(count, 2);
    CHECK_TEXT(label_of(&nodes[1]), "base d");
    place.overlay = arena_format(arena, "%s/over", dir.path);
    CHECK(config_load_all(arena, &place, "codes", &nodes, &count, &err));
    CHECK_INT(count, 4);
    static const char *const want[] = {"over a", "base b", "over d", "over e"};
    for (size_t at = 0; at < count && at < 4; at++)
        CHECK_TEXT(label_of(&nodes[at]), want[at]);
    CHECK_TEXT(nodes[2].file, arena_format(arena, "%s/over/codes/d.json", dir.path));
    /* an overlay without this kind, or that is not there at all */
    place.overlay = arena_format(arena, "%s/nowhere", dir.path);
    CHECK(config_load_all(arena, &place, "codes", &nodes, &count, &err) && count == 2);
    CHECK_REFUSED(config_load_all(arena, &place, "forms", &nodes, &count, &err),
                  arena_format(arena, "cannot read directory \"%s/base/forms\": No such file or directory", dir.path));
}

TEST("the hash of the configuration changes with any byte, any name and any overlay")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const char *const kinds[] = {"codes", "forms", "kinds", "instruments", "indicators", "clocks", "editions"};
    char first[65], second[65], third[65], fourth[65];
    Place place = {.config = arena_format(arena, "%s/base", dir.path)};

    for (size_t at = 0; at < sizeof kinds / sizeof *kinds; at++)
        scratch_text(arena, &dir, arena_format(arena, "base/%s/a.json", kinds[at]), "{}");
    CHECK(config_hash(&place, first, &err));
    CHECK_INT(strlen(first), 64);
    CHECK_INT(strspn(first, "0123456789abcdef"), 64);
    CHECK(config_hash(&place, second, &err));
    CHECK_TEXT(second, first);
    for (size_t at = 0; at < sizeof kinds / sizeof *kinds; at++) {
        scratch_text(arena, &dir, arena_format(arena, "base/%s/a.json", kinds[at]), "{} ");
        CHECK(config_hash(&place, second, &err) && strcmp(second, first) != 0);
        scratch_text(arena, &dir, arena_format(arena, "base/%s/a.json", kinds[at]), "{}");
    }
    scratch_text(arena, &dir, "over/codes/a.json", "{ }");
    place.overlay = arena_format(arena, "%s/over", dir.path);
    CHECK(config_hash(&place, third, &err) && strcmp(third, first) != 0);
    place.overlay = NULL;
    scratch_text(arena, &dir, "base/settings.json", "{}");
    CHECK(config_hash(&place, fourth, &err) && strcmp(fourth, first) != 0);
}
