#include "analyze/disclosure/base.h"

#include <glpk.h>
#include <math.h>

#include "analyze/disclosure/pattern.h"

/* BASE_STEPS: of one linear program. SEARCH_STEPS: of one integer program, some seven a branch; of the largest board it takes 20. Counted and not timed: the same answer on
 * every machine. */
enum { BASE_STEPS = 100000, SEARCH_STEPS = 20000 };

/* The system is finished only when it has values, and this is what finds them. */
static size_t line_end(const System *system, size_t line)
{
    return line + 1 < system->n_lines ? system->line_start[line + 1] : system->term_count;
}

/* Cells as columns, relations and roundings as rows. */
static glp_prob *problem_make(const System *system, const uint8_t *known, const double *low, const double *high)
{
    glp_prob *problem = glp_create_prob();
    size_t longest = 0;

    for (size_t line = 0; line < system->n_lines; line++)
        longest = line_end(system, line) - system->line_start[line] > longest ? line_end(system, line) - system->line_start[line] : longest;
    for (size_t range = 0; range < system->n_ranges; range++)
        longest = system->range[range].count > longest ? system->range[range].count : longest;
    int *index = arena_array(system->memory, longest + 1, sizeof *index);
    double *value = arena_array(system->memory, longest + 1, sizeof *value);
    glp_term_out(GLP_OFF);
    if (system->n_cells)
        glp_add_cols(problem, (int) system->n_cells);
    for (uint32_t cell = 0; cell < system->n_cells; cell++) {
        double least = known[cell] ? (double) system->cell[cell].value : low[cell], most = known[cell] ? least : high[cell];
        glp_set_col_kind(problem, (int) cell + 1, GLP_IV);
        glp_set_col_bnds(problem, (int) cell + 1, least == most ? GLP_FX : GLP_DB, least, most);
    }
    for (size_t line = 0; line < system->n_lines; line++) {
        int row = glp_add_rows(problem, 1), n = 0;
        for (size_t at = system->line_start[line]; at < line_end(system, line); at++) {
            index[++n] = (int) system->term[at].cell + 1;
            value[n] = system->term[at].coef;
        }
        glp_set_mat_row(problem, row, n, index, value);
        glp_set_row_bnds(problem, row, GLP_FX, 0, 0);
    }
    for (size_t range = 0; range < system->n_ranges; range++) {
        const SystemRange *it = &system->range[range];
        int row = glp_add_rows(problem, 1), n = 0;
        for (size_t at = it->first; at < it->first + it->count; at++) {
            index[++n] = (int) system->range_term[at].cell + 1;
            value[n] = system->range_term[at].coef;
        }
        glp_set_mat_row(problem, row, n, index, value);
        glp_set_row_bnds(problem, row, isfinite(it->low) ? GLP_LO : GLP_UP, it->low, it->high);
    }
    return problem;
}

/* In whole numbers, whatever the solver says. */
static bool table_holds(const System *system, const uint8_t *known, const double *low, const double *high, const int64_t *value)
{
    bool holds = true;

    for (uint32_t cell = 0; cell < system->n_cells && holds; cell++)
        holds = known[cell] ? value[cell] == system->cell[cell].value : (double) value[cell] >= low[cell] && (double) value[cell] <= high[cell];
    for (size_t line = 0; line < system->n_lines && holds; line++) {
        int64_t sum = 0;
        for (size_t at = system->line_start[line]; at < line_end(system, line); at++)
            sum += system->term[at].coef * value[system->term[at].cell];
        holds = sum == 0;
    }
    for (size_t range = 0; range < system->n_ranges && holds; range++) {
        const SystemRange *it = &system->range[range];
        double sum = 0;
        for (size_t at = it->first; at < it->first + it->count; at++)
            sum += (double) system->range_term[at].coef * (double) value[system->range_term[at].cell];
        holds = sum >= it->low && sum <= it->high;
    }
    return holds;
}

/* What a search for whole numbers ends with. */
typedef enum Search { SEARCH_TABLE, SEARCH_NONE, SEARCH_UNSETTLED } Search;

