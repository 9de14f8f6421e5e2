#!/usr/bin/env bash
# What a reader, or a school with its own records, took out of one release by itself: each case was found by a reviewer.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
three_boards
. "$root/tests/harness/again.sh"
keep # before anything was released
schools_find

# A survey that began: of a school a few answered, and the board is released with all else.
answered() { # school, how many
    super "UPDATE result.figure SET events = $2, numerator = $2 WHERE $w AND indicator = 'respons' AND breakdown = 'school' AND location_no = $1; UPDATE result.spread SET events = $2 WHERE $w AND indicator = 'respons' AND location_no = $1;
UPDATE result.figure f SET events = n, numerator = n FROM (SELECT sum(events) AS n FROM result.figure WHERE $w AND indicator = 'respons' AND breakdown = 'school') s WHERE $w AND indicator = 'respons' AND breakdown = 'totaal'" > /dev/null
}
for n in 1 2; do
    answered "${school[0]}" $n; release 99003 "$n of one school answered"
    is "$n who answered are among the other schools" "$(decided respons school) $(decided respons totaal)" "coarsened released"
    unlike "and not shown by themselves" " $(seen respons school)" " ${school[0]}:"
    undo
done
answered "${school[0]}" 6; release 99003 "six of one school answered"
is "six may be shown to the board, and not to gmr" "$(decided respons school) $(decided respons school gmr)" "released coarsened"
undo
for s in "${school[@]}"; do answered "$s" 2; done; release 99003 "two of each school answered"
is "their total is shown to the board" "$(decided respons totaal) $(decided respons school) $(decided respons totaal gmr)" "released withheld withheld"
undo
for s in "${school[@]}"; do answered "$s" 1; done; release 99003 "one of each school answered"
is "four are not" "$(decided respons totaal) $(decided respons school)" "withheld withheld"
ok "and all else is there" test "$(q "SELECT count(*) FROM release.figure WHERE audience = 'bestuur' AND $w AND indicator <> 'respons'")" -gt 50
undo

# What all incidents have beside bullying: six, of one child or of five.
persons() { super "UPDATE result.figure SET persons = $3 WHERE $w AND indicator = '$1' AND breakdown || '/' || category = '$2'" > /dev/null; }
beside_bullying() { # persons of all incidents, of those that are bullying, and of the six of form fysiek
    only incidenten/totaal incidenten/vorm pestincidenten/totaal
    super "UPDATE result.figure SET events = 0, numerator = 0, persons = NULL, schools = 0 WHERE $w AND breakdown = 'vorm'; DELETE FROM result.spread WHERE $w AND breakdown = 'vorm'" > /dev/null
    set_cell incidenten totaal '' 12 11 10 7; set_cell pestincidenten totaal '' 9 9 9 7; set_cell incidenten vorm pesten 9 9 9 7; set_cell incidenten vorm fysiek 3 2 1
    persons incidenten totaal/ "$1"; persons pestincidenten totaal/ "$2"; persons incidenten vorm/pesten "$2"; persons incidenten vorm/fysiek "$3"
}
beside_bullying 30 29 1; first
is "six incidents of one child are not left beside bullying" "$(decided incidenten totaal) $(decided pestincidenten totaal) $(decided incidenten vorm)" "released withheld withheld"; undo
beside_bullying 30 29 5; first
is "of five children they are, whatever else those did" "$(decided incidenten totaal) $(decided pestincidenten totaal) $(decided incidenten vorm)" "released released released"; undo
beside_bullying 34 29 NULL; first
is "of the rest nobody is named: six incidents are enough" "$(decided pestincidenten totaal)" released; undo
months() { # persons of all incidents of a month, and of those that are bullying, of which the others are six
    only incidenten/totaal incidenten_maand/maand pest_maand/maand
    local m; for m in 2025-08 2025-09 2025-10 2025-11 2025-12 2026-01 2026-02 2026-03 2026-04 2026-05 2026-06 2026-07; do set_cell incidenten_maand maand $m 20 20 20; set_cell pest_maand maand $m 10 10 10; done
    set_cell incidenten_maand maand 2025-11 12 12 12; persons incidenten_maand maand/2025-11 "$1"; persons pest_maand maand/2025-11 "$2"
}
months 27 25; first
is "nor of few in a month" "$(decided incidenten_maand maand) $(q "SELECT count(*) FROM release.figure WHERE audience = 'bestuur' AND $w AND indicator = 'pest_maand' AND category = '2025-11' AND n_members = 1")" "released 0"; undo
months 30 25; first
is "of five it is shown" "$(q "SELECT events FROM release.figure WHERE audience = 'bestuur' AND $w AND indicator = 'pest_maand' AND category = '2025-11' AND n_members = 1")" 30; undo

