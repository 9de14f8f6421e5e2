#include "ingest/facts.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/scratch.h"

static FileFacts facts_of(Arena *arena, const char *data, size_t bytes)
{
    BYTES_AUTO in = bytes_of(data, bytes);
    FileFacts facts = {0};
    Err err = {0};

    (void) arena;
    if (!facts_read(in, &facts, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return facts;
}
#define FACTS(literal) facts_of(arena, literal, sizeof(literal) - 1)

TEST("a first reading tells hash, size and delimiter")
{
    ARENA_AUTO arena = arena_new();
    FileFacts facts = FACTS("abc");

    CHECK_TEXT(facts.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); /* FIPS 180-2, example 1 */
    CHECK_INT(facts.bytes, 3);
    CHECK(!facts.handle_with_care && !facts.bom && !facts.utf16);
    CHECK_INT(facts.delimiter, ';');
    facts = FACTS("");
    CHECK_TEXT(facts.sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK_INT(facts.bytes, 0);
    CHECK_INT(FACTS("a,b,c\n1;2;3;4;5\n").delimiter, ',');
    CHECK_INT(FACTS("\xEF\xBB\xBF\"a;b;c;d\",b,c\n").delimiter, ',');
}

TEST("marks at the beginning of a file are seen")
{
    ARENA_AUTO arena = arena_new();

    CHECK(FACTS("\xEF\xBB\xBF" "a;b\n").bom);
    CHECK(!FACTS("a\xEF\xBB\xBF;b\n").bom);
    CHECK(FACTS("\xFF\xFE" "a\0;\0").utf16);
    CHECK(FACTS("\xFE\xFF\0a\0;").utf16);
    CHECK(!FACTS("a;b\n").utf16);
}

TEST("the encoding is UTF-8 unless the bytes say otherwise")
{
    ARENA_AUTO arena = arena_new();

    CHECK_INT(FACTS("plain\n").encoding, TEXT_UTF8);
    CHECK_INT(FACTS("Ren\xC3\xA9\n").encoding, TEXT_UTF8);
    CHECK_INT(FACTS("Ren\xE9;x\n").encoding, TEXT_CP1252);
    CHECK_INT(FACTS("Ren\xE9").encoding, TEXT_CP1252);
    CHECK_INT(FACTS("\x80 5\n").encoding, TEXT_CP1252);
    CHECK_INT(FACTS("\xEF\xBB\xBFRen\xE9\n").encoding, TEXT_UTF8); /* the mark decides */
    CHECK_INT(FACTS("\xC3\xA9\xC3\xAB\xC3\xAF\xC3\xBC\xC3\xB6 \xE9 x\n").encoding, TEXT_UTF8); /* five letters against one bad byte */
    CHECK_INT(FACTS("\xC3\xA9\xC3\xAB \xE9 x \xEB y \xEF z\n").encoding, TEXT_CP1252);
    CHECK_INT(FACTS("").encoding, TEXT_UTF8);
}

TEST("letters that a buffer cuts in two are not counted as bad")
{
    enum { BYTES = 600000 };
    ARENA_AUTO arena = arena_new();
    char *data = malloc(BYTES + 8);
    static const char *const letters[] = {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};

    for (size_t letter = 0; data && letter < 3; letter++)
        for (size_t shift = 0; shift < 4; shift++) {
            size_t length = strlen(letters[letter]), used = shift;
            memset(data, 'a', shift);
            for (; used + length <= BYTES; used += length)
                memcpy(data + used, letters[letter], length);
            FileFacts facts = facts_of(arena, data, used);
            CHECK_INT(facts.encoding, TEXT_UTF8);
            CHECK_INT(facts.bytes, used);
        }
    /* one bad byte and nothing else beyond ASCII, anywhere around the cut, is Windows-1252 */
    for (size_t at = 256 * 1024 - 6; data && at < 256 * 1024 + 6; at++) {
        memset(data, 'a', BYTES);
        data[at] = '\xE9';
        CHECK_INT(facts_of(arena, data, BYTES).encoding, TEXT_CP1252);
    }
    free(data);
}

TEST("a signal anywhere in a file is seen, also around the cuts of the reader")
{
    enum { BYTES = 600000 };
    ARENA_AUTO arena = arena_new();
    char *data = malloc(BYTES);

    CHECK(FACTS("a;b\n1;Handle with Care\n").handle_with_care);
    CHECK(FACTS("a;b\n1;HwC").handle_with_care);
    CHECK(FACTS("HwC;b\n1;2\n").handle_with_care);
    CHECK(!FACTS("a;b\n1;handle\n").handle_with_care);
    for (size_t at = 256 * 1024 - 20; data && at < 256 * 1024 + 4; at++) {
        memset(data, 'x', BYTES);
        memcpy(data + at, ";handle-with-care;", 18);
        CHECK(facts_of(arena, data, BYTES).handle_with_care);
        memset(data, 'x', BYTES);
        memcpy(data + at, ";HwC;", 5);
        CHECK(facts_of(arena, data, BYTES).handle_with_care);
        memcpy(data + at, ";HwCx", 5);
        CHECK(!facts_of(arena, data, BYTES).handle_with_care);
    }
    free(data);
}

TEST("packed bytes have a hash per table, and no encoding of their own")
{
    static const char data[] = "\xFF\xFE" "abc HwC \xE9";
    FileFacts one, two, whole;
    Err err;
    BYTES_AUTO a = bytes_of(data, sizeof data - 1);
    BYTES_AUTO b = bytes_of(data, sizeof data - 1);
    BYTES_AUTO c = bytes_of("abc", 3);
    BYTES_AUTO more = bytes_of("a longer text, and HwC in it", 28);

    CHECK(facts_read_packed(a, "Een", &one, &err) && facts_read_packed(b, "Twee", &two, &err) && facts_read_packed(c, "", &whole, &err));
    CHECK(strcmp(one.sha256, two.sha256) != 0);
    CHECK_TEXT(whole.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); /* that of the file itself */
    CHECK(!one.handle_with_care && !one.utf16 && !one.valid);
    CHECK_INT(one.encoding, TEXT_UTF8);
    CHECK(facts_look(more, &one, &err) && one.handle_with_care);
    CHECK_INT(one.bytes, 28);
}

static size_t failing_read(Bytes *bytes, void *to, size_t room)
{
    (void) to;
    (void) room;
    bytes->failed = true;
    return 0;
}

TEST("a file that cannot be read to its end has no facts")
{
    Bytes failing = {.read = failing_read};
    FileFacts facts;
    Err err = {0};

    CHECK(!facts_read(&failing, &facts, &err));
    CHECK_INT(err.kind, ERR_INPUT);
    CHECK_TEXT(err.text, "the file could not be read to its end");
}

TEST("a file of many pieces, hashed beside the looking, has the hash of the whole")
{
    enum { MILLION = 1000000 };
    ARENA_AUTO arena = arena_new();
    char *data = malloc(MILLION);

    for (int round = 0; data && round < 20; round++) {
        memset(data, 'a', MILLION);
        CHECK_TEXT(facts_of(arena, data, MILLION).sha256, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"); /* FIPS 180-2, example 3 */
    }
    free(data);
}
