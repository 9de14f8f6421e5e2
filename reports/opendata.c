#include "reports/opendata.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/place.h"

static void cell(Buf *csv, const char *text, bool first)
{
    if (!first)
        buf_text(csv, ",");
    if (!strpbrk(text, ",\"\n")) {
        buf_text(csv, text);
        return;
    }
    buf_text(csv, "\"");
    for (; *text; text++) {
        if (*text == '"')
            buf_text(csv, "\"");
        buf_add(csv, text, 1);
    }
    buf_text(csv, "\"");
}

static void number(Buf *csv, double value)
{
    if (isfinite(value))
        buf_format(csv, ",%.10g", value);
    else
        buf_text(csv, ",");
}

/* Since when the table of a figure stands as it was released; "" = it is of the last release. */
static const char *stand(const Release *release, const ReleaseFigure *figure, char day[11])
{
    const ReleaseDecision *decision = release_decision(release, figure->indicator, figure->year, figure->breakdown);

    day[0] = '\0';
    if (decision && decision->kept != DATE_NONE)
        date_format_iso(decision->kept, day);
    return day;
}

static bool metadata_write(const char *path, const char *title, bool open, Err *err)
{
    static const char *const columns[][3] = {
        {"schooljaar", "string", "schooljaar, 1 augustus tot en met 31 juli"}, {"indicator", "string", "naam van de indicator (config/indicators)"},
        {"uitsplitsing", "string", "totaal, school, maand, vorm, ..."}, {"groep", "string", "naam van de groep; leeg = het totaal"},
        {"aantal", "integer", "getelde incidenten, klachten, maatregelen of antwoorden"}, {"waarde", "number", "in de eenheid van de indicator; leeg = niet te berekenen"},
        {"laag", "number", "ondergrens van het 95%-interval"}, {"hoog", "number", "bovengrens van het 95%-interval"},
        {"samengevoegd", "integer", "uit hoeveel groepen deze groep is samengevoegd"},
        {"stand", "date", "dag waarvan dit cijfer de stand is, als nieuwere gegevens niet zijn verwerkt omdat het verschil herleidbaar kan zijn; leeg = de laatste vrijgave"}};
    json_t *list = json_array();
    const char *slash = strrchr(path, '/');

    for (size_t at = 0; at < sizeof columns / sizeof *columns; at++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "name", columns[at][0], "titles", columns[at][0], "datatype", columns[at][1], "dc:description", columns[at][2]));
    json_t *root = json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:o}}", "@context", "http://www.w3.org/ns/csvw", "url", slash ? slash + 1 : path, "dc:title", title, "dc:language", "nl",
                             "dc:accessRights", open ? "openbaar" : "voor de lezers van dit rapport, niet om te publiceren",
                             "tableSchema", "columns", list);
    char *text = root ? json_dumps(root, JSON_INDENT(1)) : NULL;
    char name[4096];
    snprintf(name, sizeof name, "%s-metadata.json", path);
    bool good = text && place_write(name, text, strlen(text), err);
    free(text);
    json_decref(root);
    return good;
}

bool opendata_write(const Release *release, const char *path, const char *title, bool open, Err *err)
{
    BUF_AUTO csv = {0};
    char day[11];

    buf_text(&csv, "schooljaar,indicator,uitsplitsing,groep,aantal,waarde,laag,hoog,samengevoegd,stand\r\n");
    for (size_t at = 0; at < release->n_figures; at++) {
        const ReleaseFigure *figure = &release->figure[at];
        buf_format(&csv, "%d-%d", figure->year, figure->year + 1);
        cell(&csv, figure->indicator, false);
        cell(&csv, figure->breakdown, false);
        cell(&csv, strcmp(figure->breakdown, "maand") == 0 ? figure->category : *figure->category || figure->location_no ? figure->label : "", false);
        buf_format(&csv, ",%lld", (long long) figure->events);
        number(&csv, figure->value);
        number(&csv, figure->low);
        number(&csv, figure->high);
        buf_format(&csv, ",%d,%s\r\n", figure->n_members, stand(release, figure, day));
    }
    return place_write(path, csv.data, csv.length, err) && metadata_write(path, title, open, err);
}
