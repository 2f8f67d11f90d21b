/* furniture.h - what stands on every page but the cover: head, foot, the notice under it. */
#pragma once

#include "report/canvas.h"
#include "report/story.h"

/* `page` of `pages`, counted from 1. */
void furniture_draw(Canvas *canvas, const Theme *theme, const Story *story, guint page,
                    guint pages);
