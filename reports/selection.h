/**
 * The part of a release that an edition may hold. An edition of scope "all" holds everything that was released to its audience. One about the board holds the tables that its
 * blocks ask for, and goals of the board only. One about a school holds of these the school's own figures, which are the cells of tables by school in which it stands by
 * itself, beside those of the board: never a remainder, because what is left of it beside the school would be about the others, and nothing of another school. Pages, workbook
 * and open data are all made from the part, so that none of them can show more.
 *
 * Only cells of the release are passed on, as they are: whoever holds the release of the audience learns nothing new.
 *
 * Ownership: the part is made in the arena; its texts are borrowed from the release and the edition.
 */
#ifndef VB_REPORTS_SELECTION_H
#define VB_REPORTS_SELECTION_H

#include "reports/compose.h"

/**
 * \param school      of an edition about a school, else NULL
 * \param school_year of the report: the part holds the years that the edition shows, and two at least
 * \param part        filled; part->own says of every table by school whether the school stands by itself in it
 */
void selection_make(Arena *out, const Edition *edition, const Release *all, const ReleaseSchool *school, int school_year, Release *part);

#endif
