#!/usr/bin/env bash
# The school calendar in the database: regions, public holidays, a school's own free days; and terms that holidays extend.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 6 --first 2024 > /dev/null
vb ingest "$root/data/register" "$place/in/register" "$place/in/99003" > "$place/log" 2>&1
analyze() { vb analyze --schooljaar 2025-2026 --as-of 2026-09-14 > "$place/log" 2>&1; }
q() { sql vb_analyze "$1"; }
open_days() { q "SELECT open_days FROM result.exposure JOIN register.location USING (location_no) WHERE code = '$1' AND month = '$2'"; }
analyze; is "analyze" "$?" 0
# By another way: weekdays of the month in no closed period of the region or the country.
is "open days of every month as counted by the server" "$(q "SELECT count(*) FROM result.exposure e JOIN register.location_period p USING (location_no, board_no)
  WHERE e.open_days <> (SELECT count(*) FROM generate_series(e.month, e.month + interval '1 month' - interval '1 day', '1 day') d
                         WHERE extract(isodow FROM d) < 6 AND NOT EXISTS (SELECT FROM register.closed_day c WHERE c.region IN (0, p.region) AND d::date BETWEEN c.first AND c.last))")" 0
before=$(open_days 99AZ00 2025-11-01) other=$(open_days 99BA00 2025-11-01)
mkdir "$place/free"; printf 'brin;vestiging;vrij_begin;vrij_eind;omschrijving\n99AZ;0;2025-11-10;2025-11-11;studiedagen\n99AZ;0;2025-11-15;2025-11-16;weekend\n' > "$place/free/vrij_99AZ00_2025-2026.csv"
vb ingest "$place/free" > "$place/log" 2>&1; is "a school's own free days are taken" "$?" 0
analyze
is "two study days are two days fewer, a weekend none" "$(open_days 99AZ00 2025-11-01)" "$((before - 2))"
is "at that school only" "$(open_days 99BA00 2025-11-01)" "$other"
is "terms end as counted by the server: calendar days that are no holiday" "$(q "SELECT count(*) FROM result.clock k JOIN register.location_period p USING (location_no, board_no)
  WHERE clock = 'klacht_besluit' AND 28 <> (SELECT count(*) FROM generate_series(k.started_on + 1, k.due_on, '1 day') d
         WHERE NOT EXISTS (SELECT FROM register.closed_day c WHERE c.region IN (0, p.region) AND d::date BETWEEN c.first AND c.last))")" 0
ok "and some were extended" test "$(q "SELECT count(*) FROM result.clock WHERE clock = 'klacht_besluit' AND due_on - started_on > 28")" -gt 0
finish
