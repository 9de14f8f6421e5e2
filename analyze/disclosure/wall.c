#include "analyze/disclosure/wall.h"

#include <math.h>
#include <string.h>

#include "analyze/disclosure/crossing.h"
#include "analyze/disclosure/partition.h"

enum { HOLDERS_MIN = 3 };
static const double two_share_max = 0.85; /* METHODS: dominance */
/* Why a table is not shown as it is: names, of which config/wording.json has the sentences ("reden."). */
static const char why_few[] = "weinig";
static const char why_few_each[] = "weinig_per_groep";
static const char why_few_halves[] = "weinig_per_halfjaar";
static const char why_quarters[] = "per_kwartaal";
static const char why_halves[] = "per_halfjaar";
static const char why_joined[] = "samen";
static const char why_joined_schools[] = "samen_scholen";
static const char why_joined_moved[] = "samen_verschil";
static const char why_joined_moved_schools[] = "samen_verschil_scholen";
static const char why_moved_little[] = "verschil_klein";
static const char why_counts_apart[] = "tellingen";
static const char why_gone[] = "vervallen";
static const char why_own_records[] = "eigen_school";
static const char why_total[] = "totaal";
static const char why_no_group[] = "zonder_groep";
static const char why_seen_elsewhere[] = "elders_apart";
static const char why_beside_others[] = "naast_andere";

/* -- unions of cells ----------------------------------------------------------------------------- */

static double add(double a, double b)
{
    return isnan(a) ? b : isnan(b) ? a : a + b;
}

static const char *cell_label(Arena *out, const WallCell *cell)
{
    return *cell->members ? cell->members : cell->location_no ? arena_format(out, "%d", cell->location_no) : cell->category;
}

/* \param mine a is nobody else's: the sum is made in it */
static const double *own_join(Arena *out, size_t n, const double *a, const double *b, bool mine)
{
    if (!a || !b)
        return NULL;
    double *sum = mine ? (double *) a : arena_array(out, n + 1, sizeof *sum);
    for (size_t at = 0; at < n; at++)
        sum[at] = a[at] + b[at];
    return sum;
}

/* Pooled mean and standard deviation need the sums, so a mean's counts are merged by their own formula. What is counted over the same pupils is over the
 * same pupils together too. */
/* \param again something was joined into it before: its arrays are its own */
static void cell_join(const Wall *wall, const WallTable *table, WallCell *into, const WallCell *more, bool again)
{
    if (table->indicator->method == INDICATOR_MEAN) {
        double n1 = into->counts.denominator, n2 = more->counts.denominator, m1 = into->counts.numerator, m2 = more->counts.numerator;
        double s1 = isnan(into->counts.sd) ? 0 : into->counts.sd, s2 = isnan(more->counts.sd) ? 0 : more->counts.sd;
        double n = n1 + n2, m = (n1 * m1 + n2 * m2) / n;
        double squares = (n1 - 1) * s1 * s1 + (n2 - 1) * s2 * s2 + n1 * (m1 - m) * (m1 - m) + n2 * (m2 - m) * (m2 - m);
        into->counts.numerator = m;
        into->counts.denominator = n;
        into->counts.sd = n > 1 ? sqrt(squares / (n - 1)) : 0;
    } else {
        into->counts.numerator = add(into->counts.numerator, more->counts.numerator);
        if (!table->one_base)
            into->counts.denominator = add(into->counts.denominator, more->counts.denominator);
        into->counts.extra = add(into->counts.extra, more->counts.extra);
    }
    into->members = arena_format(wall->memory, "%s,%s", cell_label(wall->memory, into), cell_label(wall->memory, more));
    into->own = own_join(wall->memory, wall->n_schools, into->own, more->own, again);
    into->own_rest = own_join(wall->memory, wall->n_schools, into->own_rest, more->own_rest, again);
    into->own_yes = own_join(wall->memory, wall->n_schools, into->own_yes, more->own_yes, again);
    into->counts.events = add(into->counts.events, more->counts.events);
    into->parent_events = add(into->parent_events, more->parent_events);
    into->persons = fmax(into->persons, more->persons); /* of NaN and a number the number */
    into->rest_persons = fmax(into->rest_persons, more->rest_persons);
    /* of anything but schools the same ones may be in both: at least so many */
    into->schools = strcmp(table->breakdown, "school") == 0 ? into->schools + more->schools : into->schools > more->schools ? into->schools : more->schools;
    into->n_members += more->n_members;
    into->ord = more->ord < into->ord ? more->ord : into->ord;
    into->p_change = NAN;
}

/* How much of a number behind which are two schools the larger one has at most. Where only two register at all, it has most of everything. */
static double two_school_share(const WallTable *table)
{
    return table->total_schools && table->total_schools < HOLDERS_MIN ? 1 : two_share_max;
}

/* What is left to each of two schools is the mean of the other: one answer of all of them tells what each said. */
static bool means_told(const Wall *wall, const WallCell *cell, double threshold)
{
    ARENA_AUTO batch = arena_new();
    double *varied = arena_array(batch, wall->n_schools + 1, sizeof *varied);

    for (size_t at = 0; at < wall->n_schools; at++)
        varied[at] = cell->own[at] > 0 && cell->own_sd[at] > 0 ? cell->own[at] : 0; /* not known: not varied */
    return !partition_two_safe(varied, cell->own, wall->n_schools, threshold, 1, true);
}

