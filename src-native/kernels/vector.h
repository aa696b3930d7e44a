#pragma once
// The vector type that every kernel is written on: 16 floats, 16 words, 16 conditions. It is built from what the
// instruction set offers (one register of 512 bits, two of 256, four of 128) by halving, so that the compiler can
// keep each part in a register. Everything is in an unnamed namespace: the same file is compiled once for each
// instruction set, and no inline function may leak from one to another through the linker.
#include <stddef.h>
#include <stdint.h>

// What is for every processor of a kind takes far longer to read than most kernels to compile.
#if defined(__AVX2__)
#include <immintrin.h>
#elif defined(__x86_64__) || defined(_M_X64)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#define INLINE inline __attribute__((always_inline))
/** A function of its own, where a call costs nothing beside what it does: compiled once, it leaves its callers small. */
#define APART inline __attribute__((noinline))

namespace {

constexpr int kLanes = 16;

// ---- one register -------------------------------------------------------------------------------------------

#if defined(__AVX512F__)

constexpr int kTileRows = 8;
constexpr int kTileBlocks = 3;
constexpr int kTileInputs = 8;
constexpr int kStreams = 8;

typedef float Floats __attribute__((vector_size(64)));
typedef uint32_t Words __attribute__((vector_size(64)));
typedef __mmask16 Conditions;

INLINE Floats load(const float *p) { return (Floats)_mm512_loadu_ps(p); }
INLINE void store(float *p, Floats v) { _mm512_storeu_ps(p, (__m512)v); }
INLINE Floats broadcast(float x) { return (Floats)_mm512_set1_ps(x); }
INLINE Floats fma(Floats a, Floats b, Floats c) { return (Floats)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c); }
INLINE Floats fnma(Floats a, Floats b, Floats c) { return (Floats)_mm512_fnmadd_ps((__m512)a, (__m512)b, (__m512)c); }
INLINE Floats squareRoot(Floats a) { return (Floats)_mm512_sqrt_ps((__m512)a); }
INLINE Floats absolute(Floats a) { return (Floats)_mm512_abs_ps((__m512)a); }
INLINE Floats smaller(Floats a, Floats b) { return (Floats)_mm512_min_ps((__m512)a, (__m512)b); }
INLINE Floats larger(Floats a, Floats b) { return (Floats)_mm512_max_ps((__m512)a, (__m512)b); }
INLINE Floats nearest(Floats a) { return (Floats)_mm512_roundscale_ps((__m512)a, 8); }
/** a · 2ⁿ for whole n within ±126. */
INLINE Floats scaleByPower(Floats a, Floats n) { return (Floats)_mm512_scalef_ps((__m512)a, (__m512)n); }
/** 1/a to 1 ulp for normal a below 1e37. */
INLINE Floats reciprocal(Floats a) {
  __m512 r = _mm512_rcp14_ps((__m512)a);
  __m512 e = _mm512_fnmadd_ps((__m512)a, r, _mm512_set1_ps(1.0f));
  return (Floats)_mm512_fmadd_ps(r, e, r);
}
INLINE Conditions greater(Floats a, Floats b) { return _mm512_cmp_ps_mask((__m512)a, (__m512)b, _CMP_GT_OQ); }
INLINE Conditions greaterEqual(Floats a, Floats b) { return _mm512_cmp_ps_mask((__m512)a, (__m512)b, _CMP_GE_OQ); }
INLINE Floats choose(Conditions c, Floats a, Floats b) { return (Floats)_mm512_mask_mov_ps((__m512)b, c, (__m512)a); }
INLINE Floats subtractWhere(Conditions c, Floats a, Floats b) {
  return (Floats)_mm512_mask_sub_ps((__m512)a, c, (__m512)a, (__m512)b);
}
INLINE Floats addWhere(Conditions c, Floats a, Floats b) {
  return (Floats)_mm512_mask_add_ps((__m512)a, c, (__m512)a, (__m512)b);
}
INLINE Conditions both(Conditions a, Conditions b) { return a & b; }
INLINE Conditions noCondition() { return 0; }
INLINE uint32_t bitsOf(Conditions c) { return c; }
INLINE Conditions conditionsOf(uint32_t bits) { return (Conditions)bits; }
INLINE float sumOfLanes(Floats a) { return _mm512_reduce_add_ps((__m512)a); }
INLINE float largestLane(Floats a) { return _mm512_reduce_max_ps((__m512)a); }

