-- Monthly counts per school with exposure, from the first registered month on. $1 boards, $2 form codes of bullying
-- comparable: the month lies behind the school's last change of form and the board's last declared break; what lies before
-- them was counted differently, is shown, and is no baseline.
-- Columns: board_no, location_no, month, exposure (pupils x days; NULL unknown), covered, pest, alles, open_days, comparable
WITH form AS (
    SELECT location_no, max(period_begin) AS since
      FROM (SELECT location_no, period_begin, form, lag(form) OVER (PARTITION BY location_no ORDER BY period_begin) AS form_before
              FROM fact.delivery WHERE board_no = ANY ($1::int[]) AND kind = 'incident' AND replaced_by IS NULL AND location_no IS NOT NULL) d
     WHERE form <> form_before GROUP BY location_no
), declared AS (
    SELECT board_no, max(on_date) AS since FROM result.series_break WHERE board_no = ANY ($1::int[]) AND kind = 'incident' GROUP BY board_no
)
SELECT e.board_no, e.location_no, e.month, e.pupils::float8 * e.open_days, e.covered,
       count(i.key) FILTER (WHERE i.vorm IN (SELECT no FROM register.code WHERE list = 'vorm' AND code = ANY (string_to_array($2, ',')))),
       count(i.key), e.open_days, e.month >= greatest(coalesce(f.since, '-infinity'), coalesce(b.since, '-infinity'))
  FROM result.exposure e
  LEFT JOIN form f USING (location_no)
  LEFT JOIN declared b USING (board_no)
  LEFT JOIN fact.incident_board i ON i.location_no = e.location_no AND i.month = e.month AND i.board_no = e.board_no
 WHERE e.board_no = ANY ($1::int[])
 GROUP BY e.board_no, e.location_no, e.month, e.pupils, e.open_days, e.covered, f.since, b.since
 ORDER BY e.board_no, e.location_no, e.month
