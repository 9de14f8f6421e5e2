#!/usr/bin/env bash
# Schools that know their own records, against what is released of their board.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
three_boards
vb disclose --schooljaar 2025-2026 --dry-run >> "$place/log" 2>&1; is "a trial" "$?" 0
vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "disclose" "$?" 0
is "every school with something in a remainder of schools attacked the narrowest edition of its board" "$(o "SELECT count(*) FROM release.certificate c JOIN (SELECT f.board_no, count(DISTINCT m) AS n FROM release.figure f, string_to_table(f.members, ',') AS t(m) WHERE f.audience = 'bestuur' AND f.breakdown = 'school' AND f.category = '*' GROUP BY 1) x USING (board_no) WHERE c.audience = 'bestuur' AND c.schooljaar = 2025 AND c.attack_insiders >= x.n")" 3
is "no table had to be left out for one of them" "$(q "SELECT count(*) FROM release.decision WHERE reason = 'eigen_school'")" 0
# What is left of a remainder to a school that takes off its own.
is "of forms, places and moments every remainder leaves each school nobody or enough" "$(o "
WITH part AS (SELECT f.audience, f.board_no, f.schooljaar, f.indicator, f.breakdown, f.category, f.events, unnest(string_to_array(f.members, ',')) AS member FROM release.figure f
               WHERE f.n_members > 1 AND f.breakdown <> 'school' AND f.indicator IN ('incidenten', 'pestincidenten', 'incidenten_maand', 'pest_maand', 'klachten')),
     own AS (SELECT p.audience, p.board_no, p.schooljaar, p.indicator, p.breakdown, p.category, p.events, s.location_no, sum(s.events) AS own
               FROM part p JOIN result.spread s ON (s.board_no, s.schooljaar, s.indicator, s.breakdown, s.category) = (p.board_no, p.schooljaar, p.indicator, p.breakdown, p.member) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8)
SELECT count(*) FROM own JOIN release.certificate c USING (audience, board_no) WHERE c.schooljaar = 2025 AND own > 0 AND events > own AND events - own < c.threshold")" 0
is "and so does every remainder of schools" "$(o "
SELECT count(*) FROM release.figure f JOIN release.certificate c USING (audience, board_no) JOIN result.figure r ON (r.board_no, r.schooljaar, r.indicator, r.breakdown) = (f.board_no, f.schooljaar, f.indicator, f.breakdown)
   AND r.location_no::text = ANY (string_to_array(f.members, ',')) WHERE f.breakdown = 'school' AND f.category = '*' AND f.indicator IN ('incidenten', 'pestincidenten') AND c.schooljaar = 2025
   AND r.events > 0 AND f.events > r.events AND f.events - r.events < c.threshold")" 0
# Of one month nearly all incidents are one school's, and it knows so: of the bullying that hides in the quarter hardly any can be the others'.
at=$(q "SELECT p.board_no || '|' || schooljaar || '|' || i.category FROM release.decision d JOIN release.figure p USING (audience, board_no, schooljaar, indicator, breakdown) JOIN release.figure i USING (audience, board_no, schooljaar, breakdown)
 WHERE d.decision = 'coarsened' AND d.audience = 'bestuur' AND d.indicator = 'pest_maand' AND i.indicator = 'incidenten_maand' AND i.n_members = 1 AND i.events >= 6 AND p.n_members > 1 AND i.category = ANY (string_to_array(p.members, ',')) ORDER BY i.events LIMIT 1")
IFS='|' read -r board year month <<<"$at"
ok "there is such a month" test -n "$month"
school=$(o "SELECT location_no FROM result.spread WHERE board_no = $board AND schooljaar = $year AND indicator = 'incidenten_maand' AND category = '$month' ORDER BY events DESC, location_no LIMIT 1")
sql vb_analyze "UPDATE result.spread s SET events = (SELECT events FROM result.figure f WHERE (f.board_no, f.schooljaar, f.indicator, f.breakdown, f.category) = (s.board_no, s.schooljaar, s.indicator, s.breakdown, s.category)) - 1 WHERE board_no = $board AND schooljaar = $year AND indicator = 'incidenten_maand' AND category = '$month' AND location_no = $school;
DELETE FROM result.spread WHERE board_no = $board AND schooljaar = $year AND indicator IN ('incidenten_maand', 'pest_maand') AND category = '$month' AND location_no <> $school;
UPDATE result.board_state SET fingerprint = fingerprint || 'x' WHERE board_no = $board" > /dev/null
psql -XqAt -d "$(vb db dsn)" -c "TRUNCATE release.figure, release.ledger, release.ledger_kept, release.decision, release.certificate" > /dev/null
vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "the board is done again without that table" "$?" 0
is "and it says why" "$(q "SELECT string_agg(DISTINCT reason, '; ') FROM release.decision WHERE audience = 'bestuur' AND board_no = $board AND schooljaar = $year AND indicator = 'pest_maand'")" eigen_school
is "for wider audiences too" "$(q "SELECT count(*) FROM release.figure WHERE board_no = $board AND schooljaar = $year AND indicator = 'pest_maand'")" 0
ok "the rest of the board stands" test "$(q "SELECT count(*) FROM release.figure WHERE board_no = $board AND schooljaar = $year AND indicator = 'incidenten_maand'")" -gt 0
# Where the school has five of the six itself, the number is large, and the one of another is none the less for it.
own() { # indicator, how many in all, of which that school's; the tables by school would not add up to them
    sql vb_analyze "DELETE FROM result.figure WHERE board_no = $board AND schooljaar = $year AND indicator IN ('incidenten', 'pestincidenten') AND breakdown = 'school';
UPDATE result.figure SET events = $2, numerator = $2, persons = $2, schools = 2 WHERE board_no = $board AND schooljaar = $year AND indicator = '$1_maand' AND category = '$month';
DELETE FROM result.spread WHERE board_no = $board AND schooljaar = $year AND indicator = '$1_maand' AND category = '$month';
INSERT INTO result.spread (board_no, schooljaar, indicator, breakdown, category, location_no, events) VALUES ($board, $year, '$1_maand', 'maand', '$month', $school, $3)" > /dev/null
}
own incidenten 12 11; own pest 6 5
psql -XqAt -d "$(vb db dsn)" -c "UPDATE result.board_state SET fingerprint = fingerprint || 'y' WHERE board_no = $board; TRUNCATE release.figure, release.ledger, release.ledger_kept, release.decision, release.certificate" > /dev/null
vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "the board is done again" "$?" 0
is "that table is not there either" "$(q "SELECT string_agg(DISTINCT decision || ' ' || reason, '; ') FROM release.decision WHERE audience = 'bestuur' AND board_no = $board AND schooljaar = $year AND indicator = 'pest_maand'")" "withheld eigen_school"
finish
