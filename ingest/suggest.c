#include "ingest/suggest.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "ingest/bind.h"
#include "ingest/convert.h"
#include "ingest/open.h"

enum { SAMPLES = 200, ROWS_LOOKED_AT = 5000, KEY_MAX = 64, ALIAS_ROWS = 3 };
static const double LEAST = 0.55, LEAST_ALIAS = 0.7, LEAST_KIND = 0.35;

typedef struct Sample {
    const char *text;
    size_t      bytes;
    int         rows; /* how many rows hold it */
} Sample;

typedef struct Column {
    const char *header, *key;
    Sample      sample[SAMPLES]; /* distinct values */
    size_t      n_samples;
    bool        taken;
} Column;

typedef struct Proposal {
    const Kind       *kind;
    const Instrument *instrument;
    SuggestMatch     *match;
    int              *column; /* of each match */
    size_t            n_matches;
    double            score;
    DateFormat        format;
} Proposal;

typedef struct Look {
    Arena       *out, *scratch;
    const Forms *forms;
    Column      *column;
    size_t       n_columns;
} Look;

/* -- likeness ------------------------------------------------------------------------------------ */

static double letters_alike(const char *a, size_t a_bytes, const char *b, size_t b_bytes)
{
    size_t row[KEY_MAX + 1];

    if (a_bytes > KEY_MAX || b_bytes > KEY_MAX || a_bytes + b_bytes == 0)
        return 0;
    for (size_t at = 0; at <= b_bytes; at++)
        row[at] = at;
    for (size_t i = 1; i <= a_bytes; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_bytes; j++) {
            size_t above = row[j], best = corner + (a[i - 1] != b[j - 1]);
            best = above + 1 < best ? above + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            corner = above;
            row[j] = best;
        }
    }
    size_t longest = a_bytes > b_bytes ? a_bytes : b_bytes;
    return 1 - (double) row[b_bytes] / (double) longest;
}

/* Of the words of a, weighted by their length: which share is in b, a little misspelt or inflected perhaps? */
static double words_in(const char *a, const char *b)
{
    double there = 0, all = 0;

    for (const char *word = a; *word;) {
        size_t span = strcspn(word, "_");
        double best = 0;
        for (const char *other = b; *other;) {
            size_t other_span = strcspn(other, "_");
            double alike = letters_alike(word, span, other, other_span);
            /* Dutch writes words together: "nummer" in "incidentnummer" */
            if (alike < 0.85 && span >= 5 && other_span >= 5 && (memmem(word, span, other, other_span) || memmem(other, other_span, word, span)))
                alike = 0.85;
            best = alike > best ? alike : best;
            other += other_span + (other[other_span] == '_');
        }
        there += best >= 0.7 ? (double) span * best : 0;
        all += (double) span;
        word += span + (word[span] == '_');
    }
    return all > 0 ? there / all : 0;
}

double suggest_likeness(const char *a, const char *b)
{
    if (strcmp(a, b) == 0)
        return 1;
    double letters = letters_alike(a, strlen(a), b, strlen(b)), forth = words_in(a, b), back = words_in(b, a);
    /* Words one way are a hint ("datum" in "datum van het voorval"), both ways nearly proof. */
    double words = 0.95 * (0.5 * (forth > back ? forth : back) + 0.5 * (forth < back ? forth : back));
    double most = letters > words ? letters : words, hint = 0.75 * (forth > back ? forth : back);
    return most > hint ? most : hint;
}

/* -- the file ------------------------------------------------------------------------------------ */

static void sample_add(Look *look, Column *column, const char *text, size_t bytes)
{
    for (size_t at = 0; at < column->n_samples; at++)
        if (column->sample[at].bytes == bytes && memcmp(column->sample[at].text, text, bytes) == 0) {
            column->sample[at].rows++;
            return;
        }
    if (column->n_samples < SAMPLES)
        column->sample[column->n_samples++] = (Sample) {.text = arena_text_n(look->scratch, text, bytes), .bytes = bytes, .rows = 1};
}

