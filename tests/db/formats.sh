#!/usr/bin/env bash
# The same rows in every format give the same facts; bombs and damage are refused in bounded memory; a Handle with Care signal is seen in whatever layer.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 1 --first 2025 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
mkdir "$place/src"
python3 - "$place/src" <<'PY'
import csv, os, sys, zipfile
out = sys.argv[1]
head = "incident_nr;brin;vestiging;datum;vorm;plaats;toelichting".split(";")
rows = [[f"Z{n}", "99AZ", "0", f"2026-01-{12 + n:02d}", "pesten", "plein", f"Mevrouw d'Été zei: \"{n}\", en toen, ja;\nniets"] for n in range(9)]
rows.append(["Z99", "99AZ", "0", "2026-02-02", "pesten", "", ""])
def table(name, delimiter):
    with open(f"{out}/{name}", "w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter).writerows([head] + rows)
table("a.csv", ";"); table("a.tsv", "\t"); table("comma.csv", ",")
import json
records = [dict(zip(head, row), vorm=row[4].split("|")) for row in rows]
json.dump(records, open(f"{out}/a.json", "w", encoding="utf-8"), ensure_ascii=False, indent=1)
json.dump({"@context": "x", "value": records}, open(f"{out}/wrapped.json", "w"))
with open(f"{out}/a.jsonl", "w", encoding="utf-8") as file:
    file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
with zipfile.ZipFile(f"{out}/a.zip", "w", zipfile.ZIP_DEFLATED) as file:
    file.write(f"{out}/a.csv", "map/incidenten_99AZ00_2025-2026.csv")
    file.writestr("map/LEESMIJ.md", "tekst")
PY
# From one CSV the other formats, by a program that is not the one we read them with: Python for the ODS, ssconvert only writes the XLSX.
sheet() { ssconvert -I Gnumeric_stf:stf_csvtab "$1" "$2" > /dev/null 2>&1; }
sheet "$place/src/comma.csv" "$place/src/a.xlsx"
ods() { # file, then pairs of sheet name and CSV file
    python3 - "$@" <<'PY'
import csv, re, sys, zipfile
from xml.sax.saxutils import escape, quoteattr
def cell(text):
    if not text: return "<table:table-cell/>"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text): return f'<table:table-cell table:style-name="D" office:value-type="date" office:date-value="{text}"><text:p>{text}</text:p></table:table-cell>'
    return '<table:table-cell office:value-type="string">' + "".join(f"<text:p>{escape(part)}</text:p>" for part in text.split("\n")) + "</table:table-cell>"
tables = ""
style = '<office:automatic-styles><n:date-style style:name="N"><n:day/><n:text>-</n:text><n:month/><n:text>-</n:text><n:year n:style="long"/></n:date-style><style:style style:name="D" style:family="table-cell" style:data-style-name="N"/></office:automatic-styles>'
for name, file in zip(sys.argv[2::2], sys.argv[3::2]):
    rows = list(csv.reader(open(file, encoding="utf-8", newline=""), delimiter=","))
    tables += f"<table:table table:name={quoteattr(name)}>" + "".join("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in rows) + "</table:table>"
spaces = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("office", "table", "text", "style")) + ' xmlns:n="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as out:
    out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
    out.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">{style}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>')
    out.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.spreadsheet"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>')
PY
}
ods "$place/src/a.ods" "Blad 1" "$place/src/comma.csv"
facts() { sql vb_owner "SELECT md5(string_agg((to_jsonb(i) - 'delivery_no' - 'incident_no')::text, E'\n' ORDER BY (to_jsonb(i) - 'delivery_no' - 'incident_no')::text)) || ' ' || count(*) FROM fact.incident i"; }
forget() { sql vb_ingest "DELETE FROM fact.reject; DELETE FROM fact.incident; DELETE FROM fact.delivery WHERE kind = 'incident'" > /dev/null; }
n=0
# file, name it is delivered under -> exit status in $status, messages in $out
deliver() { n=$((n + 1)); mkdir "$place/d$n"; cp "$1" "$place/d$n/$2"; out=$(vb ingest --as-of 2026-09-01 "$place/d$n" 2>&1); status=$?; }

