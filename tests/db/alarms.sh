#!/usr/bin/env bash
# What was planted is found, what was counted differently is no baseline, the bulletin says it as a question; an alarm lives on when it
# is computed again, and every one is computed again from result alone.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 1 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
vb run --board 99001 --schooljaar 2025-2026 --as-of 2026-09-14 --editie bulletin "$place/in/99001" > "$place/log" 2>&1
is "the run ends (some rows of the example are refused)" "$?" 3
q() { sql vb_analyze "$1"; }
of() { echo "FROM result.alarm a JOIN register.location l USING (location_no) WHERE l.code = '$1' AND a.part_of IS NULL"; }
like "the planted outbreak of bullying is an alarm in March or April" "$(q "SELECT string_agg(from_on::text, ' ') $(of 99AD00) AND series = 'pest'")" '2026-0[34]-01'
is "one alarm, whatever saw it" "$(q "SELECT count(*) $(of 99AD00)")" 1
ok "its place, group and form are parts of it" test "$(q "SELECT count(*) FROM result.alarm p JOIN result.alarm a ON p.part_of = a.alarm_no WHERE a.series = 'pest'")" -ge 2
ok "few other schools alarm on bullying" test "$(q "SELECT count(*) FROM result.alarm JOIN register.location USING (location_no) WHERE code <> '99AD00' AND series = 'pest' AND unit = 'school'")" -le 1
ok "and of 16 schools no more than eight on anything" test "$(q "SELECT count(*) FROM result.alarm JOIN register.location USING (location_no) WHERE code <> '99AD00' AND unit = 'school' AND part_of IS NULL")" -le 8
is "the change of form is a break of the series" "$(q "SELECT DISTINCT breaks::text FROM result.series JOIN register.location USING (location_no) WHERE code = '99AH00'")" "{2024-08-01}"
ok "what was registered before is still shown" test "$(q "SELECT count(u.n) FROM result.series s, unnest(s.day, s.observed) AS u(day, n), register.location l WHERE l.location_no = s.location_no AND code = '99AH00' AND series = 'alles' AND period = 'month' AND u.day < '2024-08-01'")" -gt 20
is "doubling by the new form is not an alarm" "$(q "SELECT count(*) $(of 99AH00) AND series = 'alles'")" 0
is "no baseline reaches back behind a break" "$(q "SELECT count(*) FROM result.alarm a JOIN result.series s USING (board_no, location_no, unit, series, period) WHERE s.breaks <> '{}' AND a.from_on >= s.breaks[1] AND a.base_first < s.breaks[1]")" 0
is "a school that sent nothing has no zeros" "$(q "SELECT count(u.observed) FROM result.series s, unnest(s.day, s.observed) AS u(day, observed), register.location l WHERE l.location_no = s.location_no AND code = '99AN00' AND period = 'month' AND u.day >= '2025-08-01'")" 0
is "series by form, place and group, per week, month, year and event, of schools and the board" "$(q "SELECT string_agg(DISTINCT unit || ' ' || split_part(series, ':', 1) || ' ' || period, ', ') FROM result.series WHERE board_no = 99001")" "bestuur alles month, bestuur alles week, bestuur alles year, bestuur pest month, bestuur pest year, bestuur vorm month, school alles month, school alles week, school alles year, school groep month, school pest month, school pest week, school pest year, school plaats month, school vorm month, school zeldzaam event"
is "and of the country" "$(q "SELECT string_agg(series || ' ' || period, ', ' ORDER BY series, period) FROM result.series WHERE board_no = 0")" "alles month, alles year, pest month, pest year"
is "months of the school are its incidents" "$(q "SELECT sum(o) FROM result.series s, unnest(s.observed) o WHERE s.board_no = 99001 AND s.unit = 'school' AND s.series = 'alles' AND s.period = 'month'")" "$(q "SELECT count(*) FROM fact.incident_board i JOIN result.exposure e USING (board_no, location_no, month) WHERE e.covered AND i.board_no = 99001")"
for part in vorm plaats; do
    is "parts by $part add up to the whole" "$(q "SELECT count(*) FROM (SELECT s.location_no, u.day, sum(u.n) FILTER (WHERE s.series = 'alles') AS whole, sum(u.n) FILTER (WHERE s.series LIKE '$part:%') AS parts
        FROM result.series s, unnest(s.day, s.observed) AS u(day, n) WHERE s.board_no = 99001 AND s.unit = 'school' AND s.period = 'month' AND (s.series = 'alles' OR s.series LIKE '$part:%') GROUP BY 1, 2) t WHERE whole < parts")" 0
