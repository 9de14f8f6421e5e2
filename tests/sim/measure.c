#include "tests/sim/measure.h"

#include <gsl/gsl_randist.h>
#include <stdlib.h>

typedef enum Kind { KIND_TIMEOUT, KIND_SUSPENSION, KIND_REMOVAL, KIND_COUNT } Kind;

static const char *const kinds[KIND_COUNT] = {"time-out", "schorsing", "verwijdering"};
static const double rate_per_pupil[KIND_COUNT] = {0.004, 0.003, 0.00025};

typedef struct Measure {
    const School *school;
    Kind          kind;
    const Person *pupil;
    int           group;
    Date          begin, end, decided, parents, board, inspectorate, attendance, talk, objection, objection_decided, new_school;
} Measure;

static int length_draw(Kind kind, gsl_rng *rng)
{
    static const double timeout[] = {62, 22, 9, 4, 2, 1}, suspension[] = {30, 24, 20, 12, 12, 2};

    return sim_draw_weighted(rng, kind == KIND_TIMEOUT ? timeout : suspension, 6) + 1; /* school days; six is longer than allowed */
}

static void suspension_fill(Measure *measure, const Calendar *calendar, gsl_rng *rng, int length)
{
    if (length > 1 && sim_draw_chance(rng, 0.85))
        measure->inspectorate = calendar_term_end_open(calendar, measure->decided, sim_draw_between(rng, 1, 4));
    if (sim_draw_chance(rng, 0.9))
        measure->attendance = calendar_term_end_open(calendar, measure->decided, sim_draw_between(rng, 1, 5));
    if (sim_draw_chance(rng, 0.10)) {
        measure->objection = measure->decided + sim_draw_between(rng, 3, 40);
        int longest = sim_draw_chance(rng, 0.8) ? 14 : 28;
        measure->objection_decided = calendar_term_end(calendar, measure->objection, sim_draw_between(rng, 7, longest));
    }
}

static void removal_fill(Measure *measure, const Calendar *calendar, gsl_rng *rng)
{
    measure->end = DATE_NONE;
    measure->inspectorate = measure->decided + 1;
    measure->attendance = measure->decided + 1;
    measure->new_school = calendar_term_end_open(calendar, measure->decided, sim_draw_between(rng, 15, 50));
    if (sim_draw_chance(rng, 0.4)) {
        measure->objection = measure->decided + sim_draw_between(rng, 5, 42);
        measure->objection_decided = calendar_term_end(calendar, measure->objection, sim_draw_between(rng, 14, 35));
    }
}

static void measure_draw(Measure *measure, const School *school, int year, Kind kind, gsl_rng *rng)
{
    static const double by_group[N_GROUPS + 1] = {0, .02, .05, .2, .4, .8, 1.2, 1.6, 1.8};
    const Calendar *calendar = school->board->calendar;
    Date day[366];
    int days = sim_days_open(calendar, year, day), length = length_draw(kind, rng);

    *measure = (Measure) {.school = school, .kind = kind, .inspectorate = DATE_NONE, .attendance = DATE_NONE, .objection = DATE_NONE,
                          .objection_decided = DATE_NONE, .new_school = DATE_NONE};
    measure->begin = day[sim_draw_between(rng, 10, days - 12)];
    measure->end = calendar_term_end_open(calendar, measure->begin - 1, length);
    measure->decided = sim_day_open_before(calendar, measure->begin - sim_draw_between(rng, 0, kind == KIND_TIMEOUT ? 0 : 2));
    measure->parents = measure->decided;
    measure->board = sim_draw_chance(rng, 0.9) ? measure->decided : calendar_term_end_open(calendar, measure->decided, 3);
    measure->talk = calendar_term_end_open(calendar, measure->begin, sim_draw_between(rng, 1, 6));
    measure->group = sim_school_group_draw(school, year, rng, by_group);
    /* the first slots again: those who are involved in much are those who are sent home */
    int third = (sim_school_pupils(school, year, measure->group) - 1) / 3;
    measure->pupil = sim_school_pupil(school, year, measure->group, sim_draw_between(rng, 0, third));
    if (kind == KIND_SUSPENSION)
        suspension_fill(measure, calendar, rng, length);
    else if (kind == KIND_REMOVAL)
        removal_fill(measure, calendar, rng);
}

static int measure_order(const void *left, const void *right)
{
    const Measure *a = left, *b = right;

    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    return a->school->index - b->school->index;
}

static Measure *measure_year(Arena *arena, const World *world, const Board *board, int year, int *count)
{
    DRAW_AUTO rng = sim_draw_open(world->seed, board->no, year, DRAW_MEASURE);
    int number[N_SCHOOLS][KIND_COUNT] = {0}, sum = 0;

    for (int at = 0; at < N_SCHOOLS; at++)
        for (int kind = 0; kind < KIND_COUNT; kind++) {
            const School *school = &world->school[at];
            if (school->board == board && !sim_school_silent(world, school, year))
                sum += number[at][kind] = (int) gsl_ran_poisson(rng, rate_per_pupil[kind] * sim_school_pupils(school, year, 0));
        }
    Measure *measure = arena_array(arena, (size_t) sum + 1, sizeof *measure);
    *count = 0;
    for (int at = 0; at < N_SCHOOLS; at++)
        for (int kind = 0; kind < KIND_COUNT; kind++)
            for (int left = number[at][kind]; left > 0; left--)
                measure_draw(&measure[(*count)++], &world->school[at], year, (Kind) kind, rng);
    qsort(measure, (size_t) *count, sizeof *measure, measure_order);
    return measure;
}

