#!/usr/bin/env bash
# The attacker outside, on releases of a few numbers made by hand: what he finds, and one number further what he does not.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
. "$root/tests/harness/byhand.sh"
vb db init > "$place/log" 2>&1
# All cases are gone through twice: first each release that is asked about is written, as a board of its own, then all of them are attacked at once, and then it is seen what was found.
declare -A report=()
found() { # audience, fields of the audit: by default counts too small, groups narrowed down, showings too close
    local audience=$1 board field all=; shift; [ $# -gt 0 ] || set -- too_small narrowed_down moved_too_little
    echo >> "$place/boards"; board=$(wc -l < "$place/boards")
    if [ ${#report[@]} -eq 0 ]; then { echo "$said"; certificate "$audience"; } | sed "s/BOARD/$board/g" >> "$place/releases.sql"; return; fi
    for field in "$@"; do all="$all ${report[$board $field]:-}"; done
    echo "${all# }"
}
counted() { found "${1:-bestuur}" figures numbers relations limits hidden narrowest; }

cases() {
# -- what is printed ---------------------------------------------------------------------------------
anew; stand "bestuur incidenten/totaal -=4" "inspectie klachten/totaal -=5" "gmr time_outs/totaal -=0" "gmr schorsingen/totaal -=4"
is "four are too few, five and none are not" "$(found bestuur) / $(found inspectie) / $(found gmr) / $(found openbaar)" "2 0 0 / 1 0 0 / 1 0 0 / 0 0 0"
stand "gmr klachten/totaal/2024 -=9" "openbaar klachten/totaal/2023 -=10"; is "by the threshold of who reads it" "$(found gmr) / $(found inspectie)" "2 0 0 / 1 0 0"
anew; stand "bestuur betrokkenen/soort betrokkenheden=20 personen=4"; is "countings of one group too" "$(found bestuur)" "1 0 0"
anew; say "INSERT INTO release.figure (audience, board_no, schooljaar, indicator, breakdown, location_no, category, ord, events, schools) VALUES ('bestuur', BOARD + 100000, 2025, 'klachten', 'totaal', 0, '', 0, 4, 3)"; stand "bestuur klachten/totaal -=20"
is "another board is another" "$(found bestuur) $(found bestuur figures)" "0 0 0 1"
anew; stand "bestuur klachten/totaal -=20" "bestuur vervallen/totaal -=3"; is "an indicator that is no longer in the settings is no number of it" "$(found bestuur) $(found bestuur figures)" "0 0 0 1"
for n in 16 24 15 25 20; do anew; stand "bestuur klachten/totaal -=20" "inspectie klachten/totaal -=$n"; echo "$n: $(found bestuur) / $(found inspectie)"; done > "$place/two"
is "one group in two editions" "$(tr '\n' ' ' < "$place/two")" "16: 0 0 1 / 0 0 0 24: 0 0 1 / 0 0 0 15: 0 0 0 / 0 0 0 25: 0 0 0 / 0 0 0 20: 0 0 0 / 0 0 0 "
anew; stand "bestuur klachten/soort b,a,c=20" "inspectie klachten/soort c,b,a=24"; is "in whatever order its members stand" "$(found bestuur)" "0 0 1"

# Answers are printed in fives: five may be three to seven.
for n in 7 8; do anew $n 10; stand "bestuur respons/totaal -=5@90"; echo "$n: $(found bestuur)"; done > "$place/fives"
is "five printed are at most seven" "$(tr '\n' ' ' < "$place/fives")" "7: 0 0 0 8: 1 0 0 "
# 8 % of 62 may be 8.5 % of it, 5.27; of 57 4.85.
for share in 60@8 55@8 60@92 55@92 300@1; do anew; stand "bestuur gepest/totaal -=$share"; echo "$share: $(found bestuur)"; done > "$place/shares"
is "who said yes, and who said no, may be enough" "$(tr '\n' ' ' < "$place/shares")" "60@8: 0 0 0 55@8: 1 0 0 60@92: 0 0 0 55@92: 1 0 0 300@1: 1 0 0 "
anew; stand "bestuur gepest/totaal -=55" "bestuur welbevinden/totaal -=60@3.1"; is "of answers without a percentage only their number counts" "$(found bestuur)" "0 0 0"

# -- what hides ------------------------------------------------------------------------------------
for n in 15 16 18 19 20; do anew; stand "bestuur klachten/soort a,b,c=20" "inspectie klachten/soort a,b=$n"; echo "$n: $(found bestuur) / $(found inspectie)"; done > "$place/hidden"
is "one of three members is what the other two leave: few, enough or nobody" "$(tr '\n' ' ' < "$place/hidden")" "15: 0 0 0 / 0 0 0 16: 0 1 0 / 0 0 0 18: 0 1 0 / 0 0 0 19: 0 1 0 / 0 0 0 20: 0 0 0 / 0 0 0 "
# Of 20, 35 and 6 incidents 58 are bullying: at most 55 of the first two, so 3 to 6 of the 6. Of 5, 3 to 5. Of 7, of 60, 5 to 7: that could have been printed; of 6, of 59, 4 to 6.
for n in "6 58" "5 58" "7 60" "6 59" "7 59"; do anew; stand "bestuur incidenten/school 1=20 2=35 3=${n% *}" "bestuur pestincidenten/school 1,2,3=${n#* }"; echo "$n: $(found bestuur)"; done > "$place/part"
is "a part is at most its whole, school by school" "$(tr '\n' ' ' < "$place/part")" "6 58: 0 0 0 5 58: 0 1 0 7 60: 0 0 0 6 59: 0 1 0 7 59: 0 0 0 "
anew; stand "bestuur incidenten/school 1=20 2=35 3=6" "bestuur pestincidenten/school 1,2,3=58"
is "seven numbers, one sum, three parts; three hidden, and the narrowest is 3 to 6" "$(counted)" "4 7 1 3 3 3"
stand "bestuur incidenten/totaal -=61" "bestuur pestincidenten/totaal -=58"; is "and two totals, with what they leave in sight" "$(counted) / $(found bestuur)" "6 9 3 3 3 3 / 1 0 0"
anew; stand "bestuur klachten/soort a,b,c=20" "inspectie klachten/soort a,b=18"; is "of three the narrowest is told: it is two" "$(found bestuur narrowest)" 0
anew; stand "bestuur klachten/totaal -=20"; is "where nothing hides there is none that is narrowest" "$(counted)" "1 1 0 0 0 -1"
for n in 16 15 20; do anew; stand "bestuur incidenten/totaal -=20" "bestuur pestincidenten/totaal -=$n"; echo "$n: $(found bestuur)"; done > "$place/rest"
is "what a whole leaves beside its part" "$(tr '\n' ' ' < "$place/rest")" "16: 1 0 0 15: 0 0 0 20: 0 0 0 "
anew; stand "bestuur incidenten/totaal/2024 -=20" "bestuur pestincidenten/totaal -=16"; is "not a part of another year" "$(found bestuur)" "0 0 0"
# Bullying is a form of all incidents: of bullying and one form more that form is what is left.
for n in 22 25 20; do anew; stand "bestuur pestincidenten/totaal -=20" "bestuur incidenten/vorm pesten,slaan=$n fysiek=30"; echo "$n: $(found bestuur)"; done > "$place/twin"
is "a number stands under its other name" "$(tr '\n' ' ' < "$place/twin")" "22: 0 1 0 25: 0 0 0 20: 0 0 0 "
anew; stand "bestuur pestincidenten/school 1=20" "bestuur incidenten/vorm pesten,slaan=22 fysiek=30"; is "its total does, not that of a school" "$(found bestuur)" "0 0 0"
anew; stand "bestuur incidenten/totaal -=60" "bestuur pestincidenten/totaal -=20" "bestuur incidenten/vorm pesten=20 fysiek=40"; is "both names stand in one relation, and the groups with their total in another" "$(counted)" "4 4 2 0 0 -1"

# -- shares ----------------------------------------------------------------------------------------
together() { # answers and percentage of three schools, and of two of them: of 2025, or with so many decimals
    anew; rows release.figure ", decimals" ", ${3:-NULL}" "bestuur gepest/school 1,2,3=$1" "inspectie gepest/school 2,3=$2"; found bestuur
}
# Third school: yes of the three less yes of the two. 10 % of 48 to 52 is 5, 17 % of 28 to 32 is 5; 90 % and 83 % leave 5 who said no, too.
is "nobody of a school said yes; everybody did" "$(together 50@10 30@17) / $(together 50@90 30@83)" "0 1 0 / 0 1 0"
# 32 % of 28 to 32 is 9 or 10, 24 % of 18 to 22 is 5: 4 or 5. Were it 29 to 32, 10 less 5.
is "the least and the most that answered" "$(together 30@32 20@24) / $(together 30@35 20@32)" "0 2 0 / 0 1 0"
# 33 % of 30 is 10 of 30 (33.3), and 25 % of 20 is 5; 28 % is 5 of 18 (27.8).
is "a percentage is rounded up or down by half" "$(together 30@33 20@25) / $(together 30@33 20@28)" "0 0 0 / 0 0 0"
is "and by no more" "$(together 30@30 20@39) / $(together 30@31 20@41)" "0 1 0 / 0 1 0"
# 10 % of 198 to 202 is 19 to 21, and of 178 to 182 17 to 19; 10.0 % of them is 20, and 18.
is "by the decimals it was printed with" "$(together 200@10 180@10) / $(together 200@10 180@10 1)" "0 0 0 / 0 1 0"
# 21 % of 118 to 122 is 25 or 26, 17 % of 88 to 92 is 15 or 16: nine to eleven, whichever of them is met first.
anew; stand "gmr gepest/school 1,2,3=120@21" "openbaar gepest/school 2,3=90@17"; is "nine to eleven are not surely ten" "$(found gmr narrowed_down)" 1
anew; stand "bestuur respons/school 1,2,3=20@90" "inspectie respons/school 1,2=15@90"; is "twenty less fifteen, in fives, is one to nine" "$(found bestuur)" "0 0 0"
anew; stand "bestuur gepest/school 1=45@79 2=100@50" "inspectie gepest/school 1,2=145@59"; is "what is printed of a school is no secret in a remainder" "$(found bestuur) $(found bestuur hidden)" "0 0 0 0"
anew; stand "bestuur gepest/school 1,2=145@59"; is "of a remainder asked is who answered, who said yes, and who said no of each" "$(counted)" "1 9 6 5 6 $(found bestuur narrowest)"

# -- what stands as it was ---------------------------------------------------------------------------
part() { anew; stand "bestuur incidenten/school 1=20 2=35 3=5" "bestuur pestincidenten/school 1,2,3=58"; }
part; shown 0 "bestuur incidenten/school 1=20 2=35 3=5"; shown 1 "bestuur pestincidenten/school 1,2,3=58"; is "whenever they were shown first: numbers of now" "$(found bestuur 'narrowed_down')" 1
kept "bestuur pestincidenten/school"; is "a part of then is none of the whole of now" "$(found bestuur 'narrowed_down')" 0
kept "bestuur incidenten/school"; is "nor of the whole of another then" "$(found bestuur 'narrowed_down')" 0
shown 1 "bestuur incidenten/school 1=20 2=35 3=5"; is "of the same it is, whenever else they were shown" "$(found bestuur 'narrowed_down')" 1
part; shown 0 "bestuur incidenten/school 1=20 2=35 3=5"; shown 1 "bestuur pestincidenten/school 1,2,3=58" "inspectie incidenten/school 1=20 2=35 3=5"; kept "bestuur pestincidenten/school" "bestuur incidenten/school"; is "each audience has its own then" "$(found bestuur 'narrowed_down')" 0
anew; stand "bestuur klachten/totaal -=20" "bestuur klachten/soort a=10 b=10"; is "groups of now are tied to their total" "$(found bestuur relations)" 1
shown 0 "bestuur klachten/totaal -=20"; kept "bestuur klachten/totaal"; is "and not to one of then" "$(found bestuur relations)" 0

# -- what is tied to a total ---------------------------------------------------------------------------
anew; stand "bestuur klachten/totaal -=20" "bestuur klachten/soort a=10 b=5"; is "only groups that come to it" "$(found bestuur relations)" 0
anew; stand "bestuur klachten/totaal/2024 -=20" "bestuur klachten/soort a=10 b=10"; is "of its year" "$(found bestuur relations)" 0
anew; stand "bestuur klachten/niveau a=20" "bestuur klachten/soort a=10 b=10"; is "no breakdown is a total" "$(found bestuur relations)" 0
anew; stand "bestuur incidenten/totaal -=20" "bestuur klachten/soort a=10 b=10"; is "of its indicator" "$(found bestuur relations)" 0
anew; stand "bestuur incidenten/totaal -=20" "bestuur incidenten_maand/maand 2025-09=10 2025-10=10"; is "or of the one that it adds up to" "$(found bestuur relations)" 1
anew; stand "bestuur klachten/totaal -=20" "bestuur klachten/soort a=10 b=10" "inspectie klachten/totaal -=20" "inspectie klachten/soort a=10 b=10"; is "each edition by itself" "$(found bestuur relations)" 1
anew; stand "bestuur klachten/totaal -=20" "bestuur klachten/niveau c=12 d=8" "bestuur klachten/soort a=10 b=10"; is "and each breakdown" "$(found bestuur relations)" 2
anew; stand "bestuur incidenten/totaal/2024 -=20" "bestuur incidenten_maand/maand/2024 2024-09=10 2024-10=10" "bestuur incidenten_maand/maand 2025-09=10 2025-10=10"; is "and each year" "$(found bestuur relations)" 1
anew; stand "bestuur incidenten/totaal -=30" "bestuur incidenten_maand/maand 2025-09=15 2025-10=15" "bestuur pest_maand/maand 2025-09=10 2025-10=10"; is "and each indicator" "$(found bestuur relations)" 1

# -- two showings of one group -------------------------------------------------------------------------
now="1=20 2=9 3=35 4=61"
before() { anew; stand "bestuur incidenten/school $now" "gmr incidenten/school 1,2,3=64 4=61"; shown 10 "bestuur incidenten/school $now" "gmr incidenten/school 1,2,3=64 4=61"; shown 0 "$@"; }
moved() { found "${1:-bestuur}" moved_too_little; }
pairs() { found "${1:-bestuur}" showings_compared; }
before "bestuur incidenten/school 1,2=29 3=35"; is "those that were together are as many as they are apart" "$(moved) $(pairs)" "0 $(pairs)"
for n in 28 25 24 30 33 34; do before "bestuur incidenten/school 1,2=$n"; moved; done > "$place/apart"; is "one and four more or less are too few, five are enough" "$(tr '\n' ' ' < "$place/apart")" "1 1 0 1 1 0 "
for n in 35 34; do before "gmr incidenten/school 1=10 2=10 3=$n"; moved gmr; done > "$place/apart"; is "those that were apart, for who may be told of no fewer than ten" "$(tr '\n' ' ' < "$place/apart")" "1 0 "
before "gmr incidenten/school 1=40 2,3,4=200"; is "groups that cross tell what they share" "$(moved gmr)" 1
before "gmr incidenten/school 1=62 2,3,4=63"; is "and are not subtracted from each other" "$(moved gmr)" 1
before "gmr incidenten/school 1=30 2,3,4=36"; is "nor added up" "$(moved gmr)" 1
before "bestuur incidenten/school 4=63"; is "one group is looked at once" "$(moved)" 1
before "bestuur incidenten/school/2024 1,2=28"; is "another year is another" "$(moved)" 0
before "bestuur pestincidenten/school 1,2=28"; is "and another indicator" "$(moved)" 0
before "bestuur incidenten/vorm 1,2=28"; is "and another breakdown" "$(moved)" 0
before "inspectie incidenten/school 1,2=28"; stayed 10 "inspectie incidenten/school"; is "what another edition showed then is told by that edition" "$(moved)" 0
before "bestuur incidenten/school 4=31"; shown 5 "bestuur incidenten/school 4=33"; is "two of before were looked at then" "$(moved)" 0
before "gmr incidenten/school 4=59"; say "UPDATE release.ledger SET board_no = BOARD + 100000 WHERE board_no = BOARD AND events = 59"; is "nor is what another board was shown" "$(moved gmr)" 0
before; shown 10 "openbaar incidenten/school 1,4=90 2,3=35"; is "groups of two editions of one moment may cross" "$(moved gmr)" 0
anew; stand "gmr incidenten/school 1,2,3=64"; shown 10 "gmr incidenten/school 1,2,3=64" "openbaar incidenten/school 1=20 2=9 3=33"; is "of one moment two editions are held against each other" "$(moved gmr) $(moved openbaar)" "1 0"
# Five respondents may be one, and sums of fives leave enough open.
five() { anew; stand "gmr respons/school $1"; shown 10 "gmr respons/school $1"; shown 0 "gmr respons/school $2"; moved gmr; }
is "of numbers in fives the very same groups only are held against each other" "$(five 3=50 3=55) $(five 3=50 3=60) $(five 1=20\ 2=30 1,2=55) $(five 1,2=50 1=20\ 2=35) $(five 1=20\ 2,3=30 1,2=20\ 3=35) $(five 2,1,3=50 1,3,2=55)" "1 0 0 0 0 1"

# C and D had no incident more, so no bullying more: of the 17 that B, C and D had together, 3 were of B (found_again.sh has many more).
anew; shown 0 "bestuur incidenten/totaal -=59" "bestuur incidenten/school 1=23 2=14 3=17 4=5" "bestuur pestincidenten/totaal -=30" "bestuur pestincidenten/school 1=13 2,3,4=17"; shown 5 "bestuur incidenten/totaal -=79" "bestuur incidenten/school 1=28 2=29 3=17 4=5" "bestuur pestincidenten/totaal -=41" "bestuur pestincidenten/school 1=18 2=9 3=9 4=5"
is "who kept all of it is asked as well" "$(found bestuur told_together | sed 's/[1-9][0-9]*/some/')" some

# One number under two names, at one moment or to one audience.
name() { anew; stand "bestuur pestincidenten/totaal -=20"; shown 10 "bestuur pestincidenten/totaal -=20"; shown "$@"; moved; }
is "one number under its other name" "$(name 0 "bestuur incidenten/vorm pesten=22 fysiek=20") $(name 0 "bestuur incidenten/vorm pesten=25") $(name 10 "inspectie incidenten/vorm pesten=22") $(name 0 "inspectie incidenten/vorm pesten=22")" "1 0 1 0"
is "of that year and that group" "$(name 0 "bestuur incidenten/vorm/2024 pesten=22") $(name 0 "bestuur incidenten/vorm fysiek=22") $(name 0 "bestuur incidenten/plaats pesten=22")" "0 0 0"
anew; stand "bestuur pestincidenten/school 1=20"; shown 10 "bestuur pestincidenten/school 1=20"; shown 0 "bestuur incidenten/vorm pesten=22"; is "a school's is not its total" "$(moved)" 0
anew; stand "bestuur incidenten/vorm pesten=22"; shown 10 "bestuur incidenten/vorm pesten=22"; shown 0 "bestuur pestincidenten/totaal -=20"; is "whichever of them stands now" "$(moved)" 1
anew; stand "bestuur klachten/totaal -=50"; shown 10 "bestuur klachten/totaal -=50"; shown 0 "bestuur incidenten/vorm pesten=22"; shown 5 "bestuur pestincidenten/totaal -=20"; is "and not where neither does" "$(moved)" 0

# What a whole left beside its part, then and now: 60 less 40 and 90 less 67.
rest() { anew; stand "bestuur incidenten/totaal -=90" "bestuur pestincidenten/totaal -=$1"; shown 10 "bestuur incidenten/totaal -=90" "bestuur pestincidenten/totaal -=$1"; shown 0 "bestuur incidenten/totaal -=60" "bestuur pestincidenten/totaal -=40"; moved; }
is "what a whole left beside its part moved by three, by five, by none, by as many less" "$(rest 67) $(rest 65) $(rest 70) $(rest 73) $(rest 75)" "1 0 0 1 0"
rest 67 > /dev/null; stayed 10 "bestuur pestincidenten/totaal"; is "the part is not of now" "$(moved)" 0
rest 67 > /dev/null; stayed 0 "bestuur incidenten/totaal"; is "the whole was not of then" "$(moved)" 0
rest 67 > /dev/null; moment 20; shown 20 "bestuur klachten/totaal -=50"; stayed 20 "bestuur incidenten/totaal" "bestuur pestincidenten/totaal"; is "both were looked at then" "$(moved)" 0
beside() { anew; stand "bestuur pestincidenten/$1=67"; shown 10 "bestuur pestincidenten/$1=67" "$2=90"; shown 0 "bestuur pestincidenten/$1=40" "$2=60"; moved; }
is "nor of the whole of another edition, year or group" "$(beside "totaal -" "inspectie incidenten/totaal -") $(beside "totaal -" "bestuur incidenten/totaal/2024 -") $(beside "school 1" "bestuur incidenten/school 2")" "0 0 0"
anew; stand "bestuur incidenten/totaal -=63" "bestuur pestincidenten/totaal -=38"; shown 10 "bestuur incidenten/totaal -=63" "bestuur pestincidenten/totaal -=38"; shown 0 "bestuur incidenten/totaal -=60" "bestuur pestincidenten/totaal -=40"; is "nor of another moment: each total moved by too little, what is beside did not" "$(moved)" 2
anew; stand "bestuur klachten_op_tijd/totaal -=70"; shown 10 "bestuur incidenten/totaal -=90" "bestuur klachten_op_tijd/totaal -=70"; shown 0 "bestuur incidenten/totaal -=60" "bestuur klachten_op_tijd/totaal -=43"; is "of another whole it is no part" "$(moved)" 0
}
(is() { :; }; cases)
is "the releases are written" "$(written < "$place/releases.sql")" ""
vb disclose --audit all --json 2> "$place/err" > "$place/audit.json"
while read -r board field value; do report[$board $field]=$value; done < <(sed -nE 's/^ +"(board|[a-z_]+)": ([-0-9]+),?$/\1 \2/p' "$place/audit.json" | awk '$1 == "board" { board = $2; next } { print board, $1, $2 }')
ok "all of them were attacked" test "${#report[@]}" -gt 1000
: > "$place/boards"
cases

# -- in words, and what cannot be ----------------------------------------------------------------------
attack() { # audience: of what was said, now
    echo >> "$place/boards"; board=$(wc -l < "$place/boards")
    is "written" "$({ echo "$said"; certificate "$1"; } | sed "s/BOARD/$board/g" | written)" ""
    vb disclose --audit "$1/$board" 2>&1
}
anew; stand "gmr schorsingen/totaal -=4"; like "told is of what, not how many" "$(attack gmr)" 'Look first at: schorsingen 2025, totaal$'
anew; stand "bestuur klachten/soort a,b,c=20" "inspectie klachten/soort a,b=18"; like "and which group" "$(attack bestuur)" 'Look first at: 2025.klachten.soort.c'
anew; stand "bestuur klachten/soort a,b,c=20" "inspectie klachten/soort a,b=30"; like "two members are not more than three" "$(attack bestuur)" 'error: no table agrees with what was released: audience bestuur, board [0-9]+$'
stand "bestuur time_outs/totaal -=4"; like "where something was found that is what is said" "$(attack bestuur)" '1 printed counts are too small'
finish
