#include "reports/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/log.h"
#include "reports/bulletin.h"
#include "reports/chart.h"
#include "reports/compose.h"
#include "reports/feedback.h"
#include "reports/html.h"
#include "reports/opendata.h"
#include "reports/pdf.h"
#include "reports/selection.h"
#include "reports/xlsx.h"

typedef struct Run {
    Arena               *arena;
    Pg                  *db, *bulletin_db, *feedback_db;
    const Place         *place;
    const ReportOptions *options;
    ReportTotals        *totals;
    ComposeConfig        config;
    FeedbackWords       *words;
    AlarmWords          *alarm_words;
    const char         **html; /* pages that wait for their PDF */
    size_t               n_html, room;
} Run;

static void pdf_later(Run *run, const char *html)
{
    if (run->n_html == run->room) {
        size_t room = run->room ? run->room * 2 : 64;
        const char **grown = arena_array(run->arena, room, sizeof *grown);
        if (run->n_html)
            memcpy(grown, run->html, run->n_html * sizeof *grown);
        run->html = grown;
        run->room = room;
    }
    run->html[run->n_html++] = html;
}

/* WeasyPrint takes a second or two per document and one core: several at a time, in a process each. */
static bool pdfs_write(Run *run, Err *err)
{
    size_t started = 0, running = 0, failed = 0;
    size_t jobs = (size_t) (run->options->jobs > 0 ? run->options->jobs : 2);
    char day[32];

    snprintf(day, sizeof day, "%lld", (long long) run->options->made_on * 86400);
    progress_begin("pdf", (double) run->n_html);
    while (started < run->n_html || running) {
        if (started < run->n_html && running < jobs) {
            const char *html = run->html[started++];
            pid_t child = fork();
            if (child == 0) {
                Err ours = {0};
                char line[700];
                setenv("SOURCE_DATE_EPOCH", day, 1);
                char *pdf = arena_format(run->arena, "%.*s.pdf", (int) (strlen(html) - 5), html);
                bool good = pdf_write(html, pdf, &ours);
                if (!good) {
                    err_line(&ours, line, sizeof line);
                    log_error("%s: %s", pdf, line);
                }
                _exit(good ? 0 : 1);
            }
            failed += child < 0;
            running += child > 0;
            continue;
        }
        int status;
        if (wait(&status) < 0 && errno == ECHILD)
            break;
        running--;
        failed += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
        progress_update((double) (started - running));
    }
    progress_end();
    return failed == 0 || err_set(err, ERR_IO, "%zu of %zu PDF files could not be made", failed, run->n_html);
}

/* \param pdf wanted too: of what is many pages it takes most of the time */
static bool documents_write(Run *run, Report *report, const Release *release, bool pdf, const char *base, Err *err)
{
    const char *html = arena_format(run->arena, "%s.html", base);

    if (!chart_draw_all(report, arena_format(report->arena, "%s.charts", base), err) || !html_write(report, run->place->templates, html, err))
        return err_frame(err, "%s", html);
    if (release && (!xlsx_write(report, arena_format(report->arena, "%s.xlsx", base), err) ||
                    !opendata_write(release, arena_format(report->arena, "%s.csv", base), report->title, strcmp(report->edition, "openbaar") == 0, err)))
        return false;
    if (pdf)
        pdf_later(run, html);
    run->totals->documents++;
    return true;
}


/* Without an ending. A code may hold what a file name cannot. */
static const char *location_path(Arena *out, const char *directory, const char *code)
{
    char *name = arena_text(out, code);

    for (char *c = name; *c; c++)
        if (*c == ' ' || *c == '/')
            *c = '-';
    return arena_format(out, "%s/%s", directory, name);
}

/* The pages of one school are asked for, and it is another one's. */
static bool of_other_school(const Run *run, const char *code)
{
    return run->options->school && strcmp(run->options->school, code) != 0;
}

/* What an edition may hold of a release, as documents. \param school NULL: about the board */
static bool part_write(Run *run, const Edition *edition, const Release *all, const ReleaseSchool *school, bool pdf, const char *base, Err *err)
{
    ARENA_AUTO one = arena_new();
    Release part;
    Report *report;
    int year = run->options->school_year;

    selection_make(one, edition, all, school, year, &part);
    return compose_report(one, &run->config, edition, &part, year, run->options->made_on, &report, err) && documents_write(run, report, &part, pdf, base, err);
}

