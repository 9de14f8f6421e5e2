#include "analyze/disclosure/coarsen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* -- what a code holds --------------------------------------------------------------------------- */

/* Per code the innermost codes it holds, as bits. Filled from below, each code once. */
typedef struct Covers {
    const TableDimension *dimension;
    size_t                n, words;
    uint64_t            **of;
    uint32_t             *first_set; /* per code: its first breakdown + 1; 0 = innermost */
} Covers;

static uint64_t *cover(Arena *out, Covers *covers, uint32_t code)
{
    if (covers->of[code])
        return covers->of[code];
    uint64_t *bits = arena_array(out, covers->words, sizeof *bits);
    if (!covers->first_set[code]) {
        bits[code / 64] |= (uint64_t) 1 << (code % 64);
    } else {
        TableSet set = table_set(covers->dimension, covers->first_set[code] - 1);
        for (size_t part = 0; part < set.n; part++) {
            const uint64_t *more = cover(out, covers, set.child[part]);
            for (size_t word = 0; word < covers->words; word++)
                bits[word] |= more[word];
        }
    }
    return covers->of[code] = bits;
}

static Covers covers_make(Arena *out, const TableDimension *dimension)
{
    Covers covers = {.dimension = dimension, .n = table_codes(dimension)};

    covers.words = (covers.n + 63) / 64;
    covers.of = arena_array(out, covers.n, sizeof *covers.of);
    covers.first_set = arena_array(out, covers.n, sizeof *covers.first_set);
    for (size_t at = table_sets(dimension); at-- > 0;)
        covers.first_set[table_set(dimension, at).parent] = (uint32_t) at + 1;
    for (uint32_t code = 0; code < covers.n; code++)
        cover(out, &covers, code);
    return covers;
}

static bool covers_code(const Covers *covers, uint32_t code, uint32_t leaf)
{
    return covers->of[code][leaf / 64] >> (leaf % 64) & 1;
}

static size_t breadth(const Covers *covers, uint32_t code)
{
    size_t n = 0;

    for (size_t word = 0; word < covers->words; word++)
        n += (size_t) __builtin_popcountll(covers->of[code][word]);
    return n;
}

/* -- levels -------------------------------------------------------------------------------------- */

typedef struct Levels {
    Arena        *out;
    const Covers *covers;
    CoarsenLevel *level;
    size_t        n;
} Levels;

static bool has_sets(const Covers *covers, const uint32_t *cut, size_t n, bool several)
{
    for (size_t at = 0; at < n; at++) {
        size_t sets = 0;
        for (size_t set = 0; set < table_sets(covers->dimension); set++)
            sets += table_set(covers->dimension, set).parent == cut[at];
        if (sets > (several ? 1 : 0))
            return true;
    }
    return false;
}

/* One step down: every code of the cut is replaced by its parts, in the breakdown named where it has that one. */
static uint32_t *cut_below(const Levels *levels, const uint32_t *cut, size_t n, const char *name, size_t *n_below)
{
    const Covers *covers = levels->covers;
    uint32_t *below = arena_array(levels->out, covers->n, sizeof *below);

    *n_below = 0;
    for (size_t at = 0; at < n; at++) {
        if (!covers->first_set[cut[at]]) {
            below[(*n_below)++] = cut[at];
            continue;
        }
        TableSet set = table_set(covers->dimension, covers->first_set[cut[at]] - 1);
        for (size_t other = 0; name && other < table_sets(covers->dimension); other++) {
            TableSet named = table_set(covers->dimension, other);
            if (named.parent == cut[at] && strcmp(named.name, name) == 0)
                set = named;
        }
        for (size_t part = 0; part < set.n; part++)
            below[(*n_below)++] = set.child[part];
    }
    return below;
}

