/**
 * The indicator engine: an indicator is one entry in config/indicators and one query in sql/query/analyze that returns
 * counts; the engine turns counts into values with intervals and compares them with the year before. No C per indicator.
 */
#ifndef VB_ANALYZE_INDICATOR_H
#define VB_ANALYZE_INDICATOR_H

#include <stdint.h>

#include "analyze/rate.h"
#include "common/config.h"

typedef enum IndicatorMethod { INDICATOR_RATE, INDICATOR_SHARE, INDICATOR_MEAN, INDICATOR_COUNT, INDICATOR_RATIO } IndicatorMethod;

typedef struct Indicator {
    const char *name, *title, *definition, *unit, *query, *argument, *subset_of;
    const char *adds_up_to; /* whose total all its groups are a breakdown of: its own name but for what config says (months of incidents: incidents) */
    const char *share_of; /* of a ratio: the indicator whose share is in it; NULL = none */
    const char *beside_breakdown, *beside_category; /* what the indicator it is a subset of has beside it holds all of this cell of that one; NULL = no such cell is known */
    const char *left_breakdown, *left_category; /* and what that leaves is all in this cell of it; NULL = no such cell is known */
    const char *twin_breakdown, *twin_category; /* its total is this cell of the indicator it is a subset of ("totaal", "": its total); NULL = none */
    IndicatorMethod method;
    double      per; /* a rate is per so many */
    int         decimals, direction; /* +1 high is good, -1 low is good, 0 neither */
    const char **breakdowns;
    size_t      n_breakdowns;
    int         disclosure; /* an IndicatorClass */
    bool        in_fives;   /* its counts are printed in fives: those of answers to questionnaires, and what config says */
    const char **records;   /* kinds of delivery that are counted, "incident" where config says nothing: a break in them ends a trend */
    size_t      n_records;
} Indicator;

/** persons: counts of events and persons; survey: shares of pupils; mean: averages of pupils; process: how the school or
 *  board did its work; overlap: counts of one group in several ways. What each asks: analyze/disclosure/partition.h */
#define INDICATOR_CLASSES "persons survey mean process overlap"
typedef enum IndicatorClass { INDICATOR_CLASS_PERSONS, INDICATOR_CLASS_SURVEY, INDICATOR_CLASS_MEAN, INDICATOR_CLASS_PROCESS, INDICATOR_CLASS_OVERLAP } IndicatorClass;

/** Its counts are printed as they are: not in fives, not as a percentage, and not counts of one group in several ways. */
static inline bool indicator_exact(const Indicator *indicator)
{
    return !indicator->in_fives && indicator->disclosure != INDICATOR_CLASS_SURVEY && indicator->disclosure != INDICATOR_CLASS_OVERLAP;
}

/** All of config/indicators, ordered so that an indicator follows the one it is a subset of. Owned by arena.
 *  A circle of subsets, or a subset of an indicator that is not there, is ERR_CONFIG. */
bool indicator_load_all(Arena *out, const Place *place, Indicator **indicators, size_t *count, Err *err);
/** Names of those of which the counts are printed in fives, comma separated. Owned by arena. */
const char *indicator_names_in_fives(Arena *out, const Indicator *indicators, size_t n);

/*
 * The rows of a query. One per cell: location_no is that of the school where breakdown is "school", else 0. And for every cell of any other breakdown
 * one per location behind it, with its location_no and the breakdown and category of the cell: its events, its persons, of a mean its sd, and numerator
 * and denominator where those of the locations add up to those of the cell (else NULL); nothing more of it is read. A cell without events or answers has none. They become result.spread.
 */

/** What a query counted for one cell. */
typedef struct IndicatorCounts {
    double events, numerator, denominator, sd, extra; /* NaN = absent */
} IndicatorCounts;

/** What the locations behind one cell come to together; begin with {0}. */
typedef struct IndicatorSum {
    double  events, largest, numerator, denominator; /* largest: most events of one location */
    int64_t schools; /* with events */
} IndicatorSum;

void indicator_sum_add(IndicatorSum *sum, const IndicatorCounts *location);
/** Do the locations come to the very cell? What one of them could find out about the others is worked out from them, so a query that says otherwise is refused.
 *  Of class overlap a person can be at several locations: then events lie between the largest and the sum. */
bool indicator_adds_up(const Indicator *indicator, const IndicatorCounts *cell, int64_t schools, const IndicatorSum *sum);

/** \param reason filled with a code of ours when there is no value: "geen noemer", "geen waarnemingen", "te weinig" */
bool indicator_value(const Indicator *indicator, const IndicatorCounts *counts, Estimate *out, const char **reason);
/** A value as it is printed. */
double indicator_rounded(const Indicator *indicator, double value);
/** p-value of the difference between two years; NaN where the method has no test. */
double indicator_compare(const Indicator *indicator, const IndicatorCounts *now, const IndicatorCounts *before);

#endif
