#!/usr/bin/env bash
# Real records that nobody here wrote: NSW incidents, YRBS answers, and TIMSS pupils where the file is at hand.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
cd "$root"
d=data/praktijkproef
vb ingest data/register $d > "$place/log" 2>&1
q() { sql vb_analyze "$1"; }
files=$(ls $d/nsw_*.csv)
in_files=$(for f in $files; do tail -n +2 "$f"; done | wc -l)
is "NSW: rows in the files" "$in_files" 7502
is "NSW: loaded + rejected + duplicate = read" "$(q "SELECT sum(rows_read) || ' ' || sum(rows_loaded + rows_rejected + rows_superseded + rows_duplicate) FROM fact.delivery WHERE form LIKE 'nsw-%'")" "7502 7502"
is "NSW: repeated case numbers" "$(for f in $files; do tail -n +2 "$f" | cut -d, -f1; done | sort | uniq -d | wc -l) $(q "SELECT sum(rows_duplicate + rows_superseded) FROM fact.delivery WHERE form LIKE 'nsw-%'")" "7 7"
for year in 2019 2020 2021; do
    is "NSW: total of $year as in the files" "$(q "SELECT sum(rows_loaded + rows_rejected + rows_superseded + rows_duplicate) FROM fact.delivery WHERE form LIKE 'nsw-%' AND extract(year FROM period_begin) = $year")" "$(for f in $d/nsw_$year*.csv; do tail -n +2 "$f"; done | wc -l)"
done
is "NSW: every loaded row stands in fact" "$(q "SELECT count(*) FROM fact.incident")" "$(q "SELECT sum(rows_loaded) FROM fact.delivery WHERE form LIKE 'nsw-%'")"
is "NSW: networks are locations, as in the files" "$(q "SELECT count(*) FROM register.location WHERE scope = 'nsw'")" "$(tail -n +2 -q $files | awk -F, '{print}' | python3 -c '
import csv, glob, sys
print(len({" ".join(r["Principal Network Name"].split()) for f in glob.glob("data/praktijkproef/nsw_*.csv") for r in csv.DictReader(open(f, encoding="utf-8-sig"))} - {""}))')"
is "NSW: assaults as in the files" "$(q "SELECT count(*) FROM fact.incident i JOIN register.code c ON c.list = 'vorm' AND c.no = i.vorm WHERE c.code = 'wapenbezit'")" "$(python3 -c '
import csv, glob
seen = set(); n = 0
for f in sorted(glob.glob("data/praktijkproef/nsw_*.csv")):
    for r in csv.DictReader(open(f, encoding="utf-8-sig")):
        if r["Case Number"] in seen or not r["Principal Network Name"].strip(): continue
        seen.add(r["Case Number"]); n += r["Primary Category"].strip() in ("Possession of a Weapon", "Located Weapon")
print(n)')"
vb analyze --schooljaar 2020-2021 --as-of 2021-12-31 > "$place/log" 2>&1; is "analysis of real records" "$?" 0
is "the change of scope in mid 2019 is a break" "$(q "SELECT on_date || ' ' || reason FROM result.series_break WHERE board_no = 99901 AND kind = 'incident'")" "2019-07-01 vanaf half 2019 registreert NSW ook incidenten met een lagere prioriteit"
is "YRBS: respondents" "$(q "SELECT count(*) FROM fact.answer a JOIN register.instrument USING (instrument) WHERE code = 'yrbs-2019'")" 13677
share() { awk -F, -v c="$2" -v hit="$3" 'NR > 1 {v = $c; gsub(/"/, "", v); if (v != "") {n++; x += index(hit, v) > 0}} END {printf "%d %d", x, n}' "$1"; }
figure() { q "SELECT numerator || ' ' || denominator FROM result.figure WHERE board_no = $1 AND schooljaar = 2018 AND indicator = '$2' AND breakdown = 'totaal'"; }
y=$d/yrbs2019_school_safety_items.csv
is "YRBS: bullied at school, as counted by awk" "$(figure 99901 gepest)" "$(share $y 9 1)"
is "YRBS: bullied online" "$(figure 99901 gepest_online)" "$(share $y 10 1)"
item() { q "SELECT string_agg(n::text, ' ' ORDER BY v NULLS FIRST) FROM (SELECT fact.answered(a.answer, i.pos) AS v, count(*) AS n FROM fact.answer a JOIN register.item i USING (instrument) WHERE i.code = '$1' GROUP BY 1) t"; }
for column in 4 5 6 7 8; do
    code=$(head -1 $y | tr -d '"\r' | cut -d, -f$column)
    is "YRBS: every answer to $code" "$(item "$code")" "$(tail -n +2 $y | tr -d '"\r' | cut -d, -f$column | sort | uniq -c | awk '{printf "%s%s", (NR > 1 ? " " : ""), $1}')"
