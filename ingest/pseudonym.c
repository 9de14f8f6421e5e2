#include "ingest/pseudonym.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/place.h"
#include "common/text.h"

struct Pseudonymizer {
    unsigned char key[32];
};

static bool key_make(const char *path, unsigned char key[32], Err *err)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);

    if (file < 0)
        return err_set(err, ERR_IO, "cannot make key file \"%s\": %s", path, strerror(errno));
    randombytes_buf(key, 32);
    bool good = write(file, key, 32) == 32 && fsync(file) == 0;
    good = close(file) == 0 && good;
    if (!good)
        unlink(path);
    return good || err_set(err, ERR_IO, "cannot write key file \"%s\"", path);
}

bool pseudonym_open(const char *var, int board_no, Pseudonymizer **out, Err *err)
{
    char directory[4000], path[4096];
    struct stat info;
    Pseudonymizer *made = sodium_init() < 0 ? NULL : calloc(1, sizeof *made);

    if (!made)
        return err_set(err, ERR_BUG, "libsodium cannot start");
    *out = made;
    snprintf(directory, sizeof directory, "%s/keys", var);
    snprintf(path, sizeof path, "%s/%05d.key", directory, board_no);
    if (stat(path, &info) != 0)
        return place_make_dir(directory, 0700, err) && key_make(path, made->key, err);
    if (info.st_mode & 077)
        return err_set(err, ERR_CONFIG, "key file \"%s\" can be read by others; chmod 600 it", path);
    FILE *file = fopen(path, "rb");
    bool good = file && info.st_size == 32 && fread(made->key, 1, 32, file) == 32;
    if (file)
        fclose(file);
    return good || err_set(err, ERR_CONFIG, "key file \"%s\" does not hold 32 bytes", path);
}

void pseudonym_close(Pseudonymizer *pseudonymizer)
{
    if (!pseudonymizer)
        return;
    sodium_memzero(pseudonymizer, sizeof *pseudonymizer);
    free(pseudonymizer);
}

char *pseudonym_name(Arena *out, const char *name, size_t bytes)
{
    /* "Vries, Jan de" -> "Jan de Vries": what stands behind the first comma comes first. */
    const char *comma = memchr(name, ',', bytes);
    char *turned = arena_alloc(out, bytes + 2);
    if (comma) {
        size_t head = (size_t) (comma - name), tail = bytes - head - 1;
        memcpy(turned, comma + 1, tail);
        turned[tail] = ' ';
        memcpy(turned + tail + 1, name, head);
    } else {
        memcpy(turned, name, bytes);
    }
    char *folded = text_name_fold(out, turned, strlen(turned));
    if (!folded)
        return NULL;
    size_t letters = 0;
    for (const char *c = folded; *c; c++)
        letters += *c != ' ' && (*c & 0xC0) != 0x80;
    char *result = arena_alloc(out, strlen(folded) * 4 + 2), *to = result;
    if (letters < 2) /* an initial tells nobody apart */
        return result;
    for (char *word = folded; *word;) {
        size_t span = strcspn(word, " ");
        const char *put = word;
        size_t put_bytes = span;
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
        word += strspn(word, " ");
    }
    *to = '\0';
    return result;
}

bool pseudonym_person(const Pseudonymizer *pseudonymizer, const char *name, size_t bytes, Date birth, uint8_t out[static 16])
{
    ARENA_AUTO arena = arena_new();
    char *normal = pseudonym_name(arena, name, bytes);
    crypto_generichash_state state;
    size_t length = normal ? strlen(normal) : 0;

    if (length < 2)
        return false;
    crypto_generichash_init(&state, pseudonymizer->key, sizeof pseudonymizer->key, 16);
    crypto_generichash_update(&state, (const unsigned char *) "person", 7);
    crypto_generichash_update(&state, (const unsigned char *) normal, length + 1);
    crypto_generichash_update(&state, (const unsigned char *) &birth, sizeof birth);
    crypto_generichash_final(&state, out, 16);
    sodium_memzero(normal, length);
    return true;
}

int64_t pseudonym_key(const Pseudonymizer *pseudonymizer, const char *text, size_t bytes)
{
    unsigned char digest[16];
    int64_t key;

    crypto_generichash(digest, sizeof digest, (const unsigned char *) text, bytes, pseudonymizer->key, sizeof pseudonymizer->key);
    memcpy(&key, digest, sizeof key);
    return key;
}
