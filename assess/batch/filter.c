#include "batch/filter.h"

#include <string.h>

#include "base/text.h"
#include "intake/reply.h"

enum {
    LEVEL = -2, /* in place of a question: the level held */
    QUOTE_LIMIT = 60
};

/* One value that is wanted of a question. */
typedef struct {
    int question;      /* or LEVEL */
    int option;        /* also a level, -1: none */
    gboolean is_blank; /* not answered is wanted */
    gint32 day;
    char *text; /* folded */
} Wanted;

struct Filter {
    const Vocabulary *vocabulary;
    GArray *wanted; /* of Wanted: those of one question stand together */
};

static void wanted_clear(gpointer data)
{
    g_free(((Wanted *)data)->text);
}

/* ---- reading conditions ---- */

static gboolean is_kind(const Question *question)
{
    return question->is_field || question->type == QUESTION_YESNO ||
           question->type == QUESTION_CHOICE;
}

/* The nearest of the words; all of them where none is near. Takes the list. */
static char *known_words(GPtrArray *words, const char *word)
{
    g_autoptr(GPtrArray) all = words;
    g_autofree char *joined = NULL;
    const char *nearest;

    g_ptr_array_add(all, NULL);
    nearest = text_nearest(word, (const char *const *)all->pdata);
    if (nearest)
        return g_strdup_printf("did you mean \"%s\"?", nearest);
    joined = g_strjoinv(", ", (char **)all->pdata);
    return g_strdup_printf("known: %s", joined);
}

static char *known_fields(const Rubric *rubric, const char *name)
{
    GPtrArray *ids = g_ptr_array_new();

    g_ptr_array_add(ids, (gpointer) "level");
    for (guint i = rubric->n_questions; i < rubric->questions->len; i++)
        g_ptr_array_add(ids, RUBRIC_QUESTION(rubric, i)->id);
    return known_words(ids, name);
}

static gboolean find_field(const Filter *filter, const char *name, int *question, char **problem,
                           char **hint)
{
    const Rubric *rubric = vocabulary_rubric(filter->vocabulary);
    g_autofree char *folded = text_fold(name);
    g_autofree char *quoted = text_quote(name, QUOTE_LIMIT);

    *question =
        strcmp(folded, "level") == 0 ? LEVEL : vocabulary_question(filter->vocabulary, name);
    if (*question == LEVEL)
        return TRUE;
    if (*question < 0) {
        *problem = g_strdup_printf("unknown field %s", quoted);
        *hint = known_fields(rubric, name);
        return FALSE;
    }
    if (is_kind(RUBRIC_QUESTION(rubric, *question)))
        return TRUE;
    *problem =
        g_strdup_printf("%s is a question of type %s, expected a field, or a question of "
                        "type yesno or choice",
                        quoted, question_type_name(RUBRIC_QUESTION(rubric, *question)->type));
    return FALSE;
}

static gboolean is_named(const Level *level, const char *folded)
{
    const char *const names[] = { level->id, localized_in(&level->title, "en"),
                                  localized_in(&level->title, "zh") };

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *name = names[i] ? text_fold(names[i]) : NULL;

        if (name && strcmp(name, folded) == 0)
            return TRUE;
    }
    return FALSE;
}

static char *known_levels(const Rubric *rubric, const char *name)
{
    GPtrArray *ids = g_ptr_array_new();

    g_ptr_array_add(ids, (gpointer) "none");
    for (guint i = 0; i < rubric->levels->len; i++)
        g_ptr_array_add(ids, RUBRIC_LEVEL(rubric, i)->id);
    return known_words(ids, name);
}

static gboolean read_level(const Filter *filter, const char *value, Wanted *wanted, char **problem,
                           char **hint)
{
    const Rubric *rubric = vocabulary_rubric(filter->vocabulary);
    g_autofree char *folded = text_fold(value);
    g_autofree char *quoted = text_quote(value, QUOTE_LIMIT);

    wanted->option = -1;
    if (strcmp(folded, "none") == 0)
        return TRUE;
    for (guint i = 0; i < rubric->levels->len; i++)
        if (is_named(RUBRIC_LEVEL(rubric, i), folded)) {
            wanted->option = (int)i;
            return TRUE;
        }
    *problem = g_strdup_printf("unknown level %s", quoted);
    *hint = known_levels(rubric, value);
    return FALSE;
}

