#include "ingest/crew.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS_MAX = CREW_WORKERS_MAX + 1 };

typedef enum SlotState { SLOT_FREE, SLOT_MAKING, SLOT_MADE, SLOT_JUDGED } SlotState;

typedef struct Slot {
    Batch    *batch;
    SlotState state; /* under lock; only its own worker uses a batch that is not MADE */
} Slot;

typedef struct Crew Crew;

typedef struct Worker {
    Crew      *crew;
    int        no;
    pthread_t  thread;
    bool       started;
    Arena     *memory, *scratch;
    Binding    binding;
    RowReader  rows;
    Reader    *parts; /* NULL: the file has none */
    Slot       slot[CREW_BATCHES];
} Worker;

struct Crew {
    Reader         *reader;
    RowReader      *rows;  /* the one that reads in order: only while judging */
    Reader         *parts; /* its own */
    size_t          key_at;
    const CrewTake *take;
    int             n_workers;
    Worker         *worker;
    uint32_t        skipped; /* blank rows before the batch that is judged next */
    Value          *value;   /* of rows, before the first row: columns that the file cannot fill stay as they are */
    /* under lock */
    pthread_mutex_t lock;
    pthread_cond_t  change;
    Slot           *order[THREADS_MAX * CREW_BATCHES]; /* number of the batch modulo their count */
    size_t          begun, judged;                     /* batches so far */
    int            *settled;                           /* what the rows that were judged settle (bind_settled) */
    bool            reading, judging;                  /* somebody is; without the lock */
    bool            at_end, stop, failed;
    bool            torn;                              /* stopped before a batch whose part is */
    uint64_t        torn_at;
    Err             err;
};

