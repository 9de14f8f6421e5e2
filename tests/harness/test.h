/**
 * The unit test harness: TEST("a sentence") { ... CHECK(...); } registers itself; main is in test.c.
 * A failed CHECK prints file, line and what was expected, and the test goes on. Output: one line per
 * failure and a closing "N passed, N failed, N skipped" that tests/run adds up. TEST_STOP=1 ends at the first failure.
 */
#ifndef VB_TESTS_HARNESS_H
#define VB_TESTS_HARNESS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct TestCase {
    const char *title;
    void (*body)(void);
    struct TestCase *next;
} TestCase;

void test_register(TestCase *test);
void test_fail(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
void test_skip(const char *why); /* mark the running test as skipped */
void test_check_text(const char *file, int line, const char *got, const char *want);
/** Relative to the larger of |want| and floor. */
void test_check_near(const char *file, int line, double got, double want, double relative);

#define TEST_JOIN2(a, b) a##b
#define TEST_JOIN(a, b) TEST_JOIN2(a, b)
#define TEST(title)                                                                                                    \
    static void TEST_JOIN(test_body_, __LINE__)(void);                                                                 \
    __attribute__((constructor)) static void TEST_JOIN(test_add_, __LINE__)(void)                                      \
    {                                                                                                                  \
        static TestCase test = {title, TEST_JOIN(test_body_, __LINE__), NULL};                                         \
        test_register(&test);                                                                                          \
    }                                                                                                                  \
    static void TEST_JOIN(test_body_, __LINE__)(void)
#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            test_fail(__FILE__, __LINE__, "not true: %s", #condition);                                                 \
    } while (0)
#define CHECK_TEXT(got, want) test_check_text(__FILE__, __LINE__, got, want)
#define CHECK_NEAR(got, want, relative) test_check_near(__FILE__, __LINE__, got, want, relative)
#define CHECK_INT(got, want)                                                                                           \
    do {                                                                                                               \
        long long got_value = (long long) (got), want_value = (long long) (want);                                      \
        if (got_value != want_value)                                                                                   \
            test_fail(__FILE__, __LINE__, "%s is %lld, expected %lld", #got, got_value, want_value);                   \
    } while (0)

#endif
