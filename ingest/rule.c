#include "ingest/rule.h"

#include <string.h>

#include "common/err.h"

static const struct {
    const char *id, *what, *action;
} rules[RULE_COUNT] = {
    [RULE_NONE] = {"", "", ""},
    [RULE_CSV_QUOTE] = {"csv.aanhaling", N_("a quotation mark is left open or has text behind it"),
                        N_("double every quotation mark inside a quoted cell, or export the file again")},
    [RULE_CSV_LONG] = {"csv.te_lang", N_("the row is longer than 1 MiB or has more than 512 cells"),
                       N_("remove pasted documents from the row, or split the file")},
    [RULE_CSV_NUL] = {"csv.nul", N_("the row holds a NUL byte"), N_("export the file again; it was damaged on the way")},
    [RULE_CSV_CELLS] = {"csv.kolommen", N_("the row has more cells than the header"),
                        N_("put quotation marks around cells that hold the delimiter")},
    [RULE_TEXT_ENCODING] = {"tekst.codering", N_("the row holds bytes that are not UTF-8 in a UTF-8 file"),
                            N_("save the file as UTF-8 or as Windows-1252, not as a mixture")},
    [RULE_VALUE_MISSING] = {"waarde.ontbreekt", N_("a required value is empty"), N_("fill in the value")},
    [RULE_CODE_UNKNOWN] = {"code.onbekend", N_("the value is not in the list of codes"), N_("choose a code from the list")},
    [RULE_DATE_INVALID] = {"datum.ongeldig", N_("this is not a date in a format of this form"),
                           N_("write dates as yyyy-mm-dd or dd-mm-yyyy")},
    [RULE_DATE_TWO_FORMATS] = {"datum.twee_formaten", N_("the date has another format than the rows above it"),
                               N_("use one date format in the whole column")},
    [RULE_DATE_FUTURE] = {"datum.toekomst", N_("the date lies in the future"), N_("check day, month and year")},
    [RULE_DATE_PERIOD] = {"datum.periode", N_("the date lies outside the period of the delivery"),
                          N_("check the year, or deliver the row with its own school year")},
    [RULE_DATE_ORDER] = {"datum.volgorde", N_("two dates are in an impossible order"), N_("check both dates")},
    [RULE_NUMBER_INVALID] = {"getal.ongeldig", N_("this is not a number"), N_("write digits, with a comma for decimals")},
    [RULE_NUMBER_RANGE] = {"getal.bereik", N_("the number is outside what this field allows"), N_("check the number")},
    [RULE_LOCATION_MISSING] = {"locatie.ontbreekt", N_("the row names no school"), N_("fill in BRIN and vestiging")},
    [RULE_LOCATION_UNKNOWN] = {"locatie.onbekend", N_("the school is not in the register"),
                               N_("check BRIN and vestiging, or load a newer register")},
    [RULE_LOCATION_BOARD] = {"locatie.ander_bestuur", N_("the school belongs to another board"),
                             N_("deliver the row with the board that the school belongs to")},
    [RULE_LOCATION_OTHER] = {"locatie.andere_school", N_("the row names another school than the delivery"),
                             N_("deliver the rows of each school in its own file, or as one file of the board")},
    [RULE_LOCATION_CLOSED] = {"locatie.gesloten", N_("the school did not exist on this date"),
                              N_("check the date, or deliver the row under the school that it merged into")},
    [RULE_LOCATION_THEN] = {"locatie.toen_ander_bestuur", N_("on this date the school belonged to another board"),
                            N_("the row counts for that board; check whether it delivered it too")},
    [RULE_LIST_LENGTH] = {"lijst.lengte", N_("lists that belong together differ in length"),
                          N_("give every involved person a role and a group, or leave the whole list empty")},
    [RULE_SUSPENSION_LONG] = {"schorsing.te_lang", N_("the suspension lasts longer than a week"),
                              N_("check begin and end; a suspension of more than a week is not allowed")},
    [RULE_TIMEOUT_LONG] = {"timeout.te_lang", N_("the time-out lasts longer than five school days"),
                           N_("check begin and end; after five school days it is a suspension")},
    [RULE_COMPLAINT_LATE] = {"klacht.na_een_jaar", N_("the complaint came more than a year after the event"),
                             N_("check both dates; a complaint is filed within a year")},
    [RULE_STEP_ORDER] = {"meldcode.stapvolgorde", N_("a step has an earlier date than the one before it"),
                         N_("check both dates; the order of steps is not binding, so the row counts")},
    [RULE_ACCIDENT_LATE] = {"ongeval.laat_gemeld", N_("the accident was reported more than a day later"),
                            N_("check both dates; a serious accident is reported at once")},
    [RULE_PIVOT_ORDER] = {"antwoorden.volgorde", N_("the answers of this respondent do not follow each other"),
                          N_("sort the file by respondent and deliver it again")},
    [RULE_PIVOT_TWICE] = {"antwoorden.dubbel", N_("the respondent gave two different answers to one question"),
                          N_("leave only the answer that counts")},
    [RULE_PIVOT_NOBODY] = {"antwoorden.niemand", N_("the record names no respondent"), N_("fill in whose answers these are")},
    [RULE_PERSON_COMMA] = {"persoon.komma", N_("a comma may part two persons, or a surname and a given name"),
                           N_("write given name and surname without a comma, with commas between persons only")},
    [RULE_JSON_INVALID] = {"json.ongeldig", N_("the record is not JSON"), N_("export the file again; it was damaged on the way")},
    [RULE_PERSON_SWAPPED] = {"persoon.dag_maand", N_("the same name is there with day and month of birth exchanged"),
                             N_("check the birth date; the two are kept apart")},
    [RULE_FILE_UNREADABLE] = {"bestand.onleesbaar", N_("the file cannot be read"), N_("save it again as CSV, .xlsx or .ods, without a password")},
    [RULE_FILE_ENCODING] = {"bestand.codering", N_("the letters of the file cannot be read"), N_("save the file as UTF-8 or as Windows-1252")},
    [RULE_FILE_EMPTY] = {"bestand.leeg", N_("the file holds no rows"), N_("export it again with a header and rows")},
    [RULE_FILE_HEADER] = {"bestand.kopregel", N_("the header cannot be read, or names two columns alike"), N_("give every column a name of its own, in one row")},
    [RULE_FILE_FORM] = {"bestand.formulier", N_("no form has these columns"), N_("use the columns of a known form")},
    [RULE_FILE_COLUMN] = {"bestand.kolom_ontbreekt", N_("a column that the form needs is missing"), N_("add the column")},
    [RULE_FILE_SCHOOL] = {"bestand.school", N_("the file does not tell which school it is, or the register does not know it"),
                          N_("add the columns brin and vestiging, or name the file after the school")},
    [RULE_FILE_BOARD] = {"bestand.bestuur", N_("the file does not tell which board it is, or the school belongs to another"), N_("deliver the file with its own board")},
    [RULE_FILE_REJECTS] = {"bestand.te_veel_fouten", N_("more rows are wrong than the form allows"), N_("mend the rows and deliver the file again")},
    [RULE_FILE_MANIFEST] = {"bestand.manifest", N_("the manifest cannot be used"), N_("mend the manifest")},
    [RULE_SCHOOL_LEFT_OUT] = {"levering.school_ontbreekt", N_("a school of the earlier file is not in this one; its rows stay"),
                              N_("deliver the school too, or say in the manifest that the file is complete")},
    [RULE_ANSWERS_EMPTY] = {"antwoorden.leeg", N_("no question of the questionnaire was answered"), N_("leave empty rows out")},
};

const char *rule_id(Rule rule)
{
    return rules[rule].id;
}

const char *rule_what(Rule rule)
{
    return rules[rule].what;
}

const char *rule_action(Rule rule)
{
    return rules[rule].action;
}

Rule rule_find(const char *id)
{
    for (int rule = 1; rule < RULE_COUNT; rule++)
        if (strcmp(rules[rule].id, id) == 0)
            return (Rule) rule;
    return RULE_NONE;
}
