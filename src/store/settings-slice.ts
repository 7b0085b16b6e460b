import type { Desk, SetState } from './desk.ts';
import type { SettingsSlice } from './state.ts';

export function createSettingsSlice(set: SetState, desk: Desk): SettingsSlice {
  const { preferences } = desk.services;
  return {
    language: preferences.language,
    theme: preferences.theme,
    storage: { kind: 'kept' },
    setLanguage: (language) => {
      set({ language });
      preferences.save({ language });
    },
    setTheme: (theme) => {
      set({ theme });
      preferences.save({ theme });
    },
  };
}
