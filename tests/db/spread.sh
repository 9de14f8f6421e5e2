#!/usr/bin/env bash
# How the tables of a board spread over its schools (result.spread): against the cells, against the records, and by hand for a board of two schools.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 2 --first 2021 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
for board in 99001 99002; do vb ingest "$place/in/$board" >> "$place/log" 2>&1; done
# A board by hand: Jan is named by both schools, and twice by one; one school has a complaint; one answers without having registered bullying.
mkdir "$place/hand"; cd "$place/hand" || exit 1
printf '%s\n' 'incident_nr;vestigingscode;datum;tijd;plaats;vorm;betrokkenen' '1;99BA00;2025-10-06;10:30;plein;pesten;Jan Zonder' '2;99BA00;2025-10-07;13:30;gang;digitaal pesten;Jan Zonder|Piet Wel' \
    '3;99BA00;2025-11-03;10:30;plein;fysiek;Piet Wel' '4;99BB00;2025-10-06;11:00;plein;pesten;Jan Zonder' '5;99BB00;2025-11-04;;plein;diefstal;' > incident.csv
printf 'schooljaar;vestigingscode;groep;afnamedatum;sfeer_1;sfeer_2;sfeer_3;sfeer_4;sfeer_5;lessen_1;lessen_2;lessen_3;lessen_4;cijfer;veilig;gepest_school;gepest_online;pijn;bang;ruzie_hulp\n' > enquete.csv
answer() { echo "2025-2026;$1;$2;2026-05-26;+;+;+;+;+;+;+;+;+;7;+;$3;Nooit;Nooit;Nooit;Altijd" >> enquete.csv; }
answer 99BA00 5 Nooit; answer 99BA00 5 Vaak; answer 99BA00 6 Vaak; answer 99BB00 6 Nooit; answer 99BB00 6 Vaak; answer 99BC00 5 Nooit; answer 99BC00 5 ''
printf 'klacht_nr;vestigingscode;ontvangen_op;soort;niveau;oordeel;besluit_op\nK1;99BA00;2025-10-01;communicatie;school;gegrond;2025-10-20\nK2;99BA00;2025-10-02;communicatie;school;;\n' > klacht.csv
cat > manifest.json <<M
{"received": "2026-08-20", "board": 99003, "files": [{"file": "incident.csv", "form": "incident-canoniek", "schooljaar": "2025-2026"}, {"file": "enquete.csv", "form": "enquete-bijlage15", "schooljaar": "2025-2026"}, {"file": "klacht.csv", "form": "klacht-canoniek", "schooljaar": "2025-2026"}]}
M
cd "$root" || exit 1
vb ingest --as-of 2026-09-01 "$place/hand" > "$place/hand.log" 2>&1; is "the board by hand comes in" "$?" 0
# A school that went to another board on 2021-10-01, so within a school year.
read -r moved old new < <(sql vb_owner "SELECT code || ' ' || a.board_no || ' ' || b.board_no FROM register.location l JOIN register.location_period a USING (location_no) JOIN register.location_period b USING (location_no) WHERE a.valid_to = '2021-09-30' AND b.valid_from = '2021-10-01' AND a.board_no <> b.board_no ORDER BY code LIMIT 1")
mkdir "$place/moved"
printf 'incident_nr;vestigingscode;datum;vorm\n1;%s;2021-09-06;pesten\n2;%s;2021-09-07;pesten\n' "$moved" "$moved" > "$place/moved/old.csv"; printf 'incident_nr;vestigingscode;datum;vorm\n3;%s;2021-11-08;pesten\n' "$moved" > "$place/moved/new.csv"
printf '{"received": "2022-08-20", "files": [{"file": "old.csv", "board": %d, "form": "incident-canoniek", "schooljaar": "2021-2022"}, {"file": "new.csv", "board": %d, "form": "incident-canoniek", "schooljaar": "2021-2022"}]}' "$old" "$new" > "$place/moved/manifest.json"
vb ingest --as-of 2026-09-01 "$place/moved" > "$place/moved.log" 2>&1; is "and a school that changed board" "$?" 0
vb analyze --schooljaar 2025-2026 --as-of 2026-09-14 >> "$place/log" 2>&1; is "analyze" "$?" 0
q() { sql vb_analyze "$1"; }

