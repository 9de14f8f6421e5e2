/** Made-up people: names as Dutch schools have them, the ways in which they are spelled, and sentences about them. */
#ifndef VB_SIM_PEOPLE_H
#define VB_SIM_PEOPLE_H

#include "common/buf.h"
#include "common/date.h"
#include "tests/sim/draw.h"

typedef struct Person {
    const char *first, *infix, *last; /* infix "" when there is none; all borrowed from tables */
    Date        birth;                /* DATE_NONE for adults */
} Person;

Person sim_person_child(gsl_rng *rng, int group_one_year); /* born in the twelve months before October, four to five years earlier */
Person sim_person_adult(gsl_rng *rng);
Person sim_person_parent(gsl_rng *rng, const Person *child); /* shares the child's family name */

/** "Jan de Vries". With a marker the first name carries marker + "N", unchanged by any spelling. \param marker NULL = none */
void sim_person_write(Buf *out, const Person *person, const char *marker);
/** Now and then "de Vries, Jan", "Vries, Jan de" or "JAN DE VRIES" instead: one child must stay one pseudonym. */
void sim_person_write_varied(Buf *out, gsl_rng *rng, const Person *person, const char *marker);
void sim_person_email_write(Buf *out, const Person *person, const char *marker);

/** Replace {a} and {b} in a sentence by names; with a marker the text ends in marker + "T". */
void sim_prose_write(Buf *out, const char *sentence, const Person *a, const Person *b, const char *marker);

#endif
