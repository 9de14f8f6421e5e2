-- The last bulletin of the school of this session made before a day. $1 day. Column: made_on
SELECT max(made_on) FROM result.bulletin_made_before WHERE made_on < $1::date
