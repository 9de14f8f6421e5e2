#include "ingest/guard.h"

#include <string.h>

#include "tests/unit/scratch.h"

static bool whole(const char *data, size_t bytes)
{
    Guard guard = {0};

    guard_look(&guard, data, bytes);
    return guard_end(&guard) || guard.spelled;
}

static bool seen(const char *text)
{
    bool by_look = whole(text, strlen(text)), by_text = guard_text(text);

    if (by_look != by_text)
        test_fail(__FILE__, __LINE__, "\"%s\": guard_look says %d, guard_text %d", text, by_look, by_text);
    return by_look;
}

static void check_seen(int line, const char *text, bool want)
{
    if (seen(text) != want)
        test_fail(__FILE__, line, want ? "missed: \"%s\"" : "refused for nothing: \"%s\"", text);
}
#define SEEN(text) check_seen(__LINE__, text, true)
#define FREE(text) check_seen(__LINE__, text, false)

#define NBSP "\xC2\xA0"
#define EN_DASH "\xE2\x80\x93"

TEST("handle with care is seen in every spelling")
{
    SEEN("handle with care");
    SEEN("Handle With Care");
    SEEN("HANDLE WITH CARE");
    SEEN("hAnDlE wItH cArE");
    SEEN("handlewithcare");
    SEEN("HandleWithCare");
    SEEN("handle_with_care");
    SEEN("handle-with-care");
    SEEN("handle  with \t care");
    SEEN("handle__with--care");
    SEEN("handle" NBSP "with" NBSP "care");
    SEEN("handle " NBSP " with care");
    SEEN("handle" EN_DASH "with" EN_DASH "care");
    SEEN("handle " EN_DASH " with " EN_DASH " care");
    SEEN("handle\xA0with\xA0" "care");        /* Windows-1252 no-break space */
    SEEN("handle\x96with\x96" "care");        /* Windows-1252 en dash */
    SEEN("handle 'with' care");
    SEEN("\"handle\" \"with\" \"care\"");
    SEEN("handle \xE2\x80\x98with\xE2\x80\x99 care");
    SEEN("handle\nwith\r\ncare");
    SEEN("x;y;Melding Handle with Care;z");
    SEEN("prehandle with carefully");          /* the words are enough */
    SEEN("handle          with                              care");
}

TEST("any run of separators stands between the words, also a mixed one")
{
    SEEN("handle " NBSP " " NBSP "with care");
    SEEN("handle" NBSP " " NBSP "with care");
    SEEN("handle - " EN_DASH " - " EN_DASH " with care");
    SEEN("handle \xE2\x80\x9C" " \xE2\x80\x9Dwith care");
    SEEN("handle_\xA0_\xA0with care");
}

TEST("HwC is seen as a word of its own")
{
    SEEN("HwC");
    SEEN("hwc");
    SEEN("HWC");
    SEEN("een HwC melding");
    SEEN("HwC-melding");
    SEEN("melding (HwC)");
    SEEN("\"HwC\"");
    SEEN("x;HwC;y");
    SEEN("x\nHwC\n");
    SEEN("_HwC_");
    SEEN("hwc.csv");
}

TEST("HwC is a word of its own between no-break spaces, dashes and typographic quotes too")
{
    SEEN("melding" NBSP "HwC");
    SEEN("HwC" NBSP "melding");
    SEEN("melding " EN_DASH "HwC" EN_DASH " politie");
    SEEN("\xE2\x80\x9CHwC\xE2\x80\x9D");
    SEEN("\xE2\x80\x98HwC\xE2\x80\x99");
    SEEN("melding\xA0HwC\xA0politie");  /* Windows-1252 */
    SEEN("\x93HwC\x94");
}

