#!/usr/bin/env bash
# From result to release, on boards of a few numbers made by hand, all of them disclosed at once: what is printed of them, what is left out, and for whose sake.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
. "$root/tests/harness/byhand.sh"
vb db init > "$place/log" 2>&1
results=() # per board: what its results are
board() { said=; } # a board begins
ends() { results+=("$said"); printf -v "$1" %s ${#results[@]}; } # and ends: by this name its number is known
cell() { # indicator/breakdown[/year] group persons (- as many as events), and how many at schools 11, 12, ...; of answers n@yes
    local of i one n x events=0 yes=0 at=11 schools=0 spread='' persons=$3 ord; IFS=/ read -ra of <<< "$1"; i=${of[0]}
    for one in "${@:4}"; do
        n=${one%@*} x=${one#*@}; events=$((events + n)) yes=$((yes + x))
        [ "$n" = 0 ] || { schools=$((schools + 1)); spread+=", (BOARD, ${of[2]:-2025}, '$i', '${of[1]}', '$2', $at, $n, $x, $n, $n, 1)"; }
        at=$((at + 1))
    done
    [ "$persons" != - ] || persons=$events
    ord=0; [ "${of[1]}" != maand ] || ord=$(((10#${2#*-} + 4) % 12)) # from August
    say "INSERT INTO result.figure (board_no, schooljaar, indicator, breakdown, location_no, category, ord, events, persons, schools, numerator, denominator, sd, subset_of)
VALUES (BOARD, ${of[2]:-2025}, '$i', '${of[1]}', 0, '$2', $ord, $events, $persons, $schools, $yes, CASE WHEN '$i' IN ('gepest', 'klachten_op_tijd') THEN $events ELSE 1000 END, 1, CASE '$i' WHEN 'pestincidenten' THEN 'incidenten' WHEN 'pest_maand' THEN 'incidenten_maand' WHEN 'klachten_op_tijd' THEN 'klachten' ELSE '' END)"
    [ -z "$spread" ] || say "INSERT INTO result.spread (board_no, schooljaar, indicator, breakdown, category, location_no, events, numerator, denominator, persons, sd) VALUES ${spread#, }"
}
schools() { # indicator[/year], how many at schools 11, 12, ...; of answers n@yes
    local of at=11 one; IFS=/ read -ra of <<< "$1"
    for one in "${@:2}"; do
        say "INSERT INTO result.figure (board_no, schooljaar, indicator, breakdown, location_no, category, ord, events, persons, schools, numerator, denominator, sd, subset_of)
VALUES (BOARD, ${of[1]:-2025}, '${of[0]}', 'school', $at, '', 0, ${one%@*}, ${one%@*}, 1, ${one#*@}, CASE WHEN '${of[0]}' = 'gepest' THEN ${one%@*} ELSE 250 END, 1, CASE '${of[0]}' WHEN 'pestincidenten' THEN 'incidenten' ELSE '' END)"
        at=$((at + 1))
    done
}
disclose() { # all boards, as they are now
    local n
    for n in "${!results[@]}"; do sed "s/BOARD/$((n + 1))/g" <<< "DELETE FROM result.figure WHERE board_no = BOARD; DELETE FROM result.spread WHERE board_no = BOARD; ${results[$n]} INSERT INTO result.board_state VALUES (BOARD, 2025, '1') ON CONFLICT (board_no, schooljaar) DO UPDATE SET fingerprint = result.board_state.fingerprint || '1';"; done > "$place/results.sql"
    is "results are written" "$(written < "$place/results.sql")" ""
    vb disclose --schooljaar 2025-2026 "$@" > "$place/said" 2>&1
}
seen() { q "SELECT coalesce(string_agg(concat_ws(' ', CASE WHEN members <> '' THEN members WHEN location_no > 0 THEN location_no::text ELSE nullif(category, '') END, events, ${3:-NULL}), ', ' ORDER BY location_no, category), '-') FROM release.figure WHERE board_no = $1 AND audience = '${4:-bestuur}' AND schooljaar = ${5:-2025} AND indicator || '/' || breakdown = '$2'"; }
decided() { q "SELECT CASE WHEN kept THEN 'kept' ELSE decision END || ' ' || reason FROM release.decision WHERE board_no = $1 AND audience = '${3:-bestuur}' AND schooljaar = 2025 AND indicator || '/' || breakdown = '$2'"; }
set_result() { say "UPDATE result.figure SET $2 WHERE board_no = BOARD AND $1"; } # which, what

# -- a first release ---------------------------------------------------------------------------------
board; cell incidenten/totaal '' - 10 10 10 10; schools incidenten 10 10 10 10; cell gepest/totaal '' - 13@3 10@3 10@3 10@3; cell klachten/totaal '' - 20 20 20; cell klachten_op_tijd/totaal '' - 10@9 11@8 12@7
cell respons/totaal '' - 12 12 12 12; set_result "indicator = 'respons'" "denominator = 62"; cell welbevinden/totaal '' - 13 10 10 10; set_result "indicator = 'welbevinden'" "denominator = 43, numerator = 3.1551, sd = 0.44"
cell incidenten/vorm pesten - 7 7 8 10; cell incidenten/vorm fysiek - 2 1 1 0; cell incidenten/vorm verbaal - 1 2 1 0
cell klachten/soort a - 14 14 14; cell klachten/soort b - 3 3 3; cell klachten/soort c - 3 3 3; cell betrokkenen/soort betrokkenheden - 20 20 20; cell betrokkenen/soort personen - 20 15 15; ends printed
change() { # of time-outs: a year before and now
    board; cell time_outs/totaal/2024 '' - $(($1 / 2)) $(($1 - $1 / 2)); cell time_outs/totaal '' - $(($2 / 2)) $(($2 - $2 / 2)); say "DELETE FROM result.spread WHERE board_no = BOARD"; set_result "schooljaar = 2025" "p_change = ${3:-0.9}"
}
change 100 62; ends change1; change 100 70; ends change2; change 100 74; ends change3; change 100 82; ends change4; change 100 62 NULL; ends change5; change 100 62; set_result "schooljaar = 2024" "schooljaar = 2023"; ends change6
# 62 of one breakdown; and schools that hide together in one of the years
board; cell klachten/totaal '' - 31 31; cell klachten/totaal/2024 '' - 50 50; cell klachten/soort a - 31 31; cell klachten/soort/2024 a - 50 50; schools incidenten 62 62 3 3; schools incidenten/2024 100 100 30 30; cell incidenten/totaal '' - 62 62 3 3; cell incidenten/totaal/2024 '' - 100 100 30 30; say "UPDATE result.figure SET p_change = 0.9 WHERE board_no = BOARD"; ends change7
# What all incidents have beside bullying: six, of so many persons; and of two schools each.
beside() { # persons of all, of those that are bullying, of the others
    board; cell incidenten/totaal '' "$1" 12 11 10 7; cell pestincidenten/totaal '' "$2" 9 9 9 7; cell incidenten/vorm pesten "$2" 9 9 9 7; cell incidenten/vorm fysiek "$3" 3 2 1
}
beside 30 29 1; ends beside1; beside 30 29 5; ends beside5; beside 31 29 NULL; ends nobody
own_persons() { say "UPDATE result.spread SET persons = $4 WHERE board_no = BOARD AND indicator || '/' || breakdown || '/' || category = '$1' AND location_no = $2 AND $3"; }
pair() { # persons of the second school's eight beside bullying
    board; cell incidenten/totaal '' 60 28 28 20 20; cell pestincidenten/totaal '' 50 20 20 20 20
    own_persons incidenten/totaal/ 11 true 25; own_persons pestincidenten/totaal/ 11 true 19; own_persons incidenten/totaal/ 12 true 21; own_persons pestincidenten/totaal/ 12 true $((21 - $1))
}
pair 1; ends pair1; pair 6; ends pair6
# In one month nearly all incidents are one school's, and it knows so: of the bullying that hides in the quarter hardly any can be the others'.
months() { # indicator of the months, of each of four schools in the nine others
    local m; for m in 2025-11 2025-12 2026-01 2026-02 2026-03 2026-04 2026-05 2026-06 2026-07; do cell "$1/maand" $m - "$2" "$2" "$2" "$2"; done
}
quarter() { # of October at the second school: incidents, of them bullying; of all others one incident or none, and so many of it bullying
    board; months incidenten_maand 10; months pest_maand 5; for m in 2025-08 2025-09; do cell incidenten_maand/maand $m - 10 10 10 10; cell pest_maand/maand $m - 1 1 1 1; done
    cell incidenten_maand/maand 2025-10 - 0 "$1" 0 "${4:-1}"; cell pest_maand/maand 2025-10 - 0 "$2" 0 "$3"; say "DELETE FROM result.spread WHERE board_no = BOARD AND category = '2025-10' AND location_no = 14"; set_result "category = '2025-10'" "schools = 4"
    cell incidenten/totaal '' - 110 $((110 + $1)) 110 $((110 + ${4:-1})); cell pestincidenten/totaal '' - 47 $((47 + $2)) 47 $((47 + $3))
}
quarter 5 3 0; ends insider; quarter 11 5 1; ends most; quarter 5 3 0 0; ends nothing
# Of the two smallest groups hardly anybody was bullied, or hardly anybody was not, and nearly all of them at one school.
groups() { # who said yes in each, and of them at that school, of thirty
    board; cell gepest/totaal '' - 200@$((20 + $1)) 200@$((18 + $3)) 122@0; cell gepest/groep 5 - 150@20; cell gepest/groep 6 - 150@18; cell gepest/groep 7 - 30@"$2" 87@$(($1 - $2)); cell gepest/groep 8 - 30@"$4" 75@$(($3 - $4))
    say "DELETE FROM result.spread WHERE board_no = BOARD AND NOT (category IN ('7', '8') AND location_no = 11)"; set_result "true" "schools = 5"
}
groups 4 4 9 8; ends yes; groups 113 26 96 22; ends no; groups 4 1 9 2; ends many
# Two schools behind a mean, and all of the second gave one answer, or not.
mean() { board; cell welbevinden/totaal '' - 24 20; set_result "true" "denominator = 44, numerator = 2.4, sd = 1.3"; say "UPDATE result.spread SET sd = CASE location_no WHEN 11 THEN 0.4 ELSE $1 END WHERE board_no = BOARD"; }
mean 0; ends alike; mean 0.3; ends unlike_each
# Answers of one group at two schools, twenty of each: who has its own finds the other's.
two() { # who said yes at the second
    board; cell gepest/totaal '' - 30@15 30@$(($1 + 5)) 10@5 10@5; cell gepest/groep 7 - 20@10 "20@$1"; cell gepest/groep 8 - 10@5 10@5 10@5 10@5; say "DELETE FROM result.spread WHERE board_no = BOARD AND category <> '7'"
}
two 3; ends three; two 5; ends five
# Goals: by the values that are printed, and by what is good.
goal() { say "DELETE FROM result.goal WHERE board_no = BOARD; INSERT INTO result.goal VALUES (BOARD, 2025, 11, 1, true, '$1', 2023, 1, $2, '2028-07-31', 2, 1, 1, 1, 'achter', '')"; } # indicator, target
share() { cell "gepest/totaal$1" '' - "$2" "$2" "$2"; }
board; share /2023 100@20; share '' 100@10; goal gepest 10; ends less
board; share /2023 100@20; share '' 100@10; goal gepest 11; ends reached
board; share /2023 100@20; share '' 100@19; goal gepest 5; ends behind
# For a second release.
board; cell klachten/totaal '' - 20 20 20 20; ends moved; board; cell klachten/totaal '' - 20 20 20 20; ends more
board; cell klachten/totaal '' - 20 20 20; cell klachten_op_tijd/totaal '' - 10@8 10@8 10@8; ends cases
board; cell gepest/totaal '' - 40@10 40@10; ends grown
answered() { # of each of four schools: in groups 5, 6 and 8, and in group 7
    board; cell gepest/totaal '' - $(for one in "$2" "$2" "$3" "$3"; do echo "$((3 * ${1%@*} + ${one%@*}))@$((3 * ${1#*@} + ${one#*@}))"; done); for g in 5 6 8; do cell gepest/groep $g - "$1" "$1" "$1" "$1"; done; cell gepest/groep 7 - "$2" "$2" "$3" "$3"
}
answered 25@5 25@5 25@5; ends few_more
four() { board; cell incidenten/totaal '' - $1; schools incidenten $1; cell pestincidenten/totaal '' - $2; schools pestincidenten $2; } # of four schools: incidents, bullying
four "23 14 17 5" "13 3 9 5"; ends apart
board; cell klachten/totaal '' - 3 2 2; cell time_outs/totaal '' - 20 20 20; ends gone
board; cell klachten/totaal '' - 20 20 20; ends leak; board; cell klachten/totaal '' - 20 20 20; ends broken
disclose --dry-run; is "a trial writes nothing" "$? $(q "SELECT (SELECT count(*) FROM release.figure) + (SELECT count(*) FROM release.ledger) + (SELECT count(*) FROM release.certificate)")" "0 0"
disclose; is "disclose" "$? $(grep -o '[0-9]* of [0-9]* boards' "$place/said")" "0 ${#results[@]} of ${#results[@]} boards"
is "it says what it did" "$(sed 's/.*boards: //' "$place/said" | tail -1)" "$(q "SELECT count(*) || ' tables = ' || count(*) FILTER (WHERE decision = 'released') || ' as they are + ' || count(*) FILTER (WHERE decision = 'coarsened') || ' coarsened + ' || count(*) FILTER (WHERE decision = 'withheld') || ' withheld; ' || (SELECT count(*) FROM release.figure) || ' cells published' FROM release.decision")"
is "what is certified is not done again" "$(vb disclose --schooljaar 2025-2026 2>&1 | grep -c 'nothing new')" 1
is "a count over pupils" "$(seen $printed incidenten/totaal "concat_ws(' ', value, low, high, schools, denominator, decimals)")" "40 4 2.9 5.4 3 1000 1"
is "answers in fives, their share, and what the printed numbers leave open" "$(seen $printed gepest/totaal "concat_ws(' ', value, low, high, schools, coalesce(denominator, 0))")" "45 28 18 43 3 0"
is "cases as they are" "$(seen $printed klachten_op_tijd/totaal "concat_ws(' ', value, coalesce(denominator, 0))")" "33 73 0"
is "who answered, of the pupils, by fives" "$(seen $printed respons/totaal value)" "50 81"
is "a mean" "$(seen $printed welbevinden/totaal "concat_ws(' ', value, low, high)")" "45 3.16 3.04 3.28"
is "a remainder of forms over all pupils" "$(seen $printed incidenten/vorm "concat_ws(' ', value, denominator)")" "fysiek,verbaal 8 0.8 1000, pesten 32 3.2 1000"
is "how sure a change is" "$(for n in $change1 $change2 $change3 $change4 $change5 $change6; do seen $n time_outs/totaal "coalesce(p_change::text, '-')"; done | paste -sd,)" "62 0.005,70 0.03,74 0.1,82 0.5,62 -,62 -"
is "of totals and schools that stand by themselves, and of nothing else" "$(q "SELECT string_agg(concat_ws(' ', indicator, breakdown, location_no, members, p_change), ', ' ORDER BY indicator, breakdown, location_no) FROM release.figure WHERE board_no = $change7 AND audience = 'bestuur' AND schooljaar = 2025")" "incidenten school 0 11,13,14, incidenten school 12  0.005, incidenten totaal 0  0.005, klachten soort 0 , klachten totaal 0  0.005"
for n in $beside1 $beside5 $nobody; do decided $n pestincidenten/totaal; done > "$place/rest"; is "six beside bullying of one person, of five, of nobody that is named" "$(paste -sd, "$place/rest")" "withheld weinig,released ,released "
is "eight at one of two schools, of one person, of six" "$(decided $pair1 pestincidenten/totaal),$(decided $pair6 pestincidenten/totaal)" "withheld weinig,released "
is "a table in which a school finds too much of the others is left out, for all" "$(decided $insider pest_maand/maand),$(decided $insider pest_maand/maand openbaar),$(decided $insider incidenten_maand/maand)" "withheld eigen_school,withheld eigen_school,released "
is "also where it has nearly all of a large number" "$(decided $most pest_maand/maand)" "withheld eigen_school"
like "not where others had nothing at all" "$(decided $nothing pest_maand/maand)" '^coarsened per_'
is "and where it knows nearly all who said yes, or no" "$(decided $yes gepest/groep),$(decided $no gepest/groep),$(decided $many gepest/groep)" "withheld eigen_school,withheld eigen_school,coarsened samen"
is "schools attacked the narrowest, and those who ask for more" "$(q "SELECT string_agg(audience, ' ' ORDER BY audience) FROM release.certificate WHERE attack_insiders > 0 AND board_no = $printed")" "bestuur gmr"
is "a mean of two schools of which one said one thing, or not" "$(decided $alike welbevinden/totaal),$(decided $unlike_each welbevinden/totaal)" "withheld weinig,released "
is "of two schools' answers three are not left to one of them, five are" "$(decided $three gepest/groep),$(decided $five gepest/groep)" "withheld weinig_per_groep,released "
is "goals" "$(q "SELECT string_agg(status, ', ' ORDER BY board_no) FROM release.goal WHERE audience = 'bestuur'")" "behaald, behaald, achter"
is "all of it is certified" "$(vb verify 2>&1 | grep -o '[0-9]* certificates, [0-9]* do not match')" "$((4 * ${#results[@]})) certificates, 0 do not match"
sql vb_disclose "UPDATE release.figure SET value = value + 1 WHERE board_no = $less AND audience = 'gmr'" > /dev/null; is "what was changed since is not" "$(vb verify 2>&1 | grep -o '[0-9]* do not match')" "1 do not match"

# -- a second release ----------------------------------------------------------------------------------
again() { results[$(($1 - 1))]=$said; } # which board
board; cell klachten/totaal '' - 29 22 20 20; again "$moved"; board; cell klachten/totaal '' - 29 25 20 20; again "$more"
four "28 29 17 5" "18 9 9 5"; again "$apart"
board; cell klachten/totaal '' - 20 20 20; cell klachten_op_tijd/totaal '' - 10@9 10@8 10@8; again "$cases"
board; cell time_outs/totaal '' - 20 20 20; again "$gone"
board; cell gepest/totaal '' - 60@16 60@17; again "$grown"
answered 40@10 25@5 25@6; again "$few_more"
board; cell klachten/totaal '' - 30 30 30; again "$broken"
sql vb_disclose "INSERT INTO release.ledger SELECT audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, events + 2, value, released_at - interval '1 year' FROM release.ledger WHERE board_no = $leak AND audience = 'inspectie'
; INSERT INTO release.figure (audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, n_members, ord, events, schools) SELECT a, $broken, 2010, 'klachten', 'soort', 0, '*', m, n, 0, e, 3 FROM (VALUES ('bestuur', 'a,b,c', 3, 20), ('inspectie', 'a,b', 2, 50)) AS v(a, m, n, e)" > "$place/log"
disclose; is "two boards are not released" "$? $(tail -1 "$place/said")" "6 veiligbeeld: error: 2 boards were not released: an outsider could work out too much (see above)"
like "for what" "$(paste -sd' ' "$place/said")" "board $leak, audience inspectie: not released: 0 counts too small, 0 hidden groups narrowed down, 1 corrections too small to hide; .*board $broken, audience bestuur: not released: no table agrees with what was released"
is "they stand as they were, and the others are of now" "$(q "SELECT string_agg(DISTINCT board_no::text, ' ' ORDER BY board_no::text) FROM release.certificate WHERE source = '11'") $(seen "$leak" klachten/totaal) $(seen "$broken" klachten/totaal)" "$leak $broken 60 60"
is "eleven more, nine of one school and two of another, or five" "$(decided $moved klachten/totaal) $(seen $moved klachten/totaal), $(decided $more klachten/totaal) $(seen $more klachten/totaal)" "kept  80, released  94"
is "six more said yes at one of two schools, seven at the other" "$(decided $grown gepest/totaal) $(seen $grown gepest/totaal value)" "released  120 28"
is "two more with yes in one group, many more in the others" "$(decided $few_more gepest/groep) $(seen $few_more gepest/groep value)" "coarsened samen_verschil 5,7 260 24, 6 160 25, 8 160 25"
is "of a part that comes apart, while the whole stood still at two of three schools" "$(decided $apart pestincidenten/school),$(decided $apart incidenten/school)" "kept samen_scholen,released "
is "what is no longer computed stays, for who was shown it" "$(decided $gone klachten/totaal) / $(decided $gone klachten/totaal gmr) / $(seen $gone klachten/totaal)" "kept  / withheld weinig / 7"
is "one more in time of as many stays as it was" "$(decided $cases klachten_op_tijd/totaal) $(seen $cases klachten_op_tijd/totaal value)" "kept  30 80"
is "each release is a moment, be it the same" "$(q "SELECT count(*) FROM release.ledger_moment WHERE board_no = $printed")" 2
is "nothing is twice in the ledger" "$(q "SELECT count(*) FROM (SELECT 1 FROM release.ledger WHERE board_no = $printed GROUP BY audience, schooljaar, indicator, breakdown, location_no, category HAVING count(*) > 1) x")" 0
finish
