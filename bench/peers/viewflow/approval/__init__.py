"""The Django application that the flow belongs to."""
