"""An entry that somebody is writing in a page: what is wrong with it, and how it will look.

It travels to the browser; what it imports has to be there, too (`kb.site.shelf`).
"""
