#include "reports/compose.h"

#include <string.h>

#include "reports/edition/attention.h"
#include "reports/edition/charts.h"
#include "reports/edition/deliveries.h"
#include "reports/edition/goals.h"
#include "reports/edition/phrase.h"
#include "reports/edition/protection.h"
#include "reports/edition/school.h"
#include "reports/edition/spread.h"
#include "reports/edition/summary.h"
#include "reports/edition/tables.h"
#include "reports/edition/trends.h"
#include "reports/number.h"

const EditionKind edition_kinds[EDITION_KINDS] = {{"bestuur", "bestuur", EDITION_ALL},
                                                  {"inspectie", "inspectie", EDITION_ALL},
                                                  {"gmr", "gmr", EDITION_ALL},
                                                  {"mr", "gmr", EDITION_SCHOOL},
                                                  {"openbaar", "openbaar", EDITION_BOARD}};

bool compose_config_load(Arena *out, const Place *place, ComposeConfig *config, Err *err)
{
    ConfigNode *nodes;

    if (!wording_load(out, place, &config->wording, err) || !config_load_all(out, place, "indicators", &nodes, &config->n_indicators, err))
        return false;
    config->indicator = arena_array(out, config->n_indicators, sizeof *config->indicator);
    for (size_t at = 0; at < config->n_indicators; at++) {
        IndicatorText *text = &config->indicator[at];
        if (!config_text(&nodes[at], "indicator", &text->name, err) || !config_text(&nodes[at], "title", &text->title, err) ||
            !config_text(&nodes[at], "definition", &text->definition, err) || !config_text(&nodes[at], "unit", &text->unit, err) ||
            !config_text(&nodes[at], "method", &text->method, err) || !config_int(&nodes[at], "decimals", 0, 4, &text->decimals, err) ||
            !config_int(&nodes[at], "direction", -1, 1, &text->direction, err) || !config_texts(out, &nodes[at], "records", &text->records, &text->n_records, err))
            return false;
    }
    return true;
}

bool compose_edition_load(Arena *out, const Place *place, const char *name, Edition *edition, Err *err)
{
    ConfigNode root;

    if (!config_load(out, config_path(out, place, arena_format(out, "editions/%s.json", name)), &root, err) ||
        !config_object(&root, "edition audience title years wide chapters", "", err) || !config_text(&root, "edition", &edition->name, err) ||
        !config_text(&root, "audience", &edition->audience, err) || !config_text(&root, "title", &edition->title, err) ||
        !config_int(&root, "years", 1, 5, &edition->years, err) || !config_bool(&root, "wide", &edition->wide, err))
        return false;
    const EditionKind *kind = edition_kinds;
    while (kind < edition_kinds + EDITION_KINDS && strcmp(kind->name, name) != 0)
        kind++;
    if (kind == edition_kinds + EDITION_KINDS)
        return config_fail(&root, err, "there is no edition \"%s\"", name);
    if (strcmp(edition->name, name) != 0 || strcmp(edition->audience, kind->audience) != 0)
        return config_fail(&root, err, "this file is edition \"%s\" of audience \"%s\"", name, kind->audience);
    edition->scope = kind->scope;
    edition->chapters = config_child(&root, "chapters");
    return true;
}

static bool text_block(Composer *c, const ConfigNode *block, BlockType type, Err *err)
{
    const char *text = "";

    if (!config_object(block, "block text", "", err) || !config_text(block, "text", &text, err))
        return false;
    report_text(c->report, type, text);
    return true;
}

static bool paragraph_block(Composer *c, const ConfigNode *block, Err *err)
{
    return text_block(c, block, BLOCK_PARAGRAPH, err);
}

static bool note_block(Composer *c, const ConfigNode *block, Err *err)
{
    return text_block(c, block, BLOCK_NOTE, err);
}

