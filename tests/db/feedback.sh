#!/usr/bin/env bash
# Feedback to schools on their deliveries: row, column, field, rule and what to do, never a value; each school its own.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 1 --first 2025 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
year=2025-2026 board=99003 school=99AZ00 other=99BA00
d=$place/out/$board/$year/school
# One school with one row of every fault, values that must never be seen again in the bad cells; no row in November and December.
# The board delivers one file for all its schools; another school has more faults than a page shows.
python3 - "$place" <<'PY'
import datetime, os, sys
place = sys.argv[1]
def write(name, rows, head):
    path = f"{place}/{name}"; os.makedirs(os.path.dirname(path), exist_ok=True)
    open(path, "wb").write(b"".join(r if isinstance(r, bytes) else r.encode() for r in [head + "\n", *[r if isinstance(r, bytes) else r + "\n" for r in rows]]))
head = "incident_nr;brin;vestiging;datum;vorm;plaats;betrokkenen;betrokkenen_rol;pestfase;geheimekop"
months = [(2025, 8), (2025, 9), (2025, 10), (2026, 1), (2026, 2), (2026, 3), (2026, 4), (2026, 5), (2026, 6), (2026, 7)]
good = [f"G{n};99AZ;0;{y}-{m:02d}-{d:02d};pesten;plein;;;;geheimecel" for n, (y, m, d) in enumerate((y, m, d) for y, m in months for d in range(2, 12))]
bad = [ # rule, column, field, row
    ("code.onbekend", 5, "vorm", "B1;99AZ;0;2026-01-13;geheimvorm;plein;;;;"),
    ("datum.ongeldig", 4, "datum", "B2;99AZ;0;geheimdatum;pesten;plein;;;;"),
    ("datum.twee_formaten", 4, "datum", "B3;99AZ;0;14-01-2026;pesten;plein;Geheime Naam;getuige;;"),
    ("datum.toekomst", 4, "datum", "B4;99AZ;0;2027-01-13;pesten;plein;Geheime Naam;getuige;;"),
    ("datum.periode", 4, "datum", "B5;99AZ;0;2024-01-13;pesten;plein;;;;"),
    ("locatie.onbekend", 2, "locatie", "B6;00ZZ;0;2026-01-13;pesten;plein;Geheime Naam;getuige;;"),
    ("locatie.andere_school", 2, "locatie", "B7;99BA;0;2026-01-13;pesten;plein;;;;"),
    ("waarde.ontbreekt", 1, "incident_nr", ";99AZ;0;2026-01-13;pesten;plein;Geheime Naam;getuige;;"),
    ("lijst.lengte", 8, "betrokkenen_rol", "B9;99AZ;0;2026-01-13;pesten;plein;Geheime Naam|Geheime Ander;getuige;;"),
    ("getal.ongeldig", 9, "pestfase", "B10;99AZ;0;2026-01-13;pesten;plein;;;geheimgetal;"),
    ("csv.kolommen", 0, "", "B11;99AZ;0;2026-01-13;pesten;plein;;;;;geheimextra"),
    ("csv.aanhaling", 0, "", 'B12;99AZ;0;2026-01-13;"geheimcitaat;plein;;;;'),
    ("csv.nul", 0, "", "B13;99AZ;0;2026-01-13;geheim\0nul;plein;;;;"),
    ("csv.te_lang", 0, "", "B14;99AZ;0;2026-01-13;pesten;" + "geheimlang" * 120000),
]
rows, want = [], []
for n, row in enumerate(good):
    rows.append(row)
    if n % 6 == 5 and len(want) < len(bad):
        rule, column, field, text = bad[len(want)]
        rows.append(text); want.append(f"{len(rows)};{column or ''};{field or 'hele rij'};{rule}")
open(f"{place}/want", "w").write("\n".join(want) + "\n")
write("first/incidenten_99AZ00_2025-2026_een.csv", rows[:40], head)
write("second/incidenten_99AZ00_2025-2026_twee.csv", rows + ["G0;99AZ;0;2025-08-02;pesten;plein;;;;"], head)
wrong = [f"X{n};99BA;0;2026-03-{n % 28 + 1:02d};{'geheimvorm' if n % 5 == 0 else 'pesten'};plein" for n in range(1300)]
write("many/incidenten_99BA00_2025-2026.csv", wrong, "incident_nr;brin;vestiging;datum;vorm;plaats")
write("board/incidenten_99003_2025-2026.csv", ["S1;99AZ;0;2026-05-20;pesten;plein", "S2;99BC;0;2026-05-20;pesten;plein", "S3;99BC;0;2026-05-21;pesten;plein", "S4;00ZZ;0;2026-05-21;pesten;plein"],
      "incident_nr;brin;vestiging;datum;vorm;plaats")
