/** Every question that reports ask the database, into plain arrays owned by an arena. */
#ifndef VB_REPORTS_DB_H
#define VB_REPORTS_DB_H

#include "common/arena.h"
#include "common/pg.h"

typedef struct ReleaseFigure {
    int         year, location_no, n_members, ord, schools;
    const char *indicator, *breakdown, *category, *label, *members, *reason;
    int64_t     events;
    double      denominator, value, low, high, p_change;
    bool        corrected;
} ReleaseFigure;

typedef struct ReleaseDecision {
    int         year;
    const char *indicator, *breakdown, *decision, *reason;
    Date        kept; /* since then the table stands as it was released, because the correction is too small to show; DATE_NONE = it is of the last release */
} ReleaseDecision;
typedef struct ReleaseDelivery { const char *location, *kind, *status, *form; bool office; Date received; int reject_class, location_no; } ReleaseDelivery;
typedef struct ReleaseBreak { const char *kind, *reason; Date on; } ReleaseBreak;
typedef struct ReleaseGoal {
    const char *location, *indicator, *owner, *status, *reason;
    bool        office;
    int         goal_no, baseline_year, location_no;
    double      baseline, target, current, low, high;
    Date        due;
} ReleaseGoal;

/** Whether an indicator rises or falls over the years since its last break, as follows from released totals (analyze/disclosure/derive.h). */
typedef struct ReleaseTrend {
    const char *indicator, *method, *reason; /* method quasi-poisson: change in % a year; theil-sen: in the unit a year */
    int         first, last, years;
    Date        break_on; /* DATE_NONE */
    double      change, low, high, p; /* p adjusted for the number of indicators; NaN */
} ReleaseTrend;
/** A published school beside the others. ratio: registered over expected; limits of that ratio at its size. */
typedef struct ReleaseComparison {
    const char *indicator, *label, *flag; /* flag in, low95, low998, high95, high998 */
    double      expected, ratio, low95, high95, low998, high998, p;
    double      above; /* P(it really has more than half as many again as all); NaN */
} ReleaseComparison;
/** How busy a month of the year is beside the average one. */
typedef struct ReleaseSeason { const char *indicator; int month, years; double ratio, low, high; } ReleaseSeason;
/** From when on the months lie at another level, if they do. */
typedef struct ReleaseShift { const char *indicator; Date on; double ratio, p; } ReleaseShift;

/** One school as the register has it: public. pupils 0 = not known */
typedef struct ReleaseSchool { int location_no; const char *code, *name, *place; int64_t pupils; } ReleaseSchool;
/** How one school stands in a table by school: by itself, in a remainder of n_members schools, in a table that was withheld, or not at all (no data). */
typedef enum OwnState { OWN_SHOWN, OWN_MERGED, OWN_WITHHELD, OWN_ABSENT } OwnState;
typedef struct ReleaseOwn { const char *indicator; int year, n_members; OwnState state; } ReleaseOwn;

/** Everything released of one board to one audience, or the part of it that an edition may hold (selection.h). */
typedef struct Release {
    int              board_no, threshold, n_tables, n_whole, n_coarsened, n_withheld, n_kept;
    int              attack_numbers, attack_relations, attack_hidden; /* what the attacker outside was up against; 0 numbers = not attacked */
    int              attack_insiders; /* schools that attacked too, with their own records */
    const char      *board_name, *certificate;
    ReleaseFigure   *figure;
    size_t           n_figures;
    ReleaseDecision *decision;
    size_t           n_decisions;
    ReleaseDelivery *delivery;
    size_t           n_deliveries;
    ReleaseBreak    *breaks;
    size_t           n_breaks;
    ReleaseGoal     *goal;
    size_t           n_goals;
    ReleaseTrend     *trend;
    size_t            n_trends;
    ReleaseComparison *comparison; /* by indicator, smallest school first */
    size_t            n_comparisons;
    ReleaseSeason    *season; /* by indicator, in order of the school year */
    size_t            n_seasons;
    ReleaseShift     *shift;
    size_t            n_shifts;
    int64_t          pupils, schools; /* of the school year; public register data */
    const char      *instruments;    /* definitions of the questionnaires */
    const ReleaseSchool *school;     /* the part is about this school; NULL = about the board */
    ReleaseOwn       *own;           /* of this school, a table by school of a year each */
    size_t            n_own;
} Release;

