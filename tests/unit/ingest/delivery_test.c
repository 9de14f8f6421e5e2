#include "ingest/delivery.h"

#include "common/text.h"
#include "tests/unit/ingest/pack.h"

/* --- tasks --- */

/* Rules of a text, or NULL with err. */
static DeliveryRules *rules_of(Arena *arena, const Scratch *dir, const char *text, Err *err)
{
    DeliveryRules *rules = NULL;

    scratch_text(arena, dir, "config/deliveries.json", text);
    Place place = {.config = arena_format(arena, "%s/config", dir->path)};
    return delivery_rules_load(arena, &place, &rules, err) ? rules : NULL;
}

static DeliveryRules *shipped_rules(Arena *arena)
{
    DeliveryRules *rules = NULL;
    Place place = checkout_place(arena, NULL);
    Err err = {0};

    if (!delivery_rules_load(arena, &place, &rules, &err)) {
        test_fail(__FILE__, __LINE__, "%s", err.text);
        exit(1);
    }
    return rules;
}

static const char *iso(Arena *arena, Date date)
{
    char text[11] = "-";

    if (date != DATE_NONE)
        date_format_iso(date, text);
    return arena_text(arena, text);
}

/* Everything that is known of a task in one line, its path below dir. */
static const char *describe(Arena *arena, const Scratch *dir, const Task *task)
{
    return arena_format(arena, "%s form=%s location=%s board=%d period=%s..%s received=%s as_of=%s", task->path + strlen(dir->path) + 1,
                        task->form ? task->form : "-", task->location ? task->location : "-", task->board, iso(arena, task->period_begin),
                        iso(arena, task->period_end), iso(arena, task->received), iso(arena, task->as_of));
}

static void check_tasks(int line, const Scratch *dir, const char *form, int board, size_t refused_want, const char *const *want)
{
    ARENA_AUTO arena = arena_new();
    Task *tasks = NULL;
    size_t count = 0, refused = 99;
    Err err = {0};
    const char *in = arena_format(arena, "%s/in", dir->path);

    if (!delivery_tasks(arena, shipped_rules(arena), (const char *const[]){in, NULL}, form, board, &tasks, &count, &refused, &err)) {
        test_fail(__FILE__, line, "%s", err.text);
        return;
    }
    if (refused != refused_want)
        test_fail(__FILE__, line, "%zu refused, expected %zu", refused, refused_want);
    for (size_t at = 0; at < count || want[at]; at++) {
        if (at >= count || !want[at]) {
            test_fail(__FILE__, line, at < count ? "too many tasks: %s" : "too few tasks: %s", at < count ? describe(arena, dir, &tasks[at]) : want[at]);
            return;
        }
        test_check_text(__FILE__, line, describe(arena, dir, &tasks[at]), want[at]);
    }
}
#define TASKS(form, board, refused, ...) check_tasks(__LINE__, &dir, form, board, refused, (const char *const[]){__VA_ARGS__, NULL})

TEST("the name of a file says for which school, board and school year it is")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    scratch_text(arena, &dir, "in/incidenten_01AB00_2025-2026.csv", "x");
    scratch_text(arena, &dir, "in/klachten-41234-2025-2026_2.csv", "x");
    scratch_text(arena, &dir, "in/register_voorbeeld.csv", "x");
    scratch_text(arena, &dir, "in/iets.csv", "x");
    TASKS(NULL, 0, 0, "in/iets.csv form=- location=- board=0 period=-..- received=- as_of=-",
          "in/incidenten_01AB00_2025-2026.csv form=- location=01AB00 board=0 period=2025-08-01..2026-07-31 received=- as_of=-",
          "in/klachten-41234-2025-2026_2.csv form=- location=- board=41234 period=2025-08-01..2026-07-31 received=- as_of=-",
          "in/register_voorbeeld.csv form=register-voorbeeld location=- board=0 period=-..- received=- as_of=2019-08-01");
    TASKS("klacht-canoniek", 7, 0, "in/iets.csv form=klacht-canoniek location=- board=7 period=-..- received=- as_of=-",
          "in/incidenten_01AB00_2025-2026.csv form=klacht-canoniek location=01AB00 board=7 period=2025-08-01..2026-07-31 received=- as_of=-",
          "in/klachten-41234-2025-2026_2.csv form=klacht-canoniek location=- board=7 period=2025-08-01..2026-07-31 received=- as_of=-",
          "in/register_voorbeeld.csv form=klacht-canoniek location=- board=7 period=-..- received=- as_of=2019-08-01");
}

