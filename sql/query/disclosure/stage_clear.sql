-- Stage again: more tables stay as they were.
WITH figures AS (DELETE FROM pg_temp.figure_new)
DELETE FROM pg_temp.decision_new
