#include "reports/reports_db.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "common/buf.h"
#include "sql_embed.h"

#define TEXT(row, column) arena_text(out, pg_text(rows, row, column))

static int *board_numbers(Arena *out, const PgResult *rows, size_t *count)
{
    int *boards = arena_array(out, pg_rows(rows) + 1, sizeof *boards);

    *count = pg_rows(rows);
    for (size_t row = 0; row < *count; row++)
        boards[row] = (int) pg_int(rows, row, 0);
    return boards;
}

bool reports_db_boards(Arena *out, Pg *db, const char *audience, int school_year, int one, int **boards, size_t *count, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_boards, PG_ANY_ROWS, &rows, err, "tii", audience, (int64_t) school_year, (int64_t) one))
        return false;
    *boards = board_numbers(out, rows, count);
    return true;
}

bool reports_db_delivering_boards(Arena *out, Pg *db, int school_year, int one, int **boards, size_t *count, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_delivering_boards, PG_ANY_ROWS, &rows, err, "ii", (int64_t) school_year, (int64_t) one))
        return false;
    *boards = board_numbers(out, rows, count);
    return true;
}

static bool figures_load(Arena *out, Pg *db, const char *audience, int year, bool wide, Release *release, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_figures, PG_ANY_ROWS, &rows, err, "tiib", audience, (int64_t) release->board_no, (int64_t) year, (int) wide))
        return false;
    release->n_figures = pg_rows(rows);
    release->figure = arena_array(out, release->n_figures + 1, sizeof *release->figure);
    for (size_t row = 0; row < release->n_figures; row++)
        release->figure[row] = (ReleaseFigure){
            .year = (int) pg_int(rows, row, 0), .indicator = TEXT(row, 1), .breakdown = TEXT(row, 2), .location_no = (int) pg_int(rows, row, 3),
            .category = TEXT(row, 4), .label = TEXT(row, 5), .members = TEXT(row, 6), .n_members = (int) pg_int(rows, row, 7), .ord = (int) pg_int(rows, row, 8),
            .events = pg_int(rows, row, 9), .schools = (int) pg_int(rows, row, 10), .denominator = pg_real(rows, row, 11), .value = pg_real(rows, row, 12),
            .low = pg_real(rows, row, 13), .high = pg_real(rows, row, 14), .p_change = pg_real(rows, row, 15), .reason = TEXT(row, 16),
            .corrected = pg_bool(rows, row, 17)};
    return true;
}

static bool decisions_load(Arena *out, Pg *db, const char *audience, Release *release, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_decisions, PG_ANY_ROWS, &rows, err, "ti", audience, (int64_t) release->board_no))
        return false;
    release->n_decisions = pg_rows(rows);
    release->decision = arena_array(out, release->n_decisions + 1, sizeof *release->decision);
    for (size_t row = 0; row < release->n_decisions; row++)
        release->decision[row] = (ReleaseDecision){(int) pg_int(rows, row, 0), TEXT(row, 1), TEXT(row, 2), TEXT(row, 3), TEXT(row, 4), pg_date(rows, row, 5)};
    return true;
}

static bool deliveries_load(Arena *out, Pg *db, const char *audience, int year, Release *release, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_deliveries, PG_ANY_ROWS, &rows, err, "tii", audience, (int64_t) release->board_no, (int64_t) year))
        return false;
    release->n_deliveries = pg_rows(rows);
    release->delivery = arena_array(out, release->n_deliveries + 1, sizeof *release->delivery);
    for (size_t row = 0; row < release->n_deliveries; row++)
        release->delivery[row] = (ReleaseDelivery){.location = TEXT(row, 0), .kind = TEXT(row, 1), .status = TEXT(row, 2), .form = TEXT(row, 3),
                                                   .received = pg_date(rows, row, 4), .reject_class = (int) pg_int(rows, row, 5), .office = pg_bool(rows, row, 6),
                                                   .location_no = (int) pg_int(rows, row, 7)};
    return true;
}

