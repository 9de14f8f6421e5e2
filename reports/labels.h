/**
 * Names beside dots in a chart, so that none lies on a dot or on another name, and as few as can be on a line or outside the
 * frame. Units are pixels, y downwards. A small search: a place of each name from a ring of candidates, improved name by name
 * until nothing gets better; the same input gives the same places. Cf. Christensen, Marks and Shieber, An empirical study of
 * algorithms for point-feature label placement (ACM Transactions on Graphics 14, 1995), discrete gradient descent.
 */
#ifndef VB_REPORTS_LABELS_H
#define VB_REPORTS_LABELS_H

#include <stddef.h>

typedef struct LabelBox { double left, top, width, height; } LabelBox;
typedef struct LabelDot { double x, y, radius; } LabelDot;
typedef struct LabelLine { double x1, y1, x2, y2; } LabelLine;
typedef struct Label {
    double   x, y, radius; /* the dot that is named; also one of the dots */
    double   width, height;
    LabelBox box;          /* filled: where the name stands */
    int      away;         /* filled: 0 = beside its dot; else a line should lead to it */
} Label;

/** Fills box and away of every label. */
void labels_place(Label *labels, size_t n, const LabelDot *dots, size_t n_dots, const LabelLine *lines, size_t n_lines, LabelBox frame);
/** Width of a text in a sans serif of this size, a little more rather than less. */
double labels_text_width(const char *text, double size);
/** Moves heights that are in order of index apart until each is `apart` from the next, as little as that takes, within low and high. */
void labels_apart(double *height, size_t n, double apart, double low, double high);

#endif
