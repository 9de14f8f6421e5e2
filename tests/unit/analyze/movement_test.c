#include "analyze/disclosure/movement.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/scratch.h"

enum { THRESHOLD = 5, CODES = 5 };

static unsigned below(uint64_t *state, unsigned n)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned) (*state >> 33) % n;
}


/* Views written as "a=5 bc=7": codes are letters. */
typedef struct Written {
    MovementGroup group[CODES + 1];
    uint32_t      code[CODES + 1][CODES];
    MovementView  view;
} Written;

/* \param share what is filled behind a colon ("a=100:27"): the percentage of a share; how many answered is then printed in fives, and of now also known */
static const MovementView *groups_read(Written *to, const char *text, bool share, bool now)
{
    memset(to, 0, sizeof *to);
    for (const char *at = text; *at;) {
        MovementGroup *group = &to->group[to->view.n];
        group->code = to->code[to->view.n];
        while (*at != '=')
            to->code[to->view.n][group->n_codes++] = (uint32_t) (*at++ - 'a');
        double n = strtod(at + 1, (char **) &at);
        group->events = share ? 5 * round(n / 5) : n;
        group->exact = share && now ? n : NAN;
        group->value = share ? strtod(at + 1, (char **) &at) : NAN;
        to->view.n++;
        at += *at == ' ';
    }
    to->view.group = to->group;
    return &to->view;
}

static const MovementView *view_of(Written *to, const char *text) { return groups_read(to, text, false, false); }
static const MovementView *shares_of(Written *to, const char *text, bool now) { return groups_read(to, text, true, now); }

/* "" = safe; "gone" = not, with no group of now to blame; else the numbers of the groups that conflict */
static const char *conflicts(const char *now, const char *then, bool partition, double slack, char text[static 2 * CODES])
{
    Written a, b;
    bool conflict[CODES + 1] = {0};
    bool safe = movement_safe(view_of(&a, now), view_of(&b, then), &(MovementRules){.threshold = THRESHOLD, .slack = slack, .partition = partition, .n_codes = CODES}, conflict);
    size_t n = 0;

    for (size_t at = 0; at < a.view.n; at++)
        if (conflict[at])
            text[n++] = (char) ('0' + at);
    text[n] = '\0';
    return safe ? n ? "safe, and blamed" : "" : n ? text : "gone";
}

TEST("a group that moved by fewer than the threshold cannot be shown beside itself")
{
    char text[2 * CODES];

    CHECK_TEXT(conflicts("a=9 b=20", "a=9 b=15", true, 0, text), "");
    CHECK_TEXT(conflicts("a=9 b=19", "a=9 b=15", true, 0, text), "1");
    CHECK_TEXT(conflicts("a=9 b=11", "a=9 b=15", true, 0, text), "1");
    CHECK_TEXT(conflicts("a=9 b=10", "a=9 b=15", true, 0, text), "");
    CHECK_TEXT(conflicts("a=8 b=16", "a=9 b=15", true, 0, text), "01");
}

TEST("groups put together, and taken apart, are compared by their sum")
{
    char text[2 * CODES];

    CHECK_TEXT(conflicts("ab=29", "a=9 b=15", true, 0, text), "");
    CHECK_TEXT(conflicts("ab=28 c=7", "a=9 b=15 c=7", true, 0, text), "0");
    CHECK_TEXT(conflicts("a=11 b=18", "ab=24", true, 0, text), "");
    CHECK_TEXT(conflicts("a=11 b=17", "ab=24", true, 0, text), "01");
}

TEST("groups that cross tell what they share")
{
    char text[2 * CODES];

    /* {a, b} = 10 and {c} = 8 then, {a} = 9 and {b, c} = 9 now: of b there is hardly one. */
    CHECK_TEXT(conflicts("a=9 bc=9", "ab=10 c=8", true, 0, text), "01");
    CHECK_TEXT(conflicts("a=20 bc=30 d=5", "ab=10 c=8 d=5", true, 0, text), "01");
}

TEST("what was nowhere counted nothing, and comes from nothing")
{
    char text[2 * CODES];

    CHECK_TEXT(conflicts("a=9 b=6", "a=9", true, 0, text), "");
    CHECK_TEXT(conflicts("ab=13", "a=9", true, 0, text), "0");
    CHECK_TEXT(conflicts("ab=14", "a=9", true, 0, text), "");
    CHECK_TEXT(conflicts("a=9", "a=9 b=6", true, 0, text), "");
    CHECK_TEXT(conflicts("a=9", "a=9 b=3", true, 0, text), "gone");
    CHECK_TEXT(conflicts("a=9", "a=9 b=6", false, 0, text), "gone");
    CHECK_TEXT(conflicts("ab=30", "a=9 b=6", false, 0, text), "0");
    CHECK_TEXT(conflicts("a=9 b=6", "a=9", false, 0, text), "");
}

