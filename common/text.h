/**
 * Text: encodings, trimming, and the folded forms by which headers, codes and names are compared.
 */
#ifndef VB_COMMON_TEXT_H
#define VB_COMMON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"

typedef enum TextEncoding { TEXT_UTF8, TEXT_CP1252 } TextEncoding;

/** \return number of leading bytes that are well-formed UTF-8 (RFC 3629: no surrogates, nothing overlong). */
size_t text_utf8_span(const char *text, size_t bytes);

/** Windows-1252 to UTF-8. The five bytes it leaves undefined become U+FFFD. Result owned by arena. */
char *text_from_cp1252(Arena *out, const char *text, size_t bytes);

/** Move *text and *bytes past white space (ASCII, NBSP) on both sides. */
void text_trim(const char **text, size_t *bytes);

/**
 * The key by which headers and codes are compared: NFKC, case folded, every run of anything that is not a letter,
 * digit, plus or minus sign, question mark or comparison sign becomes one '_', none at the ends.
 * "Datum " and "DATUM" are the same header; "--" and "++" stay apart, as answer scales need.
 * \return NULL when text is not UTF-8
 */
char *text_key(Arena *out, const char *text, size_t bytes);

/** NFC, case folded, diacritics removed, only letters and digits: for names (pseudonym.h). NULL: not UTF-8. */
char *text_name_fold(Arena *out, const char *text, size_t bytes);
/** The same by utf8proc alone: what the definition is, and what tests hold text_name_fold against. */
char *text_name_fold_long(Arena *out, const char *text, size_t bytes);

bool text_equal_nocase(const char *a, const char *b); /* ASCII */

#endif
