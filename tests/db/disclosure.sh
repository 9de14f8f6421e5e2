#!/usr/bin/env bash
# What stands in release, looked at as a reader would who has everything of his audience and of all wider ones.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
three_boards
# At one school all pupils gave one answer.
alike=$(sql vb_analyze "UPDATE result.figure SET sd = 0 WHERE (board_no, schooljaar, indicator, breakdown, location_no) = (SELECT board_no, schooljaar, indicator, breakdown, location_no FROM result.figure WHERE board_no = 99001 AND schooljaar = 2025 AND indicator = 'veiligheidsbeleving' AND breakdown = 'school' AND denominator >= 40 ORDER BY location_no LIMIT 1) RETURNING location_no" | head -1)
vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "disclose" "$?" 0
ok "there is such a school" test "$alike" -gt 0
is "the mean of pupils who all gave one answer is not shown" "$(sql vb_report "SELECT count(*) FILTER (WHERE location_no = $alike) || ' ' || count(*) FILTER (WHERE '$alike' = ANY (string_to_array(members, ','))) || ' ' || (count(*) > 3) FROM release.figure WHERE audience = 'bestuur' AND board_no = 99001 AND schooljaar = 2025 AND indicator = 'veiligheidsbeleving' AND breakdown = 'school'")" "0 1 true"
ok "there is something to look at" test "$(q 'SELECT count(*) FROM release.figure')" -gt 2000
counted="indicator NOT IN ('respons', 'klachten_op_tijd', 'schorsingen_gemeld')"
is "no published count is below the threshold" "$(q "SELECT count(*) FROM release.figure f JOIN release.certificate c USING (audience, board_no) WHERE f.events > 0 AND f.events < c.threshold")" 0
is "the certificates say so too" "$(q "SELECT min(smallest - threshold) >= 0 FROM release.certificate")" t
is "shares of pupils hide nobody and everybody" "$(o "SELECT count(*) FROM release.figure f JOIN release.certificate c USING (audience, board_no) JOIN result.figure r ON (r.board_no, r.schooljaar, r.indicator, r.breakdown, r.location_no, r.category) = (f.board_no, f.schooljaar, f.indicator, f.breakdown, f.location_no, f.category)
  WHERE f.indicator IN ('gepest', 'gepest_online', 'voelt_veilig') AND f.category <> '*' AND (r.numerator < c.threshold OR r.denominator - r.numerator < c.threshold)")" 0