/* What the questionnaires that were used call being bullied. */
static bool definitions_block(Composer *c, const ConfigNode *block, Err *err)
{
    if (!config_object(block, "block", "", err))
        return false;
    report_text(c->report, BLOCK_PARAGRAPH, *c->release->instruments ? phrase(c, "definities", (MessageValue[]){{"wat", c->release->instruments, 0}}, 1) : "");
    return true;
}

static const struct {
    const char *word;
    bool (*compose)(Composer *c, const ConfigNode *block, Err *err);
} kinds_of_block[] = {{"summary", summary_block},
                      {"attention", attention_block},
                      {"years", tables_years},
                      {"table", tables_table},
                      {"counts", tables_counts},
                      {"chart", charts_block},
                      {"trends", trends_block},
                      {"season", spread_season},
                      {"concentration", spread_concentration},
                      {"text", paragraph_block},
                      {"note", note_block},
                      {"definitions", definitions_block},
                      {"deliveries", deliveries_block},
                      {"breaks", deliveries_breaks},
                      {"withheld", protection_withheld},
                      {"goals", goals_block},
                      {"method", protection_method},
                      {"reader", protection_reader},
                      {"school_summary", school_summary},
                      {"school_years", school_years},
                      {"school_chart", school_chart},
                      {"school_hidden", school_hidden},
                      {"school_deliveries", school_deliveries},
                      {"certificate", protection_certificate}};

static bool block_compose(Composer *c, const ConfigNode *block, Err *err)
{
    const char *words = "";
    int type = 0;

    for (size_t at = 0; at < sizeof kinds_of_block / sizeof *kinds_of_block; at++)
        words = arena_format(c->out, "%s%s%s", words, *words ? " " : "", kinds_of_block[at].word);
    return config_word(block, "block", words, &type, err) && kinds_of_block[type].compose(c, block, err);
}

bool compose_report(Arena *out, const ComposeConfig *config, const Edition *edition, const Release *release, int school_year, Date made_on,
                    Report **report, Err *err)
{
    Composer c = {.out = out, .config = config, .edition = edition, .release = release, .year = school_year, .report = report_new(out)};

    c.report->edition = edition->name;
    c.report->title = arena_format(out, "%s %s", edition->title, number_school_year(out, school_year));
    const ReleaseSchool *school = release->school;
    c.report->organisation = school ? school->name : release->board_name;
    MessageValue values[] = {{"bestuur", release->board_name, 0}, {"scholen", number_text(out, (double) release->schools, 0), (double) release->schools},
                             {"leerlingen", number_text(out, (double) release->pupils, 0), (double) release->pupils}, {"jaar", arena_format(out, "%d", school_year), 0},
                             {"datum", number_date(out, made_on), 0}};
    MessageValue own[] = {{"school", school ? school->name : "", 0}, {"code", school ? school->code : "", 0}, {"plaats", school && *school->place ? message_town(out, school->place) : "", 0},
                          {"leerlingen", number_text(out, school ? (double) school->pupils : 0, 0), school ? (double) school->pupils : 0}, values[0], values[3], values[4]};
    c.report->subtitle = school ? phrase(&c, school->pupils ? "ondertitel.school" : "ondertitel.school.kaal", own, 7) : phrase(&c, release->pupils ? "ondertitel" : "ondertitel.locaties", values, 5);
    c.report->footer = arena_format(out, "%s · %s", c.report->organisation, c.report->title);
    c.report->identity = release->certificate;
    c.report->made_on = made_on;
    for (size_t at = 0; at < config_count(&edition->chapters); at++) {
        ConfigNode chapter = config_item(&edition->chapters, at);
        const char *id = "", *title = "";
        if (!config_object(&chapter, "id title blocks", "", err) || !config_text(&chapter, "id", &id, err) || !config_text(&chapter, "title", &title, err))
            return false;
        report_chapter(c.report, id, title);
        ConfigNode blocks = config_child(&chapter, "blocks");
        for (size_t one = 0; one < config_count(&blocks); one++) {
            ConfigNode block = config_item(&blocks, one);
            if (!block_compose(&c, &block, err))
                return false;
        }
    }
    *report = c.report;
    return true;
}
