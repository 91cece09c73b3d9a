import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import type { Failing } from '../../functions/kit/worker.ts'

interface AlarmProps {
  readonly name: string
  readonly failing: Failing
  readonly metric: IMetric
  /** Rings from so much on; of some, also when nothing is heard at all. */
  readonly rings: { readonly from: number; readonly unheard?: 'rings' }
  /** Of so many periods in a row; one without it. */
  readonly periods?: number
  readonly topic: ITopic
}

/** An alarm that says who is hurt and where the way out is written. */
export function alarm(scope: Construct, id: string, { name, failing, metric, rings, periods = 1, topic }: AlarmProps): Alarm {
  const made = new Alarm(scope, id, {
    alarmName: name,
    alarmDescription: describe(failing),
    metric,
    evaluationPeriods: periods,
    threshold: rings.from,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: rings.unheard ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  })
  made.addAlarmAction(new SnsAction(topic))
  return made
}

const describe = ({ hurts, runbook }: Failing): string => `Who is hurt: ${hurts}. What to do: docs/runbook.md#${runbook}`
