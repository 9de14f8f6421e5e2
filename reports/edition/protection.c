#include "reports/edition/protection.h"

#include <string.h>

#include "reports/edition/phrase.h"
#include "reports/number.h"

const char *protection_kept(const Composer *c, const ReleaseDecision *decision)
{
    MessageValue values[] = {{"datum", number_date(c->out, decision->kept), 0}};

    return decision->kept == DATE_NONE ? "" : phrase(c, "tabel.eerder", values, 1);
}

const char *protection_kept_years(const Composer *c, const IndicatorText *const *text, size_t count, const char *breakdown, int first, int last)
{
    const char **which = arena_array(c->out, count * (size_t) (last - first + 1) + 1, sizeof *which);
    size_t n = 0;

    for (size_t at = 0; at < count; at++)
        for (int year = first; year <= last; year++) {
            const ReleaseDecision *decision = release_decision(c->release, text[at]->name, year, breakdown);
            if (!decision || decision->kept == DATE_NONE)
                continue;
            MessageValue values[] = {{"titel", phrase_lower(c, text[at]->title), 0}, {"jaar", number_school_year(c->out, year), 0}, {"datum", number_date(c->out, decision->kept), 0}};
            which[n++] = phrase(c, "tabel.eerder.jaar", values, 3);
        }
    return n ? phrase(c, "tabel.eerder.jaren", (MessageValue[]){{"wat", message_list(c->out, which, n), 0}}, 1) : "";
}

const char *protection_kept_note(const Composer *c, const char *indicator, const char *breakdown)
{
    const ReleaseDecision *table = release_decision(c->release, indicator, c->year, breakdown), *total = release_decision(c->release, indicator, c->year, "totaal");
    const ReleaseDecision *kept = table && table->kept != DATE_NONE ? table : total;

    return kept ? protection_kept(c, kept) : "";
}

const char *protection_reason(const Composer *c, const ReleaseDecision *decision)
{
    return *decision->reason ? phrase_plain(c, arena_format(c->out, "reden.%s", decision->reason)) : "";
}

const char *protection_absence(const Composer *c, const ReleaseDecision *decision)
{
    return *decision->reason ? protection_reason(c, decision) : phrase_plain(c, "niet_getoond.leeg");
}

const char *protection_decision(const Composer *c, const ReleaseDecision *decision)
{
    const char *kept = protection_kept(c, decision), *reason = protection_reason(c, decision);

    return arena_format(c->out, "%s%s%s%s", message_capital(c->out, reason), *reason ? "." : "", *reason && *kept ? " " : "", kept);
}

const char *protection_note(const Composer *c, const char *indicator, const char *breakdown)
{
    const ReleaseDecision *decision = release_decision(c->release, indicator, c->year, breakdown);

    return decision ? protection_decision(c, decision) : "";
}

bool protection_withheld(Composer *c, const ConfigNode *block, Err *err)
{
    const char *columns[3];
    const Release *r = c->release;
    ModelTable *table = NULL;
    bool *told = arena_array(c->out, r->n_decisions + 1, sizeof *told);

    if (!config_object(block, "block", "", err))
        return false;
    for (size_t at = 0; at < r->n_decisions; at++) {
        const char *tables = "";
        for (size_t other = at; other < r->n_decisions; other++) {
            const ReleaseDecision *decision = &r->decision[other];
            const IndicatorText *text = composer_indicator(c, decision->indicator);
            if (told[other] || decision->year != c->year || (strcmp(decision->decision, "released") == 0 && decision->kept == DATE_NONE) || strcmp(decision->breakdown, "instrument") == 0 || !text ||
                strcmp(decision->decision, r->decision[at].decision) != 0 || strcmp(decision->reason, r->decision[at].reason) != 0 || decision->kept != r->decision[at].kept)
                continue;
            told[other] = true;
            MessageValue values[] = {{"titel", phrase_lower(c, phrase_without_end(c, text->title, " per maand")), 0}, {"naar", decision->breakdown, 0}};
            tables = arena_format(c->out, "%s%s%s", tables, *tables ? "; " : "", strcmp(decision->breakdown, "totaal") == 0 ? values[0].text : phrase(c, "beschermd.per", values, 2));
        }
        if (!*tables)
            continue;
        if (!table) {
            phrase_heads(c, "kolommen.beschermd", columns, 3);
            table = report_table(c->report, phrase_plain(c, "beschermd.titel"), columns, 3, true);
            table->column[1].numeric = table->column[2].numeric = false;
            table->note = phrase_plain(c, "beschermd.noot");
        }
        const ReleaseDecision *decision = &r->decision[at];
        TableCell cells[3] = {cell_text(phrase_plain(c, decision->decision[0] == 'w' ? "beschermd.weg" : decision->kept != DATE_NONE ? "beschermd.eerder" : "beschermd.samen")),
                              cell_text(protection_decision(c, decision)), cell_text(phrase_words(c, tables))};
        report_row(c->report, table, cells);
    }
    return true;
}

