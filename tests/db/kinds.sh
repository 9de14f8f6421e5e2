#!/usr/bin/env bash
# Every kind of record through every layout that is shipped: what arrives in fact, findings, and that a canary in any field of any form
# leaves no trace, whether its row is loaded or rejected.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
simulate --out "$place/in" --seed 1 --first 2025 > /dev/null
vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
deliver() { # name, form, the bytes of the file -> messages
    mkdir -p "$place/$1"
    printf '%b' "$3" > "$place/$1/$1.csv"
    printf '{"received": "2026-08-20", "files": [{"file": "%s.csv", "form": "%s", "location": "99AZ00", "schooljaar": "2025-2026"}]}' "$1" "$2" > "$place/$1/manifest.json"
    vb ingest --as-of 2026-09-01 "$place/$1" 2>&1
}
facts() { sql vb_analyze "$1"; }

deliver ongeval ongeval-canoniek 'ongeval_nr;datum;tijd;plaats;getroffene_rol;getroffene;geboortedatum;groep;behandeling;blijvend_letsel;verzuimdagen;oorzaak;getuigen;gemeld_arbeidsinspectie_op;verzekering_gemeld;letsel\nO1;2026-03-02;10:15;gymzaal;leerling;Jan de Vries;2015-01-02;6;ziekenhuis|opname;nee;12;val;ja;2026-03-02;ja;pols gebroken\nO2;2026-03-09;;plein;leerling;;;4;EHBO;nee;0;botsing;nee;2026-03-20;nee;\n' > "$place/out1"
is "accidents" "$(facts "SELECT occurred_on, hour, victim_role, (person IS NOT NULL)::int, treatment_set, lasting::int, days_absent, cause, reported_on FROM fact.accident ORDER BY 1")" "$(printf '2026-03-02|10|1|1|24|0|12|1|2026-03-02\n2026-03-09||1|0|4|0|0|2|2026-03-20')"
like "an accident reported late is told, not refused" "$(cat "$place/out1")" 'row 2, column 14 \(gemeld_arbeidsinspectie_op\): loaded, but the accident was reported more than a day later \[ongeval.laat_gemeld\]'
is "and kept as a finding" "$(facts "SELECT count(*) FILTER (WHERE finding), count(*) FILTER (WHERE NOT finding) FROM fact.reject")" "1|0"

deliver szw ongeval-szw 'Datum en tijdstip ongeval;Naam;Adres;De getroffene is;Noodzaak ziekenhuisopname;EHBO;Vermoedelijke verzuimduur;Aard van het ongeval;Soort letsel\n12-3-2026 14:30;Piet Jansen;Dorpsstraat 1;student;ja;nee;30;verbranden;brandwond\n13-3-2026;Piet Jansen;Dorpsstraat 1;uitzendkracht;nee;ja;1;sport;\n' > "$place/out2"
is "the SZW form as a table: marks are codes, the hour stands behind the date" "$(facts "SELECT occurred_on, hour, victim_role, treatment_set, days_absent, cause FROM fact.accident WHERE occurred_on BETWEEN '2026-03-12' AND '2026-03-13' ORDER BY 1")" "$(printf '2026-03-12|14|1|16|30|5\n2026-03-13||2|4|1|9')"

deliver signaal signaal-canoniek 'datum;tijd;locatie;gesignaleerd door;gebeurtenis\n2026-01-12;10:00;plein;Juf Anna;Kind vertelt dat\n2026-01-29;;;;\n2026-02-02;;gang;;\n' > /dev/null
is "signals are counted per school and month, nothing else is kept" "$(facts "SELECT month, count(*) FROM fact.signal GROUP BY 1 ORDER BY 1")" "$(printf '2026-01-01|2\n2026-02-01|1')"
is "a signal has three columns" "$(facts "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'fact' AND table_name = 'signal'")" 3

