#include "reports/alarm_text.h"

#include <math.h>
#include <string.h>

#include "reports/message.h"
#include "reports/number.h"

static const char text_keys[] =
    "ondertitel voet vertrouwelijk kop.valtop kop.uitleg kop.pest kop.alles kop.hoe nieuw nieuw.eerste nieuw.geen open.geen eerder niets niets.beoordeeld niets.deels deels meer gesloten budget vervallen sprong vraag "
    "regel.hoger regel.aanhoudend regel.snel regel.stil regel.bestuur regel.bestuur.stil kans kans.klein waar waar.deel waar.uur zeker.3 zeker.2 zeker.1 "
    "periode.week periode.weken periode.reeks uit.sinds uit.farrington.month uit.farrington.week uit.farrington.weken uit.eigen.month uit.eigen.week uit.cusum uit.ears uit.snel uit.stil uit.leerlingen uit.dagen "
    "uit.trend uit.waar.niet uit.deel uit.anders.ook uit.anders.iets uit.anders.niet uit.bestuur uit.breuk uit.sprong uit.voorlopig stand.new stand.seen stand.explained stand.closed stand.zin "
    "uitleg.kop figuur.titel.geen figuur.titel.onbekend figuur.titel.deels figuur.titel.boven figuur.titel.vaak figuur.onder figuur.alt tabel.titel tabel.noot hoe.1 hoe.2 hoe.3";

struct AlarmWords {
    ConfigNode texts, events;
    int        lines, budget;
};

bool alarm_words_load(Arena *out, const Place *place, AlarmWords **made, Err *err)
{
    AlarmWords *words = arena_alloc(out, sizeof *words);
    ConfigNode root, alarms;
    const char *text, *key;
    json_t *ignored;

    *made = words;
    if (!config_load(out, config_path(out, place, "editions/bulletin.json"), &root, err) || !config_object(&root, "edition title lines_shown texts", "", err) ||
        !config_text(&root, "title", &text, err) || !config_int(&root, "lines_shown", 1, 40, &words->lines, err) ||
        !config_load(out, config_path(out, place, "alarms.json"), &alarms, err) || !config_int(&alarms, "budget", 0, 1000, &words->budget, err))
        return false;
    words->texts = config_child(&root, "texts");
    words->events = config_child(&alarms, "events");
    if (!config_object(&words->texts, text_keys, "", err))
        return false;
    json_object_foreach((json_t *) words->texts.json, key, ignored)
        if (!config_text(&words->texts, key, &text, err))
            return false;
    return true;
}

const char *alarm_word(const AlarmWords *words, const char *key)
{
    const char *text = json_string_value(json_object_get(words->texts.json, key));

    return text ? text : "";
}

const char *alarm_event_title(const AlarmWords *words, const char *code)
{
    for (size_t at = 0; at < config_count(&words->events); at++) {
        const json_t *event = json_array_get(words->events.json, at);
        const char *own = json_string_value(json_object_get(event, "event"));
        if (own && strcmp(own, code) == 0)
            return json_string_value(json_object_get(event, "title"));
    }
    return NULL;
}

int alarm_words_budget(const AlarmWords *words)
{
    return words->budget;
}

int alarm_words_lines(const AlarmWords *words)
{
    return words->lines;
}

#define SAY(key, ...)                                                                                                          \
    message_fill(out, alarm_word(words, key), (const MessageValue[]){__VA_ARGS__}, sizeof((const MessageValue[]){__VA_ARGS__}) / sizeof(MessageValue))

static const char *month_text(Arena *out, Date day)
{
    DateParts parts = date_parts(day);

    return arena_format(out, "%s %d", number_month_long(parts.month), parts.year);
}

static const char *period_text(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm, Date day)
{
    if (strcmp(alarm->period, "month") == 0)
        return month_text(out, day);
    if (strcmp(alarm->period, "week") == 0 && alarm->rise && alarm->run > 1)
        return SAY("periode.weken", {"datum", number_date(out, day), 0}, {"n", number_count(out, alarm->run), alarm->run});
    return strcmp(alarm->period, "week") == 0 ? SAY("periode.week", {"datum", number_date(out, day), 0}) : number_date(out, day);
}

