-- Likely breaks beside a series, and the incidents of an alarm as codes, so that all that is told of an alarm follows from result alone.
ALTER TABLE result.series ADD COLUMN likely_on date, ADD COLUMN likely_ratio double precision; -- a break that nobody declared, as known in the last period
DELETE FROM result.board_state; -- everything is computed again

-- Incidents of the alarms of schools, for where they concentrate: day and codes, no persons.
CREATE TABLE result.alarm_event (
    alarm_no  integer NOT NULL,
    board_no  integer NOT NULL,
    day       date NOT NULL,
    place     smallint,
    hour      smallint,
    form      smallint,
    groups    smallint[] NOT NULL,             -- of pupils who took part, each once
    incidents integer NOT NULL
);
CREATE INDEX ON result.alarm_event (alarm_no);
CREATE INDEX ON result.alarm_event (board_no);
