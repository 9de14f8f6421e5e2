#!/usr/bin/env bash
# Trends and schools compared follow from what is published, and from nothing else.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 1 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
vb ingest "$place/in/99001" >> "$place/log" 2>&1
vb run --board 99001 --schooljaar 2025-2026 --as-of 2026-09-14 >> "$place/log" 2>&1
like "vb_report makes all of it again from release" "$(vb verify 2>&1)" '^[1-9][0-9]* trends and [1-9][0-9]* schools compared made again from released cells alone, 0 differ'
is "only schools that are published are compared" "$(q "SELECT count(*) FROM release.comparison c WHERE NOT EXISTS (SELECT FROM release.figure f WHERE (f.audience, f.board_no, f.schooljaar, f.indicator, f.location_no) = (c.audience, c.board_no, c.schooljaar, c.indicator, c.location_no) AND f.breakdown = 'school' AND f.n_members = 1)")" 0
is "some are published for bestuur and not for gmr, and not compared there" "$(q "SELECT count(*) > 0 FROM release.comparison c WHERE audience = 'bestuur' AND NOT EXISTS (SELECT FROM release.comparison g WHERE g.audience = 'gmr' AND (g.indicator, g.location_no) = (c.indicator, c.location_no))")" t
is "the expected number is the published rate times the pupils" "$(q "SELECT count(*) FROM release.comparison c JOIN release.figure s USING (audience, board_no, schooljaar, indicator, location_no) JOIN release.figure t USING (audience, board_no, schooljaar, indicator)
  WHERE s.breakdown = 'school' AND t.breakdown = 'totaal' AND indicator IN ('incidenten', 'pestincidenten') AND abs(c.expected - s.denominator * t.events / t.denominator) > 1e-9")" 0
is "and of shares the printed percentage of the printed number" "$(q "SELECT count(*) > 0, count(*) FILTER (WHERE abs(c.observed - s.events * s.value / 100) > 1e-9 OR abs(c.expected - s.events * t.value / 100) > 1e-9) FROM release.comparison c JOIN release.figure s USING (audience, board_no, schooljaar, indicator, location_no) JOIN release.figure t USING (audience, board_no, schooljaar, indicator)
  WHERE s.breakdown = 'school' AND t.breakdown = 'totaal' AND indicator IN ('gepest', 'voelt_veilig')")" "t|0"
is "trends of one edition are one family, adjusted by Benjamini and Hochberg" "$(q "SELECT count(*) > 10 AND bool_or(p_adjusted > pvalue), count(*) FILTER (WHERE abs(p_adjusted - least(want, 1)) > 1e-9) FROM (SELECT *, min(pvalue * n / k) OVER (PARTITION BY audience ORDER BY pvalue DESC) AS want
  FROM (SELECT *, count(*) OVER (PARTITION BY audience) AS n, count(*) OVER (PARTITION BY audience ORDER BY pvalue) AS k FROM release.trend WHERE pvalue IS NOT NULL) r) x")" "t|0"
is "a declared break begins a trend anew" "$(q "SELECT DISTINCT first_year || ' ' || break_on || ' ' || reason FROM release.trend WHERE indicator = 'incidenten' AND audience = 'bestuur'")" "2024 2024-08-01 te weinig jaren"
is "a break in incidents is none of the survey" "$(q "SELECT DISTINCT first_year || ' ' || (break_on IS NULL) FROM release.trend WHERE indicator = 'welbevinden' AND audience = 'bestuur'")" "2021 true"
before=$(q "SELECT md5(string_agg(t::text, ' ' ORDER BY audience, indicator)) FROM release.trend t")
vb disclose --board 99001 --schooljaar 2025-2026 >> "$place/log" 2>&1
is "a rerun changes nothing" "$(q "SELECT md5(string_agg(t::text, ' ' ORDER BY audience, indicator)) FROM release.trend t")" "$before"
like "vb_report cannot write" "$(q "UPDATE release.trend SET change = 0")" 'permission denied'
like "nor vb_analyze read" "$(sql vb_analyze "SELECT * FROM release.comparison")" 'permission denied'
report=$(cat "$place/out/99001/2025-2026/bestuur.html")
like "the board reads what rises, and what cannot be said yet" "$report" 'Nog te weinig jaren die te vergelijken zijn voor: incidenten, pestincidenten'
like "no trend is said as such" "$report" 'Geen stijging of daling over de jaren aan te wijzen bij:'
like "years before the break are said to take no part" "$report" 'Alleen de jaren na de trendbreuk'
like "a difference across a break is called that" "$report" '>2024-2025</th><td class="n">[0-9]+</td><td class="n">[0-9,]+</td><td class="n">[^<]+</td><td class="short">trendbreuk</td>'
like "schools outside are a question" "$report" 'Een school erbuiten is een vraag, geen oordeel'
like "the inspectorate sees the survey compared" "$(cat "$place/out/99001/2025-2026/inspectie.html")" 'Gepeste leerlingen: .*van de [0-9]+ scholen'
like "how busy months are is told" "$report" 'Drukker dan gemiddeld: '
is "a month's profile is its published count over what the years' own rates give" "$(q "SELECT count(*) > 8 AND bool_and(abs(s.ratio - t.ratio) < 1e-9 AND s.events = t.events) FROM release.season s JOIN (
  SELECT right(category, 2)::int AS month, sum(events) AS events, sum(events) / sum(denominator * rate) AS ratio FROM release.figure JOIN (SELECT schooljaar, sum(events) / sum(denominator) AS rate FROM release.figure
  WHERE audience = 'bestuur' AND indicator = 'incidenten_maand' AND breakdown = 'maand' GROUP BY 1 HAVING count(*) >= 8) y USING (schooljaar) WHERE audience = 'bestuur' AND indicator = 'incidenten_maand' AND breakdown = 'maand' GROUP BY 1) t USING (month)
  WHERE s.audience = 'bestuur' AND s.indicator = 'incidenten_maand'")" t
