#!/usr/bin/env bash
# Nothing is lost: over generated mess, rows read = loaded + rejected + superseded + duplicate, and each of them is what another program
# counts; also for a large delivery, which takes the way of tables of its own, and for one that is replaced.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 1 --first 2025 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
q() { sql vb_analyze "$1"; }
# 80 files of mess; the generator knows what each row must become.
python3 - "$place/mess" <<'P'
import os, random, sys
place = sys.argv[1]; os.makedirs(place)
random.seed(20261122)
files = []
want = open(f"{place}.want", "w")
for n in range(80):
    delimiter = random.choice(";,\t|"); end = random.choice(["\n", "\r\n"])
    share = random.choice([0, 0.02, 0.1]); head = ["incident_nr", "datum", "plaats", "vorm", "betrokkenen", "toelichting"]
    random.shuffle(head)
    rows, seen, loaded, rejected, superseded, duplicate = [], {}, 0, 0, 0, 0
    for r in range(random.randint(20, 400)):
        number = f"N{random.randint(1, 500)}"
        good = {"incident_nr": number, "datum": f"2026-{random.randint(1, 6):02d}-{random.randint(1, 28):02d}", "plaats": random.choice(["plein", "gang", ""]),
                "vorm": random.choice(["pesten", "fysiek|verbaal"]) if delimiter != "|" else "pesten", "betrokkenen": random.choice(["", "Jan Zonder", "Ärä van der Ø"]),
                "toelichting": random.choice(["", "gewoon", f"met {delimiter} erin", 'met "aanhaling"', "twee\nregels"])}
        fault = None
        if random.random() < share:
            fault = random.choice(["datum", "vorm", "leeg", "cellen", "nul"])
        if fault == "datum": good["datum"] = random.choice(["2026-02-30", "gisteren", "2030-01-01"])
        if fault == "vorm": good["vorm"] = "onzin"
        if fault == "leeg": good["incident_nr"] = ""
        cells = [good[h] for h in head]
        if fault == "cellen": cells.append("meer")
        if fault == "nul": cells[0] += "\0"
        rows.append(delimiter.join('"' + c.replace('"', '""') + '"' if random.random() < 0.2 or any(x in c for x in delimiter + '"\n') else c for c in cells))
        if fault: rejected += 1
        else: # what the row says, but for the text, which is not kept
            said = tuple(good[h] for h in ("datum", "plaats", "vorm", "betrokkenen"))
            if number not in seen: loaded += 1
            elif seen[number] == said: duplicate += 1
            else: superseded += 1
            seen[number] = said
        if random.random() < 0.03: rows.append("")
    text = delimiter.join(head) + end + end.join(rows) + (end if random.random() < 0.8 else "")
    data = text.encode("utf-8"); mark = random.random() < 0.2
    total = loaded + rejected + superseded + duplicate
    refused = rejected > 0.2 * total and (rejected > 2 or rejected == total)
    with open(f"{place}/m{n:02d}.csv", "wb") as out: out.write((b"\xef\xbb\xbf" if mark else b"") + data)
    want.write(f"m{n:02d} {0 if refused else total} {loaded} {rejected} {superseded} {duplicate}\n" if not refused else f"m{n:02d} refused\n")