# Against the cells: all boards, years, indicators and breakdowns.
cells="(SELECT f.*, count(s.location_no) FILTER (WHERE s.events > 0) AS n, sum(s.events) AS e, max(s.events) AS most, sum(s.numerator) AS x, sum(s.denominator) AS d, count(*) FILTER (WHERE s.numerator IS NULL) AS no_x, count(*) FILTER (WHERE s.denominator IS NULL) AS no_d, count(s.location_no) AS rows
  FROM result.figure f LEFT JOIN result.spread s USING (board_no, schooljaar, indicator, breakdown, category) WHERE f.breakdown <> 'school' GROUP BY f.board_no, f.schooljaar, f.indicator, f.breakdown, f.location_no, f.category) c"
ok "there are cells to look at" test "$(q "SELECT count(*) FROM $cells WHERE events > 0")" -gt 500
is "of every breakdown that there is" "$(q "SELECT string_agg(DISTINCT breakdown, ' ' ORDER BY breakdown) FROM result.spread")" "groep instrument maand moment niveau oordeel plaats soort totaal vorm"
is "and every indicator" "$(q "SELECT count(*) FROM (SELECT indicator FROM result.figure WHERE events > 0 EXCEPT SELECT indicator FROM result.spread) x")" 0
is "the schools of every cell add up to it" "$(q "SELECT count(*) FROM $cells WHERE category <> 'unieke personen' AND coalesce(e, 0) <> events")" 0
is "and are as many as the cell says" "$(q "SELECT count(*) FROM $cells WHERE n <> schools")" 0
is "no school stands behind what is no cell" "$(q "SELECT count(*) FROM result.spread s LEFT JOIN result.figure f USING (board_no, schooljaar, indicator, breakdown, category) WHERE f.board_no IS NULL OR s.breakdown = 'school' OR s.events < 0 OR s.location_no <= 0")" 0
is "numerators and denominators add up where there are any" "$(q "SELECT count(*) FROM $cells WHERE rows > 0 AND (no_x = 0 AND x <> numerator OR no_d = 0 AND d <> denominator)")" 0
is "persons of a cell are at least those of one school, and at most those of all together" "$(q "SELECT count(*) || ' ' || count(*) FILTER (WHERE NOT persons BETWEEN most AND every) FROM (SELECT max(f.persons) AS persons, max(s.persons) AS most, sum(s.persons) AS every FROM result.figure f JOIN result.spread s USING (board_no, schooljaar, indicator, breakdown, category)
  WHERE f.breakdown <> 'school' GROUP BY f.board_no, f.schooljaar, f.indicator, f.breakdown, f.category HAVING count(s.persons) > 0) c" | sed 's/^[1-9][0-9]* /some /')" "some 0"
is "a school has as many in the whole year as its own cell says" "$(q "SELECT count(*) || ' ' || count(*) FILTER (WHERE s.persons IS DISTINCT FROM f.persons) FROM result.spread s JOIN result.figure f USING (board_no, schooljaar, indicator, location_no) WHERE s.breakdown = 'totaal' AND f.breakdown = 'school' AND s.indicator IN ('incidenten', 'pestincidenten')" | sed 's/^[1-9][0-9]* /some /')" "some 0"
is "and so do its answers spread" "$(q "SELECT count(s.sd) || ' ' || count(*) FILTER (WHERE abs(s.sd - f.sd) > 1e-9 OR (s.sd IS NULL) <> (s.events = 1)) FROM result.spread s JOIN result.figure f USING (board_no, schooljaar, indicator, location_no) WHERE s.breakdown = 'totaal' AND f.breakdown = 'school' AND s.indicator IN ('welbevinden', 'aantasting', 'veiligheidsbeleving')" | sed 's/^[1-9][0-9]* /some /')" "some 0"
is "by hand: persons of each school by form and month, each once" "$(q "SELECT string_agg(l.code || ' ' || s.category || ' ' || coalesce(s.persons::text, '-'), ', ' ORDER BY l.code, s.category) FROM result.spread s JOIN register.location l USING (location_no) WHERE s.board_no = 99003 AND s.schooljaar = 2025 AND (s.indicator = 'incidenten' AND s.breakdown = 'vorm' OR s.indicator = 'pest_maand')")" \
    "99BA00 2025-10 2, 99BA00 fysiek 1, 99BA00 pesten 2, 99BB00 2025-10 1, 99BB00 diefstal -, 99BB00 pesten 1"
