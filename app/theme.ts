// The look of Daybook for Mantine: calm and dense, one accent (ink), small radii, 14 px. Colours of our own are in globals.css.
import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Modal,
  NativeSelect,
  Table,
  TextInput,
  Tooltip,
} from '@mantine/core';

const ink: MantineColorsTuple = [
  '#eef3fa',
  '#dbe4f1',
  '#b5c8e3',
  '#8caad4',
  '#6a90c8',
  '#547fc0',
  '#3f6cb0',
  '#2f5a9a',
  '#264b82',
  '#1a3761',
];

const night: MantineColorsTuple = [
  '#e6e8eb',
  '#c3c8ce',
  '#a2a9b2',
  '#7b838d',
  '#4a515a',
  '#383e46',
  '#2a2f36',
  '#1d2126',
  '#16191d',
  '#101215',
];

const red: MantineColorsTuple = [
  '#fdeeec',
  '#f8d9d5',
  '#efb0a8',
  '#e58579',
  '#dd6152',
  '#d5493a',
  '#c53a2c',
  '#b02a1e',
  '#97221a',
  '#7c1a14',
];

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 3 },
  colors: { ink, dark: night, red },
  fontFamily: 'Inter, system-ui, sans-serif',
  headings: { fontFamily: 'Inter, system-ui, sans-serif', fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { md: '20px' },
  defaultRadius: 4,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'sm' } }),
    Table: Table.extend({
      defaultProps: { verticalSpacing: 6, horizontalSpacing: 12 },
    }),
    Modal: Modal.extend({
      defaultProps: { centered: false, radius: 6, yOffset: '12vh' },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, withArrow: false },
    }),
  },
});

/** Mantine's own surface colours, replaced by ours, so that inputs and menus sit on the same paper. */
export const surfaceVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1d2126',
    '--mantine-color-dimmed': '#5d6570',
    '--mantine-color-default-border': '#d9d7d1',
    '--mantine-color-placeholder': '#6b737d',
    '--mantine-color-error': '#b02a1e',
  },
  dark: {
    '--mantine-color-body': '#16191d',
    '--mantine-color-text': '#e0e3e7',
    '--mantine-color-dimmed': '#a2a9b2',
    '--mantine-color-default-border': '#383e46',
    '--mantine-color-placeholder': '#9aa2ac',
    '--mantine-color-ink-filled': '#3f6cb0',
    '--mantine-color-ink-filled-hover': '#4a79bf',
    '--mantine-primary-color-contrast': '#ffffff',
    '--mantine-color-error': '#ee8d82',
  },
});
