#include "analyze/disclosure/protect.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/disclosure/attack.h"
#include "analyze/disclosure/repair.h"

enum { GREEDY_ROUNDS = 12, ROUNDS_MAX = 60 };

typedef struct Protect {
    const System      *system;
    const SystemRules *rules;
    CellStatus        *status;
    Certificate       *certificate;
    uint8_t           *primary, *hidden;
    int32_t           *insider; /* holders with a hidden cell, ascending */
    size_t             n_insiders, n_patterns;
    AttackMoves        moves;
    uint32_t           worst;   /* a cell that fails */
    int32_t            worst_insider;
    bool               worst_line;
} Protect;

static int ascending(const void *a, const void *b)
{
    int32_t x = *(const int32_t *) a, y = *(const int32_t *) b;

    return x < y ? -1 : x > y;
}

/* Who could know more than an outsider: every holder with a hidden cell of his own. */
static void insiders_find(Protect *protect)
{
    const System *system = protect->system;
    int32_t *list = protect->insider;
    size_t n = 0;

    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        for (int at = 0; at < SYSTEM_HOLDERS; at++)
            if (protect->hidden[cell] && system->cell[cell].holder[at])
                list[n++] = system->cell[cell].holder[at];
    qsort(list, n, sizeof *list, ascending);
    protect->n_insiders = 0;
    for (size_t at = 0; at < n; at++)
        if (protect->n_insiders == 0 || list[at] != list[protect->n_insiders - 1])
            list[protect->n_insiders++] = list[at];
}

static bool hidden_find(Protect *protect, Err *err)
{
    free(protect->hidden);
    protect->hidden = suppress_hidden(protect->system, protect->rules, protect->status, err);
    /* What can be computed may as well be printed: to hide it would promise what is not so. */
    for (uint32_t cell = 0; protect->hidden && cell < protect->system->n_cells; cell++)
        if (protect->status[cell] == CELL_SECONDARY && !protect->hidden[cell] && !(protect->system->cell[cell].flags & SYSTEM_WITHHELD))
            protect->status[cell] = CELL_PUBLISHED;
    return protect->hidden != NULL;
}

/* A primary that can be computed is not hidden any more, and so would not be attacked: it fails without any program. */
static bool computed(const Protect *protect, uint32_t cell)
{
    return protect->primary[cell] && !protect->hidden[cell];
}

static void hide(Protect *protect, uint32_t cell)
{
    protect->hidden[cell] = 1;
    if (protect->status[cell] == CELL_PUBLISHED) {
        protect->status[cell] = CELL_SECONDARY;
        protect->certificate->n_repaired++;
    }
}

/* Hide what lets the target move; *possible false when nothing does. */
static bool mend(Protect *protect, uint32_t target, int64_t up, int64_t down, int32_t insider, bool *possible, Err *err)
{
    Repair repair;

    if (!repair_find(protect->system, protect->rules, protect->hidden, target, up, insider, &repair, &protect->n_patterns, err))
        return false;
    if (!repair.possible && down < 0 &&
        !repair_find(protect->system, protect->rules, protect->hidden, target, down, insider, &repair, &protect->n_patterns, err))
        return false;
    for (size_t at = 0; at < repair.n; at++)
        hide(protect, repair.cell[at]);
    *possible = repair.possible;
    free(repair.cell);
    return true;
}

/* -- lines --------------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b, void *context)
{
    const SystemCell *cell = context;
    uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;

    return cell[x].value != cell[y].value ? (cell[x].value < cell[y].value ? -1 : 1) : x < y ? -1 : x > y;
}

/* The linear program says that the cell can move, and no whole table was found that does it: hide the cheapest published cell on one of its
 * lines too, with what lets that one move; the next one where that does not help. */
