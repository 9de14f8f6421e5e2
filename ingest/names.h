/**
 * What two parts of a list with commas are: a surname and a given name ("Jansen, Jan"), or two persons. Words only; whose names they are is
 * pseudonym.h's business.
 *
 * A *single* is one word that is no tussenvoegsel ("Jansen"). A *surname* is a single, or tussenvoegsels and one word ("van der Berg").
 * Surname and next part are surely one person when the part behind the comma
 * - ends in a tussenvoegsel or is one ("Berg, Jan van der", "Berg, van der"), or is initials ("Jansen, J.P."),
 * - or is a single and either the surname has a tussenvoegsel ("de Vries, Jan"), or something about the person follows only there
 *   ("Jansen, Jan (groep 7)").
 * Two singles otherwise ("Jansen, Jan", "Jan, Piet") only somebody who knows them can tell: row.c takes an even number of singles as pairs, an
 * odd number as persons, and says so as a finding.
 */
#ifndef VB_INGEST_NAMES_H
#define VB_INGEST_NAMES_H

#include <stdbool.h>
#include <stddef.h>

bool names_single(const char *text, size_t bytes);
bool names_surname(const char *text, size_t bytes);
/** \param more something about the person stood behind given, and nothing behind surname */
bool names_pair(const char *surname, size_t surname_bytes, const char *given, size_t given_bytes, bool more);

#endif
