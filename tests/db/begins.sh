#!/usr/bin/env bash
# The queries that disclosure, and what is derived, begin from, each asked of a few rows made by hand. Every condition has a row that it is about, and one beside it that it is not.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
. "$root/tests/harness/byhand.sh"
vb db init > "$place/log" 2>&1; dsn=$(vb db dsn)
result() { # board year indicator breakdown school category ord events [whole]
    say "INSERT INTO result.figure (board_no, schooljaar, indicator, breakdown, location_no, category, ord, events, schools, subset_of) VALUES ($1, $2, '$3', '$4', $5, '$6', $7, $8, 1, '${9:-}')"
}
has() { say "INSERT INTO result.spread (board_no, schooljaar, indicator, breakdown, category, location_no, events, numerator, persons, sd) VALUES ($1, 2025, 'klachten', 'totaal', '', $2, $3, 2, 1, 0.5)"; } # board, school, how many
lines() { tr ';' '\n' | cut -d'|' -f"$1" | paste -sd';'; } # which columns

# -- results -----------------------------------------------------------------------------------------------
anew
result BOARD 2025 deel totaal 0 '' 0 5 al; result BOARD 2025 deel school 7 '' 0 3 al; result BOARD 2025 deel vorm 0 b 0 2 al; result BOARD 2025 deel vorm 0 a 1 3 al
result BOARD 2025 al totaal 0 '' 2 50; result BOARD 2025 al instrument 0 '' 0 55; result BOARD 2025 al school 7 '' 0 30; result BOARD 2025 al school 8 '' 0 31; result BOARD 2025 al vorm 0 b 0 22; result BOARD 2025 al vorm 0 a 1 33
result BOARD 2024 al totaal 0 '' 0 40; result BOARD 2025 ander totaal 0 '' 0 60; result 2 2025 al totaal 0 '' 0 90
is "each table together, its groups in their order, and beside a part the same group of its whole" "$(ask "figures(1)" | lines 1-5,7,15)" \
   "2024|al|totaal|0||40|;2025|al|instrument|0||55|;2025|al|school|7||30|;2025|al|school|8||31|;2025|al|totaal|0||50|;2025|al|vorm|0|b|22|;2025|al|vorm|0|a|33|;2025|ander|totaal|0||60|;2025|deel|school|7||3|30;2025|deel|totaal|0||5|50;2025|deel|vorm|0|b|2|22;2025|deel|vorm|0|a|3|33"
anew; has BOARD 11 3; has BOARD 12 0; has 2 14 4; is "what each school has, of the board" "$(ask "spread(1)")" "2025|klachten|totaal||11|3|2|1|0.5"
anew; has BOARD 11 3; has 2 21 3; result BOARD 2025 al school 12 '' 0 3; result BOARD 2025 al totaal 0 '' 0 3; result 2 2025 al school 22 '' 0 3; had 1 klachten/totaal :13=5
is "schools that have something, that stand in a table, and that had something" "$(ask "schools(1)")" "11;12;13"
other result.spread_shown; is "not another board's" "$(ask "schools(1)")" "11;12"

# -- what stood --------------------------------------------------------------------------------------------
anew; had 5 klachten/totaal :7=12@3; had 1 klachten/totaal :7=10@2 ; had 3 klachten/soort; say "INSERT INTO result.spread_shown VALUES (2, 2025, 'klachten', 'totaal', now(), '{x}', '{9}', '{9}', '{9}')"
is "what schools had, in order of time, and that nobody had anything" "$(ask "spread_then(1)" | lines 1-3,5-8)" "2025|klachten|soort||||;2025|klachten|totaal||7|10|2;2025|klachten|totaal||7|12|3"
anew; shown 5 "bestuur klachten/school 7=20 8,9=30"; shown 1 "bestuur klachten/school 7=10@1.5" "gmr klachten/school 7=21"; shown 1 "bestuur klachten/soort a=99"; other release.ledger "events = 99"; say "UPDATE release.ledger SET decimals = 1 WHERE value IS NOT NULL"
is "what was shown, audience by audience and in order of time" "$(ask "ledger_shown(1)" | lines 1-4,7-10)" "bestuur|2025|klachten|school|7|10|1.5|1;bestuur|2025|klachten|school|8,9|30||-1;bestuur|2025|klachten|school|7|20||-1;gmr|2025|klachten|school|7|21||-1;gmr|2025|klachten|school|7|21||-1"
is "every table of it, once" "$(ask "shown_tables(1)")" "2025|klachten|school"
anew; is "a moment is the board's" "$(ask "ledger_moment_add(1)" "SELECT board_no, released_at = now() FROM release.ledger_moment")" "1|t"
anew; kept "bestuur klachten/totaal" "gmr klachten/totaal"; say "INSERT INTO release.decision VALUES ('bestuur', BOARD, 2025, 'a', 't', 'released', '', false)"; is "how many tables stay" "$(ask "kept_count(2025)")" 2
anew; fresh "" "" "bestuur klachten/totaal -=20"; say "INSERT INTO pg_temp.decision_new VALUES ('bestuur', BOARD, 2025, 'klachten', 'totaal', 'released', '', false, false, 5)"
is "a stage is empty again" "$(ask "stage_clear" "SELECT (SELECT count(*) FROM pg_temp.figure_new) + (SELECT count(*) FROM pg_temp.decision_new)")" 0

