/* html_article.h - one language of the HTML report: the cover, the contents, the chapters. */
#pragma once

#include "report/html_writer.h"

/* Append an <article>; `id` is its name. */
void html_article(HtmlWriter *writer, const char *id);