INLINE Words wordsFrom(const uint32_t *p) { return (Words)_mm512_loadu_si512(p); }
INLINE Words broadcastWord(uint32_t x) { return (Words)_mm512_set1_epi32((int)x); }
/** One bit of every word. */
INLINE uint32_t bitsAt(Words a, int bit) { return _mm512_test_epi32_mask((__m512i)a, _mm512_set1_epi32(1 << bit)); }
/** High and low halves of the 64-bit products of each word with one constant. */
INLINE void multiplyWide(Words a, uint32_t factor, Words &high, Words &low) {
  __m512i f = _mm512_set1_epi32((int)factor);
  __m512i even = _mm512_mul_epu32((__m512i)a, f);
  __m512i odd = _mm512_mul_epu32(_mm512_srli_epi64((__m512i)a, 32), f);
  high = (Words)_mm512_mask_shuffle_epi32(odd, 0x5555, even, (_MM_PERM_ENUM)0xb1);
  low = (Words)_mm512_mask_shuffle_epi32(even, 0xaaaa, odd, (_MM_PERM_ENUM)0xa0);
}
/** The 32 halves of the words against 32 bounds: bit i of `below` is half[i] < bound[i]. */
INLINE void compareHalves(Words a, const uint16_t *bounds, uint32_t &below, uint32_t &equal) {
  __m512i b = _mm512_loadu_si512(bounds);
  below = _mm512_cmplt_epu16_mask((__m512i)a, b);
  equal = _mm512_cmpeq_epi16_mask((__m512i)a, b);
}
INLINE Words exclusiveOr(Words a, Words b, Words c) {
  return (Words)_mm512_ternarylogic_epi32((__m512i)a, (__m512i)b, (__m512i)c, 0x96);
}
template <int Bits> INLINE Words shiftLeft(Words a) { return (Words)_mm512_slli_epi32((__m512i)a, Bits); }
template <int Bits> INLINE Words rotateLeft(Words a) { return (Words)_mm512_rol_epi32((__m512i)a, Bits); }
/** 32 rows of 16 bits as 16 columns of 32. */
INLINE void transposeBits(const uint16_t *rows, uint32_t *columns) {
  const __m512i all = _mm512_loadu_si512(rows);
#pragma GCC unroll 16
  for (int i = 0; i < kLanes; i++) columns[i] = _mm512_test_epi16_mask(all, _mm512_set1_epi16((short)(1 << i)));
}
INLINE Floats floatsFromBytes(const uint8_t *p) {
  return (Floats)_mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)p)));
}

#else

template <class Half> struct Twice {
  Half lo, hi;
};

#if defined(__AVX2__)

constexpr int kTileRows = 6;
constexpr int kTileBlocks = 1;
constexpr int kTileInputs = 4;
constexpr int kStreams = 4;

typedef float Part __attribute__((vector_size(32)));
typedef int32_t PartConditions __attribute__((vector_size(32)));
typedef uint32_t PartWords __attribute__((vector_size(32)));
constexpr int kPartLanes = 8;

