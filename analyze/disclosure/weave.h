/**
 * Secondary suppression with the proof in hand: cell by cell what must be hidden so that every hidden cell can be as far from its value as is asked,
 * in whole tables that are kept; and, the other way, what can be published again because other whole tables do as well.
 */
#ifndef VB_DISCLOSURE_WEAVE_H
#define VB_DISCLOSURE_WEAVE_H

#include "analyze/disclosure/attack.h"

typedef struct Weave {
    const System      *system;
    const SystemRules *rules;
    uint8_t           *hidden;  /* one byte a cell; changed */
    const uint8_t     *primary;
    AttackMemory      *memory;
    uint32_t           variant; /* of the costs, pattern.h; 0 at the beginning */
    SystemTerm        *aside;   /* a move put by, while another is looked for; owned */
    MovesRange         range;   /* what the moves in memory prove under hidden */
} Weave;

/** Everything borrowed but the range: weave_end. Moves of which a cell is not hidden do not count. */
void weave_begin(Weave *weave, const System *system, const SystemRules *rules, uint8_t *hidden, const uint8_t *primary, AttackMemory *memory);
void weave_end(Weave *weave);

/** Is the cell hidden and not yet proven to be as wide as asked? */
bool weave_narrow(const Weave *weave, uint32_t cell);
/**
 * Hide what lets one cell be as wide as asked: nothing, where an example is near; else the cheapest published cells.
 * \param still NULL, or one byte a cell: known to the attacker at hand, cannot help
 * \return false: no whole table was found however much is hidden
 */
bool weave_cell(Weave *weave, uint32_t cell, const uint8_t *still);
/** Hide what lets the cell be different by delta: to hide a published cell. \return false: no whole table was found */
bool weave_move(Weave *weave, uint32_t cell, int64_t delta, const uint8_t *still);
/** Every hidden cell, the smallest first: they have least room and leave the others least choice. */
void weave_all(Weave *weave);
/** Publish again what is not needed, the largest first. Lines keep what must be left over on them. \return how many cells */
size_t weave_take_back(Weave *weave);

#endif
