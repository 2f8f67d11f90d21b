/* tag_tree.h - what a document says to someone who does not see it: elements in reading order, each
 * with other elements, pieces of pages and links as its children. Element 0 is the document. */
#pragma once

#include <glib.h>

#include "page/canvas.h"

typedef enum { KID_ELEMENT, KID_CONTENT, KID_LINK } KidKind;

typedef struct {
    KidKind kind;
    guint number; /* of the element, of the piece on its page, of the link */
    guint page;   /* of a piece and a link */
    guint next;   /* in TagTree.kids; 0 if it is the last */
} Kid;

typedef struct {
    Tag tag;
    guint parent;
    guint first, last; /* in TagTree.kids; 0 if it has none */
    guint columns;     /* that a head goes over */
    char *note;        /* NULL if none */
} Element;

typedef struct {
    GArray *elements; /* of Element */
    GArray *kids;     /* of Kid; the first is none */
} TagTree;

/* Free with tag_tree_free(). */
TagTree *tag_tree_new(void);
void tag_tree_free(TagTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TagTree, tag_tree_free)

/* Valid until the next element is added. */
Element *tag_tree_at(const TagTree *tree, guint element);
const Kid *tag_tree_kid(const TagTree *tree, guint kid);
/* An element without content is not a child of its parent before it gets some. */
guint tag_tree_add(TagTree *tree, guint parent, Tag tag, const char *note, guint columns);
/* Give an element a piece of a page or a link. */
void tag_tree_content(TagTree *tree, guint element, KidKind kind, guint page, guint number);
