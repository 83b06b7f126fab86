"""Training of the model: all of it for its weights, some steps for a page that tunes."""

from collections.abc import Callable

import numpy as np

from kb.lab.language.model import TinyLM, loss
from kb.lab.language.text import CONTEXT
from kb.lab.training import Adam, Optimizer


def tune(  # noqa: PLR0913  all but the first two are keywords
    net: TinyLM,
    tokens: np.ndarray,
    steps: int = 200,
    *,
    rate: float = 4e-3,
    batch: int = 16,
    seed: int = 0,
    optimizer: Optimizer | None = None,
    after_step: Callable[[TinyLM, float], None] | None = None,
) -> list[float]:
    """Train ``net`` in place on random windows of ``tokens``; return the loss of each step in nats.

    The rate rises over the first 50 steps and falls along half a cosine; 4,000 steps bring a fresh
    network to about 2.27 bits a character. ``after_step`` gets the network and the share that is
    done. Raises FloatingPointError at the first step whose loss is infinite or not a number.
    """
    optimizer = optimizer or Adam(rate)
    optimizer.start(net.parameters)
    random, history = np.random.default_rng(seed), []
    for step in range(steps):
        at = random.integers(0, len(tokens) - CONTEXT - 1, batch)
        window = tokens[at[:, None] + np.arange(CONTEXT + 1)]
        value, gradient = loss(net(window[:, :-1]), window[:, 1:])
        if not np.isfinite(value):
            raise FloatingPointError(f"the loss is {value:g} at step {step}; lower the rate")
        net.backward(gradient)
        rising, falling = min(1, (step + 1) / 50), (1 + np.cos(np.pi * step / steps)) / 2
        optimizer.step(net.parameters, net.gradients, rising * falling)
        if after_step:
            after_step(net, (step + 1) / steps)
        history.append(value)
    return history
