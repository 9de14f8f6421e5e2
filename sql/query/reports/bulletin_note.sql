-- Remember that the bulletin of the school of this session was made. $1 day, $2 alarms that it told and $3 their last days, $4 alarms of which it told that they are gone. One row
SELECT result.bulletin_note($1::date, $2::int[], $3::date[], $4::int[])
