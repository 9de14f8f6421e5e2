#!/usr/bin/env bash
# Files that are refused as a whole: what is kept of them, who hears of it, and when it is over. Files that leave out a school. What is asked of whom.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 1 --first 2025 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
year=2025-2026 board=99003
d=$place/out/$board/$year/school
head='incident_nr;brin;vestiging;datum;vorm;plaats'
text() { python3 - "$1" <<'PY'
import html, re, sys
page = re.sub(r"<style>.*?</style>", "", open(sys.argv[1]).read(), flags=re.S)
print(re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page))))
PY
}
q() { sql vb_ingest "$1"; }
put() { mkdir -p "$(dirname "$place/$1")"; printf '%b\n' "$2" > "$place/$1"; }
put bad/incidenten_99AZ00_2025-2026.csv 'geheimkolom;geheimkop;geheimding\ngeheimcel;geheimcel;geheimcel'
put bad/incidenten_99BA00_2025-2026.csv "$head\nG1;99BA;0;2026-01-13;pesten;plein"; iconv -f UTF-8 -t UTF-16 "$place/bad/incidenten_99BA00_2025-2026.csv" -o "$place/bad/utf16"; mv "$place/bad/utf16" "$place/bad/incidenten_99BA00_2025-2026.csv"
put bad/incidenten_99BC00_2025-2026.csv "$head\nG1;99BC;0;2026-01-13;pesten;plein\nG2;99BC;0;2026-01-14;geheimvorm;plein\nG3;99BC;0;geheimdag;pesten;plein\nG4;99BC;0;2026-01-15;pesten;plein\nG5;99BC;0;2026-01-15;geheimvorm;plein"
put bad/maatregelen_99BC00_2025-2026.csv "maatregel_nr;brin;vestiging;leerling;soort;begin;eind"
put bad/incidenten_99BB00_2025-2026.xlsx 'geheim, maar geen spreadsheet'
put bad/incidenten_99003_2025-2026.csv 'incident_nr;datum;vorm;plaats\nG1;2026-01-13;pesten;plein'
put bad/incidenten_00ZZ00_2025-2026.csv "$head\nG1;00ZZ;0;2026-01-13;pesten;plein"
put bad/maatregelen_99BA00_2025-2026.csv 'maatregel_nr;brin;vestiging;leerling;geheimkolom;begin;eind\nG1;99BA;0;geheimcel;schorsing;2026-01-13;2026-01-14'
put bad/incidenten_99AA00_2025-2026.csv 'incident_nr;datum;vorm;vorm\nG1;2026-01-13;pesten;geheim'
put manifest/manifest.json '{"files": "geheim"}'
put secret/incidenten_99AZ00_2025-2026.csv "$head\nG1;99AZ;0;2026-01-13;Handle with Care;plein"
all="SELECT coalesce(l.code, r.board_no::text, '?') || ' ' || rule || ' ' || coalesce(kind, '?') || ' ' || rows_read || '/' || rows_rejected FROM ops.refusal r LEFT JOIN register.location l USING (location_no) WHERE settled_by IS NULL ORDER BY (coalesce(l.code, r.board_no::text, '~') || rule) COLLATE \"C\""
vb ingest --dry-run --as-of 2026-08-01 "$place/bad" > "$place/log.0" 2>&1; is "a dry run refuses as well" "$?" 3
is "and keeps nothing" "$(q "SELECT count(*) FROM ops.refusal")" 0
vb ingest --as-of 2026-08-01 "$place/secret" > "$place/log.1" 2>&1; is "a signal is refused" "$?" 3
is "and nothing says that it ever came" "$(q "SELECT (SELECT count(*) FROM ops.refusal) + (SELECT count(*) FROM ops.refusal_row) + (SELECT count(*) FROM fact.delivery WHERE kind = 'incident')")" 0
vb ingest --json --as-of 2026-08-01 "$place/bad" "$place/manifest" > "$place/told" 2> "$place/log.2"; is "the files are refused" "$?" 3
is "each for its own reason, as far as is known of whom" "$(q "$all")" "99003 bestand.school incident 0/0
99AA00 bestand.kopregel incident 0/0
99AZ00 bestand.formulier ? 0/0
99BA00 bestand.codering ? 0/0
99BA00 bestand.kolom_ontbreekt maatregel 0/0
99BB00 bestand.onleesbaar ? 0/0
99BC00 bestand.leeg maatregel 0/0
99BC00 bestand.te_veel_fouten incident 5/3
? bestand.manifest ? 0/0
? bestand.school incident 0/0"
is "the program says the same to who reads JSON" "$(python3 -c 'import json, sys; print(*sorted(f["rule"] for f in json.load(open(sys.argv[1]))["files"]))' "$place/told")" \
   "bestand.codering bestand.formulier bestand.kolom_ontbreekt bestand.kopregel bestand.leeg bestand.manifest bestand.onleesbaar bestand.school bestand.school bestand.te_veel_fouten"
