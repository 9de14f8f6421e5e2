#include "analyze/disclosure/table.h"

#include <stdio.h>
#include <string.h>

typedef struct Set {
    const char *name;
    uint32_t    parent;
    uint32_t   *child;
    size_t      n, room;
} Set;

struct TableDimension {
    Arena       *memory;
    const char  *name;
    const char **code;
    size_t       n_codes, code_room;
    uint32_t    *slot; /* open addressing: code + 1 */
    size_t       n_slots;
    Set         *set;
    size_t       n_sets, set_room;
    uint32_t    *order; /* sets, those of the lowest parents first */
    uint32_t    *first_set; /* per code: index of its first breakdown + 1; 0 = innermost */
    bool        *is_part;   /* per code: of another */
    uint64_t   **covers;    /* per code: a bit for each innermost code it holds */
};

TableDimension *table_dimension_new(Arena *out, const char *name)
{
    TableDimension *dimension = arena_alloc(out, sizeof *dimension);

    dimension->memory = out;
    dimension->name = name;
    return dimension;
}

static uint64_t text_hash(const char *text)
{
    uint64_t hash = 14695981039346656037u;

    for (; *text; text++)
        hash = (hash ^ (unsigned char) *text) * 1099511628211u;
    return hash ^ hash >> 31;
}

uint32_t table_code_find(const TableDimension *dimension, const char *code)
{
    if (!dimension->n_slots)
        return UINT32_MAX;
    for (size_t at = text_hash(code) & (dimension->n_slots - 1);; at = (at + 1) & (dimension->n_slots - 1)) {
        if (!dimension->slot[at])
            return UINT32_MAX;
        if (strcmp(dimension->code[dimension->slot[at] - 1], code) == 0)
            return dimension->slot[at] - 1;
    }
}

static void slot_take(TableDimension *dimension, uint32_t code)
{
    size_t at = text_hash(dimension->code[code]) & (dimension->n_slots - 1);

    while (dimension->slot[at])
        at = (at + 1) & (dimension->n_slots - 1);
    dimension->slot[at] = code + 1;
}

uint32_t table_code(TableDimension *dimension, const char *code)
{
    uint32_t found = table_code_find(dimension, code);

    if (found != UINT32_MAX)
        return found;
    dimension->code = arena_grow(dimension->memory, dimension->code, dimension->n_codes, &dimension->code_room, sizeof *dimension->code);
    dimension->code[dimension->n_codes++] = arena_text(dimension->memory, code);
    if (2 * dimension->n_codes > dimension->n_slots) {
        dimension->n_slots = dimension->n_slots ? dimension->n_slots * 2 : 32;
        dimension->slot = arena_array(dimension->memory, dimension->n_slots, sizeof *dimension->slot);
        for (uint32_t at = 0; at + 1 < dimension->n_codes; at++)
            slot_take(dimension, at);
    }
    slot_take(dimension, (uint32_t) dimension->n_codes - 1);
    return (uint32_t) dimension->n_codes - 1;
}

static Set *set_of(TableDimension *dimension, uint32_t parent, const char *name)
{
    for (size_t at = dimension->n_sets; at-- > 0;)
        if (dimension->set[at].parent == parent && strcmp(dimension->set[at].name, name) == 0)
            return &dimension->set[at];
    dimension->set = arena_grow(dimension->memory, dimension->set, dimension->n_sets, &dimension->set_room, sizeof *dimension->set);
    Set *set = &dimension->set[dimension->n_sets++];
    *set = (Set){.name = arena_text(dimension->memory, name), .parent = parent};
    return set;
}

static void set_add(TableDimension *dimension, Set *set, uint32_t child)
{
    set->child = arena_grow(dimension->memory, set->child, set->n, &set->room, sizeof *set->child);
    set->child[set->n++] = child;
}

bool table_part(TableDimension *dimension, const char *parent, const char *child, const char *name, Err *err)
{
    uint32_t of = table_code(dimension, parent), part = table_code(dimension, child);
    Set *set = set_of(dimension, of, name);

    for (size_t at = 0; at < set->n; at++)
        if (set->child[at] == part)
            return err_set(err, ERR_INPUT, "dimension \"%s\": \"%s\" is said twice to be part of \"%s\"", dimension->name, child, parent);
    set_add(dimension, set, part);
    return true;
}

bool table_has_parts(const TableDimension *dimension)
{
    return dimension->n_sets > 0;
}

