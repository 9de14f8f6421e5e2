#include "ingest/seen.h"

#include <string.h>

#include "ingest/held.h"
#include "ingest/memo.h"
#include "tests/unit/scratch.h"

static int64_t random_key(unsigned long long *seed)
{
    uint64_t key = 0;

    for (int part = 0; part < 4; part++)
        key = key << 16 | scratch_random(seed, 65536);
    return (int64_t) key;
}

TEST("a key that came by is never called new, and new ones hardly ever called seen")
{
    enum { MANY = 300000 };
    unsigned long long seed = 7, again = 7;
    Seen *seen = seen_new(MANY);
    size_t wrong = 0, missed = 0;

    for (int at = 0; at < MANY; at++)
        wrong += seen_add(seen, random_key(&seed));
    for (int at = 0; at < MANY; at++)
        missed += !seen_add(seen, random_key(&again));
    CHECK_INT(missed, 0);
    CHECK(wrong < MANY / 5000); /* load 0.57 and 16 bits: about one in 25,000 */
    seen_free(seen);
    seen_free(NULL);
}

TEST("a table that is full calls everything seen rather than miss something")
{
    unsigned long long seed = 9;
    Seen *seen = seen_new(0);
    size_t late = 0;

    for (int at = 0; at < 20000; at++)
        late += seen_add(seen, random_key(&seed)) && at > 4096;
    CHECK(late >= 20000 - 4096 - 1);
    seen_free(seen);
}

TEST("a set of keys is exact")
{
    unsigned long long seed = 5, again = 5;
    KeySet *set = keyset_new();
    size_t added = 0, twice = 0;

    for (int at = 0; at < 50000; at++)
        added += keyset_add(set, random_key(&seed));
    for (int at = 0; at < 50000; at++)
        twice += keyset_add(set, random_key(&again));
    CHECK_INT(added, 50000);
    CHECK_INT(twice, 0);
    CHECK(keyset_add(set, 0) && !keyset_add(set, 0));
    keyset_free(set);
    keyset_free(NULL);
}

TEST("rows held back come back whole and in order, and leave no file")
{
    SCRATCH_AUTO dir = scratch_new();
    Held *held = held_new(dir.path, false);
    PgRow row = {0}, got = {0};
    Err err = {0};
    int64_t key;
    bool doubtful;
    char **names;
    ARENA_AUTO arena = arena_new();

    for (int at = 0; at < 1000; at++) {
        row.used = 0;
        pgrow_begin(&row, 1);
        for (int more = 0; more < at % 50; more++)
            pgrow_int4(&row, at);
        CHECK(held_put(held, at * 7, row.data, row.used, &err));
    }
    CHECK_INT(held_count(held), 1000);
    CHECK(place_list(arena, dir.path, "", &names, &err) && *names == NULL);
    CHECK(held_sift(held, &err));
    CHECK_INT(held_doubtful(held), 1000);
    for (int at = 0; at < 1000; at++) {
        CHECK(held_next(held, &key, &got, &doubtful) && doubtful);
        CHECK_INT(key, at * 7);
        CHECK_INT(got.used, 2 + 8 * (at % 50));
    }
    CHECK(!held_next(held, &key, &got, &doubtful));
    held_free(held);
    pgrow_free(&row);
    pgrow_free(&got);
}

TEST("of rows held back only those are doubtful whose key passed, before or after, or was held back twice")
{
    SCRATCH_AUTO dir = scratch_new();
    Held *held = held_new(dir.path, true);
    PgRow got = {0};
    Err err = {0};
    int64_t key, doubts[4];
    bool doubtful;
    char **names;
    size_t n = 0;
    ARENA_AUTO arena = arena_new();

    for (int64_t passed = 1000; passed < 90000; passed++)
        CHECK(held_passed(held, passed, &err));
    CHECK(held_put(held, 5, "a", 1, &err));     /* only looks alike */
    CHECK(held_put(held, 1000, "b", 1, &err));  /* passed before */
    CHECK(held_put(held, 7, "c", 1, &err));
    CHECK(held_put(held, 90000, "d", 1, &err)); /* passes after */
    CHECK(held_put(held, 7, "e", 1, &err));     /* twice, and never passed */
    CHECK(held_passed(held, 90000, &err));
    CHECK(place_list(arena, dir.path, "", &names, &err) && *names == NULL);
    CHECK(held_sift(held, &err));
    CHECK_INT(held_count(held), 5);
    CHECK_INT(held_doubtful(held), 4);
    while (held_next(held, &key, &got, &doubtful))
        if (doubtful && n < 4)
            doubts[n++] = key;
        else
            CHECK(key == 5 && !doubtful && got.used == 1 && got.data[0] == 'a');
    CHECK_INT(n, 4);
    CHECK(doubts[0] == 1000 && doubts[1] == 7 && doubts[2] == 90000 && doubts[3] == 7);
    CHECK(held_rewind(held, &err) && held_next(held, &key, &got, &doubtful) && key == 5);
    held_free(held);
    pgrow_free(&got);
}

