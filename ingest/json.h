/**
 * JSON as a table: an array of objects, objects one after the other (JSON lines), or one object that wraps the records: besides
 * members that are no objects or lists it has exactly one that is an array of objects ({"value": [...]}), and nothing follows it.
 * So a file of JSON lines with one record that has a list of people in it looks like a wrapper and is read as one.
 *
 * {"a": {"b": 1}} is column "a.b". A list is one cell, its values parted by '|' (a '|' within one becomes '/'); a list of objects
 * is one cell per field, all as long as the list. null is empty, true and false are "ja" and "nee". Empty lists and nulls are no
 * column where other records have fields below that name.
 *
 * Why not jansson alone: it wants the whole file in memory and stops at the first mistake. A scanner of ours finds where each
 * record ends and jansson reads that slice, so memory does not grow with the file (the columns, 2 * READER_ROW_BYTES of it, and
 * one record as a tree) and a damaged record costs one row.
 */
#ifndef VB_INGEST_JSON_H
#define VB_INGEST_JSON_H

#include "ingest/bytes.h"
#include "ingest/reader.h"

/**
 * Reads the file through for its columns (and, when it begins with an object, before that for its shape). UTF-8, with or without
 * a byte order mark.
 *
 * ROW_BROKEN (RULE_JSON_INVALID): not JSON, no object, nested deeper than 32, a list within a list, a key or a column twice.
 * After what is not JSON reading resumes at the next line that begins as this record did; in a list on one line at the next
 * place where the brackets fit; if there is none, failed is set. Also failed: a list without its end, a file that changed meanwhile.
 *
 * \param maker borrowed until reader_free
 * \param out owned by caller: reader_free
 * \return false: ERR_INPUT: cannot be read, no record, more than READER_CELLS_MAX different fields
 */
bool json_open(const BytesMaker *maker, Reader **out, Err *err);

#endif
