#include "analyze/disclosure/attack.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/disclosure/parts.h"

/* How far a hidden cell may move in the programs over a whole part: beyond what anybody asks of a width, and small enough that solutions
 * stay near the true table. A tighter box can only make the proven ranges narrower. */
enum { REACH = 1000, NODES_MAX = 60 };

/* Examples are looked for in rising distance; relations near the cell, without the others, give verdicts. Branch and bound only where it ends. */
enum { NEAR_SMALL = 80, NEAR_LARGE = 400, WHOLE_MAX = 1500, WARM_MAX = 10000, LONG = 16 };

static const size_t example_near[] = {60, 250, 1500, SIZE_MAX};

typedef struct Part {
    const System      *system;
    const SystemRules *rules;
    const uint32_t    *cell; /* of the columns, n long */
    size_t             n;
    const uint32_t    *line; /* relations with a hidden cell of the part */
    size_t             n_lines;
    const uint32_t    *range;
    size_t             n_ranges;
    const uint8_t     *hidden;
    const uint32_t    *column; /* per cell of the system: its column, from 1 */
    glp_prob          *problem;
    int64_t           *move; /* n long: how far the solution looked at is from the true table */
    uint32_t          *piece; /* n long: of which piece a column is, as a union-find forest */
    uint8_t           *whole; /* n long, per root: all of the piece are whole numbers */
    SystemTerm        *term;  /* room for one piece */
} Part;

static int64_t least(const Part *part, uint32_t cell)
{
    int64_t value = part->system->cell[cell].value, least = system_least(part->rules);

    return value - REACH > least ? value - REACH : least;
}

static void problem_build(Part *part)
{
    const System *system = part->system;
    size_t terms = 0, at = 1;

    for (size_t row = 0; row < part->n_lines; row++)
        terms += system->line_start[part->line[row] + 1] - system->line_start[part->line[row]];
    for (size_t row = 0; row < part->n_ranges; row++)
        terms += system->range[part->range[row]].count;
    int *rows = malloc((terms + 2) * sizeof *rows), *columns = malloc((terms + 2) * sizeof *columns);
    double *values = malloc((terms + 2) * sizeof *values);
    if (!rows || !columns || !values)
        arena_exhausted();
    part->problem = glp_create_prob();
    glp_set_obj_dir(part->problem, GLP_MAX);
    glp_add_cols(part->problem, (int) part->n);
    for (size_t column = 0; column < part->n; column++) {
        double value = (double) system->cell[part->cell[column]].value;
        glp_set_col_bnds(part->problem, (int) column + 1, GLP_DB, (double) least(part, part->cell[column]), value + REACH);
    }
    if (part->n_lines + part->n_ranges)
        glp_add_rows(part->problem, (int) (part->n_lines + part->n_ranges));
    for (size_t row = 0; row < part->n_lines; row++) {
        double known = 0;
        for (size_t term = system->line_start[part->line[row]]; term < system->line_start[part->line[row] + 1]; term++) {
            uint32_t cell = system->term[term].cell;
            if (part->hidden[cell]) {
                rows[at] = (int) row + 1;
                columns[at] = (int) part->column[cell];
                values[at++] = system->term[term].coef;
            } else {
                known += (double) system->term[term].coef * (double) system->cell[cell].value;
            }
        }
        glp_set_row_bnds(part->problem, (int) row + 1, GLP_FX, -known, -known);
    }
    for (size_t row = 0; row < part->n_ranges; row++) {
        const SystemRange *range = &system->range[part->range[row]];
        double known = 0;
        for (size_t term = range->first; term < range->first + range->count; term++) {
            uint32_t cell = system->range_term[term].cell;
            if (part->hidden[cell]) {
                rows[at] = (int) (part->n_lines + row) + 1;
                columns[at] = (int) part->column[cell];
                values[at++] = system->range_term[term].coef;
            } else {
                known += (double) system->range_term[term].coef * (double) system->cell[cell].value;
            }
        }
        bool below = isfinite(range->low), above = isfinite(range->high);
        glp_set_row_bnds(part->problem, (int) (part->n_lines + row) + 1, below && above ? (range->low == range->high ? GLP_FX : GLP_DB) : below ? GLP_LO : above ? GLP_UP : GLP_FR,
                         range->low - known, range->high - known);
    }
    glp_load_matrix(part->problem, (int) at - 1, rows, columns, values);
    free(rows);
    free(columns);
    free(values);
    glp_adv_basis(part->problem, 0);
}

