-- Codes that series are made of. Columns: list, no, code, label
SELECT list, no, code, label FROM register.code WHERE list IN ('vorm', 'plaats', 'groep') ORDER BY list, no
