import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  ApplicationLogLevel,
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { type Definition, grantsOf, plainName } from '../definitions.ts'
import { acceptFunction, acceptRole } from '../nag.ts'
import { environmentFor, type Ground, statementsFor } from './grants.ts'

/** Where a function's code lies: built, or in a test a stand-in. */
export type CodeOf = (definition: Definition) => Code

export interface PanelFunctionProps {
  readonly definition: Definition
  readonly setGoingBy: 'api' | 'pool' | 'queue' | 'stream' | 'schedule'
  readonly ground: Ground
  readonly codeOf: CodeOf
  readonly timeoutSeconds: number
  readonly memoryMegabytes: number
  /** What its event source asks of its role, besides what it was granted. */
  readonly receives?: readonly PolicyStatement[]
}

/** A function of the registry: three resources, the function, its role and its log group, all of one name. */
export class PanelFunction extends Construct {
  readonly lambda: LambdaFunction

  constructor(scope: Construct, props: PanelFunctionProps) {
    const { definition, ground, codeOf, receives = [] } = props
    super(scope, plainName(definition))
    const name = `${Stack.of(this).stackName}-${plainName(definition)}`
    const grants = grantsOf(definition)

    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${name}`,
      retention: ground.settings.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const mayLog = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    })
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { uses: new PolicyDocument({ statements: [mayLog, ...receives, ...statementsFor(grants, ground)] }) },
    })
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: name,
      description: definition.summary,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: codeOf(definition),
      memorySize: props.memoryMegabytes,
      timeout: Duration.seconds(props.timeoutSeconds),
      // What a role may do is said above, in one place: nothing is added to it in passing.
      role: role.withoutPolicyUpdates(),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: environmentFor(grants, ground),
    })
    acceptRole(role)
    acceptFunction(this.lambda, props.setGoingBy)
  }
}
