#include "survey/binding.h"

#include <string.h>

#include "base/text.h"
#include "intake/filing.h"
#include "survey/layout_pattern.h"

enum {
    NAME_LIMIT = 2000, /* bytes of a name that is compared; no question is longer */
    AMBIGUOUS_ENTRY = -1
};

#define SIDE_BY_SIDE " / " /* between the wordings of a question in several languages */

struct Binder {
    const Vocabulary *vocabulary;
    const Layout *layout;
    GHashTable *wordings; /* bare wording -> index + 1, or AMBIGUOUS_ENTRY */
    GHashTable *ids;      /* letters and digits of an id -> the same */
    GHashTable *aliases;  /* bare names of fields that the layout has -> the same */
};

/* ---- texts ---- */

typedef struct {
    const char *name, *text;
} Entity;

static const Entity ENTITIES[] = {
    { "&nbsp;", " " }, { "&amp;", "&" },   { "&lt;", "<" },
    { "&gt;", ">" },   { "&quot;", "\"" }, { "&#39;", "'" },
};

/* The length of a tag or of a place to be filled that begins here, 0 if none does. */
static gsize markup_at(const char *text)
{
    const char *end = NULL;

    if (g_str_has_prefix(text, "{{")) {
        end = strstr(text, "}}");
        return end ? (gsize)(end - text) + 2 : 0;
    }
    if (*text == '<' && (g_ascii_isalpha(text[1]) || text[1] == '/'))
        end = strchr(text, '>');
    return end ? (gsize)(end - text) + 1 : 0;
}

static gsize entity_at(const char *text, GString *plain)
{
    for (guint i = 0; *text == '&' && i < G_N_ELEMENTS(ENTITIES); i++)
        if (g_str_has_prefix(text, ENTITIES[i].name)) {
            g_string_append(plain, ENTITIES[i].text);
            return strlen(ENTITIES[i].name);
        }
    return 0;
}

char *binding_fold(const char *text)
{
    g_autoptr(GString) plain = g_string_new(NULL);
    const char *end = text + strnlen(text, NAME_LIMIT);

    while (text < end) {
        gsize markup = markup_at(text);
        gsize size = markup ? markup : entity_at(text, plain);

        if (markup)
            g_string_append_c(plain, ' ');
        if (size == 0) {
            size = (gsize)(g_utf8_next_char(text) - text);
            if (*text != '*')
                g_string_append_len(plain, text, (gssize)size);
        }
        text += size;
    }
    return text_fold(plain->str);
}

/* Without the marks at its end that one writes or not. `folded` is cut in place. */
static char *strip_end(char *folded)
{
    gsize size = strlen(folded);

    while (size > 0 && strchr(" ?:.!", folded[size - 1]))
        folded[--size] = '\0';
    while (g_str_has_suffix(folded, "\u3002"))
        folded[size -= strlen("\u3002")] = '\0';
    return folded;
}

/* Letters and digits alone, of ASCII; NULL if there are others or too few. Tools take no others in
 * their codes. */
static char *squeeze(const char *folded)
{
    g_autoptr(GString) squeezed = g_string_new(NULL);

    for (const char *p = folded; *p; p++) {
        if ((guchar)*p >= 0x80)
            return NULL;
        if (g_ascii_isalnum(*p))
            g_string_append_c(squeezed, *p);
    }
    return squeezed->len >= 2 ? g_strdup(squeezed->str) : NULL;
}

/* ---- names of questions ---- */

/* Takes `key`. */
static void add_key(GHashTable *table, char *key, guint index)
{
    int known = key ? GPOINTER_TO_INT(g_hash_table_lookup(table, key)) : 0;

    if (!key || *key == '\0' || known == (int)index + 1) {
        g_free(key);
        return;
    }
    g_hash_table_replace(table, key, GINT_TO_POINTER(known ? AMBIGUOUS_ENTRY : (int)index + 1));
}

static void add_wording(Binder *binder, const char *wording, guint index)
{
    if (wording)
        add_key(binder->wordings, strip_end(binding_fold(wording)), index);
}

static void add_aliases(Binder *binder, const LayoutField *field)
{
    int index = vocabulary_question(binder->vocabulary, field->id);

    if (index < 0 || !RUBRIC_QUESTION(vocabulary_rubric(binder->vocabulary), index)->is_field)
        return;
    for (char *const *name = field->names; name && *name; name++)
        add_key(binder->aliases, strip_end(g_strdup(*name)), (guint)index);
}

