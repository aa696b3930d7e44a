import type { Terms } from '../terms.ts'

/** What the tables say of targets, in Chinese. */
export const targetTerms: Terms = {
  'No output fires before this step.': '在此步之前没有输出发放。',
  'Rate of the class': '目标类别发放率',
  'Share of the steps at which the class of the label fires.': '标签所属类别发放脉冲的步所占比例。',
  'Rate of the others': '其他类别发放率',
  'Share of the steps at which every other class fires.': '其他每个类别发放脉冲的步所占比例。',
  Pattern: '模式',
  regular: '规则',
  'A spike after each whole 1/rate steps.': '每隔 1/发放率 步发放一次。',
  uniform: '均匀',
  'As many spikes, at random steps; those that meet are one.': '同样多的脉冲落在随机的步上，重合的算一个。',
  'A spike at each step by chance.': '每一步按概率发放。',
  'When the spikes of a rate below 1 come.': '发放率低于 1 时脉冲出现的方式。',
  'Whether the target rises to each spike in a ramp, for membranes.':
    '目标是否以斜坡升到每个脉冲，用于膜电位。',
  'The class of the label is at 1 and fires early; the others are at 0, below this, and fire last.':
    '标签所属类别为 1，较早发放；其他类别为 0，低于此值，最后发放。',
  'Whether the others fire at τ·(1-θ) instead of after the charging of a circuit.':
    '其他类别是否在 τ·(1-θ) 发放，而不是按电路充电的时间。',
  'Whether the other classes do not fire at all.': '其他类别是否完全不发放。',
  'How far above the threshold the other classes count; it decides when they fire.':
    '其他类别视为高出阈值多少；它决定其发放时刻。',
  'rate (snnTorch)': '频率 (snnTorch)',
  'The class of the label fires at one rate, every other at another (targets_rate).':
    '标签所属类别与其他类别以不同的频率发放（targets_rate）。',
  'The class of the label fires early, every other late (targets_latency).':
    '标签所属类别较早发放，其他类别较晚（targets_latency）。',
  'convert (snnTorch)': '转换 (snnTorch)',
  'Either of both codes; latency then has no values and no ramps of its own (targets_convert).':
    '两种编码之一；此时延迟编码没有自己的值和斜坡（targets_convert）。',
  Code: '编码',
  latency: '延迟',
  'Which of both codes it is.': '选用两种编码中的哪一种。',
  'Target code': '目标编码',
  'How a label becomes what the outputs should do over the time steps.':
    '标签如何变为各输出在时间步上应有的表现。',
}
