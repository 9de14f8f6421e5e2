#include <getopt.h>
#include <gsl/gsl_errno.h>
#include <locale.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "analyze/disclosure/system.h"
#include "cli/app.h"

static const Command commands[] = {
    {"run", N_("[PATH]..."), N_("all stages for a school year: ingest, analyze, disclose, report"), cmd_run},
    {"ingest", N_("PATH..."), N_("load deliveries of schools and boards"), cmd_ingest},
    {"analyze", "", N_("compute indicators, series, alarms and goals"), cmd_analyze},
    {"disclose", "", N_("protect the results and release what may be published"), cmd_disclose},
    {"report", N_("[--editie NAME]"), N_("write the editions from what was released"), cmd_report},
    {"status", "", N_("who delivered, and what is late"), cmd_status},
    {"alarms", N_("list|explain|seen|close|link|undo|backtest"), N_("what stands out, what the school does with it, and how well alarms work"), cmd_alarms},
    {"verify", "", N_("check what was released, and compute every alarm again"), cmd_verify},
    {"db", N_("init|start|stop|migrate|dsn"), N_("the database in use"), cmd_db},
    {"inzage", N_("--board N"), N_("what is held about one person; asks for name and birth date"), cmd_inzage},
    {"forget", N_("--board N"), N_("erase one person; asks for name and birth date"), cmd_forget},
    {"key", N_("rotate --board N --keep|--cut"), N_("replace the pseudonym key of a board"), cmd_key},
    {"stat", N_("METHOD --in FILE"), N_("any statistic on a plain CSV, without a database; stat --help"), cmd_stat},
    {"config", "check", N_("check the configuration"), cmd_config},
    {"doctor", "", N_("what is installed and what is missing"), cmd_doctor},
};

enum { N_COMMANDS = sizeof commands / sizeof *commands };

/* One text an option, so that a new one costs the others no translation. A deeper one belongs to the option above it. */
static const struct { const char *option, *text; } options_help[] = {
    {"--schooljaar 2025-2026", N_("the school year to report on (default: the last one that has ended)")},
    {N_("--as-of DATE"), N_("the day to reckon from (default: today); the same day gives the same bytes")},
    {N_("--dsn STRING"), N_("another database than the private one (libpq connection string)")},
    {N_("--board NUMBER"), N_("one board only")},
    {N_("--editie NAME"), N_("bestuur, inspectie, gmr, mr, openbaar, bulletin or school (report, run)")},
    {N_("--form NAME"), N_("read every file as this form (ingest)")},
    {N_("--role ROLE"), N_("as which role (db dsn)")},
    {"--school CODE", N_("whose alarms (alarms); pages of this school only (report, run)")},
    {N_("--event CODE, --date DATE"), N_("what explains an alarm, and its day (alarms link)")},
    {"--sim N, --seed N", N_("so many simulated schools, and their seed (alarms backtest)")},
    {"--yes", N_("do not ask for confirmation (forget)")},
    {"--naamgenoten", N_("also erase what was found by name only (forget)")},
    {"--keep, --cut", N_("keep or cut the linkage with what is stored (key rotate)")},
    {N_("--audit RELEASE"), N_("attack what was released: AUDIENCE, AUDIENCE/BOARD or all (disclose)")},
    {N_("--table FILE"), N_("protect any table of counts; prints every cell as CSV (disclose; see docs/onthulling.md, Input and output):")},
    {N_("  --hier DIM=FILE"), N_("parent,child[,set]: the totals of a dimension; for each one that has them (else one: Total)")},
    {"  --threshold N", N_("smaller counts are hidden (2 to 500; default 5)")},
    {"  --zeros publish|suppress", N_("whether zeros are shown (default: publish)")},
    {"  --contributors DIM[=SET]", N_("codes of DIM know their own records, and groups (=SET: of that breakdown) all below them: attack as each of them too")},
    {N_("  --must FILE"), N_("cells that must be published: a column for each dimension")},
    {N_("  --earlier FILE"), N_("cells that were published before: the same, or the output of then as it is")},
    {"  --coarsen list|best", N_("what coarser tables would lose; best: publish the one that loses least")},
    {N_("  --certificate FILE"), N_("write what was done and tried as JSON")},
    {N_("--out DIR"), N_("where documents go (default: out)")},
    {"--jobs N", N_("documents made at the same time (default: number of processors)")},
    {"--json", N_("results as JSON")},
    {"--dry-run", N_("do everything, keep nothing")},
    {N_("--progress WHEN"), N_("auto, always or never")},
    {"--verbose", N_("say more")},
    {"--help, --version", ""},
};

