import type { Command } from '../../src-shared/commands.ts'
import { i18n } from './index.ts'

/** Labels of the commands by language; English is what the table of commands itself says. */
const labels: Record<string, Record<string, string>> = {}

export function commandLabel(command: Command): string {
  return labels[i18n.global.locale.value]?.[command.id] ?? command.label
}
