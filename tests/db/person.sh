#!/usr/bin/env bash
# Rights of one person: inzage shows what is held, forget erases it to the last byte, and the key under it is rotated.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
board=99003 name='Quirijntje van der Zwabberhof' birth=2014-02-27
simulate --out "$place/sim" --seed 3 --first 2025 > /dev/null
mkdir "$place/in"
cat > "$place/in/incidenten_99AZ00_2025-2026.csv" <<'CSV'
incident_nr;brin;vestiging;datum;vorm;plaats;getroffene;geboortedatum;betrokkenen;betrokkenen_rol;betrokkenen_groep
A1;99AZ;0;2025-10-01;pesten;plein;Quirijntje van der Zwabberhof;2014-02-27;Otto Anders|Wies Nogiemand;nam initiatief|getuige;5|6
A2;99AZ;0;2025-10-02;fysiek;gang;;;ZWABBERHOF, Quirijntje v.d.|Otto Anders;nam initiatief|overkwam het;5|5
A3;99AZ;0;2025-11-03;verbaal;lokaal;Quirijntje v.d. Zwabberhof;27-02-2014;;;
A4;99AZ;0;2025-11-04;diefstal;lokaal;Otto Anders;2014-05-05;Wies Nogiemand;getuige;6
A5;99AZ;0;2025-11-05;pesten;plein;Quirijntje van der Zwabberhof;2011-09-09;;;
CSV
cat > "$place/in/incidenten_99BA00_2025-2026.csv" <<'CSV'
incident_nr;brin;vestiging;datum;vorm;plaats;getroffene;geboortedatum
B1;99BA;0;2026-01-12;dreigen;route;quirijntje  VAN DEN zwabberhof;2014-02-27
B2;99BA;0;2026-01-13;pesten;plein;Otto Anders;2014-05-05
CSV
cat > "$place/in/maatregelen_99003_2025-2026.csv" <<'CSV'
maatregel_nr;brin;vestiging;soort;leerling;geboortedatum;groep;begin;eind
M1;99AZ;0;schorsing;Quirijntje van der Zwabberhof;2014-02-27;5;2025-10-06;2025-10-07
M2;99AZ;0;time-out;Otto Anders;2014-05-05;5;2025-10-08;2025-10-08
CSV
cat > "$place/in/klachten_99003_2025-2026.csv" <<'CSV'
klacht_nr;brin;vestiging;ontvangen_op;klager;klager_rol;verweerder;verweerder_rol;soort;niveau
K1;99AZ;0;2025-12-01;Quirijntje van de Zwabberhof;leerling;Otto Anders;leerling;pesten;school
K2;99AZ;0;2025-12-02;Otto Anders;leerling;Zwabberhof, Quirijntje vd;leerling;pesten;school
K3;99BA;0;2025-12-03;Wies Nogiemand;leerling;;;anders;school
CSV
data() { readlink -f "$place/var/pg"; }
person() { local stdin=$1; shift; printf "$stdin" | vb "$@" --board $board; }
inzage() { person "${1:-$name\n$birth\n}" inzage "${@:2}"; }
super() { psql -XqAt -d "$(vb db dsn)" -c "$1"; }
# Files of the data directory that hold a pseudonym: as 16 bytes, or as text.
bytes_in() {
    python3 - "$(data)" "$1" <<'PY'
import os, sys
text = sys.argv[2]; raw = bytes.fromhex(text)
uuid = "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
for folder, _, files in os.walk(sys.argv[1]):
    for f in files:
        try: body = open(os.path.join(folder, f), "rb").read()
        except OSError: continue
        if raw in body or text.encode() in body or uuid.encode() in body: print(os.path.relpath(os.path.join(folder, f), sys.argv[1]))
PY
}
# What is held of everybody, without order: kind, key, pseudonyms.
held() {
    super "SELECT 'incident', key, (SELECT string_agg(encode(u, 'hex'), ' ' ORDER BY u) FROM fact.persons(people) u), (SELECT string_agg(get_byte(people, 18*n+16) || ':' || get_byte(people, 18*n+17), ' ') FROM generate_series(0, length(people)/18-1) n) FROM fact.incident
           UNION ALL SELECT 'measure', key, person::text, NULL FROM fact.measure UNION ALL SELECT 'complaint', key, complainant::text, respondent::text FROM fact.complaint
           UNION ALL SELECT 'case', key, person::text, NULL FROM fact.case_step UNION ALL SELECT 'accident', key, person::text, NULL FROM fact.accident ORDER BY 1, 2"
}
rows() { super "SELECT concat_ws(' ', (SELECT count(*) FROM fact.incident), (SELECT count(*) FROM fact.measure), (SELECT count(*) FROM fact.complaint), (SELECT count(*) FROM fact.case_step), (SELECT count(*) FROM fact.accident), (SELECT count(*) FROM fact.delivery), (SELECT count(*) FROM fact.reject))"; }

