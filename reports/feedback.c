#include "reports/feedback.h"

#include <string.h>

#include "common/buf.h"
#include "reports/message.h"
#include "reports/number.h"

static const char text_keys[] =
    "ondertitel voet vertrouwelijk vertrouwelijk.bestuur kort kort.niets kort.bestanden kort.goed kort.fout kort.opvallend kort.verwacht "
    "wie.school wie.bestuur leveringen leveringen.tabel leveringen.noot leveringen.gedeeld "
    "kolom.levering kolom.gelezen kolom.geladen kolom.afgekeurd kolom.vervangen kolom.dubbel kolom.genegeerd "
    "kolom.rij kolom.kolom kolom.veld kolom.wat kolom.opviel kolom.doe bestand.over bestand.vervangt bestand.goed "
    "periode.schooljaar periode.dagen fout.tabel fout.noot fout.meer fout.bewaard opvallend.tabel hele_rij "
    "maanden maanden.vraag maanden.uitleg maanden.afgekeurd maanden.geen maanden.vakantie maanden.onbekend maanden.later "
    "verwacht verwacht.regel verwacht.voorbij verwacht.tijd verwacht.laat verwacht.niets hoe hoe.regels hoe.waarden "
    "geweigerd geweigerd.bestand geweigerd.waarom geweigerd.kolom geweigerd.soort geweigerd.over kort.geweigerd ontbreekt.school ontbreekt.vraag kort.ontbreekt "
    "csv.kop csv.afgekeurd csv.opvallend csv.geweigerd csv.bestand regel.onbekend regel.onbekend.doe";

struct FeedbackWords {
    ConfigNode  texts, rules;
    const char *title;
    int         rows_shown, ask_from_school_days;
    ConfigNode *kind, *form;
    size_t      n_kinds, n_forms;
};

typedef struct Composer {
    Arena               *out;
    const FeedbackWords *words;
    const Feedback      *feedback;
    Report              *report;
    int                  school_year;
    Date                 made_on;
} Composer;

/* -- words --------------------------------------------------------------------------------------- */

static bool rules_check(const ConfigNode *rules, Err *err)
{
    const char *id, *text;
    json_t *ignored;

    if (!config_type(rules, JSON_OBJECT, err))
        return false;
    json_object_foreach((json_t *) rules->json, id, ignored)
    {
        const ConfigNode rule = config_child(rules, id);
        if (!config_object(&rule, "wat doe", "", err) || !config_text(&rule, "wat", &text, err) || !config_text(&rule, "doe", &text, err))
            return false;
    }
    return true;
}

static bool texts_check(const ConfigNode *texts, Err *err)
{
    const char *key, *text;
    json_t *ignored;

    if (!config_object(texts, text_keys, "", err))
        return false;
    json_object_foreach((json_t *) texts->json, key, ignored)
        if (!config_text(texts, key, &text, err))
            return false;
    return true;
}

bool feedback_words_load(Arena *out, const Place *place, FeedbackWords **made, Err *err)
{
    FeedbackWords *words = arena_alloc(out, sizeof *words);
    ConfigNode root;
    const char *edition;

    *made = words;
    if (!config_load(out, config_path(out, place, "editions/school.json"), &root, err) ||
        !config_object(&root, "edition title rows_shown ask_from_school_days texts rules", "", err) || !config_text(&root, "edition", &edition, err) ||
        !config_text(&root, "title", &words->title, err) || !config_int(&root, "rows_shown", 1, 10000, &words->rows_shown, err) ||
        !config_int(&root, "ask_from_school_days", 1, 31, &words->ask_from_school_days, err))
        return false;
    words->texts = config_child(&root, "texts");
    words->rules = config_child(&root, "rules");
    return texts_check(&words->texts, err) && rules_check(&words->rules, err) && config_load_all(out, place, "kinds", &words->kind, &words->n_kinds, err) &&
           config_load_all(out, place, "forms", &words->form, &words->n_forms, err);
}

