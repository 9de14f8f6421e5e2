#!/usr/bin/env bash
# Queries that store a release, each asked of a few rows made by hand: what stays and what is replaced, what is written to the ledger, what is certified. Every condition has a row
# that it is about, and one beside it that it is not. Those that read what was shown are in ledger.sh.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
. "$root/tests/harness/byhand.sh"
vb db init > "$place/log" 2>&1; dsn=$(vb db dsn)

# -- what stays, and out of what ---------------------------------------------------------------------------
decide() { # audience indicator/breakdown[/year] decision reason stale threshold
    local a=$1 of reason=${4:-}; IFS=/ read -ra of <<< "$2"
    say "INSERT INTO pg_temp.decision_new VALUES ('$a', BOARD, ${of[2]:-2025}, '${of[0]}', '${of[1]}', '$3', '${reason/-/}', false, ${5:-false}, ${6:-5})"
}
stale() { say "UPDATE pg_temp.decision_new SET kept = true WHERE indicator = '$1'"; } # indicator: what stays
speaks() { say "INSERT INTO release.certificate SELECT '$1', BOARD, ${3:-2025}, $2, 0, 0, 0, 0, 0, 0, 0, '', ${4:-release.content_hash('$1', BOARD)}"; } # audience, threshold
decided="SELECT concat_ws(' ', audience, indicator, decision, reason, kept) FROM pg_temp.decision_new ORDER BY 1"
stood() { anew; stand "bestuur klachten/totaal -=20"; say "INSERT INTO release.decision VALUES ('bestuur', BOARD, 2025, 'klachten', 'totaal', 'coarsened', 'samen', false)"; }
stood; speaks bestuur 5; decide bestuur klachten/totaal released - true; is "what cannot be shown as it is now stays, as what it was" "$(ask "ledger_keep(1)" "$decided")" "bestuur klachten coarsened samen t"
stood; speaks bestuur 5; decide bestuur klachten/totaal withheld weinig true; is "also where nothing of it could be shown" "$(ask "ledger_keep(1)" "$decided")" "bestuur klachten coarsened samen t"
stood; speaks bestuur 5; decide bestuur klachten/totaal released - false; is "what can is not touched" "$(ask "ledger_keep(1)" "$decided")" "bestuur klachten released  f"
anew; stand "bestuur klachten/totaal -=20"; speaks bestuur 5; decide bestuur klachten/totaal withheld weinig true; is "as released, where nothing says otherwise" "$(ask "ledger_keep(1)" "$decided")" "bestuur klachten released  t"
for case in "stood; speaks bestuur 4" "anew; speaks bestuur 5" "stood" "stood; speaks bestuur 5 2025 \"'other'\"" "stood; speaks gmr 5" "stood; other release.figure; speaks bestuur 5" "stood; say \"UPDATE release.figure SET schooljaar = 2024\"; speaks bestuur 5" "stood; say \"UPDATE release.figure SET breakdown = 'soort'\"; speaks bestuur 5" "stood; say \"UPDATE release.figure SET indicator = 'time_outs'\"; speaks bestuur 5"; do
    eval "$case"; decide bestuur klachten/totaal coarsened samen true; ask "ledger_keep(1)" "$decided"
done > "$place/keep"
is "a lower threshold then, nothing that stands, no certificate of it, of another board, year or table: out of the release" "$(sort "$place/keep" | uniq -c | sed 's/^ *//')" "9 bestuur klachten withheld verschil_klein f"
stood; speaks bestuur 8; speaks bestuur 5 2024; decide bestuur klachten/totaal released - true 8; is "the highest threshold that these very cells were certified under" "$(ask "ledger_keep(1)" "$decided")" "bestuur klachten coarsened samen t"
stood; speaks bestuur 5; speaks bestuur 8 2024 "'other'"; decide bestuur klachten/totaal released - true 8; is "not one of what stood before" "$(ask "ledger_keep(1)" "$decided")" "bestuur klachten withheld verschil_klein f"
anew; decide bestuur klachten/totaal withheld weinig true; is "what is too small says so" "$(ask "ledger_keep(1)" "$decided")" "bestuur klachten withheld weinig f"

