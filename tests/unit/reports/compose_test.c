#include "reports/compose.h"

#include <string.h>

#include "reports/opendata.h"
#include "tests/unit/scratch.h"

enum { ROOM = 64, YEAR = 2025 };

/* A release that a test fills cell by cell. */
typedef struct Fixture {
    Release         release;
    ReleaseFigure   figure[ROOM];
    ReleaseDecision decision[ROOM];
    ReleaseDelivery delivery[8];
    ReleaseComparison comparison[8];
} Fixture;

static Fixture *fixture_new(Arena *arena)
{
    Fixture *it = arena_alloc(arena, sizeof *it);

    it->release = (Release){.board_no = 99001, .threshold = 5, .board_name = "Stichting De Boom", .certificate = "0123456789abcdef", .instruments = "", .figure = it->figure,
                            .decision = it->decision, .delivery = it->delivery, .comparison = it->comparison, .schools = 4, .pupils = 1000};
    return it;
}

static void decided(Fixture *it, const char *indicator, int year, const char *breakdown, const char *how, const char *reason, Date kept)
{
    it->decision[it->release.n_decisions++] = (ReleaseDecision){year, indicator, breakdown, how, reason, kept};
}

static ReleaseFigure *cell(Fixture *it, const char *indicator, int year, const char *breakdown, int location_no, const char *label, int64_t events, double value)
{
    ReleaseFigure *figure = &it->figure[it->release.n_figures++];

    *figure = (ReleaseFigure){.year = year, .location_no = location_no, .n_members = 1, .indicator = indicator, .breakdown = breakdown, .category = location_no ? "" : label, .label = label,
                              .members = "", .reason = "", .events = events, .denominator = NAN, .value = value, .low = value * 0.8, .high = value * 1.2, .p_change = NAN};
    return figure;
}

/* Totals of two years of an indicator, with how sure the change is. */
static void totals(Fixture *it, const char *indicator, double before, double now, double p, Date kept_before, Date kept_now)
{
    decided(it, indicator, YEAR - 1, "totaal", "released", "", kept_before);
    decided(it, indicator, YEAR, "totaal", "released", "", kept_now);
    cell(it, indicator, YEAR - 1, "totaal", 0, "", (int64_t) (before * 10), before);
    cell(it, indicator, YEAR, "totaal", 0, "", (int64_t) (now * 10), now)->p_change = p;
}

