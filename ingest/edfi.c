#include "ingest/edfi.h"

#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/arena.h"
#include "ingest/flat.h"
#include "ingest/wipe.h"

enum { PATHS_MAX = 2 * READER_CELLS_MAX, PATH_BYTES = 4096, FEED_BYTES = 16 * 1024 };

/* An element within a record. */
typedef struct Path {
    const char *text;
    size_t      bytes;
    bool        list;  /* it was there more than once in some record */
    size_t      count; /* in the record at hand */
} Path;

typedef struct Level {
    size_t bytes;      /* of the path to here */
    size_t list, item; /* the outermost list around it, as flat_value takes it */
    bool   has_elements;
} Level;

typedef struct Edfi {
    Reader           base;
    Bytes           *bytes;
    xmlTextReaderPtr xml;
    Flat            *flat;
    Arena           *names;
    char            *kind;       /* name of the records; NULL: none came yet */
    bool             header_given, ended, doctype;
    size_t           doctype_seen; /* letters of "<!DOCTYPE" just read */
    bool             first_pass;
    Path             path[PATHS_MAX];
    size_t           paths, guess;
    Level            level[FLAT_DEPTH_MAX + 1];
    char             at[PATH_BYTES]; /* the path at hand */
    const char      *run;            /* text since the last tag, in flat */
    size_t           run_bytes;
    char             feed[FEED_BYTES];
    size_t           feed_at, feed_end;
} Edfi;

static void *made(void *memory)
{
    if (!memory)
        _exit(70);
    return memory;
}

/* libxml2 would parse a whole document type, and expand what it declares, before it tells of one: so look at the bytes first. */
static bool is_doctype(Edfi *edfi, const char *data, size_t bytes)
{
    static const char mark[] = "<!DOCTYPE";

    for (size_t at = 0; at < bytes && !edfi->doctype; at++) {
        edfi->doctype_seen = data[at] == mark[edfi->doctype_seen] ? edfi->doctype_seen + 1 : data[at] == mark[0];
        edfi->doctype = edfi->doctype_seen == sizeof mark - 1;
    }
    return edfi->doctype;
}

/* One tag at a time: what libxml2 has parsed but not yet handed out when it meets a mistake is lost, and with it the rows before. */
static int feed(void *context, char *to, int room)
{
    Edfi *edfi = context;

    if (edfi->feed_at == edfi->feed_end) {
        edfi->feed_at = 0;
        edfi->feed_end = bytes_fill(edfi->bytes, edfi->feed, FEED_BYTES);
        if (edfi->bytes->failed || is_doctype(edfi, edfi->feed, edfi->feed_end))
            return -1;
    }
    const char *from = edfi->feed + edfi->feed_at;
    size_t left = edfi->feed_end - edfi->feed_at, most = left < (size_t) room ? left : (size_t) room;
    const char *tag_end = memchr(from, '>', most);
    size_t got = tag_end ? (size_t) (tag_end - from) + 1 : most;
    memcpy(to, from, got);
    edfi->feed_at += got;
    return (int) got;
}

/* libxml2's messages quote the file, and by default go to stderr. */
static void say_nothing(void *context, xmlErrorPtr error)
{
    (void) context, (void) error;
}

/* What the reader's own handler does not see, such as a failing read. The reports have handlers of theirs: put them back. */
typedef struct Quiet {
    xmlStructuredErrorFunc say;
    void                  *context;
} Quiet;

static Quiet quiet_begin(void)
{
    Quiet before = {xmlStructuredError, xmlStructuredErrorContext};

    xmlSetStructuredErrorFunc(NULL, say_nothing);
    return before;
}

static void quiet_end(Quiet before)
{
    xmlSetStructuredErrorFunc(before.context, before.say);
}

