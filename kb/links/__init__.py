"""The link checker: looks at addresses politely, judges what it saw, and finds archived copies."""
