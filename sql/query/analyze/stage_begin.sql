-- COPY cannot write into tables under row-level security (result.figure and result.series are, for the bulletin), so their
-- rows come through temporary tables. Run once per transaction.
CREATE TEMP TABLE figure_in (LIKE result.figure) ON COMMIT DROP; CREATE TEMP TABLE series_in (LIKE result.series) ON COMMIT DROP