bool protection_method(Composer *c, const ConfigNode *block, Err *err)
{
    const Release *r = c->release;
    MessageValue values[] = {{"drempel", arena_format(c->out, "%d", r->threshold), r->threshold}};
    MessageValue attack[] = {{"getallen", number_count(c->out, r->attack_numbers), 0}, {"verbanden", number_count(c->out, r->attack_relations), 0},
                             {"verborgen", number_count(c->out, r->attack_hidden), r->attack_hidden}};

    if (!config_object(block, "block", "", err))
        return false;
    report_text(c->report, BLOCK_PARAGRAPH, phrase(c, "bescherming", values, 1));
    if (r->attack_numbers)
        report_text(c->report, BLOCK_PARAGRAPH, phrase(c, r->attack_hidden ? "aanval" : "aanval.niets", attack, 3));
    if (r->attack_insiders)
        report_text(c->report, BLOCK_PARAGRAPH, phrase(c, "aanval.scholen", &(MessageValue){"scholen", number_count(c->out, r->attack_insiders), r->attack_insiders}, 1));
    report_text(c->report, BLOCK_PARAGRAPH, phrase_plain(c, "methode.sleutel"));
    report_text(c->report, BLOCK_PARAGRAPH, phrase_plain(c, "methode.marge"));
    report_text(c->report, BLOCK_PARAGRAPH, phrase_plain(c, "methode.leerlingen"));
    return true;
}

bool protection_reader(Composer *c, const ConfigNode *block, Err *err)
{
    const char *keys[] = {"lees.tekens", "lees.marge", c->release->school ? "lees.vergelijk" : NULL, "lees.namen"};
    MessageValue values[] = {{"drempel", arena_format(c->out, "%d", c->release->threshold), c->release->threshold}};

    if (!config_object(block, "block", "", err))
        return false;
    report_text(c->report, BLOCK_PARAGRAPH, phrase(c, "lees.groepen", values, 1));
    for (size_t at = 0; at < sizeof keys / sizeof *keys; at++)
        if (keys[at])
            report_text(c->report, BLOCK_PARAGRAPH, phrase_plain(c, keys[at]));
    return true;
}

bool protection_certificate(Composer *c, const ConfigNode *block, Err *err)
{
    const Release *r = c->release;
#define COUNT(n) arena_format(c->out, "%d", (int) (n))
    MessageValue values[] = {{"certificaat", arena_text_n(c->out, r->certificate, 16), 0}, {"drempel", COUNT(r->threshold), 0}, {"tabellen", COUNT(r->n_tables), 0},
                             {"heel", COUNT(r->n_whole), 0}, {"samen", COUNT(r->n_coarsened), 0}, {"weg", COUNT(r->n_withheld), 0},
                             {"bewaard", r->n_kept ? phrase(c, "certificaat.eerder", (MessageValue[]){{"n", COUNT(r->n_kept), r->n_kept}}, 1) : "", 0}};
#undef COUNT

    if (!config_object(block, "block", "", err))
        return false;
    /* of a part of the release, how many tables the whole has says nothing */
    report_text(c->report, BLOCK_NOTE, phrase(c, c->edition->scope == EDITION_ALL ? "certificaat" : "certificaat.kort", values, 7));
    return true;
}
