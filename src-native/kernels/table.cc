// The table of kernels of one instruction set.
#include "entry.h"
#include "spike_tables.h"

#define SPIKEDESK_TEXT_(x) #x
#define SPIKEDESK_TEXT(x) SPIKEDESK_TEXT_(x)

extern "C" const Kernels *KERNEL(spikedeskKernels)(void) {
  static const SparseKernels sparse = {
      KERNEL(listInputs),
      KERNEL(listProduct),
      KERNEL(listGradient),
      KERNEL(pooledLeakyBackward),
      KERNEL(routedInputGradient),
      KERNEL(sumRows),
      KERNEL(sumParts),
  };
  static const Kernels kernels = {
      SPIKEDESK_TEXT(SPIKEDESK_ISA),
      kStreams,
      kTableBlocks * kTablePitch,
      kTileBlocks,
      {KERNEL(encodeConstant), KERNEL(encodeSpikes), KERNEL(encodeTrains), KERNEL(encodeSequences), KERNEL(litInputs)},
      KERNEL(countSpikes),
      KERNEL(expandSpikes),
      KERNEL(denseProduct),
      KERNEL(litProduct),
      KERNEL(spikeProduct),
      KERNEL(neuronForward),
      KERNEL(neuronBackward),
      KERNEL(stepForward),
      KERNEL(stepBackward),
      KERNEL(loss),
      KERNEL(denseWeightGradient),
      KERNEL(spikeWeightGradient),
      KERNEL(rowSumGradient),
      KERNEL(update),
      KERNEL(squareSum),
      KERNEL(allFinite),
      KERNEL(transpose),
      {KERNEL(padMaps), KERNEL(windowProduct), KERNEL(windowSpikeProduct), KERNEL(windowWeightGradient),
       KERNEL(windowSpikeWeightGradient), KERNEL(poolForward),
       KERNEL(poolBackward), KERNEL(normMeasure), KERNEL(normForward), KERNEL(normGradientSums), KERNEL(normBackward)},
      &sparse,
      {KERNEL(addValues), KERNEL(joinForward), KERNEL(joinBackward), KERNEL(dropoutMask), KERNEL(dropoutForward),
       KERNEL(dropoutBackward)},
      KERNEL(multiplyAddLoop),
  };
  return &kernels;
}