/* The level of a cut and all below it. \param path the breakdown followed so far \return steps from here to the innermost codes, the longest way */
static unsigned levels_add(Levels *levels, uint32_t *cut, size_t n, const char *path)
{
    const Covers *covers = levels->covers;
    unsigned longest = 0;

    if (!has_sets(covers, cut, n, false))
        return 0;
    size_t own = levels->n;
    bool listed = levels->n < COARSEN_LEVELS_MAX;
    if (listed)
        levels->level[levels->n++] = (CoarsenLevel){.code = cut, .n = n};
    bool several = has_sets(covers, cut, n, true);
    for (size_t at = 0; at < table_sets(covers->dimension); at++) {
        TableSet set = table_set(covers->dimension, at);
        bool here = false, before = false;
        for (size_t of = 0; of < n; of++)
            here = here || cut[of] == set.parent;
        for (size_t other = 0; other < at && several; other++) { /* a breakdown of this name was followed already */
            TableSet earlier = table_set(covers->dimension, other);
            for (size_t of = 0; of < n; of++)
                before = before || (cut[of] == earlier.parent && strcmp(earlier.name, set.name) == 0);
        }
        if (!here || before)
            continue;
        size_t n_below;
        const char *name = several ? set.name : NULL;
        uint32_t *below = cut_below(levels, cut, n, name, &n_below);
        unsigned steps = 1 + levels_add(levels, below, n_below, name ? name : path);
        longest = steps > longest ? steps : longest;
        if (!several)
            break;
    }
    if (listed) {
        levels->level[own].up = longest;
        levels->level[own].name = n == 1 ? "total" : arena_format(levels->out, path && *path ? "%u/%s" : "%u", longest, path);
    }
    return longest;
}

/* The codes that are part of nothing; when they overlap, the one that holds everything. \return how many; 0: there is no such code */
static size_t roots_find(const Covers *covers, uint32_t *root)
{
    size_t n = 0, held = 0, leaves = 0;

    for (uint32_t code = 0; code < covers->n; code++) {
        bool part = false;
        for (size_t at = 0; at < table_sets(covers->dimension) && !part; at++) {
            TableSet set = table_set(covers->dimension, at);
            for (size_t child = 0; child < set.n && !part; child++)
                part = set.child[child] == code;
        }
        leaves += !covers->first_set[code];
        if (!part)
            root[n++] = code;
    }
    for (size_t at = 0; at < n; at++)
        held += breadth(covers, root[at]);
    if (held == leaves)
        return n;
    for (size_t at = 0; at < n; at++)
        if (breadth(covers, root[at]) == leaves) {
            root[0] = root[at];
            return 1;
        }
    return 0;
}

static void dimension_levels(Arena *out, const TableDimension *dimension, CoarsenLevel **level, size_t *n)
{
    Covers covers = covers_make(out, dimension);
    Levels levels = {.out = out, .covers = &covers, .level = arena_array(out, COARSEN_LEVELS_MAX, sizeof *levels.level), .n = 1};
    uint32_t *root = arena_array(out, covers.n, sizeof *root);
    size_t n_roots = roots_find(&covers, root);

    levels.level[0] = (CoarsenLevel){.name = "as given"};
    if (n_roots)
        levels_add(&levels, root, n_roots, NULL);
    *level = levels.level;
    *n = levels.n;
}

/* -- alternatives -------------------------------------------------------------------------------- */

/* Every choice of levels for the dimensions from this one on that is so many steps up. */
static void choices_add(Coarsen *coarsen, CoarsenAlternative *so_far, size_t dimension, unsigned steps)
{
    if (dimension == coarsen->table->n_dimensions) {
        if (steps == 0 && coarsen->n < COARSEN_MAX)
            coarsen->alternative[coarsen->n++] = *so_far;
        return;
    }
    for (size_t at = 0; at < coarsen->n_levels[dimension] && coarsen->n < COARSEN_MAX; at++) {
        const CoarsenLevel *level = &coarsen->level[dimension][at];
        so_far->level[dimension] = at;
        if (level->up <= steps)
            choices_add(coarsen, so_far, dimension + 1, steps - level->up);
    }
}

static const char *alternative_name(Arena *out, const Coarsen *coarsen, const CoarsenAlternative *it)
{
    const char *name = "";

    for (size_t at = 0; at < coarsen->table->n_dimensions; at++)
        if (it->level[at])
            name = arena_format(out, "%s%s%s:%s", name, *name ? " " : "", table_dimension_name(coarsen->table->dimension[at]), coarsen->level[at][it->level[at]].name);
    return *name ? name : "as given";
}

