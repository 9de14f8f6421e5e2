#include "tests/sim/incident.h"

#include <string.h>

#include "common/place.h"

/* Codes per layout: the canonical ones, and the words that a pupil administration and a web form use for them. */
static const char *const vorm_canonical[VORM_COUNT] = {
    "fysiek", "verbaal", "dreigen", "vernielzucht", "diefstal", "seksuele intimidatie", "pesten", "digitaal pesten", "discriminatie",
    "radicalisering", "wapenbezit", "vuurwerk", "drugs", "anders"};
static const char *const vorm_export[VORM_COUNT] = {
    "lichamelijk geweld", "schelden", "bedreiging", "vernieling", "diefstal", "grensoverschrijdend", "buitensluiten", "online ruzie",
    "discriminatie", "radicalisering", "wapenbezit", "vuurwerk", "drugs", "ruzie"};
static const char *const vorm_web[VORM_COUNT] = {
    "Fysiek geweld", "Verbaal geweld", "Bedreiging", "Vernieling", "Diefstal", "Seksueel grensoverschrijdend gedrag", "Pesten",
    "Online pesten", "Discriminatie", "Radicalisering", "Wapens", "Vuurwerk", "Alcohol en drugs", "Overig"};
static const char *const place_canonical[] = {
    "plein", "lokaal", "gang", "toilet", "kleedkamer", "gymzaal", "speelzaal", "overblijf", "bso", "route", "online", "excursie",
    "elders", "onbekend"};
static const char *const place_export[] = {
    "schoolplein", "klaslokaal", "gang/hal", "wc", "kleedkamer", "sporthal", "speelzaal", "tso", "buitenschoolse opvang", "onderweg",
    "internet", "schoolreis", "buiten school", "niet bekend"};
static const char *const place_web[] = {
    "Schoolplein", "Klas", "Gang/hal", "Toiletten", "Kleedkamer", "Gym", "Speelzaal", "Overblijven", "BSO", "Route van/naar school",
    "WhatsApp", "Kamp", "Elders", "Onbekend"};
static const char *const role_codes[ROLE_COUNT] = {"nam initiatief", "overkwam het", "meeloper", "getuige"};
static const char *const role_export[ROLE_COUNT] = {"initiatiefnemer", "overkomen", "liep mee", "getuige"};
static const char *const person_roles[] = {"leerling", "werknemer", "stagiair", "ouder", "vrijwilliger", "bezoeker", "anders"};
static const char *const treatments[] = {"geen", "EHBO", "ziekenhuis", "opname", "ziekteverzuim", "leerverzuim", "anders"};
static const char *const flags[] = {"", "groen", "geel", "rood", "zwart"};
static const char *const answers[] = {"", "nee", "ja"};

const char *sim_incident_place(int place) { return place_canonical[place]; }
const char *sim_incident_vorm(Vorm vorm) { return vorm_canonical[vorm]; }
const char *sim_incident_role(Role role) { return role_codes[role]; }
const char *sim_incident_person_role(int role) { return person_roles[role]; }
const char *sim_incident_treatment(int treatment) { return treatment < 0 ? "" : treatments[treatment]; }

/* -- one file being written ------------------------------------------------------------------ */

typedef struct Writer {
    const World    *world;
    const School   *school;
    const Incident *incident;
    Delivery       *delivery;
    Sheet           sheet;
    gsl_rng        *rng;
    Mess            mess;
    bool            code_spoilt;
    int             year, number; /* number: of the incident within the year, from 1 */
} Writer;

/* The misspelt code is the place in one row and the form in the next; each row has one. */
static void code_cell(Writer *writer, const char *code, bool here)
{
    if (writer->mess == MESS_CODE && here && !writer->code_spoilt) {
        sim_cell_misspelt(&writer->sheet, code);
        writer->code_spoilt = true;
    } else {
        sim_cell_text(&writer->sheet, code);
    }
}

