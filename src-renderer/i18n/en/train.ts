export default {
  title: 'train',
} as const
