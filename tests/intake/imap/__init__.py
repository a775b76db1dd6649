"""Tests of log-in, fetching and waiting over IMAP."""
