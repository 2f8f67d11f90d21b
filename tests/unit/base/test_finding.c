#include "base/finding.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static const char *message_at(const Findings *findings, guint index)
{
    return findings_at(findings, index)->message;
}

Test(finding, keeps_place_message_and_hint_after_the_callers_strings_are_gone)
{
    g_autoptr(Findings) findings = findings_new();
    g_autofree char *file = g_strdup("a.ini"), *line = g_strdup("key = valeu");
    Place place = { .file = file, .line = 3, .column = 7, .excerpt = line, .width = 5 };
    Finding *added = findings_add(findings, SEVERITY_ERROR, &place, "unknown word \"%s\"", "valeu");
    const Finding *kept;

    finding_hint(added, "did you mean \"%s\"", "vault");
    finding_hint(added, "did you mean \"%s\"", "value");
    memset(file, 'x', strlen(file));
    memset(line, 'x', strlen(line));
    kept = findings_at(findings, 0);
    cr_assert(eq(ptr, (void *)kept, added));
    cr_expect(eq(str, kept->file, "a.ini"));
    cr_expect(eq(str, kept->excerpt, "key = valeu"));
    cr_expect(eq(str, kept->message, "unknown word \"valeu\""));
    cr_expect(eq(str, kept->hint, "did you mean \"value\""));
    cr_expect(eq(uint, kept->line, 3));
    cr_expect(eq(uint, kept->column, 7));
    cr_expect(eq(uint, kept->record, 0));
    cr_expect(eq(uint, kept->width, 5));
}

Test(finding, are_cut_to_the_first_errors_and_say_so)
{
    g_autoptr(Findings) findings = findings_new();

    for (guint line = 1; line <= 6; line++) {
        Place place = { .file = "a.ini", .line = line, .column = 4 };

        findings_add(findings, line % 2 ? SEVERITY_ERROR : SEVERITY_WARNING, &place, "%u", line);
    }
    findings_cut(findings, 3);
    cr_expect(eq(uint, findings_count(findings), 6), "as many errors as the limit");
    findings_cut(findings, 2);
    findings_sort(findings);
    cr_assert(eq(uint, findings_count(findings), 6));
    cr_expect(eq(uint, findings_of(findings, SEVERITY_ERROR), 3));
    cr_expect(eq(uint, findings_of(findings, SEVERITY_WARNING), 3));
    cr_expect(eq(str, (char *)message_at(findings, 2), "3"));
    cr_expect(
        eq(str, (char *)message_at(findings, 3), "more than 2 faults: the others are not told"));
    cr_expect(eq(uint, findings_at(findings, 3)->line, 3));
    cr_expect(eq(uint, findings_at(findings, 3)->column, 4));
    cr_expect(eq(str, (char *)message_at(findings, 4), "4"));
    findings_cut(findings, 2);
    findings_sort(findings);
    cr_assert(eq(uint, findings_count(findings), 6), "once more changes nothing");
    cr_expect(
        eq(str, (char *)message_at(findings, 3), "more than 2 faults: the others are not told"));
}

Test(finding, may_be_about_no_place)
{
    g_autoptr(Findings) findings = findings_new();
    const Finding *finding = findings_add(findings, SEVERITY_NOTE, NULL, "nothing to do");

    cr_expect(zero(ptr, finding->file));
    cr_expect(zero(ptr, finding->hint));
    cr_expect(zero(ptr, finding->excerpt));
    cr_expect(eq(uint, finding->line, 0));
}

Test(finding, stays_valid_while_the_list_grows_and_is_sorted)
{
    g_autoptr(Findings) findings = findings_new();
    Place place = { .file = "b.csv", .line = 9 };
    Finding *first = findings_add(findings, SEVERITY_WARNING, &place, "first");

    place.file = "a.csv";
    for (guint i = 0; i < 1000; i++)
        findings_add(findings, SEVERITY_NOTE, &place, "%u", i);
    findings_sort(findings);
    cr_expect(eq(str, first->message, "first"));
    cr_expect(eq(ptr, (void *)findings_at(findings, 1000), first));
}

Test(finding, counts_by_severity)
{
    g_autoptr(Findings) findings = findings_new();

    findings_add(findings, SEVERITY_ERROR, NULL, "one");
    findings_add(findings, SEVERITY_WARNING, NULL, "two");
    findings_add(findings, SEVERITY_ERROR, NULL, "three");
    cr_expect(eq(uint, findings_count(findings), 3));
    cr_expect(eq(uint, findings_of(findings, SEVERITY_ERROR), 2));
    cr_expect(eq(uint, findings_of(findings, SEVERITY_WARNING), 1));
    cr_expect(eq(uint, findings_of(findings, SEVERITY_NOTE), 0));
}

Test(finding, sorts_by_place_and_keeps_the_order_of_equal_places)
{
    static const Place places[] = {
        { .file = "b", .line = 1 },
        { .file = "a", .line = 10, .record = 1, .column = 2 },
        { .file = "a", .line = 2, .record = 9 },
        { .file = "a", .line = 10, .record = 1, .column = 1 },
        { .file = "a", .line = 10, .record = 0, .column = 5 },
        { .file = "b", .line = 1 },
        { .file = NULL },
    };
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GString) order = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(places); i++)
        findings_add(findings, SEVERITY_ERROR, &places[i], "%u", i);
    findings_sort(findings);
    for (guint i = 0; i < findings_count(findings); i++)
        g_string_append(order, message_at(findings, i));
    cr_expect(eq(str, order->str, "6243105"));
}

Test(finding, appends_copies_even_of_the_list_itself)
{
    g_autoptr(Findings) findings = findings_new();
    Findings *others = findings_new();
    Place place = { .file = "x", .line = 4 };

    finding_hint(findings_add(others, SEVERITY_WARNING, &place, "w"), "h");
    findings_append(findings, others);
    findings_unref(others);
    findings_append(findings, findings);
    cr_assert(eq(uint, findings_count(findings), 2));
    for (guint i = 0; i < 2; i++) {
        cr_expect(eq(str, findings_at(findings, i)->message, "w"));
        cr_expect(eq(str, findings_at(findings, i)->hint, "h"));
        cr_expect(eq(str, findings_at(findings, i)->file, "x"));
        cr_expect(eq(uint, findings_at(findings, i)->line, 4));
    }
}

Test(finding, is_shared_by_reference)
{
    Findings *findings = findings_new();
    Findings *shared = findings_ref(findings);

    findings_unref(findings);
    findings_add(shared, SEVERITY_NOTE, NULL, "still here");
    cr_expect(eq(str, (char *)message_at(shared, 0), "still here"));
    findings_unref(shared);
    findings_unref(NULL);
}

Test(finding, severities_have_names)
{
    cr_expect(eq(str, (char *)severity_name(SEVERITY_ERROR), "error"));
    cr_expect(eq(str, (char *)severity_name(SEVERITY_WARNING), "warning"));
    cr_expect(eq(str, (char *)severity_name(SEVERITY_NOTE), "note"));
}
