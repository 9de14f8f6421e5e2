-- The same file may be delivered for another period: its period is part of what it is.
DROP INDEX fact.delivery_once;
CREATE UNIQUE INDEX delivery_once ON fact.delivery (sha256, kind, form, coalesce(board_no, 0), coalesce(location_no, 0), period_begin, period_end)
    WHERE replaced_by IS NULL AND NOT stale;

-- Which delivery superseded rows of which: when it goes, the other one is short of them (query/ingest/delivery_clear).
CREATE TABLE fact.superseded (
    delivery_no    integer NOT NULL REFERENCES fact.delivery,
    by_delivery_no integer NOT NULL REFERENCES fact.delivery,
    rows           bigint NOT NULL
);
CREATE INDEX ON fact.superseded (by_delivery_no);

-- Whom a questionnaire was asked: one of staff or parents is not that of the pupils.
ALTER TABLE fact.delivery ADD COLUMN respondents text; -- NULL: no questionnaire
UPDATE fact.delivery d SET respondents = r.respondents
  FROM (SELECT DISTINCT a.delivery_no, i.respondents FROM fact.answer a JOIN register.instrument i USING (instrument)) r
 WHERE r.delivery_no = d.delivery_no;
