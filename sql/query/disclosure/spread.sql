-- What each school knows of a board's tables: events of its own in every cell, and of shares its numerator. $1 board
-- Columns: schooljaar, indicator, breakdown, category, location_no, events, numerator
SELECT schooljaar, indicator, breakdown, category, location_no, events, numerator FROM result.spread WHERE board_no = $1::int AND events > 0