static void help(FILE *to)
{
    fprintf(to, "%s\n\n", _("veiligbeeld: the social safety of pupils in figures that cannot be traced to a child"));
    for (size_t at = 0; at < N_COMMANDS; at++)
        fprintf(to, "  %-9s %s\n", commands[at].name, _(commands[at].summary));
    fprintf(to, "\n%s\n", _("Options of all commands:"));
    for (size_t at = 0; at < sizeof options_help / sizeof *options_help; at++)
        fprintf(to, *options_help[at].text ? "  %-26s %s\n" : "  %s%s\n", _(options_help[at].option), *options_help[at].text ? _(options_help[at].text) : "");
    fputs(_("\nExit status: 0 done, 1 usage, 2 configuration, 3 input refused, 4 database, 5 not computable,\n"
            "6 disclosure refused, 70 our bug, 74 could not write.\n"), to);
}

static Date today(void)
{
    time_t now = time(NULL);
    const char *fixed = getenv("SOURCE_DATE_EPOCH");

    if (fixed)
        now = (time_t) strtoll(fixed, NULL, 10);
    return (Date) (now / 86400);
}

#define usage(app, ...) (err_set(&(app)->err, ERR_USAGE, __VA_ARGS__), (int) ERR_USAGE)

/* \return -1: go on; else the exit status */
static int options_read(App *app, int argc, char **argv)
{
    enum { OPT_AS_OF = 256, OPT_YEAR, OPT_DSN, OPT_BOARD, OPT_EDITION, OPT_FORM, OPT_ROLE, OPT_OUT, OPT_JSON, OPT_DRY, OPT_PROGRESS,
           OPT_VERBOSE, OPT_HELP, OPT_VERSION, OPT_IN, OPT_JOBS,
           OPT_TABLE, OPT_HIER, OPT_THRESHOLD, OPT_ZEROS, OPT_CERTIFICATE, OPT_CONTRIBUTORS, OPT_MUST, OPT_EARLIER, OPT_COARSEN, OPT_AUDIT,
           OPT_YES, OPT_NAMESAKES, OPT_KEEP, OPT_CUT, OPT_SCHOOL, OPT_EVENT, OPT_DATE, OPT_SIM, OPT_SEED };
    static const struct option options[] = {
        {"as-of", required_argument, NULL, OPT_AS_OF}, {"schooljaar", required_argument, NULL, OPT_YEAR},
        {"dsn", required_argument, NULL, OPT_DSN}, {"board", required_argument, NULL, OPT_BOARD},
        {"editie", required_argument, NULL, OPT_EDITION}, {"form", required_argument, NULL, OPT_FORM},
        {"role", required_argument, NULL, OPT_ROLE}, {"out", required_argument, NULL, OPT_OUT}, {"in", required_argument, NULL, OPT_IN},
        {"jobs", required_argument, NULL, OPT_JOBS},
        {"table", required_argument, NULL, OPT_TABLE}, {"hier", required_argument, NULL, OPT_HIER}, {"threshold", required_argument, NULL, OPT_THRESHOLD},
        {"zeros", required_argument, NULL, OPT_ZEROS}, {"certificate", required_argument, NULL, OPT_CERTIFICATE},
        {"contributors", required_argument, NULL, OPT_CONTRIBUTORS}, {"must", required_argument, NULL, OPT_MUST}, {"earlier", required_argument, NULL, OPT_EARLIER},
        {"coarsen", required_argument, NULL, OPT_COARSEN}, {"audit", required_argument, NULL, OPT_AUDIT},
        {"json", no_argument, NULL, OPT_JSON}, {"dry-run", no_argument, NULL, OPT_DRY},
        {"yes", no_argument, NULL, OPT_YES}, {"naamgenoten", no_argument, NULL, OPT_NAMESAKES}, {"keep", no_argument, NULL, OPT_KEEP},
        {"cut", no_argument, NULL, OPT_CUT},
        {"school", required_argument, NULL, OPT_SCHOOL}, {"event", required_argument, NULL, OPT_EVENT}, {"date", required_argument, NULL, OPT_DATE},
        {"sim", required_argument, NULL, OPT_SIM}, {"seed", required_argument, NULL, OPT_SEED},
        {"progress", required_argument, NULL, OPT_PROGRESS}, {"verbose", no_argument, NULL, OPT_VERBOSE},
        {"help", no_argument, NULL, OPT_HELP}, {"version", no_argument, NULL, OPT_VERSION}, {NULL, 0, NULL, 0}};
    char *end;

    opterr = 0;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (option) {
        case OPT_AS_OF:
            if (!date_parse_iso(optarg, &app->as_of))
                return usage(app, "\"%s\" is not a date (yyyy-mm-dd)", optarg);
            app->as_of_given = true;
            break;
        case OPT_YEAR:
            if (!date_school_year_parse(optarg, &app->school_year))
                return usage(app, "\"%s\" is not a school year (2025-2026)", optarg);
            break;
        case OPT_BOARD:
            app->board = (int) strtol(optarg, &end, 10);
            if (*end || app->board < 1 || app->board > 99999)
                return usage(app, "\"%s\" is not the number of a board", optarg);
            break;
        case OPT_JOBS:
            app->jobs = (int) strtol(optarg, &end, 10);
            if (*end || app->jobs < 1 || app->jobs > 256)
                return usage(app, "\"%s\" is not a number of jobs", optarg);
            break;
        case OPT_THRESHOLD:
            app->threshold = (int) strtol(optarg, &end, 10);
            if (*end || app->threshold < 2 || app->threshold > SYSTEM_THRESHOLD_MAX)
                return usage(app, "\"%s\" is not a threshold (2 to %d)", optarg, SYSTEM_THRESHOLD_MAX);
            break;
        case OPT_HIER:
            if (app->n_hier == (int) (sizeof app->hier / sizeof *app->hier))
                return usage(app, "--hier is given more than %d times", app->n_hier);
            app->hier[app->n_hier++] = optarg;
            break;
        case OPT_ZEROS:
            if (strcmp(optarg, "publish") && strcmp(optarg, "suppress"))
                return usage(app, "--zeros is publish or suppress, not \"%s\"", optarg);
            app->zeros = optarg;
            break;
        case OPT_COARSEN:
            if (strcmp(optarg, "list") && strcmp(optarg, "best"))
                return usage(app, "--coarsen is list or best, not \"%s\"", optarg);
            app->coarsen = optarg;
            break;
        case OPT_TABLE: app->table = optarg; break;
        case OPT_CERTIFICATE: app->certificate = optarg; break;
        case OPT_CONTRIBUTORS: app->contributors = optarg; break;
        case OPT_MUST: app->must = optarg; break;
        case OPT_EARLIER: app->earlier = optarg; break;
        case OPT_AUDIT: app->audit = optarg; break;
        case OPT_PROGRESS:
            if (strcmp(optarg, "auto") && strcmp(optarg, "always") && strcmp(optarg, "never"))
                return usage(app, "--progress is auto, always or never, not \"%s\"", optarg);
            progress_mode_set(*optarg == 'n' ? PROGRESS_NEVER : optarg[1] == 'l' ? PROGRESS_ALWAYS : PROGRESS_AUTO);
            break;
        case OPT_DATE:
            if (!date_parse_iso(optarg, &app->date))
                return usage(app, "\"%s\" is not a date (yyyy-mm-dd)", optarg);
            break;
        case OPT_SIM:
            app->sim = (int) strtol(optarg, &end, 10);
            if (*end || app->sim < 1 || app->sim > 100000)
                return usage(app, "\"%s\" is not a number of schools", optarg);
            break;
        case OPT_SEED:
            app->seed = (int) strtol(optarg, &end, 10);
            if (*end || app->seed < 0)
                return usage(app, "\"%s\" is not a seed", optarg);
            break;
        case OPT_SCHOOL: app->school = optarg; break;
        case OPT_EVENT: app->event = optarg; break;
        case OPT_DSN: app->dsn = optarg; break;
        case OPT_EDITION: app->edition = optarg; break;
        case OPT_FORM: app->form = optarg; break;
        case OPT_ROLE: app->role = optarg; break;
        case OPT_OUT: app->out = optarg; break;
        case OPT_IN: app->in = optarg; break;
        case OPT_JSON: app->json = true; break;
        case OPT_YES: app->yes = true; break;
        case OPT_NAMESAKES: app->namesakes = true; break;
        case OPT_KEEP: app->keep = true; break;
        case OPT_CUT: app->cut = true; break;
        case OPT_DRY: app->dry_run = true; break;
        case OPT_VERBOSE: app->verbose = true; log_level_set(LOG_DEBUG); break;
        case OPT_HELP: help(stdout); return 0;
        case OPT_VERSION: puts("veiligbeeld " VB_VERSION); return 0;
        default: return usage(app, "unknown or incomplete option \"%s\"; see --help", argv[optind - 1]);
        }
    }
    app->args = (const char **) argv + optind;
    app->n_args = argc - optind;
    return -1;
}

