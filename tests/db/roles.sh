#!/usr/bin/env bash
# The walls between the rooms: every role tries what it may and what it may not (DESIGN, table of roles).
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
vb db init > "$place/log" 2>&1
may() { like "$1 may $2" "$(sql "$1" "$2" | grep -c 'ERROR' )" '^0$'; }
not() { like "$1 may not $2" "$(sql "$1" "$2")" 'permission denied|must be owner|row-level security'; }
# Nobody who only reads has a place to put things; and what was given by mistake is taken away whenever rights are given again.
for role in vb_ingest vb_report vb_bulletin vb_feedback; do not $role "CREATE TEMP TABLE mine ()"; done
sql vb_owner "GRANT UPDATE ON release.figure TO vb_report; GRANT USAGE ON SCHEMA result TO vb_report; GRANT EXECUTE ON FUNCTION register.refresh() TO vb_report; UPDATE ops.migration SET sha256 = 'other' WHERE file = 'rerunnable'" > "$place/log"
vb db migrate > "$place/log" 2>&1; is "rights are given again" "$?" 0
is "and none by mistake stays: on a table, a function, a room" "$(sql vb_owner "SELECT has_table_privilege('vb_report', 'release.figure', 'UPDATE'), has_function_privilege('vb_report', 'register.refresh()', 'EXECUTE'), has_schema_privilege('vb_report', 'result', 'USAGE')")" "f|f|f"
delivery="INSERT INTO fact.delivery (sha256, kind, form, form_version, period_begin, period_end, received_on, rows_read, rows_loaded, rows_rejected, rows_superseded, rows_duplicate) VALUES ('x', 'k', 'f', 1, now(), now(), now(), 0, 0, 0, 0, 0)"
figure="INSERT INTO result.figure (board_no, schooljaar, indicator, breakdown, location_no, category, ord, events, schools) VALUES (1, 1, 'i', 'b', 0, '', 0, 1, 1)"
spread="INSERT INTO result.spread (board_no, schooljaar, indicator, breakdown, category, location_no, events) VALUES (1, 1, 'i', 'b', '', 1, 1)"
for role in vb_ingest vb_disclose vb_report vb_bulletin vb_feedback; do not $role "$spread"; done
may vb_analyze "$spread"; may vb_disclose "SELECT * FROM result.spread"; not vb_disclose "DELETE FROM result.spread"
for role in vb_ingest vb_report vb_bulletin vb_feedback; do not $role "SELECT * FROM result.spread"; done
shown="INSERT INTO result.spread_shown (board_no, schooljaar, indicator, breakdown, labels, locations, events, numerators) VALUES (1, 1, 'i', 'b', '{}', '{}', '{}', '{}')"
may vb_disclose "$shown"; not vb_disclose "DELETE FROM result.spread_shown"; not vb_disclose "UPDATE result.spread_shown SET labels = '{}'"
for role in vb_ingest vb_analyze vb_report vb_bulletin vb_feedback; do not $role "$shown"; not $role "SELECT * FROM result.spread_shown"; done
may vb_disclose "INSERT INTO release.ledger_moment VALUES (1)"; not vb_disclose "DELETE FROM release.ledger_moment"
release="INSERT INTO release.figure (audience, board_no, schooljaar, indicator, breakdown, location_no, category, ord, schools) VALUES ('a', 1, 1, 'i', 'b', 0, '', 0, 1)"
may vb_ingest "$delivery"; may vb_ingest "SELECT * FROM register.location"; may vb_ingest "SELECT register.refresh()"
not vb_ingest "SELECT * FROM result.figure"; not vb_ingest "SELECT * FROM release.figure"; not vb_ingest "INSERT INTO register.board VALUES (1, 'x')"
not vb_ingest "DELETE FROM register.location"; not vb_ingest "CREATE TABLE fact.mine ()"; not vb_ingest "$figure"; not vb_ingest "$release"
may vb_analyze "SELECT * FROM fact.incident"; may vb_analyze "SELECT * FROM register.location"; may vb_analyze "$figure"
not vb_analyze "$delivery"; not vb_analyze "DELETE FROM fact.incident"; not vb_analyze "$release"; not vb_analyze "SELECT * FROM release.figure"; not vb_analyze "UPDATE register.board SET name = 'x'"
may vb_disclose "SELECT * FROM result.figure"; may vb_disclose "$release"; may vb_disclose "INSERT INTO release.ledger VALUES ('a', 1, 1, 'i', 'b', 0, '', '', 1, 1)"
for table in incident answer complaint measure goal delivery reject register_row pupil_row; do not vb_disclose "SELECT * FROM fact.$table"; done
not vb_disclose "DELETE FROM result.figure"; not vb_disclose "SELECT * FROM register.location"
for table in ledger ledger_kept ledger_moment; do not vb_disclose "DELETE FROM release.$table"; not vb_disclose "UPDATE release.$table SET board_no = 2"; not vb_disclose "TRUNCATE release.$table"; done
may vb_report "SELECT * FROM release.figure"; may vb_report "SELECT * FROM register.location_period"
for table in $(sql vb_owner "SELECT string_agg(schemaname || '.' || tablename, ' ') FROM pg_tables WHERE schemaname IN ('fact', 'result')") result.bulletin_alarm result.bulletin_figure; do not vb_report "SELECT * FROM $table"; done
not vb_report "DELETE FROM release.figure"; not vb_report "$release"; not vb_report "SELECT register.refresh()"
# What the owner did to persons' rows: ingest knows which key is in force, analyze that results are stale; neither can say so itself.
may vb_ingest "SELECT * FROM ops.key_rotation"; may vb_analyze "SELECT * FROM ops.amendment"
for role in vb_ingest vb_analyze vb_disclose vb_report; do for table in amendment key_rotation; do not $role "DELETE FROM ops.$table"; not $role "UPDATE ops.$table SET board_no = 1"; done; done
not vb_ingest "SELECT * FROM ops.amendment"; not vb_report "SELECT * FROM ops.key_rotation"; not vb_disclose "SELECT * FROM ops.amendment"
# The bulletin: one school, chosen by a setting, and only through its views.
sql vb_analyze "INSERT INTO result.series SELECT 1, l, 'school', 'pest', 'month', 'pupils', '{2026-01-01}', '2026-01-31', ARRAY[l - 4], '{1}', '{1}', '{}', '{1}', '{1}' FROM (VALUES (7), (8)) AS v(l)" > "$place/log"
is "without a school the bulletin is empty" "$(sql vb_bulletin "SELECT count(*) FROM result.bulletin_series")" 0
is "with a school it holds that school only" "$(sql vb_bulletin "SET vb.location = 7; SELECT string_agg(location_no || ':' || observed, ',') FROM result.bulletin_series" | tail -1)" "7:3"
not vb_bulletin "SELECT * FROM result.series"; not vb_bulletin "SELECT * FROM result.figure"; not vb_bulletin "SELECT * FROM result.alarm"; not vb_bulletin "SELECT * FROM fact.incident"; not vb_bulletin "SELECT * FROM release.figure"; not vb_bulletin "SELECT * FROM result.goal"
is "the tables under the views are under row-level security" "$(sql vb_owner "SELECT count(*) FROM pg_class WHERE relname IN ('alarm', 'alarm_point', 'alarm_life', 'alarm_step', 'bulletin_made', 'bulletin_told', 'series', 'figure') AND relnamespace = 'result'::regnamespace AND relrowsecurity")" 8
# What a school does with an alarm: its own, and nothing but codes of the settings.
sql vb_analyze "INSERT INTO result.alarm_setting VALUES (1, '{\"events\": [{\"event\": \"campagne\", \"title\": \"t\"}]}')" > "$place/log"
for l in 7 8; do sql vb_analyze "INSERT INTO result.alarm_life (board_no, location_no, unit, series, direction, started_on, last_on, new_on) VALUES (1, $l, 'school', 'pest', 'rise', '2026-01-01', '2026-01-31', '2026-02-01')" > "$place/log"; done
seven=$(sql vb_analyze "SELECT alarm_no FROM result.alarm_life WHERE location_no = 7")
mark() { sql vb_bulletin "SET vb.location = $1; SELECT result.bulletin_mark($2, '$3', $4, $5, '2026-03-01')" | tail -1; }
is "a school cannot touch the alarm of another" "$(mark 8 "$seven" seen NULL NULL)" unknown
is "nor without being a school" "$(sql vb_bulletin "SELECT result.bulletin_mark($seven, 'seen', NULL, NULL, '2026-03-01')")" unknown
is "it marks its own as seen" "$(mark 7 "$seven" seen NULL NULL)" done
is "twice changes nothing" "$(mark 7 "$seven" seen NULL NULL)" unchanged
is "free text is no event" "$(mark 7 "$seven" explained "'jan jansen'" "'2026-01-10'")" "no such event"
is "an event has a day in the past" "$(mark 7 "$seven" explained "'campagne'" "'2027-01-10'")" "no such day"
is "and not one of years ago" "$(mark 7 "$seven" explained "'campagne'" "'2024-12-31'")" "long before"
is "nothing is done before the alarm was there" "$(sql vb_bulletin "SET vb.location = 7; SELECT result.bulletin_mark($seven, 'closed', NULL, NULL, '2026-01-31')" | tail -1)" "before new"
is "a code of the settings is" "$(mark 7 "$seven" explained "'campagne'" "'2026-01-10'")" done
is "it closes it" "$(mark 7 "$seven" closed NULL NULL)" done
is "what is closed is not explained any more" "$(mark 7 "$seven" explained "'campagne'" "'2026-01-11'")" closed
is "nothing else can be done" "$(mark 7 "$seven" erased NULL NULL)" "no such step"
is "all of it is kept" "$(sql vb_analyze "SELECT state, seen_on, event, event_on, closed_on FROM result.alarm_life WHERE location_no = 7")" "closed|2026-03-01|campagne|2026-01-10|2026-03-01"
is "the alarm of the other school is as it was" "$(sql vb_analyze "SELECT state FROM result.alarm_life WHERE location_no = 8")" new
is "every step is kept" "$(sql vb_analyze "SELECT string_agg(step || ' ' || location_no, ', ' ORDER BY step_no) FROM result.alarm_step")" "seen 7, explained 7, closed 7"
is "another school does not see them" "$(sql vb_bulletin "SET vb.location = 8; SELECT count(*) FROM result.bulletin_step" | tail -1)" 0
is "nor undoes them" "$(mark 8 "$seven" undone NULL NULL)" unknown
is "a school takes back its own, one by one" "$(for n in 1 2 3 4; do mark 7 "$seven" undone NULL NULL; done | paste -sd,)" "closed,explained,seen,nothing to undo"
is "and all is as it was" "$(sql vb_analyze "SELECT state, seen_on, event, event_on, closed_on, closed_last FROM result.alarm_life WHERE location_no = 7")" "new|||||"
is "with every step still kept" "$(sql vb_analyze "SELECT count(*), count(undoes) FROM result.alarm_step")" "6|3"
sql vb_bulletin "SET vb.location = 8; SELECT result.bulletin_note('2026-02-01', ARRAY[$seven], '{2026-01-31}', ARRAY[$seven])" > "$place/log"
is "a school's bulletin tells of no other's alarm" "$(sql vb_analyze "SELECT (SELECT count(*) FROM result.bulletin_told), (SELECT string_agg(location_no::text, ',') FROM result.bulletin_made)")" "0|8"
sql vb_analyze "DELETE FROM result.bulletin_made" > "$place/log"
not vb_bulletin "SELECT * FROM result.alarm_step"; not vb_bulletin "SELECT * FROM result.bulletin_told"; not vb_bulletin "INSERT INTO result.alarm_step (alarm_no, location_no, step, state) VALUES (1, 8, 'seen', 'new')"
not vb_bulletin "UPDATE result.alarm_life SET state = 'closed'"; not vb_bulletin "SELECT * FROM result.alarm_life"; not vb_bulletin "INSERT INTO result.bulletin_made VALUES (8, '2026-01-01')"
sql vb_bulletin "SELECT result.bulletin_note('2026-02-01', '{}', '{}', '{}')" > "$place/log"
is "who is no school makes no bulletin" "$(sql vb_analyze "SELECT count(*) FROM result.bulletin_made")" 0
for role in vb_ingest vb_disclose vb_report vb_feedback; do not $role "SELECT result.bulletin_mark(1, 'seen', NULL, NULL, '2026-03-01')"; not $role "SELECT result.bulletin_note('2026-02-01', '{}', '{}', '{}')"; done
sql vb_owner "GRANT SELECT ON result.series TO vb_bulletin" > "$place/log"
is "so a grant by mistake still shows one school" "$(sql vb_bulletin "SET vb.location = 8; SELECT string_agg(observed::text, ',') FROM result.series" | tail -1)" "{4}"
# The feedback: the deliveries of one school, chosen by a setting; no way to any table of facts or results.
for n in 7 8; do
    sql vb_ingest "INSERT INTO fact.delivery (sha256, kind, form, form_version, board_no, location_no, period_begin, period_end, received_on, rows_read, rows_loaded, rows_rejected, rows_superseded, rows_duplicate)
                   VALUES ('s$n', 'incident', 'f', 1, 1, $n, '2025-08-01', '2026-07-31', '2026-07-03', 10 * $n, 10 * $n - 1, 1, 0, 0)" > "$place/log"
    sql vb_ingest "INSERT INTO fact.reject SELECT delivery_no, $n, 2, 'datum', 'datum.ongeldig' FROM fact.delivery WHERE sha256 = 's$n'" > "$place/log"
    sql vb_ingest "WITH r AS (INSERT INTO ops.refusal (board_no, location_no, refused_on, rule, rows_read, rows_rejected) VALUES (1, $n, '2026-07-03', 'bestand.leeg', $n, 0) RETURNING refusal_no)
                   INSERT INTO ops.refusal_row SELECT refusal_no, $n, 2, 'datum', 'datum.ongeldig', false FROM r" > "$place/log"
    sql vb_ingest "INSERT INTO fact.left_out SELECT delivery_no, delivery_no, $n, 3 FROM fact.delivery WHERE sha256 = 's$n'" > "$place/log"
    sql vb_analyze "INSERT INTO result.exposure VALUES ($n, '2025-11-01', 1, 2025, 100, 20, true)" > "$place/log"
