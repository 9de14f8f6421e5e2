#include "analyze/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "sql_embed.h"

enum { CODE_MAX = 64, BY_COUNT = 4 };

/* One school over the periods of one step: what its counts are counted over, and the counts by form, place and group. */
typedef struct Frame {
    int     board_no, location_no;
    size_t  n, room;
    Date   *day;
    int    *pupils, *open_days, *school_year;
    bool   *covered;
    double *count[BY_COUNT][CODE_MAX]; /* NULL: never seen */
    const Calendar *calendar;
    size_t  first;                     /* row of the first period that was covered */
} Frame;

typedef struct Frames {
    Arena *out;
    Frame *frame;
    size_t n, room;
} Frames;

typedef struct Code { int no; const char *code, *label; } Code;
typedef struct Codes { Code code[CODE_MAX]; size_t n; } Codes;

typedef struct Fetch {
    Arena             *out;
    Pg                *db;
    const AlarmConfig *config;
    Codes              codes[BY_COUNT];
    Frames             frames[2]; /* by ExposureStep */
    PgResult          *breaks, *pupils, *offices, *schools;
    SeriesList        *list;
} Fetch;

/* -- pieces -------------------------------------------------------------------------------------- */

int series_periods_per_year(SeriesStep step)
{
    return step == STEP_WEEK ? 52 : step == STEP_MONTH ? 12 : 1;
}

static Date step_end(SeriesStep step, Date day)
{
    return step == STEP_WEEK ? day + 6 : step == STEP_MONTH ? date_month_next(day) - 1 : step == STEP_YEAR ? date_school_year_end(date_school_year(day)) : day;
}

Date series_period_end(const Series *series, size_t k)
{
    return step_end(series->rule->step, series->day[k]);
}

/* After the rows are filled in. */
static void until_set(Series *series)
{
    series->until = DATE_NONE;
    for (size_t at = series->n; at-- > 0 && series->until == DATE_NONE;)
        if (!isnan(series->observed[at]))
            series->until = series_period_end(series, at);
}

