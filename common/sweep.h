/**
 * Takes what was changed or erased out of the files of the database. PostgreSQL keeps old row versions until a vacuum, their bytes in
 * the free space of pages after it, and in its log (WAL) until that is written over; none of it answers a query, all of it can be read
 * by who holds the disk.
 *
 * Always: the tables that an amendment (ops.amendment) names are written anew and their old files removed. In the private cluster also:
 * samples in the planner's statistics, a checkpoint, and every WAL file from before. On another server the rest is its
 * administrator's: WAL, its archive, backups and replicas.
 */
#ifndef VB_COMMON_SWEEP_H
#define VB_COMMON_SWEEP_H

#include "common/cluster.h"
#include "common/pg.h"

/**
 * Sweep after every amendment that was not swept yet, those of a run that was killed among them. Nothing to do: does nothing.
 * \param owner connection of vb_owner, outside a transaction, under the lock "ingest"
 * \param tables how many tables were written anew
 */
bool sweep_amendments(Pg *owner, const Cluster *cluster, size_t *tables, Err *err);

#endif
