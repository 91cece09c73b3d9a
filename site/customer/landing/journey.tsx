import './journey.css'

/** Where a label's first line stands, seen from its point. */
interface Label {
  readonly x: number
  readonly y: number
}
const above: Label = { x: -7, y: -64 }
const below: Label = { x: -7, y: 32 }
const beside: Label = { x: 22, y: 5 }

interface Node {
  readonly x: number
  readonly y: number
  readonly label: Label
  readonly title: string
  readonly lines: readonly string[]
  readonly tone?: 'good' | 'warn' | 'quiet'
}
interface Drawing {
  readonly width: number
  readonly height: number
  readonly className: string
  readonly ways: readonly { readonly d: string; readonly dashed?: boolean; readonly joins?: boolean }[]
  readonly nodes: readonly Node[]
}

const placed = { title: 'Placed', lines: ['The price is fixed, the', 'charge is taken once.'] }
const sent = { title: 'Sent, once', lines: ['To one provider: link and', 'quantity, nothing about you.'] }
const underWay = { title: 'Under way', lines: ['You see the start, the', 'count now, the target.'] }
const completed = { title: 'Completed', lines: ['All of it was delivered.'], tone: 'good' } as const
const partial = {
  title: 'Partial or canceled',
  lines: ['What was not delivered', 'goes back to the balance.'],
  tone: 'warn',
} as const
const unknown = { title: 'Answer lost', lines: ['It says so. Not sent twice,', 'not refunded on a guess.'], tone: 'warn' } as const
const refused = { title: 'Refused', lines: ['The whole charge', 'goes back.'], tone: 'quiet' } as const

/** Labels stand above the way itself and below what branches off it. */
const wide: Drawing = {
  width: 1040,
  height: 240,
  className: 'journey-wide',
  ways: [
    { d: 'M24 84 H290' },
    { d: 'M304 84 H626' },
    { d: 'M640 84 H866' },
    { d: 'M304 84 V150' },
    { d: 'M360 84 C402 84 390 164 432 164 H456', dashed: true },
    { d: 'M470 164 H536 C584 164 556 84 604 84', dashed: true, joins: true },
    { d: 'M700 84 C748 84 740 164 788 164 H866' },
  ],
  nodes: [
    { x: 24, y: 84, label: above, ...placed },
    { x: 304, y: 84, label: above, ...sent },
    { x: 640, y: 84, label: above, ...underWay },
    { x: 880, y: 84, label: above, ...completed },
    { x: 304, y: 164, label: below, ...refused },
    { x: 470, y: 164, label: below, ...unknown },
    { x: 880, y: 164, label: below, ...partial },
  ],
}

const tall: Drawing = {
  width: 340,
  height: 550,
  className: 'journey-tall',
  ways: [
    { d: 'M14 14 V84' },
    { d: 'M14 98 V324' },
    { d: 'M14 338 V480' },
    { d: 'M14 142 C14 170 30 176 44 176' },
    { d: 'M14 220 C14 248 30 254 44 254', dashed: true },
    { d: 'M58 254 V272 C58 306 14 280 14 312', dashed: true, joins: true },
    { d: 'M14 382 C14 410 30 416 44 416' },
  ],
  nodes: [
    { x: 14, y: 14, label: beside, ...placed },
    { x: 14, y: 98, label: beside, ...sent },
    { x: 58, y: 176, label: beside, ...refused },
    { x: 58, y: 254, label: beside, ...unknown },
    { x: 14, y: 338, label: beside, ...underWay },
    { x: 58, y: 416, label: beside, ...partial },
    { x: 14, y: 494, label: beside, ...completed },
  ],
}

/** How an order travels, drawn: across on wide screens, downwards on phones. */
export function Journey() {
  return (
    <div className="card journey">
      <Picture drawing={wide} />
      <Picture drawing={tall} />
    </div>
  )
}

const words =
  'An order is placed, sent once, is under way, and is completed. If part of it is not delivered, or it is canceled or refused, the charge for that goes back. If the provider’s answer is lost, the order says so until it is known what happened.'

function Picture({ drawing: { width, height, className, ways, nodes } }: { readonly drawing: Drawing }) {
  const arrow = `${className}-arrow`
  return (
    <svg className={className} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
      <marker id={arrow} viewBox="0 0 8 8" refX="5" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path className="journey-arrow" d="M1 1 L5 4 L1 7" />
      </marker>
      {ways.map(({ d, dashed, joins }) => (
        <path
          key={d}
          className="journey-line"
          d={d}
          {...(joins ? {} : { markerEnd: `url(#${arrow})` })}
          {...(dashed ? { strokeDasharray: '3 4' } : {})}
        />
      ))}
      {nodes.map(({ x, y, label, title, lines, tone }) => (
        <g key={title} data-tone={tone ?? 'way'} className="journey-node">
          <circle cx={x} cy={y} r="6.5" />
          <text x={x + label.x} y={y + label.y} className="journey-title">
            {title}
          </text>
          {lines.map((line, index) => (
            <text key={line} x={x + label.x} y={y + label.y + 20 + index * 18} className="journey-text">
              {line}
            </text>
          ))}
        </g>
      ))}
    </svg>
  )
}
