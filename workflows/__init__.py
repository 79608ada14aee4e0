"""The centre: its rules, tables and the operators that service tasks call. Knows the engine; the engine does not know it."""