done
is "weeks and months count the same" "$(q "SELECT count(DISTINCT total) FROM (SELECT sum(o) AS total FROM result.series s, unnest(s.observed) o WHERE s.board_no = 99001 AND s.unit = 'school' AND s.series = 'alles' AND s.period IN ('week', 'month') GROUP BY s.period) t")" 1
is "the board is the sum of its schools" "$(q "SELECT count(*) FROM (SELECT u.day, sum(u.n) FILTER (WHERE s.unit = 'bestuur') AS board, sum(u.n) FILTER (WHERE s.unit = 'school' AND (s.breaks = '{}' OR u.day >= s.breaks[1])) AS schools
        FROM result.series s, unnest(s.day, s.observed) AS u(day, n) WHERE s.board_no = 99001 AND s.series = 'alles' AND s.period = 'month' GROUP BY 1) t WHERE board <> schools")" 0
text=$(pdftotext "$place/out/99001/2025-2026/bulletin/99AD00.pdf" - | tr '\n' ' ')
like "the bulletin asks" "$text" 'Wat was er in (maart|april) 2026 aan de hand\?'
like "says what was expected and how unusual it is" "$text" 'Er waren er ongeveer [0-9,]+ te verwachten, en meer dan [0-9]+ is ongewoon \(kans'
like "and where to look" "$text" 'Vaakst genoemd: Plein'
like "what it was compared with" "$text" 'Vergeleken met [0-9]+ eerdere maanden'
like "what else changed" "$text" 'Andere incidenten gingen niet omhoog'
unlike "names no child" "$text" 'leerling [A-Z]|dader|slachtoffer'
unlike "no template is left unfilled" "$text" '\{[a-z]+'
text=$(pdftotext "$place/out/99001/2025-2026/bulletin/99AN00.pdf" - | tr '\n' ' ')
like "a school that sent nothing gets no all-clear" "$text" 'Over de laatste twaalf maanden is niets te zeggen: er is niets geleverd'
unlike "nor above a chart" "$text" 'geen maand boven de grens|te verwachten was\.'
like "one that could be judged in part is told so" "$(pdftotext "$place/out/99001/2025-2026/bulletin/99AF00.pdf" - | tr '\n' ' ')" 'hadden er 11 schooldagen\. Daarvan konden er [0-9]+ worden beoordeeld'
# The life of an alarm.
like "verify computes every alarm again" "$(vb verify 2>&1)" 'alarms \([0-9]+ unusual periods in [0-9]+ series\) computed again, 0 differ'
no=$(q "SELECT alarm_no $(of 99AD00) AND series = 'pest'")
alarms() { vb alarms "$@" 2>&1; }
like "who has news is told without what it is" "$(alarms list)" '^99001  99AD00 +1 +0 +0 +0 +0'
unlike "no numbers of it" "$(alarms list)" 'pest'
like "a school sees its own" "$(alarms list --school 99AD00)" "^ +$no  new .*pestincidenten"
unlike "and no other's" "$(alarms list --school 99AB00)" "^ +$no "
is "another school cannot explain it" "$(alarms explain "$no" --school 99AB00 > /dev/null; echo $?)" 1
like "explain asks the same question" "$(alarms explain "$no" --school 99AD00)" 'Wat was er in (maart|april) 2026 aan de hand\?.*\[zeker ongewoon\]'
ok "JSON holds the numbers" test "$(alarms explain "$no" --school 99AD00 --json | python3 -c 'import json, sys; a = json.load(sys.stdin); print(a["observed"] > a["upper"] > a["expected"] and a["baseline"]["n"] > 12 and len(a["explanation"]) >= 3)')" = True
like "nothing is done with it before it was there" "$(alarms seen "$no" --school 99AD00 --as-of 2026-09-13)" "alarm $no was not there yet on that day"
like "a number too large for an alarm is none" "$(alarms seen $((4294967296 + no)) --school 99AD00 --as-of 2026-09-15)" 'usage: veiligbeeld alarms seen NUMBER'
like "nor is one too large for anything" "$(alarms close 99999999999999999999 --school 99AD00 --as-of 2026-09-15)" 'usage: veiligbeeld alarms close NUMBER'
is "seen" "$(alarms seen "$no" --school 99AD00 --as-of 2026-09-15)" "$no seen: done"
is "twice is once" "$(alarms seen "$no" --school 99AD00 --as-of 2026-09-16)" "$no seen: unchanged"
like "free text explains nothing" "$(alarms link "$no" --school 99AD00 --event "Jan Jansen" --date 2026-03-02)" 'no event of that code'
unlike "and is not repeated" "$(alarms link "$no" --school 99AD00 --event "Jan Jansen" --date 2026-03-02)" 'Jansen'
like "nor does an event of tomorrow" "$(alarms link "$no" --school 99AD00 --event campagne --date 2027-03-02 --as-of 2026-09-16)" 'lies after'
like "nor one of years ago" "$(alarms link "$no" --school 99AD00 --event campagne --date 2024-03-02 --as-of 2026-09-16)" "more than a year before alarm $no began"
is "an event of the settings does" "$(alarms link "$no" --school 99AD00 --event bekend_conflict --date 2026-03-02 --as-of 2026-09-16)" "$no explained: done"
like "the list says so" "$(alarms list --school 99AD00)" "^ +$no  explained"
like "an alarm without a school is refused" "$(alarms explain "$no")" 'give --school'
like "a school that is not there too" "$(alarms list --school 12XX00)" 'no school or board "12XX00"'
like "and a number that is none" "$(alarms seen x --school 99AD00)" 'usage: veiligbeeld alarms seen NUMBER'
like "and an unknown step" "$(alarms forget "$no" --school 99AD00)" 'usage: veiligbeeld alarms list'
# The back-test.
is "a back-test says on what" "$(alarms backtest > /dev/null; echo $?)" 1
is "not on both" "$(alarms backtest --sim 10 --board 99001 > /dev/null; echo $?)" 1
history=$(vb alarms backtest --board 99001 --json 2> /dev/null)
is "a board's own history is replayed, with outbreaks planted" "$(python3 -c 'import json, sys; a = json.load(sys.stdin)[0]; print(a["schools"], a["school_years"], [o["cases"] for o in a["outbreaks"]], a["outbreaks"][3]["share"] >= .6 > a["outbreaks"][0]["share"], a["alarms_per_year"] < 1)' <<<"$history")" "17 34.0 [3, 5, 8, 12] True True"
is "the same seed gives the same figures" "$(vb alarms backtest --board 99001 --json 2> /dev/null | md5sum)" "$(md5sum <<<"$history")"
# Computed again with another as-of date: the same alarm, and the bulletin knows what is new.
vb run --board 99001 --schooljaar 2025-2026 --as-of 2026-10-01 --editie bulletin > "$place/log" 2>&1
is "after a new run it is the same alarm" "$(q "SELECT alarm_no $(of 99AD00) AND series = 'pest'")" "$no"
is "with what was done to it" "$(q "SELECT state, event, new_on FROM result.alarm_life WHERE alarm_no = $no")" "explained|bekend_conflict|2026-09-14"
text=$(pdftotext "$place/out/99001/2025-2026/bulletin/99AD00.pdf" - | tr '\n' ' ')
like "the next bulletin says that nothing is new" "$text" 'Er is niets nieuws sinds het vorige bulletin van 14 september 2026'
like "and what is known of it" "$text" 'verklaard: een bekend conflict dat al begeleid wordt \(2 maart 2026\)'
vb report --board 99001 --schooljaar 2025-2026 --as-of 2026-09-14 --editie bulletin > "$place/log" 2>&1
like "a bulletin of an earlier day is the one it was: the first" "$(pdftotext "$place/out/99001/2025-2026/bulletin/99AD00.pdf" - | tr '\n' ' ')" 'Dit valt op in de laatste twaalf maanden'
alarms close "$no" --school 99AD00 --as-of 2026-10-02 > "$place/log"
like "to what is closed no event is linked" "$(alarms link "$no" --school 99AD00 --event campagne --date 2026-03-03 --as-of 2026-10-02)" "alarm $no is closed"
q "UPDATE result.alarm_life SET closed_last = '2026-02-01' WHERE alarm_no = $no" > "$place/log"
vb analyze --board 99001 --schooljaar 2025-2026 --as-of 2026-10-05 > "$place/log" 2>&1
is "one that went on after it was closed is new again" "$(q "SELECT state, new_on FROM result.alarm_life WHERE alarm_no = $no")" "new|2026-10-05"
q "INSERT INTO result.alarm_life (board_no, location_no, unit, series, direction, started_on, last_on, new_on, shown_on) SELECT 99001, location_no, 'school', 'pest', 'rise', '2025-11-01', '2025-11-30', '2026-09-14', '2026-09-14' FROM register.location WHERE code = '99AD00'; INSERT INTO result.bulletin_told SELECT location_no, '2026-10-01', alarm_no, last_on, false FROM result.alarm_life WHERE started_on = '2025-11-01' AND last_on = '2025-11-30' AND shown_on = '2026-09-14' ON CONFLICT DO NOTHING" > "$place/log"
vb run --board 99001 --schooljaar 2025-2026 --as-of 2026-10-06 --editie bulletin > "$place/log" 2>&1
is "one that better data no longer shows is gone" "$(q "SELECT gone_on FROM result.alarm_life JOIN register.location USING (location_no) WHERE started_on = '2025-11-01' AND code = '99AD00'")" "2026-10-06"
like "and the bulletin says so" "$(pdftotext "$place/out/99001/2025-2026/bulletin/99AD00.pdf" - | tr '\n' ' ')" 'is 1 eerder signaal vervallen'
# The budget, and settings of a board's own.
mkdir "$place/own"; python3 -c 'import json, sys; a = json.load(sys.stdin); a["budget"] = 0; a["events"].append({"event": "kamp", "title": "een eigen kampweek"}); json.dump(a, sys.stdout)' < "$root/config/alarms.json" > "$place/own/alarms.json"
q "UPDATE result.alarm_life SET shown_on = NULL" > "$place/log"
VEILIGBEELD_CONFIG=$place/own vb run --board 99001 --schooljaar 2025-2026 --as-of 2026-10-07 --editie bulletin > "$place/log" 2>&1
is "beyond the budget only what is certain is shown" "$(q "SELECT bool_and(shown = (certainty = 3)), bool_or(shown), bool_or(NOT shown) FROM result.alarm WHERE part_of IS NULL")" "t|t|t"
is "the planted outbreak too" "$(q "SELECT shown $(of 99AD00) AND series = 'pest'")" t
weak=$(q "SELECT min(l.code) FROM result.alarm a JOIN register.location l USING (location_no) WHERE a.unit = 'school' AND part_of IS NULL GROUP BY location_no HAVING count(*) = 1 AND NOT bool_or(shown) LIMIT 1")
text=$(pdftotext "$place/out/99001/2025-2026/bulletin/$weak.pdf" - | tr '\n' ' ')
like "but kept, and told" "$text" '1 signaal dat minder zeker is, staat hier niet'
unlike "and not that there was none" "$text" 'lag geen enkele periode'
like "by the board's own budget" "$text" 'toont er hoogstens 0 per schooljaar'
like "the list names it" "$(alarms list --school "$weak")" 'beyond the yearly budget'
is "an event of the board's own settings explains" "$(VEILIGBEELD_CONFIG=$place/own alarms link "$no" --school 99AD00 --event kamp --date 2026-03-02 --as-of 2026-10-07)" "$no explained: done"
like "in its own words" "$(VEILIGBEELD_CONFIG=$place/own alarms explain "$no" --school 99AD00)" 'verklaard: een eigen kampweek'
like "and is none where the settings do not know it" "$(alarms link "$no" --school 99AD00 --event kamp --date 2026-03-02 --as-of 2026-10-07)" 'no event of that code'
# A group of schools, and months that are not complete.
sed 's/"groups": \[\]/"groups": [{"group": "noord", "title": "scholen in het noorden", "board": 99001, "locations": ["99AA00", "99AB00"]}]/' "$root/config/alarms.json" > "$place/own/alarms.json"
q "INSERT INTO result.report_known SELECT board_no, location_no, month, (month + interval '1 month')::date, incidents / 2 FROM result.report_known WHERE month < '2025-08-01' ON CONFLICT DO NOTHING" > "$place/log"
VEILIGBEELD_CONFIG=$place/own vb run --board 99001 --schooljaar 2025-2026 --as-of 2026-10-07 --editie bulletin > "$place/log" 2>&1
months() { q "SELECT string_agg(u.n::text, ' ' ORDER BY u.day) FROM (SELECT u.day, sum(u.n) AS n FROM result.series s, unnest(s.day, s.observed) AS u(day, n) WHERE s.board_no = 99001 AND s.series = 'alles' AND s.period = 'month' AND $1 AND u.n IS NOT NULL GROUP BY u.day) u"; }
is "a group of the settings is the sum of its schools" "$(months "s.unit = 'noord'")" "$(months "s.unit = 'school' AND s.location_no IN (SELECT location_no FROM register.location WHERE code IN ('99AA00', '99AB00'))")"
is "it stands under the office of the board" "$(q "SELECT DISTINCT l.code FROM result.series s JOIN register.location l USING (location_no) WHERE unit = 'noord'")" B99001
is "where half of many months came late before, much of a recent month is still to come" "$(q "SELECT bool_and(u.complete BETWEEN 0.3 AND 0.9) FROM result.series s, unnest(s.day, s.complete) AS u(day, complete) WHERE s.board_no = 99001 AND s.unit = 'school' AND s.period = 'month' AND u.day = '2026-06-01'")" t
is "and nothing of an old one" "$(q "SELECT min(u.complete) FROM result.series s, unnest(s.day, s.complete) AS u(day, complete) WHERE s.board_no = 99001 AND u.day < '2026-01-01'")" 1
like "the bulletin marks it" "$(pdftotext "$place/out/99001/2025-2026/bulletin/99AD00.pdf" - | tr '\n' ' ')" 'juni 2026 \*'
q "DELETE FROM result.report_known WHERE known_on = (month + interval '1 month')::date" > "$place/log"
sed 's/"budget": 4/"budget": 0/' "$root/config/alarms.json" > "$place/own/alarms.json"
q "UPDATE result.board_state SET fingerprint = ''" > "$place/log"
VEILIGBEELD_CONFIG=$place/own vb analyze --board 99001 --schooljaar 2025-2026 --as-of 2026-10-07 > "$place/log" 2>&1
# Verify finds what was changed.
like "verify holds" "$(vb verify 2>&1)" ' 0 differ'
for change in "result.alarm_point SET expected = expected * (1 + 1e-8)" "result.alarm_point SET basis = replace(basis, '\"n\": ', '\"n\": 1')" "result.series SET observed[45] = coalesce(observed[45], 0) + 40 WHERE series = 'alles' AND period = 'month' AND unit = 'school'" "result.alarm_setting SET setting = replace(setting, '\"alpha\": 0.005', '\"alpha\": 0.2')"; do
    q "UPDATE ${change}" > "$place/log"
    is "verify sees: ${change:0:60}" "$(vb verify > /dev/null 2>&1; echo $?)" 5
    q "UPDATE result.board_state SET fingerprint = ''" > "$place/log"
    VEILIGBEELD_CONFIG=$place/own vb analyze --board 99001 --schooljaar 2025-2026 --as-of 2026-10-07 > "$place/log" 2>&1
    is "and computed again it holds" "$(vb verify > /dev/null 2>&1; echo $?)" 0
