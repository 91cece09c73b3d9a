import { SegmentedControl, useMantineColorScheme } from '@mantine/core'

type Theme = 'auto' | 'light' | 'dark'

const choices = [
  { value: 'auto', label: 'Like the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** Light, dark, or as the system has it. Remembered by this browser; told on, where more should remember it. */
export function Appearance({ chosen }: { readonly chosen?: (theme: Theme) => void }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      aria-label="Appearance"
      data={choices}
      value={colorScheme}
      transitionDuration={110}
      onChange={(value) => {
        const theme = value === 'light' || value === 'dark' ? value : 'auto'
        setColorScheme(theme)
        chosen?.(theme)
      }}
    />
  )
}
