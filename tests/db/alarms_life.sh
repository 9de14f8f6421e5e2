#!/usr/bin/env bash
# The life of one alarm, as the school that it is of reads it: found after the bulletin of that day, told as new in the next one; closed, and told as going on with what is new; explained
# by another way of counting, gone for that reason, and brought back. What is said beside a count is about the days of that count.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 1 > /dev/null
find "$place/in/99001" -type f ! -name 'incidenten_99A[ABDEF]00*' -delete # a small board, for the time that bulletins take
file=$place/in/99001/2025-2026/incidenten_99AD00_2025-2026.csv
mv "$file" "$place/year.csv"; mkdir -p "$place/later/99001/2025-2026"
deliver() { cp "$1" "$place/later/99001/2025-2026/${file##*/}"; vb ingest "$place/later" > "$place/log" 2>&1; }
# Until the end of March; the whole year with six more incidents of bullying in April, in the toilets; and without most of March and April.
awk -F';' 'NR == 1 || $4 < "2026-04-01"' "$place/year.csv" > "$place/march.csv"
awk -F';' -v OFS=';' '{print} $3 == "99AD-25-0025" {line = $0} END {$0 = line; for (n = 1; n <= 6; n++) {$3 = "99AD-25-09" n; $4 = sprintf("2026-04-%02d", 6 + n); $5 = "14:10"; $6 = "toilet"; print}}' "$place/year.csv" > "$place/more.csv"
awk -F';' 'NR == 1 || $4 < "2026-03-09" || $4 > "2026-05-01"' "$place/year.csv" > "$place/fewer.csv"
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
q() { sql vb_analyze "$1"; }
bulletin() { vb run --board 99001 --schooljaar 2025-2026 --as-of "$1" --editie bulletin "${@:2}" > "$place/log" 2>&1; text=$(pdftotext "$place/out/99001/2025-2026/bulletin/99AD00.pdf" - | tr '\n' ' '); }
alarms() { vb alarms "$@" 2>&1; }
bulletin 2026-03-31 "$place/in/99001"
unlike "before its incidents are delivered the school has no alarm" "$text" 'Signaal [0-9]'
like "a month of holidays is no month without a delivery" "$(tr -s ' ' <<< "$text")" 'augustus 2025 geen schooldagen.*geen levering'
deliver "$place/march.csv"
vb analyze --board 99001 --schooljaar 2025-2026 --as-of 2026-03-31 > "$place/log" 2>&1
no=$(q "SELECT alarm_no FROM result.alarm JOIN register.location USING (location_no) WHERE code = '99AD00' AND part_of IS NULL")
is "on the day of that bulletin, after it was made, one is found" "$(q "SELECT new_on FROM result.alarm_life WHERE alarm_no = $no")" 2026-03-31
bulletin 2026-04-01
like "the next bulletin calls it new" "$text" 'Nieuw sinds het vorige bulletin van 31 maart 2026: . Wat was er in maart 2026 aan de hand\? Er zijn 11 pestincidenten'
bulletin 2026-04-02
like "and the one after it does not" "$text" 'Er is niets nieuws sinds het vorige bulletin van 1 april 2026\. Al eerder gemeld: . Wat was er in maart'
# What is said of places, hours and groups is about the same days as the count.
is "the places of an alarm are those of its peak" "$(q "SELECT count(*) > 0 AND bool_and((facts #>> '{where,n}')::int = observed) FROM result.alarm WHERE unit = 'school' AND direction = 'rise' AND period IN ('week', 'month')")" t
# A trial run says what would be done, and keeps nothing.
is "--dry-run tells" "$(alarms seen "$no" --school 99AD00 --as-of 2026-04-02 --dry-run)" "$no seen: done (dry run: nothing was kept)"
is "and keeps nothing" "$(q "SELECT state, (SELECT count(*) FROM result.alarm_step) FROM result.alarm_life WHERE alarm_no = $no")" "new|0"
like "--dry-run in JSON" "$(alarms seen "$no" --school 99AD00 --as-of 2026-04-02 --dry-run --json)" '"result": "done", "dry_run": true'
like "what was never done cannot be undone" "$(alarms undo "$no" --school 99AD00 --as-of 2026-04-02)" "nothing was done with alarm $no that can be undone"
like "a school or a board, not both" "$(alarms list --school 99AD00 --board 99001)" 'not both'
# Closed by mistake, and back.
alarms seen "$no" --school 99AD00 --as-of 2026-04-02 > "$place/log"; alarms close "$no" --school 99AD00 --as-of 2026-04-03 > "$place/log"
like "not before it was done" "$(alarms undo "$no" --school 99AD00 --as-of 2026-04-02)" "the last step of alarm $no is of a later day"
is "closing is undone" "$(alarms undo "$no" --school 99AD00 --as-of 2026-04-03)" "$no undone: closed"
is "to what it was" "$(q "SELECT state, seen_on, closed_on, closed_last FROM result.alarm_life WHERE alarm_no = $no")" "seen|2026-04-02||"
is "so is seeing" "$(alarms undo "$no" --school 99AD00 --as-of 2026-04-03)" "$no undone: seen"
is "another school undoes nothing" "$(alarms undo "$no" --school 99AB00 --as-of 2026-04-03 > /dev/null; echo $?)" 1
like "all of it is kept" "$(alarms explain "$no" --school 99AD00 --as-of 2026-04-03)" 'Wat ermee is gedaan: gezien \(2 april 2026\); afgesloten \(3 april 2026\); afsluiten teruggedraaid \(3 april 2026\); ‘gezien’ teruggedraaid \(3 april 2026\)\.'
# Closed, and it goes on.
alarms close "$no" --school 99AD00 --as-of 2026-04-03 > "$place/log"
deliver "$place/more.csv"
bulletin 2026-05-04
is "it is one alarm still" "$(q "SELECT count(*), min(alarm_no) FROM result.alarm JOIN register.location USING (location_no) WHERE code = '99AD00' AND part_of IS NULL")" "1|$no"
like "it is told as going on, with what is new" "$text" 'Nieuw sinds het vorige bulletin van 2 april 2026: . Dit signaal was afgesloten, maar het gaat door\. Wat was er in (april|de [^?]*april) 2026 aan de hand\?'
like "where that was" "$text" 'gaat door\. [^:]*: Toilet \([67] keer\), rond 14 uur \(6 keer\)'
like "and how it was before" "$text" 'Voordat het werd afgesloten, waren het er 11 in maart 2026; er waren er ongeveer [0-9,]+ te verwachten'
like "it counts as its own alarm does, in verify too" "$(vb verify 2>&1)" ' 0 differ$'
is "a changed beginning of what is new is seen" "$(q "UPDATE result.alarm SET after_on = after_on - 20 WHERE after_on IS NOT NULL" > "$place/log"; vb verify > /dev/null 2>&1; echo $?; q "UPDATE result.alarm SET after_on = after_on + 20 WHERE after_on IS NOT NULL" > "$place/log")" 5
like "the list says so" "$(alarms list --school 99AD00 --as-of 2026-05-04)" "^ +$no  new .*goes on after it was closed"
like "what the program did is not undone" "$(alarms undo "$no" --school 99AD00 --as-of 2026-05-04)" 'nothing was done'
bulletin 2026-05-05
like "told once as new" "$text" 'niets nieuws sinds het vorige bulletin van 4 mei 2026\. Al eerder gemeld: . Dit signaal was afgesloten, maar het gaat door'
# Explained by another way of counting: it is gone, for that reason, until that is undone.
like "who links such an event is told what it does, and the way back" "$(alarms link "$no" --school 99AD00 --event nieuwe_registratie --date 2026-03-01 --as-of 2026-05-06 | tr '\n' ' ')" "^$no explained: done From the next analyze on nothing before that day .* veiligbeeld alarms undo $no"
is "the same again changes nothing" "$(alarms link "$no" --school 99AD00 --event nieuwe_registratie --date 2026-03-01 --as-of 2026-05-06)" "$no explained: unchanged"
bulletin 2026-05-07
is "it is gone" "$(q "SELECT gone_on, gone_break FROM result.alarm_life WHERE alarm_no = $no")" "2026-05-07|2026-03-01"
like "the bulletin says why" "$text" "Signaal $no \(pestincidenten, 1 maart 2026 tot en met [0-9]+ (april|mei) 2026\) is vervallen omdat u het hebt verklaard met een andere manier van registreren \(1 maart 2026\)"
unlike "and gives no other reason" "$text" 'verbeterde gegevens'
like "the list still has it" "$(alarms list --school 99AD00 --as-of 2026-05-07)" "^ +$no  explained .*gone: another way of counting"
like "explain says why too" "$(alarms explain "$no" --school 99AD00 --as-of 2026-05-07)" 'is vervallen omdat u het hebt verklaard'
is "in JSON with what was done" "$(alarms explain "$no" --school 99AD00 --as-of 2026-05-07 --json | python3 -c 'import json, sys; a = json.load(sys.stdin); print(a["gone_break"], [s["step"] for s in a["history"]])')" "2026-03-01 ['seen', 'closed', 'undone', 'undone', 'closed', 'went on', 'explained']"
is "what is gone cannot be closed" "$(alarms close "$no" --school 99AD00 --as-of 2026-05-07 > /dev/null; echo $?)" 1
bulletin 2026-05-08
unlike "that it is gone is told once" "$text" 'vervallen'
is "the explanation is undone" "$(alarms undo "$no" --school 99AD00 --as-of 2026-05-08)" "$no undone: explained"
bulletin 2026-05-09
like "the same alarm is back" "$text" "Nieuw sinds het vorige bulletin van 8 mei 2026.* Signaal $no "
is "with nothing of the break" "$(q "SELECT state, event, gone_on, gone_break FROM result.alarm_life WHERE alarm_no = $no; SELECT DISTINCT breaks::text FROM result.series JOIN register.location USING (location_no) WHERE code = '99AD00' AND period = 'week'" | tr '\n' ' ')" "new||| {} "
like "and both steps are kept" "$(alarms explain "$no" --school 99AD00 --as-of 2026-05-09)" 'verklaard met een andere manier van registreren van 1 maart 2026 \(6 mei 2026\); verklaring teruggedraaid \(8 mei 2026\)\.'
is "nor are parts of it in the list of what is gone" "$(alarms list --school 99AD00 --as-of 2026-05-09 | grep -c 'gone')" 0
# Better data are told as such, of what was told only.
deliver "$place/fewer.csv"
bulletin 2026-05-10
like "better data are told as a number" "$text" 'Na nieuwe of verbeterde gegevens is 1 eerder signaal vervallen'
like "and in the list" "$(alarms list --school 99AD00 --as-of 2026-05-10)" "^ +$no  new .*gone: better data"
like "every alarm is computed again" "$(vb verify 2>&1)" ' 0 differ$'
finish