deliver "$place/src/a.csv" incidenten_99AZ00_2025-2026.csv
is "CSV: exit status" "$status" 0
want=$(facts); like "CSV: ten rows" "$want" ' 10$'; forget
for format in tsv xlsx ods zip json jsonl; do
    deliver "$place/src/a.$format" incidenten_99AZ00_2025-2026.$format
    is "$format: exit status ($out)" "$status" 0
    is "$format: the same facts as CSV" "$(facts)" "$want"
    out=$(vb ingest --as-of 2026-09-01 "$place/d$n" 2>&1)
    like "$format: known the second time" "$out" '1 files known already'
    forget
done
deliver "$place/src/wrapped.json" incidenten_99AZ00_2025-2026.json
is "JSON wrapped in an object: the same facts" "$(facts)" "$want"; forget
printf '[{"incident_nr": "J1", "datum": "2026-01-12", "vorm": ["pesten", "verbaal"], "getroffene": {"naam": "Jan Jansen", "geboortedatum": "2015-01-02"},\n "betrokkenen": [{"naam": "Jan Jansen", "rol": "overkwam het", "groep": 6}, {"naam": "Piet", "rol": "nam initiatief"}], "politie_aangifte": false}, {"incident_nr": "J2", "datum": "2026-01-13", "vorm": "fysiek"},\n {"incident_nr": "J3", "datum": kapot},\n {"incident_nr": "J4", "datum": "2026-01-14", "vorm": "diefstal", "schade_materieel": 12.5}]' > "$place/src/nested.json"
deliver "$place/src/nested.json" incidenten_99AZ00_2025-2026.json
is "nested JSON: lists, objects, and a record that is damaged" "$(sql vb_analyze "SELECT string_agg(vorm_set || ':' || length(people) / 18 || ':' || coalesce(police::text, '-') || ':' || coalesce(damage_cents, 0), ' ' ORDER BY occurred_on) FROM fact.incident")" "132:2:false:0 2:0:-:0 32:0:-:1250"
like "nested JSON: it is told" "$out" 'row 3: the record is not JSON \[json.ongeldig\]'; forget
printf '<?xml version="1.0"?>\n<InterchangeStudentDiscipline xmlns="http://ed-fi.org/5.2.0"><DisciplineIncident id="D1"><IncidentIdentifier>E1</IncidentIdentifier><IncidentDate>2026-03-02</IncidentDate><IncidentTime>10:15:00</IncidentTime><IncidentLocation>uri://ed-fi.org/IncidentLocationDescriptor#Hallway or stairs</IncidentLocation><IncidentDescription>Er werd geslagen en geschopt</IncidentDescription><ReporterName>Meester Kees</ReporterName><ReportedToLawEnforcement>true</ReportedToLawEnforcement></DisciplineIncident><DisciplineIncident id="D2"><IncidentIdentifier>E2</IncidentIdentifier><IncidentDate>2026-03-03</IncidentDate><Weapon>uri://ed-fi.org/WeaponDescriptor#Knife</Weapon></DisciplineIncident></InterchangeStudentDiscipline>\n' > "$place/src/edfi.xml"
deliver "$place/src/edfi.xml" incidenten_99AZ00_2025-2026.xml
is "Ed-Fi StudentDiscipline" "$status $(sql vb_analyze "SELECT string_agg(vorm_set || ':' || coalesce(hour, -1) || ':' || coalesce(place, 0) || ':' || coalesce(police::text, '-'), ' ' ORDER BY occurred_on) FROM fact.incident")" "0 2:10:3:true 2048:-1:0:-"; forget
record() { printf '<SurveyQuestionResponse><NoResponse>false</NoResponse><SurveyQuestionReference><SurveyQuestionIdentity><QuestionCode>%s</QuestionCode></SurveyQuestionIdentity></SurveyQuestionReference><SurveyResponseReference><SurveyResponseIdentity><SurveyResponseIdentifier>%s</SurveyResponseIdentifier></SurveyResponseIdentity></SurveyResponseReference><SurveyQuestionResponseValue><TextResponse>%s</TextResponse></SurveyQuestionResponseValue></SurveyQuestionResponse>' "$2" "$1" "$3"; }
{ printf '<?xml version="1.0"?><InterchangeSurvey xmlns="http://ed-fi.org/5.2.0">'; record R1 gepest_school Soms; record R1 sfeer_1 ++; record R1 cijfer 8; record R2 gepest_school Nooit; record R2 sfeer_1 '?'; printf '</InterchangeSurvey>'; } > "$place/src/survey.xml"
deliver "$place/src/survey.xml" enquete_99AZ00_2025-2026.xml
is "Ed-Fi Survey: one record per answer becomes one row per respondent" "$status $(sql vb_analyze "SELECT string_agg(array_to_string(fact.answers(answer), ',', '.'), ' ' ORDER BY fact.answered(answer, 12)) FROM fact.answer")" "0 .,.,.,.,.,.,.,.,.,.,.,1,.,.,.,. 4,.,.,.,.,.,.,.,.,8,.,2,.,.,.,."
sql vb_ingest "DELETE FROM fact.answer; DELETE FROM fact.delivery WHERE kind = 'enquete'" > /dev/null
# A signal written as an escape of the format is the same signal.
for case in 'json|[{"incident_nr": "1", "datum": "2026-01-12", "vorm": "pesten", "toelichting": "Handle\\u0020with\\u0020Care"}]' 'jsonl|{"incident_nr": "1", "datum": "2026-01-12", "vorm": "pesten", "Hw\\u0043": "x"}' 'xml|<I><DisciplineIncident><IncidentIdentifier>1</IncidentIdentifier><IncidentDescription>&#72;andle with care</IncidentDescription></DisciplineIncident></I>' 'xml|<I><DisciplineIncident Hw&#x43;="1"><A>1</A></DisciplineIncident></I>' 'xml|<I><!-- HwC-signaal --><DisciplineIncident><IncidentIdentifier>1</IncidentIdentifier></DisciplineIncident></I>'; do
    format=${case%%|*}; printf "${case#*|}" > "$place/src/secret.$format"
    deliver "$place/src/secret.$format" incidenten_99AZ00_2025-2026.$format
    case $case in *'Hw&#x43;'*) like "an attribute name cannot hold an escape: refused as damaged" "$out" 'not well-formed' ;; *)
        is "Handle with Care in $format, escaped: $(cut -c1-60 <<<"$case")" "$status $(sql vb_analyze 'SELECT count(*) FROM fact.delivery WHERE kind = $$incident$$')" "3 0"
        unlike "and nothing is said of it" "$out" 'secret|incidenten_99AZ00|HwC|Care' ;; esac
