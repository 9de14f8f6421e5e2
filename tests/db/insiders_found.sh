#!/usr/bin/env bash
# What a hostile school, or a reader, took out of releases: each case was found by a reviewer.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
three_boards
. "$root/tests/harness/again.sh"
keep # before anything was released
schools_find

# A share of cases: eleven more terms ended, nine of one school and two of another; a third has as many as before. And what complaints leave beside those with a term.
cases() { # complaints, and of them with a term that ended, of three schools
    super "DELETE FROM result.figure WHERE board_no = 99003 AND indicator = 'klachten' AND (schooljaar <> 2025 OR breakdown <> 'totaal'); DELETE FROM result.spread WHERE board_no = 99003 AND indicator = 'klachten' AND (schooljaar <> 2025 OR breakdown <> 'totaal')" > /dev/null
    set_cell klachten totaal '' "$1" "$2" "$3"; set_cell klachten_op_tijd totaal '' "$4" "$5" "$6"
    super "UPDATE result.spread SET numerator = round(0.6 * events), denominator = events WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'klachten_op_tijd'; UPDATE result.figure SET denominator = events, numerator = .6 * events WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'klachten_op_tijd'" > /dev/null
}
cases 30 30 30 10 10 10; first
cases 30 30 30 19 12 10; release 99003 "eleven terms ended, at two schools"
is "two are not told to the one with nine" "$(decided klachten_op_tijd totaal)" kept
undo; cases 20 20 20 10 10 10; first
cases 34 27 20 15 15 10; release 99003 "more complaints, and more that ended"
is "nor what is left beside them" "$(decided klachten_op_tijd totaal) $(decided klachten totaal)" "kept released"
undo; cases 30 30 30 10 10 10; first
cases 30 30 30 19 17 10; release 99003 "nine and seven"
is "that is shown" "$(decided klachten_op_tijd totaal)" released
undo

# Of complaints without a term one of two schools has three, or five. And where no more than two schools have any, the larger may have nearly all.
cases 22 13 10 10 10 10; first; is "three of another school are not left beside them" "$(decided klachten totaal) $(decided klachten_op_tijd totaal)" "released withheld"; undo
cases 22 15 10 10 10 10; first; is "five may be" "$(decided klachten totaal) $(decided klachten_op_tijd totaal)" "released released"; undo
cases 30 30 30 10 10 10; super "DELETE FROM result.figure WHERE board_no = 99003 AND indicator = 'klachten_op_tijd'" > /dev/null; set_cell klachten totaal '' 40 6; first; is "two schools of which one has six of 46" "$(decided klachten totaal)" released; undo

# Complaints less those of which the term ended, less those withdrawn: those still open.
open_ones() { # of thirty-eight complaints eight were withdrawn; of so many the term ended
    super "DELETE FROM result.figure WHERE board_no = 99003 AND indicator IN ('klachten', 'klachten_op_tijd') AND (schooljaar <> 2025 OR breakdown NOT IN ('totaal', 'oordeel')); DELETE FROM result.spread WHERE board_no = 99003 AND indicator IN ('klachten', 'klachten_op_tijd');
UPDATE result.figure SET events = 40, numerator = 40, persons = NULL, schools = 4 WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'klachten' AND breakdown = 'totaal';
UPDATE result.figure SET events = $1, denominator = $1, numerator = $1 - 10, persons = NULL, schools = 4 WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'klachten_op_tijd';
UPDATE result.figure SET events = 0, numerator = 0, persons = NULL, schools = 0 WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'klachten' AND breakdown = 'oordeel';
UPDATE result.figure f SET events = n, numerator = n, schools = 4 FROM (VALUES ('gegrond', 12), ('ongegrond', 11), ('ingetrokken', 8), ('opgelost', 9)) AS v(category, n) WHERE f.board_no = 99003 AND f.schooljaar = 2025 AND f.indicator = 'klachten' AND f.breakdown = 'oordeel' AND f.category = v.category" > /dev/null
}
is "all four outcomes are of the settings" "$(o "SELECT count(*) FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'klachten' AND breakdown = 'oordeel' AND category IN ('gegrond', 'ongegrond', 'ingetrokken', 'opgelost')")" 4
open_ones 29; first; is "three still open are not told" "$(decided klachten oordeel) $(decided klachten_op_tijd totaal)" "withheld released"; undo
open_ones 27; first; is "five may be" "$(decided klachten oordeel) $(decided klachten_op_tijd totaal)" "released released"; undo
open_ones 32; first; is "and nobody" "$(decided klachten oordeel) $(decided klachten_op_tijd totaal)" "released released"; undo

# Of a quarter bullying was in one month; what is no bullying hides in three.
for m in 2025-11 2025-12 2026-01 2026-02 2026-03 2026-04 2026-05 2026-06 2026-07; do set_cell incidenten_maand maand $m 20 10 10; set_cell pest_maand maand $m 8 5 5; done
set_cell incidenten_maand maand 2025-08 16 6 5; set_cell pest_maand maand 2025-08 6 6 5
set_cell incidenten_maand maand 2025-09 0 3 0; set_cell pest_maand maand 2025-09 0 0 0
set_cell incidenten_maand maand 2025-10 0 0 0; set_cell pest_maand maand 2025-10 0 0 0
first
is "there is a quarter of all incidents" "$(q "SELECT events FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten_maand' AND members = '2025-08,2025-09,2025-10'")" 30
is "and none of bullying, which would leave three of another school" "$(q "SELECT count(*) FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'pest_maand' AND members IN ('2025-08', '2025-08,2025-09,2025-10')")" 0
undo

