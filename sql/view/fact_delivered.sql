-- Which rows of which school came by which delivery, of all kinds that a file for a whole board can hold.
CREATE OR REPLACE VIEW fact.delivered AS
SELECT delivery_no, location_no FROM fact.incident_row UNION ALL
SELECT delivery_no, location_no FROM fact.answer UNION ALL
SELECT delivery_no, location_no FROM fact.complaint UNION ALL
SELECT delivery_no, location_no FROM fact.measure UNION ALL
SELECT delivery_no, location_no FROM fact.goal UNION ALL
SELECT delivery_no, location_no FROM fact.accident UNION ALL
SELECT delivery_no, location_no FROM fact.signal UNION ALL
SELECT delivery_no, location_no FROM fact.case_step UNION ALL
SELECT delivery_no, location_no FROM fact.compliance UNION ALL
SELECT delivery_no, location_no FROM fact.free_row;

-- What a file that is said to be the whole of its period (manifest: "complete") speaks for: files in force of its kind and board for a period within its own, received no later.
-- One for the whole board speaks for every school, so also for files that schools delivered themselves. One of a school speaks for that school, so also for its rows in files
-- for the whole board.
CREATE OR REPLACE FUNCTION fact.complete_over(of_kind text, of_board integer, of_location integer, begins date, ends date, received date) RETURNS SETOF integer
LANGUAGE sql STABLE AS $$
    SELECT d.delivery_no FROM fact.delivery d
     WHERE d.replaced_by IS NULL AND d.kind = of_kind AND d.board_no = of_board AND d.period_begin >= begins AND d.period_end <= ends AND d.received_on <= received
       AND (of_location = 0 OR d.location_no = of_location
            OR d.location_no IS NULL AND EXISTS (SELECT FROM fact.delivered r WHERE r.delivery_no = d.delivery_no AND r.location_no = of_location))
$$;