Binder *binder_new(const Vocabulary *vocabulary, const Layout *layout)
{
    Binder *binder = g_new0(Binder, 1);
    const Rubric *rubric = vocabulary_rubric(vocabulary);
    g_autofree const char **languages = rubric_languages(rubric);

    binder->vocabulary = vocabulary;
    binder->layout = layout;
    binder->wordings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    binder->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    binder->aliases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; layout->fields && i < layout->fields->len; i++)
        add_aliases(binder, &g_array_index(layout->fields, LayoutField, i));
    for (guint i = 0; i < rubric->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);

        add_key(binder->ids, squeeze(question->id), i);
        add_wording(binder, question->ask.plain, i);
        for (guint k = 0; question->ask.translated && languages[k]; k++)
            add_wording(binder, localized_in(&question->ask, languages[k]), i);
    }
    return binder;
}

void binder_free(Binder *binder)
{
    if (!binder)
        return;
    g_hash_table_unref(binder->wordings);
    g_hash_table_unref(binder->ids);
    g_hash_table_unref(binder->aliases);
    g_free(binder);
}

const Vocabulary *binder_vocabulary(const Binder *binder)
{
    return binder->vocabulary;
}

static gboolean is_wording(const Localized *ask, const char *const *languages, const char *bare)
{
    g_autofree char *plain = ask->plain ? strip_end(binding_fold(ask->plain)) : NULL;

    if (plain && strcmp(plain, bare) == 0)
        return TRUE;
    for (guint i = 0; ask->translated && languages[i]; i++) {
        const char *text = localized_in(ask, languages[i]);
        g_autofree char *folded = text ? strip_end(binding_fold(text)) : NULL;

        if (folded && strcmp(folded, bare) == 0)
            return TRUE;
    }
    return FALSE;
}

static int found(GHashTable *table, const char *key)
{
    int entry = key ? GPOINTER_TO_INT(g_hash_table_lookup(table, key)) : 0;

    return entry == AMBIGUOUS_ENTRY ? VOCABULARY_AMBIGUOUS : entry == 0 ? NOWHERE : entry - 1;
}

/* The question whose wording a tool cut: it begins so, and no other does. */
static int question_cut(const Binder *binder, const char *folded)
{
    g_autofree char *start = g_strndup(folded, strlen(folded) - 2);
    GHashTableIter iter;
    gpointer key, value;
    int question = NOWHERE;

    g_strchomp(start);
    g_hash_table_iter_init(&iter, binder->wordings);
    while (*start && g_hash_table_iter_next(&iter, &key, &value)) {
        int index = GPOINTER_TO_INT(value) - 1;

        if (!g_str_has_prefix(key, start) || index == question)
            continue;
        if (question != NOWHERE || index < 0)
            return VOCABULARY_AMBIGUOUS;
        question = index;
    }
    return question;
}

static int question_side_by_side(const Binder *binder, const char *folded, BoundBy *by);

/* The question that a folded text names. */
static int question_of(const Binder *binder, const char *folded, BoundBy *by)
{
    int question = vocabulary_question(binder->vocabulary, folded);
    g_autofree char *bare = NULL, *squeezed = NULL;

    if (question >= 0) {
        const char *id = RUBRIC_QUESTION(vocabulary_rubric(binder->vocabulary), question)->id;

        *by = strcmp(id, folded) == 0 ? BOUND_BY_ID : BOUND_BY_WORDING;
        return question;
    }
    if (question == VOCABULARY_AMBIGUOUS)
        return question;
    *by = BOUND_BY_WORDING;
    bare = strip_end(g_strdup(folded));
    question = found(binder->wordings, bare);
    if (question == NOWHERE) {
        squeezed = squeeze(bare);
        question = found(binder->ids, squeezed);
        if (question >= 0)
            *by = BOUND_BY_ID;
    }
    if (question == NOWHERE && g_str_has_suffix(folded, ".."))
        question = question_cut(binder, folded);
    if (question == NOWHERE)
        question = question_side_by_side(binder, folded, by);
    if (question == NOWHERE) {
        question = found(binder->aliases, bare);
        *by = BOUND_BY_ALIAS;
    }
    return question;
}

/* A form in two languages has both over a column. */
static int question_side_by_side(const Binder *binder, const char *folded, BoundBy *by)
{
    const char *stroke = folded;
    BoundBy one, other;

    while ((stroke = strstr(stroke, SIDE_BY_SIDE))) {
        g_autofree char *first = g_strndup(folded, (gsize)(stroke - folded));
        int question = question_of(binder, first, &one);

        stroke += strlen(SIDE_BY_SIDE);
        if (question < 0 || question_of(binder, stroke, &other) != question)
            continue;
        if (one == BOUND_BY_ALIAS && other == BOUND_BY_ALIAS)
            *by = BOUND_BY_ALIAS;
        return question;
    }
    return NOWHERE;
}