# -- certificates and goals ----------------------------------------------------------------------------------
anew; for row in "'bestuur', BOARD, 2025" "'gmr', BOARD, 2025" "'bestuur', 2, 2025" "'bestuur', BOARD, 2024"; do say "INSERT INTO release.certificate VALUES ($row, 5, 0, 0, 0, 0, 0, 0, 0, '', '')"; done
is "what the attacker was up against stands in one certificate" "$(ask "certificate_attack('bestuur', 1, 2025, 11, 12, 13, 14, 15, 16)" "SELECT audience, board_no, schooljaar, attack_numbers, attack_relations, attack_hidden, attack_programs, attack_narrowest, attack_insiders FROM release.certificate WHERE attack_insiders > 0")" "bestuur|1|2025|11|12|13|14|15|16"
goal() { say "INSERT INTO release.goal VALUES ($1, 'klachten', 2023, ${2:-3}, 9, '2028-07-31', 2, ${3:-4}, 1, 5, 'achter', '')"; } # whose, what it was, what it is
for whose in "'bestuur', BOARD, 2025, 7, 1" "'gmr', BOARD, 2025, 7, 1" "'bestuur', 2, 2025, 7, 1" "'bestuur', BOARD, 2024, 7, 1" "'bestuur', BOARD, 2025, 8, 1" "'bestuur', BOARD, 2025, 7, 2"; do goal "$whose"; done
goal "'bestuur', BOARD, 2025, 7, 3" NULL; goal "'bestuur', BOARD, 2025, 7, 4" 3 NULL
is "goals of which both values are shown" "$(ask "goals_shown('bestuur', 1, 2025)")" "7|1|klachten|2023|3|9|2028-07-31|4|1|5;7|2|klachten|2023|3|9|2028-07-31|4|1|5;8|1|klachten|2023|3|9|2028-07-31|4|1|5"
is "one of them is judged" "$(ask "goal_judge('bestuur', 1, 2025, 7, 1, 'behaald', 'zo')" "SELECT audience, board_no, schooljaar, location_no, goal_no, status, reason FROM release.goal WHERE status <> 'achter' OR reason <> ''")" "bestuur|1|2025|7|1|behaald|zo"

