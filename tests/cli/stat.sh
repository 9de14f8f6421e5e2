#!/usr/bin/env bash
# stat METHOD on plain CSV: every file of tests/reference through the command line, then each method, help and refusals. Needs no database.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
ref=$root/tests/reference
work=$(mktemp -d "${TMPDIR:-/tmp}/vb-stat.XXXXXX"); trap 'rm -rf "$work"' EXIT
stat() { "$root/veiligbeeld" stat "$@"; }
status() { "$@" >/dev/null 2>&1; echo $?; }

# Rows of $1 (ours) against rows of $2 (reference), in the same order: status, then for rows with expected > .001 n_base, trend, alarm and a whole limit exactly, the
# rest to 1e-9 relative. Prints how many rows were ok, zero_baseline and too small to compare, and how many differ.
compare() { # ours, reference, how the limit is compared (0 exactly, else relative)
    awk -F, -v within="$3" '
        function near(a, b, rel, floor,   s) { s = b < 0 ? -b : b; if (s <= floor) s = 1; d = a - b; if (d < 0) d = -d; if (d / s > worst && rel > 0) worst = d / s; return d <= rel * s }
        function wrong(what) { bad++; if (bad < 4) print "  row " row ": " what > "/dev/stderr" }
        FNR == 1 { for (i = 1; i <= NF; i++) at[FILENAME == ARGV[1], $i] = i; file++; next }
        file == 1 { line[++have] = $0; next }
        { row++; split(line[row], got, ",")
          want_status = (0, "status") in at ? $at[0, "status"] : "ok"
          if (got[at[1, "k"]] != $at[0, "k"]) { wrong("k"); next }
          if (want_status == "zero_baseline") { zero++; if (got[at[1, "status"]] != want_status || got[at[1, "alarm"]] != 0) wrong("status"); next }
          if ($at[0, "expected"] <= .001) { tiny++; next }
          if (got[at[1, "status"]] != "ok") { wrong("status"); next }
          ok++
          n = split("observed n_base alarm", exact, " "); for (i = 1; i <= n; i++) if (got[at[1, exact[i]]] != $at[0, exact[i]]) wrong(exact[i])
          trend = $at[0, "doTrend"]; if (got[at[1, "trend"]] != trend) wrong("trend")
          if (!near(got[at[1, "slope"]], trend == 1 ? $at[0, "slope"] : 0, 1e-9)) wrong("slope")
          if (!near(got[at[1, "upper"]], $at[0, "upper"], within)) wrong("upper")
          n = split("phi expected se_eta pvalue score", real, " "); for (i = 1; i <= n; i++) if (!near(got[at[1, real[i]]], $at[0, real[i]], 1e-9, real[i] == "score" ? 1e-12 : 0)) wrong(real[i])
        }
        END { if (have != row) wrong("number of rows " have " and " row); printf "%d %d %d %d\n", ok, zero, tiny, bad; printf "%.2g\n", worst > "/dev/stderr" }' "$1" "$2"
}

# 41 configurations on the published series
ok=0 zero=0 tiny=0 bad=0
while IFS=, read -r series cfg b w periods past alpha method trend_p reweight limit54 offset k0 k1; do
    [ "$series" = series ] && continue
    [ "$offset" = 1 ] && offset=population || offset=none
    [ "$method" = delta ] && within=1e-9 || within=0
    stat farrington --in "$ref/farrington/inputs/$series.csv" --b "$b" --w "$w" --periods "$periods" --past "$past" --alpha "$alpha" --limit "$method" \
        --trend-p "$trend_p" --reweight "$reweight" --limit54 "$limit54" --offset "$offset" --from "$k0" --to "$k1" > "$work/got.csv"
    read -r o z t d < <(compare "$work/got.csv" "$ref/farrington/expected/${series}__$cfg.csv" $within 2>"$work/worst")
    [ "$d" = 0 ] || { echo "  $series $cfg:"; cat "$work/worst"; }
    ok=$((ok + o)) zero=$((zero + z)) tiny=$((tiny + t)) bad=$((bad + d))
done < "$ref/farrington/INDEX.csv"
is "farrington: 41 configurations, 2082 rows ok, 80 zero baselines, 58 too small, none differs" "$ok $zero $tiny $bad" "2082 80 58 0"

