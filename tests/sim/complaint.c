#include "tests/sim/complaint.h"

#include <gsl/gsl_randist.h>
#include <stdlib.h>

typedef enum Level { LEVEL_SCHOOL, LEVEL_BOARD, LEVEL_IKC, LEVEL_LKC, LEVEL_COUNT } Level;
typedef enum Outcome {
    OUTCOME_FOUNDED, OUTCOME_PARTLY, OUTCOME_UNFOUNDED, OUTCOME_INADMISSIBLE, OUTCOME_WITHDRAWN, OUTCOME_SOLVED
} Outcome;

static const char *const levels[] = {"school", "bevoegd gezag", "IKC", "LKC"};
static const char *const outcomes[] = {"gegrond", "deels gegrond", "ongegrond", "niet-ontvankelijk", "ingetrokken", "opgelost"};
static const char *const kinds[] = {"onderwijs", "communicatie", "begeleiding", "organisatie", "optreden", "discriminatie",
                                    "seksuele intimidatie", "agressie en geweld", "pesten", "anders"};
static const double rate_per_pupil = 0.005;

typedef struct Complaint {
    const School *school; /* NULL: the office of the board */
    Date          received, behaved, admissible, defence, hearing, advice, decided, withdrawn;
    bool          admitted, anonymous, written;
    Level         level;
    Outcome       outcome;
    int           kind;
    Person        complainant, respondent;
    const char   *complainant_role;
} Complaint;

/* -- the course of a complaint --------------------------------------------------------------- */

/* Decided within the term, holidays added; a fifth comes one to five weeks too late. */
static Date decided_draw(const Calendar *calendar, gsl_rng *rng, Date from, int term)
{
    Date end = calendar_term_end(calendar, from, term);

    if (sim_draw_chance(rng, 0.20))
        return calendar_term_end_open(calendar, end, sim_draw_between(rng, 1, 25));
    Date day = sim_day_open_before(calendar, calendar_term_end(calendar, from, sim_draw_between(rng, term / 4, term)));
    return day > from ? day : calendar_term_end_open(calendar, from, 1);
}

static Date step_draw(const Calendar *calendar, gsl_rng *rng, Date from, int shortest, int longest)
{
    return calendar_term_end_open(calendar, calendar_term_end(calendar, from, sim_draw_between(rng, shortest, longest)), 1);
}

static void hearing_run(Complaint *complaint, const Calendar *calendar, gsl_rng *rng)
{
    static const double outcome[] = {22, 24, 44, 0, 0, 10};

    complaint->defence = step_draw(calendar, rng, complaint->admissible, 10, 26);
    complaint->hearing = step_draw(calendar, rng, complaint->defence, 7, 24);
    complaint->advice = step_draw(calendar, rng, complaint->hearing, 12, sim_draw_chance(rng, 0.15) ? 50 : 26);
    complaint->decided = decided_draw(calendar, rng, complaint->advice, 28);
    complaint->outcome = (Outcome) sim_draw_weighted(rng, outcome, 6);
}

static void school_run(Complaint *complaint, const Calendar *calendar, gsl_rng *rng)
{
    static const double outcome[] = {10, 12, 18, 0, 0, 60};

    complaint->decided = decided_draw(calendar, rng, complaint->admissible, 28);
    complaint->outcome = (Outcome) sim_draw_weighted(rng, outcome, 6);
}

static void complaint_run(Complaint *complaint, const Calendar *calendar, gsl_rng *rng)
{
    int days = sim_draw_chance(rng, 0.9) ? sim_draw_between(rng, 1, 7) : sim_draw_between(rng, 8, 15);

    complaint->admissible = calendar_term_end_open(calendar, complaint->received, days);
    complaint->admitted = complaint->received - complaint->behaved <= 365;
    if (!complaint->admitted) {
        complaint->decided = complaint->admissible;
        complaint->outcome = OUTCOME_INADMISSIBLE;
    } else if (sim_draw_chance(rng, 0.07)) {
        complaint->withdrawn = step_draw(calendar, rng, complaint->admissible, 2, 20);
        complaint->outcome = OUTCOME_WITHDRAWN;
    } else if (complaint->level == LEVEL_SCHOOL) {
        school_run(complaint, calendar, rng);
    } else {
        hearing_run(complaint, calendar, rng);
    }
}

static void people_draw(Complaint *complaint, const School *school, int year, gsl_rng *rng)
{
    static const char *const roles[] = {"ouder", "leerling", "werknemer", "anders"};
    static const double role[] = {86, 4, 7, 3}, even[N_GROUPS + 1] = {0, 1, 1, 1, 1, 1, 1, 1, 1};
    int who = sim_draw_weighted(rng, role, 4), group = sim_school_group_draw(school, year, rng, even);
    int last = sim_school_pupils(school, year, group) - 1;
    const Person *pupil = sim_school_pupil(school, year, group, sim_draw_between(rng, 0, last));

    complaint->complainant_role = roles[who];
    complaint->complainant = who == 0 ? sim_person_parent(rng, pupil) : who == 1 ? *pupil : DRAW_ITEM(rng, school->staff);
    complaint->respondent = DRAW_ITEM(rng, school->staff);
}

