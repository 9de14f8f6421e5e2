#include "reports/edition/deliveries.h"

#include <string.h>

#include "reports/edition/phrase.h"
#include "reports/number.h"

static const char *const kind_words[][2] = {{"incident", "incidenten"}, {"enquete", "vragenlijst"}, {"enquete medewerkers", "vragenlijst medewerkers"},
                                            {"enquete ouders", "vragenlijst ouders"}, {"ongeval", "ongevallen"}, {"signaal", "signalen"}, {"meldcode", "meldcode"},
                                            {"naleving", "naleving"}, {"klacht", "klachten"}, {"maatregel", "maatregelen"}, {"vrijedag", "vrije dagen"}, {"pdca", "doelen"}};
enum { N_KIND_WORDS = sizeof kind_words / sizeof *kind_words };

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

static const char *deliveries_word(const char *kind)
{
    for (size_t at = 0; at < N_KIND_WORDS; at++)
        if (strcmp(kind_words[at][0], kind) == 0)
            return kind_words[at][1];
    return kind;
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
        const char *name = delivery->office ? phrase(c, "wie.bestuur", NULL, 0) : delivery->location;
        names[n++] = dates && delivery->received != DATE_NONE ? arena_format(c->out, "%s (%s)", name, number_date(c->out, delivery->received)) : name;
    }
    if (n > 3 && n == asked)
        return phrase(c, "wie.alle", (MessageValue[]){{"n", number_text(c->out, (double) n, 0), (double) n}}, 1);
    return phrase_names(c, names, n, most);
}

const char *deliveries_lack(const Composer *c, const char *status, bool unreadable)
{
    const char *all = "";

    for (size_t kind = 0; kind < N_KIND_WORDS; kind++) {
        const char *who = lacks_text(c, kind_words[kind][0], status, unreadable, false, 4);
        if (*who)
            all = arena_format(c->out, "%s%s%s (%s)", all, *all ? "; " : "", kind_words[kind][1], who);
    }
    return all;
}

void deliveries_block(Composer *c)
{
    enum { NAMES = 30 };
    static const char *const columns[] = {"Wat", "Levering", "Van wie"};
    const char *const statuses[] = {"op tijd", "te laat", "niet ontvangen", "nog niet verwacht"};
    static const char *const summary_columns[] = {"Wat", "Op tijd", "Te laat", "Niet ontvangen", "Nog niet verwacht"};
    ModelTable *table = NULL;

    ModelTable *summary = report_table(c->report, arena_format(c->out, "Leveringen over %s", number_school_year(c->out, c->year)), summary_columns, 5, true);
    for (size_t kind = 0; kind < N_KIND_WORDS; kind++) {
        int count[4] = {0}, all = 0;
        for (size_t at = 0; at < c->release->n_deliveries; at++)
            for (int status = 0; status < 4; status++)
                if (strcmp(c->release->delivery[at].kind, kind_words[kind][0]) == 0 && strcmp(c->release->delivery[at].status, statuses[status]) == 0) {
                    count[status]++;
                    all++;
                }
        if (all == 0)
            continue;
        TableCell cells[5] = {cell_text(kind_words[kind][1]), phrase_cell_count(c, count[0]), phrase_cell_count(c, count[1]), phrase_cell_count(c, count[2]), phrase_cell_count(c, count[3])};
        report_row(c->report, summary, cells);
    }
    summary->note = "Wat van scholen wordt gevraagd, telt per school; wat van het bestuur wordt gevraagd, één keer. Geen levering is niet nul: de school telt dan niet mee, ook niet in de noemer.\n- = geen.";
    const struct { const char *status, *said; bool unreadable; } trouble[] = {{"niet ontvangen", "niet ontvangen", false}, {"te laat", "te laat", false}, {"", "meer dan 5% van de regels geweigerd", true}};
    for (size_t kind = 0; kind < N_KIND_WORDS; kind++)
        for (size_t at = 0; at < sizeof trouble / sizeof *trouble; at++) {
            const char *who = lacks_text(c, kind_words[kind][0], trouble[at].status, trouble[at].unreadable, !trouble[at].unreadable, NAMES);
            if (!*who)
                continue;
            if (!table) {
                table = report_table(c->report, "Wat ontbreekt, te laat is of slecht leesbaar", columns, 3, true);
                table->column[1].numeric = table->column[2].numeric = false;
                table->note = "Een datum is de dag van ontvangst. Een school krijgt per geweigerde regel te horen welke kolom en welke regel het is en wat zij kan doen; nooit de inhoud.";
            }
            TableCell cells[3] = {cell_text(kind_words[kind][1]), cell_text(trouble[at].said), cell_text(who)};
            report_row(c->report, table, cells);
        }
}

void deliveries_breaks(Composer *c)
{
    Line line[16];
    size_t count = 0;

    for (size_t at = 0; at < c->release->n_breaks && count < 16; at++)
        if (date_school_year(c->release->breaks[at].on) > c->year - c->edition->years - 1 && date_school_year(c->release->breaks[at].on) <= c->year)
            line[count++] = (Line){arena_format(c->out, "Trendbreuk %s op %s: %s. Cijfers van ervoor en erna zijn niet zonder meer te vergelijken.", deliveries_word(c->release->breaks[at].kind),
                                                number_date(c->out, c->release->breaks[at].on), c->release->breaks[at].reason), ""};
    if (count)
        report_lines(c->report, line, count);
}
