/* drive.h - change a trial until a condition holds, or does not: a guess that follows the
 * condition's form, graded afterwards. */
#pragma once

#include <glib.h>

#include "audit/trial.h"

/* Change answers other than `fixed` (NOWHERE: any) so that a requirement's condition becomes true,
 * or false. Where several parts would do, `choice` says by its bits which is taken. It may fail;
 * then some answers have changed for nothing. */
void drive_requirement(Trial *trial, int requirement, gboolean wanted, guint choice, int fixed);
