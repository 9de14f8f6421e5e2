#include "tests/sim/survey.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

typedef enum Scale { SCALE_MOOD, SCALE_OFTEN, SCALE_MARK } Scale;

typedef struct ItemPlan {
    const char *code, *label;
    Scale       scale;
    double      share[SURVEY_OPTIONS]; /* percent per answer, in the order of the scale */
    double      general, bullied;      /* loadings; the rest is noise */
} ItemPlan;

static const ItemPlan plan[SURVEY_ITEMS] = {
    {"sfeer_1", "Ik vind het leuk op school", SCALE_MOOD, {3, 9, 46, 42}, .75, 0},
    {"sfeer_2", "Ik voel me thuis in de groep", SCALE_MOOD, {2, 7, 44, 47}, .78, -.1},
    {"sfeer_3", "Ik heb vrienden en vriendinnen op school", SCALE_MOOD, {1, 4, 30, 65}, .68, -.1},
    {"sfeer_4", "De sfeer in mijn groep is goed", SCALE_MOOD, {3, 12, 52, 33}, .75, 0},
    {"sfeer_5", "De juf of meester luistert naar mij", SCALE_MOOD, {2, 7, 44, 47}, .65, 0},
    {"lessen_1", "De lessen zijn interessant", SCALE_MOOD, {6, 22, 53, 19}, .50, 0},
    {"lessen_2", "De uitleg is duidelijk", SCALE_MOOD, {2, 9, 55, 34}, .50, 0},
    {"lessen_3", "Ik kan rustig werken", SCALE_MOOD, {6, 21, 50, 23}, .50, 0},
    {"lessen_4", "Ik krijg hulp als ik die nodig heb", SCALE_MOOD, {2, 7, 47, 44}, .55, 0},
    {"cijfer", "Rapportcijfer voor de school", SCALE_MARK, {.4, .4, .7, 1.5, 3, 7, 19, 36, 24, 8}, .70, 0},
    {"veilig", "Ik voel me veilig op school", SCALE_MOOD, {1.2, 3.8, 38, 57}, .60, -.25},
    {"gepest_school", "Word je gepest op school?", SCALE_OFTEN, {90, 7, 2.2, .8}, -.40, .75},
    {"gepest_online", "Word je online gepest?", SCALE_OFTEN, {96, 3, .8, .2}, -.35, .70},
    {"pijn", "Doen kinderen je expres pijn?", SCALE_OFTEN, {87, 10.5, 2, .5}, -.35, .72},
    {"bang", "Ben je bang op school?", SCALE_OFTEN, {92, 6.4, 1.2, .4}, -.60, .25},
    {"ruzie_hulp", "De juf of meester helpt bij ruzies", SCALE_OFTEN, {4, 17, 37, 42}, .55, -.1}};

static const char *const mood_texts[] = {"--", "-", "+", "++"}, *const often_texts[] = {"Nooit", "Soms", "Vaak", "Altijd"};
static const char *const mark_texts[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};

/* Schools differ by their mood: without this the shares over all schools would come out too wide. */
static const double mood_spread = 0.2;

void sim_survey_model_build(SurveyModel *model)
{
    for (int item = 0; item < SURVEY_ITEMS; item++) {
        double below = 0, scale = sqrt(1 + pow(mood_spread * plan[item].general, 2));
        model->options[item] = plan[item].scale == SCALE_MARK ? 10 : 4;
        for (int at = 0; at < model->options[item] - 1; at++) {
            below += plan[item].share[at] / 100;
            model->cut[item][at] = scale * gsl_cdf_ugaussian_Pinv(below);
        }
    }
}

static int option_draw(const SurveyModel *model, int item, double score)
{
    int option = 0;

    while (option < model->options[item] - 1 && score > model->cut[item][option])
        option++;
    return option;
}

static int missing_draw(gsl_rng *rng, int item, int option)
{
    double chance = gsl_rng_uniform(rng);

    if (chance < 0.008)
        return SURVEY_EMPTY;
    return chance < 0.015 && plan[item].scale != SCALE_MARK ? SURVEY_UNKNOWN : option;
}

void sim_survey_draw(const SurveyModel *model, gsl_rng *rng, double mood, double bullied, SurveyAnswers *answers)
{
    double general = sim_draw_normal(rng), hurt = sim_draw_normal(rng);

    for (int item = 0; item < SURVEY_ITEMS; item++) {
        double a = plan[item].general, b = plan[item].bullied;
        double score = a * (general + mood) + b * hurt + sqrt(1 - a * a - b * b) * sim_draw_normal(rng);
        if (b > 0.5)
            score += bullied;
        answers->option[item] = missing_draw(rng, item, option_draw(model, item, score));
    }
}

const char *sim_survey_text(int item, int option)
{
    if (option < 0)
        return option == SURVEY_EMPTY ? "" : "?";
    switch (plan[item].scale) {
    case SCALE_MOOD: return mood_texts[option];
    case SCALE_OFTEN: return often_texts[option];
    default: return mark_texts[option];
    }
}

