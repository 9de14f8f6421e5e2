/**
 * From result to release: every table of every audience through the wall (partition.h), held against the ledger of what
 * was released before, with a certificate per audience and board. Role vb_disclose: cannot see facts.
 *
 * Audiences are nested (config/audiences.json): what a wider audience gets is a coarsening of what the narrower one gets, so
 * that the two cannot be subtracted. Before anything is committed the attacker outside (outside.h) is let loose on what each audience would hold; what he
 * was up against stands in the certificate, and a board of which he finds something keeps its earlier release. What would differ from anything shown before by fewer than the threshold
 * is merged with other groups, or stays as it was ("kept"): the difference itself would be a figure about fewer than threshold children (wall.h, movement.h).
 */
#ifndef VB_DISCLOSURE_DISCLOSE_H
#define VB_DISCLOSURE_DISCLOSE_H

#include "common/pg.h"
#include "common/place.h"

typedef struct DiscloseOptions {
    int  school_year, board; /* board 0 = all */
    bool dry_run;
} DiscloseOptions;

typedef struct DiscloseTotals {
    size_t boards, computed, tables, released, coarsened, withheld, kept, cells;
    size_t refused; /* boards of which the attacker outside (outside.h) found something: nothing new of them is released */
} DiscloseTotals;

bool disclose_run(const char *dsn, const Place *place, const DiscloseOptions *options, DiscloseTotals *totals, Err *err);

/** Recompute the hash of what stands in release for every certificate. \param dsn role vb_report or vb_disclose
 *  \param n_bad filled with certificates that do not match */
bool disclose_verify(const char *dsn, size_t *n_certificates, size_t *n_bad, Err *err);

#endif