static void vorm_cell(Writer *writer, const char *const *words, const char *mark, bool spoil)
{
    const Incident *incident = writer->incident;

    if (incident->n_vorm == 1 || (writer->mess == MESS_CODE && spoil)) {
        code_cell(writer, words[incident->vorm[0]], spoil);
        return;
    }
    Buf *cell = sim_cell_begin(&writer->sheet);
    buf_format(cell, "%s%s%s", words[incident->vorm[0]], mark, words[incident->vorm[1]]);
    sim_cell_end(&writer->sheet);
}

static void person_cell(Writer *writer, const Person *person)
{
    sim_person_write_varied(sim_cell_begin(&writer->sheet), writer->rng, person, writer->world->marker);
    sim_cell_end(&writer->sheet);
}

static void prose_cell(Writer *writer, double chance)
{
    Buf *cell = sim_cell_begin(&writer->sheet);

    if (sim_draw_chance(writer->rng, chance))
        sim_incident_prose(cell, writer->incident, writer->rng, writer->world->marker);
    sim_cell_end(&writer->sheet);
}

static void plain_prose_cell(Writer *writer, const char *sentence, double chance)
{
    Buf *cell = sim_cell_begin(&writer->sheet);
    const Incident *incident = writer->incident;

    if (sim_draw_chance(writer->rng, chance))
        sim_prose_write(cell, sentence, &incident->victim, &incident->reporter, writer->world->marker);
    sim_cell_end(&writer->sheet);
}

typedef void InvolvedWriter(Buf *cell, Writer *writer, const Involved *involved);

static void involved_name(Buf *cell, Writer *writer, const Involved *involved)
{
    sim_person_write_varied(cell, writer->rng, involved->person, writer->world->marker);
}

static void involved_role(Buf *cell, Writer *writer, const Involved *involved)
{
    buf_text(cell, (writer->sheet.dialect == &sim_dialect_export ? role_export : role_codes)[involved->role]);
}

static void involved_group(Buf *cell, Writer *writer, const Involved *involved)
{
    (void) writer;
    buf_format(cell, "%d", involved->group);
}

static void involved_birth(Buf *cell, Writer *writer, const Involved *involved)
{
    DateParts parts = date_parts(involved->person->birth);

    if (writer->sheet.dialect->dates == SHEET_ISO)
        buf_format(cell, "%04d-%02d-%02d", parts.year, parts.month, parts.day);
    else
        buf_format(cell, "%02d-%02d-%04d", parts.day, parts.month, parts.year);
}

/** \param first 1 leaves the victim out, whom an administration has in a column of its own */
static void involved_cell(Writer *writer, const char *mark, int first, InvolvedWriter *write)
{
    Buf *cell = sim_cell_begin(&writer->sheet);

    for (int at = first; at < writer->incident->n_involved; at++) {
        if (at > first)
            buf_text(cell, mark);
        write(cell, writer, &writer->incident->involved[at]);
    }
    sim_cell_end(&writer->sheet);
}

void sim_incident_prose(Buf *out, const Incident *incident, gsl_rng *rng, const char *marker)
{
    static const char *const pest[] = {
        "{a} wordt al weken buitengesloten door {b}.", "{b} noemt {a} steeds bij een bijnaam; de groep lacht mee.",
        "{a} durfde niet naar buiten omdat {b} stond te wachten.", "De moeder van {a} belde: {b} stuurt nare berichten."};
    static const char *const other[] = {
        "{a} en {b} kregen ruzie om de bal.", "{b} duwde {a}; juf heeft met beiden gepraat.",
        "{a} zei dat {b} begon, volgens {b} was het een ongeluk.",
        "Na de pauze kwam {a} huilend binnen. {b} gaf toe te hebben geslagen.", "{b} werd boos en gooide een stoel om, {a} schrok."};
    bool is_pest = incident->vorm[0] == VORM_PESTEN || incident->vorm[0] == VORM_DIGITAAL;
    const Person *last = incident->involved[incident->n_involved - 1].person;

    sim_prose_write(out, is_pest ? DRAW_ITEM(rng, pest) : DRAW_ITEM(rng, other), &incident->victim, last, marker);
}

/* -- canonical ------------------------------------------------------------------------------- */

