#include "analyze/disclosure/repair.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The neighbourhood grows until the program has a solution: most patterns are a handful of cells on lines close by. */
enum { NEAR_FIRST = 250, NEAR_GROWTH = 8, PARTS_PER_LINE = 12, REACH = 1000 };

typedef struct Near {
    const System      *system;
    const SystemRules *rules;
    const uint8_t     *hidden;
    int32_t            insider;
    uint32_t          *cell; /* in the order they were reached */
    uint32_t          *place; /* per cell of the system: index in cell + 1; 0 = not near */
    size_t             n;
    bool               whole; /* nothing further to reach */
} Near;

static bool movable(const Near *near, uint32_t cell)
{
    const SystemCell *it = &near->system->cell[cell];

    if (system_known_zero(near->system, near->rules, cell))
        return false;
    for (int at = 0; near->insider && at < SYSTEM_HOLDERS; at++)
        if (it->holder[at] == near->insider)
            return false;
    return near->hidden[cell] || !(it->flags & (SYSTEM_FIXED | SYSTEM_FORCED));
}

static void reach(Near *near, uint32_t cell)
{
    if (near->place[cell] || !movable(near, cell))
        return;
    near->cell[near->n++] = cell;
    near->place[cell] = (uint32_t) near->n;
}

static int by_value(const void *a, const void *b, void *context)
{
    const SystemCell *cell = context;
    uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;

    return cell[x].value != cell[y].value ? (cell[x].value < cell[y].value ? -1 : 1) : x < y ? -1 : x > y;
}

/* What is hidden on the line, its total, and the cheapest of the parts that could be hidden. */
static void reach_line(Near *near, size_t line, uint32_t *list)
{
    const System *system = near->system;
    size_t n = 0;

    for (size_t at = system->line_start[line]; at < system->line_start[line + 1]; at++) {
        uint32_t cell = system->term[at].cell;
        if (near->hidden[cell] || at == system->line_start[line])
            reach(near, cell);
        else if (movable(near, cell) && !near->place[cell])
            list[n++] = cell;
    }
    if (n > PARTS_PER_LINE)
        qsort_r(list, n, sizeof *list, by_value, system->cell);
    for (size_t at = 0; at < n && at < PARTS_PER_LINE; at++)
        reach(near, list[at]);
}

static void near_grow(Near *near, uint32_t target, size_t limit)
{
    const System *system = near->system;
    uint32_t *list = malloc((system->n_cells + 1) * sizeof *list);

    if (!list)
        arena_exhausted();
    for (size_t at = 0; at < near->n; at++)
        near->place[near->cell[at]] = 0;
    near->n = 0;
    near->cell[near->n++] = target;
    near->place[target] = 1;
    size_t done = 0;
    for (; done < near->n && near->n < limit; done++)
        for (size_t at = system->of_start[near->cell[done]]; at < system->of_start[near->cell[done] + 1]; at++)
            reach_line(near, system->of_line[at], list);
    near->whole = done == near->n;
    free(list);
}

/* Cells count alike, larger ones a little more: the number of hidden cells is what a reader loses. */
static double cost_of(const SystemCell *cell)
{
    return 1 + log2((double) cell->value + 1) / 16 + cell->rank / 4.0;
}

