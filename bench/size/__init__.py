"""How many bytes a finished case of twelve tasks leaves behind."""