/** Boards with a certificate for this audience and school year. \param one 0 = all. */
bool reports_db_boards(Arena *out, Pg *db, const char *audience, int school_year, int one, int **boards, size_t *count, Err *err);
/** \param wide use the wording for gmr, mr and parents. ERR_DISCLOSURE when the certificate is missing or does not match what
 *  stands in release. */
bool reports_db_release(Arena *out, Pg *db, const char *audience, int board_no, int school_year, bool wide, Release *release, Err *err);

/** Schools of a board in a school year, by code. */
bool reports_db_schools(Arena *out, Pg *db, int board_no, int school_year, ReleaseSchool **schools, size_t *count, Err *err);

/** First cell of that kind, or NULL. category and breakdown "" where they do not apply. */
const ReleaseFigure *release_figure(const Release *release, const char *indicator, int year, const char *breakdown, int location_no, const char *category);
const ReleaseDecision *release_decision(const Release *release, const char *indicator, int year, const char *breakdown);

/* -- the bulletin of one school: role vb_bulletin ------------------------------------------------ */
typedef struct BulletinMonth { Date month; int observed; bool reported; double expected, upper, complete; const char *status; } BulletinMonth;
typedef struct AlarmSpot { const char *label; int n; } AlarmSpot;
enum { ALARM_SPOTS = 2, ALARM_PARTS = 8 };
typedef struct BulletinAlarm {
    int         alarm_no;
    const char *unit, *series, *title, *period, *method, *state, *event; /* unit "school", else numbers are NaN: they leave through disclosure only */
    bool        rise, trend, shown, incomplete;
    Date        from, last, peak, base_first, base_last, new_on, seen_on, event_on, closed_on;
    double      observed, expected, upper, pvalue; /* at the peak; NaN */
    int         certainty, run, base_n, points;
    bool        told;                              /* the last bulletin before this one that spoke of it, told it as it is now */
    bool        on;                                /* people had closed it, and it went on: the peak and all that is told of it are of what came after */
    const char *earlier_period;                    /* of its peak before that */
    Date        earlier_peak;
    double      earlier_observed, earlier_expected;
    int         earlier_run;
    AlarmSpot   place[ALARM_SPOTS], hour[ALARM_SPOTS], group[ALARM_SPOTS]; /* n 0 = none */
    int         total;                             /* incidents at the peak: the spots are of those */
    double      other_observed, other_expected;    /* of what else was registered in those months; NaN */
    Date        break_on, likely_on;               /* declared; one that nobody declared; DATE_NONE */
    double      likely_ratio;                      /* of the level after it to the one before */
    bool        board;                             /* the board as a whole stood out too */
    const char *counted;                           /* what the exposure is: pupils, days or periods */
    const char *part[ALARM_PARTS];
    size_t      n_parts;
} BulletinAlarm;
/* No longer there: better data, or another way of counting (break_on). */
typedef struct BulletinGone {
    int         alarm_no;
    const char *title, *state, *event;
    Date        from, last, gone_on, break_on, event_on;
    bool        told; /* a bulletin told of the alarm, and none that it is gone */
} BulletinGone;
typedef struct AlarmStep { int alarm_no; const char *step, *event, *undone; Date done_on, event_on; } AlarmStep; /* done_on DATE_NONE: unknown; undone: the step that "undone" took back */
typedef struct AlarmList {
    BulletinAlarm *alarm; /* shown ones first */
    BulletinGone  *gone;
    AlarmStep     *step;  /* by alarm, in order */
    size_t         n, n_gone, n_steps;
} AlarmList;
typedef struct BulletinFigure { int year; const char *indicator; int64_t events; double value; } BulletinFigure;
typedef struct Bulletin {
    const char    *code, *name, *place, *board_name;
    int            board_no;
    BulletinMonth *month[2]; /* series pest, alles */
    size_t         n_months[2];
    BulletinAlarm *alarm;  /* shown ones first */
    BulletinGone  *gone;   /* still to be told */
    size_t         n_alarms, n_gone;
    Date           likely_on;   /* a break that nobody declared, of the last two years; DATE_NONE */
    double         likely_ratio;
    Date           before; /* the bulletin before this one; DATE_NONE */
    BulletinFigure *figure;
    size_t         n_figures;
} Bulletin;

