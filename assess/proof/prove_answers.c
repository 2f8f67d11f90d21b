/* Answers: which decide nothing; where "not applicable" raises the level. */
#include "proof/effect.h"
#include "proof/proving.h"

/* ---- what decides nothing ---- */

static SearchOutcome moves_status(const Prover *prover, guint requirement, int question,
                                  const State *from, const State *to)
{
    const Effect effect =
        effect_on_requirement(prover->space, (int)requirement, question, from, to);
    SearchOutcome outcome = SEARCH_NONE;

    for (int rises = 0; rises < 2 && outcome == SEARCH_NONE; rises++) {
        g_autoptr(Search) search = search_new_step(question, *from, *to);

        if (!(effect & (rises ? EFFECT_UP : EFFECT_DOWN)))
            continue;
        search_requirement(search, 0, (int)requirement, rises ? WANT_UNMET : WANT_MET);
        search_requirement(search, 1, (int)requirement, rises ? WANT_MET : WANT_UNMET);
        outcome = search_decide(prover->searcher, search);
    }
    return outcome;
}

/* Whether level, status or score is ever another one after the step. */
static SearchOutcome decides(const Prover *prover, int question, const State *from, const State *to)
{
    SearchOutcome outcome = SEARCH_NONE;
    Witness witness;

    if (searcher_is_late(prover->searcher))
        return SEARCH_UNDECIDED;
    if (prover_moves_score(prover, question, from, to, FALSE, &witness)) {
        witness_clear(&witness);
        return SEARCH_FOUND;
    }
    for (guint i = 0; i < prover->plan->rubric->requirements->len; i++) {
        SearchOutcome moves =
            prover_applies(prover, i) ? moves_status(prover, i, question, from, to) : SEARCH_NONE;

        if (moves == SEARCH_FOUND)
            return SEARCH_FOUND;
        if (moves == SEARCH_UNDECIDED)
            outcome = SEARCH_UNDECIDED;
    }
    return outcome;
}

static void note_idle(const Prover *prover, GHashTable *idle, const Question *question,
                      const char *subject, SearchOutcome decides)
{
    const guint count = GPOINTER_TO_UINT(g_hash_table_lookup(idle, subject));

    if (decides == SEARCH_UNDECIDED) {
        prover_undecided(prover, PROPERTY_ACTIVE, question->id, question->section);
        return;
    }
    claims_count(prover->claims, PROPERTY_ACTIVE,
                 decides == SEARCH_FOUND ? CLAIM_SHOWN : CLAIM_LISTED);
    if (decides == SEARCH_NONE)
        g_hash_table_insert(idle, g_strdup(subject), GUINT_TO_POINTER(count + 1));
}

/* A figure is printed where its group is shown; a text or date that nothing reads decides
 * nothing. */
static gboolean is_shown(const Question *question)
{
    return question->groups->len > 0 && !question->options;
}

static const char *option_id(const Question *question, guint option)
{
    return QUESTION_OPTION(question, option)->id;
}

static gboolean rests_on(const Prover *prover, guint requirement, int question);

/* Mark a question whose answers may all be alike while it matters whether it is answered at all:
 * something rests on it. */
static void note_absence(const Prover *prover, GHashTable *idle, int index)
{
    const Choices *choices = &prover->space->of[index];
    gboolean decides = prover->plan->scored[index];

    for (guint i = 0; i < prover->plan->rubric->requirements->len; i++)
        decides |= prover_applies(prover, i) && rests_on(prover, i, index);
    if (decides && (choices->may_be_na || choices->may_be_blank))
        g_hash_table_insert(idle, g_strdup(RUBRIC_QUESTION(prover->plan->rubric, index)->id), NULL);
}

/* Each pair of neighbours of a choice; a tick against none. */
static void prove_options(const Prover *prover, GHashTable *idle, int index)
{
    const Question *question = RUBRIC_QUESTION(prover->plan->rubric, index);
    const Choices *choices = &prover->space->of[index];
    const gboolean is_multi = question->type == QUESTION_MULTI;
    const guint n = is_multi ? question->options->len : choices->states->len;
    gboolean is_active = FALSE;
    SearchOutcome outcome;

    for (guint i = is_multi ? 0 : 1; i < n; i++) {
        const State from =
            is_multi ? state_tick(i, FALSE) : g_array_index(choices->states, State, i - 1);
        const State to = is_multi ? state_tick(i, TRUE) : g_array_index(choices->states, State, i);
        g_autofree char *subject = NULL;

        if (from.kind == STATE_BLANK)
            continue;
        subject = is_multi
                      ? g_strdup_printf("%s %s", question->id, option_id(question, i))
                      : g_strdup_printf("%s %s %s", question->id, option_id(question, from.option),
                                        option_id(question, to.option));
        outcome = decides(prover, index, &from, &to);
        is_active |= outcome != SEARCH_NONE;
        note_idle(prover, idle, question, subject, outcome);
    }
    if (!is_active)
        note_absence(prover, idle, index);
}

