"""All that knows MkDocs: the plugin, the build of the whole site, and the preview of one page at a time."""
