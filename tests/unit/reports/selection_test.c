#include "reports/selection.h"

#include <string.h>

#include "tests/unit/scratch.h"

enum { YEAR = 2025, OURS = 7, ROOM = 40 };

/* A release of four schools to gmr. Of incidents ours stands by itself; of bullied pupils it is in the remainder; pest incidents are withheld by school; of welbevinden it has nothing. */
typedef struct Fixture {
    Release         release;
    ReleaseFigure   figure[ROOM];
    ReleaseDecision decision[ROOM];
    ReleaseGoal     goal[4];
    ReleaseDelivery delivery[4];
    ReleaseComparison comparison[2];
} Fixture;

static const ReleaseSchool ours = {OURS, "99AA00", "De Beuk", "", 210};

static ReleaseFigure *cell(Fixture *it, const char *indicator, int year, const char *breakdown, int location_no, int64_t events, double value)
{
    ReleaseFigure *figure = &it->figure[it->release.n_figures++];

    *figure = (ReleaseFigure){.year = year, .location_no = location_no, .n_members = 1, .indicator = indicator, .breakdown = breakdown, .category = "", .label = "", .members = "", .reason = "",
                              .events = events, .denominator = NAN, .value = value, .low = value / 2, .high = value * 2, .p_change = NAN};
    return figure;
}

static void remainder_of(Fixture *it, const char *indicator, int year, const char *members, int n, int64_t events, double value)
{
    ReleaseFigure *figure = cell(it, indicator, year, "school", 0, events, value);

    figure->category = "*";
    figure->members = members;
    figure->n_members = n;
}

static void decided(Fixture *it, const char *indicator, int year, const char *breakdown, const char *how)
{
    it->decision[it->release.n_decisions++] = (ReleaseDecision){year, indicator, breakdown, how, "", DATE_NONE};
}

static Fixture *fixture_new(Arena *arena)
{
    static const char *const indicators[] = {"incidenten", "gepest", "pestincidenten", "welbevinden", "schorsingen"};
    Fixture *it = arena_alloc(arena, sizeof *it);

    it->release = (Release){.board_no = 99001, .threshold = 10, .board_name = "Stichting De Boom", .certificate = "0123456789abcdef", .instruments = "", .figure = it->figure, .decision = it->decision,
                            .goal = it->goal, .delivery = it->delivery, .comparison = it->comparison, .schools = 4, .pupils = 1000};
    for (int year = YEAR - 3; year <= YEAR; year++) {
        for (size_t at = 0; at < sizeof indicators / sizeof *indicators; at++) {
            decided(it, indicators[at], year, "totaal", "released");
            cell(it, indicators[at], year, "totaal", 0, 100 + year - YEAR, 10);
        }
        decided(it, "incidenten", year, "school", "coarsened");
        cell(it, "incidenten", year, "school", OURS, 40 + year - YEAR, 19);
    }
    cell(it, "incidenten", YEAR, "school", 8, 30, 15);
    remainder_of(it, "incidenten", YEAR, "70,77,107", 3, 30, 5);
    decided(it, "gepest", YEAR, "school", "coarsened");
    cell(it, "gepest", YEAR, "school", 8, 90, 12);
    remainder_of(it, "gepest", YEAR, "70,7,107", 3, 110, 11);
    decided(it, "pestincidenten", YEAR, "school", "withheld");
    decided(it, "welbevinden", YEAR, "school", "released");
    cell(it, "welbevinden", YEAR, "school", 8, 90, 3.2);
    cell(it, "incidenten", YEAR, "vorm", 0, 60, 6)->category = "fysiek";
    it->goal[it->release.n_goals++] = (ReleaseGoal){.location = "Bestuur", .indicator = "incidenten", .owner = "", .status = "achter", .reason = "", .office = true, .location_no = 1};
    it->goal[it->release.n_goals++] = (ReleaseGoal){.location = "De Beuk", .indicator = "incidenten", .owner = "", .status = "achter", .reason = "", .location_no = OURS};
    it->goal[it->release.n_goals++] = (ReleaseGoal){.location = "De Es", .indicator = "incidenten", .owner = "", .status = "achter", .reason = "", .location_no = 8};
    it->delivery[it->release.n_deliveries++] = (ReleaseDelivery){.location = "Bestuur", .kind = "klacht", .status = "op tijd", .form = "", .office = true, .received = 1, .location_no = 1};
    it->delivery[it->release.n_deliveries++] = (ReleaseDelivery){.location = "De Beuk", .kind = "incident", .status = "op tijd", .form = "", .received = 20600, .location_no = OURS};
    it->delivery[it->release.n_deliveries++] = (ReleaseDelivery){.location = "De Es", .kind = "incident", .status = "te laat", .form = "", .received = 20700, .location_no = 8};
    it->comparison[it->release.n_comparisons++] = (ReleaseComparison){.indicator = "incidenten", .label = "De Es", .flag = "high998", .expected = 20, .ratio = 3};
    return it;
}

