"""Whether everybody is treated the same: claimed urgency, how requests end, on whom it rests."""