/* Also within one branch, where cuts are made. */
static void steps_limit(glp_tree *tree, void *left)
{
    if (--*(int *) left < 0)
        glp_ios_terminate(tree);
}

/*
 * Where nothing is asked for (an objective of 0) no branch is better than another, and with percentages that were rounded (200 yes - 31 n >= 0) a fraction that one
 * branch takes away comes back in another: one program of 1596 cells took 42 branches, and with the terms of its rows in another order did not end. Cuts make it whole at
 * the root. They find tables, which are checked in whole numbers; that there is none only branches may say, or the linear program before the first cut.
 * \param value filled: the table, the best of all when the problem has an objective
 */
static Search search(glp_prob *problem, bool cuts, const System *system, const uint8_t *known, const double *low, const double *high, int64_t *value, int *status)
{
    int left = SEARCH_STEPS;
    glp_iocp settings;

    glp_init_iocp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.presolve = GLP_ON;
    settings.cb_func = steps_limit;
    settings.cb_info = &left;
    settings.mir_cuts = settings.gmi_cuts = cuts ? GLP_ON : GLP_OFF;
    *status = glp_intopt(problem, &settings);
    if (*status == GLP_ENOPFS) /* before the first cut */
        return SEARCH_NONE;
    if (*status != 0 || glp_mip_status(problem) != GLP_OPT)
        return *status == 0 && glp_mip_status(problem) == GLP_NOFEAS && !cuts ? SEARCH_NONE : SEARCH_UNSETTLED;
    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        value[cell] = llround(glp_mip_col_val(problem, (int) cell + 1));
    return table_holds(system, known, low, high, value) ? SEARCH_TABLE : SEARCH_UNSETTLED;
}

bool base_find(System *system, const uint8_t *known, const double *low, const double *high, bool *found, Err *err)
{
    bool none = false;

    for (uint32_t cell = 0; cell < system->n_cells; cell++) /* the solver does not begin with those */
        none = none || (!known[cell] && low[cell] > high[cell]);
    *found = system->n_cells == 0;
    if (*found || none)
        return true;
    glp_prob *problem = problem_make(system, known, low, high);
    int64_t *value = arena_array(system->memory, system->n_cells, sizeof *value);
    int status;
    Search ended = search(problem, true, system, known, low, high, value, &status);

    if (ended == SEARCH_UNSETTLED)
        ended = search(problem, false, system, known, low, high, value, &status);
    glp_delete_prob(problem);
    *found = ended == SEARCH_TABLE;
    for (uint32_t cell = 0; cell < system->n_cells && *found; cell++)
        system->cell[cell].value = value[cell];
    return ended != SEARCH_UNSETTLED || err_set(err, ERR_STAT, "the solver could not find a table of %zu cells (status %d)", (size_t) system->n_cells, status);
}

int64_t base_sum(const System *system, const SystemTerm *term, size_t n, const int64_t *value)
{
    int64_t sum = 0;

    for (size_t at = 0; at < n; at++)
        sum += term[at].coef * (value ? value[term[at].cell] : system->cell[term[at].cell].value);
    return sum;
}

/* Everything that is still asked, by chance up or down. \param weight one a cell, filled */
static void objective_draw(glp_prob *problem, const System *system, int round, const uint8_t *asked, const BaseSum *sum, size_t n_sums, double *weight)
{
    int side = round % 2 ? -1 : 1;
    uint32_t pair = (uint32_t) round / 2 + 1;

    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        weight[cell] = asked[cell] ? side * (pattern_noise(cell, pair) - 0.5) : 0;
    for (size_t one = 0; one < n_sums; one++)
        for (size_t at = 0; sum[one].asked && at < sum[one].n; at++)
            weight[sum[one].term[at].cell] += side * sum[one].term[at].coef * (pattern_noise((uint32_t) (system->n_cells + one), pair) - 0.5);
    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        glp_set_obj_coef(problem, (int) cell + 1, weight[cell]);
}

