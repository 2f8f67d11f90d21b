/* cover.h - the first page of a report: who was assessed against what, and the verdict. A name of
 * any length stays readable: it is set smaller and over more lines. */
#pragma once

#include "report/block.h"

enum { COVER_FACTS_LIMIT = 6, COVER_LINES_LIMIT = 6 };

typedef struct {
    char *label, *value;
    Mark mark;
} CoverFact;

/* Texts are owned; unused ones are NULL. */
typedef struct {
    Figure figure;
    char *kind; /* what the document is */
    char *company;
    char *lines[COVER_LINES_LIMIT]; /* the rubric, its edition, its document, under each other */
    char *verdict_label, *verdict;
    Mark ladder;                        /* pips: levels held of all */
    CoverFact facts[COVER_FACTS_LIMIT]; /* beside the verdict */
    char *reason;                       /* one sentence */
    char *foot[COVER_LINES_LIMIT];      /* date, author, notice of confidentiality */
    char *text;                         /* a paragraph of the template */
    const Logo *logo;                   /* borrowed; NULL if there is none */
    double logo_height;
} Cover;

/* All empty; given to blocks_cover(), which frees it. */
Cover *cover_new(void);
/* The same as the head of a first page, in short; given to blocks_figure(), which frees it. */
Cover *masthead_new(void);
void cover_free(Figure *figure);

/* The logo with its upper right corner there; draws nothing without one. */
void cover_draw_logo(const Cover *cover, Canvas *canvas, double right, double top);
/* The width that it takes. */
double cover_logo_width(const Cover *cover);
