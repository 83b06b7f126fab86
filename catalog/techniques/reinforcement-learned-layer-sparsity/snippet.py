# Reinforcement-learned layer sparsity (He et al. 2018, AMC): an agent walks through a trained
# network, sees one layer at a time (its place, its size, what is left of the budget) and answers
# with its sparsity. Answers that the later layers could not make up for are raised, so every walk
# meets the budget. The reward is the accuracy of the pruned network, which is not retrained.
#
# Here: 64-64-48-24-16-16-10 on 8x8 digits, 70% of the weights go, rewards come from 200 images that
# are not trained with. AMC learns an actor and a critic by DDPG; this policy is linear in what it
# sees and learns by REINFORCE. Beside it stand the same noise without learning, equal shares, and
# one threshold for the whole network, which needs no search and is hard to beat.

import numpy as np

from kb.lab import Adam, accuracy, centred, claim, dense_net, global_masks, layer_sparsities, lines
from kb.lab import paired, prune, seeds, show, sparsity, table, train, tuning

GOAL = 0.7  # the share of all weights that goes
TOP, PROPOSALS, EVERY, RATE, SIZES = 0.98, 160, 20, 0.02, (64, 64, 48, 24, 16, 16, 10)


def walk(policy, counts, noise):
    """A share for each layer, and by how much its noise leant on each part of the policy (6,)."""
    total, done, share, shares, leant = sum(counts), 0, GOAL, [], 0
    for k, count in enumerate(counts):
        rest = sum(counts[k + 1 :])
        seen = 2 * k / len(counts) - 1, 2 * count / total, 2 * done / total, 2 * rest / total
        state = np.array([1, *seen, 2 * (share - GOAL)])
        duty = (GOAL * total - done - TOP * rest) / count  # or later layers cannot make up for it
        share = min(TOP, max(0, duty, GOAL + policy @ state + noise[k]))
        leant = leant + noise[k] * state
        done += share * count
        shares.append(share)
    return shares, leant


def search(score, counts, random, rate):
    """Walk, score, make what beats the running mean more likely: all rewards, and the best walk."""
    policy, mean, rewards, best = np.zeros(6), None, [], None
    for number in range(PROPOSALS):
        spread = 0.15 * 0.995**number
        shares, leant = walk(policy, counts, random.normal(0, spread, len(counts)))
        reward = score(shares)
        mean = reward if mean is None else mean
        best = shares if reward > max(rewards, default=-1) else best
        rewards.append(reward)
        policy += rate * (reward - mean) * leant / spread  # REINFORCE
        mean += 0.1 * (reward - mean)
    return rewards, best


def scorer(net, small, part):
    """A function that makes ``small`` the network without a share of each layer, and scores it."""
    sizes = [np.abs(layer.weight) for layer in net.weighted]
    ranked = [np.sort(size, axis=None) for size in sizes]

    def score(shares):
        for new, old, size, ranks, share in zip(
            small.weighted, net.weighted, sizes, ranked, shares
        ):
            new.mask = size >= ranks[int(np.ceil(share * len(ranks)))]
            new.weight = old.weight * new.mask
        return accuracy(small, part)

    return score


WAYS = "equal shares", "one threshold", "not learning", "learned"
rows, curves, given = {name: [] for name in WAYS}, {name: [] for name in WAYS}, []
for seed in seeds():
    data, net = centred(seed), dense_net(*SIZES, seed=seed)
    part = tuning(data, images=200)  # these 200 for the rewards
    train(net, part, epochs=6, batch=100, seed=seed, optimizer=Adam())
    counts, flat = [layer.weight.size for layer in net.weighted], net.copy()
    prune(flat, global_masks(net, GOAL))
    fixed = {"equal shares": [GOAL] * len(counts), "one threshold": layer_sparsities(flat)}
    for name in WAYS:
        small = net.copy()
        score = scorer(net, small, part)
        if name in fixed:
            shares = fixed[name]
            rewards = [score(shares)] * PROPOSALS
        else:
            rate = RATE if name == "learned" else 0
            rewards, shares = search(score, counts, np.random.default_rng(seed), rate)
            score(shares)
        curves[name].append(np.maximum.accumulate(rewards)[EVERY - 1 :: EVERY])
        row = sparsity(small), np.mean(rewards[-40:]), accuracy(small, data)
        train(small, part, epochs=2, batch=100, seed=seed, optimizer=Adam())
        rows[name].append((*row, accuracy(small, data)))
    given.append(shares)

rows = {name: np.transpose(found) for name, found in rows.items()}  # (4, seeds)
table(
    ("shares of layers", "pruned", "last 40 rewards", "best, tested", "retrained"),
    [(name, *found) for name, found in rows.items()],
)
print("learned shares, first to last layer:", *(f"{share:.2f}" for share in np.mean(given, 0)))
equal, threshold, still, learned = rows.values()
paired("last 40 rewards, learned over not learning", learned[1], still[1])
for name in WAYS[:3]:
    paired(f"tested, learned over {name}", learned[2], rows[name][2])
paired("retrained, learned over equal shares", learned[3], equal[3])
paired("retrained, learned over one threshold", learned[3], threshold[3])
show(
    lines(
        {name: (range(EVERY, PROPOSALS + 1, EVERY), found) for name, found in curves.items()},
        span=(0, 1),
        title="What is learned finds better shares",
        x="proposals",
        y="best reward so far",
        about="The learned policy passes the same noise without learning and equal shares, and "
        "ends about where one threshold for the whole network is from the start, or above.",
    )
)
claim("finds", np.mean(learned[2] - still[2]) > 0.05)
claim("learns", np.mean(learned[1] - still[1]) > 0.05)
claim("shares", learned[2] > equal[2])
claim("narrows", np.mean(learned[3] - equal[3]) < np.mean(learned[2] - equal[2]))
