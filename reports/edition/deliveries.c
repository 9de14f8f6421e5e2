#include "reports/edition/deliveries.h"

#include <string.h>

#include "reports/edition/phrase.h"
#include "reports/number.h"

/* In the order of the tables. */
static const char *const kinds[] = {"incident", "enquete", "enquete medewerkers", "enquete ouders", "ongeval", "signaal", "meldcode", "naleving", "klacht", "maatregel", "vrijedag", "pdca"};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

size_t deliveries_kinds(void)
{
    return N_KINDS;
}

const char *deliveries_kind(size_t at)
{
    return kinds[at];
}

int deliveries_count(const Composer *c, const char *kind, int *asked)
{
    int got = 0;

    *asked = 0;
    for (size_t at = 0; at < c->release->n_deliveries; at++) {
        const ReleaseDelivery *delivery = &c->release->delivery[at];
        if (strcmp(delivery->kind, kind) != 0)
            continue;
        ++*asked;
        got += delivery->received != DATE_NONE;
    }
    return got;
}

const char *deliveries_word(const Composer *c, const char *kind)
{
    return phrase_plain(c, arena_format(c->out, "levering.%s", kind));
}

/* Whose delivery of a kind is not as it should be: "De Boom en De Beuk", "alle 17 scholen"; "" = nobody's.
 * \param unreadable those of which more than 5% of the rows was rejected, else those of this status */
static const char *lacks_text(const Composer *c, const char *kind, const char *status, bool unreadable, bool dates, size_t most)
{
    const char **names = arena_array(c->out, c->release->n_deliveries + 1, sizeof *names);
    size_t n = 0, asked = 0;

    for (size_t at = 0; at < c->release->n_deliveries; at++) {
        const ReleaseDelivery *delivery = &c->release->delivery[at];
        if (strcmp(delivery->kind, kind) != 0)
            continue;
        asked++;
        if (unreadable ? delivery->reject_class != 2 : strcmp(delivery->status, status) != 0)
            continue;
        const char *name = delivery->office ? phrase_plain(c, "wie.bestuur") : delivery->location;
        names[n++] = dates && delivery->received != DATE_NONE ? arena_format(c->out, "%s (%s)", name, number_date(c->out, delivery->received)) : name;
    }
    if (n > 3 && n == asked)
        return phrase(c, "wie.alle", (MessageValue[]){{"n", number_text(c->out, (double) n, 0), (double) n}}, 1);
    return phrase_names(c, names, n, most);
}

const char *deliveries_lack(const Composer *c, const char *status, bool unreadable)
{
    const char *all = "";

    for (size_t kind = 0; kind < N_KINDS; kind++) {
        const char *who = lacks_text(c, kinds[kind], status, unreadable, false, 4);
        if (*who)
            all = arena_format(c->out, "%s%s%s (%s)", all, *all ? "; " : "", deliveries_word(c, kinds[kind]), who);
    }
    return all;
}

bool deliveries_block(Composer *c, const ConfigNode *block, Err *err)
{
    enum { NAMES = 30 };
    static const char *const statuses[] = {"op tijd", "te laat", "niet ontvangen", "nog niet verwacht"};
    const char *columns[3], *summary_columns[5];
    ModelTable *table = NULL;

    if (!config_object(block, "block", "", err))
        return false;
    phrase_heads(c, "kolommen.ontbreekt", columns, 3);
    phrase_heads(c, "kolommen.leveringen", summary_columns, 5);
    ModelTable *summary = report_table(c->report, phrase(c, "leveringen.titel", (MessageValue[]){{"jaar", number_school_year(c->out, c->year), 0}}, 1), summary_columns, 5, true);
    for (size_t kind = 0; kind < N_KINDS; kind++) {
        int count[4] = {0}, all = 0;
        for (size_t at = 0; at < c->release->n_deliveries; at++)
            for (int status = 0; status < 4; status++)
                if (strcmp(c->release->delivery[at].kind, kinds[kind]) == 0 && strcmp(c->release->delivery[at].status, statuses[status]) == 0) {
                    count[status]++;
                    all++;
                }
        if (all == 0)
            continue;
        TableCell cells[5] = {cell_text(deliveries_word(c, kinds[kind])), phrase_cell_count(c, count[0]), phrase_cell_count(c, count[1]), phrase_cell_count(c, count[2]), phrase_cell_count(c, count[3])};
        report_row(c->report, summary, cells);
    }
    summary->note = phrase_plain(c, "leveringen.noot");
    static const struct { const char *status, *said; bool unreadable; } trouble[] = {
        {"niet ontvangen", "ontbreekt.niet", false}, {"te laat", "ontbreekt.laat", false}, {"", "ontbreekt.onleesbaar", true}};
    for (size_t kind = 0; kind < N_KINDS; kind++)
        for (size_t at = 0; at < sizeof trouble / sizeof *trouble; at++) {
            const char *who = lacks_text(c, kinds[kind], trouble[at].status, trouble[at].unreadable, !trouble[at].unreadable, NAMES);
            if (!*who)
                continue;
            if (!table) {
                table = report_table(c->report, phrase_plain(c, "ontbreekt.titel"), columns, 3, true);
                table->column[1].numeric = table->column[2].numeric = false;
                table->note = phrase_plain(c, "ontbreekt.noot");
            }
            TableCell cells[3] = {cell_text(deliveries_word(c, kinds[kind])), cell_text(phrase_plain(c, trouble[at].said)), cell_text(who)};
            report_row(c->report, table, cells);
        }
    return true;
}

bool deliveries_breaks(Composer *c, const ConfigNode *block, Err *err)
{
    Line line[16];
    size_t count = 0;

    if (!config_object(block, "block", "", err))
        return false;
    for (size_t at = 0; at < c->release->n_breaks && count < 16; at++)
        if (date_school_year(c->release->breaks[at].on) > c->year - c->edition->years - 1 && date_school_year(c->release->breaks[at].on) <= c->year)
            line[count++] = (Line){phrase(c, "trendbreuk", (MessageValue[]){{"wat", deliveries_word(c, c->release->breaks[at].kind), 0}, {"datum", number_date(c->out, c->release->breaks[at].on), 0},
                                                                            {"reden", c->release->breaks[at].reason, 0}}, 3), ""};
    if (count)
        report_lines(c->report, line, count);
    return true;
}
