-- Days that incident deliveries cover. Columns: location_no, first, last. $1 boards
SELECT location_no, first, last FROM fact.coverage WHERE board_no = ANY ($1::int[]) AND kind = 'incident' ORDER BY location_no, first
