#!/usr/bin/env bash
# What a hostile reader took out of two releases, or could not be released any more: each case was found by a reviewer, and each begins at the same first release.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
three_boards
. "$root/tests/harness/again.sh"
keep # before anything was released

# A remainder of bullying takes in a school that stood by itself; of all incidents those schools stand one by one. What is no bullying at them together moved by 3.
first
more 99002 8041 5 2; more 99002 8042 5 5; more 99002 8043 5 0
release 99002 "a remainder that grew"
is "what is no bullying over the schools of both remainders moved by nothing or by enough" "$(q "
WITH l AS (SELECT DISTINCT ON (released_at, indicator, location_no, category) released_at, indicator, events, string_to_array(CASE WHEN members <> '' THEN members ELSE location_no::text END, ',') AS who
             FROM release.ledger WHERE board_no = 99002 AND schooljaar = 2025 AND audience = 'bestuur' AND breakdown = 'school' AND indicator IN ('incidenten', 'pestincidenten')),
     t AS (SELECT released_at, sum(events) FILTER (WHERE indicator = 'incidenten') AS i, sum(events) FILTER (WHERE indicator = 'pestincidenten') AS p, count(DISTINCT indicator) AS n,
                  sum(cardinality(who)) FILTER (WHERE indicator = 'incidenten') AS wide FROM l WHERE who <@ ARRAY['8039', '8040', '8041', '8042'] GROUP BY 1)
SELECT count(*) FROM t a JOIN t b ON a.released_at < b.released_at WHERE a.n = 2 AND b.n = 2 AND a.wide = 4 AND b.wide = 4 AND abs((a.i - a.p) - (b.i - b.p)) BETWEEN 1 AND 4")" 0
undo

# The margin of a share, and a ratio with a share in it, follow from what is printed of the share: one more pupil who says yes moves neither.
sql vb_analyze "UPDATE result.figure SET numerator = 27, denominator = 445, events = CASE indicator WHEN 'gepest' THEN 445 ELSE events END WHERE board_no = 99003 AND schooljaar = 2025 AND indicator IN ('gepest', 'meldbereidheid') AND breakdown = 'totaal'" > /dev/null
first
margins() { q "SELECT string_agg(low || '-' || high, ' ' ORDER BY audience) FROM release.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'gepest' AND breakdown = 'totaal'"; }
before=$(margins)
ok "there is a margin" test -n "$before"
sql vb_analyze "UPDATE result.figure SET events = events + 1, denominator = denominator + 1, numerator = numerator + 1 WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'gepest' AND breakdown = 'totaal'; UPDATE result.figure SET denominator = denominator + 1, numerator = numerator + 1 WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'meldbereidheid'" > /dev/null
more 99003 8050 12 12
release 99003 "one more pupil says that he is bullied"
is "the margin does not move" "$(margins)" "$before"
is "meldbereidheid is what a reader works out from the printed share" "$(q "SELECT m.value - round((100 * m.events / (g.value / 100 * (SELECT denominator FROM release.figure x WHERE (x.audience, x.board_no, x.schooljaar) = (m.audience, m.board_no, m.schooljaar) AND x.indicator = 'pestincidenten' AND x.breakdown = 'totaal')))::numeric)
  FROM release.figure m JOIN release.figure g USING (audience, board_no, schooljaar, breakdown) WHERE m.indicator = 'meldbereidheid' AND g.indicator = 'gepest' AND breakdown = 'totaal' AND audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025")" 0
undo

# Bullying moved by one, so its total stays; the breakdown in which it is merged with a form of which there is one appears for the first time.
form() { sql vb_analyze "UPDATE result.figure SET events = $2, numerator = $2, persons = nullif($2, 0), schools = CASE WHEN $2 = 0 THEN 0 ELSE greatest(schools, least($2, 3)) END WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'vorm' AND category = '$1'" > /dev/null; }
pest=$(o "SELECT events FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'pestincidenten' AND breakdown = 'totaal'") all=$(o "SELECT events FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'totaal'")
sql vb_analyze "UPDATE result.figure SET events = 0, numerator = 0, persons = NULL, schools = 0 WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'vorm' AND category <> 'pesten'" > /dev/null
half=$(((all - pest - 1) / 2)); form fysiek $half; form verbaal $((all - pest - 1 - half)); form diefstal 1
first
is "the breakdown is withheld beside its twin" "$(q "SELECT decision FROM release.decision WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'vorm'")" withheld
more 99003 8050 10 1
release 99003 "a twin that stays"
is "the total of bullying stays" "$(figure bestuur 99003 pestincidenten totaal '' events)" "$pest"
is "and no remainder with bullying appears beside it" "$(q "SELECT count(*) FROM release.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'vorm'")" 0
undo

