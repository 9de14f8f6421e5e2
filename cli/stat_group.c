#include <math.h>

#include "analyze/alpha.h"
#include "analyze/funnel.h"
#include "analyze/multiple.h"
#include "analyze/ordinal.h"
#include "analyze/season.h"
#include "analyze/shrink.h"
#include "cli/app.h"
#include "cli/stat.h"

/* Many schools, persons, items or tests at once. */

/* funnel and shrink */

static const StatColumn funnel_columns[] = {{"observed", N_("count of each school; empty = no report"), false}, {"expected", N_("expected count of each school"), false},
                                            NO_MORE_COLUMNS};
static const StatOption funnel_options[] = {{"winsor", STAT_NUMBER, "0.1", 0, .49, N_("share of z set to its quantile at either end")},
                                            {"adjust", STAT_CHOICE, "yes", 0, 0, N_("yes|no: add the variance between schools")}, NO_MORE_OPTIONS};

static bool funnel_method(StatCall *call)
{
    double *observed, *expected, *p = arena_array(call->arena, call->n, sizeof *p);
    FunnelPoint *point = arena_array(call->arena, call->n, sizeof *point);
    Funnel all;

    if (!stat_column(call, "observed", &observed) || !stat_column(call, "expected", &expected) ||
        !funnel_run(observed, expected, call->n, stat_number(call, "winsor"), stat_is(call, "adjust", "yes"), point, &all, call->err))
        return false;
    for (size_t at = 0; at < call->n; at++)
        p[at] = point[at].pvalue;
    if (!multiple_adjust(p, call->n, MULTIPLE_BH, p, call->err))
        return false;
    for (size_t at = 0; at < call->n; at++) {
        const FunnelPoint *here = &point[at];
        PUT(call, (double) (at + 1), observed[at], expected[at], here->ratio, here->z_raw, here->z, here->pvalue, p[at], here->low95, here->high95,
            here->low998, here->high998);
        stat_put_text(call, here->used ? funnel_flag_name(here->flag) : "NA");
        PUT(call, all.phi, all.tau2);
        stat_end_row(call);
    }
    return true;
}

static const StatOption shrink_options[] = {{"prior", STAT_CHOICE, "ml", 0, 0, N_("ml|moments: how the distribution over schools is found")},
                                            {"threshold", STAT_NUMBER, "1.5", 0, 1e6, N_("above: the chance of a rate over this many times the mean")},
                                            NO_MORE_OPTIONS};

static bool shrink_method(StatCall *call)
{
    double *observed, *expected;
    ShrinkPoint *point = arena_array(call->arena, call->n, sizeof *point);
    ShrinkPrior prior;

    if (!stat_column(call, "observed", &observed) || !stat_column(call, "expected", &expected) ||
        !shrink_prior(observed, expected, call->n, stat_is(call, "prior", "ml") ? SHRINK_ML : SHRINK_MOMENTS, &prior, call->err))
        return false;
    shrink_points(observed, expected, call->n, &prior, stat_number(call, "threshold"), point);
    for (size_t at = 0; at < call->n; at++) {
        PUT(call, (double) (at + 1), observed[at], expected[at], point[at].raw, point[at].theta, point[at].low, point[at].high, point[at].above,
            prior.mean, prior.shape);
        stat_end_row(call);
    }
    return true;
}
/* alpha and cochran-armitage */

static const StatColumn alpha_columns[] = {{"items", N_("the items, a,b,c (else every column but the series)"), true}, NO_MORE_COLUMNS};

static void put_alpha(StatCall *call, const char *item, const Alpha *got, double alpha, bool whole, double with_rest)
{
    stat_put_text(call, item);
    PUT(call, (double) got->n, (double) (whole ? got->k : got->k - 1), alpha, whole ? got->low : NAN, whole ? got->high : NAN, with_rest);
    stat_end_row(call);
}

