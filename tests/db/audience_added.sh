#!/usr/bin/env bash
# A database that was released before there was an audience for the public: the next disclose gives every board its release to it, also where nothing else is new, and it can stand beside
# everything that was shown before.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
three_boards
mkdir "$place/home"; cp -r "$root/config" "$place/home/config"
export VEILIGBEELD_HOME=$place/home
old() { python3 - "$place/home/config/audiences.json" <<'PY'
import json, sys
one = json.load(open(sys.argv[1]))
one["audiences"] = [a for a in one["audiences"] if a["audience"] != "openbaar"]
json.dump(one, open(sys.argv[1], "w"))
PY
}
new() { cp "$root/config/audiences.json" "$place/home/config/audiences.json"; }
hash_of() { q "SELECT md5(string_agg(f::text, E'\n' ORDER BY f.audience, f.board_no, f.schooljaar, f.indicator, f.breakdown, f.location_no, f.category)) FROM release.figure f WHERE audience <> 'openbaar'"; }
cell="board_no, schooljaar, indicator, breakdown, location_no, category, members, events, value"
old
vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "disclose to three audiences" "$?" 0
is "nothing is there for the public" "$(q "SELECT count(DISTINCT audience) || ' ' || count(*) FILTER (WHERE audience = 'openbaar') FROM release.figure")" "3 0"
like "and nothing more to do" "$(vb disclose --schooljaar 2025-2026 2>&1)" 'nothing new for 3 boards'
err=$(vb report --schooljaar 2025-2026 --board 99003 --editie openbaar 2>&1); is "no release, no edition" "$?" 6
like "and it says what to do" "$err" 'board 99003 has no certificate for audience openbaar; run: veiligbeeld disclose'
out=$(vb report --schooljaar 2025-2026 --board 99003 --as-of 2026-09-14 2>&1); is "the other editions are made" "$?" 0
like "and told is which is not" "$out" 'board 99003: no edition openbaar: nothing is released to audience openbaar'
is "they are there" "$(cd "$place/out/99003/2025-2026" && ls -d bestuur.html gmr.html mr openbaar.html 2>/dev/null | tr '\n' ' ')" "bestuur.html gmr.html mr "
before=$(hash_of)
new
like "the audience is added: every board is done, though its results are the same" "$(vb disclose --schooljaar 2025-2026 2>&1)" 'disclose: 3 of 3 boards'
is "every board has a certificate for it" "$(q "SELECT count(*) FROM release.certificate WHERE audience = 'openbaar'")" 3
is "it holds what gmr holds, who asks for as much" "$(q "SELECT count(*) > 500 FROM release.figure WHERE audience = 'openbaar'") $(q "SELECT count(*) FROM (SELECT $cell FROM release.figure WHERE audience = 'gmr' EXCEPT SELECT $cell FROM release.figure WHERE audience = 'openbaar') x")" "t 0"
is "the others hold what they held" "$(hash_of)" "$before"
is "an attacker finds nothing" "$(vb disclose --audit all > /dev/null 2>&1; echo $?)" 0
is "all of it is certified" "$(vb verify > /dev/null; echo $?)" 0
like "once" "$(vb disclose --schooljaar 2025-2026 2>&1)" 'nothing new for 3 boards'
sed -i 's/"threshold": 10/"threshold": 12/' "$place/home/config/audiences.json"
like "other thresholds, and every board is done again" "$(vb disclose --schooljaar 2025-2026 2>&1)" 'disclose: 3 of 3 boards'
is "by those thresholds" "$(q "SELECT count(*) FROM release.figure WHERE audience IN ('gmr', 'openbaar') AND events BETWEEN 1 AND 11") $(q "SELECT string_agg(DISTINCT audience || threshold, ' ' ORDER BY audience || threshold) FROM release.certificate")" "0 bestuur5 gmr12 inspectie5 openbaar12"
sed -i 's/"audience": "openbaar"/"audience": "ouders"/; s/"threshold": 12/"threshold": 10/' "$place/home/config/audiences.json"
like "as many audiences, but another one" "$(vb disclose --schooljaar 2025-2026 2>&1)" 'disclose: 3 of 3 boards'
is "it has its certificates" "$(q "SELECT count(*) FROM release.certificate WHERE audience = 'ouders'")" 3
new; vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1
vb report --schooljaar 2025-2026 --board 99003 --as-of 2026-09-14 --editie openbaar >> "$place/log" 2>&1; is "and the edition is made" "$?" 0
ok "with its open data" test -s "$place/out/99003/2025-2026/openbaar.csv"

# The same where tables of gmr stand as they were, because they moved by too little to be shown: what gmr has is not of now, so it is nothing that somebody new can be shown.
super "TRUNCATE release.figure, release.ledger, release.ledger_kept, release.decision, release.certificate, release.goal, release.delivery_status, release.series_break, release.derived" > /dev/null
old
vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "from the beginning" "$?" 0
sql vb_analyze "UPDATE result.figure SET events = events + 2, numerator = numerator + 2 WHERE board_no = 99001 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'totaal';
UPDATE result.board_state SET fingerprint = fingerprint || 'x' WHERE board_no = 99001" > /dev/null
vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "two incidents more" "$?" 0
is "are not shown to gmr: the total stays" "$(q "SELECT kept FROM release.decision WHERE audience = 'gmr' AND board_no = 99001 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'totaal'")" t
new
vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "the audience is added" "$?" 0
is "what stands as it was is left out, with its breakdowns" "$(q "SELECT string_agg(DISTINCT decision, ' ') FROM release.decision WHERE audience = 'openbaar' AND board_no = 99001 AND schooljaar = 2025 AND indicator = 'incidenten'")" withheld
is "with a reason" "$(q "SELECT count(*) FROM release.decision WHERE audience = 'openbaar' AND decision = 'withheld' AND reason = ''")" 0
is "and the rest is there, nothing that gmr does not hold" "$(q "SELECT count(*) > 500 FROM release.figure WHERE audience = 'openbaar'") $(q "SELECT count(*) FROM (SELECT $cell FROM release.figure WHERE audience = 'openbaar' EXCEPT SELECT $cell FROM release.figure WHERE audience = 'gmr') x")" "t 0"
is "an attacker finds nothing there either" "$(vb disclose --audit all > /dev/null 2>&1; echo $?)" 0
sql vb_analyze "UPDATE result.figure SET events = events - 2, numerator = numerator - 2 WHERE board_no = 99001 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'totaal';
UPDATE result.board_state SET fingerprint = fingerprint || 'y' WHERE board_no = 99001" > /dev/null
vb disclose --schooljaar 2025-2026 >> "$place/log" 2>&1; is "the two were a mistake" "$?" 0
is "of now, the table is there for the public too" "$(q "SELECT decision, kept FROM release.decision WHERE audience = 'openbaar' AND board_no = 99001 AND schooljaar = 2025 AND indicator = 'incidenten' AND breakdown = 'totaal'")" "released|f"
is "with what gmr holds" "$(q "SELECT count(*) FROM (SELECT $cell FROM release.figure WHERE audience = 'gmr' EXCEPT SELECT $cell FROM release.figure WHERE audience = 'openbaar') x")" 0
is "and an attacker finds nothing" "$(vb disclose --audit all > /dev/null 2>&1; echo $?)" 0
unset VEILIGBEELD_HOME
finish
