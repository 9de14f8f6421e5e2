#include "analyze/disclosure/attack.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How far a hidden cell may move in the attacker's programs: beyond what anybody asks of a width, and small enough that solutions
 * stay near the true table. A tighter box can only make the proven ranges narrower. */
enum { REACH = 1000, NODES_MAX = 60, SWEEPS = 12, TRIES = 6, TRIES_PROOF = 24 };

/* Programs are kept small: first over cells near the one that is asked about, in two sizes, and over the whole connected part only for what
 * those leave open. Near cells that move while all others stay as they are give examples; near relations without the others give arguments. */
enum { NEAR_SMALL = 80, NEAR_LARGE = 400, BLOCK = 300, MANY = 40, WHOLE_MAX = 1500 };

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

static uint32_t root_of(uint32_t *parent, uint32_t cell)
{
    while (parent[cell] != cell)
        cell = parent[cell] = parent[parent[cell]];
    return cell;
}

/* Columns that move and share a relation are one piece. */
static void pieces_join(Part *part, const SystemTerm *term, size_t n)
{
    uint32_t first = UINT32_MAX;

    for (size_t at = 0; at < n; at++) {
        uint32_t column = part->hidden[term[at].cell] ? part->column[term[at].cell] - 1 : UINT32_MAX;
        if (column == UINT32_MAX || part->move[column] == 0)
            continue;
        uint32_t root = root_of(part->piece, column);
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

/* What a move proves. \return it proves something new */
static bool move_note(const System *system, const SystemTerm *term, size_t n, Attack *out)
{
    bool fresh = false;

    for (size_t at = 0; at < n; at++) {
        int64_t value = system->cell[term[at].cell].value + term[at].coef;
        fresh = fresh || value < out->low[term[at].cell] || value > out->high[term[at].cell];
        out->low[term[at].cell] = value < out->low[term[at].cell] ? value : out->low[term[at].cell];
        out->high[term[at].cell] = value > out->high[term[at].cell] ? value : out->high[term[at].cell];
    }
    return fresh;
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
        uint32_t root = part->piece[column] = root_of(part->piece, (uint32_t) column);
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
        if (n && move_note(system, part->term + first, n, out)) {
            system_sums_add(out->moves, part->term + first, n);
            out->n_examples++;
        }
        first = next[root];
    }
    free(next);
}

/* Examples of earlier attacks that hold here too: all their cells are hidden from this attacker. */
static void moves_reuse(const System *system, const uint8_t *hidden, const AttackMoves *moves, Attack *out)
{
    for (size_t at = 0; at < moves->n; at++) {
        const SystemTerm *term = moves->term + moves->start[at];
        size_t n = moves->start[at + 1] - moves->start[at];
        bool good = true;
        for (size_t one = 0; one < n && good; one++)
            good = hidden[term[one].cell];
        if (good && move_note(system, term, n, out))
            out->n_examples++;
    }
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
static int64_t need_of(const System *system, const SystemRules *rules, const uint8_t *primary, uint32_t cell)
{
    if (system->cell[cell].flags & SYSTEM_WITHHELD)
        return 0;
    return primary[cell] ? rules->width_min : 1;
}

/* Why the cell cannot be larger: the duals of the program add relations up to cell + sum of a x other = constant, with no a below 0. Scaled to whole
 * numbers where a small factor does it. */
static void argument_take(const Part *part, size_t of, Attack *out)
{
    enum { FACTOR_MAX = 24 };
    SystemTerm *term = malloc((part->n + 1) * sizeof *term);

    if (!term)
        arena_exhausted();
    for (int factor = 1; factor <= FACTOR_MAX; factor++) {
        size_t n = 0;
        bool whole = true;
        for (size_t column = 0; column < part->n && whole; column++) {
            double coef = (column == of) - glp_get_col_dual(part->problem, (int) column + 1);
            double scaled = coef * factor, rounded = round(scaled);
            whole = fabs(scaled - rounded) < 1e-6 && rounded >= 0 && rounded < 1e6;
            if (whole && rounded != 0)
                term[n++] = (SystemTerm){part->cell[column], (int32_t) rounded};
        }
        if (whole && n) {
            system_sums_add(out->sums, term, n);
            break;
        }
    }
    free(term);
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
        *settled = sign > 0 ? out->high[part->cell[column]] >= *bound : out->low[part->cell[column]] <= *bound;
    }
    objective_only(part, column, 0);
    return good;
}

static double coin(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (*state >> 40) & 1 ? 1 : -1;
}

static bool wide_enough(const Part *part, const uint8_t *primary, uint32_t cell, const Attack *out)
{
    return out->high[cell] - out->low[cell] >= need_of(part->system, part->rules, primary, cell);
}

/* The best corner for this cell was no whole table: try corners beside it, pulling the other cells this way and that. */
static bool corners_try(Part *part, const uint8_t *primary, size_t column, uint64_t *state, Attack *out, Err *err)
{
    uint32_t cell = part->cell[column];

    for (int at = 0; at < (out->sums ? TRIES : TRIES_PROOF) && !wide_enough(part, primary, cell, out); at++) {
        for (size_t other = 0; other < part->n; other++)
            objective_only(part, other, coin(state));
        objective_only(part, column, at % 2 ? -64 : 64);
        if (!solve_linear(part, out, err))
            return false;
        example_take(part, false, out);
    }
    for (size_t other = 0; other < part->n; other++)
        objective_only(part, other, 0);
    return true;
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

/* One cell that is still narrow after the sweeps. */
static bool cell_attack(Part *part, const uint8_t *primary, size_t column, uint64_t *state, Attack *out, Err *err)
{
    uint32_t cell = part->cell[column];
    int64_t need = need_of(part->system, part->rules, primary, cell), up = 0, down = 0;
    bool up_settled = true, down_settled = true;

    if (!extreme(part, column, 1, &up, &up_settled, out, err))
        return false;
    if (wide_enough(part, primary, cell, out))
        return true;
    if (up - least(part, cell) < need) {
        /* However low it may be: no need to ask. The solver still stands at the program that says why. */
        cell_fails(part, column, out);
        if (out->sums)
            argument_take(part, column, out);
        return true;
    }
    if (!extreme(part, column, -1, &down, &down_settled, out, err))
        return false;
    if (wide_enough(part, primary, cell, out))
        return true;
    /* Whole numbers only where the linear bounds leave room for what is asked. */
    if (up - down >= need) {
        if (!corners_try(part, primary, column, state, out, err))
            return false;
        if (wide_enough(part, primary, cell, out))
            return true;
        if (out->sums) { /* looking for arguments, not for proof */
            out->n_unsettled++;
            return true;
        }
        /* Branch and bound over a large part takes longer than it is worth: hiding a few cells more settles it. */
        bool worth = part->n <= WHOLE_MAX;
        if (worth && !up_settled && !whole_numbers(part, column, 1, &up_settled, out, err))
            return false;
        if (worth && !wide_enough(part, primary, cell, out) && !down_settled && !whole_numbers(part, column, -1, &down_settled, out, err))
            return false;
        if (wide_enough(part, primary, cell, out))
            return true;
        out->n_unsettled += !(up_settled && down_settled);
    }
    cell_fails(part, column, out);
    if (out->sums) {
        int64_t again;
        if (!extreme(part, column, 1, &again, &up_settled, out, err))
            return false;
        argument_take(part, column, out);
    }
    return true;
}

/* Push all that is still narrow at once, to this side and that: most cells are done after a few programs. */
static bool sweeps_run(Part *part, const uint8_t *primary, uint64_t *state, Attack *out, Err *err)
{
    size_t before = part->n;

    for (int sweep = 0, idle = 0; sweep < SWEEPS && idle < 3; sweep++) {
        size_t narrow = 0;
        for (size_t column = 0; column < part->n; column++) {
            bool still = !wide_enough(part, primary, part->cell[column], out);
            double side = coin(state);
            narrow += still;
            objective_only(part, column, !still ? 0 : sweep == 0 ? 1 : sweep == 1 ? -1 : side);
        }
        if (!narrow)
            break;
        idle = narrow + narrow / 50 < before ? 0 : idle + 1;
        before = narrow;
        if (!solve_linear(part, out, err))
            return false;
        example_take(part, false, out);
    }
    for (size_t column = 0; column < part->n; column++)
        objective_only(part, column, 0);
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
    uint8_t           *line_mask, *range_mask;
    uint32_t          *cell, *line, *range, *edge;
    uint16_t          *score; /* per cell at the edge: relations shared with what is in */
    const size_t      *range_of_start; /* ranges of each cell */
    const uint32_t    *range_of;
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

/* Cells near the seed, up to a limit: always the one that shares most relations with those that are in. In tables that closes the
 * small cubes along which values can be exchanged; by mere distance a neighbourhood is all lines and no cubes. */
static void near_gather(Near *near, uint32_t seed, size_t limit)
{
    const System *system = near->system;
    size_t n_edge = 0;

    near->part.n = near->part.n_lines = near->part.n_ranges = 0;
    near_add(near, seed);
    for (size_t done = 0; done < near->part.n && near->part.n < limit; done++) {
        for (size_t of = system->of_start[near->cell[done]]; of < system->of_start[near->cell[done] + 1]; of++) {
            size_t line = system->of_line[of];
            for (size_t at = system->line_start[line]; at < system->line_start[line + 1]; at++) {
                uint32_t cell = system->term[at].cell;
                if (!near->hidden[cell] || near->mask[cell])
                    continue;
                if (!near->score[cell]++)
                    near->edge[n_edge++] = cell;
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

static void near_open(Near *near, const uint8_t *hidden)
{
    near->part = (Part){.system = near->system, .rules = near->rules, .cell = near->cell, .n = near->part.n, .line = near->line, .n_lines = near->part.n_lines,
                        .range = near->range, .n_ranges = near->part.n_ranges, .hidden = hidden, .column = near->column};
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
    for (size_t at = 0; at < near->part.n_ranges; at++)
        near->range_mask[near->range[at]] = 0;
}

/* Only the cells gathered move: every relation they are in must hold. What is found is an example of the whole system. */
static void near_inner(Near *near, uint32_t seed, size_t limit)
{
    const System *system = near->system;

    near_gather(near, seed, limit);
    for (size_t at = 0; at < near->part.n; at++) {
        for (size_t of = system->of_start[near->cell[at]]; of < system->of_start[near->cell[at] + 1]; of++)
            near_line(near, system->of_line[of]);
        for (size_t of = near->range_of_start[near->cell[at]]; of < near->range_of_start[near->cell[at] + 1]; of++)
            if (!near->range_mask[near->range_of[of]]) {
                near->range_mask[near->range_of[of]] = 1;
                near->range[near->part.n_ranges++] = near->range_of[of];
            }
    }
    near_open(near, near->mask);
}

/* Only the relations of the cells gathered are asked to hold, and all hidden cells on them may move: what cannot be here cannot be at all. */
static void near_outer(Near *near, uint32_t seed, size_t limit)
{
    const System *system = near->system;

    near_gather(near, seed, limit);
    size_t core = near->part.n;
    for (size_t at = 0; at < core; at++)
        for (size_t of = system->of_start[near->cell[at]]; of < system->of_start[near->cell[at] + 1]; of++)
            near_line(near, system->of_line[of]);
    for (size_t row = 0; row < near->part.n_lines; row++)
        for (size_t at = system->line_start[near->line[row]]; at < system->line_start[near->line[row] + 1]; at++)
            near_add(near, system->term[at].cell);
    near_open(near, near->mask);
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

/* Look near the cell for an example, then for an argument, in two sizes. *open true: neither was found. */
static bool near_attack(Near *near, size_t part_cells, const uint8_t *primary, uint32_t cell, uint64_t *state, bool *open, Attack *out, Err *err)
{
    static const size_t sizes[] = {NEAR_SMALL, NEAR_LARGE};
    /* Arguments for the next greedy are looked for close by; proof is looked for further away. */
    size_t n_sizes = out->sums && part_cells > NEAR_LARGE ? 1 : 2;
    int64_t need = need_of(near->system, near->rules, primary, cell);
    bool good = true, settled;

    *open = true;
    for (size_t at = 0; at < n_sizes && *open && good; at++) {
        int64_t up = 0, down = 0;
        near_inner(near, cell, sizes[at]);
        size_t all = near->part.n;
        good = extreme(&near->part, 0, 1, &up, &settled, out, err) &&
               (wide_enough(&near->part, primary, cell, out) || extreme(&near->part, 0, -1, &down, &settled, out, err)) &&
               (wide_enough(&near->part, primary, cell, out) || up - down < need || corners_try(&near->part, primary, 0, state, out, err));
        *open = !wide_enough(&near->part, primary, cell, out);
        near_close(near);
        if (!good || !*open)
            break;
        Attack aside = *out; /* an outer program's solutions are no examples */
        aside.n_linear = 0;
        near_outer(near, cell, sizes[at]);
        objective_only(&near->part, 0, 1);
        good = solve_linear(&near->part, &aside, err);
        up = good ? (int64_t) floor(glp_get_col_prim(near->part.problem, 1) + 1e-6) : 0;
        down = least(&near->part, cell);
        if (good && up - down >= need && up - down < 2 * need + 4) {
            objective_only(&near->part, 0, -1);
            good = solve_linear(&near->part, &aside, err);
            down = good ? (int64_t) ceil(glp_get_col_prim(near->part.problem, 1) - 1e-6) : 0;
            objective_only(&near->part, 0, 1);
            good = good && (!out->sums || up - down >= need || solve_linear(&near->part, &aside, err));
        }
        bool sure = out->sums || !(good && up - down < need) || bounds_exact(&near->part, need, &up, &down);
        if (good && sure && up - down < need) {
            cell_fails(&near->part, 0, out);
            if (out->sums)
                argument_take(&near->part, 0, out);
            *open = false;
        }
        out->n_linear += aside.n_linear;
        near_close(near);
        if (all < sizes[at])
            break; /* that was all there is */
    }
    return good;
}

static bool part_attack(Part *part, Near *near, const uint8_t *primary, Attack *out, Err *err)
{
    uint64_t state = 0x9E3779B97F4A7C15u + part->cell[0];
    size_t n_open = 0;

    /* Blocks of cells that are still narrow, swept by themselves. */
    for (size_t column = 0; column < part->n; column++) {
        uint32_t cell = part->cell[column];
        if (wide_enough(part, primary, cell, out) || part->piece[column])
            continue;
        near_inner(near, cell, BLOCK);
        for (size_t at = 0; at < near->part.n; at++)
            part->piece[part->column[near->cell[at]] - 1] = 1; /* was in a block */
        bool good = sweeps_run(&near->part, primary, &state, out, err);
        near_close(near);
        if (!good)
            return false;
    }
    /* What needs moves right across the part: a few sweeps over all of it. */
    size_t narrow = 0;
    for (size_t column = 0; column < part->n; column++)
        narrow += !wide_enough(part, primary, part->cell[column], out);
    if (narrow > MANY) {
        problem_build(part);
        if (!sweeps_run(part, primary, &state, out, err))
            return false;
    }
    for (size_t column = 0; column < part->n; column++) {
        uint32_t cell = part->cell[column];
        bool open;
        if (wide_enough(part, primary, cell, out))
            continue;
        if (!near_attack(near, part->n, primary, cell, &state, &open, out, err))
            return false;
        n_open += open;
    }
    if (!n_open)
        return true;
    if (out->sums) {
        out->n_unsettled += n_open;
        return true;
    }
    uint32_t *left = malloc((n_open + 1) * sizeof *left);
    if (!left)
        arena_exhausted();
    n_open = 0;
    for (size_t column = 0; column < part->n; column++)
        if (!wide_enough(part, primary, part->cell[column], out) && !out->fails[part->cell[column]])
            left[n_open++] = (uint32_t) column;
    if (!part->problem)
        problem_build(part);
    bool good = true;
    for (size_t at = 0; at < n_open && good; at++)
        if (!wide_enough(part, primary, part->cell[left[at]], out))
            good = cell_attack(part, primary, left[at], &state, out, err);
    free(left);
    return good;
}

/* -- connected parts ----------------------------------------------------------------------------- */

static void join_terms(uint32_t *parent, const SystemTerm *term, size_t n, const uint8_t *hidden)
{
    uint32_t first = UINT32_MAX;

    for (size_t at = 0; at < n; at++) {
        if (!hidden[term[at].cell])
            continue;
        uint32_t root = root_of(parent, term[at].cell);
        if (first == UINT32_MAX)
            first = root;
        else if (root != first) {
            uint32_t low = root < first ? root : first;
            parent[root] = parent[first] = low;
            first = low;
        }
    }
}

/* What belongs to which part, listed part by part: items of part p are item[start[p]] .. item[start[p + 1] - 1]. */
typedef struct Grouping {
    uint32_t *item, *start;
} Grouping;

static Grouping grouping_make(const uint32_t *part_of, size_t n, size_t n_parts)
{
    Grouping group = {malloc((n + 1) * sizeof *group.item), calloc(n_parts + 3, sizeof *group.start)};

    if (!group.item || !group.start)
        arena_exhausted();
    /* Counted two places ahead and filled one place ahead, so that start ends where it belongs. */
    for (size_t at = 0; at < n; at++)
        if (part_of[at] != UINT32_MAX)
            group.start[part_of[at] + 2]++;
    for (size_t part = 0; part < n_parts; part++)
        group.start[part + 2] += group.start[part + 1];
    for (size_t at = 0; at < n; at++)
        if (part_of[at] != UINT32_MAX)
            group.item[group.start[part_of[at] + 1]++] = (uint32_t) at;
    return group;
}

static void grouping_free(Grouping *group)
{
    free(group->item);
    free(group->start);
}

static uint32_t part_of_terms(const SystemTerm *term, size_t n, const uint8_t *hidden, const uint32_t *part_of)
{
    for (size_t at = 0; at < n; at++)
        if (hidden[term[at].cell])
            return part_of[term[at].cell];
    return UINT32_MAX;
}

/* The connected parts of what is hidden from this attacker. */
typedef struct Parts {
    uint8_t  *hidden;    /* insiders: less than what the outsider does not see */
    uint32_t *column;
    size_t    n;
    Grouping  cells, lines, ranges;
} Parts;

static void parts_free(Parts *parts)
{
    free(parts->hidden);
    free(parts->column);
    grouping_free(&parts->cells);
    grouping_free(&parts->lines);
    grouping_free(&parts->ranges);
}

/* What an insider knows because it is his: his own cells, and totals of which all other parts are known to be zero. */
static void own_mark(const System *system, const SystemRules *rules, int32_t insider, uint8_t *own)
{
    for (size_t cell = 0; cell < system->n_cells; cell++)
        for (int at = 0; at < SYSTEM_HOLDERS; at++)
            own[cell] = own[cell] || (system->cell[cell].holder[at] == insider && insider);
    for (bool moved = insider != 0; moved;) {
        moved = false;
        for (size_t line = 0; line < system->n_lines; line++) {
            uint32_t total = system->term[system->line_start[line]].cell;
            bool all = !own[total];
            size_t parts = 0;
            for (size_t at = system->line_start[line] + 1; at < system->line_start[line + 1] && all; at++) {
                parts += own[system->term[at].cell];
                all = own[system->term[at].cell] || system_known_zero(system, rules, system->term[at].cell);
            }
            if (all && parts)
                own[total] = moved = true;
        }
    }
}

static void parts_find(const System *system, const SystemRules *rules, const uint8_t *hidden, int32_t insider, Parts *parts)
{
    size_t n = system->n_cells;
    uint32_t *parent = malloc((n + 1) * sizeof *parent), *part_of = malloc((n + 1) * sizeof *part_of), *line_part = calloc(system->n_lines + 1, sizeof *line_part),
             *range_part = calloc(system->n_ranges + 1, sizeof *range_part);
    uint8_t *own = calloc(n + 1, 1), *near = calloc(n + 1, 1); /* near: roots of what the outsider's parts share with the insider's own cells */

    parts->hidden = malloc(n + 1);
    parts->column = calloc(n + 1, sizeof *parts->column);
    if (!parent || !part_of || !line_part || !range_part || !near || !own || !parts->hidden || !parts->column)
        arena_exhausted();
    memcpy(parts->hidden, hidden, n);
    own_mark(system, rules, insider, own);
    for (int round = insider ? 0 : 1; round < 2; round++) {
        for (uint32_t cell = 0; cell < n; cell++)
            parent[cell] = cell;
        for (size_t line = 0; line < system->n_lines; line++)
            join_terms(parent, system->term + system->line_start[line], system->line_start[line + 1] - system->line_start[line], parts->hidden);
        for (size_t range = 0; range < system->n_ranges; range++)
            join_terms(parent, system->range_term + system->range[range].first, system->range[range].count, parts->hidden);
        if (round == 1)
            break;
        /* What lies in no part with a cell of the insider's is to him what it is to an outsider. */
        for (uint32_t cell = 0; cell < n; cell++)
            if (hidden[cell] && own[cell])
                near[root_of(parent, cell)] = 1;
        for (uint32_t cell = 0; cell < n; cell++)
            parts->hidden[cell] = hidden[cell] && !own[cell];
        for (uint32_t cell = 0; cell < n; cell++)
            part_of[cell] = near[root_of(parent, cell)];
        for (uint32_t cell = 0; cell < n; cell++)
            near[cell] = (uint8_t) part_of[cell];
    }
    parts->n = 0;
    for (uint32_t cell = 0; cell < n; cell++) {
        uint32_t root = root_of(parent, cell);
        if (!parts->hidden[cell] || (insider && !near[cell]))
            part_of[cell] = UINT32_MAX;
        else
            part_of[cell] = root == cell ? (uint32_t) parts->n++ : part_of[root]; /* the root is the lowest cell of its part */
    }
    for (size_t line = 0; line < system->n_lines; line++)
        line_part[line] = part_of_terms(system->term + system->line_start[line], system->line_start[line + 1] - system->line_start[line], parts->hidden, part_of);
    for (size_t range = 0; range < system->n_ranges; range++)
        range_part[range] = part_of_terms(system->range_term + system->range[range].first, system->range[range].count, parts->hidden, part_of);
    parts->cells = grouping_make(part_of, n, parts->n);
    parts->lines = grouping_make(line_part, system->n_lines, parts->n);
    parts->ranges = grouping_make(range_part, system->n_ranges, parts->n);
    for (size_t part = 0; part < parts->n; part++)
        for (uint32_t at = parts->cells.start[part]; at < parts->cells.start[part + 1]; at++)
            parts->column[parts->cells.item[at]] = at - parts->cells.start[part] + 1;
    free(parent);
    free(part_of);
    free(line_part);
    free(range_part);
    free(near);
    free(own);
}

/* The ranges of each cell, as system.h keeps its lines. */
static void ranges_index(const System *system, Near *near)
{
    size_t *start = calloc(system->n_cells + 3, sizeof *start);
    uint32_t *of = malloc((system->range_term_count + 1) * sizeof *of);

    if (!start || !of)
        arena_exhausted();
    for (size_t range = 0; range < system->n_ranges; range++)
        for (size_t at = system->range[range].first; at < system->range[range].first + system->range[range].count; at++)
            start[system->range_term[at].cell + 2]++;
    for (size_t cell = 0; cell < system->n_cells; cell++)
        start[cell + 2] += start[cell + 1];
    for (size_t range = 0; range < system->n_ranges; range++)
        for (size_t at = system->range[range].first; at < system->range[range].first + system->range[range].count; at++)
            of[start[system->range_term[at].cell + 1]++] = (uint32_t) range;
    near->range_of_start = start;
    near->range_of = of;
}

static Near near_new(const System *system, const SystemRules *rules, const uint8_t *hidden)
{
    Near near = {.system = system, .rules = rules, .hidden = hidden};

    near.mask = calloc(system->n_cells + 1, 1);
    near.column = calloc(system->n_cells + 1, sizeof *near.column);
    near.line_mask = calloc(system->n_lines + 1, 1);
    near.range_mask = calloc(system->n_ranges + 1, 1);
    near.cell = malloc((system->n_cells + 1) * sizeof *near.cell);
    near.line = malloc((system->n_lines + 1) * sizeof *near.line);
    near.edge = malloc((system->n_cells + 1) * sizeof *near.edge);
    near.score = calloc(system->n_cells + 1, sizeof *near.score);
    near.range = malloc((system->n_ranges + 1) * sizeof *near.range);
    if (!near.mask || !near.column || !near.line_mask || !near.range_mask || !near.cell || !near.line || !near.range || !near.edge || !near.score)
        arena_exhausted();
    ranges_index(system, &near);
    return near;
}

static void near_free(Near *near)
{
    free(near->mask);
    free(near->column);
    free(near->line_mask);
    free(near->range_mask);
    free(near->cell);
    free(near->line);
    free(near->range);
    free(near->edge);
    free(near->score);
    free((void *) near->range_of_start);
    free((void *) near->range_of);
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
    moves_reuse(system, parts.hidden, out->moves, out);
    out->n_parts = parts.n;
    for (size_t at = 0; at < parts.n && good; at++) {
        Part part = {.system = system, .rules = rules, .hidden = parts.hidden, .column = parts.column,
                     .cell = parts.cells.item + parts.cells.start[at], .n = parts.cells.start[at + 1] - parts.cells.start[at],
                     .line = parts.lines.item + parts.lines.start[at], .n_lines = parts.lines.start[at + 1] - parts.lines.start[at],
                     .range = parts.ranges.item + parts.ranges.start[at], .n_ranges = parts.ranges.start[at + 1] - parts.ranges.start[at]};
        part_room(&part);
        memset(part.piece, 0, part.n * sizeof *part.piece);
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
        if (primary[cell] && (out->narrowest < 0 || out->high[cell] - out->low[cell] < out->narrowest))
            out->narrowest = out->high[cell] - out->low[cell];
    }
    return true;
}

bool attack_run(const System *system, const SystemRules *rules, const uint8_t *hidden, const uint8_t *primary, int32_t insider, AttackMoves *moves, SystemSums *sums, Attack *out,
                Err *err)
{
    *out = (Attack){.narrowest = -1, .moves = moves, .sums = sums};
    out->low = malloc((system->n_cells + 1) * sizeof *out->low);
    out->high = malloc((system->n_cells + 1) * sizeof *out->high);
    out->fails = calloc(system->n_cells + 1, 1);
    if (!out->low || !out->high || !out->fails)
        arena_exhausted();
    for (size_t cell = 0; cell < system->n_cells; cell++)
        out->low[cell] = out->high[cell] = system->cell[cell].value;
    return parts_each(system, rules, hidden, primary, insider, work_attack, out, NULL, err);
}

void attack_free(Attack *attack)
{
    free(attack->low);
    free(attack->high);
    free(attack->fails);
    *attack = (Attack){0};
}

static bool work_below(Part *part, Near *near, const uint8_t *primary, Attack *out, void *context, Err *err)
{
    size_t *below = context;

    (void) near;
    for (size_t column = 0; column < part->n; column++) {
        uint32_t cell = part->cell[column];
        int64_t most = 0;
        bool settled;
        if (!primary[cell] || out->high[cell] >= part->rules->threshold)
            continue;
        if (!part->problem)
            problem_build(part);
        if (!extreme(part, column, 1, &most, &settled, out, err))
            return false;
        *below += most < part->rules->threshold;
    }
    return true;
}

bool attack_count_below(const System *system, const SystemRules *rules, const uint8_t *hidden, const uint8_t *primary, Attack *attack, size_t *below, Err *err)
{
    *below = 0;
    return parts_each(system, rules, hidden, primary, 0, work_below, attack, below, err);
}
