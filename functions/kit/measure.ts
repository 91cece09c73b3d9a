import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'

let metrics: Metrics | undefined

/** What the panel measures of itself, for alarms. Each is a figure of the whole panel: nobody can be seen in it. */
const units = {
  /** The age of the oldest order that was paid and not sent. */
  OldestUnsentOrder: MetricUnit.Seconds,
  /** How late the latest of the runs is that are due to be started. */
  LatestRun: MetricUnit.Seconds,
  /** Providers whose balance is below what staff want to be warned at. */
  ProvidersLowOnFunds: MetricUnit.Count,
  /** Providers that are left alone because their answers are bad. */
  ProvidersFailing: MetricUnit.Count,
  /** Providers that follow the daily rate and whose rate is an old one. */
  StaleRates: MetricUnit.Count,
  /** Archives, erasures and privacy tickets that are not done when they were promised. */
  PrivacyRequestsLate: MetricUnit.Count,
} as const

/**
 * Written as a log line, from which CloudWatch makes the metric: no call, and nothing to wait for. Nothing is not told: an
 * alarm takes silence for nothing, and a metric is paid for by the hours in which it is told.
 */
export function measure(name: keyof typeof units, value: number): void {
  if (value === 0) return
  metrics ??= new Metrics({ namespace: metricNamespace })
  metrics.addMetric(name, units[name], value)
  metrics.publishStoredMetrics()
}

export const metricNamespace = 'Panel'
