#!/usr/bin/env bash
# disclose --table: any table of counts, without a database.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
cd "$place" || exit 1
cat > t.csv <<'T'
school,form,value
a,pesten,3
a,fysiek,20
a,anders,30
b,pesten,25
b,fysiek,40
b,anders,50
c,pesten,35
c,fysiek,60
c,anders,70
T
out=$(vb disclose --table t.csv --certificate c.json 2>log); is "a table is protected" "$?" 0
is "every cell with all margins, and a header" "$(wc -l <<<"$out")" 17
like "the dimensions, value and flag" "$(head -1 <<<"$out")" '^school,form,value,flag$'
is "a primary has no value" "$(grep '^a,pesten' <<<"$out")" 'a,pesten,,u'
is "a published cell has one" "$(grep '^Total,Total' <<<"$out")" 'Total,Total,333,p'
is "three secondaries" "$(grep -c ',x$' <<<"$out")" 3
like "the log says what was done, without values" "$(cat log)" '16 cells: 12 published, 0 zero, 1 primary, 3 secondary; narrowest interval [0-9]+'
is "the certificate counts the same" "$(python3 -c 'import json; c = json.load(open("c.json")); print(c["cells"], c["primaries"], c["secondaries"], c["attackers"], c["narrowest_interval"] >= 3, c["rules"]["threshold"])')" '16 1 3 1 True 5'
is "the same again, to the byte" "$(vb disclose --table t.csv 2>/dev/null)" "$out"
(head -1 t.csv; tail -n +2 t.csv | tac) > turned.csv
is "whatever the order of rows" "$(vb disclose --table turned.csv 2>/dev/null)" "$out"
(echo school,form,value; for school in a b c; do for form in x y z; do case $school$form in ax) echo a,x,3;; *) echo "$school,$form,20";; esac; done; done) > alike.csv
is "also where all but one are alike" "$( (head -1 alike.csv; tail -n +2 alike.csv | tac) > turnedalike.csv; vb disclose --table turnedalike.csv 2>/dev/null)" "$(vb disclose --table alike.csv 2>/dev/null)"
is "a threshold of its own" "$(vb disclose --table t.csv --threshold 21 2>/dev/null | grep -c ',u$')" 2
grep -v '^a,pesten' t.csv > z.csv
is "a combination that is absent is a zero, and shown" "$(vb disclose --table z.csv 2>/dev/null | grep '^a,pesten')" 'a,pesten,0,p'
is "or hidden" "$(vb disclose --table z.csv --zeros suppress 2>/dev/null | grep '^a,pesten')" 'a,pesten,,u'
# a published total less a published cell two lines below: the rest is a figure too
printf 'school,value\ns1,29\ns2,2\ns3,1\ns4,1\n' > two.csv; printf 'parent,child\nG1,s1\nG1,s2\nG2,s3\nG2,s4\nTotal,G1\nTotal,G2\n' > twoh.csv
is "two lines together leave no four" "$(vb disclose --table two.csv --hier school=twoh.csv --zeros suppress 2>/dev/null | grep -cE '^(Total|s1),.*,p$')" 1
printf 'school,value\ns1,29\ns2,4\ns3,2\ns4,2\n' > two.csv
is "nor eight under a threshold of ten" "$(vb disclose --table two.csv --hier school=twoh.csv --threshold 10 2>/dev/null | grep -cE '^(Total|s1),.*,p$')" 1
# hierarchies, one with two breakdowns
printf 'parent,child,set\nTotal,b1,bestuur\nTotal,b2,bestuur\nb1,a,\nb1,b,\nb2,c,\nTotal,noord,regio\nTotal,zuid,regio\nnoord,a,\nnoord,c,\nzuid,b,\n' > h.csv
out=$(vb disclose --table t.csv --hier school=h.csv 2>/dev/null); is "a hierarchy with two breakdowns" "$?" 0
is "has all its codes" "$(cut -d, -f1 <<<"$out" | sort -u | tr '\n' ' ')" 'Total a b b1 b2 c noord school zuid '
(head -1 h.csv; tail -n +2 h.csv | tac) > hturned.csv
is "whatever the order of the hierarchy" "$(vb disclose --table turned.csv --hier school=hturned.csv 2>/dev/null)" "$out"
is "a code with one part is that part: both are hidden or none" "$(grep -cE '^(b2|c),pesten,[0-9]+,p|^(b2|c),pesten,,x' <<<"$out")" 2
# the order of rows: totals first, each group before its parts, codes of a level by their text; of a second breakdown what was not there yet
is "the rows of a table" "$(vb disclose --table t.csv 2>/dev/null | cut -d, -f1,2 | tr '\n' ' ')" 'school,form Total,Total Total,anders Total,fysiek Total,pesten a,Total a,anders a,fysiek a,pesten b,Total b,anders b,fysiek b,pesten c,Total c,anders c,fysiek c,pesten '
is "and of a hierarchy with two breakdowns" "$(vb disclose --table t.csv --hier school=h.csv 2>/dev/null | cut -d, -f1 | uniq | tr '\n' ' ')" 'school Total b1 a b b2 c noord zuid '
printf 'parent,child,set\nZ,y,a\nZ,k2,a\nk2,m,\nk2,c,\nk2,k1,\nk1,x,\nk1,b,\nZ,s2,b\nZ,s1,b\ns1,y,\ns1,m,\ns1,c,\ns2,k1,\n' > deep.csv
printf 'code,value\ny,50\nm,60\nc,70\nx,80\nb,90\n' > deept.csv
is "whatever the letters and the depth" "$(vb disclose --table deept.csv --hier code=deep.csv 2>/dev/null | cut -d, -f1,2 | tr '\n' ' ')" 'code,value Z,350 k2,300 c,70 k1,170 b,90 x,80 m,60 y,50 s1,180 s2,170 '
is "JSON: in the same order" "$(vb disclose --table deept.csv --hier code=deep.csv --json 2>/dev/null | python3 -c 'import json, sys; print(*[c["codes"]["code"] for c in json.load(sys.stdin)["cells"]])')" 'Z k2 c k1 b x m y s1 s2'
printf 'parent,child\nzz,c\n' > one.csv; printf 'parent,child\nzz,b\nzz,a\n' > other.csv
is "whatever the total is called, and whichever file has what" "$(vb disclose --table t.csv --hier school=one.csv --hier school=other.csv 2>/dev/null | cut -d, -f1 | uniq | tr '\n' ' ')" 'school zz a b c '
# insiders
tried() { vb disclose --table t.csv --hier school=h.csv --contributors "$1" --certificate c.json > /dev/null 2>&1; python3 -c 'import json; print(json.load(open("c.json"))["insiders_tried"])'; }
is "boards and regions attack, or boards only: two fewer" "$(($(tried school) - $(tried school=bestuur)))" 2
out=$(vb disclose --table t.csv --contributors school --certificate c.json 2>/dev/null); is "schools that know their own records" "$?" 0
like "have each been tried" "$(tr -d ' \n' < c.json)" '"attackers":[3-9],"insiders_tried":[2-9]'
ok "and more is hidden" test "$(grep -cE ',[ux]$' <<<"$out")" -gt 4
# demands
printf 'school,form\na,Total\na,fysiek\na,anders\n' > must.csv
err=$(vb disclose --table t.csv --must must.csv 2>&1 >o.csv); is "demands that give a child away are refused" "$?" 6
is "nothing is printed then" "$(wc -c < o.csv)" 0
is "the three that clash are named" "$(grep -c 'must be published, with the others' <<<"$err")" 3
like "and what they give away" "$err" 'may not be known: school=a, form=pesten'
printf 'school,form\na,fysiek\n' > must.csv
is "a demand that can be met is met" "$(vb disclose --table t.csv --must must.csv 2>/dev/null | grep '^a,fysiek')" 'a,fysiek,20,p'
printf 'school,form\na,fysiek\nb,pesten\n' > earlier.csv
out=$(vb disclose --table t.csv --earlier earlier.csv 2>/dev/null)
is "what was published before stays so" "$(grep -cE '^(a,fysiek|b,pesten),[0-9]+,p' <<<"$out")" 2
# what cannot be protected: kind, cell by its codes, in both languages
dutch() { LANGUAGE=nl LC_ALL=C.UTF-8 vb "$@"; }
refused() { # title, status, English, Dutch, arguments...
    local title=$1 want=$2 say=$3 zeg=$4 text; shift 4
    text=$(vb disclose "$@" 2>&1 >o.csv); is "$title" "$?" "$want"; like "$title: it says" "$text" "$say"; unlike "$title: not the value, no number of a cell" "$text" 'geheim|cell [0-9]'
    like "$title: in Dutch" "$(dutch disclose "$@" 2>&1 >/dev/null)" "$zeg"; is "$title: nothing is printed" "$(wc -c < o.csv)" 0
}
# what was published before: one's own earlier output as it is, and never another number beside it
vb disclose --table t.csv > first.csv 2>/dev/null
is "one's own earlier output as it is" "$(vb disclose --table t.csv --earlier first.csv 2>/dev/null)" "$(cat first.csv)"
is "whatever is hidden in it is not held to be published" "$(vb disclose --table t.csv --earlier <(grep -v p$ first.csv) 2>/dev/null)" "$(cat first.csv)"
printf 'school,form,value\na,fysiek,20\nTotal,fysiek,121\n' > earlier.csv
refused "a number that was corrected since" 6 'earlier.csv", line 3: the table has another number here than was published' 'earlier.csv", regel 3: de tabel heeft hier een ander getal dan gepubliceerd is' --table t.csv --earlier earlier.csv
printf 'school,form,value\na,fysiek,20\nTotal,fysiek,119\n' > up.csv
refused "and one that went up since" 6 'up.csv", line 3: the table has another number here than was published' 'up.csv", regel 3: de tabel heeft hier een ander getal' --table t.csv --earlier up.csv
unlike "and neither number is said" "$(vb disclose --table t.csv --earlier earlier.csv 2>&1)" '12[01]'
like "but what it does" "$(vb disclose --table t.csv --earlier earlier.csv 2>&1)" 'tells by how much'
printf 'school,form,value,flag\na,fysiek,20,p\na,anders,,p\n' > earlier.csv
refused "published without a number" 3 'earlier.csv", line 3, column "value": not a whole number' 'earlier.csv", regel 3, kolom "value": geen geheel getal' --table t.csv --earlier earlier.csv
printf 'school,form,value,flag\na,fysiek,20,published\n' > earlier.csv
refused "a flag that is none" 3 'earlier.csv", line 2, column "flag": not p, u or x' 'earlier.csv", regel 2, kolom "flag": geen p, u of x' --table t.csv --earlier earlier.csv
printf 'school,form,value,flag\na,fysiek,20,x\n' > earlier.csv
refused "hidden with a number" 3 'line 2, column "value": a hidden cell has no value' 'regel 2, kolom "value": een verborgen cel heeft geen waarde' --table t.csv --earlier earlier.csv
printf 'school,form,value,flag\na,fysiek,99,x\n' > must.csv
is "of demands only the dimensions are read" "$(vb disclose --table t.csv --must must.csv 2>/dev/null | grep '^a,fysiek')" 'a,fysiek,20,p'
printf 'school,form\na,Total\na,fysiek\na,anders\n' > earlier.csv
refused "what was published gives away more" 6 'was published earlier, with the others named here: school=a, form=fysiek' 'is al gepubliceerd, net als de andere die hier staan: school=a, form=fysiek' --table t.csv --earlier earlier.csv
is "and nothing is called a demand" "$(vb disclose --table t.csv --earlier earlier.csv 2>&1 >/dev/null | grep -c 'must be published, with')" 0
printf 'school,form\na,Total\na,fysiek\n' > earlier.csv; printf 'school,form\na,anders\n' > must.csv
refused "with a demand" 6 '3 cells that must be published or were published earlier give away' '3 cellen die gepubliceerd moeten worden of al zijn, verraden samen' --table t.csv --earlier earlier.csv --must must.csv
is "each is called what it is" "$(vb disclose --table t.csv --earlier earlier.csv --must must.csv 2>&1 >/dev/null | grep -oE 'error: (must be|was) published' | sort | uniq -c | tr -s ' \n' ' ')" ' 1 error: must be published 2 error: was published '
printf 'school,form,value\na,x,1\nb,y,2\n' > bad.csv; printf 'school,form\nTotal,Total\n' > earlier.csv
refused "one that was published" 6 'a cell that was published earlier gives away' 'een cel die al gepubliceerd is, verraadt' --table bad.csv --earlier earlier.csv
like "and which" "$(vb disclose --table bad.csv --earlier earlier.csv 2>&1)" 'was published earlier: school=Total, form=Total'
printf 'school,form\na,Total\na,fysiek\na,anders\n' > must.csv
refused "demands that clash" 6 'and then this can be computed, and may not be known: school=a, form=pesten$' 'en dan is dit uit te rekenen, .*: school=a, form=pesten$' --table t.csv --must must.csv
refused "demands that clash: all" 6 '3 cells that must be published together give away' '3 cellen die gepubliceerd moeten worden, verraden samen' --table t.csv --must must.csv
# 1 + 1 + 1 + 2 under a total that must be published: each of them is 1 or 2
printf 'school,form,value\na,x,1\na,y,1\na,z,1\na,w,2\nb,x,40\nb,y,50\nb,z,60\nb,w,70\n' > r.csv; printf 'school,form\na,Total\n' > must.csv
refused "nothing more to hide" 6 'nothing more of it may be hidden: school=a, form=Total \(such totals: 1\)' 'er mag niets meer van worden verborgen: school=a, form=Total \(aantal zulke totalen: 1\)' --table r.csv --must must.csv
refused "what may help" 6 'a coarser one or fewer demands may help' 'een grovere tabel of minder eisen kan helpen' --table r.csv --must must.csv
# 10 and 6 stand there: 4 are left for the two others. The 6 may be hidden under its own total, and is computed from that
printf 'school,form,value\na,u,0\na,v,6\na,w,4\n' > r.csv; printf 'school,form\na,Total\nTotal,v\n' > must.csv
refused "too little, whatever is hidden" 6 'whatever else is hidden: school=a, form=Total \(such totals: 2\)' 'wat er verder ook wordt verborgen: school=a, form=Total \(aantal zulke totalen: 2\)' --table r.csv --must must.csv --zeros suppress
# only b has a w, so it is the w of the total too; 20, 8 and 32 leave 4 for w and b's and c's v, each at least 1
printf 'school,form,value\na,u,2\na,v,20\nb,u,2\nb,w,1\nc,u,4\nc,v,3\n' > r.csv; printf 'school,form\na,v\nTotal,u\nTotal,Total\n' > must.csv
refused "narrow to a reader" 6 'any reader can narrow down this hidden cell, .*: school=b, form=w \(such cells: 3\)' 'elke lezer kan deze verborgen cel .*: school=b, form=w \(aantal zulke cellen: 3\)' --table r.csv --must must.csv
# a knows his own 12, b has 23 in all: the hidden total is 35 to him
printf 'school,form,value\na,u,4\na,v,8\nb,u,3\nb,v,20\n' > r.csv; printf 'school,form\na,v\nb,Total\n' > must.csv
refused "narrow to an insider" 6 'who knows the records of "a" can .*: school=Total, form=Total \(such cells: 2\)' 'wie de registraties van "a" kent, .*: school=Total, form=Total \(aantal zulke cellen: 2\)' --table r.csv --must must.csv --contributors school
# bad input: file, line, column, what to do, never the value
printf 'school,form,value\na,x,geheim\n' > bad.csv; refused "a value that is none" 3 'bad.csv", line 2, column "value": not a whole number' 'bad.csv", regel 2, kolom "value": geen geheel getal' --table bad.csv
printf 'school,form,value\na,x,-1\n' > bad.csv; refused "a negative value" 3 'not a whole number from 0' 'geen geheel getal van 0' --table bad.csv
printf 'school,form,value\na,x,1\na,x,2\n' > bad.csv; refused "a cell twice" 3 'line 3: this combination of codes stands there twice' 'regel 3: deze combinatie van codes staat er twee keer' --table bad.csv
printf 'school,form\na,x\n' > bad.csv; refused "no values" 3 'has no column "value"; it has: school, form' 'heeft geen kolom "value"; wel: school, form' --table bad.csv
printf 'value\n1\n' > bad.csv; refused "no dimensions" 3 'every column but value and schools is one' 'elke kolom behalve value en schools' --table bad.csv
printf 'a,b,c,d,e,f,g,h,i,value\n1,1,1,1,1,1,1,1,1,1\n' > bad.csv; refused "too many dimensions" 3 'bad.csv" has more than 8 dimensions' 'bad.csv" heeft meer dan 8 dimensies' --table bad.csv
(echo a,b,c,d,e,f,g,h,value; for at in 1 2 3 4 5 6 7 8; do echo "$at,$at,$at,$at,$at,$at,$at,$at,9"; done) > bad.csv; refused "too many cells" 3 'more than 20000000 cells' 'meer dan 20000000 cellen' --table bad.csv
printf 'school,form,value\na,x,600000000\nb,x,600000000\n' > bad.csv; refused "a total too large" 3 'this total is more than 1000000000: school=Total, form=x' 'dit totaal is meer dan 1000000000: school=Total, form=x' --table bad.csv
printf 'school,value\nTotal,1\n' > bad.csv; refused "totals among the cells" 3 'has a code Total, which is the name of its total' 'alleen de binnenste cellen' --table bad.csv
printf 'school,form,value\ngeheim,x,1\n' > bad.csv; refused "a code without a place" 3 'line 2: the hierarchy of "school" does not have this code' 'regel 2: de hiërarchie van "school" kent deze code niet' --table bad.csv --hier school=h.csv
printf 'school,form,value\nnoord,x,1\n' > bad.csv; refused "a total of the hierarchy" 3 'is a total; the table holds innermost cells only' 'is een totaal; de tabel bevat alleen' --table bad.csv --hier school=h.csv
refused "a file that is not there" 3 'cannot read "nowhere.csv"' 'kan "nowhere.csv" niet lezen' --table nowhere.csv
refused "a dimension that is none" 1 'DIM=FILE with a dimension of the table' 'DIM=BESTAND met een dimensie van de tabel' --table t.csv --hier klas=h.csv
refused "nor is the beginning of its name" 1 'DIM=FILE with a dimension of the table' 'DIM=BESTAND met een dimensie van de tabel' --table t.csv --hier sch=h.csv
refused "contributors that are none" 1 'names a dimension of the table' 'noemt een dimensie van de tabel' --table t.csv --contributors klas
refused "nor a breakdown that is none" 1 'has no breakdown "klas" in its column set' 'klas' --table t.csv --hier school=h.csv --contributors school=klas
refused "a threshold that is none" 1 'is not a threshold' 'is geen drempel' --table t.csv --threshold 1
refused "a threshold beyond what can be proven" 1 'is not a threshold \(2 to 500\)' 'is geen drempel \(2 tot en met 500\)' --table t.csv --threshold 501
refused "coarsen neither way" 1 'list or best' 'list of best' --table t.csv --coarsen maybe
refused "zeros neither way" 1 'publish or suppress' 'publish of suppress' --table t.csv --zeros maybe
refused "a certificate that cannot be written" 74 'cannot write the certificate to "/nowhere/c.json": No such file or directory' 'kan het certificaat niet schrijven naar "/nowhere/c.json": ' --table t.csv --certificate /nowhere/c.json
refused "a certificate on a full disk" 74 'cannot write the certificate to "/dev/full": No space left' 'kan het certificaat niet schrijven naar "/dev/full": ' --table t.csv --certificate /dev/full
refused "a certificate that is a directory" 74 'cannot write the certificate to "/": Is a directory' 'kan het certificaat niet schrijven naar "/": ' --table t.csv --certificate /
printf 'school,form,value\na,x,1\nb,y,2\n' > bad.csv
is "three children in all: nothing is shown but what is nothing" "$(vb disclose --table bad.csv --contributors school 2>/dev/null | grep -cE ',[1-9][0-9]*,p$')" 0
printf 'school,form\nTotal,Total\n' > must.csv; refused "and they cannot be shown by order" 6 'a cell that must be published gives away' 'een cel die gepubliceerd moet worden, verraadt' --table bad.csv --must must.csv
hier() { printf 'parent,child,set\n'; printf '%s\n' "$@"; }
hier Total,a, a,Total, > hbad.csv; refused "a circle" 3 'is part of itself' 'is een deel van zichzelf' --table t.csv --hier school=hbad.csv
hier Total,a, Total,a, > hbad.csv; refused "a part twice" 3 '"a" is said twice to be part of "Total" \(line 3 of "hbad.csv"\)' 'van "a" staat er twee keer .* \(regel 3 van "hbad.csv"\)' --table t.csv --hier school=hbad.csv
hier Total,b1, Total,b2, b1,a, b1,b, b2,b, b2,c, > hbad.csv; refused "a part in two" 3 'counts something twice, through "b2"' 'telt iets dubbel, door "b2"' --table t.csv --hier school=hbad.csv
hier Total,a, Total,b, Total,c, Total,a,half > hbad.csv; refused "breakdowns that differ" 3 'the breakdown "half" of "Total" does not hold' 'in de uitsplitsing "half" van "Total" zit niet hetzelfde' --table t.csv --hier school=hbad.csv
# what would be printed as it came in, counted as nothing, or switch off a rule
printf 'school,form,value\n\xe9geheim,x,1\n' > bad.csv; refused "a code that is not UTF-8" 3 'bad.csv", line 2, column "school": not UTF-8; save the file as UTF-8' 'bad.csv", regel 2, kolom "school": geen UTF-8' --table bad.csv
printf 'sch\xe9ol,form,value\na,x,1\n' > bad.csv; refused "a dimension that is not UTF-8" 3 'the header of "bad.csv", column 1: not UTF-8' 'de kopregel van "bad.csv", kolom 1: geen UTF-8' --table bad.csv
printf 'parent,child\nTotal,a\nTotal,\xe9geheim\n' > hbad.csv; refused "nor in a hierarchy" 3 'hbad.csv", line 3, column "child": not UTF-8' 'hbad.csv", regel 3, kolom "child": geen UTF-8' --table t.csv --hier school=hbad.csv
printf 'school,form\n\xe9geheim,x\n' > hbad.csv; refused "nor in demands" 3 'hbad.csv", line 2, column "school": not UTF-8' 'hbad.csv", regel 2, kolom "school": geen UTF-8' --table t.csv --must hbad.csv
printf 'school,form,value\na,x,1\n,x,2\n' > bad.csv; refused "a code that is empty" 3 'bad.csv", line 3, column "school": the code is empty; what is not known is a code too' 'bad.csv", regel 3, kolom "school": de code is leeg' --table bad.csv
hier Total,a, Total,, > hbad.csv; refused "nor in a hierarchy: empty" 3 'hbad.csv", line 3, column "child": the code is empty' 'hbad.csv", regel 3, kolom "child": de code is leeg' --table t.csv --hier school=hbad.csv
printf 'school,form\n,x\n' > hbad.csv; refused "nor in what was published" 3 'hbad.csv", line 2, column "school": the code is empty' 'hbad.csv", regel 2, kolom "school": de code is leeg' --table t.csv --earlier hbad.csv
printf 'school,,value\na,x,1\n' > bad.csv; refused "a dimension without a name" 3 'the header of "bad.csv", column 2: it has no name' 'de kopregel van "bad.csv", kolom 2: heeft geen naam' --table bad.csv
printf 'school,school,value\na,x,1\n' > bad.csv; refused "a dimension twice" 3 'the header of "bad.csv" has column "school" twice' 'de kopregel van "bad.csv" heeft kolom "school" twee keer' --table bad.csv
refused "earlier output is no table" 3 'column "flag" of "first.csv" cannot be a dimension.*earlier output goes to --earlier' 'kolom "flag" van "first.csv" kan geen dimensie zijn' --table first.csv
printf 'school,Schools,value\na,3,1\n' > bad.csv; refused "nor is what looks like a column of ours" 3 'column "Schools" of "bad.csv" cannot be a dimension' 'kolom "Schools" van "bad.csv" kan geen dimensie zijn' --table bad.csv
hier > hbad.csv; refused "a hierarchy without rows" 3 '"hbad.csv" has a header and no rows; a hierarchy has a row for every part' '"hbad.csv" heeft een kopregel en geen rijen' --table t.csv --hier school=hbad.csv
printf 'school,form,value\n' > bad.csv; refused "a table without rows" 3 '"bad.csv" has a header and no rows; dimension "school" has no codes then' '"bad.csv" heeft een kopregel en geen rijen; dimensie "school" heeft dan geen codes' --table bad.csv
printf 'school,value\n' > bad.csv; is "but a hierarchy can say what is nothing" "$(vb disclose --table bad.csv --hier school=h.csv 2>/dev/null | grep -c ',0,p$')" 8
hier b1,a, b1,b, b2,c, > hbad.csv; refused "no grand total" 3 'nothing stands above "b1", "b2". Add a code of which they are the parts' 'er staat niets boven "b1", "b2"' --table t.csv --hier school=hbad.csv
(hier; for at in 1 2 3 4 5 6 7; do echo "r$at,c$at,"; done) > hbad.csv; refused "none by far" 3 'nothing stands above "r1", "r2", "r3", "r4", "r5", \.\.\. \(7 codes\)' 'er staat niets boven "r1", "r2", "r3", "r4", "r5", \.\.\. \(7 codes\)' --table bad.csv --hier school=hbad.csv
printf 'form,value,schools\npesten,2,3\n' > bad.csv; refused "more schools than they have" 3 'bad.csv", line 2, column "schools": more schools than the value' 'bad.csv", regel 2, kolom "schools": meer scholen dan de waarde' --table bad.csv
printf 'form,value,schools\npesten,2,0\n' > bad.csv; refused "no school, and a value" 3 'bad.csv", line 2, column "schools": a row with a value has at least one school' 'bad.csv", regel 2, kolom "schools": een rij met een waarde heeft ten minste één school' --table bad.csv
printf 'form,value,schools\npesten,0,0\nanders,9,3\n' > bad.csv; vb disclose --table bad.csv >/dev/null 2>&1; is "nothing at no school is well" "$?" 0
# a certificate over what is read, and none in a dry run
cp t.csv keep.csv; cp h.csv hkeep.csv; printf 'school,form\na,fysiek\n' > must.csv; cp must.csv mkeep.csv
for over in t.csv h.csv must.csv ./t.csv; do
    refused "a certificate over $over" 1 "--certificate would write over \"$over\", which is read; name another file" "--certificate zou over \"$over\" heen schrijven" --table t.csv --hier school=h.csv --must must.csv --earlier must.csv --certificate "$over"
