#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "rubric/whole.h"

/* One change to the whole rubric, and all that is said of it. */
static const struct {
    const char *from, *to, *says;
} faults[] = {
    { "title = Low\n", "title = C# level\n",
      "17:10: unquoted \"#\" cuts the value off after \"C\" | put a text with \"#\" in double "
      "quotes; before a comment put a blank" },
    { "title = Low\n", "title = Low ; high\n",
      "17:13: unquoted \";\" cuts the text of \"title\" off | put the text in double quotes; "
      "before a comment put two blanks" },
    { "title = Low\n", "title =;Low\n",
      "17:8: unquoted \";\" where the value begins | put a text with \";\" in double quotes; "
      "before a comment put a blank" },
    { "title = Low\n", "title = \"Low\n",
      "17:9: missing closing quote | end the text with a double quote" },
    { "title = Low\n", "title = \"Low\" er\n",
      "17:15: \"er\" after the closing quote | inside a text in double quotes, write '' for a "
      "double quote" },
    { "title = Low\n", "title = 'Low'\n",
      "17:9: value begins with a single quote | put the text in double quotes" },
    { "title = Low\n", "title = Low \\\n",
      "17:13: line ends in a backslash | a value goes on in \"key.2\", \"key.3\", not on the next "
      "line" },
    { "title = Low\n", "title Low\n", "17:1: no \"=\" in \"title Low\", expected \"key = value\"" },
    { "title = Low\n", "title = Low\ntitle = Lower\n",
      "18:1: \"title\" stands twice, first on line 17 | keep one of the two" },
    { "title = Low\n", "title = Low\nTitle = Lower\n",
      "18:1: \"Title\" stands twice, first on line 17 | keep one of the two" },
    { "title = Low\n", "title = Low\ntitle:zh = Low\n", "18:6: \":\" in a key" },
    { "title = Low\n", "title = Low\ntitle[z] = Low\n",
      "18:1: \"title[z]\" does not end in a language, expected one such as \"[zh]\"" },
    { "title = Low\n", "title = Low\ntitle.3 = er\n",
      "18:1: \"title.3\" continues nothing, expected \"title.2\" before it" },
    { "title = Low\n", "title = Low\ntitle.1 = er\n",
      "18:1: \"title.1\" is no continuation, expected \"title.2\" | continuations are counted from "
      ".2 to .999" },
    { "title = Low\n", "title = Low\n= er\n", "18:1: no key before \"=\"" },
    { "title = Low\n", "title = Lo\001w\n", "17:11: control character 0x01" },
    { "title = Low\n", "title = L\rtitle[zh] = x\n",
      "17:10: carriage return inside a line | save the file with line feeds at the ends of lines" },
    { "title = Low\n", "tilte = Low\n",
      "17:1: unknown key \"tilte\" in [level] | did you mean \"title\"?" },
    { "; one of everything\n", "title = Low\n",
      "1:1: \"title\" stands before the first section | begin with a section such as [rubric]" },
    { "[level low]\n", "[level low\n",
      "16:1: section without a closing bracket | write [level low]" },
    { "[level low]\n", "[level low] x\n", "16:13: \"x\" after the closing bracket" },
    { "[level low]\n", "[level low:er]\n", "16:11: \":\" in a section's name" },
    { "[level high]\n", "[level high]\n[level low]\n",
      "21:1: section [level low] stands twice, first on line 16 | put its keys under line 16" },
    { "[level high]\n", "[level high]\n[]\n", "21:1: section without a name" },
    { "[question story]\n", "[qestion story]\n",
      "110:1: unknown section [qestion story] | did you mean [question story]?" },
    { "[question s2]\n", "[question 9s]\n",
      "75:11: \"9s\" is not an id | an id has at most 64 of a-z, 0-9 and _, a letter first" },
    { "[question s2]\n", "[question S2]\n",
      "75:11: \"S2\" is not an id | an id has at most 64 of a-z, 0-9 and _, a letter first" },
    { "[question s2]\n", "[question count]\n",
      "75:11: \"count\" is reserved, it cannot be an id | it has a meaning of its own in "
      "conditions or cases" },
    { "[same_as 2024]\n", "[same_as old]\n",
      "141:10: \"old\" is not an edition, expected a year, and further numbers after \".\" or "
      "\"-\"" },
    { "[question s2]\n", "[question]\n", "75:2: [question] has no name, expected [question ID]" },
    { "[rubric]\n", "[rubric whole]\n", "2:9: [rubric] takes no name" },
    { "[rubric]\n", "[rubic]\n", "2:1: unknown section [rubic] | did you mean [rubric]?" },
    { "[question s2]\n", "[question mid]\n",
      "75:11: \"mid\" is already a level on line 19 | questions, fields, dimensions, groups, "
      "levels, requirements and scales share one namespace" },
    { "[question s2]\n", "[question done]\n",
      "75:11: \"done\" is already a scale on line 28 | questions, fields, dimensions, groups, "
      "levels, requirements and scales share one namespace" },
    { "[field code]\n", "[field plan]\n",
      "66:8: \"plan\" is already a question on line 82 | questions, fields, dimensions, groups, "
      "levels, requirements and scales share one namespace" },
    { "id = whole\n", "", "2:1: [rubric] has no \"id\": name of the programme" },
    { "id = whole\n", "id = Whole\n",
      "3:6: \"Whole\" is not an id | an id has at most 64 of a-z, 0-9 and _, a letter first" },
    { "edition = 2025.1-2\n", "edition = 25\n",
      "4:11: edition = \"25\", expected a year, and further numbers after \".\" or \"-\"" },
    { "edition = 2025.1-2\n", "edition = 2025.\n",
      "4:11: edition = \"2025.\", expected a year, and further numbers after \".\" or \"-\"" },
    { "edition = 2025.1-2\n", "",
      "2:1: [rubric] has no \"edition\": edition of its criteria: a year, and further numbers "
      "after . or -" },
    { "format = 1\n", "format = 2\n", "5:10: format = \"2\", expected 1" },
    { "format = 1\n", "", "2:1: [rubric] has no \"format\": version of this file format: 1" },
    { "levels = low, mid\nlevels.2 = high\n", "",
      "2:1: [rubric] has no \"levels\": the rungs of the ladder, lowest first" },
    { "levels.2 = high\n", "",
      "19:8: [level high] is not in the \"levels\" of [rubric] | add it to \"levels\"" },
    { "levels.2 = high\n", "levels.2 = hihg\n",
      "20:8: [level high] is not in the \"levels\" of [rubric] | it has \"hihg\"" },
    { "levels.2 = high\n", "levels.2 = high, mid\n", "10:18: \"mid\" stands twice in \"levels\"" },
    { "levels = low, mid\n", "levels = low, , mid\n", "9:15: empty item 2 in \"levels\"" },
    { "dimensions = plant, people\n", "dimensions = plant\n",
      "25:12: [dimension people] is not in the \"dimensions\" of [rubric] | add it to "
      "\"dimensions\"" },
    { "dimensions = plant, people\n", "dimensions = plant, people, all\n",
      "11:29: \"all\" is reserved, it cannot be an id | it has a meaning of its own in conditions "
      "or cases" },
    { "score = climb ", "score = clmb ",
      "12:9: score = \"clmb\", expected one of mean, sum, climb | did you mean \"climb\"?" },
    { "pass = 75%\n", "pass = 75\n",
      "13:8: pass = \"75\", expected a number from 0 to 1, or 0% to 100%" },
    { "pass = 75%\n", "pass = 175%\n",
      "13:8: pass = \"175%\", expected a number from 0 to 1, or 0% to 100%" },
    { "type = yesno\n", "type = yes\n",
      "83:8: type = \"yes\", expected one of yesno, choice, multi, number, percent, date, text" },
    { "type = yesno\n", "type = yseno\n",
      "83:8: type = \"yseno\", expected one of yesno, choice, multi, number, percent, date, text | "
      "did you mean \"yesno\"?" },
    { "type = yesno\n", "",
      "82:11: question \"plan\" has no type | give it, or a group of it, a \"type\"" },
    { "type = uscc\n", "", "66:1: [field code] has no \"type\": what is asked for" },
    { "type = uscc\n", "type = multi\n",
      "67:8: type = \"multi\", expected one of text, choice, date, uscc" },
    { "na = no\n", "na = maybe\n", "80:6: na = \"maybe\", expected yes or no" },
    { "na = no\n", "na = \n", "80:1: \"na\" is empty, expected yes or no" },
    { "disclosure = high\n", "disclosure = hi\n",
      "93:14: disclosure = \"hi\", expected one of low, medium, high" },
    { "weight = 0\n", "weight = -1\n",
      "79:10: \"-1\" of \"weight\" is negative, expected 0 or more" },
    { "weight = 0\n", "weight = 0,5\n",
      "79:10: \"0,5\" is not a number, expected one such as 0.5" },
    { "weight = 0\n", "weight = 1.1234567\n",
      "79:10: \"1.1234567\" has too many digits, expected at most 12 before the point and 6 after "
      "it" },
    { "weight = 0\n", "weight = 1e3\n",
      "79:10: \"1e3\" is not a number, expected one such as 0.5" },
    { "weight = 2\n", "weight[zh] = 2\n",
      "23:1: \"weight[zh]\" is not a text, it has no translation" },
    { "weight = 9\n", "weight = nine\n",
      "51:10: \"nine\" is not a number, expected one such as 0.5" },
    { "options = a, b, c\n", "options = a, b, c\nscale = done\n",
      "78:1: \"s2\" has both \"options\" and \"scale\" | keep one of the two" },
    { "options = a, b, c\n", "options = a, b, b, c\n", "77:17: \"b\" stands twice in \"options\"" },
    { "options = a, b, c\n", "options = a, B, c\n",
      "77:14: option \"B\" is not an id | an id has at most 64 of a-z, 0-9 and _, a letter first; "
      "its title goes into \"title.ID\"" },
    { "options = a, b, c\n", "options = a, b, or\n",
      "77:17: option \"or\" is reserved, it cannot be an id" },
    { "options = a, b, c\n", "options = b\n",
      "77:11: \"options\" has 1 options, a choice needs 2" },
    { "title.b = B\n", "title.d = B\n", "78:1: title of an unknown option \"d\"" },
    { "title.half = Half\n", "title.hlaf = Half\n",
      "32:1: title of an unknown option \"hlaf\" | did you mean \"half\"?" },
    { "options = steel, food\n", "options =\n",
      "60:1: \"options\" is empty, expected ids separated by commas" },
    { "options = steel, food\ntitle.food = Food\n", "",
      "58:8: \"trade\" has no options | give it \"options\" or a \"scale\"" },
    { "score = 0, 0.7, 1\n", "score = 0, 1\n", "31:9: \"score\" has 2 items for 3 options" },
    { "score = 0, 0.7, 1\n", "score = 0, 0.7, 1.2\n",
      "31:17: score \"1.2\" is not from 0 to 1 | only with \"score = sum\" in [rubric] may scores "
      "leave 0 to 1" },
    { "score = 0, 0.7, 1\n", "score = 0, -0.7, 1\n",
      "31:12: score \"-0.7\" is not from 0 to 1 | only with \"score = sum\" in [rubric] may scores "
      "leave 0 to 1" },
    { "score = 0, 0.7, 1\n", "score = 0, x, 1\n",
      "31:12: \"x\" is not a number, expected one such as 0.5" },
    { "score = 0.5, 1\n", "score = 0.5, 1, 1\n", "85:9: \"score\" has 3 items for 2 options" },
    { "scale = done\n", "scale = doen\n", "39:9: unknown scale \"doen\" | did you mean \"done\"?" },
    { "scale = done\n", "scale = scenes\n", "39:9: \"scenes\" is a group, expected a scale" },
    { "type = text\n[requirement", "type = text\noptions = a, b\n[requirement",
      "112:1: \"options\" is for choice and multi, \"story\" has type text" },
    { "type = text\n[requirement", "type = text\nmin = 1\n[requirement",
      "112:1: \"min\" is for number and percent, \"story\" has type text" },
    { "min = -5\n", "min = 95\n", "99:7: \"min\" of \"load\" is more than its \"max\"" },
    { "best = 50\n", "",
      "100:1: \"worst\" of \"load\" without \"best\" | give both, or neither for a number that is "
      "not scored" },
    { "best = 50\n", "best = 0\n", "100:9: \"worst\" of \"load\" equals its \"best\"" },
    { "worst = 20\n", "",
      "105:1: \"best\" of \"rate\" without \"worst\" | give both, or neither for a number that is "
      "not scored" },
    { "groups = scenes, others\n", "groups = scenes, other\n",
      "72:18: unknown group \"other\" | did you mean \"others\"?" },
    { "dimension = line\n", "dimension = lien\n",
      "40:13: unknown dimension \"lien\" | did you mean \"line\"?" },
    { "parent = plant\n", "parent = people\n",
      "27:10: dimension \"people\" has dimensions and questions under it, such as \"plan\"" },
    { "parent = plant\n", "parent = line\n", "27:10: \"line\" is its own ancestor: line, line" },
    { "weight = 2\nnote = D\n", "weight = 2\nnote = D\nparent = line\n",
      "25:10: \"plant\" is its own ancestor: plant, line, plant" },
    { "level = low\nclause", "level = lwo\nclause",
      "91:9: unknown level \"lwo\" | did you mean \"low\"?" },
    { "level = low\nkind", "level = lwo\nkind",
      "113:9: unknown level \"lwo\" | did you mean \"low\"?" },
    { "level = low\nkind", "kind",
      "112:1: [requirement r_plan] has no \"level\": the level from which on it binds" },
    { "kind = coverage\n", "kind = covrage\n",
      "114:8: kind = \"covrage\", expected one of eligibility, gate, coverage, outcome, advice | "
      "did you mean \"coverage\"?" },
    { "origin = official\nclause = I.5\n", "origin = official\n",
      "115:10: official requirement \"r_plan\" has no clause | name the clause of the document, or "
      "say \"origin = house\"" },
    { "needs = rate > 50%\n", "", "123:1: [requirement r_house] has no \"needs\": the condition" },
    { "needs = rate > 50%\n", "needs =\n", "125:1: \"needs\" is empty, expected a condition" },
    { "profiles = short\n", "profiles = shrot\n",
      "121:12: unknown profile \"shrot\" | did you mean \"short\"?" },
    { "waivable = yes\n", "waivable = true\n", "120:12: waivable = \"true\", expected yes or no" },
    { "weight plant = 11\n", "weight plnt = 11\n",
      "129:1: weight of \"plnt\", which is no dimension or question | did you mean \"plant\"?" },
    { "weight plant = 11\n", "weight company = 11\n",
      "129:1: weight of \"company\", which is no dimension or question" },
    { "weight plant = 11\n", "weight plant = -1\n",
      "129:16: \"-1\" of \"weight plant\" is negative, expected 0 or more" },
    { "skip = story, since\n", "skip = story, sinse\n",
      "131:15: unknown question \"sinse\" | did you mean \"since\"?" },
    { "skip = story, since\n", "skip = story, code\n",
      "131:8: \"code\" is a field, expected a question" },
    { "raises = plan:yes\n", "raises = plan\n",
      "140:10: \"plan\" raises nothing, expected question:option" },
    { "raises = plan:yes\n", "raises = plan:yse\n",
      "140:15: unknown option \"yse\" of \"plan\" | did you mean \"yes\"?" },
    { "raises = plan:yes\n", "raises = story:yes\n",
      "140:10: \"story\" cannot be raised: it has neither options nor a number" },
    { "raises = plan:yes\n", "raises = load:much\n",
      "140:15: \"much\" is not a number, expected one for \"load\"" },
    { "raises = plan:yes\n", "raises = load:91\n",
      "140:15: \"91\" is outside the range of \"load\"" },
    { "raises = plan:yes\n", "raises = plam:yes\n",
      "140:10: unknown question \"plam\" | did you mean \"plan\"?" },
    { "raises = plan:yes\n", "raises = plan:yes\nafter = buy\n",
      "141:9: \"buy\" must come both before and after \"look\"" },
    { "after = look\n", "after = lok\n", "138:9: unknown action \"lok\" | did you mean \"look\"?" },
    { "months = 6.5\n", "months = soon\n",
      "137:10: \"soon\" is not a number, expected one such as 0.5" },
    { "s1 = scene_one\n", "s9 = scene_one\n",
      "143:1: unknown question \"s9\" in [same_as] | did you mean \"s1\"?" },
    { "s1 = scene_one\n", "s1 = Scene one\n", "143:6: \"Scene one\" is not an id" },
    { "s1 = scene_one\n", "s1 = scene_one\ns1 = scene_two\n",
      "144:1: \"s1\" stands twice, first on line 143 | keep one of the two" },
    { "[same_as 2024]\n", "[same_as 2025.1-2]\n",
      "141:10: edition \"2025.1-2\" is not older than this one, \"2025.1-2\"" },
    { "[same_as 2024]\n", "[same_as 2025.2]\n",
      "141:10: edition \"2025.2\" is not older than this one, \"2025.1-2\"" },
    { "like = best\n", "like = bset\n", "148:8: unknown case \"bset\" | did you mean \"best\"?" },
    { "like = best\n", "like = worse\n", "148:8: case \"worse\" starts from itself" },
    { "default = best\n", "default = best\nlike = worse\n",
      "146:8: case \"best\" starts from itself" },
    { "default = best\n", "default = good\n",
      "145:11: default = \"good\", expected one of best, worst, blank" },
    { "date = 2026-01-31\n", "date = 2026-01-32\n",
      "149:8: date = \"2026-01-32\", expected a date such as 2026-01-31" },
    { "plan = no\n", "paln = no\n",
      "151:1: unknown question \"paln\" in [case] | did you mean \"plan\"?" },
    { "level = none\n", "level = noone\n", "153:9: unknown level \"noone\"" },
    { "score = 0.5\nnote = C", "score = half\nnote = C",
      "156:9: \"half\" is not a number, expected one such as 0.5" },
    { "cost = 800\n", "cost = 800\ncost.2 = 0\n",
      "136:1: \"cost\" goes on in \"cost.2\", expected one line" },
    { "score = climb ", "base = other@2024\nscore = climb ",
      "12:8: no rubric \"other@2024\" was found" },
    { "score = climb ", "base = other\nscore = climb ",
      "12:8: base = \"other\", expected id@edition" },
    { "note = Q\n", "confirmed = no\n",
      "95:13: \"confirmed = no\" without a note | say in \"note\" what is to be compared with the "
      "document" },
    { "clause = II\n", "na_raises = yes\n",
      "48:13: \"na_raises\" of \"s2\", which may not be \"not applicable\" | say \"na = yes\", or "
      "leave \"na_raises\" out" },
    { "help = Tick\nnote = Q\n", "record = yes\n",
      "94:10: \"record = yes\" without a note | say in \"note\" what it is asked for" },
    { "help = Tick\nnote = Q\n", "na_raises = yes\nna = yes\n",
      "94:13: \"na_raises = yes\" without a note | say in \"note\" why who does without it may "
      "stand "
      "higher" },
    { "help = Tick\nnote = Q\n", "answered_by = other\nnote = Q\n",
      "94:1: \"answered_by\" is for choice, \"tools\" has type multi" },
    { "[question s2]\n", "[question s2]\nanswered_by = a, a@2024.1, a@24, 9, , a\n",
      "76:28: \"a@24\" is no rubric, expected an id or id@edition\n"
      "76:34: \"9\" is no rubric, expected an id or id@edition\n"
      "76:37: empty item 5 in \"answered_by\"\n"
      "76:39: \"a\" stands twice in \"answered_by\"" },
    { "[question s2]\n", "[question s2]\nanswered_by =\n",
      "76:1: \"answered_by\" is empty, expected rubrics as id or id@edition, separated by commas" },
    { "pass = 75%\n", "pass = 75%\nweights_sum = 3\n",
      "127:10: under profile \"short\" the weights of the top dimensions add up to 12, expected 3 "
      "(weights_sum)" },
    { "pass = 75%\n", "pass = 75%\nweights_sum = 100\n",
      "14:15: the weights of the top dimensions add up to 3, expected 100 (weights_sum)" },
};

