# For tests of a release after another one: sourced after lib.sh and three_boards. `keep` and `undo` go back to what was kept; `move` and `more` change results, `own` what a school knows of them.
tables="result.figure result.spread result.board_state release.figure release.ledger release.ledger_kept release.ledger_moment result.spread_shown release.decision release.goal release.certificate"
keep() { for t in $tables; do super "CREATE SCHEMA IF NOT EXISTS kept; DROP TABLE IF EXISTS kept.${t/./_}; CREATE TABLE kept.${t/./_} AS SELECT * FROM $t" > /dev/null; done; }
undo() { for t in $tables; do super "TRUNCATE $t; INSERT INTO $t SELECT * FROM kept.${t/./_}" > /dev/null; done; }
release() { sql vb_analyze "UPDATE result.board_state SET fingerprint = fingerprint || 'x' WHERE board_no = $1" > /dev/null; vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "$2: released" "$?" 0; is "$2: the attacker finds nothing" "$(vb disclose --audit all > /dev/null 2>&1; echo $?)" 0; }
move() { # board, indicator, breakdown, category or location, by how many
    sql vb_analyze "UPDATE result.figure SET events = events + $5, numerator = CASE WHEN indicator = 'meldbereidheid' THEN numerator ELSE numerator + $5 END WHERE board_no = $1 AND schooljaar = 2025 AND indicator = '$2' AND breakdown = '$3' AND (category = '$4' AND location_no = 0 OR location_no::text = '$4')" > /dev/null
}
figure() { q "SELECT $6 FROM release.figure WHERE audience = '$1' AND board_no = $2 AND schooljaar = 2025 AND indicator = '$3' AND breakdown = '$4' AND (category = '$5' AND location_no = 0 OR location_no::text = '$5')"; }
own() { # board, indicator, breakdown, category, school, by how many
    sql vb_analyze "INSERT INTO result.spread (board_no, schooljaar, indicator, breakdown, category, location_no, events) VALUES ($1, 2025, '$2', '$3', '$4', $5, $6)
ON CONFLICT (board_no, schooljaar, indicator, breakdown, category, location_no) DO UPDATE SET events = result.spread.events + $6, numerator = result.spread.numerator + $6" > /dev/null
}
more() { # board, school, incidents, of them bullying, month
    move "$1" incidenten totaal '' "$3"; move "$1" incidenten school "$2" "$3"; move "$1" incidenten plaats plein "$3"; move "$1" incidenten moment maandagmiddag "$3"; move "$1" incidenten_maand maand "${5:-2025-11}" "$3"
    move "$1" incidenten vorm fysiek $(($3 - $4)); move "$1" incidenten vorm pesten "$4"; move "$1" pestincidenten totaal '' "$4"; move "$1" pestincidenten school "$2" "$4"; move "$1" pest_maand maand "${5:-2025-11}" "$4"; move "$1" meldbereidheid totaal '' "$4"
    local what
    for what in "totaal|" 'plaats|plein' 'moment|maandagmiddag'; do own "$1" incidenten "${what%|*}" "${what#*|}" "$2" "$3"; done
    own "$1" incidenten_maand maand "${5:-2025-11}" "$2" "$3"; own "$1" incidenten vorm fysiek "$2" $(($3 - $4)); own "$1" incidenten vorm pesten "$2" "$4"; own "$1" pestincidenten totaal '' "$2" "$4"; own "$1" pest_maand maand "${5:-2025-11}" "$2" "$4"
}
first() { vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "a first release" "$?" 0; }
# Of board 99003: its schools, those with most incidents first; what was decided of a table; and a cell made of so many of each school.
schools_find() { mapfile -t school < <(o "SELECT location_no FROM result.figure WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'school' ORDER BY events DESC, location_no"); }
decided() { q "SELECT CASE WHEN kept THEN 'kept' ELSE decision END FROM release.decision WHERE audience = '${3:-bestuur}' AND board_no = 99003 AND schooljaar = 2025 AND indicator = '$1' AND breakdown = '$2'"; }
set_cell() { # indicator, breakdown, category, how many of each school
    local i=$1 d=$2 c=$3 at=0 sum=0 n; shift 3
    super "DELETE FROM result.spread WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = '$i' AND breakdown = '$d' AND category = '$c'" > /dev/null
    for n in "$@"; do own 99003 "$i" "$d" "$c" "${school[$at]}" "$n"; sum=$((sum + n)); at=$((at + 1)); done
    super "DELETE FROM result.spread WHERE board_no = 99003 AND events = 0; UPDATE result.figure SET events = $sum, numerator = $sum, persons = NULL, schools = $# WHERE board_no = 99003 AND schooljaar = 2025 AND indicator = '$i' AND breakdown = '$d' AND category = '$c' AND location_no = 0" > /dev/null
}
# And what is shown of a table of it; and nothing but these tables left of the board, so that nothing else decides.
w="board_no = 99003 AND schooljaar = 2025"
seen() { q "SELECT string_agg(CASE WHEN members <> '' THEN members WHEN location_no > 0 THEN location_no::text ELSE category END || ':' || events, ' ' ORDER BY location_no, category COLLATE \"C\") FROM release.figure WHERE audience = '${3:-bestuur}' AND $w AND indicator = '$1' AND breakdown = '$2'"; }
only() { # what stays of the board: "indicator/breakdown" ...: nothing else decides then
    local stays; stays=$(printf ",'%s'" "$@")
    super "DELETE FROM result.figure WHERE board_no = 99003 AND (schooljaar <> 2025 OR indicator || '/' || breakdown NOT IN (${stays#,})); DELETE FROM result.spread WHERE board_no = 99003 AND (schooljaar <> 2025 OR indicator || '/' || breakdown NOT IN (${stays#,}))" > /dev/null
}
set_schools() { # indicator, how many of each school; none where it is not in the year
    local i=$1 at=0 n; shift
    for n in "$@"; do
        if [ "$n" = none ]; then super "DELETE FROM result.figure WHERE $w AND indicator = '$i' AND breakdown = 'school' AND location_no = ${school[$at]}" > /dev/null
        else super "UPDATE result.figure SET events = $n, numerator = $n, persons = NULL, schools = least(1, $n) WHERE $w AND indicator = '$i' AND breakdown = 'school' AND location_no = ${school[$at]}" > /dev/null; fi
        at=$((at + 1))
    done
    set_cell "$i" totaal '' "${@/none/0}"
}
set_answers() { # breakdown, category, then how many answered and how many said yes of each school: of gepest
    local d=$1 c=$2 at=0 n=0 x=0 s="DELETE FROM result.spread WHERE $w AND indicator = 'gepest' AND breakdown = '$1' AND category = '$2';"; shift 2
    while [ $# -gt 0 ]; do
        [ "$1" = 0 ] || s="$s INSERT INTO result.spread (board_no, schooljaar, indicator, breakdown, category, location_no, events, numerator, denominator) VALUES (99003, 2025, 'gepest', '$d', '$c', ${school[$at]}, $1, $2, $1);"
        n=$((n + $1)); x=$((x + $2)); at=$((at + 1)); shift 2
    done
    super "$s UPDATE result.figure SET events = $n, denominator = $n, numerator = $x, schools = $at WHERE $w AND indicator = 'gepest' AND breakdown = '$d' AND category = '$c' AND location_no = 0" > /dev/null
}
set_answered() { # of each school how many answered, and how many said yes; 0 where it is not in the year: totals and schools
    local at=0 n x
    set_answers totaal '' "$@"
    while [ $# -gt 0 ]; do n=$1 x=$2; shift 2
        if [ "$n" = 0 ]; then super "DELETE FROM result.figure WHERE $w AND indicator = 'gepest' AND breakdown = 'school' AND location_no = ${school[$at]}" > /dev/null
        else super "UPDATE result.figure SET events = $n, denominator = $n, numerator = $x, schools = 1 WHERE $w AND indicator = 'gepest' AND breakdown = 'school' AND location_no = ${school[$at]}" > /dev/null; fi
        at=$((at + 1))
    done
}
