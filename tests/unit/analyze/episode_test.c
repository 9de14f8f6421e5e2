#include "analyze/episode.h"

#include "tests/harness/test.h"

enum { MONTHS = 24 };

/* One school with three series; points are put in by hand. */
typedef struct Stage {
    AlarmMethod rise, fall;
    SeriesRule  whole, part;
    AlarmConfig config;
    double      observed[MONTHS], exposure[MONTHS], complete[MONTHS];
    Date        day[MONTHS];
    Series      series[3];
    AlarmPoint  point[16];
    Watch       watch;
    Episode    *episode;
    size_t      n;
} Stage;

static void stage_begin(Stage *stage)
{
    *stage = (Stage){.rise = {.name = "hoger", .kind = METHOD_GAMMA_POISSON, .alpha = .005}, .fall = {.name = "stilte", .kind = METHOD_SILENCE},
                     .whole = {.name = "alles", .step = STEP_MONTH, .main = true}, .part = {.name = "vorm", .step = STEP_MONTH, .by = BY_FORM}, .config = {.gap = 1, .budget = 2}};
    Date day = date_school_year_begin(2023);
    for (int at = 0; at < MONTHS; at++, day = date_month_next(day)) {
        stage->day[at] = day;
        stage->exposure[at] = stage->complete[at] = 1;
    }
    for (int at = 0; at < 3; at++)
        stage->series[at] = (Series){.board_no = 1, .location_no = at == 2 ? 8 : 7, .unit = "school", .name = at == 1 ? "vorm:fysiek" : "alles", .rule = at == 1 ? &stage->part : &stage->whole,
                                     .n = MONTHS, .day = stage->day, .observed = stage->observed, .exposure = stage->exposure, .complete = stage->complete};
    stage->watch.point = stage->point;
}

static void put(Stage *stage, int series, size_t k, double p, size_t run)
{
    const AlarmMethod *method = run ? &stage->fall : &stage->rise;

    stage->point[stage->watch.n++] = (AlarmPoint){.series = &stage->series[series], .method = method, .k = k, .result = {.used = method, .pvalue = p, .run = run ? run : 1, .alarm = true}};
}

static void make(Stage *stage, Arena *arena)
{
    episodes_make(arena, &stage->config, &stage->watch, &stage->episode, &stage->n);
}

TEST("what goes on is one alarm, over one month without it and over holidays; two months apart it is two")
{
    ARENA_AUTO arena = arena_new();
    Stage stage;

    stage_begin(&stage);
    put(&stage, 0, 8, .004, 0);
    put(&stage, 0, 5, .003, 0);
    put(&stage, 0, 3, .001, 0);
    stage.exposure[6] = 0; /* holidays */
    put(&stage, 0, 14, .0001, 0);
    make(&stage, arena);
    CHECK_INT(stage.n, 2);
    CHECK_INT(stage.episode[0].n, 3);
    CHECK(stage.episode[0].from == stage.day[3] && stage.episode[0].last == stage.day[9] - 1 && stage.episode[0].peak->k == 3);
    CHECK(stage.episode[1].from == stage.day[14]);
    CHECK(stage.episode[0].certainty == 3 && stage.episode[1].certainty == 3); /* several periods below .002; one below .0005 */
    stage_begin(&stage);
    stage.config.gap = 0;
    put(&stage, 0, 3, .004, 0);
    put(&stage, 0, 5, .02, 0);
    make(&stage, arena);
    CHECK_INT(stage.n, 2);
    CHECK(stage.episode[0].certainty == 2 && stage.episode[1].certainty == 1);
}

TEST("periods that were looked at together are not two that agree, and begin with the first of them")
{
    ARENA_AUTO arena = arena_new();
    Stage stage;

    stage_begin(&stage);
    stage.rise.span = 2;
    put(&stage, 0, 5, .001, 0);
    put(&stage, 0, 6, .0015, 0);
    stage.point[0].result.run = stage.point[1].result.run = 2;
    make(&stage, arena);
    CHECK_INT(stage.n, 1);
    CHECK(stage.episode[0].from == stage.day[4] && stage.episode[0].certainty == 2);
    stage_begin(&stage);
    stage.rise.span = 2;
    for (size_t at = 0; at < 3; at++) {
        put(&stage, 0, 5 + at, .001, 0);
        stage.point[at].result.run = 2;
    }
    make(&stage, arena);
    CHECK_INT(stage.episode[0].certainty, 3);
}

