"""What the desk's rules make of mail."""
