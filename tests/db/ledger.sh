#!/usr/bin/env bash
# The queries of disclosure, each asked of a few rows made by hand: what was shown at which moment, what schools had then, what stays and what is replaced. Every condition has
# a row that it is about, and one beside it that it is not.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
. "$root/tests/harness/byhand.sh"
vb db init > "$place/log" 2>&1; dsn=$(vb db dsn)

# -- what stood at each moment -------------------------------------------------------------------------
state="SELECT concat_ws(' ', extract(day FROM at - '2026-01-01'), audience, schooljaar - 2000, indicator || '/' || breakdown, array_to_string(who, ','), events) FROM release.ledger_state WHERE board_no = 1 ORDER BY 1"
anew; shown 0 "bestuur klachten/totaal -=20"; shown 5 "bestuur time_outs/totaal -=30"
is "what was shown stands until it is shown again" "$(ask "$state")" "0 bestuur 25 klachten/totaal  20;5 bestuur 25 klachten/totaal  20;5 bestuur 25 time_outs/totaal  30"
anew; shown 0 "bestuur klachten/totaal -=20"; shown 5 "bestuur klachten/totaal -=30"; is "then as it is then" "$(ask "$state")" "0 bestuur 25 klachten/totaal  20;5 bestuur 25 klachten/totaal  30"
anew; shown 0 "bestuur klachten/soort a=20 b=30"; shown 5 "bestuur klachten/soort a,b=60"; is "as one table" "$(ask "$state")" "0 bestuur 25 klachten/soort a 20;0 bestuur 25 klachten/soort b 30;5 bestuur 25 klachten/soort a,b 60"
for row in "gmr klachten/totaal" "bestuur time_outs/totaal" "bestuur klachten/totaal/2024" "bestuur klachten/soort"; do anew; shown 0 "bestuur klachten/totaal -=20"; shown 5 "$row -=30"; ask "$state" | tr ';' '\n' | grep -c '5 bestuur 25 klachten/totaal  20'; done > "$place/tables"
is "another audience, indicator, year or breakdown is another table" "$(paste -sd' ' "$place/tables")" "1 1 1 1"
anew; shown 0 "bestuur klachten/totaal -=20"; shown 7 "bestuur klachten/totaal -=40"; other release.ledger "events = 40"; is "another board has its own moments" "$(ask "$state")" "0 bestuur 25 klachten/totaal  20"
moment 7; is "and its own tables" "$(ask "$state")" "0 bestuur 25 klachten/totaal  20;7 bestuur 25 klachten/totaal  20"
anew; shown 0 "bestuur klachten/totaal -=20"; moment 9; is "that all is the same is a moment too" "$(ask "$state")" "0 bestuur 25 klachten/totaal  20;9 bestuur 25 klachten/totaal  20"
stayed 9 "bestuur klachten/totaal"; is "what stayed is not of it" "$(ask "$state")" "0 bestuur 25 klachten/totaal  20"
for row in "gmr klachten/totaal" "bestuur time_outs/totaal" "bestuur klachten/totaal/2024" "bestuur klachten/soort"; do anew; shown 0 "bestuur klachten/totaal -=20"; moment 9; stayed 9 "$row" ; ask "$state" | tr ';' '\n' | grep -c '^9'; done > "$place/tables"
anew; shown 0 "bestuur klachten/totaal -=20"; moment 9; stayed 8 "bestuur klachten/totaal"; ask "$state" | tr ';' '\n' | grep -c '^9' >> "$place/tables"
anew; shown 0 "bestuur klachten/totaal -=20"; moment 9; stayed 9 "bestuur klachten/totaal"; other release.ledger_kept; ask "$state" | tr ';' '\n' | grep -c '^9' >> "$place/tables"
is "that another audience's stayed, another table, at another moment, of another board, says nothing" "$(paste -sd' ' "$place/tables")" "1 1 1 1 1 1"
anew; shown 0 "bestuur incidenten/school 8041=20 8043,8042=30" "bestuur incidenten/vorm pesten=20 vuurwerk,slaan=30"
is "who: the school, the category, the members in order" "$(ask "$state")" "0 bestuur 25 incidenten/school 8041 20;0 bestuur 25 incidenten/school 8042,8043 30;0 bestuur 25 incidenten/vorm pesten 20;0 bestuur 25 incidenten/vorm slaan,vuurwerk 30"