figures="SELECT concat_ws(' ', audience, schooljaar - 2000, indicator || '/' || breakdown, category, members, events, coalesce(p_change::text, '-'), corrected) FROM release.figure WHERE board_no = 1 ORDER BY 1"
anew; stand "bestuur klachten/soort a=20 b=30" "bestuur time_outs/totaal -=40" "bestuur schorsingen/totaal -=50" "gmr klachten/soort a=20"; fresh "" "" "bestuur klachten/soort a,b=60"; fresh "" "" "bestuur time_outs/totaal -=45"; fresh "" "" "gmr klachten/soort a=22"
decide bestuur klachten/soort coarsened; decide bestuur time_outs/totaal released; stale time_outs
is "tables are replaced, but those that stay, and those of which nothing was decided" "$(ask "figure_replace('bestuur', 1, 2025)" "$figures")" "bestuur 25 klachten/soort *a,b a,b 60 - f;bestuur 25 schorsingen/totaal   50 - f;bestuur 25 time_outs/totaal   40 - f;gmr 25 klachten/soort a  20 - f"
anew; stand "bestuur klachten/totaal -=20" "bestuur klachten/totaal/2024 -=30"; decide bestuur klachten/totaal withheld weinig; is "what is withheld goes, of its year" "$(ask "figure_replace('bestuur', 1, 2025)" "$figures")" "bestuur 24 klachten/totaal   30 - f"
anew; stand "bestuur klachten/totaal -=20"; other release.figure; fresh "" "" "bestuur klachten/totaal -=25"; decide bestuur klachten/totaal released; is "another board's is another" "$(ask "figure_replace('bestuur', 1, 2025)" "SELECT board_no, events FROM release.figure ORDER BY 1")" "1|25;2|20"
anew; say "INSERT INTO release.decision VALUES ('bestuur', BOARD, 2025, 'klachten', 'totaal', 'released'), ('bestuur', BOARD, 2024, 'klachten', 'totaal', 'released'), ('gmr', BOARD, 2025, 'klachten', 'totaal', 'released')"; decide bestuur klachten/totaal released; decide bestuur time_outs/totaal released
is "decisions that are made again go" "$(ask "figure_replace('bestuur', 1, 2025)" "SELECT audience, schooljaar, indicator FROM release.decision ORDER BY 1, 2")" "bestuur|2024|klachten;gmr|2025|klachten"
for row in "bestuur klachten/totaal" "gmr klachten/totaal" "bestuur time_outs/totaal" "bestuur klachten/soort" "bestuur klachten/totaal/2024"; do anew; shown 0 "$row -=20"; fresh "" "" "bestuur klachten/totaal -=25"; decide bestuur klachten/totaal released; ask "figure_replace('bestuur', 1, 2025)" "$figures"; done > "$place/tables"; is "a number is corrected where that group was shown with another" "$(grep -o '.$' "$place/tables" | paste -sd' ')" "t f f f f"
anew; shown 0 "bestuur klachten/soort a,b=20"; fresh "" "" "bestuur klachten/soort a,c=25"; decide bestuur klachten/soort coarsened; say "UPDATE pg_temp.figure_new SET category = '*'; UPDATE release.ledger SET category = '*'"; is "not where it was of others" "$(ask "figure_replace('bestuur', 1, 2025)" "$figures")" "bestuur 25 klachten/soort * a,c 25 - f"
anew; shown 0 "bestuur klachten/totaal -=25"; fresh "" "" "bestuur klachten/totaal -=25"; decide bestuur klachten/totaal released; is "nor where it is the same" "$(ask "figure_replace('bestuur', 1, 2025)" "$figures")" "bestuur 25 klachten/totaal   25 - f"
# How sure a change is: of what stays, against a year before that stays, or is what it was.
sure() { # what is decided of the year before, its number now, and what else
    anew; stand "bestuur klachten/totaal -=20" "bestuur klachten/totaal/2024 -=30@2"; say "UPDATE release.figure SET p_change = 0.03, denominator = 100 WHERE board_no = BOARD"; fresh ", denominator" ", ${3:-100}" "bestuur klachten/totaal/2024 -=$2"
    decide bestuur klachten/totaal released; decide bestuur klachten/totaal/2024 released; say "UPDATE pg_temp.decision_new SET kept = schooljaar = 2025 OR $1"
    ask "figure_replace('bestuur', 1, 2025)" "SELECT coalesce(p_change::text, '-') FROM release.figure WHERE board_no = 1 AND schooljaar = 2025"
}
is "what stays is as sure as it was where the year before stays, or is the same" "$(sure true 35@2) $(sure false 30@2)" "0.03 0.03"
is "and not where its number, its pupils or its value is another" "$(sure false 35@2) $(sure false 30@2 200) $(sure false 30@3)" "- - -"