Test(rubric, tells_each_fault_once_with_its_place_and_a_hint)
{
    for (gsize i = 0; i < G_N_ELEMENTS(faults); i++) {
        g_autofree char *text = text_with(whole_rubric, faults[i].from, faults[i].to);
        g_autofree char *says = faults_of(text);

        cr_expect(eq(str, says, (char *)faults[i].says), "instead of: %s", faults[i].to);
    }
}

Test(rubric, tells_all_faults_of_a_file_in_the_order_of_its_lines)
{
    g_autofree char *one = text_with(whole_rubric, "pass = 75%\n", "pass = 75\n");
    g_autofree char *two = text_with(one, "edition = 2025.1-2\n", "edition = soon\n");
    g_autofree char *three = text_with(two, "cost = 800\n", "costs = 800\n");
    g_autofree char *says = faults_of(three);

    cr_expect(
        eq(str, says,
           "4:11: edition = \"soon\", expected a year, and further numbers after \".\" or \"-\"\n"
           "13:8: pass = \"75\", expected a number from 0 to 1, or 0% to 100%\n"
           "136:1: unknown key \"costs\" in [action] | did you mean \"cost\"?"));
}

Test(rubric, tells_a_fault_of_a_default_once_for_all_questions_of_the_group)
{
    g_autofree char *text =
        text_with(whole_rubric, "groups = scenes\n", "groups = scenes, others\n");
    g_autofree char *faulty = text_with(text, "dimension = line\n", "dimension = nowhere\n");
    g_autofree char *says = faults_of(faulty);

    cr_expect(eq(str, says, "40:13: unknown dimension \"nowhere\""));
}

