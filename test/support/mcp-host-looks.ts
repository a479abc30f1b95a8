/** Style variables as a chat hands them to what it shows: some of those of the specification, as chats do. */
export const looks = {
  light: {
    '--color-background-primary': '#ffffff',
    '--color-background-secondary': '#f5f4ed',
    '--color-text-primary': '#141413',
    '--color-text-secondary': '#5c5b54',
    '--color-border-primary': '#c9c6b8',
    '--color-border-tertiary': '#e4e2d9',
    '--color-background-danger': '#faeceb',
    '--color-text-danger': '#8e2622',
    '--font-sans': "'Open Sans', 'Chat signs', sans-serif",
    '--border-radius-md': '8px',
    '--border-radius-lg': '12px',
  },
  dark: {
    '--color-background-primary': '#30302e',
    '--color-background-secondary': '#262624',
    '--color-text-primary': '#faf9f5',
    '--color-text-secondary': '#c2c0b6',
    '--color-border-primary': '#66645c',
    '--color-border-tertiary': '#45443f',
    '--color-background-danger': '#4a2624',
    '--color-text-danger': '#f5b0ab',
    '--font-sans': "'Open Sans', 'Chat signs', sans-serif",
    '--border-radius-md': '8px',
    '--border-radius-lg': '12px',
  },
} as const;
