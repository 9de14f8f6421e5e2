#!/usr/bin/env bash
# Names, birth dates, addresses and free text go in with markers; afterwards no marker is anywhere. A Handle with Care file
# leaves no trace at all.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
mark=Zq7Kx9
simulate --out "$place/in" --seed 5 --first 2024 --markers $mark > /dev/null
cp "$place/in/99001/2025-2026/"signalen_*.csv "$place/secret.csv" 2>/dev/null
ok "the markers are in the deliveries" grep -rqs "${mark}" "$place/in"
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
vb run --schooljaar 2025-2026 --as-of 2026-09-14 --board 99003 --verbose "$place/in/99001" "$place/in/99002" "$place/in/99003" >> "$place/log" 2>&1
# Every way to fail, with a marker in the values: broken rows, a refused file, unknown codes.
mkdir "$place/bad"
{ echo "incident_nr;brin;vestiging;datum;vorm;getroffene;toelichting"
  echo "${mark}1;99AZ;0;2026-13-40;${mark}vorm;${mark}N;${mark}T"
  echo "${mark}2;${mark};0;2026-01-10;pesten;${mark}N;\"${mark}T"
  echo "${mark}3;99AZ;0;2026-01-10;${mark};${mark}N;${mark}T"; } > "$place/bad/incidenten_99AZ00_2025-2026_bad.csv"
{ echo "kind;${mark}header"; echo "x;${mark}"; } > "$place/bad/onbekend.csv"
vb ingest --verbose "$place/bad" >> "$place/log" 2>&1
is "the bad files were refused" "$?" 3
psql -XqAt -d "$(vb db dsn)" -c CHECKPOINT > /dev/null
PGOPTIONS= pg_dump -d "$(vb db dsn)" > "$place/dump.sql"
ok "the dump holds the facts" grep -q 'COPY fact.incident' "$place/dump.sql"
nowhere() { # title, pattern: fixed string, any case; also in UTF-16 and inside the PDFs
    local found=
    found=$(grep -rlaiF -- "$2" "$place/var" "$(readlink -f "$place/var/pg" 2>/dev/null || echo "$place/var")" "$place/out" "$place/log" "$place/dump.sql" 2>/dev/null | head -5)
    is "$1" "$found" ""
}
nowhere "no marker in the data directory, WAL, keys, documents, log or dump" "$mark"
for pdf in $(find "$place/out" -name '*.pdf' | head -3); do unlike "no marker in the text of $(basename "$pdf")" "$(pdftotext "$pdf" -)" "$mark"; done
for book in $(find "$place/out" -name '*.xlsx' | head -3); do unlike "no marker in $(basename "$book")" "$(python3 -c 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(b"".join(z.read(n) for n in z.namelist()).decode("utf-8", "replace"))' "$book")" "$mark"; done
names=$(python3 - "$place/in" <<'PY'
import csv, glob, sys
birth = set()
for f in glob.glob(sys.argv[1] + "/99003/*/incidenten_*.csv"):
    raw = open(f, "rb").read()
    text = raw.decode("utf-8-sig", "replace")
    rows = list(csv.reader(text.splitlines(), delimiter=";" if text.split("\n")[0].count(";") > text.split("\n")[0].count(",") else ","))
    for i, h in enumerate(rows[0]):
        if "geb" in h.lower():
            birth |= {r[i] for r in rows[1:] if len(r) > i and len(r[i]) == 10}
print(len(birth))
PY
)
ok "there were birth dates to hide" test "$names" -gt 10
is "no column of fact is a text that a value could stand in, but those of public registers" "$(sql vb_owner "SELECT string_agg(table_name || '.' || column_name, ' ' ORDER BY 1) FROM information_schema.columns WHERE table_schema = 'fact' AND data_type = 'text' AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = 'fact')
    AND table_name NOT IN ('register_row', 'board_row', 'pupil_row', 'holiday_row')" | tr ' ' '\n' | sort | tr '\n' ' ')" "delivery.form delivery.kind delivery.respondents delivery.sha256 reject.field reject.rule "
