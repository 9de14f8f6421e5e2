#include "ingest/pseudonym.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/place.h"
#include "common/text.h"

enum { KEY = 32, CACHE_BITS = 15 /* 2 MiB: 11,000 persons of a file of a million incidents took 4 % of its time in half of it */ };

/* The same people come back row after row; normalising and hashing them anew was half of the time of a load. One line of the
 * processor's memory each. */
typedef struct CacheSlot {
    uint64_t name[MEMO_LONG_PARTS]; /* as it stood in the file (memo.h) */
    Date     birth;
    uint32_t bytes; /* 0 = empty */
    uint8_t  pseudonym[16];
} CacheSlot;

#define CACHE_BYTES (sizeof(CacheSlot) << CACHE_BITS)

struct Pseudonymizer {
    unsigned char number_key[crypto_shorthash_KEYBYTES];
    unsigned char layer[PSEUDONYM_LAYERS_MAX][KEY];
    int           layers;
    CacheSlot    *cache; /* CACHE_BYTES, in a mapping of its own: pages that no name reaches are never touched */
};

typedef struct KeyFile {
    unsigned char number[KEY];
    unsigned char layer[PSEUDONYM_LAYERS_MAX][KEY];
} KeyFile;

static void key_path(char path[static 4096], const char *var, int board_no, const char *suffix)
{
    if (snprintf(path, 4096, "%s/keys/%05d.key%s", var, board_no, suffix) >= 4096)
        path[0] = '\0';
}

/* A key that a power cut takes away makes every stored pseudonym worthless: its name must be on disk too. */
static bool directory_sync(const char *path)
{
    char directory[4096];
    const char *slash = strrchr(path, '/');

    snprintf(directory, sizeof directory, "%.*s", (int) (slash - path), path);
    int file = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = file >= 0 && fsync(file) == 0;
    return file >= 0 && close(file) == 0 && good;
}

static bool key_write(const char *path, const KeyFile *key, int layers, Err *err)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    ssize_t bytes = (ssize_t) (1 + layers) * KEY;

    if (file < 0)
        return err_set(err, ERR_IO, "cannot make key file \"%s\": %s", path, strerror(errno));
    bool good = write(file, key, (size_t) bytes) == bytes && fsync(file) == 0;
    good = close(file) == 0 && good && directory_sync(path);
    if (!good)
        unlink(path);
    return good || err_set(err, ERR_IO, "cannot write key file \"%s\"", path);
}

static bool key_read(const char *path, KeyFile *key, int *layers, Err *err)
{
    struct stat info;
    int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file < 0 || fstat(file, &info) != 0) {
        if (file >= 0)
            close(file);
        return err_set(err, ERR_CONFIG, "cannot open key file \"%s\": %s", path, strerror(errno));
    }
    bool closed_to_others = (info.st_mode & 077) == 0;
    bool sized = info.st_size % KEY == 0 && info.st_size >= 2 * KEY && info.st_size <= (off_t) sizeof *key;
    bool good = closed_to_others && sized && read(file, key, (size_t) info.st_size) == info.st_size;
    close(file);
    if (!closed_to_others)
        return err_set(err, ERR_CONFIG, "key file \"%s\" can be read by others; chmod 600 it", path);
    *layers = (int) (info.st_size / KEY) - 1;
    return good || err_set(err, ERR_CONFIG, "key file \"%s\" does not hold 32 bytes for numbers and 32 for each layer", path);
}

bool pseudonym_known(const char *var, int board_no)
{
    char path[4096];

    key_path(path, var, board_no, "");
    return access(path, F_OK) == 0;
}

