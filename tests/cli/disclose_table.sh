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
is "a threshold of its own" "$(vb disclose --table t.csv --threshold 21 2>/dev/null | grep -c ',u$')" 2
grep -v '^a,pesten' t.csv > z.csv
is "a combination that is absent is a zero, and shown" "$(vb disclose --table z.csv 2>/dev/null | grep '^a,pesten')" 'a,pesten,0,p'
is "or hidden" "$(vb disclose --table z.csv --zeros suppress 2>/dev/null | grep '^a,pesten')" 'a,pesten,,u'
# hierarchies, one with two breakdowns
printf 'parent,child,set\nTotal,b1,bestuur\nTotal,b2,bestuur\nb1,a,\nb1,b,\nb2,c,\nTotal,noord,regio\nTotal,zuid,regio\nnoord,a,\nnoord,c,\nzuid,b,\n' > h.csv
out=$(vb disclose --table t.csv --hier school=h.csv 2>/dev/null); is "a hierarchy with two breakdowns" "$?" 0
is "has all its codes" "$(cut -d, -f1 <<<"$out" | sort -u | tr '\n' ' ')" 'Total a b b1 b2 c noord school zuid '
(head -1 h.csv; tail -n +2 h.csv | tac) > hturned.csv
is "whatever the order of the hierarchy" "$(vb disclose --table turned.csv --hier school=hturned.csv 2>/dev/null)" "$out"
is "a code with one part is that part: both are hidden or none" "$(grep -cE '^(b2|c),pesten,[0-9]+,p|^(b2|c),pesten,,x' <<<"$out")" 2
# insiders
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
# bad input: file, line, column, what to do, never the value
refused() { # title, status, expression, arguments...
    local title=$1 want=$2 say=$3 text; shift 3
    text=$(vb disclose "$@" 2>&1 >/dev/null); is "$title" "$?" "$want"; like "$title: it says" "$text" "$say"; unlike "$title: not the value" "$text" 'geheim'
}
printf 'school,form,value\na,x,geheim\n' > bad.csv; refused "a value that is none" 3 'bad.csv", line 2, column "value": not a whole number' --table bad.csv
printf 'school,form,value\na,x,-1\n' > bad.csv; refused "a negative value" 3 'not a whole number from 0' --table bad.csv
printf 'school,form,value\na,x,1\na,x,2\n' > bad.csv; refused "a cell twice" 3 'line 3: this combination of codes stands there twice' --table bad.csv
printf 'school,form\na,x\n' > bad.csv; refused "no values" 3 'has no column "value"; it has: school, form' --table bad.csv
printf 'value\n1\n' > bad.csv; refused "no dimensions" 3 'every column but value and schools is one' --table bad.csv
printf 'school,value\nTotal,1\n' > bad.csv; refused "totals among the cells" 3 'innermost cells only' --table bad.csv
printf 'school,form,value\ngeheim,x,1\n' > bad.csv; refused "a code without a place" 3 'line 2: the hierarchy of "school" does not have this code' --table bad.csv --hier school=h.csv
printf 'school,form,value\nnoord,x,1\n' > bad.csv; refused "a total of the hierarchy" 3 'is a total; the table holds innermost cells only' --table bad.csv --hier school=h.csv
refused "a file that is not there" 3 'cannot read "nowhere.csv"' --table nowhere.csv
refused "a dimension that is none" 1 'DIM=FILE with a dimension of the table' --table t.csv --hier klas=h.csv
refused "contributors that are none" 1 'names a dimension of the table' --table t.csv --contributors klas
refused "a threshold that is none" 1 'is not a threshold' --table t.csv --threshold 1
refused "zeros neither way" 1 'publish or suppress' --table t.csv --zeros maybe
refused "a certificate that cannot be written" 74 'cannot write the certificate' --table t.csv --certificate /nowhere/c.json
printf 'school,form,value\na,x,1\nb,y,2\n' > bad.csv
is "three children in all: nothing is shown but what is nothing" "$(vb disclose --table bad.csv --contributors school 2>/dev/null | grep -cE ',[1-9][0-9]*,p$')" 0
printf 'school,form\nTotal,Total\n' > must.csv; refused "and they cannot be shown by order" 6 'must be published together' --table bad.csv --must must.csv
printf 'parent,child\nTotal,a\na,Total\n' > hbad.csv; refused "a circle" 3 'is part of itself' --table t.csv --hier school=hbad.csv
# contributing schools beside the values
printf 'form,value,schools\npesten,9,2\nfysiek,4,1\ndreigen,6,1\nanders,90,5\nroken,80,6\n' > s.csv
out=$(vb disclose --table s.csv 2>/dev/null); is "schools beside the values" "$?" 0
ok "at least three stand behind what is hidden" test "$(awk -F, 'NR == FNR { s[$1] = $3; next } $3 ~ /[ux]/ { n += s[$1] } END { print n }' s.csv - <<<"$out")" -ge 3
finish