# -- wrong use: clear words, before anything is asked ------------------------------------------------
vb ingest "$root/data/register" "$place/sim/register" > "$place/log" 2>&1
like "without a board" "$(vb inzage < /dev/null 2>&1)" 'name the board: --board NUMBER'
out=$(vb inzage --board $board "$name" < /dev/null 2>&1); is "a name as an argument is wrong use" "$?" 1
unlike "and is not repeated" "$out" 'Zwabberhof'
out=$(vb inzage --board 99990 < /dev/null 2>&1); is "a board that is none" "$?:$out" "1:veiligbeeld: error: board 99990 is not in the register"
for command in "inzage" "forget --yes" "key rotate --keep"; do
    out=$(vb $command --board $board < /dev/null 2>&1); is "$command of a board without a key is refused" "$?" 2
    like "and says what that means" "$out" 'board 99003 has no key: no names were ever delivered'
done
is "asking makes no key" "$(ls "$place/var/keys" 2>/dev/null | grep -c 99003)" 0
out=$(vb key rotate --board $board 2>&1); is "rotate says how" "$?" 1; like "in words" "$out" 'usage: veiligbeeld key rotate --board N --keep\|--cut'
out=$(vb key rotate --board $board --keep --cut 2>&1); is "not both" "$?" 1

# -- what is held -------------------------------------------------------------------------------------
vb ingest "$place/in" > "$place/log2" 2>&1; is "the deliveries are loaded" "$?" 0
id=$(super "SELECT replace(person::text, '-', '') FROM fact.measure WHERE grp = 5 AND kind = 2")
other=$(super "SELECT replace(person::text, '-', '') FROM fact.measure WHERE kind = 1")
byname=$(super "SELECT replace(complainant::text, '-', '') FROM fact.complaint WHERE received_on = '2025-12-01'")
super "INSERT INTO fact.accident (location_no, delivery_no, key, occurred_on, place, victim_role, person, grp, treatment_set) SELECT location_no, delivery_no, 1, '2026-02-02', 1, 1, person, 5, 2 FROM fact.measure WHERE kind = 2;
       INSERT INTO fact.accident (location_no, delivery_no, key, occurred_on, person) SELECT location_no, delivery_no, 2, '2026-02-03', person FROM fact.measure WHERE kind = 1;
       INSERT INTO fact.case_step (location_no, delivery_no, key, begun_on, person, step1_on, step2_on) SELECT location_no, delivery_no, 3, '2026-03-03', person, '2026-03-03', '2026-03-05' FROM fact.measure WHERE kind = 2"
