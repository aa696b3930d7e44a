// Maps: windows that slide over them, pooling, normalisation, joins.
#include "../kernels/add_values.cc"
#include "../kernels/batch_norm.cc"
#include "../kernels/dropout.cc"
#include "../kernels/join.cc"
#include "../kernels/pad_maps.cc"
#include "../kernels/pool_maps.cc"
#include "../kernels/window_product.cc"
#include "../kernels/window_weight_gradient.cc"
