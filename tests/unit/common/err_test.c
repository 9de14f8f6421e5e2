#include "common/err.h"

#include <string.h>

#include "tests/harness/test.h"

TEST("an error keeps its kind and text, and drops what was there before")
{
    Err err;

    memset(&err, 'x', sizeof err);
    CHECK(!err_set(&err, ERR_DB, "the server said %d times \"%s\"", 3, "no"));
    CHECK_INT(err.kind, ERR_DB);
    CHECK_TEXT(err.text, "the server said 3 times \"no\"");
    CHECK_TEXT(err.sqlstate, "");
    CHECK_INT(err.frames, 0);
    CHECK(!err_frame(&err, "row %d", 17));
    CHECK_INT(err.frames, 1);
    CHECK(!err_set(&err, ERR_IO, "other"));
    CHECK_INT(err.frames, 0);
    CHECK_INT(err.kind, ERR_IO);
}

static const char *twice(const char *format)
{
    return strcmp(format, "row %d") == 0 ? "rij %d" : strcmp(format, "bad %s") == 0 ? "foute %s" : strcmp(format, "date") == 0 ? "datum" : strcmp(format, "") == 0 ? "head" : format;
}

TEST("text, frames and words in them are said in the language of the user, whatever has no translation as it stands")
{
    Err err;
    char line[200];

    err_words = twice;
    err_set(&err, ERR_INPUT, "bad %s", err_word("date"));
    err_frame(&err, "row %d", 17);
    err_frame(&err, "board %d", 2);
    err_line(&err, line, sizeof line);
    CHECK_TEXT(line, "foute datum (rij 17; board 2)");
    CHECK_TEXT(err_word(""), "");
    err_words = NULL;
    CHECK_TEXT(err_word("date"), "date");
}

TEST("the kinds are the exit statuses that were promised")
{
    CHECK_INT(ERR_NONE, 0);
    CHECK_INT(ERR_USAGE, 1);
    CHECK_INT(ERR_CONFIG, 2);
    CHECK_INT(ERR_INPUT, 3);
    CHECK_INT(ERR_DB, 4);
    CHECK_INT(ERR_STAT, 5);
    CHECK_INT(ERR_DISCLOSURE, 6);
    CHECK_INT(ERR_BUG, 70);
    CHECK_INT(ERR_IO, 74);
}

TEST("frames stand innermost first in one line")
{
    Err err;
    char line[200];

    err_set(&err, ERR_INPUT, "bad row");
    err_line(&err, line, sizeof line);
    CHECK_TEXT(line, "bad row");
    err_frame(&err, "row %d", 17);
    err_line(&err, line, sizeof line);
    CHECK_TEXT(line, "bad row (row 17)");
    err_frame(&err, "board %d", 2);
    err_line(&err, line, sizeof line);
    CHECK_TEXT(line, "bad row (row 17; board 2)");
}

TEST("the ninth frame is dropped, the first eight stay")
{
    Err err;
    char line[4096];

    err_set(&err, ERR_INPUT, "t");
    for (int at = 0; at < 12; at++)
        CHECK(!err_frame(&err, "f%d", at));
    CHECK_INT(err.frames, ERR_FRAMES);
    for (int at = 0; at < ERR_FRAMES; at++) {
        char want[8] = {'f', (char) ('0' + at), '\0'};
        CHECK_TEXT(err.frame[at], want);
    }
    err_line(&err, line, sizeof line);
    CHECK(strchr(line, ')') == line + strlen(line) - 1);
    CHECK(!strstr(line, "f8"));
}

TEST("long texts and frames are cut and stay terminated")
{
    Err err;
    char long_text[2000], line[64];

    memset(long_text, 'a', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    err_set(&err, ERR_BUG, "%s", long_text);
    CHECK_INT(strlen(err.text), sizeof err.text - 1);
    err_frame(&err, "%s", long_text);
    CHECK_INT(strlen(err.frame[0]), ERR_FRAME_BYTES - 1);
    err_line(&err, line, sizeof line);
    CHECK_INT(strlen(line), sizeof line - 1);
}

TEST("a line of any size is terminated and never overrun")
{
    Err err;
    char whole[200], line[200];

    err_set(&err, ERR_BUG, "text");
    err_frame(&err, "one");
    err_frame(&err, "two");
    err_line(&err, whole, sizeof whole);
    for (size_t room = 1; room < 60; room++) {
        memset(line, '#', sizeof line);
        err_line(&err, line, room);
        CHECK(memchr(line, '\0', room));
        CHECK(strncmp(line, whole, strlen(line)) == 0);
        CHECK_INT(strlen(line), strlen(whole) < room ? strlen(whole) : room - 1);
        CHECK(line[room] == '#');
    }
}
