-- Breaks in a board's series: a school that changed its incident form, or a board that changed its questionnaire.
-- Declared breaks of forms are added by the caller. $1 boards
INSERT INTO result.series_break (board_no, kind, on_date, reason)
SELECT board_no, kind, period_begin, min(n || CASE WHEN n = 1 THEN ' school gebruikt' ELSE ' scholen gebruiken' END || ' vanaf dan een ander formulier')
  FROM (SELECT d.board_no, d.kind, d.period_begin, count(*) AS n
          FROM (SELECT board_no, kind, location_no, period_begin, form,
                       lag(form) OVER (PARTITION BY board_no, kind, location_no ORDER BY period_begin) AS form_before
                  FROM fact.delivery WHERE board_no = ANY ($1::int[]) AND replaced_by IS NULL AND location_no IS NOT NULL AND kind IN ('incident', 'enquete')) d
         WHERE d.form_before IS NOT NULL AND d.form_before <> d.form
         GROUP BY d.board_no, d.kind, d.period_begin) changed
 GROUP BY board_no, kind, period_begin
    ON CONFLICT DO NOTHING