TEST("rounding hides more in sums of more groups")
{
    char text[2 * CODES];

    CHECK_TEXT(conflicts("a=20", "a=10", true, 4, text), "");
    CHECK_TEXT(conflicts("a=15", "a=10", true, 4, text), "0");
    CHECK_TEXT(conflicts("ab=30", "a=10 b=10", true, 4, text), "0");
    CHECK_TEXT(conflicts("ab=35", "a=10 b=10", true, 4, text), "");
}

static bool shares_safe(const char *now, const char *then)
{
    Written a, b;
    bool conflict[CODES + 1] = {0};

    return movement_safe(shares_of(&a, now, true), shares_of(&b, then, false), &(MovementRules){.threshold = THRESHOLD, .slack = 4, .half = 0.5, .partition = true, .n_codes = CODES}, conflict);
}

TEST("of shares, few more who said yes or no are not told")
{
    CHECK(shares_safe("a=100:27", "a=100:27"));  /* the very same print */
    CHECK(!shares_safe("a=100:28", "a=100:27")); /* 28 of 100, and 26 to 28 of 98 to 102: one more, if it was 100 */
    CHECK(shares_safe("a=100:40", "a=100:27"));  /* surely ten */
    CHECK(shares_safe("a=1000:28", "a=1000:27")); /* ten a percent: anything from 1 to 20 */
    CHECK(!shares_safe("a=120:25", "a=60:50"));  /* 30 of 120, and 29 to 31 of 58 to 62: sixty more, one of whom may have said yes */
    CHECK(!shares_safe("a=120:75", "a=60:50"));  /* or no */
    CHECK(shares_safe("a=60:nan", "a=50:4"));    /* no share is printed now: anybody */
    CHECK(shares_safe("a=120:50", "a=60:50"));   /* thirty of each */
    CHECK(!shares_safe("a=65:50", "a=60:50"));   /* five more respondents may be one */
    CHECK(shares_safe("ab=160:50", "a=60:50"));  /* a school comes in */
    CHECK(!shares_safe("ab=160:19", "a=60:50")); /* in which nobody said yes, or hardly anybody */
    CHECK(shares_safe("ab=200:50", "a=60:50 b=50:40"));
    CHECK(shares_safe("a=60:50", "b=60:50")); /* another group: its count came from nothing */
    CHECK(shares_safe("a=60:50 b=150:3", "a=60:50") && shares_safe("a=60:50", "a=60:50 b=150:3")); /* four or five of 150: as its print says, and nothing more */
    CHECK(!shares_safe("a=160:20", "a=60:45")); /* 32 of 160, and 28 if it was 62: four more */
    CHECK(shares_safe("a=165:20", "a=60:45"));  /* 33: five, six or seven more */
    CHECK(shares_safe("a=28:4", "a=20:5"));     /* one of each: surely nobody */
    CHECK(shares_safe("a=320:2", "a=20:5"));    /* 5 to 8, and 1: four numbers */
    /* 22 of 31, 23 of 32 and 18 of 38 said yes; 64 of 101 do: each was rounded another way, and who knows all four numbers knows of one more. */
    CHECK(!shares_safe("abc=101:63", "a=31:71 b=32:72 c=38:47"));
    CHECK(shares_safe("abc=141:63", "a=31:71 b=32:72 c=38:47"));
    CHECK(!shares_safe("a=97:27", "a=100:27")); /* as good as the same print: 26 of 97, and 26 to 28 */
    CHECK(!shares_safe("ab=200:26", "a=60:50 b=50:40"));
    CHECK(!shares_safe("a=150:2", "a=500:0")); /* three of 150, and nobody to two of 500: fewer than nobody there are not */
}

/* -- shares, against every way in which the parts may have been rounded ---------------------------- */

typedef struct Share {
    int    n;       /* who answered */
    double percent; /* printed */
    double half;    /* of its last decimal */
} Share;

static bool oracle_told(double low, double high)
{
    return low <= high && high - low < 3 && !(low == 0 && high == 0) && low < THRESHOLD && high > -THRESHOLD;
}

/* Least and most of n people that print as this percentage, counted one by one; false: none does. */
static bool oracle_range(int n, double percent, double half, bool yes, int *low, int *high)
{
    *low = n + 1;
    *high = -1;
    for (int x = 0; x <= n; x++)
        if (fabs(100.0 * x / n - percent) <= half + 1e-9) {
            int is = yes ? x : n - x;
            *low = is < *low ? is : *low;
            *high = is > *high ? is : *high;
        }
    return *high >= 0;
}

