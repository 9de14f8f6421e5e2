#include "ingest/names.h"

#include <string.h>

#include "tests/harness/test.h"

static bool pair(const char *surname, const char *given, bool more)
{
    return names_pair(surname, strlen(surname), given, strlen(given), more);
}

TEST("surname and given name")
{
    CHECK(pair("de Vries", "Jan", false) && pair("van der Berg", "Jan", false) && pair("'t Hart", "Mila", false));
    CHECK(pair("Berg", "Jan van der", false) && pair("Berg", "van der", false) && pair("BERG", "JAN VAN DER", false));
    CHECK(pair("Jansen", "J.", false) && pair("Jansen", "J.P.", false));
    CHECK(pair("Jansen", "Jan", true));
}

TEST("two persons, or nobody can tell")
{
    CHECK(!pair("Jansen", "Jan", false));
    CHECK(!pair("Jan Jansen", "Piet", true) && !pair("Jan de Vries", "Piet", false) && !pair("Jan de Vries", "J.", false));
    CHECK(!pair("Jan", "Piet de Vries", true) && !pair("de Vries", "Piet de Boer", false));
    CHECK(!pair("de Vries", "", true) && !pair("", "Jan", true) && !pair("van der", "Jan", true));
    CHECK(!pair("Jan", "de Vries", false));
}

TEST("singles and surnames")
{
    CHECK(names_single("Jan", 3) && !names_single("de", 2) && !names_single("", 0) && !names_single("Jan Jansen", 10) && !names_single("de Vries", 8));
    CHECK(names_surname("Jansen", 6) && names_surname("van der Berg", 12) && !names_surname("Jan Jansen", 10) && !names_surname("van der", 7) && !names_surname("", 0));
}
