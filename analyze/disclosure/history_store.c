#include "analyze/disclosure/history_store.h"

#include "sql_embed.h"

static bool own_load(Arena *out, Pg *db, const HistoryBoard *board, HistoryQuestion *question, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_disclosure_history_own, PG_ANY_ROWS, &rows, err, "ti", board->holds, (int64_t) board->board_no))
        return false;
    HistoryOwn *own = arena_array(out, pg_rows(rows) + 1, sizeof *own);
    for (size_t row = 0; row < pg_rows(rows); row++)
        own[row] = (HistoryOwn){.moment = (int) pg_int(rows, row, 0), .school_year = (int) pg_int(rows, row, 1), .indicator = arena_text(out, pg_text(rows, row, 2)),
                                .breakdown = arena_text(out, pg_text(rows, row, 3)), .label = pg_is_null(rows, row, 4) ? NULL : arena_text(out, pg_text(rows, row, 4)),
                                .school = pg_is_null(rows, row, 5) ? 0 : (int) pg_int(rows, row, 5), .events = pg_is_null(rows, row, 6) ? 0 : pg_int(rows, row, 6), .yes = pg_is_null(rows, row, 4) ? 0 : pg_real(rows, row, 7)};
    question->own = own;
    question->n_own = pg_rows(rows);
    return true;
}

bool history_board(Arena *out, Pg *db, const HistoryBoard *board, const Indicator *indicators, size_t n_indicators, HistoryReport *report, Err *err)
{
    ARENA_AUTO batch = arena_new();
    PG_AUTO rows = NULL;
    HistoryQuestion question = {.indicators = indicators, .n_indicators = n_indicators, .threshold = board->threshold};

    if (!pg_query(db, &sql_disclosure_history_shown, PG_ANY_ROWS, &rows, err, "ti", board->holds, (int64_t) board->board_no) ||
        (board->own && !own_load(batch, db, board, &question, err)))
        return false;
    HistoryShown *shown = arena_array(batch, pg_rows(rows) + 1, sizeof *shown);
    for (size_t row = 0; row < pg_rows(rows); row++) {
        shown[row] = (HistoryShown){.moment = (int) pg_int(rows, row, 0), .month = arena_text(batch, pg_text(rows, row, 1)), .school_year = (int) pg_int(rows, row, 2),
                                    .indicator = arena_text(batch, pg_text(rows, row, 3)), .breakdown = arena_text(batch, pg_text(rows, row, 4)), .edition = (int) pg_int(rows, row, 5),
                                    .events = pg_int(rows, row, 7), .value = pg_real(rows, row, 8), .decimals = (int) pg_int(rows, row, 9)};
        shown[row].member = arena_split(batch, pg_text(rows, row, 6), ',', &shown[row].n_members);
    }
    if (pg_rows(rows))
        question.moments = (int) pg_int(rows, 0, 10);
    question.shown = shown;
    question.n_shown = pg_rows(rows);
    return history_attack(out, &question, board->schools, board->n_schools, report, err);
}