# Involvements and persons of two schools: what the one has beside its persons, and who is known at both.
involved() { # involvements, and persons, of two schools; persons in all
    set_cell betrokkenen soort betrokkenheden "$1" "$2"; set_cell betrokkenen soort 'unieke personen' "$3" "$4"
    super "UPDATE result.figure SET events = $5, numerator = $5 WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'betrokkenen' AND category = 'unieke personen'" > /dev/null
}
both() { q "SELECT string_agg(category, ',' ORDER BY category) FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'betrokkenen'"; }
involved 40 20 30 14 44; first; is "six repeats may be told" "$(both)" "betrokkenheden,unieke personen"; undo
involved 40 9 30 7 37; first; unlike "two may not" "$(both)" ,; undo
involved 80 24 40 12 42; first; unlike "nor two persons of one school only, of twelve" "$(both)" personen; undo
involved 95 5 76 5 81; first; is "nor is anything shown that is nearly all of one school" "$(both)" ""; undo

# Three who answered filled in no group, and all three are bullied.
w="board_no = 99003 AND schooljaar = 2025 AND indicator = 'gepest'"
share() { # breakdown, category, answers and yes of all
    super "UPDATE result.figure SET events = $3, persons = $3, numerator = $4, denominator = $3, schools = 4 WHERE $w AND breakdown = '$1' AND category = '$2'; DELETE FROM result.spread WHERE $w AND breakdown = '$1' AND category = '$2'" > /dev/null
}
answers() { # of them in no group, and yes
    super "DELETE FROM result.figure WHERE board_no = 99003 AND (indicator = 'meldbereidheid' OR indicator = 'gepest' AND (breakdown IN ('school', 'instrument') OR schooljaar <> 2025 OR breakdown = 'groep' AND category IN ('5', '6')))" > /dev/null
    share totaal '' $((39 + $1)) $((11 + $2)); share groep 7 21 6; share groep 8 18 5
}
answers 3 3; first; is "the groups are not shown beside their total" "$(decided gepest totaal) $(decided gepest groep)" "released withheld"; undo
answers 0 0; first; is "where everybody is in a group they are" "$(decided gepest totaal) $(decided gepest groep)" "released released"; undo
answers 20 6; first; is "or enough are not" "$(decided gepest totaal) $(decided gepest groep)" "released released"; undo
answers 20 3; first; is "with enough of each answer" "$(decided gepest groep)" withheld; undo

# A group at two schools, twenty of each: of one of them so many said yes, and of the other.
two() {
    answers 0 0; share totaal '' 80 $(($1 + $2 + 20)); share groep 8 40 20; share groep 7 40 $(($1 + $2))
    super "INSERT INTO result.spread (board_no, schooljaar, indicator, breakdown, category, location_no, events, numerator, denominator) VALUES (99003, 2025, 'gepest', 'groep', '7', ${school[0]}, 20, $1, 20), (99003, 2025, 'gepest', 'groep', '7', ${school[1]}, 20, $2, 20)" > /dev/null
}
two 10 3; first; is "three who are bullied are not told to the other school" "$(decided gepest groep)" withheld; undo
two 10 17; first; is "nor three who are not" "$(decided gepest groep)" withheld; undo
two 10 5; first; is "five may be" "$(decided gepest groep)" released; undo

# A school left the year, and the others had four more: the total of then less that school is what the others had.
first
gone=$(o "SELECT events FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'school' AND location_no = ${school[1]}")
sql vb_analyze "DELETE FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown <> 'totaal'; UPDATE result.figure SET events = events - $gone + 4, numerator = numerator - $gone + 4 WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'totaal'" > /dev/null
release 99003 "a school left"
is "the total stays" "$(decided incidenten totaal)" kept
undo

# A higher threshold for gmr: what is out of its release is not of that moment, and nothing is refused for it.
first
mkdir "$place/home"; cp -r "$root/config" "$place/home/config"; export VEILIGBEELD_HOME=$place/home
sed -i 's/"threshold": 10/"threshold": 12/' "$place/home/config/audiences.json"
more 99003 "${school[0]}" 6 0; more 99003 "${school[1]}" 5 0; release 99003 "a higher threshold"
is "out of the release of gmr" "$(decided incidenten totaal gmr)" withheld
is "and nothing of that moment" "$(q "SELECT count(*) FROM release.ledger_state WHERE audience = 'gmr' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND at = (SELECT max(at) FROM release.ledger_state WHERE board_no = 99003)")" 0
more 99003 "${school[0]}" 5 0; more 99003 "${school[2]}" 6 0; release 99003 "and once more"
unset VEILIGBEELD_HOME
finish
