#include "analyze/alarm_config.h"

#include <string.h>

const char *series_step_name(SeriesStep step)
{
    static const char *const names[] = {"week", "month", "year", "event"};

    return names[step];
}

const SeriesRule *alarm_config_rule(const AlarmConfig *config, const char *series, SeriesStep step)
{
    size_t stem = strcspn(series, ":");

    for (size_t at = 0; at < config->n_rules; at++) {
        const SeriesRule *rule = &config->rule[at];
        if (rule->step == step && (rule->by != BY_NOTHING) == (series[stem] == ':') && strlen(rule->name) == stem && strncmp(rule->name, series, stem) == 0)
            return rule;
    }
    return NULL;
}

/* -- methods ------------------------------------------------------------------------------------- */

static bool farrington_read(const ConfigNode *node, AlarmMethod *method, Err *err)
{
    FarringtonParams *p = &method->farrington;
    int limit = 0;

    if (!config_object(node, "method kind b w periods past alpha limit trend_p reweight limit54_cases limit54_periods", "min_expected fallback span", err) ||
        !config_int(node, "b", 1, 20, &p->b, err) || !config_int(node, "w", 0, 25, &p->w, err) || !config_int(node, "periods", 1, 52, &p->periods, err) ||
        !config_int(node, "past", 0, 156, &p->past, err) || !config_real(node, "alpha", 1e-6, 0.5, &p->alpha, err) ||
        !config_word(node, "limit", "nbPlugin muan delta", &limit, err) || !config_real(node, "trend_p", 0, 1, &p->trend_p, err) ||
        !config_real(node, "reweight", 0.1, 100, &p->reweight, err) || !config_int(node, "limit54_cases", 0, 100, &p->limit54_cases, err) ||
        !config_int(node, "limit54_periods", 1, 50, &p->limit54_periods, err) || !config_real(node, "min_expected", 0, 1000, &method->min_expected, err) ||
        !config_int(node, "span", 1, 12, &method->span, err))
        return false;
    p->limit = (FarringtonLimit) limit;
    method->alpha = p->alpha;
    method->past = p->past;
    return true;
}

static bool method_read(const ConfigNode *node, AlarmMethod *method, Err *err)
{
    int kind = 0;

    if (config_child(node, "kind").json == NULL)
        return config_object(node, "method kind", "", err);
    if (!config_text(node, "method", &method->name, err) || !config_word(node, "kind", "farrington gamma-poisson cusum ears days-between xmr silence", &kind, err))
        return false;
    method->kind = (MethodKind) kind;
    method->min_cases = method->span = 1;
    switch (method->kind) {
    case METHOD_FARRINGTON: return farrington_read(node, method, err);
    case METHOD_GAMMA_POISSON:
        return config_object(node, "method kind alpha min_cases history past", "", err) && config_real(node, "alpha", 1e-6, 0.5, &method->alpha, err) &&
               config_int(node, "min_cases", 1, 100, &method->min_cases, err) && config_int(node, "history", 1, 1000, &method->history, err) &&
               config_int(node, "past", 0, 156, &method->past, err);
    case METHOD_CUSUM:
        return config_object(node, "method kind kappa arl min_cases history past", "", err) && config_real(node, "kappa", 1.05, 20, &method->kappa, err) &&
               config_real(node, "arl", 2, 1e5, &method->arl, err) && config_int(node, "min_cases", 1, 100, &method->min_cases, err) &&
               config_int(node, "history", 1, 1000, &method->history, err) && config_int(node, "past", 0, 156, &method->past, err);
    case METHOD_EARS:
        return config_object(node, "method kind variant baseline alpha min_cases", "", err) && config_int(node, "variant", 1, 3, &method->variant, err) &&
               config_int(node, "baseline", 3, 104, &method->baseline, err) && config_real(node, "alpha", 1e-6, 0.5, &method->alpha, err) &&
               config_int(node, "min_cases", 1, 100, &method->min_cases, err);
    case METHOD_DAYS_BETWEEN:
        return config_object(node, "method kind alpha baseline min_cases", "", err) && config_real(node, "alpha", 1e-6, 0.5, &method->alpha, err) &&
               config_int(node, "baseline", 2, 1000, &method->baseline, err) && config_int(node, "min_cases", 1, 100, &method->min_cases, err);
    case METHOD_XMR: return config_object(node, "method kind baseline", "", err) && config_int(node, "baseline", 2, 1000, &method->baseline, err);
    case METHOD_SILENCE:
        return config_object(node, "method kind alpha history past min_expected", "", err) && config_real(node, "min_expected", 0, 1000, &method->min_expected, err) &&
               config_real(node, "alpha", 1e-9, 0.5, &method->alpha, err) &&
               config_int(node, "history", 1, 1000, &method->history, err) && config_int(node, "past", 0, 156, &method->past, err);
    }
    return false;
}

