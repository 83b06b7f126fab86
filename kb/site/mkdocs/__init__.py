"""All that knows MkDocs: the plugin, the build of the site, and the preview of single pages."""
