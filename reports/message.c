#include "reports/message.h"

#include <string.h>

#include "common/buf.h"

static const MessageValue *value_find(const MessageValue *values, size_t count, const char *name, size_t bytes)
{
    for (size_t at = 0; at < count; at++)
        if (strlen(values[at].name) == bytes && memcmp(values[at].name, name, bytes) == 0)
            return &values[at];
    return NULL;
}

const char *message_fill(Arena *out, const char *template_text, const MessageValue *values, size_t count)
{
    BUF_AUTO text = {0};

    buf_text(&text, "");
    while (*template_text) {
        size_t plain = strcspn(template_text, "{");
        buf_add(&text, template_text, plain);
        template_text += plain;
        if (!*template_text)
            break;
        const char *end = strchr(template_text, '}');
        if (!end) {
            buf_text(&text, template_text);
            break;
        }
        const char *name = template_text + 1, *bar = memchr(name, '|', (size_t) (end - name));
        const MessageValue *value = value_find(values, count, name, (size_t) ((bar ? bar : end) - name));
        if (!value) {
            buf_add(&text, template_text, (size_t) (end - template_text) + 1);
        } else if (!bar) {
            buf_text(&text, value->text);
        } else {
            const char *second = memchr(bar + 1, '|', (size_t) (end - bar - 1));
            const char *one_end = second ? second : end;
            if (value->number == 1)
                buf_add(&text, bar + 1, (size_t) (one_end - bar - 1));
            else if (second)
                buf_add(&text, second + 1, (size_t) (end - second - 1));
        }
        template_text = end + 1;
    }
    return arena_text(out, text.data);
}

const char *message_list(Arena *out, const char *const *texts, size_t count)
{
    const char *list = "";

    for (size_t at = 0; at < count; at++)
        list = at == 0 ? texts[at] : arena_format(out, "%s%s%s", list, at + 1 == count ? " en " : ", ", texts[at]);
    return list;
}

const char *message_capital(Arena *out, const char *text)
{
    char *copy = arena_text(out, text);

    if (*copy >= 'a' && *copy <= 'z')
        *copy = (char) (*copy - 'a' + 'A');
    return copy;
}

static bool is_small_word(const char *word, size_t bytes)
{
    static const char *const small[] = {"AAN", "AD", "BIJ", "DE", "DEN", "DER", "EN", "HET", "IN", "OP", "OVER", "TE", "TEN", "TER", "VAN", "'T", "'S"};

    for (size_t at = 0; at < sizeof small / sizeof *small; at++)
        if (strlen(small[at]) == bytes && memcmp(small[at], word, bytes) == 0)
            return true;
    return false;
}

const char *message_town(Arena *out, const char *name)
{
    char *town = arena_text(out, name);

    if (strpbrk(name, "abcdefghijklmnopqrstuvwxyz"))
        return name;
    for (size_t at = 0; name[at];) {
        size_t bytes = strcspn(name + at, " -");
        bool small = is_small_word(name + at, bytes) && (at > 0 || name[at] == '\'');
        size_t first = name[at] == '\'' && bytes > 2 ? 1 : 0, capitals = memcmp(name + at, "IJ", bytes < 2 ? bytes : 2) == 0 && bytes > 1 ? 2 : 1;
        for (size_t letter = small ? 0 : first + capitals; letter < bytes; letter++)
            if (name[at + letter] >= 'A' && name[at + letter] <= 'Z')
                town[at + letter] |= 0x20;
        at += bytes;
        at += name[at] != '\0';
    }
    return town;
}

struct Wording {
    ConfigNode texts, replace, own_texts, own_replace; /* a board's own: absent where it has none */
};

/* Does a template take a value of this name? */
static bool takes(const char *template_text, const char *name, size_t bytes)
{
    for (const char *at = template_text; (at = strchr(at, '{')); at++)
        if (strncmp(at + 1, name, bytes) == 0 && (at[1 + bytes] == '|' || at[1 + bytes] == '}'))
            return true;
    return false;
}

