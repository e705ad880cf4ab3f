"""What the site can do with no network, and as a thing on the home screen."""