static bool file_look(Look *look, const Task *task, Err *err)
{
    FileFacts facts;
    INPUT_AUTO input = {0};
    TABLE_AUTO table = {0};
    const Cell *cell;
    const char **keys;
    size_t count;

    if (!input_open(task, &input, err) || !open_facts(&input, &facts, err))
        return false;
    if (facts.handle_with_care || facts.spelled)
        return err_set(err, ERR_INPUT, SUGGEST_SECRET);
    if (!open_table(&input, &facts, &table, err))
        return false;
    if (reader_next(table.reader, &cell, &count) != ROW_GOOD || !bind_header(look->out, cell, count, facts.encoding, &keys, err))
        return err_set(err, ERR_INPUT, "the header cannot be read");
    look->n_columns = count;
    look->column = arena_array(look->out, count, sizeof *look->column);
    for (size_t at = 0; at < count; at++) {
        const char *text = facts.encoding == TEXT_CP1252 ? text_from_cp1252(look->out, cell[at].text, cell[at].bytes) : arena_text_n(look->out, cell[at].text, cell[at].bytes);
        look->column[at].header = text;
        look->column[at].key = keys[at];
    }
    size_t rows = 0;
    for (RowStatus status; rows < ROWS_LOOKED_AT && (status = reader_next(table.reader, &cell, &count)) != ROW_END; rows++)
        for (size_t at = 0; status == ROW_GOOD && at < count && at < look->n_columns; at++) {
            const char *text = facts.encoding == TEXT_CP1252 ? text_from_cp1252(look->scratch, cell[at].text, cell[at].bytes) : cell[at].text;
            size_t bytes = facts.encoding == TEXT_CP1252 ? strlen(text) : cell[at].bytes;
            text_trim(&text, &bytes);
            if (bytes && text_utf8_span(text, bytes) == bytes)
                sample_add(look, &look->column[at], text, bytes);
        }
    return true;
}

/* -- columns against fields ---------------------------------------------------------------------- */

static double header_score(const Forms *forms, const Kind *kind, const char *field, const char *key)
{
    double best = suggest_likeness(key, field);

    for (size_t at = 0; at < forms->n_forms; at++) {
        const FormField *known = forms->form[at].kind == kind ? form_field(&forms->form[at], field) : NULL;
        for (const char **column = known ? known->columns : NULL; column && *column; column++) {
            double alike = suggest_likeness(key, *column);
            best = alike > best ? alike : best;
        }
    }
    return best;
}

static bool value_fits(Arena *scratch, const KindColumn *column, DateFormat format, const Sample *sample)
{
    int number;
    int32_t set;
    double real;
    int64_t cents;
    bool yes;
    Date date;
    const FormField loose = {.split = '|'};

    switch (column->type) {
    case TYPE_DATE: case TYPE_MONTH: case TYPE_EARLIEST: return date_parse(sample->text, sample->bytes, format, &date, NULL);
    case TYPE_CODE: return convert_code(scratch, column->list, NULL, sample->text, sample->bytes, &number) == RULE_NONE;
    case TYPE_CODES: case TYPE_MAIN: return convert_codes(scratch, column->list, &loose, sample->text, sample->bytes, &set) == RULE_NONE;
    case TYPE_INT: return convert_int(sample->text, sample->bytes, column->min, column->max, &number) == RULE_NONE;
    case TYPE_REAL: return convert_real(sample->text, sample->bytes, &real) == RULE_NONE;
    case TYPE_MONEY: return convert_cents(sample->text, sample->bytes, &cents) == RULE_NONE;
    case TYPE_BOOL: return convert_bool(sample->text, sample->bytes, &yes) == RULE_NONE;
    case TYPE_HOUR: return convert_hour(sample->text, sample->bytes, &number) == RULE_NONE;
    case TYPE_SCHOOLJAAR: return date_school_year_parse(arena_text_n(scratch, sample->text, sample->bytes), &number);
    default: return true;
    }
}

/* The share of its distinct values that the field could hold; -1: nothing to judge by. */
static double value_score(const Look *look, const KindColumn *column, DateFormat format, const Column *file)
{
    size_t good = 0;

    if (!column || column->type == TYPE_KEY || column->type == TYPE_PEOPLE || column->type == TYPE_PERSON || column->type == TYPE_TEXT || file->n_samples == 0)
        return -1;
    for (size_t at = 0; at < file->n_samples; at++)
        good += value_fits(look->scratch, column, format, &file->sample[at]);
    return (double) good / (double) file->n_samples;
}

