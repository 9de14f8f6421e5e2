-- Boards of which something came, refused or not, and for which days: whose feedback is to be written. Nothing else of any delivery.
CREATE OR REPLACE VIEW register.delivering_board AS
SELECT board_no, period_begin, period_end FROM fact.delivery WHERE board_no IS NOT NULL AND replaced_by IS NULL
UNION
SELECT board_no, coalesce(period_begin, refused_on), coalesce(period_end, refused_on) FROM ops.refusal WHERE board_no IS NOT NULL AND settled_by IS NULL;
