#include "report/dossier.h"

#include <string.h>

#include "base/date.h"
#include "report/json.h"
#include "report/provenance.h"

/* ---- trees ---- */

GVariant *dossier_member(GVariant *object, const char *key, const char *type)
{
    return g_variant_lookup_value(object, key, G_VARIANT_TYPE(type));
}

char *dossier_text(GVariant *object, const char *key)
{
    g_autoptr(GVariant) text = dossier_member(object, key, "s");

    return text ? g_variant_dup_string(text, NULL) : NULL;
}

static guint number(GVariant *object, const char *key)
{
    g_autoptr(GVariant) value = dossier_member(object, key, "x");
    gint64 n = value ? g_variant_get_int64(value) : 0;

    return n > 0 && n <= G_MAXINT32 ? (guint)n : 0;
}

static gboolean is_true(GVariant *object, const char *key)
{
    g_autoptr(GVariant) value = dossier_member(object, key, "b");

    return value && g_variant_get_boolean(value);
}

/* A list of texts; NULL if it is none. */
static char **texts(GVariant *object, const char *key)
{
    g_autoptr(GVariant) list = dossier_member(object, key, "av");
    g_autoptr(GStrvBuilder) all = g_strv_builder_new();

    for (gsize i = 0; list && i < g_variant_n_children(list); i++) {
        g_autoptr(GVariant) item = NULL;

        g_variant_get_child(list, i, "v", &item);
        if (!g_variant_is_of_type(item, G_VARIANT_TYPE_STRING))
            return NULL;
        g_strv_builder_add(all, g_variant_get_string(item, NULL));
    }
    return list ? g_strv_builder_end(all) : NULL;
}

/* ---- faults ---- */

/* The first one is told. FALSE, for the caller to return. */
static gboolean wrong(char **fault, const char *format, ...) G_GNUC_PRINTF(2, 3);
static gboolean wrong(char **fault, const char *format, ...)
{
    va_list arguments;

    if (*fault)
        return FALSE;
    va_start(arguments, format);
    *fault = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return FALSE;
}

static GBytes *file(const GPtrArray *attachments, const char *name, char **fault)
{
    const Attachment *attachment = attachments_find(attachments, name);

    if (!attachment)
        wrong(fault, "has no attachment \"%s\"", name);
    return attachment ? g_bytes_ref(attachment->bytes) : NULL;
}

static GVariant *tree(const GPtrArray *attachments, const char *name, char **fault)
{
    g_autoptr(GBytes) bytes = file(attachments, name, fault);
    g_autoptr(GVariant) value = bytes ? json_variant(bytes) : NULL;

    if (value && g_variant_is_of_type(value, G_VARIANT_TYPE_VARDICT))
        return g_steal_pointer(&value);
    if (bytes)
        wrong(fault, "has an attachment \"%s\" that is no JSON object", name);
    return NULL;
}

/* ---- options ---- */

static gboolean are_languages(char **languages)
{
    static const char *const KNOWN[] = { "en", "zh", NULL };
    guint n = languages ? g_strv_length(languages) : 0;

    for (guint i = 0; i < n; i++)
        if (!g_strv_contains(KNOWN, languages[i]))
            return FALSE;
    return n == 1 || (n == 2 && strcmp(languages[0], languages[1]) != 0);
}

/* A template is looked up by its name, which must not lead out of its folder. */
static gboolean is_file_name(const char *name)
{
    return name && *name && *name != '.' && !strchr(name, '/');
}

static gboolean read_options(Dossier *dossier, GVariant *options, char **fault)
{
    g_autofree char *date = dossier_text(options, "date");
    g_autofree char *schema = dossier_text(options, "schema");

    if (g_strcmp0(schema, PROVENANCE_SCHEMA) != 0)
        return wrong(fault, "has options of another form than \"" PROVENANCE_SCHEMA "\"");
    dossier->program = dossier_text(options, "program");
    dossier->reference = dossier_text(options, "rubric");
    dossier->profile = dossier_text(options, "profile");
    dossier->template = dossier_text(options, "template");
    dossier->font = dossier_text(options, "font");
    dossier->template_sha256 = texts(options, "template_sha256");
    dossier->languages = texts(options, "languages");
    dossier->strict = is_true(options, "strict");
    dossier->is_draft = is_true(options, "draft");
    if (!dossier->program || !dossier->reference || !dossier->font || !dossier->template_sha256 ||
        !dossier->template_sha256[0])
        return wrong(fault, "has options without program, rubric, font or template");
    if (!date || !date_parse(date, &dossier->day))
        return wrong(fault, "has options without a date");
    if (!are_languages(dossier->languages))
        return wrong(fault, "has options without languages");
    if (!is_file_name(dossier->template))
        return wrong(fault, "has options without the name of a template");
    return TRUE;
}