deliver meldcode meldcode-canoniek 'zaak_nr;kind;geboortedatum;stap1_op;stap2_op;stap3_op;stap4_op;stap5_op;afweging1;afweging2;besluit;veilig_thuis_advies_op;veilig_thuis_melding_op;terugkoppeling_op;ouders_gesproken_op;kindcheck;onrust;extern_consult;knelpunt;activiteiten\nZ1;Noor Bakker;2016-05-05;2026-01-10;2026-01-14;2026-01-13;;2026-02-01;ja;ja;melding;2026-01-14;2026-02-02;2026-02-20;2026-01-13;ja;groep;Veilig Thuis|ggd;tijd|twijfel;casusbespreking\nZ2;;;;;;;;nee;;afgesloten;2026-03-03;;;;nee;geen;;;\nZ3;;;;;;;;;;hulp;;;;;;;;;\n' > "$place/out3"
is "cases begin with their first step" "$(facts "SELECT begun_on, step2_on, step5_on, decision, advice_on, consult_set, trouble_set, unrest, child_check::int, (person IS NOT NULL)::int FROM fact.case_step ORDER BY 1")" "$(printf '2026-01-10|2026-01-14|2026-02-01|3|2026-01-14|6|10|2|1|1\n2026-03-03|||1|2026-03-03|||1|0|0')"
like "steps in another order are told, the order is not binding" "$(cat "$place/out3")" 'row 1, column 6 \(stap3_op\): loaded, but a step has an earlier date than the one before it'
like "a case without any date is refused" "$(cat "$place/out3")" 'row 3: a required value is empty \[waarde.ontbreekt\]'
deliver meldcode2 meldcode-canoniek 'zaak_nr;stap1_op;veilig_thuis_melding_op;terugkoppeling_op\nY1;2026-02-10;2026-02-12;2026-02-11\nY2;2026-02-10;;\n' > "$place/out3"
like "an answer before the report is refused" "$(cat "$place/out3")" 'row 1, column 4 \(terugkoppeling_op\): two dates are in an impossible order'

deliver naleving naleving-canoniek 'schooljaar;contactpersoon;interne_vertrouwenspersonen;externe_vertrouwenspersoon;aandachtsfunctionaris_opgeleid;veiligheidsplan_geevalueerd_op;monitor_afgenomen_op;monitor_geleverd_op;toestemming;ontruimingsoefeningen;lesuren_relaties;lesuren_sociaal;scholing;naam_contactpersoon\n2025-2026;ja;2;ja;nee;2025-10-01;2026-04-20;2026-05-01;ja;2;10;30;ja;Meester Kees\n' > /dev/null
is "the checklist" "$(facts "SELECT schooljaar, contact::int, confidants, trained::int, plan_on, delivered_on, drills, lessons_relation, lessons_social FROM fact.compliance")" "2025|1|2|0|2025-10-01|2026-05-01|2|10|30"

deliver lev incident-bijlage11 'Datum;Locatie;Toelichting;Betrokkenen;Bijlagen\n12-01-2026;bij school;In de gymzaal werd Sem door twee jongens geslagen en geschopt;Sem (gr 6), Daan (gr 7);foto.jpg\n13-01-2026;;Zie gesprek van gisteren;;\n14-01-2026;;Wordt al weken elke pauze op het plein buitengesloten en uitgelachen;Noor (gr 5);\n12-01-2026;bij school;In de gymzaal werd Sem door twee jongens geslagen en geschopt;Sem (gr 6), Daan (gr 7);foto.jpg\n' > "$place/out4"
is "bijlage 11: form and place come from the text, with their confidence" "$(facts "SELECT occurred_on, vorm_set, vorm, place, length(people) / 18, confidence >= 70 FROM fact.incident ORDER BY 1")" "$(printf '2026-01-12|2|1|6|2|t\n2026-01-13|32768|15|14|0|f\n2026-01-14|128|7|1|1|t')"
like "a row that is there twice counts once" "$(cat "$place/out4")" '4 rows read = 3 loaded \+ 0 rejected \+ 0 superseded \+ 1 duplicate'

