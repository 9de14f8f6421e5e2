#include "analyze/disclosure/minimum.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BRANCHES_MAX = 200 }; /* of one choice of cells: a table that needs more is not small */

typedef struct Minimum {
    const System      *system;
    const SystemRules *rules;
    uint8_t           *hide, *primary, *may; /* may: can be hidden, is not primary */
    glp_prob          *master;               /* column cell + 1 */
    int               *index;                /* room for one row */
    double            *value;
} Minimum;

static void master_row(Minimum *minimum, int n, double least)
{
    int row = glp_add_rows(minimum->master, 1);

    glp_set_row_bnds(minimum->master, row, GLP_LO, least, 0);
    glp_set_mat_row(minimum->master, row, n, minimum->index, minimum->value);
}

/* Lines: where a part is hidden and the total is not, what is hidden must be enough. One row per part; for a part that is primary the row is bare. */
static void master_lines(Minimum *minimum)
{
    const System *system = minimum->system;
    double least = (double) system_least(minimum->rules);

    for (size_t line = 0; line < system->n_lines; line++) {
        size_t first = system->line_start[line], end = system->line_start[line + 1];
        uint32_t total = system->term[first].cell;
        if (minimum->primary[total])
            continue;
        for (size_t of = first + 1; of < end; of++) {
            uint32_t part = system->term[of].cell;
            if (!minimum->primary[part] && !minimum->may[part])
                continue;
            /* two conditions: the sum, and the room above the least when the part is primary */
            for (int room = 0; room < (minimum->primary[part] ? 2 : 1); room++) {
                double need = room ? (double) minimum->rules->width_min : (double) minimum->rules->threshold, given = 0;
                int n = 0;
                for (size_t at = first + 1; at < end; at++) {
                    uint32_t cell = system->term[at].cell;
                    double worth = (double) system->cell[cell].value - (room ? least : 0);
                    if (minimum->primary[cell]) {
                        given += worth;
                    } else if (minimum->may[cell] && cell != part) {
                        minimum->index[++n] = (int) cell + 1;
                        minimum->value[n] = worth < need ? worth : need;
                    }
                }
                if (minimum->may[total]) {
                    minimum->index[++n] = (int) total + 1;
                    minimum->value[n] = need;
                }
                if (minimum->primary[part]) {
                    if (given < need)
                        master_row(minimum, n, need - given);
                } else { /* sum of the others + its own value >= need, only when it is hidden itself */
                    double own = (double) system->cell[part].value;
                    if (given + own < need) {
                        minimum->index[++n] = (int) part + 1;
                        minimum->value[n] = own - need;
                        master_row(minimum, n, -given);
                    }
                }
            }
        }
    }
}

static void master_build(Minimum *minimum)
{
    const System *system = minimum->system;

    minimum->master = glp_create_prob();
    glp_set_obj_dir(minimum->master, GLP_MIN);
    glp_add_cols(minimum->master, (int) system->n_cells);
    for (uint32_t cell = 0; cell < system->n_cells; cell++) {
        glp_set_col_kind(minimum->master, (int) cell + 1, GLP_BV);
        glp_set_obj_coef(minimum->master, (int) cell + 1, 1);
        if (!minimum->may[cell])
            glp_set_col_bnds(minimum->master, (int) cell + 1, GLP_FX, minimum->primary[cell], minimum->primary[cell]);
    }
    master_lines(minimum);
}

typedef enum Solved { SOLVED, SOLVED_NOTHING_WILL_DO, SOLVED_NOT, SOLVED_BROKE_DOWN } Solved;

/* Counted in branches and not in seconds, so that the answer is the same on every machine. */
static void branches_limit(glp_tree *tree, void *info)
{
    int all;

    (void) info;
    glp_ios_tree_size(tree, NULL, NULL, &all);
    if (all > BRANCHES_MAX)
        glp_ios_terminate(tree);
}

static Solved master_solve(Minimum *minimum)
{
    glp_iocp settings;

    glp_init_iocp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.presolve = GLP_ON;
    settings.cb_func = branches_limit;
    settings.mir_cuts = settings.gmi_cuts = settings.cov_cuts = GLP_ON;
    int status = glp_intopt(minimum->master, &settings), found = glp_mip_status(minimum->master);
    if (status == GLP_ENOPFS || status == GLP_ENODFS || found == GLP_NOFEAS)
        return SOLVED_NOTHING_WILL_DO;
    if (status == GLP_ESTOP)
        return SOLVED_NOT;
    if (status != 0 || found != GLP_OPT)
        return SOLVED_BROKE_DOWN;
    for (uint32_t cell = 0; cell < minimum->system->n_cells; cell++)
        minimum->hide[cell] = glp_mip_col_val(minimum->master, (int) cell + 1) > 0.5;
    return SOLVED;
}

static size_t secondaries(const Minimum *minimum)
{
    size_t n = 0;

    for (uint32_t cell = 0; cell < minimum->system->n_cells; cell++)
        n += minimum->hide[cell] && minimum->may[cell];
    return n;
}