const char *sim_survey_code(int item)
{
    return plan[item].code;
}

enum { ITEM_BULLIED = 11 };

/* -- one file -------------------------------------------------------------------------------- */

typedef struct Round {
    const World       *world;
    const School      *school;
    const SurveyModel *model;
    Delivery          *delivery;
    Sheet              sheet;
    gsl_rng           *rng;
    int                year;
    Date               day[3]; /* on which the classes filled it in */
    double             bullied;
    long               id;
    bool               web;
} Round;

static void answers_cells(Round *round, const SurveyAnswers *answers, bool spoil)
{
    for (int item = 0; item < SURVEY_ITEMS; item++)
        if (spoil && item == ITEM_BULLIED)
            sim_cell_misspelt(&round->sheet, "Soms");
        else
            sim_cell_text(&round->sheet, sim_survey_text(item, answers->option[item]));
}

static void canonical_row(Round *round, int group, const Person *pupil, const SurveyAnswers *answers, Mess mess)
{
    Sheet *sheet = &round->sheet;
    bool spoil_group = mess == MESS_CODE && round->id % 2;

    (void) pupil;
    sim_cell_format(sheet, "%d-%d", round->year, round->year + 1);
    sim_cell_text(sheet, round->school->brin);
    sim_cell_text(sheet, "00");
    if (spoil_group)
        sim_cell_text(sheet, "groep acht");
    else
        sim_cell_number(sheet, group);
    sim_cell_date_mess(sheet, DRAW_ITEM(round->rng, round->day), mess);
    answers_cells(round, answers, mess == MESS_CODE && !spoil_group);
}

static void stamp_cell(Round *round, Date day, int minute, Mess mess)
{
    DateParts parts = date_parts(day);

    parts.year += mess == MESS_FUTURE ? 10 : 0;
    parts.day = mess == MESS_INVALID ? 32 : mess == MESS_FUTURE && parts.day > 28 ? 28 : parts.day;
    sim_cell_format(&round->sheet, "%d/%d/%d %d:%02d:%02d AM", parts.month, parts.day, parts.year, 9 + minute / 60, minute % 60,
                sim_draw_between(round->rng, 0, 59));
}

/* A form that was left open asks for the account: names and addresses stand in columns that nobody wanted. */
static void account_cells(Round *round, const Person *pupil)
{
    Buf *cell = sim_cell_begin(&round->sheet);
    bool named = round->school->index == PLANT_NAMED_SURVEY;

    if (named)
        sim_person_email_write(cell, pupil, round->world->marker);
    else
        buf_text(cell, "anonymous");
    sim_cell_end(&round->sheet);
    cell = sim_cell_begin(&round->sheet);
    if (named)
        sim_person_write(cell, pupil, round->world->marker);
    sim_cell_end(&round->sheet);
}

static void remark_cell(Round *round, int group)
{
    static const char *const remarks[] = {
        "{a} en {b} doen altijd stom in de pauze.", "niks", "Ik vind het fijn dat {a} mijn vriend is.",
        "juf is lief\nmaar {b} pest mij soms", "ik wil \"gewoon\" met {a} kunnen spelen\n\ngroetjes"};
    Buf *cell = sim_cell_begin(&round->sheet);
    int last = sim_school_pupils(round->school, round->year, group) - 1;
    const Person *a = sim_school_pupil(round->school, round->year, group, sim_draw_between(round->rng, 0, last));
    const Person *b = sim_school_pupil(round->school, round->year, group, sim_draw_between(round->rng, 0, last));

    if (sim_draw_chance(round->rng, 0.12))
        sim_prose_write(cell, DRAW_ITEM(round->rng, remarks), a, b, round->world->marker);
    sim_cell_end(&round->sheet);
}

static void web_row(Round *round, int group, const Person *pupil, const SurveyAnswers *answers, Mess mess)
{
    Date day = DRAW_ITEM(round->rng, round->day);
    int minute = sim_draw_between(round->rng, 0, 120);
    bool spoil_group = mess == MESS_CODE && round->id % 2;

    sim_cell_number(&round->sheet, round->id);
    stamp_cell(round, day, minute, MESS_NONE);
    stamp_cell(round, day, minute + sim_draw_between(round->rng, 4, 15), mess);
    account_cells(round, pupil);
    sim_cell_text(&round->sheet, round->school->code);
    sim_cell_format(&round->sheet, spoil_group ? "Groep %d plus" : "Groep %d", group);
    answers_cells(round, answers, mess == MESS_CODE && !spoil_group);
    remark_cell(round, group);
}