TEST("a year that is none gives no period")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    scratch_text(arena, &dir, "in/incidenten_01AB00_2025-2027.csv", "x");
    TASKS(NULL, 0, 0, "in/incidenten_01AB00_2025-2027.csv form=- location=01AB00 board=0 period=-..- received=- as_of=-");
}

TEST("directories are searched for deliveries, deeper too, and other files are left alone")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const char *const files[] = {"in/a.csv", "in/b.CSV", "in/c.tsv", "in/d.txt", "in/e.pdf", "in/README.md", "in/.hidden.csv", "in/sub/deep/f.csv", "in/csv"};

    for (size_t at = 0; at < sizeof files / sizeof *files; at++)
        scratch_text(arena, &dir, files[at], "x");
    TASKS(NULL, 0, 0, "in/a.csv form=- location=- board=0 period=-..- received=- as_of=-", "in/b.CSV form=- location=- board=0 period=-..- received=- as_of=-",
          "in/c.tsv form=- location=- board=0 period=-..- received=- as_of=-", "in/d.txt form=- location=- board=0 period=-..- received=- as_of=-",
          "in/sub/deep/f.csv form=- location=- board=0 period=-..- received=- as_of=-");
}

TEST("a manifest says what its files are, goes before their names and leaves the others")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    scratch_text(arena, &dir, "in/manifest.json",
                 "{\"board\": 41234, \"received\": \"2026-09-02\", \"files\": ["
                 "{\"file\": \"z_01AB00_2025-2026.csv\", \"form\": \"incident-canoniek\", \"schooljaar\": \"2024-2025\"},"
                 "{\"file\": \"b.csv\", \"received\": \"2026-09-01\", \"period\": [\"2025-09-01\", \"2025-12-31\"], \"location\": \"02CD00\", \"board\": 5, \"as_of\": \"2025-10-01\"}]}");
    scratch_text(arena, &dir, "in/z_01AB00_2025-2026.csv", "x");
    scratch_text(arena, &dir, "in/b.csv", "x");
    scratch_text(arena, &dir, "in/other.csv", "x");
    TASKS(NULL, 0, 0, "in/other.csv form=- location=- board=0 period=-..- received=- as_of=-",
          "in/b.csv form=- location=02CD00 board=5 period=2025-09-01..2025-12-31 received=2026-09-01 as_of=2025-10-01",
          "in/z_01AB00_2025-2026.csv form=incident-canoniek location=01AB00 board=41234 period=2024-08-01..2025-07-31 received=2026-09-02 as_of=-");
}

/* --- files that hold several tables --- */

TEST("data of every format we know of is found, and a manifest is none")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const char *const files[] = {"in/a.json", "in/b.jsonl", "in/c.NDJSON", "in/d.xml", "in/e.sav", "in/manifest.json"};

    for (size_t at = 0; at < sizeof files / sizeof *files; at++)
        scratch_text(arena, &dir, files[at], "{\"files\": []}");
    TASKS(NULL, 0, 0, "in/a.json form=- location=- board=0 period=-..- received=- as_of=-", "in/b.jsonl form=- location=- board=0 period=-..- received=- as_of=-",
          "in/c.NDJSON form=- location=- board=0 period=-..- received=- as_of=-", "in/d.xml form=- location=- board=0 period=-..- received=- as_of=-",
          "in/e.sav form=- location=- board=0 period=-..- received=- as_of=-");
}

