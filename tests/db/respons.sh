#!/usr/bin/env bash
# Respondents against pupils where the register masks a group of fewer than five: by hand.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 2 --first 2025 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
mkdir "$place/hand"
head='schooljaar;vestigingscode;groep;afnamedatum;sfeer_1;sfeer_2;sfeer_3;sfeer_4;sfeer_5;lessen_1;lessen_2;lessen_3;lessen_4;cijfer;veilig;gepest_school;gepest_online;pijn;bang;ruzie_hulp'
echo "$head" > "$place/hand/drie.csv"; echo "$head" > "$place/hand/twee.csv"
answers() { for _ in $(seq "$4"); do echo "2025-2026;$2;$3;2026-05-26;+;+;+;+;+;+;+;+;+;7;+;Nooit;Nooit;Nooit;Nooit;Altijd" >> "$place/hand/$1.csv"; done; }
two=$(sql vb_owner "SELECT l.code FROM register.location l JOIN register.location_period p USING (location_no) WHERE p.board_no = 99002 AND NOT l.office ORDER BY l.code LIMIT 1")
pupils() { # school, total, pupils of groups 1 to 8; "-" = masked
    sql vb_owner "DELETE FROM register.pupil_count WHERE year = 2025 AND location_no = (SELECT location_no FROM register.location WHERE code = '$1');
    INSERT INTO register.pupil_count SELECT location_no, 2025, g - 1, nullif(n, '-')::int, n = '-' FROM register.location, unnest('{$2,$3}'::text[]) WITH ORDINALITY u(n, g) WHERE code = '$1'"
}
# All masked groups were asked: one of four pupils, two of five together.
pupils 99AZ00 74 10,10,10,10,10,-,10,10; answers drie 99AZ00 5 8; answers drie 99AZ00 6 3
pupils 99BA00 65 10,10,10,10,-,-,10,10; answers drie 99BA00 5 1; answers drie 99BA00 6 3; answers drie 99BA00 7 9
# One of two was asked: how many of the five sit in it nobody knows. And an answer without a group, and of a group that the count does not have.
pupils 99BB00 55 -,10,10,10,10,-,10; answers drie 99BB00 5 7; answers drie 99BB00 6 2; answers drie 99BB00 '' 1; answers drie 99BB00 8 1
# More answers than pupils, of whom nobody is masked.
pupils 99BC00 80 10,10,10,10,10,10,10,10; answers drie 99BC00 8 12
# A total that is of another count than the groups.
pupils "$two" 90 10,10,10,10,10,-,10,10; answers twee "$two" 5 6; answers twee "$two" 6 2
cat > "$place/hand/manifest.json" <<M
{"received": "2026-08-20", "files": [{"file": "drie.csv", "board": 99003, "form": "enquete-bijlage15", "schooljaar": "2025-2026"}, {"file": "twee.csv", "board": 99002, "form": "enquete-bijlage15", "schooljaar": "2025-2026"}]}
M
vb ingest --as-of 2026-09-01 "$place/hand" >> "$place/log" 2>&1; is "the answers come in" "$?" 0
vb analyze --schooljaar 2025-2026 --as-of 2026-09-14 >> "$place/log" 2>&1; is "analyze" "$?" 0
q() { sql vb_analyze "SELECT string_agg(coalesce(l.code, board_no::text) || ' ' || events || ' ' || numerator || '/' || denominator, ', ' ORDER BY l.code) FROM result.figure LEFT JOIN register.location l USING (location_no) WHERE indicator = 'respons' AND schooljaar = 2025 AND $1"; }
is "who answered, of whom in groups whose pupils are known, and those pupils" "$(q "breakdown = 'school' AND board_no = 99003")" "99AZ00 11 11/14, 99BA00 13 13/15, 99BB00 11 7/10, 99BC00 12 10/10"
is "the board" "$(q "breakdown = 'totaal' AND board_no = 99003")" "99003 47 43/49"
is "a total that cannot be of these groups is not used" "$(q "breakdown = 'school' AND board_no = 99002")" "$two 8 6/10"
is "nobody answers a question who is not among those who answered" "$(sql vb_analyze "SELECT count(*) || ' ' || count(*) FILTER (WHERE g.events > r.events) FROM result.figure g JOIN result.figure r USING (board_no, schooljaar, breakdown, location_no, category) WHERE g.indicator = 'gepest' AND r.indicator = 'respons' AND breakdown IN ('school', 'totaal')")" "7 0"
finish