is "and which column is missing, as the form calls it" "$(python3 -c 'import json, sys; print(*sorted(f["column"] for f in json.load(open(sys.argv[1]))["files"] if f["column"]))' "$place/told")|$(q "SELECT string_agg(missing, ' ') FROM ops.refusal")" "soort|soort"
is "the rows that were too many" "$(q "SELECT string_agg(row_no || ',' || column_no || ',' || field || ',' || rule, ' ' ORDER BY row_no) FROM ops.refusal_row")" "2,5,vorm,code.onbekend 3,4,datum,datum.ongeldig 5,5,vorm,code.onbekend"
was=$(q "$all")
vb ingest --as-of 2026-08-09 "$place/bad" "$place/manifest" > "$place/log.3" 2>&1
is "the same files again are no other refusals, and keep their day" "$(q "$all")|$(q "SELECT string_agg(DISTINCT refused_on::text, ' ') FROM ops.refusal")" "$was|2026-08-01"
vb run --board $board --schooljaar $year --as-of 2026-09-14 --editie school > "$place/log.4" 2>&1; is "the edition is written" "$?" 0
page=$(text "$d/99BC00.html")
like "the school reads what was refused" "$page" 'Bestand 1, met incidenten, ontvangen op 1 augustus 2026 en bedoeld voor schooljaar 2025-2026, is in zijn geheel geweigerd\. Er is niets uit ingelezen\.'
like "why, and what to do" "$page" 'De reden: er zijn te veel rijen fout\. Verbeter de rijen die hieronder staan\. Lever het bestand daarna opnieuw; dan vervalt deze melding\.'
like "which rows" "$page" '3 rijen van bestand 1 \(incidenten\) zijn niet ingelezen'
like "in short" "$page" '2 bestanden van uw school zijn in hun geheel geweigerd'
like "the other file too" "$page" 'De reden: er staan geen rijen in het bestand\. Exporteer het opnieuw, met een kopregel en rijen\.'
csv=$(tail -c +4 "$d/99BC00.csv" | tr -d '\r"')
is "the list for a spreadsheet: the files, and the rows" "$(cut -d';' -f1-9 <<<"$csv" | tail -n +2)" "1;incidenten;2026-08-01;;;;hele bestand;hele bestand geweigerd;bestand.te_veel_fouten
1;incidenten;2026-08-01;2;5;E;vorm;niet ingelezen;code.onbekend
1;incidenten;2026-08-01;3;4;D;datum;niet ingelezen;datum.ongeldig
1;incidenten;2026-08-01;5;5;E;vorm;niet ingelezen;code.onbekend
2;maatregelen;2026-08-01;;;;hele bestand;hele bestand geweigerd;bestand.leeg"
like "a school reads which column is missing" "$(text "$d/99BA00.html")" 'De reden: er ontbreekt een kolom die het formulier nodig heeft: ‘soort’\. Voeg de kolom toe\.'
like "and has it in its list" "$(tail -c +4 "$d/99BA00.csv" | tr -d '\r"')" ';;;;soort;hele bestand geweigerd;bestand\.kolom_ontbreekt;er ontbreekt een kolom'
like "a file that nobody recognised" "$(text "$d/99AZ00.html")" 'Bestand 1, met gegevens die niet zijn herkend, ontvangen op 1 augustus 2026 en bedoeld voor schooljaar 2025-2026, is in zijn geheel geweigerd'
like "the board hears of its own" "$(text "$d/bestuur.html")" '1 bestand van het bestuur is in zijn geheel geweigerd.*uit het bestand blijkt niet van welke school het is'
unlike "and of nobody else's" "$(text "$d/bestuur.html")" 'te veel rijen fout|niet zijn herkend'
unlike "a school neither" "$(text "$d/99AZ00.html")" 'te veel rijen fout|niet van welke school'
is "no value, column or name of theirs anywhere" "$(grep -rliE 'geheim' "$place/out" "$place/told" "$place"/log*; q "SELECT r::text FROM ops.refusal r" | grep -iE 'geheim|csv')" ""
status=$(vb status --schooljaar $year --as-of 2026-09-14 2>&1)
like "status has them" "$status" '^99003 +99BC00 +incident +bestand\.te_veel_fouten +2026-08-01 +5 +0 +3 +0 +0 +refused'
like "also which column it was" "$status" '^99003 +99BA00 +maatregel +bestand\.kolom_ontbreekt .* refused: soort$'
is "also for programs" "$(vb status --board $board --schooljaar $year --json --as-of 2026-09-14 | python3 -c 'import json, sys; print(*(r["column"] for r in json.load(sys.stdin) if r["column"]))')" soort
like "and those of nobody known" "$status" '^0 +\? +\? +bestand\.manifest +2026-08-0'
is "one board asks for its own" "$(vb status --board $board --schooljaar $year --json --as-of 2026-09-14 | python3 -c 'import json, sys; print(sum(r["state"] == "refused" for r in json.load(sys.stdin)))')" 7
not() { if sql "$1" "$2" > "$place/log" 2>&1; then is "$1 may not: $2" may not; else is "$1 may not: $2" not not; fi; }
not vb_feedback "SELECT * FROM ops.refusal"; not vb_report "SELECT * FROM feedback.refusal"; not vb_analyze "SELECT * FROM ops.refusal"
# It is over when something comes in its place.
put good/incidenten_99BC00_2025-2026.csv "$head\nG1;99BC;0;2026-01-13;pesten;plein\nG2;99BC;0;2026-01-14;pesten;plein"
put good/incidenten_99AZ00_2024-2025.csv "$head\nG1;99AZ;0;2025-01-13;pesten;plein"
vb ingest --as-of 2026-08-20 "$place/good" > "$place/log.5" 2>&1
is "settled is the refusal of that school, kind and period, not of another" "$(q "SELECT string_agg(l.code || ' ' || rule, ', ' ORDER BY l.code, rule) FROM ops.refusal r JOIN register.location l USING (location_no) WHERE r.settled_by IS NULL")" \
   "99AA00 bestand.kopregel, 99AZ00 bestand.formulier, 99BA00 bestand.codering, 99BA00 bestand.kolom_ontbreekt, 99BB00 bestand.onleesbaar, 99BC00 bestand.leeg"
