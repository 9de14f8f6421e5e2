-- Tables that stand as released before although the results changed. $1 school year (of the run; all years count)
SELECT count(*) FROM release.decision WHERE kept AND $1::int > 0