static const KindColumn *column_of(const Kind *kind, const char *field)
{
    for (size_t at = 0; at < kind->n_columns; at++) {
        const KindColumn *column = &kind->column[at];
        if (strcmp(column->field, field) == 0)
            return column;
        for (const char **also = column->also; also && *also; also++)
            if (strcmp(*also, field) == 0)
                return column;
    }
    return NULL;
}

/* Every field of a kind once: its columns, their parts, and what it keeps private. Owned by arena, NULL-terminated. */
static const char **fields_of(Arena *out, const Kind *kind)
{
    const char **fields = arena_array(out, kind->n_columns * 12 + kind->n_private + 1, sizeof *fields);
    size_t count = 0;

    for (size_t at = 0; at < kind->n_columns; at++) {
        const KindColumn *column = &kind->column[at];
        if (column->type == TYPE_MAIN || column->type == TYPE_INSTRUMENT || column->type == TYPE_ITEMS || column->type == TYPE_CONFIDENCE)
            continue;
        if (column->type != TYPE_MONEY && column->type != TYPE_EARLIEST)
            fields[count++] = column->field;
        for (const char **also = column->also; column->type == TYPE_MONEY && *also; also++)
            fields[count++] = *also;
        if (column->type == TYPE_PEOPLE) {
            fields[count++] = column->role_field;
            fields[count++] = column->group_field;
        }
    }
    for (size_t at = 0; at < kind->n_private; at++) {
        bool known = false;
        for (size_t other = 0; other < count && !known; other++)
            known = strcmp(fields[other], kind->private_field[at]) == 0;
        if (!known)
            fields[count++] = kind->private_field[at];
    }
    return fields;
}

static SuggestMatch match_of(const Look *look, const Kind *kind, DateFormat format, const char *field, const Column *file)
{
    const KindColumn *column = kind_privacy(kind, field) == PRIVACY_NONE ? column_of(kind, field) : NULL;
    SuggestMatch match = {.field = field, .header = file->header, .header_score = header_score(look->forms, kind, field, file->key)};

    match.value_score = value_score(look, column, format, file);
    /* Values that fit raise a header that is like; values that do not fit sink it. Dates and lists of codes tell most. */
    match.score = match.value_score < 0 ? match.header_score : 0.65 * match.header_score + 0.35 * match.value_score;
    if (match.value_score >= 0 && match.value_score < 0.2)
        match.score *= 0.6;
    /* Nearly anything is a number, and many columns say yes or no: there the header has to speak. */
    if (column && match.header_score < 0.6 &&
        (column->type == TYPE_INT || column->type == TYPE_REAL || column->type == TYPE_MONEY || column->type == TYPE_BOOL || column->type == TYPE_HOUR))
        match.score = 0;
    return match;
}

/* A title line or a first row of data is no header, and what stands in it is not repeated: headers are short and hold hardly a digit. */
static bool is_header(const char *text)
{
    size_t digits = 0, bytes = strlen(text);

    for (const char *at = text; *at; at++)
        digits += *at >= '0' && *at <= '9';
    return bytes <= 80 && digits <= 2;
}

static bool names_school(const char *key)
{
    return strncmp(key, "brin", 4) == 0 || strncmp(key, "vest", 4) == 0;
}

/* The best pair, then the best of the rest, until none is good enough: each column and each field once. */
static void pairs_choose(Look *look, Proposal *proposal)
{
    const char **fields = fields_of(look->out, proposal->kind);
    size_t n_fields = 0, room = look->n_columns;

    while (fields[n_fields])
        n_fields++;
    SuggestMatch *all = arena_array(look->out, n_fields * look->n_columns + 1, sizeof *all);
    bool *done = arena_array(look->out, n_fields + 1, sizeof *done);
    for (size_t field = 0; field < n_fields; field++)
        for (size_t column = 0; column < look->n_columns; column++)
            all[field * look->n_columns + column] = match_of(look, proposal->kind, proposal->format, fields[field], &look->column[column]);
    proposal->match = arena_array(look->out, room, sizeof *proposal->match);
    proposal->column = arena_array(look->out, room, sizeof *proposal->column);
    for (size_t column = 0; column < look->n_columns; column++)
        look->column[column].taken = names_school(look->column[column].key) || !is_header(look->column[column].header);
    for (;;) {
        double best = LEAST;
        size_t at = SIZE_MAX;
        for (size_t pair = 0; pair < n_fields * look->n_columns; pair++)
            if (!done[pair / look->n_columns] && !look->column[pair % look->n_columns].taken && all[pair].score > best) {
                best = all[pair].score;
                at = pair;
            }
        if (at == SIZE_MAX)
            return;
        done[at / look->n_columns] = true;
        look->column[at % look->n_columns].taken = true;
        proposal->column[proposal->n_matches] = (int) (at % look->n_columns);
        proposal->match[proposal->n_matches++] = all[at];
    }
}

