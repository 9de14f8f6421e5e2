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
file school,observed,expected a,12,15; refuse "shrink: one school says nothing of how schools differ" 5 'cannot learn how schools differ from one school' shrink --in "$work/in.csv"
file observed,expected 10,10 21,20 29,30; is "shrink: where no spread is seen there is no interval" "$(stat shrink --in "$work/in.csv" | cut -d, -f5-7,10 | paste -sd' ')" "theta,low,high,shape 1,NA,NA,Inf 1,NA,NA,Inf 1,NA,NA,Inf"
# gamma-Poisson. R: k is judged by w = (k-8):(k-3) without closed and missing rows; chi = sum((y[w] - r e[w])^2/(r e[w])), r = sum(y[w])/sum(e[w]);
# own = max(1, (26*1.3 + chi)/(26 + length(w) - 1)); a = 2 + sum(y[w])/own; b = 2/.1 + sum(e[w])/own; mu = a/b*e[k]; v = own + e[k]/b;
# qnbinom(.995, size = mu/(v-1), mu = mu); pnbinom(y[k]-1, size = mu/(v-1), mu = mu, lower.tail = FALSE)
file observed,exposure 2,10 0,10 1,9 3,10 1,11 0,10 2,10 ,10 1,0 2,10 0,10 4,12 6,10
given="gamma-poisson --in $work/in.csv --mean .1 --shape 2 --phi 1.3 --history 8 --past 2"
near "gamma-poisson" "$(stat $given | sed -n '7p;13p;14p' | cut -d, -f1-6,11 | tr ',\n' '  ')" "6 0 1.0183388317484960 1.5105419661018344 6 1 3 12 4 1.54168937329700251 1.51769878622739673 7 0.10647612492893423 4 13 6 1.1365699118075176521 1.4339397637529562868 6 0.0081504726974941568 4"
near "gamma-poisson, two periods together" "$(stat $given --span 2 --from 13 | tail -1 | cut -d, -f2-6 | tr , ' ')" "10 2.5004538059765386571 1.6606486714790744674 10 0.0060998780567737406"
is "gamma-poisson: what is not judged says why" "$(stat $given | column status)" "ok ok ok ok ok ok ok missing no_exposure ok ok ok ok"
is "gamma-poisson: the alarm is above the limit, of enough cases" "$(stat $given --alpha .02 | column alarm) / $(stat $given --alpha .02 --min-cases 7 | column alarm)" "0 0 0 0 0 0 0 0 0 0 0 0 1 / 0 0 0 0 0 0 0 0 0 0 0 0 0"
# Learnt from three schools over 7 to 10 periods: m = sum(y)/sum(e) of their totals, mu = m e, shape = sum(mu^2)/sum((y-mu)^2 - phi mu); chi-square within schools over 3*7 df is below 1, so phi = 1
a=(2 0 1 3 1 0 2 1 1 2 0 4 6) b=(5 7 3 6 9 4 6 8 5 7 4 6 3) c=(0 1 0 0 2 0 0 1 0 0 1 0 1)
{ echo school,n,e; for k in "${!a[@]}"; do echo "A,${a[k]},10"; echo "B,${b[k]},20"; echo "C,${c[k]},8"; done; } > "$work/in.csv"
pooled="gamma-poisson --in $work/in.csv --series school --observed n --exposure e --history 10 --past 2 --from 13"
near "gamma-poisson, learnt from the schools of the file" "$(stat $pooled | sed -n '2p;4p' | cut -d, -f3-7,12-15 | tr ',\n' '  ')" "6 1.5295944352152488488 1.0959178785238641307 6 0.0075872406205726405 8 0.20394736842105263 4.94691687050490714 1 1 0.74496605462308207 1.19811599243088462 4 0.49321414332829006 8 0.20394736842105263 4.94691687050490714 1"
refuse "gamma-poisson alone knows no other schools" 1 'nothing is known of comparable schools' gamma-poisson --in "$work/in.csv" --observed n
refuse "gamma-poisson: a mean without a shape" 1 '--mean and --shape \(and --phi\) go together' gamma-poisson --in "$work/in.csv" --observed n --mean 2
# A likely break. R: s <- sapply(5:37, function(k) chisq.test(c(sum(y[1:(k-1)]), sum(y[k:40])), p = c(sum(e[1:(k-1)]), sum(e[k:40]))/sum(e))$statistic); which.max(s) + 4; max(s)
y=(2 3 1 4 2 2 0 3 5 1 2 2 3 1 2 4 0 2 3 2 6 4 7 5 9 3 6 5 8 4 6 5 7 6 4 5 3 8 6 5)
{ echo observed,exposure; for k in "${!y[@]}"; do echo "${y[k]},1$([ $((k % 2)) = 0 ] || echo .2)"; done; echo 5,1; } > "$work/in.csv"
near "break" "$(stat break --in "$work/in.csv" --guard 0 --before 4 --after 4 --year 300 | tail -1 | tr , ' ')" "41 21 2.5454545454545459 29.641025641025642 1"
is "break: as known row by row" "$(stat break --in "$work/in.csv" --guard 2 --before 10 --after 8 --year 300 --from 28 --to 33 | cut -d, -f1,2 | paste -sd' ')" "k,break 28,NA 29,NA 30,NA 31,21 32,21 33,21"
# Chain ladder on the triangle of Taylor and Ashe 1983: factors as published in Mack 1993, ASTIN Bulletin 23(2), to four decimals
cat > "$work/in.csv" <<'TRIANGLE'
period;a0;a1;a2;a3;a4;a5;a6;a7;a8;a9
1;357848;1124788;1735330;2218270;2745596;3319994;3466336;3606286;3833515;3901463
2;352118;1236139;2170033;3353322;3799067;4120063;4647867;4914039;5339085;
3;290507;1292306;2218525;3235179;3985995;4132918;4628910;4909315;;
4;310608;1418858;2195047;3757447;4029929;4381982;4588268;;;
5;443160;1136350;2128333;2897821;3402672;3873311;;;;
6;396132;1333217;2180715;2985752;3691712;;;;;
7;440832;1288463;2419861;3483130;;;;;;
8;359480;1421128;2864498;;;;;;;
9;376686;1363294;;;;;;;;
10;344014;;;;;;;;;
TRIANGLE
is "delay" "$(stat delay --in "$work/in.csv" | awk -F, 'NR > 1 {printf "%s%.4f", (NR > 2 ? " " : ""), $3}')" "3.4906 1.7473 1.4574 1.1739 1.1038 1.0863 1.0539 1.0766 1.0177 0.0000"
near "delay: the share that is in is one over the factors still to come" "$(stat delay --in "$work/in.csv" | column share | cut -d' ' -f8-10)" "$(awk 'BEGIN {f = (3606286 + 4914039 + 4909315) / (3466336 + 4647867 + 4628910); g = (3833515 + 5339085) / (3606286 + 4914039); h = 3901463 / 3833515; printf "%.17g %.17g 1", 1 / (g * h), 1 / h}')"
is "delay names its ages" "$(stat delay --in "$work/in.csv" --ages a0,a1 --fewest 1e9 | paste -sd' ')" "age,name,factor,share 0,a0,1,1 1,a1,NA,1"
refuse "delay of one age" 3 'has 1 columns with ages' delay --in "$work/in.csv" --ages a0
# What is asked must be there, and be asked once.
file observed 1 2 3 4; refuse "from after to" 1 '--from 3 lies after --to 2' farrington --in "$work/in.csv" --freq 12 --from 3 --to 2
refuse "a row that is not there" 5 'cannot judge row 5: there are only 4' farrington --in "$work/in.csv" --freq 12 --from 5
refuse "nor as the last one" 5 'cannot judge row 9: there are only 4' farrington --in "$work/in.csv" --freq 12 --to 9
refuse "a limit over no periods" 1 '--limit54 takes two whole numbers such as 5/4 \(0/1 = never\), not "0/0"' farrington --in "$work/in.csv" --freq 12 --limit54 0/0
refuse "an option twice" 1 '--b is given twice' farrington --in "$work/in.csv" --freq 12 --b 5 --b 4
refuse "a file twice" 1 '--in is given twice' farrington --in "$work/in.csv" --in "$work/in.csv"
refuse "a column twice" 1 '--observed is given twice' farrington --in "$work/in.csv" --observed observed --observed=observed
refuse "a series twice" 1 '--series is given twice' farrington --in "$work/in.csv" --series a --series b
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
refuse "a fraction that is none" 1 '--limit54 takes two whole numbers such as 5/4 \(0/1 = never\), not "5"' farrington --in "$work/in.csv" --observed value --freq 12 --limit54 5
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
    [ "$method" = gamma-poisson ] && more="--mean 1 --shape 2"
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
dutch() { LANGUAGE=nl LC_ALL=C.UTF-8 stat "$@" 2>&1; }
file x,n 1,2 3,2; is "so are what is wrong, where, and what to do" "$(dutch proportion --in "$work/in.csv")" "veiligbeeld: fout: kan het aandeel niet berekenen: het deel moet tussen 0 en het geheel liggen (rij 2; \"$work/in.csv\", rijen geteld vanaf de eerste onder de kopregel)"
is "the reason that is handed on" "$(dutch cusum --in "$work/in.csv" --observed x --expected n --h 1 --size 0)" "veiligbeeld: fout: kan de CUSUM niet uitvoeren: de size van de negatief-binomiale verdeling moet boven 0 liggen (\"$work/in.csv\", rijen geteld vanaf de eerste onder de kopregel)"
file value 1 zwart; is "and a cell" "$(dutch mann-kendall --in "$work/in.csv")" "veiligbeeld: fout: \"$work/in.csv\", regel 3, kolom \"value\": geen getal; schrijf 12 of 3.5, zonder eenheid en zonder teken tussen duizendtallen, en laat de cel leeg als er geen getal is"
is "a full disk is no success" "$(stat --help > /dev/full 2>/dev/null; echo $?)" 74
finish
