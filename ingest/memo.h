/**
 * A small memory of conversions: the same few codes, dates and answers come back in every row of a file, and looking up
 * "overkwam het" in a list through its folded key costs fifty times what finding it here does. One per column.
 *
 * Direct mapped: a value that falls on the place of another takes it. Memo holds texts of up to MEMO_BYTES bytes of fields that are no
 * personal data, each as one number; CodesMemo cells of up to MEMO_LONG_BYTES bytes with a list of codes. Both are wiped all the same.
 */
#ifndef VB_INGEST_MEMO_H
#define VB_INGEST_MEMO_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "common/arena.h"

enum { MEMO_BYTES = 24, MEMO_LONG_BYTES = 40, MEMO_LONG_PARTS = 5, MEMO_CODES_MAX = 16, CODES_MEMO_BITS = 10 };

typedef struct MemoKey {
    uint64_t part[3];
    uint32_t bytes; /* + 1, so that an empty slot matches nothing */
} MemoKey;

typedef struct MemoSlot {
    uint64_t part[3];
    uint32_t bytes;
    int32_t  value;
} MemoSlot;

typedef struct Memo {
    unsigned bits;
    MemoSlot slot[];
} Memo;

static inline uint64_t memo_load(const char *text, size_t bytes)
{
    uint64_t whole = 0;

    memcpy(&whole, text, bytes); /* bytes is a constant: one load */
    return whole;
}

/* Fewer than eight bytes as one word; with the length it tells every text apart. */
static inline uint64_t memo_short(const char *text, size_t bytes)
{
    if (bytes >= 4)
        return memo_load(text, 4) | memo_load(text + bytes - 4, 4) << 32;
    return bytes ? memo_load(text, 1) | memo_load(text + bytes / 2, 1) << 8 | memo_load(text + bytes - 1, 1) << 16 : 0;
}

/* The text in registers, by loads that overlap and never leave it: a copy through memory stalls the processor. Without branches on
 * the length from 8 bytes on, which nobody could predict: what is too short repeats its last eight bytes. */
static inline MemoKey memo_key(const char *text, size_t bytes)
{
    MemoKey key = {.bytes = (uint32_t) bytes + 1};

    if (bytes >= 8) {
        size_t last = bytes - 8;
        key.part[0] = memo_load(text, 8);
        key.part[1] = memo_load(text + (last < 8 ? last : 8), 8);
        key.part[2] = memo_load(text + last, 8);
    } else {
        key.part[0] = memo_short(text, bytes);
    }
    return key;
}

/* The same for up to MEMO_LONG_BYTES bytes. \return a hash of text and length */
static inline uint64_t memo_long_key(const char *text, size_t bytes, uint64_t part[static MEMO_LONG_PARTS])
{
    static const uint64_t factor[MEMO_LONG_PARTS] = {0x9E3779B97F4A7C15u, 0xC2B2AE3D27D4EB4Fu, 0x165667B19E3779F9u, 0xD6E8FEB86659FD93u, 0xA0761D6478BD642Fu};
    uint64_t hash = bytes;

    if (bytes >= 8) {
        size_t last = bytes - 8;
        for (size_t at = 0; at < MEMO_LONG_PARTS; at++)
            part[at] = memo_load(text + (last < 8 * at ? last : 8 * at), 8);
    } else {
        part[0] = memo_short(text, bytes);
        part[1] = part[2] = part[3] = part[4] = 0;
    }
    for (size_t at = 0; at < MEMO_LONG_PARTS; at++)
        hash += part[at] * factor[at];
    hash ^= hash >> 32;
    return hash * 0xFF51AFD7ED558CCDu;
}

static inline bool memo_long_same(const uint64_t a[static MEMO_LONG_PARTS], const uint64_t b[static MEMO_LONG_PARTS])
{
    return ((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3]) | (a[4] ^ b[4])) == 0;
}

/* \param bits 1 << bits slots of 32 bytes: as many as there are different values, and then some */
static inline Memo *memo_new(Arena *out, unsigned bits)
{
    Memo *memo = arena_alloc(out, sizeof *memo + ((size_t) 1 << bits) * sizeof memo->slot[0]);

    memo->bits = bits;
    return memo;
}

static inline MemoSlot *memo_slot(Memo *memo, const MemoKey *key)
{
    uint64_t hash = (key->part[0] ^ key->part[1] * 0x9E3779B97F4A7C15u ^ (key->part[2] + key->bytes) * 0xC2B2AE3D27D4EB4Fu) * 0xFF51AFD7ED558CCDu;

    return &memo->slot[hash >> (64 - memo->bits)];
}

static inline bool memo_holds(const MemoSlot *slot, const MemoKey *key)
{
    return slot->bytes == key->bytes && ((slot->part[0] ^ key->part[0]) | (slot->part[1] ^ key->part[1]) | (slot->part[2] ^ key->part[2])) == 0;
}

/**
 * The slot for a text: *found says whether it holds it. When not, the caller converts and, if all went well, stores the value
 * with memo_keep. \param key filled, for memo_keep. NULL: the text is too long to remember.
 */
static inline MemoSlot *memo_find(Memo *memo, const char *text, size_t bytes, MemoKey *key, bool *found)
{
    *found = false;
    if (bytes > MEMO_BYTES)
        return NULL;
    *key = memo_key(text, bytes);
    MemoSlot *slot = memo_slot(memo, key);
    *found = memo_holds(slot, key);
    return slot;
}

static inline void memo_keep(MemoSlot *slot, const MemoKey *key, int64_t value)
{
    if (slot && value >= INT32_MIN && value <= INT32_MAX)
        *slot = (MemoSlot) {.part = {key->part[0], key->part[1], key->part[2]}, .bytes = key->bytes, .value = (int32_t) value};
}

static inline void memo_wipe(Memo *memo) { explicit_bzero(memo->slot, ((size_t) 1 << memo->bits) * sizeof memo->slot[0]); }

/* One cell that lists codes, such as the roles of everybody involved. */
typedef struct CodesSlot {
    uint64_t part[MEMO_LONG_PARTS];
    uint32_t bytes; /* 0 = empty slot */
    uint8_t  count, code[MEMO_CODES_MAX];
} CodesSlot;

typedef struct CodesMemo {
    CodesSlot slot[1 << CODES_MEMO_BITS];
} CodesMemo;

/** The slot for a cell, which holds it when *found. NULL: empty, or too long to remember. When not found it is ready to be filled:
 *  the caller sets count and code, and bytes last, once all of them are good. */
static inline CodesSlot *codes_memo_find(CodesMemo *memo, const char *text, size_t bytes, bool *found)
{
    uint64_t part[MEMO_LONG_PARTS];

    *found = false;
    if (bytes == 0 || bytes > MEMO_LONG_BYTES)
        return NULL;
    CodesSlot *slot = &memo->slot[memo_long_key(text, bytes, part) >> (64 - CODES_MEMO_BITS)];
    *found = slot->bytes == bytes && memo_long_same(slot->part, part);
    if (!*found) {
        slot->bytes = 0;
        memcpy(slot->part, part, sizeof part);
    }
    return slot;
}

#endif