INLINE Part partLoad(const float *p) { return (Part)_mm256_loadu_ps(p); }
INLINE void partStore(float *p, Part v) { _mm256_storeu_ps(p, (__m256)v); }
INLINE Part fma(Part a, Part b, Part c) { return (Part)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c); }
INLINE Part fnma(Part a, Part b, Part c) { return (Part)_mm256_fnmadd_ps((__m256)a, (__m256)b, (__m256)c); }
INLINE Part squareRoot(Part a) { return (Part)_mm256_sqrt_ps((__m256)a); }
INLINE uint32_t bitsOf(PartConditions c) { return (uint32_t)_mm256_movemask_ps((__m256)c); }
INLINE PartWords partWordsLoad(const uint32_t *p) { return (PartWords)_mm256_loadu_si256((const __m256i *)p); }
INLINE void multiplyWide(PartWords a, uint32_t factor, PartWords &high, PartWords &low) {
  __m256i f = _mm256_set1_epi32((int)factor);
  __m256i even = _mm256_mul_epu32((__m256i)a, f);
  __m256i odd = _mm256_mul_epu32(_mm256_srli_epi64((__m256i)a, 32), f);
  high = (PartWords)_mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xaa);
  low = (PartWords)_mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xaa);
}
INLINE void compareHalves(PartWords a, const uint16_t *bounds, uint32_t &below, uint32_t &equal) {
  __m256i b = _mm256_loadu_si256((const __m256i *)bounds), zero = _mm256_setzero_si256();
  __m256i reached = _mm256_cmpeq_epi16(_mm256_subs_epu16(b, (__m256i)a), zero);
  __m256i same = _mm256_cmpeq_epi16((__m256i)a, b);
  __m256i packed = _mm256_permute4x64_epi64(_mm256_packs_epi16(reached, same), 0xd8);
  uint32_t bits = (uint32_t)_mm256_movemask_epi8(packed);
  below = ~bits & 0xffff;
  equal = bits >> 16;
}
INLINE Part partFromBytes(const uint8_t *p) {
  return (Part)_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)p)));
}

typedef Twice<Part> Floats;
typedef Twice<PartConditions> Conditions;
typedef Twice<PartWords> Words;

#else

constexpr int kTileBlocks = 1;
#if defined(__aarch64__)
constexpr int kTileRows = 6;
constexpr int kTileInputs = 4;
constexpr int kStreams = 4;
#else
constexpr int kTileRows = 2;
constexpr int kTileInputs = 2;
constexpr int kStreams = 2;
#endif

typedef float Part __attribute__((vector_size(16)));
typedef int32_t PartConditions __attribute__((vector_size(16)));
typedef uint32_t PartWords __attribute__((vector_size(16)));
constexpr int kPartLanes = 4;