void table_total(TableDimension *dimension, const char *total)
{
    size_t n = dimension->n_codes;
    uint32_t of = table_code(dimension, total);
    Set *set = set_of(dimension, of, "");

    for (uint32_t code = 0; code < n; code++)
        if (code != of)
            set_add(dimension, set, code);
}

/* The sets in an order in which the parts of a set have been dealt with before it. \return false: a circle */
static bool sets_order(TableDimension *dimension, Err *err)
{
    size_t n = dimension->n_codes;
    uint32_t *waiting = arena_array(dimension->memory, n + 1, sizeof *waiting); /* sets of the code not yet placed */
    bool *placed = arena_array(dimension->memory, dimension->n_sets + 1, sizeof *placed);
    size_t made = 0;

    dimension->order = arena_array(dimension->memory, dimension->n_sets + 1, sizeof *dimension->order);
    for (size_t at = 0; at < dimension->n_sets; at++)
        waiting[dimension->set[at].parent]++;
    for (bool moved = true; moved && made < dimension->n_sets;) {
        moved = false;
        for (size_t at = 0; at < dimension->n_sets; at++) {
            const Set *set = &dimension->set[at];
            bool ready = !placed[at];
            for (size_t part = 0; part < set->n && ready; part++)
                ready = waiting[set->child[part]] == 0;
            if (!ready)
                continue;
            placed[at] = moved = true;
            dimension->order[made++] = (uint32_t) at;
        }
        /* a code is dealt with when all its sets are */
        for (size_t at = 0; at < dimension->n_sets; at++)
            waiting[dimension->set[at].parent] = 0;
        for (size_t at = 0; at < dimension->n_sets; at++)
            waiting[dimension->set[at].parent] += !placed[at];
    }
    if (made == dimension->n_sets)
        return true;
    for (size_t at = 0; at < dimension->n_sets; at++)
        if (!placed[at])
            return err_set(err, ERR_INPUT, "dimension \"%s\": \"%s\" is part of itself", dimension->name, dimension->code[dimension->set[at].parent]);
    return true;
}

/* Every breakdown of a code must hold the same innermost codes, each once: checked by counting what reaches each code. */
static bool sets_agree(TableDimension *dimension, Err *err)
{
    size_t n = dimension->n_codes, words = (n + 63) / 64;
    uint64_t **covers = dimension->covers = arena_array(dimension->memory, n + 1, sizeof *covers);

    for (size_t code = 0; code < n; code++) {
        if (dimension->first_set[code])
            continue;
        covers[code] = arena_array(dimension->memory, words, sizeof **covers);
        covers[code][code / 64] |= (uint64_t) 1 << (code % 64);
    }
    for (size_t at = 0; at < dimension->n_sets; at++) {
        const Set *set = &dimension->set[dimension->order[at]];
        uint64_t *sum = arena_array(dimension->memory, words, sizeof *sum);
        for (size_t part = 0; part < set->n; part++)
            for (size_t word = 0; word < words; word++) {
                if (sum[word] & covers[set->child[part]][word])
                    return err_set(err, ERR_INPUT, "dimension \"%s\": the breakdown \"%s\" of \"%s\" counts something twice, through \"%s\"", dimension->name,
                                   set->name, dimension->code[set->parent], dimension->code[set->child[part]]);
                sum[word] |= covers[set->child[part]][word];
            }
        if (!covers[set->parent])
            covers[set->parent] = sum;
        else if (memcmp(covers[set->parent], sum, words * sizeof *sum) != 0)
            return err_set(err, ERR_INPUT, "dimension \"%s\": the breakdown \"%s\" of \"%s\" does not hold what its other breakdown holds", dimension->name,
                           set->name, dimension->code[set->parent]);
    }
    return true;
}

bool table_dimension_finish(TableDimension *dimension, Err *err)
{
    size_t n = dimension->n_codes;

    if (n == 0)
        return err_set(err, ERR_INPUT, "dimension \"%s\" has no codes", dimension->name);
    dimension->first_set = arena_array(dimension->memory, n + 1, sizeof *dimension->first_set);
    dimension->is_part = arena_array(dimension->memory, n + 1, sizeof *dimension->is_part);
    for (size_t at = 0; at < dimension->n_sets; at++) {
        const Set *set = &dimension->set[at];
        if (!dimension->first_set[set->parent])
            dimension->first_set[set->parent] = (uint32_t) at + 1;
        for (size_t part = 0; part < set->n; part++)
            dimension->is_part[set->child[part]] = true;
    }
    return sets_order(dimension, err) && sets_agree(dimension, err);
}