static bool breaks_load(Arena *out, Pg *db, const char *audience, Release *release, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_breaks, PG_ANY_ROWS, &rows, err, "ti", audience, (int64_t) release->board_no))
        return false;
    release->n_breaks = pg_rows(rows);
    release->breaks = arena_array(out, release->n_breaks + 1, sizeof *release->breaks);
    for (size_t row = 0; row < release->n_breaks; row++)
        release->breaks[row] = (ReleaseBreak){TEXT(row, 0), TEXT(row, 2), pg_date(rows, row, 1)};
    return true;
}

static bool goals_load(Arena *out, Pg *db, const char *audience, int year, Release *release, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_goals, PG_ANY_ROWS, &rows, err, "tii", audience, (int64_t) release->board_no, (int64_t) year))
        return false;
    release->n_goals = pg_rows(rows);
    release->goal = arena_array(out, release->n_goals + 1, sizeof *release->goal);
    for (size_t row = 0; row < release->n_goals; row++)
        release->goal[row] = (ReleaseGoal){.location = TEXT(row, 0), .goal_no = (int) pg_int(rows, row, 1), .indicator = TEXT(row, 2),
                                           .baseline_year = (int) pg_int(rows, row, 3), .baseline = pg_real(rows, row, 4), .target = pg_real(rows, row, 5),
                                           .due = pg_date(rows, row, 6), .owner = TEXT(row, 7), .current = pg_real(rows, row, 8), .low = pg_real(rows, row, 9),
                                           .high = pg_real(rows, row, 10), .status = TEXT(row, 11), .reason = TEXT(row, 12), .office = pg_bool(rows, row, 13), .location_no = (int) pg_int(rows, row, 14)};
    return true;
}

static bool trends_load(Arena *out, Pg *db, const char *audience, int year, Release *release, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_trends, PG_ANY_ROWS, &rows, err, "tii", audience, (int64_t) release->board_no, (int64_t) year))
        return false;
    release->n_trends = pg_rows(rows);
    release->trend = arena_array(out, release->n_trends + 1, sizeof *release->trend);
    for (size_t row = 0; row < release->n_trends; row++)
        release->trend[row] = (ReleaseTrend){.indicator = TEXT(row, 0), .first = (int) pg_int(rows, row, 1), .last = (int) pg_int(rows, row, 2), .years = (int) pg_int(rows, row, 3),
                                             .break_on = pg_date(rows, row, 4), .method = TEXT(row, 5), .change = pg_real(rows, row, 6), .low = pg_real(rows, row, 7),
                                             .high = pg_real(rows, row, 8), .p = pg_real(rows, row, 9), .reason = TEXT(row, 10)};
    return true;
}

static bool comparisons_load(Arena *out, Pg *db, const char *audience, int year, Release *release, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_comparisons, PG_ANY_ROWS, &rows, err, "tii", audience, (int64_t) release->board_no, (int64_t) year))
        return false;
    release->n_comparisons = pg_rows(rows);
    release->comparison = arena_array(out, release->n_comparisons + 1, sizeof *release->comparison);
    for (size_t row = 0; row < release->n_comparisons; row++)
        release->comparison[row] = (ReleaseComparison){.indicator = TEXT(row, 0), .label = TEXT(row, 1), .expected = pg_real(rows, row, 2), .ratio = pg_real(rows, row, 3),
                                                       .low95 = pg_real(rows, row, 4), .high95 = pg_real(rows, row, 5), .low998 = pg_real(rows, row, 6), .high998 = pg_real(rows, row, 7),
                                                       .p = pg_real(rows, row, 8), .flag = TEXT(row, 9), .above = pg_real(rows, row, 10)};
    return true;
}