write("board/maatregelen_99003_2025-2026.csv", ["M1;99BA;0;Geheime Naam;time-out;2026-03-02;2026-03-20", "M2;99BA;0;Geheime Ander;time-out;2026-03-02;2026-03-03"],
      "maatregel_nr;brin;vestiging;leerling;soort;begin;eind")
write("free/vrij_99AZ00_2025-2026.csv", ["99AZ;0;2025-11-01;2025-11-28;geheimfeest"], "brin;vestiging;vrij_begin;vrij_eind;omschrijving")
PY
vb ingest --as-of 2026-07-20 "$place/first" > "$place/log.1" 2>&1
vb ingest --as-of 2026-08-03 "$place/second" "$place/many" > "$place/log.2" 2>&1
vb ingest --as-of 2026-08-05 "$place/board" > "$place/log.3" 2>&1
vb run --board $board --schooljaar $year --as-of 2026-09-14 --editie school > "$place/log.4" 2>&1; is "a run writes the edition" "$?" 0
is "the directory is closed to others" "$(stat -c %a "$d")" 700
is "a page and a list for every school and for the board" "$(ls "$d" | sed 's/.*\.//' | sort | uniq -c | tr -s ' \n' ' ')" \
   " $(($(sql vb_report "SELECT count(*) FROM register.location_period p JOIN register.location USING (location_no) WHERE board_no = $board AND '2026-06-01' BETWEEN valid_from AND valid_to"))) csv $(($(sql vb_report "SELECT count(*) FROM register.location_period p JOIN register.location USING (location_no) WHERE board_no = $board AND '2026-06-01' BETWEEN valid_from AND valid_to"))) html "
