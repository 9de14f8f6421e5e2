#include "ingest/json.h"

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ingest/flat.h"
#include "ingest/rule.h"
#include "ingest/wipe.h"

/* Brackets and strings, and nothing more: what it takes to see where a value ends. */
typedef struct Scan {
    size_t   depth, depth_max;
    uint64_t square; /* bit n: the bracket at depth n is '['; the first 64 only */
    bool     in_string, escaped;
} Scan;

typedef enum Scanned { SCAN_MORE, SCAN_DONE, SCAN_BAD } Scanned;

typedef enum Mode { MODE_TOP, MODE_LIST, MODE_END } Mode;

/* Where the list of a wrapper begins. */
typedef struct Shape {
    bool     wrapped;
    uint64_t list; /* bytes before what is in it */
} Shape;

typedef struct Json {
    Reader   base;
    const BytesMaker *maker;
    Shape    shape;
    Bytes   *bytes;
    Flat    *flat;
    json_t  *record;     /* its texts are the cells of the row at hand */
    Mode     mode;
    bool     wrapped, header_given, at_end;
    bool     own_line;   /* nothing but blanks, commas and '[' before this place on its line */
    size_t   column;     /* how many of them */
    size_t   indent;     /* how far to the right a line may begin a record; SIZE_MAX: nobody knows yet */
    size_t   good;       /* column of the last good record that began its line */
    char    *data;       /* READER_ROW_BYTES for the record at hand plus as much to read ahead */
    size_t   begin, end; /* bytes not yet handed out */
    size_t   used;
    char    *path;
    size_t   path_most;
} Json;

enum { ROOM = 2 * READER_ROW_BYTES, PATH_ROOM = READER_ROW_BYTES + FLAT_DEPTH_MAX + 2, CHUNK = 64 * 1024 };