apart() { # title, statement that gives audience, board_no and two counts of which one contains the other
    is "$1: not subtracted to a few" "$(q "SELECT count(*) FROM ($2) t(audience, board_no, a, b) JOIN release.certificate c USING (audience, board_no) WHERE abs(a - b) BETWEEN 1 AND c.threshold - 1")" 0
}
total() { echo "SELECT x.audience, x.board_no, x.events, y.events FROM release.figure x JOIN release.figure y USING (audience, board_no, schooljaar) WHERE x.indicator = '$1' AND y.indicator = '$2' AND x.breakdown = 'totaal' AND y.breakdown = 'totaal'"; }
apart "pest incidents and meldbereidheid" "$(total pestincidenten meldbereidheid)"
apart "incidents and pest incidents" "$(total incidenten pestincidenten)"
apart "complaints and those with a term" "$(total klachten klachten_op_tijd)"
apart "suspensions and those that had to be reported" "$(total schorsingen schorsingen_gemeld)"
apart "pest incidents and the form bullying" "SELECT x.audience, x.board_no, x.events, y.events FROM release.figure x JOIN release.figure y USING (audience, board_no, schooljaar) WHERE x.indicator = 'pestincidenten' AND x.breakdown = 'totaal' AND y.indicator = 'incidenten' AND y.breakdown = 'vorm' AND y.category = 'pesten'"
is "where bullying went into the remainder its total is nowhere" "$(q "SELECT count(*) FROM release.figure x WHERE x.indicator = 'pestincidenten' AND x.breakdown = 'totaal' AND EXISTS (SELECT FROM release.figure v WHERE (v.audience, v.board_no, v.schooljaar) = (x.audience, x.board_no, x.schooljaar) AND v.indicator = 'incidenten' AND v.breakdown = 'vorm' AND v.category = '*' AND 'pesten' = ANY (string_to_array(v.members, ',')))")" 0
apart "a year and its months" "SELECT x.audience, x.board_no, x.events, (SELECT sum(m.events) FROM release.figure m WHERE (m.audience, m.board_no, m.schooljaar) = (x.audience, x.board_no, x.schooljaar) AND m.indicator = 'incidenten_maand') FROM release.figure x WHERE x.indicator = 'incidenten' AND x.breakdown = 'totaal' AND EXISTS (SELECT FROM release.figure m WHERE (m.audience, m.board_no, m.schooljaar) = (x.audience, x.board_no, x.schooljaar) AND m.indicator = 'incidenten_maand')"
is "the months add up to the year" "$(o "SELECT count(*) FROM (SELECT board_no, schooljaar, sum(events) AS n FROM result.figure WHERE indicator = 'incidenten_maand' GROUP BY 1, 2) m JOIN result.figure t USING (board_no, schooljaar) WHERE t.indicator = 'incidenten' AND t.breakdown = 'totaal' AND t.events <> m.n")" 0
is "numbers leave the wall rounded as they are printed" "$(q "SELECT count(*) FROM release.figure WHERE value <> round(value::numeric, 2)::float8")" 0
is "pest incidents and the others can both be shown" "$(o "SELECT count(*) FROM release.figure p JOIN release.certificate c USING (audience, board_no)
  JOIN LATERAL (SELECT sum(f.events) AS n FROM result.figure f WHERE f.board_no = p.board_no AND f.schooljaar = p.schooljaar AND f.indicator = 'incidenten' AND f.breakdown = p.breakdown
                 AND (p.breakdown = 'totaal' OR f.location_no::text = ANY (string_to_array(CASE WHEN p.members = '' THEN p.location_no::text ELSE p.members END, ',')))) a ON true
 WHERE p.indicator = 'pestincidenten' AND a.n - p.events > 0 AND a.n - p.events < c.threshold")" 0
is "every table adds up to its total" "$(q "SELECT count(*) FROM (SELECT audience, board_no, schooljaar, indicator, breakdown, sum(events) AS n FROM release.figure WHERE breakdown IN ('vorm', 'plaats', 'moment', 'school', 'soort', 'niveau', 'oordeel') AND indicator IN ('incidenten', 'pestincidenten', 'klachten') GROUP BY 1, 2, 3, 4, 5) t
  JOIN release.figure f USING (audience, board_no, schooljaar, indicator) WHERE f.breakdown = 'totaal' AND f.events <> t.n")" 0
is "a remainder of forms or places is a rate over the same pupils" "$(o "SELECT count(*) || ' ' || count(*) FILTER (WHERE abs(f.value - 100.0 * f.events / t.denominator) > 0.051 OR f.denominator <> t.denominator) FROM release.figure f
  JOIN release.figure t ON (t.audience, t.board_no, t.schooljaar, t.indicator) = (f.audience, f.board_no, f.schooljaar, f.indicator) AND t.breakdown = 'totaal' WHERE f.indicator = 'incidenten' AND f.breakdown IN ('vorm', 'plaats', 'moment') AND f.category = '*'")" "$(q "SELECT count(*) FROM release.figure WHERE indicator = 'incidenten' AND breakdown IN ('vorm', 'plaats', 'moment') AND category = '*'") 0"
is "a remainder of schools over the pupils of those schools" "$(o "SELECT count(*) FROM (SELECT f.denominator, (SELECT sum(r.denominator) FROM result.figure r WHERE (r.board_no, r.schooljaar, r.indicator, r.breakdown) = (f.board_no, f.schooljaar, f.indicator, f.breakdown) AND r.location_no::text = ANY (string_to_array(f.members, ','))) AS pupils
  FROM release.figure f WHERE f.indicator = 'incidenten' AND f.breakdown = 'school' AND f.category = '*') x WHERE denominator <> pupils")" 0