TEST("a workbook is a task per sheet that holds anything, named by its number")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const char *const names[] = {"Een", "Leeg", "Jan Jansen"}, *const texts[] = {"a|b\n1|2\n", "", "c\n"};

    pack_xlsx(arena, &dir, "in/incidenten_01AB00_2025-2026.xlsx", names, texts, 3);
    TASKS(NULL, 0, 0, "in/incidenten_01AB00_2025-2026.xlsx#1 form=- location=01AB00 board=0 period=2025-08-01..2026-07-31 received=- as_of=-",
          "in/incidenten_01AB00_2025-2026.xlsx#3 form=- location=01AB00 board=0 period=2025-08-01..2026-07-31 received=- as_of=-");
}

TEST("a zip file is searched like a directory: folders, manifests, names, and then its own name")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    PACK_ZIP(arena, &dir, "in/a_01AB00_2025-2026.zip", {"incidenten_02CD00_2024-2025.csv", "a;b\n", 0}, {"iets.csv", "a;b\n", 0}, {"README.md", "x", 0},
             {"__MACOSX/iets.csv", "x", 0}, {".verborgen.csv", "x", 0}, {"sub/x.csv", "a;b\n", 0}, {"sub/y.dat", "a;b\n", 0},
             {"sub/manifest.json", "{\"board\": 41234, \"files\": [{\"file\": \"y.dat\", \"form\": \"klacht-canoniek\", \"schooljaar\": \"2023-2024\"}]}", 0});
    /* by number: an entry's name may be a pupil's */
    TASKS(NULL, 0, 0, "in/a_01AB00_2025-2026.zip#1.csv form=- location=02CD00 board=0 period=2024-08-01..2025-07-31 received=- as_of=-",
          "in/a_01AB00_2025-2026.zip#2.csv form=- location=01AB00 board=0 period=2025-08-01..2026-07-31 received=- as_of=-",
          "in/a_01AB00_2025-2026.zip#6.csv form=- location=01AB00 board=0 period=2025-08-01..2026-07-31 received=- as_of=-",
          "in/a_01AB00_2025-2026.zip#7 form=klacht-canoniek location=01AB00 board=41234 period=2023-08-01..2024-07-31 received=- as_of=-");
}

/* The one task of a file: why it is refused, "secret", or "taken". */
static const char *outcome(Arena *arena, const char *path)
{
    Task *tasks;
    size_t count, refused;
    Err err = {0};

    if (!delivery_tasks(arena, shipped_rules(arena), (const char *const[]){path, NULL}, NULL, 0, &tasks, &count, &refused, &err))
        return arena_text(arena, err.text);
    if (count != 1 || strcmp(tasks[0].path, path) != 0)
        return "taken";
    return tasks[0].secret ? "secret" : tasks[0].why ? tasks[0].why : "taken";
}

TEST("a signal in any part of a zip file or workbook refuses the whole of it")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const char *const names[] = {"Een", "Twee"}, *const texts[] = {"a|b\n1|2\n", "c\nHwC\n"};
    char *sheets, *answers;
    size_t sheets_bytes, answers_bytes;
    Err err;

    const char *book = pack_xlsx(arena, &dir, "a.xlsx", names, texts, 2), *sav = pack_sav(arena, &dir, "b.sav", "HwC", "x", NULL, READSTAT_COMPRESS_BINARY);
    CHECK(place_read(arena, book, &sheets, &sheets_bytes, &err) && place_read(arena, sav, &answers, &answers_bytes, &err));
    CHECK_TEXT(outcome(arena, book), "secret");
    CHECK_TEXT(outcome(arena, PACK_ZIP(arena, &dir, "c.zip", {"a.csv", "a;b\n", 0}, {"b.csv", "a;HwC\n", 0})), "secret");
    CHECK_TEXT(outcome(arena, PACK_ZIP(arena, &dir, "d.zip", {"a.csv", "a;b\n", 0}, {"HwC.md", "x", 0})), "secret");
    CHECK_TEXT(outcome(arena, PACK_ZIP(arena, &dir, "e.zip", {"a.csv", "a;b\n", 0}, {"a.xlsx", sheets, sheets_bytes})), "secret");
    CHECK_TEXT(outcome(arena, PACK_ZIP(arena, &dir, "f.zip", {"a.csv", "a;b\n", 0}, {"b.sav", answers, answers_bytes})), "secret");
    CHECK_TEXT(outcome(arena, PACK_ZIP(arena, &dir, "g.zip", {"a.csv", "a;b\n", 0}, {"manifest.json", "{\"files\": [{\"file\": \"HwC\"}]}", 0})), "secret");
    CHECK_TEXT(outcome(arena, PACK_ZIP(arena, &dir, "h.zip", {"a.csv", "a;b\n", 0})), "taken");
}

