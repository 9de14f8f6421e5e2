#include "tests/sim/ledger.h"

#include <string.h>

#include "common/place.h"

static const char *const mess_rules[MESS_COUNT] = {
    [MESS_NONE] = "", [MESS_CODE] = "code.onbekend", [MESS_FUTURE] = "datum.toekomst", [MESS_INVALID] = "datum.ongeldig"};

void sim_ledger_free(Ledger *ledger)
{
    buf_free(&ledger->planted);
}

static Delivery *ledger_slot(Ledger *ledger)
{
    if (ledger->count == ledger->room) {
        size_t room = ledger->room ? ledger->room * 2 : 256;
        Delivery *grown = arena_array(ledger->arena, room, sizeof *grown);
        if (ledger->count)
            memcpy(grown, ledger->delivery, ledger->count * sizeof *grown);
        ledger->delivery = grown;
        ledger->room = room;
    }
    return &ledger->delivery[ledger->count++];
}

Delivery *sim_ledger_begin(Ledger *ledger, const World *world, const char *kind, const char *form, const Board *board,
                           const School *school, int year, int rows, const char *suffix)
{
    Delivery *delivery = ledger_slot(ledger);
    int unit = school ? school->index : 100 + board->no % 100;
    const char *owner = school ? school->code : arena_format(ledger->arena, "%d", board->no);

    *delivery = (Delivery) {.kind = kind, .form = form, .board = board, .school = school, .year = year, .received = DATE_NONE,
                            .rejects_left = rows / 12, .mess_scale = 1};
    delivery->file = arena_format(ledger->arena, "%s_%s_%s%s.csv", kind, owner, sim_year_text(ledger->arena, year), suffix);
    if (!*suffix) /* a second delivery is a corrected one */
        delivery->mess = sim_draw_open(world->seed, unit, year * 100 + kind[0], DRAW_MESS);
    return delivery;
}

const char *sim_delivery_dir(Arena *arena, const World *world, int board_no, int year, Err *err)
{
    const char *path = arena_format(arena, "%s/%d/%s", world->out, board_no, sim_year_text(arena, year));

    return place_make_dir(path, 0777, err) ? path : NULL;
}

bool sim_ledger_end(Ledger *ledger, const World *world, Delivery *delivery, Sheet *sheet, Err *err)
{
    const char *directory = sim_delivery_dir(ledger->arena, world, delivery->board->no, delivery->year, err);

    if (delivery->mess)
        gsl_rng_free(delivery->mess);
    delivery->mess = NULL;
    return directory && sim_sheet_store(sheet, arena_format(ledger->arena, "%s/%s", directory, delivery->file), err);
}

/* -- mess ------------------------------------------------------------------------------------ */

Mess sim_mess_draw(Delivery *delivery)
{
    static const double share[MESS_COUNT] = {0.986, 0.010, 0.002, 0.002};
    double weight[MESS_COUNT];

    delivery->rows++;
    if (!delivery->mess)
        return MESS_NONE;
    for (int at = 0; at < MESS_COUNT; at++)
        weight[at] = share[at] * (at == MESS_NONE ? 1 : delivery->mess_scale);
    Mess mess = (Mess) sim_draw_weighted(delivery->mess, weight, MESS_COUNT);
    if (mess == MESS_NONE || delivery->rejects_left == 0)
        return MESS_NONE;
    delivery->rejects_left--;
    delivery->rejected[mess]++;
    return mess;
}

bool sim_mess_repeat(Delivery *delivery)
{
    if (!delivery->mess || !sim_draw_chance(delivery->mess, 0.003))
        return false;
    delivery->rows++;
    delivery->duplicates++;
    return true;
}

void sim_cell_misspelt(Sheet *sheet, const char *code)
{
    Buf *cell = sim_cell_begin(sheet);
    size_t bytes = strlen(code);
    bool turn = bytes > 3 && code[1] != code[2];

    buf_add(cell, code, bytes);
    if (turn)
        cell->data[1] = code[2], cell->data[2] = code[1];
    else
        buf_text(cell, "zz");
    sim_cell_end(sheet);
}

