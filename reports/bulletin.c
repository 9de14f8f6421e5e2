#include "reports/bulletin.h"

#include <math.h>
#include <string.h>

#include "reports/message.h"
#include "reports/number.h"

typedef struct Composer {
    Arena            *out;
    const AlarmWords *words;
    const Bulletin   *bulletin;
    Report           *report;
} Composer;

#define SAY(c, key, ...)                                                                                                       \
    message_fill((c)->out, alarm_word((c)->words, key), (const MessageValue[]){__VA_ARGS__}, sizeof((const MessageValue[]){__VA_ARGS__}) / sizeof(MessageValue))

static MessageValue count_of(const Composer *c, size_t n)
{
    return (MessageValue){"n", number_count(c->out, (long long) n), (double) n};
}

/* -- the first page ------------------------------------------------------------------------------ */

/* What the bulletin before this one did not tell: an alarm can be found on the day of that bulletin, after it was made. */
static bool is_new(const BulletinAlarm *alarm)
{
    return strcmp(alarm->state, "closed") != 0 && !alarm->told;
}

static bool is_known(const BulletinAlarm *alarm)
{
    return strcmp(alarm->state, "closed") != 0 && alarm->told;
}

/* Lines of the alarms that are wanted, as far as there is room on the page. \return how many were left out */
static size_t lines_add(Composer *c, bool wanted(const BulletinAlarm *), bool state, size_t *room)
{
    Line *line = arena_array(c->out, c->bulletin->n_alarms + 1, sizeof *line);
    size_t n = 0, more = 0;

    for (size_t at = 0; at < c->bulletin->n_alarms; at++) {
        const BulletinAlarm *alarm = &c->bulletin->alarm[at];
        if (!alarm->shown || !wanted(alarm))
            continue;
        if (n == *room) {
            more++;
            continue;
        }
        const char *label = alarm_certainty(c->words, alarm);
        line[n++] = (Line){alarm_question(c->out, c->words, alarm), state ? arena_format(c->out, "%s · %s", label, alarm_state(c->out, c->words, alarm)) : label};
    }
    *room -= n;
    if (n)
        report_lines(c->report, line, n);
    return more;
}

static size_t wanted_count(const Bulletin *bulletin, bool wanted(const BulletinAlarm *))
{
    size_t n = 0;

    for (size_t at = 0; at < bulletin->n_alarms; at++)
        n += bulletin->alarm[at].shown && wanted(&bulletin->alarm[at]);
    return n;
}

/* A month can be judged when there were school days, something was delivered, and there is a limit to hold it against. */
static bool is_closed(const BulletinMonth *month)
{
    return strcmp(month->status, "no_exposure") == 0;
}

static bool is_judged(const BulletinMonth *month)
{
    return month->reported && !is_closed(month) && isfinite(month->upper);
}

/* Of the last twelve months of a series: how many had school days, and how many of those could be judged. */
static size_t judged_count(const Bulletin *bulletin, int series, size_t *open)
{
    size_t n = bulletin->n_months[series], judged = 0;

    *open = 0;
    for (size_t at = n > 12 ? n - 12 : 0; at < n; at++) {
        *open += !is_closed(&bulletin->month[series][at]);
        judged += is_judged(&bulletin->month[series][at]);
    }
    return judged;
}

/* No signal is no all-clear where nothing was delivered. */
static void nothing_found(Composer *c, bool alone)
{
    size_t open, judged = judged_count(c->bulletin, 1, &open);

    if (judged == 0)
        report_text(c->report, BLOCK_PARAGRAPH, alarm_word(c->words, "niets.beoordeeld"));
    else if (judged < open)
        report_text(c->report, BLOCK_PARAGRAPH, arena_format(c->out, "%s%s", SAY(c, "deels", {"beoordeeld", number_count(c->out, (long long) judged), (double) judged}, count_of(c, open)), alone ? alarm_word(c->words, "niets.deels") : ""));
    else if (alone)
        report_text(c->report, BLOCK_PARAGRAPH, alarm_word(c->words, "niets"));
}

/* Better data are told as a number; another way of counting one by one, since it can be undone. */
static void gone_add(Composer *c)
{
    size_t better = 0;

    for (size_t at = 0; at < c->bulletin->n_gone; at++)
        better += c->bulletin->gone[at].break_on == DATE_NONE;
    if (better)
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, "vervallen", count_of(c, better)));
    for (size_t at = 0; at < c->bulletin->n_gone; at++)
        if (c->bulletin->gone[at].break_on != DATE_NONE)
            report_text(c->report, BLOCK_PARAGRAPH, alarm_gone(c->out, c->words, &c->bulletin->gone[at]));
}

