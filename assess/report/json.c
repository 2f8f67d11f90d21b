#include "report/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "report/json_node.h"
#include "rubric/edition.h"

enum {
    INTEGER_DIGITS = 18 /* decimal digits that always fit a 64-bit integer */
};

static json_t *text_or_null(const char *text)
{
    g_autofree char *valid = text ? g_utf8_make_valid(text, -1) : NULL;

    return valid ? json_string(valid) : json_null();
}

static json_t *number_or_null(guint number)
{
    return number > 0 ? json_integer(number) : json_null();
}

/* Significant digits of a decimal text. */
static guint digits_of(const char *text)
{
    guint digits = 0;

    for (const char *at = text; *at; at++)
        if (g_ascii_isdigit(*at) && (digits > 0 || *at != '0'))
            digits++;
    return digits;
}

/* A decimal text of at most 18 digits as a fraction. */
static Rational rational_of(const char *text)
{
    gint64 number = 0, scale = 1;
    gboolean fraction = FALSE;

    for (const char *at = text; *at; at++) {
        if (*at == '.')
            fraction = TRUE;
        if (!g_ascii_isdigit(*at))
            continue;
        number = number * 10 + (*at - '0');
        scale *= fraction ? 10 : 1;
    }
    return rational_ratio(*text == '-' ? -number : number, scale);
}

/* Whether every number that a condition compares with is on the same side of both. */
static gboolean same_side(const Plan *plan, Rational exact, Rational rounded)
{
    for (guint i = 0; i < plan->constants->len; i++) {
        Rational bound = g_array_index(plan->constants, Rational, i);

        if (rational_compare(exact, bound) != rational_compare(rounded, bound))
            return FALSE;
    }
    return TRUE;
}

/* A text with more digits than a JSON reader keeps is cut: the low end downwards, the high end
 * upwards, a point to where no comparison changes its outcome. */
static char *cut_digits(const Plan *plan, Rational value, const char *text, gboolean up)
{
    gsize whole = strcspn(text, ".") - (*text == '-');
    guint places = whole < JSON_REAL_DIGITS ? JSON_REAL_DIGITS - (guint)whole : 0;
    g_autofree char *first = rational_format(value, places, up ? ROUND_UP : ROUND_DOWN);
    g_autofree char *second = rational_format(value, places, up ? ROUND_DOWN : ROUND_UP);

    if (digits_of(first) > INTEGER_DIGITS || same_side(plan, value, rational_of(first)) ||
        digits_of(second) > INTEGER_DIGITS || !same_side(plan, value, rational_of(second)))
        return g_steal_pointer(&first);
    return g_steal_pointer(&second);
}

static json_t *bound_json(const Plan *plan, Score score, gboolean high)
{
    g_autofree char *text = score_text(plan, score, high);
    gboolean point = rational_compare(score.low, score.high) == 0;

    if (!strchr(text, '.') && digits_of(text) <= INTEGER_DIGITS)
        return json_integer(g_ascii_strtoll(text, NULL, 10));
    if (digits_of(text) > JSON_REAL_DIGITS) {
        char *cut = cut_digits(plan, high ? score.high : score.low, text, high && !point);

        g_free(text);
        text = cut;
    }
    return json_real(g_ascii_strtod(text, NULL));
}

static json_t *score_json(const Plan *plan, Score score)
{
    if (!score.exists)
        return json_null();
    return json_pack("{s:o, s:o}", "low", bound_json(plan, score, FALSE), "high",
                     bound_json(plan, score, TRUE));
}

static json_t *verdict_json(const Assessment *assessment, Verdict verdict)
{
    return json_pack("{s:s, s:s}", "level", assessment_level_id(assessment, verdict.level),
                     "level_possible", assessment_level_id(assessment, verdict.level_possible));
}

/* The hashes of the files below a rubric, the nearest first; its own pins its own file only. */
static json_t *bases_json(const Rubric *rubric)
{
    json_t *hashes = json_array();

    for (const Ini *it = rubric->ini; it->bases->len > 0;) {
        it = g_ptr_array_index(it->bases, 0);
        json_array_append_new(hashes, json_string(it->sha256));
    }
    return hashes;
}

