import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { usePlayerKeys } from '../../../../../src-renderer/views/data/player/usePlayerKeys.ts'

function start(html = '<div tabindex="0"></div>') {
  const played = { time: ref(20), playing: ref(false), length: ref(10), duration: ref(305) }
  const press = usePlayerKeys(played)
  document.body.innerHTML = html
  const target = document.body.firstElementChild as HTMLElement
  let prevented = false
  target.addEventListener('keydown', (event) => {
    press(event)
    prevented = event.defaultPrevented
  })
  const key = (name: string, more: KeyboardEventInit = {}): boolean => {
    prevented = false
    target.dispatchEvent(new KeyboardEvent('keydown', { key: name, cancelable: true, ...more }))
    return prevented
  }
  return { ...played, key }
}

describe('keys of the player', () => {
  it('play and pause', () => {
    const { playing, key } = start()
    expect(key(' ')).toBe(true)
    expect(playing.value).toBe(true)
    key(' ')
    expect(playing.value).toBe(false)
  })

  it('go by windows, with Shift by ten, and never past an end', () => {
    const { time, key } = start()
    key('ArrowRight')
    expect(time.value).toBe(30)
    key('ArrowRight', { shiftKey: true })
    expect(time.value).toBe(130)
    key('ArrowLeft', { shiftKey: true })
    key('ArrowLeft', { shiftKey: true })
    expect(time.value).toBe(10)
    key('End')
    expect(time.value).toBe(305)
    key('ArrowRight')
    expect(time.value).toBe(305)
    key('Home')
    expect(time.value).toBe(10)
  })

  it('leave buttons, lists and other keys alone', () => {
    const { playing, key } = start('<button></button>')
    expect(key(' ')).toBe(false)
    expect(playing.value).toBe(false)
    expect(start().key('x')).toBe(false)
    expect(start().key(' ', { ctrlKey: true })).toBe(false)
  })

  it('leave the arrows to a view that is turned with them, but not Space', () => {
    const { time, playing, key } = start('<div role="application"></div>')
    expect(key('ArrowRight')).toBe(false)
    expect(time.value).toBe(20)
    key(' ')
    expect(playing.value).toBe(true)
  })
})
