"""Whether two titles name the same text."""


def same_title(expected: str, found: str) -> bool:
    """Whether a page that calls itself ``found`` can be the text called ``expected``; False only where they clearly differ."""
    raise NotImplementedError