bool feedback_words_rule(const FeedbackWords *words, const char *rule)
{
    return json_object_get(words->rules.json, rule) != NULL;
}

static const char *word(const FeedbackWords *words, const char *key)
{
    const char *text = json_string_value(json_object_get(words->texts.json, key));

    return text ? text : "";
}

#define SAY(c, key, ...)                                                                                                       \
    message_fill((c)->out, word((c)->words, key), (const MessageValue[]){__VA_ARGS__}, sizeof((const MessageValue[]){__VA_ARGS__}) / sizeof(MessageValue))

/* A count to be read and to choose singular or plural by. */
static MessageValue count_of(Arena *out, const char *name, int64_t n)
{
    return (MessageValue){name, n ? number_count(out, (long long) n) : "0", (double) n};
}

/* Title of a kind or form; one that was removed from config/ since is called by its own name. */
static const char *title_of(const ConfigNode *nodes, size_t count, const char *key, const char *name)
{
    for (size_t at = 0; at < count; at++) {
        const char *own = json_string_value(json_object_get(nodes[at].json, key)), *title = json_string_value(json_object_get(nodes[at].json, "title"));
        if (own && title && strcmp(own, name) == 0)
            return title;
    }
    return name;
}

/* "enquete ouders" is a kind and whom it asks; a file of which nobody could tell has none. */
static const char *kind_title(Arena *out, const FeedbackWords *words, const char *kind)
{
    const char *whom = strchr(kind, ' ');

    if (!*kind)
        return word(words, "geweigerd.soort");
    if (!whom)
        return title_of(words->kind, words->n_kinds, "kind", kind);
    return arena_format(out, "%s (%s)", title_of(words->kind, words->n_kinds, "kind", arena_text_n(out, kind, (size_t) (whom - kind))), whom + 1);
}

static const char *rule_text(Arena *out, const FeedbackWords *words, const char *rule, const char *which)
{
    const char *text = json_string_value(json_object_get(json_object_get(words->rules.json, rule), which));
    const MessageValue value = {"regel", rule, 0};

    return text ? text : message_fill(out, word(words, *which == 'w' ? "regel.onbekend" : "regel.onbekend.doe"), &value, 1);
}

/* Column 5 as spreadsheets call it: E. */
static const char *column_letters(Arena *out, int column)
{
    char letters[8];
    size_t at = sizeof letters - 1;

    letters[at] = '\0';
    for (; column > 0 && at > 0; column = (column - 1) / 26)
        letters[--at] = (char) ('A' + (column - 1) % 26);
    return arena_text(out, letters + at);
}

/* -- deliveries ---------------------------------------------------------------------------------- */

static int64_t rejects_listed(const FeedbackDelivery *delivery)
{
    return (int64_t) (delivery->n_rejects - delivery->n_findings);
}

/* Deliveries in force are numbered in the order they came, here and in the CSV: file names are not kept. */
static const char *delivery_title(Arena *out, const FeedbackWords *words, const FeedbackDelivery *delivery, int number)
{
    return arena_format(out, "%d. %s", number, message_capital(out, kind_title(out, words, delivery->kind)));
}

static const char *period_text(const Composer *c, const FeedbackDelivery *delivery)
{
    int year = date_school_year(delivery->period_begin);
    bool whole = delivery->period_begin == date_school_year_begin(year) && delivery->period_end == date_school_year_end(year);

    return whole ? SAY(c, "periode.schooljaar", {"schooljaar", number_school_year(c->out, year), 0})
                 : SAY(c, "periode.dagen", {"begin", number_date(c->out, delivery->period_begin), 0}, {"eind", number_date(c->out, delivery->period_end), 0});
}

static const char *delivery_about(const Composer *c, const FeedbackDelivery *delivery)
{
    return SAY(c, "bestand.over", {"datum", number_date(c->out, delivery->received), 0},
               {"formulier", title_of(c->words->form, c->words->n_forms, "form", delivery->form), 0}, {"periode", period_text(c, delivery), 0});
}