# Complaints still open: all, less those of which the term ended, less those withdrawn. A school takes off its own of all three.
complaints() { # of all, ended, withdrawn and not decided yet so many of each school: "12 11 10 9" ...
    local of=($1) e=($2) u=($4) left=() at
    only klachten/totaal klachten/oordeel klachten_op_tijd/totaal
    super "UPDATE result.figure SET events = 0, numerator = 0, persons = NULL, schools = 0 WHERE $w AND breakdown = 'oordeel'; DELETE FROM result.spread WHERE $w" > /dev/null
    set_cell klachten totaal '' $1; set_cell klachten_op_tijd totaal '' $2; set_cell klachten oordeel ingetrokken $3; set_cell klachten oordeel 'nog niet bekend' $4
    local off=($3); for at in "${!of[@]}"; do left+=($((of[at] - off[at] - u[at]))); done
    set_cell klachten oordeel gegrond "${left[@]}"
    super "UPDATE result.figure SET schools = (SELECT count(*) FROM result.spread s WHERE (s.board_no, s.schooljaar, s.indicator, s.breakdown, s.category) = (99003, 2025, 'klachten', 'oordeel', figure.category)) WHERE $w AND indicator = 'klachten' AND breakdown = 'oordeel';
UPDATE result.figure SET denominator = events, numerator = events - 10 WHERE $w AND indicator = 'klachten_op_tijd'; UPDATE result.spread SET denominator = events, numerator = NULL WHERE $w AND indicator = 'klachten_op_tijd'" > /dev/null
}
complaints "30 25 20 15" "18 17 14 10" "6 6 6 5" "11 9 8 6"; first
is "six open of one school and two of another are not told" "$(decided klachten totaal) $(decided klachten_op_tijd totaal) $(decided klachten oordeel)" "released released withheld"; undo
complaints "30 25 20 15" "18 14 14 10" "6 6 6 5" "11 11 8 6"; first
is "six and five may be" "$(decided klachten_op_tijd totaal) $(decided klachten oordeel)" "released released"; undo
complaints "30 25 20 15" "18 17 12 10" "6 6 6 5" "11 9 8 6"; first
is "and of three schools, who hide each other" "$(decided klachten_op_tijd totaal) $(decided klachten oordeel)" "released released"; undo

# The other way round: not decided yet, less those still open, is whose term ran out without a decision.
complaints "30 25 20 15" "20 15 12 8" "5 5 4 3" "6 5 5 4"; first
is "two whose term ran out are not told" "$(decided klachten totaal) $(decided klachten_op_tijd totaal) $(decided klachten oordeel)" "released released withheld"; undo
complaints "30 25 20 15" "20 15 12 8" "5 5 4 3" "5 5 4 4"; first
is "nobody may be" "$(decided klachten_op_tijd totaal) $(decided klachten oordeel)" "released released"; undo
complaints "30 25 20 15" "20 15 12 8" "5 5 4 3" "7 7 5 4"; first
is "and five of three schools" "$(decided klachten_op_tijd totaal) $(decided klachten oordeel)" "released released"; undo
complaints "30 25 20 15" "20 15 12 8" "5 5 4 3" "11 7 4 4"; first
is "not six of one school and two of another" "$(decided klachten_op_tijd totaal) $(decided klachten oordeel)" "released withheld"; undo
complaints "30 25 20 15" "26 21 16 11" "1 1 1 1" "4 3 3 4"; first
is "nor where they hide with those withdrawn: both are in what the ended leave" "$(decided klachten_op_tijd totaal) $(decided klachten oordeel)" "released withheld"; undo
complaints "30 25 20 15" "26 21 16 11" "1 1 1 1" "3 3 3 3"; first
is "where nobody's ran out that is shown" "$(decided klachten_op_tijd totaal) $(decided klachten oordeel) $(seen klachten oordeel | grep -c 'ingetrokken,nog niet bekend:16')" "released coarsened 1"; undo