# -- as who kept everything is told --------------------------------------------------------------------
anew; shown 0 "bestuur klachten/totaal -=20"; shown 40 "bestuur klachten/soort a=20 c,b=30" "gmr klachten/totaal -=60@1.5"; say "UPDATE release.ledger SET decimals = 1 WHERE value IS NOT NULL"
is "moments, months, editions, groups, values" "$(ask "history_shown('bestuur,gmr', 1)")" "1|2026-02|2025|klachten|soort|1|a|20||-1|2;1|2026-02|2025|klachten|soort|1|b,c|30||-1|2;0|2026-01|2025|klachten|totaal|1||20||-1|2;1|2026-02|2025|klachten|totaal|1||20||-1|2;1|2026-02|2025|klachten|totaal|2||60|1.5|1|2"
is "gmr's are gmr's, whose first it is" "$(ask "history_shown('gmr', 1)")" "0|2026-02|2025|klachten|totaal|1||60|1.5|1|1"
anew; shown 0 "bestuur klachten/totaal -=20"; moment 3; stayed 3 "bestuur klachten/totaal"; is "a last moment of which nothing is" "$(ask "history_shown('bestuur', 1)")" "0|2026-01|2025|klachten|totaal|1||20||-1|2"
other release.ledger_moment; is "which is the board's" "$(ask "history_shown('bestuur', 1)")" "0|2026-01|2025|klachten|totaal|1||20||-1|1"
anew; shown 0 "bestuur klachten/totaal -=20"; shown 2 "gmr klachten/totaal -=30"; shown 4 "bestuur time_outs/totaal -=NULL"; is "of what has no number nothing is told, nor of others" "$(ask "history_shown('bestuur', 1)" | tr ';' '\n' | cut -d'|' -f1,4,8,11 | paste -sd' ')" "0|klachten|20|3 1|klachten|20|3 2|klachten|20|3"
anew; shown 0 "bestuur klachten/totaal -=20" "bestuur time_outs/totaal -=NULL"; shown 1 "bestuur klachten/totaal -=30"; other release.ledger "events = 30"; is "of another board nothing is" "$(ask "history_shown('bestuur', 1)" "ledger_shown(1)")" "0|2026-01|2025|klachten|totaal|1||20||-1|1;bestuur|2025|klachten|totaal|1767225600000000|2026-01||20||-1;bestuur|2025|time_outs|totaal|1767225600000000|2026-01||||-1"
anew; shown 0 "bestuur incidenten/school 8041=20 8043,8042=30"; shown 1 "bestuur klachten/soort a=5@2.5"; say "UPDATE release.ledger SET decimals = 1 WHERE value IS NOT NULL"; is "and by its microsecond" "$(ask "ledger_shown(1)" | sed 's/17672256/0/g; s/17673120/1/g')" "bestuur|2025|incidenten|school|000000000|2026-01|8043,8042|30||-1;bestuur|2025|incidenten|school|000000000|2026-01|8041|20||-1;bestuur|2025|incidenten|school|100000000|2026-01|8043,8042|30||-1;bestuur|2025|incidenten|school|100000000|2026-01|8041|20||-1;bestuur|2025|klachten|soort|100000000|2026-01|a|5|2.5|1"

