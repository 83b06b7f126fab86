"""The content policy names the theme's inline scripts by hash and lets nothing else in."""

from kb.site.policy import policy


def test_inline_scripts_are_named_by_their_hash():
    found = policy("<script>a()</script><script src=x></script>\n<script>\nb()\n</script>")
    assert (
        "script-src 'self' 'wasm-unsafe-eval' "
        "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4=' "
        "'sha256-NlXKTQe8YfLmZqnEm5aXK1Lb/1wWgkKgNs+lNRY6yOo='; "
    ) in found
    assert (
        "unsafe-inline" not in found
        and "'unsafe-eval'" not in found
        and "default-src 'none'; " in found
    )
