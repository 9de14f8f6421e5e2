#!/usr/bin/env bash
# Schools that change board, close or merge, with the real changes between the register vintages of 2020, 2021 and 2026: records stay with the
# school, and each board sees only the time it was theirs. And deliveries that come late, in parts, or again.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
vb ingest "$root/data/register" > "$place/log" 2>&1
# The changes, counted from the files by other programs: code, board of 2020, board of 2026.
for f in alle-vestigingen-bo.2020.csv 02.-alle-schoolvestigingen-basisonderwijs.2026-04.csv; do
    iconv -f cp1252 -t utf-8 "$root/data/register/$f" | awk -F';' 'NR > 1 {gsub(/"/, ""); print $4, $2}' | sort > "$place/$f"
done
join "$place/alle-vestigingen-bo.2020.csv" "$place/02.-alle-schoolvestigingen-basisonderwijs.2026-04.csv" | awk '$2 != $3' > "$place/changed"
n=$(wc -l < "$place/changed")
is "the changes of board between 2020 and 2026" "$n" 483 # 96 by 2021-10 and 392 after it, some twice or back
mkdir -p "$place/late"; sep=
# The old board delivers 2020-2021, the new one 2025-2026: one incident of every school that changed.
awk -v dir="$place/late" '{old = dir "/incident_" $2 "_2020-2021.csv"; new = dir "/incident_" $3 "_2025-2026.csv"
    if (!(old in seen)) {print "incident_nr;vestigingscode;datum;vorm;betrokkenen" > old; seen[old] = 1}
    if (!(new in seen)) {print "incident_nr;vestigingscode;datum;vorm;betrokkenen" > new; seen[new] = 1}
    print NR ";" $1 ";2020-11-16;pesten;Jan Zonder" > old; print NR ";" $1 ";2026-05-18;fysiek;Jan Zonder" > new}' "$place/changed"
