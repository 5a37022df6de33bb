"""The site under load: many who read, search and write at once, while a file is taken in."""
