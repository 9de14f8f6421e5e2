#include "analyze/disclosure/protect.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/disclosure/minimum.h"
#include "analyze/disclosure/parts.h"
#include "analyze/disclosure/weave.h"

/* ROUNDS_MAX: of mending. MINIMUM_*: tables of which the fewest secondaries are looked for, and how long. */
enum { ROUNDS_MAX = 60, MINIMUM_CELLS = 150, MINIMUM_ROUNDS = 25 };

/* So many ways are tried, the smaller the table the more: there each is quickly done, and a few cells more are many. */
static uint32_t variants_of(size_t n_cells)
{
    return n_cells <= 150 ? 40 : n_cells <= 400 ? 24 : 1;
}

static const double kept_share = 0.8; /* of what the best way so far hides, where it is tried to better that */

typedef struct Protect {
    const System      *system;
    const SystemRules *rules;
    CellStatus        *status;
    Certificate       *certificate;
    uint8_t           *primary, *hidden;
    int32_t           *insider; /* holders with a hidden cell, ascending */
    size_t             n_insiders, programs;
    uint32_t           variant;
    AttackMemory       memory;
    Refusal           *refusal; /* of the last round: what fails first in it */
} Protect;

static int ascending(const void *a, const void *b)
{
    int32_t x = *(const int32_t *) a, y = *(const int32_t *) b;

    return x < y ? -1 : x > y;
}

/* Does he know anything that is hidden? \param held one bit a holder: something of his own is */
static bool knows_any(const System *system, size_t insider, const uint64_t *held)
{
    for (size_t word = 0; word < system->knows_words; word++)
        if (system->knows[insider * system->knows_words + word] & held[word])
            return true;
    return false;
}

/* Who could know more than an outsider: every holder who knows a hidden cell. */
static void insiders_find(Protect *protect)
{
    const System *system = protect->system;
    int32_t *list = protect->insider;
    uint64_t *held = calloc(system->knows_words + 1, sizeof *held);
    size_t n = 0;

    if (!held)
        arena_exhausted();
    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        for (int at = 0; at < SYSTEM_HOLDERS; at++) {
            int32_t holder = protect->hidden[cell] ? system->cell[cell].holder[at] : 0;
            if (holder && system->knows)
                held[(size_t) (holder - 1) / 64] |= (uint64_t) 1 << ((holder - 1) % 64);
            else if (holder)
                list[n++] = holder;
        }
    for (size_t insider = 0; insider < system->n_holders && system->knows; insider++)
        if (knows_any(system, insider, held))
            list[n++] = (int32_t) insider + 1;
    free(held);
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

/* Lines fail before cells, an outsider's cells before insiders': the first that fails says what a refusal is about. */
static void refuse(Protect *protect, RefusalKind kind, uint32_t cell, int32_t insider)
{
    Refusal *refusal = protect->refusal;

    if (refusal->kind == REFUSAL_NONE) {
        refusal->kind = kind;
        refusal->cell = cell;
        refusal->insider = insider;
    }
    refusal->n += refusal->kind == kind;
}

/* A primary that can be computed is not hidden any more, and so would not be attacked: it fails without any program. */
static bool computed(const Protect *protect, uint32_t cell)
{
    return protect->primary[cell] && !protect->hidden[cell];
}

/* A weaving begins and ends with these: what it hid is secondary from then on, and its programs are counted. */
static void mending_begin(Protect *protect, Weave *weave, uint8_t *hidden)
{
    weave_begin(weave, protect->system, protect->rules, hidden, protect->primary, &protect->memory);
    weave->variant = protect->variant;
    protect->programs = pattern_programs(protect->memory.pattern);
}

static void mending_end(Protect *protect, Weave *weave)
{
    size_t n = 0;

    weave_end(weave);
    protect->certificate->n_linear += pattern_programs(protect->memory.pattern) - protect->programs;

    for (uint32_t cell = 0; cell < protect->system->n_cells; cell++)
        if (protect->hidden[cell] && protect->status[cell] == CELL_PUBLISHED) {
            protect->status[cell] = CELL_SECONDARY;
            n++;
        }
    protect->certificate->n_repaired += n;
}

/* -- lines --------------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b, void *context)
{
    const SystemCell *cell = context;
    uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;

    return cell[x].value != cell[y].value ? (cell[x].value < cell[y].value ? -1 : 1) : x < y ? -1 : x > y;
}

/* Hide more of a line on which too little is left over: the cheapest part that does it, or the total. */
static void line_mend(Protect *protect, Weave *weave, size_t line)
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
    bool possible = false;
    for (size_t at = 0; at < n && !possible; at++) {
        /* the smallest that is enough by itself; when none is, the largest part, and the next round goes on */
        protect->hidden[list[at]] = 1;
        SystemResidual left = system_residual(system, protect->rules, line, protect->hidden, protect->primary);
        protect->hidden[list[at]] = 0;
        if (!system_residual_safe(&left, protect->rules) && at + 1 < n)
            continue;
        possible = weave_move(weave, list[at], 1, NULL) || weave_move(weave, list[at], -1, NULL);
    }
    free(list);
}

