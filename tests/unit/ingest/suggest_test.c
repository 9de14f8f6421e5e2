#include "ingest/suggest.h"

#include "tests/unit/scratch.h"

TEST("likeness is one for the same, high for the misspelt, low for the strange, and the same both ways")
{
    static const struct { const char *a, *b; double least, most; } cases[] = {
        {"datum", "datum", 1, 1},           {"datum", "datm", 0.75, 0.99},         {"datum", "plaats", 0, 0.4},
        {"incidentnummer", "nummer", 0.4, 0.9}, {"datum_incident", "incident_datum", 0.9, 1}, {"soort", "vest", 0, 0.45},
        {"", "datum", 0, 0},                {"a", "b", 0, 0},
    };

    for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
        double forth = suggest_likeness(cases[at].a, cases[at].b), back = suggest_likeness(cases[at].b, cases[at].a);
        if (forth < cases[at].least || forth > cases[at].most)
            test_fail(__FILE__, __LINE__, "%s and %s: %.3f", cases[at].a, cases[at].b, forth);
        CHECK_NEAR(forth, back, 1e-12);
    }
}

TEST("a header as long as a page is compared without harm")
{
    char page[5000];

    memset(page, 'x', sizeof page - 1);
    page[sizeof page - 1] = '\0';
    CHECK(suggest_likeness(page, "datum") < 0.2);
    CHECK_NEAR(suggest_likeness(page, page), 1, 1e-12);
}
