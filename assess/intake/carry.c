#include "intake/carry.h"

#include "base/text.h"

enum {
    QUOTE_LIMIT = 60, /* characters of a user's text in a message */
    NAMES_LIMIT = 12, /* questions that are new, in one message */
    NAMES_BYTES = 250 /* of the names in a message; more go on in the next one, as reports cut */
};

/* One sheet on its way. */
typedef struct {
    const Ancestor *ancestor;
    Answers *older, *newer;
    Findings *told; /* answers that do not carry, and why */
    Place place;
    GPtrArray *lost;    /* ids without a counterpart */
    GPtrArray *changed; /* ids that both editions have, and mean otherwise */
    guint answered, carried;
} Carry;

static gboolean says_something(const Answer *answer)
{
    return answer->state == ANSWER_ANSWERED || answer->state == ANSWER_NOT_APPLICABLE;
}

/* ---- one answer ---- */

static char *carry_option(const Question *older, const Question *newer, Answer *answer)
{
    const char *id = QUESTION_OPTION(older, answer->low)->id;
    int option = question_option(newer, id);

    if (option == NOWHERE)
        return g_strdup_printf("it has no option \"%s\" any more", id);
    answer->low = answer->high = (guint)option;
    return NULL;
}

/* Every option of the newer question was there: see inheritance_misfit(). */
static char *carry_ticks(const Question *older, const Question *newer, Answer *answer)
{
    guint64 ticks = 0;

    for (guint i = 0; i < older->options->len; i++) {
        const char *id = QUESTION_OPTION(older, i)->id;
        int option = question_option(newer, id);

        if ((answer->must >> i & 1) == 0)
            continue;
        if (option == NOWHERE)
            return g_strdup_printf("it has no option \"%s\" any more", id);
        ticks |= G_GUINT64_CONSTANT(1) << option;
    }
    answer->must = answer->may = ticks;
    return NULL;
}

static char *carry_number(const Question *newer, const Answer *answer)
{
    if ((newer->has_min && rational_compare(answer->least, newer->min) < 0) ||
        (newer->has_max && rational_compare(answer->most, newer->max) > 0))
        return g_strdup("it is out of range now");
    return NULL;
}

/* Make `answer`, which says what the older one says, an answer to the newer question. NULL, or why
 * it is none; free with g_free(). */
static char *fit(const Question *older, const Question *newer, Answer *answer)
{
    if (answer->state == ANSWER_NOT_APPLICABLE)
        return newer->na ? NULL : g_strdup("the question always applies now");
    switch (older->type) {
    case QUESTION_YESNO:
    case QUESTION_CHOICE:
        return carry_option(older, newer, answer);
    case QUESTION_MULTI:
        return carry_ticks(older, newer, answer);
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        return carry_number(newer, answer);
    default:
        return NULL;
    }
}

static void copy_remarks(const Answer *from, Answer *to)
{
    to->evidence = g_strdup(from->evidence);
    to->owner = g_strdup(from->owner);
    to->note = g_strdup(from->note);
    to->confidence = g_strdup(from->confidence);
}

/* Whether it carries. */
static gboolean carry_one(Carry *carry, const Question *older, const Answer *from, int heir)
{
    const Question *newer = RUBRIC_QUESTION(carry->newer->rubric, heir);
    Answer *to = &carry->newer->of[heir];
    Answer fitted = *from;
    g_autofree char *why = says_something(from) ? fit(older, newer, &fitted) : NULL;
    g_autofree char *quoted = from->text ? text_quote(from->text, QUOTE_LIMIT) : NULL;

    if (why) {
        findings_add(carry->told, SEVERITY_WARNING, &carry->place,
                     "%s: %s of edition %s does not carry: %s", newer->id, quoted,
                     carry->ancestor->edition, why);
        return FALSE;
    }
    answer_copy_reply(to, &fitted);
    to->carried = says_something(from);
    copy_remarks(from, to);
    return TRUE;
}

static void carry_question(Carry *carry, guint index)
{
    const Question *older = RUBRIC_QUESTION(carry->older->rubric, index);
    const Answer *from = &carry->older->of[index];
    const Rubric *rubric = carry->newer->rubric;
    int heir = ancestor_heir(carry->ancestor, rubric, older->id, 0);
    gboolean is_carried = FALSE;

    if (heir == NOWHERE && says_something(from))
        g_ptr_array_add(rubric_find(rubric, older->id, NULL) == NAME_QUESTION ? carry->changed
                                                                              : carry->lost,
                        older->id);
    for (; heir != NOWHERE;
         heir = ancestor_heir(carry->ancestor, rubric, older->id, (guint)heir + 1))
        is_carried |= carry_one(carry, older, from, heir);
    if (!says_something(from))
        return;
    carry->answered++;
    if (is_carried)
        carry->carried++;
}

/* ---- what is told ---- */

/* "a, b, c": the names from `*from` on, as many as a message holds and at most `limit`; `*from` is
 * then the first that is left. Free with g_free(). */