static bool schools_write(Run *run, const Edition *edition, const Release *release, const char *directory, int board_no, Err *err)
{
    ARENA_AUTO batch = arena_new();
    ReleaseSchool *schools;
    size_t count;

    if (!reports_db_schools(batch, run->db, board_no, run->options->school_year, &schools, &count, err) || (count && !place_make_dir(directory, 0755, err)))
        return false;
    /* Of a board of many locations (over 60) the PDF is made when it is asked for. */
    bool pdf = count <= 60 || run->options->edition || run->options->school;
    for (size_t at = 0; at < count; at++)
        if (!of_other_school(run, schools[at].code)) {
            run->totals->schools++;
            if (!part_write(run, edition, release, &schools[at], pdf, location_path(batch, directory, schools[at].code), err))
                return err_frame(err, "school %s", schools[at].code);
        }
    return true;
}

static bool edition_write(Run *run, const char *name, int board_no, Err *err)
{
    ARENA_AUTO batch = arena_new();
    Edition edition = {0};
    Release release;
    int year = run->options->school_year;
    const char *directory = arena_format(batch, "%s/%05d/%d-%d", run->place->out, board_no, year, year + 1), *base = arena_format(batch, "%s/%s", directory, name);

    if (!compose_edition_load(batch, run->place, name, &edition, err) || !reports_db_release(batch, run->db, edition.audience, board_no, year, edition.wide, &release, err) ||
        !place_make_dir(directory, 0755, err))
        return false;
    return edition.scope == EDITION_SCHOOL ? schools_write(run, &edition, &release, base, board_no, err) : part_write(run, &edition, &release, NULL, true, base, err);
}

static bool bulletins_write(Run *run, int board_no, Err *err)
{
    ARENA_AUTO batch = arena_new();
    ReleaseSchool *schools;
    int year = run->options->school_year;
    size_t count;
    const char *directory = arena_format(batch, "%s/%05d/%d-%d/bulletin", run->place->out, board_no, year, year + 1);

    if (!reports_db_schools(batch, run->db, board_no, year, &schools, &count, err))
        return false;
    /* Names of directories of a bulletin are closed to others: it holds small numbers. */
    if (count && !place_make_dir(directory, 0700, err))
        return false;
    for (size_t at = 0; at < count; at++) {
        ARENA_AUTO one = arena_new();
        Bulletin bulletin;
        if (of_other_school(run, schools[at].code))
            continue;
        run->totals->schools++;
        if (!reports_db_bulletin(one, run->bulletin_db, schools[at].location_no, run->options->made_on, &bulletin, err))
            return err_frame(err, "bulletin of %s", schools[at].code);
        /* A board of many locations (over 60) gets the bulletins that say something. */
        if (bulletin.n_months[0] == 0 || (count > 60 && !run->options->school && !bulletin_has_news(&bulletin)))
            continue;
        Report *report = bulletin_compose(one, run->alarm_words, &bulletin, year, run->options->made_on);
        if (!documents_write(run, report, NULL, true, location_path(one, directory, schools[at].code), err) || !reports_db_bulletin_note(run->bulletin_db, &bulletin, run->options->made_on, err))
            return false;
        run->totals->bulletins++;
    }
    return true;
}

/* No PDF: who mends a file does so beside the page, with the list in a spreadsheet. */
static bool feedbacks_write(Run *run, int board_no, Err *err)
{
    ARENA_AUTO batch = arena_new();
    LocationKey *locations;
    int year = run->options->school_year;
    size_t count;
    const char *directory = arena_format(batch, "%s/%05d/%d-%d/school", run->place->out, board_no, year, year + 1);

    if (!reports_db_locations_and_office(batch, run->db, board_no, year, &locations, &count, err))
        return false;
    /* Closed like the bulletins: how many rows a school delivered is a small number too. */
    if (count && !place_make_dir(directory, 0700, err))
        return false;
    for (size_t at = 0; at < count; at++) {
        ARENA_AUTO one = arena_new();
        Feedback feedback;
        if (of_other_school(run, locations[at].code))
            continue;
        run->totals->schools++;
        if (!reports_db_feedback(one, run->feedback_db, locations[at].location_no, year, &feedback, err))
            return err_frame(err, "feedback for %s", locations[at].code);
        /* A board of many locations (over 60) gets the pages that speak of a file. */
        if (count > 60 && !run->options->school && feedback.n_deliveries == 0 && feedback.n_refusals == 0)
            continue;
        const char *base = location_path(one, directory, locations[at].office ? "bestuur" : locations[at].code);
        const Report *report = feedback_compose(one, run->words, &feedback, year, run->options->made_on);
        if (!html_write(report, run->place->templates, arena_format(one, "%s.html", base), err) ||
            !feedback_csv_write(run->words, &feedback, arena_format(one, "%s.csv", base), err))
            return err_frame(err, "%s", base);
        run->totals->documents++;
        run->totals->feedbacks++;
    }
    return true;
}

