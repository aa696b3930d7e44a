// Products of dense rows.
#include "../kernels/dense_product.cc"
#include "../kernels/dense_weight_gradient.cc"
#include "../kernels/lit_product.cc"
#include "../kernels/multiply_add_loop.cc"
#include "../kernels/sum_rows.cc"
#include "../kernels/transpose.cc"
