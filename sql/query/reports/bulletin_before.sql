-- The last bulletin of the school of this session made before a day, and how many alarms were withdrawn since. $1 day. Columns: made_on, gone
SELECT b.made_on, (SELECT count(*) FROM result.bulletin_gone g WHERE g.gone_on <= $1::date AND g.gone_on > coalesce(b.made_on, 'infinity'))
  FROM (SELECT max(made_on) AS made_on FROM result.bulletin_made_before WHERE made_on < $1::date) b
