#include "tests/sim/register.h"

#include <string.h>

#include "common/place.h"
#include "tests/sim/sheet.h"

static const Dialect dialect_register = {.delimiter = ';', .cp1252 = true, .crlf = true, .dates = SHEET_ISO};
static const Dialect dialect_counts = {.delimiter = ';', .bom = true, .crlf = true, .dates = SHEET_ISO};

static const char *const location_headers[] = {
    "VOORBEELD", "PROVINCIE", "BEVOEGD GEZAG NUMMER", "INSTELLINGSCODE", "VESTIGINGSCODE", "VESTIGINGSNAAM", "STRAATNAAM",
    "HUISNUMMER-TOEVOEGING", "POSTCODE", "PLAATSNAAM", "GEMEENTENUMMER", "GEMEENTENAAM", "DENOMINATIE", "TELEFOONNUMMER",
    "INTERNETADRES", "STRAATNAAM CORRESPONDENTIEADRES", "HUISNUMMER-TOEVOEGING CORRESPONDENTIEADRES",
    "POSTCODE CORRESPONDENTIEADRES", "PLAATSNAAM CORRESPONDENTIEADRES", "NODAAL GEBIED CODE", "NODAAL GEBIED NAAM", "RPA-GEBIED CODE",
    "RPA-GEBIED NAAM", "WGR-GEBIED CODE", "WGR-GEBIED NAAM", "COROPGEBIED CODE", "COROPGEBIED NAAM", "ONDERWIJSGEBIED CODE",
    "ONDERWIJSGEBIED NAAM", "RMC-REGIO CODE", "RMC-REGIO NAAM", "VAKANTIEREGIO", NULL};
static const char *const board_headers[] = {"BEVOEGD GEZAG NUMMER", "BEVOEGD GEZAG NAAM", "PLAATSNAAM", NULL};
enum { AREA_COLUMNS = 12 }; /* NODAAL GEBIED CODE up to RMC-REGIO NAAM */

static void upper_cell(Sheet *sheet, const char *text)
{
    Buf *cell = sim_cell_begin(sheet);

    for (; *text; text++) {
        char letter = *text >= 'a' && *text <= 'z' ? (char) (*text - 'a' + 'A') : *text;
        buf_add(cell, &letter, 1);
    }
    sim_cell_end(sheet);
}

static const char *region_name(const Board *board)
{
    return board->region[0] == 'N' ? "Noord" : board->region[0] == 'M' ? "Midden" : "Zuid";
}

static void address_cells(Sheet *sheet, const School *school)
{
    sim_cell_text(sheet, school->street);
    sim_cell_number(sheet, school->index + 1);
    sim_cell_format(sheet, "99%02d XX", school->index);
    upper_cell(sheet, school->place);
}

static int municipality_no(const School *school)
{
    return 9900 + school->board->no % 100;
}

/* Cells without a value hold one space, as in the real file. */
static void location_row(Sheet *sheet, const School *school)
{
    sim_cell_text(sheet, "verzonnen");
    sim_cell_text(sheet, school->board->province);
    sim_cell_number(sheet, school->board->no);
    sim_cell_text(sheet, school->brin);
    sim_cell_text(sheet, school->code);
    sim_cell_text(sheet, school->name);
    address_cells(sheet, school);
    sim_cell_number(sheet, municipality_no(school));
    upper_cell(sheet, school->board->place);
    sim_cell_text(sheet, school->denomination);
    sim_cell_text(sheet, " ");
    sim_cell_format(sheet, "www.school%02d.example", school->index + 1);
    address_cells(sheet, school);
    for (int column = 0; column < AREA_COLUMNS; column++)
        sim_cell_text(sheet, " ");
    sim_cell_text(sheet, region_name(school->board));
    sim_row_end(sheet);
}

static bool locations_store(Arena *arena, const World *world, Err *err)
{
    SHEET_AUTO sheet;

    sim_sheet_begin(&sheet, &dialect_register, location_headers);
    for (int at = 0; at < N_SCHOOLS; at++)
        location_row(&sheet, &world->school[at]);
    return sim_sheet_store(&sheet, arena_format(arena, "%s/register/register_voorbeeld.csv", world->out), err);
}

static bool boards_store(Arena *arena, const World *world, Err *err)
{
    SHEET_AUTO sheet;

    sim_sheet_begin(&sheet, &dialect_register, board_headers);
    for (int at = 0; at < N_BOARDS; at++) {
        sim_cell_number(&sheet, world->board[at].no);
        sim_cell_text(&sheet, world->board[at].name);
        upper_cell(&sheet, world->board[at].place);
        sim_row_end(&sheet);
    }
    return sim_sheet_store(&sheet, arena_format(arena, "%s/register/besturen.csv", world->out), err);
}

static void count_row(Sheet *sheet, const School *school, int group)
{
    sim_cell_text(sheet, school->brin);
    sim_cell_text(sheet, school->code);
    sim_cell_text(sheet, school->name);
    sim_cell_text(sheet, "BO");
    sim_cell_text(sheet, school->denomination);
    sim_cell_number(sheet, school->board->no);
    sim_cell_number(sheet, municipality_no(school));
    upper_cell(sheet, school->board->place);
    sim_cell_number(sheet, group);
    for (int year = COUNT_FIRST; year <= YEAR_LAST; year++) {
        int pupils = sim_school_pupils(school, year, group);
        if (pupils > 0 && pupils < 5)
            sim_cell_text(sheet, "<5");
        else
            sim_cell_number(sheet, pupils);
    }
    sim_row_end(sheet);
}

static bool counts_store(Arena *arena, const World *world, Err *err)
{
    static const char *const lead[] = {
        "INSTELLINGSCODE", "VESTIGINGSCODE", "NAAM_VESTIGING", "SOORT_VESTIGING", "DENOMINATIE_VESTIGING", "BEVOEGD_GEZAG_NUMMER",
        "GEMEENTECODE_VESTIGING", "GEMEENTENAAM_VESTIGING", "GROEP"};
    enum { N_LEAD = sizeof lead / sizeof *lead };
    const char *header[N_LEAD + N_COUNTS + 1] = {NULL};
    SHEET_AUTO sheet;

    memcpy(header, lead, sizeof lead);
    for (int year = 0; year < N_COUNTS; year++)
        header[N_LEAD + year] = arena_format(arena, "LEERLINGEN_%d", COUNT_FIRST + year);
    sim_sheet_begin(&sheet, &dialect_counts, header);
    for (int at = 0; at < N_SCHOOLS; at++)
        for (int group = 0; group <= N_GROUPS; group++)
            count_row(&sheet, &world->school[at], group);
    return sim_sheet_store(&sheet, arena_format(arena, "%s/register/leerlingen_voorbeeld.csv", world->out), err);
}

bool sim_register_store(Arena *arena, const World *world, Err *err)
{
    return place_make_dir(arena_format(arena, "%s/register", world->out), 0777, err) && locations_store(arena, world, err) &&
           boards_store(arena, world, err) && counts_store(arena, world, err);
}
