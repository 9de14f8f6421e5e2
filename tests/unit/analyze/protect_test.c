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
    SuppressConflict conflict;
    Certificate again;
    Err err = {0};
    uint32_t worst;

    if (!protect_run(system, rules, status, certificate, &conflict, &err)) {
        test_fail(__FILE__, __LINE__, "not protected: %s", err.text);
        return false;
    }
    if (!protect_audit(system, rules, status, &again, &worst, &err)) {
        test_fail(__FILE__, __LINE__, "the audit disagrees: %s", err.text);
        return false;
    }
    return true;
}

static bool audit_fails(const System *system, const SystemRules *rules, const CellStatus *status, const char *how)
{
    Certificate certificate;
    Err err = {0};
    uint32_t worst;
    bool fails = !protect_audit(system, rules, status, &certificate, &worst, &err);

    if (fails && !strstr(err.text, how))
        test_fail(__FILE__, __LINE__, "failed by \"%s\", expected \"%s\"", err.text, how);
    return fails;
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
    uint32_t worst;

    table_two_way(arena, 3, 3, (const int64_t[]){2, 7, 50, 40, 2, 3, 20, 60, 30}, &system);
    CHECK(system_finish(&system, &err));
    status[0] = status[5] = status[6] = CELL_PRIMARY;
    status[1] = status[8] = status[10] = CELL_SECONDARY;
    CHECK(protect_audit(&system, &five, status, &certificate, &worst, &err));
    CHECK_INT(certificate.n_primary, 3);
    CHECK_INT(certificate.n_below, 3);
    /* With 6 for 3 the line of c and d leaves c up to 7; then a can be 7 too. */
    table_two_way(arena, 3, 3, (const int64_t[]){2, 7, 50, 40, 2, 6, 20, 60, 30}, &system);
    CHECK(system_finish(&system, &err));
    status[6] = CELL_SECONDARY;
    CHECK(protect_audit(&system, &five, status, &certificate, &worst, &err));
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
    system_begin(&system, arena);
    system_cell(&system, &(SystemCell){.value = -1});
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
    table_two_way(arena, 2, 2, (const int64_t[]){8, 9, 7, 6}, &system);
    system.cell[3].flags = SYSTEM_FIXED | SYSTEM_WITHHELD;
    CHECK(!system_finish(&system, &err));
    CHECK(strstr(err.text, "never to be published") != NULL);
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
    CHECK(audit_fails(&system, &five, status, "can be computed"));
    CHECK_INT(status[1], CELL_SECONDARY); /* what is audited is left as it is */
    /* a primary that equations give is a child found */
    table_two_way(arena, 2, 2, (const int64_t[]){3, 9, 7, 6}, &system);
    CHECK(system_finish(&system, &err));
    status[0] = CELL_PRIMARY;
    status[1] = CELL_PUBLISHED;
    CHECK(audit_fails(&system, &five, status, "an outsider can narrow down 1 hidden cells"));
}

TEST("a line that cannot be made safe is refused at once")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[15];
    Certificate certificate;
    SuppressConflict conflict;
    Err err = {0};

    /* 1 1 1 2 and their total to be published: 1 of room for each, whatever else is hidden */
    table_two_way(arena, 2, 4, (const int64_t[]){1, 1, 1, 2, 40, 50, 60, 70}, &system);
    system.cell[4].flags = SYSTEM_FORCED;
    CHECK(system_finish(&system, &err));
    CHECK(!protect_run(&system, &five, status, &certificate, &conflict, &err));
    CHECK_INT(err.kind, ERR_DISCLOSURE);
    CHECK(strstr(err.text, "nothing more may be hidden") != NULL);
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
    CHECK(!audit_fails(&system, &five, status, ""));
    small_hidden(arena, &system, status, 4, 5, 5, 5);
    system_range(&system, (const SystemTerm[]){{0, 1}}, 1, 1, 4);
    for (uint32_t cell = 1; cell <= 4; cell++)
        if (cell != 2)
            system_range(&system, &(SystemTerm){cell, 1}, 1, 5, INFINITY);
    CHECK(system_finish(&system, &err));
    CHECK(audit_fails(&system, &five, status, "an outsider"));
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
    CHECK(audit_fails(&system, &five, wide, "too little is left over"));
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
    CHECK(!audit_fails(&system, &five, two, ""));
    CHECK(audit_fails(&system, &inside, two, "too little is left over"));
    CHECK(protected_well(&system, &inside, status, &certificate));
    CHECK(certificate.n_primary + certificate.n_secondary >= 3);
    CHECK(certificate.n_insiders >= 2);
    CHECK_INT(certificate.n_attacks, 1 + certificate.n_insiders);
    /* with the total hidden too nothing is left over on the line, and the attack itself has to notice: school 2 knows total - school 1 here */
    system.cell[4].holder[0] = 2;
    two[0] = CELL_PRIMARY; two[1] = CELL_SECONDARY; two[4] = CELL_SECONDARY;
    CHECK(audit_fails(&system, &inside, two, "an insider (holder 2)"));
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
    CHECK(audit_fails(&system, &told, two, "too little is left over"));
    two[2] = CELL_SECONDARY;
    CHECK(!audit_fails(&system, &told, two, ""));
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
    CHECK(audit_fails(&system, &five, apart, ""));
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
    CHECK(audit_fails(&system, &five, apart, ""));
    CHECK(protected_well(&system, &five, status, &certificate));
    CHECK_INT(hidden_count(&system, status), 4);
}

