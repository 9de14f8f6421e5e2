/**
 * The edition `school`: what became of the deliveries of one school, or of the files that a board delivered for all its schools.
 * Says row, column, field, what is wrong and what to do, and never a value: it has none. Months in which nothing was registered are
 * asked about, not judged. All words stand in config/editions/school.json, one pair per rule of ingest.
 */
#ifndef VB_REPORTS_FEEDBACK_H
#define VB_REPORTS_FEEDBACK_H

#include "common/config.h"
#include "reports/model.h"
#include "reports/reports_db.h"

typedef struct FeedbackWords FeedbackWords;

/** Texts of the edition, titles of kinds and forms. ERR_CONFIG when a text is missing or unknown. Owned by arena. */
bool feedback_words_load(Arena *out, const Place *place, FeedbackWords **words, Err *err);
/** Is there a Dutch text for this rule? For `config check`: the rules are ingest's, the texts are ours. */
bool feedback_words_rule(const FeedbackWords *words, const char *rule);

Report *feedback_compose(Arena *out, const FeedbackWords *words, const Feedback *feedback, int school_year, Date made_on);

/**
 * All rows that were rejected or remarked on, as a list for a spreadsheet: semicolons, UTF-8 with a byte order mark, CRLF. A cell
 * that a spreadsheet would take for a formula gets an apostrophe before it.
 */
bool feedback_csv_write(const FeedbackWords *words, const Feedback *feedback, const char *path, Err *err);

#endif
