-- The school of this session.
SELECT code, name, coalesce(place, ''), board_no, coalesce(board_name, '') FROM result.bulletin_location