done
ok "and all is as it was" eval "cmp -s t.csv keep.csv && cmp -s h.csv hkeep.csv && cmp -s must.csv mkeep.csv"
out=$(vb disclose --table t.csv --certificate dry.json --dry-run 2>log); is "a dry run" "$?" 0
is "prints what would be published" "$out" "$(cat first.csv)"; ok "and keeps no certificate" test ! -e dry.json; like "and says so" "$(cat log)" 'dry run: no certificate was written'
# two breakdowns without names: in one file, and in two of one dimension
hier Total,b1, Total,b2, b1,a, b1,b, b2,c, Total,noord, Total,zuid, noord,a, noord,c, zuid,b, > hbad.csv
refused "two breakdowns without names" 3 'counts something twice, through "[a-z0-9]+" \(two breakdowns of one code are told apart by names in column set' 'telt iets dubbel, .* \(twee uitsplitsingen van één code krijgen elk een naam in kolom set' --table t.csv --hier school=hbad.csv
printf 'parent,child\nTotal,b1\nTotal,b2\nb1,a\nb1,b\nb2,c\n' > h1.csv; printf 'parent,child\nTotal,noord\nTotal,zuid\nnoord,a\nnoord,c\nzuid,b\n' > h2.csv
refused "two hierarchies without names" 3 'counts something twice, .* \(two breakdowns of one code are told apart by names in column set' '\(twee uitsplitsingen van één code krijgen elk een naam in kolom set' --table t.csv --hier school=h1.csv --hier school=h2.csv
refused "a hierarchy twice" 3 'is said twice to be part of "Total" \(line 2 of "h1.csv"; two breakdowns of one code are told apart by names in column set' 'twee keer .* \(regel 2 van "h1.csv"; twee uitsplitsingen van één code' --table t.csv --hier school=h1.csv --hier school=h1.csv
hier Total,b1, Total,b2, b1,a, b1,b, b2,b, b2,c, > hbad.csv; like "also where it may be a slip" "$(vb disclose --table t.csv --hier school=hbad.csv 2>&1)" 'counts something twice, through "b2" \(two breakdowns'
hier Total,a, Total,b, Total,c, Total,a,half > hbad.csv; unlike "but not where names do not help" "$(vb disclose --table t.csv --hier school=hbad.csv 2>&1)" 'told apart'
sed 's/$/,bestuur/; 1s/bestuur/set/' h1.csv > h1set.csv
is "with names two files are one hierarchy" "$(vb disclose --table t.csv --hier school=h1set.csv --hier school=h2.csv 2>/dev/null | sort)" "$(vb disclose --table t.csv --hier school=h.csv 2>/dev/null | sort)"
# a code that is nowhere: there may be no hierarchy to add it to
printf 'school,form\na,geheim\n' > must.csv
for option in --must --earlier; do refused "a code that the table does not have: $option" 3 'must.csv", line 2, column "form": the table does not have this code' 'must.csv", regel 2, kolom "form": de tabel kent deze code niet' --table t.csv "$option" must.csv; done
printf 'school,form\ngeheim,x\n' > must.csv; refused "nor the hierarchy" 3 'must.csv", line 2: the hierarchy of "school" does not have this code; add it there' 'regel 2: de hiërarchie van "school" kent deze code niet' --table t.csv --hier school=h.csv --must must.csv
# coarser tables: eight schools in two boards, each board with 2 + 1 + 1 + 1 of every form
(echo school,form,value; for school in a b c d e f g h; do for form in x y z; do
    case $school$form in ax|by|cz|ex|fy|gz) echo "$school,$form,2";; *) echo "$school,$form,1";; esac; done; done) > p.csv