const char *table_dimension_name(const TableDimension *dimension)
{
    return dimension->name;
}

size_t table_codes(const TableDimension *dimension)
{
    return dimension->n_codes;
}

const char *table_code_text(const TableDimension *dimension, uint32_t code)
{
    return dimension->code[code];
}

bool table_innermost(const TableDimension *dimension, uint32_t code)
{
    return !dimension->first_set[code];
}

size_t table_sets(const TableDimension *dimension)
{
    return dimension->n_sets;
}

TableSet table_set(const TableDimension *dimension, size_t at)
{
    const Set *set = &dimension->set[at];

    return (TableSet){set->name, set->parent, set->child, set->n};
}

/* -- the table ----------------------------------------------------------------------------------- */

bool table_begin(Arena *out, TableDimension **dimensions, size_t n, Table *table, Err *err)
{
    *table = (Table){.dimension = dimensions, .n_dimensions = n, .n_cells = 1, .contributors = -1};
    if (n == 0 || n > TABLE_DIMENSIONS_MAX)
        return err_set(err, ERR_INPUT, "a table has 1 to %d dimensions, not %zu", TABLE_DIMENSIONS_MAX, n);
    for (size_t at = 0; at < n; at++) {
        table->n_cells *= dimensions[at]->n_codes;
        if (table->n_cells > TABLE_CELLS_MAX)
            return err_set(err, ERR_INPUT, "the table has more than %d cells with all its margins; leave out a dimension or a level", TABLE_CELLS_MAX);
    }
    table->value = arena_array(out, table->n_cells, sizeof *table->value);
    table->schools = arena_array(out, table->n_cells, sizeof *table->schools);
    table->given = arena_array(out, table->n_cells, sizeof *table->given);
    return true;
}

size_t table_cell(const Table *table, const uint32_t *codes)
{
    size_t cell = 0;

    for (size_t at = 0; at < table->n_dimensions; at++)
        cell = cell * table->dimension[at]->n_codes + codes[at];
    return cell;
}

void table_cell_codes(const Table *table, size_t cell, uint32_t *codes)
{
    for (size_t at = table->n_dimensions; at-- > 0;) {
        codes[at] = (uint32_t) (cell % table->dimension[at]->n_codes);
        cell /= table->dimension[at]->n_codes;
    }
}

void table_cell_name(const Table *table, size_t cell, char *out, size_t bytes)
{
    uint32_t codes[TABLE_DIMENSIONS_MAX];
    size_t used = 0;

    table_cell_codes(table, cell, codes);
    out[0] = '\0';
    for (size_t at = 0; at < table->n_dimensions && used < bytes; at++)
        used += (size_t) snprintf(out + used, bytes - used, "%s%s=%s", at ? ", " : "", table->dimension[at]->name, table->dimension[at]->code[codes[at]]);
}

/* Cells of a dimension's code lie in blocks of stride cells, each block n_codes * stride apart. */
static size_t stride_of(const Table *table, size_t dimension)
{
    size_t stride = 1;

    for (size_t at = dimension + 1; at < table->n_dimensions; at++)
        stride *= table->dimension[at]->n_codes;
    return stride;
}

static bool margins_sum(Table *table, Err *err)
{
    for (size_t at = 0; at < table->n_dimensions; at++) {
        const TableDimension *dimension = table->dimension[at];
        size_t stride = stride_of(table, at), block = stride * dimension->n_codes;
        for (size_t step = 0; step < dimension->n_sets; step++) {
            const Set *set = &dimension->set[dimension->order[step]];
            if (dimension->first_set[set->parent] != dimension->order[step] + 1)
                continue; /* another breakdown of the same: it sums to the same */
            for (size_t base = 0; base < table->n_cells; base += block)
                for (size_t within = 0; within < stride; within++) {
                    int64_t sum = 0, schools = 0;
                    for (size_t part = 0; part < set->n; part++) {
                        sum += table->value[base + set->child[part] * stride + within];
                        schools += table->schools[base + set->child[part] * stride + within];
                    }
                    if (sum > SYSTEM_VALUE_MAX) {
                        char name[256];
                        table_cell_name(table, base + set->parent * stride + within, name, sizeof name);
                        return err_set(err, ERR_INPUT, "this total is more than %d: %s", SYSTEM_VALUE_MAX, name);
                    }
                    table->value[base + set->parent * stride + within] = sum;
                    table->schools[base + set->parent * stride + within] = schools > INT32_MAX ? INT32_MAX : (int32_t) schools;
                }
        }
    }
    return true;
}

