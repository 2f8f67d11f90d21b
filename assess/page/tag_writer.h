/* tag_writer.h - a tree of tags as the dictionaries of a PDF (PDF 32000-1, 14.7 and 14.8), given
 * the numbers of the objects that they name. */
#pragma once

#include <glib.h>

#include "page/tag_tree.h"

/* Numbers of objects: of the tree's root, by element, by page, by link (0: there is none). */
typedef struct {
    guint root;
    const guint *elements, *pages, *links;
    guint n_pages, n_links;
} TagIds;

/* What marked content of a tag is called. */
const char *tag_writer_name(Tag tag);
/* Append the entries of an element; of the tree of parents: for each page the element of each of
 * its pieces, then for each link its element. */
void tag_writer_element(GString *out, const TagTree *tree, const TagIds *ids, guint number);
void tag_writer_parents(GString *out, const TagTree *tree, const TagIds *ids);