static int processors_here(void)
{
    cpu_set_t set;

    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

int crew_threads(const Reader *reader, int workers)
{
    int threads = reader->part || processors_here() > 2 ? workers + 1 : workers;

    return threads > 1 ? threads : 1;
}

int crew_workers(void)
{
    const char *said = getenv("VEILIGBEELD_WORKERS");

    if (said && *said >= '0' && *said < '0' + CREW_WORKERS_MAX && !said[1])
        return *said - '0';
    return processors_here() > 1; /* as many threads as the server has connections to send to; a third would take more than 64 MiB with a file of millions of rows */
}

static void *made(void *memory)
{
    if (!memory)
        _exit(70);
    return memory;
}

/* -- judging ------------------------------------------------------------------------------------- */

/* The number that a row has in its file is that of the rows before it and the blank ones. */
static void notes_number(Batch *batch, uint32_t *skipped)
{
    for (size_t at = 0; at < batch->n_notes; at++)
        batch->note[at].skipped += *skipped;
    *skipped += batch->skipped_all;
}

/* Everything that is next in the order of the file and made. Under lock, which is let go meanwhile. \return false: there is nothing, or somebody is at it */
static bool crew_judge(Crew *crew)
{
    bool any = false;

    while (!crew->judging && !crew->stop && crew->judged < crew->begun) {
        Slot *slot = crew->order[crew->judged % (size_t) (crew->n_workers * CREW_BATCHES)];
        Batch *batch = slot->batch;
        if (slot->state != SLOT_MADE)
            break;
        crew->judging = any = true;
        pthread_mutex_unlock(&crew->lock);
        bool again = batch->undecided;
        if (again ? batch_torn(batch, crew->parts) : batch->torn) {
            pthread_mutex_lock(&crew->lock);
            crew->judging = false;
            crew->stop = crew->torn = true;
            crew->torn_at = batch->part.begin;
            break;
        }
        if (again) {
            batch_make(batch, crew->parts, crew->rows, crew->key_at);
            batch->undecided = true; /* still to be seen that it was */
        }
        notes_number(batch, &crew->skipped);
        Err err = {0};
        bool good = crew->take->judge(crew->take->context, batch, &err);
        pthread_mutex_lock(&crew->lock);
        if (again)
            bind_settled(crew->rows->binding, crew->settled);
        if (!good) {
            crew->stop = true;
            crew->err = err;
        }
        crew->failed = crew->failed || batch->failed;
        slot->state = SLOT_JUDGED;
        crew->judged++;
        crew->judging = false;
    }
    if (any)
        pthread_cond_broadcast(&crew->change);
    return any;
}

/* -- a worker ------------------------------------------------------------------------------------ */

static Slot *slot_in(Worker *worker, SlotState state)
{
    for (size_t at = 0; at < CREW_BATCHES; at++)
        if (worker->slot[at].state == state)
            return &worker->slot[at];
    return NULL;
}

static void worker_send(Worker *worker, Slot *slot)
{
    Crew *crew = worker->crew;

    pthread_mutex_unlock(&crew->lock);
    crew->take->send(crew->take->context, slot->batch, worker->no);
    pthread_mutex_lock(&crew->lock);
    slot->state = SLOT_FREE;
}

/* The next rows of the file. Who fills a batch gives it its number, so only one can at a time. \return false: there are none, or somebody is at it */
static bool worker_make(Worker *worker)
{
    Crew *crew = worker->crew;
    Slot *slot = slot_in(worker, SLOT_FREE);

    if (crew->reading || crew->at_end || !slot)
        return false;
    crew->reading = true;
    pthread_mutex_unlock(&crew->lock);
    bool some = batch_fill(slot->batch, crew->reader);
    pthread_mutex_lock(&crew->lock);
    crew->reading = false;
    crew->at_end = !some;
    if (some) {
        slot->state = SLOT_MAKING;
        crew->order[crew->begun++ % (size_t) (crew->n_workers * CREW_BATCHES)] = slot;
        bind_settle(&worker->binding, crew->settled);
    }
    pthread_cond_broadcast(&crew->change);
    if (!some)
        return true;
    pthread_mutex_unlock(&crew->lock);
    batch_make(slot->batch, worker->parts, &worker->rows, crew->key_at);
    pthread_mutex_lock(&crew->lock);
    slot->state = SLOT_MADE;
    pthread_cond_broadcast(&crew->change);
    return true;
}

static bool worker_done(Worker *worker)
{
    for (size_t at = 0; at < CREW_BATCHES; at++)
        if (worker->slot[at].state != SLOT_FREE)
            return false;
    return worker->crew->at_end;
}

static void worker_run(Worker *worker)
{
    Crew *crew = worker->crew;

    pthread_mutex_lock(&crew->lock);
    while (!crew->stop && !worker_done(worker)) {
        Slot *judged;
        if (crew_judge(crew))
            continue;
        if ((judged = slot_in(worker, SLOT_JUDGED)))
            worker_send(worker, judged);
        else if (!worker_make(worker))
            pthread_cond_wait(&crew->change, &crew->lock);
    }
    pthread_cond_broadcast(&crew->change);
    pthread_mutex_unlock(&crew->lock);
}

/* Its own binding, memories and keys; the register, the forms and the delivery are only read. */
static bool worker_open(Worker *worker)
{
    Crew *crew = worker->crew;
    const RowReader *rows = crew->rows;
    const Binding *binding = rows->binding;
    Err ignored;

    if (worker->memory)
        return true;
    worker->memory = arena_new();
    worker->scratch = arena_new();
    for (size_t at = 0; at < CREW_BATCHES; at++)
        worker->slot[at].batch = batch_new();
    worker->parts = crew->reader->part ? crew->reader->part_reader(crew->reader) : NULL;
    worker->binding = (Binding) {.header = binding->header, .n_header = binding->n_header, .encoding = binding->encoding, .valid = binding->valid};
    if (!bind_form(worker->memory, binding->form, &worker->binding, &ignored))
        return false;
    worker->rows = (RowReader) {.binding = &worker->binding, .forms = rows->forms, .reg = rows->reg, .delivery = rows->delivery,
                                .fixed_location = rows->fixed_location, .board = rows->board, .numbered = rows->numbered, .scratch = worker->scratch,
                                .pseudonymizer = rows->pseudonymizer ? pseudonym_twin(rows->pseudonymizer) : NULL};
    worker->rows.value = arena_array(worker->memory, binding->kind->n_columns, sizeof *worker->rows.value);
    memcpy(worker->rows.value, crew->value, binding->kind->n_columns * sizeof *worker->rows.value);
    return true;
}

/* Opening takes a few milliseconds, and goes on side by side too. */
static void *worker_begin(void *context)
{
    Worker *worker = context;
    Crew *crew = worker->crew;

    if (worker_open(worker)) {
        worker_run(worker);
        return NULL;
    }
    pthread_mutex_lock(&crew->lock);
    crew->stop = true;
    err_set(&crew->err, ERR_BUG, "the form of an open file could not be bound again");
    pthread_cond_broadcast(&crew->change);
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

static void worker_close(Worker *worker)
{
    if (!worker->memory) /* its thread could not be had */
        return;
    pseudonym_close(worker->rows.pseudonymizer);
    reader_free(worker->parts);
    for (size_t at = 0; at < CREW_BATCHES; at++)
        batch_free(worker->slot[at].batch);
    arena_wipe(worker->scratch);
    arena_free(worker->scratch);
    arena_wipe(worker->memory);
    arena_free(worker->memory);
}

/* -- the crew ------------------------------------------------------------------------------------ */

/* At most so many batches by the caller's thread. */
static bool run_alone(Crew *crew, size_t most, Err *err)
{
    Batch *batch = batch_new();
    bool good = true;

    for (; good && most > 0 && batch_read(batch, crew->reader, crew->rows, crew->key_at); most--) {
        notes_number(batch, &crew->skipped);
        good = crew->take->judge(crew->take->context, batch, err);
        if (good)
            crew->take->send(crew->take->context, batch, 0);
    }
    batch_free(batch);
    return good;
}

/* The first worker is the thread of the caller; the others are as many as can be had. */
static void run_together(Crew *crew)
{
    for (int no = 1; no < crew->n_workers; no++)
        crew->worker[no].started = pthread_create(&crew->worker[no].thread, NULL, worker_begin, &crew->worker[no]) == 0;
    worker_begin(&crew->worker[0]);
    for (int no = 1; no < crew->n_workers; no++)
        if (crew->worker[no].started)
            pthread_join(crew->worker[no].thread, NULL);
}

/* Nothing of a torn part or of what stands behind it was judged: the rows at hand one after the other, and the crew goes on behind them. Where cells with line ends
 * are so many that this keeps happening, the rest too. */
static bool run_torn(Crew *crew, int times, Err *err)
{
    enum { TIMES_MAX = 16 };

    crew->reader->part_set(crew->reader, (ReaderPart) {.begin = crew->torn_at, .end = UINT64_MAX});
    for (int no = 0; no < crew->n_workers; no++) {
        memset(crew->worker[no].rows.met, 0, sizeof crew->worker[no].rows.met); /* what was found in batches that do not count */
        for (size_t at = 0; at < CREW_BATCHES; at++) {
            Slot *slot = &crew->worker[no].slot[at];
            if (slot->state == SLOT_JUDGED) /* before the torn one */
                crew->take->send(crew->take->context, slot->batch, no);
            slot->state = SLOT_FREE;
        }
    }
    crew->begun = crew->judged = 0;
    crew->torn = crew->stop = crew->at_end = false;
    if (!run_alone(crew, times < TIMES_MAX ? 1 : SIZE_MAX, err))
        return false;
    crew->failed = crew->failed || crew->reader->failed;
    bind_settled(crew->rows->binding, crew->settled);
    return true;
}

bool crew_run(Reader *reader, RowReader *rows, size_t key_at, int threads, const CrewTake *take, Err *err)
{
    Crew crew = {.reader = reader, .rows = rows, .key_at = key_at, .take = take, .n_workers = threads < THREADS_MAX ? threads : THREADS_MAX,
                 .skipped = (uint32_t) reader->skipped, .lock = PTHREAD_MUTEX_INITIALIZER, .change = PTHREAD_COND_INITIALIZER};
    bool good = true;

    if (threads <= 1)
        return run_alone(&crew, SIZE_MAX, err);
    crew.parts = reader->part ? reader->part_reader(reader) : NULL;
    crew.settled = made(calloc(bind_settled_count(rows->binding) + 1, sizeof *crew.settled));
    bind_settled(rows->binding, crew.settled);
    crew.worker = made(calloc((size_t) crew.n_workers, sizeof *crew.worker));
    size_t value_bytes = rows->binding->kind->n_columns * sizeof *rows->value;
    crew.value = made(malloc(value_bytes));
    memcpy(crew.value, rows->value, value_bytes);
    for (int no = 0; no < crew.n_workers; no++)
        crew.worker[no] = (Worker) {.crew = &crew, .no = no};
    run_together(&crew);
    for (int times = 1; good && crew.torn; times++) {
        good = run_torn(&crew, times, &crew.err);
        if (good)
            run_together(&crew);
    }
    for (int no = 0; no < crew.n_workers; no++)
        worker_close(&crew.worker[no]);
    reader_free(crew.parts);
    free(crew.worker);
    free(crew.value);
    free(crew.settled);
    reader->failed = reader->failed || crew.failed;
    if (!good || crew.stop)
        *err = crew.err;
    return good && !crew.stop;
}
