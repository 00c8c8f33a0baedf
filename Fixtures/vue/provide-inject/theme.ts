import type { InjectionKey, Ref } from 'vue'

export type ThemeName = 'light' | 'dark'

export interface Theme {
  name: Readonly<Ref<ThemeName>>
  toggle: () => void
}

export const themeKey: InjectionKey<Theme> = Symbol('theme')
