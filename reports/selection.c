#include "reports/selection.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* A table that a block asks for. */
typedef struct Named { const char *indicator, *breakdown; } Named;

typedef struct Selection {
    Arena               *out;
    const Edition       *edition;
    const Release       *all;
    const ReleaseSchool *school;
    int                  first, last; /* school years */
    Named               *named;
    size_t               n_named, room;
} Selection;

static bool is_named(const Selection *s, const char *indicator, const char *breakdown)
{
    for (size_t at = 0; at < s->n_named; at++)
        if (strcmp(s->named[at].indicator, indicator) == 0 && strcmp(s->named[at].breakdown, breakdown) == 0)
            return true;
    return false;
}

static void name_add(Selection *s, const char *indicator, const char *breakdown)
{
    if (!indicator || !breakdown || is_named(s, indicator, breakdown))
        return;
    s->named = arena_grow(s->out, s->named, s->n_named, &s->room, sizeof *s->named);
    s->named[s->n_named++] = (Named){indicator, breakdown};
}

/* Whatever names indicators shows their totals; a table or chart its breakdown too, and the blocks about a school its own figure. */
static void block_names(Selection *s, const json_t *block)
{
    const char *word = json_string_value(json_object_get(block, "block")), *indicator = json_string_value(json_object_get(block, "indicator"));
    const json_t *lists[] = {json_object_get(block, "indicators"), json_object_get(block, "lines")};
    bool own = s->edition->scope == EDITION_SCHOOL && word && strncmp(word, "school_", 7) == 0;

    name_add(s, indicator, "totaal");
    name_add(s, indicator, json_string_value(json_object_get(block, "breakdown")));
    name_add(s, indicator, own ? "school" : NULL);
    for (size_t list = 0; list < 2; list++)
        for (size_t at = 0; at < json_array_size(lists[list]); at++) {
            const char *name = json_string_value(json_array_get(lists[list], at));
            name_add(s, name, "totaal");
            name_add(s, name, own ? "school" : NULL);
        }
}

static void tables_name(Selection *s)
{
    for (size_t chapter = 0; chapter < config_count(&s->edition->chapters); chapter++) {
        ConfigNode one = config_item(&s->edition->chapters, chapter), blocks = config_child(&one, "blocks");
        for (size_t at = 0; at < config_count(&blocks); at++)
            block_names(s, config_item(&blocks, at).json);
    }
}

/* The school by itself: neither a remainder nor a cell under another name. */
static bool is_own(const ReleaseFigure *figure, int location_no)
{
    return figure->location_no == location_no && figure->n_members == 1 && *figure->members == '\0' && *figure->category == '\0';
}

static bool keeps(const Selection *s, const ReleaseFigure *figure)
{
    if (figure->year < s->first || !is_named(s, figure->indicator, figure->breakdown))
        return false;
    if (!s->school)
        return true;
    return strcmp(figure->breakdown, "school") == 0 ? is_own(figure, s->school->location_no) : figure->location_no == 0;
}

static bool has_member(const char *members, int location_no)
{
    for (const char *at = members; *at; at += strcspn(at, ","), at += *at == ',')
        if (strtol(at, NULL, 10) == location_no)
            return true;
    return false;
}

static ReleaseOwn own_state(const Selection *s, const ReleaseDecision *decision)
{
    ReleaseOwn own = {.indicator = decision->indicator, .year = decision->year, .state = strcmp(decision->decision, "withheld") == 0 ? OWN_WITHHELD : OWN_ABSENT};

    for (size_t at = 0; at < s->all->n_figures; at++) {
        const ReleaseFigure *figure = &s->all->figure[at];
        if (figure->year != decision->year || strcmp(figure->indicator, decision->indicator) != 0 || strcmp(figure->breakdown, "school") != 0)
            continue;
        if (is_own(figure, s->school->location_no))
            own.state = OWN_SHOWN;
        else if (has_member(figure->members, s->school->location_no)) {
            own.state = OWN_MERGED;
            own.n_members = figure->n_members;
        }
    }
    return own;
}

static void figures_select(const Selection *s, Release *part)
{
    part->figure = arena_array(s->out, s->all->n_figures + 1, sizeof *part->figure);
    part->n_figures = 0;
    for (size_t at = 0; at < s->all->n_figures; at++)
        if (keeps(s, &s->all->figure[at]))
            part->figure[part->n_figures++] = s->all->figure[at];
}

static void decisions_select(const Selection *s, Release *part)
{
    part->decision = arena_array(s->out, s->all->n_decisions + 1, sizeof *part->decision);
    part->own = arena_array(s->out, s->all->n_decisions + s->n_named + 1, sizeof *part->own);
    part->n_decisions = part->n_own = 0;
    for (size_t at = 0; at < s->all->n_decisions; at++) {
        const ReleaseDecision *decision = &s->all->decision[at];
        if (decision->year < s->first || !is_named(s, decision->indicator, decision->breakdown))
            continue;
        part->decision[part->n_decisions++] = *decision;
        if (s->school && strcmp(decision->breakdown, "school") == 0)
            part->own[part->n_own++] = own_state(s, decision);
    }
    /* a table that there is not at all this year: nobody delivered */
    for (size_t at = 0; at < s->n_named && s->school; at++)
        if (strcmp(s->named[at].breakdown, "school") == 0 && !release_decision(s->all, s->named[at].indicator, s->last, "school"))
            part->own[part->n_own++] = (ReleaseOwn){.indicator = s->named[at].indicator, .year = s->last, .state = OWN_ABSENT};
}

/* Goals of the board; of an edition about a school its own as well, and of its deliveries no one else's. */
static void others_select(const Selection *s, Release *part)
{
    part->goal = arena_array(s->out, s->all->n_goals + 1, sizeof *part->goal);
    part->delivery = arena_array(s->out, s->all->n_deliveries + 1, sizeof *part->delivery);
    part->comparison = arena_array(s->out, s->all->n_comparisons + 1, sizeof *part->comparison);
    part->n_goals = part->n_deliveries = part->n_comparisons = 0;
    for (size_t at = 0; at < s->all->n_goals; at++)
        if (s->all->goal[at].office || (s->school && s->all->goal[at].location_no == s->school->location_no))
            part->goal[part->n_goals++] = s->all->goal[at];
    for (size_t at = 0; at < s->all->n_deliveries; at++)
        if (!s->school || s->all->delivery[at].office || s->all->delivery[at].location_no == s->school->location_no)
            part->delivery[part->n_deliveries++] = s->all->delivery[at];
    for (size_t at = 0; at < s->all->n_comparisons; at++)
        if (!s->school && is_named(s, s->all->comparison[at].indicator, "school"))
            part->comparison[part->n_comparisons++] = s->all->comparison[at];
}

void selection_make(Arena *out, const Edition *edition, const Release *all, const ReleaseSchool *school, int school_year, Release *part)
{
    Selection s = {.out = out, .edition = edition, .all = all, .school = school, .first = school_year - (edition->years < 2 ? 2 : edition->years) + 1, .last = school_year};

    *part = *all;
    if (edition->scope == EDITION_ALL)
        return;
    part->school = school;
    tables_name(&s);
    figures_select(&s, part);
    decisions_select(&s, part);
    others_select(&s, part);
}
