import type { Terms } from '../terms.ts'

/** What the tables say of targets, in Korean. */
export const targetTerms: Terms = {
  'No output fires before this step.': '이 스텝 전에는 어떤 출력도 발화하지 않습니다.',
  'Rate of the class': '정답 클래스의 발화율',
  'Share of the steps at which the class of the label fires.':
    '레이블의 클래스가 발화하는 스텝의 비율입니다.',
  'Rate of the others': '다른 클래스의 발화율',
  'Share of the steps at which every other class fires.': '다른 모든 클래스가 발화하는 스텝의 비율입니다.',
  Pattern: '패턴',
  regular: '규칙적',
  'A spike after each whole 1/rate steps.': '1/발화율 스텝마다 스파이크가 하나 옵니다.',
  uniform: '균등',
  'As many spikes, at random steps; those that meet are one.':
    '같은 수의 스파이크가 무작위 스텝에 오며, 겹치면 하나가 됩니다.',
  'A spike at each step by chance.': '스텝마다 확률에 따라 스파이크가 옵니다.',
  'When the spikes of a rate below 1 come.': '발화율이 1보다 작을 때 스파이크가 오는 방식입니다.',
  'Whether the target rises to each spike in a ramp, for membranes.':
    '목표가 스파이크까지 경사로 올라갈지 정합니다. 막전위용입니다.',
  'The class of the label is at 1 and fires early; the others are at 0, below this, and fire last.':
    '레이블의 클래스는 1이어서 일찍 발화하고, 나머지는 이보다 작은 0이어서 맨 나중에 발화합니다.',
  'Whether the others fire at τ·(1-θ) instead of after the charging of a circuit.':
    '나머지가 회로의 충전 시간 대신 τ·(1-θ)에 발화할지 정합니다.',
  'Whether the other classes do not fire at all.': '다른 클래스가 아예 발화하지 않을지 정합니다.',
  'How far above the threshold the other classes count; it decides when they fire.':
    '다른 클래스를 임계값보다 얼마나 위로 볼지이며, 발화하는 시각을 정합니다.',
  'rate (snnTorch)': '발화율 (snnTorch)',
  'The class of the label fires at one rate, every other at another (targets_rate).':
    '레이블의 클래스와 나머지 클래스가 서로 다른 발화율로 발화합니다(targets_rate).',
  'The class of the label fires early, every other late (targets_latency).':
    '레이블의 클래스는 일찍, 나머지는 늦게 발화합니다(targets_latency).',
  'convert (snnTorch)': '변환 (snnTorch)',
  'Either of both codes; latency then has no values and no ramps of its own (targets_convert).':
    '두 부호화 가운데 하나입니다. 이때 레이턴시에는 값과 경사가 따로 없습니다(targets_convert).',
  Code: '부호화',
  latency: '레이턴시',
  'Which of both codes it is.': '두 부호화 가운데 어느 것인지 정합니다.',
  'Target code': '목표 인코딩',
  'How a label becomes what the outputs should do over the time steps.':
    '레이블이 시간 스텝에 걸쳐 출력이 해야 할 일이 되는 방식입니다.',
}
