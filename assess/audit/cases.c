#include "audit/cases.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "intake/reply.h"
#include "scoring/assessment.h"

enum { SOME_DAY = 730120 /* 2000-01-01: the date of cases that do not depend on it */ };

/* Keys of a case that are about the case; any other key is a question. */
static const char *const case_keys[] = {
    "like",           "default",  "date",  "profile", "level",
    "level_possible", "official", "score", "note",    NULL,
};

static const char WAIVE[] = "waive "; /* waive REQUIREMENT = reason */

typedef struct {
    const Rubric *rubric;
    const Plan *plan;
    Vocabulary *vocabulary;
    GPtrArray *plans; /* of Plan *, by profile index; NULL until needed */
    Findings *findings;
    GHashTable
        *told; /* set of const IniEntry *: a case's fault is not one of each that is like it */
} Runner;

/* A case and those it is like, itself first. */
typedef struct {
    const Case *it;
    GPtrArray *chain; /* of const Case * */
} Lineage;

static void fault(const Runner *runner, const IniEntry *entry, const char *hint, const char *format,
                  ...) G_GNUC_PRINTF(4, 5);

/* A fault of an entry's value. */
static void fault(const Runner *runner, const IniEntry *entry, const char *hint, const char *format,
                  ...)
{
    Place place = ini_place(runner->rubric->ini, entry, 0);
    g_autofree char *text = NULL;
    Finding *finding;
    va_list arguments;

    if (!g_hash_table_add(runner->told, (gpointer)entry))
        return;
    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    place.width = (guint)g_utf8_strlen(entry->value, -1);
    finding = findings_add(runner->findings, SEVERITY_ERROR, &place, "%s", text);
    if (hint)
        finding_hint(finding, "%s", hint);
}

static const Case *find_case(const Rubric *rubric, const char *id)
{
    for (guint i = 0; i < rubric->cases->len; i++)
        if (strcmp(g_array_index(rubric->cases, Case, i).id, id) == 0)
            return &g_array_index(rubric->cases, Case, i);
    return NULL;
}

/* Follow `like`. FALSE if it leads nowhere or in a circle. */
static gboolean follow(const Runner *runner, const Lineage *lineage)
{
    const Case *at = lineage->it;

    for (;;) {
        const IniEntry *like = ini_entry(at->section, "like");

        g_ptr_array_add(lineage->chain, (gpointer)at);
        if (!like)
            return TRUE;
        at = find_case(runner->rubric, like->value);
        if (!at) {
            fault(runner, like, NULL, "case \"%s\" is like \"%s\", which is no case",
                  lineage->it->id, like->value);
            return FALSE;
        }
        if (g_ptr_array_find(lineage->chain, at, NULL)) {
            fault(runner, like, NULL, "case \"%s\" is like itself", lineage->it->id);
            return FALSE;
        }
    }
}

/* A setting of the case or, without one, of the case it is like. */
static const IniEntry *setting(const Lineage *lineage, const char *key)
{
    for (guint i = 0; i < lineage->chain->len; i++) {
        const Case *it = lineage->chain->pdata[i];
        const IniEntry *entry = ini_entry(it->section, key);

        if (entry)
            return entry;
    }
    return NULL;
}

/* The option with the best or worst score; of equal ones the outermost. */
static guint extreme_option(const Question *question, gboolean best)
{
    guint found = 0;

    for (guint i = 1; i < question->options->len; i++) {
        int order = rational_compare(QUESTION_OPTION(question, i)->score,
                                     QUESTION_OPTION(question, found)->score);

        if (best ? order >= 0 : order < 0)
            found = i;
    }
    return found;
}

/* All options that raise the score, or all that lower it. */
static guint64 extreme_ticks(const Question *question, gboolean best)
{
    guint64 ticks = 0;

    for (guint i = 0; i < question->options->len; i++)
        if (rational_sign(QUESTION_OPTION(question, i)->score) == (best ? 1 : -1))
            ticks |= G_GUINT64_CONSTANT(1) << i;
    return ticks;
}

