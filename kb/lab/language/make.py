"""Makes the weights: `python -m kb.lab.language.make [SEED …]`, half a minute a seed.

Other builds of NumPy may round otherwise: then the bytes differ, and the bits a character by less
than .03.
"""

import hashlib
import sys

import numpy as np

from kb.lab.language.model import FOLDER, SUMS, TinyLM, bits_per_character, fresh
from kb.lab.language.text import characters, windows
from kb.lab.language.training import tune

SEEDS, STEPS = range(8), 4_000


def trained(seed: int) -> TinyLM:
    """The network of ``seed`` as it is kept: its numbers rounded to float16."""
    net = fresh(seed)
    tune(net, characters()[0], STEPS, seed=seed)
    for array in net.parameters:
        array[...] = np.float16(array)
    return net


def main() -> None:
    """Write the weights of the seeds that are named, all by default, and their sums."""
    sums = dict(line.split()[::-1] for line in _kept())
    for seed in map(int, sys.argv[1:] or SEEDS):
        net = trained(seed)
        name, content = f"tiny{seed}.f16", numbers(net)
        (FOLDER / name).write_bytes(content)
        sums[name] = hashlib.sha256(content).hexdigest()
        bits = bits_per_character(net, windows(characters()[1]))
        print(f"{name}: {len(content):,} bytes, {bits:.3f} bits a held-out character", flush=True)
    lines = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
    SUMS.write_text(lines, encoding="ascii")


def numbers(net: TinyLM) -> bytes:
    """All parameters in their order, float16, little end first."""
    return b"".join(array.astype("<f2").tobytes() for array in net.parameters)


def _kept() -> list[str]:
    return SUMS.read_text(encoding="ascii").splitlines() if SUMS.exists() else []


if __name__ == "__main__":
    main()
