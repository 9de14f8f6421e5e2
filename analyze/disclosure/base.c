#include "analyze/disclosure/base.h"

#include <glpk.h>
#include <math.h>

/* The system is finished only when it has values, and this is what finds them. */
static size_t line_end(const System *system, size_t line)
{
    return line + 1 < system->n_lines ? system->line_start[line + 1] : system->term_count;
}

bool base_find(System *system, const uint8_t *known, const double *low, const double *high)
{
    glp_prob *problem = glp_create_prob();
    glp_iocp settings;
    size_t longest = 0;

    for (size_t line = 0; line < system->n_lines; line++)
        longest = line_end(system, line) - system->line_start[line] > longest ? line_end(system, line) - system->line_start[line] : longest;
    int *index = arena_array(system->memory, longest + 4, sizeof *index);
    double *value = arena_array(system->memory, longest + 4, sizeof *value);
    glp_term_out(GLP_OFF);
    if (system->n_cells)
        glp_add_cols(problem, (int) system->n_cells);
    for (uint32_t cell = 0; cell < system->n_cells; cell++) {
        double least = known[cell] ? (double) system->cell[cell].value : low[cell], most = known[cell] ? least : high[cell];
        glp_set_col_kind(problem, (int) cell + 1, GLP_IV);
        glp_set_col_bnds(problem, (int) cell + 1, least == most ? GLP_FX : GLP_DB, least, most);
    }
    for (size_t line = 0; line < system->n_lines; line++) {
        int row = glp_add_rows(problem, 1), n = 0;
        for (size_t at = system->line_start[line]; at < line_end(system, line); at++) {
            index[++n] = (int) system->term[at].cell + 1;
            value[n] = system->term[at].coef;
        }
        glp_set_mat_row(problem, row, n, index, value);
        glp_set_row_bnds(problem, row, GLP_FX, 0, 0);
    }
    for (size_t range = 0; range < system->n_ranges; range++) {
        const SystemRange *it = &system->range[range];
        int row = glp_add_rows(problem, 1), n = 0;
        for (size_t at = it->first; at < it->first + it->count; at++) {
            index[++n] = (int) system->range_term[at].cell + 1;
            value[n] = system->range_term[at].coef;
        }
        glp_set_mat_row(problem, row, n, index, value);
        glp_set_row_bnds(problem, row, isfinite(it->low) ? GLP_LO : GLP_UP, it->low, it->high);
    }
    glp_init_iocp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.presolve = GLP_ON;
    bool good = system->n_cells == 0 || (glp_intopt(problem, &settings) == 0 && (glp_mip_status(problem) == GLP_OPT || glp_mip_status(problem) == GLP_FEAS));
    for (uint32_t cell = 0; cell < system->n_cells && good; cell++)
        system->cell[cell].value = llround(glp_mip_col_val(problem, (int) cell + 1));
    glp_delete_prob(problem);
    return good;
}
