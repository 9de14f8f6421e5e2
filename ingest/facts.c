#include "ingest/facts.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/csv.h"

enum { PIECE = FACTS_PIECE, CARRY = 4 };

/* Well-formed multi-byte letters against bytes that cannot be UTF-8, and line ends. */
typedef struct Tally {
    uint64_t multi, bad, lines;
    size_t   carry; /* bytes at the end of the piece that a letter may have been cut in */
} Tally;

/* Thirty-two bytes at once, in the widest registers that the processor has (gcc's and clang's vectors: comparing gives all bits of a byte or none). */
typedef unsigned char Wide __attribute__((vector_size(32)));
typedef uint64_t Words __attribute__((vector_size(32)));

static void count_flush(Wide *sum, uint64_t *count)
{
    for (size_t byte = 0; byte < sizeof *sum; byte++)
        *count += (*sum)[byte];
    memset(sum, 0, sizeof *sum);
}

/* Letters of one byte and of two, which is nearly all that Dutch has: without a branch for each. at stands where a letter begins. \return where something else
 * may begin, or the end is too near */
static inline __attribute__((always_inline)) size_t short_letters(const char *data, size_t at, size_t bytes, Tally *count)
{
    enum { BLOCKS_MAX = 255 }; /* that often a byte can count to before it must be added up */
    Wide leads = {0}, lines = {0};
    int blocks = 0;

    if (at < bytes && ((unsigned char) data[at] & 0xC0) == 0x80)
        return at;
    for (; at + sizeof(Wide) < bytes; at += sizeof(Wide)) {
        Wide text, next;
        memcpy(&text, data + at, sizeof text);
        memcpy(&next, data + at + 1, sizeof next);
        Wide lead = (Wide) (text - 0xC2 <= (unsigned char) (0xDF - 0xC2)), behind = (Wide) ((next & 0xC0) == 0x80);
        Words others = (Words) ((lead ^ behind) | ((Wide) (text >= (unsigned char) 0xC0) & ~lead));
        if (others[0] | others[1] | others[2] | others[3])
            break;
        leads -= lead;
        lines -= (Wide) (text == (unsigned char) '\n');
        if (++blocks == BLOCKS_MAX) {
            count_flush(&leads, &count->multi);
            count_flush(&lines, &count->lines);
            blocks = 0;
        }
    }
    count_flush(&leads, &count->multi);
    count_flush(&lines, &count->lines);
    if (at < bytes && ((unsigned char) data[at] & 0xC0) == 0x80) { /* the last letter began in the block before: whoever goes on counts it */
        count->multi--;
        at--;
    }
    return at;
}

#ifdef __x86_64__
__attribute__((target("avx2"))) static size_t short_letters_avx2(const char *data, size_t at, size_t bytes, Tally *count)
{
    return short_letters(data, at, bytes, count);
}

static size_t short_letters_end(const char *data, size_t at, size_t bytes, Tally *count)
{
    return __builtin_cpu_supports("avx2") ? short_letters_avx2(data, at, bytes, count) : short_letters(data, at, bytes, count);
}
#else
static size_t short_letters_end(const char *data, size_t at, size_t bytes, Tally *count)
{
    return short_letters(data, at, bytes, count);
}
#endif

