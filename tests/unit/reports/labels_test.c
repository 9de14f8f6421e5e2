#include "reports/labels.h"

#include <math.h>
#include <stdint.h>

#include "tests/harness/test.h"

#define CHECK_REAL(got, want, off) CHECK(fabs((got) - (want)) <= (off))

static const LabelBox frame = {60, 20, 440, 260};

static bool meet(const LabelBox *a, const LabelBox *b)
{
    return a->left < b->left + b->width && b->left < a->left + a->width && a->top < b->top + b->height && b->top < a->top + a->height;
}

static double distance(const LabelBox *box, double x, double y)
{
    double dx = fmax(fmax(box->left - x, x - box->left - box->width), 0), dy = fmax(fmax(box->top - y, y - box->top - box->height), 0);

    return hypot(dx, dy);
}

/* No name on a dot, on a name or outside. */
static void check_places(int line, const Label *labels, size_t n, const LabelDot *dots, size_t n_dots)
{
    for (size_t at = 0; at < n; at++) {
        const LabelBox *box = &labels[at].box;
        if (box->left < frame.left || box->top < frame.top || box->left + box->width > frame.left + frame.width || box->top + box->height > frame.top + frame.height)
            test_fail(__FILE__, line, "name %zu is outside", at);
        for (size_t dot = 0; dot < n_dots; dot++)
            if (distance(box, dots[dot].x, dots[dot].y) < dots[dot].radius)
                test_fail(__FILE__, line, "name %zu lies on dot %zu", at, dot);
        for (size_t other = 0; other < at; other++)
            if (meet(box, &labels[other].box))
                test_fail(__FILE__, line, "name %zu lies on name %zu", at, other);
    }
}

TEST("a name alone stands right of its dot, or left of it at the edge")
{
    const LabelDot dots[] = {{200, 150, 4}, {480, 150, 4}};
    Label labels[] = {{.x = 200, .y = 150, .radius = 4, .width = 80, .height = 14}, {.x = 480, .y = 150, .radius = 4, .width = 80, .height = 14}};

    labels_place(labels, 2, dots, 2, NULL, 0, frame);
    CHECK_REAL(labels[0].box.left, 207, 1e-9);
    CHECK_REAL(labels[0].box.top, 143, 1e-9);
    CHECK_REAL(labels[1].box.left + labels[1].box.width, 473, 1e-9);
    CHECK_INT(labels[0].away, 0);
    CHECK_INT(labels[1].away, 0);
}

TEST("a dot right above and right of a named one is left free")
{
    /* the picture that gave the rule: a dot between two named ones at the foot of a funnel */
    const LabelDot dots[] = {{252, 252, 5}, {348, 254, 5}, {366, 241, 4}, {372, 210, 4}};
    const LabelLine lines[] = {{145, 251, 420, 248}};
    Label labels[] = {{.x = 252, .y = 252, .radius = 5, .width = 84, .height = 14}, {.x = 348, .y = 254, .radius = 5, .width = 74, .height = 14}};

    labels_place(labels, 2, dots, 4, lines, 1, frame);
    check_places(__LINE__, labels, 2, dots, 4);
}

TEST("a line is avoided where there is room beside it")
{
    const LabelDot dots[] = {{200, 150, 4}};
    const LabelLine lines[] = {{60, 150, 500, 150}};
    Label labels[] = {{.x = 200, .y = 150, .radius = 4, .width = 60, .height = 14}};

    labels_place(labels, 1, dots, 1, lines, 1, frame);
    CHECK(labels[0].box.top + labels[0].box.height < 150 || labels[0].box.top > 150);
}

TEST("names of dots on top of each other part, and lines lead to those that are far")
{
    LabelDot dots[6];
    Label labels[6];

    for (size_t at = 0; at < 6; at++) {
        dots[at] = (LabelDot){250 + (double) at * 3, 150 + (double) (at % 2) * 4, 4};
        labels[at] = (Label){.x = dots[at].x, .y = dots[at].y, .radius = 4, .width = 70, .height = 14};
    }
    labels_place(labels, 6, dots, 6, NULL, 0, frame);
    check_places(__LINE__, labels, 6, dots, 6);
    int away = 0;
    for (size_t at = 0; at < 6; at++)
        away += labels[at].away > 0;
    CHECK(away > 0 && away < 6);
}

TEST("thousands of drawn charts: no name on a dot or a name")
{
    uint64_t state = 20260914;
    LabelDot dots[25];
    Label labels[6];

    for (int chart = 0; chart < 2000; chart++) {
        for (size_t at = 0; at < 25; at++) {
            double draw[2];
            for (int one = 0; one < 2; one++) {
                state = state * 6364136223846793005u + 1442695040888963407u;
                draw[one] = (double) (state >> 40) / (double) (1 << 24);
            }
            dots[at] = (LabelDot){70 + draw[0] * 420, 30 + draw[1] * 240, at < 6 ? 6 : 4};
            if (at < 6)
                labels[at] = (Label){.x = dots[at].x, .y = dots[at].y, .radius = 6, .width = 60 + 10 * (double) at, .height = 14};
        }
        labels_place(labels, 6, dots, 25, NULL, 0, frame);
        check_places(__LINE__, labels, 6, dots, 25);
    }
}

TEST("heights move apart as little as it takes, and stay within")
{
    double three[] = {10, 12, 40}, tight[] = {0, 0, 0}, fine[] = {5, 30};

    labels_apart(three, 3, 10, 0, 100);
    CHECK_REAL(three[0], 6, 1e-6);
    CHECK_REAL(three[1], 16, 1e-6);
    CHECK_REAL(three[2], 40, 1e-6);
    labels_apart(tight, 3, 10, 0, 100);
    for (size_t at = 0; at < 3; at++)
        CHECK_REAL(tight[at], 10.0 * (double) at, 1e-6);
    labels_apart(fine, 2, 10, 0, 100);
    CHECK_REAL(fine[0], 5, 0);
    CHECK_REAL(fine[1], 30, 0);
}

TEST("a text is as wide as its letters, not its bytes")
{
    CHECK_REAL(labels_text_width("é", 10), labels_text_width("x", 10), 1e-9);
    CHECK(labels_text_width("De Vlinderkade", 11) > 70 && labels_text_width("De Vlinderkade", 11) < 100);
    CHECK(labels_text_width("iiii", 11) < labels_text_width("mmmm", 11));
    CHECK_REAL(labels_text_width("", 11), 0, 0);
}
