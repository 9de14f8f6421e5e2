-- Drop the planner's samples of columns that may have none (statistics target 0), left from before they might not. Superuser only.
DELETE FROM pg_statistic s USING pg_attribute a
 WHERE a.attrelid = s.starelid AND a.attnum = s.staattnum AND a.attstattarget = 0
   AND s.starelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'fact'::regnamespace)