done
# An XLSX and an ODS in a zip file, with a manifest.
mkdir "$place/zip"; cp "$place/src/a.xlsx" "$place/zip/x.xlsx"
echo '{"board": 99003, "files": [{"file": "x.xlsx", "location": "99AZ00", "schooljaar": "2025-2026"}]}' > "$place/zip/manifest.json"
pack() { (cd "$1" && python3 -c 'import sys, zipfile, os
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:
    for name in sorted(os.listdir(".")): z.write(name)' "$2"); }
pack "$place/zip" "$place/src/m.zip"
deliver "$place/src/m.zip" iets.zip
is "XLSX in a zip file with a manifest: exit status ($out)" "$status" 0
is "XLSX in a zip file with a manifest: the same facts" "$(facts)" "$want"; forget
# Several sheets: none is lost, and what no form knows is said.
head -c 0 /dev/null > "$place/src/leeg.csv"; printf 'kleur,smaak\nrood,zoet\n' > "$place/src/vreemd.csv"
python3 - "$place/src" <<'PY'
import csv, sys
rows = list(csv.reader(open(sys.argv[1] + "/comma.csv", encoding="utf-8", newline="")))
for name, part in (("een", rows[:5]), ("twee", rows[:1] + rows[5:])):
    csv.writer(open(f"{sys.argv[1]}/{name}.csv", "w", newline="", encoding="utf-8")).writerows(part)
PY
ods "$place/src/veel.ods" Een "$place/src/een.csv" Leeg "$place/src/leeg.csv" Vreemd "$place/src/vreemd.csv" "Jan Jansen" "$place/src/twee.csv"
deliver "$place/src/veel.ods" incidenten_99AZ00_2025-2026.ods
is "several sheets: exit status 3 for the one that no form knows" "$status" 3
like "several sheets: it is named by its number" "$out" 'incidenten_99AZ00_2025-2026.ods#3: refused: no form of config/forms has the columns'
unlike "several sheets: never by its name" "$out" 'Jansen|Vreemd'
unlike "several sheets: an empty one is no matter" "$out" 'ods#2'
is "several sheets: the rows of both others" "$(sql vb_analyze 'SELECT count(*) FROM fact.incident')" "10"
is "several sheets: two deliveries, both in force" "$(sql vb_analyze "SELECT count(*) FROM fact.delivery WHERE kind = 'incident' AND replaced_by IS NULL")" 2
ods "$place/src/minder.ods" Een "$place/src/een.csv" Vreemd "$place/src/vreemd.csv"
deliver "$place/src/minder.ods" incidenten_99AZ00_2025-2026.ods
is "a later workbook replaces all sheets of the earlier one" "$(sql vb_analyze "SELECT count(*) FROM fact.delivery WHERE kind = 'incident' AND replaced_by IS NULL")" 1
is "and leaves its own rows" "$(sql vb_analyze 'SELECT count(*) FROM fact.incident')" 4
forget

# An SPSS file of a questionnaire against its CSV.
python3 - "$place/in/99003/2025-2026/enquete_99BA00_2025-2026.csv" "$place/src" <<'PY'
import csv, datetime, struct, sys
raw = open(sys.argv[1], "rb").read().decode("utf-8-sig").splitlines()
rows = list(csv.reader(raw, delimiter=max(";,\t", key=raw[0].count)))
head, rows = rows[0], [row for row in rows[1:] if len(row) == len(rows[0])]
def day(text):
    for pattern in ("%Y-%m-%d", "%d-%m-%Y"):
        try: return datetime.datetime.strptime(text, pattern)
        except ValueError: pass
known = {"nooit", "soms", "vaak", "altijd", "--", "-", "+", "++", "?", ""} # the register of mess is for other tests
rows = [row for row in rows if day(row[head.index("afnamedatum")]) and row[head.index("groep")] in "5678"
        and all(cell.lower() in known for name, cell in zip(head[5:], row[5:]) if name != "cijfer")]
csv.writer(open(sys.argv[2] + "/enquete.csv", "w", newline=""), delimiter=";").writerows([head] + rows)
# SPSS: codes with labels for the answers, an empty answer is system missing, dates are dates, the school is text.
text = {"schooljaar": 9, "brin": 4, "vestiging": 2}
out, data, names = b"", [], []
short = [f"V{n}" for n in range(len(head))]
segments = sum(-(-text.get(name, 8) // 8) for name in head)
out += struct.pack("<4s60s2i3id9s8s64s3x", b"$FL2", b"@(#) SPSS DATA FILE", 2, segments, 0, 0, len(rows), 100.0, b"12 Jan 26", b"12:00:00", b"Vragenlijst")
index, labels = 1, []
for short_name, name in zip(short, head):
    width = text.get(name, 0)
    form = (1 << 16 | width << 8) if width else (38 << 16 | 10 << 8) if name == "afnamedatum" else (5 << 16 | 8 << 8)
    out += struct.pack("<6i8s", 2, width, 0, 0, form, form, short_name.encode().ljust(8))
    for _ in range(1, -(-width // 8)): out += struct.pack("<6i8s", 2, -1, 0, 0, 0, 0, b" " * 8); 
    labels.append(index); index += max(1, -(-width // 8))
codes = {}
for column, name in enumerate(head):
    if name in text or name in ("afnamedatum", "groep", "cijfer"): continue
    values = sorted({row[column] for row in rows} - {""})
    codes[name] = {value: float(code) for code, value in enumerate(values, 1)}
    out += struct.pack("<2i", 3, len(values))
    for value, code in codes[name].items():
        size = len(value.encode()); out += struct.pack("<dB", code, size) + value.encode().ljust((size + 8) // 8 * 8 - 1)
    out += struct.pack("<3i", 4, 1, labels[column])
pairs = "\t".join(f"{a}={b}" for a, b in zip(short, head)).encode()
out += struct.pack("<4i", 7, 13, 1, len(pairs)) + pairs + struct.pack("<4i", 7, 20, 1, 5) + b"UTF-8" + struct.pack("<2i", 999, 0)
for row in rows:
    for name, value in zip(head, row):
        if name in text: out += value.encode().ljust(-(-text[name] // 8) * 8)
        elif value == "": out += struct.pack("<d", -sys.float_info.max)
        elif name == "afnamedatum": out += struct.pack("<d", (day(value) - datetime.datetime(1582, 10, 14)).total_seconds())
        else: out += struct.pack("<d", codes[name][value] if name in codes else float(value))
open(sys.argv[2] + "/enquete.sav", "wb").write(out)
PY
answers() { sql vb_owner "SELECT md5(string_agg((to_jsonb(i) - 'delivery_no' - 'answer_no')::text, E'\n' ORDER BY (to_jsonb(i) - 'delivery_no' - 'answer_no')::text)) || ' ' || count(*) FROM fact.answer i"; }
forget_answers() { sql vb_ingest "DELETE FROM fact.reject; DELETE FROM fact.answer; DELETE FROM fact.delivery WHERE kind = 'enquete'" > /dev/null; }
deliver "$place/src/enquete.csv" enquete_99BA00_2025-2026.csv
is "a questionnaire as CSV: exit status ($out)" "$status" 0
want_answers=$(answers); like "it has answers" "$want_answers" ' [1-9][0-9]+$'; forget_answers
deliver "$place/src/enquete.sav" enquete_99BA00_2025-2026.sav
is "a questionnaire as SPSS: exit status ($out)" "$status" 0
is "a questionnaire as SPSS: the same answers" "$(answers)" "$want_answers"; forget_answers
mkdir "$place/savzip"; cp "$place/src/enquete.sav" "$place/savzip/enquete_99BA00_2025-2026.sav"; pack "$place/savzip" "$place/src/sav.zip"
deliver "$place/src/sav.zip" iets.zip
is "SPSS in a zip file: the same answers" "$(answers)" "$want_answers"; forget_answers

# -- refused, in bounded memory ---------------------------------------------------------------------
deliveries=$(sql vb_analyze 'SELECT count(*) FROM fact.delivery')
refused() { # title, pattern, file, name
    n=$((n + 1)); mkdir "$place/d$n"; cp "$3" "$place/d$n/$4"
    out=$(ulimit -v 700000; vb ingest --as-of 2026-09-01 "$place/d$n" 2>&1)
    is "$1: exit status 3" "$?" 3
    like "$1: says why" "$out" "$4.*: refused: $2"
}
python3 - "$place/src" <<'PY'
import sys, zipfile
out = sys.argv[1]
piece = b"\0" * (1 << 20)
def bomb(name, entry, count=1, size=64):
    with zipfile.ZipFile(f"{out}/{name}", "w", zipfile.ZIP_DEFLATED) as file:
        for n in range(count):
            with file.open(entry % n if "%" in entry else entry, "w") as to:
                for _ in range(size): to.write(piece)
bomb("bomb.zip", "incidenten_99AZ00_2025-2026.csv", size=600)
bomb("many.zip", "incidenten_99AZ00_2025-2026_%d.csv", count=40, size=8)
bomb("bomb.xlsx", "xl/workbook.xml")
with zipfile.ZipFile(f"{out}/nest.zip", "w") as file: file.write(f"{out}/a.zip", "a.zip")
data = bytearray(open(f"{out}/a.zip", "rb").read()); data[120] ^= 0xFF; open(f"{out}/bad.zip", "wb").write(data)
for name in ("a.xlsx", "a.ods", "enquete.sav", "a.zip"):
    data = open(f"{out}/{name}", "rb").read(); open(f"{out}/half_{name}", "wb").write(data[:len(data) // 2])
data = bytearray(open(f"{out}/a.zip", "rb").read())
for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
    at = data.find(mark)
    while at >= 0: data[at + flag] |= 1; at = data.find(mark, at + 1)
open(f"{out}/locked.zip", "wb").write(data)
with zipfile.ZipFile(f"{out}/nothing.zip", "w") as file: file.writestr("LEESMIJ.md", "tekst")
PY
refused "a bomb" 'the archive unpacks to far more than its size' "$place/src/bomb.zip" x.zip
refused "a bomb of many files" 'the archive unpacks to far more than its size' "$place/src/many.zip" x.zip
refused "a bomb as a workbook" 'the archive unpacks to far more than its size' "$place/src/bomb.xlsx" x.xlsx
refused "a zip in a zip" 'the archive holds another archive; deliver the files themselves' "$place/src/nest.zip" x.zip
refused "a damaged zip" 'the archive is damaged; make it again' "$place/src/bad.zip" x.zip
refused "half a zip" 'the archive is damaged; make it again' "$place/src/half_a.zip" x.zip
refused "an encrypted zip" 'the archive is encrypted; deliver it without a password' "$place/src/locked.zip" x.zip
refused "a zip without deliveries" 'the archive holds no file that could be a delivery' "$place/src/nothing.zip" x.zip
refused "half an XLSX" 'the archive is damaged' "$place/src/half_a.xlsx" x.xlsx
refused "half an ODS" 'the archive is damaged' "$place/src/half_a.ods" x.ods
refused "half an SPSS file" 'this cannot be read as an SPSS file; save it again as .sav, or export it as CSV' "$place/src/half_enquete.sav" x.sav
refused "a CSV file called .xlsx" 'this is no .xlsx or .ods spreadsheet; save it again as one, or as CSV' "$place/src/a.csv" x.xlsx
mkdir "$place/nobin"
out=$(PATH=$place/nobin "$root/veiligbeeld" ingest "$place/src/a.xlsx" 2>&1); is "without a converter: exit status 3" "$?" 3
like "without a converter: names the package" "$out" 'install the Debian package "gnumeric"'
is "none of it left a delivery" "$(sql vb_analyze 'SELECT count(*) FROM fact.delivery')" "$deliveries"

# -- Handle with Care, in every layer ------------------------------------------------------------------
mark=Qx8Vw2 # beside every signal, and afterwards nowhere
python3 - "$place/src" "$mark" <<'PY'
import csv, os, sys, zipfile
out, mark = sys.argv[1:]
rows = list(csv.reader(open(out + "/comma.csv", encoding="utf-8", newline="")))
def copy(name, row, column, value):
    changed = [list(row) for row in rows]
    changed[row][column] = value
    csv.writer(open(f"{out}/{name}.csv", "w", newline="", encoding="utf-8")).writerows(changed)
copy("s_head", 0, 6, "HwC " + mark); copy("s_code", 2, 4, "Handle with Care"); copy("s_text", 3, 6, f"{mark} kreeg een handle-with-care signaal")
copy("s_initials", 3, 6, f"{mark} H.W.C. van de politie"); copy("s_soft", 3, 6, f"{mark} Han\u00addle wi\u200bth ca\u00adre"); copy("s_wide", 3, 6, f"{mark} \uff28\uff57\uff23"); copy("s_slash", 3, 6, f"{mark} Handle w/ care")
def again(name, source, part, old, new):
    with zipfile.ZipFile(f"{out}/{source}") as file, zipfile.ZipFile(f"{out}/{name}", "w", zipfile.ZIP_DEFLATED) as to:
        for entry in file.namelist():
            data = file.read(entry)
            if entry == part: assert old in data; data = data.replace(old, new, 1)
            to.writestr(entry, data)
again("s_letters.xlsx", "a.xlsx", "docProps/core.xml", b"</cp:coreProperties>", f"<dc:subject>H W C {mark}</dc:subject></cp:coreProperties>".encode())
again("s_prop.xlsx", "a.xlsx", "docProps/core.xml", b"</cp:coreProperties>", f"<dc:subject>Handle with Care {mark}</dc:subject></cp:coreProperties>".encode())
with zipfile.ZipFile(out + "/s_entry.zip", "w", zipfile.ZIP_DEFLATED) as file: file.write(out + "/a.csv", f"{mark}/melding_HwC.csv"); file.write(out + "/a.csv", "incidenten_99AZ00_2025-2026.csv")
with zipfile.ZipFile(out + "/s_other.zip", "w", zipfile.ZIP_DEFLATED) as file:
    file.write(out + "/a.csv", "incidenten_99AZ00_2025-2026.csv"); file.write(out + "/s_text.csv", f"z_{mark}.csv")
data = open(out + "/enquete.sav", "rb").read()
assert b"Vragenlijst" in data; open(out + "/s_label.sav", "wb").write(data.replace(b"Vragenlijst", b"HwC " + mark.encode() + b" "))
PY
for layer in head code text initials soft wide slash; do sheet "$place/src/s_$layer.csv" "$place/src/s_$layer.xlsx"; ods "$place/src/s_$layer.ods" Blad "$place/src/s_$layer.csv"; mkdir "$place/z$layer"; cp "$place/src/s_$layer.xlsx" "$place/z$layer/x.xlsx"; pack "$place/z$layer" "$place/src/s_$layer.zip"; done
ods "$place/src/s_name.ods" Goed "$place/src/comma.csv" "HwC $mark" "$place/src/vreemd.csv"
psql -XqAt -d "$(vb db dsn)" -c CHECKPOINT > /dev/null
trace() { PGOPTIONS= pg_dump --data-only -d "$(vb db dsn)" 2>/dev/null | grep -v restrict | md5sum; }
before=$(trace)
secret() { # title, file, name
    n=$((n + 1)); mkdir "$place/d$n"; cp "$2" "$place/d$n/$3"
    out=$(vb ingest --verbose --as-of 2026-09-01 "$place/d$n" 2>&1 < /dev/null)
    is "Handle with Care in $1: exit status 3" "$?" 3
    unlike "Handle with Care in $1: nothing says which file or why" "$out" "gewoon|$mark|HwC|Handle"
    like "Handle with Care in $1: only a general sentence" "$out" 'some input was refused because it may not be processed'
}
for kind in xlsx ods zip; do
    secret "a file name of $kind" "$place/src/a.$kind" "gewoon_HwC.$kind"
    for layer in head code text; do secret "the $layer of $kind" "$place/src/s_$layer.$kind" gewoon.$kind; done
done
for layer in initials soft wide slash; do
    for kind in csv xlsx ods zip; do secret "another spelling ($layer) in $kind" "$place/src/s_$layer.$kind" gewoon.$kind; done
done
secret "initials in a document property" "$place/src/s_letters.xlsx" gewoon.xlsx
secret "initials in a file name" "$place/src/a.csv" gewoon_H.W.C..csv
secret "the name of a sheet" "$place/src/s_name.ods" gewoon.ods
secret "a document property" "$place/src/s_prop.xlsx" gewoon.xlsx
secret "the name of an entry" "$place/src/s_entry.zip" gewoon.zip
secret "one entry of two" "$place/src/s_other.zip" gewoon.zip
secret "the label of an SPSS file" "$place/src/s_label.sav" gewoon.sav
is "no trace in the database: not a row, not a counter" "$(trace)" "$before"
is "no trace on disk" "$(grep -rlaF -- "$mark" "$place/var" "$(readlink -f "$place/var/pg" 2>/dev/null || echo "$place/var")" "$place/out" 2>/dev/null | head -3)" ""
# What a converter is allowed: it reads, and opens nothing for writing but the terminal's and the null device.
if command -v strace > /dev/null; then
    strace -f -qq -e trace=openat,open,creat,mkdir,mkdirat,rename,renameat2 -o "$place/calls" "$root/veiligbeeld" ingest --dry-run "$place/src/a.xlsx" > /dev/null 2>&1 < /dev/null
    ok "the converter was seen" grep -q 'ssconvert\|libspreadsheet' "$place/calls"
    is "nothing is opened for writing while a sheet is read" "$(grep -E 'O_WRONLY|O_RDWR|O_CREAT|mkdir|rename|creat\(' "$place/calls" | grep -vE '"/dev/(null|tty)"' | head -3)" ""
else
    skip "nothing is opened for writing" "no strace"
fi
finish
