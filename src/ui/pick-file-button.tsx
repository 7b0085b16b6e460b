import { Button, FileButton } from '@mantine/core';
import { Icon, type IconName } from './icon.tsx';

interface PickFileButtonProps {
  readonly label: string;
  readonly icon: IconName;
  /** As the field of a form takes it; absent: any file. */
  readonly accept?: string;
  readonly variant?: 'default' | 'filled';
  readonly isDisabled: boolean;
  readonly onPick: (file: File) => void;
}

/** A small button that asks for one file. */
export function PickFileButton({ label, icon, accept, variant, isDisabled, onPick }: PickFileButtonProps) {
  return (
    <FileButton
      {...(accept && { accept })}
      onChange={(file) => file && onPick(file)}
      inputProps={{ 'aria-label': label }}
    >
      {(props) => (
        <Button
          {...props}
          size="xs"
          {...(variant && { variant })}
          disabled={isDisabled}
          leftSection={<Icon name={icon} size={14} />}
        >
          {label}
        </Button>
      )}
    </FileButton>
  );
}
