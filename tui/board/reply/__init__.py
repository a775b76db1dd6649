"""Writing to a requester: the field, its draft, files, canned answers, one's own editor."""
