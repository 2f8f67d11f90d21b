#include "base/localized.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

Test(localized, falls_back_to_the_plain_text)
{
    Localized title = { 0 };

    localized_set(&title, NULL, "Basic");
    localized_set(&title, "zh", "\u57fa\u7840\u7ea7");
    cr_expect(eq(str, (char *)localized_in(&title, "zh"), "\u57fa\u7840\u7ea7"));
    cr_expect(eq(str, (char *)localized_in(&title, "de"), "Basic"));
    cr_expect(eq(str, (char *)localized_in(&title, NULL), "Basic"));
    cr_expect(eq(str, (char *)localized_or(&title, "de", "none"), "Basic"));
    localized_clear(&title);
}

Test(localized, without_a_plain_text_has_only_its_languages)
{
    Localized title = { 0 };

    localized_set(&title, "zh", "\u7ea7");
    cr_expect(eq(int, localized_is_set(&title), TRUE));
    cr_expect(zero(ptr, (void *)localized_in(&title, "en")));
    cr_expect(eq(str, (char *)localized_or(&title, "en", "basic"), "basic"));
    localized_clear(&title);
}

Test(localized, is_unset_at_first_and_after_clearing)
{
    Localized title = { 0 };

    cr_expect(eq(int, localized_is_set(&title), FALSE));
    cr_expect(zero(ptr, (void *)localized_in(&title, "zh")));
    localized_set(&title, NULL, "a");
    localized_set(&title, "zh", "b");
    localized_clear(&title);
    cr_expect(eq(int, localized_is_set(&title), FALSE));
    localized_clear(&title);
}

Test(localized, the_last_text_of_a_language_counts)
{
    Localized title = { 0 };

    localized_set(&title, NULL, "a");
    localized_set(&title, NULL, "b");
    localized_set(&title, "zh", "c");
    localized_set(&title, "zh", localized_in(&title, "zh"));
    localized_set(&title, NULL, localized_in(&title, NULL));
    cr_expect(eq(str, (char *)localized_in(&title, NULL), "b"));
    cr_expect(eq(str, (char *)localized_in(&title, "zh"), "c"));
    localized_clear(&title);
}
