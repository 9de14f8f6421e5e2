#include "reports/labels.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { SIDES = 12, RINGS = 12, ROUNDS = 12 };
/* What a place costs. To lie on a dot or a name is worse than everything else together. */
#define COST_ON_NAME 1000.0
#define COST_ON_DOT 1000.0
#define COST_OUTSIDE 3000.0
#define COST_ON_LINE 6.0
#define COST_RING 7.0
#define GAP 3.0
#define RING 8.0

double labels_text_width(const char *text, double size)
{
    double ems = 0;

    for (const char *at = text; *at; at++) {
        if ((*at & 0xC0) == 0x80) /* the rest of a letter */
            continue;
        ems += strchr("ijl.,'|!:;()[]`", *at) ? 0.32 : strchr("tfr -", *at) ? 0.4 : strchr("mwMW%@", *at) ? 0.92 : *at >= 'A' && *at <= 'Z' ? 0.72 : 0.62;
    }
    return ems * size;
}

static bool boxes_meet(const LabelBox *a, const LabelBox *b)
{
    return a->left < b->left + b->width && b->left < a->left + a->width && a->top < b->top + b->height && b->top < a->top + a->height;
}

static bool dot_in(const LabelBox *box, const LabelDot *dot)
{
    double x = fmax(box->left, fmin(dot->x, box->left + box->width)), y = fmax(box->top, fmin(dot->y, box->top + box->height));

    return hypot(dot->x - x, dot->y - y) < dot->radius + 1;
}

/* Liang-Barsky: does any of the segment lie in the box? */
static bool line_in(const LabelBox *box, const LabelLine *line)
{
    double dx = line->x2 - line->x1, dy = line->y2 - line->y1, from = 0, to = 1;
    const double p[4] = {-dx, dx, -dy, dy};
    const double q[4] = {line->x1 - box->left, box->left + box->width - line->x1, line->y1 - box->top, box->top + box->height - line->y1};

    for (int side = 0; side < 4; side++) {
        if (p[side] == 0) {
            if (q[side] < 0)
                return false;
            continue;
        }
        double t = q[side] / p[side];
        if (p[side] < 0)
            from = fmax(from, t);
        else
            to = fmin(to, t);
    }
    return from <= to;
}

/* Beside the dot first: right, left, above, below, then the corners, then above and below with more of the name to one side. */
static LabelBox candidate(const Label *label, int side, int ring)
{
    static const int dx[SIDES] = {1, -1, 0, 0, 1, 1, -1, -1, 0, 0, 0, 0}, dy[SIDES] = {0, 0, -1, 1, -1, 1, -1, 1, -1, -1, 1, 1};
    static const double part[SIDES] = {0, 1, 0.5, 0.5, 0, 0, 1, 1, 0.2, 0.8, 0.2, 0.8}; /* of the width that lies left */
    double far = label->radius + GAP + ring * RING, corner = side >= 4 && side < 8 ? 0.6 : 1;
    double x = label->x + dx[side] * far * corner, y = label->y + dy[side] * far * corner;

    return (LabelBox){x - part[side] * label->width, dy[side] > 0 ? y : dy[side] < 0 ? y - label->height : y - label->height / 2, label->width, label->height};
}

static double cost_of(const LabelBox *box, int side, int ring, const Label *labels, size_t n, size_t self, const LabelDot *dots, size_t n_dots, const LabelLine *lines, size_t n_lines, LabelBox frame)
{
    double cost = ring * COST_RING + side * 0.1;

    if (box->left < frame.left || box->top < frame.top || box->left + box->width > frame.left + frame.width || box->top + box->height > frame.top + frame.height)
        cost += COST_OUTSIDE;
    for (size_t at = 0; at < n; at++)
        cost += at != self && labels[at].box.width > 0 && boxes_meet(box, &labels[at].box) ? COST_ON_NAME : 0;
    for (size_t at = 0; at < n_dots; at++)
        cost += dot_in(box, &dots[at]) ? COST_ON_DOT : 0;
    for (size_t at = 0; at < n_lines; at++)
        cost += line_in(box, &lines[at]) ? COST_ON_LINE : 0;
    return cost;
}

void labels_place(Label *labels, size_t n, const LabelDot *dots, size_t n_dots, const LabelLine *lines, size_t n_lines, LabelBox frame)
{
    bool moved = true;

    for (size_t at = 0; at < n; at++) {
        labels[at].box = (LabelBox){0};
        labels[at].away = -1;
    }
    for (int round = 0; round < ROUNDS && moved; round++) {
        moved = false;
        for (size_t at = 0; at < n; at++) {
            double best = INFINITY;
            LabelBox place = labels[at].box;
            int away = labels[at].away;
            for (int ring = 0; ring < RINGS; ring++)
                for (int side = 0; side < SIDES; side++) {
                    LabelBox box = candidate(&labels[at], side, ring);
                    double cost = cost_of(&box, side, ring, labels, n, at, dots, n_dots, lines, n_lines, frame);
                    if (cost < best) {
                        best = cost;
                        place = box;
                        away = ring;
                    }
                }
            moved = moved || place.left != labels[at].box.left || place.top != labels[at].box.top;
            labels[at].box = place;
            labels[at].away = away;
        }
    }
}

void labels_apart(double *height, size_t n, double apart, double low, double high)
{
    /* Push neighbours off each other half and half; few labels, so a few dozen passes are at rest. */
    for (int round = 0; round < 60; round++) {
        for (size_t at = 0; at < n; at++)
            height[at] = fmax(low + (double) at * apart, fmin(height[at], high - (double) (n - 1 - at) * apart));
        for (size_t at = 1; at < n; at++) {
            double short_of = apart - (height[at] - height[at - 1]);
            if (short_of > 0) {
                height[at - 1] -= short_of / 2;
                height[at] += short_of / 2;
            }
        }
    }
}
