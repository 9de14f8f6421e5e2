#include "ingest/pseudonym.h"

#include <string.h>
#include <sys/stat.h>

#include "tests/unit/scratch.h"

static void check_name(int line, const char *name, const char *want)
{
    ARENA_AUTO arena = arena_new();

    test_check_text(__FILE__, line, pseudonym_name(arena, name, strlen(name)), want);
}
#define NAME(name, want) check_name(__LINE__, name, want)

TEST("what stands behind the comma comes first")
{
    NAME("Vries, Jan de", "jan de vries");
    NAME("de Vries, Jan", "jan de vries");
    NAME("Jan de Vries", "jan de vries");
    NAME("JAN DE VRIES", "jan de vries");
    NAME("  Vries ,Jan  de ", "jan de vries");
    NAME("Jansen,Piet", "piet jansen");
    NAME("Jansen,", "jansen");
    NAME(",Jansen", "jansen");
}

TEST("spellings of van der are one")
{
    NAME("Van der Berg", "van de berg");
    NAME("v.d. Berg", "van de berg");
    NAME("v. d. Berg", "van de berg");
    NAME("vd Berg", "van de berg");
    NAME("v/d Berg", "van de berg");
    NAME("VD BERG", "van de berg");
    NAME("BERG, VAN DER", "van de berg");
    NAME("Berg, v.d.", "van de berg");
    NAME("van den Berg", "van de berg");
    NAME("van de Berg", "van de berg");
    NAME("Berg, Jan van der", "jan van de berg");
    NAME("Jan vd Berg", "jan van de berg");
}

TEST("short words are only replaced when they stand alone")
{
    NAME("Evd Dervan", "evd dervan");
    NAME("Vander Berg", "vander berg");
    NAME("Denise Derks", "denise derks");
}

TEST("case, diacritics and punctuation vanish")
{
    NAME("René Müller", "rene muller");
    NAME("Rene\xCC\x81 Mu\xCC\x88ller", "rene muller");
    NAME("RENÉ MÜLLER", "rene muller");
    NAME("Jan  Jansen.", "jan jansen");
    NAME("Anna-Maria Smit", "anna maria smit");
    NAME("Jansen-de Boer, Anna", "anna jansen de boer");
    NAME("Anna Jansen - de Boer", "anna jansen de boer");
    NAME("O'Neill", "o neill");
    NAME("O\xE2\x80\x99Neill", "o neill");
    NAME("Jan van 't Hof", "jan van t hof");
    NAME("Jan van \xE2\x80\x99t Hof", "jan van t hof");
    NAME("Ĳsbrand Bijl", "ijsbrand bijl");
    NAME("IJsbrand BIJL", "ijsbrand bijl");
    NAME("Jan\xC2\xA0Jansen", "jan jansen");
    NAME("", "");
    NAME(" , ", "");
}

TEST("a name that is not UTF-8 has no normal form")
{
    ARENA_AUTO arena = arena_new();

    CHECK(pseudonym_name(arena, "Ren\xE9", 4) == NULL);
}

/* Opened in a directory of its own, or the test fails. */
static Pseudonymizer *opened(const char *var, int board)
{
    Pseudonymizer *made = NULL;
    Err err = {0};

    if (!pseudonym_open(var, board, &made, &err)) {
        test_fail(__FILE__, __LINE__, "%s", err.text);
        exit(1);
    }
    return made;
}

static bool same(Pseudonymizer *a, const char *left, Date left_birth, Pseudonymizer *b, const char *right, Date right_birth)
{
    ARENA_AUTO scratch = arena_new();
    uint8_t one[16] = {1}, other[16] = {2};

    CHECK(pseudonym_person(a, scratch, left, strlen(left), left_birth, one));
    CHECK(pseudonym_person(b, scratch, right, strlen(right), right_birth, other));
    return memcmp(one, other, 16) == 0;
}

