#include "ingest/form.h"

#include <string.h>

#include "common/buf.h"
#include "common/text.h"

static const char type_words[] = "key date hour code codes main int real money bool text schooljaar person people confidence "
                                 "instrument items scope as_of first_year counts regions earliest month";

static const char *key_of(Arena *out, const char *text)
{
    return strcmp(text, "*") == 0 ? text : text_key(out, text, strlen(text));
}

Privacy kind_privacy(const Kind *kind, const char *field)
{
    for (size_t at = 0; at < kind->n_private; at++)
        if (strcmp(kind->private_field[at], field) == 0)
            return kind->privacy[at];
    return PRIVACY_NONE;
}

static bool people_load(const ConfigNode *node, const Codes *codes, const char *group_list, const char *victim_role, KindColumn *column, Err *err)
{
    column->group_list = group_list ? codes_list(codes, group_list) : NULL;
    const Code *victim = column->list && victim_role ? codes_find(column->list, victim_role) : NULL;

    if (!column->role_field || !column->group_field || !column->list || !column->group_list || !victim)
        return config_fail(node, err, "a column of people needs role_field and list, group_field and group_list, and victim_role, a code of list");
    for (int which = 0; which < 2; which++) {
        const CodeList *list = which ? column->group_list : column->list;
        for (size_t at = 0; at < list->count; at++)
            if (list->code[at].no > 255)
                return config_fail(node, err, "list \"%s\" has a code above 255, which a person's byte cannot hold", list->name);
    }
    column->victim_role = victim->no;
    return true;
}

static bool column_load(Arena *out, const ConfigNode *node, const Codes *codes, KindColumn *column, Err *err)
{
    const char *list = NULL, *group_list = NULL, *victim_role = NULL;
    size_t count;
    int type = 0;

    column->byte = -1;
    column->min = INT32_MIN;
    column->max = INT32_MAX;
    if (!config_object(node, "column type field", "also list required past upper min max byte of_delivery from_text role_field group_field group_list victim_role", err) ||
        !config_text(node, "column", &column->column, err) || !config_word(node, "type", type_words, &type, err) ||
        !config_text(node, "field", &column->field, err) || !config_texts(out, node, "also", &column->also, &count, err) ||
        !config_text(node, "list", &list, err) || !config_bool(node, "required", &column->required, err) ||
        !config_bool(node, "of_delivery", &column->of_delivery, err) || !config_text(node, "from_text", &column->from_text, err) ||
        !config_text(node, "role_field", &column->role_field, err) || !config_text(node, "group_field", &column->group_field, err) ||
        !config_text(node, "group_list", &group_list, err) || !config_text(node, "victim_role", &victim_role, err) ||
        !config_bool(node, "past", &column->past, err) || !config_bool(node, "upper", &column->upper, err) ||
        !config_int(node, "min", INT32_MIN, INT32_MAX, &column->min, err) ||
        !config_int(node, "max", INT32_MIN, INT32_MAX, &column->max, err) || !config_int(node, "byte", 0, KIND_PACKED_MAX - KIND_SET_BYTES, &column->byte, err))
        return false;
    column->type = (ColumnType) type;
    if (list && !(column->list = codes_list(codes, list)))
        return config_fail(node, err, "no code list \"%s\"", list);
    if (!column->list && (type == TYPE_CODE || type == TYPE_CODES || type == TYPE_MAIN))
        return config_fail(node, err, "a column of codes needs a list");
    for (size_t at = 0; (type == TYPE_CODES || type == TYPE_MAIN) && at < column->list->count; at++)
        if (column->list->code[at].no > 30)
            return config_fail(node, err, "list \"%s\" has a code above 30, which a set of codes cannot hold", list);
    return type != TYPE_PEOPLE || people_load(node, codes, group_list, victim_role, column, err);
}

static int column_index(const Kind *kind, const char *column)
{
    for (size_t at = 0; at < kind->n_columns; at++)
        if (strcmp(kind->column[at].column, column) == 0)
            return (int) at;
    return -1;
}

static bool date_column(const ConfigNode *node, const Kind *kind, const char *key, int *index, Err *err)
{
    const char *name = "";

    if (!config_text(node, key, &name, err))
        return false;
    *index = column_index(kind, name);
    if (*index < 0 || (kind->column[*index].type != TYPE_DATE && kind->column[*index].type != TYPE_EARLIEST))
        return config_fail(node, err, "\"%s\" is not a date column of this kind", key);
    return true;
}

