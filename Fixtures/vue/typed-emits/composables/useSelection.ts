import { computed, ref, type ComputedRef, type Ref } from 'vue'

export interface Selection {
  selected: Ref<number[]>
  count: ComputedRef<number>
  toggle: (id: number) => boolean
  clear: () => void
}

export function useSelection(): Selection {
  const selected = ref<number[]>([])
  const count = computed(() => selected.value.length)
  function toggle(id: number): boolean {
    const index = selected.value.indexOf(id)
    if (index < 0) selected.value.push(id)
    else selected.value.splice(index, 1)
    return index < 0
  }
  function clear(): void {
    selected.value = []
  }
  return { selected, count, toggle, clear }
}