/* \param total_then of a sum: how many answered then in all, as printed; 0 = the parts say so themselves */
static bool oracle(const Share *now, int n_now, const Share *then, int n_then, int total_then)
{
    int combinations = 1;

    for (int at = 0; at < n_then; at++)
        combinations *= 5;
    for (int yes = total_then ? 1 : 0; yes < 2; yes++)
        for (int combination = 0; combination < combinations; combination++) {
            int low = 0, high = 0, low_then = 0, high_then = 0, a, b;
            bool possible = true;
            for (int at = 0; at < n_now; at++) {
                possible = oracle_range(now[at].n, now[at].percent, now[at].half, yes, &a, &b) && possible;
                low += a;
                high += b;
            }
            for (int at = 0, rest = combination; at < n_then && possible; at++, rest /= 5) {
                possible = oracle_range((int) (5 * round(then[at].n / 5.0)) + rest % 5 - 2, then[at].percent, then[at].half, yes, &a, &b);
                low_then += a;
                high_then += b;
            }
            if (!possible)
                continue;
            if (oracle_told(low - high_then, high - low_then))
                return true;
            for (int shift = -2; total_then && shift <= 2; shift++)
                if (oracle_told(now->n - total_then - shift - (high - low_then), now->n - total_then - shift - (low - high_then)))
                    return true;
        }
    return false;
}

static double printed(int x, int n, double half)
{
    return round(100.0 * x / n / (2 * half)) * 2 * half;
}

/* Groups of shares on codes that follow each other, beginning at one. */
static void shares_view(Written *to, const Share *share, int n, uint32_t first, int codes, bool now)
{
    memset(to, 0, sizeof *to);
    for (int at = 0; at < n; at++) {
        MovementGroup *group = &to->group[to->view.n];
        group->code = to->code[to->view.n++];
        for (int code = 0; code < codes; code++)
            to->code[to->view.n - 1][group->n_codes++] = first + (uint32_t) (at * codes + code);
        group->events = 5 * round(share[at].n / 5.0);
        group->value = share[at].percent;
        group->half = now ? 0 : share[at].half;
        group->exact = now ? (double) share[at].n : NAN;
    }
    to->view.group = to->group;
}

TEST("random shares: told when some rounding of the parts tells")
{
    uint64_t state = 326;
    int told = 0, safe = 0, told_sum = 0, safe_sum = 0;

    for (int round_no = 0; round_no < 3000; round_no++) {
        Share now[2], then[3];
        int n_then = 1 + (int) below(&state, 3), n_now = n_then == 1 ? 1 + (int) below(&state, 2) : 1, total = 0, x_total = 0;
        double half_now = below(&state, 3) ? 0.5 : 0.05;
        for (int at = 0; at < n_then; at++) {
            int n = below(&state, 4) ? 12 + (int) below(&state, 70) : 100 + (int) below(&state, 300), x = (int) below(&state, (unsigned) n + 1);
            then[at] = (Share){n, 0, below(&state, 3) ? half_now : 0.5};
            then[at].percent = printed(x, n, then[at].half);
            total += n;
            x_total += x;
        }
        for (int at = 0; at < n_now; at++) {
            int n = total / n_now + (int) below(&state, 12), x = x_total / n_now + (int) below(&state, 9);
            x = x > n ? n : x;
            now[at] = (Share){n, printed(x, n, half_now), half_now};
        }
        Written a, b;
        bool conflict[CODES + 1] = {0};
        shares_view(&a, now, n_now, 0, n_now == 1 ? n_then : 1, true);
        shares_view(&b, then, n_then, 0, n_now == 2 ? 2 : 1, false);
        /* Another group, the same then and now, has nothing to do with it. */
        a.group[a.view.n] = b.group[b.view.n] = (MovementGroup){.code = (const uint32_t[]){CODES - 1}, .n_codes = 1, .events = 50, .value = 50, .exact = 50};
        a.view.n++;
        b.view.n++;
        double apart = 0;
        for (int at = 0; at < n_now; at++)
            apart += a.group[at].events;
        for (int at = 0; at < n_then; at++)
            apart -= b.group[at].events;
        bool same = n_now == 1 && n_then == 1 && apart == 0 && now[0].percent == then[0].percent;
        bool want = same || !oracle(now, n_now, then, n_then, 0);
        bool got = movement_safe(&a.view, &b.view, &(MovementRules){.threshold = THRESHOLD, .half = half_now, .partition = true, .n_codes = CODES}, conflict);
        if (got != want || conflict[a.view.n - 1])
            test_fail(__FILE__, __LINE__, "round %d: %s, and should %s", round_no, got ? "safe" : "told", want ? "be safe" : "not be");
        told += !want;
        safe += want && !same;
        if (n_now != 1)
            continue;
        b.view.n--;
        int total_then = 5 * (int) round(total / 5.0);
        want = !oracle(now, 1, then, n_then, total_then);
        got = movement_sum_safe(&a.group[0], total_then, &b.view, &(MovementRules){.threshold = THRESHOLD, .half = half_now, .n_codes = CODES});
        if (got != want)
            test_fail(__FILE__, __LINE__, "round %d: as a sum %s, and should %s", round_no, got ? "safe" : "told", want ? "be safe" : "not be");
        told_sum += !want;
        safe_sum += want;
    }
    CHECK(told > 1000 && safe > 200 && told_sum > 1000 && safe_sum > 50);
}