static void *made(void *memory)
{
    if (!memory)
        _exit(70);
    return memory;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static Scanned scan_byte(Scan *scan, char c)
{
    if (scan->in_string) {
        if (scan->escaped)
            scan->escaped = false;
        else if (c == '\\')
            scan->escaped = true;
        else if (c == '"') {
            scan->in_string = false;
            return scan->depth ? SCAN_MORE : SCAN_DONE;
        }
        /* A line end cannot stand in a string: this one was left open, and the next record need not be lost for it. */
        return c == '\n' ? SCAN_BAD : SCAN_MORE;
    }
    if (c == '"') {
        scan->in_string = true;
    } else if (c == '{' || c == '[') {
        if (scan->depth == scan->depth_max)
            return SCAN_BAD;
        if (scan->depth < 64)
            scan->square = (scan->square & ~(1ULL << scan->depth)) | ((uint64_t) (c == '[') << scan->depth);
        scan->depth++;
    } else if (c == '}' || c == ']') {
        if (scan->depth == 0)
            return SCAN_BAD;
        scan->depth--;
        if (scan->depth < 64 && (scan->square >> scan->depth & 1) != (c == ']'))
            return SCAN_BAD;
        return scan->depth ? SCAN_MORE : SCAN_DONE;
    }
    return SCAN_MORE;
}

/* Where something stands that a string may end with, or at end. Most of a file is strings. */
static const char *string_plain(const char *at, const char *end)
{
    for (; end - at >= 8; at += 8) {
        uint64_t word, found = 0;
        memcpy(&word, at, 8);
        for (size_t mark = 0; mark < 3; mark++) { /* a byte that is equal leaves zero, whose high bit this sets; nothing before the first such byte is taken for one */
            uint64_t same = word ^ (0x0101010101010101u * (unsigned char) "\"\\\n"[mark]);
            found |= (same - 0x0101010101010101u) & ~same & 0x8080808080808080u;
        }
        if (found)
            break;
    }
    while (at < end && *at != '"' && *at != '\\' && *at != '\n')
        at++;
    return at;
}

/* \param at moved behind the last byte looked at */
static Scanned scan_bytes(Scan *scan, const char **at, const char *end)
{
    Scanned scanned = SCAN_MORE;

    while (*at < end && scanned == SCAN_MORE) {
        if (scan->in_string && !scan->escaped && (*at = string_plain(*at, end)) == end)
            break;
        scanned = scan_byte(scan, *(*at)++);
    }
    return scanned;
}

/* What a look at the members of the first object has counted. */
typedef struct Members {
    Scan     scan;
    bool     begun, done, value_next, list_begun;
    size_t   members, lists, empty_lists, others;
    uint64_t begun_at, list_at; /* behind the '[' of a list, of the list that counts */
    bool     line_ended, damaged, damage_line_ended, followed;
} Members;

/* \return false: nothing more to see */
static bool members_look(Members *see, char c, uint64_t at)
{
    if (see->damaged) {
        /* Damage in the first line: if an object begins the next, that is the next record of JSON lines. */
        if (see->line_ended || (see->damage_line_ended && !is_blank(c))) {
            see->followed = !see->line_ended && c == '{';
            return false;
        }
        see->damage_line_ended = see->damage_line_ended || c == '\n';
        return true;
    }
    if (!see->begun && (is_blank(c) || c == ','))
        return true;
    if (!see->begun && c != '{')
        return false;
    if (see->done) {
        see->followed = !is_blank(c) && c != ',';
        return !see->followed;
    }
    see->begun = true;
    if (!see->scan.in_string && !is_blank(c)) {
        if (see->list_begun) {
            see->lists += c == '{';
            see->empty_lists += c == ']';
            see->others += c != '{' && c != ']';
            if (c == '{' || !see->lists)
                see->list_at = see->begun_at;
        } else if (see->value_next) {
            see->others += c == '{';
        }
        see->list_begun = see->value_next && c == '[';
        if (see->list_begun)
            see->begun_at = at + 1;
        see->value_next = see->scan.depth == 1 && c == ':';
        see->members += see->value_next;
    }
    Scanned scanned = scan_byte(&see->scan, c);
    see->done = scanned == SCAN_DONE;
    see->damaged = scanned == SCAN_BAD;
    see->damage_line_ended = see->damaged && c == '\n';
    see->line_ended = see->line_ended || (c == '\n' && !see->damaged);
    return true;
}

static bool shape_look(const BytesMaker *maker, Shape *shape, Err *err)
{
    BYTES_AUTO bytes = NULL;
    Members see = {.scan = {.depth_max = SIZE_MAX}};
    uint64_t at = 0;
    size_t got, most = 0;
    bool more = true;

    *shape = (Shape) {0};
    if (!maker->open(maker, &bytes, err))
        return false;
    char *chunk = made(malloc(CHUNK));
    while (more && (got = bytes_fill(bytes, chunk, CHUNK)) > 0) {
        size_t from = at == 0 && got >= 3 && memcmp(chunk, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        for (size_t byte = from; more && byte < got; byte++)
            more = members_look(&see, chunk[byte], at + byte);
        at += got;
        most = got > most ? got : most;
    }
    explicit_bzero(chunk, most);
    free(chunk);
    if (see.begun && !see.followed && see.others == 0) {
        /* {"value": []}: a wrapper of nothing */
        bool of_none = see.lists == 0 && see.empty_lists == 1 && see.members == 1;
        if (see.lists == 1 || of_none)
            *shape = (Shape) {.wrapped = true, .list = see.list_at};
    }
    return !bytes->failed || err_set(err, ERR_INPUT, "the file could not be read to its end");
}

/* Read ahead until a whole record surely lies in memory, or the file has ended. */
static void fill(Json *json)
{
    if (json->at_end || json->end - json->begin > READER_ROW_BYTES)
        return;
    memmove(json->data, json->data + json->begin, json->end - json->begin);
    json->end -= json->begin;
    json->begin = 0;
    json->end += bytes_fill(json->bytes, json->data + json->end, ROOM - json->end);
    json->used = json->end > json->used ? json->end : json->used;
    if (json->end < ROOM) {
        json->at_end = true;
        json->base.failed = json->base.failed || json->bytes->failed;
    }
}

/* One byte between records. */
static void step(Json *json)
{
    char c = json->data[json->begin++];

    json->own_line = c == '\n' || (json->own_line && (is_blank(c) || c == ',' || c == '['));
    json->column = c == '\n' ? 0 : json->column + 1;
}

static void skip_to(Json *json, const char *at)
{
    json->begin = (size_t) (at - json->data);
    json->own_line = false;
}

static void skip_line(Json *json)
{
    for (;;) {
        char *line_end = memchr(json->data + json->begin, '\n', json->end - json->begin);
        skip_to(json, line_end ? line_end : json->data + json->end);
        if (line_end || json->at_end)
            return;
        fill(json);
    }
}

/* The next line on which a record begins, or the list ends, no further to the right than records do (any: wherever it likes).
 * Within a record, other objects and lists are indented further. \return the line end before it, or NULL */
static const char *find_line(const Json *json, const char *from, const char *end, bool any)
{
    while ((from = memchr(from, '\n', (size_t) (end - from)))) {
        const char *line_end = from++, *at = from;
        while (at < end && *at != '\n' && (is_blank(*at) || *at == ','))
            at++;
        size_t column = (size_t) (at - from);
        if (at < end && *at == '{' && (any || column <= json->indent))
            return line_end;
        if (at < end && *at == ']' && json->mode == MODE_LIST && column <= json->indent)
            return line_end;
    }
    return NULL;
}

/* What follows a record, or would follow it, if it ends here. */
static bool is_end(const Json *json, const char *at, const char *end)
{
    while (at < end && is_blank(*at) && (json->mode == MODE_LIST || *at != '\n'))
        at++;
    if (at == end)
        return true;
    if (json->mode == MODE_LIST)
        return *at == ',' || *at == ']' || *at == '{';
    return *at == '\n' || *at == ',' || *at == '{' || *at == '[';
}

/* In a list on one line: where the brackets are closed again and the list goes on. Two readings of the quotes: as they stand, and,
 * since one may be missing, as if there were none. */
static const char *find_brackets(const char *from, const char *end)
{
    for (int quotes = 1; quotes >= 0; quotes--) {
        bool in_string = false;
        long depth = 0;
        for (const char *at = from; at < end; at++) {
            if (quotes && in_string && *at == '\\') {
                at++;
                continue;
            }
            if (quotes && *at == '"')
                in_string = !in_string;
            if (in_string)
                continue;
            depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
            if (depth > 0 || *at != '}')
                continue;
            const char *next = at + 1;
            while (next < end && is_blank(*next))
                next++;
            if (next < end && *next == ']')
                return next;
            if (next == end || *next != ',')
                continue;
            while (next < end && (is_blank(*next) || *next == ','))
                next++;
            if (next < end && *next == '{')
                return next;
        }
    }
    return NULL;
}

/* Look for a line that begins a record through the rest of the file. \return false: none */
static bool skip_to_line(Json *json)
{
    for (;;) {
        const char *from = json->data + json->begin, *end = json->data + json->end, *line = find_line(json, from, end, false);
        if (line) {
            skip_to(json, line);
            return true;
        }
        if (json->at_end) {
            json->begin = json->end;
            return false;
        }
        /* A line may be cut by the end of what is in memory: keep it, unless it is as long as all of that. */
        const char *last = memrchr(from, '\n', json->end - json->begin);
        json->begin = last && json->end - (size_t) (last - json->data) <= READER_ROW_BYTES ? (size_t) (last - json->data) : json->end;
        fill(json);
    }
}

/**
 * Behind a damaged record: go to where the next one begins.
 * \param damage behind the byte where it was noticed; \param closed the brackets were closed there
 */
static RowStatus recover(Json *json, const char *damage, bool closed)
{
    const char *from = json->data + json->begin, *end = json->data + json->end;
    /* The damage was noticed on the record's own line: JSON lines, where any line that begins an object is the next record. */
    const char *first_line = memchr(from, '\n', (size_t) (damage - from));
    bool one_line = !first_line || first_line + 1 == damage;

    if (json->mode == MODE_TOP && !json->own_line) {
        if (closed && is_end(json, damage, end))
            skip_to(json, damage);
        else
            skip_line(json);
        return ROW_BROKEN;
    }
    const char *line = json->own_line ? find_line(json, from, end, json->mode == MODE_TOP && one_line) : NULL;
    if (closed && is_end(json, damage, end) && (!line || line >= damage)) {
        skip_to(json, damage);
        return ROW_BROKEN;
    }
    const char *next = line || json->mode == MODE_TOP ? line : find_brackets(from, end);
    if (next)
        skip_to(json, next);
    else if (!json->own_line || !skip_to_line(json)) {
        /* Nobody knows how many records of the list are lost. At the top it can only be this one. */
        json->base.failed = json->base.failed || json->mode == MODE_LIST;
        json->mode = MODE_END;
    }
    return ROW_BROKEN;
}

/* A record that began READER_ROW_BYTES ago and has not ended. A line that begins as it did is taken for the next one. */
static RowStatus skip_long(Json *json, Scan *scan, const char *at)
{
    for (;;) {
        const char *from = json->data + json->begin, *end = json->data + json->end, *stop = at;
        /* Only whole lines, so that no beginning of a line is cut in two. */
        const char *last = json->at_end ? NULL : memrchr(at, '\n', (size_t) (end - at));
        Scanned scanned = scan_bytes(scan, &stop, last && last > at ? last : end);
        const char *line = json->own_line ? find_line(json, from, stop, false) : NULL;
        if (line) {
            skip_to(json, line);
            return ROW_LONG;
        }
        json->begin = (size_t) (stop - json->data);
        if (scanned == SCAN_DONE) {
            json->own_line = false;
            return ROW_LONG;
        }
        if (scanned == SCAN_BAD || (json->begin == json->end && json->at_end)) {
            json->begin -= json->begin > 0 && stop[-1] == '\n'; /* a line may begin here */
            if (json->mode == MODE_TOP && !json->own_line) {
                skip_line(json);
            } else if (!json->own_line || !skip_to_line(json)) {
                json->base.failed = json->base.failed || json->mode == MODE_LIST;
                json->mode = MODE_END;
            }
            return ROW_LONG;
        }
        fill(json);
        at = json->data + json->begin;
    }
}

/* The member of a wrapper behind its records: they were looked at when the shape was, unless the file is damaged. */
static void wrapper_end(Json *json)
{
    Scan scan = {.depth = 1, .depth_max = FLAT_DEPTH_MAX};
    Scanned scanned = SCAN_MORE;

    for (; json->begin < json->end && !json->base.failed; fill(json)) {
        char c = json->data[json->begin++];
        if (scanned == SCAN_DONE) {
            json->base.failed = !is_blank(c) && c != ',';
        } else {
            json->base.failed = !scan.in_string && c == '{';
            scanned = scan_byte(&scan, c);
        }
        json->base.failed = json->base.failed || scanned == SCAN_BAD;
    }
    json->base.failed = json->base.failed || scanned != SCAN_DONE;
    json->mode = MODE_END;
}

/* A number as JSON wrote it, as short as it can be without becoming another one: 0.1, not 0.10000000000000001. */
static void flatten_real(Json *json, double real, size_t path, size_t list, size_t item)
{
    char text[40];

    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, real);
        if (strtod(text, NULL) == real)
            break;
    }
    const char *copy = flat_copy(json->flat, text, strlen(text));
    flat_value(json->flat, json->path, path, list, item, copy, copy ? strlen(text) : 0);
}

