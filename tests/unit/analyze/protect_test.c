#include "analyze/disclosure/protect.h"

#include <glpk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/disclosure/attack.h"
#include "analyze/disclosure/minimum.h"
#include "analyze/disclosure/parts.h"
#include "tests/unit/analyze/tables.h"

static const SystemRules five = {.threshold = 5, .width_min = 3, .zeros_published = true};

static size_t hidden_count(const System *system, const CellStatus *status)
{
    size_t n = 0;

    for (size_t cell = 0; cell < system->n_cells; cell++)
        n += status[cell] != CELL_PUBLISHED;
    return n;
}

/* Protect, and let a fresh attacker look. */
static bool protected_well(const System *system, const SystemRules *rules, CellStatus *status, Certificate *certificate)
{
    Certificate again;
    Refusal refusal;
    Err err = {0};

    if (!protect_run(system, rules, status, certificate, &refusal, &err)) {
        test_fail(__FILE__, __LINE__, "not protected: %s", err.text);
        return false;
    }
    CHECK_INT(refusal.kind, REFUSAL_NONE);
    if (!protect_audit(system, rules, status, &again, &refusal, &err)) {
        test_fail(__FILE__, __LINE__, "the audit disagrees (%d, cell %u)", (int) refusal.kind, refusal.cell);
        return false;
    }
    return true;
}

/* What the audit must find: nothing, or n cells or lines of a kind, and the first of them. */
static void audited(const System *system, const SystemRules *rules, const CellStatus *status, Refusal want)
{
    Certificate certificate;
    Refusal refusal;
    Err err = {0};
    bool stands = protect_audit(system, rules, status, &certificate, &refusal, &err);

    CHECK_INT(stands, want.kind == REFUSAL_NONE);
    CHECK_INT(err.kind, stands ? ERR_NONE : ERR_DISCLOSURE);
    CHECK_INT(refusal.kind, want.kind);
    CHECK_INT(refusal.n, want.n);
    CHECK_INT(refusal.cell, want.cell);
    CHECK_INT(refusal.insider, want.insider);
}

TEST("a small cell takes three others with it")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[16];
    Certificate certificate;
    Err err = {0};

    table_two_way(arena, 3, 3, (const int64_t[]){3, 20, 30, 25, 40, 50, 35, 60, 70}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &five, status, &certificate));
    CHECK_INT(status[0], CELL_PRIMARY);
    CHECK_INT(hidden_count(&system, status), 4);
    CHECK_INT(status[1], CELL_SECONDARY); /* the cheapest rectangle: 20, 25 and 40 */
    CHECK_INT(status[4], CELL_SECONDARY);
    CHECK_INT(status[5], CELL_SECONDARY);
    CHECK_INT(certificate.n_primary, 1);
    CHECK_INT(certificate.n_secondary, 3);
    CHECK(certificate.narrowest >= 3);
    CHECK_INT(certificate.total, 333); /* innermost cells only */
    CHECK_INT(certificate.total_hidden, 3 + 20 + 25 + 40);
    CHECK_INT(certificate.smallest_residual, 3 + 20);
    CHECK_INT(certificate.n_published, 12);
    CHECK_INT(certificate.n_hidden, 4);
    CHECK_INT(certificate.n_parts, 1);
    CHECK_INT(certificate.n_lines, 8);
    CHECK(certificate.n_linear > 0); /* the search's own: the attack has its examples from it */
    /* 3 = 3 + 0 with zeros not shown: all hidden, and nothing is left over on a line that has no total */
    SystemRules unknown = five;
    unknown.zeros_published = false;
    system_begin(&system, arena);
    for (size_t cell = 0; cell < 3; cell++)
        system_cell(&system, &(SystemCell){.value = (const int64_t[]){3, 0, 3}[cell]});
    system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &unknown, status, &certificate));
    CHECK_INT(hidden_count(&system, status), 3);
    CHECK_INT(certificate.smallest_residual, -1);
}

/* Hidden: a + b = 9, c + d = 5, e + f = 50 in the rows, a + e = 22, b + c = 9, d + f = 33 in the columns. The line of c and d leaves each at most 4. No
 * line says so of a (9 - 1 and 22 - 1), but two do: b = 9 - c is at least 5, so a = 9 - b is at most 4. */
TEST("primaries that can be told to be below the threshold are counted, by one line and by several")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[16] = {0};
    Certificate certificate;
    Err err = {0};
    Refusal refusal;

    table_two_way(arena, 3, 3, (const int64_t[]){2, 7, 50, 40, 2, 3, 20, 60, 30}, &system);
    CHECK(system_finish(&system, &err));
    status[0] = status[5] = status[6] = CELL_PRIMARY;
    status[1] = status[8] = status[10] = CELL_SECONDARY;
    CHECK(protect_audit(&system, &five, status, &certificate, &refusal, &err));
    CHECK_INT(certificate.n_primary, 3);
    CHECK_INT(certificate.n_below, 3);
    /* With 6 for 3 the line of c and d leaves c up to 7; then a can be 7 too. */
    table_two_way(arena, 3, 3, (const int64_t[]){2, 7, 50, 40, 2, 6, 20, 60, 30}, &system);
    CHECK(system_finish(&system, &err));
    status[6] = CELL_SECONDARY;
    CHECK(protect_audit(&system, &five, status, &certificate, &refusal, &err));
    CHECK_INT(certificate.n_primary, 2);
    CHECK_INT(certificate.n_below, 0);
}

TEST("nothing small: everything is published; an empty table too")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[9];
    Certificate certificate;
    Err err = {0};

    table_two_way(arena, 2, 2, (const int64_t[]){8, 9, 7, 6}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &five, status, &certificate));
    CHECK_INT(hidden_count(&system, status), 0);
    table_two_way(arena, 2, 2, (const int64_t[]){0, 0, 0, 0}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &five, status, &certificate));
    CHECK_INT(certificate.n_zero, 9);
    CHECK_INT(certificate.n_published, 0);
    CHECK_INT(certificate.narrowest, -1);
}

TEST("the threshold itself is large enough, one less is not; by the rules and for ten as for five")
{
    ARENA_AUTO arena = arena_new();
    System system;
    SystemRules ten = five;
    Err err = {0};

    ten.threshold = 10;
    table_two_way(arena, 2, 2, (const int64_t[]){4, 5, 9, 10}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(system_primary(&system, &five, 0));
    CHECK(!system_primary(&system, &five, 1));
    CHECK(system_primary(&system, &ten, 3));
    CHECK(!system_primary(&system, &ten, 4));
    system.cell[0].flags = SYSTEM_WITHHELD;
    CHECK(!system_primary(&system, &five, 0));
}

TEST("one hidden part under a published total is no hiding, however large it is")
{
    ARENA_AUTO arena = arena_new();
    System system;
    uint8_t hidden[9] = {1}, primary[9] = {1};
    Err err = {0};

    table_two_way(arena, 2, 2, (const int64_t[]){30, 20, 25, 40}, &system);
    system.cell[0].flags = SYSTEM_SENSITIVE;
    CHECK(system_finish(&system, &err));
    for (size_t line = 0; line < system.n_lines; line++) {
        SystemResidual left = system_residual(&system, &five, line, hidden, primary);
        CHECK(system_residual_safe(&left, &five) == (left.hidden == 0));
    }
}

TEST("a relation that does not add up, and a value out of range, are refused")
{
    ARENA_AUTO arena = arena_new();
    System system;
    Err err = {0};

    table_two_way(arena, 2, 2, (const int64_t[]){8, 9, 7, 6}, &system);
    system.cell[8].value++;
    CHECK(!system_finish(&system, &err));
    CHECK(strstr(err.text, "does not add up") != NULL);
    table_two_way(arena, 2, 2, (const int64_t[]){8, 9, 7, 6}, &system);
    system.cell[0].value++; /* too much, where the total was too much above */
    CHECK(!system_finish(&system, &err));
    CHECK(strstr(err.text, "does not add up") != NULL);
    system_begin(&system, arena);
    system_cell(&system, &(SystemCell){.value = -1});
    CHECK(!system_finish(&system, &err));
    CHECK(strstr(err.text, "not a count") != NULL);
    system_begin(&system, arena);
    system_cell(&system, &(SystemCell){.value = SYSTEM_VALUE_MAX});
    CHECK(system_finish(&system, &err));
    system_begin(&system, arena);
    system_cell(&system, &(SystemCell){.value = SYSTEM_VALUE_MAX + 1});
    CHECK(!system_finish(&system, &err));
    CHECK(strstr(err.text, "not a count") != NULL);
}

TEST("a cell twice on one relation, or to be published and never to be, is refused")
{
    ARENA_AUTO arena = arena_new();
    System system;
    Err err = {0};

    table_two_way(arena, 2, 2, (const int64_t[]){8, 9, 7, 6}, &system);
    system_line(&system, (const SystemTerm[]){{0, 1}, {0, -1}}, 2);
    CHECK(!system_finish(&system, &err));
    CHECK(strstr(err.text, "names a cell twice") != NULL);
    for (uint32_t flag = SYSTEM_FORCED; flag <= SYSTEM_FIXED; flag++) {
        table_two_way(arena, 2, 2, (const int64_t[]){8, 9, 7, 6}, &system);
        system.cell[3].flags = flag | SYSTEM_WITHHELD;
        CHECK(!system_finish(&system, &err));
        CHECK(strstr(err.text, "never to be published") != NULL);
    }
    table_two_way(arena, 2, 2, (const int64_t[]){8, 9, 7, 6}, &system);
    system_line(&system, (const SystemTerm[]){{9, 1}, {0, -1}}, 2); /* cells are 0 to 8 */
    CHECK(!system_finish(&system, &err));
    CHECK(strstr(err.text, "names a cell that does not exist") != NULL);
}

TEST("what is left over on a line, by hand")
{
    ARENA_AUTO arena = arena_new();
    System system;
    SystemRules told = five;
    uint8_t hidden[6] = {1, 1, 1, 1, 0, 0}, primary[6] = {1};
    Err err = {0};

    /* 2 x 3 + 4 + 5 + 6 = 21, of schools 7, 8, 7 and one that is not told; the last total is another cell */
    told.contributors_min = 3;
    system_begin(&system, arena);
    for (size_t cell = 0; cell < 5; cell++)
        system_cell(&system, &(SystemCell){.value = (const int64_t[]){3, 4, 5, 6, 21}[cell], .schools = (int32_t) cell, .holder = {(const int32_t[]){7, 8, 7, 0, 0}[cell]}});
    system_line(&system, (const SystemTerm[]){{4, -1}, {0, 2}, {1, 1}, {2, 1}, {3, 1}}, 5);
    CHECK(system_finish(&system, &err));
    SystemResidual left = system_residual(&system, &told, 0, hidden, primary);
    CHECK_INT(left.sum, 21); /* twice the 3: two of them stand on the line */
    CHECK_INT(left.hidden, 4);
    CHECK_INT(left.primaries, 1);
    CHECK_INT(left.schools, 0 + 1 + 2 + 3);
    CHECK_INT(left.holders, 3); /* a cell of nobody's may be anybody's */
    CHECK(!left.open && !left.of_one);
    hidden[3] = 0;
    CHECK_INT(system_residual(&system, &told, 0, hidden, primary).holders, 2); /* 7, 8 and 7 again */
    hidden[1] = 0;
    CHECK_INT(system_residual(&system, &told, 0, hidden, primary).holders, 1);
    hidden[4] = 1; /* the total too: nothing is left over */
    CHECK(system_residual(&system, &told, 0, hidden, primary).open);
    /* a line within one school, or with fewer schools than are asked for */
    system.cell[4].holder[0] = 9;
    CHECK(system_residual(&system, &told, 0, hidden, primary).of_one);
    system.cell[4].holder[0] = 0;
    system.cell[4].schools = 2;
    CHECK(system_residual(&system, &told, 0, hidden, primary).of_one);
    system.cell[4].schools = 3;
    CHECK(!system_residual(&system, &told, 0, hidden, primary).of_one);
    system.cell[4].schools = 0; /* not told is not few */
    CHECK(!system_residual(&system, &told, 0, hidden, primary).of_one);
    /* 30 = 4 + 5 + 21 the other way round: what is hidden counts as much; of schools 7, 8 and 8 */
    system_begin(&system, arena);
    for (size_t cell = 0; cell < 4; cell++)
        system_cell(&system, &(SystemCell){.value = (const int64_t[]){4, 5, 21, 30}[cell], .holder = {(const int32_t[]){7, 8, 8, 0}[cell]}});
    system_line(&system, (const SystemTerm[]){{3, 1}, {0, -1}, {1, -1}, {2, -1}}, 4);
    CHECK(system_finish(&system, &err));
    left = system_residual(&system, &told, 0, (const uint8_t[]){1, 1, 1, 0}, primary);
    CHECK_INT(left.sum, 30);
    CHECK_INT(left.holders, 2);
    CHECK(!left.open);
}

TEST("what may be left over, rule by rule at its edge")
{
    static const struct {
        SystemResidual left;
        bool           safe, to_insiders, where_told, zeros_unknown;
    } row[] = {
        /* of threshold 5, width 3; to_insiders and where_told: the rules of three schools asked; zeros_unknown: hidden cells may be 0 */
        {{.sum = 0, .hidden = 0}, true, true, true, true},
        {{.sum = 2, .hidden = 2, .primaries = 2, .open = true}, true, true, true, true},
        {{.sum = 4, .hidden = 1, .holders = 3}, false, false, false, false},
        {{.sum = 5, .hidden = 1, .holders = 3}, true, true, true, true},                     /* a secondary alone: the threshold itself will do */
        {{.sum = 5, .hidden = 4, .holders = 3}, true, true, true, true},                     /* room is asked of primaries only */
        {{.sum = 9, .hidden = 1, .primaries = 1, .holders = 3}, false, false, false, false}, /* a primary alone is computed */
        {{.sum = 5, .hidden = 2, .primaries = 1, .holders = 3}, true, true, true, true},     /* 1 to 4 */
        {{.sum = 5, .hidden = 3, .primaries = 1, .holders = 3}, false, false, false, true},  /* 1 to 3, with zeros 0 to 5 */
        {{.sum = 9, .hidden = 2, .primaries = 1, .holders = 2}, true, false, true, true},
        {{.sum = 9, .hidden = 2, .primaries = 1, .holders = 2, .of_one = true}, true, true, true, true},
        {{.sum = 9, .hidden = 2, .primaries = 1, .holders = 3, .schools = 2}, true, true, false, true},
        {{.sum = 9, .hidden = 2, .primaries = 1, .holders = 3, .schools = 3}, true, true, true, true},
        {{.sum = 9, .hidden = 2, .primaries = 1, .holders = 3, .schools = 2, .of_one = true}, true, true, true, true},
    };
    SystemRules inside = five, told = five, unknown = five;

    inside.insiders = true;
    told.contributors_min = 3;
    unknown.zeros_published = false;
    for (size_t at = 0; at < sizeof row / sizeof *row; at++) {
        const SystemResidual *left = &row[at].left;
        if (system_residual_safe(left, &five) != row[at].safe || system_residual_safe(left, &inside) != row[at].to_insiders ||
            system_residual_safe(left, &told) != row[at].where_told || system_residual_safe(left, &unknown) != row[at].zeros_unknown)
            test_fail(__FILE__, __LINE__, "row %zu", at);
    }
}

TEST("a secondary that equations give is no secret, and the audit says so")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[9] = {0};
    Err err = {0};

    table_two_way(arena, 2, 2, (const int64_t[]){8, 9, 7, 6}, &system);
    CHECK(system_finish(&system, &err));
    status[1] = CELL_SECONDARY;
    audited(&system, &five, status, (Refusal){.kind = REFUSAL_COMPUTED, .n = 1, .cell = 1});
    CHECK_INT(status[1], CELL_SECONDARY); /* what is audited is left as it is */
    /* a primary that equations give is a child found */
    table_two_way(arena, 2, 2, (const int64_t[]){3, 9, 7, 6}, &system);
    CHECK(system_finish(&system, &err));
    status[0] = CELL_PRIMARY;
    status[1] = CELL_PUBLISHED;
    audited(&system, &five, status, (Refusal){.kind = REFUSAL_OUTSIDER, .n = 1, .cell = 0});
}