static bool mend_more(Protect *protect, uint32_t target, Err *err)
{
    const System *system = protect->system;
    size_t before = protect->certificate->n_repaired, n = 0;
    uint32_t *list = malloc((system->n_cells + 1) * sizeof *list);
    bool good = true, possible;

    if (!list)
        arena_exhausted();
    for (size_t of = system->of_start[target]; of < system->of_start[target + 1]; of++)
        for (size_t at = system->line_start[system->of_line[of]]; at < system->line_start[system->of_line[of] + 1]; at++) {
            uint32_t cell = system->term[at].cell;
            if (!protect->hidden[cell] && !system_known_zero(system, protect->rules, cell) && !(system->cell[cell].flags & (SYSTEM_FIXED | SYSTEM_FORCED)))
                list[n++] = cell;
        }
    qsort_r(list, n, sizeof *list, by_value, system->cell);
    for (size_t at = 0; at < n && good && protect->certificate->n_repaired == before; at++)
        good = mend(protect, list[at], 1, -1, 0, &possible, err);
    free(list);
    return good;
}

/* Hide more of a line on which too little is left over: the cheapest part that does it, or the total. */
static bool line_mend(Protect *protect, size_t line, bool *possible, Err *err)
{
    const System *system = protect->system;
    size_t first = system->line_start[line], n = 0;
    uint32_t *list = malloc((system->line_start[line + 1] - first + 1) * sizeof *list);

    if (!list)
        arena_exhausted();
    for (size_t at = first; at < system->line_start[line + 1]; at++) {
        uint32_t cell = system->term[at].cell;
        if (!protect->hidden[cell] && !system_known_zero(system, protect->rules, cell) && !(system->cell[cell].flags & (SYSTEM_FIXED | SYSTEM_FORCED)))
            list[n++] = cell;
    }
    qsort_r(list, n, sizeof *list, by_value, system->cell);
    *possible = false;
    bool good = true;
    for (size_t at = 0; at < n && good && !*possible; at++) {
        /* the smallest that is enough by itself; when none is, the largest part, and the next round goes on */
        protect->hidden[list[at]] = 1;
        SystemResidual left = system_residual(system, protect->rules, line, protect->hidden, protect->primary);
        protect->hidden[list[at]] = 0;
        if (!system_residual_safe(&left, protect->rules) && at + 1 < n)
            continue;
        good = mend(protect, list[at], 1, -1, 0, possible, err);
    }
    free(list);
    return good;
}

/* *bad: the number of lines on which too little was left over */
static bool lines_round(Protect *protect, bool repair, size_t *bad, Err *err)
{
    const System *system = protect->system;

    *bad = 0;
    protect->certificate->smallest_residual = -1;
    for (size_t line = 0; line < system->n_lines; line++) {
        SystemResidual left = system_residual(system, protect->rules, line, protect->hidden, protect->primary);
        if (left.hidden && !left.open && (protect->certificate->smallest_residual < 0 || left.sum < protect->certificate->smallest_residual))
            protect->certificate->smallest_residual = left.sum;
        if (system_residual_safe(&left, protect->rules))
            continue;
        ++*bad;
        protect->worst = system->term[system->line_start[line]].cell;
        protect->worst_line = true;
        bool possible = false;
        if (repair && !line_mend(protect, line, &possible, err))
            return false;
    }
    return true;
}

/* -- attacks ------------------------------------------------------------------------------------- */

static bool attack_round(Protect *protect, int32_t insider, bool repair, bool below, size_t *bad, Err *err)
{
    Certificate *certificate = protect->certificate;
    Attack attack;
    size_t before = certificate->n_repaired;
    bool good = attack_run(protect->system, protect->rules, protect->hidden, protect->primary, insider, &protect->moves, NULL, &attack, err);

    certificate->n_attacks++;
    certificate->n_linear += attack.n_linear;
    certificate->n_integer += attack.n_integer;
    certificate->n_examples += attack.n_examples;
    if (!insider) {
        certificate->n_parts = attack.n_parts;
        certificate->n_hidden = attack.n_hidden;
    }
    if (attack.narrowest >= 0 && (certificate->narrowest < 0 || attack.narrowest < certificate->narrowest))
        certificate->narrowest = attack.narrowest;
    *bad += attack.n_fails;
    for (uint32_t cell = 0; good && cell < protect->system->n_cells; cell++) {
        if (!attack.fails[cell])
            continue;
        protect->worst = cell;
        protect->worst_insider = insider;
        protect->worst_line = false;
        if (!repair)
            continue;
        int64_t value = protect->system->cell[cell].value, need = protect->primary[cell] ? protect->rules->width_min : 1;
        bool possible;
        int64_t down = attack.high[cell] - need - value;
        good = mend(protect, cell, attack.low[cell] + need - value, value + down >= system_least(protect->rules) ? down : 0, insider, &possible, err);
    }
    /* Only when nothing else was to be done in the whole round: what is hidden for one cell mostly helps the next. */
    for (uint32_t cell = 0; good && repair && !insider && certificate->n_repaired == before && cell < protect->system->n_cells; cell++)
        if (attack.fails[cell])
            good = mend_more(protect, cell, err);
    if (good && below && !attack.n_fails)
        good = attack_count_below(protect->system, protect->rules, protect->hidden, protect->primary, &attack, &certificate->n_below, err);
    attack_free(&attack);
    return good;
}