super "SELECT ops.statistics('fact')" > /dev/null
school() { super "SELECT name FROM register.location_period JOIN register.location USING (location_no) WHERE code = '$1'"; }
az=$(school 99AZ00)
report=$(inzage 2>"$place/log3"); is "inzage" "$?" 0
is "all that is held, and nothing else" "$report" "with birth date: 6 records
  incident, 99AZ00 $az: 2
    2025-10-01  Pesten; Plein; Overkwam het
    2025-11-03  Verbaal geweld; Lokaal; Overkwam het
  incident, 99BA00 $(school 99BA00): 1
    2026-01-12  Bedreiging; Route naar school; Overkwam het
  maatregel, 99AZ00 $az: 1
    2025-10-06 until 2025-10-07  Schorsing; Groep 5
  meldcode, 99AZ00 $az: 1
    2026-03-03  2 van 5 stappen
  ongeval, 99AZ00 $az: 1
    2026-02-02  $(super "SELECT label FROM register.code WHERE list = 'behandeling' AND no = 1"); Plein; Leerling; Groep 5
by name only, it may be somebody else of that name: 3 records
  incident, 99AZ00 $az: 1
    2025-10-02  Fysiek geweld; Gang; Nam initiatief; Groep 5
  klacht, 99AZ00 $az: 2
    2025-12-01  Pesten; klager (Leerling)
    2025-12-02  Pesten; verweerder (Leerling)"
unlike "no name is printed back" "$report$(cat "$place/log3")" '[Zz]wabberhof|ZWABBERHOF|Quirijn|2014'
for spelling in 'Zwabberhof, Quirijntje van der' 'QUIRIJNTJE V.D. ZWABBERHOF' '  quirijntje vd  zwabberhof ' 'Quirĳntje van den Zwabberhof'; do
    is "the same under another spelling: $spelling" "$(inzage "$spelling\n27-02-2014\n")" "$report"
done
is "without a final newline or birth date: by name only" "$(inzage "$name" | head -1)" "by name only, it may be somebody else of that name: 3 records"
like "another birth date is another person" "$(inzage "$name\n2011-09-09\n" | head -3 | tr '\n' ' ')" 'with birth date: 1 record +incident, 99AZ00 .*: 1 +2025-11-05  Pesten; Plein'
is "nobody of that name" "$(inzage 'Niemand Hier\n2010-01-01\n')" "nothing is held about this person"
is "in Dutch" "$(LANGUAGE=nl inzage 'Niemand Hier\n')" "over deze persoon is niets vastgelegd"
like "a birth date that is none" "$(inzage "$name\n2014-02-30\n" 2>&1)" 'error: what was given as birth date is no date$'
out=$(person "" inzage 2>&1); is "no name is refused" "$?" 3
long=$(printf '%2000s' x); out=$(inzage "$long\n$birth\n" 2>&1); is "nor is one of 2000 bytes" "$?" 3
out=$(inzage "$name\n$long\n" 2>&1); is "nor is a birth date of 2000 bytes none at all" "$?" 3
out=$(inzage "Q.\n\n" 2>&1); is "an initial is no name" "$?" 3
is "as JSON: counts" "$(inzage "$name\n$birth\n" --json | python3 -c 'import json, sys; d = json.load(sys.stdin); print(d["board"], sorted((c["matched"], c["kind"], c["school"], c["records"]) for c in d["counts"])[0], len(d["records"]))')" "99003 ('birth_date', 'incident', '99AZ00', 2) 9"
is "as JSON: nothing" "$(inzage 'Niemand Hier\n' --json | python3 -c 'import json, sys; print(json.load(sys.stdin))')" "{'board': 99003, 'counts': [], 'records': []}"
on_terminal=$(printf '%s\n%s\n' "$name" "$birth" | script -qec "$root/veiligbeeld inzage --board $board" /dev/null 2>&1)
like "on a terminal it asks" "$on_terminal" 'name: '
like "for both, and answers" "$on_terminal" 'birth date \(yyyy-mm-dd.*with birth date: 6 records|with birth date: 6 records'

