/* summary_peers.h - the part of the summary that says where a company stands among its peers. */
#pragma once

#include "report/terminal.h"

/* Append it; nothing for an assessment without peers. */
void summary_peers(const Terminal *terminal, GString *out, const Assessment *assessment);