TEST("a zip file that cannot be used is refused whole and says why")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    CHECK_TEXT(outcome(arena, PACK_ZIP(arena, &dir, "a.zip", {"a.csv", "a;b\n", 0}, {"b.zip", "PK\x05\x06", 0})), "the archive holds another archive; deliver the files themselves");
    CHECK_TEXT(outcome(arena, PACK_ZIP(arena, &dir, "b.zip", {"LEESMIJ.md", "x", 0})), "the archive holds no file that could be a delivery");
    CHECK_TEXT(outcome(arena, PACK_ZIP(arena, &dir, "c.zip", {"a.csv", "a;b\n", 0}, {"manifest.json", "{\"files\": [{\"file\": \"b.csv\"}]}", 0})),
               "the manifest in the archive names a file that is not beside it; put it in, or mend the manifest");
    CHECK(strncmp(outcome(arena, PACK_ZIP(arena, &dir, "d.zip", {"a.csv", "a;b\n", 0}, {"manifest.json", "{\"bord\": 1}", 0})), "the manifest cannot be used: ", 29) == 0);
    static const char *const names[] = {"Een"}, *const texts[] = {""};
    CHECK_TEXT(outcome(arena, pack_xlsx(arena, &dir, "e.xlsx", names, texts, 1)), "all sheets of the spreadsheet are empty; deliver it with rows, or leave it out");
}

TEST("one file may be two tasks, and a correction comes behind what it corrects")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    scratch_text(arena, &dir, "in/a/manifest.json",
                 "{\"files\": [{\"file\": \"x.csv\", \"form\": \"register-nsw\", \"received\": \"2026-02-01\"}, {\"file\": \"x.csv\", \"form\": \"nsw-2020\", \"received\": \"2026-02-01\"}]}");
    scratch_text(arena, &dir, "in/a/x.csv", "x");
    scratch_text(arena, &dir, "in/b/manifest.json", "{\"files\": [{\"file\": \"x.csv\", \"received\": \"2026-01-01\"}]}");
    scratch_text(arena, &dir, "in/b/x.csv", "x");
    TASKS(NULL, 0, 0, "in/b/x.csv form=- location=- board=0 period=-..- received=2026-01-01 as_of=-",
          "in/a/x.csv form=nsw-2020 location=- board=0 period=-..- received=2026-02-01 as_of=-",
          "in/a/x.csv form=register-nsw location=- board=0 period=-..- received=2026-02-01 as_of=-");
}

TEST("a file whose name holds a signal is counted and not named")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    scratch_text(arena, &dir, "in/Handle_with_Care_Jan.csv", "x");
    scratch_text(arena, &dir, "in/melding-HwC.csv", "x");
    scratch_text(arena, &dir, "in/hwcx.csv", "x");
    TASKS(NULL, 0, 2, "in/hwcx.csv form=- location=- board=0 period=-..- received=- as_of=-");
}

TEST("a manifest that holds a signal refuses its directory whole")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    scratch_text(arena, &dir, "in/a/manifest.json", "{\"files\": [{\"file\": \"x.csv\", \"form\": \"HwC\"}]}");
    scratch_text(arena, &dir, "in/a/x.csv", "x");
    scratch_text(arena, &dir, "in/a/y.csv", "x");
    scratch_text(arena, &dir, "in/b.csv", "x");
    TASKS(NULL, 0, 1, "in/b.csv form=- location=- board=0 period=-..- received=- as_of=-");
}