TEST("the share of all is the sum of the shares of its groups too")
{
    Written now, then;
    MovementRules rules = {.threshold = THRESHOLD, .slack = 4, .half = 0.5, .n_codes = CODES};

    /* 6, 8, 8 and 9 of 75: 31 of 300. */
    shares_of(&then, "a=75:8 b=75:11 c=75:11 d=75:12", false);
    shares_of(&now, "e=300:11", true); /* 32 to 34 */
    CHECK(!movement_sum_safe(&now.group[0], 300, &then.view, &rules));
    shares_of(&now, "e=320:13", true); /* 40 to 43, and 277 to 280 of 267 to 271 who did not */
    CHECK(movement_sum_safe(&now.group[0], 300, &then.view, &rules));
    shares_of(&then, "a=75:8 b=750:11 c=75:11", false); /* of a large group nobody knows */
    shares_of(&now, "e=900:11", true);
    CHECK(movement_sum_safe(&now.group[0], 900, &then.view, &rules));
}

/* part now, whole now | part then, whole then; the groups of the part that conflict, "gone", or "" */
static const char *rests(const char *part_now, const char *whole_now, const char *part_then, const char *whole_then, char text[static 2 * CODES])
{
    Written a, b, c, d;
    bool conflict[CODES + 1] = {0};
    bool safe = movement_rest_safe(view_of(&a, part_now), view_of(&b, whole_now), view_of(&c, part_then), view_of(&d, whole_then), &(MovementRules){.threshold = THRESHOLD, .n_codes = CODES}, conflict);
    size_t n = 0;

    for (size_t at = 0; at < a.view.n; at++)
        if (conflict[at])
            text[n++] = (char) ('0' + at);
    text[n] = '\0';
    return safe ? n ? "safe, and blamed" : "" : n ? text : "gone";
}

TEST("what a whole leaves beside its part moved by nothing or by enough, over unions too")
{
    char text[2 * CODES];

    CHECK_TEXT(rests("a=12", "a=30", "a=7", "a=20", text), "");
    CHECK_TEXT(rests("a=12", "a=30", "a=7", "a=22", text), "0");
    CHECK_TEXT(rests("a=12", "a=30", "a=2", "a=20", text), "");
    /* The part's remainder took b in; the whole stands one by one. 97 less 26 is three more than 87 less 19. */
    CHECK_TEXT(rests("abc=26 d=9", "a=30 b=40 c=27 d=20", "ac=13 b=6 d=9", "a=28 b=34 c=25 d=20", text), "0");
    CHECK_TEXT(rests("abc=26 d=9", "a=30 b=40 c=29 d=20", "ac=13 b=6 d=9", "a=28 b=34 c=25 d=20", text), "");
    /* Where the whole is a union and the part is not. */
    CHECK_TEXT(rests("a=12 b=9", "ab=40", "a=7 b=9", "ab=31", text), "01");
    CHECK_TEXT(rests("b=9", "a=12 b=19", "b=9", "a=10 b=19", text), ""); /* a has no part: its own count is held elsewhere */
    CHECK_TEXT(rests("", "a=12", "a=7", "a=15", text), "gone");
    CHECK_TEXT(rests("a=12", "a=30", "", "a=20", text), "0"); /* a part that was nothing */
}

TEST("a number known under another name is compared with the very same group only")
{
    Written now, then;
    const MovementView *view = view_of(&now, "a=12 bc=30");
    MovementRules rules = {.threshold = THRESHOLD, .n_codes = CODES};
    bool conflict[2] = {0};

    view_of(&then, "a=10 b=29 c=29 cb=28");
    CHECK(!movement_alone_safe(view, &then.group[0], &rules, conflict) && conflict[0] && !conflict[1]);
    memset(conflict, 0, sizeof conflict);
    CHECK(movement_alone_safe(view, &then.group[1], &rules, conflict) && !conflict[1]);
    CHECK(movement_alone_safe(view, &then.group[2], &rules, conflict) && !conflict[1]);
    CHECK(!movement_alone_safe(view, &then.group[3], &rules, conflict) && conflict[1]);
    memset(conflict, 0, sizeof conflict);
    view_of(&then, "b=10 bd=29"); /* as many codes, and not the same */
    CHECK(movement_alone_safe(view, &then.group[0], &rules, conflict) && movement_alone_safe(view, &then.group[1], &rules, conflict));
    view_of(&then, "ab=13 a=20");
    CHECK(movement_alone_safe(view, &then.group[0], &rules, conflict)); /* more than the group */
    CHECK(movement_alone_safe(view, &then.group[1], &rules, conflict));
    rules.slack = 4;
    CHECK(!movement_alone_safe(view, &then.group[1], &rules, conflict));
}

