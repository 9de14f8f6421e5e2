#!/usr/bin/env bash
# A break that nobody declared is found, asked about and taken for one; an alarm explained by a break makes it a declared one; alarms are verified without the facts.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 1 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
vb ingest "$place/in/99001" > "$place/log" 2>&1
q() { sql vb_analyze "$1"; }
o() { sql vb_owner "$1" > "$place/log"; }
bulletin() { vb run --board 99001 --schooljaar 2025-2026 --as-of "$1" --editie bulletin > "$place/log" 2>&1; }
text_of() { pdftotext "$place/out/99001/2025-2026/bulletin/$1.pdf" - | tr '\n' ' '; }
likely() { q "SELECT likely_on || ' ' || round(likely_ratio::numeric, 1) FROM result.series JOIN register.location USING (location_no) WHERE code = '$1' AND series = '$2' AND period = '$3'"; }
# 99AH00 has another form from August 2024 on, with which it registers twice as much.
bulletin 2026-09-14
is "behind a declared break nothing is looked for" "$(likely 99AH00 alles week)" ""
unlike "and nobody is asked" "$(text_of 99AH00)" 'veranderd in hoe u registreert\?'
o "UPDATE fact.delivery d SET form = (SELECT min(form) FROM fact.delivery b WHERE b.location_no = d.location_no AND b.kind = 'incident' AND b.period_begin < '2024-08-01') WHERE kind = 'incident' AND location_no = (SELECT location_no FROM register.location WHERE code = '99AH00')"
bulletin 2026-09-15
is "without the change of form the series has no declared break" "$(q "SELECT DISTINCT breaks::text FROM result.series JOIN register.location USING (location_no) WHERE code = '99AH00' AND period = 'week'")" "{}"
like "the doubling is found where it is" "$(likely 99AH00 alles week)" '^2024-(0[789]|1[0-2])-[0-9]+ (1\.[6-9]|2\.[0-9]|3\.[0-2])$'
is "for the months and for bullying too" "$(likely 99AH00 pest week) $(likely 99AH00 alles month)" "$(likely 99AH00 alles week) $(likely 99AH00 alles week)"
is "not for years, which are drawn, nor for the time between events" "$(q "SELECT count(*) FROM result.series WHERE period IN ('year', 'event') AND likely_on IS NOT NULL")" 0
is "no alarm is compared with what lies before it" "$(q "SELECT count(*) FROM result.alarm a JOIN register.location USING (location_no) JOIN result.series s USING (board_no, location_no, unit, series, period) WHERE code = '99AH00' AND a.direction = 'rise' AND a.period IN ('week', 'month') AND a.base_first < s.likely_on - 7")" 0
like "the school is asked" "$(text_of 99AH00)" 'Is er iets veranderd in hoe u registreert\? Sinds ongeveer (augustus|september|oktober|november|december) 2024 staan er [0-9],[0-9] keer zo veel incidenten'
is "other schools are not" "$(for school in 99AA00 99AB00 99AD00; do text_of "$school"; done | grep -c 'veranderd in hoe u registreert?')" 0
like "every alarm is computed again" "$(vb verify 2>&1)" ' 0 differ'
for change in "likely_ratio = likely_ratio * 1.01 WHERE likely_on IS NOT NULL" "likely_on = NULL, likely_ratio = NULL" "likely_on = '2023-02-06', likely_ratio = 2 WHERE likely_on IS NULL AND unit = 'school'"; do
    o "CREATE TABLE result.saved AS TABLE result.series; UPDATE result.series SET $change"
    is "verify sees: $change" "$(vb verify > /dev/null 2>&1; echo $?)" 5
    o "DELETE FROM result.series; INSERT INTO result.series TABLE result.saved; DROP TABLE result.saved"
done
# Where an alarm concentrates is held by result: verify needs no facts.
is "incidents kept with alarms are those of the days that are told, no others" "$(q "SELECT count(*) > 0 AND bool_and(kept = observed) FROM (SELECT a.observed, sum(incidents) AS kept FROM result.alarm a JOIN result.alarm_event e USING (alarm_no) WHERE a.period <> 'event' GROUP BY a.alarm_no, a.observed) t")" t
o "REVOKE SELECT ON ALL TABLES IN SCHEMA fact FROM vb_analyze"
like "the facts cannot be read" "$(q "SELECT count(*) FROM fact.incident")" 'permission denied'
like "and all is computed again" "$(vb verify 2>&1)" '[1-9][0-9]* alarms .* 0 differ'
o "CREATE TABLE result.saved AS TABLE result.alarm_event"
for change in "UPDATE result.alarm_event SET incidents = incidents + 1" "UPDATE result.alarm_event SET place = 1 + place % 3" "DELETE FROM result.alarm_event WHERE ctid IN (SELECT min(ctid) FROM result.alarm_event)" "UPDATE result.alarm_event SET day = day - 400"; do
    o "$change"
    is "verify sees: $change" "$(vb verify > /dev/null 2>&1; echo $?)" 5
    o "DELETE FROM result.alarm_event; INSERT INTO result.alarm_event TABLE result.saved"
done
is "undone, it holds" "$(vb verify > /dev/null 2>&1; echo $?)" 0
o "DROP TABLE result.saved; GRANT SELECT ON ALL TABLES IN SCHEMA fact TO vb_analyze"
like "a bulletin may not see them" "$(sql vb_bulletin "SELECT * FROM result.alarm_event")" 'permission denied'
# An alarm explained by another way of registering: from that day on it is a declared break.
no=$(q "SELECT alarm_no FROM result.alarm JOIN register.location USING (location_no) WHERE code = '99AD00' AND part_of IS NULL ORDER BY from_on DESC LIMIT 1")
like "it is explained" "$(vb alarms link "$no" --school 99AD00 --event nieuwe_registratie --date 2026-03-02 --as-of 2026-09-16 2>&1)" "^$no explained: done$"
vb analyze --board 99001 --schooljaar 2025-2026 --as-of 2026-09-15 > "$place/log" 2>&1
is "the next run knows a break" "$(q "SELECT DISTINCT breaks::text FROM result.series JOIN register.location USING (location_no) WHERE code = '99AD00' AND period IN ('week', 'month')")" "{2026-03-02}"
is "of that school only" "$(q "SELECT count(*) FROM result.series WHERE '2026-03-02' = ANY (breaks) AND location_no <> (SELECT location_no FROM register.location WHERE code = '99AD00')")" 0
vb alarms link "$no" --school 99AD00 --event campagne --date 2026-03-02 --as-of 2026-09-16 > "$place/log" 2>&1
vb analyze --board 99001 --schooljaar 2025-2026 --as-of 2026-09-15 > "$place/log" 2>&1
is "a campaign is none" "$(q "SELECT DISTINCT breaks::text FROM result.series JOIN register.location USING (location_no) WHERE code = '99AD00' AND period = 'week'")" "{}"
finish
