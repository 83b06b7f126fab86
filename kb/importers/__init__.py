"""Entries from records of others: what is meant is recognized, asked for, compared and drafted.

Pure; the network is a function that is handed in.
"""