/* -- holders: who knows his own records ------------------------------------------------------------ */

enum { OWN_MAX = 8 };

/* What each has of a group: "a:13=5" = of group a, holder 1 has 3, and 5 of a share said yes. */
typedef struct Held {
    MovementOwn own[CODES + 1][OWN_MAX];
} Held;

static void own_read(Written *to, Held *held, const char *text)
{
    memset(held, 0, sizeof *held);
    for (size_t at = 0; at < to->view.n; at++) {
        to->group[at].own = held->own[at];
        to->group[at].own_known = true;
        to->group[at].hides = to->group[at].n_codes > 1;
    }
    for (const char *at = text; *at;) {
        size_t group = 0;
        while (to->group[group].code[0] != (uint32_t) (*at - 'a'))
            group++;
        MovementOwn *own = &held->own[group][to->group[group].n_own++];
        own->holder = (uint32_t) (at[2] - '0');
        own->events = strtod(at + 3, (char **) &at);
        if (*at == '=')
            own->yes = strtod(at + 1, (char **) &at);
        at += *at == ' ';
    }
}

static const char *holders(const char *now, const char *own_now, const char *then, const char *own_then, char text[static 2 * CODES])
{
    Written a, b;
    Held of_a, of_b;
    bool conflict[CODES + 1] = {0};
    size_t n = 0;

    view_of(&a, now);
    view_of(&b, then);
    own_read(&a, &of_a, own_now);
    own_read(&b, &of_b, own_then);
    bool safe = movement_safe(&a.view, &b.view, &(MovementRules){.threshold = THRESHOLD, .partition = true, .n_codes = CODES}, conflict);
    for (size_t at = 0; at < a.view.n; at++)
        if (conflict[at])
            text[n++] = (char) ('0' + at);
    text[n] = '\0';
    return safe ? n ? "safe, and blamed" : "" : n ? text : "gone";
}

TEST("who takes off by how much he moved himself finds nothing, or enough, where something hides")
{
    char text[2 * CODES];

    /* Ten more, of which four are of others. */
    CHECK_TEXT(holders("ab=30 c=9", "a:016 a:18 a:26 c:09", "ab=20 c=9", "a:010 a:16 a:24 c:09", text), "0");
    CHECK_TEXT(holders("ab=30 c=9", "a:015 a:19 a:26 c:09", "ab=20 c=9", "a:010 a:16 a:24 c:09", text), "");
    /* All ten are his: nothing is left. */
    CHECK_TEXT(holders("ab=30 c=9", "a:020 a:16 a:24 c:09", "ab=20 c=9", "a:010 a:16 a:24 c:09", text), "");
    /* The very same number, and he moved: the others moved against him. */
    CHECK_TEXT(holders("ab=20 c=9", "a:012 a:14 a:24 c:09", "ab=20 c=9", "a:010 a:16 a:24 c:09", text), "0");
    /* Put together now, or then: it hides. */
    CHECK_TEXT(holders("ab=30", "a:016 a:18 a:26", "a=10 b=10", "a:05 a:13 a:22 b:05 b:13 b:22", text), "0");
    CHECK_TEXT(holders("a=14 b=16", "a:07 a:14 a:23 b:09 b:14 b:23", "ab=20", "a:010 a:16 a:24", text), "01");
    /* Who came in, and who is gone, moved by all he has. */
    CHECK_TEXT(holders("ab=30", "a:37 a:010 a:113", "ab=20", "a:010 a:110", text), "0");
    CHECK_TEXT(holders("ab=20", "a:010 a:110", "ab=30", "a:37 a:010 a:113", text), "0");
}