static const Report *composed(Arena *arena, const Fixture *it, const char *edition_name, const char *blocks)
{
    const Place place = checkout_place(arena, NULL);
    const char *text = arena_format(arena, "{\"chapters\": [{\"id\": \"samenvatting\", \"title\": \"Kort\", \"blocks\": [%s]}]}", blocks);
    Edition edition = {.name = edition_name, .audience = edition_name, .title = "Rapport", .years = 3};
    ComposeConfig config;
    ConfigNode root;
    Report *report = report_new(arena);
    Err err = {0};

    if (!compose_config_load(arena, &place, &config, &err) || !config_parse(arena, text, strlen(text), "edition of the test", &root, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    edition.chapters = config_child(&root, "chapters");
    if (!compose_report(arena, &config, &edition, &it->release, YEAR, date_school_year_begin(YEAR + 1), &report, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return report;
}

/* The n-th block of a type. */
static const Block *block_of(const Report *report, BlockType type, int n)
{
    for (const Block *block = report->first ? report->first->first : NULL; block; block = block->next)
        if (block->type == type && n-- == 0)
            return block;
    test_fail(__FILE__, __LINE__, "the report lacks a block of type %d", (int) type);
    return NULL;
}

static bool says(const char *text, const char *what)
{
    return text && strstr(text, what) != NULL;
}

static Date day(const char *iso)
{
    Date date = DATE_NONE;

    CHECK(date_parse_iso(iso, &date));
    return date;
}

static const char pictures[] = "{\"block\": \"chart\", \"indicator\": \"incidenten\", \"breakdown\": \"vorm\", \"chart\": \"bars\"},"
                               "{\"block\": \"chart\", \"indicator\": \"incidenten\", \"breakdown\": \"school\", \"chart\": \"dots\"},"
                               "{\"block\": \"chart\", \"indicator\": \"incidenten\", \"breakdown\": \"school\", \"chart\": \"funnel\"},"
                               "{\"block\": \"chart\", \"indicator\": \"incidenten\", \"breakdown\": \"totaal\", \"chart\": \"years\"},"
                               "{\"block\": \"chart\", \"indicator\": \"incidenten_maand\", \"breakdown\": \"maand\", \"chart\": \"months\"}";
enum { N_PICTURES = 5 };

/* Four schools, two forms, two months, two years. */
static Fixture *whole(Arena *arena, Date kept)
{
    static const char *const schools[] = {"De Beuk", "De Eik", "De Es", "De Wilg"};
    Fixture *it = fixture_new(arena);

    totals(it, "incidenten", 10, 12, 0.5, kept, kept);
    decided(it, "incidenten", YEAR, "school", "released", "", kept);
    decided(it, "incidenten", YEAR, "vorm", "released", "", kept);
    decided(it, "incidenten_maand", YEAR, "maand", "released", "", kept);
    for (int at = 0; at < 4; at++) {
        cell(it, "incidenten", YEAR, "school", at + 1, schools[at], 20 + at, 10 + at);
        it->comparison[it->release.n_comparisons++] = (ReleaseComparison){.indicator = "incidenten", .label = schools[at], .flag = "in", .expected = 20, .ratio = 1 + 0.1 * at, .low95 = 0.5,
                                                                          .high95 = 1.5, .low998 = 0.3, .high998 = 1.9, .p = 1, .above = NAN};
    }
    cell(it, "incidenten", YEAR, "vorm", 0, "Pesten", 70, 7);
    cell(it, "incidenten", YEAR, "vorm", 0, "Vernieling", 50, 5);
    for (int month = 1; month < 3; month++) {
        ReleaseFigure *figure = cell(it, "incidenten_maand", YEAR, "maand", 0, "", 30 + month, 3 + month);
        figure->ord = month;
        figure->category = month == 1 ? "2025-09" : "2025-10";
    }
    return it;
}

TEST("every picture of a table that stands as it was published before says so, and no other does")
{
    ARENA_AUTO arena = arena_new();
    const Report *kept = composed(arena, whole(arena, day("2026-07-03")), "bestuur", pictures), *fresh = composed(arena, whole(arena, DATE_NONE), "bestuur", pictures);

    for (int at = 0; at < N_PICTURES; at++) {
        CHECK(says(block_of(kept, BLOCK_CHART, at)->chart->caption, "stand van 3 juli 2026"));
        CHECK(!says(block_of(fresh, BLOCK_CHART, at)->chart->caption, "stand"));
    }
}

TEST("so do the years, the summary and the trends; only for the years that stand")
{
    static const char blocks[] = "{\"block\": \"summary\", \"lines\": [\"incidenten\", \"klachten\"]}, {\"block\": \"years\", \"indicators\": [\"incidenten\", \"klachten\"], \"title\": \"Jaren\"}";
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    totals(it, "incidenten", 10, 12, 0.5, DATE_NONE, day("2026-07-03"));
    totals(it, "klachten", 2, 3, 0.5, DATE_NONE, DATE_NONE);
    const Report *report = composed(arena, it, "bestuur", blocks);
    CHECK(says(block_of(report, BLOCK_SMALL, 1)->text, "niet verwerkt in incidenten 2025-2026 (stand van 3 juli 2026), omdat"));
    CHECK(says(block_of(report, BLOCK_TABLE, 0)->table->note, "niet verwerkt in incidenten 2025-2026 (stand van 3 juli 2026), omdat"));
    it->decision[1].kept = DATE_NONE;
    report = composed(arena, it, "bestuur", blocks);
    CHECK(!says(block_of(report, BLOCK_TABLE, 0)->table->note, "stand van"));
    ReleaseTrend trend = {.indicator = "incidenten", .method = "quasi-poisson", .reason = "", .first = YEAR - 1, .last = YEAR, .years = 6, .break_on = DATE_NONE, .change = 2, .low = 1, .high = 3, .p = 0.5};
    it->release.trend = &trend;
    it->release.n_trends = 1;
    it->decision[0].kept = day("2025-09-01");
    report = composed(arena, it, "bestuur", "{\"block\": \"trends\", \"indicators\": [\"incidenten\"], \"title\": \"Trends\"}");
    CHECK(says(block_of(report, BLOCK_TABLE, 0)->table->note, "incidenten 2024-2025 (stand van 1 september 2025)"));
}

static const char *change_of(Arena *arena, Date before, Date now, double p)
{
    Fixture *it = fixture_new(arena);

    totals(it, "incidenten", 10, 12, p, before, now);
    return block_of(composed(arena, it, "bestuur", "{\"block\": \"summary\", \"lines\": [\"incidenten\"]}"), BLOCK_LINES, 0)->line[0].text;
}

TEST("a change is claimed only of two years that stand as they were compared")
{
    ARENA_AUTO arena = arena_new();
    Date first = day("2025-09-14"), later = day("2026-07-03");

    CHECK(says(change_of(arena, DATE_NONE, DATE_NONE, 0.005), "dat is hoger dan vorig jaar (10,0)"));
    CHECK(says(change_of(arena, first, later, 0.005), "dat is hoger dan vorig jaar"));
    CHECK(says(change_of(arena, DATE_NONE, later, 0.005), "12,0 per 100 leerlingen; vorig jaar 10,0.")); /* last year was released anew, this year was not */
    CHECK(says(change_of(arena, later, first, 0.005), "; vorig jaar 10,0."));
    CHECK(says(change_of(arena, first, DATE_NONE, (double) NAN), "; vorig jaar 10,0."));
}

TEST("of a year before that was never shown nothing is claimed")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    decided(it, "incidenten", YEAR - 1, "totaal", "withheld", "weinig", DATE_NONE);
    decided(it, "incidenten", YEAR, "totaal", "released", "", DATE_NONE);
    cell(it, "incidenten", YEAR, "totaal", 0, "", 120, 12)->p_change = 0.005;
    const Report *report = composed(arena, it, "bestuur", "{\"block\": \"summary\", \"lines\": [\"incidenten\"]}, {\"block\": \"years\", \"indicators\": [\"incidenten\"], \"title\": \"Jaren\"}");
    CHECK_TEXT(block_of(report, BLOCK_LINES, 0)->line[0].text, "Er zijn 120 incidenten geregistreerd, 12,0 per 100 leerlingen.");
    CHECK_TEXT(block_of(report, BLOCK_LINES, 0)->line[0].certainty, "");
    const ModelTable *table = block_of(report, BLOCK_TABLE, 0)->table;
    CHECK_TEXT(table->cell[table->n_columns * (table->n_rows - 1) + 5].text, "");
}

TEST("the open data say of every cell since when it stands, when newer data are not in it")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Fixture *it = fixture_new(arena);
    const char *path = arena_format(arena, "%s/x.csv", dir.path);
    char *text;
    size_t bytes;
    Err err = {0};

    totals(it, "incidenten", 10, 12, 0.5, DATE_NONE, day("2026-07-03"));
    CHECK(opendata_write(&it->release, path, "Rapport", false, &err));
    CHECK(place_read(arena, path, &text, &bytes, &err));
    CHECK_TEXT(text, "schooljaar,indicator,uitsplitsing,groep,aantal,waarde,laag,hoog,samengevoegd,stand\r\n"
                     "2024-2025,incidenten,totaal,,100,10,8,12,1,\r\n"
                     "2025-2026,incidenten,totaal,,120,12,9.6,14.4,1,2026-07-03\r\n");
    CHECK(place_read(arena, arena_format(arena, "%s-metadata.json", path), &text, &bytes, &err));
    CHECK(says(text, "\"name\": \"stand\"") && says(text, "\"datatype\": \"date\""));
}

static ReleaseComparison *compared(Fixture *it, const char *indicator, const char *label)
{
    ReleaseComparison *one = &it->comparison[it->release.n_comparisons++];

    *one = (ReleaseComparison){.indicator = indicator, .label = label, .flag = "in", .expected = 20, .ratio = 1, .low95 = 0.5, .high95 = 1.5, .low998 = 0.3, .high998 = 1.9, .p = 1, .above = NAN};
    return one;
}

TEST("how a funnel is read is told once, and names are a sentence")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    for (int at = 0; at < 3; at++) {
        ReleaseComparison *one = compared(it, "incidenten", (const char *[]){"De Beuk", "De Eik", "De Es"}[at]);
        one->ratio = 2;
        one->flag = "high998";
    }
    compared(it, "pestincidenten", "De Eik");
    compared(it, "pestincidenten", "De Es");
    const Report *report = composed(arena, it, "bestuur", "{\"block\": \"chart\", \"indicator\": \"incidenten\", \"breakdown\": \"school\", \"chart\": \"funnel\"},"
                                                          "{\"block\": \"chart\", \"indicator\": \"pestincidenten\", \"breakdown\": \"school\", \"chart\": \"funnel\"}");
    const ModelChart *first = block_of(report, BLOCK_CHART, 0)->chart, *second = block_of(report, BLOCK_CHART, 1)->chart;
    CHECK(says(first->caption, "Tussen de binnenste lijnen") && says(first->caption, "Meer dan te verwachten: De Beuk, De Eik en De Es."));
    CHECK(!says(second->caption, "binnenste lijnen") && says(second->caption, arena_format(arena, "staat onder ‘%s’", first->title)));
}

TEST("what is told of periods is called so, in the table as in the chart")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    decided(it, "incidenten_maand", YEAR, "maand", "coarsened", "per_halfjaar", DATE_NONE);
    cell(it, "incidenten_maand", YEAR, "maand", 0, "halfjaar 1", 20, (double) NAN);
    cell(it, "incidenten_maand", YEAR, "maand", 0, "halfjaar 2", 30, (double) NAN)->ord = 1;
    const Report *report = composed(arena, it, "bestuur", "{\"block\": \"chart\", \"indicator\": \"incidenten_maand\", \"breakdown\": \"maand\", \"chart\": \"months\"},"
                                                          "{\"block\": \"table\", \"indicator\": \"incidenten_maand\", \"breakdown\": \"maand\"}");
    CHECK_TEXT(block_of(report, BLOCK_TABLE, 0)->table->title, "Incidenten per periode, 2025-2026");
    CHECK_TEXT(block_of(report, BLOCK_TABLE, 0)->table->cell[0].text, "augustus t/m januari");
    CHECK_TEXT(block_of(report, BLOCK_CHART, 0)->chart->title, "Incidenten per periode: het meest in februari t/m juli");
    CHECK(says(block_of(report, BLOCK_CHART, 0)->chart->caption, "Aantal per periode van zes maanden"));
}

