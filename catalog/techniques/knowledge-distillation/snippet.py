# Knowledge distillation (Hinton et al. 2015): a small network learns from the softened outputs of
# a large one. What these say about wrong classes carries so much that a student that never saw a
# 3 knows most 3s, once the bias of that class is set right; the temperature makes it audible.
#
# Here: that experiment on 8x8 digits, 3 seeds. A 64-64-10 network teaches 64-16-10 students with
# all pictures but the 3s. It shows what soft targets carry and how temperature matters; what they
# gain where labels tell all anyway is too small to see on so easy a task.

import numpy as np

from kb.lab import accuracy, cross_entropy, dense_net, digits, lines, show, softmax, table, train

SEEDS, TEMPERATURES, ALPHA, UNSEEN = range(3), (1, 2, 4, 8), 1.0, 3


def taught(data, logits, t, alpha, seed):
    """A student of labels (share 1 - alpha) and of the teacher's logits (share alpha)."""

    def loss(scores, targets):
        hard, by_hard = cross_entropy(scores, targets[:, :10])
        soft, by_soft = cross_entropy(scores / t, targets[:, 10:])  # KL plus a constant
        by_soft /= t  # chain rule: scores / t
        share = alpha * t**2
        return (1 - alpha) * hard + share * soft, (1 - alpha) * by_hard + share * by_soft

    targets = np.hstack([np.eye(10, dtype=np.float32)[data.y], softmax(logits / t)])
    student = dense_net(64, 16, 10, seed=seed + 50)
    train(student, data._replace(y=targets), batch=64, seed=seed, loss=loss)
    return student


def set_bias(student, data):
    """Move the bias of the unseen class until it gets a tenth of the pictures. Uses no labels."""
    student = student.copy()
    scores = student(data.test_x)
    behind = np.delete(scores, UNSEEN, 1).max(1) - scores[:, UNSEEN]
    student.weighted[-1].bias[UNSEEN] += np.quantile(behind, 0.1)
    return student


def found(net, data):
    """The share of the unseen class that is recognised."""
    threes = data.test_y == UNSEEN
    return np.mean(net(data.test_x[threes]).argmax(1) == UNSEEN)


names = ("teacher, saw 3s", "labels", *(f"soft targets, T = {t}" for t in TEMPERATURES))
rows = {name: [] for name in names}
for seed in SEEDS:
    data, teacher = digits(seed), dense_net(64, 64, 10, seed=seed)
    train(teacher, data, batch=64, seed=seed)
    rows[names[0]].append([found(teacher, data), found(teacher, data), accuracy(teacher, data)])
    seen = data.y != UNSEEN
    lesson = data._replace(x=data.x[seen], y=data.y[seen])
    for name, t, alpha in zip(names[1:], (1, *TEMPERATURES), (0, *[ALPHA] * len(TEMPERATURES))):
        student = taught(lesson, teacher(lesson.x), t, alpha, seed)
        better = set_bias(student, data)
        rows[name].append([found(student, data), found(better, data), accuracy(better, data)])

rows = {name: np.array(each) for name, each in rows.items()}
table(
    ("", "3s known", "bias set", "all, bias set"), ((name, *each.T) for name, each in rows.items())
)
labels, (cold, *_), warm = rows["labels"], rows[names[2]], rows["soft targets, T = 8"]
soft = np.stack([rows[name] for name in names[2:]], 1)  # (seeds, temperatures, columns)
assert np.all(labels[:, 0] == 0) and labels[:, 1].mean() < 0.4
assert soft[:, 0, 0].max() < 0.2 and soft[:, 3, 0].mean() > 0.5
assert soft[:, 2:, 1].mean() > 0.75 > soft[:, 0, 1].mean() + 0.1
assert soft[:, 2:, 2].mean() > labels[:, 2].mean() + 0.08
flat = np.repeat(labels[:, 1:2], len(TEMPERATURES), 1)
show(
    lines(
        {
            "soft targets": (TEMPERATURES, soft[:, :, 0]),
            "soft, bias set": (TEMPERATURES, soft[:, :, 1]),
            "labels, bias set": (TEMPERATURES, flat),
        },
        log_x=True,
        span=(0, 1),
        title="A warm teacher passes on a digit never shown",
        x="temperature T of the soft targets",
        y="share of the 3s that is recognised",
        about="Students of soft targets know few 3s at temperature 1 and most from 4 on, "
        "more still with the bias set; students of labels know hardly any.",
    )
)
