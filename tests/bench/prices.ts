/**
 * AWS's public prices for us-east-1, on demand and beyond every free tier, in dollars, as written down on this date. The price of
 * DynamoDB's units was compared with published summaries, none with AWS's own pages: check them before a decision hangs on
 * one. Whoever changes one changes the date.
 */
export const pricesOf = '2026-11-27'
export const prices = {
  /** DynamoDB, a write unit and a read unit; a gigabyte a month, and its recovery copy. */
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  tableGigabyteMonth: 0.25,
  recoveryGigabyteMonth: 0.2,
  /** Lambda on arm64. */
  lambdaRequest: 0.2e-6,
  lambdaGigabyteSecond: 1.33334e-5,
  httpApiRequest: 1e-6,
  cloudFrontRequest: 1e-6,
  cloudFrontGigabyte: 0.085,
  sqsRequest: 0.4e-6,
  logGigabyte: 0.5,
} as const