is "and what was refused because nobody knew the school, by any file of the board" "$(q "SELECT count(*) FROM ops.refusal WHERE board_no = $board AND location_no IS NULL AND settled_by IS NULL")" 0
vb run --board $board --schooljaar $year --as-of 2026-09-14 --editie school > "$place/log.6" 2>&1
unlike "the page says no more of it" "$(text "$d/99BC00.html")" 'te veel rijen fout'
like "but of the file that is still refused" "$(text "$d/99BC00.html")" 'Bestand 2, met maatregelen'
# Of very many wrong rows the first thousand are kept, and that is said.
put many/incidenten_99BB00_2025-2026.csv "$head\n$(seq 1200 | sed 's/.*/M&;99BB;0;2026-01-13;geheimvorm;plein/')"
vb ingest --as-of 2026-08-20 "$place/many" > "$place/log.6" 2>&1
is "the first thousand" "$(q "SELECT count(*) || ' ' || max(row_no) FROM ops.refusal_row JOIN ops.refusal USING (refusal_no) WHERE rows_rejected = 1200")" "1000 1000"
vb report --board $board --schooljaar $year --as-of 2026-09-14 --editie school > "$place/log.6" 2>&1
like "which the page says" "$(text "$d/99BB00.html")" 'Van de 1\.200 afgekeurde rijen zijn alleen de eerste 1\.000 bewaard'
# -- a correction that leaves out a school
deliver() { # received, name, more of the manifest, rows
    mkdir -p "$place/$2"; (echo "$head"; printf '%b' "$4") > "$place/$2/$2.csv"
    printf '{"received": "%s", "board": %s, "files": [{"file": "%s.csv", "form": "incident-canoniek", "schooljaar": "2025-2026"%s}]}' "$1" $board "$2" "$3" > "$place/$2/manifest.json"
    vb ingest --as-of 2026-09-14 "$place/$2" > "$place/log.7" 2>&1
}
rows() { q "SELECT string_agg(code || ' ' || n, ', ' ORDER BY code) FROM (SELECT l.code, count(*) AS n FROM fact.incident i JOIN fact.delivery d USING (delivery_no) JOIN register.location l ON l.location_no = i.location_no WHERE d.board_no = $board AND d.location_no IS NULL GROUP BY l.code) x"; }
left() { q "SELECT string_agg(l.code || ' ' || o.rows, ', ' ORDER BY l.code) FROM fact.left_out o JOIN fact.delivery n ON n.delivery_no = o.delivery_no AND n.replaced_by IS NULL JOIN fact.delivery e ON e.delivery_no = o.earlier_no AND e.replaced_by IS NULL JOIN register.location l ON l.location_no = o.location_no"; }
deliver 2026-08-21 first '' 'A1;99AZ;0;2026-02-01;pesten;plein\nA2;99AZ;0;2026-02-02;pesten;plein\nB1;99BA;0;2026-02-03;pesten;plein\nB2;99BA;0;2026-02-04;pesten;plein\nC1;99BB;0;2026-02-05;pesten;plein\n'
is "a file of the board" "$(rows)|$(left)" "99AZ00 2, 99BA00 2, 99BB00 1|"
deliver 2026-08-22 other '' 'D1;99BC;0;2026-02-05;pesten;plein\n'
is "one of other schools stands beside it, and leaves out nobody" "$(rows)|$(left)" "99AZ00 2, 99BA00 2, 99BB00 1, 99BC00 1|"
deliver 2026-08-23 second '' 'A1;99AZ;0;2026-02-01;pesten;plein\nA3;99AZ;0;2026-02-03;pesten;plein\nA4;99AZ;0;2026-02-04;pesten;plein\nC1;99BB;0;2026-02-05;pesten;gang\n'
is "a correction that leaves out a school keeps its rows, and that is known" "$(rows)|$(left)" "99AZ00 3, 99BA00 2, 99BB00 1, 99BC00 1|99BA00 2"
like "the operator is told" "$(cat "$place/log.7")" '1 school of an earlier file for this period is not in this one, and its rows stay'
vb run --board $board --schooljaar $year --as-of 2026-09-14 --editie school > "$place/log.8" 2>&1
name=$(sql vb_report "SELECT name FROM register.location_period JOIN register.location USING (location_no) WHERE code = '99BA00' AND date '2026-07-31' BETWEEN valid_from AND valid_to")
like "the board is asked" "$(text "$d/bestuur.html")" "In dit bestand staat niets meer van $name \(99BA00\)\. In het bestand dat op 21 augustus 2026 is ontvangen, over dezelfde periode, stonden 2 rijen van deze school\. Die blijven staan\. Klopt dat niet\?"
like "in short" "$(text "$d/bestuur.html")" '1 school staat niet meer in een nieuwer bestand\. De oude rijen van die school blijven staan\. Klopt dat\?'
like "in the list" "$(tail -c +4 "$d/bestuur.csv" | tr -d '\r"')" '^2?[0-9];incidenten;2026-08-23;;;;99BA00;ingelezen, graag nakijken;levering\.school_ontbreekt;'
like "and in status" "$(vb status --board $board --schooljaar $year --as-of 2026-09-14 2>&1)" '99BA00 +incident +incident-canoniek +2026-08-21 +0 +2 +0 +0 +0 +left out'
deliver 2026-08-24 third '' 'A1;99AZ;0;2026-02-01;pesten;plein\nC1;99BB;0;2026-02-05;pesten;gang\n'
is "the next correction does not forget the question" "$(rows)|$(left)" "99AZ00 1, 99BA00 2, 99BB00 1, 99BC00 1|99BA00 2"
deliver 2026-08-24 third ', "complete": true' 'A1;99AZ;0;2026-02-01;pesten;plein\nC1;99BB;0;2026-02-05;pesten;gang\n'
is "the same file, now said to be complete, answers it, and is the whole of its period" "$(rows)|$(left)" "99AZ00 1, 99BB00 1|"
like "and says so" "$(cat "$place/log.7")" '4 earlier deliveries were replaced' # the first, the other, what a school delivered itself, and this very file
vb ingest --as-of 2026-09-14 "$place/third" > "$place/log.7" 2>&1
like "once: then it is known" "$(cat "$place/log.7")" 'nothing new; 1 files known already'
deliver 2026-08-25 fourth '' 'B1;99BA;0;2026-02-03;pesten;plein\nA1;99AZ;0;2026-02-01;pesten;plein\nC1;99BB;0;2026-02-05;pesten;gang\n'
is "a school that comes back needs no answer" "$(rows)|$(left)" "99AZ00 1, 99BA00 1, 99BB00 1|"
deliver 2026-08-26 fifth ', "complete": true' 'A1;99AZ;0;2026-02-01;pesten;plein\n'
is "a complete file is the whole of its period" "$(rows)|$(left)" "99AZ00 1|"
deliver 2026-08-27 sixth '' ''
like "a file without rows is refused" "$(cat "$place/log.7")" 'the file has a header and no rows'
is "and changes nothing" "$(rows)" "99AZ00 1"
deliver 2026-08-28 seventh ', "complete": true' ''
is "unless it is said to be complete: then there is nothing" "$(rows)|$(q "SELECT rows_read FROM fact.delivery WHERE board_no = $board AND location_no IS NULL AND replaced_by IS NULL AND kind = 'incident'")" "|0"
# A complete file speaks for all schools, also for what they delivered themselves; one of a school for that school, also in files of the board; neither for what came later.
by() { q "SELECT string_agg(said, ', ' ORDER BY said COLLATE \"C\") FROM (SELECT d.received_on || ' ' || coalesce(o.code, 'all') || ' ' || l.code || ' ' || count(*) AS said FROM fact.incident i JOIN fact.delivery d USING (delivery_no)
    JOIN register.location l ON l.location_no = i.location_no LEFT JOIN register.location o ON o.location_no = d.location_no WHERE d.board_no = $board AND d.received_on >= '2026-08-29' GROUP BY d.received_on, o.code, l.code) x"; }
