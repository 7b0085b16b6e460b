/** For drawings that go on paper: fixed width, dark on white whatever the theme. */
export const paperInk = {
  text: '#1b2733',
  line: '#8a96a3',
  band: '#bcd7ee',
  blue: '#0b5394',
  longer: '#d55e00',
  shorter: '#0072b2',
} as const;

export const PAPER_WIDTH = 680;

export const paperFont = { fontSize: 11, fill: paperInk.text, fontFamily: 'inherit' } as const;