# -- forget -------------------------------------------------------------------------------------------
vb run --board $board --schooljaar 2025-2026 --as-of 2026-09-14 --editie gmr > "$place/log4" 2>&1; is "a run before" "$?" 0
persons() { sql vb_analyze "SELECT category || '=' || persons || '/' || events FROM result.figure WHERE board_no = $board AND indicator = 'betrokkenen' AND schooljaar = 2025 ORDER BY category"; }
is "the figures count her" "$(persons)" "betrokkenheden=6/11
unieke personen=6/6"
before=$(held) counts=$(rows) release=$(release_hash)
unwanted() { is "$1: nothing changed" "$(held)" "$before"; }
out=$(person "$name\n$birth\nja\n" forget 2>&1); is "a wrong word is refused" "$?" 3; like "and says so" "$out" 'not confirmed; nothing was erased'; unwanted "a wrong word"
out=$(person "$name\n$birth\n" forget 2>&1); is "no word is refused" "$?" 3; unwanted "no word"
out=$(person "$name\n\n" forget --yes 2>&1); is "namesakes are not erased by --yes alone" "$?" 3; like "and told" "$out" 'only records by name were found'; unwanted "namesakes"
out=$(person "Niemand Hier\n$birth\n" forget --yes 2>&1); is "nobody to forget" "$?:$out" "0:nothing is held about this person"; unwanted "nobody"
out=$(person "$name\n$birth\n" forget --dry-run 2>&1); like "a dry run counts" "$out" 'with birth date: 6 records'; unwanted "a dry run"
is "without the owner's rights there is no forget" "$(sql vb_analyze "UPDATE fact.measure SET person = NULL" | grep -c 'permission denied')" 1
vb analyze --board $board --schooljaar 2025-2026 --as-of 2026-09-14 > "$place/log5" 2>&1; like "what changed nothing makes nothing stale" "$(cat "$place/log5")" 'analyze: nothing new'
ok "her pseudonym is in the log of the database" test "$(bytes_in "$id" | grep -c '^pg_wal/')" -gt 0
super "SELECT pg_switch_wal()" > /dev/null; super CHECKPOINT
ok "also in files of it that are to be used again" test "$(bytes_in "$id" | sed -n 's,^pg_wal/,,p' | sort | tail -1)" ">" "$(super "SELECT pg_walfile_name(pg_current_wal_insert_lsn())")"
ok "and in its tables" test "$(bytes_in "$id" | grep -c '^base/')" -gt 0
is "but not in the samples of the planner" "$(super "SELECT count(*) FROM pg_stats WHERE schemaname = 'fact' AND attname IN ('people', 'person', 'complainant', 'respondent')")" 0
out=$(person "$name\n$birth\nforget\nno\n" forget 2>"$place/log6"); is "with the word typed" "$?" 0
like "it tells what went" "$(tr '\n' ' ' <<<"$out")" 'erased from 3 rows of kind incident erased from 1 row of kind maatregel erased from 1 row of kind meldcode erased from 1 row of kind ongeval'
like "and what stayed" "$(cat "$place/log6")" '3 records by name only were left'
is "exactly her pseudonym is gone, the rest as it was" "$(held)" "$(python3 - "$id" "$before" <<'PY'
import sys
who, text = sys.argv[1:]; uuid = "-".join((who[:8], who[8:12], who[12:16], who[16:20], who[20:]))
for line in text.split("\n"):
    kind, key, a, b = line.split("|")
    if kind == "incident" and who in a:
        others = [p for p in a.split() if p != who]
        a = " ".join(others); roles = b.split(); b = " ".join(roles[1:]) # she stood first, as the one it happened to
    elif a == uuid: a = ""
    print("|".join((kind, key, a, b)))
