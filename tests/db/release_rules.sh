#!/usr/bin/env bash
# Rules of the release, each by another way than the program's: what stands in release is computed again here from result and from what was printed, and every
# step is taken to where one table, one audience or one year too many or too few would show.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
three_boards
# Three audiences, as the rules are counted here.
mkdir "$place/home"; cp -r "$root/config" "$place/home/config"; export VEILIGBEELD_HOME=$place/home
sed -i '/"openbaar"/d; s/\("gmr", "threshold": 10, "finer": "inspectie"}\),/\1/' "$place/home/config/audiences.json"
# A ratio with more decimals than the share in it, and a direction for goals of time-outs.
sed -i 's/"decimals": 0/"decimals": 1/' "$place/home/config/indicators/meldbereidheid.json"; sed -i 's/"direction": 0/"direction": -1/' "$place/home/config/indicators/time_outs.json"
disclose() { vb disclose "$@" >> "$place/log" 2>&1; }
release() { # board, title
    sql vb_analyze "UPDATE result.board_state SET fingerprint = fingerprint || 'x' WHERE board_no = $1" > /dev/null
    disclose --schooljaar 2025-2026 --board "$1"; is "$2" "$?" 0
}
none() { # title, select of which no row may be wrong: how many, how many wrong
    like "$1" "$(o "$2")" '^[1-9][0-9]*\|0$'
}
result() { sql vb_analyze "UPDATE result.figure SET $2 WHERE $1" > /dev/null; }

# Planted before the first release. Time-outs have no breakdown: pairs of years over equal pupils, of which R says 2 * pbinom(least, sum, 0.5):
# 62 and 100: 0.0035, 70 and 100: 0.0258, 74 and 100: 0.0577, 82 and 100: 0.2075. What result says of the change is not used, but where it says nothing nothing is said.
timeouts() { result "board_no = $1 AND schooljaar = $2 AND indicator = 'time_outs' AND breakdown = 'totaal'" "events = $3, numerator = $3, persons = $3, schools = 3, denominator = 1000, p_change = ${4:-0.9}"; sql vb_analyze "DELETE FROM result.spread WHERE board_no = $1 AND schooljaar = $2 AND indicator = 'time_outs'" > /dev/null; }
timeouts 99001 2023 100; timeouts 99001 2024 62; timeouts 99001 2025 82 NULL
timeouts 99002 2023 70; timeouts 99002 2024 100; timeouts 99002 2025 82
timeouts 99003 2023 100; timeouts 99003 2024 74; timeouts 99003 2025 100
# A hundred of three pupils. And kinds of complaints: of the smallest two there are six, and no fewer than six pupils, as the total's less those of the others.
result "board_no = 99001 AND schooljaar = 2022 AND indicator = 'time_outs'" "events = 100, numerator = 100, persons = 3, schools = 3"
result "board_no = 99003 AND schooljaar = 2022 AND indicator = 'klachten' AND breakdown = 'totaal'" "events = 32, numerator = 32, persons = 32, schools = 5"
sql vb_analyze "DELETE FROM result.spread WHERE board_no = 99003 AND schooljaar = 2022 AND indicator = 'klachten';
UPDATE result.figure f SET events = n, numerator = n, persons = nullif(n, 0), schools = CASE WHEN n > 0 THEN 3 ELSE 0 END FROM (SELECT category, coalesce((ARRAY[20, 6, 3, 3])[row_number() OVER (ORDER BY ord, category)], 0) AS n FROM result.figure WHERE board_no = 99003 AND schooljaar = 2022 AND indicator = 'klachten' AND breakdown = 'soort') x
 WHERE f.board_no = 99003 AND f.schooljaar = 2022 AND f.indicator = 'klachten' AND f.breakdown = 'soort' AND f.category = x.category" > /dev/null
# At one school everybody answered, and in fives there are more answers than pupils.
result "board_no = 99003 AND schooljaar = 2025 AND indicator = 'respons' AND breakdown = 'school' AND location_no = 8050" "events = 48, numerator = 48, denominator = 48"
# A goal of which six tenths of the way are gone at half its time, and one of which four tenths are.
for year in 2023 2025; do result "board_no = 99003 AND schooljaar = $year AND indicator = 'veiligheidsbeleving' AND breakdown = 'totaal'" "numerator = $([ $year = 2023 ] && echo 3.5 || echo 3.8), sd = 0.4"; done
sql vb_analyze "INSERT INTO result.goal SELECT board_no, schooljaar, location_no, n, true, 'veiligheidsbeleving', 2023, 3.5, v.target, '2028-07-31', 2, 3.8, 3.7, 3.9, 'achter', '' FROM (SELECT * FROM result.goal WHERE board_no = 99003 AND office LIMIT 1) g, (VALUES (11, 4.0), (12, 4.25)) AS v(n, target);
INSERT INTO result.goal VALUES (99003, 2025, 8049, 11, false, 'veiligheidsbeleving', 2024, 3.5, 1.5, '2028-07-31', 2, 3.8, 3.7, 3.9, 'achter', '')" > /dev/null
sql vb_analyze "INSERT INTO result.goal SELECT board_no, schooljaar, location_no, 13, true, 'time_outs', 2023, 100, 85, '2028-07-31', 2, 82, 64, 100, 'achter', '' FROM result.goal WHERE board_no = 99001 AND office LIMIT 1" > /dev/null
# The year before has goals and a release of its own: other targets for the same schools and numbers.
sql vb_analyze "INSERT INTO result.goal SELECT board_no, 2024, location_no, goal_no, office, indicator, 2022, baseline, target + CASE indicator WHEN 'gepest' THEN -6 ELSE 1 END, due_on, owner_role, current, low, high, status, reason FROM result.goal WHERE board_no = 99003;
INSERT INTO result.board_state SELECT board_no, 2024, fingerprint FROM result.board_state WHERE board_no = 99003" > /dev/null
# Of the two smallest groups hardly anybody was bullied (in 2024: hardly anybody was not), and nearly all of them at one school, which knows so; in 2023 at many.
answers() { # year, answers and who said yes of group 7 and of group 8, of which one school
    sql vb_analyze "UPDATE result.figure f SET events = v.n, denominator = v.n, numerator = v.x, schools = 5 FROM (VALUES ('5', 150, 20), ('6', 150, 18), ('7', 117, $2), ('8', 105, $3)) AS v(category, n, x)
      WHERE f.board_no = 99002 AND f.schooljaar = $1 AND f.indicator = 'gepest' AND f.breakdown = 'groep' AND f.category = v.category;
    UPDATE result.figure SET events = 522, denominator = 522, numerator = 38 + $2 + $3 WHERE board_no = 99002 AND schooljaar = $1 AND indicator = 'gepest' AND breakdown IN ('totaal', 'instrument');
    DELETE FROM result.spread WHERE board_no = 99002 AND schooljaar = $1 AND indicator = 'gepest' AND breakdown = 'groep' AND category IN ('7', '8');
    INSERT INTO result.spread (board_no, schooljaar, indicator, breakdown, category, location_no, events, numerator, denominator) VALUES (99002, $1, 'gepest', 'groep', '7', 8039, 30, $4, 30), (99002, $1, 'gepest', 'groep', '8', 8039, 30, $5, 30)" > /dev/null
}
answers 2025 4 9 4 8; answers 2024 113 96 26 22; answers 2023 4 9 1 2
disclose --schooljaar 2025-2026 --board 99003 --dry-run; is "a trial leaves nothing" "$? $(q "SELECT (SELECT count(*) FROM release.figure) + (SELECT count(*) FROM release.ledger) + (SELECT count(*) FROM release.certificate)")" "0 0"
disclose --schooljaar 2024-2025; is "disclose the year before" "$?" 0
disclose --schooljaar 2025-2026; is "disclose" "$?" 0
is "a trial, one board of which the year before has results, and three" "$(grep -o 'disclose: [0-9] of [0-9] boards' "$place/log" | tr '\n' ',')" "disclose: 1 of 1 boards,disclose: 1 of 1 boards,disclose: 3 of 3 boards,"