hier Total,p, Total,q, p,a, p,b, p,c, p,d, q,e, q,f, q,g, q,h, > ph.csv
out=$(vb disclose --table p.csv --hier school=ph.csv --coarsen list 2>log); is "coarser alternatives are listed" "$?" 0
is "which ones" "$(cut -d, -f1 <<<"$out" | tr '\n' ';')" 'alternative;as given;form:total;school:1;school:total;school:1 form:total;school:total form:total;'
is "with what is hidden and lost" "$(grep '^school:1,' <<<"$out")" 'school:1,protected,12,0,0,1.0000,1.0000,0.4362'
is "the total alone loses all" "$(tail -1 <<<"$out")" 'school:total form:total,protected,1,0,0,1.0000,1.0000,1.0000'
unlike "a list publishes no table" "$out" '^(p|Total),'
out=$(vb disclose --table p.csv --hier school=ph.csv --coarsen best --certificate c.json 2>log); is "the best is published" "$?" 0
is "boards, with all margins" "$(cut -d, -f1,2 <<<"$out" | tr '\n' ' ')" 'school,form Total,Total Total,x Total,y Total,z p,Total p,x p,y p,z q,Total q,x q,y q,z '
is "and no hidden cell" "$(grep -c ',p$' <<<"$out")" 12
is "the certificate says which, of how many, and what is lost" "$(python3 -c 'import json; c = json.load(open("c.json")); print(c["cells"], *c["coarsen"].values())')" '12 school:1 6 6 0.4362'
like "the alternatives are shown beside it" "$(cat log)" '^  as given +44 +32 +[0-9]+ '
like "with a warning" "$(cat log)" 'published: school:1\. Publish none of the others beside it'
like "in Dutch" "$(dutch disclose --table p.csv --hier school=ph.csv --coarsen best 2>&1 >/dev/null)" '(alternatief .*|gepubliceerd: school:1\. Publiceer geen van de andere ernaast)'
is "the same again, to the byte" "$(vb disclose --table p.csv --hier school=ph.csv --coarsen best 2>/dev/null)" "$out"
is "what loses nothing stays as it is" "$(vb disclose --table t.csv --coarsen best 2>/dev/null)" "$(vb disclose --table t.csv 2>/dev/null)"
vb disclose --table p.csv --hier school=ph.csv --coarsen best > best.csv 2>/dev/null
is "and again, beside itself" "$(vb disclose --table p.csv --hier school=ph.csv --coarsen best --earlier best.csv 2>/dev/null)" "$out"
# what must be published decides which alternatives there are
printf 'school,form\np,x\n' > must.csv
out=$(vb disclose --table p.csv --hier school=ph.csv --coarsen list --must must.csv 2>/dev/null)
is "an alternative without what must be published is not offered" "$(grep -c '^\(form:total\|school:total\|school:1 form:total\|school:total form:total\),lacks,,,,,,$' <<<"$out")" 4
is "what was published before is such too" "$(vb disclose --table p.csv --hier school=ph.csv --coarsen list --earlier must.csv 2>/dev/null | grep -c ,lacks,)" 4
printf 'school,form\na,Total\n' > must.csv
is "where nothing can be protected, nothing is listed as if it were" "$(vb disclose --table p.csv --hier school=ph.csv --coarsen list --must must.csv 2>/dev/null | tail -n +2 | cut -d, -f2 | sort | uniq -c | tr -s ' \n' ' ')" ' 4 lacks 2 refused '
refused "and nothing is published" 6 'and then this can be computed, and may not be known: school=a, form=Total' 'school:total +mist een cel die gepubliceerd moet worden' --table p.csv --hier school=ph.csv --coarsen best --must must.csv
# two schools of a board know each other: with the schools as attackers their board is hidden too, without them it is not
printf 'school,value\na,3\nb,9\nc,12\nd,30\ne,14\nf,20\ng,21\nh,22\ni,23\n' > i.csv; hier Total,p, Total,q, Total,r, p,a, p,b, q,c, q,d, q,e, r,f, r,g, r,h, r,i, > ih.csv
is "a board is published" "$(vb disclose --table i.csv --hier school=ih.csv --coarsen list 2>/dev/null | grep '^school:1,')" 'school:1,protected,4,0,0,1.0000,1.0000,0.5587'
like "and is not to schools that subtract their own" "$(vb disclose --table i.csv --hier school=ih.csv --contributors school --coarsen list 2>/dev/null)" '^school:1,protected,4,0,3,'
# Without a table disclose releases the results of the boards: an option of a table must not come there, nor a table named without its option.
for option in "--hier school=h.csv" "--threshold 7" "--zeros suppress" "--contributors school" "--must must.csv" "--earlier must.csv" "--coarsen best" "--certificate c.json"; do
    # shellcheck disable=SC2086
    refused "without a table: $option" 1 "error: ${option%% *} goes with --table FILE" "${option%% *} hoort bij --table BESTAND" $option
    # shellcheck disable=SC2086
    refused "attacking a release: $option" 1 "error: ${option%% *} goes with --table FILE" "${option%% *} hoort bij --table BESTAND" --audit all $option
