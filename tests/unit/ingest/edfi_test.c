#include "ingest/edfi.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "tests/unit/ingest/maker.h"

#define ROWS(text, want) maker_check(__FILE__, __LINE__, edfi_open, text, sizeof(text) - 1, want)
#define ROOT(inner) "<InterchangeStudentDiscipline xmlns=\"http://ed-fi.org/5.2.0\">" inner "</InterchangeStudentDiscipline>"
#define INCIDENT(inner) "<DisciplineIncident>" inner "</DisciplineIncident>"
#define NO_DOCTYPE "REFUSED: the file declares a document type (DOCTYPE), which is not read"
#define NO_RECORDS "REFUSED: the file holds no Ed-Fi records that are known here"

static const char *rows(Arena *arena, const char *text)
{
    Maker maker = maker_of(text, strlen(text), SIZE_MAX);

    return maker_rows(arena, edfi_open, &maker);
}

TEST("an interchange of incidents is a table")
{
    ROWS("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<!-- made up -->\n"
         "<InterchangeStudentDiscipline xmlns=\"http://ed-fi.org/5.2.0\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
         " xsi:schemaLocation=\"http://ed-fi.org/5.2.0 Interchange-StudentDiscipline.xsd\">\n"
         "  <DisciplineIncident id=\"DI_1\" xsi:type=\"x\">\n"
         "    <IncidentIdentifier>INC-1</IncidentIdentifier>\n"
         "    <IncidentDate>2026-03-02</IncidentDate>\n"
         "    <IncidentTime>10:15:00</IncidentTime>\n"
         "    <ReporterName>Verzonnen Voorbeeld &amp; Co</ReporterName>\n"
         "    <SchoolReference><SchoolIdentity><SchoolId>990001</SchoolId></SchoolIdentity></SchoolReference>\n"
         "  </DisciplineIncident>\n"
         "  <DisciplineIncident id=\"DI_2\">\n"
         "    <IncidentIdentifier>INC-2</IncidentIdentifier>\n"
         "    <CaseNumber> 7\n</CaseNumber>\n"
         "  </DisciplineIncident>\n"
         "</InterchangeStudentDiscipline>\n",
         "@id;IncidentIdentifier;IncidentDate;IncidentTime;ReporterName;SchoolReference.SchoolIdentity.SchoolId;CaseNumber\n"
         "DI_1;INC-1;2026-03-02;10:15:00;Verzonnen Voorbeeld & Co;990001;\n"
         "DI_2;INC-2;;;;;7\n");
}

TEST("every kind that is known is read, whatever its prefix")
{
    static const char *const kinds[] = {"DisciplineIncident", "StudentDisciplineIncidentBehaviorAssociation", "StudentDisciplineIncidentAssociation",
                                        "DisciplineAction", "SurveyResponse", "SurveyQuestionResponse"};

    for (size_t at = 0; at < sizeof kinds / sizeof *kinds; at++) {
        ARENA_AUTO arena = arena_new();
        CHECK_TEXT(rows(arena, arena_format(arena, "<e:I xmlns:e=\"urn:x\"><e:%s><e:A>1</e:A></e:%s></e:I>", kinds[at], kinds[at])), "A\n1\n");
    }
}

TEST("the records are those of the first kind, other elements are no rows")
{
    ROWS(ROOT("<Other><A>0</A><DisciplineAction><A>9</A></DisciplineAction></Other>"
              "<DisciplineAction><A>1</A></DisciplineAction>" INCIDENT("<B>2</B>") "<DisciplineAction><A>3</A><DisciplineAction>4</DisciplineAction></DisciplineAction>"),
         "A;DisciplineAction\n1;\n3;4\n");
    ROWS(INCIDENT("<A>1</A>"), NO_RECORDS); /* a record is no interchange */
    ROWS(ROOT("<Other/>"), NO_RECORDS);
    ROWS("<a/>", NO_RECORDS);
    ROWS(ROOT("<DisciplineIncident/>"), "REFUSED: the file holds no list of records");
}

