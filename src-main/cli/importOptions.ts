import { cameraFields } from '../../src-shared/cameraFields.ts'
import type { Field, FieldValues } from '../../src-shared/fields.ts'
import { importFields } from '../../src-shared/importFields.ts'
import type { Arguments } from './arguments.ts'
import type { Option } from './command.ts'
import { fieldOption } from './options.ts'

/** `firstSaccadeOnly` as `first-saccade-only`. */
function optionName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function optionOf(field: Field): Option {
  const name = optionName(field.key)
  if (field.type === 'boolean') return { name, help: field.help }
  if (field.type === 'numbers' || field.type === 'surrogate') throw new Error(`no option field ${field.key}`)
  const otherwise = String(field.default)
  return fieldOption(name, field.type === 'choice' ? 'X' : 'N', field, otherwise)
}

/** The options of a table of parameters: one each, a flag for what is on or off. */
export const importOptions: readonly Option[] = importFields.map(optionOf)
export const cameraOptions: readonly Option[] = cameraFields.map(optionOf)

function given(fields: readonly Field[], args: Arguments): FieldValues {
  const values: FieldValues = {}
  for (const { key, type } of fields) {
    const name = optionName(key)
    const text = args.text(name)
    if (type === 'boolean' && args.flag(name)) values[key] = true
    else if (text !== undefined) values[key] = type === 'choice' ? text : (args.number(name) ?? 0)
  }
  return values
}

/** The values of the import options that were given. */
export function givenImport(args: Arguments): FieldValues {
  return given(importFields, args)
}

/** The values of the camera's options that were given. */
export function givenCamera(args: Arguments): FieldValues {
  return given(cameraFields, args)
}