TEST("pitfall 6: a printed percentage of a hidden cell is an interval for it")
{
    ARENA_AUTO arena = arena_new();
    System system;
    CellStatus status[9];
    Certificate certificate;
    SuppressConflict conflict;
    Err err = {0};

    small_hidden(arena, &system, status, 3, 20, 25, 40);
    CHECK(system_finish(&system, &err));
    CHECK(!audit_fails(&system, &five, status, ""));
    /* 0.7 % of 412 pupils: between 0.65 and 0.75 %, so between 2.678 and 3.09 */
    small_hidden(arena, &system, status, 3, 20, 25, 40);
    system_range(&system, (const SystemTerm[]){{0, 1}}, 1, 412 * 0.0065, 412 * 0.0075);
    CHECK(system_finish(&system, &err));
    CHECK(audit_fails(&system, &five, status, "an outsider"));
    CHECK(!protect_run(&system, &five, status, &certificate, &conflict, &err));
    CHECK_INT(err.kind, ERR_DISCLOSURE);
    /* as a whole percentage it says 0.5 to 1.5 %: 3 to 6, which is wide enough */
    small_hidden(arena, &system, status, 3, 20, 25, 40);
    system_range(&system, (const SystemTerm[]){{0, 1}}, 1, 412 * 0.005, 412 * 0.015);
    CHECK(system_finish(&system, &err));
    CHECK(!audit_fails(&system, &five, status, ""));
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
    SuppressConflict conflict;
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
    CHECK(!protect_run(&system, &five, status, &certificate, &conflict, &err));
    CHECK_INT(err.kind, ERR_DISCLOSURE);
    CHECK_INT(conflict.n_demands, 2);
    CHECK_INT(conflict.primary, school);
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
    SuppressConflict conflict;
    Err err = {0};

    table_two_way(arena, 3, 3, (const int64_t[]){3, 20, 30, 25, 40, 50, 35, 60, 70}, &system);
    for (size_t cell = 0; cell < 16; cell++)
        system.cell[cell].flags = cell == 0 ? 0 : SYSTEM_FORCED;
    CHECK(system_finish(&system, &err));
    CHECK(!protect_run(&system, &five, status, &certificate, &conflict, &err));
    CHECK_INT(err.kind, ERR_DISCLOSURE);
    CHECK_INT(conflict.n_demands, 3); /* its row, or its column: the total and the two others */
    CHECK_INT(conflict.primary, 0);
    /* a cell that is itself too small */
    table_two_way(arena, 2, 2, (const int64_t[]){3, 20, 25, 40}, &system);
    system.cell[0].flags = SYSTEM_FORCED;
    CHECK(system_finish(&system, &err));
    CHECK(!protect_run(&system, &five, status, &certificate, &conflict, &err));
    CHECK_INT(conflict.primary, 0);
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

/* An attacker of the test's own: one integer program over the whole table. */
static int64_t extreme_by_integers(const System *system, const SystemRules *rules, const CellStatus *status, uint32_t cell, bool up)
{
    glp_prob *problem = glp_create_prob();
    int index[512];
    double value[512];
    glp_iocp settings;

    glp_add_cols(problem, (int) system->n_cells);
    for (uint32_t other = 0; other < system->n_cells; other++) {
        double of = (double) system->cell[other].value;
        bool open = status[other] != CELL_PUBLISHED;
        glp_set_col_kind(problem, (int) other + 1, GLP_IV);
        glp_set_col_bnds(problem, (int) other + 1, open ? GLP_DB : GLP_FX, open ? (double) system_least(rules) : of, open ? of + 20 : of);
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

TEST("random tables: hidden cells are wide to integer programs, lines leave enough, runs are alike")
{
    const char *asked = getenv("PROTECT_INSTANCES");
    int instances = asked ? atoi(asked) : 80, refused = 0;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    glp_term_out(GLP_OFF);
    gsl_rng_set(rng, 20261125);
    for (int instance = 0; instance < instances; instance++) {
        ARENA_AUTO arena = arena_new();
        Table table;
        System system;
        SystemRules rules = {.threshold = gsl_rng_uniform_int(rng, 2) ? 5 : 10, .width_min = 3, .zeros_published = gsl_rng_uniform_int(rng, 4) != 0};
        Certificate certificate;
        SuppressConflict conflict;
        Err err = {0};

        table_draw(arena, rng, 200, &table, &system);
        CellStatus *status = arena_array(arena, system.n_cells, sizeof *status), *again = arena_array(arena, system.n_cells, sizeof *again);
        if (!protect_run(&system, &rules, status, &certificate, &conflict, &err)) {
            /* a table of a handful of children has nothing to hide them behind: refused, not published */
            if (err.kind != ERR_DISCLOSURE)
                test_fail(__FILE__, __LINE__, "instance %d: %s", instance, err.text);
            refused++;
            continue;
        }
        if (err.kind != ERR_NONE)
            test_fail(__FILE__, __LINE__, "instance %d: protected, and yet an error: %s", instance, err.text);
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
        for (int look = 0; look < (asked ? 400 : 3); look++) {
            uint32_t cell = asked ? (uint32_t) look : (uint32_t) gsl_rng_uniform_int(rng, system.n_cells);
            if (cell >= system.n_cells || !hidden[cell])
                continue;
            int64_t width = extreme_by_integers(&system, &rules, status, cell, true) - extreme_by_integers(&system, &rules, status, cell, false);
            if (width < (primary[cell] ? rules.width_min : 1))
                test_fail(__FILE__, __LINE__, "instance %d, cell %u: integer programs leave %lld", instance, cell, (long long) width);
        }
        if (instance % 10 == 0) {
            size_t below = 0;
            for (uint32_t cell = 0; cell < system.n_cells; cell++)
                below += primary[cell] && hidden[cell] && extreme_by_integers(&system, &rules, status, cell, true) < rules.threshold;
            if (certificate.n_below > below)
                test_fail(__FILE__, __LINE__, "instance %d: %zu told to be below, integer programs say %zu", instance, certificate.n_below, below);
            CHECK(protect_run(&system, &rules, again, &certificate, &conflict, &err));
            CHECK(memcmp(status, again, system.n_cells * sizeof *status) == 0);
        }
    }
    if (asked)
        fprintf(stderr, "%d instances, %d refused\n", instances, refused);
    CHECK(refused < instances / 3);
    gsl_rng_free(rng);
}

TEST("random tables with insiders: nobody's own records help him further")
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int done = 0;

    gsl_rng_set(rng, 7);
    for (int instance = 0; instance < 60; instance++) {
        ARENA_AUTO arena = arena_new();
        Table table;
        System system;
        SystemRules rules = {.threshold = 5, .width_min = 3, .zeros_published = true, .insiders = true};
        Certificate certificate;
        SuppressConflict conflict;
        Err err = {0};
        uint32_t worst;

        table_draw(arena, rng, 120, &table, &system);
        table.contributors = 0;
        memset(table.schools, 0, table.n_cells * sizeof *table.schools);
        CHECK(table_system(arena, &table, &system, &err));
        CellStatus *status = arena_array(arena, system.n_cells, sizeof *status);
        if (!protect_run(&system, &rules, status, &certificate, &conflict, &err)) {
            CHECK_INT(err.kind, ERR_DISCLOSURE);
            continue;
        }
        done++;
        CHECK(protect_audit(&system, &rules, status, &certificate, &worst, &err));
    }
    CHECK(done > 20);
    gsl_rng_free(rng);
}

TEST("the greedy stays near the proven minimum")
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int compared = 0;
    double sum = 0, worst = 0;

    gsl_rng_set(rng, 99);
    for (int instance = 0; instance < 400 && compared < 50; instance++) {
        ARENA_AUTO arena = arena_new();
        Table table;
        System system;
        SystemRules rules = {.threshold = 5, .width_min = 3, .zeros_published = true};
        Certificate certificate;
        SuppressConflict conflict;
        Err err = {0};
        size_t least;
        bool proven;

        table_draw(arena, rng, 150, &table, &system);
        CellStatus *status = arena_array(arena, system.n_cells, sizeof *status);
        uint8_t *hide = arena_array(arena, system.n_cells + 1, 1);
        if (!protect_run(&system, &rules, status, &certificate, &conflict, &err) || certificate.n_secondary < 4)
            continue;
        if (!minimum_find(&system, &rules, 25, hide, &least, &proven, &err)) {
            test_fail(__FILE__, __LINE__, "instance %d: %s", instance, err.text);
            continue;
        }
        if (!proven || !least)
            continue;
        double ratio = (double) certificate.n_secondary / (double) least;
        CHECK(ratio >= 1); /* a proven minimum is not beaten */
        sum += ratio;
        worst = ratio > worst ? ratio : worst;
        compared++;
    }
    CHECK_INT(compared, 50);
    CHECK(worst <= 1.25);
    CHECK(sum / compared < 1.1);
    if (getenv("PROTECT_INSTANCES"))
        fprintf(stderr, "minimum: %d instances, mean ratio %.3f, largest %.3f\n", compared, sum / compared, worst);
    gsl_rng_free(rng);
}