P
# One school year each, so that none replaces another: the period is the same, the school another.
codes=$(sql vb_analyze "SELECT code FROM register.location l JOIN register.location_period p USING (location_no) WHERE NOT office AND scope = 'po' AND p.valid_to = 'infinity' ORDER BY code LIMIT 80")
paste <(ls "$place"/mess/*.csv | xargs -n1 basename) <(echo "$codes") > "$place/pairs"
printf '{"received": "2026-08-20", "files": [%s]}' "$(awk '{printf "%s{\"file\": \"%s\", \"form\": \"incident-canoniek\", \"location\": \"%s\", \"schooljaar\": \"2025-2026\"}", (NR > 1 ? "," : ""), $1, $2}' "$place/pairs")" > "$place/mess/manifest.json"
vb ingest --as-of 2026-09-01 "$place/mess" > "$place/log" 2>&1
q "SELECT l.code, d.rows_read, d.rows_loaded, d.rows_rejected, d.rows_superseded, d.rows_duplicate FROM fact.delivery d JOIN register.location l USING (location_no) WHERE d.kind = 'incident'" | tr '|' ' ' | LC_ALL=C sort > "$place/got"
join <(awk '{sub(/\.csv/, "", $1); print $1, $2}' "$place/pairs" | sort) <(grep -v refused "$place/mess.want" | sort) | cut -d' ' -f2- | LC_ALL=C sort > "$place/want"
ok "all accounts of $(wc -l < "$place/want") messy files are what the generator counts" cmp -s "$place/got" "$place/want"
diff "$place/got" "$place/want" | head -6
is "files above their share of wrong rows are refused whole" "$(q "SELECT count(*) FROM fact.delivery WHERE kind = 'incident'")" "$(grep -vc refused "$place/mess.want")"
is "read = loaded + rejected + superseded + duplicate" "$(q "SELECT count(*) FROM fact.delivery WHERE rows_read <> rows_loaded + rows_rejected + rows_superseded + rows_duplicate")" 0
is "as many rows are there as were loaded" "$(q "SELECT count(*) FROM fact.delivery d WHERE kind = 'incident' AND rows_loaded <> (SELECT count(*) FROM fact.incident i WHERE i.delivery_no = d.delivery_no)")" 0
is "and as many rejects as were rejected" "$(q "SELECT count(*) FROM fact.delivery d WHERE rows_rejected <> (SELECT count(*) FROM fact.reject r WHERE r.delivery_no = d.delivery_no AND NOT r.finding)")" 0

# A large delivery: 80,000 rows of which a fifth comes twice and some are wrong.
mkdir "$place/large"; simulate --rows 80000 --kind incident --out "$place/large.csv" > /dev/null
awk 'NR == 1 {print; next} NR % 997 == 0 {sub(/;20[0-9-]*;/, ";2026-13-01;")} {print; if (NR % 5 == 0) print}' "$place/large.csv" > "$place/large/incident_99001_2025-2026.csv"
ok "it is large" test "$(stat -c %s "$place/large/incident_99001_2025-2026.csv")" -gt 8388608
vb ingest --as-of 2026-09-14 "$place/large" > "$place/log" 2>&1
bad=$(awk -F';' 'NR > 1 && $4 == "2026-13-01"' "$place/large/incident_99001_2025-2026.csv" | wc -l)
all=$(($(wc -l < "$place/large/incident_99001_2025-2026.csv") - 1)); unique=$(awk -F';' 'NR > 1 && $4 != "2026-13-01" {k[$3]} END {print length(k)}' "$place/large/incident_99001_2025-2026.csv")
is "its account" "$(q "SELECT rows_read, rows_loaded, rows_rejected, rows_duplicate FROM fact.delivery WHERE kind = 'incident' AND board_no = 99001")" "$all|$unique|$bad|$((all - unique - bad))"
is "it has two tables of its own, indexed" "$(q "SELECT count(*), bool_and(EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid AND inhparent = 'fact.incident_row'::regclass)) FROM pg_class c WHERE relname ~ '^incident_[1-9]' AND relkind = 'r'")|$(q "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relname ~ '^incident_[1-9]'")" "2|t|2"
is "every key is there once" "$(q "SELECT count(*) - count(DISTINCT key) FROM fact.incident WHERE delivery_no = (SELECT max(delivery_no) FROM fact.delivery)")" 0
others="SELECT count(*) FROM ONLY fact.incident_row WHERE delivery_no IN (SELECT delivery_no FROM fact.delivery WHERE location_no IS NOT NULL)"
small=$(q "$others")
head -40000 "$place/large/incident_99001_2025-2026.csv" > "$place/large/x"; mv "$place/large/x" "$place/large/incident_99001_2025-2026.csv"; awk -v OFS= 'NR > 1 && NR < 40000 {print "99AJ;00;C", NR, ";2026-06-25;12:25;gang;fysiek;leerling;;;;;;;ja;opvulling opvulling opvulling opvulling opvulling opvulling opvulling"}' "$place/large.csv" >> "$place/large/incident_99001_2025-2026.csv"
vb ingest --as-of 2026-09-14 "$place/large" > "$place/log" 2>&1
like "a correction of it replaces it" "$(cat "$place/log")" '1 earlier delivery was replaced'
is "the old tables are gone, the new ones are there, the shared one is untouched" "$(q "SELECT count(*) FROM pg_class WHERE relname ~ '^incident_[1-9]' AND relkind = 'r'")|$(q "$others")" "2|$small"
# A board's later small delivery of numbers that the large one holds already: all duplicates, recognised exactly.
mkdir "$place/again"; (head -1 "$place/large.csv"; sed -n '2,301p' "$place/large.csv" | awk -F';' '$4 != "2026-13-01"'; echo '99AJ;00;NIEUW1;2026-06-25;12:25;gang;fysiek;leerling;;;;;;;ja;') > "$place/again/weer.csv"
printf '{"received": "2026-08-21", "board": 99001, "files": [{"file": "weer.csv", "form": "incident-canoniek", "period": ["2025-08-01", "2026-07-30"]}]}' > "$place/again/manifest.json"
like "duplicates of another delivery" "$(vb ingest --as-of 2026-09-14 "$place/again" 2>&1)" '= 1 loaded \+ 0 rejected \+ 0 superseded \+ 300 duplicate'
# Killed at any moment, a large delivery is there whole or not at all, and what it left is cleaned up by the next run.
parts="SELECT count(*) FROM pg_class WHERE relnamespace = 'fact'::regnamespace AND relname ~ '^(incident|answer)_[0-9]+_[0-9]+$' AND relkind = 'r' AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = pg_class.oid)"
mkdir "$place/kill"; cp "$place/large.csv" "$place/kill/incident_99001_2024-2025.csv"; sed -i '2,$ s/;2026-/;2025-/; 2,$ s/;2025-\(0[89]\|1[0-2]\)-/;2024-\1-/' "$place/kill/incident_99001_2024-2025.csv"
whole=$(($(wc -l < "$place/large.csv") - 1)); kills=0 halves=0
count="SELECT count(*) FROM fact.incident WHERE delivery_no = (SELECT max(delivery_no) FROM fact.delivery WHERE period_begin = '2024-08-01' AND board_no = 99001)"
for moment in 0.05 0.08 0.1 0.12 0.14 0.16 0.18 0.2 0.22 0.25 0.3; do
    "$root/veiligbeeld" ingest --as-of 2026-09-14 "$place/kill" > "$place/log" 2>&1 & pid=$!; sleep $moment
    if kill -9 $pid 2>/dev/null; then kills=$((kills + 1)); fi
    wait $pid 2>/dev/null
    there=$(q "$count"); [ "$there" = 0 ] || [ "$there" = "$whole" ] || halves=$((halves + 1))
done
ok "a large delivery was killed on its way" test $kills -ge 3
is "and never half there" "$halves" 0
sql vb_owner "SELECT fact.bulk_begin('incident_row', 2000000, 1); INSERT INTO fact.incident_2000000_1 (location_no, key, occurred_on, people, codes) VALUES (1, 1, '2025-01-01', '', decode(repeat('ff', 20), 'hex'))" > /dev/null
is "a part that a killed run committed is in no fact table" "$(q "SELECT count(*) FROM fact.incident WHERE delivery_no = 2000000")|$(q "$parts AND relname ~ '2000000'")" "0|1"
vb ingest --as-of 2026-09-14 "$place/kill" > "$place/log" 2>&1
is "the next run has it whole, and removes what was left" "$(q "$count")|$(q "$parts")" "$whole|0"
# What was committed survives a server that falls over at once: its tables were made without WAL, so their pages must have left the server by then.
postmaster=$(head -1 "$place/var/pg/postmaster.pid"); kill -QUIT "$postmaster"
for _ in $(seq 100); do kill -0 "$postmaster" 2>/dev/null || break; sleep 0.1; done
vb db start > "$place/log" 2>&1
is "a large delivery outlives its server" "$(q "$count")|$(q "SELECT count(*) FROM fact.delivery d WHERE kind = 'incident' AND replaced_by IS NULL AND rows_loaded <> (SELECT count(*) FROM fact.incident i WHERE i.delivery_no = d.delivery_no)")" "$whole|0"
# A large file that is named alone is read before the program has connected (ingest/ahead.h): the same account, and a signal in its last row keeps everything of it out.
mkdir "$place/alone"; alone=$place/alone/incident_99001_2023-2024.csv
sed '2,$ s/;2025-/;2024-/; 2,$ s/;2024-\(0[89]\|1[0-2]\)-/;2023-\1-/' "$place/kill/incident_99001_2024-2025.csv" > "$alone"
(cat "$alone"; echo '99AJ;00;GEHEIM1;2024-06-25;12:25;gang;fysiek;leerling;;;;;;;ja;melding HwC') > "$place/alone/secret.csv"
deliveries=$(q "SELECT count(*) FROM fact.delivery"); mv "$alone" "$place/alone.csv"; mv "$place/alone/secret.csv" "$alone"
vb ingest --as-of 2026-09-14 "$alone" > "$place/log" 2>&1; is "a large file with a signal in its last row is refused" "$?|$(grep -cE '99001|HwC|GEHEIM' "$place/log")|$(q "SELECT count(*) FROM fact.delivery")|$(q "$parts")" "3|0|$deliveries|0"
mv "$place/alone.csv" "$alone"; vb ingest --as-of 2026-09-14 "$alone" > "$place/log" 2>&1
is "without it every row is there" "$(q "SELECT rows_read, rows_loaded, (SELECT count(*) FROM fact.incident i WHERE i.delivery_no = d.delivery_no) FROM fact.delivery d WHERE period_begin = '2023-08-01' AND board_no = 99001 AND kind = 'incident'")" "$whole|$whole|$whole"
like "and in a directory it is the same file" "$(vb ingest --as-of 2026-09-14 "$place/alone" 2>&1)" 'nothing new; 1 files known already'
# The same facts, rejects and account for any number of workers, of a large file with a bit of everything wrong in it.
mkdir "$place/crew"; awk 'BEGIN {FS = OFS = ";"} NR == 1 {print; next} NR < 3000 {$4 = ""} NR % 997 == 0 {$4 = "2026-13-01"} NR % 1009 == 0 {sub(/-/, "/", $4)} NR % 1013 == 0 {$7 = "onzin"}
    NR % 1019 == 0 {$12 = $12 "|deed mee"} NR % 1021 == 0 {print "\"open;cel"} NR % 1031 == 0 {$10 = substr($10, 1, 4) "-" substr($10, 9, 2) "-" substr($10, 6, 2)} {print; if (NR % 50 == 0) print}' "$place/large.csv" > "$place/crew/incident_99001_2025-2026.csv"
for workers in 0 1 2 4 forgetful; do
    if [ $workers = forgetful ]; then export VEILIGBEELD_SEEN_KIB=64; fi
    sql vb_owner "TRUNCATE fact.reject, fact.incident_row, fact.superseded; DELETE FROM fact.delivery WHERE kind = 'incident'" > /dev/null
    VEILIGBEELD_WORKERS=$workers vb ingest --as-of 2026-09-14 "$place/crew" > "$place/log" 2>&1
    q "SELECT rows_read, rows_loaded, rows_rejected, rows_duplicate FROM fact.delivery WHERE kind = 'incident'
       UNION ALL SELECT count(*), sum(hashtextextended(ROW(location_no, key, occurred_on, hour, place, vorm_set, vorm, victim_role, treatment_set, aftercare, people)::text, 0)), 0, 0 FROM fact.incident
       UNION ALL SELECT count(*), sum(hashtextextended(ROW(row_no, column_no, field, rule, finding)::text, 0)), 0, 0 FROM fact.reject" > "$place/crew.$workers"
done
unset VEILIGBEELD_SEEN_KIB
ok "it has rejects, duplicates and findings" awk -F'|' 'NR == 1 && $3 > 3000 && $4 > 1000 {a = 1} NR == 3 && $1 > 3000 {b = 1} END {exit !(a && b)}' "$place/crew.0"
for workers in 1 2 4; do ok "the same with $workers workers" cmp "$place/crew.0" "$place/crew.$workers"; done
ok "the same where half of the rows are perhaps there already, because there is too little memory to know" cmp "$place/crew.0" "$place/crew.forgetful"
# Rows keep the number that a spreadsheet gives them, blank lines counted; a dry run leaves nothing, no key either.
mkdir "$place/blank"; printf '\nincident_nr;datum;vorm\n1;2026-01-12;pesten\n\n\n2;2026-01-13;onzin\n\n3;2026-01-14;pesten\n4;2026-01-15;niets\n5;2026-01-15;pesten\n6;2026-01-15;pesten\n7;2026-01-15;pesten\n8;2026-01-15;pesten\n9;2026-01-15;pesten\n' > "$place/blank/incident_99BZ00_2025-2026.csv"
code=$(sql vb_analyze "SELECT code FROM register.location l JOIN register.location_period p USING (location_no) WHERE NOT office AND scope = 'po' AND p.valid_to = 'infinity' AND NOT EXISTS (SELECT FROM fact.delivery d WHERE d.board_no = p.board_no) ORDER BY code DESC LIMIT 1")
mv "$place/blank/incident_99BZ00_2025-2026.csv" "$place/blank/incident_${code}_2025-2026.csv"
keys=$(ls "$place/var/keys" | wc -l)
out=$(vb ingest --dry-run --as-of 2026-09-14 "$place/blank" 2>&1)
like "the fourth line of the file below the header" "$out" 'row 4, column 3 \(vorm\)'
like "and the seventh" "$out" 'row 7, column 3 \(vorm\)'
like "a dry run says what it would do" "$out" '9 rows read = 7 loaded \+ 2 rejected'
is "and makes no key" "$(ls "$place/var/keys" | wc -l)" "$keys"
# What supersedes what. Within a file the later row; between files who was received later, on one day who was loaded later.
sql vb_owner "TRUNCATE fact.reject, fact.incident_row, fact.superseded; DELETE FROM fact.delivery WHERE kind = 'incident'" > /dev/null
deliver() { # received, file name, rows: vestigingscode;incident_nr;datum;vorm
    mkdir -p "$place/$2"; (echo 'vestigingscode;incident_nr;datum;vorm'; printf '%b\n' "$3") > "$place/$2/$2.csv"
    printf '{"received": "%s", "board": 99001, "files": [{"file": "%s.csv", "form": "incident-canoniek", "period": ["2025-08-01", "%s"]}]}' "$1" "$2" "${4:-2026-07-31}" > "$place/$2/manifest.json"
    vb ingest --as-of 2026-09-14 "$place/$2" 2>&1 | grep -o '[0-9]* rows read.*'
}
stands() { q "SELECT string_agg(vorm::text || '/' || to_char(occurred_on, 'MMDD'), ' ' ORDER BY occurred_on) FROM fact.incident"; }
accounts() { q "SELECT string_agg(rows_read || '=' || rows_loaded || '+' || rows_rejected || '+' || rows_superseded || '+' || rows_duplicate, ' ' ORDER BY delivery_no) FROM fact.delivery WHERE kind = 'incident'"; }
is "within a file: the last one stands, the same again is a duplicate" "$(deliver 2026-08-01 s1 '99AJ00;A;2025-10-01;pesten\n99AJ00;A;2025-10-02;pesten\n99AJ00;A;2025-10-02;pesten\n99AJ00;B;2025-11-01;fysiek')" \
    "4 rows read = 2 loaded + 0 rejected + 1 superseded + 1 duplicate"
is "  which is there" "$(stands)" "$(q "SELECT (SELECT no FROM register.code WHERE list = 'vorm' AND code = 'pesten') || '/1002 ' || (SELECT no FROM register.code WHERE list = 'vorm' AND code = 'fysiek') || '/1101'")"
is "  found by hashes: a loop over what the planner takes for one row would compare each of them with every row there is" \
    "$(sql vb_owner "SELECT count(*) FROM pg_proc WHERE proname = 'held_settle' AND 'enable_nestloop=off' = ANY (proconfig)")" 1
is "a row that goes back to what it said first supersedes too" "$(deliver 2026-08-01 s2 '99AJ00;C;2025-12-01;pesten\n99AJ00;C;2025-12-02;pesten\n99AJ00;C;2025-12-01;pesten' 2026-07-30)" \
    "3 rows read = 1 loaded + 0 rejected + 2 superseded + 0 duplicate"
is "a later delivery: other content wins, the same is a duplicate, a new one is new" "$(deliver 2026-08-05 s3 '99AJ00;A;2025-10-02;pesten\n99AJ00;B;2025-11-02;fysiek\n99AJ00;D;2026-01-01;pesten' 2026-07-29)" \
    "3 rows read = 2 loaded + 0 rejected + 0 superseded + 1 duplicate"
is "  and the earlier delivery's own account says that a row of it was superseded" "$(accounts)" "4=1+0+2+1 3=1+0+2+0 3=2+0+0+1"
is "an older delivery that comes late does not win" "$(deliver 2026-07-20 s4 '99AJ00;B;2025-11-03;fysiek\n99AJ00;B;2025-11-02;fysiek\n99AJ00;E;2026-02-01;pesten' 2026-07-28)" \
    "3 rows read = 1 loaded + 0 rejected + 1 superseded + 1 duplicate"
is "  each number stands once" "$(q "SELECT count(*) || ' ' || count(DISTINCT key) FROM fact.incident")|$(stands | tr ' ' '\n' | cut -d/ -f2 | tr '\n' ' ')" "5 5|1002 1102 1201 0101 0201 "
is "  as many rows as were loaded" "$(q "SELECT count(*) FROM fact.delivery d WHERE kind = 'incident' AND rows_loaded <> (SELECT count(*) FROM fact.incident i WHERE i.delivery_no = d.delivery_no)")" 0
# The delivery that superseded is corrected: what it had superseded comes back when its file is delivered again.
like "the correction says that others are short of rows" "$(mkdir "$place/s5"; (echo 'vestigingscode;incident_nr;datum;vorm'; echo '99AJ00;D;2026-01-01;pesten') > "$place/s5/s5.csv"
    printf '{"received": "2026-08-06", "board": 99001, "files": [{"file": "s5.csv", "form": "incident-canoniek", "period": ["2025-08-01", "2026-07-29"]}]}' > "$place/s5/manifest.json"; vb ingest --as-of 2026-09-14 "$place/s5" 2>&1)" 'other deliveries of the board held duplicates'
vb ingest --as-of 2026-09-14 "$place/s1" > "$place/log" 2>&1
is "  and comes back" "$(stands | tr ' ' '\n' | cut -d/ -f2 | grep -c 1101)" 1
is "every account closes after all this" "$(q "SELECT count(*) FROM fact.delivery d WHERE kind = 'incident' AND replaced_by IS NULL AND rows_loaded <> (SELECT count(*) FROM fact.incident i WHERE i.delivery_no = d.delivery_no)")" 0
# A file for the whole board replaces what an earlier one holds of the schools that it holds itself, and nothing else.
sql vb_owner "TRUNCATE fact.reject, fact.incident_row, fact.superseded; DELETE FROM fact.delivery WHERE kind = 'incident'" > /dev/null
numbers() { q "SELECT string_agg(l.code || to_char(occurred_on, 'MMDD'), ' ' ORDER BY l.code, occurred_on) FROM fact.incident JOIN register.location l USING (location_no)"; }
deliver 2026-08-01 w1 '99AJ00;1;2025-10-01;pesten\n99AF00;1;2025-10-02;pesten' > /dev/null
deliver 2026-08-02 w2 '99AC00;1;2025-10-03;pesten\n99AF00;2;2025-10-04;pesten' > /dev/null
is "what it holds of another school stands" "$(numbers)" "99AC001003 99AF001004 99AJ001001"
is "and the account says how many rows were superseded" "$(accounts)" "2=1+0+1+0 2=2+0+0+0"
deliver 2026-08-03 w3 '99AJ00;7;2025-10-07;pesten' > /dev/null
is "the last of its schools takes the whole delivery with it" "$(numbers)|$(q "SELECT count(*) FROM fact.delivery WHERE kind = 'incident' AND replaced_by IS NULL")" "99AC001003 99AF001004 99AJ001007|2"
# A file that was replaced stays away when the same deliveries are read again, and comes back when it is received again.
again=$(vb ingest --as-of 2026-09-14 "$place/w1" 2>&1)
like "a rerun does not bring it back" "$again" 'nothing new; 1 files known already'
sed -i 's/2026-08-01/2026-08-20/' "$place/w1/manifest.json"
vb ingest --as-of 2026-09-14 "$place/w1" > "$place/log" 2>&1
is "received again, it does come back" "$(numbers)" "99AC001003 99AF001002 99AJ001001"
like "once" "$(vb ingest --as-of 2026-09-14 "$place/w1" 2>&1)" 'nothing new; 1 files known already'
is "nor do those that it replaced" "$(vb ingest --as-of 2026-09-14 "$place/w2" "$place/w3" 2>&1 | grep -c 'nothing new; 2 files known already')|$(numbers)" "1|99AC001003 99AF001002 99AJ001001"
sed -i 's/2026-07-31/2026-07-27/' "$place/w3/manifest.json"
like "the same file for another period is another delivery" "$(vb ingest --as-of 2026-09-14 "$place/w3" 2>&1)" '1 files loaded, 0 known already'
is "no file of held rows stays behind" "$(find "$place/var" -name 'held.*' | wc -l)" 0
# Somebody still writes to the file: what was looked at for signals and hashed is not what would be loaded.
mkdir "$place/grows"; cp "$place/large.csv" "$place/grows/incident_99001_2025-2026.csv"
before=$(q "SELECT count(*), (SELECT count(*) FROM fact.delivery) FROM fact.incident")
for workers in 0 1; do
    (while [ ! -e "$place/read.$workers" ]; do echo >> "$place/grows/incident_99001_2025-2026.csv"; done) & writer=$!
    out=$(VEILIGBEELD_WORKERS=$workers vb ingest --as-of 2026-09-14 "$place/grows" 2>&1); code=$?
    touch "$place/read.$workers"; wait $writer
    is "a file that changes while it is read is refused ($workers workers)" "$code" 3
    like "  which is said" "$out" 'refused: the file changed while it was read; deliver it again once it is complete'
    is "  and nothing of it is there" "$(q "SELECT count(*), (SELECT count(*) FROM fact.delivery) FROM fact.incident")" "$before"
done
finish