/* ---- options ---- */

static const Question *question_at(const Binder *binder, int index)
{
    return RUBRIC_QUESTION(vocabulary_rubric(binder->vocabulary), index);
}

const char *binding_after_letter(const char *folded)
{
    static const char *const MARKS[] = { ".", "\u3001", ":", ")" };

    for (guint i = 0; g_ascii_isalpha(*folded) && i < G_N_ELEMENTS(MARKS); i++)
        if (g_str_has_prefix(folded + 1, MARKS[i])) {
            const char *rest = folded + 1 + strlen(MARKS[i]);

            return rest + strspn(rest, " ");
        }
    return NULL;
}

static int option_squeezed(const Question *question, const char *folded)
{
    g_autofree char *squeezed = squeeze(folded);
    int option = NOWHERE;

    for (guint i = 0; squeezed && i < question->options->len; i++) {
        g_autofree char *id = squeeze(QUESTION_OPTION(question, i)->id);

        if (!id || strcmp(id, squeezed) != 0)
            continue;
        if (option != NOWHERE)
            return VOCABULARY_AMBIGUOUS;
        option = (int)i;
    }
    return option;
}

int binder_option(const Binder *binder, int question, const char *text)
{
    g_autofree char *folded = binding_fold(text);
    int option = vocabulary_option(binder->vocabulary, question, folded);
    const char *rest = binder->layout->letters ? binding_after_letter(folded) : NULL;

    if (option == NOWHERE && rest)
        option = vocabulary_option(binder->vocabulary, question, rest);
    if (option == NOWHERE)
        option = vocabulary_option(binder->vocabulary, question, strip_end(folded));
    return option == NOWHERE ? option_squeezed(question_at(binder, question), folded) : option;
}

/* ---- patterns ---- */

/* A name being matched. */
typedef struct {
    const Binder *binder;
    BoundBy by; /* of the question in it */
} Matching;

static int look_question_up(const char *text, gpointer data)
{
    Matching *matching = data;

    return question_of(matching->binder, text, &matching->by);
}

/* The only multiple choice that has an option of this title. */
static int question_with(const Binder *binder, const char *text, int *option)
{
    const Rubric *rubric = vocabulary_rubric(binder->vocabulary);
    int question = NOWHERE;

    for (int i = 0; i < (int)rubric->questions->len; i++) {
        int one = RUBRIC_QUESTION(rubric, i)->type == QUESTION_MULTI
                      ? binder_option(binder, i, text)
                      : NOWHERE;

        if (one < 0)
            continue;
        if (question != NOWHERE)
            return VOCABULARY_AMBIGUOUS;
        question = i;
        *option = one;
    }
    return question;
}

static int look_option_up(int *question, const char *text, guint position, gpointer data)
{
    const Binder *binder = ((Matching *)data)->binder;
    int option = NOWHERE;

    if (*question == NOWHERE && text)
        *question = question_with(binder, text, &option);
    if (*question < 0 || question_at(binder, *question)->type != QUESTION_MULTI)
        return NOWHERE;
    if (!text)
        return position >= 1 && position <= question_at(binder, *question)->options->len
                   ? (int)position - 1
                   : NOWHERE;
    return option == NOWHERE ? binder_option(binder, *question, text) : option;
}

static gboolean match_patterns(const Binder *binder, const GPtrArray *patterns, BindingKind kind,
                               const char *folded, Binding *binding)
{
    Matching matching = { binder, BOUND_BY_PATTERN };
    const LayoutLookup lookup = { look_question_up, look_option_up, &matching };

    for (guint i = 0; patterns && i < patterns->len; i++) {
        const LayoutPattern *pattern = patterns->pdata[i];
        int question, option;

        if (!layout_pattern_match(pattern, folded, &lookup, &question, &option))
            continue;
        *binding = (Binding){ kind, question, option, BOUND_BY_PATTERN, pattern, NULL };
        if (kind == BINDING_QUESTION && matching.by == BOUND_BY_ALIAS)
            binding->by = BOUND_BY_ALIAS;
        return TRUE;
    }
    return FALSE;
}

/* ---- wordings that questions share ---- */

typedef struct {
    const Binder *binder;
    GArray *questions;
} Namesakes;

