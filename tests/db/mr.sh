#!/usr/bin/env bash
# The edition of one school and the one for everybody: every figure on them stands in release for their audience, they use the words that they may, and a school that is merged reads why.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
three_boards
vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "disclose" "$?" 0
vb report --schooljaar 2025-2026 --as-of 2026-09-14 --editie gmr >> "$place/log" 2>&1; is "gmr" "$?" 0
vb report --schooljaar 2025-2026 --as-of 2026-09-14 --editie mr >> "$place/log" 2>&1; is "mr" "$?" 0
vb report --schooljaar 2025-2026 --as-of 2026-09-14 --editie openbaar >> "$place/log" 2>&1; is "openbaar" "$?" 0
out() { echo "$place/out/$1/2025-2026"; } # board
schools=$(q "SELECT p.board_no || ' ' || l.code || ' ' || l.location_no FROM register.location l JOIN register.location_period p USING (location_no) WHERE p.board_no IN (99001, 99002, 99003) AND NOT l.office AND DATE '2026-06-01' BETWEEN p.valid_from AND p.valid_to ORDER BY 1")
is "a page for every school" "$(cd "$place/out" && find . -path '*/mr/*.html' | wc -l)" "$(wc -l <<<"$schools")"
is "in every format" "$(cd "$place/out" && find . -path '*/mr/*' | sed 's/.*\.//' | sort | uniq -c | awk '{ print $1 }' | sort -u | wc -l)" 1

# -- every figure stands in release ----------------------------------------------------------------
# What readers of an audience hold of a board, and what of it may stand on a page: the school's own cells, which are those of tables by school in which it stands by itself, and the board's totals.
q "COPY (SELECT audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, n_members, events, value, low, high FROM release.figure) TO STDOUT CSV" > "$place/figures.csv"
q "COPY (SELECT g.audience, g.board_no, g.location_no, l.office, g.baseline, g.target, g.current, g.low, g.high, g.indicator, g.baseline_year, g.due_on FROM release.goal g JOIN register.location l USING (location_no)) TO STDOUT CSV" > "$place/goals.csv"
q "COPY (SELECT l.location_no, u.pupils FROM register.location l JOIN register.pupils_of_year u USING (location_no) WHERE u.schooljaar = 2025) TO STDOUT CSV" > "$place/pupils.csv"
cat > "$place/page.py" <<'PY'
"""page.py ROOT PLACE AUDIENCE BOARD LOCATION(0: the board) HTML CSV [XLSX]: what stands on a page and not in release, a line each."""
import csv, glob, html, json, re, sys, zipfile
root, place, audience, board, location, page, data = sys.argv[1:8]
wrong = []
indicators = {}
for name in glob.glob(root + "/config/indicators/*.json"):
    one = json.load(open(name))
    indicators[one["indicator"]] = one
def rows(name):
    return csv.reader(open(f"{place}/{name}.csv"))
def real(text):
    return float(text) if text else None
own, whole = {}, {}
for a, b, year, name, breakdown, where, category, members, n, events, value, low, high in rows("figures"):
    if (a, b) != (audience, board):
        continue
    cell = (int(events), real(value), real(low), real(high))
    if breakdown == "school" and where == location and n == "1" and not members and not category:
        own[name, int(year)] = cell
    elif breakdown == "totaal":
        whole[name, int(year)] = cell
def number(value, decimals, percent=False):
    text = f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return text + ("%" if percent else "")
def printed(name, value):
    one = indicators[name]
    return number(value, one["decimals"], one["unit"].startswith("%"))
def count(n):
    return number(n, 0) if n else "-"
def margin(name, cell):
    return "" if cell[2] is None else " – ".join(number(x, indicators[name]["decimals"]) for x in cell[2:])
