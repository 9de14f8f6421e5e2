/**
 * Split CSV into rows and cells: RFC 4180 with any delimiter, bounded memory, and recovery. Not a converter:
 * a cell is bytes, encoding and meaning are the caller's.
 *
 * Why not libcsv: it reads byte by byte through two callbacks, cannot say in which line a quote was left open,
 * and then swallows the rest of the file into one cell. Here an open quote costs one line: when a quoted cell does not
 * end within READER_ROW_BYTES (or before the end of the file), the row is reported as broken and reading resumes at
 * the line after the one it began on (behind the line of the open quote, when cells before it held line ends). A line ends in LF, CR LF, or CR alone.
 */
#ifndef VB_INGEST_CSV_H
#define VB_INGEST_CSV_H

#include "ingest/bytes.h"
#include "ingest/reader.h"

/**
 * \param bytes borrowed, from its first byte (a byte order mark is skipped here)
 * \return owned by caller: reader_free. Blank lines are no rows. ROW_BROKEN: an open quote, or text behind a closing one. It has parts (reader.h) if bytes can be read from any
 *         place: they end at a line end, which need not be that of a row, since a quoted cell may hold one; then the part is torn.
 */
Reader *csv_reader(Bytes *bytes, char delimiter);

/** The same rows by the definition alone, without the short way that most rows take: for tests to compare with. */
Reader *csv_reader_slowly(Bytes *bytes, char delimiter);

/** The delimiter of ; , TAB | that splits the first line into most cells, quotes respected. */
char csv_delimiter_guess(const char *head, size_t bytes);

#endif