TEST("a trend of too few years has no number that could be read as one")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    ReleaseTrend trend[] = {{.indicator = "schorsingen", .method = "quasi-poisson", .reason = "", .first = 2023, .last = 2025, .years = 3, .break_on = DATE_NONE, .change = -27.5, .low = -98, .high = 2719, .p = 0.5},
                            {.indicator = "klachten", .method = "quasi-poisson", .reason = "", .first = 2019, .last = 2025, .years = 7, .break_on = DATE_NONE, .change = 3.5, .low = -1, .high = 8, .p = 0.5}};

    it->release.trend = trend;
    it->release.n_trends = 2;
    const ModelTable *table = block_of(composed(arena, it, "bestuur", "{\"block\": \"trends\", \"indicators\": [\"schorsingen\", \"klachten\"], \"title\": \"Trends\"}"), BLOCK_TABLE, 0)->table;
    CHECK(says(table->cell[1].text, "te weinig jaren"));
    CHECK_TEXT(table->cell[2].text, ".");
    CHECK(isnan(table->cell[2].number)); /* nor in the spreadsheet */
    CHECK_TEXT(table->cell[3].text, ".");
    CHECK_TEXT(table->cell[5 + 2].text, "+3,5%");
}

TEST("where most places are unknown, no two are named as the ones where it happens")
{
    static const char block[] = "{\"block\": \"concentration\", \"indicator\": \"incidenten\"}";
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    cell(it, "incidenten", YEAR, "plaats", 0, "Plein", 60, 6);
    cell(it, "incidenten", YEAR, "plaats", 0, "Gang", 20, 2);
    cell(it, "incidenten", YEAR, "plaats", 0, "onbekend", 70, 7);
    CHECK(says(block_of(composed(arena, it, "bestuur", block), BLOCK_PARAGRAPH, 0)->text, "Plein en Gang, hebben samen 53% van de incidenten"));
    it->figure[2].events = 100;
    CHECK(says(block_of(composed(arena, it, "bestuur", block), BLOCK_PARAGRAPH, 0)->text, "Van 56% van de incidenten is niet bekend"));
}