static const char *const canonical_headers[] = {
    "brin", "vestiging", "incident_nr", "datum", "tijd", "plaats", "vorm", "getroffene_rol", "getroffene", "geboortedatum", "adres",
    "betrokkenen", "betrokkenen_rol", "betrokkenen_groep", "betrokkenen_geboortedatum", "melder", "melder_rol", "behandeling",
    "schade_materieel", "schade_fysiek", "schade_psychisch", "schade_anders", "politie_aangifte", "melding_arbeidsinspectie", "nazorg",
    "vlag", "pestfase", "stap", "toelichting", "suggesties", "bijlagen", NULL};

static void money_cell(Sheet *sheet, long cents)
{
    if (cents > 0)
        sim_cell_format(sheet, "%ld,%02ld", cents / 100, cents % 100);
    else
        sim_cell_text(sheet, "");
}

static void address_cell(Writer *writer)
{
    Buf *cell = sim_cell_begin(&writer->sheet);

    if (sim_draw_chance(writer->rng, 0.4)) {
        buf_format(cell, "%s %d, %s", writer->school->street, sim_draw_between(writer->rng, 1, 180), writer->school->place);
        if (writer->world->marker)
            buf_format(cell, " %sT", writer->world->marker);
    }
    sim_cell_end(&writer->sheet);
}

static void attachment_cell(Writer *writer)
{
    Buf *cell = sim_cell_begin(&writer->sheet);

    if (sim_draw_chance(writer->rng, 0.06)) {
        sim_person_write(cell, &writer->incident->victim, writer->world->marker);
        buf_format(cell, " foto%s%s.jpg", writer->world->marker ? writer->world->marker : "", writer->world->marker ? "T" : "");
    }
    sim_cell_end(&writer->sheet);
}

static void canonical_event(Writer *writer)
{
    const Incident *incident = writer->incident;
    Sheet *sheet = &writer->sheet;

    sim_cell_text(sheet, writer->school->brin);
    sim_cell_text(sheet, "00");
    sim_cell_format(sheet, "%s-%02d-%04d", writer->school->brin, writer->year % 100, writer->number);
    sim_cell_date_mess(sheet, incident->date, writer->mess);
    sim_cell_format(sheet, "%02d:%02d", incident->hour, incident->minute);
    code_cell(writer, place_canonical[incident->place], writer->number % 2 == 0);
    vorm_cell(writer, vorm_canonical, "|", writer->number % 2 == 1);
}

static void canonical_people(Writer *writer)
{
    const Incident *incident = writer->incident;
    Sheet *sheet = &writer->sheet;

    sim_cell_text(sheet, person_roles[incident->victim_role]);
    person_cell(writer, &incident->victim);
    sim_cell_date(sheet, incident->victim.birth);
    address_cell(writer);
    involved_cell(writer, "|", 0, involved_name);
    involved_cell(writer, "|", 0, involved_role);
    involved_cell(writer, "|", 0, involved_group);
    involved_cell(writer, "|", 0, involved_birth);
    person_cell(writer, &incident->reporter);
    sim_cell_text(sheet, person_roles[incident->reporter_role]);
}

static void canonical_rest(Writer *writer)
{
    const Incident *incident = writer->incident;
    Sheet *sheet = &writer->sheet;

    sim_cell_text(sheet, sim_incident_treatment(incident->treatment));
    money_cell(sheet, incident->damage_cents);
    for (int other = 0; other < 3; other++)
        sim_cell_text(sheet, "");
    sim_cell_text(sheet, answers[incident->police]);
    sim_cell_text(sheet, answers[incident->labour]);
    sim_cell_text(sheet, answers[incident->aftercare]);
    sim_cell_text(sheet, flags[incident->flag]);
    sim_cell_number(sheet, incident->phase ? incident->phase : -1);
    sim_cell_number(sheet, incident->step ? incident->step : -1);
    prose_cell(writer, 0.8);
    plain_prose_cell(writer, "Gesprek met {a} plannen, {b} houdt bij.", 0.15);
    attachment_cell(writer);
}

static void canonical_row(Writer *writer)
{
    canonical_event(writer);
    canonical_people(writer);
    canonical_rest(writer);
}

