"""A person's measures: what is asked, filling one in, what it comes to, and over time."""
