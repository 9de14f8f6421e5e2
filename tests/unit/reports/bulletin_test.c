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
