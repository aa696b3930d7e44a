import type { Terms } from '../terms.ts'

/** What the tables of the shared room say, in Korean. */
export const terms: Terms = {
  'Input coding': '입력 인코딩',
  'How an image becomes input over the time steps.': '이미지가 시간 스텝별 입력으로 바뀌는 방식입니다.',
  'constant current': '일정 전류',
  'The image itself is fed at every step.': '모든 스텝에 이미지 값을 그대로 넣습니다.',
  rate: '발화율',
  'At every step a pixel fires with probability gain·x + offset, clipped to 0..1 (snnTorch).':
    '스텝마다 픽셀이 gain·x + offset(0..1로 자름)의 확률로 발화합니다(snnTorch).',
  Poisson: '푸아송',
  'At every step a pixel fires with the probability of its brightness (spikingjelly).':
    '스텝마다 픽셀이 밝기와 같은 확률로 발화합니다(spikingjelly).',
  Optimizer: '옵티마이저',
  'How the gradient changes the weights.': '기울기로 가중치를 바꾸는 방식입니다.',
  Adam: 'Adam',
  SGD: 'SGD',
  'Time steps': '시간 스텝',
  'How many steps the network sees each sample.': '네트워크가 샘플 하나를 보는 스텝 수입니다.',
  steps: '스텝',
  Loss: '손실',
  'What the training makes small.': '학습에서 줄이는 값입니다.',
  'CE, spike counts': 'CE, 스파이크 수',
  'Cross-entropy of the output spikes summed over the steps.':
    '모든 스텝의 출력 스파이크를 더한 값의 교차 엔트로피입니다.',
  'CE, membranes summed': 'CE, 막전위 합',
  'Cross-entropy of the output membrane, summed over the steps.':
    '출력 막전위의 교차 엔트로피를 모든 스텝에 걸쳐 더한 값입니다.',
  'MSE, firing rate': 'MSE, 발화율',
  'Mean squared error between firing rates and the one-hot label.':
    '발화율과 원-핫 레이블의 평균 제곱 오차입니다.',
  Epochs: '에포크',
  'How many times the training images are gone through.': '학습 이미지 전체를 반복하는 횟수입니다.',
  'Batch size': '배치 크기',
  'How many samples make one step of the optimizer.': '옵티마이저가 한 번 갱신할 때 쓰는 샘플 수입니다.',
  'Drop last batch': '마지막 배치 버림',
  'Whether a last batch that is not full is left out.': '가득 차지 않은 마지막 배치를 뺄지 정합니다.',
  'Random seed': '난수 시드',
  'The same seed gives the same run, bit for bit, on the same engine.':
    '같은 엔진에서 시드가 같으면 실행 결과가 비트 단위로 같습니다.',
  Subset: '부분집합',
  'Only the first 1/n of the training and test samples, in file order.':
    '파일 순서로 학습 샘플과 테스트 샘플의 앞부분 1/n만 사용합니다.',
  Limit: '최대 개수',
  'At most this many training samples; 0 is all of them.':
    '사용할 학습 샘플의 최대 개수입니다. 0이면 모두 사용합니다.',
  Engine: '엔진',
  'What computes the network.': '네트워크를 계산하는 프로그램입니다.',
  native: 'native',
  'C++ kernels on all cores.': '모든 코어를 쓰는 C++ 커널입니다.',
  reference: 'reference',
  'Plain TypeScript: slow, to check the others against.':
    '순수 TypeScript 구현입니다. 느리며, 다른 엔진의 결과를 확인하는 데 씁니다.',
  Threads: '스레드',
  'How many threads the engine takes; 0 is one for every core. Results do not depend on it.':
    '엔진이 쓰는 스레드 수입니다. 0이면 코어마다 하나씩 씁니다. 결과는 달라지지 않습니다.',
  Gain: '이득',
  'The image is multiplied by this before it is coded.': '인코딩하기 전에 이미지에 곱하는 값입니다.',
  Offset: '오프셋',
  'This is added to the image before it is coded.': '인코딩하기 전에 이미지에 더하는 값입니다.',
  'Learning rate': '학습률',
  'The size of a step; 5e-4 suits Adam.': '한 번에 바꾸는 크기입니다. Adam에는 5e-4가 알맞습니다.',
  'First moment': '1차 모멘트',
  'Decay of the mean of the gradient.': '기울기 평균의 감쇠율입니다.',
  'Second moment': '2차 모멘트',
  'Decay of the mean of its square.': '기울기 제곱 평균의 감쇠율입니다.',
  Epsilon: '엡실론',
  'Keeps the division finite.': '0으로 나누지 않게 하는 값입니다.',
  'Weight decay': '가중치 감쇠',
  Momentum: '모멘텀',
  'The share of the last step that goes on.': '직전 변화량 중 이어지는 비율입니다.',
  Nesterov: '네스테로프',
  'Whether the gradient is taken a step ahead.': '기울기를 한 걸음 앞에서 구할지 정합니다.',
  Outputs: '출력 수',
  'How many neurons the layer feeds.': '이 레이어가 입력을 주는 뉴런의 수입니다.',
  Bias: '편향',
  'Adds a learned constant to each output.': '출력마다 학습되는 상수를 더합니다.',
  Decay: '감쇠율',
  'The share of the membrane potential that is left after a step.': '한 스텝 뒤에 남는 막전위의 비율입니다.',
  'per step': '/스텝',
  Threshold: '임계값',
  'The membrane potential at which the neuron fires.': '뉴런이 발화하는 막전위입니다.',
  Reset: '리셋',
  'What a spike does to the membrane.': '스파이크가 막전위를 바꾸는 방식입니다.',
  subtract: '빼기',
  'The threshold is subtracted from the membrane.': '막전위에서 임계값을 뺍니다.',
  zero: '0으로',
  'The old membrane is set to zero; the new input survives.': '이전 막전위를 0으로 두고 새 입력은 남깁니다.',
  none: '없음',
  'The membrane is left as it is.': '막전위를 그대로 둡니다.',
  'Delayed reset': '지연 리셋',
  "Whether the reset acts one step after the spike (snnTorch's default) or in the same step.":
    '리셋이 스파이크의 다음 스텝에 일어날지(snnTorch의 기본값), 같은 스텝에 일어날지 정합니다.',
  Surrogate: '대리 기울기',
  'What stands for the derivative of the spike in the backward pass.':
    '역전파에서 스파이크의 도함수를 대신하는 함수입니다.',
  'Learn β': 'β 학습',
  'Whether the decay is trained.': '감쇠율을 학습할지 정합니다.',
  'Learn θ': 'θ 학습',
  'Whether the threshold is trained.': '임계값을 학습할지 정합니다.',
  'β per neuron': '뉴런별 β',
  'Whether every neuron has a decay of its own.': '뉴런마다 감쇠율을 따로 둘지 정합니다.',
  'Time constant': '시상수',
  'How many steps the membrane takes to forget.': '막전위가 잊히는 데 걸리는 스텝 수입니다.',
  'Decay input': '입력 감쇠',
  "Whether the input is divided by τ as well (spikingjelly's default).":
    '입력도 τ로 나눌지 정합니다(spikingjelly의 기본값).',
  'What a spike does to the membrane, in the same step.':
    '스파이크가 같은 스텝에서 막전위를 바꾸는 방식입니다.',
  hard: '하드',
  'The membrane is set to the reset value.': '막전위를 리셋 값으로 둡니다.',
  soft: '소프트',
  'Reset value': '리셋 값',
  'Where a hard reset puts the membrane; also its value before the first step.':
    '하드 리셋 뒤의 막전위이며, 첫 스텝 전의 막전위이기도 합니다.',
  'Detach reset': '리셋 분리',
  'Whether the gradient is cut where the reset reads the spike.':
    '리셋이 스파이크를 읽는 곳에서 기울기를 끊을지 정합니다.',
  Sharpness: '예리도',
  'How fast the surrogate falls off beside the threshold; larger is narrower.':
    '임계값 근처에서 대리 기울기가 줄어드는 빠르기입니다. 클수록 좁습니다.',
  Slope: '경사',
  Height: '높이',
  'Adds what several layers hand on, element by element.': '여러 레이어의 출력을 원소별로 더합니다.',
  'Puts the channels, or features, of several layers side by side.':
    '여러 레이어의 채널 또는 특징을 나란히 이어 붙입니다.',
  'Joins all axes of a sample into one.': '샘플의 모든 축을 하나로 합칩니다.',
  'Every input is connected to every output.': '모든 입력을 모든 출력에 연결합니다.',
  'Leaky integrate-and-fire neuron with the semantics of snnTorch.':
    'snnTorch 방식의 누설 적분 발화(LIF) 뉴런입니다.',
  'Leaky integrate-and-fire neuron with the semantics of spikingjelly.':
    'spikingjelly 방식의 누설 적분 발화(LIF) 뉴런입니다.',
  'Integrate-and-fire neuron without leak, with the semantics of spikingjelly.':
    'spikingjelly 방식의, 누설이 없는 적분 발화(IF) 뉴런입니다.',
  arctangent: '아크탄젠트',
  'fast sigmoid': '패스트 시그모이드',
  'spike operator': '스파이크 연산자',
  'straight through': '직통 추정(STE)',
  'triangular (snnTorch)': '삼각 (snnTorch)',
  '784-100-10 Leaky, spike counts': '784-100-10 Leaky, 스파이크 수',
  'snnTorch network with a fast sigmoid surrogate and cross-entropy on the output spikes summed over 25 steps.':
    '패스트 시그모이드 대리 기울기와, 25스텝 동안 더한 출력 스파이크의 교차 엔트로피를 쓰는 snnTorch 네트워크.',
  '784-1000-10 Leaky, membrane loss': '784-1000-10 Leaky, 막전위 손실',
  "The network of snnTorch's tutorial 5: arctangent surrogate, cross-entropy on the output membrane at every step.":
    'snnTorch 튜토리얼 5의 네트워크. 아크탄젠트 대리 기울기와, 모든 스텝의 출력 막전위에 대한 교차 엔트로피를 씁니다.',
  '784-10 LIF, Poisson spikes': '784-10 LIF, 푸아송 스파이크',
  "spikingjelly's single layer of LIF neurons on Poisson spikes over 100 steps, firing-rate error.":
    '100스텝의 푸아송 스파이크를 받는 spikingjelly의 LIF 뉴런 단일 레이어. 발화율 오차를 씁니다.',
  Channels: '채널 수',
  'How many feature maps the layer makes.': '이 레이어가 만드는 특징 맵의 수입니다.',
  Kernel: '커널',
  'Length of each side of the window.': '창 한 변의 길이입니다.',
  Stride: '스트라이드',
  'How far the window moves from one output to the next.': '출력 사이에 창이 움직이는 거리입니다.',
  Padding: '패딩',
  'How many rows and columns are put around the input on every side.':
    '입력의 각 변에 덧붙이는 행과 열의 수입니다.',
  Dilation: '팽창',
  'Distance between the inputs that neighbouring weights of the kernel see.':
    '커널의 이웃한 가중치가 보는 입력 사이의 거리입니다.',
  Groups: '그룹',
  'Into how many parts the channels are divided; a part of the outputs sees only its part of the inputs.':
    '채널을 나누는 묶음의 수입니다. 출력의 각 묶음은 입력의 해당 묶음만 봅니다.',
  'Adds a learned constant to each channel.': '채널마다 학습되는 상수를 더합니다.',
  Statistics: '통계 범위',
  'What mean and variance are taken over while training.': '학습할 때 평균과 분산을 구하는 범위입니다.',
  'over steps and batch': '스텝과 배치 전체',
  "One mean and variance for all steps (spikingjelly's multi-step mode).":
    '모든 스텝에서 평균과 분산을 하나씩 구합니다(spikingjelly의 다중 스텝 모드).',
  'at every step': '스텝마다',
  'Mean and variance of each step on its own (a layer inside a loop over time, as in snnTorch).':
    '스텝마다 평균과 분산을 따로 구합니다(snnTorch처럼 시간 루프 안에 있는 레이어).',
  'Is added to the variance, so that the division is safe.': '0으로 나누지 않도록 분산에 더하는 값입니다.',
  'Share of the new mean and variance in the running ones, which evaluation uses.':
    '평가에 쓰는 이동 평균과 이동 분산에서 새 값이 차지하는 비율입니다.',
  'Learned scale': '학습되는 스케일',
  'Whether each channel has a learned scale and shift.': '채널마다 학습되는 스케일과 이동값을 둘지 정합니다.',
  'Output size': '출력 크기',
  'Length of each side of the output.': '출력 한 변의 길이입니다.',
  'Circuit given by': '회로 기준',
  'Which of β, R and C are taken as they are; the others follow from RC = Δt / ln(1/β).':
    'β, R, C 중 그대로 쓰는 값입니다. 나머지는 RC = Δt / ln(1/β)에서 구합니다.',
  β: 'β',
  'R is 1 and C follows from β.': 'R은 1이고 C는 β에서 구합니다.',
  'R and C': 'R과 C',
  'β is not used.': 'β는 쓰지 않습니다.',
  'β and R': 'β와 R',
  'C follows from β and R.': 'C는 β와 R에서 구합니다.',
  'β and C': 'β와 C',
  'R follows from β and C.': 'R은 β와 C에서 구합니다.',
  'Decay of the circuit: RC = Δt / ln(1/β).': '회로의 감쇠율입니다. RC = Δt / ln(1/β).',
  Resistance: '저항',
  'Resistance of the membrane.': '막의 저항입니다.',
  Capacitance: '전기 용량',
  'Capacitance of the membrane.': '막의 전기 용량입니다.',
  'Time step': '시간 간격',
  'Duration of a step, in the unit of RC.': '한 스텝의 길이이며, RC와 단위가 같습니다.',
  'The membrane is set to zero, with the new input.': '새 입력을 포함해 막전위를 0으로 둡니다.',
  'Whether θ is trained.': 'θ를 학습할지 정합니다.',
  'θ per neuron': '뉴런별 θ',
  'Whether every neuron has a θ of its own.': '뉴런마다 θ를 따로 둘지 정합니다.',
  'Current decay': '전류 감쇠율',
  'The share of the synaptic current that is left after a step.':
    '한 스텝 뒤에 남는 시냅스 전류의 비율입니다.',
  'Learn α': 'α 학습',
  'Whether α is trained.': 'α를 학습할지 정합니다.',
  'α per neuron': '뉴런별 α',
  'Whether every neuron has a α of its own.': '뉴런마다 α를 따로 둘지 정합니다.',
  'Whether β is trained.': 'β를 학습할지 정합니다.',
  'Whether every neuron has a β of its own.': '뉴런마다 β를 따로 둘지 정합니다.',
  'Excitatory decay': '흥분 감쇠율',
  'The share of the excitatory current that is left after a step; above β.':
    '한 스텝 뒤에 남는 흥분성 전류의 비율이며, β보다 큽니다.',
  'Inhibitory decay': '억제 감쇠율',
  'The share of the inhibitory current that is left after a step; below α.':
    '한 스텝 뒤에 남는 억제성 전류의 비율이며, α보다 작습니다.',
  'Both currents and the membrane are set to zero, with the new input.':
    '새 입력을 포함해 두 전류와 막전위를 0으로 둡니다.',
  'All to all': '전체 연결',
  'Whether every neuron is connected to every other, or only to itself.':
    '뉴런을 다른 모든 뉴런과 연결할지, 자기 자신과만 연결할지 정합니다.',
  'Own weight': '자기 가중치',
  'Weight of the connection to itself, where it is not all to all.':
    '전체 연결이 아닐 때 자기 자신과의 연결 가중치입니다.',
  'V per neuron': '뉴런별 V',
  'Whether every neuron has a V of its own.': '뉴런마다 V를 따로 둘지 정합니다.',
  'Learn recurrent weights': '순환 가중치 학습',
  'Whether the recurrent weights are trained.': '순환 가중치를 학습할지 정합니다.',
  'Adaptation decay': '적응 감쇠율',
  'The share of the adaptation that is left after a step.': '한 스텝 뒤에 남는 적응량의 비율입니다.',
  'Adaptation strength': '적응 세기',
  'How far the adaptation raises the threshold.': '적응이 임계값을 높이는 정도입니다.',
  'The threshold without adaptation.': '적응이 없을 때의 임계값입니다.',
  Normalise: '정규화',
  'Whether a spike adds 1 - α to the adaptation, or 1.':
    '스파이크가 적응량에 1 - α를 더할지, 1을 더할지 정합니다.',
  'Detach adaptation': '적응 분리',
  'Whether the gradient is cut where the adaptation reads the spike.':
    '적응이 스파이크를 읽는 곳에서 기울기를 끊을지 정합니다.',
  'Learn βₐ': 'βₐ 학습',
  'Whether βₐ is trained.': 'βₐ를 학습할지 정합니다.',
  'βₐ per neuron': '뉴런별 βₐ',
  'Whether every neuron has a βₐ of its own.': '뉴런마다 βₐ를 따로 둘지 정합니다.',
  'How many steps the membrane takes to forget, at first.': '처음에 막전위가 잊히는 데 걸리는 스텝 수입니다.',
  'Learn τ': 'τ 학습',
  'Whether the time constant is trained, by w with 1/τ = σ(w).':
    '1/τ = σ(w)인 w로 시상수를 학습할지 정합니다.',
  'Critical voltage': '임계 전압',
  'Above it the membrane grows by itself.': '이 값을 넘으면 막전위가 스스로 커집니다.',
  'How strongly the membrane acts on itself.': '막전위가 자기 자신에 작용하는 세기입니다.',
  'Resting potential': '휴지 전위',
  'Where the membrane rests without input.': '입력이 없을 때의 막전위입니다.',
  'How gradually the spike begins.': '스파이크가 시작되는 완만함의 정도입니다.',
  'Rheobase threshold': '기전류 임계값',
  'Where the exponential growth sets in.': '지수적 증가가 시작되는 막전위입니다.',
  'Recovery at first': '회복 변수 초깃값',
  'The recovery before the first step.': '첫 스텝 전의 회복 변수 값입니다.',
  'Recovery time constant': '회복 시상수',
  'How many steps the recovery takes to forget.': '회복 변수가 잊히는 데 걸리는 스텝 수입니다.',
  Coupling: '결합',
  'How strongly the membrane drives the recovery.': '막전위가 회복 변수에 작용하는 세기입니다.',
  Jump: '점프',
  'What a spike adds to the recovery.': '스파이크가 회복 변수에 더하는 값입니다.',
  'Scale the reset': '리셋 스케일',
  'Whether membrane and threshold are divided by k in the reset.':
    '리셋할 때 막전위와 임계값을 k로 나눌지 정합니다.',
  'Learn k': 'k 학습',
  'Whether the scale k is trained.': '스케일 k를 학습할지 정합니다.',
  'The share of the current that is left after a step.': '한 스텝 뒤에 남는 전류의 비율입니다.',
  'Voltage decay': '전압 감쇠율',
  'The share of the membrane that is left after a step.': '한 스텝 뒤에 남는 막전위의 비율입니다.',
  Leak: '누설',
  'The value of the derivative on this part of its range.': '이 구간에서 도함수의 값입니다.',
  Bound: '경계',
  'Half width': '반너비',
  Terms: '항 수',
  'The Fourier series is summed over n - 1 terms.': '푸리에 급수를 n - 1개 항까지 더합니다.',
  Period: '주기',
  'The power by which the surrogate falls off.': '대리 기울기가 줄어드는 거듭제곱 지수입니다.',
  'A kernel slides over rows and columns; every output channel has one for each input channel.':
    '커널이 행과 열을 따라 움직입니다. 출력 채널마다 입력 채널별 커널이 하나씩 있습니다.',
  'A kernel slides along the only axis; every output channel has one for each input channel.':
    '커널이 하나뿐인 축을 따라 움직입니다. 출력 채널마다 입력 채널별 커널이 하나씩 있습니다.',
  'Each channel is shifted and scaled to mean 0 and variance 1 over the batch, then by learned numbers.':
    '배치 전체에서 채널마다 평균 0, 분산 1로 맞춘 뒤 학습된 값으로 스케일과 이동을 적용합니다.',
  'The largest value under a window; of spikes: whether any neuron fired.':
    '창 안의 최댓값입니다. 스파이크라면 발화한 뉴런이 하나라도 있는지를 뜻합니다.',
  'The mean of the values under a window; padding counts as zeros.':
    '창 안 값들의 평균입니다. 패딩은 0으로 셉니다.',
  'The mean of the values in each of as many parts as are wanted, whatever the size of the input.':
    '입력 크기와 관계없이 정한 개수의 구간마다 값들의 평균을 구합니다.',
  "Lapicque's circuit of a resistance and a capacitance, with the semantics of snnTorch.":
    'snnTorch 방식의, 저항과 축전기로 된 Lapicque 회로입니다.',
  'Leaky integrate-and-fire neuron with a synaptic current, with the semantics of snnTorch.':
    'snnTorch 방식의, 시냅스 전류가 있는 누설 적분 발화(LIF) 뉴런입니다.',
  'Neuron whose membrane answers a spike with an alpha function, with the semantics of snnTorch.':
    'snnTorch 방식의, 막전위가 스파이크에 알파 함수로 반응하는 뉴런입니다.',
  'Leaky neurons that hear each other, with the semantics of snnTorch.':
    'snnTorch 방식의, 서로의 스파이크를 받는 Leaky 뉴런입니다.',
  'Synaptic neurons that hear each other, with the semantics of snnTorch.':
    'snnTorch 방식의, 서로의 스파이크를 받는 Synaptic 뉴런입니다.',
  'Leaky neuron whose threshold rises with its own spikes.':
    '자신의 스파이크에 따라 임계값이 높아지는 누설 뉴런입니다.',
  'LIF neuron whose time constant is learned, with the semantics of spikingjelly.':
    'spikingjelly 방식의, 시상수를 학습하는 LIF 뉴런입니다.',
  'Quadratic integrate-and-fire neuron with the semantics of spikingjelly.':
    'spikingjelly 방식의 이차 적분 발화(QIF) 뉴런입니다.',
  'Exponential integrate-and-fire neuron with the semantics of spikingjelly.':
    'spikingjelly 방식의 지수 적분 발화(EIF) 뉴런입니다.',
  'Quadratic neuron that tires and recovers, with the semantics of spikingjelly.':
    'spikingjelly 방식의, 피로와 회복이 있는 이차 뉴런입니다.',
  'LIF neuron with a learned scale of its membrane, with the semantics of spikingjelly.':
    'spikingjelly 방식의, 막전위 스케일을 학습하는 LIF 뉴런입니다.',
  'Current-based LIF neuron with the semantics of spikingjelly.':
    'spikingjelly 방식의 전류 기반 LIF 뉴런입니다.',
  'spike rate escape': '발화율 탈출',
  'leaky spike operator': '누설 스파이크 연산자',
  'sparse fast sigmoid': '희소 패스트 시그모이드',
  'Convolutions on event frames': '이벤트 프레임의 합성곱 네트워크',
  'Three convolutions with Leaky neurons and pooling, on 25 frames of events of 34×34 pixels.':
    '34×34 픽셀 이벤트의 프레임 25개를 받는, Leaky 뉴런과 풀링을 갖춘 합성곱 세 층.',
  'Residual network on event frames': '이벤트 프레임의 잔차 네트워크',
  'Two residual blocks, neurons with an adaptive threshold and with a synaptic current, and dropout, on event frames.':
    '이벤트 프레임을 받는 잔차 블록 두 개. 적응 임계값 뉴런, 시냅스 전류 뉴런, 드롭아웃을 사용합니다.',
  'Convolutional IF network': '합성곱 IF 네트워크',
  "spikingjelly's convolutional network: two blocks of convolution, batch norm, IF and pooling, over 4 steps.":
    '합성곱, 배치 정규화, IF, 풀링 블록 두 개로 된 spikingjelly의 합성곱 네트워크. 4스텝 동안 실행합니다.',
  Probability: '확률',
  'The share of values that is zeroed.': '0으로 만드는 값의 비율입니다.',
  Mask: '마스크',
  'How long the same values stay zeroed.': '같은 값을 0으로 유지하는 기간입니다.',
  'one per sequence': '시퀀스마다 하나',
  "The same values are zeroed at every step (spikingjelly's layers).":
    '모든 스텝에서 같은 값을 0으로 만듭니다(spikingjelly의 레이어).',
  'one per step': '스텝마다 하나',
  'Every step draws anew (a layer inside a loop over time, as in snnTorch).':
    '스텝마다 새로 뽑습니다(snnTorch처럼 시간 루프 안에 있는 레이어).',
  'While training, zeroes values at random and scales the others up; evaluation passes everything.':
    '학습할 때 값을 무작위로 0으로 만들고 나머지는 키웁니다. 평가할 때는 모두 그대로 통과합니다.',
  'Whether every neuron has a threshold of its own.': '뉴런마다 임계값을 따로 둘지 정합니다.',
  'CE, every step': 'CE, 매 스텝',
  'Cross-entropy of the output spikes at every step, mean over the steps.':
    '스텝마다 출력 스파이크의 교차 엔트로피를 구해 스텝에 걸쳐 평균한 값입니다.',
  'CE, largest membrane': 'CE, 최대 막전위',
  'Cross-entropy of the largest membrane potential that each output had.':
    '각 출력이 가졌던 가장 큰 막전위의 교차 엔트로피입니다.',
  'CE, first spikes': 'CE, 첫 스파이크',
  'Cross-entropy of the time of the first spike, the earlier the better.':
    '첫 스파이크 시각의 교차 엔트로피이며, 이를수록 좋습니다.',
  'MSE, spike counts': 'MSE, 스파이크 수',
  'Mean squared error between spike counts and wanted counts, divided by the steps.':
    '스파이크 수와 원하는 수의 평균 제곱 오차를 스텝 수로 나눈 값입니다.',
  'MSE, membranes': 'MSE, 막전위',
  'Mean squared error between the output membrane and a level, mean over the steps.':
    '출력 막전위와 목표 수준의 평균 제곱 오차를 스텝에 걸쳐 평균한 값입니다.',
  'MSE, first spikes': 'MSE, 첫 스파이크 시각',
  'Mean squared error between the time of the first spike and a wanted time, as shares of all steps.':
    '첫 스파이크 시각과 원하는 시각을 전체 스텝에 대한 비율로 놓고 구한 평균 제곱 오차입니다.',
  'Class read by': '클래스 판독',
  'most spikes': '가장 많은 스파이크',
  'The output that fired most; the first of equals.': '가장 많이 발화한 출력이며, 같으면 앞의 것입니다.',
  'first spike': '첫 스파이크',
  'The output that fired first; the first of equals.': '가장 먼저 발화한 출력이며, 같으면 앞의 것입니다.',
  'How accuracy reads a class from the output spikes.':
    '정확도를 잴 때 출력 스파이크에서 클래스를 읽는 방식입니다.',
  'Class weights': '클래스 가중치',
  "One factor for each class on its samples' loss, as snnTorch averages them; empty is 1 for all.":
    '클래스마다 그 샘플의 손실에 곱하는 계수이며 평균은 snnTorch를 따릅니다. 비워 두면 모두 1입니다.',
  'Label smoothing': '레이블 스무딩',
  'The share of the label that is spread evenly over all classes.':
    '레이블 중 모든 클래스에 고르게 나누는 비율입니다.',
  'Population classes': '집단 부호의 클래스 수',
  'With a population code, the number of classes, each a group of neighbouring outputs; 0 is one output for each class.':
    '집단 부호를 쓸 때의 클래스 수로, 클래스마다 이웃한 출력 묶음입니다. 0이면 클래스마다 출력이 하나입니다.',
  'Correct rate': '정답 발화율',
  'Incorrect rate': '오답 발화율',
  'The share of the steps at which such an output should fire.':
    '이런 출력이 발화해야 하는 스텝의 비율입니다.',
  'Level of the class': '정답 클래스의 수준',
  'Level of the others': '나머지의 수준',
  'The membrane potential that such an output should have at every step.':
    '이런 출력이 매 스텝 가져야 하는 막전위입니다.',
  'Time of the class': '정답 클래스의 시각',
  'Time of the others': '나머지의 시각',
  'The step at which such an output should fire first; below 0 it counts from the end.':
    '이런 출력이 처음 발화해야 하는 스텝이며, 0보다 작으면 끝에서부터 셉니다.',
  Tolerance: '허용 오차',
  'A spike less than this away from its time counts as on time.':
    '목표 시각과의 차이가 이보다 작은 스파이크는 제때 발화한 것으로 봅니다.',
  Inverse: '역변환',
  negate: '부호 반전',
  'The logit is -t.': '로짓은 -t입니다.',
  reciprocal: '역수',
  'The logit is 1/(t + 1).': '로짓은 1/(t + 1)입니다.',
  'How an early spike becomes a large logit.': '이른 스파이크를 큰 로짓으로 바꾸는 방식입니다.',
  Inhibition: '억제',
  'Whether of all neurons of the layer only the one with the largest membrane may fire at a step.':
    '한 스텝에서 층의 뉴런 가운데 막전위가 가장 큰 것만 발화하게 할지 정합니다.',
  'Graded spikes': '등급 스파이크',
  'The size of a spike for the next layer and the loss.': '다음 층과 손실에 전해지는 스파이크의 크기입니다.',
  'Learn g': 'g 학습',
  'Whether g is trained.': 'g를 학습할지 정합니다.',
  'g per neuron': '뉴런별 g',
  'Whether every neuron has a g of its own.': '뉴런마다 g를 따로 둘지 정합니다.',
  'Recurrent kernel': '순환 커널',
  'Side of the kernel that connects the neurons of maps, an odd number; 0 for neurons that are no maps.':
    '맵의 뉴런을 서로 잇는 커널의 한 변이며 홀수입니다. 맵이 아닌 뉴런이면 0입니다.',
  Neurons: '뉴런',
  'How many neurons the layer has.': '층의 뉴런 수입니다.',
  Biases: '편향들',
  'Adds learned constants to the input and to what is left.':
    '입력과 남은 막전위에 학습되는 상수를 더합니다.',
  'Set β': 'β 지정',
  'Whether β starts at the value below, or is drawn as torch draws it.':
    'β를 아래 값으로 시작할지, torch처럼 무작위로 뽑을지 정합니다.',
  'Whether every membrane acts on every other, or only on itself.':
    '모든 막전위가 서로 영향을 줄지, 자기 자신에게만 줄지 정합니다.',
  Mean: '평균',
  'The middle of what is drawn below the threshold.': '임계값 아래에서 뽑는 값의 중심입니다.',
  Variance: '분산',
  'How widely it is drawn below the threshold.': '임계값 아래에서 값을 뽑는 폭입니다.',
  'Leaky neurons without reset and with their own input weights, with the semantics of snnTorch.':
    '리셋 없이 자체 입력 가중치를 갖는 Leaky 뉴런입니다. snnTorch의 정의를 따릅니다.',
  'stochastic spike operator': '확률적 스파이크 연산자',
  'no gradient': '기울기 없음',
  AdamW: 'AdamW',
  Adamax: 'Adamax',
  RMSprop: 'RMSprop',
  'The size of a step.': '한 번에 바꾸는 크기입니다.',
  'Added to the gradient as λ·w.': '기울기에 λ·w로 더하는 값입니다.',
  'At every step a weight shrinks by η·λ of itself, whatever its gradient.':
    '기울기와 관계없이 스텝마다 가중치가 자신의 η·λ배만큼 줄어듭니다.',
  'Decay of the largest gradient so far.': '지금까지 가장 큰 기울기의 감쇠율입니다.',
  Smoothing: '평활 계수',
  'Decay of the mean of the squared gradient.': '기울기 제곱 평균의 감쇠율입니다.',
  Centred: '중심화',
  'Whether the gradient is divided by its deviation from its mean, not from zero.':
    '기울기를 0이 아니라 평균에서의 편차로 나눌지 정합니다.',
  Dampening: '감쇠',
  'The share of the gradient that momentum leaves out; none with Nesterov.':
    '모멘텀에 넣지 않는 기울기의 비율입니다. 네스테로프에서는 0입니다.',
  Schedule: '스케줄',
  'How the learning rate changes over the run.': '실행 동안 학습률이 바뀌는 방식입니다.',
  constant: '일정',
  'The learning rate stays as it is.': '학습률이 그대로 유지됩니다.',
  'Warm-up': '워밍업',
  epochs: '에포크',
  'Over so many epochs the learning rate rises in a line, batch by batch; the schedule begins after them.':
    '이 에포크 동안 학습률이 배치마다 직선으로 오르고, 그 뒤에 스케줄이 시작됩니다.',
  'Warm-up from': '워밍업 시작',
  '× η': '× η',
  'The share of the learning rate at which warm-up begins.': '워밍업이 시작되는 학습률의 비율입니다.',
  step: '계단',
  'After every so many epochs the learning rate is multiplied by γ.':
    '정한 에포크마다 학습률에 γ를 곱합니다.',
  Every: '간격',
  'Epochs from one multiplication to the next.': '한 번 곱하고 다음에 곱하기까지의 에포크 수입니다.',
  Factor: '배율',
  'What the learning rate is multiplied by.': '학습률에 곱하는 값입니다.',
  milestones: '지정 에포크',
  'After each of the named epochs the learning rate is multiplied by γ.':
    '지정한 에포크가 끝날 때마다 학습률에 γ를 곱합니다.',
  'After epochs': '에포크 뒤',
  'Epochs after which the learning rate is multiplied.': '학습률에 곱하는 에포크들입니다.',
  exponential: '지수',
  'After every epoch the learning rate is multiplied by γ.': '에포크마다 학습률에 γ를 곱합니다.',
  cosine: '코사인',
  'The learning rate falls to its lowest in half a cosine.':
    '학습률이 코사인 반주기로 최솟값까지 내려갑니다.',
  Length: '길이',
  'Epochs until the lowest is reached; 0 is the whole run.':
    '최솟값에 이르기까지의 에포크 수입니다. 0은 실행 전체입니다.',
  'Lowest rate': '최소 학습률',
  'The learning rate does not go below this.': '학습률은 이 값 아래로 내려가지 않습니다.',
  'cosine with restarts': '재시작하는 코사인',
  'The learning rate falls in half a cosine, and begins anew.':
    '학습률이 코사인 반주기로 내려간 뒤 처음부터 다시 시작합니다.',
  'First length': '첫 길이',
  'Epochs until the first restart.': '첫 재시작까지의 에포크 수입니다.',
  Growth: '증가',
  'Each cosine is so many times as long as the one before it.':
    '코사인 하나가 앞의 것보다 몇 배 긴지 정합니다.',
  'one cycle': '원 사이클',
  'Batch by batch the learning rate rises to η and then falls far below where it began.':
    '배치마다 학습률이 η까지 올랐다가 시작값보다 훨씬 아래로 내려갑니다.',
  Rise: '상승 구간',
  'The share of the run in which the learning rate rises.':
    '학습률이 오르는 구간이 실행에서 차지하는 비율입니다.',
  'Start divisor': '시작 나눗수',
  'The run begins at η divided by this.': 'η를 이 값으로 나눈 학습률에서 시작합니다.',
  'End divisor': '끝 나눗수',
  'The run ends at its first learning rate divided by this.':
    '첫 학습률을 이 값으로 나눈 학습률에서 끝납니다.',
  Curve: '곡선',
  line: '직선',
  'How it gets from one learning rate to the next.': '한 학습률에서 다음 학습률로 가는 방식입니다.',
  'Three phases': '세 단계',
  'Whether it falls to where it began first, and to the end after that.':
    '먼저 시작값까지, 그다음 끝값까지 내려갈지 정합니다.',
  'on a plateau': '정체 시 감소',
  'The learning rate is multiplied when what is watched gets no better.':
    '지켜보는 값이 나아지지 않으면 학습률에 곱합니다.',
  Watched: '지켜보는 값',
  'test loss': '테스트 손실',
  'training loss': '학습 손실',
  'test accuracy': '테스트 정확도',
  'Lower is better.': '낮을수록 좋습니다.',
  'Higher is better.': '높을수록 좋습니다.',
  'What is looked at after every epoch.': '에포크마다 살펴보는 값입니다.',
  Patience: '인내',
  'So many epochs may go by without getting better.': '나아지지 않은 채 지나가도 되는 에포크 수입니다.',
  'How much better counts as better.': '얼마나 나아져야 나아진 것으로 볼지 정합니다.',
  'Threshold is': '임계값 종류',
  'a share': '비율',
  'a difference': '차이',
  'Whether the threshold is a share of the best so far or a difference from it.':
    '임계값이 지금까지의 최고값에 대한 비율인지, 그것과의 차이인지 정합니다.',
  Cooldown: '대기',
  'So many epochs after a multiplication are not counted.': '곱한 뒤 세지 않는 에포크 수입니다.',
  Clipping: '클리핑',
  'What is done to gradients that are too large.': '너무 큰 기울기를 처리하는 방식입니다.',
  'Gradients are taken as they are.': '기울기를 그대로 씁니다.',
  'by norm': '노름으로',
  'All gradients together are scaled down to a largest L2 norm.':
    '전체 기울기의 L2 노름이 최댓값을 넘지 않게 줄입니다.',
  'At most': '최댓값',
  'The largest L2 norm of all gradients together.': '전체 기울기의 가장 큰 L2 노름입니다.',
  'by value': '값으로',
  'Every element of a gradient is cut to a range.': '기울기의 모든 원소를 범위 안으로 자릅니다.',
  'No element of a gradient is further from zero.': '기울기의 어떤 원소도 0에서 이보다 멀지 않습니다.',
  Accumulation: '누적',
  batches: '배치',
  'How many batches make one step of the optimizer; their gradients are averaged.':
    '옵티마이저의 한 스텝을 이루는 배치 수입니다. 기울기는 평균합니다.',
  Recompute: '재계산',
  automatic: '자동',
  'Everything is kept: the fastest.': '모두 보관합니다. 가장 빠릅니다.',
  'Only where training would not fit otherwise.': '그러지 않으면 학습이 메모리에 들어가지 않을 때만 합니다.',
  'The least memory; each layer is computed two or three times.':
    '메모리를 가장 적게 씁니다. 각 층을 두세 번 계산합니다.',
  'Whether what lies between neurons is computed again on the way back rather than kept, and where that is not enough the steps too, in stretches. Results are the same, with stretches up to rounding.':
    '뉴런 사이의 값을 보관하지 않고 역전파 때 다시 계산할지 정합니다. 그것으로 부족하면 시간 스텝도 구간별로 다시 계산합니다. 결과는 같으며, 구간으로 나누면 반올림만 다릅니다.',
  never: '안 함',
  always: '항상',
  'Memory for samples': '샘플 메모리',
  'How much the batches that are made ahead of training may take; one is always made.':
    '학습보다 앞서 만드는 배치가 쓸 수 있는 메모리입니다. 하나는 언제나 만듭니다.',
  MiB: 'MiB',
  'Memory for training': '학습 메모리',
  'How much the engine may take; a run that needs more is refused before it starts. 0 is three quarters of the machine.':
    '엔진이 쓸 수 있는 메모리입니다. 더 필요한 실행은 시작하기 전에 거절됩니다. 0이면 컴퓨터 메모리의 4분의 3입니다.',
  Truncation: '절단',
  'The gradient through time is cut after every so many steps; 0 cuts it nowhere.':
    '시간을 거슬러 가는 기울기를 이 스텝마다 끊습니다. 0이면 끊지 않습니다.',
  Regulariser: '정규화 항',
  'What is added to the loss.': '손실에 더하는 값입니다.',
  Strength: '세기',
  'Factor of what is added to the loss.': '손실에 더하는 값의 배율입니다.',
  'L1 of spikes': '스파이크 L1',
  'Every spike of the batch costs λ (snnTorch).': '배치의 스파이크 하나마다 λ가 더해집니다(snnTorch).',
  'target rate': '목표 발화율',
  'The squared distance of every neuron’s rate from a target, summed over neurons, mean over samples.':
    '뉴런마다 발화율과 목표의 차를 제곱해 뉴런에 걸쳐 더하고 샘플에 걸쳐 평균합니다.',
  Target: '목표',
  'spikes/step': '스파이크/스텝',
  'The rate that every neuron is drawn to, in spikes a step.':
    '모든 뉴런이 끌려가는 발화율(스텝당 스파이크)입니다.',
  'synaptic operations': '시냅스 연산',
  'Every spike costs λ for each synapse that it reaches; mean over samples.':
    '스파이크가 닿는 시냅스마다 λ가 더해지며 샘플에 걸쳐 평균합니다.',
  'For layers': '대상 레이어',
  'all neurons': '모든 뉴런',
  'The neurons whose spikes it looks at.': '스파이크를 살펴볼 뉴런들입니다.',
}
