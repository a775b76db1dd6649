"""Who is on watch: the next days as a chart, what can be changed, and each one's burden."""