static bool months_load(Arena *out, Pg *db, const char *audience, int year, Release *release, Err *err)
{
    PG_AUTO seasons = NULL;
    PG_AUTO shifts = NULL;

    if (!pg_query(db, &sql_reports_seasons, PG_ANY_ROWS, &seasons, err, "tii", audience, (int64_t) release->board_no, (int64_t) year) ||
        !pg_query(db, &sql_reports_shifts, PG_ANY_ROWS, &shifts, err, "tii", audience, (int64_t) release->board_no, (int64_t) year))
        return false;
    release->n_seasons = pg_rows(seasons);
    release->season = arena_array(out, release->n_seasons + 1, sizeof *release->season);
    for (size_t row = 0; row < release->n_seasons; row++)
        release->season[row] = (ReleaseSeason){arena_text(out, pg_text(seasons, row, 0)), (int) pg_int(seasons, row, 1), (int) pg_int(seasons, row, 2), pg_real(seasons, row, 3),
                                               pg_real(seasons, row, 4), pg_real(seasons, row, 5)};
    release->n_shifts = pg_rows(shifts);
    release->shift = arena_array(out, release->n_shifts + 1, sizeof *release->shift);
    for (size_t row = 0; row < release->n_shifts; row++)
        release->shift[row] = (ReleaseShift){arena_text(out, pg_text(shifts, row, 0)), pg_date(shifts, row, 1), pg_real(shifts, row, 2), pg_real(shifts, row, 3)};
    return true;
}

bool reports_db_release(Arena *out, Pg *db, const char *audience, int board_no, int school_year, bool wide, Release *release, Err *err)
{
    PG_AUTO rows = NULL;

    memset(release, 0, sizeof *release);
    release->board_no = board_no;
    if (!pg_query(db, &sql_reports_certificate, PG_MAYBE_ROW, &rows, err, "tii", audience, (int64_t) board_no, (int64_t) school_year))
        return false;
    if (pg_rows(rows) == 0)
        return err_set(err, ERR_DISCLOSURE, "board %d has no certificate for audience %s; run: veiligbeeld disclose", board_no, audience);
    if (!pg_bool(rows, 0, 8))
        return err_set(err, ERR_DISCLOSURE, "what stands in release for board %d and audience %s is not what was certified; run: veiligbeeld disclose", board_no, audience);
    release->board_name = TEXT(0, 0);
    release->certificate = TEXT(0, 1);
    release->threshold = (int) pg_int(rows, 0, 2);
    release->n_tables = (int) pg_int(rows, 0, 3);
    release->n_whole = (int) pg_int(rows, 0, 4);
    release->n_coarsened = (int) pg_int(rows, 0, 5);
    release->n_withheld = (int) pg_int(rows, 0, 6);
    release->n_kept = (int) pg_int(rows, 0, 7);
    release->schools = pg_int(rows, 0, 9);
    release->pupils = pg_int(rows, 0, 10);
    release->instruments = TEXT(0, 11);
    release->attack_numbers = (int) pg_int(rows, 0, 12);
    release->attack_relations = (int) pg_int(rows, 0, 13);
    release->attack_hidden = (int) pg_int(rows, 0, 14);
    release->attack_insiders = (int) pg_int(rows, 0, 15);
    return figures_load(out, db, audience, school_year, wide, release, err) && decisions_load(out, db, audience, release, err) &&
           deliveries_load(out, db, audience, school_year, release, err) && breaks_load(out, db, audience, release, err) &&
           goals_load(out, db, audience, school_year, release, err) && trends_load(out, db, audience, school_year, release, err) &&
           comparisons_load(out, db, audience, school_year, release, err) && months_load(out, db, audience, school_year, release, err);
}

bool reports_db_schools(Arena *out, Pg *db, int board_no, int school_year, ReleaseSchool **schools, size_t *count, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_schools, PG_ANY_ROWS, &rows, err, "ii", (int64_t) board_no, (int64_t) school_year))
        return false;
    *count = pg_rows(rows);
    *schools = arena_array(out, *count + 1, sizeof **schools);
    for (size_t row = 0; row < *count; row++)
        (*schools)[row] = (ReleaseSchool){(int) pg_int(rows, row, 0), TEXT(row, 1), TEXT(row, 2), TEXT(row, 3), pg_int(rows, row, 4)};
    return true;
}

const ReleaseFigure *release_figure(const Release *release, const char *indicator, int year, const char *breakdown, int location_no, const char *category)
{
    for (size_t at = 0; at < release->n_figures; at++) {
        const ReleaseFigure *figure = &release->figure[at];
        if (figure->year == year && figure->location_no == location_no && strcmp(figure->indicator, indicator) == 0 &&
            strcmp(figure->breakdown, breakdown) == 0 && strcmp(figure->category, category) == 0)
            return figure;
    }
    return NULL;
}

