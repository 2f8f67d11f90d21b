/* claim.h - what was asked about a rubric for all answers there can be, and what came out: proved,
 * shown by a sheet, or not decided. A claim that an author should hear of becomes a finding. */
#pragma once

#include <glib.h>

#include "proof/search.h"
#include "base/finding.h"

typedef enum {
    PROPERTY_REACHABLE, /* every level can be held */
    PROPERTY_OPEN,      /* every requirement can be met, and can be missed */
    PROPERTY_MONOTONE,  /* a better answer lowers neither level nor score */
    PROPERTY_GAP,       /* what begins at a level can be met while a lower requirement is missed */
    PROPERTY_IMPLIED,   /* no requirement follows from the others */
    PROPERTY_ACTIVE,    /* every question and option decides something */
    PROPERTY_NA         /* "not applicable" raises no level */
} Property;

enum { N_PROPERTIES = PROPERTY_NA + 1 };

typedef enum {
    CLAIM_PROVED,   /* holds for all answers */
    CLAIM_SHOWN,    /* a sheet shows that something can be, as it should */
    CLAIM_LISTED,   /* a sheet shows what is no fault but worth knowing */
    CLAIM_DECLARED, /* a sheet shows what the rubric says of itself */
    CLAIM_REFUTED,  /* a fault: a sheet shows it, or it is proved */
    CLAIM_UNDECIDED
} ClaimOutcome;

typedef struct {
    Property property;
    ClaimOutcome outcome;
    const char *profile;       /* id; NULL for none. Borrowed of the rubric */
    char *subject;             /* what it is about: an id, or "question:option" */
    char *message;             /* NULL where there is nothing to tell */
    char *hint;                /* NULL if none */
    Severity severity;         /* of the message */
    const IniEntry *entry;     /* where it is told: a value, ... */
    const IniSection *section; /* ... else a section's head */
    Answers *sheets[2];        /* the witness: the second NULL if one sheet is enough */
    char *differs; /* "maturity = level1, award = none": how it differs from the best company */
} Claim;

typedef struct {
    const Rubric *rubric;
    GPtrArray *list; /* of Claim * */
    guint counts[N_PROPERTIES][CLAIM_UNDECIDED + 1];
} Claims;

/* Free with claims_free(). The rubric is borrowed. */
Claims *claims_new(const Rubric *rubric);
void claims_free(Claims *claims);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Claims, claims_free)

/* Append a claim; it is the list's, which counts it. */
Claim *claims_add(Claims *claims, Property property, ClaimOutcome outcome, const char *profile,
                  const char *subject);
/* Say what is wrong, and where. */
void claim_tell(Claim *claim, Severity severity, const IniSection *section, const IniEntry *entry,
                const char *format, ...) G_GNUC_PRINTF(5, 6);
/* Take a witness's sheets into the claim; says how they differ from `best`. */
void claim_witness(Claim *claim, Witness *witness, const Search *search, const Example *best);
/* Count only: for the many steps that are proved and of which nobody asks. */
void claims_count(Claims *claims, Property property, ClaimOutcome outcome);

/* What is told, as findings in the order of the file; the gaps, of which there are many and none a
 * fault, only `with_gaps`. */
void claims_findings(const Claims *claims, gboolean with_gaps, Findings *findings);
/* "reachable", "open", ... and "proved", "shown", ...: the words of the JSON output and of file
 * names. */
const char *property_name(Property property);
/* What it says, for people: "every level can be the verdict". */
const char *property_text(Property property);
const char *claim_outcome_name(ClaimOutcome outcome);
