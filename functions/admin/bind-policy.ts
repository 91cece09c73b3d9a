import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { bindPolicies } from '../../data/bindings.ts'
import { staff } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const bindPolicy = endpoint({
  name: 'admin.bind-policy',
  route: 'PUT /api/admin/policies/{version}/binding',
  summary: 'From a moment on nobody orders, by site or API, who has not accepted this version; all whom it concerns are mailed',
  who: staff('admin.bind-policy'),
  body: z.object({ from: z.iso.datetime(), memo }),
  returns: done,
  refuses: ['policy-version-not-found', 'changed-meanwhile'],
  uses: { bindings: bindPolicies },

  async run({ caller, path, body, uses, now }) {
    const version = Number(path.version)
    if (!Number.isInteger(version) || version < 1) throw new Refusal('policy-version-not-found')
    const from = new Date(body.from)
    const audit = {
      by: caller.staffId,
      action: 'admin.bind-policy',
      on: `policy ${version}`,
      why: body.memo,
      after: { from: iso(from) },
    }
    await uses.bindings.bind({ version, from }, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(bindPolicy)
