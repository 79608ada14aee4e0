"""The evidence of a case in one file, for discipline and finance (R-08): what happened, by whom, and that nobody edited it."""