static Pseudonymizer *pseudonymizer_new(void)
{
    Pseudonymizer *made = calloc(1, sizeof *made);
    void *cache = mmap(NULL, CACHE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (!made || cache == MAP_FAILED)
        _exit(70);
    made->cache = cache;
    return made;
}

Pseudonymizer *pseudonym_twin(const Pseudonymizer *of)
{
    Pseudonymizer *made = pseudonymizer_new();
    CacheSlot *cache = made->cache;

    *made = *of;
    made->cache = cache;
    /* Written to before it is read: a page that was only read stands for one of zeros, and to replace it halts the other threads of the process (measured: 20 ms in all). */
    memset(cache, 0, CACHE_BYTES);
    return made;
}

static bool keys_open(const char *var, int board_no, bool make, Pseudonymizer **out, Err *err)
{
    char path[4096], directory[4096];
    KeyFile key;
    int layers = 1;
    if (sodium_init() < 0)
        return err_set(err, ERR_BUG, "libsodium cannot start");
    Pseudonymizer *made = pseudonymizer_new();
    *out = made;
    key_path(path, var, board_no, "");
    bool good;
    if (access(path, F_OK) != 0) {
        randombytes_buf(&key, 2 * KEY);
        good = !make || (snprintf(directory, sizeof directory, "%s/keys", var) < (int) sizeof directory && place_make_dir(directory, 0700, err) &&
                         key_write(path, &key, 1, err));
    } else {
        good = key_read(path, &key, &layers, err);
    }
    if (good) {
        crypto_generichash(made->number_key, sizeof made->number_key, (const unsigned char *) "number", 6, key.number, KEY);
        memcpy(made->layer, key.layer, (size_t) layers * KEY);
        made->layers = layers;
    }
    sodium_memzero(&key, sizeof key);
    return good;
}

bool pseudonym_open(const char *var, int board_no, Pseudonymizer **out, Err *err)
{
    return keys_open(var, board_no, true, out, err);
}

bool pseudonym_open_dry(const char *var, int board_no, Pseudonymizer **out, Err *err)
{
    return keys_open(var, board_no, false, out, err);
}

void pseudonym_close(Pseudonymizer *pseudonymizer)
{
    if (!pseudonymizer)
        return;
    munmap(pseudonymizer->cache, CACHE_BYTES); /* names lay in it: whoever gets these pages gets them empty */
    sodium_memzero(pseudonymizer, sizeof *pseudonymizer);
    free(pseudonymizer);
}

/* -- names --------------------------------------------------------------------------------------- */

char *pseudonym_name(Arena *out, const char *name, size_t bytes)
{
    /* "Vries, Jan de" -> "Jan de Vries": what stands behind the first comma comes first. */
    const char *comma = memchr(name, ',', bytes);
    if (comma) {
        char *turned = arena_alloc(out, bytes + 2);
        size_t head = (size_t) (comma - name), tail = bytes - head - 1;
        memcpy(turned, comma + 1, tail);
        turned[tail] = ' ';
        memcpy(turned + tail + 1, name, head);
        name = turned;
    }
    char *folded = text_name_fold(out, name, bytes);
    if (!folded)
        return NULL;
    size_t letters = 0, length = 0;
    for (const char *c = folded; *c; c++, length++)
        letters += *c != ' ' && (*c & 0xC0) != 0x80;
    char *result = arena_alloc(out, length * 4 + 2), *to = result;
    if (letters < 2) /* an initial tells nobody apart */
        return result;
    for (char *word = folded; *word;) {
        const char *end = word;
        while (*end && *end != ' ')
            end++;
        size_t span = (size_t) (end - word), put_bytes = span;
        const char *put = word;
        /* v.d. and v. d. became "v d", vd stays one word: all mean "van de"; the r and n of der and den do not tell people apart */
        if (span == 2 && memcmp(word, "vd", 2) == 0)
            put = "van de", put_bytes = 6;
        else if (span == 1 && *word == 'v')
            put = "van", put_bytes = 3;
        else if (span == 1 && *word == 'd')
            put = "de", put_bytes = 2;
        else if (span == 3 && (memcmp(word, "der", 3) == 0 || memcmp(word, "den", 3) == 0))
            put = "de", put_bytes = 2;
        if (to > result && put_bytes)
            *to++ = ' ';
        memcpy(to, put, put_bytes);
        to += put_bytes;
        word += span;
        while (*word == ' ')
            word++;
    }
    *to = '\0';
    return result;
}

void pseudonym_layer(const uint8_t key[static 32], const uint8_t in[static 16], uint8_t out[static 16])
{
    crypto_generichash(out, 16, in, 16, key, KEY);
}

static bool person_hash(const Pseudonymizer *pseudonymizer, Arena *scratch, const char *name, size_t bytes, Date birth, uint8_t out[static 16])
{
    static const char prefix[] = "person"; /* with its NUL */
    char *normal = pseudonym_name(scratch, name, bytes);
    size_t length = normal ? strlen(normal) : 0;
    uint8_t next[16];

    if (length < 2)
        return false;
    size_t total = sizeof prefix + length + 1 + sizeof birth;
    unsigned char *message = arena_alloc(scratch, total);
    memcpy(message, prefix, sizeof prefix);
    memcpy(message + sizeof prefix, normal, length + 1);
    memcpy(message + sizeof prefix + length + 1, &birth, sizeof birth);
    crypto_generichash(out, 16, message, total, pseudonymizer->layer[0], KEY);
    for (int layer = 1; layer < pseudonymizer->layers; layer++) {
        pseudonym_layer(pseudonymizer->layer[layer], out, next);
        memcpy(out, next, 16);
    }
    return true;
}

static inline bool cache_holds(const CacheSlot *slot, const PersonKey *key)
{
    return slot->bytes == key->bytes && slot->birth == key->birth && memo_long_same(slot->name, key->part);
}

void pseudonym_soon(const Pseudonymizer *pseudonymizer, const char *name, size_t bytes, Date birth, PersonKey *key)
{
    key->name = name;
    key->bytes = bytes;
    key->birth = birth;
    if (bytes == 0 || bytes > MEMO_LONG_BYTES)
        return;
    uint64_t hash = (memo_long_key(name, bytes, key->part) ^ (uint32_t) birth) * 0x9E3779B97F4A7C15u;
    key->place = hash >> (64 - CACHE_BITS);
    __builtin_prefetch(&pseudonymizer->cache[key->place]);
}

bool pseudonym_of(Pseudonymizer *pseudonymizer, Arena *scratch, const PersonKey *key, uint8_t out[static 16])
{
    if (key->bytes == 0)
        return false;
    if (key->bytes > MEMO_LONG_BYTES)
        return person_hash(pseudonymizer, scratch, key->name, key->bytes, key->birth, out);
    CacheSlot *slot = &pseudonymizer->cache[key->place], *other = &pseudonymizer->cache[key->place ^ 1];
    if (!cache_holds(slot, key) && cache_holds(other, key))
        slot = other;
    else if (!cache_holds(slot, key)) {
        if (!person_hash(pseudonymizer, scratch, key->name, key->bytes, key->birth, out))
            return false;
        if (slot->bytes) /* what falls on the place of another moves it next door */
            *other = *slot;
        slot->bytes = (uint32_t) key->bytes;
        slot->birth = key->birth;
        memcpy(slot->name, key->part, sizeof slot->name);
        memcpy(slot->pseudonym, out, 16);
    }
    memcpy(out, slot->pseudonym, 16);
    return true;
}

bool pseudonym_person(Pseudonymizer *pseudonymizer, Arena *scratch, const char *name, size_t bytes, Date birth, uint8_t out[static 16])
{
    PersonKey key;

    pseudonym_soon(pseudonymizer, name, bytes, birth, &key);
    return pseudonym_of(pseudonymizer, scratch, &key, out);
}

int64_t pseudonym_key(const Pseudonymizer *pseudonymizer, const void *text, size_t bytes)
{
    unsigned char digest[crypto_shorthash_BYTES];
    int64_t key;

    crypto_shorthash(digest, text, bytes, pseudonymizer->number_key);
    memcpy(&key, digest, sizeof key);
    return key;
}

/* -- rotation ------------------------------------------------------------------------------------ */

static void layer_id(const uint8_t layer[static KEY], char id[static 33])
{
    unsigned char digest[16];

    crypto_generichash(digest, sizeof digest, (const unsigned char *) "layer", 5, layer, KEY);
    sodium_bin2hex(id, 33, digest, sizeof digest);
}

void pseudonym_layer_new(uint8_t layer[static 32], char id[static 33])
{
    randombytes_buf(layer, KEY);
    layer_id(layer, id);
}

bool pseudonym_rotate_next(const char *var, int board_no, PseudonymNext *next, char id[static 33], Err *err)
{
    char path[4096];
    struct stat info;
    KeyFile key;
    int layers;

    key_path(path, var, board_no, ".new");
    *next = PSEUDONYM_NEXT_NONE;
    if (stat(path, &info) != 0)
        return errno == ENOENT || err_set(err, ERR_IO, "cannot look for key file \"%s\": %s", path, strerror(errno));
    *next = PSEUDONYM_NEXT_TORN;
    if (info.st_size < 2 * KEY || info.st_size % KEY)
        return true;
    if (!key_read(path, &key, &layers, err))
        return false;
    *next = PSEUDONYM_NEXT_WHOLE;
    layer_id(key.layer[layers - 1], id);
    sodium_memzero(&key, sizeof key);
    return true;
}

bool pseudonym_rotate(const char *var, int board_no, bool keep, const uint8_t layer[static 32], Err *err)
{
    char path[4096], next[4096];
    KeyFile key;
    int layers;

    if (sodium_init() < 0)
        return err_set(err, ERR_BUG, "libsodium cannot start");
    key_path(path, var, board_no, "");
    key_path(next, var, board_no, ".new");
    if (!key_read(path, &key, &layers, err))
        return false;
    if (keep && layers == PSEUDONYM_LAYERS_MAX)
        return err_set(err, ERR_CONFIG, "key file \"%s\" has been rotated %d times already; cut the linkage", path, layers);
    layers = keep ? layers + 1 : 1;
    memcpy(key.layer[layers - 1], layer, KEY);
    bool good = key_write(next, &key, layers, err);
    sodium_memzero(&key, sizeof key);
    return good;
}

bool pseudonym_rotate_done(const char *var, int board_no, Err *err)
{
    char path[4096], next[4096];

    key_path(path, var, board_no, "");
    key_path(next, var, board_no, ".new");
    return (rename(next, path) == 0 && directory_sync(path)) || err_set(err, ERR_IO, "cannot put key file \"%s\" in place: %s", path, strerror(errno));
}

bool pseudonym_rotate_undo(const char *var, int board_no, Err *err)
{
    char next[4096];

    key_path(next, var, board_no, ".new");
    return unlink(next) == 0 || err_set(err, ERR_IO, "cannot remove key file \"%s\": %s", next, strerror(errno));
}
