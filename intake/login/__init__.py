"""Proving who we are to mail servers: passwords, and tokens of Microsoft and Google."""