PY
)"
is "no row is gone" "$(rows)" "$counts"
is "her 16 bytes are nowhere in the data directory, its log included" "$(bytes_in "$id")" ""
ok "while others' are there" test "$(bytes_in "$other" | wc -l)" -gt 0
is "inzage finds what is left, by name only" "$(inzage | head -1)" "by name only, it may be somebody else of that name: 3 records"
is "the namesake with another birth date is there" "$(inzage "$name\n2011-09-09\n" | head -1)" "with birth date: 1 record"
is "the record of the run holds counts" "$(super "SELECT string_agg(step || ' ' || n_in || ' ' || n_out, ', ' ORDER BY step) FROM ops.step JOIN ops.run USING (run_no) WHERE command = 'forget' AND status = 'done'")" "incident 4 3, klacht 2 0, maatregel 1 1, meldcode 1 1, ongeval 1 1"
is "old row versions are recorded as swept" "$(super "SELECT bool_and(swept) FROM ops.amendment")" t
is "the server's settings are as before" "$(super "SHOW wal_recycle")$(grep -c wal_recycle "$(data)/postgresql.auto.conf")" on0
vb run --board $board --schooljaar 2025-2026 --as-of 2026-09-14 --editie gmr > "$place/log7" 2>&1; is "the next run" "$?" 0
like "computes again" "$(cat "$place/log7")" 'analyze: 1 of 1 boards computed'
is "without her" "$(persons)" "betrokkenheden=5/8
unieke personen=5/5"
ok "the release changed, or stands by the ledger, or showed nothing of the persons of these two schools" test "$(release_hash)" != "$release" -o "$(sql vb_report "SELECT count(*) FROM release.decision WHERE board_no = $board AND kept")" -gt 0 -o \
    "$(sql vb_report "SELECT count(*) FROM release.figure WHERE board_no = $board AND indicator = 'betrokkenen'")" = 0
like "what stands is certified" "$(vb verify)" 'certificates, 0 do not match'
vb run --board $board --schooljaar 2025-2026 --as-of 2026-09-14 --editie gmr "$place/in" > "$place/log8" 2>&1
like "the same files do not bring her back" "$(cat "$place/log8")" 'ingest: nothing new'
is "nor her pseudonym" "$(bytes_in "$id")" ""
out=$(person "$name\n\n" forget --yes --naamgenoten --json 2>"$place/log9"); is "namesakes by option" "$?" 0
is "as JSON" "$(python3 -c 'import json, sys; print(json.loads(sys.argv[1])["erased"])' "$out")" "{'incident': 1, 'klacht': 2}"
is "and nothing is held of the name" "$(inzage)" "nothing is held about this person"
is "to the last byte" "$(bytes_in "$byname")" ""
is "the incident without persons stays" "$(super "SELECT count(*) FROM fact.incident WHERE people = ''")" 2
# Killed between erasing and sweeping: the next forget sweeps.
wies=$(super "SELECT replace(complainant::text, '-', '') FROM fact.complaint WHERE received_on = '2025-12-03'")
# Pages full of her alone: a plain VACUUM empties them and leaves the bytes in what is free.
super "INSERT INTO fact.accident (location_no, delivery_no, key, occurred_on, person) SELECT m.location_no, m.delivery_no, 1000 + n, '2026-02-04', '$wies' FROM fact.measure m, generate_series(1, 300) n WHERE m.kind = 1"
psql -XqAt -d "$(vb db dsn)" -c "BEGIN" -c "LOCK TABLE fact.case_step IN ACCESS SHARE MODE; LOCK TABLE fact.complaint IN SHARE UPDATE EXCLUSIVE MODE" -c "SELECT pg_sleep(4)" > /dev/null & holder=$!
sleep 0.5
printf 'Wies Nogiemand\n\n' | "$root/veiligbeeld" forget --yes --naamgenoten --board $board > "$place/log10" 2>&1 & victim=$!
for _ in $(seq 40); do sleep 0.1; [ "$(super "SELECT count(*) FROM ops.amendment WHERE NOT swept")" = 1 ] && break; done
kill -9 $victim; wait $victim 2>/dev/null; wait $holder
is "killed after the erasure, before the sweep" "$(super "SELECT count(*) FROM ops.amendment WHERE NOT swept")" 1
again() { # the server needs a moment to notice that its client is gone
    for _ in $(seq 60); do "$@" > "$place/again" 2>&1; local status=$?; [ $status -eq 4 ] || break; sleep 0.2; done
    cat "$place/again"; rm "$place/again"; return $status
}
is "forget again finds nothing" "$(again person 'Wies Nogiemand\n\n' forget --yes --naamgenoten)" "nothing is held about this person"
is "and sweeps what was left" "$(super "SELECT count(*) FROM ops.amendment WHERE NOT swept"):$(bytes_in "$wies")" "0:"