/* *bad: the number of lines on which too little was left over */
static void lines_round(Protect *protect, bool repair, size_t *bad)
{
    const System *system = protect->system;

    Weave weave;

    *bad = 0;
    protect->certificate->smallest_residual = -1;
    mending_begin(protect, &weave, protect->hidden);
    for (size_t line = 0; line < system->n_lines; line++) {
        SystemResidual left = system_residual(system, protect->rules, line, protect->hidden, protect->primary);
        if (left.hidden && !left.open && (protect->certificate->smallest_residual < 0 || left.sum < protect->certificate->smallest_residual))
            protect->certificate->smallest_residual = left.sum;
        if (system_residual_safe(&left, protect->rules))
            continue;
        ++*bad;
        refuse(protect, REFUSAL_LINES, system->term[system->line_start[line]].cell, 0);
        if (repair)
            line_mend(protect, &weave, line);
    }
    mending_end(protect, &weave);
}

/* -- attacks ------------------------------------------------------------------------------------- */

/* What failed under an attack can be as wide as asked once more is hidden. */
static void attack_mend(Protect *protect, const Attack *attack, int32_t insider)
{
    const System *system = protect->system;
    uint8_t *own = calloc(system->n_cells + 1, 1), *seen = malloc(system->n_cells + 1);
    Weave weave;

    if (!own || !seen)
        arena_exhausted();
    parts_own(system, protect->rules, insider, own);
    /* An insider's examples move nothing of his own: to the weaving his cells are published, and what it hides comes on top of them. */
    memcpy(seen, protect->hidden, system->n_cells);
    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        seen[cell] = seen[cell] && !own[cell];
    mending_begin(protect, &weave, seen);
    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        if (attack->fails[cell] && weave_narrow(&weave, cell))
            weave_cell(&weave, cell, own);
    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        protect->hidden[cell] = protect->hidden[cell] || seen[cell];
    mending_end(protect, &weave);
    free(own);
    free(seen);
}

static bool attack_round(Protect *protect, int32_t insider, bool repair, bool below, size_t *bad, Err *err)
{
    Certificate *certificate = protect->certificate;
    Attack attack;
    bool good = attack_run(protect->system, protect->rules, protect->hidden, protect->primary, insider, &protect->memory, &attack, err);

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
    for (uint32_t cell = 0; good && cell < protect->system->n_cells; cell++)
        if (attack.fails[cell])
            refuse(protect, insider ? REFUSAL_INSIDER : REFUSAL_OUTSIDER, cell, insider);
    if (good && repair && attack.n_fails)
        attack_mend(protect, &attack, insider);
    if (good && below && !attack.n_fails)
        good = attack_count_below(protect->system, protect->rules, protect->hidden, protect->primary, &attack, &certificate->n_below, err);
    attack_free(&attack);
    return good;
}

/* A primary that can be computed is hidden anew, with what lets it move. */
static void computed_mend(Protect *protect)
{
    Weave weave;

    for (uint32_t cell = 0; cell < protect->system->n_cells; cell++)
        protect->hidden[cell] = protect->hidden[cell] || computed(protect, cell);
    mending_begin(protect, &weave, protect->hidden);
    for (uint32_t cell = 0; cell < protect->system->n_cells; cell++)
        if (protect->primary[cell] && weave_narrow(&weave, cell))
            weave_cell(&weave, cell, NULL);
    mending_end(protect, &weave);
}

