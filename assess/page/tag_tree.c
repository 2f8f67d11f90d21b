#include "page/tag_tree.h"

static void element_clear(gpointer data)
{
    g_free(((Element *)data)->note);
}

TagTree *tag_tree_new(void)
{
    TagTree *tree = g_new0(TagTree, 1);

    tree->elements = g_array_new(FALSE, TRUE, sizeof(Element));
    g_array_set_clear_func(tree->elements, element_clear);
    g_array_set_size(tree->elements, 1);
    tag_tree_at(tree, 0)->tag = TAG_PART;
    tree->kids = g_array_new(FALSE, TRUE, sizeof(Kid));
    g_array_set_size(tree->kids, 1);
    return tree;
}

void tag_tree_free(TagTree *tree)
{
    if (!tree)
        return;
    g_array_unref(tree->elements);
    g_array_unref(tree->kids);
    g_free(tree);
}

Element *tag_tree_at(const TagTree *tree, guint element)
{
    return &g_array_index(tree->elements, Element, element);
}

const Kid *tag_tree_kid(const TagTree *tree, guint kid)
{
    return &g_array_index(tree->kids, Kid, kid);
}

guint tag_tree_add(TagTree *tree, guint parent, Tag tag, const char *note, guint columns)
{
    Element element = { tag, parent, 0, 0, columns, g_strdup(note) };

    g_array_append_val(tree->elements, element);
    return tree->elements->len - 1;
}

static void append(TagTree *tree, guint element, Kid kid)
{
    Element *it = tag_tree_at(tree, element);
    guint at;

    /* The first content makes an element, and those around it, known to their parents. */
    if (it->first == 0 && element != 0)
        append(tree, it->parent, (Kid){ KID_ELEMENT, element, 0, 0 });
    at = tree->kids->len;
    g_array_append_val(tree->kids, kid);
    if (it->first == 0)
        it->first = at;
    else
        g_array_index(tree->kids, Kid, it->last).next = at;
    it->last = at;
}

void tag_tree_content(TagTree *tree, guint element, KidKind kind, guint page, guint number)
{
    append(tree, element, (Kid){ kind, number, page, 0 });
}