done
refused "a table without its option" 1 'did you mean --table t.csv\?' 'bedoelde u --table t.csv\?' t.csv
refused "two tables" 1 'takes options only, and "z.csv" is none' 'alleen opties, en "z.csv" is er geen' --table t.csv z.csv
refused "a release as an argument" 1 'takes options only, and "bestuur" is none' 'alleen opties, en "bestuur" is er geen' --audit all bestuur
refused "a table and an attack" 1 '--table protects a table and --audit attacks a release' '--table beschermt een tabel en --audit valt' --table t.csv --audit all
ok "and no database was made for any of them" test ! -e "$place/var"
# a certificate of a list would be of no table
refused "a certificate of a list" 1 'list publishes none; take --coarsen best' 'list publiceert er geen' --table p.csv --hier school=ph.csv --coarsen list --certificate nowhere.json
ok "and is not there" test ! -e nowhere.json
# the same as JSON
json() { python3 -c "import json, sys; j = json.load(sys.stdin); print($1)"; }
is "JSON: the cells of the table" "$(vb disclose --table t.csv --json 2>/dev/null | json '"\n".join(",".join([*c["codes"].values(), "" if c["value"] is None else str(c["value"]), c["flag"]]) for c in j["cells"])')" "$(vb disclose --table t.csv 2>/dev/null | tail -n +2)"
is "JSON: the alternatives" "$(vb disclose --table p.csv --hier school=ph.csv --coarsen list --json 2>/dev/null | json '";".join(a["alternative"] for a in j["alternatives"]), len(j), j["alternatives"][2]["loss"], j["alternatives"][2]["cells"]')" 'as given;form:total;school:1;school:total;school:1 form:total;school:total form:total 1 0.4362 12'
is "JSON: the best, and what it was chosen from" "$(vb disclose --table p.csv --hier school=ph.csv --coarsen best --json 2>/dev/null | json 'j["chosen"], len(j["alternatives"]), len(j["cells"]), j["cells"][0]["codes"]["school"]')" 'school:1 6 12 Total'
printf 'school,form\na,Total\n' > must.csv
is "JSON: what is refused leaves no half answer" "$(vb disclose --table p.csv --hier school=ph.csv --coarsen best --must must.csv --json 2>/dev/null | wc -c)" 0
# one of something is one, and what is not there is not -1
printf 'school,value\na,30\nb,40\n' > one.csv
text=$(dutch disclose --table one.csv --coarsen best --certificate c.json 2>&1 >/dev/null)
unlike "nothing is hidden: no -1 in the log" "$text" '-1'
is "nor in the certificate" "$(python3 -c 'import json; c = json.load(open("c.json")); print(c["narrowest_interval"], c["smallest_residual"])')" 'None None'
printf 'school,value\na,2\nb,1\nc,2\nd,1\n' > one.csv
like "one cell, one attacker" "$(dutch disclose --table one.csv --coarsen best 2>&1 >/dev/null)" 'disclose: 1 cel: 1 gepubliceerd, .* verborgen; 1 aanvaller, 0 rekenopgaven'
like "nothing left over, but an interval" "$(dutch disclose --table t.csv 2>&1 >/dev/null)" 'smalste interval [0-9]+'
# help and documentation keep up: every option of a table in both languages, every field of the certificate in docs
for option in $(sed -nE '/of_table\[\] = \{/,/\};/s/\{"(--[a-z]+)"[^}]*\}/\n\1\n/gp' "$root/cli/cmd_disclose.c" | grep '^--'); do
    like "help has $option" "$(vb disclose --help)" "^    $option [^ ]+ +[a-z]"
    like "help has $option in Dutch" "$(dutch disclose --help)" "^    $option [^ ]+ +[a-z]"
    like "docs have $option" "$(cat "$root/docs/onthulling.md")" "\`$option "