# -- the key, linkage kept ----------------------------------------------------------------------------
key=$place/var/keys/99003.key otto='Otto Anders\n2014-05-05\n'
report=$(inzage "$otto"); like "somebody to follow" "$report" 'with birth date: 4 records'
before=$(held) counts=$(rows) keys=$(super "SELECT md5(string_agg(key::text, ',' ORDER BY key)) FROM fact.incident")
cp "$key" "$place/key.old"
out=$(vb key rotate --board $board --keep); is "rotate, kept" "$?" 0
like "it tells how many" "$out" 'board 99003 has a new key; 3 pseudonyms in [0-9]+ rows were hashed once more'
is "inzage still finds" "$(inzage "$otto")" "$report"
is "no pseudonym is as it was" "$(held | tr '| ' '\n\n' | grep -xE '[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' | sort -u | grep -cxFf <(tr '| ' '\n\n' <<<"$before" | grep -xE '[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'))" 0
is "roles, groups, rows and natural keys are" "$(rows)$(super "SELECT md5(string_agg(key::text, ',' ORDER BY key)) FROM fact.incident")" "$counts$keys"
is "the old pseudonym is out of the files" "$(bytes_in "$other")" ""
is "the key file is closed to others, one layer longer" "$(stat -c '%a %s' "$key")" "600 $(($(stat -c %s "$place/key.old") + 32))"
is "nothing is left beside it" "$(ls "$place/var/keys" | grep -c 99003)" 1
cp "$key" "$place/key.new"; cp "$place/key.old" "$key"
is "an old copy of the key matches nothing" "$(inzage "$otto")" "nothing is held about this person"
cp "$place/key.new" "$key"
vb analyze --board $board --schooljaar 2025-2026 --as-of 2026-09-14 > "$place/log11" 2>&1
vb ingest "$place/in" > "$place/log11" 2>&1; like "a file delivered before is known" "$(cat "$place/log11")" 'ingest: nothing new'
mkdir "$place/more"; { cat "$place/in/maatregelen_99003_2025-2026.csv" | grep -v Quirijn; echo 'M9;99BA;0;time-out;ANDERS, Otto;05-05-2014;5;2026-03-09;2026-03-09'; } > "$place/more/maatregelen_99003_2025-2026_v2.csv"
vb ingest --as-of 2026-09-15 "$place/more" > "$place/log12" 2>&1; is "a corrected file" "$?" 0
is "gives the same pseudonyms as are stored" "$(super "SELECT count(DISTINCT person) || ' ' || count(*) FROM (SELECT person FROM fact.measure UNION ALL SELECT person FROM fact.accident) p WHERE person IS NOT NULL")" "1 2"
like "and the new row is found with the rest" "$(inzage "$otto" | grep 2026-03-09)" 'Time-out; Groep 5'

