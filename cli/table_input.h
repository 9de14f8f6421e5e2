/** What goes into `disclose --table`: the table, its hierarchies, and the cells that must be or were published; formats in docs/onthulling.md, Input and output. */
#ifndef VB_CLI_TABLE_INPUT_H
#define VB_CLI_TABLE_INPUT_H

#include "analyze/disclosure/table.h"
#include "cli/app.h"

/**
 * Read, check and sum what the options name: --table, --hier, --contributors, --must and --earlier.
 *
 * \param table   filled: all margins; owned by app->run, as all of it
 * \param schools filled: it says how many schools are behind its values
 * \param system  filled: its cells are those of the table, marked SYSTEM_FORCED (--must) and SYSTEM_FIXED (--earlier)
 * \return false, in app->err: ERR_INPUT with file, line and column, never a value; ERR_USAGE: an option that names no dimension or breakdown;
 *         ERR_DISCLOSURE: a figure that was published is another now
 */
bool table_input_read(App *app, Table *table, bool *schools, System *system);

#endif