/* The delivery in force that stands in the place of this one, through any corrections of corrections. */
static int replaced_at_last(const Feedback *feedback, const FeedbackDelivery *delivery)
{
    int by = delivery->replaced_by;

    for (size_t steps = 0; steps < feedback->n_deliveries; steps++)
        for (size_t at = 0; at < feedback->n_deliveries; at++)
            if (feedback->delivery[at].delivery_no == by && feedback->delivery[at].replaced_by)
                by = feedback->delivery[at].replaced_by;
    return by;
}

static void replaced_say(const Composer *c, const FeedbackDelivery *delivery)
{
    const Feedback *feedback = c->feedback;
    const char **dates = arena_array(c->out, feedback->n_deliveries + 1, sizeof *dates);
    size_t n = 0, different = 0;

    for (size_t at = 0; at < feedback->n_deliveries; at++) {
        if (!feedback->delivery[at].replaced_by || replaced_at_last(feedback, &feedback->delivery[at]) != delivery->delivery_no)
            continue;
        const char *date = number_date(c->out, feedback->delivery[at].received);
        n++;
        if (different == 0 || strcmp(dates[different - 1], date) != 0)
            dates[different++] = date;
    }
    if (n)
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, "bestand.vervangt", count_of(c->out, "n", (int64_t) n), {"data", message_list(c->out, dates, different), 0}));
}

static void reject_table(const Composer *c, const FeedbackDelivery *delivery, int number, bool findings)
{
    const FeedbackWords *words = c->words;
    const char *columns[] = {word(words, "kolom.rij"), word(words, "kolom.kolom"), word(words, "kolom.veld"), word(words, findings ? "kolom.opviel" : "kolom.wat"),
                             word(words, "kolom.doe")};
    int64_t n = findings ? (int64_t) delivery->n_findings : delivery->rejected, shown = 0;
    int64_t listed = findings ? n : rejects_listed(delivery);

    if (n == 0)
        return;
    ModelTable *table = report_table(c->report, SAY(c, findings ? "opvallend.tabel" : "fout.tabel", count_of(c->out, "n", n), {"nummer", arena_format(c->out, "%d", number), 0}, {"soort", kind_title(c->out, words, delivery->kind), 0}),
                                     columns, 5, true);
    for (size_t column = 1; column < 5; column++)
        table->column[column].numeric = false;
    for (size_t at = 0; at < delivery->n_rejects && shown < words->rows_shown; at++) {
        const FeedbackReject *reject = &delivery->reject[at];
        if (reject->finding != findings)
            continue;
        char *field = arena_text(c->out, reject->field);
        for (char *letter = field; *letter; letter++)
            if (*letter == '_')
                *letter = ' ';
        const TableCell cells[] = {cell_text(number_text(c->out, (double) reject->row, 0)),
                                   cell_text(reject->column ? arena_format(c->out, "%d\u00a0(%s)", reject->column, column_letters(c->out, reject->column)) : word(words, "hele_rij")),
                                   cell_text(reject->column ? field : ""), cell_text(rule_text(c->out, words, reject->rule, "wat")),
                                   cell_text(rule_text(c->out, words, reject->rule, "doe"))};
        report_row(c->report, table, cells);
        shown++;
    }
    const char *note = word(words, "fout.noot");
    if (listed > shown)
        note = arena_format(c->out, "%s %s", SAY(c, "fout.meer", count_of(c->out, "getoond", shown), count_of(c->out, "n", listed)), note);
    if (listed < n)
        note = arena_format(c->out, "%s %s", SAY(c, "fout.bewaard", count_of(c->out, "n", n), count_of(c->out, "bewaard", listed)), note);
    table->note = note;
}