TEST("what repeats is one cell, as long as its list")
{
    ROWS(ROOT(INCIDENT("<W>a</W><W>b|c</W>") INCIDENT("<W>d|e</W>") INCIDENT("") INCIDENT("<W/><W>x</W><W/>")), "W\na|b/c\nd/e\n\n|x|\n");
    ROWS(ROOT(INCIDENT("<P><N>A</N><R>x</R></P><P><N>B</N></P><P><R>y</R></P>") INCIDENT("<P><N>C</N></P>")), "P.N;P.R\nA|B|;x||y\nC;\n");
    ROWS(ROOT(INCIDENT("<N>x</N>") INCIDENT("<P><N>C</N></P>") INCIDENT("<P i=\"1\"><N>A</N></P><P i=\"2\"/>")), "N;P.N;P.@i\nx;;\n;C;\n;A|;1|2\n");
    /* a list in a list: the outer one stays as long as it is */
    ROWS(ROOT(INCIDENT("<P><N>A</N><C>1</C><C>2</C></P><P><N>B</N><C>3</C></P>")), "P.N;P.C\nA|B;1/2|3\n");
    ROWS(ROOT(INCIDENT("<A>p|q</A>")), "A\np|q\n"); /* never a list: as it stands */
}

TEST("attributes and text beside elements are not lost")
{
    ROWS(ROOT("<DisciplineIncident id=\"1\" e=\"\"><S ref=\"S|1\"/><T a=\"2\">x</T></DisciplineIncident>"), "@id;@e;S.@ref;T.@a;T\n1;;S|1;2;x\n");
    ROWS(ROOT(INCIDENT("<A>x<B>1</B> y </A>")), "A;A.B\nx/y;1\n");
    ROWS(ROOT(INCIDENT("<A>1</A>los")), "A;\n1;los\n");
    ROWS(ROOT(INCIDENT("<A>a<!-- b -->c<?p d?>e<![CDATA[<f>]]>&#233;</A>")), "A\nace<f>\xC3\xA9\n");
    ROWS(ROOT(INCIDENT("<A/><B></B><C> \n </C>")), "A;B;C\n;;\n");
}

TEST("other encodings that the file declares arrive as UTF-8")
{
    ROWS("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" ROOT(INCIDENT("<A>caf\xE9</A>")), "A\ncaf\xC3\xA9\n");
    ROWS("\xEF\xBB\xBF" ROOT(INCIDENT("<A>caf\xC3\xA9</A>")), "A\ncaf\xC3\xA9\n");
}

TEST("XML that is not well-formed gives the rows before it and fails")
{
    ROWS(ROOT(INCIDENT("<A>1</A>") INCIDENT("<A>2</B>") INCIDENT("<A>3</A>")), "A\n1\nFAILED");
    ROWS("<I>" INCIDENT("<A>1</A>") INCIDENT("<A>2</A>"), "A\n1\n2\nFAILED");
    ROWS("<I>" INCIDENT("<A>1</A>") "<DisciplineIncident><A>2</A>", "A\n1\nFAILED");
    ROWS("<I>" INCIDENT("<A>1</A>") INCIDENT("<A>\xE9</A>") "</I>", "A\n1\nFAILED");
    ROWS("<I>" INCIDENT("<A>1</A>") INCIDENT("<A>&unknown;</A>") "</I>", "A\n1\nFAILED");
    ROWS("<I>" INCIDENT("<A>1</A>") INCIDENT("<A a='1' a='2'/>") "</I>", "A\n1\nFAILED");
    ROWS("<I>" INCIDENT("<A>1</A>") "</I>\n<x/>", "A\n1\nFAILED");
    ROWS("", "REFUSED: the file is not well-formed XML");
    ROWS("naam;datum\n", "REFUSED: the file is not well-formed XML");
    ROWS("<I><x>", "REFUSED: the file is not well-formed XML");
    ROWS("<I>\0</I>", "REFUSED: the file is not well-formed XML");
}