/* -- export of a pupil administration -------------------------------------------------------- */

static const char *const export_headers[] = {
    "vestigingscode", "Incidentnr.", "Datum voorval", "Tijd voorval", "Waar", "Categorie", "Leerling", "Geb.datum",
    "Andere leerlingen", "Rollen", "Groepen", "Behandeling", "Gemeld door", "Wat is er gebeurd?", "Nazorg gegeven", NULL};

/* An administration numbers on through the years, and schools of one board must not share numbers. */
static long running_number(const Writer *writer)
{
    return (writer->school->index + 1) * 100000L + (writer->year % 100) * 1000L + writer->number;
}

static void export_row(Writer *writer)
{
    const Incident *incident = writer->incident;
    Sheet *sheet = &writer->sheet;
    int others = incident->victim_role == 0 ? 1 : 0;

    sim_cell_text(sheet, writer->school->code);
    sim_cell_number(sheet, running_number(writer));
    sim_cell_date_mess(sheet, incident->date, writer->mess);
    sim_cell_format(sheet, "%d.%02d", incident->hour, incident->minute);
    code_cell(writer, place_export[incident->place], writer->number % 2 == 0);
    vorm_cell(writer, vorm_export, ", ", writer->number % 2 == 1);
    person_cell(writer, &incident->victim);
    sim_cell_date(sheet, incident->victim.birth);
    involved_cell(writer, "; ", others, involved_name);
    involved_cell(writer, "; ", others, involved_role);
    involved_cell(writer, "; ", others, involved_group);
    sim_cell_text(sheet, sim_incident_treatment(incident->treatment));
    person_cell(writer, &incident->reporter);
    prose_cell(writer, 0.9);
    sim_cell_text(sheet, answers[incident->aftercare]);
}

/* -- web form -------------------------------------------------------------------------------- */

static const char *const web_headers[] = {
    "ID", "Begintijd", "Tijd van voltooien", "E-mail", "vestigingscode", "Wanneer gebeurde het?", "Hoe laat?", "Waar gebeurde het?",
    "Wat voor incident was het?", "Om wie gaat het?", "Wat is de geboortedatum?", "Wie waren erbij betrokken?",
    "Is dit een leerling of iemand anders?", "Beschrijf kort wat er gebeurde", "Uw naam", "Is aangifte gedaan?",
    "Is nazorg gegeven?", NULL};

static void stamp_cell(Sheet *sheet, Date date, int minute)
{
    DateParts parts = date_parts(date);

    sim_cell_format(sheet, "%d/%d/%d 4:%02d:21 PM", parts.month, parts.day, parts.year, minute);
}

/* Typed by hand in a box of several lines: line breaks and quotation marks inside the cell. */
static void web_prose_cell(Writer *writer)
{
    Buf *cell = sim_cell_begin(&writer->sheet);

    sim_incident_prose(cell, writer->incident, writer->rng, writer->world->marker);
    if (sim_draw_chance(writer->rng, 0.5)) {
        const Person *victim = &writer->incident->victim;
        buf_text(cell, "\n\nDaarna gezegd: \"dit doen we hier niet\", ");
        sim_prose_write(cell, "en ouders van {a} gebeld.", victim, victim, writer->world->marker);
    }
    sim_cell_end(&writer->sheet);
}

static void web_row(Writer *writer)
{
    const Incident *incident = writer->incident;
    Sheet *sheet = &writer->sheet;

    sim_cell_number(sheet, running_number(writer));
    stamp_cell(sheet, incident->date, 10);
    stamp_cell(sheet, incident->date, 24);
    sim_person_email_write(sim_cell_begin(sheet), &incident->reporter, writer->world->marker);
    sim_cell_end(sheet);
    sim_cell_text(sheet, writer->school->code);
    sim_cell_date_mess(sheet, incident->date, writer->mess);
    sim_cell_format(sheet, "%d:%02d", incident->hour, incident->minute);
    code_cell(writer, place_web[incident->place], writer->number % 2 == 0);
    vorm_cell(writer, vorm_web, ";", writer->number % 2 == 1);
    person_cell(writer, &incident->victim);
    sim_cell_date(sheet, incident->victim.birth);
    involved_cell(writer, ";", 0, involved_name);
    sim_cell_text(sheet, incident->victim_role == 1 ? "Medewerker" : person_roles[incident->victim_role]);
    web_prose_cell(writer);
    person_cell(writer, &incident->reporter);
    sim_cell_text(sheet, incident->police == ANSWER_YES ? "Ja" : "Nee");
    sim_cell_text(sheet, incident->aftercare == ANSWER_YES ? "Ja" : incident->aftercare == ANSWER_NO ? "Nee" : "");
}

