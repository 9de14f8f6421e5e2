-- Files refused as a whole that nothing came in the place of, for a school year (of one without a period: the year it came in or just after), oldest first: number, kind ('': not recognised),
-- period or NULL, refused on, rule, rows read, rejected, the column that is missing or NULL. $1 school year
SELECT refusal_no, kind, period_begin, period_end, refused_on, rule, rows_read, rows_rejected, missing
  FROM feedback.refusal
 WHERE coalesce(period_begin, refused_on) <= make_date($1::int + 1, CASE WHEN period_begin IS NULL THEN 12 ELSE 7 END, 31) AND coalesce(period_end, refused_on) >= make_date($1::int, 8, 1)
 ORDER BY refused_on, kind COLLATE "C", rule COLLATE "C", refusal_no