TEST("a document type is refused, and with it a billion laughs")
{
    ARENA_AUTO arena = arena_new();
    BUF_AUTO laughs = {0};

    ROWS("<!DOCTYPE I>" ROOT(INCIDENT("<A>1</A>")), NO_DOCTYPE);
    ROWS("<?xml version=\"1.0\"?><!-- x -->\n<!DOCTYPE I [<!ENTITY e \"x\">]><I>" INCIDENT("<A>&e;</A>") "</I>", NO_DOCTYPE);
    ROWS("\xFF\xFE<\0!\0D\0O\0C\0T\0Y\0P\0E\0 \0I\0>\0<\0I\0/\0>\0", NO_DOCTYPE); /* UTF-16, where its bytes look otherwise */
    buf_text(&laughs, "<!DOCTYPE I [<!ENTITY l0 \"haha\">");
    for (int at = 1; at < 10; at++)
        buf_format(&laughs, "<!ENTITY l%d \"&l%d;&l%d;&l%d;&l%d;&l%d;&l%d;&l%d;&l%d;&l%d;&l%d;\">", at, at - 1, at - 1, at - 1, at - 1, at - 1, at - 1, at - 1, at - 1, at - 1, at - 1);
    buf_text(&laughs, "]><I>" INCIDENT("<A>&l9;</A>") "</I>");
    CHECK_TEXT(rows(arena, laughs.data), NO_DOCTYPE);
}

TEST("an external entity is not fetched")
{
    SCRATCH_AUTO scratch = scratch_new();
    ARENA_AUTO arena = arena_new();
    char *path = scratch_path(arena, &scratch, "geheim");

    /* Who opens a FIFO to read lets a writer in: then somebody did fetch it. */
    CHECK(mkfifo(path, 0600) == 0);
    CHECK_TEXT(rows(arena, arena_format(arena, "<!DOCTYPE I [<!ENTITY e SYSTEM \"file://%s\">]><I>" INCIDENT("<A>&e;</A>") "</I>", path)), NO_DOCTYPE);
    CHECK_TEXT(rows(arena, arena_format(arena, "<!DOCTYPE I SYSTEM \"file://%s\"><I>" INCIDENT("<A>1</A>") "</I>", path)), NO_DOCTYPE);
    CHECK_TEXT(rows(arena, arena_format(arena, "<!DOCTYPE I [<!ENTITY %% e SYSTEM \"file://%s\"> %%e;]><I>" INCIDENT("<A>1</A>") "</I>", path)), NO_DOCTYPE);
    CHECK_TEXT(rows(arena, arena_format(arena, "<I xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"file://%s\">" INCIDENT("<A>1</A>")
                                               "<x:include xmlns:x=\"http://www.w3.org/2001/XInclude\" href=\"file://%s\"/></I>", path, path)), "A\n1\n");
}

TEST("nothing of a bad file is printed")
{
    SCRATCH_AUTO scratch = scratch_new();
    ARENA_AUTO arena = arena_new();
    char *path = scratch_path(arena, &scratch, "stderr"), said[64] = "";
    int before = dup(STDERR_FILENO), file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    Maker fails = maker_of("<I>" INCIDENT("<A>Verzonnen Voorbeeld</A>"), 40, 8);

    CHECK(before >= 0 && file >= 0 && dup2(file, STDERR_FILENO) >= 0);
    rows(arena, "<I>" INCIDENT("<A>Verzonnen Voorbeeld</B>") "</I>");
    rows(arena, "<I>" INCIDENT("<A>Verzonnen &Voorbeeld;</A>") "</I>");
    rows(arena, "<I><v:Verzonnen a='1' a='2'/>");
    rows(arena, "<?xml version='1.0' encoding='Voorbeeld'?><I/>");
    fails.fails = true;
    maker_rows(arena, edfi_open, &fails);
    dup2(before, STDERR_FILENO);
    close(before);
    CHECK_INT(pread(file, said, sizeof said - 1, 0), 0);
    CHECK_TEXT(said, "");
    close(file);
}

TEST("32 levels are read, more make the row too long, a bomb of elements fails")
{
    ARENA_AUTO arena = arena_new();

    for (size_t levels = 32; levels <= 34; levels++) {
        const char *down = maker_repeat(arena, "", "<a>", levels, "1"), *up = maker_repeat(arena, "", "</a>", levels, "<b>2</b>");
        const char *got = rows(arena, arena_format(arena, "<I>" INCIDENT("<b>0</b>") "<DisciplineIncident>%s%s</DisciplineIncident>" INCIDENT("<b>3</b>") "</I>", down, up));
        /* what lies above the bound is a column all the same */
        const char *column = maker_repeat(arena, "a", ".a", 31, "");
        CHECK_TEXT(got, levels == 32 ? arena_format(arena, "b;%s\n0;\n2;1\n3;\n", column) : "b\n0\nLONG\n3\n");
    }
    const char *bomb = maker_repeat(arena, "<I>" INCIDENT("<b>0</b>") "<DisciplineIncident>", "<a>", 1000000, "");
    CHECK_TEXT(rows(arena, bomb), "b\n0\nFAILED");
}