# -- what schools had ------------------------------------------------------------------------------------
own="history_own('bestuur', 1)"
anew; shown 1 "bestuur klachten/totaal -=20"; shown 5 "bestuur klachten/totaal -=30"; had 1 klachten/totaal :7=12@3 :8=8; had 5 klachten/totaal :7=30
is "from the moment on that it was shown" "$(ask "$own")" "0|2025|klachten|totaal||7|12|3;0|2025|klachten|totaal||8|8|;1|2025|klachten|totaal||7|30|"
anew; shown 1 "bestuur klachten/totaal -=20"; shown 5 "bestuur klachten/totaal -=30"; had 3 klachten/totaal :7=12; is "between two: from the next" "$(ask "$own")" "1|2025|klachten|totaal||7|12|"
had 4 klachten/totaal :7=13; is "the last before it" "$(ask "$own")" "1|2025|klachten|totaal||7|13|"
had 6 klachten/totaal :7=14; is "what was never shown is not" "$(ask "$own")" "1|2025|klachten|totaal||7|13|"
anew; shown 1 "bestuur klachten/totaal -=20"; had 1 klachten/totaal; is "nobody had anything" "$(ask "$own" "spread_then(1)")" "0|2025|klachten|totaal||||;2025|klachten|totaal|1767312000000000||||"
anew; shown 1 "gmr klachten/totaal -=20"; shown 5 "bestuur klachten/totaal -=30"; had 1 klachten/totaal :7=12; is "by the moments of who asks" "$(ask "$own" "history_own('gmr', 1)" "history_own('bestuur,gmr', 1)")" "0|2025|klachten|totaal||7|12|;0|2025|klachten|totaal||7|12|;0|2025|klachten|totaal||7|12|"
anew; shown 1 "bestuur time_outs/totaal -=NULL"; shown 5 "bestuur klachten/totaal -=30"; had 5 klachten/totaal :7=12; is "not of what has no number" "$(ask "$own")" "0|2025|klachten|totaal||7|12|"
anew; shown 1 "bestuur klachten/totaal -=20"; shown 3 "bestuur klachten/totaal -=40"; other release.ledger "events = 40"; had 2 klachten/totaal :7=12; had 1 klachten/totaal :9=3; other result.spread_shown "locations = '{9}'"; is "nor of another board" "$(ask "$own" "spread_then(1)")" "2025|klachten|totaal|1767398400000000||7|12|"
anew; shown 1 "bestuur klachten/soort a=20" "bestuur time_outs/totaal -=9"; had 1 klachten/soort a:7=12 b:8=3; had 1 time_outs/totaal :7=9@4; is "table by table" "$(ask "$own" "spread_then(1)")" "0|2025|klachten|soort|a|7|12|;0|2025|klachten|soort|b|8|3|;0|2025|time_outs|totaal||7|9|4;2025|klachten|soort|1767312000000000|a|7|12|;2025|klachten|soort|1767312000000000|b|8|3|;2025|time_outs|totaal|1767312000000000||7|9|4"

# -- schools that take off by how much they moved --------------------------------------------------------
moved() { ask "insiders_moved('${1:-bestuur}', 1, 5, 'respons')"; } # pairs, told
grew() { # of the total: how many more of each of three schools
    anew; shown 0 "bestuur klachten/totaal -=60"; shown 5 "bestuur klachten/totaal -=$((60 + $1 + $2 + $3))"; had 0 klachten/totaal :7=20 :8=20 :9=20; had 5 klachten/totaal :7=$((20 + $1)) :8=$((20 + $2)) :9=$((20 + $3)); moved
}
is "of two schools that moved one finds the few of the other" "$(grew 9 1 0) $(grew 9 4 0) $(grew 9 5 0) $(grew 4 9 0) $(grew 6 -2 0) $(grew 6 -6 0)" "1|1 1|1 1|0 1|1 1|1 1|0"
is "three hide each other, and one has nobody to find" "$(grew 9 2 2) $(grew 9 0 0) $(grew 0 0 0)" "1|0 1|0 1|0"
hid() { # the same of three members that hide together; the third had none then
    anew; shown 0 "bestuur klachten/soort a,b,c=40"; shown 5 "bestuur klachten/soort c,b,a=$((40 + $1 + $2 + $3))"; had 0 klachten/soort a:7=20 b:8=20; had 5 klachten/soort a:7=$((20 + $1)) b:8=$((20 + $2)) c:9=$3; moved
}
is "where something hides that is asked of every school" "$(hid 9 2 2) $(hid 9 3 3) $(hid 9 0 0)" "1|1 1|0 1|0"
grew 9 2 0 > /dev/null; had 3 klachten/totaal :7=29 :8=22 :9=20; is "what they had when it was shown, and not since" "$(moved)" "1|1"
grew 9 2 0 > /dev/null; shown 7 "bestuur klachten/totaal -=71"; is "each moment before is held against the last" "$(moved)" "2|1"
grew 9 2 0 > /dev/null; shown 7 "bestuur klachten/totaal -=82"; had 7 klachten/totaal :7=35 :8=27 :9=20; is "and none of them against another" "$(moved)" "2|0"
grew 9 2 0 > /dev/null; stayed 5 "bestuur klachten/totaal"; is "what stayed is not of now" "$(moved)" "0|0"
grew 9 2 0 > /dev/null; is "what gmr was not shown it does not subtract" "$(moved gmr)" "0|0"
anew; shown 0 "bestuur klachten/totaal -=60"; shown 5 "bestuur klachten/totaal -=71"; had 5 klachten/totaal :7=29 :8=22 :9=20; is "of what nobody knows who had it then nothing is asked" "$(moved)" "0|0"
grew 9 2 0 > /dev/null; other result.spread_shown; is "nor of what another board's had" "$(moved)" "0|0"
grew 9 2 0 > /dev/null; shown 6 "bestuur time_outs/totaal -=5"; other release.ledger "indicator = 'time_outs'"; is "another board's moment is not the last" "$(moved)" "1|1"
anew; shown 0 "bestuur respons/totaal -=60"; shown 5 "bestuur respons/totaal -=70"; had 0 respons/totaal :7=20 :8=40; had 5 respons/totaal :7=28 :8=42; is "in fives enough is open" "$(moved)" "0|0"
anew; shown 0 "bestuur klachten/soort a=20 b=20"; shown 5 "bestuur klachten/soort a=31 b=40"; had 0 klachten/soort a:7=20 b:7=20; had 5 klachten/soort a:7=29 a:8=2 b:7=40; is "group by group" "$(moved)" "2|1"
for row in "klachten/totaal/2024" "time_outs/totaal" "klachten/soort"; do grew 9 2 0 > /dev/null; shown 0 "bestuur $row -=1"; shown 5 "bestuur $row -=3"; moved; done > "$place/tables"; is "of each table its own" "$(paste -sd' ' "$place/tables")" "1|1 1|1 1|1"

