"""A believable year of the hall, made up: for trying the product out, for its pictures, never beside real cases."""