static void complaint_draw(Complaint *complaint, const School *school, int year, gsl_rng *rng)
{
    static const double kind[] = {16, 20, 17, 9, 17, 3, 1.5, 4, 9, 3.5}, level[LEVEL_COUNT] = {55, 25, 16, 4};
    Date day[366];
    const Calendar *calendar = school->board->calendar;
    bool late = sim_draw_chance(rng, 0.03), office = sim_draw_chance(rng, 0.1);

    *complaint = (Complaint) {.school = office ? NULL : school, .defence = DATE_NONE, .hearing = DATE_NONE, .advice = DATE_NONE,
                              .decided = DATE_NONE, .withdrawn = DATE_NONE};
    complaint->received = day[sim_draw_between(rng, 0, sim_days_open(calendar, year, day) - 1)];
    int longest = sim_draw_chance(rng, 0.7) ? 30 : 240;
    complaint->behaved = complaint->received - (late ? sim_draw_between(rng, 380, 700) : sim_draw_between(rng, 0, longest));
    complaint->anonymous = sim_draw_chance(rng, 0.06);
    complaint->written = sim_draw_chance(rng, 0.7);
    complaint->kind = sim_draw_weighted(rng, kind, 10);
    complaint->level = office ? LEVEL_BOARD : (Level) sim_draw_weighted(rng, level, LEVEL_COUNT);
    people_draw(complaint, school, year, rng);
    complaint_run(complaint, calendar, rng);
}

static int complaint_order(const void *left, const void *right)
{
    const Complaint *a = left, *b = right;

    if (a->received != b->received)
        return a->received < b->received ? -1 : 1;
    return (a->behaved > b->behaved) - (a->behaved < b->behaved);
}

static Complaint *complaint_year(Arena *arena, const World *world, const Board *board, int year, int *count)
{
    DRAW_AUTO rng = sim_draw_open(world->seed, board->no, year, DRAW_COMPLAINT);
    int number[N_SCHOOLS] = {0}, sum = 0;

    for (int at = 0; at < N_SCHOOLS; at++)
        if (world->school[at].board == board && !sim_school_silent(world, &world->school[at], year))
            sum += number[at] = (int) gsl_ran_poisson(rng, rate_per_pupil * sim_school_pupils(&world->school[at], year, 0));
    Complaint *complaint = arena_array(arena, (size_t) sum + 1, sizeof *complaint);
    *count = 0;
    for (int at = 0; at < N_SCHOOLS; at++)
        for (int left = number[at]; left > 0; left--)
            complaint_draw(&complaint[(*count)++], &world->school[at], year, rng);
    qsort(complaint, (size_t) *count, sizeof *complaint, complaint_order);
    return complaint;
}

/* -- the register ---------------------------------------------------------------------------- */

static const char *const headers[] = {
    "brin", "vestiging", "klacht_nr", "ontvangen_op", "kanaal", "anoniem", "klager", "klager_rol", "verweerder", "verweerder_rol",
    "soort", "gedraging_op", "niveau", "ontvankelijk", "ontvankelijkheid_op", "verweer_op", "hoorzitting_op", "advies_op", "besluit_op",
    "ingetrokken_op", "oordeel", "maatregel", "omschrijving", NULL};

typedef struct Register {
    const World *world;
    const Board *board;
    Sheet        sheet;
    gsl_rng     *rng;
    Date         known; /* what happened later is not in this register */
    int          year, number;
} Register;

static void known_cell(Register *reg, Date date)
{
    sim_cell_date(&reg->sheet, date > reg->known ? DATE_NONE : date);
}

static bool complaint_is_open(const Complaint *complaint, Date known)
{
    Date end = complaint->withdrawn == DATE_NONE ? complaint->decided : complaint->withdrawn;

    return end > known;
}

static void head_cells(Register *reg, const Complaint *complaint, Mess mess)
{
    Sheet *sheet = &reg->sheet;

    sim_cell_text(sheet, complaint->school ? complaint->school->brin : "");
    sim_cell_text(sheet, complaint->school ? "00" : "");
    sim_cell_format(sheet, "K%d-%d-%03d", reg->board->no, reg->year, reg->number);
    sim_cell_date_mess(sheet, complaint->received, mess);
    sim_cell_text(sheet, complaint->written ? "schriftelijk" : "mondeling");
    sim_cell_text(sheet, complaint->anonymous ? "ja" : "nee");
}