deliver 2026-08-29 eighth ', "location": "99BB00"' 'S1;99BB;0;2026-02-05;pesten;gang\nS2;99BB;0;2026-02-06;pesten;gang\n'
deliver 2026-08-30 ninth ', "period": ["2026-03-01", "2026-03-31"]' 'M1;99BA;0;2026-03-03;pesten;plein\n'
deliver 2026-08-31 tenth '' 'S1;99BB;0;2026-02-05;pesten;gang\nA9;99AZ;0;2026-02-01;pesten;plein\n'
is "files that stand beside each other" "$(by)" "2026-08-29 99BB00 99BB00 2, 2026-08-30 all 99BA00 1, 2026-08-31 all 99AZ00 1"
is "a row that a school delivered already is a duplicate in that of the board" "$(q "SELECT rows_duplicate FROM fact.delivery WHERE board_no = $board AND received_on = '2026-08-31'")" 1
deliver 2026-09-01 eleventh ', "location": "99BC00"' 'L1;99BC;0;2026-02-05;pesten;gang\n'
deliver 2026-08-31 tenth ', "complete": true' 'S1;99BB;0;2026-02-05;pesten;gang\nA9;99AZ;0;2026-02-01;pesten;plein\n'
is "said to be complete, the board's file takes the place of the month and of the school's, and holds what was a duplicate; what came later stays" "$(by)" "2026-08-31 all 99AZ00 1, 2026-08-31 all 99BB00 1, 2026-09-01 99BC00 99BC00 1"
deliver 2026-09-02 twelfth ', "location": "99BB00", "complete": true' 'S3;99BB;0;2026-02-05;pesten;gang\n'
is "a school's complete file takes the place of its rows in the board's" "$(by)" "2026-08-31 all 99AZ00 1, 2026-09-01 99BC00 99BC00 1, 2026-09-02 99BB00 99BB00 1"
is "whose account says so" "$(q "SELECT rows_read, rows_loaded, rows_superseded FROM fact.delivery WHERE board_no = $board AND received_on = '2026-08-31' AND replaced_by IS NULL")" "2|1|1"
before=$(by); vb ingest --as-of 2026-09-14 "$place/tenth" "$place/eleventh" "$place/twelfth" > "$place/log.7" 2>&1
is "all of it again changes nothing" "$(by)|$(grep -o 'nothing new; 3 files known already' "$place/log.7")" "$before|nothing new; 3 files known already"
deliver 2026-09-03 thirteenth ', "location": "99AZ00", "complete": true' ''
is "also one without rows: the school had nothing" "$(by)" "2026-09-01 99BC00 99BC00 1, 2026-09-02 99BB00 99BB00 1"
is "every account closes" "$(q "SELECT count(*) FROM fact.delivery WHERE rows_read <> rows_loaded + rows_rejected + rows_superseded + rows_duplicate")" 0
# -- what is asked of whom is configuration
asked() { VEILIGBEELD_HOME=$place/home vb status --board $board --schooljaar $year --as-of 2026-09-14 --json | python3 -c 'import json, sys; print(*sorted({r["kind"].replace(" ", "_") for r in json.load(sys.stdin) if r["state"] == "missing" and r["school"] == sys.argv[1]}))' "$1"; }
mkdir -p "$place/home/reports"; cp -r "$root/config" "$place/home/"; cp -r "$root/reports/templates" "$place/home/reports/"
is "as shipped a school is asked for" "$(asked 99BB00)" "enquete naleving"
is "and the board for" "$(asked B99003)" "klacht maatregel meldcode pdca"
python3 - "$place/home/config/kinds" <<'PY'
import json, sys
for kind in ("ongeval", "signaal", "meldcode", "enquete", "naleving"):
    path = f"{sys.argv[1]}/{kind}.json"; data = json.load(open(path))
    for due in data["due"]:
        due["asked_of"] = "nobody" if kind == "naleving" else "school"
        if due.get("respondents") == "ouders": due["month"], due["day"] = 12, 31
    json.dump(data, open(path, "w"))