text = open(page).read()
text = re.sub(r"<style>.*?</style>|<head>.*?</head>", "", text, flags=re.S)
text = re.sub(r'src="[^"]*"', "", text)
by_title = {one["title"]: name for name, one in indicators.items()}
seen = set()
for table in re.findall(r"<table.*?</table>", text, re.S):
    heads = [html.unescape(h) for h in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table)]
    if "Onze school" not in heads and "Waarde" not in heads:
        continue
    for body in re.findall(r"<tbody.*?</tbody>", table, re.S):
        title = html.unescape(re.search(r"<span>(.*?)</span>", body).group(1))
        name = by_title[title[:title.rindex(" (")]]
        for row in re.findall(r"<tr(?! class=\"group\").*?</tr>", body, re.S):
            cells = dict(zip(heads, (html.unescape(re.sub(r"<[^>]*>", "", c)) for c in re.findall(r"<t[hd][^>]*>.*?</t[hd]>", row))))
            year = int(cells["Schooljaar"][:4])
            cell, all_ = own.get((name, year)), whole.get((name, year))
            if "Onze school" in heads:
                seen.add((name, year))
                want = {"Onze school": printed(name, cell[1]) if cell else None, "Marge": margin(name, cell) if cell else "", "Alle scholen samen": printed(name, all_[1]) if all_ else "."}
                want["Antwoorden" if "Antwoorden" in heads else "Aantal"] = count(cell[0]) if cell else ""
            else:
                want = {"Waarde": printed(name, all_[1]) if all_ else ".", "Marge": margin(name, all_) if all_ else "", ("Antwoorden" if "Antwoorden" in heads else "Aantal"): count(all_[0]) if all_ else "."}
            for head, value in want.items():
                if value is None and cells[head] in ("samengenomen", "niet per school", "geen gegevens"):
                    continue
                if cells[head] != value:
                    wrong.append(f"{name} {year} {head}: {cells[head]} and not {value}")
for key in own:
    if location != "0" and key[1] >= 2023 and key not in seen and key[0] in json.dumps(json.load(open(root + "/config/editions/mr.json"))):
        wrong.append(f"{key} stands in release and not on the page")
# Every number anywhere in the text is one of those, or no figure: a date, a term of the method, how many schools are together.
allowed = {"1", "4", "5", "15", "100", "1.000"} # a scale of 1 to 4, less than 5 % of the rows, bijlage 15, per 100 and per 1.000
for cells in (own, whole):
    for (name, year), (events, value, low, high) in cells.items():
        allowed |= {number(events, 0), str(events)} | {number(x, indicators[name]["decimals"]) for x in (value, low, high) if x is not None}
for a, b, where, office, *numbers, name, year, due in rows("goals"):
    if (a, b) == (audience, board) and (office == "t" or where == location):
        allowed |= {number(float(x), indicators[name]["decimals"]) for x in numbers if x}
allowed |= {number(int(n), 0) for where, n in rows("pupils") if where == location and n}
figure = re.compile(r"(?<![\w.,])\d[\d.]*(?:,\d+)?")
words = html.unescape(re.sub(r"<[^>]*?alt=\"([^\"]*)\"[^>]*>", r" \1 ", text))
words = re.sub(r"</(td|th|p|li|tr|h\d|figcaption|span)>|<br/?>", " | ", words)
words = re.sub(r"<[^>]*>", " ", words)
for no_figure in (r"\d{4}-\d{4}", r"\d+ scholen, [\d.]+ leerlingen op 1 oktober \d{4}", r"\d{1,2} (januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december) \d{4}", r"(jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec) \d{4}",
                  r"op 1 oktober \d{4}", r"certificaat [0-9a-f]{16}", r"\d\d[A-Z]{2}\d\d", r"met \d+ andere scholen", r"\d+ school gebruikt|\d+ scholen gebruiken", r"Van de \d+ doel(?:en)? (?:is|zijn) er \d+ behaald, \d+ op koers en \d+ achter; van \d+ valt",
                  r"ten minste 10", r"en 10 incidenten"):
    words = re.sub(no_figure, " ", words)
for m in figure.findall(words):
    m = m.rstrip(".")
    if m not in allowed:
        wrong.append(f"{m} stands on the page and in no cell")
# The open data are lines of those of the audience; of a school, its own alone.
released = {(year, name, breakdown, where, int(events), value) for a, b, year, name, breakdown, where, category, members, n, events, value, *rest in rows("figures")
            if (a, b) == (audience, board) and n == "1" and (where in ("0", location)) and breakdown in ("totaal", "school")}
