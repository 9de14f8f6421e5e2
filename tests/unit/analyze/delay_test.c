#include "analyze/delay.h"

#include "tests/harness/test.h"

TEST("factors of a published triangle")
{
    /* Taylor and Ashe 1983, cumulative; factors as in Mack 1993, ASTIN Bulletin 23(2), table 1 */
    static const double known[] = {
        357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463,
        352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085, NAN,
        290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315, NAN, NAN,
        310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268, NAN, NAN, NAN,
        443160, 1136350, 2128333, 2897821, 3402672, 3873311, NAN, NAN, NAN, NAN,
        396132, 1333217, 2180715, 2985752, 3691712, NAN, NAN, NAN, NAN, NAN,
        440832, 1288463, 2419861, 3483130, NAN, NAN, NAN, NAN, NAN, NAN,
        359480, 1421128, 2864498, NAN, NAN, NAN, NAN, NAN, NAN, NAN,
        376686, 1363294, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN,
        344014, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    static const double published[] = {3.4906, 1.7473, 1.4574, 1.1739, 1.1038, 1.0863, 1.0539, 1.0766, 1.0177};
    double factor[9], share[10], product = 1;

    delay_shares(known, 10, 10, 1, factor, share);
    for (int age = 8; age >= 0; age--) {
        CHECK_NEAR(factor[age], published[age], 5e-5);
        product *= factor[age];
        CHECK_NEAR(share[age], 1 / product, 1e-12);
    }
    CHECK(share[9] == 1);
}

TEST("of what is not known nothing is estimated, and corrections make no share above 1")
{
    double factor[2], share[3];

    delay_shares((double[]){5, 10, 10}, 1, 3, 20, factor, share); /* five cases are too few for a factor */
    CHECK(factor[0] == 1 && factor[1] == 1 && share[0] == 1);
    delay_shares(NULL, 0, 3, 20, factor, share);
    CHECK(share[0] == 1 && share[2] == 1);
    delay_shares((double[]){0, 0, 0, NAN, NAN, NAN}, 2, 3, 1, factor, share);
    CHECK(share[0] == 1);
    delay_shares((double[]){50, 40, 40, 100, NAN, NAN}, 2, 3, 20, factor, share); /* ten were withdrawn */
    CHECK_NEAR(factor[0], .8, 1e-15);
    CHECK(share[0] == 1);
    delay_shares((double[]){50, 100, 100}, 1, 3, 20, factor, share);
    CHECK_NEAR(share[0], .5, 1e-15);
}
