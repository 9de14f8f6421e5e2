-- The walls between the rooms (DESIGN: table of roles). Run by vb_owner after every migration; can be run again.
-- Everything is taken away first, so this file is the whole truth about who may do what.
REVOKE ALL ON ALL TABLES IN SCHEMA ops, register, fact, result, release, feedback FROM vb_ingest, vb_analyze, vb_disclose, vb_report, vb_bulletin, vb_feedback, PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA ops, register, fact, result, release, feedback FROM vb_ingest, vb_analyze, vb_disclose, vb_report, vb_bulletin, vb_feedback, PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ops, register, fact, result, release, feedback FROM vb_ingest, vb_analyze, vb_disclose, vb_report, vb_bulletin, vb_feedback, PUBLIC;
REVOKE ALL ON SCHEMA ops, register, fact, result, release, feedback FROM vb_ingest, vb_analyze, vb_disclose, vb_report, vb_bulletin, vb_feedback, PUBLIC;

GRANT USAGE ON SCHEMA ops TO vb_ingest, vb_analyze, vb_disclose, vb_report;
GRANT SELECT, INSERT, UPDATE ON ops.run, ops.step TO vb_ingest, vb_analyze, vb_disclose, vb_report;
GRANT EXECUTE ON FUNCTION ops.statistics(text) TO vb_ingest, vb_analyze, vb_disclose;
-- what the owner did to persons' rows: ingest must know the key in force, analyze that results are stale
GRANT SELECT ON ops.key_rotation TO vb_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON ops.refusal, ops.refusal_row TO vb_ingest;
GRANT SELECT ON ops.amendment TO vb_analyze;

-- ingest: writes fact, reads register
GRANT USAGE ON SCHEMA fact, register TO vb_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA fact TO vb_ingest;
GRANT SELECT ON ALL TABLES IN SCHEMA register TO vb_ingest;
GRANT EXECUTE ON FUNCTION register.refresh() TO vb_ingest;
GRANT EXECUTE ON FUNCTION fact.bulk_begin(text, integer, integer), fact.bulk_index(text, integer, integer), fact.bulk_attach(text, integer, integer),
    fact.bulk_sweep(), fact.bulk_orphans(), fact.held_begin(text), fact.held_settle(text, integer),
    fact.complete_over(text, integer, integer, date, date, date) TO vb_ingest;

-- analyze: reads fact and register, writes result
GRANT USAGE ON SCHEMA fact, register, result TO vb_analyze;
GRANT SELECT ON ALL TABLES IN SCHEMA fact, register TO vb_analyze;
GRANT EXECUTE ON FUNCTION register.kind_of(text, text) TO vb_ingest, vb_analyze, vb_feedback;
GRANT EXECUTE ON FUNCTION fact.persons(bytea), fact.code_at(bytea, integer), fact.set_at(bytea, integer) TO vb_analyze, vb_ingest;
GRANT EXECUTE ON FUNCTION fact.answered(bytea, integer), fact.answers(bytea) TO vb_analyze;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA result TO vb_analyze;

-- disclose: reads result, writes release; the ledger only grows
GRANT USAGE ON SCHEMA result, release TO vb_disclose;
GRANT SELECT ON ALL TABLES IN SCHEMA result TO vb_disclose;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA release TO vb_disclose;
REVOKE UPDATE, DELETE ON release.ledger, release.ledger_kept, release.ledger_moment FROM vb_disclose;
GRANT INSERT ON result.spread_shown TO vb_disclose;
REVOKE ALL ON result.spread_shown FROM vb_analyze;
GRANT EXECUTE ON FUNCTION release.content_hash(text, integer), release.derived_from(text, integer) TO vb_disclose, vb_report;

-- report: reads release and register, nothing of fact or result
GRANT USAGE ON SCHEMA release, register TO vb_report;
GRANT SELECT ON ALL TABLES IN SCHEMA release, register TO vb_report;

-- bulletin: the views of one school, chosen by the setting vb.location; without it there are no rows
GRANT USAGE ON SCHEMA result, register TO vb_bulletin;
GRANT SELECT ON result.bulletin_alarm, result.bulletin_gone, result.bulletin_step, result.bulletin_told_before, result.bulletin_series, result.bulletin_figure, result.bulletin_made_before, result.bulletin_location TO vb_bulletin;
GRANT EXECUTE ON FUNCTION result.bulletin_mark(integer, text, text, date, date), result.bulletin_note(date, integer[], date[], integer[]) TO vb_bulletin;
GRANT SELECT ON register.code TO vb_bulletin;

-- feedback: the views of one school or office, chosen by the setting vb.location; no way into the schemas that the views read
GRANT USAGE ON SCHEMA feedback TO vb_feedback;
GRANT SELECT ON ALL TABLES IN SCHEMA feedback TO vb_feedback;
GRANT EXECUTE ON FUNCTION feedback.shown(integer, integer) TO vb_feedback;
