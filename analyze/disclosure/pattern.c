#include "analyze/disclosure/pattern.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* REACH: how far any cell may move up. On each line the HIDDEN hidden parts with the most room and the PARTS cheapest published ones are enough to find a way
 * through. A line of more than LONG parts (schools, boards) is no neighbourhood by itself: what is near there is what was met on other lines too, and
 * totals lead on to it. LOOK: parts looked at on a line. DIVES: fractions fixed before the dive is given up. SCORES: the highest one told apart.
 * STEPS: of one solution; hundreds are usual, and a program that needs more is given up (nothing is found then): the same on every machine. */
enum { STEPS = 20000, REACH = 1000, HIDDEN = 64, HIDDEN_LONG = 24, PARTS = 12, LONG = 16, LOOK = 256, DIVES = 40, SCORES = 64 };

struct Pattern {
    const System      *system;
    const SystemRules *rules;
    uint32_t *by_value; /* as system->term, but cells only: the parts of each line from small to large, behind its total */
    uint32_t *known;    /* per line: so many of its parts, in that order, are known to be zero; there may be thousands */
    uint32_t *cell;     /* near cells in the order they were reached; the target first */
    uint32_t *place;    /* per cell: index in cell + 1; 0 = not near */
    size_t    n;
    uint8_t  *score;    /* per cell at the edge: how often it was met; 0 = not at the edge */
    uint32_t *queue[SCORES + 1]; /* cells at the edge by score, first come first served; entries of an outgrown score are stale */
    size_t    queue_first[SCORES + 1], queue_n[SCORES + 1], queue_room[SCORES + 1];
    uint32_t *line;     /* relations with a near cell */
    uint8_t  *line_in;
    size_t    n_lines;
    size_t   *range_start; /* roundings of each cell */
    uint32_t *range_of, *range;
    uint8_t  *range_in;
    size_t    n_ranges;
    int      *rows, *columns;
    double   *values;
    size_t    room;
    SystemTerm *move;
    size_t    programs;
};

static void *room_for(size_t n, size_t bytes)
{
    void *made = calloc(n + 1, bytes);

    if (!made)
        arena_exhausted();
    return made;
}

static int by_value(const void *a, const void *b, void *context)
{
    const SystemCell *cell = context;
    uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;

    return cell[x].value != cell[y].value ? (cell[x].value < cell[y].value ? -1 : 1) : x < y ? -1 : x > y;
}

/* The ranges of each cell, as system.h keeps its lines. */
static void ranges_index(Pattern *pattern)
{
    const System *system = pattern->system;

    pattern->range_start = room_for(system->n_cells + 2, sizeof *pattern->range_start);
    pattern->range_of = room_for(system->range_term_count, sizeof *pattern->range_of);
    for (size_t range = 0; range < system->n_ranges; range++)
        for (size_t at = system->range[range].first; at < system->range[range].first + system->range[range].count; at++)
            pattern->range_start[system->range_term[at].cell + 2]++;
    for (size_t cell = 0; cell < system->n_cells; cell++)
        pattern->range_start[cell + 2] += pattern->range_start[cell + 1];
    for (size_t range = 0; range < system->n_ranges; range++)
        for (size_t at = system->range[range].first; at < system->range[range].first + system->range[range].count; at++)
            pattern->range_of[pattern->range_start[system->range_term[at].cell + 1]++] = (uint32_t) range;
}