is "moments of the week are counted right" "$(o "SELECT count(*) FROM (SELECT board_no, schooljaar, category, events FROM result.figure WHERE indicator = 'incidenten' AND breakdown = 'moment' AND events > 0 EXCEPT
  SELECT i.board_no, i.schooljaar, CASE WHEN to_char(i.occurred_on, 'ID') IN ('6', '7') THEN 'weekend' WHEN i.hour IS NULL THEN 'tijd onbekend'
         ELSE (ARRAY['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag'])[to_char(i.occurred_on, 'ID')::int] || CASE WHEN i.hour < 12 THEN 'ochtend' ELSE 'middag' END END, count(*)
    FROM fact.incident_board i JOIN result.exposure x USING (board_no, location_no, month) WHERE x.covered GROUP BY 1, 2, 3) t")" 0
is "a remainder of schools has at least three" "$(q "SELECT count(*) FROM release.figure WHERE breakdown = 'school' AND category = '*' AND n_members < 3")" 0
is "nor has a remainder of anything else fewer than three schools behind it, where the board has three" "$(q "SELECT count(*) || ' ' || count(*) FILTER (WHERE f.schools < 3) FROM release.figure f JOIN release.figure t ON (t.audience, t.board_no, t.schooljaar) = (f.audience, f.board_no, f.schooljaar) AND t.breakdown = 'totaal'
  AND t.indicator = CASE f.indicator WHEN 'incidenten_maand' THEN 'incidenten' WHEN 'pest_maand' THEN 'pestincidenten' ELSE f.indicator END WHERE f.breakdown <> 'school' AND f.category = '*' AND t.schools >= 3" | sed 's/^[1-9][0-9]* /some /')" "some 0"
is "no breakdown stands without its total" "$(q "SELECT count(*) FROM release.figure b WHERE b.breakdown IN ('school', 'vorm', 'plaats', 'moment', 'groep') AND NOT EXISTS (SELECT FROM release.figure t WHERE t.breakdown = 'totaal' AND (t.audience, t.board_no, t.schooljaar, t.indicator) = (b.audience, b.board_no, b.schooljaar, b.indicator))")" 0
# The wider audience's groups are unions of the narrower one's: otherwise two editions subtract.
is "groups of gmr are unions of groups of bestuur" "$(q "
WITH cell AS (SELECT audience, board_no, schooljaar, indicator, breakdown, location_no, category, unnest(string_to_array(CASE WHEN members <> '' THEN members WHEN location_no > 0 THEN location_no::text ELSE category END, ',')) AS member
                FROM release.figure WHERE breakdown IN ('school', 'vorm', 'plaats', 'moment', 'soort', 'niveau', 'oordeel', 'groep', 'maand')),
pair AS (SELECT b.board_no, b.schooljaar, b.indicator, b.breakdown, b.category AS fine, b.location_no AS fine_no, g.category AS wide, g.location_no AS wide_no
           FROM cell b JOIN cell g USING (board_no, schooljaar, indicator, breakdown, member) WHERE b.audience = 'bestuur' AND g.audience = 'gmr')
SELECT count(*) FROM (SELECT 1 FROM pair GROUP BY board_no, schooljaar, indicator, breakdown, fine, fine_no HAVING count(DISTINCT (wide, wide_no)) > 1) x")" 0
is "every group of gmr has its parts at bestuur" "$(q "
WITH cell AS (SELECT audience, board_no, schooljaar, indicator, breakdown, unnest(string_to_array(CASE WHEN members <> '' THEN members WHEN location_no > 0 THEN location_no::text ELSE category END, ',')) AS member
                FROM release.figure WHERE breakdown IN ('school', 'vorm', 'plaats', 'moment', 'soort', 'niveau', 'oordeel', 'groep'))
SELECT count(*) FROM (SELECT board_no, schooljaar, indicator, breakdown, member FROM cell WHERE audience = 'gmr' EXCEPT SELECT board_no, schooljaar, indicator, breakdown, member FROM cell WHERE audience = 'bestuur') x")" 0
is "gmr and the public, who ask for as much, hold the same figures" "$(q "SELECT count(*), count(*) FILTER (WHERE g.audience IS NULL OR p.audience IS NULL) FROM (SELECT * FROM release.figure WHERE audience = 'gmr') g
  FULL JOIN (SELECT * FROM release.figure WHERE audience = 'openbaar') p USING (board_no, schooljaar, indicator, breakdown, location_no, category, members, events, value)" | sed 's/^[1-9][0-9]*|/some /')" "some 0"
