#!/usr/bin/env bash
# A school year that is reported while it runs: schools send what they have so far, and each report must be able to stand beside all earlier ones.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 2 --first 2022 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
for year in 2022-2023 2023-2024 2024-2025; do vb ingest "$place/in/99001/$year" >> "$place/log" 2>&1; done
# Cut a folder of deliveries off at a date: rows of what happened later are not there yet, and neither is the questionnaire before March.
cat > "$place/cut.py" <<'PY'
import csv, json, os, re, sys
source, to, until = sys.argv[1:]
os.makedirs(to)
happened = ["datum", "Datum voorval", "Wanneer gebeurde het?", "ontvangen_op", "begin"]
def day(text):
    a, b, c = re.match(r"(\d+)[-/. ](\w+)[-/. ](\d+)", text).groups()
    return f"{a}-{int(b):02}-{int(c):02}" if len(a) == 4 else f"{c}-{int(b):02}-{int(a):02}"
manifest = json.load(open(f"{source}/manifest.json"))
sent = []
for file in manifest["files"]:
    name = file["file"]
    if "_v2" in name or not name.startswith(("incident", "klacht", "maatregel", "enquete", "doelen")) or (name.startswith("enquete") and until < "2026-03-01"):
        continue
    data = open(f"{source}/{name}", "rb").read()
    if name.startswith(("incident", "klacht", "maatregel")):
        try:
            text, encoding = data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            text, encoding = data.decode("latin-1"), "latin-1"
        delimiter = max(";,", key=text.split("\n")[0].count)
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
        column = next(at for at, head in enumerate(rows[0]) if head in happened)
        kept = [rows[0]] + [row for row in rows[1:] if len(row) > column and day(row[column]) <= until]
        with open(f"{to}/{name}", "w", encoding=encoding, newline="") as out:
            csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(kept)
    else:
        open(f"{to}/{name}", "wb").write(data)
    sent.append({**file, "received": until})
json.dump({**manifest, "files": sent}, open(f"{to}/manifest.json", "w"))
PY
total() { echo "SELECT coalesce(sum(events), 0) FROM $1.figure WHERE board_no = 99001 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'totaal' ${2:-}"; }
: > "$place/shares"
for until in 2025-10-31 2025-12-31 2026-01-31 2026-03-31 2026-05-31 2026-07-31; do
    python3 "$place/cut.py" "$place/in/99001/2025-2026" "$place/sent/$until" "$until" || exit 1
    vb ingest --as-of "$until" "$place/sent/$until" >> "$place/log" 2>&1; status=$?
    ok "what schools sent by $until is taken" test $status -eq 0 -o $status -eq 3
    vb analyze --schooljaar 2025-2026 --as-of "$until" >> "$place/log" 2>&1; is "$until: analyze" "$?" 0
    vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "$until: the release stands beside all earlier ones" "$?" 0
    is "$until: bestuur sees the total of that day" "$(q "$(total release "AND audience = 'bestuur'")")" "$(o "$(total result)")"
    q "SELECT '$until', audience, count(*) FILTER (WHERE kept), count(*) FILTER (WHERE NOT kept AND decision <> 'withheld'), count(*) FILTER (WHERE NOT kept AND decision = 'withheld') FROM release.decision WHERE board_no = 99001 AND schooljaar = 2025 GROUP BY audience ORDER BY audience" >> "$place/shares"
done
is "the attacker who kept all six reports finds nothing" "$(vb disclose --audit all > "$place/audit" 2>&1; echo $?)" 0
ok "and he subtracted many of them" test "$(sed -n 's/^  He compared \([0-9]*\) pairs.*/\1/p' "$place/audit" | head -1)" -gt 3000
ok "most tables of the last report are of the last day" test "$(awk -F'|' '$1 == "2026-07-31" && $2 == "bestuur" { print ($4 > 2 * $3) }' "$place/shares")" = 1
is "nothing is kept of which the table does not stand" "$(q "SELECT count(*) FROM release.decision d WHERE kept AND decision <> 'withheld' AND NOT EXISTS (SELECT FROM release.figure f WHERE (f.audience, f.board_no, f.schooljaar, f.indicator, f.breakdown) = (d.audience, d.board_no, d.schooljaar, d.indicator, d.breakdown))")" 0
is "a wider audience stays where a narrower one does" "$(q "SELECT count(*) FROM release.decision b JOIN release.decision g USING (board_no, schooljaar, indicator, breakdown) WHERE b.audience = 'bestuur' AND g.audience = 'gmr' AND b.kept AND NOT g.kept AND g.decision <> 'withheld'")" 0
is "verify" "$(vb verify > /dev/null 2>&1; echo $?)" 0
[ -z "${SHOW:-}" ] || cat "$place/shares" "$place/audit"
finish