static void people_cells(Register *reg, const Complaint *complaint)
{
    Buf *cell = sim_cell_begin(&reg->sheet);

    if (!complaint->anonymous)
        sim_person_write_varied(cell, reg->rng, &complaint->complainant, reg->world->marker);
    sim_cell_end(&reg->sheet);
    sim_cell_text(&reg->sheet, complaint->complainant_role);
    sim_person_write_varied(sim_cell_begin(&reg->sheet), reg->rng, &complaint->respondent, reg->world->marker);
    sim_cell_end(&reg->sheet);
    sim_cell_text(&reg->sheet, "werknemer");
}

static void steps_cells(Register *reg, const Complaint *complaint, Mess mess)
{
    Sheet *sheet = &reg->sheet;

    if (mess == MESS_CODE)
        sim_cell_misspelt(sheet, kinds[complaint->kind]);
    else
        sim_cell_text(sheet, kinds[complaint->kind]);
    sim_cell_date(sheet, complaint->behaved);
    sim_cell_text(sheet, levels[complaint->level]);
    sim_cell_text(sheet, complaint->admissible > reg->known ? "" : complaint->admitted ? "ja" : "nee");
    known_cell(reg, complaint->admissible);
    known_cell(reg, complaint->defence);
    known_cell(reg, complaint->hearing);
    known_cell(reg, complaint->advice);
    known_cell(reg, complaint->decided);
    known_cell(reg, complaint->withdrawn);
    sim_cell_text(sheet, complaint_is_open(complaint, reg->known) ? "" : outcomes[complaint->outcome]);
}

static void text_cells(Register *reg, const Complaint *complaint)
{
    static const char *const stories[] = {
        "{a} vindt dat {b} te laat reageerde op berichten.", "{a} klaagt over de begeleiding door {b}.",
        "Volgens {a} heeft {b} geschreeuwd in de klas.", "{a} is niet tevreden over het gesprek met {b}."};
    Buf *cell = sim_cell_begin(&reg->sheet);
    bool upheld = complaint->outcome <= OUTCOME_PARTLY && !complaint_is_open(complaint, reg->known);
    const Person *b = &complaint->respondent, *a = complaint->anonymous ? b : &complaint->complainant;

    if (upheld)
        sim_prose_write(cell, "Afspraken met {b} gemaakt en met de ouders besproken.", a, b, reg->world->marker);
    sim_cell_end(&reg->sheet);
    sim_prose_write(sim_cell_begin(&reg->sheet), DRAW_ITEM(reg->rng, stories), a, b, reg->world->marker);
    sim_cell_end(&reg->sheet);
}

static bool book_store(const World *world, Ledger *ledger, const Board *board, int year, const Complaint *complaint, int count,
                           Date received, const char *suffix, Err *err)
{
    DRAW_AUTO rng = sim_draw_open(world->seed, board->no, year, DRAW_COMPLAINT_WRITE);
    Register reg = {.world = world, .board = board, .rng = rng, .known = received - 1, .year = year};
    Delivery *delivery = sim_ledger_begin(ledger, world, "klachten", "klacht-canoniek", board, NULL, year, count, suffix);

    delivery->received = received;
    sim_sheet_begin(&reg.sheet, &sim_dialect_canonical, headers);
    for (int at = 0; at < count; at++) {
        Mess mess = sim_mess_draw(delivery);
        reg.number = at + 1;
        head_cells(&reg, &complaint[at], mess);
        people_cells(&reg, &complaint[at]);
        steps_cells(&reg, &complaint[at], mess);
        text_cells(&reg, &complaint[at]);
        sim_row_end(&reg.sheet);
        if (mess == MESS_NONE && sim_mess_repeat(delivery))
            sim_row_repeat(&reg.sheet);
    }
    bool good = sim_ledger_end(ledger, world, delivery, &reg.sheet, err);
    sim_sheet_free(&reg.sheet);
    return good;
}

static bool board_store(Arena *arena, const World *world, Ledger *ledger, const Board *board, int year, Err *err)
{
    int count, open = 0;
    const Complaint *complaint = complaint_year(arena, world, board, year, &count);
    Date first = 0, second = 0;

    date_from_parts((DateParts) {year + 1, 8, 26}, &first);
    date_from_parts((DateParts) {year + 2, 7, 15}, &second);
    for (int at = 0; at < count; at++)
        open += complaint_is_open(&complaint[at], first - 1);
    if (!book_store(world, ledger, board, year, complaint, count, first, "", err))
        return false;
    return open == 0 || year == world->last || book_store(world, ledger, board, year, complaint, count, second, "_v2", err);
}

bool sim_complaint_store(Arena *arena, const World *world, Ledger *ledger, int year, Err *err)
{
    for (int at = 0; at < N_BOARDS; at++)
        if (!board_store(arena, world, ledger, &world->board[at], year, err))
            return err_frame(err, "complaints of board %d", world->board[at].no);
    return true;
}
