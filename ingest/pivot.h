/**
 * Long to wide: files with one record per respondent and question (Ed-Fi SurveyQuestionResponse, exports of some survey programs)
 * as a table with one row per respondent. A Reader over a Reader.
 *
 * Records of one respondent follow each other, as every export writes them; one that comes back later is ROW_BROKEN (RULE_PIVOT_ORDER), never
 * a second respondent. The columns are those of the file, but for question and answer, and then every question of the instrument.
 */
#ifndef VB_INGEST_PIVOT_H
#define VB_INGEST_PIVOT_H

#include "ingest/form.h"
#include "ingest/reader.h"

/**
 * \param inner owned by the result, also when this fails; at its header
 * \param form has a pivot and an instrument (form.c checks)
 * \return false: ERR_INPUT, the header has no such columns. *out owned by caller: reader_free
 */
bool pivot_open(Reader *inner, const Form *form, Reader **out, Err *err);

#endif
