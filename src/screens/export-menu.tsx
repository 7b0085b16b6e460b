import { Button, Menu } from '@mantine/core';
import type { CsvDialectName } from '#data/csv/write-csv.ts';
import { useWords } from '#language/use-words.ts';
import { Icon } from '#ui/icon.tsx';

export interface ExportMenuProps {
  readonly label: string;
  readonly isDisabled?: boolean;
  readonly onExport: (dialect: CsvDialectName) => void;
}

/** Something as a file, in either dialect of CSV. */
export function ExportMenu({ label, isDisabled = false, onExport }: ExportMenuProps) {
  const { t } = useWords();
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          disabled={isDisabled}
          leftSection={<Icon name="download" size={14} />}
          rightSection={<Icon name="chevron" size={14} />}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['excel-french', 'international'] as const).map((dialect) => (
          <Menu.Item key={dialect} onClick={() => onExport(dialect)}>
            {t(`evaluation.export.${dialect}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
