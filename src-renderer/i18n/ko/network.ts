export default {
  none: '이 파일에서 네트워크를 찾지 못했습니다.',
  layers: '층',
  layer: '층',
  kind: '종류',
  output: '출력',
  weights: '가중치',
} as const
