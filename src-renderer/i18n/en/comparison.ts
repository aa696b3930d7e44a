export default {
  title: 'Second checkpoint',
  label: 'Path of the second checkpoint',
  button: 'Compare',
} as const