/* Columns that move and share a relation are one piece. */
static void pieces_join(Part *part, const SystemTerm *term, size_t n)
{
    uint32_t first = UINT32_MAX;

    for (size_t at = 0; at < n; at++) {
        uint32_t column = part->hidden[term[at].cell] ? part->column[term[at].cell] - 1 : UINT32_MAX;
        if (column == UINT32_MAX || part->move[column] == 0)
            continue;
        uint32_t root = parts_root(part->piece, column);
        if (first == UINT32_MAX) {
            first = root;
        } else if (root != first) {
            part->piece[root > first ? root : first] = root > first ? first : root;
            first = root > first ? first : root;
        }
    }
}

/* Exact arithmetic but for printed roundings: does the relation still hold when only the columns of one piece move? */
static bool piece_fits(const Part *part, uint32_t piece, const SystemTerm *term, size_t n, int64_t *sum)
{
    bool touched = false;

    *sum = 0;
    for (size_t at = 0; at < n; at++) {
        uint32_t column = part->hidden[term[at].cell] ? part->column[term[at].cell] - 1 : UINT32_MAX;
        if (column == UINT32_MAX || part->move[column] == 0 || part->piece[column] != piece)
            continue;
        touched = true;
        *sum += term[at].coef * part->move[column];
    }
    return touched;
}

/* The whole pieces of the current solution as examples. */
static void example_take(Part *part, bool integer, Attack *out)
{
    const System *system = part->system;

    for (size_t column = 0; column < part->n; column++) {
        double value = integer ? glp_mip_col_val(part->problem, (int) column + 1) : glp_get_col_prim(part->problem, (int) column + 1);
        double change = value - (double) system->cell[part->cell[column]].value, rounded = round(change);
        part->piece[column] = (uint32_t) column;
        part->whole[column] = fabs(change - rounded) < 1e-6;
        /* a fraction moves too: what it is tied to must not be taken for a piece by itself */
        part->move[column] = part->whole[column] ? (int64_t) rounded : change > 0 ? (int64_t) ceil(change) : (int64_t) floor(change);
    }
    for (size_t row = 0; row < part->n_lines; row++)
        pieces_join(part, system->term + system->line_start[part->line[row]], system->line_start[part->line[row] + 1] - system->line_start[part->line[row]]);
    for (size_t row = 0; row < part->n_ranges; row++)
        pieces_join(part, system->range_term + system->range[part->range[row]].first, system->range[part->range[row]].count);
    for (size_t column = part->n; column-- > 0;) {
        uint32_t root = part->piece[column] = parts_root(part->piece, (uint32_t) column);
        if (!part->whole[column] || system->cell[part->cell[column]].value + part->move[column] < least(part, part->cell[column]))
            part->whole[root] = 0;
    }
    /* Rounding was floating-point work: every relation is checked again in whole numbers. */
    for (size_t row = 0; row < part->n_lines; row++) {
        const SystemTerm *term = system->term + system->line_start[part->line[row]];
        size_t n = system->line_start[part->line[row] + 1] - system->line_start[part->line[row]];
        for (size_t at = 0; at < n; at++) {
            uint32_t column = part->hidden[term[at].cell] ? part->column[term[at].cell] - 1 : UINT32_MAX;
            int64_t sum;
            if (column == UINT32_MAX || part->move[column] == 0)
                continue;
            if (piece_fits(part, part->piece[column], term, n, &sum) && sum != 0)
                part->whole[part->piece[column]] = 0;
            break; /* pieces share no relation, so the line has one piece */
        }
    }
    for (size_t row = 0; row < part->n_ranges; row++) {
        const SystemRange *range = &system->range[part->range[row]];
        const SystemTerm *term = system->range_term + range->first;
        double truth = 0;
        for (size_t at = 0; at < range->count; at++)
            truth += (double) term[at].coef * (double) system->cell[term[at].cell].value;
        for (size_t at = 0; at < range->count; at++) {
            uint32_t column = part->hidden[term[at].cell] ? part->column[term[at].cell] - 1 : UINT32_MAX;
            int64_t sum;
            if (column == UINT32_MAX || part->move[column] == 0)
                continue;
            if (piece_fits(part, part->piece[column], term, range->count, &sum) && (truth + (double) sum < range->low || truth + (double) sum > range->high))
                part->whole[part->piece[column]] = 0;
            break;
        }
    }
    /* List the moves piece by piece: first the columns of a root behind each other, by counting. */
    uint32_t *next = calloc(part->n + 1, sizeof *next);
    if (!next)
        arena_exhausted();
    for (size_t column = 0; column < part->n; column++)
        if (part->move[column] && part->whole[part->piece[column]])
            next[part->piece[column] + 1]++;
    for (size_t at = 0; at < part->n; at++)
        next[at + 1] += next[at];
    for (size_t column = 0; column < part->n; column++)
        if (part->move[column] && part->whole[part->piece[column]])
            part->term[next[part->piece[column]]++] = (SystemTerm){part->cell[column], (int32_t) part->move[column]};
    size_t first = 0;
    for (size_t root = 0; root < part->n; root++) {
        size_t n = next[root] - first;
        out->n_examples += n && moves_note(&out->memory->moves, &out->range, system, part->term + first, n);
        first = next[root];
    }
    free(next);
}

