#include "reports/bulletin.h"

#include <math.h>
#include <string.h>

#include "reports/number.h"

static const char *month_text(Arena *out, Date month)
{
    DateParts parts = date_parts(month);

    return arena_format(out, "%s %d", number_month_long(parts.month), parts.year);
}

static const char *what(const char *series)
{
    return strcmp(series, "pest") == 0 ? "pestincidenten" : "incidenten";
}

static Line alarm_line(Arena *out, const BulletinAlarm *alarm)
{
    const char *basis = strcmp(alarm->method, "farrington") == 0
                            ? arena_format(out, "op grond van dezelfde maanden in %d eerdere schooljaren", alarm->base_years > 1 ? alarm->base_years : 1)
                            : "op grond van de eerdere maanden van deze school en van vergelijkbare scholen";
    const char *chance = alarm->pvalue > 0 ? arena_format(out, "1 op %s", number_text(out, fmax(1.0, floor(1.0 / fmax(alarm->pvalue, 1e-4))), 0)) : "minder dan 1 op 10.000";
    const char *where = "";

    if (alarm->place_n >= 2 && *alarm->place && alarm->place_n * 2 >= alarm->observed)
        where = arena_format(out, " Vaakst genoemd: %s (%d keer)%s.", alarm->place, alarm->place_n,
                             alarm->hour >= 0 && alarm->hour_n * 2 >= alarm->observed ? arena_format(out, ", rond %d uur (%d keer)", alarm->hour, alarm->hour_n) : "");
    return (Line){arena_format(out, "Wat was er in %s aan de hand? Er zijn %d %s geregistreerd; %s waren er ongeveer %s te verwachten, en meer dan %s is ongewoon (kans %s%s).%s",
                               month_text(out, alarm->month), alarm->observed, what(alarm->series), basis, number_text(out, alarm->expected, alarm->expected < 3 ? 1 : 0),
                               number_text(out, alarm->upper, 0), alarm->pvalue < 1e-4 ? "kleiner dan " : "", chance, where),
                  alarm->pvalue < 0.001 ? "zeker ongewoon" : "waarschijnlijk ongewoon"};
}

static void series_chart(Report *report, const Bulletin *bulletin, int series, const char *name)
{
    Arena *out = report->arena;
    const BulletinMonth *month = bulletin->month[series];
    size_t n = bulletin->n_months[series], reported = 0;

    for (size_t at = 0; at < n; at++)
        reported += month[at].reported;
    if (reported < 3)
        return;
    ModelChart *chart = report_chart(report, CHART_SERIES, arena_format(out, "Geregistreerde %s per maand", name),
                                     "Blauw: geregistreerd. Streepjes: verwacht. Licht vlak: tot hier niet ongewoon (alleen de laatste twaalf maanden zijn beoordeeld). Maanden zonder levering of zonder schooldagen zijn weggelaten.", n);
    for (size_t at = 0; at < n; at++) {
        DateParts parts = date_parts(month[at].month);
        bool alarmed = false;
        for (size_t a = 0; a < bulletin->n_alarms; a++)
            alarmed = alarmed || (bulletin->alarm[a].month == month[at].month && strcmp(bulletin->alarm[a].series, series ? "alles" : "pest") == 0);
        bool closed = strcmp(month[at].status, "no_exposure") == 0;
        chart->point[chart->n_points++] = (ChartPoint){.label = parts.month == 8 ? arena_format(out, "%s %d", number_month_short(parts.month), parts.year) : "",
                                                       .x = (double) at, .value = month[at].reported && !closed ? (double) month[at].observed : (double) NAN, .low = month[at].expected,
                                                       .high = month[at].upper, .before = NAN, .mark = alarmed};
    }
    chart->alt = arena_format(out, "Lijngrafiek van %s per maand; de cijfers staan in de tabel hieronder.", name);
}

