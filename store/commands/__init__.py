"""The only writers: every change of a request and its event in one transaction."""