Pattern *pattern_new(const System *system, const SystemRules *rules)
{
    Pattern *pattern = room_for(1, sizeof *pattern);

    *pattern = (Pattern){.system = system, .rules = rules};
    pattern->by_value = room_for(system->term_count, sizeof *pattern->by_value);
    pattern->known = room_for(system->n_lines, sizeof *pattern->known);
    pattern->cell = room_for(system->n_cells, sizeof *pattern->cell);
    pattern->place = room_for(system->n_cells, sizeof *pattern->place);
    pattern->score = room_for(system->n_cells, 1);
    pattern->line = room_for(system->n_lines, sizeof *pattern->line);
    pattern->line_in = room_for(system->n_lines, 1);
    pattern->range = room_for(system->n_ranges, sizeof *pattern->range);
    pattern->range_in = room_for(system->n_ranges, 1);
    pattern->move = room_for(system->n_cells, sizeof *pattern->move);
    ranges_index(pattern);
    for (size_t line = 0; line < system->n_lines; line++) {
        size_t first = system->line_start[line], n = system->line_start[line + 1] - first;
        for (size_t at = first; at < first + n; at++)
            pattern->by_value[at] = system->term[at].cell;
        if (n > 1)
            qsort_r(pattern->by_value + first + 1, n - 1, sizeof *pattern->by_value, by_value, system->cell);
        while (pattern->known[line] + 1 < n && system_known_zero(system, rules, pattern->by_value[first + 1 + pattern->known[line]]))
            pattern->known[line]++;
    }
    glp_term_out(GLP_OFF);
    return pattern;
}

void pattern_free(Pattern *pattern)
{
    if (!pattern)
        return;
    for (size_t score = 0; score <= SCORES; score++)
        free(pattern->queue[score]);
    free(pattern->by_value);
    free(pattern->known);
    free(pattern->cell);
    free(pattern->place);
    free(pattern->score);
    free(pattern->line);
    free(pattern->line_in);
    free(pattern->range);
    free(pattern->range_in);
    free(pattern->range_start);
    free(pattern->range_of);
    free(pattern->rows);
    free(pattern->columns);
    free(pattern->values);
    free(pattern->move);
    free(pattern);
}

size_t pattern_programs(const Pattern *pattern)
{
    return pattern->programs;
}

/* -- near the target ----------------------------------------------------------------------------- */

static bool movable(const Pattern *pattern, const PatternAsk *ask, uint32_t cell)
{
    if ((ask->still && ask->still[cell]) || system_known_zero(pattern->system, pattern->rules, cell))
        return false;
    return ask->hidden[cell] || (ask->may_hide && !(pattern->system->cell[cell].flags & (SYSTEM_FIXED | SYSTEM_FORCED)));
}

/* A cell was met on a line of one that is in: the more often, the sooner it is taken in. That closes the small cubes along which values
 * can be exchanged; by mere distance a neighbourhood is all lines and no cubes. */
static void meet(Pattern *pattern, const PatternAsk *ask, uint32_t cell, uint8_t weight)
{
    if (pattern->place[cell] || !movable(pattern, ask, cell))
        return;
    uint8_t score = pattern->score[cell] + weight > SCORES ? SCORES : (uint8_t) (pattern->score[cell] + weight);
    if (score == pattern->score[cell])
        return;
    pattern->score[cell] = score;
    if (pattern->queue_n[score] == pattern->queue_room[score]) {
        pattern->queue_room[score] = 2 * pattern->queue_room[score] + 256;
        pattern->queue[score] = realloc(pattern->queue[score], pattern->queue_room[score] * sizeof **pattern->queue);
        if (!pattern->queue[score])
            arena_exhausted();
    }
    pattern->queue[score][pattern->queue_n[score]++] = cell;
}

/* What is hidden on a line, its total, and the cheapest of the parts that could be hidden. */
static void meet_line(Pattern *pattern, const PatternAsk *ask, size_t line)
{
    const System *system = pattern->system;
    size_t first = system->line_start[line] + 1, n = system->line_start[line + 1] - first, met = 0, cheap = 0, looked = 0;
    uint32_t total = pattern->by_value[first - 1];

    size_t many = n > LONG ? HIDDEN_LONG : HIDDEN;

    meet(pattern, ask, total, ask->hidden[total] ? 4 : 3);
    for (size_t at = n; at-- > pattern->known[line] && n - at <= LOOK;) {
        uint32_t cell = pattern->by_value[first + at];
        bool known = pattern->score[cell];
        if (ask->hidden[cell] && (known || met < many)) {
            meet(pattern, ask, cell, n > LONG ? 1 : 2);
            met += !known;
        } else if (known) {
            meet(pattern, ask, cell, 1);
        }
    }
    for (size_t at = pattern->known[line]; ask->may_hide && at < n && cheap < PARTS && looked < LOOK; at++, looked++) {
        uint32_t cell = pattern->by_value[first + at];
        if (!ask->hidden[cell] && !pattern->score[cell] && !pattern->place[cell] && movable(pattern, ask, cell)) {
            meet(pattern, ask, cell, 1);
            cheap++;
        }
    }
}

