/**
 * Bring a database to the schema that this program was built with: roles, migrations, views, functions, grants,
 * and the code lists of config/. The only writer of tables that no room owns.
 */
#ifndef VB_COMMON_SCHEMA_H
#define VB_COMMON_SCHEMA_H

#include "common/cluster.h"
#include "common/codes.h"

typedef struct SchemaChange {
    size_t migrations; /* applied now */
    bool   codes;      /* the code lists in the database were replaced */
} SchemaChange;

/**
 * Create database, roles and schema where they are missing and apply what is new; each migration in a transaction of its
 * own, under an advisory lock. A migration file whose text changed after it was applied is refused (ERR_DB).
 * Nothing new: nothing happens.
 */
bool schema_migrate(const Cluster *cluster, const Place *place, SchemaChange *change, Err *err);

/** ERR_DB unless the database has exactly the migrations of this program. */
bool schema_check(const Cluster *cluster, Err *err);

#endif