static void flatten(Json *json, json_t *value, size_t path, size_t list, size_t item);

static void flatten_object(Json *json, json_t *object, size_t path, bool top, size_t list, size_t item)
{
    const char *key;
    json_t *member;

    json_object_foreach(object, key, member)
    {
        size_t bytes = strlen(key), at = path;
        if (bytes + 1 > PATH_ROOM - path) {
            flat_status(json->flat, ROW_LONG);
            return;
        }
        if (!top)
            json->path[at++] = '.';
        memcpy(json->path + at, key, bytes);
        json->path_most = at + bytes > json->path_most ? at + bytes : json->path_most;
        flatten(json, member, at + bytes, list, item);
    }
}

static void flatten_array(Json *json, json_t *array, size_t path, size_t list)
{
    size_t count = json_array_size(array), objects = 0, nulls = 0;

    for (size_t at = 0; at < count; at++) {
        objects += json_is_object(json_array_get(array, at));
        nulls += json_is_null(json_array_get(array, at));
    }
    if (list != FLAT_NO_LIST || (objects && objects + nulls < count)) {
        flat_status(json->flat, ROW_BROKEN);
        return;
    }
    for (size_t at = 0; at < count; at++) {
        json_t *value = json_array_get(array, at);
        if (objects && json_is_null(value))
            continue;
        if (json_is_object(value))
            flatten_object(json, value, path, false, path, at);
        else
            flatten(json, value, path, path, at);
    }
    flat_list(json->flat, json->path, path, count);
}

