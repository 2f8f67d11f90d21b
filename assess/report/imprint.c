#include "report/imprint.h"

Imprint imprint_of(const Story *story)
{
    const Rubric *rubric = story->rubric;
    g_autofree char *company = story_company(story);

    return (Imprint){
        .title = STORY_FILL(story, "document_title", "title", story_word(story, "report_title"),
                            "company", company),
        .subject = story_title(story, &rubric->title, rubric->id),
        .keywords = STORY_FILL(story, "keywords", "rubric", rubric->id, "edition", rubric->edition),
        .creator = STORY_FILL(story, "program_version", "version", ASSESS_VERSION),
        .author = story_author(story),
    };
}

void imprint_clear(Imprint *imprint)
{
    g_free(imprint->title);
    g_free(imprint->subject);
    g_free(imprint->keywords);
    g_free(imprint->creator);
    g_free(imprint->author);
}
