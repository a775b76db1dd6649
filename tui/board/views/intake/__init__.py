"""How mail stands: mailboxes, what goes out, what is held, what was ignored."""
