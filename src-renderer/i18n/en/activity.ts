export default {
  title: 'activity',
} as const