is "as the run says" "$(sed -n 's/.*3 of 3 boards: //p' "$place/log")" "$(q "SELECT count(*) || ' tables = ' || count(*) FILTER (WHERE decision = 'released') || ' as they are + ' || count(*) FILTER (WHERE decision = 'coarsened') || ' coarsened + ' || count(*) FILTER (WHERE decision = 'withheld') || ' withheld; ' || (SELECT count(*) FROM release.figure) || ' cells published' FROM release.decision")"

# -- what is printed -------------------------------------------------------------------------------
alone="FROM release.figure f JOIN result.figure r USING (board_no, schooljaar, indicator, breakdown, location_no, category) WHERE f.n_members = 1 AND f.category <> '*'"
none "respondents are printed in fives, all else as it is" "SELECT count(*), count(*) FILTER (WHERE f.events <> CASE WHEN indicator IN ('gepest', 'gepest_online', 'voelt_veilig', 'welbevinden', 'aantasting', 'veiligheidsbeleving', 'respons') THEN 5 * round(r.events / 5.0) ELSE r.events END) $alone"
none "a percentage is that of the true counts" "SELECT count(*), count(*) FILTER (WHERE f.value <> round((100 * r.numerator / r.denominator)::numeric)) $alone AND indicator IN ('gepest', 'gepest_online', 'voelt_veilig', 'klachten_op_tijd', 'schorsingen_gemeld')"
none "a ratio is of the printed share, whatever its own decimals" "SELECT count(*), count(*) FILTER (WHERE f.value <> round((100 * f.events / (g.value / 100 * r.extra))::numeric, 1)) FROM release.figure f JOIN result.figure r USING (board_no, schooljaar, indicator, breakdown, location_no, category)
  JOIN release.figure g ON (g.audience, g.board_no, g.schooljaar, g.breakdown, g.indicator) = (f.audience, f.board_no, f.schooljaar, f.breakdown, 'gepest') WHERE f.indicator = 'meldbereidheid' AND f.value IS NOT NULL AND f.board_no <> 99002"
none "that of who answered is of answers in fives, and never more than all" "SELECT count(*), count(*) FILTER (WHERE f.value <> round((100 * least(5 * round(r.numerator / 5), r.denominator) / r.denominator)::numeric)) $alone AND indicator = 'respons'"
is "also where the fives are more than all" "$(q "SELECT DISTINCT events || ' ' || value FROM release.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'respons' AND breakdown = 'school' AND location_no = 8050")" "50 100"
none "a mean is the mean" "SELECT count(*), count(*) FILTER (WHERE f.value <> round(r.numerator::numeric, 2)) $alone AND indicator IN ('welbevinden', 'aantasting', 'veiligheidsbeleving')"
none "pupils are told of rates and of nothing else" "SELECT count(*), count(*) FILTER (WHERE f.denominator IS DISTINCT FROM CASE WHEN indicator IN ('incidenten', 'incidenten_maand', 'pestincidenten', 'pest_maand', 'klachten', 'schorsingen', 'time_outs') THEN r.denominator END) $alone"
none "of schools no more is told than that there are three" "SELECT count(*), count(*) FILTER (WHERE f.schools <> least(r.schools, 3)) $alone"
none "with the decimals of its indicator, value and margin" "SELECT count(*), count(*) FILTER (WHERE decimals IS NULL OR value <> round(value::numeric, decimals) OR low <> round(low::numeric, decimals) OR high <> round(high::numeric, decimals)) FROM release.figure"
is "which are those of the settings" "$(q "SELECT string_agg(DISTINCT indicator || ' ' || decimals, ', ' ORDER BY indicator || ' ' || decimals) FROM release.figure WHERE indicator IN ('gepest', 'incidenten', 'welbevinden')")" "gepest 0, incidenten 1, welbevinden 2"

