"""The routes, one resource a module. A view reads its input, gives one command or asks one query, and answers."""