# the calendar of dates
for land in Baden.Wuerttemberg North.Rhine.Westphalia; do
    stat farrington --in "$ref/farrington/input_dec2013_$land.csv" --freq 52 --calendar dates --b 4 --w 3 --periods 10 --past 26 --alpha 0.05 --limit54 0/50 --from 517 --to 521 > "$work/got.csv"
    is "farrington: December 2013, $land" "$(compare "$work/got.csv" "$ref/farrington/spec_dec2013_$land.csv" 0 2>/dev/null)" "5 0 0 0"
done

# eight schools in one file; closed periods are not in the reference
schools() { # title, set, configuration, how the limit is compared, rows, first evaluated, options...
    local title=$1 set=$2 cfg=$3 within=$4 rows=$5 from=$6; shift 6
    stat farrington --in "$ref/schools/$set.csv" --series school --observed count --from "$from" "$@" | grep -v no_exposure > "$work/got.csv"
    awk -F, -v cfg="$cfg" 'NR == 1 || $2 == cfg' "$ref/schools/${set}_expected.csv" > "$work/want.csv"
    is "$title" "$(compare "$work/got.csv" "$work/want.csv" $within 2>/dev/null)" "$rows 0 0 0"
    is "$title, the same schools" "$(cut -d, -f1,2 "$work/got.csv" | tail -n +2 | md5sum)" "$(cut -d, -f1,3 "$work/want.csv" | tail -n +2 | md5sum)"
}
week="--freq 52 --offset exposure --b 5 --w 3 --alpha 0.01 --limit54 0/4"
schools "farrington: schools by week, W1" weekly_8 W1 0 376 264 $week --periods 10 --past 26
schools "farrington: schools by week, W2" weekly_8 W2 0 376 264 $week --periods 1 --past 26
schools "farrington: schools by week, W3" weekly_8 W3 0 376 264 $week --periods 10 --past 26 --limit muan
schools "farrington: schools by week, W4" weekly_8 W4 1e-9 376 264 $week --periods 1 --past 3 --limit delta --trend-p 0.05
month="--freq 12 --offset pupil_weeks --b 5 --w 1 --alpha 0.01 --limit54 0/4"
schools "farrington: schools by month, M1" monthly_8 M1 0 104 62 $month --periods 4 --past 6
schools "farrington: schools by month, M2" monthly_8 M2 0 104 62 $month --periods 1 --past 6
schools "farrington: schools by month, M3" monthly_8 M3 1e-9 104 62 $month --periods 1 --past 1 --limit delta --trend-p 0.05
schools "farrington: schools by month, M4" monthly_8 M4 0 104 62 $month --periods 4 --past 6 --limit muan

# NIST StRD through the command line: coefficient and standard error of every term to nine digits
nist() { # set, options...
    local set=$1; shift
    stat regression --in "$ref/nist/$set.csv" "$@" > "$work/got.csv"
    awk -F, -v set="$set" '
        function near(a, b) { return b == 0 ? a < 1e-9 : (a - b) / b < 1e-9 && (b - a) / b < 1e-9 }
        FNR == NR { if (FNR > 1) { coef[++n] = $2; se[n] = $3 }; next }
        $1 == set { m++; if (near(coef[m], $3) && near(se[m], $4)) good++ }
        END { print (n == m && good == m ? "all" : "only " good + 0), m }' "$work/got.csv" "$ref/nist/certified.csv"
}
is "regression: Norris" "$(nist norris)" "all 2"
is "regression: Pontius" "$(nist pontius --degree 2)" "all 3"
is "regression: NoInt1" "$(nist noint1 --intercept no)" "all 1"
is "regression: NoInt2" "$(nist noint2 --intercept no)" "all 1"
is "regression: Filip" "$(nist filip --degree 10)" "all 11"
is "regression: Longley" "$(nist longley)" "all 7"
for set in wampler1 wampler2 wampler3 wampler4 wampler5; do is "regression: $set" "$(nist $set --degree 5)" "all 6"; done

