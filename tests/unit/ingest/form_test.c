#include "ingest/form.h"

#include "common/text.h"
#include "tests/unit/scratch.h"

TEST("every shipped kind and form loads")
{
    ARENA_AUTO arena = arena_new();
    Place place = checkout_place(arena, NULL);
    Forms forms;
    Err err = {0};

    CHECK(forms_load(arena, &place, &forms, &err));
    CHECK_TEXT(err.text, "");
    static const char *const directories[] = {"kinds", "forms"};
    for (int at = 0; at < 2; at++) {
        char **names;
        size_t count = 0;
        CHECK(place_list(arena, arena_format(arena, "%s/%s", place.config, directories[at]), ".json", &names, &err));
        while (names[count])
            count++;
        CHECK(count > 5);
        CHECK_INT(at ? forms.n_forms : forms.n_kinds, count);
    }
    for (size_t at = 0; at < forms.n_forms; at++) {
        const Form *form = &forms.form[at];
        CHECK(forms_find(&forms, form->name) == form);
        CHECK(form->kind && form->n_fields > 0 && *form->title && form->version >= 1);
        CHECK(form->max_reject_share >= 0 && form->max_reject_share <= 1);
        for (size_t other = 0; other < at; other++)
            CHECK(strcmp(forms.form[other].name, form->name) != 0);
        for (size_t field = 0; field < form->n_fields; field++) {
            CHECK(form_field(form, form->field[field].field) == &form->field[field]);
            CHECK(form->field[field].constant || form->field[field].of_row || form->field[field].n_marks || form->field[field].columns[0]);
        }
    }
    CHECK(forms_find(&forms, "nowhere") == NULL);
}

TEST("no shipped kind keeps a private field, and only public registers keep text")
{
    ARENA_AUTO arena = arena_new();
    Place place = checkout_place(arena, NULL);
    Forms forms;
    Err err = {0};
    int private_fields = 0, pseudonyms = 0;

    CHECK(forms_load(arena, &place, &forms, &err));
    for (size_t at = 0; at < forms.n_kinds; at++) {
        const Kind *kind = &forms.kind[at];
        for (size_t one = 0; one < kind->n_columns; one++) {
            const KindColumn *column = &kind->column[one];
            bool pseudonym = column->type == TYPE_PERSON || column->type == TYPE_PEOPLE;
            CHECK(pseudonym || kind_privacy(kind, column->field) == PRIVACY_NONE);
            CHECK(column->type != TYPE_TEXT || kind->public_data);
            for (const char **also = column->also; also && *also; also++)
                CHECK(kind_privacy(kind, *also) == PRIVACY_NONE);
            pseudonyms += pseudonym;
        }
        private_fields += (int) kind->n_private;
        CHECK(strncmp(kind->columns, kind->public_data ? "delivery_no, " : "location_no, delivery_no, ", kind->public_data ? 13 : 26) == 0);
    }
    CHECK(private_fields > 5 && pseudonyms > 2);
}

TEST("the complaint register is what it says")
{
    ARENA_AUTO arena = arena_new();
    Place place = checkout_place(arena, NULL);
    Forms forms;
    Err err = {0};

    CHECK(forms_load(arena, &place, &forms, &err));
    const Form *form = forms_find(&forms, "klacht-canoniek");
    if (!form) {
        test_fail(__FILE__, __LINE__, "no klacht-canoniek");
        return;
    }
    CHECK_TEXT(form->kind->name, "klacht");
    CHECK(form->kind->natural_key && form->office);
    CHECK_INT(kind_privacy(form->kind, "klager"), PRIVACY_NAME);
    CHECK_INT(kind_privacy(form->kind, "omschrijving"), PRIVACY_TEXT);
    CHECK_INT(kind_privacy(form->kind, "soort"), PRIVACY_NONE);
    CHECK_INT(form->n_formats, 2);
    CHECK(form->format[0] == DATE_ISO && form->format[1] == DATE_DMY);
    CHECK_INT(form->n_location, 2);
    CHECK_INT(form->n_alternative, 1);
    CHECK_INT(form->location[1].pad, 2);
    CHECK_INT(form->kind->n_checks, 4);
    CHECK(form->kind->check[3].finding && form->kind->check[3].days_max == 366 && form->kind->check[3].when == -1);
    for (size_t at = 0; at < form->kind->n_checks && at < 8; at++) {
        CHECK_INT(form->kind->column[form->kind->check[at].before].type, TYPE_DATE);
        CHECK_INT(form->kind->column[form->kind->check[at].after].type, TYPE_DATE);
    }
    CHECK(form->max_reject_share == 0.2);
    CHECK_INT(form->as_of, DATE_NONE);
    CHECK(form_field(form, "klager") != NULL);
    CHECK(form_field(form, "iets") == NULL);
}