/* Either "before" and "after" alone: in this order. Or with the days that may lie between them, for rows with one code. */
static bool check_load(const ConfigNode *node, const Kind *kind, KindCheck *check, Err *err)
{
    const char *rule = NULL, *column = NULL, *code = NULL;
    int days_min = 0, days_max = -1;

    if (!config_object(node, "before after", "days_min days_max column code rule finding", err) ||
        !date_column(node, kind, "before", &check->before, err) || !date_column(node, kind, "after", &check->after, err) ||
        !config_int(node, "days_min", -36500, 36500, &days_min, err) || !config_int(node, "days_max", -36500, 36500, &days_max, err) ||
        !config_text(node, "column", &column, err) || !config_text(node, "code", &code, err) || !config_text(node, "rule", &rule, err) ||
        !config_bool(node, "finding", &check->finding, err))
        return false;
    check->days_min = days_min;
    check->days_max = config_child(node, "days_max").json ? days_max : INT64_MAX;
    check->rule = rule ? rule_find(rule) : RULE_DATE_ORDER;
    if (!check->rule)
        return config_fail(node, err, "no rule \"%s\"", rule);
    check->when = column ? column_index(kind, column) : -1;
    if (!column != !code || (column && (check->when < 0 || !kind->column[check->when].list)))
        return config_fail(node, err, "column and code go together, and column is a column of codes of this kind");
    if (column) {
        const Code *found = codes_find(kind->column[check->when].list, code);
        if (!found)
            return config_fail(node, err, "no code \"%s\" in list \"%s\"", code, kind->column[check->when].list->name);
        check->when_no = found->no;
    }
    return true;
}

static bool kind_checks_load(const ConfigNode *node, Kind *kind, Err *err)
{
    ConfigNode checks = config_child(node, "checks");

    kind->n_checks = config_count(&checks);
    if (kind->n_checks > sizeof kind->check / sizeof *kind->check)
        return config_fail(&checks, err, "more than %zu checks", sizeof kind->check / sizeof *kind->check);
    for (size_t at = 0; at < kind->n_checks; at++) {
        ConfigNode check = config_item(&checks, at);
        if (!check_load(&check, kind, &kind->check[at], err))
            return false;
    }
    return true;
}

/* Codes and small numbers may share a column of bytes; two in one byte would be two wrong figures. */
static bool packed_check(Kind *kind, const ConfigNode *columns, Err *err)
{
    bool taken[KIND_PACKED_MAX] = {false};

    for (size_t at = 0; at < kind->n_columns; at++) {
        const KindColumn *column = &kind->column[at];
        int bytes = column->type == TYPE_CODES ? KIND_SET_BYTES : 1;
        bool small = column->type == TYPE_CODES || column->type == TYPE_CODE || column->type == TYPE_MAIN || column->type == TYPE_HOUR || column->type == TYPE_BOOL ||
                     column->type == TYPE_CONFIDENCE || (column->type == TYPE_INT && column->min >= 0 && column->max < 255);
        if (column->byte < 0)
            continue;
        if (!kind->packed || !small)
            return config_fail(columns, err, "column \"%s\" cannot lie in a byte", column->column);
        for (size_t code = 0; column->type == TYPE_CODE && code < column->list->count; code++)
            if (column->list->code[code].no >= 255)
                return config_fail(columns, err, "column \"%s\" cannot lie in a byte: its list has a code above 254", column->column);
        for (int byte = column->byte; byte < column->byte + bytes; byte++) {
            if (taken[byte])
                return config_fail(columns, err, "column \"%s\" lies where another does", column->column);
            taken[byte] = true;
        }
        kind->n_packed = column->byte + bytes > kind->n_packed ? column->byte + bytes : kind->n_packed;
    }
    return true;
}