void prove_active(const Prover *prover, GHashTable *idle)
{
    const Rubric *rubric = prover->plan->rubric;

    for (guint i = 0; i < rubric->n_questions; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);

        if (question->record)
            continue;
        if (question->options)
            prove_options(prover, idle, (int)i);
        else
            note_idle(prover, idle, question, question->id,
                      prover->space->of[i].is_used || is_shown(question) ? SEARCH_FOUND
                                                                         : SEARCH_NONE);
    }
}

/* How many neighbours a question has that could be told apart. */
static guint pairs_of(const Question *question)
{
    return question->type == QUESTION_MULTI ? question->options->len : question->options->len - 1;
}

static void tell_question(Claims *claims, const Question *question)
{
    Claim *claim = claims_add(claims, PROPERTY_ACTIVE, CLAIM_REFUTED, NULL, question->id);

    claim_tell(claim, SEVERITY_WARNING, question->section, NULL,
               "question \"%s\" decides nothing: neither a status nor the score rests on it",
               question->id);
    claim->hint = g_strdup("say `record = yes` with a note if it is asked for the record");
}

/* Pairs of options that nothing tells apart: "a" and "b", "c" and "d". */
static void tell_options(Claims *claims, const Question *question, const GPtrArray *subjects)
{
    const gboolean is_multi = question->type == QUESTION_MULTI;
    g_autoptr(GString) pairs = g_string_new(NULL);
    Claim *claim = claims_add(claims, PROPERTY_ACTIVE, CLAIM_REFUTED, NULL, question->id);

    for (guint i = 0; i < subjects->len; i++) {
        g_auto(GStrv) words = g_strsplit(g_ptr_array_index(subjects, i), " ", -1);

        g_string_append_printf(pairs, "%s\"%s\"", i ? ", " : "", words[1]);
        if (words[2])
            g_string_append_printf(pairs, " and \"%s\"", words[2]);
    }
    claim_tell(claim, SEVERITY_WARNING, question->section, NULL,
               is_multi ? "options of \"%s\" decide nothing: %s"
                        : "options of \"%s\" that nothing tells apart: %s",
               question->id, pairs->str);
    claim->hint = g_strdup("leave one out, or say `record = yes` with a note");
}

static gboolean is_always_idle(GHashTable *idle, const char *subject, guint plans)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(idle, subject)) == plans;
}

/* The subjects of a question's options that are idle under every profile. Free with
 * g_ptr_array_unref(). */
static GPtrArray *idle_options(GHashTable *idle, const Question *question, guint plans)
{
    GPtrArray *subjects = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < question->options->len; i++) {
        for (guint k = 0; k <= question->options->len; k++) {
            g_autofree char *subject =
                k == question->options->len
                    ? g_strdup_printf("%s %s", question->id, option_id(question, i))
                    : g_strdup_printf("%s %s %s", question->id, option_id(question, i),
                                      option_id(question, k));

            if (is_always_idle(idle, subject, plans))
                g_ptr_array_add(subjects, g_steal_pointer(&subject));
        }
    }
    return subjects;
}

void tell_idle(Claims *claims, GHashTable *idle, guint plans)
{
    for (guint i = 0; i < claims->rubric->n_questions; i++) {
        const Question *question = RUBRIC_QUESTION(claims->rubric, i);
        g_autoptr(GPtrArray) subjects = NULL;

        if (!question->options) {
            if (is_always_idle(idle, question->id, plans))
                tell_question(claims, question);
            continue;
        }
        subjects = idle_options(idle, question, plans);
        if (subjects->len > 0 && subjects->len == pairs_of(question) &&
            !g_hash_table_contains(idle, question->id))
            tell_question(claims, question);
        else if (subjects->len > 0)
            tell_options(claims, question, subjects);
    }
}

/* ---- not applicable ---- */

typedef struct {
    const Prover *prover;
    int index;
    const Question *question;
    State worst;
} Escape;

static gboolean level_rests_on(const Prover *prover, int level, int question)
{
    const Rubric *rubric = prover->plan->rubric;

    for (guint i = 0; i < rubric->requirements->len; i++)
        if (RUBRIC_REQUIREMENT(rubric, i)->level <= level && prover_binds(prover, i) &&
            rests_on(prover, i, question))
            return TRUE;
    return FALSE;
}

/* Through held() too, which a condition's own list of questions leaves out. */
static gboolean rests_on(const Prover *prover, guint requirement, int question)
{
    const Condition *condition = PLAN_CONDITION(prover->plan, requirement);

    for (guint i = 0; i < condition->questions->len; i++)
        if (g_array_index(condition->questions, int, i) == question)
            return TRUE;
    for (int at = condition->first; at <= condition->root; at++) {
        const Node *node = PLAN_NODE(prover->plan, at);

        if ((node->kind == NODE_HELD && level_rests_on(prover, node->target, question)) ||
            (node->kind == NODE_MET && rests_on(prover, (guint)node->target, question)))
            return TRUE;
    }
    return FALSE;
}

