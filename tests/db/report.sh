#!/usr/bin/env bash
# The documents: all formats, tagged, reproducible, with the words each edition may use and nothing cut off.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 1 --first 2022 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
vb run --board 99002 --schooljaar 2025-2026 --as-of 2026-09-14 "$place/in/99002" > "$place/log" 2>&1
is "the run ends (some rows of the example are refused)" "$?" 3
d=$place/out/99002/2025-2026
for edition in bestuur inspectie gmr; do
    for kind in html pdf xlsx csv csv-metadata.json; do ok "$edition.$kind is there" test -s "$d/$edition.$kind"; done
    like "$edition.pdf is tagged" "$(pdfinfo "$d/$edition.pdf")" 'Tagged: +yes'
    like "$edition.pdf is PDF/UA" "$(tr -d '\0' < "$d/$edition.pdf" | grep -a -A2 -i pdfuaid)" '1'
    like "$edition.pdf has A4 pages" "$(pdfinfo "$d/$edition.pdf")" 'A4'
    text=$(pdftotext -layout "$d/$edition.pdf" -)
    unlike "$edition: no word for who did it or whom it befell" "$text" '[Dd]ader|[Ss]lachtoffer'
    is "$edition.pdf: no table begins at the foot of a page with less than four of its rows" "$(pdftotext -layout "$d/$edition.pdf" - | awk 'BEGIN { RS = "\f" } { n = split($0, line, "\n"); rows = -1
        for (at = 1; at <= n; at++) { if (line[at] ~ /^(School|Periode|Maand|Plaats|Moment|Vorm) .*(Aantal|Antwoorden|Keer)/) { rows = 0; head = line[at] } else if (line[at] ~ /^ *[.] = |Bron: /) rows = -1; else if (rows >= 0 && line[at] ~ /[^ ]/) rows++ }
        if (rows >= 0 && rows < 5) print head }')" ""
    unlike "$edition: no template left open" "$(cat "$d/$edition.html" | sed 's/<style>.*<\/style>//' | tr -d '\n' | sed 's/<style>.*<\/style>//')" '\{[a-z]+[}|]|\(null\)|nan|NaN'
    like "$edition: every image has a text alternative" "$(grep -o '<img [^>]*>' "$d/$edition.html" | sed 's/src="[^"]*"//' | grep -vc 'alt="[^"]' )" '^0$'
    like "$edition: says what it is not" "$text" 'Overig|weggelaten|beschermd'
    unlike "$edition: no head of a row is empty" "$(cat "$d/$edition.html")" '<th scope="row"[^>]*></th>'
    is "$edition: every chart says where its figures come from" "$(grep -o '<figcaption>[^<]*Bron: [^<]*</figcaption>' "$d/$edition.html" | wc -l)" "$(grep -o '<figure>' "$d/$edition.html" | wc -l)"
    like "$edition: how many answered is not called a number of what is measured" "$(cat "$d/$edition.html")" '<th scope="col" class="n">Antwoorden</th>'
    like "$edition: says what its labels of certainty mean" "$text" 'Het label achter een regel'
    like "$edition: says how it was put to the test" "$(tr -s ' \n' ' ' <<<"$text")" 'op de proef gesteld\. Een rekenprogramma kreeg .*: [0-9.]+ getallen en [0-9.]+ verbanden'
    ok "$edition.xlsx opens" python3 -c 'import sys, zipfile; assert zipfile.ZipFile(sys.argv[1]).testzip() is None' "$d/$edition.xlsx"
    is "$edition.csv has the released cells" "$(($(wc -l < "$d/$edition.csv") - 1))" "$(sql vb_report "SELECT count(*) FROM release.figure WHERE audience = '$edition' AND board_no = 99002 AND schooljaar <= 2025")"
done
like "bestuur: the year in ten lines" "$(pdftotext -layout "$d/bestuur.pdf" - | head -60)" '10\. .*scholen leverden'
like "bestuur: and what asks for attention" "$(pdftotext "$d/bestuur.pdf" - | head -60 | tr '\n' ' ')" 'Wat vraagt aandacht\?.*Niet ontvangen: '
unlike "gmr: the word seksueel is not used" "$(pdftotext "$d/gmr.pdf" -)" '[Ss]eksu'
like "next to a comparison of incidents: more is not less safe" "$(pdftotext "$d/bestuur.pdf" - | tr '\n' ' ')" 'Meer registraties betekent niet dat een school onveiliger is'
is "a bulletin for every school that registers" "$(ls "$d"/bulletin/*.pdf | wc -l)" 8
is "the directory of bulletins is closed to others" "$(stat -c %a "$d/bulletin")" 700
like "a bulletin says that it is confidential" "$(pdftotext "$(ls "$d"/bulletin/*.pdf | head -1)" - | head -3)" 'Vertrouwelijk'
sums() { (cd "$place/out" && find . -type f | sort | xargs sha256sum | md5sum); }
before=$(sums); rm -rf "$place/out"
vb report --board 99002 --schooljaar 2025-2026 --as-of 2026-09-14 > "$place/log" 2>&1
is "the same release gives the same bytes, PDF and XLSX included" "$(sums)" "$before"
is "nothing in between is left behind" "$(find "$place/out" -name '*.tmp' -o -name '*.charts' | wc -l)" 0
# Tables that stand as they were released before: every picture of them says so, and the open data cell by cell.
unlike "nothing is held back here" "$(cat "$d/bestuur.html")" 'Nieuwere gegevens zijn'
sql vb_disclose "UPDATE release.decision SET kept = true WHERE audience = 'bestuur' AND board_no = 99002 AND schooljaar = 2025 AND indicator IN ('incidenten', 'incidenten_maand')" > /dev/null
vb report --board 99002 --schooljaar 2025-2026 --editie bestuur > "$place/log" 2>&1; is "reports of tables that were held" "$?" 0
is "every chart of them says so" "$(grep -o '<figcaption>[^<]*</figcaption>' "$d/bestuur.html" | grep -cE 'Nieuwere gegevens zijn niet verwerkt')" "$(grep -o 'alt="[A-Z][a-z]* van incidenten[^"]*"' "$d/bestuur.html" | wc -l)"
is "the open data say which cells" "$(grep -cE ',[0-9]{4}-[0-9]{2}-[0-9]{2}.$' "$d/bestuur.csv")" "$(grep -cE '^2025-2026,(incidenten|incidenten_maand),' "$d/bestuur.csv")"
mkdir -p "$place/full"; chmod 555 "$place/full"
if [ "$(id -u)" -ne 0 ]; then is "a place that cannot be written to" "$(vb report --board 99002 --schooljaar 2025-2026 --out "$place/full/x" > /dev/null 2>&1; echo $?)" 74; fi
is "a program that is missing is told" "$(PATH=/nowhere vb report --board 99002 --schooljaar 2025-2026 --editie gmr > "$place/log" 2>&1; echo $?)" 74
like "by name, with what to do" "$(cat "$place/log")" 'gnuplot is not there; run make deps'
# Installed elsewhere, it finds its configuration and templates.
make -s -C "$root" install DESTDIR="$place/root" PREFIX=/usr > "$place/log" 2>&1; is "make install" "$?" 0
for file in bin/veiligbeeld share/veiligbeeld/config/forms/incident-canoniek.json share/veiligbeeld/templates/html.xsl; do ok "installs $file" test -e "$place/root/usr/$file"; done
finish
