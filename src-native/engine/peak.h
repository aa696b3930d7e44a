#pragma once

namespace spikedesk {

/** Billions of floating-point operations a second that `threads` threads reach with multiply-adds in registers. */
double peakGflops(int threads);

} // namespace spikedesk