is "a hundred of three pupils are not shown" "$(q "SELECT string_agg(DISTINCT decision, ' ') || ' ' || (SELECT count(*) FROM release.figure WHERE board_no = 99001 AND schooljaar = 2022 AND indicator = 'time_outs') FROM release.decision WHERE board_no = 99001 AND schooljaar = 2022 AND indicator = 'time_outs'")" "withheld 0"
is "pupils of a remainder are at least those of the total less those of the others" "$(q "SELECT string_agg(events::text, ' ' ORDER BY events DESC, category) FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2022 AND indicator = 'klachten' AND breakdown = 'soort' AND events > 0")" "20 6 6"
none "behind what is no remainder of schools are three, where the board has three" "SELECT count(*), count(*) FILTER (WHERE x.n < 3) FROM release.figure f JOIN LATERAL (SELECT count(DISTINCT s.location_no) AS n FROM result.spread s WHERE (s.board_no, s.schooljaar, s.indicator, s.breakdown) = (f.board_no, f.schooljaar, f.indicator, f.breakdown) AND s.category = ANY (string_to_array(f.members, ',')) AND s.events > 0) x ON true
  WHERE f.n_members > 1 AND f.breakdown <> 'school' AND f.events > 0 AND (SELECT count(DISTINCT location_no) FROM result.spread s WHERE (s.board_no, s.schooljaar, s.indicator) = (f.board_no, f.schooljaar, f.indicator) AND s.events > 0) >= 3 AND (f.board_no, f.schooljaar, f.indicator) <> (99003, 2022, 'klachten') AND (f.board_no, f.breakdown) <> (99002, 'groep')"

# -- how sure a change is --------------------------------------------------------------------------
is "changes in four classes, from the counts of both years" "$(q "SELECT string_agg(board_no || ' ' || schooljaar || ' ' || coalesce(p_change::text, '-'), ', ' ORDER BY board_no, schooljaar) FROM release.figure WHERE audience = 'gmr' AND indicator = 'time_outs' AND schooljaar IN (2024, 2025)")" \
   "99001 2024 0.005, 99001 2025 -, 99002 2024 0.03, 99002 2025 0.5, 99003 2024 0.1, 99003 2025 0.1"
none "no other number tells how sure a change is" "SELECT count(*), count(*) FILTER (WHERE p_change NOT IN (0.005, 0.03, 0.1, 0.5)) FROM release.figure WHERE p_change IS NOT NULL"
is "it is told of totals and schools" "$(q "SELECT string_agg(DISTINCT breakdown, ' ' ORDER BY breakdown) FROM release.figure WHERE p_change IS NOT NULL")" "school totaal"
is "of rates, shares and means" "$(q "SELECT string_agg(DISTINCT indicator, ' ' ORDER BY indicator) FROM release.figure WHERE p_change IS NOT NULL AND indicator IN ('incidenten', 'gepest', 'respons', 'welbevinden', 'meldbereidheid')")" "gepest incidenten respons welbevinden"
none "wherever result tells it, and both years are shown" "SELECT count(*), count(*) FILTER (WHERE f.p_change IS NULL) $alone AND breakdown IN ('totaal', 'school') AND r.p_change IS NOT NULL AND indicator <> 'meldbereidheid' AND EXISTS (SELECT FROM release.figure b
  WHERE (b.audience, b.board_no, b.schooljaar, b.indicator, b.breakdown, b.location_no, b.category) = (f.audience, f.board_no, f.schooljaar - 1, f.indicator, f.breakdown, f.location_no, f.category))"
none "of those that are shown in both years" "SELECT count(*), count(*) FILTER (WHERE b.board_no IS NULL OR f.n_members > 1 OR b.n_members > 1) FROM release.figure f
  LEFT JOIN release.figure b ON (b.audience, b.board_no, b.schooljaar, b.indicator, b.breakdown, b.location_no, b.category) = (f.audience, f.board_no, f.schooljaar - 1, f.indicator, f.breakdown, f.location_no, f.category) WHERE f.p_change IS NOT NULL"

# -- goals -----------------------------------------------------------------------------------------
# A goal of a school by the school's figures, of the office by the board's; nothing of either unless both are shown.
cat > "$place/goals.sql" <<'SQL'
WITH f AS (SELECT * FROM release.figure WHERE category = '' AND breakdown IN ('totaal', 'school')),
     want AS (SELECT a.audience, g.board_no, g.schooljaar, g.location_no, g.goal_no, g.indicator, g.baseline_year, g.target, g.due_on, g.reason AS of_result, g.status AS status_of_result,
                     b.value AS baseline, n.value AS current, n.low, n.high, b.value IS NOT NULL AND n.value IS NOT NULL AS seen,
                     CASE WHEN g.indicator IN ('gepest', 'gepest_online', 'time_outs') THEN -1 ELSE 1 END AS up,
                     least(greatest((make_date(g.schooljaar + 1, 7, 31) - make_date(g.baseline_year + 1, 7, 31))::float8 / nullif(greatest(g.due_on - make_date(g.baseline_year + 1, 7, 31), 0), 0), 0), 1) AS time
                FROM result.goal g CROSS JOIN (VALUES ('bestuur'), ('inspectie'), ('gmr')) AS a(audience)
                LEFT JOIN f n ON (n.audience, n.board_no, n.schooljaar, n.indicator, n.location_no, n.breakdown) = (a.audience, g.board_no, g.schooljaar, g.indicator, CASE WHEN g.office THEN 0 ELSE g.location_no END, CASE WHEN g.office THEN 'totaal' ELSE 'school' END)
                LEFT JOIN f b ON (b.audience, b.board_no, b.schooljaar, b.indicator, b.location_no, b.breakdown) = (a.audience, g.board_no, g.baseline_year, g.indicator, CASE WHEN g.office THEN 0 ELSE g.location_no END, CASE WHEN g.office THEN 'totaal' ELSE 'school' END)),
     judged AS (SELECT *, CASE WHEN NOT seen AND status_of_result = 'niet te beoordelen' AND of_result LIKE 'geen %' THEN status_of_result WHEN NOT seen THEN 'beschermd'
                               WHEN up * current >= up * target THEN 'behaald'
                               WHEN least(baseline, target) >= low AND greatest(baseline, target) <= high THEN 'niet te beoordelen'
                               WHEN CASE WHEN up * (target - baseline) > 0 THEN (current - baseline) / (target - baseline) ELSE 0 END >= coalesce(time, 1) THEN 'op koers' ELSE 'achter' END AS status FROM want)