static json_t *rubric_json(const Plan *plan)
{
    const Rubric *rubric = plan->rubric;
    const char *profile =
        plan->profile == NOWHERE ? NULL : RUBRIC_PROFILE(rubric, plan->profile)->id;
    json_t *json =
        json_pack("{s:o, s:o, s:o, s:o, s:o}", "id", text_or_null(rubric->id), "edition",
                  text_or_null(rubric->edition), "sha256", text_or_null(rubric->ini->sha256),
                  "profile", text_or_null(profile), "base", text_or_null(rubric->base));

    if (rubric->base)
        json_object_set_new(json, "bases_sha256", bases_json(rubric));
    return json;
}

static json_t *date_json(gint32 day)
{
    g_autofree char *text = date_text(day);

    return json_string(text);
}

static json_t *sources_json(const Answers *answers)
{
    json_t *list = json_array();

    for (guint i = 0; i < answers->sources->len; i++) {
        const Source *source = &g_array_index(answers->sources, Source, i);
        json_t *entry = json_pack(
            "{s:o, s:o, s:o, s:o, s:o}", "file", text_or_null(source->file), "sha256",
            text_or_null(source->sha256), "encoding", text_or_null(source->encoding), "record",
            number_or_null(source->record), "assessor", text_or_null(source->assessor));

        if (source->rubric)
            json_object_set_new(entry, "rubric", text_or_null(source->rubric));
        json_array_append_new(list, entry);
    }
    return list;
}

static json_t *fields_json(const Answers *answers)
{
    const Rubric *rubric = answers->rubric;
    json_t *fields = json_object();

    for (guint i = rubric->n_questions; i < rubric->questions->len; i++) {
        g_autofree char *value = answer_value(answers, (int)i);

        json_object_set_new(fields, RUBRIC_QUESTION(rubric, i)->id, text_or_null(value));
    }
    return fields;
}

static json_t *dimensions_json(const Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;
    json_t *list = json_array();

    for (guint i = 0; i < rubric->dimensions->len; i++) {
        const DimensionResult *result = &assessment->dimensions[i];

        json_array_append_new(
            list, json_pack("{s:s, s:o, s:i, s:i, s:i}", "id", RUBRIC_DIMENSION(rubric, i)->id,
                            "score", score_json(assessment->plan, result->score), "answered",
                            (int)result->answered, "asked", (int)result->asked, "not_applicable",
                            (int)result->not_applicable));
    }
    return list;
}

/* Ids of questions or requirements, by index. */
static json_t *ids_json(const Rubric *rubric, const GArray *indices, gboolean questions)
{
    json_t *list = json_array();

    for (guint i = 0; indices && i < indices->len; i++) {
        int index = g_array_index(indices, int, i);

        json_array_append_new(list, json_string(questions ? RUBRIC_QUESTION(rubric, index)->id
                                                          : RUBRIC_REQUIREMENT(rubric, index)->id));
    }
    return list;
}

static json_t *requirement_json(const Assessment *assessment, guint index)
{
    const Rubric *rubric = assessment->plan->rubric;
    const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, index);
    const char *waiver = assessment->answers->waivers[index];
    gboolean waived = assessment->status[index] == STATUS_WAIVED;

    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "id", requirement->id, "status",
                     status_name(assessment->status[index]), "kind",
                     requirement_kind_name(requirement->kind), "origin",
                     origin_name(requirement->origin), "needs",
                     text_or_null(requirement->needs->value), "because",
                     ids_json(rubric, assessment_because(assessment, (int)index), TRUE), "clause",
                     text_or_null(localized_in(&requirement->clause, NULL)), "waiver",
                     text_or_null(waived ? waiver : NULL));
}