static bool next_near(Pattern *pattern, uint32_t *cell)
{
    for (size_t score = SCORES; score > 0; score--)
        while (pattern->queue_first[score] < pattern->queue_n[score]) {
            *cell = pattern->queue[score][pattern->queue_first[score]++];
            if (!pattern->place[*cell] && pattern->score[*cell] == score)
                return true;
        }
    return false;
}

/* \return everything there is to reach was reached */
static bool gather(Pattern *pattern, const PatternAsk *ask)
{
    const System *system = pattern->system;
    uint32_t cell;

    for (size_t at = 0; at < pattern->n; at++)
        pattern->place[pattern->cell[at]] = 0;
    for (size_t score = 1; score <= SCORES; score++) {
        for (size_t at = 0; at < pattern->queue_n[score]; at++)
            pattern->score[pattern->queue[score][at]] = 0;
        pattern->queue_first[score] = pattern->queue_n[score] = 0;
    }
    pattern->n = 1;
    pattern->cell[0] = ask->target;
    pattern->place[ask->target] = 1;
    for (size_t done = 0; done < pattern->n; done++) {
        if (pattern->n >= ask->near)
            return false;
        for (size_t of = system->of_start[pattern->cell[done]]; of < system->of_start[pattern->cell[done] + 1]; of++)
            meet_line(pattern, ask, system->of_line[of]);
        /* where published cells may come in too there is more to choose from */
        for (int step = 0; step < (ask->may_hide ? 3 : 1) && next_near(pattern, &cell); step++) {
            pattern->cell[pattern->n++] = cell;
            pattern->place[cell] = (uint32_t) pattern->n;
        }
    }
    return true;
}

/* -- the program --------------------------------------------------------------------------------- */