is "months that are published in quarters only have no profile" "$(q "SELECT count(*) FROM release.season WHERE indicator = 'pest_maand'")" 0
is "a break is looked for after the declared one only" "$(q "SELECT months < 24 AND shift_on > '2024-08-01' AND pvalue > 0.05 FROM release.shift WHERE indicator = 'incidenten_maand' AND audience = 'bestuur'")" t
unlike "and where there is none, nobody is asked" "$report" 'anders geregistreerd\?'
like "where it concentrates is told of places and schools" "$report" 'hebben samen [0-9]+% van de incidenten.*komt van [0-9]+ scho'
is "of rates it is told how sure half as many again is, of shares not" "$(q "SELECT bool_and((above IS NOT NULL) = (indicator IN ('incidenten', 'pestincidenten'))) AND bool_and(above BETWEEN 0 AND 1 OR above IS NULL) FROM release.comparison WHERE indicator IN ('incidenten', 'pestincidenten', 'gepest', 'voelt_veilig')")" t
# What was tampered with is found.
vb_tampered() { # title, statement, its undoing, what verify says
    o "$2" > /dev/null
    local said status; said=$(vb verify 2>&1); status=$?
    like "$1" "$said" "$4"; is "$1: exit status" "$status" 6
    o "$3" > /dev/null
}
vb_tampered "another change" "UPDATE release.trend SET change = change + 0.01 WHERE indicator = 'welbevinden' AND audience = 'bestuur'" "UPDATE release.trend SET change = change - 0.01 WHERE indicator = 'welbevinden' AND audience = 'bestuur'" 'the trend of welbevinden does not follow'
school=$(q "SELECT min(location_no) FROM release.comparison WHERE indicator = 'incidenten' AND audience = 'bestuur' AND flag = 'in'")
vb_tampered "another flag" "UPDATE release.comparison SET flag = 'high998' WHERE indicator = 'incidenten' AND audience = 'bestuur' AND location_no = $school" "UPDATE release.comparison SET flag = 'in' WHERE indicator = 'incidenten' AND audience = 'bestuur' AND location_no = $school" "place in the comparison of incidenten"
vb_tampered "a trend of nothing" "INSERT INTO release.trend SELECT audience, board_no, schooljaar, 'verzonnen', first_year, last_year, years, break_on, method, change, low, high, pvalue, p_adjusted, reason FROM release.trend WHERE indicator = 'welbevinden'" "DELETE FROM release.trend WHERE indicator = 'verzonnen'" 'does not follow'
vb_tampered "another profile" "UPDATE release.season SET ratio = ratio + 0.01 WHERE month = 3 AND audience = 'bestuur'" "UPDATE release.season SET ratio = ratio - 0.01 WHERE month = 3 AND audience = 'bestuur'" 'the profile of the months of incidenten_maand does not follow'
vb_tampered "another break" "UPDATE release.shift SET shift_on = shift_on + 31 WHERE audience = 'bestuur'" "UPDATE release.shift SET shift_on = shift_on - 31 WHERE audience = 'bestuur'" 'the likely break in the months of incidenten_maand'
vb_tampered "another chance" "UPDATE release.comparison SET above = above / 2 WHERE indicator = 'incidenten' AND audience = 'bestuur' AND above > 0.9" "UPDATE release.comparison SET above = above * 2 WHERE indicator = 'incidenten' AND audience = 'bestuur' AND above BETWEEN 0.45 AND 0.5" "place in the comparison of incidenten"
# Every number and word of each of them, one a row: as many rows as were touched are found. Months are told per indicator and edition, of which two have them, so two at a time.
super "CREATE SCHEMA kept; CREATE TABLE kept.trend AS SELECT * FROM release.trend; CREATE TABLE kept.comparison AS SELECT * FROM release.comparison; CREATE TABLE kept.season AS SELECT * FROM release.season; CREATE TABLE kept.shift AS SELECT * FROM release.shift" > /dev/null
touch_rows() { # table, its order, which rows, what is set where no is 1, 2, ...
    super "WITH r AS (SELECT ctid AS spot, row_number() OVER (ORDER BY $2) AS no FROM release.$1 WHERE $3) UPDATE release.$1 SET $4 FROM r WHERE ctid = spot" > /dev/null
}
undo() { for t in trend comparison season shift; do super "TRUNCATE release.$t; INSERT INTO release.$t SELECT * FROM kept.$t" > /dev/null; done; }
each() { local at=0 all=; for column in "$@"; do at=$((at + 1)); all="$all${all:+, }$column = $column + (no = $at)::int"; done; echo "$all"; }
touch_rows trend "audience, indicator" "change IS NOT NULL" "$(each first_year last_year years change low high pvalue p_adjusted), break_on = CASE WHEN no = 9 THEN '2020-01-01' ELSE break_on END, method = CASE WHEN no = 10 THEN 'x' ELSE method END, reason = CASE WHEN no = 11 THEN 'x' ELSE reason END"
touch_rows comparison "audience, indicator, location_no" "theta IS NOT NULL AND above IS NOT NULL" "$(each observed expected ratio low95 high95 low998 high998 tau2 pvalue p_adjusted theta above), flag = CASE WHEN no = 13 THEN 'x' ELSE flag END"
touch_rows season audience "month = 3 AND indicator = 'incidenten_maand'" "$(each years events)"
touch_rows shift audience "indicator = 'incidenten_maand'" "$(each months shift_on)"
like "each of what a row says" "$(vb verify 2>&1)" ' 28 differ$'
undo; touch_rows season audience "month = 3 AND indicator = 'incidenten_maand'" "$(each expected ratio)"; touch_rows shift audience "indicator = 'incidenten_maand'" "$(each ratio pvalue)"
like "and of the months" "$(vb verify 2>&1)" ' 4 differ$'
undo; super "DELETE FROM release.trend WHERE ctid IN (SELECT ctid FROM release.trend LIMIT 2); DELETE FROM release.comparison WHERE ctid IN (SELECT ctid FROM release.comparison LIMIT 3); DELETE FROM release.season WHERE month = 3 AND audience = 'bestuur'; DELETE FROM release.shift WHERE audience = 'inspectie'" > /dev/null
like "rows that are gone" "$(vb verify 2>&1)" ' 7 differ$'
undo; touch_rows season audience "month = 3 AND indicator = 'incidenten_maand'" "$(each low high)"
super "INSERT INTO release.comparison SELECT audience, board_no, schooljaar, 'verzonnen', location_no, observed, expected, ratio, low95, high95, low998, high998, tau2, pvalue, p_adjusted, flag, theta, above FROM release.comparison WHERE audience = 'gmr' LIMIT 1;
INSERT INTO release.season SELECT audience, board_no, schooljaar, 'verzonnen', month, years, events, expected, ratio, low, high FROM release.season WHERE audience = 'bestuur' LIMIT 1; INSERT INTO release.shift SELECT audience, board_no, schooljaar, 'verzonnen', months, shift_on, ratio, pvalue FROM release.shift WHERE audience = 'inspectie' LIMIT 1" > /dev/null
like "margins of months, and rows of nothing" "$(vb verify 2>&1)" ' 5 differ$'
undo
is "undone, nothing differs" "$(vb verify > /dev/null 2>&1; echo $?)" 0
o "DELETE FROM release.derived; DELETE FROM release.trend" > /dev/null
o "INSERT INTO release.series_break SELECT DISTINCT audience, board_no, 'incident', day::date, 'een andere' FROM release.certificate, (VALUES ('2022-08-20'), ('2026-10-01')) AS v(day)" > /dev/null
like "what was never made is said" "$(vb verify 2>&1)" 'nothing was made yet'
vb disclose --board 99001 --schooljaar 2025-2026 >> "$place/log" 2>&1
is "and made by the next run, the same, whatever breaks before and later" "$(q "SELECT md5(string_agg(t::text, ' ' ORDER BY audience, indicator)) FROM release.trend t")" "$before"
finish
