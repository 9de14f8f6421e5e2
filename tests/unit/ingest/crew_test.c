#include "ingest/crew.h"

#include <stdatomic.h>
#include <string.h>

#include "common/buf.h"
#include "ingest/csv.h"
#include "ingest/held.h"
#include "tests/unit/scratch.h"

/* -- generated mess ------------------------------------------------------------------------------ */

static const char *pick(unsigned long long *seed, const char *const *words, size_t count)
{
    return words[scratch_random(seed, (unsigned) count)];
}
#define PICK(seed, ...) pick(seed, (const char *const[]) {__VA_ARGS__}, sizeof((const char *const[]) {__VA_ARGS__}) / sizeof(char *))

/* Lists of names with their roles and groups: mostly as many of each, sometimes not, sometimes a code that is none. */
static void lists_write(Buf *out, unsigned long long *seed)
{
    size_t persons = scratch_random(seed, 4);
    for (int column = 0; column < 3; column++) {
        size_t count = persons + (scratch_random(seed, 60) == 0);
        for (size_t at = 0; at < count; at++)
            buf_format(out, "%s%s", at ? "|" : "",
                       column == 0   ? PICK(seed, "Jan de Vries", "vries, jan de", "Ärä van der Ø", "Zoë", "J", "Mila Jansen", "Wolfeschlegelsteinhausenbergerdorff-Kowalski")
                       : column == 1 ? PICK(seed, "overkwam het", "nam initiatief", "deed mee", "was getuige", "", scratch_random(seed, 40) ? "deed mee" : "onzin")
                                     : PICK(seed, "1", "8", "7", ""));
        buf_text(out, ";");
    }
}

/* Dates: none in the first rows, so that what format they have is decided somewhere in the middle of the file. */
static void date_write(Buf *out, unsigned long long *seed, size_t row, size_t decided, bool dutch)
{
    int day = 1 + (int) scratch_random(seed, 28), month = 1 + (int) scratch_random(seed, 6);

    if (row < decided)
        buf_text(out, PICK(seed, "", "gisteren", "2026-02-30"));
    else if (scratch_random(seed, 50) == 0)
        buf_text(out, PICK(seed, "", "2027-01-01", "2026-13-01", "31-02-2026"));
    else if ((scratch_random(seed, 90) == 0) != dutch)
        buf_format(out, "%02d-%02d-2026%s", day, month, scratch_random(seed, 9) ? "" : " 10:15");
    else
        buf_format(out, "2026-%02d-%02d", month, day);
    buf_text(out, ";");
}

static void row_write(Buf *out, unsigned long long *seed, size_t row, size_t decided, bool dutch)
{
    buf_format(out, "%s;", scratch_random(seed, 80) ? PICK(seed, "A1", "A2", "B3", "x y z") : "");
    date_write(out, seed, row, decided, dutch);
    buf_format(out, "%s;%s;", PICK(seed, "10:20", "", "25:00", "9"), PICK(seed, "gang", "plein", "", "GANG", scratch_random(seed, 30) ? "gang" : "zee"));
    buf_format(out, "%s;", PICK(seed, "pesten", "fysiek|verbaal", "verbaal", scratch_random(seed, 30) ? "pesten" : "x"));
    buf_format(out, "%s;", PICK(seed, "Jan de Vries", "Zoë", "", "Mila Jansen", "Omar ten Have"));
    buf_format(out, "201%d-%02d-%02d;", (int) scratch_random(seed, 2), 1 + (int) scratch_random(seed, 12), 1 + (int) scratch_random(seed, 12));
    lists_write(out, seed);
    buf_format(out, "%s%s", PICK(seed, "ja", "nee", "", "\"ja\"", " ja "), PICK(seed, "\n", "\r\n", "\n\n", "\n", "\n"));
    if (scratch_random(seed, 200) == 0)
        buf_text(out, PICK(seed, "\"open;\n", "te;veel;cellen;in;deze;rij;hier;een;twee;drie;vier;vijf\n", "\"a\nb\";c\n"));
    if (scratch_random(seed, 300) == 0)
        buf_add(out, "n\0l;\n", 5);
}

/* -- what comes of it ---------------------------------------------------------------------------- */

static void note_tell(Buf *out, const BatchNote *note, KeySet *born)
{
    if (note->what.perhaps && !(keyset_add(born, note->what.born) && keyset_has(born, note->what.swapped)))
        return;
    if (note->told)
        buf_format(out, " +%u %s/%d/%s%s", note->skipped, rule_id(note->what.fault.rule), note->what.fault.column, note->what.fault.field, note->finding ? "!" : "");
}

