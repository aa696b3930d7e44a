"""The convolutional workloads as users of snnTorch, spikingjelly and plain PyTorch write them.

`csnn-if` takes images [B, 1, 28, 28], `events-cnn` frames of events [T, B, 2, 34, 34]; networks and settings are those of the
workloads of the same ids. Each function returns `train(inputs, labels)` and `infer(inputs)`. `compiled` is the strongest rewrite
found without a framework: layers over all steps at once, channels last, and the neurons' steps forward and back compiled;
whole-graph compilation was slower for both.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

STEPS = {"csnn-if": 4, "events-cnn": 25}
BETA, SLOPE = 0.9, 25.0


def _stepper(workload, modules, forward):
    """`forward` returns the rates of csnn-if or the counts of events-cnn."""
    parameters = [p for module in modules for p in module.parameters()]
    if workload == "csnn-if":
        optimizer = torch.optim.SGD(parameters, lr=0.1, momentum=0.9)
    else:
        optimizer = torch.optim.AdamW(parameters, lr=1e-3)

    def train(inputs, labels):
        for module in modules:
            module.train()
        optimizer.zero_grad()
        output = forward(inputs)
        if workload == "csnn-if":
            loss = F.mse_loss(output, F.one_hot(labels, 10).float())
        else:
            loss = F.cross_entropy(output, labels)
        loss.backward()
        optimizer.step()
        return loss

    def infer(inputs):
        for module in modules:
            module.eval()
        with torch.no_grad():
            return forward(inputs).argmax(1)

    return train, infer


def _event_layers():
    convolutions = nn.ModuleList([nn.Conv2d(2, 16, 5), nn.Conv2d(16, 32, 3), nn.Conv2d(32, 64, 3)])
    return convolutions, nn.ModuleList([nn.Linear(256, 128), nn.Linear(128, 10)])


def snntorch(workload):
    """A loop over time with every layer inside it, as in the notebooks."""
    import snntorch as snn
    from snntorch import surrogate

    convolutions, linears = _event_layers()
    neurons = [snn.Leaky(beta=BETA, spike_grad=surrogate.fast_sigmoid(slope=SLOPE)) for _ in range(5)]

    def forward(frames):
        membranes = [neuron.init_leaky() for neuron in neurons]
        spikes = []
        for x in frames:
            for i, convolution in enumerate(convolutions):
                x, membranes[i] = neurons[i](convolution(x), membranes[i])
                x = F.max_pool2d(x, 2)
            x = x.flatten(1)
            for i, linear in enumerate(linears, start=3):
                x, membranes[i] = neurons[i](linear(x), membranes[i])
            spikes.append(x)
        return torch.stack(spikes).sum(0)

    return _stepper(workload, [convolutions, linears], forward)


def spikingjelly(workload):
    """Multi-step mode, as in the framework's tutorial of this network."""
    from spikingjelly.activation_based import functional, layer, neuron, surrogate

    def fire():
        return neuron.IFNode(surrogate_function=surrogate.ATan())

    network = nn.Sequential(
        *[layer.Conv2d(1, 64, 3, padding=1, bias=False), layer.BatchNorm2d(64), fire(), layer.MaxPool2d(2, 2)],
        *[layer.Conv2d(64, 64, 3, padding=1, bias=False), layer.BatchNorm2d(64), fire(), layer.MaxPool2d(2, 2)],
        *[layer.Flatten(), layer.Linear(64 * 49, 1024, bias=False), fire(), layer.Linear(1024, 10, bias=False), fire()],
    )
    functional.set_step_mode(network, "m")

    def forward(images):
        functional.reset_net(network)
        return network(images.unsqueeze(0).repeat(STEPS[workload], 1, 1, 1, 1)).mean(0)

    return _stepper(workload, [network], forward)


def _leaky_forward(currents, steps):
    membrane, membranes = torch.zeros_like(currents[0]), []
    for t in range(steps):
        membrane = BETA * membrane + currents[t] - (membrane > 1.0).float()
        membranes.append(membrane)
    membranes = torch.stack(membranes)
    return (membranes > 1.0).float(), membranes


def _leaky_backward(gradient, membranes):
    arriving = gradient / (SLOPE * (membranes - 1.0).abs() + 1.0) ** 2
    running, rows = arriving[-1], [arriving[-1]]
    for t in range(membranes.shape[0] - 2, -1, -1):
        running = arriving[t] + BETA * running
        rows.append(running)
    return torch.stack(rows[::-1])