static void flatten(Json *json, json_t *value, size_t path, size_t list, size_t item)
{
    char text[24];
    const char *copy;

    switch (json_typeof(value)) {
    case JSON_OBJECT:
        if (json_object_size(value))
            flatten_object(json, value, path, false, list, item);
        else
            flat_value(json->flat, json->path, path, list, item, NULL, 0);
        break;
    case JSON_ARRAY:
        if (json_array_size(value))
            flatten_array(json, value, path, list);
        else
            flat_value(json->flat, json->path, path, list, item, NULL, 0);
        break;
    case JSON_STRING:
        flat_value(json->flat, json->path, path, list, item, json_string_value(value), json_string_length(value));
        break;
    case JSON_INTEGER:
        snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        copy = flat_copy(json->flat, text, strlen(text));
        flat_value(json->flat, json->path, path, list, item, copy, copy ? strlen(text) : 0);
        break;
    case JSON_REAL:
        flatten_real(json, json_real_value(value), path, list, item);
        break;
    case JSON_TRUE:
        flat_value(json->flat, json->path, path, list, item, "ja", 2);
        break;
    case JSON_FALSE:
        flat_value(json->flat, json->path, path, list, item, "nee", 3);
        break;
    case JSON_NULL:
        flat_value(json->flat, json->path, path, list, item, NULL, 0);
        break;
    }
}

