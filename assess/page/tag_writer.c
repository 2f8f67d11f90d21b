#include "page/tag_writer.h"

#include "page/append.h"
#include "page/digits.h"

/* Standard structure types: PDF 32000-1, 14.8.4. */
static const char *const NAMES[] = {
    [TAG_ARTIFACT] = "Artifact",
    [TAG_PART] = "Part",
    [TAG_TABLE] = "Table",
    [TAG_ROW] = "TR",
    [TAG_HEAD] = "TH",
    [TAG_CELL] = "TD",
    [TAG_TITLE] = "H1",
    [TAG_CHAPTER] = "H2",
    [TAG_SECTION] = "H3",
    [TAG_PARAGRAPH] = "P",
    [TAG_TEXT] = "P",
    [TAG_FIGURE] = "Figure",
    [TAG_LINK] = "Link",
};

const char *tag_writer_name(Tag tag)
{
    return NAMES[tag];
}

/* A text string in UTF-16. */
static void put_text(GString *out, const char *text)
{
    glong n = 0;
    g_autofree gunichar2 *units = g_utf8_to_utf16(text, -1, NULL, &n, NULL);

    append_text(out, "<FEFF");
    for (glong i = 0; i < n; i++)
        digits_hex(out, units[i]);
    g_string_append_c(out, '>');
}

static void put_reference(GString *out, guint id)
{
    digits_fill(out, "# 0 R", id);
}

static const guint NO_PAGE = G_MAXUINT;

/* The page that an element's pieces stand on unless they say otherwise: that of the first one. */
static guint home_of(const TagTree *tree, const Element *element)
{
    for (guint i = element->first; i; i = tag_tree_kid(tree, i)->next)
        if (tag_tree_kid(tree, i)->kind == KID_CONTENT)
            return tag_tree_kid(tree, i)->page;
    return NO_PAGE;
}

static void put_kid(GString *out, const TagIds *ids, const Kid *kid, guint home)
{
    switch (kid->kind) {
    case KID_ELEMENT:
        put_reference(out, ids->elements[kid->number]);
        break;
    case KID_CONTENT:
        if (kid->page == home)
            digits_fill(out, "#", kid->number);
        else
            digits_fill(out, "<</Type/MCR/Pg # 0 R/MCID #>>", ids->pages[kid->page], kid->number);
        break;
    case KID_LINK:
        digits_fill(out, "<</Type/OBJR/Pg # 0 R/Obj # 0 R>>", ids->pages[kid->page],
                    ids->links[kid->number]);
        break;
    }
}

static void put_kids(GString *out, const TagTree *tree, const TagIds *ids, const Element *element,
                     guint home)
{
    gboolean many = element->first != element->last;

    append_text(out, many ? "/K[" : "/K ");
    for (guint i = element->first; i; i = tag_tree_kid(tree, i)->next) {
        if (i != element->first)
            g_string_append_c(out, ' ');
        put_kid(out, ids, tag_tree_kid(tree, i), home);
    }
    if (many)
        g_string_append_c(out, ']');
}

static void put_attributes(GString *out, const Element *element)
{
    if (element->tag == TAG_HEAD && element->columns > 1)
        digits_fill(out, "/A<</O/Table/ColSpan #>>", element->columns);
    else if (element->tag == TAG_HEAD)
        append_text(out, "/A<</O/Table/Scope/Column>>");
    if (!element->note)
        return;
    append_text(out, element->tag == TAG_PART ? "/Lang" : "/Alt");
    put_text(out, element->note);
}

void tag_writer_element(GString *out, const TagTree *tree, const TagIds *ids, guint number)
{
    const Element *element = tag_tree_at(tree, number);
    guint home = home_of(tree, element);

    if (element->first == 0)
        return;
    append_text(out, "/S/");
    append_text(out, number == 0 ? "Document" : NAMES[element->tag]);
    digits_fill(out, "/P # 0 R", number == 0 ? ids->root : ids->elements[element->parent]);
    if (home != NO_PAGE)
        digits_fill(out, "/Pg # 0 R", ids->pages[home]);
    put_attributes(out, element);
    put_kids(out, tree, ids, element, home);
}

static void put_owners(GString *out, const guint *owners, guint n)
{
    for (guint i = 0; i < n; i++) {
        g_string_append_c(out, i ? ' ' : '[');
        put_reference(out, owners[i]);
    }
    append_text(out, n ? "]" : "[]");
}

/* Pieces of a page are numbered from 0 on without gaps. */
void tag_writer_parents(GString *out, const TagTree *tree, const TagIds *ids)
{
    g_autofree GArray **pages = g_new0(GArray *, ids->n_pages);
    g_autofree guint *links = g_new0(guint, ids->n_links);

    for (guint i = 0; i < ids->n_pages; i++)
        pages[i] = g_array_new(FALSE, TRUE, sizeof(guint));
    for (guint i = 0; i < tree->elements->len; i++) {
        for (guint k = tag_tree_at(tree, i)->first; k;) {
            const Kid *kid = tag_tree_kid(tree, k);

            k = kid->next;
            if (kid->kind == KID_LINK)
                links[kid->number] = ids->elements[i];
            if (kid->kind != KID_CONTENT)
                continue;
            if (kid->number >= pages[kid->page]->len)
                g_array_set_size(pages[kid->page], kid->number + 1);
            g_array_index(pages[kid->page], guint, kid->number) = ids->elements[i];
        }
    }
    append_text(out, "/Nums[");
    for (guint i = 0; i < ids->n_pages; i++) {
        digits_fill(out, "#", i);
        put_owners(out, (guint *)(gpointer)pages[i]->data, pages[i]->len);
        g_array_unref(pages[i]);
    }
    for (guint i = 0; i < ids->n_links; i++)
        if (links[i])
            digits_fill(out, " # # 0 R", ids->n_pages + i, links[i]);
    g_string_append_c(out, ']');
}