TEST("one child has one pseudonym however the name is written, and another child another")
{
    SCRATCH_AUTO dir = scratch_new();
    Pseudonymizer *key = opened(dir.path, 41234);

    CHECK(same(key, "Vries, Jan de", 15000, key, "jan DE vries", 15000));
    CHECK(same(key, "v.d. Berg, Zoë", 15000, key, "Zoe van der Berg", 15000));
    CHECK(same(key, "Jan de Vries", DATE_NONE, key, "De Vries, Jan", DATE_NONE));
    CHECK(!same(key, "Jan de Vries", 15000, key, "Jan de Vries", 15001));
    CHECK(!same(key, "Jan de Vries", 15000, key, "Jan de Vries", DATE_NONE));
    CHECK(!same(key, "Jan de Vries", 15000, key, "Jan Vries", 15000));
    CHECK(!same(key, "Jan de Vries", 15000, key, "Jans de Vries", 15000));
    pseudonym_close(key);
    pseudonym_close(NULL);
}

TEST("another board has other pseudonyms, and the same key file gives the same ones again")
{
    SCRATCH_AUTO dir = scratch_new();
    Pseudonymizer *first = opened(dir.path, 41234), *second = opened(dir.path, 41235), *again = opened(dir.path, 41234);

    CHECK(!same(first, "Jan de Vries", 15000, second, "Jan de Vries", 15000));
    CHECK(same(first, "Jan de Vries", 15000, again, "Jan de Vries", 15000));
    CHECK(pseudonym_key(first, "2025-001", 8) != pseudonym_key(second, "2025-001", 8));
    CHECK(pseudonym_key(first, "2025-001", 8) == pseudonym_key(again, "2025-001", 8));
    CHECK(pseudonym_key(first, "2025-001", 8) != pseudonym_key(first, "2025-002", 8));
    CHECK(pseudonym_key(first, "2025-001", 8) != pseudonym_key(first, "2025-001", 7));
    pseudonym_close(first);
    pseudonym_close(second);
    pseudonym_close(again);
}

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, 16);
}

TEST("20,000 children get as many pseudonyms")
{
    enum { MANY = 20000 };
    ARENA_AUTO scratch = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Pseudonymizer *key = opened(dir.path, 41234);
    uint8_t(*all)[16] = calloc(MANY, sizeof *all);
    char name[40];

    for (int at = 0; all && at < MANY; at++) {
        int bytes = snprintf(name, sizeof name, "Kind %d%c Voorbeeld", at / 7, 'a' + at % 7);
        CHECK(pseudonym_person(key, scratch, name, (size_t) bytes, 15000, all[at]));
    }
    qsort(all, MANY, sizeof *all, by_bytes);
    for (int at = 1; at < MANY; at++)
        CHECK(memcmp(all[at - 1], all[at], 16) != 0);
    free(all);
    pseudonym_close(key);
}

static void check_none(int line, Pseudonymizer *key, const char *name, size_t bytes)
{
    ARENA_AUTO scratch = arena_new();
    uint8_t out[16];

    if (pseudonym_person(key, scratch, name, bytes, 15000, out))
        test_fail(__FILE__, line, "\"%s\" got a pseudonym", name);
}
#define NONE(name) check_none(__LINE__, key, name, sizeof(name) - 1)

TEST("a name of fewer than two letters gives no pseudonym")
{
    SCRATCH_AUTO dir = scratch_new();
    ARENA_AUTO scratch = arena_new();
    Pseudonymizer *key = opened(dir.path, 41234);
    uint8_t out[16];

    NONE("");
    NONE(" ");
    NONE("-");
    NONE("J");
    NONE("J.");
    NONE("\xC3\x89");      /* E acute: one letter */
    NONE("Ren\xE9");       /* not UTF-8 */
    CHECK(pseudonym_person(key, scratch, "Bo", 2, DATE_NONE, out));
    CHECK(pseudonym_person(key, scratch, "J. B", 4, DATE_NONE, out));
    pseudonym_close(key);
}

TEST("one letter stays one letter, also where it is an abbreviation or takes two bytes")
{
    SCRATCH_AUTO dir = scratch_new();
    Pseudonymizer *key = opened(dir.path, 41234);

    NONE("V.");            /* not "van" */
    NONE("D");             /* not "de" */
    NONE("\xC3\xB8");      /* o with stroke, which has no decomposition */
    NONE("\xC3\x9E");      /* thorn */
    pseudonym_close(key);
}