/* -- files ----------------------------------------------------------------------------------- */

static const struct { const char *form; const Dialect *dialect; const char *const *headers; void (*row)(Writer *); } layouts[] = {
    [LAYOUT_CANONICAL] = {"incident-canoniek", &sim_dialect_canonical, canonical_headers, canonical_row},
    [LAYOUT_COMMA] = {"incident-canoniek", &sim_dialect_comma, canonical_headers, canonical_row},
    [LAYOUT_EXPORT] = {"incident-parnasstijl", &sim_dialect_export, export_headers, export_row},
    [LAYOUT_WEB] = {"incident-webformulier", &sim_dialect_web, web_headers, web_row}};

static Date received_draw(const World *world, const School *school, int year, bool second)
{
    DRAW_AUTO rng = sim_draw_open(world->seed, school->index, year, DRAW_RECEIVED);
    Date day[366], due = 0;
    Date last = day[sim_days_open(school->board->calendar, year, day) - 1];

    date_from_parts((DateParts) {year + 1, 9, 1}, &due);
    if (school->index == PLANT_LATE_INCIDENT && year == world->last)
        return due + 13;
    return second ? due - 4 : last + sim_draw_between(rng, 1, due - 8 - last);
}

static bool file_store(const World *world, Ledger *ledger, const School *school, int year, const Incident *incident, int count,
                       const char *suffix, Err *err)
{
    Layout layout = sim_school_layout(world, school, year);
    DRAW_AUTO rng = sim_draw_open(world->seed, school->index, year, DRAW_INCIDENT_WRITE);
    Writer writer = {.world = world, .school = school, .rng = rng, .year = year};

    writer.delivery = sim_ledger_begin(ledger, world, "incidenten", layouts[layout].form, school->board, school, year, count, suffix);
    writer.delivery->received = received_draw(world, school, year, *suffix);
    if (school->index == PLANT_REDELIVERY && year == world->last)
        writer.delivery->mess_scale = 6; /* bad enough to be asked for again */
    sim_sheet_begin(&writer.sheet, layouts[layout].dialect, layouts[layout].headers);
    for (int at = 0; at < count; at++) {
        writer.incident = &incident[at];
        writer.number = at + 1;
        writer.code_spoilt = false;
        writer.mess = sim_mess_draw(writer.delivery);
        layouts[layout].row(&writer);
        sim_row_end(&writer.sheet);
        if (writer.mess == MESS_NONE && sim_mess_repeat(writer.delivery))
            sim_row_repeat(&writer.sheet);
    }
    bool good = sim_ledger_end(ledger, world, writer.delivery, &writer.sheet, err);
    sim_sheet_free(&writer.sheet);
    return good;
}

static bool school_store(Arena *arena, const World *world, Ledger *ledger, const School *school, int year, Err *err)
{
    int count;
    const Incident *incident = sim_incident_year(arena, world, school, year, &count);

    if (!file_store(world, ledger, school, year, incident, count, "", err))
        return false;
    return school->index != PLANT_REDELIVERY || year != world->last ||
           file_store(world, ledger, school, year, incident, count, "_v2", err);
}

bool sim_incident_store(Arena *arena, const World *world, Ledger *ledger, int year, Err *err)
{
    for (int at = 0; at < N_SCHOOLS; at++) {
        const School *school = &world->school[at];
        if (!sim_school_silent(world, school, year) && !school_store(arena, world, ledger, school, year, err))
            return err_frame(err, "incidents of %s", school->code);
    }
    return true;
}