static bool solve_linear(Part *part, Attack *out, Err *err)
{
    glp_smcp settings;

    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.meth = GLP_PRIMAL;
    int status = glp_simplex(part->problem, &settings);
    if (status != 0 || glp_get_status(part->problem) != GLP_OPT) {
        /* The true table always fits, so this is numerical trouble: begin afresh, scaled. */
        glp_scale_prob(part->problem, GLP_SF_AUTO);
        glp_std_basis(part->problem);
        settings.meth = GLP_DUALP;
        status = glp_simplex(part->problem, &settings);
    }
    out->n_linear++;
    if (status != 0 || glp_get_status(part->problem) != GLP_OPT)
        return err_set(err, ERR_STAT, "the solver could not attack a part of %zu hidden cells (status %d)", part->n, status);
    return true;
}

static void give_up(glp_tree *tree, void *count)
{
    if (glp_ios_reason(tree) == GLP_ISELECT && ++*(int *) count > NODES_MAX)
        glp_ios_terminate(tree);
}

/* Whole numbers by branch and bound, from the linear solution. The number of nodes is bounded, not the time: the same answer on every machine. */
static bool solve_integer(Part *part, Attack *out)
{
    glp_iocp settings;
    int nodes = 0;

    for (size_t column = 0; column < part->n; column++)
        glp_set_col_kind(part->problem, (int) column + 1, GLP_IV);
    glp_init_iocp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.cb_func = give_up;
    settings.cb_info = &nodes;
    int status = glp_intopt(part->problem, &settings), found = glp_mip_status(part->problem);
    out->n_integer++;
    if (found == GLP_OPT || found == GLP_FEAS)
        example_take(part, true, out);
    for (size_t column = 0; column < part->n; column++)
        glp_set_col_kind(part->problem, (int) column + 1, GLP_CV);
    return status == 0 && (found == GLP_OPT || found == GLP_NOFEAS);
}

static void objective_only(Part *part, size_t column, double sign)
{
    glp_set_obj_coef(part->problem, (int) column + 1, sign);
}

/* What is asked of a hidden cell: withheld crossings and roundings are no secrets of their own. */
int64_t attack_need(const System *system, const SystemRules *rules, const uint8_t *primary, uint32_t cell)
{
    if (system->cell[cell].flags & SYSTEM_WITHHELD)
        return 0;
    return primary[cell] ? rules->width_min : 1;
}