# -- what is derived -------------------------------------------------------------------------------------------
anew; stand "bestuur klachten/totaal -=20@2" "bestuur klachten/totaal/2023 -=10@1" "bestuur klachten/totaal/2026 -=30@3" "bestuur klachten/school 7=12@2 8,9=8@2" "bestuur klachten/soort a=20" "bestuur klachten/instrument -=21" "gmr klachten/totaal -=22"
stand "bestuur klachten/totaal/2022 -=99"; other release.figure "events = 99"; say "INSERT INTO release.figure (audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, n_members, ord, events, schools) VALUES ('bestuur', BOARD, 2025, 'klachten', 'totaal', 0, 'y', '', 1, 0, 7, 1)"
is "totals and schools that stand by themselves, of all years until then" "$(ask "derive_figures('bestuur', 1, 2025)" | lines 1-5,7)" "klachten|totaal|0|2023|10|1;klachten|totaal|0|2025|20|2;klachten|school|7|2025|12|2"
anew; stand "bestuur klachten/maand 2025-09=10 2025-10=11 2025-11,2025-12=12 2026-01=13" "bestuur klachten/maand/2026 2026-09=14" "gmr klachten/maand 2025-09=15" "bestuur klachten/soort 2025-09=16"; stand "bestuur klachten/maand/2022 2022-09=99"; other release.figure "events = 99"
say "UPDATE release.figure SET denominator = CASE events WHEN 11 THEN 0 ELSE 100 END"; say "UPDATE release.figure SET events = NULL WHERE events = 13"
is "months that stand by themselves, with pupils" "$(ask "derive_months('bestuur', 1, 2025)")" "klachten|2025-09-01|2025|10|100"
anew; say "INSERT INTO release.series_break VALUES ('bestuur', BOARD, 'klacht', '2024-08-01', 'r'), ('gmr', BOARD, 'klacht', '2023-08-01', 'r'), ('bestuur', 2, 'klacht', '2022-08-01', 'r'), ('bestuur', BOARD, 'incident', '2021-08-01', 'r')"
is "breaks, in order of time" "$(ask "derive_breaks('bestuur', 1)")" "incident|2021-08-01;klacht|2024-08-01"
certified() { say "INSERT INTO release.certificate VALUES ($1, 5, 0, 0, 0, 0, 0, 0, 0, '', '$2')"; } # whose, of which cells
made() { say "INSERT INTO release.derived SELECT $1, release.derived_from($2)"; } # of which year, of whose cells
anew; certified "'bestuur', BOARD, 2024" old; certified "'bestuur', BOARD, 2025" new; certified "'gmr', BOARD, 2025" new; certified "'mr', BOARD, 2025" new; certified "'bestuur', 2, 2025" new
made "'bestuur', BOARD, 2025" "'bestuur', BOARD"; say "INSERT INTO release.derived VALUES ('gmr', BOARD, 2025, 'other')"
is "the newest certificates, and whether all that follows was made from these cells" "$(ask "derive_boards(1)" | lines 1-3,5)" "bestuur|1|2025|t;gmr|1|2025|f;mr|1|2025|f"
is "of one board, or of all" "$(ask "derive_boards(2)" "derive_boards(0)" | lines 1-3,5)" "bestuur|2|2025|f;bestuur|1|2025|t;bestuur|2|2025|f;gmr|1|2025|f;mr|1|2025|f"
whose=("'bestuur', BOARD, 2025" "'gmr', BOARD, 2025" "'bestuur', 2, 2025" "'bestuur', BOARD, 2024")
stored() { # what follows, of each
    anew
    for of in "${whose[@]}"; do
        say "INSERT INTO release.trend VALUES ($of, 'klachten', 2020, 2025, 6, NULL, 'theil-sen', 1, 0, 2, 0.5, 0.5, '')"; say "INSERT INTO release.comparison VALUES ($of, 'klachten', 7, 1, 2, 3, 4, 5, 6, 7, 8, 0.5, 0.6, 'in', 9, 10)"
        say "INSERT INTO release.season VALUES ($of, 'klachten', 9, 3, 4, 5, 6, 7, 8)"; say "INSERT INTO release.shift VALUES ($of, 'klachten', 36, '2024-09-01', 2, 0.5)"; say "INSERT INTO release.derived VALUES ($of, 'old')"
    done
}
stored; is "what is stored, of one audience, board and year" "$(ask "derive_trends('bestuur', 1, 2025)" "derive_comparisons('bestuur', 1, 2025)" "derive_seasons('bestuur', 1, 2025)" "derive_shifts('bestuur', 1, 2025)")" \
    "klachten|2020|2025|6||theil-sen|1|0|2|0.5|0.5|;klachten|7|1|2|3|4|5|6|7|8|0.5|0.6|in|9|10;klachten|9|3|4|5|6|7|8;klachten|36|2024-09-01|2|0.5"
left="SELECT concat_ws(' ', audience, board_no, schooljaar) FROM release"
is "and taken away, of these only" "$(ask "derive_clear('bestuur', 1, 2025, 'new')" "${left}.trend ORDER BY 1" "${left}.comparison ORDER BY 1" "${left}.season ORDER BY 1" "${left}.shift ORDER BY 1" "SELECT content || ' ' || count(*) FROM release.derived GROUP BY content ORDER BY 1")" \
    "$(for of in 1 2 3 4; do printf 'bestuur 1 2024;bestuur 2 2025;gmr 1 2025;'; done)new 1;old 3"
finish
