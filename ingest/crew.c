#include "ingest/crew.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SLOTS_MAX = 2 * CREW_WORKERS_MAX + 1 };

typedef enum SlotState { SLOT_FREE, SLOT_FILLED, SLOT_TAKEN, SLOT_MADE } SlotState;

typedef struct Slot {
    Batch    *batch;
    SlotState state;
    int      *settled; /* what was settled when the batch was handed out (bind_settled) */
} Slot;

typedef struct Worker {
    Crew      *crew;
    pthread_t  thread;
    Arena     *memory, *scratch;
    Binding    binding;
    RowReader  rows;
} Worker;

struct Crew {
    Reader         *reader;
    RowReader      *rows; /* the one that reads in order */
    size_t          key_at;
    int             n_workers, n_slots;
    Worker         *worker;
    Slot            slot[SLOTS_MAX];
    size_t          filled, taken, given; /* batches so far; number modulo n_slots is the slot. taken: by workers */
    bool            at_end, out;          /* out: the batch before `given` is still with the caller */
    /* under lock: state of slots, taken, stop */
    pthread_mutex_t lock;
    pthread_cond_t  work, done;
    bool            stop;
};

int crew_workers(void)
{
    const char *said = getenv("VEILIGBEELD_WORKERS");
    cpu_set_t set;

    if (said && *said >= '0' && *said < '0' + CREW_WORKERS_MAX && !said[1])
        return *said - '0';
    int processors = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;

    return processors <= 2 ? 0 : processors == 3 ? 1 : 2; /* more would take more than 64 MiB with a file of millions of rows */
}

static void *made(void *memory)
{
    if (!memory)
        _exit(70);
    return memory;
}

/* -- a worker ------------------------------------------------------------------------------------ */

