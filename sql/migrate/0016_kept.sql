-- A correction too small to be shown leaves a table as it was released before. That is a mark beside the decision, not a decision of its own: what was done to the
-- table that stands, and why, goes on to hold.
ALTER TABLE release.decision ADD kept boolean NOT NULL DEFAULT false;
UPDATE release.decision SET kept = true, decision = 'released', reason = '' WHERE decision = 'kept';
ALTER TABLE release.decision DROP CONSTRAINT decision_decision_check;
ALTER TABLE release.decision ADD CONSTRAINT decision_decision_check CHECK (decision IN ('released', 'coarsened', 'withheld'));
CREATE INDEX ON release.ledger (board_no, audience, schooljaar); -- a board's whole ledger is read at once