static void tally(Tally *count, const char *piece, size_t have)
{
    enum { NEAR = 64 };

    count->carry = 0;
    for (size_t at = 0; at < have;) {
        at = short_letters_end(piece, at, have, count);
        size_t good = text_utf8_span(piece + at, have - at < NEAR ? have - at : NEAR);
        for (size_t end = at + good; at < end; at++) {
            count->multi += ((unsigned char) piece[at] & 0xC0) == 0xC0;
            count->lines += piece[at] == '\n';
        }
        if (at == have)
            return;
        if (good > 0)
            continue;
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

/* -- the hash, beside the looking ---------------------------------------------------------------- */

/* A large file is hashed, and its letters are tallied, by a thread of its own, while the other reads it and looks for signals: that costs about the same, and neither needs the
 * other. Small files never start one. */
typedef struct Hasher {
    EVP_MD_CTX     *sha;
    pthread_t       thread;
    pthread_mutex_t lock;
    pthread_cond_t  change;
    const char     *data; /* to be hashed and tallied; NULL: nothing to do. There is room for CARRY bytes before it */
    size_t          bytes;
    Tally           count;
    bool            begun, running, stop;
} Hasher;

/* What the piece before it ended in the middle of stands right before it. */
static void hash_piece(Hasher *hasher, const char *data, size_t bytes)
{
    size_t carry = hasher->count.carry;

    EVP_DigestUpdate(hasher->sha, data, bytes);
    tally(&hasher->count, data - carry, bytes + carry);
}

static void *hash_loop(void *context)
{
    Hasher *hasher = context;

    pthread_mutex_lock(&hasher->lock);
    for (;;) {
        while (!hasher->data && !hasher->stop)
            pthread_cond_wait(&hasher->change, &hasher->lock);
        if (!hasher->data)
            break;
        pthread_mutex_unlock(&hasher->lock);
        hash_piece(hasher, hasher->data, hasher->bytes);
        pthread_mutex_lock(&hasher->lock);
        hasher->data = NULL;
        pthread_cond_broadcast(&hasher->change);
    }
    pthread_mutex_unlock(&hasher->lock);
    return NULL;
}

/* Wait until the piece before is done; from then on its memory is the caller's again. */
static void hash_settle(Hasher *hasher)
{
    if (!hasher->running)
        return;
    pthread_mutex_lock(&hasher->lock);
    while (hasher->data)
        pthread_cond_wait(&hasher->change, &hasher->lock);
    pthread_mutex_unlock(&hasher->lock);
}

/* The first piece here, the others in the thread, or here when there can be none. */
static void hash_give(Hasher *hasher, const char *data, size_t bytes)
{
    hash_settle(hasher);
    if (hasher->begun && !hasher->running && pthread_create(&hasher->thread, NULL, hash_loop, hasher) == 0)
        hasher->running = true;
    hasher->begun = true;
    if (!hasher->running) {
        hash_piece(hasher, data, bytes);
        return;
    }
    pthread_mutex_lock(&hasher->lock);
    hasher->data = data;
    hasher->bytes = bytes;
    pthread_cond_broadcast(&hasher->change);
    pthread_mutex_unlock(&hasher->lock);
}

static void hash_stop(Hasher *hasher)
{
    hash_settle(hasher);
    if (hasher->running) {
        pthread_mutex_lock(&hasher->lock);
        hasher->stop = true;
        pthread_cond_broadcast(&hasher->change);
        pthread_mutex_unlock(&hasher->lock);
        pthread_join(hasher->thread, NULL);
    }
    hasher->running = false;
}

static bool read_whole(Bytes *bytes, const char *part, bool packed, FileFacts *facts, Err *err)
{
    Guard guard = {.words_only = packed};
    EVP_MD_CTX *sha = EVP_MD_CTX_new();
    Hasher hasher = {.sha = sha, .lock = PTHREAD_MUTEX_INITIALIZER, .change = PTHREAD_COND_INITIALIZER};
    char *both = calloc(2, CARRY + PIECE), *piece = both ? both + CARRY : NULL; /* one is read into while the other is hashed */

    if (!both || !sha || EVP_DigestInit_ex(sha, EVP_sha256(), NULL) != 1) {
        free(both);
        EVP_MD_CTX_free(sha);
        return err_set(err, ERR_BUG, "out of memory");
    }
    memset(facts, 0, sizeof *facts);
    facts->delimiter = ';';
    size_t most = 0;
    for (size_t got; (got = bytes_fill(bytes, piece, PIECE)) > 0;) {
        most = got > most ? got : most;
        hash_give(&hasher, piece, got);
        guard_look(&guard, piece, got);
        if (facts->bytes == 0) {
            facts->bom = got >= 3 && memcmp(piece, "\xEF\xBB\xBF", 3) == 0;
            facts->utf16 = got >= 2 && (memcmp(piece, "\xFF\xFE", 2) == 0 || memcmp(piece, "\xFE\xFF", 2) == 0);
            facts->delimiter = csv_delimiter_guess(piece + (facts->bom ? 3 : 0), got - (facts->bom ? 3 : 0));
        }
        facts->bytes += got;
        char *other = piece == both + CARRY ? both + CARRY + PIECE + CARRY : both + CARRY;
        if (got == PIECE) /* nobody hashes the other one now: hash_give waited for it */
            memcpy(other - CARRY, piece + got - CARRY, CARRY);
        piece = other;
    }
    hash_stop(&hasher);
    Tally count = hasher.count;
    count.bad += count.carry > 0;
    explicit_bzero(both, CARRY + most); /* what was never written to need not be */
    explicit_bzero(both + CARRY + PIECE, CARRY + most);
    free(both);
    facts->handle_with_care = guard_end(&guard);
    facts->spelled = guard.spelled;
    facts->encoding = packed || count.bad == 0 || facts->bom || count.multi > 4 * count.bad ? TEXT_UTF8 : TEXT_CP1252;
    facts->valid = count.bad == 0;
    facts->lines = count.lines;
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
    size_t most = 0;
    for (size_t got; (got = bytes_fill(bytes, piece, PIECE)) > 0; total += got) {
        guard_look(&guard, piece, got);
        most = got > most ? got : most;
    }
    explicit_bzero(piece, most);
    free(piece);
    facts->bytes = total > facts->bytes ? total : facts->bytes;
    facts->handle_with_care = guard_end(&guard) || facts->handle_with_care;
    facts->spelled = guard.spelled || facts->spelled;
    return !bytes->failed || err_set(err, ERR_INPUT, "the file could not be read to its end");
}
