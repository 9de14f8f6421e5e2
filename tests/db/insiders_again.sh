#!/usr/bin/env bash
# Schools that kept the report of before and take off by how much they moved themselves.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
three_boards
. "$root/tests/harness/again.sh"
first
keep
mapfile -t school < <(o "SELECT location_no FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'school' ORDER BY events DESC, location_no")
is "four schools" "${#school[@]}" 4
kept() { q "SELECT string_agg(CASE WHEN kept THEN 'kept' ELSE decision END, ' ') FROM release.decision WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = '$1' AND breakdown = '$2'"; }
total() { figure bestuur 99003 incidenten totaal '' events; }
then=$(total)
is "what each school had is kept, as it was" "$(super "SELECT count(*) FROM result.spread s JOIN (SELECT board_no, schooljaar, indicator, breakdown, p.* FROM result.spread_shown, unnest(labels, locations, events, numerators) AS p(label, location, n, yes)) k
  ON (k.board_no, k.schooljaar, k.indicator, k.breakdown, k.label, k.location) = (s.board_no, s.schooljaar, s.indicator, s.breakdown, s.category, s.location_no) WHERE s.events <> k.n OR s.numerator IS DISTINCT FROM k.yes")" 0
is "of every table that was released" "$(super "SELECT count(*) FROM (SELECT DISTINCT board_no, schooljaar, indicator, breakdown FROM release.figure) f LEFT JOIN result.spread_shown s USING (board_no, schooljaar, indicator, breakdown) WHERE s.board_no IS NULL")" 0
is "and of no other" "$(super "SELECT count(*) FROM result.spread_shown s WHERE NOT EXISTS (SELECT FROM release.figure f WHERE (f.board_no, f.schooljaar, f.indicator, f.breakdown) = (s.board_no, s.schooljaar, s.indicator, s.breakdown))")" 0

# Two schools had more: the one with nine finds the two of the other in the total.
more 99003 "${school[0]}" 9 0; more 99003 "${school[1]}" 2 0
release 99003 "nine of one school and two of another"
is "the total stays" "$(total) $(kept incidenten totaal)" "$then kept"
undo
more 99003 "${school[0]}" 9 0; more 99003 "${school[1]}" 6 0
release 99003 "nine and six"
is "the total is of now" "$(total)" $((then + 15))
undo
more 99003 "${school[0]}" 9 0; more 99003 "${school[1]}" 2 0; more 99003 "${school[2]}" 2 0
release 99003 "two others who had two each hide each other"
is "the total is of now again" "$(total)" $((then + 13))
undo

# The number is the same, and behind it one school had three more and another three fewer.
more 99003 "${school[0]}" 3 0; more 99003 "${school[1]}" -3 0
release 99003 "the same number of other incidents"
is "it stays as the number of then" "$(kept incidenten totaal)" kept
undo
more 99003 "${school[0]}" 6 0; more 99003 "${school[1]}" -6 0
release 99003 "the same number, six more and six fewer"
is "it is the number of now" "$(total) $(kept incidenten totaal)" "$then released"
more 99003 "${school[0]}" -1 0; more 99003 "${school[1]}" 6 0
release 99003 "five more than the same number: one fewer and six more"
is "it stays beside that release" "$(total) $(kept incidenten totaal)" "$then kept"
undo
# The same where nothing that is printed changed at all.
own 99003 incidenten totaal '' "${school[0]}" 6; own 99003 incidenten totaal '' "${school[1]}" -6
release 99003 "no number changed"
is "that is a release too" "$(q "SELECT count(*) FROM release.ledger_moment m WHERE board_no = 99003 AND released_at > (SELECT max(released_at) FROM release.ledger WHERE board_no = 99003)")" 1
more 99003 "${school[1]}" 5 0; own 99003 incidenten totaal '' "${school[0]}" -1; own 99003 incidenten totaal '' "${school[1]}" 1
release 99003 "five more since then"
is "and it stays beside that one" "$(total) $(kept incidenten totaal)" "$then kept"
undo

