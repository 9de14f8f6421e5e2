/**
 * Ed-Fi interchange files (XML) as a table. The records are the children of the root that are named as the first one we know:
 * DisciplineIncident, StudentDisciplineIncidentBehaviorAssociation, StudentDisciplineIncidentAssociation, DisciplineAction,
 * SurveyResponse, SurveyQuestionResponse. Other children are no rows: a file with several kinds is a delivery of the first.
 *
 * An element is a column by its path within the record ("SchoolReference.SchoolIdentity.SchoolId"), an attribute by "@id" or
 * "StudentReference.@ref"; namespaces are left out. What repeats within a record is one cell, its values parted by '|' (a '|'
 * within one becomes '/'); what lies in a repeated element is as long as there are elements, and repeats within that by '/'.
 *
 * libxml2 reads as a stream: memory does not grow with the file. Nothing is fetched and no entity is expanded: a file with a
 * document type is refused.
 */
#ifndef VB_INGEST_EDFI_H
#define VB_INGEST_EDFI_H

#include "ingest/bytes.h"
#include "ingest/reader.h"

/**
 * Reads the file through for its columns. ROW_LONG: also nested deeper than 32. After XML that is not well-formed the rows before
 * it are given and failed is set; so it is when the file changed meanwhile.
 *
 * \param maker borrowed until reader_free
 * \param out owned by caller: reader_free
 * \return false: ERR_INPUT: cannot be read, a document type, no record of a kind that is known, too many different fields
 */
bool edfi_open(const BytesMaker *maker, Reader **out, Err *err);

#endif