# -- what counts alone do not tell -----------------------------------------------------------------------
unsafe() { ask "ledger_unsafe(1)"; }
mean() { anew; shown 0 "bestuur klachten_op_tijd/totaal -=20@90"; fresh "${2:-}" "${3:-}" "bestuur klachten_op_tijd/totaal -=$1"; unsafe; }
is "a value that moved while its count did not" "$(mean 20@85) / $(mean 20@90) / $(mean 25@85) / $(mean 20)" "bestuur|2025|klachten_op_tijd|totaal /  /  / bestuur|2025|klachten_op_tijd|totaal"
is "not of a rate, nor of a questionnaire" "$(mean 20@85 ", denominator" ", 100") / $(mean 20@85 ", rounding" ", 0.5")" " / "
is "not by how numbers are kept" "$(mean 20@90.0000000001) / $(mean 20@90.00001)" " / bestuur|2025|klachten_op_tijd|totaal"
for row in "gmr klachten_op_tijd/totaal" "bestuur schorsingen_gemeld/totaal" "bestuur klachten_op_tijd/totaal/2024" "bestuur klachten_op_tijd/soort"; do anew; shown 0 "bestuur klachten_op_tijd/totaal -=20@90"; fresh "" "" "$row -=20@85"; unsafe; done > "$place/tables"; is "of that table" "$(paste -sd' ' "$place/tables")" "   "
anew; shown 0 "bestuur klachten_op_tijd/totaal -=20@90"; other release.ledger; fresh "" "" "bestuur klachten_op_tijd/totaal -=20@85"; is "and that board" "$(unsafe)" ""
anew; shown 0 "bestuur klachten_op_tijd/totaal -=20@90"; shown 3 "bestuur klachten_op_tijd/totaal -=30@90"; fresh "" "" "bestuur klachten_op_tijd/totaal -=20@85"; is "at whatever moment" "$(unsafe)" "bestuur|2025|klachten_op_tijd|totaal"
anew; shown 0 "bestuur welbevinden/soort a,b=20@3.1"; fresh "" "" "bestuur welbevinden/soort b,a=20@3.2"; is "whatever the order of its members" "$(unsafe)" "bestuur|2025|welbevinden|soort"
countings() { anew; shown 0 "bestuur betrokkenen/soort betrokkenheden=30 personen=20"; [ -z "${3:-}" ] || shown 4 "bestuur betrokkenen/soort $3"; fresh ", overlap, threshold" ", ${4:-true}, 5" "bestuur betrokkenen/soort betrokkenheden=$1 personen=$2"; unsafe; }
is "two countings that lie four closer, four further apart; five, and as far" "$(countings 40 34) $(countings 40 26) / $(countings 40 35)$(countings 40 25)$(countings 40 30)" "bestuur|2025|betrokkenen|soort bestuur|2025|betrokkenen|soort / "
is "the larger of them may be the other one" "$(countings 20 30)$(countings 20 35)/$(countings 20 34)" "/bestuur|2025|betrokkenen|soort"
is "then and now, not of two moments" "$(countings 40 35 "betrokkenheden=50 personen=26") / $(countings 54 20 "betrokkenheden=50 personen=20")" " / bestuur|2025|betrokkenen|soort"
is "of those that are countings of one group" "$(countings 40 34 "" false)" ""
finish