static bool begin(Edfi *edfi, const BytesMaker *maker, Err *err)
{
    xmlFreeTextReader(edfi->xml);
    bytes_free(edfi->bytes);
    edfi->xml = NULL;
    edfi->bytes = NULL;
    edfi->doctype_seen = edfi->feed_at = edfi->feed_end = 0;
    edfi->ended = edfi->base.failed = false;
    if (!maker->open(maker, &edfi->bytes, err))
        return false;
    Quiet quiet = quiet_begin();
    edfi->xml = xmlReaderForIO(feed, NULL, edfi, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    quiet_end(quiet);
    if (!edfi->xml)
        edfi->base.failed = edfi->ended = true;
    else
        xmlTextReaderSetStructuredErrorHandler(edfi->xml, say_nothing, NULL);
    return true;
}

static bool is_known(const char *name)
{
    static const char *const known[] = {"DisciplineIncident", "StudentDisciplineIncidentBehaviorAssociation", "StudentDisciplineIncidentAssociation",
                                        "DisciplineAction", "SurveyResponse", "SurveyQuestionResponse"};

    for (size_t at = 0; at < sizeof known / sizeof *known; at++)
        if (strcmp(name, known[at]) == 0)
            return true;
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static Path *find_path(Edfi *edfi, size_t bytes)
{
    for (size_t step = 0; step < edfi->paths; step++) {
        size_t at = (edfi->guess + step) % edfi->paths;
        if (edfi->path[at].bytes == bytes && memcmp(edfi->path[at].text, edfi->at, bytes) == 0) {
            edfi->guess = at;
            return &edfi->path[at];
        }
    }
    return NULL;
}

/* Enter an element: where it is, and which item of which list. \return false: beyond the bounds */
static bool enter(Edfi *edfi, size_t depth, const char *name)
{
    const Level *outer = &edfi->level[depth - 1];
    Level *level = &edfi->level[depth];
    size_t bytes = strlen(name), at = outer->bytes;

    if (bytes + 2 > PATH_BYTES - at) {
        flat_status(edfi->flat, ROW_LONG);
        return false;
    }
    if (at)
        edfi->at[at++] = '.';
    memcpy(edfi->at + at, name, bytes);
    *level = (Level) {.bytes = at + bytes, .list = outer->list, .item = outer->item};
    Path *path = find_path(edfi, level->bytes);
    if (!path && edfi->first_pass) {
        if (edfi->paths == PATHS_MAX) {
            flat_too_many(edfi->flat);
            return false;
        }
        path = &edfi->path[edfi->paths++];
        *path = (Path) {.text = arena_text_n(edfi->names, edfi->at, level->bytes), .bytes = level->bytes};
    }
    if (path) {
        path->list = path->list || (edfi->first_pass && path->count);
        if (path->list && level->list == FLAT_NO_LIST) {
            level->list = path->bytes;
            level->item = path->count;
        }
        path->count++;
    }
    return true;
}

/* The text since the last tag becomes the value of where it stands. Space around elements is none. */
static void end_run(Edfi *edfi, const Level *level)
{
    const char *text = edfi->run;
    size_t bytes = edfi->run_bytes;

    edfi->run = NULL;
    edfi->run_bytes = 0;
    while (bytes && is_space(text[bytes - 1]))
        bytes--;
    while (bytes && is_space(*text))
        text++, bytes--;
    if (bytes || !level->has_elements)
        flat_value(edfi->flat, edfi->at, level->bytes, level->list, level->item, bytes ? text : NULL, bytes);
}

static void add_text(Edfi *edfi, const char *text)
{
    const char *copy = flat_copy(edfi->flat, text, strlen(text));

    edfi->run = edfi->run ? edfi->run : copy;
    edfi->run_bytes += copy ? strlen(text) : 0;
}

static void add_attributes(Edfi *edfi, const Level *level)
{
    while (xmlTextReaderMoveToNextAttribute(edfi->xml) == 1) {
        const char *name = (const char *) xmlTextReaderConstLocalName(edfi->xml), *space = (const char *) xmlTextReaderConstNamespaceUri(edfi->xml);
        const char *value = (const char *) xmlTextReaderConstValue(edfi->xml);
        size_t bytes = name ? strlen(name) : 0, at = level->bytes;
        if (!name || !value || xmlTextReaderIsNamespaceDecl(edfi->xml) == 1 || (space && strcmp(space, "http://www.w3.org/2001/XMLSchema-instance") == 0))
            continue;
        if (bytes + 3 > PATH_BYTES - at) {
            flat_status(edfi->flat, ROW_LONG);
            continue;
        }
        if (at)
            edfi->at[at++] = '.';
        edfi->at[at++] = '@';
        memcpy(edfi->at + at, name, bytes);
        const char *copy = flat_copy(edfi->flat, value, strlen(value));
        flat_value(edfi->flat, edfi->at, at + bytes, level->list, level->item, copy && *value ? copy : NULL, copy ? strlen(value) : 0);
    }
    xmlTextReaderMoveToElement(edfi->xml);
}

/* One step in the file. \return type of the node, 0: the end, or what cannot be read */
static int read_node(Edfi *edfi)
{
    if (edfi->ended)
        return 0;
    Quiet quiet = quiet_begin();
    int got = xmlTextReaderRead(edfi->xml);
    quiet_end(quiet);
    int type = got == 1 ? xmlTextReaderNodeType(edfi->xml) : 0;
    edfi->doctype = edfi->doctype || type == XML_READER_TYPE_DOCUMENT_TYPE;
    edfi->base.failed = edfi->base.failed || got < 0 || type < 0 || type == XML_READER_TYPE_ENTITY_REFERENCE || edfi->doctype;
    edfi->ended = got != 1 || edfi->base.failed;
    return edfi->ended ? 0 : type;
}

/* The record on whose element the reader stands, into flat. \return false: the file breaks off within it */
static bool read_record(Edfi *edfi)
{
    size_t beyond = 0; /* depth of an element that is left out, and all in it */

    for (size_t at = 0; at < edfi->paths; at++)
        edfi->path[at].count = 0;
    edfi->guess = 0;
    edfi->run = NULL;
    edfi->run_bytes = 0;
    edfi->level[0] = (Level) {.list = FLAT_NO_LIST, .has_elements = true};
    bool is_empty = xmlTextReaderIsEmptyElement(edfi->xml) == 1;
    add_attributes(edfi, &edfi->level[0]);
    while (!is_empty) {
        int type = read_node(edfi), xml_depth = type ? xmlTextReaderDepth(edfi->xml) : 0;
        if (!type)
            return false;
        size_t depth = xml_depth > 0 ? (size_t) xml_depth - 1 : 0;
        if (type == XML_READER_TYPE_END_ELEMENT && depth == 0) {
            end_run(edfi, &edfi->level[0]);
            break;
        }
        if (beyond && depth >= beyond) {
            if (depth > beyond || type != XML_READER_TYPE_ELEMENT)
                continue;
        }
        beyond = 0;
        if (type == XML_READER_TYPE_ELEMENT) {
            edfi->level[depth - 1].has_elements = true;
            end_run(edfi, &edfi->level[depth - 1]);
            if (depth > FLAT_DEPTH_MAX)
                flat_status(edfi->flat, ROW_LONG);
            if (depth > FLAT_DEPTH_MAX || !enter(edfi, depth, (const char *) xmlTextReaderConstLocalName(edfi->xml))) {
                beyond = depth;
                continue;
            }
            bool leaf = xmlTextReaderIsEmptyElement(edfi->xml) == 1;
            add_attributes(edfi, &edfi->level[depth]);
            if (leaf)
                end_run(edfi, &edfi->level[depth]);
        } else if (type == XML_READER_TYPE_END_ELEMENT) {
            end_run(edfi, &edfi->level[depth]);
        } else if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA || type == XML_READER_TYPE_WHITESPACE ||
                   type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE) {
            add_text(edfi, (const char *) xmlTextReaderConstValue(edfi->xml));
        }
    }
    for (size_t at = 0; at < edfi->paths; at++)
        if (edfi->path[at].list && edfi->path[at].count)
            flat_list(edfi->flat, edfi->path[at].text, edfi->path[at].bytes, edfi->path[at].count);
    return true;
}

/* \return false: no more */
static bool next_record(Edfi *edfi)
{
    for (int type; (type = read_node(edfi));) {
        if (type != XML_READER_TYPE_ELEMENT || xmlTextReaderDepth(edfi->xml) != 1)
            continue;
        const char *name = (const char *) xmlTextReaderConstLocalName(edfi->xml);
        if (!edfi->kind && is_known(name))
            edfi->kind = arena_text(edfi->names, name);
        if (edfi->kind && strcmp(edfi->kind, name) == 0)
            return read_record(edfi);
    }
    return false;
}

static RowStatus edfi_next(Reader *reader, const Cell **cells, size_t *count)
{
    Edfi *edfi = (Edfi *) reader;

    *cells = NULL;
    *count = 0;
    if (!edfi->header_given) {
        edfi->header_given = true;
        flat_header(edfi->flat, cells, count);
        return ROW_GOOD;
    }
    flat_begin(edfi->flat);
    if (!next_record(edfi))
        return ROW_END;
    RowStatus status = flat_row(edfi->flat, cells, count);
    if (!flat_changed(edfi->flat))
        return status;
    edfi->base.failed = edfi->ended = true;
    *count = 0;
    return ROW_END;
}

static void edfi_free(Reader *reader)
{
    Edfi *edfi = (Edfi *) reader;

    xmlFreeTextReader(edfi->xml);
    xmlResetLastError(); /* it quotes the file */
    flat_free(edfi->flat);
    bytes_free(edfi->bytes);
    arena_wipe(edfi->names);
    arena_free(edfi->names);
    explicit_bzero(edfi, sizeof *edfi);
    free(edfi);
}

bool edfi_open(const BytesMaker *maker, Reader **out, Err *err)
{
    wipe_libraries();
    Edfi *edfi = made(calloc(1, sizeof *edfi));
    READER_AUTO reader = &edfi->base;
    *reader = (Reader) {.next = edfi_next, .free = edfi_free};
    edfi->flat = flat_new(true);
    edfi->names = arena_new();
    edfi->first_pass = true;
    if (!begin(edfi, maker, err))
        return false;
    while (next_record(edfi))
        flat_begin(edfi->flat);
    if (edfi->doctype)
        return err_set(err, ERR_INPUT, "the file declares a document type (DOCTYPE), which is not read");
    if (edfi->bytes->failed)
        return err_set(err, ERR_INPUT, "the file could not be read to its end");
    if (!edfi->kind)
        return err_set(err, ERR_INPUT, edfi->base.failed ? "the file is not well-formed XML" : "the file holds no Ed-Fi records that are known here");
    for (size_t at = 0; at < edfi->paths; at++)
        if (edfi->path[at].list)
            flat_is_list(edfi->flat, edfi->path[at].text, edfi->path[at].bytes);
    edfi->first_pass = false;
    if (!flat_seal(edfi->flat, err) || !begin(edfi, maker, err))
        return false;
    *out = reader;
    reader = NULL;
    return true;
}
