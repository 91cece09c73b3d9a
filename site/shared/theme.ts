import {
  Button,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
  PasswordInput,
  Textarea,
  TextInput,
} from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eef1fd',
  '#dbe2fb',
  '#b7c4f7',
  '#8ea4f5',
  '#6b85ee',
  '#5470e6',
  '#4059db',
  '#2b47c6',
  '#2239a3',
  '#1b2d80',
]
const grey: MantineColorsTuple = [
  '#f6f7f9',
  '#f1f3f6',
  '#e3e7ed',
  '#cdd3dc',
  '#b4bbc7',
  '#8a93a3',
  '#626b7a',
  '#454d5b',
  '#2b313c',
  '#11141a',
]
const dark: MantineColorsTuple = [
  '#edeff4',
  '#b6bdc9',
  '#949dac',
  '#68717f',
  '#353c48',
  '#242933',
  '#14171d',
  '#14171d',
  '#101318',
  '#0c0e12',
]
const red: MantineColorsTuple = [
  '#fdeeec',
  '#f9dbd8',
  '#f4c6c1',
  '#ff958d',
  '#e8655b',
  '#d2463c',
  '#bd332a',
  '#a8241c',
  '#8b1d16',
  '#6d1611',
]

const font = "'Inter Variable', 'Inter Fallback', system-ui, sans-serif"
/** Nothing moves for longer than this, and nothing at all where the system asks for none. */
const quick = { duration: 110, timingFunction: 'ease-out' }
const opening = { transitionProps: quick, overlayProps: { color: 'var(--shade)', backgroundOpacity: 1 } }
const closeButtonProps = { 'aria-label': 'Close' }

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, gray: grey, dark, red },
  white: '#ffffff',
  black: '#11141a',
  fontFamily: font,
  fontFamilyMonospace: 'var(--mono)',
  headings: { fontFamily: font, fontWeight: '600' },
  defaultRadius: 6,
  respectReducedMotion: true,
  cursorType: 'pointer',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  components: {
    Button: Button.extend({
      defaultProps: { loaderProps: { type: 'dots' } },
      styles: { label: { fontVariantNumeric: 'tabular-nums' } },
    }),
    TextInput: TextInput.extend({ defaultProps: { errorProps: { role: 'alert' } } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { errorProps: { role: 'alert' } } }),
    Textarea: Textarea.extend({ defaultProps: { errorProps: { role: 'alert' } } }),
    Modal: Modal.extend({ defaultProps: { ...opening, centered: true, closeButtonProps } }),
    Drawer: Drawer.extend({ defaultProps: { ...opening, closeButtonProps } }),
    Menu: Menu.extend({ defaultProps: { transitionProps: quick, position: 'bottom-end', withinPortal: true } }),
  },
})

/** The library's own colours follow the site's. */
const followed = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line)',
}
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: followed, dark: followed })
