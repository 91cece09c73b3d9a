import * as z from 'zod/mini'
import { flat, listed, type Resource } from './panel.ts'

/** A statement of a role's policy, in a form that can be compared. */
export interface Statement {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly keys: readonly string[] | undefined
  readonly keyDemanded: boolean
  readonly onlyIn: readonly string[]
  /** The attributes that an update is confined to. */
  readonly onlyAttributes: readonly string[]
}

const statement = z.object({
  Effect: z.literal('Allow'),
  Action: z.unknown(),
  Resource: z.unknown(),
  Condition: z._default(z.record(z.string(), z.record(z.string(), z.unknown())), {}),
})
const policies = z._default(z.array(z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) })), [])

export const statementsOf = (role: Resource): Statement[] =>
  policies
    .parse(role.Properties['Policies'])
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .map(({ Action, Resource, Condition }) => {
      const keys = Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']
      return {
        actions: listed(Action).map(flat),
        resources: listed(Resource).map(flat),
        keys: keys === undefined ? undefined : listed(keys).map(flat),
        keyDemanded: Condition['Null']?.['dynamodb:LeadingKeys'] === 'false',
        onlyAttributes: listed(Condition['ForAllValues:StringEquals']?.['dynamodb:Attributes']).map(flat),
        onlyIn: listed(Condition['ForAnyValue:StringEquals']?.['dynamodb:EnclosingOperation']).map(flat),
      }
    })