# -- killed on the way --------------------------------------------------------------------------------
report=$(inzage "$otto")
psql -XqAt -d "$(vb db dsn)" -c "BEGIN" -c "LOCK TABLE fact.measure IN ACCESS SHARE MODE; LOCK TABLE fact.case_step IN SHARE ROW EXCLUSIVE MODE" -c "SELECT pg_sleep(3)" > /dev/null & holder=$!
sleep 0.5
"$root/veiligbeeld" key rotate --board $board --keep > "$place/log13" 2>&1 & victim=$!
for _ in $(seq 40); do sleep 0.1; [ -e "$key.new" ] && break; done; sleep 0.2
kill -9 $victim; wait $victim 2>/dev/null
ok "killed while the database waits: the new key lies beside the old" test -e "$key.new"
vb inzage --board $board < /dev/null > "$place/log14" 2>&1; is "nobody uses a key meanwhile" "$?" 4
wait $holder
is "the next command undoes it" "$(again inzage "$otto")" "$report"
ok "and the file is gone" test ! -e "$key.new"
# After the commit, before the rename: the state that a kill leaves there, made by hand.
cp "$key" "$place/key.old"; vb key rotate --board $board --keep > "$place/log15"; cp "$key" "$key.new"; cp "$place/key.old" "$key"
vb ingest --as-of 2026-09-16 "$place/more" > "$place/log16" 2>&1; is "ingest of a known file needs no key" "$?" 0
sed -i 's/M9;/M8;/' "$place/more/"*.csv
vb ingest --as-of 2026-09-16 "$place/more" > "$place/log16" 2>&1; is "the next ingest completes it first" "$?" 0
ok "the file is in place" test ! -e "$key.new" -a "$(stat -c %s "$key")" -gt "$(stat -c %s "$place/key.old")"
is "and links to what is stored" "$(super "SELECT count(DISTINCT person) FROM fact.measure WHERE person IS NOT NULL")" 1
is "as inzage sees" "$(inzage "$otto")" "$report"
head -c 40 "$key" > "$key.new"; chmod 600 "$key.new"
is "a new key that was half written is removed" "$(inzage "$otto")" "$report"
ok "and gone" test ! -e "$key.new"
cp "$key" "$key.new"; head -c 32 /dev/urandom >> "$key.new"
out=$(inzage "$otto" 2>&1); is "a new key that this database never heard of is not touched" "$?" 2
like "and told" "$out" 'was being rotated with another database'; ok "there still" test -e "$key.new"; rm "$key.new"
kills=0
for moment in 0.02 0.03 0.04 0.05 0.06 0.07 0.08 0.09 0.1 0.12 0.15 0.2; do
    "$root/veiligbeeld" key rotate --board $board --keep > "$place/log17" 2>&1 & victim=$!
    sleep $moment; kill -9 $victim 2>/dev/null && kills=$((kills + 1)); wait $victim 2>/dev/null
    is "killed after $moment s, she is found" "$(again inzage "$otto")" "$report"
done
ok "the rotation was killed on its way" test $kills -ge 4
is "nothing is left beside the key" "$(ls "$place/var/keys" | grep -c 99003)" 1

# -- linkage cut --------------------------------------------------------------------------------------
before=$(held); vb key rotate --board $board --cut > "$place/log18" 2>&1; is "rotate, cut" "$?" 0
like "it says what that means" "$(cat "$place/log18")" 'can no longer be found by name .*cannot be undone'
is "nothing in the database changed" "$(held)" "$before"
is "inzage finds nothing old" "$(inzage "$otto")" "nothing is held about this person"
is "the key is one layer again" "$(stat -c %s "$key")" 64
number=$(super "SELECT key FROM fact.incident WHERE occurred_on = '2025-11-04'")
{ head -1 "$place/in/incidenten_99AZ00_2025-2026.csv"; grep '^A4' "$place/in/incidenten_99AZ00_2025-2026.csv"; } > "$place/more/incidenten_99AZ00_2025-2026_v2.csv"
rm "$place/more/"maatregel*; vb ingest --as-of 2026-09-17 "$place/more" > "$place/log19" 2>&1; is "a new delivery" "$?" 0
is "does not link to what is old" "$(inzage "$otto" | head -1)" "with birth date: 1 record"
ok "of which there is more" test "$(super "SELECT count(*) FROM fact.measure WHERE person IS NOT NULL")" -gt 0
is "and natural keys are as before" "$(super "SELECT key FROM fact.incident WHERE occurred_on = '2025-11-04'")" "$number"

# -- no trace of whom it was about ----------------------------------------------------------------------
super CHECKPOINT > /dev/null
for word in Zwabberhof Quirijn Nogiemand 2014-02-27 27-02-2014 2014-05-05; do
    is "\"$word\" is in no file of var or out, no log" "$(grep -rlaiF -- "$word" "$place/var" "$(data)" "$place/out" "$place"/log* 2>/dev/null)" ""
done
finish