/* One look at everything, mending as it goes. *bad = 0: it stands. */
static bool round_run(Protect *protect, bool repair, size_t *bad, Err *err)
{
    Certificate *certificate = protect->certificate;

    if (!hidden_find(protect, err) || !lines_round(protect, repair, bad, err))
        return false;
    for (uint32_t cell = 0; cell < protect->system->n_cells; cell++)
        if (computed(protect, cell)) {
            ++*bad;
            protect->worst = cell;
            protect->worst_line = false;
            protect->worst_insider = 0;
            bool possible = false;
            if (repair && !mend(protect, cell, protect->rules->width_min, 0, 0, &possible, err))
                return false;
        }
    if (*bad)
        return true;
    certificate->n_attacks = 0; /* of the last round, the one that stands; programs are counted over all */
    certificate->narrowest = -1;
    if (!attack_round(protect, 0, repair, true, bad, err))
        return false;
    if (*bad || !protect->rules->insiders)
        return true;
    insiders_find(protect);
    certificate->n_insiders = protect->n_insiders;
    for (size_t at = 0; at < protect->n_insiders; at++)
        if (!attack_round(protect, protect->insider[at], repair, false, bad, err))
            return false;
    return true;
}

static void certificate_count(Protect *protect)
{
    const System *system = protect->system;
    Certificate *certificate = protect->certificate;
    uint8_t *has_parts = calloc(system->n_cells + 1, 1);

    if (!has_parts)
        arena_exhausted();
    for (size_t line = 0; line < system->n_lines; line++)
        has_parts[system->term[system->line_start[line]].cell] = 1;
    certificate->rules = *protect->rules;
    certificate->n_cells = system->n_cells;
    certificate->n_lines = system->n_lines;
    certificate->n_ranges = system->n_ranges;
    for (uint32_t cell = 0; cell < system->n_cells; cell++) {
        bool withheld = system->cell[cell].flags & SYSTEM_WITHHELD;
        certificate->n_withheld += withheld;
        certificate->n_zero += !withheld && system_known_zero(system, protect->rules, cell);
        certificate->n_primary += !withheld && protect->status[cell] == CELL_PRIMARY;
        certificate->n_secondary += !withheld && protect->status[cell] == CELL_SECONDARY;
        if (!has_parts[cell]) {
            certificate->total += system->cell[cell].value;
            certificate->total_hidden += protect->status[cell] == CELL_PUBLISHED ? 0 : system->cell[cell].value;
        }
    }
    certificate->n_published = certificate->n_cells - certificate->n_withheld - certificate->n_zero - certificate->n_primary - certificate->n_secondary;
    free(has_parts);
}

static Protect protect_begin(const System *system, const SystemRules *rules, CellStatus *status, Certificate *certificate)
{
    Protect protect = {.system = system, .rules = rules, .status = status, .certificate = certificate};

    *certificate = (Certificate){.narrowest = -1, .smallest_residual = -1};
    protect.primary = calloc(system->n_cells + 1, 1);
    protect.insider = malloc((SYSTEM_HOLDERS * system->n_cells + 1) * sizeof *protect.insider);
    if (!protect.primary || !protect.insider)
        arena_exhausted();
    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        protect.primary[cell] = system_primary(system, rules, cell);
    return protect;
}

