#include "analyze/alarm_verify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/alarm_store.h"
#include "analyze/episode.h"
#include "sql_embed.h"

static const double tolerance = 1e-9;

static bool near(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= tolerance * fmax(fabs(b), 1e-6);
}

/* Two documents of the same shape whose numbers agree. */
static bool same_json(const json_t *a, const json_t *b)
{
    const char *key;
    json_t *value;
    size_t at;

    if (json_is_number(a) && json_is_number(b))
        return near(json_number_value(a), json_number_value(b));
    if (json_typeof(a) != json_typeof(b))
        return false;
    if (json_is_array(a)) {
        if (json_array_size(a) != json_array_size(b))
            return false;
        json_array_foreach(a, at, value)
            if (!same_json(value, json_array_get(b, at)))
                return false;
        return true;
    }
    if (!json_is_object(a))
        return json_equal(a, b) == 1;
    if (json_object_size(a) != json_object_size(b))
        return false;
    json_object_foreach((json_t *) a, key, value)
        if (!json_object_get(b, key) || !same_json(value, json_object_get(b, key)))
            return false;
    return true;
}

static bool same_basis(const char *stored, const char *again)
{
    json_auto_t *a = json_loads(stored, JSON_REJECT_DUPLICATES, NULL);
    json_auto_t *b = json_loads(again, JSON_REJECT_DUPLICATES, NULL);

    return a && b && same_json(a, b);
}

static int key_order(const PgResult *rows, size_t row, const AlarmPoint *point)
{
    const Series *series = point->series;
    int64_t location = pg_int(rows, row, 0);
    int order;

    if (location != series->location_no)
        return location < series->location_no ? -1 : 1;
    if ((order = strcmp(pg_text(rows, row, 1), series->unit)) != 0 || (order = strcmp(pg_text(rows, row, 2), series->name)) != 0 ||
        (order = strcmp(pg_text(rows, row, 3), series_step_name(series->rule->step))) != 0 || (order = strcmp(pg_text(rows, row, 4), point->method->name)) != 0)
        return order;
    return pg_date(rows, row, 6) < series->day[point->k] ? -1 : pg_date(rows, row, 6) > series->day[point->k];
}

static size_t stored_find(const PgResult *rows, const AlarmPoint *point)
{
    for (size_t row = 0; row < pg_rows(rows); row++)
        if (key_order(rows, row, point) == 0)
            return row;
    return pg_rows(rows);
}

/* NULL: the same; else what differs. */
static const char *difference(const PgResult *rows, size_t row, const AlarmPoint *point, const Episode *episode)
{
    ARENA_AUTO batch = arena_new();
    const AlarmResult *r = &point->result;
    const struct { const char *name; int column; double value; } number[] = {
        {"observed", 7, r->observed}, {"expected", 8, r->expected}, {"upper", 9, r->upper}, {"pvalue", 10, r->pvalue}, {"phi", 11, r->phi}, {"score", 12, r->score}};

    if (strcmp(pg_text(rows, row, 5), r->used->name) != 0)
        return "used";
    for (size_t at = 0; at < sizeof number / sizeof *number; at++)
        if (!near(pg_real(rows, row, number[at].column), number[at].value))
            return number[at].name;
    if (!same_basis(pg_text(rows, row, 13), alarm_basis(batch, point)))
        return "basis";
    if (pg_date(rows, row, 15) != episode->from || pg_date(rows, row, 16) != episode->last || pg_date(rows, row, 17) != episode->peak->series->day[episode->peak->k])
        return N_("the alarm it belongs to");
    return NULL;
}

static void differs(Arena *out, AlarmVerified *verified, int board, int location, const char *series, const char *period, Date day, const char *what)
{
    char text[11];

    verified->differ++;
    if (verified->first)
        return;
    date_format_iso(day, text);
    verified->first = arena_format(out, err_word("board %d, location %d, %s per %s, %s: %s"), board, location, series, period, text, err_word(what));
}

/* -- what is told of an alarm -------------------------------------------------------------------- */

static size_t alarm_find(const PgResult *alarms, int64_t number)
{
    size_t row = 0;

    while (row < pg_rows(alarms) && pg_int(alarms, row, 0) != number)
        row++;
    return row;
}

