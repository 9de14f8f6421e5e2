#include "reports/bulletin.h"

#include <string.h>

#include "tests/unit/scratch.h"

enum { MONTHS = 24 };

/* Two years of months; of the last year the first `reported` were delivered and have a limit, as far as there were school days. */
static Report *bulletin_of(Arena *arena, int reported)
{
    const Place place = checkout_place(arena, NULL);
    BulletinMonth *month = arena_array(arena, MONTHS, sizeof *month);
    Bulletin bulletin = {.code = "99AA00", .name = "De Proef", .place = "", .board_name = "Bestuur", .month = {month, month}, .n_months = {MONTHS, MONTHS}, .before = DATE_NONE, .likely_on = DATE_NONE};
    AlarmWords *words;
    Err err = {0};
    Date day = date_school_year_begin(2024);

    for (int at = 0; at < MONTHS; at++, day = date_month_next(day)) {
        bool there = at < 12 + reported, closed = at % 12 == 11;
        month[at] = (BulletinMonth){.month = day, .observed = there ? 2 : 0, .reported = there && !closed, .expected = there && at >= 12 ? 2.5 : (double) NAN,
                                    .upper = there && at >= 12 && !closed ? 6 : (double) NAN, .complete = 1, .status = closed ? "no_exposure" : there ? "" : "missing"};
    }
    if (!alarm_words_load(arena, &place, &words, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return bulletin_compose(arena, words, &bulletin, 2025, date_school_year_begin(2026));
}

static const char *first_text(const Report *report)
{
    return report->first->first->text;
}

static const char *chart_title(const Report *report, const char *chapter_id)
{
    for (const Chapter *chapter = report->first; chapter; chapter = chapter->next)
        for (const Block *block = chapter->first; strcmp(chapter->id, chapter_id) == 0 && block; block = block->next)
            if (block->type == BLOCK_CHART)
                return block->chart->title;
    return "";
}

TEST("a school that delivered nothing gets no all-clear, on the page or above the chart")
{
    ARENA_AUTO arena = arena_new();
    const Report *report = bulletin_of(arena, 0);

    CHECK(strstr(first_text(report), "Over de laatste twaalf maanden is niets te zeggen") != NULL);
    CHECK(strstr(first_text(report), "te verwachten was") == NULL);
    CHECK_TEXT(chart_title(report, "incidenten"), "Incidenten: de laatste twaalf maanden zijn niet te beoordelen");
}

TEST("of a school that delivered a part it is said how many months could be judged")
{
    ARENA_AUTO arena = arena_new();
    const Report *report = bulletin_of(arena, 3), *one = bulletin_of(arena, 1);

    CHECK_TEXT(first_text(report), "Van de laatste twaalf maanden hadden er 11 schooldagen. Daarvan konden er 3 worden beoordeeld. Over de rest is niets te zeggen: er is niet geleverd, of er is te weinig om mee te vergelijken. Geen levering is niet nul."
                                   " In die tijd lag geen enkele periode buiten wat op grond van het verleden te verwachten was.");
    CHECK_TEXT(chart_title(report, "pesten"), "Pestincidenten: van 3 beoordeelde maanden geen boven de grens");
    CHECK(strstr(first_text(one), "Daarvan kon er 1 worden beoordeeld") != NULL);
}

TEST("months without school days are not missed")
{
    ARENA_AUTO arena = arena_new();
    const Report *report = bulletin_of(arena, 12);

    CHECK(strstr(first_text(report), "In de laatste twaalf maanden lag geen enkele periode buiten") == first_text(report));
    CHECK_TEXT(chart_title(report, "incidenten"), "Incidenten: geen maand boven de grens");
}

/* What is said of other incidents. */
static const char *others_of(Arena *arena, double observed, double expected)
{
    const Place place = checkout_place(arena, NULL);
    const BulletinAlarm alarm = {.unit = "school", .series = "pest", .title = "pestincidenten", .period = "month", .method = "farrington", .state = "new", .event = "", .counted = "pupils",
                                 .rise = true, .shown = true, .observed = 9, .expected = 2, .upper = 6, .pvalue = .0001, .other_observed = observed, .other_expected = expected,
                                 .break_on = DATE_NONE, .likely_on = DATE_NONE, .run = 1};
    const char *sentence[ALARM_SENTENCES];
    AlarmWords *words;
    Err err = {0};

    if (!alarm_words_load(arena, &place, &words, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    size_t n = alarm_explain(arena, words, &alarm, sentence);
    for (size_t at = 0; at < n; at++)
        if (strncmp(sentence[at], "Andere incidenten", 17) == 0)
            return sentence[at];
    return "";
}

TEST("others rose, were a few more than expected, or did not rise")
{
    ARENA_AUTO arena = arena_new();

    CHECK_TEXT(others_of(arena, 6, 4.3), "Andere incidenten waren er iets meer dan verwacht: 6, tegen ongeveer 4,3. Dat kan toeval zijn.");
    CHECK_TEXT(others_of(arena, 4, 4.3), "Andere incidenten gingen niet omhoog: 4, tegen ongeveer 4,3 verwacht.");
    CHECK(strstr(others_of(arena, 12, 4.3), "gingen ook omhoog: 12, tegen ongeveer 4,3 verwacht") != NULL);
}

TEST("a board's own settings of alarms are those of the bulletin")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO scratch = scratch_new();
    Place place = checkout_place(arena, NULL);
    AlarmWords *words;
    Err err = {0};
    FILE *file = fopen(scratch_path(arena, &scratch, "alarms.json"), "w");

    if (!file)
        test_fail(__FILE__, __LINE__, "no file");
    else {
        fputs("{\"budget\": 7, \"events\": [{\"event\": \"kamp\", \"title\": \"een kampweek\"}]}", file);
        fclose(file);
    }
    place.overlay = scratch.path;
    CHECK(alarm_words_load(arena, &place, &words, &err));
    CHECK_INT(alarm_words_budget(words), 7);
    CHECK_TEXT(alarm_event_title(words, "kamp"), "een kampweek");
    CHECK(alarm_event_title(words, "campagne") == NULL);
    place.overlay = "/nonexistent";
    CHECK(alarm_words_load(arena, &place, &words, &err));
    CHECK(alarm_event_title(words, "campagne") != NULL);
}
