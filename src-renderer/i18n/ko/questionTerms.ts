import type { Terms } from '../terms.ts'

/** What is asked about networks of files, in Korean. */
export const questionTerms: Terms = {
  Encoding: '인코딩',
  'How an image becomes the input of the network.': '이미지가 네트워크의 입력이 되는 방식입니다.',
  'Input size': '입력 크기',
  'Height and width of a sample; convolutions fit any.':
    '샘플의 높이와 너비입니다. 합성곱은 어떤 크기에도 맞습니다.',
  'Padding and pooling': '패딩과 풀링',
  'The weights fit more than one combination of paddings and pools.':
    '가중치에 맞는 패딩과 풀링의 조합이 둘 이상입니다.',
  Pooling: '풀링',
  'Max pool': '최대 풀링',
  'Average pool': '평균 풀링',
  'Pools have no tensors.': '풀링에는 텐서가 없습니다.',
  'Pools stand': '풀링의 위치',
  'before the neurons': '뉴런 앞',
  'after the neurons': '뉴런 뒤',
  'Pools that are called as functions leave no trace in the file.':
    '함수로 호출한 풀링은 파일에 흔적을 남기지 않습니다.',
  'Layer order': '층의 순서',
  'neurons after their synapses': '시냅스마다 그 뉴런',
  'as the file lists them': '파일에 적힌 순서대로',
  'The file lists synapses and neurons in groups.': '파일에는 시냅스와 뉴런이 무리 지어 적혀 있습니다.',
  Neuron: '뉴런',
  Synaptic: 'Synaptic',
  Alpha: 'Alpha',
  'Synaptic and Alpha save the same tensors.': 'Synaptic과 Alpha는 같은 텐서를 저장합니다.',
  LIF: 'LIF',
  IF: 'IF',
  'spikingjelly saves nothing of neurons that learn nothing.':
    'spikingjelly는 아무것도 학습하지 않는 뉴런은 저장하지 않습니다.',
  'NIR keeps time constants in seconds and says nothing of steps.':
    'NIR은 시간 상수를 초 단위로 담고 스텝은 담지 않습니다.',
}
