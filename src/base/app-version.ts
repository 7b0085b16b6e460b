/** Of this program, as `package.json` has it: written down with each model it trains. */
export const APP_VERSION = '0.1.0';