static const AlarmMethod *method_find(const AlarmConfig *config, const char *name)
{
    for (size_t at = 0; at < config->n_methods; at++)
        if (strcmp(config->method[at].name, name) == 0)
            return &config->method[at];
    return NULL;
}

static bool methods_read(Arena *out, const ConfigNode *root, AlarmConfig *config, Err *err)
{
    ConfigNode methods = config_child(root, "methods");

    config->n_methods = config_count(&methods);
    config->method = arena_array(out, config->n_methods + 1, sizeof *config->method);
    for (size_t at = 0; at < config->n_methods; at++) {
        ConfigNode one = config_item(&methods, at);
        if (!method_read(&one, &config->method[at], err))
            return false;
        if (method_find(config, config->method[at].name) != &config->method[at])
            return config_fail(&one, err, "method \"%s\" is there twice", config->method[at].name);
    }
    for (size_t at = 0; at < config->n_methods; at++) {
        ConfigNode one = config_item(&methods, at);
        const char *fallback = NULL;
        if (!config_text(&one, "fallback", &fallback, err))
            return false;
        config->method[at].fallback = fallback ? method_find(config, fallback) : NULL;
        if (fallback && (!config->method[at].fallback || config->method[at].fallback->kind != METHOD_GAMMA_POISSON))
            return config_fail(&one, err, "fallback \"%s\" is no method of kind gamma-poisson", fallback);
    }
    return true;
}

/* -- series -------------------------------------------------------------------------------------- */

static bool units_read(Arena *out, const ConfigNode *node, unsigned *units, Err *err)
{
    static const char *const names[] = {"school", "group", "board", "country"};
    const char **texts = NULL;
    size_t count = 0;

    if (!config_texts(out, node, "units", &texts, &count, err))
        return false;
    for (size_t at = 0; at < count; at++) {
        size_t unit = 0;
        while (unit < 4 && strcmp(names[unit], texts[at]) != 0)
            unit++;
        if (unit == 4)
            return config_fail(node, err, "no unit \"%s\"; units are school, group, board and country", texts[at]);
        *units |= 1u << unit;
    }
    return true;
}

/* Windows and seasonal levels must fit in a year of the series, or every evaluation would be refused. */
static bool fits(const SeriesRule *rule, const AlarmMethod *method)
{
    int freq = rule->step == STEP_WEEK ? 52 : rule->step == STEP_MONTH ? 12 : 1;

    if ((method->kind == METHOD_DAYS_BETWEEN) != (rule->step == STEP_EVENT))
        return false;
    return method->kind != METHOD_FARRINGTON || (2 * method->farrington.w + 1 <= freq && method->farrington.periods <= freq && freq > 1);
}