TEST("by itself a number tells of the other only one of two who moved")
{
    char text[2 * CODES];

    CHECK_TEXT(holders("a=30 b=9", "a:016 a:18 a:26 b:09", "a=20 b=9", "a:010 a:16 a:24 b:09", text), ""); /* two others moved */
    CHECK_TEXT(holders("a=30 b=9", "a:018 a:18 a:24 b:09", "a=20 b=9", "a:010 a:16 a:24 b:09", text), "0"); /* eight, and two of one other */
    CHECK_TEXT(holders("a=30 b=9", "a:015 a:111 a:24 b:09", "a=20 b=9", "a:010 a:16 a:24 b:09", text), "");
    CHECK_TEXT(holders("a=30 b=9", "a:020 a:16 a:24 b:09", "a=20 b=9", "a:010 a:16 a:24 b:09", text), ""); /* he alone */
    CHECK_TEXT(holders("a=20 b=9", "a:013 a:13 a:24 b:09", "a=20 b=9", "a:010 a:16 a:24 b:09", text), "0"); /* the very same number */
    CHECK_TEXT(holders("a=20 b=9", "a:016 a:14 b:09", "a=20 b=9", "a:010 a:110 b:09", text), "");
}

TEST("where it is not known what each had, only readers are asked")
{
    Written a, b;
    Held of_a;
    bool conflict[CODES + 1] = {0};
    MovementRules rules = {.threshold = THRESHOLD, .partition = true, .n_codes = CODES};

    view_of(&a, "ab=30");
    view_of(&b, "ab=20");
    own_read(&a, &of_a, "a:026 a:14");
    CHECK(movement_safe(&a.view, &b.view, &rules, conflict) && !conflict[0]);
    Held of_b;
    own_read(&b, &of_b, "a:018 a:12");
    CHECK(!movement_safe(&a.view, &b.view, &rules, conflict) && conflict[0]);
    a.group[0].own_known = false; /* of then alone is not enough */
    CHECK(movement_safe(&a.view, &b.view, &rules, conflict));
    rules.slack = 4; /* printed in fives: what is left of others is wide. Fifteen more, twelve of them his own */
    a.group[0].events = 35;
    own_read(&a, &of_a, "a:030 a:15");
    CHECK(movement_safe(&a.view, &b.view, &rules, conflict));
}

static bool holders_shares(const char *now, const char *own_now, const char *then, const char *own_then)
{
    Written a, b;
    Held of_a, of_b;
    bool conflict[CODES + 1] = {0};

    shares_of(&a, now, true);
    shares_of(&b, then, false);
    own_read(&a, &of_a, own_now);
    own_read(&b, &of_b, own_then);
    return movement_safe(&a.view, &b.view, &(MovementRules){.threshold = THRESHOLD, .slack = 4, .half = 0.5, .partition = true, .n_codes = CODES}, conflict);
}

TEST("of shares, who knows his own answers finds few others who said yes or no")
{
    /* 27 of 100, and 42 of 140: fifteen more said yes, of two schools that asked more pupils. */
    CHECK(holders_shares("a=140:30", "a:070=21 a:170=21", "a=100:27", "a:050=13 a:150=14"));
    CHECK(!holders_shares("a=140:30", "a:070=25 a:170=17", "a=100:27", "a:050=13 a:150=14")); /* twelve, and three of the other */
    CHECK(holders_shares("a=140:30", "a:060=25 a:145=10 a:235=7", "a=100:27", "a:040=14 a:135=8 a:225=5")); /* three schools */
    CHECK(!holders_shares("ab=140:30", "a:060=25 a:145=10 a:235=7", "ab=100:27", "a:040=14 a:135=8 a:225=5")); /* where it hides */
    /* The very same print, and he had two more who said yes. */
    CHECK(holders_shares("a=100:27", "a:050=14 a:150=13", "a=100:27", "a:050=14 a:150=13"));
    CHECK(!holders_shares("a=100:27", "a:050=16 a:150=11", "a=100:27", "a:050=14 a:150=13"));
    /* Six more answered, and six fewer of the other, who all said yes: of no nobody takes off anything, and the print is the same. */
    CHECK(holders_shares("a=100:27", "a:056=20 a:144=7", "a=100:27", "a:050=14 a:150=13"));
    /* Of those who said no. 50 of 60, and 75 of 120 (45 no): 35 no more. */
    CHECK(!holders_shares("a=120:62.5", "a:060=28 a:160=47", "a=60:83", "a:030=28 a:130=22"));
    /* 71 to 74 of 100 said no, and 139 to 141 of 200: 65 to 69 more, of which 63 of the one. Of yes 31 to 35, fifteen of them his. */
    CHECK(!holders_shares("a=200:30", "a:0128=28 a:172=32", "a=100:27", "a:050=13 a:150=14"));
    CHECK(holders_shares("a=200:30", "a:0118=28 a:182=32", "a=100:27", "a:050=13 a:150=14"));
}

