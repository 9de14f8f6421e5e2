-- Choose the one school or office whose deliveries this session may see. $1 location
SELECT set_config('vb.location', $1, false)