const ReleaseDecision *release_decision(const Release *release, const char *indicator, int year, const char *breakdown)
{
    for (size_t at = 0; at < release->n_decisions; at++) {
        const ReleaseDecision *decision = &release->decision[at];
        if (decision->year == year && strcmp(decision->indicator, indicator) == 0 && strcmp(decision->breakdown, breakdown) == 0)
            return decision;
    }
    return NULL;
}

static bool bulletin_months(Arena *out, Pg *db, Bulletin *bulletin, Err *err)
{
    static const char *const name[2] = {"pest", "alles"};

    for (int series = 0; series < 2; series++) {
        PG_AUTO rows = NULL;
        if (!pg_query(db, &sql_reports_bulletin_series, PG_ANY_ROWS, &rows, err, "t", name[series]))
            return false;
        bulletin->n_months[series] = pg_rows(rows);
        bulletin->month[series] = arena_array(out, pg_rows(rows) + 1, sizeof(BulletinMonth));
        for (size_t row = 0; row < pg_rows(rows); row++)
            bulletin->month[series][row] = (BulletinMonth){.month = pg_date(rows, row, 0), .reported = !pg_is_null(rows, row, 1), .observed = (int) pg_int(rows, row, 1),
                                                           .expected = pg_real(rows, row, 2), .upper = pg_real(rows, row, 3), .status = TEXT(row, 4),
                                                           .complete = pg_is_null(rows, row, 5) ? 1 : pg_real(rows, row, 5)};
    }
    return true;
}

enum { LIKELY_DAYS = 2 * 366 }; /* so long a bulletin asks about a likely break */

/* [["Plein", 6], ...] or [[12, 8], ...] */
static void spots_read(Arena *out, const json_t *list, AlarmSpot *spot)
{
    for (size_t at = 0; at < ALARM_SPOTS && at < json_array_size(list); at++) {
        const json_t *one = json_array_get(list, at), *label = json_array_get(one, 0);
        spot[at].label = json_is_string(label) ? arena_text(out, json_string_value(label)) : arena_format(out, "%d", (int) json_integer_value(label));
        spot[at].n = (int) json_integer_value(json_array_get(one, 1));
    }
}

static void where_read(Arena *out, const json_t *where, BulletinAlarm *alarm)
{
    alarm->total = (int) json_integer_value(json_object_get(where, "n"));
    spots_read(out, json_object_get(where, "place"), alarm->place);
    spots_read(out, json_object_get(where, "hour"), alarm->hour);
    spots_read(out, json_object_get(where, "group"), alarm->group);
}

static Date json_date(const json_t *value)
{
    Date day;

    return json_is_string(value) && date_parse_iso(json_string_value(value), &day) ? day : DATE_NONE;
}

static double json_number(const json_t *value)
{
    return json_is_number(value) ? json_number_value(value) : (double) NAN;
}

/* It went on after it was closed: what is told is what came after. */
static void on_read(Arena *out, const json_t *on, BulletinAlarm *alarm)
{
    const json_t *base = json_object_get(on, "base");

    alarm->on = true;
    alarm->earlier_period = alarm->period;
    alarm->earlier_peak = alarm->peak;
    alarm->earlier_observed = alarm->observed;
    alarm->earlier_expected = alarm->expected;
    alarm->earlier_run = alarm->run;
    alarm->peak = json_date(json_object_get(on, "peak"));
    alarm->period = arena_text(out, json_string_value(json_object_get(on, "period")));
    alarm->method = arena_text(out, json_string_value(json_object_get(on, "method")));
    alarm->run = (int) json_integer_value(json_object_get(on, "run"));
    alarm->certainty = (int) json_integer_value(json_object_get(on, "certainty"));
    alarm->observed = json_number(json_object_get(on, "observed"));
    alarm->expected = json_number(json_object_get(on, "expected"));
    alarm->upper = json_number(json_object_get(on, "upper"));
    alarm->pvalue = json_number(json_object_get(on, "pvalue"));
    alarm->trend = json_is_true(json_object_get(on, "trend"));
    if (base) {
        alarm->base_first = json_date(json_array_get(base, 0));
        alarm->base_last = json_date(json_array_get(base, 1));
        alarm->base_n = (int) json_integer_value(json_array_get(base, 2));
    }
    where_read(out, json_object_get(on, "where"), alarm);
}

