#include "proof/claim.h"

#include <string.h>

enum { DIFFERENCES_SHOWN = 6 };

const char *property_name(Property property)
{
    static const char *const NAMES[] = {
        [PROPERTY_REACHABLE] = "reachable", [PROPERTY_OPEN] = "open",
        [PROPERTY_MONOTONE] = "monotone",   [PROPERTY_GAP] = "gap",
        [PROPERTY_IMPLIED] = "implied",     [PROPERTY_ACTIVE] = "active",
        [PROPERTY_NA] = "not_applicable",
    };

    return NAMES[property];
}

const char *property_text(Property property)
{
    static const char *const TEXTS[] = {
        [PROPERTY_REACHABLE] = "every level can be the verdict",
        [PROPERTY_OPEN] = "every requirement can be met and missed",
        [PROPERTY_MONOTONE] = "a better answer lowers nothing",
        [PROPERTY_GAP] = "who meets a level's own meets lower ones",
        [PROPERTY_IMPLIED] = "no requirement follows from others",
        [PROPERTY_ACTIVE] = "every question and option decides",
        [PROPERTY_NA] = "\"not applicable\" raises nothing",
    };

    return TEXTS[property];
}

const char *claim_outcome_name(ClaimOutcome outcome)
{
    static const char *const NAMES[] = {
        [CLAIM_PROVED] = "proved",     [CLAIM_SHOWN] = "shown",     [CLAIM_LISTED] = "listed",
        [CLAIM_DECLARED] = "declared", [CLAIM_REFUTED] = "refuted", [CLAIM_UNDECIDED] = "undecided",
    };

    return NAMES[outcome];
}

static void claim_free(gpointer data)
{
    Claim *claim = data;

    g_free(claim->subject);
    g_free(claim->message);
    g_free(claim->hint);
    g_free(claim->differs);
    answers_free(claim->sheets[0]);
    answers_free(claim->sheets[1]);
    g_free(claim);
}

Claims *claims_new(const Rubric *rubric)
{
    Claims *claims = g_new0(Claims, 1);

    claims->rubric = rubric;
    claims->list = g_ptr_array_new_with_free_func(claim_free);
    return claims;
}

void claims_free(Claims *claims)
{
    if (!claims)
        return;
    g_ptr_array_unref(claims->list);
    g_free(claims);
}

void claims_count(Claims *claims, Property property, ClaimOutcome outcome)
{
    claims->counts[property][outcome]++;
}

Claim *claims_add(Claims *claims, Property property, ClaimOutcome outcome, const char *profile,
                  const char *subject)
{
    Claim *claim = g_new0(Claim, 1);

    claim->property = property;
    claim->outcome = outcome;
    claim->profile = profile;
    claim->subject = g_strdup(subject);
    g_ptr_array_add(claims->list, claim);
    claims_count(claims, property, outcome);
    return claim;
}

void claim_tell(Claim *claim, Severity severity, const IniSection *section, const IniEntry *entry,
                const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_free(claim->message);
    claim->message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    claim->severity = severity;
    claim->section = section;
    claim->entry = entry;
}

/* ---- witnesses ---- */

/* A reason for "not applicable" says nothing here. Free with g_free(). */
static char *short_value(const Answers *answers, int question)
{
    char *value = answer_value(answers, question);

    if (answers->of[question].state == ANSWER_NOT_APPLICABLE && value)
        value[strcspn(value, ":")] = '\0';
    return value ? value : g_strdup("blank");
}

static void append_answer(GString *text, const Answers *answers, const char *id, int question)
{
    g_autofree char *value = short_value(answers, question);

    g_string_append_printf(text, "%s%s = %s", text->len > 0 ? ", " : "", id, value);
}

/* How a sheet differs from the best company, the question of a step aside. */
static char *differences(const Example *sheet, const Example *best, int aside)
{
    const Rubric *rubric = best->space->plan->rubric;
    GString *text = g_string_new(NULL);
    guint n = 0;

    for (guint i = 0; i < rubric->questions->len; i++) {
        if ((int)i == aside || example_agrees(sheet, best, (int)i))
            continue;
        if (n++ < DIFFERENCES_SHOWN)
            append_answer(text, sheet->answers, RUBRIC_QUESTION(rubric, i)->id, (int)i);
    }
    if (n > DIFFERENCES_SHOWN)
        g_string_append_printf(text, " and %u more", n - DIFFERENCES_SHOWN);
    return g_string_free(text, FALSE);
}

static char *step_words(const Witness *witness, const Search *search, const Rubric *rubric)
{
    const char *id = RUBRIC_QUESTION(rubric, search->question)->id;
    g_autofree char *from = short_value(witness->sheets[0]->answers, search->question);
    g_autofree char *to = short_value(witness->sheets[1]->answers, search->question);

    return g_strdup_printf("%s from %s to %s", id, from, to);
}

void claim_witness(Claim *claim, Witness *witness, const Search *search, const Example *best)
{
    const Rubric *rubric = best->space->plan->rubric;
    g_autofree char *others = differences(witness->sheets[0], best, search->question);
    const char *as = *others == '\0' ? "the best company" : "the best company, except ";

    if (witness->sheets[1]) {
        g_autofree char *step = step_words(witness, search, rubric);

        claim->differs = g_strdup_printf("%s; else as %s%s", step, as, others);
    } else {
        claim->differs = g_strconcat(as, others, NULL);
    }
    for (int i = 0; i < 2 && witness->sheets[i]; i++)
        claim->sheets[i] = example_steal(witness->sheets[i]);
    witness_clear(witness);
}

/* ---- findings ---- */

static Place place_of(const Claims *claims, const Claim *claim)
{
    Place place;

    if (!claim->entry)
        return ini_name_place(claims->rubric->ini, claim->section);
    place = ini_place(claims->rubric->ini, claim->entry, 0);
    place.width = (guint)g_utf8_strlen(claim->entry->value, -1);
    return place;
}

static void add_finding(const Claims *claims, const Claim *claim, Findings *findings)
{
    const Place place = place_of(claims, claim);
    g_autofree char *under =
        claim->profile ? g_strdup_printf(" under profile \"%s\"", claim->profile) : g_strdup("");
    Finding *finding =
        findings_add(findings, claim->severity, &place, "%s%s", claim->message, under);

    if (claim->hint)
        finding_hint(finding, "%s", claim->hint);
    else if (claim->differs)
        finding_hint(finding, "as in: %s", claim->differs);
}

/* Whether the same is told without a profile. */
static gboolean is_told_without_profile(const Claims *claims, const Claim *claim)
{
    for (guint i = 0; claim->profile && i < claims->list->len; i++) {
        const Claim *other = g_ptr_array_index(claims->list, i);

        if (!other->profile && other->section == claim->section &&
            g_strcmp0(other->message, claim->message) == 0)
            return TRUE;
    }
    return FALSE;
}

void claims_findings(const Claims *claims, gboolean with_gaps, Findings *findings)
{
    g_autoptr(Findings) told = findings_new();

    for (guint i = 0; i < claims->list->len; i++) {
        const Claim *claim = g_ptr_array_index(claims->list, i);

        if (claim->property == PROPERTY_GAP && claim->outcome == CLAIM_LISTED && !with_gaps)
            continue;
        if (claim->message && !is_told_without_profile(claims, claim))
            add_finding(claims, claim, told);
    }
    findings_sort(told);
    findings_append(findings, told);
}