for line in csv.DictReader(open(data)):
    want = (line["schooljaar"][:4], line["indicator"], line["uitsplitsing"], location if line["uitsplitsing"] == "school" else "0", int(line["aantal"]), line["waarde"])
    if want not in released or line["samengevoegd"] != "1":
        wrong.append(f"open data: {want}")
if len(sys.argv) > 8:
    book = zipfile.ZipFile(sys.argv[8])
    known = {round(x, 6) for cells in (own, whole) for c in cells.values() for x in c if x is not None} | {round(float(x), 6) for a, b, where, office, *n, i, y, d in rows("goals") if (a, b) == (audience, board) and (office == "t" or where == location) for x in n if x}
    for sheet in book.namelist():
        if sheet.startswith("xl/worksheets/sheet"):
            for kind, value in re.findall(r'<c ([^>]*)><v>([^<]*)</v>', book.read(sheet).decode()):
                if 't="s"' not in kind and round(float(value), 6) not in known:
                    wrong.append(f"workbook: {value}")
print("\n".join(sorted(set(wrong))))
PY
look() { python3 "$place/page.py" "$root" "$place" "$@" 2>&1; }
bad=""
while read -r board code where; do bad+=$(look gmr "$board" "$where" "$(out "$board")/mr/$code.html" "$(out "$board")/mr/$code.csv" "$(out "$board")/mr/$code.xlsx"); done <<<"$schools"
is "every figure of every school's page, open data and workbook stands in release for gmr, and is its own or the board's" "$bad" ""
bad=""
for board in 99001 99002 99003; do bad+=$(look openbaar $board 0 "$(out $board)/openbaar.html" "$(out $board)/openbaar.csv" "$(out $board)/openbaar.xlsx"); done
is "every figure for the public stands in release for the public" "$bad" ""
read -r board code where <<<"$(q "SELECT f.board_no || ' ' || l.code || ' ' || l.location_no FROM release.figure f JOIN register.location l USING (location_no) WHERE f.audience = 'gmr' AND f.schooljaar = 2025 AND f.indicator = 'gepest' AND f.breakdown = 'school' AND f.location_no > 0 ORDER BY f.board_no, l.code LIMIT 1")"
page=$(out "$board")/mr/$code
planted() { # title, sed program on the page, and on the open data
    sed -E "$2" "$page.html" > "$place/planted.html"; sed -E "${3:-}" "$page.csv" > "$place/planted.csv"
    ok "$1: there is something planted" test -n "$(cmp "$page.html" "$place/planted.html" 2>&1; cmp "$page.csv" "$place/planted.csv" 2>&1)"
    ok "$1: found" test -n "$(look gmr "$board" "$where" "$place/planted.html" "$place/planted.csv")"
}
remainder=$(q "SELECT events FROM release.figure WHERE audience = 'gmr' AND board_no = $board AND schooljaar = 2025 AND indicator = 'gepest' AND breakdown = 'school' AND category = '*'")
ok "there is a remainder beside it" test "$remainder" -gt 0
planted "a figure of the school that is another" '0,/<td class="n">[0-9]+%<\/td>/s//<td class="n">37%<\/td>/'
planted "the remainder in the school's table" "0,/(<td class=\"n\">[0-9]+%<\/td><td class=\"n\">[0-9]+%<\/td><td class=\"n\">)[0-9]+/s//\1$remainder/"
planted "a figure in a sentence" 's/alle scholen samen: [0-9]+%/&, De Es: 33,33%/'
planted "the remainder in the open data" '' "2s/.*/2025-2026,gepest,school,Overige scholen (3),$remainder,11,8,14,3,/"
other=$(awk -F, -v own="$(sed -n 's/.*<p class="sub">\([^(]*\) (.*/\1/p' "$page.html" | head -1)" '$1 == "2025-2026" && $2 == "incidenten" && $3 == "school" && $4 != own && $9 == 1' "$(out "$board")/gmr.csv" | head -1)
ok "there is another school by itself" test -n "$other"
planted "another school's line in the open data" '' "2s/.*/$(tr -d '\r' <<<"$other")/"