/* Schools of which an earlier file has rows and this one nothing: their rows stay, and whether that is right only the board knows. */
static void left_out_say(const Composer *c, const FeedbackDelivery *delivery)
{
    for (size_t at = 0; at < delivery->n_left_out; at++)
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, "ontbreekt.school", {"school", arena_format(c->out, "%s (%s)", delivery->left_out[at].name, delivery->left_out[at].code), 0},
                                                    {"datum", number_date(c->out, delivery->left_out[at].earlier), 0}, count_of(c->out, "n", delivery->left_out[at].rows)));
    if (delivery->n_left_out)
        report_text(c->report, BLOCK_NOTE, word(c->words, "ontbreekt.vraag"));
}

static void account_table(const Composer *c)
{
    static const char *const keys[] = {"kolom.levering", "kolom.gelezen", "kolom.geladen", "kolom.afgekeurd", "kolom.vervangen", "kolom.dubbel", "kolom.genegeerd"};
    enum { N = sizeof keys / sizeof *keys };
    const char *columns[N];
    int number = 0;

    for (size_t at = 0; at < N; at++)
        columns[at] = word(c->words, keys[at]);
    ModelTable *table = report_table(c->report, word(c->words, "leveringen.tabel"), columns, N, true);
    for (size_t at = 0; at < c->feedback->n_deliveries; at++) {
        const FeedbackDelivery *delivery = &c->feedback->delivery[at];
        if (delivery->replaced_by)
            continue;
        const int64_t counts[] = {delivery->read, delivery->loaded, delivery->rejected, delivery->superseded, delivery->duplicate, delivery->ignored_columns};
        TableCell cells[N] = {cell_text(delivery_title(c->out, c->words, delivery, ++number))};
        for (size_t column = 1; column < N; column++)
            cells[column] = (TableCell){number_count(c->out, (long long) counts[column - 1]), (double) counts[column - 1]};
        report_row(c->report, table, cells);
    }
    table->note = word(c->words, "leveringen.noot");
}

/* Files that were refused as a whole are numbered on behind those that were loaded. */
static void refusals_chapter(const Composer *c, int in_force)
{
    const Feedback *feedback = c->feedback;

    if (feedback->n_refusals == 0)
        return;
    report_chapter(c->report, "geweigerd", word(c->words, "geweigerd"));
    for (size_t at = 0; at < feedback->n_refusals; at++) {
        const FeedbackDelivery *refusal = &feedback->refusal[at];
        const char *over = refusal->period_begin == DATE_NONE ? "" : SAY(c, "geweigerd.over", {"periode", period_text(c, refusal), 0});
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, "geweigerd.bestand", {"nummer", arena_format(c->out, "%d", in_force + (int) at + 1), 0}, {"soort", kind_title(c->out, c->words, refusal->kind), 0},
                                                    {"datum", number_date(c->out, refusal->received), 0}, {"over", over, 0}));
        const char *lacks = *refusal->missing ? SAY(c, "geweigerd.kolom", {"kolom", refusal->missing, 0}) : "";
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, "geweigerd.waarom", {"kolom", lacks, 0}, {"wat", rule_text(c->out, c->words, refusal->refused, "wat"), 0},
                                                    {"doe", message_capital(c->out, rule_text(c->out, c->words, refusal->refused, "doe")), 0}));
        reject_table(c, refusal, in_force + (int) at + 1, false);
    }
}