TEST("HwC inside another word is not it")
{
    FREE("HWCX");
    FREE("ahwc");
    FREE("xHwCy");
    SEEN("hwc1"); /* a number behind it is still it */
    FREE("Ds. H.W.C.A. Visserlaan"); /* a street in the register */
    FREE("1hwc");
    FREE("hwchwc");
    FREE("\xC3\xA9hwc"); /* a letter in front */
    FREE("hwc\xC3\xAF");
    FREE("HW C");
    FREE("h wc"); /* a room and a toilet */
}

static void check_spelled(int line, const char *text, bool found, bool spelled)
{
    Guard guard = {0};

    guard_look(&guard, text, strlen(text));
    if (guard_end(&guard) != found || guard.spelled != spelled)
        test_fail(__FILE__, line, "\"%s\": found %d, spelled %d", text, guard.found, guard.spelled);
}

TEST("the initials letter by letter are told apart, for people have them")
{
    static const char *const spelled[] = {"H.W.C.", "h w c", "H W C", "x;H.W.C. melding;y", "H-W-C", "h_w_c", "H/W/C", "H. W. C.", "H" NBSP "W" NBSP "C", "melding H.W.C",
                                          "(H.W.C.)", "H\xC2\xB7W\xC2\xB7" "C", "H " EN_DASH " W " EN_DASH " C", "H\xAD.W.C", "een hele lange rij tekst en dan h.w.c. 2026"};

    for (size_t at = 0; at < sizeof spelled / sizeof *spelled; at++)
        check_spelled(__LINE__, spelled[at], false, true);
    static const char *const not[] = {"h;w;c", "h,w,c", "h\nw\nc", "h\tw\tc", "H.W.C.A. Visser", "ah.w.c.", "h.w.cx", "h.wc", "hw.c", "h.......w.c", "zich w c", "h.w.d"};
    for (size_t at = 0; at < sizeof not / sizeof *not; at++)
        check_spelled(__LINE__, not[at], false, false);
    Guard binary = {.words_only = true};
    guard_look(&binary, "h.w.c.", 6);
    CHECK(!guard_end(&binary) && !binary.spelled);
}

#define SOFT "\xC2\xAD"
#define ZERO "\xE2\x80\x8B"

TEST("what is not seen parts no word, and full-width letters are letters")
{
    SEEN("han" SOFT "dle with care");
    SEEN("h" ZERO "andle wi" ZERO ZERO "th ca" SOFT "re");
    SEEN("H" SOFT "w" ZERO "C");
    SEEN("h\xE2\x81\xA0w\xEF\xBB\xBF" "c");
    SEEN("han\xAD" "dle with care"); /* Windows-1252 */
    SEEN("\xEF\xBC\xA8\xEF\xBD\x97\xEF\xBC\xA3"); /* HwC */
    SEEN("x \xEF\xBD\x88\xEF\xBD\x81\xEF\xBD\x8E\xEF\xBD\x84\xEF\xBD\x8C\xEF\xBD\x85 with care");
    SEEN("ha\xEF\xBD\x8E" "dle with care");
    FREE("h" SOFT "wd");
    FREE("\xEF\xBC\xA8\xEF\xBD\x97");
    FREE("h\xC3\xAD" "wc"); /* i acute: the soft hyphen's byte behind its lead */
    FREE("h\xE2\x82\xACwc");
}

TEST("w/ care is with care")
{
    SEEN("handle w/ care");
    SEEN("Handle w/care");
    SEEN("handle w. care");
    SEEN("HANDLE W CARE");
    SEEN("handlewcare");
    FREE("handle w/ car");
    FREE("handle wi care");
}

TEST("other words are not refused")
{
    FREE("");
    FREE("handle");
    FREE("handle with");
    FREE("handle with car");
    FREE("handle wit care");
    FREE("handlee with care");
    FREE("care with handle");
    FREE("with care we handle");
    FREE("Hij handelt met zorg");
    FREE("handlew ithcare");
    FREE("h");
    FREE("hw");
    FREE("handle and with care");
}