# -- words -----------------------------------------------------------------------------------------
all=$(cd "$place/out" && cat */2025-2026/mr/*.html */2025-2026/openbaar.html | sed 's/src="[^"]*"//g' | tr '\n' ' ' | sed 's/<style>[^<]*<\/style>//g')
unlike "no word for who did it or whom it befell" "$all" '[Dd]ader|[Ss]lachtoffer'
unlike "the word seksueel is not used" "$all" '[Ss]eksu'
unlike "no template left open" "$all" '\{[a-z]+[}|]|\(null\)|[^a-z]nan[^a-z]|NaN'
unlike "no code of an indicator, and no key of a sentence" "$all" '>[^<]*(voelt_veilig|gepest_online|(eigen|regel|lees|verborgen|tekens)\.[a-z]|school\.(alle|samen|waarde|zonder|geen))'
unlike "no chapter of another edition is referred to" "$all" 'Methode en bescherming'
like "beside each comparison of incidents stands that more is not less safe" "$all" 'Meer registraties betekent niet dat een school onveiliger is'
is "also on the first page of every school" "$(cd "$place/out" && grep -c 'id="samenvatting".*Meer registraties betekent niet.*</section>.*id="beleving"' */2025-2026/mr/*.html | grep -vc ':1$')" 0
for html in $(out 99001)/mr/99AA00 $(out 99001)/openbaar; do
    like "$(basename "$html").pdf is tagged" "$(pdfinfo "$html.pdf")" 'Tagged: +yes'
    like "$(basename "$html").pdf is PDF/UA" "$(tr -d '\0' < "$html.pdf" | grep -a -A2 -i pdfuaid)" '1'
    is "$(basename "$html"): every image has a text alternative" "$(grep -o '<img [^>]*>' "$html.html" | sed 's/src="[^"]*"//' | grep -vc 'alt="[^"]')" 0
    is "$(basename "$html"): every chart says where its figures come from" "$(grep -o '<figcaption>[^<]*Bron: [^<]*</figcaption>' "$html.html" | wc -l)" "$(grep -o '<figure>' "$html.html" | wc -l)"
    ok "$(basename "$html").xlsx opens" python3 -c 'import sys, zipfile; assert zipfile.ZipFile(sys.argv[1]).testzip() is None' "$html.xlsx"
done
is "the public gets two pages" "$(for board in 99001 99002 99003; do pdfinfo "$(out $board)/openbaar.pdf" | sed -n 's/Pages: *//p'; done | sort -u)" 2
is "with no school and no complaint on them" "$(cut -d, -f2,3 "$(out 99001)/openbaar.csv" | tail -n +2 | sort -u | tr '\n' ' ')" "gepest,totaal incidenten,totaal voelt_veilig,totaal "
like "the figures say that they are open" "$(cat "$(out 99001)/openbaar.csv-metadata.json")" '"dc:accessRights": *"openbaar"'
is "and no others do" "$(cd "$place/out" && grep -lE '"dc:accessRights": *"openbaar"' */2025-2026/gmr.csv-metadata.json */2025-2026/mr/*.json | wc -l)" 0
is "though more was released to the public" "$(q "SELECT count(*) > 500 FROM release.figure WHERE audience = 'openbaar' AND board_no = 99001")" t
names=$(q "SELECT string_agg(DISTINCT name, '|') FROM register.location_period p JOIN register.location l USING (location_no) WHERE p.board_no IN (99001, 99002, 99003) AND NOT l.office")
unlike "no school is named to the public" "$(cat "$place"/out/*/2025-2026/openbaar.html)" ">[^<]*($names)"
own=$(sed -n 's/.*<h1>.*<p class="sub">\([^(]*\) (.*/\1/p' "$page.html" | head -1)
others=$(q "SELECT string_agg(DISTINCT name, '|') FROM register.location_period p JOIN register.location l USING (location_no) WHERE p.board_no = $board AND NOT l.office AND name <> '$(sed "s/'/''/g" <<<"$own")'")
unlike "and on the page of a school no other" "$(sed 's/src="[^"]*"//g' "$page.html")" ">[^<]*($others)"

# -- a school that is merged -------------------------------------------------------------------------
read -r board code n <<<"$(q "SELECT f.board_no || ' ' || l.code || ' ' || f.n_members FROM release.figure f CROSS JOIN LATERAL unnest(string_to_array(f.members, ',')) m JOIN register.location l ON l.location_no = m::int
  WHERE f.audience = 'gmr' AND f.schooljaar = 2025 AND f.indicator = 'incidenten' AND f.breakdown = 'school' AND f.category = '*' ORDER BY 1 LIMIT 1")"
text=$(pdftotext "$(out "$board")/mr/$code.pdf" - | tr '\n' ' ')
like "a merged school reads that it has no figure of its own" "$text" 'Geen eigen cijfer van onze school: [^.]*incidenten[^.]*\. Onder ‘Wat staat er niet\?’ leest u waarom'
like "with how many others it is together" "$text" "Dit schooljaar samengenomen met andere scholen: [^.]*incidenten \(met $((n - 1)) andere (school|scholen)\)"
like "why, in plain words" "$text" 'Een cijfer over weinig kinderen kan verraden om wie het gaat'
like "and that it says nothing of the school" "$text" 'Dat een cijfer er niet staat, zegt dus niet dat er op onze school veel of weinig gebeurt'

# Its questionnaire did not come, and what it registered is merged: no figure of its own at all.
none=$(q "SELECT l.code FROM register.location l JOIN register.location_period p USING (location_no) WHERE p.board_no = 99001 AND NOT l.office AND DATE '2026-06-01' BETWEEN p.valid_from AND p.valid_to
  AND NOT EXISTS (SELECT FROM release.figure f WHERE f.audience = 'gmr' AND f.schooljaar = 2025 AND f.breakdown = 'school' AND f.location_no = l.location_no) ORDER BY 1 LIMIT 1")
if [ -n "$none" ]; then
    text=$(tr '\n' ' ' < "$(out 99001)/mr/$none.html")
    like "a school without any is told so" "$text" 'Van onze school staan hier geen eigen cijfers\. Onder ‘Wat staat er niet\?’ leest u waarom\. Deze cijfers gaan over alle scholen'
    like "and of what there are no data" "$text" 'Van onze school zijn er dit schooljaar geen gegevens over: [^<]*gepeste leerlingen'
else
    skip "a school without any figure of its own" "there is none among these"
fi

# -- one school ----------------------------------------------------------------------------------------
rm -rf "$place/out"
vb report --schooljaar 2025-2026 --as-of 2026-09-14 --editie mr --school "$code" > "$place/log.one" 2>&1; is "the page of one school" "$?" 0
is "and of no other" "$(cd "$place/out" && find . -name '*.html' | sed 's,.*/,,')" "$code.html"
vb report --schooljaar 2025-2026 --as-of 2026-09-14 --school "$code" > "$place/log.one" 2>&1; is "all pages of one school" "$?" 0
is "those that are about a school" "$(cd "$place/out" && find . -name '*.html' | sed "s,.*/\([a-z]*\)/$code.html,\1," | sort | tr '\n' ' ')" "bulletin mr school "
err=$(vb report --schooljaar 2025-2026 --editie openbaar --school "$code" 2>&1); is "an edition about the board has no page of a school" "$?" 1
like "and says which have" "$err" 'edition openbaar is about the whole board; --school goes with mr, bulletin and school'
err=$(vb report --schooljaar 2025-2026 --editie mr --school 99ZZ99 2>&1); is "a school that is none" "$?" 1
like "is named" "$err" 'no school "99ZZ99"'

# A release that was tampered with makes no page.
sql vb_disclose "UPDATE release.figure SET events = events + 3 WHERE audience = 'gmr' AND board_no = $board AND schooljaar = 2025 AND indicator = 'respons' AND breakdown = 'school' AND location_no > 0" > /dev/null
err=$(vb report --schooljaar 2025-2026 --board "$board" --editie mr 2>&1); is "what is not certified is not printed" "$?" 6
like "and that is said" "$err" 'is not what was certified'
finish
