#!/usr/bin/env bash
# Every query file is understood by a real server, as the role of its room.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
vb db init > "$place/log" 2>&1
cd "$root"
for file in sql/query/*/*.sql; do
    room=$(basename "$(dirname "$file")"); name=$(basename "$file" .sql)
    case $room in ingest) role=vb_ingest ;; analyze) role=vb_analyze ;; disclosure) role=vb_disclose ;; reports) role=vb_report ;; *) role=vb_owner ;; esac
    case $name in bulletin_*) role=vb_bulletin ;; feedback_*) role=vb_feedback ;; rotate_map_*) role=vb_owner ;; stage_begin | database_create | migrations_bootstrap | rotate_begin | wal_recycle_* | checkpoint) continue ;; esac
    stage=; [[ $name != rotate_map_* ]] || stage=$(cat sql/query/ingest/rotate_begin.sql)
    case $room in analyze | disclosure) stage=$(cat sql/query/$room/stage_begin.sql) ;; esac
    out=$({ echo "BEGIN; $stage;"; echo "PREPARE q AS"; cat "$file"; echo ";"; } | psql -XqAt -v ON_ERROR_STOP=1 -d "$(vb db dsn --role $role)" 2>&1)
    is "$room/$name" "$out" ""
done
before=$(sql vb_owner "SELECT string_agg(file || sha256, ',' ORDER BY file) FROM ops.migration")
vb db migrate > "$place/log" 2>&1; is "migrating again" "$?" 0
is "changes nothing" "$(sql vb_owner "SELECT string_agg(file || sha256, ',' ORDER BY file) FROM ops.migration")" "$before"
sql vb_owner "UPDATE ops.migration SET sha256 = 'other' WHERE file = 'migrate/0001_ops'" > /dev/null
like "a migration that was edited after it was applied is refused" "$(vb db migrate 2>&1)" 'migration migrate/0001_ops was applied with another text'
is "with the status of the database" "$(vb db migrate >/dev/null 2>&1; echo $?)" 4
finish
