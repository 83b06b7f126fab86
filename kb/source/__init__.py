"""Bytes in, plain data out: strict YAML, and the place of every key when somebody asks for it."""
