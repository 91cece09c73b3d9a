import { SegmentedControl, useMantineColorScheme } from '@mantine/core'

const choices = [
  { value: 'auto', label: 'Like the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** Light, dark, or as the system has it. Remembered by this browser alone. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      aria-label="Appearance"
      data={choices}
      value={colorScheme}
      transitionDuration={110}
      onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
    />
  )
}