/* Does one of the only two schools behind a number find too much of the other? Of a remainder partition_solve asks more. */
static bool two_told(const Wall *wall, const WallTable *table, const WallCell *cell, double threshold)
{
    double share_max = two_school_share(table);
    size_t n = wall->n_schools;

    if (cell->n_members > 1 || !cell->own)
        return false;
    if (table->indicator->disclosure == INDICATOR_CLASS_MEAN && means_told(wall, cell, threshold))
        return true;
    if (!partition_two_safe(cell->own, cell->own, n, threshold, share_max, false) || (cell->own_rest && !partition_two_safe(cell->own_rest, cell->own_rest, n, threshold, share_max, false)))
        return true;
    /* Many events of few children of the other school are not many. */
    if (!partition_two_safe(cell->own_persons, cell->own, n, threshold, 1, false) || (cell->own_rest && !partition_two_safe(cell->own_rest_persons, cell->own_rest, n, threshold, 1, true)))
        return true;
    double *no = arena_array(wall->memory, n + 1, sizeof *no);
    if (table->indicator->disclosure == INDICATOR_CLASS_OVERLAP) { /* who is known at both is in both: what is left is not what the other has */
        for (size_t at = 0; at < n; at++)
            no[at] = cell->own[at] > 0 ? cell->counts.events - cell->own[at] : 0;
        return !partition_two_safe(no, cell->own, n, threshold, 1, false);
    }
    if (table->indicator->disclosure != INDICATOR_CLASS_SURVEY)
        return false;
    for (size_t at = 0; at < n; at++)
        no[at] = cell->own[at] - cell->own_yes[at];
    return !partition_two_safe(cell->own_yes, cell->own, n, threshold, 1, true) || !partition_two_safe(no, cell->own, n, threshold, 1, true);
}

/* What must be 0 or at least the threshold, by the indicator's class. */
static PartitionCell cell_measures(const Wall *wall, const WallTable *table, const WallCell *cell, double threshold)
{
    PartitionCell part = {.persons = NAN, .rest_persons = cell->rest_persons, .measure = {NAN, NAN, NAN, NAN}, .holders = (size_t) cell->schools, .several = cell->n_members > 1, .told = two_told(wall, table, cell, threshold)};

    if (!table->indicator->in_fives) { /* rounding leaves of others as many as the width asks */
        part.own[0] = cell->own;
        part.own[1] = cell->own_rest;
    }

    switch (table->indicator->disclosure) {
    case INDICATOR_CLASS_PERSONS:
    case INDICATOR_CLASS_OVERLAP:
        part.measure[0] = cell->counts.events;
        part.persons = cell->persons;
        if (!isnan(cell->parent_events)) /* the rest of the larger group is published by subtraction */
            part.measure[1] = cell->parent_events - cell->counts.events;
        if (table->indicator->method == INDICATOR_RATIO) { /* events over pupils estimated from a share: the share can be worked out again */
            part.measure[2] = cell->counts.numerator;
            part.measure[3] = cell->counts.denominator - cell->counts.numerator;
            part.strict[2] = part.strict[3] = true;
        }
        break;
    case INDICATOR_CLASS_SURVEY: /* yes and no, and nobody and everybody are answers too */
        part.measure[0] = cell->counts.denominator;
        part.measure[1] = cell->counts.numerator;
        part.measure[2] = cell->counts.denominator - cell->counts.numerator;
        part.strict[0] = part.strict[1] = part.strict[2] = true;
        break;
    case INDICATOR_CLASS_MEAN:
        part.measure[0] = cell->counts.denominator;
        part.strict[0] = true;
        /* All pupils gave one answer: then the mean tells what each of them said. */
        if (!isnan(cell->counts.sd))
            part.measure[1] = cell->counts.sd > 0 ? cell->counts.denominator : 0;
        part.strict[1] = !isnan(cell->counts.sd);
        break;
    case INDICATOR_CLASS_PROCESS:
        part.measure[0] = cell->counts.denominator;
        if (!isnan(cell->parent_events))
            part.measure[1] = cell->parent_events - cell->counts.denominator;
        if (table->indicator->in_fives) { /* printed is how many answered, and a zero in fives can be two */
            part.measure[2] = cell->counts.events;
            part.strict[2] = true;
        }
        break;
    default: break;
    }
    return part;
}

/* -- the wall, per table and audience ------------------------------------------------------------ */

static void decide(WallTable *table, size_t audience, const char *decision, const char *reason)
{
    table->decision[audience] = decision;
    table->reason[audience] = reason;
}

static void cells_whole(WallTable *table, size_t audience, const WallCell *cells, size_t n, const char *decision)
{
    table->out[audience] = (WallCell *) cells;
    table->n_out[audience] = n;
    decide(table, audience, decision, "");
}

/* Of what is hidden in a remainder by two schools, each finds the other's. Where there are no three, the board's figures are theirs anyway. */
static size_t holders_asked(const WallTable *table)
{
    return table->total_schools < HOLDERS_MIN ? table->total_schools : HOLDERS_MIN;
}

/* -- beside what was shown before ---------------------------------------------------------------- */

bool wall_in_fives(const WallTable *table)
{
    return table->indicator->in_fives;
}

int64_t wall_events(const WallTable *table, const WallCell *cell)
{
    return wall_in_fives(table) ? (int64_t) (5 * round(cell->counts.events / 5)) : (int64_t) cell->counts.events;
}

static EarlierTable earlier_table(const Wall *wall, const WallTable *table, size_t audience)
{
    return (EarlierTable){.audience = wall->audiences->item[audience].name, .breakdown = table->breakdown, .indicator = table->indicator, .school_year = table->year};
}

