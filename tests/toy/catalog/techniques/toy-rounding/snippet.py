# Toy rounding: a round toy takes hardly more room than it did.
# Here: ten toys, rounded up to steps of the shelf, against toys that are all made as large as one.

import numpy as np

from kb.lab import claim, lines, seeds, show, table

STEPS = 4
MOST = (1, 2, 4, 8)


def rounded(toys, steps):
    return np.ceil(toys * steps) / steps


toys = np.array([np.random.default_rng(seed).random(10) for seed in seeds()])
room = {steps: rounded(toys, steps).mean(1) for steps in sorted({*MOST, STEPS})}
table(("steps", "room needed"), [(str(steps), found) for steps, found in room.items()])
show(
    lines(
        {"rounded": (list(room), np.array(list(room.values())).T)},
        title="Round toys need little more room",
        x="steps",
        y="room needed",
        at=STEPS,
        about="The more steps there are, the less room round toys need.",
    )
)
claim("little", room[STEPS] < toys.mean(1) + 0.2)
claim("not-all", room[STEPS] < 1)
