/* furniture.h - what stands on every page but the cover: head, foot, the notice under it. Above the
 * head of a first page stands nothing. */
#pragma once

#include "page/canvas.h"
#include "report/story.h"

/* `page` of `pages`, counted from 1; `first`: of its language. */
void furniture_draw(Canvas *canvas, const Theme *theme, const Story *story, guint page, guint pages,
                    gboolean first);
