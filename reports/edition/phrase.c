#include "reports/edition/phrase.h"

#include <math.h>
#include <string.h>

#include "reports/number.h"

const char *phrase_words(const Composer *c, const char *text)
{
    const char *name = c->edition->name;

    if (c->edition->wide)
        text = wording_apply(c->out, c->config->wording, "gmr", text);
    return c->edition->wide && strcmp(name, "gmr") == 0 ? text : wording_apply(c->out, c->config->wording, name, text);
}

const char *phrase(const Composer *c, const char *key, const MessageValue *values, size_t count)
{
    const char *text = wording_get(c->config->wording, key);

    return phrase_words(c, message_fill(c->out, text ? text : key, values, count));
}

const char *phrase_plain(const Composer *c, const char *key)
{
    return phrase(c, key, NULL, 0);
}

void phrase_heads(const Composer *c, const char *key, const char **heads, size_t n)
{
    const char *text = phrase_plain(c, key);

    for (size_t at = 0; at < n; at++) {
        size_t bytes = strcspn(text, "|");
        heads[at] = arena_text_n(c->out, text, bytes);
        text += bytes + (text[bytes] == '|');
    }
}

const char *phrase_certainty(const Composer *c, double p)
{
    return isnan(p) ? "" : phrase_plain(c, p < 0.01 ? "zekerheid.zeker" : p < 0.05 ? "zekerheid.waarschijnlijk" : p < 0.2 ? "zekerheid.mogelijk" : "zekerheid.niet");
}

const char *phrase_change(const Composer *c, const char *change, const ReleaseFigure *now)
{
    return *change ? phrase(c, arena_format(c->out, "verschil.%s", change), (MessageValue[]){{"zekerheid", phrase_certainty(c, now->p_change), 0}}, 1) : "";
}

const char *phrase_signs(const Composer *c, bool valued)
{
    return phrase_plain(c, !valued ? "tekens.aantal" : c->edition->scope == EDITION_ALL ? "tekens" : "tekens.kort");
}

const char *phrase_lower(const Composer *c, const char *title)
{
    char *copy = arena_text(c->out, title);

    if (*copy >= 'A' && *copy <= 'Z')
        *copy |= 0x20;
    return copy;
}

const char *phrase_without_end(const Composer *c, const char *text, const char *end)
{
    size_t bytes = strlen(text), less = strlen(end);

    return bytes > less && strcmp(text + bytes - less, end) == 0 ? arena_text_n(c->out, text, bytes - less) : text;
}

const char *phrase_periods(const Composer *c, const IndicatorText *text)
{
    return phrase(c, "kop.periode", (MessageValue[]){{"titel", phrase_without_end(c, text->title, " per maand"), 0}}, 1);
}

const char *phrase_sources(const Composer *c, const IndicatorText *const *text, size_t count)
{
    enum { KINDS = 8 };
    const char *kind[KINDS] = {0}, *name[KINDS] = {0};
    Date last = DATE_NONE;
    size_t n = 0;

    for (size_t at = 0; at < count; at++)
        for (size_t record = 0; record < (text[at]->records ? text[at]->n_records : 1) && n < KINDS; record++) {
            bool said = false;
            kind[n] = text[at]->records ? text[at]->records[record] : "incident";
            for (size_t earlier = 0; earlier < n; earlier++)
                said = said || strcmp(kind[earlier], kind[n]) == 0;
            n += !said;
        }
    for (size_t at = 0; at < n; at++) {
        name[at] = wording_get(c->config->wording, arena_format(c->out, "bron.%s", kind[at]));
        name[at] = name[at] ? name[at] : kind[at];
        for (size_t d = 0; d < c->release->n_deliveries && !c->release->school; d++) { /* beside one school stand all of them, of which the deliveries are not here */
            const ReleaseDelivery *delivery = &c->release->delivery[d];
            if (strcmp(delivery->kind, kind[at]) == 0 && delivery->received != DATE_NONE && (last == DATE_NONE || delivery->received > last))
                last = delivery->received;
        }
    }
    return phrase(c, last == DATE_NONE ? "bron" : "bron.tot", (MessageValue[]){{"wat", message_list(c->out, name, n), 0}, {"datum", number_date(c->out, last), 0}}, 2);
}

const char *phrase_source(const Composer *c, const IndicatorText *text)
{
    return phrase_sources(c, &text, 1);
}

void phrase_line_add(Buf *note, const char *line)
{
    if (*line)
        buf_format(note, "%s%s", note->length ? "\n" : "", line);
}

const char *phrase_value(const Composer *c, const IndicatorText *text, double value)
{
    return number_text(c->out, value, text->decimals);
}

const char *phrase_value_unit(const Composer *c, const IndicatorText *text, double value)
{
    return text->unit[0] == '%' && isfinite(value) ? arena_format(c->out, "%s%%", phrase_value(c, text, value)) : phrase_value(c, text, value);
}

const char *phrase_names(const Composer *c, const char *const *names, size_t count, size_t most)
{
    if (count <= most)
        return message_list(c->out, names, count);
    const char **all = arena_array(c->out, most + 1, sizeof *all);
    memcpy(all, names, most * sizeof *all);
    all[most] = phrase(c, "wie.nog", (MessageValue[]){{"n", number_text(c->out, (double) (count - most), 0), 0}}, 1);
    return message_list(c->out, all, most + 1);
}

const char *phrase_period(const Composer *c, const ReleaseFigure *figure)
{
    if (strcmp(figure->breakdown, "maand") != 0)
        return figure->label;
    if (strncmp(figure->category, "kwartaal ", 9) == 0 || strncmp(figure->category, "halfjaar ", 9) == 0)
        return phrase_plain(c, arena_format(c->out, "periode.%.8s.%s", figure->category, figure->category + 9));
    return arena_format(c->out, "%s %.4s", number_month_long((figure->ord + 7) % 12 + 1), figure->category);
}

TableCell phrase_cell_value(const Composer *c, const IndicatorText *text, double value)
{
    return (TableCell){phrase_value_unit(c, text, value), value};
}

TableCell phrase_cell_count(const Composer *c, int64_t count)
{
    return (TableCell){number_count(c->out, count), (double) count};
}

TableCell phrase_cell_interval(const Composer *c, const IndicatorText *text, double low, double high)
{
    const char *interval = number_interval(c->out, low, high, text->decimals);

    return cell_text(*interval ? interval : "");
}