done
views=$(sql vb_owner "SELECT string_agg(schemaname || '.' || viewname, ' ') FROM pg_views WHERE schemaname = 'feedback'")
is "feedback has nine views" "$(wc -w <<<"$views")" 9
for view in $views; do
    is "without a school $view is empty" "$(sql vb_feedback "SELECT count(*) FROM $view")" 0
    is "with an empty setting too" "$(sql vb_feedback "SET vb.location = ''; SELECT count(*) FROM $view" | tail -1)" 0
    not vb_report "SELECT * FROM $view"; not vb_bulletin "SELECT * FROM $view"; not vb_disclose "SELECT * FROM $view"
    is "$view may only be read" "$(sql vb_owner "SELECT has_table_privilege('vb_feedback', '$view', 'SELECT') AND NOT has_table_privilege('vb_feedback', '$view', 'INSERT, UPDATE, DELETE, TRUNCATE')")" t
    is "$view is a security barrier" "$(sql vb_owner "SELECT 'security_barrier=true' = ANY (reloptions) FROM pg_class WHERE oid = '$view'::regclass")" t
done
is "with a school: its deliveries only" "$(sql vb_feedback "SET vb.location = 7; SELECT string_agg(rows_read::text, ',') FROM feedback.delivery" | tail -1)" 70
is "its rejected rows only" "$(sql vb_feedback "SET vb.location = 8; SELECT string_agg(row_no::text, ',') FROM feedback.reject" | tail -1)" 8
is "also when another delivery is asked for by number" "$(sql vb_feedback "SET vb.location = 8; SELECT count(*) FROM feedback.reject WHERE delivery_no IN (SELECT generate_series(1, 1000)) AND row_no = 7" | tail -1)" 0
is "its refused files only, and their rows" "$(sql vb_feedback "SET vb.location = 7; SELECT (SELECT string_agg(rows_read::text, ',') FROM feedback.refusal) || ' ' || (SELECT string_agg(row_no::text, ',') FROM feedback.refusal_row)" | tail -1)" "7 7"
sql vb_owner "INSERT INTO register.location (location_no, code, scope) OVERRIDING SYSTEM VALUE VALUES (7, '9Z0007', 'po'), (8, '9Z0008', 'po') ON CONFLICT DO NOTHING" > "$place/log"
is "of what its own files leave out only" "$(sql vb_feedback "SET vb.location = 8; SELECT count(*) FROM feedback.left_out o JOIN feedback.delivery USING (delivery_no)" | tail -1)/$(sql vb_feedback "SET vb.location = 8; SELECT count(*) FROM feedback.left_out" | tail -1)" 1/1
is "its months only" "$(sql vb_feedback "SET vb.location = 7; SELECT string_agg(month || ' ' || registered, ',') FROM feedback.month" | tail -1)" "2025-11-01 false"
for table in $(sql vb_owner "SELECT string_agg(schemaname || '.' || tablename, ' ') FROM pg_tables WHERE schemaname IN ('fact', 'result', 'release', 'register', 'ops')") fact.coverage fact.incident_board result.bulletin_figure; do not vb_feedback "SELECT * FROM $table"; done
sql vb_owner "GRANT SELECT ON fact.delivery, fact.incident TO vb_feedback" > "$place/log"
not vb_feedback "SELECT * FROM fact.delivery"; not vb_feedback "SELECT * FROM fact.incident" # a grant by mistake still leads nowhere: the schema is closed
for role in vb_ingest vb_analyze vb_disclose vb_report vb_bulletin vb_feedback; do
    not $role "CREATE SCHEMA mine"; not $role "CREATE TABLE public.mine ()"; not $role "DROP TABLE release.figure"; not $role "ALTER TABLE release.figure DISABLE ROW LEVEL SECURITY"
    is "$role is no superuser and passes no wall" "$(sql vb_owner "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls FROM pg_roles WHERE rolname = '$role'")" f
done
is "every table of the rooms is named in no grant to PUBLIC" "$(sql vb_owner "SELECT count(*) FROM information_schema.table_privileges WHERE grantee = 'PUBLIC' AND table_schema IN ('fact', 'result', 'release', 'register', 'ops', 'feedback')")" 0
finish
