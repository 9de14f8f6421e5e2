#include "ingest/facts.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/csv.h"

enum { PIECE = 256 * 1024, CARRY = 4 };

/* Well-formed multi-byte letters against bytes that cannot be UTF-8. */
typedef struct Tally {
    uint64_t multi, bad;
    size_t   carry; /* bytes at the end of the piece that a letter may have been cut in */
} Tally;

/* Bytes that begin a letter of several: the two highest bits set. */
static uint64_t leads(const char *text, size_t bytes)
{
    uint64_t found = 0, chunk;

    for (; bytes >= 8; text += 8, bytes -= 8) {
        memcpy(&chunk, text, 8);
        chunk &= chunk << 1 & UINT64_C(0x8080808080808080);
        if (chunk) /* rare; without the processor's own instruction counting bits is a call */
            found += (uint64_t) __builtin_popcountll(chunk);
    }
    for (; bytes > 0; text++, bytes--)
        found += ((unsigned char) *text & 0xC0) == 0xC0;
    return found;
}

static void tally(Tally *count, const char *piece, size_t have)
{
    count->carry = 0;
    for (size_t at = 0; at < have;) {
        size_t good = text_utf8_span(piece + at, have - at);
        count->multi += leads(piece + at, good);
        at += good;
        if (at == have)
            return;
        if (have - at < CARRY && ((unsigned char) piece[at] & 0xC0) == 0xC0) { /* perhaps cut in two: look again with more */
            count->carry = have - at;
            return;
        }
        count->bad++;
        at++;
    }
}

static void digest_end(EVP_MD_CTX *sha, FileFacts *facts)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned digest_bytes = 0;

    EVP_DigestFinal_ex(sha, digest, &digest_bytes);
    for (unsigned at = 0; at < digest_bytes && at < 32; at++) {
        facts->sha256[2 * at] = digits[digest[at] >> 4];
        facts->sha256[2 * at + 1] = digits[digest[at] & 15];
    }
}

static bool read_whole(Bytes *bytes, const char *part, bool packed, FileFacts *facts, Err *err)
{
    Guard guard = {.words_only = packed};
    Tally count = {0};
    EVP_MD_CTX *sha = EVP_MD_CTX_new();
    char *piece = malloc(PIECE + CARRY);

    if (!piece || !sha || EVP_DigestInit_ex(sha, EVP_sha256(), NULL) != 1) {
        free(piece);
        EVP_MD_CTX_free(sha);
        return err_set(err, ERR_BUG, "out of memory");
    }
    memset(facts, 0, sizeof *facts);
    facts->delimiter = ';';
    for (size_t got; (got = bytes_fill(bytes, piece + count.carry, PIECE - count.carry)) > 0;) {
        size_t have = count.carry + got;
        EVP_DigestUpdate(sha, piece + count.carry, got);
        guard_look(&guard, piece + count.carry, got);
        if (facts->bytes == 0) {
            facts->bom = have >= 3 && memcmp(piece, "\xEF\xBB\xBF", 3) == 0;
            facts->utf16 = have >= 2 && (memcmp(piece, "\xFF\xFE", 2) == 0 || memcmp(piece, "\xFE\xFF", 2) == 0);
            facts->delimiter = csv_delimiter_guess(piece + (facts->bom ? 3 : 0), have - (facts->bom ? 3 : 0));
        }
        facts->bytes += got;
        tally(&count, piece, have);
        memmove(piece, piece + have - count.carry, count.carry);
    }
    count.bad += count.carry > 0;
    explicit_bzero(piece, PIECE + CARRY);
    free(piece);
    facts->handle_with_care = guard_end(&guard);
    facts->encoding = packed || count.bad == 0 || facts->bom || count.multi > 4 * count.bad ? TEXT_UTF8 : TEXT_CP1252;
    facts->valid = count.bad == 0;
    if (packed) {
        facts->bom = facts->utf16 = facts->valid = false;
        if (*part)
            EVP_DigestUpdate(sha, part, strlen(part) + 1); /* with its NUL: no file ends in a name by chance */
    }
    digest_end(sha, facts);
    EVP_MD_CTX_free(sha);
    return !bytes->failed || err_set(err, ERR_INPUT, "the file could not be read to its end");
}

bool facts_read(Bytes *bytes, FileFacts *facts, Err *err)
{
    return read_whole(bytes, "", false, facts, err);
}

bool facts_read_packed(Bytes *bytes, const char *part, FileFacts *facts, Err *err)
{
    return read_whole(bytes, part, true, facts, err);
}

bool facts_look(Bytes *bytes, FileFacts *facts, Err *err)
{
    Guard guard = {0};
    char *piece = malloc(PIECE);

    if (!piece)
        return err_set(err, ERR_BUG, "out of memory");
    uint64_t total = 0;
    for (size_t got; (got = bytes_fill(bytes, piece, PIECE)) > 0; total += got)
        guard_look(&guard, piece, got);
    explicit_bzero(piece, PIECE);
    free(piece);
    facts->bytes = total > facts->bytes ? total : facts->bytes;
    facts->handle_with_care = guard_end(&guard) || facts->handle_with_care;
    return !bytes->failed || err_set(err, ERR_INPUT, "the file could not be read to its end");
}