csv=$(tail -c +4 "$d/$school.csv" | tr -d '\r"')
text() { python3 - "$1" <<'PY'
import html, re, sys
page = re.sub(r"<style>.*?</style>", "", open(sys.argv[1]).read(), flags=re.S)
print(re.sub(r"\s*\n\s*", "\n", html.unescape(re.sub(r"<[^>]+>", "\n", page))))
PY
}
page=$(text "$d/$school.html") line=$(text "$d/$school.html" | tr '\n' ' ')
is "the list begins with the mark that Excel wants" "$(head -c 3 "$d/$school.csv" | xxd -p)" efbbbf
is "row, column, field and rule of every fault, exactly" "$(grep 'niet ingelezen' <<<"$csv" | grep ';incidenten;' | cut -d';' -f4,5,7,9 | sort -n)" "$(sort -n "$place/want")"
is "the server says the same" "$(sql vb_ingest "SELECT count(*) FROM fact.reject r JOIN fact.delivery d USING (delivery_no) JOIN register.location l USING (location_no) WHERE l.code = '$school' AND d.kind = 'incident' AND NOT r.finding")" "$(wc -l < "$place/want")"
is "every rule has Dutch texts" "$(for f in "$d"/*.csv; do tail -c +4 "$f" | tail -n +2; done | tr -d '\r"' | awk -F';' '$10 ~ /^[a-z]/ && $11 ~ /^[a-z]/ && $10 !~ /voldoet niet aan de regel/ {next} {print}')" ""
like "the page too" "$line" 'dit is geen datum +schrijf een datum als 2026-01-31'
like "a column is named as spreadsheets do" "$page" '^4.\(D\)$'
like "the account of the rows" "$line" "1\. Incidenten +115 +100 +14 +- +1 +1 "
is "which closes" "$(sql vb_analyze "SELECT rows_read || ' ' || rows_loaded || ' ' || rows_rejected || ' ' || rows_superseded || ' ' || rows_duplicate || ' ' || columns_ignored FROM fact.delivery JOIN register.location USING (location_no) WHERE code = '$school' AND kind = 'incident' AND replaced_by IS NULL")" "115 100 14 0 1 1"
like "kind, form, day and period" "$line" 'Ontvangen op 3 augustus 2026\. Gelezen als ‘Incidentregistratie, standaardbestand’, over schooljaar 2025-2026\.'
like "the file that was replaced is mentioned" "$line" 'Dit bestand vervangt 1 eerder bestand, ontvangen op 20 juli 2026\.'
like "a quiet month is a question" "$page" '^In november en december is niets geregistreerd\. Klopt dat\?$'
like "with what it does not mean" "$line" 'Meer registraties betekent niet dat een school onveiliger is'
like "what is not there, and when it was due" "$line" 'Enquêtes: dit was gevraagd vóór of op 1 juli 2026\. Leveren kan nog\.'
unlike "what is there is not asked for" "$line" 'Incidenten: (dit was|graag)'
like "of the board's own file: the rows that became this school's" "$line" 'Het bestuur leverde incidenten in één bestand voor alle scholen, ontvangen op 5 augustus 2026\. Daarvan is 1 rij bij uw school ingelezen'
unlike "and nothing of its faults" "$csv" '2026-08-05'
# The board: its own files, what struck it but was loaded, and what is asked of it.
line=$(text "$d/bestuur.html" | tr '\n' ' ')
like "the board sees the rejected row of its file" "$(tail -c +4 "$d/bestuur.csv" | tr -d '\r"')" '^[12];incidenten;2026-08-05;4;2;B;locatie;niet ingelezen;locatie\.onbekend;'
like "findings stand apart" "$line" '1 opmerking bij bestand [12] \(maatregelen\); die rij is wel ingelezen'
like "and in the list" "$(tail -c +4 "$d/bestuur.csv" | tr -d '\r"')" ';maatregelen;2026-08-05;1;.*;ingelezen, graag nakijken;timeout\.te_lang;'
like "complaints were asked of the board" "$line" 'Klachten: dit was gevraagd vóór of op 1 september 2026'
unlike "no file of a school" "$line" '3 augustus 2026'
# More faults than a page holds, and more than are kept.
line=$(text "$d/$other.html" | tr '\n' ' ')
is "all rejected rows are in the list" "$(grep -c 'code.onbekend' "$d/$other.csv")" 260
is "the page shows the first 200" "$(text "$d/$other.html" | grep -c 'komt niet voor in de lijst')" 200
like "and says so" "$line" 'Hier staan de eerste 200 van 260\. In het CSV-bestand naast deze pagina staan ze allemaal'
unlike "it says no more than that" "$line" 'zijn alleen de eerste'
sql vb_ingest "DELETE FROM fact.reject WHERE row_no > 1200 AND rule = 'code.onbekend'" > "$place/log"
vb report --board $board --schooljaar $year --as-of 2026-09-14 --editie school > "$place/log.5" 2>&1
like "a list that was cut off when it was stored says so" "$(text "$d/$other.html" | tr '\n' ' ')" 'Van de 260 afgekeurde rijen zijn alleen de eerste 240 bewaard'
unlike "others do not see these" "$(cat "$d/$school.html" "$d/bestuur.html")" '1\.300|>260<'
# No value, no name, no header of the file, anywhere.
ok "the values were in the files" test "$(grep -rliE 'geheim' "$place"/first "$place"/second "$place"/many "$place"/board | wc -l)" = 4
is "no value in any page, list or message" "$(grep -rliE 'geheim' "$place/out" "$place"/log*)" ""
unlike "no template left open" "$(cat "$d"/*.html | sed 's/<style>.*//; /^[^<]*{.*}/d')" '\{[a-z]+[}|]'
unlike "no word for who did it or whom it befell" "$(cat "$d"/*)" '[Dd]ader|[Ss]lachtoffer'
for page in "$d"/*.html; do
    is "$(basename "$page"): every table has a caption and heads" "$(grep -o '<table' "$page" | wc -l)" "$(grep -o '<caption>' "$page" | wc -l)"
    is "$(basename "$page"): one heading of the first level" "$(grep -o '<h1>' "$page" | wc -l)" 1
done
unlike "every head of a table says what it heads" "$(grep -oh '<th[ >][^>]*' "$d"/*.html | grep -v 'scope=')" 'th'
# The same again gives the same bytes; school holidays are no silence.
sums() { (cd "$d" && sha256sum -- *); }
before=$(sums); rm -r "$d"
vb report --board $board --schooljaar $year --as-of 2026-09-14 --editie school > "$place/log" 2>&1
is "the same deliveries give the same bytes" "$(sums)" "$before"
vb run --board $board --schooljaar $year --as-of 2026-09-14 --editie school "$place/free" > "$place/log.6" 2>&1; is "free days are delivered" "$?" 0
like "a month without school days is not asked about" "$(text "$d/$school.html")" '^In december is niets geregistreerd\. Klopt dat\?$'
like "before the day it is due there is no reproach" "$(vb report --board $board --schooljaar $year --as-of 2026-07-01 --editie school 2>&1; text "$d/99BC00.html" | tr '\n' ' ')" 'Enquêtes: graag uiterlijk 1 juli 2026'
# A rule without Dutch text stops at the configuration check.
mkdir -p "$place/home/reports"; cp -r "$root/config" "$place/home/"; cp -r "$root/reports/templates" "$place/home/reports/"
python3 - "$place/home/config/editions/school.json" <<'PY'
import json, sys
edition = json.load(open(sys.argv[1])); del edition["rules"]["datum.toekomst"]; json.dump(edition, open(sys.argv[1], "w"))
PY
out=$(VEILIGBEELD_HOME=$place/home vb config check 2>&1); is "a rule without a text is no sound configuration" "$?" 2
like "and named" "$out" 'editions/school.json: rules: no text for "datum.toekomst"'
finish