# A mean of two schools: who takes off his own has the other's, of which all pupils may have said the same.
mean_of_two() { # breakdown, standard deviation of the answers at the second school, and how many answered there
    only "welbevinden/$1"
    super "UPDATE result.figure SET events = 24 + $3, persons = 24 + $3, denominator = 24 + $3, numerator = 2.4, sd = 1.3, schools = 2 WHERE $w; DELETE FROM result.spread WHERE board_no = 99003;
INSERT INTO result.spread (board_no, schooljaar, indicator, breakdown, category, location_no, events, denominator, persons, sd) SELECT board_no, schooljaar, indicator, breakdown, category, v.school, v.n, v.n, v.n, v.sd
  FROM result.figure CROSS JOIN (VALUES (${school[0]}, 24, 0.4), (${school[1]}, $3, $2)) AS v(school, n, sd) WHERE $w" > /dev/null
}
for b in totaal instrument; do
    mean_of_two $b 0 20; first; is "$b: where all of the other school said the same, their mean is not told" "$(decided welbevinden $b)" withheld; undo
    mean_of_two $b NULL 20; first; is "$b: nor where that is not known" "$(decided welbevinden $b)" withheld; undo
    mean_of_two $b 0.3 20; first; is "$b: where they differ it may be" "$(decided welbevinden $b) $(decided welbevinden $b gmr)" "released released"; undo
    mean_of_two $b 0.3 7; first; is "$b: and not to an audience that asks more answers" "$(decided welbevinden $b) $(decided welbevinden $b gmr)" "released withheld"; undo
done

# Two schools behind a form: the six of the second are of one child, or of six.
own_persons() { super "UPDATE result.spread SET persons = $5 WHERE $w AND indicator = '$1' AND breakdown = '$2' AND category = '$3' AND location_no = $4" > /dev/null; }
weapons() { # persons of them at each of the two schools
    only incidenten/totaal incidenten/vorm
    set_cell incidenten totaal '' 40 40 20 20
    super "UPDATE result.figure SET events = 0, numerator = 0, persons = NULL, schools = 0 WHERE $w AND breakdown = 'vorm'; DELETE FROM result.spread WHERE $w AND breakdown = 'vorm'" > /dev/null
    set_cell incidenten vorm fysiek 20 34 20 20; set_cell incidenten vorm wapenbezit 20 6; persons incidenten vorm/wapenbezit 26
    own_persons incidenten vorm wapenbezit "${school[0]}" "$1"; own_persons incidenten vorm wapenbezit "${school[1]}" "$2"
}
weapons 20 1; first; is "six of one child at the other school are not told" "$(decided incidenten totaal) $(seen incidenten vorm | grep -c wapenbezit:)" "released 0"; undo
weapons 20 6; first; is "of six they are" "$(seen incidenten vorm | grep -c wapenbezit:26)" 1; undo
weapons 20 NULL; first; is "where nobody is named the events decide" "$(seen incidenten vorm | grep -c wapenbezit:26)" 1; undo
rest_of_two() { # bullying, and beside it eight of two schools each: of so many persons at the second
    only incidenten/totaal pestincidenten/totaal
    set_cell incidenten totaal '' 28 28 20 20; set_cell pestincidenten totaal '' 20 20 20 20; persons incidenten totaal/ 60; persons pestincidenten totaal/ 50
    own_persons incidenten totaal '' "${school[0]}" 25; own_persons pestincidenten totaal '' "${school[0]}" 19; own_persons incidenten totaal '' "${school[1]}" 21; own_persons pestincidenten totaal '' "${school[1]}" $((21 - $1))
}
rest_of_two 1; first; is "nor is what bullying leaves of two schools, eight of one child" "$(decided incidenten totaal) $(decided pestincidenten totaal)" "released withheld"; undo
rest_of_two 6; first; is "of six that is shown" "$(decided incidenten totaal) $(decided pestincidenten totaal)" "released released"; undo