/* --- what is refused: a file laid over the shipped configuration --- */

static bool load_with(Arena *arena, const Scratch *dir, Forms *forms, Err *err)
{
    Place place = checkout_place(arena, dir->path);

    return forms_load(arena, &place, forms, err);
}

/* message NULL: that it is refused with its file is promised, the words are not */
static void check_refused(int line, const char *name, const char *text, const char *message)
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Forms forms;
    Err err = {0};
    const char *path = scratch_text(arena, &dir, name, text);

    if (load_with(arena, &dir, &forms, &err))
        test_fail(__FILE__, line, "was taken: %s", text);
    else if (err.kind != ERR_CONFIG || strncmp(err.text, path, strlen(path)) != 0)
        test_fail(__FILE__, line, "not a configuration error with its file: %s", err.text);
    else if (message)
        test_check_text(__FILE__, line, err.text + strlen(path), message);
}
#define KIND_REFUSED(extra, columns, private_fields, message)                                                          \
    check_refused(__LINE__, "kinds/x.json",                                                                            \
                  "{\"kind\": \"x\", \"title\": \"t\", \"table\": \"fact.x\"," extra " \"columns\": [" columns "], \"private\": {" private_fields "}}", message)
#define KEY_COLUMN "{\"column\": \"key\", \"type\": \"key\", \"field\": \"nr\"}"

TEST("a kind whose column would hold a private field is refused")
{
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"key\", \"field\": \"naam\"}", "\"naam\": \"name\"", ": columns: column \"c\" may not hold field \"naam\"");
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"date\", \"field\": \"geboren\"}", "\"geboren\": \"birthdate\"",
                 ": columns: column \"c\" may not hold field \"geboren\"");
    KIND_REFUSED("\"public\": true,", "{\"column\": \"c\", \"type\": \"text\", \"field\": \"adres\"}", "\"adres\": \"address\"",
                 ": columns: column \"c\" may not hold field \"adres\"");
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"code\", \"field\": \"tekst\", \"list\": \"rol\"}", "\"tekst\": \"text\"",
                 ": columns: column \"c\" may not hold field \"tekst\"");
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"person\", \"field\": \"tekst\"}", "\"tekst\": \"text\"",
                 ": columns: column \"c\" may not hold field \"tekst\"");
}

TEST("a pseudonym can only be made of a field that is said to be a name")
{
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"person\", \"field\": \"wie\"}", "", ": columns: column \"c\" may not hold field \"wie\"");
}

TEST("a private field may not come in as one of the further fields of a column either")
{
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"money\", \"field\": \"bedrag\", \"also\": [\"toelichting\"]}", "\"toelichting\": \"text\"", NULL);
}

TEST("a kind of a school may not keep text")
{
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"text\", \"field\": \"omschrijving\"}", "",
                 ": columns: column \"c\": only public registers may hold text");
}

TEST("a kind with a reference to nothing is refused")
{
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"code\", \"field\": \"f\", \"list\": \"nergens\"}", "", ": columns[0]: no code list \"nergens\"");
    KIND_REFUSED("\"checks\": [{\"before\": \"key\", \"after\": \"nergens\"}],", KEY_COLUMN, "", ": checks[0]: \"before\" is not a date column of this kind");
    KIND_REFUSED("\"checks\": [{\"before\": \"key\"}],", KEY_COLUMN, "", ": checks[0]: missing key \"after\"");
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"people\", \"field\": \"wie\"}", "\"wie\": \"name\"",
                 ": columns[0]: a column of people needs role_field and list, group_field and group_list, and victim_role, a code of list");
}

TEST("columns that are named outside the list of columns must be in it")
{
    KIND_REFUSED("\"schooljaar_field\": \"nergens\",", KEY_COLUMN, "", NULL);
    KIND_REFUSED("\"collapse\": \"nergens\",", KEY_COLUMN, "", NULL);
    KIND_REFUSED("\"natural_key\": \"nergens\",", KEY_COLUMN, "", NULL);
}

TEST("columns that must be in order are dates")
{
    KIND_REFUSED("\"checks\": [{\"before\": \"key\", \"after\": \"hour\"}],", KEY_COLUMN ", {\"column\": \"hour\", \"type\": \"hour\", \"field\": \"uur\"}", "",
                 ": checks[0]: \"before\" is not a date column of this kind");
}

TEST("a column of codes has a list")
{
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"code\", \"field\": \"f\"}", "", NULL);
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"codes\", \"field\": \"f\"}", "", NULL);
}

