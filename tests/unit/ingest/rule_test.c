#include "ingest/rule.h"

#include <ctype.h>
#include <string.h>

#include "tests/harness/test.h"

TEST("every rule has an id of its own, a reason and an advice")
{
    for (int rule = RULE_NONE + 1; rule < RULE_COUNT; rule++) {
        const char *id = rule_id((Rule) rule), *what = rule_what((Rule) rule), *action = rule_action((Rule) rule);
        if (!id || !what || !action || !*id || !*what || !*action) {
            test_fail(__FILE__, __LINE__, "rule %d has no texts", rule);
            continue;
        }
        CHECK(strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789._") == strlen(id) && strchr(id, '.'));
        for (int other = RULE_NONE + 1; other < rule; other++)
            if (strcmp(id, rule_id((Rule) other)) == 0)
                test_fail(__FILE__, __LINE__, "rules %d and %d are both %s", other, rule, id);
    }
}

TEST("ids are stored, so they never change")
{
    static const struct { Rule rule; const char *id; } want[] = {
        {RULE_CSV_QUOTE, "csv.aanhaling"}, {RULE_CSV_LONG, "csv.te_lang"}, {RULE_CSV_NUL, "csv.nul"}, {RULE_CSV_CELLS, "csv.kolommen"},
        {RULE_TEXT_ENCODING, "tekst.codering"}, {RULE_VALUE_MISSING, "waarde.ontbreekt"}, {RULE_CODE_UNKNOWN, "code.onbekend"},
        {RULE_DATE_INVALID, "datum.ongeldig"}, {RULE_DATE_TWO_FORMATS, "datum.twee_formaten"}, {RULE_DATE_FUTURE, "datum.toekomst"},
        {RULE_DATE_PERIOD, "datum.periode"}, {RULE_DATE_ORDER, "datum.volgorde"}, {RULE_NUMBER_INVALID, "getal.ongeldig"},
        {RULE_NUMBER_RANGE, "getal.bereik"}, {RULE_LOCATION_MISSING, "locatie.ontbreekt"}, {RULE_LOCATION_UNKNOWN, "locatie.onbekend"},
        {RULE_LOCATION_BOARD, "locatie.ander_bestuur"}, {RULE_LOCATION_OTHER, "locatie.andere_school"}, {RULE_LIST_LENGTH, "lijst.lengte"},
        {RULE_ANSWERS_EMPTY, "antwoorden.leeg"}, {RULE_SUSPENSION_LONG, "schorsing.te_lang"}, {RULE_TIMEOUT_LONG, "timeout.te_lang"},
        {RULE_JSON_INVALID, "json.ongeldig"}, {RULE_PERSON_SWAPPED, "persoon.dag_maand"}, {RULE_COMPLAINT_LATE, "klacht.na_een_jaar"}, {RULE_STEP_ORDER, "meldcode.stapvolgorde"},
        {RULE_ACCIDENT_LATE, "ongeval.laat_gemeld"}, {RULE_LOCATION_CLOSED, "locatie.gesloten"},
        {RULE_LOCATION_THEN, "locatie.toen_ander_bestuur"}, {RULE_PIVOT_ORDER, "antwoorden.volgorde"},
        {RULE_PIVOT_TWICE, "antwoorden.dubbel"}, {RULE_PIVOT_NOBODY, "antwoorden.niemand"}, {RULE_PERSON_COMMA, "persoon.komma"},
        {RULE_FILE_UNREADABLE, "bestand.onleesbaar"}, {RULE_FILE_ENCODING, "bestand.codering"}, {RULE_FILE_EMPTY, "bestand.leeg"}, {RULE_FILE_HEADER, "bestand.kopregel"}, {RULE_FILE_FORM, "bestand.formulier"}, {RULE_FILE_COLUMN, "bestand.kolom_ontbreekt"}, {RULE_FILE_SCHOOL, "bestand.school"}, {RULE_FILE_BOARD, "bestand.bestuur"}, {RULE_FILE_REJECTS, "bestand.te_veel_fouten"}, {RULE_FILE_MANIFEST, "bestand.manifest"},
        {RULE_SCHOOL_LEFT_OUT, "levering.school_ontbreekt"}};

    CHECK_INT(sizeof want / sizeof *want, RULE_COUNT - 1);
    for (size_t at = 0; at < sizeof want / sizeof *want; at++)
        CHECK_TEXT(rule_id(want[at].rule), want[at].id);
    for (size_t at = 0; at < sizeof want / sizeof *want; at++)
        CHECK(rule_find(want[at].id) == want[at].rule);
    CHECK(rule_find("geen.regel") == RULE_NONE && rule_find("") == RULE_NONE);
    CHECK_TEXT(rule_id(RULE_NONE), "");
}

TEST("no text of a rule can hold a value")
{
    for (int rule = RULE_NONE; rule < RULE_COUNT; rule++) {
        CHECK(!strchr(rule_what((Rule) rule), '%') && !strchr(rule_what((Rule) rule), '{'));
        CHECK(!strchr(rule_action((Rule) rule), '%') && !strchr(rule_action((Rule) rule), '{'));
    }
}

TEST("texts begin small and end without a full stop, so that they fit in a sentence")
{
    for (int rule = RULE_NONE + 1; rule < RULE_COUNT; rule++) {
        const char *both[] = {rule_what((Rule) rule), rule_action((Rule) rule)};
        for (int at = 0; at < 2; at++)
            if (isupper((unsigned char) both[at][0]) || both[at][strlen(both[at]) - 1] == '.')
                test_fail(__FILE__, __LINE__, "%s: \"%s\"", rule_id((Rule) rule), both[at]);
    }
}
