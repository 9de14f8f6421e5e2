/**
 * What form an incident had and where it was, when the form only has a text (LEV bijlage 11): words and phrases of
 * config/lexicon, with Dutch word forms, split verbs and negation. The text is read in memory and dropped by the caller.
 *
 * A pattern is one or more words: "pest*" begins so, "*pesten" ends so, "~" stands for up to four words in between
 * ("schold ~ uit"). Every pattern has a weight; the confidence of a form is 100 * s / (s + 1) of the sum s of its weights,
 * so one pattern of weight 2 gives 67 and two of them 80. A hit within reach of a negation does not count, and words of
 * a "void" phrase ("pestprotocol", "trap af") are taken out before. Below the threshold: code onbekend.
 */
#ifndef VB_INGEST_LEXICON_H
#define VB_INGEST_LEXICON_H

#include "common/codes.h"

typedef struct Lexicon Lexicon;

typedef struct LexiconVerdict {
    int32_t form_set;   /* bit n = code n of list vorm; onbekend alone when nothing reached the threshold; 0 = no text */
    int     place;      /* code of list plaats; onbekend when the text names none; 0 = no text */
    int     confidence; /* 0 to 100 of the strongest form */
} LexiconVerdict;

/** config/lexicon/<name>.json. Owned by arena. ERR_CONFIG names file and path. */
bool lexicon_load(Arena *out, const Place *place, const Codes *codes, Lexicon **lexicon, Err *err);
/** \param text UTF-8. \param scratch holds the words until it is reset */
void lexicon_read(const Lexicon *lexicon, Arena *scratch, const char *text, size_t bytes, LexiconVerdict *verdict);

#endif
