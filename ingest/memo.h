/**
 * A small memory of conversions: the same few codes, dates and answers come back in every row of a file, and looking up
 * "overkwam het" in a list through its folded key costs fifty times what finding it here does. One per column.
 *
 * Direct mapped: a value that falls on the place of another takes it. Holds only values of up to MEMO_BYTES bytes of fields
 * that are no personal data; wiped by memo_wipe all the same.
 */
#ifndef VB_INGEST_MEMO_H
#define VB_INGEST_MEMO_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { MEMO_SLOTS = 256, MEMO_BYTES = 23 };

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
    MemoSlot slot[MEMO_SLOTS];
} Memo;

static inline uint64_t memo_load(const char *text, size_t bytes)
{
    uint64_t whole = 0;

    memcpy(&whole, text, bytes); /* bytes is a constant: one load */
    return whole;
}

/* The text in registers, by loads that overlap and never leave it: a copy through memory stalls the processor. */
static inline MemoKey memo_key(const char *text, size_t bytes)
{
    MemoKey key = {.bytes = (uint32_t) bytes + 1};

    if (bytes >= 8) {
        key.part[0] = memo_load(text, 8);
        key.part[1] = memo_load(text + (bytes >= 16 ? 8 : bytes - 8), 8);
        key.part[2] = bytes > 16 ? memo_load(text + bytes - 8, 8) : 0;
    } else if (bytes >= 4) {
        key.part[0] = memo_load(text, 4) | memo_load(text + bytes - 4, 4) << 32;
    } else if (bytes) {
        key.part[0] = memo_load(text, 1) | memo_load(text + bytes / 2, 1) << 8 | memo_load(text + bytes - 1, 1) << 16;
    }
    return key;
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
    uint64_t hash = (key->part[0] ^ key->part[1] * 0x9E3779B97F4A7C15u ^ (key->part[2] + bytes) * 0xC2B2AE3D27D4EB4Fu) * 0xFF51AFD7ED558CCDu;
    MemoSlot *slot = &memo->slot[hash >> 56];
    *found = slot->bytes == key->bytes && slot->part[0] == key->part[0] && slot->part[1] == key->part[1] && slot->part[2] == key->part[2];
    return slot;
}

static inline void memo_keep(MemoSlot *slot, const MemoKey *key, int64_t value)
{
    if (slot && value >= INT32_MIN && value <= INT32_MAX)
        *slot = (MemoSlot) {.part = {key->part[0], key->part[1], key->part[2]}, .bytes = key->bytes, .value = (int32_t) value};
}

static inline void memo_wipe(Memo *memo) { explicit_bzero(memo, sizeof *memo); }

#endif
