import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { Trigger } from '../../functions/kit/worker.ts'
import type { WorkerDefinition } from '../definitions.ts'
import type { Ground } from './grants.ts'
import type { CodeOf } from './panel-function.ts'

/** What every worker is made with, whatever sets it going. */
export interface WorkerProps<Kind extends Trigger['kind']> {
  readonly worker: WorkerDefinition<Extract<Trigger, { kind: Kind }>>
  readonly ground: Ground
  readonly codeOf: CodeOf
  readonly alarms: ITopic
}

/** Workers wait for others most of their time; the import, which holds a whole catalogue, fits as well. */
export const workerMemoryMegabytes = 512
