/**
 * The database in use: either the organisation's (a --dsn, or libpq's own PG* variables and service files)
 * or a private cluster that this module makes, starts and stops: own data directory below var/, unix socket
 * in a directory of mode 0700, no TCP. Nothing else in the program knows which.
 *
 * PostgreSQL refuses to run as root, so root runs it as an unprivileged user ("postgres" where it exists,
 * else "nobody"); where that user cannot reach var/ (a checkout below /root), the data directory is made
 * below /var/tmp and var/pg is a link to it.
 */
#ifndef VB_COMMON_CLUSTER_H
#define VB_COMMON_CLUSTER_H

#include "common/arena.h"
#include "common/err.h"
#include "common/place.h"

typedef struct Cluster {
    const char *dsn;  /* given by the user; NULL: the private cluster */
    const char *var;
    const char *data; /* data directory, private cluster only */
    const char *sockets;
    const char *bin;  /* directory of initdb and pg_ctl */
} Cluster;

/** Decide which database is meant. \param dsn from --dsn, or NULL. PGHOST, PGSERVICE or PGDATABASE in the environment count as one. */
bool cluster_find(Arena *out, const Place *place, const char *dsn, Cluster *cluster, Err *err);

/** Connection string for a role; NULL = the owner of the cluster or of the dsn. Owned by arena. */
const char *cluster_dsn(Arena *out, const Cluster *cluster, const char *role);

bool cluster_start(const Cluster *cluster, Err *err); /* makes it when it is not there; running already: nothing to do */
bool cluster_stop(const Cluster *cluster, Err *err);
bool cluster_running(const Cluster *cluster);

#endif