static bool kind_load(Arena *out, const ConfigNode *node, const Codes *codes, Kind *kind, Err *err)
{
    const char *natural = NULL;
    BUF_AUTO list = {0};

    kind->schooljaar_column = "";
    if (!config_object(node, "kind title table columns private", "natural_key schooljaar_field due checks public collapse bulk packed", err) ||
        !config_text(node, "kind", &kind->name, err) || !config_text(node, "title", &kind->title, err) ||
        !config_text(node, "table", &kind->table, err) || !config_bool(node, "public", &kind->public_data, err) ||
        !config_bool(node, "bulk", &kind->bulk, err) || !config_text(node, "packed", &kind->packed, err) ||
        !config_text(node, "collapse", &kind->collapse, err) || !config_text(node, "natural_key", &natural, err) ||
        !config_text(node, "schooljaar_field", &kind->schooljaar_column, err))
        return false;
    kind->natural_key = natural != NULL;
    ConfigNode columns = config_child(node, "columns"), private = config_child(node, "private");
    kind->n_columns = config_count(&columns);
    kind->column = arena_array(out, kind->n_columns, sizeof *kind->column);
    buf_text(&list, kind->public_data ? "delivery_no" : "location_no, delivery_no");
    for (size_t at = 0; at < kind->n_columns; at++) {
        ConfigNode column = config_item(&columns, at);
        if (!column_load(out, &column, codes, &kind->column[at], err))
            return false;
        if (kind->column[at].byte < 0)
            buf_format(&list, ", %s", kind->column[at].column);
    }
    if (!packed_check(kind, &columns, err))
        return false;
    if (kind->packed)
        buf_format(&list, ", %s", kind->packed);
    kind->columns = arena_text(out, list.data);
    kind->n_private = config_count(&private);
    kind->private_field = arena_array(out, kind->n_private, sizeof *kind->private_field);
    kind->privacy = arena_array(out, kind->n_private, sizeof *kind->privacy);
    const char *field;
    json_t *value;
    size_t at = 0;
    json_object_foreach((json_t *) private.json, field, value)
    {
        int privacy = 0;
        if (!config_word(&private, field, "name birthdate address text", &privacy, err))
            return false;
        kind->private_field[at] = field;
        kind->privacy[at++] = (Privacy) (privacy + 1);
    }
    /* The wall of this room: a private field may only feed a column that keeps a pseudonym. */
    for (at = 0; at < kind->n_columns; at++) {
        const KindColumn *column = &kind->column[at];
        Privacy privacy = kind_privacy(kind, column->field);
        bool pseudonym = column->type == TYPE_PERSON || column->type == TYPE_PEOPLE;
        if (pseudonym ? privacy != PRIVACY_NAME : privacy != PRIVACY_NONE)
            return config_fail(&columns, err, "column \"%s\" may not hold field \"%s\"", column->column, column->field);
        for (const char **also = column->also; also && *also; also++)
            if (kind_privacy(kind, *also) != PRIVACY_NONE)
                return config_fail(&columns, err, "column \"%s\" may not hold field \"%s\"", column->column, *also);
        if (column->type == TYPE_TEXT && !kind->public_data)
            return config_fail(&columns, err, "column \"%s\": only public registers may hold text", column->column);
    }
    if ((natural && column_index(kind, natural) < 0) || (kind->collapse && column_index(kind, kind->collapse) < 0) ||
        (*kind->schooljaar_column && column_index(kind, kind->schooljaar_column) < 0))
        return config_fail(node, err, "natural_key, collapse and schooljaar_field name columns of this kind");
    return kind_checks_load(node, kind, err);
}

/* {"as files write it": "as we do"}, both as text_key(). */
static bool aliases_load(Arena *out, const ConfigNode *node, const char *key, const char ***from, const char ***to, size_t *count, Err *err)
{
    ConfigNode aliases = config_child(node, key);
    const char *alias;
    json_t *value;
    size_t at = 0;

    if (!config_type(&aliases, JSON_OBJECT, err))
        return false;
    *count = config_count(&aliases);
    *from = arena_array(out, *count, sizeof **from);
    *to = arena_array(out, *count, sizeof **to);
    json_object_foreach((json_t *) aliases.json, alias, value)
    {
        if (!json_is_string(value))
            return config_fail(&aliases, err, "\"%s\" is not a text", alias);
        (*from)[at] = key_of(out, alias);
        (*to)[at++] = key_of(out, json_string_value(value));
    }
    return true;
}

static bool field_load(Arena *out, const ConfigNode *node, const char *name, FormField *field, Err *err)
{
    const char **headers = NULL, *split = NULL, *cut = NULL;
    size_t n_headers = 0;

    field->field = name;
    if (!config_object(node, "", "columns constant prefix default split pad values cut factor of_row marks", err) ||
        !config_texts(out, node, "columns", &headers, &n_headers, err) || !config_text(node, "constant", &field->constant, err) ||
        !config_text(node, "prefix", &field->prefix, err) || !config_text(node, "default", &field->fallback, err) ||
        !config_text(node, "split", &split, err) || !config_int(node, "pad", 1, 10, &field->pad, err) || !config_text(node, "cut", &cut, err) ||
        !config_real(node, "factor", 1e-9, 1e9, &field->factor, err) || !config_bool(node, "of_row", &field->of_row, err) ||
        !aliases_load(out, node, "marks", &field->mark_key, &field->mark, &field->n_marks, err))
        return false;
    if (!headers + !field->constant + !field->of_row + !field->n_marks != 3)
        return config_fail(node, err, "give either columns, a constant, of_row or marks");
    field->split = split ? split[0] : field->n_marks ? '|' : 0;
    field->cut = cut ? cut[0] : 0;
    field->first_header = n_headers ? headers[0] : "";
    field->columns = arena_array(out, n_headers + 1, sizeof *field->columns);
    for (size_t at = 0; at < n_headers; at++)
        field->columns[at] = key_of(out, headers[at]);
    return aliases_load(out, node, "values", &field->value_key, &field->value, &field->n_values, err);
}

