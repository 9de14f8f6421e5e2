#include "ingest/archive.h"

#include "tests/unit/ingest/pack.h"

static int opened(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file < 0)
        test_fail(__FILE__, __LINE__, "cannot open %s", path);
    return file;
}

/* Names and contents in one text, or why not. */
static const char *contents(Arena *arena, const char *path)
{
    int file = opened(path);
    ArchiveEntry *entries;
    size_t count;
    Err err = {0};
    const char *text = "";

    if (archive_entries(arena, file, &entries, &count, &err)) {
        for (size_t at = 0; at < count; at++) {
            BYTES_AUTO bytes = NULL;
            text = archive_open(file, entries[at].no, &bytes, &err) ? arena_format(arena, "%s%s=%s;", text, entries[at].name, pack_text(arena, bytes)) : arena_text(arena, err.text);
        }
    } else
        text = arena_format(arena, "%d: %s", err.kind, err.text);
    close(file);
    return text;
}

TEST("the entries of a zip file are streams, in folders too, packed or stored")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const Part stored[] = {{"a.csv", "x;y\n", 0}};

    CHECK_TEXT(contents(arena, PACK_ZIP(arena, &dir, "a.zip", {"a.csv", "x;y\n1;2\n", 0}, {"sub/b.csv", "z\n", 0}, {"empty", "", 0})), "a.csv=x;y\n1;2\n;sub/b.csv=z\n;empty=;");
    CHECK_TEXT(contents(arena, pack_zip_with(arena, &dir, "s.zip", "zip:compression=store", NULL, stored, 1)), "a.csv=x;y\n;");
}

TEST("streams of one file do not disturb each other")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    int file = opened(PACK_ZIP(arena, &dir, "a.zip", {"a", "aaaa", 0}, {"b", "bbbb", 0}));
    BYTES_AUTO a = NULL;
    BYTES_AUTO b = NULL;
    char text[9] = "";
    Err err;

    CHECK(archive_open(file, 1, &a, &err) && archive_open(file, 2, &b, &err));
    for (size_t at = 0; a && b && at < 8; at += 2)
        CHECK(bytes_fill(a, text + at, 1) + bytes_fill(b, text + at + 1, 1) == 2);
    CHECK_TEXT(text, "abababab");
    CHECK(!archive_open(file, 3, &(Bytes *){NULL}, &err));
    close(file);
}

TEST("a name cannot speak to a terminal")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    CHECK_TEXT(contents(arena, PACK_ZIP(arena, &dir, "a.zip", {"a\033[2J\n.csv", "x", 0})), "a?[2J?.csv=x;");
}

TEST("what is encrypted is refused")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const Part parts[] = {{"a.csv", "x;y\n1;2\n", 0}};

    CHECK_TEXT(contents(arena, pack_zip_with(arena, &dir, "a.zip", "zip:encryption=aes256", "geheim", parts, 1)),
               "3: the archive is encrypted; deliver it without a password, over a connection that is safe");
}

TEST("a bomb is refused before it goes off, and what merely packs well is not")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    size_t bytes = ARCHIVE_BYTES_FREE + 4 * 1024 * 1024;
    char *zeros = calloc(1, bytes);

    if (!zeros)
        return;
    CHECK_TEXT(contents(arena, PACK_ZIP(arena, &dir, "bomb.zip", {"a.csv", zeros, bytes})), "3: the archive unpacks to far more than its size; deliver the files themselves");
    int file = opened(PACK_ZIP(arena, &dir, "good.zip", {"a.csv", zeros, ARCHIVE_BYTES_FREE - 1}));
    ArchiveEntry *entries;
    size_t count = 0;
    Err err;
    CHECK(archive_entries(arena, file, &entries, &count, &err) && count == 1 && entries[0].bytes == ARCHIVE_BYTES_FREE - 1);
    close(file);
    free(zeros);
}