bool wall_known(const Wall *wall, const WallTable *table, size_t audience)
{
    EarlierTable asked = earlier_table(wall, table, audience);

    return earlier_known(wall->earlier, &asked);
}

/* What each school has of a cell, for those who have something. */
static void own_view(const Wall *wall, const WallTable *table, const WallCell *cell, MovementGroup *group)
{
    bool share = table->indicator->disclosure == INDICATOR_CLASS_SURVEY;
    size_t room = 0;

    group->own_known = cell->own != NULL;
    group->hides = cell->n_members > 1;
    for (size_t school = 0; school < wall->n_schools && group->own_known; school++)
        room += cell->own[school] > 0;
    MovementOwn *own = arena_array(wall->memory, room + 1, sizeof *own);
    group->own = own;
    for (size_t school = 0; school < wall->n_schools && group->own_known; school++)
        if (cell->own[school] > 0)
            own[group->n_own++] = (MovementOwn){(uint32_t) school, cell->own[school], share && isfinite(cell->own_yes[school]) ? cell->own_yes[school] : 0};
}

static MovementView view_make(Wall *wall, const WallTable *table, const WallCell *cells, size_t n)
{
    MovementGroup *group = arena_array(wall->memory, n + 1, sizeof *group);

    for (size_t at = 0; at < n; at++) {
        const IndicatorCounts *counts = &cells[at].counts;
        group[at] = earlier_group(wall->earlier, cell_label(wall->memory, &cells[at]), (double) wall_events(table, &cells[at]));
        own_view(wall, table, &cells[at], &group[at]);
        if (table->indicator->disclosure != INDICATOR_CLASS_SURVEY || !(counts->denominator > 0))
            continue;
        group[at].value = indicator_rounded(table->indicator, 100 * counts->numerator / counts->denominator);
        group[at].exact = counts->denominator;
    }
    return (MovementView){group, n};
}

static MovementRules rules_make(const Wall *wall, const WallTable *table, size_t audience, bool partition)
{
    return (MovementRules){.threshold = wall->audiences->item[audience].threshold, .slack = wall_in_fives(table) ? 4 : 0, .partition = partition,
                           .half = table->indicator->disclosure == INDICATOR_CLASS_SURVEY ? 0.5 * pow(10, -table->indicator->decimals) : 0};
}

/* What is tried and thrown away is not kept in the memory of the board. */
static Arena *memory_swap(Wall *wall, Arena *memory)
{
    Arena *before = wall->memory;

    wall->memory = memory;
    earlier_memory(wall->earlier, memory);
    return before;
}

/* \param partition these cells are all there is of the table; else each stands alone
 * \param conflict one per cell, cleared here; NULL = only asked whether */
static bool moves_safe(Wall *wall, const WallTable *table, size_t audience, const WallCell *cells, size_t n, bool partition, bool *conflict)
{
    ARENA_AUTO batch = arena_new();
    Arena *kept = memory_swap(wall, batch);
    EarlierTable asked = earlier_table(wall, table, audience);
    MovementView now = view_make(wall, table, cells, n);
    bool *found = conflict ? conflict : arena_array(batch, n + 1, sizeof *found);

    memset(found, 0, n * sizeof *found);
    bool safe = earlier_safe(wall->earlier, &asked, &now, rules_make(wall, table, audience, partition), found);
    memory_swap(wall, kept);
    return safe;
}

/* What the larger group leaves beside this part, where both are new. */
static bool rest_told(Wall *wall, const WallTable *part, size_t audience)
{
    if (!part->indicator->subset_of || part->n_out[audience] == 0 || wall_in_fives(part))
        return false;
    for (size_t at = 0; at < wall->n_tables; at++) {
        const WallTable *whole = &wall->table[at];
        if (whole->year != part->year || strcmp(whole->indicator->name, part->indicator->subset_of) != 0 || strcmp(whole->breakdown, part->breakdown) != 0 || whole->n_out[audience] == 0)
            continue;
        ARENA_AUTO batch = arena_new();
        Arena *kept = memory_swap(wall, batch);
        EarlierTable asked = earlier_table(wall, part, audience);
        MovementView part_now = view_make(wall, part, part->out[audience], part->n_out[audience]), whole_now = view_make(wall, whole, whole->out[audience], whole->n_out[audience]);
        bool *conflict = arena_array(batch, part_now.n + 1, sizeof *conflict);
        bool safe = earlier_rest_safe(wall->earlier, &asked, whole->indicator, &part_now, &whole_now, rules_make(wall, part, audience, true), conflict);
        memory_swap(wall, kept);
        return !safe;
    }
    return false;
}

void wall_stale(WallTable *table, size_t audience)
{
    table->stale[audience] = true;
    table->n_out[audience] = 0;
    decide(table, audience, "withheld", why_moved_little);
}

/* -- kinds of table ------------------------------------------------------------------------------ */

/* School-year quarters and halves: August to October is the first. ord of a month is 0 for August. */
static int period_group(int ord, int months)
{
    return ord / months;
}