static size_t times(const char *text, char what)
{
    size_t n = 0;

    for (; *text; text++)
        n += *text == what;
    return n;
}

/* A text of a board takes the place of ours, so it must be one that is asked for, with values that are there and as many columns. */
static bool own_text_check(const ConfigNode *ours, const ConfigNode *own, const char *key, Err *err)
{
    const char *mine = json_string_value(json_object_get(ours->json, key)), *text = json_string_value(json_object_get(own->json, key));
    ConfigNode node = config_child(own, key);

    if (!mine)
        return config_fail(&node, err, "there is no text of this name");
    if (!text)
        return config_fail(&node, err, "expected a text");
    for (const char *at = text; (at = strchr(at, '{')); at++) {
        size_t bytes = strcspn(at + 1, "|}");
        if (!at[1 + bytes])
            return config_fail(&node, err, "a { is not closed");
        if (!takes(mine, at + 1, bytes))
            return config_fail(&node, err, "there is no {%.*s} here", (int) bytes, at + 1);
    }
    return strncmp(key, "kolommen.", 9) != 0 || times(text, '|') == times(mine, '|') || config_fail(&node, err, "expected %zu heads of columns, divided by |", times(mine, '|') + 1);
}

static bool own_load(Arena *out, const char *path, Wording *wording, Err *err)
{
    ConfigNode root;
    const char *key;
    json_t *text;

    if (!config_load(out, path, &root, err) || !config_object(&root, "texts", "version replace", err))
        return false;
    wording->own_texts = config_child(&root, "texts");
    wording->own_replace = config_child(&root, "replace");
    if (!config_type(&wording->own_texts, JSON_OBJECT, err) || !config_type(&wording->own_replace, JSON_OBJECT, err))
        return false;
    json_object_foreach((json_t *) wording->own_texts.json, key, text)
        if (!own_text_check(&wording->texts, &wording->own_texts, key, err))
            return false;
    return true;
}

bool wording_load(Arena *out, const Place *place, Wording **wording, Err *err)
{
    const char *ours = arena_format(out, "%s/wording.json", place->config), *own = config_path(out, place, "wording.json");
    ConfigNode root;
    int version;

    *wording = arena_alloc(out, sizeof **wording);
    if (!config_load(out, ours, &root, err) || !config_object(&root, "version texts replace", "", err) || !config_int(&root, "version", 1, 1000, &version, err))
        return false;
    (*wording)->texts = config_child(&root, "texts");
    (*wording)->replace = config_child(&root, "replace");
    return strcmp(own, ours) == 0 || own_load(out, own, *wording, err);
}

const char *wording_get(const Wording *wording, const char *key)
{
    const char *own = json_string_value(json_object_get(wording->own_texts.json, key));

    return own ? own : json_string_value(json_object_get(wording->texts.json, key));
}

/* From left to right: what was put in is not looked at again, or a word that holds itself would never end. */
static const char *replaced(Arena *out, const char *text, const char *from, const char *to)
{
    BUF_AUTO all = {0};
    const char *at;

    if (!*from || !strstr(text, from))
        return text;
    buf_text(&all, "");
    for (; (at = strstr(text, from)); text = at + strlen(from)) {
        buf_add(&all, text, (size_t) (at - text));
        buf_text(&all, to);
    }
    buf_text(&all, text);
    return arena_text(out, all.data);
}

const char *wording_apply(Arena *out, const Wording *wording, const char *edition, const char *text)
{
    const json_t *const lists[] = {json_object_get(wording->replace.json, edition), json_object_get(wording->own_replace.json, edition)};
    const char *from;
    json_t *to;

    for (size_t at = 0; at < sizeof lists / sizeof *lists; at++)
        json_object_foreach((json_t *) lists[at], from, to)
            text = replaced(out, text, from, json_string_value(to) ? json_string_value(to) : "");
    return text;
}