void coarsen_list(Arena *out, const Table *table, Coarsen *coarsen)
{
    size_t all = 1;
    unsigned most = 0;

    *coarsen = (Coarsen){.table = table, .alternative = arena_array(out, COARSEN_MAX, sizeof *coarsen->alternative)};
    for (size_t at = 0; at < table->n_dimensions; at++) {
        unsigned up = 0;
        dimension_levels(out, table->dimension[at], &coarsen->level[at], &coarsen->n_levels[at]);
        for (size_t level = 0; level < coarsen->n_levels[at]; level++)
            up = coarsen->level[at][level].up > up ? coarsen->level[at][level].up : up;
        most += up;
        all *= coarsen->n_levels[at];
    }
    for (unsigned steps = 0; steps <= most; steps++)
        choices_add(coarsen, &(CoarsenAlternative){.up = steps}, 0, steps);
    coarsen->n_left_out = all - coarsen->n;
    for (size_t which = 0; which < coarsen->n; which++)
        coarsen->alternative[which].name = alternative_name(out, coarsen, &coarsen->alternative[which]);
}

/* -- one alternative ----------------------------------------------------------------------------- */

/* A dimension of the alternative, and how its codes lie in the table as given. */
typedef struct Rolled {
    TableDimension *dimension;
    uint32_t       *given;  /* per code of the new dimension: the code as given */
    bool           *above;  /* per code: of the alternative (contributors keep the others too) */
    bool           *inner;  /* per code: innermost in the alternative */
    size_t         *breadth; /* per code: innermost codes as given that it holds */
} Rolled;

static void below_mark(const Covers *covers, uint32_t code, bool *below)
{
    for (size_t at = 0; at < table_sets(covers->dimension); at++) {
        TableSet set = table_set(covers->dimension, at);
        if (set.parent != code)
            continue;
        for (size_t part = 0; part < set.n; part++)
            if (!below[set.child[part]]) {
                below[set.child[part]] = true;
                below_mark(covers, set.child[part], below);
            }
    }
}

/* Codes that can be added up from the level, or are of it. */
static bool *codes_kept(Arena *out, const Covers *covers, const CoarsenLevel *level, uint32_t *cut_of)
{
    bool *below = arena_array(out, covers->n, sizeof *below), *kept = arena_array(out, covers->n, sizeof *kept);
    size_t *count = arena_array(out, level->n, sizeof *count);

    for (size_t at = 0; at < level->n; at++) {
        below_mark(covers, level->code[at], below);
        for (uint32_t leaf = 0; leaf < covers->n; leaf++)
            if (covers_code(covers, level->code[at], leaf))
                cut_of[leaf] = (uint32_t) at;
    }
    for (uint32_t code = 0; code < covers->n; code++) {
        memset(count, 0, level->n * sizeof *count);
        for (uint32_t leaf = 0; leaf < covers->n; leaf++)
            if (covers_code(covers, code, leaf))
                count[cut_of[leaf]]++;
        kept[code] = !below[code];
        for (size_t at = 0; at < level->n && kept[code]; at++)
            kept[code] = count[at] == 0 || count[at] == breadth(covers, level->code[at]);
    }
    return kept;
}

/* \param holds the dimension of the contributors: all its codes stay */
static bool dimension_roll(Arena *out, TableDimension *dimension, const CoarsenLevel *level, bool holds, Rolled *rolled, Err *err)
{
    Covers covers = covers_make(out, dimension);
    uint32_t *cut_of = arena_array(out, covers.n, sizeof *cut_of), *fresh = arena_array(out, covers.n, sizeof *fresh);
    bool *kept = level->code ? codes_kept(out, &covers, level, cut_of) : NULL, *cut = arena_array(out, covers.n, sizeof *cut);
    bool whole = !level->code || holds;

    for (size_t at = 0; at < level->n; at++)
        cut[level->code[at]] = true;
    *rolled = (Rolled){.given = arena_array(out, covers.n, sizeof *rolled->given), .above = arena_array(out, covers.n, sizeof *rolled->above),
                       .inner = arena_array(out, covers.n, sizeof *rolled->inner), .breadth = arena_array(out, covers.n, sizeof *rolled->breadth)};
    rolled->dimension = whole ? dimension : table_dimension_new(out, table_dimension_name(dimension));
    for (uint32_t code = 0; code < covers.n; code++) {
        if (!whole && !kept[code])
            continue;
        fresh[code] = whole ? code : table_code(rolled->dimension, table_code_text(dimension, code));
        rolled->given[fresh[code]] = code;
        rolled->above[fresh[code]] = !level->code || kept[code];
        rolled->inner[fresh[code]] = level->code ? cut[code] : table_innermost(dimension, code);
        rolled->breadth[fresh[code]] = breadth(&covers, code);
    }
    if (whole)
        return true;
    bool *made = arena_array(out, covers.n, sizeof *made);
    for (size_t at = 0; at < table_sets(dimension); at++) {
        TableSet set = table_set(dimension, at);
        bool stays = kept[set.parent]; /* the parts of a cut are below it, and not kept */
        for (size_t part = 0; part < set.n && stays; part++)
            stays = kept[set.child[part]];
        made[set.parent] = made[set.parent] || stays;
        for (size_t part = 0; part < set.n && stays; part++)
            if (!table_part(rolled->dimension, table_code_text(dimension, set.parent), table_code_text(dimension, set.child[part]), set.name, err))
                return false;
    }
    /* A code whose own parts are gone is the sum of what it holds of the level. */
    for (uint32_t code = 0; code < covers.n; code++)
        for (size_t at = 0; kept[code] && !cut[code] && !made[code] && at < level->n; at++) {
            uint32_t leaf = 0;
            while (!covers_code(&covers, level->code[at], leaf))
                leaf++;
            if (covers_code(&covers, code, leaf) && !table_part(rolled->dimension, table_code_text(dimension, code), table_code_text(dimension, level->code[at]), "", err))
                return false;
        }
    return table_dimension_finish(rolled->dimension, err);
}

