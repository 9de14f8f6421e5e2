#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analyze/alarm_config.h"
#include "analyze/indicator.h"
#include "cli/app.h"
#include "common/pg.h"
#include "ingest/ingest.h"
#include "ingest/rule.h"
#include "reports/alarm_text.h"
#include "reports/compose.h"
#include "reports/feedback.h"

/* Every reader reads its own files, an edition may only name indicators that exist, and every rule has a text for schools. */
static bool check_all(App *app)
{
    Indicator *indicators;
    AlarmConfig alarms;
    ComposeConfig texts;
    FeedbackWords *words;
    AlarmWords *alarm_words;
    size_t count;

    if (!ingest_config_check(&app->place, &app->err) || !indicator_load_all(app->run, &app->place, &indicators, &count, &app->err) ||
        !alarm_config_load(app->run, &app->place, &alarms, &app->err) || !compose_config_load(app->run, &app->place, &texts, &app->err) ||
        !feedback_words_load(app->run, &app->place, &words, &app->err) || !alarm_words_load(app->run, &app->place, &alarm_words, &app->err))
        return false;
    for (int rule = RULE_NONE + 1; rule < RULE_COUNT; rule++)
        if (!feedback_words_rule(words, rule_id((Rule) rule)))
            return err_set(&app->err, ERR_CONFIG, "%s/editions/school.json: rules: no text for \"%s\"", app->place.config, rule_id((Rule) rule));
    for (size_t at = 0; at < EDITION_KINDS; at++) {
        Edition edition = {0};
        if (!compose_edition_load(app->run, &app->place, edition_kinds[at].name, &edition, &app->err))
            return false;
    }
    return true;
}

/* The draft on stdout, so that it can be redirected into config/forms; the reasons on stderr. */
static int suggest(App *app, const char *path)
{
    Suggestion suggestion;

    if (!ingest_suggest(app->run, &app->place, path, &suggestion, &app->err))
        return (int) app->err.kind;
    puts(suggestion.json);
    log_info(_("kind %s%s%s, score %.2f; %zu of %zu columns have a field"), suggestion.kind, suggestion.instrument ? ", " : "",
             suggestion.instrument ? suggestion.instrument : "", suggestion.score, suggestion.n_matches, suggestion.n_headers);
    for (size_t at = 0; at < suggestion.n_matches; at++) {
        const SuggestMatch *match = &suggestion.match[at];
        if (match->value_score < 0)
            log_info(_("  %-28s <- %-32s score %.2f (header %.2f)"), match->field, match->header, match->score, match->header_score);
        else
            log_info(_("  %-28s <- %-32s score %.2f (header %.2f, values %.2f)"), match->field, match->header, match->score, match->header_score,
                     match->value_score);
    }
    for (const char **missing = suggestion.missing; *missing; missing++)
        log_warn(_("no column for the required field %s; add it by hand (a column, or a constant)"), *missing);
    return 0;
}

int cmd_config(App *app)
{
    if (app->n_args == 2 && strcmp(app->args[0], "suggest") == 0)
        return suggest(app, app->args[1]);
    if (app->n_args != 1 || strcmp(app->args[0], "check") != 0) {
        err_set(&app->err, ERR_USAGE, "usage: veiligbeeld config check, or veiligbeeld config suggest FILE");
        return ERR_USAGE;
    }
    if (!check_all(app))
        return (int) app->err.kind;
    printf(_("configuration in %s is sound\n"), app->place.config);
    return 0;
}

static bool on_path(const char *program)
{
    char path[4096];
    const char *dirs = getenv("PATH");

    while (dirs && *dirs) {
        size_t span = strcspn(dirs, ":");
        snprintf(path, sizeof path, "%.*s/%s", (int) span, dirs, program);
        if (access(path, X_OK) == 0)
            return true;
        dirs += span + (dirs[span] == ':');
    }
    return false;
}

int cmd_doctor(App *app)
{
    static const char *const programs[] = {"gnuplot", "weasyprint"};
    int status = 0;

    printf("veiligbeeld %s\nconfig     %s\nvar        %s\nout        %s\n", VB_VERSION, app->place.config, app->place.var, app->place.out);
    for (size_t at = 0; at < sizeof programs / sizeof *programs; at++) {
        bool found = on_path(programs[at]);
        printf("%-10s %s\n", programs[at], found ? _("found") : _("missing: reports cannot be made; run make deps"));
        status = found ? status : ERR_IO;
    }
    if (!cluster_find(app->run, &app->place, app->dsn, &app->cluster, &app->err))
        return (int) app->err.kind;
    printf("database   %s\n", app->cluster.dsn ? _("of the organisation (--dsn or PG* variables)") : cluster_running(&app->cluster) ? _("private, running") : _("private, not running; veiligbeeld db start"));
    return status;
}