static int look_namesakes_up(const char *text, gpointer data)
{
    Namesakes *namesakes = data;
    const Rubric *rubric = vocabulary_rubric(namesakes->binder->vocabulary);
    g_autofree const char **languages = NULL;
    g_autofree char *bare = NULL;
    BoundBy by;

    if (question_of(namesakes->binder, text, &by) != VOCABULARY_AMBIGUOUS)
        return NOWHERE;
    languages = rubric_languages(rubric);
    bare = strip_end(g_strdup(text));
    g_array_set_size(namesakes->questions, 0);
    for (int i = 0; i < (int)rubric->questions->len; i++)
        if (is_wording(&RUBRIC_QUESTION(rubric, i)->ask, languages, bare))
            g_array_append_val(namesakes->questions, i);
    return namesakes->questions->len ? g_array_index(namesakes->questions, int, 0) : NOWHERE;
}

static int no_option(int *question G_GNUC_UNUSED, const char *text G_GNUC_UNUSED,
                     guint position G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    return NOWHERE;
}

GArray *binder_namesakes(const Binder *binder, const char *name)
{
    const GPtrArray *patterns[] = { binder->layout->more_answer, binder->layout->answer };
    Namesakes namesakes = { binder, g_array_new(FALSE, FALSE, sizeof(int)) };
    const LayoutLookup lookup = { look_namesakes_up, no_option, &namesakes };
    g_autofree char *folded = binding_fold(name);
    int question = look_namesakes_up(folded, &namesakes), option;

    for (guint i = 0; i < G_N_ELEMENTS(patterns); i++)
        for (guint k = 0; question < 0 && patterns[i] && k < patterns[i]->len; k++)
            if (!layout_pattern_match(patterns[i]->pdata[k], folded, &lookup, &question, &option))
                question = NOWHERE;
    if (question < 0)
        g_array_set_size(namesakes.questions, 0);
    return namesakes.questions;
}

/* ---- columns ---- */

static Binding nothing(BindingKind kind, int index)
{
    return (Binding){ kind, index, NOWHERE, BOUND_BY_NOTHING, NULL, NULL };
}

static Binding bound(BindingKind kind, int index, BoundBy by)
{
    return (Binding){ kind, index, NOWHERE, by, NULL, NULL };
}

/* As the columns of our own tables are called. */
static Binding own_name(const Binder *binder, const char *folded)
{
    static const char EVIDENCE[] = ".evidence";
    const char *waived = filing_waived(folded);
    BoundBy by = BOUND_BY_ID;
    int index;

    if (waived) {
        index = vocabulary_requirement(binder->vocabulary, waived);
        return index == NOWHERE ? nothing(BINDING_NOTHING, NOWHERE)
                                : bound(BINDING_WAIVER, index, BOUND_BY_ID);
    }
    index = question_of(binder, folded, &by);
    if (index >= 0)
        return bound(BINDING_QUESTION, index, by);
    if (g_str_has_suffix(folded, EVIDENCE)) {
        g_autofree char *name = g_strndup(folded, strlen(folded) - strlen(EVIDENCE));
        int question = question_of(binder, name, &by);

        if (question >= 0)
            return bound(BINDING_EVIDENCE, question, by);
    }
    return nothing(BINDING_NOTHING, index);
}

static Binding name_of(const Binder *binder, const char *folded)
{
    const Layout *layout = binder->layout;
    const struct {
        BindingKind kind;
        const GPtrArray *patterns;
    } kinds[] = {
        { BINDING_QUESTION, layout->more_answer }, { BINDING_QUESTION, layout->answer },
        { BINDING_OPTION, layout->more_option },   { BINDING_OPTION, layout->option },
        { BINDING_OTHER, layout->more_other },     { BINDING_OTHER, layout->other },
        { BINDING_EVIDENCE, layout->evidence },
    };
    Binding binding;

    if (*folded == '\0')
        return nothing(BINDING_UNNAMED, NOWHERE);
    binding = own_name(binder, folded);
    for (guint i = 0; binding.kind == BINDING_NOTHING && i < G_N_ELEMENTS(kinds); i++)
        if (match_patterns(binder, kinds[i].patterns, kinds[i].kind, folded, &binding))
            break;
    return binding;
}

Binding binder_own(const Binder *binder, const char *name)
{
    g_autofree char *folded = binding_fold(name);

    return own_name(binder, folded);
}

Binding binder_name(const Binder *binder, const char *name)
{
    g_autofree char *folded = binding_fold(name);

    return name_of(binder, folded);
}