void sim_cell_date_mess(Sheet *sheet, Date date, Mess mess)
{
    DateParts parts = date_parts(date);

    if (mess == MESS_FUTURE) {
        parts.year += 10;
        parts.day = parts.day > 28 ? 28 : parts.day;
    } else if (mess == MESS_INVALID) {
        parts.day = 32;
    }
    sim_cell_parts(sheet, parts);
}

/* -- what the tests read --------------------------------------------------------------------- */

void sim_ledger_plant(Ledger *ledger, const char *what, const char *where, int year, const char *text)
{
    buf_format(&ledger->planted, "%s\n    {\"soort\": \"%s\", \"waar\": \"%s\", \"schooljaar\": \"%d-%d\", \"wat\": \"%s\"}",
               ledger->planted.length ? "," : "", what, where, year, year + 1, text);
}

static void manifest_entry(Buf *out, const Delivery *delivery)
{
    char received[11];

    date_format_iso(delivery->received, received);
    buf_format(out, "{\"file\": \"%s\", \"received\": \"%s\", \"form\": \"%s\"", delivery->file, received, delivery->form);
    if (delivery->school)
        buf_format(out, ", \"location\": \"%s\"", delivery->school->code);
    buf_format(out, ", \"schooljaar\": \"%d-%d\"}", delivery->year, delivery->year + 1);
}

static bool manifest_store(const Ledger *ledger, const World *world, const Board *board, int year, Err *err)
{
    BUF_AUTO out = {0};
    const char *directory = sim_delivery_dir(ledger->arena, world, board->no, year, err), *mark = "\n  ";

    if (!directory)
        return false;
    buf_format(&out, "{\"board\": %d, \"files\": [", board->no);
    for (size_t at = 0; at < ledger->count; at++) {
        const Delivery *delivery = &ledger->delivery[at];
        if (delivery->board != board || delivery->year != year)
            continue;
        buf_text(&out, mark);
        manifest_entry(&out, delivery);
        mark = ",\n  ";
    }
    buf_text(&out, "\n]}\n");
    return place_write(arena_format(ledger->arena, "%s/manifest.json", directory), out.data, out.length, err);
}

bool sim_ledger_manifests_store(const Ledger *ledger, const World *world, Err *err)
{
    for (int board = 0; board < N_BOARDS; board++)
        for (int year = world->first; year <= world->last; year++)
            if (!manifest_store(ledger, world, &world->board[board], year, err))
                return false;
    return true;
}

static void rejects_write(Buf *out, const Delivery *delivery)
{
    const char *mark = "";

    buf_text(out, "{");
    for (int mess = MESS_NONE + 1; mess < MESS_COUNT; mess++)
        if (delivery->rejected[mess]) {
            buf_format(out, "%s\"%s\": %d", mark, mess_rules[mess], delivery->rejected[mess]);
            mark = ", ";
        }
    buf_text(out, "}");
}

static void delivery_write(Buf *out, const Delivery *delivery)
{
    buf_format(out, "{\"bestand\": \"%d/%d-%d/%s\", \"soort\": \"%s\", \"formulier\": \"%s\", ", delivery->board->no, delivery->year,
               delivery->year + 1, delivery->file, delivery->kind, delivery->form);
    buf_format(out, "\"rijen\": %d, \"dubbel\": %d, \"afgekeurd\": ", delivery->rows, delivery->duplicates);
    rejects_write(out, delivery);
    buf_text(out, "}");
}

bool sim_ledger_plants_store(const Ledger *ledger, const World *world, Err *err)
{
    BUF_AUTO out = {0};

    buf_format(&out, "{\n  \"zaad\": %llu, \"eerste\": %d, \"laatste\": %d,\n  \"geplant\": [%s\n  ],\n  \"bestanden\": [",
               (unsigned long long) world->seed, world->first, world->last, ledger->planted.data);
    for (size_t at = 0; at < ledger->count; at++) {
        buf_text(&out, at ? ",\n    " : "\n    ");
        delivery_write(&out, &ledger->delivery[at]);
    }
    buf_text(&out, "\n  ]\n}\n");
    return place_write(arena_format(ledger->arena, "%s/geplant.json", world->out), out.data, out.length, err);
}
