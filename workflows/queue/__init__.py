"""Queue tickets (排队号, A-04): who came to a window that day, and which case or other business it became."""