is "which they have or do not have by kind of indicator" "$(q "SELECT string_agg(indicator || ' ' || CASE WHEN x = rows THEN 'x' WHEN x = 0 THEN '' ELSE '?' END || CASE WHEN d = rows THEN 'n' WHEN d = 0 THEN '' ELSE '?' END, ', ' ORDER BY indicator) FROM (SELECT indicator, count(*) AS rows, count(numerator) AS x, count(denominator) AS d FROM result.spread GROUP BY 1) t")" \
   "aantasting n, betrokkenen , gepest xn, gepest_online xn, incidenten , incidenten_maand , klachten , klachten_op_tijd xn, meldbereidheid xn, pest_maand , pestincidenten , respons n, schorsingen , schorsingen_gemeld xn, time_outs , veiligheidsbeleving n, voelt_veilig xn, welbevinden n"
is "a person may be at two schools, never at more than all" "$(q "SELECT count(*) FILTER (WHERE events NOT BETWEEN most AND e) || ' ' || (count(*) FILTER (WHERE e > events) > 0) FROM $cells WHERE category = 'unieke personen'")" "0 true"
is "what is told per school is the same number there" "$(q "SELECT count(*) || ' ' || count(*) FILTER (WHERE f.events <> s.events) FROM result.figure f JOIN result.spread s USING (board_no, schooljaar, indicator, location_no) WHERE f.breakdown = 'school' AND s.breakdown = 'totaal'" | sed 's/^[1-9][0-9]* /some /')" "some 0"

# Against the records, counted another way.
is "forms, places and months of each school" "$(q "WITH i AS (SELECT i.* FROM fact.incident_board i JOIN result.exposure x USING (board_no, location_no, month) WHERE x.covered),
  want AS (SELECT board_no, schooljaar::int, location_no, 'incidenten' AS indicator, 'vorm' AS breakdown, CASE c.code WHEN 'digitaal pesten' THEN 'pesten' ELSE c.code END AS category, count(*) FROM i JOIN register.code c ON c.list = 'vorm' AND c.no = i.vorm GROUP BY 1, 2, 3, 6
     UNION ALL SELECT board_no, schooljaar, location_no, 'incidenten', 'plaats', coalesce(c.code, 'onbekend'), count(*) FROM i LEFT JOIN register.code c ON c.list = 'plaats' AND c.no = i.place GROUP BY 1, 2, 3, 6
     UNION ALL SELECT board_no, schooljaar, location_no, 'incidenten_maand', 'maand', to_char(occurred_on, 'YYYY-MM'), count(*) FROM i GROUP BY 1, 2, 3, 6),
  have AS (SELECT board_no, schooljaar::int, location_no, indicator, breakdown, category, events FROM result.spread WHERE indicator IN ('incidenten', 'incidenten_maand') AND breakdown IN ('vorm', 'plaats', 'maand'))
  SELECT (SELECT count(*) > 1000 FROM want) || ' ' || (SELECT count(*) FROM (TABLE want EXCEPT TABLE have) x) || ' ' || (SELECT count(*) FROM (TABLE have EXCEPT TABLE want) x)")" "true 0 0"
is "persons of each school" "$(q "SELECT count(*) FROM (SELECT i.board_no, i.schooljaar::int, i.location_no, count(DISTINCT p) AS n FROM fact.incident_board i JOIN result.exposure x USING (board_no, location_no, month) CROSS JOIN LATERAL fact.persons(i.people) p WHERE x.covered GROUP BY 1, 2, 3) w
  FULL JOIN (SELECT board_no, schooljaar::int, location_no, events AS n FROM result.spread WHERE category = 'unieke personen') s USING (board_no, schooljaar, location_no, n) WHERE w.location_no IS NULL OR s.location_no IS NULL")" 0