TEST("counts without a number of pupils are not headed as a rate, and what was not tested says so")
{
    static const char block[] = "{\"block\": \"years\", \"indicators\": [\"incidenten\"], \"title\": \"Jaren\"}";
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    totals(it, "incidenten", 10, 12, (double) NAN, DATE_NONE, DATE_NONE);
    const ModelTable *table = block_of(composed(arena, it, "bestuur", block), BLOCK_TABLE, 0)->table;
    CHECK_TEXT(table->cell[0].text, "Incidenten (per 100 leerlingen)");
    CHECK_TEXT(table->cell[5].text, ""); /* no year before it */
    CHECK_TEXT(table->cell[6 + 5].text, "niet getoetst");
    it->figure[0].value = it->figure[1].value = (double) NAN;
    table = block_of(composed(arena, it, "bestuur", block), BLOCK_TABLE, 0)->table;
    CHECK_TEXT(table->cell[0].text, "Incidenten (aantal)");
    CHECK_INT(table->n_columns, 3);
}

TEST("one of something is told as one")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    it->delivery[it->release.n_deliveries++] = (ReleaseDelivery){.location = "De Beuk", .kind = "incident", .status = "op tijd", .form = "", .received = day("2026-07-01")};
    it->delivery[it->release.n_deliveries++] = (ReleaseDelivery){.location = "De Beuk", .kind = "enquete", .status = "niet ontvangen", .form = "", .received = DATE_NONE};
    it->release.schools = 1;
    const Report *report = composed(arena, it, "bestuur", "{\"block\": \"summary\", \"lines\": [\"leveringen\"]}");
    CHECK(says(block_of(report, BLOCK_LINES, 0)->line[0].text, "1 van de 1 school leverde de incidentregistratie; 0 van de 1 leverden de vragenlijst."));
    CHECK(says(report->subtitle, "Stichting De Boom: 1 school, 1.000 leerlingen"));
}

