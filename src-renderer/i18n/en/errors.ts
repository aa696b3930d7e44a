/** English error sentences are those of the shared room; other languages list the same codes. */
export { errorSentences as errors } from '../../../src-shared/errors/index.ts'
