import { AppShell, Text } from '@mantine/core';
import { useEffect, useRef, type RefObject } from 'react';
import { useWords } from '#language/use-words.ts';
import { sectionPath, type SectionId } from '#screens/section-path.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { HeardBanner } from './heard-banner.tsx';
import { HeaderBar } from './header-bar.tsx';
import { IncomingDialog } from './incoming-dialog.tsx';
import dialogClasses from './incoming-dialog.module.css';
import { ProblemBanner } from './problem-banner.tsx';
import { Rail } from './rail.tsx';
import { RecoveryBanner } from './recovery-banner.tsx';
import { Restoring } from './restoring.tsx';
import { findSection } from './sections.ts';
import { StorageBanner } from './storage-banner.tsx';
import { useIntake } from './use-intake.ts';
import { useSection } from './use-section.ts';
import { WorkBar } from './work-bar.tsx';

/** Everything around the screens: the rail, the header, what is under way, and what went wrong. */
export function Shell() {
  const { t } = useWords();
  const isRestoring = useAppStore((state) => state.isRestoring);
  const hasWork = useAppStore((state) => state.dataset !== null || state.model !== null);
  const landing = useLanding();
  const named = useSection();
  const current = named ?? landing;
  const heading = useTitleAndFocus(named, current);
  const { Screen } = findSection(current);
  const isOver = useIntake();

  return (
    <AppShell
      layout="alt"
      padding={0}
      header={{ height: 52 }}
      navbar={{ width: { base: 60, md: 212 }, breakpoint: 0 }}
      footer={{ height: 46 }}
      transitionDuration={0}
    >
      <a className="skip-link" href="#content" onClick={focusContent}>
        {t('shell.skipToContent')}
      </a>
      <AppShell.Navbar aria-label={t('shell.sections')}>
        <Rail current={current} />
      </AppShell.Navbar>
      <AppShell.Header>
        <HeaderBar section={current} heading={heading} />
      </AppShell.Header>
      <AppShell.Main bg="var(--app-ground)">
        <div id="content" tabIndex={-1} style={{ padding: '16px 20px 24px', outline: 'none' }}>
          <StorageBanner />
          <RecoveryBanner />
          <HeardBanner />
          <ProblemBanner />
          <ErrorBoundary key={current}>{isRestoring && !hasWork ? <Restoring /> : <Screen />}</ErrorBoundary>
        </div>
      </AppShell.Main>
      <IncomingDialog />
      {isOver && (
        <div className={dialogClasses['veil']}>
          <Text fw={650} size="lg">
            {t('shell.incoming.drop')}
          </Text>
        </div>
      )}
      <AppShell.Footer>
        <WorkBar />
      </AppShell.Footer>
    </AppShell>
  );
}

/** Where an address without a section leads: to the questions once a model can answer them. Settled at the start. */
function useLanding(): SectionId {
  const isRestoring = useAppStore((state) => state.isRestoring);
  const hasModel = useAppStore((state) => state.model !== null);
  const settled = useRef<SectionId | null>(null);
  useEffect(() => {
    if (isRestoring || settled.current) return;
    settled.current = hasModel ? 'scenarios' : 'data';
    if (window.location.hash === '') window.location.replace(sectionPath(settled.current));
  }, [isRestoring, hasModel]);
  return hasModel && isRestoring ? 'scenarios' : 'data';
}

/**
 * Tells a screen reader of a change of section: by the page's title, and by the focus, which goes to the section's
 * heading. The first section of a visit takes no focus, nor does a change of language.
 */
function useTitleAndFocus(named: SectionId | null, current: SectionId): RefObject<HTMLHeadingElement | null> {
  const { t } = useWords();
  const title = `${t(`shell.section.${current}`)} · Tranche`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  const heading = useRef<HTMLHeadingElement>(null);
  const previous = useRef(named);
  useEffect(() => {
    if (previous.current !== null && previous.current !== named) {
      window.scrollTo(0, 0);
      heading.current?.focus();
    }
    previous.current = named;
  }, [named]);
  return heading;
}

function focusContent(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