# -- what is written to the ledger ---------------------------------------------------------------------------
written="SELECT concat_ws(' ', audience, indicator || '/' || breakdown, category, members, events, value) FROM release.ledger WHERE board_no = 1 AND released_at = now() ORDER BY 1"
add() { anew; shown 0 "$1"; stand "${@:2}"; ask "ledger_add('bestuur', 1)" "$written"; }
is "what does not stand there yet" "$(add "bestuur klachten/totaal -=20" "bestuur klachten/totaal -=25" "gmr klachten/totaal -=25") / $(add "bestuur klachten/totaal -=20" "bestuur klachten/totaal -=20")" "bestuur klachten/totaal   25 / "
is "the whole table, for one of its groups" "$(add "bestuur klachten/soort a=20 b=30" "bestuur klachten/soort a=20 b=31")" "bestuur klachten/soort a  20;bestuur klachten/soort b  31"
is "another value, a value where there was none, other members, another group" "$(add "bestuur klachten/totaal -=20@3" "bestuur klachten/totaal -=20@4") / $(add "bestuur klachten/totaal -=20" "bestuur klachten/totaal -=20@4") / $(add "bestuur klachten/soort a=20" "bestuur klachten/soort a=20 b=5")" "bestuur klachten/totaal   20 4 / bestuur klachten/totaal   20 4 / bestuur klachten/soort a  20;bestuur klachten/soort b  5"
anew; shown 0 "bestuur klachten/soort a,b=20"; stand "bestuur klachten/soort a,c=20"; say "UPDATE release.ledger SET category = '*'; UPDATE release.figure SET category = '*'"; is "members that are others" "$(ask "ledger_add('bestuur', 1)" "$written")" "bestuur klachten/soort * a,c 20"
anew; shown 0 "bestuur klachten/totaal -=20"; shown 3 "bestuur klachten/totaal -=30"; stand "bestuur klachten/totaal -=20"; is "beside what was shown last" "$(ask "ledger_add('bestuur', 1)" "$written")" "bestuur klachten/totaal   20"
anew; shown 0 "bestuur klachten/totaal -=20" "bestuur time_outs/totaal -=9"; shown 3 "bestuur time_outs/totaal -=10"; stand "bestuur klachten/totaal -=20"; is "of that table" "$(ask "ledger_add('bestuur', 1)" "$written")" ""
anew; shown 0 "bestuur klachten/totaal -=20"; other release.ledger; stand "bestuur klachten/totaal -=20"; is "and that board" "$(ask "ledger_add('bestuur', 1)" "$written")" "bestuur klachten/totaal   20"
anew; shown 0 "gmr klachten/totaal -=20"; stand "bestuur klachten/totaal -=20"; is "and that audience" "$(ask "ledger_add('bestuur', 1)" "$written")" "bestuur klachten/totaal   20"
noted="SELECT concat_ws(' ', audience, schooljaar - 2000, indicator || '/' || breakdown) FROM release.ledger_kept WHERE board_no = 1 AND released_at = now() ORDER BY 1"
anew; shown 0 "bestuur klachten/totaal -=20" "bestuur time_outs/totaal -=20" "bestuur schorsingen/totaal -=9"; for i in klachten time_outs schorsingen respons; do decide bestuur $i/totaal released; decide gmr $i/totaal released; done; stale klachten; say "UPDATE pg_temp.decision_new SET decision = 'withheld' WHERE indicator IN ('time_outs', 'respons')"
is "what was ever shown and stays, or is out, is not of this moment" "$(ask "ledger_kept_add(1)" "$noted")" "bestuur 25 klachten/totaal;bestuur 25 time_outs/totaal"
anew; shown 0 "bestuur klachten/totaal/2024 -=20" "bestuur klachten/soort a=20"; decide bestuur klachten/totaal released; stale klachten; is "not for another year or breakdown" "$(ask "ledger_kept_add(1)" "$noted")" ""
anew; shown 0 "bestuur klachten/totaal -=20"; other release.ledger; decide bestuur klachten/totaal released; stale klachten; is "nor another board" "$(ask "ledger_kept_add(1)" "$noted")" ""
anew; is "a moment is the board's" "$(ask "ledger_moment_add(1)" "SELECT board_no, released_at = now() FROM release.ledger_moment")" "1|t"

