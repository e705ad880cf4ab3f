"""A person's own side of a course: dates, handouts, calendar, what was missed."""
