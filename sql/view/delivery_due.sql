-- What is asked of whom per school year, and by when. Incidents and questionnaires are asked of every school, complaints, measures
-- and goals of the office of the board. The questionnaire is that of the pupils; those of staff and parents are nobody's duty. Due: 1 July for the questionnaire, 1 October of the year it begins in for goals, 1 September else.
CREATE OR REPLACE VIEW register.delivery_due AS
SELECT p.board_no, p.location_no, y.schooljaar::smallint AS schooljaar, k.kind, make_date(y.schooljaar + k.later, k.month, 1) AS due_on
  FROM register.location_period p
  JOIN register.location l USING (location_no)
 CROSS JOIN generate_series(2010, 2040) AS y(schooljaar)
 CROSS JOIN (VALUES ('incident', true, 9, 1), ('enquete', true, 7, 1), ('klacht', false, 9, 1), ('maatregel', false, 9, 1), ('pdca', false, 10, 0)) AS k(kind, per_school, month, later)
 WHERE make_date(y.schooljaar + 1, 6, 1) BETWEEN p.valid_from AND p.valid_to AND l.office <> k.per_school;
