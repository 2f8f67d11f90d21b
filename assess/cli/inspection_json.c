#include "cli/inspection_json.h"

#include "cli/inspection_words.h"
#include "intake/delimiter.h"
#include "report/json.h"

static void put(GVariantBuilder *object, const char *key, GVariant *value)
{
    g_variant_builder_add(object, "{sv}", key, value);
}

/* NULL becomes null. */
static void put_text(GVariantBuilder *object, const char *key, const char *text)
{
    put(object, key, g_variant_new("ms", text));
}

/* Numbers of records go beyond 32 bits; JSON's own are exact up to 2 to the 53rd. */
static void put_count(GVariantBuilder *object, const char *key, guint64 count)
{
    put(object, key, g_variant_new_int64((gint64)count));
}

static GVariant *encoding_object(const EncodingFound *encoding)
{
    GVariantBuilder object;

    g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
    put_text(&object, "name", encoding->name);
    put_text(&object, "found", encoding_reason_id(encoding->reason));
    put(&object, "byte_order_mark", g_variant_new_boolean(encoding->mark > 0));
    put_text(&object, "may_be", encoding->also);
    return g_variant_builder_end(&object);
}

static GVariant *binding_object(const Inspection *inspection, guint column)
{
    const SurveyColumn *bound = survey_column(inspection->survey, column);
    const Binding *binding = &bound->binding;
    GVariantBuilder object;

    g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
    put_text(&object, "kind", inspection_kind(binding));
    put_text(&object, "id",
             binding->meta ? binding->meta->id : inspection_answers(inspection, column));
    put_text(&object, "option", inspection_option(inspection, column));
    put_text(&object, "by", inspection_bound_by(binding));
    put(&object, "same_as",
        bound->twin ? g_variant_new_uint32(bound->twin) : g_variant_new("ms", NULL));
    return g_variant_builder_end(&object);
}

static GVariant *column_object(const Inspection *inspection, guint column)
{
    const ContentsColumn *seen = contents_column(inspection->contents, column);
    g_autofree char *name = inspection_column_name(inspection, column);
    GVariantBuilder object;

    g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
    put(&object, "number", g_variant_new_uint32(column + 1));
    put_text(&object, "name", name);
    put_count(&object, "filled", seen->filled);
    put(&object, "different", g_variant_new_uint32(seen->distinct));
    put(&object, "more", g_variant_new_boolean(seen->is_more));
    put_text(&object, "personal", personal_name(inspection_personal(inspection, column)));
    put(&object, "bound",
        inspection_kind(inspection_binding(inspection, column)) ? binding_object(inspection, column)
                                                                : g_variant_new("ms", NULL));
    return g_variant_builder_end(&object);
}

static void put_layout(GVariantBuilder *object, const Inspection *inspection)
{
    const Layout *layout = inspection->survey ? survey_layout(inspection->survey) : NULL;

    if (!layout || layout == layout_plain())
        layout = NULL;
    put_text(object, "layout", layout ? layout->id : NULL);
    put_text(object, "layout_found", layout ? survey_layout_reason(inspection->survey) : NULL);
    put(object, "skipped_records",
        g_variant_new_uint32(inspection->survey ? survey_skipped(inspection->survey) : 0));
}

static GVariant *columns_list(const Inspection *inspection)
{
    GVariantBuilder list;

    g_variant_builder_init(&list, G_VARIANT_TYPE("av"));
    for (guint i = 0; i < inspection_n_columns(inspection); i++)
        g_variant_builder_add(&list, "v", column_object(inspection, i));
    return g_variant_builder_end(&list);
}

static GVariant *dropped_list(const Inspection *inspection)
{
    const SurveyTally *tally = survey_reader_tally(inspection->reader);
    GVariantBuilder list, object;

    g_variant_builder_init(&list, G_VARIANT_TYPE("av"));
    for (guint i = SURVEY_KEPT + 1; i < SURVEY_REASONS_LIMIT; i++) {
        if (tally->dropped[i] == 0)
            continue;
        g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
        put_text(&object, "id", survey_drop_id(inspection->survey, (guint8)i));
        put_text(&object, "reason", survey_drop_reason(inspection->survey, (guint8)i));
        put_count(&object, "records", tally->dropped[i]);
        g_variant_builder_add(&list, "v", g_variant_builder_end(&object));
    }
    return g_variant_builder_end(&list);
}