static char *names_text(const GPtrArray *names, guint *from, guint limit)
{
    GString *text = g_string_new(NULL);
    guint first = *from;

    for (; *from < names->len && *from - first < limit && text->len < NAMES_BYTES; ++*from)
        g_string_append_printf(text, "%s%s", *from > first ? ", " : "",
                               (char *)names->pdata[*from]);
    return g_string_free(text, FALSE);
}

/* "WHAT 2025: 2 of 40 answers of edition 2024: a, b", and if there are many "WHAT 2025, too: c". */
static void tell_names(const Carry *carry, const char *what, const GPtrArray *names)
{
    const char *own = carry->newer->rubric->edition;

    for (guint next = 0; next < names->len;) {
        gboolean is_first = next == 0;
        g_autofree char *text = names_text(names, &next, G_MAXUINT);

        if (is_first)
            findings_add(carry->newer->findings, SEVERITY_WARNING, &carry->place,
                         "%s %s: %u of %u answers of edition %s: %s", what, own, names->len,
                         carry->answered, carry->ancestor->edition, text);
        else
            findings_add(carry->newer->findings, SEVERITY_WARNING, &carry->place, "%s %s, too: %s",
                         what, own, text);
    }
}

/* A waiver is a reason against a clause of its own edition: it has to be given anew. */
static void tell_waivers(const Carry *carry)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    guint next = 0;

    for (guint i = 0; i < carry->older->n_waivers; i++)
        if (carry->older->waivers[i])
            g_ptr_array_add(ids, RUBRIC_REQUIREMENT(carry->older->rubric, i)->id);
    while (next < ids->len) {
        g_autofree char *names = names_text(ids, &next, G_MAXUINT);

        findings_add(carry->newer->findings, SEVERITY_WARNING, &carry->place,
                     "waivers of edition %s do not carry: %s", carry->ancestor->edition, names);
    }
}

static void tell_edition(const Carry *carry, gboolean is_expected)
{
    const Rubric *rubric = carry->newer->rubric;

    findings_add(carry->newer->findings, is_expected ? SEVERITY_NOTE : SEVERITY_WARNING,
                 &carry->place, "read as answers to %s: %u of %u carry over to %s@%s",
                 carry->ancestor->reference, carry->carried, carry->answered, rubric->id,
                 rubric->edition);
}

/* ---- all of it ---- */

static void take_sources(Carry *carry)
{
    for (guint i = 0; i < carry->older->sources->len; i++) {
        Source *source = &g_array_index(carry->older->sources, Source, i);

        g_free(source->rubric);
        source->rubric = g_strdup(carry->ancestor->reference);
    }
    g_array_unref(carry->newer->sources);
    carry->newer->sources = g_array_ref(carry->older->sources);
    if (carry->newer->sources->len > 0)
        carry->place.file = g_array_index(carry->newer->sources, Source, 0).file;
}

Answers *carry_answers(const Ancestor *ancestor, const Rubric *newer, Answers *older,
                       gboolean is_expected)
{
    Carry carry = { .ancestor = ancestor, .older = older, .newer = answers_new(newer) };
    g_autoptr(GPtrArray) lost = g_ptr_array_new(), changed = g_ptr_array_new();
    g_autoptr(Findings) told = findings_new();

    carry.lost = lost;
    carry.changed = changed;
    carry.told = told;
    carry.newer->evidence_asked = older->evidence_asked;
    take_sources(&carry);
    findings_append(carry.newer->findings, older->findings);
    for (guint i = 0; i < older->rubric->questions->len; i++)
        carry_question(&carry, i);
    tell_edition(&carry, is_expected);
    findings_append(carry.newer->findings, told);
    tell_names(&carry, "without a counterpart in edition", lost);
    tell_names(&carry, "asked otherwise in edition", changed);
    tell_waivers(&carry);
    answers_free(older);
    return carry.newer;
}

void carry_tell_new(const Ancestor *ancestor, Answers *answers)
{
    const Rubric *rubric = answers->rubric;
    Place place = { 0 };
    g_autoptr(GPtrArray) blanks = g_ptr_array_new();
    g_autofree char *names = NULL, *more = NULL;
    guint told = 0;

    for (guint i = 0; !place.file && i < answers->sources->len; i++)
        if (g_strcmp0(g_array_index(answers->sources, Source, i).rubric, ancestor->reference) == 0)
            place.file = g_array_index(answers->sources, Source, i).file;
    for (guint i = 0; i < rubric->n_questions; i++)
        if (!ancestor->older[i] && answers->of[i].state == ANSWER_BLANK)
            g_ptr_array_add(blanks, RUBRIC_QUESTION(rubric, i)->id);
    if (blanks->len == 0)
        return;
    names = names_text(blanks, &told, NAMES_LIMIT);
    more = told < blanks->len ? g_strdup_printf(" +%u", blanks->len - told) : g_strdup("");
    finding_hint(findings_add(answers->findings, SEVERITY_WARNING, &place,
                              "new since edition %s and blank: %u of %u questions: %s%s",
                              ancestor->edition, blanks->len, rubric->n_questions, names, more),
                 "`assess form -r %s@%s --since %s` asks what is new", rubric->id, rubric->edition,
                 ancestor->edition);
}
