-- What the register files disagree on. One row per kind of finding: its name, how many, one example.
SELECT finding, count(*), min(code) FROM register.finding GROUP BY finding ORDER BY finding