static bool alpha_method(StatCall *call)
{
    double *score;
    size_t k;
    const char **names;
    Alpha got;

    if (!stat_columns(call, "items", NULL, &score, &k, &names) || !alpha_estimate(score, call->n, k, &got, call->err))
        return false;
    put_alpha(call, "all", &got, got.alpha, true, NAN);
    for (size_t at = 0; at < k; at++)
        put_alpha(call, arena_format(call->arena, "without %s", names[at]), &got, got.dropped[at], false, got.with_rest[at]);
    return true;
}

static const StatColumn armitage_columns[] = {{"x", N_("how many of each group, groups in order"), false}, {"n", N_("its size"), false},
                                              {"score", N_("score of the group; no column: 1, 2, .."), true}, NO_MORE_COLUMNS};

static bool armitage_method(StatCall *call)
{
    double *x, *n, *score;
    CochranArmitage got;

    if (!stat_column(call, "x", &x) || !stat_column(call, "n", &n) || !stat_column(call, "score", &score) ||
        !ordinal_cochran_armitage(x, n, score, call->n, &got, call->err))
        return false;
    PUT(call, got.n, got.z, got.chi2, got.pvalue);
    stat_end_row(call);
    return true;
}
/* p-adjust */

static const StatColumn adjust_columns[] = {{"p", N_("p-values; empty = not computable"), false}, NO_MORE_COLUMNS};

static bool adjust_method(StatCall *call)
{
    double *p, *adjusted = arena_array(call->arena, call->n * MULTIPLE_METHODS, sizeof *adjusted);

    if (!stat_column(call, "p", &p))
        return false;
    for (MultipleMethod method = 0; method < MULTIPLE_METHODS; method++)
        if (!multiple_adjust(p, call->n, method, adjusted + method * call->n, call->err))
            return false;
    for (size_t at = 0; at < call->n; at++) {
        PUT(call, (double) (at + 1), p[at]);
        for (MultipleMethod method = 0; method < MULTIPLE_METHODS; method++)
            PUT(call, adjusted[method * call->n + at]);
        stat_end_row(call);
    }
    return true;
}
/* concentration */

static const StatColumn concentration_columns[] = {{"count", N_("involvements of each person; those never involved belong in it if the share is of all pupils"), false}, NO_MORE_COLUMNS};
static const StatOption concentration_options[] = {{"top", STAT_NUMBER, "0.05", 0, 1, N_("share of persons looked at")}, NO_MORE_OPTIONS};

static bool concentration_method(StatCall *call)
{
    double *count;
    Concentration got;

    if (!stat_column(call, "count", &count) || !season_concentration(count, call->n, stat_number(call, "top"), &got, call->err))
        return false;
    PUT(call, (double) got.n, got.total, got.most, got.share, got.gini);
    stat_end_row(call);
    return true;
}
const StatMethod stat_group_methods[] = {
    {"funnel", N_("which schools differ, when schools differ anyway?"), "k,observed,expected,ratio,z_raw,z,pvalue,p_bh,low95,high95,low998,high998,flag,phi,tau2", funnel_columns,
     funnel_options, funnel_method},
    {"shrink", N_("rates of schools, each drawn towards all (gamma-Poisson)"), "k,observed,expected,raw,theta,low,high,above,mean,shape", funnel_columns, shrink_options, shrink_method},
    {"concentration", N_("share of the most involved"), "n,total,most,share,gini", concentration_columns, concentration_options, concentration_method},
    {"alpha", N_("Cronbach's alpha of the items of a scale"), "item,n,k,alpha,low,high,with_rest", alpha_columns, NULL, alpha_method},
    {"cochran-armitage", N_("does a share go up or down along ordered groups?"), "n,z,chi2,pvalue", armitage_columns, NULL, armitage_method},
    {"p-adjust", N_("p-values of a family, adjusted"), "k,p,bh,by,holm,hochberg,bonferroni", adjust_columns, NULL, adjust_method},
    {NULL, NULL, NULL, NULL, NULL, NULL}};