static bool rule_read(Arena *out, const ConfigNode *node, const AlarmConfig *config, SeriesRule *rule, Err *err)
{
    const char **methods = NULL;
    int by = 0, step = 0;

    if (!config_object(node, "series title period units methods", "forms by without main", err) || !config_text(node, "series", &rule->name, err) ||
        !config_text(node, "title", &rule->title, err) || !config_word(node, "period", "week month year event", &step, err) ||
        !config_texts(out, node, "forms", &rule->forms, &rule->n_forms, err) ||
        !config_texts(out, node, "without", &rule->without, &rule->n_without, err) || !config_texts(out, node, "methods", &methods, &rule->n_methods, err) ||
        !config_bool(node, "main", &rule->main, err) || !units_read(out, node, &rule->units, err))
        return false;
    if (config_child(node, "by").json) {
        if (!config_word(node, "by", "form place group", &by, err))
            return false;
        rule->by = (SeriesBy) (by + 1);
    }
    rule->step = (SeriesStep) step;
    if (strchr(rule->name, ':') || strchr(rule->name, ','))
        return config_fail(node, err, "the name of a series has no colon and no comma");
    if (rule->step == STEP_EVENT && (!rule->forms || rule->by != BY_NOTHING || rule->units != UNIT_SCHOOL))
        return config_fail(node, err, "a series of events names its forms, has no \"by\" and is made for schools only");
    if (rule->by != BY_NOTHING && (rule->forms || rule->main || rule->units & UNIT_COUNTRY))
        return config_fail(node, err, "a series with \"by\" has no forms, is not main and is not made for the country");
    rule->method = arena_array(out, rule->n_methods + 1, sizeof *rule->method);
    for (size_t at = 0; at < rule->n_methods; at++) {
        rule->method[at] = method_find(config, methods[at]);
        if (!rule->method[at])
            return config_fail(node, err, "no method \"%s\"", methods[at]);
        if (!fits(rule, rule->method[at]))
            return config_fail(node, err, "method \"%s\" does not fit this period: days-between belongs to events, and windows must fit in a year", methods[at]);
    }
    return true;
}

static bool rules_read(Arena *out, const ConfigNode *root, AlarmConfig *config, Err *err)
{
    ConfigNode series = config_child(root, "series");
    size_t count = config_count(&series);

    config->rule = arena_array(out, count + 1, sizeof *config->rule);
    for (size_t at = 0; at < count; at++) {
        ConfigNode one = config_item(&series, at);
        SeriesRule rule = {0};
        if (!rule_read(out, &one, config, &rule, err))
            return false;
        for (size_t other = 0; other < at; other++)
            if (config->rule[other].step == rule.step && strcmp(config->rule[other].name, rule.name) == 0)
                return config_fail(&one, err, "series \"%s\" is there twice for the same period", rule.name);
        config->rule[config->n_rules++] = rule;
    }
    return true;
}

/* -- the rest ------------------------------------------------------------------------------------ */

static bool groups_read(Arena *out, const ConfigNode *root, AlarmConfig *config, Err *err)
{
    ConfigNode groups = config_child(root, "groups"), events = config_child(root, "events");

    config->n_groups = config_count(&groups);
    config->group = arena_array(out, config->n_groups + 1, sizeof *config->group);
    for (size_t at = 0; at < config->n_groups; at++) {
        ConfigNode one = config_item(&groups, at);
        AlarmGroup *group = &config->group[at];
        if (!config_object(&one, "group title board locations", "", err) || !config_text(&one, "group", &group->name, err) ||
            !config_text(&one, "title", &group->title, err) || !config_int(&one, "board", 1, 99999, &group->board_no, err) ||
            !config_texts(out, &one, "locations", &group->locations, &group->n_locations, err))
            return false;
        if (strcmp(group->name, "school") == 0 || strcmp(group->name, "bestuur") == 0 || strcmp(group->name, "land") == 0)
            return config_fail(&one, err, "a group cannot be called \"%s\"", group->name);
    }
    config->n_events = config_count(&events);
    config->event = arena_array(out, config->n_events + 1, sizeof *config->event);
    for (size_t at = 0; at < config->n_events; at++) {
        ConfigNode one = config_item(&events, at);
        if (!config_object(&one, "event title", "break", err) || !config_text(&one, "event", &config->event[at].code, err) ||
            !config_text(&one, "title", &config->event[at].title, err) || !config_bool(&one, "break", &config->event[at].is_break, err))
            return false;
    }
    return true;
}