TEST("a line that cannot be made safe is refused at once")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[15];
    Certificate certificate;
    Refusal refusal;
    Err err = {0};

    /* 1 1 1 2 and their total to be published: 1 of room for each, whatever else is hidden */
    table_two_way(arena, 2, 4, (const int64_t[]){1, 1, 1, 2, 40, 50, 60, 70}, &system);
    system.cell[4].flags = SYSTEM_FORCED;
    CHECK(system_finish(&system, &err));
    CHECK(!protect_run(&system, &five, status, &certificate, &refusal, &err));
    CHECK_INT(err.kind, ERR_DISCLOSURE);
    CHECK_INT(refusal.kind, REFUSAL_SHUT);
    CHECK_INT(refusal.n, 1);
    CHECK_INT(refusal.cell, 4);
    CHECK(refusal.n_demands == 1 && refusal.demand[0] == 4); /* and what is to blame */
    /* 3 and 4 leave 7, which tells too much of both with 10; of 20 and 30, each would do */
    SystemRules ten = {.threshold = 10, .width_min = 8, .zeros_published = true};
    table_two_way(arena, 2, 4, (const int64_t[]){3, 4, 20, 30, 40, 50, 60, 70}, &system);
    system.cell[2].flags = SYSTEM_FORCED;
    system.cell[3].flags = system.cell[4].flags = SYSTEM_FIXED;
    CHECK(system_finish(&system, &err));
    CHECK(!protect_run(&system, &ten, status, &certificate, &refusal, &err));
    CHECK_INT(refusal.kind, REFUSAL_SHUT);
    CHECK(refusal.n_demands == 3 && refusal.demand[0] + refusal.demand[1] + refusal.demand[2] == 9);
    /* a zero helps nothing: not to hide it, and not to do without its publication */
    table_two_way(arena, 2, 4, (const int64_t[]){3, 4, 20, 0, 40, 50, 60, 70}, &system);
    system.cell[4].flags = system.cell[3].flags = SYSTEM_FORCED;
    system.cell[2].flags = SYSTEM_FIXED;
    CHECK(system_finish(&system, &err));
    CHECK(!protect_run(&system, &ten, status, &certificate, &refusal, &err));
    CHECK_INT(refusal.kind, REFUSAL_SHUT);
    CHECK(refusal.n_demands == 2 && refusal.demand[0] + refusal.demand[1] == 2 + 4);
    system.cell[3].flags = 0;
    CHECK(!protect_run(&system, &ten, status, &certificate, &refusal, &err));
    CHECK_INT(refusal.kind, REFUSAL_SHUT);
    /* two such lines: the first is told, with what is to blame for that one */
    table_two_way(arena, 2, 4, (const int64_t[]){1, 1, 1, 2, 2, 1, 1, 1}, &system);
    system.cell[4].flags = system.cell[9].flags = SYSTEM_FORCED;
    CHECK(system_finish(&system, &err));
    CHECK(!protect_run(&system, &five, status, &certificate, &refusal, &err));
    CHECK_INT(refusal.kind, REFUSAL_SHUT);
    CHECK_INT(refusal.n, 2);
    CHECK_INT(refusal.cell, 4);
    CHECK(refusal.n_demands == 1 && refusal.demand[0] == 4);
}

TEST("an audit looks and does not mend: all lines that leave too little are told")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[16] = {0};
    Err err = {0};

    /* [1 2 | 33], [1 2 | 43]: 3, 3, 2 and 4 are left over, and more hidden for the first row would do for the second as well */
    table_two_way(arena, 3, 3, (const int64_t[]){1, 2, 30, 1, 2, 40, 35, 60, 70}, &system);
    CHECK(system_finish(&system, &err));
    status[0] = status[1] = status[4] = status[5] = CELL_PRIMARY;
    audited(&system, &five, status, (Refusal){.kind = REFUSAL_LINES, .n = 4, .cell = 3});
}

TEST("of a small table the fewest are taken, and the certificate says what the search hid; what was published again is counted")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[16];
    Certificate certificate;
    Err err = {0};

    /* found by looking: the search hides four beside the small ones, and two will do */
    table_two_way(arena, 3, 3, (const int64_t[]){3, 10, 9, 0, 7, 0, 2, 11, 5}, &system);
    system.cell[1].flags = system.cell[2].flags = SYSTEM_FORCED;
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &five, status, &certificate));
    CHECK_INT(certificate.n_secondary, 2);
    CHECK_INT(certificate.n_least, 2);
    CHECK(certificate.n_searched > 2);
    table_two_way(arena, 3, 2, (const int64_t[]){3, 11, 7, 4, 10, 1}, &system);
    system.cell[1].flags = system.cell[11].flags = SYSTEM_FORCED;
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &five, status, &certificate));
    CHECK(certificate.n_taken_back > 0);
    CHECK_INT(certificate.n_searched, 3); /* the best of all ways, not the last */
    CHECK_INT(certificate.n_secondary, 3);
    /* [5 11 5], [0 7 4], [4 4 6]: three will do, and the ways find it */
    table_two_way(arena, 3, 3, (const int64_t[]){5, 11, 5, 0, 7, 4, 4, 4, 6}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &five, status, &certificate));
    CHECK_INT(certificate.n_searched, 3);
    CHECK_INT(certificate.n_least, 3);
}

TEST("who knows his own in a table is found by its codes")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *dimension = table_dimension_new(arena, "school");
    Table table;
    System system;
    Certificate certificate;
    SystemRules inside = five;
    CellStatus status[5];
    Err err = {0};

    /* 3, 9, 12 and 30: three of them are hidden at least, and each who is knows his own */
    inside.insiders = true;
    for (const char *school = "abcd"; *school; school++)
        table_code(dimension, arena_text_n(arena, school, 1));
    table_total(dimension, "Total");
    CHECK(table_dimension_finish(dimension, &err) && table_begin(arena, &dimension, 1, &table, &err));
    for (int at = 0; at < 4; at++)
        table.value[at] = (const int64_t[]){3, 9, 12, 30}[at];
    table.contributors = 0;
    CHECK(table_system(arena, &table, &system, &err));
    CHECK(protected_well(&system, &inside, status, &certificate));
    CHECK_INT(certificate.n_insiders, (status[0] != CELL_PUBLISHED) + (status[1] != CELL_PUBLISHED) + (status[2] != CELL_PUBLISHED) + (status[3] != CELL_PUBLISHED));
    CHECK(certificate.n_insiders >= 3);
}