TEST("a set of codes of a list with a number above 30 is refused, because a set has 31 bits")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Forms forms;
    Err err = {0};

    scratch_text(arena, &dir, "codes/lang.json", "{\"list\": \"lang\", \"title\": \"L\", \"codes\": [{\"no\": 31, \"code\": \"a\", \"label\": \"A\"}]}");
    scratch_text(arena, &dir, "kinds/x.json",
                 "{\"kind\": \"x\", \"title\": \"t\", \"table\": \"fact.x\", \"columns\": [{\"column\": \"c\", \"type\": \"codes\", \"field\": \"f\", \"list\": \"lang\"}], "
                 "\"private\": {}}");
    CHECK(!load_with(arena, &dir, &forms, &err)); /* convert.h: config is checked */
}

TEST("unknown words, keys and types in a kind are refused with their path")
{
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"blob\", \"field\": \"f\"}", "",
                 ": columns[0].type: \"blob\" is none of: key date hour code codes main int real money bool text schooljaar person people confidence instrument "
                 "items scope as_of first_year counts regions earliest month");
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"key\"}", "", ": columns[0]: missing key \"field\"");
    KIND_REFUSED("", "{\"column\": \"c\", \"type\": \"key\", \"field\": \"f\", \"store\": true}", "",
                 ": columns[0]: unknown key \"store\" (known: column type field also list required past upper min max byte of_delivery from_text role_field group_field group_list victim_role)");
    KIND_REFUSED("", KEY_COLUMN, "\"naam\": \"secret\"", ": private.naam: \"secret\" is none of: name birthdate address text");
    KIND_REFUSED("\"public\": \"yes\",", KEY_COLUMN, "", ": public: expected true or false");
}

TEST("what cannot lie in a byte, or lies where another does, is refused")
{
    KIND_REFUSED("\"packed\": \"codes\",", "{\"column\": \"a\", \"type\": \"date\", \"field\": \"f\", \"byte\": 0}", "", ": columns: column \"a\" cannot lie in a byte");
    KIND_REFUSED("\"packed\": \"codes\",", "{\"column\": \"a\", \"type\": \"int\", \"field\": \"f\", \"min\": 0, \"max\": 255, \"byte\": 0}", "", ": columns: column \"a\" cannot lie in a byte");
    KIND_REFUSED("\"packed\": \"codes\",", "{\"column\": \"a\", \"type\": \"int\", \"field\": \"f\", \"byte\": 0}", "", ": columns: column \"a\" cannot lie in a byte");
    KIND_REFUSED("", "{\"column\": \"a\", \"type\": \"bool\", \"field\": \"f\", \"byte\": 0}", "", ": columns: column \"a\" cannot lie in a byte");
    KIND_REFUSED("\"packed\": \"codes\",", "{\"column\": \"a\", \"type\": \"codes\", \"list\": \"vorm\", \"field\": \"f\", \"byte\": 0}, "
                 "{\"column\": \"b\", \"type\": \"bool\", \"field\": \"g\", \"byte\": 3}", "", ": columns: column \"b\" lies where another does");
    KIND_REFUSED("\"packed\": \"codes\",", "{\"column\": \"a\", \"type\": \"bool\", \"field\": \"f\", \"byte\": 61}", "", ": columns[0].byte: expected a whole number from 0 to 60");
}

#define FORM(extra, fields)                                                                                            \
    "{\"form\": \"x\", \"kind\": \"klacht\", \"title\": \"t\", \"version\": 1, \"valid_from\": \"2010-08-01\", \"detect\": [\"a\"], "                 \
    "\"date_formats\": [\"iso\"]," extra " \"fields\": {" fields "}}"
#define FORM_REFUSED(extra, fields, message) check_refused(__LINE__, "forms/x.json", FORM(extra, fields), message)
#define REQUIRED                                                                                                       \
    "\"klacht_nr\": {\"columns\": [\"nr\"]}, \"ontvangen_op\": {\"columns\": [\"datum\"]}, \"soort\": {\"columns\": [\"soort\"]}, \"niveau\": {\"columns\": [\"niveau\"]}"

TEST("a form with a reference to nothing is refused")
{
    check_refused(__LINE__, "forms/x.json",
                  "{\"form\": \"x\", \"kind\": \"nergens\", \"title\": \"t\", \"version\": 1, \"valid_from\": \"2010-08-01\", \"detect\": [], \"date_formats\": [], \"fields\": {}}",
                  ": no kind \"nergens\"");
    FORM_REFUSED("\"instrument\": \"nergens\",", REQUIRED, ": no instrument \"nergens\"");
    FORM_REFUSED("", REQUIRED ", \"nergens\": {\"columns\": [\"x\"]}", ": fields.nergens: kind \"klacht\" has no such field");
}

