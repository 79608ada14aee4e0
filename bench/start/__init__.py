"""How long ``lianban serve`` takes until it answers: on a machine without a database, and every time after."""