done
# What the bulletin tells of an alarm, and which ones the budget chose.
o() { sql vb_owner "$1" > "$place/log"; }
o "UPDATE result.alarm_life SET shown_on = NULL WHERE alarm_no % 2 = 0; UPDATE result.board_state SET fingerprint = ''"
VEILIGBEELD_CONFIG=$place/own vb analyze --board 99001 --schooljaar 2025-2026 --as-of 2026-10-07 > "$place/log" 2>&1
is "some were shown before, some are hidden by the budget" "$(q "SELECT count(DISTINCT shown) FROM result.alarm WHERE part_of IS NULL")" 2
o "CREATE TABLE result.saved_alarm AS TABLE result.alarm; CREATE TABLE result.saved_setting AS TABLE result.alarm_setting; CREATE TABLE result.saved_life AS SELECT alarm_no, shown_on FROM result.alarm_life"
for change in "result.alarm SET last_on = last_on + 1" "result.alarm SET shown = NOT shown WHERE part_of IS NULL" "result.alarm SET shown = true WHERE part_of IS NOT NULL" "result.alarm_life SET shown_on = NULL WHERE shown_on IS NOT NULL" \
    "result.alarm_setting SET setting = replace(setting, '\"budget\": 0', '\"budget\": 9')" "result.alarm SET title = 'iets anders'" "result.alarm SET observed = observed + 1" "result.alarm SET certainty = 4 - certainty WHERE certainty <> 2" \
    "result.alarm SET base_n = base_n + 1" "result.alarm SET incomplete = NOT incomplete" "result.alarm SET facts = jsonb_set(facts::jsonb, '{where,n}', '99')::json WHERE unit = 'school' AND direction = 'rise'" \
    "result.alarm SET facts = (facts::jsonb || '{\"board\": 7}')::json" "result.alarm SET facts = jsonb_set(facts::jsonb, '{where,place}', '[[\"toilet\", 9]]')::json WHERE unit = 'school' AND direction = 'rise'"; do
    q "UPDATE ${change}" > "$place/log"
    is "verify sees: ${change:0:60}" "$(vb verify > /dev/null 2>&1; echo $?)" 5
    o "DELETE FROM result.alarm; INSERT INTO result.alarm TABLE result.saved_alarm; DELETE FROM result.alarm_setting; INSERT INTO result.alarm_setting TABLE result.saved_setting; UPDATE result.alarm_life l SET shown_on = s.shown_on FROM result.saved_life s WHERE s.alarm_no = l.alarm_no"
done
is "undone, it holds" "$(vb verify > /dev/null 2>&1; echo $?)" 0
finish