/* Months put together per period. \return how many periods there are */
static size_t periods_make(Wall *wall, const WallTable *table, const WallCell *cells, size_t n, const int *group, int months, const char *name, WallCell *out)
{
    size_t made = 0;

    for (int wanted = 0; wanted < 12; wanted++) {
        bool first = true;
        size_t joined = 0;
        for (size_t cell = 0; cell < n; cell++) {
            if (group[cell] != wanted)
                continue;
            if (first) {
                out[made] = cells[cell];
                out[made].members = cell_label(wall->memory, &cells[cell]); /* also of one month only: it goes by another name now */
                first = false;
            } else {
                cell_join(wall, table, &out[made], &cells[cell], joined++ > 0);
            }
        }
        if (first)
            continue;
        out[made].category = arena_format(wall->memory, "%s %d", name, wanted + 1);
        out[made].ord = wanted * months;
        made++;
    }
    return made;
}

static void wall_months(Wall *wall, WallTable *table, size_t audience, const WallCell *cells, size_t n, PartitionCell *parts, const char *base)
{
    static const struct { int months; const char *name, *reason; } level[] = {
        {1, "", ""}, {3, "kwartaal", why_quarters}, {6, "halfjaar", why_halves}};
    int *group = arena_array(wall->memory, n + 1, sizeof *group);
    PartitionRules rules = {.threshold = wall->audiences->item[audience].threshold, .holders_min = holders_asked(table), .n_holders = wall->n_schools};
    bool moved = false;

    for (size_t at = 0; at < sizeof level / sizeof *level; at++) {
        WallCell *out = arena_array(wall->memory, n + 1, sizeof *out);
        size_t made = n;
        for (size_t cell = 0; cell < n; cell++)
            group[cell] = period_group(cells[cell].ord, level[at].months);
        if (!partition_groups_safe(parts, group, n, 12, &rules))
            continue;
        if (level[at].months == 1)
            memcpy(out, cells, n * sizeof *out);
        else
            made = periods_make(wall, table, cells, n, group, level[at].months, level[at].name, out);
        if (!moves_safe(wall, table, audience, out, made, true, NULL)) {
            moved = true;
            continue;
        }
        cells_whole(table, audience, out, made, base);
        if (level[at].months > 1)
            decide(table, audience, "coarsened", level[at].reason);
        return;
    }
    decide(table, audience, "withheld", why_few_halves);
    if (moved)
        wall_stale(table, audience);
}

/* Cells as partition_solve divided them: those by themselves in order, then the remainder. \param of filled: the cell that a group is; n for the remainder */
static size_t remainder_make(Wall *wall, const WallTable *table, const WallCell *cells, size_t n, const PartitionCell *parts, WallCell *out, size_t *of)
{
    size_t made = 0, joined = 0;
    WallCell rest = {0};

    for (size_t at = 0; at < n; at++) {
        if (!parts[at].merged) {
            of[made] = at;
            out[made++] = cells[at];
        } else if (rest.n_members == 0) {
            rest = cells[at];
        } else {
            cell_join(wall, table, &rest, &cells[at], joined++ > 0);
        }
    }
    /* The surer of the two lower bounds for the persons of the union, so that a wider audience does not merge it again for nothing. */
    double outside = 0;
    for (size_t at = 0; at < n; at++)
        if (!parts[at].merged && cells[at].counts.events > 0)
            outside += cells[at].persons; /* NaN where unknown: then there is no such bound */
    if (!isnan(rest.persons) && !isnan(outside) && !isnan(table->total_persons))
        rest.persons = fmax(rest.persons, table->total_persons - outside);
    rest.category = "*";
    rest.location_no = 0;
    rest.ord = 1000;
    of[made] = n;
    out[made++] = rest;
    return made;
}

/* The table as partition_solve divides it. \return false: it cannot be divided safely; \param of filled per group: its cell, n for the remainder */
static bool groups_make(Wall *wall, const WallTable *table, const WallCell *cells, size_t n, PartitionCell *parts, const PartitionRules *rules, WallCell *out, size_t *of, size_t *made)
{
    PartitionResult result = partition_solve(parts, n, rules);

    if (result == PARTITION_WITHHELD)
        return false;
    if (result == PARTITION_WHOLE) {
        memcpy(out, cells, n * sizeof *out);
        for (size_t at = 0; at < n; at++)
            of[at] = at;
        *made = n;
        return true;
    }
    /* There is one remainder: what the narrower audience merged goes into it, or two groups would carry one name. */
    for (size_t at = 0; at < n; at++)
        parts[at].merged = parts[at].merged || strcmp(cells[at].category, "*") == 0;
    *made = remainder_make(wall, table, cells, n, parts, out, of);
    return true;
}

/* The remainder itself moved too little. The cheapest cell that mends that joins it, or, where none does, the cheapest of all. \return false: there is none */
static bool remainder_grow(Wall *wall, const WallTable *table, size_t audience, const WallCell *cells, size_t n, PartitionCell *parts, const PartitionRules *rules)
{
    ARENA_AUTO batch = arena_new();
    PartitionCell *tried = arena_array(batch, n + 1, sizeof *tried);
    bool *passed = arena_array(batch, n + 1, sizeof *passed);
    WallCell *out = arena_array(batch, n + 1, sizeof *out);
    size_t *of = arena_array(batch, n + 1, sizeof *of), made;
    long first = partition_cheapest(parts, n);

    for (long next = first; next >= 0;) {
        ARENA_AUTO trial = arena_new();
        Arena *kept = memory_swap(wall, trial);
        memcpy(tried, parts, n * sizeof *tried);
        tried[next].forced = true;
        bool good = groups_make(wall, table, cells, n, tried, rules, out, of, &made) && moves_safe(wall, table, audience, out, made, true, NULL);
        memory_swap(wall, kept);
        if (good) {
            parts[next].forced = true;
            return true;
        }
        passed[next] = true;
        memcpy(tried, parts, n * sizeof *tried);
        for (size_t at = 0; at < n; at++)
            tried[at].merged = tried[at].merged || passed[at];
        next = partition_cheapest(tried, n);
    }
    if (first >= 0)
        parts[first].forced = true;
    return first >= 0;
}

