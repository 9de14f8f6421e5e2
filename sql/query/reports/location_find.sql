-- A school or office by its code. $1 code. Columns: location_no, office
SELECT location_no, office FROM register.location WHERE code = $1