TEST("a form without a field that its kind requires is refused")
{
    FORM_REFUSED("", "\"klacht_nr\": {\"columns\": [\"nr\"]}, \"ontvangen_op\": {\"columns\": [\"datum\"]}, \"niveau\": {\"columns\": [\"niveau\"]}",
                 ": fields: missing required field \"soort\"");
}

TEST("a field is filled by columns or by a constant, not by both or neither")
{
    FORM_REFUSED("", REQUIRED ", \"kanaal\": {}", ": fields.kanaal: give either columns, a constant, of_row or marks");
    FORM_REFUSED("", REQUIRED ", \"kanaal\": {\"columns\": [\"k\"], \"constant\": \"mail\"}", ": fields.kanaal: give either columns, a constant, of_row or marks");
    FORM_REFUSED("\"location\": [{\"pad\": 2}],", REQUIRED, ": location[0]: give either columns, a constant, of_row or marks");
}

TEST("dates, formats and shares of a form are checked")
{
    FORM_REFUSED("\"as_of\": \"1 oktober\",", REQUIRED, ": \"as_of\" is not a date (yyyy-mm-dd)");
    FORM_REFUSED("\"breaks\": [{\"on\": \"2025-02-30\", \"reason\": \"r\"}],", REQUIRED, ": breaks[0]: \"on\" is not a date (yyyy-mm-dd)");
    FORM_REFUSED("\"max_reject_share\": 1.5,", REQUIRED, ": max_reject_share: expected a number from 0 to 1");
    FORM_REFUSED("\"board\": 0,", REQUIRED, ": board: expected a whole number from 1 to 99999");
    FORM_REFUSED("", REQUIRED ", \"kanaal\": {\"columns\": [\"k\"], \"values\": {\"a\": 1}}", ": fields.kanaal.values: \"a\" is not a text");
    FORM_REFUSED("", REQUIRED ", \"kanaal\": {\"columns\": [\"k\"], \"pad\": 11}", ": fields.kanaal.pad: expected a whole number from 1 to 10");
    FORM_REFUSED("\"hidden\": 1,", REQUIRED,
                 ": unknown key \"hidden\" (known: form kind title version valid_from detect date_formats fields ignore breaks board location "
                 "location_alternative max_reject_share source explicit as_of office instrument counts accept_empty items answers pivot)");
    check_refused(__LINE__, "forms/x.json",
                  "{\"form\": \"x\", \"kind\": \"klacht\", \"title\": \"t\", \"version\": 1, \"valid_from\": \"2010-08-01\", \"detect\": [], \"date_formats\": [\"ymd\"], \"fields\": {}}",
                  ": date format \"ymd\" is none of: iso dmy mdy");
}

TEST("a small form over the shipped ones loads with its aliases as keys")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Forms forms;
    Err err = {0};

    scratch_text(arena, &dir, "forms/x.json",
                 FORM("\"ignore\": [\"*\", \"Extra Kolom\"], \"breaks\": [{\"on\": \"2025-08-01\", \"reason\": \"nieuw formulier\"}],",
                      REQUIRED ", \"kanaal\": {\"columns\": [\"Hoe Ontvangen?\", \"kanaal\"], \"values\": {\"E-mail!\": \"Digitaal\"}, \"default\": \"post\", \"split\": \"+\"}"));
    CHECK(load_with(arena, &dir, &forms, &err));
    CHECK_TEXT(err.text, "");
    const Form *form = forms_find(&forms, "x");
    const FormField *field = form ? form_field(form, "kanaal") : NULL;
    if (!field) {
        test_fail(__FILE__, __LINE__, "no field kanaal");
        return;
    }
    CHECK_TEXT(field->columns[0], "hoe_ontvangen?");
    CHECK_TEXT(field->columns[1], "kanaal");
    CHECK(field->columns[2] == NULL);
    CHECK_TEXT(field->first_header, "Hoe Ontvangen?");
    CHECK_TEXT(field->value_key[0], "e-mail");
    CHECK_TEXT(field->value[0], "digitaal");
    CHECK_TEXT(field->fallback, "post");
    CHECK_INT(field->split, '+');
    CHECK_TEXT(form->ignore[0], "*");
    CHECK_TEXT(form->ignore[1], "extra_kolom");
    CHECK_INT(form->n_breaks, 1);
    CHECK_TEXT(form->breaks[0].reason, "nieuw formulier");
    CHECK_INT(form->breaks[0].on, date_school_year_begin(2025));
    CHECK(form->max_reject_share == 0.1);
}
