export default {
  title: 'runs',
} as const
