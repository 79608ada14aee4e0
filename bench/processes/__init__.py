"""Several processes on one PostgreSQL: how much faster they are than one, and that they do each step once."""
