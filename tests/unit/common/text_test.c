#include "common/text.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/scratch.h"

#define SPAN(literal) text_utf8_span(literal, sizeof(literal) - 1)
#define KEY(literal) text_key(arena, literal, sizeof(literal) - 1)
#define FOLD(literal) text_name_fold(arena, literal, sizeof(literal) - 1)

TEST("well-formed UTF-8 is taken whole")
{
    CHECK_INT(SPAN(""), 0);
    CHECK_INT(SPAN("plain text of more than eight bytes"), 35);
    CHECK_INT(SPAN("\xC2\x80"), 2);             /* U+0080, the first of two bytes */
    CHECK_INT(SPAN("\xDF\xBF"), 2);             /* U+07FF */
    CHECK_INT(SPAN("\xE0\xA0\x80"), 3);         /* U+0800 */
    CHECK_INT(SPAN("\xED\x9F\xBF"), 3);         /* U+D7FF, below the surrogates */
    CHECK_INT(SPAN("\xEE\x80\x80"), 3);         /* U+E000, above them */
    CHECK_INT(SPAN("\xEF\xBF\xBF"), 3);         /* U+FFFF */
    CHECK_INT(SPAN("\xF0\x90\x80\x80"), 4);     /* U+10000 */
    CHECK_INT(SPAN("\xF4\x8F\xBF\xBF"), 4);     /* U+10FFFF, the last */
    CHECK_INT(SPAN("a\0b"), 3);                 /* NUL is a character */
}

TEST("overlong forms, surrogates and what lies above the last character are refused at their first byte")
{
    CHECK_INT(SPAN("ab\xC0\x80"), 2);           /* NUL in two bytes */
    CHECK_INT(SPAN("ab\xC1\xBF"), 2);           /* U+007F in two */
    CHECK_INT(SPAN("ab\xE0\x9F\xBF"), 2);       /* U+07FF in three */
    CHECK_INT(SPAN("ab\xF0\x8F\xBF\xBF"), 2);   /* U+FFFF in four */
    CHECK_INT(SPAN("ab\xED\xA0\x80"), 2);       /* U+D800 */
    CHECK_INT(SPAN("ab\xED\xBF\xBF"), 2);       /* U+DFFF */
    CHECK_INT(SPAN("ab\xF4\x90\x80\x80"), 2);   /* U+110000 */
    CHECK_INT(SPAN("ab\xF5\x80\x80\x80"), 2);
    CHECK_INT(SPAN("ab\xFF"), 2);
    CHECK_INT(SPAN("ab\x80"), 2);               /* a continuation by itself */
    CHECK_INT(SPAN("ab\xE9" "c"), 2);           /* Windows-1252 e acute */
}

TEST("a character cut short ends the span, also at the end of an eight byte step")
{
    CHECK_INT(SPAN("ab\xC3"), 2);
    CHECK_INT(SPAN("ab\xE2\x82"), 2);
    CHECK_INT(SPAN("ab\xF0\x9F\x98"), 2);
    CHECK_INT(SPAN("ab\xE2\x82" "c"), 2);
    CHECK_INT(SPAN("ab\xF0\x9F" "cd"), 2);
    CHECK_INT(SPAN("12345678\xC3"), 8);
    CHECK_INT(SPAN("1234567\xC3\xA9" "123456789\xC3"), 18);
}