static void wall_merge(Wall *wall, WallTable *table, size_t audience, const WallCell *cells, size_t n, PartitionCell *parts, const char *base)
{
    bool schools = strcmp(table->breakdown, "school") == 0, moved = false;
    PartitionRules rules = {.threshold = wall->audiences->item[audience].threshold, .total_persons = table->total_persons, .members_min = schools ? HOLDERS_MIN : 2,
                            .holders_min = schools ? 0 : holders_asked(table), .n_holders = wall->n_schools};
    WallCell *out = arena_array(wall->memory, n + 1, sizeof *out);
    size_t *of = arena_array(wall->memory, n + 1, sizeof *of), made;
    bool *conflict = arena_array(wall->memory, n + 1, sizeof *conflict);

    /* What moved too little since it was shown goes into the remainder too, until all that is left can stand beside every earlier showing. */
    for (;;) {
        if (!groups_make(wall, table, cells, n, parts, &rules, out, of, &made)) {
            decide(table, audience, "withheld", why_few_each);
            if (moved)
                wall_stale(table, audience);
            return;
        }
        if (moves_safe(wall, table, audience, out, made, true, conflict)) {
            EarlierTable asked = earlier_table(wall, table, audience);
            /* Many groups of before are worth more than few of today, and what is once merged stays so for the other groups too. */
            if (moved && 2 * made < earlier_groups(wall->earlier, &asked)) {
                wall_stale(table, audience);
                return;
            }
            break;
        }
        bool forced = false;
        moved = true;
        for (size_t at = 0; at < made; at++)
            if (conflict[at] && of[at] < n)
                parts[of[at]].forced = forced = true;
        if (!forced && !remainder_grow(wall, table, audience, cells, n, parts, &rules)) {
            wall_stale(table, audience);
            return;
        }
    }
    if (made == n) {
        cells_whole(table, audience, out, n, base);
        return;
    }
    /* What the narrower audience merged may have been all that was left beside it: then the remainder is the total under another name. */
    bool other = false;
    for (size_t at = 0; at + 1 < made; at++)
        other = other || out[at].counts.events != 0;
    if (!other) {
        decide(table, audience, "withheld", why_few_each);
        if (moved)
            wall_stale(table, audience);
        return;
    }
    table->out[audience] = out;
    table->n_out[audience] = made;
    decide(table, audience, "coarsened", moved ? schools ? why_joined_moved_schools : why_joined_moved
                                         : schools ? why_joined_schools : why_joined);
}

/* Cells that stand alone (a total, one per questionnaire): each is safe or it is not there. */
static void wall_single(Wall *wall, WallTable *table, size_t audience, const WallCell *cells, size_t n, const PartitionCell *parts, const char *base)
{
    WallCell *out = arena_array(wall->memory, n + 1, sizeof *out);
    size_t made = 0;

    for (size_t at = 0; at < n; at++)
        if (partition_cell_safe(&parts[at], wall->audiences->item[audience].threshold))
            out[made++] = cells[at];
    table->out[audience] = out;
    table->n_out[audience] = made;
    if (made == n)
        decide(table, audience, base, "");
    else
        decide(table, audience, made ? "coarsened" : "withheld", why_few);
}

/* What the two schools behind two countings have between them in each: one of them takes off its own of both. */
static bool repeats_told(const Wall *wall, const WallCell *one, const WallCell *other, double threshold)
{
    size_t n = wall->n_schools;

    if (!one->own || !other->own)
        return false;
    double *apart = arena_array(wall->memory, n + 1, sizeof *apart), *base = arena_array(wall->memory, n + 1, sizeof *base);
    for (size_t at = 0; at < n; at++) {
        base[at] = fmax(one->own[at], other->own[at]);
        apart[at] = base[at] > 0 ? fabs((one->counts.events - one->own[at]) - (other->counts.events - other->own[at])) : 0;
    }
    return !partition_two_safe(apart, base, n, threshold, 1, false);
}

/* One group counted in several ways (involvements, persons): their differences are figures too. */
static void wall_overlap(Wall *wall, WallTable *table, size_t audience, const WallCell *cells, size_t n, const PartitionCell *parts, const char *base)
{
    int threshold = wall->audiences->item[audience].threshold;

    wall_single(wall, table, audience, cells, n, parts, base);
    size_t kept = 0;
    WallCell *out = table->out[audience];
    for (size_t at = 0; at < table->n_out[audience]; at++) {
        bool safe = true;
        for (size_t before = 0; before < kept && safe; before++) {
            double difference = fabs(out[at].counts.numerator - out[before].counts.numerator);
            safe = (difference == 0 || difference >= threshold) && !repeats_told(wall, &out[at], &out[before], threshold);
        }
        if (safe)
            out[kept++] = out[at];
    }
    if (kept < table->n_out[audience])
        decide(table, audience, "coarsened", why_counts_apart);
    table->n_out[audience] = kept;
}

/* An audience that was added since the wider ones were shown this table holds what they were shown. history.h asks that of counts and shares; of anything else it stays out. */
static bool added_since(const Wall *wall, const WallTable *table, size_t audience)
{
    bool since = false;

    if (indicator_exact(table->indicator) || table->indicator->disclosure == INDICATOR_CLASS_SURVEY || wall_known(wall, table, audience))
        return false;
    for (size_t wider = audience + 1; wider < wall->audiences->n && !since; wider++)
        since = wall_known(wall, table, wider);
    return since;
}

