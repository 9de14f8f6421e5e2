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

struct Wording {
    ConfigNode texts, replace;
};

bool wording_load(Arena *out, const Place *place, Wording **wording, Err *err)
{
    ConfigNode root;
    int version;

    *wording = arena_alloc(out, sizeof **wording);
    if (!config_load(out, arena_format(out, "%s/wording.json", place->config), &root, err) ||
        !config_object(&root, "version texts replace", "", err) || !config_int(&root, "version", 1, 1000, &version, err))
        return false;
    (*wording)->texts = config_child(&root, "texts");
    (*wording)->replace = config_child(&root, "replace");
    return true;
}

const char *wording_get(const Wording *wording, const char *key)
{
    return json_string_value(json_object_get(wording->texts.json, key));
}

const char *wording_apply(Arena *out, const Wording *wording, const char *edition, const char *text)
{
    const char *from;
    json_t *to;

    json_object_foreach(json_object_get(wording->replace.json, edition), from, to)
    {
        for (const char *at; (at = strstr(text, from));)
            text = arena_format(out, "%.*s%s%s", (int) (at - text), text, json_string_value(to), at + strlen(from));
    }
    return text;
}
