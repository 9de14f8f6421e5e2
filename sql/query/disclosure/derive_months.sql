-- Published cells of single months. $1 audience, $2 board, $3 last school year. Columns: indicator, month (its first day), schooljaar, events, denominator
SELECT indicator, (category || '-01')::date, schooljaar, events, denominator
  FROM release.figure
 WHERE audience = $1 AND board_no = $2::int AND schooljaar <= $3::int AND breakdown = 'maand' AND n_members = 1 AND category ~ '^[0-9]{4}-[0-9]{2}$' AND events IS NOT NULL AND denominator > 0
 ORDER BY indicator, category
