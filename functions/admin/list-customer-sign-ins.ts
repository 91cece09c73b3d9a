import { customerId } from '../../core/ids.ts'
import { veilRow } from '../../core/privacy/veil.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readLooks } from '../../data/looks.ts'
import { readSignIns } from '../../data/sign-ins.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { signInsView, viewSignIns } from '../kit/sign-in-view.ts'

export const listCustomerSignIns = endpoint({
  name: 'admin.list-customer-sign-ins',
  route: 'GET /api/admin/customers/{customerId}/sign-ins',
  summary:
    'The last sign-ins to a customer’s account and the tries that failed, addresses veiled until they are asked for; the look is on record',
  who: staff('admin.list-customer-sign-ins'),
  returns: signInsView,
  refuses: [],
  uses: { history: readSignIns, looks: readLooks, audit: keepAudit },

  // P-SEC-2
  async run({ caller, path, uses, now }) {
    const id = customerId(path.customerId)
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-customer-sign-ins', on: `customer ${id}` }, now)
    const [signIns, shownUntil] = await Promise.all([uses.history.list(id, now), uses.looks.until(caller.staffId, id, now)])
    const found = viewSignIns(signIns)
    return shownUntil ? found : { rows: found.rows.map(veilRow), failures: found.failures.map(veilRow) }
  },
})

export const handler = serve(listCustomerSignIns)