TEST("a key file of two random keys is made, for its owner only")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    char *first = NULL, *second = NULL;
    size_t bytes = 0;
    struct stat info;
    Err err = {0};

    umask(0);
    pseudonym_close(opened(dir.path, 41234));
    pseudonym_close(opened(dir.path, 41235));
    umask(022);
    const char *path = arena_format(arena, "%s/keys/41234.key", dir.path);
    CHECK(stat(path, &info) == 0);
    CHECK_INT(info.st_mode & 0777, 0600);
    CHECK_INT(info.st_size, 64);
    CHECK(stat(arena_format(arena, "%s/keys", dir.path), &info) == 0);
    CHECK_INT(info.st_mode & 0777, 0700);
    CHECK(place_read(arena, path, &first, &bytes, &err) && place_read(arena, arena_format(arena, "%s/keys/41235.key", dir.path), &second, &bytes, &err));
    CHECK(bytes == 64 && memcmp(first, second, 32) != 0 && memcmp(first + 32, second + 32, 32) != 0 && memcmp(first, first + 32, 32) != 0);
}

static void check_key_refused(int line, unsigned mode, size_t bytes, const char *message)
{
    static const char key[66 * 32] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Pseudonymizer *made = NULL;
    Err err = {0};
    char *path = scratch_bytes(arena, &dir, "keys/41234.key", key, bytes);

    if (chmod(path, mode) != 0 || pseudonym_open(dir.path, 41234, &made, &err))
        test_fail(__FILE__, line, "mode %o and %zu bytes were taken", mode, bytes);
    else {
        if (err.kind != ERR_CONFIG)
            test_fail(__FILE__, line, "kind %d", err.kind);
        test_check_text(__FILE__, line, err.text, arena_format(arena, "key file \"%s\" %s", path, message));
    }
    pseudonym_close(made);
}

TEST("a key that others can read is refused")
{
    static const unsigned modes[] = {0640, 0604, 0660, 0606, 0644, 0601, 0610, 0666, 0620, 0602};

    for (size_t at = 0; at < sizeof modes / sizeof *modes; at++)
        check_key_refused(__LINE__, modes[at], 64, "can be read by others; chmod 600 it");
}

TEST("a key of another size is refused")
{
    static const size_t sizes[] = {0, 1, 31, 32, 33, 63, 65, 66 * 32};

    for (size_t at = 0; at < sizeof sizes / sizeof *sizes; at++)
        check_key_refused(__LINE__, 0600, sizes[at], "does not hold 32 bytes for numbers and 32 for each layer");
}

TEST("a key that the owner may only read is enough")
{
    static const char key[] = "0123456789abcdef0123456789abcdef" "0123456789abcdef0123456789abcdef";
    ARENA_AUTO scratch = arena_new();
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    CHECK(chmod(scratch_bytes(arena, &dir, "keys/41234.key", key, 64), 0400) == 0);
    Pseudonymizer *made = opened(dir.path, 41234);
    /* hashlib.blake2b(b"person\0jan de vries\0" + struct.pack("<i", 15000), key=..., digest_size=16): a pseudonym means
     * the same on every machine and in every version */
    static const uint8_t want[16] = {0xd3, 0x05, 0x51, 0x79, 0xd4, 0xdf, 0x79, 0x64, 0x1e, 0x3c, 0xba, 0xb3, 0x52, 0xf2, 0x00, 0xe7};
    uint8_t got[16];
    CHECK(pseudonym_person(made, scratch, "Vries, Jan de", 13, 15000, got));
    CHECK(memcmp(got, want, 16) == 0);
    /* SipHash-2-4 (Aumasson and Bernstein 2012) of b"2025-001" under blake2b(b"number", key=..., digest_size=16) */
    CHECK_INT(pseudonym_key(made, "2025-001", 8), -5648702121799885186LL);
    pseudonym_close(made);
}