TEST("of what was shown in no year there is a sentence, and no table of points")
{
    static const char block[] = "{\"block\": \"years\", \"indicators\": [\"klachten\", \"schorsingen\"], \"title\": \"Jaren\"}";
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    totals(it, "klachten", 3, 4, 0.5, DATE_NONE, DATE_NONE);
    decided(it, "schorsingen", YEAR, "totaal", "withheld", "weinig", DATE_NONE);
    const Report *report = composed(arena, it, "bestuur", block);
    CHECK_INT(block_of(report, BLOCK_TABLE, 0)->table->n_rows, 2);
    CHECK_INT(block_of(report, BLOCK_TABLE, 0)->table->n_columns, 6);
    CHECK_TEXT(block_of(report, BLOCK_PARAGRAPH, 0)->text, "Schorsingen: niet getoond; te weinig waarnemingen.");
    it->release.n_figures = 0;
    it->decision[1].reason = "weinig";
    report = composed(arena, it, "bestuur", block);
    CHECK_TEXT(block_of(report, BLOCK_PARAGRAPH, 0)->text, "Klachten, schorsingen: niet getoond; te weinig waarnemingen.");
    it->release.n_decisions = 0;
    CHECK_TEXT(block_of(composed(arena, it, "bestuur", block), BLOCK_PARAGRAPH, 0)->text, "Jaren: over deze jaren zijn geen gegevens ontvangen.");
}