/* NULL: the row says what follows from the episode. */
static const char *told(Arena *batch, const PgResult *alarms, size_t row, const AlarmBoard *all, size_t at, const char *facts)
{
    const Episode *episode = &all->episode[at];
    const AlarmPoint *peak = episode->peak, *last = episode->point[episode->n - 1];
    const AlarmResult *r = &peak->result;
    const Series *series = peak->series;
    const struct { const char *name; int column; const char *text; } text[] = {
        {"unit", 2, series->unit}, {"series", 3, series->name}, {"title", 4, series->title}, {"direction", 5, alarm_direction(episode)},
        {"period", 9, series_step_name(series->rule->step)}, {"method", 10, alarm_kind_name(r->used->kind)}};
    const struct { const char *name; int column; double value; } number[] = {
        {"observed", 11, r->observed}, {"expected", 12, r->expected}, {"upper", 13, r->upper}, {"pvalue", 14, r->pvalue}};
    const struct { const char *name; int column; int64_t value; } whole[] = {
        {"location", 1, series->location_no}, {N_("first day"), 6, episode->from}, {N_("last day"), 7, episode->last}, {"peak", 8, series->day[peak->k]}, {"certainty", 15, episode->certainty},
        {"trend", 16, r->trend}, {"run", 17, (int64_t) r->run}, {N_("baseline begins"), 18, series->day[r->base_first]}, {N_("baseline ends"), 19, series->day[r->base_last]},
        {N_("size of the baseline"), 20, (int64_t) r->n_base}, {"periods", 21, (int64_t) episode->n}, {N_("part of"), 22, episode->part_of < 0 ? 0 : all->episode[episode->part_of].alarm_no},
        {"incomplete", 24, last->series->complete[last->k] < all->config->complete_share}};

    for (size_t one = 0; one < sizeof text / sizeof *text; one++)
        if (strcmp(pg_text(alarms, row, text[one].column), text[one].text) != 0)
            return text[one].name;
    for (size_t one = 0; one < sizeof number / sizeof *number; one++)
        if (!near(pg_real(alarms, row, number[one].column), number[one].value))
            return number[one].name;
    for (size_t one = 0; one < sizeof whole / sizeof *whole; one++) {
        int column = whole[one].column;
        bool date = (column >= 6 && column <= 8) || column == 18 || column == 19, flag = column == 16 || column == 24;
        int64_t stored = date ? pg_date(alarms, row, column) : flag ? pg_bool(alarms, row, column) : pg_int(alarms, row, column);
        if (stored != whole[one].value)
            return whole[one].name;
    }
    if (pg_bool(alarms, row, 23) != episode->shown)
        return N_("the choice of the yearly budget");
    if ((episode->shown || episode->shown_before) && !pg_bool(alarms, row, 27))
        return N_("shown, but its life does not know");
    if (pg_is_null(alarms, row, 22) != (episode->part_of < 0))
        return N_("part of");
    if (!same_basis(pg_text(alarms, row, 26), arena_text(batch, facts)))
        return N_("what is told beside it");
    return NULL;
}

static bool counted(Arena *batch, const AlarmPoint *point, Date day)
{
    AlarmDays *days;
    size_t n = point ? alarm_point_days(batch, point, &days) : 0;

    for (size_t at = 0; at < n; at++)
        if (day >= days[at].first && day <= days[at].last)
            return true;
    return false;
}

/* Incidents kept with an alarm are those of the counts that are told of it: as many as each, and none on other days. \return NULL, or what differs */
static const char *events_differ(Arena *batch, const PgResult *events, const Episode *episode)
{
    const AlarmPoint *told[] = {episode->peak, alarm_went_on(episode)};
    double incidents[] = {0, 0};

    for (size_t row = 0; row < pg_rows(events); row++) {
        Date day = pg_date(events, row, 1);
        bool any = false;
        if (pg_int(events, row, 0) != episode->alarm_no)
            continue;
        for (size_t which = 0; which < 2; which++)
            if (counted(batch, told[which], day)) {
                incidents[which] += pg_real(events, row, 2);
                any = true;
            }
        if (!any || !alarm_has_events(episode))
            return N_("an incident on a day that is not told");
    }
    for (size_t which = 0; which < 2; which++)
        if (told[which] && alarm_has_events(episode) && told[which]->series->rule->step != STEP_EVENT && incidents[which] != told[which]->result.observed)
            return N_("the incidents it concentrates in");
    return NULL;
}

/* The numbers of the episodes are those of their points; one that is not stored was said to be so already. */
static bool told_verify(Arena *out, AlarmBoard *all, AlarmVerified *verified, Err *err)
{
    ARENA_AUTO batch = arena_new();
    PG_AUTO alarms = NULL;
    PG_AUTO events = NULL;

    if (!pg_query(all->db, &sql_analyze_alarm_stored, PG_ANY_ROWS, &alarms, err, "i", (int64_t) all->board) ||
        !pg_query(all->db, &sql_analyze_alarm_events, PG_ANY_ROWS, &events, err, "i", (int64_t) all->board))
        return false;
    bool *found = arena_array(batch, pg_rows(alarms) + 1, sizeof *found);
    for (size_t at = 0; at < all->n; at++) {
        size_t row = alarm_find(alarms, all->episode[at].alarm_no);
        all->episode[at].shown_before = row < pg_rows(alarms) && pg_bool(alarms, row, 25);
        all->episode[at].after = row < pg_rows(alarms) ? pg_date(alarms, row, 28) : DATE_NONE;
    }
    episodes_budget(all->episode, all->n, all->config->budget);
    for (size_t at = 0; at < all->n; at++) {
        const Episode *episode = &all->episode[at];
        size_t row = alarm_find(alarms, episode->alarm_no);
        const char *facts, *what;
        if (row == pg_rows(alarms))
            continue;
        if (!alarm_facts(batch, all, at, &facts, err))
            return false;
        what = found[row] ? N_("two alarms under one number") : told(batch, alarms, row, all, at, facts);
        what = what ? what : events_differ(batch, events, episode);
        found[row] = true;
        if (what)
            differs(out, verified, all->board, episode->peak->series->location_no, episode->peak->series->name, series_step_name(episode->peak->series->rule->step), episode->from, what);
    }
    for (size_t row = 0; row < pg_rows(alarms); row++)
        if (!found[row])
            differs(out, verified, all->board, (int) pg_int(alarms, row, 1), pg_text(alarms, row, 3), pg_text(alarms, row, 9), pg_date(alarms, row, 6), N_("an alarm of no unusual period"));
    return true;
}

