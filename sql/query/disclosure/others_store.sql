-- What needs no protection of counts, or follows that of a figure: decisions, deliveries, breaks, and goals. A goal shows its
-- values only where the figures it is measured by are published for this audience, and stays as it was where one of them does. $1 audience, $2 board, $3 school year
WITH kept AS (SELECT schooljaar, indicator, breakdown FROM pg_temp.decision_new WHERE audience = $1 AND board_no = $2::int AND kept),
     a AS (DELETE FROM release.goal g WHERE audience = $1 AND board_no = $2::int AND schooljaar = $3::int
                AND NOT EXISTS (SELECT FROM kept k WHERE k.schooljaar IN (g.schooljaar, g.baseline_year) AND k.indicator = g.indicator AND k.breakdown IN ('totaal', 'school')) RETURNING 1),
     b AS (DELETE FROM release.delivery_status WHERE audience = $1 AND board_no = $2::int AND schooljaar = $3::int RETURNING 1),
     c AS (DELETE FROM release.series_break WHERE audience = $1 AND board_no = $2::int RETURNING 1),
     d AS (INSERT INTO release.decision SELECT audience, board_no, schooljaar, indicator, breakdown, decision, reason, kept FROM pg_temp.decision_new WHERE audience = $1 AND board_no = $2::int
               ON CONFLICT (audience, board_no, schooljaar, indicator, breakdown) DO UPDATE SET decision = excluded.decision, reason = excluded.reason, kept = excluded.kept RETURNING 1),
     e AS (INSERT INTO release.delivery_status
           SELECT $1, board_no, schooljaar, location_no, kind, status, received_on, form, reject_class FROM result.delivery_status
            WHERE board_no = $2::int AND schooljaar = $3::int
               ON CONFLICT (audience, board_no, schooljaar, location_no, kind) DO UPDATE SET status = excluded.status, received_on = excluded.received_on,
                  form = excluded.form, reject_class = excluded.reject_class RETURNING 1),
     f AS (INSERT INTO release.series_break SELECT $1, board_no, kind, on_date, reason FROM result.series_break WHERE board_no = $2::int
               ON CONFLICT (audience, board_no, kind, on_date) DO UPDATE SET reason = excluded.reason RETURNING 1),
     shown AS (
    -- the values are those of the published figures, not those of result: a kept figure must not be known by its goal
    SELECT g.*, n.value AS now_value, n.low AS now_low, n.high AS now_high, b.value AS base_value, n.audience IS NOT NULL AND b.audience IS NOT NULL AS visible
      FROM result.goal g
      LEFT JOIN release.figure n ON n.audience = $1 AND n.board_no = g.board_no AND n.indicator = g.indicator AND n.schooljaar = g.schooljaar AND n.category = ''
            AND n.breakdown = CASE WHEN g.office THEN 'totaal' ELSE 'school' END AND n.location_no = CASE WHEN g.office THEN 0 ELSE g.location_no END
      LEFT JOIN release.figure b ON b.audience = $1 AND b.board_no = g.board_no AND b.indicator = g.indicator AND b.schooljaar = g.baseline_year AND b.category = ''
            AND b.breakdown = CASE WHEN g.office THEN 'totaal' ELSE 'school' END AND b.location_no = CASE WHEN g.office THEN 0 ELSE g.location_no END
     WHERE g.board_no = $2::int AND g.schooljaar = $3::int
)
INSERT INTO release.goal
SELECT $1, board_no, schooljaar, location_no, goal_no, indicator, baseline_year, CASE WHEN visible THEN base_value END, target, due_on, owner_role,
       CASE WHEN visible THEN now_value END, CASE WHEN visible THEN now_low END, CASE WHEN visible THEN now_high END,
       CASE WHEN visible OR status = 'niet te beoordelen' AND reason LIKE 'geen %' THEN status ELSE 'beschermd' END,
       CASE WHEN visible OR reason LIKE 'geen %' THEN reason ELSE 'de cijfers zijn te klein om te tonen' END
  FROM shown
 WHERE NOT EXISTS (SELECT FROM kept k WHERE k.schooljaar IN (shown.schooljaar, shown.baseline_year) AND k.indicator = shown.indicator AND k.breakdown IN ('totaal', 'school'))
    ON CONFLICT (audience, board_no, schooljaar, location_no, goal_no) DO UPDATE SET indicator = excluded.indicator, baseline_year = excluded.baseline_year,
       baseline = excluded.baseline, target = excluded.target, due_on = excluded.due_on, owner_role = excluded.owner_role, current = excluded.current,
       low = excluded.low, high = excluded.high, status = excluded.status, reason = excluded.reason
