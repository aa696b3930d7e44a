import type { Terms } from '../terms.ts'

/** What the tables of event encodings and transforms say, in Korean. */
export const sampleTerms: Terms = {
  'event frames': '이벤트 프레임',
  'The events of a recording are counted into one frame for each step.':
    '녹화의 이벤트를 세어 스텝마다 프레임 하나를 만듭니다.',
  Slicing: '나누는 방식',
  'How a recording is cut into frames. Steps that get none stay empty, frames after step T are dropped.':
    '녹화를 프레임으로 나누는 방식입니다. 프레임이 없는 스텝은 비어 있고, T 스텝 뒤의 프레임은 버립니다.',
  'time bins (tonic)': '시간 구간 (tonic)',
  'T windows of ⌊duration/T⌋ µs; the rest and the last event are lost.':
    '⌊길이/T⌋ µs 창 T개입니다. 나머지와 마지막 이벤트는 사라집니다.',
  'time window (tonic)': '시간 창 (tonic)',
  'Windows of a fixed time from the first event on; an incomplete last one is lost.':
    '첫 이벤트부터 일정한 시간의 창으로 나눕니다. 다 차지 않은 마지막 창은 사라집니다.',
  'event bins (tonic)': '이벤트 구간 (tonic)',
  'T slices of ⌊events/T⌋ events; the rest is lost.': '이벤트 ⌊N/T⌋개씩 T조각입니다. 나머지는 사라집니다.',
  'event count (tonic)': '이벤트 수 (tonic)',
  'Slices of a fixed number of events; an incomplete last one is lost.':
    '일정한 수의 이벤트로 나눕니다. 다 차지 않은 마지막 조각은 사라집니다.',
  'all in one (tonic)': '모두 하나로 (tonic)',
  'One frame of the whole recording.': '녹화 전체를 프레임 하나로 만듭니다.',
  'by number (spikingjelly)': '개수로 (spikingjelly)',
  'T slices of ⌊events/T⌋ events; the last one takes the rest.':
    '이벤트 ⌊N/T⌋개씩 T조각이며 마지막 조각이 나머지를 가집니다.',
  'by time (spikingjelly)': '시간으로 (spikingjelly)',
  'T windows of ⌊duration/T⌋ µs; the last one takes the rest.':
    '⌊길이/T⌋ µs 창 T개이며 마지막 창이 나머지를 가집니다.',
  Window: '창 길이',
  'Length of a frame when slicing by time window.': '시간 창으로 나눌 때 프레임 하나의 길이입니다.',
  µs: 'µs',
  'Events in a frame': '프레임당 이벤트',
  'How many events make a frame when slicing by event count.':
    '이벤트 수로 나눌 때 프레임 하나를 이루는 이벤트 수입니다.',
  Overlap: '겹침',
  'How much of a frame the next one repeats: µs of a time window, events of an event count, a share of bins.':
    '다음 프레임이 앞 프레임을 되풀이하는 양입니다. 시간 창은 µs, 이벤트 수는 개수, 구간은 비율입니다.',
  'Incomplete last frame': '다 차지 않은 마지막 프레임',
  'Whether the last time window or event count is kept although it is not full.':
    '다 차지 않은 마지막 시간 창이나 이벤트 조각을 남길지 정합니다.',
  Polarity: '극성',
  'What becomes of the polarity of the events.': '이벤트의 극성을 다루는 방식입니다.',
  kept: '유지',
  'One map for each polarity, OFF before ON.': '극성마다 맵 하나이며 OFF가 ON보다 앞섭니다.',
  merged: '합침',
  'One map; ON and OFF events count alike.': '맵 하나이며 ON과 OFF를 똑같이 셉니다.',
  summed: '부호를 붙여 더함',
  'One map; an ON event counts 1, an OFF event -1.': '맵 하나이며 ON은 1, OFF는 -1로 셉니다.',
  Values: '값',
  'What stands in a frame.': '프레임에 들어가는 값입니다.',
  counts: '이벤트 수',
  'How many events a pixel saw.': '픽셀이 본 이벤트 수입니다.',
  binary: '이진',
  '1 where the count is not 0.': '수가 0이 아니면 1입니다.',
  'voxel grid': '복셀 그리드',
  'Each event is shared between the two nearest of T bins of time, with its sign (Zhu et al. 2019).':
    '이벤트를 부호와 함께 T개 시간 구간 중 가까운 두 곳에 나눕니다(Zhu 외 2019).',
  'time surface': '시간 표면',
  'At every step a pixel holds exp(-age/τ) of its last event (Lagorce et al. 2016).':
    '스텝마다 픽셀은 마지막 이벤트의 exp(-경과/τ) 값을 가집니다(Lagorce 외 2016).',
  Interval: '간격',
  'Time between two steps.': '두 스텝 사이의 시간입니다.',
  'After this time a pixel has fallen to 37 %.': '이 시간이 지나면 픽셀 값이 37 %로 떨어집니다.',
  denoise: '노이즈 제거',
  'Drops an event where none of its four neighbours fired within the filter time before it (tonic).':
    '앞선 필터 시간 안에 네 이웃 가운데 어느 것도 발화하지 않은 이벤트를 버립니다(tonic).',
  'Filter time': '필터 시간',
  'How long a neighbour vouches for an event.': '이웃이 이벤트를 보증하는 시간입니다.',
  'refractory period': '불응기',
  'Drops an event where its pixel fired less than the period before, dropped or not (tonic).':
    '같은 픽셀의 앞 이벤트(버려졌어도)로부터 불응기가 지나지 않은 이벤트를 버립니다(tonic).',
  'How long a pixel is silent after an event.': '이벤트 뒤 픽셀이 조용한 시간입니다.',
  'crop time': '시간 자르기',
  'Drops the events before the start and after the end (tonic).':
    '시작 전과 끝 뒤의 이벤트를 버립니다(tonic).',
  Start: '시작',
  'The first time that is kept.': '남기는 첫 시각입니다.',
  End: '끝',
  'The last time that is kept; 0 keeps all.': '남기는 마지막 시각이며 0이면 모두 남깁니다.',
  'drop pixels': '픽셀 제거',
  'Drops every event of some pixels: of those named, and of hot ones (tonic).':
    '지정한 픽셀과 과열 픽셀의 이벤트를 모두 버립니다(tonic).',
  Pixels: '픽셀',
  'Column and row of each pixel: x, y, x, y.': '픽셀마다 열과 행을 x, y, x, y 순서로 적습니다.',
  'Hot from': '과열 기준',
  'Pixels with more events than this are dropped; 0 drops none.':
    '이벤트가 이보다 잦은 픽셀을 버리며 0이면 버리지 않습니다.',
  Hz: 'Hz',
  'merge polarities': '극성 합치기',
  'Makes every event one of a single polarity (tonic).': '모든 이벤트를 한 극성으로 만듭니다(tonic).',
  downsample: '다운샘플링',
  'Multiplies times and coordinates by a factor and cuts off the fraction; no event is dropped (tonic).':
    '시각과 좌표에 배율을 곱하고 소수를 버립니다. 이벤트는 버리지 않습니다(tonic).',
  'Spatial factor': '공간 배율',
  '0.5 halves width and height.': '0.5이면 너비와 높이가 절반이 됩니다.',
  'Time factor': '시간 배율',
  '0.001 makes µs to ms.': '0.001이면 µs가 ms가 됩니다.',
  'time skew': '시간 왜곡',
  'Multiplies every time by a coefficient and adds an offset (tonic).':
    '모든 시각에 계수를 곱하고 오프셋을 더합니다(tonic).',
  Coefficient: '계수',
  '2 doubles every delay.': '2이면 모든 지연이 두 배가 됩니다.',
  'Added afterwards.': '곱한 뒤에 더합니다.',
  'centre crop': '가운데 자르기',
  'Keeps the middle of a sample; a larger size pads it with nothing (tonic, torchvision).':
    '샘플의 가운데를 남기며 더 큰 크기면 빈 곳을 덧댑니다(tonic, torchvision).',
  Width: '너비',
  'Size of the sample afterwards.': '변환 뒤 샘플의 크기입니다.',
  pixels: '픽셀',
  'random crop': '무작위 자르기',
  'Keeps a part of a sample at a random place (tonic, torchvision); in the middle where nothing is random.':
    '무작위 위치의 일부를 남깁니다(tonic, torchvision). 무작위가 아닐 때는 가운데를 남깁니다.',
  'Zeros put around an image before.': '자르기 전에 이미지 둘레에 붙이는 0입니다.',
  'Applies to': '적용 대상',
  'Which samples are changed at random.': '무작위로 바꿀 샘플입니다.',
  training: '학습',
  'Only what the network learns from, anew in every epoch.':
    '네트워크가 배우는 샘플만, 에포크마다 새로 바꿉니다.',
  'training and test': '학습과 테스트',
  'Test samples too, the same in every epoch.': '테스트 샘플도 바꾸며 에포크마다 같습니다.',
  'flip left-right': '좌우 뒤집기',
  'Mirrors a sample at its vertical axis (tonic, torchvision).':
    '샘플을 세로축에서 뒤집습니다(tonic, torchvision).',
  'How often a sample is flipped.': '샘플을 뒤집을 확률입니다.',
  'flip up-down': '상하 뒤집기',
  'Mirrors a sample at its horizontal axis (tonic, torchvision).':
    '샘플을 가로축에서 뒤집습니다(tonic, torchvision).',
  'flip polarity': '극성 뒤집기',
  'Makes ON events of a recording OFF and the other way round (tonic).':
    '녹화의 ON 이벤트를 OFF로, OFF를 ON으로 바꿉니다(tonic).',
  'time reversal': '시간 역전',
  'Plays a recording backwards (tonic).': '녹화를 거꾸로 재생합니다(tonic).',
  'How often a sample is reversed.': '샘플을 거꾸로 돌릴 확률입니다.',
  'Flip polarities': '극성도 뒤집기',
  'Whether ON becomes OFF as well.': 'ON을 OFF로도 바꿀지 정합니다.',
  'drop events': '이벤트 제거',
  'Drops a fixed share of the events of a recording, chosen at random (tonic).':
    '녹화의 이벤트에서 정한 비율을 무작위로 골라 버립니다(tonic).',
  'Share of the events that is dropped.': '버리는 이벤트의 비율입니다.',
  'drop events by time': '시간으로 이벤트 제거',
  'Drops the events of an interval at a random place (tonic).':
    '무작위 위치의 시간 구간에 있는 이벤트를 버립니다(tonic).',
  Share: '비율',
  'Length of the interval as a share of the recording.': '녹화 길이에 대한 구간 길이의 비율입니다.',
  'drop events by area': '영역으로 이벤트 제거',
  'Drops the events of a box at a random place (tonic).': '무작위 위치의 사각형 안 이벤트를 버립니다(tonic).',
  'Width and height of the box as a share of the sensor.': '센서에 대한 사각형 너비와 높이의 비율입니다.',
  'time jitter': '시간 흔들기',
  'Adds Gaussian noise to the time of every event (tonic).':
    '모든 이벤트의 시각에 가우스 잡음을 더합니다(tonic).',
  'Standard deviation': '표준편차',
  'How far times move.': '시각이 움직이는 정도입니다.',
  'Drop negative times': '음수 시각 버리기',
  'Whether events that get before 0 are dropped.': '0보다 앞으로 간 이벤트를 버릴지 정합니다.',
  'Sort by time': '시각순 정렬',
  'Whether events are put in order again; tonic leaves them by default.':
    '이벤트를 다시 정렬할지 정합니다. tonic은 기본으로 그대로 둡니다.',
  'spatial jitter': '위치 흔들기',
  'Adds Gaussian noise to the place of every event (tonic).':
    '모든 이벤트의 위치에 가우스 잡음을 더합니다(tonic).',
  'Variance in x': 'x 분산',
  'In pixels squared.': '픽셀 제곱 단위입니다.',
  'Variance in y': 'y 분산',
  Covariance: '공분산',
  'Moves x and y together.': 'x와 y를 함께 움직입니다.',
  'Drop outliers': '벗어난 이벤트 버리기',
  'Whether events that leave the sensor are dropped here; frames never show them.':
    '센서를 벗어난 이벤트를 여기서 버릴지 정합니다. 프레임에는 어차피 나타나지 않습니다.',
  'uniform noise': '균일 잡음',
  'Adds events at random places and times between the first and the last event (tonic).':
    '첫 이벤트와 마지막 이벤트 사이의 무작위 시각과 위치에 이벤트를 더합니다(tonic).',
  'Noise events': '잡음 이벤트 수',
  'How many are added.': '더하는 이벤트 수입니다.',
  resize: '크기 조정',
  'Scales an image bilinearly, with a filter as wide as the step when it gets smaller (Pillow, torchvision).':
    '이미지를 쌍선형으로 조정하며 작아질 때는 간격만큼 넓은 필터를 씁니다(Pillow, torchvision).',
  grayscale: '회색조',
  'Makes one channel of three: 0.299 red + 0.587 green + 0.114 blue (Pillow, torchvision).':
    '세 채널을 0.299 빨강 + 0.587 초록 + 0.114 파랑으로 하나로 만듭니다(Pillow, torchvision).',
  normalise: '정규화',
  'Takes the mean off the brightness and divides by the standard deviation, channel by channel (torchvision).':
    '채널마다 밝기에서 평균을 빼고 표준편차로 나눕니다(torchvision).',
  Mean: '평균',
  'Of each channel, or one for all; brightness is 0 to 1.':
    '채널마다 하나씩, 또는 모두에 하나를 적습니다. 밝기는 0에서 1입니다.',
  'Of each channel, or one for all.': '채널마다 하나씩, 또는 모두에 하나를 적습니다.',
  'random shift': '무작위 이동',
  'Moves an image by whole pixels; what comes in is black.':
    '이미지를 픽셀 단위로 옮기며 새로 들어오는 곳은 검정입니다.',
  Across: '가로',
  'At most so far left or right.': '왼쪽이나 오른쪽으로 옮기는 최대 거리입니다.',
  Down: '세로',
  'At most so far up or down.': '위나 아래로 옮기는 최대 거리입니다.',
  'random rotation': '무작위 회전',
  'Turns an image around its middle, nearest pixel; what comes in is black (torchvision).':
    '이미지를 가운데를 축으로 돌리며 가장 가까운 픽셀을 씁니다. 새로 들어오는 곳은 검정입니다(torchvision).',
  Angle: '각도',
  'At most so far to either side.': '양쪽으로 돌리는 최대 각도입니다.',
  '°': '°',
}
