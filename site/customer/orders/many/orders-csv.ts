import type { Answer } from '../../../api.ts'
import { type CsvField, csvLine, csvStart } from '../../../shared/csv.ts'
import { orderWords } from '../../../shared/order-words.ts'
import { delivered } from '../../../shared/progress.tsx'

type Order = Answer<'GET /api/orders'>['rows'][number]

const columns = [
  'Order',
  'Accepted (UTC)',
  'Service',
  'Service name',
  'Link',
  'Quantity',
  'Delivered',
  'Start count',
  'Charge',
  'Refunded',
  'Currency',
  'Status',
  'Changed (UTC)',
]

export const ordersStart = `${csvStart}${csvLine(columns)}`

export const ordersLine = (order: Order, serviceName: string | undefined, currency: string): string =>
  csvLine([
    order.orderId,
    order.acceptedAt,
    order.serviceId,
    serviceName,
    order.link,
    order.quantity,
    delivered(order),
    order.startCount,
    figure(order.charge),
    figure(order.refunded),
    currency,
    orderWords[order.state].word,
    order.changedAt,
  ])

/** An amount of the panel's own, exact: digits and a point. */
const figure = (amount: string): CsvField => (/^\d+(\.\d+)?$/.test(amount) ? { figure: amount } : amount)