done
is "a hierarchy is called by the names of its columns" "$( (vb disclose --help; dutch disclose --help) | grep -c 'parent,child\[,set\]')" 2
is "help says where the formats are described" "$( (vb disclose --help; dutch disclose --help) | grep -c 'docs/onthulling.md, Input and output')" 2
section=$(sed -n '/^### Input and output/,/^## /p' "$root/docs/onthulling.md")
vb disclose --table p.csv --hier school=ph.csv --coarsen best --certificate c.json > o.csv 2>/dev/null
for field in $(python3 -c 'import json; c = json.load(open("c.json")); print(*c, *c["rules"], *c["coarsen"])'); do like "docs have $field of the certificate" "$section" "^\|.*\`$field\`"; done
# its examples are what it says
awk '/^    school,form,value,schools/ {on = 1} on && !/^    / {exit} on {sub(/^    /, ""); print}' <<<"$section" > doc.csv; awk '/^    parent,child,set/ {on = 1} on && !/^    / {exit} on {sub(/^    /, ""); print}' <<<"$section" > doch.csv
is "the table and the hierarchy of docs are read" "$(vb disclose --table doc.csv --hier school=doch.csv --contributors school=bestuur 2>/dev/null | head -1)" 'school,form,value,flag'
# contributing schools beside the values
printf 'form,value,schools\npesten,9,2\nfysiek,4,1\ndreigen,6,1\nanders,90,5\nroken,80,6\n' > s.csv
out=$(vb disclose --table s.csv 2>/dev/null); is "schools beside the values" "$?" 0
ok "at least three stand behind what is hidden" test "$(awk -F, 'NR == FNR { s[$1] = $3; next } $3 ~ /[ux]/ { n += s[$1] } END { print n }' s.csv - <<<"$out")" -ge 3
finish