/* Largest (sign 1) or smallest (-1) value of one cell. \param bound filled with the linear program's bound, rounded inwards */
static bool extreme(Part *part, size_t column, double sign, int64_t *bound, bool *settled, Attack *out, Err *err)
{
    objective_only(part, column, sign);
    bool good = solve_linear(part, out, err);
    if (good) {
        double value = glp_get_col_prim(part->problem, (int) column + 1);
        *bound = (int64_t) (sign > 0 ? floor(value + 1e-6) : ceil(value - 1e-6));
        example_take(part, false, out);
        *settled = sign > 0 ? out->range.high[part->cell[column]] >= *bound : out->range.low[part->cell[column]] <= *bound;
    }
    objective_only(part, column, 0);
    return good;
}

static bool wide_enough(const Part *part, const uint8_t *primary, uint32_t cell, const Attack *out)
{
    return out->range.high[cell] - out->range.low[cell] >= attack_need(part->system, part->rules, primary, cell);
}

static bool whole_numbers(Part *part, size_t column, double sign, bool *settled, Attack *out, Err *err)
{
    objective_only(part, column, sign);
    bool good = solve_linear(part, out, err);
    *settled = good && solve_integer(part, out);
    objective_only(part, column, 0);
    return good;
}

static void cell_fails(Part *part, size_t column, Attack *out)
{
    out->fails[part->cell[column]] = 1;
    out->n_fails++;
}

/* One cell that no example was found for near it: programs over the whole part. */
static bool cell_attack(Part *part, const uint8_t *primary, size_t column, Attack *out, Err *err)
{
    uint32_t cell = part->cell[column];
    int64_t need = attack_need(part->system, part->rules, primary, cell), up = 0, down = least(part, cell);
    bool up_settled = true, down_settled = true;

    if (!extreme(part, column, 1, &up, &up_settled, out, err))
        return false;
    /* However low it may be: no need to ask. */
    if (!wide_enough(part, primary, cell, out) && up - down >= need && !extreme(part, column, -1, &down, &down_settled, out, err))
        return false;
    /* Whole numbers only where the linear bounds leave room for what is asked, and branch and bound over a large part takes longer than it is worth. */
    bool worth = up - down >= need && part->n <= WHOLE_MAX;
    if (worth && !wide_enough(part, primary, cell, out) && !up_settled && !whole_numbers(part, column, 1, &up_settled, out, err))
        return false;
    if (worth && !wide_enough(part, primary, cell, out) && !down_settled && !whole_numbers(part, column, -1, &down_settled, out, err))
        return false;
    if (wide_enough(part, primary, cell, out))
        return true;
    out->n_unsettled += up - down >= need && !(up_settled && down_settled);
    cell_fails(part, column, out);
    return true;
}

/* -- near a cell --------------------------------------------------------------------------------- */

/* Room for small programs; masks are clean between uses. */
typedef struct Near {
    const System      *system;
    const SystemRules *rules;
    const uint8_t     *hidden;   /* from this attacker */
    uint8_t           *mask;     /* per cell: in the program at hand */
    uint32_t          *column;
    uint8_t           *line_mask;
    uint32_t          *cell, *line, *edge;
    uint16_t          *score; /* per cell at the edge: relations shared with what is in */
    Part               part;
} Near;

static void near_add(Near *near, uint32_t cell)
{
    if (!near->hidden[cell] || near->mask[cell])
        return;
    near->mask[cell] = 1;
    near->cell[near->part.n++] = cell;
    near->column[cell] = (uint32_t) near->part.n;
}

static void near_line(Near *near, uint32_t line)
{
    if (near->line_mask[line])
        return;
    near->line_mask[line] = 1;
    near->line[near->part.n_lines++] = line;
}

/* To leave a relation out makes the attacker weaker, never a verdict wrong, and one this long would fill the program with what has nothing to do with the cell. */
static bool too_long(const System *system, size_t line, size_t limit)
{
    return system->line_start[line + 1] - system->line_start[line] > 2 * limit;
}

/* Cells near the seed, up to a limit: always the one that shares most relations with those that are in. In tables that closes the
 * small cubes along which values can be exchanged; by mere distance a neighbourhood is all lines and no cubes. A line of more than LONG parts
 * counts for little: what a country's total leaves open says next to nothing of one cell. */