TEST("an insider's own: his cells, and totals that hold nothing else")
{
    ARENA_AUTO arena = arena_new();
    System system;
    uint8_t own[9] = {0};
    Err err = {0};

    /* his 7 and nobody else's 0 are the row's total; the column's total holds others' 6 too */
    table_two_way(arena, 2, 2, (const int64_t[]){7, 0, 6, 9}, &system);
    system.cell[0].holder[0] = 4;
    CHECK(system_finish(&system, &err));
    parts_own(&system, &five, 4, own);
    CHECK(own[0] && own[2]);
    CHECK(!own[3] && !own[6] && !own[8]);
    memset(own, 0, sizeof own);
    parts_own(&system, &five, 0, own);
    CHECK(!own[0]);
    /* a board knows what its schools hold */
    system.cell[3].holder[0] = 9;
    system.cell[3].holder[1] = 4;
    memset(own, 0, sizeof own);
    parts_own(&system, &five, 4, own);
    CHECK(own[0] && own[3] && own[6] && !own[4]);
    /* 7 = 7 + 0 and 7 = 7 + 0 again: the total of his total, whichever relation comes first */
    system_begin(&system, arena);
    for (size_t cell = 0; cell < 5; cell++)
        system_cell(&system, &(SystemCell){.value = cell % 2 ? 0 : 7, .holder = {cell == 0 ? 4 : 0}});
    system_line(&system, (const SystemTerm[]){{4, -1}, {2, 1}, {3, 1}}, 3);
    system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
    CHECK(system_finish(&system, &err));
    memset(own, 0, sizeof own);
    parts_own(&system, &five, 4, own);
    CHECK(own[0] && own[2] && own[4] && !own[1]);
}

TEST("an insider is another matter only where his own cells are hidden")
{
    ARENA_AUTO arena = arena_new();
    System system;
    uint8_t hidden[8] = {1, 1, 0, 0, 1, 1, 0}, all[8] = {1, 1, 1, 0, 1, 1, 0};
    Parts parts;
    Err err = {0};

    /* 3 + 20 = 23, and 4 + 30 + 5 = 39, with nothing in common; the 20 is his */
    system_begin(&system, arena);
    for (size_t cell = 0; cell < 7; cell++)
        system_cell(&system, &(SystemCell){.value = (const int64_t[]){3, 20, 23, 5, 4, 30, 39}[cell], .holder = {cell == 1 ? 8 : 0}});
    system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
    system_line(&system, (const SystemTerm[]){{6, -1}, {4, 1}, {5, 1}, {3, 1}}, 4);
    CHECK(system_finish(&system, &err));
    parts_find(&system, &five, hidden, 0, &parts);
    CHECK_INT(parts.n, 2);
    CHECK_INT(parts.lines.start[1] - parts.lines.start[0], 1);
    CHECK_INT(parts.cells.start[2], 4);
    parts_free(&parts);
    parts_find(&system, &five, all, 8, &parts);
    CHECK_INT(parts.n, 1); /* the 3 and its total; not the other line */
    CHECK(parts.hidden[0] && !parts.hidden[1] && parts.hidden[2]);
    CHECK_INT(parts.cells.start[1], 2);
    CHECK_INT(parts.cells.item[0], 0);
    parts_free(&parts);
}

TEST("a relation that is said twice is kept once")
{
    ARENA_AUTO arena = arena_new();
    System system;
    Err err = {0};

    system_begin(&system, arena);
    for (int64_t value = 9; value <= 11; value++)
        system_cell(&system, &(SystemCell){.value = value == 11 ? 19 : value});
    system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
    system_line(&system, (const SystemTerm[]){{2, -1}, {1, 1}, {0, 1}}, 3);
    system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
    CHECK(system_finish(&system, &err));
    CHECK_INT(system.n_lines, 1);
    CHECK_INT(system.of_start[1] - system.of_start[0], 1);
    /* with other coefficients it is another one, and what stands on both sides of it is said twice all the same */
    system_begin(&system, arena);
    for (int64_t value = 9; value <= 11; value++)
        system_cell(&system, &(SystemCell){.value = value == 11 ? 19 : value});
    for (int32_t times = 1; times <= 3; times++)
        system_line(&system, (const SystemTerm[]){{2, -1 - times % 2}, {0, 1 + times % 2}, {1, 1 + times % 2}}, 3);
    CHECK(system_finish(&system, &err));
    CHECK_INT(system.n_lines, 2);
}

/* -- the pitfalls of METHODS part 1, one by one ---------------------------------------------------- */

/* [3 20 | 23], [25 40 | 65]: everything inside hidden. */
static void small_hidden(Arena *arena, System *system, CellStatus *status, int64_t a, int64_t b, int64_t c, int64_t d)
{
    table_two_way(arena, 2, 2, (const int64_t[]){a, b, c, d}, system);
    for (size_t cell = 0; cell < 9; cell++)
        status[cell] = CELL_PUBLISHED;
    status[0] = CELL_PRIMARY;
    status[1] = status[3] = status[4] = CELL_SECONDARY;
}

TEST("pitfall 1: who is shown which cells are primary knows more")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[9];
    Err err = {0};

    /* Rows and columns of 9, 10 in the second ones: with one symbol the small cell may be 1 to 8. Told "below 5" for the 4 and "5 or more" for the
     * three fives, the attacker has 5 + 5 = 10 for the second row: both are 5, so the first is 9 - 5. */
    small_hidden(arena, &system, status, 4, 5, 5, 5);
    CHECK(system_finish(&system, &err));
    audited(&system, &five, status, (Refusal){0});
    small_hidden(arena, &system, status, 4, 5, 5, 5);
    system_range(&system, (const SystemTerm[]){{0, 1}}, 1, 1, 4);
    for (uint32_t cell = 1; cell <= 4; cell++)
        if (cell != 2)
            system_range(&system, &(SystemTerm){cell, 1}, 1, 5, INFINITY);
    CHECK(system_finish(&system, &err));
    audited(&system, &five, status, (Refusal){.kind = REFUSAL_OUTSIDER, .n = 4, .cell = 0});
}

TEST("pitfall 2: published zeros say that what is hidden is at least 1")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[9];
    SystemRules unknown = five;
    Err err = {0};

    unknown.zeros_published = false;
    unknown.width_min = 5; /* as wide as it gets */
    small_hidden(arena, &system, status, 2, 3, 3, 2); /* rows of 5: 0..5 when zeros are unknown, 1..4 when they are known */
    status[4] = CELL_PRIMARY;
    CHECK(system_finish(&system, &err));
    uint8_t hidden[9] = {1, 1, 0, 1, 1, 0, 0, 0, 0}, primary[9] = {1, 1, 0, 1, 1, 0, 0, 0, 0};
    AttackMemory memory;
    Attack attack;
    attack_memory_begin(&memory, &system, &unknown);
    CHECK(attack_run(&system, &unknown, hidden, primary, 0, &memory, &attack, &err));
    CHECK_INT(attack.range.low[0], 0);
    CHECK_INT(attack.range.high[0], 5);
    attack_free(&attack);
    attack_memory_free(&memory);
    attack_memory_begin(&memory, &system, &five);
    CHECK(attack_run(&system, &five, hidden, primary, 0, &memory, &attack, &err));
    CHECK_INT(attack.range.low[0], 1);
    CHECK_INT(attack.range.high[0], 4);
    attack_free(&attack);
    attack_memory_free(&memory);
    /* three parts of 2 in 6: 1..4; four of 1, 1, 1, 2 in 5: 1..2, and that is refused */
    table_two_way(arena, 2, 4, (const int64_t[]){1, 1, 1, 2, 40, 50, 60, 70}, &system);
    CHECK(system_finish(&system, &err));
    CellStatus wide[15];
    for (size_t cell = 0; cell < 15; cell++)
        wide[cell] = cell < 4 ? CELL_PRIMARY : cell >= 5 && cell < 9 ? CELL_SECONDARY : CELL_PUBLISHED;
    audited(&system, &five, wide, (Refusal){.kind = REFUSAL_LINES, .n = 1, .cell = 4});
}

/* Three schools of one board: total, and each school a row. */
static void schools(Arena *arena, System *system, const int64_t *value, size_t n)
{
    SystemTerm term[16];
    int64_t sum = 0;

    system_begin(system, arena);
    for (size_t school = 0; school < n; school++) {
        sum += value[school];
        system_cell(system, &(SystemCell){.value = value[school], .schools = 1, .holder = {(int32_t) school + 1}});
        term[school + 1] = (SystemTerm){(uint32_t) school, 1};
    }
    system_cell(system, &(SystemCell){.value = sum, .schools = (int32_t) n});
    term[0] = (SystemTerm){(uint32_t) n, -1};
    system_line(system, term, n + 1);
}

TEST("pitfall 3: two hidden schools find each other; an insider's own records are known to him")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[8], two[8];
    Certificate certificate;
    SystemRules inside = five;
    Err err = {0};

    inside.insiders = true;
    schools(arena, &system, (const int64_t[]){3, 9, 12, 30}, 4);
    CHECK(system_finish(&system, &err));
    for (size_t cell = 0; cell < 5; cell++)
        two[cell] = cell == 0 ? CELL_PRIMARY : cell == 1 ? CELL_SECONDARY : CELL_PUBLISHED;
    audited(&system, &five, two, (Refusal){0});
    audited(&system, &inside, two, (Refusal){.kind = REFUSAL_LINES, .n = 1, .cell = 4});
    CHECK(protected_well(&system, &inside, status, &certificate));
    CHECK(certificate.n_primary + certificate.n_secondary >= 3);
    CHECK(certificate.n_insiders >= 2);
    CHECK_INT(certificate.n_attacks, 1 + certificate.n_insiders);
    /* with the total hidden too nothing is left over on the line, and the attack itself has to notice: school 2 knows total - school 1 here */
    system.cell[4].holder[0] = 2;
    two[0] = CELL_PRIMARY; two[1] = CELL_SECONDARY; two[4] = CELL_SECONDARY;
    audited(&system, &inside, two, (Refusal){.kind = REFUSAL_INSIDER, .n = 1, .cell = 0, .insider = 2});
}

TEST("the certificate is of the outsider, and of whoever comes nearest, whichever attacks last")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[8];
    Certificate certificate;
    SystemRules inside = five;
    Err err = {0};

    /* The 3 is the last school's, and to that one there is no primary to narrow down, and a hidden cell less. */
    inside.insiders = true;
    schools(arena, &system, (const int64_t[]){30, 12, 9, 3}, 4);
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &inside, status, &certificate));
    CHECK_INT(status[3], CELL_PRIMARY);
    CHECK(certificate.narrowest >= 3);
    CHECK_INT(certificate.n_hidden, hidden_count(&system, status));
}

TEST("pitfall 3: a board that knows two of the schools is an insider too")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[8];
    Certificate certificate;
    SystemRules inside = five;
    Err err = {0};

    /* The cheapest three to hide are 3, 9 and 12; the board that has the first two would know the third. So the 30 is hidden, with or without the 9. */
    inside.insiders = true;
    schools(arena, &system, (const int64_t[]){3, 9, 12, 30}, 4);
    system.cell[0].holder[1] = system.cell[1].holder[1] = 9;
    system.cell[4].flags = SYSTEM_FORCED;
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &inside, status, &certificate));
    CHECK(status[2] != CELL_PUBLISHED && status[3] != CELL_PUBLISHED);
    CHECK_INT(certificate.n_insiders, status[1] == CELL_PUBLISHED ? 4 : 5);
    CHECK_INT(certificate.n_attacks, 1 + certificate.n_insiders);
}