static void refused(int line, const char *block, const char *message)
{
    ARENA_AUTO arena = arena_new();
    const Place place = checkout_place(arena, NULL);
    const char *text = arena_format(arena, "{\"chapters\": [{\"id\": \"a\", \"title\": \"A\", \"blocks\": [%s]}]}", block);
    Edition edition = {.name = "bestuur", .audience = "bestuur", .title = "Rapport", .years = 3};
    ComposeConfig config;
    ConfigNode root;
    Report *report;
    Err err = {0};

    CHECK(compose_config_load(arena, &place, &config, &err) && config_parse(arena, text, strlen(text), "edition.json", &root, &err));
    edition.chapters = config_child(&root, "chapters");
    if (compose_report(arena, &config, &edition, &fixture_new(arena)->release, YEAR, date_school_year_begin(YEAR + 1), &report, &err))
        test_fail(__FILE__, line, "was taken");
    else if (err.kind != ERR_CONFIG || !strstr(err.text, message))
        test_fail(__FILE__, line, "\"%s\" lacks \"%s\"", err.text, message);
}

TEST("a block that is unknown, or that has what it does not know, is refused with its place")
{
    static const char *const bare[] = {"definitions", "deliveries", "breaks", "withheld", "goals", "method", "certificate", "attention"};

    refused(__LINE__, "{\"block\": \"taart\"}", "edition.json: chapters[0].blocks[0].block: \"taart\" is none of: summary attention years");
    for (size_t at = 0; at < sizeof bare / sizeof *bare; at++) {
        ARENA_AUTO arena = arena_new();
        refused(__LINE__, arena_format(arena, "{\"block\": \"%s\", \"kleur\": 1}", bare[at]), "unknown key \"kleur\"");
    }
    refused(__LINE__, "{\"block\": \"years\", \"indicators\": [\"geluk\"], \"title\": \"T\"}", "no indicator \"geluk\"");
    refused(__LINE__, "{\"block\": \"chart\", \"indicator\": \"incidenten\", \"breakdown\": \"school\", \"chart\": \"taart\"}", "is none of: years months bars dots funnel");
}

TEST("a board's own edition takes the place of ours, but not for another audience")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Edition edition = {0};
    Err err = {0};

    scratch_text(arena, &dir, "own/editions/gmr.json", "{\"edition\": \"gmr\", \"audience\": \"gmr\", \"title\": \"Voor de raad\", \"years\": 2, \"wide\": true, \"chapters\": []}");
    scratch_text(arena, &dir, "own/editions/inspectie.json", "{\"edition\": \"inspectie\", \"audience\": \"bestuur\", \"title\": \"T\", \"years\": 2, \"wide\": false, \"chapters\": []}");
    Place place = checkout_place(arena, arena_format(arena, "%s/own", dir.path));
    CHECK(compose_edition_load(arena, &place, "gmr", &edition, &err));
    CHECK_TEXT(edition.title, "Voor de raad");
    CHECK(compose_edition_load(arena, &place, "bestuur", &edition, &err));
    CHECK_TEXT(edition.title, "Veiligheidsrapportage");
    CHECK(!compose_edition_load(arena, &place, "inspectie", &edition, &err) && err.kind == ERR_CONFIG);
    CHECK(strstr(err.text, "this file is edition \"inspectie\" of audience \"inspectie\""));
}