static void table_wall(Wall *wall, WallTable *table, size_t audience)
{
    const WallCell *cells = audience ? table->out[audience - 1] : table->cell;
    size_t n = audience ? table->n_out[audience - 1] : table->n_cells;
    const char *base = audience && strcmp(table->decision[audience - 1], "coarsened") == 0 ? "coarsened" : "released";

    if (audience && strcmp(table->decision[audience - 1], "withheld") == 0) {
        decide(table, audience, "withheld", table->reason[audience - 1]);
        return;
    }
    if (table->n_cells == 0) {
        decide(table, audience, "withheld", why_gone);
        return;
    }
    if (added_since(wall, table, audience)) {
        decide(table, audience, "withheld", why_moved_little);
        return;
    }
    if (audience >= table->told_from) {
        decide(table, audience, "withheld", why_own_records);
        return;
    }
    PartitionCell *parts = arena_array(wall->memory, n + 1, sizeof *parts);
    for (size_t at = 0; at < n; at++)
        parts[at] = cell_measures(wall, table, &cells[at], wall->audiences->item[audience].threshold);
    bool alone = strcmp(table->breakdown, "totaal") == 0 || strcmp(table->breakdown, "instrument") == 0;
    if (alone)
        wall_single(wall, table, audience, cells, n, parts, base);
    else if (table->indicator->disclosure == INDICATOR_CLASS_OVERLAP)
        wall_overlap(wall, table, audience, cells, n, parts, base);
    else if (strcmp(table->breakdown, "maand") == 0)
        wall_months(wall, table, audience, cells, n, parts, base);
    else
        wall_merge(wall, table, audience, cells, n, parts, base);
    if ((alone || table->indicator->disclosure == INDICATOR_CLASS_OVERLAP) && table->n_out[audience] &&
        !moves_safe(wall, table, audience, table->out[audience], table->n_out[audience], false, NULL))
        wall_stale(table, audience);
    if (audience && strcmp(table->decision[audience], "coarsened") == 0 && !*table->reason[audience])
        table->reason[audience] = table->reason[audience - 1];
}

/* -- tables together ----------------------------------------------------------------------------- */

static bool is_total(const WallTable *table)
{
    return strcmp(table->breakdown, "totaal") == 0;
}

/* Is this the table whose total the groups of `table` add up to? */
static bool totals(const WallTable *total, const WallTable *table)
{
    /* Of unlike questionnaires there is no total any more: each stands by itself. */
    return is_total(total) && total->year == table->year && table != total && (total->n_cells || strcmp(table->breakdown, "instrument") != 0) &&
           (table->indicator == total->indicator || strcmp(table->indicator->adds_up_to, total->indicator->name) == 0);
}

/* A breakdown without its total would let the reader add it up: a withheld total takes its breakdowns with it. */
static void totals_bind(Wall *wall, size_t audience)
{
    for (size_t at = 0; at < wall->n_tables; at++) {
        const WallTable *total = &wall->table[at];
        for (size_t other = 0; other < wall->n_tables && strcmp(total->decision[audience], "withheld") == 0; other++) {
            WallTable *table = &wall->table[other];
            if (totals(total, table) && strcmp(table->decision[audience], "withheld") != 0) {
                table->n_out[audience] = 0;
                decide(table, audience, "withheld", why_total);
            }
        }
    }
}

/* Who answered and filled in no group is what a total leaves beside its groups: nobody, or enough of each answer. */
static bool nobody_beside(const WallTable *total, const WallTable *table, int threshold)
{
    bool share = table->indicator->disclosure == INDICATOR_CLASS_SURVEY;
    double n = total->cell[0].counts.denominator, yes = share ? total->cell[0].counts.numerator : NAN;

    for (size_t at = 0; at < table->n_cells; at++) {
        n -= table->cell[at].counts.denominator;
        yes -= table->cell[at].counts.numerator;
    }
    return !(n > 0) || (n >= threshold && (!share || (yes >= threshold && n - yes >= threshold)));
}

static void groups_bind(Wall *wall, size_t audience)
{
    for (size_t at = 0; at < wall->n_tables; at++)
        for (size_t other = 0; other < wall->n_tables; other++) {
            const WallTable *total = &wall->table[at];
            WallTable *table = &wall->table[other];
            if (!wall_in_fives(table) || table->indicator != total->indicator || table->indicator->disclosure == INDICATOR_CLASS_PROCESS || !totals(total, table) || total->n_cells != 1 ||
                table->n_out[audience] == 0 || nobody_beside(total, table, wall->audiences->item[audience].threshold))
                continue;
            table->n_out[audience] = 0;
            decide(table, audience, "withheld", why_no_group);
        }
}

/* Is this the table in which a cell is the total of twin? */
static bool holds_twin(const WallTable *table, const WallTable *twin)
{
    return twin->indicator->twin_breakdown && is_total(twin) && table->year == twin->year && strcmp(table->indicator->name, twin->indicator->subset_of) == 0 &&
           strcmp(table->breakdown, twin->indicator->twin_breakdown) == 0;
}

static bool shows_alone(const WallTable *table, size_t audience, const char *category)
{
    for (size_t cell = 0; cell < table->n_out[audience]; cell++)
        if (strcmp(table->out[audience][cell].category, category) == 0)
            return true;
    return false;
}

