-- COPY cannot write into tables under row-level security (those that the bulletin reads are), so their rows come through temporary
-- tables. Run once per transaction.
CREATE TEMP TABLE figure_in (LIKE result.figure) ON COMMIT DROP; CREATE TEMP TABLE series_in (LIKE result.series) ON COMMIT DROP; CREATE TEMP TABLE alarm_in (LIKE result.alarm) ON COMMIT DROP; CREATE TEMP TABLE point_in (LIKE result.alarm_point) ON COMMIT DROP
