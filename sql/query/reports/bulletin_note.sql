-- Remember that the bulletin of the school of this session was made. $1 day. One row
SELECT result.bulletin_note($1::date)