static bool ints_read(Arena *out, const ConfigNode *node, const char *key, int **values, size_t *n, Err *err)
{
    ConfigNode list = config_child(node, key);

    if (!config_type(&list, JSON_ARRAY, err))
        return false;
    *n = config_count(&list);
    *values = arena_array(out, *n + 1, sizeof **values);
    for (size_t at = 0; at < *n; at++) {
        const json_t *one = json_array_get(list.json, at);
        (*values)[at] = (int) json_integer_value(one);
        if (!json_is_integer(one) || (*values)[at] < 1 || (at && (*values)[at] <= (*values)[at - 1]))
            return config_fail(&list, err, "expected whole numbers above 0, each larger than the one before");
    }
    return true;
}

static bool shift_read(const ConfigNode *node, AlarmConfig *config, Err *err)
{
    ShiftParams *shift = &config->shift;

    config->breaks = true;
    shift->year = 52;
    return config_object(node, "guard before after score ratio", "", err) && config_int(node, "guard", 1, 104, &shift->guard, err) &&
           config_int(node, "before", 4, 520, &shift->before, err) && config_int(node, "after", 4, 520, &shift->after, err) &&
           config_real(node, "score", 1, 1000, &shift->score, err) && config_real(node, "ratio", 1.1, 4, &shift->ratio, err);
}

static bool root_read(Arena *out, const ConfigNode *root, AlarmConfig *config, Err *err)
{
    int version = 0;
    ConfigNode incomplete = config_child(root, "incomplete"), breaks = config_child(root, "likely_break"), backtest = config_child(root, "backtest");

    return config_object(root, "version evaluate_months gap budget incomplete backtest series methods groups events", "likely_break", err) &&
           config_int(root, "version", 2, 1000, &version, err) && config_int(root, "evaluate_months", 1, 60, &config->evaluate_months, err) &&
           config_int(root, "gap", 0, 12, &config->gap, err) && config_int(root, "budget", 0, 1000, &config->budget, err) &&
           config_object(&incomplete, "share months cases", "", err) && config_real(&incomplete, "share", 0, 1, &config->complete_share, err) &&
           config_int(&incomplete, "months", 1, 36, &config->complete_months, err) && config_int(&incomplete, "cases", 1, 100000, &config->complete_cases, err) &&
           (!breaks.json || shift_read(&breaks, config, err)) &&
           config_object(&backtest, "months outbreaks pupils", "", err) && config_int(&backtest, "months", 6, 60, &config->backtest_months, err) &&
           ints_read(out, &backtest, "outbreaks", &config->sizes, &config->n_sizes, err) && ints_read(out, &backtest, "pupils", &config->pupils, &config->n_pupils, err) &&
           methods_read(out, root, config, err) && rules_read(out, root, config, err) && groups_read(out, root, config, err);
}

bool alarm_config_read(Arena *out, const char *text, AlarmConfig *config, Err *err)
{
    ConfigNode root;

    *config = (AlarmConfig){.text = arena_text(out, text)};
    return config_parse(out, text, strlen(text), "alarms.json", &root, err) && root_read(out, &root, config, err);
}

bool alarm_config_load(Arena *out, const Place *place, AlarmConfig *config, Err *err)
{
    const char *path = config_path(out, place, "alarms.json");
    ConfigNode root;
    char *text;
    size_t bytes;

    *config = (AlarmConfig){0};
    if (!place_read(out, path, &text, &bytes, err) || !config_parse(out, text, bytes, path, &root, err) || !root_read(out, &root, config, err))
        return false;
    config->text = text;
    return true;
}