static void front_page(Composer *c)
{
    const Bulletin *bulletin = c->bulletin;
    size_t room = (size_t) alarm_words_lines(c->words), fresh = wanted_count(bulletin, is_new), known = wanted_count(bulletin, is_known), closed = 0, hidden = 0, more;

    for (size_t at = 0; at < bulletin->n_alarms; at++) {
        hidden += !bulletin->alarm[at].shown;
        closed += bulletin->alarm[at].shown && strcmp(bulletin->alarm[at].state, "closed") == 0;
    }
    if (fresh)
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, bulletin->before == DATE_NONE ? "nieuw.eerste" : "nieuw", {"datum", number_date(c->out, bulletin->before), 0}));
    else if ((known || closed) && bulletin->before != DATE_NONE)
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, "nieuw.geen", {"datum", number_date(c->out, bulletin->before), 0}));
    else if (closed)
        report_text(c->report, BLOCK_PARAGRAPH, alarm_word(c->words, "open.geen"));
    if (!fresh)
        nothing_found(c, !known && !closed && !hidden);
    more = lines_add(c, is_new, false, &room);
    if (known && room) {
        report_text(c->report, BLOCK_PARAGRAPH, alarm_word(c->words, "eerder"));
        more += lines_add(c, is_known, true, &room);
    } else {
        more += known;
    }
    if (more)
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, "meer", count_of(c, more)));
    if (closed)
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, "gesloten", count_of(c, closed)));
    gone_add(c);
    if (hidden)
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, "budget", count_of(c, hidden), {"max", number_text(c->out, alarm_words_budget(c->words), 0), 0}));
    if (bulletin->likely_on != DATE_NONE)
        report_text(c->report, BLOCK_PARAGRAPH, alarm_likely(c->out, c->words, "sprong", bulletin->likely_on, bulletin->likely_ratio));
    report_text(c->report, BLOCK_NOTE, alarm_word(c->words, "vraag"));
}

/* -- behind it ----------------------------------------------------------------------------------- */

static void explanations(Composer *c)
{
    for (size_t at = 0, told = 0; at < c->bulletin->n_alarms; at++) {
        const BulletinAlarm *alarm = &c->bulletin->alarm[at];
        const char *sentence[ALARM_SENTENCES];
        if (!alarm->shown)
            continue;
        if (told++ == 0)
            report_chapter(c->report, "uitleg", alarm_word(c->words, "kop.uitleg"));
        Line *line = arena_array(c->out, ALARM_SENTENCES, sizeof *line);
        size_t n = alarm_explain(c->out, c->words, alarm, sentence);
        report_text(c->report, BLOCK_HEADING, SAY(c, "uitleg.kop", {"nummer", arena_format(c->out, "%d", alarm->alarm_no), 0}));
        report_text(c->report, BLOCK_PARAGRAPH, alarm_question(c->out, c->words, alarm));
        for (size_t one = 0; one < n; one++)
            line[one] = (Line){sentence[one], ""};
        report_lines(c->report, line, n);
    }
}

/* Does an alarm that is shown have its peak in this month? That of a week can lie in a month below its limit. */
static bool alarm_peaks(const Bulletin *bulletin, int series, Date month)
{
    for (size_t at = 0; at < bulletin->n_alarms; at++) {
        const BulletinAlarm *alarm = &bulletin->alarm[at];
        bool here = month <= alarm->peak && alarm->peak < date_month_next(month);
        bool earlier = alarm->on && month <= alarm->earlier_peak && alarm->earlier_peak < date_month_next(month);
        if (alarm->rise && alarm->shown && (here || earlier) && strcmp(alarm->series, series ? "alles" : "pest") == 0)
            return true;
    }
    return false;
}

static void series_chart(Composer *c, int series, const char *name)
{
    enum { NAMED = 3 }; /* of more months only the number is told */
    const Bulletin *bulletin = c->bulletin;
    const BulletinMonth *month = bulletin->month[series];
    size_t n = bulletin->n_months[series], reported = 0;

    for (size_t at = 0; at < n; at++)
        reported += month[at].reported;
    if (reported < 3)
        return;
    ModelChart *chart = report_chart(c->report, CHART_SERIES, "", SAY(c, "figuur.onder", {"wat", name, 0}), n);
    const char *over[NAMED];
    size_t n_over = 0;
    for (size_t at = 0; at < n; at++) {
        DateParts parts = date_parts(month[at].month);
        bool known = month[at].reported && !is_closed(&month[at]);
        bool above = known && month[at].observed > month[at].upper;
        if (above && n_over++ < NAMED)
            over[n_over - 1] = arena_format(c->out, "%s %d", number_month_long(parts.month), parts.year);
        chart->point[chart->n_points++] = (ChartPoint){.label = parts.month == 8 ? arena_format(c->out, "%s %d", number_month_short(parts.month), parts.year) : "",
                                                       .x = (double) at, .value = known ? (double) month[at].observed : (double) NAN, .low = month[at].expected,
                                                       .high = month[at].upper, .before = NAN, .mark = above || alarm_peaks(bulletin, series, month[at].month)};
    }
    const char *what = message_capital(c->out, name);
    size_t open, judged = judged_count(bulletin, series, &open);
    chart->title = n_over == 0 && judged == 0    ? SAY(c, "figuur.titel.onbekend", {"wat", what, 0})
                   : n_over == 0 && judged < open ? SAY(c, "figuur.titel.deels", {"wat", what, 0}, count_of(c, judged))
                   : n_over == 0 ? SAY(c, "figuur.titel.geen", {"wat", what, 0})
                   : n_over <= NAMED ? SAY(c, "figuur.titel.boven", {"wat", what, 0}, {"wanneer", message_list(c->out, over, n_over), 0}) : SAY(c, "figuur.titel.vaak", {"wat", what, 0}, {"n", number_count(c->out, (long long) n_over), 0});
    chart->alt = SAY(c, "figuur.alt", {"wat", name, 0});
}

