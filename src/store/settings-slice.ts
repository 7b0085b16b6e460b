import type { Effects } from './effects.ts';
import { type SetState, type SettingsSlice } from './state.ts';

export function createSettingsSlice(set: SetState, effects: Effects): SettingsSlice {
  const { preferences } = effects;
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
