import type { Handlers, WorkbenchContext } from '../context.ts'
import { activityService } from './activity.ts'
import { appService } from './app.ts'
import { checkpointService } from './checkpoints.ts'
import { contentsService } from './contents.ts'
import { datasetService } from './datasets.ts'
import { encodingService } from './encoding.ts'
import { modelService } from './model.ts'
import { runService } from './runs.ts'
import { savingService } from './saving.ts'
import { settingsService } from './settings.ts'
import { trainingService } from './training.ts'
import { transformService } from './transforms.ts'
import { uploadService } from './uploads.ts'

/** The table of services: every request of the contract and who answers it. */
export function allHandlers(context: WorkbenchContext): Handlers {
  return {
    ...appService(context),
    ...datasetService(context),
    ...uploadService(context),
    ...encodingService(context),
    ...transformService(context),
    ...modelService(context),
    ...trainingService(context),
    ...runService(context),
    ...activityService(context),
    ...checkpointService(context),
    ...contentsService(context),
    ...savingService(context),
    ...settingsService(context),
  }
}