static void answer_extreme(const Question *question, Answer *answer, gboolean best)
{
    answer->state = ANSWER_ANSWERED;
    switch (question->type) {
    case QUESTION_YESNO:
    case QUESTION_CHOICE:
        answer->low = answer->high = extreme_option(question, best);
        answer->text = g_strdup(QUESTION_OPTION(question, answer->low)->id);
        break;
    case QUESTION_MULTI:
        answer->must = answer->may = extreme_ticks(question, best);
        answer->text = g_strdup(best ? "best" : "worst");
        break;
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        answer->least = answer->most = best ? question->best : question->worst;
        answer->text = g_strdup(best ? "best" : "worst");
        break;
    case QUESTION_DATE:
    case QUESTION_TEXT:
    case QUESTION_USCC:
        answer->state = ANSWER_BLANK;
        break;
    }
}

static gboolean answer_default(const Runner *runner, const Plan *plan, const Lineage *lineage,
                               Answers *answers)
{
    const IniEntry *entry = setting(lineage, "default");
    static const char *const words[] = { "best", "worst", "blank", NULL };

    if (!entry || strcmp(entry->value, "blank") == 0)
        return TRUE;
    if (!g_strv_contains(words, entry->value)) {
        fault(runner, entry, "expected best, worst or blank", "default \"%s\" is not known",
              entry->value);
        return FALSE;
    }
    for (guint i = 0; i < runner->rubric->n_questions; i++)
        if (plan->scored[i])
            answer_extreme(RUBRIC_QUESTION(runner->rubric, i), &answers->of[i],
                           strcmp(entry->value, "best") == 0);
    return TRUE;
}

static gboolean is_waiver(const IniEntry *entry)
{
    return g_str_has_prefix(entry->key, WAIVE);
}

/* A reason left empty takes back the waiver of the case it is like. */
static gboolean read_waiver(const Runner *runner, const IniEntry *entry, Answers *answers)
{
    const char *id = entry->key + strlen(WAIVE);
    int index = NOWHERE;

    id += strspn(id, " \t");
    if (rubric_find(runner->rubric, id, &index) != NAME_REQUIREMENT) {
        fault(runner, entry, NULL, "\"%s\" is no requirement", id);
        return FALSE;
    }
    if (!RUBRIC_REQUIREMENT(runner->rubric, index)->waivable) {
        fault(runner, entry, "only what says `waivable = yes` may be waived",
              "requirement \"%s\" may not be waived", id);
        return FALSE;
    }
    g_clear_pointer(&answers->waivers[index], g_free);
    if (*entry->value != '\0')
        answers->waivers[index] = g_strdup(entry->value);
    return TRUE;
}

static gboolean read_reply(const Runner *runner, const IniEntry *entry, Answers *answers)
{
    g_autofree char *problem = NULL, *hint = NULL;
    int index = NOWHERE;

    if (rubric_find(runner->rubric, entry->key, &index) != NAME_QUESTION) {
        fault(runner, entry, NULL, "\"%s\" is no question", entry->key);
        return FALSE;
    }
    g_clear_pointer(&answers->of[index].text, g_free);
    answers->of[index].state = ANSWER_BLANK;
    if (reply_read(runner->vocabulary, index, entry->value, &answers->of[index], &problem, &hint))
        return TRUE;
    fault(runner, entry, hint, "%s", problem);
    return FALSE;
}

/* The answers of a case: the default, then those of the oldest ancestor, at last its own. */
static gboolean read_answers(const Runner *runner, const Plan *plan, const Lineage *lineage,
                             Answers *answers)
{
    gboolean is_good = answer_default(runner, plan, lineage, answers);

    for (guint i = lineage->chain->len; i-- > 0;) {
        const IniSection *section = ((const Case *)lineage->chain->pdata[i])->section;

        for (guint k = 0; k < section->entries->len; k++) {
            const IniEntry *entry = section->entries->pdata[k];

            if (entry->language || g_strv_contains(case_keys, entry->key))
                continue;
            is_good =
                (is_waiver(entry) ? read_waiver : read_reply)(runner, entry, answers) && is_good;
        }
    }
    return is_good;
}

static gboolean uses_years(const Plan *plan)
{
    for (guint i = 0; i < plan->rule_nodes; i++)
        if (PLAN_NODE(plan, i)->kind == NODE_YEARS)
            return TRUE;
    return FALSE;
}