TEST("an entry never gives more than it said")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    char *path = PACK_ZIP(arena, &dir, "a.zip", {"a.csv", "twelve bytes", 0}), *data;
    size_t bytes, changed = 0;
    Err err;

    CHECK(place_read(arena, path, &data, &bytes, &err));
    static const struct { const char *mark; size_t size_at; } records[] = {{"PK\x01\x02", 24}, {"PK\x03\x04", 22}, {"PK\x07\x08", 12}};
    for (size_t at = 0; at + 28 < bytes; at++) /* the unpacked size, wherever it stands: 12 becomes 5 */
        for (size_t record = 0; record < 3; record++)
            if (memcmp(data + at, records[record].mark, 4) == 0 && data[at + records[record].size_at] == 12) {
                data[at + records[record].size_at] = 5;
                changed++;
            }
    CHECK(changed >= 2);
    const char *got = contents(arena, scratch_bytes(arena, &dir, "b.zip", data, bytes));
    if (strstr(got, "twelve bytes"))
        test_fail(__FILE__, __LINE__, "got all of it: %s", got);
    CHECK(strstr(got, "(failed)") || strncmp(got, "3: ", 3) == 0);
}

TEST("more entries than anybody delivers are refused")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Part *parts = arena_array(arena, ARCHIVE_ENTRIES_MAX + 1, sizeof *parts);

    for (size_t at = 0; at <= ARCHIVE_ENTRIES_MAX; at++)
        parts[at] = (Part) {.name = arena_format(arena, "%zu", at), .text = "x"};
    CHECK_TEXT(contents(arena, pack_zip_with(arena, &dir, "a.zip", NULL, NULL, parts, ARCHIVE_ENTRIES_MAX + 1)), "3: the archive holds more than 1000 files; deliver it in parts");
    CHECK(strncmp(contents(arena, pack_zip_with(arena, &dir, "b.zip", NULL, NULL, parts, ARCHIVE_ENTRIES_MAX)), "0=x;1=x;", 8) == 0);
}

TEST("damage is seen, wherever a byte is wrong or the file ends")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    char *path = PACK_ZIP(arena, &dir, "a.zip", {"a.csv", "incident_nr;datum\n1;2026-01-12\n2;2026-01-13\n", 0}), *data;
    size_t bytes, silent = 0;
    Err err;
    const char *whole = contents(arena, path);

    CHECK(place_read(arena, path, &data, &bytes, &err));
    for (size_t cut = 1; cut < bytes; cut += 7)
        CHECK(strcmp(contents(arena, scratch_bytes(arena, &dir, "cut.zip", data, cut)), whole) != 0);
    for (size_t at = 0; at < bytes; at++) {
        data[at] ^= 0x55;
        const char *got = contents(arena, scratch_bytes(arena, &dir, "bad.zip", data, bytes));
        data[at] ^= 0x55;
        /* a name, a date or a mode may change unseen; what an entry holds may not */
        const char *content = strchr(got, '=');
        silent += content && !strstr(got, "(failed)") && strncmp(got, "3: ", 3) != 0 && strcmp(content, strchr(whole, '=')) != 0;
    }
    CHECK_INT(silent, 0);
    CHECK_TEXT(contents(arena, scratch_text(arena, &dir, "no.zip", "PK\x03\x04 and then nothing")), "3: the archive is damaged; make it again");
}

static bool guarded(Arena *arena, const Scratch *dir, const char *name, const char *text)
{
    int file = opened(PACK_ZIP(arena, dir, "g.zip", {name, text, 0}));
    bool found = archive_guard(file);

    close(file);
    return found;
}

TEST("a signal in a name, in a comment, or in the clear is seen")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    char *data;
    size_t bytes;
    Err err;

    CHECK(guarded(arena, &dir, "melding HwC.csv", "x"));
    CHECK(guarded(arena, &dir, "handle-with-care/a.csv", "x"));
    CHECK(!guarded(arena, &dir, "hwcx.csv", "x"));
    CHECK(place_read(arena, PACK_ZIP(arena, &dir, "c.zip", {"a", "x", 0}), &data, &bytes, &err));
    char *commented = arena_alloc(arena, bytes + 3);
    memcpy(commented, data, bytes);
    commented[bytes - 2] = 3; /* length of the comment that ends the file */
    memcpy(commented + bytes, "HwC", 3);
    int file = opened(scratch_bytes(arena, &dir, "d.zip", commented, bytes + 3));
    CHECK(archive_guard(file));
    close(file);
}

TEST("a zip file is known by its first bytes")
{
    CHECK(archive_is_zip("PK\x03\x04", 4) && archive_is_zip("PK\x05\x06", 4));
    CHECK(!archive_is_zip("PK\x03", 3) && !archive_is_zip("PK;x", 4));
}