static Edition edition_of(Arena *arena, const char *name, EditionScope scope, const char *blocks)
{
    const char *text = arena_format(arena, "{\"chapters\": [{\"id\": \"samenvatting\", \"title\": \"Kort\", \"blocks\": [%s]}]}", blocks);
    Edition edition = {.name = name, .audience = "gmr", .title = "Sociale veiligheid", .years = 3, .wide = true, .scope = scope};
    ConfigNode root;
    Err err = {0};

    CHECK(config_parse(arena, text, strlen(text), "edition of the test", &root, &err));
    edition.chapters = config_child(&root, "chapters");
    return edition;
}

static const char own_blocks[] = "{\"block\": \"school_summary\", \"lines\": [\"incidenten\", \"gepest\"]}, {\"block\": \"school_years\", \"indicators\": [\"pestincidenten\", \"welbevinden\"], \"title\": \"T\"}";

static size_t figures_like(const Release *part, const char *indicator, const char *breakdown)
{
    size_t n = 0;

    for (size_t at = 0; at < part->n_figures; at++)
        n += strcmp(part->figure[at].indicator, indicator) == 0 && strcmp(part->figure[at].breakdown, breakdown) == 0;
    return n;
}

static const ReleaseOwn *own_of(const Release *part, const char *indicator, int year)
{
    for (size_t at = 0; at < part->n_own; at++)
        if (part->own[at].year == year && strcmp(part->own[at].indicator, indicator) == 0)
            return &part->own[at];
    return NULL;
}

TEST("an edition about a school holds its own cells and the board's totals; no remainder, no other school, nothing that is not asked for")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    Edition edition = edition_of(arena, "mr", EDITION_SCHOOL, own_blocks);
    Release part;

    selection_make(arena, &edition, &it->release, &ours, YEAR, &part);
    CHECK_INT(figures_like(&part, "incidenten", "school"), 3); /* the years of the edition */
    CHECK_INT(figures_like(&part, "incidenten", "totaal"), 3);
    CHECK_INT(figures_like(&part, "gepest", "school"), 0);
    CHECK_INT(figures_like(&part, "gepest", "totaal"), 3);
    CHECK_INT(figures_like(&part, "welbevinden", "school"), 0);
    CHECK_INT(figures_like(&part, "incidenten", "vorm") + figures_like(&part, "schorsingen", "totaal"), 0);
    for (size_t at = 0; at < part.n_figures; at++) {
        CHECK(part.figure[at].location_no == 0 ? strcmp(part.figure[at].breakdown, "totaal") == 0 : part.figure[at].location_no == OURS);
        CHECK_INT(part.figure[at].n_members, 1);
    }
    for (size_t at = 0; at < part.n_decisions; at++)
        CHECK(part.decision[at].year > YEAR - 3 && strcmp(part.decision[at].indicator, "schorsingen") != 0);
    CHECK(part.school == &ours);
}