static void round_headers(Round *round)
{
    static const char *const plain_lead[] = {"schooljaar", "brin", "vestiging", "groep", "afnamedatum", NULL};
    static const char *const web_lead[] = {"ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "vestigingscode",
                                           "In welke groep zit je?", NULL};
    const char *header[32];
    int count = 0;

    for (const char *const *lead = round->web ? web_lead : plain_lead; *lead; lead++)
        header[count++] = *lead;
    for (int item = 0; item < SURVEY_ITEMS; item++)
        header[count++] = round->web ? plan[item].label : plan[item].code;
    if (round->web)
        header[count++] = "Wil je nog iets vertellen?";
    header[count] = NULL;
    const Dialect *plain = round->school->layout == LAYOUT_COMMA ? &sim_dialect_comma : &sim_dialect_canonical;
    sim_sheet_begin(&round->sheet, round->web ? &sim_dialect_web : plain, header);
}

/* Between half March and the end of May, on open days of one school week or so; known after one to three weeks. */
static void round_dates(Round *round)
{
    const Calendar *calendar = round->school->board->calendar;
    Date from = 0, due = 0;

    date_from_parts((DateParts) {round->year + 1, 3, 15}, &from);
    date_from_parts((DateParts) {round->year + 1, 7, 1}, &due);
    from += sim_draw_between(round->rng, 0, 70);
    for (int at = 0; at < 3; at++)
        round->day[at] = calendar_term_end_open(calendar, from, at + 1);
    round->delivery->received = round->day[2] + sim_draw_between(round->rng, 5, 21);
    if (round->school->index == PLANT_LATE_SURVEY && round->year == round->world->last)
        round->delivery->received = due + 8;
}

typedef struct Respondent {
    int           group;
    const Person *pupil;
    SurveyAnswers answers;
} Respondent;

static int group_draw(const Round *round, int group, double response, Respondent *respondent)
{
    double shared = 0.05 * sim_draw_normal(round->rng);
    int count = 0;

    for (int slot = 0; slot < sim_school_pupils(round->school, round->year, group); slot++) {
        if (!sim_draw_chance(round->rng, response))
            continue;
        respondent[count] = (Respondent) {.group = group, .pupil = sim_school_pupil(round->school, round->year, group, slot)};
        sim_survey_draw(round->model, round->rng, round->school->mood + shared, round->bullied, &respondent[count++].answers);
    }
    return count;
}

static int round_draw(const Round *round, Respondent *respondent)
{
    double response = 0.85 + 0.10 * gsl_rng_uniform(round->rng);
    int count = 0;

    for (int group = SURVEY_GROUP_FIRST; group <= N_GROUPS; group++)
        count += group_draw(round, group, response, respondent + count);
    return count;
}

/* With some 120 pupils chance alone moves the share by three points, more than the planted fall: draw until it is there. */
static bool share_is_planted(const Round *round, const Respondent *respondent, int count)
{
    double wanted = round->year < sim_world_break_year(round->world) ? 0.115 : 0.085;
    int bullied = 0;

    if (round->school->index != PLANT_BREAK)
        return true;
    for (int at = 0; at < count; at++)
        bullied += respondent[at].answers.option[ITEM_BULLIED] > 0;
    return fabs(bullied - wanted * count) <= 1;
}

static void round_rows(Round *round, const Respondent *respondent, int count)
{
    for (int at = 0; at < count; at++) {
        Mess mess = sim_mess_draw(round->delivery);
        round->id++;
        (round->web ? web_row : canonical_row)(round, respondent[at].group, respondent[at].pupil, &respondent[at].answers, mess);
        sim_row_end(&round->sheet);
    }
}

static bool round_store(const World *world, Ledger *ledger, const SurveyModel *model, const School *school, int year, Err *err)
{
    DRAW_AUTO rng = sim_draw_open(world->seed, school->index, year, DRAW_SURVEY);
    Round round = {.world = world, .school = school, .model = model, .rng = rng, .year = year, .web = school->layout == LAYOUT_WEB};
    Respondent *respondent = arena_array(ledger->arena, (size_t) sim_school_pupils(school, year, 0), sizeof *respondent);
    int count;

    if (school->index == PLANT_BREAK)
        round.bullied = year < sim_world_break_year(world) ? 0.08 : -0.07;
    do
        count = round_draw(&round, respondent);
    while (!share_is_planted(&round, respondent, count));
    const char *form = round.web ? "enquete-webformulier" : "enquete-bijlage15";
    round.delivery = sim_ledger_begin(ledger, world, "enquete", form, school->board, school, year, count, "");
    round_dates(&round);
    round_headers(&round);
    round_rows(&round, respondent, count);
    bool good = sim_ledger_end(ledger, world, round.delivery, &round.sheet, err);
    sim_sheet_free(&round.sheet);
    return good;
}

bool sim_survey_store(const World *world, Ledger *ledger, int year, Err *err)
{
    SurveyModel model;

    sim_survey_model_build(&model);
    for (int at = 0; at < N_SCHOOLS; at++) {
        const School *school = &world->school[at];
        if (school->index == PLANT_NO_SURVEY || sim_school_silent(world, school, year))
            continue;
        if (!round_store(world, ledger, &model, school, year, err))
            return err_frame(err, "questionnaire of %s", school->code);
    }
    return true;
}
