# Knowledge distillation (Hinton et al. 2015): a small network learns from the softened outputs of
# a large one. What these say about wrong classes carries so much that a student that never saw a
# 3 knows most 3s, once the bias of that class is set right; the temperature makes it audible.
#
# Here: that experiment on 8x8 digits. A 64-64-10 network teaches 64-16-10 students with all
# pictures but the 3s, against a teacher that says the same of all wrong classes. And the common
# case, all classes but few pictures. Where labels tell all anyway, the gain is too small to see.

import numpy as np

from kb.lab import accuracy, centred, claim, cross_entropy, dense_net, lines, paired, parameters
from kb.lab import seeds, show, softmax, table, train

TEMPERATURE = 8
EACH, UNSEEN, FEW = sorted({1, 4, TEMPERATURE}), 3, 200


def flat(logits, labels):
    """Without the idea: all wrong classes of an image get their mean, the right one stays."""
    right = logits[np.arange(len(labels)), labels][:, None]
    rest = (logits.sum(1, keepdims=True) - right) / (logits.shape[1] - 1)
    return np.where(np.eye(10)[labels] > 0, right, rest)


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


def known(net, data):
    """The share of the unseen class that is recognised."""
    unseen = data.test_y == UNSEEN
    return np.mean(net(data.test_x[unseen]).argmax(1) == UNSEEN)


def part(data, kept):
    return data._replace(x=data.x[kept], y=data.y[kept])


SOFT = [f"soft targets, T = {t}" for t in EACH]
rows = {name: [] for name in ("labels", "wrong classes alike", *SOFT)}
teachers, few = [], []
for seed in seeds():
    data, teacher = centred(seed), dense_net(64, 64, 10, seed=seed)
    train(teacher, data, batch=64, seed=seed)
    teachers.append((known(teacher, data), known(teacher, data), accuracy(teacher, data)))
    lesson = part(data, data.y != UNSEEN)
    logits = teacher(lesson.x)
    students = [
        taught(lesson, logits, 1, 0, seed),
        taught(lesson, flat(logits, lesson.y), TEMPERATURE, 1, seed),
        *(taught(lesson, logits, t, 1, seed) for t in EACH),
    ]
    for found, student in zip(rows.values(), students):
        better = set_bias(student, data)
        found.append((known(student, data), known(better, data), accuracy(better, data)))
    short = part(data, np.arange(FEW))
    ways = [taught(short, teacher(short.x), TEMPERATURE, alpha, seed) for alpha in (0, 1)]
    few.append([accuracy(student, data) for student in ways])

rows, (by_label, by_teacher) = (
    {name: np.array(found) for name, found in rows.items()},
    np.transpose(few),
)
sizes = parameters(teacher), parameters(students[0])
table(
    ("", "3s known", "bias set", "all, bias set", "parameters"),
    [("teacher, saw 3s", *np.transpose(teachers), sizes[0])]
    + [(name, *each.T, sizes[1]) for name, each in rows.items()],
)
print(f"{FEW} pictures of all classes, T = {TEMPERATURE}:")
table(("", "accuracy"), [("labels", by_label), ("soft targets", by_teacher)])
soft = np.stack([rows[name] for name in SOFT], 1)  # (seeds, temperatures, columns)
ours, cold = soft[:, EACH.index(TEMPERATURE), 1], soft[:, 0, 1]
labels, alike = rows["labels"][:, 1], rows["wrong classes alike"][:, 1]
paired("3s, bias set, soft targets over wrong classes alike", ours, alike)
paired(f"3s, bias set, T = {TEMPERATURE} over T = 1", ours, cold)
paired(f"{FEW} pictures, soft targets over labels", by_teacher, by_label)
flats = {"labels, bias set": labels, "alike, bias set": alike}
show(
    lines(
        {
            "soft targets": (EACH, soft[:, :, 0]),
            "soft, bias set": (EACH, soft[:, :, 1]),
            **{
                name: (EACH, np.repeat(each[:, None], len(EACH), 1)) for name, each in flats.items()
            },
        },
        log_x=True,
        span=(0, 1),
        at=TEMPERATURE,
        title="A warm teacher passes on a digit never shown",
        x="temperature T of the soft targets",
        y="share of the 3s that is recognised",
        about="Students of soft targets know no 3s at temperature 1 and most from 4 on, more still "
        "with the bias set. Labels, or a teacher to whom all wrong classes are alike, pass on few.",
    )
)
claim("wrong-classes", ours > alike)
claim("warm", ours > cold)
claim("few-pictures", by_teacher > by_label)
claim("labels-know-none", rows["labels"][:, 0] == 0)
