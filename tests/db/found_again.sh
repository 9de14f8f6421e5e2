#!/usr/bin/env bash
# What a reader, or a school with its own records, took out of several releases taken together, where each table was safe beside every earlier showing of itself: each case was
# found by a reviewer (analyze/disclosure/history.h). Schools A, B, C, D, in this order.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
three_boards
. "$root/tests/harness/again.sh"
schools_find
is "a board of four schools" "${#school[@]}" 4
A=${school[0]} B=${school[1]} C=${school[2]} D=${school[3]}
begin() { undo; only "$@"; }
keep # before anything was released
schools=(incidenten/totaal incidenten/school pestincidenten/totaal pestincidenten/school)

# C and D had no incident more, so no bullying more: of the 17 that B, C and D had together, 3 were of B.
begin "${schools[@]}"
set_schools incidenten 23 14 17 5; set_schools pestincidenten 13 3 9 5; release 99003 "three schools together"
like "hidden together" " $(seen pestincidenten school) " "[0-9]+,[0-9]+,[0-9]+:17 "
set_schools incidenten 28 29 17 5; set_schools pestincidenten 18 9 9 5; release 99003 "they come apart"
is "the part stays, the whole is shown" "$(decided pestincidenten school) $(decided incidenten school)" "kept released"

# Had the part come apart all the same, the audit would say so.
super "DELETE FROM release.ledger_kept k WHERE k.board_no = 99003 AND k.audience = 'bestuur' AND k.indicator = 'pestincidenten' AND k.breakdown = 'school'" > /dev/null
for n in "$A 18" "$B 9" "$C 9" "$D 5"; do super "INSERT INTO release.ledger (audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, events, released_at) SELECT 'bestuur', 99003, 2025, 'pestincidenten', 'school', ${n% *}, '', '', ${n#* }, max(released_at) FROM release.ledger" > /dev/null; done
out=$(vb disclose --audit bestuur/99003 2>&1); is "a leak over several releases that was planted is found" "$?" 6
like "in words" "$out" "All showings together tell him [1-9][0-9]* numbers? that (is|are) too small"

# The same while eight incidents were moved out of the remainder of places: that nobody can take it that those only grow says nothing of schools.
begin "${schools[@]}" incidenten/plaats
super "DELETE FROM result.figure WHERE $w AND breakdown = 'plaats' AND category NOT IN ('plein', 'lokaal', 'toilet', 'route', 'bso', 'speelzaal')" > /dev/null
set_schools incidenten 23 14 17 5; set_schools pestincidenten 13 3 9 5
set_cell incidenten plaats plein 12 6 7 1; set_cell incidenten plaats lokaal 7 4 6 0; for one in toilet route bso speelzaal; do set_cell incidenten plaats $one 1 1 1 1; done
release 99003 "three schools together, by place"; like "hidden together" "$(seen incidenten plaats)" ",.*:16"
set_schools incidenten 28 29 17 5; set_schools pestincidenten 18 9 9 5
set_cell incidenten plaats plein 15 15 9 2; set_cell incidenten plaats lokaal 11 12 6 1; for one in toilet bso; do set_cell incidenten plaats $one 1 1 0 0; done; for one in route speelzaal; do set_cell incidenten plaats $one 0 0 1 1; done
release 99003 "they come apart, by place"
like "places are shown as they are now" "$(seen incidenten plaats)" ",[a-z]*:8 "; is "the part stays all the same" "$(decided pestincidenten school)" kept

# The same for gmr, while fifteen incidents of A were recorded as bullying after all: of the 29 that B, C and D had together, 6 were of B.
begin "${schools[@]}"
set_schools incidenten 40 20 30 30; set_schools pestincidenten 13 6 12 11; release 99003 "three schools together, for gmr"
set_schools incidenten 50 60 30 30; set_schools pestincidenten 38 16 12 11; release 99003 "and a correction of the fourth"
is "bestuur sees it, gmr does not" "$(decided pestincidenten school) $(decided pestincidenten school gmr)" "released kept"

