-- The school's own yearly figures.
SELECT schooljaar, indicator, events, value FROM result.bulletin_figure WHERE breakdown = 'school' ORDER BY schooljaar, indicator
