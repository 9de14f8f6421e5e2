-- Views that analyze reads. A record belongs to the board that the location had on its date.
CREATE OR REPLACE VIEW fact.incident_board AS
SELECT i.*, p.board_no,
       (extract(year FROM i.occurred_on) - (extract(month FROM i.occurred_on) < 8)::int)::smallint AS schooljaar,
       date_trunc('month', i.occurred_on)::date AS month
  FROM fact.incident i
  JOIN register.location_period p ON p.location_no = i.location_no AND i.occurred_on BETWEEN p.valid_from AND p.valid_to;

CREATE OR REPLACE VIEW fact.answer_board AS
SELECT a.*, p.board_no
  FROM fact.answer a
  JOIN register.location_period p ON p.location_no = a.location_no
   AND coalesce(a.taken_on, make_date(a.schooljaar + 1, 5, 1)) BETWEEN p.valid_from AND p.valid_to;

CREATE OR REPLACE VIEW fact.complaint_board AS
SELECT c.*, p.board_no,
       (extract(year FROM c.received_on) - (extract(month FROM c.received_on) < 8)::int)::smallint AS schooljaar
  FROM fact.complaint c
  JOIN register.location_period p ON p.location_no = c.location_no AND c.received_on BETWEEN p.valid_from AND p.valid_to;

CREATE OR REPLACE VIEW fact.measure_board AS
SELECT m.*, p.board_no,
       (extract(year FROM m.begin_on) - (extract(month FROM m.begin_on) < 8)::int)::smallint AS schooljaar
  FROM fact.measure m
  JOIN register.location_period p ON p.location_no = m.location_no AND m.begin_on BETWEEN p.valid_from AND p.valid_to;

-- Which days of which location a kind of record was delivered for. A board-wide file covers all schools of the board
-- (and its office); a delivery covers no day after it was received.
CREATE OR REPLACE VIEW fact.coverage AS
SELECT p.location_no, p.board_no, d.kind,
       greatest(d.period_begin, p.valid_from) AS first,
       least(d.period_end, p.valid_to, d.received_on) AS last
  FROM fact.delivery d
  JOIN register.location_period p ON p.board_no = d.board_no AND (d.location_no IS NULL OR d.location_no = p.location_no)
 WHERE d.replaced_by IS NULL AND d.board_no IS NOT NULL
   AND p.valid_from <= d.period_end AND p.valid_to >= d.period_begin;

-- Pupils of a school year: 1 October of the year it begins in, else the last count before it (at most three years).
CREATE OR REPLACE VIEW register.pupils_of_year AS
SELECT l.location_no, y.schooljaar::smallint AS schooljaar, c.pupils
  FROM register.location l
 CROSS JOIN generate_series(2010, 2040) AS y(schooljaar)
 CROSS JOIN LATERAL (SELECT pc.pupils
                       FROM register.pupil_count pc
                      WHERE pc.location_no = l.location_no AND pc.grp = 0
                        AND pc.year BETWEEN y.schooljaar - 3 AND y.schooljaar
                      ORDER BY pc.year DESC LIMIT 1) c
 WHERE NOT l.office;
