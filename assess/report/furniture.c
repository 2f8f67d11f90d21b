#include "report/furniture.h"

static const double HEAD_Y = 40, RULE_Y = 48, FOOT_RISE = 34, /* baselines */
    NOTICE_BELOW = 4;

/* Texts of both sides on one line, each cut where it would reach the other's half. */
static void draw_pair(Canvas *canvas, const Theme *theme, const char *left, const char *right,
                      double y)
{
    const TextStyle *style = &theme->styles[ROLE_RUNNING];
    double from = theme->page.left, to = theme->page.width - theme->page.right,
           room = (to - from) / 2 - 12;
    g_autofree char *first = canvas_elided(canvas, left, room, style);
    g_autofree char *second = canvas_elided(canvas, right, room, style);

    canvas_text(canvas, from, y, first, style, ALIGN_LEFT);
    canvas_text(canvas, to, y, second, style, ALIGN_RIGHT);
}

void furniture_draw(Canvas *canvas, const Theme *theme, const Story *story, guint page, guint pages,
                    gboolean first)
{
    const PageSize *size = &theme->page;
    double right = size->width - size->right, foot = size->height - FOOT_RISE;
    g_autofree char *head_left = story_running(story, "head_left", page, pages);
    g_autofree char *head_right = story_running(story, "head_right", page, pages);
    g_autofree char *foot_left = story_running(story, "foot_left", page, pages);
    g_autofree char *foot_right = story_running(story, "foot_right", page, pages);
    g_autofree char *notice = story_running(story, "confidential", page, pages);

    canvas_open(canvas, TAG_ARTIFACT, NULL);
    if (!first) {
        draw_pair(canvas, theme, head_left, head_right, HEAD_Y);
        canvas_line(canvas, size->left, RULE_Y, right, RULE_Y, theme->tones[TONE_HAIRLINE], 0.4);
    }
    draw_pair(canvas, theme, foot_left, foot_right, foot);
    canvas_paragraph(canvas, size->left, foot + NOTICE_BELOW, right - size->left, notice,
                     &theme->styles[ROLE_RUNNING], ALIGN_CENTRE, 1);
    canvas_close(canvas);
}
