/* All showings at once (history.h) against integer programs of the test's own: random years in which tables are shown, merged or left out at random, to a reader and to a
 * school. The model is written down a second time here, over every number there was at every moment, without shortcuts: what it says can be found is what must be found. */
#include "analyze/disclosure/history.h"

#include <glpk.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>
#include <string.h>

#include "tests/harness/test.h"

enum { LABELS = 3, MOMENTS = 4, ROWS = 400, THRESHOLD = 5, WIDTH = 3, NOBODY = LABELS, CELLS = LABELS + 1, TOTAL = CELLS, ASKED = CELLS + 1 };

/* Numbers of a part, and of what the whole has beside it; of answers those with yes and with no, the last of them of who is in no group. */
typedef struct Year {
    bool answers, part, schools; /* schools: answers by school, and not by group */
    int  moments;
    int  is[MOMENTS][2][CELLS];
    bool shown[MOMENTS][2][2];       /* whole (or answers), part; total, groups */
    int  together[MOMENTS][2][LABELS]; /* which group a label is in */
} Year;

/* -- drawing --------------------------------------------------------------------------------------- */

static bool anything_shown(const Year *year, int moment)
{
    return year->shown[moment][0][0] || year->shown[moment][0][1] || year->shown[moment][1][0] || year->shown[moment][1][1];
}

static void year_draw(gsl_rng *rng, Year *year)
{
    memset(year, 0, sizeof *year);
    year->answers = gsl_rng_uniform_int(rng, 3) == 0;
    year->part = !year->answers && gsl_rng_uniform_int(rng, 3) > 0;
    year->schools = !year->answers || gsl_rng_uniform_int(rng, 2);
    year->moments = 2 + (int) gsl_rng_uniform_int(rng, 3);
    bool nobody = year->answers && gsl_rng_uniform_int(rng, 2);
    for (int moment = 0; moment < year->moments; moment++)
        for (int side = 0; side < 2; side++)
            for (int label = 0; label < CELLS; label++) {
                bool moves = gsl_rng_uniform_int(rng, 3) > 0;
                int more = moment == 0 ? (side == 0 ? THRESHOLD : 0) + (int) gsl_rng_uniform_int(rng, 15) /* no number that was shown is below the threshold */ : moves ? (int) gsl_rng_uniform_int(rng, 9) : 0;
                if (label == NOBODY && !nobody)
                    more = 0;
                year->is[moment][side][label] = more + (moment ? year->is[moment - 1][side][label] : 0);
            }
    for (int moment = 0; moment < year->moments; moment++)
        for (int of = 0; of < 2; of++)
            for (int table = 0; table < 2; table++)
                year->shown[moment][of][table] = (of == 0 || year->part) && gsl_rng_uniform_int(rng, 4) > 0;
    for (int moment = 0; moment < year->moments; moment++)
        for (int of = 0; of < 2; of++) {
            bool merged = gsl_rng_uniform_int(rng, 3) > 0, again = moment && gsl_rng_uniform_int(rng, 2);
            for (int label = 0; label < LABELS; label++)
                year->together[moment][of][label] = again ? year->together[moment - 1][of][label] : merged && label ? (int) gsl_rng_uniform_int(rng, 2) : label;
        }
}

/* The number of the whole, or of the part. Of answers: who answered, or those with yes. */
static int number(const Year *year, int moment, int of, int label)
{
    return year->is[moment][0][label] + (of == 0 ? year->is[moment][1][label] : 0);
}

static int total(const Year *year, int moment, int of)
{
    int sum = 0;

    for (int label = 0; label < CELLS; label++)
        sum += number(year, moment, of, label);
    return sum;
}

/* -- what history.h is given ------------------------------------------------------------------------- */

typedef struct Given {
    Indicator    indicator[3];
    HistoryShown shown[ROWS];
    HistoryOwn   own[ROWS];
    size_t       n_shown, n_own;
} Given;

