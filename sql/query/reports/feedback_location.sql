-- The school or office of this session as it was called in a school year. $1 school year
SELECT code, office, name, coalesce(place, ''), coalesce(board_name, '') FROM feedback.location
 WHERE make_date($1::int + 1, 6, 1) BETWEEN valid_from AND valid_to
