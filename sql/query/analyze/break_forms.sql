-- Forms that a board used, to find the breaks they declare. Columns: board_no, kind, form. $1 boards
SELECT DISTINCT board_no, kind, form FROM fact.delivery WHERE board_no = ANY ($1::int[]) AND replaced_by IS NULL ORDER BY board_no, kind, form