static void facts_read(Arena *out, const char *text, BulletinAlarm *alarm)
{
    json_auto_t *facts = json_loads(text, 0, NULL);
    const json_t *on = json_object_get(facts, "on"), *other = json_object_get(facts, "other"), *parts = json_object_get(facts, "parts");

    if (on)
        on_read(out, on, alarm);
    else
        where_read(out, json_object_get(facts, "where"), alarm);
    alarm->other_observed = other ? json_number_value(json_array_get(other, 0)) : (double) NAN;
    alarm->other_expected = other ? json_number_value(json_array_get(other, 1)) : (double) NAN;
    alarm->break_on = json_date(json_object_get(facts, "break"));
    const json_t *likely = json_object_get(facts, "likely");
    alarm->likely_on = json_date(json_array_get(likely, 0));
    alarm->likely_ratio = json_number_value(json_array_get(likely, 1));
    const char *counted = json_string_value(json_object_get(facts, "counted"));
    alarm->counted = counted ? arena_text(out, counted) : "";
    alarm->board = json_is_true(json_object_get(facts, "board"));
    for (; alarm->n_parts < ALARM_PARTS && alarm->n_parts < json_array_size(parts); alarm->n_parts++)
        alarm->part[alarm->n_parts] = arena_text(out, json_string_value(json_array_get(parts, alarm->n_parts)));
}

static bool alarms_read(Arena *out, Pg *db, Date day, BulletinAlarm **alarms, size_t *count, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_bulletin_alarms, PG_ANY_ROWS, &rows, err, "D", day))
        return false;
    *count = pg_rows(rows);
    *alarms = arena_array(out, *count + 1, sizeof **alarms);
    for (size_t row = 0; row < *count; row++) {
        BulletinAlarm *alarm = &(*alarms)[row];
        *alarm = (BulletinAlarm){
            .alarm_no = (int) pg_int(rows, row, 0), .unit = TEXT(row, 1), .series = TEXT(row, 2), .title = TEXT(row, 3), .rise = strcmp(pg_text(rows, row, 4), "rise") == 0,
            .from = pg_date(rows, row, 5), .last = pg_date(rows, row, 6), .peak = pg_date(rows, row, 7), .period = TEXT(row, 8), .method = TEXT(row, 9),
            .observed = pg_real(rows, row, 10), .expected = pg_real(rows, row, 11), .upper = pg_real(rows, row, 12), .pvalue = pg_real(rows, row, 13),
            .certainty = (int) pg_int(rows, row, 14), .trend = pg_bool(rows, row, 15), .run = (int) pg_int(rows, row, 16), .base_first = pg_date(rows, row, 17),
            .base_last = pg_date(rows, row, 18), .base_n = (int) pg_int(rows, row, 19), .points = (int) pg_int(rows, row, 20), .shown = pg_bool(rows, row, 21),
            .incomplete = pg_bool(rows, row, 22), .state = TEXT(row, 24), .new_on = pg_date(rows, row, 25), .seen_on = pg_date(rows, row, 26), .event = TEXT(row, 27),
            .event_on = pg_date(rows, row, 28), .closed_on = pg_date(rows, row, 29), .told = pg_bool(rows, row, 30)};
        facts_read(out, pg_text(rows, row, 23), alarm);
    }
    return true;
}

static bool gone_read(Arena *out, Pg *db, Date day, BulletinGone **gone, size_t *count, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_bulletin_gone, PG_ANY_ROWS, &rows, err, "D", day))
        return false;
    *count = pg_rows(rows);
    *gone = arena_array(out, *count + 1, sizeof **gone);
    for (size_t row = 0; row < *count; row++)
        (*gone)[row] = (BulletinGone){.alarm_no = (int) pg_int(rows, row, 0), .title = TEXT(row, 1), .from = pg_date(rows, row, 2), .last = pg_date(rows, row, 3), .gone_on = pg_date(rows, row, 4),
                                      .break_on = pg_date(rows, row, 5), .state = TEXT(row, 6), .event = TEXT(row, 7), .event_on = pg_date(rows, row, 8), .told = pg_bool(rows, row, 9)};
    return true;
}