static void deliveries_chapters(const Composer *c, int in_force)
{
    const Feedback *feedback = c->feedback;
    int number = 0;

    if (in_force == 0 && feedback->n_shared == 0)
        return;
    report_chapter(c->report, "leveringen", word(c->words, "leveringen"));
    if (in_force)
        account_table(c);
    for (size_t at = 0; at < feedback->n_shared; at++)
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, "leveringen.gedeeld", {"soort", kind_title(c->out, c->words, feedback->shared[at].kind), 0},
                                                    {"datum", number_date(c->out, feedback->shared[at].received), 0}, count_of(c->out, "n", feedback->shared[at].rows)));
    for (size_t at = 0; at < feedback->n_deliveries; at++) {
        const FeedbackDelivery *delivery = &feedback->delivery[at];
        if (delivery->replaced_by)
            continue;
        number++;
        report_chapter(c->report, arena_format(c->out, "bestand-%d", number), delivery_title(c->out, c->words, delivery, number));
        report_text(c->report, BLOCK_PARAGRAPH, delivery_about(c, delivery));
        replaced_say(c, delivery);
        left_out_say(c, delivery);
        if (delivery->rejected == 0 && delivery->n_findings == 0 && delivery->n_left_out == 0)
            report_text(c->report, BLOCK_PARAGRAPH, word(c->words, "bestand.goed"));
        reject_table(c, delivery, number, false);
        reject_table(c, delivery, number, true);
    }
}

/* -- months and what is still expected ------------------------------------------------------------- */

typedef struct Months {
    const char *quiet, *later; /* "november en december"; "" = none */
    bool        any, unknown; /* any month was looked at; a delivered month without a calendar */
} Months;

static Months months_find(const Composer *c)
{
    const Feedback *feedback = c->feedback;
    const char **quiet = arena_array(c->out, feedback->n_months + 1, sizeof *quiet), **later = arena_array(c->out, feedback->n_months + 1, sizeof *later);
    size_t n_quiet = 0, n_later = 0;
    Months months = {0};

    for (size_t at = 0; at < feedback->n_months; at++) {
        const FeedbackMonth *month = &feedback->month[at];
        const char *name = number_month_long(date_parts(month->month).month);
        bool over = date_month_next(month->month) <= c->made_on;
        months.unknown = months.unknown || (month->covered && month->open_days < 0);
        months.any = months.any || month->covered;
        if (month->open_days < c->words->ask_from_school_days || !over)
            continue;
        if (month->covered && !month->registered)
            quiet[n_quiet++] = name;
        else if (!month->covered)
            later[n_later++] = name;
    }
    months.quiet = message_list(c->out, quiet, n_quiet);
    months.later = months.any ? message_list(c->out, later, n_later) : "";
    return months;
}

static void months_chapter(const Composer *c, const Months *months)
{
    bool rejected = false;

    if (!months->any)
        return;
    for (size_t at = 0; at < c->feedback->n_deliveries; at++) {
        const FeedbackDelivery *delivery = &c->feedback->delivery[at];
        rejected = rejected || (!delivery->replaced_by && strcmp(delivery->kind, "incident") == 0 && delivery->rejected > 0);
    }
    report_chapter(c->report, "maanden", word(c->words, "maanden"));
    if (months->unknown) {
        report_text(c->report, BLOCK_PARAGRAPH, word(c->words, "maanden.onbekend"));
    } else if (*months->quiet) {
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, "maanden.vraag", {"maanden", months->quiet, 0}));
        if (rejected)
            report_text(c->report, BLOCK_PARAGRAPH, word(c->words, "maanden.afgekeurd"));
        report_text(c->report, BLOCK_NOTE, word(c->words, "maanden.uitleg"));
    } else {
        report_text(c->report, BLOCK_PARAGRAPH, word(c->words, "maanden.geen"));
    }
    if (*months->later)
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, "maanden.later", {"maanden", months->later, 0}));
    if (!months->unknown)
        report_text(c->report, BLOCK_PARAGRAPH, SAY(c, "maanden.vakantie", count_of(c->out, "dagen", c->words->ask_from_school_days)));
}