# A year's total that was shown in June, and now the months up to then: what was registered late.
year() { move 99001 incidenten totaal '' "$1"; move 99001 incidenten school 8024 "$1"; move 99001 incidenten plaats plein "$1"; move 99001 incidenten moment maandagmiddag "$1"; move 99001 incidenten vorm fysiek $(($1 - ${2:-0})); move 99001 incidenten vorm pesten "${2:-0}"; move 99001 pestincidenten totaal '' "${2:-0}"; move 99001 pestincidenten school 8024 "${2:-0}"; move 99001 meldbereidheid totaal '' "${2:-0}"; }
at() { # the latest release of the board, as if it had been then
    super "WITH last AS (SELECT max(released_at) AS at FROM release.ledger WHERE board_no = 99001), kept AS (UPDATE release.ledger_kept SET released_at = '$1' FROM last WHERE board_no = 99001 AND released_at = last.at),
moment AS (UPDATE release.ledger_moment SET released_at = '$1' FROM last WHERE board_no = 99001 AND released_at = last.at), held AS (UPDATE result.spread_shown SET shown_at = '$1' FROM last WHERE board_no = 99001 AND shown_at = last.at)
UPDATE release.ledger SET released_at = '$1' FROM last WHERE board_no = 99001 AND released_at = last.at" > /dev/null
}
without() { # months: as if they had not been yet
    later="board_no = 99001 AND schooljaar = 2025 AND indicator IN ('incidenten_maand', 'pest_maand') AND category IN ($1)"
    all=$(o "SELECT sum(events) FROM result.figure WHERE $later AND indicator = 'incidenten_maand'") pests=$(o "SELECT coalesce(sum(events), 0) FROM result.figure WHERE $later AND indicator = 'pest_maand'")
    super "CREATE TABLE public.later AS SELECT * FROM result.figure WHERE $later; DELETE FROM result.figure WHERE $later" > /dev/null
    year $((-all)) $((-pests))
}
upto() { q "SELECT sum(events) FROM release.figure WHERE audience = 'bestuur' AND board_no = 99001 AND schooljaar = 2025 AND indicator = '$1' AND category <= '$2' AND category LIKE '20%' HAVING count(*) > 6"; }
without "'2026-07'"; first
ok "there is a July" test "${all:-0}" -ge 5
at 2026-05-28
year 6; move 99001 incidenten_maand maand 2025-11 1; move 99001 incidenten_maand maand 2026-06 5
release 99001 "one late in November, five in June"; at 2026-06-28
june=$(figure bestuur 99001 incidenten totaal '' events)
super "INSERT INTO result.figure SELECT * FROM public.later; DROP TABLE public.later" > /dev/null
year $((all + 4)) "$pests"; move 99001 incidenten_maand maand 2025-11 4
release 99001 "July, and four more late in November"
is "the months up to June are not what was shown then and four more" "$(q "SELECT count(*) FROM (SELECT sum(events) AS n FROM release.figure WHERE audience = 'bestuur' AND board_no = 99001 AND schooljaar = 2025 AND indicator = 'incidenten_maand' AND (category <= '2026-06' AND category LIKE '20%') HAVING count(*) > 8) x WHERE n - $june BETWEEN 1 AND 4")" 0
undo