static bool steps_read(Arena *out, Pg *db, AlarmStep **step, size_t *count, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_bulletin_steps, PG_ANY_ROWS, &rows, err, ""))
        return false;
    *count = pg_rows(rows);
    *step = arena_array(out, *count + 1, sizeof **step);
    for (size_t row = 0; row < *count; row++)
        (*step)[row] = (AlarmStep){(int) pg_int(rows, row, 0), TEXT(row, 1), TEXT(row, 3), TEXT(row, 5), pg_date(rows, row, 2), pg_date(rows, row, 4)};
    return true;
}

bool reports_db_alarms(Arena *out, Pg *db, int location_no, Date day, AlarmList *list, Err *err)
{
    PG_AUTO chosen = NULL;

    return pg_query(db, &sql_reports_bulletin_open, PG_ONE_ROW, &chosen, err, "i", (int64_t) location_no) && alarms_read(out, db, day, &list->alarm, &list->n, err) &&
           gone_read(out, db, day, &list->gone, &list->n_gone, err) && steps_read(out, db, &list->step, &list->n_steps, err);
}

bool reports_db_bulletin_note(Pg *db, const Bulletin *bulletin, Date made_on, Err *err)
{
    PG_AUTO noted = NULL;
    BUF_AUTO told = {0};
    BUF_AUTO last = {0};
    BUF_AUTO gone = {0};
    char day[11];

    for (size_t at = 0; at < bulletin->n_alarms; at++) {
        const BulletinAlarm *alarm = &bulletin->alarm[at];
        if (!alarm->shown)
            continue;
        date_format_iso(alarm->last, day);
        buf_format(&told, "%s%d", told.length ? "," : "{", alarm->alarm_no);
        buf_format(&last, "%s%s", last.length ? "," : "{", day);
    }
    for (size_t at = 0; at < bulletin->n_gone; at++)
        buf_format(&gone, "%s%d", gone.length ? "," : "{", bulletin->gone[at].alarm_no);
    for (Buf *const *list = (Buf *const[]){&told, &last, &gone, NULL}; *list; list++)
        buf_text(*list, (*list)->length ? "}" : "{}");
    return pg_query(db, &sql_reports_bulletin_note, PG_ONE_ROW, &noted, err, "Dttt", made_on, told.data, last.data, gone.data);
}

bool reports_db_bulletin(Arena *out, Pg *db, int location_no, Date made_on, Bulletin *bulletin, Err *err)
{
    PG_AUTO rows = NULL;
    PG_AUTO chosen = NULL;

    memset(bulletin, 0, sizeof *bulletin);
    if (!pg_query(db, &sql_reports_bulletin_open, PG_ONE_ROW, &chosen, err, "i", (int64_t) location_no) ||
        !pg_query(db, &sql_reports_bulletin_location, PG_ONE_ROW, &rows, err, ""))
        return false;
    bulletin->code = TEXT(0, 0);
    bulletin->name = TEXT(0, 1);
    bulletin->place = TEXT(0, 2);
    bulletin->board_no = (int) pg_int(rows, 0, 3);
    bulletin->board_name = TEXT(0, 4);
    pg_result_free(rows);
    rows = NULL;
    size_t n_gone;
    if (!bulletin_months(out, db, bulletin, err) || !alarms_read(out, db, made_on, &bulletin->alarm, &bulletin->n_alarms, err) || !gone_read(out, db, made_on, &bulletin->gone, &n_gone, err) ||
        !pg_query(db, &sql_reports_bulletin_before, PG_ONE_ROW, &rows, err, "D", made_on))
        return false;
    bulletin->before = pg_date(rows, 0, 0);
    for (size_t at = 0; at < n_gone; at++)
        if (bulletin->gone[at].told)
            bulletin->gone[bulletin->n_gone++] = bulletin->gone[at];
    pg_result_free(rows);
    rows = NULL;
    if (!pg_query(db, &sql_reports_bulletin_break, PG_ANY_ROWS, &rows, err, "D", made_on - LIKELY_DAYS))
        return false;
    bulletin->likely_on = pg_rows(rows) ? pg_date(rows, 0, 0) : DATE_NONE;
    bulletin->likely_ratio = pg_rows(rows) ? pg_real(rows, 0, 1) : (double) NAN;
    pg_result_free(rows);
    rows = NULL;
    if (!pg_query(db, &sql_reports_bulletin_figures, PG_ANY_ROWS, &rows, err, ""))
        return false;
    bulletin->n_figures = pg_rows(rows);
    bulletin->figure = arena_array(out, pg_rows(rows) + 1, sizeof *bulletin->figure);
    for (size_t row = 0; row < pg_rows(rows); row++)
        bulletin->figure[row] = (BulletinFigure){(int) pg_int(rows, row, 0), TEXT(row, 1), pg_int(rows, row, 2), pg_real(rows, row, 3)};
    return true;
}