static void expected_chapter(const Composer *c)
{
    const Feedback *feedback = c->feedback;
    Line *line = arena_array(c->out, feedback->n_expected + 1, sizeof *line);
    size_t n = 0;

    report_chapter(c->report, "verwacht", word(c->words, "verwacht"));
    for (size_t at = 0; at < feedback->n_expected; at++) {
        const FeedbackExpected *expected = &feedback->expected[at];
        bool past = c->made_on > expected->due;
        if (expected->received != DATE_NONE)
            continue;
        line[n++] = (Line){SAY(c, past ? "verwacht.voorbij" : "verwacht.regel", {"soort", message_capital(c->out, kind_title(c->out, c->words, expected->kind)), 0},
                               {"datum", number_date(c->out, expected->due), 0}),
                           word(c->words, past ? "verwacht.laat" : "verwacht.tijd")};
    }
    if (n)
        report_lines(c->report, line, n);
    else
        report_text(c->report, BLOCK_PARAGRAPH, word(c->words, "verwacht.niets"));
}

/* -- the page -------------------------------------------------------------------------------------- */

static int summary_chapter(const Composer *c, const Months *months)
{
    const Feedback *feedback = c->feedback;
    const MessageValue who = {"wie", word(c->words, feedback->office ? "wie.bestuur" : "wie.school"), 0};
    const char **missing = arena_array(c->out, feedback->n_expected + 1, sizeof *missing);
    int64_t in_force = 0, rows = 0, rejected = 0, findings = 0;
    size_t n = 0, n_missing = 0;
    Line line[7];
    int64_t left_out = 0;

    for (size_t at = 0; at < feedback->n_deliveries; at++) {
        const FeedbackDelivery *delivery = &feedback->delivery[at];
        if (delivery->replaced_by)
            continue;
        in_force++;
        rows += delivery->read;
        rejected += delivery->rejected;
        findings += (int64_t) delivery->n_findings;
        left_out += (int64_t) delivery->n_left_out;
    }
    for (size_t at = 0; at < feedback->n_expected; at++)
        if (feedback->expected[at].received == DATE_NONE)
            missing[n_missing++] = kind_title(c->out, c->words, feedback->expected[at].kind);
    report_chapter(c->report, "samenvatting", word(c->words, "kort"));
    if (in_force == 0 && feedback->n_refusals == 0)
        line[n++] = (Line){SAY(c, "kort.niets", who, {"schooljaar", number_school_year(c->out, c->school_year), 0}), ""};
    else if (in_force)
        line[n++] = (Line){SAY(c, "kort.bestanden", who, count_of(c->out, "n", in_force), count_of(c->out, "rijen", rows)), ""};
    if (feedback->n_refusals)
        line[n++] = (Line){SAY(c, "kort.geweigerd", count_of(c->out, "n", (int64_t) feedback->n_refusals), who), ""};
    if (in_force)
        line[n++] = (Line){rejected ? SAY(c, "kort.fout", count_of(c->out, "n", rejected)) : word(c->words, "kort.goed"), ""};
    if (findings)
        line[n++] = (Line){SAY(c, "kort.opvallend", count_of(c->out, "n", findings)), ""};
    if (left_out)
        line[n++] = (Line){SAY(c, "kort.ontbreekt", count_of(c->out, "n", left_out)), ""};
    if (n_missing)
        line[n++] = (Line){SAY(c, "kort.verwacht", {"wat", message_list(c->out, missing, n_missing), 0}), ""};
    if (!months->unknown && *months->quiet)
        line[n++] = (Line){SAY(c, "maanden.vraag", {"maanden", months->quiet, 0}), ""};
    report_lines(c->report, line, n);
    return (int) in_force;
}

