#include "tests/sim/people.h"

#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

static const char *const first_names[] = {
    "Aaliyah", "Abel", "Adam", "Aïsha", "Amélie", "Anne-Fleur", "Anouk", "Béla", "Boaz", "Bo", "Bram", "Britt", "Céline", "Chloé",
    "Daan", "Daniël", "David", "Dewi", "Dilan", "Eloïse", "Elif", "Elin", "Emma", "Esmée", "Eva", "Faïza", "Fatima", "Fedde",
    "Femke", "Fenna", "Finn", "Floris", "Gijs", "Guusje", "Hamza", "Hanna", "Hidde", "Hugo", "Ilse", "Imane", "Inés", "Isa", "Ivo",
    "Jaïr", "Jan", "Jasmijn", "Jelle", "Jérôme", "Jippe", "Joëlle", "Jonas", "Joris", "Julia", "Jurre", "Kaan", "Kees", "Kiki",
    "Lars", "Leïla", "Lieke", "Loïs", "Lotte", "Luca", "Maël", "Manoë", "Mats", "Maud", "Mehmet", "Merel", "Michaël", "Mila",
    "Mohammed", "Naïm", "Niek", "Nina", "Noëlle", "Nora", "Noud", "Olaf", "Oskar", "Pepijn", "Pien", "Puck", "Quinten", "Rafaël",
    "René", "Roan", "Roos", "Ruben", "Saar", "Salma", "Sem", "Siem", "Sofie", "Stijn", "Suze", "Teun", "Thijs", "Tygo", "Valérie",
    "Veerle", "Vigo", "Wessel", "Wout", "Xavi", "Yara", "Yassin", "Zara", "Zeynep", "Zoë"};

typedef struct Family { const char *infix, *last; } Family;
static const Family families[] = {
    {"", "Appelman"}, {"", "Aydin"}, {"van den", "Akkerhof"}, {"", "Benali"}, {"van de", "Berkenlaan"}, {"", "Bakker"}, {"de", "Boer"},
    {"van den", "Broek"}, {"", "Çelik"}, {"", "D'Angelo"}, {"van", "Dijk"}, {"", "Dijkstra"}, {"el", "Amrani"}, {"", "Fernández"},
    {"van der", "Fluit"}, {"", "Garcia-Peña"}, {"", "Groen"}, {"de", "Groot"}, {"", "Gümüs"}, {"in 't", "Groenewoud"}, {"", "Haverkamp"},
    {"van der", "Heijden"}, {"", "Hendriks"}, {"in 't", "Veld"}, {"", "Kažan"}, {"", "Jansen"}, {"", "Jansen-Öztürk"}, {"de", "Jong"},
    {"", "Kaya"}, {"", "Klaver"}, {"van der", "Kiezel"}, {"", "Kovács"}, {"", "Kuijpers"}, {"de", "Lange"}, {"van", "Leeuwen"},
    {"", "M'Barek"}, {"van der", "Meer"}, {"", "Meijer"}, {"", "Müller"}, {"", "Molenaar"}, {"", "Núñez"}, {"van", "Nergenshuizen"},
    {"", "O'Brien"}, {"", "Okafor"}, {"op de", "Beek"}, {"", "Öztürk"}, {"", "Peters"}, {"", "Pinas"}, {"", "Postma"}, {"", "Rooijakkers"},
    {"de", "Ruiter"}, {"van", "Rijn"}, {"", "Sánchez"}, {"", "Schuurman"}, {"", "Smits"}, {"", "Soekarno"}, {"ten", "Brinke"},
    {"ter", "Horst"}, {"", "Tuinstra"}, {"van 't", "Hof"}, {"van der", "Vaart"}, {"", "Visser"}, {"de", "Vries"}, {"", "Vermeulen"},
    {"de", "Waal"}, {"", "Wiegersma"}, {"van de", "Wolkenberg"}, {"", "Yilmaz"}, {"", "Zijlstra"}, {"", "Zomerdijk"}};