/* Columns: one per near cell; a published one has a second, for moving down, behind all first ones. */
static glp_prob *problem_build(const Near *near, uint32_t target, int64_t delta)
{
    const System *system = near->system;
    glp_prob *problem = glp_create_prob();
    uint32_t *line = malloc((system->n_lines + 1) * sizeof *line);
    uint8_t *listed = calloc(system->n_lines + 1, 1);
    size_t n_lines = 0, terms = 0, at = 1;

    if (!line || !listed)
        arena_exhausted();
    for (size_t one = 0; one < near->n; one++)
        for (size_t of = system->of_start[near->cell[one]]; of < system->of_start[near->cell[one] + 1]; of++)
            if (!listed[system->of_line[of]]) {
                listed[system->of_line[of]] = 1;
                line[n_lines++] = system->of_line[of];
                terms += 2 * (system->line_start[system->of_line[of] + 1] - system->line_start[system->of_line[of]]);
            }
    int *rows = malloc((terms + 2) * sizeof *rows), *columns = malloc((terms + 2) * sizeof *columns);
    double *values = malloc((terms + 2) * sizeof *values);
    if (!rows || !columns || !values)
        arena_exhausted();
    glp_set_obj_dir(problem, GLP_MIN);
    glp_add_cols(problem, 2 * (int) near->n);
    for (size_t one = 0; one < near->n; one++) {
        uint32_t cell = near->cell[one];
        int up = (int) one + 1, down = (int) (near->n + one) + 1;
        double room = (double) (system->cell[cell].value - system_least(near->rules));
        if (cell == target) {
            glp_set_col_bnds(problem, up, GLP_FX, (double) delta, (double) delta);
            glp_set_col_bnds(problem, down, GLP_FX, 0, 0);
        } else if (near->hidden[cell]) {
            glp_set_col_bnds(problem, up, GLP_DB, -room, REACH);
            if (room == 0)
                glp_set_col_bnds(problem, up, GLP_DB, 0, REACH);
            glp_set_col_bnds(problem, down, GLP_FX, 0, 0);
        } else {
            glp_set_col_bnds(problem, up, GLP_DB, 0, REACH);
            glp_set_col_bnds(problem, down, room > 0 ? GLP_DB : GLP_FX, 0, room);
            glp_set_obj_coef(problem, up, cost_of(&system->cell[cell]));
            glp_set_obj_coef(problem, down, cost_of(&system->cell[cell]));
        }
    }
    if (n_lines)
        glp_add_rows(problem, (int) n_lines);
    for (size_t row = 0; row < n_lines; row++) {
        glp_set_row_bnds(problem, (int) row + 1, GLP_FX, 0, 0);
        for (size_t term = system->line_start[line[row]]; term < system->line_start[line[row] + 1]; term++) {
            uint32_t place = near->place[system->term[term].cell];
            if (!place)
                continue;
            rows[at] = (int) row + 1;
            columns[at] = (int) place;
            values[at++] = system->term[term].coef;
            rows[at] = (int) row + 1;
            columns[at] = (int) (near->n + place);
            values[at++] = -system->term[term].coef;
        }
    }
    glp_load_matrix(problem, (int) at - 1, rows, columns, values);
    glp_adv_basis(problem, 0);
    free(rows);
    free(columns);
    free(values);
    free(line);
    free(listed);
    return problem;
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;

    return x < y ? -1 : x > y;
}

/* \return 1 solved, 0 no solution, -1 the solver broke down */
static int pattern_solve(const Near *near, uint32_t target, int64_t delta, Repair *out)
{
    glp_smcp settings;
    glp_prob *problem = problem_build(near, target, delta);

    glp_term_out(GLP_OFF);
    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.meth = GLP_PRIMAL;
    int status = glp_simplex(problem, &settings);
    if (status != 0) {
        glp_std_basis(problem);
        status = glp_simplex(problem, &settings);
    }
    int found = status == 0 ? glp_get_status(problem) : GLP_UNDEF;
    if (found == GLP_OPT) {
        out->cell = malloc((near->n + 1) * sizeof *out->cell);
        if (!out->cell)
            arena_exhausted();
        out->n = 0;
        for (size_t one = 0; one < near->n; one++)
            if (!near->hidden[near->cell[one]] && (near->cell[one] == target || fabs(glp_get_col_prim(problem, (int) one + 1)) > 1e-7 ||
                                                   fabs(glp_get_col_prim(problem, (int) (near->n + one) + 1)) > 1e-7))
                out->cell[out->n++] = near->cell[one];
        qsort(out->cell, out->n, sizeof *out->cell, ascending);
    }
    glp_delete_prob(problem);
    return found == GLP_OPT ? 1 : found == GLP_NOFEAS || found == GLP_INFEAS ? 0 : -1;
}

bool repair_find(const System *system, const SystemRules *rules, const uint8_t *hidden, uint32_t target, int64_t delta, int32_t insider, Repair *out,
                 size_t *solved, Err *err)
{
    Near near = {.system = system, .rules = rules, .hidden = hidden, .insider = insider};
    int found = 0;

    *out = (Repair){0};
    near.cell = malloc((system->n_cells + 1) * sizeof *near.cell);
    near.place = calloc(system->n_cells + 1, sizeof *near.place);
    if (!near.cell || !near.place)
        arena_exhausted();
    for (size_t limit = NEAR_FIRST; found == 0 && !near.whole; limit *= NEAR_GROWTH) {
        near_grow(&near, target, limit);
        found = pattern_solve(&near, target, delta, out);
        ++*solved;
    }
    free(near.cell);
    free(near.place);
    out->possible = found == 1;
    return found >= 0 || err_set(err, ERR_STAT, "the solver broke down on a protection pattern");
}