static const Command *command_find(const char *name)
{
    for (size_t at = 0; at < N_COMMANDS; at++)
        if (strcmp(commands[at].name, name) == 0)
            return &commands[at];
    return NULL;
}

static int run(App *app, int argc, char **argv)
{
    const Command *command = argc > 1 ? command_find(argv[1]) : NULL;

    if (argc < 2 || strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0) {
        help(argc < 2 ? stderr : stdout);
        return argc < 2 ? ERR_USAGE : 0;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("veiligbeeld " VB_VERSION);
        return 0;
    }
    if (!command)
        return usage(app, "unknown command \"%s\"; see veiligbeeld help", argv[1]);
    if (command->run == cmd_stat) { /* its options are those of the method, and it needs no place and no database */
        app->args = (const char **) argv + 2;
        app->n_args = argc - 2;
        return command->run(app);
    }
    int status = options_read(app, argc - 1, argv + 1);
    if (status >= 0)
        return status;
    if (!place_find(app->run, &app->place, &app->err))
        return (int) app->err.kind;
    if (app->out)
        app->place.out = app->out;
    return command->run(app);
}

/* Texts in the user's language. Many machines ask for nl_NL without having that locale made; C.UTF-8 with LANGUAGE then serves.
 * In a checkout the texts lie beside the program, else below PREFIX. */