bool reports_db_locations_and_office(Arena *out, Pg *db, int board_no, int school_year, LocationKey **locations, size_t *count, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_locations_and_office, PG_ANY_ROWS, &rows, err, "ii", (int64_t) board_no, (int64_t) school_year))
        return false;
    *count = pg_rows(rows);
    *locations = arena_array(out, *count + 1, sizeof **locations);
    for (size_t row = 0; row < *count; row++)
        (*locations)[row] = (LocationKey){(int) pg_int(rows, row, 0), TEXT(row, 1), pg_bool(rows, row, 2)};
    return true;
}

static bool feedback_rejects(Arena *out, Pg *db, const PgQuery *query, FeedbackDelivery *delivery, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, query, PG_ANY_ROWS, &rows, err, "i", (int64_t) delivery->delivery_no))
        return false;
    delivery->n_rejects = pg_rows(rows);
    delivery->reject = arena_array(out, delivery->n_rejects + 1, sizeof *delivery->reject);
    for (size_t row = 0; row < delivery->n_rejects; row++) {
        delivery->reject[row] = (FeedbackReject){pg_int(rows, row, 0), (int) pg_int(rows, row, 1), TEXT(row, 2), TEXT(row, 3), pg_bool(rows, row, 4)};
        delivery->n_findings += delivery->reject[row].finding;
    }
    return true;
}

static bool feedback_left_out(Arena *out, Pg *db, FeedbackDelivery *delivery, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_feedback_left_out, PG_ANY_ROWS, &rows, err, "i", (int64_t) delivery->delivery_no))
        return false;
    delivery->n_left_out = pg_rows(rows);
    delivery->left_out = arena_array(out, delivery->n_left_out + 1, sizeof *delivery->left_out);
    for (size_t row = 0; row < delivery->n_left_out; row++)
        delivery->left_out[row] = (FeedbackLeftOut){TEXT(row, 0), TEXT(row, 1), pg_date(rows, row, 2), pg_int(rows, row, 3)};
    return true;
}

static bool feedback_refusals(Arena *out, Pg *db, int school_year, Feedback *feedback, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_feedback_refusals, PG_ANY_ROWS, &rows, err, "i", (int64_t) school_year))
        return false;
    feedback->n_refusals = pg_rows(rows);
    feedback->refusal = arena_array(out, feedback->n_refusals + 1, sizeof *feedback->refusal);
    for (size_t row = 0; row < feedback->n_refusals; row++) {
        FeedbackDelivery *refusal = &feedback->refusal[row];
        *refusal = (FeedbackDelivery){.delivery_no = (int) pg_int(rows, row, 0), .kind = TEXT(row, 1), .form = "", .period_begin = pg_date(rows, row, 2), .period_end = pg_date(rows, row, 3),
                                      .received = pg_date(rows, row, 4), .refused = TEXT(row, 5), .read = pg_int(rows, row, 6), .rejected = pg_int(rows, row, 7), .missing = TEXT(row, 8)};
        if (!feedback_rejects(out, db, &sql_reports_feedback_refusal_rows, refusal, err))
            return false;
    }
    return true;
}

