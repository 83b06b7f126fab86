# Toy pruning: the smallest toy goes first.
# Here: ten toys and a shelf, three times.

import numpy as np

from kb.lab import bars, show, table

shelves = [np.sort(np.random.default_rng(seed).random(10)) for seed in range(3)]
room = {f"{cut} cut": [shelf[cut:].sum() / shelf.sum() for shelf in shelves] for cut in (0, 3, 6)}
table(("toys", "room needed"), room.items())
assert np.mean(room["3 cut"]) > 0.8
show(
    bars(
        room,
        title="Small toys need little room",
        y="share of the room",
        about="With three of ten toys cut, most of the room is still taken.",
    )
)