static json_t *levels_json(const Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;
    json_t *list = json_array();

    for (guint level = 0; level < rubric->levels->len; level++) {
        json_t *requirements = json_array();

        for (guint i = 0; i < rubric->requirements->len; i++)
            if (RUBRIC_REQUIREMENT(rubric, i)->level == (int)level)
                json_array_append_new(requirements, requirement_json(assessment, i));
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:o}", "id", RUBRIC_LEVEL(rubric, level)->id,
                                        "status", level_status_name(assessment->levels[level]),
                                        "requirements", requirements));
    }
    return list;
}

static json_t *answer_json(const Assessment *assessment, guint question)
{
    const Answers *answers = assessment->answers;
    const Answer *answer = &answers->of[question];
    g_autofree char *value = answer_value(answers, (int)question);

    return json_pack("{s:s, s:o, s:s, s:o, s:o, s:o, s:o, s:o}", "question",
                     RUBRIC_QUESTION(answers->rubric, question)->id, "answer", text_or_null(value),
                     "state", answer_state_name(answer->state), "score",
                     score_json(assessment->plan, assessment->question_scores[question]),
                     "evidence", text_or_null(answer->evidence), "owner",
                     text_or_null(answer->owner), "note", text_or_null(answer->note), "confidence",
                     text_or_null(answer->confidence));
}

static json_t *answers_json(const Assessment *assessment)
{
    json_t *list = json_array();

    for (guint i = 0; i < assessment->plan->rubric->n_questions; i++)
        json_array_append_new(list, answer_json(assessment, i));
    return list;
}

static json_t *finding_json(const Finding *finding)
{
    g_autofree char *file = finding->file ? g_path_get_basename(finding->file) : NULL;

    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "severity",
                     severity_name(finding->severity), "file", text_or_null(file), "line",
                     number_or_null(finding->line), "column", number_or_null(finding->column),
                     "message", text_or_null(finding->message), "record",
                     number_or_null(finding->record), "hint", text_or_null(finding->hint));
}

static json_t *list_of_findings(const Findings *findings)
{
    json_t *list = json_array();

    for (guint i = 0; i < findings_count(findings); i++)
        json_array_append_new(list, finding_json(findings_at(findings, i)));
    return list;
}

/* The text of a value, which is released. */
/* Takes the node. */
static char *text_of(json_t *node, gboolean indented)
{
    char *text = json_node_text(node, indented);

    json_decref(node);
    return text;
}

/* ---- peers ---- */

/* Percent as a part of one. */
static json_t *part_json(guint percent)
{
    return json_real(percent / 100.0);
}

static json_t *place_json(const PeerPlace *place)
{
    static const char *const NAMES[PEER_QUANTILES] = { "tenth", "quarter", "median",
                                                       "three_quarters", "nine_tenths" };
    json_t *json = json_object(), *quantiles = json_object();

    for (guint i = 0; i < PEER_QUANTILES; i++)
        json_node_set(quantiles, NAMES[i], part_json(place->quantiles[i]));
    json_node_set(json, "peers", json_integer(place->peers));
    json_node_set(json, "above",
                  place->has_own ? json_pack("{s:o, s:o}", "low", part_json(place->above_low),
                                             "high", part_json(place->above_high))
                                 : json_null());
    json_node_set(json, "scores", quantiles);
    return json;
}

static json_t *number_or_withheld(gint64 number)
{
    return number == PEERS_WITHHELD ? json_null() : json_integer(number);
}

static json_t *groups_json(const Peers *peers, const Rubric *rubric)
{
    json_t *fields = json_object();

    for (guint i = 0; i < peers->groups->len; i++) {
        const PeerGroup *group = peers->groups->pdata[i];
        json_t *json = json_object();

        json_node_set(json, "value", text_or_null(group->value));
        json_node_set(json, "companies", number_or_withheld(group->peers));
        json_node_set(json, "at_level", number_or_withheld(group->at_level));
        json_node_set(json, "score",
                      group->place.peers > 0 ? place_json(&group->place) : json_null());
        json_node_set(fields, RUBRIC_QUESTION(rubric, group->question)->id, json);
    }
    return fields;
}

