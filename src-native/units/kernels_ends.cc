// Both ends of a step, the encodings and the loss with the update, and the table of all kernels.
#include "../kernels/encode_constant.cc"
#include "../kernels/encode_sequences.cc"
#include "../kernels/encode_spikes.cc"
#include "../kernels/encode_trains.cc"
#include "../kernels/lit_inputs.cc"
#include "../kernels/loss.cc"
#include "../kernels/table.cc"
#include "../kernels/update.cc"
