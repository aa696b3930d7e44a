import type { Command, CommandId } from '../../src-shared/commands.ts'
import { languageTexts } from '../../src-shared/languages/index.ts'
import { i18n } from './index.ts'

/** The label of a command in the language on screen. Reactive to the language. */
export function commandLabel(command: Command): string {
  return languageTexts[i18n.global.locale.value].commandLabels[command.id as CommandId] ?? command.label
}
