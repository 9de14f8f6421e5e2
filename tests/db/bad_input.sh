#!/usr/bin/env bash
# Bad input: a clear message with file, row, column, rule and what to do; exit status 3; the file untouched; the rest loaded.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 1 --first 2025 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
head='incident_nr;brin;vestiging;datum;vorm;plaats'
good='G1;99AZ;0;2026-01-12;pesten;plein'
n=0
# title, expected pattern in the messages, rows expected in fact, then the bytes of the file
bad() {
    n=$((n + 1)); local dir=$place/b$n file=$place/b$n/incidenten_99AZ00_2025-2026_b$n.csv; mkdir "$dir"; printf "$4" > "$file"
    local sum out; sum=$(md5sum < "$file")
    out=$(vb ingest --as-of 2026-09-01 "$dir" 2>&1)
    is "$1: exit status 3" "$?" 3
    like "$1: says why" "$out" "$2"
    like "$1: names the file" "$out" "incidenten_99AZ00_2025-2026_b$n.csv"
    is "$1: the file is untouched" "$(md5sum < "$file")" "$sum"
    is "$1: everything else is loaded" "$(sql vb_analyze 'SELECT count(*) FROM fact.incident')" "$3"
    sql vb_ingest "DELETE FROM fact.reject; DELETE FROM fact.incident; DELETE FROM fact.delivery WHERE kind = 'incident'" > /dev/null
}
bad "missing column" 'refused: no column for "vorm"; the file looks like the form "Incidentregistratie, standaardbestand", which needs it: add the column' 0 'incident_nr;brin;vestiging;datum\n1;99AZ;0;2026-01-12\n'
bad "unknown code" 'row 2, column 5 \(vorm\): the value is not in the list of codes \[code.onbekend\]; choose a code from the list' 1 "$head\n$good\nG2;99AZ;0;2026-01-13;ruzieachtig;plein\n"
bad "two formats of date in one column" 'row 2, column 4 \(datum\): the date has another format than the rows above it \[datum.twee_formaten\]; use one date format' 1 "$head\n$good\nG2;99AZ;0;13-01-2026;pesten;plein\n"
bad "broken quoting" 'row 2: a quotation mark is left open .*\[csv.aanhaling\]; double every quotation mark' 2 "$head\n$good\nG2;99AZ;0;2026-01-13;\"pesten;plein\nG3;99AZ;0;2026-01-14;pesten;plein\n"
bad "NUL byte" 'row 2: the row holds a NUL byte \[csv.nul\]; export the file again' 2 "$head\n$good\nG2;99AZ;0;2026-01-13;pes\0ten;plein\nG3;99AZ;0;2026-01-14;pesten;plein\n"
bad "future date" 'row 2, column 4 \(datum\): the date lies in the future \[datum.toekomst\]; check day, month and year' 1 "$head\n$good\nG2;99AZ;0;2027-01-13;pesten;plein\n"
bad "impossible date" 'row 2, column 4 \(datum\): this is not a date .*\[datum.ongeldig\]' 1 "$head\n$good\nG2;99AZ;0;2026-02-30;pesten;plein\n"
bad "a date of another year" 'row 2, column 4 \(datum\): the date lies outside the period of the delivery \[datum.periode\]' 1 "$head\n$good\nG2;99AZ;0;2024-01-13;pesten;plein\n"
bad "unknown school" 'row 2, column 2 \(locatie\): the school is not in the register \[locatie.onbekend\]; check BRIN' 1 "$head\n$good\nG2;00ZZ;0;2026-01-13;pesten;plein\n"
bad "another school than the delivery" 'row 2, column 2 \(locatie\): the row names another school than the delivery \[locatie.andere_school\]' 1 "$head\n$good\nG2;99BA;0;2026-01-13;pesten;plein\n"
bad "a required value is empty" 'row 2, column 1 \(incident_nr\): a required value is empty \[waarde.ontbreekt\]; fill in the value' 1 "$head\n$good\n;99AZ;0;2026-01-13;pesten;plein\n"
bad "more cells than the header" 'row 2: the row has more cells than the header \[csv.kolommen\]' 1 "$head\n$good\nG2;99AZ;0;2026-01-13;pesten;plein;en nog iets\n"
bad "bytes that are not UTF-8 in a UTF-8 file" 'row 2, column 6 \(plaats\): the row holds bytes that are not UTF-8 .*\[tekst.codering\]' 1 "\xef\xbb\xbf$head\n$good\nG2;99AZ;0;2026-01-13;pesten;ple\xe9n\n"
bad "two columns of one name" 'refused: columns 5 and 7 have the same header; remove one of them' 0 "$head;Vorm\n$good;fysiek\n"
bad "UTF-16" 'refused: the file is UTF-16; save it as UTF-8 or Windows-1252' 0 '\xff\xfei\0n\0c\0\n\0'
bad "empty file" 'refused: the file is empty; export it again' 0 ''
bad "a header and no rows" 'refused: the file has a header and no rows' 0 "$head\n"
bad "a header that no form knows" 'refused: no form of config/forms has the columns of this file' 0 'naam;klas\nx;1\n'
bad "too many wrong rows" 'refused: 4 of 5 rows are wrong, more than this form allows \(20 %\); mend the rows' 0 "$head\n$good\na;99AZ;0;x;pesten;plein\nb;99AZ;0;x;pesten;plein\nc;99AZ;0;x;pesten;plein\nd;99AZ;0;x;pesten;plein\n"
bad "lists of different length" 'row 2, column 8 \(betrokkenen_rol\): lists that belong together differ in length \[lijst.lengte\]' 1 "incident_nr;brin;vestiging;datum;vorm;plaats;betrokkenen;betrokkenen_rol\nG1;99AZ;0;2026-01-12;pesten;plein;A B|C D;getuige|getuige\nG2;99AZ;0;2026-01-13;pesten;plein;A B|C D;getuige\n"
unlike "no message repeats a value" "$(cat "$place"/log; vb ingest "$place/b2" 2>&1)" ruzieachtig
# A line of 10 MB among good rows.
mkdir "$place/long"; file=$place/long/incidenten_99AZ00_2025-2026_long.csv
{ echo "$head"; echo "$good"; printf 'G2;99AZ;0;2026-01-13;pesten;'; head -c 10000000 /dev/zero | tr '\0' x; echo; echo 'G3;99AZ;0;2026-01-14;pesten;gang'; } > "$file"
out=$(vb ingest --as-of 2026-09-01 "$place/long" 2>&1); is "a line of 10 MB: exit status 3" "$?" 3
like "a line of 10 MB: says why" "$out" 'row 2: the row is longer than 1 MiB .*\[csv.te_lang\]'
is "a line of 10 MB: everything else is loaded" "$(sql vb_analyze 'SELECT count(*) FROM fact.incident')" 2
# Windows-1252 needs no telling.
mkdir "$place/cp"; printf "$head;toelichting\nG5;99AZ;0;2026-01-12;pesten;plein;caf\xe9 na\xefef\n" > "$place/cp/incidenten_99AZ00_2025-2026_cp.csv"
vb ingest --as-of 2026-09-02 "$place/cp" > "$place/log" 2>&1; is "Windows-1252 is read as what it is" "$?" 0
# Orders of dates, a wrong manifest, a school of another board.
mkdir "$place/k"; printf 'klacht_nr;brin;vestiging;ontvangen_op;soort;niveau;besluit_op\n1;99AZ;0;2026-03-01;pesten;school;2026-02-01\n2;99AZ;0;2026-03-01;pesten;school;2026-04-01\n' > "$place/k/klachten_99003_2025-2026.csv"
out=$(vb ingest --as-of 2026-09-01 "$place/k" 2>&1)
like "a decision before the complaint is wrong" "$out" 'row 1, column 7 \(besluit_op\): two dates are in an impossible order \[datum.volgorde\]'
is "and the other complaint is loaded" "$(sql vb_analyze 'SELECT count(*) FROM fact.complaint')" 1
mkdir "$place/m"; cp "$place/cp/"*.csv "$place/m/x.csv"; echo '{"board": 99003, "files": [{"file": "../x.csv"}]}' > "$place/m/manifest.json"
like "a manifest names files of its own directory only" "$(vb ingest "$place/m" 2>&1)" 'manifest.json: refused: the manifest cannot be used: .*it names files of its own directory only'
echo '{"board": 99001, "files": [{"file": "x.csv", "location": "99AZ00", "schooljaar": "2025-2026"}]}' > "$place/m/manifest.json"
like "a manifest with another board than the school's" "$(vb ingest "$place/m" 2>&1)" 'the school belongs to another board than the manifest says'
echo '{"bord": 99001, "files": []}' > "$place/m/manifest.json"
out=$(vb ingest "$place/m" "$place/cp" 2>&1)
like "a manifest with an unknown key is refused" "$out" 'manifest.json: refused: the manifest cannot be used'
unlike "without repeating the key" "$out" bord
like "and the rest goes on" "$out" '[12] files known already'
printf '{"files": [{"form": Pietje_Puk}]}' > "$place/m/manifest.json"
unlike "nor what stands in it" "$(vb ingest "$place/m" 2>&1)" Pietje
is "all of it was refused, nothing was written" "$(sql vb_analyze "SELECT count(*) FROM fact.incident")" 1
mkdir "$place/y"
for year in 2022 2023; do printf "$head\n1;99BA;0;$year-10-0%d;pesten;plein\n2;99BA;0;$year-11-0%d;pesten;plein\n" 3 4 > "$place/y/incidenten_99BA00_$year-$((year + 1)).csv"; done
vb ingest --as-of 2026-09-01 "$place/y" > "$place/log" 2>&1
is "a school that numbers from 1 again every year loses nothing" "$(sql vb_analyze "SELECT count(*) FROM fact.incident JOIN register.location USING (location_no) WHERE code = '99BA00'")" 4
# The reason for a whole file reaches who delivers it in Dutch too.
: > "$place/leeg.csv"
like "an empty file, in Dutch" "$(LANGUAGE=nl LC_ALL=C.UTF-8 vb ingest "$place/leeg.csv" 2>&1)" 'geweigerd: het bestand is leeg; exporteer het opnieuw, met een kopregel en rijen'
printf 'a;b\n1;2\n' > "$place/vreemd.csv"
like "a file of no form, in Dutch" "$(LANGUAGE=nl LC_ALL=C.UTF-8 vb ingest "$place/vreemd.csv" 2>&1)" 'geen formulier in config/forms heeft de kolommen van dit bestand'
finish
