export default {
  changed: '原值为 {value}，已更改',
  reset: '将“{field}”还原为 {value}',
  resetAll: '全部还原',
  changedCount: '未更改 | 已更改 {count} 项',
  range: '{help}范围：{range}。默认值：{value}。',
  on: '开',
  off: '关',
  none: '没有参数。',
  surrogateCurve: '{name} 在阈值附近从 {low} 到 {high} 的导数，峰值为 {peak}。',
  sections: {
    coding: '时间与编码',
    loss: '损失',
    learning: '优化',
    training: '训练',
    samples: '样本',
    machine: '计算',
  },
}