static void row_give(Arena *memory, Given *given, const Year *year, int moment, const char *indicator, const char *breakdown, const char *members, int events, int yes)
{
    HistoryShown *row = &given->shown[given->n_shown++];

    *row = (HistoryShown){.moment = moment, .month = "2025-12", .school_year = 2025, .indicator = indicator, .breakdown = breakdown, .events = events, .value = NAN, .decimals = -1};
    if (year->answers) {
        row->events = 5 * ((events + 2) / 5);
        row->value = events ? floor(100.0 * yes / events + 0.5) : NAN;
    }
    row->member = arena_split(memory, members, ',', &row->n_members);
}

static void table_give(Arena *memory, Given *given, const Year *year, int moment, int of, bool groups)
{
    const char *indicator = year->answers ? "share" : of ? "part" : "all", *breakdown = !groups ? "totaal" : year->schools ? "school" : "groep";

    if (!groups)
        row_give(memory, given, year, moment, indicator, breakdown, "", total(year, moment, of), total(year, moment, 1));
    for (int group = 0; group < LABELS && groups; group++) {
        const char *members = "";
        int events = 0, yes = 0;
        for (int label = 0; label < LABELS; label++) {
            if (year->together[moment][of][label] != group)
                continue;
            members = arena_format(memory, "%s%s%d", members, *members ? "," : "", label + 1);
            events += number(year, moment, of, label);
            yes += number(year, moment, 1, label);
        }
        if (*members)
            row_give(memory, given, year, moment, indicator, breakdown, members, events, yes);
    }
    for (int label = 0; label < (year->answers && groups ? LABELS : CELLS); label++)
        given->own[given->n_own++] = (HistoryOwn){.moment = moment, .school_year = 2025, .indicator = indicator, .breakdown = breakdown, .label = groups ? arena_format(memory, "%d", label + 1) : "",
                                                  .school = year->schools ? label + 1 : 1, .events = number(year, moment, of, label), .yes = number(year, moment, 1, label)};
}

