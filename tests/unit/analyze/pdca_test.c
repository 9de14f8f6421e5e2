#include "analyze/pdca.h"

#include "tests/harness/test.h"

/* Half of the time has gone; no interval. */
static PdcaGoal goal(double baseline, double target, double current, int direction)
{
    return (PdcaGoal){.baseline = baseline, .target = target, .current = current, .low = NAN, .high = NAN, .direction = direction, .started = 1000, .due = 2000, .measured = 1500};
}

static void check_status(int line, PdcaGoal at, PdcaStatus want, const char *want_reason)
{
    const char *reason = "untouched";
    PdcaStatus got = pdca_status(&at, &reason);

    if (got != want)
        test_fail(__FILE__, line, "got \"%s\" (%s), expected \"%s\"", pdca_status_name(got), reason, pdca_status_name(want));
    test_check_text(__FILE__, line, reason, want_reason);
}
#define STATUS(at, want) check_status(__LINE__, at, want, "")

static const char unsure[] = "de meting is te onzeker: nulmeting en streefwaarde liggen beide binnen de marge";

TEST("a goal is reached at its target and beyond, in the direction that is good")
{
    STATUS(goal(80, 90, 90, 1), PDCA_REACHED);
    STATUS(goal(80, 90, 95, 1), PDCA_REACHED);
    STATUS(goal(20, 10, 10, -1), PDCA_REACHED);
    STATUS(goal(20, 10, 3, -1), PDCA_REACHED);
    STATUS(goal(80, 90, 90, 0), PDCA_REACHED);
    STATUS(goal(20, 10, 9, 0), PDCA_REACHED);
}

TEST("on course is as far as the time that has gone, behind is less")
{
    STATUS(goal(80, 90, 85, 1), PDCA_ON_TRACK);
    STATUS(goal(80, 90, 84.9, 1), PDCA_BEHIND);
    STATUS(goal(20, 10, 15, -1), PDCA_ON_TRACK);
    STATUS(goal(20, 10, 15.1, -1), PDCA_BEHIND);
    STATUS(goal(20, 10, 14, 0), PDCA_ON_TRACK);
    STATUS(goal(20, 10, 25, -1), PDCA_BEHIND); /* the wrong way */
    STATUS(goal(20, 10, 20, -1), PDCA_BEHIND);
}

TEST("before the beginning no progress is asked, after the term all of it")
{
    PdcaGoal early = goal(80, 90, 80, 1), late = goal(80, 90, 89.9, 1), backward = goal(80, 90, 79, 1);

    early.measured = backward.measured = 1000;
    STATUS(early, PDCA_ON_TRACK);
    early.measured = 500;
    STATUS(early, PDCA_ON_TRACK);
    STATUS(backward, PDCA_BEHIND);
    late.measured = 2000;
    STATUS(late, PDCA_BEHIND);
    late.measured = 5000;
    STATUS(late, PDCA_BEHIND);
    late.due = late.started; /* no time at all: everything at once */
    late.measured = late.started;
    STATUS(late, PDCA_BEHIND);
}

TEST("a goal to stay where one is, is reached by not falling back")
{
    STATUS(goal(90, 90, 90, 1), PDCA_REACHED);
    STATUS(goal(90, 90, 92, 1), PDCA_REACHED);
    STATUS(goal(90, 90, 89, 1), PDCA_BEHIND);
    STATUS(goal(10, 10, 9, -1), PDCA_REACHED);
    STATUS(goal(10, 10, 11, -1), PDCA_BEHIND);
    STATUS(goal(10, 10, 10, 0), PDCA_REACHED);
    STATUS(goal(10, 10, 11, 0), PDCA_BEHIND);
}

TEST("a target on the safe side of the baseline is reached while the value stays beyond it")
{
    STATUS(goal(92, 90, 91, 1), PDCA_REACHED); /* no lower than 90, high is good */
    STATUS(goal(92, 90, 89, 1), PDCA_BEHIND);  /* falling from 92 to 89 is no progress */
    STATUS(goal(8, 10, 9, -1), PDCA_REACHED);
    STATUS(goal(8, 10, 11, -1), PDCA_BEHIND);
}

TEST("without value, baseline or target nothing can be said")
{
    check_status(__LINE__, goal(80, 90, NAN, 1), PDCA_UNKNOWN, "geen meting dit jaar");
    check_status(__LINE__, goal(NAN, 90, 95, 1), PDCA_UNKNOWN, "geen nulmeting");
    check_status(__LINE__, goal(NAN, 90, NAN, 1), PDCA_UNKNOWN, "geen meting dit jaar");
    check_status(__LINE__, goal(80, 90, INFINITY, 1), PDCA_UNKNOWN, "geen meting dit jaar");
}

TEST("a goal whose target is unknown is not judged")
{
    PdcaGoal nothing = goal(80, NAN, 85, 1);
    const char *reason = "";

    CHECK_INT(pdca_status(&nothing, &reason), PDCA_UNKNOWN);
    CHECK(*reason);
    nothing.direction = 0;
    CHECK_INT(pdca_status(&nothing, &reason), PDCA_UNKNOWN);
}

TEST("an interval that holds baseline and target says nothing, one that holds either does")
{
    PdcaGoal wide = goal(80, 90, 85, 1);

    wide.low = 78, wide.high = 92;
    check_status(__LINE__, wide, PDCA_UNKNOWN, unsure);
    wide.low = 80, wide.high = 90; /* the ends belong to it */
    check_status(__LINE__, wide, PDCA_UNKNOWN, unsure);
    wide.low = 80.1, wide.high = 92;
    STATUS(wide, PDCA_ON_TRACK);
    wide.low = 78, wide.high = 89.9;
    STATUS(wide, PDCA_ON_TRACK);
    PdcaGoal down = goal(20, 10, 14, -1);
    down.low = 9, down.high = 21;
    check_status(__LINE__, down, PDCA_UNKNOWN, unsure);
    down.high = 19;
    STATUS(down, PDCA_ON_TRACK);
    /* the value itself has reached the target */
    PdcaGoal reached = goal(80, 90, 91, 1);
    reached.low = 78, reached.high = 99;
    STATUS(reached, PDCA_REACHED);
}

TEST("every status has its name")
{
    CHECK_TEXT(pdca_status_name(PDCA_REACHED), "behaald");
    CHECK_TEXT(pdca_status_name(PDCA_ON_TRACK), "op koers");
    CHECK_TEXT(pdca_status_name(PDCA_BEHIND), "achter");
    CHECK_TEXT(pdca_status_name(PDCA_UNKNOWN), "niet te beoordelen");
}
