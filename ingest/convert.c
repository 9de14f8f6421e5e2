#include "ingest/convert.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/text.h"

Rule convert_code(Arena *row, const CodeList *list, const FormField *field, const char *text, size_t bytes, int *no)
{
    const char *key = text_key(row, text, bytes);

    if (!key)
        return RULE_TEXT_ENCODING;
    for (size_t at = 0; field && at < field->n_values; at++)
        if (strcmp(field->value_key[at], key) == 0)
            key = field->value[at];
    const Code *code = codes_find(list, key);
    if (!code)
        return RULE_CODE_UNKNOWN;
    *no = code->no;
    return RULE_NONE;
}

bool convert_part(const char **at, size_t *left, char mark, const char **part, size_t *bytes)
{
    if (*left == 0)
        return false;
    const char *end = mark ? memchr(*at, mark, *left) : NULL;
    *part = *at;
    *bytes = end ? (size_t) (end - *at) : *left;
    size_t used = end ? *bytes + 1 : *left;
    *at += used;
    *left -= used;
    text_trim(part, bytes);
    return true;
}

Rule convert_codes(Arena *row, const CodeList *list, const FormField *field, const char *text, size_t bytes, int32_t *set)
{
    const char *part;
    size_t part_bytes;

    *set = 0;
    while (convert_part(&text, &bytes, field ? field->split : 0, &part, &part_bytes)) {
        int no;
        if (part_bytes == 0)
            continue;
        Rule rule = convert_code(row, list, field, part, part_bytes, &no);
        if (rule)
            return rule;
        *set |= (int32_t) (1U << no);
    }
    return *set ? RULE_NONE : RULE_VALUE_MISSING;
}

int convert_main_code(const CodeList *list, int32_t set)
{
    const Code *best = NULL;

    for (size_t at = 0; at < list->count; at++)
        /* a code without a priority (0) comes after all that have one */
        if ((set >> list->code[at].no & 1) && (!best || (unsigned) list->code[at].priority - 1 < (unsigned) best->priority - 1))
            best = &list->code[at];
    return best ? best->no : 0;
}

Rule convert_date(const Form *form, int *locked, const char *text, size_t bytes, Date *date, int *hour)
{
    if (*locked >= 0 && date_parse(text, bytes, (DateFormat) *locked, date, hour))
        return RULE_NONE;
    for (size_t at = 0; at < form->n_formats; at++) {
        if (!date_parse(text, bytes, form->format[at], date, hour))
            continue;
        if (*locked >= 0)
            return RULE_DATE_TWO_FORMATS;
        *locked = (int) form->format[at];
        return RULE_NONE;
    }
    /* Only to name the reason: a format this form does not have is still another format. */
    for (int other = DATE_ISO; *locked >= 0 && other <= DATE_MDY; other++)
        if (other != *locked && !(other == DATE_MDY && *locked == DATE_DMY) && date_parse(text, bytes, (DateFormat) other, date, hour))
            return RULE_DATE_TWO_FORMATS;
    return RULE_DATE_INVALID;
}

/* Two digits at most, from *at on; -1: none. */
static int small_number(const char *text, size_t bytes, size_t *at)
{
    int value = -1;

    for (size_t digits = 0; digits < 2 && *at < bytes && text[*at] >= '0' && text[*at] <= '9'; digits++, ++*at)
        value = (value < 0 ? 0 : value) * 10 + (text[*at] - '0');
    return value;
}

/* What may stand behind a time: nothing, "u" or "uur", AM or PM. \return 0, 12 for PM, -1 for AM, -2: something else */
static int half_of_day(const char *text, size_t bytes)
{
    while (bytes && *text == ' ')
        text++, bytes--;
    if (bytes == 0 || (bytes == 1 && (*text | 0x20) == 'u') || (bytes == 3 && strncasecmp(text, "uur", 3) == 0))
        return 0;
    if (bytes == 2 && (text[1] | 0x20) == 'm' && ((text[0] | 0x20) == 'a' || (text[0] | 0x20) == 'p'))
        return (text[0] | 0x20) == 'p' ? 12 : -1;
    return -2;
}

Rule convert_hour(const char *text, size_t bytes, int *hour)
{
    size_t at = 0;
    int value = small_number(text, bytes, &at);

    if (value < 0)
        return RULE_NUMBER_INVALID;
    /* minutes, and seconds: read, to be sure that this is a time */
    for (int part = 0; part < 2 && at < bytes && (text[at] == ':' || text[at] == '.'); part++) {
        size_t begin = ++at;
        int more = small_number(text, bytes, &at);
        if (at - begin != 2)
            return RULE_NUMBER_INVALID;
        if (more > 59)
            return RULE_NUMBER_RANGE;
    }
    int half = half_of_day(text + at, bytes - at);
    if (half == -2)
        return RULE_NUMBER_INVALID;
    if (half != 0 && (value < 1 || value > 12))
        return RULE_NUMBER_RANGE;
    if (half != 0)
        value = value % 12 + (half == 12 ? 12 : 0);
    if (value > 23)
        return RULE_NUMBER_RANGE;
    *hour = value;
    return RULE_NONE;
}

