# Depthwise separable convolution (MobileNets, Howard et al. 2017): filter each channel alone in
# space, then mix the channels at each place by a 1x1 convolution. With 3x3 kernels that takes 8 to
# 9 times fewer multiplications than doing both at once, for about one percent of accuracy.
#
# Here: a stem, one layer of either kind and the scores on 8x8 digits. Costs are those of the whole
# network; the layer's own stand beside them. That the separable layer is the better buy does not
# show: the scores mix all channels anyway, and wider stems and scores eat what the layer saves.

import numpy as np

from kb.lab import Adam, Conv, Dense, Net, Relu, Reshape, accuracy, centred, claim, layer_macs
from kb.lab import lines, macs, paired, parameters, seeds, show, table, train

WIDTH = 8  # channels
WIDTHS, IMAGES, EPOCHS = sorted({4, 8, 12, WIDTH}), 800, 4


def conv(random, outputs, inputs, size, stride=1, mask=None):
    """A convolution; with a mask (outputs, inputs) an output sees only some of the inputs."""
    mask = np.ones((outputs, inputs)) if mask is None else mask
    weight = random.standard_normal((outputs, inputs, size, size))
    weight *= np.sqrt(2 / (size**2 * mask.sum(1)[0]))
    layer = Conv(np.float32(weight), np.zeros(outputs, np.float32), stride)
    layer.mask = np.broadcast_to(mask[:, :, None, None] > 0, weight.shape)
    layer.weight = layer.weight * layer.mask
    return layer


def separable(random, width):
    """Depthwise, then pointwise, as in Xception without a ReLU between them."""
    alone = np.eye(width)  # each channel sees itself only
    return [conv(random, width, width, 3, 2, alone), conv(random, width, width, 1)]


def ordinary(random, width):
    return [conv(random, width, width, 3, 2)]


def network(kind, width, seed):
    random = np.random.default_rng(seed)
    stem, middle = conv(random, width, 1, 3, stride=2), kind(random, width)
    last = np.float32(random.standard_normal((10, 4 * width)) * np.sqrt(2 / (4 * width)))
    scores = Dense(last, np.zeros(10, np.float32))
    return Net([Reshape(1, 8, 8), stem, Relu(), *middle, Relu(), Reshape(-1), scores])


def merged(net):
    """A copy with one 3x3 convolution for both halves: filters that differ by a factor only."""
    net = net.copy()
    depth, point = net.weighted[1:-1]
    mix, filters = point.weight[:, :, 0, 0], np.einsum("iikl->ikl", depth.weight)
    weight, bias = mix[:, :, None, None] * filters, mix @ depth.bias + point.bias
    start, end = net.layers.index(depth), net.layers.index(point)
    net.layers[start : end + 1] = [Conv(weight, bias, stride=2)]
    return net


KINDS = {"ordinary": ordinary, "separable": separable}
found = {kind: [] for kind in KINDS}  # accuracies (seeds, widths)
gap = []  # largest difference of a score between the halves and one convolution
for seed in seeds():
    data = centred(seed)
    data = data._replace(x=data.x[:IMAGES], y=data.y[:IMAGES])
    for name, kind in KINDS.items():
        nets = [network(kind, width, seed) for width in WIDTHS]
        for net in nets:
            train(net, data, epochs=EPOCHS, batch=64, seed=seed, optimizer=Adam(0.02))
        found[name].append([accuracy(net, data) for net in nets])
    chosen = nets[WIDTHS.index(WIDTH)]
    gap.append(np.abs(merged(chosen)(data.test_x) - chosen(data.test_x)).max())

found = {name: np.array(each) for name, each in found.items()}
rows, costs, layers = [], {}, {}
for name, kind in KINDS.items():
    nets = [network(kind, width, 0) for width in WIDTHS]
    costs[name] = [macs(net, nonzero=True) for net in nets]
    layers[name] = [sum(layer_macs(net, nonzero=True)[1:-1]) for net in nets]
    for i, net in enumerate(nets):
        numbers = parameters(net, nonzero=True)
        label = f"{name}, {WIDTHS[i]} channels"
        rows.append((label, layers[name][i], costs[name][i], numbers, found[name][:, i]))
table(("", "MACs of the layer", "of the network", "parameters", "accuracy"), rows)
at = WIDTHS.index(WIDTH)
of_layer, of_net = (each["separable"][at] / each["ordinary"][at] for each in (layers, costs))
print(f"{WIDTH} channels: {of_layer:.3f} of the layer's MACs, {of_net:.3f} of the network's")
plain, ours = (found[name][:, at] for name in KINDS)
paired(f"{WIDTH} channels, separable over ordinary", ours, plain)
show(
    lines(
        {name: (costs[name], found[name]) for name in KINDS},
        title="Cheaper, and a little less accurate",
        log_x=True,
        x="multiply-adds of the whole network",
        y="test accuracy",
        about="From 4 to 12 channels. With as many channels the separable point lies left of the "
        "ordinary one and below it; over the cost of the network the curves nearly meet.",
    )
)
claim("ratio", bool(np.isclose(of_layer, 1 / WIDTH + 1 / 9)))
claim("one-convolution", np.array(gap) < 1e-4)
claim("price", ours < plain)