/* The total of a twin indicator is one cell of its parent's breakdown. Where that cell was merged, the twin's total would lift it out of the remainder again: the
 * breakdown goes. Where the cell is the parent's total itself and that is not shown, the twin would show it: the twin goes. */
static void twins_bind(Wall *wall, size_t audience)
{
    for (size_t at = 0; at < wall->n_tables; at++) {
        WallTable *twin = &wall->table[at];
        for (size_t other = 0; other < wall->n_tables; other++) {
            WallTable *table = &wall->table[other], *goes = is_total(table) ? twin : table;
            if (!holds_twin(table, twin) || goes->n_out[audience] == 0 || twin->n_out[audience] == 0 || shows_alone(table, audience, twin->indicator->twin_category))
                continue;
            goes->n_out[audience] = 0;
            decide(goes, audience, "withheld", why_seen_elsewhere);
        }
    }
}

/* What cells leave beside each other: how many, and how many of each school. */
typedef struct Left {
    double  events, *own; /* own: NULL = not known */
    bool    several;      /* a union is in it */
} Left;

static void left_take(const Wall *wall, Left *left, const WallCell *cell, double sign)
{
    left->events += sign * cell->counts.events;
    left->several = left->several || cell->n_members > 1;
    if (!cell->own)
        left->own = NULL;
    for (size_t school = 0; school < wall->n_schools && left->own; school++)
        left->own[school] += sign * cell->own[school];
}

/* Few, or few of others to a school that takes off its own: of two schools each other's, and where a union hides in it all of the others'. */
static bool left_told(Arena *batch, const Wall *wall, const Left *left, const WallTable *whole, double threshold)
{
    double all = fabs(left->events), *own = arena_array(batch, wall->n_schools + 1, sizeof *own);

    if (all > 0 && all < threshold)
        return true;
    for (size_t school = 0; school < wall->n_schools && left->own; school++) {
        own[school] = fabs(left->own[school]);
        if (left->several && own[school] > 0 && all > own[school] && all - own[school] < threshold)
            return true;
    }
    return left->own && !partition_two_safe(own, own, wall->n_schools, threshold, two_school_share(whole), false);
}

/* The group that a cell is in, or is. NULL: not shown */
static const WallCell *group_find(Arena *batch, const WallTable *table, size_t audience, const char *category)
{
    const char *asked = arena_format(batch, ",%s,", category);

    for (size_t at = 0; table && at < table->n_out[audience]; at++) {
        const WallCell *cell = &table->out[audience][at];
        if (strstr(arena_format(batch, ",%s,", *cell->members ? cell->members : cell->category), asked))
            return cell;
    }
    return NULL;
}

static WallTable *table_find(const Wall *wall, const WallTable *part, const char *breakdown, size_t audience)
{
    for (size_t at = 0; at < wall->n_tables; at++) {
        WallTable *table = &wall->table[at];
        if (table->year == part->year && strcmp(table->indicator->name, part->indicator->subset_of) == 0 && strcmp(table->breakdown, breakdown) == 0 && table->n_out[audience])
            return table;
    }
    return NULL;
}

static void beside_withhold(WallTable *table, size_t audience)
{
    table->n_out[audience] = 0;
    decide(table, audience, "withheld", why_beside_others);
}

/* The cell of the whole that is known to be no part of the part, beside both totals: what is left of the three is a figure as well. And so is what the group that holds all
 * that is left has more than that. */
static void beside_part(Wall *wall, const WallTable *part, size_t audience)
{
    ARENA_AUTO batch = arena_new();
    const Indicator *indicator = part->indicator;
    const WallTable *whole = table_find(wall, part, "totaal", audience);
    WallTable *table = table_find(wall, part, indicator->beside_breakdown, audience);
    const WallCell *beside = group_find(batch, table, audience, indicator->beside_category);
    Left left = {.own = arena_array(batch, wall->n_schools + 1, sizeof *left.own)};
    double threshold = wall->audiences->item[audience].threshold;

    if (!whole || !beside)
        return;
    left_take(wall, &left, &whole->out[audience][0], 1);
    left_take(wall, &left, &part->out[audience][0], -1);
    bool alone = strcmp(beside->category, indicator->beside_category) == 0;
    if (alone) {
        left_take(wall, &left, beside, -1);
        if (left_told(batch, wall, &left, whole, threshold)) {
            beside_withhold(table, audience);
            return;
        }
    }
    WallTable *holder = indicator->left_breakdown ? table_find(wall, part, indicator->left_breakdown, audience) : NULL;
    const WallCell *group = group_find(batch, holder, audience, indicator->left_category);
    if (!group || !(alone || group == beside)) /* how many are left is not known */
        return;
    left_take(wall, &left, group, -1);
    if (left_told(batch, wall, &left, whole, threshold))
        beside_withhold(holder, audience);
}

static void beside_bind(Wall *wall, size_t audience)
{
    for (size_t at = 0; at < wall->n_tables; at++)
        if (wall->table[at].indicator->beside_breakdown && is_total(&wall->table[at]) && wall->table[at].n_out[audience])
            beside_part(wall, &wall->table[at], audience);
}

