// The layers of a network, forward and back.
#include "../engine/network_backward.cc"
#include "../engine/network_convolution.cc"
#include "../engine/network_forward.cc"
#include "../engine/network_joins.cc"
#include "../engine/network_lists.cc"
#include "../engine/network_maps.cc"
#include "../engine/network_neurons.cc"
#include "../engine/network_parts.cc"