static double items_matched(Look *look, const Instrument *instrument)
{
    double sum = 0;

    for (size_t item = 0; item < instrument->count; item++) {
        double best = 0;
        for (size_t column = 0; column < look->n_columns; column++) {
            double code = suggest_likeness(look->column[column].key, instrument->item[item].key);
            double label = suggest_likeness(look->column[column].key, instrument->item[item].label_key);
            double alike = code > label ? code : label;
            best = alike > best ? alike : best;
        }
        sum += best >= 0.8 ? best : 0;
    }
    return sum / (double) instrument->count;
}

static double kind_score(const Look *look, const Proposal *proposal)
{
    double required = 0, reached = 0, matched = 0;

    for (size_t at = 0; at < proposal->kind->n_columns; at++) {
        const KindColumn *column = &proposal->kind->column[at];
        if (!column->required || column->type == TYPE_MAIN || column->type == TYPE_EARLIEST)
            continue;
        required++;
        for (size_t match = 0; match < proposal->n_matches; match++)
            if (strcmp(proposal->match[match].field, column->field) == 0)
                reached += proposal->match[match].score;
    }
    for (size_t match = 0; match < proposal->n_matches; match++)
        matched += proposal->match[match].score;
    double share = look->n_columns ? matched / (double) look->n_columns : 0;
    return required > 0 ? 0.5 * reached / required + 0.5 * share : share;
}

/* The format that most values of most date-like columns have; dd-mm-yyyy before mm/dd/yyyy when both fit. */
static DateFormat format_guess(const Look *look)
{
    static const DateFormat formats[] = {DATE_ISO, DATE_DMY, DATE_MDY};
    size_t best = 0;
    DateFormat guess = DATE_ISO;

    for (size_t format = 0; format < 3; format++) {
        size_t good = 0;
        for (size_t column = 0; column < look->n_columns; column++)
            for (size_t at = 0; at < look->column[column].n_samples; at++) {
                Date date;
                good += date_parse(look->column[column].sample[at].text, look->column[column].sample[at].bytes, formats[format], &date, NULL);
            }
        if (good > best) {
            best = good;
            guess = formats[format];
        }
    }
    return guess;
}

static Proposal kind_try(Look *look, const Kind *kind, const Instrument *instrument, DateFormat format)
{
    Proposal proposal = {.kind = kind, .instrument = instrument, .format = format};

    pairs_choose(look, &proposal);
    proposal.score = instrument ? 0.3 * kind_score(look, &proposal) + 0.7 * items_matched(look, instrument) : kind_score(look, &proposal);
    return proposal;
}

static Proposal best_kind(Look *look)
{
    DateFormat format = format_guess(look);
    Proposal best = {0};

    for (size_t at = 0; at < look->forms->n_kinds; at++) {
        const Kind *kind = &look->forms->kind[at];
        bool survey = false;
        for (size_t column = 0; column < kind->n_columns; column++)
            survey = survey || kind->column[column].type == TYPE_ITEMS;
        if (kind->public_data)
            continue;
        for (size_t instrument = 0; instrument < (survey ? look->forms->codes.n_instruments : 1); instrument++) {
            Proposal proposal = kind_try(look, kind, survey ? &look->forms->codes.instrument[instrument] : NULL, format);
            if (proposal.score > best.score)
                best = proposal;
        }
    }
    return best;
}

/* -- the draft ----------------------------------------------------------------------------------- */

static bool code_known(Arena *scratch, const CodeList *list, const Sample *sample)
{
    int no;

    return convert_code(scratch, list, NULL, sample->text, sample->bytes, &no) == RULE_NONE;
}

