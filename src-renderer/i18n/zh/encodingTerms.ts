import type { Terms } from '../terms.ts'

/** What the tables say of encodings of whole images, in Chinese. */
export const encodingTerms: Terms = {
  'latency (snnTorch)': '延迟编码 (snnTorch)',
  'Each pixel fires once, at τ·ln(x/(x-θ)): brighter is earlier. Normalising takes each sample alone.':
    '每个像素在 τ·ln(x/(x-θ)) 时发放一次，越亮越早。归一化对每个样本单独进行。',
  'How slowly the circuit charges: larger spreads the spikes over more steps.':
    '电路充电的快慢；越大，脉冲分布在越多的步上。',
  'Pixels darker than this all fire last.': '比这更暗的像素都在最后发放。',
  'First spike': '首个脉冲',
  'No pixel fires before this step.': '在此步之前没有像素发放。',
  'Whether times are stretched so that the last spike falls on the last step.':
    '是否拉伸时刻，使最后一个脉冲落在最后一步。',
  Linear: '线性',
  'Whether the time falls linearly with brightness instead of logarithmically.':
    '时刻是否随亮度线性而非对数地减小。',
  Clip: '裁去',
  'Whether pixels below the threshold do not fire at all.': '低于阈值的像素是否完全不发放。',
  Bypass: '丢弃过晚脉冲',
  'Whether spikes after the last step are dropped instead of being an error.':
    '最后一步之后的脉冲是否丢弃，而不是报错。',
  Interpolate: '插值',
  'Whether the input rises to each spike in a ramp, for membranes.':
    '输入是否以斜坡升到每个脉冲，用于膜电位。',
  'On value': '发放值',
  'Value of a spike.': '脉冲的值。',
  'Off value': '静息值',
  'Least value everywhere else.': '其他位置的最小值。',
  'How far above the threshold a dark pixel counts; it decides the latest time.':
    '暗像素视为高出阈值多少；它决定最晚的时刻。',
  'latency (spikingjelly)': '延迟编码 (spikingjelly)',
  'Each pixel fires once within the T steps, white at the first one and black at the last.':
    '每个像素在 T 步内发放一次，白色在第一步，黑色在最后一步。',
  Curve: '曲线',
  'How the step follows from brightness.': '由亮度得出步数的方式。',
  linear: '线性',
  'At step (T-1)·(1-x).': '在第 (T-1)·(1-x) 步。',
  logarithmic: '对数',
  'At step T-1-ln(α·x+1), where α = exp(T-1)-1.': '在第 T-1-ln(α·x+1) 步，其中 α = exp(T-1)-1。',
  delta: '差分编码',
  'Spikes where the input changes (snnTorch). An image that stands still changes when it appears.':
    '输入变化处发放脉冲（snnTorch）。静止的图像在出现时变化。',
  'A change of this much or more is a spike.': '变化达到或超过此值即为脉冲。',
  'Whether the image is there before the first step, so that it never appears.':
    '图像是否在第一步之前就已存在，因而不会出现。',
  'OFF spikes': 'OFF 脉冲',
  'Whether a fall is a spike too, of -1.': '下降是否也算脉冲，其值为 -1。',
  'weighted phase': '加权相位编码',
  'The binary digits of the brightness, one a step, over and over (Kim et al. 2018; spikingjelly).':
    '亮度的二进制各位，每步一位，周而复始（Kim 等 2018；spikingjelly）。',
  Phases: '相位数',
  'How many digits there are; the first one counts a half, the next a quarter.':
    '位数；第一位为二分之一，下一位为四分之一。',
  'Scale to range': '缩放到范围内',
  'Whether brightness is multiplied by 1 - 1/2ᴷ, the most that K digits can say.':
    '亮度是否乘以 1 - 1/2ᴷ，即 K 位能表示的最大值。',
  population: '群体编码',
  'Each pixel becomes K inputs, each with a bell-shaped receptive field of brightness (spikingjelly).':
    '每个像素变为 K 个输入，各有一个对亮度呈钟形的感受野（spikingjelly）。',
  'Receptive fields': '感受野数',
  'How many inputs a pixel becomes; the network gets as many times the channels.':
    '一个像素变为多少个输入；网络得到的通道数为其倍数。',
  'Lowest centre': '最低中心',
  'Brightness in the middle of the first receptive field.': '第一个感受野中心的亮度。',
  'Highest centre': '最高中心',
  'Brightness in the middle of the last receptive field.': '最后一个感受野中心的亮度。',
  'Half the width of a receptive field.': '感受野宽度的一半。',
  Spikes: '脉冲',
  'How the activity of a receptive field becomes spikes.': '感受野的活动变为脉冲的方式。',
  integrated: '积分',
  'A neuron without leak adds up the activity.': '无泄漏的神经元累加活动。',
  random: '随机',
  'The activity is the probability of a spike at a step.': '活动即每一步发放脉冲的概率。',
  'random periodic': '随机周期编码',
  'Poisson spikes of a few steps, played over and over (PeriodicEncoder of spikingjelly).':
    '若干步的泊松脉冲，反复播放（spikingjelly 的 PeriodicEncoder）。',
  'After so many steps the same spikes come again.': '经过这么多步后，同样的脉冲再次出现。',
}