/* Silence and events are one run of periods; else the count belongs to the peak. */
const char *alarm_when(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm)
{
    const char *begin = period_text(out, words, alarm, alarm->from), *end = period_text(out, words, alarm, alarm->last);

    if (alarm->rise || strcmp(begin, end) == 0)
        return period_text(out, words, alarm, alarm->peak);
    return SAY("periode.reeks", {"begin", begin, 0}, {"eind", end, 0});
}

/* A chance is said in two figures: nobody knows it better. */
static const char *chance_text(Arena *out, const AlarmWords *words, double p)
{
    if (isnan(p) || p >= 0.5)
        return "";
    if (p < 1e-4)
        return alarm_word(words, "kans.klein");
    double in = 1 / p, unit = pow(10, floor(log10(in)) - 1);
    return SAY("kans", {"op", number_text(out, fmax(2, floor(in / unit) * unit), 0), 0});
}

static const char *amount(Arena *out, double value)
{
    return number_text(out, value, value < 0.1 ? 2 : value < 10 ? 1 : 0);
}

/* A spot is named when at least two, and half of all, were there. */
static const char *where_text(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm)
{
    const struct { const AlarmSpot *spot; const char *key; } look[] = {{alarm->place, "waar.deel"}, {alarm->hour, "waar.uur"}, {alarm->group, "waar.deel"}};
    const char *all = "";

    for (size_t at = 0; at < sizeof look / sizeof *look; at++) {
        const AlarmSpot *spot = look[at].spot;
        if (spot->n < 2 || spot->n * 2 < alarm->total)
            continue;
        const char *one = SAY(look[at].key, {"waar", spot->label, 0}, {"n", number_count(out, spot->n), spot->n});
        all = *all ? arena_format(out, "%s, %s", all, one) : one;
    }
    return all;
}

const char *alarm_question(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm)
{
    const char *when = alarm_when(out, words, alarm), *where = where_text(out, words, alarm);
    const char *key = strcmp(alarm->method, "cusum") == 0          ? "regel.aanhoudend"
                      : strcmp(alarm->method, "days-between") == 0 ? "regel.snel" : alarm->rise ? "regel.hoger" : "regel.stil";

    if (isnan(alarm->observed))
        return SAY(alarm->rise ? "regel.bestuur" : "regel.bestuur.stil", {"wanneer", when, 0}, {"wat", alarm->title, 0});
    const char *line = SAY(key, {"wanneer", when, 0}, {"wat", alarm->title, 0}, {"aantal", number_text(out, alarm->observed, 0), alarm->observed},
                           {"verwacht", amount(out, alarm->expected), 0}, {"grens", number_text(out, floor(alarm->upper), 0), 0},
                           {"kans", chance_text(out, words, alarm->pvalue), 0}, {"n", number_count(out, alarm->run), alarm->run});
    return *where ? arena_format(out, "%s%s", line, SAY("waar", {"waar", where, 0})) : line;
}

const char *alarm_certainty(const AlarmWords *words, const BulletinAlarm *alarm)
{
    return alarm_word(words, alarm->certainty == 3 ? "zeker.3" : alarm->certainty == 2 ? "zeker.2" : "zeker.1");
}

const char *alarm_state(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm)
{
    const char *title = *alarm->event ? alarm_event_title(words, alarm->event) : NULL;

    if (strcmp(alarm->state, "closed") == 0)
        return SAY("stand.closed", {"datum", number_date(out, alarm->closed_on), 0});
    if (strcmp(alarm->state, "explained") == 0)
        return SAY("stand.explained", {"gebeurtenis", title ? title : alarm->event, 0}, {"datum", number_date(out, alarm->event_on), 0});
    if (strcmp(alarm->state, "seen") == 0)
        return SAY("stand.seen", {"datum", number_date(out, alarm->seen_on), 0});
    return alarm_word(words, "stand.new");
}

static const char *compared_text(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm)
{
    bool week = strcmp(alarm->period, "week") == 0;
    const MessageValue n = {"n", number_count(out, alarm->base_n), alarm->base_n};
    const char *first = week || strcmp(alarm->period, "event") == 0 ? number_date(out, alarm->base_first) : month_text(out, alarm->base_first);
    const char *last = week || strcmp(alarm->period, "event") == 0 ? number_date(out, alarm->base_last) : month_text(out, alarm->base_last);

    if (strcmp(alarm->method, "farrington") == 0 && !week) {
        first = number_school_year(out, date_school_year(alarm->base_first));
        last = number_school_year(out, date_school_year(alarm->base_last));
    }
    const char *key = strcmp(alarm->method, "farrington") == 0      ? (!week ? "uit.farrington.month" : alarm->run > 1 ? "uit.farrington.weken" : "uit.farrington.week")
                      : strcmp(alarm->method, "gamma-poisson") == 0 ? (week ? "uit.eigen.week" : "uit.eigen.month")
                      : strcmp(alarm->method, "cusum") == 0         ? "uit.cusum"
                      : strcmp(alarm->method, "ears") == 0          ? "uit.ears"
                      : strcmp(alarm->method, "days-between") == 0  ? "uit.snel" : "uit.stil";
    return SAY(key, n, {"eerst", first, 0}, {"laatst", last, 0}, {"samen", number_count(out, alarm->run), alarm->run});
}