static void month_table(Report *report, const Bulletin *bulletin)
{
    static const char *const columns[] = {"Maand", "Pestincidenten", "verwacht", "grens", "Alle incidenten", "verwacht", "grens"};
    Arena *out = report->arena;
    size_t n = bulletin->n_months[0];
    ModelTable *table = report_table(report, "De laatste twaalf maanden", columns, 7, true);

    for (size_t at = n > 12 ? n - 12 : 0; at < n; at++) {
        const BulletinMonth *pest = &bulletin->month[0][at], *all = at < bulletin->n_months[1] ? &bulletin->month[1][at] : pest;
        TableCell cells[7] = {cell_text(month_text(out, pest->month))};
        const BulletinMonth *both[2] = {pest, all};
        for (int series = 0; series < 2; series++) {
            const BulletinMonth *m = both[series];
            cells[1 + series * 3] = m->reported ? (TableCell){number_count(out, m->observed), m->observed} : cell_text("geen levering");
            cells[2 + series * 3] = isfinite(m->expected) ? (TableCell){number_text(out, m->expected, 1), m->expected} : cell_text("");
            cells[3 + series * 3] = isfinite(m->upper) ? (TableCell){number_text(out, m->upper, 0), m->upper} : cell_text("");
        }
        report_row(report, table, cells);
    }
    table->note = "- = geen. Grens: meer dan dit aantal is ongewoon. Een maand zonder levering is niet nul. Geen verwachting: geen schooldagen, of te weinig geschiedenis.";
}

Report *bulletin_compose(Arena *out, const Bulletin *bulletin, int school_year, Date made_on)
{
    Report *report = report_new(out);
    Line line[40];
    size_t n = 0;

    report->edition = "bulletin";
    report->title = arena_format(out, "Bulletin %s", bulletin->name);
    report->organisation = bulletin->board_name;
    report->subtitle = arena_format(out, "%s (%s)%s%s, schooljaar %s. Opgemaakt op %s voor de coördinator sociale veiligheid en de aandachtsfunctionaris.", bulletin->name, bulletin->code,
                                    *bulletin->place ? ", " : "", bulletin->place, number_school_year(out, school_year), number_date(out, made_on));
    report->footer = arena_format(out, "Vertrouwelijk · Bulletin %s · %s", bulletin->name, number_school_year(out, school_year));
    report->confidential = "Vertrouwelijk: alleen voor deze school. Dit bulletin bevat kleine aantallen; niet doorsturen, niet publiceren.";
    report->made_on = made_on;
    report_chapter(report, "samenvatting", "Wat valt op?");
    for (size_t at = 0; at < bulletin->n_alarms && n < 40; at++)
        line[n++] = alarm_line(out, &bulletin->alarm[at]);
    if (n == 0)
        report_text(report, BLOCK_PARAGRAPH, "In de laatste twaalf maanden lag geen enkele maand boven wat op grond van het verleden te verwachten was.");
    else
        report_lines(report, line, n);
    report_text(report, BLOCK_NOTE, "Een signaal is een vraag, geen oordeel: een nieuw formulier, een campagne of beter registreren geeft ook meer meldingen. Kijk eerst of er iets in de registratie veranderde; bespreek daarna wat er speelde.");
    report_chapter(report, "pesten", "Pestincidenten");
    series_chart(report, bulletin, 0, "pestincidenten");
    report_chapter(report, "incidenten", "Alle incidenten");
    series_chart(report, bulletin, 1, "incidenten");
    month_table(report, bulletin);
    report_chapter(report, "methode", "Hoe is dit berekend?");
    report_text(report, BLOCK_PARAGRAPH, "Elke maand wordt vergeleken met dezelfde maanden (en hun buren) in eerdere schooljaren van deze school, rekening houdend met leerlingen en schooldagen (Farrington, in de versie van Noufaily e.a. 2013). "
                                         "Is er te weinig geschiedenis of zijn de aantallen klein, dan komt de verwachting uit de eigen geschiedenis samen met die van de andere scholen van het bestuur (gamma-Poisson). Een maand valt op als het aantal boven de grens ligt.");
    return report;
}