/* -- the file -------------------------------------------------------------------------------- */

static const char *const headers[] = {
    "brin", "vestiging", "maatregel_nr", "soort", "leerling", "geboortedatum", "groep", "begin", "eind", "besluit_op",
    "ouders_geinformeerd_op", "bestuur_geinformeerd_op", "inspectie_gemeld_op", "leerplicht_gemeld_op", "gesprek_op", "grond",
    "bezwaar_op", "besluit_bezwaar_op", "nieuwe_school_op", NULL};

typedef struct MeasureFile {
    const World *world;
    const Board *board;
    Sheet        sheet;
    gsl_rng     *rng;
    Date         known;
    int          year, number;
} MeasureFile;

static void known_cell(MeasureFile *file, Date date)
{
    sim_cell_date(&file->sheet, date > file->known ? DATE_NONE : date);
}

static void lead_cells(MeasureFile *file, const Measure *measure, Mess mess)
{
    Sheet *sheet = &file->sheet;

    sim_cell_text(sheet, measure->school->brin);
    sim_cell_text(sheet, "00");
    sim_cell_format(sheet, "M%d-%d-%03d", file->board->no, file->year, file->number);
    if (mess == MESS_CODE)
        sim_cell_misspelt(sheet, kinds[measure->kind]);
    else
        sim_cell_text(sheet, kinds[measure->kind]);
    sim_person_write_varied(sim_cell_begin(sheet), file->rng, measure->pupil, file->world->marker);
    sim_cell_end(sheet);
    sim_cell_date(sheet, measure->pupil->birth);
    sim_cell_number(sheet, measure->group);
}

static void reason_cell(MeasureFile *file, const Measure *measure)
{
    static const char *const reasons[] = {
        "{a} heeft herhaald geslagen ondanks afspraken.", "{a} bedreigde {b}.", "{a} liep weg en was onveilig bezig.",
        "Na drie waarschuwingen door {b} bleef {a} anderen pesten."};
    const Person *teacher = &DRAW_ITEM(file->rng, measure->school->staff);

    sim_prose_write(sim_cell_begin(&file->sheet), DRAW_ITEM(file->rng, reasons), measure->pupil, teacher, file->world->marker);
    sim_cell_end(&file->sheet);
}

static void date_cells(MeasureFile *file, const Measure *measure, Mess mess)
{
    Sheet *sheet = &file->sheet;

    sim_cell_date(sheet, measure->begin);
    sim_cell_date(sheet, measure->end);
    sim_cell_date_mess(sheet, measure->decided, mess);
    sim_cell_date(sheet, measure->parents);
    sim_cell_date(sheet, measure->board);
    known_cell(file, measure->inspectorate);
    known_cell(file, measure->attendance);
    known_cell(file, measure->talk);
    reason_cell(file, measure);
    known_cell(file, measure->objection);
    known_cell(file, measure->objection_decided);
    known_cell(file, measure->new_school);
}

static bool board_store(Arena *arena, const World *world, Ledger *ledger, const Board *board, int year, Err *err)
{
    DRAW_AUTO rng = sim_draw_open(world->seed, board->no, year + 10000, DRAW_MEASURE);
    int count;
    const Measure *measure = measure_year(arena, world, board, year, &count);
    MeasureFile file = {.world = world, .board = board, .rng = rng, .year = year};
    Delivery *delivery = sim_ledger_begin(ledger, world, "maatregelen", "maatregel-canoniek", board, NULL, year, count, "");

    date_from_parts((DateParts) {year + 1, 8, 27}, &delivery->received);
    file.known = delivery->received - 1;
    sim_sheet_begin(&file.sheet, &sim_dialect_canonical, headers);
    for (int at = 0; at < count; at++) {
        Mess mess = sim_mess_draw(delivery);
        file.number = at + 1;
        lead_cells(&file, &measure[at], mess);
        date_cells(&file, &measure[at], mess);
        sim_row_end(&file.sheet);
        if (mess == MESS_NONE && sim_mess_repeat(delivery))
            sim_row_repeat(&file.sheet);
    }
    bool good = sim_ledger_end(ledger, world, delivery, &file.sheet, err);
    sim_sheet_free(&file.sheet);
    return good;
}

bool sim_measure_store(Arena *arena, const World *world, Ledger *ledger, int year, Err *err)
{
    for (int at = 0; at < N_BOARDS; at++)
        if (!board_store(arena, world, ledger, &world->board[at], year, err))
            return err_frame(err, "measures of board %d", world->board[at].no);
    return true;
}
