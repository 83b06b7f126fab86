"""Lists that others wrote: the addresses in a file, each by the file's own grammar. Pure."""