# For gmr three schools are together in the second report (86). The third shows that A, C and D have had nothing since: B had 86 - 30 - 30 = 26 then, six more than in the first.
begin "${schools[@]}"
set_schools incidenten 60 60 60 60; set_schools pestincidenten 20 20 20 20; release 99003 "a first report"
set_schools incidenten 80 80 80 60; set_schools pestincidenten 30 26 30 20; release 99003 "a second"; like "three together for gmr" " $(seen pestincidenten school gmr) " "[0-9]+,[0-9]+,[0-9]+:86 "
set_schools incidenten 80 110 80 60; set_schools pestincidenten 30 40 30 20; release 99003 "a third"
is "what happened between the first two is not told either" "$(decided pestincidenten school) $(decided pestincidenten school gmr)" "released kept"

# One number of complaints that was shown under a lower threshold: incidents that were first shown under the higher one are held by that.
begin klachten/totaal
export VEILIGBEELD_HOME=$place/lower; mkdir "$VEILIGBEELD_HOME"; cp -r "$root/config" "$VEILIGBEELD_HOME/config"
sed -i 's/"threshold": 10/"threshold": 5/' "$VEILIGBEELD_HOME/config/audiences.json"
set_cell klachten totaal '' 2 2 1 1; release 99003 "complaints under 5"; is "gmr sees six" "$(seen klachten totaal gmr)" ":6"
unset VEILIGBEELD_HOME
super "DELETE FROM result.figure WHERE $w; INSERT INTO result.figure SELECT * FROM kept.result_figure WHERE $w AND indicator IN ('incidenten', 'pestincidenten') AND breakdown IN ('totaal', 'school')" > /dev/null
set_schools incidenten 40 20 30 30; set_schools pestincidenten 13 6 12 11; release 99003 "three schools together under 10"
set_schools incidenten 60 60 30 30; set_schools pestincidenten 23 16 12 11; release 99003 "they come apart under 10"
is "gmr's part stays" "$(decided pestincidenten school gmr)" kept

# The same with a quarter: September and October of all incidents stand still.
begin incidenten/totaal pestincidenten/totaal incidenten_maand/maand pest_maand/maand
super "DELETE FROM result.figure WHERE $w AND breakdown = 'maand' AND category NOT IN ('2025-08', '2025-09', '2025-10', '2025-11')" > /dev/null
set_cell incidenten totaal '' 30 30 30 30; set_cell pestincidenten totaal '' 10 10 9 10
set_cell incidenten_maand maand 2025-08 6 6 6 6; for m in 09 10 11; do set_cell incidenten_maand maand 2025-$m 8 8 8 8; set_cell pest_maand maand 2025-$m 3 3 3 3; done
set_cell pest_maand maand 2025-08 1 1 0 1; release 99003 "a quarter"
like "of months" "$(seen pest_maand maand)" "2025-08,2025-09,2025-10:27"
set_cell incidenten totaal '' 36 36 36 30; set_cell pestincidenten totaal '' 13 13 12 10; set_cell incidenten_maand maand 2025-08 12 12 12 6; set_cell pest_maand maand 2025-08 4 4 3 1
release 99003 "its months come apart"
is "the quarter stays" "$(decided pest_maand maand)" kept

# The part stays, and its total does not move: then it is what it was, and of A two incidents more were no bullying.
begin "${schools[@]}"
set_schools incidenten 60 40 40 40; set_schools pestincidenten 20 20 20 20; release 99003 "part and whole"
set_schools incidenten 65 42 42 42; set_schools pestincidenten 25 20 20 20; release 99003 "the whole stays"
is "the part is shown" "$(decided incidenten school) $(decided pestincidenten school)" "kept released"
set_schools incidenten 67 47 47 47; release 99003 "the part stands still"
is "the whole goes on to stay" "$(decided incidenten school)" kept

# Two schools left the year; those that stayed had two more.
begin incidenten/totaal incidenten/school
set_schools incidenten 81 45 37 22; release 99003 "four schools"
set_schools incidenten 81 47 none none; release 99003 "two of them"
is "nothing of it is new to anybody" "$(for a in bestuur gmr openbaar; do decided incidenten totaal $a; done | sort -u) $(decided incidenten school)" "kept kept"
set_schools incidenten 81 51 none none; release 99003 "six more"
is "enough to be shown" "$(decided incidenten totaal)" released

# One came: the total less what it has is of the others, who had two more, one of them a school that was too small to be shown.
begin incidenten/totaal incidenten/school
set_schools incidenten 20 20 4 none; release 99003 "three schools"
super "INSERT INTO result.figure SELECT * FROM kept.result_figure WHERE $w AND indicator = 'incidenten' AND breakdown = 'school' AND location_no = $D" > /dev/null
set_schools incidenten 21 20 5 30; release 99003 "one came"
is "the schools are not shown one by one" "$(decided incidenten school)" withheld

