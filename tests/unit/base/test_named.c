#include "base/named.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

typedef struct {
    const char *name;
    int number;
} Row;

static const Row ROWS[] = { { "weight", 1 }, { "parent", 2 }, { NULL, 3 } };

Test(named, finds_a_row_by_its_name)
{
    const Row *row = named_find(ROWS, sizeof *ROWS, "parent");

    cr_assert(row != NULL);
    cr_expect(eq(int, row->number, 2));
    cr_expect(named_find(ROWS, sizeof *ROWS, "parents") == NULL);
    cr_expect(named_find(NULL, sizeof *ROWS, "parent") == NULL);
}

Test(named, proposes_the_name_that_was_meant)
{
    cr_expect(eq(str, (char *)named_nearest(ROWS, sizeof *ROWS, "wieght"), "weight"));
    cr_expect(named_nearest(ROWS, sizeof *ROWS, "colour") == NULL);
    cr_expect(named_nearest(NULL, sizeof *ROWS, "weight") == NULL);
}
