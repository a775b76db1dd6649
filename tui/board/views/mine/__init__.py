"""One's own work: whom one owes an answer, what was promised, what came and what went."""
