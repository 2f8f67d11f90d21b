/* check_proofs.h - the proofs of `assess check`: run, summed up, their sheets written. */
#pragma once

#include "cli/session.h"
#include "proof/claim.h"

/* Prove all properties of a rubric without errors, with progress on a terminal. `plan` is compiled
 * without a profile. What an author should hear of goes to `findings`. Free with claims_free(). */
Claims *check_prove(const Session *session, const Plan *plan, Findings *findings);
/* What was proved and what was found, a line for each property. Free with g_free(). */
char *check_proofs_summary(const Claims *claims);
/* The same as notes about the file, for who reads findings only. */
void check_proofs_notes(const Claims *claims, const char *path, Findings *findings);
/* Write every sheet and the list of claims into the folder of --output; how many sheets go to
 * `written`. EXIT_IO if they could not be written, which is said. */
ExitStatus check_write_sheets(const Session *session, const Claims *claims, guint *written);
