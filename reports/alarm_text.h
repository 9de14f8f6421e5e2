/**
 * An alarm in plain Dutch, from the templates of config/editions/bulletin.json: one question with what was seen and what was expected, and
 * behind it what it was compared with, where it concentrates and what else changed. Always a question, never a conclusion about a child.
 */
#ifndef VB_REPORTS_ALARM_TEXT_H
#define VB_REPORTS_ALARM_TEXT_H

#include "common/config.h"
#include "reports/reports_db.h"

typedef struct AlarmWords AlarmWords;

/** Texts of the bulletin, and titles of events of config/alarms.json. */
bool alarm_words_load(Arena *out, const Place *place, AlarmWords **words, Err *err);
const char *alarm_word(const AlarmWords *words, const char *key);
const char *alarm_event_title(const AlarmWords *words, const char *code); /* NULL: no such event */
int alarm_words_budget(const AlarmWords *words);
int alarm_words_lines(const AlarmWords *words); /* lines on the first page */

const char *alarm_question(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm); /* with where it concentrates */
const char *alarm_certainty(const AlarmWords *words, const BulletinAlarm *alarm);
const char *alarm_state(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm); /* "gezien op 3 mei 2026" */
const char *alarm_when(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm); /* "maart 2026" */
/** Why an alarm is no longer there. */
const char *alarm_gone(Arena *out, const AlarmWords *words, const BulletinGone *gone);
/** What was done with an alarm, in one sentence; "" when nothing was. */
const char *alarm_history(Arena *out, const AlarmWords *words, const AlarmList *list, int alarm_no);
/** Is an event of that code another way of counting? */
bool alarm_event_is_break(const AlarmWords *words, const char *code);
/** What is said of a break that nobody declared. \param key "sprong" or "uit.sprong" */
const char *alarm_likely(Arena *out, const AlarmWords *words, const char *key, Date on, double ratio);
/** Sentences, in the order to read them. \return their number, at most ALARM_SENTENCES */
enum { ALARM_SENTENCES = 13 };
size_t alarm_explain(Arena *out, const AlarmWords *words, const BulletinAlarm *alarm, const char *sentence[ALARM_SENTENCES]);

#endif
