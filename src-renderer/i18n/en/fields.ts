export default {
  changed: 'Changed from {value}',
  reset: 'Reset {field} to {value}',
  resetAll: 'Reset all',
  changedCount: 'nothing changed | {count} changed | {count} changed',
  range: '{help} {range}, default {value}',
  on: 'on',
  off: 'off',
  none: 'No parameters.',
  surrogateCurve: 'Derivative of {name} around the threshold, from {low} to {high}; its peak is {peak}.',
  sections: {
    coding: 'Time and coding',
    loss: 'Loss',
    learning: 'Learning',
    training: 'Training',
    samples: 'Samples',
    machine: 'Machine',
  },
} as const