Test(rubric, does_not_complain_of_what_a_broken_line_may_have_defined)
{
    g_autofree char *levels = text_with(whole_rubric, "levels = low, mid\n", "levels = low; mid\n");
    g_autofree char *dimensions =
        text_with(whole_rubric, "dimensions = plant, people\n", "dimensions plant, people\n");
    g_autofree char *says = faults_of(levels);
    g_autofree char *says_too = faults_of(dimensions);

    cr_expect(eq(str, says,
                 "9:13: unquoted \";\" cuts the value off after \"low\" | put a text with \";\" in "
                 "double quotes; "
                 "before a comment put a blank"));
    cr_expect(eq(str, says_too,
                 "11:1: no \"=\" in \"dimensions plant, people\", expected \"key = value\""));
}

Test(rubric, scores_leave_0_to_1_only_with_a_sum)
{
    g_autofree char *sum = text_with(whole_rubric, "score = climb ", "score = sum ");
    g_autofree char *text = text_with(sum, "score = 0, 0.7, 1\n", "score = -1, 0.7, 3\n");
    g_autofree char *says = faults_of(text);

    cr_expect(eq(str, says, ""));
}

Test(rubric, weights_add_up_where_it_says_so)
{
    static const struct {
        const char *text, *says;
    } sums[] = {
        { "weights_sum = 100\n[dimension a]\nweight = 60\n[dimension b]\nweight = 40\n", "" },
        { "weights_sum = 100\n[dimension a]\nweight = 60\n[dimension b]\nweight = 30.5\n",
          "6:15: the weights of the top dimensions add up to 90.5, expected 100 (weights_sum)" },
        { "weights_sum = 100\n[dimension a]\n[dimension b]\n", "" }, /* no weight is given */
        { "weights_sum = 1\n[dimension a]\nweight = 1\n[dimension b]\nparent = a\nweight = "
          "0.5\n[dimension c]\nparent = a\nweight = 0.4\n",
          "7:12: the weights of the dimensions under \"a\" add up to 0.9, expected 1 "
          "(weights_sum)" },
        { "weights_sum = 1\n[dimension a]\nweight = 1\n[dimension b]\nparent = a\n[profile "
          "p]\nweight b = 0.4\n",
          "11:10: under profile \"p\" the weights of the dimensions under \"a\" add up to 0.4, "
          "expected 1 (weights_sum)" },
        { "score = sum\nweights_sum = 10\n[question a]\ntype = yesno\nweight = 4\n[question "
          "b]\ntype = multi\noptions = x, y, z\nscore = 4, 2, -1\n",
          "" },
        { "score = sum\nweights_sum = 10\n[question a]\ntype = choice\noptions = x, y, z\nscore = "
          "1, 3, 2\nweight = 3\n[question n]\ntype = number\nworst = 5\nbest = 1\n[profile "
          "p]\nskip = n\n",
          "17:10: under profile \"p\" the best answers score 9, expected 10 (weights_sum)" },
        { "score = sum\nweights_sum = 5\n[question a]\ntype = yesno\nweight = 4\n",
          "7:15: the best answers score 4, expected 5 (weights_sum)" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(sums); i++) {
        g_autofree char *text = g_strconcat(
            "[rubric]\nid = r\nedition = 2025\nformat = 1\nlevels = l\n", sums[i].text, NULL);
        g_autofree char *says = faults_of(text);

        cr_expect(eq(str, says, (char *)sums[i].says), "%s", sums[i].text);
    }
}

Test(rubric, tells_nothing_that_follows_from_a_fault_already_told)
{
    static const struct {
        const char *from, *to, *says;
    } told[] = {
        { "origin = official\nclause = I.5\n", "origin = official\nclause =\n",
          "115:10: official requirement \"r_plan\" has no clause | name the clause of the "
          "document, "
          "or say \"origin = house\"" },
        { "help = Tick\nnote = Q\n", "record = yes\nnote =\n",
          "94:10: \"record = yes\" without a note | say in \"note\" what it is asked for" },
        { "type = choice\nscale = done\n", "scale = done\n",
          "70:11: question \"s1\" has no type | give it, or a group of it, a \"type\"; also on "
          "line "
          "74" },
        { "groups = scenes, others\n", "groups = scenes, other\n",
          "72:18: unknown group \"other\" | did you mean \"others\"?" },
        { "[question plan]\n", "[question plans]\n",
          "140:10: unknown question \"plan\" | did you mean \"plans\"? also on lines 118, 151" },
        { "[scale done]   ; how far\n", "",
          "29:1: unknown key \"options\" in [dimension] | also on lines 30, 31, 32" },
        { "levels.2 = high\n", "levels.3 = high\n",
          "10:1: \"levels.3\" continues nothing, expected \"levels.2\" before it" },
        { "title.b = B\n", "title.d = B\ntitle.d[zh] = B\n",
          "78:1: title of an unknown option \"d\"" },
        { "[question plan]\n", "[questionplan]\n",
          "82:1: unknown section [questionplan] | did you mean [question plan]?" },
        { "type = multi\n", "type multi\n",
          "88:1: no \"=\" in \"type multi\", expected \"key = value\"" },
        { "type = multi\n", "tpye = multi\n",
          "88:1: unknown key \"tpye\" in [question] | did you mean \"type\"?" },
        { "options = steel, food\n", "option = steel, food\n",
          "60:1: unknown key \"option\" in [field] | did you mean \"options\"?" },
        { "worst = 0\n", "wrost = 0\n",
          "100:1: unknown key \"wrost\" in [question] | did you mean \"worst\"?" },
        { "clause = I.5\n", "cluase = I.5\n",
          "116:1: unknown key \"cluase\" in [requirement] | did you mean \"clause\"?" },
        { "needs = rate > 50%\n", "neds = rate > 50%\n",
          "125:1: unknown key \"neds\" in [requirement] | did you mean \"needs\"?" },
        { "[group scenes]\n", "[grup scenes]\n",
          "35:1: unknown section [grup scenes] | did you mean [group scenes]?" },
        { "[scale done]", "[scael done]",
          "28:1: unknown section [scael done] | did you mean [scale done]?" },
        { "[question since]\ntype = date\n", "[question since]\n[question since]\ntype = date\n",
          "109:1: section [question since] stands twice, first on line 108 | put its keys under "
          "line 108" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(told); i++) {
        g_autofree char *text = text_with(whole_rubric, told[i].from, told[i].to);
        g_autofree char *says = faults_of(text);

        cr_expect(eq(str, says, (char *)told[i].says), "%s", told[i].to);
    }
}