double pattern_noise(uint32_t cell, uint32_t variant)
{
    uint64_t mixed = ((uint64_t) variant << 32 | cell) * 0x9E3779B97F4A7C15u;

    mixed = (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9u;
    return (double) (mixed >> 40) / 16777216.0;
}

/* The number of hidden cells is what a reader loses: cells count alike, larger ones a little more, expendable ones less. What moves for nothing
 * costs a trifle, so that moves stay small. No two costs are the same: among equals the dual simplex goes round in circles. */
static double cost_of(const Pattern *pattern, const PatternAsk *ask, uint32_t cell)
{
    const SystemCell *it = &pattern->system->cell[cell];

    if (ask->hidden[cell])
        return 0.01 + 0.01 * pattern_noise(cell, ask->variant);
    double cost = (1 + log2((double) it->value + 1) / 16) / (1 + it->rank / 4.0);
    return cost * (ask->variant ? 0.5 + pattern_noise(cell, ask->variant) : 1 + pattern_noise(cell, 0) / 256);
}

/* The relations and roundings of the first so many near cells, and room for all terms. */
static void lines_find(Pattern *pattern, size_t core)
{
    const System *system = pattern->system;
    size_t terms = 0;

    pattern->n_lines = pattern->n_ranges = 0;
    for (size_t at = 0; at < pattern->n; at++) {
        uint32_t cell = pattern->cell[at];
        for (size_t of = system->of_start[cell]; of < system->of_start[cell + 1]; of++) {
            uint32_t line = system->of_line[of];
            terms += 2;
            if (at < core && !pattern->line_in[line]) {
                pattern->line_in[line] = 1;
                pattern->line[pattern->n_lines++] = line;
            }
        }
        for (size_t of = pattern->range_start[cell]; of < pattern->range_start[cell + 1]; of++) {
            terms += 2;
            if (at < core && !pattern->range_in[pattern->range_of[of]]) {
                pattern->range_in[pattern->range_of[of]] = 1;
                pattern->range[pattern->n_ranges++] = pattern->range_of[of];
            }
        }
    }
    for (size_t at = 0; at < pattern->n_lines; at++)
        pattern->line_in[pattern->line[at]] = 0;
    for (size_t at = 0; at < pattern->n_ranges; at++)
        pattern->range_in[pattern->range[at]] = 0;
    if (terms + 2 > pattern->room) {
        pattern->room = 2 * terms + 2;
        free(pattern->rows);
        free(pattern->columns);
        free(pattern->values);
        pattern->rows = room_for(pattern->room, sizeof *pattern->rows);
        pattern->columns = room_for(pattern->room, sizeof *pattern->columns);
        pattern->values = room_for(pattern->room, sizeof *pattern->values);
    }
}

static size_t row_fill(Pattern *pattern, int row, const SystemTerm *term, size_t n, size_t at)
{
    for (size_t one = 0; one < n; one++) {
        uint32_t place = pattern->place[term[one].cell];
        if (!place)
            continue;
        pattern->rows[++at] = row;
        pattern->columns[at] = (int) place;
        pattern->values[at] = term[one].coef;
        pattern->rows[++at] = row;
        pattern->columns[at] = (int) (pattern->n + place);
        pattern->values[at] = -term[one].coef;
    }
    return at;
}

static double range_truth(const System *system, const SystemRange *range)
{
    double truth = 0;

    for (size_t at = range->first; at < range->first + range->count; at++)
        truth += (double) system->range_term[at].coef * (double) system->cell[system->range_term[at].cell].value;
    return truth;
}

/* Columns: one per near cell for moving up, and behind all those one for moving down. The target is drawn by a reward that outweighs any cost. At the
 * start it stands where it is wanted and all others at rest: nothing is better than that, but the target's own relations do not hold. From there the dual
 * simplex mends relation by relation and stays near the target; the primal one, from the true table on, tries all over the neighbourhood (a third of the steps on
 * dense tables, half on sparse ones). */
static glp_prob *problem_build(Pattern *pattern, const PatternAsk *ask)
{
    const System *system = pattern->system;
    glp_prob *problem = glp_create_prob();
    size_t at = 0;

    glp_set_obj_dir(problem, GLP_MIN);
    glp_add_cols(problem, 2 * (int) pattern->n);
    for (size_t one = 0; one < pattern->n; one++) {
        uint32_t cell = pattern->cell[one];
        int up = (int) one + 1, down = (int) (pattern->n + one) + 1;
        double room = (double) (system->cell[cell].value - system_least(pattern->rules));
        if (one == 0) {
            int wanted = ask->delta > 0 ? up : down;
            glp_set_col_bnds(problem, wanted, GLP_DB, 0, fabs((double) ask->delta));
            glp_set_col_bnds(problem, ask->delta > 0 ? down : up, GLP_FX, 0, 0);
            glp_set_obj_coef(problem, wanted, -1000);
            continue;
        }
        glp_set_col_bnds(problem, up, GLP_DB, 0, REACH);
        glp_set_col_bnds(problem, down, room > 0 ? GLP_DB : GLP_FX, 0, room > 0 ? room : 0);
        glp_set_obj_coef(problem, up, cost_of(pattern, ask, cell));
        glp_set_obj_coef(problem, down, cost_of(pattern, ask, cell));
    }
    if (pattern->n_lines + pattern->n_ranges)
        glp_add_rows(problem, (int) (pattern->n_lines + pattern->n_ranges));
    for (size_t row = 0; row < pattern->n_lines; row++) {
        size_t first = system->line_start[pattern->line[row]];
        glp_set_row_bnds(problem, (int) row + 1, GLP_FX, 0, 0);
        at = row_fill(pattern, (int) row + 1, system->term + first, system->line_start[pattern->line[row] + 1] - first, at);
    }
    for (size_t row = 0; row < pattern->n_ranges; row++) {
        const SystemRange *range = &system->range[pattern->range[row]];
        double truth = range_truth(system, range);
        bool below = isfinite(range->low), above = isfinite(range->high);
        int number = (int) (pattern->n_lines + row) + 1;
        glp_set_row_bnds(problem, number, below && above ? (range->low == range->high ? GLP_FX : GLP_DB) : below ? GLP_LO : above ? GLP_UP : GLP_FR, range->low - truth,
                         range->high - truth);
        at = row_fill(pattern, number, system->range_term + range->first, range->count, at);
    }
    glp_load_matrix(problem, (int) at, pattern->rows, pattern->columns, pattern->values);
    glp_std_basis(problem);
    glp_set_col_stat(problem, ask->delta > 0 ? 1 : (int) pattern->n + 1, GLP_NU);
    return problem;
}

static bool solved(Pattern *pattern, glp_prob *problem, int method)
{
    glp_smcp settings;

    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.meth = method;
    settings.it_lim = STEPS;
    pattern->programs++;
    return glp_simplex(problem, &settings) == 0 && glp_get_status(problem) == GLP_OPT;
}

/* The fraction that lacks least of the next whole number; 0 = there is none. */
static int fraction_find(glp_prob *problem, int columns)
{
    double best = 2;
    int found = 0;

    for (int column = 1; column <= columns; column++) {
        double value = glp_get_col_prim(problem, column), part = value - floor(value);
        if (part > 1e-7 && part < 1 - 1e-7 && 1 - part < best) {
            best = 1 - part;
            found = column;
        }
    }
    return found;
}

static void bounds_set(glp_prob *problem, int column, double low, double high)
{
    glp_set_col_bnds(problem, column, low < high ? GLP_DB : GLP_FX, low, high);
}

static bool dive(Pattern *pattern, glp_prob *problem)
{
    int columns = 2 * (int) pattern->n, column;

    for (int step = 0; (column = fraction_find(problem, columns)) != 0; step++) {
        double value = glp_get_col_prim(problem, column), low = glp_get_col_lb(problem, column), high = glp_get_col_ub(problem, column);
        if (step == DIVES)
            return false;
        bounds_set(problem, column, ceil(value), high);
        if (solved(pattern, problem, GLP_DUALP))
            continue;
        bounds_set(problem, column, low, floor(value));
        if (!solved(pattern, problem, GLP_DUALP))
            return false;
    }
    return true;
}

static int64_t moved(const Pattern *pattern, const SystemTerm *term, size_t n, const int64_t *change)
{
    int64_t sum = 0;

    for (size_t at = 0; at < n; at++)
        if (pattern->place[term[at].cell])
            sum += term[at].coef * change[pattern->place[term[at].cell] - 1];
    return sum;
}

/* The solution in whole numbers, checked against every relation and rounding. \return 0 cells: it does not hold */
static size_t move_take(Pattern *pattern, const PatternAsk *ask, glp_prob *problem)
{
    const System *system = pattern->system;
    int64_t *change = room_for(pattern->n, sizeof *change);
    size_t n = 0;
    bool good = true;

    for (size_t one = 0; one < pattern->n && good; one++) {
        uint32_t cell = pattern->cell[one];
        change[one] = llround(glp_get_col_prim(problem, (int) one + 1) - glp_get_col_prim(problem, (int) (pattern->n + one) + 1));
        good = change[one] == 0 || system->cell[cell].value + change[one] >= system_least(pattern->rules);
        if (change[one])
            pattern->move[n++] = (SystemTerm){cell, (int32_t) change[one]};
    }
    for (size_t row = 0; row < pattern->n_lines && good; row++) {
        size_t first = system->line_start[pattern->line[row]];
        good = moved(pattern, system->term + first, system->line_start[pattern->line[row] + 1] - first, change) == 0;
    }
    for (size_t row = 0; row < pattern->n_ranges && good; row++) {
        const SystemRange *range = &system->range[pattern->range[row]];
        double now = range_truth(system, range) + (double) moved(pattern, system->range_term + range->first, range->count, change);
        good = now >= range->low && now <= range->high;
    }
    good = good && (ask->delta > 0 ? change[0] > 0 : change[0] < 0) && (!ask->may_hide || change[0] == ask->delta);
    free(change);
    return good ? n : 0;
}

bool pattern_find(Pattern *pattern, const PatternAsk *ask, PatternMove *out)
{
    *out = (PatternMove){.term = pattern->move, .everything = true};
    if (ask->delta == 0 || pattern->system->cell[ask->target].value + ask->delta < system_least(pattern->rules))
        return false;
    out->everything = gather(pattern, ask);
    lines_find(pattern, pattern->n);
    for (size_t at = 0; at < pattern->n; at++)
        out->n_hidden += ask->hidden[pattern->cell[at]];
    glp_prob *problem = problem_build(pattern, ask);
    int wanted = ask->delta > 0 ? 1 : (int) pattern->n + 1;
    if (solved(pattern, problem, GLP_DUALP)) {
        double reached = floor(glp_get_col_prim(problem, wanted) + 1e-7);
        bool good = reached >= 1 && (!ask->may_hide || reached >= fabs((double) ask->delta));
        if (good) {
            double at = glp_get_col_prim(problem, wanted);
            bounds_set(problem, wanted, reached, reached);
            good = (fabs(at - reached) < 1e-7 || solved(pattern, problem, GLP_DUALP)) && dive(pattern, problem);
        }
        out->n = good ? move_take(pattern, ask, problem) : 0;
    }
    glp_delete_prob(problem);
    return out->n > 0;
}

/* All that is hidden on the relations of what was gathered, and those relations only. */
static void surround(Pattern *pattern, const PatternAsk *ask)
{
    const System *system = pattern->system;
    size_t core = pattern->n;

    for (size_t at = 0; at < core; at++)
        for (size_t of = system->of_start[pattern->cell[at]]; of < system->of_start[pattern->cell[at] + 1]; of++) {
            size_t line = system->of_line[of];
            for (size_t term = system->line_start[line]; term < system->line_start[line + 1]; term++) {
                uint32_t cell = system->term[term].cell;
                if (!pattern->place[cell] && movable(pattern, ask, cell)) {
                    pattern->cell[pattern->n++] = cell;
                    pattern->place[cell] = (uint32_t) pattern->n;
                }
            }
        }
    lines_find(pattern, core);
    pattern->n_ranges = 0;
}

bool pattern_shut(Pattern *pattern, uint32_t target, int64_t need, const uint8_t *hidden, size_t near)
{
    int64_t room = pattern->system->cell[target].value - system_least(pattern->rules), reach = 0;

    for (int side = 0; side < 2 && reach < need; side++) {
        PatternAsk ask = {.target = target, .delta = side == 0 ? need : room < need ? -room : -need, .hidden = hidden, .near = near};
        if (side == 0) {
            gather(pattern, &ask);
            surround(pattern, &ask);
        }
        if (ask.delta == 0)
            break;
        glp_prob *problem = problem_build(pattern, &ask);
        bool good = solved(pattern, problem, GLP_DUALP);
        if (good)
            reach += (int64_t) floor(glp_get_col_prim(problem, side == 0 ? 1 : (int) pattern->n + 1) + 1e-6);
        glp_delete_prob(problem);
        if (!good)
            return false;
        if (reach + room < need)
            return true;
    }
    return reach < need;
}
