import type { Ref } from 'vue'

interface Played {
  /** The moment on show, µs. */
  time: Ref<number>
  playing: Ref<boolean>
  /** Of the window over which events are gathered, µs. */
  length: Readonly<Ref<number>>
  duration: Readonly<Ref<number>>
}

/** Controls to which these keys already mean something. */
const ownKeys = 'button, [role=combobox], [role=radio]'

/**
 * Plays a recording with the keys: Space plays and pauses; the arrow keys go a window on or back, with Shift ten; Home
 * and End go to the first and the last window. A view that is turned with the arrow keys keeps those.
 */
export function usePlayerKeys({ time, playing, length, duration }: Played): (event: KeyboardEvent) => void {
  function seek(to: number): void {
    time.value = Math.min(duration.value, Math.max(Math.min(length.value, duration.value), to))
  }

  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return
    if (!(event.target instanceof Element) || event.target.closest(ownKeys)) return
    const by = (event.shiftKey ? 10 : 1) * length.value
    const keys: Record<string, () => void> = {
      ' ': () => (playing.value = !playing.value),
      ...(!event.target.closest('[role=application]') && {
        ArrowLeft: () => seek(time.value - by),
        ArrowRight: () => seek(time.value + by),
        Home: () => seek(0),
        End: () => seek(duration.value),
      }),
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
}
