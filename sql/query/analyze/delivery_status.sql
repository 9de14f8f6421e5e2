-- Who delivered what for a school year, and when; what is asked of whom by when is register.delivery_due.
-- $1 boards, $2 school year, $3 as-of date
WITH asked AS (
    SELECT board_no, location_no, kind, due_on FROM register.delivery_due WHERE board_no = ANY ($1::int[]) AND schooljaar = $2::int
), got AS (
    SELECT a.board_no, a.location_no, a.kind, a.due_on, min(d.received_on) AS received_on, (array_agg(d.form ORDER BY d.received_on DESC, d.delivery_no DESC))[1] AS form,
           max(CASE WHEN coalesce(d.rows_rejected, 0) = 0 THEN 0 WHEN d.rows_rejected <= 0.05 * d.rows_read THEN 1 ELSE 2 END) AS reject_class
      FROM asked a
      LEFT JOIN fact.delivery d ON d.board_no = a.board_no AND register.kind_of(d.kind, d.respondents) = a.kind AND (d.location_no IS NULL OR d.location_no = a.location_no)
           AND d.period_begin <= make_date($2::int + 1, 7, 31) AND d.period_end >= make_date($2::int, 8, 1)
     GROUP BY a.board_no, a.location_no, a.kind, a.due_on
)
INSERT INTO result.delivery_status (board_no, schooljaar, location_no, kind, status, received_on, form, reject_class)
SELECT board_no, $2::int, location_no, kind,
       CASE WHEN received_on IS NULL AND $3::date <= due_on THEN 'nog niet verwacht' WHEN received_on IS NULL THEN 'niet ontvangen'
            WHEN received_on > due_on THEN 'te laat' ELSE 'op tijd' END,
       received_on, form, coalesce(reject_class, 0)
  FROM got