/* ---- answers ---- */

static GHashTable *read_carried(GVariant *list, gsize index)
{
    GHashTable *texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GVariant) object = NULL, text = NULL;
    GVariantIter iter;
    const char *id;

    if (!list || index >= g_variant_n_children(list))
        return texts;
    g_variant_get_child(list, index, "v", &object);
    if (!g_variant_is_of_type(object, G_VARIANT_TYPE_VARDICT))
        return texts;
    g_variant_iter_init(&iter, object);
    while (g_variant_iter_loop(&iter, "{&sv}", &id, &text))
        if (g_variant_is_of_type(text, G_VARIANT_TYPE_STRING))
            g_hash_table_insert(texts, g_strdup(id), g_variant_dup_string(text, NULL));
    return texts;
}

static gboolean read_sheets(Dossier *dossier, const GPtrArray *attachments, GVariant *options,
                            char **fault)
{
    g_auto(GStrv) names = texts(options, "sheets");
    g_autoptr(GVariant) carried = dossier_member(options, "carried", "av");
    guint n = names ? g_strv_length(names) : 0;

    if (n == 0 || n > DOSSIER_SHEETS_LIMIT)
        return wrong(fault, "has options without sheets, or with more than %d",
                     DOSSIER_SHEETS_LIMIT);
    for (guint i = 0; i < n; i++) {
        GBytes *bytes = file(attachments, names[i], fault);

        if (!bytes)
            return FALSE;
        g_ptr_array_add(dossier->sheets, bytes);
        g_ptr_array_add(dossier->carried, read_carried(carried, i));
    }
    return TRUE;
}

static void read_with(Dossier *dossier, GVariant *options)
{
    g_autoptr(GVariant) object = dossier_member(options, "with", "a{sv}");
    GVariantIter iter;
    const char *id;
    GVariant *pair;

    if (!object)
        return;
    g_variant_iter_init(&iter, object);
    while (g_variant_iter_next(&iter, "{&sv}", &id, &pair)) {
        DossierAnswer *answer = g_new0(DossierAnswer, 1);

        answer->question = g_strdup(id);
        if (g_variant_is_of_type(pair, G_VARIANT_TYPE_VARDICT)) {
            answer->option = dossier_text(pair, "answer");
            answer->evidence = dossier_text(pair, "evidence");
        }
        g_ptr_array_add(dossier->with, answer);
        g_variant_unref(pair);
    }
}

/* ---- the assessment ---- */

static gboolean read_sources(Dossier *dossier, char **fault)
{
    g_autoptr(GVariant) list = dossier_member(dossier->assessment, "sources", "av");

    for (gsize i = 0; list && i < g_variant_n_children(list); i++) {
        g_autoptr(GVariant) object = NULL;
        Source source = { 0 };

        g_variant_get_child(list, i, "v", &object);
        if (!g_variant_is_of_type(object, G_VARIANT_TYPE_VARDICT))
            break;
        source = (Source){ .file = dossier_text(object, "file"),
                           .sha256 = dossier_text(object, "sha256"),
                           .encoding = dossier_text(object, "encoding"),
                           .record = number(object, "record"),
                           .assessor = dossier_text(object, "assessor"),
                           .rubric = dossier_text(object, "rubric") };
        g_array_append_val(dossier->sources, source);
        if (!source.file || !source.sha256)
            break;
    }
    for (guint i = 0; i < dossier->sources->len; i++) {
        const Source *source = &g_array_index(dossier->sources, Source, i);

        if (!source->file || !source->sha256)
            return wrong(fault, "has an assessment without sources");
    }
    return dossier->sources->len >= dossier->sheets->len ||
           wrong(fault, "has an assessment without sources");
}

static Severity severity_of(GVariant *object)
{
    g_autofree char *name = dossier_text(object, "severity");
    Severity severity = SEVERITY_NOTE;

    while (severity < SEVERITY_ERROR && g_strcmp0(name, severity_name(severity)) != 0)
        severity++;
    return severity;
}