# -- what schools had is kept ----------------------------------------------------------------------------------
spread() { # indicator/breakdown, label:school=how many ...
    local i=${1%/*} b=${1#*/} one n; shift
    for one in "$@"; do n=${one##*=}; say "INSERT INTO result.spread (board_no, schooljaar, indicator, breakdown, category, location_no, events, numerator) VALUES (BOARD, 2025, '$i', '$b', '${one%%:*}', $(sed 's/.*:\(.*\)=.*/\1/' <<< "$one"), ${n%@*}, $([[ $n == *@* ]] && echo "${n#*@}" || echo NULL))"; done
}
school() { say "INSERT INTO result.figure (board_no, schooljaar, indicator, breakdown, location_no, category, ord, events, schools, numerator) VALUES (BOARD, 2025, '$1', 'school', $2, '', 0, $3, 1, $4)"; } # indicator, school, how many
kept_now="SELECT indicator || '/' || breakdown, labels, locations, events, numerators FROM result.spread_shown WHERE board_no = 1 AND shown_at = now() ORDER BY 1"
anew; decide bestuur klachten/soort released; spread klachten/soort b:8=3 a:9=5@2 a:7=4 c:7=0; is "of each table that is released, in order" "$(ask "spread_shown_add(1)" "$kept_now")" "klachten/soort|{a,a,b}|{7,9,8}|{4,5,3}|{NULL,2,NULL}"
had 0 klachten/soort a:7=4 a:9=5@2 b:8=3; is "once" "$(ask "spread_shown_add(1)" "$kept_now")" ""
for one in "a:7=4 a:9=6@2 b:8=3" "a:7=4 a:9=5@3 b:8=3" "a:7=4 a:8=5@2 b:8=3" "a:7=4 c:9=5@2 b:8=3"; do anew; decide bestuur klachten/soort released; spread klachten/soort b:8=3 a:9=5@2 a:7=4; had 0 klachten/soort $one; ask "spread_shown_add(1)" "$kept_now" | wc -w; done > "$place/tables"; is "again where anything of it is another" "$(paste -sd' ' "$place/tables")" "1 1 1 1"
anew; decide bestuur klachten/soort released; spread klachten/soort a:7=4; had 0 klachten/soort a:7=4; had 3 klachten/soort a:7=5; is "than what was kept last" "$(ask "spread_shown_add(1)" "$kept_now")" "klachten/soort|{a}|{7}|{4}|{NULL}"
anew; decide bestuur klachten/totaal released; spread klachten/totaal :7=4; had 0 klachten/totaal :7=4; other result.spread_shown; is "of that board" "$(ask "spread_shown_add(1)" "$kept_now")" "klachten/totaal|{\"\"}|{7}|{4}|{NULL}"
anew; decide bestuur klachten/soort released; decide gmr klachten/soort withheld; decide bestuur time_outs/totaal withheld; decide bestuur schorsingen/totaal released; stale schorsingen; for i in klachten/soort time_outs/totaal schorsingen/totaal respons/totaal; do spread $i a:7=4; done; is "not of what stays, is out, or was not decided" "$(ask "spread_shown_add(1)" "$kept_now")" "klachten/soort|{a}|{7}|{4}|{NULL}"
anew; decide bestuur gepest/school released; school gepest 8 20 9; school gepest 7 0 0; is "of schools what they are" "$(ask "spread_shown_add(1)" "$kept_now")" "gepest/school|{8}|{8}|{20}|{9}"
anew; decide bestuur klachten/totaal released; is "nobody had anything: that is kept too" "$(ask "spread_shown_add(1)" "$kept_now")" "klachten/totaal|{}|{}|{}|{}"
anew; spread klachten/soort a:7=4; school gepest 8 20 9; had 0 klachten/totaal :9=3; is "schools that know something, now or then" "$(ask "schools(1)")" "7;8;9"
anew; spread klachten/soort a:7=4@2 b:8=0; is "what each knows" "$(ask "spread(1)")" "2025|klachten|soort|a|7|4|2||"

# -- who is done, and what is certified --------------------------------------------------------------------------
state() { anew; say "INSERT INTO result.board_state VALUES (BOARD, 2025, 'f'), (BOARD, 2024, 'f')"; stand "bestuur klachten/totaal -=20"; speaks bestuur 5; speaks gmr 10; say "UPDATE release.certificate SET source = 'f'"; }
done_now() { ask "boards(2025, ${2:-0}, '${1:-bestuur:5,gmr:10}')"; }
state; is "made from these results, of what stands, under these thresholds" "$(done_now) / $(done_now bestuur:5,gmr:12) / $(done_now bestuur:5,gmr:10,ouders:10) / $(done_now bestuur:5) / $(done_now bestuur:5 1) / $(done_now bestuur:5 2)" "1|f|t / 1|f|f / 1|f|f / 1|f|t / 1|f|t / "
for change in "release.certificate SET source = 'g' WHERE audience = 'gmr'" "release.certificate SET schooljaar = 2024 WHERE audience = 'gmr'" "release.certificate SET content = 'x' WHERE audience = 'gmr'" "release.certificate SET board_no = 2 WHERE audience = 'gmr'" "release.figure SET events = 21"; do state; say "UPDATE $change"; done_now; done > "$place/tables"; is "else it is made again" "$(paste -sd' ' "$place/tables")" "1|f|f 1|f|f 1|f|f 1|f|f 1|f|f"
anew; stand "bestuur klachten/soort a=20 b=7 c=0" "gmr klachten/soort a=6" "bestuur time_outs/totaal -=3"; say "UPDATE release.figure SET board_no = 2 WHERE indicator = 'time_outs'"
say "INSERT INTO release.decision VALUES ('bestuur', BOARD, 2025, 'a', 't', 'released', '', false), ('bestuur', BOARD, 2025, 'b', 't', 'released', '', true), ('bestuur', BOARD, 2025, 'c', 't', 'coarsened', '', false), ('bestuur', BOARD, 2025, 'd', 't', 'coarsened', '', false), ('bestuur', BOARD, 2025, 'e', 't', 'coarsened', '', true), ('bestuur', BOARD, 2024, 'f', 't', 'withheld', '', false), ('bestuur', BOARD, 2025, 'g', 't', 'withheld', '', true), ('gmr', BOARD, 2025, 'h', 't', 'withheld', '', false), ('bestuur', 2, 2025, 'i', 't', 'withheld', '', false)"
certified="SELECT audience, threshold, n_tables, n_released, n_coarsened, n_withheld, n_kept, n_cells, smallest, source, content = release.content_hash('bestuur', 1) FROM release.certificate"
is "a certificate counts what was decided and what stands" "$(ask "certificate_store('bestuur', 1, 2025, 5, 'f')" "$certified" | cut -d';' -f2)" "bestuur|5|7|1|2|1|3|3|7|f|t"
speaks bestuur 9 2025 "'x'"; is "and takes the place of the one there was" "$(ask "certificate_store('bestuur', 1, 2025, 5, 'f')" "$certified" | cut -d';' -f2-)" "bestuur|5|7|1|2|1|3|3|7|f|t"
anew; speaks bestuur 5; speaks bestuur 8 2024; speaks gmr 10; is "boards are attacked under the highest threshold" "$(ask "outside_boards('', 0)" "outside_boards('gmr', 1)" "outside_boards('', 2)")" "bestuur|1|8;gmr|1|10;gmr|1|10"
anew; stand "bestuur klachten/totaal -=20"; speaks bestuur 5; speaks bestuur 5 2024 "'x'"; speaks gmr 10 2025 "'x'"; is "the newest certificate speaks of what stands" "$(ask "$(cat "$root/sql/query/disclosure/verify.sql")")" "bestuur|1|2025|t;gmr|1|2025|f"

# -- changes and goals -----------------------------------------------------------------------------------------
change() { ask "change_set('bestuur', 1, 2025, 'klachten', 'totaal', 0, '', 0.03)" "SELECT count(*) || ' ' || count(p_change) FROM release.figure"; }
anew; stand "bestuur klachten/totaal -=20" "bestuur klachten/totaal/2024 -=20" "gmr klachten/totaal -=20" "bestuur time_outs/totaal -=20" "bestuur klachten/soort a=20" "bestuur klachten/school 7=20"; is "how sure a change is, of one number" "$(change)" "6 1"
for row in "klachten/totaal" "klachten/totaal/2024" "klachten/totaal/2023" "klachten/soort" "time_outs/totaal"; do anew; stand "bestuur klachten/totaal -=20"; decide bestuur "$row" released; say "UPDATE pg_temp.decision_new SET kept = true"; change; done > "$place/tables"; is "not where it, or the year before, stays" "$(paste -sd, "$place/tables")" "1 0,1 0,1 1,1 1,1 1"
goal() { say "INSERT INTO result.goal VALUES (BOARD, 2025, ${1:-7}, ${3:-1}, ${2:-false}, 'klachten', 2023, 1, 9, '2028-07-31', 2, 5, 4, 6, '${4:-achter}', '${5:-}')"; } # school, of the office, number
goals="SELECT concat_ws(' ', audience, schooljaar - 2000, location_no, goal_no, coalesce(baseline::text, '-'), coalesce(current::text, '-'), target, status, reason) FROM release.goal ORDER BY 1"
stored() { ask "others_store('bestuur', 1, 2025)" "$goals"; }
anew; goal; stand "bestuur klachten/school 7=20@3" "bestuur klachten/school/2023 7=30@2"; is "a goal shows what is printed of its school" "$(stored)" "bestuur 25 7 1 2 3 9 achter "
anew; goal 7 true; stand "bestuur klachten/totaal -=20@3" "bestuur klachten/totaal/2023 -=30@2" "bestuur klachten/school 7=20@8" "bestuur klachten/school/2023 7=30@8"; is "of the office, of the board" "$(stored)" "bestuur 25 7 1 2 3 9 achter "
hidden="de cijfers zijn te klein om te tonen"
for row in "bestuur klachten/school/2023 7=30@2" "bestuur klachten/school 7=20@3" "bestuur klachten/school 7=20@3|bestuur klachten/school/2023 8=30@2" "bestuur klachten/school 7=20@3|gmr klachten/school/2023 7=30@2" "bestuur klachten/school 7=20@3|bestuur klachten/school/2024 7=30@2" "bestuur klachten/school 7=20@3|bestuur time_outs/school/2023 7=30@2" "bestuur klachten/totaal -=20@3|bestuur klachten/totaal/2023 -=30@2"; do anew; goal; IFS='|' read -ra both <<< "$row"; stand "${both[@]}"; stored; done > "$place/tables"
is "nothing where either is not shown" "$(sort "$place/tables" | uniq -c | sed 's/^ *//')" "7 bestuur 25 7 1 - - 9 beschermd $hidden"
anew; goal 7 false 1 'niet te beoordelen' 'geen meting'; goal 7 false 2 'niet te beoordelen' 'te vroeg'; goal 7 false 3 achter 'geen meting'; is "that there is nothing to judge may be said" "$(stored)" "bestuur 25 7 1 - - 9 niet te beoordelen geen meting;bestuur 25 7 2 - - 9 beschermd $hidden;bestuur 25 7 3 - - 9 beschermd geen meting"
for row in klachten/school klachten/totaal klachten/school/2023 klachten/school/2024 time_outs/school klachten/soort; do anew; goal; stand "bestuur klachten/school 7=20@3" "bestuur klachten/school/2023 7=30@2"; say "INSERT INTO release.goal VALUES ('bestuur', BOARD, 2025, 7, 1, 'klachten', 2023, 2, 8, '2028-07-31', 2, 4, NULL, NULL, 'oud', '')"; decide bestuur $row released; say "UPDATE pg_temp.decision_new SET kept = true"; stored; done > "$place/tables"
is "a goal stays where one of its figures does" "$(cut -d' ' -f6-8 "$place/tables" | paste -sd, )" "4 8 oud,4 8 oud,4 8 oud,3 9 achter,3 9 achter,3 9 achter"
for row in "'gmr', BOARD, 2025" "'bestuur', 2, 2025" "'bestuur', BOARD, 2024"; do anew; say "INSERT INTO release.goal VALUES ($row, 7, 1, 'klachten', 2023, 2, 8, '2028-07-31', 2, 4, NULL, NULL, 'oud', '')"; stored; done > "$place/tables"; is "one of another audience, board or year is not taken away" "$(wc -l < "$place/tables") $(grep -c oud "$place/tables")" "3 3"
anew; say "INSERT INTO release.goal VALUES ('bestuur', BOARD, 2025, 7, 1, 'klachten', 2023, 2, 8, '2028-07-31', 2, 4, NULL, NULL, 'oud', '')"; is "one that is no more is" "$(stored)" ""
say "INSERT INTO result.delivery_status VALUES (BOARD, 2025, 7, 'incident', 'op tijd'), (BOARD, 2024, 7, 'incident', 'te laat'), (2, 2025, 7, 'incident', 'te laat'); INSERT INTO result.series_break VALUES (BOARD, 'klacht', '2024-09-01', 'r'), (2, 'klacht', '2024-09-02', 'r');
INSERT INTO release.delivery_status VALUES ('bestuur', BOARD, 2025, 8, 'incident', 'weg', NULL, NULL, 0), ('bestuur', BOARD, 2024, 8, 'incident', 'blijft', NULL, NULL, 0), ('gmr', BOARD, 2025, 8, 'incident', 'blijft', NULL, NULL, 0); INSERT INTO release.series_break VALUES ('bestuur', BOARD, 'klacht', '2020-09-01', 'weg'), ('gmr', BOARD, 'klacht', '2020-09-01', 'blijft')"
is "deliveries and breaks are those of now" "$(ask "others_store('bestuur', 1, 2025)" "SELECT audience, schooljaar, location_no, status FROM release.delivery_status ORDER BY 1, 2, 3" "SELECT audience, on_date, reason FROM release.series_break ORDER BY 1, 2")" "bestuur|2024|8|blijft;bestuur|2025|7|op tijd;gmr|2025|8|blijft;bestuur|2024-09-01|r;gmr|2020-09-01|blijft"
anew; decide bestuur klachten/totaal coarsened samen; decide gmr klachten/totaal released; stale klachten; is "decisions are the audience's" "$(ask "others_store('bestuur', 1, 2025)" "SELECT audience, indicator, decision, reason, kept FROM release.decision")" "bestuur|klachten|coarsened|samen|t"
finish
