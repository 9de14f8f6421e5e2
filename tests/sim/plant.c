#include "tests/sim/plant.h"

static const struct { Plant school; int years_before_last; const char *what, *text; } plants[] = {
    {PLANT_OUTBREAK, 0, "pestuitbraak", "9 extra pestincidenten in maart en april, meest plein om 12 uur, groep 6"},
    {PLANT_TREND, 0, "stijgende trend", "incidenten stijgen elk schooljaar met 25 procent, vanaf het eerste jaar"},
    {PLANT_BREAK, 1, "registratiebreuk", "nieuwe indeling en tweemaal zoveel registraties, gepest daalt van 11,5 naar 8,5 procent"},
    {PLANT_REFUSED, 0, "te weigeren bestand", "signalen_99AC00 met een signaal dat niet geregistreerd mag worden, niet in het manifest"},
    {PLANT_REDELIVERY, 0, "herlevering", "incidenten met veel fouten, later een verbeterd bestand _v2"},
    {PLANT_LATE_INCIDENT, 0, "te laat", "incidenten ontvangen op 14 september"},
    {PLANT_LATE_SURVEY, 0, "te laat", "enquete ontvangen op 9 juli"},
    {PLANT_NO_SURVEY, 0, "geen enquete", "deze school levert in geen enkel jaar een vragenlijst"},
    {PLANT_SILENT, 0, "niets geleverd", "deze school levert in het laatste jaar niets"},
    {PLANT_TINY, 0, "kleine groepen", "leerlingaantallen per groep onder 5, afgeschermd als <5"},
    {PLANT_NAMED_SURVEY, 0, "namen in enquete", "webformulier met namen en adressen in kolommen die genegeerd moeten worden"}};

void sim_plant_list(const World *world, Ledger *ledger)
{
    for (size_t at = 0; at < sizeof plants / sizeof *plants; at++)
        sim_ledger_plant(ledger, plants[at].what, world->school[plants[at].school].code, world->last - plants[at].years_before_last,
                     plants[at].text);
}

bool sim_plant_refused_store(Arena *arena, const World *world, Err *err)
{
    static const char *const headers[] = {"naam", "geboortedatum", "signaal", NULL};
    const School *school = &world->school[PLANT_REFUSED];
    const Person *pupil = sim_school_pupil(school, world->last, 4, 0);
    const char *directory = sim_delivery_dir(arena, world, school->board->no, world->last, err);
    SHEET_AUTO sheet;

    sim_sheet_begin(&sheet, &sim_dialect_canonical, headers);
    sim_person_write(sim_cell_begin(&sheet), pupil, world->marker);
    sim_cell_end(&sheet);
    sim_cell_date(&sheet, pupil->birth);
    sim_cell_text(&sheet, "Handle with Care");
    sim_row_end(&sheet);
    return directory && sim_sheet_store(&sheet, arena_format(arena, "%s/signalen_%s_%s.csv", directory, school->code,
                                                         sim_year_text(arena, world->last)), err);
}
