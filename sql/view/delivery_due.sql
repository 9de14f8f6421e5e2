-- What is asked of whom per school year, and by when: "due" of config/kinds (register.due). Of every school, or of the office of the board; what is asked of
-- nobody has a day by which it was due when it comes, and stands in status only.
CREATE OR REPLACE VIEW register.delivery_due AS
SELECT p.board_no, p.location_no, y.schooljaar::smallint AS schooljaar, register.kind_of(k.kind, k.respondents) AS kind, make_date(y.schooljaar + k.year, k.month, k.day) AS due_on
  FROM register.location_period p
  JOIN register.location l USING (location_no)
 CROSS JOIN generate_series(2010, 2040) AS y(schooljaar)
  JOIN register.due k ON k.asked_of = CASE WHEN l.office THEN 'board' ELSE 'school' END
 WHERE make_date(y.schooljaar + 1, 6, 1) BETWEEN p.valid_from AND p.valid_to;
