#!/usr/bin/env bash
# The same input again changes nothing; a corrected file replaces; a run that was killed gives the same release.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 3 --first 2023 > /dev/null
board=99003
report() { vb run --board $board --schooljaar 2025-2026 --as-of 2026-09-14 --editie gmr "$@" > "$place/log" 2>&1; }
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
report "$place/in/$board"
is "a first run ends with refused rows told" "$?" 3
first=$(release_hash)
facts() { sql vb_analyze "SELECT (SELECT count(*) FROM fact.incident) || ' ' || (SELECT count(*) FROM fact.answer) || ' ' || (SELECT count(*) FROM fact.complaint) || ' ' || (SELECT count(*) FROM fact.delivery) || ' ' || (SELECT count(*) FROM fact.reject)"; }
before=$(facts)
report "$place/in/$board"
is "the same input again is no refusal" "$?" 0
like "and the run says so: ingest" "$(cat "$place/log")" 'ingest: nothing new'
like "analyze" "$(cat "$place/log")" 'analyze: nothing new'
like "disclose" "$(cat "$place/log")" 'disclose: nothing new'
is "nothing changed in fact" "$(facts)" "$before"
is "nothing changed in release" "$(release_hash)" "$first"
is "every account closes" "$(sql vb_analyze "SELECT count(*) FROM fact.delivery WHERE rows_read <> rows_loaded + rows_rejected + rows_superseded + rows_duplicate")" 0
is "and its rejects are there" "$(sql vb_analyze "SELECT count(*) FROM fact.delivery d WHERE replaced_by IS NULL AND rows_rejected <> (SELECT count(*) FROM fact.reject r WHERE r.delivery_no = d.delivery_no AND NOT r.finding)")" 0
# A correction: the same school, kind and year, later, with more rows.
school=99AZ00 year=2025-2026
file=$(ls "$place/in/$board/$year/incidenten_$school"* | head -1)
mkdir "$place/fix"; cp "$file" "$place/fix/incidenten_${school}_${year}_fix.csv"
n_before=$(sql vb_analyze "SELECT count(*) FROM fact.incident i JOIN register.location l USING (location_no) WHERE l.code = '$school' AND occurred_on >= '2025-08-01'")
python3 - "$place/fix/incidenten_${school}_${year}_fix.csv" <<'PY'
import sys
path = sys.argv[1]; raw = open(path, "rb").read(); lines = raw.splitlines(keepends=True)
out = [lines[0]] + [l for l in lines[1:]][:-2] # two rows fewer
open(path, "wb").write(b"".join(out))
PY
vb ingest --as-of 2026-09-20 "$place/fix" > "$place/log" 2>&1
like "a correction replaces" "$(cat "$place/log")" '1 earlier delivery was replaced'
n_after=$(sql vb_analyze "SELECT count(*) FROM fact.incident i JOIN register.location l USING (location_no) WHERE l.code = '$school' AND occurred_on >= '2025-08-01'")
ok "the rows of the old file are gone" test "$n_after" -lt "$n_before"
vb ingest "$file" > "$place/log" 2>&1
like "the old file does not come back" "$(cat "$place/log")" 'nothing new; 1 files known already'
report
like "the correction is computed" "$(cat "$place/log")" 'analyze: 1 of 1 boards computed'
like "a change that would show two incidents is not released" "$(cat "$place/log")" 'tables stand as released before'
is "the total stays as it was" "$(sql vb_report "SELECT kept FROM release.decision WHERE audience = 'bestuur' AND board_no = $board AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'totaal'")" t
like "what stands is certified" "$(vb verify)" 'certificates, 0 do not match'
# Killed at any moment and started again: the same release as a run that was left alone.
vb db stop; rm -rf "$place/var/pg" "$place/var/run"
kills=0 status=1
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
for moment in 0.02 0.06 0.1 0.15 0.2 0.3 0.4 0.5 0.6 0.8 1.0 1.3 1.6 2.0 2.5; do
    "$root/veiligbeeld" run --board $board --schooljaar 2025-2026 --as-of 2026-09-14 --editie gmr "$place/in/$board" > "$place/log" 2>&1 &
    pid=$!; sleep $moment
    if kill -9 $pid 2>/dev/null; then kills=$((kills + 1)); fi
    wait $pid 2>/dev/null
done
ok "the run was killed on its way, many times" test $kills -ge 4
# The server may still be ending what the last killed run had begun; then the next one says so, and to wait.
for try in 1 2 3 4 5 6; do
    report "$place/in/$board"; status=$?
    grep -q 'another run is' "$place/log" || break
    sleep 2
done
ok "the last run ends" test $status -ne 137
is "killed and started again, the release is the same" "$(release_hash)" "$first"
is "and so are the facts" "$(facts)" "$before"
sql vb_disclose "UPDATE release.figure SET events = events + 1 WHERE board_no = $board AND audience = 'gmr' AND breakdown = 'totaal'" > /dev/null
is "verify sees a figure that was changed" "$(vb verify > /dev/null 2>&1; echo $?)" 6
is "and no edition is made of it" "$(vb report --board $board --schooljaar 2025-2026 --editie gmr > /dev/null 2>&1; echo $?)" 6
finish