static const BulletinMonth *month_find(const Bulletin *bulletin, int series, Date month)
{
    for (size_t at = 0; at < bulletin->n_months[series]; at++)
        if (bulletin->month[series][at].month == month)
            return &bulletin->month[series][at];
    return NULL;
}

static void month_table(Composer *c)
{
    static const char *const columns[] = {"Maand", "Pesten", "Pesten: verwacht", "Pesten: grens", "Alle", "Alle: verwacht", "Alle: grens"};
    const Bulletin *bulletin = c->bulletin;
    size_t n = bulletin->n_months[1];
    ModelTable *table = report_table(c->report, alarm_word(c->words, "tabel.titel"), columns, 7, true);

    for (size_t at = n > 12 ? n - 12 : 0; at < n; at++) {
        Date day = bulletin->month[1][at].month;
        DateParts parts = date_parts(day);
        bool early = bulletin->month[1][at].complete < 0.995;
        TableCell cells[7] = {cell_text(arena_format(c->out, "%s %d%s", number_month_long(parts.month), parts.year, early ? " *" : ""))};
        for (int series = 0; series < 2; series++) {
            const BulletinMonth *m = month_find(bulletin, series, day);
            bool counts = m && m->reported && !(is_closed(m) && m->observed == 0);
            cells[1 + series * 3] = counts ? (TableCell){number_count(c->out, m->observed), m->observed} : cell_text(alarm_word(c->words, m && is_closed(m) ? "tabel.dicht" : "tabel.geen"));
            cells[2 + series * 3] = m && isfinite(m->expected) ? (TableCell){number_text(c->out, m->expected, 1), m->expected} : cell_text("");
            cells[3 + series * 3] = m && isfinite(m->upper) ? (TableCell){number_text(c->out, floor(m->upper), 0), floor(m->upper)} : cell_text("");
        }
        report_row(c->report, table, cells);
    }
    table->note = alarm_word(c->words, "tabel.noot");
}

bool bulletin_has_news(const Bulletin *bulletin)
{
    return bulletin->n_alarms > 0 || bulletin->n_gone > 0 || bulletin->likely_on != DATE_NONE;
}

Report *bulletin_compose(Arena *out, const AlarmWords *words, const Bulletin *bulletin, int school_year, Date made_on)
{
    Report *report = report_new(out);
    Composer composer = {.out = out, .words = words, .bulletin = bulletin, .report = report}, *c = &composer;
    const char *year = number_school_year(out, school_year);

    report->edition = "bulletin";
    report->title = arena_format(out, "Bulletin %s", bulletin->name);
    report->organisation = bulletin->board_name;
    report->subtitle = SAY(c, "ondertitel", {"naam", bulletin->name, 0}, {"code", bulletin->code, 0},
                           {"plaats", *bulletin->place ? arena_format(out, ", %s", message_town(out, bulletin->place)) : "", 0}, {"schooljaar", year, 0}, {"datum", number_date(out, made_on), 0});
    report->footer = SAY(c, "voet", {"naam", bulletin->name, 0}, {"schooljaar", year, 0});
    report->confidential = alarm_word(words, "vertrouwelijk");
    report->made_on = made_on;
    report_chapter(report, "samenvatting", alarm_word(words, "kop.valtop"));
    front_page(c);
    explanations(c);
    report_chapter(report, "pesten", alarm_word(words, "kop.pest"));
    series_chart(c, 0, "pestincidenten");
    report_chapter(report, "incidenten", alarm_word(words, "kop.alles"));
    series_chart(c, 1, "incidenten");
    month_table(c);
    report_chapter(report, "methode", alarm_word(words, "kop.hoe"));
    report_text(report, BLOCK_PARAGRAPH, alarm_word(words, "hoe.1"));
    report_text(report, BLOCK_PARAGRAPH, alarm_word(words, "hoe.2"));
    report_text(report, BLOCK_PARAGRAPH, alarm_word(words, "hoe.3"));
    return report;
}