typedef struct Telling {
    Buf      *out;
    KeySet   *born;
    size_t    undecided, judged, stop; /* stop: batch that is refused, from 1; 0: none */
    atomic_size_t sent;
} Telling;

static bool batch_tell(void *context, Batch *batch, Err *err)
{
    Telling *telling = context;
    size_t begin = 0, note = 0;

    if (++telling->judged == telling->stop)
        return err_set(err, ERR_INPUT, "enough");
    telling->undecided += batch->undecided;
    for (size_t at = 0; at < batch->count; begin = batch->row[at++].end) {
        buf_format(telling->out, "%d %lld ", batch->row[at].good, (long long) batch->row[at].key);
        for (size_t byte = begin; byte < batch->row[at].end; byte++)
            buf_format(telling->out, "%02x", (unsigned char) batch->rows.data[byte]);
        for (; note < batch->n_notes && batch->note[note].row == at; note++)
            note_tell(telling->out, &batch->note[note], telling->born);
        buf_text(telling->out, "\n");
    }
    CHECK_INT(note, batch->n_notes);
    CHECK_INT(begin, batch->rows.used);
    return true;
}

static void batch_count(void *context, const Batch *batch, int worker)
{
    Telling *telling = context;

    CHECK(worker >= 0 && worker <= CREW_WORKERS_MAX && (batch->count || batch->parted));
    atomic_fetch_add(&telling->sent, 1);
}

/* The crew over a text; what it judged is in telling. */
static bool run(Arena *arena, const RowReader *model, const char *text, size_t bytes, int threads, Telling *telling, Err *err)
{
    RowReader *rows = arena_alloc(arena, sizeof *rows);
    Binding *binding = arena_alloc(arena, sizeof *binding);
    BYTES_AUTO stream = bytes_of(text, bytes);
    READER_AUTO reader = csv_reader(stream, ';');
    const CrewTake take = {.judge = batch_tell, .send = batch_count, .context = telling};
    const Cell *cell;
    size_t count;

    reader_next(reader, &cell, &count);
    *binding = (Binding) {.encoding = TEXT_UTF8, .valid = true, .n_header = count};
    CHECK(bind_header(arena, cell, count, TEXT_UTF8, &binding->header, err) && bind_form(arena, model->binding->form, binding, err));
    *rows = *model;
    rows->binding = binding;
    rows->in_order = true;
    rows->value = arena_array(arena, binding->kind->n_columns, sizeof *rows->value);
    for (size_t at = 0; at < binding->kind->n_columns; at++)
        rows->value[at].null = true;
    telling->born = keyset_new();
    bool good = crew_run(reader, rows, 0, threads, &take, err);
    CHECK(!reader->failed);
    keyset_free(telling->born);
    return good;
}

/* Every row in order: its number, its key and bytes, or what is wrong with it. Owned by arena. */
static const char *told(Arena *arena, const RowReader *model, const char *text, size_t bytes, int threads, size_t *undecided)
{
    BUF_AUTO out = {0};
    Telling telling = {.out = &out};
    Err err = {0};

    CHECK(run(arena, model, text, bytes, threads, &telling, &err));
    CHECK_INT(atomic_load(&telling.sent), telling.judged);
    if (undecided)
        *undecided += telling.undecided;
    return arena_text_n(arena, out.data ? out.data : "", out.length);
}

typedef struct Stage {
    Arena      *arena;
    Forms       forms;
    DeliveryRow delivery;
    Register    reg;
    Binding     binding;
    RowReader   model;
} Stage;

static void text_begin(Buf *text)
{
    buf_text(text, "incident_nr;datum;tijd;plaats;vorm;getroffene;geboortedatum;betrokkenen;betrokkenen_rol;betrokkenen_groep;nazorg\n");
}

static void stage_set(const Scratch *scratch, Stage *stage)
{
    Arena *arena = stage->arena = arena_new();
    Place place = checkout_place(arena, NULL);
    Err err = {0};

    CHECK(forms_load(arena, &place, &stage->forms, &err));
    stage->delivery = (DeliveryRow) {.delivery_no = 7, .period_begin = date_school_year_begin(2025), .period_end = date_school_year_end(2025),
                                     .received = date_school_year_end(2025)};
    stage->binding.form = forms_find(&stage->forms, "incident-canoniek");
    stage->model = (RowReader) {.binding = &stage->binding, .forms = &stage->forms, .reg = &stage->reg, .delivery = &stage->delivery,
                                .fixed_location = 3, .board = 99001, .scratch = arena_new()};
    CHECK(pseudonym_open(scratch->path, 99001, &stage->model.pseudonymizer, &err));
}