static gboolean read_day(const Runner *runner, const Plan *plan, const Lineage *lineage,
                         gint32 *day)
{
    const IniEntry *entry = setting(lineage, "date");
    Place place;

    *day = SOME_DAY;
    if (entry && date_parse(entry->value, day))
        return TRUE;
    if (entry) {
        fault(runner, entry, NULL, "date \"%s\" is not a date such as 2026-11-23", entry->value);
        return FALSE;
    }
    if (!uses_years(plan))
        return TRUE;
    place = ini_section_place(runner->rubric->ini, lineage->it->section);
    findings_add(runner->findings, SEVERITY_ERROR, &place,
                 "case \"%s\" has no date, which years() needs", lineage->it->id);
    return FALSE;
}

/* The plan of the case's profile; NULL if it is not known or has faults, which are told. */
static const Plan *plan_of(const Runner *runner, const Lineage *lineage)
{
    const IniEntry *entry = setting(lineage, "profile");
    int profile;

    if (!entry)
        return runner->plan;
    profile = rubric_profile(runner->rubric, entry->value);
    if (profile == NOWHERE) {
        fault(runner, entry, NULL, "profile \"%s\" is not in this rubric", entry->value);
        return NULL;
    }
    if (!runner->plans->pdata[profile])
        runner->plans->pdata[profile] =
            plan_compile(runner->rubric, entry->value, runner->findings);
    return runner->plans->pdata[profile];
}

/* "maturity=level3, scene_22=absent": the answers under a requirement, the first few. */
static char *because_text(const Assessment *assessment, int requirement)
{
    enum { SHOWN = 6 };
    const GArray *because = assessment_because(assessment, requirement);
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < because->len && i < SHOWN; i++) {
        int question = g_array_index(because, int, i);
        g_autofree char *value = answer_value(assessment->answers, question);

        g_string_append_printf(text, "%s%s=%s", i > 0 ? ", " : "",
                               RUBRIC_QUESTION(assessment->plan->rubric, question)->id,
                               value ? value : "blank");
    }
    if (because->len > SHOWN)
        g_string_append_printf(text, " and %u more", because->len - SHOWN);
    return g_string_free(text, FALSE);
}

/* Name the requirements that keep a reading below `level`. */
static void tell_reasons(const Runner *runner, const Assessment *assessment,
                         const Evaluation *reading, int level, gboolean possible)
{
    guint told = 0;

    for (guint i = 0; i < runner->rubric->requirements->len && told < CASES_REASONS; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(runner->rubric, i);
        gboolean official_only = reading->reading == READING_OFFICIAL;
        Status status = reading->status[i];
        Place place = ini_place(runner->rubric->ini, requirement->needs, 0);
        g_autofree char *because = NULL;
        Finding *finding;

        if (requirement->level > level || !PLAN_CONDITION(assessment->plan, i)->binds ||
            (official_only && requirement->origin != ORIGIN_OFFICIAL))
            continue;
        if (status != STATUS_UNMET && (possible || status != STATUS_UNKNOWN))
            continue;
        place.width = (guint)g_utf8_strlen(requirement->needs->value, -1);
        because = because_text(assessment, (int)i);
        finding = findings_add(runner->findings, SEVERITY_NOTE, &place, "requirement \"%s\" is %s",
                               requirement->id, status_name(status));
        finding_hint(finding, "%s", because);
        told++;
    }
}

/* Compare one level with what the case expects. FALSE if it differs. */
static gboolean check_level(const Runner *runner, const Lineage *lineage, const char *key,
                            const Assessment *assessment, const Evaluation *reading,
                            gboolean possible)
{
    const IniEntry *entry = ini_entry(lineage->it->section, key);
    int found = possible ? reading->verdict.level_possible : reading->verdict.level;
    int expected = NOWHERE;

    if (!entry)
        return TRUE;
    if (strcmp(entry->value, "none") != 0 &&
        rubric_find(runner->rubric, entry->value, &expected) != NAME_LEVEL) {
        fault(runner, entry, NULL, "\"%s\" is neither a level nor \"none\"", entry->value);
        return FALSE;
    }
    if (found == expected)
        return TRUE;
    fault(runner, entry, NULL, "case \"%s\" expects %s \"%s\", found \"%s\"", lineage->it->id, key,
          entry->value, assessment_level_id(assessment, found));
    if (expected > found)
        tell_reasons(runner, assessment, reading, expected, possible);
    return FALSE;
}

