/* block_counting.h - how many questions are answered, asked, not applicable, by row and dimension.
 */
#pragma once

#include "rules/block_grade.h"
#include "rules/block_reading.h"

typedef struct BlockCounting BlockCounting;

/* The rubric is borrowed. Free with block_counting_free(). */
BlockCounting *block_counting_new(const Rubric *rubric);
void block_counting_free(BlockCounting *counting);

/* Fill `counts` and `future_dates` of the grades from the full reading. */
void block_counting_count(BlockCounting *counting, const BlockReading *reading, Grades *grades);
