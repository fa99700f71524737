#pragma once
#include <stdint.h>

/// How often memory has been asked for in this process so far.
uint64_t allocations_so_far(void);
