#include "common/plaincsv.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/harness/test.h"
#include "tests/unit/scratch.h"

static bool read_text(Arena *arena, const char *text, PlainCsv *csv, Err *err)
{
    char path[] = "/tmp/vb-plaincsv-XXXXXX";
    int file = mkstemp(path);
    bool written = write(file, text, strlen(text)) == (ssize_t) strlen(text);

    close(file);
    bool good = plaincsv_read(arena, path, csv, err);
    unlink(path);
    return written && good;
}

TEST("quotes, semicolons, a byte order mark, CR LF and blank lines are read")
{
    ARENA_AUTO arena = arena_new();
    PlainCsv csv;
    Err err = {0};

    CHECK(read_text(arena, "\xEF\xBB\xBF" "a;b\r\n 1 ;\"x;\"\"y\"\"\"\r\n\r\n2;\"two\nlines\"\r\n3;last", &csv, &err));
    CHECK_INT(csv.n_columns, 2);
    CHECK_INT(csv.n_rows, 3);
    CHECK_TEXT(csv.header[1], "b");
    CHECK_TEXT(plaincsv_cell(&csv, 0, 0), "1");
    CHECK_TEXT(plaincsv_cell(&csv, 0, 1), "x;\"y\"");
    CHECK_TEXT(plaincsv_cell(&csv, 1, 1), "two\nlines");
    CHECK_TEXT(plaincsv_cell(&csv, 2, 1), "last");
    CHECK_INT(csv.line[1], 4);
    CHECK_INT(csv.line[2], 6);
    CHECK_INT(plaincsv_column(&csv, "c"), -1);
}

TEST("in a file of one column a blank line between rows is an empty cell; at the end it is none")
{
    ARENA_AUTO arena = arena_new();
    PlainCsv csv;
    Err err = {0};

    CHECK(read_text(arena, "a\n\n1\n\n\n2\n\n\n", &csv, &err));
    CHECK_INT(csv.n_rows, 5);
    CHECK_TEXT(plaincsv_cell(&csv, 0, 0), "");
    CHECK_TEXT(plaincsv_cell(&csv, 1, 0), "1");
    CHECK_TEXT(plaincsv_cell(&csv, 3, 0), "");
    CHECK_TEXT(plaincsv_cell(&csv, 4, 0), "2");
    CHECK(csv.line[0] == 2 && csv.line[1] == 3 && csv.line[2] == 4 && csv.line[3] == 5 && csv.line[4] == 6);
    CHECK(read_text(arena, "a\r\n1\r\n\r\n2\r\n\r\n", &csv, &err));
    CHECK_INT(csv.n_rows, 3);
    CHECK_TEXT(plaincsv_cell(&csv, 1, 0), "");
    CHECK_INT(csv.line[2], 4);
}

TEST("numbers are checked, and the message names the place and not the value")
{
    ARENA_AUTO arena = arena_new();
    PlainCsv csv;
    Err err = {0};
    double real;
    long long whole;

    CHECK(read_text(arena, "n,m\n1.5,\nsecret,12\n", &csv, &err));
    CHECK(plaincsv_number(&csv, 0, 0, false, &real, &err) && real == 1.5);
    CHECK(plaincsv_number(&csv, 0, 1, true, &real, &err) && real != real);
    CHECK(!plaincsv_number(&csv, 0, 1, false, &real, &err));
    CHECK(!plaincsv_number(&csv, 1, 0, true, &real, &err));
    CHECK(strstr(err.text, "line 3, column \"n\": not a number") != NULL);
    CHECK(strstr(err.text, "secret") == NULL);
    CHECK(plaincsv_whole(&csv, 1, 1, 0, 12, &whole, &err) && whole == 12);
    CHECK(!plaincsv_whole(&csv, 1, 1, 0, 11, &whole, &err));
    CHECK(!plaincsv_whole(&csv, 0, 0, 0, 11, &whole, &err));
    CHECK(strstr(err.text, "not a whole number from 0 to 11") != NULL);
}

TEST("files that are none are refused with the reason")
{
    ARENA_AUTO arena = arena_new();
    PlainCsv csv;
    Err err = {0};
    int column;

    CHECK(!plaincsv_read(arena, "/nonexistent/x.csv", &csv, &err));
    CHECK_TEXT(err.text, "cannot read \"/nonexistent/x.csv\": No such file or directory");
    CHECK(!read_text(arena, "\n\n", &csv, &err));
    CHECK(strstr(err.text, "is empty") != NULL);
    CHECK(!read_text(arena, "a,a\n1,2\n", &csv, &err));
    CHECK(strstr(err.text, "has column \"a\" twice") != NULL);
    CHECK(!read_text(arena, "a,b\n1\n", &csv, &err));
    CHECK(strstr(err.text, "line 2: 1 cells where the header has 2") != NULL);
    CHECK(!read_text(arena, "a,b\n1,2,3\n", &csv, &err));
    CHECK(!read_text(arena, "a,b\n1,\"2\n", &csv, &err));
    CHECK(strstr(err.text, "line 2: a quote stays open") != NULL);
    CHECK(!read_text(arena, "a,b\n\"1\"x,2\n", &csv, &err));
    CHECK(!read_text(arena, "a,\"b\n", &csv, &err));
    CHECK(read_text(arena, "a,b\n", &csv, &err));
    CHECK_INT(csv.n_rows, 0);
    CHECK(!plaincsv_need(&csv, "value", &column, &err));
    CHECK(strstr(err.text, "has no column \"value\"; it has: a, b") != NULL);
    CHECK(plaincsv_need(&csv, "b", &column, &err) && column == 1);
}