/* Others rose too when they are half as many again as expected, and further than chance easily goes. */
static const char *others_text(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm)
{
    if (isnan(alarm->other_expected) || !alarm->rise)
        return "";
    bool too = alarm->other_observed >= 1.5 * alarm->other_expected && alarm->other_observed - alarm->other_expected >= 2 * sqrt(alarm->other_expected);
    bool more = round(alarm->other_observed) > alarm->other_expected;
    return SAY(too ? "uit.anders.ook" : more ? "uit.anders.iets" : "uit.anders.niet", {"aantal", number_text(out, alarm->other_observed, 0), 0}, {"verwacht", amount(out, alarm->other_expected), 0});
}

/* From one period to another; the days of an alarm are those of whole months where a month spoke. */
static const char *since_text(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm)
{
    Date last_month = date_month_begin(alarm->last);

    if (strcmp(alarm->period, "event") == 0 || !alarm->rise || alarm->last - alarm->from <= 31)
        return "";
    return SAY("uit.sinds", {"begin", month_text(out, alarm->from), 0}, {"eind", month_text(out, last_month), 0});
}

static const char *parts_text(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm)
{
    const char *all = "";

    for (size_t at = 0; at < alarm->n_parts; at++)
        all = at ? arena_format(out, "%s; %s", all, alarm->part[at]) : alarm->part[at];
    return *all ? SAY("uit.deel", {"waar", all, 0}) : "";
}

const char *alarm_likely(Arena *out, const AlarmWords *words, const char *key, Date on, double ratio)
{
    return SAY(key, {"maand", month_text(out, on), 0}, {"keer", number_text(out, ratio, 1), 0});
}

size_t alarm_explain(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm, const char *sentence[ALARM_SENTENCES])
{
    size_t n = 0;
    const char *text;

#define ADD(value)                                                                                                             \
    do {                                                                                                                       \
        text = (value);                                                                                                        \
        if (*text && n < ALARM_SENTENCES)                                                                                      \
            sentence[n++] = text;                                                                                              \
    } while (0)
    if (!isnan(alarm->observed)) {
        bool counts = strcmp(alarm->method, "farrington") == 0 || strcmp(alarm->method, "gamma-poisson") == 0;
        const char *over = counts && strcmp(alarm->counted, "pupils") == 0 ? alarm_word(words, "uit.leerlingen") : counts && strcmp(alarm->counted, "days") == 0 ? alarm_word(words, "uit.dagen") : "";
        const char *trend = alarm->trend ? alarm_word(words, "uit.trend") : "";
        ADD(arena_format(out, "%s%s%s%s%s", compared_text(out, words, alarm), *over ? " " : "", over, *trend ? " " : "", trend));
    }
    ADD(since_text(out, words, alarm));
    if (!isnan(alarm->observed) && alarm->rise && !*where_text(out, words, alarm))
        ADD(alarm_word(words, "uit.waar.niet"));
    ADD(parts_text(out, words, alarm));
    ADD(others_text(out, words, alarm));
    if (alarm->board)
        ADD(alarm_word(words, "uit.bestuur"));
    if (alarm->break_on != DATE_NONE)
        ADD(SAY("uit.breuk", {"datum", number_date(out, alarm->break_on), 0}));
    if (alarm->likely_on != DATE_NONE)
        ADD(alarm_likely(out, words, "uit.sprong", alarm->likely_on, alarm->likely_ratio));
    if (alarm->incomplete)
        ADD(alarm_word(words, "uit.voorlopig"));
    ADD(SAY("stand.zin", {"stand", alarm_state(out, words, alarm), 0}, {"nummer", arena_format(out, "%d", alarm->alarm_no), 0}));
#undef ADD
    return n;
}
