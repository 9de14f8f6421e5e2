#!/usr/bin/env bash
# CONTRIBUTING's walk "add an indicator", taken from the page itself: one JSON entry, one SQL file, no C.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
tree=$place/tree
mkdir "$tree"; cd "$root"
cp -a Makefile VERSION common cli ingest analyze reports sql config "$tree/"; cp -a build "$tree/build"
python3 - "$root/CONTRIBUTING.md" "$tree" <<'PY'
import json, re, sys
page, tree = open(sys.argv[1]).read(), sys.argv[2]
for path, body in re.findall(r"^```file=(\S+)\n(.*?)^```", page, re.S | re.M):
    open(f"{tree}/{path}", "w").write(body)
    print(path)
for chapter, body in re.findall(r"^```block=(\S+)\n(.*?)^```", page, re.S | re.M):
    path = f"{tree}/config/editions/bestuur.json"
    edition = json.load(open(path))
    next(c for c in edition["chapters"] if c["id"] == chapter)["blocks"].append(json.loads(body))
    json.dump(edition, open(path, "w"), ensure_ascii=False)
    print(chapter)
PY
# The same without its schools: the wall would not know what each of them can subtract.
sed -e 's/coalesce(location_no, 0)/0/' -e 's/GROUP BY GROUPING SETS .*/GROUP BY board_no, schooljaar/' "$tree/sql/query/analyze/nazorg.sql" > "$tree/sql/query/analyze/nazorg_los.sql"
# And with a school of which there is no cell.
sed -e 's/GROUPING SETS .*/board_no, schooljaar, location_no/' "$tree/sql/query/analyze/nazorg.sql" > "$tree/sql/query/analyze/nazorg_wees.sql"
make -s -C "$tree" CI= veiligbeeld > "$place/make.log" 2>&1; is "the program builds with the new query" "$?" 0
simulate --out "$place/in" --seed 4 --first 2024 > /dev/null
vb() { VEILIGBEELD_HOME=$tree "$tree/veiligbeeld" "$@"; }
is "the configuration is sound" "$(vb config check)" "configuration in $tree/config is sound"
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
vb run --board 99001 --schooljaar 2025-2026 --as-of 2026-09-14 --editie bestuur "$place/in/99001" > "$place/log" 2>&1
is "the run ends (some rows of the example are refused)" "$?" 3
is "the figure is the share counted another way" "$(sql vb_analyze "SELECT numerator || '/' || denominator FROM result.figure WHERE indicator = 'nazorg' AND schooljaar = 2025")" \
   "$(sql vb_analyze "SELECT sum(aftercare::int) || '/' || count(aftercare) FROM fact.incident WHERE occurred_on BETWEEN '2025-08-01' AND '2026-07-31'")"
is "it passed the wall" "$(sql vb_report "SELECT count(*) FROM release.figure WHERE audience = 'bestuur' AND indicator = 'nazorg' AND schooljaar = 2025 AND value BETWEEN 0 AND 100")" 1
like "and stands in the report" "$(cat "$place/out/99001/2025-2026/bestuur.html")" 'Nazorg na incidenten'
for query in nazorg_los nazorg_wees; do
    sed -e "s/\"nazorg\"/\"$query\"/" "$tree/config/indicators/nazorg.json" > "$tree/config/indicators/$query.json"
    out=$(vb analyze --board 99001 --schooljaar 2025-2026 --as-of 2026-09-14 2>&1); is "$query is refused" "$?" 2
    case $query in nazorg_los) want='the rows of schools do not add up to a cell of breakdown "totaal" \(board 99001, 2024\)' ;; *) want='a row of a school has no cell of breakdown "totaal" \(board 99001, 2024\)' ;; esac
    like "and told why" "$out" "sql/query/analyze/$query.sql: $want; mend the query"
    rm "$tree/config/indicators/$query.json"
done
is "the results are those from before" "$(sql vb_analyze "SELECT count(*) || ' ' || count(DISTINCT location_no) FROM result.spread WHERE indicator = 'nazorg' AND schooljaar = 2025")" "$(sql vb_analyze "SELECT schools || ' ' || schools FROM result.figure WHERE indicator = 'nazorg' AND schooljaar = 2025")"
finish
