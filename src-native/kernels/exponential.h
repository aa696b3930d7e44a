#pragma once
#include "vector.h"

namespace {

/** eˣ to 2 ulp for x <= 88; below -87 it is e⁻⁸⁷. Range reduction and polynomial after Cephes' expf. */
INLINE Floats exponential(Floats x) {
  x = larger(x, broadcast(-87.0f));
  const Floats n = nearest(x * broadcast(1.44269504088896341f));
  Floats r = fnma(n, broadcast(0.693359375f), x);
  r = fnma(n, broadcast(-2.12194440e-4f), r);
  Floats p = broadcast(1.9875691500e-4f);
  p = fma(p, r, broadcast(1.3981999507e-3f));
  p = fma(p, r, broadcast(8.3334519073e-3f));
  p = fma(p, r, broadcast(4.1665795894e-2f));
  p = fma(p, r, broadcast(1.6666665459e-1f));
  p = fma(p, r, broadcast(5.0000001201e-1f));
  p = fma(p * r, r, r + broadcast(1.0f));
  return scaleByPower(p, n);
}

} // namespace
