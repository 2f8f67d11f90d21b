/* delivery.h - what each company of a run gets: its report as a PDF, its assessment as JSON. The
 * rows of results.csv say who that is; their records are read in full from the survey once more,
 * side by side, and come out in order. The bytes do not depend on the number of workers. */
#pragma once

#include "batch/documents.h"
#include "report/pdf.h"
#include "rules/plan.h"
#include "survey/survey.h"

#define DELIVERY_JSON "assessments.jsonl"

/* What is to be done; all is borrowed as long as the delivery is there. */
typedef struct {
    const char *input;  /* a file that can be read once more */
    const char *name;   /* as it is told */
    const char *folder; /* with the results of the run */
    const Plan *plan;
    const Vocabulary *vocabulary;
    const Layouts *layouts; /* or NULL */
    SurveyOptions survey;
    const char *map_hash; /* of the mapping file when the results were made; or NULL */
    gint32 date;
    gboolean strict, has_mark;
    guint jobs;          /* workers */
    const gint *stop;    /* read atomically: when it is set, finish what is begun and end */
    gboolean wants_json; /* an object for each company into DELIVERY_JSON */
    const ReportPrinter *printer; /* of reports; NULL: none are wanted */
    Documents *documents;         /* where they go */
    const char *ending;           /* of their names: "-zh.pdf" */
    int least;                    /* level that a company with a report holds; -1: any or none */
    void (*tell)(gpointer data);  /* often, from one thread at a time */
    gpointer data;
} DeliveryOrder;

typedef struct {
    guint64 companies, documents;
    guint64 taken, size;                    /* bytes of the survey */
    guint64 substituted, first_substituted; /* as in a Parcel */
    gboolean is_stopped;                    /* by `stop` */
} DeliveryCount;

typedef struct Delivery Delivery;

/* NULL with `error` if the survey or the results cannot be read. Free with delivery_free(). */
Delivery *delivery_open(const DeliveryOrder *order, GError **error);
void delivery_free(Delivery *delivery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Delivery, delivery_free)

/* Make everything and make it durable. FALSE with `error`: FILE_IO_ERROR, or what the PDF library
 * refuses. */
gboolean delivery_run(Delivery *delivery, GError **error);
const DeliveryCount *delivery_count(const Delivery *delivery);
