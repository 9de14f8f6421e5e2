#include "reports/html.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxslt/transform.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltutils.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"

#define X(text) ((const xmlChar *) (text))

static xmlNode *element(xmlNode *parent, const char *name, const char *text)
{
    xmlNode *node = xmlNewChild(parent, NULL, X(name), NULL);

    if (text)
        xmlNodeAddContent(node, X(text)); /* escapes; xmlNewChild's own content would not */
    return node;
}

static void attribute(xmlNode *node, const char *name, const char *value)
{
    xmlSetProp(node, X(name), X(value));
}

/* An image for <img src>: a page is one file, and an SVG in an img cannot run anything. */
static char *data_uri(const char *svg)
{
    size_t bytes = strlen(svg), room = sodium_base64_ENCODED_LEN(bytes, sodium_base64_VARIANT_ORIGINAL);
    static const char head[] = "data:image/svg+xml;base64,";
    char *uri = malloc(sizeof head + room);

    if (!uri)
        return NULL;
    memcpy(uri, head, sizeof head);
    sodium_bin2base64(uri + sizeof head - 1, room, (const unsigned char *) svg, bytes, sodium_base64_VARIANT_ORIGINAL);
    return uri;
}

static void table_add(xmlNode *chapter, const ModelTable *table)
{
    xmlNode *node = element(chapter, "table", NULL);

    attribute(node, "title", table->title);
    for (const char *at = table->note; *at;) {
        size_t bytes = strcspn(at, "\n");
        xmlNode *line = xmlNewChild(node, NULL, X("sign"), NULL);
        xmlNodeAddContentLen(line, X(at), (int) bytes);
        at += bytes + (at[bytes] != '\0');
    }
    xmlNode *head = element(node, "columns", NULL), *body = NULL;
    const char *group = NULL;
    size_t first = table->grouped ? 1 : 0;
    for (size_t column = first; column < table->n_columns; column++) {
        xmlNode *title = element(head, "column", table->column[column].title);
        if (table->column[column].numeric)
            attribute(title, "numeric", "yes");
    }
    for (size_t row = 0; row < table->n_rows; row++) {
        const TableCell *cells = &table->cell[row * table->n_columns];
        if (!body || (table->grouped && strcmp(group, cells[0].text) != 0)) {
            body = element(node, "body", NULL);
            group = cells[0].text;
            if (table->grouped)
                attribute(body, "title", group);
        }
        xmlNode *line = element(body, "row", NULL);
        for (size_t column = first; column < table->n_columns; column++) {
            xmlNode *cell = element(line, "cell", cells[column].text);
            if (table->column[column].numeric)
                attribute(cell, "numeric", "yes");
        }
    }
}

static void chart_add(xmlNode *chapter, const ModelChart *chart)
{
    xmlNode *node = element(chapter, "chart", NULL);
    char *uri = chart->svg ? data_uri(chart->svg) : NULL;

    attribute(node, "title", chart->title);
    attribute(node, "caption", chart->caption);
    attribute(node, "alt", chart->alt);
    if (uri)
        attribute(node, "src", uri);
    free(uri);
}

static void block_add(xmlNode *chapter, const Block *block)
{
    xmlNode *node;

    switch (block->type) {
    case BLOCK_PARAGRAPH: element(chapter, "paragraph", block->text); break;
    case BLOCK_NOTE: element(chapter, "note", block->text); break;
    case BLOCK_HEADING: element(chapter, "heading", block->text); break;
    case BLOCK_SMALL: element(chapter, "small", block->text); break;
    case BLOCK_LINES:
        node = element(chapter, "lines", NULL);
        for (size_t at = 0; at < block->n_lines; at++) {
            xmlNode *line = element(node, "line", block->line[at].text);
            if (*block->line[at].certainty)
                attribute(line, "certainty", block->line[at].certainty);
        }
        break;
    case BLOCK_TABLE: table_add(chapter, block->table); break;
    case BLOCK_CHART: chart_add(chapter, block->chart); break;
    }
}

static xmlDoc *document(const Report *report, const char *css)
{
    xmlDoc *doc = xmlNewDoc(X("1.0"));
    xmlNode *root = xmlNewNode(NULL, X("report"));
    char iso[11];

    xmlDocSetRootElement(doc, root);
    date_format_iso(report->made_on == DATE_NONE ? 0 : report->made_on, iso);
    attribute(root, "title", report->title);
    attribute(root, "subtitle", report->subtitle);
    attribute(root, "organisation", report->organisation);
    attribute(root, "footer", report->footer);
    attribute(root, "language", report->language);
    attribute(root, "edition", report->edition);
    attribute(root, "confidential", report->confidential);
    attribute(root, "identity", report->identity);
    attribute(root, "made-on", iso);
    element(root, "css", css);
    for (const Chapter *chapter = report->first; chapter; chapter = chapter->next) {
        xmlNode *node = element(root, "chapter", NULL);
        attribute(node, "id", chapter->id);
        attribute(node, "title", chapter->title);
        for (const Block *block = chapter->first; block; block = block->next)
            block_add(node, block);
    }
    return doc;
}

bool html_write(const Report *report, const char *templates, const char *path, Err *err)
{
    ARENA_AUTO arena = arena_new();
    char *css;
    size_t bytes;
    bool good = false;

    if (!place_read(arena, arena_format(arena, "%s/style.css", templates), &css, &bytes, err))
        return false;
    xsltStylesheet *style = xsltParseStylesheetFile(X(arena_format(arena, "%s/html.xsl", templates)));
    if (!style)
        return err_set(err, ERR_CONFIG, "cannot read the template \"%s/html.xsl\"", templates);
    xmlDoc *doc = document(report, css);
    xmlDoc *page = xsltApplyStylesheet(style, doc, NULL);
    xmlChar *text = NULL;
    int length = 0;
    if (page && xsltSaveResultToString(&text, &length, page, style) == 0 && text)
        good = place_write(path, text, (size_t) length, err);
    else
        err_set(err, ERR_CONFIG, "the template \"%s/html.xsl\" cannot be applied", templates);
    xmlFree(text);
    xmlFreeDoc(page);
    xmlFreeDoc(doc);
    xsltFreeStylesheet(style);
    return good;
}