TEST("a cell that holds more than the school alone, or goes by another name, is not its own")
{
    ARENA_AUTO arena = arena_new();
    Edition edition = edition_of(arena, "mr", EDITION_SCHOOL, own_blocks);

    for (int how = 0; how < 3; how++) {
        Fixture *it = fixture_new(arena);
        Release part;
        for (size_t at = 0; at < it->release.n_figures; at++) {
            ReleaseFigure *figure = &it->figure[at];
            if (figure->location_no != OURS)
                continue;
            figure->n_members = how == 0 ? 2 : 1;
            figure->members = how == 1 ? "7" : "";
            figure->category = how == 2 ? "*" : "";
        }
        selection_make(arena, &edition, &it->release, &ours, YEAR, &part);
        CHECK_INT(figures_like(&part, "incidenten", "school"), 0);
        CHECK(own_of(&part, "incidenten", YEAR)->state != OWN_SHOWN);
    }
}

TEST("how the school stands in each table is known: by itself, in a remainder of so many, withheld, or not at all")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    Edition edition = edition_of(arena, "mr", EDITION_SCHOOL, own_blocks);
    Release part;

    selection_make(arena, &edition, &it->release, &ours, YEAR, &part);
    CHECK_INT(own_of(&part, "incidenten", YEAR)->state, OWN_SHOWN);
    CHECK_INT(own_of(&part, "gepest", YEAR)->state, OWN_MERGED);
    CHECK_INT(own_of(&part, "gepest", YEAR)->n_members, 3);
    CHECK_INT(own_of(&part, "pestincidenten", YEAR)->state, OWN_WITHHELD);
    CHECK_INT(own_of(&part, "welbevinden", YEAR)->state, OWN_ABSENT);
    CHECK(!own_of(&part, "incidenten", YEAR - 3));
    /* nobody delivered: there is no such table */
    for (size_t at = 0; at < it->release.n_decisions; at++)
        if (strcmp(it->decision[at].indicator, "welbevinden") == 0)
            it->decision[at].year = 2000;
    selection_make(arena, &edition, &it->release, &ours, YEAR, &part);
    CHECK_INT(own_of(&part, "welbevinden", YEAR)->state, OWN_ABSENT);
    /* 7 is not 70, 77 or 107 */
    for (size_t at = 0; at < it->release.n_figures; at++)
        if (it->figure[at].location_no == OURS && it->figure[at].year == YEAR)
            it->figure[at].location_no = 9;
    selection_make(arena, &edition, &it->release, &ours, YEAR, &part);
    CHECK_INT(own_of(&part, "incidenten", YEAR)->state, OWN_ABSENT);
}

TEST("goals are the board's and the school's, deliveries too; nobody is compared")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    Edition school = edition_of(arena, "mr", EDITION_SCHOOL, own_blocks), board = edition_of(arena, "openbaar", EDITION_BOARD, "{\"block\": \"years\", \"indicators\": [\"incidenten\"], \"title\": \"T\"}");
    Release part;

    selection_make(arena, &school, &it->release, &ours, YEAR, &part);
    CHECK_INT(part.n_goals, 2);
    CHECK_TEXT(part.goal[1].location, "De Beuk");
    CHECK_INT(part.n_deliveries, 2);
    CHECK_INT(part.n_comparisons, 0);
    selection_make(arena, &board, &it->release, NULL, YEAR, &part);
    CHECK_INT(part.n_goals, 1);
    CHECK(part.goal[0].office);
    CHECK_INT(part.n_deliveries, 3); /* how many came; of names the blocks decide */
    CHECK_INT(part.n_comparisons, 0);
    CHECK_INT(part.n_own, 0);
}

