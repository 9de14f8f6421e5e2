#include "analyze/disclosure/span.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/analyze/tables.h"

/* -- an oracle that shares nothing with span.c: ranks modulo a prime, by plain elimination ----------- */

enum { PRIME = 2147483629, CELLS = 160 };

typedef struct Ranks {
    uint32_t row[CELLS][CELLS]; /* independent rows, each with a leading 1 that no other has in that column */
    uint32_t lead[CELLS];
    size_t   n, n_cells;
} Ranks;

static uint32_t times(uint32_t a, uint32_t b)
{
    return (uint32_t) ((uint64_t) a * b % PRIME);
}

static uint32_t inverse(uint32_t of)
{
    uint32_t result = 1;

    for (uint32_t left = PRIME - 2; left; left /= 2) {
        if (left % 2)
            result = times(result, of);
        of = times(of, of);
    }
    return result;
}

/* What is left of a row when the others are taken out. \return its first column that is not 0; n_cells: nothing is left */
static size_t reduce(const Ranks *ranks, uint32_t *row)
{
    size_t first = 0;

    for (size_t at = 0; at < ranks->n; at++) {
        uint32_t factor = row[ranks->lead[at]];
        for (size_t cell = 0; factor && cell < ranks->n_cells; cell++)
            row[cell] = (uint32_t) (((uint64_t) row[cell] + PRIME - times(factor, ranks->row[at][cell])) % PRIME);
    }
    while (first < ranks->n_cells && row[first] == 0)
        first++;
    return first;
}

static void add(Ranks *ranks, const uint32_t *given)
{
    uint32_t row[CELLS];

    memcpy(row, given, sizeof row);
    size_t first = reduce(ranks, row);
    if (first == ranks->n_cells)
        return;
    uint32_t factor = inverse(row[first]);
    for (size_t cell = 0; cell < ranks->n_cells; cell++)
        row[cell] = times(row[cell], factor);
    for (size_t at = 0; at < ranks->n; at++) {
        uint32_t out = ranks->row[at][first];
        for (size_t cell = 0; out && cell < ranks->n_cells; cell++)
            ranks->row[at][cell] = (uint32_t) (((uint64_t) ranks->row[at][cell] + PRIME - times(out, row[cell])) % PRIME);
    }
    ranks->lead[ranks->n] = (uint32_t) first;
    memcpy(ranks->row[ranks->n++], row, sizeof row);
}

static void add_cell(Ranks *ranks, uint32_t cell)
{
    uint32_t row[CELLS] = {0};

    row[cell] = 1;
    add(ranks, row);
}

static bool known(const Ranks *ranks, uint32_t cell)
{
    uint32_t row[CELLS] = {0};

    row[cell] = 1;
    return reduce(ranks, row) == ranks->n_cells;
}

static void ranks_begin(Ranks *ranks, const System *system)
{
    memset(ranks, 0, sizeof *ranks);
    ranks->n_cells = system->n_cells;
    for (size_t line = 0; line < system->n_lines; line++) {
        uint32_t row[CELLS] = {0};
        for (size_t at = system->line_start[line]; at < system->line_start[line + 1]; at++)
            row[system->term[at].cell] = (uint32_t) ((int64_t) PRIME + system->term[at].coef) % PRIME;
        add(ranks, row);
    }
}

/* -- by hand ------------------------------------------------------------------------------------- */

static void cells(Arena *arena, System *system, const int64_t *value, size_t n)
{
    system_begin(system, arena);
    for (size_t cell = 0; cell < n; cell++)
        system_cell(system, &(SystemCell){.value = value[cell]});
}

TEST("cells that move together give each other away; cells that move in another proportion do not")
{
    ARENA_AUTO arena = arena_new();
    System system;
    uint8_t none[4] = {0}, keep[4] = {0};
    uint32_t which = 99;
    Err err = {0};

    /* s = p + a and t = p + 2 a: four cells, two of them free. Both sums move with both, and neither tells the other. */
    cells(arena, &system, (const int64_t[]){3, 5, 8, 13}, 4);
    system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
    system_line(&system, (const SystemTerm[]){{3, -1}, {0, 1}, {1, 2}}, 3);
    CHECK(system_finish(&system, &err));
    SPAN_AUTO span = span_new(&system, none, &err);
    CHECK_INT(span_dimension(span), 2);
    keep[3] = 1;
    CHECK(!span_gives_away(span, 2, keep, &which));
    CHECK(span_publish(span, 2, &err));
    CHECK(span_known(span, 2) && !span_known(span, 0) && !span_known(span, 3));
    CHECK_INT(span_dimension(span), 1);
    CHECK(span_gives_away(span, 1, keep, &which)); /* with s known, one of them is all of them */
    CHECK_INT(which, 3);
    keep[3] = 0;
    CHECK(!span_gives_away(span, 1, keep, &which));
    keep[1] = 1; /* what is published itself is not given away by it */
    CHECK(!span_gives_away(span, 1, keep, &which));
    CHECK(span_publish(span, 0, &err));
    CHECK(span_known(span, 1) && span_known(span, 3));
    CHECK_INT(span_dimension(span), 0);
    CHECK(!span_gives_away(span, 0, keep, &which));
}

