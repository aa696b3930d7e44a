#pragma once
// Names of the kernels of one instruction set. SPIKEDESK_ISA is base, avx2 or avx512, given by binding.gyp.
#include "kernels.h"
#include "sparse_kernels.h"

#define SPIKEDESK_JOIN(a, b) a##_##b
#define SPIKEDESK_NAME(a, b) SPIKEDESK_JOIN(a, b)
#define KERNEL(name) SPIKEDESK_NAME(name, SPIKEDESK_ISA)

extern "C" {
void KERNEL(encodeConstant)(const uint8_t *bytes, int count, float gain, float offset, const uint8_t *ahead,
                            float *output);
void KERNEL(encodeSpikes)(const SpikeEncoding *, const uint8_t *bytes, uint32_t sample, uint32_t epoch, uint16_t *output);
void KERNEL(encodeTrains)(const TrainEncoding *, const uint8_t *bytes, uint16_t *output);
void KERNEL(encodeSequences)(const SequenceEncoding *, const uint8_t *bytes, float *output);
LitExtent KERNEL(litInputs)(const uint8_t *bytes, int count, uint64_t *lit);
uint64_t KERNEL(countSpikes)(const uint16_t *spikes, size_t count);
void KERNEL(expandSpikes)(const uint16_t *spikes, size_t count, float *output);
void KERNEL(denseProduct)(const DenseProduct *);
void KERNEL(litProduct)(const LitProduct *);
void KERNEL(spikeProduct)(const SpikeProduct *);
/** Derivatives of `steps` rows of 16 membranes, times rows of `factor` where there is one. */
void KERNEL(surrogateRows)(const Neuron *, int steps, const float *charged, const float *factor, size_t factorStride,
                           float *out);
void KERNEL(neuronForward)(const NeuronForward *);
void KERNEL(neuronBackward)(const NeuronBackward *);
void KERNEL(stepForward)(const NeuronForward *);
void KERNEL(stepBackward)(const NeuronBackward *);
LossValue KERNEL(loss)(const LossSample *);
void KERNEL(denseWeightGradient)(const DenseWeightGradient *);
void KERNEL(spikeWeightGradient)(const SpikeWeightGradient *);
void KERNEL(rowSumGradient)(const float *gradient, size_t stride, int samples, int steps, int firstBlock, int blocks,
                            const Update *);
void KERNEL(update)(const Update *, const float *gradient, size_t first, int blocks);
double KERNEL(squareSum)(const float *values, int blocks);
int KERNEL(allFinite)(const float *values, int blocks);
void KERNEL(transpose)(const float *weight, size_t weightStride, int firstOutputBlock, int outputBlocks,
                       int firstInputBlock, int inputBlocks, float *transposed, size_t transposedStride);
void KERNEL(padMaps)(const PadMaps *);
void KERNEL(windowProduct)(const WindowProduct *);
void KERNEL(windowSpikeProduct)(const WindowSpikeProduct *);
void KERNEL(windowWeightGradient)(const WindowWeightGradient *);
void KERNEL(windowSpikeWeightGradient)(const WindowSpikeWeightGradient *);
void KERNEL(poolForward)(const PoolMaps *);
void KERNEL(poolBackward)(const PoolMaps *);
void KERNEL(normMeasure)(const NormMaps *);
void KERNEL(normForward)(const NormMaps *);
void KERNEL(normGradientSums)(const NormMaps *);
void KERNEL(normBackward)(const NormMaps *);
size_t KERNEL(listInputs)(const ListInputs *);
void KERNEL(listProduct)(const ListProduct *);
void KERNEL(listGradient)(const ListGradient *);
void KERNEL(pooledLeakyBackward)(const PooledLeakyBackward *);
void KERNEL(routedInputGradient)(const RoutedInputGradient *);
void KERNEL(sumRows)(const SumRows *);
void KERNEL(sumParts)(const SumParts *);
void KERNEL(addValues)(const float *values, size_t count, float *to);
void KERNEL(joinForward)(const JoinPart *);
void KERNEL(joinBackward)(const JoinPart *);
void KERNEL(dropoutMask)(const DropoutMask *);
void KERNEL(dropoutForward)(const DropoutRows *);
void KERNEL(dropoutBackward)(const DropoutRows *);
double KERNEL(multiplyAddLoop)(int iterations, float *sink);
}