/* What stands where a record should and is none: a number in the list, words between the lines. */
static RowStatus skip_junk(Json *json)
{
    if (json->mode == MODE_TOP) {
        skip_line(json);
        return ROW_BROKEN;
    }
    json->begin++;
    json->own_line = false;
    for (;; fill(json)) {
        while (json->begin < json->end && !is_blank(json->data[json->begin]) && !memchr(",]{}[\"", json->data[json->begin], 6))
            json->begin++;
        if (json->begin < json->end || json->at_end)
            return ROW_BROKEN;
    }
}

/* The next record into flat. */
static RowStatus next_record(Json *json)
{
    for (;; step(json)) {
        fill(json);
        if (json->mode == MODE_END)
            return ROW_END;
        if (json->begin == json->end) {
            json->base.failed = json->base.failed || json->mode == MODE_LIST; /* cut off */
            return ROW_END;
        }
        char c = json->data[json->begin];
        if (json->mode == MODE_LIST && c == ']') {
            json->mode = MODE_TOP;
            if (json->wrapped) {
                json->begin++;
                wrapper_end(json);
                return ROW_END;
            }
        } else if (json->mode == MODE_TOP && c == '[') {
            json->mode = MODE_LIST;
        } else if (!is_blank(c) && c != ',') {
            break;
        }
    }
    const char *from = json->data + json->begin, *at = from, *end = json->data + json->end;
    bool cut = end - from > READER_ROW_BYTES;
    Scan scan = {.depth_max = FLAT_DEPTH_MAX};

    if (*from != '{' && (json->mode == MODE_TOP || (*from != '[' && *from != '"')))
        return skip_junk(json);
    if (*from == '{' && json->own_line)
        json->indent = json->column > json->good ? json->column : json->good;
    Scanned scanned = scan_bytes(&scan, &at, cut ? from + READER_ROW_BYTES : end);
    if (scanned == SCAN_MORE && cut) {
        if (json->own_line && find_line(json, from, at, false))
            return recover(json, at, false);
        return skip_long(json, &scan, at);
    }
    if (scanned != SCAN_DONE || !is_end(json, at, end))
        return recover(json, at, scanned == SCAN_DONE);
    /* No json_error_t: its text quotes the record. */
    json->record = json_loadb(from, (size_t) (at - from), JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY, NULL);
    if (!json->record)
        return recover(json, at, true);
    bool own_line = json->own_line;
    skip_to(json, at);
    if (!json_is_object(json->record))
        return ROW_BROKEN;
    json->good = own_line ? json->column : json->good;
    flatten_object(json, json->record, 0, true, FLAT_NO_LIST, 0);
    return ROW_GOOD;
}

