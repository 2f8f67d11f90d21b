/* provenance.h - what a report is made of, as files that go into its PDF: this company's answers as
 * canonical sheets, the rubric's own bytes and those below it, the assessment as JSON, and how it
 * is told (options.json). From these alone the same report can be made again. Nothing of other
 * companies of the same file is in them, nor a path, a user or a host. */
#pragma once

#include <glib.h>

#include "page/attachment.h"
#include "report/template.h"
#include "scoring/assessment.h"

#define PROVENANCE_SCHEMA "assess-report/1"
#define PROVENANCE_RUBRIC "rubric.ini"
#define PROVENANCE_OPTIONS "options.json"
#define PROVENANCE_BENCHMARK "benchmark.json"
#define PROVENANCE_ASSESSMENT "assessment.json"

/* One company's answers as a sheet that reads back to the same: a row for every question and field,
 * blank ones too, then one for each waiver. Free with g_bytes_unref(). */
GBytes *provenance_sheet(const Answers *answers);
/* The sheets that the answers are made of: of const Answers *, borrowed. Free with
 * g_ptr_array_unref(). */
GPtrArray *provenance_sheets(const Answers *answers);
/* The files of the rubric, itself first: of Attachment *. Free with g_ptr_array_unref(). */
GPtrArray *provenance_rubric(const Rubric *rubric);
/* The name of the file below that, from 1: "base-1.ini". Free with g_free(). */
char *provenance_base(guint number);
/* Append what is of one company: sheets, assessment and options. `font` is the mark of its font. */
void provenance_append(GPtrArray *attachments, const Assessment *assessment,
                       const Template *template, const char *const *languages, const char *font);
