#!/usr/bin/env bash
# The real DUO register, against counts made from the files by other programs (iconv and awk).
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
d=$root/data/register
rows() { iconv -f "${2:-cp1252}" -t utf-8 "$1" | awk 'NR > 1' | wc -l; }
boards() { iconv -f cp1252 -t utf-8 "$1" | awk -F';' 'NR > 1 {b[$2]} END {print length(b)}'; }
vb ingest "$d" > "$place/log" 2>&1
is "nothing of the register is refused" "$?" 0
new=$d/02.-alle-schoolvestigingen-basisonderwijs.2026-04.csv counts=$(echo "$d"/06.*.csv)
q() { sql vb_analyze "$1"; }
at() { q "SELECT count(*) || ' ' || count(DISTINCT board_no) FROM fact.register_row WHERE scope = '$1' AND as_of = '$2'"; }
is "2026-04: locations and boards" "$(at po 2026-04-01)" "6107 748"
is "2026-04: as counted in the file" "$(at po 2026-04-01)" "$(rows "$new") $(boards "$new")"
is "2021-10" "$(at po 2021-10-01)" "6215 $(boards "$d/03-alle-vestigingen-bo.2021-10.csv")"
is "2020" "$(at po 2020-10-01)" "6268 $(boards "$d/alle-vestigingen-bo.2020.csv")"
is "secondary schools" "$(at vo 2020-10-01 | cut -d' ' -f1)" "1619"
is "pupil counts: rows and masked cells" "$(q "SELECT count(*) || ' ' || sum((SELECT count(*) FROM unnest(counts) c WHERE c IS NULL)) FROM fact.pupil_row")" "9737 762"
is "masked cells as counted in the file" "$(tr -d '\r' < "$counts" | awk -F';' 'NR > 1 {for (i = 9; i <= NF; i++) n += $i == "<5"} END {print n}')" 762
is "the sum of all counts" "$(q "SELECT sum(c) FROM fact.pupil_row, unnest(counts) c")" "$(tr -d '\r' < "$counts" | awk -F';' 'NR > 1 {for (i = 9; i <= NF; i++) n += $i == "<5" ? 0 : $i} END {print n}')"
is "a masked count is neither 5 nor 0" "$(q "SELECT count(*) FROM register.pupil_count WHERE masked AND pupils IS NOT NULL")" 0
is "a school that was not open has no count" "$(q "SELECT count(*) FROM register.pupil_count WHERE pupils = 0")" 0
is "locations without counts are findings" "$(q "SELECT count(*) FROM register.finding WHERE finding = 'locatie zonder leerlingaantal'")" 14
is "counts under another board are findings" "$(q "SELECT count(*) FROM register.finding WHERE finding = 'leerlingaantal onder ander bestuur'")" 60
is "and none of these is dropped" "$(q "SELECT count(*) FROM register.finding f LEFT JOIN register.location l USING (code) WHERE l.code IS NULL")" 0
is "names keep their letters" "$(q "SELECT count(*) FROM register.location_period WHERE name LIKE '%' || chr(65533) || '%'")" 0
changed=$(for f in alle-vestigingen-bo.2020.csv 02.-alle-schoolvestigingen-basisonderwijs.2026-04.csv; do iconv -f cp1252 -t utf-8 "$d/$f" | awk -F';' 'NR > 1 {print $4, $2}' | sort > "$place/$f"; done
  join "$place/alle-vestigingen-bo.2020.csv" "$place/02.-alle-schoolvestigingen-basisonderwijs.2026-04.csv" | awk '$2 != $3' | wc -l)
is "a change of board between 2020 and 2026 is two periods" "$changed" "$(q "SELECT count(*) FROM register.location l
   JOIN register.location_period a ON a.location_no = l.location_no AND date '2020-10-01' BETWEEN a.valid_from AND a.valid_to
   JOIN register.location_period b ON b.location_no = l.location_no AND date '2026-04-01' BETWEEN b.valid_from AND b.valid_to
  WHERE l.scope = 'po' AND a.board_no <> b.board_no")"
is "periods of a location never overlap" "$(q "SELECT count(*) FROM register.location_period a JOIN register.location_period b ON a.location_no = b.location_no AND a.valid_from < b.valid_from AND b.valid_from <= a.valid_to")" 0
is "holidays of three regions and the country" "$(q "SELECT string_agg(DISTINCT region::text, '') FROM register.closed_day")" 0123
vb ingest "$d" > "$place/log" 2>&1
like "status tells the findings" "$(vb status)" "register: locatie zonder leerlingaantal: 14"
like "the same register again changes nothing" "$(cat "$place/log")" 'nothing new; 8 files known already, 0 refused'
# A street may be called after somebody with those initials; a school's own register is public. In anything else they are a signal (db/formats).
simulate --out "$place/in" --seed 1 --first 2025 > /dev/null; mkdir "$place/street"
sed '2 s/Kikkerkade/Ds. H.W.C. Visserlaan/g' "$place/in/register/register_voorbeeld.csv" > "$place/street/register_voorbeeld.csv"
ok "the street is there" grep -q 'H.W.C. Visserlaan' "$place/street/register_voorbeeld.csv"
like "a street with those initials is no signal" "$(vb ingest "$place/street" 2>&1)" '1 files loaded, 0 known already, 0 refused'
sed -i '2 s/H.W.C. Visserlaan/HwC-laan/' "$place/street/register_voorbeeld.csv"
is "the signal itself is one there too" "$(vb ingest "$place/street" > "$place/log" 2>&1; echo $?)" 3
finish
