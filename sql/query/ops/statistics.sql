-- Statistics for the planner. $1 schema. One row.
SELECT ops.statistics($1)