TEST("pitfall 3: contributing schools are asked for where they are told")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus two[8];
    SystemRules told = five;
    Err err = {0};

    told.contributors_min = 3;
    schools(arena, &system, (const int64_t[]){3, 9, 12, 30}, 4);
    for (size_t cell = 0; cell < 4; cell++)
        system.cell[cell].holder[0] = 0;
    CHECK(system_finish(&system, &err));
    for (size_t cell = 0; cell < 5; cell++)
        two[cell] = cell == 0 ? CELL_PRIMARY : cell == 1 ? CELL_SECONDARY : CELL_PUBLISHED;
    audited(&system, &told, two, (Refusal){.kind = REFUSAL_LINES, .n = 1, .cell = 4});
    two[2] = CELL_SECONDARY;
    audited(&system, &told, two, (Refusal){0});
}

TEST("pitfall 4: years that are safe one by one are not with their sum")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus apart[9], joint[9];
    Certificate certificate;
    Err err = {0};

    /* Columns are two years and their sum; each year hides the small cell and one beside it, but another one each year. */
    table_two_way(arena, 2, 2, (const int64_t[]){3, 40, 20, 4}, &system);
    CHECK(system_finish(&system, &err));
    for (size_t cell = 0; cell < 9; cell++)
        apart[cell] = CELL_PUBLISHED;
    apart[0] = CELL_PRIMARY;   /* year 1: 3 and 20 hidden, total 23 published */
    apart[3] = CELL_SECONDARY;
    apart[4] = CELL_PRIMARY;   /* year 2: 4 hidden, and the sum over the years stands: 4 = 24 - 20 only if 20 is known */
    apart[1] = CELL_PUBLISHED;
    audited(&system, &five, apart, (Refusal){.kind = REFUSAL_OUTSIDER, .n = 2, .cell = 0});
    CHECK(protected_well(&system, &five, joint, &certificate));
    CHECK_INT(hidden_count(&system, joint), 4);
}

TEST("pitfall 5: two breakdowns of one total are one system")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *dimension[1] = {table_dimension_new(arena, "school")};
    Table table;
    System system;
    Certificate certificate;
    Err err = {0};
    uint32_t code;

    /* by board: {a b} {c d}; by region: {a c} {b d}. Each breakdown alone would hide two cells and publish the rest. */
    CHECK(table_part(dimension[0], "Total", "b1", "board", &err) && table_part(dimension[0], "Total", "b2", "board", &err) &&
          table_part(dimension[0], "Total", "r1", "region", &err) && table_part(dimension[0], "Total", "r2", "region", &err) &&
          table_part(dimension[0], "b1", "a", "", &err) && table_part(dimension[0], "b1", "b", "", &err) && table_part(dimension[0], "b2", "c", "", &err) &&
          table_part(dimension[0], "b2", "d", "", &err) && table_part(dimension[0], "r1", "a", "", &err) && table_part(dimension[0], "r1", "c", "", &err) &&
          table_part(dimension[0], "r2", "b", "", &err) && table_part(dimension[0], "r2", "d", "", &err));
    CHECK(table_dimension_finish(dimension[0], &err));
    CHECK(table_begin(arena, dimension, 1, &table, &err));
    for (size_t at = 0; at < 4; at++) {
        code = table_code_find(dimension[0], (const char *[]){"a", "b", "c", "d"}[at]);
        table.value[code] = (const int64_t[]){3, 20, 30, 40}[at];
    }
    CHECK(table_system(arena, &table, &system, &err));
    CellStatus status[16], apart[16];
    for (size_t cell = 0; cell < system.n_cells; cell++)
        apart[cell] = CELL_PUBLISHED;
    apart[table_code_find(dimension[0], "a")] = CELL_PRIMARY;
    apart[table_code_find(dimension[0], "b")] = CELL_SECONDARY; /* enough for the boards: a + b = 23. But r1 - c = a */
    audited(&system, &five, apart, (Refusal){.kind = REFUSAL_OUTSIDER, .n = 1, .cell = 5});
    CHECK(protected_well(&system, &five, status, &certificate));
    CHECK_INT(hidden_count(&system, status), 4);
}

TEST("pitfall 6: a printed percentage of a hidden cell is an interval for it")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[9];
    Certificate certificate;
    Refusal refusal;
    Err err = {0};

    small_hidden(arena, &system, status, 3, 20, 25, 40);
    CHECK(system_finish(&system, &err));
    audited(&system, &five, status, (Refusal){0});
    /* 0.7 % of 412 pupils: between 0.65 and 0.75 %, so between 2.678 and 3.09 */
    small_hidden(arena, &system, status, 3, 20, 25, 40);
    system_range(&system, (const SystemTerm[]){{0, 1}}, 1, 412 * 0.0065, 412 * 0.0075);
    CHECK(system_finish(&system, &err));
    audited(&system, &five, status, (Refusal){.kind = REFUSAL_OUTSIDER, .n = 4, .cell = 0});
    CHECK(!protect_run(&system, &five, status, &certificate, &refusal, &err));
    CHECK_INT(err.kind, ERR_DISCLOSURE);
    /* as a whole percentage it says 0.5 to 1.5 %: 3 to 6, which is wide enough */
    small_hidden(arena, &system, status, 3, 20, 25, 40);
    system_range(&system, (const SystemTerm[]){{0, 1}}, 1, 412 * 0.005, 412 * 0.015);
    CHECK(system_finish(&system, &err));
    audited(&system, &five, status, (Refusal){0});
}

TEST("pitfall 7: what is left over on a line is a figure too")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[16];
    Certificate certificate;
    Err err = {0};

    /* the first row hides 1 and 2: together 3 children, although neither is known */
    table_two_way(arena, 3, 3, (const int64_t[]){1, 2, 30, 20, 40, 50, 35, 60, 70}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &five, status, &certificate));
    CHECK(status[2] != CELL_PUBLISHED || status[3] != CELL_PUBLISHED);
    CHECK(certificate.smallest_residual >= 5);
}

TEST("pitfall 8: hidden is not enough, the interval must be wide")
{
    ARENA_AUTO arena = arena_new();
    System system;
    Certificate certificate;
    SystemRules narrow = five;
    Err err = {0};

    /* 1+1+1+2 in a row of 5 leaves 1..2: not exact, and useless */
    table_two_way(arena, 3, 5, (const int64_t[]){1, 1, 1, 2, 40, 30, 40, 50, 60, 70, 35, 45, 55, 65, 75}, &system);
    CHECK(system_finish(&system, &err));
    CellStatus five_columns[24];
    CHECK(protected_well(&system, &five, five_columns, &certificate));
    CHECK(five_columns[4] != CELL_PUBLISHED || five_columns[5] != CELL_PUBLISHED);
    CHECK(certificate.narrowest >= 3);
    narrow.width_min = 1;
    CHECK(protected_well(&system, &narrow, five_columns, &certificate));
}

TEST("pitfall 9: a board that gains a school publishes it by subtraction")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[8];
    Certificate certificate;
    Refusal refusal;
    Err err = {0};

    /* last year's figure over the old border is in the ledger: 60. The new board total holds school a (3) as well: 63 - 60. */
    system_begin(&system, arena);
    uint32_t school = system_cell(&system, &(SystemCell){.value = 3});
    uint32_t old = system_cell(&system, &(SystemCell){.value = 60, .flags = SYSTEM_FIXED});
    uint32_t board = system_cell(&system, &(SystemCell){.value = 63});
    system_line(&system, (const SystemTerm[]){{board, -1}, {school, 1}, {old, 1}}, 3);
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &five, status, &certificate));
    CHECK_INT(status[old], CELL_PUBLISHED);
    CHECK_INT(status[board], CELL_SECONDARY);
    /* and when the new total must be published, that is refused with the two that clash */
    system.cell[board].flags = SYSTEM_FORCED;
    CHECK(!protect_run(&system, &five, status, &certificate, &refusal, &err));
    CHECK_INT(err.kind, ERR_DISCLOSURE);
    CHECK_INT(refusal.n_demands, 2);
    CHECK_INT(refusal.cell, school);
}

TEST("pitfall 10: the wider audience first; the narrower publishes no less, and both hold together")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus wide[16], narrow[16];
    Certificate certificate;
    SystemRules ten = five;
    Err err = {0};

    ten.threshold = 10;
    table_two_way(arena, 3, 3, (const int64_t[]){3, 8, 30, 25, 40, 50, 35, 60, 70}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &ten, wide, &certificate));
    for (size_t cell = 0; cell < system.n_cells; cell++)
        if (wide[cell] == CELL_PUBLISHED)
            system.cell[cell].flags |= SYSTEM_FIXED; /* who may see more also sees the wider edition */
    CHECK(protected_well(&system, &five, narrow, &certificate));
    for (size_t cell = 0; cell < system.n_cells; cell++)
        CHECK(wide[cell] != CELL_PUBLISHED || narrow[cell] == CELL_PUBLISHED);
    CHECK(hidden_count(&system, narrow) <= hidden_count(&system, wide));
}

/* -- demands ------------------------------------------------------------------------------------- */

TEST("demands that cannot be met are refused with the smallest set that conflicts")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[16];
    Certificate certificate;
    Refusal refusal;
    Err err = {0};

    table_two_way(arena, 3, 3, (const int64_t[]){3, 20, 30, 25, 40, 50, 35, 60, 70}, &system);
    for (size_t cell = 0; cell < 16; cell++)
        system.cell[cell].flags = cell == 0 ? 0 : SYSTEM_FORCED;
    CHECK(system_finish(&system, &err));
    CHECK(!protect_run(&system, &five, status, &certificate, &refusal, &err));
    CHECK_INT(err.kind, ERR_DISCLOSURE);
    CHECK_INT(refusal.n_demands, 3); /* its row, or its column: the total and the two others */
    CHECK_INT(refusal.cell, 0);
    /* a cell that is itself too small */
    table_two_way(arena, 2, 2, (const int64_t[]){3, 20, 25, 40}, &system);
    system.cell[0].flags = SYSTEM_FORCED;
    CHECK(system_finish(&system, &err));
    CHECK(!protect_run(&system, &five, status, &certificate, &refusal, &err));
    CHECK_INT(refusal.cell, 0);
}

/* Cells by value, and relations; what must be published. */
static void demanded(Arena *arena, System *system, const int64_t *value, size_t n, uint32_t first_forced)
{
    system_begin(system, arena);
    for (uint32_t cell = 0; cell < n; cell++)
        system_cell(system, &(SystemCell){.value = value[cell], .flags = cell >= first_forced ? SYSTEM_FORCED : 0});
}