catent='Datum en tijdstip incident;Plaats van het incident;Naam getroffene;Getroffene is;fysiek nl;verbaal nl;dreigen nl;seksuele intimidatie nl;opname in ziekenhuis;EHBO;materieel kosten;anders kosten;aangifte gedaan;melding arbeidsinspectie ernstig ongeval;psychische opvang nazorg;Korte beschrijving van het incident'
deliver catent incident-catent "$catent"'\n3-2-2026 11:20;plein;Ali Kaya;leerling;klap in het gezicht;;-;nee;;ja;€ 1.250,50;12,00;ja;nee;ja;vechtpartij\n4-2-2026;gang;;werknemer;;uitgescholden;ja;;;;;;nee;nee;nee;\n' > /dev/null
is "Catent: a column per form, cells that say more than yes" "$(facts "SELECT occurred_on, hour, place, vorm_set, vorm, victim_role, treatment_set, damage_cents, police::int, aftercare::int, confidence FROM fact.incident WHERE occurred_on BETWEEN '2026-02-03' AND '2026-02-04' ORDER BY 1")" "$(printf '2026-02-03|11|1|2|1|1|4|126250|1|1|\n2026-02-04||3|12|3|2|||0|0|')"

deliver magister incident-magisterstijl 'Registratienummer;Stamnummer;Leerling;Geboortedatum;Klas;Datum;Lesuur;Soort registratie;Locatie;Docent;Omschrijving\n7001;123;Bo Smit;2011-02-03;2B;5-3-2026;4;Verbale agressie,Vandalisme;aula;JAN;schold\n' > /dev/null
is "a registration in the style of a secondary school's administration" "$(facts "SELECT vorm_set, place, length(people) / 18 FROM fact.incident WHERE occurred_on = '2026-03-05'")" "20|13|1"

deliver lime enquete-limesurvey 'id,submitdate,lastpage,startlanguage,groep,sfeer[SQ001],sfeer[SQ002],cijfer,veilig,gepestschool,gepestonline,pijn,bang,ruziehulp,opmerking\n1,2026-04-15 09:12:00,5,nl,A7,A4,A3,8,A4,B1,B2,B1,B1,B3,Mijn naam is Sem\n2,2026-04-15 09:14:00,5,nl,A8,A9,,7,A2,B3,B1,B2,B2,B4,\n' > /dev/null
is "LimeSurvey: aliases of questions and answers" "$(facts "SELECT taken_on, grp, fact.answers(answer) FROM fact.answer ORDER BY fact.answered(answer, 10) DESC")" "$(facts "SELECT * FROM (VALUES (date '2026-04-15', (SELECT no FROM register.code WHERE list='groep' AND code='7'), '{4,3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8,4,1,2,1,1,3}'), ('2026-04-15', (SELECT no FROM register.code WHERE list='groep' AND code='8'), '{NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,7,2,3,1,2,2,4}')) v")"
deliver google enquete-googleformulier 'Tijdstempel,In welke groep zit je?,Ik vind het leuk op school,Word je gepest op school?,Wil je nog iets vertellen?\n12-5-2026 10:15:00,7,++,Nooit,\n' > /dev/null
is "Google form" "$(facts "SELECT taken_on, fact.answered(answer, 1), fact.answered(answer, 12) FROM fact.answer WHERE taken_on = '2026-05-12'")" "2026-05-12|4|1"
header=$(seq -f 'm%02g' -s ';' 1 24); deliver leerkrachten enquete-medewerkers "schooljaar;$header;opmerking\n2025-2026;$(seq -s ';' 24 | sed 's/[0-9]*/eens/g');fijn\n2025-2026;$(printf 'oneens;%.0s' {1..18})vaak;soms;nooit;nooit;nooit;neutraal;\n" > "$place/out5"
like "answers of another scale are refused with the question's code" "$(cat "$place/out5")" 'row 1, column 20 \(m19\): the value is not in the list of codes'
is "staff: 24 questions" "$(facts "SELECT length(answer), fact.answered(answer, 1), fact.answered(answer, 19) FROM fact.answer WHERE instrument = 4")" "24|2|3"
header=$(seq -f 'o%02g' -s ';' 1 12); deliver ouders enquete-ouders "schooljaar;$header\n2025-2026;eens;eens;eens;eens;nooit;soms;eens;eens;eens;eens;eens;weet niet\n" > /dev/null
is "parents" "$(facts "SELECT fact.answers(answer) FROM fact.answer WHERE instrument = 5")" "{4,4,4,4,1,2,4,4,4,4,4,NULL}"
deliver maatregel maatregel-canoniek 'maatregel_nr;soort;leerling;groep;begin;eind\nM1;schorsing;Jan;6;2026-01-12;2026-01-23\nM2;schorsing;Jan;6;2026-02-12;2026-02-13\nM3;time-out;Jan;6;2026-03-12;2026-03-13\n' > "$place/out6"
like "a suspension of more than a week is a finding" "$(cat "$place/out6")" 'row 1, column 6 \(eind\): loaded, but the suspension lasts longer than a week \[schorsing.te_lang\]'
unlike "and the other two are none" "$(cat "$place/out6")" 'row [23]'
is "all three are loaded: a measure needs no incident" "$(facts "SELECT count(*) FROM fact.measure")" 3
# Whom a questionnaire asked tells it apart: a school with answers of staff and parents alone has not asked its pupils.
status=$(vb status --schooljaar 2025-2026 --as-of 2026-09-20)
for kind in 'enquete medewerkers' 'enquete ouders' ongeval signaal meldcode naleving; do like "status knows $kind and when it was due" "$status" "$kind .* 2026-0[79]-01"; done
is "status as JSON says what is late or missing" "$(vb status --json --schooljaar 2025-2026 --as-of 2026-09-20 | python3 -c 'import json, sys; rows = json.load(sys.stdin); print(sorted({r["state"] for r in rows}), all(r["due"] for r in rows))')" "['', 'late', 'missing'] True"
sql vb_ingest "UPDATE fact.delivery SET replaced_by = delivery_no WHERE kind = 'enquete' AND respondents = 'leerlingen'" > /dev/null
like "staff and parents are no pupils: their questionnaire is missing" "$(vb status --schooljaar 2025-2026 --as-of 2026-09-20)" 'enquete  *\(nothing received\).* 2026-07-01 missing'
sql vb_ingest "UPDATE fact.delivery SET replaced_by = NULL WHERE replaced_by = delivery_no" > /dev/null
is "every account closes" "$(facts "SELECT count(*) FROM fact.delivery WHERE rows_read <> rows_loaded + rows_rejected + rows_superseded + rows_duplicate")" 0

