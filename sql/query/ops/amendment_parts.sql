-- Tables of fact that may hold old row versions of amendments. One row per table that is still there.
SELECT DISTINCT c.relname FROM ops.amendment a CROSS JOIN unnest(a.parts) AS p(part)
  JOIN pg_class c ON c.relname = p.part AND c.relnamespace = 'fact'::regnamespace WHERE NOT a.swept ORDER BY c.relname