/* One look at everything, mending as it goes. *bad = 0: it stands. */
static bool round_run(Protect *protect, bool repair, size_t *bad, Err *err)
{
    Certificate *certificate = protect->certificate;
    size_t computable = 0;

    *protect->refusal = (Refusal){0};
    if (!hidden_find(protect, err))
        return false;
    lines_round(protect, repair, bad);
    for (uint32_t cell = 0; cell < protect->system->n_cells; cell++)
        if (computed(protect, cell)) {
            computable++;
            refuse(protect, REFUSAL_OUTSIDER, cell, 0);
        }
    *bad += computable;
    if (computable && repair)
        computed_mend(protect);
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

static Protect protect_begin(const System *system, const SystemRules *rules, CellStatus *status, Certificate *certificate, Refusal *refusal)
{
    Protect protect = {.system = system, .rules = rules, .status = status, .certificate = certificate, .refusal = refusal};

    *refusal = (Refusal){0};
    *certificate = (Certificate){.narrowest = -1, .smallest_residual = -1};
    protect.primary = calloc(system->n_cells + 1, 1);
    protect.insider = malloc((SYSTEM_HOLDERS * system->n_cells + 1) * sizeof *protect.insider);
    if (!protect.primary || !protect.insider)
        arena_exhausted();
    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        protect.primary[cell] = system_primary(system, rules, cell);
    attack_memory_begin(&protect.memory, system, rules);
    return protect;
}

static void protect_end(Protect *protect)
{
    free(protect->primary);
    free(protect->hidden);
    free(protect->insider);
    attack_memory_free(&protect->memory);
}

static size_t secondaries(const Protect *protect)
{
    size_t n = 0;

    for (uint32_t cell = 0; cell < protect->system->n_cells; cell++)
        n += protect->status[cell] == CELL_SECONDARY && !(protect->system->cell[cell].flags & SYSTEM_WITHHELD);
    return n;
}

/* Of a line of which nothing more may be hidden: the cells that must be published, each of which would help. */
static void demands_of_line(Protect *protect, size_t line)
{
    const System *system = protect->system;
    size_t first = system->line_start[line], end = system->line_start[line + 1], n = 0;
    uint32_t *demand = arena_array(system->memory, end - first, sizeof *demand);

    for (size_t at = first; at < end; at++) {
        uint32_t cell = system->term[at].cell;
        if ((system->cell[cell].flags & (SYSTEM_FIXED | SYSTEM_FORCED)) && !protect->hidden[cell] && !system_known_zero(system, protect->rules, cell))
            demand[n++] = cell;
    }
    protect->refusal->demand = demand;
    protect->refusal->n_demands = n;
}

/* A line on which too little is left over, and nothing that may be hidden besides: no program needs to be asked. */
static bool lines_possible(Protect *protect, Err *err)
{
    const System *system = protect->system;

    for (size_t line = 0; line < system->n_lines; line++) {
        SystemResidual left = system_residual(system, protect->rules, line, protect->hidden, protect->primary);
        bool possible = system_residual_safe(&left, protect->rules);
        for (size_t at = system->line_start[line]; at < system->line_start[line + 1] && !possible; at++) {
            uint32_t cell = system->term[at].cell;
            possible = !protect->hidden[cell] && !system_known_zero(system, protect->rules, cell) && !(system->cell[cell].flags & (SYSTEM_FIXED | SYSTEM_FORCED));
        }
        if (possible)
            continue;
        if (protect->refusal->kind == REFUSAL_NONE)
            demands_of_line(protect, line);
        refuse(protect, REFUSAL_SHUT, system->term[system->line_start[line]].cell, 0);
    }
    return protect->refusal->kind == REFUSAL_NONE || err_set(err, ERR_DISCLOSURE, "nothing is published: the table cannot be protected; a coarser one or fewer demands may help");
}

/* Hide until everything is proven, then publish again what that does not need. */
static bool weave_run(Protect *protect, Err *err)
{
    Weave weave;

    if (!hidden_find(protect, err) || !lines_possible(protect, err))
        return false;
    for (uint32_t cell = 0; cell < protect->system->n_cells; cell++)
        protect->hidden[cell] = protect->hidden[cell] || computed(protect, cell);
    mending_begin(protect, &weave, protect->hidden);
    weave_all(&weave);
    size_t back = weave_take_back(&weave);
    mending_end(protect, &weave);
    protect->certificate->n_taken_back = back;
    for (uint32_t cell = 0; cell < protect->system->n_cells; cell++)
        if (protect->status[cell] == CELL_SECONDARY && !protect->hidden[cell] && !(protect->system->cell[cell].flags & SYSTEM_WITHHELD))
            protect->status[cell] = CELL_PUBLISHED;
    return true;
}

/* \param variant even: from what the greedy hides on; odd: from the primaries only. From 2 on with costs that differ a little
 * \param from    NULL, or the best so far: then from a part of what that hides */
static bool protect_once(const System *system, const SystemRules *rules, uint32_t variant, const CellStatus *from, CellStatus *status, Certificate *certificate, Refusal *refusal, Err *err)
{
    Protect protect = protect_begin(system, rules, status, certificate, refusal);
    SuppressConflict conflict;
    bool good = suppress_greedy(system, rules, status, &conflict, err), stuck = false;
    size_t bad = 1;

    if (conflict.n_demands)
        *refusal = (Refusal){.kind = REFUSAL_DEMANDS, .cell = conflict.primary, .demand = conflict.demand, .n_demands = conflict.n_demands};
    protect.variant = variant / 2;
    for (uint32_t cell = 0; good && (variant % 2 || from) && cell < system->n_cells; cell++) {
        if (status[cell] == CELL_SECONDARY && !(system->cell[cell].flags & SYSTEM_WITHHELD))
            status[cell] = CELL_PUBLISHED;
        if (from && from[cell] == CELL_SECONDARY && pattern_noise(cell, variant) < kept_share)
            status[cell] = CELL_SECONDARY;
    }
    certificate->n_greedy = good ? secondaries(&protect) : 0;
    good = good && weave_run(&protect, err);
    while (good && bad && !stuck && certificate->n_rounds < ROUNDS_MAX) {
        size_t before = certificate->n_repaired;
        bad = 0;
        good = round_run(&protect, true, &bad, err);
        certificate->n_rounds++;
        /* Nothing left to hide that would help: another round would find the same. */
        stuck = bad && certificate->n_repaired == before;
    }
    if (good && bad)
        good = err_set(err, ERR_DISCLOSURE, "nothing is published: the table cannot be protected; a coarser one or fewer demands may help");
    if (good)
        certificate_count(&protect);
    protect_end(&protect);
    return good;
}

/* Fewer secondaries than the search found, where they are proven to be the fewest and the attacker says that they will do. */
static void minimum_take(const System *system, const SystemRules *rules, CellStatus *status, Certificate *certificate)
{
    uint8_t *hide = malloc(system->n_cells + 1);
    CellStatus *fewest = malloc((system->n_cells + 1) * sizeof *fewest);
    Certificate tried;
    Refusal none;
    Err aside = {0};
    size_t least;
    bool proven;

    if (!hide || !fewest)
        arena_exhausted();
    if (minimum_find(system, rules, MINIMUM_ROUNDS, certificate->n_secondary, hide, &least, &proven, &aside)) {
        certificate->n_least = (int64_t) (least < certificate->n_secondary ? least : certificate->n_secondary);
        for (uint32_t cell = 0; cell < system->n_cells; cell++)
            fewest[cell] = !hide[cell] ? CELL_PUBLISHED : system_primary(system, rules, cell) ? CELL_PRIMARY : CELL_SECONDARY;
        if (proven && least < certificate->n_secondary && protect_audit(system, rules, fewest, &tried, &none, &aside)) {
            tried.n_greedy = certificate->n_greedy;
            tried.n_repaired = certificate->n_repaired;
            tried.n_taken_back = certificate->n_taken_back;
            tried.n_rounds = certificate->n_rounds;
            tried.n_searched = certificate->n_searched;
            tried.n_least = certificate->n_least;
            *certificate = tried;
            memcpy(status, fewest, system->n_cells * sizeof *status);
        }
    }
    free(hide);
    free(fewest);
}

/* The best of several ways: the first third from scratch, the others from a part of the best so far. */
bool protect_run(const System *system, const SystemRules *rules, CellStatus *status, Certificate *certificate, Refusal *refusal, Err *err)
{
    bool good = protect_once(system, rules, 0, NULL, status, certificate, refusal, err);
    CellStatus *other = malloc((system->n_cells + 1) * sizeof *other);

    if (!other)
        arena_exhausted();
    uint32_t variants = variants_of(system->n_cells);
    for (uint32_t variant = 1; variant < variants && refusal->kind != REFUSAL_DEMANDS && (!good || certificate->n_secondary); variant++) {
        Certificate tried;
        Refusal none;
        Err aside = {0};
        if (!protect_once(system, rules, variant, good && variant >= variants / 3 ? status : NULL, other, &tried, &none, &aside) || (good && tried.n_secondary >= certificate->n_secondary))
            continue;
        memcpy(status, other, system->n_cells * sizeof *status);
        *certificate = tried;
        *refusal = none;
        *err = (Err){0};
        good = true;
    }
    free(other);
    certificate->n_searched = certificate->n_secondary;
    certificate->n_least = -1;
    if (good && certificate->n_secondary && !certificate->n_withheld && system->n_cells <= MINIMUM_CELLS)
        minimum_take(system, rules, status, certificate);
    return good;
}

bool protect_audit(const System *system, const SystemRules *rules, const CellStatus *status, Certificate *certificate, Refusal *refusal, Err *err)
{
    CellStatus *found = malloc((system->n_cells + 1) * sizeof *found);
    size_t bad = 0;

    if (!found)
        arena_exhausted();
    memcpy(found, status, system->n_cells * sizeof *found);
    Protect protect = protect_begin(system, rules, found, certificate, refusal);
    bool good = round_run(&protect, false, &bad, err);
    /* A secondary that equations give was found to be as good as published. */
    for (uint32_t cell = 0; good && cell < system->n_cells; cell++)
        if (status[cell] == CELL_SECONDARY && found[cell] != CELL_SECONDARY)
            refuse(&protect, REFUSAL_COMPUTED, cell, 0);
    if (good)
        certificate_count(&protect);
    if (good && refusal->kind != REFUSAL_NONE)
        good = err_set(err, ERR_DISCLOSURE, "what is hidden can be found");
    protect_end(&protect);
    free(found);
    return good;
}
