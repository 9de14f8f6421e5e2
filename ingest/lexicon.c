#include "ingest/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "common/text.h"

enum { WORDS_MAX = 1024, PARTS_MAX = 8, GAP_MAX = 4, BUCKETS = 37, LISTS = 2 };

typedef enum Shape { WORD_WHOLE, WORD_BEGINS, WORD_ENDS, WORD_HOLDS, WORD_GAP } Shape;

typedef struct Part {
    const char *text;
    size_t      bytes;
    Shape       shape;
} Part;

typedef struct Pattern {
    Part   part[PARTS_MAX];
    size_t parts;
    double weight;
    int    code;       /* of the list; -1: void, the words count for nothing */
    int    list;       /* 0 vorm, 1 plaats */
    bool   firm;       /* counts also behind a negation */
    struct Pattern *next;
} Pattern;

struct Lexicon {
    Pattern *bucket[BUCKETS]; /* by the first letter of the first word; the last: any */
    Part    *negation, *until;
    size_t   n_negations, n_until;
    int      reach_before, reach_after, threshold;
    int      unknown[LISTS];
    double   place_least;
};

typedef struct Words {
    char  *word[WORDS_MAX];
    size_t bytes[WORDS_MAX];
    bool   used[WORDS_MAX];  /* by a void phrase */
    bool   stop[WORDS_MAX];  /* a sentence or clause ends behind it: negation does not reach across */
    size_t count;
} Words;

static size_t bucket_of(const Part *part)
{
    unsigned char first = (unsigned char) part->text[0];

    if (part->shape == WORD_ENDS || part->shape == WORD_HOLDS)
        return BUCKETS - 1;
    return first >= 'a' && first <= 'z' ? (size_t) (first - 'a') : first >= '0' && first <= '9' ? (size_t) (26 + first - '0') : BUCKETS - 1;
}

/* -- configuration ------------------------------------------------------------------------------- */

static Part part_of(Arena *out, const char *text, size_t bytes)
{
    Part part = {.shape = WORD_WHOLE};

    if (bytes == 1 && *text == '~')
        return (Part) {.text = "~", .bytes = 1, .shape = WORD_GAP};
    bool open_left = bytes > 1 && text[0] == '*', open_right = bytes > 1 && text[bytes - 1] == '*';
    part.shape = open_left && open_right ? WORD_HOLDS : open_left ? WORD_ENDS : open_right ? WORD_BEGINS : WORD_WHOLE;
    part.text = text_name_fold(out, text + open_left, bytes - open_left - open_right);
    part.bytes = part.text ? strlen(part.text) : 0;
    return part;
}

static bool pattern_parse(Arena *out, const char *text, Pattern *pattern)
{
    for (const char *at = text; *at;) {
        size_t span = strcspn(at, " ");
        if (span && pattern->parts == PARTS_MAX)
            return false;
        if (span) {
            Part part = part_of(out, at, span);
            if (part.bytes == 0 || strchr(part.text, ' '))
                return false;
            pattern->part[pattern->parts++] = part;
        }
        at += span;
        at += strspn(at, " ");
    }
    return pattern->parts > 0 && pattern->part[0].shape != WORD_GAP && pattern->part[pattern->parts - 1].shape != WORD_GAP;
}

static bool patterns_add(Arena *out, const ConfigNode *node, const char *key, const Pattern *like, Lexicon *lexicon, Err *err)
{
    const char **texts;
    size_t count;

    if (!config_texts(out, node, key, &texts, &count, err))
        return false;
    for (size_t at = 0; at < count; at++) {
        Pattern *pattern = arena_alloc(out, sizeof *pattern);
        *pattern = *like;
        if (!pattern_parse(out, texts[at], pattern))
            return config_fail(node, err, "\"%s\" is not a pattern: words, * at their ends, ~ between them", texts[at]);
        size_t bucket = bucket_of(&pattern->part[0]);
        pattern->next = lexicon->bucket[bucket];
        lexicon->bucket[bucket] = pattern;
    }
    return true;
}

static bool words_load(Arena *out, const ConfigNode *node, const char *key, Part **parts, size_t *count, Err *err)
{
    const char **texts;

    if (!config_texts(out, node, key, &texts, count, err))
        return false;
    *parts = arena_array(out, *count, sizeof **parts);
    for (size_t at = 0; at < *count; at++)
        (*parts)[at] = part_of(out, texts[at], strlen(texts[at]));
    return true;
}

