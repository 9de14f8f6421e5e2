#!/usr/bin/env bash
# The attacker outside: disclose --audit, from nothing but release, on releases that stand and on releases with a leak planted in them.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
three_boards
vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "disclose" "$?" 0
field() { python3 -c 'import json, sys; print(*[r[sys.argv[1]] for r in json.load(sys.stdin)])' "$1"; } # of the JSON on stdin
is "nothing but disclose keeps a board back" "$(grep -c 'not released' "$place/log")" 0
out=$(vb disclose --audit all --json 2>> "$place/log"); is "the release of three boards stands" "$?" 0
is "for every board and audience" "$(field stands <<<"$out")" "True True True True True True True True True True True True"
is "the public among them" "$(field audience <<<"$out" | tr ' ' '\n' | grep -c openbaar)" 3
is "he holds every figure of his audience and of all wider ones" "$(field figures <<<"$(vb disclose --audit bestuur/99001 --json)")" "$(q 'SELECT count(*) FROM release.figure WHERE board_no = 99001')"
is "gmr holds its own and the public's" "$(field figures <<<"$(vb disclose --audit gmr/99001 --json)")" "$(q "SELECT count(*) FROM release.figure WHERE board_no = 99001 AND audience IN ('gmr', 'openbaar')")"
is "the public holds its own" "$(field figures <<<"$(vb disclose --audit openbaar/99001 --json)")" "$(q "SELECT count(*) FROM release.figure WHERE board_no = 99001 AND audience = 'openbaar'")"
ok "there is something hidden to look for" test "$(field hidden <<<"$out" | awk '{ print $1 }')" -gt 100
ok "and programs are solved for it" test "$(field programs <<<"$out" | awk '{ print $1 }')" -gt 100
ok "no hidden group is narrower than [1,4]" test "$(field narrowest <<<"$out" | tr ' ' '\n' | sort -n | head -1)" -ge 3
is "twice the same, to the byte" "$(vb disclose --audit all --json)" "$out"
out=$(vb disclose --audit gmr/99002)
like "in words" "$out" 'An outsider who keeps every edition of gmr, openbaar holds [0-9]+ figures of this board'
like "with the conclusion" "$out" 'he finds no number of children from 1 to 9. The release stands.'
like "in Dutch too" "$(LC_ALL=C.UTF-8 LANGUAGE=nl LC_MESSAGES=nl_NL.UTF-8 LANG=nl_NL.UTF-8 env -u LC_ALL "$root/veiligbeeld" disclose --audit gmr/99002)" 'Hij vindt geen aantal kinderen van 1 tot en met 9'
is "the certificate says what he was up against" "$(q "SELECT count(*) FROM release.certificate WHERE schooljaar = 2025 AND attack_numbers > 0 AND attack_relations > 0 AND attack_hidden > 0 AND (attack_narrowest >= 3)")" 12
is "a release that is not there" "$(vb disclose --audit mr 2>&1 >/dev/null; echo $?)" 'veiligbeeld: error: nothing was released for "mr"; run: veiligbeeld disclose
6'
is "a board that is none" "$(vb disclose --audit gmr/x > /dev/null 2>&1; echo $?)" 1
is "nor is a number with more behind it" "$(vb disclose --audit gmr/99001x > /dev/null 2>&1; echo $?)" 1
# Leaks planted one by one, each undone. The role that disclosure has may write release; nobody else may.
plant() { sql vb_disclose "$1" | grep -i error; }
keep() { super "DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept; CREATE TABLE kept.figure AS SELECT * FROM release.figure; CREATE TABLE kept.ledger AS SELECT * FROM release.ledger" > /dev/null; }
undo() { super "TRUNCATE release.figure, release.ledger; INSERT INTO release.figure SELECT * FROM kept.figure; INSERT INTO release.ledger SELECT * FROM kept.ledger" > /dev/null; }
leak() { # title, audience/board, field, statement
    plant "$4"
    local out; out=$(vb disclose --audit "$2" --json 2> "$place/err"); local status=$?
    is "$1: found" "$status" 6
    ok "$1: as what it is" test "$(field "$3" <<<"$out" | tr ' ' '\n' | awk '{ n += $1 } END { print n + 0 }')" -gt 0
    undo
    is "$1: and gone when it is" "$(vb disclose --audit "$2" > /dev/null 2>&1; echo $?)" 0
}
keep
remainder="SELECT * FROM release.figure WHERE audience = 'bestuur' AND board_no = 99002 AND indicator IN ('incidenten', 'klachten') AND breakdown <> 'school' AND category = '*' AND events >= 7 AND n_members >= 3 ORDER BY schooljaar, board_no LIMIT 1"
is "there is a remainder to take a member from" "$(q "SELECT count(*) FROM ($remainder) x")" 1
leak "a remainder with one member less in another edition" bestuur/99002 narrowed_down "
INSERT INTO release.figure SELECT 'inspectie', board_no, schooljaar, indicator, breakdown, location_no, '*2', substr(members, strpos(members, ',') + 1), n_members - 1, ord, events - 2, schools, denominator, value, low, high, NULL, '', false FROM ($remainder) x"
leak "one group that differs by two, its members in another order" bestuur/99002 moved_too_little "
INSERT INTO release.figure SELECT 'inspectie', board_no, schooljaar, indicator, breakdown, location_no, '*2', (SELECT string_agg(m, ',' ORDER BY n DESC) FROM unnest(string_to_array(members, ',')) WITH ORDINALITY u(m, n)), n_members, ord, events - 2, schools, denominator, value, low, high, NULL, '', false FROM ($remainder) x"
leak "a count below the threshold" bestuur/99001 too_small "
UPDATE release.figure SET events = 4 WHERE audience = 'bestuur' AND board_no = 99001 AND schooljaar = 2024 AND indicator = 'incidenten' AND breakdown = 'vorm' AND category = (SELECT category FROM release.figure WHERE audience = 'bestuur' AND board_no = 99001 AND schooljaar = 2024 AND indicator = 'incidenten' AND breakdown = 'vorm' AND n_members = 1 LIMIT 1)"
leak "a share that says nobody" gmr/99002 too_small "
UPDATE release.figure SET value = 0 WHERE audience = 'gmr' AND board_no = 99002 AND indicator = 'gepest' AND breakdown = 'totaal'"
leak "a share that says nobody, to the public" openbaar/99002 too_small "
UPDATE release.figure SET value = 0 WHERE audience = 'openbaar' AND board_no = 99002 AND indicator = 'gepest' AND breakdown = 'totaal'"
leak "a remainder of gmr with one school less for the public" gmr/99001 narrowed_down "
INSERT INTO release.figure SELECT 'openbaar', board_no, schooljaar, indicator, breakdown, location_no, '*2', substr(members, strpos(members, ',') + 1), n_members - 1, ord, events - 2, schools, denominator, value, low, high, NULL, '', false
  FROM release.figure WHERE audience = 'gmr' AND board_no = 99001 AND schooljaar = 2024 AND indicator = 'incidenten' AND breakdown = 'school' AND category = '*'"