TEST("512 columns are a table, 513 are refused")
{
    ARENA_AUTO arena = arena_new();

    for (int columns = READER_CELLS_MAX; columns <= READER_CELLS_MAX + 1; columns++) {
        BUF_AUTO text = {0};
        buf_text(&text, "<I>");
        for (int at = 0; at < columns; at++)
            buf_format(&text, "<SurveyResponse><k%d>%d</k%d></SurveyResponse>", at, at, at);
        buf_text(&text, "</I>");
        const char *got = rows(arena, text.data);
        if (columns == READER_CELLS_MAX)
            CHECK(strncmp(got, "k0;k1;", 6) == 0 && strstr(got, ";k511\n0;") != NULL);
        else
            CHECK_TEXT(got, "REFUSED: the records have more than 512 different fields");
    }
    const char *nested = maker_repeat(arena, "", "<a", 1, "");
    BUF_AUTO wide = {0};
    for (int at = 0; at < 2000; at++)
        buf_format(&wide, "%s%d><b/></a%d>", nested, at, at);
    CHECK_TEXT(rows(arena, arena_format(arena, "<I>" "<DisciplineIncident>%s</DisciplineIncident></I>", wide.data)),
               "REFUSED: the records have more than 512 different fields");
}

TEST("a row of a mebibyte is read, a longer one is skipped")
{
    ARENA_AUTO arena = arena_new();

    for (size_t bytes = READER_ROW_BYTES - 1; bytes <= READER_ROW_BYTES + 1; bytes++) {
        arena_reset(arena);
        const char *value = maker_repeat(arena, "", "x", bytes, "");
        const char *got = rows(arena, arena_format(arena, "<I>" INCIDENT("<A>1</A>") INCIDENT("<A>%s</A>") INCIDENT("<A>2</A>") "</I>", value));
        CHECK(strcmp(got, bytes <= READER_ROW_BYTES ? arena_format(arena, "A\n1\n%s\n2\n", value) : "A\n1\nLONG\n2\n") == 0);
    }
    const char *many = maker_repeat(arena, "<DisciplineIncident>", "<A>0123456789</A>", 200000, "</DisciplineIncident>");
    CHECK_TEXT(rows(arena, arena_format(arena, "<I>" INCIDENT("<A>1</A>") "%s" INCIDENT("<A>2</A>") "</I>", many)), "A\n1\nLONG\n2\n");
    const char *name = maker_repeat(arena, "<", "n", 5000, "/>");
    CHECK_TEXT(rows(arena, arena_format(arena, "<I>" INCIDENT("<A>1</A>") INCIDENT("%s") "</I>", name)), "A\n1\nLONG\n");
}

TEST("a file that cannot be read to its end is refused, one that changes fails")
{
    ARENA_AUTO arena = arena_new();
    static const char text[] = ROOT(INCIDENT("<A>1</A>") INCIDENT("<A>2</A>"));
    Maker maker = maker_of(text, sizeof text - 1, 16);
    int opens = 0;

    maker.fails = true;
    CHECK_TEXT(maker_rows(arena, edfi_open, &maker), "REFUSED: the file could not be read to its end");
    maker.fails = false;
    maker.opens = &opens;
    maker.opens_before_later = 1;
    maker.later = ROOT(INCIDENT("<A>1</A>") INCIDENT("<B>2</B>"));
    CHECK_TEXT(maker_rows(arena, edfi_open, &maker), "A\n1\nFAILED");
    CHECK_INT(opens, 2);
}