TEST("what a whole leaves beside its part, and a number under another name, to who knows his own")
{
    Written a, b, c, d;
    Held of[4];
    bool conflict[CODES + 1] = {0};
    MovementRules rules = {.threshold = THRESHOLD, .n_codes = CODES};

    view_of(&a, "a=20");
    view_of(&b, "a=50");
    view_of(&c, "a=10");
    view_of(&d, "a=30");
    /* Ten more that are no part: eight of holder 0, two of holder 1. */
    own_read(&a, &of[0], "a:010 a:110");
    own_read(&b, &of[1], "a:030 a:120");
    own_read(&c, &of[2], "a:05 a:15");
    own_read(&d, &of[3], "a:017 a:113");
    CHECK(!movement_rest_safe(&a.view, &b.view, &c.view, &d.view, &rules, conflict) && conflict[0]);
    own_read(&d, &of[3], "a:020 a:110");
    CHECK(movement_rest_safe(&a.view, &b.view, &c.view, &d.view, &rules, conflict));
    d.group[0].own_known = false;
    own_read(&b, &of[1], "a:033 a:117");
    CHECK(movement_rest_safe(&a.view, &b.view, &c.view, &d.view, &rules, conflict));
    /* 50, and 30 under another name: of the twenty three are of holder 1. */
    conflict[0] = false;
    own_read(&d, &of[3], "a:016 a:114");
    CHECK(!movement_alone_safe(&b.view, &d.group[0], &rules, conflict) && conflict[0]);
    rules.slack = 4; /* printed in fives */
    CHECK(movement_alone_safe(&b.view, &d.group[0], &rules, conflict));
    rules.slack = 0;
    own_read(&d, &of[3], "a:020 a:110");
    CHECK(movement_alone_safe(&b.view, &d.group[0], &rules, conflict));
}

TEST("the share of all as the sum of its groups, to who knows his own")
{
    Written now, then;
    Held of_now, of_then;
    MovementRules rules = {.threshold = THRESHOLD, .slack = 4, .half = 0.5, .n_codes = CODES};

    /* 31 of 300, and 38 to 40 now. */
    shares_of(&then, "a=75:8 b=75:11 c=75:11 d=75:12", false);
    shares_of(&now, "e=300:13", true);
    own_read(&then, &of_then, "a:075=6 b:175=8 c:275=8 d:375=9");
    own_read(&now, &of_now, "e:075=9 e:175=11 e:275=11 e:375=8");
    CHECK(movement_sum_safe(&now.group[0], 300, &then.view, &rules));
    own_read(&now, &of_now, "e:075=10 e:175=12 e:275=8 e:375=9"); /* four of each of two */
    CHECK(!movement_sum_safe(&now.group[0], 300, &then.view, &rules));
    /* With a decimal: 31 of 300 (298 to 302), and 80 of 400. Of 98 to 102 more 49 said yes and 49 to 53 no: of those 46 are the first's, or forty. */
    rules.half = 0.05;
    shares_of(&then, "a=75:8 b=75:10.7 c=75:10.7 d=75:12", false);
    shares_of(&now, "e=400:20", true);
    own_read(&then, &of_then, "a:075=6 b:175=8 c:275=8 d:375=9");
    own_read(&now, &of_now, "e:0141=26 e:1109=37 e:275=8 e:375=9");
    CHECK(!movement_sum_safe(&now.group[0], 300, &then.view, &rules));
    own_read(&now, &of_now, "e:0135=26 e:1115=37 e:275=8 e:375=9");
    CHECK(movement_sum_safe(&now.group[0], 300, &then.view, &rules));
}

/* -- the claim, against everybody who takes it that numbers only grow ------------------------------ */

enum { HELD = 4, MOMENTS = 3, LARGEST = 14, TABLES_MAX = 4000 };

typedef struct History {
    int value[MOMENTS][HELD];
    int group[MOMENTS][HELD]; /* -1: this moment showed nothing */
    int n;
} History;

/* A grouping in which each group by itself could be published: 0 or the threshold. */
static bool grouping_draw(uint64_t *state, const int *value, int *group)
{
    int sum[HELD] = {0};

    for (int at = 0; at < HELD; at++) {
        group[at] = (int) below(state, HELD);
        sum[group[at]] += value[at];
    }
    for (int at = 0; at < HELD; at++)
        if (sum[at] > 0 && sum[at] < THRESHOLD)
            return false;
    return true;
}

static void view_from(Written *to, const int *value, const int *group)
{
    memset(to, 0, sizeof *to);
    for (int one = 0; one < HELD; one++) {
        MovementGroup *made = &to->group[to->view.n];
        made->code = to->code[to->view.n];
        for (int at = 0; at < HELD; at++)
            if (group[at] == one) {
                to->code[to->view.n][made->n_codes++] = (uint32_t) at;
                made->events += value[at];
            }
        to->view.n += made->n_codes > 0;
    }
    to->view.group = to->group;
}

