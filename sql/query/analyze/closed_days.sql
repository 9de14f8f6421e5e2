-- School and public holidays. Columns: region (0 = country), first, last, public.
SELECT region, first, last, public FROM register.closed_day ORDER BY region, first
