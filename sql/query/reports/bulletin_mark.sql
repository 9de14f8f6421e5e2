-- What the school (or office) of this session does with one of its alarms. $1 alarm, $2 seen, explained, closed or undone, $3 event code, $4 its day, $5 today
-- Column: done (of undone: the step that was taken back), unchanged, nothing to undo, unknown, no such event or no such day
SELECT result.bulletin_mark($1::int, $2, $3, $4::date, $5::date)