static void near_gather(Near *near, uint32_t seed, size_t limit)
{
    const System *system = near->system;
    size_t n_edge = 0;

    near->part.n = near->part.n_lines = 0;
    near_add(near, seed);
    for (size_t done = 0; done < near->part.n && near->part.n < limit; done++) {
        for (size_t of = system->of_start[near->cell[done]]; of < system->of_start[near->cell[done] + 1]; of++) {
            size_t line = system->of_line[of];
            if (too_long(system, line, limit))
                continue;
            uint16_t weight = system->line_start[line + 1] - system->line_start[line] > LONG ? 1 : 4;
            for (size_t at = system->line_start[line]; at < system->line_start[line + 1]; at++) {
                uint32_t cell = system->term[at].cell;
                if (!near->hidden[cell] || near->mask[cell])
                    continue;
                if (!near->score[cell])
                    near->edge[n_edge++] = cell;
                near->score[cell] += weight;
            }
        }
        size_t best = SIZE_MAX;
        for (size_t at = 0; at < n_edge; at++)
            if (best == SIZE_MAX || near->score[near->edge[at]] > near->score[near->edge[best]])
                best = at;
        if (best == SIZE_MAX)
            continue;
        uint32_t cell = near->edge[best];
        near->score[cell] = 0;
        near->edge[best] = near->edge[--n_edge];
        near_add(near, cell);
    }
    for (size_t at = 0; at < n_edge; at++)
        near->score[near->edge[at]] = 0;
}

static void part_room(Part *part)
{
    part->move = malloc((part->n + 1) * sizeof *part->move);
    part->piece = malloc((part->n + 1) * sizeof *part->piece);
    part->whole = malloc(part->n + 1);
    part->term = malloc((part->n + 1) * sizeof *part->term);
    if (!part->move || !part->piece || !part->whole || !part->term)
        arena_exhausted();
}

static void part_close(Part *part)
{
    if (part->problem)
        glp_delete_prob(part->problem);
    free(part->move);
    free(part->piece);
    free(part->whole);
    free(part->term);
    part->problem = NULL;
    part->move = NULL;
    part->piece = NULL;
    part->whole = NULL;
    part->term = NULL;
}

static void near_open(Near *near)
{
    near->part = (Part){.system = near->system, .rules = near->rules, .cell = near->cell, .n = near->part.n, .line = near->line, .n_lines = near->part.n_lines,
                        .hidden = near->mask, .column = near->column};
    part_room(&near->part);
    problem_build(&near->part);
}

static void near_close(Near *near)
{
    part_close(&near->part);
    for (size_t at = 0; at < near->part.n; at++)
        near->mask[near->cell[at]] = 0;
    for (size_t at = 0; at < near->part.n_lines; at++)
        near->line_mask[near->line[at]] = 0;
}

/* Only the relations of the cells gathered are asked to hold, and all hidden cells on them may move: what cannot be here cannot be at all. */
static void near_outer(Near *near, uint32_t seed, size_t limit)
{
    const System *system = near->system;

    near_gather(near, seed, limit);
    size_t core = near->part.n;
    for (size_t at = 0; at < core; at++)
        for (size_t of = system->of_start[near->cell[at]]; of < system->of_start[near->cell[at] + 1]; of++)
            if (!too_long(system, system->of_line[of], limit))
                near_line(near, system->of_line[of]);
    for (size_t row = 0; row < near->part.n_lines; row++)
        for (size_t at = system->line_start[near->line[row]]; at < system->line_start[near->line[row] + 1]; at++)
            near_add(near, system->term[at].cell);
    near_open(near);
}

