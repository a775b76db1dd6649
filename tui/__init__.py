"""What people see and press: the command line and the dashboard."""