/* "0.75", or "0.5..0.75" where blanks leave it open. */
static char *score_found(const Plan *plan, Score score)
{
    g_autofree char *low = NULL, *high = NULL;

    if (!score.exists)
        return g_strdup("none");
    low = score_text(plan, score, FALSE);
    high = score_text(plan, score, TRUE);
    return strcmp(low, high) == 0 ? g_steal_pointer(&low) : g_strdup_printf("%s..%s", low, high);
}

static gboolean check_score(const Runner *runner, const Lineage *lineage,
                            const Assessment *assessment)
{
    const IniEntry *entry = ini_entry(lineage->it->section, "score");
    g_autofree char *found = NULL;

    if (!entry)
        return TRUE;
    found = score_found(assessment->plan, assessment->score);
    if (strcmp(found, entry->value) == 0)
        return TRUE;
    fault(runner, entry, NULL, "case \"%s\" expects score \"%s\", found \"%s\"", lineage->it->id,
          entry->value, found);
    return FALSE;
}

static gboolean check_verdict(const Runner *runner, const Lineage *lineage,
                              const Assessment *assessment)
{
    gboolean holds = check_level(runner, lineage, "level", assessment, assessment->full, FALSE);

    holds =
        check_level(runner, lineage, "level_possible", assessment, assessment->full, TRUE) && holds;
    holds =
        check_level(runner, lineage, "official", assessment, assessment->official_reading, FALSE) &&
        holds;
    return check_score(runner, lineage, assessment) && holds;
}

static gboolean expects_something(const Runner *runner, const Lineage *lineage)
{
    static const char *const keys[] = { "level", "level_possible", "official", "score" };
    Place place = ini_section_place(runner->rubric->ini, lineage->it->section);

    for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
        if (ini_entry(lineage->it->section, keys[i]))
            return TRUE;
    findings_add(runner->findings, SEVERITY_ERROR, &place,
                 "case \"%s\" expects nothing: level, level_possible, official or score is missing",
                 lineage->it->id);
    return FALSE;
}

/* Grade a case; it becomes a trial if it could be read. FALSE with findings if its verdict is
 * another. */
static gboolean run_case(const Runner *runner, const Lineage *lineage, GArray *trials)
{
    const Plan *plan;
    g_autoptr(Answers) answers = answers_new(runner->rubric);
    Trial trial = { lineage->it, NULL };
    gint32 day;

    if (!expects_something(runner, lineage) || !follow(runner, lineage))
        return FALSE;
    plan = plan_of(runner, lineage);
    if (!plan || !read_day(runner, plan, lineage, &day) ||
        !read_answers(runner, plan, lineage, answers))
        return FALSE;
    trial.assessment = assessment_new(plan, g_steal_pointer(&answers), day, FALSE);
    g_array_append_val(trials, trial);
    return check_verdict(runner, lineage, trial.assessment);
}

static void free_plan(gpointer plan)
{
    plan_free(plan);
}

static void clear_trial(gpointer trial)
{
    assessment_free(((Trial *)trial)->assessment);
}

Cases *cases_run(const Rubric *rubric, const Plan *plan, Findings *findings)
{
    Cases *cases = g_new0(Cases, 1);
    g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);
    Runner runner = { .rubric = rubric, .plan = plan, .findings = findings, .told = told };

    cases->rubric = rubric;
    cases->trials = g_array_new(FALSE, FALSE, sizeof(Trial));
    g_array_set_clear_func(cases->trials, clear_trial);
    cases->plans = g_ptr_array_new_with_free_func(free_plan);
    g_ptr_array_set_size(cases->plans, (gint)rubric->profiles->len);
    runner.vocabulary = vocabulary_new(rubric);
    runner.plans = cases->plans;
    for (guint i = 0; i < rubric->cases->len; i++) {
        Lineage lineage = { &g_array_index(rubric->cases, Case, i), g_ptr_array_new() };

        cases->run++;
        cases->failed += !run_case(&runner, &lineage, cases->trials);
        g_ptr_array_unref(lineage.chain);
    }
    vocabulary_free(runner.vocabulary);
    return cases;
}

void cases_free(Cases *cases)
{
    if (!cases)
        return;
    g_array_unref(cases->trials);
    g_ptr_array_unref(cases->plans);
    g_free(cases);
}

/* ---- another plan ---- */

