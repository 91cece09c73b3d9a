/** What a central bank publishes once a day. */
export interface Published {
  readonly day: string
  /** Per euro; an empty one is left out. */
  readonly rates: Readonly<Record<string, string>>
}

export const usualRates: Published['rates'] = {
  USD: '1.1604',
  JPY: '180.94',
  CZK: '24.18',
  DKK: '7.4686',
  GBP: '0.8765',
  HUF: '381.53',
  PLN: '4.2325',
  SEK: '11.0215',
  CHF: '0.9337',
  NOK: '11.7635',
  TRY: '49.2612',
  AUD: '1.7743',
  BRL: '6.1968',
  CAD: '1.6264',
  CNY: '8.2105',
  IDR: '19313.42',
  INR: '103.7235',
  KRW: '1700.12',
  MXN: '21.2618',
  PHP: '68.089',
  SGD: '1.5057',
  THB: '37.412',
  ZAR: '19.9012',
}

/** In the form of eurofxref-daily.xml. */
export const published = ({ day, rates }: Published): string => `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
\t<gesmes:subject>Reference rates</gesmes:subject>
\t<gesmes:Sender>
\t\t<gesmes:name>European Central Bank</gesmes:name>
\t</gesmes:Sender>
\t<Cube>
\t\t<Cube time='${day}'>
${Object.entries(rates)
  .filter(([, rate]) => rate !== '')
  .map(([currency, rate]) => `\t\t\t<Cube currency='${currency}' rate='${rate}'/>`)
  .join('\n')}
\t\t</Cube>
\t</Cube>
</gesmes:Envelope>
`