# A school takes off its own of part and whole, which are merged in different ways: D had exactly one more of the part.
begin "${schools[@]}"
set_schools incidenten 32 38 15 35; set_schools pestincidenten 12 8 5 5; release 99003 "before"
set_schools incidenten 41 43 24 36; set_schools pestincidenten 21 13 9 6; release 99003 "after"
is "both stay" "$(decided incidenten school) $(decided pestincidenten school)" "kept kept"

# Answers, for who knows how many answered. A school left; of the two who answered since at those that stayed both said yes (38 % of 93, 50 % of 30, 34 % of 65).
begin gepest/totaal gepest/school
set_answered 22 7 20 6 21 7 30 15; release 99003 "answers of four schools"
set_answered 23 8 21 7 21 7 0 0; release 99003 "and of three"
is "nothing of it is new" "$(decided gepest totaal) $(decided gepest school)" "kept kept"
set_answered 42 17 39 15 41 17 0 0; release 99003 "many more"
is "now it is" "$(decided gepest totaal)" released

# Nine of 18, then eleven of 22: both are printed as 50 % of 20. Who knows that four more answered would know that two of them said yes.
begin gepest/totaal gepest/school
set_answered 18 9 20 8 21 7 30 15; release 99003 "half of eighteen"
set_answered 22 11 48 23 48 20 70 35; release 99003 "half of twenty-two"
is "schools stay" "$(decided gepest totaal) $(decided gepest school)" "released kept"

# Then 4 of 14, 6 of 15 and 4 of 14 together, now apart; at A one more answered, and 33 % of its 15 said yes: it had four or five of 14.
begin gepest/totaal gepest/school
set_answered 14 4 15 6 14 4 30 15; release 99003 "three schools together answered"; like "hidden together, answers" " $(seen gepest school) " ",.*:45 "
set_answered 15 5 35 14 40 16 60 30; release 99003 "answers that come apart"
is "they stay together" "$(decided gepest totaal) $(decided gepest school)" "released kept"

# Of forty-one more one is in no group, and said yes.
begin gepest/totaal gepest/groep
mapfile -t group < <(o "SELECT category FROM result.figure WHERE $w AND indicator = 'gepest' AND breakdown = 'groep' ORDER BY events DESC LIMIT 2")
super "DELETE FROM result.figure WHERE $w AND breakdown = 'groep' AND category NOT IN ('${group[0]}', '${group[1]}'); DELETE FROM result.spread WHERE $w AND breakdown = 'groep'" > /dev/null
ask() { set_answers totaal '' "$1" "$2"; set_answers groep "${group[0]}" "$3" "$4"; set_answers groep "${group[1]}" "$5" "$6"; } # all at one school
ask 50 23 15 7 15 6; release 99003 "answers by group"
like "both are shown" "$(seen gepest groep)" ":15.*:15"
ask 91 46 35 17 35 18; release 99003 "one more without a group, who said yes"
is "the groups stay as they were" "$(decided gepest totaal) $(decided gepest groep)" "released kept"
ask 110 55 35 17 35 18; release 99003 "many more"
is "then not" "$(decided gepest groep)" released

# Two schools delivered nothing since (the pupils behind their rates are those of the same months): 17 less their 9 and 5 is what the third had then.
begin incidenten/totaal incidenten/school
set_schools incidenten 13 3 9 5; release 99003 "three schools together"
set_schools incidenten 18 9 9 5; release 99003 "each by itself"
is "so the three stay together" "$(decided incidenten totaal) $(decided incidenten school)" "released kept"
set_schools incidenten 24 15 14 10; release 99003 "and when all have more"
is "each may be shown" "$(decided incidenten school)" released

