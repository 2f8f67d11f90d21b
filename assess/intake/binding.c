#include "intake/binding.h"

#include <string.h>

#include "base/text.h"
#include "intake/filing.h"

Binding binding_find(const Vocabulary *vocabulary, const char *name)
{
    static const char EVIDENCE[] = ".evidence";
    g_autofree char *folded = text_fold(name);
    const char *waived = filing_waived(folded);
    int index = *folded ? vocabulary_question(vocabulary, name) : NOWHERE;

    if (*folded == '\0')
        return (Binding){ BINDING_UNNAMED, NOWHERE };
    if (index >= 0)
        return (Binding){ BINDING_QUESTION, index };
    if (waived) {
        index = vocabulary_requirement(vocabulary, waived);
        return (Binding){ index == NOWHERE ? BINDING_NOTHING : BINDING_WAIVER, index };
    }
    if (index == NOWHERE && g_str_has_suffix(folded, EVIDENCE)) {
        folded[strlen(folded) - strlen(EVIDENCE)] = '\0';
        index = vocabulary_question(vocabulary, folded);
        if (index >= 0)
            return (Binding){ BINDING_EVIDENCE, index };
    }
    return (Binding){ BINDING_NOTHING, index };
}
