"""The link ledger: what was seen of every address, when, and what follows from many looks.

Pure but for `file`.
"""
