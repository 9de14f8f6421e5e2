#include "reports/bulletin.h"

#include <string.h>

#include "tests/unit/scratch.h"

enum { MONTHS = 24 };

static AlarmWords *words_of(Arena *arena)
{
    const Place place = checkout_place(arena, NULL);
    AlarmWords *words;
    Err err = {0};

    if (!alarm_words_load(arena, &place, &words, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return words;
}

/* Two years of months; of the last year the first `reported` were delivered and have a limit, as far as there were school days. */
static Report *bulletin_of(Arena *arena, int reported)
{
    BulletinMonth *month = arena_array(arena, MONTHS, sizeof *month);
    Bulletin bulletin = {.code = "99AA00", .name = "De Proef", .place = "", .board_name = "Bestuur", .month = {month, month}, .n_months = {MONTHS, MONTHS}, .before = DATE_NONE, .likely_on = DATE_NONE};
    Date day = date_school_year_begin(2024);

    for (int at = 0; at < MONTHS; at++, day = date_month_next(day)) {
        bool there = at < 12 + reported, closed = at % 12 == 11;
        month[at] = (BulletinMonth){.month = day, .observed = there ? 2 : 0, .reported = there && !closed, .expected = there && at >= 12 ? 2.5 : (double) NAN,
                                    .upper = there && at >= 12 && !closed ? 6 : (double) NAN, .complete = 1, .status = closed ? "no_exposure" : there ? "" : "missing"};
    }
    return bulletin_compose(arena, words_of(arena), &bulletin, 2025, date_school_year_begin(2026));
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

static BulletinAlarm alarm_of(int number)
{
    return (BulletinAlarm){.alarm_no = number, .unit = "school", .series = "pest", .title = "pestincidenten", .period = "month", .method = "farrington", .state = "new", .event = "", .counted = "pupils",
                           .rise = true, .shown = true, .observed = 9, .expected = 2, .upper = 6, .pvalue = .0001, .other_observed = NAN, .other_expected = NAN, .certainty = 2,
                           .break_on = DATE_NONE, .likely_on = DATE_NONE, .run = 1, .peak = date_school_year_begin(2025), .from = date_school_year_begin(2025), .last = date_school_year_begin(2025) + 30};
}

/* What is said of other incidents. */
static const char *others_of(Arena *arena, double observed, double expected)
{
    BulletinAlarm alarm = alarm_of(1);
    const char *sentence[ALARM_SENTENCES];

    alarm.other_observed = observed;
    alarm.other_expected = expected;
    size_t n = alarm_explain(arena, words_of(arena), &alarm, sentence);
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

static Bulletin empty_bulletin(void)
{
    return (Bulletin){.code = "99AA00", .name = "De Proef", .place = "", .board_name = "Bestuur", .before = date_school_year_begin(2025) + 60, .likely_on = DATE_NONE};
}

static const Block *first_line(const Report *report)
{
    const Block *block = report->first->first;

    while (block && block->type != BLOCK_LINES)
        block = block->next;
    return block;
}

TEST("new is what no bulletin told before, on whatever day it was found")
{
    ARENA_AUTO arena = arena_new();
    BulletinAlarm alarm[2] = {alarm_of(1), alarm_of(2)};
    Bulletin bulletin = empty_bulletin();

    bulletin.alarm = alarm;
    bulletin.n_alarms = 2;
    alarm[0].new_on = alarm[1].new_on = bulletin.before; /* both found on the day of the last bulletin, one of them after it was made */
    alarm[0].told = true;
    const Report *report = bulletin_compose(arena, words_of(arena), &bulletin, 2025, bulletin.before + 1);
    CHECK(strstr(first_text(report), "Nieuw sinds het vorige bulletin") != NULL);
    CHECK_INT(first_line(report)->n_lines, 1);
    alarm[1].told = true;
    report = bulletin_compose(arena, words_of(arena), &bulletin, 2025, bulletin.before + 1);
    CHECK(strstr(first_text(report), "Er is niets nieuws sinds") != NULL);
}

TEST("an alarm that goes on after it was closed is told as going on, with what it was before behind it")
{
    ARENA_AUTO arena = arena_new();
    AlarmWords *words = words_of(arena);
    BulletinAlarm alarm = alarm_of(1);
    const char *sentence[ALARM_SENTENCES];
    bool before = false;

    alarm.on = true;
    alarm.earlier_period = "month";
    alarm.earlier_peak = date_school_year_begin(2024);
    alarm.earlier_observed = 12;
    alarm.earlier_expected = 3;
    alarm.earlier_run = 1;
    CHECK(strstr(alarm_question(arena, words, &alarm), "Dit signaal was afgesloten, maar het gaat door. Wat was er in augustus 2025 aan de hand? Er zijn 9 pestincidenten") != NULL);
    for (size_t at = alarm_explain(arena, words, &alarm, sentence); at-- > 0;)
        before = before || strcmp(sentence[at], "Voordat het werd afgesloten, waren het er 12 in augustus 2024; er waren er ongeveer 3,0 te verwachten.") == 0;
    CHECK(before);
    alarm.observed = alarm.earlier_observed = NAN; /* a board hears that, not how many */
    CHECK(strstr(alarm_question(arena, words, &alarm), "Dit signaal was afgesloten, maar het gaat door. Wat was er in augustus 2025 aan de hand? Bij de scholen samen") != NULL);
    alarm_explain(arena, words, &alarm, sentence);
    CHECK_TEXT(sentence[0], "Voordat het werd afgesloten, viel augustus 2024 al op.");
}

TEST("why an alarm is gone: better data, the school's own explanation, or another form")
{
    ARENA_AUTO arena = arena_new();
    AlarmWords *words = words_of(arena);
    BulletinGone gone = {.alarm_no = 4, .title = "pestincidenten", .state = "explained", .event = "nieuw_formulier", .from = date_school_year_begin(2025), .last = date_school_year_begin(2025) + 30,
                         .break_on = DATE_NONE, .event_on = date_school_year_begin(2025)};

    CHECK_TEXT(alarm_gone(arena, words, &gone), "Na nieuwe of verbeterde gegevens is 1 eerder signaal vervallen.");
    gone.break_on = gone.event_on;
    CHECK(strstr(alarm_gone(arena, words, &gone), "Signaal 4 (pestincidenten, 1 augustus 2025 tot en met 31 augustus 2025) is vervallen omdat u het hebt verklaard met een nieuw registratieformulier (1 augustus 2025).") != NULL);
    gone.event = "campagne"; /* no other way of counting: it is not why */
    CHECK(strstr(alarm_gone(arena, words, &gone), "is vervallen doordat op 1 augustus 2025 het formulier of de manier van tellen veranderde") != NULL);
    gone.event = "nieuw_formulier";
    gone.event_on++;
    CHECK(strstr(alarm_gone(arena, words, &gone), "is vervallen doordat op 1 augustus 2025") != NULL);
}

TEST("what makes a bulletin worth sending: a signal, one that is gone, or a question about a break")
{
    Bulletin bulletin = empty_bulletin();

    CHECK(!bulletin_has_news(&bulletin));
    bulletin.likely_on = bulletin.before;
    CHECK(bulletin_has_news(&bulletin));
    bulletin = empty_bulletin();
    bulletin.n_gone = 1;
    CHECK(bulletin_has_news(&bulletin));
    bulletin = empty_bulletin();
    bulletin.n_alarms = 1;
    CHECK(bulletin_has_news(&bulletin));
}

static const char *month_cell(const Report *report, size_t row)
{
    for (const Chapter *chapter = report->first; chapter; chapter = chapter->next)
        for (const Block *block = chapter->first; block; block = block->next)
            if (block->type == BLOCK_TABLE)
                return block->table->cell[row * block->table->n_columns + 4].text;
    return "";
}

TEST("a month in which the school was closed is no month without a delivery")
{
    ARENA_AUTO arena = arena_new();
    const Report *report = bulletin_of(arena, 3);

    CHECK_TEXT(month_cell(report, 0), "2");
    CHECK_TEXT(month_cell(report, 5), "geen levering");
    CHECK_TEXT(month_cell(report, 11), "geen schooldagen");
}
