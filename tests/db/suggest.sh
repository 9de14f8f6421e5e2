#!/usr/bin/env bash
# config suggest: a draft for an unknown layout that loads as it stands, with reasons, and without any value but spellings of codes.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 1 --first 2025 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
mkdir -p "$place/own/forms" "$place/new"
cat > "$place/new/onbekend.csv" <<'F'
Nummer voorval;Voorvaldatum;Locatie incident;Soort incidenten;Betroken leerlingen;BRIN-nr;Vest. nr;Omschrijving;Schoenmaat
1;12-01-2026;Schoolplein;pesterijen;Geheim Kindje;99AZ;0;Zekere Tekst;37
2;13-01-2026;lokaal;fysiek|verbaal;Piet;99AZ;0;x;38
3;14-01-2026;lokaal;pesterijtje;;99AZ;0;;39
4;15-01-2026;lokaal;pesterijtje;;99AZ;0;;39
5;16-01-2026;gang;pesterijtje;;99AZ;0;;39
F
like "unknown without it, and ingest says what helps" "$(vb ingest --as-of 2026-09-01 "$place/new" 2>&1)" 'no form of config/forms has the columns of this file; "veiligbeeld config suggest" proposes one'
vb config suggest "$place/new/onbekend.csv" > "$place/own/forms/voorstel.json" 2> "$place/why"
is "it ends well" "$?" 0
like "scores are told per field" "$(cat "$place/why")" 'datum +<- Voorvaldatum +score 0\.[0-9]+ \(header 0\.[0-9]+, values 1\.00\)'
like "a spelling of a code becomes an alias" "$(cat "$place/own/forms/voorstel.json")" '"pesterijtje": "pesten"'
like "columns without a field are ignored, not named" "$(tr -d '\n ' < "$place/own/forms/voorstel.json")" '"ignore":\["\*"\]'
unlike "no other value is repeated" "$(cat "$place/why" "$place/own/forms/voorstel.json")" 'Geheim|Zekere|Piet|99AZ|Schoenmaat'
VEILIGBEELD_CONFIG=$place/own vb config check > "$place/log" 2>&1
is "the draft is sound as it stands" "$?" 0
VEILIGBEELD_CONFIG=$place/own vb ingest --as-of 2026-09-01 "$place/new" > "$place/log" 2>&1
is "and loads every row of the file" "$(sql vb_analyze "SELECT count(*), min(occurred_on), string_agg(vorm_set::text, ',' ORDER BY occurred_on), count(*) FILTER (WHERE length(people) > 0) FROM fact.incident")" "5|2026-01-12|128,6,128,128,128|2"
# Every shipped layout with its headers misspelt is still recognised as its kind.
python3 - "$root" "$place/mis" <<'P'
import glob, json, os, sys
root, place = sys.argv[1:]
os.makedirs(place)
load = lambda d: [json.load(open(f, encoding="utf-8")) for f in sorted(glob.glob(f"{root}/config/{d}/*.json"))]
kinds = {k["kind"]: k for k in load("kinds")}; instruments = {i["instrument"]: i for i in load("instruments")}
def spoil(header, at):
    return (header[:-2] + header[-1] if len(header) > 6 and at % 3 == 0 else header + " *" if at % 3 == 1 else "de " + header.lower())
for form in load("forms"):
    if kinds[form["kind"]].get("public") or form.get("board") or "marks" in json.dumps(form):
        continue
    heads = [h for f in form["fields"].values() for h in f.get("columns", [])[:1]]
    if form.get("instrument"):
        heads += [i["label"] for i in instruments[form["instrument"]]["items"]]
    with open(f"{place}/{form['kind']}--{form['form']}.csv", "w", encoding="utf-8") as out:
        out.write(";".join('"%s"' % spoil(h, n) for n, h in enumerate(heads)) + "\n" + ";".join("" for _ in heads) + "\n")
P
right=0 all=0 wrong=
for file in "$place"/mis/*.csv; do
    kind=$(basename "$file"); kind=${kind%%--*}; all=$((all + 1))
    if vb config suggest "$file" 2>/dev/null | grep -q "\"kind\": \"$kind\""; then right=$((right + 1)); else wrong="$wrong $(basename "$file")"; fi
done
ok "of $all layouts with misspelt headers at least 90 % are seen as their kind ($right; not:$wrong)" test $((right * 10)) -ge $((all * 9))
printf 'incident_nr;datum;vorm;plaats\n'"$(printf '%s;2026-01-12;pesten door Jan Jansen;lokaal Marieke de Vries\\n' 1 2 3 4 5)" > "$place/zinnen.csv"
unlike "a phrase with a code in it is no spelling of the code" "$(vb config suggest "$place/zinnen.csv" 2>&1)" 'Jansen|Marieke'
printf 'datum: 3-10-2025 leerling Jan Jansen;vorm;plaats\n2026-01-01;pesten;plein\n' > "$place/titel.csv"
unlike "a title line is no header" "$(vb config suggest "$place/titel.csv" 2>&1)" 'Jansen'
tr ';' ',' < "$place/new/onbekend.csv" > "$place/komma.csv"; ssconvert "$place/komma.csv" "$place/blad.xlsx" > /dev/null 2>&1
like "a sheet of a workbook" "$(vb config suggest "$place/blad.xlsx" 2>/dev/null | tr -d '\n ')" '"datum":\{"columns":\["Voorvaldatum"\]'
printf '[{"Nummer voorval": 1, "Voorvaldatum": "2026-01-02", "Soort incident": "pesten"}]' > "$place/a.json"
like "JSON" "$(vb config suggest "$place/a.json" 2>/dev/null | tr -d '\n ')" '"vorm":\{"columns":\["Soortincident"\]'
printf 'x;y\n1;2\n' > "$place/niets.csv"
like "a file that resembles nothing" "$(vb config suggest "$place/niets.csv" 2>&1)" 'niets.csv.*: this file resembles no kind|this file resembles no kind of record'
printf 'datum;HwC\n2026-01-01;x\n' > "$place/hwc.csv"
out=$(vb config suggest "$place/hwc.csv" 2>&1); is "Handle with Care is refused here too" "$?" 3
unlike "and nothing of it is shown, not even which file it was" "$out" 'HwC|hwc.csv'
finish