/* Groups of a table as they are shown, or what the larger group has beside them. \return false: it is not known what schools have in them */
static bool crossing_groups(const WallTable *table, size_t audience, bool rest, CrossingGroup *group)
{
    bool known = table->n_out[audience] > 0;

    for (size_t at = 0; at < table->n_out[audience] && known; at++) {
        const WallCell *cell = &table->out[audience][at];
        bool share = table->indicator->disclosure == INDICATOR_CLASS_SURVEY;
        group[at] = (CrossingGroup){.n = rest ? cell->parent_events - cell->counts.events : cell->counts.events, .yes = share ? cell->counts.numerator : 0, .own = rest ? cell->own_rest : cell->own};
        known = group[at].own && isfinite(group[at].n) && !(share && isnan(group[at].yes));
    }
    return known;
}

/* Who answered and is in no group is a group as well: what the total leaves. \return how many groups there are with it */
static size_t crossing_nobody(const Wall *wall, Arena *batch, const WallTable *schools, size_t audience, CrossingGroup *group, size_t n)
{
    double *own = arena_array(batch, wall->n_schools + 1, sizeof *own);

    group[n] = (CrossingGroup){.own = own};
    for (size_t at = 0; at < schools->n_out[audience] + n; at++) {
        const WallCell *cell = at < n ? NULL : &schools->out[audience][at - n];
        group[n].n += cell ? cell->counts.events : -group[at].n;
        group[n].yes += cell ? cell->counts.numerator : -group[at].yes;
        for (size_t school = 0; school < wall->n_schools; school++)
            own[school] += cell ? cell->own[school] : -group[at].own[school];
    }
    return n + (group[n].n > 0);
}

/* Groups of a table, and schools: where a block of their crossing is empty, the others are told. */
static bool crossing_unsafe(const Wall *wall, const WallTable *table, const WallTable *schools, size_t audience)
{
    ARENA_AUTO batch = arena_new();
    size_t n = table->n_out[audience], n_schools = schools->n_out[audience];
    CrossingGroup *group = arena_array(batch, n + 2, sizeof *group), *school = arena_array(batch, n_schools + 1, sizeof *school);
    bool share = table->indicator->disclosure == INDICATOR_CLASS_SURVEY, told = false;

    for (int rest = 0; rest < (share ? 1 : 2) && !told; rest++)
        if (crossing_groups(table, audience, rest, group) && crossing_groups(schools, audience, rest, school)) {
            size_t all = share ? crossing_nobody(wall, batch, schools, audience, group, n) : n;
            told = crossing_told(group, all, school, n_schools, wall->n_schools, wall->audiences->item[audience].threshold, share);
        }
    return told;
}

static void crossings_bind(Wall *wall, size_t audience)
{
    for (size_t at = 0; at < wall->n_tables; at++)
        for (size_t other = 0; other < wall->n_tables; other++) {
            WallTable *table = &wall->table[at];
            const WallTable *schools = &wall->table[other];
            bool counted = indicator_exact(table->indicator) || table->indicator->disclosure == INDICATOR_CLASS_SURVEY;
            if (table == schools || !counted || is_total(table) || strcmp(schools->breakdown, "school") != 0 || table->year != schools->year || table->n_out[audience] == 0 ||
                !(table->indicator == schools->indicator || (table->indicator->adds_up_to && strcmp(table->indicator->adds_up_to, schools->indicator->name) == 0)) ||
                !crossing_unsafe(wall, table, schools, audience))
                continue;
            table->n_out[audience] = 0;
            decide(table, audience, "withheld", why_beside_others);
        }
}

void wall_build(Wall *wall, size_t audience)
{
    for (size_t at = 0; at < wall->n_tables; at++)
        table_wall(wall, &wall->table[at], audience);
    totals_bind(wall, audience);
    groups_bind(wall, audience);
    twins_bind(wall, audience);
    beside_bind(wall, audience);
    crossings_bind(wall, audience);
}

/* Must table stay as it was because other did? */
static bool follows(const Wall *wall, const WallTable *table, const WallTable *other, size_t audience)
{
    const Indicator *own = table->indicator, *its = other->indicator;

    if (table->year != other->year || table == other)
        return false;
    if (totals(other, table) || (is_total(other) && own->subset_of && strcmp(own->subset_of, its->name) == 0))
        return true;
    /* The number would stand here under its other name, or in a remainder beside what it was. */
    return !is_total(table) && holds_twin(table, other) && wall_known(wall, other, audience);
}

/* A ratio tells the share in it: it is new only where that share is shown as it is now. */
static bool lost_share(const Wall *wall, const WallTable *ratio, size_t audience)
{
    if (ratio->indicator->method != INDICATOR_RATIO || ratio->n_out[audience] == 0)
        return false;
    for (size_t at = 0; at < wall->n_tables; at++)
        if (is_total(&wall->table[at]) && wall->table[at].year == ratio->year && strcmp(wall->table[at].indicator->name, ratio->indicator->share_of) == 0)
            return wall->table[at].n_out[audience] == 0;
    return true;
}

void wall_stale_spread(Wall *wall)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t audience = 0; audience < wall->audiences->n; audience++)
            for (size_t at = 0; at < wall->n_tables; at++) {
                WallTable *table = &wall->table[at];
                if (table->stale[audience])
                    continue;
                bool stale = (audience && table->stale[audience - 1]) || (table->n_out[audience] == 0 && wall_known(wall, table, audience)) || lost_share(wall, table, audience) || rest_told(wall, table, audience);
                for (size_t other = 0; other < wall->n_tables && !stale; other++)
                    stale = wall->table[other].stale[audience] && follows(wall, table, &wall->table[other], audience);
                if (!stale)
                    continue;
                wall_stale(table, audience);
                more = true;
            }
    }
}