/* \return is it so far apart by now? */
static bool apart(int64_t *least, int64_t *most, int64_t value, int64_t width)
{
    *least = value < *least ? value : *least;
    *most = value > *most ? value : *most;
    return *most - *least >= width;
}

size_t base_others(const System *system, const uint8_t *known, const double *low, const double *high, int64_t width, int rounds, uint8_t *asked, BaseSum *sum, size_t n_sums)
{
    glp_prob *problem = problem_make(system, known, low, high);
    int64_t *value = arena_array(system->memory, system->n_cells + 1, sizeof *value), *least = arena_array(system->memory, system->n_cells + 1, sizeof *least),
            *most = arena_array(system->memory, system->n_cells + 1, sizeof *most);
    double *weight = arena_array(system->memory, system->n_cells + 1, sizeof *weight);
    size_t left = 0, found = 0;
    glp_smcp settings;

    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.it_lim = BASE_STEPS;
    for (uint32_t cell = 0; cell < system->n_cells; cell++) {
        least[cell] = most[cell] = system->cell[cell].value;
        left += asked[cell];
    }
    for (size_t one = 0; one < n_sums; one++) {
        sum[one].least = sum[one].most = base_sum(system, sum[one].term, sum[one].n, NULL);
        left += sum[one].asked;
    }
    for (int round = 0; round < rounds && left; round++) {
        objective_draw(problem, system, round, asked, sum, n_sums, weight);
        if (glp_simplex(problem, &settings) != 0 || glp_get_status(problem) != GLP_OPT)
            break;
        for (uint32_t cell = 0; cell < system->n_cells; cell++)
            value[cell] = llround(glp_get_col_prim(problem, (int) cell + 1));
        if (!table_holds(system, known, low, high, value))
            continue;
        found++;
        for (uint32_t cell = 0; cell < system->n_cells; cell++)
            if (apart(&least[cell], &most[cell], value[cell], width) && asked[cell]) {
                asked[cell] = 0;
                left--;
            }
        for (size_t one = 0; one < n_sums; one++)
            if (sum[one].asked && apart(&sum[one].least, &sum[one].most, base_sum(system, sum[one].term, sum[one].n, value), width)) {
                sum[one].asked = false;
                left--;
            }
    }
    glp_delete_prob(problem);
    return found;
}

/* Is there no table with more (less) of a cell than this one has? Branches are to say so, without a cut. */
static bool none_beyond(glp_prob *problem, const System *system, const uint8_t *known, const double *low, const double *high, uint32_t cell, bool up, const int64_t *value)
{
    double beyond = (double) value[cell] + (up ? 1 : -1), least = up ? beyond : low[cell], most = up ? high[cell] : beyond;
    int64_t *other = arena_array(system->memory, system->n_cells, sizeof *other);
    int status;

    if (known[cell] || least > most)
        return true;
    glp_set_col_bnds(problem, (int) cell + 1, least == most ? GLP_FX : GLP_DB, least, most);
    bool none = search(problem, false, system, known, low, high, other, &status) == SEARCH_NONE;
    glp_set_col_bnds(problem, (int) cell + 1, low[cell] == high[cell] ? GLP_FX : GLP_DB, low[cell], high[cell]);
    return none;
}

bool base_range(const System *system, const uint8_t *known, const double *low, const double *high, uint32_t cell, int64_t *least, int64_t *most)
{
    glp_prob *problem = problem_make(system, known, low, high);
    int64_t *value = arena_array(system->memory, system->n_cells, sizeof *value), end[2];
    bool good = true;

    for (int side = 0; side < 2 && good; side++) {
        int status;
        glp_set_obj_coef(problem, (int) cell + 1, side ? -1 : 1);
        good = search(problem, false, system, known, low, high, value, &status) == SEARCH_TABLE ||
               (search(problem, true, system, known, low, high, value, &status) == SEARCH_TABLE && none_beyond(problem, system, known, low, high, cell, side, value));
        end[side] = value[cell];
    }
    glp_delete_prob(problem);
    if (good) {
        *least = end[0];
        *most = end[1];
    }
    return good;
}