/* Cut in two at every position, and in three around it, in the middle of other text. */
static void check_cut(int line, const char *text, bool want)
{
    size_t bytes = strlen(text);

    for (size_t cut = 0; cut <= bytes; cut++) {
        Guard two = {0};
        guard_look(&two, text, cut);
        guard_look(&two, text + cut, bytes - cut);
        if (guard_end(&two) != want) {
            test_fail(__FILE__, line, "cut behind byte %zu of \"%s\": %s", cut, text, want ? "missed" : "refused");
            return; /* one place says enough */
        }
        for (size_t width = 1; width <= 3 && cut + width <= bytes; width++) {
            Guard three = {0};
            guard_look(&three, text, cut);
            guard_look(&three, text + cut, width);
            guard_look(&three, text + cut + width, bytes - cut - width);
            if (guard_end(&three) != want) {
                test_fail(__FILE__, line, "cut behind bytes %zu and %zu of \"%s\": %s", cut, cut + width, text, want ? "missed" : "refused");
                return;
            }
        }
    }
    Guard single = {0};
    for (size_t at = 0; at < bytes; at++)
        guard_look(&single, text + at, 1);
    if (guard_end(&single) != want)
        test_fail(__FILE__, line, "byte by byte, \"%s\": %s", text, want ? "missed" : "refused");
}
#define LONG_LINE "datum;plaats;omschrijving;school;groep;vorm;anders;2025-09-30;plein;ruzie om een bal;01AB00;5;fysiek;nee\n"

TEST("a name cut in two by a buffer is still seen, wherever the cut is")
{
    check_cut(__LINE__, LONG_LINE "x;handle with care;y\n" LONG_LINE, true);
    check_cut(__LINE__, LONG_LINE "x;Handle_With_Care", true);
    check_cut(__LINE__, "handle-with-care\n" LONG_LINE, true);
    check_cut(__LINE__, LONG_LINE "handle" NBSP "with" EN_DASH "care\n", true);
    check_cut(__LINE__, LONG_LINE "x;HwC;y\n" LONG_LINE, true);
    check_cut(__LINE__, LONG_LINE "x;HwC", true);
    check_cut(__LINE__, "a HwC", true);
    check_cut(__LINE__, "HwC", true);
}

TEST("HwC as the first word of a longer file is seen, wherever the cut is")
{
    check_cut(__LINE__, "HwC;" LONG_LINE, true);
}

TEST("a cut makes no word of a part")
{
    check_cut(__LINE__, LONG_LINE "HWCX;xhwc;2hwc\n" LONG_LINE, false);
    check_cut(__LINE__, "xhwc", false);
    check_cut(__LINE__, LONG_LINE "xhwc", false);
    check_cut(__LINE__, LONG_LINE "hwc\xC3\xA9\n", false);
    check_cut(__LINE__, LONG_LINE "handle with car;handle with\n" LONG_LINE, false);
}

TEST("a name is seen at every place around a large buffer")
{
    enum { BYTES = 300 };
    char text[BYTES];
    static const char *const names[] = {"handle with care", ";HwC;", "Handle\xA0With\xA0" "Care"};

    for (size_t name = 0; name < 3; name++) {
        size_t length = strlen(names[name]);
        for (size_t at = 0; at + length <= BYTES; at++)
            for (size_t piece = 40; piece <= BYTES; piece += 37) {
                memset(text, '.', BYTES);
                memcpy(text + at, names[name], length);
                Guard guard = {0};
                for (size_t from = 0; from < BYTES; from += piece)
                    guard_look(&guard, text + from, from + piece < BYTES ? piece : BYTES - from);
                if (!guard_end(&guard))
                    test_fail(__FILE__, __LINE__, "\"%s\" at byte %zu in pieces of %zu was missed", names[name], at, piece);
            }
    }
}

TEST("once seen it stays seen")
{
    Guard guard = {0};

    CHECK(!guard_look(&guard, "abc", 3));
    CHECK(!guard.found);
    CHECK(guard_look(&guard, " handle with care ", 18));
    CHECK(guard.found);
    CHECK(guard_look(&guard, "nothing", 7));
    CHECK(guard_look(&guard, "", 0));
    CHECK(guard_end(&guard));
}

