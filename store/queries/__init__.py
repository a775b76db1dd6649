"""The only readers: everything that is shown comes from here."""