static void drop_record(Json *json)
{
    json_decref(json->record);
    json->record = NULL;
    flat_begin(json->flat);
}

static RowStatus json_next(Reader *reader, const Cell **cells, size_t *count)
{
    Json *json = (Json *) reader;

    *cells = NULL;
    *count = 0;
    if (!json->header_given) {
        json->header_given = true;
        flat_header(json->flat, cells, count);
        return ROW_GOOD;
    }
    drop_record(json);
    RowStatus status = next_record(json);
    if (status == ROW_GOOD)
        status = flat_row(json->flat, cells, count);
    if (flat_changed(json->flat)) {
        json->base.failed = true;
        json->mode = MODE_END;
        *count = 0;
        return ROW_END;
    }
    return status;
}

static void json_free(Reader *reader)
{
    Json *json = (Json *) reader;

    json_decref(json->record);
    flat_free(json->flat);
    bytes_free(json->bytes);
    explicit_bzero(json->data, json->used);
    free(json->data);
    explicit_bzero(json->path, json->path_most);
    free(json->path);
    explicit_bzero(json, sizeof *json);
    free(json);
}

/* From the beginning, or from the first record of a wrapper. */
static bool begin(Json *json, Err *err)
{
    const Shape *shape = &json->shape;

    bytes_free(json->bytes);
    json->bytes = NULL;
    json->begin = json->end = json->column = json->good = 0;
    json->indent = SIZE_MAX;
    json->at_end = json->base.failed = false;
    json->own_line = !shape->wrapped;
    json->wrapped = shape->wrapped;
    json->mode = shape->wrapped ? MODE_LIST : MODE_TOP;
    if (!json->maker->open(json->maker, &json->bytes, err))
        return false;
    uint64_t left = shape->list;
    for (fill(json); left > json->end - json->begin && json->begin < json->end; fill(json)) {
        left -= json->end - json->begin;
        json->begin = json->end;
    }
    if (left > json->end - json->begin)
        left = json->end - json->begin;
    json->begin += (size_t) left;
    if (shape->list == 0 && json->end >= 3 && memcmp(json->data, "\xEF\xBB\xBF", 3) == 0)
        json->begin = 3;
    return true;
}

/* The columns are known. */
static bool json_again(Reader *reader, Err *err)
{
    Json *json = (Json *) reader;

    drop_record(json);
    json->header_given = false;
    return begin(json, err);
}

bool json_open(const BytesMaker *maker, Reader **out, Err *err)
{
    RowStatus status;

    wipe_libraries();
    Json *json = made(calloc(1, sizeof *json));
    READER_AUTO reader = &json->base;
    *reader = (Reader) {.next = json_next, .free = json_free, .again = json_again, .broken = RULE_JSON_INVALID};
    json->maker = maker;
    json->flat = flat_new(false);
    json->data = made(calloc(1, ROOM)); /* pages that no record reaches are never touched */
    json->path = made(calloc(1, PATH_ROOM));
    if (!shape_look(maker, &json->shape, err) || !begin(json, err))
        return false;
    do {
        status = next_record(json);
        drop_record(json);
    } while (status != ROW_END);
    if (json->bytes->failed)
        return err_set(err, ERR_INPUT, "the file could not be read to its end");
    if (!flat_seal(json->flat, err) || !begin(json, err))
        return false;
    *out = reader;
    reader = NULL;
    return true;
}