TEST("a silence begins with its first silent month, and is no part of a rise")
{
    ARENA_AUTO arena = arena_new();
    Stage stage;

    stage_begin(&stage);
    put(&stage, 0, 10, .0008, 3);
    stage.exposure[9] = 0;
    put(&stage, 0, 10, .001, 0);
    make(&stage, arena);
    CHECK_INT(stage.n, 2);
    CHECK(stage.episode[0].rise && !stage.episode[1].rise);
    CHECK(stage.episode[1].from == stage.day[7] && stage.episode[1].last == stage.day[11] - 1);
}

TEST("a part that stands out at the same time is told with the whole, of its own school only")
{
    ARENA_AUTO arena = arena_new();
    Stage stage;

    stage_begin(&stage);
    put(&stage, 0, 5, .001, 0);
    put(&stage, 1, 5, .0001, 0);
    put(&stage, 1, 15, .0001, 0);
    put(&stage, 2, 15, .001, 0);
    make(&stage, arena);
    CHECK_INT(stage.n, 4);
    CHECK_INT(stage.episode[0].part_of, -1);
    CHECK_INT(stage.episode[1].part_of, 0);
    CHECK_INT(stage.episode[2].part_of, -1);
    CHECK_INT(stage.episode[3].part_of, -1);
}

TEST("of two wholes that stand out together the surer one is told, with the other and the parts of both")
{
    ARENA_AUTO arena = arena_new();
    Stage stage;

    for (int surer = 0; surer < 2; surer++) {
        stage_begin(&stage);
        stage.series[2].location_no = 7;
        stage.series[2].name = "pest";
        put(&stage, 0, 5, surer ? .0001 : .001, 0);
        put(&stage, 2, 5, surer ? .001 : .0001, 0);
        put(&stage, 1, 5, .002, 0);
        put(&stage, 2, 15, .002, 0);
        make(&stage, arena);
        CHECK_INT(stage.n, 4); /* alles, pest, pest, vorm:fysiek */
        CHECK_INT(stage.episode[surer ? 1 : 0].part_of, surer ? 0 : 1);
        CHECK_INT(stage.episode[surer ? 0 : 1].part_of, -1);
        CHECK_INT(stage.episode[2].part_of, -1);
        CHECK_INT(stage.episode[3].part_of, surer ? 0 : 1);
        episodes_budget(stage.episode, stage.n, 4);
        CHECK(stage.episode[surer ? 0 : 1].shown && !stage.episode[surer ? 1 : 0].shown && stage.episode[2].shown);
    }
}

TEST("the budget keeps the surest of a school year, and what was shown before")
{
    ARENA_AUTO arena = arena_new();
    Stage stage;

    stage_begin(&stage);
    put(&stage, 0, 1, .004, 0);
    put(&stage, 0, 4, .001, 0);
    put(&stage, 0, 7, .002, 0);
    put(&stage, 0, 13, .004, 0); /* the next school year */
    put(&stage, 1, 4, .0001, 0); /* a part: neither counted nor shown */
    put(&stage, 2, 4, .004, 0);  /* another school */
    make(&stage, arena);
    CHECK_INT(stage.n, 6);
    episodes_budget(stage.episode, stage.n, 2);
    CHECK(!stage.episode[0].shown && stage.episode[1].shown && stage.episode[2].shown && stage.episode[3].shown);
    CHECK(!stage.episode[4].shown && stage.episode[5].shown);
    stage.episode[0].shown_before = true;
    episodes_budget(stage.episode, stage.n, 2);
    CHECK(stage.episode[0].shown && stage.episode[1].shown && !stage.episode[2].shown);
    episodes_budget(stage.episode, stage.n, 0);
    CHECK(stage.episode[0].shown && !stage.episode[1].shown);
}

TEST("what is certain is shown however many weak ones came first, and is not what makes them shown")
{
    ARENA_AUTO arena = arena_new();
    Stage stage;

    stage_begin(&stage);
    put(&stage, 0, 1, .004, 0);
    put(&stage, 0, 4, .003, 0);
    put(&stage, 0, 7, .00001, 0);
    make(&stage, arena);
    CHECK_INT(stage.n, 3);
    CHECK(stage.episode[2].certainty == 3 && stage.episode[1].certainty < 3);
    stage.episode[0].shown_before = stage.episode[1].shown_before = true;
    episodes_budget(stage.episode, stage.n, 2);
    CHECK(stage.episode[0].shown && stage.episode[1].shown && stage.episode[2].shown);
    stage.episode[0].shown_before = stage.episode[1].shown_before = false;
    episodes_budget(stage.episode, stage.n, 1);
    CHECK(!stage.episode[0].shown && !stage.episode[1].shown && stage.episode[2].shown);
    episodes_budget(stage.episode, stage.n, 0);
    CHECK(!stage.episode[0].shown && !stage.episode[1].shown && stage.episode[2].shown);
}