static void protect_end(Protect *protect)
{
    free(protect->primary);
    free(protect->hidden);
    free(protect->insider);
    system_sums_free(&protect->moves);
}

/* Sums of hidden parts of which too little is left, and the attacker's arguments: what the next greedy must keep from becoming known. */
static bool arguments_find(Protect *protect, SystemSums *sums, size_t *found, Err *err)
{
    const System *system = protect->system;
    size_t before = sums->n;
    Attack attack;

    if (!hidden_find(protect, err))
        return false;
    for (size_t line = 0; line < system->n_lines; line++) {
        SystemResidual left = system_residual(system, protect->rules, line, protect->hidden, protect->primary);
        if (system_residual_safe(&left, protect->rules))
            continue;
        SystemTerm *term = malloc((left.hidden + 1) * sizeof *term);
        size_t n = 0;
        if (!term)
            arena_exhausted();
        for (size_t at = system->line_start[line]; at < system->line_start[line + 1]; at++)
            if (protect->hidden[system->term[at].cell])
                term[n++] = (SystemTerm){system->term[at].cell, 1};
        system_sums_add(sums, term, n);
        free(term);
    }
    bool good = attack_run(system, protect->rules, protect->hidden, protect->primary, 0, &protect->moves, sums, &attack, err);
    protect->certificate->n_linear += attack.n_linear;
    protect->certificate->n_examples += attack.n_examples;
    attack_free(&attack);
    *found = sums->n - before;
    return good;
}

bool protect_run(const System *system, const SystemRules *rules, CellStatus *status, Certificate *certificate, SuppressConflict *conflict, Err *err)
{
    Protect protect = protect_begin(system, rules, status, certificate);
    SystemSums sums = {0};
    bool good = true, stuck = false;
    size_t bad = 1, found = 1;

    /* Greedy anew with each set of arguments: cheaper than mending, and what it hides protects many cells at once. */
    for (int round = 0; good && found && round < GREEDY_ROUNDS; round++) {
        good = suppress_greedy(system, rules, &sums, status, conflict, err) && arguments_find(&protect, &sums, &found, err);
        certificate->n_greedy_rounds++;
    }
    certificate->n_sums = sums.n;
    system_sums_free(&sums);
    for (uint32_t cell = 0; good && cell < system->n_cells; cell++)
        certificate->n_greedy += status[cell] == CELL_SECONDARY && !(system->cell[cell].flags & SYSTEM_WITHHELD);
    while (good && bad && !stuck && certificate->n_rounds < ROUNDS_MAX) {
        size_t before = certificate->n_repaired;
        bad = 0;
        good = round_run(&protect, true, &bad, err);
        certificate->n_rounds++;
        /* Nothing left to hide that would help: another round would find the same. */
        stuck = bad && certificate->n_repaired == before;
    }
    if (good && bad)
        good = err_set(err, ERR_DISCLOSURE, "%zu cells or lines cannot be protected by hiding more (the first is cell %u)", bad, protect.worst);
    if (good)
        certificate_count(&protect);
    protect_end(&protect);
    return good;
}

bool protect_audit(const System *system, const SystemRules *rules, const CellStatus *status, Certificate *certificate, uint32_t *worst, Err *err)
{
    Protect protect = protect_begin(system, rules, (CellStatus *) status, certificate);
    size_t bad = 0;
    bool good = round_run(&protect, false, &bad, err);

    *worst = protect.worst;
    if (good)
        certificate_count(&protect);
    if (good && bad && protect.worst_line)
        good = err_set(err, ERR_DISCLOSURE, "too little is left over on %zu lines (the first total is cell %u)", bad, protect.worst);
    else if (good && bad && protect.worst_insider)
        good = err_set(err, ERR_DISCLOSURE, "an insider (holder %d) can narrow down %zu hidden cells (the first is cell %u)", protect.worst_insider, bad, protect.worst);
    else if (good && bad)
        good = err_set(err, ERR_DISCLOSURE, "an outsider can narrow down %zu hidden cells (the first is cell %u)", bad, protect.worst);
    protect_end(&protect);
    return good;
}