static void check_manifest(int line, const char *text)
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Task *tasks;
    size_t count, refused;
    Err err = {0};
    const char *path = scratch_text(arena, &dir, "in/manifest.json", text), *in = arena_format(arena, "%s/in", dir.path);

    scratch_text(arena, &dir, "in/a.csv", "x");
    /* refused as one file, the rest goes on, and the reason repeats nothing that stands in it */
    if (!delivery_tasks(arena, shipped_rules(arena), (const char *const[]){in, NULL}, NULL, 0, &tasks, &count, &refused, &err)) {
        test_fail(__FILE__, line, "ended the run: %s", err.text);
        return;
    }
    const char *why = NULL;
    for (size_t at = 0; at < count; at++)
        if (strcmp(tasks[at].path, path) == 0)
            why = tasks[at].why;
    if (!why || strncmp(why, "the manifest cannot be used: ", 29) != 0)
        test_fail(__FILE__, line, "was taken: %s", text);
    else if (strstr(why, "2025") || strstr(why, "gisteren") || strstr(why, "school\""))
        test_fail(__FILE__, line, "repeats what stands in it: %s", why);
}

TEST("a manifest that is wrong is refused, and repeats nothing that stands in it")
{
    check_manifest(__LINE__, "{\"files\": [{\"file\": \"a.csv\", \"schooljaar\": \"2025\"}]}");
    check_manifest(__LINE__, "{\"files\": [{\"file\": \"a.csv\", \"received\": \"gisteren\"}]}");
    check_manifest(__LINE__, "{\"files\": [{\"file\": \"a.csv\", \"period\": [\"2025-12-31\", \"2025-01-01\"]}]}");
    check_manifest(__LINE__, "{\"files\": [{\"file\": \"a.csv\", \"period\": [\"2025-12-31\"]}]}");
    check_manifest(__LINE__, "{\"files\": [{\"form\": \"x\"}]}");
    check_manifest(__LINE__, "{\"files\": [{\"file\": \"a.csv\", \"school\": \"x\"}]}");
    check_manifest(__LINE__, "{\"files\": [{\"file\": \"../a.csv\"}]}");
    check_manifest(__LINE__, "{\"files\": [], \"board\": 100000}");
    check_manifest(__LINE__, "{\"files\": [}");
}

TEST("a path that is not there is refused")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Task *tasks;
    size_t count, refused;
    Err err = {0};
    const char *none = arena_format(arena, "%s/none", dir.path);

    CHECK(!delivery_tasks(arena, shipped_rules(arena), (const char *const[]){none, NULL}, NULL, 0, &tasks, &count, &refused, &err));
    CHECK_INT(err.kind, ERR_INPUT);
    CHECK_TEXT(err.text, arena_format(arena, "cannot open \"%s\": No such file or directory", none));
    CHECK(delivery_tasks(arena, shipped_rules(arena), (const char *const[]){NULL}, NULL, 0, &tasks, &count, &refused, &err));
    CHECK_INT(count, 0);
    CHECK_INT(refused, 0);
}

static void check_rules(int line, const char *text, const char *message)
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Err err = {0};

    if (rules_of(arena, &dir, text, &err))
        test_fail(__FILE__, line, "was taken: %s", text);
    else if (err.kind != ERR_CONFIG)
        test_fail(__FILE__, line, "kind %d", err.kind);
    else
        test_check_text(__FILE__, line, err.text, arena_format(arena, "%s/config/deliveries.json: %s", dir.path, message));
}