static void lines_make(Arena *out, const Table *table, System *system)
{
    size_t longest = 0;

    for (size_t at = 0; at < table->n_dimensions; at++)
        for (size_t set = 0; set < table->dimension[at]->n_sets; set++)
            longest = table->dimension[at]->set[set].n > longest ? table->dimension[at]->set[set].n : longest;
    SystemTerm *term = arena_array(out, longest + 2, sizeof *term);
    for (size_t at = 0; at < table->n_dimensions; at++) {
        const TableDimension *dimension = table->dimension[at];
        size_t stride = stride_of(table, at), block = stride * dimension->n_codes;
        for (size_t which = 0; which < dimension->n_sets; which++) {
            const Set *set = &dimension->set[which];
            for (size_t base = 0; base < table->n_cells; base += block)
                for (size_t within = 0; within < stride; within++) {
                    term[0] = (SystemTerm){(uint32_t) (base + set->parent * stride + within), -1};
                    for (size_t part = 0; part < set->n; part++)
                        term[part + 1] = (SystemTerm){(uint32_t) (base + set->child[part] * stride + within), 1};
                    system_line(system, term, set->n + 1);
                }
        }
    }
}

static bool has_set(const TableDimension *dimension, uint32_t code, const char *name)
{
    for (size_t at = 0; at < dimension->n_sets; at++)
        if (dimension->set[at].parent == code && strcmp(dimension->set[at].name, name) == 0)
            return true;
    return false;
}

/* Groups that somebody stands behind: of all breakdowns, or where there are several of the one named. From the top, whose sets are the last in order. */
static bool *groups_known(Arena *out, const TableDimension *dimension, const char *name)
{
    bool *known = arena_array(out, dimension->n_codes + 1, sizeof *known), *reached = arena_array(out, dimension->n_codes + 1, sizeof *reached);

    for (size_t step = dimension->n_sets; step-- > 0;) {
        const Set *set = &dimension->set[dimension->order[step]];
        bool here = !dimension->is_part[set->parent] || reached[set->parent];
        if (!here || (name && strcmp(set->name, name) != 0 && has_set(dimension, set->parent, name)))
            continue;
        for (size_t part = 0; part < set->n; part++)
            reached[set->child[part]] = true;
    }
    for (size_t code = 0; code < dimension->n_codes; code++)
        known[code] = reached[code] && dimension->first_set[code];
    return known;
}

/* What each holder knows: every code of which he holds all that is below. */
static void holders_know(Arena *out, const Table *table, System *system)
{
    const TableDimension *dimension = table->dimension[table->contributors];
    size_t n = dimension->n_codes, words = (n + 63) / 64;
    const bool *group = groups_known(out, dimension, table->contributors_set);
    uint64_t *knows = arena_array(out, n * words + 1, sizeof *knows);

    for (size_t holder = 0; holder < n; holder++) {
        if (dimension->first_set[holder] && !group[holder])
            continue;
        for (size_t code = 0; code < n; code++) {
            bool all = true;
            for (size_t word = 0; word < words && all; word++)
                all = !(dimension->covers[code][word] & ~dimension->covers[holder][word]);
            if (all)
                knows[holder * words + code / 64] |= (uint64_t) 1 << (code % 64);
        }
    }
    system->knows = knows;
    system->n_holders = n;
    system->knows_words = words;
}

bool table_system(Arena *out, Table *table, System *system, Err *err)
{
    uint32_t codes[TABLE_DIMENSIONS_MAX];

    if (!margins_sum(table, err))
        return false;
    system_begin(system, out);
    if (table->contributors >= 0)
        holders_know(out, table, system);
    for (size_t cell = 0; cell < table->n_cells; cell++) {
        SystemCell one = {.value = table->value[cell], .schools = table->schools[cell]};
        if (table->contributors >= 0) {
            const TableDimension *dimension = table->dimension[table->contributors];
            table_cell_codes(table, cell, codes);
            uint32_t code = codes[table->contributors];
            /* The code above all is nobody's. */
            one.holder[0] = dimension->first_set[code] ? 0 : (int32_t) code + 1;
            one.holder[1] = dimension->first_set[code] && dimension->is_part[code] ? (int32_t) code + 1 : 0;
        }
        system_cell(system, &one);
    }
    lines_make(out, table, system);
    return system_finish(system, err);
}