static void stage_end(Stage *stage)
{
    pseudonym_close(stage->model.pseudonymizer);
    arena_free(stage->model.scratch);
    arena_free(stage->arena);
}

TEST("rows, rejects and findings are the same for any number of workers")
{
    SCRATCH_AUTO scratch = scratch_new();
    static Stage stage;
    size_t undecided = 0;

    stage_set(&scratch, &stage);
    for (unsigned long long round = 1; round <= 6; round++) {
        ARENA_AUTO file = arena_new();
        unsigned long long seed = round;
        BUF_AUTO text = {0};
        size_t rows = round == 1 ? 0 : 500 * (size_t) (round * round), decided = round == 2 ? 0 : scratch_random(&seed, (unsigned) rows + 1) / 2;
        text_begin(&text);
        for (size_t row = 0; row < rows; row++)
            row_write(&text, &seed, row, decided, round % 2);
        const char *one = told(file, &stage.model, text.data, text.length, 1, &undecided);
        CHECK(undecided == 0);
        CHECK((rows == 0) == (*one == '\0'));
        if (rows) {
            CHECK(strstr(one, "1 ") && strstr(one, "persoon.") && strstr(one, "datum.") && strstr(one, "lijst."));
        }
        for (int threads = 2; threads <= 5; threads++) {
            size_t again = 0;
            if (strcmp(one, told(file, &stage.model, text.data, text.length, threads, &again)) != 0)
                test_fail(__FILE__, __LINE__, "round %llu: something else with %d threads", round, threads);
            undecided += again;
        }
        CHECK(round < 3 || undecided > 0); /* the case was met: a format decided behind rows that workers had in hand */
        undecided = 0;
    }
    stage_end(&stage);
}

/* How many persons a cell of bijlage 11 names, whether they are those of another spelling, and whether that was sure. */
static void check_names(int line, Stage *stage, const char *cell, size_t persons, const char *same, bool sure)
{
    ARENA_AUTO arena = arena_new();
    const char *const names[] = {"Datum", "Toelichting", "Betrokkenen"};
    Cell header[3];
    RowReader *rows = arena_alloc(arena, sizeof *rows);
    Binding *binding = arena_alloc(arena, sizeof *binding);
    uint8_t people[sizeof rows->people];
    Err err = {0};

    for (int at = 0; at < 3; at++)
        header[at] = (Cell) {.text = names[at], .bytes = strlen(names[at])};
    *binding = (Binding) {.encoding = TEXT_UTF8, .valid = true, .n_header = 3};
    bool bound = bind_header(arena, header, 3, TEXT_UTF8, &binding->header, &err) && bind_form(arena, forms_find(&stage->forms, "incident-bijlage11"), binding, &err);
    *rows = stage->model;
    rows->binding = binding;
    rows->in_order = true;
    rows->value = arena_array(arena, binding->kind->n_columns, sizeof *rows->value);
    const Cell row[] = {{"12-03-2026", 10}, {"er werd gepest", 14}, {cell, strlen(cell)}}, other[] = {row[0], row[1], {same, strlen(same)}};
    if (!bound || !row_read(rows, row, 3) || rows->n_people != persons || (rows->n_findings == 0) != sure)
        test_fail(__FILE__, line, "\"%s\": %zu persons, %zu findings, %s", cell, rows->n_people, rows->n_findings, err.text);
    memcpy(people, rows->people, sizeof people);
    if (!row_read(rows, other, 3) || rows->n_people != persons || memcmp(people, rows->people, persons * PERSON_BYTES) != 0)
        test_fail(__FILE__, line, "\"%s\" and \"%s\" are not the same persons", cell, same);
}
#define NAMES(cell, persons, same, sure) check_names(__LINE__, &stage, cell, persons, same, sure)

