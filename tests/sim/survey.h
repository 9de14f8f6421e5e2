/**
 * The pupil questionnaire of bijlage 15, groups 5 to 8. Answers come from a normal latent score per item: a general factor of the
 * pupil, a second one for being bullied, and noise, cut at the quantiles that give the wanted shares.
 */
#ifndef VB_SIM_SURVEY_H
#define VB_SIM_SURVEY_H

#include "tests/sim/ledger.h"

enum { SURVEY_ITEMS = 16, SURVEY_GROUP_FIRST = 5, SURVEY_OPTIONS = 10 };

typedef struct SurveyModel {
    double cut[SURVEY_ITEMS][SURVEY_OPTIONS - 1]; /* rising */
    int    options[SURVEY_ITEMS];
} SurveyModel;

typedef struct SurveyAnswers {
    int option[SURVEY_ITEMS]; /* 0 .. options - 1; SURVEY_EMPTY or SURVEY_UNKNOWN */
} SurveyAnswers;
enum { SURVEY_EMPTY = -1, SURVEY_UNKNOWN = -2 };

void sim_survey_model_build(SurveyModel *model);
/** \param mood shift of the whole school  \param bullied shift of the three items about being hurt, both in standard deviations */
void sim_survey_draw(const SurveyModel *model, gsl_rng *rng, double mood, double bullied, SurveyAnswers *answers);
const char *sim_survey_text(int item, int option);
const char *sim_survey_code(int item);

/** The files of all schools for one school year, into the ledger and below world->out. */
bool sim_survey_store(const World *world, Ledger *ledger, int year, Err *err);

#endif
