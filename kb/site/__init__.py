"""The site: pages as plain Markdown from pure functions, and a thin MkDocs plugin that hands them over."""
