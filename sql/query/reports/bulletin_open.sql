-- Choose the one school whose rows this session may see. $1 location
SELECT set_config('vb.location', $1, false)