static size_t words_of(const char *key)
{
    size_t words = *key != '\0';

    for (; *key; key++)
        words += *key == '_';
    return words;
}

/* By letters alone, and without a word more: "pesten door ..." is no spelling of "pesten". */
static double spelling_of(const char *key, const char *known)
{
    return words_of(key) <= words_of(known) ? letters_alike(key, strlen(key), known, strlen(known)) : 0;
}

/* Spellings of codes: like a code or alias, and in several rows, so no name that happens to look like one. */
static json_t *value_aliases(Look *look, const KindColumn *column, const Column *file)
{
    json_t *aliases = json_object();

    for (size_t at = 0; column && column->list && at < file->n_samples; at++) {
        const Sample *sample = &file->sample[at];
        if (sample->rows < ALIAS_ROWS || code_known(look->scratch, column->list, sample))
            continue;
        const char *key = text_key(look->scratch, sample->text, sample->bytes), *code = NULL;
        double best = LEAST_ALIAS;
        for (size_t list = 0; key && list < column->list->count; list++)
            for (const char **known = column->list->code[list].keys; *known; known++)
                if (spelling_of(key, *known) > best) {
                    best = spelling_of(key, *known);
                    code = column->list->code[list].code;
                }
        if (code)
            json_object_set_new(aliases, arena_text_n(look->scratch, sample->text, sample->bytes), json_string(code));
    }
    if (json_object_size(aliases) > 0)
        return aliases;
    json_decref(aliases);
    return NULL;
}

/* The mark between values of one cell: the one that makes most of its values readable. */
static char split_guess(Look *look, const KindColumn *column, const Column *file)
{
    static const char marks[] = {'|', ';', ',', '/'};
    size_t best = 0;
    char guess = 0;

    for (size_t mark = 0; mark < sizeof marks; mark++) {
        size_t good = 0, seen = 0;
        const FormField with = {.split = marks[mark]};
        for (size_t at = 0; at < file->n_samples; at++) {
            int32_t set;
            bool there = memchr(file->sample[at].text, marks[mark], file->sample[at].bytes) != NULL;
            seen += there;
            good += there && (!column->list || column->type == TYPE_PEOPLE ||
                              convert_codes(look->scratch, column->list, &with, file->sample[at].text, file->sample[at].bytes, &set) == RULE_NONE);
        }
        if (seen && good > best) {
            best = good;
            guess = marks[mark];
        }
    }
    return guess;
}

static json_t *field_draft(Look *look, const Kind *kind, const SuggestMatch *match, const Column *file)
{
    const KindColumn *column = column_of(kind, match->field);
    json_t *field = json_pack("{s:[s]}", "columns", match->header);
    bool list = column && (column->type == TYPE_CODES || column->type == TYPE_PEOPLE);
    char mark = list ? split_guess(look, column, file) : 0;
    json_t *aliases = column && kind_privacy(kind, match->field) == PRIVACY_NONE ? value_aliases(look, column, file) : NULL;

    if (mark)
        json_object_set_new(field, "split", json_stringn(&mark, 1));
    if (aliases)
        json_object_set_new(field, "values", aliases);
    return field;
}

/* BRIN and vestiging: in one column or in two. */
static void location_draft(const Look *look, json_t *form)
{
    const char *brin = NULL, *branch = NULL;

    for (size_t at = 0; at < look->n_columns; at++) {
        const char *key = look->column[at].key;
        if (!is_header(look->column[at].header))
            continue;
        if (strncmp(key, "brin", 4) == 0 && !brin)
            brin = look->column[at].header;
        else if (strncmp(key, "vest", 4) == 0 && !branch)
            branch = look->column[at].header;
    }
    if (brin && branch)
        json_object_set_new(form, "location", json_pack("[{s:[s]},{s:[s],s:i}]", "columns", brin, "columns", branch, "pad", 2));
    else if (brin || branch)
        json_object_set_new(form, "location", json_pack("[{s:[s]}]", "columns", brin ? brin : branch));
}

