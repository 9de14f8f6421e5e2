#include "ingest/lexicon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "tests/unit/scratch.h"

#define LEAST_PRECISION 0.60
#define LEAST_RECALL 0.65

enum { FORMS = 32, PLACES = 32, TEXTS_MAX = 1000 };

typedef struct Tally { int hit, said, there; } Tally;

typedef struct Score {
    Tally form[FORMS], place[PLACES];
    int   texts, exact, place_right;
} Score;

typedef struct World {
    Codes    codes;
    Lexicon *lexicon;
    const CodeList *vorm, *plaats;
} World;

static World world(Arena *arena)
{
    World made = {0};
    Place place = checkout_place(arena, NULL);
    Err err = {0};

    if (!codes_load(arena, &place, &made.codes, &err) || !lexicon_load(arena, &place, &made.codes, &made.lexicon, &err)) {
        test_fail(__FILE__, __LINE__, "%s %s", err.text, err.frame[0]);
        exit(1);
    }
    made.vorm = codes_list(&made.codes, "vorm");
    made.plaats = codes_list(&made.codes, "plaats");
    return made;
}

static int32_t forms_of(Arena *arena, const World *in, const char *list)
{
    int32_t set = 0;

    for (char *at = arena_text(arena, list), *word; (word = strsep(&at, ","));) {
        const Code *code = codes_find(in->vorm, text_key(arena, word, strlen(word)));
        if (!code)
            test_fail(__FILE__, __LINE__, "no form \"%s\"", word);
        else
            set |= (int32_t) (1U << code->no);
    }
    return set;
}

static void score_text(Score *score, int32_t want, int want_place, const LexiconVerdict *got)
{
    score->texts++;
    score->exact += want == got->form_set;
    score->place_right += want_place == got->place;
    for (int code = 0; code < FORMS; code++) {
        int there = want >> code & 1, said = got->form_set >> code & 1;
        score->form[code].there += there;
        score->form[code].said += said;
        score->form[code].hit += there && said;
    }
    score->place[want_place].there++;
    score->place[got->place].said++;
    score->place[got->place].hit += want_place == got->place;
}

/* The labelled texts of one half: nr, set, vorm, plaats, tekst. */
static Score score_half(Arena *arena, const World *in, const char *half)
{
    static const char path[] = "data/lexicon/omschrijvingen.tsv";
    Score score = {0};
    char *text;
    size_t bytes;
    Err err = {0};
    ARENA_AUTO scratch = arena_new();

    if (!place_read(arena, arena_format(arena, "%s/%s", checkout(), path), &text, &bytes, &err)) {
        test_fail(__FILE__, __LINE__, "%s", err.text);
        return score;
    }
    const char *show = getenv("LEXICON_SHOW");
    strsep(&text, "\n");
    for (char *line; (line = strsep(&text, "\n")) && *line;) {
        char *cell[5] = {0};
        for (int at = 0; at < 5; at++)
            cell[at] = strsep(&line, "\t");
        if (!cell[4] || strcmp(cell[1], half) != 0)
            continue;
        LexiconVerdict got;
        arena_reset(scratch);
        lexicon_read(in->lexicon, scratch, cell[4], strlen(cell[4]), &got);
        const Code *place = codes_find(in->plaats, cell[3]);
        int32_t want = forms_of(scratch, in, cell[2]);
        score_text(&score, want, place ? place->no : 0, &got);
        if (show && strcmp(show, half) == 0 && (want != got.form_set || !place || place->no != got.place)) {
            printf("%s want %s", want != got.form_set ? "FORM" : "    ", cell[2]);
            printf(" got");
            for (size_t at = 0; at < in->vorm->count; at++)
                if (got.form_set >> in->vorm->code[at].no & 1)
                    printf(" [%s]", in->vorm->code[at].code);
            for (size_t at = 0; at < in->plaats->count; at++)
                if (in->plaats->code[at].no == got.place && place && got.place != place->no)
                    printf(" | PLACE want %s got %s", cell[3], in->plaats->code[at].code);
            printf(" | %s\n", cell[4]);
        }
    }
    return score;
}

static double share(int part, int whole)
{
    return whole ? (double) part / whole : 1;
}

static void report(const World *in, const Score *score, const char *half)
{
    printf("lexicon, %s: %d texts, all forms right %.0f %%, place right %.0f %%\n", half, score->texts, 100 * share(score->exact, score->texts),
           100 * share(score->place_right, score->texts));
    for (size_t at = 0; at < in->vorm->count; at++) {
        const Tally *tally = &score->form[in->vorm->code[at].no];
        printf("  %-22s precision %3.0f %%  recall %3.0f %%  (%d labelled)\n", in->vorm->code[at].code, 100 * share(tally->hit, tally->said),
               100 * share(tally->hit, tally->there), tally->there);
    }
}

static void micro(const Score *score, double *precision, double *recall)
{
    int hit = 0, said = 0, there = 0;

    for (int code = 0; code < FORMS; code++) {
        hit += score->form[code].hit;
        said += score->form[code].said;
        there += score->form[code].there;
    }
    *precision = share(hit, said);
    *recall = share(hit, there);
}

TEST("the lexicon reads labelled descriptions that it was not written on")
{
    ARENA_AUTO arena = arena_new();
    World in = world(arena);
    double precision, recall;
    Score seen = score_half(arena, &in, "ontwikkel"), unseen = score_half(arena, &in, "toets");

    report(&in, &seen, "ontwikkel");
    report(&in, &unseen, "toets");
    CHECK(seen.texts >= 150 && unseen.texts >= 150 && seen.texts + unseen.texts >= 300);
    micro(&unseen, &precision, &recall);
    printf("  together, toets: precision %.0f %%, recall %.0f %%\n", 100 * precision, 100 * recall);
    CHECK(precision >= LEAST_PRECISION);
    CHECK(recall >= LEAST_RECALL);
}
