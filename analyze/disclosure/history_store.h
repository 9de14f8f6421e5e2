/**
 * history.h on what stands in the database: the ledger of one board, and for disclosure itself what each school had (result.spread_shown).
 */
#ifndef VB_DISCLOSURE_HISTORY_STORE_H
#define VB_DISCLOSURE_HISTORY_STORE_H

#include "analyze/disclosure/history.h"
#include "common/pg.h"

typedef struct HistoryBoard {
    const char *holds;     /* the audiences of which he kept everything, comma separated */
    int         board_no, threshold;
    bool        own;       /* what schools had may be read (role vb_disclose) */
    const int  *schools;   /* that attack too */
    size_t      n_schools;
} HistoryBoard;

/** As the transaction that db is in sees it. \param report begin with {0}. \return false: ERR_DB, ERR_STAT */
bool history_board(Arena *out, Pg *db, const HistoryBoard *board, const Indicator *indicators, size_t n_indicators, HistoryReport *report, Err *err);

#endif