Rule convert_int(const char *text, size_t bytes, int min, int max, int *number)
{
    int64_t value = 0;
    bool negative = bytes && *text == '-';

    for (size_t at = negative; at < bytes; at++) {
        if (text[at] < '0' || text[at] > '9')
            return RULE_NUMBER_INVALID;
        value = value * 10 + (text[at] - '0');
        if (value > INT32_MAX)
            return RULE_NUMBER_RANGE;
    }
    if (bytes == (size_t) negative)
        return RULE_NUMBER_INVALID;
    if (negative)
        value = -value;
    if (value < min || value > max)
        return RULE_NUMBER_RANGE;
    *number = (int) value;
    return RULE_NONE;
}

/* Digits with thousands marks and one decimal mark into a plain C number. The last of '.' and ',' is the decimal
 * mark, unless it is a point with exactly three digits behind it and no comma: 1.250 is Dutch for 1250. */
static bool number_plain(const char *text, size_t bytes, char *plain, size_t room)
{
    size_t used = 0, decimal = bytes;

    for (size_t at = 0; at < bytes; at++)
        if (text[at] == ',' || text[at] == '.')
            decimal = at;
    if (decimal < bytes && text[decimal] == '.' && bytes - decimal == 4 && decimal > 0 && !memchr(text, ',', bytes))
        decimal = bytes;
    for (size_t at = 0; at < bytes; at++) {
        char c = text[at];
        if (c == ',' || c == '.') {
            if (at != decimal)
                continue;
            c = '.';
        } else if (!(c >= '0' && c <= '9') && !(c == '-' && at == 0)) {
            return false;
        }
        if (used + 2 > room)
            return false;
        plain[used++] = c;
    }
    plain[used] = '\0';
    return used > 0 && strpbrk(plain, "0123456789");
}

Rule convert_real(const char *text, size_t bytes, double *number)
{
    char plain[40];

    if (bytes && text[bytes - 1] == '%')
        bytes--;
    while (bytes && text[bytes - 1] == ' ')
        bytes--;
    if (!number_plain(text, bytes, plain, sizeof plain))
        return RULE_NUMBER_INVALID;
    *number = strtod(plain, NULL);
    return isfinite(*number) ? RULE_NONE : RULE_NUMBER_RANGE;
}

Rule convert_cents(const char *text, size_t bytes, int64_t *cents)
{
    double euro;

    if (bytes > 3 && memcmp(text, "EUR", 3) == 0)
        text += 3, bytes -= 3;
    else if (bytes > 3 && memcmp(text, "\xE2\x82\xAC", 3) == 0)
        text += 3, bytes -= 3;
    text_trim(&text, &bytes);
    Rule rule = convert_real(text, bytes, &euro);
    if (rule)
        return rule;
    if (euro < 0 || euro > 1e9)
        return RULE_NUMBER_RANGE;
    *cents = llround(euro * 100);
    return RULE_NONE;
}

Rule convert_bool(const char *text, size_t bytes, bool *value)
{
    static const char *const yes[] = {"ja", "j", "1", "true", "waar", "yes", "x"};
    static const char *const no[] = {"nee", "n", "0", "false", "onwaar", "no"};
    char word[8];

    if (bytes >= sizeof word)
        return RULE_CODE_UNKNOWN;
    memcpy(word, text, bytes);
    word[bytes] = '\0';
    for (size_t at = 0; at < sizeof yes / sizeof *yes; at++)
        if (text_equal_nocase(word, yes[at])) {
            *value = true;
            return RULE_NONE;
        }
    for (size_t at = 0; at < sizeof no / sizeof *no; at++)
        if (text_equal_nocase(word, no[at])) {
            *value = false;
            return RULE_NONE;
        }
    return RULE_CODE_UNKNOWN;
}

Rule convert_answer(Arena *row, const Item *item, const char *text, size_t bytes, int *answer)
{
    *answer = CODES_MISSING;
    if (bytes == 0)
        return RULE_NONE;
    const char *key = text_key(row, text, bytes);
    if (!key)
        return RULE_TEXT_ENCODING;
    for (size_t at = 0; at < item->n_values; at++)
        if (strcmp(item->value_key[at], key) == 0) {
            *answer = item->value[at];
            return RULE_NONE;
        }
    return RULE_CODE_UNKNOWN;
}