Report *feedback_compose(Arena *out, const FeedbackWords *words, const Feedback *feedback, int school_year, Date made_on)
{
    Report *report = report_new(out);
    const Composer composer = {out, words, feedback, report, school_year, made_on}, *c = &composer;
    const char *year = number_school_year(out, school_year);

    report->edition = "school";
    report->title = words->title;
    report->organisation = feedback->name;
    report->subtitle = SAY(c, "ondertitel", {"naam", feedback->name, 0}, {"code", feedback->code, 0}, {"plaats", *feedback->place ? arena_format(out, ", %s", message_town(out, feedback->place)) : "", 0},
                           {"schooljaar", year, 0}, {"datum", number_date(out, made_on), 0});
    report->footer = SAY(c, "voet", {"naam", feedback->name, 0}, {"schooljaar", year, 0});
    report->confidential = word(words, feedback->office ? "vertrouwelijk.bestuur" : "vertrouwelijk");
    report->made_on = made_on;
    const Months months = months_find(c);
    int in_force = summary_chapter(c, &months);
    refusals_chapter(c, in_force);
    deliveries_chapters(c, in_force);
    months_chapter(c, &months);
    expected_chapter(c);
    report_chapter(report, "hoe", word(words, "hoe"));
    report_text(report, BLOCK_PARAGRAPH, word(words, "hoe.regels"));
    report_text(report, BLOCK_PARAGRAPH, word(words, "hoe.waarden"));
    return report;
}

/* -- the list for a spreadsheet ---------------------------------------------------------------------- */

static void csv_cell(Buf *csv, const char *text)
{
    buf_text(csv, ";\"");
    if (*text && strchr("=+-@\t\r", *text))
        buf_text(csv, "'");
    for (; *text; text++) {
        if (*text == '"')
            buf_text(csv, "\"");
        buf_add(csv, text, 1);
    }
    buf_text(csv, "\"");
}

/* One line: of a row of a file, or of the file (row NULL). */
static void csv_line(Arena *row, Buf *csv, const FeedbackWords *words, const FeedbackDelivery *delivery, int number, const FeedbackReject *reject, const char *field, const char *outcome, const char *rule)
{
    char received[11];

    date_format_iso(delivery->received, received);
    buf_format(csv, "%d", number);
    csv_cell(csv, kind_title(row, words, delivery->kind));
    buf_format(csv, ";%s;", received);
    if (reject)
        buf_format(csv, "%lld", (long long) reject->row);
    buf_text(csv, ";");
    if (reject && reject->column)
        buf_format(csv, "%d", reject->column);
    csv_cell(csv, column_letters(row, reject ? reject->column : 0));
    csv_cell(csv, field);
    csv_cell(csv, word(words, outcome));
    csv_cell(csv, rule);
    csv_cell(csv, rule_text(row, words, rule, "wat"));
    csv_cell(csv, rule_text(row, words, rule, "doe"));
    buf_text(csv, "\r\n");
}

static void csv_delivery(Arena *row, Buf *csv, const FeedbackWords *words, const FeedbackDelivery *delivery, int number)
{
    if (delivery->refused)
        csv_line(row, csv, words, delivery, number, NULL, *delivery->missing ? delivery->missing : word(words, "csv.bestand"), "csv.geweigerd", delivery->refused);
    for (size_t at = 0; at < delivery->n_left_out; at++)
        csv_line(row, csv, words, delivery, number, NULL, delivery->left_out[at].code, "csv.opvallend", "levering.school_ontbreekt");
    for (size_t at = 0; at < delivery->n_rejects; at++) {
        const FeedbackReject *reject = &delivery->reject[at];
        csv_line(row, csv, words, delivery, number, reject, reject->column ? reject->field : word(words, "hele_rij"), reject->finding ? "csv.opvallend" : "csv.afgekeurd", reject->rule);
        arena_reset(row);
    }
}

bool feedback_csv_write(const FeedbackWords *words, const Feedback *feedback, const char *path, Err *err)
{
    ARENA_AUTO row = arena_new();
    BUF_AUTO csv = {0};
    int number = 0;

    buf_format(&csv, "\xef\xbb\xbf%s\r\n", word(words, "csv.kop"));
    for (size_t at = 0; at < feedback->n_deliveries; at++)
        if (!feedback->delivery[at].replaced_by)
            csv_delivery(row, &csv, words, &feedback->delivery[at], ++number);
    for (size_t at = 0; at < feedback->n_refusals; at++)
        csv_delivery(row, &csv, words, &feedback->refusal[at], ++number);
    return place_write(path, csv.data, csv.length, err);
}
