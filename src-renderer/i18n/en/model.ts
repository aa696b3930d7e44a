export default {
  title: 'Model',
} as const
