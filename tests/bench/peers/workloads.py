"""The benchmark workloads as users of snnTorch, spikingjelly and plain PyTorch write them.

Each function returns `train(images, labels)` and `infer(images)`; images are [B, 784] floats in [0, 1]. The networks are those
of the presets with the same ids; shapes and settings stand there. `compiled` is the strongest rewrite without a framework: the
static first layer once, the neuron's steps in one function, everything through torch.compile.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

import convolutional

STEPS = {"fc-leaky-100": 25, "fc-leaky-1000": 25, "linear-lif-poisson": 100}
HIDDEN = {"fc-leaky-100": 100, "fc-leaky-1000": 1000}


def _loss(workload, spikes, membranes, labels):
    """spikes, membranes [T, B, C]."""
    if workload == "fc-leaky-100":
        return F.cross_entropy(spikes.sum(0), labels)
    if workload == "fc-leaky-1000":
        return sum(F.cross_entropy(membrane, labels) for membrane in membranes)
    return F.mse_loss(spikes.mean(0), F.one_hot(labels, 10).float())


def _stepper(workload, network, forward):
    rate = 1e-3 if workload == "linear-lif-poisson" else 5e-4
    optimizer = torch.optim.Adam(network.parameters(), lr=rate)

    def train(images, labels):
        optimizer.zero_grad()
        loss = _loss(workload, *forward(images), labels)
        loss.backward()
        optimizer.step()
        return loss

    def infer(images):
        with torch.no_grad():
            return forward(images)[0].sum(0).argmax(1)

    return train, infer


def snntorch(workload):
    """A loop over time with every layer inside it, as in the notebooks."""
    import snntorch as snn
    from snntorch import surrogate

    steps = STEPS[workload]
    gradient = surrogate.fast_sigmoid(slope=25) if workload == "fc-leaky-100" else surrogate.atan(alpha=2.0)

    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.fc1 = nn.Linear(784, HIDDEN[workload])
            self.lif1 = snn.Leaky(beta=0.95, spike_grad=gradient)
            self.fc2 = nn.Linear(HIDDEN[workload], 10)
            self.lif2 = snn.Leaky(beta=0.95, spike_grad=gradient)

        def forward(self, images):
            first, second = self.lif1.init_leaky(), self.lif2.init_leaky()
            spikes, membranes = [], []
            for _ in range(steps):
                hidden, first = self.lif1(self.fc1(images), first)
                out, second = self.lif2(self.fc2(hidden), second)
                spikes.append(out)
                membranes.append(second)
            return torch.stack(spikes), torch.stack(membranes)

    network = Network()
    return _stepper(workload, network, network)


def spikingjelly(workload):
    """Single step mode and a loop over time, as in the framework's tutorial of this network."""
    from spikingjelly.activation_based import encoding, functional, layer, neuron, surrogate

    network = nn.Sequential(
        layer.Linear(784, 10, bias=False), neuron.LIFNode(tau=2.0, surrogate_function=surrogate.ATan())
    )
    encoder = encoding.PoissonEncoder()

    def forward(images):
        spikes = torch.stack([network(encoder(images)) for _ in range(STEPS[workload])])
        functional.reset_net(network)
        return spikes, None

    return _stepper(workload, network, forward)


class _LeakySpikes(torch.autograd.Function):
    """All steps of snnTorch's Leaky over one current [B, N]; returns spikes and membranes [T, B, N]."""

    @staticmethod
    def forward(current, steps, fast):
        membrane, membranes = torch.zeros_like(current), []
        for _ in range(steps):
            membrane = 0.95 * membrane + current - (membrane > 1.0).float()
            membranes.append(membrane)
        membranes = torch.stack(membranes)
        return (membranes > 1.0).float(), membranes

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.fast = inputs[2]
        ctx.save_for_backward(output[1])

    @staticmethod
    def backward(ctx, spike_gradient, membrane_gradient):
        (membranes,) = ctx.saved_tensors
        x = membranes - 1.0
        slope = 1.0 / (25.0 * x.abs() + 1.0) ** 2 if ctx.fast else 1.0 / (1.0 + (math.pi * x) ** 2)
        arriving = spike_gradient * slope + membrane_gradient
        running, total = arriving[-1], arriving[-1]
        for t in range(membranes.shape[0] - 2, -1, -1):
            running = arriving[t] + 0.95 * running
            total = total + running
        return total, None, None


class _LifSpikes(torch.autograd.Function):
    """All steps of spikingjelly's LIFNode (tau 2, reset to 0) over currents [T, B, N]; spikes and membranes [T, B, N].

    The way back is written out: traced through 100 steps by autograd it takes torch.compile more than ten minutes.
    """

    @staticmethod
    def forward(currents):
        rest, membranes = torch.zeros_like(currents[0]), []
        for current in currents:
            membrane = rest + (current - rest) / 2.0
            membranes.append(membrane)
            rest = torch.where(membrane >= 1.0, 0.0, membrane)
        membranes = torch.stack(membranes)
        return (membranes >= 1.0).float(), membranes

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(output[1])
        ctx.mark_non_differentiable(output[1])

    @staticmethod
    def backward(ctx, spike_gradient, _):
        (membranes,) = ctx.saved_tensors
        slope = 1.0 / (1.0 + (math.pi * (membranes - 1.0)) ** 2)
        arriving, through = spike_gradient * slope, (membranes < 1.0).float() - membranes * slope
        running = arriving[-1]
        gradients = [running]
        for t in range(membranes.shape[0] - 2, -1, -1):
            running = arriving[t] + 0.5 * running * through[t]
            gradients.append(running)
        return torch.stack(gradients[::-1]) * 0.5


def _leaky_sequence(currents, fast):
    """Steps of Leaky over currents [T, B, N] by autograd; the surrogate enters by a straight-through term."""
    membrane, spikes, membranes = torch.zeros_like(currents[0]), [], []
    for current in currents:
        membrane = 0.95 * membrane + current - (membrane > 1.0).float()
        x = membrane - 1.0
        smooth = x / (1.0 + 25.0 * x.abs()) if fast else torch.atan(math.pi * x) / math.pi
        spikes.append(smooth + ((x > 0).float() - smooth).detach())
        membranes.append(membrane)
    return torch.stack(spikes), torch.stack(membranes)


def compiled(workload):
    """No framework: the static layer once, all steps in one compiled graph."""
    steps = STEPS[workload]
    if workload == "linear-lif-poisson":
        network = nn.Linear(784, 10, bias=False)

        def forward(images):
            events = (torch.rand(steps, *images.shape) <= images).float()
            return _LifSpikes.apply(network(events))[0], None

        return _stepper(workload, network, torch.compile(forward))

    fast = workload == "fc-leaky-100"
    network = nn.ModuleList([nn.Linear(784, HIDDEN[workload]), nn.Linear(HIDDEN[workload], 10)])

    def forward(images):
        hidden, _ = _LeakySpikes.apply(network[0](images), steps, fast)
        return _leaky_sequence(network[1](hidden), fast)

    return _stepper(workload, network, torch.compile(forward))


PEERS = {
    "fc-leaky-100": {"snntorch": snntorch, "compiled": compiled},
    "fc-leaky-1000": {"snntorch": snntorch, "compiled": compiled},
    "linear-lif-poisson": {"spikingjelly": spikingjelly, "compiled": compiled},
    "csnn-if": {"spikingjelly": convolutional.spikingjelly, "compiled": convolutional.compiled},
    "events-cnn": {"snntorch": convolutional.snntorch, "compiled": convolutional.compiled},
}