is "inspectie and bestuur hold the same figures" "$(q "SELECT count(*) FROM release.figure a JOIN release.figure b USING (board_no, schooljaar, indicator, breakdown, location_no, category) WHERE a.audience = 'bestuur' AND b.audience = 'inspectie' AND (a.events <> b.events OR a.value IS DISTINCT FROM b.value)")" 0
is "involvements and persons differ by nobody or by many" "$(q "SELECT count(*) FROM release.figure a JOIN release.figure b USING (audience, board_no, schooljaar, indicator) JOIN release.certificate c USING (audience, board_no) WHERE indicator = 'betrokkenen' AND a.category < b.category AND abs(a.events - b.events) BETWEEN 1 AND c.threshold - 1")" 0
ok "what was merged or left out is said, with the reason" test "$(q "SELECT count(*) FROM release.decision WHERE decision IN ('coarsened', 'withheld') AND reason = ''")" -eq 0
ok "and there is some of both" test "$(q "SELECT count(DISTINCT decision) FROM release.decision WHERE decision IN ('coarsened', 'withheld')")" -eq 2
is "every table of result has a decision for every audience" "$(o "SELECT count(*) FROM (SELECT DISTINCT board_no, schooljaar, indicator, breakdown FROM result.figure) t CROSS JOIN (VALUES ('bestuur'), ('inspectie'), ('gmr'), ('openbaar')) a(audience) LEFT JOIN release.decision d USING (audience, board_no, schooljaar, indicator, breakdown) WHERE d.decision IS NULL")" 0
is "a goal shows values only where its figures are published" "$(q "SELECT count(*) FROM release.goal g WHERE current IS NOT NULL AND NOT EXISTS (SELECT FROM release.figure f WHERE f.audience = g.audience AND f.board_no = g.board_no AND f.schooljaar = g.schooljaar AND f.indicator = g.indicator AND (f.location_no = g.location_no OR f.breakdown = 'totaal') AND abs(f.value - g.current) < 1e-9)")" 0
is "the ledger holds every published cell" "$(q "SELECT count(*) FROM release.figure f LEFT JOIN release.ledger l USING (audience, board_no, schooljaar, indicator, breakdown, location_no, category) WHERE l.events IS NULL")" 0
hash=$(release_hash)
sql vb_disclose "DELETE FROM release.certificate" > /dev/null
vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1
is "disclosing again gives the same release" "$(release_hash)" "$hash"
is "and adds nothing to the ledger" "$(q "SELECT count(*) FROM release.ledger l JOIN release.ledger m USING (audience, board_no, schooljaar, indicator, breakdown, location_no, category) WHERE l.released_at <> m.released_at")" 0
# Corrections, one after the other, seen by somebody who kept every earlier report.
correct() { sql vb_analyze "UPDATE result.figure SET events = events + $3, numerator = numerator + $3, value = (events + $3) / denominator * 100 WHERE board_no = 99002 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = '$1' AND category = '$2'; UPDATE result.board_state SET fingerprint = fingerprint || 'x' WHERE board_no = 99002" > /dev/null; vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; }
shown() { q "SELECT string_agg(audience || ':' || events, ' ' ORDER BY audience) FROM release.figure WHERE board_no = 99002 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'totaal'"; }
first=$(shown); before=$(q "SELECT md5(string_agg(f::text, '' ORDER BY f::text)) FROM release.figure f WHERE board_no = 99002 AND schooljaar = 2025")
correct totaal '' 2
is "a small correction shows to no audience" "$(shown)" "$first"
is "and no other figure of that year moves" "$(q "SELECT md5(string_agg(f::text, '' ORDER BY f::text)) FROM release.figure f WHERE board_no = 99002 AND schooljaar = 2025")" "$before"
vb report --schooljaar 2025-2026 --board 99002 --editie bestuur >> "$place/log" 2>&1; is "the report is made" "$?" 0
like "and says of what date the table is" "$(tr '\n' ' ' < "$(find "$place" -path '*99002*' -name '*bestuur*.html' | head -1)" | tr -s ' ')" "Dit is de stand van $(LC_ALL=C date -u +%-d) [a-z]+ $(date -u +%Y)"
ok "the certificates count what is kept" test "$(q "SELECT min(n_kept) FROM release.certificate WHERE board_no = 99002 AND schooljaar = 2025")" -gt 3
is "other records are not kept" "$(q "SELECT count(*) FROM release.decision WHERE board_no = 99002 AND kept AND indicator ~ 'klacht|schors|time|gepest|voelt'")" 0
correct totaal '' 38
like "a large one is published" "$(shown)" "bestuur:$(($(grep -o 'bestuur:[0-9]*' <<<"$first" | cut -d: -f2) + 40))"
second=$(shown)
correct totaal '' -39
is "but not one that comes within a few of the report before last" "$(shown)" "$second"
is "what is published is still certified" "$(vb verify > /dev/null; echo $?)" 0
# A running year goes on: who has all reports must not find the few by whom a school moved.
fingerprint() { sql vb_analyze "UPDATE result.board_state SET fingerprint = fingerprint || 'x' WHERE board_no = $1" > /dev/null; vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "$2" "$?" 0; }
move() { # board, indicator, breakdown, category or location, by how many
    sql vb_analyze "UPDATE result.figure SET events = events + $5, numerator = numerator + $5, value = (events + $5) / denominator * 100 WHERE board_no = $1 AND schooljaar = 2025 AND indicator = '$2' AND breakdown = '$3' AND (category = '$4' AND location_no = 0 OR location_no::text = '$4')" > /dev/null
}
table() { q "SELECT md5(string_agg(f::text, '' ORDER BY f::text)) FROM release.figure f WHERE board_no = $1 AND schooljaar = 2025 AND indicator = '$2' AND breakdown = '$3'"; }
count() { q "SELECT events FROM release.figure WHERE audience = 'bestuur' AND board_no = $1 AND schooljaar = 2025 AND indicator = '$2' AND breakdown = '$3' AND (category = '$4' AND location_no = 0 OR location_no::text = '$4')"; }
kept() { q "SELECT string_agg(DISTINCT indicator, ' ' ORDER BY indicator) FROM release.decision WHERE board_no = $1 AND schooljaar = 2025 AND kept"; }
largest() { q "SELECT CASE WHEN location_no > 0 THEN location_no::text ELSE category END FROM release.figure WHERE audience = '${4:-gmr}' AND board_no = $1 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = '$2' AND category <> '*' AND category <> 'pesten' ORDER BY events DESC OFFSET $3 LIMIT 1"; }
form=$(largest 99003 vorm 0) place_of=$(largest 99003 plaats 0) one=$(largest 99003 school 0 bestuur) two=$(largest 99003 school 1 bestuur) three=$(largest 99003 school 2 bestuur) month=$(o "SELECT category FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten_maand' ORDER BY events DESC LIMIT 1")
ok "there are groups to move" test -n "$form" -a -n "$place_of" -a -n "$one" -a -n "$two" -a -n "$three" -a -n "$month"
grow() { # how many more at each of three schools
    local total=$(($1 + $2 + $3))
    move 99003 incidenten totaal '' $total; move 99003 incidenten vorm "$form" $total; move 99003 incidenten plaats "$place_of" $total; move 99003 incidenten_maand maand "$month" $total
    move 99003 incidenten school "$one" "$1"; move 99003 incidenten school "$two" "$2"; move 99003 incidenten school "$three" "$3"
}
total=$(count 99003 incidenten totaal '') complaints=$(count 99003 klachten totaal '')
grow 4 8 4; move 99003 klachten totaal '' 12; fingerprint 99003 "sixteen more, four, eight and four at three schools"
is "the total goes on" "$(count 99003 incidenten totaal '')" $((total + 16))
is "the school that moved by four does not stand by itself" "$(count 99003 incidenten school "$one")" ""
is "it is in a remainder that moved by enough" "$(q "SELECT f.events - (SELECT sum(l.events) FROM release.ledger l WHERE (l.audience, l.board_no, l.schooljaar, l.indicator, l.breakdown) = (f.audience, f.board_no, f.schooljaar, f.indicator, f.breakdown)
  AND string_to_array(CASE WHEN l.members = '' THEN l.location_no::text ELSE l.members END, ',') <@ string_to_array(f.members, ',') AND l.released_at < (SELECT max(released_at) FROM release.ledger WHERE board_no = 99003))
  FROM release.figure f WHERE f.audience = 'bestuur' AND f.board_no = 99003 AND f.schooljaar = 2025 AND f.indicator = 'incidenten' AND f.breakdown = 'school' AND '$one' = ANY (string_to_array(f.members, ','))")" 16