/* The same two programs in rational arithmetic, from the bases found: a verdict must not rest on rounding. \return the verdict stands */
static bool bounds_exact(Part *part, int64_t need, int64_t *up, int64_t *down)
{
    glp_smcp settings;
    double bound[2];

    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    for (int side = 0; side < 2; side++) {
        objective_only(part, 0, side ? -1 : 1);
        if (glp_exact(part->problem, &settings) != 0 || glp_get_status(part->problem) != GLP_OPT)
            return false;
        bound[side] = glp_get_col_prim(part->problem, 1);
    }
    *up = (int64_t) floor(bound[0] + 1e-9);
    *down = (int64_t) ceil(bound[1] - 1e-9);
    return *up - *down < need;
}

/* Is there an argument near the cell that it cannot be as wide as asked? Solutions of such a program are no examples. */
static bool verdict_near(Near *near, const uint8_t *primary, uint32_t cell, size_t limit, bool *narrow, Attack *out, Err *err)
{
    int64_t need = attack_need(near->system, near->rules, primary, cell), up, down = 0;

    near_outer(near, cell, limit);
    down = least(&near->part, cell);
    objective_only(&near->part, 0, 1);
    bool good = solve_linear(&near->part, out, err);
    up = good ? (int64_t) floor(glp_get_col_prim(near->part.problem, 1) + 1e-6) : 0;
    if (good && up - down >= need && up - down < 2 * need + 4) {
        objective_only(&near->part, 0, -1);
        good = solve_linear(&near->part, out, err);
        down = good ? (int64_t) ceil(glp_get_col_prim(near->part.problem, 1) - 1e-6) : 0;
    }
    *narrow = good && up - down < need && bounds_exact(&near->part, need, &up, &down);
    near_close(near);
    return good;
}

/* Whole tables in which the cell is higher or lower than in any so far, as far as is needed. *everything: there was no more to reach */
static void examples_find(const Part *part, const uint8_t *primary, uint32_t cell, size_t limit, bool *everything, Attack *out)
{
    int64_t value = part->system->cell[cell].value, need = attack_need(part->system, part->rules, primary, cell);
    PatternAsk ask = {.target = cell, .hidden = part->hidden, .near = limit};
    PatternMove move;

    *everything = true;
    for (int side = 0; side < 2 && !wide_enough(part, primary, cell, out); side++) {
        ask.delta = side == 0 ? out->range.low[cell] + need - value : out->range.high[cell] - need - value;
        if (ask.delta < 0 && value + ask.delta < system_least(part->rules))
            ask.delta = system_least(part->rules) - value;
        if (pattern_find(out->memory->pattern, &ask, &move))
            out->n_examples += moves_note(&out->memory->moves, &out->range, part->system, move.term, move.n);
        *everything = *everything && move.everything;
    }
}

static bool part_attack(Part *part, Near *near, const uint8_t *primary, Attack *out, Err *err)
{
    enum { STEPS = sizeof example_near / sizeof *example_near };
    static const size_t verdict_at[STEPS] = {NEAR_SMALL, NEAR_LARGE, 0, 0};
    uint8_t *done = part->whole; /* nothing further to reach, or a verdict; whole tables are not taken from programs meanwhile */

    memset(done, 0, part->n);
    for (size_t step = 0; step < STEPS; step++)
        for (size_t column = 0; column < part->n; column++) {
            uint32_t cell = part->cell[column];
            bool everything = false, narrow = false;
            if (done[column] || wide_enough(part, primary, cell, out))
                continue;
            examples_find(part, primary, cell, example_near[step], &everything, out);
            done[column] = everything;
            if (wide_enough(part, primary, cell, out) || !verdict_at[step])
                continue;
            if (!verdict_near(near, primary, cell, verdict_at[step], &narrow, out, err))
                return false;
            done[column] = done[column] || narrow;
            if (narrow)
                cell_fails(part, column, out);
        }
    for (size_t column = 0; column < part->n; column++) {
        if (wide_enough(part, primary, part->cell[column], out) || out->fails[part->cell[column]])
            continue;
        if (!part->problem)
            problem_build(part);
        if (!cell_attack(part, primary, column, out, err))
            return false;
    }
    return true;
}

/* -- all parts ------------------------------------------------------------------------------------ */

