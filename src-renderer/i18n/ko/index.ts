import type { Texts } from '../texts.ts'
import activity from './activity.ts'
import charts from './charts.ts'
import comparison from './comparison.ts'
import data from './data.ts'
import datasets from './datasets.ts'
import fields from './fields.ts'
import inspector from './inspector.ts'
import lab from './lab.ts'
import model from './model.ts'
import network from './network.ts'
import numbers from './numbers.ts'
import player from './player.ts'
import runs from './runs.ts'
import settings from './settings.ts'
import shell from './shell.ts'
import train from './train.ts'
import transforms from './transforms.ts'

/** Every Korean text of the page, by area. */
export const ko: Texts = {
  shell,
  data,
  datasets,
  lab,
  player,
  transforms,
  model,
  train,
  activity,
  inspector,
  network,
  comparison,
  runs,
  settings,
  fields,
  charts,
  numbers,
}