# By hand.
by_hand() { q "SELECT s.breakdown || ' ' || s.category || ' ' || string_agg(l.code || '=' || s.events || coalesce(' ' || s.numerator || '/' || s.denominator, ''), ' ' ORDER BY l.code) FROM result.spread s JOIN register.location l USING (location_no) WHERE s.board_no = 99003 AND s.schooljaar = 2025 AND s.indicator = '$1' GROUP BY s.breakdown, s.category ORDER BY s.breakdown COLLATE \"C\", s.category COLLATE \"C\""; }
is "incidents by hand" "$(by_hand incidenten)" "moment dinsdagmiddag 99BA00=1
moment maandagochtend 99BA00=2 99BB00=1
moment tijd onbekend 99BB00=1
plaats gang 99BA00=1
plaats plein 99BA00=2 99BB00=2
totaal  99BA00=3 99BB00=2
vorm diefstal 99BB00=1
vorm fysiek 99BA00=1
vorm pesten 99BA00=2 99BB00=1"
is "bullying" "$(by_hand pestincidenten)" "totaal  99BA00=2 99BB00=1"
is "months of it" "$(by_hand pest_maand)" "maand 2025-10 99BA00=2 99BB00=1"
is "involvements and persons" "$(by_hand betrokkenen)" "soort betrokkenheden 99BA00=4 99BB00=1
soort unieke personen 99BA00=2 99BB00=1"
is "while the board has two persons" "$(q "SELECT events FROM result.figure WHERE board_no = 99003 AND category = 'unieke personen'")" 2
is "answers" "$(by_hand gepest)" "groep 5 99BA00=2 1/2 99BC00=1 0/1
groep 6 99BA00=1 1/1 99BB00=2 1/2
instrument bijlage15 99BA00=3 2/3 99BB00=2 1/2 99BC00=1 0/1
totaal  99BA00=3 2/3 99BB00=2 1/2 99BC00=1 0/1"
is "reporting, also of the school that answered only" "$(by_hand meldbereidheid)" "totaal  99BA00=2 2/3 99BB00=1 1/2 99BC00=0 0/1"
is "complaints" "$(by_hand klachten)" "niveau school 99BA00=2
oordeel gegrond 99BA00=1
oordeel nog niet bekend 99BA00=1
soort communicatie 99BA00=2
totaal  99BA00=2"
is "terms" "$(by_hand klachten_op_tijd)" "totaal  99BA00=2 1/2"
is "each board has of a school the time it was theirs" "$(q "SELECT string_agg(s.board_no || '=' || s.events, ' ' ORDER BY s.events DESC) FROM result.spread s JOIN register.location l USING (location_no) WHERE l.code = '$moved' AND s.indicator = 'incidenten' AND s.breakdown = 'vorm'")" "$old=2 $new=1"

# Again, one board alone, and after a correction: as result.figure.
hash() { q "SELECT md5(string_agg(s::text, ' ' ORDER BY board_no, schooljaar, indicator, breakdown, category, location_no)) FROM result.spread s WHERE $1"; }
all=$(hash true)
vb analyze --schooljaar 2025-2026 --as-of 2026-09-14 > "$place/log" 2>&1; like "the same again is nothing new" "$(cat "$place/log")" 'analyze: nothing new'
vb analyze --schooljaar 2025-2026 --as-of 2026-09-15 --board 99001 > "$place/log" 2>&1; is "another day" "$?" 0
is "gives the same" "$(hash true)" "$all"
others=$(hash "board_no <> 99003")
printf '%s\n' 'incident_nr;vestigingscode;datum;tijd;plaats;vorm;betrokkenen' '1;99BA00;2025-10-06;10:30;plein;pesten;Jan Zonder' '4;99BB00;2025-10-06;11:00;plein;fysiek;Jan Zonder' > "$place/hand/incident.csv"
sed -i 's/2026-08-20/2026-09-02/' "$place/hand/manifest.json"
vb ingest --as-of 2026-09-10 "$place/hand" > "$place/log" 2>&1
vb analyze --schooljaar 2025-2026 --as-of 2026-09-15 --board 99003 > "$place/log" 2>&1; is "a correction is computed" "$?" 0
is "what it holds no longer is gone" "$(by_hand incidenten | grep -v moment)" "plaats plein 99BA00=1 99BB00=1
totaal  99BA00=1 99BB00=1
vorm fysiek 99BB00=1
vorm pesten 99BA00=1"
is "of others nothing changed" "$(hash "board_no <> 99003")" "$others"
printf 'Jan Zonder\n\n' | vb forget --board 99003 --yes --naamgenoten > "$place/log" 2>&1; is "somebody is forgotten" "$?" 0
vb analyze --schooljaar 2025-2026 --as-of 2026-09-15 --board 99003 >> "$place/log" 2>&1
is "who is forgotten is behind no cell" "$(by_hand betrokkenen)" ""
is "what happened still is" "$(by_hand pestincidenten)" "totaal  99BA00=1"
finish