static Near near_new(const System *system, const SystemRules *rules, const uint8_t *hidden)
{
    Near near = {.system = system, .rules = rules, .hidden = hidden};

    near.mask = calloc(system->n_cells + 1, 1);
    near.column = calloc(system->n_cells + 1, sizeof *near.column);
    near.line_mask = calloc(system->n_lines + 1, 1);
    near.cell = malloc((system->n_cells + 1) * sizeof *near.cell);
    near.line = malloc((system->n_lines + 1) * sizeof *near.line);
    near.edge = malloc((system->n_cells + 1) * sizeof *near.edge);
    near.score = calloc(system->n_cells + 1, sizeof *near.score);
    if (!near.mask || !near.column || !near.line_mask || !near.cell || !near.line || !near.edge || !near.score)
        arena_exhausted();
    return near;
}

static void near_free(Near *near)
{
    free(near->mask);
    free(near->column);
    free(near->line_mask);
    free(near->cell);
    free(near->line);
    free(near->edge);
    free(near->score);
}

typedef bool PartWork(Part *part, Near *near, const uint8_t *primary, Attack *out, void *context, Err *err);

static bool parts_each(const System *system, const SystemRules *rules, const uint8_t *hidden, const uint8_t *primary, int32_t insider, PartWork *work, Attack *out,
                       void *context, Err *err)
{
    Parts parts;
    bool good = true;

    glp_term_out(GLP_OFF);
    parts_find(system, rules, hidden, insider, &parts);
    Near near = near_new(system, rules, parts.hidden);
    /* Examples of earlier attacks that hold here too. */
    out->n_examples += moves_range_take_hidden(&out->range, system, &out->memory->moves, parts.hidden);
    out->n_parts = parts.n;
    for (size_t at = 0; at < parts.n && good; at++) {
        Part part = {.system = system, .rules = rules, .hidden = parts.hidden, .column = parts.column,
                     .cell = parts.cells.item + parts.cells.start[at], .n = parts.cells.start[at + 1] - parts.cells.start[at],
                     .line = parts.lines.item + parts.lines.start[at], .n_lines = parts.lines.start[at + 1] - parts.lines.start[at],
                     .range = parts.ranges.item + parts.ranges.start[at], .n_ranges = parts.ranges.start[at + 1] - parts.ranges.start[at]};
        part_room(&part);
        good = work(&part, &near, primary, out, context, err);
        part_close(&part);
    }
    near_free(&near);
    parts_free(&parts);
    return good;
}

static bool work_attack(Part *part, Near *near, const uint8_t *primary, Attack *out, void *context, Err *err)
{
    (void) context;
    out->n_hidden += part->n;
    if (!part_attack(part, near, primary, out, err))
        return false;
    /* An example found later outweighs any verdict: it is exact. */
    for (size_t column = 0; column < part->n; column++)
        if (out->fails[part->cell[column]] && wide_enough(part, primary, part->cell[column], out)) {
            out->fails[part->cell[column]] = 0;
            out->n_fails--;
        }
    for (size_t column = 0; column < part->n; column++) {
        uint32_t cell = part->cell[column];
        if (primary[cell] && (out->narrowest < 0 || out->range.high[cell] - out->range.low[cell] < out->narrowest))
            out->narrowest = out->range.high[cell] - out->range.low[cell];
    }
    return true;
}

void attack_memory_begin(AttackMemory *memory, const System *system, const SystemRules *rules)
{
    moves_begin(&memory->moves, system->n_cells);
    memory->pattern = pattern_new(system, rules);
}

void attack_memory_free(AttackMemory *memory)
{
    moves_free(&memory->moves);
    pattern_free(memory->pattern);
    *memory = (AttackMemory){0};
}

bool attack_run(const System *system, const SystemRules *rules, const uint8_t *hidden, const uint8_t *primary, int32_t insider, AttackMemory *memory, Attack *out, Err *err)
{
    size_t programs = pattern_programs(memory->pattern);

    *out = (Attack){.narrowest = -1, .memory = memory};
    moves_range_begin(&out->range, system);
    out->fails = calloc(system->n_cells + 1, 1);
    if (!out->fails)
        arena_exhausted();
    bool good = parts_each(system, rules, hidden, primary, insider, work_attack, out, NULL, err);
    out->n_linear += pattern_programs(memory->pattern) - programs;
    return good;
}

