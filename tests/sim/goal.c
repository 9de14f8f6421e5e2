#include "tests/sim/goal.h"

typedef struct GoalPlan { const char *indicator, *target, *owner, *action, *goal; } GoalPlan;

/* Targets in the indicator's own unit, with a decimal comma: percent, mean on a scale of 1 to 4, per 100 pupils. */
static const GoalPlan of_board[] = {
    {"gepest", "8,0", "bestuurder", "Training voor alle teams; jaarlijkse evaluatie", "Minder leerlingen worden gepest."},
    {"klachten_op_tijd", "90", "bestuurder", "Termijnen bewaken in het klachtenregister", "Klachten worden op tijd afgehandeld."}};
static const GoalPlan of_school[] = {
    {"gepest", "7,5", "coordinator sociale veiligheid", "Lessen sociale vaardigheden in groep 5 tot en met 8", "Minder pesten."},
    {"veiligheidsbeleving", "3,6", "directeur", "Toezicht op het plein verdubbeld", "Leerlingen voelen zich veiliger."},
    {"welbevinden", "3,6", "intern begeleider", "Kindgesprekken twee keer per jaar", "Leerlingen zitten lekkerder in hun vel."}};

static const char *const headers[] = {
    "brin", "vestiging", "doel_nr", "indicator", "nulmeting", "streefwaarde", "uiterlijk", "eigenaar", "maatregelen", "doel", "begin",
    "eind", NULL};

static void text_cell(Sheet *sheet, const char *text, const Person *person, const char *marker)
{
    sim_prose_write(sim_cell_begin(sheet), text, person, person, marker);
    sim_cell_end(sheet);
}

static void goal_row(Sheet *sheet, const World *world, const School *school, const GoalPlan *plan, int year, int number, gsl_rng *rng)
{
    Date begin = 0, end = 0, due = 0;

    date_from_parts((DateParts) {year, 10, 1}, &begin);
    date_from_parts((DateParts) {year + 1, 6, 30}, &end);
    /* goals of an odd number get a second year, so that some are under way */
    date_from_parts((DateParts) {year + 1 + number % 2, 7, 31}, &due);
    sim_cell_text(sheet, school ? school->brin : "");
    sim_cell_text(sheet, school ? "00" : "");
    sim_cell_number(sheet, number);
    sim_cell_text(sheet, plan->indicator);
    sim_cell_format(sheet, "%d-%d", year - 1, year);
    sim_cell_text(sheet, plan->target);
    sim_cell_date(sheet, due);
    sim_cell_text(sheet, plan->owner);
    text_cell(sheet, plan->action, NULL, world->marker);
    text_cell(sheet, plan->goal, NULL, world->marker);
    sim_cell_date(sheet, begin + sim_draw_between(rng, 0, 60));
    sim_cell_date(sheet, end - sim_draw_between(rng, 0, 90));
    sim_row_end(sheet);
}

static bool board_store(const World *world, Ledger *ledger, const Board *board, int year, Err *err)
{
    DRAW_AUTO rng = sim_draw_open(world->seed, board->no, year, DRAW_GOAL);
    SHEET_AUTO sheet;
    int number = 0;
    Delivery *delivery = sim_ledger_begin(ledger, world, "doelen", "pdca-canoniek", board, NULL, year, 0, "");

    date_from_parts((DateParts) {year, 9, 25}, &delivery->received);
    sim_sheet_begin(&sheet, &sim_dialect_canonical, headers);
    for (size_t at = 0; at < sizeof of_board / sizeof *of_board; at++)
        goal_row(&sheet, world, NULL, &of_board[at], year, ++number, rng);
    for (int at = 0; at < N_SCHOOLS; at++) {
        const School *school = &world->school[at];
        if (school->board == board && !sim_school_silent(world, school, year) && sim_draw_chance(rng, 0.7))
            goal_row(&sheet, world, school, &DRAW_ITEM(rng, of_school), year, ++number, rng);
    }
    delivery->rows = number;
    return sim_ledger_end(ledger, world, delivery, &sheet, err);
}

bool sim_goal_store(const World *world, Ledger *ledger, int year, Err *err)
{
    for (int at = 0; at < N_BOARDS; at++)
        if (!board_store(world, ledger, &world->board[at], year, err))
            return err_frame(err, "goals of board %d", world->board[at].no);
    return true;
}