/* The whole table as one program: hidden cells from their least upwards, all others fixed. */
static glp_prob *attacker_build(const Minimum *minimum)
{
    const System *system = minimum->system;
    glp_prob *problem = glp_create_prob();

    glp_add_cols(problem, (int) system->n_cells);
    for (uint32_t cell = 0; cell < system->n_cells; cell++) {
        double value = (double) system->cell[cell].value;
        if (minimum->hide[cell])
            glp_set_col_bnds(problem, (int) cell + 1, GLP_DB, (double) system_least(minimum->rules), value + 1000);
        else
            glp_set_col_bnds(problem, (int) cell + 1, GLP_FX, value, value);
    }
    if (system->n_lines)
        glp_add_rows(problem, (int) system->n_lines);
    for (size_t line = 0; line < system->n_lines; line++) {
        int n = 0;
        for (size_t at = system->line_start[line]; at < system->line_start[line + 1]; at++) {
            minimum->index[++n] = (int) system->term[at].cell + 1;
            minimum->value[n] = system->term[at].coef;
        }
        glp_set_mat_row(problem, (int) line + 1, n, minimum->index, minimum->value);
        glp_set_row_bnds(problem, (int) line + 1, GLP_FX, 0, 0);
    }
    glp_adv_basis(problem, 0);
    return problem;
}

/* One side. The published cells with a reduced cost are what the bound rests on. */
static bool attacker_ask(const Minimum *minimum, glp_prob *problem, uint32_t cell, bool up, double *bound, uint8_t *ground, Err *err)
{
    glp_smcp settings;

    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    glp_set_obj_dir(problem, up ? GLP_MAX : GLP_MIN);
    glp_set_obj_coef(problem, (int) cell + 1, 1);
    int status = glp_simplex(problem, &settings);
    if (status != 0 || glp_get_status(problem) != GLP_OPT)
        return err_set(err, ERR_STAT, "the solver broke down on a table of %zu cells", minimum->system->n_cells);
    *bound = up ? floor(glp_get_obj_val(problem) + 1e-6) : ceil(glp_get_obj_val(problem) - 1e-6);
    for (uint32_t other = 0; other < minimum->system->n_cells; other++)
        if (!minimum->hide[other] && minimum->may[other] && glp_get_col_stat(problem, (int) other + 1) != GLP_BS &&
            fabs(glp_get_col_dual(problem, (int) other + 1)) > 1e-9)
            ground[other] = 1;
    glp_set_obj_coef(problem, (int) cell + 1, 0);
    return true;
}

/* *n_cuts: arguments found against the pattern that stands in hide. */
static bool cuts_find(Minimum *minimum, size_t *n_cuts, bool *hopeless, Err *err)
{
    const System *system = minimum->system;
    glp_prob *problem = attacker_build(minimum);
    uint8_t *ground = calloc(system->n_cells + 1, 1);
    bool good = true;

    if (!ground)
        arena_exhausted();
    *n_cuts = 0;
    *hopeless = false;
    for (uint32_t cell = 0; cell < system->n_cells && good; cell++) {
        double up, down = (double) system_least(minimum->rules), need = (double) (minimum->primary[cell] ? minimum->rules->width_min : 1);
        if (!minimum->hide[cell])
            continue;
        memset(ground, 0, system->n_cells);
        good = attacker_ask(minimum, problem, cell, true, &up, ground, err) &&
               (up - down < need || up - down >= 500 || attacker_ask(minimum, problem, cell, false, &down, ground, err));
        if (!good || up - down >= need)
            continue;
        int n = 0;
        for (uint32_t other = 0; other < system->n_cells; other++)
            if (ground[other]) {
                minimum->index[++n] = (int) other + 1;
                minimum->value[n] = 1;
            }
        double least = 1;
        if (!minimum->primary[cell]) { /* or do not hide this one */
            minimum->index[++n] = (int) cell + 1;
            minimum->value[n] = -1;
            least = 0;
        }
        *hopeless = *hopeless || (n == 0);
        master_row(minimum, n, least);
        ++*n_cuts;
    }
    glp_delete_prob(problem);
    free(ground);
    return good;
}

bool minimum_find(const System *system, const SystemRules *rules, int rounds_max, size_t enough, uint8_t *hide, size_t *count, bool *proven, Err *err)
{
    Minimum minimum = {.system = system, .rules = rules, .hide = hide};
    bool good = true, hopeless = false;
    size_t cuts = 1;

    minimum.primary = calloc(system->n_cells + 1, 1);
    minimum.may = calloc(system->n_cells + 1, 1);
    minimum.index = malloc((system->n_cells + 2) * sizeof *minimum.index);
    minimum.value = malloc((system->n_cells + 2) * sizeof *minimum.value);
    if (!minimum.primary || !minimum.may || !minimum.index || !minimum.value)
        arena_exhausted();
    for (uint32_t cell = 0; cell < system->n_cells; cell++) {
        minimum.primary[cell] = system_primary(system, rules, cell);
        minimum.may[cell] = !minimum.primary[cell] && !system_known_zero(system, rules, cell) && !(system->cell[cell].flags & (SYSTEM_FIXED | SYSTEM_FORCED));
    }
    glp_term_out(GLP_OFF);
    master_build(&minimum);
    memset(hide, 0, system->n_cells); /* at first: no fewer than none */
    *count = 0;
    for (int round = 0; round < rounds_max && cuts && good; round++) {
        Solved solved = master_solve(&minimum);
        if (solved == SOLVED_NOT)
            break;
        *count = secondaries(&minimum);
        if (solved == SOLVED && *count >= enough)
            break;
        if (solved == SOLVED_BROKE_DOWN)
            good = err_set(err, ERR_STAT, "the solver broke down on the choice of cells");
        else if (solved == SOLVED_NOTHING_WILL_DO)
            good = err_set(err, ERR_DISCLOSURE, "no hiding of cells meets the rules");
        else
            good = cuts_find(&minimum, &cuts, &hopeless, err);
        if (good && hopeless)
            good = err_set(err, ERR_DISCLOSURE, "no hiding of cells meets the rules");
    }
    *proven = cuts == 0;
    glp_delete_prob(minimum.master);
    free(minimum.primary);
    free(minimum.may);
    free(minimum.index);
    free(minimum.value);
    return good;
}
