import {
  Badge,
  Box,
  Button,
  Collapse,
  Group,
  NumberInput,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  Title,
  UnstyledButton,
} from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { SampleRequest } from '#jobs/dataset/contract.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';

interface CardProps {
  readonly kind: 'simple' | 'fleet';
  readonly request: SampleRequest;
  readonly isBusy: boolean;
  readonly children: ReactNode;
}

export function SimpleSample({ isBusy }: { readonly isBusy: boolean }) {
  const { t } = useWords();
  const [rows, setRows] = useState(1000);
  const [noise, setNoise] = useState(2);
  const [seed, setSeed] = useState(42);
  return (
    <SampleCard kind="simple" request={{ kind: 'simple', rows, noise, seed }} isBusy={isBusy}>
      <SampleNumber label={t('data.sample.rows')} value={rows} min={20} max={100_000} onChange={setRows} />
      <SampleNumber
        label={t('data.sample.noise')}
        value={noise}
        min={0}
        max={50}
        decimals={1}
        onChange={setNoise}
      />
      <SampleNumber label={t('data.sample.seed')} value={seed} min={0} max={999_999} onChange={setSeed} />
    </SampleCard>
  );
}

export function FleetSample({ isBusy }: { readonly isBusy: boolean }) {
  const { t } = useWords();
  const [units, setUnits] = useState(40);
  const [years, setYears] = useState(10);
  const [seed, setSeed] = useState(42);
  return (
    <SampleCard kind="fleet" request={{ kind: 'fleet', units, years, seed }} isBusy={isBusy}>
      <SampleNumber label={t('data.sample.units')} value={units} min={2} max={200} onChange={setUnits} />
      <SampleNumber label={t('data.sample.years')} value={years} min={2} max={40} onChange={setYears} />
      <SampleNumber label={t('data.sample.seed')} value={seed} min={0} max={999_999} onChange={setSeed} />
    </SampleCard>
  );
}

function SampleCard({ kind, request, isBusy, children }: CardProps) {
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const openSample = useAppStore((state) => state.openSample);
  return (
    <Paper withBorder radius="md" p="md">
      <Stack gap="xs" h="100%">
        <Group justify="space-between">
          <Title order={4} size="h6">
            {t(`data.sample.${kind}.title`)}
          </Title>
          <Badge variant="light" color="amber" tt="none">
            {t('shell.sample')}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed" flex={1}>
          {t(`data.sample.${kind}.text`)}
        </Text>
        <Box>
          <UnstyledButton
            onClick={() => setIsOpen(!isOpen)}
            aria-expanded={isOpen}
            c="var(--mantine-color-anchor)"
            fz="sm"
          >
            <Group gap={4}>
              {t('data.sample.settings')}
              <Icon name={isOpen ? 'collapse' : 'chevron'} size={14} />
            </Group>
          </UnstyledButton>
          <Collapse expanded={isOpen}>
            <SimpleGrid cols={3} spacing="xs" mt="xs" style={{ alignItems: 'end' }}>
              {children}
            </SimpleGrid>
            <Text size="xs" c="dimmed" mt={4}>
              {t('data.sample.seedHint')}
            </Text>
          </Collapse>
        </Box>
        <Button
          variant={kind === 'simple' ? 'filled' : 'light'}
          disabled={isBusy}
          leftSection={<Icon name="spark" size={16} />}
          onClick={() => void openSample(request)}
        >
          {t('data.sample.action')}
        </Button>
      </Stack>
    </Paper>
  );
}

interface SampleNumberProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly decimals?: number;
  readonly onChange: (value: number) => void;
}

function SampleNumber({ label, value, min, max, decimals = 0, onChange }: SampleNumberProps) {
  const { language } = useWords();
  return (
    <NumberInput
      size="xs"
      label={label}
      value={value}
      min={min}
      max={max}
      clampBehavior="strict"
      decimalScale={decimals}
      decimalSeparator={language === 'fr' ? ',' : '.'}
      allowedDecimalSeparators={['.', ',']}
      onChange={(next) => {
        if (typeof next === 'number') onChange(next);
      }}
    />
  );
}