SELECT (SELECT string_agg(DISTINCT status, ', ' ORDER BY status) FROM judged),
       (SELECT count(*) FROM ((SELECT audience, board_no, schooljaar, location_no, goal_no, indicator, baseline_year, target, due_on, CASE WHEN seen THEN baseline END, CASE WHEN seen THEN current END, CASE WHEN seen THEN low END, CASE WHEN seen THEN high END, status FROM judged
         EXCEPT SELECT audience, board_no, schooljaar, location_no, goal_no, indicator, baseline_year, target, due_on, baseline, current, low, high, status FROM release.goal)
     UNION ALL (SELECT audience, board_no, schooljaar, location_no, goal_no, indicator, baseline_year, target, due_on, baseline, current, low, high, status FROM release.goal
         EXCEPT SELECT audience, board_no, schooljaar, location_no, goal_no, indicator, baseline_year, target, due_on, CASE WHEN seen THEN baseline END, CASE WHEN seen THEN current END, CASE WHEN seen THEN low END, CASE WHEN seen THEN high END, status FROM judged)) x),
       (SELECT count(*) FROM release.goal WHERE (status = 'beschermd') <> (reason = 'de cijfers zijn te klein om te tonen'))
SQL
is "goals of every kind are judged by what is printed of both years" "$(o "$(cat "$place/goals.sql")")" "achter, behaald, beschermd, niet te beoordelen, op koers|0|0"
is "six tenths at half the time, and four" "$(q "SELECT string_agg(goal_no || ' ' || status, ', ' ORDER BY goal_no) FROM release.goal WHERE audience = 'gmr' AND board_no = 99003 AND schooljaar = 2025 AND goal_no IN (11, 12) AND location_no <> 8049")" "11 op koers, 12 achter"

# -- the certificate, and what needs no protection ---------------------------------------------------
certified() { # the newest certificate of each audience and board, against what stands
    q "SELECT count(*) || ' ' || count(*) FILTER (WHERE (n_tables, n_released, n_coarsened, n_withheld, n_kept, n_cells, smallest) IS DISTINCT FROM (d.n, d.released, d.coarsened, d.withheld, d.kept, f.n, f.least)) FROM (SELECT DISTINCT ON (audience, board_no) * FROM release.certificate ORDER BY audience, board_no, schooljaar DESC) c
      JOIN LATERAL (SELECT count(*) AS n, count(*) FILTER (WHERE kept) AS kept, count(*) FILTER (WHERE NOT kept AND decision = 'released') AS released, count(*) FILTER (WHERE NOT kept AND decision = 'coarsened') AS coarsened, count(*) FILTER (WHERE NOT kept AND decision = 'withheld') AS withheld
                      FROM release.decision d WHERE d.audience = c.audience AND d.board_no = c.board_no) d ON true
      JOIN LATERAL (SELECT count(*) AS n, min(nullif(events, 0)) AS least FROM release.figure f WHERE f.audience = c.audience AND f.board_no = c.board_no) f ON true"
}
is "certificates count what stands" "$(certified)" "9 0"
is "each with the threshold of its audience" "$(q "SELECT string_agg(DISTINCT audience || ' ' || threshold, ', ') FROM release.certificate")" "bestuur 5, gmr 10, inspectie 5"
is "and what the attacker was up against, to the number" "$(q "SELECT string_agg(concat_ws(' ', audience, board_no, attack_numbers, attack_relations, attack_hidden, CASE WHEN audience IN ('bestuur', 'gmr') THEN 0 ELSE attack_programs END, CASE WHEN audience IN ('bestuur', 'gmr') THEN 0 ELSE attack_narrowest END), E'\n' ORDER BY board_no, audience) FROM release.certificate WHERE schooljaar = 2025")" \
   "$(vb disclose --audit all --json | python3 -c 'import json, sys
for r in json.load(sys.stdin): print(r["audience"], r["board"], r["numbers"], r["relations"] + r["limits"], r["hidden"], *([0, 0] if r["audience"] in ("bestuur", "gmr") else [r["programs"], r["narrowest"]]))')"
is "schools attack the narrowest edition, and that which asks for more" "$(q "SELECT string_agg(DISTINCT audience, ' ' ORDER BY audience) FROM release.certificate WHERE attack_insiders > 0")" "bestuur gmr"
is "a school that knows nearly all who said yes, or no, sees no table of it" "$(q "SELECT string_agg(schooljaar || ' ' || decision || ' ' || (reason = 'eigen_school'), ', ' ORDER BY schooljaar) FROM release.decision WHERE audience = 'bestuur' AND board_no = 99002 AND indicator = 'gepest' AND breakdown = 'groep' AND schooljaar IN (2023, 2024, 2025)")" \
   "2023 coarsened false, 2024 withheld false, 2025 withheld true" # in 2024 the crossing with the schools says so before
is "of that board only" "$(q "SELECT string_agg(DISTINCT board_no || ' ' || indicator || ' ' || schooljaar, ', ') FROM release.decision WHERE reason = 'eigen_school'")" "99002 gepest 2025"
told() { o "SELECT (SELECT count(*) FROM result.$1 r CROSS JOIN (VALUES ('bestuur'), ('inspectie'), ('gmr')) AS a(audience)) || ' ' || (SELECT count(*) FROM release.$1) || ' ' || (SELECT count(*) FROM (SELECT a.audience, r.* FROM result.$1 r CROSS JOIN (VALUES ('bestuur'), ('inspectie'), ('gmr')) AS a(audience) EXCEPT SELECT * FROM release.$1) x)"; }
sql vb_analyze "INSERT INTO result.delivery_status SELECT board_no, 2023, location_no, kind, status, received_on, form, reject_class FROM result.delivery_status WHERE board_no = 99003 AND kind = 'pdca'" > /dev/null
release 99003 "deliveries of another year"
is "deliveries are those of the year" "$(o "SELECT count(*) > 0 AND count(*) = (SELECT 3 * count(*) FROM result.delivery_status WHERE schooljaar = 2025) FROM release.delivery_status")|$(q "SELECT string_agg(DISTINCT schooljaar::text, ' ') FROM release.delivery_status")" "t|2025"
sql vb_analyze "DELETE FROM result.delivery_status WHERE board_no = 99003 AND (schooljaar = 2023 OR kind = 'meldcode'); INSERT INTO result.series_break VALUES (99003, 'klacht', '2024-09-01', 'met de hand')" > /dev/null
release 99003 "a delivery that is no longer expected, a break"
like "nothing else stands of deliveries" "$(told delivery_status)" '^[1-9][0-9]* [0-9]+ 0$'; like "and nothing that is gone" "$(told delivery_status)" '^([0-9]+) \1 '
like "breaks are those of the board" "$(told series_break)" '^([0-9]+) \1 0$'
sql vb_analyze "DELETE FROM result.series_break WHERE board_no = 99003" > /dev/null
release 99003 "the break was taken back"
like "it is gone" "$(told series_break)" '^([0-9]+) \1 0$'

