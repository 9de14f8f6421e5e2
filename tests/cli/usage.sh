#!/usr/bin/env bash
# The command line without a database: help, version, wrong use, and a full disk.
. "${VB_ROOT:-.}/tests/harness/lib.sh"
house
status() { "$@" >/dev/null 2>&1; echo $?; }
is "help exits 0" "$(status vb help)" 0
like "help names the commands" "$(vb --help)" 'disclose +protect the results'
like "so is the help of alarms" "$(LANGUAGE=nl LC_ALL=C.UTF-8 vb --help)" '--sim N, --seed N +zoveel nagebootste scholen'
like "help lists the exit statuses" "$(vb help)" '3 input refused'
is "version" "$(vb --version)" "veiligbeeld $(cat "$root/VERSION")"
is "no command is wrong use" "$(status vb)" 1
is "an unknown command is wrong use" "$(status vb fly)" 1
like "and says what to do" "$(vb fly 2>&1)" 'unknown command "fly"; see veiligbeeld help'
is "an unknown option is wrong use" "$(status vb run --fly)" 1
is "a date that is none" "$(vb run --as-of 2026-02-30 2>&1)" 'veiligbeeld: error: "2026-02-30" is not a date (yyyy-mm-dd)'
is "a school year that is none" "$(vb run --schooljaar 2025-2027 2>&1)" 'veiligbeeld: error: "2025-2027" is not a school year (2025-2026)'
is "a board that is none" "$(vb run --board x 2>&1)" 'veiligbeeld: error: "x" is not the number of a board'
is "a progress that is none" "$(status vb run --progress=maybe)" 1
is "ingest without a path" "$(vb ingest 2>&1)" 'veiligbeeld: error: name the files or directories to ingest'
is "inzage without a board" "$(vb inzage 2>&1 < /dev/null)" 'veiligbeeld: error: name the board: --board NUMBER'
is "forget with a name on the command line" "$(status vb forget --board 99003 "Jan Jansen")" 1
is "key without a verb" "$(vb key 2>&1)" 'veiligbeeld: error: usage: veiligbeeld key rotate --board N --keep|--cut'
is "key rotate without a choice" "$(status vb key rotate --board 99003)" 1
is "db without a verb" "$(status vb db)" 1
like "db dsn prints the private cluster" "$(vb db dsn)" '^host=.* dbname=veiligbeeld user=vb_super$'
like "db dsn of a role" "$(vb db dsn --role vb_report)" 'user=vb_report$'
is "db dsn of a role that is none" "$(status vb db dsn --role vb_king)" 1
is "--dsn is kept, with the role as an option" "$(vb db dsn --dsn 'host=h dbname=d' --role vb_ingest)" "host=h dbname=d options='-c role=vb_ingest'"
is "a database that is not there" "$(status vb status --dsn 'host=/nowhere dbname=d')" 4
like "and its message names only host and database" "$(vb status --dsn 'host=/nowhere dbname=d password=geheim' 2>&1)" 'cannot connect to database "d" at "/nowhere"'
unlike "never the password" "$(vb status --dsn 'host=/nowhere dbname=d password=geheim' 2>&1)" geheim
is "config check" "$(vb config check)" "configuration in $root/config is sound"
mkdir -p "$place/over/indicators"; echo '{"indicator": 5}' > "$place/over/indicators/zz.json"
is "a configuration that is wrong exits 2" "$(VEILIGBEELD_CONFIG=$place/over status vb config check)" 2
like "and names file and key" "$(VEILIGBEELD_CONFIG=$place/over vb config check 2>&1)" 'zz.json: missing key "title"'
like "the texts are Dutch where the user is" "$(env LC_ALL=nl_NL.UTF-8 "$root/veiligbeeld" help)" "wie leverde, en wat te laat is"
like "also with a language and no locale of it" "$(LANGUAGE=nl LC_ALL=C.UTF-8 vb help)" "de configuratie controleren"
is "so is what is wrong in a file of the configuration" "$(LANGUAGE=nl VEILIGBEELD_CONFIG=$place/over vb config check 2>&1)" "veiligbeeld: fout: $place/over/indicators/zz.json: sleutel \"title\" ontbreekt; voeg die toe"
is "a full disk is no success" "$(vb help > /dev/full 2>/dev/null; echo $?)" 74
like "doctor tells what is there" "$(vb doctor)" 'gnuplot +found'
is "a path that is not there" "$(status vb ingest "$place/none.csv")" 3
is "reports before anything was released" "$(status vb report --schooljaar 2025-2026)" 6
is "an edition that is none" "$(status vb report --editie krant)" 1
finish