/* Missed with the worst answer, and not with "not applicable"; the level may be asked for too. */
static SearchOutcome search_escape(const Escape *escape, guint index, gboolean of_level,
                                   Claim **claim)
{
    const Prover *prover = escape->prover;
    const Requirement *requirement = RUBRIC_REQUIREMENT(prover->plan->rubric, index);
    g_autoptr(Search) search = search_new_step(escape->index, escape->worst, state_na());
    g_autofree char *subject = g_strconcat(requirement->id, ":", escape->question->id, NULL);
    Witness witness;
    SearchOutcome outcome;

    search_requirement(search, 0, (int)index, WANT_UNMET);
    search_requirement(search, 1, (int)index, WANT_NOT_UNMET);
    if (of_level)
        search_level(search, 1, requirement->level, TRUE);
    outcome = search_run(prover->searcher, search, &witness);
    if (outcome == SEARCH_FOUND) {
        *claim = prover_claim(
            prover, PROPERTY_NA,
            escape->question->na_raises && of_level ? CLAIM_DECLARED : CLAIM_REFUTED, subject);
        claim_witness(*claim, &witness, search, prover->searcher->best);
    } else if (outcome == SEARCH_UNDECIDED) {
        prover_undecided(prover, PROPERTY_NA, subject, escape->question->section);
    }
    return outcome;
}

static void tell_escape(const Escape *escape, const Requirement *requirement, Claim *claim)
{
    const Question *question = escape->question;

    if (question->na_raises) {
        claim_tell(claim, SEVERITY_NOTE, question->section, NULL,
                   "\"not applicable\" to \"%s\" can raise the level, as it declares",
                   question->id);
        return;
    }
    claim_tell(claim, SEVERITY_WARNING, question->section, NULL,
               "\"not applicable\" to \"%s\" raises the level: \"%s\" is missed with the worst "
               "answer and not with it",
               question->id, requirement->id);
    claim->hint = g_strdup_printf("if that is meant, say `na_raises = yes` with a note; as in: %s",
                                  claim->differs);
}

static SearchOutcome escapes(const Escape *escape, guint index)
{
    const Requirement *requirement = RUBRIC_REQUIREMENT(escape->prover->plan->rubric, index);
    const gboolean is_official = requirement->origin == ORIGIN_OFFICIAL;
    Claim *claim = NULL;
    SearchOutcome outcome = search_escape(escape, index, !is_official, &claim);

    if (outcome != SEARCH_FOUND)
        return outcome;
    if (is_official)
        claim_tell(claim, SEVERITY_ERROR, escape->question->section, NULL,
                   "\"not applicable\" to \"%s\" gets round the official requirement \"%s\"",
                   escape->question->id, requirement->id);
    else
        tell_escape(escape, requirement, claim);
    return SEARCH_FOUND;
}

/* The worst answer that may be given. */
static State worst_of(const Prover *prover, int question)
{
    const GArray *states = prover->space->of[question].states;

    for (guint i = 0; i < states->len; i++)
        if (g_array_index(states, State, i).kind != STATE_BLANK)
            return g_array_index(states, State, i);
    return (State){ .kind = STATE_ANSWERED }; /* a multi with nothing ticked */
}

/* What came of all requirements that rest on the question: the first that it gets round, else
 * whether one is not decided. */
static SearchOutcome prove_escapes(const Escape *escape)
{
    const Prover *prover = escape->prover;
    SearchOutcome outcome = SEARCH_NONE;

    for (guint i = 0; i < prover->plan->rubric->requirements->len; i++) {
        SearchOutcome one = SEARCH_NONE;

        if (prover_binds(prover, i) && rests_on(prover, i, escape->index))
            one = escapes(escape, i);
        if (one == SEARCH_FOUND || outcome == SEARCH_NONE)
            outcome = one;
    }
    return outcome;
}

void prove_na(const Prover *prover)
{
    const Rubric *rubric = prover->plan->rubric;

    for (guint q = 0; q < rubric->n_questions; q++) {
        const Question *question = RUBRIC_QUESTION(rubric, q);
        const Escape escape = { prover, (int)q, question, worst_of(prover, (int)q) };

        if (!prover->space->of[q].may_be_na || prove_escapes(&escape) != SEARCH_NONE)
            continue;
        claims_count(prover->claims, PROPERTY_NA, CLAIM_PROVED);
        if (question->na_raises)
            claim_tell(prover_claim(prover, PROPERTY_NA, CLAIM_REFUTED, question->id),
                       SEVERITY_WARNING, question->section, NULL,
                       "question \"%s\" says `na_raises = yes`, and \"not applicable\" raises "
                       "nothing",
                       question->id);
    }
}