/* \return how many groups were found, by a reader and, but for 0, by this school */
static size_t found(Arena *memory, const Year *year, int school)
{
    Given *given = arena_alloc(memory, sizeof *given);
    HistoryReport report = {0};
    Err err = {0};

    *given = (Given){.indicator = {{.name = "all", .adds_up_to = "all"}, {.name = "part", .adds_up_to = "part", .subset_of = "all"},
                                   {.name = "share", .adds_up_to = "share", .in_fives = true, .disclosure = INDICATOR_CLASS_SURVEY}}};
    for (int of = 0; of < 2; of++)
        for (int groups = 0; groups < 2; groups++)
            for (int moment = 0; moment < year->moments; moment++)
                if (year->shown[moment][of][groups])
                    table_give(memory, given, year, moment, of, groups);
    HistoryQuestion question = {.indicators = given->indicator, .n_indicators = 3, .shown = given->shown, .n_shown = given->n_shown, .own = given->own, .n_own = given->n_own, .threshold = THRESHOLD};
    if (!history_attack(memory, &question, &school, school != 0, &report, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return report.n_told;
}

/* -- the same in integer programs -------------------------------------------------------------------- */

typedef struct Oracle {
    const Year *year;
    int         moments, school; /* 0 = a reader */
    bool        no;
    glp_prob   *problem;
} Oracle;

static int column(int moment, int side, int label)
{
    return 1 + (moment * 2 + side) * CELLS + label;
}

/* The groups of this table are numbers somebody can ask after: they were shown, or their total was. */
static bool is_there(const Oracle *oracle, int moment, int of)
{
    const Year *year = oracle->year;
    bool ever = false;

    for (int at = 0; at < year->moments; at++)
        ever = ever || year->shown[at][of][1];
    return ever && (year->shown[moment][of][1] || (year->shown[moment][of][0] && (!oracle->school || year->schools)));
}

/* Numbers of whole or part as columns. \param sign added to coefficient */
static void add(double *coefficient, const Oracle *oracle, int moment, int of, int label, double sign)
{
    coefficient[column(moment, 0, label)] += sign;
    if (of == 0 && !oracle->year->answers)
        coefficient[column(moment, 1, label)] += sign;
}

static void row_add(Oracle *oracle, const double *coefficient, double low, double high)
{
    int index[MOMENTS * 2 * CELLS + 1], n = 0, row = glp_add_rows(oracle->problem, 1);
    double value[MOMENTS * 2 * CELLS + 1];

    for (int at = 1; at <= MOMENTS * 2 * CELLS; at++)
        if (coefficient[at] != 0) {
            index[++n] = at;
            value[n] = coefficient[at];
        }
    glp_set_mat_row(oracle->problem, row, n, index, value);
    glp_set_row_bnds(oracle->problem, row, low == high ? GLP_FX : isinf(high) ? GLP_LO : GLP_DB, low, high);
}

/* A printed number: of a sum of labels. \param all of answers, those in no group too */
static void print_add(Oracle *oracle, int moment, int of, int group, bool all)
{
    const Year *year = oracle->year;
    double coefficient[MOMENTS * 2 * CELLS + 1] = {0};
    int sum = 0, yes = 0;

    for (int label = 0; label < CELLS; label++) {
        if (!all && (label == NOBODY || year->together[moment][of][label] != group))
            continue;
        add(coefficient, oracle, moment, of, label, 1);
        sum += number(year, moment, of, label);
        yes += number(year, moment, 1, label);
    }
    if (!year->answers) {
        row_add(oracle, coefficient, sum, sum);
        return;
    }
    double percent = floor(100.0 * yes / sum + 0.5);
    int low = sum, high = 0; /* of all that could have been said, what gives this print */
    for (int could = 0; could <= sum; could++)
        if (floor(100.0 * could / sum + 0.5) == percent || fabs(fabs(100.0 * could / sum - percent) - 0.5) < 1e-9) {
            low = could < low ? could : low;
            high = could > high ? could : high;
        }
    row_add(oracle, coefficient, oracle->no ? sum - high : low, oracle->no ? sum - low : high);
}

/* Of answers, those with no grow too, where it is known how many answered. */
static void growth_add(Oracle *oracle, int then, int now, int label)
{
    const Year *year = oracle->year;

    for (int side = 0; side < (year->answers ? 1 : 2); side++) {
        double coefficient[MOMENTS * 2 * CELLS + 1] = {0}, most = INFINITY;
        coefficient[column(now, side, label)] = 1;
        coefficient[column(then, side, label)] = -1;
        bool known = year->shown[then][0][1] && year->shown[now][0][1] && (label != NOBODY || (year->shown[then][0][0] && year->shown[now][0][0]));
        if (year->answers && known)
            most = number(year, now, 0, label) - number(year, then, 0, label);
        row_add(oracle, coefficient, 0, most);
    }
}

/* Of counts it is known which schools delivered nothing in between: those that had no more in all, where that was shown at both moments. */
static void still_add(Oracle *oracle, int then, int now, int label)
{
    const Year *year = oracle->year;
    bool shown = (year->shown[then][0][0] && year->shown[now][0][0]) || (year->shown[then][0][1] && year->shown[now][0][1]);

    for (int side = 0; side < 2 && !year->answers && shown && number(year, then, 0, label) == number(year, now, 0, label); side++) {
        double coefficient[MOMENTS * 2 * CELLS + 1] = {0};
        coefficient[column(now, side, label)] = 1;
        coefficient[column(then, side, label)] = -1;
        row_add(oracle, coefficient, 0, 0);
    }
}

static void total_growth_add(Oracle *oracle, int then, int now)
{
    const Year *year = oracle->year;
    double coefficient[MOMENTS * 2 * CELLS + 1] = {0};

    if (!year->answers || !year->shown[then][0][0] || !year->shown[now][0][0])
        return;
    for (int label = 0; label < CELLS; label++) {
        add(coefficient, oracle, now, 0, label, 1);
        add(coefficient, oracle, then, 0, label, -1);
    }
    row_add(oracle, coefficient, 0, total(year, now, 0) - total(year, then, 0));
}

/* Schools whose answers came to the total whenever both were shown: everybody takes it that they always do. */
static bool all_at_schools(const Year *year, int moments)
{
    bool seen = false, all = year->schools;

    for (int moment = 0; moment < moments; moment++) {
        bool both = year->shown[moment][0][0] && year->shown[moment][0][1];
        seen = seen || both;
        all = all && !(both && number(year, moment, 0, NOBODY));
    }
    return seen && all;
}

static Oracle oracle_new(const Year *year, int moments, int school, bool no)
{
    Oracle oracle = {year, moments, school, no, glp_create_prob()};

    glp_add_cols(oracle.problem, MOMENTS * 2 * CELLS);
    for (int at = 1; at <= MOMENTS * 2 * CELLS; at++) {
        glp_set_col_kind(oracle.problem, at, GLP_IV);
        glp_set_col_bnds(oracle.problem, at, GLP_LO, 0, 0);
    }
    for (int moment = 0; moment < moments; moment++) {
        for (int side = 0; side < 2; side++)
            for (int label = 0; label < CELLS; label++) {
                bool nobody = label == NOBODY && (!year->answers || (all_at_schools(year, moments) && number(year, moment, 0, label) == 0));
                if (nobody || label == school - 1)
                    glp_set_col_bnds(oracle.problem, column(moment, side, label), GLP_FX, year->is[moment][no ? 1 - side : side][label], 0);
            }
        if (year->answers && year->shown[moment][0][0] && year->shown[moment][0][1])
            glp_set_col_bnds(oracle.problem, column(moment, 0, NOBODY), number(year, moment, 0, NOBODY) ? GLP_DB : GLP_FX, 0, number(year, moment, 0, NOBODY));
        for (int label = 0; label < LABELS && year->answers && year->shown[moment][0][1]; label++) /* who answered, in groups that hide too */
            if (label != school - 1)
                glp_set_col_bnds(oracle.problem, column(moment, 0, label), number(year, moment, 0, label) ? GLP_DB : GLP_FX, 0, number(year, moment, 0, label));
        for (int of = 0; of < 2; of++) {
            if (year->shown[moment][of][0])
                print_add(&oracle, moment, of, 0, true);
            for (int group = 0; group < LABELS && year->shown[moment][of][1]; group++) {
                bool any = false;
                for (int label = 0; label < LABELS; label++)
                    any = any || year->together[moment][of][label] == group;
                if (any)
                    print_add(&oracle, moment, of, group, false);
            }
        }
        for (int then = 0; then < moment; then++) {
            for (int label = 0; label < CELLS; label++)
                growth_add(&oracle, then, moment, label);
            for (int label = 0; label < LABELS; label++)
                still_add(&oracle, then, moment, label);
            total_growth_add(&oracle, then, moment);
        }
    }
    return oracle;
}

/* Is too much known of this sum? \param most as many as there can be */
static bool told(const Oracle *oracle, const double *coefficient, bool zero_tells, double most)
{
    glp_iocp settings;
    double end[2];

    glp_init_iocp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.presolve = GLP_ON;
    for (int up = 0; up < 2; up++) {
        glp_set_obj_dir(oracle->problem, up ? GLP_MAX : GLP_MIN);
        for (int at = 1; at <= MOMENTS * 2 * CELLS; at++)
            glp_set_obj_coef(oracle->problem, at, coefficient[at]);
        int result = glp_intopt(oracle->problem, &settings);
        if (result == GLP_ENODFS && up)
            return false; /* any number */
        if (result != 0 || glp_mip_status(oracle->problem) != GLP_OPT)
            test_fail(__FILE__, __LINE__, "the test's own integer program was not solved: %d", result);
        end[up] = floor(glp_mip_obj_val(oracle->problem) + 0.5);
    }
    return end[1] - end[0] < fmin(WIDTH, most) && end[0] < THRESHOLD && (end[1] > 0 || zero_tells);
}

static bool alone(const Oracle *oracle, int moment, int of, int label)
{
    const Year *year = oracle->year;
    bool alone = year->shown[moment][of][1] && label != NOBODY;

    for (int other = 0; other < LABELS && alone; other++)
        alone = other == label || other == oracle->school - 1 || year->together[moment][of][other] != year->together[moment][of][label];
    return alone;
}

/* Of answers the very same print says nothing new, where nobody more answered. */
static bool same_print(const Year *year, int n_then, int yes_then, int n_now, int yes_now)
{
    return year->answers && n_then >= n_now && (n_then + 2) / 5 == (n_now + 2) / 5 && floor(100.0 * yes_then / n_then + 0.5) == floor(100.0 * yes_now / n_now + 0.5);
}

/* The same of a label that is known by itself: in a row of its own, or with the school that asks, of which as many were its own. */
static bool same_alone(const Oracle *oracle, int then, int now, int label)
{
    const Year *year = oracle->year;
    int sum[2][2] = {{0}}, school = oracle->school - 1;

    if (!alone(oracle, then, 0, label) || !alone(oracle, now, 0, label))
        return false;
    bool with = school >= 0 && year->together[then][0][label] == year->together[then][0][school], with_now = school >= 0 && year->together[now][0][label] == year->together[now][0][school], same = with == with_now;
    for (int side = 0; side < 2; side++) {
        sum[0][side] = number(year, then, side, label) + (with ? number(year, then, side, school) : 0);
        sum[1][side] = number(year, now, side, label) + (with ? number(year, now, side, school) : 0);
        same = same && (!with || number(year, then, side, school) == number(year, now, side, school));
    }
    return same && same_print(year, sum[0][0], sum[0][1], sum[1][0], sum[1][1]);
}

/* Of answers: how many more there are of what was together at one of two moments. */
static bool union_told(const Oracle *oracle, int moment, int last, bool now, int group)
{
    const Year *year = oracle->year;
    double more[MOMENTS * 2 * CELLS + 1] = {0}, answered = 0;
    int members = 0, n[2] = {0}, yes[2] = {0};
    bool both = year->shown[moment][0][1] && year->shown[last][0][1], same = both, own = false;

    for (int label = 0; label < LABELS; label++) {
        int of = now ? last : moment, other = now ? moment : last;
        if (year->together[of][0][label] != group)
            continue;
        own = own || label == oracle->school - 1;
        members += label != oracle->school - 1;
        for (int with = 0; with < LABELS; with++)
            same = same && (year->together[other][0][with] == year->together[other][0][label]) == (year->together[of][0][with] == group);
        if (label != oracle->school - 1) {
            add(more, oracle, last, 0, label, 1);
            add(more, oracle, moment, 0, label, -1);
            answered += number(year, last, 0, label) - number(year, moment, 0, label);
        }
        for (int at = 0; at < 2; at++) {
            n[at] += number(year, at ? last : moment, 0, label);
            yes[at] += number(year, at ? last : moment, 1, label);
        }
    }
    for (int side = 0; side < 2 && own; side++)
        same = same && number(year, moment, side, oracle->school - 1) == number(year, last, side, oracle->school - 1);
    return members > 1 && year->shown[now ? last : moment][0][1] && !(same && same_print(year, n[0], yes[0], n[1], yes[1])) && told(oracle, more, false, both ? answered : (double) INFINITY);
}

/* Everything that is asked of this year: how many there were at each moment, and how many more there are at the last. \param level one per moment, of, label: told
 * \param growth the same of how many more there are, of the total at TOTAL */
static void asked(const Oracle *oracle, bool *level, bool *growth)
{
    const Year *year = oracle->year;
    int last = oracle->moments - 1;

    for (int of = 0; of < (year->part ? 3 : 1); of++) /* whole, part, what is beside the part */
        for (int label = 0; label < (year->answers ? CELLS : LABELS); label++)
            for (int moment = 0; moment <= last; moment++) {
                double now[MOMENTS * 2 * CELLS + 1] = {0}, more[MOMENTS * 2 * CELLS + 1] = {0}, n = INFINITY;
                bool nobody = label == NOBODY, there = of < 2 ? is_there(oracle, moment, of) : is_there(oracle, moment, 0) && is_there(oracle, moment, 1);
                bool there_last = of < 2 ? is_there(oracle, last, of) : is_there(oracle, last, 0) && is_there(oracle, last, 1);
                bool printed = of < 2 ? alone(oracle, moment, of, label) : alone(oracle, moment, 0, label) && alone(oracle, moment, 1, label);
                if (nobody) {
                    there = year->shown[moment][0][0] && year->shown[moment][0][1];
                    there_last = year->shown[last][0][0] && year->shown[last][0][1];
                    printed = false;
                    n = number(year, moment, 0, label);
                }
                if (label == oracle->school - 1 || !there)
                    continue;
                for (int at = 0; at < 2; at++) { /* of the moment, and of the last */
                    int when = at ? last : moment;
                    double *to = more;
                    if (of == 2)
                        to[column(when, 1, label)] += at ? 1 : -1;
                    else
                        add(to, oracle, when, of, label, at ? 1 : -1);
                }
                if (of == 2)
                    now[column(moment, 1, label)] = 1;
                else
                    add(now, oracle, moment, of, label, 1);
                if (!printed && !(nobody && n == 0))
                    level[(moment * 3 + of) * CELLS + label] = told(oracle, now, year->answers, n);
                if (moment == last || !there_last)
                    continue;
                double grown = year->answers && year->shown[moment][0][1] && year->shown[last][0][1] ? number(year, last, 0, label) - number(year, moment, 0, label) : (double) INFINITY;
                if (year->answers && nobody)
                    grown = number(year, last, 0, label) - n;
                bool same = same_alone(oracle, moment, last, label);
                growth[(moment * 3 + of) * ASKED + label] = !same && told(oracle, more, false, grown);
            }
    for (int moment = 0; moment < last && year->answers; moment++)
        for (int group = 0; group < LABELS && is_there(oracle, moment, 0) && is_there(oracle, last, 0); group++)
            for (int now = 0; now < 2; now++)
                growth[(moment * 3 + 1 + now) * ASKED + group] = union_told(oracle, moment, last, now, group);
    /* totals */
    for (int of = 0; of < (year->part ? 3 : 1) && !oracle->school; of++)
        for (int moment = 0; moment < last; moment++) {
            double more[MOMENTS * 2 * CELLS + 1] = {0};
            bool there = true;
            for (int one = of == 2 ? 0 : of; one <= (of == 2 ? 1 : of); one++)
                there = there && year->shown[moment][one][0] && year->shown[last][one][0];
            for (int label = 0; label < CELLS && there; label++) {
                if (of == 2) {
                    more[column(last, 1, label)] = 1;
                    more[column(moment, 1, label)] = -1;
                    continue;
                }
                add(more, oracle, last, of, label, 1);
                add(more, oracle, moment, of, label, -1);
            }
            bool same = same_print(year, total(year, moment, 0), total(year, moment, 1), total(year, last, 0), total(year, last, 1));
            growth[(moment * 3 + of) * ASKED + TOTAL] = there && !same && told(oracle, more, false, year->answers ? total(year, last, 0) - total(year, moment, 0) : (double) INFINITY);
        }
}

/* Did nothing of it change, but for his own? */
static bool still(const Year *year, int moment, int of, int table, int school)
{
    bool same = moment > 0 && year->shown[moment][of][table] && year->shown[moment - 1][of][table];
    int own[2][2] = {{0}};

    for (int at = 0; at < 2 && school; at++)
        for (int side = 0; side < 2; side++)
            own[at][side] = number(year, moment - at, side, school - 1);
    if (same && table == 0)
        same = total(year, moment, of) - own[0][of] == total(year, moment - 1, of) - own[1][of] && (!year->answers || total(year, moment, 1) - own[0][1] == total(year, moment - 1, 1) - own[1][1]);
    for (int label = 0; label < LABELS && same && table; label++) {
        int now = 0, then = 0;
        for (int other = 0; other < LABELS; other++) {
            bool here = year->together[moment][of][other] == year->together[moment][of][label], there = year->together[moment - 1][of][other] == year->together[moment - 1][of][label];
            same = same && here == there;
            now += here && other != school - 1 ? number(year, moment, of, other) : 0;
            then += there && other != school - 1 ? number(year, moment - 1, of, other) : 0;
        }
        same = same && now == then && (label == school - 1 || !year->answers || number(year, moment, 1, label) == number(year, moment - 1, 1, label));
    }
    return same;
}

/* Is it the number of the moment before, as everybody can see? By how much it grew since then is no other question. */
static bool is_same(const Oracle *oracle, int of, int label)
{
    const Year *year = oracle->year;
    int last = oracle->moments - 1;
    bool same = true, counts = !year->answers;

    for (int one = of == 2 ? 0 : of; one <= (of == 2 ? 1 : of); one++) {
        same = same && still(year, last, one, label != TOTAL, oracle->school) && (label != NOBODY || still(year, last, one, 0, oracle->school));
        counts = counts && (label == TOTAL ? year->shown[last][one][0] && year->shown[last - 1][one][0] : alone(oracle, last, one, label) && alone(oracle, last - 1, one, label));
    }
    if (counts && of == 2) /* what is beside the part */
        counts = label == TOTAL ? total(year, last, 0) - total(year, last, 1) == total(year, last - 1, 0) - total(year, last - 1, 1)
                                : number(year, last, 0, label) - number(year, last, 1, label) == number(year, last - 1, 0, label) - number(year, last - 1, 1, label);
    if (counts && of < 2)
        counts = label == TOTAL ? total(year, last, of) == total(year, last - 1, of) : number(year, last, of, label) == number(year, last - 1, of, label);
    return same || counts;
}

/* Can anything be found now that could not be found before the last moment? */
static bool oracle_finds(const Year *year, int school)
{
    int last = year->moments - 1;
    bool finds = false, moved = false;

    for (int of = 0; of < 2; of++)
        for (int table = 0; table < 2; table++)
            moved = moved || (year->shown[last][of][table] && !still(year, last, of, table, 0));
    for (int no = 0; no <= year->answers && moved; no++) {
        bool level[MOMENTS * 3 * CELLS] = {0}, before[MOMENTS * 3 * CELLS] = {0}, growth[MOMENTS][MOMENTS * 3 * ASKED] = {0}, grown[MOMENTS][MOMENTS * 3 * ASKED] = {0};
        Oracle now = oracle_new(year, year->moments, school, no), then = oracle_new(year, last, school, no);
        for (int until = 1; until <= last; until++) {
            Oracle part = now;
            part.moments = until + 1;
            asked(&part, level, growth[until]);
        }
        for (int until = 0; until < last; until++) {
            Oracle part = then;
            part.moments = until + 1;
            asked(&part, before, grown[until]);
        }
        for (int at = 0; at < MOMENTS * 3 * ASKED; at++)
            for (int until = 1; until < last; until++)
                finds = finds || (growth[until][at] && !grown[until][at]);
        for (int at = 0; at < MOMENTS * 3 * ASKED; at++)
            finds = finds || (growth[last][at] && !(grown[last - 1][at] && (!year->answers || at / ASKED % 3 == 0) && is_same(&now, at / ASKED % 3, at % ASKED)));
        for (int at = 0; at < MOMENTS * 3 * CELLS; at++) {
            int moment = at / (3 * CELLS), of = at / CELLS % 3;
            bool same = moment == last && (of < 2 ? still(year, last, of, 1, school) : still(year, last, 0, 1, school) && still(year, last, 1, 1, school));
            finds = finds || (level[at] && !before[at] && !same);
        }
        glp_delete_prob(now.problem);
        glp_delete_prob(then.problem);
    }
    return finds;
}

TEST("random years: what can be found is found, and nothing else, by a reader and by a school")
{
    const char *more = getenv("HISTORY_INSTANCES");
    int instances = more ? atoi(more) : 1500, n_found = 0, n_school = 0;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    glp_term_out(GLP_OFF);
    gsl_rng_set(rng, 20261126);
    for (int instance = 0; instance < instances; instance++) {
        ARENA_AUTO memory = arena_new();
        Year year;

        do
            year_draw(rng, &year);
        while (!anything_shown(&year, year.moments - 1));
        bool reader = oracle_finds(&year, 0);
        size_t n = found(memory, &year, 0);
        if (reader != (n > 0))
            test_fail(__FILE__, __LINE__, "year %d%s: a reader finds %zu, integer programs %s", instance, year.answers ? " (answers)" : "", n, reader ? "some" : "nothing");
        n_found += reader;
        if (!year.schools)
            continue;
        bool school = oracle_finds(&year, 1);
        size_t both = found(memory, &year, 1);
        if (school != (both > n))
            test_fail(__FILE__, __LINE__, "year %d%s: a school finds %zu, integer programs %s", instance, year.answers ? " (answers)" : "", both - n, school ? "some" : "nothing");
        n_school += school;
    }
    CHECK(n_found > instances / 8 && n_found < instances * 7 / 8);
    CHECK(n_school > instances / 8);
    gsl_rng_free(rng);
}
