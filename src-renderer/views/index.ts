import { defineAsyncComponent, type Component } from 'vue'
import type { ScreenId } from '../router.ts'
import type { IconName } from '../ui/icons.ts'

export interface Screen {
  id: ScreenId
  icon: IconName
  view: Component
}

/** The table of screens, in the order of the rail; the last one stands at its foot. Each is loaded when first shown. */
export const screens: readonly Screen[] = [
  { id: 'data', icon: 'data', view: defineAsyncComponent(() => import('./data/DataScreen.vue')) },
  { id: 'model', icon: 'model', view: defineAsyncComponent(() => import('./model/ModelView.vue')) },
  { id: 'train', icon: 'train', view: defineAsyncComponent(() => import('./train/TrainView.vue')) },
  {
    id: 'activity',
    icon: 'activity',
    view: defineAsyncComponent(() => import('./activity/ActivityView.vue')),
  },
  {
    id: 'inspector',
    icon: 'inspector',
    view: defineAsyncComponent(() => import('./inspector/InspectorView.vue')),
  },
  { id: 'runs', icon: 'runs', view: defineAsyncComponent(() => import('./runs/RunsView.vue')) },
  {
    id: 'settings',
    icon: 'settings',
    view: defineAsyncComponent(() => import('./settings/SettingsView.vue')),
  },
]
