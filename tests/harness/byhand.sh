# For tests of releases that are made by hand, row by row, in a database that holds nothing else: sourced after lib.sh and house.
# A row is "audience indicator/breakdown[/year] group=count[@percentage] ...", of 2025 where it says nothing; a group is a school's number, a category, - (a total), or members with commas between them.
# What is said is gathered, and written for a board of its own when something is asked of it.
said=
say() { said+="$1;"$'\n'; } # BOARD in it is the board
owner() { PGOPTIONS='-c client_min_messages=error' psql -XqAt -v ON_ERROR_STOP=1 -d "$(vb db dsn)" 2>&1; }
written() { { echo "SET synchronous_commit = off; BEGIN;"; cat; echo "COMMIT;"; } | owner; } # nothing but what went wrong is printed
rows() { # table, further columns, their values, rows
    local table=$1 columns=$2 values=$3 line one words of group count members many school category wide; shift 3
    for line in "$@"; do
        read -ra words <<< "$line"; IFS=/ read -ra of <<< "${words[1]}"
        for one in "${words[@]:2}"; do
            group=${one%=*} count=${one##*=} members='' many=1 school=0 category=''
            case $group in
                *,*) members=$group category="*$group" many=${group//[^,]/} many=$((${#many} + 1)) ;;
                -) ;;
                *[!0-9]*) category=$group ;;
                *) school=$group ;;
            esac
            wide=; [[ $table != *figure* ]] || wide=", n_members, ord, schools"
            say "INSERT INTO $table (audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, events, value$wide$columns)
VALUES ('${words[0]}', BOARD, ${of[2]:-2025}, '${of[0]}', '${of[1]}', $school, '$category', '$members', ${count%@*}, $([[ $count == *@* ]] && echo "${count#*@}" || echo NULL)${wide:+, $many, 0, 3}$values)"
        done
    done
}
day() { echo "timestamptz '2026-01-01' + interval '$1 days'"; }
stand() { rows release.figure "" "" "$@"; } # what is released now
shown() { local on=$1; shift; rows release.ledger ", released_at" ", $(day "$on")" "$@"; } # day, rows: what was shown
moment() { say "INSERT INTO release.ledger_moment VALUES (BOARD, $(day "$1"))"; } # day: something of the board was released
each() { local row; for row in "${@:3}"; do IFS=' /' read -r audience indicator breakdown year <<< "$row"; say "INSERT INTO $1 VALUES ('$audience', BOARD, ${year:-2025}, '$indicator', '$breakdown', $2)"; done; }
stayed() { local on=$1; shift; each release.ledger_kept "$(day "$on")" "$@"; } # day, "audience indicator/breakdown" ...: not of that moment
kept() { each release.decision "'released', '', true" "$@"; } # "audience indicator/breakdown" ...: stands as it was released before
anew() { said= thresholds=(${1:-5} ${2:-10}); } # thresholds of those that are told more, and of the others
certificate() { # audience
    local n=${thresholds[0]}; case $1 in gmr | openbaar) n=${thresholds[1]} ;; esac
    echo "INSERT INTO release.certificate VALUES ('$1', BOARD, 2025, $n, 0, 0, 0, 0, 0, 0, 0, '', '');"
}

# Queries, asked of rows that are undone afterwards.
ask() { # what was said, and then each of these: "name of a query(its parameters)", or a statement; all of it is undone
    local one name
    {
        cat "$root/sql/query/disclosure/stage_begin.sql"; printf ';\n%s\n' "$said"
        for one in "$@"; do
            name=${one%%(*}
            if [ -f "$root/sql/query/disclosure/$name.sql" ]; then printf 'PREPARE %s AS %s;\nEXECUTE %s;\nDEALLOCATE %s;\n' "$name" "$(cat "$root/sql/query/disclosure/$name.sql")" "$one" "$name"; else printf '%s;\n' "$one"; fi
        done
    } | sed 's/\bBOARD\b/1/g' | { echo 'BEGIN;'; cat; echo 'ROLLBACK;'; } | PGOPTIONS='-c client_min_messages=error -c jit=off' psql -XqAt -v ON_ERROR_STOP=1 -d "$dsn" 2>&1 | paste -sd';'
}
other() { say "UPDATE $1 SET board_no = 2 WHERE ${2:-true}"; } # table, which of its rows are another board's
had() { # day, indicator/breakdown, label:school=how many ...
    local on=$1 i=${2%/*} b=${2#*/} one labels='' locations='' events='' numerators=''; shift 2
    for one in "$@"; do labels+=",\"${one%%:*}\""; one=${one#*:}; locations+=",${one%=*}"; one=${one#*=}; events+=",${one%@*}"; numerators+=",$([[ $one == *@* ]] && echo "${one#*@}" || echo NULL)"; done
    say "INSERT INTO result.spread_shown VALUES (BOARD, 2025, '$i', '$b', $(day "$on"), '{${labels#,}}', '{${locations#,}}', '{${events#,}}', '{${numerators#,}}')"
}
fresh() { # columns and values beside those of a row, row
    rows pg_temp.figure_new "$1" "$2" "$3"
}