is "rejects name only our own fields and rules" "$(sql vb_analyze "SELECT count(*) FROM fact.reject WHERE field ~ '[^A-Za-z0-9_]' OR rule !~ '^[a-z_.]+\$'")" 0
is "key files are closed to others" "$(find "$place/var/keys" -name '*.key' ! -perm 600 | wc -l)" 0
unlike "the server wrote no statement to its log" "$(cat "$(readlink -f "$place/var/pg")/server.log" 2>/dev/null)" "STATEMENT|DETAIL|INSERT INTO"
# Handle with Care
before=$(PGOPTIONS= pg_dump --data-only -d "$(vb db dsn)" 2>/dev/null | grep -v restrict | md5sum)
variants=("naam;geboortedatum;Handle with Care" "naam;HwC;datum" "naam;geboortedatum;HWC-signaal" "naam;handle_with_care;x" "naam;x;Handle-With-Care")
n=0
for header in "${variants[@]}"; do
    n=$((n + 1)); mkdir "$place/s$n"
    printf '%s\nKindje Testnaam;2015-03-02;ja\n' "$header" > "$place/s$n/gewoon$n.csv"
    out=$(vb ingest --verbose "$place/s$n" 2>&1 < /dev/null); is "refused: ${header##*;}" "$?" 3
    unlike "nothing says which file or why" "$out" 'gewoon|Handle|HwC|Kindje'
    like "only a general sentence" "$out" 'some input was refused because it may not be processed'
done
out=$(LANGUAGE=nl vb config suggest "$place/s1/gewoon1.csv" 2>&1 < /dev/null); is "asked to propose a form for it, in Dutch" "$? $out" '3 veiligbeeld: fout: een deel van de invoer is geweigerd omdat het niet verwerkt mag worden'
mkdir "$place/s9"; printf 'incident_nr;brin;vestiging;datum;vorm;toelichting\n1;99AZ;0;2026-01-12;pesten;"De politie gaf een Handle\xc2\xa0with\xc2\xa0Care signaal"\n2;99AZ;0;2026-01-13;pesten;niets\n' > "$place/s9/incidenten_99AZ00_2025-2026.csv"
vb ingest "$place/s9" > "$place/log9" 2>&1; is "in free text of an ordinary form: refused whole" "$?" 3
mkdir "$place/s10"; printf 'a;b\n1;2\n' > "$place/s10/handle-with-care_99AZ00.csv"
vb ingest "$place/s10" > "$place/log10" 2>&1; is "in a file name" "$?" 3
mkdir -p "$place/s11/Handle with Care"; printf 'incident_nr;brin;vestiging;datum;vorm\n1;99AZ;0;2026-01-12;pesten\n' > "$place/s11/Handle with Care/incidenten_99AZ00_2025-2026.csv"
vb ingest "$place/s11" > "$place/log11" 2>&1; is "in the name of a folder" "$?" 3
unlike "which is not named either" "$(cat "$place/log11")" 'Handle|99AZ'
mkdir "$place/s12"; printf '\xff\xfeH\0a\0n\0d\0l\0e\0 \0w\0i\0t\0h\0 \0C\0a\0r\0e\0\n\0' > "$place/s12/jan_jansen.csv"
vb ingest --verbose "$place/s12" > "$place/log12" 2>&1; is "in UTF-16" "$?" 3
unlike "without its name in the log" "$(cat "$place/log12")" 'jansen'
is "no trace in the database: not a row, not a counter" "$(PGOPTIONS= pg_dump --data-only -d "$(vb db dsn)" 2>/dev/null | grep -v restrict | md5sum)" "$before"
sha=$(sha256sum "$place/s1/gewoon1.csv" | cut -c1-64)
for word in "Kindje Testnaam" "$sha" "Handle with Care" "gewoon1"; do nowhere "no trace of \"${word:0:16}\"" "$word"; done
is "the files stay where they were" "$(ls "$place"/s*/*.csv | wc -l)" 8
on_terminal=$(script -qec "$root/veiligbeeld ingest $place/s1" /dev/null 2>&1 < /dev/null)
like "on a terminal the operator sees which file it was" "$on_terminal" 'gewoon1.csv: refused; it holds data that may not be registered'
finish