INLINE Part partLoad(const float *p) {
  Part v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
INLINE void partStore(float *p, Part v) { __builtin_memcpy(p, &v, sizeof v); }
INLINE PartWords partWordsLoad(const uint32_t *p) {
  PartWords v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
INLINE Part partFromBytes(const uint8_t *p) { return Part{(float)p[0], (float)p[1], (float)p[2], (float)p[3]}; }

#if defined(__aarch64__)
INLINE Part fma(Part a, Part b, Part c) { return (Part)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b); }
INLINE Part fnma(Part a, Part b, Part c) { return (Part)vfmsq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b); }
INLINE Part squareRoot(Part a) { return (Part)vsqrtq_f32((float32x4_t)a); }
INLINE uint32_t bitsOf(PartConditions c) {
  const uint32x4_t weights = {1, 2, 4, 8};
  return vaddvq_u32(vandq_u32((uint32x4_t)c, weights));
}
INLINE void multiplyWide(PartWords a, uint32_t factor, PartWords &high, PartWords &low) {
  uint32x2_t f = vdup_n_u32(factor);
  uint32x4_t first = vreinterpretq_u32_u64(vmull_u32(vget_low_u32((uint32x4_t)a), f));
  uint32x4_t second = vreinterpretq_u32_u64(vmull_u32(vget_high_u32((uint32x4_t)a), f));
  low = (PartWords)vuzp1q_u32(first, second);
  high = (PartWords)vuzp2q_u32(first, second);
}
INLINE void compareHalves(PartWords a, const uint16_t *bounds, uint32_t &below, uint32_t &equal) {
  const uint16x8_t weights = {1, 2, 4, 8, 16, 32, 64, 128};
  uint16x8_t b = vld1q_u16(bounds), halves = (uint16x8_t)a;
  below = vaddvq_u16(vandq_u16(vcltq_u16(halves, b), weights));
  equal = vaddvq_u16(vandq_u16(vceqq_u16(halves, b), weights));
}
#elif defined(__x86_64__) || defined(_M_X64)
INLINE Part fma(Part a, Part b, Part c) { return a * b + c; }
INLINE Part fnma(Part a, Part b, Part c) { return c - a * b; }
INLINE Part squareRoot(Part a) { return (Part)_mm_sqrt_ps((__m128)a); }
INLINE uint32_t bitsOf(PartConditions c) { return (uint32_t)_mm_movemask_ps((__m128)c); }
INLINE void multiplyWide(PartWords a, uint32_t factor, PartWords &high, PartWords &low) {
  __m128i f = _mm_set1_epi32((int)factor);
  __m128i even = _mm_mul_epu32((__m128i)a, f);
  __m128i odd = _mm_mul_epu32(_mm_srli_epi64((__m128i)a, 32), f);
  __m128i lower = _mm_set_epi32(0, -1, 0, -1), upper = _mm_set_epi32(-1, 0, -1, 0);
  high = (PartWords)_mm_or_si128(_mm_srli_epi64(even, 32), _mm_and_si128(odd, upper));
  low = (PartWords)_mm_or_si128(_mm_and_si128(even, lower), _mm_slli_epi64(odd, 32));
}
INLINE void compareHalves(PartWords a, const uint16_t *bounds, uint32_t &below, uint32_t &equal) {
  __m128i b = _mm_loadu_si128((const __m128i *)bounds), zero = _mm_setzero_si128();
  __m128i reached = _mm_cmpeq_epi16(_mm_subs_epu16(b, (__m128i)a), zero);
  uint32_t bits = (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(reached, _mm_cmpeq_epi16((__m128i)a, b)));
  below = ~bits & 0xff;
  equal = bits >> 8;
}
#else
INLINE Part fma(Part a, Part b, Part c) { return a * b + c; }
INLINE Part fnma(Part a, Part b, Part c) { return c - a * b; }
INLINE Part squareRoot(Part a) {
  for (int i = 0; i < kPartLanes; i++) a[i] = __builtin_sqrtf(a[i]);
  return a;
}
INLINE uint32_t bitsOf(PartConditions c) {
  uint32_t bits = 0;
  for (int i = 0; i < kPartLanes; i++) bits |= (uint32_t)(c[i] & 1) << i;
  return bits;
}
INLINE void multiplyWide(PartWords a, uint32_t factor, PartWords &high, PartWords &low) {
  for (int i = 0; i < kPartLanes; i++) {
    uint64_t product = (uint64_t)a[i] * factor;
    high[i] = (uint32_t)(product >> 32);
    low[i] = (uint32_t)product;
  }
}
INLINE void compareHalves(PartWords a, const uint16_t *bounds, uint32_t &below, uint32_t &equal) {
  below = equal = 0;
  for (int i = 0; i < 2 * kPartLanes; i++) {
    uint32_t half = (a[i / 2] >> (16 * (i & 1))) & 0xffff;
    below |= (uint32_t)(half < bounds[i]) << i;
    equal |= (uint32_t)(half == bounds[i]) << i;
  }
}
#endif

typedef Twice<Twice<Part>> Floats;
typedef Twice<Twice<PartConditions>> Conditions;
typedef Twice<Twice<PartWords>> Words;

#endif

// ---- one register in plain vector extensions ----------------------------------------------------------------

INLINE Part partBroadcast(float x) { return x - Part{}; }
INLINE Part choose(PartConditions c, Part a, Part b) { return c ? a : b; }
INLINE Part absolute(Part a) { return (Part)((PartWords)a & 0x7fffffffu); }
INLINE Part smaller(Part a, Part b) { return a < b ? a : b; }
INLINE Part larger(Part a, Part b) { return a > b ? a : b; }
INLINE Part nearest(Part a) {
  const Part magic = partBroadcast(12582912.0f);
  return (a + magic) - magic;
}
INLINE Part scaleByPower(Part a, Part n) {
  return a * (Part)((PartWords)(__builtin_convertvector(n, PartConditions) + 127) << 23);
}
INLINE Part reciprocal(Part a) { return 1.0f / a; }
INLINE PartConditions greater(Part a, Part b) { return a > b; }
INLINE PartConditions greaterEqual(Part a, Part b) { return a >= b; }
INLINE PartConditions both(PartConditions a, PartConditions b) { return a & b; }
INLINE Part masked(PartConditions c, Part a) { return (Part)((PartConditions)a & c); }
INLINE float sumOfLanes(Part a) {
  float s = 0;
  for (int i = 0; i < kPartLanes; i++) s += a[i];
  return s;
}
INLINE float largestLane(Part a) {
  float s = a[0];
  for (int i = 1; i < kPartLanes; i++) s = a[i] > s ? a[i] : s;
  return s;
}