TEST("too little left over that no hiding mends is refused, with the first such total")
{
    ARENA_AUTO arena = arena_new();
    System system;
    SystemRules unknown = five;
    CellStatus status[8];
    Certificate certificate;
    Refusal refusal;
    Err err = {0};

    /* 0 + 6 + 4 = 10, and the 6 is its column's total too; 10 and that 6 must stand. The 6 may be hidden, and is computed: 4 are left for the two others, whatever is done. */
    unknown.zeros_published = false;
    table_two_way(arena, 1, 3, (const int64_t[]){0, 6, 4}, &system);
    system.cell[3].flags = system.cell[5].flags = SYSTEM_FORCED;
    CHECK(system_finish(&system, &err));
    CHECK(!protect_run(&system, &unknown, status, &certificate, &refusal, &err));
    CHECK_INT(err.kind, ERR_DISCLOSURE);
    CHECK_INT(refusal.kind, REFUSAL_LINES);
    CHECK_INT(refusal.n, 2);
    CHECK_INT(refusal.cell, 3);
}

TEST("what two relations leave together is asked as well: a published total less a published inner cell")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[7];
    Certificate certificate;

    /* total 33 = 31 + 2, 31 = 29 + 2, 2 = 1 + 1: with 33 and 29 published, four are left over on both lines together */
    for (int zeros = 0; zeros < 2; zeros++) {
        Err err = {0};
        SystemRules rules = {.threshold = zeros ? 10 : 5, .zeros_published = zeros};
        int64_t value[7] = {33, 31, 2, 29, 2, 1, 1};
        if (zeros) /* 37 less 29 leaves eight of ten */
            value[0] = 37, value[1] = 33, value[2] = 4, value[4] = 4, value[5] = value[6] = 2;
        rules.width_min = system_width(rules.threshold, rules.zeros_published);
        demanded(arena, &system, value, 7, 7);
        for (uint32_t total = 0; total < 3; total++)
            system_line(&system, (SystemTerm[]){{total, -1}, {2 * total + 1, 1}, {2 * total + 2, 1}}, 3);
        CHECK(system_finish(&system, &err));
        CHECK(protected_well(&system, &rules, status, &certificate));
        CHECK(status[0] != CELL_PUBLISHED || status[3] != CELL_PUBLISHED);
    }
}

TEST("how wide a primary must be")
{
    CHECK_INT(system_width(2, true), 1);
    CHECK_INT(system_width(3, true), 2);
    CHECK_INT(system_width(4, true), 3);
    CHECK_INT(system_width(5, true), 3);
    CHECK_INT(system_width(6, true), 4);
    CHECK_INT(system_width(10, true), 8);
    CHECK_INT(system_width(2, false), 2);
    CHECK_INT(system_width(5, false), 5);
}

/* Three schools who know their own, one a row, and their totals. */
static void schools_two_way(Arena *arena, size_t columns, const int64_t *value, System *system)
{
    table_two_way(arena, 3, columns, value, system);
    for (size_t cell = 0; cell < 3 * (columns + 1); cell++)
        system->cell[cell].holder[0] = (int32_t) (cell / (columns + 1)) + 1;
}

TEST("who is shown 2 + 3 = 5 knows that both are below five, and the certificate says so")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[6];
    Certificate certificate;
    Err err = {0};

    for (int wider = 0; wider < 2; wider++) {
        system_begin(&system, arena);
        for (size_t cell = 0; cell < 3; cell++)
            system_cell(&system, &(SystemCell){.value = (const int64_t[]){2, 3, 5}[cell] + (cell != 1 ? wider : 0), .flags = cell == 2 ? SYSTEM_FORCED : 0});
        system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
        CHECK(system_finish(&system, &err));
        CHECK(protected_well(&system, &five, status, &certificate));
        CHECK_INT(certificate.n_below, wider ? 0 : 2); /* of 6 one may be 5 */
    }
}

TEST("what the first way of hiding leaves open is mended: lines, and cells that an insider narrows down")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[16];
    Certificate certificate;
    SystemRules inside = five;
    Err err = {0};

    /* In both the audit finds nothing afterwards; without mending of lines the first is refused, without mending of cells (or with a mending that counts on the insider's own cells) the second. */
    inside.insiders = true;
    schools_two_way(arena, 3, (const int64_t[]){9, 4, 3, 1, 1, 20, 0, 4, 8}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &inside, status, &certificate));
    CHECK(certificate.n_rounds > 1);
    schools_two_way(arena, 3, (const int64_t[]){5, 2, 4, 1, 2, 1, 1, 8, 6}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &inside, status, &certificate));
    CHECK(certificate.n_rounds > 1);
    CHECK(certificate.narrowest >= 3); /* of the round that stands */
    CHECK_INT(certificate.n_attacks, 1 + certificate.n_insiders);
}

TEST("the narrowest interval is that of the attacker who comes nearest")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[12];
    Certificate to_schools, to_readers;
    Refusal refusal;
    SystemRules inside = five;
    Err err = {0};

    /* found by looking: a reader is left four, and a school that knows its own three */
    inside.insiders = true;
    schools_two_way(arena, 2, (const int64_t[]){4, 7, 8, 5, 7, 6}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &inside, status, &to_schools));
    CHECK(protect_audit(&system, &five, status, &to_readers, &refusal, &err) && protect_audit(&system, &inside, status, &to_schools, &refusal, &err));
    CHECK_INT(to_readers.narrowest, 4);
    CHECK_INT(to_schools.narrowest, 3);
}

TEST("random demands: what must be published is, or nothing is and the refusal says why")
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int met = 0, clashed = 0, others = 0;

    gsl_rng_set(rng, 326);
    for (int instance = 0; instance < 150; instance++) {
        ARENA_AUTO arena = arena_new();
        Table table;
        System system;
        SystemRules rules = {.threshold = 5, .width_min = 3, .zeros_published = gsl_rng_uniform_int(rng, 2)};
        Certificate certificate;
        Refusal refusal;
        Err err = {0};

        table_draw(arena, rng, 40, &table, &system);
        for (uint32_t cell = 0; cell < system.n_cells; cell++)
            if (system.cell[cell].value >= rules.threshold && gsl_rng_uniform_int(rng, 4) == 0)
                system.cell[cell].flags |= gsl_rng_uniform_int(rng, 2) ? SYSTEM_FORCED : SYSTEM_FIXED;
        CellStatus *status = arena_array(arena, system.n_cells, sizeof *status);
        bool done = protect_run(&system, &rules, status, &certificate, &refusal, &err);
        CHECK_INT(done, refusal.kind == REFUSAL_NONE);
        CHECK_INT(err.kind, done ? ERR_NONE : ERR_DISCLOSURE);
        met += done;
        clashed += refusal.kind == REFUSAL_DEMANDS;
        others += !done && refusal.kind != REFUSAL_DEMANDS;
        CHECK(refusal.kind == REFUSAL_DEMANDS ? refusal.n_demands > 0 : refusal.kind == REFUSAL_SHUT || refusal.n_demands == 0);
        for (size_t at = 0; at < refusal.n_demands; at++)
            CHECK(system.cell[refusal.demand[at]].flags & (SYSTEM_FORCED | SYSTEM_FIXED));
        CHECK(done || refusal.kind == REFUSAL_DEMANDS || refusal.n > 0);
        for (uint32_t cell = 0; cell < system.n_cells && done; cell++)
            if ((system.cell[cell].flags & (SYSTEM_FORCED | SYSTEM_FIXED)) && status[cell] != CELL_PUBLISHED)
                test_fail(__FILE__, __LINE__, "instance %d: cell %u had to be published", instance, cell);
        for (size_t line = 0; line < system.n_lines && done; line++) {
            int64_t sum = 0;
            bool open = status[system.term[system.line_start[line]].cell] != CELL_PUBLISHED, hidden = false;
            for (size_t at = system.line_start[line] + 1; at < system.line_start[line + 1]; at++) {
                hidden = hidden || status[system.term[at].cell] != CELL_PUBLISHED;
                sum += status[system.term[at].cell] != CELL_PUBLISHED ? system.cell[system.term[at].cell].value : 0;
            }
            if (hidden && !open && sum < rules.threshold)
                test_fail(__FILE__, __LINE__, "instance %d: %lld left over on line %zu", instance, (long long) sum, line);
        }
    }
    CHECK(met > 60 && clashed > 20 && others > 4); /* every end was seen */
    gsl_rng_free(rng);
}

TEST("of several arguments the shortest is told, and of that nothing that can be left out")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[8];
    SuppressConflict conflict;
    Err err = {0};

    /* 100 - 97 and 63 - 20 - 20 - 20 both give the 3. To leave out one after the other, the largest first, would end at the longer one. */
    demanded(arena, &system, (const int64_t[]){3, 100, 97, 63, 20, 20, 20}, 7, 1);
    system_line(&system, (const SystemTerm[]){{1, -1}, {0, 1}, {2, 1}}, 3);
    system_line(&system, (const SystemTerm[]){{3, -1}, {0, 1}, {4, 1}, {5, 1}, {6, 1}}, 5);
    CHECK(system_finish(&system, &err));
    CHECK(!suppress_greedy(&system, &five, status, &conflict, &err));
    CHECK_INT(conflict.primary, 0);
    CHECK_INT(conflict.n_demands, 2);
    CHECK(conflict.demand[0] + conflict.demand[1] == 3); /* cells 1 and 2 */
    /* 13 = 1 + 5 + 7 is the shortest in coefficients; but 7 + 13 = 4 x 5, so two of the three are enough */
    demanded(arena, &system, (const int64_t[]){1, 13, 5, 7}, 4, 1);
    system_line(&system, (const SystemTerm[]){{1, -1}, {0, 1}, {2, 1}, {3, 1}}, 4);
    system_line(&system, (const SystemTerm[]){{3, 1}, {1, 1}, {2, -4}}, 3);
    CHECK(system_finish(&system, &err));
    CHECK(!suppress_greedy(&system, &five, status, &conflict, &err));
    CHECK_INT(conflict.primary, 0);
    CHECK_INT(conflict.n_demands, 2);
    /* 49 - 20 - 20 gives the 9 that may not be known, and so does its own total, which is it and a zero. The 49 and the twenties come first. */
    demanded(arena, &system, (const int64_t[]){9, 0, 9, 49, 20, 20}, 6, 2);
    system.cell[0].flags = SYSTEM_SENSITIVE;
    system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
    system_line(&system, (const SystemTerm[]){{3, -1}, {0, 1}, {4, 1}, {5, 1}}, 4);
    CHECK(system_finish(&system, &err));
    CHECK(!suppress_greedy(&system, &five, status, &conflict, &err));
    CHECK_INT(conflict.primary, 0);
    CHECK_INT(conflict.n_demands, 1);
    CHECK_INT(conflict.demand[0], 2);
}

TEST("what is told with the demands is what these give away, not what more of them would")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[8];
    SuppressConflict conflict;
    Err err = {0};

    /* 65 - 60 is the 2 and the 3 together, 50 - 47 the 3. The 47 comes last and gives away both, the 2 by all four; to say so of the 3 two are enough. */
    demanded(arena, &system, (const int64_t[]){2, 3, 50, 47, 65, 60}, 6, 2);
    system_line(&system, (const SystemTerm[]){{2, -1}, {1, 1}, {3, 1}}, 3);
    system_line(&system, (const SystemTerm[]){{4, -1}, {0, 1}, {1, 1}, {5, 1}}, 4);
    CHECK(system_finish(&system, &err));
    CHECK(!suppress_greedy(&system, &five, status, &conflict, &err));
    CHECK_INT(conflict.n_demands, 2);
    CHECK(conflict.demand[0] + conflict.demand[1] == 2 + 3); /* cells 2 and 3: 50 and 47 */
    CHECK_INT(conflict.primary, 1);
}

