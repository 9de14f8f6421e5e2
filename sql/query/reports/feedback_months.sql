-- Months of a school year so far. $1 school year
SELECT month, open_days, covered, registered FROM feedback.month WHERE schooljaar = $1::int ORDER BY month