TEST("surname, given name is one person in a list with commas; where nobody can tell it is said")
{
    SCRATCH_AUTO scratch = scratch_new();
    ARENA_AUTO arena = arena_new();
    static Stage stage;

    stage_set(&scratch, &stage);
    NAMES("Jan Jansen, Piet de Vries", 2, "Jan Jansen (7), Piet de Vries (leerkracht)", true);
    NAMES("de Vries, Jan", 1, "Jan de Vries", true);
    NAMES("Jansen, Jan (groep 7), de Vries, Piet (groep 8)", 2, "Jan Jansen, Piet de Vries", true);
    NAMES("Berg, Jan van der, Mila Jansen", 2, "Jan van der Berg, Mila Jansen", true);
    NAMES("Jansen, J.P., de Boer, Zoë", 2, "J.P. Jansen, Zoë de Boer", true);
    NAMES("Jansen, Jan", 1, "Jan Jansen", false);
    NAMES("Jansen, Jan, Vries, Piet", 2, "Jan Jansen, Piet Vries", false);
    NAMES("Jan, Piet, Klaas", 3, "Jan (7), Piet (7), Klaas (7)", false);
    NAMES("Jan Jansen, Piet", 2, "Jan Jansen (7), Piet (8)", true);
    NAMES("Jansen", 1, "Jansen,", true);
    stage_end(&stage);
}

TEST("a crew whose batch is refused stops there, and says why")
{
    SCRATCH_AUTO scratch = scratch_new();
    static Stage stage;
    BUF_AUTO text = {0};
    unsigned long long seed = 5;

    stage_set(&scratch, &stage);
    text_begin(&text);
    for (size_t row = 0; row < 20000; row++)
        row_write(&text, &seed, row, 0, false);
    for (size_t stop = 1; stop < 4; stop++)
        for (int threads = 1; threads <= CREW_WORKERS_MAX + 2; threads += 3) {
            ARENA_AUTO arena = arena_new();
            BUF_AUTO out = {0};
            Telling telling = {.out = &out, .stop = stop};
            Err err = {0};
            CHECK(!run(arena, &stage.model, text.data, text.length, threads, &telling, &err));
            CHECK_TEXT(err.text, "enough");
            CHECK_INT(telling.judged, stop);
            CHECK(atomic_load(&telling.sent) < stop);
        }
    stage_end(&stage);
}

TEST("cells with line ends, wherever a part may end, are the same for any number of workers")
{
    SCRATCH_AUTO scratch = scratch_new();
    static Stage stage;

    stage_set(&scratch, &stage);
    for (unsigned long long round = 1; round <= 4; round++) { /* of 100 cells 1, 10, 50 and 100 have many, so that parts are torn now and then, and all the time */
        static const unsigned share[] = {1, 10, 50, 100};
        ARENA_AUTO file = arena_new();
        unsigned long long seed = round;
        BUF_AUTO text = {0};
        text_begin(&text);
        for (size_t row = 0; row < 4000; row++) {
            row_write(&text, &seed, row, round % 2 ? 0 : 900, round > 2);
            if (scratch_random(&seed, 100) < share[round - 1]) {
                buf_format(&text, "A%zu;2026-03-%02u;;;pesten;Jan Jansen;2014-%02u-05;;;;\"", row, 1 + scratch_random(&seed, 28), 1 + scratch_random(&seed, 9));
                for (unsigned line = scratch_random(&seed, 120); line; line--)
                    buf_text(&text, PICK(&seed, "\n", "een regel\n", "\"\";ja;\n", "2026-01-01;;;pesten;\r\n", "A7;2026-01-01;;;pesten;;;;;;looks like a row\n"));
                buf_text(&text, "ja\"\n");
            }
        }
        if (round == 3)
            buf_text(&text, "A9;2026-03-01;;;pesten;\"Jan;;;;;;\nA10;2026-03-02;;;pesten;;;;;;\n"); /* never closed */
        const char *one = told(file, &stage.model, text.data, text.length, 1, NULL);
        for (int threads = 2; threads <= 5; threads += 3)
            if (strcmp(one, told(file, &stage.model, text.data, text.length, threads, NULL)) != 0)
                test_fail(__FILE__, __LINE__, "round %llu: something else with %d threads", round, threads);
    }
    stage_end(&stage);
}

TEST("on one processor nobody else makes rows, and never more than there are processors")
{
    unsetenv("VEILIGBEELD_WORKERS");
    CHECK(crew_workers() >= 0 && crew_workers() < CREW_WORKERS_MAX);
    CHECK(crew_workers() < (int) sysconf(_SC_NPROCESSORS_ONLN));
    int here = crew_workers();
    setenv("VEILIGBEELD_WORKERS", "3", 1);
    CHECK_INT(crew_workers(), 3);
    setenv("VEILIGBEELD_WORKERS", "many", 1);
    CHECK_INT(crew_workers(), here);
    unsetenv("VEILIGBEELD_WORKERS");
}