pair="FROM release.figure p JOIN release.figure i USING (audience, board_no, schooljaar, breakdown) WHERE p.indicator = 'klachten_op_tijd' AND i.indicator = 'klachten' AND audience = 'bestuur' AND breakdown = 'totaal'"
ok "there are complaints with and without a term" test "$(q "SELECT count(*) $pair")" -gt 0
leak "a part that leaves four of its whole" bestuur too_small "
UPDATE release.figure SET events = x.n FROM (SELECT p.ctid AS spot, i.events - 4 AS n $pair ORDER BY i.events DESC LIMIT 1) x WHERE release.figure.ctid = x.spot"
leak "a number of respondents below the threshold" gmr/99001 too_small "
UPDATE release.figure SET events = 5 WHERE audience = 'gmr' AND board_no = 99001 AND schooljaar = 2025 AND indicator = 'respons' AND breakdown = 'totaal'"
# Certificates of two years, one of them with a threshold between two fives: the higher one holds.
super "CREATE TEMP TABLE one AS SELECT * FROM release.certificate WHERE audience = 'gmr' AND board_no = 99001; UPDATE one SET schooljaar = 2010, threshold = 5; INSERT INTO release.certificate SELECT * FROM one; UPDATE release.certificate SET threshold = 8 WHERE audience = 'gmr' AND board_no = 99001 AND schooljaar = 2025" > /dev/null
leak "five printed are at most seven" gmr/99001 too_small "
UPDATE release.figure SET events = 5 WHERE audience = 'gmr' AND board_no = 99001 AND schooljaar = 2025 AND indicator = 'respons' AND breakdown = 'totaal'"
super "DELETE FROM release.certificate WHERE schooljaar = 2010; UPDATE release.certificate SET threshold = 10 WHERE audience = 'gmr' AND board_no = 99001" > /dev/null
leak "one group that differs by two between editions" bestuur/99001 moved_too_little "
UPDATE release.figure SET events = events + 2 WHERE audience = 'inspectie' AND board_no = 99001 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'totaal'"
# Three schools, and in another edition two of them. 10 % of 48 to 52 is 5, and 17 % of 28 to 32 is 5: of the third school's 16 to 24 nobody said yes. With 90 % and 83 % everybody did.
shares="board_no = 99003 AND schooljaar = 2022 AND indicator = 'gepest' AND breakdown = 'school'"
remain="audience = 'bestuur' AND category = '*' AND $shares"
is "there is a remainder of three schools" "$(q "SELECT n_members FROM release.figure WHERE $remain")" 3
pairs() { # percentage of the three, of the two; answers of the three, of the two; decimals of the percentages
    echo "DELETE FROM release.figure WHERE $shares AND NOT ($remain); UPDATE release.figure SET events = ${3:-50}, value = $1, decimals = ${5:-NULL} WHERE $remain;
INSERT INTO release.figure SELECT 'inspectie', board_no, schooljaar, indicator, breakdown, location_no, category, substr(members, strpos(members, ',') + 1), 2, ord, ${4:-30}, schools, denominator, $2, low, high, NULL, '', false, decimals FROM release.figure WHERE $remain"
}
leak "a school of which nobody said yes, from two percentages" bestuur/99003 narrowed_down "$(pairs 10 17)"
leak "a school of which everybody did" bestuur/99003 narrowed_down "$(pairs 90 83)"
# 14 % of 148 to 152 is 20, 21 or 22, and 18 % of 98 to 102 is 18: two to four of the third school's. And with a decimal 10.0 % of 198 to 202 is 20, and of 178 to 182 it is 18.
leak "a school of which two to four said yes" bestuur/99003 narrowed_down "$(pairs 14 18 150 100)"
leak "a school of which two did, from percentages with a decimal" bestuur/99003 narrowed_down "$(pairs 10 10 200 180 1)"
# The same where one of two schools stands by itself: 5 of the 48 to 52 did not say yes, and 5 of the 28 to 32.
leak "a school of which everybody did, beside one that stands by itself" bestuur/99003 narrowed_down "$(pairs 90 83)
; UPDATE release.figure SET members = '8047,8048', n_members = 2 WHERE $remain; UPDATE release.figure SET members = '', n_members = 1, category = '', location_no = 8047 WHERE audience = 'inspectie' AND $shares"
leak "a share that says everybody" gmr/99002 too_small "
UPDATE release.figure SET value = 100 WHERE audience = 'gmr' AND board_no = 99002 AND indicator = 'gepest' AND breakdown = 'totaal'"
# Of 20, 35 and 5 incidents 58 are bullying: at most 55 in the first two, so 3 to 5 of the 5.
leak "a part that leaves too little of each whole" bestuur/99003 narrowed_down "
DELETE FROM release.figure WHERE board_no = 99003 AND schooljaar = 2025 AND breakdown = 'school' AND indicator IN ('incidenten', 'pestincidenten') AND audience <> 'bestuur';
UPDATE release.figure SET events = 58 WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND breakdown = 'school' AND indicator = 'pestincidenten' AND n_members = 3;
UPDATE release.figure SET events = 5 WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND breakdown = 'school' AND indicator = 'incidenten' AND location_no = 8048"
# With 6, four numbers are left of it, which is as wide as is asked; with 9 and 62, what is known of each (7 to 9, 18 to 20) is large enough to have been printed.
stands() { # title, audience/board, statement
    plant "$3"
    is "$1" "$(vb disclose --audit "$2" --json 2> "$place/err" | field stands)" True
    undo
}
bullying() { # incidents of the third school, bullying of the three
    echo "DELETE FROM release.figure WHERE board_no = 99003 AND schooljaar = 2025 AND breakdown = 'school' AND indicator IN ('incidenten', 'pestincidenten') AND audience <> 'bestuur';
UPDATE release.figure SET events = $2 WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND breakdown = 'school' AND indicator = 'pestincidenten' AND n_members = 3;
UPDATE release.figure SET events = $1 WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND breakdown = 'school' AND indicator = 'incidenten' AND location_no = 8048"
}
group() { # audience, location or *, members, how many, percentage: of the shares above
    echo "INSERT INTO release.figure SELECT '$1', board_no, schooljaar, indicator, breakdown, ${2/\*/0}, '${2//[0-9]/}', '$3', $((1 + $(tr -cd , <<< "$3" | wc -c))), ord, $4, schools, denominator, $5, NULL, NULL, NULL, '', false FROM release.figure WHERE audience = 'bestuur' AND $6 AND location_no = 8050;"
}
stands "four possibilities are enough" bestuur/99003 "$(bullying 6 58)"
stands "what is surely large is no secret" bestuur/99003 "$(bullying 9 62)"
# The part was last shown another time than the whole, and both are of now.
super "UPDATE release.ledger SET released_at = released_at - interval '1 year' WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'pestincidenten' AND breakdown = 'school'" > /dev/null
leak "a part of another moment that leaves too little of each whole" bestuur/99003 narrowed_down "$(bullying 5 58)"
# Twenty who answered may be 18 to 22, and fifteen of them 13 to 17: of the third school one to nine.
answered="board_no = 99003 AND schooljaar = 2025 AND indicator = 'respons' AND breakdown = 'school'"
stands "sums of fives leave enough open" gmr/99003 "DELETE FROM release.figure WHERE audience <> 'bestuur' AND $answered; $(group gmr '*' 8047,8048,8049 20 90 "$answered")$(group openbaar '*' 8047,8048 15 90 "$answered")"
# 79 % of 43 to 47 leaves 9 or 10 who said no: that is printed, and so no secret where the school also stands in a remainder of a wider edition.
stands "what is printed of a school is no secret in a remainder" gmr/99003 "DELETE FROM release.figure WHERE audience <> 'bestuur' AND $shares; $(group gmr 8047 '' 45 79 "$shares")$(group gmr 8048 '' 100 50 "$shares")$(group openbaar '*' 8047,8048 145 59 "$shares")"
# 21 % of 118 to 122 is 25 or 26, and 17 % of 88 to 92 is 15 or 16: nine to eleven of the third school's, whichever of them is met first.
leak "a school of which nine to eleven said yes" gmr/99003 narrowed_down "DELETE FROM release.figure WHERE audience <> 'bestuur' AND $shares; $(group gmr '*' 8047,8048,8049 120 21 "$shares")$(group openbaar '*' 8048,8049 90 17 "$shares")"
# Bullying is an indicator of its own, so a remainder that is bullying and one form more gives that form.
leak "a form beside bullying, whose number stands elsewhere" bestuur/99003 narrowed_down "
DELETE FROM release.figure WHERE board_no = 99003 AND schooljaar = 2025 AND breakdown = 'vorm' AND audience <> 'bestuur';
UPDATE release.figure SET category = '*2', members = 'pesten,vuurwerk', n_members = 2, events = events + 3 WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND breakdown = 'vorm' AND category = 'pesten';
DELETE FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND breakdown = 'vorm' AND category = 'vuurwerk'"
leak "an earlier showing that differs by two" inspectie/99003 moved_too_little "
INSERT INTO release.ledger SELECT audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, events + 2, value, released_at - interval '1 year' FROM release.ledger WHERE audience = 'inspectie' AND board_no = 99003 AND indicator = 'incidenten' AND breakdown = 'totaal' AND schooljaar = 2025 LIMIT 1"
leak "an earlier showing in which what is no bullying differs by three, and both counts by many" inspectie/99003 moved_too_little "
INSERT INTO release.ledger SELECT audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, events + CASE indicator WHEN 'incidenten' THEN 40 ELSE 43 END, NULL, released_at - interval '1 year' FROM release.ledger WHERE audience = 'inspectie' AND board_no = 99003 AND breakdown = 'totaal' AND schooljaar = 2025 AND indicator IN ('incidenten', 'pestincidenten')"
# Showings of a year ago, of other groups than now: one that fell apart, ones that came together, ones that cross; and one number under its other name. By how little they differ decides.
ago() { # indicator, breakdown, then per group: audience:location or category:members:events
    local indicator=$1 breakdown=$2 row; shift 2
    for row in "$@"; do
        IFS=: read -r audience label members events <<< "$row"
        plant "INSERT INTO release.ledger SELECT '$audience', 99003, 2025, '$indicator', '$breakdown', $([[ $label =~ ^[0-9]+$ ]] && echo "$label, ''" || echo "0, '$label'"), '$members', $events, NULL, (SELECT max(released_at) FROM release.ledger WHERE board_no = 99003) - interval '${when:-1 year}'"
    done
}
moved() { # title, audience, how many showings lie too close
    is "$1" "$(vb disclose --audit "$2/99003" --json 2> "$place/err" | field moved_too_little)" "$3"; undo
}
now=$(q "SELECT string_agg(concat_ws(' ', audience, location_no, members, events), ', ' ORDER BY audience, location_no) FROM release.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'school' AND audience <> 'inspectie'")
is "schools as they stand" "$now" "bestuur 8047  20, bestuur 8048  9, bestuur 8049  35, bestuur 8050  61, gmr 0 8047,8048,8049 64, gmr 8050  61, openbaar 0 8047,8048,8049 64, openbaar 8050  61"
ago incidenten school bestuur:*:8047,8048:28; moved "two schools together a year ago were one less" bestuur 1
ago incidenten school bestuur:*:8047,8048:25; moved "four less" bestuur 1
ago incidenten school bestuur:*:8047,8048:24; moved "five less is enough" bestuur 0
ago incidenten school gmr:8047::10 gmr:8048::10 gmr:8049::35; moved "three schools a year ago were nine less than their remainder is now" gmr 1
ago incidenten school gmr:8047::10 gmr:8048::10 gmr:8049::34; moved "ten less is enough" gmr 0
ago incidenten school gmr:8047::60 gmr:*:8048,8049,8050:200; moved "a remainder that takes from one and gives to another" gmr 1
ago incidenten school gmr:8050::31; super "UPDATE release.ledger SET released_at = released_at - interval '1 year' WHERE audience = 'gmr' AND board_no = 99003 AND location_no = 8050 AND events = 31" > /dev/null
ago incidenten school gmr:8050::33; moved "two of before, of which neither stands, were looked at then" gmr 0
ago respons school gmr:8050::225; moved "five respondents may be one" gmr 1
ago respons school gmr:*:8047,8048:115; moved "but of sums of respondents none is looked at that was rounded by itself" gmr 0
fives() { for t in figure ledger; do super "DELETE FROM release.$t WHERE audience = 'openbaar' AND $answered AND location_no IN (8047, 8048)" > /dev/null; done; plant "$(group openbaar '*' 8047,8048 125 90 "$answered")"; when='0 years' ago respons school openbaar:*:8047,8048:125; }
fives; ago respons school openbaar:8047::80 openbaar:8048::40; moved "nor of several that came together" openbaar 0
fives; ago respons school openbaar:8047::80 openbaar:*:8048,8049:140; moved "nor of those that cross" openbaar 0
ago gepest school gmr:*:8049,8048,8047:215; moved "the same schools are the same in another order" gmr 1
ago incidenten school inspectie:*:8047,8048:28; moved "bestuur holds what inspectie was shown" bestuur 1
when='2 years' ago incidenten totaal inspectie:::200; when='2 years' ago pestincidenten totaal inspectie:::100; ago incidenten totaal inspectie:::260; ago pestincidenten totaal inspectie:::157
moved "what bullying left two years ago and a year ago was looked at then, and is that of one moment" inspectie 0
when='0 years' ago incidenten school openbaar:*:8047,8050:40; moved "groups of two editions of one moment may cross" gmr 0
super "UPDATE release.ledger SET events = 62 WHERE audience = 'gmr' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'school' AND members = '8047,8048,8049'" > /dev/null
moved "schools one by one in two editions, and together in two others of that moment, one of which says otherwise" bestuur 3
super "DELETE FROM release.ledger WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'pestincidenten' AND breakdown = 'totaal'; DELETE FROM release.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'pestincidenten'" > /dev/null
pest=$(q "SELECT events FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'vorm' AND category = 'pesten'")
ago pestincidenten totaal inspectie:::$((pest - 2)); moved "bullying a year ago, and the form and meldbereidheid of now" inspectie 2
# Two of three members are more than the three: no table can be like that, so it proves nothing, and it does not stand.
plant "
INSERT INTO release.figure SELECT 'inspectie', board_no, schooljaar, indicator, breakdown, location_no, '*2', substr(members, strpos(members, ',') + 1), n_members - 1, ord, events + 50, schools, denominator, value, low, high, NULL, '', false FROM ($remainder) x"
err=$(vb disclose --audit bestuur/99002 2>&1 >/dev/null); is "a release that contradicts itself is refused" "$?" 6
like "as what it is" "$err" 'no table agrees with what was released: audience bestuur, board 99002'
undo
# A year ago fifty of bullying, and ten of bullying and fireworks together.
impossible() { ago pestincidenten totaal inspectie:::50; ago incidenten totaal inspectie:::100; ago incidenten vorm bestuur:*:pesten,vuurwerk:10 bestuur:slaan::90; }
impossible; err=$(vb disclose --audit bestuur/99003 2>&1 >/dev/null); is "earlier showings that contradict themselves prove nothing either" "$?" 6
like "and are named" "$err" 'no table agrees with what was shown so far: indicator incidenten, school year 2025'
undo
# Fail closed: with the leak in place nothing new of that board is released, and the others are.
plant "INSERT INTO release.ledger SELECT audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, events + 2, value, released_at - interval '1 year' FROM release.ledger WHERE audience = 'inspectie' AND board_no = 99003 AND indicator = 'incidenten' AND breakdown = 'totaal' AND schooljaar = 2025 LIMIT 1"
sql vb_analyze "UPDATE result.board_state SET fingerprint = fingerprint || 'x'" > /dev/null
err=$(vb disclose --schooljaar 2025-2026 2>&1); is "disclose refuses what does not stand" "$?" 6
like "it says which board and what" "$err" 'board 99003, audience inspectie: not released: 0 counts too small, 0 hidden groups narrowed down, [1-9][0-9]* corrections too small'
is "that board stands as it was" "$(q "SELECT count(*) FROM release.certificate WHERE board_no = 99003 AND source LIKE '%x'")" 0
plant "INSERT INTO release.figure (audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, n_members, ord, events, schools) SELECT a, 99002, 2010, 'klachten', 'soort', 0, '*', m, n, 0, e, 3 FROM (VALUES ('bestuur', 'a,b,c', 3, 20), ('inspectie', 'a,b', 2, 50)) AS v(a, m, n, e)"
sql vb_analyze "UPDATE result.board_state SET fingerprint = fingerprint || 'z' WHERE board_no = 99002" > /dev/null
err=$(vb disclose --schooljaar 2025-2026 --board 99002 2>&1); is "nor beside what contradicts itself" "$? $(q "SELECT count(*) FROM release.certificate WHERE board_no = 99002 AND source LIKE '%z'")" "6 0"
like "as what it is" "$err" 'audience bestuur: not released: no table agrees with what was released'
undo; when='-1 second' impossible
sql vb_analyze "UPDATE result.board_state SET fingerprint = fingerprint || 'y' WHERE board_no = 99003" > /dev/null
err=$(vb disclose --schooljaar 2025-2026 --board 99003 2>&1); is "nor beside showings that do" "$? $(q "SELECT count(*) FROM release.certificate WHERE board_no = 99003 AND source LIKE '%y'")" "6 0"
like "which are named" "$err" 'audience bestuur: not released: no table agrees with what was shown so far: indicator incidenten'
is "the others go on" "$(q "SELECT count(DISTINCT board_no) FROM release.certificate WHERE source LIKE '%x'")" 2
finish