static json_t *peers_json(const Peers *peers, const Rubric *rubric)
{
    json_t *json = json_object(), *levels = json_object(), *dimensions = json_object(),
           *scenes = json_array();

    json_node_set(json, "companies", number_or_withheld(peers->companies));
    json_node_set(json, "date", text_or_null(peers->date));
    for (guint i = 0; i < rubric->levels->len; i++)
        json_node_set(levels, RUBRIC_LEVEL(rubric, i)->id, number_or_withheld(peers->at_level[i]));
    json_node_set(json, "at_level", levels);
    json_node_set(json, "score", json_null());
    for (guint i = 0; i < peers->places->len; i++) {
        const PeerPlace *place = &g_array_index(peers->places, PeerPlace, i);

        if (place->dimension == NOWHERE)
            json_node_set(json, "score", place_json(place));
        else
            json_node_set(dimensions, RUBRIC_DIMENSION(rubric, place->dimension)->id,
                          place_json(place));
    }
    json_node_set(json, "dimensions", dimensions);
    json_node_set(json, "fields", groups_json(peers, rubric));
    for (guint i = 0; i < peers->scenes->len; i++) {
        const PeerScene *scene = &g_array_index(peers->scenes, PeerScene, i);

        json_array_append_new(scenes, json_pack("{s:s, s:I, s:I}", "question",
                                                RUBRIC_QUESTION(rubric, scene->question)->id,
                                                "built", (json_int_t)scene->built, "asked",
                                                (json_int_t)scene->asked));
    }
    json_node_set(json, "scenes_most_have", scenes);
    return json;
}

char *report_json(const Assessment *assessment, gboolean indented)
{
    const Plan *plan = assessment->plan;
    json_t *top = json_pack("{s:s, s:s}", "schema", "assess/1", "program", ASSESS_VERSION);

    json_node_set(top, "rubric", rubric_json(plan));
    json_node_set(top, "date", date_json(assessment->date));
    json_node_set(top, "strict", json_boolean(assessment->strict));
    json_node_set(top, "sources", sources_json(assessment->answers));
    json_node_set(top, "fields", fields_json(assessment->answers));
    json_node_set(top, "level",
                  json_string(assessment_level_id(assessment, assessment->verdict.level)));
    json_node_set(top, "level_possible",
                  json_string(assessment_level_id(assessment, assessment->verdict.level_possible)));
    json_node_set(top, "official", verdict_json(assessment, assessment->official));
    json_node_set(top, "evidenced",
                  assessment->evidenced_reading ? verdict_json(assessment, assessment->evidenced)
                                                : json_null());
    json_node_set(top, "score", score_json(plan, assessment->score));
    json_node_set(top, "dimensions", dimensions_json(assessment));
    json_node_set(top, "levels", levels_json(assessment));
    json_node_set(top, "answers", answers_json(assessment));
    json_node_set(top, "blockers", ids_json(plan->rubric, assessment->blockers, FALSE));
    json_node_set(top, "decisive_blanks", ids_json(plan->rubric, assessment->decisive, TRUE));
    json_node_set(top, "findings", list_of_findings(assessment->answers->findings));
    if (assessment->peers)
        json_node_set(top, "benchmark", peers_json(assessment->peers, plan->rubric));
    return text_of(top, indented);
}

char *findings_json(const Findings *findings)
{
    json_t *list = list_of_findings(findings);

    for (guint i = 0; i < findings_count(findings); i++) {
        const Finding *finding = findings_at(findings, i);
        json_t *object = json_array_get(list, i);

        json_node_set(object, "file", text_or_null(finding->file));
        json_node_set(object, "width", number_or_null(finding->width));
    }
    return text_of(list, TRUE);
}

/* ---- reading ---- */

/* Remember the first thing that is wrong. */
static void *wrong(char **fault, const char *what)
{
    if (!*fault)
        *fault = g_strdup_printf("is no assessment of schema \"assess/1\": %s", what);
    return NULL;
}

/* A copy of a member that is an id, NULL with a fault if it is none. */
static char *read_id(const json_t *object, const char *key, char **fault)
{
    const char *text = json_string_value(json_object_get(object, key));
    g_autofree char *what = g_strdup_printf("\"%s\" is no id", key);

    return text && text_is_id(text) ? g_strdup(text) : wrong(fault, what);
}

