"""How large a form and its data may be. An uploaded form must not be able to hang a worker, so everything has an end."""

MAX_SOURCE_BYTES = 512 * 1024
"""A form of several hundred components takes about 100 kB."""

MAX_COMPONENTS = 1_000
MAX_DEPTH = 8
"""Containers inside containers; form-js itself becomes unreadable after three."""

MAX_CELLS = 5_000
"""Fields times rows in one submission. Each costs a FEEL evaluation or two."""

MAX_ROWS = 500
MAX_TEXT = 20_000
MAX_CHOICES = 500
MAX_FILES = 100

MAX_PATTERN = 500
MAX_PATTERN_STATES = 1_000
MAX_PATTERNED_TEXT = 1_000
"""Matching takes at most MAX_PATTERN_STATES x MAX_PATTERNED_TEXT steps, about half a second at the very worst."""

MAX_EXPRESSION = 4_000

MAX_SWEEPS = 25
"""Longest chain of conditions against the order of the page. In the order of the page a chain may have any length."""

MAX_ERRORS = 1_000

MAX_INTEGER = 2**53 - 1
"""RFC 7493: the largest integer that every JSON program carries exactly."""

MAX_COST = 4_000_000
"""Of all expressions of one submission together: values read and steps taken. A few seconds at the very worst."""