is "and the report says why" "$(q "SELECT reason FROM release.decision WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'school'")" samen_verschil_scholen
is "for bestuur nothing is kept; for gmr and the public, who may see no fewer than ten, the schools" "$(q "SELECT string_agg(audience || ' ' || indicator || ' ' || breakdown, ', ') FROM release.decision WHERE board_no = 99003 AND schooljaar = 2025 AND kept")" "gmr incidenten school, openbaar incidenten school"
is "other records go on" "$(count 99003 klachten totaal '')" $((complaints + 12))
is "the attacker finds nothing in the two together" "$(vb disclose --audit all > /dev/null 2>> "$place/log"; echo $?)" 0
grow 12 12 12; fingerprint 99003 "and twelve more at each"
is "nothing is held any more" "$(kept 99003)" ""
is "the total goes on again" "$(count 99003 incidenten totaal '')" $((total + 52))
is "the school is the new one" "$(count 99003 incidenten school "$two")" "$(o "SELECT events FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'school' AND location_no = $two")"
is "marked as corrected" "$(q "SELECT bool_and(corrected) FROM release.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'school' AND location_no IN ($one, $two)")" t
months=$(table 99003 incidenten_maand maand)
move 99003 incidenten totaal '' 3; move 99003 incidenten_maand maand "$month" 13; fingerprint 99003 "a month moves by more than the year"
is "months do not give away by how little their year moved" "$(table 99003 incidenten_maand maand)" "$months"
# Of fourteen more incidents eleven are bullying: the other three are a figure as well.
pest=$(count 99001 pestincidenten totaal '') all=$(count 99001 incidenten totaal '') told=$(count 99001 meldbereidheid totaal '') form=$(largest 99001 vorm 0)
bullied() { move 99001 incidenten vorm pesten "$1"; move 99001 pestincidenten totaal '' "$1"; move 99001 meldbereidheid totaal '' "$1"; }
less=$(largest 99001 vorm 1)
move 99001 incidenten totaal '' 14; move 99001 incidenten vorm "$form" 13; move 99001 incidenten vorm "$less" -10; bullied 11; fingerprint 99001 "fourteen more incidents, eleven of them bullying"
is "neither the part is published" "$(count 99001 pestincidenten totaal '')" "$pest"
is "nor as a form of the whole" "$(count 99001 incidenten vorm pesten)" "$pest"
is "the whole is: without its part it tells of fourteen" "$(count 99001 incidenten totaal '')" $((all + 14))
is "nor the part under another name" "$(count 99001 meldbereidheid totaal '')" "$told"
move 99001 incidenten totaal '' 10; move 99001 incidenten vorm "$form" 10; fingerprint 99001 "ten more that are not"
is "then all three are" "$(count 99001 pestincidenten totaal '') $(count 99001 incidenten totaal '') $(count 99001 meldbereidheid totaal '')" "$((pest + 11)) $((all + 24)) $((told + 11))"
# A remainder of the part, whose schools stand one by one in the whole.
q "SELECT members FROM release.figure WHERE audience = 'bestuur' AND board_no = 99002 AND schooljaar = 2025 AND indicator = 'pestincidenten' AND breakdown = 'school' AND category = '*'" > "$place/members"
hidden=$(q "SELECT location_no FROM release.figure WHERE audience = 'bestuur' AND board_no = 99002 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'school' AND location_no::text = ANY (string_to_array('$(cat "$place/members")', ',')) ORDER BY events DESC LIMIT 1")
ok "there is such a school" test "$hidden" -gt 0
before=$(table 99002 pestincidenten school)
move 99002 incidenten school "$hidden" 33; move 99002 pestincidenten school "$hidden" 30; fingerprint 99002 "thirty-three more at a school, thirty of them bullying in a remainder"
is "the three others are not told by adding schools up" "$(table 99002 pestincidenten school)" "$before"
# Involvements and persons.
counted() { q "SELECT string_agg(events::text, ' ' ORDER BY category) FROM release.figure WHERE audience = 'bestuur' AND board_no = 99001 AND schooljaar = 2025 AND indicator = 'betrokkenen'"; }
countings=$(counted)
sql vb_analyze "UPDATE result.figure SET events = events + CASE category WHEN (SELECT min(category) FROM result.figure WHERE indicator = 'betrokkenen') THEN 14 ELSE 12 END, numerator = numerator + CASE category WHEN (SELECT min(category) FROM result.figure WHERE indicator = 'betrokkenen') THEN 14 ELSE 12 END WHERE board_no = 99001 AND schooljaar = 2025 AND indicator = 'betrokkenen'" > /dev/null
fingerprint 99001 "fourteen more involvements of twelve more persons"
is "who came twice is not told" "$(counted)" "$countings"
sql vb_analyze "UPDATE result.figure SET events = events - CASE category WHEN (SELECT min(category) FROM result.figure WHERE indicator = 'betrokkenen') THEN 14 ELSE 12 END, numerator = numerator - CASE category WHEN (SELECT min(category) FROM result.figure WHERE indicator = 'betrokkenen') THEN 14 ELSE 12 END WHERE board_no = 99001 AND schooljaar = 2025 AND indicator = 'betrokkenen'" > /dev/null
# Respondents are printed in fives, so five more can be one more, and ten more six (gmr's threshold is 10). Of those who said yes and no as many.
answers() { sql vb_analyze "UPDATE result.figure SET events = events + $1, denominator = denominator + $1, numerator = numerator + $2 WHERE board_no = 99001 AND schooljaar = 2025 AND indicator = 'gepest' AND breakdown = 'totaal'" > /dev/null; }
respondents=$(count 99001 gepest totaal '')
answers 5 0; fingerprint 99001 "five more pupils answered"
is "five more respondents may be one" "$(count 99001 gepest totaal '')" "$respondents"
answers 195 1; fingerprint 99001 "two hundred more, one of whom said yes"
is "one of two hundred is one of the many numbers that the rounded share allows" "$(count 99001 gepest totaal '')" $((respondents + 200))
school=$(q "SELECT location_no FROM release.figure WHERE audience = 'bestuur' AND board_no = 99001 AND schooljaar = 2025 AND indicator = 'gepest' AND breakdown = 'school' AND location_no > 0 AND events BETWEEN 40 AND 100 ORDER BY events LIMIT 1")
ok "there is a small school by itself" test "$school" -gt 0
sql vb_analyze "UPDATE result.figure SET events = events + 20, denominator = denominator + 20, numerator = numerator + 1 WHERE board_no = 99001 AND schooljaar = 2025 AND indicator = 'gepest' AND breakdown = 'school' AND location_no = $school" > /dev/null
before=$(count 99001 gepest school "$school"); fingerprint 99001 "twenty more answered at one school, one of whom said yes"
is "of so few the share would tell that one: the school is not shown by itself as it is now" "$(count 99001 gepest school "$school" | grep -v "^$before$" | wc -l)" 0
answers 0 99; fingerprint 99001 "a hundred said yes"
is "a hundred more are told" "$(q "SELECT value FROM release.figure WHERE audience = 'bestuur' AND board_no = 99001 AND schooljaar = 2025 AND indicator = 'gepest' AND breakdown = 'totaal'")" "$(o "SELECT round(100 * numerator / denominator) FROM result.figure WHERE board_no = 99001 AND schooljaar = 2025 AND indicator = 'gepest' AND breakdown = 'totaal'")"
is "all of it is certified" "$(vb verify > /dev/null; echo $?)" 0
sql vb_disclose "DELETE FROM release.certificate WHERE audience = 'gmr' AND board_no = 99001" > /dev/null
out=$(vb report --schooljaar 2025-2026 --board 99001 --editie gmr 2>&1); is "no certificate, no edition" "$?" 6
like "and it says what to do" "$out" 'board 99001 has no certificate for audience gmr; run: veiligbeeld disclose'
finish