PY
VEILIGBEELD_HOME=$place/home vb db migrate > "$place/log" 2>&1
is "a board that asks schools for more, and for another thing not" "$(asked 99BB00)" "enquete enquete_medewerkers meldcode ongeval signaal"
is "what is due later is not missing yet" "$(VEILIGBEELD_HOME=$place/home vb status --board $board --schooljaar $year --as-of 2027-01-01 --json | python3 -c 'import json, sys; print(*sorted({r["due"] for r in json.load(sys.stdin) if r["kind"] == "enquete ouders" and r["state"] == "missing"}))')" 2026-12-31
VEILIGBEELD_HOME=$place/home vb run --board $board --schooljaar $year --as-of 2026-09-14 --editie school > "$place/log.9" 2>&1
like "schools are asked for it" "$(text "$d/99BB00.html")" 'Enquêtes \(medewerkers\): dit was gevraagd vóór of op 1 juli 2026.*Enquêtes \(ouders\): graag uiterlijk 31 december 2026'
put home/config/kinds/ongeval.json "$(sed 's/"day": 1/"day": 31/' "$place/home/config/kinds/ongeval.json")"
like "a day that does not exist is no sound configuration" "$(VEILIGBEELD_HOME=$place/home vb db migrate 2>&1)" 'kinds/ongeval.json: due\[0\]: month 9 has no day 31 every year'
finish
