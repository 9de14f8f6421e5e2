#!/usr/bin/env bash
# What a reader, or a school with its own records, took out of one release by itself: each case was found by a reviewer.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
three_boards
. "$root/tests/harness/again.sh"
keep # before anything was released
schools_find
w="board_no = 99003 AND schooljaar = 2025"
seen() { q "SELECT string_agg(CASE WHEN members <> '' THEN members WHEN location_no > 0 THEN location_no::text ELSE category END || ':' || events, ' ' ORDER BY location_no, category COLLATE \"C\") FROM release.figure WHERE audience = '${3:-bestuur}' AND $w AND indicator = '$1' AND breakdown = '$2'"; }
only() { # what stays of the board: "indicator/breakdown" ...: nothing else decides then
    local stays; stays=$(printf ",'%s'" "$@")
    super "DELETE FROM result.figure WHERE board_no = 99003 AND (schooljaar <> 2025 OR indicator || '/' || breakdown NOT IN (${stays#,})); DELETE FROM result.spread WHERE board_no = 99003 AND (schooljaar <> 2025 OR indicator || '/' || breakdown NOT IN (${stays#,}))" > /dev/null
}

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

finish
