"""The mailbox's side of intake: log-in, fetching and waiting for news over IMAP (RFC 9051)."""