static void read_findings(Dossier *dossier)
{
    g_autoptr(GVariant) list = dossier_member(dossier->assessment, "findings", "av");

    for (gsize i = 0; list && i < g_variant_n_children(list); i++) {
        g_autoptr(GVariant) object = NULL;
        g_autofree char *file = NULL, *message = NULL, *hint = NULL;
        Place place = { 0 };
        Finding *finding;

        g_variant_get_child(list, i, "v", &object);
        if (!g_variant_is_of_type(object, G_VARIANT_TYPE_VARDICT))
            continue;
        file = dossier_text(object, "file");
        message = dossier_text(object, "message");
        hint = dossier_text(object, "hint");
        place = (Place){ .file = file,
                         .line = number(object, "line"),
                         .record = number(object, "record"),
                         .column = number(object, "column") };
        finding = findings_add(dossier->findings, severity_of(object), &place, "%s",
                               message ? message : "");
        if (hint)
            finding_hint(finding, "%s", hint);
    }
}

static gboolean read_rubric(Dossier *dossier, const GPtrArray *attachments, char **fault)
{
    GBytes *bytes = file(attachments, PROVENANCE_RUBRIC, fault);

    if (!bytes)
        return FALSE;
    g_ptr_array_add(dossier->rubric, bytes);
    for (guint i = 1; i <= DOSSIER_BASES_LIMIT; i++) {
        g_autofree char *name = provenance_base(i);
        const Attachment *base = attachments_find(attachments, name);

        if (!base)
            break;
        g_ptr_array_add(dossier->rubric, g_bytes_ref(base->bytes));
    }
    return TRUE;
}

static void answer_free(gpointer data)
{
    DossierAnswer *answer = data;

    g_free(answer->question);
    g_free(answer->option);
    g_free(answer->evidence);
    g_free(answer);
}

static Dossier *dossier_new(void)
{
    Dossier *dossier = g_new0(Dossier, 1);

    dossier->sheets = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    dossier->rubric = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    dossier->carried = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_unref);
    dossier->with = g_ptr_array_new_with_free_func(answer_free);
    dossier->sources = g_array_new(FALSE, FALSE, sizeof(Source));
    g_array_set_clear_func(dossier->sources, source_clear);
    dossier->findings = findings_new();
    return dossier;
}

Dossier *dossier_read(const GPtrArray *attachments, char **fault)
{
    g_autoptr(Dossier) dossier = dossier_new();
    g_autoptr(GVariant) options = NULL;
    g_autoptr(GBytes) json = NULL;

    *fault = NULL;
    options = tree(attachments, PROVENANCE_OPTIONS, fault);
    dossier->assessment = tree(attachments, PROVENANCE_ASSESSMENT, fault);
    if (!options || !dossier->assessment || !read_options(dossier, options, fault) ||
        !read_sheets(dossier, attachments, options, fault) || !read_sources(dossier, fault) ||
        !read_rubric(dossier, attachments, fault))
        return NULL;
    json = file(attachments, PROVENANCE_ASSESSMENT, fault);
    dossier->assessment_json = g_strndup(g_bytes_get_data(json, NULL), g_bytes_get_size(json));
    read_with(dossier, options);
    if (attachments_find(attachments, PROVENANCE_BENCHMARK))
        dossier->benchmark =
            g_bytes_ref(attachments_find(attachments, PROVENANCE_BENCHMARK)->bytes);
    read_findings(dossier);
    return g_steal_pointer(&dossier);
}

void dossier_free(Dossier *dossier)
{
    if (!dossier)
        return;
    g_free(dossier->program);
    g_free(dossier->reference);
    g_free(dossier->profile);
    g_free(dossier->template);
    g_free(dossier->font);
    g_strfreev(dossier->template_sha256);
    g_strfreev(dossier->languages);
    g_ptr_array_unref(dossier->sheets);
    g_ptr_array_unref(dossier->carried);
    g_ptr_array_unref(dossier->rubric);
    g_ptr_array_unref(dossier->with);
    g_clear_pointer(&dossier->benchmark, g_bytes_unref);
    g_array_unref(dossier->sources);
    findings_unref(dossier->findings);
    g_clear_pointer(&dossier->assessment, g_variant_unref);
    g_free(dossier->assessment_json);
    g_free(dossier);
}
