/* drive.h - change an example until a condition holds, or does not: a guess that follows the
 * condition's form, graded afterwards. */
#pragma once

#include <glib.h>

#include "proof/example.h"

/* Change answers other than `fixed` (NOWHERE: any) so that a requirement's condition becomes true,
 * or false. Where several parts would do, `choice` says by its bits which is taken. It may fail;
 * then some answers have changed for nothing. */
void drive_requirement(Example *example, int requirement, gboolean wanted, guint choice, int fixed);
