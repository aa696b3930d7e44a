export { commandLabels } from './commands.ts'
export { errorSentences } from './errors.ts'
export { phrases } from './phrases.ts'
