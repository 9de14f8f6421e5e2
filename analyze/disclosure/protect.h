/**
 * Protection with a proof: hide what is too small, hide what would give it away, attack the result, mend what falls, and certify what stands.
 * The library's front door; `veiligbeeld disclose --table` and the release of the boards (disclose.h) come in here.
 *
 * Required of what is returned, or nothing is returned (fail closed): under attack (attack.h) by an outsider, and by every insider when
 * rules.insiders, no hidden cell is exact and every primary's interval is at least rules.width_min wide; on no line is less left over than
 * may be (system_residual_safe).
 */
#ifndef VB_DISCLOSURE_PROTECT_H
#define VB_DISCLOSURE_PROTECT_H

#include "analyze/disclosure/suppress.h"

/** What was done and tried, for the record and for a privacy officer. */
typedef struct Certificate {
    SystemRules rules;
    size_t  n_cells, n_lines, n_ranges;      /* the system; cells with known zeros */
    size_t  n_zero, n_primary, n_secondary, n_published; /* of the cells: add up to n_cells less the withheld */
    size_t  n_withheld;                      /* crossings that are never published */
    int64_t total_hidden, total;             /* persons or events in hidden cells that have no parts, and in all such cells */
    size_t  n_parts, n_hidden;               /* hidden cells under attack, in so many connected parts */
    size_t  n_attacks, n_insiders;           /* attackers: the outsider, and each insider */
    size_t  n_linear, n_integer, n_examples; /* programs solved, and whole tables found that nobody can tell from the true one */
    int64_t narrowest;                       /* narrowest interval of a primary under any of the attacks; -1: no primaries */
    int64_t smallest_residual;               /* least that is left over on a line; -1: nothing is left over anywhere */
    size_t  n_below;                         /* primaries that the outsider can know to be below the threshold */
    size_t  n_greedy;                        /* secondaries before the first attack */
    size_t  n_searched;                      /* secondaries that the search hid; of a small table fewer may have been found to do (minimum.h) */
    int64_t n_least;                         /* proven: no fewer secondaries will do; -1: not asked */
    size_t  n_repaired, n_taken_back, n_rounds; /* cells hidden for the proof, published again, rounds of mending */
} Certificate;

/** Why something may not be published. */
typedef enum RefusalKind {
    REFUSAL_NONE,     /* no rule refused */
    REFUSAL_DEMANDS,  /* protect_run only: cells that must be published (demand) give cell away together */
    REFUSAL_SHUT,     /* protect_run only: too little is left over on the line of which cell is the total, and nothing more of it may be hidden: what must be published of it is demand */
    REFUSAL_LINES,    /* too little is left over on n lines, however much more is hidden; cell is the total of the first */
    REFUSAL_OUTSIDER, /* an outsider can narrow down n hidden cells, however much more is hidden; cell is the first */
    REFUSAL_INSIDER,  /* n cells: cell is the first that the insider named can narrow down */
    REFUSAL_COMPUTED  /* protect_audit only: n secondary cells can be computed; cell is the first */
} RefusalKind;

/** In numbers: the library knows no names of cells. Who called names and words it (cli/cmd_table.c). */
typedef struct Refusal {
    RefusalKind     kind;
    size_t          n;
    uint32_t        cell;
    int32_t         insider; /* holder; 0 = an outsider */
    const uint32_t *demand;  /* the smallest set that clashes; owned by the system's arena */
    size_t          n_demands;
} Refusal;

/**
 * \param status      system->n_cells long, filled
 * \param certificate filled
 * \param refusal     filled when ERR_DISCLOSURE
 * \return false: ERR_DISCLOSURE when the requirements cannot be met (refusal says which, and where),
 *         ERR_STAT when the solver or exact arithmetic broke down. Nothing may be published then
 */
bool protect_run(const System *system, const SystemRules *rules, CellStatus *status, Certificate *certificate, Refusal *refusal, Err *err);

/** Attack only: is what status publishes safe? \return false: as protect_run */
bool protect_audit(const System *system, const SystemRules *rules, const CellStatus *status, Certificate *certificate, Refusal *refusal, Err *err);

#endif