TEST("no points, no alarms")
{
    ARENA_AUTO arena = arena_new();
    Stage stage;

    stage_begin(&stage);
    make(&stage, arena);
    CHECK_INT(stage.n, 0);
    episodes_budget(stage.episode, 0, 4);
}

TEST("a month and a week in it, or two methods over one week, are the same incidents and do not make an alarm certain")
{
    ARENA_AUTO arena = arena_new();
    Stage stage;
    AlarmMethod again = {.name = "losse", .kind = METHOD_GAMMA_POISSON, .alpha = .005};
    SeriesRule weekly = {.name = "alles", .step = STEP_WEEK, .main = true};
    Date monday = date_school_year_begin(2023) + 40, days[4] = {monday, monday + 7, monday + 14, monday + 56};
    Series weeks;

    stage_begin(&stage);
    weeks = stage.series[0];
    weeks.rule = &weekly;
    weeks.day = days;
    weeks.n = 4;
    put(&stage, 0, 1, .001, 0); /* September */
    put(&stage, 0, 1, .0015, 0);
    stage.point[1].method = stage.point[1].result.used = &again;
    put(&stage, 0, 0, .001, 0);
    stage.point[2].series = &weeks;
    make(&stage, arena);
    CHECK_INT(stage.n, 1);
    CHECK_INT(stage.episode[0].n, 3);
    CHECK_INT(stage.episode[0].certainty, 2);
    put(&stage, 0, 3, .003, 0); /* a week in October agrees with it */
    stage.point[3].series = &weeks;
    stage.config.gap = 3;
    make(&stage, arena);
    CHECK_INT(stage.n, 1);
    CHECK_INT(stage.episode[0].certainty, 3);
}

TEST("a silence that grows is one silence")
{
    ARENA_AUTO arena = arena_new();
    Stage stage;

    stage_begin(&stage);
    put(&stage, 0, 5, .0009, 3);
    put(&stage, 0, 6, .0006, 4);
    make(&stage, arena);
    CHECK_INT(stage.n, 1);
    CHECK_INT(stage.episode[0].certainty, 2);
}

TEST("CUSUM adds up what lies before, so it agrees with no other method, and with itself only after its next beginning")
{
    ARENA_AUTO arena = arena_new();
    Stage stage;
    AlarmMethod sum = {.name = "aanhoudend", .kind = METHOD_CUSUM, .arl = 1000};

    stage_begin(&stage);
    put(&stage, 0, 5, .001, 0);
    put(&stage, 0, 6, NAN, 0);
    stage.point[1].method = stage.point[1].result.used = &sum;
    make(&stage, arena);
    CHECK_INT(stage.n, 1);
    CHECK_INT(stage.episode[0].certainty, 2);
    stage_begin(&stage);
    for (size_t at = 0; at < 2; at++) {
        put(&stage, 0, 5 + at, NAN, 0);
        stage.point[at].method = stage.point[at].result.used = &sum;
    }
    make(&stage, arena);
    CHECK_INT(stage.n, 1);
    CHECK_INT(stage.episode[0].certainty, 3);
    CHECK_INT(stage.episode[0].peak->k, 5); /* equally sure: the one that was seen first */
}

TEST("what came after a day has a peak and a certainty of its own")
{
    ARENA_AUTO arena = arena_new();
    Stage stage;

    stage_begin(&stage);
    put(&stage, 0, 5, .00001, 0);
    put(&stage, 0, 6, .002, 0);
    put(&stage, 0, 7, .003, 0);
    make(&stage, arena);
    CHECK_INT(stage.n, 1);
    CHECK(stage.episode[0].after == DATE_NONE && stage.episode[0].peak->k == 5 && stage.episode[0].certainty == 3);
    CHECK(episode_peak(&stage.episode[0], stage.day[6] - 1)->k == 6);
    CHECK_INT(episode_certainty(&stage.episode[0], stage.day[6] - 1), 2);
    CHECK(episode_peak(&stage.episode[0], stage.day[7] - 1)->k == 7);
    CHECK(episode_peak(&stage.episode[0], stage.day[6] + 9)->k == 7); /* and not the month that had begun by then */
    CHECK(episode_peak(&stage.episode[0], stage.day[7] + 9)->k == 7); /* there is no other */
    CHECK(episode_peak(&stage.episode[0], stage.day[8] - 1) == NULL);
}
