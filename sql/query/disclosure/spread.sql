-- What each school knows of a board's tables: events of its own in every cell, of shares its numerator, the persons in them, and of means its standard deviation. $1 board
-- Columns: schooljaar, indicator, breakdown, category, location_no, events, numerator, persons, sd
SELECT schooljaar, indicator, breakdown, category, location_no, events, numerator, persons, sd FROM result.spread WHERE board_no = $1::int AND events > 0