# -- what stays as it was, and the ledger --------------------------------------------------------------
# What was released last stands in the ledger as it stands in release, cell by cell; what stayed is noted where something else did not.
ledger() { # how many tables stand, how many differ from the ledger; how many stayed, how many of those are not noted, or noted though they did not, at the last moment
    q "WITH last AS (SELECT max(released_at) AS at FROM release.ledger_moment WHERE board_no = 99003),
     f AS (SELECT audience, schooljaar, indicator, breakdown, location_no, category, members, events, value, decimals FROM release.figure WHERE board_no = 99003),
     s AS (SELECT audience, schooljaar, indicator, breakdown, location_no, category, members, events, value, decimals FROM release.ledger_state JOIN last USING (at) WHERE board_no = 99003),
     d AS (SELECT audience, schooljaar, indicator, breakdown FROM release.decision WHERE board_no = 99003 AND NOT kept AND decision <> 'withheld'), k AS (SELECT audience, schooljaar, indicator, breakdown FROM release.decision WHERE board_no = 99003 AND (kept OR decision = 'withheld') AND (audience, schooljaar, indicator, breakdown) IN (SELECT audience, schooljaar, indicator, breakdown FROM release.ledger WHERE board_no = 99003)),
     n AS (SELECT audience, schooljaar, indicator, breakdown FROM release.ledger_kept JOIN last ON released_at = at WHERE board_no = 99003)
SELECT (SELECT count(*) > 300 FROM d), (SELECT count(*) FROM ((SELECT * FROM f JOIN d USING (audience, schooljaar, indicator, breakdown) EXCEPT SELECT * FROM s) UNION ALL (SELECT * FROM s JOIN d USING (audience, schooljaar, indicator, breakdown) EXCEPT SELECT * FROM f)) x),
       (SELECT count(*) FROM k), (SELECT count(*) FROM ((TABLE k EXCEPT TABLE n) UNION ALL (TABLE n EXCEPT TABLE k)) x), (SELECT count(*) FROM s JOIN k USING (audience, schooljaar, indicator, breakdown))"
}
noted() { q "SELECT count(DISTINCT released_at) || ' ' || count(*) FILTER (WHERE NOT EXISTS (SELECT FROM release.ledger_moment l WHERE l.board_no = k.board_no AND l.released_at = k.released_at)) FROM release.ledger_kept k WHERE board_no = 99003"; }
shown() { q "SELECT string_agg($2, ', ' ORDER BY schooljaar, category COLLATE \"C\" DESC) FROM release.figure WHERE audience = '${3:-bestuur}' AND board_no = 99003 AND indicator = '$1' AND breakdown IN ('totaal', 'soort') AND schooljaar >= ${4:-2025}"; }
total="board_no = 99003 AND breakdown = 'totaal' AND schooljaar"
add() { result "board_no = 99003 AND schooljaar = $1 AND indicator = '$2' AND breakdown IN ('totaal', 'soort') AND category = '${4:-}'" "events = events + $3, numerator = numerator + ${5:-$3}, persons = persons + $3"; }
like "the first release stands in the ledger, and nothing stayed" "$(ledger)" '^t\|0\|0\|0\|0$'
super "UPDATE release.certificate SET attack_numbers = 1 WHERE schooljaar = 2024" > /dev/null
add 2025 time_outs 2; add 2024 time_outs 46; add 2023 time_outs 2
result "$total = 2025 AND indicator = 'gepest'" "events = events + 5, denominator = denominator + 5"; result "$total = 2023 AND indicator = 'veiligheidsbeleving'" "events = events + 5, denominator = denominator + 5"
sql vb_analyze "UPDATE result.goal SET target = target - 0.5 WHERE board_no = 99003 AND office AND schooljaar = 2025" > /dev/null
result "$total = 2025 AND indicator = 'klachten_op_tijd'" "numerator = numerator + 1"
add 2025 betrokkenen 14 betrokkenheden; add 2025 betrokkenen 10 'unieke personen'
first=$(shown betrokkenen events::text gmr) before="$(shown klachten_op_tijd value::text) $(shown betrokkenen events::text)" goals=$(q "SELECT string_agg(audience || goal_no || ' ' || target || ' ' || status, ', ' ORDER BY audience, goal_no) FROM release.goal WHERE board_no = 99003 AND schooljaar = 2025 AND indicator IN ('gepest', 'veiligheidsbeleving') AND location_no = (SELECT max(location_no) FROM release.goal WHERE goal_no = 11)")
release 99003 "small changes and a large one"
is "the large one is shown, the small ones are not" "$(shown time_outs "schooljaar || ' ' || events" gmr 2023)" "2023 100, 2024 120, 2025 100"
is "how sure its change is would tell of a year that stayed" "$(shown time_outs "schooljaar || ' ' || coalesce(p_change::text, '-')" gmr 2024)" "2024 -, 2025 -"
is "a value that moved while its count did not stays, and so do two countings that came four closer" "$(shown klachten_op_tijd value::text) $(shown betrokkenen events::text)" "$before"
is "goals stay where one of their figures does" "$(q "SELECT string_agg(audience || goal_no || ' ' || target || ' ' || status, ', ' ORDER BY audience, goal_no) FROM release.goal WHERE board_no = 99003 AND schooljaar = 2025 AND indicator IN ('gepest', 'veiligheidsbeleving') AND location_no = (SELECT max(location_no) FROM release.goal WHERE goal_no = 11)")" "$goals"
# What stays keeps how sure its change is, where the year before is still what it was, moved or not.
for year in 2024 2025; do result "board_no = 99002 AND schooljaar = $year AND indicator = 'time_outs'" "events = events + 2, numerator = numerator + 2, persons = persons + 2"; done
release 99002 "two more in each of two years"
is "both years stay, and both changes" "$(q "SELECT string_agg(schooljaar || ' ' || events || ' ' || p_change, ', ' ORDER BY schooljaar) FROM release.figure WHERE audience = 'bestuur' AND board_no = 99002 AND indicator = 'time_outs' AND schooljaar >= 2024")" "2024 100 0.03, 2025 82 0.5"
is "what stayed was released as such before" "$(q "SELECT string_agg(DISTINCT decision || reason, ', ') FROM release.decision WHERE board_no = 99003 AND kept AND breakdown = 'totaal' AND audience = 'bestuur'")" "released"
none "with its reason" "SELECT count(*), count(*) FILTER (WHERE (reason = '') <> (decision = 'released')) FROM release.decision WHERE board_no = 99003 AND kept AND decision IN ('released', 'coarsened')"
like "the ledger has what was released, and notes what stayed" "$(ledger)" '^t\|0\|[1-9][0-9]*\|0\|0$'
is "what was attacked for the year before is said of that year" "$(q "SELECT string_agg(DISTINCT attack_numbers::text, ' ') FROM release.certificate WHERE schooljaar = 2024")" 1
is "certificates count what stayed" "$(certified)" "9 0"
before=$(noted)
release 99003 "the same again"
is "a release of the same is a moment too: what stayed is noted" "$before $(noted)" "1 0 2 0"
add 2025 time_outs 10; add 2025 klachten 12; result "$total = 2025 AND indicator = 'klachten_op_tijd'" "events = events + 12, denominator = denominator + 12, numerator = numerator + 12"
result "board_no = 99003 AND schooljaar = 2025 AND indicator = 'klachten' AND breakdown <> 'totaal' AND (category, breakdown) IN (SELECT DISTINCT ON (breakdown) category, breakdown FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'klachten' AND breakdown <> 'totaal' ORDER BY breakdown, events DESC)" "events = events + 12, numerator = numerator + 12, persons = persons + 12"
result "$total = 2025 AND indicator = 'gepest'" "events = events + 30, denominator = denominator + 30, numerator = numerator + 10"
# Pupils are more, answers are more of which as many hundredths said yes, and of the smallest kinds of complaints another has two of the six.
result "$total = 2024 AND indicator = 'time_outs'" "denominator = denominator + 100"; result "$total = 2024 AND indicator = 'voelt_veilig'" "numerator = numerator - 100"; result "$total = 2025 AND indicator = 'voelt_veilig'" "events = events + 200, denominator = denominator + 200, numerator = numerator + 191"
kind() { result "board_no = 99003 AND schooljaar = 2022 AND indicator = 'klachten' AND breakdown = 'soort' AND (category) IN (SELECT category FROM result.figure WHERE board_no = 99003 AND schooljaar = 2022 AND indicator = 'klachten' AND breakdown = 'soort' ORDER BY ord, category OFFSET $1 LIMIT 1)" "events = $2, numerator = $2, persons = $2, schools = $2"; }
for move in "school' AND location_no = 8047 AND 'a' <> '|20" "school' AND location_no = 8049 AND 'a' <> '|25" "totaal|45"; do
    result "board_no = 99003 AND schooljaar = 2025 AND indicator = 'respons' AND breakdown = '${move%|*}'" "events = events + ${move#*|}, numerator = numerator + ${move#*|}, denominator = denominator + ${move#*|}"
