#!/usr/bin/env bash
# Alarms on records that nobody here wrote: the change of scope of mid 2019 is a break and no rise, and what stands out in 2020-2021: each looked up
# in the records (docs/praktijkproef.md). What is asserted of causes is counted in the files themselves.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
cd "$root"
vb ingest data/register data/praktijkproef > "$place/log" 2>&1
q() { sql vb_analyze "$1"; }
vb analyze --board 99901 --schooljaar 2019-2020 --as-of 2020-07-31 > "$place/log" 2>&1
is "every network's series breaks in mid 2019" "$(q "SELECT DISTINCT breaks::text FROM result.series WHERE board_no = 99901 AND unit = 'school' AND day[1] < '2019-07-01'")" "{2019-07-01}"
is "the board's sum begins there" "$(q "SELECT min(u.day) FROM result.series s, unnest(s.day, s.observed) AS u(day, n) WHERE s.board_no = 99901 AND s.unit = 'bestuur' AND s.series = 'alles' AND s.period = 'month' AND u.n IS NOT NULL")" "2019-07-01"
is "registrations rose by a half" "$(q "SELECT sum(n) FILTER (WHERE day >= '2019-07-01') > 1.5 * sum(n) FILTER (WHERE day < '2019-07-01') FROM (SELECT date_trunc('month', occurred_on) AS day, count(*) AS n FROM fact.incident WHERE occurred_on < '2020-01-01' GROUP BY 1) t")" t
is "no rise is reported in the months after it" "$(q "SELECT count(*) FROM result.alarm WHERE board_no = 99901 AND direction = 'rise' AND from_on < '2019-11-01'")" 0
ok "and in the next one only of a few networks, none of the board" test "$(q "SELECT count(*) FILTER (WHERE unit = 'school') + 100 * count(*) FILTER (WHERE unit <> 'school') FROM result.alarm WHERE board_no = 99901 AND direction = 'rise' AND part_of IS NULL AND from_on < '2019-12-01'")" -le 8
is "no alarm was compared with what lies before" "$(q "SELECT count(*) FROM result.alarm WHERE board_no = 99901 AND base_first < '2019-07-01'")" 0
is "and none says trend" "$(q "SELECT count(*) FROM result.alarm WHERE board_no = 99901 AND trend")" 0
mkdir -p "$place/own/forms"
for form in config/forms/nsw-*.json; do grep -v '"breaks"' "$form" > "$place/own/forms/$(basename "$form")"; done
VEILIGBEELD_CONFIG=$place/own vb analyze --board 99901 --schooljaar 2019-2020 --as-of 2020-07-31 > "$place/log" 2>&1
ok "not declared, the same change would be reported" test "$(q "SELECT count(*) FROM result.alarm WHERE board_no = 99901 AND direction = 'rise' AND from_on < '2019-11-01' AND part_of IS NULL")" -ge 5
vb analyze --board 99901 --schooljaar 2020-2021 --as-of 2021-12-31 > "$place/log" 2>&1
stands_out() { q "SELECT string_agg(DISTINCT replace(l.code, 'NSW-', ''), ', ' ORDER BY replace(l.code, 'NSW-', '')) FROM result.alarm a JOIN register.location l USING (location_no) WHERE a.board_no = 99901 AND unit = 'school' AND part_of IS NULL AND a.from_on <= '$2' AND a.last_on >= '$1'"; }
# Weeks in which several networks stand out at once.
is "three networks in the second half of March 2021" "$(stands_out 2021-03-15 2021-03-28)" "GREAT LAKES, HASTINGS, MID COAST VALLEYS"
like "networks that stand out in the week of 7 June 2021" "$(stands_out 2021-06-07 2021-06-13)" 'BLUE MOUNTAINS.*LITHGOW'
is "the threats of October 2020" "$(stands_out 2020-10-01 2020-10-31)" "QUAKERS HILL"
# No week of all incidents of the networks together does: their own spread from week to week counts in the limit.
is "what the networks together stand out for" "$(q "SELECT string_agg(series || ' ' || from_on, ', ' ORDER BY from_on) FROM result.alarm WHERE board_no = 99901 AND unit = 'bestuur' AND direction = 'rise' AND part_of IS NULL")" "pest 2020-09-01, vorm:dreigen 2020-10-01"
is "of 113 networks at most fifteen alarm in a year" "$(q "SELECT count(DISTINCT location_no) <= 15 FROM result.alarm WHERE board_no = 99901 AND unit = 'school'")" t
is "what was reported less of from 2020 on (priority 1 only, and nobody declared it) is a likely break of the whole" "$(q "SELECT DISTINCT likely_on || ' ' || (likely_ratio BETWEEN 0.4 AND 0.7) FROM result.series WHERE board_no = 99901 AND unit = 'bestuur' AND likely_on IS NOT NULL")" "2020-04-06 true"
likely() { q "SELECT string_agg(replace(code, 'NSW-', ''), ', ' ORDER BY code) FROM result.series JOIN register.location USING (location_no) WHERE board_no = 99901 AND unit = 'school' AND series = 'alles' AND period = 'week' AND $1"; }
is "and of the nine networks that are large enough" "$(likely "likely_on = '2020-04-06' AND likely_ratio BETWEEN 0.27 AND 0.49")" "ALBURY, BUNGARRIBEE, CAMDEN, CAMPBELLTOWN, CARLINGFORD, GIRRAWEEN, LAKE ILLAWARRA SOUTH, PARRAMATTA, PEEL"
is "two others rise and stay so, one each" "$(likely "likely_on = '2021-02-15' AND likely_ratio BETWEEN 3.5 AND 3.6") / $(likely "likely_on = '2021-03-01' AND likely_ratio BETWEEN 3.9 AND 4.1") / $(q "SELECT count(DISTINCT location_no) FROM result.series WHERE board_no = 99901 AND unit = 'school' AND period = 'week' AND likely_on IS NOT NULL")" "GREAT LAKES / BANKSTOWN / 11"
# In a board of so many locations only those that have something to read get a bulletin: an alarm, or a question about a break.
vb disclose --board 99901 --schooljaar 2020-2021 --as-of 2021-12-31 > "$place/log" 2>&1
vb report --board 99901 --schooljaar 2020-2021 --as-of 2021-12-31 --editie bulletin > "$place/log" 2>&1
is "bulletins go to the networks with an alarm or a question about a break" "$(cd "$place/out/99901/2020-2021/bulletin" && ls ./*.pdf | sed 's/^..//; s/\.pdf//' | sort | paste -sd,)" "$(q "SELECT DISTINCT replace(code, ' ', '-') FROM register.location JOIN (SELECT location_no FROM result.alarm WHERE board_no = 99901 AND unit = 'school' UNION SELECT location_no FROM result.series WHERE board_no = 99901 AND unit = 'school' AND period = 'week' AND likely_on IS NOT NULL) t USING (location_no)" | sort | paste -sd,)"
like "one of them has only the question to read" "$(pdftotext "$place/out/99901/2020-2021/bulletin/NSW-BANKSTOWN.pdf" - | tr '\n' ' ')" 'Is er iets veranderd in hoe u registreert\? Sinds ongeveer maart 2021 staan er 4,0 keer zo veel'
is "the files of 2020 hold priority 1 only, those before them others too" "$(cat data/praktijkproef/nsw_2020-*.csv | grep -vc ',1,') $(grep -c ',2,' data/praktijkproef/nsw_2019_final-redacted-reports-term-1-and-2-2019.csv)" "2 1368"
is "the threats of October 2020 are one series of bomb threats" "$(grep -c '^[^,]*,2[78]/10/2020 .*Bomb Threat' data/praktijkproef/nsw_2020-biannual-two-incident-report.csv)" 39
is "the week of 7 June 2021 is a storm" "$(grep -c '^[^,]*,1[01]/06/2021 .*,Lithgow,Severe Storm' data/praktijkproef/nsw_2021-biannual-one-incident-report.csv)" 13
is "silence is not judged without a calendar" "$(q "SELECT count(*) FROM result.alarm WHERE board_no = 99901 AND direction = 'silence'")" 0
unlike "an unknown place is no place" "$(vb alarms list --school "NSW-BLUE MOUNTAINS" --json 2>&1)" 'Onbekend|leerlingen en schooldagen'
like "the board hears that, not how many" "$(vb alarms list --board 99901 2>&1)" '^ +[0-9]+  new +2020-09-01..2020-09-30 +pestincidenten( |$)'
unlike "not in JSON either" "$(vb alarms list --board 99901 --json 2>&1)" '"(observed|expected|upper|pvalue)": [0-9]'
like "every alarm is computed again" "$(vb verify 2>&1)" ' 0 differ'
finish
