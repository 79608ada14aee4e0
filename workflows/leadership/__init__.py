"""What a department's leader looks at (R-65): what is late, what waits for an answer, what people complain about."""
