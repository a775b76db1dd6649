"""What people have agreed on: the config file, read, checked and compiled."""