def _fire_forward(currents, steps):
    """IF with a hard reset to zero; one current for all steps is [1, ...]."""
    membrane, charged = torch.zeros_like(currents[0]), []
    for t in range(steps):
        membrane = membrane + currents[t if currents.shape[0] > 1 else 0]
        charged.append(membrane)
        membrane = torch.where(membrane >= 1.0, 0.0, membrane)
    charged = torch.stack(charged)
    return (charged >= 1.0).float(), charged


def _fire_backward(gradient, charged):
    slope = 1.0 / (1.0 + (math.pi * (charged - 1.0)) ** 2)
    running, rows = None, []
    for t in range(charged.shape[0] - 1, -1, -1):
        at = gradient[t] * slope[t]
        if running is not None:
            at = at + running * ((charged[t] < 1.0).float() - charged[t] * slope[t])
        running = at
        rows.append(at)
    return torch.stack(rows[::-1])


def _sequence(forward_steps, backward_steps):
    """Neurons over all steps as one operation, compiled in both directions."""
    compiled_forward, compiled_backward = torch.compile(forward_steps), torch.compile(backward_steps)

    class Sequence(torch.autograd.Function):
        @staticmethod
        def forward(ctx, currents, steps):
            spikes, membranes = compiled_forward(currents, steps)
            ctx.save_for_backward(membranes)
            ctx.repeated = currents.shape[0] < steps
            return spikes

        @staticmethod
        def backward(ctx, gradient):
            rows = compiled_backward(gradient, ctx.saved_tensors[0])
            return (rows.sum(0, keepdim=True) if ctx.repeated else rows), None

    return Sequence.apply


def _over_maps(fire, maps, steps):
    """Neurons on maps [steps · B, C, H, W] that lie channels last (or [B, ...] for all steps), without a copy."""
    count, channels, height, width = maps.shape
    rows = maps.permute(0, 2, 3, 1)
    batch = count if fire.repeats else count // steps
    spikes = fire.apply(rows.reshape(1 if fire.repeats else steps, batch, height, width, channels), steps)
    return spikes.flatten(0, 1).permute(0, 3, 1, 2)


class _Fire:
    def __init__(self, apply, repeats=False):
        self.apply, self.repeats = apply, repeats


def compiled(workload):
    steps = STEPS[workload]
    if workload == "events-cnn":
        fire = _Fire(_sequence(_leaky_forward, _leaky_backward))
        convolutions, linears = _event_layers()
        convolutions.to(memory_format=torch.channels_last)

        def forward(frames):
            batch = frames.shape[1]
            x = frames.flatten(0, 1).contiguous(memory_format=torch.channels_last)
            for convolution in convolutions:
                x = F.max_pool2d(_over_maps(fire, convolution(x), steps), 2)
            x = x.flatten(1)
            for linear in linears:
                x = fire.apply(linear(x).view(steps, batch, -1), steps).flatten(0, 1)
            return x.view(steps, batch, -1).sum(0)

        return _stepper(workload, [convolutions, linears], forward)

    apply = _sequence(_fire_forward, _fire_backward)
    once, each = _Fire(apply, repeats=True), _Fire(apply)
    first = nn.Sequential(nn.Conv2d(1, 64, 3, padding=1, bias=False), nn.BatchNorm2d(64))
    second = nn.Sequential(nn.Conv2d(64, 64, 3, padding=1, bias=False), nn.BatchNorm2d(64))
    linears = nn.ModuleList([nn.Linear(64 * 49, 1024, bias=False), nn.Linear(1024, 10, bias=False)])
    for block in (first, second):
        block.to(memory_format=torch.channels_last)

    def forward(images):
        batch = images.shape[0]
        x = F.max_pool2d(_over_maps(once, first(images.contiguous(memory_format=torch.channels_last)), steps), 2)
        x = F.max_pool2d(_over_maps(each, second(x), steps), 2).flatten(1)
        for linear in linears:
            x = each.apply(linear(x).view(steps, batch, -1), steps).flatten(0, 1)
        return x.view(steps, batch, -1).mean(0)

    return _stepper(workload, [first, second, linears], forward)
