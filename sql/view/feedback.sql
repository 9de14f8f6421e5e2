-- What became of the deliveries of one school, or of the office of one board, for the feedback to who delivered them: counts, row and
-- column numbers, our own names of fields and rules. Each view names the location by the setting vb.location; without it there are no rows.
-- A schema of its own: "all tables" of fact or result never includes these, and their reader has no way into fact or result.
CREATE OR REPLACE VIEW feedback.location WITH (security_barrier) AS
SELECT l.location_no, l.code, l.office, p.name, p.place, p.valid_from, p.valid_to, p.board_no, b.name AS board_name
  FROM register.location l
  JOIN register.location_period p ON p.location_no = l.location_no
  JOIN register.board b USING (board_no)
 WHERE l.location_no = nullif(current_setting('vb.location', true), '')::int;

-- Who sees what of deliveries, also of those that were refused: a school has its own. A file that names no school belongs to the office of its board: whose a rejected row of it
-- was, nobody can say. Inlined by the planner.
CREATE OR REPLACE FUNCTION feedback.shown(of_board integer, of_location integer) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT of_location = nullif(current_setting('vb.location', true), '')::int
        OR of_location IS NULL AND EXISTS (SELECT FROM feedback.location l WHERE l.office AND l.board_no = of_board)
$$;

CREATE OR REPLACE VIEW feedback.delivery WITH (security_barrier) AS
SELECT d.delivery_no, d.kind, d.form, d.period_begin, d.period_end, d.received_on, d.rows_read, d.rows_loaded, d.rows_rejected,
       d.rows_superseded, d.rows_duplicate, d.columns_ignored, d.replaced_by
  FROM fact.delivery d
 WHERE d.board_no IS NOT NULL AND feedback.shown(d.board_no, d.location_no);

CREATE OR REPLACE VIEW feedback.reject WITH (security_barrier) AS
SELECT r.delivery_no, r.row_no, r.column_no, r.field, r.rule, r.finding
  FROM fact.reject r
 WHERE EXISTS (SELECT FROM feedback.delivery d WHERE d.delivery_no = r.delivery_no);

-- Files of the whole board that also speak for this school, of the kinds that are asked of schools, and how many rows became its own.
CREATE OR REPLACE VIEW feedback.shared WITH (security_barrier) AS
SELECT d.delivery_no, d.kind, d.period_begin, d.period_end, d.received_on,
       CASE d.kind WHEN 'incident' THEN (SELECT count(*) FROM fact.incident_row i WHERE i.location_no = l.location_no AND i.delivery_no = d.delivery_no)
                   WHEN 'enquete' THEN (SELECT count(*) FROM fact.answer a WHERE a.location_no = l.location_no AND a.delivery_no = d.delivery_no) END AS rows_own
  FROM register.location l
  JOIN fact.delivery d ON d.location_no IS NULL AND d.replaced_by IS NULL AND d.kind IN ('incident', 'enquete')
 WHERE l.location_no = nullif(current_setting('vb.location', true), '')::int AND NOT l.office
   AND EXISTS (SELECT FROM feedback.location p WHERE p.board_no = d.board_no AND p.valid_from <= d.period_end AND p.valid_to >= d.period_begin);

-- Files that were refused as a whole, and that nothing came in the place of.
CREATE OR REPLACE VIEW feedback.refusal WITH (security_barrier) AS
SELECT r.refusal_no, coalesce(r.kind, '') AS kind, r.period_begin, r.period_end, r.refused_on, r.rule, r.rows_read, r.rows_rejected, r.missing
  FROM ops.refusal r
 WHERE r.settled_by IS NULL AND feedback.shown(r.board_no, r.location_no);

CREATE OR REPLACE VIEW feedback.refusal_row WITH (security_barrier) AS
SELECT w.refusal_no, w.row_no, w.column_no, w.field, w.rule, w.finding
  FROM ops.refusal_row w
 WHERE EXISTS (SELECT FROM feedback.refusal r WHERE r.refusal_no = w.refusal_no);

-- Schools of which a file says nothing while an earlier one, in force for them, does: for the office, whose files these are.
CREATE OR REPLACE VIEW feedback.left_out WITH (security_barrier) AS
SELECT o.delivery_no, l.code, coalesce(p.name, l.code) AS name, e.received_on, o.rows
  FROM fact.left_out o
  JOIN feedback.delivery d ON d.delivery_no = o.delivery_no AND d.replaced_by IS NULL
  JOIN fact.delivery e ON e.delivery_no = o.earlier_no AND e.replaced_by IS NULL
  JOIN register.location l ON l.location_no = o.location_no
  LEFT JOIN register.location_period p ON p.location_no = o.location_no AND d.period_end BETWEEN p.valid_from AND p.valid_to;

-- Months and whether anything at all was registered in them: never how much.
CREATE OR REPLACE VIEW feedback.month WITH (security_barrier) AS
SELECT e.month, e.schooljaar, e.open_days, e.covered,
       EXISTS (SELECT FROM fact.incident_row i WHERE i.location_no = e.location_no AND i.occurred_on >= e.month AND i.occurred_on < e.month + interval '1 month') AS registered
  FROM result.exposure e
 WHERE e.location_no = nullif(current_setting('vb.location', true), '')::int;

CREATE OR REPLACE VIEW feedback.expected WITH (security_barrier) AS
SELECT a.schooljaar, a.kind, a.due_on,
       (SELECT min(d.received_on) FROM fact.delivery d
         WHERE d.board_no = a.board_no AND register.kind_of(d.kind, d.respondents) = a.kind AND (d.location_no IS NULL OR d.location_no = a.location_no)
           AND d.period_begin <= make_date(a.schooljaar + 1, 7, 31) AND d.period_end >= make_date(a.schooljaar, 8, 1)) AS received_on
  FROM register.delivery_due a
 WHERE a.location_no = nullif(current_setting('vb.location', true), '')::int;