TEST("more rows held back than keys are kept of are all doubtful")
{
    SCRATCH_AUTO dir = scratch_new();
    Held *held = held_new(dir.path, true);
    PgRow got = {0};
    Err err = {0};
    int64_t key;
    bool doubtful = false;

    for (int64_t at = 0; at <= HELD_SIFTED_MAX; at++)
        CHECK(held_put(held, at, "", 0, &err));
    CHECK(held_sift(held, &err));
    CHECK_INT(held_doubtful(held), HELD_SIFTED_MAX + 1);
    CHECK(held_next(held, &key, &got, &doubtful) && doubtful);
    held_free(held);
    pgrow_free(&got);
}

TEST("rows cannot be held where no file can be made")
{
    Held *held = held_new("/nonexistent", true);
    Err err = {0};

    CHECK(!held_put(held, 1, "", 0, &err));
    CHECK_INT(err.kind, ERR_IO);
    err = (Err) {0};
    CHECK(!held_passed(held, 1, &err));
    CHECK_INT(err.kind, ERR_IO);
    held_free(held);
}

TEST("a memo gives back what was kept for exactly this text")
{
    ARENA_AUTO arena = arena_new();
    Memo *memo = memo_new(arena, 8);
    unsigned long long seed = 3;
    char text[32];
    size_t hits = 0;

    for (int round = 0; round < 200000; round++) {
        size_t bytes = scratch_random(&seed, MEMO_BYTES + 4);
        uint64_t sum = bytes;
        for (size_t at = 0; at < bytes; at++) {
            text[at] = "ab\0"[scratch_random(&seed, 3)];
            sum = sum * 31 + (unsigned char) text[at];
        }
        MemoKey key;
        bool found;
        MemoSlot *slot = memo_find(memo, text, bytes, &key, &found);
        CHECK((slot == NULL) == (bytes > MEMO_BYTES));
        if (found && slot->value != (int32_t) (sum & 0xFFFFFFF))
            test_fail(__FILE__, __LINE__, "round %d: the value of another text of %zu bytes", round, bytes);
        hits += found;
        memo_keep(slot, &key, (int64_t) (sum & 0xFFFFFFF));
    }
    CHECK(hits > 10000);
    memo_wipe(memo);
}


TEST("a memo of lists gives back the codes of exactly this cell")
{
    ARENA_AUTO arena = arena_new();
    CodesMemo *memo = arena_alloc(arena, sizeof *memo);
    unsigned long long seed = 4;
    char text[64];
    size_t hits = 0;

    for (int round = 0; round < 200000; round++) {
        size_t bytes = scratch_random(&seed, MEMO_LONG_BYTES + 4);
        uint64_t sum = bytes;
        for (size_t at = 0; at < bytes; at++) {
            text[at] = at < bytes - bytes / 8 ? 'a' : "ab\0"[scratch_random(&seed, 3)];
            sum = sum * 31 + (unsigned char) text[at];
        }
        bool found;
        CodesSlot *slot = codes_memo_find(memo, text, bytes, &found);
        CHECK((slot == NULL) == (bytes == 0 || bytes > MEMO_LONG_BYTES));
        if (!slot)
            continue;
        uint8_t want = (uint8_t) (sum % 251);
        if (found && (slot->count != 1 || slot->code[0] != want))
            test_fail(__FILE__, __LINE__, "round %d: the codes of another cell of %zu bytes", round, bytes);
        hits += found;
        slot->count = 1;
        slot->code[0] = want;
        slot->bytes = (uint32_t) bytes;
    }
    CHECK(hits > 10000);
}