# What hides: eight more in a remainder of forms, and six of them are one school's.
rest="SELECT members FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'vorm' AND category = '*'"
members=$(q "$rest")
like "forms hide in a remainder" "$members" ','
form=${members%%,*}
some() { more 99003 "$1" "$2" 0; move 99003 incidenten vorm fysiek "-$2"; own 99003 incidenten vorm fysiek "$1" "-$2"; move 99003 incidenten vorm "$form" "$2"; own 99003 incidenten vorm "$form" "$1" "$2"; }
some "${school[0]}" 6; some "${school[1]}" 1; some "${school[2]}" 1
release 99003 "six of one school, and one of each of two others"
is "of now are other groups, or none" "$(q "$rest" | grep -c "^$members\$") $(kept incidenten vorm | grep -c kept)" "$([ "$(kept incidenten vorm)" = kept ] && echo 1 1 || echo 0 0)"
undo
some "${school[0]}" 6; some "${school[1]}" 3; some "${school[2]}" 3
release 99003 "six, three and three"
is "the remainder is of now" "$(q "$rest") $(kept incidenten vorm)" "$members coarsened"
undo

# Forms that stood by themselves are put together now, and what hid together stands by itself now: something hides in the one or the other.
none() { for t in release.figure release.ledger release.ledger_kept release.ledger_moment result.spread_shown release.decision release.certificate; do super "TRUNCATE $t" > /dev/null; done; }
shift_to() { move 99003 incidenten vorm fysiek "-$3"; own 99003 incidenten vorm fysiek "$2" "-$3"; move 99003 incidenten vorm "$1" "$3"; own 99003 incidenten vorm "$1" "$2" "$3"; } # form, school, how many that were fysiek
small() { # all forms of the remainder but these two are none, and enough are fysiek at every school
    for at in "${school[@]}"; do more 99003 "$at" 20 0; done
    o "SELECT category, location_no, events FROM result.spread WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'vorm' AND category = ANY (string_to_array('$members', ',')) AND events > 0" |
        while IFS='|' read -r form at n; do shift_to "$form" "$at" $((-n)); done
    sql vb_analyze "UPDATE result.figure SET persons = NULL, schools = CASE WHEN category IN ('$one', '$two') THEN 4 ELSE 0 END WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'vorm' AND category = ANY (string_to_array('$members', ','))" > /dev/null
}
one=${members%%,*} two=${members#*,} two=${two%%,*}
put() { local form=$1 at=0; shift; for n in "$@"; do [ "$n" = 0 ] || shift_to "$form" "${school[$at]}" "$n"; at=$((at + 1)); done; } # form, of each school
stand() { q "SELECT string_agg(CASE WHEN members <> '' THEN members ELSE category END || '=' || events, ' ' ORDER BY category) FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'vorm' AND (category IN ('$one', '$two') OR members LIKE '%$one%' OR members LIKE '%$two%')"; }
none; small; put "$one" 3 3 2; put "$two" 3 3 3; first
is "two forms by themselves" "$(stand | tr ' ' '\n' | sort | tr '\n' ' ')" "$(printf '%s=8\n%s=9\n' "$one" "$two" | sort | tr '\n' ' ')"
put "$one" -1 -2 -2; release 99003 "one of them lost five, of three schools"
is "it is not put with another, for four of the five are of others" "$(stand) $(kept incidenten vorm)" "$two=9 $one=8 kept"
undo; none; small; put "$one" 0 1 1 1; put "$two" 1 1 1 1; first
like "two forms hide together" "$(stand)" "^($one,$two|$two,$one)=7$"
put "$one" 4; put "$two" 3 1 0 1; release 99003 "nine more, seven of them of one school"
is "neither stands by itself" "$(q "SELECT count(*) FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'vorm' AND category IN ('$one', '$two')")" 0
undo

# Two schools are behind one form, and the smaller one has three: it does not stand by itself. With five it does.
alone() { q "SELECT count(*) FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'vorm' AND category = 'wapenbezit'"; }
none
weapons() { # of two schools; the table by school would not add up to them
    sql vb_analyze "DELETE FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'school';
DELETE FROM result.spread WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'vorm' AND category = 'wapenbezit';
UPDATE result.figure SET events = $1 + $2, numerator = $1 + $2, persons = $1 + $2, schools = 2 WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'vorm' AND category = 'wapenbezit'" > /dev/null
    own 99003 incidenten vorm wapenbezit "${school[0]}" "$1"; own 99003 incidenten vorm wapenbezit "${school[1]}" "$2"
    release 99003 "$1 of one school and $2 of another"
    alone
    none
}
weapons 12 3 > "$place/weapons"; is "three are told to the other" "$(tail -1 "$place/weapons")" 0
weapons 12 5 > "$place/weapons"; is "five may be" "$(tail -1 "$place/weapons")" 1
weapons 40 5 > "$place/weapons"; is "not where nearly all are of the one" "$(tail -1 "$place/weapons")" 0
weapons 12 0 > "$place/weapons"; is "of one school there is nobody to find" "$(tail -1 "$place/weapons")" 1
finish