static bool feedback_deliveries(Arena *out, Pg *db, int school_year, Feedback *feedback, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_reports_feedback_deliveries, PG_ANY_ROWS, &rows, err, "i", (int64_t) school_year))
        return false;
    feedback->n_deliveries = pg_rows(rows);
    feedback->delivery = arena_array(out, feedback->n_deliveries + 1, sizeof *feedback->delivery);
    for (size_t row = 0; row < feedback->n_deliveries; row++) {
        FeedbackDelivery *delivery = &feedback->delivery[row];
        *delivery = (FeedbackDelivery){.delivery_no = (int) pg_int(rows, row, 0), .kind = TEXT(row, 1), .form = TEXT(row, 2), .period_begin = pg_date(rows, row, 3),
                                       .period_end = pg_date(rows, row, 4), .received = pg_date(rows, row, 5), .read = pg_int(rows, row, 6), .loaded = pg_int(rows, row, 7),
                                       .rejected = pg_int(rows, row, 8), .superseded = pg_int(rows, row, 9), .duplicate = pg_int(rows, row, 10),
                                       .ignored_columns = (int) pg_int(rows, row, 11), .replaced_by = (int) pg_int(rows, row, 12)};
        if (!delivery->replaced_by && (!feedback_rejects(out, db, &sql_reports_feedback_rejects, delivery, err) || !feedback_left_out(out, db, delivery, err)))
            return false;
    }
    return true;
}

static bool feedback_others(Arena *out, Pg *db, int school_year, Feedback *feedback, Err *err)
{
    PG_AUTO rows = NULL;
    PG_AUTO months = NULL;
    PG_AUTO expected = NULL;

    if (!pg_query(db, &sql_reports_feedback_shared, PG_ANY_ROWS, &rows, err, "i", (int64_t) school_year) ||
        !pg_query(db, &sql_reports_feedback_months, PG_ANY_ROWS, &months, err, "i", (int64_t) school_year) ||
        !pg_query(db, &sql_reports_feedback_expected, PG_ANY_ROWS, &expected, err, "i", (int64_t) school_year))
        return false;
    feedback->n_shared = pg_rows(rows);
    feedback->shared = arena_array(out, feedback->n_shared + 1, sizeof *feedback->shared);
    for (size_t row = 0; row < feedback->n_shared; row++)
        feedback->shared[row] = (FeedbackShared){TEXT(row, 0), pg_date(rows, row, 1), pg_int(rows, row, 2)};
    feedback->n_months = pg_rows(months);
    feedback->month = arena_array(out, feedback->n_months + 1, sizeof *feedback->month);
    for (size_t row = 0; row < feedback->n_months; row++)
        feedback->month[row] = (FeedbackMonth){pg_date(months, row, 0), pg_is_null(months, row, 1) ? -1 : (int) pg_int(months, row, 1), pg_bool(months, row, 2), pg_bool(months, row, 3)};
    feedback->n_expected = pg_rows(expected);
    feedback->expected = arena_array(out, feedback->n_expected + 1, sizeof *feedback->expected);
    for (size_t row = 0; row < feedback->n_expected; row++)
        feedback->expected[row] = (FeedbackExpected){arena_text(out, pg_text(expected, row, 0)), pg_date(expected, row, 1), pg_date(expected, row, 2)};
    return true;
}

bool reports_db_feedback(Arena *out, Pg *db, int location_no, int school_year, Feedback *feedback, Err *err)
{
    PG_AUTO rows = NULL;
    PG_AUTO chosen = NULL;

    memset(feedback, 0, sizeof *feedback);
    if (!pg_query(db, &sql_reports_feedback_open, PG_ONE_ROW, &chosen, err, "i", (int64_t) location_no) ||
        !pg_query(db, &sql_reports_feedback_location, PG_ONE_ROW, &rows, err, "i", (int64_t) school_year))
        return false;
    feedback->code = TEXT(0, 0);
    feedback->office = pg_bool(rows, 0, 1);
    feedback->name = TEXT(0, 2);
    feedback->place = TEXT(0, 3);
    feedback->board_name = TEXT(0, 4);
    return feedback_deliveries(out, db, school_year, feedback, err) && feedback_refusals(out, db, school_year, feedback, err) && feedback_others(out, db, school_year, feedback, err);
}