static bool entries_load(Arena *out, const ConfigNode *root, const char *key, const CodeList *codes, int list, Lexicon *lexicon, Err *err)
{
    ConfigNode entries = config_child(root, key);

    for (size_t at = 0; at < config_count(&entries); at++) {
        ConfigNode entry = config_item(&entries, at);
        const char *code = "";
        Pattern like = {.list = list, .weight = 2};
        if (!config_object(&entry, "code patterns", "weight firm", err) || !config_text(&entry, "code", &code, err) ||
            !config_real(&entry, "weight", 0.01, 100, &like.weight, err) || !config_bool(&entry, "firm", &like.firm, err))
            return false;
        const Code *found = codes_find(codes, text_key(out, code, strlen(code)));
        if (!found)
            return config_fail(&entry, err, "no code \"%s\" in list \"%s\"", code, codes->name);
        like.code = found->no;
        if (!patterns_add(out, &entry, "patterns", &like, lexicon, err))
            return false;
    }
    return true;
}

bool lexicon_load(Arena *out, const Place *place, const Codes *codes, Lexicon **lexicon, Err *err)
{
    const CodeList *lists[LISTS] = {codes_list(codes, "vorm"), codes_list(codes, "plaats")};
    const Pattern nothing = {.code = -1};
    ConfigNode root;
    int version;

    *lexicon = arena_alloc(out, sizeof **lexicon);
    if (!config_load(out, arena_format(out, "%s/lexicon/nl.json", place->config), &root, err) ||
        !config_object(&root, "lexicon version threshold place_least negations negation_ends reach_before reach_after void vorm plaats", "note", err) ||
        !config_int(&root, "version", 1, 1000, &version, err) || !config_int(&root, "threshold", 1, 100, &(*lexicon)->threshold, err) ||
        !config_real(&root, "place_least", 0, 100, &(*lexicon)->place_least, err) ||
        !config_int(&root, "reach_before", 0, 20, &(*lexicon)->reach_before, err) ||
        !config_int(&root, "reach_after", 0, 20, &(*lexicon)->reach_after, err) ||
        !words_load(out, &root, "negations", &(*lexicon)->negation, &(*lexicon)->n_negations, err) ||
        !words_load(out, &root, "negation_ends", &(*lexicon)->until, &(*lexicon)->n_until, err) ||
        !patterns_add(out, &root, "void", &nothing, *lexicon, err))
        return false;
    static const char *const keys[LISTS] = {"vorm", "plaats"};
    for (int list = 0; list < LISTS; list++) {
        const Code *unknown = lists[list] ? codes_find(lists[list], "onbekend") : NULL;
        if (!unknown)
            return config_fail(&root, err, "list \"%s\" has no code \"onbekend\"", keys[list]);
        (*lexicon)->unknown[list] = unknown->no;
        if (!entries_load(out, &root, keys[list], lists[list], list, *lexicon, err))
            return false;
    }
    return true;
}

/* -- reading ------------------------------------------------------------------------------------- */

static void words_split(Arena *scratch, const char *text, size_t bytes, Words *words)
{
    words->count = 0;
    for (size_t at = 0; at < bytes && words->count < WORDS_MAX;) {
        size_t begin = at;
        /* Bytes beyond ASCII are letters here; folding them tells which really are. */
        while (at < bytes && ((unsigned char) text[at] >= 0x80 || (text[at] >= '0' && text[at] <= '9') || (text[at] >= 'a' && text[at] <= 'z') ||
                              (text[at] >= 'A' && text[at] <= 'Z')))
            at++;
        if (at > begin) {
            char *word = text_name_fold(scratch, text + begin, at - begin);
            if (word && *word) {
                words->word[words->count] = word;
                words->bytes[words->count] = strlen(word);
                words->used[words->count] = words->stop[words->count] = false;
                words->count++;
            }
        }
        for (; at < bytes && (unsigned char) text[at] < 0x80 && !((text[at] >= '0' && text[at] <= '9') || (text[at] >= 'a' && text[at] <= 'z') ||
                                                                  (text[at] >= 'A' && text[at] <= 'Z')); at++)
            if (words->count && strchr(".,;:!?()\n", text[at]))
                words->stop[words->count - 1] = true;
    }
}

static bool part_fits(const Part *part, const char *word, size_t bytes)
{
    if (bytes < part->bytes)
        return false;
    switch (part->shape) {
    case WORD_WHOLE: return bytes == part->bytes && memcmp(word, part->text, bytes) == 0;
    case WORD_BEGINS: return memcmp(word, part->text, part->bytes) == 0;
    case WORD_ENDS: return memcmp(word + bytes - part->bytes, part->text, part->bytes) == 0;
    case WORD_HOLDS: return strstr(word, part->text) != NULL;
    default: return false;
    }
}