static gboolean expects_level(const Trial *trial, const Rubric *rubric, const char *key, int found)
{
    const IniEntry *entry = ini_entry(trial->it->section, key);
    int expected = NOWHERE;

    if (!entry)
        return TRUE;
    rubric_find(rubric, entry->value, &expected);
    return found == expected;
}

static gboolean expects_score(const Trial *trial, const Evaluation *evaluation)
{
    const IniEntry *entry = ini_entry(trial->it->section, "score");
    g_autofree char *found = NULL;
    Value value;

    if (!entry)
        return TRUE;
    value = evaluation_score(evaluation);
    found = score_found(evaluation->plan, (Score){ value.exists, value.low, value.high });
    return strcmp(found, entry->value) == 0;
}

gboolean trial_holds(const Trial *trial, const Plan *plan, gboolean scores)
{
    const Answers *answers = trial->assessment->answers;
    gint32 date = trial->assessment->date;
    g_autoptr(Evaluation) full = evaluation_new(plan, answers, READING_FULL, date);
    g_autoptr(Evaluation) official = NULL;

    if (!expects_level(trial, plan->rubric, "level", full->verdict.level) ||
        !expects_level(trial, plan->rubric, "level_possible", full->verdict.level_possible) ||
        (scores && !expects_score(trial, full)))
        return FALSE;
    if (!ini_entry(trial->it->section, "official"))
        return TRUE;
    official = evaluation_new(plan, answers, READING_OFFICIAL, date);
    return expects_level(trial, plan->rubric, "official", official->verdict.level);
}

/* ---- what the cases see ---- */

static gboolean sees(const Cases *cases, guint requirement, Status status)
{
    for (guint i = 0; i < cases->trials->len; i++)
        if (CASES_TRIAL(cases, i)->assessment->status[requirement] == status)
            return TRUE;
    return FALSE;
}

guint cases_seen(const Cases *cases)
{
    guint seen = 0;

    for (guint i = 0; i < cases->rubric->requirements->len; i++)
        seen += sees(cases, i, STATUS_MET) && sees(cases, i, STATUS_UNMET);
    return seen;
}

void cases_tell_unseen(const Cases *cases, Findings *findings)
{
    for (guint i = 0; i < cases->rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(cases->rubric, i);
        Place place = ini_name_place(cases->rubric->ini, requirement->section);
        gboolean met = sees(cases, i, STATUS_MET), unmet = sees(cases, i, STATUS_UNMET);

        if (!met || !unmet)
            findings_add(findings, SEVERITY_NOTE, &place, "no case sees requirement \"%s\" %s",
                         requirement->id,
                         met     ? "unmet"
                         : unmet ? "met"
                                 : "met or unmet");
    }
}

/* An entry of a case, if it answers a question or waives a requirement of which nothing is in
 * doubt. */
static void read_sound(const Runner *runner, const IniEntry *entry, Answers *answers)
{
    if (is_waiver(entry)) {
        const char *id = entry->key + strlen(WAIVE);

        id += strspn(id, " \t");
        if (!entry->language && !entry->is_broken &&
            !rubric_is_doubtful(runner->rubric, id, NAME_REQUIREMENT))
            read_waiver(runner, entry, answers);
        return;
    }
    if (!entry->language && !entry->is_broken && !g_strv_contains(case_keys, entry->key) &&
        rubric_find(runner->rubric, entry->key, NULL) == NAME_QUESTION &&
        !rubric_is_doubtful(runner->rubric, entry->key, NAME_QUESTION))
        read_reply(runner, entry, answers);
}

void cases_read(const Rubric *rubric, Findings *findings)
{
    g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);
    Runner runner = { .rubric = rubric, .findings = findings, .told = told };
    g_autoptr(Answers) answers = answers_new(rubric);

    runner.vocabulary = vocabulary_new(rubric);
    for (guint i = 0; i < rubric->cases->len; i++) {
        const Lineage lineage = { &g_array_index(rubric->cases, Case, i), NULL };
        const IniSection *section = lineage.it->section;

        if (!section->is_torn)
            expects_something(&runner, &lineage);
        for (guint k = 0; k < section->entries->len; k++)
            read_sound(&runner, section->entries->pdata[k], answers);
    }
    vocabulary_free(runner.vocabulary);
}