static void read_rubric(JsonVerdict *verdict, const json_t *rubric, char **fault)
{
    const char *edition = json_string_value(json_object_get(rubric, "edition"));

    verdict->rubric = read_id(rubric, "id", fault);
    if (edition && edition_is_valid(edition))
        verdict->edition = g_strdup(edition);
    else
        wrong(fault, "\"edition\" is no edition");
    if (json_is_string(json_object_get(rubric, "profile")))
        verdict->profile = read_id(rubric, "profile", fault);
}

static void read_levels(JsonVerdict *verdict, const json_t *levels, char **fault)
{
    g_autoptr(GStrvBuilder) ids = g_strv_builder_new();
    size_t n = json_array_size(levels);

    if (n == 0 || n > RUBRIC_LEVELS_LIMIT)
        wrong(fault, "\"levels\" is no list of levels");
    for (size_t i = 0; i < n && !*fault; i++) {
        g_autofree char *id = read_id(json_array_get(levels, i), "id", fault);

        if (id)
            g_strv_builder_add(ids, id);
    }
    verdict->levels = g_strv_builder_end(ids);
}

/* The level that a member names: one of the levels, or "none". */
static char *read_level(const JsonVerdict *verdict, const json_t *top, const char *key,
                        char **fault)
{
    g_autofree char *level = read_id(top, key, fault);
    g_autofree char *what = g_strdup_printf("\"%s\" is none of its levels", key);

    if (!level || strcmp(level, "none") == 0 ||
        g_strv_contains((const char *const *)verdict->levels, level))
        return g_steal_pointer(&level);
    return wrong(fault, what);
}

static void read_fields(JsonVerdict *verdict, json_t *fields, char **fault)
{
    g_autoptr(GStrvBuilder) values = g_strv_builder_new();
    const char *key;
    json_t *value;

    if (!json_is_object(fields))
        wrong(fault, "\"fields\" is no object");
    json_object_foreach(fields, key, value)
    {
        const char *text = json_string_value(value);

        if (!text || *text == '\0')
            continue;
        g_strv_builder_add(values, text);
        if (strcmp(key, "company") == 0)
            verdict->company = g_strdup(text);
    }
    verdict->fields = g_strv_builder_end(values);
}

static JsonVerdict *read_verdict(json_t *top, char **fault)
{
    g_autoptr(JsonVerdict) verdict = g_new0(JsonVerdict, 1);
    const char *schema = json_string_value(json_object_get(top, "schema"));
    const char *date = json_string_value(json_object_get(top, "date"));

    if (g_strcmp0(schema, "assess/1") != 0)
        return wrong(fault, schema ? "its schema is another one" : "it has no member \"schema\"");
    read_rubric(verdict, json_object_get(top, "rubric"), fault);
    if (!date || !date_parse(date, &verdict->day))
        wrong(fault, "\"date\" is no date");
    read_levels(verdict, json_object_get(top, "levels"), fault);
    verdict->level = read_level(verdict, top, "level", fault);
    verdict->level_possible = read_level(verdict, top, "level_possible", fault);
    read_fields(verdict, json_object_get(top, "fields"), fault);
    return *fault ? NULL : g_steal_pointer(&verdict);
}

JsonVerdict *json_verdict_read(GBytes *bytes, char **fault)
{
    static const char MARK[] = "\xef\xbb\xbf";
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    JsonVerdict *verdict;
    json_error_t error;
    json_t *top;

    *fault = NULL;
    if (size > JSON_READ_LIMIT) {
        *fault = g_strdup_printf("is larger than %d MiB, which no assessment is",
                                 JSON_READ_LIMIT / (1024 * 1024));
        return NULL;
    }
    if (size >= strlen(MARK) && memcmp(text, MARK, strlen(MARK)) == 0) {
        text += strlen(MARK);
        size -= strlen(MARK);
    }
    top = json_loadb(text ? text : "", size, JSON_REJECT_DUPLICATES, &error);
    if (!top) {
        *fault =
            g_strdup_printf("is not JSON: fault in line %d, column %d", error.line, error.column);
        return NULL;
    }
    verdict = read_verdict(top, fault);
    json_decref(top);
    return verdict;
}