/* The definition on a whole text: letters only, ASCII separators and high bytes left out by construction. */
TEST("random text without it is never refused, with any cuts")
{
    unsigned long long seed = 1946;
    static const char letters[] = "hwcandleitr HWC_-;\n";
    char text[400];
    int refused = 0, held = 0;

    for (int round = 0; round < 60000; round++) {
        size_t bytes = 1 + scratch_random(&seed, sizeof text - 1);
        bool holds = false;
        for (size_t at = 0; at < bytes; at++)
            text[at] = letters[scratch_random(&seed, sizeof letters - 1)];
        for (size_t at = 0; at + 3 <= bytes && !holds; at++)
            holds = strncasecmp(text + at, "hwc", 3) == 0 && (at == 0 || !strchr("hwcandleitrHWC", text[at - 1])) &&
                    (at + 3 == bytes || !strchr("hwcandleitrHWC", text[at + 3]));
        for (size_t at = 0; at + 14 <= bytes && !holds; at++) {
            size_t from = at;
            holds = true;
            for (const char *word = "handle with care"; *word && holds; word++) {
                while (*word == ' ' && from < bytes && strchr(" _-;\n", text[from]))
                    from++;
                if (*word != ' ')
                    holds = from < bytes && (text[from++] | 0x20) == *word;
            }
        }
        Guard guard = {0};
        for (size_t from = 0, piece; from < bytes; from += piece) {
            piece = 1 + scratch_random(&seed, 120);
            if (piece > bytes - from)
                piece = bytes - from;
            guard_look(&guard, text + from, piece);
        }
        bool got = guard_end(&guard);
        refused += got;
        held += holds;
        if (got && !holds) {
            test_fail(__FILE__, __LINE__, "round %d: refused without a signal", round);
            return;
        }
        Guard once = {0};
        guard_look(&once, text, bytes);
        if (guard_end(&once) != holds) {
            test_fail(__FILE__, __LINE__, "round %d: the whole text is judged wrongly", round);
            return;
        }
    }
    CHECK(held > 100 && refused > 100); /* the letters are chosen so that HwC happens */
}

TEST("bytes of every value without it are never refused")
{
    unsigned long long seed = 7;
    char text[2000];

    for (int round = 0; round < 2000; round++) {
        for (size_t at = 0; at < sizeof text; at++) {
            unsigned byte = scratch_random(&seed, 256);
            text[at] = (char) (byte == 'c' || byte == 'C' ? 'k' : byte); /* both names need a c */
        }
        if (whole(text, sizeof text)) {
            test_fail(__FILE__, __LINE__, "round %d was refused", round);
            return;
        }
    }
}

/* At every place of the blocks that are passed over, with nothing near it that makes guard_look slow down. */
static void seen_far_off(const char *signal, size_t length, char before, bool spelled)
{
    for (size_t at = 100; at < 180; at++) {
        char text[400];
        memset(text, 'x', sizeof text);
        text[at - 1] = before;
        text[at + length] = ';';
        memcpy(text + at, signal, length);
        Guard fast = {0}, slow = {0};
        guard_look(&fast, text, sizeof text);
        guard_look_slowly(&slow, text, sizeof text);
        bool found = guard_end(&fast);
        if (found != guard_end(&slow) || fast.spelled != slow.spelled || !(spelled ? fast.spelled : found)) {
            test_fail(__FILE__, __LINE__, "\"%.*s\" at %zu: found %d, spelled %d", (int) length, signal, at, fast.found, fast.spelled);
            return;
        }
    }
}