# The same pupils say that a total was that of the months until October, long before it was released: 23 less 20.
begin incidenten/totaal incidenten_maand/maand
super "DELETE FROM result.figure WHERE $w AND breakdown = 'maand' AND category > '2025-10'" > /dev/null
september() { set_cell incidenten_maand maand 2025-08 0 0 0 0; set_cell incidenten_maand maand 2025-09 "$@"; }
set_cell incidenten totaal '' 4 4 4 3; september 2 2 2 2; set_cell incidenten_maand maand 2025-10 2 2 2 1; release 99003 "until October"
set_cell incidenten totaal '' 5 5 5 5; september 2 3 2 3; set_cell incidenten_maand maand 2025-10 3 2 3 2; release 99003 "five more of those months"
is "the months stay" "$(decided incidenten totaal) $(decided incidenten_maand maand)" "released kept"
super "INSERT INTO result.figure SELECT * FROM kept.result_figure WHERE $w AND indicator = 'incidenten_maand' AND category > '2025-10'" > /dev/null
for m in 2025-11 2025-12 2026-01 2026-02 2026-03 2026-04 2026-05 2026-06; do set_cell incidenten_maand maand $m 3 3 3 3; done; set_cell incidenten_maand maand 2026-07 0 0 0 0
september 2 3 3 3; set_cell incidenten_maand maand 2025-10 3 3 3 3; set_cell incidenten totaal '' 29 30 30 30; release 99003 "three more of those, and eight months"
unlike "of the quarter until October nothing is told" " $(seen incidenten_maand maand)" "2025-10:"
is "its months are in a half year" "$(decided incidenten totaal) $(q "SELECT reason FROM release.decision WHERE audience = 'bestuur' AND $w AND breakdown = 'maand'")" "released per_halfjaar"

# A school that keeps what gmr was shown: of another one six more were all bullying, and gmr asks ten.
begin incidenten/totaal incidenten/school pestincidenten/totaal pestincidenten/school
set_schools incidenten 64 76 30 70; set_schools pestincidenten 24 16 10 10; release 99003 "to gmr"
set_schools incidenten 82 86 48 76; set_schools pestincidenten 42 26 18 16; release 99003 "and more"
is "the board sees all of it" "$(decided incidenten school) $(decided pestincidenten school)" "released released"
is "gmr not both" "$(q "SELECT count(*) FROM release.decision WHERE audience = 'gmr' AND $w AND breakdown = 'school' AND kept")" 2

# An audience that is finer than all that were: it holds what they were shown.
begin incidenten/totaal incidenten/school
set_schools incidenten 60 40 40 20; release 99003 "to those that were"
export VEILIGBEELD_HOME=$place/home; mkdir "$place/home"; cp -r "$root/config" "$place/home/config"
python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); a = d["audiences"]; a[0]["finer"] = "college"; a.insert(0, {"audience": "college", "threshold": 5}); json.dump(d, open(sys.argv[1], "w"))' "$place/home/config/audiences.json"
set_schools incidenten 61 40 40 20; release 99003 "and to a new one"
is "one more is told to nobody" "$(q "SELECT count(*) FROM release.figure WHERE $w AND events IN (61, 161)")" 0
set_schools incidenten 70 50 50 30; release 99003 "ten more"
is "which all are told" "$(q "SELECT count(DISTINCT audience) FROM release.figure WHERE $w AND breakdown = 'totaal' AND events = 200")" 5

# And of involvements, which are held against what the same audience was shown only: it is not shown what the wider ones were shown less of.
unset VEILIGBEELD_HOME
begin betrokkenen/soort
super "DELETE FROM result.spread WHERE $w" > /dev/null
involved() { super "UPDATE result.figure SET events = $1, numerator = $1 WHERE $w AND category = 'betrokkenheden'; UPDATE result.figure SET events = $2, numerator = $2 WHERE $w AND category = 'unieke personen'" > /dev/null; }
involved 302 246; release 99003 "involvements, to those that were"
like "gmr sees them" "$(seen betrokkenen soort gmr)" "betrokkenheden:302"
export VEILIGBEELD_HOME=$place/home; cp "$root/config/audiences.json" "$place/home/config/audiences.json"
python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); a = d["audiences"]; a[2]["finer"] = "college"; a.insert(2, {"audience": "college", "threshold": 10, "finer": "inspectie"}); json.dump(d, open(sys.argv[1], "w"))' "$place/home/config/audiences.json"
involved 309 253; release 99003 "and to one between"
is "seven more are told to the board, and to nobody who holds what gmr saw" "$(seen betrokkenen soort) $(decided betrokkenen soort college) $(decided betrokkenen soort gmr)" "betrokkenheden:309 unieke personen:253 withheld kept"
finish