done
small() { q "SELECT events || ' ' || value || ' ' || n_members FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2022 AND indicator = 'klachten' AND breakdown = 'soort' AND category = '*'"; }
wide() { q "SELECT events || ' ' || value FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'voelt_veilig' AND breakdown = 'totaal'"; }
wide=$(wide) before=$(small)
kind 3 1; kind 4 2
add 2025 betrokkenen 15 betrokkenheden; add 2025 betrokkenen 14 'unieke personen'
release 99003 "more of each"
like "also in the ledger" "$(ledger)" '^t\|0\|[1-9][0-9]*\|0\|0$'
is "now all of them are shown, and the countings five apart" "$(shown time_outs events::text) $(shown klachten_op_tijd "events || ' ' || value") $(shown betrokkenen events::text)" "112 20 90 $(o "SELECT string_agg(events::text, ', ' ORDER BY category COLLATE \"C\" DESC) FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'betrokkenen'")"
is "for gmr, who may be told of no fewer than ten, the countings stay" "$(shown betrokkenen events::text gmr)" "$first"
is "a rate over more pupils, and a share of as many of whom far fewer said yes" "$(q "SELECT string_agg(DISTINCT indicator || ' ' || CASE indicator WHEN 'time_outs' THEN denominator ELSE value END, ', ') FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2024 AND indicator IN ('time_outs', 'voelt_veilig') AND breakdown = 'totaal'")" \
   "$(o "SELECT string_agg(indicator || ' ' || CASE indicator WHEN 'time_outs' THEN denominator ELSE round(100 * numerator / denominator) END, ', ' ORDER BY indicator) FROM result.figure WHERE $total = 2024 AND indicator IN ('time_outs', 'voelt_veilig')")"