TEST("random records are read back as they were written")
{
    unsigned long long seed = 1998;
    static const char *const letters[] = {"a", "&lt;", "&amp;", "]", "\"", "'", "\xC3\xA9", "<![CDATA[&]]>", "<!-- - -->", "&#x41;", "7"};
    static const char *const meant[] = {"a", "<", "&", "]", "\"", "'", "\xC3\xA9", "&", "", "A", "7"};

    for (int round = 0; round < 1500; round++) {
        ARENA_AUTO arena = arena_new();
        size_t records = 1 + scratch_random(&seed, 6), columns = 1 + scratch_random(&seed, 6);
        BUF_AUTO text = {0}, want = {0};
        const char *line = scratch_random(&seed, 2) ? "\n  " : "";
        bool twice = scratch_random(&seed, 2);
        buf_text(&text, "<InterchangeSurvey>");
        for (size_t column = 0; column < columns; column++)
            buf_format(&want, "%sk%zu%s", column ? ";" : "", column, column == 1 ? ".x" : "");
        buf_text(&want, "\n");
        for (size_t record = 0; record < records; record++) {
            buf_format(&text, "%s<SurveyResponse>", line);
            for (size_t column = 0; column < columns; column++) {
                buf_format(&text, "%s<k%zu>%s", line, column, column == 1 ? "<x>" : "");
                buf_text(&want, column ? ";" : "");
                for (unsigned left = scratch_random(&seed, 9); left; left--) {
                    unsigned letter = scratch_random(&seed, sizeof letters / sizeof *letters);
                    buf_text(&text, letters[letter]);
                    buf_text(&want, meant[letter]);
                }
                buf_format(&text, "%s</k%zu>", column == 1 ? "</x>" : "", column);
                if (column == 1 && (record == 0 || scratch_random(&seed, 2)) && twice) {
                    buf_format(&text, "%s<k1><x>z</x></k1>", line);
                    buf_text(&want, "|z");
                }
            }
            buf_format(&text, "%s</SurveyResponse>", line);
            buf_text(&want, "\n");
        }
        buf_text(&text, "</InterchangeSurvey>\n");
        Maker maker = maker_of(text.data, text.length, 1 + scratch_random(&seed, 5000));
        const char *got = maker_rows(arena, edfi_open, &maker);
        if (strcmp(got, want.data) != 0)
            test_fail(__FILE__, __LINE__, "round %d: got\n%s\nexpected\n%s\nof\n%s", round, got, want.data, text.data);
    }
}

TEST("any one byte of a file gone or changed is a whole table, or says so")
{
    static const char text[] = "<I><DisciplineIncident><A>1</A></DisciplineIncident><DisciplineIncident><A>2</A></DisciplineIncident><DisciplineIncident><A>3</A></DisciplineIncident></I>";
    static const char marks[] = "<>/&\"x";
    char changed[sizeof text];

    for (size_t at = 0; at + 1 < sizeof text; at++)
        for (size_t mark = 0; mark < sizeof marks; mark++) {
            ARENA_AUTO arena = arena_new();
            memcpy(changed, text, sizeof text);
            if (mark == sizeof marks - 1)
                memmove(changed + at, changed + at + 1, sizeof text - at - 1);
            else
                changed[at] = marks[mark];
            const char *got = rows(arena, changed);
            size_t lines = 0;
            for (const char *byte = got; *byte; byte++)
                lines += *byte == '\n';
            if (lines != 4 && !strstr(got, "FAILED") && !strstr(got, "REFUSED"))
                test_fail(__FILE__, __LINE__, "byte %zu as '%c': got\n%s", at, mark == sizeof marks - 1 ? '-' : marks[mark], got);
        }
}

TEST("a name is nowhere in memory when the reader is gone")
{
#ifdef __SANITIZE_ADDRESS__
    test_skip("AddressSanitizer maps terabytes");
    return;
#endif
    maker_check_wiped(__FILE__, __LINE__, edfi_open, "<I>" INCIDENT("<A>?</A>") INCIDENT("<A>2</A>") "</I>");
}

static const char flood_record[] = "<DisciplineIncident id=\"1\"><Name>Verzonnen Voorbeeld</Name><P><N>Test</N></P><P><N>Proef</N></P></DisciplineIncident>\n";

TEST("memory does not grow with the file")
{
#ifdef __SANITIZE_ADDRESS__
    test_skip("AddressSanitizer keeps what was freed");
    return;
#endif
    long small = flood_kilobytes(edfi_open, "<I>", flood_record, 20000, true), large = flood_kilobytes(edfi_open, "<I>", flood_record, 200000, true); /* 24 MB */

    if (large - small > 4096)
        test_fail(__FILE__, __LINE__, "%ld kB after 20000 records, %ld kB after 200000", small, large);
}
