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
    enum { BYTES = 2 * FACTS_PIECE + 75000 };
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
    for (size_t at = FACTS_PIECE - 6; data && at < FACTS_PIECE + 6; at++) {
        memset(data, 'a', BYTES);
        data[at] = '\xE9';
        CHECK_INT(facts_of(arena, data, BYTES).encoding, TEXT_CP1252);
    }
    free(data);
}

TEST("a signal anywhere in a file is seen, also around the cuts of the reader")
{
    enum { BYTES = 2 * FACTS_PIECE + 75000 };
    ARENA_AUTO arena = arena_new();
    char *data = malloc(BYTES);

    CHECK(FACTS("a;b\n1;Handle with Care\n").handle_with_care);
    CHECK(FACTS("a;b\n1;HwC").handle_with_care);
    CHECK(FACTS("HwC;b\n1;2\n").handle_with_care);
    CHECK(!FACTS("a;b\n1;handle\n").handle_with_care);
    for (size_t at = FACTS_PIECE - 20; data && at < FACTS_PIECE + 4; at++) {
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
    enum { MILLION = 1000000, FIVE_PIECES = 5 * FACTS_PIECE };
    ARENA_AUTO arena = arena_new();
    char *data = malloc(FIVE_PIECES);

    memset(data, 'a', FIVE_PIECES);
    CHECK_TEXT(facts_of(arena, data, MILLION).sha256, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"); /* FIPS 180-2, example 3 */
    for (int round = 0; data && round < 20; round++)
        CHECK_TEXT(facts_of(arena, data, FIVE_PIECES).sha256, "a29968fad2e782aa9f2040a35f05adb97ed8979eb1f572c8c8ea78637e275f3c"); /* head -c 5242880 /dev/zero | tr '\\0' a | sha256sum */
    free(data);
}

/* What facts say of letters, by their definition: one letter after the other. */
static void facts_slowly(const char *data, size_t bytes, FileFacts *facts)
{
    size_t multi = 0, bad = 0;

    *facts = (FileFacts) {0};
    for (size_t at = 0, length; at < bytes; at += length) {
        length = 1;
        while (length <= 4 && at + length <= bytes && text_utf8_span(data + at, length) != length)
            length++;
        bool letter = length <= 4 && at + length <= bytes;
        facts->lines += data[at] == '\n';
        multi += letter && length > 1;
        bad += !letter;
        if (!letter && bytes - at < 4 && ((unsigned char) data[at] & 0xC0) == 0xC0) /* the file ends within it: one error */
            break;
        if (!letter)
            length = 1;
    }
    facts->valid = bad == 0;
    facts->encoding = bad == 0 || multi > 4 * bad ? TEXT_UTF8 : TEXT_CP1252;
}

TEST("letters counted by the block are those counted one by one")
{
    static const char *const parts[] = {"a", "b;", "\n", "\xC3\xA9", "\xC3\xAB", "\xDF\xBF", "\xC2\x80", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xE9", "\xC3", "\xA9", "\xC1\xA9", "\xE0\x80\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82"};
    enum { BYTES = 600, FIRST_LONG = 7, FIRST_BAD = 9, PARTS = sizeof parts / sizeof *parts };
    ARENA_AUTO arena = arena_new();
    unsigned long long seed = 31;
    char data[BYTES + 8];
    int of[2][2] = {{0}};

    for (int round = 0; round < 30000; round++) {
        size_t bytes = scratch_random(&seed, BYTES), used = 0;
        unsigned rare = scratch_random(&seed, 3) ? 60 : 4; /* of something else than one and two bytes */
        while (used < bytes) {
            const char *part = parts[scratch_random(&seed, rare) ? scratch_random(&seed, FIRST_LONG) : scratch_random(&seed, scratch_random(&seed, 2) ? FIRST_BAD : PARTS)];
            memcpy(data + used, part, strlen(part));
            used += strlen(part);
        }
        FileFacts got = facts_of(arena, data, bytes), want;
        facts_slowly(data, bytes, &want);
        if (got.valid != want.valid || got.encoding != want.encoding || got.lines != want.lines) {
            test_fail(__FILE__, __LINE__, "round %d: valid %d for %d, encoding %d for %d, %llu lines for %llu", round, got.valid, want.valid, got.encoding, want.encoding,
                      (unsigned long long) got.lines, (unsigned long long) want.lines);
            return;
        }
        of[want.valid][want.encoding == TEXT_UTF8]++;
    }
    CHECK(of[1][1] > 1000 && of[0][0] > 1000 && of[0][1] > 1000); /* every answer was asked for */
}