# Empty crossings that everybody knows of. One school delivered until December and the others until October (the pupils behind a rate say so): its fourteen less November and December are the rest.
late() { # of the first school in October
    only incidenten/totaal incidenten/school incidenten_maand/maand
    super "DELETE FROM result.figure WHERE $w AND breakdown = 'maand' AND category NOT IN ('2025-09', '2025-10', '2025-11', '2025-12')" > /dev/null
    set_schools incidenten $((11 + $1)) 6 6 5
    set_cell incidenten_maand maand 2025-09 1 3 3 3; set_cell incidenten_maand maand 2025-10 $(($1 - 1)) 3 3 2; set_cell incidenten_maand maand 2025-11 5; set_cell incidenten_maand maand 2025-12 5
    super "UPDATE result.figure SET events = events + 1, numerator = numerator + 1 WHERE $w AND indicator = 'incidenten_maand' AND category = '2025-12'; UPDATE result.spread SET events = events + 1 WHERE $w AND indicator = 'incidenten_maand' AND category = '2025-12'" > /dev/null
}
late 3; first; is "three of a school in the months that are not its own alone" "$(decided incidenten school) $(decided incidenten_maand maand)" "released withheld"; undo
late 6; first; is "six may be known" "$(decided incidenten school) $(decided incidenten_maand maand)" "released released"; undo
# And one school's form asks for no hour, or no group.
hourless() { # of the first school, without an hour
    only incidenten/totaal incidenten/school incidenten/moment
    super "DELETE FROM result.figure WHERE $w AND breakdown = 'moment' AND category NOT IN ('maandagochtend', 'dinsdagochtend', 'tijd onbekend')" > /dev/null
    set_schools incidenten $((19 + $1)) 15 12 11
    set_cell incidenten moment maandagochtend 9 8 0 5; set_cell incidenten moment dinsdagochtend 10 7 0 5; set_cell incidenten moment 'tijd onbekend' "$1" 0 12 1
}
hourless 1; first; is "two without an hour that are not of the school that has none" "$(decided incidenten school) $(decided incidenten moment)" "released withheld"; undo
hourless 4; first; is "five" "$(decided incidenten school) $(decided incidenten moment)" "released released"; undo
groupless() { # of the first school, who is in no group: said yes
    only gepest/totaal gepest/school gepest/groep
    local group; mapfile -t group < <(o "SELECT category FROM result.figure WHERE $w AND indicator = 'gepest' AND breakdown = 'groep' ORDER BY events DESC LIMIT 2")
    super "DELETE FROM result.figure WHERE $w AND breakdown = 'groep' AND category NOT IN ('${group[0]}', '${group[1]}'); DELETE FROM result.spread WHERE $w AND breakdown = 'groep'" > /dev/null
    set_answered 50 $((14 + $1)) 30 12 25 10 20 8
    set_answers groep "${group[0]}" 19 7 15 6 0 0 10 4; set_answers groep "${group[1]}" 18 7 15 6 0 0 10 4
}
groupless 2; first; is "two of others in no group who said yes" "$(decided gepest school) $(decided gepest groep)" "released withheld"; undo
groupless 5; first; is "five of thirteen" "$(decided gepest school) $(decided gepest groep)" "released released"; undo

finish