static bool parts_load(Arena *out, const ConfigNode *node, const char *key, FormField **parts, size_t *count, Err *err)
{
    ConfigNode list = config_child(node, key);

    *count = config_count(&list);
    *parts = arena_array(out, *count, sizeof **parts);
    for (size_t at = 0; at < *count; at++) {
        ConfigNode part = config_item(&list, at);
        if (!field_load(out, &part, "locatie", &(*parts)[at], err))
            return false;
    }
    return true;
}

static bool keys_load(Arena *out, const ConfigNode *node, const char *key, const char ***keys, size_t *count, Err *err)
{
    if (!config_texts(out, node, key, keys, count, err))
        return false;
    for (size_t at = 0; at < *count; at++)
        (*keys)[at] = key_of(out, (*keys)[at]);
    return true;
}

static bool breaks_load(const ConfigNode *node, Form *form, Err *err)
{
    ConfigNode list = config_child(node, "breaks");

    for (size_t at = 0; at < config_count(&list); at++) {
        ConfigNode one = config_item(&list, at);
        const char *on = "";
        if (at == 8 || !config_object(&one, "on reason", "", err) || !config_text(&one, "on", &on, err) ||
            !config_text(&one, "reason", &form->breaks[at].reason, err))
            return false;
        if (!date_parse_iso(on, &form->breaks[at].on))
            return config_fail(&one, err, "\"on\" is not a date (yyyy-mm-dd)");
        form->n_breaks++;
    }
    return true;
}

static bool pivot_load(Arena *out, const ConfigNode *node, Form *form, Err *err)
{
    ConfigNode pivot = config_child(node, "pivot");

    if (!pivot.json)
        return true;
    if (!config_object(&pivot, "row question values", "", err) || !config_text(&pivot, "row", &form->pivot_row, err) ||
        !config_text(&pivot, "question", &form->pivot_question, err) || !keys_load(out, &pivot, "values", &form->pivot_value, &form->n_pivot_values, err))
        return false;
    if (!form->instrument || form->n_pivot_values == 0 || form->n_pivot_values > 4)
        return config_fail(&pivot, err, "a form with a pivot has an instrument, and one to four columns of values");
    form->pivot_row = key_of(out, form->pivot_row);
    form->pivot_question = key_of(out, form->pivot_question);
    return true;
}