void attack_free(Attack *attack)
{
    moves_range_free(&attack->range);
    free(attack->fails);
    *attack = (Attack){0};
}

/* The most a cell can be when only the relations near it are asked to hold: a bound that the whole system can only lower. */
static bool most_near(Near *near, uint32_t cell, size_t limit, int64_t *most, Attack *out, Err *err)
{
    near_outer(near, cell, limit);
    objective_only(&near->part, 0, 1);
    bool good = solve_linear(&near->part, out, err);
    *most = good ? (int64_t) floor(glp_get_col_prim(near->part.problem, 1) + 1e-6) : 0;
    near_close(near);
    return good;
}

/* The most it can be because a total leaves no more when every other part that is hidden has the least it can have. Relations of coefficients 1 only. */
static int64_t most_on_lines(const Part *part, uint32_t cell)
{
    const System *system = part->system;
    int64_t most = INT64_MAX;

    for (size_t of = system->of_start[cell]; of < system->of_start[cell + 1]; of++) {
        size_t first = system->line_start[system->of_line[of]], end = system->line_start[system->of_line[of] + 1];
        uint32_t total = system->term[first].cell;
        int64_t left = system->cell[total].value;
        bool plain = total != cell && !part->hidden[total] && system->term[first].coef == -1;
        for (size_t at = first + 1; at < end && plain; at++) {
            uint32_t other = system->term[at].cell;
            plain = system->term[at].coef == 1;
            left -= other == cell ? 0 : part->hidden[other] ? system_least(part->rules) : system->cell[other].value;
        }
        most = plain && left < most ? left : most;
    }
    return most;
}

/* Can the cell reach the threshold? An example says yes, a bound no. Where a large part gives neither it counts as no. */
static bool stays_below(Part *part, Near *near, size_t column, bool *below, Attack *out, Err *err)
{
    static const struct { bool example; size_t near; } step[] = {{true, 250}, {false, NEAR_SMALL}, {false, NEAR_LARGE}, {true, 1500}}; /* the cheapest first */
    uint32_t cell = part->cell[column];
    int64_t threshold = part->rules->threshold, most;
    bool settled;
    PatternAsk ask = {.target = cell, .delta = threshold - part->system->cell[cell].value, .hidden = part->hidden};
    PatternMove move = {0};

    *below = true;
    if (most_on_lines(part, cell) < threshold)
        return true;
    for (size_t at = 0; at < (part->n <= WARM_MAX ? 1 : sizeof step / sizeof *step); at++) {
        if (!step[at].example) {
            if (!most_near(near, cell, step[at].near, &most, out, err))
                return false;
            if (most < threshold)
                return true;
            continue;
        }
        ask.near = step[at].near;
        if (!move.everything && ask.delta > 0 && pattern_find(out->memory->pattern, &ask, &move))
            moves_note(&out->memory->moves, &out->range, part->system, move.term, move.n);
        *below = out->range.high[cell] < threshold;
        if (!*below)
            return true;
    }
    if (part->n > WARM_MAX)
        return true;
    /* One program for all of them, solved on from the last: cheaper than new ones near each cell as long as the part is not too large. */
    if (!part->problem)
        problem_build(part);
    if (!extreme(part, column, 1, &most, &settled, out, err))
        return false;
    *below = most < threshold;
    return true;
}

static bool work_below(Part *part, Near *near, const uint8_t *primary, Attack *out, void *context, Err *err)
{
    size_t *count = context;

    for (size_t column = 0; column < part->n; column++) {
        bool below = primary[part->cell[column]] && out->range.high[part->cell[column]] < part->rules->threshold;
        if (below && !stays_below(part, near, column, &below, out, err))
            return false;
        *count += below;
    }
    return true;
}

bool attack_count_below(const System *system, const SystemRules *rules, const uint8_t *hidden, const uint8_t *primary, Attack *attack, size_t *below, Err *err)
{
    *below = 0;
    return parts_each(system, rules, hidden, primary, 0, work_below, attack, below, err);
}