/* -- the greedy, before anybody attacks or mends --------------------------------------------------- */

TEST("the greedy by itself leaves no primary to equations, and hides more where too little is left over")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[16];
    SuppressConflict conflict;
    Err err = {0};

    /* one small cell: the cheapest rectangle */
    table_two_way(arena, 3, 3, (const int64_t[]){3, 20, 30, 25, 40, 50, 35, 60, 70}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(suppress_greedy(&system, &five, status, &conflict, &err));
    CHECK_INT(hidden_count(&system, status), 4);
    uint8_t *hidden = suppress_hidden(&system, &five, status, &err);
    for (size_t cell = 0; cell < 16; cell++)
        CHECK_INT(hidden[cell], status[cell] != CELL_PUBLISHED); /* nothing hidden is computed */
    free(hidden);
    /* 1 and 2 are not computed when 30 and 33 stand there, but they are 3 children together: the 30 is hidden too */
    system_begin(&system, arena);
    for (uint32_t cell = 0; cell < 4; cell++)
        system_cell(&system, &(SystemCell){.value = (const int64_t[]){1, 2, 30, 33}[cell]});
    system_line(&system, (const SystemTerm[]){{3, -1}, {0, 1}, {1, 1}, {2, 1}}, 4);
    CHECK(system_finish(&system, &err));
    CHECK(suppress_greedy(&system, &five, status, &conflict, &err));
    CHECK_INT(status[2], CELL_SECONDARY);
    CHECK_INT(status[3], CELL_PUBLISHED);
    /* but not where both must stand: what is published by order is (and the line is refused later on) */
    system.cell[2].flags = SYSTEM_FORCED;
    system.cell[3].flags = SYSTEM_FIXED;
    CHECK(suppress_greedy(&system, &five, status, &conflict, &err));
    CHECK_INT(status[2], CELL_PUBLISHED);
    CHECK_INT(status[3], CELL_PUBLISHED);
}

TEST("what can be computed after all is not called hidden; a published zero hides nothing")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[16];
    SuppressConflict conflict;
    Err err = {0};

    /* The 90 is held back because 1 and 2 would be left over on its row. Then 12 and 10 are published below it, which says what it is. */
    table_two_way(arena, 3, 3, (const int64_t[]){1, 2, 90, 20, 40, 10, 30, 50, 12}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(suppress_greedy(&system, &five, status, &conflict, &err));
    uint8_t *hidden = suppress_hidden(&system, &five, status, &err);
    for (size_t cell = 0; cell < 16; cell++)
        CHECK_INT(hidden[cell], status[cell] != CELL_PUBLISHED);
    free(hidden);
    /* 9 = 9 + 0, and the part may not be known: its total says it, and the zero stands */
    system_begin(&system, arena);
    system_cell(&system, &(SystemCell){.value = 9, .flags = SYSTEM_SENSITIVE});
    system_cell(&system, &(SystemCell){.value = 0});
    system_cell(&system, &(SystemCell){.value = 9});
    system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
    CHECK(system_finish(&system, &err));
    CHECK(suppress_greedy(&system, &five, status, &conflict, &err));
    CHECK_INT(status[0], CELL_PRIMARY);
    CHECK_INT(status[1], CELL_PUBLISHED);
    CHECK_INT(status[2], CELL_SECONDARY);
    /* Nor does a zero that is never published, and yet known: with the total published the 9 is no secret. */
    system.cell[1].flags = SYSTEM_WITHHELD;
    status[1] = CELL_SECONDARY;
    status[2] = CELL_PUBLISHED;
    hidden = suppress_hidden(&system, &five, status, &err);
    CHECK(!hidden[0] && !hidden[1] && !hidden[2]);
    free(hidden);
}

TEST("a crossing that is never published: not by the greedy, not when it can be computed, and it is counted apart")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[9];
    Certificate certificate;
    SuppressConflict conflict;
    Err err = {0};

    /* margins 50, 65, 55, 60 of a 2 x 2 whose inside is not for print; of another, one inside cell follows from a row with a zero */
    for (int zero = 0; zero < 2; zero++) {
        table_two_way(arena, 2, 2, zero ? (const int64_t[]){30, 0, 25, 40} : (const int64_t[]){30, 20, 25, 40}, &system);
        for (size_t cell = 0; cell < 5; cell++)
            if (cell != 2)
                system.cell[cell].flags = SYSTEM_WITHHELD;
        CHECK(system_finish(&system, &err));
        CHECK(suppress_greedy(&system, &five, status, &conflict, &err));
        for (size_t cell = 0; cell < 9; cell++)
            CHECK_INT(status[cell], cell < 5 && cell != 2 ? CELL_SECONDARY : CELL_PUBLISHED);
        CHECK(protected_well(&system, &five, status, &certificate));
        for (size_t cell = 0; cell < 9; cell++)
            CHECK_INT(status[cell], cell < 5 && cell != 2 ? CELL_SECONDARY : CELL_PUBLISHED);
        CHECK_INT(certificate.n_withheld, 4);
        CHECK_INT(certificate.n_secondary, 0);
        CHECK_INT(certificate.n_primary, 0);
        CHECK_INT(certificate.n_zero, 0);
        CHECK_INT(certificate.n_published, 5);
    }
    /* a margin of 3 that another one hides: of such a table it is not asked how few will do, for the crossing would be published for it */
    table_two_way(arena, 2, 2, (const int64_t[]){1, 2, 24, 38}, &system);
    for (size_t cell = 0; cell < 5; cell++)
        if (cell != 2)
            system.cell[cell].flags = SYSTEM_WITHHELD;
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &five, status, &certificate));
    CHECK(certificate.n_secondary > 0);
    CHECK_INT(certificate.n_least, -1);
}

TEST("a headline is kept before a larger cell")
{
    ARENA_AUTO arena = arena_new();
    CellStatus status[4];
    SuppressConflict conflict;
    Err err = {0};

    for (int headline = 0; headline < 2; headline++) {
        System system;
        system_begin(&system, arena);
        for (uint32_t cell = 0; cell < 4; cell++)
            system_cell(&system, &(SystemCell){.value = (const int64_t[]){3, 20, 30, 53}[cell], .rank = headline && cell == 2 ? 1 : 0});
        system_line(&system, (const SystemTerm[]){{3, -1}, {0, 1}, {1, 1}, {2, 1}}, 4);
        CHECK(system_finish(&system, &err));
        CHECK(suppress_greedy(&system, &five, status, &conflict, &err));
        CHECK_INT(status[1], headline ? CELL_PUBLISHED : CELL_SECONDARY); /* the 20 is hidden, or as a headline the 30 instead */
        CHECK_INT(status[2], headline ? CELL_SECONDARY : CELL_PUBLISHED);
        CHECK_INT(status[3], CELL_PUBLISHED);
    }
}

TEST("the minimum asks what is left over on lines, and for room only beside what everybody knows")
{
    ARENA_AUTO arena = arena_new();
    System system;
    SystemRules unknown = five;
    uint8_t hide[16];
    size_t count;
    bool proven;
    Err err = {0};

    /* 1 and 2 in a row are each 0 to 3 when zeros are not known, which is wide enough; but 3 are left over, fewer than 5. So two more below them
     * (20 and 40) do not do: a third of the row and one below that, four in all. */
    unknown.zeros_published = false;
    table_two_way(arena, 3, 3, (const int64_t[]){1, 2, 30, 20, 40, 50, 35, 60, 70}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(minimum_find(&system, &unknown, 30, SIZE_MAX, hide, &count, &proven, &err));
    CHECK(proven);
    CHECK_INT(count, 4);
    CHECK(hide[2] || hide[3]);
}

TEST("the minimum hides no cell that must be published, and no published zero")
{
    ARENA_AUTO arena = arena_new();
    System system;
    uint8_t hide[9];
    size_t count;
    bool proven;
    Err err = {0};

    /* Four rectangles hide the 3, of 20 or its row's total with 25 or its column's. Each has a cell that must be published here: the shortest way round has six corners. */
    table_two_way(arena, 2, 2, (const int64_t[]){3, 20, 25, 40}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(minimum_find(&system, &five, 30, SIZE_MAX, hide, &count, &proven, &err));
    CHECK(proven && count == 3);
    for (uint32_t forced = 0; forced < 3; forced++)
        system.cell[(const uint32_t[]){1, 3, 8}[forced]].flags = forced == 1 ? SYSTEM_FIXED : SYSTEM_FORCED;
    CHECK(minimum_find(&system, &five, 30, SIZE_MAX, hide, &count, &proven, &err));
    CHECK(proven);
    CHECK_INT(count, 5);
    for (size_t cell = 0; cell < 9; cell++)
        CHECK_INT(hide[cell], cell != 1 && cell != 3 && cell != 8);
    /* enough is enough: no fewer than 4 will do, and then it may stop */
    CHECK(minimum_find(&system, &five, 30, 4, hide, &count, &proven, &err));
    CHECK(!proven && count >= 4);
    CHECK(minimum_find(&system, &five, 30, 5, hide, &count, &proven, &err));
    CHECK(!proven && count == 5);
    /* not enough rounds: a lower bound, and it says so */
    CHECK(minimum_find(&system, &five, 1, SIZE_MAX, hide, &count, &proven, &err));
    CHECK(!proven && count < 5);
    /* The 20 is its column's total too, because the other one is a published zero: 23 and that total give the 3, whatever is hidden. */
    table_two_way(arena, 2, 2, (const int64_t[]){3, 20, 25, 0}, &system);
    system.cell[2].flags = system.cell[7].flags = system.cell[8].flags = SYSTEM_FORCED;
    CHECK(system_finish(&system, &err));
    CHECK(!minimum_find(&system, &five, 30, SIZE_MAX, hide, &count, &proven, &err));
    CHECK_INT(err.kind, ERR_DISCLOSURE);
}

/* \return will any hiding do? Then *count are needed, by proof */
static bool minimum_of(const System *system, const SystemRules *rules, int rounds, size_t *count)
{
    uint8_t hide[16];
    bool proven = false;
    Err err = {0};
    bool found = minimum_find(system, rules, rounds, SIZE_MAX, hide, count, &proven, &err);

    CHECK_INT(proven, found);
    CHECK_INT(err.kind, found ? ERR_NONE : ERR_DISCLOSURE);
    return found;
}

TEST("the minimum asks just as much as is asked: of lines, of primaries and of other hidden cells")
{
    ARENA_AUTO arena = arena_new();
    System system;
    SystemRules ten = five;
    size_t count = 99;
    Err err = {0};

    /* 3 = 3 + 0: the total is hidden as well, and nothing is left over */
    demanded(arena, &system, (const int64_t[]){3, 0, 3}, 3, 3);
    system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
    CHECK(system_finish(&system, &err));
    CHECK(minimum_of(&system, &five, 30, &count));
    CHECK_INT(count, 0);
    /* 6 = 2 + 4, each 1 to 5: the room of 4 is enough, though it is less than what must be left over. 27 - 20 = 3 + 4 is less than ten, whatever is hidden. */
    demanded(arena, &system, (const int64_t[]){2, 4, 6}, 3, 2);
    system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
    CHECK(system_finish(&system, &err));
    CHECK(minimum_of(&system, &five, 30, &count));
    CHECK_INT(count, 0);
    ten.threshold = 10;
    demanded(arena, &system, (const int64_t[]){3, 4, 20, 27}, 4, 2);
    system_line(&system, (const SystemTerm[]){{3, -1}, {0, 1}, {1, 1}, {2, 1}}, 4);
    CHECK(system_finish(&system, &err));
    CHECK(!minimum_of(&system, &ten, 30, &count));
    /* 33 = 31 + 2, 31 = 29 + 2, 2 = 1 + 1, with 33 and 29 published: 4 for the two twos, each at least 1, and so 1 to 3. Seen in the first round. */
    demanded(arena, &system, (const int64_t[]){33, 31, 2, 29, 2, 1, 1}, 7, 7);
    system.cell[0].flags = system.cell[3].flags = SYSTEM_FORCED;
    for (uint32_t total = 0; total < 3; total++)
        system_line(&system, (SystemTerm[]){{total, -1}, {2 * total + 1, 1}, {2 * total + 2, 1}}, 3);
    CHECK(system_finish(&system, &err));
    CHECK(!minimum_of(&system, &five, 30, &count));
    CHECK(!minimum_of(&system, &five, 1, &count));
    /* 4 = 2 x 2 and 8 = 4 + 4: the 4 is at most 7, the 2 at most 3.5, and that is 3 */
    demanded(arena, &system, (const int64_t[]){2, 4, 4, 8}, 4, 3);
    system_line(&system, (const SystemTerm[]){{1, -1}, {0, 2}}, 2);
    system_line(&system, (const SystemTerm[]){{3, -1}, {1, 1}, {2, 1}}, 3);
    CHECK(system_finish(&system, &err));
    CHECK(!minimum_of(&system, &five, 30, &count));
    /* 5 = 2 + 3, each 1 to 4, and 2 x 5 = 2 + 8: the other 5 is hidden too, and is 4.5 to 6. That is not exact, and no more is asked of it. */
    demanded(arena, &system, (const int64_t[]){2, 3, 5, 5, 8}, 5, 5);
    system.cell[2].flags = system.cell[4].flags = SYSTEM_FORCED;
    system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
    system_line(&system, (const SystemTerm[]){{3, -2}, {0, 1}, {4, 1}}, 3);
    CHECK(system_finish(&system, &err));
    CHECK(minimum_of(&system, &five, 30, &count));
    CHECK_INT(count, 1);
}

TEST("a sensitive cell is primary whatever its size; a structural zero is known")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[16];
    Certificate certificate;
    SystemRules hide_zeros = five;
    Err err = {0};

    table_two_way(arena, 3, 3, (const int64_t[]){30, 20, 30, 25, 40, 50, 35, 60, 70}, &system);
    system.cell[0].flags = SYSTEM_SENSITIVE;
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &five, status, &certificate));
    CHECK_INT(status[0], CELL_PRIMARY);
    CHECK_INT(hidden_count(&system, status), 4);
    hide_zeros.zeros_published = false;
    table_two_way(arena, 3, 3, (const int64_t[]){0, 20, 30, 25, 40, 50, 35, 60, 70}, &system);
    CHECK(system_finish(&system, &err));
    CHECK(protected_well(&system, &hide_zeros, status, &certificate));
    CHECK_INT(status[0], CELL_PRIMARY);
    system.cell[0].flags = SYSTEM_STRUCTURAL;
    CHECK(protected_well(&system, &hide_zeros, status, &certificate));
    CHECK_INT(status[0], CELL_PUBLISHED);
    CHECK_INT(hidden_count(&system, status), 0);
}

