"""The site: pages as plain Markdown from pure functions, and the MkDocs plugin that serves them."""
