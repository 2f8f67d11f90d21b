/* difference_sheets.h - what becomes of companies by another edition, in words. */
#pragma once

#include "audit/regrade.h"
#include "cli/difference_writer.h"

/* `regrades`: of Regrade *; nothing if empty. */
void difference_sheets(const DifferenceWriter *writer, const GPtrArray *regrades);