static bool wanted(const ReportOptions *options, const char *edition)
{
    return !options->edition || strcmp(options->edition, edition) == 0;
}

/* \param of_schools filled: the edition has a page for each school */
static bool edition_known(const char *name, bool *of_schools)
{
    *of_schools = strcmp(name, "bulletin") == 0 || strcmp(name, "school") == 0;
    bool known = *of_schools;
    for (size_t at = 0; at < EDITION_KINDS && !known; at++) {
        known = strcmp(name, edition_kinds[at].name) == 0;
        *of_schools = known && edition_kinds[at].scope == EDITION_SCHOOL;
    }
    return known;
}

static bool options_check(const ReportOptions *options, Err *err)
{
    bool of_schools = true;

    if (options->edition && !edition_known(options->edition, &of_schools))
        return err_set(err, ERR_USAGE, "no edition \"%s\"; editions are bestuur, inspectie, gmr, mr, openbaar, bulletin and school", options->edition);
    if (options->school && !of_schools)
        return err_set(err, ERR_USAGE, "edition %s is about the whole board; --school goes with mr, bulletin and school", options->edition);
    return true;
}

/* Of a run of all editions: is there anything for its readers? An organisation need not have every audience (config/audiences.json). Who asks for an edition by name is told that it cannot be made. */
static bool has_readers(Run *run, const EditionKind *kind, int board_no, bool *has, Err *err)
{
    ARENA_AUTO batch = arena_new();
    int *boards;
    size_t n = 1;

    if (!run->options->edition && !reports_db_boards(batch, run->db, kind->audience, run->options->school_year, board_no, &boards, &n, err))
        return false;
    *has = n > 0;
    if (!*has)
        log_warn("board %d: no edition %s: nothing is released to audience %s", board_no, kind->name, kind->audience);
    return true;
}

static bool board_write(Run *run, int board_no, Err *err)
{
    bool has;

    for (size_t at = 0; at < EDITION_KINDS; at++) {
        const EditionKind *kind = &edition_kinds[at];
        if (!wanted(run->options, kind->name) || (run->options->school && kind->scope != EDITION_SCHOOL))
            continue;
        if (!has_readers(run, kind, board_no, &has, err))
            return false;
        if (has && !edition_write(run, kind->name, board_no, err))
            return err_frame(err, "edition %s of board %d", kind->name, board_no);
    }
    return (!wanted(run->options, "bulletin") || bulletins_write(run, board_no, err)) && (!wanted(run->options, "school") || feedbacks_write(run, board_no, err));
}

bool report_run(const ReportDsn *dsn, const Place *place, const ReportOptions *options, ReportTotals *totals, Err *err)
{
    ARENA_AUTO arena = arena_new();
    PG_DB_AUTO db = NULL;
    PG_DB_AUTO bulletin_db = NULL;
    PG_DB_AUTO feedback_db = NULL;
    Run run = {.arena = arena, .place = place, .options = options, .totals = totals};
    int *boards;

    memset(totals, 0, sizeof *totals);
    if (!options_check(options, err) || !compose_config_load(arena, place, &run.config, err) || !feedback_words_load(arena, place, &run.words, err) || !alarm_words_load(arena, place, &run.alarm_words, err) || !pg_open(&db, dsn->report, err) ||
        !pg_open(&bulletin_db, dsn->bulletin, err) || !pg_open(&feedback_db, dsn->feedback, err))
        return false;
    run.db = db;
    run.bulletin_db = bulletin_db;
    run.feedback_db = feedback_db;
    /* Feedback needs no release: a file that was refused may be all that came. */
    bool feedback = options->edition && strcmp(options->edition, "school") == 0;
    if (!(feedback ? reports_db_delivering_boards(arena, db, options->school_year, options->board, &boards, &totals->boards, err)
                   : reports_db_boards(arena, db, "bestuur", options->school_year, options->board, &boards, &totals->boards, err)))
        return false;
    if (totals->boards == 0 && feedback)
        return err_set(err, ERR_USAGE, "nothing came for school year %d-%d; ingest first", options->school_year, options->school_year + 1);
    if (totals->boards == 0)
        return err_set(err, ERR_DISCLOSURE, "nothing is released for school year %d-%d; run: veiligbeeld analyze, then disclose", options->school_year, options->school_year + 1);
    progress_begin("report", (double) totals->boards);
    for (size_t at = 0; at < totals->boards; at++) {
        progress_update((double) at);
        if (!board_write(&run, boards[at], err))
            return false;
    }
    progress_end();
    if (options->school && totals->schools == 0)
        return err_set(err, ERR_USAGE, "no school \"%s\" in these boards in school year %d-%d", options->school, options->school_year, options->school_year + 1);
    return pdfs_write(&run, err);
}
