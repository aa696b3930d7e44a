import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** Windows over which events are gathered, µs. */
export const windows = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].map((ms) => 1000 * ms)
/** Seconds of a recording that pass in a second. */
export const speeds = [0.01, 0.03, 0.1, 0.3, 1, 3, 10]

/** The shortest of the windows of which at most 24 make a recording. */
export function suitableWindow(duration: number): number {
  return windows.find((length) => length * 24 >= duration) ?? windows[windows.length - 1]
}

/** The slowest speed with which a recording lasts at most eight seconds. */
export function suitableSpeed(duration: number): number {
  return speeds.find((speed) => duration / speed <= 8e6) ?? 1
}

/** Plays a recording: the moment on show, in µs, moves on with the frames of the screen and begins anew at the end. */
export function usePlayerClock(duration: Readonly<Ref<number>>) {
  const time = ref(0)
  const playing = ref(false)
  const speed = ref(0.1)
  const length = ref(windows[0])
  let frame = 0
  let last = 0

  function tick(now: number): void {
    const passed = last === 0 ? 0 : Math.min(100, now - last)
    last = now
    const next = time.value + passed * 1000 * speed.value
    time.value = next > duration.value ? next % duration.value : next
    frame = requestAnimationFrame(tick)
  }

  watch(playing, (on) => {
    cancelAnimationFrame(frame)
    last = 0
    if (on) frame = requestAnimationFrame(tick)
  })
  watch(
    duration,
    (now) => {
      length.value = suitableWindow(now)
      speed.value = suitableSpeed(now)
      time.value = Math.min(now, length.value)
    },
    { immediate: true },
  )
  onScopeDispose(() => cancelAnimationFrame(frame))

  return { time, playing, speed, length }
}