static bool form_load(Arena *out, const ConfigNode *node, const Forms *forms, Form *form, Err *err)
{
    const char *kind = "", *valid_from, *instrument = NULL, *as_of = NULL, **formats = NULL;
    size_t n_formats = 0;

    form->max_reject_share = 0.1;
    if (!aliases_load(out, node, "items", &form->item_key, &form->item, &form->n_items, err) ||
        !aliases_load(out, node, "answers", &form->answer_key, &form->answer, &form->n_answers, err))
        return false;
    if (!config_object(node, "form kind title version valid_from detect date_formats fields",
                       "ignore breaks board location location_alternative max_reject_share source explicit as_of office instrument counts accept_empty items answers pivot",
                       err) ||
        !config_text(node, "form", &form->name, err) || !config_text(node, "kind", &kind, err) ||
        !config_text(node, "title", &form->title, err) || !config_int(node, "version", 1, 1000, &form->version, err) ||
        !config_text(node, "valid_from", &valid_from, err) || !keys_load(out, node, "detect", &form->detect, &form->n_detect, err) ||
        !keys_load(out, node, "ignore", &form->ignore, &form->n_ignore, err) || !breaks_load(node, form, err) ||
        !config_int(node, "board", 1, 99999, &form->board, err) ||
        !parts_load(out, node, "location", &form->location, &form->n_location, err) ||
        !parts_load(out, node, "location_alternative", &form->location_alternative, &form->n_alternative, err) ||
        !config_real(node, "max_reject_share", 0, 1, &form->max_reject_share, err) ||
        !config_text(node, "source", &form->source, err) || !config_bool(node, "explicit", &form->explicit_only, err) ||
        !config_text(node, "as_of", &as_of, err) || !config_bool(node, "office", &form->office, err) ||
        !config_bool(node, "accept_empty", &form->accept_empty, err) ||
        !config_text(node, "instrument", &instrument, err) || !config_text(node, "counts", &form->counts, err) ||
        !config_texts(out, node, "date_formats", &formats, &n_formats, err))
        return false;
    for (size_t at = 0; at < forms->n_kinds; at++)
        if (strcmp(forms->kind[at].name, kind) == 0)
            form->kind = &forms->kind[at];
    if (!form->kind)
        return config_fail(node, err, "no kind \"%s\"", kind);
    if (form->counts)
        form->counts = key_of(out, form->counts);
    form->as_of = DATE_NONE;
    if (as_of && !date_parse_iso(as_of, &form->as_of))
        return config_fail(node, err, "\"as_of\" is not a date (yyyy-mm-dd)");
    if (instrument && !(form->instrument = codes_instrument(&forms->codes, instrument)))
        return config_fail(node, err, "no instrument \"%s\"", instrument);
    if (!pivot_load(out, node, form, err))
        return false;
    for (size_t at = 0; at < n_formats && at < 3; at++) {
        if (strcmp(formats[at], "iso") != 0 && strcmp(formats[at], "dmy") != 0 && strcmp(formats[at], "mdy") != 0)
            return config_fail(node, err, "date format \"%s\" is none of: iso dmy mdy", formats[at]);
        form->format[form->n_formats++] = formats[at][0] == 'i' ? DATE_ISO : formats[at][0] == 'd' ? DATE_DMY : DATE_MDY;
    }
    ConfigNode fields = config_child(node, "fields");
    form->n_fields = config_count(&fields);
    form->field = arena_array(out, form->n_fields, sizeof *form->field);
    const char *name;
    json_t *value;
    size_t at = 0;
    json_object_foreach((json_t *) fields.json, name, value)
    {
        ConfigNode field = config_child(&fields, name);
        bool known = kind_privacy(form->kind, name) != PRIVACY_NONE;
        for (size_t column = 0; column < form->kind->n_columns && !known; column++) {
            const KindColumn *candidate = &form->kind->column[column];
            known = strcmp(candidate->field, name) == 0;
            for (const char **also = candidate->also; also && *also && !known; also++)
                known = strcmp(*also, name) == 0;
            known = known || (candidate->type == TYPE_PEOPLE && (strcmp(candidate->role_field, name) == 0 || strcmp(candidate->group_field, name) == 0));
        }
        if (!known)
            return config_fail(&field, err, "kind \"%s\" has no such field", kind);
        if (!field_load(out, &field, name, &form->field[at++], err))
            return false;
    }
    for (size_t column = 0; column < form->kind->n_columns; column++)
        if (form->kind->column[column].required && form->kind->column[column].type != TYPE_EARLIEST && !form_field(form, form->kind->column[column].field) &&
            !(form->kind->column[column].from_text && form_field(form, form->kind->column[column].from_text)))
            return config_fail(&fields, err, "missing required field \"%s\"", form->kind->column[column].field);
    return true;
}

bool forms_load(Arena *out, const Place *place, Forms *forms, Err *err)
{
    ConfigNode *nodes;

    memset(forms, 0, sizeof *forms);
    if (!codes_load(out, place, &forms->codes, err) || !lexicon_load(out, place, &forms->codes, &forms->lexicon, err) ||
        !config_load_all(out, place, "kinds", &nodes, &forms->n_kinds, err))
        return false;
    forms->kind = arena_array(out, forms->n_kinds, sizeof *forms->kind);
    for (size_t at = 0; at < forms->n_kinds; at++)
        if (!kind_load(out, &nodes[at], &forms->codes, &forms->kind[at], err))
            return false;
    if (!config_load_all(out, place, "forms", &nodes, &forms->n_forms, err))
        return false;
    forms->form = arena_array(out, forms->n_forms, sizeof *forms->form);
    for (size_t at = 0; at < forms->n_forms; at++)
        if (!form_load(out, &nodes[at], forms, &forms->form[at], err))
            return false;
    return true;
}

const Form *forms_find(const Forms *forms, const char *name)
{
    for (size_t at = 0; at < forms->n_forms; at++)
        if (strcmp(forms->form[at].name, name) == 0)
            return &forms->form[at];
    return NULL;
}

const FormField *form_field(const Form *form, const char *field)
{
    for (size_t at = 0; at < form->n_fields; at++)
        if (strcmp(form->field[at].field, field) == 0)
            return &form->field[at];
    return NULL;
}

const char *form_header(const Form *form, const char *key)
{
    for (size_t at = 0; at < form->n_fields; at++)
        if (form->field[at].columns && form->field[at].columns[0] && strcmp(form->field[at].columns[0], key) == 0)
            return form->field[at].first_header;
    return key;
}
