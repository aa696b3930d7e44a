import type { Terms } from '../terms.ts'

/** What the tables say of encodings of whole images, in Korean. */
export const encodingTerms: Terms = {
  'latency (snnTorch)': '레이턴시 (snnTorch)',
  'Each pixel fires once, at τ·ln(x/(x-θ)): brighter is earlier. Normalising takes each sample alone.':
    '픽셀마다 τ·ln(x/(x-θ))에 한 번 발화하며 밝을수록 이릅니다. 정규화는 샘플마다 따로 합니다.',
  'How slowly the circuit charges: larger spreads the spikes over more steps.':
    '회로가 충전되는 느린 정도입니다. 클수록 스파이크가 더 많은 스텝에 퍼집니다.',
  'Pixels darker than this all fire last.': '이보다 어두운 픽셀은 모두 맨 나중에 발화합니다.',
  'First spike': '첫 스파이크',
  'No pixel fires before this step.': '이 스텝 전에는 어떤 픽셀도 발화하지 않습니다.',
  'Whether times are stretched so that the last spike falls on the last step.':
    '마지막 스파이크가 마지막 스텝에 오도록 시각을 늘릴지 정합니다.',
  Linear: '선형',
  'Whether the time falls linearly with brightness instead of logarithmically.':
    '시각이 로그가 아니라 밝기에 따라 선형으로 줄어들지 정합니다.',
  Clip: '잘라내기',
  'Whether pixels below the threshold do not fire at all.':
    '임계값보다 어두운 픽셀이 아예 발화하지 않을지 정합니다.',
  Bypass: '늦은 스파이크 버리기',
  'Whether spikes after the last step are dropped instead of being an error.':
    '마지막 스텝 뒤의 스파이크를 오류로 하지 않고 버릴지 정합니다.',
  Interpolate: '보간',
  'Whether the input rises to each spike in a ramp, for membranes.':
    '입력이 스파이크까지 경사로 올라갈지 정합니다. 막전위용입니다.',
  'On value': '켜짐 값',
  'Value of a spike.': '스파이크의 값입니다.',
  'Off value': '꺼짐 값',
  'Least value everywhere else.': '그 밖의 모든 곳에서 가장 작은 값입니다.',
  'How far above the threshold a dark pixel counts; it decides the latest time.':
    '어두운 픽셀을 임계값보다 얼마나 위로 볼지이며, 가장 늦은 시각을 정합니다.',
  'latency (spikingjelly)': '레이턴시 (spikingjelly)',
  'Each pixel fires once within the T steps, white at the first one and black at the last.':
    '픽셀마다 T 스텝 안에 한 번 발화합니다. 흰색은 첫 스텝, 검정은 마지막 스텝입니다.',
  Curve: '곡선',
  'How the step follows from brightness.': '밝기로 스텝을 정하는 방식입니다.',
  linear: '선형',
  'At step (T-1)·(1-x).': '(T-1)·(1-x) 스텝입니다.',
  logarithmic: '로그',
  'At step T-1-ln(α·x+1), where α = exp(T-1)-1.': 'T-1-ln(α·x+1) 스텝이며 α = exp(T-1)-1입니다.',
  delta: '델타',
  'Spikes where the input changes (snnTorch). An image that stands still changes when it appears.':
    '입력이 변하는 곳에서 발화합니다(snnTorch). 정지한 이미지는 나타날 때 변합니다.',
  'A change of this much or more is a spike.': '이만큼 이상의 변화가 스파이크입니다.',
  'Whether the image is there before the first step, so that it never appears.':
    '이미지가 첫 스텝 전부터 있어서 나타나는 순간이 없을지 정합니다.',
  'OFF spikes': 'OFF 스파이크',
  'Whether a fall is a spike too, of -1.': '줄어드는 변화도 -1인 스파이크로 할지 정합니다.',
  'weighted phase': '가중 위상',
  'The binary digits of the brightness, one a step, over and over (Kim et al. 2018; spikingjelly).':
    '밝기의 이진수 자리를 스텝마다 하나씩 되풀이합니다(Kim 등 2018, spikingjelly).',
  Phases: '위상 수',
  'How many digits there are; the first one counts a half, the next a quarter.':
    '자릿수입니다. 첫 자리는 1/2, 다음은 1/4을 뜻합니다.',
  'Scale to range': '범위에 맞추기',
  'Whether brightness is multiplied by 1 - 1/2ᴷ, the most that K digits can say.':
    'K자리로 나타낼 수 있는 최댓값인 1 - 1/2ᴷ을 밝기에 곱할지 정합니다.',
  population: '집단',
  'Each pixel becomes K inputs, each with a bell-shaped receptive field of brightness (spikingjelly).':
    '픽셀마다 입력 K개가 되며, 입력마다 밝기에 대한 종 모양 수용 영역이 있습니다(spikingjelly).',
  'Receptive fields': '수용 영역 수',
  'How many inputs a pixel becomes; the network gets as many times the channels.':
    '픽셀 하나가 되는 입력 수이며, 네트워크가 받는 채널은 이 배수가 됩니다.',
  'Lowest centre': '가장 낮은 중심',
  'Brightness in the middle of the first receptive field.': '첫 수용 영역의 중심 밝기입니다.',
  'Highest centre': '가장 높은 중심',
  'Brightness in the middle of the last receptive field.': '마지막 수용 영역의 중심 밝기입니다.',
  'Half the width of a receptive field.': '수용 영역 너비의 절반입니다.',
  Spikes: '스파이크',
  'How the activity of a receptive field becomes spikes.': '수용 영역의 활동을 스파이크로 바꾸는 방식입니다.',
  integrated: '적분',
  'A neuron without leak adds up the activity.': '누설이 없는 뉴런이 활동을 더해 갑니다.',
  random: '무작위',
  'The activity is the probability of a spike at a step.': '활동이 스텝마다의 발화 확률입니다.',
  'random periodic': '무작위 주기',
  'Poisson spikes of a few steps, played over and over (PeriodicEncoder of spikingjelly).':
    '몇 스텝의 푸아송 스파이크를 되풀이합니다(spikingjelly의 PeriodicEncoder).',
  'After so many steps the same spikes come again.': '이만큼의 스텝 뒤에 같은 스파이크가 다시 옵니다.',
}
