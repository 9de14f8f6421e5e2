# For test scripts: ok/is/like count and print; `house` makes a private place to live in. Source it.
set -u
passed=0 failed=0 skipped=0
no() { failed=$((failed + 1)); }
stop() { [ -z "${TEST_STOP:-}" ] || finish; } # at the first failure, where that is enough
ok() { # title, command...
    local title=$1; shift
    if "$@"; then passed=$((passed + 1)); else no; echo "FAIL $title"; stop; fi
}
is() { # title, got, want
    if [ "$2" = "$3" ]; then passed=$((passed + 1)); else no; printf 'FAIL %s\n  got:  %.600s\n  want: %.600s\n' "$1" "$2" "$3"; stop; fi
}
like() { # title, text, extended regular expression
    if grep -Eq -- "$3" <<<"$2"; then passed=$((passed + 1)); else no; printf 'FAIL %s\n  no match for %s in: %.1200s\n' "$1" "$3" "$2"; stop; fi
}
unlike() { # title, text, extended regular expression
    if grep -Eq -- "$3" <<<"$2"; then no; printf 'FAIL %s\n  matched %s: %.600s\n' "$1" "$3" "$(grep -E -m3 -- "$3" <<<"$2")"; stop; else passed=$((passed + 1)); fi
}
skip() { skipped=$((skipped + 1)); echo "SKIP $1: $2"; }
finish() { echo "$passed passed, $failed failed, $skipped skipped"; [ $failed -eq 0 ]; exit; }

root=${VB_ROOT:-$PWD}
vb() { "$root/veiligbeeld" "$@"; }
# A place of its own: var/ and out/ in a directory that is removed at exit, with its cluster stopped.
house() {
    place=$(mktemp -d "${TMPDIR:-/tmp}/vb-test.XXXXXX"); chmod 755 "$place"
    export VEILIGBEELD_VAR=$place/var VEILIGBEELD_OUT=$place/out
    trap 'vb db stop >/dev/null 2>&1; [ -n "${KEEP:-}" ] || rm -rf "$place"' EXIT
}
sql() { # role, statement -> rows, fields divided by |
    PGOPTIONS='-c client_min_messages=error' psql -XqAt -d "$(vb db dsn --role "$1")" -c "$2" 2>&1
}
# The cells of release and what was decided, without numbers that a rerun may give anew.
release_hash() {
    sql vb_report "SELECT md5(string_agg(f::text, E'\n' ORDER BY f.audience, f.board_no, f.schooljaar, f.indicator, f.breakdown, f.location_no, f.category)) FROM release.figure f"
    sql vb_report "SELECT md5(string_agg(d::text, E'\n' ORDER BY d.audience, d.board_no, d.schooljaar, d.indicator, d.breakdown)) FROM release.decision d"
    sql vb_report "SELECT md5(string_agg(g::text, E'\n' ORDER BY g.audience, g.board_no, g.location_no, g.goal_no)) FROM release.goal g"
}
simulate() { "$root/build/plain/sim" --data "$root/data/register" "$@"; }
# Three simulated boards with four years, taken in and analysed; and what readers of release (q), the owner (o) and nobody but a superuser can ask.
three_boards() {
    simulate --out "$place/in" --seed 2 --first 2022 > /dev/null
    vb ingest "$root/data/register" "$place/in/register" > "$place/log" 2>&1
    for board in 99001 99002 99003; do vb ingest "$place/in/$board" >> "$place/log" 2>&1; done
    vb analyze --schooljaar 2025-2026 --as-of 2026-09-14 >> "$place/log" 2>&1; is "analyze" "$?" 0
}
q() { sql vb_report "$1"; }
o() { sql vb_owner "$1"; }
super() { PGOPTIONS='-c client_min_messages=error' psql -XqAt -d "$(vb db dsn)" -c "$1" 2>&1; }