/* All tables that show the same groups at one moment. \return how many; -1: too many to try */
static int tables_all(const History *of, int moment, int (*table)[HELD])
{
    int n = 0, one[HELD] = {0};

    for (;;) {
        int sum[HELD] = {0}, is[HELD] = {0};
        bool same = true;
        for (int at = 0; at < HELD; at++) {
            sum[of->group[moment][at]] += one[at];
            is[of->group[moment][at]] += of->value[moment][at];
        }
        for (int at = 0; at < HELD; at++)
            same = same && sum[at] == is[at];
        if (same && n == TABLES_MAX)
            return -1;
        if (same)
            memcpy(table[n++], one, sizeof one);
        int at = 0;
        while (at < HELD && one[at] == is[of->group[moment][at]])
            one[at++] = 0;
        if (at == HELD)
            return n;
        one[at]++;
    }
}

static bool grows(const int *before, const int *after)
{
    for (int at = 0; at < HELD; at++)
        if (after[at] < before[at])
            return false;
    return true;
}

/* Fewest possibilities less one of any hidden number that may be from 1 to one below the threshold; large when there is none. */
static int narrowest(const History *of, int (*table)[TABLES_MAX][HELD], const int *n)
{
    static bool fits[MOMENTS][TABLES_MAX];
    int worst = 1000;

    /* A table fits when a chain of growing tables runs through it: forward, then back. */
    for (int moment = 0; moment < of->n; moment++)
        for (int at = 0; at < n[moment]; at++) {
            fits[moment][at] = moment == 0;
            for (int before = 0; moment > 0 && before < n[moment - 1] && !fits[moment][at]; before++)
                fits[moment][at] = fits[moment - 1][before] && grows(table[moment - 1][before], table[moment][at]);
        }
    for (int moment = of->n - 2; moment >= 0; moment--)
        for (int at = 0; at < n[moment]; at++) {
            bool on = false;
            for (int after = 0; after < n[moment + 1] && fits[moment][at] && !on; after++)
                on = fits[moment + 1][after] && grows(table[moment][at], table[moment + 1][after]);
            fits[moment][at] = on;
        }
    for (int moment = 0; moment < of->n; moment++)
        for (int cell = 0; cell < HELD; cell++) {
            int low = 1000, high = -1;
            for (int at = 0; at < n[moment]; at++)
                if (fits[moment][at]) {
                    low = table[moment][at][cell] < low ? table[moment][at][cell] : low;
                    high = table[moment][at][cell] > high ? table[moment][at][cell] : high;
                }
            if (low < THRESHOLD && high > 0 && high - low < worst)
                worst = high - low;
        }
    return worst;
}

TEST("of what is hidden at any moment at least four numbers are left, also for who takes it that numbers only grow")
{
    static int table[MOMENTS][TABLES_MAX][HELD];
    uint64_t state = 20261126;
    int tried = 0, grouped = 0, crossed = 0;

    for (int round = 0; round < 6000; round++) {
        History history = {0};
        int value[HELD], n[MOMENTS];
        bool few = true;
        for (int at = 0; at < HELD; at++)
            value[at] = (int) below(&state, 8);
        for (int moment = 0; moment < MOMENTS; moment++) {
            int group[HELD];
            bool safe = false;
            for (int draw = 0; draw < 20 && !safe; draw++) {
                Written now, then;
                safe = grouping_draw(&state, value, group);
                view_from(&now, value, group);
                for (int before = 0; before < history.n && safe; before++) {
                    bool conflict[HELD + 1] = {0};
                    view_from(&then, history.value[before], history.group[before]);
                    safe = movement_safe(&now.view, &then.view, &(MovementRules){.threshold = THRESHOLD, .partition = true, .n_codes = HELD}, conflict);
                    crossed += !safe;
                }
            }
            if (safe) {
                memcpy(history.value[history.n], value, sizeof value);
                memcpy(history.group[history.n++], group, sizeof group);
            }
            for (int at = 0; at < HELD; at++)
                value[at] += below(&state, 3) ? 0 : (int) below(&state, 8);
        }
        for (int moment = 0; moment < history.n && few; moment++)
            few = (n[moment] = tables_all(&history, moment, table[moment])) >= 0;
        if (!few || history.n < 2)
            continue;
        tried++;
        for (int moment = 1; moment < history.n; moment++)
            grouped += memcmp(history.group[moment], history.group[0], sizeof history.group[0]) != 0;
        if (narrowest(&history, table, n) < 3)
            test_fail(__FILE__, __LINE__, "round %d: a hidden number has fewer than four possibilities", round);
    }
    CHECK(tried > 1000 && grouped > 500 && crossed > 1000);
}