# A figure that is no longer computed stays as it was, and stops nobody.
first
told=$(figure bestuur 99002 meldbereidheid totaal '' events)
sql vb_analyze "DELETE FROM result.figure WHERE board_no = 99002 AND schooljaar = 2025 AND (indicator = 'meldbereidheid' OR indicator = 'incidenten' AND breakdown = 'plaats')" > /dev/null
more 99002 8043 20 20
release 99002 "a figure vanished"
is "the others go on" "$(figure bestuur 99002 pestincidenten totaal '' events)" "$(o "SELECT events FROM result.figure WHERE board_no = 99002 AND schooljaar = 2025 AND indicator = 'pestincidenten' AND breakdown = 'totaal'")"
is "it stays as it was" "$(figure bestuur 99002 meldbereidheid totaal '' events)" "$told"
is "with a note, as do the groups that are no longer made" "$(q "SELECT string_agg(breakdown, ' ' ORDER BY breakdown) FROM release.decision WHERE audience = 'bestuur' AND board_no = 99002 AND schooljaar = 2025 AND kept AND (indicator = 'meldbereidheid' OR breakdown = 'plaats')")" "plaats totaal"
undo

# Incidents that had been booked at the wrong school: each school moved by enough for bestuur, and no reader of gmr can subtract them.
first
move 99002 incidenten school 8039 -5; move 99002 incidenten school 8040 6; move 99002 incidenten school 8043 -1; more 99002 8043 11 0
release 99002 "incidents booked at the wrong school"
more 99002 8043 30 0
release 99002 "and thirty more"
undo

# A school's pupils are corrected in the register, its count stays: the rate is another, and pupils are public.
first
more 99001 8024 30 0
sql vb_analyze "UPDATE result.figure SET denominator = denominator + 12 WHERE board_no = 99001 AND schooljaar = 2025 AND indicator IN ('incidenten', 'pestincidenten') AND (breakdown <> 'school' OR location_no = 8025)" > /dev/null
release 99001 "pupils corrected"
is "nothing is kept for that" "$(q "SELECT count(*) FROM release.decision WHERE audience = 'bestuur' AND board_no = 99001 AND schooljaar = 2025 AND kept AND indicator IN ('incidenten', 'pestincidenten')")" 0
undo

# Months that stayed while the totals of the year and of bullying went on, and now the months until then: what was no bullying and came late.
without "'2026-05', '2026-06', '2026-07'"; first; at 2026-04-10
year 8; move 99001 incidenten_maand maand 2025-11 3; move 99001 incidenten_maand maand 2026-04 5
release 99001 "three late in November, five in April"; at 2026-04-28
rest=$(($(figure bestuur 99001 incidenten totaal '' events) - $(figure bestuur 99001 pestincidenten totaal '' events)))
super "INSERT INTO result.figure SELECT * FROM public.later; DROP TABLE public.later" > /dev/null
year $((all + 7)) $((pests + 5)); move 99001 incidenten_maand maand 2025-11 2; move 99001 incidenten_maand maand 2025-12 5; move 99001 pest_maand maand 2025-12 5
release 99001 "the other months, two late of no bullying and five of bullying"
apart=$(($(upto incidenten_maand 2026-04) - $(upto pest_maand 2026-04) - rest))
ok "the months until April, of all and of bullying, do not tell of two" test "$apart" -le 0 -o "$apart" -ge 5
undo

# Released on 2 July of data to the end of June.
without "'2026-07'"; first; at 2026-06-02
year 8; move 99001 incidenten_maand maand 2025-11 3; move 99001 incidenten_maand maand 2026-06 5
release 99001 "three late in November, five in June"; at 2026-07-02
june=$(figure bestuur 99001 incidenten totaal '' events)
super "INSERT INTO result.figure SELECT * FROM public.later; DROP TABLE public.later" > /dev/null
year $((all + 2)) "$pests"; move 99001 incidenten_maand maand 2025-11 2
release 99001 "July, and two more late in November"
ok "the months until June do not tell of two" test "$(($(upto incidenten_maand 2026-06 || true) + 0))" -ne $((june + 2))
undo

# A ratio that appears while the share in it stays as it was would tell the share of now.
sql vb_analyze "UPDATE result.figure SET numerator = 10, denominator = 100, events = CASE indicator WHEN 'gepest' THEN 100 ELSE events END WHERE board_no = 99003 AND schooljaar = 2025 AND indicator IN ('gepest', 'meldbereidheid') AND breakdown = 'totaal'" > /dev/null
super "CREATE TABLE public.ratio AS SELECT * FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'meldbereidheid'; DELETE FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'meldbereidheid'" > /dev/null
first
super "INSERT INTO result.figure SELECT * FROM public.ratio; DROP TABLE public.ratio" > /dev/null
sql vb_analyze "UPDATE result.figure SET numerator = numerator + 1 WHERE board_no = 99003 AND schooljaar = 2025 AND indicator IN ('gepest', 'meldbereidheid') AND breakdown = 'totaal'" > /dev/null
release 99003 "a ratio for the first time"
is "the share stays" "$(figure bestuur 99003 gepest totaal '' value)" 10
is "and the ratio stays away" "$(figure bestuur 99003 meldbereidheid totaal '' value)" ""
undo