TEST("a signal with nothing else near it is seen at every place, with something unseen behind each letter, or one letter full-width")
{
    static const char *const signals[] = {"handlewithcare", "HANDLE WITH CARE", "hwc", "HwC"}, *const unseen[] = {"", "\xC2\xAD", "\xAD", "\xE2\x80\x8B", "\xE2\x81\xA0", "\xEF\xBB\xBF"},
               *const between[] = {".", " ", "-", "_", "/", "\xC2\xA0", "\xA0", "\xE2\x80\x93", "\x96", "\xC2\xB7", "\xB7"};

    for (size_t which = 0; which < sizeof signals / sizeof *signals; which++)
        for (size_t letter = 0; letter < strlen(signals[which]); letter++) {
            char text[64];
            int length;
            for (size_t what = 0; what < sizeof unseen / sizeof *unseen; what++) {
                length = snprintf(text, sizeof text, "%.*s%s%s", (int) letter + 1, signals[which], unseen[what], signals[which] + letter + 1);
                seen_far_off(text, (size_t) length, ';', false);
                if (which < 2) /* the words may be part of another */
                    seen_far_off(text, (size_t) length, 'e', false);
            }
            char is = signals[which][letter];
            if (is == ' ')
                continue;
            length = snprintf(text, sizeof text, "%.*s\xEF%c%c%s", (int) letter, signals[which], is >= 'a' ? 0xBD : 0xBC, is >= 'a' ? is - 'a' + 0x81 : is - 'A' + 0xA1, signals[which] + letter + 1);
            seen_far_off(text, (size_t) length, ';', false);
        }
    for (size_t one = 0; one < sizeof between / sizeof *between; one++)
        for (size_t two = 0; two < sizeof between / sizeof *between; two++) {
            char text[64];
            int length = snprintf(text, sizeof text, "H%sW%sC", between[one], between[two]);
            seen_far_off(text, (size_t) length, ';', true);
        }
}

TEST("looking by the block sees what looking byte by byte does")
{
    static const char letters[] = "hHwWcCaAnNdDlLeEiItTrR  --_x./\xAD\xEF\xBC\xC3\xA9\0";
    static const char *const pieces[] = {"handle with care", "HwC", "h", "Handle", "with", "care", "hand", "hw", "HANDLEWITHCARE", "H.W.C.", "h w c", SOFT, ZERO, "\xEF\xBD\x88",
                                         "\xEF\xBC\xA8", "\xEF\xBD\x97", "w/ care", "\xEF\xBB\xBF", "\xE2\x80"};
    unsigned long long seed = 2026;
    char text[700];

    for (int round = 0; round < 60000; round++) {
        size_t bytes = 0, limit = 1 + scratch_random(&seed, sizeof text - 40);
        bool nuls = scratch_random(&seed, 8) == 0;
        while (bytes < limit) {
            if (scratch_random(&seed, 12) == 0) {
                const char *piece = pieces[scratch_random(&seed, sizeof pieces / sizeof *pieces)];
                memcpy(text + bytes, piece, strlen(piece));
                bytes += strlen(piece);
            } else {
                text[bytes++] = letters[scratch_random(&seed, sizeof letters - 2 + nuls)];
            }
        }
        Guard fast = {0}, slow = {0};
        size_t cut = scratch_random(&seed, (unsigned) bytes + 1);
        guard_look(&fast, text, cut);
        guard_look(&fast, text + cut, bytes - cut);
        guard_look_slowly(&slow, text, bytes);
        if (guard_end(&fast) != guard_end(&slow) || (!fast.found && fast.spelled != slow.spelled))
            test_fail(__FILE__, __LINE__, "round %d: the two differ on %zu bytes cut at %zu", round, bytes, cut);
    }
}

TEST("in bytes that are no text only the words count")
{
    static const char initials[] = "\x01HwC\x02", words[] = "\x01\xFFhandle\x01with\x02" "care\xFF";
    Guard guard = {.words_only = true};

    guard_look(&guard, initials, sizeof initials - 1);
    CHECK(!guard_end(&guard));
    guard = (Guard) {.words_only = true};
    guard_look(&guard, words, sizeof words - 1);
    CHECK(guard_end(&guard));
}
