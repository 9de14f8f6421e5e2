/**
 * SPSS files (.sav, .zsav) through ReadStat, as CSV. The header is the names of the variables; a value with a label is that
 * label, else its number; dates and times are ISO; system and user missing values are empty.
 *
 * ReadStat calls back and cannot be asked for the next row, and it reads a binary format that we do not trust. So it runs in a
 * child process (child.h) whose output is the stream: the pipe is the bound on memory, and a crash is a file that cannot be read.
 */
#ifndef VB_INGEST_SAV_H
#define VB_INGEST_SAV_H

#include "ingest/bytes.h"

typedef enum SavPart {
    SAV_ROWS,  /* header and rows */
    SAV_LABELS /* all text beside them, one a line: names, labels of variables and values, notes, the file's own label */
} SavPart;

/** \param file borrowed, seekable \param out owned by caller; it fails when the file is damaged */
bool sav_open(int file, SavPart part, Bytes **out, Err *err);
/** The same in this process, for the child and the fuzzer. \return 0: all was written to out */
int sav_write(int file, SavPart part, int out);
/** Do these first bytes begin an SPSS file? */
bool sav_is(const char *head, size_t bytes);

#endif
