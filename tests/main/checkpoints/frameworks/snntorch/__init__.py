"""The published equations of snnTorch's Leaky (0.8 and later), for tests on machines without snnTorch."""

import torch
from torch import nn

from . import surrogate


class Leaky(nn.Module):
    """U' = beta U + I - R theta with R from the step before, S = [U' > theta]; reset "subtract" only."""

    def __init__(self, beta, threshold=1.0, reset_mechanism="subtract", spike_grad=None):
        super().__init__()
        if reset_mechanism != "subtract":
            raise NotImplementedError(reset_mechanism)
        self.spike_grad = spike_grad or surrogate.atan()
        self.register_buffer("threshold", torch.as_tensor(float(threshold)))
        self.register_buffer("graded_spikes_factor", torch.tensor(1.0))
        self.register_buffer("reset_mechanism_val", torch.tensor(0))
        self.register_buffer("beta", torch.as_tensor(float(beta)))

    def forward(self, current, membrane):
        reset = (membrane > self.threshold).to(current.dtype).detach()
        membrane = self.beta.clamp(0, 1) * membrane + current - reset * self.threshold
        return self.spike_grad(membrane - self.threshold), membrane