is "two schools of which one moved by five more" "$(q "SELECT string_agg(events::text, ' ' ORDER BY location_no) FROM release.figure WHERE audience = 'gmr' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'respons' AND breakdown = 'school' AND location_no IN (8047, 8049)")" "100 125"
is "groups of the same number, numbers of the same share" "$before / $(small) / $wide / $(wide)" "6 6 2 / 6 6 3 / 445 96 / 645 96"
is "as corrected" "$(shown time_outs corrected::text)" true
is "which it is for those who were shown another number only" "$(shown klachten_op_tijd corrected::text) $(shown klachten_op_tijd corrected::text gmr)" "true false"
is "with the goal of which the figure is new" "$(q "SELECT string_agg(DISTINCT target::text, ' ') FROM release.goal WHERE board_no = 99003 AND schooljaar = 2025 AND goal_no = 1")" 7.5
before=$(shown betrokkenen events::text)
add 2025 betrokkenen 30 betrokkenheden; add 2025 betrokkenen 36 'unieke personen'
result "board_no = 99003 AND schooljaar = 2025 AND indicator = 'schorsingen'" "board_no = 99009"
kind 4 4; kind 5 4; result "board_no = 99003 AND schooljaar = 2022 AND indicator = 'klachten' AND breakdown = 'totaal'" "events = events + 6, numerator = numerator + 6, persons = persons + 6"
super "UPDATE release.ledger SET value = NULL WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'klachten_op_tijd'" > /dev/null
result "$total = 2025 AND indicator = 'klachten_op_tijd'" "numerator = numerator - 1"
release 99003 "countings that lie one less apart than in the first release, six less than in the last"
is "they stay" "$(shown betrokkenen events::text)" "$before"
none "no table comes twice in the ledger as it was" "SELECT count(*), count(*) FILTER (WHERE content = before) FROM (SELECT *, lag(content) OVER (PARTITION BY board_no, audience, schooljaar, indicator, breakdown ORDER BY released_at) AS before
  FROM (SELECT board_no, audience, schooljaar, indicator, breakdown, released_at, string_agg(concat_ws(' ', location_no, category, members, events, value), ',' ORDER BY location_no, category) AS content FROM release.ledger GROUP BY 1, 2, 3, 4, 5, 6) t) l"
is "a value beside the same count, of which none was told before, stays too" "$(shown klachten_op_tijd value::text)" 90
is "a total is corrected, a remainder of others is another group" "$(q "SELECT string_agg(breakdown || ' ' || events || ' ' || corrected, ', ' ORDER BY events) FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2022 AND indicator = 'klachten' AND (breakdown = 'totaal' OR breakdown = 'soort' AND category = '*')")" "soort 12 false, totaal 38 true"
is "of what is no longer computed only those are told who were shown it" "$(q "SELECT string_agg(audience || ' ' || kept || ' ' || decision, ', ' ORDER BY audience) FROM release.decision WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'schorsingen'")" "bestuur true released, gmr false withheld, inspectie true released"
is "others go on reading why" "$(q "SELECT reason FROM release.decision WHERE audience = 'gmr' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'schorsingen'")" weinig
is "reasons that an older program wrote as sentences become names" "$(PGOPTIONS='-c client_min_messages=error' psql -XqAt -d "$(vb db dsn --role vb_owner)" -c BEGIN \
    -c "UPDATE release.decision SET reason = 'wat er naast andere cijfers overblijft, gaat over te weinig' WHERE reason = 'weinig'" -f "$root/sql/migrate/0026_reason_names.sql" \
    -c "SELECT string_agg(DISTINCT reason, ' ') FROM release.decision WHERE audience = 'gmr' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'schorsingen'" -c ROLLBACK 2>&1)" naast_andere

# -- which certificate speaks --------------------------------------------------------------------------
sql vb_disclose "DELETE FROM release.certificate WHERE board_no = 99003 AND schooljaar = 2025 AND audience = 'gmr'" > /dev/null
disclose --schooljaar 2025-2026 --board 99003; like "what is certified is not made again" "$(vb disclose --schooljaar 2025-2026 --board 99002 2>&1)" 'disclose: nothing new for 1 board'
said=$(vb disclose --schooljaar 2019-2020 2>&1); is "a year that is not analyzed is an error" "$?" 6; like "and it says what to do" "$said" 'no results of school year 2019-2020; run: veiligbeeld analyze --schooljaar 2019-2020'
is "where one certificate is missing all are made" "$(q "SELECT count(*) FROM release.certificate WHERE board_no = 99003 AND schooljaar = 2025")" 3
# The threshold of bestuur goes up for a release of the year before, down for one of this year, and up again: what is below it goes, whatever an older certificate says.
threshold() { sed -i "s/\"threshold\": [58]\b/\"threshold\": $1/" "$place/home/config/audiences.json"; }
few() { q "SELECT count(*) > 0 FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND events BETWEEN 1 AND 7"; }
is "there are counts below eight" "$(few)" t
threshold 8; sql vb_analyze "UPDATE result.board_state SET fingerprint = fingerprint || 'y' WHERE schooljaar = 2024" > /dev/null
disclose --schooljaar 2024-2025; is "the year before under a higher threshold" "$? $(few)" "0 f"
out=$(vb verify 2>&1); is "then the certificates of this year do not speak of what stands" "$? $(grep -o '[0-9]* do not match' <<< "$out")" "6 $(q "SELECT nullif(count(*), 0) FROM release.certificate WHERE content <> release.content_hash(audience, board_no)") do not match"
threshold 5; disclose --schooljaar 2025-2026 --board 99003; is "made again, though its results are the same" "$? $(vb verify > /dev/null 2>&1; echo $?) $(few)" "0 0 t"
threshold 8; release 99003 "and the higher threshold for this year"; is "nothing below it stays" "$(few)" f
is "what does not stand is not said to have stayed" "$(q "SELECT count(*) FILTER (WHERE kept AND f.stands IS NULL) || ' ' || (count(*) FILTER (WHERE decision = 'withheld' AND reason = 'verschil_klein') > 0) FROM release.decision d LEFT JOIN (SELECT DISTINCT audience, board_no, schooljaar, indicator, breakdown, true AS stands FROM release.figure) f USING (audience, board_no, schooljaar, indicator, breakdown)")" "0 true"
# An older certificate of these very cells, made under a lower threshold, takes nothing away.
super "UPDATE release.certificate c SET threshold = 5, content = n.content FROM release.certificate n WHERE n.board_no = c.board_no AND n.audience = c.audience AND n.schooljaar = 2025 AND c.schooljaar = 2024" > /dev/null
result "board_no = 99003 AND schooljaar = 2025 AND indicator = 'time_outs'" "events = events + 2, numerator = numerator + 2"
release 99003 "a small change under the same threshold"; is "stays as it was" "$(q "SELECT kept || ' ' || decision FROM release.decision WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'time_outs'")" "true released"
threshold 5
like "what else was changed is certified" "$(vb verify 2>&1)" '9 certificates, 0 do not match'

