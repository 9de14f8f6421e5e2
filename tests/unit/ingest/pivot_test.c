#include "ingest/pivot.h"

#include <string.h>

#include "common/buf.h"
#include "ingest/csv.h"
#include "tests/unit/scratch.h"

static Item items[] = {{.code = "v1", .key = "v1", .label_key = "vraag_een"}, {.code = "v2", .key = "v2", .label_key = "vraag_twee"}};
static Instrument instrument = {.item = items, .count = 2};
static const char *values[] = {"antwoord", "getal"};
static const char *alias_from[] = {"q7"}, *alias_to[] = {"v2"};
static const Form form = {.title = "proef", .instrument = &instrument, .pivot_row = "wie", .pivot_question = "vraag", .pivot_value = values,
                          .n_pivot_values = 2, .item_key = alias_from, .item = alias_to, .n_items = 1};

/* A CSV text as its pivoted rows, "a|b" and a newline each. Owned by arena. */
static const char *wide(Arena *arena, const char *text)
{
    static const char *const name[] = {"", "BROKEN", "LONG", "NUL"};
    BYTES_AUTO bytes = bytes_of(text, strlen(text));
    BUF_AUTO got = {0};
    Reader *reader;
    const Cell *cells;
    size_t count;
    Err err = {0};

    if (!pivot_open(csv_reader(bytes, ';'), &form, &reader, &err))
        return arena_format(arena, "REFUSED: %s", err.text);
    buf_text(&got, "");
    for (RowStatus status; (status = reader_next(reader, &cells, &count)) != ROW_END;) {
        buf_text(&got, name[status]);
        for (size_t at = 0; at < count; at++) {
            buf_text(&got, at ? "|" : "");
            buf_add(&got, cells[at].text, cells[at].bytes);
        }
        if (status == ROW_BROKEN && reader->broken)
            buf_format(&got, " %s", rule_id((Rule) reader->broken));
        buf_text(&got, "\n");
    }
    reader_free(reader);
    return arena_text_n(arena, got.data, got.length);
}
#define WIDE(text, want) CHECK_TEXT(wide(arena, text), want)

TEST("records of one respondent are one row, with a column per question")
{
    ARENA_AUTO arena = arena_new();

    WIDE("wie;school;vraag;antwoord\na;S1;v1;ja\na;S1;v2;nee\nb;S2;v2;soms\n", "wie|school|v1|v2\na|S1|ja|nee\nb|S2||soms\n");
    WIDE("vraag;antwoord;wie\nv2;x;a\n", "wie|v1|v2\na||x\n");
    WIDE("wie;vraag;antwoord\n", "wie|v1|v2\n");
}

TEST("questions are known by code, words or alias; the first filled value counts; unknown questions are left out")
{
    ARENA_AUTO arena = arena_new();

    WIDE("wie;vraag;antwoord;getal\na;Vraag een;;4\na;Q7;x;9\na;v99;y;\n", "wie|v1|v2\na|4|x\n");
}

TEST("a respondent who comes back later is no second respondent")
{
    ARENA_AUTO arena = arena_new();

    WIDE("wie;vraag;antwoord\na;v1;1\nb;v1;2\na;v2;3\nc;v1;4\n", "wie|v1|v2\na|1|\nb|2|\nBROKEN antwoorden.volgorde\nc|4|\n");
}

TEST("two different answers to one question are a reject; the same one twice is one answer")
{
    ARENA_AUTO arena = arena_new();

    WIDE("wie;vraag;antwoord\na;v1;1\na;v1;2\nb;v1;3\n", "wie|v1|v2\nBROKEN antwoorden.dubbel\nb|3|\n");
    WIDE("wie;vraag;antwoord\na;v1;1\na;v1;1\na;v2;2\n", "wie|v1|v2\na|1|2\n");
    WIDE("wie;vraag;antwoord\na;v1;1\na;v1;\na;Vraag een;2\n", "wie|v1|v2\nBROKEN antwoorden.dubbel\n");
}

TEST("a record of nobody is a reject, wherever it stands")
{
    ARENA_AUTO arena = arena_new();

    WIDE("wie;vraag;antwoord\n;v1;1\na;v1;2\n ;v1;3\n;v2;4\nb;v1;5\n",
         "wie|v1|v2\nBROKEN antwoorden.niemand\na|2|\nBROKEN antwoorden.niemand\nBROKEN antwoorden.niemand\nb|5|\n");
}

TEST("a record that is broken is a row of its own, and costs nobody else")
{
    ARENA_AUTO arena = arena_new();

    WIDE("wie;vraag;antwoord\na;v1;1\n\"open;v2;2\nb;v1;3\n", "wie|v1|v2\na|1|\nBROKEN\nb|3|\n");
    WIDE("wie;vraag;antwoord\n\"open;v2;2\n", "wie|v1|v2\nBROKEN\n");
}

TEST("a header without respondent or question is refused")
{
    ARENA_AUTO arena = arena_new();
    static const char why[] = "REFUSED: no column says whose answer a record is, or to which question; the form \"proef\" needs both";

    WIDE("wie;antwoord\na;1\n", why);
    WIDE("vraag;antwoord\nv1;1\n", why);
    WIDE("", why);
}