TEST("what is known from the start does not move; what moves alone gives nothing away")
{
    ARENA_AUTO arena = arena_new();
    System system;
    uint8_t zero[4] = {0, 1}, keep[4] = {1, 1, 1, 0};
    uint32_t which = 99;
    Err err = {0};

    /* 9 = 9 + 0: with the zero known the total is the part; 7 stands by itself */
    cells(arena, &system, (const int64_t[]){9, 0, 9, 7}, 4);
    system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
    CHECK(system_finish(&system, &err));
    SPAN_AUTO span = span_new(&system, zero, &err);
    CHECK_INT(span_dimension(span), 2);
    CHECK(span_known(span, 1) && !span_known(span, 0));
    CHECK(span_gives_away(span, 2, keep, &which));
    CHECK_INT(which, 0);
    CHECK(!span_gives_away(span, 3, keep, &which));
}

TEST("numbers beyond 32 bits are an error, in both directions, and never a wrong answer")
{
    ARENA_AUTO arena = arena_new();
    uint8_t none[8] = {0};

    /* b = 65536 a, c = +-65536 b: to write c in a takes 2^32 */
    for (int32_t sign = -1; sign <= 1; sign += 2) {
        System system;
        Err err = {0};
        cells(arena, &system, (const int64_t[]){0, 0, 0}, 3);
        system_line(&system, (const SystemTerm[]){{1, -1}, {0, 65536}}, 2);
        system_line(&system, (const SystemTerm[]){{2, -1}, {1, sign * 65536}}, 2);
        CHECK(system_finish(&system, &err));
        SPAN_AUTO span = span_new(&system, none, &err);
        CHECK(!span);
        CHECK_INT(err.kind, ERR_STAT);
        CHECK(strstr(err.text, "beyond 32 bits") != NULL);
        /* 2^15 x 2^15 fits */
        cells(arena, &system, (const int64_t[]){0, 0, 0}, 3);
        system_line(&system, (const SystemTerm[]){{1, -1}, {0, 32768}}, 2);
        system_line(&system, (const SystemTerm[]){{2, -1}, {1, sign * 32768}}, 2);
        CHECK(system_finish(&system, &err));
        SPAN_AUTO fits = span_new(&system, none, &err);
        CHECK(fits && span_dimension(fits) == 1);
    }
}

/* -- against the oracle --------------------------------------------------------------------------- */

TEST("random tables and random relations: known and given away, as ranks modulo a prime say")
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    static Ranks ranks, with;
    size_t given = 0, asked = 0;

    gsl_rng_set(rng, 20261126);
    for (int instance = 0; instance < 40; instance++) {
        ARENA_AUTO arena = arena_new();
        System system;
        Err err = {0};
        uint32_t which;
        if (instance % 2) {
            Table table;
            table_draw(arena, rng, CELLS, &table, &system);
        } else { /* relations of any small coefficients among zeros */
            int64_t zero[24] = {0};
            cells(arena, &system, zero, 24);
            for (int line = 0; line < 10; line++) {
                SystemTerm term[4];
                for (uint32_t at = 0; at < 4; at++)
                    term[at] = (SystemTerm){(uint32_t) gsl_rng_uniform_int(rng, 6) + 6 * at, (int32_t) gsl_rng_uniform_int(rng, 3) + 1 - 4 * (int32_t) gsl_rng_uniform_int(rng, 2)};
                system_line(&system, term, 4);
            }
            CHECK(system_finish(&system, &err));
        }
        uint8_t *first = arena_array(arena, system.n_cells + 1, 1), *keep = arena_array(arena, system.n_cells + 1, 1);
        for (uint32_t cell = 0; cell < system.n_cells; cell++)
            first[cell] = gsl_rng_uniform_int(rng, 12) == 0;
        SPAN_AUTO span = span_new(&system, first, &err);
        CHECK(span != NULL);
        ranks_begin(&ranks, &system);
        for (uint32_t cell = 0; cell < system.n_cells; cell++)
            if (first[cell])
                add_cell(&ranks, cell);
        for (int step = 0; step < 12 && span; step++) {
            CHECK_INT(span_dimension(span), system.n_cells - ranks.n);
            for (uint32_t cell = 0; cell < system.n_cells; cell++)
                if (span_known(span, cell) != known(&ranks, cell))
                    test_fail(__FILE__, __LINE__, "instance %d, step %d: cell %u", instance, step, cell);
            uint32_t next = (uint32_t) gsl_rng_uniform_int(rng, system.n_cells);
            memcpy(&with, &ranks, sizeof with);
            add_cell(&with, next);
            for (size_t of = system.of_start[next]; of < system.of_start[next + 1]; of++) {
                size_t line = system.of_line[of], n = system.line_start[line + 1] - system.line_start[line];
                uint32_t other = system.term[system.line_start[line] + gsl_rng_uniform_int(rng, n)].cell;
                bool want = other != next && !known(&ranks, other) && known(&with, other);
                keep[other] = 1;
                if (span_gives_away(span, next, keep, &which) != want || (want && which != other))
                    test_fail(__FILE__, __LINE__, "instance %d, step %d: does %u give %u away?", instance, step, next, other);
                keep[other] = 0;
                asked++;
                given += want;
            }
            CHECK(span_publish(span, next, &err));
            add_cell(&ranks, next);
        }
    }
    CHECK(given > 10 && asked - given > 200); /* both answers were asked for */
    gsl_rng_free(rng);
}