// ---- the halves ---------------------------------------------------------------------------------------------

template <class V> struct Lanes;
template <> struct Lanes<Part> { static constexpr int count = kPartLanes; };
template <> struct Lanes<PartConditions> { static constexpr int count = kPartLanes; };
template <> struct Lanes<PartWords> { static constexpr int count = kPartLanes; };
template <class Half> struct Lanes<Twice<Half>> { static constexpr int count = 2 * Lanes<Half>::count; };

template <class H> INLINE Twice<H> operator+(Twice<H> a, Twice<H> b) { return {a.lo + b.lo, a.hi + b.hi}; }
template <class H> INLINE Twice<H> operator-(Twice<H> a, Twice<H> b) { return {a.lo - b.lo, a.hi - b.hi}; }
template <class H> INLINE Twice<H> operator*(Twice<H> a, Twice<H> b) { return {a.lo * b.lo, a.hi * b.hi}; }
template <class H> INLINE Twice<H> operator/(Twice<H> a, Twice<H> b) { return {a.lo / b.lo, a.hi / b.hi}; }
template <class H> INLINE Twice<H> operator^(Twice<H> a, Twice<H> b) { return {a.lo ^ b.lo, a.hi ^ b.hi}; }
template <class H> INLINE Twice<H> fma(Twice<H> a, Twice<H> b, Twice<H> c) {
  return {fma(a.lo, b.lo, c.lo), fma(a.hi, b.hi, c.hi)};
}
template <class H> INLINE Twice<H> fnma(Twice<H> a, Twice<H> b, Twice<H> c) {
  return {fnma(a.lo, b.lo, c.lo), fnma(a.hi, b.hi, c.hi)};
}
template <class H> INLINE Twice<H> squareRoot(Twice<H> a) { return {squareRoot(a.lo), squareRoot(a.hi)}; }
template <class H> INLINE Twice<H> absolute(Twice<H> a) { return {absolute(a.lo), absolute(a.hi)}; }
template <class H> INLINE Twice<H> nearest(Twice<H> a) { return {nearest(a.lo), nearest(a.hi)}; }
template <class H> INLINE Twice<H> reciprocal(Twice<H> a) { return {reciprocal(a.lo), reciprocal(a.hi)}; }
template <class H> INLINE Twice<H> smaller(Twice<H> a, Twice<H> b) {
  return {smaller(a.lo, b.lo), smaller(a.hi, b.hi)};
}
template <class H> INLINE Twice<H> larger(Twice<H> a, Twice<H> b) { return {larger(a.lo, b.lo), larger(a.hi, b.hi)}; }
template <class H> INLINE Twice<H> scaleByPower(Twice<H> a, Twice<H> n) {
  return {scaleByPower(a.lo, n.lo), scaleByPower(a.hi, n.hi)};
}
template <class H> INLINE auto greater(Twice<H> a, Twice<H> b) -> Twice<decltype(greater(a.lo, b.lo))> {
  return {greater(a.lo, b.lo), greater(a.hi, b.hi)};
}
template <class H> INLINE auto greaterEqual(Twice<H> a, Twice<H> b) -> Twice<decltype(greaterEqual(a.lo, b.lo))> {
  return {greaterEqual(a.lo, b.lo), greaterEqual(a.hi, b.hi)};
}
template <class C> INLINE Twice<C> both(Twice<C> a, Twice<C> b) { return {both(a.lo, b.lo), both(a.hi, b.hi)}; }
template <class C, class H> INLINE Twice<H> choose(Twice<C> c, Twice<H> a, Twice<H> b) {
  return {choose(c.lo, a.lo, b.lo), choose(c.hi, a.hi, b.hi)};
}
template <class C, class H> INLINE Twice<H> masked(Twice<C> c, Twice<H> a) {
  return {masked(c.lo, a.lo), masked(c.hi, a.hi)};
}
template <class C> INLINE uint32_t bitsOf(Twice<C> c) {
  return bitsOf(c.lo) | bitsOf(c.hi) << Lanes<C>::count;
}
template <class H> INLINE float sumOfLanes(Twice<H> a) { return sumOfLanes(a.lo + a.hi); }
template <class H> INLINE float largestLane(Twice<H> a) { return largestLane(larger(a.lo, a.hi)); }
template <class H> INLINE void multiplyWide(Twice<H> a, uint32_t factor, Twice<H> &high, Twice<H> &low) {
  multiplyWide(a.lo, factor, high.lo, low.lo);
  multiplyWide(a.hi, factor, high.hi, low.hi);
}
template <class H> INLINE void compareHalves(Twice<H> a, const uint16_t *bounds, uint32_t &below, uint32_t &equal) {
  constexpr int halves = 2 * Lanes<H>::count;
  uint32_t below1, equal1;
  compareHalves(a.lo, bounds, below, equal);
  compareHalves(a.hi, bounds + halves, below1, equal1);
  below |= below1 << halves;
  equal |= equal1 << halves;
}

