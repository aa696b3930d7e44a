export default {
  changed: '기준값 {value}에서 변경됨',
  reset: '{field}: 기준값 {value}(으)로 되돌리기',
  resetAll: '모두 되돌리기',
  changedCount: '변경 없음 | {count}개 변경됨',
  range: '{help} 범위: {range}. 기본값: {value}.',
  on: '켬',
  off: '끔',
  none: '파라미터가 없습니다.',
  surrogateCurve: '임계값 주변 {low}–{high} 구간에서 {name}의 도함수. 최댓값 {peak}.',
  sections: {
    coding: '시간과 인코딩',
    loss: '손실',
    learning: '최적화',
    training: '학습',
    samples: '샘플',
    machine: '컴퓨터',
  },
}