# every other method once, against figures of its unit test (R's command stands there)
refuse() { # title, exit status, pattern, arguments...
    local title=$1 code=$2 pattern=$3; shift 3
    is "$title, exit status" "$(status stat "$@")" "$code"
    like "$title" "$(stat "$@" 2>&1 >/dev/null)" "$pattern"
    is "$title, nothing on stdout" "$(stat "$@" 2>/dev/null)" ""
}
file() { printf '%s\n' "$@" > "$work/in.csv"; }
column() { awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i; next } { print $at }' | paste -sd' '; }
near() { # title, got, want: lists of numbers to 1e-11
    is "$1" "$(awk -v got="$2" -v want="$3" 'BEGIN { n = split(got, g, " "); m = split(want, w, " "); ok = n == m
        for (i = 1; i <= m; i++) { s = w[i] < 0 ? -w[i] : w[i]; d = g[i] - w[i]; if (d < 0) d = -d; if (d > 1e-11 * (s ? s : 1)) ok = 0 }
        print ok ? "near" : got }')" near
}
file observed,expected 3,3 5,3.5 2,2.5 8,4 0,2 4,3 9,4.5
near "cusum" "$(stat cusum --in "$work/in.csv" --kappa 1.8 --h 1.5 | column value)" "0 0.13893332451059504 0 1.5022933192169523 0 0 1.690079984119071"
is "cusum alarms" "$(stat cusum --in "$work/in.csv" --kappa 1.8 --h 1.5 | column alarm)" "0 0 0 1 0 0 1"
like "cusum with a run length finds its limit" "$(stat cusum --in "$work/in.csv" --arl 100 | column h)" '^[23]\.[0-9]+ '
file observed 2 4 3 5 1 0 3 6 2 4 9
near "ears" "$(stat ears --in "$work/in.csv" --alpha 0.01 | column upper | tr ' ' '\n' | tail -1)" 8.0254857819836936
is "ears does not judge before there is a baseline" "$(stat ears --in "$work/in.csv" | column evaluated)" "0 0 0 0 0 0 0 1 1 1 1"
file gap 12 30 5 44 21 9 60 17
near "gaps" "$(stat gaps --in "$work/in.csv" --last 2 | sed -n 9p | cut -d, -f3,4,5,7 | tr , ' ')" "0.033435073756167784 17.155392718858643 163.53935449166269 0.82637997052667489"
is "gaps, geometric" "$(stat gaps --in "$work/in.csv" --chart geometric | sed -n 2p | cut -d, -f3-6)" "0,17,166,in"
file gap 0 0 5 3; like "gaps that all fall together before leave p_short open" "$(stat gaps --in "$work/in.csv" --last 1 | column p_short)" '^NA NA NA 0\.755859374999|^NA NA NA 0\.755859375' # pf(3/(5/3), 2, 6)
file value 49.6 47.6 49.9 51.3 47.8 51.2 52.6 52.4 53.6 52.1
near "xmr" "$(stat xmr --in "$work/in.csv" | sed -n 2p | cut -d, -f3,4,5 | tr , ' ')" "45.815111111111112 50.81 55.804888888888897"
file value 0 1 0 1 0 1 9; is "xmr names the rules that are broken" "$(stat xmr --in "$work/in.csv" --baseline 6 --rules western-electric | column rules | xargs)" "1"
file observed,exposure 2,4.5 ,4.5 0,4.5 0,4.5
near "silence" "$(stat silence --in "$work/in.csv" --mean 1 | column run_p | sed 's/NA//')" "1 0.011108996538242306 0.00012340980408667956"
is "silence: no report is never an alarm" "$(stat silence --in "$work/in.csv" --mean 1 | column alarm)" "0 0 0 1"
file school,observed,expected a,12,15 b,30,22 c,5,8 d,44,30 e,21,25 f,9,10 g,60,33 h,17,20 i,3,6 j,25,24
near "funnel" "$(stat funnel --in "$work/in.csv" | sed -n 8p | cut -d, -f5,6,7,14,15 | tr , ' ')" "4.0028080917536109 2.3447184694677725 0.019041451387567142 1.8843990243824709 0.01450297799281045"
is "funnel flags" "$(stat funnel --in "$work/in.csv" --adjust no | column flag)" "in in in high95 in in high998 in in in"
near "shrink by moments" "$(stat shrink --in "$work/in.csv" --prior moments | sed -n 2p | cut -d, -f9,10 | tr , ' ')" "1.1709844559585492 11.746306115807892"
like "shrink by likelihood" "$(stat shrink --in "$work/in.csv" | sed -n 8p)" '^7,60,33,.*,1\.09199719[0-9]*,13\.962035'
file year,observed,pupils 2018,12,410 2019,15,420 2020,9,415 2021,22,430 2022,30,444 2023,18,450 2024,41,452
near "trend" "$(stat trend --in "$work/in.csv" --time year --exposure pupils | sed -n 2p | cut -d, -f1,6,9,10 | tr , ' ')" "7 20.023362255389873 0.032548846783351661 2.0641565389810852"
like "trend, negative binomial" "$(stat trend --in "$work/in.csv" --time year --exposure pupils --family negbin | column size)" '^32\.405282'
file value 3 5 4 8 9 9 7
near "mann-kendall" "$(stat mann-kendall --in "$work/in.csv" | sed -n 2p | cut -d, -f1,2,6,7 | tr , ' ')" "7 12 0.094444444444444442 1"
file value 3 5 4 8 9; is "theil-sen" "$(stat theil-sen --in "$work/in.csv" | tail -1)" "5,1.5,-1,4,0.5"
file value 3 4 3 5 9 8 10; near "pettitt" "$(stat pettitt --in "$work/in.csv" | tail -1 | tr , ' ')" "7 3 12 0.1 1"
file x,n 3,10 45,200; like "proportion: exact for few, Wilson for many" "$(stat proportion --in "$work/in.csv" | tail -1)" '^45,200,0\.22[0-9]*,0\.172'
file events,exposure 17,4.12; near "rate" "$(stat rate --in "$work/in.csv" | tail -1 | cut -d, -f4,5 | tr , ' ')" "2.4036714732056526 6.6064676737637411"
file x1,n1,x2,n2 56,70,48,80; near "two-proportions" "$(stat two-proportions --in "$work/in.csv" | tail -1 | cut -d, -f4,5,7 | tr , ' ')" "0.052431472402364926 0.33387265403690586 0.012521129749209175"
file x1,e1,x2,e2 11,800,23,3011; near "two-rates" "$(stat two-rates --in "$work/in.csv" | tail -1 | cut -d, -f3-5,7 | tr , ' ')" "1.8000543478260871 0.79220508583300653 3.8438627403949517 0.13663444706428246"
file n,mean,sd,population 20,7.5,1.2,25; near "mean of nearly all" "$(stat mean --in "$work/in.csv" | tail -1 | tr , ' ')" "20 7.5 7.2488371134710032 7.7511628865289968"
file n,mean,sd 20,7.5,1.2; near "mean of a sample" "$(stat mean --in "$work/in.csv" | tail -1 | cut -d, -f3,4 | tr , ' ')" "6.9383827122960966 8.0616172877039034"
file n1,mean1,sd1,n2,mean2,sd2 10,5,1,12,6.5,2; near "two-means" "$(stat two-means --in "$work/in.csv" | tail -1 | tr , ' ')" "-1.5 0.03609079287498815"
file n1,mean1,sd1,n2,mean2,sd2 10,5,1,1,6.5,2; refuse "a mean of one" 5 'both groups need at least 2 answers and a spread from 0 up \(row 1; ' two-means --in "$work/in.csv"
file events,x,n,population 300,45,200,1200; near "ratio" "$(stat ratio --in "$work/in.csv" --per 10 | tail -1 | tr , ' ')" "11.111111111111111 8.389169093262835 14.716211909782857"
is "from standard input" "$(stat ratio --in - --per 10 < "$work/in.csv")" "$(stat ratio --in "$work/in.csv" --per 10)"
file a,b,c,d 4,3,5,4 2,2,3,1 5,4,4,5 3,3,2,3 4,5,5,4 1,2,1,2 3,4,3,3 5,5,4,4
near "alpha" "$(stat alpha --in "$work/in.csv" | column alpha)" "0.92291666666666661 0.85972850678733026 0.91124999999999989 0.92866756393001337 0.89438502673796783"
is "alpha of some items" "$(stat alpha --in "$work/in.csv" --items a,c | column item)" "all without a without c"
file group,value,count l,1,3 l,2,5 l,3,9 l,4,4 l,5,2 r,1,1 r,2,2 r,3,8 r,4,9 r,5,7
near "wilcoxon" "$(stat wilcoxon --in "$work/in.csv" | tail -1 | cut -d, -f3,4,5,8 | tr , ' ')" "23 27 183.5 0.0108555662106761"
like "proportional-odds" "$(stat proportional-odds --in "$work/in.csv" | tail -1)" '^l,r,-1\.40554922'
file x,n 15,30 10,30 5,30; near "cochran-armitage" "$(stat cochran-armitage --in "$work/in.csv" | tail -1 | cut -d, -f3,4 | tr , ' ')" "7.4999999999999973 0.0061698993205441671"
file p .01 .04 .03 NA .2 .001 .04 1
is "p-adjust" "$(stat p-adjust --in "$work/in.csv" | sed -n 5,6p | cut -d, -f1,2 | paste -sd' ')" "4,NA 5,0.20000000000000001"
near "p-adjust, Benjamini-Hochberg" "$(stat p-adjust --in "$work/in.csv" | column bh | sed 's/NA //')" "0.035 0.056 0.056 0.23333333333333336 0.007 0.056 1"
file time,event 6,1 6,1 6,1 6,0 7,1 9,0 10,1 10,0 11,0 13,1 16,1 17,0 19,0 20,0 22,1 23,1 25,0 32,0 32,0 34,0 35,0
near "kaplan-meier" "$(stat kaplan-meier --in "$work/in.csv" | sed -n 2p | cut -d, -f1-10 | tr , ' ')" "6 21 3 1 0.8571428571428571 0.076360354832121252 0.61971795526598394 0.95155174764699701 23 13"
file slot,count,exposure 1,3,10 2,9,30 3,12,10; near "season" "$(stat season --in "$work/in.csv" --slots 3 | column index)" "0.625 0.625 2.5"
file hour,weekday 10,1 10,1 10,2 14,2 14,2; is "week" "$(stat week --in "$work/in.csv" | awk -F, '$3 > 0 { print $1, $2, $3 }' | tail -n +2 | paste -sd' ')" "10 1 2 10 2 1 14 2 2"
file count 10 6 4 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0; near "concentration" "$(stat concentration --in "$work/in.csv" --top 0.1 | column share)" .8