static Person person_named(gsl_rng *rng)
{
    Family family = DRAW_ITEM(rng, families);

    return (Person) {DRAW_ITEM(rng, first_names), family.infix, family.last, DATE_NONE};
}

Person sim_person_child(gsl_rng *rng, int group_one_year)
{
    Person person = person_named(rng);
    Date oldest = 0;

    date_from_parts((DateParts) {group_one_year - 5, 10, 1}, &oldest);
    person.birth = oldest + sim_draw_between(rng, 0, 364);
    return person;
}

Person sim_person_adult(gsl_rng *rng)
{
    return person_named(rng);
}

Person sim_person_parent(gsl_rng *rng, const Person *child)
{
    return (Person) {DRAW_ITEM(rng, first_names), child->infix, child->last, DATE_NONE};
}

static void text_upper(Buf *out, const char *text)
{
    utf8proc_int32_t letter;
    utf8proc_uint8_t bytes[4];

    while (*text) {
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *) text, -1, &letter);
        if (used <= 0)
            return;
        buf_add(out, bytes, (size_t) utf8proc_encode_char(utf8proc_toupper(letter), bytes));
        text += used;
    }
}

typedef void PartWriter(Buf *out, const char *text);

static void first_write(Buf *out, const Person *person, const char *marker, PartWriter *part)
{
    part(out, person->first);
    if (marker)
        buf_format(out, " %sN", marker);
}

static void natural_write(Buf *out, const Person *person, const char *marker, PartWriter *part)
{
    first_write(out, person, marker, part);
    buf_text(out, " ");
    part(out, person->infix);
    if (*person->infix)
        buf_text(out, " ");
    part(out, person->last);
}

void sim_person_write(Buf *out, const Person *person, const char *marker)
{
    natural_write(out, person, marker, buf_text);
}

static void family_first_write(Buf *out, const Person *person, const char *marker, bool infix_last)
{
    const char *infix = person->infix, *gap = *infix ? " " : "";

    buf_format(out, "%s%s%s, ", infix_last ? "" : infix, infix_last ? "" : gap, person->last);
    first_write(out, person, marker, buf_text);
    if (infix_last)
        buf_format(out, "%s%s", gap, infix);
}

void sim_person_write_varied(Buf *out, gsl_rng *rng, const Person *person, const char *marker)
{
    static const double spelling[] = {88, 5, 3, 4};

    switch (sim_draw_weighted(rng, spelling, 4)) {
    case 1: family_first_write(out, person, marker, false); break;
    case 2: family_first_write(out, person, marker, true); break;
    case 3: natural_write(out, person, marker, text_upper); break;
    default: sim_person_write(out, person, marker);
    }
}

/* Letters outside ASCII and signs are left out, as addresses made from names do. */
static void ascii_write(Buf *out, const char *text)
{
    for (; *text; text++) {
        char small = (char) tolower((unsigned char) *text);
        if (small >= 'a' && small <= 'z')
            buf_add(out, &small, 1);
    }
}

void sim_person_email_write(Buf *out, const Person *person, const char *marker)
{
    ascii_write(out, person->first);
    buf_text(out, ".");
    ascii_write(out, person->last);
    if (marker)
        buf_format(out, ".%sT", marker);
    buf_text(out, "@voorbeeldschool.example");
}

void sim_prose_write(Buf *out, const char *sentence, const Person *a, const Person *b, const char *marker)
{
    for (const char *at = sentence; *at; at++) {
        bool is_a = strncmp(at, "{a}", 3) == 0, is_b = strncmp(at, "{b}", 3) == 0;
        if (is_a || is_b) {
            sim_person_write(out, is_a ? a : b, marker);
            at += 2;
        } else {
            buf_add(out, at, 1);
        }
    }
    if (marker)
        buf_format(out, " %sT", marker);
}