deliver wissel maatregel-canoniek 'maatregel_nr;soort;leerling;geboortedatum;begin;eind\nW1;time-out;Jan de Vries;2015-03-04;2026-01-12;2026-01-12\nW2;time-out;Vries, Jan de;2015-04-03;2026-01-13;2026-01-13\nW3;time-out;Jan de Vries;2015-04-03;2026-01-14;2026-01-14\nW4;time-out;Kees Smit;2015-04-03;2026-01-14;2026-01-14\nW5;time-out;Kees Smit;2015-04-13;2026-01-14;2026-01-14\n' > "$place/out7"
is "day and month exchanged: told once, and not merged" "$(grep -c 'persoon.dag_maand' "$place/out7")|$(facts "SELECT count(DISTINCT person) FROM fact.measure")" "1|4"
like "with row and column" "$(cat "$place/out7")" 'row 2, column 4 \(geboortedatum\): loaded, but the same name is there with day and month of birth exchanged'

# A canary in any field of any form: first in every private field and in a column that no form knows, with good values elsewhere; then in every
# other field, one row each, so that its row is mostly rejected.
python3 - "$root" "$place/canary" <<'P'
import glob, json, os, sys
root, place = sys.argv[1:]
os.makedirs(place)
load = lambda pattern: [json.load(open(f, encoding="utf-8")) for f in sorted(glob.glob(f"{root}/config/{pattern}/*.json"))]
kinds = {k["kind"]: k for k in load("kinds")}
lists = {l["list"]: l for l in load("codes")}
instruments = {i["instrument"]: i for i in load("instruments")}
canary = "KANARIE7Q"
files, count = [], 0
for form in load("forms"):
    kind = kinds[form["kind"]]
    if kind.get("public") or form.get("board"):
        continue
    good = {}
    for column in kind["columns"]:
        value = {"date": "2026-02-03", "month": "2026-02-03", "int": "2", "real": "2", "bool": "ja", "hour": "10", "schooljaar": "2025-2026", "key": "K1", "money": "5", "people": "Jan Zonder"}.get(column["type"], "")
        if column["type"] in ("code", "codes", "main"):
            value = lists[column["list"]]["codes"][0]["code"]
        good[column["field"]] = value
        for extra in column.get("also", []):
            good[extra] = "2026-02-03" if column["type"] == "earliest" else "5"
    if form["date_formats"][0] == "dmy":
        good = {k: "3-2-2026" if v == "2026-02-03" else v for k, v in good.items()}
    if form["date_formats"][0] == "mdy":
        good = {k: "2/3/2026" if v == "2026-02-03" else v for k, v in good.items()}
    header, values, private = [], [], []
    for name, field in form["fields"].items():
        heads = field.get("columns", [])[:1] or list(field.get("marks", {}))
        for head in heads:
            if head in header:
                continue
            header.append(head)
            secret = name in kind["private"] or "marks" in field
            private.append(secret)
            values.append(canary if secret else good.get(name, ""))
    if form.get("instrument"):
        for item in instruments[form["instrument"]]["items"]:
            scale = instruments[form["instrument"]]["scales"][item["scale"]]
            header.append(item["label"] if "form" in form["form"] and "web" in form["form"] or "google" in form["form"] else item["code"])
            values.append(next(k for k, v in scale["values"].items() if v is not None)); private.append(False)
        if form["form"] == "enquete-limesurvey":
            header.append("sfeer[SQ001]"); values.append("A1"); private.append(False)
            header.append("startlanguage"); values.append(canary); private.append(True)
    for head in form.get("detect", []):
        if head not in header:
            header.append(head); values.append(canary); private.append(True)
    header.append("Kolom die niemand kent"); values.append(canary); private.append(True)
    rows = [list(values)]
    for at in range(len(header)):
        if not private[at]:
            row = list(values); row[at] = f"{canary}-{at}"
            rows.append(row)
            count += 1
    name = f"{form['form']}.csv"
    with open(f"{place}/{name}", "w", encoding="utf-8") as out:
        quote = lambda cell: '"' + cell.replace('"', '""') + '"'
        out.write(";".join(map(quote, header)) + "\n")
        for row in [rows[0]] * 1 + rows[1:]:
            out.write(";".join(map(quote, row)) + "\n")
    files.append({"file": name, "form": form["form"], "location": "99AZ00", "schooljaar": "2025-2026"})
