#include "tests/sim/bulk.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tests/sim/incident.h"

enum { FLUSH_BYTES = 1024 * 1024 };

typedef struct Bulk {
    const World *world;
    Sheet        sheet;
    gsl_rng     *rng;
    Season       season;
    long         number;
} Bulk;

static const School *school_draw(const Bulk *bulk)
{
    return &bulk->world->school[sim_draw_between(bulk->rng, 0, bulk->world->board[0].n_schools - 1)];
}

/* -- incidents ------------------------------------------------------------------------------- */

static const char *const incident_headers[] = {
    "brin", "vestiging", "incident_nr", "datum", "tijd", "plaats", "vorm", "getroffene_rol", "getroffene", "geboortedatum",
    "betrokkenen", "betrokkenen_rol", "betrokkenen_groep", "behandeling", "nazorg", "toelichting", NULL};

static void involved_cells(Bulk *bulk, const Incident *incident)
{
    for (int column = 0; column < 3; column++) {
        Buf *cell = sim_cell_begin(&bulk->sheet);
        for (int at = 0; at < incident->n_involved; at++) {
            const Involved *involved = &incident->involved[at];
            buf_text(cell, at ? "|" : "");
            if (column == 0)
                sim_person_write(cell, involved->person, bulk->world->marker);
            else if (column == 1)
                buf_text(cell, sim_incident_role(involved->role));
            else
                buf_format(cell, "%d", involved->group);
        }
        sim_cell_end(&bulk->sheet);
    }
}

static void incident_cells(Bulk *bulk, const School *school, const Incident *incident)
{
    Sheet *sheet = &bulk->sheet;

    sim_cell_text(sheet, school->brin);
    sim_cell_text(sheet, "00");
    sim_cell_format(sheet, "B%08ld", bulk->number);
    sim_cell_date(sheet, incident->date);
    sim_cell_format(sheet, "%02d:%02d", incident->hour, incident->minute);
    sim_cell_text(sheet, sim_incident_place(incident->place));
    sim_cell_text(sheet, sim_incident_vorm(incident->vorm[0]));
    sim_cell_text(sheet, sim_incident_person_role(incident->victim_role));
    sim_person_write(sim_cell_begin(sheet), &incident->victim, bulk->world->marker);
    sim_cell_end(sheet);
    sim_cell_date(sheet, incident->victim.birth);
    involved_cells(bulk, incident);
    sim_cell_text(sheet, sim_incident_treatment(incident->treatment));
    sim_cell_text(sheet, incident->aftercare == ANSWER_YES ? "ja" : "nee");
}

static void incident_row(Bulk *bulk)
{
    Incident incident;
    const School *school = school_draw(bulk);

    sim_incident_draw(school, bulk->world->last, &bulk->season, bulk->rng, &incident);
    incident_cells(bulk, school, &incident);
    Buf *cell = sim_cell_begin(&bulk->sheet);
    if (bulk->number % 10 == 0)
        sim_incident_prose(cell, &incident, bulk->rng, bulk->world->marker);
    sim_cell_end(&bulk->sheet);
}

/* -- questionnaires -------------------------------------------------------------------------- */

/* The staff questionnaire of config/instruments/medewerkers.json: 24 questions, of which 19 to 23 ask how often. */
enum { STAFF_ITEMS = 24, STAFF_OFTEN_FIRST = 18, STAFF_OFTEN_LAST = 22 };

static const char *staff_answer(Bulk *bulk, int item)
{
    static const char *const agree[] = {"", "helemaal oneens", "oneens", "neutraal", "eens", "helemaal eens", "weet niet"};
    static const char *const often[] = {"", "nooit", "soms", "vaak", "altijd", "?"};

    if (item >= STAFF_OFTEN_FIRST && item <= STAFF_OFTEN_LAST)
        return often[sim_draw_between(bulk->rng, 0, 5)];
    return agree[sim_draw_between(bulk->rng, 0, 6)];
}

static void survey_row(Bulk *bulk)
{
    Sheet *sheet = &bulk->sheet;
    const School *school = school_draw(bulk);
    int year = bulk->world->last;

    sim_cell_format(sheet, "%d-%d", year, year + 1);
    sim_cell_text(sheet, school->brin);
    sim_cell_text(sheet, "00");
    sim_cell_date(sheet, bulk->season.day[bulk->season.days - sim_draw_between(bulk->rng, 40, 80)]);
    sim_cell_text(sheet, "nooit"); /* one answer at least: a row without any is no respondent */
    for (int item = 0; item < STAFF_ITEMS; item++)
        if (item != STAFF_OFTEN_FIRST)
            sim_cell_text(sheet, staff_answer(bulk, item));
}

static void survey_begin(Bulk *bulk)
{
    static char code[STAFF_ITEMS][8];
    const char *header[5 + STAFF_ITEMS] = {"schooljaar", "brin", "vestiging", "afnamedatum", code[STAFF_OFTEN_FIRST]};

    for (int item = 0, at = 5; item < STAFF_ITEMS; item++) {
        snprintf(code[item], sizeof code[item], "m%02d", item + 1);
        if (item != STAFF_OFTEN_FIRST)
            header[at++] = code[item];
    }
    sim_sheet_begin(&bulk->sheet, &sim_dialect_canonical, header);
}

/* -- the file -------------------------------------------------------------------------------- */

static bool flush(Bulk *bulk, FILE *file)
{
    Buf *out = &bulk->sheet.out;
    bool good = fwrite(out->data, 1, out->length, file) == out->length;

    out->length = 0;
    return good;
}

static bool rows_write(Bulk *bulk, FILE *file, bool survey, long rows)
{
    for (bulk->number = 1; bulk->number <= rows; bulk->number++) {
        (survey ? survey_row : incident_row)(bulk);
        sim_row_end(&bulk->sheet);
        if (bulk->sheet.out.length > FLUSH_BYTES && !flush(bulk, file))
            return false;
    }
    return flush(bulk, file);
}

static bool file_write(Bulk *bulk, bool survey, long rows, Err *err)
{
    const char *path = bulk->world->out;
    FILE *file = fopen(path, "wb");

    if (!file)
        return err_set(err, ERR_IO, "cannot write \"%s\": %s", path, strerror(errno));
    bool good = rows_write(bulk, file, survey, rows);
    good = fclose(file) == 0 && good;
    return good || err_set(err, ERR_IO, "cannot write \"%s\": %s", path, strerror(errno));
}

bool sim_bulk_store(const World *world, const char *kind, long rows, Err *err)
{
    bool survey = strcmp(kind, "enquete") == 0;
    DRAW_AUTO rng = sim_draw_open(world->seed, 0, world->last, DRAW_BENCH);
    Bulk bulk = {.world = world, .rng = rng};

    if (!survey && strcmp(kind, "incident") != 0)
        return err_set(err, ERR_USAGE, "--kind must be incident or enquete");
    sim_season_begin(&bulk.season, world->board[0].calendar, world->last);
    if (survey)
        survey_begin(&bulk);
    else
        sim_sheet_begin(&bulk.sheet, &sim_dialect_canonical, incident_headers);
    bool good = file_write(&bulk, survey, rows, err);
    sim_sheet_free(&bulk.sheet);
    sim_season_free(&bulk.season);
    return good;
}