TEST("an edition about the board holds the tables that it asks for, and one for all readers of an audience holds everything")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    Edition board = edition_of(arena, "openbaar", EDITION_BOARD, "{\"block\": \"years\", \"indicators\": [\"incidenten\"], \"title\": \"T\"}, {\"block\": \"table\", \"indicator\": \"incidenten\", \"breakdown\": \"vorm\"}");
    Edition all = edition_of(arena, "gmr", EDITION_ALL, "{\"block\": \"years\", \"indicators\": [\"incidenten\"], \"title\": \"T\"}");
    Release part;

    selection_make(arena, &board, &it->release, NULL, YEAR, &part);
    CHECK_INT(part.n_figures, 4); /* three years and a form */
    CHECK_INT(figures_like(&part, "incidenten", "vorm"), 1);
    selection_make(arena, &all, &it->release, NULL, YEAR, &part);
    CHECK_INT(part.n_figures, it->release.n_figures);
    CHECK_INT(part.n_goals, it->release.n_goals);
    CHECK_INT(part.n_decisions, it->release.n_decisions);
}

/* -- and what the page says of it ------------------------------------------------------------------ */

static const Report *page_of(Arena *arena, const Fixture *it, const char *blocks)
{
    const Place place = checkout_place(arena, NULL);
    Edition edition = edition_of(arena, "mr", EDITION_SCHOOL, blocks);
    ComposeConfig config;
    Release part;
    Report *report = report_new(arena);
    Err err = {0};

    selection_make(arena, &edition, &it->release, &ours, YEAR, &part);
    if (!compose_config_load(arena, &place, &config, &err) || !compose_report(arena, &config, &edition, &part, YEAR, date_school_year_begin(YEAR + 1), &report, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return report;
}

static const Block *block_of(const Report *report, BlockType type, int n)
{
    for (const Block *block = report->first ? report->first->first : NULL; block; block = block->next)
        if (block->type == type && n-- == 0)
            return block;
    return NULL;
}

TEST("the school is told beside the board, and what it has no figure of is named")
{
    ARENA_AUTO arena = arena_new();
    const Report *report = page_of(arena, fixture_new(arena), "{\"block\": \"school_summary\", \"lines\": [\"incidenten\", \"gepest\", \"welbevinden\"]}");
    const Block *lines = block_of(report, BLOCK_LINES, 0);

    CHECK_TEXT(report->subtitle, "De Beuk (99AA00): 210 leerlingen op 1 oktober 2025. Onderdeel van Stichting De Boom. Voor de medezeggenschapsraad (MR), opgemaakt op 1 augustus 2026.");
    CHECK_TEXT(report->footer, "De Beuk · Sociale veiligheid 2025-2026");
    CHECK(lines && lines->n_lines == 2);
    CHECK_TEXT(lines->line[0].text, "Onze school registreerde 40 incidenten, 19,0 per 100 leerlingen (alle scholen samen: 10,0); vorig jaar 19,0.");
    CHECK_TEXT(lines->line[1].text, "Geen eigen cijfer van onze school: gepeste leerlingen en welbevinden. Onder ‘Wat staat er niet?’ leest u waarom.");
    CHECK(!block_of(report, BLOCK_NOTE, 0));
}

TEST("a school without any figure of its own is told so, and reads those of the board as the board's")
{
    ARENA_AUTO arena = arena_new();
    const Report *report = page_of(arena, fixture_new(arena), "{\"block\": \"school_summary\", \"lines\": [\"gepest\", \"pestincidenten\", \"welbevinden\"]}");

    CHECK(strstr(block_of(report, BLOCK_NOTE, 0)->text, "Van onze school staan hier geen eigen cijfers. Onder ‘Wat staat er niet?’ leest u waarom."));
    CHECK(strstr(block_of(report, BLOCK_LINES, 0)->line[0].text, "10% van de leerlingen zegt op school gepest te worden"));
    CHECK_INT(block_of(report, BLOCK_LINES, 0)->n_lines, 2); /* of welbevinden the board has no sentence */
}

TEST("why a figure is not there is said by kind, with how many schools it is together with")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    const char *blocks = arena_format(arena, "%s, {\"block\": \"school_hidden\"}", own_blocks);
    const Report *report = page_of(arena, it, blocks);
    const Block *why = block_of(report, BLOCK_LINES, 1);

    CHECK(why && why->n_lines == 3);
    CHECK_TEXT(why->line[0].text, "Dit schooljaar samengenomen met andere scholen: gepeste leerlingen (met 2 andere scholen).");
    CHECK_TEXT(why->line[1].text, "Dit schooljaar voor geen enkele school apart getoond: pestincidenten.");
    CHECK_TEXT(why->line[2].text, "Van onze school zijn er dit schooljaar geen gegevens over: welbevinden.");
    CHECK(strstr(block_of(report, BLOCK_PARAGRAPH, 1)->text, "ten minste 10 leerlingen of incidenten"));
    report = page_of(arena, it, "{\"block\": \"school_years\", \"indicators\": [\"incidenten\"], \"title\": \"T\"}, {\"block\": \"school_hidden\"}");
    CHECK_TEXT(block_of(report, BLOCK_PARAGRAPH, 0)->text, "Van onze school staat alles er wat in dit overzicht hoort.");
}

TEST("over the years the school stands beside the board; a year that is hidden has a word for it, and what is never shown is a sentence")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    for (size_t at = 0; at < it->release.n_figures; at++)
        if (it->figure[at].location_no == OURS && it->figure[at].year == YEAR - 1)
            it->figure[at].location_no = 9;
    const Report *report = page_of(arena, it, "{\"block\": \"school_years\", \"indicators\": [\"incidenten\", \"pestincidenten\"], \"title\": \"T\"}");
    const ModelTable *table = block_of(report, BLOCK_TABLE, 0)->table;
    CHECK_INT(table->n_rows, 3);
    CHECK_INT(table->n_columns, 7);
    CHECK_TEXT(table->cell[7 * 1 + 2].text, "geen gegevens");
    CHECK_TEXT(table->cell[7 * 2 + 2].text, "19,0");
    CHECK_TEXT(table->cell[7 * 2 + 3].text, "10,0");
    CHECK_TEXT(table->cell[7 * 2 + 4].text, "40");
    CHECK_TEXT(table->cell[7 * 2 + 5].text, "9,5 – 38,0");
    CHECK_TEXT(block_of(report, BLOCK_PARAGRAPH, 0)->text, "Niet apart van onze school, wel van alle scholen van het bestuur samen: pestincidenten (10,0 per 100 leerlingen).");
    report = page_of(arena, it, "{\"block\": \"school_years\", \"indicators\": [\"welbevinden\", \"gepest\"], \"title\": \"T\"}");
    CHECK_TEXT(block_of(report, BLOCK_PARAGRAPH, 0)->text, "Niet apart van onze school, wel van alle scholen van het bestuur samen: welbevinden (10,00; schaal 1 tot 4) en gepeste leerlingen (10%).");
    it->release.n_figures = 0;
    report = page_of(arena, it, "{\"block\": \"school_years\", \"indicators\": [\"incidenten\"], \"title\": \"T\"}");
    CHECK(!block_of(report, BLOCK_TABLE, 0));
    CHECK_TEXT(block_of(report, BLOCK_PARAGRAPH, 0)->text, "T: over deze jaren zijn geen gegevens ontvangen.");
}

