import { ScrollArea, Table, type TableProps } from '@mantine/core';

/** A table that scrolls sideways, by keys too, where there is less room than it needs. */
export function WideTable({ miw, ...table }: TableProps & { readonly miw: number }) {
  return (
    <ScrollArea type="auto" offsetScrollbars="x" viewportProps={{ tabIndex: 0 }}>
      <Table miw={miw} {...table} />
    </ScrollArea>
  );
}