# -- nothing but what is printed -----------------------------------------------------------------------
# The same board released from nothing twice: first as it is, then with one respondent, one answer, a bit of a mean more or less wherever what is printed stays the same.
printed() { super "SELECT count(*), md5(string_agg(concat_ws(' ', audience, schooljaar, indicator, breakdown, location_no, category, events, denominator, value, low, high), E'\n' ORDER BY audience, schooljaar, indicator, breakdown, location_no, category)) FROM $1 WHERE board_no = 99001 AND n_members = 1 AND indicator NOT IN ('klachten_op_tijd', 'schorsingen_gemeld') AND (audience, schooljaar, indicator, breakdown) IN (SELECT audience, schooljaar, indicator, breakdown FROM public.both) AND (audience, schooljaar, indicator, breakdown) IN (SELECT audience, schooljaar, indicator, breakdown FROM release.figure WHERE board_no = 99001)"; }
super "CREATE TABLE public.both AS SELECT * FROM release.figure WHERE board_no = 99001" > /dev/null
sql vb_analyze "UPDATE result.figure f SET events = n.events, denominator = n.denominator, numerator = n.numerator
  FROM (SELECT board_no, schooljaar, indicator, breakdown, location_no, category, d AS events, d AS denominator, x AS numerator, row_number() OVER (PARTITION BY board_no, schooljaar, indicator, breakdown, location_no, category ORDER BY abs(d - denominator) + abs(x - numerator) DESC, d, x) AS no
          FROM result.figure, generate_series(denominator::int - 2, denominator::int + 2) d, generate_series(greatest(numerator::int - 1, 0), numerator::int + 1) x
         WHERE indicator IN ('gepest', 'gepest_online', 'voelt_veilig') AND board_no = 99001 AND denominator > 0 AND round(d / 5.0) = round(denominator::numeric / 5) AND round(100.0 * x / d) = round((100 * numerator / denominator)::numeric) AND least(numerator, denominator - numerator, x, d - x) >= 10) n
 WHERE n.no = 1 AND (f.board_no, f.schooljaar, f.indicator, f.breakdown, f.location_no, f.category) = (n.board_no, n.schooljaar, n.indicator, n.breakdown, n.location_no, n.category);
UPDATE result.figure m SET denominator = g.denominator, numerator = g.numerator FROM result.figure g WHERE m.board_no = 99001 AND m.indicator = 'meldbereidheid' AND (g.board_no, g.schooljaar, g.breakdown) = (m.board_no, m.schooljaar, m.breakdown) AND g.indicator = 'gepest';
UPDATE result.figure SET numerator = CASE WHEN round((numerator + 0.002)::numeric, 2) = round(numerator::numeric, 2) THEN numerator + 0.002 ELSE numerator - 0.002 END, sd = CASE WHEN round((sd + 0.02)::numeric, 1) = round(sd::numeric, 1) THEN sd + 0.02 ELSE sd - 0.02 END,
       denominator = denominator + CASE WHEN denominator::int % 5 IN (0, 1, 3, 4) THEN 1 ELSE -1 END, events = events + CASE WHEN denominator::int % 5 IN (0, 1, 3, 4) THEN 1 ELSE -1 END WHERE board_no = 99001 AND indicator IN ('welbevinden', 'aantasting', 'veiligheidsbeleving') AND denominator > 20 AND sd > 0.1;
UPDATE result.figure SET numerator = numerator + CASE WHEN numerator::int % 5 IN (0, 1, 3, 4) THEN 1 ELSE -1 END, events = events + CASE WHEN numerator::int % 5 IN (0, 1, 3, 4) THEN 1 ELSE -1 END WHERE board_no = 99001 AND indicator = 'respons' AND events = numerator AND numerator > 20 AND numerator + 2 < denominator" > /dev/null
super "TRUNCATE release.figure, release.ledger, release.ledger_kept, release.decision, release.certificate, release.goal" > /dev/null
disclose --schooljaar 2025-2026 --board 99001; is "from nothing" "$?" 0
like "there is much to look at" "$(printed public.both)" '^[0-9]{4}\|'
is "who sees only what is printed sees no difference" "$(printed release.figure)" "$(printed public.both)"
like "nor in how sure a change is" "$(super "SELECT count(*), count(*) FILTER (WHERE a.p_change <> b.p_change) FROM public.both a JOIN release.figure b USING (audience, board_no, schooljaar, indicator, breakdown, location_no, category) WHERE a.p_change IS NOT NULL AND b.p_change IS NOT NULL AND indicator NOT IN ('klachten_op_tijd', 'schorsingen_gemeld')")" '^[1-9][0-9]+\|0$'
# Eight more are told to bestuur and not to gmr: neither how sure the change is nor the goal of the one is the other's.
for year in 2024 2025; do result "board_no = 99001 AND schooljaar = $year AND indicator = 'time_outs'" "events = events + 8, numerator = numerator + 8, persons = persons + 8"; done
release 99001 "eight more in each of two years"
is "each audience has the change and the goal of what it sees" "$(q "SELECT string_agg(audience || ' ' || f.events || ' ' || f.p_change || ' ' || n.events || ' ' || g.current || ' ' || g.status, ', ' ORDER BY audience) FROM release.figure f JOIN release.figure n USING (audience, board_no, indicator, breakdown) JOIN release.goal g USING (audience, board_no, indicator)
  WHERE board_no = 99001 AND indicator = 'time_outs' AND f.schooljaar = 2024 AND n.schooljaar = 2025 AND g.schooljaar = 2025 AND audience <> 'inspectie'")" "bestuur 70 0.03 90 90 niet te beoordelen, gmr 62 0.005 82 82 behaald"
finish