static void items_draft(const Look *look, const Instrument *instrument, json_t *form, bool *used)
{
    json_t *items = json_object();

    for (size_t item = 0; item < instrument->count; item++) {
        double best = 0.8;
        size_t at = SIZE_MAX;
        for (size_t column = 0; column < look->n_columns; column++) {
            double code = suggest_likeness(look->column[column].key, instrument->item[item].key);
            double label = suggest_likeness(look->column[column].key, instrument->item[item].label_key);
            double alike = code > label ? code : label;
            if (alike >= best && !used[column] && is_header(look->column[column].header)) {
                best = alike;
                at = column;
            }
        }
        if (at == SIZE_MAX)
            continue;
        used[at] = true;
        if (best < 1)
            json_object_set_new(items, look->column[at].header, json_string(instrument->item[item].code));
    }
    json_object_set_new(form, "instrument", json_string(instrument->name));
    if (json_object_size(items) > 0)
        json_object_set_new(form, "items", items);
    else
        json_decref(items);
}

static const char *draft(Look *look, const Proposal *proposal, const char **missing)
{
    static const char *const format_names[] = {[DATE_ISO] = "iso", [DATE_DMY] = "dmy", [DATE_MDY] = "mdy"};
    const Kind *kind = proposal->kind;
    bool *used = arena_array(look->out, look->n_columns + 1, sizeof *used);
    size_t n_missing = 0;
    json_t *form = json_pack("{s:s,s:s,s:s,s:i,s:s,s:[],s:[s]}", "form", arena_format(look->out, "%s-voorstel", kind->name), "kind", kind->name, "title",
                             "Voorstel: controleer elke regel en geef het formulier een naam", "version", 1, "valid_from", "2010-08-01", "detect",
                             "date_formats", format_names[proposal->format]);
    json_t *fields = json_object(), *ignore = json_array(), *detect = json_object_get(form, "detect");

    for (size_t at = 0; at < proposal->n_matches; at++) {
        const SuggestMatch *match = &proposal->match[at];
        used[proposal->column[at]] = true;
        json_object_set_new(fields, match->field, field_draft(look, kind, match, &look->column[proposal->column[at]]));
        if (json_array_size(detect) < 4)
            json_array_append_new(detect, json_string(match->header));
    }
    location_draft(look, form);
    if (proposal->instrument)
        items_draft(look, proposal->instrument, form, used);
    for (size_t at = 0; at < kind->n_columns; at++) {
        const KindColumn *column = &kind->column[at];
        if (!column->required || column->type == TYPE_MAIN || column->type == TYPE_EARLIEST || json_object_get(fields, column->field))
            continue;
        if (column->type == TYPE_KEY) /* a file that numbers nothing */
            json_object_set_new(fields, column->field, json_pack("{s:b}", "of_row", 1));
        else
            missing[n_missing++] = column->field;
    }
    bool rest = false;
    for (size_t at = 0; at < look->n_columns && !rest; at++)
        rest = !used[at] && !names_school(look->column[at].key);
    if (rest) /* not by name: a header that resembles nothing may be anything */
        json_array_append_new(ignore, json_string("*"));
    if (json_array_size(ignore) > 0)
        json_object_set(form, "ignore", ignore);
    json_object_set_new(form, "fields", fields);
    json_decref(ignore);
    char *text = json_dumps(form, JSON_INDENT(2));
    const char *kept = arena_text(look->out, text ? text : "{}");
    free(text);
    json_decref(form);
    return kept;
}

bool suggest_form(Arena *out, const Forms *forms, const Task *task, Suggestion *suggestion, Err *err)
{
    Arena *scratch = arena_new(); /* values of the file */
    Look look = {.out = out, .scratch = scratch, .forms = forms};
    bool good = file_look(&look, task, err);

    if (good) {
        Proposal best = best_kind(&look);
        good = best.score >= LEAST_KIND || err_set(err, ERR_INPUT, "this file resembles no kind of record; its header names none of the fields");
        if (good) {
            *suggestion = (Suggestion) {.kind = best.kind->name, .instrument = best.instrument ? best.instrument->name : NULL, .score = best.score,
                                        .match = best.match, .n_matches = best.n_matches, .n_headers = look.n_columns,
                                        .missing = arena_array(out, best.kind->n_columns + 1, sizeof *suggestion->missing)};
            suggestion->json = draft(&look, &best, suggestion->missing);
        }
    }
    arena_wipe(scratch);
    arena_free(scratch);
    return good;
}