done
timss=
[ -z "${PRAKTIJKPROEF_DATA:-}" ] || timss=$(find "$PRAKTIJKPROEF_DATA" -name timss2019_grade4_turkey_pupils.csv -print -quit 2>/dev/null)
if [ -z "$timss" ]; then
    skip "TIMSS 2019" "PRAKTIJKPROEF_DATA names no directory with timss2019_grade4_turkey_pupils.csv"
else
    mkdir "$place/timss"; cp "$timss" "$place/timss/"
    cat > "$place/timss/manifest.json" <<'JSON'
{"board": 99902, "files": [{"file": "timss2019_grade4_turkey_pupils.csv", "form": "register-timss", "received": "2018-08-01"},
                           {"file": "timss2019_grade4_turkey_pupils.csv", "form": "timss-2019", "received": "2019-12-31"}]}
JSON
    vb ingest "$place/timss" > "$place/log" 2>&1
    is "TIMSS: respondents and locations" "$(q "SELECT count(*) || ' ' || count(DISTINCT location_no) FROM fact.answer JOIN register.instrument USING (instrument) WHERE code = 'timss-2019'")" "4028 180"
    vb analyze --board 99902 --schooljaar 2018-2019 --as-of 2019-12-31 > "$place/log" 2>&1
    is "TIMSS: made fun of monthly or more" "$(figure 99902 gepest)" "$(share "$timss" 12 12)"
    is "TIMSS: hurtful messages monthly or more" "$(figure 99902 gepest_online)" "$(share "$timss" 19 12)"
    is "TIMSS: feels safe" "$(figure 99902 voelt_veilig)" "$(share "$timss" 8 12)"
    for column in 7 8 9 10 11 12 15 22; do
        code=$(head -1 "$timss" | tr -d '"\r' | cut -d, -f$column)
        is "TIMSS: every answer to $code" "$(item "$code")" "$(tail -n +2 "$timss" | tr -d '"\r' | cut -d, -f$column | sort | uniq -c | awk '{printf "%s%s", (NR > 1 ? " " : ""), $1}')"
    done
fi
# A board of more than 60 locations, without numbers of pupils: a page for the MR of each, in PDF when it is asked for.
vb disclose --schooljaar 2020-2021 > "$place/log" 2>&1; is "release of real records" "$?" 0
vb report --board 99901 --schooljaar 2020-2021 --as-of 2021-12-31 > "$place/log" 2>&1; is "reports of real records" "$?" 0
pages=$place/out/99901/2020-2021/mr
is "a page for every network, and no PDF" "$(ls "$pages"/*.html | wc -l) $(find "$pages" -name '*.pdf' | wc -l)" "$(q "SELECT count(*) FROM register.location WHERE scope = 'nsw'") 0"
one=$(sql vb_report "SELECT l.code || '|' || f.events FROM release.figure f JOIN register.location l USING (location_no) WHERE f.audience = 'gmr' AND f.board_no = 99901 AND f.schooljaar = 2020 AND f.indicator = 'incidenten' AND f.breakdown = 'school' ORDER BY l.code LIMIT 1")
vb report --board 99901 --schooljaar 2020-2021 --as-of 2021-12-31 --editie mr --school "${one%|*}" > "$place/log" 2>&1
is "one that is asked for has" "$(find "$pages" -name '*.pdf' | sed 's,.*/,,')" "$(tr ' /' '--' <<<"${one%|*}").pdf"
like "without pupils there are numbers alone" "$(cat "$pages/$(tr ' /' '--' <<<"${one%|*}").html")" "Incidenten: ${one#*|} \(er is geen leerlingaantal om dat op te betrekken\)"
finish