/* Cell of the alternative -> cell as given; and what becomes of it. */
typedef struct Place {
    size_t given;
    bool   above, inner;
    double breadth;
} Place;

static Place place_of(const Coarsen *coarsen, const Table *table, const Rolled *rolled, size_t cell)
{
    uint32_t codes[TABLE_DIMENSIONS_MAX];
    Place place = {.above = true, .inner = true, .breadth = 1};

    table_cell_codes(table, cell, codes);
    for (size_t at = 0; at < table->n_dimensions; at++) {
        const Rolled *one = &rolled[at];
        place.above = place.above && one->above[codes[at]];
        place.inner = place.inner && one->inner[codes[at]];
        place.breadth *= (double) one->breadth[codes[at]];
        codes[at] = one->given[codes[at]];
    }
    place.given = table_cell(coarsen->table, codes);
    return place;
}

/* -- what is lost -------------------------------------------------------------------------------- */

/* The smallest group with a known sum that a cell lies in. */
typedef struct Group {
    double breadth, sum; /* breadth 0: none */
} Group;

static bool group_take(Group *group, const Group *other)
{
    if (other->breadth == 0 || (group->breadth != 0 && group->breadth <= other->breadth))
        return false;
    *group = *other;
    return true;
}

static double loss_find(const CoarsenResult *it, const Place *place)
{
    const System *system = &it->system;
    Group *group = calloc(system->n_cells + 1, sizeof *group);
    double bits = 0, events = 0, grouped = 0, leaves = 0;

    if (!group)
        arena_exhausted();
    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        if (place[cell].above && it->status[cell] == CELL_PUBLISHED)
            group[cell] = (Group){place[cell].breadth, (double) system->cell[cell].value};
    /* From totals to parts, as often as something gets smaller: hierarchies are a few steps deep. */
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t line = 0; line < system->n_lines; line++) {
            const SystemTerm *term = system->term + system->line_start[line];
            size_t n = system->line_start[line + 1] - system->line_start[line];
            bool known = place[term[0].cell].above && it->status[term[0].cell] == CELL_PUBLISHED;
            Group left = {0, (double) system->cell[term[0].cell].value};
            for (size_t at = 1; at < n; at++) {
                bool shown = place[term[at].cell].above && it->status[term[at].cell] == CELL_PUBLISHED;
                left.breadth += shown ? 0 : place[term[at].cell].breadth;
                left.sum -= shown ? (double) system->cell[term[at].cell].value : 0;
            }
            for (size_t at = 1; at < n; at++) {
                moved = group_take(&group[term[at].cell], &group[term[0].cell]) || moved;
                if (known && !(place[term[at].cell].above && it->status[term[at].cell] == CELL_PUBLISHED))
                    moved = group_take(&group[term[at].cell], &left) || moved;
            }
        }
    }
    for (uint32_t cell = 0; cell < system->n_cells; cell++) {
        if (!place[cell].inner)
            continue;
        leaves += place[cell].breadth;
        if (group[cell].breadth == 0)
            continue;
        double share = group[cell].sum * place[cell].breadth / group[cell].breadth;
        grouped += place[cell].breadth;
        events += share;
        bits += share * log2(group[cell].breadth);
    }
    free(group);
    double known = events > 0 && leaves > 1 ? bits / (events * log2(leaves)) : 0;
    return known * grouped / leaves + (1 - grouped / leaves);
}

