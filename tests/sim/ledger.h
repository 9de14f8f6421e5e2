/**
 * What was written: every delivery file with its rows, the rows meant to be rejected, the duplicates, and everything planted.
 * Makes the manifests of the deliveries and geplant.json, by which tests know what a run has to find.
 */
#ifndef VB_SIM_LEDGER_H
#define VB_SIM_LEDGER_H

#include "tests/sim/sheet.h"
#include "tests/sim/world.h"

typedef enum Mess { MESS_NONE, MESS_CODE, MESS_FUTURE, MESS_INVALID, MESS_COUNT } Mess;

typedef struct Delivery {
    const char   *file, *form, *kind;
    const School *school; /* NULL: of the whole board */
    const Board  *board;
    int           year;   /* school year */
    Date          received;
    int           rows, duplicates, rejected[MESS_COUNT];
    int           rejects_left; /* a small file must not pass the share of rejects at which it is refused */
    gsl_rng      *mess;         /* NULL: this file is clean */
    double        mess_scale;
} Delivery;

typedef struct Ledger {
    Arena    *arena;
    Delivery *delivery;
    size_t    count, room;
    Buf       planted; /* JSON objects, joined by commas */
} Ledger;

void sim_ledger_free(Ledger *ledger);

/**
 * A new file, named kind_code_year[suffix].csv. Valid until the next begin; closed by sim_ledger_end.
 * \param rows about as many as will be written; limits the mess
 */
Delivery *sim_ledger_begin(Ledger *ledger, const World *world, const char *kind, const char *form, const Board *board,
                           const School *school, int year, int rows, const char *suffix);
/** Write the sheet below the board and the school year. */
bool sim_ledger_end(Ledger *ledger, const World *world, Delivery *delivery, Sheet *sheet, Err *err);

/** What is wrong with the next row; counted, so the caller has to spoil a code or a date of it. */
Mess sim_mess_draw(Delivery *delivery);
bool sim_mess_repeat(Delivery *delivery); /* must the row just written be repeated? Counted. */
void sim_cell_misspelt(Sheet *sheet, const char *code); /* no longer in any list */
/** The date as it is, ten years ahead, or on a day that does not exist. */
void sim_cell_date_mess(Sheet *sheet, Date date, Mess mess);

/** One planted fact. \param text must be plain: no quotes, no backslashes */
void sim_ledger_plant(Ledger *ledger, const char *what, const char *where, int year, const char *text);
bool sim_ledger_manifests_store(const Ledger *ledger, const World *world, Err *err);
bool sim_ledger_plants_store(const Ledger *ledger, const World *world, Err *err);
/** The directory of a board and school year, made when missing. NULL and err: cannot. */
const char *sim_delivery_dir(Arena *arena, const World *world, int board_no, int year, Err *err);

#endif