/* Likely breaks as they follow from the series. */
static bool likely_verify(Arena *out, const AlarmBoard *all, AlarmVerified *verified, Err *err)
{
    PG_AUTO rows = NULL;
    size_t known = 0;

    if (!pg_query(all->db, &sql_analyze_series_likely, PG_ANY_ROWS, &rows, err, "i", (int64_t) all->board))
        return false;
    for (size_t at = 0; at < all->list.n; at++) {
        const Series *series = &all->list.series[at];
        LikelyBreak likely = series_likely(series);
        size_t row = 0;
        if (likely.on == DATE_NONE)
            continue;
        while (row < pg_rows(rows) && (pg_int(rows, row, 0) != series->location_no || strcmp(pg_text(rows, row, 1), series->unit) != 0 || strcmp(pg_text(rows, row, 2), series->name) != 0 ||
                                       strcmp(pg_text(rows, row, 3), series_step_name(series->rule->step)) != 0))
            row++;
        known += row < pg_rows(rows);
        if (row == pg_rows(rows) || pg_date(rows, row, 4) != likely.on || !near(pg_real(rows, row, 5), likely.ratio))
            differs(out, verified, all->board, series->location_no, series->name, series_step_name(series->rule->step), likely.on, N_("the likely break"));
    }
    if (known < pg_rows(rows))
        differs(out, verified, all->board, (int) pg_int(rows, 0, 0), pg_text(rows, 0, 2), pg_text(rows, 0, 3), pg_date(rows, 0, 4), N_("a likely break that does not follow from the series"));
    return true;
}

static bool board_verify(Arena *out, Pg *db, AlarmEngine *engine, int board, const char *setting, AlarmVerified *verified, Err *err)
{
    ARENA_AUTO batch = arena_new();
    PG_AUTO rows = NULL;
    AlarmConfig config;
    AlarmBoard all = {.db = db, .config = &config, .board = board};

    if (!alarm_config_read(batch, setting, &config, err) || !series_load(batch, db, &config, board, &all.list, err) || !series_titles(batch, db, &all.list, err) ||
        !watch_run(batch, engine, &config, &all.list, &all.watch, err) || !pg_query(db, &sql_analyze_alarm_points, PG_ANY_ROWS, &rows, err, "i", (int64_t) board))
        return err_frame(err, "board %d", board);
    episodes_make(batch, &config, &all.watch, &all.episode, &all.n);
    bool *found = arena_array(batch, pg_rows(rows) + 1, sizeof *found);
    for (size_t at = 0; at < all.n; at++)
        for (size_t one = 0; one < all.episode[at].n; one++) {
            const AlarmPoint *point = all.episode[at].point[one];
            size_t row = stored_find(rows, point);
            const char *what = row == pg_rows(rows) ? N_("not stored") : found[row] ? N_("stored twice") : difference(rows, row, point, &all.episode[at]);
            if (row < pg_rows(rows)) {
                found[row] = true;
                if (one > 0 && all.episode[at].alarm_no != (int) pg_int(rows, row, 14) && !what)
                    what = N_("the alarm it belongs to");
                all.episode[at].alarm_no = one == 0 ? (int) pg_int(rows, row, 14) : all.episode[at].alarm_no;
            }
            if (what)
                differs(out, verified, board, point->series->location_no, point->series->name, series_step_name(point->series->rule->step), point->series->day[point->k], what);
        }
    for (size_t row = 0; row < pg_rows(rows); row++)
        if (!found[row])
            differs(out, verified, board, (int) pg_int(rows, row, 0), pg_text(rows, row, 2), pg_text(rows, row, 3), pg_date(rows, row, 6), N_("stored, but not unusual"));
    if (!likely_verify(out, &all, verified, err) || !told_verify(out, &all, verified, err))
        return err_frame(err, "board %d", board);
    verified->boards += board != 0;
    verified->series += all.list.n;
    verified->points += pg_rows(rows);
    verified->alarms += all.n;
    return true;
}

bool alarm_verify(Arena *out, Pg *db, AlarmVerified *verified, Err *err)
{
    AlarmEngine *engine = alarm_engine_new(out);
    PG_AUTO boards = NULL;

    *verified = (AlarmVerified){0};
    if (!pg_query(db, &sql_analyze_alarm_settings, PG_ANY_ROWS, &boards, err, ""))
        return false;
    for (size_t row = 0; row < pg_rows(boards); row++)
        if (!board_verify(out, db, engine, (int) pg_int(boards, row, 0), pg_text(boards, row, 1), verified, err))
            return false;
    return true;
}