static void language_choose(void)
{
    const char *asked = getenv("LC_ALL") && *getenv("LC_ALL") ? getenv("LC_ALL") : getenv("LC_MESSAGES") && *getenv("LC_MESSAGES") ? getenv("LC_MESSAGES") : getenv("LANG");
    char beside[4096];

    setlocale(LC_CTYPE, "C.UTF-8");
    if (!setlocale(LC_MESSAGES, "")) {
        setlocale(LC_MESSAGES, "C.UTF-8");
        const char *language = getenv("LANGUAGE");
        if (asked && strncmp(asked, "nl", 2) == 0 && (!language || !*language))
            setenv("LANGUAGE", "nl", 1);
    }
    ssize_t length = readlink("/proc/self/exe", beside, sizeof beside - 16);
    char *slash = length > 0 ? (beside[length] = '\0', strrchr(beside, '/')) : NULL;
    if (slash)
        memcpy(slash, "/locale", sizeof "/locale");
    bindtextdomain("veiligbeeld", slash && access(beside, R_OK) == 0 ? beside : VB_LOCALE);
}

static const char *error_words(const char *format)
{
    return gettext(format);
}

int main(int argc, char **argv)
{
    App app = {.run = arena_new(), .school_year = -1, .as_of = today(), .date = DATE_NONE, .seed = 1};
    char line[1600];

    gsl_set_error_handler_off();
    language_choose();
    err_words = error_words;
    bind_textdomain_codeset("veiligbeeld", "UTF-8");
    textdomain("veiligbeeld");
    int status = sodium_init() < 0 ? ERR_BUG : run(&app, argc, argv);
    if (app.err.kind != ERR_NONE) {
        err_line(&app.err, line, sizeof line);
        log_error("%s", line);
    }
    /* A report that fills the disk must not look complete: the last act is to close what we print to. */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        log_error("cannot write the result; is the disk full?");
        status = status ? status : ERR_IO;
    }
    arena_free(app.run);
    return status;
}