static const LayoutMeta *meta_of(const Layout *layout, const char *folded)
{
    for (guint i = 0; layout->metas && *folded && i < layout->metas->len; i++) {
        const LayoutMeta *meta = &g_array_index(layout->metas, LayoutMeta, i);

        if (layout_names(meta->names, folded))
            return meta;
    }
    return NULL;
}

/* A question over one of its options, or over a word such as "Response". */
static Binding two_rows(const Binder *binder, const char *above, const char *below)
{
    Binding binding = name_of(binder, above);
    int option;

    if (binding.kind != BINDING_QUESTION || layout_names(binder->layout->answer_words, below))
        return binding.kind == BINDING_QUESTION ? binding : nothing(BINDING_NOTHING, NOWHERE);
    option = question_at(binder, binding.index)->type == QUESTION_MULTI
                 ? binder_option(binder, binding.index, below)
                 : NOWHERE;
    if (option < 0)
        return nothing(BINDING_NOTHING, NOWHERE);
    binding = bound(BINDING_OPTION, binding.index, BOUND_BY_HEADER);
    binding.option = option;
    return binding;
}

/* "above [below]", "above - below": as tools write a row of a table of questions in one row. */
static Binding composed(const Binder *binder, const char *above, const char *below)
{
    static const char *const FORMS[] = { "%s [%s]", "%s - %s", "%s %s" };

    for (guint i = 0; i < G_N_ELEMENTS(FORMS); i++) {
        g_auto(GStrv) halves = g_strsplit(FORMS[i], "%s", -1);
        g_autofree char *name = g_strconcat(halves[0], above, halves[1], below, halves[2], NULL);
        Binding binding = name_of(binder, name);

        if (binding.kind >= BINDING_OTHER) {
            binding.by = BOUND_BY_HEADER;
            return binding;
        }
    }
    return nothing(BINDING_NOTHING, NOWHERE);
}

/* The first binding that says something, of each two rows that follow one another. */
static Binding by_two(const Binder *binder, char *const *names, guint n_names,
                      Binding (*bind)(const Binder *, const char *, const char *))
{
    for (guint i = 0; i + 1 < n_names; i++)
        if (*names[i] && *names[i + 1]) {
            Binding binding = bind(binder, names[i], names[i + 1]);

            if (binding.kind >= BINDING_OTHER)
                return binding;
        }
    return nothing(BINDING_NOTHING, NOWHERE);
}

/* The lower rows first: they tell columns apart that have the same text above. */
static Binding by_one(const Binder *binder, char *const *names, guint n_names)
{
    Binding binding = nothing(BINDING_UNNAMED, NOWHERE), first = binding;

    for (guint i = n_names; i-- > 0;) {
        binding = name_of(binder, names[i]);
        if (binding.kind >= BINDING_OTHER)
            return binding;
        if (binding.kind == BINDING_NOTHING)
            first = binding;
    }
    return first;
}

static Binding bind_folded(const Binder *binder, char *const *names, guint n_names,
                           gboolean is_shared)
{
    Binding binding = by_two(binder, names, n_names, two_rows), alone;
    gboolean has_two = is_shared && n_names > 1 && *names[1];

    if (binding.kind >= BINDING_OTHER)
        return binding;
    alone = by_one(binder, has_two ? names + 1 : names, has_two ? n_names - 1 : n_names);
    if (alone.kind >= BINDING_OTHER)
        return alone;
    binding = by_two(binder, names, n_names, composed);
    if (binding.kind >= BINDING_OTHER)
        return binding;
    binding = has_two ? name_of(binder, names[0]) : alone;
    return binding.kind == BINDING_QUESTION ? bound(BINDING_OTHER, binding.index, BOUND_BY_HEADER)
                                            : binding;
}

Binding binder_bind(const Binder *binder, const char *const *names, guint n_names,
                    gboolean is_shared)
{
    char *folded[LAYOUT_HEADER_LIMIT] = { NULL };
    Binding binding = nothing(BINDING_UNNAMED, NOWHERE);
    const LayoutMeta *meta = NULL;

    g_assert(n_names <= LAYOUT_HEADER_LIMIT);
    for (guint i = 0; i < n_names; i++) {
        folded[i] = binding_fold(names[i] ? names[i] : "");
        if (!meta)
            meta = meta_of(binder->layout, folded[i]);
    }
    if (meta) {
        binding = nothing(BINDING_META, NOWHERE);
        binding.meta = meta;
    } else {
        binding = bind_folded(binder, folded, n_names, is_shared);
    }
    for (guint i = 0; i < n_names; i++)
        g_free(folded[i]);
    return binding;
}