# series, other names and layouts
file 'school;week;aantal' 'A;1;3' 'B;1;7' 'A;2;4' 'B;2;7' 'A;3;9' 'B;3;7'
is "rows of a series need not stand together, and a semicolon is seen" "$(stat mann-kendall --in "$work/in.csv" --series school --value aantal | cut -d, -f1,2,3,7 | paste -sd' ')" "series,n,s,pvalue A,3,3,0.33333333333333331 B,3,0,1"
file 'x,value' 'a,"1,5"' 'b,2' 'c,3'; is "a decimal comma in a file of commas is no number" "$(status stat mann-kendall --in "$work/in.csv")" 3
file 'x;value' 'a;1,5' 'b;2' 'c;3,25'; is "with semicolons it is" "$(stat theil-sen --in "$work/in.csv" | column slope)" 0.875
is "as JSON" "$(stat mann-kendall --in "$work/in.csv" --json | tr -d '\n')" '[{"n": 3, "s": 3, "var": 3.6666666666666665, "tau": 1, "z": 1.044465935734187, "pvalue": 0.33333333333333331, "exact": 1}]'
file 'school,value' '"a ""b"", c",1' '"a ""b"", c",2' '"a ""b"", c",3'
is "names are quoted again" "$(stat mann-kendall --in "$work/in.csv" --series school | tail -1 | cut -c1-13)" '"a ""b"", c",'
is "and in JSON" "$(stat mann-kendall --in "$work/in.csv" --series=school --json | grep -o '"series": "[^"]*"')" '"series": "a \u0022b\u0022, c"'

is "nothing evaluated is a header only" "$(stat farrington --in "$ref/farrington/inputs/k1.csv" --from 9 --to 8)" "k,observed,n_base,phi,trend,slope,expected,se_eta,upper,pvalue,score,alarm,status"
is "and an empty array" "$(stat farrington --in "$ref/farrington/inputs/k1.csv" --from 9 --to 8 --json)" "[]"

# help and refusals: what, where, and what to do
is "help exits 0" "$(status stat --help)" 0
for method in $(stat --help | awk '/^  / { print $1 }'); do
    text=$(stat "$method" --help)
    like "help of $method names its result" "$text" '^Result:'
    like "docs/stat.md has $method" "$(cat "$root/docs/stat.md")" "^## $method\$"
    like "docs/stat.md has the result of $method" "$(cat "$root/docs/stat.md")" "^    $(tail -1 <<<"$text" | tr -d ' ')\$"
    for word in $(sed -n 's/^  --\([a-z0-9-]*\) .*/\1/p' <<<"$text"); do
        like "docs/stat.md has --$word of $method" "$(sed -n "/^## $method\$/,/^## /p" "$root/docs/stat.md")" "\`--$word\`"
    done
    is "without a file $method says so" "$(stat "$method" 2>&1)" "veiligbeeld: error: name the file: veiligbeeld stat $method --in FILE"
done
like "help of farrington has every option" "$(stat farrington --help | tr '\n' ' ')" '--b .*--w .*--periods .*--past .*--alpha .*--limit .*--trend-p .*--reweight .*--limit54 .*--calendar .*--from .*--to'
file value 1 2 3
refuse "no method" 1 'name a method; see veiligbeeld stat --help'
refuse "an unknown method" 1 'stat has no method "fly"; see veiligbeeld stat --help' fly
refuse "an unknown option" 1 'mann-kendall has no option --fly; see veiligbeeld stat mann-kendall --help' mann-kendall --in "$work/in.csv" --fly 3
refuse "an option without value" 1 '--in needs a value' mann-kendall --in
refuse "a file without --in" 1 'is no option; the file is named with --in FILE' mann-kendall "$work/in.csv"
refuse "a choice that is none" 1 '--exact is auto\|always\|never, not "maybe"' mann-kendall --in "$work/in.csv" --exact maybe
refuse "an option that is no number" 1 '--alpha takes a number, not "x"' ears --in "$work/in.csv" --alpha x
refuse "an option that is not whole" 1 '--baseline takes a whole number, not "7.5"' ears --in "$work/in.csv" --baseline 7.5
refuse "an option out of range" 1 '--alpha must lie from 0 to 1' ears --in "$work/in.csv" --alpha 2
refuse "a fraction that is none" 1 '--limit54 takes two whole numbers such as 5/4, not "5"' farrington --in "$work/in.csv" --observed value --freq 12 --limit54 5
refuse "no periods per year" 3 'how many periods are there in a year\? Give --freq 52' farrington --in "$work/in.csv" --observed value
refuse "two limits" 1 'cusum needs either --h or --arl' cusum --in "$ref/nist/norris.csv" --observed y --expected x
refuse "silence without a mean" 1 'silence needs --mean' silence --in "$work/in.csv" --observed value
refuse "a column that is not there" 3 '"[^"]*in.csv" has no column "p"; it has: value \(another name: --p NAME\)' p-adjust --in "$work/in.csv"
refuse "another name that is not there either" 3 'has no column "q"; it has: value$' p-adjust --in "$work/in.csv" --p q
refuse "a series that is not there" 3 'has no column "school"' mann-kendall --in "$work/in.csv" --series school
refuse "a file that is not there" 3 'none.csv' mann-kendall --in "$work/none.csv"
: > "$work/in.csv"; refuse "an empty file" 3 'is empty: it needs a header and rows' mann-kendall --in "$work/in.csv"
file value; refuse "a header only" 3 'has a header and no row below it' mann-kendall --in "$work/in.csv"
file observed 1 -2 3; refuse "a count below zero" 5 'the count of row 2 is not a whole number' farrington --in "$work/in.csv" --freq 12
file value 1 zwart 3; refuse "a text for a number" 3 'line 3, column "value": not a number; write 12 or 3.5' mann-kendall --in "$work/in.csv"
unlike "and the value is not repeated" "$(stat mann-kendall --in "$work/in.csv" 2>&1)" zwart
file value 1 0x10 3; refuse "hexadecimal" 3 'line 3, column "value": not a number' mann-kendall --in "$work/in.csv"
file value,b 1,2 3; refuse "a row that is too short" 3 'line 3: 1 cells where the header has 2' mann-kendall --in "$work/in.csv"
file a,a 1,2; refuse "a column twice" 3 'has column "a" twice' mann-kendall --in "$work/in.csv" --value a
file value '"1'; refuse "an open quotation mark" 3 'line 2: a quote stays open' mann-kendall --in "$work/in.csv"
file date,observed 2020-01-06,1 2020-13-01,2; refuse "a date that is none" 3 'line 3, column "date": not a date; write yyyy-mm-dd' farrington --in "$work/in.csv" --freq 52 --calendar dates
refuse "dates without a column" 3 '--calendar dates needs the column date' farrington --in "$ref/nist/noint1.csv" --observed y --freq 12 --calendar dates
file value 3 "" 5 8 "" "" 1; is "an empty line between rows of one column is a missing value" "$(stat mann-kendall --in "$work/in.csv" 2>&1)" "$(file value 3 NA 5 8 NA NA 1; stat mann-kendall --in "$work/in.csv" 2>&1)"
file observed 1 2 "" 4; like "and keeps its place in the series" "$(stat xmr --in "$work/in.csv" --value observed 2>&1 | tail -1)" '^4,'
file value 1 2; refuse "too few to compute" 5 'at least 3 values are needed \("[^"]*in.csv", rows counted below the header\)' mann-kendall --in "$work/in.csv"
file school,value a,1 a,2 a,3 b,1; refuse "which series cannot be computed" 5 'rows counted within series number 2\)' mann-kendall --in "$work/in.csv" --series school
file x,n 1,2 3,2; refuse "which row cannot be computed" 5 'the part must lie between 0 and the whole \(row 2; ' proportion --in "$work/in.csv"
file group,value a,1 b,2 c,3; refuse "three groups" 3 'more than two groups' wilcoxon --in "$work/in.csv"
file group,value a,1 a,2; refuse "one group" 3 'only one group in a series; two are compared' wilcoxon --in "$work/in.csv"
for method in $(stat --help | awk '/^  / { print $1 }'); do # each column missing in turn, then a text in each, then numbers that no method takes
    needed=$(stat "$method" --help | awk '/^Columns/ { on = 1; next } /^$/ { on = 0 } on && !/may be left out/ { print $1 }')
    header=$(paste -sd, <<<"$needed"); count=$(wc -w <<<"$needed") more=
    [ "$method" = silence ] && more="--mean 1"
    [ "$method" = cusum ] && more="--h 1"
    [ "$method" = farrington ] && more="--freq 12"
    for column in $needed; do
        file "$(tr , '\n' <<<"$header" | sed "s/^$column\$/other/" | paste -sd,)" "$(yes 1 | head -$count | paste -sd,)"
        is "$method without $column" "$(status stat "$method" --in "$work/in.csv" $more)" 3
        [ "$column" = group ] && continue
        file "$header" "$(tr , '\n' <<<"$header" | sed "s/^$column\$/x/; t; s/.*/1/" | paste -sd,)"
        is "$method with a text in $column" "$(status stat "$method" --in "$work/in.csv" $more)" 3
    done
    [ -n "$header" ] || header=a,b count=2
    file "$header" "$(yes -- -1.5 | head -$count | paste -sd,)" "$(yes -- -1.5 | head -$count | paste -sd,)"
    like "$method with numbers it cannot take" "$(status stat "$method" --in "$work/in.csv" $more) $method" '^[35] |^0 (xmr|theil-sen|regression)$'
done
file slot,count 13,1; refuse "a month that is none" 3 'line 2, column for slot: must be a whole number from 1 to 12' season --in "$work/in.csv"
refuse "a polynomial in two predictors" 1 '--degree takes one predictor' regression --in "$ref/nist/longley.csv" --degree 2
file freq,observed 12,1 52,2; refuse "two lengths of year" 3 'must hold the same number in every row' farrington --in "$work/in.csv"
like "help is Dutch where the user is" "$(env LC_ALL=nl_NL.UTF-8 "$root/veiligbeeld" stat cusum --help)" '^gebruik: veiligbeeld stat cusum --in BESTAND'
is "a full disk is no success" "$(stat --help > /dev/full 2>/dev/null; echo $?)" 74
finish