/* -- hierarchies --------------------------------------------------------------------------------- */

TEST("hierarchies that do not hold together are refused by name")
{
    ARENA_AUTO arena = arena_new();
    Err err = {0};
    TableDimension *dimension = table_dimension_new(arena, "form");

    CHECK(table_part(dimension, "Total", "a", "", &err));
    CHECK(!table_part(dimension, "Total", "a", "", &err));
    CHECK_TEXT(err.text, "dimension \"form\": \"a\" is said twice to be part of \"Total\"");
    CHECK(table_part(dimension, "Total", "b", "", &err) && table_part(dimension, "Total", "a", "other", &err));
    CHECK(!table_dimension_finish(dimension, &err));
    CHECK_TEXT(err.text, "dimension \"form\": the breakdown \"other\" of \"Total\" does not hold what its other breakdown holds");
    dimension = table_dimension_new(arena, "form");
    CHECK(table_part(dimension, "x", "y", "", &err) && table_part(dimension, "y", "x", "", &err));
    CHECK(!table_dimension_finish(dimension, &err));
    CHECK(strstr(err.text, "is part of itself") != NULL);
    dimension = table_dimension_new(arena, "form");
    CHECK(table_part(dimension, "Total", "x", "", &err) && table_part(dimension, "Total", "y", "", &err) && table_part(dimension, "x", "a", "", &err) &&
          table_part(dimension, "y", "a", "", &err));
    CHECK(!table_dimension_finish(dimension, &err));
    CHECK(strstr(err.text, "counts something twice, through \"y\"") != NULL);
    CHECK(!table_dimension_finish(table_dimension_new(arena, "none"), &err));
}

/* -- properties ---------------------------------------------------------------------------------- */

/* A tighter box can only make intervals narrower; a width of ten may ask much more of a cell that stands in for many. */
enum { BOX = 1000 };

/* An attacker of the test's own: one integer program over the whole table. \param own NULL, or one byte a cell: known besides what is published */
static int64_t extreme_by_integers(const System *system, const SystemRules *rules, const CellStatus *status, const uint8_t *own, uint32_t cell, bool up)
{
    glp_prob *problem = glp_create_prob();
    int index[512];
    double value[512];
    glp_iocp settings;

    glp_add_cols(problem, (int) system->n_cells);
    for (uint32_t other = 0; other < system->n_cells; other++) {
        double of = (double) system->cell[other].value;
        bool open = status[other] != CELL_PUBLISHED && !(own && own[other]);
        glp_set_col_kind(problem, (int) other + 1, GLP_IV);
        glp_set_col_bnds(problem, (int) other + 1, open ? GLP_DB : GLP_FX, open ? (double) system_least(rules) : of, open ? of + BOX : of);
    }
    glp_add_rows(problem, (int) system->n_lines);
    for (size_t line = 0; line < system->n_lines; line++) {
        int n = 0;
        for (size_t at = system->line_start[line]; at < system->line_start[line + 1]; at++) {
            index[++n] = (int) system->term[at].cell + 1;
            value[n] = system->term[at].coef;
        }
        glp_set_mat_row(problem, (int) line + 1, n, index, value);
        glp_set_row_bnds(problem, (int) line + 1, GLP_FX, 0, 0);
    }
    glp_set_obj_dir(problem, up ? GLP_MAX : GLP_MIN);
    glp_set_obj_coef(problem, (int) cell + 1, 1);
    glp_init_iocp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.presolve = GLP_ON;
    if (glp_intopt(problem, &settings) != 0 || glp_mip_status(problem) != GLP_OPT)
        test_fail(__FILE__, __LINE__, "the test's own integer program was not solved");
    int64_t found = (int64_t) llround(glp_mip_obj_val(problem));
    glp_delete_prob(problem);
    return found;
}

/* A total that is hidden, put in by its parts where it is a part itself: what the two relations leave is a figure like what one leaves. */
static void two_lines_leave(const System *system, const SystemRules *rules, const uint8_t *hidden, int instance)
{
    for (size_t outer = 0; outer < system->n_lines; outer++)
        for (size_t at = system->line_start[outer] + 1; at < system->line_start[outer + 1]; at++)
            for (size_t inner = 0; inner < system->n_lines && hidden[system->term[at].cell]; inner++) {
                if (system->term[system->line_start[inner]].cell != system->term[at].cell || hidden[system->term[system->line_start[outer]].cell])
                    continue;
                int64_t sum = -system->cell[system->term[at].cell].value;
                for (size_t of = 0; of < 2; of++)
                    for (size_t part = system->line_start[of ? inner : outer] + 1; part < system->line_start[(of ? inner : outer) + 1]; part++)
                        sum += hidden[system->term[part].cell] ? system->cell[system->term[part].cell].value : 0;
                bool any = sum > 0 || !rules->zeros_published;
                if (any && sum < rules->threshold)
                    test_fail(__FILE__, __LINE__, "instance %d: %lld left over on lines %zu and %zu", instance, (long long) sum, outer, inner);
            }
}

TEST("random tables: hidden cells are wide to integer programs, lines leave enough, runs are alike")
{
    const char *asked = getenv("PROTECT_INSTANCES"), *from = getenv("PROTECT_FIRST");
    int instances = asked ? atoi(asked) : 80, first = asked && from ? atoi(from) : 0, refused = 0;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    glp_term_out(GLP_OFF);
    gsl_rng_set(rng, 20261125);
    for (int instance = 0; instance < instances; instance++) {
        ARENA_AUTO arena = arena_new();
        Table table;
        System system;
        SystemRules rules = {.threshold = gsl_rng_uniform_int(rng, 2) ? 5 : 10, .zeros_published = gsl_rng_uniform_int(rng, 4) != 0};
        Certificate certificate;
        Refusal refusal;
        Err err = {0};

        rules.width_min = system_width(rules.threshold, rules.zeros_published);
        table_draw(arena, rng, 200, &table, &system);
        if (instance < first)
            continue;
        CellStatus *status = arena_array(arena, system.n_cells, sizeof *status), *again = arena_array(arena, system.n_cells, sizeof *again);
        if (!protect_run(&system, &rules, status, &certificate, &refusal, &err)) {
            /* a table of a handful of children has nothing to hide them behind: refused, not published */
            if (err.kind != ERR_DISCLOSURE)
                test_fail(__FILE__, __LINE__, "instance %d: %s", instance, err.text);
            refused++;
            continue;
        }
        if (err.kind != ERR_NONE || refusal.kind != REFUSAL_NONE)
            test_fail(__FILE__, __LINE__, "instance %d: protected, and yet an error (or a refusal, %d): %s", instance, (int) refusal.kind, err.text);
        if (certificate.n_primary && certificate.narrowest < rules.width_min)
            test_fail(__FILE__, __LINE__, "instance %d is certified with an interval of %lld", instance, (long long) certificate.narrowest);
        uint8_t *hidden = arena_array(arena, system.n_cells + 1, 1), *primary = arena_array(arena, system.n_cells + 1, 1);
        for (uint32_t cell = 0; cell < system.n_cells; cell++) {
            hidden[cell] = status[cell] != CELL_PUBLISHED;
            primary[cell] = system_primary(&system, &rules, cell);
            if (primary[cell] != (status[cell] == CELL_PRIMARY))
                test_fail(__FILE__, __LINE__, "instance %d, cell %u: wrong status", instance, cell);
        }
        for (size_t line = 0; line < system.n_lines; line++) {
            SystemResidual left = system_residual(&system, &rules, line, hidden, primary);
            if (left.hidden && !left.open && left.sum < rules.threshold)
                test_fail(__FILE__, __LINE__, "instance %d: %lld left over on line %zu", instance, (long long) left.sum, line);
        }
        two_lines_leave(&system, &rules, hidden, instance);
        for (int look = 0; look < (asked ? 400 : 3); look++) {
            uint32_t cell = asked ? (uint32_t) look : (uint32_t) gsl_rng_uniform_int(rng, system.n_cells);
            if (cell >= system.n_cells || !hidden[cell])
                continue;
            int64_t width = extreme_by_integers(&system, &rules, status, NULL, cell, true) - extreme_by_integers(&system, &rules, status, NULL, cell, false);
            if (width < (primary[cell] ? rules.width_min : 1))
                test_fail(__FILE__, __LINE__, "instance %d, cell %u: integer programs leave %lld", instance, cell, (long long) width);
        }
        if (instance % 10 == 0) {
            size_t below = 0;
            for (uint32_t cell = 0; cell < system.n_cells; cell++)
                below += primary[cell] && hidden[cell] && extreme_by_integers(&system, &rules, status, NULL, cell, true) < rules.threshold;
            if (certificate.n_below > below)
                test_fail(__FILE__, __LINE__, "instance %d: %zu told to be below, integer programs say %zu", instance, certificate.n_below, below);
            CHECK(protect_run(&system, &rules, again, &certificate, &refusal, &err));
            CHECK(memcmp(status, again, system.n_cells * sizeof *status) == 0);
        }
    }
    if (asked)
        fprintf(stderr, "%d instances, %d refused\n", instances, refused);
    CHECK(refused < instances / 3);
    gsl_rng_free(rng);
}

