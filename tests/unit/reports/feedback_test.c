#include "reports/feedback.h"

#include <string.h>

#include "ingest/rule.h"
#include "tests/unit/scratch.h"

static FeedbackWords *words_of(Arena *arena)
{
    const Place place = checkout_place(arena, NULL);
    FeedbackWords *words;
    Err err = {0};

    if (!feedback_words_load(arena, &place, &words, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return words;
}

static char *csv_of(Arena *arena, const FeedbackWords *words, const Feedback *feedback)
{
    SCRATCH_AUTO scratch = scratch_new();
    char *path = scratch_path(arena, &scratch, "lijst.csv"), *text = NULL;
    size_t bytes;
    Err err = {0};

    if (!feedback_csv_write(words, feedback, path, &err) || !place_read(arena, path, &text, &bytes, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return text;
}

/* The text of the first block of that type in a chapter; "" when there is none. */
static const char *text_in(const Report *report, const char *chapter_id, BlockType type)
{
    for (const Chapter *chapter = report->first; chapter; chapter = chapter->next)
        for (const Block *block = chapter->first; strcmp(chapter->id, chapter_id) == 0 && block; block = block->next)
            if (block->type == type)
                return block->text;
    return "";
}

static bool says(const Report *report, const char *chapter_id, const char *text)
{
    for (const Chapter *chapter = report->first; chapter; chapter = chapter->next)
        for (const Block *block = chapter->first; strcmp(chapter->id, chapter_id) == 0 && block; block = block->next)
            if (block->text && strcmp(block->text, text) == 0)
                return true;
    return false;
}

TEST("every rule of ingest has a Dutch text in the edition, and the edition has no other")
{
    ARENA_AUTO arena = arena_new();
    FeedbackWords *words = words_of(arena);
    const Place place = checkout_place(arena, NULL);
    ConfigNode root;
    Err err = {0};

    for (int rule = RULE_NONE + 1; rule < RULE_COUNT; rule++)
        if (!feedback_words_rule(words, rule_id((Rule) rule)))
            test_fail(__FILE__, __LINE__, "config/editions/school.json has no text for rule %s", rule_id((Rule) rule));
    CHECK(!feedback_words_rule(words, "geen.regel"));
    CHECK(config_load(arena, arena_format(arena, "%s/editions/school.json", place.config), &root, &err));
    const char *id;
    json_t *texts;
    json_object_foreach(json_object_get(root.json, "rules"), id, texts)
        if (rule_find(id) == RULE_NONE)
            test_fail(__FILE__, __LINE__, "config/editions/school.json has a text for %s, which is no rule", id);
}

TEST("a text that is missing, unknown or no text is refused with its place")
{
    static const struct { const char *from, *to, *want; } change[] = {
        {"\"verwacht.niets\"", "\"verwacht.iets\"", "verwacht."}, {"\"rows_shown\": 200", "\"rows_shown\": 0", "rows_shown"},
        {"\"hele_rij\": \"hele rij\"", "\"hele_rij\": 3", "hele_rij"}, {"\"doe\": \"vul de cel in\"", "\"dus\": \"vul de cel in\"", "waarde.ontbreekt"}};
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO scratch = scratch_new();
    const Place shipped = checkout_place(arena, NULL);
    char *text;
    size_t bytes;
    Err err = {0};

    CHECK(place_read(arena, arena_format(arena, "%s/editions/school.json", shipped.config), &text, &bytes, &err));
    for (size_t at = 0; at < sizeof change / sizeof *change; at++) {
        const char *found = strstr(text, change[at].from);
        CHECK(found);
        if (!found)
            continue;
        scratch_text(arena, &scratch, "config/editions/school.json",
                     arena_format(arena, "%.*s%s%s", (int) (found - text), text, change[at].to, found + strlen(change[at].from)));
        const Place changed = {.config = arena_format(arena, "%s/config", scratch.path)};
        FeedbackWords *words;
        Err told = {0};
        CHECK(!feedback_words_load(arena, &changed, &words, &told));
        CHECK_INT(told.kind, ERR_CONFIG);
        if (!strstr(told.text, change[at].want))
            test_fail(__FILE__, __LINE__, "\"%s\" does not name %s", told.text, change[at].want);
    }
}

TEST("the list: a mark for Excel, semicolons, letters of columns, and no cell is a formula")
{
    ARENA_AUTO arena = arena_new();
    FeedbackReject reject[] = {{3, 28, "=1+1", "code.onbekend", false}, {9, 0, "rij", "oude;\"regel\"", true}};
    FeedbackDelivery delivery[] = {{.delivery_no = 1, .kind = "incident", .replaced_by = 2, .reject = reject, .n_rejects = 2},
                                   {.delivery_no = 2, .kind = "@soort", .form = "f", .received = 0, .rejected = 1, .reject = reject, .n_rejects = 2, .n_findings = 1}};
    Feedback feedback = {.delivery = delivery, .n_deliveries = 2};

    CHECK_TEXT(csv_of(arena, words_of(arena), &feedback),
               "\xef\xbb\xbf" "bestand;soort;ontvangen op;rij;kolom;kolomletter;veld;uitkomst;regel;wat is er mis;wat kunt u doen\r\n"
               "1;\"'@soort\";1970-01-01;3;28;\"AB\";\"'=1+1\";\"niet ingelezen\";\"code.onbekend\";\"wat hier staat, komt niet voor in de lijst van het formulier\";\"kies een woord of cijfer uit de lijst\"\r\n"
               "1;\"'@soort\";1970-01-01;9;;\"\";\"hele rij\";\"ingelezen, graag nakijken\";\"oude;\"\"regel\"\"\";\"deze rij voldoet niet aan de regel ‘oude;\"\"regel\"\"’\";\"vraag het bestuur wat deze regel betekent\"\r\n");
}

TEST("a month is asked about when it is over, was delivered, had school days and has nothing")
{
    ARENA_AUTO arena = arena_new();
    FeedbackWords *words = words_of(arena);
    Date first, made_on;
    FeedbackMonth month[6];

    CHECK(date_parse_iso("2025-10-01", &first) && date_parse_iso("2026-03-15", &made_on));
    for (size_t at = 0; at < 6; at++, first = date_month_next(first)) /* October to March */
        month[at] = (FeedbackMonth){first, 18, true, false};
    Feedback feedback = {.code = "00AA00", .name = "School", .place = "", .month = month, .n_months = 6};
    CHECK_TEXT(text_in(feedback_compose(arena, words, &feedback, 2025, made_on), "maanden", BLOCK_PARAGRAPH), "In oktober, november, december, januari en februari is niets geregistreerd. Klopt dat?");
    month[0].registered = true;
    month[1].open_days = 4; /* a few days are no month to ask about */
    month[2].open_days = 0;
    month[3].covered = false;
    CHECK_TEXT(text_in(feedback_compose(arena, words, &feedback, 2025, made_on), "maanden", BLOCK_PARAGRAPH), "In februari is niets geregistreerd. Klopt dat?");
    CHECK(says(feedback_compose(arena, words, &feedback, 2025, made_on), "maanden", "Over januari is nog geen incidentregistratie binnen. Een nieuw bestand met het hele schooljaar vult dat aan."));
    month[4].registered = true;
    CHECK_TEXT(text_in(feedback_compose(arena, words, &feedback, 2025, made_on), "maanden", BLOCK_PARAGRAPH), "In elke maand met schooldagen waarover is geleverd, is iets geregistreerd.");
    month[4].open_days = -1;
    CHECK_TEXT(text_in(feedback_compose(arena, words, &feedback, 2025, made_on), "maanden", BLOCK_PARAGRAPH),
               "Van uw school is de vakantieregeling niet bekend. Daarom is niet gekeken naar maanden zonder registratie.");
    for (size_t at = 0; at < 6; at++)
        month[at].covered = false;
    CHECK_TEXT(text_in(feedback_compose(arena, words, &feedback, 2025, made_on), "maanden", BLOCK_PARAGRAPH), "");
}