static void measure(CoarsenResult *it, const Place *place)
{
    double shown = 0, events = 0, all = 0;

    for (uint32_t cell = 0; cell < it->system.n_cells; cell++) {
        bool seen = place[cell].above && it->status[cell] == CELL_PUBLISHED;
        double value = (double) it->system.cell[cell].value;
        it->n_cells += place[cell].above;
        it->n_primary += place[cell].above && it->status[cell] == CELL_PRIMARY;
        it->n_secondary += place[cell].above && it->status[cell] == CELL_SECONDARY;
        shown += seen;
        all += place[cell].inner ? value : 0;
        events += place[cell].inner && seen ? value : 0;
    }
    it->cells = shown / (double) it->n_cells;
    it->events = all > 0 ? events / all : NAN;
    it->loss = loss_find(it, place);
}

bool coarsen_try(Arena *out, const Coarsen *coarsen, size_t which, const System *marks, const SystemRules *rules, CoarsenResult *result, Err *err)
{
    const Table *given = coarsen->table;
    TableDimension **dimension = arena_array(out, given->n_dimensions, sizeof *dimension);
    Rolled rolled[TABLE_DIMENSIONS_MAX];

    *result = (CoarsenResult){.outcome = COARSEN_REFUSED, .events = NAN, .loss = 1};
    for (size_t at = 0; at < given->n_dimensions; at++) {
        const CoarsenLevel *level = &coarsen->level[at][coarsen->alternative[which].level[at]];
        if (!dimension_roll(out, given->dimension[at], level, (int) at == given->contributors, &rolled[at], err))
            return false;
        dimension[at] = rolled[at].dimension;
    }
    if (!table_begin(out, dimension, given->n_dimensions, &result->table, err))
        return false;
    result->table.contributors = given->contributors;
    result->table.contributors_set = given->contributors_set;
    size_t n = result->table.n_cells;
    Place *place = arena_array(out, n + 1, sizeof *place);
    uint8_t *here = arena_array(out, given->n_cells + 1, sizeof *here);
    result->below = arena_array(out, n + 1, sizeof *result->below);
    result->status = arena_array(out, n + 1, sizeof *result->status);
    for (size_t cell = 0; cell < n; cell++) {
        place[cell] = place_of(coarsen, &result->table, rolled, cell);
        result->table.value[cell] = given->value[place[cell].given];
        result->table.schools[cell] = given->schools[place[cell].given];
        result->below[cell] = !place[cell].above;
        here[place[cell].given] = place[cell].above;
    }
    if (!table_system(out, &result->table, &result->system, err))
        return false;
    for (size_t cell = 0; cell < n; cell++) {
        SystemCell *it = &result->system.cell[cell];
        it->flags |= marks->cell[place[cell].given].flags;
        if (result->below[cell] && !system_primary(&result->system, rules, (uint32_t) cell))
            it->flags |= SYSTEM_WITHHELD;
    }
    for (size_t cell = 0; cell < given->n_cells; cell++)
        if ((marks->cell[cell].flags & (SYSTEM_FORCED | SYSTEM_FIXED)) && !here[cell]) {
            result->outcome = COARSEN_LACKS;
            return true;
        }
    if (protect_run(&result->system, rules, result->status, &result->certificate, &result->refusal, &result->err)) {
        result->outcome = COARSEN_PROTECTED;
        measure(result, place);
    }
    return true;
}

bool coarsen_better(const CoarsenResult *a, const CoarsenResult *b)
{
    const double same = 1e-9; /* the logarithms of two machines may differ in the last digit */

    if (a->outcome != COARSEN_PROTECTED || b->outcome != COARSEN_PROTECTED)
        return a->outcome == COARSEN_PROTECTED && b->outcome != COARSEN_PROTECTED;
    if (fabs(a->loss - b->loss) > same)
        return a->loss < b->loss;
    return a->n_cells - a->n_primary - a->n_secondary > b->n_cells - b->n_primary - b->n_secondary;
}
