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

const char *protection_decision(const Composer *c, const ReleaseDecision *decision)
{
    const char *kept = protection_kept(c, decision);

    return arena_format(c->out, "%s%s%s%s", message_capital(c->out, decision->reason), *decision->reason ? "." : "", *decision->reason && *kept ? " " : "", kept);
}

const char *protection_note(const Composer *c, const char *indicator, const char *breakdown)
{
    const ReleaseDecision *decision = release_decision(c->release, indicator, c->year, breakdown);

    return decision ? protection_decision(c, decision) : "";
}

void protection_withheld(Composer *c)
{
    static const char *const columns[] = {"Wat er is gedaan", "Waarom of hoe", "Tabellen"};
    const Release *r = c->release;
    ModelTable *table = NULL;
    bool *told = arena_array(c->out, r->n_decisions + 1, sizeof *told);

    for (size_t at = 0; at < r->n_decisions; at++) {
        const char *tables = "";
        for (size_t other = at; other < r->n_decisions; other++) {
            const ReleaseDecision *decision = &r->decision[other];
            const IndicatorText *text = composer_indicator(c, decision->indicator);
            if (told[other] || decision->year != c->year || (strcmp(decision->decision, "released") == 0 && decision->kept == DATE_NONE) || strcmp(decision->breakdown, "instrument") == 0 || !text ||
                strcmp(decision->decision, r->decision[at].decision) != 0 || strcmp(decision->reason, r->decision[at].reason) != 0 || decision->kept != r->decision[at].kept)
                continue;
            told[other] = true;
            const char *name = phrase_lower(c, phrase_without_end(c, text->title, " per maand"));
            tables = arena_format(c->out, "%s%s%s%s", tables, *tables ? "; " : "", name,
                                  strcmp(decision->breakdown, "totaal") == 0 ? "" : arena_format(c->out, " per %s", decision->breakdown));
        }
        if (!*tables)
            continue;
        if (!table) {
            table = report_table(c->report, "Wat is samengevoegd of weggelaten om kinderen te beschermen", columns, 3, true);
            table->column[1].numeric = table->column[2].numeric = false;
        }
        const ReleaseDecision *decision = &r->decision[at];
        TableCell cells[3] = {cell_text(decision->decision[0] == 'w' ? "weggelaten" : decision->kept != DATE_NONE ? "gelaten zoals eerder gepubliceerd" : "samengevoegd"),
                              cell_text(protection_decision(c, decision)), cell_text(wording_apply(c->out, c->config->wording, c->edition->name, tables))};
        report_row(c->report, table, cells);
    }
}

void protection_method(Composer *c)
{
    const Release *r = c->release;
    MessageValue values[] = {{"drempel", arena_format(c->out, "%d", r->threshold), r->threshold}};
    MessageValue attack[] = {{"getallen", number_count(c->out, r->attack_numbers), 0}, {"verbanden", number_count(c->out, r->attack_relations), 0},
                             {"verborgen", number_count(c->out, r->attack_hidden), 0}};

    report_text(c->report, BLOCK_PARAGRAPH, phrase(c, "bescherming", values, 1));
    if (r->attack_numbers)
        report_text(c->report, BLOCK_PARAGRAPH, phrase(c, r->attack_hidden ? "aanval" : "aanval.niets", attack, 3));
    report_text(c->report, BLOCK_PARAGRAPH,
                "Namen en geboortedata komen niet in de database: bij het inlezen worden ze een onomkeerbare sleutel. Vrije tekst, adressen en bijlagen worden niet bewaard.");
    report_text(c->report, BLOCK_PARAGRAPH,
                "Een marge zegt hoe ver een cijfer door toeval kan verschuiven. Marges zijn 95%-betrouwbaarheidsintervallen: voor aantallen per leerling exact volgens Garwood, voor percentages volgens Wilson of (bij kleine aantallen) Clopper-Pearson, voor gemiddelden "
                "volgens Student. Een verschil met vorig jaar heet ‘zeker’ bij een kans op toeval onder 1%, ‘waarschijnlijk’ onder 5%, ‘mogelijk’ onder 20% en anders ‘niet te zeggen’.");
    report_text(c->report, BLOCK_PARAGRAPH,
                "Leerlingaantallen zijn die van 1 oktober (DUO). Schooldagen volgen uit de schoolvakanties van de regio van de school en de feestdagen.");
}

void protection_certificate(Composer *c)
{
    const Release *r = c->release;
#define COUNT(n) arena_format(c->out, "%d", (int) (n))
    MessageValue values[] = {{"certificaat", arena_text_n(c->out, r->certificate, 16), 0}, {"drempel", COUNT(r->threshold), 0}, {"tabellen", COUNT(r->n_tables), 0},
                             {"heel", COUNT(r->n_whole), 0}, {"samen", COUNT(r->n_coarsened), 0}, {"weg", COUNT(r->n_withheld), 0},
                             {"bewaard", r->n_kept ? arena_format(c->out, "; %d zijn gelaten zoals eerder gepubliceerd", r->n_kept) : "", 0}};
#undef COUNT
    report_text(c->report, BLOCK_NOTE, phrase(c, "certificaat", values, 7));
}
