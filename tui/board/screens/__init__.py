"""The screens over the board: one request, the questions asked of people, help, commands."""
