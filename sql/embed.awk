# Turn SQL files into C constants: sql/query/ingest/delivery_find.sql becomes sql_ingest_delivery_find,
# a PgQuery with name "ingest/delivery_find". -v header=1 prints the declarations.
function symbol(path,    s) { s = name(path); gsub(/[^a-z0-9]/, "_", s); return "sql_" s }
function name(path,    s) { s = path; sub(/^sql\//, "", s); sub(/^query\//, "", s); sub(/\.sql$/, "", s); return s }
BEGIN {
    if (header) {
        print "#ifndef VB_SQL_EMBED_H\n#define VB_SQL_EMBED_H\n#include \"common/pg.h\""
        for (f = 1; f < ARGC; f++) print "extern const PgQuery " symbol(ARGV[f]) ";"
        print "#endif"
        exit
    }
    print "#include \"sql_embed.h\"\n#include <stddef.h>"
}
FNR == 1 { if (open) print "};"; files[++n] = FILENAME; printf "const PgQuery %s = {\"%s\",\n", symbol(FILENAME), name(FILENAME); open = 1 }
{ gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); printf "    \"%s\\n\"\n", $0 }
END {
    if (header) exit
    if (open) print "};"
    print "const PgQuery *const pg_queries[] = {"
    for (i = 1; i <= n; i++) print "    &" symbol(files[i]) ","
    print "    NULL};"
}
