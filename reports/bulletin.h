/**
 * The confidential bulletin of one school, for its coordinator: what is unusual, what was expected, since when, how sure, and
 * where to look. Every alarm is worded as a question, never as a conclusion about a child. The only edition with small numbers.
 */
#ifndef VB_REPORTS_BULLETIN_H
#define VB_REPORTS_BULLETIN_H

#include "reports/alarm_text.h"
#include "reports/model.h"
#include "reports/reports_db.h"

/** Whether there is more to tell than months: a signal (also one that the budget holds back), one that is gone, a question about a likely break. */
bool bulletin_has_news(const Bulletin *bulletin);

Report *bulletin_compose(Arena *out, const AlarmWords *words, const Bulletin *bulletin, int school_year, Date made_on);

#endif
