"""Decision tables: their parts, how they are read, and how they decide."""
