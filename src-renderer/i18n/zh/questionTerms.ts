import type { Terms } from '../terms.ts'

/** What is asked about networks of files, in Chinese. */
export const questionTerms: Terms = {
  Encoding: '编码',
  'How an image becomes the input of the network.': '图像如何成为网络的输入。',
  'Input size': '输入尺寸',
  'Height and width of a sample; convolutions fit any.': '样本的高和宽。卷积适合任何尺寸。',
  'Padding and pooling': '填充与池化',
  'The weights fit more than one combination of paddings and pools.': '权重符合多种填充与池化的组合。',
  Pooling: '池化',
  'Max pool': '最大池化',
  'Average pool': '平均池化',
  'Pools have no tensors.': '池化没有张量。',
  'Pools stand': '池化的位置',
  'before the neurons': '在神经元之前',
  'after the neurons': '在神经元之后',
  'Pools that are called as functions leave no trace in the file.': '以函数调用的池化不会在文件中留下痕迹。',
  Neuron: '神经元',
  Synaptic: 'Synaptic',
  Alpha: 'Alpha',
  'Synaptic and Alpha save the same tensors.': 'Synaptic 与 Alpha 保存相同的张量。',
  LIF: 'LIF',
  IF: 'IF',
  'spikingjelly saves nothing of neurons that learn nothing.': 'spikingjelly 不保存不学习的神经元。',
  'NIR keeps time constants in seconds and says nothing of steps.': 'NIR 以秒保存时间常数，不说明步长。',
}