void json_verdict_free(JsonVerdict *verdict)
{
    if (!verdict)
        return;
    g_free(verdict->rubric);
    g_free(verdict->edition);
    g_free(verdict->profile);
    g_strfreev(verdict->levels);
    g_free(verdict->level);
    g_free(verdict->level_possible);
    g_free(verdict->company);
    g_strfreev(verdict->fields);
    g_free(verdict);
}

static json_t *of_variant(GVariant *value);

static json_t *of_container(GVariant *value)
{
    gboolean is_object = g_variant_is_of_type(value, G_VARIANT_TYPE("a{s*}"));
    json_t *json = is_object ? json_object() : json_array();
    GVariantIter iter;
    GVariant *child;

    g_variant_iter_init(&iter, value);
    while ((child = g_variant_iter_next_value(&iter)) != NULL) {
        if (is_object) {
            g_autoptr(GVariant) key = g_variant_get_child_value(child, 0);
            g_autoptr(GVariant) inner = g_variant_get_child_value(child, 1);

            json_node_set(json, g_variant_get_string(key, NULL), of_variant(inner));
        } else {
            json_array_append_new(json, of_variant(child));
        }
        g_variant_unref(child);
    }
    return json;
}

static json_t *of_variant(GVariant *value)
{
    g_autoptr(GVariant) inner = NULL;

    switch (g_variant_classify(value)) {
    case G_VARIANT_CLASS_STRING:
        return json_string(g_variant_get_string(value, NULL));
    case G_VARIANT_CLASS_BOOLEAN:
        return json_boolean(g_variant_get_boolean(value));
    case G_VARIANT_CLASS_INT32:
        return json_integer(g_variant_get_int32(value));
    case G_VARIANT_CLASS_INT64:
        return json_integer(g_variant_get_int64(value));
    case G_VARIANT_CLASS_UINT32:
        return json_integer(g_variant_get_uint32(value));
    case G_VARIANT_CLASS_VARIANT:
        inner = g_variant_get_variant(value);
        return of_variant(inner);
    case G_VARIANT_CLASS_MAYBE:
        inner = g_variant_get_maybe(value);
        return inner ? of_variant(inner) : json_null();
    default:
        return of_container(value);
    }
}

char *variant_json(GVariant *value)
{
    return text_of(of_variant(value), TRUE);
}

static GVariant *to_variant(json_t *json);

static GVariant *to_dictionary(json_t *json)
{
    GVariantBuilder members;
    const char *key;
    json_t *value;

    g_variant_builder_init(&members, G_VARIANT_TYPE_VARDICT);
    json_object_foreach(json, key, value)
    {
        g_variant_builder_add(&members, "{sv}", key, to_variant(value));
    }
    return g_variant_builder_end(&members);
}

static GVariant *to_array(json_t *json)
{
    GVariantBuilder items;

    g_variant_builder_init(&items, G_VARIANT_TYPE("av"));
    for (size_t i = 0; i < json_array_size(json); i++)
        g_variant_builder_add(&items, "v", to_variant(json_array_get(json, i)));
    return g_variant_builder_end(&items);
}

static GVariant *to_variant(json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return to_dictionary(json);
    case JSON_ARRAY:
        return to_array(json);
    case JSON_STRING:
        return g_variant_new_string(json_string_value(json));
    case JSON_INTEGER:
        return g_variant_new_int64(json_integer_value(json));
    case JSON_REAL:
        return g_variant_new_double(json_real_value(json));
    case JSON_NULL:
        return g_variant_new_maybe(G_VARIANT_TYPE_VARIANT, NULL);
    default:
        return g_variant_new_boolean(json_is_true(json));
    }
}

GVariant *json_variant(GBytes *bytes)
{
    json_t *json = json_node_read(bytes);
    GVariant *value = json ? g_variant_ref_sink(to_variant(json)) : NULL;

    json_decref(json);
    return value;
}
