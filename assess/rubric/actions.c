/* Actions: what an improvement raises, what it costs, what must come before it. */
#include <string.h>

#include "rubric/loading.h"

/* ---- raises ---- */

static void check_option(Loading *loading, const IniEntry *entry, gsize offset,
                         const Question *question, const char *option)
{
    g_autoptr(GPtrArray) ids = NULL;

    if (!question->options || question->options->len == 0 ||
        question_option(question, option) != NOWHERE)
        return;
    ids = g_ptr_array_new();
    for (guint i = 0; i < question->options->len; i++)
        g_ptr_array_add(ids, QUESTION_OPTION(question, i)->id);
    hint_nearest(value_fault(loading, entry, offset, strlen(option),
                             "unknown option \"%s\" of \"%s\"", option, question->id),
                 option, ids);
}

static void check_amount(Loading *loading, const IniEntry *entry, gsize offset,
                         const Question *question, const char *text)
{
    g_autofree char *number = g_strdup(text);
    const gboolean is_percent = question->type == QUESTION_PERCENT;
    Rational value;

    if (is_percent && g_str_has_suffix(number, "%"))
        number[strlen(number) - 1] = '\0';
    if (rational_parse(number, &value) != DECIMAL_OK) {
        value_fault(loading, entry, offset, strlen(text),
                    "\"%s\" is not a number, expected one for \"%s\"", text, question->id);
        return;
    }
    if (is_percent)
        value = rational_div(NULL, value, rational_int(100));
    if ((question->has_min && rational_compare(value, question->min) < 0) ||
        (question->has_max && rational_compare(value, question->max) > 0))
        value_fault(loading, entry, offset, strlen(text), "\"%s\" is outside the range of \"%s\"",
                    text, question->id);
}

static void check_raised(Loading *loading, const IniEntry *entry, const char *item, gsize offset)
{
    const char *colon = strchr(item, ':');
    g_autofree char *id = colon ? g_strchomp(g_strndup(item, (gsize)(colon - item))) : NULL;
    const char *target = colon ? colon + 1 + strspn(colon + 1, " \t") : NULL;
    const Question *question;
    int index;

    if (*item == '\0')
        return;
    if (!colon || *target == '\0' || *id == '\0') {
        value_fault(loading, entry, offset, strlen(item),
                    "\"%s\" raises nothing, expected question:option", item);
        return;
    }
    index = find_reference(loading, entry, id, offset, NAME_QUESTION);
    if (index == NOWHERE || g_hash_table_contains(loading->doubtful, id))
        return;
    question = RUBRIC_QUESTION(loading->rubric, index);
    offset += (gsize)(target - item);
    if (question->is_field || question->type == QUESTION_DATE || question->type == QUESTION_TEXT)
        value_fault(loading, entry, offset - (gsize)(target - item), strlen(id),
                    "\"%s\" cannot be raised: it has neither options nor a number", id);
    else if (question->type == QUESTION_NUMBER || question->type == QUESTION_PERCENT)
        check_amount(loading, entry, offset, question, target);
    else
        check_option(loading, entry, offset, question, target);
}

/* Items as "question:option", without blanks. */
static void load_raises(Loading *loading, Action *action, const IniEntry *entry)
{
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) items = NULL;

    action->raises = g_ptr_array_new_with_free_func(g_free);
    if (!entry || entry->is_broken)
        return;
    items = ini_list(entry, &offsets);
    for (guint i = 0; items[i]; i++) {
        GString *plain = g_string_new(items[i]);

        check_raised(loading, entry, items[i], g_array_index(offsets, gsize, i));
        g_string_replace(plain, " ", "", 0);
        g_string_replace(plain, "\t", "", 0);
        g_ptr_array_add(action->raises, g_string_free(plain, FALSE));
    }
}

/* ---- after ---- */

enum { UNSEEN, OPEN, DONE };

/* Tell the first action through which a chain of `after` comes back to one that is open. */
static void visit(Loading *loading, const IniSection *section, GHashTable *states)
{
    const IniEntry *entry = ini_entry(section, "after");
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) ids = entry && !entry->is_broken ? ini_list(entry, &offsets) : NULL;

    g_hash_table_insert(states, (gpointer)section, GINT_TO_POINTER(OPEN));
    for (guint i = 0; ids && ids[i]; i++) {
        const IniSection *before = ini_section(loading->ini, "action", ids[i]);
        const int state = before ? GPOINTER_TO_INT(g_hash_table_lookup(states, before)) : DONE;

        if (state == OPEN)
            value_fault(loading, entry, g_array_index(offsets, gsize, i), strlen(ids[i]),
                        "\"%s\" must come both before and after \"%s\"", ids[i], section->name);
        else if (state == UNSEEN)
            visit(loading, before, states);
    }
    g_hash_table_insert(states, (gpointer)section, GINT_TO_POINTER(DONE));
}

static void check_order(Loading *loading)
{
    g_autoptr(GHashTable) states = g_hash_table_new(NULL, NULL);

    FOR_SECTIONS(loading->ini, section, "action")
    if (GPOINTER_TO_INT(g_hash_table_lookup(states, section)) == UNSEEN)
        visit(loading, section, states);
}

void load_actions(Loading *loading)
{
    GArray *actions = loading->rubric->actions;

    FOR_SECTIONS(loading->ini, section, "action")
    {
        Action action = { .cost = RATIONAL_ZERO, .months = RATIONAL_ZERO };

        action.id = g_strdup(section->name ? section->name : "");
        read_text(section, "title", &action.title);
        read_text(section, "note", &action.note);
        load_raises(loading, &action, ini_entry(section, "raises"));
        read_number(ini_entry(section, "cost"), &action.cost);
        read_number(ini_entry(section, "months"), &action.months);
        action.after = read_names(loading, ini_entry(section, "after"), "action");
        g_array_append_val(actions, action);
    }
    check_order(loading);
}