template <class V> struct Memory;
template <> struct Memory<Part> {
  static INLINE Part load(const float *p) { return partLoad(p); }
  static INLINE void store(float *p, Part v) { partStore(p, v); }
  static INLINE Part broadcast(float x) { return partBroadcast(x); }
  static INLINE Part fromBytes(const uint8_t *p) { return partFromBytes(p); }
};
template <> struct Memory<PartWords> {
  static INLINE PartWords load(const uint32_t *p) { return partWordsLoad(p); }
  static INLINE PartWords broadcast(uint32_t x) { return x - PartWords{}; }
};
template <> struct Memory<PartConditions> {
  static INLINE PartConditions fromBits(uint32_t bits) {
    PartConditions select;
    for (int i = 0; i < kPartLanes; i++) select[i] = 1 << i;
    return (((int32_t)bits - PartConditions{}) & select) != 0;
  }
};
/** One bit of every word. */
INLINE uint32_t bitsAt(PartWords a, int bit) { return bitsOf((PartConditions)(a << (31 - bit)) < 0); }
template <class H> INLINE uint32_t bitsAt(Twice<H> a, int bit) {
  return bitsAt(a.lo, bit) | bitsAt(a.hi, bit) << Lanes<H>::count;
}
INLINE PartWords exclusiveOr(PartWords a, PartWords b, PartWords c) { return a ^ b ^ c; }
template <class H> INLINE Twice<H> exclusiveOr(Twice<H> a, Twice<H> b, Twice<H> c) {
  return {exclusiveOr(a.lo, b.lo, c.lo), exclusiveOr(a.hi, b.hi, c.hi)};
}
template <int Bits> INLINE PartWords shiftLeft(PartWords a) { return a << Bits; }
template <int Bits, class H> INLINE Twice<H> shiftLeft(Twice<H> a) { return {shiftLeft<Bits>(a.lo), shiftLeft<Bits>(a.hi)}; }
template <int Bits> INLINE PartWords rotateLeft(PartWords a) { return a << Bits | a >> (32 - Bits); }
template <int Bits, class H> INLINE Twice<H> rotateLeft(Twice<H> a) { return {rotateLeft<Bits>(a.lo), rotateLeft<Bits>(a.hi)}; }
/** 32 rows of 16 bits as 16 columns of 32. */
INLINE void transposeBits(const uint16_t *rows, uint32_t *columns) {
#if defined(__AVX2__)
  // Packing takes the low halves of both first: put rows 8-15 and 16-23 in each other's place.
  const __m256i first = _mm256_permute2x128_si256(_mm256_loadu_si256((const __m256i *)rows),
                                                  _mm256_loadu_si256((const __m256i *)(rows + 16)), 0x20);
  const __m256i second = _mm256_permute2x128_si256(_mm256_loadu_si256((const __m256i *)rows),
                                                   _mm256_loadu_si256((const __m256i *)(rows + 16)), 0x31);
  for (int i = 0; i < kLanes; i++) {
    const __m128i shift = _mm_cvtsi32_si128(15 - i);
    columns[i] = (uint32_t)_mm256_movemask_epi8(
        _mm256_packs_epi16(_mm256_sll_epi16(first, shift), _mm256_sll_epi16(second, shift)));
  }
#elif defined(__x86_64__) || defined(_M_X64)
  __m128i part[4];
  for (int j = 0; j < 4; j++) part[j] = _mm_loadu_si128((const __m128i *)(rows + 8 * j));
  for (int i = 0; i < kLanes; i++) {
    const __m128i shift = _mm_cvtsi32_si128(15 - i);
    const __m128i low = _mm_packs_epi16(_mm_sll_epi16(part[0], shift), _mm_sll_epi16(part[1], shift));
    const __m128i high = _mm_packs_epi16(_mm_sll_epi16(part[2], shift), _mm_sll_epi16(part[3], shift));
    columns[i] = (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
  }
#else
  for (int i = 0; i < kLanes; i++) columns[i] = 0;
  for (int r = 0; r < 32; r++)
    for (int i = 0; i < kLanes; i++) columns[i] |= (uint32_t)(rows[r] >> i & 1) << r;
#endif
}

template <class H> struct Memory<Twice<H>> {
  static INLINE Twice<H> load(const float *p) {
    return {Memory<H>::load(p), Memory<H>::load(p + Lanes<H>::count)};
  }
  static INLINE Twice<H> load(const uint32_t *p) {
    return {Memory<H>::load(p), Memory<H>::load(p + Lanes<H>::count)};
  }
  static INLINE void store(float *p, Twice<H> v) {
    Memory<H>::store(p, v.lo);
    Memory<H>::store(p + Lanes<H>::count, v.hi);
  }
  template <class X> static INLINE Twice<H> broadcast(X x) {
    return {Memory<H>::broadcast(x), Memory<H>::broadcast(x)};
  }
  static INLINE Twice<H> fromBytes(const uint8_t *p) {
    return {Memory<H>::fromBytes(p), Memory<H>::fromBytes(p + Lanes<H>::count)};
  }
  static INLINE Twice<H> fromBits(uint32_t bits) {
    return {Memory<H>::fromBits(bits), Memory<H>::fromBits(bits >> Lanes<H>::count)};
  }
};

INLINE Floats load(const float *p) { return Memory<Floats>::load(p); }
INLINE void store(float *p, Floats v) { Memory<Floats>::store(p, v); }
INLINE Floats broadcast(float x) { return Memory<Floats>::broadcast(x); }
INLINE Words wordsFrom(const uint32_t *p) { return Memory<Words>::load(p); }
INLINE Words broadcastWord(uint32_t x) { return Memory<Words>::broadcast(x); }
INLINE Floats floatsFromBytes(const uint8_t *p) { return Memory<Floats>::fromBytes(p); }
INLINE Conditions conditionsOf(uint32_t bits) { return Memory<Conditions>::fromBits(bits); }
INLINE Conditions noCondition() { return Conditions{}; }
INLINE Floats subtractWhere(Conditions c, Floats a, Floats b) { return a - masked(c, b); }
INLINE Floats addWhere(Conditions c, Floats a, Floats b) { return a + masked(c, b); }

#endif

INLINE Floats zeros() { return broadcast(0.0f); }
/** The lanes that hold a neuron in block `block` of a layer of `count`. */
INLINE uint32_t validLanes(int count, int block) {
  int left = count - block * kLanes;
  return left >= kLanes ? 0xffffu : (1u << left) - 1u;
}

} // namespace
