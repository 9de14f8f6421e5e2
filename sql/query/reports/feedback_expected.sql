-- What is asked for a school year: kind, due, received (NULL: nothing yet). $1 school year
SELECT kind, due_on, received_on FROM feedback.expected WHERE schooljaar = $1::int ORDER BY due_on, kind COLLATE "C"
