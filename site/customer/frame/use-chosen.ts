import { useMantineColorScheme } from '@mantine/core'
import { useLayoutEffect } from 'react'
import type { Answer } from '../../api.ts'
import { writeIn, writtenIn } from '../../shared/writing.ts'

type Preferences = Answer<'GET /api/me'>['preferences']

/**
 * Has this browser look as the account was set to, wherever that was set. Answers the language: what stands under it as its
 * key is drawn anew when it changes.
 */
export function useChosen(preferences: Preferences | undefined): string {
  const { setColorScheme } = useMantineColorScheme()
  const theme = preferences?.theme
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the account says another, not when this browser does
  useLayoutEffect(() => {
    if (theme) setColorScheme(theme)
  }, [theme])
  if (preferences && preferences.language !== writtenIn()) writeIn(preferences.language)
  return writtenIn()
}