TEST("a table that stands as it was published before says so for the school too")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    Date day;

    CHECK(date_parse_iso("2026-07-03", &day));
    for (size_t at = 0; at < it->release.n_decisions; at++)
        if (it->decision[at].year == YEAR && strcmp(it->decision[at].indicator, "incidenten") == 0 && strcmp(it->decision[at].breakdown, "school") == 0)
            it->decision[at].kept = day;
    const Report *report = page_of(arena, it, "{\"block\": \"school_summary\", \"lines\": [\"incidenten\"]}, {\"block\": \"school_years\", \"indicators\": [\"incidenten\"], \"title\": \"T\"}, {\"block\": \"school_chart\", \"indicator\": \"incidenten\"}");
    CHECK(strstr(block_of(report, BLOCK_SMALL, 0)->text, "incidenten 2025-2026 (stand van 3 juli 2026)"));
    CHECK(strstr(block_of(report, BLOCK_TABLE, 0)->table->note, "incidenten 2025-2026 (stand van 3 juli 2026)"));
    CHECK(strstr(block_of(report, BLOCK_CHART, 0)->chart->caption, "incidenten 2025-2026 (stand van 3 juli 2026)"));
    CHECK_NEAR(block_of(report, BLOCK_CHART, 0)->chart->point[2].before, 10, 1e-12);
    CHECK(!strstr(block_of(report, BLOCK_TABLE, 0)->table->note, "ontvangen tot en met")); /* beside the board's: the day of the school's own delivery would not be theirs */
}

