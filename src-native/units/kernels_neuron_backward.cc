// What goes back through neurons.
#include "../kernels/neuron_backward.cc"
#include "../kernels/pooled_leaky_backward.cc"
#include "../kernels/surrogate_rows.cc"
