/* ledger.h - the companies that were graded, in the order of their records, in a file of Company;
 * and beside it which of them are left out because they are of a company that stands elsewhere. */
#pragma once

#include "batch/company.h"

#define LEDGER_COMPANIES "companies" /* of Company */
#define LEDGER_LEFT_OUT "left_out"   /* of LeftOut, in the order of records */

typedef struct {
    guint64 record, kept; /* the record of the company that stands for it; 0: none does */
} LeftOut;

typedef struct Ledger Ledger;
/* FALSE ends it. `left_out` is NULL for a company that stands in results.csv: its offset is that of
 * its row there; of others the offset means nothing. */
typedef gboolean (*LedgerVisitor)(const Company *company, const LeftOut *left_out, gpointer data);

/* Open the files of a folder's state; that of the left out need not be there. `offset`: where the
 * first row stands in results.csv, behind its header. NULL and FILE_IO_ERROR_READ. Free with
 * ledger_free(). */
Ledger *ledger_open(const char *folder, guint64 offset, GError **error);
void ledger_free(Ledger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ledger, ledger_free)

/* Companies in it. */
guint64 ledger_size(const Ledger *ledger);
/* Visit all companies in the order of their records; as often as is wanted. FALSE and
 * FILE_IO_ERROR_READ. */
gboolean ledger_each(Ledger *ledger, LedgerVisitor visit, gpointer data, GError **error);