/* As a cell of that column would be read. */
static gboolean read_value(const Filter *filter, const char *value, Wanted *wanted, char **problem,
                           char **hint)
{
    Answer answer = { .state = ANSWER_BLANK };
    gboolean is_read =
        reply_read(filter->vocabulary, wanted->question, value, &answer, problem, hint);

    wanted->is_blank = answer.state == ANSWER_BLANK;
    if (answer.state == ANSWER_ANSWERED) {
        wanted->option = (int)answer.low;
        wanted->day = answer.from;
        wanted->text = answer.text ? text_fold(answer.text) : NULL;
    }
    if (is_read && answer.state == ANSWER_NOT_APPLICABLE) {
        *problem = g_strdup("companies are chosen by what they answer, not by \"not applicable\"");
        is_read = FALSE;
    }
    g_free(answer.text);
    return is_read;
}

static void add(Filter *filter, Wanted wanted)
{
    guint at = 0;

    while (at < filter->wanted->len &&
           g_array_index(filter->wanted, Wanted, at).question != wanted.question)
        at++;
    g_array_insert_val(filter->wanted, at, wanted);
}

static gboolean read_condition(Filter *filter, const char *condition, char **problem, char **hint)
{
    const char *sign = strchr(condition, '=');
    g_autofree char *quoted = text_quote(condition, QUOTE_LIMIT);
    g_autofree char *name = sign ? g_strndup(condition, (gsize)(sign - condition)) : NULL;
    Wanted wanted = { .option = -1 };

    if (!g_utf8_validate(condition, -1, NULL)) {
        *problem = g_strdup_printf("%s is not UTF-8", quoted);
        return FALSE;
    }
    if (!sign) {
        *problem = g_strdup_printf("%s is not of the form FIELD=VALUE", quoted);
        return FALSE;
    }
    if (!find_field(filter, name, &wanted.question, problem, hint))
        return FALSE;
    if (wanted.question == LEVEL ? !read_level(filter, sign + 1, &wanted, problem, hint)
                                 : !read_value(filter, sign + 1, &wanted, problem, hint))
        return FALSE;
    add(filter, wanted);
    return TRUE;
}

Filter *filter_new(const Vocabulary *vocabulary, const char *const *conditions, char **problem,
                   char **hint)
{
    g_autoptr(Filter) filter = g_new0(Filter, 1);

    *problem = *hint = NULL;
    filter->vocabulary = vocabulary;
    filter->wanted = g_array_new(FALSE, FALSE, sizeof(Wanted));
    g_array_set_clear_func(filter->wanted, wanted_clear);
    for (; *conditions; conditions++)
        if (!read_condition(filter, *conditions, problem, hint))
            return NULL;
    return g_steal_pointer(&filter);
}

void filter_free(Filter *filter)
{
    if (!filter)
        return;
    g_array_unref(filter->wanted);
    g_free(filter);
}

/* ---- rows ---- */

static gboolean is_text(const Wanted *wanted, const Block *block, guint row)
{
    g_autofree char *text = block_text(block, wanted->question, row);
    g_autofree char *folded = text ? text_fold(text) : NULL;

    return folded && wanted->text && strcmp(folded, wanted->text) == 0;
}

static gboolean holds(const Wanted *wanted, const Block *block, const Grades *grades, guint row)
{
    const BlockColumn *column;

    if (wanted->question == LEVEL)
        return grades->level[READING_FULL][row] == wanted->option;
    column = &block->of[wanted->question];
    if (column->state[row] != ANSWER_ANSWERED)
        return wanted->is_blank && column->state[row] == ANSWER_BLANK;
    if (wanted->is_blank)
        return FALSE;
    if (column->option)
        return column->option[row] == wanted->option;
    if (column->day)
        return column->day[row] == wanted->day;
    return is_text(wanted, block, row);
}

gboolean filter_takes(const Filter *filter, const Block *block, const Grades *grades, guint row)
{
    guint i = 0;

    while (i < filter->wanted->len) {
        int question = g_array_index(filter->wanted, Wanted, i).question;
        gboolean is_met = FALSE;

        for (; i < filter->wanted->len; i++) {
            const Wanted *wanted = &g_array_index(filter->wanted, Wanted, i);

            if (wanted->question != question)
                break;
            is_met = is_met || holds(wanted, block, grades, row);
        }
        if (!is_met)
            return FALSE;
    }
    return TRUE;
}