TEST("a further layer hashes the pseudonym once more, and keeps numbers")
{
    static const char key[] = "0123456789abcdef0123456789abcdef" "0123456789abcdef0123456789abcdef" "fedcba9876543210fedcba9876543210";
    ARENA_AUTO scratch = arena_new();
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    scratch_bytes(arena, &dir, "keys/41234.key", key, 96);
    CHECK(chmod(arena_format(arena, "%s/keys/41234.key", dir.path), 0600) == 0);
    Pseudonymizer *made = opened(dir.path, 41234);
    /* hashlib.blake2b(first layer, key=b"fedcba...", digest_size=16) */
    static const uint8_t want[16] = {0x06, 0xe7, 0xb4, 0xc7, 0x75, 0x4a, 0xe1, 0x81, 0xf0, 0xc1, 0x2d, 0x4d, 0xf9, 0x76, 0x1f, 0xb1};
    uint8_t got[16];
    CHECK(pseudonym_person(made, scratch, "Vries, Jan de", 13, 15000, got));
    CHECK(memcmp(got, want, 16) == 0);
    CHECK(pseudonym_person(made, scratch, "Vries, Jan de", 13, 15000, got)); /* from the cache */
    CHECK(memcmp(got, want, 16) == 0);
    CHECK_INT(pseudonym_key(made, "2025-001", 8), -5648702121799885186LL);
    pseudonym_close(made);
}

TEST("rotation keeps or cuts the link to what is stored, and the old key works until it is done")
{
    ARENA_AUTO scratch = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    uint8_t layer[32], before[16], moved[16], after[16];
    char id[33], other[33], found[33];
    PseudonymNext next;
    Err err = {0};

    Pseudonymizer *old = opened(dir.path, 41234);
    CHECK(pseudonym_person(old, scratch, "Jan de Vries", 12, 15000, before));
    CHECK(pseudonym_rotate_next(dir.path, 41234, &next, found, &err) && next == PSEUDONYM_NEXT_NONE);
    pseudonym_layer_new(layer, id);
    CHECK(pseudonym_rotate(dir.path, 41234, true, layer, &err));
    CHECK(pseudonym_rotate_next(dir.path, 41234, &next, found, &err) && next == PSEUDONYM_NEXT_WHOLE);
    CHECK_TEXT(found, id);
    Pseudonymizer *still = opened(dir.path, 41234);
    CHECK(same(old, "Jan de Vries", 15000, still, "Jan de Vries", 15000));
    CHECK(pseudonym_rotate_done(dir.path, 41234, &err));
    Pseudonymizer *kept = opened(dir.path, 41234);
    CHECK(pseudonym_person(kept, scratch, "Jan de Vries", 12, 15000, after));
    pseudonym_layer(layer, before, moved);
    CHECK(memcmp(moved, after, 16) == 0);
    CHECK(memcmp(before, after, 16) != 0);
    CHECK(pseudonym_key(old, "2025-001", 8) == pseudonym_key(kept, "2025-001", 8));

    pseudonym_layer_new(layer, other);
    CHECK(strcmp(id, other) != 0 && strlen(other) == 32);
    CHECK(pseudonym_rotate(dir.path, 41234, false, layer, &err) && pseudonym_rotate_done(dir.path, 41234, &err));
    Pseudonymizer *cut = opened(dir.path, 41234);
    CHECK(pseudonym_person(cut, scratch, "Jan de Vries", 12, 15000, after));
    pseudonym_layer(layer, moved, before); /* as if it had been a layer more */
    CHECK(memcmp(before, after, 16) != 0 && memcmp(moved, after, 16) != 0);

    CHECK(pseudonym_rotate(dir.path, 41234, true, layer, &err));
    CHECK(!pseudonym_rotate(dir.path, 41234, true, layer, &err)); /* one is under way */
    char path[4200];
    snprintf(path, sizeof path, "%s/keys/41234.key.new", dir.path);
    CHECK(truncate(path, 40) == 0 && pseudonym_rotate_next(dir.path, 41234, &next, found, &err) && next == PSEUDONYM_NEXT_TORN);
    CHECK(pseudonym_rotate_undo(dir.path, 41234, &err) && !pseudonym_rotate_undo(dir.path, 41234, &err));
    Pseudonymizer *same_still = opened(dir.path, 41234);
    CHECK(same(cut, "Jan de Vries", 15000, same_still, "Jan de Vries", 15000));
    CHECK(pseudonym_known(dir.path, 41234) && !pseudonym_known(dir.path, 41235));
    for (Pseudonymizer **one = (Pseudonymizer *[]) {old, still, kept, cut, same_still, NULL}; *one; one++)
        pseudonym_close(*one);
}