static GVariant *faults_list(const Inspection *inspection)
{
    g_autoptr(GPtrArray) faults = survey_faults_list(survey_reader_faults(inspection->reader));
    GVariantBuilder list, object;

    g_variant_builder_init(&list, G_VARIANT_TYPE("av"));
    for (guint i = 0; i < faults->len; i++) {
        const SurveyFault *fault = faults->pdata[i];
        gboolean is_shown = inspection_personal(inspection, fault->column) == PERSONAL_NOT;

        g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
        put(&object, "column", g_variant_new_uint32(fault->column + 1));
        put_text(&object, "text", is_shown ? fault->text : NULL);
        put_text(&object, "message", is_shown ? fault->message : NULL);
        put_count(&object, "cells", fault->count);
        put_count(&object, "first_record", fault->first);
        g_variant_builder_add(&list, "v", g_variant_builder_end(&object));
    }
    return g_variant_builder_end(&list);
}

static void put_rows(GVariantBuilder *object, const Inspection *inspection)
{
    const ContentsRows *rows = contents_rows(inspection->contents);

    put_count(object, "records", rows->rows);
    put_count(object, "blank_records", rows->blank);
    put_count(object, "short_records", rows->short_rows);
    put_count(object, "first_short", rows->first_short);
    put_count(object, "long_records", rows->long_rows);
    put_count(object, "first_long", rows->first_long);
    put(object, "read_to_end", g_variant_new_boolean(!inspection->is_cut));
}

static GVariant *unasked_list(const Inspection *inspection, const Rubric *rubric, gboolean is_wide)
{
    g_autoptr(GPtrArray) ids = inspection_unanswered(inspection, rubric, is_wide);

    return g_variant_new_strv((const char *const *)ids->pdata, (gssize)ids->len);
}

static GVariant *findings_list(const Findings *findings)
{
    GVariantBuilder list, object;

    g_variant_builder_init(&list, G_VARIANT_TYPE("av"));
    for (guint i = 0; i < findings_count(findings); i++) {
        const Finding *finding = findings_at(findings, i);

        g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
        put_text(&object, "severity", severity_name(finding->severity));
        put(&object, "line", g_variant_new_uint32(finding->line));
        put(&object, "record", g_variant_new_uint32(finding->record));
        put(&object, "column", g_variant_new_uint32(finding->column));
        put_text(&object, "message", finding->message);
        put_text(&object, "hint", finding->hint);
        g_variant_builder_add(&list, "v", g_variant_builder_end(&object));
    }
    return g_variant_builder_end(&list);
}

static void put_survey(GVariantBuilder *object, const Inspection *inspection, const Rubric *rubric,
                       gboolean is_wide)
{
    g_autofree char *reference = g_strconcat(rubric->id, "@", rubric->edition, NULL);

    put_text(object, "rubric", reference);
    if (!inspection->reader)
        return;
    put_count(object, "graded", survey_reader_tally(inspection->reader)->dropped[SURVEY_KEPT]);
    put(object, "left_out", dropped_list(inspection));
    put(object, "not_understood", faults_list(inspection));
    if (inspection_n_bound(inspection) > 0)
        put(object, "not_answered", unasked_list(inspection, rubric, is_wide));
}

/* One respondent a row. */
static GVariant *wide_object(const Inspection *wide, const Rubric *rubric)
{
    GVariantBuilder object;

    g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
    put_rows(&object, wide);
    put(&object, "columns", columns_list(wide));
    if (wide->survey)
        put_survey(&object, wide, rubric, TRUE);
    return g_variant_builder_end(&object);
}

char *inspection_json(const Inspection *inspection, const Rubric *rubric)
{
    g_autoptr(GVariant) whole = NULL;
    GVariantBuilder object;

    g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
    put_text(&object, "schema", "inspection/1");
    put_text(&object, "program", ASSESS_VERSION);
    put_text(&object, "file", inspection->name);
    put_count(&object, "bytes", inspection->bytes);
    put_text(&object, "is", inspection_is(inspection));
    if (inspection->encoding.name)
        put(&object, "encoding", encoding_object(&inspection->encoding));
    if (inspection->is_text) {
        put_text(&object, "delimiter", delimiter_name(inspection->delimiter));
        put_text(&object, "line_ends", line_ends_name(inspection->line_ends));
        put_layout(&object, inspection);
        put(&object, "header_rows", g_variant_new_uint32(inspection->header_rows));
        put_rows(&object, inspection);
        put(&object, "columns", columns_list(inspection));
    }
    if (inspection->wide)
        put(&object, "wide", wide_object(inspection->wide, rubric));
    else if (inspection->survey && !inspection->shape)
        put_survey(&object, inspection, rubric, FALSE);
    put(&object, "findings", findings_list(inspection->findings));
    whole = g_variant_ref_sink(g_variant_builder_end(&object));
    return variant_json(whole);
}
