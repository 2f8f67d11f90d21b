/* template.h - how a report is told and looks: which chapters in which order, its words by
 * language, page, type and colours, all read from one INI file that may start from another one.
 * Immutable once loaded, so that threads may share it. */
#pragma once

#include <glib.h>

#include "base/ini.h"
#include "page/logo.h"
#include "report/theme.h"
#include "report/wording.h"

#define TEMPLATE_DEFAULT "consultant"
#define TEMPLATE_OF_COHORTS "cohort"

enum { TEMPLATE_BASES_LIMIT = 8 /* templates on top of one another */ };

/* The path of the template of that name, NULL if there is none. Free with g_free(). */
typedef char *(*TemplateLocator)(const char *name, gpointer data);

typedef struct {
    char *name; /* of the file, without folder and ending */
    Ini *ini;   /* the whole text, with those of its bases merged in */
    Wording *wording;
    Theme *theme;
    GArray *chapters;      /* of guint: indices of story_chapters() */
    Logo *logo;            /* NULL if there is none */
    double logo_height;    /* points */
    gboolean is_draft;     /* a word goes across every page */
    gboolean attaches;     /* what the report is made of goes into the PDF */
    gboolean is_of_cohort; /* it tells of many companies, not of one */
} Template;

/* Read a template and those that it starts from. NULL if a file cannot be read (`error`) or has a
 * fault (`findings`). `locate` may be NULL if no template has a base. Free with template_free(). */
Template *template_load(const char *path, TemplateLocator locate, gpointer data, Findings *findings,
                        GError **error);
/* The path of the file that an entry names, seen from the template. Free with g_free(). */
char *template_image_path(const IniEntry *entry);
void template_free(Template *template);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Template, template_free)