/* Does the code of a dimension hold the other one? By the hierarchy, whatever holders the table gave its cells. */
static bool code_holds(const TableDimension *dimension, uint32_t code, uint32_t within)
{
    bool holds = code == within;

    for (size_t at = 0; at < table_sets(dimension) && !holds; at++) {
        TableSet set = table_set(dimension, at);
        for (size_t part = 0; part < set.n && set.parent == code && !holds; part++)
            holds = code_holds(dimension, set.child[part], within);
    }
    return holds;
}

/* What who stands behind a code of the first dimension knows: every cell of it and of what lies below it. */
static void own_by_code(const Table *table, uint32_t insider, uint8_t *own)
{
    uint32_t codes[TABLE_DIMENSIONS_MAX];

    for (size_t cell = 0; cell < table->n_cells; cell++) {
        table_cell_codes(table, cell, codes);
        own[cell] = code_holds(table->dimension[0], insider, codes[0]);
    }
}

/* All that a cell counts is the insider's, and everybody sees it: what the others have in it are published zeros. No secret to him. */
static bool all_his(const Table *table, const System *system, uint32_t insider, uint32_t cell)
{
    const TableDimension *dimension = table->dimension[0];
    uint32_t codes[TABLE_DIMENSIONS_MAX];
    bool all = true;

    table_cell_codes(table, cell, codes);
    for (uint32_t code = 0, of = codes[0]; code < table_codes(dimension) && all; code++) {
        codes[0] = code;
        all = !table_innermost(dimension, code) || !code_holds(dimension, of, code) || code_holds(dimension, insider, code) || system->cell[table_cell(table, codes)].value == 0;
    }
    return all;
}

TEST("random tables with insiders: integer programs of who knows his own records are wide too")
{
    const char *asked = getenv("PROTECT_INSTANCES");
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int done = 0, looked = 0;

    gsl_rng_set(rng, 7);
    for (int instance = 0; instance < 60; instance++) {
        ARENA_AUTO arena = arena_new();
        Table table;
        System system;
        SystemRules rules = {.threshold = 5, .width_min = 3, .zeros_published = true, .insiders = true};
        Certificate certificate;
        Refusal refusal;
        Err err = {0};

        table_draw(arena, rng, 120, &table, &system);
        table.contributors = 0;
        memset(table.schools, 0, table.n_cells * sizeof *table.schools);
        CHECK(table_system(arena, &table, &system, &err));
        CellStatus *status = arena_array(arena, system.n_cells, sizeof *status);
        uint8_t *own = arena_array(arena, system.n_cells + 1, 1);
        if (!protect_run(&system, &rules, status, &certificate, &refusal, &err)) {
            CHECK_INT(err.kind, ERR_DISCLOSURE);
            continue;
        }
        done++;
        for (int look = 0; look < (asked ? 60 : 8); look++) {
            /* a school, or a group that it is part of; the group of all is nobody who knows less than everything */
            uint32_t insider = (uint32_t) gsl_rng_uniform_int(rng, table_codes(table.dimension[0])), cell = (uint32_t) gsl_rng_uniform_int(rng, system.n_cells);
            bool holder = strcmp(table_code_text(table.dimension[0], insider), "Total") != 0;
            own_by_code(&table, insider, own);
            if (!holder || status[cell] == CELL_PUBLISHED || own[cell] || all_his(&table, &system, insider, cell))
                continue;
            looked++;
            int64_t width = extreme_by_integers(&system, &rules, status, own, cell, true) - extreme_by_integers(&system, &rules, status, own, cell, false);
            if (width < (status[cell] == CELL_PRIMARY ? rules.width_min : 1))
                test_fail(__FILE__, __LINE__, "instance %d: %s finds cell %u within %lld", instance, table_code_text(table.dimension[0], insider), cell, (long long) width);
        }
    }
    CHECK(done > 20);
    CHECK(looked > 40);
    if (asked)
        fprintf(stderr, "insiders: %d tables, %d programs on both sides\n", done, looked);
    gsl_rng_free(rng);
}

/* Schools in groups, groups in boards, and regions across them; which name comes first in the alphabet is chance. */
static TableDimension *deep_draw(Arena *arena, gsl_rng *rng, size_t schools)
{
    TableDimension *dimension = table_dimension_new(arena, "school");
    const char *board = gsl_rng_uniform_int(rng, 2) ? "b" : "z";
    Err err = {0};
    bool good = true;

    for (size_t at = 0; at < schools && good; at++) {
        const char *school = arena_format(arena, "s%zu", at);
        good = table_part(dimension, arena_format(arena, "g%zu", at / 2), school, "", &err) &&
               table_part(dimension, arena_format(arena, "r%lu", at < 2 ? at : gsl_rng_uniform_int(rng, 2)), school, "", &err);
    }
    for (size_t at = 0; at < (schools + 1) / 2 && good; at++)
        good = table_part(dimension, arena_format(arena, "%s%zu", board, at / 2), arena_format(arena, "g%zu", at), "", &err);
    for (size_t at = 0; at < (schools + 3) / 4 && good; at++)
        good = table_part(dimension, "Total", arena_format(arena, "%s%zu", board, at), "board", &err);
    for (size_t at = 0; at < 2 && good; at++)
        good = table_part(dimension, "Total", at ? "r1" : "r0", "region", &err);
    if (!good || !table_dimension_finish(dimension, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return dimension;
}

TEST("random tables of several levels and breakdowns: every group of the breakdown that is named knows all below it, and finds nothing of others")
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int done = 0, refused = 0, looked = 0;

    gsl_rng_set(rng, 11);
    for (int instance = 0; instance < 60; instance++) {
        ARENA_AUTO arena = arena_new();
        TableDimension *dimension[2] = {deep_draw(arena, rng, 5 + gsl_rng_uniform_int(rng, 6)), dimension_draw(arena, "form", 1 + gsl_rng_uniform_int(rng, 3), 0, false)};
        SystemRules rules = {.threshold = 5, .width_min = 3, .zeros_published = true, .insiders = true};
        Certificate certificate;
        Refusal refusal;
        Table table;
        System system;
        Err err = {0};

        CHECK(table_begin(arena, dimension, 2, &table, &err));
        for (size_t cell = 0; cell < table.n_cells; cell++) {
            uint32_t codes[2];
            table_cell_codes(&table, cell, codes);
            if (table_innermost(dimension[0], codes[0]) && table_innermost(dimension[1], codes[1]))
                table.value[cell] = gsl_ran_poisson(rng, 9 * gsl_ran_gamma(rng, 1.5, 1 / 1.5));
        }
        table.contributors = 0;
        table.contributors_set = instance % 2 ? "board" : NULL;
        CHECK(table_system(arena, &table, &system, &err));
        CellStatus *status = arena_array(arena, system.n_cells, sizeof *status);
        uint8_t *own = arena_array(arena, system.n_cells + 1, 1);
        if (!protect_run(&system, &rules, status, &certificate, &refusal, &err)) {
            CHECK_INT(err.kind, ERR_DISCLOSURE);
            refused++;
            continue;
        }
        done++;
        for (uint32_t insider = 0; insider < table_codes(dimension[0]); insider++) {
            const char *name = table_code_text(dimension[0], insider);
            if (strcmp(name, "Total") == 0 || (table.contributors_set && *name == 'r'))
                continue;
            own_by_code(&table, insider, own);
            uint32_t cell = (uint32_t) gsl_rng_uniform_int(rng, system.n_cells);
            if (status[cell] == CELL_PUBLISHED || own[cell] || all_his(&table, &system, insider, cell))
                continue;
            looked++;
            int64_t width = extreme_by_integers(&system, &rules, status, own, cell, true) - extreme_by_integers(&system, &rules, status, own, cell, false);
            if (width < (status[cell] == CELL_PRIMARY ? rules.width_min : 1))
                test_fail(__FILE__, __LINE__, "instance %d: %s finds cell %u within %lld", instance, name, cell, (long long) width);
        }
    }
    CHECK(done > 40);
    CHECK(refused < 10);
    CHECK(looked > 200);
    gsl_rng_free(rng);
}

TEST("the search stays near the proven minimum, and of small tables the minimum is taken")
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int compared = 0, taken = 0;
    double sum = 0, worst = 0;

    gsl_rng_set(rng, 99);
    for (int instance = 0; instance < 400 && compared < 50; instance++) {
        ARENA_AUTO arena = arena_new();
        Table table;
        System system;
        SystemRules rules = {.threshold = 5, .width_min = 3, .zeros_published = true};
        Certificate certificate;
        Refusal refusal;
        Err err = {0};
        size_t least;
        bool proven;

        table_draw(arena, rng, 150, &table, &system);
        CellStatus *status = arena_array(arena, system.n_cells, sizeof *status);
        uint8_t *hide = arena_array(arena, system.n_cells + 1, 1);
        if (!protect_run(&system, &rules, status, &certificate, &refusal, &err) || certificate.n_secondary < 4)
            continue;
        if (!minimum_find(&system, &rules, 25, SIZE_MAX, hide, &least, &proven, &err)) {
            test_fail(__FILE__, __LINE__, "instance %d: %s", instance, err.text);
            continue;
        }
        if (!proven || !least)
            continue;
        double ratio = (double) certificate.n_searched / (double) least;
        CHECK(certificate.n_secondary >= least); /* a proven minimum is not beaten */
        CHECK(certificate.n_least >= 0 && certificate.n_least <= (int64_t) least);
        CHECK(certificate.n_secondary != least || certificate.n_least == (int64_t) least);
        taken += certificate.n_secondary == least;
        sum += ratio;
        worst = ratio > worst ? ratio : worst;
        compared++;
    }
    CHECK_INT(compared, 50);
    CHECK(taken >= 48); /* of these the attacker says no to hardly any */
    CHECK(worst <= 1.25);
    CHECK(sum / compared < 1.1);
    if (getenv("PROTECT_INSTANCES"))
        fprintf(stderr, "minimum: %d instances, of the search mean ratio %.3f, largest %.3f; taken %d\n", compared, sum / compared, worst, taken);
    gsl_rng_free(rng);
}
