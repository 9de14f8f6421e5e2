#include "reports/compose.h"

#include <string.h>

#include "reports/edition/attention.h"
#include "reports/edition/charts.h"
#include "reports/edition/deliveries.h"
#include "reports/edition/goals.h"
#include "reports/edition/phrase.h"
#include "reports/edition/protection.h"
#include "reports/edition/spread.h"
#include "reports/edition/summary.h"
#include "reports/edition/tables.h"
#include "reports/edition/trends.h"
#include "reports/number.h"

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

    if (!config_load(out, arena_format(out, "%s/editions/%s.json", place->config, name), &root, err) ||
        !config_object(&root, "edition audience title years wide chapters", "", err) || !config_text(&root, "edition", &edition->name, err) ||
        !config_text(&root, "audience", &edition->audience, err) || !config_text(&root, "title", &edition->title, err) ||
        !config_int(&root, "years", 1, 5, &edition->years, err) || !config_bool(&root, "wide", &edition->wide, err))
        return false;
    edition->chapters = config_child(&root, "chapters");
    return true;
}

static bool block_compose(Composer *c, const ConfigNode *block, Err *err)
{
    static const char words[] = "summary years table counts chart text note definitions deliveries breaks withheld goals method certificate attention trends season concentration";
    const char *text = "";
    int type = 0;

    if (!config_word(block, "block", words, &type, err))
        return false;
    switch (type) {
    case 0: return summary_block(c, block, err);
    case 1: return tables_years(c, block, err);
    case 2: return tables_table(c, block, err);
    case 3: return tables_counts(c, block, err);
    case 4: return charts_block(c, block, err);
    case 5: case 6:
        if (!config_object(block, "block text", "", err) || !config_text(block, "text", &text, err))
            return false;
        report_text(c->report, type == 5 ? BLOCK_PARAGRAPH : BLOCK_NOTE, text);
        return true;
    case 7: report_text(c->report, BLOCK_PARAGRAPH, *c->release->instruments ? phrase(c, "definities", (MessageValue[]){{"wat", c->release->instruments, 0}}, 1) : ""); return true;
    case 8: deliveries_block(c); return true;
    case 9: deliveries_breaks(c); return true;
    case 10: protection_withheld(c); return true;
    case 11: goals_block(c); return true;
    case 12: protection_method(c); return true;
    case 13: protection_certificate(c); return true;
    case 14: return attention_block(c, block, err);
    case 15: return trends_block(c, block, err);
    case 16: return spread_season(c, block, err);
    default: return spread_concentration(c, block, err);
    }
}

bool compose_report(Arena *out, const ComposeConfig *config, const Edition *edition, const Release *release, int school_year, Date made_on,
                    Report **report, Err *err)
{
    Composer c = {.out = out, .config = config, .edition = edition, .release = release, .year = school_year, .report = report_new(out)};

    c.report->edition = edition->name;
    c.report->title = arena_format(out, "%s %s", edition->title, number_school_year(out, school_year));
    c.report->organisation = release->board_name;
    MessageValue values[] = {{"bestuur", release->board_name, 0}, {"scholen", number_text(out, (double) release->schools, 0), (double) release->schools},
                             {"leerlingen", number_text(out, (double) release->pupils, 0), (double) release->pupils}, {"jaar", arena_format(out, "%d", school_year), 0},
                             {"datum", number_date(out, made_on), 0}};
    c.report->subtitle = phrase(&c, release->pupils ? "ondertitel" : "ondertitel.locaties", values, 5);
    c.report->footer = arena_format(out, "%s · %s", release->board_name, c.report->title);
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
