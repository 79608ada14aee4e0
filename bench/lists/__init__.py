"""What a clerk's work list costs when ten thousand tasks are open and when a million are, beside a bare indexed query."""