TEST("rules on names are checked when they are loaded")
{
    check_rules(__LINE__, "{\"version\": 1, \"rules\": [{\"pattern\": \"(\"}]}", "rules[0]: \"pattern\" is not a regular expression");
    check_rules(__LINE__, "{\"version\": 1, \"rules\": [{\"form\": \"x\"}]}", "rules[0]: missing key \"pattern\"");
    check_rules(__LINE__, "{\"version\": 1, \"rules\": [{\"pattern\": \"x\", \"location\": 10}]}", "rules[0].location: expected a whole number from 1 to 9");
    check_rules(__LINE__, "{\"version\": 1, \"rules\": [{\"pattern\": \"x\", \"as_of\": \"x\"}]}", "rules[0]: \"as_of\" is not a date (yyyy-mm-dd)");
    check_rules(__LINE__, "{\"version\": 1, \"rules\": [{\"pattern\": \"x\", \"schooljaar_fixed\": \"2025\"}]}",
                "rules[0]: \"schooljaar_fixed\" is not a school year (2025-2026)");
    check_rules(__LINE__, "{\"rules\": []}", "missing key \"version\"");
}

TEST("the first rule that fits decides")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Task *tasks = NULL;
    size_t count = 0, refused;
    Err err = {0};
    DeliveryRules *rules = rules_of(arena, &dir,
                                    "{\"version\": 1, \"rules\": [{\"pattern\": \"^a\", \"form\": \"first\", \"schooljaar_fixed\": \"2018-2019\", \"received\": \"2019-12-31\"},"
                                    "{\"pattern\": \"csv$\", \"form\": \"second\", \"board\": 77}]}",
                                    &err);

    if (!rules) {
        test_fail(__FILE__, __LINE__, "%s", err.text);
        return;
    }
    scratch_text(arena, &dir, "in/a.csv", "x");
    scratch_text(arena, &dir, "in/b.csv", "x");
    const char *paths[] = {arena_format(arena, "%s/in/b.csv", dir.path), arena_format(arena, "%s/in/a.csv", dir.path), NULL};
    CHECK(delivery_tasks(arena, rules, paths, NULL, 0, &tasks, &count, &refused, &err) && count == 2);
    CHECK_TEXT(describe(arena, &dir, &tasks[0]), "in/b.csv form=second location=- board=77 period=-..- received=- as_of=-");
    CHECK_TEXT(describe(arena, &dir, &tasks[1]), "in/a.csv form=first location=- board=0 period=2018-08-01..2019-07-31 received=2019-12-31 as_of=-");
}

/* --- form by header --- */

TEST("each shipped form is found by the headers it is detected with")
{
    ARENA_AUTO arena = arena_new();
    Place place = checkout_place(arena, NULL);
    Forms forms;
    Err err = {0};
    size_t found = 0;

    CHECK(forms_load(arena, &place, &forms, &err));
    for (size_t at = 0; at < forms.n_forms; at++) {
        const Form *form = &forms.form[at];
        const Form *got = delivery_form(&forms, form->detect, form->n_detect);
        if (form->explicit_only || form->n_detect == 0) {
            CHECK(got != form);
            continue;
        }
        /* another form may ask the same headers and more of them can never be there */
        if (!got || got->n_detect < form->n_detect || got->explicit_only)
            test_fail(__FILE__, __LINE__, "%s: found %s", form->name, got ? got->name : "none");
        found += got == form;
    }
    CHECK(found > 5);
}

TEST("the form with most headers wins, whatever their order, and one missing header is one too few")
{
    Form all[] = {{.name = "small", .detect = (const char *[]){"a", "b"}, .n_detect = 2},
                  {.name = "large", .detect = (const char *[]){"a", "b", "c"}, .n_detect = 3},
                  {.name = "named", .detect = (const char *[]){"a", "b", "c", "d"}, .n_detect = 4, .explicit_only = true},
                  {.name = "empty", .n_detect = 0}};
    Forms forms = {.form = all, .n_forms = 4};

    CHECK(delivery_form(&forms, (const char *const[]){"d", "c", "x", "b", "a"}, 5) == &all[1]);
    CHECK(delivery_form(&forms, (const char *const[]){"b", "a"}, 2) == &all[0]);
    CHECK(delivery_form(&forms, (const char *const[]){"a", "a", "c"}, 3) == NULL);
    CHECK(delivery_form(&forms, (const char *const[]){"x"}, 1) == NULL);
    CHECK(delivery_form(&forms, NULL, 0) == NULL);
}
