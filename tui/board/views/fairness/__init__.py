"""Whether everybody is treated the same: how often urgency is claimed, and is there."""
