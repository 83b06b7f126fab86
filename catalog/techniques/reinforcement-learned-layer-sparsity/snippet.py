# Reinforcement-learned layer sparsity (He et al. 2018, AMC): an agent walks through the network,
# sees one layer at a time and answers with its sparsity. The accuracy of the pruned network, not
# retrained, is the reward for each of its answers. The allocations beat those made by hand.
#
# Here: 70% of a 64-64-16-10 network on 8x8 digits is pruned, 3 seeds, and scored on 200 images it
# was trained with. DDPG (without its slow target networks, to be short) gets 60 episodes, as do
# random answers and Gaussian steps from the best so far. Any search beats equal shares; the agent
# learns, yet finds nothing better than the others.

import numpy as np

from kb.lab import Adam, Layer, accuracy, dense_net, digits, lines, show, table, train

SEEDS, EPISODES, WARMUP, GOAL, LOW, TOP = range(3), 60, 20, 0.7, 0.3, 0.98
WAYS = ("uniform", "random", "Gaussian", "DDPG")


# Keeps the gradient that comes back: how the critic's opinion changes with the action.
class Probe(Layer):
    parameters = gradients = (np.zeros(1, np.float32),)

    def backward(self, gradient):
        self.by_input = gradient


# DDPG: the critic learns what an answer is worth, the actor climbs the critic's slope.
class Agent:
    def __init__(self, seed):
        self.actor, self.critic = dense_net(5, 16, 1, seed=seed), dense_net(6, 16, 1, seed=seed)
        self.critic.layers.insert(0, Probe())
        self.steps, self.past = (Adam(0.003), Adam(0.01)), []
        for step, net in zip(self.steps, (self.actor, self.critic)):
            net.weighted[-1].weight *= 0.01  # as DDPG does: no opinion yet
            step.start(net.parameters)

    def act(self, states):
        return 1 / (1 + np.exp(-self.actor(np.float32(states))))

    def learn(self, random, mean):
        picked = [self.past[i] for i in random.integers(len(self.past), size=32)]
        state, action, reward, after, more = np.split(np.float32(picked), (5, 6, 7, 12), 1)
        worth = self.critic(np.hstack([after, self.act(after)])) * more
        target = reward - np.float32(mean) + worth  # no discount; recent mean taken off
        self.critic.backward((self.critic(np.hstack([state, action])) - target) / 32)
        self.steps[1].step(self.critic.parameters, self.critic.gradients, 1)
        action = self.act(state)
        self.critic.backward(0 * self.critic(np.hstack([state, action])) - np.float32(1 / 32))
        self.actor.backward(self.critic.layers[0].by_input[:, -1:] * action * (1 - action))
        self.steps[0].step(self.actor.parameters, self.actor.gradients, 1)


# Ask for each layer's sparsity; raise it where the later layers could not make up for it.
def walk(sizes, answer):
    shares, asked, states, total = [], [], [], sum(sizes)
    for k, size in enumerate(sizes):
        reduced, rest = float(np.dot(shares, sizes[:k])), sum(sizes[k + 1 :])
        state = [k - 1, size / total, reduced / total, rest / total, shares[-1] if k else 0]
        duty = (GOAL * total - reduced - TOP * rest) / size
        states, asked = [*states, state], [*asked, float(np.clip(answer(k, state), 0, 1))]
        shares.append(min(TOP, max(duty, LOW + (TOP - LOW) * asked[-1])))
    return shares, asked, states


# The rewards of all episodes, and the best allocation.
def search(how, sizes, score, seed):
    random, agent, found, rewards = np.random.default_rng(seed), Agent(seed), [GOAL] * 3, []
    answers = {
        "random": lambda k, state: random.random(),
        "Gaussian": lambda k, state: (found[k] - LOW) / (TOP - LOW) + random.normal(0, 0.1),
        "DDPG": lambda k, state: agent.act([state]).item() + random.normal(0, noise),
    }
    for episode in range(EPISODES):
        noise = 0.5 * 0.95 ** (episode - WARMUP)
        now = how if episode >= WARMUP or how != "DDPG" else "random"
        shares, asked, states = walk(sizes, answers[now])
        rewards.append(score(shares))
        found = shares if rewards[-1] >= max(rewards) else found
        agent.past += [[*states[k], asked[k], rewards[-1], *states[k - 2], k < 2] for k in range(3)]
        for _ in range(3 * (now == "DDPG")):
            agent.learn(random, np.mean(rewards[-20:]))
    return rewards, found


rewards, test, tuned = ({how: [] for how in WAYS} for _ in range(3))
for seed in SEEDS:
    data, net = digits(seed), dense_net(64, 64, 16, 10, seed=seed)
    train(net, data, seed=seed, batch=64)
    small, order = net.copy(), [np.sort(np.abs(layer.weight), None) for layer in net.weighted]

    def score(shares):
        for new, old, ranks, share in zip(small.weighted, net.weighted, order, shares):
            new.mask = np.abs(old.weight) >= ranks[round(share * len(ranks))]
            new.weight, new.bias = old.weight * new.mask, old.bias.copy()
        return np.mean(small(data.x[:200]).argmax(1) == data.y[:200])

    for how in WAYS:
        equal = [score([GOAL] * 3)] * EPISODES, [GOAL] * 3
        found, shares = equal if how == "uniform" else search(how, [*map(len, order)], score, seed)
        score(shares)
        rewards[how].append(found)
        test[how].append(accuracy(small, data))
        train(small, data, epochs=2, seed=seed, batch=64)
        tuned[how].append(accuracy(small, data))

best = {how: np.maximum.accumulate(found, 1) for how, found in rewards.items()}
late = {how: np.mean(np.array(found)[:, -20:], 1) for how, found in rewards.items()}
table(
    ("70% pruned", "last 20 rewards", "best reward", "on test images", "retrained"),
    [(how, late[how], best[how][:, -1], test[how], tuned[how]) for how in WAYS],
)
assert all(np.mean(test[how]) > np.mean(test["uniform"]) + 0.05 for how in WAYS[1:])
assert late["DDPG"].mean() > late["random"].mean() + 0.1
show(
    lines(
        {how: (range(1, EPISODES + 1), found) for how, found in best.items()},
        span=(0.75, 1),
        title="Any search beats equal shares",
        x="episodes",
        y="best reward",
        markers=False,
        about="Random answers, Gaussian steps and DDPG all pass equal shares and end close.",
    )
)