TEST("what the school delivered is its own table, without that of others")
{
    ARENA_AUTO arena = arena_new();
    const Report *report = page_of(arena, fixture_new(arena), "{\"block\": \"school_deliveries\"}");
    const ModelTable *table = block_of(report, BLOCK_TABLE, 0)->table;

    CHECK_INT(table->n_rows, 1);
    CHECK_TEXT(table->cell[0].text, "Incidenten");
    CHECK_TEXT(table->cell[1].text, "op tijd");
}

TEST("words that GMR, MR and parents do not read are replaced in every wide edition, a board's own words too")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Fixture *it = fixture_new(arena);
    Release part;

    scratch_text(arena, &dir, "own/wording.json", "{\"texts\": {}, \"replace\": {\"gmr\": {\"gedrag\": \"doen en laten\"}, \"mr\": {\"laten\": \"niet doen\"}, \"bestuur\": {\"doen\": \"x\"}}}");
    it->release.instruments = "gepest, seksuele intimidatie";
    for (int own = 0; own < 2; own++) {
        const Place place = checkout_place(arena, own ? arena_format(arena, "%s/own", dir.path) : NULL);
        Edition edition = edition_of(arena, "mr", EDITION_SCHOOL, "{\"block\": \"definitions\"}");
        ComposeConfig config;
        Report *report = report_new(arena);
        Err err = {0};
        selection_make(arena, &edition, &it->release, &ours, YEAR, &part);
        CHECK(compose_config_load(arena, &place, &config, &err) && compose_report(arena, &config, &edition, &part, YEAR, date_school_year_begin(YEAR + 1), &report, &err));
        const char *text = block_of(report, BLOCK_PARAGRAPH, 0)->text;
        CHECK(strstr(text, own ? "gepest, grensoverschrijdend doen en niet doen" : "gepest, grensoverschrijdend gedrag"));
        edition.wide = false;
        report = report_new(arena);
        CHECK(compose_report(arena, &config, &edition, &part, YEAR, date_school_year_begin(YEAR + 1), &report, &err));
        CHECK(strstr(block_of(report, BLOCK_PARAGRAPH, 0)->text, "seksuele intimidatie"));
    }
}

TEST("the edition of one school is made of the release to gmr and of no other")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Edition edition = {0};
    Err err = {0};

    scratch_text(arena, &dir, "own/editions/mr.json", "{\"edition\": \"mr\", \"audience\": \"bestuur\", \"title\": \"T\", \"years\": 2, \"wide\": true, \"chapters\": []}");
    Place place = checkout_place(arena, NULL), own = checkout_place(arena, arena_format(arena, "%s/own", dir.path));
    CHECK(compose_edition_load(arena, &place, "mr", &edition, &err));
    CHECK_TEXT(edition.audience, "gmr");
    CHECK_INT(edition.scope, EDITION_SCHOOL);
    CHECK(edition.wide);
    CHECK(compose_edition_load(arena, &place, "openbaar", &edition, &err));
    CHECK_TEXT(edition.audience, "openbaar");
    CHECK_INT(edition.scope, EDITION_BOARD);
    CHECK(!compose_edition_load(arena, &own, "mr", &edition, &err) && err.kind == ERR_CONFIG);
    CHECK(strstr(err.text, "this file is edition \"mr\" of audience \"gmr\""));
}