/** \param db role vb_bulletin \param made_on the bulletin before it is the last one made on an earlier day */
bool reports_db_bulletin(Arena *out, Pg *db, int location_no, Date made_on, Bulletin *bulletin, Err *err);
/** Alarms of one school or office with what was done with them, those too that are gone. \param day as a bulletin made on that day would tell them */
bool reports_db_alarms(Arena *out, Pg *db, int location_no, Date day, AlarmList *list, Err *err);
/** Remember that this bulletin was made, and what it told. */
bool reports_db_bulletin_note(Pg *db, const Bulletin *bulletin, Date made_on, Err *err);

/* -- feedback on the deliveries of one school or office: role vb_feedback -------------------------- */
typedef struct FeedbackReject {
    int64_t     row;    /* data row, the first below the header is 1 */
    int         column; /* 1-based, 0 = the row as a whole */
    const char *field, *rule;
    bool        finding; /* the row was loaded all the same */
} FeedbackReject;
/* A school that a file leaves out while an earlier one still has rows of it. */
typedef struct FeedbackLeftOut { const char *code, *name; Date earlier; int64_t rows; } FeedbackLeftOut;
typedef struct FeedbackDelivery {
    int             delivery_no, replaced_by; /* 0 = in force */
    const char     *kind, *form;
    Date            period_begin, period_end, received;
    int64_t         read, loaded, rejected, superseded, duplicate;
    int             ignored_columns;
    FeedbackReject *reject; /* by row; of a delivery in force only */
    size_t          n_rejects, n_findings; /* n_rejects counts both */
    FeedbackLeftOut *left_out;
    size_t          n_left_out;
    const char     *missing; /* of a refused file: the column that it lacks, as the form writes its header; "" */
    const char     *refused; /* the rule that it was refused as a whole for; NULL: it was loaded. Of a refused file only what is known: else kind "", period DATE_NONE */
} FeedbackDelivery;
typedef struct FeedbackShared { const char *kind; Date received; int64_t rows; } FeedbackShared;
typedef struct FeedbackMonth { Date month; int open_days; bool covered, registered; } FeedbackMonth; /* open_days -1: no calendar */
typedef struct FeedbackExpected { const char *kind; Date due, received; } FeedbackExpected; /* received DATE_NONE: nothing yet */
typedef struct Feedback {
    const char       *code, *name, *place, *board_name;
    bool              office;
    FeedbackDelivery *delivery; /* oldest first, also those that were replaced */
    size_t            n_deliveries;
    FeedbackDelivery *refusal; /* oldest first */
    size_t            n_refusals;
    FeedbackShared   *shared;
    size_t            n_shared;
    FeedbackMonth    *month;
    size_t            n_months;
    FeedbackExpected *expected;
    size_t            n_expected;
} Feedback;

typedef struct LocationKey { int location_no; const char *code; bool office; } LocationKey;

/** The office of a board and its schools. \param db role vb_report */
bool reports_db_locations_and_office(Arena *out, Pg *db, int board_no, int school_year, LocationKey **locations, size_t *count, Err *err);
/** Boards of which anything came for a school year, refused or not. \param db role vb_report. \param one 0: all */
bool reports_db_delivering_boards(Arena *out, Pg *db, int school_year, int one, int **boards, size_t *count, Err *err);
/** \param db role vb_feedback */
bool reports_db_feedback(Arena *out, Pg *db, int location_no, int school_year, Feedback *feedback, Err *err);

#endif