/* Does the pattern begin at this word? *end: behind its last word. */
static bool pattern_fits(const Pattern *pattern, const Words *words, size_t begin, size_t *end)
{
    size_t at = begin;

    for (size_t part = 0; part < pattern->parts; part++) {
        size_t gap = 0;
        if (pattern->part[part].shape == WORD_GAP) {
            part++;
            gap = GAP_MAX;
        }
        bool found = false;
        for (size_t skip = 0; skip <= gap && at + skip < words->count && !found; skip++) {
            if (!words->used[at + skip] && part_fits(&pattern->part[part], words->word[at + skip], words->bytes[at + skip])) {
                at += skip + 1;
                found = true;
            } else if (gap && words->stop[at + skip]) {
                break; /* a split verb stays within its clause */
            }
        }
        if (!found)
            return false;
    }
    *end = at;
    return true;
}

static bool one_of(const Part *parts, size_t count, const Words *words, size_t at)
{
    for (size_t part = 0; part < count; part++)
        if (part_fits(&parts[part], words->word[at], words->bytes[at]))
            return true;
    return false;
}

/* "niet gepest" and "gepest werd er niet": a negation a few words before, or right behind, within the clause; "niet alleen
 * gepest" is none (negation_ends). */
static bool negated(const Lexicon *lexicon, const Words *words, size_t begin, size_t end)
{
    for (size_t back = 1; back <= (size_t) lexicon->reach_before && back <= begin; back++) {
        size_t at = begin - back;
        if (words->stop[at] || one_of(lexicon->until, lexicon->n_until, words, at))
            break;
        if (one_of(lexicon->negation, lexicon->n_negations, words, at))
            return true;
    }
    for (size_t at = end; at < words->count && at < end + (size_t) lexicon->reach_after; at++) {
        if (words->stop[at - 1] || one_of(lexicon->until, lexicon->n_until, words, at))
            break;
        if (one_of(lexicon->negation, lexicon->n_negations, words, at))
            return true;
    }
    return false;
}

/* Each pattern counts once, however often a text repeats it. */
static void patterns_score(const Lexicon *lexicon, Words *words, bool void_pass, double score[LISTS][32])
{
    for (size_t at = 0; at < words->count; at++) {
        const Part first = {.text = words->word[at], .bytes = words->bytes[at], .shape = WORD_WHOLE};
        size_t own = bucket_of(&first);
        for (int turn = 0; turn < 2; turn++) {
            if (turn == 1 && own == BUCKETS - 1)
                break;
            for (const Pattern *pattern = lexicon->bucket[turn ? BUCKETS - 1 : own]; pattern; pattern = pattern->next) {
                size_t end;
                if ((pattern->code < 0) != void_pass || !pattern_fits(pattern, words, at, &end))
                    continue;
                if (void_pass) {
                    for (size_t word = at; word < end; word++)
                        words->used[word] = true;
                } else if (pattern->firm || !negated(lexicon, words, at, end)) {
                    score[pattern->list][pattern->code & 31] += pattern->weight;
                }
            }
        }
    }
}

void lexicon_read(const Lexicon *lexicon, Arena *scratch, const char *text, size_t bytes, LexiconVerdict *verdict)
{
    double score[LISTS][32] = {{0}}, best = 0, best_place = 0;
    Words *words = arena_alloc(scratch, sizeof *words);

    *verdict = (LexiconVerdict) {0};
    words_split(scratch, text, bytes, words);
    if (words->count == 0)
        return;
    patterns_score(lexicon, words, true, score);
    patterns_score(lexicon, words, false, score);
    for (int code = 0; code < 32; code++) {
        double sum = score[0][code];
        best = sum > best ? sum : best;
        if (100 * sum / (sum + 1) >= lexicon->threshold)
            verdict->form_set |= (int32_t) (1U << code);
        if (score[1][code] > best_place && score[1][code] >= lexicon->place_least) {
            best_place = score[1][code];
            verdict->place = code;
        }
    }
    verdict->confidence = (int) (100 * best / (best + 1));
    if (verdict->form_set == 0)
        verdict->form_set = (int32_t) (1U << lexicon->unknown[0]);
    if (verdict->place == 0)
        verdict->place = lexicon->unknown[1];
}