cat > "$place/late/manifest.json" <<M
{"received": "2026-08-20", "files": [$(for f in "$place"/late/*.csv; do b=$(basename "$f"); board=${b#incident_}; board=${board%%_*}; year=${b##*_}; printf '%s{"file": "%s", "board": %d, "form": "incident-canoniek", "schooljaar": "%s"}' "$sep" "$b" "$((10#$board))" "${year%.csv}"; sep=,; done)]}
M
vb ingest --as-of 2026-09-01 "$place/late" > "$place/log" 2>&1
is "every board may deliver the years in which the school was theirs" "$?" 0
is "both rows of every school are there, under one location" "$(sql vb_analyze "SELECT count(*), count(DISTINCT location_no) FROM fact.incident")" "$((2 * n))|$n"
sql vb_analyze "SELECT l.code || ' ' || max(v.board_no) FILTER (WHERE v.schooljaar = 2020) || ' ' || max(v.board_no) FILTER (WHERE v.schooljaar = 2025) FROM fact.incident_board v JOIN register.location l USING (location_no) GROUP BY l.code" | LC_ALL=C sort > "$place/got"
awk '{print $1, $2 + 0, $3 + 0}' "$place/changed" | LC_ALL=C sort > "$place/want"
ok "the old board sees the old incident, the new board the new one, for all $n" cmp -s "$place/got" "$place/want"
is "nobody sees another's" "$(sql vb_analyze "SELECT count(*) FROM fact.incident_board")" "$((2 * n))"
is "the same child has another pseudonym at each board: keys are per board" "$(sql vb_analyze "SELECT count(*) FROM (SELECT location_no FROM fact.incident i CROSS JOIN LATERAL fact.persons(i.people) p GROUP BY location_no HAVING count(DISTINCT p) = 2) x")" "$n"

read -r code old new < "$place/changed"
# The new board delivers the whole history of a school it took over: the old years stay with the school and are the old board's to see.
mkdir "$place/history"; printf 'incident_nr;vestigingscode;datum;vorm\nH1;%s;2020-12-01;pesten\nH2;%s;2026-04-20;pesten\n' "$code" "$code" > "$place/history/geschiedenis.csv"
printf '{"received": "2026-08-21", "board": %d, "files": [{"file": "geschiedenis.csv", "form": "incident-canoniek", "period": ["2020-08-01", "2026-07-31"]}]}' "$((10#$new))" > "$place/history/manifest.json"
out=$(vb ingest --as-of 2026-09-01 "$place/history" 2>&1)
like "told as a finding" "$out" 'row 1, column 2 \(locatie\): loaded, but on this date the school belonged to another board \[locatie.toen_ander_bestuur\]'
is "and attributed by date" "$(sql vb_analyze "SELECT string_agg(board_no::text, ' ' ORDER BY occurred_on) FROM fact.incident_board WHERE delivery_no = (SELECT max(delivery_no) FROM fact.delivery)")" "$((10#$old)) $((10#$new))"
like "a year in which the school was not theirs is refused" "$(printf 'incident_nr;vestigingscode;datum;vorm\nX1;%s;2020-12-02;pesten\n' "$code" > "$place/x.csv"; vb ingest --as-of 2026-09-01 --board "$((10#$new))" --form incident-canoniek "$place/x.csv" 2>&1)" 'locatie.ander_bestuur'

# A school that is in 2020 and in no later vintage has closed.
closed=$(iconv -f cp1252 -t utf-8 "$root/data/register/03-alle-vestigingen-bo.2021-10.csv" | awk -F';' 'NR > 1 {gsub(/"/, ""); print $4}' | sort > "$place/c2021"; comm -23 <(comm -23 <(cut -d' ' -f1 "$place/alle-vestigingen-bo.2020.csv" | sort) "$place/c2021") <(cut -d' ' -f1 "$place/02.-alle-schoolvestigingen-basisonderwijs.2026-04.csv" | sort) | head -1)
board=$(awk -v c="$closed" '$1 == c {print $2 + 0}' "$place/alle-vestigingen-bo.2020.csv")
mkdir "$place/closed"; printf 'incident_nr;vestigingscode;datum;vorm\nC1;%s;2021-03-01;pesten\nC2;%s;2022-03-01;pesten\nC3;%s;2021-04-01;pesten\nC4;%s;2021-05-01;pesten\nC5;%s;2021-06-01;pesten\n' "$closed" "$closed" "$closed" "$closed" "$closed" > "$place/closed/dicht.csv"
printf '{"received": "2026-08-21", "board": %d, "files": [{"file": "dicht.csv", "form": "incident-canoniek", "period": ["2020-08-01", "2022-07-31"]}]}' "$board" > "$place/closed/manifest.json"
out=$(vb ingest --as-of 2026-09-01 "$place/closed" 2>&1)
like "a date after a school closed costs its row" "$out" 'row 2, column 2 \(locatie\): the school did not exist on this date \[locatie.gesloten\]; check the date, or deliver the row under the school that it merged into'
is "its history stays" "$(sql vb_analyze "SELECT count(*) FROM fact.incident_board WHERE delivery_no = (SELECT max(delivery_no) FROM fact.delivery)")" 4
is "no row of any board is invisible to all" "$(sql vb_analyze "SELECT (SELECT count(*) FROM fact.incident) - (SELECT count(*) FROM fact.incident_board)")" 0

# Partial periods stand beside each other, a later delivery of the same period replaces, an earlier file again does not come back.
school=$(cut -d' ' -f1 "$place/02.-alle-schoolvestigingen-basisonderwijs.2026-04.csv" | sort | comm -23 - <(cut -d' ' -f1 "$place/changed" | sort) | head -1)
part() { # name, period begin, period end, received, rows
    mkdir -p "$place/$1"; printf 'incident_nr;datum;vorm\n%b' "$5" > "$place/$1/$1.csv"
    printf '{"received": "%s", "files": [{"file": "%s.csv", "form": "incident-canoniek", "location": "%s", "period": ["%s", "%s"]}]}' "$4" "$1" "$school" "$2" "$3" > "$place/$1/manifest.json"
    vb ingest --as-of 2026-09-01 "$place/$1" 2>&1
}
mine="SELECT string_agg(i.vorm::text, ',' ORDER BY i.occurred_on) FROM fact.incident i JOIN register.location l USING (location_no) WHERE l.code = '$school'"
part half1 2025-08-01 2026-01-31 2026-02-10 '1;2025-10-06;pesten\n2;2025-11-03;fysiek\n' > /dev/null
part half2 2026-02-01 2026-07-31 2026-08-10 '3;2026-03-02;diefstal\n' > /dev/null
is "two halves of a year add up" "$(sql vb_analyze "$mine")" "7,1,5"
like "a date outside its half is refused" "$(part half3 2026-02-01 2026-07-31 2026-08-11 '3;2026-03-02;diefstal\n4;2025-12-01;pesten\n')" 'row 2, column 2 \(datum\): the date lies outside the period of the delivery'
part half1b 2025-08-01 2026-01-31 2026-08-12 '1;2025-10-06;verbaal\n' > /dev/null
is "a correction replaces its half only" "$(sql vb_analyze "$mine")" "2,5"
part half1 2025-08-01 2026-01-31 2026-02-10 '1;2025-10-06;pesten\n2;2025-11-03;fysiek\n' > "$place/log"
# Files of one run that say neither school nor month stand beside each other: none is a correction of another.
mkdir "$place/beside"; two=$(cut -d' ' -f1 "$place/02.-alle-schoolvestigingen-basisonderwijs.2026-04.csv" | sort | comm -23 - <(cut -d' ' -f1 "$place/changed" | sort) | sed -n 2p)
bd() { sql vb_analyze "SELECT p.board_no FROM register.location l JOIN register.location_period p USING (location_no) WHERE l.code = '$1' AND p.valid_to = 'infinity'"; }
printf 'incident_nr;datum;vorm\n101;2024-10-06 10:30;pesten\n' > "$place/beside/sept.csv"; printf 'incident_nr;datum;vorm\n102;2024-11-06;pesten\n' > "$place/beside/okt.csv"
printf '{"received": "2026-08-20", "files": [{"file": "sept.csv", "form": "incident-canoniek", "location": "%s", "schooljaar": "2024-2025"}, {"file": "okt.csv", "form": "incident-canoniek", "location": "%s", "schooljaar": "2024-2025"}]}' "$two" "$two" > "$place/beside/manifest.json"
vb ingest --as-of 2026-09-01 "$place/beside" > "$place/log" 2>&1
is "two monthly files of one run: both are there" "$(sql vb_analyze "SELECT count(*) FROM fact.incident i JOIN register.location l USING (location_no) WHERE l.code = '$two'")" 2
mkdir "$place/unnamed"; printf 'incident_nr;vestigingscode;datum;vorm\n201;%s;2023-10-06 10:30;pesten\n202;%s;2023-10-06 10:30;pesten\n' "$two" "$two" > "$place/unnamed/export.csv"
vb ingest --as-of 2026-09-01 --board "$(bd "$two")" "$place/unnamed" > "$place/log" 2>&1
is "a file read twice for its period keeps the hour behind its dates" "$(sql vb_analyze "SELECT string_agg(coalesce(hour::text, '-'), ' ') FROM fact.incident i JOIN register.location l USING (location_no) WHERE l.code = '$two' AND occurred_on = '2023-10-06'")" "10 10"
# A row that was a duplicate of a delivery which is then replaced comes back when its file is delivered again.
mkdir "$place/dup"; b=$(bd "$two")
dup() { printf 'incident_nr;vestigingscode;datum;vorm\n%b' "$3" > "$place/dup/$1.csv"; printf '{"received": "%s", "board": %d, "files": [{"file": "%s.csv", "form": "incident-canoniek", "period": ["%s", "2023-07-31"]}]}' "$2" "$b" "$1" "$4" > "$place/dup/manifest.json"; out=$(vb ingest --as-of 2026-09-01 "$place/dup" 2>&1); rm "$place/dup/$1.csv"; }
count() { sql vb_analyze "SELECT string_agg(i.occurred_on::text, ' ' ORDER BY i.occurred_on) FROM fact.incident i JOIN register.location l USING (location_no) WHERE l.code = '$two' AND occurred_on BETWEEN '2022-08-01' AND '2023-07-31'"; }
dup wide 2026-08-01 "301;$two;2023-01-10;pesten\n302;$two;2023-02-10;pesten\n" 2022-08-01
dup part 2026-08-02 "301;$two;2023-01-10;pesten\n303;$two;2023-03-10;pesten\n" 2022-12-01
is "one of two is a duplicate" "$(count)" "2023-01-10 2023-02-10 2023-03-10"
dup wide2 2026-08-03 "302;$two;2023-02-10;pesten\n" 2022-08-01
like "the correction says that others held duplicates" "$out" '1 other delivery of the board held duplicates'
dup part 2026-08-02 "301;$two;2023-01-10;pesten\n303;$two;2023-03-10;pesten\n" 2022-12-01
is "delivered again, nothing is missing" "$(count)" "2023-01-10 2023-02-10 2023-03-10"
is "every account closes" "$(sql vb_analyze "SELECT count(*) FROM fact.delivery WHERE rows_read <> rows_loaded + rows_rejected + rows_superseded + rows_duplicate")" 0
finish
