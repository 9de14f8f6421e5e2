#!/usr/bin/env bash
# What was planted is found, what was counted differently is no baseline, and the bulletin says it as a question.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 1 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
vb run --board 99001 --schooljaar 2025-2026 --as-of 2026-09-14 --editie bulletin "$place/in/99001" > "$place/log" 2>&1
is "the run ends (some rows of the example are refused)" "$?" 3
q() { sql vb_analyze "$1"; }
like "the planted outbreak of bullying is an alarm in March or April" "$(q "SELECT string_agg(month::text, ' ') FROM result.alarm JOIN register.location USING (location_no) WHERE code = '99AD00' AND series = 'pest'")" '2026-0[34]-01'
ok "few other schools alarm on bullying" test "$(q "SELECT count(*) FROM result.alarm JOIN register.location USING (location_no) WHERE code <> '99AD00' AND series = 'pest'")" -le 1
is "at the school that changed its form nothing before the change is a baseline" "$(q "SELECT count(*) FROM result.series JOIN register.location USING (location_no) WHERE code = '99AH00' AND month < '2024-08-01' AND exposure IS NOT NULL AND exposure <> 'NaN'")" 0
ok "but what was registered then is still shown" test "$(q "SELECT count(observed) FROM result.series JOIN register.location USING (location_no) WHERE code = '99AH00' AND month < '2024-08-01'")" -gt 20
is "doubling by the new form is not an alarm" "$(q "SELECT count(*) FROM result.alarm JOIN register.location USING (location_no) WHERE code = '99AH00' AND series = 'alles'")" 0
is "an alarm keeps what is needed to explain it" "$(q "SELECT count(*) FROM result.alarm WHERE baseline = '{}' OR NOT (baseline ? 'alpha')")" 0
is "a school that sent nothing has no zeros" "$(q "SELECT count(observed) FROM result.series JOIN register.location USING (location_no) WHERE code = '99AN00' AND month >= '2025-08-01'")" 0
text=$(pdftotext "$place/out/99001/2025-2026/bulletin/99AD00.pdf" - | tr '\n' ' ')
like "the bulletin asks" "$text" 'Wat was er in (maart|april) 2026 aan de hand\?'
like "says what was expected and how unusual it is" "$text" 'waren er ongeveer [0-9,]+ te verwachten, en meer dan [0-9]+ is ongewoon \(kans'
like "and where to look" "$text" 'Vaakst genoemd: Plein'
unlike "names no child" "$text" 'leerling [A-Z]|dader|slachtoffer'
finish