/* First row that is not before a day. */
static size_t first_not_before(const Date *days, size_t n, Date day)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (days[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t series_from(const Series *series, Date day)
{
    return first_not_before(series->day, series->n, day);
}

size_t series_find(const Series *series, Date day)
{
    size_t row = series_from(series, day);

    return row < series->n && series->day[row] == day ? row : series->n;
}

/* A period that a break falls into is counted in both ways: the series begins at the first whole period after it. */
size_t series_since(const Series *series, size_t k)
{
    if (series->likely && k < series->n && series->likely[k].on != DATE_NONE)
        return series_from(series, series->likely[k].on); /* looked for after the last declared one only */
    return series_since_declared(series, k);
}

size_t series_since_declared(const Series *series, size_t k)
{
    for (size_t at = series->n_breaks; at-- > 0;) {
        size_t row = series_from(series, series->breaks[at]);
        if (row <= k)
            return row;
    }
    return 0;
}

static void *grown(Arena *out, const void *old, size_t n, size_t *room, size_t bytes)
{
    if (n < *room)
        return NULL;
    *room = *room ? *room * 2 : 64;
    void *made = arena_array(out, *room, bytes);
    if (n)
        memcpy(made, old, n * bytes);
    return made;
}

static Series *series_add(Arena *out, SeriesList *list)
{
    Series *made = grown(out, list->series, list->n, &list->room, sizeof *list->series);

    if (made)
        list->series = made;
    return &list->series[list->n++];
}

static void series_room(Arena *out, Series *series, size_t n)
{
    series->n = n;
    series->day = arena_array(out, n, sizeof *series->day);
    series->observed = arena_array(out, n, sizeof *series->observed);
    series->exposure = arena_array(out, n, sizeof *series->exposure);
    series->complete = arena_array(out, n, sizeof *series->complete);
    for (size_t at = 0; at < n; at++)
        series->complete[at] = 1;
}

/* -- frames from the register and the aggregates of fact ----------------------------------------- */

static void frame_grow(Arena *out, Frame *frame)
{
    size_t room = frame->room, same = room;
    void *day = grown(out, frame->day, frame->n, &room, sizeof *frame->day);

    if (!day)
        return;
    frame->day = day;
    frame->room = room;
    room = same, frame->pupils = grown(out, frame->pupils, frame->n, &room, sizeof *frame->pupils);
    room = same, frame->open_days = grown(out, frame->open_days, frame->n, &room, sizeof *frame->open_days);
    room = same, frame->school_year = grown(out, frame->school_year, frame->n, &room, sizeof *frame->school_year);
    room = same, frame->covered = grown(out, frame->covered, frame->n, &room, sizeof *frame->covered);
}

static void cell_add(void *context, const ExposureCell *cell)
{
    Frames *frames = context;
    Frame *frame = frames->n ? &frames->frame[frames->n - 1] : NULL;

    if (!frame || frame->location_no != cell->location_no || frame->board_no != cell->board_no) {
        Frame *made = grown(frames->out, frames->frame, frames->n, &frames->room, sizeof *frames->frame);
        if (made)
            frames->frame = made;
        frame = &frames->frame[frames->n++];
        *frame = (Frame){.board_no = cell->board_no, .location_no = cell->location_no, .calendar = cell->calendar};
    }
    if (!cell->covered && frame->first == frame->n)
        frame->first++; /* nothing was covered so far */
    frame_grow(frames->out, frame);
    frame->day[frame->n] = cell->day;
    frame->pupils[frame->n] = cell->pupils;
    frame->open_days[frame->n] = cell->open_days;
    frame->school_year[frame->n] = cell->school_year;
    frame->covered[frame->n++] = cell->covered;
}

static int frame_order(const void *left, const void *right)
{
    const Frame *a = left, *b = right;

    if (a->board_no != b->board_no)
        return a->board_no < b->board_no ? -1 : 1;
    return (a->location_no > b->location_no) - (a->location_no < b->location_no);
}

static void count_add(Arena *out, Frame *frame, SeriesBy by, int code, Date day, double n)
{
    if (code < 0 || code >= CODE_MAX)
        return;
    if (!frame->count[by][code])
        frame->count[by][code] = arena_array(out, frame->n, sizeof(double));
    size_t row = first_not_before(frame->day, frame->n, day);
    if (row < frame->n && frame->day[row] == day)
        frame->count[by][code][row] += n;
}

/* Frames and counts both come in order of board and location. */
static bool frames_fill(Fetch *fetch, ExposureStep step, const SchoolCalendars *calendars, const char *boards, int first_year, int last_year, Date as_of,
                        Err *err)
{
    static const char *const by_name[BY_COUNT] = {"all", "form", "place", "group"};
    Frames *frames = &fetch->frames[step];
    PG_AUTO rows = NULL;
    char since[11];

    frames->out = fetch->out;
    date_format_iso(date_school_year_begin(first_year), since);
    if (!exposure_walk(fetch->db, calendars, boards, first_year, last_year, as_of, step, cell_add, frames, err) ||
        !pg_query(fetch->db, &sql_analyze_series_counts, PG_ANY_ROWS, &rows, err, "ttt", boards, step == EXPOSURE_WEEKS ? "week" : "month", since))
        return false;
    if (frames->n)
        qsort(frames->frame, frames->n, sizeof *frames->frame, frame_order);
    size_t at = 0;
    for (size_t row = 0; row < pg_rows(rows); row++) {
        Frame key = {.board_no = (int) pg_int(rows, row, 0), .location_no = (int) pg_int(rows, row, 1)};
        while (at < frames->n && frame_order(&frames->frame[at], &key) < 0)
            at++;
        if (at == frames->n || frame_order(&frames->frame[at], &key) != 0 || pg_is_null(rows, row, 4))
            continue;
        for (int by = 0; by < BY_COUNT; by++)
            if (strcmp(pg_text(rows, row, 3), by_name[by]) == 0)
                count_add(fetch->out, &frames->frame[at], (SeriesBy) by, (int) pg_int(rows, row, 4), pg_date(rows, row, 2), pg_real(rows, row, 5));
    }
    return true;
}

/* -- one school ---------------------------------------------------------------------------------- */

/* Pupils of one group: the count of the year, else the last one before it (at most three years); -1 = unknown. */
static int group_pupils(const PgResult *counts, int location_no, int group, int year)
{
    size_t low = 0, high = pg_rows(counts);
    int found = -1;

    while (low < high) { /* ordered by location, group, year */
        size_t middle = (low + high) / 2;
        int64_t location = pg_int(counts, middle, 0), grp = pg_int(counts, middle, 1);
        if (location < location_no || (location == location_no && grp < group))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < pg_rows(counts) && pg_int(counts, low, 0) == location_no && pg_int(counts, low, 1) == group && pg_int(counts, low, 2) <= year; low++)
        if (pg_int(counts, low, 2) >= year - 3)
            found = pg_is_null(counts, low, 3) ? -1 : (int) pg_int(counts, low, 3);
    return found;
}

/* Pupils per period: of the group where all of its counts are known, else of the school. */
static const int *frame_pupils(const Fetch *fetch, const Frame *frame, const SeriesRule *rule, int code)
{
    if (rule->by != BY_GROUP)
        return frame->pupils;
    int *pupils = arena_array(fetch->out, frame->n, sizeof *pupils);
    for (size_t at = 0; at < frame->n; at++) {
        bool same_year = at && frame->school_year[at] == frame->school_year[at - 1];
        pupils[at] = same_year ? pupils[at - 1] : group_pupils(fetch->pupils, frame->location_no, code, frame->school_year[at]);
        if (frame->covered[at] && pupils[at] < 0)
            return frame->pupils;
    }
    return pupils;
}

static const char *frame_counted(const Frame *frame, const int *pupils)
{
    bool all_pupils = true, all_days = true;

    for (size_t at = 0; at < frame->n; at++)
        if (frame->covered[at]) {
            all_pupils = all_pupils && pupils[at] >= 0 && frame->open_days[at] >= 0;
            all_days = all_days && frame->open_days[at] >= 0;
        }
    return all_pupils ? "pupils" : all_days ? "days" : "periods";
}

static double frame_count(const Fetch *fetch, const Frame *frame, const SeriesRule *rule, int code, size_t at)
{
    double sum = 0;

    if (rule->by != BY_NOTHING)
        return frame->count[rule->by][code] ? frame->count[rule->by][code][at] : 0;
    if (!rule->forms)
        return frame->count[BY_NOTHING][0] ? frame->count[BY_NOTHING][0][at] : 0;
    const Codes *forms = &fetch->codes[BY_FORM];
    for (size_t form = 0; form < forms->n; form++)
        for (size_t wanted = 0; wanted < rule->n_forms; wanted++)
            if (strcmp(forms->code[form].code, rule->forms[wanted]) == 0 && frame->count[BY_FORM][forms->code[form].no])
                sum += frame->count[BY_FORM][forms->code[form].no][at];
    return sum;
}

static void breaks_set(const Fetch *fetch, Series *series)
{
    const PgResult *rows = fetch->breaks;

    series->breaks = arena_array(fetch->out, pg_rows(rows) + 1, sizeof *series->breaks);
    series->n_breaks = 0;
    for (size_t row = 0; row < pg_rows(rows); row++) {
        Date on = pg_date(rows, row, 2);
        bool ours = pg_int(rows, row, 0) == series->board_no && (pg_int(rows, row, 1) == 0 || pg_int(rows, row, 1) == series->location_no);
        if (!ours || (series->n && on <= series->day[0]))
            continue;
        size_t place = series->n_breaks;
        while (place > 0 && series->breaks[place - 1] >= on)
            place--;
        if (place < series->n_breaks && series->breaks[place] == on)
            continue;
        memmove(&series->breaks[place + 1], &series->breaks[place], (series->n_breaks - place) * sizeof *series->breaks);
        series->breaks[place] = on;
        series->n_breaks++;
    }
}

/* Months become school years: a year holds the months that were covered. */
static void years_from_months(Arena *out, Series *series)
{
    Series months = *series;
    size_t years = 0;

    series_room(out, series, months.n);
    for (size_t at = 0; at < months.n; at++) {
        Date begin = date_school_year_begin(date_school_year(months.day[at]));
        if (!years || series->day[years - 1] != begin) {
            series->day[years] = begin;
            series->observed[years] = NAN;
            series->exposure[years] = 0;
            years++;
        }
        if (isnan(months.observed[at]))
            continue;
        series->observed[years - 1] = isnan(series->observed[years - 1]) ? months.observed[at] : series->observed[years - 1] + months.observed[at];
        series->exposure[years - 1] += months.exposure[at];
    }
    series->n = years;
}

/* "incidenten van de vorm ‘{}’" with the label of the code. */
static const char *title_of(Arena *out, const SeriesRule *rule, const Code *code)
{
    const char *hole = strstr(rule->title, "{}");

    return code && hole ? arena_format(out, "%.*s%s%s", (int) (hole - rule->title), rule->title, code->label, hole + 2) : rule->title;
}

static void school_series(Fetch *fetch, const Frame *frame, const SeriesRule *rule, const Code *code)
{
    int no = code ? code->no : 0;
    const int *pupils = frame_pupils(fetch, frame, rule, no);
    const char *counted = frame_counted(frame, pupils);
    Series *series = series_add(fetch->out, fetch->list);

    *series = (Series){.board_no = frame->board_no, .location_no = frame->location_no, .unit = "school", .rule = rule, .counted = counted,
                       .title = title_of(fetch->out, rule, code), .code_no = no,
                       .name = code ? arena_format(fetch->out, "%s:%s", rule->name, code->code) : rule->name};
    series_room(fetch->out, series, frame->n - frame->first);
    for (size_t at = frame->first; at < frame->n; at++) {
        size_t row = at - frame->first;
        int days = frame->open_days[at];
        series->day[row] = frame->day[at];
        series->observed[row] = frame->covered[at] ? frame_count(fetch, frame, rule, no, at) : (double) NAN;
        series->exposure[row] = *counted == 'p' && counted[1] == 'u' ? (pupils[at] < 0 || days < 0 ? (double) NAN : (double) pupils[at] * days)
                                : *counted == 'd'                    ? (days < 0 ? (double) NAN : days) : 1;
    }
    if (rule->step == STEP_YEAR)
        years_from_months(fetch->out, series);
    until_set(series);
    breaks_set(fetch, series);
}

static const Frames *rule_frames(const Fetch *fetch, const SeriesRule *rule)
{
    return &fetch->frames[rule->step == STEP_WEEK ? EXPOSURE_WEEKS : EXPOSURE_MONTHS];
}

/* -- sums of schools ----------------------------------------------------------------------------- */

static bool group_has(const Fetch *fetch, const AlarmGroup *group, int location_no)
{
    for (size_t row = 0; row < pg_rows(fetch->schools); row++)
        if (pg_int(fetch->schools, row, 0) == location_no)
            for (size_t at = 0; at < group->n_locations; at++)
                if (strcmp(pg_text(fetch->schools, row, 1), group->locations[at]) == 0)
                    return true;
    return false;
}

static int office_of(const Fetch *fetch, int board_no)
{
    for (size_t row = 0; row < pg_rows(fetch->offices); row++)
        if (pg_int(fetch->offices, row, 0) == board_no)
            return (int) pg_int(fetch->offices, row, 1);
    return 0;
}

/* The sum of schools that are counted over the same thing: the finest that any of them has. */
static void sum_series(Fetch *fetch, const SeriesRule *rule, const Code *code, int board_no, const AlarmGroup *group)
{
    SeriesList parts = {0}, *list = fetch->list;
    const Frames *frames = rule_frames(fetch, rule);
    int office = office_of(fetch, board_no);
    Date first = INT32_MAX, last = INT32_MIN;
    const char *counted = "periods";

    if (!office)
        return;
    fetch->list = &parts;
    for (size_t at = 0; at < frames->n; at++)
        if (frames->frame[at].board_no == board_no && frames->frame[at].first < frames->frame[at].n &&
            (!group || group_has(fetch, group, frames->frame[at].location_no)))
            school_series(fetch, &frames->frame[at], rule, code);
    fetch->list = list;
    for (size_t at = 0; at < parts.n; at++)
        if (strcmp(parts.series[at].counted, "pupils") == 0 || (strcmp(parts.series[at].counted, "days") == 0 && strcmp(counted, "pupils") != 0))
            counted = parts.series[at].counted;
    const Series *longest = NULL;
    for (size_t at = 0; at < parts.n; at++)
        if (strcmp(parts.series[at].counted, counted) == 0 && parts.series[at].n) {
            const Series *part = &parts.series[at];
            first = part->day[0] < first ? part->day[0] : first;
            last = part->day[part->n - 1] > last ? part->day[part->n - 1] : last;
            longest = !longest || part->n > longest->n ? part : longest;
        }
    if (!longest || longest->day[0] != first || longest->day[longest->n - 1] != last)
        return; /* no school has the whole range: too ragged a sum to compare with itself */
    Series *sum = series_add(fetch->out, fetch->list);
    *sum = (Series){.board_no = board_no, .location_no = office, .unit = group ? group->name : "bestuur", .rule = rule, .counted = counted, .name = longest->name,
                    .title = longest->title, .code_no = longest->code_no};
    series_room(fetch->out, sum, longest->n);
    for (size_t row = 0; row < sum->n; row++) {
        sum->day[row] = longest->day[row];
        sum->observed[row] = NAN;
        for (size_t at = 0; at < parts.n; at++) {
            const Series *part = &parts.series[at];
            size_t k = strcmp(part->counted, counted) == 0 ? series_find(part, sum->day[row]) : part->n;
            if (k == part->n || isnan(part->observed[k]) || !(part->exposure[k] >= 0) || k < series_since(part, part->n - 1))
                continue;
            sum->observed[row] = isnan(sum->observed[row]) ? part->observed[k] : sum->observed[row] + part->observed[k];
            sum->exposure[row] += part->exposure[k];
        }
    }
    until_set(sum);
    sum->breaks = arena_alloc(fetch->out, sizeof *sum->breaks);
}

/* -- events -------------------------------------------------------------------------------------- */

/* Open days that were covered, from the beginning of the frame up to and with a day; negative: the day itself is not covered. */
static long covered_days(const Frame *frame, Date day)
{
    long days = 0;

    for (size_t at = 0; at < frame->n; at++) {
        Date end = step_end(STEP_MONTH, frame->day[at]);
        bool here = day <= end;
        if (here && (day < frame->day[at] || !frame->covered[at]))
            return -1;
        if (frame->covered[at])
            days += frame->open_days[at] < 0 ? (here ? day : end) - frame->day[at] + 1
                    : here                   ? calendar_open_days(frame->calendar, frame->day[at], day) : frame->open_days[at];
        if (here)
            return days;
    }
    return -1;
}

static bool event_series(Fetch *fetch, const SeriesRule *rule, const char *boards, Err *err)
{
    BUF_AUTO forms = {0};
    PG_AUTO rows = NULL;
    const Frames *frames = rule_frames(fetch, rule);

    for (size_t at = 0; at < rule->n_forms; at++)
        buf_format(&forms, "%s%s", at ? "," : "", rule->forms[at]);
    if (!pg_query(fetch->db, &sql_analyze_series_events, PG_ANY_ROWS, &rows, err, "tt", boards, forms.data ? forms.data : ""))
        return false;
    for (size_t at = 0, row = 0; at < frames->n; at++) {
        const Frame *frame = &frames->frame[at];
        size_t begin, count = 0;
        while (row < pg_rows(rows) && (pg_int(rows, row, 0) < frame->board_no || (pg_int(rows, row, 0) == frame->board_no && pg_int(rows, row, 1) < frame->location_no)))
            row++;
        for (begin = row; row < pg_rows(rows) && pg_int(rows, row, 0) == frame->board_no && pg_int(rows, row, 1) == frame->location_no; row++)
            count += (size_t) pg_int(rows, row, 3);
        if (count == 0)
            continue;
        Series *series = series_add(fetch->out, fetch->list);
        *series = (Series){.board_no = frame->board_no, .location_no = frame->location_no, .unit = "school", .rule = rule, .counted = frame->calendar ? "days" : "periods", .name = rule->name,
                            .title = rule->title};
        series_room(fetch->out, series, count);
        series->n = 0;
        long before = -1;
        for (size_t event = begin; event < row; event++)
            for (int64_t one = 0; one < pg_int(rows, event, 3); one++) {
                long days = covered_days(frame, pg_date(rows, event, 2));
                if (days < 0)
                    continue;
                series->day[series->n] = pg_date(rows, event, 2);
                series->exposure[series->n] = 1;
                series->observed[series->n++] = before < 0 ? (double) NAN : (double) (days - before);
                before = days;
            }
        for (size_t month = frame->n; month-- > 0 && series->until == 0;)
            if (frame->covered[month])
                series->until = step_end(STEP_MONTH, frame->day[month]);
        breaks_set(fetch, series);
    }
    return true;
}

/* -- all of them --------------------------------------------------------------------------------- */

static bool code_seen(const Frames *frames, int board_no, int location_no, SeriesBy by, int no)
{
    for (size_t at = 0; at < frames->n; at++)
        if (frames->frame[at].board_no == board_no && (!location_no || frames->frame[at].location_no == location_no) && frames->frame[at].count[by][no])
            return true;
    return false;
}

static bool left_out(const SeriesRule *rule, const Code *code)
{
    for (size_t at = 0; at < rule->n_without; at++)
        if (strcmp(rule->without[at], code->code) == 0)
            return true;
    return false;
}

static void frame_series(Fetch *fetch, const Frame *frame, const SeriesRule *rule)
{
    if (frame->first >= frame->n)
        return; /* never delivered */
    if (rule->by == BY_NOTHING) {
        school_series(fetch, frame, rule, NULL);
        return;
    }
    const Codes *codes = &fetch->codes[rule->by];
    for (size_t at = 0; at < codes->n; at++)
        if (frame->count[rule->by][codes->code[at].no] && !left_out(rule, &codes->code[at]))
            school_series(fetch, frame, rule, &codes->code[at]);
}

static void board_series(Fetch *fetch, const SeriesRule *rule, int board_no, const AlarmGroup *group)
{
    if (rule->by == BY_NOTHING) {
        sum_series(fetch, rule, NULL, board_no, group);
        return;
    }
    const Codes *codes = &fetch->codes[rule->by];
    for (size_t at = 0; at < codes->n; at++)
        if (code_seen(rule_frames(fetch, rule), board_no, 0, rule->by, codes->code[at].no) && !left_out(rule, &codes->code[at]))
            sum_series(fetch, rule, &codes->code[at], board_no, group);
}

static bool codes_fetch(Fetch *fetch, Err *err)
{
    static const char *const list[BY_COUNT] = {"", "vorm", "plaats", "groep"};
    PG_AUTO rows = NULL;

    if (!pg_query(fetch->db, &sql_analyze_series_codes, PG_ANY_ROWS, &rows, err, ""))
        return false;
    for (size_t row = 0; row < pg_rows(rows); row++)
        for (int by = BY_FORM; by < BY_COUNT; by++) {
            Codes *codes = &fetch->codes[by];
            int64_t no = pg_int(rows, row, 1);
            if (strcmp(pg_text(rows, row, 0), list[by]) == 0 && no > 0 && no < CODE_MAX && codes->n < CODE_MAX)
                codes->code[codes->n++] = (Code){(int) no, arena_text(fetch->out, pg_text(rows, row, 2)), arena_text(fetch->out, pg_text(rows, row, 3))};
        }
    return true;
}

bool series_titles(Arena *out, Pg *db, SeriesList *list, Err *err)
{
    Fetch fetch = {.out = out, .db = db};

    if (!codes_fetch(&fetch, err))
        return false;
    for (size_t at = 0; at < list->n; at++) {
        Series *series = &list->series[at];
        const Code *code = NULL;
        for (size_t one = 0; one < fetch.codes[series->rule->by].n && series->rule->by != BY_NOTHING; one++)
            if (strcmp(fetch.codes[series->rule->by].code[one].code, series->name + strcspn(series->name, ":") + 1) == 0)
                code = &fetch.codes[series->rule->by].code[one];
        series->title = title_of(out, series->rule, code);
        series->code_no = code ? code->no : 0;
    }
    return true;
}

/* Codes of the events that are breaks. */
static const char *break_events(Arena *out, const AlarmConfig *config)
{
    const char *codes = "";

    for (size_t at = 0; at < config->n_events; at++)
        if (config->event[at].is_break)
            codes = arena_format(out, "%s%s%s", codes, *codes ? "," : "", config->event[at].code);
    return codes;
}

static bool fetch_all(Fetch *fetch, const SchoolCalendars *calendars, const char *boards, int first_year, int last_year, Date as_of, Err *err)
{
    const AlarmConfig *config = fetch->config;
    bool weeks = false;

    for (size_t at = 0; at < config->n_rules; at++)
        weeks = weeks || config->rule[at].step == STEP_WEEK;
    if (!codes_fetch(fetch, err) || !pg_query(fetch->db, &sql_analyze_series_breaks_find, PG_ANY_ROWS, &fetch->breaks, err, "tt", boards, break_events(fetch->out, config)) ||
        !pg_query(fetch->db, &sql_analyze_series_pupils, PG_ANY_ROWS, &fetch->pupils, err, "t", boards) ||
        !pg_query(fetch->db, &sql_analyze_series_offices, PG_ANY_ROWS, &fetch->offices, err, "t", boards) ||
        !pg_query(fetch->db, &sql_analyze_series_schools, PG_ANY_ROWS, &fetch->schools, err, "t", boards) ||
        !frames_fill(fetch, EXPOSURE_MONTHS, calendars, boards, first_year, last_year, as_of, err) ||
        (weeks && !frames_fill(fetch, EXPOSURE_WEEKS, calendars, boards, first_year, last_year, as_of, err)))
        return false;
    for (size_t rule = 0; rule < config->n_rules; rule++)
        if (config->rule[rule].units & UNIT_SCHOOL) {
            const Frames *frames = rule_frames(fetch, &config->rule[rule]);
            if (config->rule[rule].step == STEP_EVENT) {
                if (!event_series(fetch, &config->rule[rule], boards, err))
                    return false;
                continue;
            }
            for (size_t at = 0; at < frames->n; at++)
                frame_series(fetch, &frames->frame[at], &config->rule[rule]);
        }
    for (size_t row = 0; row < pg_rows(fetch->offices); row++) {
        int board_no = (int) pg_int(fetch->offices, row, 0);
        for (size_t rule = 0; rule < config->n_rules; rule++) {
            if (config->rule[rule].units & UNIT_BOARD)
                board_series(fetch, &config->rule[rule], board_no, NULL);
            for (size_t at = 0; at < config->n_groups && config->rule[rule].units & UNIT_GROUP; at++)
                if (config->group[at].board_no == board_no)
                    board_series(fetch, &config->rule[rule], board_no, &config->group[at]);
        }
    }
    return true;
}

bool series_fetch(Arena *out, Pg *db, const AlarmConfig *config, const SchoolCalendars *calendars, const char *boards, int first_year, int last_year,
                  Date as_of, SeriesList *list, Err *err)
{
    Fetch fetch = {.out = out, .db = db, .config = config, .list = list};

    *list = (SeriesList){0};
    bool good = fetch_all(&fetch, calendars, boards, first_year, last_year, as_of, err);
    pg_result_free(fetch.breaks);
    pg_result_free(fetch.pupils);
    pg_result_free(fetch.offices);
    pg_result_free(fetch.schools);
    return good;
}

/* -- to and from result -------------------------------------------------------------------------- */

/* The next element of the text of an array of numbers or dates, "{1,NULL,3}". */
static const char *array_next(const char *at, const char **end)
{
    if (*at == '{' || *at == ',')
        at++;
    *end = at + strcspn(at, ",}");
    return at;
}

static size_t array_count(const char *text)
{
    size_t count = text[0] && text[1] != '}';

    for (; *text; text++)
        count += *text == ',';
    return count;
}

static void reals_read(const char *text, double *values, size_t n)
{
    const char *end = text;

    for (size_t at = 0; at < n; at++) {
        const char *item = array_next(end, &end);
        values[at] = *item == 'N' ? (double) NAN : strtod(item, NULL); /* NULL */
    }
}

static void dates_read(const char *text, Date *values, size_t n)
{
    const char *end = text;

    for (size_t at = 0; at < n; at++) {
        char day[11] = "";
        const char *item = array_next(end, &end);
        memcpy(day, item, end - item < 10 ? (size_t) (end - item) : 10);
        if (!date_parse_iso(day, &values[at]))
            values[at] = DATE_NONE;
    }
}

static SeriesStep step_read(const char *name)
{
    return *name == 'w' ? STEP_WEEK : *name == 'm' ? STEP_MONTH : *name == 'y' ? STEP_YEAR : STEP_EVENT;
}

bool series_country(Arena *out, Pg *db, const AlarmConfig *config, SeriesList *list, Err *err)
{
    *list = (SeriesList){0};
    for (size_t rule = 0; rule < config->n_rules; rule++) {
        const SeriesRule *wanted = &config->rule[rule];
        PG_AUTO rows = NULL;
        if (!(wanted->units & UNIT_COUNTRY))
            continue;
        if (!pg_query(db, &sql_analyze_series_country, PG_ANY_ROWS, &rows, err, "tt", wanted->name, series_step_name(wanted->step)))
            return false;
        if (pg_rows(rows) == 0)
            continue;
        Series *series = series_add(out, list);
        *series = (Series){.unit = "land", .name = wanted->name, .title = wanted->title, .rule = wanted, .counted = "pupils"};
        series_room(out, series, pg_rows(rows));
        series->breaks = arena_alloc(out, sizeof *series->breaks);
        for (size_t row = 0; row < pg_rows(rows); row++) {
            series->day[row] = pg_date(rows, row, 1);
            series->observed[row] = pg_real(rows, row, 2);
            series->exposure[row] = pg_real(rows, row, 3);
            series->complete[row] = pg_is_null(rows, row, 4) ? 1 : pg_real(rows, row, 4);
        }
        until_set(series);
    }
    return true;
}

bool series_load(Arena *out, Pg *db, const AlarmConfig *config, int board, SeriesList *list, Err *err)
{
    PG_AUTO rows = NULL;

    *list = (SeriesList){0};
    if (!pg_query(db, &sql_analyze_series_load, PG_ANY_ROWS, &rows, err, "i", (int64_t) board))
        return false;
    for (size_t row = 0; row < pg_rows(rows); row++) {
        SeriesStep step = step_read(pg_text(rows, row, 3));
        const SeriesRule *rule = alarm_config_rule(config, pg_text(rows, row, 2), step);
        if (!rule)
            return err_set(err, ERR_STAT, "series \"%s\" per %s is in no rule of the settings it was made with", pg_text(rows, row, 2), pg_text(rows, row, 3));
        Series *series = series_add(out, list);
        *series = (Series){.board_no = board, .location_no = (int) pg_int(rows, row, 0), .unit = arena_text(out, pg_text(rows, row, 1)),
                           .name = arena_text(out, pg_text(rows, row, 2)), .rule = rule, .counted = arena_text(out, pg_text(rows, row, 4))};
        series_room(out, series, array_count(pg_text(rows, row, 5)));
        dates_read(pg_text(rows, row, 5), series->day, series->n);
        series->until = pg_date(rows, row, 6);
        reals_read(pg_text(rows, row, 7), series->observed, series->n);
        reals_read(pg_text(rows, row, 8), series->exposure, series->n);
        reals_read(pg_text(rows, row, 9), series->complete, series->n);
        series->n_breaks = array_count(pg_text(rows, row, 10));
        series->breaks = arena_array(out, series->n_breaks + 1, sizeof *series->breaks);
        dates_read(pg_text(rows, row, 10), series->breaks, series->n_breaks);
    }
    return true;
}

LikelyBreak series_likely(const Series *series)
{
    return series->likely && series->n ? series->likely[series->n - 1] : (LikelyBreak){DATE_NONE, 1};
}

void series_put(PgRow *to, const Series *series, const double *expected, const double *upper)
{
    pgrow_int4(to, series->board_no);
    pgrow_int4(to, series->location_no);
    pgrow_text(to, series->unit);
    pgrow_text(to, series->name);
    pgrow_text(to, series_step_name(series->rule->step));
    pgrow_text(to, series->counted);
    pgrow_dates(to, series->day, series->n);
    pgrow_date(to, series->until);
    pgrow_counts(to, series->observed, series->n);
    pgrow_reals(to, series->exposure, series->n);
    pgrow_reals(to, series->complete, series->n);
    pgrow_dates(to, series->breaks, series->n_breaks);
    pgrow_reals(to, expected, series->n);
    pgrow_reals(to, upper, series->n);
    LikelyBreak likely = series_likely(series);
    pgrow_date(to, likely.on);
    pgrow_real(to, likely.on == DATE_NONE ? (double) NAN : likely.ratio);
}