json.dump({"received": "2026-08-20", "files": files}, open(f"{place}/manifest.json", "w"))
json.dump({f["form"]: 1 for f in files}, open(f"{place}.forms", "w"))
print(len(files), count)
P
cp -r "$root/config" "$place/config_all"
sed -i -E 's/"max_reject_share": [0-9.]+/"max_reject_share": 1/' "$place"/config_all/forms/*.json
VEILIGBEELD_CONFIG="$place/config_all" vb ingest --as-of 2026-09-01 --verbose "$place/canary" > "$place/canary.out" 2>&1
forms=$(ls "$place/canary"/*.csv | wc -l)
like "the canary files were read, most rows rejected" "$(cat "$place/canary.out")" 'ingest: [0-9]+ files loaded'
unlike "no file was refused whole" "$(cat "$place/canary.out")" 'refused:'
is "every private kind has a form here" "$(facts "SELECT count(DISTINCT kind) FROM fact.delivery WHERE board_no IS NOT NULL AND replaced_by IS NULL")" "$(python3 -c "
import glob, json
print(len({json.load(open(f))['kind'] for f in glob.glob('$root/config/kinds/*.json') if not json.load(open(f)).get('public')} - {'vrijedag'}) + 1)")"
sql vb_owner CHECKPOINT > /dev/null 2>&1; vb db stop > /dev/null 2>&1
is "the canary is in no file of var, whatever field it was in ($forms forms)" "$(grep -rlaE 'KANARIE7Q' "$place/var" 2>/dev/null | wc -l)" 0
unlike "nor in any message" "$(cat "$place/canary.out")" 'KANARIE7Q'
finish