/* The definition, one code point at a time, as slow as it can be. */
static size_t span_by_definition(const unsigned char *at, size_t bytes)
{
    size_t done = 0;

    while (done < bytes) {
        size_t more = at[done] < 0x80 ? 0 : at[done] >= 0xF0 ? 3 : at[done] >= 0xE0 ? 2 : 1;
        unsigned code = at[done] < 0x80 ? at[done] : at[done] & (0x3FU >> more);
        if ((at[done] >= 0x80 && at[done] < 0xC0) || at[done] >= 0xF8 || done + more >= bytes)
            return done;
        for (size_t next = 1; next <= more; next++) {
            if ((at[done + next] & 0xC0) != 0x80)
                return done;
            code = code << 6 | (at[done + next] & 0x3FU);
        }
        static const unsigned least[] = {0, 0x80, 0x800, 0x10000};
        if (code < least[more] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
            return done;
        done += more + 1;
    }
    return done;
}

TEST("the span agrees with the definition on every pair and on random bytes")
{
    unsigned char text[64];
    unsigned long long state = 88172645463325252ULL;

    for (unsigned pair = 0; pair < 0x10000; pair++) {
        unsigned char bytes[5] = {(unsigned char) (pair >> 8), (unsigned char) pair, 0x80, 0x80, 'x'};
        size_t got = text_utf8_span((const char *) bytes, 5), want = span_by_definition(bytes, 5);
        if (got != want)
            test_fail(__FILE__, __LINE__, "%02x %02x 80 80 78: got %zu, expected %zu", bytes[0], bytes[1], got, want);
    }
    for (int round = 0; round < 200000; round++) {
        static const unsigned char interesting[] = {'a', 0x80, 0x9F, 0xA0, 0xBF, 0xC2, 0xC3, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF4, 0x8F, 0x90, 'b'};
        size_t bytes = (state = state * 6364136223846793005ULL + 1442695040888963407ULL) >> 59;
        for (size_t at = 0; at < bytes; at++)
            text[at] = interesting[(state = state * 6364136223846793005ULL + 1442695040888963407ULL) >> 60];
        size_t got = text_utf8_span((const char *) text, bytes), want = span_by_definition(text, bytes);
        if (got != want) {
            test_fail(__FILE__, __LINE__, "round %d: got %zu, expected %zu", round, got, want);
            return;
        }
    }
}

TEST("all 256 bytes of Windows-1252 become their character")
{
    /* 0x80..0x9F as published by Unicode in CP1252.TXT; 0xFFFD where the table says UNDEFINED */
    static const char *const high[32] = {"€", "\xEF\xBF\xBD", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\xEF\xBF\xBD", "Ž", "\xEF\xBF\xBD",
                                         "\xEF\xBF\xBD", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\xEF\xBF\xBD", "ž", "Ÿ"};
    ARENA_AUTO arena = arena_new();

    for (unsigned byte = 1; byte < 256; byte++) {
        char one = (char) byte, want[3] = {(char) byte, '\0', '\0'};
        if (byte >= 0xA0) {
            want[0] = (char) (0xC0 | byte >> 6);
            want[1] = (char) (0x80 | (byte & 0x3F));
        }
        char *got = text_from_cp1252(arena, &one, 1);
        CHECK_TEXT(got, byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : want);
        CHECK_INT(text_utf8_span(got, strlen(got)), strlen(got));
    }
    CHECK(memcmp(text_from_cp1252(arena, "a\0b", 3), "a\0b", 4) == 0);
    CHECK_TEXT(text_from_cp1252(arena, "Ren\xE9 \x80 5", 8), "René € 5");
    CHECK_TEXT(text_from_cp1252(arena, "", 0), "");
}

static const char *trimmed(Arena *arena, const char *text)
{
    size_t bytes = strlen(text);

    text_trim(&text, &bytes);
    return arena_text_n(arena, text, bytes);
}

TEST("trimming takes ASCII space and no-break space from both sides and nothing else")
{
    ARENA_AUTO arena = arena_new();

    CHECK_TEXT(trimmed(arena, ""), "");
    CHECK_TEXT(trimmed(arena, " \t\r\n\v\f"), "");
    CHECK_TEXT(trimmed(arena, "\xC2\xA0"), "");
    CHECK_TEXT(trimmed(arena, " \xC2\xA0 a b\xC2\xA0" "c \xC2\xA0 "), "a b\xC2\xA0" "c");
    CHECK_TEXT(trimmed(arena, "a\xC3\xA0"), "aà"); /* ends in A0, which is no space here */
    CHECK_TEXT(trimmed(arena, "\xC2\xB0 a"), "° a");
    CHECK_TEXT(trimmed(arena, "-a-"), "-a-");
}

TEST("a key joins spellings of one header")
{
    ARENA_AUTO arena = arena_new();

    CHECK_TEXT(KEY("Datum "), "datum");
    CHECK_TEXT(KEY("DATUM"), "datum");
    CHECK_TEXT(KEY("  Datum   incident "), "datum_incident");
    CHECK_TEXT(KEY("datum_incident"), "datum_incident");
    CHECK_TEXT(KEY("\"Datum\" / (incident)"), "datum_incident");
    CHECK_TEXT(KEY("Datum\xC2\xA0" "incident"), "datum_incident");
    CHECK_TEXT(KEY("Word je gepest?"), "word_je_gepest?");
    CHECK_TEXT(KEY("Categorie\xC3\x8B" "N"), "categorieën");
    CHECK_TEXT(KEY("categoriee\xCC\x88n"), "categorieën");  /* decomposed */
    CHECK_TEXT(KEY("\xEF\xBC\xA4\xEF\xBC\xA1"), "da");      /* full width letters */
    CHECK_TEXT(KEY(""), "");
    CHECK_TEXT(KEY(" _._ "), "");
    CHECK_TEXT(KEY("Stra\xC3\x9F" "e"), "strasse");
}

TEST("answers that differ by their signs keep different keys")
{
    ARENA_AUTO arena = arena_new();
    static const char *const answers[] = {"--", "-", "+", "++", "?", "<", ">", "<5", ">5", "5"};

    for (size_t a = 0; a < sizeof answers / sizeof *answers; a++)
        for (size_t b = 0; b < sizeof answers / sizeof *answers; b++)
            CHECK((strcmp(text_key(arena, answers[a], strlen(answers[a])), text_key(arena, answers[b], strlen(answers[b]))) == 0) == (a == b));
    CHECK_TEXT(KEY("--"), "--");
    CHECK_TEXT(KEY(" -- "), "--");
}

TEST("the short way for ASCII gives what the long way gives")
{
    ARENA_AUTO arena = arena_new();
    char text[16];

    for (int byte = 1; byte < 128; byte++) {
        /* the same bytes with a letter that forces the long way in front */
        int plain = snprintf(text, sizeof text, "e%cb", byte);
        const char *quick = text_key(arena, text, (size_t) plain);
        int accent = snprintf(text, sizeof text, "\xC3\xA9%cb", byte);
        const char *slow = text_key(arena, text, (size_t) accent);
        if (!slow || strcmp(quick + 1, slow + 2) != 0)
            test_fail(__FILE__, __LINE__, "byte %d: \"%s\" and \"%s\"", byte, quick, slow ? slow : "(null)");
    }
}

TEST("what is not UTF-8 has no key and no name")
{
    ARENA_AUTO arena = arena_new();

    CHECK(KEY("caf\xE9") == NULL);
    CHECK(FOLD("Ren\xE9") == NULL);
    CHECK(KEY("\xED\xA0\x80") == NULL);
    CHECK(FOLD("\xC0\x80") == NULL);
}

TEST("names lose case, diacritics and punctuation")
{
    ARENA_AUTO arena = arena_new();

    CHECK_TEXT(FOLD("René"), "rene");
    CHECK_TEXT(FOLD("Rene\xCC\x81"), "rene");
    CHECK_TEXT(FOLD("  JANSEN - Pietersen  "), "jansen pietersen");
    CHECK_TEXT(FOLD("O'Neill"), "o neill");
    CHECK_TEXT(FOLD("O\xE2\x80\x99Neill"), "o neill");
    CHECK_TEXT(FOLD("\xC4\xB2sbrand"), "ijsbrand"); /* the ligature IJ */
    CHECK_TEXT(FOLD("Ç. Yılmaz"), "c yılmaz");
    CHECK_TEXT(FOLD("...,"), "");
}

TEST("folding twice changes nothing more")
{
    ARENA_AUTO arena = arena_new();
    static const char *const names[] = {"Renée van 't Hof-O'Neill", "ĲSBRAND", "Müller, Jürgen", "ŁUKASZ Świątek", "Éva  Ñuñez", "Ð Þór"};

    for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
        const char *name = text_name_fold(arena, names[at], strlen(names[at])), *key = text_key(arena, names[at], strlen(names[at]));
        CHECK_TEXT(text_name_fold(arena, name, strlen(name)), name);
        CHECK_TEXT(text_key(arena, key, strlen(key)), key);
    }
}

TEST("comparing without case is for ASCII")
{
    CHECK(text_equal_nocase("Ja", "jA"));
    CHECK(!text_equal_nocase("ja", "jaa"));
    CHECK(!text_equal_nocase("\xC3\xA9", "\xC3\x89"));
    CHECK(text_equal_nocase("", ""));
}

TEST("names of Latin letters fold the short way as they do the long way")
{
    ARENA_AUTO arena = arena_new();
    unsigned long long seed = 17;
    char name[80];

    for (int round = 0; round < 60000; round++) {
        size_t bytes = 0, letters = scratch_random(&seed, 12);
        for (size_t at = 0; at < letters; at++) {
            unsigned point = scratch_random(&seed, 3) ? 1 + scratch_random(&seed, 0x17F) : 0x20 + scratch_random(&seed, 0x60);
            point = scratch_random(&seed, 200) ? point : 0x300 + scratch_random(&seed, 0x40);
            if (point < 0x80) {
                name[bytes++] = (char) point;
            } else {
                name[bytes++] = (char) (0xC0 | point >> 6);
                name[bytes++] = (char) (0x80 | (point & 0x3F));
            }
        }
        arena_reset(arena);
        char *folded = text_name_fold(arena, name, bytes), *by_library = text_name_fold_long(arena, name, bytes);
        if (!folded || !by_library || strcmp(folded, by_library) != 0)
            test_fail(__FILE__, __LINE__, "round %d: \"%.*s\" is \"%s\" and \"%s\"", round, (int) bytes, name, folded ? folded : "NULL", by_library ? by_library : "NULL");
    }
    CHECK(text_name_fold(arena, "Ren\xE9", 4) == NULL);
    CHECK(text_name_fold(arena, "\xC3", 1) == NULL);
}
