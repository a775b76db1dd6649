"""Reading mail, from single headers to crafted megabytes."""