# The share of all is the sum of the schools', and stands under the name of the questionnaire too: 31 of 300, then 32.
sql vb_analyze "DELETE FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'gepest' AND breakdown = 'groep';
UPDATE result.figure f SET events = n, denominator = n, numerator = x FROM (SELECT location_no, 75 AS n, (ARRAY[6, 8, 8, 9])[row_number() OVER (ORDER BY location_no)] AS x FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'gepest' AND breakdown = 'school') s
 WHERE f.board_no = 99003 AND f.schooljaar = 2025 AND f.indicator = 'gepest' AND f.breakdown = 'school' AND f.location_no = s.location_no;
UPDATE result.figure SET events = CASE indicator WHEN 'gepest' THEN 300 ELSE events END, denominator = 300, numerator = 31 WHERE board_no = 99003 AND schooljaar = 2025 AND indicator IN ('gepest', 'meldbereidheid') AND breakdown IN ('totaal', 'instrument')" > /dev/null
first
is "four schools by themselves" "$(q "SELECT string_agg(value::text, ' ' ORDER BY location_no) FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'gepest' AND breakdown = 'school'")" "8 11 11 12"
sql vb_analyze "UPDATE result.figure SET numerator = numerator + 1 WHERE board_no = 99003 AND schooljaar = 2025 AND indicator IN ('gepest', 'meldbereidheid') AND (breakdown IN ('totaal', 'instrument') OR location_no = (SELECT min(location_no) FROM result.figure WHERE board_no = 99003 AND indicator = 'gepest' AND breakdown = 'school' AND schooljaar = 2025))" > /dev/null
release 99003 "one more of three hundred"
is "the total stays, under both its names" "$(figure bestuur 99003 gepest totaal '' value) $(q "SELECT value FROM release.figure WHERE audience = 'bestuur' AND board_no = 99003 AND schooljaar = 2025 AND indicator = 'gepest' AND breakdown = 'instrument'")" "10 10"
undo

# A goal is judged by what is printed: 26 and 25 of 250 are both 10 %.
goal() { sql vb_analyze "UPDATE result.figure SET numerator = $1, denominator = 250, events = CASE indicator WHEN 'gepest' THEN 250 ELSE events END WHERE board_no = 99003 AND schooljaar = 2025 AND indicator IN ('gepest', 'meldbereidheid') AND breakdown = 'totaal'; UPDATE result.goal SET target = 10, current = $1 / 2.5, status = CASE WHEN $1 <= 25 THEN 'behaald' ELSE 'op koers' END, reason = '' WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'gepest' AND office" > /dev/null; }
judged() { q "SELECT string_agg(DISTINCT status, ' ') FROM release.goal WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'gepest' AND current = 10 AND target = 10 AND audience = 'bestuur'"; }
goal 26; first; is "reached, as printed" "$(judged)" behaald
goal 25; release 99003 "one fewer"; is "and still" "$(judged)" behaald
undo

# Other thresholds, other decimals: what was released stands by the rules of then.
first
mkdir "$place/home"; cp -r "$root/config" "$place/home/config"; export VEILIGBEELD_HOME=$place/home
sed -i 's/"decimals": 0/"decimals": 1/' "$place/home/config/indicators/gepest.json"
release 99001 "a share with another decimal"
sed -i 's/"threshold": 5/"threshold": 10/' "$place/home/config/audiences.json"
more 99001 8024 60 30
release 99001 "a higher threshold"
is "nothing smaller stands, not even of before" "$(q "SELECT count(*) FROM release.figure WHERE board_no = 99001 AND audience = 'bestuur' AND events BETWEEN 1 AND 9")" 0
more 99001 8024 30 15
release 99001 "and again"
unset VEILIGBEELD_HOME
finish
