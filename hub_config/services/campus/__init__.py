"""People, classes, today, submissions, results."""