static void *worker_loop(void *context)
{
    Worker *worker = context;
    Crew *crew = worker->crew;

    pthread_mutex_lock(&crew->lock);
    for (;;) {
        Slot *slot = &crew->slot[crew->taken % (size_t) crew->n_slots];
        if (crew->stop)
            break;
        if (slot->state != SLOT_FILLED) {
            pthread_cond_wait(&crew->work, &crew->lock);
            continue;
        }
        crew->taken++;
        slot->state = SLOT_TAKEN;
        pthread_mutex_unlock(&crew->lock);
        bind_settle(&worker->binding, slot->settled);
        batch_make(slot->batch, &worker->rows, crew->key_at);
        pthread_mutex_lock(&crew->lock);
        slot->state = SLOT_MADE;
        pthread_cond_signal(&crew->done);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

/* Its own binding, memories and keys; the register, the forms and the delivery are only read. */
static bool worker_start(Worker *worker, Crew *crew)
{
    const RowReader *rows = crew->rows;
    const Binding *binding = rows->binding;
    Err ignored;

    worker->crew = crew;
    worker->memory = arena_new();
    worker->scratch = arena_new();
    worker->binding = (Binding) {.header = binding->header, .n_header = binding->n_header, .encoding = binding->encoding, .valid = binding->valid};
    if (!bind_form(worker->memory, binding->form, &worker->binding, &ignored))
        return false;
    worker->rows = (RowReader) {.binding = &worker->binding, .forms = rows->forms, .reg = rows->reg, .delivery = rows->delivery,
                                .fixed_location = rows->fixed_location, .board = rows->board, .numbered = rows->numbered, .scratch = worker->scratch,
                                .pseudonymizer = rows->pseudonymizer ? pseudonym_twin(rows->pseudonymizer) : NULL};
    worker->rows.value = arena_array(worker->memory, binding->kind->n_columns, sizeof *worker->rows.value);
    memcpy(worker->rows.value, rows->value, binding->kind->n_columns * sizeof *worker->rows.value);
    return pthread_create(&worker->thread, NULL, worker_loop, worker) == 0;
}

static void worker_free(Worker *worker)
{
    pseudonym_close(worker->rows.pseudonymizer);
    if (worker->scratch) {
        arena_wipe(worker->scratch);
        arena_free(worker->scratch);
    }
    if (worker->memory) {
        arena_wipe(worker->memory);
        arena_free(worker->memory);
    }
}

/* -- the crew ------------------------------------------------------------------------------------ */

Crew *crew_new(Reader *reader, RowReader *rows, size_t key_at, int workers)
{
    Crew *crew = made(calloc(1, sizeof *crew));
    int wanted = workers < CREW_WORKERS_MAX ? workers : CREW_WORKERS_MAX;

    crew->reader = reader;
    crew->rows = rows;
    crew->key_at = key_at;
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->work, NULL);
    pthread_cond_init(&crew->done, NULL);
    crew->n_slots = wanted ? 2 * wanted + 1 : 1;
    for (int at = 0; at < crew->n_slots; at++) {
        crew->slot[at].batch = batch_new();
        crew->slot[at].settled = made(calloc(bind_settled_count(rows->binding) + 1, sizeof(int)));
    }
    crew->worker = made(calloc((size_t) wanted + 1, sizeof *crew->worker));
    for (; crew->n_workers < wanted; crew->n_workers++) /* with none that starts, everything happens in crew_next */
        if (!worker_start(&crew->worker[crew->n_workers], crew)) {
            worker_free(&crew->worker[crew->n_workers]);
            break;
        }
    return crew;
}

/* Read ahead into every slot that is free. */
static void crew_fill(Crew *crew)
{
    while (!crew->at_end && crew->filled - crew->given < (size_t) crew->n_slots) {
        Slot *slot = &crew->slot[crew->filled % (size_t) crew->n_slots];
        if (!batch_fill(slot->batch, crew->reader)) {
            crew->at_end = true;
            return;
        }
        bind_settled(crew->rows->binding, slot->settled);
        crew->filled++;
        pthread_mutex_lock(&crew->lock);
        slot->state = SLOT_FILLED;
        pthread_cond_signal(&crew->work);
        pthread_mutex_unlock(&crew->lock);
    }
}

Batch *crew_next(Crew *crew)
{
    if (crew->n_workers == 0) {
        Batch *batch = crew->slot[0].batch;
        return batch_read(batch, crew->reader, crew->rows, crew->key_at) ? batch : NULL;
    }
    if (crew->out) {
        pthread_mutex_lock(&crew->lock);
        crew->slot[crew->given++ % (size_t) crew->n_slots].state = SLOT_FREE;
        pthread_mutex_unlock(&crew->lock);
        crew->out = false;
    }
    crew_fill(crew);
    if (crew->given == crew->filled)
        return NULL;
    Slot *slot = &crew->slot[crew->given % (size_t) crew->n_slots];
    pthread_mutex_lock(&crew->lock);
    while (slot->state != SLOT_MADE)
        pthread_cond_wait(&crew->done, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
    if (slot->batch->undecided) {
        batch_make(slot->batch, crew->rows, crew->key_at);
        slot->batch->undecided = true; /* still to be seen that it was */
    }
    crew->out = true;
    return slot->batch;
}

void crew_free(Crew *crew)
{
    if (!crew)
        return;
    pthread_mutex_lock(&crew->lock);
    crew->stop = true;
    pthread_cond_broadcast(&crew->work);
    pthread_mutex_unlock(&crew->lock);
    for (int at = 0; at < crew->n_workers; at++)
        pthread_join(crew->worker[at].thread, NULL);
    for (int at = 0; at < crew->n_workers; at++)
        worker_free(&crew->worker[at]);
    for (int at = 0; at < crew->n_slots; at++) {
        batch_free(crew->slot[at].batch);
        free(crew->slot[at].settled);
    }
    pthread_cond_destroy(&crew->work);
    pthread_cond_destroy(&crew->done);
    pthread_mutex_destroy(&crew->lock);
    free(crew->worker);
    free(crew);
}
